/* SPDX-License-Identifier: MIT */
#include "classes.h"
#include "vwr/net_control.h"

#include <stdlib.h>
#include <string.h>

/*
 * The network driver with a card whose configuration and answers are invalid. ../../pair/case_net.c tests
 * packets, test_class_recovery.c the causes that stop a card.
 */

#define PAIRS 2u
#define SIZE 8u
#define LONG_RING 64u /* its receive buffers hold a packet of the largest size */
#define CONTROLQ (2u * PAIRS)

static struct vwr_net net;
static struct vwr_net_pair pair[PAIRS];
static struct vwr_net_control control;
static struct vwr_net_packet packet;
static struct vwr_features offloads; /* that the caller supports */
static struct fake_chain chain;

/* The card: its answer to a setting, and the answer's length. */
static uint8_t ack;
static uint32_t ack_bytes;

static void serve(struct fake *f, uint32_t queue)
{
    while (queue == CONTROLQ && fake_ring_next(f, queue, &chain)) {
        class_write(&chain, &ack, ack_bytes);
        fake_ring_push(f, queue, chain.head, ack_bytes);
    }
}

static void plug_net(struct world *w, const struct format *f, uint16_t pairs, uint16_t mtu, bool mergeable)
{
    static const unsigned offers[] = {VWR_NET_F_MTU, VWR_NET_F_CTRL_VQ, VWR_NET_F_CTRL_RX, VWR_NET_F_MQ};

    memset(&offloads, 0, sizeof(offloads));
    fake_ram_reset();
    format_plug(w, f);
    w->f.device_id = VWR_NET_ID;
    w->f.on_notify = serve;
    for (unsigned i = 0; i < FAKE_QUEUES; i++)
        w->f.queue[i].size_max = f->size;
    for (size_t i = 0; i < sizeof(offers) / sizeof(offers[0]); i++)
        fake_offer(&w->f, offers[i]);
    if (mergeable)
        fake_offer(&w->f, VWR_NET_F_MRG_RXBUF);
    memset(w->f.config, 0, sizeof(w->f.config));
    fake_config(&w->f, VWR_NET_CONFIG_MAX_VIRTQUEUE_PAIRS, 2, pairs);
    fake_config(&w->f, VWR_NET_CONFIG_MTU, 2, mtu);
    ack = VWR_NET_OK;
    ack_bytes = 1;
    assert_int_equal(world_probe(w), VWR_OK);
}

/* Sets the lengths of the receive queues of the two pairs. */
static void size_receiveqs(struct world *w, uint32_t first, uint32_t second)
{
    w->f.queue[VWR_NET_QUEUE_RECEIVEQ].size_max = first;
    w->f.queue[VWR_NET_QUEUE_RECEIVEQ + 2u].size_max = second;
}

static int start_net(struct world *w, uint16_t pairs)
{
    struct vwr_net_options o = {.pair = pair, .pair_count = pairs, .shared_count = pairs};

    vwr_net_use_control(&o, &control);
    o.offloads = offloads;
    memset(&net, 0xa5, sizeof(net));
    memset(pair, 0xa5, sizeof(pair));
    memset(&control, 0xa5, sizeof(control));
    memset(&packet, 0, sizeof(packet));
    control.shared = fake_ram_alloc(sizeof(*control.shared), VWR_QUEUE_SHARED_ALIGN);
    control.filters_vlans = false;
    o.shared = fake_ram_alloc(PAIRS * sizeof(*o.shared), VWR_QUEUE_SHARED_ALIGN);
    return vwr_net_open(&net, &w->mmio.dev, &o);
}

static int open_net(struct world *w, const struct format *f, uint16_t pairs, uint16_t mtu, bool mergeable)
{
    plug_net(w, f, pairs, mtu, mergeable);
    return start_net(w, PAIRS);
}

/* D32: an impossible number of pairs, or more pairs than queues. */
static void D32_pairs(struct world *w, const struct format *f, const void *param)
{
    static const uint16_t wrong[] = {0, 3, 0x7fff, 0x8000, 0x8001, 0xffff};

    (void)param;
    for (unsigned i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        assert_true(open_net(w, f, wrong[i], 1500, true) < 0);
        assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    }
    assert_int_equal(open_net(w, f, 1, 1500, true), VWR_OK);
    assert_int_equal(net.pairs, 1);
    assert_int_equal(vwr_net_set_pairs(&net, 2), VWR_EINVAL);
    assert_int_equal(vwr_close(&net.bringup), VWR_OK);
    assert_int_equal(open_net(w, f, PAIRS, 1500, true), VWR_OK);
    assert_int_equal(net.pairs, PAIRS);
    assert_int_equal(vwr_close(&net.bringup), VWR_OK);
}

