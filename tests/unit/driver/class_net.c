/* SPDX-License-Identifier: MIT */
#define VWR_NET_QUEUE 64u /* other sizes than those of the library */
#define VWR_NET_SEGMENTS 2u
#include "classes.h"
#include "vwr/net_control.h"

#include <string.h>

/*
 * A network card with two pairs of queues and a control queue. Its settings are those of the control queue. A
 * recovery either completes packets in flight or sends them again.
 */

#define PAIRS 2u
#define CONTROLQ (2u * PAIRS)
#define SENT 3u    /* packets in flight of each pair */
#define FRAME 100u /* bytes */
#define HELD 2u    /* slices of a packet that the caller has not returned */
#define MESSAGE 64u
#define TABLE (sizeof(struct vwr_net_ctrl_mac) + 2u * sizeof(struct vwr_net_mac_address))

static const unsigned queues[] = {0, 1, 2, 3, CONTROLQ};

static struct {
    struct vwr_net net;
    struct vwr_net_pair pair[PAIRS];
    struct vwr_net_control control;
    struct vwr_net_packet packet[PAIRS][SENT];
    struct vwr_net_packet extra;
    uint8_t *frame;
    struct vwr_net_ctrl_mac *table;
    struct vwr_slice held[HELD];
    unsigned answered[PAIRS]; /* packets completed before the device was stopped */
    unsigned kept;            /* buffers of an incomplete packet */
    bool replays;
} w_net;

/* State of a card: the last message of each kind on its control queue. */
struct settings {
    uint8_t mode[VWR_NET_CTRL_RX_NOBCAST + 1];
    uint8_t mac[6];
    uint8_t table[2 * TABLE];
    uint32_t vlans[VWR_NET_VLANS / 32u];
    uint16_t pairs;
    uint64_t offloads;
    uint8_t coalescing[2][8];
};

static struct {
    struct settings now;
    struct settings wanted;
    unsigned sent[PAIRS][SENT + 1]; /* transmissions of each packet */
    unsigned last[PAIRS];
    unsigned resets;
} device;

static struct fake_chain chain;

static void forget(const struct fake *f)
{
    if (!class_was_reset(f, &device.resets))
        return;
    memset(&device.now, 0, sizeof(device.now));
}

/* ---- the card ---- */

static void take_mac(uint8_t command, const uint8_t *m, uint32_t n)
{
    if (command == VWR_NET_CTRL_MAC_TABLE_SET) {
        assert_int_equal(n, sizeof(device.now.table));
        memcpy(device.now.table, m, n);
        return;
    }
    assert_int_equal(n, sizeof(device.now.mac));
    memcpy(device.now.mac, m, n);
}

static void take_vlan(bool on, unsigned id)
{
    device.now.vlans[id / 32] &= ~((uint32_t)1 << id % 32);
    device.now.vlans[id / 32] |= (uint32_t)on << id % 32;
}

static void take_setting(bool legacy, const struct vwr_net_ctrl *c, const uint8_t *m, uint32_t n)
{
    vwr_le64 offloads;
    vwr_le16 word;

    memcpy(&word, m, sizeof(word));
    switch (c->class_) {
    case VWR_NET_CTRL_RX:
        assert_true(c->command <= VWR_NET_CTRL_RX_NOBCAST && n == 1);
        device.now.mode[c->command] = (uint8_t)(1 + m[0]);
        break;
    case VWR_NET_CTRL_MAC:
        take_mac(c->command, m, n);
        break;
    case VWR_NET_CTRL_VLAN:
        take_vlan(c->command == VWR_NET_CTRL_VLAN_ADD, vwr_guest16(legacy, word));
        break;
    case VWR_NET_CTRL_MQ:
        device.now.pairs = vwr_guest16(legacy, word);
        break;
    case VWR_NET_CTRL_GUEST_OFFLOADS:
        memcpy(&offloads, m, sizeof(offloads));
        device.now.offloads = vwr_guest64(legacy, offloads);
        break;
    default:
        assert_int_equal(c->class_, VWR_NET_CTRL_NOTF_COAL);
        memcpy(device.now.coalescing[c->command], m, 8);
    }
}

