/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/admin.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Device groups / Group administration commands */

/*
 * A host program. It fills each struct field by field and compares its bytes with the specification's little-endian
 * order, and constants with the values of spec/. It reads and writes the configuration and registers. Exit code 0 or 1.
 */
#include <stdio.h>
#include <string.h>

#include "vwr/gen/admin.h"
#include "virtio_admin.h"

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

static int wire_vwr_admin_cmd(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_admin_cmd s;

    memset(&s, 0, sizeof(s));
    s.opcode = vwr_cpu_to_le16(0x0201u);
    s.group_type = vwr_cpu_to_le16(0x0403u);
    for (unsigned i = 0; i < 12; i++)
        s.reserved1[i] = (uint8_t)(0x05u + i);
    s.group_member_id = vwr_cpu_to_le64(0x1817161514131211ULL);
    return check_bytes("struct vwr_admin_cmd", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_admin_cmd(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_admin_cmd s;

    memset(&s, 0, sizeof(s));
    s.opcode = vwr_cpu_to_le16(0x0201u);
    s.group_type = vwr_cpu_to_le16(0x0403u);
    for (unsigned i = 0; i < 12; i++)
        s.reserved1[i] = (uint8_t)(0x05u + i);
    s.group_member_id = vwr_cpu_to_le64(0x1817161514131211ULL);
    return check_bytes("struct virtio_admin_cmd", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_admin_cmd_in(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_admin_cmd_in s;

    memset(&s, 0, sizeof(s));
    s.status = vwr_cpu_to_le16(0x0201u);
    s.status_qualifier = vwr_cpu_to_le16(0x0403u);
    for (unsigned i = 0; i < 4; i++)
        s.reserved2[i] = (uint8_t)(0x05u + i);
    return check_bytes("struct vwr_admin_cmd_in", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_admin_cmd_in(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_admin_cmd_in s;

    memset(&s, 0, sizeof(s));
    s.status = vwr_cpu_to_le16(0x0201u);
    s.status_qualifier = vwr_cpu_to_le16(0x0403u);
    for (unsigned i = 0; i < 4; i++)
        s.reserved2[i] = (uint8_t)(0x05u + i);
    return check_bytes("struct virtio_admin_cmd_in", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_admin_cmd_legacy_common_cfg_wr_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_admin_cmd_legacy_common_cfg_wr_data s;

    memset(&s, 0, sizeof(s));
    s.offset = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.reserved[i] = (uint8_t)(0x02u + i);
    return check_bytes("struct vwr_admin_cmd_legacy_common_cfg_wr_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_admin_cmd_legacy_common_cfg_wr_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_admin_cmd_legacy_common_cfg_wr_data s;

    memset(&s, 0, sizeof(s));
    s.offset = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.reserved[i] = (uint8_t)(0x02u + i);
    return check_bytes("struct virtio_admin_cmd_legacy_common_cfg_wr_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_admin_cmd_legacy_common_cfg_rd_data(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct vwr_admin_cmd_legacy_common_cfg_rd_data s;

    memset(&s, 0, sizeof(s));
    s.offset = 0x01u;
    return check_bytes("struct vwr_admin_cmd_legacy_common_cfg_rd_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_admin_cmd_legacy_common_cfg_rd_data(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct virtio_admin_cmd_legacy_common_cfg_rd_data s;

    memset(&s, 0, sizeof(s));
    s.offset = 0x01u;
    return check_bytes("struct virtio_admin_cmd_legacy_common_cfg_rd_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_admin_cmd_legacy_dev_reg_wr_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_admin_cmd_legacy_dev_reg_wr_data s;

    memset(&s, 0, sizeof(s));
    s.offset = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.reserved[i] = (uint8_t)(0x02u + i);
    return check_bytes("struct vwr_admin_cmd_legacy_dev_reg_wr_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_admin_cmd_legacy_dev_reg_wr_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_admin_cmd_legacy_dev_reg_wr_data s;

    memset(&s, 0, sizeof(s));
    s.offset = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.reserved[i] = (uint8_t)(0x02u + i);
    return check_bytes("struct virtio_admin_cmd_legacy_dev_reg_wr_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_admin_cmd_legacy_dev_cfg_rd_data(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct vwr_admin_cmd_legacy_dev_cfg_rd_data s;

    memset(&s, 0, sizeof(s));
    s.offset = 0x01u;
    return check_bytes("struct vwr_admin_cmd_legacy_dev_cfg_rd_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_admin_cmd_legacy_dev_cfg_rd_data(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct virtio_admin_cmd_legacy_dev_cfg_rd_data s;

    memset(&s, 0, sizeof(s));
    s.offset = 0x01u;
    return check_bytes("struct virtio_admin_cmd_legacy_dev_cfg_rd_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_admin_pci_legacy_notify_info(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_admin_pci_legacy_notify_info s;

    memset(&s, 0, sizeof(s));
    s.flags = 0x01u;
    s.bar = 0x02u;
    for (unsigned i = 0; i < 6; i++)
        s.padding[i] = (uint8_t)(0x03u + i);
    s.offset = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    return check_bytes("struct vwr_admin_pci_legacy_notify_info", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_pci_legacy_notify_info(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_pci_legacy_notify_info s;

    memset(&s, 0, sizeof(s));
    s.flags = 0x01u;
    s.bar = 0x02u;
    for (unsigned i = 0; i < 6; i++)
        s.padding[i] = (uint8_t)(0x03u + i);
    s.offset = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    return check_bytes("struct virtio_pci_legacy_notify_info", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_admin_cmd_legacy_notify_info_result(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40,
    };
    struct vwr_admin_cmd_legacy_notify_info_result s;

    memset(&s, 0, sizeof(s));
    s.entries[0].flags = 0x01u;
    s.entries[0].bar = 0x02u;
    for (unsigned i = 0; i < 6; i++)
        s.entries[0].padding[i] = (uint8_t)(0x03u + i);
    s.entries[0].offset = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.entries[1].flags = 0x11u;
    s.entries[1].bar = 0x12u;
    for (unsigned i = 0; i < 6; i++)
        s.entries[1].padding[i] = (uint8_t)(0x13u + i);
    s.entries[1].offset = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    s.entries[2].flags = 0x21u;
    s.entries[2].bar = 0x22u;
    for (unsigned i = 0; i < 6; i++)
        s.entries[2].padding[i] = (uint8_t)(0x23u + i);
    s.entries[2].offset = vwr_cpu_to_le64(0x302f2e2d2c2b2a29ULL);
    s.entries[3].flags = 0x31u;
    s.entries[3].bar = 0x32u;
    for (unsigned i = 0; i < 6; i++)
        s.entries[3].padding[i] = (uint8_t)(0x33u + i);
    s.entries[3].offset = vwr_cpu_to_le64(0x403f3e3d3c3b3a39ULL);
    return check_bytes("struct vwr_admin_cmd_legacy_notify_info_result", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_admin_cmd_legacy_notify_info_result(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40,
    };
    struct virtio_admin_cmd_legacy_notify_info_result s;

    memset(&s, 0, sizeof(s));
    s.entries[0].flags = 0x01u;
    s.entries[0].bar = 0x02u;
    for (unsigned i = 0; i < 6; i++)
        s.entries[0].padding[i] = (uint8_t)(0x03u + i);
    s.entries[0].offset = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.entries[1].flags = 0x11u;
    s.entries[1].bar = 0x12u;
    for (unsigned i = 0; i < 6; i++)
        s.entries[1].padding[i] = (uint8_t)(0x13u + i);
    s.entries[1].offset = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    s.entries[2].flags = 0x21u;
    s.entries[2].bar = 0x22u;
    for (unsigned i = 0; i < 6; i++)
        s.entries[2].padding[i] = (uint8_t)(0x23u + i);
    s.entries[2].offset = vwr_cpu_to_le64(0x302f2e2d2c2b2a29ULL);
    s.entries[3].flags = 0x31u;
    s.entries[3].bar = 0x32u;
    for (unsigned i = 0; i < 6; i++)
        s.entries[3].padding[i] = (uint8_t)(0x33u + i);
    s.entries[3].offset = vwr_cpu_to_le64(0x403f3e3d3c3b3a39ULL);
    return check_bytes("struct virtio_admin_cmd_legacy_notify_info_result", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_admin_cmd_cap_get_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_admin_cmd_cap_get_data s;

    memset(&s, 0, sizeof(s));
    s.id = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.reserved[i] = (uint8_t)(0x03u + i);
    return check_bytes("struct vwr_admin_cmd_cap_get_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_admin_cmd_cap_get_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_admin_cmd_cap_get_data s;

    memset(&s, 0, sizeof(s));
    s.id = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.reserved[i] = (uint8_t)(0x03u + i);
    return check_bytes("struct virtio_admin_cmd_cap_get_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_admin_cmd_cap_set_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_admin_cmd_cap_set_data s;

    memset(&s, 0, sizeof(s));
    s.id = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.reserved[i] = (uint8_t)(0x03u + i);
    return check_bytes("struct vwr_admin_cmd_cap_set_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_admin_cmd_cap_set_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_admin_cmd_cap_set_data s;

    memset(&s, 0, sizeof(s));
    s.id = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.reserved[i] = (uint8_t)(0x03u + i);
    return check_bytes("struct virtio_admin_cmd_cap_set_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_admin_cmd_resource_obj_cmd_hdr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_admin_cmd_resource_obj_cmd_hdr s;

    memset(&s, 0, sizeof(s));
    s.type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 2; i++)
        s.reserved[i] = (uint8_t)(0x03u + i);
    s.id = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_admin_cmd_resource_obj_cmd_hdr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_admin_cmd_resource_obj_cmd_hdr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_admin_cmd_resource_obj_cmd_hdr s;

    memset(&s, 0, sizeof(s));
    s.type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 2; i++)
        s.reserved[i] = (uint8_t)(0x03u + i);
    s.id = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_admin_cmd_resource_obj_cmd_hdr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_admin_cmd_resource_obj_create_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_admin_cmd_resource_obj_create_data s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 2; i++)
        s.hdr.reserved[i] = (uint8_t)(0x03u + i);
    s.hdr.id = vwr_cpu_to_le32(0x08070605u);
    s.flags = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    return check_bytes("struct vwr_admin_cmd_resource_obj_create_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_admin_cmd_resource_obj_create_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_admin_cmd_resource_obj_create_data s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 2; i++)
        s.hdr.reserved[i] = (uint8_t)(0x03u + i);
    s.hdr.id = vwr_cpu_to_le32(0x08070605u);
    s.flags = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    return check_bytes("struct virtio_admin_cmd_resource_obj_create_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_admin_cmd_resource_modify_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_admin_cmd_resource_modify_data s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 2; i++)
        s.hdr.reserved[i] = (uint8_t)(0x03u + i);
    s.hdr.id = vwr_cpu_to_le32(0x08070605u);
    s.flags = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    return check_bytes("struct vwr_admin_cmd_resource_modify_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_admin_cmd_resource_modify_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_admin_cmd_resource_modify_data s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 2; i++)
        s.hdr.reserved[i] = (uint8_t)(0x03u + i);
    s.hdr.id = vwr_cpu_to_le32(0x08070605u);
    s.flags = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    return check_bytes("struct virtio_admin_cmd_resource_modify_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_admin_cmd_resource_obj_query_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_admin_cmd_resource_obj_query_data s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 2; i++)
        s.hdr.reserved[i] = (uint8_t)(0x03u + i);
    s.hdr.id = vwr_cpu_to_le32(0x08070605u);
    s.flags = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    return check_bytes("struct vwr_admin_cmd_resource_obj_query_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_admin_cmd_resource_obj_query_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_admin_cmd_resource_obj_query_data s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 2; i++)
        s.hdr.reserved[i] = (uint8_t)(0x03u + i);
    s.hdr.id = vwr_cpu_to_le32(0x08070605u);
    s.flags = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    return check_bytes("struct virtio_admin_cmd_resource_obj_query_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_admin_dev_parts_cap(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02,
    };
    struct vwr_admin_dev_parts_cap s;

    memset(&s, 0, sizeof(s));
    s.get_parts_resource_objects_limit = 0x01u;
    s.set_parts_resource_objects_limit = 0x02u;
    return check_bytes("struct vwr_admin_dev_parts_cap", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_dev_parts_cap(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02,
    };
    struct virtio_dev_parts_cap s;

    memset(&s, 0, sizeof(s));
    s.get_parts_resource_objects_limit = 0x01u;
    s.set_parts_resource_objects_limit = 0x02u;
    return check_bytes("struct virtio_dev_parts_cap", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_admin_resource_obj_dev_parts(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_admin_resource_obj_dev_parts s;

    memset(&s, 0, sizeof(s));
    s.type = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.reserved[i] = (uint8_t)(0x02u + i);
    return check_bytes("struct vwr_admin_resource_obj_dev_parts", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_resource_obj_dev_parts(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_resource_obj_dev_parts s;

    memset(&s, 0, sizeof(s));
    s.type = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.reserved[i] = (uint8_t)(0x02u + i);
    return check_bytes("struct virtio_resource_obj_dev_parts", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_admin_cmd_dev_parts_metadata_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_admin_cmd_dev_parts_metadata_data s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 2; i++)
        s.hdr.reserved[i] = (uint8_t)(0x03u + i);
    s.hdr.id = vwr_cpu_to_le32(0x08070605u);
    s.type = 0x09u;
    for (unsigned i = 0; i < 7; i++)
        s.reserved[i] = (uint8_t)(0x0au + i);
    return check_bytes("struct vwr_admin_cmd_dev_parts_metadata_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_admin_cmd_dev_parts_metadata_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_admin_cmd_dev_parts_metadata_data s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 2; i++)
        s.hdr.reserved[i] = (uint8_t)(0x03u + i);
    s.hdr.id = vwr_cpu_to_le32(0x08070605u);
    s.type = 0x09u;
    for (unsigned i = 0; i < 7; i++)
        s.reserved[i] = (uint8_t)(0x0au + i);
    return check_bytes("struct virtio_admin_cmd_dev_parts_metadata_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_admin_dev_part_hdr_selector_pci_common_cfg(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_admin_dev_part_hdr_selector_pci_common_cfg s;

    memset(&s, 0, sizeof(s));
    s.offset = vwr_cpu_to_le32(0x04030201u);
    s.reserved = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_admin_dev_part_hdr_selector_pci_common_cfg", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_admin_dev_part_hdr_selector_pci_common_cfg(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_admin_dev_part_hdr_selector_pci_common_cfg s;

    memset(&s, 0, sizeof(s));
    s.offset = vwr_cpu_to_le32(0x04030201u);
    s.reserved = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_admin_dev_part_hdr_selector_pci_common_cfg", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_admin_dev_part_hdr_selector_vq_index(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_admin_dev_part_hdr_selector_vq_index s;

    memset(&s, 0, sizeof(s));
    s.index = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.reserved[i] = (uint8_t)(0x03u + i);
    return check_bytes("struct vwr_admin_dev_part_hdr_selector_vq_index", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_admin_dev_part_hdr_selector_vq_index(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_admin_dev_part_hdr_selector_vq_index s;

    memset(&s, 0, sizeof(s));
    s.index = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.reserved[i] = (uint8_t)(0x03u + i);
    return check_bytes("struct virtio_admin_dev_part_hdr_selector_vq_index", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_admin_dev_part_hdr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_admin_dev_part_hdr s;

    memset(&s, 0, sizeof(s));
    s.part_type = vwr_cpu_to_le16(0x0201u);
    s.flags = 0x03u;
    s.reserved = 0x04u;
    s.selector.pci_common_cfg.offset = vwr_cpu_to_le32(0x08070605u);
    s.selector.pci_common_cfg.reserved = vwr_cpu_to_le32(0x0c0b0a09u);
    s.length = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct vwr_admin_dev_part_hdr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_dev_part_hdr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_dev_part_hdr s;

    memset(&s, 0, sizeof(s));
    s.part_type = vwr_cpu_to_le16(0x0201u);
    s.flags = 0x03u;
    s.reserved = 0x04u;
    s.selector.pci_common_cfg.offset = vwr_cpu_to_le32(0x08070605u);
    s.selector.pci_common_cfg.reserved = vwr_cpu_to_le32(0x0c0b0a09u);
    s.length = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct virtio_dev_part_hdr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_admin_cmd_dev_parts_metadata_result_parts_size(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_admin_cmd_dev_parts_metadata_result_parts_size s;

    memset(&s, 0, sizeof(s));
    s.size = vwr_cpu_to_le32(0x04030201u);
    s.reserved = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_admin_cmd_dev_parts_metadata_result_parts_size", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_admin_cmd_dev_parts_metadata_result_parts_size(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_admin_cmd_dev_parts_metadata_result_parts_size s;

    memset(&s, 0, sizeof(s));
    s.size = vwr_cpu_to_le32(0x04030201u);
    s.reserved = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_admin_cmd_dev_parts_metadata_result_parts_size", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_admin_cmd_dev_parts_metadata_result_hdr_list_count(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_admin_cmd_dev_parts_metadata_result_hdr_list_count s;

    memset(&s, 0, sizeof(s));
    s.count = vwr_cpu_to_le32(0x04030201u);
    s.reserved = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_admin_cmd_dev_parts_metadata_result_hdr_list_count", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_admin_cmd_dev_parts_metadata_result_hdr_list_count(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_admin_cmd_dev_parts_metadata_result_hdr_list_count s;

    memset(&s, 0, sizeof(s));
    s.count = vwr_cpu_to_le32(0x04030201u);
    s.reserved = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_admin_cmd_dev_parts_metadata_result_hdr_list_count", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_admin_cmd_dev_parts_metadata_result_hdr_list(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_admin_cmd_dev_parts_metadata_result_hdr_list s;

    memset(&s, 0, sizeof(s));
    s.count = vwr_cpu_to_le32(0x04030201u);
    s.reserved = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_admin_cmd_dev_parts_metadata_result_hdr_list", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_admin_cmd_dev_parts_metadata_result_hdr_list(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_admin_cmd_dev_parts_metadata_result_hdr_list s;

    memset(&s, 0, sizeof(s));
    s.count = vwr_cpu_to_le32(0x04030201u);
    s.reserved = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_admin_cmd_dev_parts_metadata_result_hdr_list", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_admin_cmd_dev_parts_get_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_admin_cmd_dev_parts_get_data s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 2; i++)
        s.hdr.reserved[i] = (uint8_t)(0x03u + i);
    s.hdr.id = vwr_cpu_to_le32(0x08070605u);
    s.type = 0x09u;
    for (unsigned i = 0; i < 7; i++)
        s.reserved[i] = (uint8_t)(0x0au + i);
    return check_bytes("struct vwr_admin_cmd_dev_parts_get_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_admin_cmd_dev_parts_get_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_admin_cmd_dev_parts_get_data s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 2; i++)
        s.hdr.reserved[i] = (uint8_t)(0x03u + i);
    s.hdr.id = vwr_cpu_to_le32(0x08070605u);
    s.type = 0x09u;
    for (unsigned i = 0; i < 7; i++)
        s.reserved[i] = (uint8_t)(0x0au + i);
    return check_bytes("struct virtio_admin_cmd_dev_parts_get_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_admin_dev_part(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_admin_dev_part s;

    memset(&s, 0, sizeof(s));
    s.hdr.part_type = vwr_cpu_to_le16(0x0201u);
    s.hdr.flags = 0x03u;
    s.hdr.reserved = 0x04u;
    s.hdr.selector.pci_common_cfg.offset = vwr_cpu_to_le32(0x08070605u);
    s.hdr.selector.pci_common_cfg.reserved = vwr_cpu_to_le32(0x0c0b0a09u);
    s.hdr.length = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct vwr_admin_dev_part", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_dev_part(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_dev_part s;

    memset(&s, 0, sizeof(s));
    s.hdr.part_type = vwr_cpu_to_le16(0x0201u);
    s.hdr.flags = 0x03u;
    s.hdr.reserved = 0x04u;
    s.hdr.selector.pci_common_cfg.offset = vwr_cpu_to_le32(0x08070605u);
    s.hdr.selector.pci_common_cfg.reserved = vwr_cpu_to_le32(0x0c0b0a09u);
    s.hdr.length = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct virtio_dev_part", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_admin_cmd_dev_parts_set_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_admin_cmd_dev_parts_set_data s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 2; i++)
        s.hdr.reserved[i] = (uint8_t)(0x03u + i);
    s.hdr.id = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_admin_cmd_dev_parts_set_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_admin_cmd_dev_parts_set_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_admin_cmd_dev_parts_set_data s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 2; i++)
        s.hdr.reserved[i] = (uint8_t)(0x03u + i);
    s.hdr.id = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_admin_cmd_dev_parts_set_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_admin_cmd_dev_mode_set_data(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct vwr_admin_cmd_dev_mode_set_data s;

    memset(&s, 0, sizeof(s));
    s.flags = 0x01u;
    return check_bytes("struct vwr_admin_cmd_dev_mode_set_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_admin_cmd_dev_mode_set_data(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct virtio_admin_cmd_dev_mode_set_data s;

    memset(&s, 0, sizeof(s));
    s.flags = 0x01u;
    return check_bytes("struct virtio_admin_cmd_dev_mode_set_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_admin_dev_part_vq_cfg(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct vwr_admin_dev_part_vq_cfg s;

    memset(&s, 0, sizeof(s));
    s.queue_size = vwr_cpu_to_le16(0x0201u);
    s.vector = vwr_cpu_to_le16(0x0403u);
    s.enabled = vwr_cpu_to_le16(0x0605u);
    s.reserved = vwr_cpu_to_le16(0x0807u);
    s.queue_desc = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.queue_driver = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.queue_device = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    return check_bytes("struct vwr_admin_dev_part_vq_cfg", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_dev_part_vq_cfg(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct virtio_dev_part_vq_cfg s;

    memset(&s, 0, sizeof(s));
    s.queue_size = vwr_cpu_to_le16(0x0201u);
    s.vector = vwr_cpu_to_le16(0x0403u);
    s.enabled = vwr_cpu_to_le16(0x0605u);
    s.reserved = vwr_cpu_to_le16(0x0807u);
    s.queue_desc = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.queue_driver = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.queue_device = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    return check_bytes("struct virtio_dev_part_vq_cfg", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_admin_dev_part_vq_notify_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_admin_dev_part_vq_notify_data s;

    memset(&s, 0, sizeof(s));
    s.queue_notify_off = vwr_cpu_to_le16(0x0201u);
    s.queue_notif_config_data = vwr_cpu_to_le16(0x0403u);
    for (unsigned i = 0; i < 4; i++)
        s.reserved[i] = (uint8_t)(0x05u + i);
    return check_bytes("struct vwr_admin_dev_part_vq_notify_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_dev_part_vq_notify_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_dev_part_vq_notify_data s;

    memset(&s, 0, sizeof(s));
    s.queue_notify_off = vwr_cpu_to_le16(0x0201u);
    s.queue_notif_config_data = vwr_cpu_to_le16(0x0403u);
    for (unsigned i = 0; i < 4; i++)
        s.reserved[i] = (uint8_t)(0x05u + i);
    return check_bytes("struct virtio_dev_part_vq_notify_data", &s, sizeof(s), expected, sizeof(expected));
}

static int constants(void)
{
    const struct number numbers[] = {
        {"VWR_ADMIN_GROUP_TYPE_SELF", VWR_ADMIN_GROUP_TYPE_SELF, 0},
        {"VIRTIO_ADMIN_GROUP_TYPE_SELF", VIRTIO_ADMIN_GROUP_TYPE_SELF, 0},
        {"VWR_ADMIN_GROUP_TYPE_SRIOV", VWR_ADMIN_GROUP_TYPE_SRIOV, 1},
        {"VIRTIO_ADMIN_GROUP_TYPE_SRIOV", VIRTIO_ADMIN_GROUP_TYPE_SRIOV, 1},
        {"VWR_ADMIN_STATUS_OK", VWR_ADMIN_STATUS_OK, 0},
        {"VIRTIO_ADMIN_STATUS_OK", VIRTIO_ADMIN_STATUS_OK, 0},
        {"VWR_ADMIN_STATUS_ENXIO", VWR_ADMIN_STATUS_ENXIO, 6},
        {"VIRTIO_ADMIN_STATUS_ENXIO", VIRTIO_ADMIN_STATUS_ENXIO, 6},
        {"VWR_ADMIN_STATUS_EAGAIN", VWR_ADMIN_STATUS_EAGAIN, 11},
        {"VIRTIO_ADMIN_STATUS_EAGAIN", VIRTIO_ADMIN_STATUS_EAGAIN, 11},
        {"VWR_ADMIN_STATUS_ENOMEM", VWR_ADMIN_STATUS_ENOMEM, 12},
        {"VIRTIO_ADMIN_STATUS_ENOMEM", VIRTIO_ADMIN_STATUS_ENOMEM, 12},
        {"VWR_ADMIN_STATUS_EBUSY", VWR_ADMIN_STATUS_EBUSY, 16},
        {"VIRTIO_ADMIN_STATUS_EBUSY", VIRTIO_ADMIN_STATUS_EBUSY, 16},
        {"VWR_ADMIN_STATUS_EINVAL", VWR_ADMIN_STATUS_EINVAL, 22},
        {"VIRTIO_ADMIN_STATUS_EINVAL", VIRTIO_ADMIN_STATUS_EINVAL, 22},
        {"VWR_ADMIN_STATUS_ENOSPC", VWR_ADMIN_STATUS_ENOSPC, 28},
        {"VIRTIO_ADMIN_STATUS_ENOSPC", VIRTIO_ADMIN_STATUS_ENOSPC, 28},
        {"VWR_ADMIN_STATUS_Q_OK", VWR_ADMIN_STATUS_Q_OK, 0x0},
        {"VIRTIO_ADMIN_STATUS_Q_OK", VIRTIO_ADMIN_STATUS_Q_OK, 0x0},
        {"VWR_ADMIN_STATUS_Q_INVALID_COMMAND", VWR_ADMIN_STATUS_Q_INVALID_COMMAND, 0x1},
        {"VIRTIO_ADMIN_STATUS_Q_INVALID_COMMAND", VIRTIO_ADMIN_STATUS_Q_INVALID_COMMAND, 0x1},
        {"VWR_ADMIN_STATUS_Q_INVALID_OPCODE", VWR_ADMIN_STATUS_Q_INVALID_OPCODE, 0x2},
        {"VIRTIO_ADMIN_STATUS_Q_INVALID_OPCODE", VIRTIO_ADMIN_STATUS_Q_INVALID_OPCODE, 0x2},
        {"VWR_ADMIN_STATUS_Q_INVALID_FIELD", VWR_ADMIN_STATUS_Q_INVALID_FIELD, 0x3},
        {"VIRTIO_ADMIN_STATUS_Q_INVALID_FIELD", VIRTIO_ADMIN_STATUS_Q_INVALID_FIELD, 0x3},
        {"VWR_ADMIN_STATUS_Q_INVALID_GROUP", VWR_ADMIN_STATUS_Q_INVALID_GROUP, 0x4},
        {"VIRTIO_ADMIN_STATUS_Q_INVALID_GROUP", VIRTIO_ADMIN_STATUS_Q_INVALID_GROUP, 0x4},
        {"VWR_ADMIN_STATUS_Q_INVALID_MEMBER", VWR_ADMIN_STATUS_Q_INVALID_MEMBER, 0x5},
        {"VIRTIO_ADMIN_STATUS_Q_INVALID_MEMBER", VIRTIO_ADMIN_STATUS_Q_INVALID_MEMBER, 0x5},
        {"VWR_ADMIN_STATUS_Q_NORESOURCE", VWR_ADMIN_STATUS_Q_NORESOURCE, 0x6},
        {"VIRTIO_ADMIN_STATUS_Q_NORESOURCE", VIRTIO_ADMIN_STATUS_Q_NORESOURCE, 0x6},
        {"VWR_ADMIN_STATUS_Q_TRYAGAIN", VWR_ADMIN_STATUS_Q_TRYAGAIN, 0x7},
        {"VIRTIO_ADMIN_STATUS_Q_TRYAGAIN", VIRTIO_ADMIN_STATUS_Q_TRYAGAIN, 0x7},
        {"VWR_ADMIN_LEGACY_NOTIFY_INFO_END", VWR_ADMIN_LEGACY_NOTIFY_INFO_END, 0},
        {"VIRTIO_ADMIN_LEGACY_NOTIFY_INFO_END", VIRTIO_ADMIN_LEGACY_NOTIFY_INFO_END, 0},
        {"VWR_ADMIN_LEGACY_NOTIFY_INFO_OWNER", VWR_ADMIN_LEGACY_NOTIFY_INFO_OWNER, 1},
        {"VIRTIO_ADMIN_LEGACY_NOTIFY_INFO_OWNER", VIRTIO_ADMIN_LEGACY_NOTIFY_INFO_OWNER, 1},
        {"VWR_ADMIN_LEGACY_NOTIFY_INFO_MEMBER", VWR_ADMIN_LEGACY_NOTIFY_INFO_MEMBER, 2},
        {"VIRTIO_ADMIN_LEGACY_NOTIFY_INFO_MEMBER", VIRTIO_ADMIN_LEGACY_NOTIFY_INFO_MEMBER, 2},
        {"VWR_ADMIN_DEV_PARTS_CAP", VWR_ADMIN_DEV_PARTS_CAP, 0x0},
        {"VIRTIO_DEV_PARTS_CAP", VIRTIO_DEV_PARTS_CAP, 0x0},
        {"VWR_ADMIN_RESOURCE_OBJ_DEV_PARTS", VWR_ADMIN_RESOURCE_OBJ_DEV_PARTS, 0x0},
        {"VIRTIO_RESOURCE_OBJ_DEV_PARTS", VIRTIO_RESOURCE_OBJ_DEV_PARTS, 0x0},
        {"VWR_ADMIN_RESOURCE_OBJ_DEV_PARTS_TYPE_GET", VWR_ADMIN_RESOURCE_OBJ_DEV_PARTS_TYPE_GET, 0},
        {"VIRTIO_RESOURCE_OBJ_DEV_PARTS_TYPE_GET", VIRTIO_RESOURCE_OBJ_DEV_PARTS_TYPE_GET, 0},
        {"VWR_ADMIN_RESOURCE_OBJ_DEV_PARTS_TYPE_SET", VWR_ADMIN_RESOURCE_OBJ_DEV_PARTS_TYPE_SET, 1},
        {"VIRTIO_RESOURCE_OBJ_DEV_PARTS_TYPE_SET", VIRTIO_RESOURCE_OBJ_DEV_PARTS_TYPE_SET, 1},
        {"VWR_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_SIZE", VWR_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_SIZE, 0},
        {"VIRTIO_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_SIZE", VIRTIO_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_SIZE, 0},
        {"VWR_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_COUNT", VWR_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_COUNT, 1},
        {"VIRTIO_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_COUNT", VIRTIO_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_COUNT, 1},
        {"VWR_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_LIST", VWR_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_LIST, 2},
        {"VIRTIO_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_LIST", VIRTIO_ADMIN_CMD_DEV_PARTS_METADATA_TYPE_LIST, 2},
        {"VWR_ADMIN_CMD_DEV_PARTS_GET_TYPE_SELECTED", VWR_ADMIN_CMD_DEV_PARTS_GET_TYPE_SELECTED, 0},
        {"VIRTIO_ADMIN_CMD_DEV_PARTS_GET_TYPE_SELECTED", VIRTIO_ADMIN_CMD_DEV_PARTS_GET_TYPE_SELECTED, 0},
        {"VWR_ADMIN_CMD_DEV_PARTS_GET_TYPE_ALL", VWR_ADMIN_CMD_DEV_PARTS_GET_TYPE_ALL, 1},
        {"VIRTIO_ADMIN_CMD_DEV_PARTS_GET_TYPE_ALL", VIRTIO_ADMIN_CMD_DEV_PARTS_GET_TYPE_ALL, 1},
        {"VWR_ADMIN_CMD_DEV_MODE_F_STOPPED", VWR_ADMIN_CMD_DEV_MODE_F_STOPPED, 0},
        {"VIRTIO_ADMIN_CMD_DEV_MODE_F_STOPPED", VIRTIO_ADMIN_CMD_DEV_MODE_F_STOPPED, 0},
        {"VWR_ADMIN_DEV_PART_F_OPTIONAL", VWR_ADMIN_DEV_PART_F_OPTIONAL, 0},
        {"VIRTIO_DEV_PART_F_OPTIONAL", VIRTIO_DEV_PART_F_OPTIONAL, 0},
        {"VWR_ADMIN_DEV_PART_DEV_FEATURES", VWR_ADMIN_DEV_PART_DEV_FEATURES, 0x100},
        {"VIRTIO_DEV_PART_DEV_FEATURES", VIRTIO_DEV_PART_DEV_FEATURES, 0x100},
        {"VWR_ADMIN_DEV_PART_DRV_FEATURES", VWR_ADMIN_DEV_PART_DRV_FEATURES, 0x101},
        {"VIRTIO_DEV_PART_DRV_FEATURES", VIRTIO_DEV_PART_DRV_FEATURES, 0x101},
        {"VWR_ADMIN_DEV_PART_PCI_COMMON_CFG", VWR_ADMIN_DEV_PART_PCI_COMMON_CFG, 0x102},
        {"VIRTIO_DEV_PART_PCI_COMMON_CFG", VIRTIO_DEV_PART_PCI_COMMON_CFG, 0x102},
        {"VWR_ADMIN_DEV_PART_DEVICE_STATUS", VWR_ADMIN_DEV_PART_DEVICE_STATUS, 0x103},
        {"VIRTIO_DEV_PART_DEVICE_STATUS", VIRTIO_DEV_PART_DEVICE_STATUS, 0x103},
        {"VWR_ADMIN_DEV_PART_VQ_CFG", VWR_ADMIN_DEV_PART_VQ_CFG, 0x104},
        {"VIRTIO_DEV_PART_VQ_CFG", VIRTIO_DEV_PART_VQ_CFG, 0x104},
        {"VWR_ADMIN_DEV_PART_VQ_NOTIFY_CFG", VWR_ADMIN_DEV_PART_VQ_NOTIFY_CFG, 0x105},
        {"VIRTIO_DEV_PART_VQ_NOTIFY_CFG", VIRTIO_DEV_PART_VQ_NOTIFY_CFG, 0x105},
        {"VWR_ADMIN_CMD_LIST_QUERY", VWR_ADMIN_CMD_LIST_QUERY, 0x0},
        {"VIRTIO_ADMIN_CMD_LIST_QUERY", VIRTIO_ADMIN_CMD_LIST_QUERY, 0x0},
        {"VWR_ADMIN_CMD_LIST_USE", VWR_ADMIN_CMD_LIST_USE, 0x1},
        {"VIRTIO_ADMIN_CMD_LIST_USE", VIRTIO_ADMIN_CMD_LIST_USE, 0x1},
        {"VWR_ADMIN_CMD_LEGACY_COMMON_CFG_WRITE", VWR_ADMIN_CMD_LEGACY_COMMON_CFG_WRITE, 0x2},
        {"VIRTIO_ADMIN_CMD_LEGACY_COMMON_CFG_WRITE", VIRTIO_ADMIN_CMD_LEGACY_COMMON_CFG_WRITE, 0x2},
        {"VWR_ADMIN_CMD_LEGACY_COMMON_CFG_READ", VWR_ADMIN_CMD_LEGACY_COMMON_CFG_READ, 0x3},
        {"VIRTIO_ADMIN_CMD_LEGACY_COMMON_CFG_READ", VIRTIO_ADMIN_CMD_LEGACY_COMMON_CFG_READ, 0x3},
        {"VWR_ADMIN_CMD_LEGACY_DEV_CFG_WRITE", VWR_ADMIN_CMD_LEGACY_DEV_CFG_WRITE, 0x4},
        {"VIRTIO_ADMIN_CMD_LEGACY_DEV_CFG_WRITE", VIRTIO_ADMIN_CMD_LEGACY_DEV_CFG_WRITE, 0x4},
        {"VWR_ADMIN_CMD_LEGACY_DEV_CFG_READ", VWR_ADMIN_CMD_LEGACY_DEV_CFG_READ, 0x5},
        {"VIRTIO_ADMIN_CMD_LEGACY_DEV_CFG_READ", VIRTIO_ADMIN_CMD_LEGACY_DEV_CFG_READ, 0x5},
        {"VWR_ADMIN_CMD_LEGACY_NOTIFY_INFO", VWR_ADMIN_CMD_LEGACY_NOTIFY_INFO, 0x6},
        {"VIRTIO_ADMIN_CMD_LEGACY_NOTIFY_INFO", VIRTIO_ADMIN_CMD_LEGACY_NOTIFY_INFO, 0x6},
        {"VWR_ADMIN_CMD_CAP_ID_LIST_QUERY", VWR_ADMIN_CMD_CAP_ID_LIST_QUERY, 0x7},
        {"VIRTIO_ADMIN_CMD_CAP_ID_LIST_QUERY", VIRTIO_ADMIN_CMD_CAP_ID_LIST_QUERY, 0x7},
        {"VWR_ADMIN_CMD_DEVICE_CAP_GET", VWR_ADMIN_CMD_DEVICE_CAP_GET, 0x8},
        {"VIRTIO_ADMIN_CMD_DEVICE_CAP_GET", VIRTIO_ADMIN_CMD_DEVICE_CAP_GET, 0x8},
        {"VWR_ADMIN_CMD_DRIVER_CAP_SET", VWR_ADMIN_CMD_DRIVER_CAP_SET, 0x9},
        {"VIRTIO_ADMIN_CMD_DRIVER_CAP_SET", VIRTIO_ADMIN_CMD_DRIVER_CAP_SET, 0x9},
        {"VWR_ADMIN_CMD_RESOURCE_OBJ_CREATE", VWR_ADMIN_CMD_RESOURCE_OBJ_CREATE, 0xa},
        {"VIRTIO_ADMIN_CMD_RESOURCE_OBJ_CREATE", VIRTIO_ADMIN_CMD_RESOURCE_OBJ_CREATE, 0xa},
        {"VWR_ADMIN_CMD_RESOURCE_OBJ_MODIFY", VWR_ADMIN_CMD_RESOURCE_OBJ_MODIFY, 0xc},
        {"VIRTIO_ADMIN_CMD_RESOURCE_OBJ_MODIFY", VIRTIO_ADMIN_CMD_RESOURCE_OBJ_MODIFY, 0xc},
        {"VWR_ADMIN_CMD_RESOURCE_OBJ_QUERY", VWR_ADMIN_CMD_RESOURCE_OBJ_QUERY, 0xb},
        {"VIRTIO_ADMIN_CMD_RESOURCE_OBJ_QUERY", VIRTIO_ADMIN_CMD_RESOURCE_OBJ_QUERY, 0xb},
        {"VWR_ADMIN_CMD_RESOURCE_OBJ_DESTROY", VWR_ADMIN_CMD_RESOURCE_OBJ_DESTROY, 0xd},
        {"VIRTIO_ADMIN_CMD_RESOURCE_OBJ_DESTROY", VIRTIO_ADMIN_CMD_RESOURCE_OBJ_DESTROY, 0xd},
        {"VWR_ADMIN_CMD_DEV_PARTS_METADATA_GET", VWR_ADMIN_CMD_DEV_PARTS_METADATA_GET, 0xe},
        {"VIRTIO_ADMIN_CMD_DEV_PARTS_METADATA_GET", VIRTIO_ADMIN_CMD_DEV_PARTS_METADATA_GET, 0xe},
        {"VWR_ADMIN_CMD_DEV_PARTS_GET", VWR_ADMIN_CMD_DEV_PARTS_GET, 0xf},
        {"VIRTIO_ADMIN_CMD_DEV_PARTS_GET", VIRTIO_ADMIN_CMD_DEV_PARTS_GET, 0xf},
        {"VWR_ADMIN_CMD_DEV_PARTS_SET", VWR_ADMIN_CMD_DEV_PARTS_SET, 0x10},
        {"VIRTIO_ADMIN_CMD_DEV_PARTS_SET", VIRTIO_ADMIN_CMD_DEV_PARTS_SET, 0x10},
        {"VWR_ADMIN_CMD_DEV_MODE_SET", VWR_ADMIN_CMD_DEV_MODE_SET, 0x11},
        {"VIRTIO_ADMIN_CMD_DEV_MODE_SET", VIRTIO_ADMIN_CMD_DEV_MODE_SET, 0x11},
        {"VWR_ADMIN_CAP_DEVICE_MIN", VWR_ADMIN_CAP_DEVICE_MIN, 0x800u},
        {"VIRTIO_ADMIN_CAP_DEVICE_MIN", VIRTIO_ADMIN_CAP_DEVICE_MIN, 0x800u},
        {"VWR_ADMIN_CAP_DEVICE_MAX", VWR_ADMIN_CAP_DEVICE_MAX, 0xfffu},
        {"VIRTIO_ADMIN_CAP_DEVICE_MAX", VIRTIO_ADMIN_CAP_DEVICE_MAX, 0xfffu},
        {"VWR_ADMIN_RESOURCE_OBJ_DEVICE_MIN", VWR_ADMIN_RESOURCE_OBJ_DEVICE_MIN, 0x200u},
        {"VIRTIO_ADMIN_RESOURCE_OBJ_DEVICE_MIN", VIRTIO_ADMIN_RESOURCE_OBJ_DEVICE_MIN, 0x200u},
        {"VWR_ADMIN_RESOURCE_OBJ_DEVICE_MAX", VWR_ADMIN_RESOURCE_OBJ_DEVICE_MAX, 0x4ffu},
        {"VIRTIO_ADMIN_RESOURCE_OBJ_DEVICE_MAX", VIRTIO_ADMIN_RESOURCE_OBJ_DEVICE_MAX, 0x4ffu},
        {"VWR_ADMIN_DEV_PART_DEVICE_MIN", VWR_ADMIN_DEV_PART_DEVICE_MIN, 0x200u},
        {"VIRTIO_ADMIN_DEV_PART_DEVICE_MIN", VIRTIO_ADMIN_DEV_PART_DEVICE_MIN, 0x200u},
        {"VWR_ADMIN_DEV_PART_DEVICE_MAX", VWR_ADMIN_DEV_PART_DEVICE_MAX, 0x5ffu},
        {"VIRTIO_ADMIN_DEV_PART_DEVICE_MAX", VIRTIO_ADMIN_DEV_PART_DEVICE_MAX, 0x5ffu},
    };

    return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
}

int main(void)
{
    int wrong = constants();

    wrong |= wire_vwr_admin_cmd() | wire_virtio_admin_cmd();
    wrong |= wire_vwr_admin_cmd_in() | wire_virtio_admin_cmd_in();
    wrong |= wire_vwr_admin_cmd_legacy_common_cfg_wr_data() | wire_virtio_admin_cmd_legacy_common_cfg_wr_data();
    wrong |= wire_vwr_admin_cmd_legacy_common_cfg_rd_data() | wire_virtio_admin_cmd_legacy_common_cfg_rd_data();
    wrong |= wire_vwr_admin_cmd_legacy_dev_reg_wr_data() | wire_virtio_admin_cmd_legacy_dev_reg_wr_data();
    wrong |= wire_vwr_admin_cmd_legacy_dev_cfg_rd_data() | wire_virtio_admin_cmd_legacy_dev_cfg_rd_data();
    wrong |= wire_vwr_admin_pci_legacy_notify_info() | wire_virtio_pci_legacy_notify_info();
    wrong |= wire_vwr_admin_cmd_legacy_notify_info_result() | wire_virtio_admin_cmd_legacy_notify_info_result();
    wrong |= wire_vwr_admin_cmd_cap_get_data() | wire_virtio_admin_cmd_cap_get_data();
    wrong |= wire_vwr_admin_cmd_cap_set_data() | wire_virtio_admin_cmd_cap_set_data();
    wrong |= wire_vwr_admin_cmd_resource_obj_cmd_hdr() | wire_virtio_admin_cmd_resource_obj_cmd_hdr();
    wrong |= wire_vwr_admin_cmd_resource_obj_create_data() | wire_virtio_admin_cmd_resource_obj_create_data();
    wrong |= wire_vwr_admin_cmd_resource_modify_data() | wire_virtio_admin_cmd_resource_modify_data();
    wrong |= wire_vwr_admin_cmd_resource_obj_query_data() | wire_virtio_admin_cmd_resource_obj_query_data();
    wrong |= wire_vwr_admin_dev_parts_cap() | wire_virtio_dev_parts_cap();
    wrong |= wire_vwr_admin_resource_obj_dev_parts() | wire_virtio_resource_obj_dev_parts();
    wrong |= wire_vwr_admin_cmd_dev_parts_metadata_data() | wire_virtio_admin_cmd_dev_parts_metadata_data();
    wrong |= wire_vwr_admin_dev_part_hdr_selector_pci_common_cfg() | wire_virtio_admin_dev_part_hdr_selector_pci_common_cfg();
    wrong |= wire_vwr_admin_dev_part_hdr_selector_vq_index() | wire_virtio_admin_dev_part_hdr_selector_vq_index();
    wrong |= wire_vwr_admin_dev_part_hdr() | wire_virtio_dev_part_hdr();
    wrong |= wire_vwr_admin_cmd_dev_parts_metadata_result_parts_size() | wire_virtio_admin_cmd_dev_parts_metadata_result_parts_size();
    wrong |= wire_vwr_admin_cmd_dev_parts_metadata_result_hdr_list_count() | wire_virtio_admin_cmd_dev_parts_metadata_result_hdr_list_count();
    wrong |= wire_vwr_admin_cmd_dev_parts_metadata_result_hdr_list() | wire_virtio_admin_cmd_dev_parts_metadata_result_hdr_list();
    wrong |= wire_vwr_admin_cmd_dev_parts_get_data() | wire_virtio_admin_cmd_dev_parts_get_data();
    wrong |= wire_vwr_admin_dev_part() | wire_virtio_dev_part();
    wrong |= wire_vwr_admin_cmd_dev_parts_set_data() | wire_virtio_admin_cmd_dev_parts_set_data();
    wrong |= wire_vwr_admin_cmd_dev_mode_set_data() | wire_virtio_admin_cmd_dev_mode_set_data();
    wrong |= wire_vwr_admin_dev_part_vq_cfg() | wire_virtio_dev_part_vq_cfg();
    wrong |= wire_vwr_admin_dev_part_vq_notify_data() | wire_virtio_dev_part_vq_notify_data();
    if (!wrong)
        printf("%s: 29 structs match the specification\n", "spec/core/admin.yaml");
    return wrong;
}