static int submit(uint8_t *frame, size_t bytes)
{
    vwr_net_fill(&packet, frame, bytes);
    return vwr_net_submit(vwr_net_get_transmitq(&net, 0), &packet);
}

/* D32: an MTU below the specification's minimum. */
static void D32_mtu_too_small(struct world *w, const struct format *f, const void *param)
{
    static const uint16_t wrong[] = {0, 1, 67};

    (void)param;
    for (unsigned i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        assert_int_equal(open_net(w, f, PAIRS, wrong[i], true), VWR_EPROTO);
        assert_int_equal(w->mmio.dev.fault.kind, VWR_FAULT_CONFIG_VALUE);
        assert_int_equal(w->mmio.dev.fault.where, VWR_NET_CONFIG_MTU);
        assert_int_equal(w->mmio.dev.fault.got, wrong[i]);
        assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    }
}

/* D32: any other MTU; no longer frame is sent, and no frame longer than the buffers is received. */
static void D32_mtu(struct world *w, const struct format *f, const void *param)
{
    static const uint16_t mtus[] = {68, 1500, 2033, 2034, 2035, 9000, 0xffff};

    (void)param;
    for (unsigned i = 0; i < 2 * sizeof(mtus) / sizeof(mtus[0]); i++) {
        const uint16_t mtu = mtus[i / 2];
        uint8_t *frame;
        uint32_t most;

        assert_int_equal(open_net(w, f, PAIRS, mtu, i % 2 != 0), VWR_OK);
        assert_int_equal(fake_took(&w->f, VWR_NET_F_MTU),
                         mtu + VWR_NET_ETHERNET <= (i % 2 != 0 ? SIZE : 1u) * VWR_NET_BYTES - net.header);
        frame = fake_ram_alloc(0x20000, 16);
        most = net.info.mtu != 0 ? net.info.mtu + VWR_NET_ETHERNET + VWR_NET_VLAN : VWR_NET_FRAME;
        assert_int_equal(submit(frame, most + 1), VWR_ERANGE);
        assert_int_equal(submit(frame, VWR_NET_ETHERNET - 1), VWR_ERANGE);
        assert_int_equal(submit(frame, most), VWR_OK);
        assert_int_equal(vwr_close(&net.bringup), VWR_OK);
    }
}

/* D41: legal and illegal answers of a card; after an error nothing has been set. */
static void D41_ack_0_to_255(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    assert_int_equal(open_net(w, f, PAIRS, 1500, true), VWR_OK);
    for (unsigned i = 0; i < 256; i++) {
        ack = (uint8_t)i;
        assert_int_equal(vwr_net_set_mode(&net, VWR_NET_CTRL_RX_PROMISC, true), i == 0 ? VWR_OK : VWR_EIO);
    }
    ack = VWR_NET_OK;
    ack_bytes = 0; /* not written: the driver must not use the previous request's answer */
    assert_true(vwr_net_set_mode(&net, VWR_NET_CTRL_RX_PROMISC, true) < 0);
    ack_bytes = 1;
    assert_int_equal(vwr_net_set_mode(&net, VWR_NET_CTRL_RX_PROMISC, true), VWR_OK);
    assert_int_equal(vwr_close(&net.bringup), VWR_OK);
}

/* D48: after a reset the card has no MRG_RXBUF; a buffer without a whole header and frame is dropped. */
static void D48_short_after_merging(struct world *w, const struct format *f, const void *param)
{
    struct vwr_net_receiveq *const q = &pair[0].receive;
    struct vwr_slice slices[VWR_NET_SLICES];
    int r;

    (void)param;
    assert_int_equal(open_net(w, f, 1, 1500, true), VWR_OK);
    fake_withhold(&w->f, VWR_NET_F_MRG_RXBUF);
    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    assert_int_equal(vwr_dev_check(&w->mmio.dev), VWR_ENEEDSRESET);
    while ((r = vwr_recover(&net.bringup)) == VWR_EBUSY)
        continue;
    assert_int_equal(r, VWR_OK);
    for (uint32_t bytes = 0; bytes <= net.header + VWR_NET_ETHERNET;
         bytes += net.header + VWR_NET_ETHERNET - 1) {
        assert_true(fake_ring_next(&w->f, VWR_NET_QUEUE_RECEIVEQ, &chain));
        fake_ring_push(&w->f, VWR_NET_QUEUE_RECEIVEQ, chain.head, bytes);
        assert_int_equal(vwr_net_receive_reap(q, slices, VWR_NET_SLICES), 0);
    }
    assert_int_equal(q->buffers.stats.dropped, 2);
    assert_int_equal(vwr_close(&net.bringup), VWR_OK);
}

