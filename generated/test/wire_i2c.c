/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/i2c.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; I2C Adapter Device */

/*
 * A host program. It fills each struct field by field and compares its bytes with the specification's little-endian
 * order, and constants with the values of spec/. It reads and writes the configuration and registers. Exit code 0 or 1.
 */
#include <stdio.h>
#include <string.h>

#include "vwr/gen/i2c.h"
#include "virtio_i2c.h"

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

static int wire_vwr_i2c_out_hdr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_i2c_out_hdr s;

    memset(&s, 0, sizeof(s));
    s.addr = vwr_cpu_to_le16(0x0201u);
    s.padding = vwr_cpu_to_le16(0x0403u);
    s.flags = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_i2c_out_hdr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_i2c_out_hdr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_i2c_out_hdr s;

    memset(&s, 0, sizeof(s));
    s.addr = vwr_cpu_to_le16(0x0201u);
    s.padding = vwr_cpu_to_le16(0x0403u);
    s.flags = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_i2c_out_hdr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_i2c_in_hdr(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct vwr_i2c_in_hdr s;

    memset(&s, 0, sizeof(s));
    s.status = 0x01u;
    return check_bytes("struct vwr_i2c_in_hdr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_i2c_in_hdr(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct virtio_i2c_in_hdr s;

    memset(&s, 0, sizeof(s));
    s.status = 0x01u;
    return check_bytes("struct virtio_i2c_in_hdr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_i2c_req(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_i2c_req s;

    memset(&s, 0, sizeof(s));
    s.out_hdr.addr = vwr_cpu_to_le16(0x0201u);
    s.out_hdr.padding = vwr_cpu_to_le16(0x0403u);
    s.out_hdr.flags = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_i2c_req", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_i2c_req(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_i2c_req s;

    memset(&s, 0, sizeof(s));
    s.out_hdr.addr = vwr_cpu_to_le16(0x0201u);
    s.out_hdr.padding = vwr_cpu_to_le16(0x0403u);
    s.out_hdr.flags = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_i2c_req", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_i2c_req_in(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct vwr_i2c_req_in s;

    memset(&s, 0, sizeof(s));
    s.in_hdr.status = 0x01u;
    return check_bytes("struct vwr_i2c_req_in", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_i2c_req_in(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct virtio_i2c_req_in s;

    memset(&s, 0, sizeof(s));
    s.in_hdr.status = 0x01u;
    return check_bytes("struct virtio_i2c_req_in", &s, sizeof(s), expected, sizeof(expected));
}

static int constants(void)
{
    const struct number numbers[] = {
        {"VWR_I2C_ID", VWR_I2C_ID, 34},
        {"VWR_I2C_F_ZERO_LENGTH_REQUEST", VWR_I2C_F_ZERO_LENGTH_REQUEST, 0},
        {"VIRTIO_I2C_F_ZERO_LENGTH_REQUEST", VIRTIO_I2C_F_ZERO_LENGTH_REQUEST, 0},
        {"VWR_I2C_MSG_OK", VWR_I2C_MSG_OK, 0},
        {"VIRTIO_I2C_MSG_OK", VIRTIO_I2C_MSG_OK, 0},
        {"VWR_I2C_MSG_ERR", VWR_I2C_MSG_ERR, 1},
        {"VIRTIO_I2C_MSG_ERR", VIRTIO_I2C_MSG_ERR, 1},
        {"VWR_I2C_FLAGS_FAIL_NEXT", VWR_I2C_FLAGS_FAIL_NEXT, 0x1},
        {"VIRTIO_I2C_FLAGS_FAIL_NEXT", VIRTIO_I2C_FLAGS_FAIL_NEXT, 0x1},
        {"VWR_I2C_FLAGS_M_RD", VWR_I2C_FLAGS_M_RD, 0x2},
        {"VIRTIO_I2C_FLAGS_M_RD", VIRTIO_I2C_FLAGS_M_RD, 0x2},
        {"VWR_I2C_QUEUE_REQUESTQ", VWR_I2C_QUEUE_REQUESTQ, 0},
        {"VIRTIO_I2C_QUEUE_REQUESTQ", VIRTIO_I2C_QUEUE_REQUESTQ, 0},
        {"VWR_I2C_ADDR_7_SHIFT", VWR_I2C_ADDR_7_SHIFT, 1u},
        {"VIRTIO_I2C_ADDR_7_SHIFT", VIRTIO_I2C_ADDR_7_SHIFT, 1u},
        {"VWR_I2C_ADDR_7_MAX", VWR_I2C_ADDR_7_MAX, 0x7fu},
        {"VIRTIO_I2C_ADDR_7_MAX", VIRTIO_I2C_ADDR_7_MAX, 0x7fu},
        {"VWR_I2C_ADDR_10_MAX", VWR_I2C_ADDR_10_MAX, 0x3ffu},
        {"VIRTIO_I2C_ADDR_10_MAX", VIRTIO_I2C_ADDR_10_MAX, 0x3ffu},
        {"VWR_I2C_ADDR_10_SHIFT", VWR_I2C_ADDR_10_SHIFT, 8u},
        {"VIRTIO_I2C_ADDR_10_SHIFT", VIRTIO_I2C_ADDR_10_SHIFT, 8u},
        {"VWR_I2C_ADDR_10_PREFIX", VWR_I2C_ADDR_10_PREFIX, 0xf0u},
        {"VIRTIO_I2C_ADDR_10_PREFIX", VIRTIO_I2C_ADDR_10_PREFIX, 0xf0u},
    };

    return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
}

/* The feature words contain exactly the bits that are not legacy-only. */
static int feature_words(void)
{
    static const uint8_t bits[] = {
        VWR_I2C_F_ZERO_LENGTH_REQUEST,
    };
    uint32_t w[VWR_FEATURE_WORDS] = {0};

    for (size_t i = 0; i < sizeof(bits); i++)
        w[bits[i] / 32] |= (uint32_t)1 << bits[i] % 32;
    {
        const struct number numbers[] = {
            {"VWR_I2C_FEATURES_W0", VWR_I2C_FEATURES_W0, w[0]},
            {"VWR_I2C_FEATURES_W1", VWR_I2C_FEATURES_W1, w[1]},
            {"VWR_I2C_FEATURES_W2", VWR_I2C_FEATURES_W2, w[2]},
            {"VWR_I2C_FEATURES_W3", VWR_I2C_FEATURES_W3, w[3]},
        };

        return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
}

int main(void)
{
    int wrong = constants();

    wrong |= feature_words();
    wrong |= wire_vwr_i2c_out_hdr() | wire_virtio_i2c_out_hdr();
    wrong |= wire_vwr_i2c_in_hdr() | wire_virtio_i2c_in_hdr();
    wrong |= wire_vwr_i2c_req() | wire_virtio_i2c_req();
    wrong |= wire_vwr_i2c_req_in() | wire_virtio_i2c_req_in();
    if (!wrong)
        printf("%s: 4 structs match the specification\n", "spec/device/i2c.yaml");
    return wrong;
}
