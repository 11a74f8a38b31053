/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/iommu.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; IOMMU device */

/*
 * A host program. It fills each struct field by field and compares its bytes with the specification's little-endian
 * order, and constants with the values of spec/. It reads and writes the configuration and registers. Exit code 0 or 1.
 */
#include <stdio.h>
#include <string.h>

#include "vwr/gen/iommu.h"
#include "virtio_iommu.h"

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

static int wire_vwr_iommu_range_64(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_iommu_range_64 s;

    memset(&s, 0, sizeof(s));
    s.start = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.end = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    return check_bytes("struct vwr_iommu_range_64", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_iommu_range_64(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_iommu_range_64 s;

    memset(&s, 0, sizeof(s));
    s.start = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.end = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    return check_bytes("struct virtio_iommu_range_64", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_iommu_range_32(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_iommu_range_32 s;

    memset(&s, 0, sizeof(s));
    s.start = vwr_cpu_to_le32(0x04030201u);
    s.end = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_iommu_range_32", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_iommu_range_32(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_iommu_range_32 s;

    memset(&s, 0, sizeof(s));
    s.start = vwr_cpu_to_le32(0x04030201u);
    s.end = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_iommu_range_32", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_iommu_req_head(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_iommu_req_head s;

    memset(&s, 0, sizeof(s));
    s.type = 0x01u;
    for (unsigned i = 0; i < 3; i++)
        s.reserved[i] = (uint8_t)(0x02u + i);
    return check_bytes("struct vwr_iommu_req_head", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_iommu_req_head(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtio_iommu_req_head s;

    memset(&s, 0, sizeof(s));
    s.type = 0x01u;
    for (unsigned i = 0; i < 3; i++)
        s.reserved[i] = (uint8_t)(0x02u + i);
    return check_bytes("struct virtio_iommu_req_head", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_iommu_req_tail(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_iommu_req_tail s;

    memset(&s, 0, sizeof(s));
    s.status = 0x01u;
    for (unsigned i = 0; i < 3; i++)
        s.reserved[i] = (uint8_t)(0x02u + i);
    return check_bytes("struct vwr_iommu_req_tail", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_iommu_req_tail(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtio_iommu_req_tail s;

    memset(&s, 0, sizeof(s));
    s.status = 0x01u;
    for (unsigned i = 0; i < 3; i++)
        s.reserved[i] = (uint8_t)(0x02u + i);
    return check_bytes("struct virtio_iommu_req_tail", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_iommu_req_attach(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_iommu_req_attach s;

    memset(&s, 0, sizeof(s));
    s.head.type = 0x01u;
    for (unsigned i = 0; i < 3; i++)
        s.head.reserved[i] = (uint8_t)(0x02u + i);
    s.domain = vwr_cpu_to_le32(0x08070605u);
    s.endpoint = vwr_cpu_to_le32(0x0c0b0a09u);
    s.flags = vwr_cpu_to_le32(0x100f0e0du);
    for (unsigned i = 0; i < 4; i++)
        s.reserved[i] = (uint8_t)(0x11u + i);
    s.tail.status = 0x15u;
    for (unsigned i = 0; i < 3; i++)
        s.tail.reserved[i] = (uint8_t)(0x16u + i);
    return check_bytes("struct vwr_iommu_req_attach", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_iommu_req_attach(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_iommu_req_attach s;

    memset(&s, 0, sizeof(s));
    s.head.type = 0x01u;
    for (unsigned i = 0; i < 3; i++)
        s.head.reserved[i] = (uint8_t)(0x02u + i);
    s.domain = vwr_cpu_to_le32(0x08070605u);
    s.endpoint = vwr_cpu_to_le32(0x0c0b0a09u);
    s.flags = vwr_cpu_to_le32(0x100f0e0du);
    for (unsigned i = 0; i < 4; i++)
        s.reserved[i] = (uint8_t)(0x11u + i);
    s.tail.status = 0x15u;
    for (unsigned i = 0; i < 3; i++)
        s.tail.reserved[i] = (uint8_t)(0x16u + i);
    return check_bytes("struct virtio_iommu_req_attach", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_iommu_req_detach(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_iommu_req_detach s;

    memset(&s, 0, sizeof(s));
    s.head.type = 0x01u;
    for (unsigned i = 0; i < 3; i++)
        s.head.reserved[i] = (uint8_t)(0x02u + i);
    s.domain = vwr_cpu_to_le32(0x08070605u);
    s.endpoint = vwr_cpu_to_le32(0x0c0b0a09u);
    for (unsigned i = 0; i < 8; i++)
        s.reserved[i] = (uint8_t)(0x0du + i);
    s.tail.status = 0x15u;
    for (unsigned i = 0; i < 3; i++)
        s.tail.reserved[i] = (uint8_t)(0x16u + i);
    return check_bytes("struct vwr_iommu_req_detach", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_iommu_req_detach(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_iommu_req_detach s;

    memset(&s, 0, sizeof(s));
    s.head.type = 0x01u;
    for (unsigned i = 0; i < 3; i++)
        s.head.reserved[i] = (uint8_t)(0x02u + i);
    s.domain = vwr_cpu_to_le32(0x08070605u);
    s.endpoint = vwr_cpu_to_le32(0x0c0b0a09u);
    for (unsigned i = 0; i < 8; i++)
        s.reserved[i] = (uint8_t)(0x0du + i);
    s.tail.status = 0x15u;
    for (unsigned i = 0; i < 3; i++)
        s.tail.reserved[i] = (uint8_t)(0x16u + i);
    return check_bytes("struct virtio_iommu_req_detach", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_iommu_req_map(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28,
    };
    struct vwr_iommu_req_map s;

    memset(&s, 0, sizeof(s));
    s.head.type = 0x01u;
    for (unsigned i = 0; i < 3; i++)
        s.head.reserved[i] = (uint8_t)(0x02u + i);
    s.domain = vwr_cpu_to_le32(0x08070605u);
    s.virt_start = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.virt_end = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.phys_start = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    s.flags = vwr_cpu_to_le32(0x24232221u);
    s.tail.status = 0x25u;
    for (unsigned i = 0; i < 3; i++)
        s.tail.reserved[i] = (uint8_t)(0x26u + i);
    return check_bytes("struct vwr_iommu_req_map", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_iommu_req_map(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28,
    };
    struct virtio_iommu_req_map s;

    memset(&s, 0, sizeof(s));
    s.head.type = 0x01u;
    for (unsigned i = 0; i < 3; i++)
        s.head.reserved[i] = (uint8_t)(0x02u + i);
    s.domain = vwr_cpu_to_le32(0x08070605u);
    s.virt_start = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.virt_end = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.phys_start = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    s.flags = vwr_cpu_to_le32(0x24232221u);
    s.tail.status = 0x25u;
    for (unsigned i = 0; i < 3; i++)
        s.tail.reserved[i] = (uint8_t)(0x26u + i);
    return check_bytes("struct virtio_iommu_req_map", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_iommu_req_unmap(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct vwr_iommu_req_unmap s;

    memset(&s, 0, sizeof(s));
    s.head.type = 0x01u;
    for (unsigned i = 0; i < 3; i++)
        s.head.reserved[i] = (uint8_t)(0x02u + i);
    s.domain = vwr_cpu_to_le32(0x08070605u);
    s.virt_start = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.virt_end = vwr_cpu_to_le64(0x1817161514131211ULL);
    for (unsigned i = 0; i < 4; i++)
        s.reserved[i] = (uint8_t)(0x19u + i);
    s.tail.status = 0x1du;
    for (unsigned i = 0; i < 3; i++)
        s.tail.reserved[i] = (uint8_t)(0x1eu + i);
    return check_bytes("struct vwr_iommu_req_unmap", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_iommu_req_unmap(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct virtio_iommu_req_unmap s;

    memset(&s, 0, sizeof(s));
    s.head.type = 0x01u;
    for (unsigned i = 0; i < 3; i++)
        s.head.reserved[i] = (uint8_t)(0x02u + i);
    s.domain = vwr_cpu_to_le32(0x08070605u);
    s.virt_start = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.virt_end = vwr_cpu_to_le64(0x1817161514131211ULL);
    for (unsigned i = 0; i < 4; i++)
        s.reserved[i] = (uint8_t)(0x19u + i);
    s.tail.status = 0x1du;
    for (unsigned i = 0; i < 3; i++)
        s.tail.reserved[i] = (uint8_t)(0x1eu + i);
    return check_bytes("struct virtio_iommu_req_unmap", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_iommu_req_probe(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48,
    };
    struct vwr_iommu_req_probe s;

    memset(&s, 0, sizeof(s));
    s.head.type = 0x01u;
    for (unsigned i = 0; i < 3; i++)
        s.head.reserved[i] = (uint8_t)(0x02u + i);
    s.endpoint = vwr_cpu_to_le32(0x08070605u);
    for (unsigned i = 0; i < 64; i++)
        s.reserved[i] = (uint8_t)(0x09u + i);
    return check_bytes("struct vwr_iommu_req_probe", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_iommu_req_probe(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48,
    };
    struct virtio_iommu_req_probe s;

    memset(&s, 0, sizeof(s));
    s.head.type = 0x01u;
    for (unsigned i = 0; i < 3; i++)
        s.head.reserved[i] = (uint8_t)(0x02u + i);
    s.endpoint = vwr_cpu_to_le32(0x08070605u);
    for (unsigned i = 0; i < 64; i++)
        s.reserved[i] = (uint8_t)(0x09u + i);
    return check_bytes("struct virtio_iommu_req_probe", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_iommu_probe_property(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_iommu_probe_property s;

    memset(&s, 0, sizeof(s));
    s.type = vwr_cpu_to_le16(0x0201u);
    s.length = vwr_cpu_to_le16(0x0403u);
    return check_bytes("struct vwr_iommu_probe_property", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_iommu_probe_property(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtio_iommu_probe_property s;

    memset(&s, 0, sizeof(s));
    s.type = vwr_cpu_to_le16(0x0201u);
    s.length = vwr_cpu_to_le16(0x0403u);
    return check_bytes("struct virtio_iommu_probe_property", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_iommu_probe_resv_mem(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_iommu_probe_resv_mem s;

    memset(&s, 0, sizeof(s));
    s.head.type = vwr_cpu_to_le16(0x0201u);
    s.head.length = vwr_cpu_to_le16(0x0403u);
    s.subtype = 0x05u;
    for (unsigned i = 0; i < 3; i++)
        s.reserved[i] = (uint8_t)(0x06u + i);
    s.start = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.end = vwr_cpu_to_le64(0x1817161514131211ULL);
    return check_bytes("struct vwr_iommu_probe_resv_mem", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_iommu_probe_resv_mem(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_iommu_probe_resv_mem s;

    memset(&s, 0, sizeof(s));
    s.head.type = vwr_cpu_to_le16(0x0201u);
    s.head.length = vwr_cpu_to_le16(0x0403u);
    s.subtype = 0x05u;
    for (unsigned i = 0; i < 3; i++)
        s.reserved[i] = (uint8_t)(0x06u + i);
    s.start = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.end = vwr_cpu_to_le64(0x1817161514131211ULL);
    return check_bytes("struct virtio_iommu_probe_resv_mem", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_iommu_fault(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_iommu_fault s;

    memset(&s, 0, sizeof(s));
    s.reason = 0x01u;
    for (unsigned i = 0; i < 3; i++)
        s.reserved[i] = (uint8_t)(0x02u + i);
    s.flags = vwr_cpu_to_le32(0x08070605u);
    s.endpoint = vwr_cpu_to_le32(0x0c0b0a09u);
    s.reserved1 = vwr_cpu_to_le32(0x100f0e0du);
    s.address = vwr_cpu_to_le64(0x1817161514131211ULL);
    return check_bytes("struct vwr_iommu_fault", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_iommu_fault(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_iommu_fault s;

    memset(&s, 0, sizeof(s));
    s.reason = 0x01u;
    for (unsigned i = 0; i < 3; i++)
        s.reserved[i] = (uint8_t)(0x02u + i);
    s.flags = vwr_cpu_to_le32(0x08070605u);
    s.endpoint = vwr_cpu_to_le32(0x0c0b0a09u);
    s.reserved1 = vwr_cpu_to_le32(0x100f0e0du);
    s.address = vwr_cpu_to_le64(0x1817161514131211ULL);
    return check_bytes("struct virtio_iommu_fault", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_iommu_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28,
    };
    struct vwr_iommu_config s;

    memset(&s, 0, sizeof(s));
    s.page_size_mask = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.input_range.start = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.input_range.end = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.domain_range.start = vwr_cpu_to_le32(0x1c1b1a19u);
    s.domain_range.end = vwr_cpu_to_le32(0x201f1e1du);
    s.probe_size = vwr_cpu_to_le32(0x24232221u);
    s.bypass = 0x25u;
    for (unsigned i = 0; i < 3; i++)
        s.reserved[i] = (uint8_t)(0x26u + i);
    return check_bytes("struct vwr_iommu_config", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_iommu_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28,
    };
    struct virtio_iommu_config s;

    memset(&s, 0, sizeof(s));
    s.page_size_mask = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.input_range.start = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.input_range.end = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.domain_range.start = vwr_cpu_to_le32(0x1c1b1a19u);
    s.domain_range.end = vwr_cpu_to_le32(0x201f1e1du);
    s.probe_size = vwr_cpu_to_le32(0x24232221u);
    s.bypass = 0x25u;
    for (unsigned i = 0; i < 3; i++)
        s.reserved[i] = (uint8_t)(0x26u + i);
    return check_bytes("struct virtio_iommu_config", &s, sizeof(s), expected, sizeof(expected));
}

static int constants(void)
{
    const struct number numbers[] = {
        {"VWR_IOMMU_ID", VWR_IOMMU_ID, 23},
        {"VWR_IOMMU_F_INPUT_RANGE", VWR_IOMMU_F_INPUT_RANGE, 0},
        {"VIRTIO_IOMMU_F_INPUT_RANGE", VIRTIO_IOMMU_F_INPUT_RANGE, 0},
        {"VWR_IOMMU_F_DOMAIN_RANGE", VWR_IOMMU_F_DOMAIN_RANGE, 1},
        {"VIRTIO_IOMMU_F_DOMAIN_RANGE", VIRTIO_IOMMU_F_DOMAIN_RANGE, 1},
        {"VWR_IOMMU_F_MAP_UNMAP", VWR_IOMMU_F_MAP_UNMAP, 2},
        {"VIRTIO_IOMMU_F_MAP_UNMAP", VIRTIO_IOMMU_F_MAP_UNMAP, 2},
        {"VWR_IOMMU_F_BYPASS", VWR_IOMMU_F_BYPASS, 3},
        {"VIRTIO_IOMMU_F_BYPASS", VIRTIO_IOMMU_F_BYPASS, 3},
        {"VWR_IOMMU_F_PROBE", VWR_IOMMU_F_PROBE, 4},
        {"VIRTIO_IOMMU_F_PROBE", VIRTIO_IOMMU_F_PROBE, 4},
        {"VWR_IOMMU_F_MMIO", VWR_IOMMU_F_MMIO, 5},
        {"VIRTIO_IOMMU_F_MMIO", VIRTIO_IOMMU_F_MMIO, 5},
        {"VWR_IOMMU_F_BYPASS_CONFIG", VWR_IOMMU_F_BYPASS_CONFIG, 6},
        {"VIRTIO_IOMMU_F_BYPASS_CONFIG", VIRTIO_IOMMU_F_BYPASS_CONFIG, 6},
        {"VWR_IOMMU_S_OK", VWR_IOMMU_S_OK, 0},
        {"VIRTIO_IOMMU_S_OK", VIRTIO_IOMMU_S_OK, 0},
        {"VWR_IOMMU_S_IOERR", VWR_IOMMU_S_IOERR, 1},
        {"VIRTIO_IOMMU_S_IOERR", VIRTIO_IOMMU_S_IOERR, 1},
        {"VWR_IOMMU_S_UNSUPP", VWR_IOMMU_S_UNSUPP, 2},
        {"VIRTIO_IOMMU_S_UNSUPP", VIRTIO_IOMMU_S_UNSUPP, 2},
        {"VWR_IOMMU_S_DEVERR", VWR_IOMMU_S_DEVERR, 3},
        {"VIRTIO_IOMMU_S_DEVERR", VIRTIO_IOMMU_S_DEVERR, 3},
        {"VWR_IOMMU_S_INVAL", VWR_IOMMU_S_INVAL, 4},
        {"VIRTIO_IOMMU_S_INVAL", VIRTIO_IOMMU_S_INVAL, 4},
        {"VWR_IOMMU_S_RANGE", VWR_IOMMU_S_RANGE, 5},
        {"VIRTIO_IOMMU_S_RANGE", VIRTIO_IOMMU_S_RANGE, 5},
        {"VWR_IOMMU_S_NOENT", VWR_IOMMU_S_NOENT, 6},
        {"VIRTIO_IOMMU_S_NOENT", VIRTIO_IOMMU_S_NOENT, 6},
        {"VWR_IOMMU_S_FAULT", VWR_IOMMU_S_FAULT, 7},
        {"VIRTIO_IOMMU_S_FAULT", VIRTIO_IOMMU_S_FAULT, 7},
        {"VWR_IOMMU_S_NOMEM", VWR_IOMMU_S_NOMEM, 8},
        {"VIRTIO_IOMMU_S_NOMEM", VIRTIO_IOMMU_S_NOMEM, 8},
        {"VWR_IOMMU_RESV_MEM_T_RESERVED", VWR_IOMMU_RESV_MEM_T_RESERVED, 0},
        {"VIRTIO_IOMMU_RESV_MEM_T_RESERVED", VIRTIO_IOMMU_RESV_MEM_T_RESERVED, 0},
        {"VWR_IOMMU_RESV_MEM_T_MSI", VWR_IOMMU_RESV_MEM_T_MSI, 1},
        {"VIRTIO_IOMMU_RESV_MEM_T_MSI", VIRTIO_IOMMU_RESV_MEM_T_MSI, 1},
        {"VWR_IOMMU_FAULT_R_UNKNOWN", VWR_IOMMU_FAULT_R_UNKNOWN, 0},
        {"VIRTIO_IOMMU_FAULT_R_UNKNOWN", VIRTIO_IOMMU_FAULT_R_UNKNOWN, 0},
        {"VWR_IOMMU_FAULT_R_DOMAIN", VWR_IOMMU_FAULT_R_DOMAIN, 1},
        {"VIRTIO_IOMMU_FAULT_R_DOMAIN", VIRTIO_IOMMU_FAULT_R_DOMAIN, 1},
        {"VWR_IOMMU_FAULT_R_MAPPING", VWR_IOMMU_FAULT_R_MAPPING, 2},
        {"VIRTIO_IOMMU_FAULT_R_MAPPING", VIRTIO_IOMMU_FAULT_R_MAPPING, 2},
        {"VWR_IOMMU_PROBE_T_RESV_MEM", VWR_IOMMU_PROBE_T_RESV_MEM, 1},
        {"VIRTIO_IOMMU_PROBE_T_RESV_MEM", VIRTIO_IOMMU_PROBE_T_RESV_MEM, 1},
        {"VWR_IOMMU_ATTACH_F_BYPASS", VWR_IOMMU_ATTACH_F_BYPASS, 0x1},
        {"VIRTIO_IOMMU_ATTACH_F_BYPASS", VIRTIO_IOMMU_ATTACH_F_BYPASS, 0x1},
        {"VWR_IOMMU_MAP_F_READ", VWR_IOMMU_MAP_F_READ, 0x1},
        {"VIRTIO_IOMMU_MAP_F_READ", VIRTIO_IOMMU_MAP_F_READ, 0x1},
        {"VWR_IOMMU_MAP_F_WRITE", VWR_IOMMU_MAP_F_WRITE, 0x2},
        {"VIRTIO_IOMMU_MAP_F_WRITE", VIRTIO_IOMMU_MAP_F_WRITE, 0x2},
        {"VWR_IOMMU_MAP_F_MMIO", VWR_IOMMU_MAP_F_MMIO, 0x4},
        {"VIRTIO_IOMMU_MAP_F_MMIO", VIRTIO_IOMMU_MAP_F_MMIO, 0x4},
        {"VWR_IOMMU_FAULT_F_READ", VWR_IOMMU_FAULT_F_READ, 0x1},
        {"VIRTIO_IOMMU_FAULT_F_READ", VIRTIO_IOMMU_FAULT_F_READ, 0x1},
        {"VWR_IOMMU_FAULT_F_WRITE", VWR_IOMMU_FAULT_F_WRITE, 0x2},
        {"VIRTIO_IOMMU_FAULT_F_WRITE", VIRTIO_IOMMU_FAULT_F_WRITE, 0x2},
        {"VWR_IOMMU_FAULT_F_ADDRESS", VWR_IOMMU_FAULT_F_ADDRESS, 0x100},
        {"VIRTIO_IOMMU_FAULT_F_ADDRESS", VIRTIO_IOMMU_FAULT_F_ADDRESS, 0x100},
        {"VWR_IOMMU_T_ATTACH", VWR_IOMMU_T_ATTACH, 1},
        {"VIRTIO_IOMMU_T_ATTACH", VIRTIO_IOMMU_T_ATTACH, 1},
        {"VWR_IOMMU_T_DETACH", VWR_IOMMU_T_DETACH, 2},
        {"VIRTIO_IOMMU_T_DETACH", VIRTIO_IOMMU_T_DETACH, 2},
        {"VWR_IOMMU_T_MAP", VWR_IOMMU_T_MAP, 3},
        {"VIRTIO_IOMMU_T_MAP", VIRTIO_IOMMU_T_MAP, 3},
        {"VWR_IOMMU_T_UNMAP", VWR_IOMMU_T_UNMAP, 4},
        {"VIRTIO_IOMMU_T_UNMAP", VIRTIO_IOMMU_T_UNMAP, 4},
        {"VWR_IOMMU_T_PROBE", VWR_IOMMU_T_PROBE, 5},
        {"VIRTIO_IOMMU_T_PROBE", VIRTIO_IOMMU_T_PROBE, 5},
        {"VWR_IOMMU_QUEUE_REQUESTQ", VWR_IOMMU_QUEUE_REQUESTQ, 0},
        {"VIRTIO_IOMMU_QUEUE_REQUESTQ", VIRTIO_IOMMU_QUEUE_REQUESTQ, 0},
        {"VWR_IOMMU_QUEUE_EVENTQ", VWR_IOMMU_QUEUE_EVENTQ, 1},
        {"VIRTIO_IOMMU_QUEUE_EVENTQ", VIRTIO_IOMMU_QUEUE_EVENTQ, 1},
        {"VWR_IOMMU_CONFIG_PAGE_SIZE_MASK", VWR_IOMMU_CONFIG_PAGE_SIZE_MASK,
         __builtin_offsetof(struct vwr_iommu_config, page_size_mask)},
        {"VWR_IOMMU_CONFIG_INPUT_RANGE", VWR_IOMMU_CONFIG_INPUT_RANGE,
         __builtin_offsetof(struct vwr_iommu_config, input_range)},
        {"VWR_IOMMU_CONFIG_INPUT_RANGE_START", VWR_IOMMU_CONFIG_INPUT_RANGE_START,
         __builtin_offsetof(struct vwr_iommu_config, input_range.start)},
        {"VWR_IOMMU_CONFIG_INPUT_RANGE_END", VWR_IOMMU_CONFIG_INPUT_RANGE_END,
         __builtin_offsetof(struct vwr_iommu_config, input_range.end)},
        {"VWR_IOMMU_CONFIG_DOMAIN_RANGE", VWR_IOMMU_CONFIG_DOMAIN_RANGE,
         __builtin_offsetof(struct vwr_iommu_config, domain_range)},
        {"VWR_IOMMU_CONFIG_DOMAIN_RANGE_START", VWR_IOMMU_CONFIG_DOMAIN_RANGE_START,
         __builtin_offsetof(struct vwr_iommu_config, domain_range.start)},
        {"VWR_IOMMU_CONFIG_DOMAIN_RANGE_END", VWR_IOMMU_CONFIG_DOMAIN_RANGE_END,
         __builtin_offsetof(struct vwr_iommu_config, domain_range.end)},
        {"VWR_IOMMU_CONFIG_PROBE_SIZE", VWR_IOMMU_CONFIG_PROBE_SIZE,
         __builtin_offsetof(struct vwr_iommu_config, probe_size)},
        {"VWR_IOMMU_CONFIG_BYPASS", VWR_IOMMU_CONFIG_BYPASS,
         __builtin_offsetof(struct vwr_iommu_config, bypass)},
        {"vwr_iommu_req_probe_in_tail_offset(1)",
         vwr_iommu_req_probe_in_tail_offset(1), 1},
        {"vwr_iommu_req_probe_in_bytes(1)",
         vwr_iommu_req_probe_in_bytes(1), 5},
    };

    return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
}

/* The accessors of a configuration whose byte n is n + 1, and that has all its fields. */
static int wire_config(void)
{
    static const _Alignas(8) uint8_t bytes[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28,
    };
    struct vwr_config c;
    int wrong;

    memset(&c, 0, sizeof(c));
    memset(&c.features, 0xff, sizeof(c.features));
    c.base = (void *)(uintptr_t)bytes;
    {
        const struct number numbers[] = {
            {"vwr_iommu_config_get_page_size_mask(&c)",
             vwr_iommu_config_get_page_size_mask(&c), 0x0807060504030201ULL},
            {"vwr_iommu_config_get_input_range_start(&c)",
             vwr_iommu_config_get_input_range_start(&c), 0x100f0e0d0c0b0a09ULL},
            {"vwr_iommu_config_get_input_range_end(&c)",
             vwr_iommu_config_get_input_range_end(&c), 0x1817161514131211ULL},
            {"vwr_iommu_config_get_domain_range_start(&c)",
             vwr_iommu_config_get_domain_range_start(&c), 0x1c1b1a19u},
            {"vwr_iommu_config_get_domain_range_end(&c)",
             vwr_iommu_config_get_domain_range_end(&c), 0x201f1e1du},
            {"vwr_iommu_config_get_probe_size(&c)",
             vwr_iommu_config_get_probe_size(&c), 0x24232221u},
            {"vwr_iommu_config_get_bypass(&c)",
             vwr_iommu_config_get_bypass(&c), 0x25u},
        };

        wrong = check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    memset(&c.features, 0, sizeof(c.features));
    {
        const struct number absent[] = {
            {"absent: vwr_iommu_config_get_input_range_start(&c)",
             vwr_iommu_config_get_input_range_start(&c), 0u},
            {"absent: vwr_iommu_config_get_input_range_end(&c)",
             vwr_iommu_config_get_input_range_end(&c), 0xffffffffffffffffULL},
            {"absent: vwr_iommu_config_get_domain_range_start(&c)",
             vwr_iommu_config_get_domain_range_start(&c), 0u},
            {"absent: vwr_iommu_config_get_domain_range_end(&c)",
             vwr_iommu_config_get_domain_range_end(&c), 0xffffffffu},
            {"absent: vwr_iommu_config_get_probe_size(&c)",
             vwr_iommu_config_get_probe_size(&c), 0u},
            {"absent: vwr_iommu_config_get_bypass(&c)",
             vwr_iommu_config_get_bypass(&c), 0u},
        };

        wrong |= check_numbers(absent, sizeof(absent) / sizeof(absent[0]));
    }
    memset(&c.features, 0xff, sizeof(c.features));
    {
        struct vwr_iommu_config_info info;
        _Alignas(8) struct vwr_iommu_config w;

        vwr_iommu_config_read(&c, &info);
        const struct number numbers[] = {
            {"info.page_size_mask",
             info.page_size_mask, 0x0807060504030201ULL},
            {"info.input_range_start",
             info.input_range_start, 0x100f0e0d0c0b0a09ULL},
            {"info.input_range_end",
             info.input_range_end, 0x1817161514131211ULL},
            {"info.domain_range_start",
             info.domain_range_start, 0x1c1b1a19u},
            {"info.domain_range_end",
             info.domain_range_end, 0x201f1e1du},
            {"info.probe_size",
             info.probe_size, 0x24232221u},
            {"info.bypass",
             info.bypass, 0x25u},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
        memset(&w, 0, sizeof(w));
        vwr_iommu_config_write(&w, false, &info);
        c.base = &w;
        const struct number written[] = {
            {"written: info.page_size_mask",
             vwr_iommu_config_get_page_size_mask(&c), info.page_size_mask},
            {"written: info.input_range_start",
             vwr_iommu_config_get_input_range_start(&c), info.input_range_start},
            {"written: info.input_range_end",
             vwr_iommu_config_get_input_range_end(&c), info.input_range_end},
            {"written: info.domain_range_start",
             vwr_iommu_config_get_domain_range_start(&c), info.domain_range_start},
            {"written: info.domain_range_end",
             vwr_iommu_config_get_domain_range_end(&c), info.domain_range_end},
            {"written: info.probe_size",
             vwr_iommu_config_get_probe_size(&c), info.probe_size},
        };

        wrong |= check_numbers(written, sizeof(written) / sizeof(written[0]));
    }
    return wrong;
}

/* The feature words contain exactly the bits that are not legacy-only. */
static int feature_words(void)
{
    static const uint8_t bits[] = {
        VWR_IOMMU_F_INPUT_RANGE,
        VWR_IOMMU_F_DOMAIN_RANGE,
        VWR_IOMMU_F_MAP_UNMAP,
        VWR_IOMMU_F_BYPASS,
        VWR_IOMMU_F_PROBE,
        VWR_IOMMU_F_MMIO,
        VWR_IOMMU_F_BYPASS_CONFIG,
    };
    uint32_t w[VWR_FEATURE_WORDS] = {0};

    for (size_t i = 0; i < sizeof(bits); i++)
        w[bits[i] / 32] |= (uint32_t)1 << bits[i] % 32;
    {
        const struct number numbers[] = {
            {"VWR_IOMMU_FEATURES_W0", VWR_IOMMU_FEATURES_W0, w[0]},
            {"VWR_IOMMU_FEATURES_W1", VWR_IOMMU_FEATURES_W1, w[1]},
            {"VWR_IOMMU_FEATURES_W2", VWR_IOMMU_FEATURES_W2, w[2]},
            {"VWR_IOMMU_FEATURES_W3", VWR_IOMMU_FEATURES_W3, w[3]},
        };

        return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
}

int main(void)
{
    int wrong = constants();

    wrong |= wire_config();
    wrong |= feature_words();
    wrong |= wire_vwr_iommu_range_64() | wire_virtio_iommu_range_64();
    wrong |= wire_vwr_iommu_range_32() | wire_virtio_iommu_range_32();
    wrong |= wire_vwr_iommu_req_head() | wire_virtio_iommu_req_head();
    wrong |= wire_vwr_iommu_req_tail() | wire_virtio_iommu_req_tail();
    wrong |= wire_vwr_iommu_req_attach() | wire_virtio_iommu_req_attach();
    wrong |= wire_vwr_iommu_req_detach() | wire_virtio_iommu_req_detach();
    wrong |= wire_vwr_iommu_req_map() | wire_virtio_iommu_req_map();
    wrong |= wire_vwr_iommu_req_unmap() | wire_virtio_iommu_req_unmap();
    wrong |= wire_vwr_iommu_req_probe() | wire_virtio_iommu_req_probe();
    wrong |= wire_vwr_iommu_probe_property() | wire_virtio_iommu_probe_property();
    wrong |= wire_vwr_iommu_probe_resv_mem() | wire_virtio_iommu_probe_resv_mem();
    wrong |= wire_vwr_iommu_fault() | wire_virtio_iommu_fault();
    wrong |= wire_vwr_iommu_config() | wire_virtio_iommu_config();
    if (!wrong)
        printf("%s: 13 structs match the specification\n", "spec/device/iommu.yaml");
    return wrong;
}