/* The header of packets has more fields with each of these features. */
static void header_sizes(struct world *w, const struct format *f, const void *param)
{
    static const struct {
        unsigned feature;
        size_t bytes;
    } rows[] = {
        {VWR_F_EVENT_IDX, 10},
        {VWR_F_VERSION_1, 12},
        {VWR_NET_F_MRG_RXBUF, 12},
        {VWR_NET_F_HASH_REPORT, 20},
        {VWR_NET_F_HOST_UDP_TUNNEL_GSO, 24},
        {VWR_NET_F_GUEST_UDP_TUNNEL_GSO, 24},
        {VWR_NET_F_OUT_NET_HEADER, 32},
        {VWR_NET_F_IPSEC, 32},
    };

    (void)w;
    (void)f;
    (void)param;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct vwr_features has = {{0}};

        vwr_features_add(&has, rows[i].feature);
        assert_int_equal(vwr_net_hdr_size(&has), rows[i].bytes);
    }
}

/* Address tables whose length does not match their entries; steering beyond the limits of driver and
 * card. Nothing is sent. */
static void refused_tables(struct world *w, const struct format *f, const void *param)
{
    static const uint16_t pairs[2 * VWR_NET_RSS_ENTRIES];
    static const uint8_t key[UINT8_MAX];
    struct vwr_net_ctrl_mac *none;
    void *const part = malloc(sizeof(*none) - 1);
    const struct vwr_net_rss right = {1, VWR_NET_HASH_KEY, key, pairs, VWR_NET_RSS_ENTRIES, 0, 1};
    struct vwr_net_rss rss[6];

    (void)param;
    plug_net(w, f, PAIRS, 1500, true);
    fake_offer(&w->f, VWR_NET_F_RSS);
    fake_config(&w->f, VWR_NET_CONFIG_RSS_MAX_KEY_SIZE, 1, UINT8_MAX);
    fake_config(&w->f, VWR_NET_CONFIG_RSS_MAX_INDIRECTION_TABLE_LENGTH, 2, 0x8000);
    fake_config(&w->f, VWR_NET_CONFIG_SUPPORTED_HASH_TYPES, 4, 1);
    assert_int_equal(start_net(w, PAIRS), VWR_OK);
    none = fake_ram_alloc(sizeof(*none), 8);
    none->entries = vwr_cpu_to_le32(0);
    assert_int_equal(vwr_net_config_get_mac(&w->mmio.dev.config, 6), 0);
    ack = VWR_NET_ERR;
    assert_int_equal(vwr_net_set_table(&net, none, sizeof(*none) - 1, none, sizeof(*none)), VWR_EINVAL);
    assert_non_null(part); /* without the last byte of its length */
    assert_int_equal(vwr_net_set_table(&net, part, sizeof(*none) - 1, none, sizeof(*none)), VWR_EINVAL);
    assert_int_equal(vwr_net_set_table(&net, none, sizeof(*none), part, sizeof(*none) - 1), VWR_EINVAL);
    assert_int_equal(vwr_net_set_table(&net, NULL, 0, none, sizeof(*none)), VWR_EINVAL);
    free(part);
    assert_int_equal(vwr_net_set_table(&net, none, sizeof(*none) + 6, none, sizeof(*none)), VWR_EINVAL);
    assert_int_equal(vwr_net_set_table(&net, none, sizeof(*none), none, sizeof(*none) - 1), VWR_EINVAL);
    for (unsigned i = 0; i < 6; i++)
        rss[i] = right;
    rss[0].entries *= 2;
    rss[1].key_bytes = VWR_NET_HASH_KEY + 1;
    rss[2].hash_types = 3;
    rss[3].entries = 3;
    rss[4].other = PAIRS;
    rss[5].pairs = 0;
    for (unsigned i = 0; i < 6; i++)
        assert_int_equal(vwr_net_set_rss(&net, &rss[i]), VWR_EINVAL);
    ack = VWR_NET_OK;
    assert_int_equal(vwr_net_set_table(&net, none, sizeof(*none), none, sizeof(*none)), VWR_OK);
    assert_int_equal(vwr_net_set_rss(&net, &right), VWR_OK);
    net.info.rss_max_indirection_table_length = VWR_NET_RSS_ENTRIES / 2; /* a card with less than we have */
    assert_int_equal(vwr_net_set_rss(&net, &right), VWR_EINVAL);
    rss[0].entries = VWR_NET_RSS_ENTRIES / 2;
    assert_int_equal(vwr_net_set_rss(&net, &rss[0]), VWR_OK);
    net.info.rss_max_key_size = VWR_NET_HASH_KEY - 1;
    assert_int_equal(vwr_net_set_rss(&net, &rss[0]), VWR_EINVAL);
    assert_int_equal(vwr_close(&net.bringup), VWR_OK);
}

