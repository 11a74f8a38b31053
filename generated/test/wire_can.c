/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/can.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; CAN Device */

/*
 * A host program. It fills each struct field by field and compares its bytes with the specification's little-endian
 * order, and constants with the values of spec/. It reads and writes the configuration and registers. Exit code 0 or 1.
 */
#include <stdio.h>
#include <string.h>

#include "vwr/gen/can.h"
#include "virtio_can.h"

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

static int wire_vwr_can_control_out(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02,
    };
    struct vwr_can_control_out s;

    memset(&s, 0, sizeof(s));
    s.msg_type = vwr_cpu_to_le16(0x0201u);
    return check_bytes("struct vwr_can_control_out", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_can_control_out(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02,
    };
    struct virtio_can_control_out s;

    memset(&s, 0, sizeof(s));
    s.msg_type = vwr_cpu_to_le16(0x0201u);
    return check_bytes("struct virtio_can_control_out", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_can_control_in(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct vwr_can_control_in s;

    memset(&s, 0, sizeof(s));
    s.result = 0x01u;
    return check_bytes("struct vwr_can_control_in", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_can_control_in(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct virtio_can_control_in s;

    memset(&s, 0, sizeof(s));
    s.result = 0x01u;
    return check_bytes("struct virtio_can_control_in", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_can_tx_out(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_can_tx_out s;

    memset(&s, 0, sizeof(s));
    s.msg_type = vwr_cpu_to_le16(0x0201u);
    s.length = vwr_cpu_to_le16(0x0403u);
    s.reserved_classic_dlc = 0x05u;
    s.padding = 0x06u;
    s.reserved_xl_priority = vwr_cpu_to_le16(0x0807u);
    s.flags = vwr_cpu_to_le32(0x0c0b0a09u);
    s.can_id = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct vwr_can_tx_out", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_can_tx_out(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_can_tx_out s;

    memset(&s, 0, sizeof(s));
    s.msg_type = vwr_cpu_to_le16(0x0201u);
    s.length = vwr_cpu_to_le16(0x0403u);
    s.reserved_classic_dlc = 0x05u;
    s.padding = 0x06u;
    s.reserved_xl_priority = vwr_cpu_to_le16(0x0807u);
    s.flags = vwr_cpu_to_le32(0x0c0b0a09u);
    s.can_id = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct virtio_can_tx_out", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_can_tx_in(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct vwr_can_tx_in s;

    memset(&s, 0, sizeof(s));
    s.result = 0x01u;
    return check_bytes("struct vwr_can_tx_in", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_can_tx_in(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct virtio_can_tx_in s;

    memset(&s, 0, sizeof(s));
    s.result = 0x01u;
    return check_bytes("struct virtio_can_tx_in", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_can_rx(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_can_rx s;

    memset(&s, 0, sizeof(s));
    s.msg_type = vwr_cpu_to_le16(0x0201u);
    s.length = vwr_cpu_to_le16(0x0403u);
    s.reserved_classic_dlc = 0x05u;
    s.padding = 0x06u;
    s.reserved_xl_priority = vwr_cpu_to_le16(0x0807u);
    s.flags = vwr_cpu_to_le32(0x0c0b0a09u);
    s.can_id = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct vwr_can_rx", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_can_rx(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_can_rx s;

    memset(&s, 0, sizeof(s));
    s.msg_type = vwr_cpu_to_le16(0x0201u);
    s.length = vwr_cpu_to_le16(0x0403u);
    s.reserved_classic_dlc = 0x05u;
    s.padding = 0x06u;
    s.reserved_xl_priority = vwr_cpu_to_le16(0x0807u);
    s.flags = vwr_cpu_to_le32(0x0c0b0a09u);
    s.can_id = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct virtio_can_rx", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_can_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02,
    };
    struct vwr_can_config s;

    memset(&s, 0, sizeof(s));
    s.status = vwr_cpu_to_le16(0x0201u);
    return check_bytes("struct vwr_can_config", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_can_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02,
    };
    struct virtio_can_config s;

    memset(&s, 0, sizeof(s));
    s.status = vwr_cpu_to_le16(0x0201u);
    return check_bytes("struct virtio_can_config", &s, sizeof(s), expected, sizeof(expected));
}

static int constants(void)
{
    const struct number numbers[] = {
        {"VWR_CAN_ID", VWR_CAN_ID, 36},
        {"VWR_CAN_F_CAN_CLASSIC", VWR_CAN_F_CAN_CLASSIC, 0},
        {"VIRTIO_CAN_F_CAN_CLASSIC", VIRTIO_CAN_F_CAN_CLASSIC, 0},
        {"VWR_CAN_F_CAN_FD", VWR_CAN_F_CAN_FD, 1},
        {"VIRTIO_CAN_F_CAN_FD", VIRTIO_CAN_F_CAN_FD, 1},
        {"VWR_CAN_F_RTR_FRAMES", VWR_CAN_F_RTR_FRAMES, 2},
        {"VIRTIO_CAN_F_RTR_FRAMES", VIRTIO_CAN_F_RTR_FRAMES, 2},
        {"VWR_CAN_F_LATE_TX_ACK", VWR_CAN_F_LATE_TX_ACK, 3},
        {"VIRTIO_CAN_F_LATE_TX_ACK", VIRTIO_CAN_F_LATE_TX_ACK, 3},
        {"VWR_CAN_RESULT_OK", VWR_CAN_RESULT_OK, 0},
        {"VIRTIO_CAN_RESULT_OK", VIRTIO_CAN_RESULT_OK, 0},
        {"VWR_CAN_RESULT_NOT_OK", VWR_CAN_RESULT_NOT_OK, 1},
        {"VIRTIO_CAN_RESULT_NOT_OK", VIRTIO_CAN_RESULT_NOT_OK, 1},
        {"VWR_CAN_S_CTRL_BUSOFF", VWR_CAN_S_CTRL_BUSOFF, 0x1},
        {"VIRTIO_CAN_S_CTRL_BUSOFF", VIRTIO_CAN_S_CTRL_BUSOFF, 0x1},
        {"VWR_CAN_FLAGS_FD", VWR_CAN_FLAGS_FD, 0x4000},
        {"VIRTIO_CAN_FLAGS_FD", VIRTIO_CAN_FLAGS_FD, 0x4000},
        {"VWR_CAN_FLAGS_EXTENDED", VWR_CAN_FLAGS_EXTENDED, 0x8000},
        {"VIRTIO_CAN_FLAGS_EXTENDED", VIRTIO_CAN_FLAGS_EXTENDED, 0x8000},
        {"VWR_CAN_FLAGS_RTR", VWR_CAN_FLAGS_RTR, 0x2000},
        {"VIRTIO_CAN_FLAGS_RTR", VIRTIO_CAN_FLAGS_RTR, 0x2000},
        {"VWR_CAN_TX", VWR_CAN_TX, 0x1},
        {"VIRTIO_CAN_TX", VIRTIO_CAN_TX, 0x1},
        {"VWR_CAN_RX", VWR_CAN_RX, 0x101},
        {"VIRTIO_CAN_RX", VIRTIO_CAN_RX, 0x101},
        {"VWR_CAN_SET_CTRL_MODE_START", VWR_CAN_SET_CTRL_MODE_START, 0x201},
        {"VIRTIO_CAN_SET_CTRL_MODE_START", VIRTIO_CAN_SET_CTRL_MODE_START, 0x201},
        {"VWR_CAN_SET_CTRL_MODE_STOP", VWR_CAN_SET_CTRL_MODE_STOP, 0x202},
        {"VIRTIO_CAN_SET_CTRL_MODE_STOP", VIRTIO_CAN_SET_CTRL_MODE_STOP, 0x202},
        {"VWR_CAN_QUEUE_TXQ", VWR_CAN_QUEUE_TXQ, 0},
        {"VIRTIO_CAN_QUEUE_TXQ", VIRTIO_CAN_QUEUE_TXQ, 0},
        {"VWR_CAN_QUEUE_RXQ", VWR_CAN_QUEUE_RXQ, 1},
        {"VIRTIO_CAN_QUEUE_RXQ", VIRTIO_CAN_QUEUE_RXQ, 1},
        {"VWR_CAN_QUEUE_CONTROLQ", VWR_CAN_QUEUE_CONTROLQ, 2},
        {"VIRTIO_CAN_QUEUE_CONTROLQ", VIRTIO_CAN_QUEUE_CONTROLQ, 2},
        {"VWR_CAN_CONFIG_STATUS", VWR_CAN_CONFIG_STATUS,
         __builtin_offsetof(struct vwr_can_config, status)},
    };

    return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
}

/* The accessors of a configuration whose byte n is n + 1, and that has all its fields. */
static int wire_config(void)
{
    static const _Alignas(8) uint8_t bytes[] = {
        0x01, 0x02,
    };
    struct vwr_config c;
    int wrong;

    memset(&c, 0, sizeof(c));
    memset(&c.features, 0xff, sizeof(c.features));
    c.base = (void *)(uintptr_t)bytes;
    {
        const struct number numbers[] = {
            {"vwr_can_config_get_status(&c)",
             vwr_can_config_get_status(&c), 0x0201u},
        };

        wrong = check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    {
        struct vwr_can_config_info info;
        _Alignas(8) struct vwr_can_config w;

        vwr_can_config_read(&c, &info);
        const struct number numbers[] = {
            {"info.status",
             info.status, 0x0201u},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
        memset(&w, 0, sizeof(w));
        vwr_can_config_write(&w, false, &info);
        c.base = &w;
        const struct number written[] = {
            {"written: info.status",
             vwr_can_config_get_status(&c), info.status},
        };

        wrong |= check_numbers(written, sizeof(written) / sizeof(written[0]));
    }
    return wrong;
}

/* The feature words contain exactly the bits that are not legacy-only. */
static int feature_words(void)
{
    static const uint8_t bits[] = {
        VWR_CAN_F_CAN_CLASSIC,
        VWR_CAN_F_CAN_FD,
        VWR_CAN_F_RTR_FRAMES,
        VWR_CAN_F_LATE_TX_ACK,
    };
    uint32_t w[VWR_FEATURE_WORDS] = {0};

    for (size_t i = 0; i < sizeof(bits); i++)
        w[bits[i] / 32] |= (uint32_t)1 << bits[i] % 32;
    {
        const struct number numbers[] = {
            {"VWR_CAN_FEATURES_W0", VWR_CAN_FEATURES_W0, w[0]},
            {"VWR_CAN_FEATURES_W1", VWR_CAN_FEATURES_W1, w[1]},
            {"VWR_CAN_FEATURES_W2", VWR_CAN_FEATURES_W2, w[2]},
            {"VWR_CAN_FEATURES_W3", VWR_CAN_FEATURES_W3, w[3]},
        };

        return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
}

int main(void)
{
    int wrong = constants();

    wrong |= wire_config();
    wrong |= feature_words();
    wrong |= wire_vwr_can_control_out() | wire_virtio_can_control_out();
    wrong |= wire_vwr_can_control_in() | wire_virtio_can_control_in();
    wrong |= wire_vwr_can_tx_out() | wire_virtio_can_tx_out();
    wrong |= wire_vwr_can_tx_in() | wire_virtio_can_tx_in();
    wrong |= wire_vwr_can_rx() | wire_virtio_can_rx();
    wrong |= wire_vwr_can_config() | wire_virtio_can_config();
    if (!wrong)
        printf("%s: 6 structs match the specification\n", "spec/device/can.yaml");
    return wrong;
}
