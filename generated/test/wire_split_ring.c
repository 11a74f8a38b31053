/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/split-ring.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Basic Facilities of a Virtio Device / Split Virtqueues */

/*
 * A host program. It fills each struct field by field and compares its bytes with the specification's little-endian
 * order, and constants with the values of spec/. It reads and writes the configuration and registers. Exit code 0 or 1.
 */
#include <stdio.h>
#include <string.h>

#include "vwr/gen/split_ring.h"
#include "virtio_split_ring.h"

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

static int wire_vwr_virtq_desc(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_virtq_desc s;

    memset(&s, 0, sizeof(s));
    s.addr = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.len = vwr_cpu_to_le32(0x0c0b0a09u);
    s.flags = vwr_cpu_to_le16(0x0e0du);
    s.next = vwr_cpu_to_le16(0x100fu);
    return check_bytes("struct vwr_virtq_desc", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtq_desc(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtq_desc s;

    memset(&s, 0, sizeof(s));
    s.addr = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.len = vwr_cpu_to_le32(0x0c0b0a09u);
    s.flags = vwr_cpu_to_le16(0x0e0du);
    s.next = vwr_cpu_to_le16(0x100fu);
    return check_bytes("struct virtq_desc", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_virtq_avail(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_virtq_avail s;

    memset(&s, 0, sizeof(s));
    s.flags = vwr_cpu_to_le16(0x0201u);
    s.idx = vwr_cpu_to_le16(0x0403u);
    return check_bytes("struct vwr_virtq_avail", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtq_avail(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtq_avail s;

    memset(&s, 0, sizeof(s));
    s.flags = vwr_cpu_to_le16(0x0201u);
    s.idx = vwr_cpu_to_le16(0x0403u);
    return check_bytes("struct virtq_avail", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_virtq_used_elem(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_virtq_used_elem s;

    memset(&s, 0, sizeof(s));
    s.id = vwr_cpu_to_le32(0x04030201u);
    s.len = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_virtq_used_elem", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtq_used_elem(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtq_used_elem s;

    memset(&s, 0, sizeof(s));
    s.id = vwr_cpu_to_le32(0x04030201u);
    s.len = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtq_used_elem", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_virtq_used(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_virtq_used s;

    memset(&s, 0, sizeof(s));
    s.flags = vwr_cpu_to_le16(0x0201u);
    s.idx = vwr_cpu_to_le16(0x0403u);
    return check_bytes("struct vwr_virtq_used", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtq_used(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtq_used s;

    memset(&s, 0, sizeof(s));
    s.flags = vwr_cpu_to_le16(0x0201u);
    s.idx = vwr_cpu_to_le16(0x0403u);
    return check_bytes("struct virtq_used", &s, sizeof(s), expected, sizeof(expected));
}

static int constants(void)
{
    const struct number numbers[] = {
        {"VWR_VIRTQ_DESC_F_NEXT", VWR_VIRTQ_DESC_F_NEXT, 0x1},
        {"VIRTQ_DESC_F_NEXT", VIRTQ_DESC_F_NEXT, 0x1},
        {"VWR_VIRTQ_DESC_F_WRITE", VWR_VIRTQ_DESC_F_WRITE, 0x2},
        {"VIRTQ_DESC_F_WRITE", VIRTQ_DESC_F_WRITE, 0x2},
        {"VWR_VIRTQ_DESC_F_INDIRECT", VWR_VIRTQ_DESC_F_INDIRECT, 0x4},
        {"VIRTQ_DESC_F_INDIRECT", VIRTQ_DESC_F_INDIRECT, 0x4},
        {"VWR_VIRTQ_AVAIL_F_NO_INTERRUPT", VWR_VIRTQ_AVAIL_F_NO_INTERRUPT, 0x1},
        {"VIRTQ_AVAIL_F_NO_INTERRUPT", VIRTQ_AVAIL_F_NO_INTERRUPT, 0x1},
        {"VWR_VIRTQ_USED_F_NO_NOTIFY", VWR_VIRTQ_USED_F_NO_NOTIFY, 0x1},
        {"VIRTQ_USED_F_NO_NOTIFY", VIRTQ_USED_F_NO_NOTIFY, 0x1},
        {"vwr_split_ring_desc_bytes(1)",
         vwr_split_ring_desc_bytes(1), 16},
        {"vwr_split_ring_avail_bytes(1)",
         vwr_split_ring_avail_bytes(1), 8},
        {"vwr_split_ring_used_bytes(1)",
         vwr_split_ring_used_bytes(1), 14},
        {"VWR_SPLIT_RING_USED_OFFSET(1, VWR_SPLIT_RING_LEGACY_ALIGN)",
         VWR_SPLIT_RING_USED_OFFSET(1, VWR_SPLIT_RING_LEGACY_ALIGN), 4096},
        {"VWR_SPLIT_RING_BYTES(1, VWR_SPLIT_RING_LEGACY_ALIGN)",
         VWR_SPLIT_RING_BYTES(1, VWR_SPLIT_RING_LEGACY_ALIGN), 8192},
        {"vwr_split_ring_desc_bytes(8)",
         vwr_split_ring_desc_bytes(8), 128},
        {"vwr_split_ring_avail_bytes(8)",
         vwr_split_ring_avail_bytes(8), 22},
        {"vwr_split_ring_used_bytes(8)",
         vwr_split_ring_used_bytes(8), 70},
        {"VWR_SPLIT_RING_USED_OFFSET(8, VWR_SPLIT_RING_LEGACY_ALIGN)",
         VWR_SPLIT_RING_USED_OFFSET(8, VWR_SPLIT_RING_LEGACY_ALIGN), 4096},
        {"VWR_SPLIT_RING_BYTES(8, VWR_SPLIT_RING_LEGACY_ALIGN)",
         VWR_SPLIT_RING_BYTES(8, VWR_SPLIT_RING_LEGACY_ALIGN), 8192},
        {"vwr_split_ring_desc_bytes(256)",
         vwr_split_ring_desc_bytes(256), 4096},
        {"vwr_split_ring_avail_bytes(256)",
         vwr_split_ring_avail_bytes(256), 518},
        {"vwr_split_ring_used_bytes(256)",
         vwr_split_ring_used_bytes(256), 2054},
        {"VWR_SPLIT_RING_USED_OFFSET(256, VWR_SPLIT_RING_LEGACY_ALIGN)",
         VWR_SPLIT_RING_USED_OFFSET(256, VWR_SPLIT_RING_LEGACY_ALIGN), 8192},
        {"VWR_SPLIT_RING_BYTES(256, VWR_SPLIT_RING_LEGACY_ALIGN)",
         VWR_SPLIT_RING_BYTES(256, VWR_SPLIT_RING_LEGACY_ALIGN), 12288},
        {"vwr_virtq_avail_used_event_offset(1)",
         vwr_virtq_avail_used_event_offset(1), 6},
        {"vwr_virtq_used_avail_event_offset(1)",
         vwr_virtq_used_avail_event_offset(1), 12},
    };

    return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
}

int main(void)
{
    int wrong = constants();

    wrong |= wire_vwr_virtq_desc() | wire_virtq_desc();
    wrong |= wire_vwr_virtq_avail() | wire_virtq_avail();
    wrong |= wire_vwr_virtq_used_elem() | wire_virtq_used_elem();
    wrong |= wire_vwr_virtq_used() | wire_virtq_used();
    if (!wrong)
        printf("%s: 4 structs match the specification\n", "spec/core/split-ring.yaml");
    return wrong;
}
