/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/9p.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Device Types */

/*
 * A host program. It fills each struct field by field and compares its bytes with the specification's little-endian
 * order, and constants with the values of spec/. It reads and writes the configuration and registers. Exit code 0 or 1.
 */
#include <stdio.h>
#include <string.h>

#include "vwr/gen/9p.h"
#include "virtio_9p.h"

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

static int wire_vwr_9p_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02,
    };
    struct vwr_9p_config s;

    memset(&s, 0, sizeof(s));
    s.tag_len = vwr_cpu_to_le16(0x0201u);
    return check_bytes("struct vwr_9p_config", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_9p_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02,
    };
    struct virtio_9p_config s;

    memset(&s, 0, sizeof(s));
    s.tag_len = vwr_cpu_to_le16(0x0201u);
    return check_bytes("struct virtio_9p_config", &s, sizeof(s), expected, sizeof(expected));
}

static int constants(void)
{
    const struct number numbers[] = {
        {"VWR_9P_ID", VWR_9P_ID, 9},
        {"VWR_9P_F_MOUNT_TAG", VWR_9P_F_MOUNT_TAG, 0},
        {"VIRTIO_9P_F_MOUNT_TAG", VIRTIO_9P_F_MOUNT_TAG, 0},
        {"VIRTIO_9P_MOUNT_TAG", VIRTIO_9P_MOUNT_TAG, 0},
        {"VWR_9P_QUEUE_REQUESTQ", VWR_9P_QUEUE_REQUESTQ, 0},
        {"VIRTIO_9P_QUEUE_REQUESTQ", VIRTIO_9P_QUEUE_REQUESTQ, 0},
        {"VWR_9P_CONFIG_TAG_LEN", VWR_9P_CONFIG_TAG_LEN,
         __builtin_offsetof(struct vwr_9p_config, tag_len)},
        {"VWR_9P_CONFIG_TAG", VWR_9P_CONFIG_TAG,
         __builtin_offsetof(struct vwr_9p_config, tag)},
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
            {"vwr_9p_config_get_tag_len(&c)",
             vwr_9p_config_get_tag_len(&c), 0x0201u},
        };

        wrong = check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    memset(&c.features, 0, sizeof(c.features));
    {
        const struct number absent[] = {
            {"absent: vwr_9p_config_get_tag_len(&c)",
             vwr_9p_config_get_tag_len(&c), 0u},
        };

        wrong |= check_numbers(absent, sizeof(absent) / sizeof(absent[0]));
    }
    memset(&c.features, 0xff, sizeof(c.features));
    {
        struct vwr_9p_config_info info;
        _Alignas(8) struct vwr_9p_config w;

        vwr_9p_config_read(&c, &info);
        const struct number numbers[] = {
            {"info.tag_len",
             info.tag_len, 0x0201u},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
        memset(&w, 0, sizeof(w));
        vwr_9p_config_write(&w, false, &info);
        c.base = &w;
        const struct number written[] = {
            {"written: info.tag_len",
             vwr_9p_config_get_tag_len(&c), info.tag_len},
        };

        wrong |= check_numbers(written, sizeof(written) / sizeof(written[0]));
    }
    return wrong;
}

/* The feature words contain exactly the bits that are not legacy-only. */
static int feature_words(void)
{
    static const uint8_t bits[] = {
        VWR_9P_F_MOUNT_TAG,
    };
    uint32_t w[VWR_FEATURE_WORDS] = {0};

    for (size_t i = 0; i < sizeof(bits); i++)
        w[bits[i] / 32] |= (uint32_t)1 << bits[i] % 32;
    {
        const struct number numbers[] = {
            {"VWR_9P_FEATURES_W0", VWR_9P_FEATURES_W0, w[0]},
            {"VWR_9P_FEATURES_W1", VWR_9P_FEATURES_W1, w[1]},
            {"VWR_9P_FEATURES_W2", VWR_9P_FEATURES_W2, w[2]},
            {"VWR_9P_FEATURES_W3", VWR_9P_FEATURES_W3, w[3]},
        };

        return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
}

int main(void)
{
    int wrong = constants();

    wrong |= wire_config();
    wrong |= feature_words();
    wrong |= wire_vwr_9p_config() | wire_virtio_9p_config();
    if (!wrong)
        printf("%s: 1 structs match the specification\n", "spec/device/9p.yaml");
    return wrong;
}
