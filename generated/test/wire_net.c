/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/net.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Network Device */

/*
 * A host program. It fills each struct field by field and compares its bytes with the specification's little-endian
 * order, and constants with the values of spec/. It reads and writes the configuration and registers. Exit code 0 or 1.
 */
#include <stdio.h>
#include <string.h>

#include "vwr/gen/net.h"
#include "virtio_net.h"

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

static int wire_vwr_net_dev_part_cvq_selector(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_net_dev_part_cvq_selector s;

    memset(&s, 0, sizeof(s));
    s.class_ = 0x01u;
    s.command = 0x02u;
    for (unsigned i = 0; i < 6; i++)
        s.reserved[i] = (uint8_t)(0x03u + i);
    return check_bytes("struct vwr_net_dev_part_cvq_selector", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_dev_part_cvq_selector(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_net_dev_part_cvq_selector s;

    memset(&s, 0, sizeof(s));
    s.class_ = 0x01u;
    s.command = 0x02u;
    for (unsigned i = 0; i < 6; i++)
        s.reserved[i] = (uint8_t)(0x03u + i);
    return check_bytes("struct virtio_net_dev_part_cvq_selector", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_ipsec_resource_hdr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06,
    };
    struct vwr_net_ipsec_resource_hdr s;

    memset(&s, 0, sizeof(s));
    s.resource_id = vwr_cpu_to_le32(0x04030201u);
    s.resource_type = vwr_cpu_to_le16(0x0605u);
    return check_bytes("struct vwr_net_ipsec_resource_hdr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_ipsec_resource_hdr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06,
    };
    struct virtio_net_ipsec_resource_hdr s;

    memset(&s, 0, sizeof(s));
    s.resource_id = vwr_cpu_to_le32(0x04030201u);
    s.resource_type = vwr_cpu_to_le16(0x0605u);
    return check_bytes("struct virtio_net_ipsec_resource_hdr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_hdr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct vwr_net_hdr s;

    memset(&s, 0, sizeof(s));
    s.flags = 0x01u;
    s.gso_type = 0x02u;
    s.hdr_len = vwr_cpu_to_le16(0x0403u);
    s.gso_size = vwr_cpu_to_le16(0x0605u);
    s.csum_start = vwr_cpu_to_le16(0x0807u);
    s.csum_offset = vwr_cpu_to_le16(0x0a09u);
    s.num_buffers = vwr_cpu_to_le16(0x0c0bu);
    s.hash_value = vwr_cpu_to_le32(0x100f0e0du);
    s.hash_report = vwr_cpu_to_le16(0x1211u);
    s.padding_reserved = vwr_cpu_to_le16(0x1413u);
    s.outer_th_offset = vwr_cpu_to_le16(0x1615u);
    s.inner_nh_offset = vwr_cpu_to_le16(0x1817u);
    s.outer_nh_offset = vwr_cpu_to_le16(0x1a19u);
    for (unsigned i = 0; i < 6; i++)
        s.padding_reserved_2[i] = (uint8_t)(0x1bu + i);
    return check_bytes("struct vwr_net_hdr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_hdr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    };
    struct virtio_net_hdr s;

    memset(&s, 0, sizeof(s));
    s.flags = 0x01u;
    s.gso_type = 0x02u;
    s.hdr_len = vwr_cpu_to_le16(0x0403u);
    s.gso_size = vwr_cpu_to_le16(0x0605u);
    s.csum_start = vwr_cpu_to_le16(0x0807u);
    s.csum_offset = vwr_cpu_to_le16(0x0a09u);
    s.num_buffers = vwr_cpu_to_le16(0x0c0bu);
    s.hash_value = vwr_cpu_to_le32(0x100f0e0du);
    s.hash_report = vwr_cpu_to_le16(0x1211u);
    s.padding_reserved = vwr_cpu_to_le16(0x1413u);
    s.outer_th_offset = vwr_cpu_to_le16(0x1615u);
    s.inner_nh_offset = vwr_cpu_to_le16(0x1817u);
    s.outer_nh_offset = vwr_cpu_to_le16(0x1a19u);
    for (unsigned i = 0; i < 6; i++)
        s.padding_reserved_2[i] = (uint8_t)(0x1bu + i);
    return check_bytes("struct virtio_net_hdr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_hash_tunnel(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_net_hash_tunnel s;

    memset(&s, 0, sizeof(s));
    s.enabled_tunnel_types = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct vwr_net_hash_tunnel", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtnet_hash_tunnel(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtnet_hash_tunnel s;

    memset(&s, 0, sizeof(s));
    s.enabled_tunnel_types = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct virtnet_hash_tunnel", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_ctrl(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02,
    };
    struct vwr_net_ctrl s;

    memset(&s, 0, sizeof(s));
    s.class_ = 0x01u;
    s.command = 0x02u;
    return check_bytes("struct vwr_net_ctrl", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_ctrl(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02,
    };
    struct virtio_net_ctrl s;

    memset(&s, 0, sizeof(s));
    s.class_ = 0x01u;
    s.command = 0x02u;
    return check_bytes("struct virtio_net_ctrl", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_ctrl_in(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct vwr_net_ctrl_in s;

    memset(&s, 0, sizeof(s));
    s.ack = 0x01u;
    return check_bytes("struct vwr_net_ctrl_in", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_ctrl_in(void)
{
    static const uint8_t expected[] = {
        0x01,
    };
    struct virtio_net_ctrl_in s;

    memset(&s, 0, sizeof(s));
    s.ack = 0x01u;
    return check_bytes("struct virtio_net_ctrl_in", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_mac_address(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06,
    };
    struct vwr_net_mac_address s;

    memset(&s, 0, sizeof(s));
    for (unsigned i = 0; i < 6; i++)
        s.octets[i] = (uint8_t)(0x01u + i);
    return check_bytes("struct vwr_net_mac_address", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_mac_address(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06,
    };
    struct virtio_net_mac_address s;

    memset(&s, 0, sizeof(s));
    for (unsigned i = 0; i < 6; i++)
        s.octets[i] = (uint8_t)(0x01u + i);
    return check_bytes("struct virtio_net_mac_address", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_ctrl_mac(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct vwr_net_ctrl_mac s;

    memset(&s, 0, sizeof(s));
    s.entries = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct vwr_net_ctrl_mac", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_ctrl_mac(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04,
    };
    struct virtio_net_ctrl_mac s;

    memset(&s, 0, sizeof(s));
    s.entries = vwr_cpu_to_le32(0x04030201u);
    return check_bytes("struct virtio_net_ctrl_mac", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_ctrl_mq_pairs_set(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02,
    };
    struct vwr_net_ctrl_mq_pairs_set s;

    memset(&s, 0, sizeof(s));
    s.virtqueue_pairs = vwr_cpu_to_le16(0x0201u);
    return check_bytes("struct vwr_net_ctrl_mq_pairs_set", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_ctrl_mq_pairs_set(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02,
    };
    struct virtio_net_ctrl_mq_pairs_set s;

    memset(&s, 0, sizeof(s));
    s.virtqueue_pairs = vwr_cpu_to_le16(0x0201u);
    return check_bytes("struct virtio_net_ctrl_mq_pairs_set", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_hash_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d,
    };
    struct vwr_net_hash_config s;

    memset(&s, 0, sizeof(s));
    s.hash_types = vwr_cpu_to_le32(0x04030201u);
    s.reserved[0] = vwr_cpu_to_le16(0x0605u);
    s.reserved[1] = vwr_cpu_to_le16(0x0807u);
    s.reserved[2] = vwr_cpu_to_le16(0x0a09u);
    s.reserved[3] = vwr_cpu_to_le16(0x0c0bu);
    s.hash_key_length = 0x0du;
    return check_bytes("struct vwr_net_hash_config", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_hash_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d,
    };
    struct virtio_net_hash_config s;

    memset(&s, 0, sizeof(s));
    s.hash_types = vwr_cpu_to_le32(0x04030201u);
    s.reserved[0] = vwr_cpu_to_le16(0x0605u);
    s.reserved[1] = vwr_cpu_to_le16(0x0807u);
    s.reserved[2] = vwr_cpu_to_le16(0x0a09u);
    s.reserved[3] = vwr_cpu_to_le16(0x0c0bu);
    s.hash_key_length = 0x0du;
    return check_bytes("struct virtio_net_hash_config", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_rss_rq_id(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02,
    };
    struct vwr_net_rss_rq_id s;

    memset(&s, 0, sizeof(s));
    s.id = vwr_cpu_to_le16(0x0201u);
    return check_bytes("struct vwr_net_rss_rq_id", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_rss_rq_id(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02,
    };
    struct virtio_net_rss_rq_id s;

    memset(&s, 0, sizeof(s));
    s.id = vwr_cpu_to_le16(0x0201u);
    return check_bytes("struct virtio_net_rss_rq_id", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_rss_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_net_rss_config s;

    memset(&s, 0, sizeof(s));
    s.hash_types = vwr_cpu_to_le32(0x04030201u);
    s.indirection_table_mask = vwr_cpu_to_le16(0x0605u);
    s.unclassified_queue.id = vwr_cpu_to_le16(0x0807u);
    return check_bytes("struct vwr_net_rss_config", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_rss_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_net_rss_config s;

    memset(&s, 0, sizeof(s));
    s.hash_types = vwr_cpu_to_le32(0x04030201u);
    s.indirection_table_mask = vwr_cpu_to_le16(0x0605u);
    s.unclassified_queue.id = vwr_cpu_to_le16(0x0807u);
    return check_bytes("struct virtio_net_rss_config", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_rss_ctx_cap(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02,
    };
    struct vwr_net_rss_ctx_cap s;

    memset(&s, 0, sizeof(s));
    s.max_rss_contexts = vwr_cpu_to_le16(0x0201u);
    return check_bytes("struct vwr_net_rss_ctx_cap", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtnet_rss_ctx_cap(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02,
    };
    struct virtnet_rss_ctx_cap s;

    memset(&s, 0, sizeof(s));
    s.max_rss_contexts = vwr_cpu_to_le16(0x0201u);
    return check_bytes("struct virtnet_rss_ctx_cap", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_rss_ctx_add_modify(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_net_rss_ctx_add_modify s;

    memset(&s, 0, sizeof(s));
    s.rss_ctx_id = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.reserved[i] = (uint8_t)(0x03u + i);
    return check_bytes("struct vwr_net_rss_ctx_add_modify", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtnet_rss_ctx_add_modify(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtnet_rss_ctx_add_modify s;

    memset(&s, 0, sizeof(s));
    s.rss_ctx_id = vwr_cpu_to_le16(0x0201u);
    for (unsigned i = 0; i < 6; i++)
        s.reserved[i] = (uint8_t)(0x03u + i);
    return check_bytes("struct virtnet_rss_ctx_add_modify", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_rss_ctx_del(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02,
    };
    struct vwr_net_rss_ctx_del s;

    memset(&s, 0, sizeof(s));
    s.rss_ctx_id = vwr_cpu_to_le16(0x0201u);
    return check_bytes("struct vwr_net_rss_ctx_del", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtnet_rss_ctx_del(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02,
    };
    struct virtnet_rss_ctx_del s;

    memset(&s, 0, sizeof(s));
    s.rss_ctx_id = vwr_cpu_to_le16(0x0201u);
    return check_bytes("struct virtnet_rss_ctx_del", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_guest_offloads(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_net_guest_offloads s;

    memset(&s, 0, sizeof(s));
    s.offloads = vwr_cpu_to_le64(0x0807060504030201ULL);
    return check_bytes("struct vwr_net_guest_offloads", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_guest_offloads(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_net_guest_offloads s;

    memset(&s, 0, sizeof(s));
    s.offloads = vwr_cpu_to_le64(0x0807060504030201ULL);
    return check_bytes("struct virtio_net_guest_offloads", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_ctrl_coal(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_net_ctrl_coal s;

    memset(&s, 0, sizeof(s));
    s.max_packets = vwr_cpu_to_le32(0x04030201u);
    s.max_usecs = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct vwr_net_ctrl_coal", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_ctrl_coal(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_net_ctrl_coal s;

    memset(&s, 0, sizeof(s));
    s.max_packets = vwr_cpu_to_le32(0x04030201u);
    s.max_usecs = vwr_cpu_to_le32(0x08070605u);
    return check_bytes("struct virtio_net_ctrl_coal", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_ctrl_coal_vq(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
    };
    struct vwr_net_ctrl_coal_vq s;

    memset(&s, 0, sizeof(s));
    s.vq_index = vwr_cpu_to_le16(0x0201u);
    s.reserved = vwr_cpu_to_le16(0x0403u);
    s.coal.max_packets = vwr_cpu_to_le32(0x08070605u);
    s.coal.max_usecs = vwr_cpu_to_le32(0x0c0b0a09u);
    return check_bytes("struct vwr_net_ctrl_coal_vq", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_ctrl_coal_vq(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
    };
    struct virtio_net_ctrl_coal_vq s;

    memset(&s, 0, sizeof(s));
    s.vq_index = vwr_cpu_to_le16(0x0201u);
    s.reserved = vwr_cpu_to_le16(0x0403u);
    s.coal.max_packets = vwr_cpu_to_le32(0x08070605u);
    s.coal.max_usecs = vwr_cpu_to_le32(0x0c0b0a09u);
    return check_bytes("struct virtio_net_ctrl_coal_vq", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_stats_capabilities(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_net_stats_capabilities s;

    memset(&s, 0, sizeof(s));
    s.supported_stats_types[0] = vwr_cpu_to_le64(0x0807060504030201ULL);
    return check_bytes("struct vwr_net_stats_capabilities", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_stats_capabilities(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_net_stats_capabilities s;

    memset(&s, 0, sizeof(s));
    s.supported_stats_types[0] = vwr_cpu_to_le64(0x0807060504030201ULL);
    return check_bytes("struct virtio_net_stats_capabilities", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_ctrl_queue_stats_stats(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_net_ctrl_queue_stats_stats s;

    memset(&s, 0, sizeof(s));
    s.vq_index = vwr_cpu_to_le16(0x0201u);
    s.reserved[0] = vwr_cpu_to_le16(0x0403u);
    s.reserved[1] = vwr_cpu_to_le16(0x0605u);
    s.reserved[2] = vwr_cpu_to_le16(0x0807u);
    s.types_bitmap[0] = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    return check_bytes("struct vwr_net_ctrl_queue_stats_stats", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_ctrl_queue_stats_stats(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_net_ctrl_queue_stats_stats s;

    memset(&s, 0, sizeof(s));
    s.vq_index = vwr_cpu_to_le16(0x0201u);
    s.reserved[0] = vwr_cpu_to_le16(0x0403u);
    s.reserved[1] = vwr_cpu_to_le16(0x0605u);
    s.reserved[2] = vwr_cpu_to_le16(0x0807u);
    s.types_bitmap[0] = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    return check_bytes("struct virtio_net_ctrl_queue_stats_stats", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_stats_reply_hdr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_net_stats_reply_hdr s;

    memset(&s, 0, sizeof(s));
    s.type = 0x01u;
    s.reserved = 0x02u;
    s.vq_index = vwr_cpu_to_le16(0x0403u);
    s.reserved1 = vwr_cpu_to_le16(0x0605u);
    s.size = vwr_cpu_to_le16(0x0807u);
    return check_bytes("struct vwr_net_stats_reply_hdr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_stats_reply_hdr(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_net_stats_reply_hdr s;

    memset(&s, 0, sizeof(s));
    s.type = 0x01u;
    s.reserved = 0x02u;
    s.vq_index = vwr_cpu_to_le16(0x0403u);
    s.reserved1 = vwr_cpu_to_le16(0x0605u);
    s.size = vwr_cpu_to_le16(0x0807u);
    return check_bytes("struct virtio_net_stats_reply_hdr", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_stats_cvq(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_net_stats_cvq s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = 0x01u;
    s.hdr.reserved = 0x02u;
    s.hdr.vq_index = vwr_cpu_to_le16(0x0403u);
    s.hdr.reserved1 = vwr_cpu_to_le16(0x0605u);
    s.hdr.size = vwr_cpu_to_le16(0x0807u);
    s.command_num = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.ok_num = vwr_cpu_to_le64(0x1817161514131211ULL);
    return check_bytes("struct vwr_net_stats_cvq", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_stats_cvq(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_net_stats_cvq s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = 0x01u;
    s.hdr.reserved = 0x02u;
    s.hdr.vq_index = vwr_cpu_to_le16(0x0403u);
    s.hdr.reserved1 = vwr_cpu_to_le16(0x0605u);
    s.hdr.size = vwr_cpu_to_le16(0x0807u);
    s.command_num = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.ok_num = vwr_cpu_to_le64(0x1817161514131211ULL);
    return check_bytes("struct virtio_net_stats_cvq", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_stats_rx_basic(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38,
    };
    struct vwr_net_stats_rx_basic s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = 0x01u;
    s.hdr.reserved = 0x02u;
    s.hdr.vq_index = vwr_cpu_to_le16(0x0403u);
    s.hdr.reserved1 = vwr_cpu_to_le16(0x0605u);
    s.hdr.size = vwr_cpu_to_le16(0x0807u);
    s.rx_notifications = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.rx_packets = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.rx_bytes = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    s.rx_interrupts = vwr_cpu_to_le64(0x2827262524232221ULL);
    s.rx_drops = vwr_cpu_to_le64(0x302f2e2d2c2b2a29ULL);
    s.rx_drop_overruns = vwr_cpu_to_le64(0x3837363534333231ULL);
    return check_bytes("struct vwr_net_stats_rx_basic", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_stats_rx_basic(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38,
    };
    struct virtio_net_stats_rx_basic s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = 0x01u;
    s.hdr.reserved = 0x02u;
    s.hdr.vq_index = vwr_cpu_to_le16(0x0403u);
    s.hdr.reserved1 = vwr_cpu_to_le16(0x0605u);
    s.hdr.size = vwr_cpu_to_le16(0x0807u);
    s.rx_notifications = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.rx_packets = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.rx_bytes = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    s.rx_interrupts = vwr_cpu_to_le64(0x2827262524232221ULL);
    s.rx_drops = vwr_cpu_to_le64(0x302f2e2d2c2b2a29ULL);
    s.rx_drop_overruns = vwr_cpu_to_le64(0x3837363534333231ULL);
    return check_bytes("struct virtio_net_stats_rx_basic", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_stats_tx_basic(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38,
    };
    struct vwr_net_stats_tx_basic s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = 0x01u;
    s.hdr.reserved = 0x02u;
    s.hdr.vq_index = vwr_cpu_to_le16(0x0403u);
    s.hdr.reserved1 = vwr_cpu_to_le16(0x0605u);
    s.hdr.size = vwr_cpu_to_le16(0x0807u);
    s.tx_notifications = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.tx_packets = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.tx_bytes = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    s.tx_interrupts = vwr_cpu_to_le64(0x2827262524232221ULL);
    s.tx_drops = vwr_cpu_to_le64(0x302f2e2d2c2b2a29ULL);
    s.tx_drop_malformed = vwr_cpu_to_le64(0x3837363534333231ULL);
    return check_bytes("struct vwr_net_stats_tx_basic", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_stats_tx_basic(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38,
    };
    struct virtio_net_stats_tx_basic s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = 0x01u;
    s.hdr.reserved = 0x02u;
    s.hdr.vq_index = vwr_cpu_to_le16(0x0403u);
    s.hdr.reserved1 = vwr_cpu_to_le16(0x0605u);
    s.hdr.size = vwr_cpu_to_le16(0x0807u);
    s.tx_notifications = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.tx_packets = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.tx_bytes = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    s.tx_interrupts = vwr_cpu_to_le64(0x2827262524232221ULL);
    s.tx_drops = vwr_cpu_to_le64(0x302f2e2d2c2b2a29ULL);
    s.tx_drop_malformed = vwr_cpu_to_le64(0x3837363534333231ULL);
    return check_bytes("struct virtio_net_stats_tx_basic", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_stats_rx_csum(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28,
    };
    struct vwr_net_stats_rx_csum s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = 0x01u;
    s.hdr.reserved = 0x02u;
    s.hdr.vq_index = vwr_cpu_to_le16(0x0403u);
    s.hdr.reserved1 = vwr_cpu_to_le16(0x0605u);
    s.hdr.size = vwr_cpu_to_le16(0x0807u);
    s.rx_csum_valid = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.rx_needs_csum = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.rx_csum_none = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    s.rx_csum_bad = vwr_cpu_to_le64(0x2827262524232221ULL);
    return check_bytes("struct vwr_net_stats_rx_csum", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_stats_rx_csum(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28,
    };
    struct virtio_net_stats_rx_csum s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = 0x01u;
    s.hdr.reserved = 0x02u;
    s.hdr.vq_index = vwr_cpu_to_le16(0x0403u);
    s.hdr.reserved1 = vwr_cpu_to_le16(0x0605u);
    s.hdr.size = vwr_cpu_to_le16(0x0807u);
    s.rx_csum_valid = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.rx_needs_csum = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.rx_csum_none = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    s.rx_csum_bad = vwr_cpu_to_le64(0x2827262524232221ULL);
    return check_bytes("struct virtio_net_stats_rx_csum", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_stats_tx_csum(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_net_stats_tx_csum s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = 0x01u;
    s.hdr.reserved = 0x02u;
    s.hdr.vq_index = vwr_cpu_to_le16(0x0403u);
    s.hdr.reserved1 = vwr_cpu_to_le16(0x0605u);
    s.hdr.size = vwr_cpu_to_le16(0x0807u);
    s.tx_csum_none = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.tx_needs_csum = vwr_cpu_to_le64(0x1817161514131211ULL);
    return check_bytes("struct vwr_net_stats_tx_csum", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_stats_tx_csum(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_net_stats_tx_csum s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = 0x01u;
    s.hdr.reserved = 0x02u;
    s.hdr.vq_index = vwr_cpu_to_le16(0x0403u);
    s.hdr.reserved1 = vwr_cpu_to_le16(0x0605u);
    s.hdr.size = vwr_cpu_to_le16(0x0807u);
    s.tx_csum_none = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.tx_needs_csum = vwr_cpu_to_le64(0x1817161514131211ULL);
    return check_bytes("struct virtio_net_stats_tx_csum", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_stats_rx_gso(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28,
    };
    struct vwr_net_stats_rx_gso s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = 0x01u;
    s.hdr.reserved = 0x02u;
    s.hdr.vq_index = vwr_cpu_to_le16(0x0403u);
    s.hdr.reserved1 = vwr_cpu_to_le16(0x0605u);
    s.hdr.size = vwr_cpu_to_le16(0x0807u);
    s.rx_gso_packets = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.rx_gso_bytes = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.rx_gso_packets_coalesced = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    s.rx_gso_bytes_coalesced = vwr_cpu_to_le64(0x2827262524232221ULL);
    return check_bytes("struct vwr_net_stats_rx_gso", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_stats_rx_gso(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28,
    };
    struct virtio_net_stats_rx_gso s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = 0x01u;
    s.hdr.reserved = 0x02u;
    s.hdr.vq_index = vwr_cpu_to_le16(0x0403u);
    s.hdr.reserved1 = vwr_cpu_to_le16(0x0605u);
    s.hdr.size = vwr_cpu_to_le16(0x0807u);
    s.rx_gso_packets = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.rx_gso_bytes = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.rx_gso_packets_coalesced = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    s.rx_gso_bytes_coalesced = vwr_cpu_to_le64(0x2827262524232221ULL);
    return check_bytes("struct virtio_net_stats_rx_gso", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_stats_tx_gso(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38,
    };
    struct vwr_net_stats_tx_gso s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = 0x01u;
    s.hdr.reserved = 0x02u;
    s.hdr.vq_index = vwr_cpu_to_le16(0x0403u);
    s.hdr.reserved1 = vwr_cpu_to_le16(0x0605u);
    s.hdr.size = vwr_cpu_to_le16(0x0807u);
    s.tx_gso_packets = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.tx_gso_bytes = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.tx_gso_segments = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    s.tx_gso_segments_bytes = vwr_cpu_to_le64(0x2827262524232221ULL);
    s.tx_gso_packets_noseg = vwr_cpu_to_le64(0x302f2e2d2c2b2a29ULL);
    s.tx_gso_bytes_noseg = vwr_cpu_to_le64(0x3837363534333231ULL);
    return check_bytes("struct vwr_net_stats_tx_gso", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_stats_tx_gso(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24,
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30,
        0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38,
    };
    struct virtio_net_stats_tx_gso s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = 0x01u;
    s.hdr.reserved = 0x02u;
    s.hdr.vq_index = vwr_cpu_to_le16(0x0403u);
    s.hdr.reserved1 = vwr_cpu_to_le16(0x0605u);
    s.hdr.size = vwr_cpu_to_le16(0x0807u);
    s.tx_gso_packets = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.tx_gso_bytes = vwr_cpu_to_le64(0x1817161514131211ULL);
    s.tx_gso_segments = vwr_cpu_to_le64(0x201f1e1d1c1b1a19ULL);
    s.tx_gso_segments_bytes = vwr_cpu_to_le64(0x2827262524232221ULL);
    s.tx_gso_packets_noseg = vwr_cpu_to_le64(0x302f2e2d2c2b2a29ULL);
    s.tx_gso_bytes_noseg = vwr_cpu_to_le64(0x3837363534333231ULL);
    return check_bytes("struct virtio_net_stats_tx_gso", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_stats_rx_speed(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_net_stats_rx_speed s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = 0x01u;
    s.hdr.reserved = 0x02u;
    s.hdr.vq_index = vwr_cpu_to_le16(0x0403u);
    s.hdr.reserved1 = vwr_cpu_to_le16(0x0605u);
    s.hdr.size = vwr_cpu_to_le16(0x0807u);
    s.rx_packets_allowance_exceeded = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.rx_bytes_allowance_exceeded = vwr_cpu_to_le64(0x1817161514131211ULL);
    return check_bytes("struct vwr_net_stats_rx_speed", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_stats_rx_speed(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_net_stats_rx_speed s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = 0x01u;
    s.hdr.reserved = 0x02u;
    s.hdr.vq_index = vwr_cpu_to_le16(0x0403u);
    s.hdr.reserved1 = vwr_cpu_to_le16(0x0605u);
    s.hdr.size = vwr_cpu_to_le16(0x0807u);
    s.rx_packets_allowance_exceeded = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.rx_bytes_allowance_exceeded = vwr_cpu_to_le64(0x1817161514131211ULL);
    return check_bytes("struct virtio_net_stats_rx_speed", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_stats_tx_speed(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct vwr_net_stats_tx_speed s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = 0x01u;
    s.hdr.reserved = 0x02u;
    s.hdr.vq_index = vwr_cpu_to_le16(0x0403u);
    s.hdr.reserved1 = vwr_cpu_to_le16(0x0605u);
    s.hdr.size = vwr_cpu_to_le16(0x0807u);
    s.tx_packets_allowance_exceeded = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.tx_bytes_allowance_exceeded = vwr_cpu_to_le64(0x1817161514131211ULL);
    return check_bytes("struct vwr_net_stats_tx_speed", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_stats_tx_speed(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
    };
    struct virtio_net_stats_tx_speed s;

    memset(&s, 0, sizeof(s));
    s.hdr.type = 0x01u;
    s.hdr.reserved = 0x02u;
    s.hdr.vq_index = vwr_cpu_to_le16(0x0403u);
    s.hdr.reserved1 = vwr_cpu_to_le16(0x0605u);
    s.hdr.size = vwr_cpu_to_le16(0x0807u);
    s.tx_packets_allowance_exceeded = vwr_cpu_to_le64(0x100f0e0d0c0b0a09ULL);
    s.tx_bytes_allowance_exceeded = vwr_cpu_to_le64(0x1817161514131211ULL);
    return check_bytes("struct virtio_net_stats_tx_speed", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_ff_cap_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14,
    };
    struct vwr_net_ff_cap_data s;

    memset(&s, 0, sizeof(s));
    s.groups_limit = vwr_cpu_to_le32(0x04030201u);
    s.classifiers_limit = vwr_cpu_to_le32(0x08070605u);
    s.rules_limit = vwr_cpu_to_le32(0x0c0b0a09u);
    s.rules_per_group_limit = vwr_cpu_to_le32(0x100f0e0du);
    s.last_rule_priority = 0x11u;
    s.selectors_per_classifier_limit = 0x12u;
    for (unsigned i = 0; i < 2; i++)
        s.reserved[i] = (uint8_t)(0x13u + i);
    return check_bytes("struct vwr_net_ff_cap_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_ff_cap_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14,
    };
    struct virtio_net_ff_cap_data s;

    memset(&s, 0, sizeof(s));
    s.groups_limit = vwr_cpu_to_le32(0x04030201u);
    s.classifiers_limit = vwr_cpu_to_le32(0x08070605u);
    s.rules_limit = vwr_cpu_to_le32(0x0c0b0a09u);
    s.rules_per_group_limit = vwr_cpu_to_le32(0x100f0e0du);
    s.last_rule_priority = 0x11u;
    s.selectors_per_classifier_limit = 0x12u;
    for (unsigned i = 0; i < 2; i++)
        s.reserved[i] = (uint8_t)(0x13u + i);
    return check_bytes("struct virtio_net_ff_cap_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_ff_selector(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_net_ff_selector s;

    memset(&s, 0, sizeof(s));
    s.type = 0x01u;
    s.flags = 0x02u;
    for (unsigned i = 0; i < 2; i++)
        s.reserved[i] = (uint8_t)(0x03u + i);
    s.length = 0x05u;
    for (unsigned i = 0; i < 3; i++)
        s.reserved1[i] = (uint8_t)(0x06u + i);
    return check_bytes("struct vwr_net_ff_selector", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_ff_selector(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_net_ff_selector s;

    memset(&s, 0, sizeof(s));
    s.type = 0x01u;
    s.flags = 0x02u;
    for (unsigned i = 0; i < 2; i++)
        s.reserved[i] = (uint8_t)(0x03u + i);
    s.length = 0x05u;
    for (unsigned i = 0; i < 3; i++)
        s.reserved1[i] = (uint8_t)(0x06u + i);
    return check_bytes("struct virtio_net_ff_selector", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_ff_cap_mask_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_net_ff_cap_mask_data s;

    memset(&s, 0, sizeof(s));
    s.count = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.reserved[i] = (uint8_t)(0x02u + i);
    return check_bytes("struct vwr_net_ff_cap_mask_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_ff_cap_mask_data(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_net_ff_cap_mask_data s;

    memset(&s, 0, sizeof(s));
    s.count = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.reserved[i] = (uint8_t)(0x02u + i);
    return check_bytes("struct virtio_net_ff_cap_mask_data", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_ff_actions(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_net_ff_actions s;

    memset(&s, 0, sizeof(s));
    s.count = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.reserved[i] = (uint8_t)(0x02u + i);
    return check_bytes("struct vwr_net_ff_actions", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_ff_actions(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_net_ff_actions s;

    memset(&s, 0, sizeof(s));
    s.count = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.reserved[i] = (uint8_t)(0x02u + i);
    return check_bytes("struct virtio_net_ff_actions", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_resource_obj_ff_group(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02,
    };
    struct vwr_net_resource_obj_ff_group s;

    memset(&s, 0, sizeof(s));
    s.group_priority = vwr_cpu_to_le16(0x0201u);
    return check_bytes("struct vwr_net_resource_obj_ff_group", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_resource_obj_ff_group(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02,
    };
    struct virtio_net_resource_obj_ff_group s;

    memset(&s, 0, sizeof(s));
    s.group_priority = vwr_cpu_to_le16(0x0201u);
    return check_bytes("struct virtio_net_resource_obj_ff_group", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_resource_obj_ff_classifier(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct vwr_net_resource_obj_ff_classifier s;

    memset(&s, 0, sizeof(s));
    s.count = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.reserved[i] = (uint8_t)(0x02u + i);
    return check_bytes("struct vwr_net_resource_obj_ff_classifier", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_resource_obj_ff_classifier(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
    };
    struct virtio_net_resource_obj_ff_classifier s;

    memset(&s, 0, sizeof(s));
    s.count = 0x01u;
    for (unsigned i = 0; i < 7; i++)
        s.reserved[i] = (uint8_t)(0x02u + i);
    return check_bytes("struct virtio_net_resource_obj_ff_classifier", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_resource_obj_ff_rule(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct vwr_net_resource_obj_ff_rule s;

    memset(&s, 0, sizeof(s));
    s.group_id = vwr_cpu_to_le32(0x04030201u);
    s.classifier_id = vwr_cpu_to_le32(0x08070605u);
    s.rule_priority = 0x09u;
    s.key_length = 0x0au;
    s.action = 0x0bu;
    s.reserved = 0x0cu;
    s.vq_index = vwr_cpu_to_le16(0x0e0du);
    for (unsigned i = 0; i < 2; i++)
        s.reserved1[i] = (uint8_t)(0x0fu + i);
    return check_bytes("struct vwr_net_resource_obj_ff_rule", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_resource_obj_ff_rule(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10,
    };
    struct virtio_net_resource_obj_ff_rule s;

    memset(&s, 0, sizeof(s));
    s.group_id = vwr_cpu_to_le32(0x04030201u);
    s.classifier_id = vwr_cpu_to_le32(0x08070605u);
    s.rule_priority = 0x09u;
    s.key_length = 0x0au;
    s.action = 0x0bu;
    s.reserved = 0x0cu;
    s.vq_index = vwr_cpu_to_le16(0x0e0du);
    for (unsigned i = 0; i < 2; i++)
        s.reserved1[i] = (uint8_t)(0x0fu + i);
    return check_bytes("struct virtio_net_resource_obj_ff_rule", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_vwr_net_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c,
    };
    struct vwr_net_config s;

    memset(&s, 0, sizeof(s));
    for (unsigned i = 0; i < 6; i++)
        s.mac[i] = (uint8_t)(0x01u + i);
    s.status = vwr_cpu_to_le16(0x0807u);
    s.max_virtqueue_pairs = vwr_cpu_to_le16(0x0a09u);
    s.mtu = vwr_cpu_to_le16(0x0c0bu);
    s.speed = vwr_cpu_to_le32(0x100f0e0du);
    s.duplex = 0x11u;
    s.rss_max_key_size = 0x12u;
    s.rss_max_indirection_table_length = vwr_cpu_to_le16(0x1413u);
    s.supported_hash_types = vwr_cpu_to_le32(0x18171615u);
    s.supported_tunnel_types = vwr_cpu_to_le32(0x1c1b1a19u);
    return check_bytes("struct vwr_net_config", &s, sizeof(s), expected, sizeof(expected));
}

static int wire_virtio_net_config(void)
{
    static const uint8_t expected[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c,
    };
    struct virtio_net_config s;

    memset(&s, 0, sizeof(s));
    for (unsigned i = 0; i < 6; i++)
        s.mac[i] = (uint8_t)(0x01u + i);
    s.status = vwr_cpu_to_le16(0x0807u);
    s.max_virtqueue_pairs = vwr_cpu_to_le16(0x0a09u);
    s.mtu = vwr_cpu_to_le16(0x0c0bu);
    s.speed = vwr_cpu_to_le32(0x100f0e0du);
    s.duplex = 0x11u;
    s.rss_max_key_size = 0x12u;
    s.rss_max_indirection_table_length = vwr_cpu_to_le16(0x1413u);
    s.supported_hash_types = vwr_cpu_to_le32(0x18171615u);
    s.supported_tunnel_types = vwr_cpu_to_le32(0x1c1b1a19u);
    return check_bytes("struct virtio_net_config", &s, sizeof(s), expected, sizeof(expected));
}

static int constants(void)
{
    const struct number numbers[] = {
        {"VWR_NET_ID", VWR_NET_ID, 1},
        {"VWR_NET_F_CSUM", VWR_NET_F_CSUM, 0},
        {"VIRTIO_NET_F_CSUM", VIRTIO_NET_F_CSUM, 0},
        {"VWR_NET_F_GUEST_CSUM", VWR_NET_F_GUEST_CSUM, 1},
        {"VIRTIO_NET_F_GUEST_CSUM", VIRTIO_NET_F_GUEST_CSUM, 1},
        {"VWR_NET_F_CTRL_GUEST_OFFLOADS", VWR_NET_F_CTRL_GUEST_OFFLOADS, 2},
        {"VIRTIO_NET_F_CTRL_GUEST_OFFLOADS", VIRTIO_NET_F_CTRL_GUEST_OFFLOADS, 2},
        {"VWR_NET_F_MTU", VWR_NET_F_MTU, 3},
        {"VIRTIO_NET_F_MTU", VIRTIO_NET_F_MTU, 3},
        {"VWR_NET_F_MAC", VWR_NET_F_MAC, 5},
        {"VIRTIO_NET_F_MAC", VIRTIO_NET_F_MAC, 5},
        {"VWR_NET_F_GSO", VWR_NET_F_GSO, 6},
        {"VIRTIO_NET_F_GSO", VIRTIO_NET_F_GSO, 6},
        {"VWR_NET_F_GUEST_TSO4", VWR_NET_F_GUEST_TSO4, 7},
        {"VIRTIO_NET_F_GUEST_TSO4", VIRTIO_NET_F_GUEST_TSO4, 7},
        {"VWR_NET_F_GUEST_TSO6", VWR_NET_F_GUEST_TSO6, 8},
        {"VIRTIO_NET_F_GUEST_TSO6", VIRTIO_NET_F_GUEST_TSO6, 8},
        {"VWR_NET_F_GUEST_ECN", VWR_NET_F_GUEST_ECN, 9},
        {"VIRTIO_NET_F_GUEST_ECN", VIRTIO_NET_F_GUEST_ECN, 9},
        {"VWR_NET_F_GUEST_UFO", VWR_NET_F_GUEST_UFO, 10},
        {"VIRTIO_NET_F_GUEST_UFO", VIRTIO_NET_F_GUEST_UFO, 10},
        {"VWR_NET_F_HOST_TSO4", VWR_NET_F_HOST_TSO4, 11},
        {"VIRTIO_NET_F_HOST_TSO4", VIRTIO_NET_F_HOST_TSO4, 11},
        {"VWR_NET_F_HOST_TSO6", VWR_NET_F_HOST_TSO6, 12},
        {"VIRTIO_NET_F_HOST_TSO6", VIRTIO_NET_F_HOST_TSO6, 12},
        {"VWR_NET_F_HOST_ECN", VWR_NET_F_HOST_ECN, 13},
        {"VIRTIO_NET_F_HOST_ECN", VIRTIO_NET_F_HOST_ECN, 13},
        {"VWR_NET_F_HOST_UFO", VWR_NET_F_HOST_UFO, 14},
        {"VIRTIO_NET_F_HOST_UFO", VIRTIO_NET_F_HOST_UFO, 14},
        {"VWR_NET_F_MRG_RXBUF", VWR_NET_F_MRG_RXBUF, 15},
        {"VIRTIO_NET_F_MRG_RXBUF", VIRTIO_NET_F_MRG_RXBUF, 15},
        {"VWR_NET_F_STATUS", VWR_NET_F_STATUS, 16},
        {"VIRTIO_NET_F_STATUS", VIRTIO_NET_F_STATUS, 16},
        {"VWR_NET_F_CTRL_VQ", VWR_NET_F_CTRL_VQ, 17},
        {"VIRTIO_NET_F_CTRL_VQ", VIRTIO_NET_F_CTRL_VQ, 17},
        {"VWR_NET_F_CTRL_RX", VWR_NET_F_CTRL_RX, 18},
        {"VIRTIO_NET_F_CTRL_RX", VIRTIO_NET_F_CTRL_RX, 18},
        {"VWR_NET_F_CTRL_VLAN", VWR_NET_F_CTRL_VLAN, 19},
        {"VIRTIO_NET_F_CTRL_VLAN", VIRTIO_NET_F_CTRL_VLAN, 19},
        {"VWR_NET_F_CTRL_RX_EXTRA", VWR_NET_F_CTRL_RX_EXTRA, 20},
        {"VIRTIO_NET_F_CTRL_RX_EXTRA", VIRTIO_NET_F_CTRL_RX_EXTRA, 20},
        {"VWR_NET_F_GUEST_ANNOUNCE", VWR_NET_F_GUEST_ANNOUNCE, 21},
        {"VIRTIO_NET_F_GUEST_ANNOUNCE", VIRTIO_NET_F_GUEST_ANNOUNCE, 21},
        {"VWR_NET_F_MQ", VWR_NET_F_MQ, 22},
        {"VIRTIO_NET_F_MQ", VIRTIO_NET_F_MQ, 22},
        {"VWR_NET_F_CTRL_MAC_ADDR", VWR_NET_F_CTRL_MAC_ADDR, 23},
        {"VIRTIO_NET_F_CTRL_MAC_ADDR", VIRTIO_NET_F_CTRL_MAC_ADDR, 23},
        {"VWR_NET_F_GUEST_RSC4", VWR_NET_F_GUEST_RSC4, 41},
        {"VIRTIO_NET_F_GUEST_RSC4", VIRTIO_NET_F_GUEST_RSC4, 41},
        {"VWR_NET_F_GUEST_RSC6", VWR_NET_F_GUEST_RSC6, 42},
        {"VIRTIO_NET_F_GUEST_RSC6", VIRTIO_NET_F_GUEST_RSC6, 42},
        {"VWR_NET_F_DEVICE_STATS", VWR_NET_F_DEVICE_STATS, 50},
        {"VIRTIO_NET_F_DEVICE_STATS", VIRTIO_NET_F_DEVICE_STATS, 50},
        {"VWR_NET_F_HASH_TUNNEL", VWR_NET_F_HASH_TUNNEL, 51},
        {"VIRTIO_NET_F_HASH_TUNNEL", VIRTIO_NET_F_HASH_TUNNEL, 51},
        {"VWR_NET_F_VQ_NOTF_COAL", VWR_NET_F_VQ_NOTF_COAL, 52},
        {"VIRTIO_NET_F_VQ_NOTF_COAL", VIRTIO_NET_F_VQ_NOTF_COAL, 52},
        {"VWR_NET_F_NOTF_COAL", VWR_NET_F_NOTF_COAL, 53},
        {"VIRTIO_NET_F_NOTF_COAL", VIRTIO_NET_F_NOTF_COAL, 53},
        {"VWR_NET_F_GUEST_USO4", VWR_NET_F_GUEST_USO4, 54},
        {"VIRTIO_NET_F_GUEST_USO4", VIRTIO_NET_F_GUEST_USO4, 54},
        {"VWR_NET_F_GUEST_USO6", VWR_NET_F_GUEST_USO6, 55},
        {"VIRTIO_NET_F_GUEST_USO6", VIRTIO_NET_F_GUEST_USO6, 55},
        {"VWR_NET_F_HOST_USO", VWR_NET_F_HOST_USO, 56},
        {"VIRTIO_NET_F_HOST_USO", VIRTIO_NET_F_HOST_USO, 56},
        {"VWR_NET_F_HASH_REPORT", VWR_NET_F_HASH_REPORT, 57},
        {"VIRTIO_NET_F_HASH_REPORT", VIRTIO_NET_F_HASH_REPORT, 57},
        {"VWR_NET_F_GUEST_HDRLEN", VWR_NET_F_GUEST_HDRLEN, 59},
        {"VIRTIO_NET_F_GUEST_HDRLEN", VIRTIO_NET_F_GUEST_HDRLEN, 59},
        {"VWR_NET_F_RSS", VWR_NET_F_RSS, 60},
        {"VIRTIO_NET_F_RSS", VIRTIO_NET_F_RSS, 60},
        {"VWR_NET_F_RSC_EXT", VWR_NET_F_RSC_EXT, 61},
        {"VIRTIO_NET_F_RSC_EXT", VIRTIO_NET_F_RSC_EXT, 61},
        {"VWR_NET_F_STANDBY", VWR_NET_F_STANDBY, 62},
        {"VIRTIO_NET_F_STANDBY", VIRTIO_NET_F_STANDBY, 62},
        {"VWR_NET_F_SPEED_DUPLEX", VWR_NET_F_SPEED_DUPLEX, 63},
        {"VIRTIO_NET_F_SPEED_DUPLEX", VIRTIO_NET_F_SPEED_DUPLEX, 63},
        {"VWR_NET_F_RSS_CONTEXT", VWR_NET_F_RSS_CONTEXT, 64},
        {"VIRTIO_NET_F_RSS_CONTEXT", VIRTIO_NET_F_RSS_CONTEXT, 64},
        {"VWR_NET_F_GUEST_UDP_TUNNEL_GSO", VWR_NET_F_GUEST_UDP_TUNNEL_GSO, 65},
        {"VIRTIO_NET_F_GUEST_UDP_TUNNEL_GSO", VIRTIO_NET_F_GUEST_UDP_TUNNEL_GSO, 65},
        {"VWR_NET_F_GUEST_UDP_TUNNEL_GSO_CSUM", VWR_NET_F_GUEST_UDP_TUNNEL_GSO_CSUM, 66},
        {"VIRTIO_NET_F_GUEST_UDP_TUNNEL_GSO_CSUM", VIRTIO_NET_F_GUEST_UDP_TUNNEL_GSO_CSUM, 66},
        {"VWR_NET_F_HOST_UDP_TUNNEL_GSO", VWR_NET_F_HOST_UDP_TUNNEL_GSO, 67},
        {"VIRTIO_NET_F_HOST_UDP_TUNNEL_GSO", VIRTIO_NET_F_HOST_UDP_TUNNEL_GSO, 67},
        {"VWR_NET_F_HOST_UDP_TUNNEL_GSO_CSUM", VWR_NET_F_HOST_UDP_TUNNEL_GSO_CSUM, 68},
        {"VIRTIO_NET_F_HOST_UDP_TUNNEL_GSO_CSUM", VIRTIO_NET_F_HOST_UDP_TUNNEL_GSO_CSUM, 68},
        {"VWR_NET_F_OUT_NET_HEADER", VWR_NET_F_OUT_NET_HEADER, 69},
        {"VIRTIO_NET_F_OUT_NET_HEADER", VIRTIO_NET_F_OUT_NET_HEADER, 69},
        {"VWR_NET_F_IPSEC", VWR_NET_F_IPSEC, 70},
        {"VIRTIO_NET_F_IPSEC", VIRTIO_NET_F_IPSEC, 70},
        {"VWR_NET_FF_RESOURCE_CAP", VWR_NET_FF_RESOURCE_CAP, 0x800},
        {"VIRTIO_NET_FF_RESOURCE_CAP", VIRTIO_NET_FF_RESOURCE_CAP, 0x800},
        {"VWR_NET_FF_SELECTOR_CAP", VWR_NET_FF_SELECTOR_CAP, 0x801},
        {"VIRTIO_NET_FF_SELECTOR_CAP", VIRTIO_NET_FF_SELECTOR_CAP, 0x801},
        {"VWR_NET_FF_ACTION_CAP", VWR_NET_FF_ACTION_CAP, 0x802},
        {"VIRTIO_NET_FF_ACTION_CAP", VIRTIO_NET_FF_ACTION_CAP, 0x802},
        {"VWR_NET_IPSEC_RESOURCE_CAP", VWR_NET_IPSEC_RESOURCE_CAP, 0x803},
        {"VIRTIO_NET_IPSEC_RESOURCE_CAP", VIRTIO_NET_IPSEC_RESOURCE_CAP, 0x803},
        {"VWR_NET_IPSEC_SA_CAP", VWR_NET_IPSEC_SA_CAP, 0x804},
        {"VIRTIO_NET_IPSEC_SA_CAP", VIRTIO_NET_IPSEC_SA_CAP, 0x804},
        {"VWR_NET_RESOURCE_OBJ_FF_GROUP", VWR_NET_RESOURCE_OBJ_FF_GROUP, 0x200},
        {"VIRTIO_NET_RESOURCE_OBJ_FF_GROUP", VIRTIO_NET_RESOURCE_OBJ_FF_GROUP, 0x200},
        {"VWR_NET_RESOURCE_OBJ_FF_CLASSIFIER", VWR_NET_RESOURCE_OBJ_FF_CLASSIFIER, 0x201},
        {"VIRTIO_NET_RESOURCE_OBJ_FF_CLASSIFIER", VIRTIO_NET_RESOURCE_OBJ_FF_CLASSIFIER, 0x201},
        {"VWR_NET_RESOURCE_OBJ_FF_RULE", VWR_NET_RESOURCE_OBJ_FF_RULE, 0x202},
        {"VIRTIO_NET_RESOURCE_OBJ_FF_RULE", VIRTIO_NET_RESOURCE_OBJ_FF_RULE, 0x202},
        {"VWR_NET_RESOURCE_OBJ_IPSEC_OUTB_SA", VWR_NET_RESOURCE_OBJ_IPSEC_OUTB_SA, 0x203},
        {"VIRTIO_NET_RESOURCE_OBJ_IPSEC_OUTB_SA", VIRTIO_NET_RESOURCE_OBJ_IPSEC_OUTB_SA, 0x203},
        {"VWR_NET_RESOURCE_OBJ_IPSEC_INB_SA", VWR_NET_RESOURCE_OBJ_IPSEC_INB_SA, 0x204},
        {"VIRTIO_NET_RESOURCE_OBJ_IPSEC_INB_SA", VIRTIO_NET_RESOURCE_OBJ_IPSEC_INB_SA, 0x204},
        {"VWR_NET_DEV_PART_CVQ_CFG_PART", VWR_NET_DEV_PART_CVQ_CFG_PART, 0x200},
        {"VIRTIO_NET_DEV_PART_CVQ_CFG_PART", VIRTIO_NET_DEV_PART_CVQ_CFG_PART, 0x200},
        {"VWR_NET_HDR_GSO_NONE", VWR_NET_HDR_GSO_NONE, 0},
        {"VIRTIO_NET_HDR_GSO_NONE", VIRTIO_NET_HDR_GSO_NONE, 0},
        {"VWR_NET_HDR_GSO_TCPV4", VWR_NET_HDR_GSO_TCPV4, 1},
        {"VIRTIO_NET_HDR_GSO_TCPV4", VIRTIO_NET_HDR_GSO_TCPV4, 1},
        {"VWR_NET_HDR_GSO_UDP", VWR_NET_HDR_GSO_UDP, 3},
        {"VIRTIO_NET_HDR_GSO_UDP", VIRTIO_NET_HDR_GSO_UDP, 3},
        {"VWR_NET_HDR_GSO_TCPV6", VWR_NET_HDR_GSO_TCPV6, 4},
        {"VIRTIO_NET_HDR_GSO_TCPV6", VIRTIO_NET_HDR_GSO_TCPV6, 4},
        {"VWR_NET_HDR_GSO_UDP_L4", VWR_NET_HDR_GSO_UDP_L4, 5},
        {"VIRTIO_NET_HDR_GSO_UDP_L4", VIRTIO_NET_HDR_GSO_UDP_L4, 5},
        {"VWR_NET_HASH_REPORT_NONE", VWR_NET_HASH_REPORT_NONE, 0},
        {"VIRTIO_NET_HASH_REPORT_NONE", VIRTIO_NET_HASH_REPORT_NONE, 0},
        {"VWR_NET_HASH_REPORT_IPV4", VWR_NET_HASH_REPORT_IPV4, 1},
        {"VIRTIO_NET_HASH_REPORT_IPv4", VIRTIO_NET_HASH_REPORT_IPv4, 1},
        {"VWR_NET_HASH_REPORT_TCPV4", VWR_NET_HASH_REPORT_TCPV4, 2},
        {"VIRTIO_NET_HASH_REPORT_TCPv4", VIRTIO_NET_HASH_REPORT_TCPv4, 2},
        {"VWR_NET_HASH_REPORT_UDPV4", VWR_NET_HASH_REPORT_UDPV4, 3},
        {"VIRTIO_NET_HASH_REPORT_UDPv4", VIRTIO_NET_HASH_REPORT_UDPv4, 3},
        {"VWR_NET_HASH_REPORT_IPV6", VWR_NET_HASH_REPORT_IPV6, 4},
        {"VIRTIO_NET_HASH_REPORT_IPv6", VIRTIO_NET_HASH_REPORT_IPv6, 4},
        {"VWR_NET_HASH_REPORT_TCPV6", VWR_NET_HASH_REPORT_TCPV6, 5},
        {"VIRTIO_NET_HASH_REPORT_TCPv6", VIRTIO_NET_HASH_REPORT_TCPv6, 5},
        {"VWR_NET_HASH_REPORT_UDPV6", VWR_NET_HASH_REPORT_UDPV6, 6},
        {"VIRTIO_NET_HASH_REPORT_UDPv6", VIRTIO_NET_HASH_REPORT_UDPv6, 6},
        {"VWR_NET_HASH_REPORT_IPV6_EX", VWR_NET_HASH_REPORT_IPV6_EX, 7},
        {"VIRTIO_NET_HASH_REPORT_IPv6_EX", VIRTIO_NET_HASH_REPORT_IPv6_EX, 7},
        {"VWR_NET_HASH_REPORT_TCPV6_EX", VWR_NET_HASH_REPORT_TCPV6_EX, 8},
        {"VIRTIO_NET_HASH_REPORT_TCPv6_EX", VIRTIO_NET_HASH_REPORT_TCPv6_EX, 8},
        {"VWR_NET_HASH_REPORT_UDPV6_EX", VWR_NET_HASH_REPORT_UDPV6_EX, 9},
        {"VIRTIO_NET_HASH_REPORT_UDPv6_EX", VIRTIO_NET_HASH_REPORT_UDPv6_EX, 9},
        {"VWR_NET_OK", VWR_NET_OK, 0},
        {"VIRTIO_NET_OK", VIRTIO_NET_OK, 0},
        {"VWR_NET_ERR", VWR_NET_ERR, 1},
        {"VIRTIO_NET_ERR", VIRTIO_NET_ERR, 1},
        {"VWR_NET_CTRL_RX", VWR_NET_CTRL_RX, 0},
        {"VIRTIO_NET_CTRL_RX", VIRTIO_NET_CTRL_RX, 0},
        {"VWR_NET_CTRL_MAC", VWR_NET_CTRL_MAC, 1},
        {"VIRTIO_NET_CTRL_MAC", VIRTIO_NET_CTRL_MAC, 1},
        {"VWR_NET_CTRL_VLAN", VWR_NET_CTRL_VLAN, 2},
        {"VIRTIO_NET_CTRL_VLAN", VIRTIO_NET_CTRL_VLAN, 2},
        {"VWR_NET_CTRL_ANNOUNCE", VWR_NET_CTRL_ANNOUNCE, 3},
        {"VIRTIO_NET_CTRL_ANNOUNCE", VIRTIO_NET_CTRL_ANNOUNCE, 3},
        {"VWR_NET_CTRL_MQ", VWR_NET_CTRL_MQ, 4},
        {"VIRTIO_NET_CTRL_MQ", VIRTIO_NET_CTRL_MQ, 4},
        {"VWR_NET_CTRL_GUEST_OFFLOADS", VWR_NET_CTRL_GUEST_OFFLOADS, 5},
        {"VIRTIO_NET_CTRL_GUEST_OFFLOADS", VIRTIO_NET_CTRL_GUEST_OFFLOADS, 5},
        {"VWR_NET_CTRL_NOTF_COAL", VWR_NET_CTRL_NOTF_COAL, 6},
        {"VIRTIO_NET_CTRL_NOTF_COAL", VIRTIO_NET_CTRL_NOTF_COAL, 6},
        {"VWR_NET_CTRL_HASH_TUNNEL", VWR_NET_CTRL_HASH_TUNNEL, 7},
        {"VIRTIO_NET_CTRL_HASH_TUNNEL", VIRTIO_NET_CTRL_HASH_TUNNEL, 7},
        {"VWR_NET_CTRL_STATS", VWR_NET_CTRL_STATS, 8},
        {"VIRTIO_NET_CTRL_STATS", VIRTIO_NET_CTRL_STATS, 8},
        {"VWR_NET_CTRL_RSS_CTX", VWR_NET_CTRL_RSS_CTX, 9},
        {"VIRTNET_RSS_CTX_CTRL", VIRTNET_RSS_CTX_CTRL, 9},
        {"VWR_NET_GUEST_OFFLOAD_F_CSUM", VWR_NET_GUEST_OFFLOAD_F_CSUM, 1},
        {"VIRTIO_NET_GUEST_OFFLOAD_F_CSUM", VIRTIO_NET_GUEST_OFFLOAD_F_CSUM, 1},
        {"VWR_NET_GUEST_OFFLOAD_F_TSO4", VWR_NET_GUEST_OFFLOAD_F_TSO4, 7},
        {"VIRTIO_NET_GUEST_OFFLOAD_F_TSO4", VIRTIO_NET_GUEST_OFFLOAD_F_TSO4, 7},
        {"VWR_NET_GUEST_OFFLOAD_F_TSO6", VWR_NET_GUEST_OFFLOAD_F_TSO6, 8},
        {"VIRTIO_NET_GUEST_OFFLOAD_F_TSO6", VIRTIO_NET_GUEST_OFFLOAD_F_TSO6, 8},
        {"VWR_NET_GUEST_OFFLOAD_F_ECN", VWR_NET_GUEST_OFFLOAD_F_ECN, 9},
        {"VIRTIO_NET_GUEST_OFFLOAD_F_ECN", VIRTIO_NET_GUEST_OFFLOAD_F_ECN, 9},
        {"VWR_NET_GUEST_OFFLOAD_F_UFO", VWR_NET_GUEST_OFFLOAD_F_UFO, 10},
        {"VIRTIO_NET_GUEST_OFFLOAD_F_UFO", VIRTIO_NET_GUEST_OFFLOAD_F_UFO, 10},
        {"VWR_NET_GUEST_OFFLOAD_F_UDP_TUNNEL_GSO", VWR_NET_GUEST_OFFLOAD_F_UDP_TUNNEL_GSO, 46},
        {"VIRTIO_NET_GUEST_OFFLOAD_F_UDP_TUNNEL_GSO", VIRTIO_NET_GUEST_OFFLOAD_F_UDP_TUNNEL_GSO, 46},
        {"VWR_NET_GUEST_OFFLOAD_F_UDP_TUNNEL_GSO_CSUM", VWR_NET_GUEST_OFFLOAD_F_UDP_TUNNEL_GSO_CSUM, 47},
        {"VIRTIO_NET_GUEST_OFFLOAD_F_UDP_TUNNEL_GSO_CSUM", VIRTIO_NET_GUEST_OFFLOAD_F_UDP_TUNNEL_GSO_CSUM, 47},
        {"VWR_NET_GUEST_OFFLOAD_F_USO4", VWR_NET_GUEST_OFFLOAD_F_USO4, 54},
        {"VIRTIO_NET_GUEST_OFFLOAD_F_USO4", VIRTIO_NET_GUEST_OFFLOAD_F_USO4, 54},
        {"VWR_NET_GUEST_OFFLOAD_F_USO6", VWR_NET_GUEST_OFFLOAD_F_USO6, 55},
        {"VIRTIO_NET_GUEST_OFFLOAD_F_USO6", VIRTIO_NET_GUEST_OFFLOAD_F_USO6, 55},
        {"VWR_NET_STATS_TYPE_REPLY_CVQ", VWR_NET_STATS_TYPE_REPLY_CVQ, 32},
        {"VIRTIO_NET_STATS_TYPE_REPLY_CVQ", VIRTIO_NET_STATS_TYPE_REPLY_CVQ, 32},
        {"VWR_NET_STATS_TYPE_REPLY_RX_BASIC", VWR_NET_STATS_TYPE_REPLY_RX_BASIC, 0},
        {"VIRTIO_NET_STATS_TYPE_REPLY_RX_BASIC", VIRTIO_NET_STATS_TYPE_REPLY_RX_BASIC, 0},
        {"VWR_NET_STATS_TYPE_REPLY_RX_CSUM", VWR_NET_STATS_TYPE_REPLY_RX_CSUM, 1},
        {"VIRTIO_NET_STATS_TYPE_REPLY_RX_CSUM", VIRTIO_NET_STATS_TYPE_REPLY_RX_CSUM, 1},
        {"VWR_NET_STATS_TYPE_REPLY_RX_GSO", VWR_NET_STATS_TYPE_REPLY_RX_GSO, 2},
        {"VIRTIO_NET_STATS_TYPE_REPLY_RX_GSO", VIRTIO_NET_STATS_TYPE_REPLY_RX_GSO, 2},
        {"VWR_NET_STATS_TYPE_REPLY_RX_SPEED", VWR_NET_STATS_TYPE_REPLY_RX_SPEED, 3},
        {"VIRTIO_NET_STATS_TYPE_REPLY_RX_SPEED", VIRTIO_NET_STATS_TYPE_REPLY_RX_SPEED, 3},
        {"VWR_NET_STATS_TYPE_REPLY_TX_BASIC", VWR_NET_STATS_TYPE_REPLY_TX_BASIC, 16},
        {"VIRTIO_NET_STATS_TYPE_REPLY_TX_BASIC", VIRTIO_NET_STATS_TYPE_REPLY_TX_BASIC, 16},
        {"VWR_NET_STATS_TYPE_REPLY_TX_CSUM", VWR_NET_STATS_TYPE_REPLY_TX_CSUM, 17},
        {"VIRTIO_NET_STATS_TYPE_REPLY_TX_CSUM", VIRTIO_NET_STATS_TYPE_REPLY_TX_CSUM, 17},
        {"VWR_NET_STATS_TYPE_REPLY_TX_GSO", VWR_NET_STATS_TYPE_REPLY_TX_GSO, 18},
        {"VIRTIO_NET_STATS_TYPE_REPLY_TX_GSO", VIRTIO_NET_STATS_TYPE_REPLY_TX_GSO, 18},
        {"VWR_NET_STATS_TYPE_REPLY_TX_SPEED", VWR_NET_STATS_TYPE_REPLY_TX_SPEED, 19},
        {"VIRTIO_NET_STATS_TYPE_REPLY_TX_SPEED", VIRTIO_NET_STATS_TYPE_REPLY_TX_SPEED, 19},
        {"VWR_NET_FF_MASK_TYPE_ETH", VWR_NET_FF_MASK_TYPE_ETH, 1},
        {"VIRTIO_NET_FF_MASK_TYPE_ETH", VIRTIO_NET_FF_MASK_TYPE_ETH, 1},
        {"VWR_NET_FF_MASK_TYPE_IPV4", VWR_NET_FF_MASK_TYPE_IPV4, 2},
        {"VIRTIO_NET_FF_MASK_TYPE_IPV4", VIRTIO_NET_FF_MASK_TYPE_IPV4, 2},
        {"VWR_NET_FF_MASK_TYPE_IPV6", VWR_NET_FF_MASK_TYPE_IPV6, 3},
        {"VIRTIO_NET_FF_MASK_TYPE_IPV6", VIRTIO_NET_FF_MASK_TYPE_IPV6, 3},
        {"VWR_NET_FF_MASK_TYPE_TCP", VWR_NET_FF_MASK_TYPE_TCP, 4},
        {"VIRTIO_NET_FF_MASK_TYPE_TCP", VIRTIO_NET_FF_MASK_TYPE_TCP, 4},
        {"VWR_NET_FF_MASK_TYPE_UDP", VWR_NET_FF_MASK_TYPE_UDP, 5},
        {"VIRTIO_NET_FF_MASK_TYPE_UDP", VIRTIO_NET_FF_MASK_TYPE_UDP, 5},
        {"VWR_NET_FF_MASK_TYPE_ESP", VWR_NET_FF_MASK_TYPE_ESP, 6},
        {"VIRTIO_NET_FF_MASK_TYPE_ESP", VIRTIO_NET_FF_MASK_TYPE_ESP, 6},
        {"VWR_NET_FF_ACTION_DROP", VWR_NET_FF_ACTION_DROP, 1},
        {"VIRTIO_NET_FF_ACTION_DROP", VIRTIO_NET_FF_ACTION_DROP, 1},
        {"VWR_NET_FF_ACTION_DIRECT_RX_VQ", VWR_NET_FF_ACTION_DIRECT_RX_VQ, 2},
        {"VIRTIO_NET_FF_ACTION_DIRECT_RX_VQ", VIRTIO_NET_FF_ACTION_DIRECT_RX_VQ, 2},
        {"VWR_NET_FF_ACTION_IPSEC", VWR_NET_FF_ACTION_IPSEC, 3},
        {"VIRTIO_NET_FF_ACTION_IPSEC", VIRTIO_NET_FF_ACTION_IPSEC, 3},
        {"VWR_NET_FF_ACTION_IPSEC_RECIRCULATE", VWR_NET_FF_ACTION_IPSEC_RECIRCULATE, 4},
        {"VIRTIO_NET_FF_ACTION_IPSEC_RECIRCULATE", VIRTIO_NET_FF_ACTION_IPSEC_RECIRCULATE, 4},
        {"VWR_NET_S_LINK_UP", VWR_NET_S_LINK_UP, 0x1},
        {"VIRTIO_NET_S_LINK_UP", VIRTIO_NET_S_LINK_UP, 0x1},
        {"VWR_NET_S_ANNOUNCE", VWR_NET_S_ANNOUNCE, 0x2},
        {"VIRTIO_NET_S_ANNOUNCE", VIRTIO_NET_S_ANNOUNCE, 0x2},
        {"VWR_NET_HDR_F_NEEDS_CSUM", VWR_NET_HDR_F_NEEDS_CSUM, 0x1},
        {"VIRTIO_NET_HDR_F_NEEDS_CSUM", VIRTIO_NET_HDR_F_NEEDS_CSUM, 0x1},
        {"VWR_NET_HDR_F_DATA_VALID", VWR_NET_HDR_F_DATA_VALID, 0x2},
        {"VIRTIO_NET_HDR_F_DATA_VALID", VIRTIO_NET_HDR_F_DATA_VALID, 0x2},
        {"VWR_NET_HDR_F_RSC_INFO", VWR_NET_HDR_F_RSC_INFO, 0x4},
        {"VIRTIO_NET_HDR_F_RSC_INFO", VIRTIO_NET_HDR_F_RSC_INFO, 0x4},
        {"VWR_NET_HDR_F_UDP_TUNNEL_CSUM", VWR_NET_HDR_F_UDP_TUNNEL_CSUM, 0x8},
        {"VIRTIO_NET_HDR_F_UDP_TUNNEL_CSUM", VIRTIO_NET_HDR_F_UDP_TUNNEL_CSUM, 0x8},
        {"VWR_NET_HDR_F_SECURITY", VWR_NET_HDR_F_SECURITY, 0x10},
        {"VIRTIO_NET_HDR_F_SECURITY", VIRTIO_NET_HDR_F_SECURITY, 0x10},
        {"VWR_NET_HDR_F_SECURITY_ERR", VWR_NET_HDR_F_SECURITY_ERR, 0x20},
        {"VIRTIO_NET_HDR_F_SECURITY_ERR", VIRTIO_NET_HDR_F_SECURITY_ERR, 0x20},
        {"VWR_NET_HDR_F_SECURITY_SA_SOFT_EXPIRY_WARN", VWR_NET_HDR_F_SECURITY_SA_SOFT_EXPIRY_WARN, 0x40},
        {"VIRTIO_NET_HDR_F_SECURITY_SA_SOFT_EXPIRY_WARN", VIRTIO_NET_HDR_F_SECURITY_SA_SOFT_EXPIRY_WARN, 0x40},
        {"VWR_NET_HDR_GSO_UDP_TUNNEL_IPV4", VWR_NET_HDR_GSO_UDP_TUNNEL_IPV4, 0x20},
        {"VIRTIO_NET_HDR_GSO_UDP_TUNNEL_IPV4", VIRTIO_NET_HDR_GSO_UDP_TUNNEL_IPV4, 0x20},
        {"VWR_NET_HDR_GSO_UDP_TUNNEL_IPV6", VWR_NET_HDR_GSO_UDP_TUNNEL_IPV6, 0x40},
        {"VIRTIO_NET_HDR_GSO_UDP_TUNNEL_IPV6", VIRTIO_NET_HDR_GSO_UDP_TUNNEL_IPV6, 0x40},
        {"VWR_NET_HDR_GSO_ECN", VWR_NET_HDR_GSO_ECN, 0x80},
        {"VIRTIO_NET_HDR_GSO_ECN", VIRTIO_NET_HDR_GSO_ECN, 0x80},
        {"VWR_NET_HASH_TYPE_IPV4", VWR_NET_HASH_TYPE_IPV4, 0x1},
        {"VIRTIO_NET_HASH_TYPE_IPv4", VIRTIO_NET_HASH_TYPE_IPv4, 0x1},
        {"VWR_NET_HASH_TYPE_TCPV4", VWR_NET_HASH_TYPE_TCPV4, 0x2},
        {"VIRTIO_NET_HASH_TYPE_TCPv4", VIRTIO_NET_HASH_TYPE_TCPv4, 0x2},
        {"VWR_NET_HASH_TYPE_UDPV4", VWR_NET_HASH_TYPE_UDPV4, 0x4},
        {"VIRTIO_NET_HASH_TYPE_UDPv4", VIRTIO_NET_HASH_TYPE_UDPv4, 0x4},
        {"VWR_NET_HASH_TYPE_IPV6", VWR_NET_HASH_TYPE_IPV6, 0x8},
        {"VIRTIO_NET_HASH_TYPE_IPv6", VIRTIO_NET_HASH_TYPE_IPv6, 0x8},
        {"VWR_NET_HASH_TYPE_TCPV6", VWR_NET_HASH_TYPE_TCPV6, 0x10},
        {"VIRTIO_NET_HASH_TYPE_TCPv6", VIRTIO_NET_HASH_TYPE_TCPv6, 0x10},
        {"VWR_NET_HASH_TYPE_UDPV6", VWR_NET_HASH_TYPE_UDPV6, 0x20},
        {"VIRTIO_NET_HASH_TYPE_UDPv6", VIRTIO_NET_HASH_TYPE_UDPv6, 0x20},
        {"VWR_NET_HASH_TYPE_IP_EX", VWR_NET_HASH_TYPE_IP_EX, 0x40},
        {"VIRTIO_NET_HASH_TYPE_IP_EX", VIRTIO_NET_HASH_TYPE_IP_EX, 0x40},
        {"VWR_NET_HASH_TYPE_TCP_EX", VWR_NET_HASH_TYPE_TCP_EX, 0x80},
        {"VIRTIO_NET_HASH_TYPE_TCP_EX", VIRTIO_NET_HASH_TYPE_TCP_EX, 0x80},
        {"VWR_NET_HASH_TYPE_UDP_EX", VWR_NET_HASH_TYPE_UDP_EX, 0x100},
        {"VIRTIO_NET_HASH_TYPE_UDP_EX", VIRTIO_NET_HASH_TYPE_UDP_EX, 0x100},
        {"VWR_NET_HASH_TUNNEL_TYPE_GRE_2784", VWR_NET_HASH_TUNNEL_TYPE_GRE_2784, 0x1},
        {"VIRTIO_NET_HASH_TUNNEL_TYPE_GRE_2784", VIRTIO_NET_HASH_TUNNEL_TYPE_GRE_2784, 0x1},
        {"VWR_NET_HASH_TUNNEL_TYPE_GRE_2890", VWR_NET_HASH_TUNNEL_TYPE_GRE_2890, 0x2},
        {"VIRTIO_NET_HASH_TUNNEL_TYPE_GRE_2890", VIRTIO_NET_HASH_TUNNEL_TYPE_GRE_2890, 0x2},
        {"VWR_NET_HASH_TUNNEL_TYPE_GRE_7676", VWR_NET_HASH_TUNNEL_TYPE_GRE_7676, 0x4},
        {"VIRTIO_NET_HASH_TUNNEL_TYPE_GRE_7676", VIRTIO_NET_HASH_TUNNEL_TYPE_GRE_7676, 0x4},
        {"VWR_NET_HASH_TUNNEL_TYPE_GRE_UDP", VWR_NET_HASH_TUNNEL_TYPE_GRE_UDP, 0x8},
        {"VIRTIO_NET_HASH_TUNNEL_TYPE_GRE_UDP", VIRTIO_NET_HASH_TUNNEL_TYPE_GRE_UDP, 0x8},
        {"VWR_NET_HASH_TUNNEL_TYPE_VXLAN", VWR_NET_HASH_TUNNEL_TYPE_VXLAN, 0x10},
        {"VIRTIO_NET_HASH_TUNNEL_TYPE_VXLAN", VIRTIO_NET_HASH_TUNNEL_TYPE_VXLAN, 0x10},
        {"VWR_NET_HASH_TUNNEL_TYPE_VXLAN_GPE", VWR_NET_HASH_TUNNEL_TYPE_VXLAN_GPE, 0x20},
        {"VIRTIO_NET_HASH_TUNNEL_TYPE_VXLAN_GPE", VIRTIO_NET_HASH_TUNNEL_TYPE_VXLAN_GPE, 0x20},
        {"VWR_NET_HASH_TUNNEL_TYPE_GENEVE", VWR_NET_HASH_TUNNEL_TYPE_GENEVE, 0x40},
        {"VIRTIO_NET_HASH_TUNNEL_TYPE_GENEVE", VIRTIO_NET_HASH_TUNNEL_TYPE_GENEVE, 0x40},
        {"VWR_NET_HASH_TUNNEL_TYPE_IPIP", VWR_NET_HASH_TUNNEL_TYPE_IPIP, 0x80},
        {"VIRTIO_NET_HASH_TUNNEL_TYPE_IPIP", VIRTIO_NET_HASH_TUNNEL_TYPE_IPIP, 0x80},
        {"VWR_NET_HASH_TUNNEL_TYPE_NVGRE", VWR_NET_HASH_TUNNEL_TYPE_NVGRE, 0x100},
        {"VIRTIO_NET_HASH_TUNNEL_TYPE_NVGRE", VIRTIO_NET_HASH_TUNNEL_TYPE_NVGRE, 0x100},
        {"VWR_NET_STATS_TYPE_CVQ", VWR_NET_STATS_TYPE_CVQ, 0x100000000ULL},
        {"VIRTIO_NET_STATS_TYPE_CVQ", VIRTIO_NET_STATS_TYPE_CVQ, 0x100000000ULL},
        {"VWR_NET_STATS_TYPE_RX_BASIC", VWR_NET_STATS_TYPE_RX_BASIC, 0x1},
        {"VIRTIO_NET_STATS_TYPE_RX_BASIC", VIRTIO_NET_STATS_TYPE_RX_BASIC, 0x1},
        {"VWR_NET_STATS_TYPE_RX_CSUM", VWR_NET_STATS_TYPE_RX_CSUM, 0x2},
        {"VIRTIO_NET_STATS_TYPE_RX_CSUM", VIRTIO_NET_STATS_TYPE_RX_CSUM, 0x2},
        {"VWR_NET_STATS_TYPE_RX_GSO", VWR_NET_STATS_TYPE_RX_GSO, 0x4},
        {"VIRTIO_NET_STATS_TYPE_RX_GSO", VIRTIO_NET_STATS_TYPE_RX_GSO, 0x4},
        {"VWR_NET_STATS_TYPE_RX_SPEED", VWR_NET_STATS_TYPE_RX_SPEED, 0x8},
        {"VIRTIO_NET_STATS_TYPE_RX_SPEED", VIRTIO_NET_STATS_TYPE_RX_SPEED, 0x8},
        {"VWR_NET_STATS_TYPE_TX_BASIC", VWR_NET_STATS_TYPE_TX_BASIC, 0x10000},
        {"VIRTIO_NET_STATS_TYPE_TX_BASIC", VIRTIO_NET_STATS_TYPE_TX_BASIC, 0x10000},
        {"VWR_NET_STATS_TYPE_TX_CSUM", VWR_NET_STATS_TYPE_TX_CSUM, 0x20000},
        {"VIRTIO_NET_STATS_TYPE_TX_CSUM", VIRTIO_NET_STATS_TYPE_TX_CSUM, 0x20000},
        {"VWR_NET_STATS_TYPE_TX_GSO", VWR_NET_STATS_TYPE_TX_GSO, 0x40000},
        {"VIRTIO_NET_STATS_TYPE_TX_GSO", VIRTIO_NET_STATS_TYPE_TX_GSO, 0x40000},
        {"VWR_NET_STATS_TYPE_TX_SPEED", VWR_NET_STATS_TYPE_TX_SPEED, 0x80000},
        {"VIRTIO_NET_STATS_TYPE_TX_SPEED", VIRTIO_NET_STATS_TYPE_TX_SPEED, 0x80000},
        {"VWR_NET_FF_MASK_F_PARTIAL_MASK", VWR_NET_FF_MASK_F_PARTIAL_MASK, 0x1},
        {"VIRTIO_NET_FF_MASK_F_PARTIAL_MASK", VIRTIO_NET_FF_MASK_F_PARTIAL_MASK, 0x1},
        {"VWR_NET_CTRL_RX_PROMISC", VWR_NET_CTRL_RX_PROMISC, 0},
        {"VIRTIO_NET_CTRL_RX_PROMISC", VIRTIO_NET_CTRL_RX_PROMISC, 0},
        {"VWR_NET_CTRL_RX_ALLMULTI", VWR_NET_CTRL_RX_ALLMULTI, 1},
        {"VIRTIO_NET_CTRL_RX_ALLMULTI", VIRTIO_NET_CTRL_RX_ALLMULTI, 1},
        {"VWR_NET_CTRL_RX_ALLUNI", VWR_NET_CTRL_RX_ALLUNI, 2},
        {"VIRTIO_NET_CTRL_RX_ALLUNI", VIRTIO_NET_CTRL_RX_ALLUNI, 2},
        {"VWR_NET_CTRL_RX_NOMULTI", VWR_NET_CTRL_RX_NOMULTI, 3},
        {"VIRTIO_NET_CTRL_RX_NOMULTI", VIRTIO_NET_CTRL_RX_NOMULTI, 3},
        {"VWR_NET_CTRL_RX_NOUNI", VWR_NET_CTRL_RX_NOUNI, 4},
        {"VIRTIO_NET_CTRL_RX_NOUNI", VIRTIO_NET_CTRL_RX_NOUNI, 4},
        {"VWR_NET_CTRL_RX_NOBCAST", VWR_NET_CTRL_RX_NOBCAST, 5},
        {"VIRTIO_NET_CTRL_RX_NOBCAST", VIRTIO_NET_CTRL_RX_NOBCAST, 5},
        {"VWR_NET_CTRL_MAC_TABLE_SET", VWR_NET_CTRL_MAC_TABLE_SET, 0},
        {"VIRTIO_NET_CTRL_MAC_TABLE_SET", VIRTIO_NET_CTRL_MAC_TABLE_SET, 0},
        {"VWR_NET_CTRL_MAC_ADDR_SET", VWR_NET_CTRL_MAC_ADDR_SET, 1},
        {"VIRTIO_NET_CTRL_MAC_ADDR_SET", VIRTIO_NET_CTRL_MAC_ADDR_SET, 1},
        {"VWR_NET_CTRL_VLAN_ADD", VWR_NET_CTRL_VLAN_ADD, 0},
        {"VIRTIO_NET_CTRL_VLAN_ADD", VIRTIO_NET_CTRL_VLAN_ADD, 0},
        {"VWR_NET_CTRL_VLAN_DEL", VWR_NET_CTRL_VLAN_DEL, 1},
        {"VIRTIO_NET_CTRL_VLAN_DEL", VIRTIO_NET_CTRL_VLAN_DEL, 1},
        {"VWR_NET_CTRL_ANNOUNCE_ACK", VWR_NET_CTRL_ANNOUNCE_ACK, 0},
        {"VIRTIO_NET_CTRL_ANNOUNCE_ACK", VIRTIO_NET_CTRL_ANNOUNCE_ACK, 0},
        {"VWR_NET_CTRL_MQ_VQ_PAIRS_SET", VWR_NET_CTRL_MQ_VQ_PAIRS_SET, 0},
        {"VIRTIO_NET_CTRL_MQ_VQ_PAIRS_SET", VIRTIO_NET_CTRL_MQ_VQ_PAIRS_SET, 0},
        {"VWR_NET_CTRL_MQ_RSS_CONFIG", VWR_NET_CTRL_MQ_RSS_CONFIG, 1},
        {"VIRTIO_NET_CTRL_MQ_RSS_CONFIG", VIRTIO_NET_CTRL_MQ_RSS_CONFIG, 1},
        {"VWR_NET_CTRL_MQ_HASH_CONFIG", VWR_NET_CTRL_MQ_HASH_CONFIG, 2},
        {"VIRTIO_NET_CTRL_MQ_HASH_CONFIG", VIRTIO_NET_CTRL_MQ_HASH_CONFIG, 2},
        {"VWR_NET_CTRL_GUEST_OFFLOADS_SET", VWR_NET_CTRL_GUEST_OFFLOADS_SET, 0},
        {"VIRTIO_NET_CTRL_GUEST_OFFLOADS_SET", VIRTIO_NET_CTRL_GUEST_OFFLOADS_SET, 0},
        {"VWR_NET_CTRL_NOTF_COAL_TX_SET", VWR_NET_CTRL_NOTF_COAL_TX_SET, 0},
        {"VIRTIO_NET_CTRL_NOTF_COAL_TX_SET", VIRTIO_NET_CTRL_NOTF_COAL_TX_SET, 0},
        {"VWR_NET_CTRL_NOTF_COAL_RX_SET", VWR_NET_CTRL_NOTF_COAL_RX_SET, 1},
        {"VIRTIO_NET_CTRL_NOTF_COAL_RX_SET", VIRTIO_NET_CTRL_NOTF_COAL_RX_SET, 1},
        {"VWR_NET_CTRL_NOTF_COAL_VQ_SET", VWR_NET_CTRL_NOTF_COAL_VQ_SET, 2},
        {"VIRTIO_NET_CTRL_NOTF_COAL_VQ_SET", VIRTIO_NET_CTRL_NOTF_COAL_VQ_SET, 2},
        {"VWR_NET_CTRL_NOTF_COAL_VQ_GET", VWR_NET_CTRL_NOTF_COAL_VQ_GET, 3},
        {"VIRTIO_NET_CTRL_NOTF_COAL_VQ_GET", VIRTIO_NET_CTRL_NOTF_COAL_VQ_GET, 3},
        {"VWR_NET_CTRL_HASH_TUNNEL_SET", VWR_NET_CTRL_HASH_TUNNEL_SET, 0},
        {"VIRTIO_NET_CTRL_HASH_TUNNEL_SET", VIRTIO_NET_CTRL_HASH_TUNNEL_SET, 0},
        {"VWR_NET_CTRL_STATS_QUERY", VWR_NET_CTRL_STATS_QUERY, 0},
        {"VIRTIO_NET_CTRL_STATS_QUERY", VIRTIO_NET_CTRL_STATS_QUERY, 0},
        {"VWR_NET_CTRL_STATS_GET", VWR_NET_CTRL_STATS_GET, 1},
        {"VIRTIO_NET_CTRL_STATS_GET", VIRTIO_NET_CTRL_STATS_GET, 1},
        {"VWR_NET_RSS_CTX_CTRL_CAP_GET", VWR_NET_RSS_CTX_CTRL_CAP_GET, 0},
        {"VIRTNET_RSS_CTX_CTRL_CAP_GET", VIRTNET_RSS_CTX_CTRL_CAP_GET, 0},
        {"VWR_NET_RSS_CTX_CTRL_ADD", VWR_NET_RSS_CTX_CTRL_ADD, 1},
        {"VIRTNET_RSS_CTX_CTRL_ADD", VIRTNET_RSS_CTX_CTRL_ADD, 1},
        {"VWR_NET_RSS_CTX_CTRL_MOD", VWR_NET_RSS_CTX_CTRL_MOD, 2},
        {"VIRTNET_RSS_CTX_CTRL_MOD", VIRTNET_RSS_CTX_CTRL_MOD, 2},
        {"VWR_NET_RSS_CTX_CTRL_DEL", VWR_NET_RSS_CTX_CTRL_DEL, 3},
        {"VIRTNET_RSS_CTX_CTRL_DEL", VIRTNET_RSS_CTX_CTRL_DEL, 3},
        {"VWR_NET_QUEUE_RECEIVEQ", VWR_NET_QUEUE_RECEIVEQ, 0},
        {"VIRTIO_NET_QUEUE_RECEIVEQ", VIRTIO_NET_QUEUE_RECEIVEQ, 0},
        {"VWR_NET_QUEUE_TRANSMITQ", VWR_NET_QUEUE_TRANSMITQ, 1},
        {"VIRTIO_NET_QUEUE_TRANSMITQ", VIRTIO_NET_QUEUE_TRANSMITQ, 1},
        {"VWR_NET_CTRL_MQ_VQ_PAIRS_MIN", VWR_NET_CTRL_MQ_VQ_PAIRS_MIN, 1u},
        {"VIRTIO_NET_CTRL_MQ_VQ_PAIRS_MIN", VIRTIO_NET_CTRL_MQ_VQ_PAIRS_MIN, 1u},
        {"VWR_NET_CTRL_MQ_VQ_PAIRS_MAX", VWR_NET_CTRL_MQ_VQ_PAIRS_MAX, 0x8000u},
        {"VIRTIO_NET_CTRL_MQ_VQ_PAIRS_MAX", VIRTIO_NET_CTRL_MQ_VQ_PAIRS_MAX, 0x8000u},
        {"VWR_NET_RX_BUFFER_BYTES", VWR_NET_RX_BUFFER_BYTES, 1526u},
        {"VIRTIO_NET_RX_BUFFER_BYTES", VIRTIO_NET_RX_BUFFER_BYTES, 1526u},
        {"VWR_NET_RX_LARGE_BUFFER_BYTES", VWR_NET_RX_LARGE_BUFFER_BYTES, 65601u},
        {"VIRTIO_NET_RX_LARGE_BUFFER_BYTES", VIRTIO_NET_RX_LARGE_BUFFER_BYTES, 65601u},
        {"VWR_NET_MTU_ADVISED", VWR_NET_MTU_ADVISED, 1280u},
        {"VIRTIO_NET_MTU_ADVISED", VIRTIO_NET_MTU_ADVISED, 1280u},
        {"VWR_NET_SPEED_MAX", VWR_NET_SPEED_MAX, 0x7fffffffu},
        {"VIRTIO_NET_SPEED_MAX", VIRTIO_NET_SPEED_MAX, 0x7fffffffu},
        {"VWR_NET_SPEED_UNKNOWN", VWR_NET_SPEED_UNKNOWN, 0xffffffffu},
        {"VIRTIO_NET_SPEED_UNKNOWN", VIRTIO_NET_SPEED_UNKNOWN, 0xffffffffu},
        {"VWR_NET_DUPLEX_MAX", VWR_NET_DUPLEX_MAX, 1u},
        {"VIRTIO_NET_DUPLEX_MAX", VIRTIO_NET_DUPLEX_MAX, 1u},
        {"VWR_NET_DUPLEX_UNKNOWN", VWR_NET_DUPLEX_UNKNOWN, 0xffu},
        {"VIRTIO_NET_DUPLEX_UNKNOWN", VIRTIO_NET_DUPLEX_UNKNOWN, 0xffu},
        {"VWR_NET_CONFIG_MAC", VWR_NET_CONFIG_MAC,
         __builtin_offsetof(struct vwr_net_config, mac)},
        {"VWR_NET_CONFIG_STATUS", VWR_NET_CONFIG_STATUS,
         __builtin_offsetof(struct vwr_net_config, status)},
        {"VWR_NET_CONFIG_MAX_VIRTQUEUE_PAIRS", VWR_NET_CONFIG_MAX_VIRTQUEUE_PAIRS,
         __builtin_offsetof(struct vwr_net_config, max_virtqueue_pairs)},
        {"VWR_NET_CONFIG_MTU", VWR_NET_CONFIG_MTU,
         __builtin_offsetof(struct vwr_net_config, mtu)},
        {"VWR_NET_CONFIG_SPEED", VWR_NET_CONFIG_SPEED,
         __builtin_offsetof(struct vwr_net_config, speed)},
        {"VWR_NET_CONFIG_DUPLEX", VWR_NET_CONFIG_DUPLEX,
         __builtin_offsetof(struct vwr_net_config, duplex)},
        {"VWR_NET_CONFIG_RSS_MAX_KEY_SIZE", VWR_NET_CONFIG_RSS_MAX_KEY_SIZE,
         __builtin_offsetof(struct vwr_net_config, rss_max_key_size)},
        {"VWR_NET_CONFIG_RSS_MAX_INDIRECTION_TABLE_LENGTH", VWR_NET_CONFIG_RSS_MAX_INDIRECTION_TABLE_LENGTH,
         __builtin_offsetof(struct vwr_net_config, rss_max_indirection_table_length)},
        {"VWR_NET_CONFIG_SUPPORTED_HASH_TYPES", VWR_NET_CONFIG_SUPPORTED_HASH_TYPES,
         __builtin_offsetof(struct vwr_net_config, supported_hash_types)},
        {"VWR_NET_CONFIG_SUPPORTED_TUNNEL_TYPES", VWR_NET_CONFIG_SUPPORTED_TUNNEL_TYPES,
         __builtin_offsetof(struct vwr_net_config, supported_tunnel_types)},
        {"vwr_net_rss_config_max_tx_vq_offset(1)",
         vwr_net_rss_config_max_tx_vq_offset(1), 10},
        {"vwr_net_rss_config_hash_key_length_offset(1)",
         vwr_net_rss_config_hash_key_length_offset(1), 12},
        {"vwr_net_rss_config_hash_key_data_offset(1)",
         vwr_net_rss_config_hash_key_data_offset(1), 13},
        {"vwr_net_rss_config_bytes(1, 2)",
         vwr_net_rss_config_bytes(1, 2), 15},
    };

    return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
}

/* The accessors of a configuration whose byte n is n + 1, and that has all its fields. */
static int wire_config(void)
{
    static const _Alignas(8) uint8_t bytes[] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
        0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,
        0x19, 0x1a, 0x1b, 0x1c,
    };
    struct vwr_config c;
    int wrong;

    memset(&c, 0, sizeof(c));
    memset(&c.features, 0xff, sizeof(c.features));
    c.base = (void *)(uintptr_t)bytes;
    {
        const struct number numbers[] = {
            {"vwr_net_config_get_mac(&c, 5)",
             vwr_net_config_get_mac(&c, 5), 0x06u},
            {"vwr_net_config_get_mac(&c, 6)",
             vwr_net_config_get_mac(&c, 6), 0u},
            {"vwr_net_config_get_status(&c)",
             vwr_net_config_get_status(&c), 0x0807u},
            {"vwr_net_config_get_max_virtqueue_pairs(&c)",
             vwr_net_config_get_max_virtqueue_pairs(&c), 0x0a09u},
            {"vwr_net_config_get_mtu(&c)",
             vwr_net_config_get_mtu(&c), 0x0c0bu},
            {"vwr_net_config_get_speed(&c)",
             vwr_net_config_get_speed(&c), 0x100f0e0du},
            {"vwr_net_config_get_duplex(&c)",
             vwr_net_config_get_duplex(&c), 0x11u},
            {"vwr_net_config_get_rss_max_key_size(&c)",
             vwr_net_config_get_rss_max_key_size(&c), 0x12u},
            {"vwr_net_config_get_rss_max_indirection_table_length(&c)",
             vwr_net_config_get_rss_max_indirection_table_length(&c), 0x1413u},
            {"vwr_net_config_get_supported_hash_types(&c)",
             vwr_net_config_get_supported_hash_types(&c), 0x18171615u},
            {"vwr_net_config_get_supported_tunnel_types(&c)",
             vwr_net_config_get_supported_tunnel_types(&c), 0x1c1b1a19u},
        };

        wrong = check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
    memset(&c.features, 0, sizeof(c.features));
    {
        const struct number absent[] = {
            {"absent: vwr_net_config_get_mac(&c, 0)",
             vwr_net_config_get_mac(&c, 0), 0u},
            {"absent: vwr_net_config_get_status(&c)",
             vwr_net_config_get_status(&c), 1u},
            {"absent: vwr_net_config_get_max_virtqueue_pairs(&c)",
             vwr_net_config_get_max_virtqueue_pairs(&c), 1u},
            {"absent: vwr_net_config_get_mtu(&c)",
             vwr_net_config_get_mtu(&c), 0u},
            {"absent: vwr_net_config_get_speed(&c)",
             vwr_net_config_get_speed(&c), 0xffffffffu},
            {"absent: vwr_net_config_get_duplex(&c)",
             vwr_net_config_get_duplex(&c), 0xffu},
            {"absent: vwr_net_config_get_rss_max_key_size(&c)",
             vwr_net_config_get_rss_max_key_size(&c), 0u},
            {"absent: vwr_net_config_get_rss_max_indirection_table_length(&c)",
             vwr_net_config_get_rss_max_indirection_table_length(&c), 0u},
            {"absent: vwr_net_config_get_supported_hash_types(&c)",
             vwr_net_config_get_supported_hash_types(&c), 0u},
            {"absent: vwr_net_config_get_supported_tunnel_types(&c)",
             vwr_net_config_get_supported_tunnel_types(&c), 0u},
        };

        wrong |= check_numbers(absent, sizeof(absent) / sizeof(absent[0]));
    }
    memset(&c.features, 0xff, sizeof(c.features));
    {
        struct vwr_net_config_info info;
        _Alignas(8) struct vwr_net_config w;

        vwr_net_config_read(&c, &info);
        const struct number numbers[] = {
            {"info.mac[5]",
             info.mac[5], 0x06u},
            {"info.status",
             info.status, 0x0807u},
            {"info.max_virtqueue_pairs",
             info.max_virtqueue_pairs, 0x0a09u},
            {"info.mtu",
             info.mtu, 0x0c0bu},
            {"info.speed",
             info.speed, 0x100f0e0du},
            {"info.duplex",
             info.duplex, 0x11u},
            {"info.rss_max_key_size",
             info.rss_max_key_size, 0x12u},
            {"info.rss_max_indirection_table_length",
             info.rss_max_indirection_table_length, 0x1413u},
            {"info.supported_hash_types",
             info.supported_hash_types, 0x18171615u},
            {"info.supported_tunnel_types",
             info.supported_tunnel_types, 0x1c1b1a19u},
        };

        wrong |= check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
        info.max_virtqueue_pairs = 32768;
        info.mtu = 65535;
        info.rss_max_key_size = 40;
        info.rss_max_indirection_table_length = 128;
        memset(&w, 0, sizeof(w));
        wrong |= vwr_net_config_write(&w, false, &c.features, &info) != VWR_OK;
        c.base = &w;
        const struct number written[] = {
            {"written: info.mac[5]",
             vwr_net_config_get_mac(&c, 5), info.mac[5]},
            {"written: info.status",
             vwr_net_config_get_status(&c), info.status},
            {"written: info.max_virtqueue_pairs",
             vwr_net_config_get_max_virtqueue_pairs(&c), info.max_virtqueue_pairs},
            {"written: info.mtu",
             vwr_net_config_get_mtu(&c), info.mtu},
            {"written: info.speed",
             vwr_net_config_get_speed(&c), info.speed},
            {"written: info.duplex",
             vwr_net_config_get_duplex(&c), info.duplex},
            {"written: info.rss_max_key_size",
             vwr_net_config_get_rss_max_key_size(&c), info.rss_max_key_size},
            {"written: info.rss_max_indirection_table_length",
             vwr_net_config_get_rss_max_indirection_table_length(&c), info.rss_max_indirection_table_length},
            {"written: info.supported_hash_types",
             vwr_net_config_get_supported_hash_types(&c), info.supported_hash_types},
            {"written: info.supported_tunnel_types",
             vwr_net_config_get_supported_tunnel_types(&c), info.supported_tunnel_types},
        };

        wrong |= check_numbers(written, sizeof(written) / sizeof(written[0]));
    }
    return wrong;
}

/* The feature words contain exactly the bits that are not legacy-only. */
static int feature_words(void)
{
    static const uint8_t bits[] = {
        VWR_NET_F_CSUM,
        VWR_NET_F_GUEST_CSUM,
        VWR_NET_F_CTRL_GUEST_OFFLOADS,
        VWR_NET_F_MTU,
        VWR_NET_F_MAC,
        VWR_NET_F_GUEST_TSO4,
        VWR_NET_F_GUEST_TSO6,
        VWR_NET_F_GUEST_ECN,
        VWR_NET_F_GUEST_UFO,
        VWR_NET_F_HOST_TSO4,
        VWR_NET_F_HOST_TSO6,
        VWR_NET_F_HOST_ECN,
        VWR_NET_F_HOST_UFO,
        VWR_NET_F_MRG_RXBUF,
        VWR_NET_F_STATUS,
        VWR_NET_F_CTRL_VQ,
        VWR_NET_F_CTRL_RX,
        VWR_NET_F_CTRL_VLAN,
        VWR_NET_F_CTRL_RX_EXTRA,
        VWR_NET_F_GUEST_ANNOUNCE,
        VWR_NET_F_MQ,
        VWR_NET_F_CTRL_MAC_ADDR,
        VWR_NET_F_DEVICE_STATS,
        VWR_NET_F_HASH_TUNNEL,
        VWR_NET_F_VQ_NOTF_COAL,
        VWR_NET_F_NOTF_COAL,
        VWR_NET_F_GUEST_USO4,
        VWR_NET_F_GUEST_USO6,
        VWR_NET_F_HOST_USO,
        VWR_NET_F_HASH_REPORT,
        VWR_NET_F_GUEST_HDRLEN,
        VWR_NET_F_RSS,
        VWR_NET_F_RSC_EXT,
        VWR_NET_F_STANDBY,
        VWR_NET_F_SPEED_DUPLEX,
        VWR_NET_F_RSS_CONTEXT,
        VWR_NET_F_GUEST_UDP_TUNNEL_GSO,
        VWR_NET_F_GUEST_UDP_TUNNEL_GSO_CSUM,
        VWR_NET_F_HOST_UDP_TUNNEL_GSO,
        VWR_NET_F_HOST_UDP_TUNNEL_GSO_CSUM,
        VWR_NET_F_OUT_NET_HEADER,
        VWR_NET_F_IPSEC,
    };
    uint32_t w[VWR_FEATURE_WORDS] = {0};

    for (size_t i = 0; i < sizeof(bits); i++)
        w[bits[i] / 32] |= (uint32_t)1 << bits[i] % 32;
    {
        const struct number numbers[] = {
            {"VWR_NET_FEATURES_W0", VWR_NET_FEATURES_W0, w[0]},
            {"VWR_NET_FEATURES_W1", VWR_NET_FEATURES_W1, w[1]},
            {"VWR_NET_FEATURES_W2", VWR_NET_FEATURES_W2, w[2]},
            {"VWR_NET_FEATURES_W3", VWR_NET_FEATURES_W3, w[3]},
        };

        return check_numbers(numbers, sizeof(numbers) / sizeof(numbers[0]));
    }
}

int main(void)
{
    int wrong = constants();

    wrong |= wire_config();
    wrong |= feature_words();
    wrong |= wire_vwr_net_dev_part_cvq_selector() | wire_virtio_net_dev_part_cvq_selector();
    wrong |= wire_vwr_net_ipsec_resource_hdr() | wire_virtio_net_ipsec_resource_hdr();
    wrong |= wire_vwr_net_hdr() | wire_virtio_net_hdr();
    wrong |= wire_vwr_net_hash_tunnel() | wire_virtnet_hash_tunnel();
    wrong |= wire_vwr_net_ctrl() | wire_virtio_net_ctrl();
    wrong |= wire_vwr_net_ctrl_in() | wire_virtio_net_ctrl_in();
    wrong |= wire_vwr_net_mac_address() | wire_virtio_net_mac_address();
    wrong |= wire_vwr_net_ctrl_mac() | wire_virtio_net_ctrl_mac();
    wrong |= wire_vwr_net_ctrl_mq_pairs_set() | wire_virtio_net_ctrl_mq_pairs_set();
    wrong |= wire_vwr_net_hash_config() | wire_virtio_net_hash_config();
    wrong |= wire_vwr_net_rss_rq_id() | wire_virtio_net_rss_rq_id();
    wrong |= wire_vwr_net_rss_config() | wire_virtio_net_rss_config();
    wrong |= wire_vwr_net_rss_ctx_cap() | wire_virtnet_rss_ctx_cap();
    wrong |= wire_vwr_net_rss_ctx_add_modify() | wire_virtnet_rss_ctx_add_modify();
    wrong |= wire_vwr_net_rss_ctx_del() | wire_virtnet_rss_ctx_del();
    wrong |= wire_vwr_net_guest_offloads() | wire_virtio_net_guest_offloads();
    wrong |= wire_vwr_net_ctrl_coal() | wire_virtio_net_ctrl_coal();
    wrong |= wire_vwr_net_ctrl_coal_vq() | wire_virtio_net_ctrl_coal_vq();
    wrong |= wire_vwr_net_stats_capabilities() | wire_virtio_net_stats_capabilities();
    wrong |= wire_vwr_net_ctrl_queue_stats_stats() | wire_virtio_net_ctrl_queue_stats_stats();
    wrong |= wire_vwr_net_stats_reply_hdr() | wire_virtio_net_stats_reply_hdr();
    wrong |= wire_vwr_net_stats_cvq() | wire_virtio_net_stats_cvq();
    wrong |= wire_vwr_net_stats_rx_basic() | wire_virtio_net_stats_rx_basic();
    wrong |= wire_vwr_net_stats_tx_basic() | wire_virtio_net_stats_tx_basic();
    wrong |= wire_vwr_net_stats_rx_csum() | wire_virtio_net_stats_rx_csum();
    wrong |= wire_vwr_net_stats_tx_csum() | wire_virtio_net_stats_tx_csum();
    wrong |= wire_vwr_net_stats_rx_gso() | wire_virtio_net_stats_rx_gso();
    wrong |= wire_vwr_net_stats_tx_gso() | wire_virtio_net_stats_tx_gso();
    wrong |= wire_vwr_net_stats_rx_speed() | wire_virtio_net_stats_rx_speed();
    wrong |= wire_vwr_net_stats_tx_speed() | wire_virtio_net_stats_tx_speed();
    wrong |= wire_vwr_net_ff_cap_data() | wire_virtio_net_ff_cap_data();
    wrong |= wire_vwr_net_ff_selector() | wire_virtio_net_ff_selector();
    wrong |= wire_vwr_net_ff_cap_mask_data() | wire_virtio_net_ff_cap_mask_data();
    wrong |= wire_vwr_net_ff_actions() | wire_virtio_net_ff_actions();
    wrong |= wire_vwr_net_resource_obj_ff_group() | wire_virtio_net_resource_obj_ff_group();
    wrong |= wire_vwr_net_resource_obj_ff_classifier() | wire_virtio_net_resource_obj_ff_classifier();
    wrong |= wire_vwr_net_resource_obj_ff_rule() | wire_virtio_net_resource_obj_ff_rule();
    wrong |= wire_vwr_net_config() | wire_virtio_net_config();
    if (!wrong)
        printf("%s: 38 structs match the specification\n", "spec/device/net.yaml");
    return wrong;
}
