/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/vsock.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Socket Device */

/*
 * A host program. It fills each struct field by field and compares its bytes with the specification's little-endian
 * order, and constants with the values of spec/. It reads and writes the configuration and registers. Exit code 0 or 1.
 */
#include <stdio.h>
#include <string.h>

#include "vwr/gen/vsock.h"
#include "virtio_vsock.h"

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

static int wire_vwr_vsock_hdr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c,
    };
    struct vwr_vsock_hdr s;

    memset(&s, 0, sizeof(s));
    s.src_cid = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.dst_cid = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.src_port = vwr_cpu_to_le32(0x14131211u);
    s.dst_port = vwr_cpu_to_le32(0x18171615u);
    s.len = vwr_cpu_to_le32(0x1c1b1a19u);
    s.type = vwr_cpu_to_le16(0x1e1du);
    s.op = vwr_cpu_to_le16(0x201fu);
    s.flags = vwr_cpu_to_le32(0x24232221u);
    s.buf_alloc = vwr_cpu_to_le32(0x28272625u);
    s.fwd_cnt = vwr_cpu_to_le32(0x2c2b2a29u);
    return check_bytes("struct vwr_vsock_hdr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_vsock_hdr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c,
    };
    struct virtio_vsock_hdr s;

    memset(&s, 0, sizeof(s));
    s.src_cid = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.dst_cid = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.src_port = vwr_cpu_to_le32(0x14131211u);
    s.dst_port = vwr_cpu_to_le32(0x18171615u);
    s.len = vwr_cpu_to_le32(0x1c1b1a19u);
    s.type = vwr_cpu_to_le16(0x1e1du);
    s.op = vwr_cpu_to_le16(0x201fu);
    s.flags = vwr_cpu_to_le32(0x24232221u);
    s.buf_alloc = vwr_cpu_to_le32(0x28272625u);
    s.fwd_cnt = vwr_cpu_to_le32(0x2c2b2a29u);
    return check_bytes("struct virtio_vsock_hdr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_vsock_packet(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c,
    };
    struct vwr_vsock_packet s;

    memset(&s, 0, sizeof(s));
    s.hdr.src_cid = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.hdr.dst_cid = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.hdr.src_port = vwr_cpu_to_le32(0x14131211u);
    s.hdr.dst_port = vwr_cpu_to_le32(0x18171615u);
    s.hdr.len = vwr_cpu_to_le32(0x1c1b1a19u);
    s.hdr.type = vwr_cpu_to_le16(0x1e1du);
    s.hdr.op = vwr_cpu_to_le16(0x201fu);
    s.hdr.flags = vwr_cpu_to_le32(0x24232221u);
    s.hdr.buf_alloc = vwr_cpu_to_le32(0x28272625u);
    s.hdr.fwd_cnt = vwr_cpu_to_le32(0x2c2b2a29u);
    return check_bytes("struct vwr_vsock_packet", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_vsock_packet(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c,
    };
    struct virtio_vsock_packet s;

    memset(&s, 0, sizeof(s));
    s.hdr.src_cid = vwr_cpu_to_le64(0x0807060504030201ULL);
    s.hdr.dst_cid = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.hdr.src_port = vwr_cpu_to_le32(0x14131211u);
    s.hdr.dst_port = vwr_cpu_to_le32(0x18171615u);
    s.hdr.len = vwr_cpu_to_le32(0x1c1b1a19u);
    s.hdr.type = vwr_cpu_to_le16(0x1e1du);
    s.hdr.op = vwr_cpu_to_le16(0x201fu);
    s.hdr.flags = vwr_cpu_to_le32(0x24232221u);
    s.hdr.buf_alloc = vwr_cpu_to_le32(0x28272625u);
    s.hdr.fwd_cnt = vwr_cpu_to_le32(0x2c2b2a29u);
    return check_bytes("struct virtio_vsock_packet", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_vsock_event(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_vsock_event s;

    memset(&s, 0, sizeof(s));
    s.id = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct vwr_vsock_event", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_vsock_event(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtio_vsock_event s;

    memset(&s, 0, sizeof(s));
    s.id = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct virtio_vsock_event", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_vsock_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_vsock_config s;

    memset(&s, 0, sizeof(s));
    s.guest_cid = vwr_cpu_to_le64(0x0807060504030201ULL);
    return check_bytes("struct vwr_vsock_config", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_vsock_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_vsock_config s;

    memset(&s, 0, sizeof(s));
    s.guest_cid = vwr_cpu_to_le64(0x0807060504030201ULL);
    return check_bytes("struct virtio_vsock_config", &s, sizeof(s), expected, sizeof(expected));
}

static int constants(void)
{
    const struct number numbers[] = {
        {"VWR_VSOCK_ID", VWR_VSOCK_ID, 19},
        {"VWR_VSOCK_F_STREAM", VWR_VSOCK_F_STREAM, 0},
        {"VIRTIO_VSOCK_F_STREAM", VIRTIO_VSOCK_F_STREAM, 0},
        {"VWR_VSOCK_F_SEQPACKET", VWR_VSOCK_F_SEQPACKET, 1},
        {"VIRTIO_VSOCK_F_SEQPACKET", VIRTIO_VSOCK_F_SEQPACKET, 1},
        {"VWR_VSOCK_F_NO_IMPLIED_STREAM", VWR_VSOCK_F_NO_IMPLIED_STREAM, 2},
        {"VIRTIO_VSOCK_F_NO_IMPLIED_STREAM", VIRTIO_VSOCK_F_NO_IMPLIED_STREAM, 2},
        {"VWR_VSOCK_CID_RESERVED_0", VWR_VSOCK_CID_RESERVED_0, 0},
        {"VIRTIO_VSOCK_CID_RESERVED_0", VIRTIO_VSOCK_CID_RESERVED_0, 0},
        {"VWR_VSOCK_CID_RESERVED_1", VWR_VSOCK_CID_RESERVED_1, 1},
        {"VIRTIO_VSOCK_CID_RESERVED_1", VIRTIO_VSOCK_CID_RESERVED_1, 1},
        {"VWR_VSOCK_CID_HOST", VWR_VSOCK_CID_HOST, 2},
        {"VIRTIO_VSOCK_CID_HOST", VIRTIO_VSOCK_CID_HOST, 2},
        {"VWR_VSOCK_CID_RESERVED_32", VWR_VSOCK_CID_RESERVED_32, 0xffffffffu},
        {"VIRTIO_VSOCK_CID_RESERVED_32", VIRTIO_VSOCK_CID_RESERVED_32, 0xffffffffu},
        {"VWR_VSOCK_CID_RESERVED_64", VWR_VSOCK_CID_RESERVED_64, 0xffffffffffffffffULL},
        {"VIRTIO_VSOCK_CID_RESERVED_64", VIRTIO_VSOCK_CID_RESERVED_64, 0xffffffffffffffffULL},
        {"VWR_VSOCK_TYPE_STREAM", VWR_VSOCK_TYPE_STREAM, 1},
        {"VIRTIO_VSOCK_TYPE_STREAM", VIRTIO_VSOCK_TYPE_STREAM, 1},
        {"VWR_VSOCK_TYPE_SEQPACKET", VWR_VSOCK_TYPE_SEQPACKET, 2},
        {"VIRTIO_VSOCK_TYPE_SEQPACKET", VIRTIO_VSOCK_TYPE_SEQPACKET, 2},
        {"VWR_VSOCK_SHUTDOWN_F_RECEIVE", VWR_VSOCK_SHUTDOWN_F_RECEIVE, 0},
        {"VIRTIO_VSOCK_SHUTDOWN_F_RECEIVE", VIRTIO_VSOCK_SHUTDOWN_F_RECEIVE, 0},
        {"VWR_VSOCK_SHUTDOWN_F_SEND", VWR_VSOCK_SHUTDOWN_F_SEND, 1},
        {"VIRTIO_VSOCK_SHUTDOWN_F_SEND", VIRTIO_VSOCK_SHUTDOWN_F_SEND, 1},
        {"VWR_VSOCK_SEQ_EOM", VWR_VSOCK_SEQ_EOM, 0x1},
        {"VIRTIO_VSOCK_SEQ_EOM", VIRTIO_VSOCK_SEQ_EOM, 0x1},
        {"VWR_VSOCK_SEQ_EOR", VWR_VSOCK_SEQ_EOR, 0x2},
        {"VIRTIO_VSOCK_SEQ_EOR", VIRTIO_VSOCK_SEQ_EOR, 0x2},
        {"VWR_VSOCK_OP_INVALID", VWR_VSOCK_OP_INVALID, 0},
        {"VIRTIO_VSOCK_OP_INVALID", VIRTIO_VSOCK_OP_INVALID, 0},
        {"VWR_VSOCK_OP_REQUEST", VWR_VSOCK_OP_REQUEST, 1},
        {"VIRTIO_VSOCK_OP_REQUEST", VIRTIO_VSOCK_OP_REQUEST, 1},
        {"VWR_VSOCK_OP_RESPONSE", VWR_VSOCK_OP_RESPONSE, 2},
        {"VIRTIO_VSOCK_OP_RESPONSE", VIRTIO_VSOCK_OP_RESPONSE, 2},
        {"VWR_VSOCK_OP_RST", VWR_VSOCK_OP_RST, 3},
        {"VIRTIO_VSOCK_OP_RST", VIRTIO_VSOCK_OP_RST, 3},
        {"VWR_VSOCK_OP_SHUTDOWN", VWR_VSOCK_OP_SHUTDOWN, 4},
        {"VIRTIO_VSOCK_OP_SHUTDOWN", VIRTIO_VSOCK_OP_SHUTDOWN, 4},
        {"VWR_VSOCK_OP_RW", VWR_VSOCK_OP_RW, 5},
        {"VIRTIO_VSOCK_OP_RW", VIRTIO_VSOCK_OP_RW, 5},
        {"VWR_VSOCK_OP_CREDIT_UPDATE", VWR_VSOCK_OP_CREDIT_UPDATE, 6},
        {"VIRTIO_VSOCK_OP_CREDIT_UPDATE", VIRTIO_VSOCK_OP_CREDIT_UPDATE, 6},
        {"VWR_VSOCK_OP_CREDIT_REQUEST", VWR_VSOCK_OP_CREDIT_REQUEST, 7},
        {"VIRTIO_VSOCK_OP_CREDIT_REQUEST", VIRTIO_VSOCK_OP_CREDIT_REQUEST, 7},
        {"VWR_VSOCK_EVENT_TRANSPORT_RESET", VWR_VSOCK_EVENT_TRANSPORT_RESET, 0},
        {"VIRTIO_VSOCK_EVENT_TRANSPORT_RESET", VIRTIO_VSOCK_EVENT_TRANSPORT_RESET, 0},
        {"VWR_VSOCK_QUEUE_RX", VWR_VSOCK_QUEUE_RX, 0},
        {"VIRTIO_VSOCK_QUEUE_RX", VIRTIO_VSOCK_QUEUE_RX, 0},
        {"VWR_VSOCK_QUEUE_TX", VWR_VSOCK_QUEUE_TX, 1},
        {"VIRTIO_VSOCK_QUEUE_TX", VIRTIO_VSOCK_QUEUE_TX, 1},
        {"VWR_VSOCK_QUEUE_EVENT", VWR_VSOCK_QUEUE_EVENT, 2},
        {"VIRTIO_VSOCK_QUEUE_EVENT", VIRTIO_VSOCK_QUEUE_EVENT, 2},
        {"VWR_VSOCK_CONFIG_GUEST_CID", VWR_VSOCK_CONFIG_GUEST_CID,
         __builtin_offsetof(struct vwr_vsock_config, guest_cid)},
    };

    return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
}

/* The accessors of a configuration whose byte n is n + 1, and that has all its fields. */
static int wire_config(void)
{
    static const _Alignas(8) uint8_t bytes[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_config c;
    int wrong;

    memset(&c, 0, sizeof(c));
    memset(&c.features, 0xff, sizeof(c.features));
    c.base = (void *)(uintptr_t)bytes;
    {
        const struct number numbers[] = {
            {"vwr_vsock_config_get_guest_cid(&c)",
             vwr_vsock_config_get_guest_cid(&c), 0x0807060504030201ULL},
        };

        wrong = check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    {
        struct vwr_vsock_config_info info;
        _Alignas(8) struct vwr_vsock_config w;

        vwr_vsock_config_read(&c, &info);
        const struct number numbers[] = {
            {"info.guest_cid",
             info.guest_cid, 0x0807060504030201ULL},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
        memset(&w, 0, sizeof(w));
        vwr_vsock_config_write(&w, false, &info);
        c.base = &w;
        const struct number written[] = {
            {"written: info.guest_cid",
             vwr_vsock_config_get_guest_cid(&c), info.guest_cid},
        };

        wrong |= check_numbers(written, sizeof(written) / sizeof(written[0]));
    }
    return wrong;
}

/* The feature words contain exactly the bits that are not legacy-only. */
static int feature_words(void)
{
    static const uint8_t bits[] = {
        VWR_VSOCK_F_STREAM,
        VWR_VSOCK_F_SEQPACKET,
        VWR_VSOCK_F_NO_IMPLIED_STREAM,
    };
    uint32_t w[VWR_FEATURE_WORDS] = {0};

    for (size_t i = 0; i < sizeof(bits); i++)
        w[bits[i] / 32] |= (uint32_t)1 << bits[i] % 32;
    {
        const struct number numbers[] = {
            {"VWR_VSOCK_FEATURES_W0", VWR_VSOCK_FEATURES_W0, w[0]},
            {"VWR_VSOCK_FEATURES_W1", VWR_VSOCK_FEATURES_W1, w[1]},
            {"VWR_VSOCK_FEATURES_W2", VWR_VSOCK_FEATURES_W2, w[2]},
            {"VWR_VSOCK_FEATURES_W3", VWR_VSOCK_FEATURES_W3, w[3]},
        };

        return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
}

int main(void)
{
    int wrong = constants();

    wrong |= wire_config();
    wrong |= feature_words();
    wrong |= wire_vwr_vsock_hdr() | wire_virtio_vsock_hdr();
    wrong |= wire_vwr_vsock_packet() | wire_virtio_vsock_packet();
    wrong |= wire_vwr_vsock_event() | wire_virtio_vsock_event();
    wrong |= wire_vwr_vsock_config() | wire_virtio_vsock_config();
    if (!wrong)
        printf("%s: 4 structs match the specification\n", "spec/device/vsock.yaml");
    return wrong;
}
