/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/gpio.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; GPIO Device */

/*
 * A host program. It fills each struct field by field and compares its bytes with the specification's little-endian
 * order, and constants with the values of spec/. It reads and writes the configuration and registers. Exit code 0 or 1.
 */
#include <stdio.h>
#include <string.h>

#include "vwr/gen/gpio.h"
#include "virtio_gpio.h"

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

static int wire_vwr_gpio_request(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_gpio_request s;

    memset(&s, 0, sizeof(s));
    s.type = vwr_cpu_to_le16(0x0201u);
    s.gpio = vwr_cpu_to_le16(0x0403u);
    s.value = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_gpio_request", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_gpio_request(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_gpio_request s;

    memset(&s, 0, sizeof(s));
    s.type = vwr_cpu_to_le16(0x0201u);
    s.gpio = vwr_cpu_to_le16(0x0403u);
    s.value = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_gpio_request", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_gpio_response(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02,
    };
    struct vwr_gpio_response s;

    memset(&s, 0, sizeof(s));
    s.status = 0x01u;
    s.value = 0x02u;
    return check_bytes("struct vwr_gpio_response", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_gpio_response(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02,
    };
    struct virtio_gpio_response s;

    memset(&s, 0, sizeof(s));
    s.status = 0x01u;
    s.value = 0x02u;
    return check_bytes("struct virtio_gpio_response", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_gpio_response_n(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct vwr_gpio_response_n s;

    memset(&s, 0, sizeof(s));
    s.status = 0x01u;
    return check_bytes("struct vwr_gpio_response_n", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_gpio_response_N(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct virtio_gpio_response_N s;

    memset(&s, 0, sizeof(s));
    s.status = 0x01u;
    return check_bytes("struct virtio_gpio_response_N", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_gpio_irq_request(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02,
    };
    struct vwr_gpio_irq_request s;

    memset(&s, 0, sizeof(s));
    s.gpio = vwr_cpu_to_le16(0x0201u);
    return check_bytes("struct vwr_gpio_irq_request", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_gpio_irq_request(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02,
    };
    struct virtio_gpio_irq_request s;

    memset(&s, 0, sizeof(s));
    s.gpio = vwr_cpu_to_le16(0x0201u);
    return check_bytes("struct virtio_gpio_irq_request", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_gpio_irq_response(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct vwr_gpio_irq_response s;

    memset(&s, 0, sizeof(s));
    s.status = 0x01u;
    return check_bytes("struct vwr_gpio_irq_response", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_gpio_irq_response(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct virtio_gpio_irq_response s;

    memset(&s, 0, sizeof(s));
    s.status = 0x01u;
    return check_bytes("struct virtio_gpio_irq_response", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_gpio_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_gpio_config s;

    memset(&s, 0, sizeof(s));
    s.ngpio = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 2; i++)
        s.padding[i] = (uint8_t)(0x03u + i);
    s.gpio_names_size = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_gpio_config", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_gpio_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_gpio_config s;

    memset(&s, 0, sizeof(s));
    s.ngpio = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 2; i++)
        s.padding[i] = (uint8_t)(0x03u + i);
    s.gpio_names_size = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_gpio_config", &s, sizeof(s), expected, sizeof(expected));
}

static int constants(void)
{
    const struct number numbers[] = {
        {"VWR_GPIO_ID", VWR_GPIO_ID, 41},
        {"VWR_GPIO_F_IRQ", VWR_GPIO_F_IRQ, 0},
        {"VIRTIO_GPIO_F_IRQ", VIRTIO_GPIO_F_IRQ, 0},
        {"VWR_GPIO_STATUS_OK", VWR_GPIO_STATUS_OK, 0x0},
        {"VIRTIO_GPIO_STATUS_OK", VIRTIO_GPIO_STATUS_OK, 0x0},
        {"VWR_GPIO_STATUS_ERR", VWR_GPIO_STATUS_ERR, 0x1},
        {"VIRTIO_GPIO_STATUS_ERR", VIRTIO_GPIO_STATUS_ERR, 0x1},
        {"VWR_GPIO_DIRECTION_NONE", VWR_GPIO_DIRECTION_NONE, 0x0},
        {"VIRTIO_GPIO_DIRECTION_NONE", VIRTIO_GPIO_DIRECTION_NONE, 0x0},
        {"VWR_GPIO_DIRECTION_OUT", VWR_GPIO_DIRECTION_OUT, 0x1},
        {"VIRTIO_GPIO_DIRECTION_OUT", VIRTIO_GPIO_DIRECTION_OUT, 0x1},
        {"VWR_GPIO_DIRECTION_IN", VWR_GPIO_DIRECTION_IN, 0x2},
        {"VIRTIO_GPIO_DIRECTION_IN", VIRTIO_GPIO_DIRECTION_IN, 0x2},
        {"VWR_GPIO_IRQ_TYPE_NONE", VWR_GPIO_IRQ_TYPE_NONE, 0x0},
        {"VIRTIO_GPIO_IRQ_TYPE_NONE", VIRTIO_GPIO_IRQ_TYPE_NONE, 0x0},
        {"VWR_GPIO_IRQ_TYPE_EDGE_RISING", VWR_GPIO_IRQ_TYPE_EDGE_RISING, 0x1},
        {"VIRTIO_GPIO_IRQ_TYPE_EDGE_RISING", VIRTIO_GPIO_IRQ_TYPE_EDGE_RISING, 0x1},
        {"VWR_GPIO_IRQ_TYPE_EDGE_FALLING", VWR_GPIO_IRQ_TYPE_EDGE_FALLING, 0x2},
        {"VIRTIO_GPIO_IRQ_TYPE_EDGE_FALLING", VIRTIO_GPIO_IRQ_TYPE_EDGE_FALLING, 0x2},
        {"VWR_GPIO_IRQ_TYPE_EDGE_BOTH", VWR_GPIO_IRQ_TYPE_EDGE_BOTH, 0x3},
        {"VIRTIO_GPIO_IRQ_TYPE_EDGE_BOTH", VIRTIO_GPIO_IRQ_TYPE_EDGE_BOTH, 0x3},
        {"VWR_GPIO_IRQ_TYPE_LEVEL_HIGH", VWR_GPIO_IRQ_TYPE_LEVEL_HIGH, 0x4},
        {"VIRTIO_GPIO_IRQ_TYPE_LEVEL_HIGH", VIRTIO_GPIO_IRQ_TYPE_LEVEL_HIGH, 0x4},
        {"VWR_GPIO_IRQ_TYPE_LEVEL_LOW", VWR_GPIO_IRQ_TYPE_LEVEL_LOW, 0x8},
        {"VIRTIO_GPIO_IRQ_TYPE_LEVEL_LOW", VIRTIO_GPIO_IRQ_TYPE_LEVEL_LOW, 0x8},
        {"VWR_GPIO_IRQ_STATUS_INVALID", VWR_GPIO_IRQ_STATUS_INVALID, 0x0},
        {"VIRTIO_GPIO_IRQ_STATUS_INVALID", VIRTIO_GPIO_IRQ_STATUS_INVALID, 0x0},
        {"VWR_GPIO_IRQ_STATUS_VALID", VWR_GPIO_IRQ_STATUS_VALID, 0x1},
        {"VIRTIO_GPIO_IRQ_STATUS_VALID", VIRTIO_GPIO_IRQ_STATUS_VALID, 0x1},
        {"VWR_GPIO_MSG_GET_LINE_NAMES", VWR_GPIO_MSG_GET_LINE_NAMES, 0x1},
        {"VIRTIO_GPIO_MSG_GET_LINE_NAMES", VIRTIO_GPIO_MSG_GET_LINE_NAMES, 0x1},
        {"VWR_GPIO_MSG_GET_DIRECTION", VWR_GPIO_MSG_GET_DIRECTION, 0x2},
        {"VIRTIO_GPIO_MSG_GET_DIRECTION", VIRTIO_GPIO_MSG_GET_DIRECTION, 0x2},
        {"VWR_GPIO_MSG_SET_DIRECTION", VWR_GPIO_MSG_SET_DIRECTION, 0x3},
        {"VIRTIO_GPIO_MSG_SET_DIRECTION", VIRTIO_GPIO_MSG_SET_DIRECTION, 0x3},
        {"VWR_GPIO_MSG_GET_VALUE", VWR_GPIO_MSG_GET_VALUE, 0x4},
        {"VIRTIO_GPIO_MSG_GET_VALUE", VIRTIO_GPIO_MSG_GET_VALUE, 0x4},
        {"VWR_GPIO_MSG_SET_VALUE", VWR_GPIO_MSG_SET_VALUE, 0x5},
        {"VIRTIO_GPIO_MSG_SET_VALUE", VIRTIO_GPIO_MSG_SET_VALUE, 0x5},
        {"VWR_GPIO_MSG_SET_IRQ_TYPE", VWR_GPIO_MSG_SET_IRQ_TYPE, 0x6},
        {"VIRTIO_GPIO_MSG_SET_IRQ_TYPE", VIRTIO_GPIO_MSG_SET_IRQ_TYPE, 0x6},
        {"VWR_GPIO_QUEUE_REQUESTQ", VWR_GPIO_QUEUE_REQUESTQ, 0},
        {"VIRTIO_GPIO_QUEUE_REQUESTQ", VIRTIO_GPIO_QUEUE_REQUESTQ, 0},
        {"VWR_GPIO_QUEUE_EVENTQ", VWR_GPIO_QUEUE_EVENTQ, 1},
        {"VIRTIO_GPIO_QUEUE_EVENTQ", VIRTIO_GPIO_QUEUE_EVENTQ, 1},
        {"VWR_GPIO_CONFIG_NGPIO", VWR_GPIO_CONFIG_NGPIO,
         __builtin_offsetof(struct vwr_gpio_config, ngpio)},
        {"VWR_GPIO_CONFIG_GPIO_NAMES_SIZE", VWR_GPIO_CONFIG_GPIO_NAMES_SIZE,
         __builtin_offsetof(struct vwr_gpio_config, gpio_names_size)},
    };

    return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
}

/* The accessors of a configuration whose byte n is n + 1, and that has all its fields. */
static int wire_config(void)
{
    static const _Alignas(8) uint8_t bytes[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_config c;
    int wrong;

    memset(&c, 0, sizeof(c));
    memset(&c.features, 0xff, sizeof(c.features));
    c.base = (void *)(uintptr_t)bytes;
    {
        const struct number numbers[] = {
            {"vwr_gpio_config_get_ngpio(&c)",
             vwr_gpio_config_get_ngpio(&c), 0x0201u},
            {"vwr_gpio_config_get_gpio_names_size(&c)",
             vwr_gpio_config_get_gpio_names_size(&c), 0x08070605u},
        };

        wrong = check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    {
        struct vwr_gpio_config_info info;
        _Alignas(8) struct vwr_gpio_config w;

        vwr_gpio_config_read(&c, &info);
        const struct number numbers[] = {
            {"info.ngpio",
             info.ngpio, 0x0201u},
            {"info.gpio_names_size",
             info.gpio_names_size, 0x08070605u},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
        memset(&w, 0, sizeof(w));
        vwr_gpio_config_write(&w, false, &info);
        c.base = &w;
        const struct number written[] = {
            {"written: info.ngpio",
             vwr_gpio_config_get_ngpio(&c), info.ngpio},
            {"written: info.gpio_names_size",
             vwr_gpio_config_get_gpio_names_size(&c), info.gpio_names_size},
        };

        wrong |= check_numbers(written, sizeof(written) / sizeof(written[0]));
    }
    return wrong;
}

/* The feature words contain exactly the bits that are not legacy-only. */
static int feature_words(void)
{
    static const uint8_t bits[] = {
        VWR_GPIO_F_IRQ,
    };
    uint32_t w[VWR_FEATURE_WORDS] = {0};

    for (size_t i = 0; i < sizeof(bits); i++)
        w[bits[i] / 32] |= (uint32_t)1 << bits[i] % 32;
    {
        const struct number numbers[] = {
            {"VWR_GPIO_FEATURES_W0", VWR_GPIO_FEATURES_W0, w[0]},
            {"VWR_GPIO_FEATURES_W1", VWR_GPIO_FEATURES_W1, w[1]},
            {"VWR_GPIO_FEATURES_W2", VWR_GPIO_FEATURES_W2, w[2]},
            {"VWR_GPIO_FEATURES_W3", VWR_GPIO_FEATURES_W3, w[3]},
        };

        return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
}

int main(void)
{
    int wrong = constants();

    wrong |= wire_config();
    wrong |= feature_words();
    wrong |= wire_vwr_gpio_request() | wire_virtio_gpio_request();
    wrong |= wire_vwr_gpio_response() | wire_virtio_gpio_response();
    wrong |= wire_vwr_gpio_response_n() | wire_virtio_gpio_response_N();
    wrong |= wire_vwr_gpio_irq_request() | wire_virtio_gpio_irq_request();
    wrong |= wire_vwr_gpio_irq_response() | wire_virtio_gpio_irq_response();
    wrong |= wire_vwr_gpio_config() | wire_virtio_gpio_config();
    if (!wrong)
        printf("%s: 6 structs match the specification\n", "spec/device/gpio.yaml");
    return wrong;
}
