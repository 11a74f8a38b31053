/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/rtc.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; RTC Device */

/*
 * A host program. It fills each struct field by field and compares its bytes with the specification's little-endian
 * order, and constants with the values of spec/. It reads and writes the configuration and registers. Exit code 0 or 1.
 */
#include <stdio.h>
#include <string.h>

#include "vwr/gen/rtc.h"
#include "virtio_rtc.h"

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

static int wire_vwr_rtc_req_head(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_rtc_req_head s;

    memset(&s, 0, sizeof(s));
    s.msg_type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.reserved[i] = (uint8_t)(0x03u + i);
    return check_bytes("struct vwr_rtc_req_head", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_rtc_req_head(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_rtc_req_head s;

    memset(&s, 0, sizeof(s));
    s.msg_type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.reserved[i] = (uint8_t)(0x03u + i);
    return check_bytes("struct virtio_rtc_req_head", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_rtc_resp_head(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_rtc_resp_head s;

    memset(&s, 0, sizeof(s));
    s.status = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.reserved[i] = (uint8_t)(0x02u + i);
    return check_bytes("struct vwr_rtc_resp_head", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_rtc_resp_head(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_rtc_resp_head s;

    memset(&s, 0, sizeof(s));
    s.status = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.reserved[i] = (uint8_t)(0x02u + i);
    return check_bytes("struct virtio_rtc_resp_head", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_rtc_req_cfg(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_rtc_req_cfg s;

    memset(&s, 0, sizeof(s));
    s.head.msg_type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.head.reserved[i] = (uint8_t)(0x03u + i);
    return check_bytes("struct vwr_rtc_req_cfg", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_rtc_req_cfg(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_rtc_req_cfg s;

    memset(&s, 0, sizeof(s));
    s.head.msg_type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.head.reserved[i] = (uint8_t)(0x03u + i);
    return check_bytes("struct virtio_rtc_req_cfg", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_rtc_resp_cfg(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_rtc_resp_cfg s;

    memset(&s, 0, sizeof(s));
    s.head.status = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.head.reserved[i] = (uint8_t)(0x02u + i);
    s.num_clocks = vwr_cpu_to_le16(0x0a09u);
    for (unsigned i = 0; i < 6; i++)
        s.reserved[i] = (uint8_t)(0x0bu + i);
    return check_bytes("struct vwr_rtc_resp_cfg", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_rtc_resp_cfg(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_rtc_resp_cfg s;

    memset(&s, 0, sizeof(s));
    s.head.status = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.head.reserved[i] = (uint8_t)(0x02u + i);
    s.num_clocks = vwr_cpu_to_le16(0x0a09u);
    for (unsigned i = 0; i < 6; i++)
        s.reserved[i] = (uint8_t)(0x0bu + i);
    return check_bytes("struct virtio_rtc_resp_cfg", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_rtc_req_clock_cap(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_rtc_req_clock_cap s;

    memset(&s, 0, sizeof(s));
    s.head.msg_type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.head.reserved[i] = (uint8_t)(0x03u + i);
    s.clock_id = vwr_cpu_to_le16(0x0a09u);
    for (unsigned i = 0; i < 6; i++)
        s.reserved[i] = (uint8_t)(0x0bu + i);
    return check_bytes("struct vwr_rtc_req_clock_cap", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_rtc_req_clock_cap(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_rtc_req_clock_cap s;

    memset(&s, 0, sizeof(s));
    s.head.msg_type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.head.reserved[i] = (uint8_t)(0x03u + i);
    s.clock_id = vwr_cpu_to_le16(0x0a09u);
    for (unsigned i = 0; i < 6; i++)
        s.reserved[i] = (uint8_t)(0x0bu + i);
    return check_bytes("struct virtio_rtc_req_clock_cap", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_rtc_resp_clock_cap(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_rtc_resp_clock_cap s;

    memset(&s, 0, sizeof(s));
    s.head.status = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.head.reserved[i] = (uint8_t)(0x02u + i);
    s.type = 0x09u;
    s.leap_second_smearing = 0x0au;
    s.flags = 0x0bu;
    for (unsigned i = 0; i < 5; i++)
        s.reserved[i] = (uint8_t)(0x0cu + i);
    return check_bytes("struct vwr_rtc_resp_clock_cap", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_rtc_resp_clock_cap(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_rtc_resp_clock_cap s;

    memset(&s, 0, sizeof(s));
    s.head.status = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.head.reserved[i] = (uint8_t)(0x02u + i);
    s.type = 0x09u;
    s.leap_second_smearing = 0x0au;
    s.flags = 0x0bu;
    for (unsigned i = 0; i < 5; i++)
        s.reserved[i] = (uint8_t)(0x0cu + i);
    return check_bytes("struct virtio_rtc_resp_clock_cap", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_rtc_req_cross_cap(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_rtc_req_cross_cap s;

    memset(&s, 0, sizeof(s));
    s.head.msg_type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.head.reserved[i] = (uint8_t)(0x03u + i);
    s.clock_id = vwr_cpu_to_le16(0x0a09u);
    s.hw_counter = 0x0bu;
    for (unsigned i = 0; i < 5; i++)
        s.reserved[i] = (uint8_t)(0x0cu + i);
    return check_bytes("struct vwr_rtc_req_cross_cap", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_rtc_req_cross_cap(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_rtc_req_cross_cap s;

    memset(&s, 0, sizeof(s));
    s.head.msg_type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.head.reserved[i] = (uint8_t)(0x03u + i);
    s.clock_id = vwr_cpu_to_le16(0x0a09u);
    s.hw_counter = 0x0bu;
    for (unsigned i = 0; i < 5; i++)
        s.reserved[i] = (uint8_t)(0x0cu + i);
    return check_bytes("struct virtio_rtc_req_cross_cap", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_rtc_resp_cross_cap(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_rtc_resp_cross_cap s;

    memset(&s, 0, sizeof(s));
    s.head.status = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.head.reserved[i] = (uint8_t)(0x02u + i);
    s.flags = 0x09u;
    for (unsigned i = 0; i < 7; i++)
        s.reserved[i] = (uint8_t)(0x0au + i);
    return check_bytes("struct vwr_rtc_resp_cross_cap", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_rtc_resp_cross_cap(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_rtc_resp_cross_cap s;

    memset(&s, 0, sizeof(s));
    s.head.status = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.head.reserved[i] = (uint8_t)(0x02u + i);
    s.flags = 0x09u;
    for (unsigned i = 0; i < 7; i++)
        s.reserved[i] = (uint8_t)(0x0au + i);
    return check_bytes("struct virtio_rtc_resp_cross_cap", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_rtc_req_read(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_rtc_req_read s;

    memset(&s, 0, sizeof(s));
    s.head.msg_type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.head.reserved[i] = (uint8_t)(0x03u + i);
    s.clock_id = vwr_cpu_to_le16(0x0a09u);
    for (unsigned i = 0; i < 6; i++)
        s.reserved[i] = (uint8_t)(0x0bu + i);
    return check_bytes("struct vwr_rtc_req_read", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_rtc_req_read(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_rtc_req_read s;

    memset(&s, 0, sizeof(s));
    s.head.msg_type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.head.reserved[i] = (uint8_t)(0x03u + i);
    s.clock_id = vwr_cpu_to_le16(0x0a09u);
    for (unsigned i = 0; i < 6; i++)
        s.reserved[i] = (uint8_t)(0x0bu + i);
    return check_bytes("struct virtio_rtc_req_read", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_rtc_resp_read(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_rtc_resp_read s;

    memset(&s, 0, sizeof(s));
    s.head.status = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.head.reserved[i] = (uint8_t)(0x02u + i);
    s.clock_reading = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    return check_bytes("struct vwr_rtc_resp_read", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_rtc_resp_read(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_rtc_resp_read s;

    memset(&s, 0, sizeof(s));
    s.head.status = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.head.reserved[i] = (uint8_t)(0x02u + i);
    s.clock_reading = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    return check_bytes("struct virtio_rtc_resp_read", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_rtc_req_read_cross(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_rtc_req_read_cross s;

    memset(&s, 0, sizeof(s));
    s.head.msg_type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.head.reserved[i] = (uint8_t)(0x03u + i);
    s.clock_id = vwr_cpu_to_le16(0x0a09u);
    s.hw_counter = 0x0bu;
    for (unsigned i = 0; i < 5; i++)
        s.reserved[i] = (uint8_t)(0x0cu + i);
    return check_bytes("struct vwr_rtc_req_read_cross", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_rtc_req_read_cross(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_rtc_req_read_cross s;

    memset(&s, 0, sizeof(s));
    s.head.msg_type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.head.reserved[i] = (uint8_t)(0x03u + i);
    s.clock_id = vwr_cpu_to_le16(0x0a09u);
    s.hw_counter = 0x0bu;
    for (unsigned i = 0; i < 5; i++)
        s.reserved[i] = (uint8_t)(0x0cu + i);
    return check_bytes("struct virtio_rtc_req_read_cross", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_rtc_resp_read_cross(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_rtc_resp_read_cross s;

    memset(&s, 0, sizeof(s));
    s.head.status = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.head.reserved[i] = (uint8_t)(0x02u + i);
    s.clock_reading = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.counter_cycles = vwr_cpu_to_le64(0x1817161514131211ULL);
    return check_bytes("struct vwr_rtc_resp_read_cross", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_rtc_resp_read_cross(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_rtc_resp_read_cross s;

    memset(&s, 0, sizeof(s));
    s.head.status = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.head.reserved[i] = (uint8_t)(0x02u + i);
    s.clock_reading = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.counter_cycles = vwr_cpu_to_le64(0x1817161514131211ULL);
    return check_bytes("struct virtio_rtc_resp_read_cross", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_rtc_req_read_alarm(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_rtc_req_read_alarm s;

    memset(&s, 0, sizeof(s));
    s.head.msg_type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.head.reserved[i] = (uint8_t)(0x03u + i);
    s.clock_id = vwr_cpu_to_le16(0x0a09u);
    for (unsigned i = 0; i < 6; i++)
        s.reserved[i] = (uint8_t)(0x0bu + i);
    return check_bytes("struct vwr_rtc_req_read_alarm", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_rtc_req_read_alarm(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_rtc_req_read_alarm s;

    memset(&s, 0, sizeof(s));
    s.head.msg_type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.head.reserved[i] = (uint8_t)(0x03u + i);
    s.clock_id = vwr_cpu_to_le16(0x0a09u);
    for (unsigned i = 0; i < 6; i++)
        s.reserved[i] = (uint8_t)(0x0bu + i);
    return check_bytes("struct virtio_rtc_req_read_alarm", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_rtc_resp_read_alarm(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_rtc_resp_read_alarm s;

    memset(&s, 0, sizeof(s));
    s.head.status = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.head.reserved[i] = (uint8_t)(0x02u + i);
    s.alarm_time = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.flags = 0x11u;
    for (unsigned i = 0; i < 7; i++)
        s.reserved[i] = (uint8_t)(0x12u + i);
    return check_bytes("struct vwr_rtc_resp_read_alarm", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_rtc_resp_read_alarm(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_rtc_resp_read_alarm s;

    memset(&s, 0, sizeof(s));
    s.head.status = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.head.reserved[i] = (uint8_t)(0x02u + i);
    s.alarm_time = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.flags = 0x11u;
    for (unsigned i = 0; i < 7; i++)
        s.reserved[i] = (uint8_t)(0x12u + i);
    return check_bytes("struct virtio_rtc_resp_read_alarm", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_rtc_req_set_alarm(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_rtc_req_set_alarm s;

    memset(&s, 0, sizeof(s));
    s.head.msg_type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.head.reserved[i] = (uint8_t)(0x03u + i);
    s.alarm_time = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.clock_id = vwr_cpu_to_le16(0x1211u);
    s.flags = 0x13u;
    for (unsigned i = 0; i < 5; i++)
        s.reserved[i] = (uint8_t)(0x14u + i);
    return check_bytes("struct vwr_rtc_req_set_alarm", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_rtc_req_set_alarm(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_rtc_req_set_alarm s;

    memset(&s, 0, sizeof(s));
    s.head.msg_type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.head.reserved[i] = (uint8_t)(0x03u + i);
    s.alarm_time = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.clock_id = vwr_cpu_to_le16(0x1211u);
    s.flags = 0x13u;
    for (unsigned i = 0; i < 5; i++)
        s.reserved[i] = (uint8_t)(0x14u + i);
    return check_bytes("struct virtio_rtc_req_set_alarm", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_rtc_resp_set_alarm(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_rtc_resp_set_alarm s;

    memset(&s, 0, sizeof(s));
    s.head.status = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.head.reserved[i] = (uint8_t)(0x02u + i);
    return check_bytes("struct vwr_rtc_resp_set_alarm", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_rtc_resp_set_alarm(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_rtc_resp_set_alarm s;

    memset(&s, 0, sizeof(s));
    s.head.status = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.head.reserved[i] = (uint8_t)(0x02u + i);
    return check_bytes("struct virtio_rtc_resp_set_alarm", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_rtc_req_set_alarm_enabled(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_rtc_req_set_alarm_enabled s;

    memset(&s, 0, sizeof(s));
    s.head.msg_type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.head.reserved[i] = (uint8_t)(0x03u + i);
    s.clock_id = vwr_cpu_to_le16(0x0a09u);
    s.flags = 0x0bu;
    for (unsigned i = 0; i < 5; i++)
        s.reserved[i] = (uint8_t)(0x0cu + i);
    return check_bytes("struct vwr_rtc_req_set_alarm_enabled", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_rtc_req_set_alarm_enabled(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_rtc_req_set_alarm_enabled s;

    memset(&s, 0, sizeof(s));
    s.head.msg_type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.head.reserved[i] = (uint8_t)(0x03u + i);
    s.clock_id = vwr_cpu_to_le16(0x0a09u);
    s.flags = 0x0bu;
    for (unsigned i = 0; i < 5; i++)
        s.reserved[i] = (uint8_t)(0x0cu + i);
    return check_bytes("struct virtio_rtc_req_set_alarm_enabled", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_rtc_resp_set_alarm_enabled(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_rtc_resp_set_alarm_enabled s;

    memset(&s, 0, sizeof(s));
    s.head.status = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.head.reserved[i] = (uint8_t)(0x02u + i);
    return check_bytes("struct vwr_rtc_resp_set_alarm_enabled", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_rtc_resp_set_alarm_enabled(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_rtc_resp_set_alarm_enabled s;

    memset(&s, 0, sizeof(s));
    s.head.status = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.head.reserved[i] = (uint8_t)(0x02u + i);
    return check_bytes("struct virtio_rtc_resp_set_alarm_enabled", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_rtc_notif_head(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_rtc_notif_head s;

    memset(&s, 0, sizeof(s));
    s.msg_type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.reserved[i] = (uint8_t)(0x03u + i);
    return check_bytes("struct vwr_rtc_notif_head", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_rtc_notif_head(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_rtc_notif_head s;

    memset(&s, 0, sizeof(s));
    s.msg_type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.reserved[i] = (uint8_t)(0x03u + i);
    return check_bytes("struct virtio_rtc_notif_head", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_rtc_notif_alarm(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_rtc_notif_alarm s;

    memset(&s, 0, sizeof(s));
    s.head.msg_type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.head.reserved[i] = (uint8_t)(0x03u + i);
    s.clock_id = vwr_cpu_to_le16(0x0a09u);
    for (unsigned i = 0; i < 6; i++)
        s.reserved[i] = (uint8_t)(0x0bu + i);
    return check_bytes("struct vwr_rtc_notif_alarm", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_rtc_notif_alarm(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_rtc_notif_alarm s;

    memset(&s, 0, sizeof(s));
    s.head.msg_type = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.head.reserved[i] = (uint8_t)(0x03u + i);
    s.clock_id = vwr_cpu_to_le16(0x0a09u);
    for (unsigned i = 0; i < 6; i++)
        s.reserved[i] = (uint8_t)(0x0bu + i);
    return check_bytes("struct virtio_rtc_notif_alarm", &s, sizeof(s), expected, sizeof(expected));
}

static int constants(void)
{
    const struct number numbers[] = {
        {"VWR_RTC_ID", VWR_RTC_ID, 17},
        {"VWR_RTC_F_ALARM", VWR_RTC_F_ALARM, 0},
        {"VIRTIO_RTC_F_ALARM", VIRTIO_RTC_F_ALARM, 0},
        {"VWR_RTC_S_OK", VWR_RTC_S_OK, 0},
        {"VIRTIO_RTC_S_OK", VIRTIO_RTC_S_OK, 0},
        {"VWR_RTC_S_EOPNOTSUPP", VWR_RTC_S_EOPNOTSUPP, 2},
        {"VIRTIO_RTC_S_EOPNOTSUPP", VIRTIO_RTC_S_EOPNOTSUPP, 2},
        {"VWR_RTC_S_ENODEV", VWR_RTC_S_ENODEV, 3},
        {"VIRTIO_RTC_S_ENODEV", VIRTIO_RTC_S_ENODEV, 3},
        {"VWR_RTC_S_EINVAL", VWR_RTC_S_EINVAL, 4},
        {"VIRTIO_RTC_S_EINVAL", VIRTIO_RTC_S_EINVAL, 4},
        {"VWR_RTC_S_EIO", VWR_RTC_S_EIO, 5},
        {"VIRTIO_RTC_S_EIO", VIRTIO_RTC_S_EIO, 5},
        {"VWR_RTC_CLOCK_UTC", VWR_RTC_CLOCK_UTC, 0},
        {"VIRTIO_RTC_CLOCK_UTC", VIRTIO_RTC_CLOCK_UTC, 0},
        {"VWR_RTC_CLOCK_TAI", VWR_RTC_CLOCK_TAI, 1},
        {"VIRTIO_RTC_CLOCK_TAI", VIRTIO_RTC_CLOCK_TAI, 1},
        {"VWR_RTC_CLOCK_MONOTONIC", VWR_RTC_CLOCK_MONOTONIC, 2},
        {"VIRTIO_RTC_CLOCK_MONOTONIC", VIRTIO_RTC_CLOCK_MONOTONIC, 2},
        {"VWR_RTC_CLOCK_UTC_SMEARED", VWR_RTC_CLOCK_UTC_SMEARED, 3},
        {"VIRTIO_RTC_CLOCK_UTC_SMEARED", VIRTIO_RTC_CLOCK_UTC_SMEARED, 3},
        {"VWR_RTC_CLOCK_UTC_MAYBE_SMEARED", VWR_RTC_CLOCK_UTC_MAYBE_SMEARED, 4},
        {"VIRTIO_RTC_CLOCK_UTC_MAYBE_SMEARED", VIRTIO_RTC_CLOCK_UTC_MAYBE_SMEARED, 4},
        {"VWR_RTC_SMEAR_UNSPECIFIED", VWR_RTC_SMEAR_UNSPECIFIED, 0},
        {"VIRTIO_RTC_SMEAR_UNSPECIFIED", VIRTIO_RTC_SMEAR_UNSPECIFIED, 0},
        {"VWR_RTC_SMEAR_NOON_LINEAR", VWR_RTC_SMEAR_NOON_LINEAR, 1},
        {"VIRTIO_RTC_SMEAR_NOON_LINEAR", VIRTIO_RTC_SMEAR_NOON_LINEAR, 1},
        {"VWR_RTC_SMEAR_UTC_SLS", VWR_RTC_SMEAR_UTC_SLS, 2},
        {"VIRTIO_RTC_SMEAR_UTC_SLS", VIRTIO_RTC_SMEAR_UTC_SLS, 2},
        {"VWR_RTC_COUNTER_ARM_VCT", VWR_RTC_COUNTER_ARM_VCT, 0},
        {"VIRTIO_RTC_COUNTER_ARM_VCT", VIRTIO_RTC_COUNTER_ARM_VCT, 0},
        {"VWR_RTC_COUNTER_X86_TSC", VWR_RTC_COUNTER_X86_TSC, 1},
        {"VIRTIO_RTC_COUNTER_X86_TSC", VIRTIO_RTC_COUNTER_X86_TSC, 1},
        {"VWR_RTC_COUNTER_INVALID", VWR_RTC_COUNTER_INVALID, 0xff},
        {"VIRTIO_RTC_COUNTER_INVALID", VIRTIO_RTC_COUNTER_INVALID, 0xff},
        {"VWR_RTC_FLAG_ALARM_CAP", VWR_RTC_FLAG_ALARM_CAP, 0x1},
        {"VIRTIO_RTC_FLAG_ALARM_CAP", VIRTIO_RTC_FLAG_ALARM_CAP, 0x1},
        {"VWR_RTC_FLAG_CROSS_CAP", VWR_RTC_FLAG_CROSS_CAP, 0x1},
        {"VIRTIO_RTC_FLAG_CROSS_CAP", VIRTIO_RTC_FLAG_CROSS_CAP, 0x1},
        {"VWR_RTC_FLAG_ALARM_ENABLED", VWR_RTC_FLAG_ALARM_ENABLED, 0x1},
        {"VIRTIO_RTC_FLAG_ALARM_ENABLED", VIRTIO_RTC_FLAG_ALARM_ENABLED, 0x1},
        {"VWR_RTC_REQ_CFG", VWR_RTC_REQ_CFG, 0x1000},
        {"VIRTIO_RTC_REQ_CFG", VIRTIO_RTC_REQ_CFG, 0x1000},
        {"VWR_RTC_REQ_CLOCK_CAP", VWR_RTC_REQ_CLOCK_CAP, 0x1001},
        {"VIRTIO_RTC_REQ_CLOCK_CAP", VIRTIO_RTC_REQ_CLOCK_CAP, 0x1001},
        {"VWR_RTC_REQ_CROSS_CAP", VWR_RTC_REQ_CROSS_CAP, 0x1002},
        {"VIRTIO_RTC_REQ_CROSS_CAP", VIRTIO_RTC_REQ_CROSS_CAP, 0x1002},
        {"VWR_RTC_REQ_READ", VWR_RTC_REQ_READ, 0x1},
        {"VIRTIO_RTC_REQ_READ", VIRTIO_RTC_REQ_READ, 0x1},
        {"VWR_RTC_REQ_READ_CROSS", VWR_RTC_REQ_READ_CROSS, 0x2},
        {"VIRTIO_RTC_REQ_READ_CROSS", VIRTIO_RTC_REQ_READ_CROSS, 0x2},
        {"VWR_RTC_REQ_READ_ALARM", VWR_RTC_REQ_READ_ALARM, 0x1003},
        {"VIRTIO_RTC_REQ_READ_ALARM", VIRTIO_RTC_REQ_READ_ALARM, 0x1003},
        {"VWR_RTC_REQ_SET_ALARM", VWR_RTC_REQ_SET_ALARM, 0x1004},
        {"VIRTIO_RTC_REQ_SET_ALARM", VIRTIO_RTC_REQ_SET_ALARM, 0x1004},
        {"VWR_RTC_REQ_SET_ALARM_ENABLED", VWR_RTC_REQ_SET_ALARM_ENABLED, 0x1005},
        {"VIRTIO_RTC_REQ_SET_ALARM_ENABLED", VIRTIO_RTC_REQ_SET_ALARM_ENABLED, 0x1005},
        {"VWR_RTC_NOTIF_ALARM", VWR_RTC_NOTIF_ALARM, 0x2000},
        {"VIRTIO_RTC_NOTIF_ALARM", VIRTIO_RTC_NOTIF_ALARM, 0x2000},
        {"VWR_RTC_QUEUE_REQUESTQ", VWR_RTC_QUEUE_REQUESTQ, 0},
        {"VIRTIO_RTC_QUEUE_REQUESTQ", VIRTIO_RTC_QUEUE_REQUESTQ, 0},
        {"VWR_RTC_QUEUE_ALARMQ", VWR_RTC_QUEUE_ALARMQ, 1},
        {"VIRTIO_RTC_QUEUE_ALARMQ", VIRTIO_RTC_QUEUE_ALARMQ, 1},
        {"VWR_RTC_EXPERIMENTAL", VWR_RTC_EXPERIMENTAL, 0xf0u},
        {"VIRTIO_RTC_EXPERIMENTAL", VIRTIO_RTC_EXPERIMENTAL, 0xf0u},
    };

    return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
}

/* The feature words contain exactly the bits that are not legacy-only. */
static int feature_words(void)
{
    static const uint8_t bits[] = {
        VWR_RTC_F_ALARM,
    };
    uint32_t w[VWR_FEATURE_WORDS] = {0};

    for (size_t i = 0; i < sizeof(bits); i++)
        w[bits[i] / 32] |= (uint32_t)1 << bits[i] % 32;
    {
        const struct number numbers[] = {
            {"VWR_RTC_FEATURES_W0", VWR_RTC_FEATURES_W0, w[0]},
            {"VWR_RTC_FEATURES_W1", VWR_RTC_FEATURES_W1, w[1]},
            {"VWR_RTC_FEATURES_W2", VWR_RTC_FEATURES_W2, w[2]},
            {"VWR_RTC_FEATURES_W3", VWR_RTC_FEATURES_W3, w[3]},
        };

        return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
}

int main(void)
{
    int wrong = constants();

    wrong |= feature_words();
    wrong |= wire_vwr_rtc_req_head() | wire_virtio_rtc_req_head();
    wrong |= wire_vwr_rtc_resp_head() | wire_virtio_rtc_resp_head();
    wrong |= wire_vwr_rtc_req_cfg() | wire_virtio_rtc_req_cfg();
    wrong |= wire_vwr_rtc_resp_cfg() | wire_virtio_rtc_resp_cfg();
    wrong |= wire_vwr_rtc_req_clock_cap() | wire_virtio_rtc_req_clock_cap();
    wrong |= wire_vwr_rtc_resp_clock_cap() | wire_virtio_rtc_resp_clock_cap();
    wrong |= wire_vwr_rtc_req_cross_cap() | wire_virtio_rtc_req_cross_cap();
    wrong |= wire_vwr_rtc_resp_cross_cap() | wire_virtio_rtc_resp_cross_cap();
    wrong |= wire_vwr_rtc_req_read() | wire_virtio_rtc_req_read();
    wrong |= wire_vwr_rtc_resp_read() | wire_virtio_rtc_resp_read();
    wrong |= wire_vwr_rtc_req_read_cross() | wire_virtio_rtc_req_read_cross();
    wrong |= wire_vwr_rtc_resp_read_cross() | wire_virtio_rtc_resp_read_cross();
    wrong |= wire_vwr_rtc_req_read_alarm() | wire_virtio_rtc_req_read_alarm();
    wrong |= wire_vwr_rtc_resp_read_alarm() | wire_virtio_rtc_resp_read_alarm();
    wrong |= wire_vwr_rtc_req_set_alarm() | wire_virtio_rtc_req_set_alarm();
    wrong |= wire_vwr_rtc_resp_set_alarm() | wire_virtio_rtc_resp_set_alarm();
    wrong |= wire_vwr_rtc_req_set_alarm_enabled() | wire_virtio_rtc_req_set_alarm_enabled();
    wrong |= wire_vwr_rtc_resp_set_alarm_enabled() | wire_virtio_rtc_resp_set_alarm_enabled();
    wrong |= wire_vwr_rtc_notif_head() | wire_virtio_rtc_notif_head();
    wrong |= wire_vwr_rtc_notif_alarm() | wire_virtio_rtc_notif_alarm();
    if (!wrong)
        printf("%s: 20 structs match the specification\n", "spec/device/rtc.yaml");
    return wrong;
}
