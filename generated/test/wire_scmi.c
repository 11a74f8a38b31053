/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/scmi.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; SCMI Device */

/*
 * A host program. It fills each struct field by field and compares its bytes with the specification's little-endian
 * order, and constants with the values of spec/. It reads and writes the configuration and registers. Exit code 0 or 1.
 */
#include <stdio.h>
#include <string.h>

#include "vwr/gen/scmi.h"
#include "virtio_scmi.h"

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

static int wire_vwr_scmi_request(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_scmi_request s;

    memset(&s, 0, sizeof(s));
    s.hdr = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct vwr_scmi_request", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_scmi_request(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtio_scmi_request s;

    memset(&s, 0, sizeof(s));
    s.hdr = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct virtio_scmi_request", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_scmi_response(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_scmi_response s;

    memset(&s, 0, sizeof(s));
    s.hdr = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct vwr_scmi_response", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_scmi_response(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtio_scmi_response s;

    memset(&s, 0, sizeof(s));
    s.hdr = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct virtio_scmi_response", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_scmi_event_msg(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_scmi_event_msg s;

    memset(&s, 0, sizeof(s));
    s.hdr = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct vwr_scmi_event_msg", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_scmi_event_msg(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtio_scmi_event_msg s;

    memset(&s, 0, sizeof(s));
    s.hdr = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct virtio_scmi_event_msg", &s, sizeof(s), expected, sizeof(expected));
}

static int constants(void)
{
    const struct number numbers[] = {
        {"VWR_SCMI_ID", VWR_SCMI_ID, 32},
        {"VWR_SCMI_F_P2A_CHANNELS", VWR_SCMI_F_P2A_CHANNELS, 0},
        {"VIRTIO_SCMI_F_P2A_CHANNELS", VIRTIO_SCMI_F_P2A_CHANNELS, 0},
        {"VWR_SCMI_F_SHARED_MEMORY", VWR_SCMI_F_SHARED_MEMORY, 1},
        {"VIRTIO_SCMI_F_SHARED_MEMORY", VIRTIO_SCMI_F_SHARED_MEMORY, 1},
        {"VWR_SCMI_SHM_ID_POWER_STATE_STATISTICS", VWR_SCMI_SHM_ID_POWER_STATE_STATISTICS, 1},
        {"VIRTIO_SCMI_SHM_ID_POWER_STATE_STATISTICS", VIRTIO_SCMI_SHM_ID_POWER_STATE_STATISTICS, 1},
        {"VWR_SCMI_SHM_ID_PERFORMANCE_DOMAIN_STATISTICS", VWR_SCMI_SHM_ID_PERFORMANCE_DOMAIN_STATISTICS, 2},
        {"VIRTIO_SCMI_SHM_ID_PERFORMANCE_DOMAIN_STATISTICS", VIRTIO_SCMI_SHM_ID_PERFORMANCE_DOMAIN_STATISTICS, 2},
        {"VWR_SCMI_SHM_ID_SENSOR_VALUES", VWR_SCMI_SHM_ID_SENSOR_VALUES, 3},
        {"VIRTIO_SCMI_SHM_ID_SENSOR_VALUES", VIRTIO_SCMI_SHM_ID_SENSOR_VALUES, 3},
        {"VWR_SCMI_QUEUE_CMDQ", VWR_SCMI_QUEUE_CMDQ, 0},
        {"VIRTIO_SCMI_QUEUE_CMDQ", VIRTIO_SCMI_QUEUE_CMDQ, 0},
        {"VWR_SCMI_QUEUE_EVENTQ", VWR_SCMI_QUEUE_EVENTQ, 1},
        {"VIRTIO_SCMI_QUEUE_EVENTQ", VIRTIO_SCMI_QUEUE_EVENTQ, 1},
    };

    return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
}

/* The feature words contain exactly the bits that are not legacy-only. */
static int feature_words(void)
{
    static const uint8_t bits[] = {
        VWR_SCMI_F_P2A_CHANNELS,
        VWR_SCMI_F_SHARED_MEMORY,
    };
    uint32_t w[VWR_FEATURE_WORDS] = {0};

    for (size_t i = 0; i < sizeof(bits); i++)
        w[bits[i] / 32] |= (uint32_t)1 << bits[i] % 32;
    {
        const struct number numbers[] = {
            {"VWR_SCMI_FEATURES_W0", VWR_SCMI_FEATURES_W0, w[0]},
            {"VWR_SCMI_FEATURES_W1", VWR_SCMI_FEATURES_W1, w[1]},
            {"VWR_SCMI_FEATURES_W2", VWR_SCMI_FEATURES_W2, w[2]},
            {"VWR_SCMI_FEATURES_W3", VWR_SCMI_FEATURES_W3, w[3]},
        };

        return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
}

int main(void)
{
    int wrong = constants();

    wrong |= feature_words();
    wrong |= wire_vwr_scmi_request() | wire_virtio_scmi_request();
    wrong |= wire_vwr_scmi_response() | wire_virtio_scmi_response();
    wrong |= wire_vwr_scmi_event_msg() | wire_virtio_scmi_event_msg();
    if (!wrong)
        printf("%s: 3 structs match the specification\n", "spec/device/scmi.yaml");
    return wrong;
}