static void take_message(struct fake *f)
{
    struct vwr_net_ctrl c;
    uint8_t m[MESSAGE] = {0};
    const uint8_t ack = VWR_NET_OK;
    const uint32_t n = class_read(&chain, m, sizeof(m));

    assert_true(n > sizeof(c) && n == chain.readable && chain.writable == 1);
    memcpy(&c, m, sizeof(c));
    take_setting(f->version == VWR_MMIO_VERSION_LEGACY, &c, m + sizeof(c), n - (uint32_t)sizeof(c));
    class_write(&chain, &ack, 1);
    fake_ring_push(f, CONTROLQ, chain.head, 1);
}

/* The first bytes of the frame identify the packet. */
static void take_packet(struct fake *f, unsigned queue)
{
    const unsigned pair = queue / 2;
    uint8_t bytes[sizeof(struct vwr_net_hdr) + FRAME];
    const uint32_t n = class_read(&chain, bytes, sizeof(bytes));
    unsigned which;

    assert_int_equal(n, w_net.net.header + FRAME);
    which = bytes[w_net.net.header + 1];
    assert_int_equal(bytes[w_net.net.header], pair);
    assert_true(which <= SENT);
    device.sent[pair][which]++;
    assert_true(which == SENT || which + 1 > device.last[pair]); /* in order */
    device.last[pair] = which + 1;
    fake_ring_push(f, queue, chain.head, 0);
}

static void serve(struct fake *f, uint32_t queue)
{
    forget(f);
    if (class_silent || (queue != CONTROLQ && queue % 2 == 0))
        return;
    while (fake_ring_next(f, queue, &chain)) {
        if (queue == CONTROLQ)
            take_message(f);
        else
            take_packet(f, queue);
    }
}

/* Fills one buffer of a packet of `buffers` buffers. The first has a header and n bytes of `fill` behind
 * it; later ones, with `buffers` 0, have only the bytes. */
static void fill_buffer(struct world *w, unsigned queue, unsigned buffers, uint8_t fill)
{
    uint8_t bytes[sizeof(struct vwr_net_hdr) + FRAME];
    struct vwr_net_hdr h;
    const uint32_t header = buffers != 0 ? w_net.net.header : 0;

    memset(&h, 0, sizeof(h));
    h.num_buffers = vwr_guest16(w->f.version == VWR_MMIO_VERSION_LEGACY, (uint16_t)buffers);
    memcpy(bytes, &h, header);
    memset(bytes + header, fill, FRAME);
    assert_true(fake_ring_next(&w->f, queue, &chain));
    class_write(&chain, bytes, header + FRAME);
    fake_ring_push(&w->f, queue, chain.head, header + FRAME);
}

/* ---- the driver ---- */

static void plug(struct world *w, const struct format *f)
{
    static const unsigned offers[] = {
        VWR_NET_F_MAC,     VWR_NET_F_MTU,           VWR_NET_F_STATUS,        VWR_NET_F_MRG_RXBUF,
        VWR_NET_F_CTRL_VQ, VWR_NET_F_CTRL_RX,       VWR_NET_F_CTRL_RX_EXTRA, VWR_NET_F_CTRL_VLAN,
        VWR_NET_F_MQ,      VWR_NET_F_CTRL_MAC_ADDR, VWR_NET_F_GUEST_CSUM,    VWR_NET_F_CTRL_GUEST_OFFLOADS};

    format_plug(w, f);
    w->f.device_id = VWR_NET_ID;
    w->f.on_notify = serve;
    for (unsigned i = 0; i <= CONTROLQ; i++)
        w->f.queue[i].size_max = f->size;
    for (size_t i = 0; i < sizeof(offers) / sizeof(offers[0]); i++)
        fake_offer(&w->f, offers[i]);
    if ((f->flags & FORMAT_LEGACY) == 0)
        fake_offer(&w->f, VWR_NET_F_NOTF_COAL);
    memset(w->f.config, 0, sizeof(w->f.config));
    fake_config(&w->f, VWR_NET_CONFIG_MAC, 4, 0x12345602);
    fake_config(&w->f, VWR_NET_CONFIG_STATUS, 2, VWR_NET_S_LINK_UP);
    fake_config(&w->f, VWR_NET_CONFIG_MAX_VIRTQUEUE_PAIRS, 2, PAIRS);
    fake_config(&w->f, VWR_NET_CONFIG_MTU, 2, 1500);
    assert_int_equal(world_probe(w), VWR_OK);
}

