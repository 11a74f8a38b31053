/* SPDX-License-Identifier: MIT */
#include "../../hostile/guests/hostile.h"

#include "vwr/vm.h"
#include "vwr/vnet.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"

#include <string.h>

/*
 * A network card: packets that a VMM delivers, and a hook that cannot accept a packet. The guest is correct.
 */

#define AT(n) (GUEST_DATA + 0x800u * (n)) /* buffers, far apart */
#define ANSWER (GUEST_DATA + 0x7000u)
#define WRITE ((uint16_t)VWR_VIRTQ_DESC_F_WRITE)
#define CONTROLQ ((uint16_t)(2u * all_pairs))
#define FRAME 80u
#define MTU 1500u
#define BUDGET 512u
#define RING 64u /* maximum number of descriptors of a queue; the guest chooses fewer */

static const uint8_t address[VWR_VNET_MAC] = {2, 0, 0, 0, 0, 1};

static struct {
    struct guest g;
    struct vwr_vnet net;
    uint32_t header;
    unsigned sent;
    unsigned fulls; /* calls for which the VMM has no space */
    void (*on_transmit)(void);
    struct vwr_vqueue_entry own[GUEST_QUEUES * RING];
} all;

static uint32_t all_budget = BUDGET;
static uint16_t all_pairs = 1;
static bool all_packed;

static int transmit(struct vwr_vnet *n, unsigned pair, struct vwr_vnet_packet *p)
{
    (void)n;
    (void)pair;
    (void)p;
    all.sent++;
    if (all.on_transmit != NULL)
        all.on_transmit();
    if (all.fulls == 0)
        return VWR_OK;
    all.fulls--;
    return VWR_EFULL;
}

/* A card for which the guest accepts all but these two features. */
static void begin_without(unsigned first, unsigned second)
{
    static const struct vwr_vnet_ops ops = {.transmit = transmit};
    struct vwr_vnet_options o = {.ops = &ops, .control = true, .mtu = MTU};
    struct vwr_vdev_setup s;

    memset(&all, 0, sizeof(all));
    memcpy(o.mac, address, sizeof(address));
    vwr_features_add(&o.offloads, VWR_NET_F_GUEST_CSUM);
    vwr_features_add(&o.offloads, VWR_NET_F_GUEST_TSO4);
    guest_begin(&all.g, false, all_packed);
    guest_setup(&all.g, &s);
    s.budget_bytes = all_budget;
    s.own = all.own;
    s.own_count = VWR_COUNT(all.own);
    s.queue_size = RING;
    s.queue_count = (uint16_t)VWR_VNET_QUEUES(all_pairs, true);
    assert_int_equal(vwr_vnet_init_with(&all.net, &s, &o), VWR_OK);
    guest_plug(&all.g, 0, vwr_vnet_dev(&all.net));
    all.g.queues = VWR_VNET_QUEUES(all_pairs, true);
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        all.g.features.w[i] |= all.g.dev->offered.w[i];
    vwr_features_remove(&all.g.features, VWR_F_NOTIFICATION_DATA);
    vwr_features_remove(&all.g.features, VWR_F_NOTIF_CONFIG_DATA);
    vwr_features_remove(&all.g.features, first);
    vwr_features_remove(&all.g.features, second);
    assert_true(guest_start(&all.g));
    all.header = (uint32_t)vwr_net_hdr_size(&all.g.dev->accepted);
}

static void end(void)
{
    vwr_vm_remove(&all.g.vm, 0);
    guest_end(&all.g);
}

static void post(unsigned n, uint32_t bytes)
{
    hostile_send_one(&all.g, VWR_NET_QUEUE_RECEIVEQ, AT(n), bytes, WRITE);
}

