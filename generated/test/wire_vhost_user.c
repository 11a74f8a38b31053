/* SPDX-License-Identifier: MIT */
/* Generated from spec/transport/vhost-user.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Vhost-user Protocol */

/*
 * A host program. It fills each struct field by field and compares its bytes with the specification's little-endian
 * order, and constants with the values of spec/. It reads and writes the configuration and registers. Exit code 0 or 1.
 */
#include <stdio.h>
#include <string.h>

#include "vwr/gen/vhost_user.h"
#include "virtio_vhost_user.h"

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

static int wire_vwr_vhost_user_hdr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
    };
    struct vwr_vhost_user_hdr s;

    memset(&s, 0, sizeof(s));
    s.request = vwr_cpu_to_le32(0x04030201u);
    s.flags = vwr_cpu_to_le32(0x08070605u);
    s.size = vwr_cpu_to_le32(0x0c0b0a09u);
    return check_bytes("struct vwr_vhost_user_hdr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_vhost_user_hdr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
    };
    struct virtio_vhost_user_hdr s;

    memset(&s, 0, sizeof(s));
    s.request = vwr_cpu_to_le32(0x04030201u);
    s.flags = vwr_cpu_to_le32(0x08070605u);
    s.size = vwr_cpu_to_le32(0x0c0b0a09u);
    return check_bytes("struct virtio_vhost_user_hdr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_vhost_user_number(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_vhost_user_number s;

    memset(&s, 0, sizeof(s));
    s.value = vwr_cpu_to_le64(0x0807060504030201ULL);
    return check_bytes("struct vwr_vhost_user_number", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_vhost_user_number(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_vhost_user_number s;

    memset(&s, 0, sizeof(s));
    s.value = vwr_cpu_to_le64(0x0807060504030201ULL);
    return check_bytes("struct virtio_vhost_user_number", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_vhost_user_vring_state(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_vhost_user_vring_state s;

    memset(&s, 0, sizeof(s));
    s.index = vwr_cpu_to_le32(0x04030201u);
    s.num = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_vhost_user_vring_state", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_vhost_user_vring_state(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_vhost_user_vring_state s;

    memset(&s, 0, sizeof(s));
    s.index = vwr_cpu_to_le32(0x04030201u);
    s.num = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_vhost_user_vring_state", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_vhost_user_vring_addr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28,
    };
    struct vwr_vhost_user_vring_addr s;

    memset(&s, 0, sizeof(s));
    s.index = vwr_cpu_to_le32(0x04030201u);
    s.flags = vwr_cpu_to_le32(0x08070605u);
    s.desc_user_addr = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.used_user_addr = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.avail_user_addr = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    s.log_guest_addr = vwr_cpu_to_le64(0x2827262524232221ULL);
    return check_bytes("struct vwr_vhost_user_vring_addr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_vhost_user_vring_addr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28,
    };
    struct virtio_vhost_user_vring_addr s;

    memset(&s, 0, sizeof(s));
    s.index = vwr_cpu_to_le32(0x04030201u);
    s.flags = vwr_cpu_to_le32(0x08070605u);
    s.desc_user_addr = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.used_user_addr = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.avail_user_addr = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    s.log_guest_addr = vwr_cpu_to_le64(0x2827262524232221ULL);
    return check_bytes("struct virtio_vhost_user_vring_addr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_vhost_user_memory_region(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct vwr_vhost_user_memory_region s;

    memset(&s, 0, sizeof(s));
    s.guest_phys_addr = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.memory_size = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.userspace_addr = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.mmap_offset = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    return check_bytes("struct vwr_vhost_user_memory_region", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_vhost_user_memory_region(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct virtio_vhost_user_memory_region s;

    memset(&s, 0, sizeof(s));
    s.guest_phys_addr = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.memory_size = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.userspace_addr = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.mmap_offset = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    return check_bytes("struct virtio_vhost_user_memory_region", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_vhost_user_memory(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_vhost_user_memory s;

    memset(&s, 0, sizeof(s));
    s.nregions = vwr_cpu_to_le32(0x04030201u);
    s.padding = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_vhost_user_memory", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_vhost_user_memory(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_vhost_user_memory s;

    memset(&s, 0, sizeof(s));
    s.nregions = vwr_cpu_to_le32(0x04030201u);
    s.padding = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_vhost_user_memory", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_vhost_user_mem_reg(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28,
    };
    struct vwr_vhost_user_mem_reg s;

    memset(&s, 0, sizeof(s));
    s.padding = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.region.guest_phys_addr = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.region.memory_size = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.region.userspace_addr = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    s.region.mmap_offset = vwr_cpu_to_le64(0x2827262524232221ULL);
    return check_bytes("struct vwr_vhost_user_mem_reg", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_vhost_user_mem_reg(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28,
    };
    struct virtio_vhost_user_mem_reg s;

    memset(&s, 0, sizeof(s));
    s.padding = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.region.guest_phys_addr = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.region.memory_size = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.region.userspace_addr = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    s.region.mmap_offset = vwr_cpu_to_le64(0x2827262524232221ULL);
    return check_bytes("struct virtio_vhost_user_mem_reg", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_vhost_user_log(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_vhost_user_log s;

    memset(&s, 0, sizeof(s));
    s.mmap_size = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.mmap_offset = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    return check_bytes("struct vwr_vhost_user_log", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_vhost_user_log(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_vhost_user_log s;

    memset(&s, 0, sizeof(s));
    s.mmap_size = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.mmap_offset = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    return check_bytes("struct virtio_vhost_user_log", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_vhost_user_iotlb(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct vwr_vhost_user_iotlb s;

    memset(&s, 0, sizeof(s));
    s.iova = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.size = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.uaddr = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.perm = 0x19u;
    s.type = 0x1au;
    for (unsigned i = 0; i < 6; i++)
        s.padding[i] = (uint8_t)(0x1bu + i);
    return check_bytes("struct vwr_vhost_user_iotlb", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_vhost_user_iotlb(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct virtio_vhost_user_iotlb s;

    memset(&s, 0, sizeof(s));
    s.iova = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.size = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.uaddr = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.perm = 0x19u;
    s.type = 0x1au;
    for (unsigned i = 0; i < 6; i++)
        s.padding[i] = (uint8_t)(0x1bu + i);
    return check_bytes("struct virtio_vhost_user_iotlb", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_vhost_user_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
    };
    struct vwr_vhost_user_config s;

    memset(&s, 0, sizeof(s));
    s.offset = vwr_cpu_to_le32(0x04030201u);
    s.size = vwr_cpu_to_le32(0x08070605u);
    s.flags = vwr_cpu_to_le32(0x0c0b0a09u);
    return check_bytes("struct vwr_vhost_user_config", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_vhost_user_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
    };
    struct virtio_vhost_user_config s;

    memset(&s, 0, sizeof(s));
    s.offset = vwr_cpu_to_le32(0x04030201u);
    s.size = vwr_cpu_to_le32(0x08070605u);
    s.flags = vwr_cpu_to_le32(0x0c0b0a09u);
    return check_bytes("struct virtio_vhost_user_config", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_vhost_user_vring_area(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_vhost_user_vring_area s;

    memset(&s, 0, sizeof(s));
    s.u64 = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.size = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.offset = vwr_cpu_to_le64(0x1817161514131211ULL);
    return check_bytes("struct vwr_vhost_user_vring_area", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_vhost_user_vring_area(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_vhost_user_vring_area s;

    memset(&s, 0, sizeof(s));
    s.u64 = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.size = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.offset = vwr_cpu_to_le64(0x1817161514131211ULL);
    return check_bytes("struct virtio_vhost_user_vring_area", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_vhost_user_inflight(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14,
    };
    struct vwr_vhost_user_inflight s;

    memset(&s, 0, sizeof(s));
    s.mmap_size = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.mmap_offset = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.num_queues = vwr_cpu_to_le16(0x1211u);
    s.queue_size = vwr_cpu_to_le16(0x1413u);
    return check_bytes("struct vwr_vhost_user_inflight", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_vhost_user_inflight(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14,
    };
    struct virtio_vhost_user_inflight s;

    memset(&s, 0, sizeof(s));
    s.mmap_size = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.mmap_offset = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.num_queues = vwr_cpu_to_le16(0x1211u);
    s.queue_size = vwr_cpu_to_le16(0x1413u);
    return check_bytes("struct virtio_vhost_user_inflight", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_vhost_user_shared(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_vhost_user_shared s;

    memset(&s, 0, sizeof(s));
    for (unsigned i = 0; i < 16; i++)
        s.uuid[i] = (uint8_t)(0x01u + i);
    return check_bytes("struct vwr_vhost_user_shared", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_vhost_user_shared(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_vhost_user_shared s;

    memset(&s, 0, sizeof(s));
    for (unsigned i = 0; i < 16; i++)
        s.uuid[i] = (uint8_t)(0x01u + i);
    return check_bytes("struct virtio_vhost_user_shared", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_vhost_user_transfer_state(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_vhost_user_transfer_state s;

    memset(&s, 0, sizeof(s));
    s.direction = vwr_cpu_to_le32(0x04030201u);
    s.phase = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_vhost_user_transfer_state", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_vhost_user_transfer_state(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_vhost_user_transfer_state s;

    memset(&s, 0, sizeof(s));
    s.direction = vwr_cpu_to_le32(0x04030201u);
    s.phase = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_vhost_user_transfer_state", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_vhost_user_desc_state_split(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_vhost_user_desc_state_split s;

    memset(&s, 0, sizeof(s));
    s.inflight = 0x01u;
    for (unsigned i = 0; i < 5; i++)
        s.padding[i] = (uint8_t)(0x02u + i);
    s.next = vwr_cpu_to_le16(0x0807u);
    s.counter = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    return check_bytes("struct vwr_vhost_user_desc_state_split", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_vhost_user_desc_state_split(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_vhost_user_desc_state_split s;

    memset(&s, 0, sizeof(s));
    s.inflight = 0x01u;
    for (unsigned i = 0; i < 5; i++)
        s.padding[i] = (uint8_t)(0x02u + i);
    s.next = vwr_cpu_to_le16(0x0807u);
    s.counter = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    return check_bytes("struct virtio_vhost_user_desc_state_split", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_vhost_user_queue_region_split(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_vhost_user_queue_region_split s;

    memset(&s, 0, sizeof(s));
    s.features = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.version = vwr_cpu_to_le16(0x0a09u);
    s.desc_num = vwr_cpu_to_le16(0x0c0bu);
    s.last_batch_head = vwr_cpu_to_le16(0x0e0du);
    s.used_idx = vwr_cpu_to_le16(0x100fu);
    return check_bytes("struct vwr_vhost_user_queue_region_split", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_vhost_user_queue_region_split(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_vhost_user_queue_region_split s;

    memset(&s, 0, sizeof(s));
    s.features = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.version = vwr_cpu_to_le16(0x0a09u);
    s.desc_num = vwr_cpu_to_le16(0x0c0bu);
    s.last_batch_head = vwr_cpu_to_le16(0x0e0du);
    s.used_idx = vwr_cpu_to_le16(0x100fu);
    return check_bytes("struct virtio_vhost_user_queue_region_split", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_vhost_user_desc_state_packed(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct vwr_vhost_user_desc_state_packed s;

    memset(&s, 0, sizeof(s));
    s.inflight = 0x01u;
    s.padding = 0x02u;
    s.next = vwr_cpu_to_le16(0x0403u);
    s.last = vwr_cpu_to_le16(0x0605u);
    s.num = vwr_cpu_to_le16(0x0807u);
    s.counter = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.id = vwr_cpu_to_le16(0x1211u);
    s.flags = vwr_cpu_to_le16(0x1413u);
    s.len = vwr_cpu_to_le32(0x18171615u);
    s.addr = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    return check_bytes("struct vwr_vhost_user_desc_state_packed", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_vhost_user_desc_state_packed(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct virtio_vhost_user_desc_state_packed s;

    memset(&s, 0, sizeof(s));
    s.inflight = 0x01u;
    s.padding = 0x02u;
    s.next = vwr_cpu_to_le16(0x0403u);
    s.last = vwr_cpu_to_le16(0x0605u);
    s.num = vwr_cpu_to_le16(0x0807u);
    s.counter = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.id = vwr_cpu_to_le16(0x1211u);
    s.flags = vwr_cpu_to_le16(0x1413u);
    s.len = vwr_cpu_to_le32(0x18171615u);
    s.addr = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    return check_bytes("struct virtio_vhost_user_desc_state_packed", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_vhost_user_queue_region_packed(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct vwr_vhost_user_queue_region_packed s;

    memset(&s, 0, sizeof(s));
    s.features = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.version = vwr_cpu_to_le16(0x0a09u);
    s.desc_num = vwr_cpu_to_le16(0x0c0bu);
    s.free_head = vwr_cpu_to_le16(0x0e0du);
    s.old_free_head = vwr_cpu_to_le16(0x100fu);
    s.used_idx = vwr_cpu_to_le16(0x1211u);
    s.old_used_idx = vwr_cpu_to_le16(0x1413u);
    s.used_wrap_counter = 0x15u;
    s.old_used_wrap_counter = 0x16u;
    for (unsigned i = 0; i < 7; i++)
        s.padding[i] = (uint8_t)(0x17u + i);
    for (unsigned i = 0; i < 3; i++)
        s.unused[i] = (uint8_t)(0x1eu + i);
    return check_bytes("struct vwr_vhost_user_queue_region_packed", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_vhost_user_queue_region_packed(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct virtio_vhost_user_queue_region_packed s;

    memset(&s, 0, sizeof(s));
    s.features = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.version = vwr_cpu_to_le16(0x0a09u);
    s.desc_num = vwr_cpu_to_le16(0x0c0bu);
    s.free_head = vwr_cpu_to_le16(0x0e0du);
    s.old_free_head = vwr_cpu_to_le16(0x100fu);
    s.used_idx = vwr_cpu_to_le16(0x1211u);
    s.old_used_idx = vwr_cpu_to_le16(0x1413u);
    s.used_wrap_counter = 0x15u;
    s.old_used_wrap_counter = 0x16u;
    for (unsigned i = 0; i < 7; i++)
        s.padding[i] = (uint8_t)(0x17u + i);
    for (unsigned i = 0; i < 3; i++)
        s.unused[i] = (uint8_t)(0x1eu + i);
    return check_bytes("struct virtio_vhost_user_queue_region_packed", &s, sizeof(s), expected, sizeof(expected));
}

static int constants(void)
{
    const struct number numbers[] = {
        {"VWR_VHOST_USER_PROTOCOL_F_MQ", VWR_VHOST_USER_PROTOCOL_F_MQ, 0},
        {"VIRTIO_VHOST_USER_PROTOCOL_F_MQ", VIRTIO_VHOST_USER_PROTOCOL_F_MQ, 0},
        {"VWR_VHOST_USER_PROTOCOL_F_LOG_SHMFD", VWR_VHOST_USER_PROTOCOL_F_LOG_SHMFD, 1},
        {"VIRTIO_VHOST_USER_PROTOCOL_F_LOG_SHMFD", VIRTIO_VHOST_USER_PROTOCOL_F_LOG_SHMFD, 1},
        {"VWR_VHOST_USER_PROTOCOL_F_RARP", VWR_VHOST_USER_PROTOCOL_F_RARP, 2},
        {"VIRTIO_VHOST_USER_PROTOCOL_F_RARP", VIRTIO_VHOST_USER_PROTOCOL_F_RARP, 2},
        {"VWR_VHOST_USER_PROTOCOL_F_REPLY_ACK", VWR_VHOST_USER_PROTOCOL_F_REPLY_ACK, 3},
        {"VIRTIO_VHOST_USER_PROTOCOL_F_REPLY_ACK", VIRTIO_VHOST_USER_PROTOCOL_F_REPLY_ACK, 3},
        {"VWR_VHOST_USER_PROTOCOL_F_MTU", VWR_VHOST_USER_PROTOCOL_F_MTU, 4},
        {"VIRTIO_VHOST_USER_PROTOCOL_F_MTU", VIRTIO_VHOST_USER_PROTOCOL_F_MTU, 4},
        {"VWR_VHOST_USER_PROTOCOL_F_BACKEND_REQ", VWR_VHOST_USER_PROTOCOL_F_BACKEND_REQ, 5},
        {"VIRTIO_VHOST_USER_PROTOCOL_F_BACKEND_REQ", VIRTIO_VHOST_USER_PROTOCOL_F_BACKEND_REQ, 5},
        {"VWR_VHOST_USER_PROTOCOL_F_CROSS_ENDIAN", VWR_VHOST_USER_PROTOCOL_F_CROSS_ENDIAN, 6},
        {"VIRTIO_VHOST_USER_PROTOCOL_F_CROSS_ENDIAN", VIRTIO_VHOST_USER_PROTOCOL_F_CROSS_ENDIAN, 6},
        {"VWR_VHOST_USER_PROTOCOL_F_CRYPTO_SESSION", VWR_VHOST_USER_PROTOCOL_F_CRYPTO_SESSION, 7},
        {"VIRTIO_VHOST_USER_PROTOCOL_F_CRYPTO_SESSION", VIRTIO_VHOST_USER_PROTOCOL_F_CRYPTO_SESSION, 7},
        {"VWR_VHOST_USER_PROTOCOL_F_PAGEFAULT", VWR_VHOST_USER_PROTOCOL_F_PAGEFAULT, 8},
        {"VIRTIO_VHOST_USER_PROTOCOL_F_PAGEFAULT", VIRTIO_VHOST_USER_PROTOCOL_F_PAGEFAULT, 8},
        {"VWR_VHOST_USER_PROTOCOL_F_CONFIG", VWR_VHOST_USER_PROTOCOL_F_CONFIG, 9},
        {"VIRTIO_VHOST_USER_PROTOCOL_F_CONFIG", VIRTIO_VHOST_USER_PROTOCOL_F_CONFIG, 9},
        {"VWR_VHOST_USER_PROTOCOL_F_BACKEND_SEND_FD", VWR_VHOST_USER_PROTOCOL_F_BACKEND_SEND_FD, 10},
        {"VIRTIO_VHOST_USER_PROTOCOL_F_BACKEND_SEND_FD", VIRTIO_VHOST_USER_PROTOCOL_F_BACKEND_SEND_FD, 10},
        {"VWR_VHOST_USER_PROTOCOL_F_HOST_NOTIFIER", VWR_VHOST_USER_PROTOCOL_F_HOST_NOTIFIER, 11},
        {"VIRTIO_VHOST_USER_PROTOCOL_F_HOST_NOTIFIER", VIRTIO_VHOST_USER_PROTOCOL_F_HOST_NOTIFIER, 11},
        {"VWR_VHOST_USER_PROTOCOL_F_INFLIGHT_SHMFD", VWR_VHOST_USER_PROTOCOL_F_INFLIGHT_SHMFD, 12},
        {"VIRTIO_VHOST_USER_PROTOCOL_F_INFLIGHT_SHMFD", VIRTIO_VHOST_USER_PROTOCOL_F_INFLIGHT_SHMFD, 12},
        {"VWR_VHOST_USER_PROTOCOL_F_RESET_DEVICE", VWR_VHOST_USER_PROTOCOL_F_RESET_DEVICE, 13},
        {"VIRTIO_VHOST_USER_PROTOCOL_F_RESET_DEVICE", VIRTIO_VHOST_USER_PROTOCOL_F_RESET_DEVICE, 13},
        {"VWR_VHOST_USER_PROTOCOL_F_INBAND_NOTIFICATIONS", VWR_VHOST_USER_PROTOCOL_F_INBAND_NOTIFICATIONS, 14},
        {"VIRTIO_VHOST_USER_PROTOCOL_F_INBAND_NOTIFICATIONS", VIRTIO_VHOST_USER_PROTOCOL_F_INBAND_NOTIFICATIONS, 14},
        {"VWR_VHOST_USER_PROTOCOL_F_CONFIGURE_MEM_SLOTS", VWR_VHOST_USER_PROTOCOL_F_CONFIGURE_MEM_SLOTS, 15},
        {"VIRTIO_VHOST_USER_PROTOCOL_F_CONFIGURE_MEM_SLOTS", VIRTIO_VHOST_USER_PROTOCOL_F_CONFIGURE_MEM_SLOTS, 15},
        {"VWR_VHOST_USER_PROTOCOL_F_STATUS", VWR_VHOST_USER_PROTOCOL_F_STATUS, 16},
        {"VIRTIO_VHOST_USER_PROTOCOL_F_STATUS", VIRTIO_VHOST_USER_PROTOCOL_F_STATUS, 16},
        {"VWR_VHOST_USER_PROTOCOL_F_XEN_MMAP", VWR_VHOST_USER_PROTOCOL_F_XEN_MMAP, 17},
        {"VIRTIO_VHOST_USER_PROTOCOL_F_XEN_MMAP", VIRTIO_VHOST_USER_PROTOCOL_F_XEN_MMAP, 17},
        {"VWR_VHOST_USER_PROTOCOL_F_SHARED_OBJECT", VWR_VHOST_USER_PROTOCOL_F_SHARED_OBJECT, 18},
        {"VIRTIO_VHOST_USER_PROTOCOL_F_SHARED_OBJECT", VIRTIO_VHOST_USER_PROTOCOL_F_SHARED_OBJECT, 18},
        {"VWR_VHOST_USER_PROTOCOL_F_DEVICE_STATE", VWR_VHOST_USER_PROTOCOL_F_DEVICE_STATE, 19},
        {"VIRTIO_VHOST_USER_PROTOCOL_F_DEVICE_STATE", VIRTIO_VHOST_USER_PROTOCOL_F_DEVICE_STATE, 19},
        {"VWR_VHOST_USER_TRANSFER_STATE_DIRECTION_SAVE", VWR_VHOST_USER_TRANSFER_STATE_DIRECTION_SAVE, 0},
        {"VIRTIO_VHOST_USER_TRANSFER_STATE_DIRECTION_SAVE", VIRTIO_VHOST_USER_TRANSFER_STATE_DIRECTION_SAVE, 0},
        {"VWR_VHOST_USER_TRANSFER_STATE_DIRECTION_LOAD", VWR_VHOST_USER_TRANSFER_STATE_DIRECTION_LOAD, 1},
        {"VIRTIO_VHOST_USER_TRANSFER_STATE_DIRECTION_LOAD", VIRTIO_VHOST_USER_TRANSFER_STATE_DIRECTION_LOAD, 1},
        {"VWR_VHOST_USER_TRANSFER_STATE_PHASE_STOPPED", VWR_VHOST_USER_TRANSFER_STATE_PHASE_STOPPED, 0},
        {"VIRTIO_VHOST_USER_TRANSFER_STATE_PHASE_STOPPED", VIRTIO_VHOST_USER_TRANSFER_STATE_PHASE_STOPPED, 0},
        {"VWR_VHOST_USER_IOTLB_MISS", VWR_VHOST_USER_IOTLB_MISS, 1},
        {"VIRTIO_VHOST_USER_IOTLB_MISS", VIRTIO_VHOST_USER_IOTLB_MISS, 1},
        {"VWR_VHOST_USER_IOTLB_UPDATE", VWR_VHOST_USER_IOTLB_UPDATE, 2},
        {"VIRTIO_VHOST_USER_IOTLB_UPDATE", VIRTIO_VHOST_USER_IOTLB_UPDATE, 2},
        {"VWR_VHOST_USER_IOTLB_INVALIDATE", VWR_VHOST_USER_IOTLB_INVALIDATE, 3},
        {"VIRTIO_VHOST_USER_IOTLB_INVALIDATE", VIRTIO_VHOST_USER_IOTLB_INVALIDATE, 3},
        {"VWR_VHOST_USER_IOTLB_ACCESS_FAIL", VWR_VHOST_USER_IOTLB_ACCESS_FAIL, 4},
        {"VIRTIO_VHOST_USER_IOTLB_ACCESS_FAIL", VIRTIO_VHOST_USER_IOTLB_ACCESS_FAIL, 4},
        {"VWR_VHOST_USER_CONFIG_TYPE_FRONTEND", VWR_VHOST_USER_CONFIG_TYPE_FRONTEND, 0},
        {"VIRTIO_VHOST_USER_CONFIG_TYPE_FRONTEND", VIRTIO_VHOST_USER_CONFIG_TYPE_FRONTEND, 0},
        {"VWR_VHOST_USER_CONFIG_TYPE_MIGRATION", VWR_VHOST_USER_CONFIG_TYPE_MIGRATION, 1},
        {"VIRTIO_VHOST_USER_CONFIG_TYPE_MIGRATION", VIRTIO_VHOST_USER_CONFIG_TYPE_MIGRATION, 1},
        {"VWR_VHOST_USER_FLAG_VERSION", VWR_VHOST_USER_FLAG_VERSION, 0x3},
        {"VIRTIO_VHOST_USER_FLAG_VERSION", VIRTIO_VHOST_USER_FLAG_VERSION, 0x3},
        {"VWR_VHOST_USER_FLAG_REPLY", VWR_VHOST_USER_FLAG_REPLY, 0x4},
        {"VIRTIO_VHOST_USER_FLAG_REPLY", VIRTIO_VHOST_USER_FLAG_REPLY, 0x4},
        {"VWR_VHOST_USER_FLAG_NEED_REPLY", VWR_VHOST_USER_FLAG_NEED_REPLY, 0x8},
        {"VIRTIO_VHOST_USER_FLAG_NEED_REPLY", VIRTIO_VHOST_USER_FLAG_NEED_REPLY, 0x8},
        {"VWR_VHOST_USER_VRING_IDX_MASK", VWR_VHOST_USER_VRING_IDX_MASK, 0xff},
        {"VIRTIO_VHOST_USER_VRING_IDX_MASK", VIRTIO_VHOST_USER_VRING_IDX_MASK, 0xff},
        {"VWR_VHOST_USER_VRING_NOFD_MASK", VWR_VHOST_USER_VRING_NOFD_MASK, 0x100},
        {"VIRTIO_VHOST_USER_VRING_NOFD_MASK", VIRTIO_VHOST_USER_VRING_NOFD_MASK, 0x100},
        {"VWR_VHOST_USER_VRING_F_LOG", VWR_VHOST_USER_VRING_F_LOG, 0x1},
        {"VIRTIO_VHOST_USER_VRING_F_LOG", VIRTIO_VHOST_USER_VRING_F_LOG, 0x1},
        {"VWR_VHOST_USER_GET_FEATURES", VWR_VHOST_USER_GET_FEATURES, 1},
        {"VIRTIO_VHOST_USER_GET_FEATURES", VIRTIO_VHOST_USER_GET_FEATURES, 1},
        {"VWR_VHOST_USER_SET_FEATURES", VWR_VHOST_USER_SET_FEATURES, 2},
        {"VIRTIO_VHOST_USER_SET_FEATURES", VIRTIO_VHOST_USER_SET_FEATURES, 2},
        {"VWR_VHOST_USER_SET_OWNER", VWR_VHOST_USER_SET_OWNER, 3},
        {"VIRTIO_VHOST_USER_SET_OWNER", VIRTIO_VHOST_USER_SET_OWNER, 3},
        {"VWR_VHOST_USER_RESET_OWNER", VWR_VHOST_USER_RESET_OWNER, 4},
        {"VIRTIO_VHOST_USER_RESET_OWNER", VIRTIO_VHOST_USER_RESET_OWNER, 4},
        {"VWR_VHOST_USER_SET_MEM_TABLE", VWR_VHOST_USER_SET_MEM_TABLE, 5},
        {"VIRTIO_VHOST_USER_SET_MEM_TABLE", VIRTIO_VHOST_USER_SET_MEM_TABLE, 5},
        {"VWR_VHOST_USER_SET_LOG_BASE", VWR_VHOST_USER_SET_LOG_BASE, 6},
        {"VIRTIO_VHOST_USER_SET_LOG_BASE", VIRTIO_VHOST_USER_SET_LOG_BASE, 6},
        {"VWR_VHOST_USER_SET_LOG_FD", VWR_VHOST_USER_SET_LOG_FD, 7},
        {"VIRTIO_VHOST_USER_SET_LOG_FD", VIRTIO_VHOST_USER_SET_LOG_FD, 7},
        {"VWR_VHOST_USER_SET_VRING_NUM", VWR_VHOST_USER_SET_VRING_NUM, 8},
        {"VIRTIO_VHOST_USER_SET_VRING_NUM", VIRTIO_VHOST_USER_SET_VRING_NUM, 8},
        {"VWR_VHOST_USER_SET_VRING_ADDR", VWR_VHOST_USER_SET_VRING_ADDR, 9},
        {"VIRTIO_VHOST_USER_SET_VRING_ADDR", VIRTIO_VHOST_USER_SET_VRING_ADDR, 9},
        {"VWR_VHOST_USER_SET_VRING_BASE", VWR_VHOST_USER_SET_VRING_BASE, 10},
        {"VIRTIO_VHOST_USER_SET_VRING_BASE", VIRTIO_VHOST_USER_SET_VRING_BASE, 10},
        {"VWR_VHOST_USER_GET_VRING_BASE", VWR_VHOST_USER_GET_VRING_BASE, 11},
        {"VIRTIO_VHOST_USER_GET_VRING_BASE", VIRTIO_VHOST_USER_GET_VRING_BASE, 11},
        {"VWR_VHOST_USER_SET_VRING_KICK", VWR_VHOST_USER_SET_VRING_KICK, 12},
        {"VIRTIO_VHOST_USER_SET_VRING_KICK", VIRTIO_VHOST_USER_SET_VRING_KICK, 12},
        {"VWR_VHOST_USER_SET_VRING_CALL", VWR_VHOST_USER_SET_VRING_CALL, 13},
        {"VIRTIO_VHOST_USER_SET_VRING_CALL", VIRTIO_VHOST_USER_SET_VRING_CALL, 13},
        {"VWR_VHOST_USER_SET_VRING_ERR", VWR_VHOST_USER_SET_VRING_ERR, 14},
        {"VIRTIO_VHOST_USER_SET_VRING_ERR", VIRTIO_VHOST_USER_SET_VRING_ERR, 14},
        {"VWR_VHOST_USER_GET_PROTOCOL_FEATURES", VWR_VHOST_USER_GET_PROTOCOL_FEATURES, 15},
        {"VIRTIO_VHOST_USER_GET_PROTOCOL_FEATURES", VIRTIO_VHOST_USER_GET_PROTOCOL_FEATURES, 15},
        {"VWR_VHOST_USER_SET_PROTOCOL_FEATURES", VWR_VHOST_USER_SET_PROTOCOL_FEATURES, 16},
        {"VIRTIO_VHOST_USER_SET_PROTOCOL_FEATURES", VIRTIO_VHOST_USER_SET_PROTOCOL_FEATURES, 16},
        {"VWR_VHOST_USER_GET_QUEUE_NUM", VWR_VHOST_USER_GET_QUEUE_NUM, 17},
        {"VIRTIO_VHOST_USER_GET_QUEUE_NUM", VIRTIO_VHOST_USER_GET_QUEUE_NUM, 17},
        {"VWR_VHOST_USER_SET_VRING_ENABLE", VWR_VHOST_USER_SET_VRING_ENABLE, 18},
        {"VIRTIO_VHOST_USER_SET_VRING_ENABLE", VIRTIO_VHOST_USER_SET_VRING_ENABLE, 18},
        {"VWR_VHOST_USER_SEND_RARP", VWR_VHOST_USER_SEND_RARP, 19},
        {"VIRTIO_VHOST_USER_SEND_RARP", VIRTIO_VHOST_USER_SEND_RARP, 19},
        {"VWR_VHOST_USER_NET_SET_MTU", VWR_VHOST_USER_NET_SET_MTU, 20},
        {"VIRTIO_VHOST_USER_NET_SET_MTU", VIRTIO_VHOST_USER_NET_SET_MTU, 20},
        {"VWR_VHOST_USER_SET_BACKEND_REQ_FD", VWR_VHOST_USER_SET_BACKEND_REQ_FD, 21},
        {"VIRTIO_VHOST_USER_SET_BACKEND_REQ_FD", VIRTIO_VHOST_USER_SET_BACKEND_REQ_FD, 21},
        {"VWR_VHOST_USER_IOTLB_MSG", VWR_VHOST_USER_IOTLB_MSG, 22},
        {"VIRTIO_VHOST_USER_IOTLB_MSG", VIRTIO_VHOST_USER_IOTLB_MSG, 22},
        {"VWR_VHOST_USER_SET_VRING_ENDIAN", VWR_VHOST_USER_SET_VRING_ENDIAN, 23},
        {"VIRTIO_VHOST_USER_SET_VRING_ENDIAN", VIRTIO_VHOST_USER_SET_VRING_ENDIAN, 23},
        {"VWR_VHOST_USER_GET_CONFIG", VWR_VHOST_USER_GET_CONFIG, 24},
        {"VIRTIO_VHOST_USER_GET_CONFIG", VIRTIO_VHOST_USER_GET_CONFIG, 24},
        {"VWR_VHOST_USER_SET_CONFIG", VWR_VHOST_USER_SET_CONFIG, 25},
        {"VIRTIO_VHOST_USER_SET_CONFIG", VIRTIO_VHOST_USER_SET_CONFIG, 25},
        {"VWR_VHOST_USER_CREATE_CRYPTO_SESSION", VWR_VHOST_USER_CREATE_CRYPTO_SESSION, 26},
        {"VIRTIO_VHOST_USER_CREATE_CRYPTO_SESSION", VIRTIO_VHOST_USER_CREATE_CRYPTO_SESSION, 26},
        {"VWR_VHOST_USER_CLOSE_CRYPTO_SESSION", VWR_VHOST_USER_CLOSE_CRYPTO_SESSION, 27},
        {"VIRTIO_VHOST_USER_CLOSE_CRYPTO_SESSION", VIRTIO_VHOST_USER_CLOSE_CRYPTO_SESSION, 27},
        {"VWR_VHOST_USER_POSTCOPY_ADVISE", VWR_VHOST_USER_POSTCOPY_ADVISE, 28},
        {"VIRTIO_VHOST_USER_POSTCOPY_ADVISE", VIRTIO_VHOST_USER_POSTCOPY_ADVISE, 28},
        {"VWR_VHOST_USER_POSTCOPY_LISTEN", VWR_VHOST_USER_POSTCOPY_LISTEN, 29},
        {"VIRTIO_VHOST_USER_POSTCOPY_LISTEN", VIRTIO_VHOST_USER_POSTCOPY_LISTEN, 29},
        {"VWR_VHOST_USER_POSTCOPY_END", VWR_VHOST_USER_POSTCOPY_END, 30},
        {"VIRTIO_VHOST_USER_POSTCOPY_END", VIRTIO_VHOST_USER_POSTCOPY_END, 30},
        {"VWR_VHOST_USER_GET_INFLIGHT_FD", VWR_VHOST_USER_GET_INFLIGHT_FD, 31},
        {"VIRTIO_VHOST_USER_GET_INFLIGHT_FD", VIRTIO_VHOST_USER_GET_INFLIGHT_FD, 31},
        {"VWR_VHOST_USER_SET_INFLIGHT_FD", VWR_VHOST_USER_SET_INFLIGHT_FD, 32},
        {"VIRTIO_VHOST_USER_SET_INFLIGHT_FD", VIRTIO_VHOST_USER_SET_INFLIGHT_FD, 32},
        {"VWR_VHOST_USER_GPU_SET_SOCKET", VWR_VHOST_USER_GPU_SET_SOCKET, 33},
        {"VIRTIO_VHOST_USER_GPU_SET_SOCKET", VIRTIO_VHOST_USER_GPU_SET_SOCKET, 33},
        {"VWR_VHOST_USER_RESET_DEVICE", VWR_VHOST_USER_RESET_DEVICE, 34},
        {"VIRTIO_VHOST_USER_RESET_DEVICE", VIRTIO_VHOST_USER_RESET_DEVICE, 34},
        {"VWR_VHOST_USER_VRING_KICK", VWR_VHOST_USER_VRING_KICK, 35},
        {"VIRTIO_VHOST_USER_VRING_KICK", VIRTIO_VHOST_USER_VRING_KICK, 35},
        {"VWR_VHOST_USER_GET_MAX_MEM_SLOTS", VWR_VHOST_USER_GET_MAX_MEM_SLOTS, 36},
        {"VIRTIO_VHOST_USER_GET_MAX_MEM_SLOTS", VIRTIO_VHOST_USER_GET_MAX_MEM_SLOTS, 36},
        {"VWR_VHOST_USER_ADD_MEM_REG", VWR_VHOST_USER_ADD_MEM_REG, 37},
        {"VIRTIO_VHOST_USER_ADD_MEM_REG", VIRTIO_VHOST_USER_ADD_MEM_REG, 37},
        {"VWR_VHOST_USER_REM_MEM_REG", VWR_VHOST_USER_REM_MEM_REG, 38},
        {"VIRTIO_VHOST_USER_REM_MEM_REG", VIRTIO_VHOST_USER_REM_MEM_REG, 38},
        {"VWR_VHOST_USER_SET_STATUS", VWR_VHOST_USER_SET_STATUS, 39},
        {"VIRTIO_VHOST_USER_SET_STATUS", VIRTIO_VHOST_USER_SET_STATUS, 39},
        {"VWR_VHOST_USER_GET_STATUS", VWR_VHOST_USER_GET_STATUS, 40},
        {"VIRTIO_VHOST_USER_GET_STATUS", VIRTIO_VHOST_USER_GET_STATUS, 40},
        {"VWR_VHOST_USER_GET_SHARED_OBJECT", VWR_VHOST_USER_GET_SHARED_OBJECT, 41},
        {"VIRTIO_VHOST_USER_GET_SHARED_OBJECT", VIRTIO_VHOST_USER_GET_SHARED_OBJECT, 41},
        {"VWR_VHOST_USER_SET_DEVICE_STATE_FD", VWR_VHOST_USER_SET_DEVICE_STATE_FD, 42},
        {"VIRTIO_VHOST_USER_SET_DEVICE_STATE_FD", VIRTIO_VHOST_USER_SET_DEVICE_STATE_FD, 42},
        {"VWR_VHOST_USER_CHECK_DEVICE_STATE", VWR_VHOST_USER_CHECK_DEVICE_STATE, 43},
        {"VIRTIO_VHOST_USER_CHECK_DEVICE_STATE", VIRTIO_VHOST_USER_CHECK_DEVICE_STATE, 43},
        {"VWR_VHOST_USER_BACKEND_IOTLB_MSG", VWR_VHOST_USER_BACKEND_IOTLB_MSG, 1},
        {"VIRTIO_VHOST_USER_BACKEND_IOTLB_MSG", VIRTIO_VHOST_USER_BACKEND_IOTLB_MSG, 1},
        {"VWR_VHOST_USER_BACKEND_CONFIG_CHANGE_MSG", VWR_VHOST_USER_BACKEND_CONFIG_CHANGE_MSG, 2},
        {"VIRTIO_VHOST_USER_BACKEND_CONFIG_CHANGE_MSG", VIRTIO_VHOST_USER_BACKEND_CONFIG_CHANGE_MSG, 2},
        {"VWR_VHOST_USER_BACKEND_VRING_HOST_NOTIFIER_MSG", VWR_VHOST_USER_BACKEND_VRING_HOST_NOTIFIER_MSG, 3},
        {"VIRTIO_VHOST_USER_BACKEND_VRING_HOST_NOTIFIER_MSG", VIRTIO_VHOST_USER_BACKEND_VRING_HOST_NOTIFIER_MSG, 3},
        {"VWR_VHOST_USER_BACKEND_VRING_CALL", VWR_VHOST_USER_BACKEND_VRING_CALL, 4},
        {"VIRTIO_VHOST_USER_BACKEND_VRING_CALL", VIRTIO_VHOST_USER_BACKEND_VRING_CALL, 4},
        {"VWR_VHOST_USER_BACKEND_VRING_ERR", VWR_VHOST_USER_BACKEND_VRING_ERR, 5},
        {"VIRTIO_VHOST_USER_BACKEND_VRING_ERR", VIRTIO_VHOST_USER_BACKEND_VRING_ERR, 5},
        {"VWR_VHOST_USER_BACKEND_SHARED_OBJECT_ADD", VWR_VHOST_USER_BACKEND_SHARED_OBJECT_ADD, 6},
        {"VIRTIO_VHOST_USER_BACKEND_SHARED_OBJECT_ADD", VIRTIO_VHOST_USER_BACKEND_SHARED_OBJECT_ADD, 6},
        {"VWR_VHOST_USER_BACKEND_SHARED_OBJECT_REMOVE", VWR_VHOST_USER_BACKEND_SHARED_OBJECT_REMOVE, 7},
        {"VIRTIO_VHOST_USER_BACKEND_SHARED_OBJECT_REMOVE", VIRTIO_VHOST_USER_BACKEND_SHARED_OBJECT_REMOVE, 7},
        {"VWR_VHOST_USER_BACKEND_SHARED_OBJECT_LOOKUP", VWR_VHOST_USER_BACKEND_SHARED_OBJECT_LOOKUP, 8},
        {"VIRTIO_VHOST_USER_BACKEND_SHARED_OBJECT_LOOKUP", VIRTIO_VHOST_USER_BACKEND_SHARED_OBJECT_LOOKUP, 8},
        {"VWR_VHOST_USER_F_PROTOCOL_FEATURES", VWR_VHOST_USER_F_PROTOCOL_FEATURES, 30u},
        {"VIRTIO_VHOST_USER_F_PROTOCOL_FEATURES", VIRTIO_VHOST_USER_F_PROTOCOL_FEATURES, 30u},
        {"VWR_VHOST_USER_F_LOG_ALL", VWR_VHOST_USER_F_LOG_ALL, 26u},
        {"VIRTIO_VHOST_USER_F_LOG_ALL", VIRTIO_VHOST_USER_F_LOG_ALL, 26u},
        {"VWR_VHOST_USER_LOG_PAGE", VWR_VHOST_USER_LOG_PAGE, 0x1000u},
        {"VIRTIO_VHOST_USER_LOG_PAGE", VIRTIO_VHOST_USER_LOG_PAGE, 0x1000u},
        {"VWR_VHOST_USER_MEMORY_MAX_REGIONS", VWR_VHOST_USER_MEMORY_MAX_REGIONS, 8u},
        {"VIRTIO_VHOST_USER_MEMORY_MAX_REGIONS", VIRTIO_VHOST_USER_MEMORY_MAX_REGIONS, 8u},
        {"VWR_VHOST_USER_MAX_FDS", VWR_VHOST_USER_MAX_FDS, 8u},
        {"VIRTIO_VHOST_USER_MAX_FDS", VIRTIO_VHOST_USER_MAX_FDS, 8u},
        {"VWR_VHOST_USER_MAX_CONFIG_SIZE", VWR_VHOST_USER_MAX_CONFIG_SIZE, 256u},
        {"VIRTIO_VHOST_USER_MAX_CONFIG_SIZE", VIRTIO_VHOST_USER_MAX_CONFIG_SIZE, 256u},
        {"VWR_VHOST_USER_VERSION", VWR_VHOST_USER_VERSION, 1u},
        {"VIRTIO_VHOST_USER_VERSION", VIRTIO_VHOST_USER_VERSION, 1u},
        {"VWR_VHOST_USER_INFLIGHT_VERSION", VWR_VHOST_USER_INFLIGHT_VERSION, 1u},
        {"VIRTIO_VHOST_USER_INFLIGHT_VERSION", VIRTIO_VHOST_USER_INFLIGHT_VERSION, 1u},
    };

    return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
}

int main(void)
{
    int wrong = constants();

    wrong |= wire_vwr_vhost_user_hdr() | wire_virtio_vhost_user_hdr();
    wrong |= wire_vwr_vhost_user_number() | wire_virtio_vhost_user_number();
    wrong |= wire_vwr_vhost_user_vring_state() | wire_virtio_vhost_user_vring_state();
    wrong |= wire_vwr_vhost_user_vring_addr() | wire_virtio_vhost_user_vring_addr();
    wrong |= wire_vwr_vhost_user_memory_region() | wire_virtio_vhost_user_memory_region();
    wrong |= wire_vwr_vhost_user_memory() | wire_virtio_vhost_user_memory();
    wrong |= wire_vwr_vhost_user_mem_reg() | wire_virtio_vhost_user_mem_reg();
    wrong |= wire_vwr_vhost_user_log() | wire_virtio_vhost_user_log();
    wrong |= wire_vwr_vhost_user_iotlb() | wire_virtio_vhost_user_iotlb();
    wrong |= wire_vwr_vhost_user_config() | wire_virtio_vhost_user_config();
    wrong |= wire_vwr_vhost_user_vring_area() | wire_virtio_vhost_user_vring_area();
    wrong |= wire_vwr_vhost_user_inflight() | wire_virtio_vhost_user_inflight();
    wrong |= wire_vwr_vhost_user_shared() | wire_virtio_vhost_user_shared();
    wrong |= wire_vwr_vhost_user_transfer_state() | wire_virtio_vhost_user_transfer_state();
    wrong |= wire_vwr_vhost_user_desc_state_split() | wire_virtio_vhost_user_desc_state_split();
    wrong |= wire_vwr_vhost_user_queue_region_split() | wire_virtio_vhost_user_queue_region_split();
    wrong |= wire_vwr_vhost_user_desc_state_packed() | wire_virtio_vhost_user_desc_state_packed();
    wrong |= wire_vwr_vhost_user_queue_region_packed() | wire_virtio_vhost_user_queue_region_packed();
    if (!wrong)
        printf("%s: 18 structs match the specification\n", "spec/transport/vhost-user.yaml");
    return wrong;
}
