/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/mem.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Memory Device */

/*
 * A host program. It fills each struct field by field and compares its bytes with the specification's little-endian
 * order, and constants with the values of spec/. It reads and writes the configuration and registers. Exit code 0 or 1.
 */
#include <stdio.h>
#include <string.h>

#include "vwr/gen/mem.h"
#include "virtio_mem.h"

struct number {
    const char *name;
    unsigned long long got;
    unsigned long long expected;
};

static int check_bytes(const char *name, const void *got, size_t got_size, const uint8_t *expected, size_t size)
{
    const uint8_t *bytes = (const uint8_t *)got;
    int wrong = 0;

    if (got_size != size) {
        printf("%s has %u bytes, expected %u\n", name, (unsigned)got_size, (unsigned)size);
        return 1;
    }
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != expected[i]) {
            printf("%s: byte %u is 0x%02x, expected 0x%02x\n", name, (unsigned)i, bytes[i], expected[i]);
            wrong = 1;
        }
    }
    return wrong;
}

static int check_numbers(const struct number *numbers, size_t count)
{
    int wrong = 0;

    for (size_t i = 0; i < count; i++) {
        if (numbers[i].got != numbers[i].expected) {
            printf("%s is %llu, expected %llu\n", numbers[i].name, numbers[i].got, numbers[i].expected);
            wrong = 1;
        }
    }
    return wrong;
}