/* Delivers a frame of this length; `change` may be NULL. A switch reports that it is plain. */
static int deliver_as(uint32_t bytes, uint64_t to, const struct vwr_vnet_packet *change, bool plain)
{
    static uint8_t frame[4096];
    struct vwr_vseg seg = {frame, bytes};
    struct vwr_vnet_packet p;
    int r;

    memset(frame, 0, sizeof(frame));
    for (unsigned i = 0; i < VWR_VNET_MAC; i++)
        frame[i] = (uint8_t)(to >> 8 * (VWR_VNET_MAC - 1 - i));
    if (!plain && change == NULL)
        return vwr_vnet_deliver_frame(&all.net, frame, bytes);
    assert_int_equal(vwr_vnet_fill(&p, &seg, 1), VWR_OK);
    if (plain)
        p.plain = p.rest.seg->at + p.rest.skip;
    if (change != NULL) {
        p.flags = change->flags;
        p.gso_type = change->gso_type;
        p.gso_size = change->gso_size;
        p.hdr_len = change->hdr_len;
        p.plain = NULL;
    }
    r = vwr_vnet_deliver(&all.net, &p);
    vwr_vnet_signal(&all.net);
    return r;
}

static int deliver(uint32_t bytes, uint64_t to, const struct vwr_vnet_packet *change)
{
    return deliver_as(bytes, to, change, false);
}

static const uint64_t own = UINT64_C(0x020000000001);

#define LONGEST (MTU + VWR_VNET_ETHERNET + VWR_VNET_VLAN)

/* A plain frame that is longer than the MTU, and one for a card that its driver has suspended. */
static void plain_frames(void **state)
{
    (void)state;
    begin_without(VWR_NET_F_CTRL_RX, VWR_NET_F_CTRL_VLAN);
    post(0, 0x1000);
    post(2, 0x1000);
    assert_int_equal(deliver_as(LONGEST, own, NULL, true), VWR_OK);
    hostile_used(&all.g, VWR_NET_QUEUE_RECEIVEQ, all.header + LONGEST);
    assert_int_equal(deliver_as(LONGEST + 1u, own, NULL, true), VWR_ERANGE);
    guest_write(&all.g, VWR_MMIO_STATUS, sizeof(uint32_t), guest_status(&all.g) | VWR_STATUS_SUSPEND);
    assert_false(all.g.dev->live);
    (void)deliver_as(FRAME, own, NULL, true);
    hostile_unused(&all.g, VWR_NET_QUEUE_RECEIVEQ);
    assert_int_equal(all.net.stats.received, 1);
    end();
}

/* A receive queue of another size, without buffers. */
static void renew(uint16_t size)
{
    guest_write(&all.g, VWR_MMIO_QUEUE_SEL, sizeof(uint32_t), VWR_NET_QUEUE_RECEIVEQ);
    guest_write(&all.g, VWR_MMIO_QUEUE_RESET, sizeof(uint32_t), 1);
    memset(guest_at(&all.g, GUEST_LOW, GUEST_RING_BYTES), 0, GUEST_RING_BYTES);
    guest_lay_out(&all.g, VWR_NET_QUEUE_RECEIVEQ, size);
    assert_true(guest_set_queue(&all.g, VWR_NET_QUEUE_RECEIVEQ));
}

/* A frame that needs more buffers than a packet may have: all of them are returned, for the next frame. */
static void many_buffers(void **state)
{
    const uint32_t frame = MTU + VWR_VNET_ETHERNET;

    (void)state;
    begin_without(VWR_NET_F_CTRL_RX, VWR_NET_F_CTRL_VLAN);
    for (unsigned enough = 0; enough < 2; enough++) {
        const uint32_t bytes = enough != 0 ? 24 : 23; /* 64 of them, with a header */

        renew(RING);
        for (unsigned i = 0; i < VWR_VNET_MERGE; i++)
            hostile_lend_one(&all.g, VWR_NET_QUEUE_RECEIVEQ, GUEST_DATA + 0x20u * i, bytes, WRITE);
        guest_kick(&all.g, VWR_NET_QUEUE_RECEIVEQ);
        assert_int_equal(deliver(frame, own, NULL), enough != 0 ? VWR_OK : VWR_ERANGE);
        assert_int_equal(all.net.stats.unfit, 1);
        if (enough == 0) {
            hostile_unused(&all.g, VWR_NET_QUEUE_RECEIVEQ);
            assert_int_equal(deliver(VWR_VNET_MERGE * 23u - all.header, own, NULL), VWR_OK);
        }
        for (unsigned i = 0; i + 1 < VWR_VNET_MERGE; i++)
            hostile_used(&all.g, VWR_NET_QUEUE_RECEIVEQ, bytes);
        assert_true(hostile_take(&all.g, VWR_NET_QUEUE_RECEIVEQ) > 0);
    }
    end();
}

