/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/fs.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; File System Device */

/*
 * A host program. It fills each struct field by field and compares its bytes with the specification's little-endian
 * order, and constants with the values of spec/. It reads and writes the configuration and registers. Exit code 0 or 1.
 */
#include <stdio.h>
#include <string.h>

#include "vwr/gen/fs.h"
#include "virtio_fs.h"

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

static int wire_vwr_fs_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c,
    };
    struct vwr_fs_config s;

    memset(&s, 0, sizeof(s));
    for (unsigned i = 0; i < 36; i++)
        s.tag[i] = (uint8_t)(0x01u + i);
    s.num_request_queues = vwr_cpu_to_le32(0x28272625u);
    s.notify_buf_size = vwr_cpu_to_le32(0x2c2b2a29u);
    return check_bytes("struct vwr_fs_config", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_fs_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c,
    };
    struct virtio_fs_config s;

    memset(&s, 0, sizeof(s));
    for (unsigned i = 0; i < 36; i++)
        s.tag[i] = (uint8_t)(0x01u + i);
    s.num_request_queues = vwr_cpu_to_le32(0x28272625u);
    s.notify_buf_size = vwr_cpu_to_le32(0x2c2b2a29u);
    return check_bytes("struct virtio_fs_config", &s, sizeof(s), expected, sizeof(expected));
}