static void open_net(struct world *w, bool replays)
{
    struct vwr_net_options o = {.pair = w_net.pair, .pair_count = PAIRS, .shared_count = PAIRS};

    vwr_net_use_control(&o, &w_net.control);
    memset(&device, 0, sizeof(device));
    memset(&w_net, 0xa5, sizeof(w_net)); /* memory of the embedder is not zeroed */
    memset(w_net.packet, 0, sizeof(w_net.packet));
    memset(&w_net.extra, 0, sizeof(w_net.extra));
    memset(w_net.answered, 0, sizeof(w_net.answered));
    w_net.replays = replays;
    w_net.control.shared = fake_ram_alloc(sizeof(*w_net.control.shared), VWR_QUEUE_SHARED_ALIGN);
    w_net.control.filters_vlans = true;
    o.shared = fake_ram_alloc(PAIRS * sizeof(*o.shared), VWR_QUEUE_SHARED_ALIGN);
    o.request.replay = replays;
    vwr_features_add(&o.offloads, VWR_NET_F_GUEST_CSUM);
    assert_int_equal(vwr_net_open(&w_net.net, &w->mmio.dev, &o), VWR_OK);
    assert_int_equal(w_net.net.pairs, PAIRS);
    assert_int_equal(vwr_net_get_transmitq(&w_net.net, 1)->requests.segments_max, VWR_NET_SEGMENTS);
}

/* Two addresses in each list; the memory belongs to the driver from now on. */
static void set_table(struct world *w)
{
    w_net.table = fake_ram_alloc(2 * TABLE, 16);
    for (unsigned i = 0; i < 2; i++) {
        struct vwr_net_ctrl_mac *const t = (void *)((uint8_t *)w_net.table + i * TABLE);

        memset(t, 0x30 + (int)i, TABLE);
        t->entries = vwr_guest32(w->f.version == VWR_MMIO_VERSION_LEGACY, 2);
    }
    assert_int_equal(
        vwr_net_set_table(&w_net.net, w_net.table, TABLE, (void *)((uint8_t *)w_net.table + TABLE), TABLE),
        VWR_OK);
}

static void make_settings(struct world *w)
{
    static const uint8_t mac[6] = {2, 9, 8, 7, 6, 5};
    struct vwr_net *const n = &w_net.net;

    assert_int_equal(vwr_net_set_mode(n, VWR_NET_CTRL_RX_PROMISC, true), VWR_OK);
    assert_int_equal(vwr_net_set_mode(n, VWR_NET_CTRL_RX_ALLMULTI, true), VWR_OK);
    assert_int_equal(vwr_net_set_mode(n, VWR_NET_CTRL_RX_ALLMULTI, false), VWR_OK);
    assert_int_equal(vwr_net_set_mode(n, VWR_NET_CTRL_RX_NOBCAST, true), VWR_OK);
    assert_int_equal(vwr_net_set_mac(n, mac), VWR_OK);
    set_table(w);
    assert_int_equal(vwr_net_set_vlan(n, 0, true), VWR_OK);
    assert_int_equal(vwr_net_set_vlan(n, 77, true), VWR_OK);
    assert_int_equal(vwr_net_set_vlan(n, 78, true), VWR_OK);
    assert_int_equal(vwr_net_set_vlan(n, 77, false), VWR_OK);
    assert_int_equal(vwr_net_set_vlan(n, VWR_NET_VLANS - 1, true), VWR_OK);
    assert_int_equal(vwr_net_set_pairs(n, PAIRS), VWR_OK);
    assert_int_equal(vwr_net_set_offloads(n, (uint64_t)1 << VWR_NET_F_GUEST_CSUM), VWR_OK);
    if (vwr_net_has(n, VWR_NET_F_NOTF_COAL)) {
        assert_int_equal(vwr_net_set_coalescing(n, true, 3, 40), VWR_OK);
        assert_int_equal(vwr_net_set_coalescing(n, false, 5, 60), VWR_OK);
    }
    device.wanted = device.now;
}

static void submit(unsigned pair, unsigned which, struct vwr_net_packet *p)
{
    uint8_t *const frame = w_net.frame + (pair * (SENT + 1) + which) * FRAME;

    frame[0] = (uint8_t)pair;
    frame[1] = (uint8_t)which;
    vwr_net_fill(p, frame, FRAME);
    assert_int_equal(vwr_net_submit(vwr_net_get_transmitq(&w_net.net, pair), p), VWR_OK);
}