/* Posts this many buffers of 128 bytes, which are chains of `segments` descriptors, into a ring of 8. */
static void fill(unsigned buffers, unsigned segments)
{
    const uint32_t bytes = 0x80u / segments;

    renew(8);
    for (unsigned i = 0; i < buffers; i++) {
        struct guest_desc d[2];

        for (unsigned n = 0; n < segments; n++)
            d[n] = (struct guest_desc){AT(i) + n * bytes, bytes, WRITE, 0};
        hostile_lend(&all.g, VWR_NET_QUEUE_RECEIVEQ, d, segments);
    }
    guest_kick(&all.g, VWR_NET_QUEUE_RECEIVEQ);
}

/*
 * A ring that is full of buffers, which together are too small for a frame: no sender waits for more. While
 * the guest can add a buffer, the sender waits.
 */
static void ring_too_small(void **state)
{
    const bool packed = *state != NULL;

    all_packed = packed;
    for (unsigned segments = 1; segments <= 2; segments++) {
        const unsigned most = 8 / segments;

        begin_without(VWR_NET_F_CTRL_RX, segments == 1 ? VWR_NET_F_CTRL_VLAN : VWR_F_INDIRECT_DESC);
        for (unsigned buffers = most - 1; buffers <= most; buffers++) {
            const int expected = buffers == most ? VWR_ERANGE : VWR_EFULL;

            fill(buffers, segments);
            assert_int_equal(deliver(buffers * 0x80u - all.header + 1u, own, NULL), expected);
            assert_int_equal(deliver(buffers * 0x80u - all.header, own, NULL), VWR_OK);
        }
        assert_int_equal(all.net.stats.no_room, 1);
        assert_int_equal(all.net.stats.unfit, 1);
        end();
    }
    all_packed = false;
}

/* Buffers of many segments: a packet gets only as many as cost the same as many buffers. */
static void many_segments(void **state)
{
    (void)state;
    begin_without(VWR_NET_F_CTRL_RX, VWR_NET_F_CTRL_VLAN);
    renew(RING);
    for (unsigned i = 0; i < 8; i++) {
        const uint64_t table = GUEST_DATA + 16u * RING * i;
        const struct guest_desc d = {table, 16u * RING, VWR_VIRTQ_DESC_F_INDIRECT, 0};

        for (unsigned n = 0; n < RING; n++) {
            const bool last = n == RING - 1;
            const struct guest_desc byte = {GUEST_DATA + 0x4000u + RING * i + n, 1,
                                            (uint16_t)(WRITE | (last ? 0 : VWR_VIRTQ_DESC_F_NEXT)),
                                            (uint16_t)(n + 1)};

            guest_put_desc(&all.g, table, n, &byte);
        }
        (void)guest_chain(&all.g, VWR_NET_QUEUE_RECEIVEQ, &d, 1);
    }
    guest_kick(&all.g, VWR_NET_QUEUE_RECEIVEQ);
    assert_int_equal(deliver(8 * RING - all.header, own, NULL), VWR_ERANGE);
    assert_int_equal(all.net.stats.unfit, 1);
    hostile_unused(&all.g, VWR_NET_QUEUE_RECEIVEQ);
    assert_int_equal(deliver(2 * RING - all.header, own, NULL), VWR_OK);
    hostile_used(&all.g, VWR_NET_QUEUE_RECEIVEQ, RING);
    hostile_used(&all.g, VWR_NET_QUEUE_RECEIVEQ, RING);
    end();
}

