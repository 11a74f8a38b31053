/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/packed-ring.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Basic Facilities of a Virtio Device / Packed Virtqueues */

/*
 * A host program. It fills each struct field by field and compares its bytes with the specification's little-endian
 * order, and constants with the values of spec/. It reads and writes the configuration and registers. Exit code 0 or 1.
 */
#include <stdio.h>
#include <string.h>

#include "vwr/gen/packed_ring.h"
#include "virtio_packed_ring.h"

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

static int wire_vwr_pvirtq_desc(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_pvirtq_desc s;

    memset(&s, 0, sizeof(s));
    s.addr = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.len = vwr_cpu_to_le32(0x0c0b0a09u);
    s.id = vwr_cpu_to_le16(0x0e0du);
    s.flags = vwr_cpu_to_le16(0x100fu);
    return check_bytes("struct vwr_pvirtq_desc", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_pvirtq_desc(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct pvirtq_desc s;

    memset(&s, 0, sizeof(s));
    s.addr = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.len = vwr_cpu_to_le32(0x0c0b0a09u);
    s.id = vwr_cpu_to_le16(0x0e0du);
    s.flags = vwr_cpu_to_le16(0x100fu);
    return check_bytes("struct pvirtq_desc", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_pvirtq_event_suppress(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_pvirtq_event_suppress s;

    memset(&s, 0, sizeof(s));
    s.desc = vwr_cpu_to_le16(0x0201u);
    s.flags = vwr_cpu_to_le16(0x0403u);
    return check_bytes("struct vwr_pvirtq_event_suppress", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_pvirtq_event_suppress(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct pvirtq_event_suppress s;

    memset(&s, 0, sizeof(s));
    s.desc = vwr_cpu_to_le16(0x0201u);
    s.flags = vwr_cpu_to_le16(0x0403u);
    return check_bytes("struct pvirtq_event_suppress", &s, sizeof(s), expected, sizeof(expected));
}

static int constants(void)
{
    const struct number numbers[] = {
        {"VWR_VIRTQ_DESC_F_AVAIL", VWR_VIRTQ_DESC_F_AVAIL, 0x80},
        {"VIRTQ_DESC_F_AVAIL", VIRTQ_DESC_F_AVAIL, 0x80},
        {"VWR_VIRTQ_DESC_F_USED", VWR_VIRTQ_DESC_F_USED, 0x8000},
        {"VIRTQ_DESC_F_USED", VIRTQ_DESC_F_USED, 0x8000},
        {"VWR_RING_EVENT_FLAGS_ENABLE", VWR_RING_EVENT_FLAGS_ENABLE, 0},
        {"RING_EVENT_FLAGS_ENABLE", RING_EVENT_FLAGS_ENABLE, 0},
        {"VWR_RING_EVENT_FLAGS_DISABLE", VWR_RING_EVENT_FLAGS_DISABLE, 1},
        {"RING_EVENT_FLAGS_DISABLE", RING_EVENT_FLAGS_DISABLE, 1},
        {"VWR_RING_EVENT_FLAGS_DESC", VWR_RING_EVENT_FLAGS_DESC, 2},
        {"RING_EVENT_FLAGS_DESC", RING_EVENT_FLAGS_DESC, 2},
        {"vwr_packed_ring_desc_bytes(1)",
         vwr_packed_ring_desc_bytes(1), 16},
        {"vwr_packed_ring_driver_event_bytes(1)",
         vwr_packed_ring_driver_event_bytes(1), 4},
        {"vwr_packed_ring_device_event_bytes(1)",
         vwr_packed_ring_device_event_bytes(1), 4},
        {"vwr_packed_ring_desc_bytes(8)",
         vwr_packed_ring_desc_bytes(8), 128},
        {"vwr_packed_ring_driver_event_bytes(8)",
         vwr_packed_ring_driver_event_bytes(8), 4},
        {"vwr_packed_ring_device_event_bytes(8)",
         vwr_packed_ring_device_event_bytes(8), 4},
        {"vwr_packed_ring_desc_bytes(256)",
         vwr_packed_ring_desc_bytes(256), 4096},
        {"vwr_packed_ring_driver_event_bytes(256)",
         vwr_packed_ring_driver_event_bytes(256), 4},
        {"vwr_packed_ring_device_event_bytes(256)",
         vwr_packed_ring_device_event_bytes(256), 4},
    };

    return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
}

int main(void)
{
    int wrong = constants();

    wrong |= wire_vwr_pvirtq_desc() | wire_pvirtq_desc();
    wrong |= wire_vwr_pvirtq_event_suppress() | wire_pvirtq_event_suppress();
    if (!wrong)
        printf("%s: 2 structs match the specification\n", "spec/core/packed-ring.yaml");
    return wrong;
}
