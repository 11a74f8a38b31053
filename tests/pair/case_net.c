/* SPDX-License-Identifier: MIT */
#include "card.h"
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "ram.h"
#include "vmm.h"
#include "../common/random.h"

#include "vwr/net_control.h"

#include <stdio.h>
#include <string.h>

/*
 * The network driver with a simulated card: packets of any length in any memory, in both directions; headers;
 * packets in several buffers; protocol violations by the card; and a card that fails with packets in flight
 * in both directions.
 */

#define PACKETS 24u
#define JUMBO 9000u
#define MTU 1400u

static struct {
    struct card card;
    union vmm_end end;
    struct vwr_net net;
    struct vwr_net_pair pair[CARD_PAIRS];
    struct vwr_net_control control;
    struct vwr_net_packet packet[PACKETS];
    struct vwr_vec vec[2];
    uint8_t frame[CARD_FRAME];
} w;

static uint64_t state;

/* The card, with the properties that all cases share. */
static void begin(unsigned kind, bool mergeable, bool deferred, uint16_t mtu, struct vwr_net_options *o)
{
    vmm_begin(deferred);
    memset(&w, 0, sizeof(w));
    card_init(&w.card, kind, mergeable, mtu);
    ram_reset();
    memset(o, 0, sizeof(*o));
    o->pair = w.pair;
    o->pair_count = 1;
    o->shared_count = 1;
    disk_avoid(&o->avoid, kind);
}

static void open_net(unsigned kind, bool mergeable, bool deferred, uint16_t mtu,
                     const struct vwr_features *offloads, bool replay)
{
    struct vwr_net_options o;

    begin(kind, mergeable, deferred, mtu, &o);
    o.shared = ram_alloc_ring(sizeof(*o.shared));
    o.request.replay = replay;
    if (offloads != NULL)
        o.offloads = *offloads;
    CHECK_NUMBER(vmm_find(&w.end, CARD_SLOT), VWR_OK);
    CHECK_NUMBER(vwr_net_open(&w.net, &w.end.dev, &o), VWR_OK);
    disk_check_features(&w.end.dev, &w.card.dev, kind);
    CHECK_NUMBER(w.net.info.mtu, mtu);
    CHECK(vwr_net_has(&w.net, VWR_NET_F_MAC) &&
          memcmp(w.net.info.mac, w.card.config.mac, sizeof(w.net.info.mac)) == 0);
    CHECK(vwr_net_link_is_up(&w.net) && (w.net.info.status & VWR_NET_S_ANNOUNCE) == 0);
}

static struct vwr_net_transmitq *sendq(void)
{
    return vwr_net_get_transmitq(&w.net, 0);
}

static void fill_frame(uint8_t *frame, uint32_t number, uint32_t bytes)
{
    for (uint32_t i = 0; i < bytes; i++)
        frame[i] = (uint8_t)((i * UINT32_C(2654435761) >> 13) ^ number * 29);
}

static unsigned reap(int result)
{
    struct vwr_net_packet *done[PACKETS];
    const int n = vwr_net_reap(sendq(), done, PACKETS);

    CHECK(n >= 0);
    for (int i = 0; i < n; i++)
        CHECK_NUMBER(done[i]->req.result, result);
    return (unsigned)n;
}

/* The card received the packet, with a header of zeroes. */
static void check_sent(const uint8_t *frame, uint32_t bytes)
{
    static const uint8_t zeroes[sizeof(struct vwr_net_hdr)];
    const uint32_t header = (uint32_t)vwr_net_hdr_size(&w.end.dev.config.features);

    CHECK_NUMBER(w.card.last_bytes, header + bytes);
    CHECK(memcmp(w.card.last, zeroes, header) == 0);
    CHECK(memcmp(w.card.last + header, frame, bytes) == 0);
}

