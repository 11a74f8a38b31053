/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/balloon.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Traditional Memory Balloon Device */

/*
 * A host program. It fills each struct field by field and compares its bytes with the specification's little-endian
 * order, and constants with the values of spec/. It reads and writes the configuration and registers. Exit code 0 or 1.
 */
#include <stdio.h>
#include <string.h>

#include "vwr/gen/balloon.h"
#include "virtio_balloon.h"

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

static int wire_vwr_balloon_stat(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a,
    };
    struct vwr_balloon_stat s;

    memset(&s, 0, sizeof(s));
    s.tag = vwr_cpu_to_le16(0x0201u);
    s.val = vwr_cpu_to_le64(0x0a09080706050403ULL);
    return check_bytes("struct vwr_balloon_stat", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_balloon_stat(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a,
    };
    struct virtio_balloon_stat s;

    memset(&s, 0, sizeof(s));
    s.tag = vwr_cpu_to_le16(0x0201u);
    s.val = vwr_cpu_to_le64(0x0a09080706050403ULL);
    return check_bytes("struct virtio_balloon_stat", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_balloon_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_balloon_config s;

    memset(&s, 0, sizeof(s));
    s.num_pages = vwr_cpu_to_le32(0x04030201u);
    s.actual = vwr_cpu_to_le32(0x08070605u);
    s.free_page_hint_cmd_id = vwr_cpu_to_le32(0x0c0b0a09u);
    s.poison_val = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct vwr_balloon_config", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_balloon_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_balloon_config s;

    memset(&s, 0, sizeof(s));
    s.num_pages = vwr_cpu_to_le32(0x04030201u);
    s.actual = vwr_cpu_to_le32(0x08070605u);
    s.free_page_hint_cmd_id = vwr_cpu_to_le32(0x0c0b0a09u);
    s.poison_val = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct virtio_balloon_config", &s, sizeof(s), expected, sizeof(expected));
}

static int constants(void)
{
    const struct number numbers[] = {
        {"VWR_BALLOON_ID", VWR_BALLOON_ID, 5},
        {"VWR_BALLOON_F_MUST_TELL_HOST", VWR_BALLOON_F_MUST_TELL_HOST, 0},
        {"VIRTIO_BALLOON_F_MUST_TELL_HOST", VIRTIO_BALLOON_F_MUST_TELL_HOST, 0},
        {"VWR_BALLOON_F_STATS_VQ", VWR_BALLOON_F_STATS_VQ, 1},
        {"VIRTIO_BALLOON_F_STATS_VQ", VIRTIO_BALLOON_F_STATS_VQ, 1},
        {"VWR_BALLOON_F_DEFLATE_ON_OOM", VWR_BALLOON_F_DEFLATE_ON_OOM, 2},
        {"VIRTIO_BALLOON_F_DEFLATE_ON_OOM", VIRTIO_BALLOON_F_DEFLATE_ON_OOM, 2},
        {"VWR_BALLOON_F_FREE_PAGE_HINT", VWR_BALLOON_F_FREE_PAGE_HINT, 3},
        {"VIRTIO_BALLOON_F_FREE_PAGE_HINT", VIRTIO_BALLOON_F_FREE_PAGE_HINT, 3},
        {"VWR_BALLOON_F_PAGE_POISON", VWR_BALLOON_F_PAGE_POISON, 4},
        {"VIRTIO_BALLOON_F_PAGE_POISON", VIRTIO_BALLOON_F_PAGE_POISON, 4},
        {"VWR_BALLOON_F_PAGE_REPORTING", VWR_BALLOON_F_PAGE_REPORTING, 5},
        {"VIRTIO_BALLOON_F_PAGE_REPORTING", VIRTIO_BALLOON_F_PAGE_REPORTING, 5},
        {"VWR_BALLOON_S_SWAP_IN", VWR_BALLOON_S_SWAP_IN, 0},
        {"VIRTIO_BALLOON_S_SWAP_IN", VIRTIO_BALLOON_S_SWAP_IN, 0},
        {"VWR_BALLOON_S_SWAP_OUT", VWR_BALLOON_S_SWAP_OUT, 1},
        {"VIRTIO_BALLOON_S_SWAP_OUT", VIRTIO_BALLOON_S_SWAP_OUT, 1},
        {"VWR_BALLOON_S_MAJFLT", VWR_BALLOON_S_MAJFLT, 2},
        {"VIRTIO_BALLOON_S_MAJFLT", VIRTIO_BALLOON_S_MAJFLT, 2},
        {"VWR_BALLOON_S_MINFLT", VWR_BALLOON_S_MINFLT, 3},
        {"VIRTIO_BALLOON_S_MINFLT", VIRTIO_BALLOON_S_MINFLT, 3},
        {"VWR_BALLOON_S_MEMFREE", VWR_BALLOON_S_MEMFREE, 4},
        {"VIRTIO_BALLOON_S_MEMFREE", VIRTIO_BALLOON_S_MEMFREE, 4},
        {"VWR_BALLOON_S_MEMTOT", VWR_BALLOON_S_MEMTOT, 5},
        {"VIRTIO_BALLOON_S_MEMTOT", VIRTIO_BALLOON_S_MEMTOT, 5},
        {"VWR_BALLOON_S_AVAIL", VWR_BALLOON_S_AVAIL, 6},
        {"VIRTIO_BALLOON_S_AVAIL", VIRTIO_BALLOON_S_AVAIL, 6},
        {"VWR_BALLOON_S_CACHES", VWR_BALLOON_S_CACHES, 7},
        {"VIRTIO_BALLOON_S_CACHES", VIRTIO_BALLOON_S_CACHES, 7},
        {"VWR_BALLOON_S_HTLB_PGALLOC", VWR_BALLOON_S_HTLB_PGALLOC, 8},
        {"VIRTIO_BALLOON_S_HTLB_PGALLOC", VIRTIO_BALLOON_S_HTLB_PGALLOC, 8},
        {"VWR_BALLOON_S_HTLB_PGFAIL", VWR_BALLOON_S_HTLB_PGFAIL, 9},
        {"VIRTIO_BALLOON_S_HTLB_PGFAIL", VIRTIO_BALLOON_S_HTLB_PGFAIL, 9},
        {"VWR_BALLOON_CMD_ID_STOP", VWR_BALLOON_CMD_ID_STOP, 0},
        {"VIRTIO_BALLOON_CMD_ID_STOP", VIRTIO_BALLOON_CMD_ID_STOP, 0},
        {"VWR_BALLOON_CMD_ID_DONE", VWR_BALLOON_CMD_ID_DONE, 1},
        {"VIRTIO_BALLOON_CMD_ID_DONE", VIRTIO_BALLOON_CMD_ID_DONE, 1},
        {"VWR_BALLOON_QUEUE_INFLATEQ", VWR_BALLOON_QUEUE_INFLATEQ, 0},
        {"VIRTIO_BALLOON_QUEUE_INFLATEQ", VIRTIO_BALLOON_QUEUE_INFLATEQ, 0},
        {"VWR_BALLOON_QUEUE_DEFLATEQ", VWR_BALLOON_QUEUE_DEFLATEQ, 1},
        {"VIRTIO_BALLOON_QUEUE_DEFLATEQ", VIRTIO_BALLOON_QUEUE_DEFLATEQ, 1},
        {"VWR_BALLOON_QUEUE_STATSQ", VWR_BALLOON_QUEUE_STATSQ, 2},
        {"VIRTIO_BALLOON_QUEUE_STATSQ", VIRTIO_BALLOON_QUEUE_STATSQ, 2},
        {"VWR_BALLOON_PFN_SHIFT", VWR_BALLOON_PFN_SHIFT, 12u},
        {"VIRTIO_BALLOON_PFN_SHIFT", VIRTIO_BALLOON_PFN_SHIFT, 12u},
        {"VWR_BALLOON_CONFIG_NUM_PAGES", VWR_BALLOON_CONFIG_NUM_PAGES,
         __builtin_offsetof(struct vwr_balloon_config, num_pages)},
        {"VWR_BALLOON_CONFIG_ACTUAL", VWR_BALLOON_CONFIG_ACTUAL,
         __builtin_offsetof(struct vwr_balloon_config, actual)},
        {"VWR_BALLOON_CONFIG_FREE_PAGE_HINT_CMD_ID", VWR_BALLOON_CONFIG_FREE_PAGE_HINT_CMD_ID,
         __builtin_offsetof(struct vwr_balloon_config, free_page_hint_cmd_id)},
        {"VWR_BALLOON_CONFIG_POISON_VAL", VWR_BALLOON_CONFIG_POISON_VAL,
         __builtin_offsetof(struct vwr_balloon_config, poison_val)},
    };

    return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
}

/* The accessors of a configuration whose byte n is n + 1, and that has all its fields. */
static int wire_config(void)
{
    static const _Alignas(8) uint8_t bytes[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_config c;
    int wrong;

    memset(&c, 0, sizeof(c));
    memset(&c.features, 0xff, sizeof(c.features));
    c.base = (void *)(uintptr_t)bytes;
    {
        const struct number numbers[] = {
            {"vwr_balloon_config_get_num_pages(&c)",
             vwr_balloon_config_get_num_pages(&c), 0x04030201u},
            {"vwr_balloon_config_get_actual(&c)",
             vwr_balloon_config_get_actual(&c), 0x08070605u},
            {"vwr_balloon_config_get_free_page_hint_cmd_id(&c)",
             vwr_balloon_config_get_free_page_hint_cmd_id(&c), 0x0c0b0a09u},
            {"vwr_balloon_config_get_poison_val(&c)",
             vwr_balloon_config_get_poison_val(&c), 0x100f0e0du},
        };

        wrong = check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    memset(&c.features, 0, sizeof(c.features));
    {
        const struct number absent[] = {
            {"absent: vwr_balloon_config_get_free_page_hint_cmd_id(&c)",
             vwr_balloon_config_get_free_page_hint_cmd_id(&c), 0u},
            {"absent: vwr_balloon_config_get_poison_val(&c)",
             vwr_balloon_config_get_poison_val(&c), 0u},
        };

        wrong |= check_numbers(absent, sizeof(absent) / sizeof(absent[0]));
    }
    memset(&c.features, 0xff, sizeof(c.features));
    {
        struct vwr_balloon_config_info info;
        _Alignas(8) struct vwr_balloon_config w;

        vwr_balloon_config_read(&c, &info);
        const struct number numbers[] = {
            {"info.num_pages",
             info.num_pages, 0x04030201u},
            {"info.free_page_hint_cmd_id",
             info.free_page_hint_cmd_id, 0x0c0b0a09u},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
        memset(&w, 0, sizeof(w));
        vwr_balloon_config_write(&w, false, &info);
        c.base = &w;
        const struct number written[] = {
            {"written: info.num_pages",
             vwr_balloon_config_get_num_pages(&c), info.num_pages},
            {"written: info.free_page_hint_cmd_id",
             vwr_balloon_config_get_free_page_hint_cmd_id(&c), info.free_page_hint_cmd_id},
        };

        wrong |= check_numbers(written, sizeof(written) / sizeof(written[0]));
    }
    return wrong;
}

/* The feature words contain exactly the bits that are not legacy-only. */
static int feature_words(void)
{
    static const uint8_t bits[] = {
        VWR_BALLOON_F_MUST_TELL_HOST,
        VWR_BALLOON_F_STATS_VQ,
        VWR_BALLOON_F_DEFLATE_ON_OOM,
        VWR_BALLOON_F_FREE_PAGE_HINT,
        VWR_BALLOON_F_PAGE_POISON,
        VWR_BALLOON_F_PAGE_REPORTING,
    };
    uint32_t w[VWR_FEATURE_WORDS] = {0};

    for (size_t i = 0; i < sizeof(bits); i++)
        w[bits[i] / 32] |= (uint32_t)1 << bits[i] % 32;
    {
        const struct number numbers[] = {
            {"VWR_BALLOON_FEATURES_W0", VWR_BALLOON_FEATURES_W0, w[0]},
            {"VWR_BALLOON_FEATURES_W1", VWR_BALLOON_FEATURES_W1, w[1]},
            {"VWR_BALLOON_FEATURES_W2", VWR_BALLOON_FEATURES_W2, w[2]},
            {"VWR_BALLOON_FEATURES_W3", VWR_BALLOON_FEATURES_W3, w[3]},
        };

        return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
}

int main(void)
{
    int wrong = constants();

    wrong |= wire_config();
    wrong |= feature_words();
    wrong |= wire_vwr_balloon_stat() | wire_virtio_balloon_stat();
    wrong |= wire_vwr_balloon_config() | wire_virtio_balloon_config();
    if (!wrong)
        printf("%s: 2 structs match the specification\n", "spec/device/balloon.yaml");
    return wrong;
}
