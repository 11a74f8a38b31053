/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/pmem.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; PMEM Device */

/*
 * A host program. It fills each struct field by field and compares its bytes with the specification's little-endian
 * order, and constants with the values of spec/. It reads and writes the configuration and registers. Exit code 0 or 1.
 */
#include <stdio.h>
#include <string.h>

#include "vwr/gen/pmem.h"
#include "virtio_pmem.h"

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

static int wire_vwr_pmem_req(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_pmem_req s;

    memset(&s, 0, sizeof(s));
    s.type = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct vwr_pmem_req", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_pmem_req(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtio_pmem_req s;

    memset(&s, 0, sizeof(s));
    s.type = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct virtio_pmem_req", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_pmem_resp(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_pmem_resp s;

    memset(&s, 0, sizeof(s));
    s.ret = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct vwr_pmem_resp", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_pmem_resp(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtio_pmem_resp s;

    memset(&s, 0, sizeof(s));
    s.ret = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct virtio_pmem_resp", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_pmem_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_pmem_config s;

    memset(&s, 0, sizeof(s));
    s.start = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.size = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    return check_bytes("struct vwr_pmem_config", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_pmem_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_pmem_config s;

    memset(&s, 0, sizeof(s));
    s.start = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.size = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    return check_bytes("struct virtio_pmem_config", &s, sizeof(s), expected, sizeof(expected));
}

static int constants(void)
{
    const struct number numbers[] = {
        {"VWR_PMEM_ID", VWR_PMEM_ID, 27},
        {"VWR_PMEM_F_SHMEM_REGION", VWR_PMEM_F_SHMEM_REGION, 0},
        {"VIRTIO_PMEM_F_SHMEM_REGION", VIRTIO_PMEM_F_SHMEM_REGION, 0},
        {"VWR_PMEM_REQ_TYPE_FLUSH", VWR_PMEM_REQ_TYPE_FLUSH, 0},
        {"VIRTIO_PMEM_REQ_TYPE_FLUSH", VIRTIO_PMEM_REQ_TYPE_FLUSH, 0},
        {"VWR_PMEM_SHM_ID_PERSISTENT_REGION", VWR_PMEM_SHM_ID_PERSISTENT_REGION, 0},
        {"VIRTIO_PMEM_SHM_ID_PERSISTENT_REGION", VIRTIO_PMEM_SHM_ID_PERSISTENT_REGION, 0},
        {"VWR_PMEM_QUEUE_REQ_VQ", VWR_PMEM_QUEUE_REQ_VQ, 0},
        {"VIRTIO_PMEM_QUEUE_REQ_VQ", VIRTIO_PMEM_QUEUE_REQ_VQ, 0},
        {"VWR_PMEM_CONFIG_START", VWR_PMEM_CONFIG_START,
         __builtin_offsetof(struct vwr_pmem_config, start)},
        {"VWR_PMEM_CONFIG_SIZE", VWR_PMEM_CONFIG_SIZE,
         __builtin_offsetof(struct vwr_pmem_config, size)},
    };

    return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
}

/* The feature words contain exactly the bits that are not legacy-only. */
static int feature_words(void)
{
    static const uint8_t bits[] = {
        VWR_PMEM_F_SHMEM_REGION,
    };
    uint32_t w[VWR_FEATURE_WORDS] = {0};

    for (size_t i = 0; i < sizeof(bits); i++)
        w[bits[i] / 32] |= (uint32_t)1 << bits[i] % 32;
    {
        const struct number numbers[] = {
            {"VWR_PMEM_FEATURES_W0", VWR_PMEM_FEATURES_W0, w[0]},
            {"VWR_PMEM_FEATURES_W1", VWR_PMEM_FEATURES_W1, w[1]},
            {"VWR_PMEM_FEATURES_W2", VWR_PMEM_FEATURES_W2, w[2]},
            {"VWR_PMEM_FEATURES_W3", VWR_PMEM_FEATURES_W3, w[3]},
        };

        return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
}

int main(void)
{
    int wrong = constants();

    wrong |= feature_words();
    wrong |= wire_vwr_pmem_req() | wire_virtio_pmem_req();
    wrong |= wire_vwr_pmem_resp() | wire_virtio_pmem_resp();
    wrong |= wire_vwr_pmem_config() | wire_virtio_pmem_config();
    if (!wrong)
        printf("%s: 3 structs match the specification\n", "spec/device/pmem.yaml");
    return wrong;
}