/* A buffer outside of memory: the device breaks, and no sender waits for it. */
static void buffer_nowhere(void **state)
{
    (void)state;
    begin_without(VWR_NET_F_CTRL_RX, VWR_NET_F_CTRL_VLAN);
    (void)guest_chain(&all.g, VWR_NET_QUEUE_RECEIVEQ, &(struct guest_desc){GUEST_END, 0x1000, WRITE, 0}, 1);
    guest_kick(&all.g, VWR_NET_QUEUE_RECEIVEQ);
    assert_int_equal(deliver_as(FRAME, own, NULL, true), VWR_OK);
    assert_int_equal(all.g.broke, 1);
    assert_int_equal(all.net.stats.received, 0);
    end();
}

/* Lengths that no frame can have, and frames longer than the MTU, with and without segmentation. */
static void lengths(void **state)
{
    static uint8_t bytes[VWR_VNET_FRAME_MAX + 1];
    static const struct vwr_vnet_packet large = {
        .gso_type = VWR_NET_HDR_GSO_TCPV4, .gso_size = 1000, .hdr_len = 54};
    struct vwr_vseg seg = {bytes, VWR_VNET_ETHERNET - 1};
    struct vwr_vnet_packet p;

    (void)state;
    assert_int_equal(vwr_vnet_fill(&p, &seg, 1), VWR_ERANGE);
    seg.len = VWR_VNET_FRAME_MAX + 1;
    assert_int_equal(vwr_vnet_fill(&p, &seg, 1), VWR_ERANGE);
    seg.len = VWR_VNET_FRAME_MAX;
    assert_int_equal(vwr_vnet_fill(&p, &seg, 1), VWR_OK);
    begin_without(VWR_NET_F_CTRL_RX, VWR_NET_F_CTRL_VLAN);
    for (unsigned i = 0; i < 3; i++)
        post(2 * i, 0x1000);
    assert_int_equal(deliver(LONGEST, own, NULL), VWR_OK);
    assert_int_equal(deliver(LONGEST + 1u, own, NULL), VWR_ERANGE);
    assert_int_equal(deliver(2000, own, &large), VWR_OK);
    assert_int_equal(all.net.stats.received, 2);
    hostile_used(&all.g, VWR_NET_QUEUE_RECEIVEQ, all.header + LONGEST);
    hostile_used(&all.g, VWR_NET_QUEUE_RECEIVEQ, all.header + 2000);
    end();
}

/* Offloads that the guest has not enabled, or that do not exist. */
static void offloads(void **state)
{
    static const struct vwr_vnet_packet segments = {
        .gso_type = VWR_NET_HDR_GSO_TCPV4, .gso_size = 40, .hdr_len = 54};
    static const struct vwr_vnet_packet unknown = {.gso_type = 0x70, .gso_size = 40, .hdr_len = 54};
    static const struct vwr_vnet_packet checksum = {.flags = VWR_NET_HDR_F_NEEDS_CSUM};
    static const struct {
        const struct vwr_vnet_packet *p;
        int with, without;
    } rows[] = {{&segments, VWR_OK, VWR_EFEATURE},
                {&unknown, VWR_EFEATURE, VWR_EFEATURE},
                {&checksum, VWR_OK, VWR_EFEATURE}};

    (void)state;
    for (unsigned i = 0; i < 3; i++)
        for (unsigned without = 0; without < 2; without++) {
            begin_without(without != 0 ? VWR_NET_F_GUEST_CSUM : VWR_NET_F_CTRL_RX,
                          without != 0 ? VWR_NET_F_GUEST_TSO4 : VWR_NET_F_CTRL_VLAN);
            post(0, 0x400);
            assert_int_equal(deliver(FRAME, own, rows[i].p), without != 0 ? rows[i].without : rows[i].with);
            end();
        }
}

/* A control message; the answer is its status. */
static uint8_t control(uint8_t class, uint8_t command, const void *data, uint32_t bytes)
{
    const struct guest_desc d[] = {{AT(0), 2 + bytes, 0, 0}, {ANSWER, 1, WRITE, 0}};
    uint8_t *const at = guest_at(&all.g, AT(0), 2 + bytes);

    at[0] = class;
    at[1] = command;
    memcpy(at + 2, data, bytes);
    hostile_send(&all.g, CONTROLQ, d, 2);
    hostile_used(&all.g, CONTROLQ, 1);
    return *(const uint8_t *)guest_at(&all.g, ANSWER, 1);
}