static int constants(void)
{
    const struct number numbers[] = {
        {"VWR_FS_ID", VWR_FS_ID, 26},
        {"VWR_FS_F_NOTIFICATION", VWR_FS_F_NOTIFICATION, 0},
        {"VIRTIO_FS_F_NOTIFICATION", VIRTIO_FS_F_NOTIFICATION, 0},
        {"VWR_FS_SHM_ID_DAX_WINDOW", VWR_FS_SHM_ID_DAX_WINDOW, 0},
        {"VIRTIO_FS_SHM_ID_DAX_WINDOW", VIRTIO_FS_SHM_ID_DAX_WINDOW, 0},
        {"VWR_FS_QUEUE_HIPRIO", VWR_FS_QUEUE_HIPRIO, 0},
        {"VIRTIO_FS_QUEUE_HIPRIO", VIRTIO_FS_QUEUE_HIPRIO, 0},
        {"VWR_FS_QUEUE_NOTIFICATION", VWR_FS_QUEUE_NOTIFICATION, 1},
        {"VIRTIO_FS_QUEUE_NOTIFICATION", VIRTIO_FS_QUEUE_NOTIFICATION, 1},
        {"VWR_FS_CONFIG_TAG", VWR_FS_CONFIG_TAG,
         __builtin_offsetof(struct vwr_fs_config, tag)},
        {"VWR_FS_CONFIG_NUM_REQUEST_QUEUES", VWR_FS_CONFIG_NUM_REQUEST_QUEUES,
         __builtin_offsetof(struct vwr_fs_config, num_request_queues)},
        {"VWR_FS_CONFIG_NOTIFY_BUF_SIZE", VWR_FS_CONFIG_NOTIFY_BUF_SIZE,
         __builtin_offsetof(struct vwr_fs_config, notify_buf_size)},
        {"vwr_fs_req_datain_offset(1)",
         vwr_fs_req_datain_offset(1), 1},
        {"vwr_fs_req_bytes(1, 2)",
         vwr_fs_req_bytes(1, 2), 3},
        {"vwr_fs_req_in_dataout_offset(1)",
         vwr_fs_req_in_dataout_offset(1), 1},
        {"vwr_fs_req_in_bytes(1, 2)",
         vwr_fs_req_in_bytes(1, 2), 3},
        {"vwr_fs_read_req_u_offset(1)",
         vwr_fs_read_req_u_offset(1), 1},
        {"vwr_fs_read_req_bytes(1, 2)",
         vwr_fs_read_req_bytes(1, 2), 3},
        {"vwr_fs_read_req_in_dataout_offset(1)",
         vwr_fs_read_req_in_dataout_offset(1), 1},
        {"vwr_fs_read_req_in_bytes(1, 2)",
         vwr_fs_read_req_in_bytes(1, 2), 3},
        {"vwr_fs_notify_outarg_offset(1)",
         vwr_fs_notify_outarg_offset(1), 1},
        {"vwr_fs_notify_bytes(1, 2)",
         vwr_fs_notify_bytes(1, 2), 3},
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
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c,
    };
    struct vwr_config c;
    int wrong;

    memset(&c, 0, sizeof(c));
    memset(&c.features, 0xff, sizeof(c.features));
    c.base = (void *)(uintptr_t)bytes;
    {
        const struct number numbers[] = {
            {"vwr_fs_config_get_tag(&c, 35)",
             vwr_fs_config_get_tag(&c, 35), 0x24u},
            {"vwr_fs_config_get_tag(&c, 36)",
             vwr_fs_config_get_tag(&c, 36), 0u},
            {"vwr_fs_config_get_num_request_queues(&c)",
             vwr_fs_config_get_num_request_queues(&c), 0x28272625u},
            {"vwr_fs_config_get_notify_buf_size(&c)",
             vwr_fs_config_get_notify_buf_size(&c), 0x2c2b2a29u},
        };

        wrong = check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    memset(&c.features, 0, sizeof(c.features));
    {
        const struct number absent[] = {
            {"absent: vwr_fs_config_get_notify_buf_size(&c)",
             vwr_fs_config_get_notify_buf_size(&c), 0u},
        };

        wrong |= check_numbers(absent, sizeof(absent) / sizeof(absent[0]));
    }
    memset(&c.features, 0xff, sizeof(c.features));
    {
        struct vwr_fs_config_info info;
        _Alignas(8) struct vwr_fs_config w;

        vwr_fs_config_read(&c, &info);
        const struct number numbers[] = {
            {"info.tag[35]",
             info.tag[35], 0x24u},
            {"info.num_request_queues",
             info.num_request_queues, 0x28272625u},
            {"info.notify_buf_size",
             info.notify_buf_size, 0x2c2b2a29u},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
        info.num_request_queues = 1;
        memset(&w, 0, sizeof(w));
        wrong |= vwr_fs_config_write(&w, false, &c.features, &info) != VWR_OK;
        c.base = &w;
        const struct number written[] = {
            {"written: info.tag[35]",
             vwr_fs_config_get_tag(&c, 35), info.tag[35]},
            {"written: info.num_request_queues",
             vwr_fs_config_get_num_request_queues(&c), info.num_request_queues},
            {"written: info.notify_buf_size",
             vwr_fs_config_get_notify_buf_size(&c), info.notify_buf_size},
        };

        wrong |= check_numbers(written, sizeof(written) / sizeof(written[0]));
    }
    return wrong;
}

/* The feature words contain exactly the bits that are not legacy-only. */
static int feature_words(void)
{
    static const uint8_t bits[] = {
        VWR_FS_F_NOTIFICATION,
    };
    uint32_t w[VWR_FEATURE_WORDS] = {0};

    for (size_t i = 0; i < sizeof(bits); i++)
        w[bits[i] / 32] |= (uint32_t)1 << bits[i] % 32;
    {
        const struct number numbers[] = {
            {"VWR_FS_FEATURES_W0", VWR_FS_FEATURES_W0, w[0]},
            {"VWR_FS_FEATURES_W1", VWR_FS_FEATURES_W1, w[1]},
            {"VWR_FS_FEATURES_W2", VWR_FS_FEATURES_W2, w[2]},
            {"VWR_FS_FEATURES_W3", VWR_FS_FEATURES_W3, w[3]},
        };

        return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
}

int main(void)
{
    int wrong = constants();

    wrong |= wire_config();
    wrong |= feature_words();
    wrong |= wire_vwr_fs_config() | wire_virtio_fs_config();
    if (!wrong)
        printf("%s: 1 structs match the specification\n", "spec/device/fs.yaml");
    return wrong;
}
