/* SPDX-License-Identifier: MIT */
#include "drivers.h"

#include "vwr/net_control.h"

#include <string.h>

/* A network card with up to two pairs of queues and a control queue. */

#define PAIRS 2u
#define PACKETS 8u
#define FRAMES 4096u
#define TABLE (sizeof(struct vwr_net_ctrl_mac) + 2u * sizeof(struct vwr_net_mac_address))
#define HELD 8u
#define HASH_KEY 40u
#define RSS_ENTRIES 128u

static struct {
    struct vwr_net *net;
    struct vwr_net_pair *pair;
    struct vwr_net_control *control;
    struct vwr_net_shared *shared;
    struct vwr_net_packet packet[PACKETS];
    bool out[PACKETS];
    uint8_t *frames;
    uint8_t *tables;
    struct vwr_slice held[HELD];
    unsigned held_pair[HELD];
    unsigned held_count;
} net;

static struct vwr_bringup *recovery(void)
{
    return &net.net->bringup;
}

static void configure(uint8_t *config, bool legacy)
{
    const vwr_le16 up = vwr_guest16(legacy, VWR_NET_S_LINK_UP);
    const vwr_le16 pairs = vwr_guest16(legacy, PAIRS);
    const vwr_le16 mtu = vwr_guest16(legacy, 1500);
    const vwr_le16 entries = vwr_guest16(legacy, RSS_ENTRIES);

    config[VWR_NET_CONFIG_MAC] = 2;
    config[VWR_NET_CONFIG_RSS_MAX_KEY_SIZE] = HASH_KEY;
    memcpy(config + VWR_NET_CONFIG_RSS_MAX_INDIRECTION_TABLE_LENGTH, &entries, sizeof(entries));
    memcpy(config + VWR_NET_CONFIG_STATUS, &up, sizeof(up));
    memcpy(config + VWR_NET_CONFIG_MAX_VIRTQUEUE_PAIRS, &pairs, sizeof(pairs));
    memcpy(config + VWR_NET_CONFIG_MTU, &mtu, sizeof(mtu));
}

/* The control queue follows all pairs that the device has. */
static bool receives(unsigned queue)
{
    const unsigned pairs =
        net.net != NULL && net.net->info.max_virtqueue_pairs != 0 ? net.net->info.max_virtqueue_pairs : 1;

    return queue % 2 == 0 && queue < 2 * pairs;
}

static uint32_t answer(unsigned queue, const uint8_t *out, uint32_t n, uint8_t *in)
{
    (void)out;
    (void)n;
    in[0] = VWR_NET_OK;
    return queue % 2 == 0;
}

/* Sends a packet of a few buffers. The last buffer may be missing, and so may the Ethernet header. */
static void send_packet(void)
{
    const uint8_t how = input_u8(drivers_in);
    const unsigned buffers = 1u + how / 4 % 4;
    const unsigned come = how >= 0x80 ? input_u8(drivers_in) % 8u : buffers;
    const uint32_t bytes = how >= 0xc0 ? input_u8(drivers_in) : 200u;
    uint8_t content[256] = {0};
    const struct vwr_net_hdr h = {
        .num_buffers = vwr_guest16(vwr_dev_is_legacy(net.net->bringup.dev), (uint16_t)buffers)};

    memcpy(content, &h, sizeof(h));
    for (unsigned i = 0; i < come; i++)
        (void)drivers_deliver(2u * (how % 2), content, i == 0 ? bytes : 100);
}

static int open_it(struct vwr_dev *d, const struct vwr_features *avoid)
{
    const uint8_t how = input_u8(drivers_in);
    struct vwr_net_options o = {
        .avoid = *avoid, .pair_count = 1u + how % PAIRS, .shared_count = 1u + how % PAIRS};

    net.net = drivers_anew(net.net, sizeof(*net.net));
    net.pair = drivers_anew(net.pair, PAIRS * sizeof(*net.pair));
    net.control = drivers_anew(net.control, sizeof(*net.control));
    memset(net.packet, 0, sizeof(net.packet));
    memset(net.out, 0, sizeof(net.out));
    net.held_count = 0;
    net.control->shared = drivers_share(sizeof(*net.control->shared));
    net.control->filters_vlans = (how & 2) != 0;
    net.shared = drivers_share(PAIRS * sizeof(*net.shared));
    net.frames = drivers_share(FRAMES);
    net.tables = drivers_share(2 * TABLE);
    o.pair = net.pair;
    o.shared = net.shared;
    if ((how & 4) == 0)
        vwr_net_use_control(&o, net.control);
    o.request.replay = (how & 8) != 0;
    if ((how & 0x10) != 0)
        memset(&o.offloads, 0xff, sizeof(o.offloads));
    return vwr_net_open(net.net, d, &o);
}

