/* SPDX-License-Identifier: MIT */
#include "classes.h"
#include "vwr/net_control.h"

#include <string.h>

/*
 * The network driver with a card whose configuration and answers are invalid. ../../pair/case_net.c tests
 * packets, test_class_recovery.c the causes that stop a card.
 */

#define PAIRS 2u
#define SIZE 8u
#define CONTROLQ (2u * PAIRS)

static struct vwr_net net;
static struct vwr_net_pair pair[PAIRS];
static struct vwr_net_control control;
static struct vwr_net_packet packet;
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

static int start_net(struct world *w, uint16_t pairs)
{
    struct vwr_net_options o = {
        .pair = pair, .pairs = pairs, .control = &control, .set_up_control = vwr_net_control_set_up};

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
    assert_int_equal(vwr_net_pairs(&net), 1);
    assert_int_equal(vwr_net_set_pairs(&net, 2), VWR_EINVAL);
    assert_int_equal(vwr_net_close(&net), VWR_OK);
    assert_int_equal(open_net(w, f, PAIRS, 1500, true), VWR_OK);
    assert_int_equal(vwr_net_pairs(&net), PAIRS);
    assert_int_equal(vwr_net_close(&net), VWR_OK);
}

static int submit(uint8_t *frame, size_t bytes)
{
    vwr_net_fill(&packet, frame, bytes);
    return vwr_net_submit(vwr_net_sendq(&net, 0), &packet);
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

/* D32: any other MTU; no longer frame is sent, and no frame longer than a buffer is received. */
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
                         i % 2 != 0 || mtu + VWR_NET_ETHERNET <= VWR_NET_BYTES - net.header);
        frame = fake_ram_alloc(0x20000, 16);
        most = net.info.mtu != 0 ? net.info.mtu + VWR_NET_ETHERNET + VWR_NET_VLAN : VWR_NET_FRAME;
        assert_int_equal(submit(frame, most + 1), VWR_ERANGE);
        assert_int_equal(submit(frame, VWR_NET_ETHERNET - 1), VWR_ERANGE);
        assert_int_equal(submit(frame, most), VWR_OK);
        assert_int_equal(vwr_net_close(&net), VWR_OK);
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
    assert_int_equal(vwr_net_close(&net), VWR_OK);
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
    while ((r = vwr_recover(&net.bringup, &vwr_net_bringup)) == VWR_EBUSY)
        continue;
    assert_int_equal(r, VWR_OK);
    for (uint32_t bytes = 0; bytes <= net.header + VWR_NET_ETHERNET;
         bytes += net.header + VWR_NET_ETHERNET - 1) {
        assert_true(fake_ring_next(&w->f, VWR_NET_QUEUE_RECEIVEQ, &chain));
        fake_ring_push(&w->f, VWR_NET_QUEUE_RECEIVEQ, chain.head, bytes);
        assert_int_equal(vwr_net_receive_reap(q, slices, VWR_NET_SLICES), 0);
    }
    assert_int_equal(q->buffers.stats.dropped, 2);
    assert_int_equal(vwr_net_close(&net), VWR_OK);
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

/* Tables of addresses whose length is not that of their entries; steering beyond the limits of driver and
 * card. Nothing is sent. */
static void refused_tables(struct world *w, const struct format *f, const void *param)
{
    static const uint16_t pairs[2 * VWR_NET_RSS_ENTRIES];
    static const uint8_t key[UINT8_MAX];
    struct vwr_net_ctrl_mac *none;
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
    assert_int_equal(vwr_net_close(&net), VWR_OK);
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
    assert_int_equal(vwr_net_close(&net), VWR_OK);
}

/* No pair; a device that is open. */
static void not_opened(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    plug_net(w, f, PAIRS, 1500, true);
    assert_int_equal(start_net(w, 0), VWR_EINVAL);
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
    ADD(opened_in_part, few);
    ADD(too_few_slices, one);
    ADD(not_opened, one);
    return format_run("net", &tests);
}