#define NEEDS VWR_NET_HDR_F_NEEDS_CSUM
#define TCPV4 VWR_NET_HDR_GSO_TCPV4
#define TCPV6 VWR_NET_HDR_GSO_TCPV6
#define ECN VWR_NET_HDR_GSO_ECN
#define HAS(name) ((uint64_t)1 << VWR_NET_F_##name)

static const struct {
    uint64_t has;
    uint8_t flags, gso_type;
    uint16_t gso_size;
    int result;
} headers[] = {
    {HAS(GUEST_CSUM), NEEDS, 0, 0, VWR_EFEATURE},
    {HAS(CSUM), NEEDS, 0, 0, VWR_OK},
    {HAS(CSUM) | HAS(GUEST_CSUM), VWR_NET_HDR_F_DATA_VALID, 0, 0, VWR_EINVAL},
    {HAS(CSUM), NEEDS, TCPV4, 60, VWR_EFEATURE},
    {HAS(CSUM) | HAS(HOST_TSO4), NEEDS, TCPV4, 60, VWR_OK},
    {HAS(CSUM) | HAS(HOST_TSO4), 0, TCPV4, 60, VWR_EINVAL},
    {HAS(CSUM) | HAS(HOST_TSO4), NEEDS, TCPV4, 0, VWR_EINVAL},
    {HAS(CSUM) | HAS(HOST_TSO4), NEEDS, TCPV6, 60, VWR_EFEATURE},
    {HAS(CSUM) | HAS(HOST_TSO4), NEEDS, TCPV4 | ECN, 60, VWR_EFEATURE},
    {HAS(CSUM) | HAS(HOST_TSO4) | HAS(HOST_ECN), NEEDS, TCPV4 | ECN, 60, VWR_OK},
    {HAS(CSUM) | HAS(HOST_TSO6), NEEDS, TCPV6, 60, VWR_OK},
    {HAS(CSUM) | HAS(HOST_TSO6), NEEDS, TCPV4, 60, VWR_EFEATURE},
    {HAS(CSUM) | HAS(HOST_UFO), NEEDS, VWR_NET_HDR_GSO_UDP, 60, VWR_OK},
    {HAS(CSUM) | HAS(HOST_UFO), NEEDS, VWR_NET_HDR_GSO_UDP_L4, 60, VWR_EFEATURE},
    {HAS(CSUM) | HAS(HOST_USO), NEEDS, VWR_NET_HDR_GSO_UDP_L4, 60, VWR_OK},
    {HAS(CSUM) | HAS(HOST_USO), NEEDS, VWR_NET_HDR_GSO_UDP, 60, VWR_EFEATURE},
    {HAS(CSUM) | HAS(HOST_TSO4) | HAS(HOST_ECN), NEEDS, ECN, 60, VWR_EFEATURE},
    {~(uint64_t)0, NEEDS, 2, 60, VWR_EFEATURE}, /* no type */
    {~(uint64_t)0, NEEDS, 127, 60, VWR_EFEATURE},
};

