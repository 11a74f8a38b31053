/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/state.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Device parts */

/*
 * A host program. It fills each struct field by field and compares its bytes with the specification's little-endian
 * order, and constants with the values of spec/. It reads and writes the configuration and registers. Exit code 0 or 1.
 */
#include <stdio.h>
#include <string.h>

#include "vwr/gen/state.h"
#include "virtio_state.h"

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

static int wire_vwr_state_device(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_state_device s;

    memset(&s, 0, sizeof(s));
    s.version = vwr_cpu_to_le16(0x0201u);
    s.device_id = vwr_cpu_to_le16(0x0403u);
    s.queues = vwr_cpu_to_le16(0x0605u);
    s.flags = vwr_cpu_to_le16(0x0807u);
    s.length = vwr_cpu_to_le32(0x0c0b0a09u);
    s.reserved = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct vwr_state_device", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_device(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_state_device s;

    memset(&s, 0, sizeof(s));
    s.version = vwr_cpu_to_le16(0x0201u);
    s.device_id = vwr_cpu_to_le16(0x0403u);
    s.queues = vwr_cpu_to_le16(0x0605u);
    s.flags = vwr_cpu_to_le16(0x0807u);
    s.length = vwr_cpu_to_le32(0x0c0b0a09u);
    s.reserved = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct virtio_state_device", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_registers(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28,
    };
    struct vwr_state_registers s;

    memset(&s, 0, sizeof(s));
    s.device_features_sel = vwr_cpu_to_le32(0x04030201u);
    s.driver_features_sel = vwr_cpu_to_le32(0x08070605u);
    s.queue_sel = vwr_cpu_to_le32(0x0c0b0a09u);
    s.shm_sel = vwr_cpu_to_le32(0x100f0e0du);
    s.guest_page_size = vwr_cpu_to_le32(0x14131211u);
    s.config_generation = vwr_cpu_to_le32(0x18171615u);
    s.beyond = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    s.interrupt_status = vwr_cpu_to_le32(0x24232221u);
    s.reserved = vwr_cpu_to_le32(0x28272625u);
    return check_bytes("struct vwr_state_registers", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_registers(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28,
    };
    struct virtio_state_registers s;

    memset(&s, 0, sizeof(s));
    s.device_features_sel = vwr_cpu_to_le32(0x04030201u);
    s.driver_features_sel = vwr_cpu_to_le32(0x08070605u);
    s.queue_sel = vwr_cpu_to_le32(0x0c0b0a09u);
    s.shm_sel = vwr_cpu_to_le32(0x100f0e0du);
    s.guest_page_size = vwr_cpu_to_le32(0x14131211u);
    s.config_generation = vwr_cpu_to_le32(0x18171615u);
    s.beyond = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    s.interrupt_status = vwr_cpu_to_le32(0x24232221u);
    s.reserved = vwr_cpu_to_le32(0x28272625u);
    return check_bytes("struct virtio_state_registers", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_vector(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_state_vector s;

    memset(&s, 0, sizeof(s));
    s.addr = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.data = vwr_cpu_to_le32(0x0c0b0a09u);
    s.flags = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct vwr_state_vector", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_vector(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_state_vector s;

    memset(&s, 0, sizeof(s));
    s.addr = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.data = vwr_cpu_to_le32(0x0c0b0a09u);
    s.flags = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct virtio_state_vector", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_pci(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct vwr_state_pci s;

    memset(&s, 0, sizeof(s));
    s.bar = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.cfg_offset = vwr_cpu_to_le32(0x0c0b0a09u);
    s.cfg_length = vwr_cpu_to_le32(0x100f0e0du);
    s.command = vwr_cpu_to_le16(0x1211u);
    s.msix = vwr_cpu_to_le16(0x1413u);
    s.config_vector = vwr_cpu_to_le16(0x1615u);
    s.count = vwr_cpu_to_le16(0x1817u);
    s.line = 0x19u;
    s.cfg_bar = 0x1au;
    s.flags = vwr_cpu_to_le16(0x1c1bu);
    s.io = vwr_cpu_to_le32(0x201f1e1du);
    return check_bytes("struct vwr_state_pci", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_pci(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct virtio_state_pci s;

    memset(&s, 0, sizeof(s));
    s.bar = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.cfg_offset = vwr_cpu_to_le32(0x0c0b0a09u);
    s.cfg_length = vwr_cpu_to_le32(0x100f0e0du);
    s.command = vwr_cpu_to_le16(0x1211u);
    s.msix = vwr_cpu_to_le16(0x1413u);
    s.config_vector = vwr_cpu_to_le16(0x1615u);
    s.count = vwr_cpu_to_le16(0x1817u);
    s.line = 0x19u;
    s.cfg_bar = 0x1au;
    s.flags = vwr_cpu_to_le16(0x1c1bu);
    s.io = vwr_cpu_to_le32(0x201f1e1du);
    return check_bytes("struct virtio_state_pci", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_region(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_state_region s;

    memset(&s, 0, sizeof(s));
    s.bar = vwr_cpu_to_le64(0x0807060504030201ULL);
    return check_bytes("struct vwr_state_region", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_region(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_state_region s;

    memset(&s, 0, sizeof(s));
    s.bar = vwr_cpu_to_le64(0x0807060504030201ULL);
    return check_bytes("struct virtio_state_region", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_queue(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_state_queue s;

    memset(&s, 0, sizeof(s));
    s.avail = vwr_cpu_to_le16(0x0201u);
    s.used = vwr_cpu_to_le16(0x0403u);
    s.in_flight = vwr_cpu_to_le16(0x0605u);
    s.flags = vwr_cpu_to_le16(0x0807u);
    s.align = vwr_cpu_to_le32(0x0c0b0a09u);
    s.pfn = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct vwr_state_queue", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_queue(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_state_queue s;

    memset(&s, 0, sizeof(s));
    s.avail = vwr_cpu_to_le16(0x0201u);
    s.used = vwr_cpu_to_le16(0x0403u);
    s.in_flight = vwr_cpu_to_le16(0x0605u);
    s.flags = vwr_cpu_to_le16(0x0807u);
    s.align = vwr_cpu_to_le32(0x0c0b0a09u);
    s.pfn = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct virtio_state_queue", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_segment(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_state_segment s;

    memset(&s, 0, sizeof(s));
    s.addr = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.len = vwr_cpu_to_le32(0x0c0b0a09u);
    s.reserved = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct vwr_state_segment", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_segment(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_state_segment s;

    memset(&s, 0, sizeof(s));
    s.addr = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.len = vwr_cpu_to_le32(0x0c0b0a09u);
    s.reserved = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct virtio_state_segment", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_flight(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_state_flight s;

    memset(&s, 0, sizeof(s));
    s.id = vwr_cpu_to_le16(0x0201u);
    s.count = vwr_cpu_to_le16(0x0403u);
    s.out = vwr_cpu_to_le16(0x0605u);
    s.in = vwr_cpu_to_le16(0x0807u);
    s.flags = vwr_cpu_to_le32(0x0c0b0a09u);
    s.written = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct vwr_state_flight", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_flight(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_state_flight s;

    memset(&s, 0, sizeof(s));
    s.id = vwr_cpu_to_le16(0x0201u);
    s.count = vwr_cpu_to_le16(0x0403u);
    s.out = vwr_cpu_to_le16(0x0605u);
    s.in = vwr_cpu_to_le16(0x0807u);
    s.flags = vwr_cpu_to_le32(0x0c0b0a09u);
    s.written = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct virtio_state_flight", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_stream(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_state_stream s;

    memset(&s, 0, sizeof(s));
    s.done = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct vwr_state_stream", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_stream(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtio_state_stream s;

    memset(&s, 0, sizeof(s));
    s.done = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct virtio_state_stream", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_blk(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_state_blk s;

    memset(&s, 0, sizeof(s));
    s.sectors = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.block_size = vwr_cpu_to_le32(0x0c0b0a09u);
    s.reserved = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct vwr_state_blk", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_blk(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_state_blk s;

    memset(&s, 0, sizeof(s));
    s.sectors = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.block_size = vwr_cpu_to_le32(0x0c0b0a09u);
    s.reserved = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct virtio_state_blk", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_port(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
    };
    struct vwr_state_port s;

    memset(&s, 0, sizeof(s));
    s.flags = vwr_cpu_to_le16(0x0201u);
    s.pending = vwr_cpu_to_le16(0x0403u);
    s.cols = vwr_cpu_to_le16(0x0605u);
    s.rows = vwr_cpu_to_le16(0x0807u);
    s.done = vwr_cpu_to_le32(0x0c0b0a09u);
    return check_bytes("struct vwr_state_port", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_port(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
    };
    struct virtio_state_port s;

    memset(&s, 0, sizeof(s));
    s.flags = vwr_cpu_to_le16(0x0201u);
    s.pending = vwr_cpu_to_le16(0x0403u);
    s.cols = vwr_cpu_to_le16(0x0605u);
    s.rows = vwr_cpu_to_le16(0x0807u);
    s.done = vwr_cpu_to_le32(0x0c0b0a09u);
    return check_bytes("struct virtio_state_port", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_console(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_state_console s;

    memset(&s, 0, sizeof(s));
    s.driver_ready = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct vwr_state_console", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_console(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtio_state_console s;

    memset(&s, 0, sizeof(s));
    s.driver_ready = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct virtio_state_console", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_session(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38,
    };
    struct vwr_state_session s;

    memset(&s, 0, sizeof(s));
    s.id = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.service = vwr_cpu_to_le32(0x0c0b0a09u);
    s.algo = vwr_cpu_to_le32(0x100f0e0du);
    s.op = vwr_cpu_to_le32(0x14131211u);
    s.order = vwr_cpu_to_le32(0x18171615u);
    s.hash_mode = vwr_cpu_to_le32(0x1c1b1a19u);
    s.hash_algo = vwr_cpu_to_le32(0x201f1e1du);
    s.key_type = vwr_cpu_to_le32(0x24232221u);
    s.padding = vwr_cpu_to_le32(0x28272625u);
    s.result_bytes = vwr_cpu_to_le32(0x2c2b2a29u);
    s.aad_bytes = vwr_cpu_to_le32(0x302f2e2du);
    s.key_bytes = vwr_cpu_to_le32(0x34333231u);
    s.auth_key_bytes = vwr_cpu_to_le32(0x38373635u);
    return check_bytes("struct vwr_state_session", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_session(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38,
    };
    struct virtio_state_session s;

    memset(&s, 0, sizeof(s));
    s.id = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.service = vwr_cpu_to_le32(0x0c0b0a09u);
    s.algo = vwr_cpu_to_le32(0x100f0e0du);
    s.op = vwr_cpu_to_le32(0x14131211u);
    s.order = vwr_cpu_to_le32(0x18171615u);
    s.hash_mode = vwr_cpu_to_le32(0x1c1b1a19u);
    s.hash_algo = vwr_cpu_to_le32(0x201f1e1du);
    s.key_type = vwr_cpu_to_le32(0x24232221u);
    s.padding = vwr_cpu_to_le32(0x28272625u);
    s.result_bytes = vwr_cpu_to_le32(0x2c2b2a29u);
    s.aad_bytes = vwr_cpu_to_le32(0x302f2e2du);
    s.key_bytes = vwr_cpu_to_le32(0x34333231u);
    s.auth_key_bytes = vwr_cpu_to_le32(0x38373635u);
    return check_bytes("struct virtio_state_session", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_crypto(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_state_crypto s;

    memset(&s, 0, sizeof(s));
    s.serial = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.count = vwr_cpu_to_le32(0x0c0b0a09u);
    s.reserved = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct vwr_state_crypto", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_crypto(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_state_crypto s;

    memset(&s, 0, sizeof(s));
    s.serial = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.count = vwr_cpu_to_le32(0x0c0b0a09u);
    s.reserved = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct virtio_state_crypto", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_line(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_state_line s;

    memset(&s, 0, sizeof(s));
    s.direction = 0x01u;
    s.output = 0x02u;
    s.input = 0x03u;
    s.irq_type = 0x04u;
    s.flags = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_state_line", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_line(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_state_line s;

    memset(&s, 0, sizeof(s));
    s.direction = 0x01u;
    s.output = 0x02u;
    s.input = 0x03u;
    s.irq_type = 0x04u;
    s.flags = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_state_line", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_clock(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_state_clock s;

    memset(&s, 0, sizeof(s));
    s.alarm_time = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.flags = vwr_cpu_to_le32(0x0c0b0a09u);
    s.reserved = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct vwr_state_clock", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_clock(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_state_clock s;

    memset(&s, 0, sizeof(s));
    s.alarm_time = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.flags = vwr_cpu_to_le32(0x0c0b0a09u);
    s.reserved = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct virtio_state_clock", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_i2c(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_state_i2c s;

    memset(&s, 0, sizeof(s));
    s.flags = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct vwr_state_i2c", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_i2c(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtio_state_i2c s;

    memset(&s, 0, sizeof(s));
    s.flags = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct virtio_state_i2c", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_mac(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06,
    };
    struct vwr_state_mac s;

    memset(&s, 0, sizeof(s));
    for (unsigned i = 0; i < 6; i++)
        s.octets[i] = (uint8_t)(0x01u + i);
    return check_bytes("struct vwr_state_mac", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_mac(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06,
    };
    struct virtio_state_mac s;

    memset(&s, 0, sizeof(s));
    for (unsigned i = 0; i < 6; i++)
        s.octets[i] = (uint8_t)(0x01u + i);
    return check_bytes("struct virtio_state_mac", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_net(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_state_net s;

    memset(&s, 0, sizeof(s));
    s.offloads = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.pairs = vwr_cpu_to_le16(0x0a09u);
    s.modes = vwr_cpu_to_le16(0x0c0bu);
    s.unicast = vwr_cpu_to_le16(0x0e0du);
    s.multicast = vwr_cpu_to_le16(0x100fu);
    s.vlan_bytes = vwr_cpu_to_le32(0x14131211u);
    s.reserved = vwr_cpu_to_le32(0x18171615u);
    return check_bytes("struct vwr_state_net", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_net(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_state_net s;

    memset(&s, 0, sizeof(s));
    s.offloads = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.pairs = vwr_cpu_to_le16(0x0a09u);
    s.modes = vwr_cpu_to_le16(0x0c0bu);
    s.unicast = vwr_cpu_to_le16(0x0e0du);
    s.multicast = vwr_cpu_to_le16(0x100fu);
    s.vlan_bytes = vwr_cpu_to_le32(0x14131211u);
    s.reserved = vwr_cpu_to_le32(0x18171615u);
    return check_bytes("struct virtio_state_net", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_vsock(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_state_vsock s;

    memset(&s, 0, sizeof(s));
    s.guest_cid = vwr_cpu_to_le64(0x0807060504030201ULL);
    return check_bytes("struct vwr_state_vsock", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_vsock(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_state_vsock s;

    memset(&s, 0, sizeof(s));
    s.guest_cid = vwr_cpu_to_le64(0x0807060504030201ULL);
    return check_bytes("struct virtio_state_vsock", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_event(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_state_event s;

    memset(&s, 0, sizeof(s));
    s.type = vwr_cpu_to_le16(0x0201u);
    s.code = vwr_cpu_to_le16(0x0403u);
    s.value = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_state_event", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_event(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_state_event s;

    memset(&s, 0, sizeof(s));
    s.type = vwr_cpu_to_le16(0x0201u);
    s.code = vwr_cpu_to_le16(0x0403u);
    s.value = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_state_event", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_input(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_state_input s;

    memset(&s, 0, sizeof(s));
    s.events = vwr_cpu_to_le32(0x04030201u);
    s.complete = vwr_cpu_to_le32(0x08070605u);
    s.leds = vwr_cpu_to_le32(0x0c0b0a09u);
    s.flags = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct vwr_state_input", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_input(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_state_input s;

    memset(&s, 0, sizeof(s));
    s.events = vwr_cpu_to_le32(0x04030201u);
    s.complete = vwr_cpu_to_le32(0x08070605u);
    s.leds = vwr_cpu_to_le32(0x0c0b0a09u);
    s.flags = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct virtio_state_input", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_unit(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_state_unit s;

    memset(&s, 0, sizeof(s));
    s.sectors = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.block_size = vwr_cpu_to_le32(0x0c0b0a09u);
    s.target = vwr_cpu_to_le16(0x0e0du);
    s.lun = vwr_cpu_to_le16(0x100fu);
    s.attention = vwr_cpu_to_le32(0x14131211u);
    s.events = vwr_cpu_to_le32(0x18171615u);
    return check_bytes("struct vwr_state_unit", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_unit(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_state_unit s;

    memset(&s, 0, sizeof(s));
    s.sectors = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.block_size = vwr_cpu_to_le32(0x0c0b0a09u);
    s.target = vwr_cpu_to_le16(0x0e0du);
    s.lun = vwr_cpu_to_le16(0x100fu);
    s.attention = vwr_cpu_to_le32(0x14131211u);
    s.events = vwr_cpu_to_le32(0x18171615u);
    return check_bytes("struct virtio_state_unit", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_scsi(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_state_scsi s;

    memset(&s, 0, sizeof(s));
    s.flags = vwr_cpu_to_le32(0x04030201u);
    s.reserved = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_state_scsi", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_scsi(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_state_scsi s;

    memset(&s, 0, sizeof(s));
    s.flags = vwr_cpu_to_le32(0x04030201u);
    s.reserved = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_state_scsi", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_lane(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c,
    };
    struct vwr_state_lane s;

    memset(&s, 0, sizeof(s));
    s.buffer_bytes = vwr_cpu_to_le32(0x04030201u);
    s.period_bytes = vwr_cpu_to_le32(0x08070605u);
    s.features = vwr_cpu_to_le32(0x0c0b0a09u);
    s.latency_bytes = vwr_cpu_to_le32(0x100f0e0du);
    s.done = vwr_cpu_to_le32(0x14131211u);
    s.state = 0x15u;
    s.flags = 0x16u;
    s.channels = 0x17u;
    s.format = 0x18u;
    s.rate = 0x19u;
    for (unsigned i = 0; i < 3; i++)
        s.reserved[i] = (uint8_t)(0x1au + i);
    return check_bytes("struct vwr_state_lane", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_lane(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c,
    };
    struct virtio_state_lane s;

    memset(&s, 0, sizeof(s));
    s.buffer_bytes = vwr_cpu_to_le32(0x04030201u);
    s.period_bytes = vwr_cpu_to_le32(0x08070605u);
    s.features = vwr_cpu_to_le32(0x0c0b0a09u);
    s.latency_bytes = vwr_cpu_to_le32(0x100f0e0du);
    s.done = vwr_cpu_to_le32(0x14131211u);
    s.state = 0x15u;
    s.flags = 0x16u;
    s.channels = 0x17u;
    s.format = 0x18u;
    s.rate = 0x19u;
    for (unsigned i = 0; i < 3; i++)
        s.reserved[i] = (uint8_t)(0x1au + i);
    return check_bytes("struct virtio_state_lane", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_sound(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
    };
    struct vwr_state_sound s;

    memset(&s, 0, sizeof(s));
    s.connected = vwr_cpu_to_le32(0x04030201u);
    s.jack_events = vwr_cpu_to_le32(0x08070605u);
    s.xrun_events = vwr_cpu_to_le32(0x0c0b0a09u);
    return check_bytes("struct vwr_state_sound", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_sound(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
    };
    struct virtio_state_sound s;

    memset(&s, 0, sizeof(s));
    s.connected = vwr_cpu_to_le32(0x04030201u);
    s.jack_events = vwr_cpu_to_le32(0x08070605u);
    s.xrun_events = vwr_cpu_to_le32(0x0c0b0a09u);
    return check_bytes("struct virtio_state_sound", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_fid(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_state_fid s;

    memset(&s, 0, sizeof(s));
    s.number = vwr_cpu_to_le32(0x04030201u);
    s.uid = vwr_cpu_to_le32(0x08070605u);
    s.open = vwr_cpu_to_le32(0x0c0b0a09u);
    s.bytes = vwr_cpu_to_le16(0x0e0du);
    s.type = 0x0fu;
    s.flags = 0x10u;
    return check_bytes("struct vwr_state_fid", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_fid(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_state_fid s;

    memset(&s, 0, sizeof(s));
    s.number = vwr_cpu_to_le32(0x04030201u);
    s.uid = vwr_cpu_to_le32(0x08070605u);
    s.open = vwr_cpu_to_le32(0x0c0b0a09u);
    s.bytes = vwr_cpu_to_le16(0x0e0du);
    s.type = 0x0fu;
    s.flags = 0x10u;
    return check_bytes("struct virtio_state_fid", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_p9(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_state_p9 s;

    memset(&s, 0, sizeof(s));
    s.msize = vwr_cpu_to_le32(0x04030201u);
    s.count = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_state_p9", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_p9(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_state_p9 s;

    memset(&s, 0, sizeof(s));
    s.msize = vwr_cpu_to_le32(0x04030201u);
    s.count = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_state_p9", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_node(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_state_node s;

    memset(&s, 0, sizeof(s));
    s.nodeid = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.lookups = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.open = vwr_cpu_to_le32(0x14131211u);
    s.bytes = vwr_cpu_to_le16(0x1615u);
    s.type = 0x17u;
    s.flags = 0x18u;
    return check_bytes("struct vwr_state_node", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_node(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_state_node s;

    memset(&s, 0, sizeof(s));
    s.nodeid = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.lookups = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.open = vwr_cpu_to_le32(0x14131211u);
    s.bytes = vwr_cpu_to_le16(0x1615u);
    s.type = 0x17u;
    s.flags = 0x18u;
    return check_bytes("struct virtio_state_node", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_fs(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_state_fs s;

    memset(&s, 0, sizeof(s));
    s.flags = vwr_cpu_to_le32(0x04030201u);
    s.generation = vwr_cpu_to_le32(0x08070605u);
    s.count = vwr_cpu_to_le32(0x0c0b0a09u);
    s.reserved = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct vwr_state_fs", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_fs(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_state_fs s;

    memset(&s, 0, sizeof(s));
    s.flags = vwr_cpu_to_le32(0x04030201u);
    s.generation = vwr_cpu_to_le32(0x08070605u);
    s.count = vwr_cpu_to_le32(0x0c0b0a09u);
    s.reserved = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct virtio_state_fs", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_screen(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
    };
    struct vwr_state_screen s;

    memset(&s, 0, sizeof(s));
    s.width = vwr_cpu_to_le32(0x04030201u);
    s.height = vwr_cpu_to_le32(0x08070605u);
    s.resource = vwr_cpu_to_le32(0x0c0b0a09u);
    s.x = vwr_cpu_to_le32(0x100f0e0du);
    s.y = vwr_cpu_to_le32(0x14131211u);
    s.shown_width = vwr_cpu_to_le32(0x18171615u);
    s.shown_height = vwr_cpu_to_le32(0x1c1b1a19u);
    s.cursor = vwr_cpu_to_le32(0x201f1e1du);
    s.hot_x = vwr_cpu_to_le32(0x24232221u);
    s.hot_y = vwr_cpu_to_le32(0x28272625u);
    s.cursor_x = vwr_cpu_to_le32(0x2c2b2a29u);
    s.cursor_y = vwr_cpu_to_le32(0x302f2e2du);
    return check_bytes("struct vwr_state_screen", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_screen(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
    };
    struct virtio_state_screen s;

    memset(&s, 0, sizeof(s));
    s.width = vwr_cpu_to_le32(0x04030201u);
    s.height = vwr_cpu_to_le32(0x08070605u);
    s.resource = vwr_cpu_to_le32(0x0c0b0a09u);
    s.x = vwr_cpu_to_le32(0x100f0e0du);
    s.y = vwr_cpu_to_le32(0x14131211u);
    s.shown_width = vwr_cpu_to_le32(0x18171615u);
    s.shown_height = vwr_cpu_to_le32(0x1c1b1a19u);
    s.cursor = vwr_cpu_to_le32(0x201f1e1du);
    s.hot_x = vwr_cpu_to_le32(0x24232221u);
    s.hot_y = vwr_cpu_to_le32(0x28272625u);
    s.cursor_x = vwr_cpu_to_le32(0x2c2b2a29u);
    s.cursor_y = vwr_cpu_to_le32(0x302f2e2du);
    return check_bytes("struct virtio_state_screen", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_range(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_state_range s;

    memset(&s, 0, sizeof(s));
    s.addr = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.bytes = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    return check_bytes("struct vwr_state_range", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_range(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_state_range s;

    memset(&s, 0, sizeof(s));
    s.addr = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.bytes = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    return check_bytes("struct virtio_state_range", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_resource(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_state_resource s;

    memset(&s, 0, sizeof(s));
    s.id = vwr_cpu_to_le32(0x04030201u);
    s.format = vwr_cpu_to_le32(0x08070605u);
    s.width = vwr_cpu_to_le32(0x0c0b0a09u);
    s.height = vwr_cpu_to_le32(0x100f0e0du);
    s.ranges = vwr_cpu_to_le32(0x14131211u);
    s.reserved = vwr_cpu_to_le32(0x18171615u);
    return check_bytes("struct vwr_state_resource", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_resource(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_state_resource s;

    memset(&s, 0, sizeof(s));
    s.id = vwr_cpu_to_le32(0x04030201u);
    s.format = vwr_cpu_to_le32(0x08070605u);
    s.width = vwr_cpu_to_le32(0x0c0b0a09u);
    s.height = vwr_cpu_to_le32(0x100f0e0du);
    s.ranges = vwr_cpu_to_le32(0x14131211u);
    s.reserved = vwr_cpu_to_le32(0x18171615u);
    return check_bytes("struct virtio_state_resource", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_gpu(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_state_gpu s;

    memset(&s, 0, sizeof(s));
    s.screens = vwr_cpu_to_le32(0x04030201u);
    s.resources = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_state_gpu", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_gpu(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_state_gpu s;

    memset(&s, 0, sizeof(s));
    s.screens = vwr_cpu_to_le32(0x04030201u);
    s.resources = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_state_gpu", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_state_balloon(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct vwr_state_balloon s;

    memset(&s, 0, sizeof(s));
    s.target = vwr_cpu_to_le32(0x04030201u);
    s.actual = vwr_cpu_to_le32(0x08070605u);
    s.poison = vwr_cpu_to_le32(0x0c0b0a09u);
    s.command = vwr_cpu_to_le32(0x100f0e0du);
    s.last_command = vwr_cpu_to_le32(0x14131211u);
    s.flags = vwr_cpu_to_le32(0x18171615u);
    s.words = vwr_cpu_to_le32(0x1c1b1a19u);
    s.reserved = vwr_cpu_to_le32(0x201f1e1du);
    return check_bytes("struct vwr_state_balloon", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_state_balloon(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct virtio_state_balloon s;

    memset(&s, 0, sizeof(s));
    s.target = vwr_cpu_to_le32(0x04030201u);
    s.actual = vwr_cpu_to_le32(0x08070605u);
    s.poison = vwr_cpu_to_le32(0x0c0b0a09u);
    s.command = vwr_cpu_to_le32(0x100f0e0du);
    s.last_command = vwr_cpu_to_le32(0x14131211u);
    s.flags = vwr_cpu_to_le32(0x18171615u);
    s.words = vwr_cpu_to_le32(0x1c1b1a19u);
    s.reserved = vwr_cpu_to_le32(0x201f1e1du);
    return check_bytes("struct virtio_state_balloon", &s, sizeof(s), expected, sizeof(expected));
}

static int constants(void)
{
    const struct number numbers[] = {
        {"VWR_STATE_PART_DEVICE", VWR_STATE_PART_DEVICE, 0xfd01},
        {"VIRTIO_STATE_PART_DEVICE", VIRTIO_STATE_PART_DEVICE, 0xfd01},
        {"VWR_STATE_PART_REGISTERS", VWR_STATE_PART_REGISTERS, 0xfd02},
        {"VIRTIO_STATE_PART_REGISTERS", VIRTIO_STATE_PART_REGISTERS, 0xfd02},
        {"VWR_STATE_PART_QUEUE", VWR_STATE_PART_QUEUE, 0xfd03},
        {"VIRTIO_STATE_PART_QUEUE", VIRTIO_STATE_PART_QUEUE, 0xfd03},
        {"VWR_STATE_PART_FLIGHT", VWR_STATE_PART_FLIGHT, 0xfd04},
        {"VIRTIO_STATE_PART_FLIGHT", VIRTIO_STATE_PART_FLIGHT, 0xfd04},
        {"VWR_STATE_PART_CONFIG", VWR_STATE_PART_CONFIG, 0xfd05},
        {"VIRTIO_STATE_PART_CONFIG", VIRTIO_STATE_PART_CONFIG, 0xfd05},
        {"VWR_STATE_PART_CLASS", VWR_STATE_PART_CLASS, 0xfd06},
        {"VIRTIO_STATE_PART_CLASS", VIRTIO_STATE_PART_CLASS, 0xfd06},
        {"VWR_STATE_PART_PCI", VWR_STATE_PART_PCI, 0xfd07},
        {"VIRTIO_STATE_PART_PCI", VIRTIO_STATE_PART_PCI, 0xfd07},
        {"VWR_STATE_DEVICE_LEGACY", VWR_STATE_DEVICE_LEGACY, 0x1},
        {"VIRTIO_STATE_DEVICE_LEGACY", VIRTIO_STATE_DEVICE_LEGACY, 0x1},
        {"VWR_STATE_DEVICE_CONFIG_NEWS", VWR_STATE_DEVICE_CONFIG_NEWS, 0x2},
        {"VIRTIO_STATE_DEVICE_CONFIG_NEWS", VIRTIO_STATE_DEVICE_CONFIG_NEWS, 0x2},
        {"VWR_STATE_PCI_NARROW", VWR_STATE_PCI_NARROW, 0x1},
        {"VIRTIO_STATE_PCI_NARROW", VIRTIO_STATE_PCI_NARROW, 0x1},
        {"VWR_STATE_VECTOR_MASKED", VWR_STATE_VECTOR_MASKED, 0x1},
        {"VIRTIO_STATE_VECTOR_MASKED", VIRTIO_STATE_VECTOR_MASKED, 0x1},
        {"VWR_STATE_VECTOR_PENDING", VWR_STATE_VECTOR_PENDING, 0x2},
        {"VIRTIO_STATE_VECTOR_PENDING", VIRTIO_STATE_VECTOR_PENDING, 0x2},
        {"VWR_STATE_QUEUE_POPPED", VWR_STATE_QUEUE_POPPED, 0x1},
        {"VIRTIO_STATE_QUEUE_POPPED", VIRTIO_STATE_QUEUE_POPPED, 0x1},
        {"VWR_STATE_FLIGHT_DONE", VWR_STATE_FLIGHT_DONE, 0x1},
        {"VIRTIO_STATE_FLIGHT_DONE", VIRTIO_STATE_FLIGHT_DONE, 0x1},
        {"VWR_STATE_FLIGHT_WRITE", VWR_STATE_FLIGHT_WRITE, 0x2},
        {"VIRTIO_STATE_FLIGHT_WRITE", VIRTIO_STATE_FLIGHT_WRITE, 0x2},
        {"VWR_STATE_NET_PROMISC", VWR_STATE_NET_PROMISC, 0x1},
        {"VIRTIO_STATE_NET_PROMISC", VIRTIO_STATE_NET_PROMISC, 0x1},
        {"VWR_STATE_NET_ALL_UNICAST", VWR_STATE_NET_ALL_UNICAST, 0x2},
        {"VIRTIO_STATE_NET_ALL_UNICAST", VIRTIO_STATE_NET_ALL_UNICAST, 0x2},
        {"VWR_STATE_NET_ALL_MULTICAST", VWR_STATE_NET_ALL_MULTICAST, 0x4},
        {"VIRTIO_STATE_NET_ALL_MULTICAST", VIRTIO_STATE_NET_ALL_MULTICAST, 0x4},
        {"VWR_STATE_NET_NO_UNICAST", VWR_STATE_NET_NO_UNICAST, 0x8},
        {"VIRTIO_STATE_NET_NO_UNICAST", VIRTIO_STATE_NET_NO_UNICAST, 0x8},
        {"VWR_STATE_NET_NO_MULTICAST", VWR_STATE_NET_NO_MULTICAST, 0x10},
        {"VIRTIO_STATE_NET_NO_MULTICAST", VIRTIO_STATE_NET_NO_MULTICAST, 0x10},
        {"VWR_STATE_NET_NO_BROADCAST", VWR_STATE_NET_NO_BROADCAST, 0x20},
        {"VIRTIO_STATE_NET_NO_BROADCAST", VIRTIO_STATE_NET_NO_BROADCAST, 0x20},
        {"VWR_STATE_NET_MANY_UNICAST", VWR_STATE_NET_MANY_UNICAST, 0x40},
        {"VIRTIO_STATE_NET_MANY_UNICAST", VIRTIO_STATE_NET_MANY_UNICAST, 0x40},
        {"VWR_STATE_NET_MANY_MULTICAST", VWR_STATE_NET_MANY_MULTICAST, 0x80},
        {"VIRTIO_STATE_NET_MANY_MULTICAST", VIRTIO_STATE_NET_MANY_MULTICAST, 0x80},
        {"VWR_STATE_NET_LINK", VWR_STATE_NET_LINK, 0x100},
        {"VIRTIO_STATE_NET_LINK", VIRTIO_STATE_NET_LINK, 0x100},
        {"VWR_STATE_PORT_ADDED", VWR_STATE_PORT_ADDED, 0x1},
        {"VIRTIO_STATE_PORT_ADDED", VIRTIO_STATE_PORT_ADDED, 0x1},
        {"VWR_STATE_PORT_READY", VWR_STATE_PORT_READY, 0x2},
        {"VIRTIO_STATE_PORT_READY", VIRTIO_STATE_PORT_READY, 0x2},
        {"VWR_STATE_PORT_GUEST_OPEN", VWR_STATE_PORT_GUEST_OPEN, 0x4},
        {"VIRTIO_STATE_PORT_GUEST_OPEN", VIRTIO_STATE_PORT_GUEST_OPEN, 0x4},
        {"VWR_STATE_PORT_HOST_OPEN", VWR_STATE_PORT_HOST_OPEN, 0x8},
        {"VIRTIO_STATE_PORT_HOST_OPEN", VIRTIO_STATE_PORT_HOST_OPEN, 0x8},
        {"VWR_STATE_PORT_ABSENT", VWR_STATE_PORT_ABSENT, 0x10},
        {"VIRTIO_STATE_PORT_ABSENT", VIRTIO_STATE_PORT_ABSENT, 0x10},
        {"VWR_STATE_BALLOON_HINTS", VWR_STATE_BALLOON_HINTS, 0x1},
        {"VIRTIO_STATE_BALLOON_HINTS", VIRTIO_STATE_BALLOON_HINTS, 0x1},
        {"VWR_STATE_BALLOON_KNOWN", VWR_STATE_BALLOON_KNOWN, 0x2},
        {"VIRTIO_STATE_BALLOON_KNOWN", VIRTIO_STATE_BALLOON_KNOWN, 0x2},
        {"VWR_STATE_FILE_OPEN", VWR_STATE_FILE_OPEN, 0x1},
        {"VIRTIO_STATE_FILE_OPEN", VIRTIO_STATE_FILE_OPEN, 0x1},
        {"VWR_STATE_FILE_GONE", VWR_STATE_FILE_GONE, 0x2},
        {"VIRTIO_STATE_FILE_GONE", VIRTIO_STATE_FILE_GONE, 0x2},
        {"VWR_STATE_FS_SESSION", VWR_STATE_FS_SESSION, 0x1},
        {"VIRTIO_STATE_FS_SESSION", VIRTIO_STATE_FS_SESSION, 0x1},
        {"VWR_STATE_FS_BIG", VWR_STATE_FS_BIG, 0x2},
        {"VIRTIO_STATE_FS_BIG", VIRTIO_STATE_FS_BIG, 0x2},
        {"VWR_STATE_LINE_PENDING", VWR_STATE_LINE_PENDING, 0x1},
        {"VIRTIO_STATE_LINE_PENDING", VIRTIO_STATE_LINE_PENDING, 0x1},
        {"VWR_STATE_CLOCK_ENABLED", VWR_STATE_CLOCK_ENABLED, 0x1},
        {"VIRTIO_STATE_CLOCK_ENABLED", VIRTIO_STATE_CLOCK_ENABLED, 0x1},
        {"VWR_STATE_CLOCK_ARMED", VWR_STATE_CLOCK_ARMED, 0x2},
        {"VIRTIO_STATE_CLOCK_ARMED", VIRTIO_STATE_CLOCK_ARMED, 0x2},
        {"VWR_STATE_CLOCK_EXPIRED", VWR_STATE_CLOCK_EXPIRED, 0x4},
        {"VIRTIO_STATE_CLOCK_EXPIRED", VIRTIO_STATE_CLOCK_EXPIRED, 0x4},
        {"VWR_STATE_I2C_FAILS", VWR_STATE_I2C_FAILS, 0x1},
        {"VIRTIO_STATE_I2C_FAILS", VIRTIO_STATE_I2C_FAILS, 0x1},
        {"VWR_STATE_INPUT_LOST", VWR_STATE_INPUT_LOST, 0x1},
        {"VIRTIO_STATE_INPUT_LOST", VIRTIO_STATE_INPUT_LOST, 0x1},
        {"VWR_STATE_INPUT_TORN", VWR_STATE_INPUT_TORN, 0x2},
        {"VIRTIO_STATE_INPUT_TORN", VIRTIO_STATE_INPUT_TORN, 0x2},
        {"VWR_STATE_SCSI_MISSED", VWR_STATE_SCSI_MISSED, 0x1},
        {"VIRTIO_STATE_SCSI_MISSED", VIRTIO_STATE_SCSI_MISSED, 0x1},
        {"VWR_STATE_LANE_DRY", VWR_STATE_LANE_DRY, 0x1},
        {"VIRTIO_STATE_LANE_DRY", VIRTIO_STATE_LANE_DRY, 0x1},
        {"VWR_STATE_VERSION", VWR_STATE_VERSION, 1u},
        {"VIRTIO_STATE_VERSION", VIRTIO_STATE_VERSION, 1u},
    };

    return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
}

int main(void)
{
    int wrong = constants();

    wrong |= wire_vwr_state_device() | wire_virtio_state_device();
    wrong |= wire_vwr_state_registers() | wire_virtio_state_registers();
    wrong |= wire_vwr_state_vector() | wire_virtio_state_vector();
    wrong |= wire_vwr_state_pci() | wire_virtio_state_pci();
    wrong |= wire_vwr_state_region() | wire_virtio_state_region();
    wrong |= wire_vwr_state_queue() | wire_virtio_state_queue();
    wrong |= wire_vwr_state_segment() | wire_virtio_state_segment();
    wrong |= wire_vwr_state_flight() | wire_virtio_state_flight();
    wrong |= wire_vwr_state_stream() | wire_virtio_state_stream();
    wrong |= wire_vwr_state_blk() | wire_virtio_state_blk();
    wrong |= wire_vwr_state_port() | wire_virtio_state_port();
    wrong |= wire_vwr_state_console() | wire_virtio_state_console();
    wrong |= wire_vwr_state_session() | wire_virtio_state_session();
    wrong |= wire_vwr_state_crypto() | wire_virtio_state_crypto();
    wrong |= wire_vwr_state_line() | wire_virtio_state_line();
    wrong |= wire_vwr_state_clock() | wire_virtio_state_clock();
    wrong |= wire_vwr_state_i2c() | wire_virtio_state_i2c();
    wrong |= wire_vwr_state_mac() | wire_virtio_state_mac();
    wrong |= wire_vwr_state_net() | wire_virtio_state_net();
    wrong |= wire_vwr_state_vsock() | wire_virtio_state_vsock();
    wrong |= wire_vwr_state_event() | wire_virtio_state_event();
    wrong |= wire_vwr_state_input() | wire_virtio_state_input();
    wrong |= wire_vwr_state_unit() | wire_virtio_state_unit();
    wrong |= wire_vwr_state_scsi() | wire_virtio_state_scsi();
    wrong |= wire_vwr_state_lane() | wire_virtio_state_lane();
    wrong |= wire_vwr_state_sound() | wire_virtio_state_sound();
    wrong |= wire_vwr_state_fid() | wire_virtio_state_fid();
    wrong |= wire_vwr_state_p9() | wire_virtio_state_p9();
    wrong |= wire_vwr_state_node() | wire_virtio_state_node();
    wrong |= wire_vwr_state_fs() | wire_virtio_state_fs();
    wrong |= wire_vwr_state_screen() | wire_virtio_state_screen();
    wrong |= wire_vwr_state_range() | wire_virtio_state_range();
    wrong |= wire_vwr_state_resource() | wire_virtio_state_resource();
    wrong |= wire_vwr_state_gpu() | wire_virtio_state_gpu();
    wrong |= wire_vwr_state_balloon() | wire_virtio_state_balloon();
    if (!wrong)
        printf("%s: 35 structs match the specification\n", "spec/core/state.yaml");
    return wrong;
}