static void check_sends(void)
{
    uint8_t *const memory[2] = {guest_alloc(2 * GUEST_PAGE), guest_alloc_scattered(2 * GUEST_PAGE)};

    for (uint32_t i = 0; i < 200; i++) {
        const uint32_t bytes = VWR_NET_ETHERNET + random_below(&state, 1500);
        uint8_t *const frame = memory[i % 2] + random_below(&state, GUEST_PAGE);
        const uint32_t cut = 1 + random_below(&state, bytes - 1);

        fill_frame(frame, i, bytes);
        vwr_net_fill(&w.packet[0], frame, bytes);
        if (i % 3 == 0) {
            w.vec[0] = (struct vwr_vec){frame, cut};
            w.vec[1] = (struct vwr_vec){frame + cut, bytes - cut};
            w.packet[0].req.vecs = w.vec;
            w.packet[0].req.vec_count = 2;
        }
        CHECK_NUMBER(vwr_net_submit(sendq(), &w.packet[0]), VWR_OK);
        CHECK_NUMBER(vwr_net_submit(sendq(), &w.packet[0]), VWR_EBUSY);
        (void)vwr_net_kick(sendq());
        vmm_run_until_idle();
        check_sent(frame, bytes);
        CHECK_NUMBER(reap(VWR_OK), 1);
    }
}

static const struct vwr_net_hdr plain;

/* This many packets arrived, with these lengths, in order. */
static void check_received(uint32_t first, unsigned count, const uint32_t *bytes)
{
    struct vwr_slice s[VWR_NET_SLICES];

    for (unsigned come = 0; come < count;) {
        const int n = vwr_net_receive_reap(vwr_net_get_receiveq(&w.net, 0), s, VWR_NET_SLICES);

        CHECK(n > 0);
        for (int i = 0; i < n; come++) {
            uint32_t at = 0;
            unsigned more;

            fill_frame(w.frame, first + come, bytes[come]);
            do {
                more = s[i].more;
                CHECK(at + s[i].bytes <= bytes[come]);
                CHECK(memcmp(s[i].p, w.frame + at, s[i].bytes) == 0);
                at += s[i].bytes;
                CHECK_NUMBER(vwr_net_receive_submit(vwr_net_get_receiveq(&w.net, 0), &s[i++]), VWR_OK);
            } while (more != 0);
            CHECK_NUMBER(at, bytes[come]);
        }
        (void)vwr_net_receive_kick(vwr_net_get_receiveq(&w.net, 0));
    }
    CHECK_NUMBER(vwr_net_receive_reap(vwr_net_get_receiveq(&w.net, 0), s, VWR_NET_SLICES), 0);
}

/* The same with a copy of each; one that is too long is dropped. */
static void check_copied(uint32_t first, unsigned count, const uint32_t *bytes)
{
    static uint8_t copy[JUMBO + VWR_NET_ETHERNET];
    struct vwr_net_receiveq *const q = vwr_net_get_receiveq(&w.net, 0);

    for (unsigned come = 0; come < count; come++) {
        const bool fits = come % 3 != 0;

        memset(copy, 0xa5, sizeof(copy));
        fill_frame(w.frame, first + come, bytes[come]);
        CHECK_NUMBER(vwr_net_receive(q, copy, bytes[come] - !fits), fits ? (int)bytes[come] : VWR_ERANGE);
        CHECK(!fits || memcmp(copy, w.frame, bytes[come]) == 0);
        CHECK_NUMBER(copy[bytes[come] - !fits], 0xa5);
    }
    CHECK_NUMBER(vwr_net_receive(q, copy, sizeof(copy)), 0);
}

/* More slices than one call returns. */
static void check_receives(bool mergeable)
{
    uint32_t bytes[PACKETS];

    for (uint32_t part = 0; part < 10; part++) {
        for (unsigned i = 0; i < PACKETS; i++) {
            bytes[i] = VWR_NET_ETHERNET + random_below(&state, mergeable && i % 4 == 0 ? JUMBO : 1500);
            fill_frame(w.frame, part * PACKETS + i, bytes[i]);
            CHECK(card_deliver(&w.card, &plain, w.frame, bytes[i], NULL));
        }
        if (part % 2 == 0)
            check_received(part * PACKETS, PACKETS, bytes);
        else
            check_copied(part * PACKETS, PACKETS, bytes);
    }
}