static void offer_offloads(struct world *w, uint64_t has)
{
    static const unsigned known[] = {VWR_NET_F_CSUM,       VWR_NET_F_HOST_TSO4,  VWR_NET_F_HOST_TSO6,
                                     VWR_NET_F_HOST_ECN,   VWR_NET_F_HOST_UFO,   VWR_NET_F_HOST_USO,
                                     VWR_NET_F_GUEST_CSUM, VWR_NET_F_GUEST_TSO4, VWR_NET_F_GUEST_TSO6,
                                     VWR_NET_F_GUEST_ECN,  VWR_NET_F_GUEST_UFO,  VWR_NET_F_GUEST_USO4,
                                     VWR_NET_F_GUEST_USO6};

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        vwr_features_add(&offloads, known[i]);
        if ((has >> known[i] & 1u) != 0)
            fake_offer(&w->f, known[i]);
    }
}

/* The card receives the offloads that the caller requests; one that was not negotiated, or does not exist, is
 * refused.
 */
static void offloads_of_a_packet(struct world *w, const struct format *f, const void *param)
{
    uint8_t *const frame = fake_ram_alloc(200, 16);

    (void)param;
    for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++) {
        const bool legacy = w->f.version == VWR_MMIO_VERSION_LEGACY;
        struct vwr_net_transmitq *const q = &pair[0].send;
        struct vwr_net_packet *done;
        struct vwr_net_hdr h;

        if (legacy && headers[i].has >> 32 != 0)
            continue;
        plug_net(w, f, PAIRS, 1500, true);
        offer_offloads(w, headers[i].has);
        assert_int_equal(start_net(w, PAIRS), VWR_OK);
        vwr_net_fill(&packet, frame, 200);
        packet.header = (struct vwr_net_header){.flags = headers[i].flags,
                                                .gso_type = headers[i].gso_type,
                                                .gso_size = headers[i].gso_size,
                                                .hdr_len = 54,
                                                .csum_start = 34,
                                                .csum_offset = 16};
        assert_int_equal(vwr_net_submit(q, &packet), headers[i].result);
        (void)vwr_net_kick(q);
        if (headers[i].result == VWR_OK) {
            assert_true(fake_ring_next(&w->f, VWR_NET_QUEUE_TRANSMITQ, &chain));
            assert_int_equal(class_read(&chain, &h, 10), 10); /* the fields of each card */
            assert_int_equal(h.flags, headers[i].flags);
            assert_int_equal(h.gso_type, headers[i].gso_type);
            assert_int_equal(vwr_guest16(legacy, h.gso_size), headers[i].gso_size);
            assert_int_equal(vwr_guest16(legacy, h.hdr_len), 54);
            assert_int_equal(vwr_guest16(legacy, h.csum_start), 34);
            assert_int_equal(vwr_guest16(legacy, h.csum_offset), 16);
            fake_ring_push(&w->f, VWR_NET_QUEUE_TRANSMITQ, chain.head, 0);
            assert_int_equal(vwr_net_reap(q, &done, 1), 1);
        }
        assert_int_equal(vwr_close(&net.bringup), VWR_OK);
    }
}

/* Each flag and each type in a received header: the caller sees what was negotiated, and DATA_VALID. */
static const struct {
    uint64_t has;
    uint8_t flags;
    uint8_t types[3];
} masks[] = {
    {0, 0, {0}},
    {HAS(CSUM) | HAS(HOST_TSO4) | HAS(HOST_TSO6) | HAS(HOST_UFO), 0, {0}},
    {HAS(GUEST_CSUM), NEEDS, {0}},
    {HAS(GUEST_CSUM) | HAS(GUEST_TSO4), NEEDS, {TCPV4}},
    {HAS(GUEST_CSUM) | HAS(GUEST_TSO6), NEEDS, {TCPV6}},
    {HAS(GUEST_CSUM) | HAS(GUEST_TSO4) | HAS(GUEST_ECN), NEEDS, {TCPV4, TCPV4 | ECN}},
    {HAS(GUEST_CSUM) | HAS(GUEST_UFO), NEEDS, {VWR_NET_HDR_GSO_UDP}},
    {HAS(GUEST_CSUM) | HAS(GUEST_USO4), NEEDS, {VWR_NET_HDR_GSO_UDP_L4}},
    {HAS(GUEST_CSUM) | HAS(GUEST_USO6), NEEDS, {VWR_NET_HDR_GSO_UDP_L4}},
};