/* Receives enough packets of two buffers that one call ends in the middle of a packet; then one buffer on
 * the other pair. */
static void receive_half(struct world *w)
{
    struct vwr_slice s[VWR_NET_SLICES];
    const unsigned packets = VWR_NET_SLICES / 2 + 1;
    int n;

    for (unsigned i = 0; i < packets; i++) {
        fill_buffer(w, 0, 2, (uint8_t)i);
        fill_buffer(w, 0, 0, (uint8_t)i);
    }
    n = vwr_net_receive_reap(vwr_net_get_receiveq(&w_net.net, 0), s, VWR_NET_SLICES);
    assert_int_equal(n, VWR_NET_SLICES / 2 * 2);
    w_net.kept = w_net.pair[0].receive.kept_count;
    assert_int_equal(w_net.kept, VWR_NET_SLICES % 2);
    for (int i = 0; i < n - (int)HELD; i++)
        assert_int_equal(vwr_net_receive_submit(vwr_net_get_receiveq(&w_net.net, 0), &s[i]), VWR_OK);
    memcpy(w_net.held, &s[n - (int)HELD], sizeof(w_net.held));
    fill_buffer(w, 2, 2, 0);
}

static void begin_with(struct world *w, const struct format *f, bool replays)
{
    plug(w, f);
    class_silent = false;
    open_net(w, replays);
    make_settings(w);
    class_silent = true;
    w_net.frame = fake_ram_alloc(PAIRS * (SENT + 1) * FRAME, 16);
    for (unsigned i = 0; i < PAIRS; i++) {
        for (unsigned k = 0; k < SENT; k++)
            submit(i, k, &w_net.packet[i][k]);
        (void)vwr_net_kick(vwr_net_get_transmitq(&w_net.net, i));
        assert_true(fake_ring_next(&w->f, 2 * i + 1, &chain));
    }
    receive_half(w);
}

static void begin(struct world *w, const struct format *f)
{
    begin_with(w, f, false);
}

static void begin_replay(struct world *w, const struct format *f)
{
    begin_with(w, f, true);
}

static int look(struct world *w, unsigned queue)
{
    struct vwr_slice s[VWR_NET_SLICES];
    struct vwr_net_packet *done;
    int r;

    (void)w;
    if (queue == CONTROLQ)
        return vwr_net_set_mode(&w_net.net, VWR_NET_CTRL_RX_PROMISC, false);
    if (queue % 2 == 1) {
        r = vwr_net_reap(vwr_net_get_transmitq(&w_net.net, queue / 2), &done, 1);
        if (r > 0)
            assert_ptr_equal(done, &w_net.packet[queue / 2][w_net.answered[queue / 2]++]);
        return r;
    }
    r = vwr_net_receive_reap(vwr_net_get_receiveq(&w_net.net, queue / 2), s, VWR_NET_SLICES);
    if (queue == 0 && r > 0)
        w_net.kept = 0;
    for (int i = 0; i < r; i++)
        assert_int_equal(vwr_net_receive_submit(vwr_net_get_receiveq(&w_net.net, queue / 2), &s[i]), VWR_OK);
    return r;
}

/* Packets have no deadline, but settings do. */
static int wait(struct world *w)
{
    assert_int_equal(look(w, 1), 0);
    assert_int_equal(look(w, 3), 0);
    assert_int_equal(vwr_get_stage(&w_net.net.bringup), VWR_STAGE_RUNNING);
    assert_int_equal(look(w, CONTROLQ), VWR_ETIMEOUT);
    return VWR_ETIMEOUT;
}

static int recover(void)
{
    return vwr_recover(&w_net.net.bringup);
}

static void check_sent(unsigned pair, int why)
{
    struct vwr_net_packet *done[SENT + 1];
    const unsigned first = w_net.answered[pair];

    assert_int_equal(vwr_net_reap(vwr_net_get_transmitq(&w_net.net, pair), done, SENT + 1), SENT - first);
    for (unsigned k = first; k < SENT; k++) {
        assert_int_equal(device.sent[pair][k], w_net.replays);
        assert_ptr_equal(done[k - first], &w_net.packet[pair][k]);
        assert_int_equal(w_net.packet[pair][k].req.result, w_net.replays ? VWR_OK : why);
    }
    assert_int_equal(vwr_net_reap(vwr_net_get_transmitq(&w_net.net, pair), done, SENT + 1), 0);
}

