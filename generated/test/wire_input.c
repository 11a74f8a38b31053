/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/input.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Input Device */

/*
 * A host program. It fills each struct field by field and compares its bytes with the specification's little-endian
 * order, and constants with the values of spec/. It reads and writes the configuration and registers. Exit code 0 or 1.
 */
#include <stdio.h>
#include <string.h>

#include "vwr/gen/input.h"
#include "virtio_input.h"

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

static int wire_vwr_input_absinfo(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14,
    };
    struct vwr_input_absinfo s;

    memset(&s, 0, sizeof(s));
    s.min = vwr_cpu_to_le32(0x04030201u);
    s.max = vwr_cpu_to_le32(0x08070605u);
    s.fuzz = vwr_cpu_to_le32(0x0c0b0a09u);
    s.flat = vwr_cpu_to_le32(0x100f0e0du);
    s.res = vwr_cpu_to_le32(0x14131211u);
    return check_bytes("struct vwr_input_absinfo", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_input_absinfo(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14,
    };
    struct virtio_input_absinfo s;

    memset(&s, 0, sizeof(s));
    s.min = vwr_cpu_to_le32(0x04030201u);
    s.max = vwr_cpu_to_le32(0x08070605u);
    s.fuzz = vwr_cpu_to_le32(0x0c0b0a09u);
    s.flat = vwr_cpu_to_le32(0x100f0e0du);
    s.res = vwr_cpu_to_le32(0x14131211u);
    return check_bytes("struct virtio_input_absinfo", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_input_devids(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_input_devids s;

    memset(&s, 0, sizeof(s));
    s.bustype = vwr_cpu_to_le16(0x0201u);
    s.vendor = vwr_cpu_to_le16(0x0403u);
    s.product = vwr_cpu_to_le16(0x0605u);
    s.version = vwr_cpu_to_le16(0x0807u);
    return check_bytes("struct vwr_input_devids", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_input_devids(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_input_devids s;

    memset(&s, 0, sizeof(s));
    s.bustype = vwr_cpu_to_le16(0x0201u);
    s.vendor = vwr_cpu_to_le16(0x0403u);
    s.product = vwr_cpu_to_le16(0x0605u);
    s.version = vwr_cpu_to_le16(0x0807u);
    return check_bytes("struct virtio_input_devids", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_input_event(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_input_event s;

    memset(&s, 0, sizeof(s));
    s.type = vwr_cpu_to_le16(0x0201u);
    s.code = vwr_cpu_to_le16(0x0403u);
    s.value = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_input_event", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_input_event(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_input_event s;

    memset(&s, 0, sizeof(s));
    s.type = vwr_cpu_to_le16(0x0201u);
    s.code = vwr_cpu_to_le16(0x0403u);
    s.value = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_input_event", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_input_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48,
        0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f, 0x50, 0x51, 0x52, 0x53, 0x54,
        0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x5b, 0x5c, 0x5d, 0x5e, 0x5f, 0x60,
        0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c,
        0x6d, 0x6e, 0x6f, 0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78,
        0x79, 0x7a, 0x7b, 0x7c, 0x7d, 0x7e, 0x7f, 0x80, 0x81, 0x82, 0x83, 0x84,
        0x85, 0x86, 0x87, 0x88,
    };
    struct vwr_input_config s;

    memset(&s, 0, sizeof(s));
    s.select = 0x01u;
    s.subsel = 0x02u;
    s.size = 0x03u;
    for (unsigned i = 0; i < 5; i++)
        s.reserved[i] = (uint8_t)(0x04u + i);
    for (unsigned i = 0; i < 128; i++)
        s.u.string[i] = (uint8_t)(0x09u + i);
    return check_bytes("struct vwr_input_config", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_input_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48,
        0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f, 0x50, 0x51, 0x52, 0x53, 0x54,
        0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x5b, 0x5c, 0x5d, 0x5e, 0x5f, 0x60,
        0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c,
        0x6d, 0x6e, 0x6f, 0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78,
        0x79, 0x7a, 0x7b, 0x7c, 0x7d, 0x7e, 0x7f, 0x80, 0x81, 0x82, 0x83, 0x84,
        0x85, 0x86, 0x87, 0x88,
    };
    struct virtio_input_config s;

    memset(&s, 0, sizeof(s));
    s.select = 0x01u;
    s.subsel = 0x02u;
    s.size = 0x03u;
    for (unsigned i = 0; i < 5; i++)
        s.reserved[i] = (uint8_t)(0x04u + i);
    for (unsigned i = 0; i < 128; i++)
        s.u.string[i] = (uint8_t)(0x09u + i);
    return check_bytes("struct virtio_input_config", &s, sizeof(s), expected, sizeof(expected));
}

static int constants(void)
{
    const struct number numbers[] = {
        {"VWR_INPUT_ID", VWR_INPUT_ID, 18},
        {"VWR_INPUT_CFG_UNSET", VWR_INPUT_CFG_UNSET, 0x0},
        {"VIRTIO_INPUT_CFG_UNSET", VIRTIO_INPUT_CFG_UNSET, 0x0},
        {"VWR_INPUT_CFG_ID_NAME", VWR_INPUT_CFG_ID_NAME, 0x1},
        {"VIRTIO_INPUT_CFG_ID_NAME", VIRTIO_INPUT_CFG_ID_NAME, 0x1},
        {"VWR_INPUT_CFG_ID_SERIAL", VWR_INPUT_CFG_ID_SERIAL, 0x2},
        {"VIRTIO_INPUT_CFG_ID_SERIAL", VIRTIO_INPUT_CFG_ID_SERIAL, 0x2},
        {"VWR_INPUT_CFG_ID_DEVIDS", VWR_INPUT_CFG_ID_DEVIDS, 0x3},
        {"VIRTIO_INPUT_CFG_ID_DEVIDS", VIRTIO_INPUT_CFG_ID_DEVIDS, 0x3},
        {"VWR_INPUT_CFG_PROP_BITS", VWR_INPUT_CFG_PROP_BITS, 0x10},
        {"VIRTIO_INPUT_CFG_PROP_BITS", VIRTIO_INPUT_CFG_PROP_BITS, 0x10},
        {"VWR_INPUT_CFG_EV_BITS", VWR_INPUT_CFG_EV_BITS, 0x11},
        {"VIRTIO_INPUT_CFG_EV_BITS", VIRTIO_INPUT_CFG_EV_BITS, 0x11},
        {"VWR_INPUT_CFG_ABS_INFO", VWR_INPUT_CFG_ABS_INFO, 0x12},
        {"VIRTIO_INPUT_CFG_ABS_INFO", VIRTIO_INPUT_CFG_ABS_INFO, 0x12},
        {"VWR_INPUT_QUEUE_EVENTQ", VWR_INPUT_QUEUE_EVENTQ, 0},
        {"VIRTIO_INPUT_QUEUE_EVENTQ", VIRTIO_INPUT_QUEUE_EVENTQ, 0},
        {"VWR_INPUT_QUEUE_STATUSQ", VWR_INPUT_QUEUE_STATUSQ, 1},
        {"VIRTIO_INPUT_QUEUE_STATUSQ", VIRTIO_INPUT_QUEUE_STATUSQ, 1},
        {"VWR_INPUT_CONFIG_SELECT", VWR_INPUT_CONFIG_SELECT,
         __builtin_offsetof(struct vwr_input_config, select)},
        {"VWR_INPUT_CONFIG_SUBSEL", VWR_INPUT_CONFIG_SUBSEL,
         __builtin_offsetof(struct vwr_input_config, subsel)},
        {"VWR_INPUT_CONFIG_SIZE", VWR_INPUT_CONFIG_SIZE,
         __builtin_offsetof(struct vwr_input_config, size)},
        {"VWR_INPUT_CONFIG_U", VWR_INPUT_CONFIG_U,
         __builtin_offsetof(struct vwr_input_config, u)},
        {"VWR_INPUT_CONFIG_U_STRING", VWR_INPUT_CONFIG_U_STRING,
         __builtin_offsetof(struct vwr_input_config, u.string)},
        {"VWR_INPUT_CONFIG_U_BITMAP", VWR_INPUT_CONFIG_U_BITMAP,
         __builtin_offsetof(struct vwr_input_config, u.bitmap)},
        {"VWR_INPUT_CONFIG_U_ABS", VWR_INPUT_CONFIG_U_ABS,
         __builtin_offsetof(struct vwr_input_config, u.abs)},
        {"VWR_INPUT_CONFIG_U_ABS_MIN", VWR_INPUT_CONFIG_U_ABS_MIN,
         __builtin_offsetof(struct vwr_input_config, u.abs.min)},
        {"VWR_INPUT_CONFIG_U_ABS_MAX", VWR_INPUT_CONFIG_U_ABS_MAX,
         __builtin_offsetof(struct vwr_input_config, u.abs.max)},
        {"VWR_INPUT_CONFIG_U_ABS_FUZZ", VWR_INPUT_CONFIG_U_ABS_FUZZ,
         __builtin_offsetof(struct vwr_input_config, u.abs.fuzz)},
        {"VWR_INPUT_CONFIG_U_ABS_FLAT", VWR_INPUT_CONFIG_U_ABS_FLAT,
         __builtin_offsetof(struct vwr_input_config, u.abs.flat)},
        {"VWR_INPUT_CONFIG_U_ABS_RES", VWR_INPUT_CONFIG_U_ABS_RES,
         __builtin_offsetof(struct vwr_input_config, u.abs.res)},
        {"VWR_INPUT_CONFIG_U_IDS", VWR_INPUT_CONFIG_U_IDS,
         __builtin_offsetof(struct vwr_input_config, u.ids)},
        {"VWR_INPUT_CONFIG_U_IDS_BUSTYPE", VWR_INPUT_CONFIG_U_IDS_BUSTYPE,
         __builtin_offsetof(struct vwr_input_config, u.ids.bustype)},
        {"VWR_INPUT_CONFIG_U_IDS_VENDOR", VWR_INPUT_CONFIG_U_IDS_VENDOR,
         __builtin_offsetof(struct vwr_input_config, u.ids.vendor)},
        {"VWR_INPUT_CONFIG_U_IDS_PRODUCT", VWR_INPUT_CONFIG_U_IDS_PRODUCT,
         __builtin_offsetof(struct vwr_input_config, u.ids.product)},
        {"VWR_INPUT_CONFIG_U_IDS_VERSION", VWR_INPUT_CONFIG_U_IDS_VERSION,
         __builtin_offsetof(struct vwr_input_config, u.ids.version)},
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
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c,
        0x3d, 0x3e, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48,
        0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f, 0x50, 0x51, 0x52, 0x53, 0x54,
        0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x5b, 0x5c, 0x5d, 0x5e, 0x5f, 0x60,
        0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c,
        0x6d, 0x6e, 0x6f, 0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78,
        0x79, 0x7a, 0x7b, 0x7c, 0x7d, 0x7e, 0x7f, 0x80, 0x81, 0x82, 0x83, 0x84,
        0x85, 0x86, 0x87, 0x88,
    };
    struct vwr_config c;
    int wrong;

    memset(&c, 0, sizeof(c));
    memset(&c.features, 0xff, sizeof(c.features));
    c.base = (void *)(uintptr_t)bytes;
    {
        const struct number numbers[] = {
            {"vwr_input_config_get_select(&c)",
             vwr_input_config_get_select(&c), 0x01u},
            {"vwr_input_config_get_subsel(&c)",
             vwr_input_config_get_subsel(&c), 0x02u},
            {"vwr_input_config_get_size(&c)",
             vwr_input_config_get_size(&c), 0x03u},
            {"vwr_input_config_get_u_string(&c, 127)",
             vwr_input_config_get_u_string(&c, 127), 0x88u},
            {"vwr_input_config_get_u_string(&c, 128)",
             vwr_input_config_get_u_string(&c, 128), 0u},
            {"vwr_input_config_get_u_bitmap(&c, 127)",
             vwr_input_config_get_u_bitmap(&c, 127), 0x88u},
            {"vwr_input_config_get_u_bitmap(&c, 128)",
             vwr_input_config_get_u_bitmap(&c, 128), 0u},
            {"vwr_input_config_get_u_abs_min(&c)",
             vwr_input_config_get_u_abs_min(&c), 0x0c0b0a09u},
            {"vwr_input_config_get_u_abs_max(&c)",
             vwr_input_config_get_u_abs_max(&c), 0x100f0e0du},
            {"vwr_input_config_get_u_abs_fuzz(&c)",
             vwr_input_config_get_u_abs_fuzz(&c), 0x14131211u},
            {"vwr_input_config_get_u_abs_flat(&c)",
             vwr_input_config_get_u_abs_flat(&c), 0x18171615u},
            {"vwr_input_config_get_u_abs_res(&c)",
             vwr_input_config_get_u_abs_res(&c), 0x1c1b1a19u},
            {"vwr_input_config_get_u_ids_bustype(&c)",
             vwr_input_config_get_u_ids_bustype(&c), 0x0a09u},
            {"vwr_input_config_get_u_ids_vendor(&c)",
             vwr_input_config_get_u_ids_vendor(&c), 0x0c0bu},
            {"vwr_input_config_get_u_ids_product(&c)",
             vwr_input_config_get_u_ids_product(&c), 0x0e0du},
            {"vwr_input_config_get_u_ids_version(&c)",
             vwr_input_config_get_u_ids_version(&c), 0x100fu},
        };

        wrong = check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    {
        struct vwr_input_config_info info;
        _Alignas(8) struct vwr_input_config w;

        vwr_input_config_read(&c, &info);
        const struct number numbers[] = {
            {"info.size",
             info.size, 0x03u},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
        memset(&w, 0, sizeof(w));
        vwr_input_config_write(&w, false, &info);
        c.base = &w;
        const struct number written[] = {
            {"written: info.size",
             vwr_input_config_get_size(&c), info.size},
        };

        wrong |= check_numbers(written, sizeof(written) / sizeof(written[0]));
    }
    return wrong;
}

int main(void)
{
    int wrong = constants();

    wrong |= wire_config();
    wrong |= wire_vwr_input_absinfo() | wire_virtio_input_absinfo();
    wrong |= wire_vwr_input_devids() | wire_virtio_input_devids();
    wrong |= wire_vwr_input_event() | wire_virtio_input_event();
    wrong |= wire_vwr_input_config() | wire_virtio_input_config();
    if (!wrong)
        printf("%s: 4 structs match the specification\n", "spec/device/input.yaml");
    return wrong;
}