static int wire_vwr_mem_req_plug(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_mem_req_plug s;

    memset(&s, 0, sizeof(s));
    s.addr = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.nb_blocks = vwr_cpu_to_le16(0x0a09u);
    s.padding[0] = vwr_cpu_to_le16(0x0c0bu);
    s.padding[1] = vwr_cpu_to_le16(0x0e0du);
    s.padding[2] = vwr_cpu_to_le16(0x100fu);
    return check_bytes("struct vwr_mem_req_plug", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_mem_req_plug(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_mem_req_plug s;

    memset(&s, 0, sizeof(s));
    s.addr = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.nb_blocks = vwr_cpu_to_le16(0x0a09u);
    s.padding[0] = vwr_cpu_to_le16(0x0c0bu);
    s.padding[1] = vwr_cpu_to_le16(0x0e0du);
    s.padding[2] = vwr_cpu_to_le16(0x100fu);
    return check_bytes("struct virtio_mem_req_plug", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_mem_req_unplug(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_mem_req_unplug s;

    memset(&s, 0, sizeof(s));
    s.addr = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.nb_blocks = vwr_cpu_to_le16(0x0a09u);
    s.padding[0] = vwr_cpu_to_le16(0x0c0bu);
    s.padding[1] = vwr_cpu_to_le16(0x0e0du);
    s.padding[2] = vwr_cpu_to_le16(0x100fu);
    return check_bytes("struct vwr_mem_req_unplug", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_mem_req_unplug(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_mem_req_unplug s;

    memset(&s, 0, sizeof(s));
    s.addr = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.nb_blocks = vwr_cpu_to_le16(0x0a09u);
    s.padding[0] = vwr_cpu_to_le16(0x0c0bu);
    s.padding[1] = vwr_cpu_to_le16(0x0e0du);
    s.padding[2] = vwr_cpu_to_le16(0x100fu);
    return check_bytes("struct virtio_mem_req_unplug", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_mem_req_state(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_mem_req_state s;

    memset(&s, 0, sizeof(s));
    s.addr = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.nb_blocks = vwr_cpu_to_le16(0x0a09u);
    s.padding[0] = vwr_cpu_to_le16(0x0c0bu);
    s.padding[1] = vwr_cpu_to_le16(0x0e0du);
    s.padding[2] = vwr_cpu_to_le16(0x100fu);
    return check_bytes("struct vwr_mem_req_state", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_mem_req_state(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_mem_req_state s;

    memset(&s, 0, sizeof(s));
    s.addr = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.nb_blocks = vwr_cpu_to_le16(0x0a09u);
    s.padding[0] = vwr_cpu_to_le16(0x0c0bu);
    s.padding[1] = vwr_cpu_to_le16(0x0e0du);
    s.padding[2] = vwr_cpu_to_le16(0x100fu);
    return check_bytes("struct virtio_mem_req_state", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_mem_req(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_mem_req s;

    memset(&s, 0, sizeof(s));
    s.type = vwr_cpu_to_le16(0x0201u);
    s.padding[0] = vwr_cpu_to_le16(0x0403u);
    s.padding[1] = vwr_cpu_to_le16(0x0605u);
    s.padding[2] = vwr_cpu_to_le16(0x0807u);
    s.u.plug.addr = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.u.plug.nb_blocks = vwr_cpu_to_le16(0x1211u);
    s.u.plug.padding[0] = vwr_cpu_to_le16(0x1413u);
    s.u.plug.padding[1] = vwr_cpu_to_le16(0x1615u);
    s.u.plug.padding[2] = vwr_cpu_to_le16(0x1817u);
    return check_bytes("struct vwr_mem_req", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_mem_req(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_mem_req s;

    memset(&s, 0, sizeof(s));
    s.type = vwr_cpu_to_le16(0x0201u);
    s.padding[0] = vwr_cpu_to_le16(0x0403u);
    s.padding[1] = vwr_cpu_to_le16(0x0605u);
    s.padding[2] = vwr_cpu_to_le16(0x0807u);
    s.u.plug.addr = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.u.plug.nb_blocks = vwr_cpu_to_le16(0x1211u);
    s.u.plug.padding[0] = vwr_cpu_to_le16(0x1413u);
    s.u.plug.padding[1] = vwr_cpu_to_le16(0x1615u);
    s.u.plug.padding[2] = vwr_cpu_to_le16(0x1817u);
    return check_bytes("struct virtio_mem_req", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_mem_resp_state(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02,
    };
    struct vwr_mem_resp_state s;

    memset(&s, 0, sizeof(s));
    s.type = vwr_cpu_to_le16(0x0201u);
    return check_bytes("struct vwr_mem_resp_state", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_mem_resp_state(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02,
    };
    struct virtio_mem_resp_state s;

    memset(&s, 0, sizeof(s));
    s.type = vwr_cpu_to_le16(0x0201u);
    return check_bytes("struct virtio_mem_resp_state", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_mem_resp(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a,
    };
    struct vwr_mem_resp s;

    memset(&s, 0, sizeof(s));
    s.type = vwr_cpu_to_le16(0x0201u);
    s.padding[0] = vwr_cpu_to_le16(0x0403u);
    s.padding[1] = vwr_cpu_to_le16(0x0605u);
    s.padding[2] = vwr_cpu_to_le16(0x0807u);
    s.u.state.type = vwr_cpu_to_le16(0x0a09u);
    return check_bytes("struct vwr_mem_resp", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_mem_resp(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a,
    };
    struct virtio_mem_resp s;

    memset(&s, 0, sizeof(s));
    s.type = vwr_cpu_to_le16(0x0201u);
    s.padding[0] = vwr_cpu_to_le16(0x0403u);
    s.padding[1] = vwr_cpu_to_le16(0x0605u);
    s.padding[2] = vwr_cpu_to_le16(0x0807u);
    s.u.state.type = vwr_cpu_to_le16(0x0a09u);
    return check_bytes("struct virtio_mem_resp", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_mem_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38,
    };
    struct vwr_mem_config s;

    memset(&s, 0, sizeof(s));
    s.block_size = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.node_id = vwr_cpu_to_le16(0x0a09u);
    for (unsigned i = 0; i < 6; i++)
        s.padding[i] = (uint8_t)(0x0bu + i);
    s.addr = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.region_size = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    s.usable_region_size = vwr_cpu_to_le64(0x2827262524232221ULL);
    s.plugged_size = vwr_cpu_to_le64(0x302f2e2d2c2b2a29ULL);
    s.requested_size = vwr_cpu_to_le64(0x3837363534333231ULL);
    return check_bytes("struct vwr_mem_config", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_mem_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38,
    };
    struct virtio_mem_config s;

    memset(&s, 0, sizeof(s));
    s.block_size = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.node_id = vwr_cpu_to_le16(0x0a09u);
    for (unsigned i = 0; i < 6; i++)
        s.padding[i] = (uint8_t)(0x0bu + i);
    s.addr = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.region_size = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    s.usable_region_size = vwr_cpu_to_le64(0x2827262524232221ULL);
    s.plugged_size = vwr_cpu_to_le64(0x302f2e2d2c2b2a29ULL);
    s.requested_size = vwr_cpu_to_le64(0x3837363534333231ULL);
    return check_bytes("struct virtio_mem_config", &s, sizeof(s), expected, sizeof(expected));
}

static int constants(void)
{
    const struct number numbers[] = {
        {"VWR_MEM_ID", VWR_MEM_ID, 24},
        {"VWR_MEM_F_ACPI_PXM", VWR_MEM_F_ACPI_PXM, 0},
        {"VIRTIO_MEM_F_ACPI_PXM", VIRTIO_MEM_F_ACPI_PXM, 0},
        {"VWR_MEM_F_UNPLUGGED_INACCESSIBLE", VWR_MEM_F_UNPLUGGED_INACCESSIBLE, 1},
        {"VIRTIO_MEM_F_UNPLUGGED_INACCESSIBLE", VIRTIO_MEM_F_UNPLUGGED_INACCESSIBLE, 1},
        {"VWR_MEM_F_PERSISTENT_SUSPEND", VWR_MEM_F_PERSISTENT_SUSPEND, 2},
        {"VIRTIO_MEM_F_PERSISTENT_SUSPEND", VIRTIO_MEM_F_PERSISTENT_SUSPEND, 2},
        {"VWR_MEM_RESP_ACK", VWR_MEM_RESP_ACK, 0},
        {"VIRTIO_MEM_RESP_ACK", VIRTIO_MEM_RESP_ACK, 0},
        {"VWR_MEM_RESP_NACK", VWR_MEM_RESP_NACK, 1},
        {"VIRTIO_MEM_RESP_NACK", VIRTIO_MEM_RESP_NACK, 1},
        {"VWR_MEM_RESP_BUSY", VWR_MEM_RESP_BUSY, 2},
        {"VIRTIO_MEM_RESP_BUSY", VIRTIO_MEM_RESP_BUSY, 2},
        {"VWR_MEM_RESP_ERROR", VWR_MEM_RESP_ERROR, 3},
        {"VIRTIO_MEM_RESP_ERROR", VIRTIO_MEM_RESP_ERROR, 3},
        {"VWR_MEM_STATE_PLUGGED", VWR_MEM_STATE_PLUGGED, 0},
        {"VIRTIO_MEM_STATE_PLUGGED", VIRTIO_MEM_STATE_PLUGGED, 0},
        {"VWR_MEM_STATE_UNPLUGGED", VWR_MEM_STATE_UNPLUGGED, 1},
        {"VIRTIO_MEM_STATE_UNPLUGGED", VIRTIO_MEM_STATE_UNPLUGGED, 1},
        {"VWR_MEM_STATE_MIXED", VWR_MEM_STATE_MIXED, 2},
        {"VIRTIO_MEM_STATE_MIXED", VIRTIO_MEM_STATE_MIXED, 2},
        {"VWR_MEM_REQ_PLUG", VWR_MEM_REQ_PLUG, 0},
        {"VIRTIO_MEM_REQ_PLUG", VIRTIO_MEM_REQ_PLUG, 0},
        {"VWR_MEM_REQ_UNPLUG", VWR_MEM_REQ_UNPLUG, 1},
        {"VIRTIO_MEM_REQ_UNPLUG", VIRTIO_MEM_REQ_UNPLUG, 1},
        {"VWR_MEM_REQ_UNPLUG_ALL", VWR_MEM_REQ_UNPLUG_ALL, 2},
        {"VIRTIO_MEM_REQ_UNPLUG_ALL", VIRTIO_MEM_REQ_UNPLUG_ALL, 2},
        {"VWR_MEM_REQ_STATE", VWR_MEM_REQ_STATE, 3},
        {"VIRTIO_MEM_REQ_STATE", VIRTIO_MEM_REQ_STATE, 3},
        {"VWR_MEM_QUEUE_GUEST_REQUEST", VWR_MEM_QUEUE_GUEST_REQUEST, 0},
        {"VIRTIO_MEM_QUEUE_GUEST_REQUEST", VIRTIO_MEM_QUEUE_GUEST_REQUEST, 0},
        {"VWR_MEM_CONFIG_BLOCK_SIZE", VWR_MEM_CONFIG_BLOCK_SIZE,
         __builtin_offsetof(struct vwr_mem_config, block_size)},
        {"VWR_MEM_CONFIG_NODE_ID", VWR_MEM_CONFIG_NODE_ID,
         __builtin_offsetof(struct vwr_mem_config, node_id)},
        {"VWR_MEM_CONFIG_ADDR", VWR_MEM_CONFIG_ADDR,
         __builtin_offsetof(struct vwr_mem_config, addr)},
        {"VWR_MEM_CONFIG_REGION_SIZE", VWR_MEM_CONFIG_REGION_SIZE,
         __builtin_offsetof(struct vwr_mem_config, region_size)},
        {"VWR_MEM_CONFIG_USABLE_REGION_SIZE", VWR_MEM_CONFIG_USABLE_REGION_SIZE,
         __builtin_offsetof(struct vwr_mem_config, usable_region_size)},
        {"VWR_MEM_CONFIG_PLUGGED_SIZE", VWR_MEM_CONFIG_PLUGGED_SIZE,
         __builtin_offsetof(struct vwr_mem_config, plugged_size)},
        {"VWR_MEM_CONFIG_REQUESTED_SIZE", VWR_MEM_CONFIG_REQUESTED_SIZE,
         __builtin_offsetof(struct vwr_mem_config, requested_size)},
    };

    return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
}

/* The accessors of a configuration whose byte n is n + 1, and that has all its fields. */
static int wire_config(void)
{
    static const _Alignas(8) uint8_t bytes[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38,
    };
    struct vwr_config c;
    int wrong;

    memset(&c, 0, sizeof(c));
    memset(&c.features, 0xff, sizeof(c.features));
    c.base = (void *)(uintptr_t)bytes;
    {
        const struct number numbers[] = {
            {"vwr_mem_config_get_block_size(&c)",
             vwr_mem_config_get_block_size(&c), 0x0807060504030201ULL},
            {"vwr_mem_config_get_node_id(&c)",
             vwr_mem_config_get_node_id(&c), 0x0a09u},
            {"vwr_mem_config_get_addr(&c)",
             vwr_mem_config_get_addr(&c), 0x1817161514131211ULL},
            {"vwr_mem_config_get_region_size(&c)",
             vwr_mem_config_get_region_size(&c), 0x201f1e1d1c1b1a19ULL},
            {"vwr_mem_config_get_usable_region_size(&c)",
             vwr_mem_config_get_usable_region_size(&c), 0x2827262524232221ULL},
            {"vwr_mem_config_get_plugged_size(&c)",
             vwr_mem_config_get_plugged_size(&c), 0x302f2e2d2c2b2a29ULL},
            {"vwr_mem_config_get_requested_size(&c)",
             vwr_mem_config_get_requested_size(&c), 0x3837363534333231ULL},
        };

        wrong = check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    memset(&c.features, 0, sizeof(c.features));
    {
        const struct number absent[] = {
            {"absent: vwr_mem_config_get_node_id(&c)",
             vwr_mem_config_get_node_id(&c), 0u},
        };

        wrong |= check_numbers(absent, sizeof(absent) / sizeof(absent[0]));
    }
    memset(&c.features, 0xff, sizeof(c.features));
    {
        struct vwr_mem_config_info info;
        _Alignas(8) struct vwr_mem_config w;

        vwr_mem_config_read(&c, &info);
        const struct number numbers[] = {
            {"info.block_size",
             info.block_size, 0x0807060504030201ULL},
            {"info.node_id",
             info.node_id, 0x0a09u},
            {"info.addr",
             info.addr, 0x1817161514131211ULL},
            {"info.region_size",
             info.region_size, 0x201f1e1d1c1b1a19ULL},
            {"info.usable_region_size",
             info.usable_region_size, 0x2827262524232221ULL},
            {"info.plugged_size",
             info.plugged_size, 0x302f2e2d2c2b2a29ULL},
            {"info.requested_size",
             info.requested_size, 0x3837363534333231ULL},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
        memset(&w, 0, sizeof(w));
        vwr_mem_config_write(&w, false, &info);
        c.base = &w;
        const struct number written[] = {
            {"written: info.block_size",
             vwr_mem_config_get_block_size(&c), info.block_size},
            {"written: info.node_id",
             vwr_mem_config_get_node_id(&c), info.node_id},
            {"written: info.addr",
             vwr_mem_config_get_addr(&c), info.addr},
            {"written: info.region_size",
             vwr_mem_config_get_region_size(&c), info.region_size},
            {"written: info.usable_region_size",
             vwr_mem_config_get_usable_region_size(&c), info.usable_region_size},
            {"written: info.plugged_size",
             vwr_mem_config_get_plugged_size(&c), info.plugged_size},
            {"written: info.requested_size",
             vwr_mem_config_get_requested_size(&c), info.requested_size},
        };

        wrong |= check_numbers(written, sizeof(written) / sizeof(written[0]));
    }
    return wrong;
}

/* The feature words contain exactly the bits that are not legacy-only. */
static int feature_words(void)
{
    static const uint8_t bits[] = {
        VWR_MEM_F_ACPI_PXM,
        VWR_MEM_F_UNPLUGGED_INACCESSIBLE,
        VWR_MEM_F_PERSISTENT_SUSPEND,
    };
    uint32_t w[VWR_FEATURE_WORDS] = {0};

    for (size_t i = 0; i < sizeof(bits); i++)
        w[bits[i] / 32] |= (uint32_t)1 << bits[i] % 32;
    {
        const struct number numbers[] = {
            {"VWR_MEM_FEATURES_W0", VWR_MEM_FEATURES_W0, w[0]},
            {"VWR_MEM_FEATURES_W1", VWR_MEM_FEATURES_W1, w[1]},
            {"VWR_MEM_FEATURES_W2", VWR_MEM_FEATURES_W2, w[2]},
            {"VWR_MEM_FEATURES_W3", VWR_MEM_FEATURES_W3, w[3]},
        };

        return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
}

int main(void)
{
    int wrong = constants();

    wrong |= wire_config();
    wrong |= feature_words();
    wrong |= wire_vwr_mem_req_plug() | wire_virtio_mem_req_plug();
    wrong |= wire_vwr_mem_req_unplug() | wire_virtio_mem_req_unplug();
    wrong |= wire_vwr_mem_req_state() | wire_virtio_mem_req_state();
    wrong |= wire_vwr_mem_req() | wire_virtio_mem_req();
    wrong |= wire_vwr_mem_resp_state() | wire_virtio_mem_resp_state();
    wrong |= wire_vwr_mem_resp() | wire_virtio_mem_resp();
    wrong |= wire_vwr_mem_config() | wire_virtio_mem_config();
    if (!wrong)
        printf("%s: 7 structs match the specification\n", "spec/device/mem.yaml");
    return wrong;
}