/* The guest stops using a pair before the VMM has signalled a packet on it: the packet arrives. */
static void fewer_pairs(void **state)
{
    static uint8_t frame[FRAME];
    struct vwr_vseg seg = {frame, FRAME};
    struct vwr_vnet_packet p;
    const vwr_le16 two = vwr_cpu_to_le16(2);
    const vwr_le16 one = vwr_cpu_to_le16(1);
    const uint16_t receiveq = (uint16_t)vwr_net_queue_receiveq_at(1);

    (void)state;
    all_pairs = 2;
    begin_without(VWR_NET_F_CTRL_RX, VWR_NET_F_CTRL_VLAN);
    assert_int_equal(control(VWR_NET_CTRL_MQ, VWR_NET_CTRL_MQ_VQ_PAIRS_SET, &two, sizeof(two)), VWR_NET_OK);
    memset(guest_at(&all.g, AT(1), 0x400), 0, 0x400);
    hostile_send_one(&all.g, (uint16_t)vwr_net_queue_transmitq_at(1), AT(1), 0x400, 0); /* to address 0 */
    hostile_used(&all.g, (uint16_t)vwr_net_queue_transmitq_at(1), 0);
    hostile_send_one(&all.g, receiveq, AT(2), 0x400, WRITE);
    assert_int_equal(vwr_vnet_fill(&p, &seg, 1), VWR_OK); /* from address 0 */
    assert_int_equal(vwr_vnet_deliver(&all.net, &p), VWR_OK);
    hostile_unused(&all.g, receiveq);
    assert_int_equal(control(VWR_NET_CTRL_MQ, VWR_NET_CTRL_MQ_VQ_PAIRS_SET, &one, sizeof(one)), VWR_NET_OK);
    hostile_used(&all.g, receiveq, all.header + FRAME);
    end();
    all_pairs = 1;
}

static void put_mac(uint8_t *at, uint64_t mac)
{
    for (unsigned i = 0; i < VWR_VNET_MAC; i++)
        at[i] = (uint8_t)(mac >> 8 * (VWR_VNET_MAC - 1 - i));
}

#define LISTED(i) (UINT64_C(0x020000010000) + 7u * (i))

/* Lists `count` addresses. */
static void list(unsigned count)
{
    uint8_t m[8 + (VWR_VNET_MACS + 1) * VWR_VNET_MAC] = {0};
    const vwr_le32 n = vwr_cpu_to_le32(count);

    memcpy(m, &n, sizeof(n));
    for (unsigned i = 0; i < count; i++)
        put_mac(m + 4 + VWR_VNET_MAC * i, LISTED(i));
    assert_int_equal(control(VWR_NET_CTRL_MAC, VWR_NET_CTRL_MAC_TABLE_SET, m, 8 + count * VWR_VNET_MAC),
                     VWR_NET_OK);
}

/*
 * Only listed addresses are received, even if others share their slots; if too many are listed, all are
 * received.
 */
static void filters_addresses(void **state)
{
    const uint8_t off = 0;

    (void)state;
    begin_without(VWR_NET_F_CTRL_VLAN, VWR_NET_F_MRG_RXBUF);
    assert_int_equal(control(VWR_NET_CTRL_RX, VWR_NET_CTRL_RX_PROMISC, &off, 1), VWR_NET_OK);
    list(VWR_VNET_MACS);
    for (unsigned i = 0; i < 7 * VWR_VNET_MACS; i++) {
        const unsigned filtered = (unsigned)all.net.stats.filtered;
        const bool listed = i % 7 == 0;

        if (listed)
            post(1, 0x400);
        assert_int_equal(deliver(FRAME, LISTED(0) + i, NULL), VWR_OK);
        assert_int_equal(all.net.stats.filtered - filtered, !listed);
        if (listed)
            hostile_used(&all.g, VWR_NET_QUEUE_RECEIVEQ, all.header + FRAME);
    }
    list(VWR_VNET_MACS + 1);
    post(1, 0x400);
    assert_int_equal(deliver(FRAME, LISTED(0) + 1, NULL), VWR_OK);
    hostile_used(&all.g, VWR_NET_QUEUE_RECEIVEQ, all.header + FRAME);
    end();
}