/* One packet in each direction. */
static void check_pair(struct world *w, unsigned pair)
{
    struct vwr_net_packet *done;
    struct vwr_slice s[VWR_NET_SLICES];

    submit(pair, SENT, &w_net.extra);
    (void)vwr_net_kick(vwr_net_get_transmitq(&w_net.net, pair));
    assert_int_equal(device.sent[pair][SENT], 1);
    assert_int_equal(vwr_net_reap(vwr_net_get_transmitq(&w_net.net, pair), &done, 1), 1);
    assert_ptr_equal(done, &w_net.extra);
    assert_int_equal(done->req.result, VWR_OK);
    fill_buffer(w, 2 * pair, 2, 0x5a);
    fill_buffer(w, 2 * pair, 0, 0x5b);
    assert_int_equal(vwr_net_receive_reap(vwr_net_get_receiveq(&w_net.net, pair), s, VWR_NET_SLICES), 2);
    assert_int_equal(s[0].more, 1);
    assert_int_equal(s[0].bytes, FRAME);
    assert_int_equal(((const uint8_t *)s[0].p)[FRAME - 1], 0x5a);
    assert_int_equal(((const uint8_t *)s[1].p)[0], 0x5b);
    for (unsigned i = 0; i < 2; i++)
        assert_int_equal(vwr_net_receive_submit(vwr_net_get_receiveq(&w_net.net, pair), &s[i]), VWR_OK);
    (void)vwr_net_receive_kick(vwr_net_get_receiveq(&w_net.net, pair));
}

static void came_back(struct world *w, int why)
{
    forget(&w->f);
    assert_memory_equal(&device.now, &device.wanted, sizeof(device.now));
    assert_memory_equal(w_net.net.info.mac, device.wanted.mac, 6);
    if (w_net.kept != 0)
        assert_int_equal(w_net.pair[0].receive.buffers.stats.dropped, w_net.kept);
    class_all_posted(w, 0, VWR_NET_QUEUE, HELD);
    class_all_posted(w, 2, VWR_NET_QUEUE, 0);
    for (unsigned i = 0; i < HELD; i++)
        assert_int_equal(vwr_net_receive_submit(vwr_net_get_receiveq(&w_net.net, 0), &w_net.held[i]), VWR_OK);
    (void)vwr_net_receive_kick(vwr_net_get_receiveq(&w_net.net, 0));
    class_all_posted(w, 0, VWR_NET_QUEUE, 0);
    for (unsigned i = 0; i < PAIRS; i++)
        check_sent(i, why);
    for (unsigned i = 0; i < PAIRS; i++)
        check_pair(w, i);
    assert_int_equal(vwr_net_set_mode(&w_net.net, VWR_NET_CTRL_RX_PROMISC, false), VWR_OK);
    assert_int_equal(device.now.mode[VWR_NET_CTRL_RX_PROMISC], 1);
}

static int close_it(void)
{
    return vwr_close(&w_net.net.bringup);
}

static void released(void)
{
    for (unsigned i = 0; i < PAIRS; i++) {
        for (unsigned k = 0; k < SENT; k++)
            assert_false(vwr_req_is_in_flight(&w_net.packet[i][k].req));
        for (unsigned k = 0; k < VWR_NET_QUEUE; k++)
            assert_int_not_equal(w_net.pair[i].buffer[k].owner, VWR_RECEIVE_DEVICE);
    }
}

/* clang-format off */
#define CLASS_NET(called, begins)                          \
    {                                                      \
        .name = called,                                    \
        .kinds = KIND_ALL,                                 \
        .size = 64,                                        \
        .queues = queues,                                  \
        .queue_count = sizeof(queues) / sizeof(queues[0]), \
        .reused = 1u << CONTROLQ,                          \
        .empty = 1u << CONTROLQ,                           \
        .bringup = &w_net.net.bringup,                   \
        .steps = &vwr_net_bringup,                        \
        .begin = begins,                                   \
        .look = look,                                      \
        .wait = wait,                                      \
        .recover = recover,                                \
        .came_back = came_back,                            \
        .close = close_it,                                 \
        .released = released,                              \
    }
/* clang-format on */

const struct driver_class class_net = CLASS_NET("net", begin);
const struct driver_class class_net_replay = CLASS_NET("net_replay", begin_replay);