static void check_wrong_packets(uint8_t *frame, uint32_t most)
{
    struct vwr_net_packet *const p = &w.packet[0];
    const unsigned sent = w.card.sent;

    vwr_net_fill(p, frame, VWR_NET_ETHERNET - 1);
    CHECK_NUMBER(vwr_net_submit(sendq(), p), VWR_ERANGE);
    vwr_net_fill(p, frame, most + 1);
    CHECK_NUMBER(vwr_net_submit(sendq(), p), VWR_ERANGE);
    vwr_net_fill(p, frame, 100);
    p->header.flags = VWR_NET_HDR_F_NEEDS_CSUM;
    CHECK_NUMBER(vwr_net_submit(sendq(), p), VWR_EFEATURE);
    p->header.flags = VWR_NET_HDR_F_DATA_VALID;
    CHECK_NUMBER(vwr_net_submit(sendq(), p), VWR_EINVAL);
    vwr_net_fill(p, frame, 100);
    p->header.gso_type = VWR_NET_HDR_GSO_TCPV4;
    CHECK_NUMBER(vwr_net_submit(sendq(), p), VWR_EINVAL);
    (void)vwr_net_kick(sendq());
    vmm_run_until_idle();
    CHECK_NUMBER(w.card.sent, sent);
    vwr_net_fill(p, frame, most);
    CHECK_NUMBER(vwr_net_submit(sendq(), p), VWR_OK);
    (void)vwr_net_kick(sendq());
    vmm_run_until_idle();
    CHECK_NUMBER(w.card.sent, sent + 1);
    CHECK_NUMBER(reap(VWR_OK), 1);
}

/* Headers arrive unchanged at the other side. */
static void check_offloads(uint8_t *frame, bool legacy)
{
    struct vwr_net_packet *const p = &w.packet[0];
    const struct vwr_net_hdr *const sent = (const struct vwr_net_hdr *)(const void *)w.card.last;
    struct vwr_net_hdr back = {.flags = VWR_NET_HDR_F_DATA_VALID, .gso_type = VWR_NET_HDR_GSO_TCPV4};
    struct vwr_net_header h;
    struct vwr_slice s[VWR_NET_SLICES];
    int n;

    vwr_net_fill(p, frame, 5000);
    p->header = (struct vwr_net_header){.flags = VWR_NET_HDR_F_NEEDS_CSUM,
                                        .gso_type = VWR_NET_HDR_GSO_TCPV4,
                                        .hdr_len = 54,
                                        .gso_size = 1000,
                                        .csum_start = 34,
                                        .csum_offset = 16};
    CHECK_NUMBER(vwr_net_submit(sendq(), p), VWR_OK);
    (void)vwr_net_kick(sendq());
    vmm_run_until_idle();
    CHECK_NUMBER(reap(VWR_OK), 1);
    CHECK(sent->flags == VWR_NET_HDR_F_NEEDS_CSUM && sent->gso_type == VWR_NET_HDR_GSO_TCPV4);
    CHECK_NUMBER(vwr_guest16(legacy, sent->hdr_len), 54);
    CHECK_NUMBER(vwr_guest16(legacy, sent->gso_size), 1000);
    CHECK_NUMBER(vwr_guest16(legacy, sent->csum_start), 34);
    CHECK_NUMBER(vwr_guest16(legacy, sent->csum_offset), 16);
    p->header.gso_type = VWR_NET_HDR_GSO_TCPV6; /* HOST_TSO6 is not negotiated */
    CHECK_NUMBER(vwr_net_submit(sendq(), p), VWR_EFEATURE);
    back.gso_size = vwr_guest16(legacy, 1448);
    back.hash_value = vwr_cpu_to_le32(0x12345678);
    back.hash_report = vwr_cpu_to_le16(VWR_NET_HASH_REPORT_TCPV4);
    CHECK(card_deliver(&w.card, &back, frame, 60000, NULL));
    n = vwr_net_receive_reap(vwr_net_get_receiveq(&w.net, 0), s, VWR_NET_SLICES);
    CHECK_NUMBER(n, 30); /* 2048 bytes each */
    CHECK_NUMBER(s[0].more, n - 1);
    vwr_net_read_header(&w.net, &s[0], &h);
    CHECK(h.flags == back.flags && h.gso_type == back.gso_type && h.gso_size == 1448);
    CHECK_NUMBER(h.hash_value, legacy ? 0 : 0x12345678);
    CHECK_NUMBER(h.hash_report, legacy ? VWR_NET_HASH_REPORT_NONE : VWR_NET_HASH_REPORT_TCPV4);
    for (int i = 0; i < n; i++)
        CHECK_NUMBER(vwr_net_receive_submit(vwr_net_get_receiveq(&w.net, 0), &s[i]), VWR_OK);
}