/* Delivers a frame of `bytes` with an Ethernet type and the following two bytes. */
static bool gets_vlan(uint16_t type, uint16_t id, uint32_t bytes)
{
    uint8_t frame[FRAME] = {0};
    struct vwr_vseg seg = {frame, bytes};
    const unsigned filtered = (unsigned)all.net.stats.filtered;
    struct vwr_vnet_packet p;

    put_mac(frame, own);
    frame[12] = (uint8_t)(type >> 8);
    frame[13] = (uint8_t)type;
    frame[14] = (uint8_t)(id >> 8);
    frame[15] = (uint8_t)id;
    post(1, 0x400);
    assert_int_equal(vwr_vnet_fill(&p, &seg, 1), VWR_OK);
    assert_int_equal(vwr_vnet_deliver(&all.net, &p), VWR_OK);
    if (all.net.stats.filtered != filtered)
        return false;
    vwr_vnet_signal(&all.net);
    hostile_used(&all.g, VWR_NET_QUEUE_RECEIVEQ, all.header + bytes);
    return true;
}

/* Frames of a VLAN that the guest has not added are filtered; others, and short ones, are not. */
static void filters_vlans(void **state)
{
    const vwr_le16 id = vwr_cpu_to_le16(5);

    (void)state;
    begin_without(VWR_NET_F_MRG_RXBUF, VWR_NET_F_MRG_RXBUF);
    assert_true(gets_vlan(0x0800, 6, FRAME));
    assert_false(gets_vlan(0x8100, 5, FRAME));
    assert_int_equal(control(VWR_NET_CTRL_VLAN, VWR_NET_CTRL_VLAN_ADD, &id, sizeof(id)), VWR_NET_OK);
    assert_true(gets_vlan(0x8100, 0xe005, FRAME));
    assert_false(gets_vlan(0x8100, 6, FRAME));
    assert_true(gets_vlan(0x8100, 6, 15)); /* it ends in its tag */
    end();
    begin_without(VWR_NET_F_CTRL_VLAN, VWR_NET_F_MRG_RXBUF);
    assert_true(gets_vlan(0x8100, 6, FRAME));
    end();
}

/* ---- the hook ---- */

static void lend_frame(unsigned n)
{
    memset(guest_at(&all.g, AT(n), 0x400), 0, 0x400);
    hostile_lend_one(&all.g, VWR_NET_QUEUE_TRANSMITQ, AT(n), all.header + FRAME, 0);
}

static void resumes(void)
{
    all.on_transmit = NULL;
    vwr_vnet_resume_locked(&all.net);
}

/* The VMM has space again before its hook has returned: the packet is sent without another resume. */
static void resumed_within_the_hook(void **state)
{
    (void)state;
    begin_without(VWR_NET_F_CTRL_RX, VWR_NET_F_CTRL_VLAN);
    lend_frame(0);
    all.on_transmit = resumes;
    all.fulls = 1;
    guest_kick(&all.g, VWR_NET_QUEUE_TRANSMITQ);
    assert_int_equal(all.net.stats.waits, 1);
    for (unsigned i = 0; i < 4; i++)
        vwr_vdev_serve(all.g.dev, VWR_NET_QUEUE_TRANSMITQ);
    hostile_used(&all.g, VWR_NET_QUEUE_TRANSMITQ, 0);
    assert_int_equal(all.sent, 2);
    end();
}