static void submit(unsigned pair)
{
    const unsigned i = input_u8(drivers_in) % PACKETS;
    const uint8_t how = input_u8(drivers_in);
    struct vwr_net_packet *const p = &net.packet[i];
    int r;

    if (net.out[i])
        return;
    vwr_net_fill(p, net.frames + i * 8, (how & 0x80) != 0 ? 0 : 14u + (how & 0x7fu) * 16u);
    if ((how & 1) != 0) {
        p->header.flags = input_u8(drivers_in);
        p->header.gso_type = input_u8(drivers_in);
        p->header.gso_size = input_u8(drivers_in);
    }
    r = vwr_net_submit(vwr_net_get_transmitq(net.net, pair), p);
    MUST(r <= 0);
    net.out[i] = r == VWR_OK;
}

static void reap(unsigned pair)
{
    struct vwr_net_packet *done[PACKETS];
    const int n = vwr_net_reap(vwr_net_get_transmitq(net.net, pair), done, PACKETS);

    MUST(n <= (int)PACKETS);
    for (int i = 0; i < n; i++) {
        const size_t which = (size_t)(done[i] - net.packet);

        MUST(which < PACKETS && net.out[which] && !vwr_req_is_in_flight(&done[i]->req));
        net.out[which] = false;
    }
}

static void give_back(unsigned pair, const struct vwr_slice *s, bool hold)
{
    if (!hold || net.held_count == HELD) {
        MUST(vwr_net_receive_submit(vwr_net_get_receiveq(net.net, pair), s) == VWR_OK);
        return;
    }
    net.held[net.held_count] = *s;
    net.held_pair[net.held_count++] = pair;
}

static void receive(unsigned pair, bool hold)
{
    struct vwr_slice s[VWR_NET_SLICES + 1];
    struct vwr_net_header h;
    const unsigned budget = VWR_NET_SLICES + input_u8(drivers_in) % 2;
    const int n = vwr_net_receive_reap(vwr_net_get_receiveq(net.net, pair), s, budget);

    MUST(n <= (int)budget);
    for (int i = 0; i < n; i++) {
        const size_t at = (size_t)((uint8_t *)s[i].p - net.shared[pair].data[s[i].buffer]);

        MUST(s[i].buffer < VWR_NET_QUEUE && at + s[i].bytes <= VWR_NET_BYTES && i + s[i].more < n);
        MUST(s[i].more == 0 || s[i + 1].more + 1u == s[i].more);
        drivers_touch(s[i].p, s[i].bytes);
        if (i == 0 || s[i - 1].more == 0) {
            vwr_net_read_header(net.net, &s[i], &h);
            MUST((h.flags & VWR_NET_HDR_F_NEEDS_CSUM) == 0 || vwr_net_has(net.net, VWR_NET_F_GUEST_CSUM));
        }
    }
    for (int i = 0; i < n; i++)
        give_back(pair, &s[i], hold);
    (void)vwr_net_receive_kick(vwr_net_get_receiveq(net.net, pair));
}

static void return_held(void)
{
    while (net.held_count > 0) {
        net.held_count--;
        MUST(vwr_net_receive_submit(vwr_net_get_receiveq(net.net, net.held_pair[net.held_count]),
                                    &net.held[net.held_count]) == VWR_OK);
    }
}

static int set_table(void)
{
    const bool legacy = vwr_dev_is_legacy(net.net->bringup.dev);
    struct vwr_net_ctrl_mac *const t[2] = {(void *)net.tables, (void *)(net.tables + TABLE)};

    for (unsigned i = 0; i < 2; i++)
        t[i]->entries = vwr_guest32(legacy, 2);
    return vwr_net_set_table(net.net, t[0], TABLE, t[1], TABLE);
}