static void unnegotiated_in_a_header(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    for (size_t i = 0; i < sizeof(masks) / sizeof(masks[0]); i++) {
        struct vwr_net_hdr *from;

        if (w->f.version == VWR_MMIO_VERSION_LEGACY && masks[i].has >> 32 != 0)
            continue;
        plug_net(w, f, PAIRS, 1500, true);
        size_receiveqs(w, LONG_RING, LONG_RING);
        offer_offloads(w, masks[i].has);
        assert_int_equal(start_net(w, PAIRS), VWR_OK);
        from = fake_ram_alloc(sizeof(*from) + 200, 16);
        for (unsigned n = 0; n < 0x10000; n++) {
            const uint8_t type = (uint8_t)(n >> 8);
            const struct vwr_slice s = {.p = (uint8_t *)from + net.header, .bytes = 200};
            struct vwr_net_header h;

            *from = (struct vwr_net_hdr){.flags = (uint8_t)n, .gso_type = type};
            vwr_net_read_header(&net, &s, &h);
            assert_int_equal(h.flags, n & (masks[i].flags | VWR_NET_HDR_F_DATA_VALID));
            assert_int_equal(h.gso_type, memchr(masks[i].types, type, sizeof(masks[i].types)) ? type : 0);
        }
        assert_int_equal(vwr_close(&net.bringup), VWR_OK);
    }
}

/*
 * Without MRG_RXBUF no buffer can hold a packet that is larger than a frame: the driver does not accept such
 * offloads.
 */
static void gives_up_large_packets(struct world *w, const struct format *f, const void *param)
{
    static const uint64_t large = HAS(GUEST_TSO4) | HAS(GUEST_TSO6) | HAS(GUEST_ECN) | HAS(GUEST_UFO) |
                                  HAS(GUEST_USO4) | HAS(GUEST_USO6);
    static const uint64_t rows[] = {large, HAS(GUEST_TSO4), HAS(GUEST_UFO), HAS(GUEST_USO4), HAS(GUEST_USO6)};

    (void)param;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        for (unsigned mergeable = 0; mergeable < 2; mergeable++) {
            const uint64_t offered =
                rows[i] & (w->f.version == VWR_MMIO_VERSION_LEGACY ? UINT32_MAX : UINT64_MAX);

            plug_net(w, f, PAIRS, 1500, mergeable != 0);
            size_receiveqs(w, LONG_RING, LONG_RING);
            offer_offloads(w, offered | HAS(GUEST_CSUM));
            assert_int_equal(start_net(w, PAIRS), VWR_OK);
            assert_true(vwr_net_has(&net, VWR_NET_F_GUEST_CSUM));
            for (unsigned n = 0; n < 64; n++)
                if ((large >> n & 1u) != 0)
                    assert_int_equal(vwr_net_has(&net, n), mergeable != 0 && (offered >> n & 1u) != 0);
            assert_int_equal(vwr_close(&net.bringup), VWR_OK);
        }
}

/* With MRG_RXBUF a large packet must fit the buffers of the shortest queue, also after a recovery. */
static void large_packets_fit_the_ring(struct world *w, const struct format *f, const void *param)
{
    static const uint16_t rings[][2] = {{SIZE, SIZE},           {LONG_RING, SIZE},          {SIZE, LONG_RING},
                                        {LONG_RING, LONG_RING}, {LONG_RING / 2, LONG_RING}, {2, 2}};

    (void)param;
    for (size_t i = 0; i < sizeof(rings) / sizeof(rings[0]); i++) {
        const uint32_t shortest = rings[i][0] < rings[i][1] ? rings[i][0] : rings[i][1];
        int r = VWR_EBUSY;

        plug_net(w, f, PAIRS, 9000, true);
        size_receiveqs(w, rings[i][0], rings[i][1]);
        offer_offloads(w, HAS(GUEST_CSUM) | HAS(GUEST_TSO4));
        assert_int_equal(start_net(w, PAIRS), VWR_OK);
        assert_int_equal(vwr_net_has(&net, VWR_NET_F_GUEST_TSO4), shortest == LONG_RING);
        assert_int_equal(vwr_net_has(&net, VWR_NET_F_MTU), shortest != 2);
        w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
        assert_int_equal(vwr_dev_check(&w->mmio.dev), VWR_ENEEDSRESET);
        size_receiveqs(w, SIZE, SIZE);
        while (r == VWR_EBUSY)
            r = vwr_recover(&net.bringup);
        assert_int_equal(r, VWR_OK);
        assert_false(vwr_net_has(&net, VWR_NET_F_GUEST_TSO4));
        assert_int_equal(vwr_close(&net.bringup), VWR_OK);
    }
}