/* Without it, the packet waits for the resume. */
static void waits_for_a_resume(void **state)
{
    (void)state;
    begin_without(VWR_NET_F_CTRL_RX, VWR_NET_F_CTRL_VLAN);
    lend_frame(0);
    all.fulls = 1;
    guest_kick(&all.g, VWR_NET_QUEUE_TRANSMITQ);
    vwr_vdev_serve(all.g.dev, VWR_NET_QUEUE_TRANSMITQ);
    hostile_unused(&all.g, VWR_NET_QUEUE_TRANSMITQ);
    vwr_vnet_resume(&all.net);
    hostile_used(&all.g, VWR_NET_QUEUE_TRANSMITQ, 0);
    end();
}

static void resets(void)
{
    if (all.sent == 2) /* the first one finds the memory for the others */
        vwr_vdev_reset(all.g.dev);
}

/* A reset within the hook: the packet no longer belongs to the device. */
static void reset_within_the_hook(void **state)
{
    (void)state;
    all_budget = 100 * BUDGET;
    begin_without(VWR_NET_F_CTRL_RX, VWR_NET_F_CTRL_VLAN);
    for (unsigned i = 0; i < 3; i++)
        lend_frame(i);
    all.on_transmit = resets;
    guest_kick(&all.g, VWR_NET_QUEUE_TRANSMITQ);
    assert_int_equal(all.sent, 2);
    all.on_transmit = NULL;
    assert_true(guest_start(&all.g));
    lend_frame(0);
    guest_kick(&all.g, VWR_NET_QUEUE_TRANSMITQ);
    hostile_used(&all.g, VWR_NET_QUEUE_TRANSMITQ, 0);
    end();
    all_budget = BUDGET;
}

/* A guest with more packets than a budget, of one or some of them: the rest waits. */
static void budget_of(uint32_t bytes)
{
    all_budget = bytes;
    begin_without(VWR_NET_F_CTRL_RX, VWR_NET_F_CTRL_VLAN);
    memset(guest_at(&all.g, AT(0), 0x800), 0, 0x800);
    for (unsigned i = 0; i < 6; i++)
        hostile_lend_one(&all.g, VWR_NET_QUEUE_TRANSMITQ, AT(0), all.header + MTU, 0);
    all.g.again = 0;
    guest_kick(&all.g, VWR_NET_QUEUE_TRANSMITQ);
    assert_in_range(all.sent, 1, bytes / VWR_VDEV_SEG_BYTES < 5 ? bytes / VWR_VDEV_SEG_BYTES + 1 : 6);
    while (all.g.again != 0) {
        all.g.again = 0;
        vwr_vdev_serve(all.g.dev, VWR_NET_QUEUE_TRANSMITQ);
    }
    assert_int_equal(all.sent, 6);
    end();
    all_budget = BUDGET;
}

static void budget(void **state)
{
    (void)state;
    for (uint32_t bytes = VWR_VDEV_SEG_BYTES; bytes < BUDGET; bytes += VWR_VDEV_SEG_BYTES)
        budget_of(bytes);
    for (uint32_t bytes = BUDGET; bytes <= 10 * BUDGET; bytes += BUDGET / 2)
        budget_of(bytes);
}

static uint16_t read_status(void)
{
    return (uint16_t)guest_read(&all.g, VWR_MMIO_CONFIG + VWR_NET_CONFIG_STATUS, 2);
}

/* A reset ends an announcement; the VMM controls the link. */
static void reset_ends_an_announcement(void **state)
{
    (void)state;
    for (unsigned up = 0; up < 2; up++) {
        const unsigned link = up != 0 ? VWR_NET_S_LINK_UP : 0;

        begin_without(VWR_NET_F_CTRL_RX, VWR_NET_F_CTRL_VLAN);
        vwr_vnet_set_link(&all.net, up != 0);
        vwr_vnet_announce(&all.net);
        assert_int_equal(read_status(), link | VWR_NET_S_ANNOUNCE);
        guest_write(&all.g, VWR_MMIO_STATUS, sizeof(uint32_t), 0);
        assert_int_equal(read_status(), link);
        end();
    }
}

