/* SPDX-License-Identifier: MIT */
/* Generated from spec/transport/pci.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Virtio Over PCI Bus */

/*
 * A host program. It fills each struct field by field and compares its bytes with the specification's little-endian
 * order, and constants with the values of spec/. It reads and writes the configuration and registers. Exit code 0 or 1.
 */
#include <stdio.h>
#include <string.h>

#include "vwr/gen/pci.h"
#include "virtio_pci.h"

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

static int wire_vwr_pci_cap(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_pci_cap s;

    memset(&s, 0, sizeof(s));
    s.cap_vndr = 0x01u;
    s.cap_next = 0x02u;
    s.cap_len = 0x03u;
    s.cfg_type = 0x04u;
    s.bar = 0x05u;
    s.id = 0x06u;
    for (unsigned i = 0; i < 2; i++)
        s.padding[i] = (uint8_t)(0x07u + i);
    s.offset = vwr_cpu_to_le32(0x0c0b0a09u);
    s.length = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct vwr_pci_cap", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_pci_cap(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_pci_cap s;

    memset(&s, 0, sizeof(s));
    s.cap_vndr = 0x01u;
    s.cap_next = 0x02u;
    s.cap_len = 0x03u;
    s.cfg_type = 0x04u;
    s.bar = 0x05u;
    s.id = 0x06u;
    for (unsigned i = 0; i < 2; i++)
        s.padding[i] = (uint8_t)(0x07u + i);
    s.offset = vwr_cpu_to_le32(0x0c0b0a09u);
    s.length = vwr_cpu_to_le32(0x100f0e0du);
    return check_bytes("struct virtio_pci_cap", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_pci_cap64(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_pci_cap64 s;

    memset(&s, 0, sizeof(s));
    s.cap.cap_vndr = 0x01u;
    s.cap.cap_next = 0x02u;
    s.cap.cap_len = 0x03u;
    s.cap.cfg_type = 0x04u;
    s.cap.bar = 0x05u;
    s.cap.id = 0x06u;
    for (unsigned i = 0; i < 2; i++)
        s.cap.padding[i] = (uint8_t)(0x07u + i);
    s.cap.offset = vwr_cpu_to_le32(0x0c0b0a09u);
    s.cap.length = vwr_cpu_to_le32(0x100f0e0du);
    s.offset_hi = vwr_cpu_to_le32(0x14131211u);
    s.length_hi = vwr_cpu_to_le32(0x18171615u);
    return check_bytes("struct vwr_pci_cap64", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_pci_cap64(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_pci_cap64 s;

    memset(&s, 0, sizeof(s));
    s.cap.cap_vndr = 0x01u;
    s.cap.cap_next = 0x02u;
    s.cap.cap_len = 0x03u;
    s.cap.cfg_type = 0x04u;
    s.cap.bar = 0x05u;
    s.cap.id = 0x06u;
    for (unsigned i = 0; i < 2; i++)
        s.cap.padding[i] = (uint8_t)(0x07u + i);
    s.cap.offset = vwr_cpu_to_le32(0x0c0b0a09u);
    s.cap.length = vwr_cpu_to_le32(0x100f0e0du);
    s.offset_hi = vwr_cpu_to_le32(0x14131211u);
    s.length_hi = vwr_cpu_to_le32(0x18171615u);
    return check_bytes("struct virtio_pci_cap64", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_pci_common_cfg(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40,
    };
    struct vwr_pci_common_cfg s;

    memset(&s, 0, sizeof(s));
    s.device_feature_select = vwr_cpu_to_le32(0x04030201u);
    s.device_feature = vwr_cpu_to_le32(0x08070605u);
    s.driver_feature_select = vwr_cpu_to_le32(0x0c0b0a09u);
    s.driver_feature = vwr_cpu_to_le32(0x100f0e0du);
    s.config_msix_vector = vwr_cpu_to_le16(0x1211u);
    s.num_queues = vwr_cpu_to_le16(0x1413u);
    s.device_status = 0x15u;
    s.config_generation = 0x16u;
    s.queue_select = vwr_cpu_to_le16(0x1817u);
    s.queue_size = vwr_cpu_to_le16(0x1a19u);
    s.queue_msix_vector = vwr_cpu_to_le16(0x1c1bu);
    s.queue_enable = vwr_cpu_to_le16(0x1e1du);
    s.queue_notify_off = vwr_cpu_to_le16(0x201fu);
    s.queue_desc = vwr_cpu_to_le64(0x2827262524232221ULL);
    s.queue_driver = vwr_cpu_to_le64(0x302f2e2d2c2b2a29ULL);
    s.queue_device = vwr_cpu_to_le64(0x3837363534333231ULL);
    s.queue_notif_config_data = vwr_cpu_to_le16(0x3a39u);
    s.queue_reset = vwr_cpu_to_le16(0x3c3bu);
    s.admin_queue_index = vwr_cpu_to_le16(0x3e3du);
    s.admin_queue_num = vwr_cpu_to_le16(0x403fu);
    return check_bytes("struct vwr_pci_common_cfg", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_pci_common_cfg(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40,
    };
    struct virtio_pci_common_cfg s;

    memset(&s, 0, sizeof(s));
    s.device_feature_select = vwr_cpu_to_le32(0x04030201u);
    s.device_feature = vwr_cpu_to_le32(0x08070605u);
    s.driver_feature_select = vwr_cpu_to_le32(0x0c0b0a09u);
    s.driver_feature = vwr_cpu_to_le32(0x100f0e0du);
    s.config_msix_vector = vwr_cpu_to_le16(0x1211u);
    s.num_queues = vwr_cpu_to_le16(0x1413u);
    s.device_status = 0x15u;
    s.config_generation = 0x16u;
    s.queue_select = vwr_cpu_to_le16(0x1817u);
    s.queue_size = vwr_cpu_to_le16(0x1a19u);
    s.queue_msix_vector = vwr_cpu_to_le16(0x1c1bu);
    s.queue_enable = vwr_cpu_to_le16(0x1e1du);
    s.queue_notify_off = vwr_cpu_to_le16(0x201fu);
    s.queue_desc = vwr_cpu_to_le64(0x2827262524232221ULL);
    s.queue_driver = vwr_cpu_to_le64(0x302f2e2d2c2b2a29ULL);
    s.queue_device = vwr_cpu_to_le64(0x3837363534333231ULL);
    s.queue_notif_config_data = vwr_cpu_to_le16(0x3a39u);
    s.queue_reset = vwr_cpu_to_le16(0x3c3bu);
    s.admin_queue_index = vwr_cpu_to_le16(0x3e3du);
    s.admin_queue_num = vwr_cpu_to_le16(0x403fu);
    return check_bytes("struct virtio_pci_common_cfg", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_pci_notify_cap(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14,
    };
    struct vwr_pci_notify_cap s;

    memset(&s, 0, sizeof(s));
    s.cap.cap_vndr = 0x01u;
    s.cap.cap_next = 0x02u;
    s.cap.cap_len = 0x03u;
    s.cap.cfg_type = 0x04u;
    s.cap.bar = 0x05u;
    s.cap.id = 0x06u;
    for (unsigned i = 0; i < 2; i++)
        s.cap.padding[i] = (uint8_t)(0x07u + i);
    s.cap.offset = vwr_cpu_to_le32(0x0c0b0a09u);
    s.cap.length = vwr_cpu_to_le32(0x100f0e0du);
    s.notify_off_multiplier = vwr_cpu_to_le32(0x14131211u);
    return check_bytes("struct vwr_pci_notify_cap", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_pci_notify_cap(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14,
    };
    struct virtio_pci_notify_cap s;

    memset(&s, 0, sizeof(s));
    s.cap.cap_vndr = 0x01u;
    s.cap.cap_next = 0x02u;
    s.cap.cap_len = 0x03u;
    s.cap.cfg_type = 0x04u;
    s.cap.bar = 0x05u;
    s.cap.id = 0x06u;
    for (unsigned i = 0; i < 2; i++)
        s.cap.padding[i] = (uint8_t)(0x07u + i);
    s.cap.offset = vwr_cpu_to_le32(0x0c0b0a09u);
    s.cap.length = vwr_cpu_to_le32(0x100f0e0du);
    s.notify_off_multiplier = vwr_cpu_to_le32(0x14131211u);
    return check_bytes("struct virtio_pci_notify_cap", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_pci_isr_cfg(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct vwr_pci_isr_cfg s;

    memset(&s, 0, sizeof(s));
    s.isr_status = 0x01u;
    return check_bytes("struct vwr_pci_isr_cfg", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_pci_isr_cfg(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct virtio_pci_isr_cfg s;

    memset(&s, 0, sizeof(s));
    s.isr_status = 0x01u;
    return check_bytes("struct virtio_pci_isr_cfg", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_pci_vndr_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06,
    };
    struct vwr_pci_vndr_data s;

    memset(&s, 0, sizeof(s));
    s.cap_vndr = 0x01u;
    s.cap_next = 0x02u;
    s.cap_len = 0x03u;
    s.cfg_type = 0x04u;
    s.vendor_id = vwr_cpu_to_le16(0x0605u);
    return check_bytes("struct vwr_pci_vndr_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_pci_vndr_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06,
    };
    struct virtio_pci_vndr_data s;

    memset(&s, 0, sizeof(s));
    s.cap_vndr = 0x01u;
    s.cap_next = 0x02u;
    s.cap_len = 0x03u;
    s.cfg_type = 0x04u;
    s.vendor_id = vwr_cpu_to_le16(0x0605u);
    return check_bytes("struct virtio_pci_vndr_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_pci_cfg_cap(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14,
    };
    struct vwr_pci_cfg_cap s;

    memset(&s, 0, sizeof(s));
    s.cap.cap_vndr = 0x01u;
    s.cap.cap_next = 0x02u;
    s.cap.cap_len = 0x03u;
    s.cap.cfg_type = 0x04u;
    s.cap.bar = 0x05u;
    s.cap.id = 0x06u;
    for (unsigned i = 0; i < 2; i++)
        s.cap.padding[i] = (uint8_t)(0x07u + i);
    s.cap.offset = vwr_cpu_to_le32(0x0c0b0a09u);
    s.cap.length = vwr_cpu_to_le32(0x100f0e0du);
    for (unsigned i = 0; i < 4; i++)
        s.pci_cfg_data[i] = (uint8_t)(0x11u + i);
    return check_bytes("struct vwr_pci_cfg_cap", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_pci_cfg_cap(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14,
    };
    struct virtio_pci_cfg_cap s;

    memset(&s, 0, sizeof(s));
    s.cap.cap_vndr = 0x01u;
    s.cap.cap_next = 0x02u;
    s.cap.cap_len = 0x03u;
    s.cap.cfg_type = 0x04u;
    s.cap.bar = 0x05u;
    s.cap.id = 0x06u;
    for (unsigned i = 0; i < 2; i++)
        s.cap.padding[i] = (uint8_t)(0x07u + i);
    s.cap.offset = vwr_cpu_to_le32(0x0c0b0a09u);
    s.cap.length = vwr_cpu_to_le32(0x100f0e0du);
    for (unsigned i = 0; i < 4; i++)
        s.pci_cfg_data[i] = (uint8_t)(0x11u + i);
    return check_bytes("struct virtio_pci_cfg_cap", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_pci_legacy_header(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14,
    };
    struct vwr_pci_legacy_header s;

    memset(&s, 0, sizeof(s));
    s.device_features = vwr_cpu_to_le32(0x04030201u);
    s.driver_features = vwr_cpu_to_le32(0x08070605u);
    s.queue_address = vwr_cpu_to_le32(0x0c0b0a09u);
    s.queue_size = vwr_cpu_to_le16(0x0e0du);
    s.queue_select = vwr_cpu_to_le16(0x100fu);
    s.queue_notify = vwr_cpu_to_le16(0x1211u);
    s.device_status = 0x13u;
    s.isr_status = 0x14u;
    return check_bytes("struct vwr_pci_legacy_header", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_pci_legacy_header(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14,
    };
    struct virtio_pci_legacy_header s;

    memset(&s, 0, sizeof(s));
    s.device_features = vwr_cpu_to_le32(0x04030201u);
    s.driver_features = vwr_cpu_to_le32(0x08070605u);
    s.queue_address = vwr_cpu_to_le32(0x0c0b0a09u);
    s.queue_size = vwr_cpu_to_le16(0x0e0du);
    s.queue_select = vwr_cpu_to_le16(0x100fu);
    s.queue_notify = vwr_cpu_to_le16(0x1211u);
    s.device_status = 0x13u;
    s.isr_status = 0x14u;
    return check_bytes("struct virtio_pci_legacy_header", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_pci_legacy_header_msix(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_pci_legacy_header_msix s;

    memset(&s, 0, sizeof(s));
    s.header.device_features = vwr_cpu_to_le32(0x04030201u);
    s.header.driver_features = vwr_cpu_to_le32(0x08070605u);
    s.header.queue_address = vwr_cpu_to_le32(0x0c0b0a09u);
    s.header.queue_size = vwr_cpu_to_le16(0x0e0du);
    s.header.queue_select = vwr_cpu_to_le16(0x100fu);
    s.header.queue_notify = vwr_cpu_to_le16(0x1211u);
    s.header.device_status = 0x13u;
    s.header.isr_status = 0x14u;
    s.config_msix_vector = vwr_cpu_to_le16(0x1615u);
    s.queue_msix_vector = vwr_cpu_to_le16(0x1817u);
    return check_bytes("struct vwr_pci_legacy_header_msix", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_pci_legacy_header_msix(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_pci_legacy_header_msix s;

    memset(&s, 0, sizeof(s));
    s.header.device_features = vwr_cpu_to_le32(0x04030201u);
    s.header.driver_features = vwr_cpu_to_le32(0x08070605u);
    s.header.queue_address = vwr_cpu_to_le32(0x0c0b0a09u);
    s.header.queue_size = vwr_cpu_to_le16(0x0e0du);
    s.header.queue_select = vwr_cpu_to_le16(0x100fu);
    s.header.queue_notify = vwr_cpu_to_le16(0x1211u);
    s.header.device_status = 0x13u;
    s.header.isr_status = 0x14u;
    s.config_msix_vector = vwr_cpu_to_le16(0x1615u);
    s.queue_msix_vector = vwr_cpu_to_le16(0x1817u);
    return check_bytes("struct virtio_pci_legacy_header_msix", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_pci_notification_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_pci_notification_data s;

    memset(&s, 0, sizeof(s));
    s.value = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct vwr_pci_notification_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_pci_notification_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtio_pci_notification_data s;

    memset(&s, 0, sizeof(s));
    s.value = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct virtio_pci_notification_data", &s, sizeof(s), expected, sizeof(expected));
}

static int constants(void)
{
    const struct number numbers[] = {
        {"VWR_PCI_CAP_COMMON_CFG", VWR_PCI_CAP_COMMON_CFG, 1},
        {"VIRTIO_PCI_CAP_COMMON_CFG", VIRTIO_PCI_CAP_COMMON_CFG, 1},
        {"VWR_PCI_CAP_NOTIFY_CFG", VWR_PCI_CAP_NOTIFY_CFG, 2},
        {"VIRTIO_PCI_CAP_NOTIFY_CFG", VIRTIO_PCI_CAP_NOTIFY_CFG, 2},
        {"VWR_PCI_CAP_ISR_CFG", VWR_PCI_CAP_ISR_CFG, 3},
        {"VIRTIO_PCI_CAP_ISR_CFG", VIRTIO_PCI_CAP_ISR_CFG, 3},
        {"VWR_PCI_CAP_DEVICE_CFG", VWR_PCI_CAP_DEVICE_CFG, 4},
        {"VIRTIO_PCI_CAP_DEVICE_CFG", VIRTIO_PCI_CAP_DEVICE_CFG, 4},
        {"VWR_PCI_CAP_PCI_CFG", VWR_PCI_CAP_PCI_CFG, 5},
        {"VIRTIO_PCI_CAP_PCI_CFG", VIRTIO_PCI_CAP_PCI_CFG, 5},
        {"VWR_PCI_CAP_SHARED_MEMORY_CFG", VWR_PCI_CAP_SHARED_MEMORY_CFG, 8},
        {"VIRTIO_PCI_CAP_SHARED_MEMORY_CFG", VIRTIO_PCI_CAP_SHARED_MEMORY_CFG, 8},
        {"VWR_PCI_CAP_VENDOR_CFG", VWR_PCI_CAP_VENDOR_CFG, 9},
        {"VIRTIO_PCI_CAP_VENDOR_CFG", VIRTIO_PCI_CAP_VENDOR_CFG, 9},
        {"VWR_PCI_ISR_QUEUE", VWR_PCI_ISR_QUEUE, 0x1},
        {"VIRTIO_PCI_ISR_QUEUE", VIRTIO_PCI_ISR_QUEUE, 0x1},
        {"VWR_PCI_ISR_CONFIG", VWR_PCI_ISR_CONFIG, 0x2},
        {"VIRTIO_PCI_ISR_CONFIG", VIRTIO_PCI_ISR_CONFIG, 0x2},
        {"VWR_PCI_VENDOR_ID", VWR_PCI_VENDOR_ID, 0x1af4u},
        {"VIRTIO_PCI_VENDOR_ID", VIRTIO_PCI_VENDOR_ID, 0x1af4u},
        {"VWR_PCI_DEVICE_ID_MIN", VWR_PCI_DEVICE_ID_MIN, 0x1000u},
        {"VIRTIO_PCI_DEVICE_ID_MIN", VIRTIO_PCI_DEVICE_ID_MIN, 0x1000u},
        {"VWR_PCI_DEVICE_ID_TRANSITIONAL_MAX", VWR_PCI_DEVICE_ID_TRANSITIONAL_MAX, 0x103fu},
        {"VIRTIO_PCI_DEVICE_ID_TRANSITIONAL_MAX", VIRTIO_PCI_DEVICE_ID_TRANSITIONAL_MAX, 0x103fu},
        {"VWR_PCI_DEVICE_ID_MODERN_BASE", VWR_PCI_DEVICE_ID_MODERN_BASE, 0x1040u},
        {"VIRTIO_PCI_DEVICE_ID_MODERN_BASE", VIRTIO_PCI_DEVICE_ID_MODERN_BASE, 0x1040u},
        {"VWR_PCI_DEVICE_ID_MAX", VWR_PCI_DEVICE_ID_MAX, 0x107fu},
        {"VIRTIO_PCI_DEVICE_ID_MAX", VIRTIO_PCI_DEVICE_ID_MAX, 0x107fu},
        {"VWR_PCI_REVISION_MODERN_MIN", VWR_PCI_REVISION_MODERN_MIN, 1u},
        {"VIRTIO_PCI_REVISION_MODERN_MIN", VIRTIO_PCI_REVISION_MODERN_MIN, 1u},
        {"VWR_PCI_SUBSYSTEM_DEVICE_ID_MODERN_MIN", VWR_PCI_SUBSYSTEM_DEVICE_ID_MODERN_MIN, 0x40u},
        {"VIRTIO_PCI_SUBSYSTEM_DEVICE_ID_MODERN_MIN", VIRTIO_PCI_SUBSYSTEM_DEVICE_ID_MODERN_MIN, 0x40u},
        {"VWR_PCI_REVISION_TRANSITIONAL", VWR_PCI_REVISION_TRANSITIONAL, 0u},
        {"VIRTIO_PCI_REVISION_TRANSITIONAL", VIRTIO_PCI_REVISION_TRANSITIONAL, 0u},
        {"VWR_PCI_CAP_ID_VNDR", VWR_PCI_CAP_ID_VNDR, 0x9u},
        {"VIRTIO_PCI_CAP_ID_VNDR", VIRTIO_PCI_CAP_ID_VNDR, 0x9u},
        {"VWR_PCI_BAR_MAX", VWR_PCI_BAR_MAX, 5u},
        {"VIRTIO_PCI_BAR_MAX", VIRTIO_PCI_BAR_MAX, 5u},
        {"VWR_PCI_LEGACY_BAR", VWR_PCI_LEGACY_BAR, 0u},
        {"VIRTIO_PCI_LEGACY_BAR", VIRTIO_PCI_LEGACY_BAR, 0u},
        {"VWR_PCI_LEGACY_CONFIG", VWR_PCI_LEGACY_CONFIG, 20u},
        {"VIRTIO_PCI_LEGACY_CONFIG", VIRTIO_PCI_LEGACY_CONFIG, 20u},
        {"VWR_PCI_LEGACY_CONFIG_MSIX", VWR_PCI_LEGACY_CONFIG_MSIX, 24u},
        {"VIRTIO_PCI_LEGACY_CONFIG_MSIX", VIRTIO_PCI_LEGACY_CONFIG_MSIX, 24u},
        {"VWR_PCI_MSIX_VECTOR_MAX", VWR_PCI_MSIX_VECTOR_MAX, 0x7ffu},
        {"VIRTIO_PCI_MSIX_VECTOR_MAX", VIRTIO_PCI_MSIX_VECTOR_MAX, 0x7ffu},
        {"VWR_PCI_MSIX_VECTORS_MIN", VWR_PCI_MSIX_VECTORS_MIN, 2u},
        {"VIRTIO_PCI_MSIX_VECTORS_MIN", VIRTIO_PCI_MSIX_VECTORS_MIN, 2u},
        {"VWR_PCI_MSI_NO_VECTOR", VWR_PCI_MSI_NO_VECTOR, 0xffffu},
        {"VIRTIO_MSI_NO_VECTOR", VIRTIO_MSI_NO_VECTOR, 0xffffu},
        {"VWR_PCI_LEGACY_QUEUE_ALIGN", VWR_PCI_LEGACY_QUEUE_ALIGN, 4096u},
        {"VIRTIO_PCI_LEGACY_QUEUE_ALIGN", VIRTIO_PCI_LEGACY_QUEUE_ALIGN, 4096u},
    };

    return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
}

int main(void)
{
    int wrong = constants();

    wrong |= wire_vwr_pci_cap() | wire_virtio_pci_cap();
    wrong |= wire_vwr_pci_cap64() | wire_virtio_pci_cap64();
    wrong |= wire_vwr_pci_common_cfg() | wire_virtio_pci_common_cfg();
    wrong |= wire_vwr_pci_notify_cap() | wire_virtio_pci_notify_cap();
    wrong |= wire_vwr_pci_isr_cfg() | wire_virtio_pci_isr_cfg();
    wrong |= wire_vwr_pci_vndr_data() | wire_virtio_pci_vndr_data();
    wrong |= wire_vwr_pci_cfg_cap() | wire_virtio_pci_cfg_cap();
    wrong |= wire_vwr_pci_legacy_header() | wire_virtio_pci_legacy_header();
    wrong |= wire_vwr_pci_legacy_header_msix() | wire_virtio_pci_legacy_header_msix();
    wrong |= wire_vwr_pci_notification_data() | wire_virtio_pci_notification_data();
    if (!wrong)
        printf("%s: 10 structs match the specification\n", "spec/transport/pci.yaml");
    return wrong;
}