static void offloads(unsigned kind)
{
    static const uint8_t taken[] = {VWR_NET_F_CSUM, VWR_NET_F_GUEST_CSUM, VWR_NET_F_HOST_TSO4,
                                    VWR_NET_F_GUEST_TSO4, VWR_NET_F_HASH_REPORT};
    struct vwr_features f = {{0}};

    for (unsigned i = 0; i < sizeof(taken); i++)
        vwr_features_add(&f, taken[i]);
    open_net(kind, true, false, MTU, &f, false);
    CHECK(vwr_net_has(&w.net, VWR_NET_F_GUEST_TSO4) && !vwr_net_has(&w.net, VWR_NET_F_GUEST_UFO));
    check_offloads(guest_alloc(CARD_FRAME), (kind & DISK_LEGACY) != 0);
    CHECK_NUMBER(vwr_close(&w.net.bringup), VWR_OK);
    open_net(kind, false, false, MTU, &f, false); /* no buffer is large enough for a large packet */
    CHECK(vwr_net_has(&w.net, VWR_NET_F_GUEST_CSUM) && !vwr_net_has(&w.net, VWR_NET_F_GUEST_TSO4));
    CHECK_NUMBER(vwr_close(&w.net.bringup), VWR_OK);
}

static void recover(void)
{
    int r;

    while ((r = vwr_recover(&w.net.bringup)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
}

/* A card that misdescribes a packet is stopped and recovered; `copies`: the caller has frames copied. */
static void check_lie(const struct card_lie *lie, bool mergeable, bool copies)
{
    struct vwr_net_receiveq *const q = vwr_net_get_receiveq(&w.net, 0);
    struct vwr_slice s[VWR_NET_SLICES];
    const uint32_t bytes = 100;
    char text[200];

    CHECK(card_deliver(&w.card, &plain, w.frame, bytes, NULL)); /* arrives before */
    CHECK(card_deliver(&w.card, &plain, w.frame, bytes, lie));
    if (copies) {
        CHECK_NUMBER(vwr_net_receive(q, w.frame, bytes), bytes);
    } else {
        CHECK_NUMBER(vwr_net_receive_reap(q, s, VWR_NET_SLICES), 1);
        CHECK_NUMBER(s[0].bytes, bytes);
        CHECK_NUMBER(vwr_net_receive_submit(q, &s[0]), VWR_OK);
    }
    if (!mergeable) { /* the engine has dropped it */
        CHECK_NUMBER(copies ? vwr_net_receive(q, w.frame, bytes) : 0, 0);
        CHECK_NUMBER(w.pair[0].receive.buffers.stats.dropped, 1);
        w.pair[0].receive.buffers.stats.dropped = 0;
        return;
    }
    CHECK_NUMBER(copies ? vwr_net_receive(q, w.frame, bytes) : vwr_net_receive_reap(q, s, VWR_NET_SLICES),
                 VWR_EBADRING);
    (void)vwr_net_explain(&w.net, text, sizeof(text));
    CHECK(strstr(text, "num_buffers reads ") != NULL);
    recover();
}

static void lies(unsigned kind, bool mergeable)
{
    struct card_lie lie[] = {
        {.cuts = true, .bytes = 9},
        {.cuts = true}, /* one byte less than an Ethernet header */
        {.counts = true, .buffers = 0},
        {.counts = true, .buffers = 2},
        {.counts = true, .buffers = VWR_NET_SLICES + 1},
        {.counts = true, .buffers = 0xffff},
    };
    uint32_t bytes[1] = {60};

    open_net(kind, mergeable, false, MTU, NULL, false);
    lie[1].bytes = (uint32_t)vwr_net_hdr_size(&w.end.dev.config.features) + VWR_NET_ETHERNET - 1;
    memset(w.frame, 7, 100);
    for (unsigned i = 0; i < (mergeable ? sizeof(lie) / sizeof(lie[0]) : 2); i++)
        for (unsigned copies = 0; copies < 2; copies++)
            check_lie(&lie[i], mergeable, copies != 0);
    fill_frame(w.frame, 3, bytes[0]);
    CHECK(card_deliver(&w.card, &plain, w.frame, bytes[0], NULL));
    check_received(3, 1, bytes);
    CHECK_NUMBER(vwr_close(&w.net.bringup), VWR_OK);
}

/* The card requests a reset with packets in flight, and with one received packet that the caller holds in
 * part. */
static void fails(unsigned kind, bool again)
{
    uint8_t *memory;
    struct vwr_slice s[VWR_NET_SLICES];
    uint32_t bytes[1] = {1000};

    open_net(kind, true, false, MTU, NULL, again);
    memory = guest_alloc((size_t)PACKETS * 2048);
    w.card.holds = true;
    for (unsigned i = 0; i < PACKETS; i++) {
        fill_frame(memory + i * 2048, i, 100 + i);
        vwr_net_fill(&w.packet[i], memory + i * 2048, 100 + i);
        CHECK_NUMBER(vwr_net_submit(sendq(), &w.packet[i]), VWR_OK);
    }
    (void)vwr_net_kick(sendq());
    vmm_run_until_idle();
    CHECK(card_deliver(&w.card, &plain, w.frame, 5000, NULL));
    CHECK_NUMBER(vwr_net_receive_reap(vwr_net_get_receiveq(&w.net, 0), s, VWR_NET_SLICES), 3);
    vmm_may_break = true;
    vwr_vdev_needs_reset(&w.card.dev);
    CHECK_NUMBER(vwr_dev_check(&w.end.dev), VWR_ENEEDSRESET);
    recover();
    for (unsigned i = 0; i < 3; i++)
        CHECK_NUMBER(vwr_net_receive_submit(vwr_net_get_receiveq(&w.net, 0), &s[i]), VWR_OK);
    if (!again)
        CHECK_NUMBER(reap(VWR_ENEEDSRESET), PACKETS);
    card_go_on(&w.card);
    vmm_run_until_idle();
    CHECK_NUMBER(w.card.sent, again ? PACKETS : 0);
    if (again)
        CHECK_NUMBER(reap(VWR_OK), PACKETS);
    fill_frame(w.frame, 9, bytes[0]);
    CHECK(card_deliver(&w.card, &plain, w.frame, bytes[0], NULL));
    check_received(9, 1, bytes);
    CHECK_NUMBER(vwr_close(&w.net.bringup), VWR_OK);
}

/* ---- settings ---- */

static const uint8_t key[CARD_HASH_KEY] = {0x6d, 0x5a, 0x56, 0xda, 0x25, 0x5b, 0x0e, 0xc2, 0x41, 0x67};
static const uint16_t to_pair[CARD_RSS_ENTRIES] = {1, 0, 1, 1};

static void open_with_settings(unsigned kind)
{
    const size_t each = sizeof(struct vwr_net_shared);
    struct vwr_net_options o;

    begin(kind, true, false, MTU, &o);
    memset(&w.control, 0xa5, sizeof(w.control));
    w.control.shared = ram_alloc_ring(sizeof(*w.control.shared));
    w.control.filters_vlans = false;
    o.shared = ram_alloc_ring(CARD_PAIRS * each);
    o.pair_count = CARD_PAIRS;
    o.shared_count = CARD_PAIRS;
    vwr_features_add(&o.offloads, VWR_NET_F_HASH_REPORT);
    o.control = &w.control;
    CHECK_NUMBER(vmm_find(&w.end, CARD_SLOT), VWR_OK);
    CHECK_NUMBER(vwr_net_open(&w.net, &w.end.dev, &o), VWR_EINVAL); /* the class does not set up the queue */
    vwr_net_use_control(&o, &w.control);
    CHECK_NUMBER(vwr_net_open(&w.net, &w.end.dev, &o), VWR_OK);
    CHECK_NUMBER(w.net.pairs, CARD_PAIRS);
}

/* The card received these commands in order; one is the requested RSS configuration. */
static void check_rss(unsigned at, const struct vwr_net_rss *s)
{
    const struct vwr_net_mq_rss_config_msg_form *const form = (const void *)w.card.command[at].message;
    const uint8_t *const config = form->rss_config;
    struct vwr_net_mq_rss_config_msg m;

    CHECK_NUMBER(w.card.command[at].bytes,
                 sizeof(form->ctrl) + vwr_net_rss_config_bytes(s->entries, s->key_bytes));
    CHECK_NUMBER(form->ctrl.class_, VWR_NET_CTRL_MQ);
    CHECK_NUMBER(form->ctrl.command, VWR_NET_CTRL_MQ_RSS_CONFIG);
    vwr_net_mq_rss_config_msg_decode(form, false, &m);
    CHECK(m.hash_types == s->hash_types && m.id == s->other);
    CHECK_NUMBER(m.indirection_table_mask, s->entries - 1);
    for (unsigned i = 0; i < s->entries; i++)
        CHECK_NUMBER(config[sizeof(struct vwr_net_rss_config) + 2 * i], s->pair[i]);
    CHECK_NUMBER(config[vwr_net_rss_config_max_tx_vq_offset(s->entries)], s->pairs);
    CHECK_NUMBER(config[vwr_net_rss_config_hash_key_length_offset(s->entries)], s->key_bytes);
    CHECK(memcmp(config + vwr_net_rss_config_hash_key_data_offset(s->entries), s->key, s->key_bytes) == 0);
}

static void check_command(unsigned at, unsigned class_, unsigned command, uint32_t bytes)
{
    CHECK_NUMBER(w.card.command[at].message[0], class_);
    CHECK_NUMBER(w.card.command[at].message[1], command);
    CHECK_NUMBER(w.card.command[at].bytes, bytes);
}

/* Invalid settings are refused by the driver, and no command is sent. */
static void check_wrong_rss(const struct vwr_net_rss *right)
{
    static const uint16_t far[CARD_RSS_ENTRIES] = {0, CARD_PAIRS};
    struct vwr_net_rss wrong[8];

    for (unsigned i = 0; i < 8; i++)
        wrong[i] = *right;
    wrong[0].entries = 3;
    wrong[1].entries = 0;
    wrong[2].entries = 2 * CARD_RSS_ENTRIES;
    wrong[3].key_bytes = CARD_HASH_KEY + 1;
    wrong[4].hash_types |= VWR_NET_HASH_TYPE_UDPV4;
    wrong[5].other = CARD_PAIRS;
    wrong[6].pairs = CARD_PAIRS + 1;
    wrong[7].pair = far;
    w.card.commands = 0;
    for (unsigned i = 0; i < 8; i++)
        CHECK_NUMBER(vwr_net_set_rss(&w.net, &wrong[i]), VWR_EINVAL);
    CHECK_NUMBER(vwr_net_set_hash(&w.net, &wrong[3]), VWR_EINVAL);
    CHECK_NUMBER(vwr_net_set_hash(&w.net, &wrong[4]), VWR_EINVAL);
    CHECK_NUMBER(vwr_net_set_pairs(&w.net, CARD_PAIRS + 1), VWR_EINVAL);
    CHECK_NUMBER(w.card.commands, 0);
}

static void reset_and_recover(void)
{
    int r;

    w.card.commands = 0;
    vmm_may_break = true;
    vwr_vdev_needs_reset(&w.card.dev);
    CHECK_NUMBER(vwr_dev_check(&w.end.dev), VWR_ENEEDSRESET);
    while ((r = vwr_recover(&w.net.bringup)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
}

/* Settings are made again after a recovery, in an order that respects which one replaces another; refused
 * settings are not. */
static void check_rss_comes_back(void)
{
    struct vwr_net_rss s = {.hash_types = VWR_NET_HASH_TYPE_IPV4,
                            .key_bytes = sizeof(key),
                            .key = key,
                            .pair = to_pair,
                            .entries = CARD_RSS_ENTRIES,
                            .pairs = CARD_PAIRS};
    struct vwr_net_rss other = s;
    const uint32_t pairs = sizeof(struct vwr_net_mq_vq_pairs_set_msg_form);
    const uint32_t hash = sizeof(struct vwr_net_mq_hash_config_msg_form) + sizeof(key);

    CHECK_NUMBER(vwr_net_set_pairs(&w.net, CARD_PAIRS), VWR_OK);
    CHECK_NUMBER(vwr_net_set_rss(&w.net, &s), VWR_OK);
    check_rss(1, &s);
    check_wrong_rss(&s);
    other.entries = 2;
    w.card.refuses = true;
    CHECK_NUMBER(vwr_net_set_rss(&w.net, &other), VWR_EIO);
    reset_and_recover();
    CHECK_NUMBER(w.card.commands, 2);
    check_command(0, VWR_NET_CTRL_MQ, VWR_NET_CTRL_MQ_VQ_PAIRS_SET, pairs);
    check_rss(1, &s);
    CHECK_NUMBER(vwr_net_set_hash(&w.net, &s), VWR_OK);
    reset_and_recover();
    CHECK_NUMBER(w.card.commands, 2);
    check_command(1, VWR_NET_CTRL_MQ, VWR_NET_CTRL_MQ_HASH_CONFIG, hash);
    CHECK(memcmp(w.card.command[1].message + hash - sizeof(key), key, sizeof(key)) == 0);
    CHECK_NUMBER(vwr_net_set_pairs(&w.net, 1), VWR_OK);
    reset_and_recover();
    CHECK_NUMBER(w.card.commands, 1);
    check_command(0, VWR_NET_CTRL_MQ, VWR_NET_CTRL_MQ_VQ_PAIRS_SET, pairs);
}

/* A pair that does not exist has no queues. */
static void check_no_pair(unsigned pair)
{
    CHECK(vwr_net_get_transmitq(&w.net, pair) == NULL);
    CHECK(vwr_net_get_receiveq(&w.net, pair) == NULL);
}

/* The queues of a card that is not open: an error for each call, and nothing is sent. */
static void check_stopped(void)
{
    struct vwr_net_transmitq *const out = vwr_net_get_transmitq(&w.net, 0);
    struct vwr_net_receiveq *const in = vwr_net_get_receiveq(&w.net, 0);
    struct vwr_net_packet *done[1];
    struct vwr_slice s[VWR_NET_SLICES] = {{0}};
    const unsigned sent = w.card.sent;

    vwr_net_fill(&w.packet[0], w.frame, 100);
    CHECK_NUMBER(vwr_net_submit(out, &w.packet[0]), VWR_EFAILED);
    CHECK(!vwr_net_kick(out));
    CHECK(vwr_net_reap(out, done, 1) < 0);
    CHECK_NUMBER(vwr_net_receive_reap(in, s, VWR_NET_SLICES), VWR_EFAILED);
    CHECK_NUMBER(vwr_net_receive_submit(in, &s[0]), VWR_EINVAL);
    CHECK(!vwr_net_receive_kick(in) && !vwr_net_receive_arm(in, 1));
    CHECK_NUMBER(w.card.sent, sent);
}

static void settings(unsigned kind)
{
    if ((kind & DISK_LEGACY) != 0)
        return;
    open_with_settings(kind);
    check_rss_comes_back();
    check_no_pair(CARD_PAIRS);
    check_no_pair(~0u);
    CHECK_NUMBER(vwr_close(&w.net.bringup), VWR_OK);
    check_no_pair(1);
    check_stopped();
}

void case_net(unsigned kind, unsigned scale)
{
    (void)scale;
    for (unsigned i = 0; i < 4; i++) {

        open_net(kind, i % 2 != 0, i / 2 != 0, MTU, NULL, false);
        check_wrong_packets(guest_alloc(2 * GUEST_PAGE), MTU + VWR_NET_ETHERNET + VWR_NET_VLAN);
        check_receives(i % 2 != 0);
        CHECK_NUMBER(vwr_close(&w.net.bringup), VWR_OK);
        lies(kind, i % 2 != 0);
        fails(kind, i % 2 != 0);
    }
    open_net(kind, true, false, 1500, NULL, false);
    check_sends();
    CHECK_NUMBER(vwr_close(&w.net.bringup), VWR_OK);
    offloads(kind);
    settings(kind);
    printf("%s net\n", disk_kind_name(kind));
}