/* The device offers what the VMM has chosen, and nothing else. */
static void offers(void **state)
{
    static const struct vwr_vnet_ops ops = {.transmit = transmit};
    static const struct {
        struct vwr_vnet_options o;
        uint8_t pairs;
        uint8_t count; /* of features, beside those of each card */
        uint8_t features[10];
    } rows[] = {{{.mtu = 0}, 1, 0, {0}},
                {{.mac = {2}, .mtu = 1500, .speed = 1000},
                 1,
                 3,
                 {VWR_NET_F_MAC, VWR_NET_F_MTU, VWR_NET_F_SPEED_DUPLEX}},
                {{.control = true},
                 1,
                 6,
                 {VWR_NET_F_CTRL_VQ, VWR_NET_F_CTRL_RX, VWR_NET_F_CTRL_RX_EXTRA, VWR_NET_F_CTRL_VLAN,
                  VWR_NET_F_CTRL_MAC_ADDR, VWR_NET_F_GUEST_ANNOUNCE}},
                {{.control = true, .offloads = {{1u << VWR_NET_F_GUEST_CSUM | 1u << VWR_NET_F_CSUM}}},
                 2,
                 10,
                 {VWR_NET_F_CTRL_VQ, VWR_NET_F_CTRL_RX, VWR_NET_F_CTRL_RX_EXTRA, VWR_NET_F_CTRL_VLAN,
                  VWR_NET_F_CTRL_MAC_ADDR, VWR_NET_F_GUEST_ANNOUNCE, VWR_NET_F_MQ,
                  VWR_NET_F_CTRL_GUEST_OFFLOADS, VWR_NET_F_GUEST_CSUM, VWR_NET_F_CSUM}},
                {{.offloads = {{1u << VWR_NET_F_CSUM}}, .avoid = {{1u << VWR_NET_F_MRG_RXBUF}}},
                 1,
                 1,
                 {VWR_NET_F_CSUM}}};

    (void)state;
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct vwr_vnet_options o = rows[i].o;
        struct vwr_vdev_setup s;
        struct vwr_features expected = {{0}};

        o.ops = &ops;
        vwr_features_add(&expected, VWR_NET_F_STATUS);
        vwr_features_add(&expected, VWR_NET_F_MRG_RXBUF);
        for (unsigned n = 0; n < rows[i].count; n++)
            vwr_features_add(&expected, rows[i].features[n]);
        for (unsigned n = 0; n < VWR_FEATURE_WORDS; n++)
            expected.w[n] &= ~o.avoid.w[n];
        memset(&all, 0, sizeof(all));
        guest_begin(&all.g, false, false);
        guest_setup(&all.g, &s);
        s.queue_count = (uint16_t)VWR_VNET_QUEUES(rows[i].pairs, o.control);
        assert_int_equal(vwr_vnet_init_with(&all.net, &s, &o), VWR_OK);
        for (unsigned n = 0; n < 24; n++) /* those of the device type */
            assert_int_equal(vwr_features_have(&vwr_vnet_dev(&all.net)->offered, n),
                             vwr_features_have(&expected, n));
        for (unsigned n = 50; n < 64; n++)
            assert_int_equal(vwr_features_have(&vwr_vnet_dev(&all.net)->offered, n),
                             vwr_features_have(&expected, n));
        guest_end(&all.g);
    }
}

int main(void)
{
    static bool packed;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lengths),
        cmocka_unit_test(plain_frames),
        cmocka_unit_test(many_buffers),
        cmocka_unit_test(many_segments),
        cmocka_unit_test(ring_too_small),
        {"ring_too_small_packed", ring_too_small, NULL, NULL, &packed},
        cmocka_unit_test(buffer_nowhere),
        cmocka_unit_test(offloads),
        cmocka_unit_test(fewer_pairs),
        cmocka_unit_test(filters_addresses),
        cmocka_unit_test(filters_vlans),
        cmocka_unit_test(resumed_within_the_hook),
        cmocka_unit_test(waits_for_a_resume),
        cmocka_unit_test(reset_within_the_hook),
        cmocka_unit_test(budget),
        cmocka_unit_test(reset_ends_an_announcement),
        cmocka_unit_test(offers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