static int set(uint8_t which)
{
    const uint8_t value = input_u8(drivers_in);
    uint8_t mac[6];

    switch (which % 8) {
    case 0:
        return vwr_net_set_mode(net.net, value % 8, value >= 0x80);
    case 1:
        memset(mac, value, sizeof(mac));
        return vwr_net_set_mac(net.net, mac);
    case 2:
        return set_table();
    case 3:
        return vwr_net_set_vlan(net.net, value * 17u, value >= 0x80);
    case 4:
        return vwr_net_set_pairs(net.net, value % 4);
    case 5:
        return vwr_net_set_offloads(net.net, value);
    case 6:
        return vwr_net_set_coalescing(net.net, value >= 0x80, value, value);
    default:
        return vwr_net_announced(net.net);
    }
}

static void call(uint8_t which)
{
    const unsigned pair = which / 8 % net.net->pairs;
    char text[200];

    switch (which % 8) {
    case 0:
        submit(pair);
        return;
    case 1:
        (void)vwr_net_kick(vwr_net_get_transmitq(net.net, pair));
        return;
    case 2:
        reap(pair);
        return;
    case 3:
        receive(pair, (which & 0x80) != 0);
        return;
    case 4:
        return_held();
        return;
    case 5:
        MUST(set(which / 8) <= VWR_OK);
        return;
    case 6:
        MUST(vwr_net_read_info(net.net) <= VWR_OK);
        return;
    default:
        (void)vwr_net_explain(net.net, text, sizeof(text));
        drivers_see(vwr_net_arm(vwr_net_get_transmitq(net.net, pair), 1));
        drivers_see(vwr_net_receive_arm(vwr_net_get_receiveq(net.net, pair), 1));
    }
}

static int recover(void)
{
    return vwr_recover(&net.net->bringup);
}

static int close_it(void)
{
    return vwr_close(&net.net->bringup);
}

static void closed(void)
{
    for (unsigned i = 0; i < PACKETS; i++) {
        MUST(!vwr_req_is_in_flight(&net.packet[i].req));
        net.out[i] = false;
    }
}

/* Sends a packet each way, of two buffers if receive buffers can be merged. */
static void works(void)
{
    uint8_t bytes[100] = {0};
    struct vwr_slice s[VWR_NET_SLICES];
    struct vwr_net_packet *done;
    struct vwr_net_hdr h = {.num_buffers = vwr_guest16(vwr_dev_is_legacy(net.net->bringup.dev), 1)};

    vwr_net_fill(&net.packet[0], net.frames, 60);
    MUST(vwr_net_submit(vwr_net_get_transmitq(net.net, 0), &net.packet[0]) == VWR_OK);
    (void)vwr_net_kick(vwr_net_get_transmitq(net.net, 0));
    world_run_until_idle();
    MUST(vwr_net_reap(vwr_net_get_transmitq(net.net, 0), &done, 1) == 1 && done->req.result == VWR_OK);
    memcpy(bytes, &h, net.net->header);
    MUST(drivers_deliver(VWR_NET_QUEUE_RECEIVEQ, bytes, sizeof(bytes)));
    MUST(vwr_net_receive_reap(vwr_net_get_receiveq(net.net, 0), s, VWR_NET_SLICES) == 1 &&
         s[0].bytes == sizeof(bytes) - net.net->header);
}

const struct driver_row driver_net = {
    .id = VWR_NET_ID,
    .features = {{VWR_NET_FEATURES_W0, VWR_NET_FEATURES_W1, VWR_NET_FEATURES_W2, VWR_NET_FEATURES_W3}},
    .fields = vwr_net_config_fields,
    .rules = vwr_net_feature_rules,
    .field_count = VWR_NET_CONFIG_FIELD_COUNT,
    .rule_count = VWR_NET_FEATURE_RULE_COUNT,
    .steps = &vwr_net_bringup,
    .bringup = recovery,
    .configure = configure,
    .receives = receives,
    .answer = answer,
    .send = send_packet,
    .open = open_it,
    .call = call,
    .recover = recover,
    .close = close_it,
    .closed = closed,
    .works = works,
};
