/* SPDX-License-Identifier: MIT */
/* Generated from spec/transport/ccw.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Virtio Over Channel I/O */

/*
 * A host program. It fills each struct field by field and compares its bytes with the specification's little-endian
 * order, and constants with the values of spec/. It reads and writes the configuration and registers. Exit code 0 or 1.
 */
#include <stdio.h>
#include <string.h>

#include "vwr/gen/ccw.h"
#include "virtio_ccw.h"

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

static int wire_vwr_ccw_sense_id(void)
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
        0x6d, 0x6e, 0x6f, 0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78,
        0x79, 0x7a, 0x7b, 0x7c, 0x7d, 0x7e, 0x7f, 0x80, 0x81, 0x82, 0x83, 0x84,
        0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8d, 0x8e, 0x8f, 0x90,
        0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9c,
        0x9d, 0x9e, 0x9f, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8,
        0xa9, 0xaa, 0xab, 0xac, 0xad, 0xae, 0xaf, 0xb0, 0xb1, 0xb2, 0xb3, 0xb4,
        0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xbb, 0xbc, 0xbd, 0xbe, 0xbf, 0xc0,
        0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xcb, 0xcc,
        0xcd, 0xce, 0xcf, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8,
        0xd9, 0xda, 0xdb, 0xdc, 0xdd, 0xde, 0xdf, 0xe0, 0xe1, 0xe2, 0xe3, 0xe4,
        0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xeb, 0xec, 0xed, 0xee, 0xef, 0xf0,
        0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa, 0xfb, 0xfc,
        0xfd, 0xfe, 0xff, 0x00,
    };
    struct vwr_ccw_sense_id s;

    memset(&s, 0, sizeof(s));
    s.reserved = 0x01u;
    s.cu_type = vwr_cpu_to_be16(0x0203u);
    s.cu_model = 0x04u;
    s.dev_type = vwr_cpu_to_be16(0x0506u);
    s.dev_model = 0x07u;
    for (unsigned i = 0; i < 249; i++)
        s.extended[i] = (uint8_t)(0x08u + i);
    return check_bytes("struct vwr_ccw_sense_id", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_ccw_sense_id(void)
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
        0x6d, 0x6e, 0x6f, 0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78,
        0x79, 0x7a, 0x7b, 0x7c, 0x7d, 0x7e, 0x7f, 0x80, 0x81, 0x82, 0x83, 0x84,
        0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8d, 0x8e, 0x8f, 0x90,
        0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9c,
        0x9d, 0x9e, 0x9f, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8,
        0xa9, 0xaa, 0xab, 0xac, 0xad, 0xae, 0xaf, 0xb0, 0xb1, 0xb2, 0xb3, 0xb4,
        0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xbb, 0xbc, 0xbd, 0xbe, 0xbf, 0xc0,
        0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xcb, 0xcc,
        0xcd, 0xce, 0xcf, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8,
        0xd9, 0xda, 0xdb, 0xdc, 0xdd, 0xde, 0xdf, 0xe0, 0xe1, 0xe2, 0xe3, 0xe4,
        0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xeb, 0xec, 0xed, 0xee, 0xef, 0xf0,
        0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa, 0xfb, 0xfc,
        0xfd, 0xfe, 0xff, 0x00,
    };
    struct virtio_ccw_sense_id s;

    memset(&s, 0, sizeof(s));
    s.reserved = 0x01u;
    s.cu_type = vwr_cpu_to_be16(0x0203u);
    s.cu_model = 0x04u;
    s.dev_type = vwr_cpu_to_be16(0x0506u);
    s.dev_model = 0x07u;
    for (unsigned i = 0; i < 249; i++)
        s.extended[i] = (uint8_t)(0x08u + i);
    return check_bytes("struct virtio_ccw_sense_id", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_ccw_rev_info(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_ccw_rev_info s;

    memset(&s, 0, sizeof(s));
    s.revision = vwr_cpu_to_be16(0x0102u);
    s.length = vwr_cpu_to_be16(0x0304u);
    return check_bytes("struct vwr_ccw_rev_info", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_rev_info(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtio_rev_info s;

    memset(&s, 0, sizeof(s));
    s.revision = vwr_cpu_to_be16(0x0102u);
    s.length = vwr_cpu_to_be16(0x0304u);
    return check_bytes("struct virtio_rev_info", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_ccw_vq_config_block(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_ccw_vq_config_block s;

    memset(&s, 0, sizeof(s));
    s.index = vwr_cpu_to_be16(0x0102u);
    s.max_queue_size = vwr_cpu_to_be16(0x0304u);
    return check_bytes("struct vwr_ccw_vq_config_block", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_ccw_vq_config_block(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtio_ccw_vq_config_block s;

    memset(&s, 0, sizeof(s));
    s.index = vwr_cpu_to_be16(0x0102u);
    s.max_queue_size = vwr_cpu_to_be16(0x0304u);
    return check_bytes("struct virtio_ccw_vq_config_block", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_ccw_vq_info_block(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct vwr_ccw_vq_info_block s;

    memset(&s, 0, sizeof(s));
    s.desc = vwr_cpu_to_be64(0x0102030405060708ULL);
    s.res0 = vwr_cpu_to_be32(0x090a0b0cu);
    s.index = vwr_cpu_to_be16(0x0d0eu);
    s.size = vwr_cpu_to_be16(0x0f10u);
    s.driver = vwr_cpu_to_be64(0x1112131415161718ULL);
    s.device = vwr_cpu_to_be64(0x191a1b1c1d1e1f20ULL);
    return check_bytes("struct vwr_ccw_vq_info_block", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_ccw_vq_info_block(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct virtio_ccw_vq_info_block s;

    memset(&s, 0, sizeof(s));
    s.desc = vwr_cpu_to_be64(0x0102030405060708ULL);
    s.res0 = vwr_cpu_to_be32(0x090a0b0cu);
    s.index = vwr_cpu_to_be16(0x0d0eu);
    s.size = vwr_cpu_to_be16(0x0f10u);
    s.driver = vwr_cpu_to_be64(0x1112131415161718ULL);
    s.device = vwr_cpu_to_be64(0x191a1b1c1d1e1f20ULL);
    return check_bytes("struct virtio_ccw_vq_info_block", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_ccw_vq_info_block_legacy(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_ccw_vq_info_block_legacy s;

    memset(&s, 0, sizeof(s));
    s.queue = vwr_cpu_to_be64(0x0102030405060708ULL);
    s.align = vwr_cpu_to_be32(0x090a0b0cu);
    s.index = vwr_cpu_to_be16(0x0d0eu);
    s.size = vwr_cpu_to_be16(0x0f10u);
    return check_bytes("struct vwr_ccw_vq_info_block_legacy", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_ccw_vq_info_block_legacy(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_ccw_vq_info_block_legacy s;

    memset(&s, 0, sizeof(s));
    s.queue = vwr_cpu_to_be64(0x0102030405060708ULL);
    s.align = vwr_cpu_to_be32(0x090a0b0cu);
    s.index = vwr_cpu_to_be16(0x0d0eu);
    s.size = vwr_cpu_to_be16(0x0f10u);
    return check_bytes("struct virtio_ccw_vq_info_block_legacy", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_ccw_feature_desc(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05,
    };
    struct vwr_ccw_feature_desc s;

    memset(&s, 0, sizeof(s));
    s.features = vwr_cpu_to_le32(0x04030201u);
    s.index = 0x05u;
    return check_bytes("struct vwr_ccw_feature_desc", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_feature_desc(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05,
    };
    struct virtio_feature_desc s;

    memset(&s, 0, sizeof(s));
    s.features = vwr_cpu_to_le32(0x04030201u);
    s.index = 0x05u;
    return check_bytes("struct virtio_feature_desc", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_ccw_thinint_area(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19,
    };
    struct vwr_ccw_thinint_area s;

    memset(&s, 0, sizeof(s));
    s.summary_indicator = vwr_cpu_to_be64(0x0102030405060708ULL);
    s.indicator = vwr_cpu_to_be64(0x090a0b0c0d0e0f10ULL);
    s.bit_nr = vwr_cpu_to_be64(0x1112131415161718ULL);
    s.isc = 0x19u;
    return check_bytes("struct vwr_ccw_thinint_area", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_thinint_area(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19,
    };
    struct virtio_thinint_area s;

    memset(&s, 0, sizeof(s));
    s.summary_indicator = vwr_cpu_to_be64(0x0102030405060708ULL);
    s.indicator = vwr_cpu_to_be64(0x090a0b0c0d0e0f10ULL);
    s.bit_nr = vwr_cpu_to_be64(0x1112131415161718ULL);
    s.isc = 0x19u;
    return check_bytes("struct virtio_thinint_area", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_ccw_notification_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_ccw_notification_data s;

    memset(&s, 0, sizeof(s));
    s.value = vwr_cpu_to_be32(0x01020304u);
    return check_bytes("struct vwr_ccw_notification_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_ccw_notification_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtio_ccw_notification_data s;

    memset(&s, 0, sizeof(s));
    s.value = vwr_cpu_to_be32(0x01020304u);
    return check_bytes("struct virtio_ccw_notification_data", &s, sizeof(s), expected, sizeof(expected));
}

static int constants(void)
{
    const struct number numbers[] = {
        {"VWR_CCW_BASIC_NO_OPERATION", VWR_CCW_BASIC_NO_OPERATION, 0x3},
        {"VIRTIO_CCW_BASIC_NO_OPERATION", VIRTIO_CCW_BASIC_NO_OPERATION, 0x3},
        {"VWR_CCW_BASIC_SENSE", VWR_CCW_BASIC_SENSE, 0x4},
        {"VIRTIO_CCW_BASIC_SENSE", VIRTIO_CCW_BASIC_SENSE, 0x4},
        {"VWR_CCW_BASIC_TRANSFER_IN_CHANNEL", VWR_CCW_BASIC_TRANSFER_IN_CHANNEL, 0x8},
        {"VIRTIO_CCW_BASIC_TRANSFER_IN_CHANNEL", VIRTIO_CCW_BASIC_TRANSFER_IN_CHANNEL, 0x8},
        {"VWR_CCW_BASIC_SENSE_ID", VWR_CCW_BASIC_SENSE_ID, 0xe4},
        {"VIRTIO_CCW_BASIC_SENSE_ID", VIRTIO_CCW_BASIC_SENSE_ID, 0xe4},
        {"VWR_CCW_CMD_WRITE_FEAT", VWR_CCW_CMD_WRITE_FEAT, 0x11},
        {"VIRTIO_CCW_CMD_WRITE_FEAT", VIRTIO_CCW_CMD_WRITE_FEAT, 0x11},
        {"VWR_CCW_CMD_READ_FEAT", VWR_CCW_CMD_READ_FEAT, 0x12},
        {"VIRTIO_CCW_CMD_READ_FEAT", VIRTIO_CCW_CMD_READ_FEAT, 0x12},
        {"VWR_CCW_CMD_SET_VQ", VWR_CCW_CMD_SET_VQ, 0x13},
        {"VIRTIO_CCW_CMD_SET_VQ", VIRTIO_CCW_CMD_SET_VQ, 0x13},
        {"VWR_CCW_CMD_WRITE_CONF", VWR_CCW_CMD_WRITE_CONF, 0x21},
        {"VIRTIO_CCW_CMD_WRITE_CONF", VIRTIO_CCW_CMD_WRITE_CONF, 0x21},
        {"VWR_CCW_CMD_READ_CONF", VWR_CCW_CMD_READ_CONF, 0x22},
        {"VIRTIO_CCW_CMD_READ_CONF", VIRTIO_CCW_CMD_READ_CONF, 0x22},
        {"VWR_CCW_CMD_WRITE_STATUS", VWR_CCW_CMD_WRITE_STATUS, 0x31},
        {"VIRTIO_CCW_CMD_WRITE_STATUS", VIRTIO_CCW_CMD_WRITE_STATUS, 0x31},
        {"VWR_CCW_CMD_READ_VQ_CONF", VWR_CCW_CMD_READ_VQ_CONF, 0x32},
        {"VIRTIO_CCW_CMD_READ_VQ_CONF", VIRTIO_CCW_CMD_READ_VQ_CONF, 0x32},
        {"VWR_CCW_CMD_VDEV_RESET", VWR_CCW_CMD_VDEV_RESET, 0x33},
        {"VIRTIO_CCW_CMD_VDEV_RESET", VIRTIO_CCW_CMD_VDEV_RESET, 0x33},
        {"VWR_CCW_CMD_SET_IND", VWR_CCW_CMD_SET_IND, 0x43},
        {"VIRTIO_CCW_CMD_SET_IND", VIRTIO_CCW_CMD_SET_IND, 0x43},
        {"VWR_CCW_CMD_SET_CONF_IND", VWR_CCW_CMD_SET_CONF_IND, 0x53},
        {"VIRTIO_CCW_CMD_SET_CONF_IND", VIRTIO_CCW_CMD_SET_CONF_IND, 0x53},
        {"VWR_CCW_CMD_READ_STATUS", VWR_CCW_CMD_READ_STATUS, 0x72},
        {"VIRTIO_CCW_CMD_READ_STATUS", VIRTIO_CCW_CMD_READ_STATUS, 0x72},
        {"VWR_CCW_CMD_SET_IND_ADAPTER", VWR_CCW_CMD_SET_IND_ADAPTER, 0x73},
        {"VIRTIO_CCW_CMD_SET_IND_ADAPTER", VIRTIO_CCW_CMD_SET_IND_ADAPTER, 0x73},
        {"VWR_CCW_CMD_SET_VIRTIO_REV", VWR_CCW_CMD_SET_VIRTIO_REV, 0x83},
        {"VIRTIO_CCW_CMD_SET_VIRTIO_REV", VIRTIO_CCW_CMD_SET_VIRTIO_REV, 0x83},
        {"VWR_CCW_REVISION_LEGACY", VWR_CCW_REVISION_LEGACY, 0},
        {"VIRTIO_CCW_REVISION_LEGACY", VIRTIO_CCW_REVISION_LEGACY, 0},
        {"VWR_CCW_REVISION_VIRTIO_1", VWR_CCW_REVISION_VIRTIO_1, 1},
        {"VIRTIO_CCW_REVISION_VIRTIO_1", VIRTIO_CCW_REVISION_VIRTIO_1, 1},
        {"VWR_CCW_REVISION_READ_STATUS", VWR_CCW_REVISION_READ_STATUS, 2},
        {"VIRTIO_CCW_REVISION_READ_STATUS", VIRTIO_CCW_REVISION_READ_STATUS, 2},
        {"VWR_CCW_CU_TYPE", VWR_CCW_CU_TYPE, 0x3832u},
        {"VIRTIO_CCW_CU_TYPE", VIRTIO_CCW_CU_TYPE, 0x3832u},
        {"VWR_CCW_CHPID_TYPE", VWR_CCW_CHPID_TYPE, 0x32u},
        {"VIRTIO_CCW_CHPID_TYPE", VIRTIO_CCW_CHPID_TYPE, 0x32u},
        {"VWR_CCW_DIAGNOSE", VWR_CCW_DIAGNOSE, 0x500u},
        {"VIRTIO_CCW_DIAGNOSE", VIRTIO_CCW_DIAGNOSE, 0x500u},
        {"VWR_CCW_DIAGNOSE_NOTIFY", VWR_CCW_DIAGNOSE_NOTIFY, 0x3u},
        {"VIRTIO_CCW_DIAGNOSE_NOTIFY", VIRTIO_CCW_DIAGNOSE_NOTIFY, 0x3u},
        {"VWR_CCW_SUMMARY", VWR_CCW_SUMMARY, 0x1u},
        {"VIRTIO_CCW_SUMMARY", VIRTIO_CCW_SUMMARY, 0x1u},
        {"VWR_CCW_CONFIG_INDICATOR", VWR_CCW_CONFIG_INDICATOR, 0u},
        {"VIRTIO_CCW_CONFIG_INDICATOR", VIRTIO_CCW_CONFIG_INDICATOR, 0u},
    };

    return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
}

int main(void)
{
    int wrong = constants();

    wrong |= wire_vwr_ccw_sense_id() | wire_virtio_ccw_sense_id();
    wrong |= wire_vwr_ccw_rev_info() | wire_virtio_rev_info();
    wrong |= wire_vwr_ccw_vq_config_block() | wire_virtio_ccw_vq_config_block();
    wrong |= wire_vwr_ccw_vq_info_block() | wire_virtio_ccw_vq_info_block();
    wrong |= wire_vwr_ccw_vq_info_block_legacy() | wire_virtio_ccw_vq_info_block_legacy();
    wrong |= wire_vwr_ccw_feature_desc() | wire_virtio_feature_desc();
    wrong |= wire_vwr_ccw_thinint_area() | wire_virtio_thinint_area();
    wrong |= wire_vwr_ccw_notification_data() | wire_virtio_ccw_notification_data();
    if (!wrong)
        printf("%s: 8 structs match the specification\n", "spec/transport/ccw.yaml");
    return wrong;
}