/*
 * A card that comes back with a control queue that is too short for a table of addresses: the table is lost,
 * and other settings can be made.
 */
static void table_beyond_the_queue(struct world *w, const struct format *f, const void *param)
{
    const uint32_t bytes = sizeof(struct vwr_net_ctrl_mac) + sizeof(net.info.mac);
    int r = VWR_EBUSY;
    void *table;

    (void)param;
    assert_int_equal(open_net(w, f, PAIRS, 1500, true), VWR_OK);
    table = fake_ram_alloc(bytes, 16);
    memset(table, 0, bytes);
    *(uint8_t *)table = 1; /* entries */
    assert_int_equal(vwr_net_set_table(&net, table, bytes, table, bytes), VWR_OK);
    assert_int_equal(vwr_net_set_mode(&net, VWR_NET_CTRL_RX_PROMISC, true), VWR_OK);
    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    assert_int_equal(vwr_dev_check(&w->mmio.dev), VWR_ENEEDSRESET);
    w->f.queue[CONTROLQ].size_max = 2;
    while (r == VWR_EBUSY)
        r = vwr_recover(&net.bringup);
    assert_int_equal(r, VWR_OK);
    assert_int_equal(vwr_net_set_mode(&net, VWR_NET_CTRL_RX_PROMISC, false), VWR_OK);
    assert_int_equal(control.restore.lost, 1);
    assert_int_equal(vwr_close(&net.bringup), VWR_OK);
}

/* A card that has not been opened completely takes no settings. */
static void opened_in_part(struct world *w, const struct format *f, const void *param)
{
    static const uint32_t lacks[] = {VWR_NET_QUEUE_RECEIVEQ, CONTROLQ};

    (void)param;
    for (unsigned i = 0; i < 2; i++) {
        plug_net(w, f, PAIRS, 1500, true);
        w->f.queue[lacks[i]].size_max = 0;
        assert_int_equal(start_net(w, PAIRS), VWR_ENOQUEUE);
        assert_int_equal(vwr_net_set_mode(&net, VWR_NET_CTRL_RX_PROMISC, true), VWR_EFAILED);
        assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    }
}

/* With MRG_RXBUF a packet may need all of a call's slices. */
static void too_few_slices(struct world *w, const struct format *f, const void *param)
{
    struct vwr_slice slices[VWR_NET_SLICES];

    (void)param;
    assert_int_equal(open_net(w, f, 1, 1500, true), VWR_OK);
    assert_true(pair[0].receive.buffers_max > 1 && pair[0].receive.buffers_max <= VWR_NET_SLICES);
    assert_int_equal(vwr_net_receive_reap(&pair[0].receive, slices, pair[0].receive.buffers_max - 1u),
                     VWR_EINVAL);
    assert_int_equal(vwr_net_receive_reap(&pair[0].receive, slices, pair[0].receive.buffers_max), 0);
    assert_int_equal(vwr_close(&net.bringup), VWR_OK);
}

/* No pair; a device that is open. */
static void not_opened(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    plug_net(w, f, PAIRS, 1500, true);
    assert_int_equal(start_net(w, 0), VWR_ENOMEM);
    assert_int_equal(start_net(w, PAIRS), VWR_OK);
    assert_int_equal(start_net(w, PAIRS), VWR_EBUSY);
}

int main(void)
{
    static const uint16_t sizes[] = {SIZE, 0};
    static const struct format_range few = {KIND_ALL, FORMAT_IN_ORDER, 0, sizes};
    static const struct format_range one = {KIND_SPLIT, 0, 0, sizes};
    static struct format_tests tests;

#define ADD(test, range) format_add(&tests, #test, test, NULL, &(range))
    ADD(D32_pairs, few);
    ADD(D32_mtu_too_small, few);
    ADD(D32_mtu, few);
    ADD(D41_ack_0_to_255, few);
    ADD(D48_short_after_merging, few);
    ADD(header_sizes, one);
    ADD(refused_tables, one);
    ADD(offloads_of_a_packet, few);
    ADD(unnegotiated_in_a_header, one);
    ADD(gives_up_large_packets, few);
    ADD(large_packets_fit_the_ring, one);
    ADD(table_beyond_the_queue, one);
    ADD(opened_in_part, few);
    ADD(too_few_slices, one);
    ADD(not_opened, one);
    return format_run("net", &tests);
}
