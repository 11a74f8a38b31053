/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/console.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Console Device */

/*
 * A host program. It fills each struct field by field and compares its bytes with the specification's little-endian
 * order, and constants with the values of spec/. It reads and writes the configuration and registers. Exit code 0 or 1.
 */
#include <stdio.h>
#include <string.h>

#include "vwr/gen/console.h"
#include "virtio_console.h"

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

static int wire_vwr_console_control(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_console_control s;

    memset(&s, 0, sizeof(s));
    s.id = vwr_cpu_to_le32(0x04030201u);
    s.event = vwr_cpu_to_le16(0x0605u);
    s.value = vwr_cpu_to_le16(0x0807u);
    return check_bytes("struct vwr_console_control", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_console_control(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_console_control s;

    memset(&s, 0, sizeof(s));
    s.id = vwr_cpu_to_le32(0x04030201u);
    s.event = vwr_cpu_to_le16(0x0605u);
    s.value = vwr_cpu_to_le16(0x0807u);
    return check_bytes("struct virtio_console_control", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_console_resize(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_console_resize s;

    memset(&s, 0, sizeof(s));
    s.cols = vwr_cpu_to_le16(0x0201u);
    s.rows = vwr_cpu_to_le16(0x0403u);
    return check_bytes("struct vwr_console_resize", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_console_resize(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtio_console_resize s;

    memset(&s, 0, sizeof(s));
    s.cols = vwr_cpu_to_le16(0x0201u);
    s.rows = vwr_cpu_to_le16(0x0403u);
    return check_bytes("struct virtio_console_resize", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_console_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
    };
    struct vwr_console_config s;

    memset(&s, 0, sizeof(s));
    s.cols = vwr_cpu_to_le16(0x0201u);
    s.rows = vwr_cpu_to_le16(0x0403u);
    s.max_nr_ports = vwr_cpu_to_le32(0x08070605u);
    s.emerg_wr = vwr_cpu_to_le32(0x0c0b0a09u);
    return check_bytes("struct vwr_console_config", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_console_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
    };
    struct virtio_console_config s;

    memset(&s, 0, sizeof(s));
    s.cols = vwr_cpu_to_le16(0x0201u);
    s.rows = vwr_cpu_to_le16(0x0403u);
    s.max_nr_ports = vwr_cpu_to_le32(0x08070605u);
    s.emerg_wr = vwr_cpu_to_le32(0x0c0b0a09u);
    return check_bytes("struct virtio_console_config", &s, sizeof(s), expected, sizeof(expected));
}

static int constants(void)
{
    const struct number numbers[] = {
        {"VWR_CONSOLE_ID", VWR_CONSOLE_ID, 3},
        {"VWR_CONSOLE_F_SIZE", VWR_CONSOLE_F_SIZE, 0},
        {"VIRTIO_CONSOLE_F_SIZE", VIRTIO_CONSOLE_F_SIZE, 0},
        {"VWR_CONSOLE_F_MULTIPORT", VWR_CONSOLE_F_MULTIPORT, 1},
        {"VIRTIO_CONSOLE_F_MULTIPORT", VIRTIO_CONSOLE_F_MULTIPORT, 1},
        {"VWR_CONSOLE_F_EMERG_WRITE", VWR_CONSOLE_F_EMERG_WRITE, 2},
        {"VIRTIO_CONSOLE_F_EMERG_WRITE", VIRTIO_CONSOLE_F_EMERG_WRITE, 2},
        {"VWR_CONSOLE_DEVICE_READY", VWR_CONSOLE_DEVICE_READY, 0},
        {"VIRTIO_CONSOLE_DEVICE_READY", VIRTIO_CONSOLE_DEVICE_READY, 0},
        {"VWR_CONSOLE_DEVICE_ADD", VWR_CONSOLE_DEVICE_ADD, 1},
        {"VIRTIO_CONSOLE_DEVICE_ADD", VIRTIO_CONSOLE_DEVICE_ADD, 1},
        {"VIRTIO_CONSOLE_PORT_ADD", VIRTIO_CONSOLE_PORT_ADD, 1},
        {"VWR_CONSOLE_DEVICE_REMOVE", VWR_CONSOLE_DEVICE_REMOVE, 2},
        {"VIRTIO_CONSOLE_DEVICE_REMOVE", VIRTIO_CONSOLE_DEVICE_REMOVE, 2},
        {"VIRTIO_CONSOLE_PORT_REMOVE", VIRTIO_CONSOLE_PORT_REMOVE, 2},
        {"VWR_CONSOLE_PORT_READY", VWR_CONSOLE_PORT_READY, 3},
        {"VIRTIO_CONSOLE_PORT_READY", VIRTIO_CONSOLE_PORT_READY, 3},
        {"VWR_CONSOLE_CONSOLE_PORT", VWR_CONSOLE_CONSOLE_PORT, 4},
        {"VIRTIO_CONSOLE_CONSOLE_PORT", VIRTIO_CONSOLE_CONSOLE_PORT, 4},
        {"VWR_CONSOLE_RESIZE", VWR_CONSOLE_RESIZE, 5},
        {"VIRTIO_CONSOLE_RESIZE", VIRTIO_CONSOLE_RESIZE, 5},
        {"VWR_CONSOLE_PORT_OPEN", VWR_CONSOLE_PORT_OPEN, 6},
        {"VIRTIO_CONSOLE_PORT_OPEN", VIRTIO_CONSOLE_PORT_OPEN, 6},
        {"VWR_CONSOLE_PORT_NAME", VWR_CONSOLE_PORT_NAME, 7},
        {"VIRTIO_CONSOLE_PORT_NAME", VIRTIO_CONSOLE_PORT_NAME, 7},
        {"VWR_CONSOLE_QUEUE_RECEIVEQ", VWR_CONSOLE_QUEUE_RECEIVEQ, 0},
        {"VIRTIO_CONSOLE_QUEUE_RECEIVEQ", VIRTIO_CONSOLE_QUEUE_RECEIVEQ, 0},
        {"VWR_CONSOLE_QUEUE_TRANSMITQ", VWR_CONSOLE_QUEUE_TRANSMITQ, 1},
        {"VIRTIO_CONSOLE_QUEUE_TRANSMITQ", VIRTIO_CONSOLE_QUEUE_TRANSMITQ, 1},
        {"VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ", VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ, 2},
        {"VIRTIO_CONSOLE_QUEUE_CONTROL_RECEIVEQ", VIRTIO_CONSOLE_QUEUE_CONTROL_RECEIVEQ, 2},
        {"VWR_CONSOLE_QUEUE_CONTROL_TRANSMITQ", VWR_CONSOLE_QUEUE_CONTROL_TRANSMITQ, 3},
        {"VIRTIO_CONSOLE_QUEUE_CONTROL_TRANSMITQ", VIRTIO_CONSOLE_QUEUE_CONTROL_TRANSMITQ, 3},
        {"VWR_CONSOLE_QUEUE_PORT_RECEIVEQ", VWR_CONSOLE_QUEUE_PORT_RECEIVEQ, 4},
        {"VIRTIO_CONSOLE_QUEUE_PORT_RECEIVEQ", VIRTIO_CONSOLE_QUEUE_PORT_RECEIVEQ, 4},
        {"VWR_CONSOLE_QUEUE_PORT_TRANSMITQ", VWR_CONSOLE_QUEUE_PORT_TRANSMITQ, 5},
        {"VIRTIO_CONSOLE_QUEUE_PORT_TRANSMITQ", VIRTIO_CONSOLE_QUEUE_PORT_TRANSMITQ, 5},
        {"VWR_CONSOLE_CONFIG_COLS", VWR_CONSOLE_CONFIG_COLS,
         __builtin_offsetof(struct vwr_console_config, cols)},
        {"VWR_CONSOLE_CONFIG_ROWS", VWR_CONSOLE_CONFIG_ROWS,
         __builtin_offsetof(struct vwr_console_config, rows)},
        {"VWR_CONSOLE_CONFIG_MAX_NR_PORTS", VWR_CONSOLE_CONFIG_MAX_NR_PORTS,
         __builtin_offsetof(struct vwr_console_config, max_nr_ports)},
        {"VWR_CONSOLE_CONFIG_EMERG_WR", VWR_CONSOLE_CONFIG_EMERG_WR,
         __builtin_offsetof(struct vwr_console_config, emerg_wr)},
    };

    return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
}

/* The accessors of a configuration whose byte n is n + 1, and that has all its fields. */
static int wire_config(void)
{
    static const _Alignas(8) uint8_t bytes[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
    };
    struct vwr_config c;
    int wrong;

    memset(&c, 0, sizeof(c));
    memset(&c.features, 0xff, sizeof(c.features));
    c.base = (void *)(uintptr_t)bytes;
    {
        const struct number numbers[] = {
            {"vwr_console_config_get_cols(&c)",
             vwr_console_config_get_cols(&c), 0x0201u},
            {"vwr_console_config_get_rows(&c)",
             vwr_console_config_get_rows(&c), 0x0403u},
            {"vwr_console_config_get_max_nr_ports(&c)",
             vwr_console_config_get_max_nr_ports(&c), 0x08070605u},
        };

        wrong = check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    memset(&c.features, 0, sizeof(c.features));
    {
        const struct number absent[] = {
            {"absent: vwr_console_config_get_cols(&c)",
             vwr_console_config_get_cols(&c), 0u},
            {"absent: vwr_console_config_get_rows(&c)",
             vwr_console_config_get_rows(&c), 0u},
            {"absent: vwr_console_config_get_max_nr_ports(&c)",
             vwr_console_config_get_max_nr_ports(&c), 1u},
        };

        wrong |= check_numbers(absent, sizeof(absent) / sizeof(absent[0]));
    }
    memset(&c.features, 0xff, sizeof(c.features));
    {
        struct vwr_console_config_info info;
        _Alignas(8) struct vwr_console_config w;

        vwr_console_config_read(&c, &info);
        const struct number numbers[] = {
            {"info.cols",
             info.cols, 0x0201u},
            {"info.rows",
             info.rows, 0x0403u},
            {"info.max_nr_ports",
             info.max_nr_ports, 0x08070605u},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
        memset(&w, 0, sizeof(w));
        vwr_console_config_write(&w, false, &info);
        c.base = &w;
        const struct number written[] = {
            {"written: info.cols",
             vwr_console_config_get_cols(&c), info.cols},
            {"written: info.rows",
             vwr_console_config_get_rows(&c), info.rows},
            {"written: info.max_nr_ports",
             vwr_console_config_get_max_nr_ports(&c), info.max_nr_ports},
        };

        wrong |= check_numbers(written, sizeof(written) / sizeof(written[0]));
    }
    return wrong;
}

/* The feature words contain exactly the bits that are not legacy-only. */
static int feature_words(void)
{
    static const uint8_t bits[] = {
        VWR_CONSOLE_F_SIZE,
        VWR_CONSOLE_F_MULTIPORT,
        VWR_CONSOLE_F_EMERG_WRITE,
    };
    uint32_t w[VWR_FEATURE_WORDS] = {0};

    for (size_t i = 0; i < sizeof(bits); i++)
        w[bits[i] / 32] |= (uint32_t)1 << bits[i] % 32;
    {
        const struct number numbers[] = {
            {"VWR_CONSOLE_FEATURES_W0", VWR_CONSOLE_FEATURES_W0, w[0]},
            {"VWR_CONSOLE_FEATURES_W1", VWR_CONSOLE_FEATURES_W1, w[1]},
            {"VWR_CONSOLE_FEATURES_W2", VWR_CONSOLE_FEATURES_W2, w[2]},
            {"VWR_CONSOLE_FEATURES_W3", VWR_CONSOLE_FEATURES_W3, w[3]},
        };

        return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
}

int main(void)
{
    int wrong = constants();

    wrong |= wire_config();
    wrong |= feature_words();
    wrong |= wire_vwr_console_control() | wire_virtio_console_control();
    wrong |= wire_vwr_console_resize() | wire_virtio_console_resize();
    wrong |= wire_vwr_console_config() | wire_virtio_console_config();
    if (!wrong)
        printf("%s: 3 structs match the specification\n", "spec/device/console.yaml");
    return wrong;
}
