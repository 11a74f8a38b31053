/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/blk.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Block Device */

/*
 * A host program. It fills each struct field by field and compares its bytes with the specification's little-endian
 * order, and constants with the values of spec/. It reads and writes the configuration and registers. Exit code 0 or 1.
 */
#include <stdio.h>
#include <string.h>

#include "vwr/gen/blk.h"
#include "virtio_blk.h"

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

static int wire_vwr_blk_geometry(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_blk_geometry s;

    memset(&s, 0, sizeof(s));
    s.cylinders = vwr_cpu_to_le16(0x0201u);
    s.heads = 0x03u;
    s.sectors = 0x04u;
    return check_bytes("struct vwr_blk_geometry", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_blk_geometry(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtio_blk_geometry s;

    memset(&s, 0, sizeof(s));
    s.cylinders = vwr_cpu_to_le16(0x0201u);
    s.heads = 0x03u;
    s.sectors = 0x04u;
    return check_bytes("struct virtio_blk_geometry", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_blk_topology(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_blk_topology s;

    memset(&s, 0, sizeof(s));
    s.physical_block_exp = 0x01u;
    s.alignment_offset = 0x02u;
    s.min_io_size = vwr_cpu_to_le16(0x0403u);
    s.opt_io_size = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_blk_topology", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_blk_topology(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_blk_topology s;

    memset(&s, 0, sizeof(s));
    s.physical_block_exp = 0x01u;
    s.alignment_offset = 0x02u;
    s.min_io_size = vwr_cpu_to_le16(0x0403u);
    s.opt_io_size = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_blk_topology", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_blk_zoned_characteristics(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_blk_zoned_characteristics s;

    memset(&s, 0, sizeof(s));
    s.zone_sectors = vwr_cpu_to_le32(0x04030201u);
    s.max_open_zones = vwr_cpu_to_le32(0x08070605u);
    s.max_active_zones = vwr_cpu_to_le32(0x0c0b0a09u);
    s.max_append_sectors = vwr_cpu_to_le32(0x100f0e0du);
    s.write_granularity = vwr_cpu_to_le32(0x14131211u);
    s.model = 0x15u;
    for (unsigned i = 0; i < 3; i++)
        s.unused2[i] = (uint8_t)(0x16u + i);
    return check_bytes("struct vwr_blk_zoned_characteristics", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_blk_zoned_characteristics(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_blk_zoned_characteristics s;

    memset(&s, 0, sizeof(s));
    s.zone_sectors = vwr_cpu_to_le32(0x04030201u);
    s.max_open_zones = vwr_cpu_to_le32(0x08070605u);
    s.max_active_zones = vwr_cpu_to_le32(0x0c0b0a09u);
    s.max_append_sectors = vwr_cpu_to_le32(0x100f0e0du);
    s.write_granularity = vwr_cpu_to_le32(0x14131211u);
    s.model = 0x15u;
    for (unsigned i = 0; i < 3; i++)
        s.unused2[i] = (uint8_t)(0x16u + i);
    return check_bytes("struct virtio_blk_zoned_characteristics", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_blk_discard_write_zeroes(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_blk_discard_write_zeroes s;

    memset(&s, 0, sizeof(s));
    s.sector = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.num_sectors = vwr_cpu_to_le32(0x0c0b0a09u);
    s.flags = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct vwr_blk_discard_write_zeroes", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_blk_discard_write_zeroes(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_blk_discard_write_zeroes s;

    memset(&s, 0, sizeof(s));
    s.sector = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.num_sectors = vwr_cpu_to_le32(0x0c0b0a09u);
    s.flags = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct virtio_blk_discard_write_zeroes", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_blk_lifetime(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06,
    };
    struct vwr_blk_lifetime s;

    memset(&s, 0, sizeof(s));
    s.pre_eol_info = vwr_cpu_to_le16(0x0201u);
    s.device_lifetime_est_typ_a = vwr_cpu_to_le16(0x0403u);
    s.device_lifetime_est_typ_b = vwr_cpu_to_le16(0x0605u);
    return check_bytes("struct vwr_blk_lifetime", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_blk_lifetime(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06,
    };
    struct virtio_blk_lifetime s;

    memset(&s, 0, sizeof(s));
    s.pre_eol_info = vwr_cpu_to_le16(0x0201u);
    s.device_lifetime_est_typ_a = vwr_cpu_to_le16(0x0403u);
    s.device_lifetime_est_typ_b = vwr_cpu_to_le16(0x0605u);
    return check_bytes("struct virtio_blk_lifetime", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_blk_zone_descriptor(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40,
    };
    struct vwr_blk_zone_descriptor s;

    memset(&s, 0, sizeof(s));
    s.z_cap = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.z_start = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.z_wp = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.z_type = 0x19u;
    s.z_state = 0x1au;
    for (unsigned i = 0; i < 38; i++)
        s.reserved[i] = (uint8_t)(0x1bu + i);
    return check_bytes("struct vwr_blk_zone_descriptor", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_blk_zone_descriptor(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40,
    };
    struct virtio_blk_zone_descriptor s;

    memset(&s, 0, sizeof(s));
    s.z_cap = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.z_start = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.z_wp = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.z_type = 0x19u;
    s.z_state = 0x1au;
    for (unsigned i = 0; i < 38; i++)
        s.reserved[i] = (uint8_t)(0x1bu + i);
    return check_bytes("struct virtio_blk_zone_descriptor", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_blk_zone_report(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40,
    };
    struct vwr_blk_zone_report s;

    memset(&s, 0, sizeof(s));
    s.nr_zones = vwr_cpu_to_le64(0x0807060504030201ULL);
    for (unsigned i = 0; i < 56; i++)
        s.reserved[i] = (uint8_t)(0x09u + i);
    return check_bytes("struct vwr_blk_zone_report", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_blk_zone_report(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40,
    };
    struct virtio_blk_zone_report s;

    memset(&s, 0, sizeof(s));
    s.nr_zones = vwr_cpu_to_le64(0x0807060504030201ULL);
    for (unsigned i = 0; i < 56; i++)
        s.reserved[i] = (uint8_t)(0x09u + i);
    return check_bytes("struct virtio_blk_zone_report", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_blk_scsi_pc_in(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48,
        0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f, 0x50, 0x51, 0x52, 0x53, 0x54,
        0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x5b, 0x5c, 0x5d, 0x5e, 0x5f, 0x60,
        0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c,
        0x6d, 0x6e, 0x6f, 0x70, 0x71,
    };
    struct vwr_blk_scsi_pc_in s;

    memset(&s, 0, sizeof(s));
    for (unsigned i = 0; i < 96; i++)
        s.sense[i] = (uint8_t)(0x01u + i);
    s.errors = vwr_cpu_to_le32(0x64636261u);
    s.data_len = vwr_cpu_to_le32(0x68676665u);
    s.sense_len = vwr_cpu_to_le32(0x6c6b6a69u);
    s.residual = vwr_cpu_to_le32(0x706f6e6du);
    s.status = 0x71u;
    return check_bytes("struct vwr_blk_scsi_pc_in", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_blk_scsi_pc_in(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48,
        0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f, 0x50, 0x51, 0x52, 0x53, 0x54,
        0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x5b, 0x5c, 0x5d, 0x5e, 0x5f, 0x60,
        0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c,
        0x6d, 0x6e, 0x6f, 0x70, 0x71,
    };
    struct virtio_blk_scsi_pc_in s;

    memset(&s, 0, sizeof(s));
    for (unsigned i = 0; i < 96; i++)
        s.sense[i] = (uint8_t)(0x01u + i);
    s.errors = vwr_cpu_to_le32(0x64636261u);
    s.data_len = vwr_cpu_to_le32(0x68676665u);
    s.sense_len = vwr_cpu_to_le32(0x6c6b6a69u);
    s.residual = vwr_cpu_to_le32(0x706f6e6du);
    s.status = 0x71u;
    return check_bytes("struct virtio_blk_scsi_pc_in", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_blk_req_out(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_blk_req_out s;

    memset(&s, 0, sizeof(s));
    s.type = vwr_cpu_to_le32(0x04030201u);
    s.reserved = vwr_cpu_to_le32(0x08070605u);
    s.sector = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    return check_bytes("struct vwr_blk_req_out", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_blk_req_out(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_blk_req_out s;

    memset(&s, 0, sizeof(s));
    s.type = vwr_cpu_to_le32(0x04030201u);
    s.reserved = vwr_cpu_to_le32(0x08070605u);
    s.sector = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    return check_bytes("struct virtio_blk_req_out", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_blk_req_in(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct vwr_blk_req_in s;

    memset(&s, 0, sizeof(s));
    s.status = 0x01u;
    return check_bytes("struct vwr_blk_req_in", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_blk_req_in(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct virtio_blk_req_in s;

    memset(&s, 0, sizeof(s));
    s.status = 0x01u;
    return check_bytes("struct virtio_blk_req_in", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_blk_req_in_zone_append(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09,
    };
    struct vwr_blk_req_in_zone_append s;

    memset(&s, 0, sizeof(s));
    s.append_sector = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.status = 0x09u;
    return check_bytes("struct vwr_blk_req_in_zone_append", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_blk_req_in_zone_append(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09,
    };
    struct virtio_blk_req_in_zone_append s;

    memset(&s, 0, sizeof(s));
    s.append_sector = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.status = 0x09u;
    return check_bytes("struct virtio_blk_req_in_zone_append", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_blk_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48,
        0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f, 0x50, 0x51, 0x52, 0x53, 0x54,
        0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x5b, 0x5c, 0x5d, 0x5e, 0x5f, 0x60,
    };
    struct vwr_blk_config s;

    memset(&s, 0, sizeof(s));
    s.capacity = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.size_max = vwr_cpu_to_le32(0x0c0b0a09u);
    s.seg_max = vwr_cpu_to_le32(0x100f0e0du);
    s.geometry.cylinders = vwr_cpu_to_le16(0x1211u);
    s.geometry.heads = 0x13u;
    s.geometry.sectors = 0x14u;
    s.blk_size = vwr_cpu_to_le32(0x18171615u);
    s.topology.physical_block_exp = 0x19u;
    s.topology.alignment_offset = 0x1au;
    s.topology.min_io_size = vwr_cpu_to_le16(0x1c1bu);
    s.topology.opt_io_size = vwr_cpu_to_le32(0x201f1e1du);
    s.writeback = 0x21u;
    s.unused0 = 0x22u;
    s.num_queues = vwr_cpu_to_le16(0x2423u);
    s.max_discard_sectors = vwr_cpu_to_le32(0x28272625u);
    s.max_discard_seg = vwr_cpu_to_le32(0x2c2b2a29u);
    s.discard_sector_alignment = vwr_cpu_to_le32(0x302f2e2du);
    s.max_write_zeroes_sectors = vwr_cpu_to_le32(0x34333231u);
    s.max_write_zeroes_seg = vwr_cpu_to_le32(0x38373635u);
    s.write_zeroes_may_unmap = 0x39u;
    for (unsigned i = 0; i < 3; i++)
        s.unused1[i] = (uint8_t)(0x3au + i);
    s.max_secure_erase_sectors = vwr_cpu_to_le32(0x403f3e3du);
    s.max_secure_erase_seg = vwr_cpu_to_le32(0x44434241u);
    s.secure_erase_sector_alignment = vwr_cpu_to_le32(0x48474645u);
    s.zoned.zone_sectors = vwr_cpu_to_le32(0x4c4b4a49u);
    s.zoned.max_open_zones = vwr_cpu_to_le32(0x504f4e4du);
    s.zoned.max_active_zones = vwr_cpu_to_le32(0x54535251u);
    s.zoned.max_append_sectors = vwr_cpu_to_le32(0x58575655u);
    s.zoned.write_granularity = vwr_cpu_to_le32(0x5c5b5a59u);
    s.zoned.model = 0x5du;
    for (unsigned i = 0; i < 3; i++)
        s.zoned.unused2[i] = (uint8_t)(0x5eu + i);
    return check_bytes("struct vwr_blk_config", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_blk_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48,
        0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f, 0x50, 0x51, 0x52, 0x53, 0x54,
        0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x5b, 0x5c, 0x5d, 0x5e, 0x5f, 0x60,
    };
    struct virtio_blk_config s;

    memset(&s, 0, sizeof(s));
    s.capacity = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.size_max = vwr_cpu_to_le32(0x0c0b0a09u);
    s.seg_max = vwr_cpu_to_le32(0x100f0e0du);
    s.geometry.cylinders = vwr_cpu_to_le16(0x1211u);
    s.geometry.heads = 0x13u;
    s.geometry.sectors = 0x14u;
    s.blk_size = vwr_cpu_to_le32(0x18171615u);
    s.topology.physical_block_exp = 0x19u;
    s.topology.alignment_offset = 0x1au;
    s.topology.min_io_size = vwr_cpu_to_le16(0x1c1bu);
    s.topology.opt_io_size = vwr_cpu_to_le32(0x201f1e1du);
    s.writeback = 0x21u;
    s.unused0 = 0x22u;
    s.num_queues = vwr_cpu_to_le16(0x2423u);
    s.max_discard_sectors = vwr_cpu_to_le32(0x28272625u);
    s.max_discard_seg = vwr_cpu_to_le32(0x2c2b2a29u);
    s.discard_sector_alignment = vwr_cpu_to_le32(0x302f2e2du);
    s.max_write_zeroes_sectors = vwr_cpu_to_le32(0x34333231u);
    s.max_write_zeroes_seg = vwr_cpu_to_le32(0x38373635u);
    s.write_zeroes_may_unmap = 0x39u;
    for (unsigned i = 0; i < 3; i++)
        s.unused1[i] = (uint8_t)(0x3au + i);
    s.max_secure_erase_sectors = vwr_cpu_to_le32(0x403f3e3du);
    s.max_secure_erase_seg = vwr_cpu_to_le32(0x44434241u);
    s.secure_erase_sector_alignment = vwr_cpu_to_le32(0x48474645u);
    s.zoned.zone_sectors = vwr_cpu_to_le32(0x4c4b4a49u);
    s.zoned.max_open_zones = vwr_cpu_to_le32(0x504f4e4du);
    s.zoned.max_active_zones = vwr_cpu_to_le32(0x54535251u);
    s.zoned.max_append_sectors = vwr_cpu_to_le32(0x58575655u);
    s.zoned.write_granularity = vwr_cpu_to_le32(0x5c5b5a59u);
    s.zoned.model = 0x5du;
    for (unsigned i = 0; i < 3; i++)
        s.zoned.unused2[i] = (uint8_t)(0x5eu + i);
    return check_bytes("struct virtio_blk_config", &s, sizeof(s), expected, sizeof(expected));
}

static int constants(void)
{
    const struct number numbers[] = {
        {"VWR_BLK_ID", VWR_BLK_ID, 2},
        {"VWR_BLK_F_BARRIER", VWR_BLK_F_BARRIER, 0},
        {"VIRTIO_BLK_F_BARRIER", VIRTIO_BLK_F_BARRIER, 0},
        {"VWR_BLK_F_SIZE_MAX", VWR_BLK_F_SIZE_MAX, 1},
        {"VIRTIO_BLK_F_SIZE_MAX", VIRTIO_BLK_F_SIZE_MAX, 1},
        {"VWR_BLK_F_SEG_MAX", VWR_BLK_F_SEG_MAX, 2},
        {"VIRTIO_BLK_F_SEG_MAX", VIRTIO_BLK_F_SEG_MAX, 2},
        {"VWR_BLK_F_GEOMETRY", VWR_BLK_F_GEOMETRY, 4},
        {"VIRTIO_BLK_F_GEOMETRY", VIRTIO_BLK_F_GEOMETRY, 4},
        {"VWR_BLK_F_RO", VWR_BLK_F_RO, 5},
        {"VIRTIO_BLK_F_RO", VIRTIO_BLK_F_RO, 5},
        {"VWR_BLK_F_BLK_SIZE", VWR_BLK_F_BLK_SIZE, 6},
        {"VIRTIO_BLK_F_BLK_SIZE", VIRTIO_BLK_F_BLK_SIZE, 6},
        {"VWR_BLK_F_SCSI", VWR_BLK_F_SCSI, 7},
        {"VIRTIO_BLK_F_SCSI", VIRTIO_BLK_F_SCSI, 7},
        {"VWR_BLK_F_FLUSH", VWR_BLK_F_FLUSH, 9},
        {"VIRTIO_BLK_F_FLUSH", VIRTIO_BLK_F_FLUSH, 9},
        {"VIRTIO_BLK_F_WCE", VIRTIO_BLK_F_WCE, 9},
        {"VWR_BLK_F_TOPOLOGY", VWR_BLK_F_TOPOLOGY, 10},
        {"VIRTIO_BLK_F_TOPOLOGY", VIRTIO_BLK_F_TOPOLOGY, 10},
        {"VWR_BLK_F_CONFIG_WCE", VWR_BLK_F_CONFIG_WCE, 11},
        {"VIRTIO_BLK_F_CONFIG_WCE", VIRTIO_BLK_F_CONFIG_WCE, 11},
        {"VWR_BLK_F_MQ", VWR_BLK_F_MQ, 12},
        {"VIRTIO_BLK_F_MQ", VIRTIO_BLK_F_MQ, 12},
        {"VWR_BLK_F_DISCARD", VWR_BLK_F_DISCARD, 13},
        {"VIRTIO_BLK_F_DISCARD", VIRTIO_BLK_F_DISCARD, 13},
        {"VWR_BLK_F_WRITE_ZEROES", VWR_BLK_F_WRITE_ZEROES, 14},
        {"VIRTIO_BLK_F_WRITE_ZEROES", VIRTIO_BLK_F_WRITE_ZEROES, 14},
        {"VWR_BLK_F_LIFETIME", VWR_BLK_F_LIFETIME, 15},
        {"VIRTIO_BLK_F_LIFETIME", VIRTIO_BLK_F_LIFETIME, 15},
        {"VWR_BLK_F_SECURE_ERASE", VWR_BLK_F_SECURE_ERASE, 16},
        {"VIRTIO_BLK_F_SECURE_ERASE", VIRTIO_BLK_F_SECURE_ERASE, 16},
        {"VWR_BLK_F_ZONED", VWR_BLK_F_ZONED, 17},
        {"VIRTIO_BLK_F_ZONED", VIRTIO_BLK_F_ZONED, 17},
        {"VWR_BLK_Z_NONE", VWR_BLK_Z_NONE, 0},
        {"VIRTIO_BLK_Z_NONE", VIRTIO_BLK_Z_NONE, 0},
        {"VWR_BLK_Z_HM", VWR_BLK_Z_HM, 1},
        {"VIRTIO_BLK_Z_HM", VIRTIO_BLK_Z_HM, 1},
        {"VWR_BLK_Z_HA", VWR_BLK_Z_HA, 2},
        {"VIRTIO_BLK_Z_HA", VIRTIO_BLK_Z_HA, 2},
        {"VWR_BLK_PRE_EOL_INFO_UNDEFINED", VWR_BLK_PRE_EOL_INFO_UNDEFINED, 0},
        {"VIRTIO_BLK_PRE_EOL_INFO_UNDEFINED", VIRTIO_BLK_PRE_EOL_INFO_UNDEFINED, 0},
        {"VWR_BLK_PRE_EOL_INFO_NORMAL", VWR_BLK_PRE_EOL_INFO_NORMAL, 1},
        {"VIRTIO_BLK_PRE_EOL_INFO_NORMAL", VIRTIO_BLK_PRE_EOL_INFO_NORMAL, 1},
        {"VWR_BLK_PRE_EOL_INFO_WARNING", VWR_BLK_PRE_EOL_INFO_WARNING, 2},
        {"VIRTIO_BLK_PRE_EOL_INFO_WARNING", VIRTIO_BLK_PRE_EOL_INFO_WARNING, 2},
        {"VWR_BLK_PRE_EOL_INFO_URGENT", VWR_BLK_PRE_EOL_INFO_URGENT, 3},
        {"VIRTIO_BLK_PRE_EOL_INFO_URGENT", VIRTIO_BLK_PRE_EOL_INFO_URGENT, 3},
        {"VWR_BLK_ZT_CONV", VWR_BLK_ZT_CONV, 1},
        {"VIRTIO_BLK_ZT_CONV", VIRTIO_BLK_ZT_CONV, 1},
        {"VWR_BLK_ZT_SWR", VWR_BLK_ZT_SWR, 2},
        {"VIRTIO_BLK_ZT_SWR", VIRTIO_BLK_ZT_SWR, 2},
        {"VWR_BLK_ZT_SWP", VWR_BLK_ZT_SWP, 3},
        {"VIRTIO_BLK_ZT_SWP", VIRTIO_BLK_ZT_SWP, 3},
        {"VWR_BLK_ZS_NOT_WP", VWR_BLK_ZS_NOT_WP, 0},
        {"VIRTIO_BLK_ZS_NOT_WP", VIRTIO_BLK_ZS_NOT_WP, 0},
        {"VWR_BLK_ZS_EMPTY", VWR_BLK_ZS_EMPTY, 1},
        {"VIRTIO_BLK_ZS_EMPTY", VIRTIO_BLK_ZS_EMPTY, 1},
        {"VWR_BLK_ZS_IOPEN", VWR_BLK_ZS_IOPEN, 2},
        {"VIRTIO_BLK_ZS_IOPEN", VIRTIO_BLK_ZS_IOPEN, 2},
        {"VWR_BLK_ZS_EOPEN", VWR_BLK_ZS_EOPEN, 3},
        {"VIRTIO_BLK_ZS_EOPEN", VIRTIO_BLK_ZS_EOPEN, 3},
        {"VWR_BLK_ZS_CLOSED", VWR_BLK_ZS_CLOSED, 4},
        {"VIRTIO_BLK_ZS_CLOSED", VIRTIO_BLK_ZS_CLOSED, 4},
        {"VWR_BLK_ZS_RDONLY", VWR_BLK_ZS_RDONLY, 13},
        {"VIRTIO_BLK_ZS_RDONLY", VIRTIO_BLK_ZS_RDONLY, 13},
        {"VWR_BLK_ZS_FULL", VWR_BLK_ZS_FULL, 14},
        {"VIRTIO_BLK_ZS_FULL", VIRTIO_BLK_ZS_FULL, 14},
        {"VWR_BLK_ZS_OFFLINE", VWR_BLK_ZS_OFFLINE, 15},
        {"VIRTIO_BLK_ZS_OFFLINE", VIRTIO_BLK_ZS_OFFLINE, 15},
        {"VWR_BLK_S_OK", VWR_BLK_S_OK, 0},
        {"VIRTIO_BLK_S_OK", VIRTIO_BLK_S_OK, 0},
        {"VWR_BLK_S_IOERR", VWR_BLK_S_IOERR, 1},
        {"VIRTIO_BLK_S_IOERR", VIRTIO_BLK_S_IOERR, 1},
        {"VWR_BLK_S_UNSUPP", VWR_BLK_S_UNSUPP, 2},
        {"VIRTIO_BLK_S_UNSUPP", VIRTIO_BLK_S_UNSUPP, 2},
        {"VWR_BLK_S_ZONE_INVALID_CMD", VWR_BLK_S_ZONE_INVALID_CMD, 3},
        {"VIRTIO_BLK_S_ZONE_INVALID_CMD", VIRTIO_BLK_S_ZONE_INVALID_CMD, 3},
        {"VWR_BLK_S_ZONE_UNALIGNED_WP", VWR_BLK_S_ZONE_UNALIGNED_WP, 4},
        {"VIRTIO_BLK_S_ZONE_UNALIGNED_WP", VIRTIO_BLK_S_ZONE_UNALIGNED_WP, 4},
        {"VWR_BLK_S_ZONE_OPEN_RESOURCE", VWR_BLK_S_ZONE_OPEN_RESOURCE, 5},
        {"VIRTIO_BLK_S_ZONE_OPEN_RESOURCE", VIRTIO_BLK_S_ZONE_OPEN_RESOURCE, 5},
        {"VWR_BLK_S_ZONE_ACTIVE_RESOURCE", VWR_BLK_S_ZONE_ACTIVE_RESOURCE, 6},
        {"VIRTIO_BLK_S_ZONE_ACTIVE_RESOURCE", VIRTIO_BLK_S_ZONE_ACTIVE_RESOURCE, 6},
        {"VWR_BLK_T_BARRIER", VWR_BLK_T_BARRIER, 0x80000000u},
        {"VIRTIO_BLK_T_BARRIER", VIRTIO_BLK_T_BARRIER, 0x80000000u},
        {"VWR_BLK_T_IN", VWR_BLK_T_IN, 0},
        {"VIRTIO_BLK_T_IN", VIRTIO_BLK_T_IN, 0},
        {"VWR_BLK_T_OUT", VWR_BLK_T_OUT, 1},
        {"VIRTIO_BLK_T_OUT", VIRTIO_BLK_T_OUT, 1},
        {"VWR_BLK_T_SCSI_CMD", VWR_BLK_T_SCSI_CMD, 2},
        {"VIRTIO_BLK_T_SCSI_CMD", VIRTIO_BLK_T_SCSI_CMD, 2},
        {"VWR_BLK_T_SCSI_CMD_OUT", VWR_BLK_T_SCSI_CMD_OUT, 3},
        {"VIRTIO_BLK_T_SCSI_CMD_OUT", VIRTIO_BLK_T_SCSI_CMD_OUT, 3},
        {"VWR_BLK_T_FLUSH", VWR_BLK_T_FLUSH, 4},
        {"VIRTIO_BLK_T_FLUSH", VIRTIO_BLK_T_FLUSH, 4},
        {"VWR_BLK_T_FLUSH_OUT", VWR_BLK_T_FLUSH_OUT, 5},
        {"VIRTIO_BLK_T_FLUSH_OUT", VIRTIO_BLK_T_FLUSH_OUT, 5},
        {"VWR_BLK_T_GET_ID", VWR_BLK_T_GET_ID, 8},
        {"VIRTIO_BLK_T_GET_ID", VIRTIO_BLK_T_GET_ID, 8},
        {"VWR_BLK_T_GET_LIFETIME", VWR_BLK_T_GET_LIFETIME, 10},
        {"VIRTIO_BLK_T_GET_LIFETIME", VIRTIO_BLK_T_GET_LIFETIME, 10},
        {"VWR_BLK_T_DISCARD", VWR_BLK_T_DISCARD, 11},
        {"VIRTIO_BLK_T_DISCARD", VIRTIO_BLK_T_DISCARD, 11},
        {"VWR_BLK_T_WRITE_ZEROES", VWR_BLK_T_WRITE_ZEROES, 13},
        {"VIRTIO_BLK_T_WRITE_ZEROES", VIRTIO_BLK_T_WRITE_ZEROES, 13},
        {"VWR_BLK_T_SECURE_ERASE", VWR_BLK_T_SECURE_ERASE, 14},
        {"VIRTIO_BLK_T_SECURE_ERASE", VIRTIO_BLK_T_SECURE_ERASE, 14},
        {"VWR_BLK_T_ZONE_APPEND", VWR_BLK_T_ZONE_APPEND, 15},
        {"VIRTIO_BLK_T_ZONE_APPEND", VIRTIO_BLK_T_ZONE_APPEND, 15},
        {"VWR_BLK_T_ZONE_REPORT", VWR_BLK_T_ZONE_REPORT, 16},
        {"VIRTIO_BLK_T_ZONE_REPORT", VIRTIO_BLK_T_ZONE_REPORT, 16},
        {"VWR_BLK_T_ZONE_OPEN", VWR_BLK_T_ZONE_OPEN, 18},
        {"VIRTIO_BLK_T_ZONE_OPEN", VIRTIO_BLK_T_ZONE_OPEN, 18},
        {"VWR_BLK_T_ZONE_CLOSE", VWR_BLK_T_ZONE_CLOSE, 20},
        {"VIRTIO_BLK_T_ZONE_CLOSE", VIRTIO_BLK_T_ZONE_CLOSE, 20},
        {"VWR_BLK_T_ZONE_FINISH", VWR_BLK_T_ZONE_FINISH, 22},
        {"VIRTIO_BLK_T_ZONE_FINISH", VIRTIO_BLK_T_ZONE_FINISH, 22},
        {"VWR_BLK_T_ZONE_RESET", VWR_BLK_T_ZONE_RESET, 24},
        {"VIRTIO_BLK_T_ZONE_RESET", VIRTIO_BLK_T_ZONE_RESET, 24},
        {"VWR_BLK_T_ZONE_RESET_ALL", VWR_BLK_T_ZONE_RESET_ALL, 26},
        {"VIRTIO_BLK_T_ZONE_RESET_ALL", VIRTIO_BLK_T_ZONE_RESET_ALL, 26},
        {"VWR_BLK_QUEUE_REQUESTQ", VWR_BLK_QUEUE_REQUESTQ, 0},
        {"VIRTIO_BLK_QUEUE_REQUESTQ", VIRTIO_BLK_QUEUE_REQUESTQ, 0},
        {"VWR_BLK_SECTOR_BYTES", VWR_BLK_SECTOR_BYTES, 512u},
        {"VIRTIO_BLK_SECTOR_BYTES", VIRTIO_BLK_SECTOR_BYTES, 512u},
        {"VWR_BLK_GET_ID_BYTES", VWR_BLK_GET_ID_BYTES, 20u},
        {"VIRTIO_BLK_GET_ID_BYTES", VIRTIO_BLK_GET_ID_BYTES, 20u},
        {"VWR_BLK_CONFIG_CAPACITY", VWR_BLK_CONFIG_CAPACITY,
         __builtin_offsetof(struct vwr_blk_config, capacity)},
        {"VWR_BLK_CONFIG_SIZE_MAX", VWR_BLK_CONFIG_SIZE_MAX,
         __builtin_offsetof(struct vwr_blk_config, size_max)},
        {"VWR_BLK_CONFIG_SEG_MAX", VWR_BLK_CONFIG_SEG_MAX,
         __builtin_offsetof(struct vwr_blk_config, seg_max)},
        {"VWR_BLK_CONFIG_GEOMETRY", VWR_BLK_CONFIG_GEOMETRY,
         __builtin_offsetof(struct vwr_blk_config, geometry)},
        {"VWR_BLK_CONFIG_GEOMETRY_CYLINDERS", VWR_BLK_CONFIG_GEOMETRY_CYLINDERS,
         __builtin_offsetof(struct vwr_blk_config, geometry.cylinders)},
        {"VWR_BLK_CONFIG_GEOMETRY_HEADS", VWR_BLK_CONFIG_GEOMETRY_HEADS,
         __builtin_offsetof(struct vwr_blk_config, geometry.heads)},
        {"VWR_BLK_CONFIG_GEOMETRY_SECTORS", VWR_BLK_CONFIG_GEOMETRY_SECTORS,
         __builtin_offsetof(struct vwr_blk_config, geometry.sectors)},
        {"VWR_BLK_CONFIG_BLK_SIZE", VWR_BLK_CONFIG_BLK_SIZE,
         __builtin_offsetof(struct vwr_blk_config, blk_size)},
        {"VWR_BLK_CONFIG_TOPOLOGY", VWR_BLK_CONFIG_TOPOLOGY,
         __builtin_offsetof(struct vwr_blk_config, topology)},
        {"VWR_BLK_CONFIG_TOPOLOGY_PHYSICAL_BLOCK_EXP", VWR_BLK_CONFIG_TOPOLOGY_PHYSICAL_BLOCK_EXP,
         __builtin_offsetof(struct vwr_blk_config, topology.physical_block_exp)},
        {"VWR_BLK_CONFIG_TOPOLOGY_ALIGNMENT_OFFSET", VWR_BLK_CONFIG_TOPOLOGY_ALIGNMENT_OFFSET,
         __builtin_offsetof(struct vwr_blk_config, topology.alignment_offset)},
        {"VWR_BLK_CONFIG_TOPOLOGY_MIN_IO_SIZE", VWR_BLK_CONFIG_TOPOLOGY_MIN_IO_SIZE,
         __builtin_offsetof(struct vwr_blk_config, topology.min_io_size)},
        {"VWR_BLK_CONFIG_TOPOLOGY_OPT_IO_SIZE", VWR_BLK_CONFIG_TOPOLOGY_OPT_IO_SIZE,
         __builtin_offsetof(struct vwr_blk_config, topology.opt_io_size)},
        {"VWR_BLK_CONFIG_WRITEBACK", VWR_BLK_CONFIG_WRITEBACK,
         __builtin_offsetof(struct vwr_blk_config, writeback)},
        {"VWR_BLK_CONFIG_NUM_QUEUES", VWR_BLK_CONFIG_NUM_QUEUES,
         __builtin_offsetof(struct vwr_blk_config, num_queues)},
        {"VWR_BLK_CONFIG_MAX_DISCARD_SECTORS", VWR_BLK_CONFIG_MAX_DISCARD_SECTORS,
         __builtin_offsetof(struct vwr_blk_config, max_discard_sectors)},
        {"VWR_BLK_CONFIG_MAX_DISCARD_SEG", VWR_BLK_CONFIG_MAX_DISCARD_SEG,
         __builtin_offsetof(struct vwr_blk_config, max_discard_seg)},
        {"VWR_BLK_CONFIG_DISCARD_SECTOR_ALIGNMENT", VWR_BLK_CONFIG_DISCARD_SECTOR_ALIGNMENT,
         __builtin_offsetof(struct vwr_blk_config, discard_sector_alignment)},
        {"VWR_BLK_CONFIG_MAX_WRITE_ZEROES_SECTORS", VWR_BLK_CONFIG_MAX_WRITE_ZEROES_SECTORS,
         __builtin_offsetof(struct vwr_blk_config, max_write_zeroes_sectors)},
        {"VWR_BLK_CONFIG_MAX_WRITE_ZEROES_SEG", VWR_BLK_CONFIG_MAX_WRITE_ZEROES_SEG,
         __builtin_offsetof(struct vwr_blk_config, max_write_zeroes_seg)},
        {"VWR_BLK_CONFIG_WRITE_ZEROES_MAY_UNMAP", VWR_BLK_CONFIG_WRITE_ZEROES_MAY_UNMAP,
         __builtin_offsetof(struct vwr_blk_config, write_zeroes_may_unmap)},
        {"VWR_BLK_CONFIG_MAX_SECURE_ERASE_SECTORS", VWR_BLK_CONFIG_MAX_SECURE_ERASE_SECTORS,
         __builtin_offsetof(struct vwr_blk_config, max_secure_erase_sectors)},
        {"VWR_BLK_CONFIG_MAX_SECURE_ERASE_SEG", VWR_BLK_CONFIG_MAX_SECURE_ERASE_SEG,
         __builtin_offsetof(struct vwr_blk_config, max_secure_erase_seg)},
        {"VWR_BLK_CONFIG_SECURE_ERASE_SECTOR_ALIGNMENT", VWR_BLK_CONFIG_SECURE_ERASE_SECTOR_ALIGNMENT,
         __builtin_offsetof(struct vwr_blk_config, secure_erase_sector_alignment)},
        {"VWR_BLK_CONFIG_ZONED", VWR_BLK_CONFIG_ZONED,
         __builtin_offsetof(struct vwr_blk_config, zoned)},
        {"VWR_BLK_CONFIG_ZONED_ZONE_SECTORS", VWR_BLK_CONFIG_ZONED_ZONE_SECTORS,
         __builtin_offsetof(struct vwr_blk_config, zoned.zone_sectors)},
        {"VWR_BLK_CONFIG_ZONED_MAX_OPEN_ZONES", VWR_BLK_CONFIG_ZONED_MAX_OPEN_ZONES,
         __builtin_offsetof(struct vwr_blk_config, zoned.max_open_zones)},
        {"VWR_BLK_CONFIG_ZONED_MAX_ACTIVE_ZONES", VWR_BLK_CONFIG_ZONED_MAX_ACTIVE_ZONES,
         __builtin_offsetof(struct vwr_blk_config, zoned.max_active_zones)},
        {"VWR_BLK_CONFIG_ZONED_MAX_APPEND_SECTORS", VWR_BLK_CONFIG_ZONED_MAX_APPEND_SECTORS,
         __builtin_offsetof(struct vwr_blk_config, zoned.max_append_sectors)},
        {"VWR_BLK_CONFIG_ZONED_WRITE_GRANULARITY", VWR_BLK_CONFIG_ZONED_WRITE_GRANULARITY,
         __builtin_offsetof(struct vwr_blk_config, zoned.write_granularity)},
        {"VWR_BLK_CONFIG_ZONED_MODEL", VWR_BLK_CONFIG_ZONED_MODEL,
         __builtin_offsetof(struct vwr_blk_config, zoned.model)},
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
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48,
        0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f, 0x50, 0x51, 0x52, 0x53, 0x54,
        0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x5b, 0x5c, 0x5d, 0x5e, 0x5f, 0x60,
    };
    struct vwr_config c;
    int wrong;

    memset(&c, 0, sizeof(c));
    memset(&c.features, 0xff, sizeof(c.features));
    c.base = (void *)(uintptr_t)bytes;
    {
        const struct number numbers[] = {
            {"vwr_blk_config_get_capacity(&c)",
             vwr_blk_config_get_capacity(&c), 0x0807060504030201ULL},
            {"vwr_blk_config_get_size_max(&c)",
             vwr_blk_config_get_size_max(&c), 0x0c0b0a09u},
            {"vwr_blk_config_get_seg_max(&c)",
             vwr_blk_config_get_seg_max(&c), 0x100f0e0du},
            {"vwr_blk_config_get_geometry_cylinders(&c)",
             vwr_blk_config_get_geometry_cylinders(&c), 0x1211u},
            {"vwr_blk_config_get_geometry_heads(&c)",
             vwr_blk_config_get_geometry_heads(&c), 0x13u},
            {"vwr_blk_config_get_geometry_sectors(&c)",
             vwr_blk_config_get_geometry_sectors(&c), 0x14u},
            {"vwr_blk_config_get_blk_size(&c)",
             vwr_blk_config_get_blk_size(&c), 0x18171615u},
            {"vwr_blk_config_get_topology_physical_block_exp(&c)",
             vwr_blk_config_get_topology_physical_block_exp(&c), 0x19u},
            {"vwr_blk_config_get_topology_alignment_offset(&c)",
             vwr_blk_config_get_topology_alignment_offset(&c), 0x1au},
            {"vwr_blk_config_get_topology_min_io_size(&c)",
             vwr_blk_config_get_topology_min_io_size(&c), 0x1c1bu},
            {"vwr_blk_config_get_topology_opt_io_size(&c)",
             vwr_blk_config_get_topology_opt_io_size(&c), 0x201f1e1du},
            {"vwr_blk_config_get_writeback(&c)",
             vwr_blk_config_get_writeback(&c), 0x21u},
            {"vwr_blk_config_get_num_queues(&c)",
             vwr_blk_config_get_num_queues(&c), 0x2423u},
            {"vwr_blk_config_get_max_discard_sectors(&c)",
             vwr_blk_config_get_max_discard_sectors(&c), 0x28272625u},
            {"vwr_blk_config_get_max_discard_seg(&c)",
             vwr_blk_config_get_max_discard_seg(&c), 0x2c2b2a29u},
            {"vwr_blk_config_get_discard_sector_alignment(&c)",
             vwr_blk_config_get_discard_sector_alignment(&c), 0x302f2e2du},
            {"vwr_blk_config_get_max_write_zeroes_sectors(&c)",
             vwr_blk_config_get_max_write_zeroes_sectors(&c), 0x34333231u},
            {"vwr_blk_config_get_max_write_zeroes_seg(&c)",
             vwr_blk_config_get_max_write_zeroes_seg(&c), 0x38373635u},
            {"vwr_blk_config_get_write_zeroes_may_unmap(&c)",
             vwr_blk_config_get_write_zeroes_may_unmap(&c), 0x39u},
            {"vwr_blk_config_get_max_secure_erase_sectors(&c)",
             vwr_blk_config_get_max_secure_erase_sectors(&c), 0x403f3e3du},
            {"vwr_blk_config_get_max_secure_erase_seg(&c)",
             vwr_blk_config_get_max_secure_erase_seg(&c), 0x44434241u},
            {"vwr_blk_config_get_secure_erase_sector_alignment(&c)",
             vwr_blk_config_get_secure_erase_sector_alignment(&c), 0x48474645u},
            {"vwr_blk_config_get_zoned_zone_sectors(&c)",
             vwr_blk_config_get_zoned_zone_sectors(&c), 0x4c4b4a49u},
            {"vwr_blk_config_get_zoned_max_open_zones(&c)",
             vwr_blk_config_get_zoned_max_open_zones(&c), 0x504f4e4du},
            {"vwr_blk_config_get_zoned_max_active_zones(&c)",
             vwr_blk_config_get_zoned_max_active_zones(&c), 0x54535251u},
            {"vwr_blk_config_get_zoned_max_append_sectors(&c)",
             vwr_blk_config_get_zoned_max_append_sectors(&c), 0x58575655u},
            {"vwr_blk_config_get_zoned_write_granularity(&c)",
             vwr_blk_config_get_zoned_write_granularity(&c), 0x5c5b5a59u},
            {"vwr_blk_config_get_zoned_model(&c)",
             vwr_blk_config_get_zoned_model(&c), 0x5du},
        };

        wrong = check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    memset(&c.features, 0, sizeof(c.features));
    {
        const struct number absent[] = {
            {"absent: vwr_blk_config_get_size_max(&c)",
             vwr_blk_config_get_size_max(&c), 0u},
            {"absent: vwr_blk_config_get_seg_max(&c)",
             vwr_blk_config_get_seg_max(&c), 0u},
            {"absent: vwr_blk_config_get_geometry_cylinders(&c)",
             vwr_blk_config_get_geometry_cylinders(&c), 0u},
            {"absent: vwr_blk_config_get_geometry_heads(&c)",
             vwr_blk_config_get_geometry_heads(&c), 0u},
            {"absent: vwr_blk_config_get_geometry_sectors(&c)",
             vwr_blk_config_get_geometry_sectors(&c), 0u},
            {"absent: vwr_blk_config_get_blk_size(&c)",
             vwr_blk_config_get_blk_size(&c), 512u},
            {"absent: vwr_blk_config_get_topology_physical_block_exp(&c)",
             vwr_blk_config_get_topology_physical_block_exp(&c), 0u},
            {"absent: vwr_blk_config_get_topology_alignment_offset(&c)",
             vwr_blk_config_get_topology_alignment_offset(&c), 0u},
            {"absent: vwr_blk_config_get_topology_min_io_size(&c)",
             vwr_blk_config_get_topology_min_io_size(&c), 0u},
            {"absent: vwr_blk_config_get_topology_opt_io_size(&c)",
             vwr_blk_config_get_topology_opt_io_size(&c), 0u},
            {"absent: vwr_blk_config_get_writeback(&c)",
             vwr_blk_config_get_writeback(&c), (uint8_t)(vwr_config_has(&c, VWR_BLK_F_FLUSH) ? 1u : 0u)},
            {"absent: vwr_blk_config_get_num_queues(&c)",
             vwr_blk_config_get_num_queues(&c), 1u},
            {"absent: vwr_blk_config_get_max_discard_sectors(&c)",
             vwr_blk_config_get_max_discard_sectors(&c), 0u},
            {"absent: vwr_blk_config_get_max_discard_seg(&c)",
             vwr_blk_config_get_max_discard_seg(&c), 0u},
            {"absent: vwr_blk_config_get_discard_sector_alignment(&c)",
             vwr_blk_config_get_discard_sector_alignment(&c), 0u},
            {"absent: vwr_blk_config_get_max_write_zeroes_sectors(&c)",
             vwr_blk_config_get_max_write_zeroes_sectors(&c), 0u},
            {"absent: vwr_blk_config_get_max_write_zeroes_seg(&c)",
             vwr_blk_config_get_max_write_zeroes_seg(&c), 0u},
            {"absent: vwr_blk_config_get_write_zeroes_may_unmap(&c)",
             vwr_blk_config_get_write_zeroes_may_unmap(&c), 0u},
            {"absent: vwr_blk_config_get_max_secure_erase_sectors(&c)",
             vwr_blk_config_get_max_secure_erase_sectors(&c), 0u},
            {"absent: vwr_blk_config_get_max_secure_erase_seg(&c)",
             vwr_blk_config_get_max_secure_erase_seg(&c), 0u},
            {"absent: vwr_blk_config_get_secure_erase_sector_alignment(&c)",
             vwr_blk_config_get_secure_erase_sector_alignment(&c), 0u},
            {"absent: vwr_blk_config_get_zoned_zone_sectors(&c)",
             vwr_blk_config_get_zoned_zone_sectors(&c), 0u},
            {"absent: vwr_blk_config_get_zoned_max_open_zones(&c)",
             vwr_blk_config_get_zoned_max_open_zones(&c), 0u},
            {"absent: vwr_blk_config_get_zoned_max_active_zones(&c)",
             vwr_blk_config_get_zoned_max_active_zones(&c), 0u},
            {"absent: vwr_blk_config_get_zoned_max_append_sectors(&c)",
             vwr_blk_config_get_zoned_max_append_sectors(&c), 0u},
            {"absent: vwr_blk_config_get_zoned_write_granularity(&c)",
             vwr_blk_config_get_zoned_write_granularity(&c), 0u},
            {"absent: vwr_blk_config_get_zoned_model(&c)",
             vwr_blk_config_get_zoned_model(&c), 0u},
        };

        wrong |= check_numbers(absent, sizeof(absent) / sizeof(absent[0]));
    }
    memset(&c.features, 0xff, sizeof(c.features));
    {
        struct vwr_blk_config_info info;
        _Alignas(8) struct vwr_blk_config w;

        vwr_blk_config_read(&c, &info);
        const struct number numbers[] = {
            {"info.capacity",
             info.capacity, 0x0807060504030201ULL},
            {"info.size_max",
             info.size_max, 0x0c0b0a09u},
            {"info.seg_max",
             info.seg_max, 0x100f0e0du},
            {"info.geometry_cylinders",
             info.geometry_cylinders, 0x1211u},
            {"info.geometry_heads",
             info.geometry_heads, 0x13u},
            {"info.geometry_sectors",
             info.geometry_sectors, 0x14u},
            {"info.blk_size",
             info.blk_size, 0x18171615u},
            {"info.topology_physical_block_exp",
             info.topology_physical_block_exp, 0x19u},
            {"info.topology_alignment_offset",
             info.topology_alignment_offset, 0x1au},
            {"info.topology_min_io_size",
             info.topology_min_io_size, 0x1c1bu},
            {"info.topology_opt_io_size",
             info.topology_opt_io_size, 0x201f1e1du},
            {"info.writeback",
             info.writeback, 0x21u},
            {"info.num_queues",
             info.num_queues, 0x2423u},
            {"info.max_discard_sectors",
             info.max_discard_sectors, 0x28272625u},
            {"info.max_discard_seg",
             info.max_discard_seg, 0x2c2b2a29u},
            {"info.discard_sector_alignment",
             info.discard_sector_alignment, 0x302f2e2du},
            {"info.max_write_zeroes_sectors",
             info.max_write_zeroes_sectors, 0x34333231u},
            {"info.max_write_zeroes_seg",
             info.max_write_zeroes_seg, 0x38373635u},
            {"info.write_zeroes_may_unmap",
             info.write_zeroes_may_unmap, 0x39u},
            {"info.max_secure_erase_sectors",
             info.max_secure_erase_sectors, 0x403f3e3du},
            {"info.max_secure_erase_seg",
             info.max_secure_erase_seg, 0x44434241u},
            {"info.secure_erase_sector_alignment",
             info.secure_erase_sector_alignment, 0x48474645u},
            {"info.zoned_zone_sectors",
             info.zoned_zone_sectors, 0x4c4b4a49u},
            {"info.zoned_max_open_zones",
             info.zoned_max_open_zones, 0x504f4e4du},
            {"info.zoned_max_active_zones",
             info.zoned_max_active_zones, 0x54535251u},
            {"info.zoned_max_append_sectors",
             info.zoned_max_append_sectors, 0x58575655u},
            {"info.zoned_write_granularity",
             info.zoned_write_granularity, 0x5c5b5a59u},
            {"info.zoned_model",
             info.zoned_model, 0x5du},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
        memset(&w, 0, sizeof(w));
        vwr_blk_config_write(&w, false, &info);
        c.base = &w;
        const struct number written[] = {
            {"written: info.capacity",
             vwr_blk_config_get_capacity(&c), info.capacity},
            {"written: info.size_max",
             vwr_blk_config_get_size_max(&c), info.size_max},
            {"written: info.seg_max",
             vwr_blk_config_get_seg_max(&c), info.seg_max},
            {"written: info.geometry_cylinders",
             vwr_blk_config_get_geometry_cylinders(&c), info.geometry_cylinders},
            {"written: info.geometry_heads",
             vwr_blk_config_get_geometry_heads(&c), info.geometry_heads},
            {"written: info.geometry_sectors",
             vwr_blk_config_get_geometry_sectors(&c), info.geometry_sectors},
            {"written: info.blk_size",
             vwr_blk_config_get_blk_size(&c), info.blk_size},
            {"written: info.topology_physical_block_exp",
             vwr_blk_config_get_topology_physical_block_exp(&c), info.topology_physical_block_exp},
            {"written: info.topology_alignment_offset",
             vwr_blk_config_get_topology_alignment_offset(&c), info.topology_alignment_offset},
            {"written: info.topology_min_io_size",
             vwr_blk_config_get_topology_min_io_size(&c), info.topology_min_io_size},
            {"written: info.topology_opt_io_size",
             vwr_blk_config_get_topology_opt_io_size(&c), info.topology_opt_io_size},
            {"written: info.num_queues",
             vwr_blk_config_get_num_queues(&c), info.num_queues},
            {"written: info.max_discard_sectors",
             vwr_blk_config_get_max_discard_sectors(&c), info.max_discard_sectors},
            {"written: info.max_discard_seg",
             vwr_blk_config_get_max_discard_seg(&c), info.max_discard_seg},
            {"written: info.discard_sector_alignment",
             vwr_blk_config_get_discard_sector_alignment(&c), info.discard_sector_alignment},
            {"written: info.max_write_zeroes_sectors",
             vwr_blk_config_get_max_write_zeroes_sectors(&c), info.max_write_zeroes_sectors},
            {"written: info.max_write_zeroes_seg",
             vwr_blk_config_get_max_write_zeroes_seg(&c), info.max_write_zeroes_seg},
            {"written: info.write_zeroes_may_unmap",
             vwr_blk_config_get_write_zeroes_may_unmap(&c), info.write_zeroes_may_unmap},
            {"written: info.max_secure_erase_sectors",
             vwr_blk_config_get_max_secure_erase_sectors(&c), info.max_secure_erase_sectors},
            {"written: info.max_secure_erase_seg",
             vwr_blk_config_get_max_secure_erase_seg(&c), info.max_secure_erase_seg},
            {"written: info.secure_erase_sector_alignment",
             vwr_blk_config_get_secure_erase_sector_alignment(&c), info.secure_erase_sector_alignment},
            {"written: info.zoned_zone_sectors",
             vwr_blk_config_get_zoned_zone_sectors(&c), info.zoned_zone_sectors},
            {"written: info.zoned_max_open_zones",
             vwr_blk_config_get_zoned_max_open_zones(&c), info.zoned_max_open_zones},
            {"written: info.zoned_max_active_zones",
             vwr_blk_config_get_zoned_max_active_zones(&c), info.zoned_max_active_zones},
            {"written: info.zoned_max_append_sectors",
             vwr_blk_config_get_zoned_max_append_sectors(&c), info.zoned_max_append_sectors},
            {"written: info.zoned_write_granularity",
             vwr_blk_config_get_zoned_write_granularity(&c), info.zoned_write_granularity},
            {"written: info.zoned_model",
             vwr_blk_config_get_zoned_model(&c), info.zoned_model},
        };

        wrong |= check_numbers(written, sizeof(written) / sizeof(written[0]));
    }
    return wrong;
}

/* The feature words contain exactly the bits that are not legacy-only. */
static int feature_words(void)
{
    static const uint8_t bits[] = {
        VWR_BLK_F_SIZE_MAX,
        VWR_BLK_F_SEG_MAX,
        VWR_BLK_F_GEOMETRY,
        VWR_BLK_F_RO,
        VWR_BLK_F_BLK_SIZE,
        VWR_BLK_F_FLUSH,
        VWR_BLK_F_TOPOLOGY,
        VWR_BLK_F_CONFIG_WCE,
        VWR_BLK_F_MQ,
        VWR_BLK_F_DISCARD,
        VWR_BLK_F_WRITE_ZEROES,
        VWR_BLK_F_LIFETIME,
        VWR_BLK_F_SECURE_ERASE,
        VWR_BLK_F_ZONED,
    };
    uint32_t w[VWR_FEATURE_WORDS] = {0};

    for (size_t i = 0; i < sizeof(bits); i++)
        w[bits[i] / 32] |= (uint32_t)1 << bits[i] % 32;
    {
        const struct number numbers[] = {
            {"VWR_BLK_FEATURES_W0", VWR_BLK_FEATURES_W0, w[0]},
            {"VWR_BLK_FEATURES_W1", VWR_BLK_FEATURES_W1, w[1]},
            {"VWR_BLK_FEATURES_W2", VWR_BLK_FEATURES_W2, w[2]},
            {"VWR_BLK_FEATURES_W3", VWR_BLK_FEATURES_W3, w[3]},
        };

        return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
}

int main(void)
{
    int wrong = constants();

    wrong |= wire_config();
    wrong |= feature_words();
    wrong |= wire_vwr_blk_geometry() | wire_virtio_blk_geometry();
    wrong |= wire_vwr_blk_topology() | wire_virtio_blk_topology();
    wrong |= wire_vwr_blk_zoned_characteristics() | wire_virtio_blk_zoned_characteristics();
    wrong |= wire_vwr_blk_discard_write_zeroes() | wire_virtio_blk_discard_write_zeroes();
    wrong |= wire_vwr_blk_lifetime() | wire_virtio_blk_lifetime();
    wrong |= wire_vwr_blk_zone_descriptor() | wire_virtio_blk_zone_descriptor();
    wrong |= wire_vwr_blk_zone_report() | wire_virtio_blk_zone_report();
    wrong |= wire_vwr_blk_scsi_pc_in() | wire_virtio_blk_scsi_pc_in();
    wrong |= wire_vwr_blk_req_out() | wire_virtio_blk_req_out();
    wrong |= wire_vwr_blk_req_in() | wire_virtio_blk_req_in();
    wrong |= wire_vwr_blk_req_in_zone_append() | wire_virtio_blk_req_in_zone_append();
    wrong |= wire_vwr_blk_config() | wire_virtio_blk_config();
    if (!wrong)
        printf("%s: 12 structs match the specification\n", "spec/device/blk.yaml");
    return wrong;
}
