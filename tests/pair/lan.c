/* SPDX-License-Identifier: MIT */
#include "lan.h"
#include "check.h"
#include "guest.h"
#include "ram.h"
#include "vmm.h"

#include <string.h>

#if VWR_PORT_HAS_DMA_MAP
#include "bounce.h"
#endif

#define FROM_AT 14u   /* offsets in a frame: the sender, */
#define NUMBER_AT 16u /* its number, */
#define FILL_AT 20u   /* and bytes that follow from both */

struct lan lan;
const uint8_t lan_mac[LAN_ENDS][VWR_VNET_MAC] = {{2, 0, 0, 0, 0, 1}, {2, 0, 0, 0, 0, 2}, {2, 0, 0, 0, 0, 3}};
const uint8_t lan_all[VWR_VNET_MAC] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};

void lan_begin(const struct lan_plan *plan)
{
    const struct vwr_vnet_switch_options o = {.route = lan.route, .route_count = LAN_ROUTES};

    memset(&lan, 0xa5, sizeof(lan));
    lan.plan = *plan;
    vmm_begin(plan->deferred);
    ram_reset();
#if VWR_PORT_HAS_DMA_MAP
    bounce_limit(BOUNCE_BYTES); /* enough for the buffers of several cards */
#endif
    CHECK_NUMBER(vwr_vnet_switch_init(&lan.sw, &o), VWR_OK);
    for (unsigned i = 0; i < LAN_ENDS; i++)
        lan.end[i].shared = NULL;
}

static bool is_nameless(unsigned i)
{
    return lan.plan.nameless && i == LAN_ENDS - 1u;
}

void lan_add(unsigned i, const struct vwr_vnet_ops *ops, void *context)
{
    struct lan_end *const e = &lan.end[i];
    struct vwr_vnet_options o = {.ops = ops,
                                 .context = context,
                                 .mtu = lan.plan.mtu,
                                 .control = lan.plan.control,
                                 .offloads = lan.plan.offloads};
    struct vwr_vdev_setup s = {.vm = &vmm,
                               .line = i,
                               .legacy = (lan.plan.kind & DISK_LEGACY) != 0,
                               .queue = e->queue,
                               .queue_count = LAN_QUEUES,
                               .queue_size = LAN_QUEUE_SIZE,
                               .own = e->own,
                               .own_count = VWR_COUNT(e->own)};

    if (s.legacy && vmm_bus != VMM_MMIO) /* there the device chooses it */
        s.queue_size = VWR_NET_QUEUE;
    memcpy(o.mac, lan_mac[i], sizeof(o.mac));
    if (!lan.plan.merge)
        vwr_features_add(&o.avoid, VWR_NET_F_MRG_RXBUF);
    if (is_nameless(i))
        vwr_features_add(&o.avoid, VWR_NET_F_MAC);
    disk_offer(&s.features, lan.plan.kind);
    CHECK_NUMBER(vwr_vnet_init_with(&e->device, &s, &o), VWR_OK);
    vmm_add(i, vwr_vnet_dev(&e->device));
    if (context == &e->port)
        CHECK_NUMBER(vwr_vnet_switch_connect(&lan.sw, &e->port, &e->device), VWR_OK);
}

void lan_open(unsigned i)
{
    struct lan_end *const e = &lan.end[i];
    struct vwr_net_options o;

    memset(&o, 0, sizeof(o));
    if (e->shared == NULL) {
        e->shared = ram_alloc_ring(LAN_PAIRS * sizeof(*e->shared));
        e->control.shared = ram_alloc_ring(sizeof(*e->control.shared));
        e->frame = guest_alloc(LAN_PACKETS * LAN_FRAME);
        memset(&e->net, 0, sizeof(e->net));
        memset(e->packet, 0, sizeof(e->packet));
    }
    o.pair = e->pair;
    o.shared = e->shared;
    o.pair_count = lan.plan.control ? LAN_PAIRS : 1;
    o.shared_count = lan.plan.control ? LAN_PAIRS : 1;
    o.offloads = lan.plan.offloads;
    if (lan.plan.control) {
        e->control.filters_vlans = false;
        vwr_net_use_control(&o, &e->control);
    }
    disk_avoid(&o.avoid, lan.plan.kind);
    e->frees = 0;
    for (unsigned n = 0; n < LAN_PACKETS; n++)
        e->free[e->frees++] = &e->packet[n];
    e->sent = 0;
    e->received = 0;
    memset(e->next, 0, sizeof(e->next));
    CHECK_NUMBER(vmm_find(&e->end, i), VWR_OK);
    CHECK_NUMBER(vwr_net_open(&e->net, &e->end.dev, &o), VWR_OK);
    disk_check_features(&e->end.dev, vwr_vnet_dev(&e->device), lan.plan.kind);
    CHECK(vwr_net_has(&e->net, VWR_NET_F_MAC) == !is_nameless(i));
    CHECK(is_nameless(i) || memcmp(e->net.info.mac, lan_mac[i], VWR_VNET_MAC) == 0);
    CHECK(vwr_net_link_is_up(&e->net));
    CHECK_NUMBER(e->net.info.mtu, lan.plan.mtu);
}

void lan_end(void)
{
    for (unsigned i = 0; i < LAN_ENDS; i++)
        if (lan.end[i].shared != NULL)
            CHECK_NUMBER(vwr_close(&lan.end[i].net.bringup), VWR_OK);
}

void lan_fill(uint8_t *frame, unsigned from, const uint8_t *to, uint32_t number, uint32_t bytes)
{
    uint8_t head[FILL_AT];

    memcpy(head, to, VWR_VNET_MAC);
    memcpy(head + VWR_VNET_MAC, lan_mac[from], VWR_VNET_MAC);
    head[12] = 0x88;
    head[13] = 0xb5; /* an unused EtherType */
    head[FROM_AT] = (uint8_t)from;
    head[FROM_AT + 1] = (uint8_t)bytes;
    for (unsigned i = 0; i < 4; i++)
        head[NUMBER_AT + i] = (uint8_t)(number >> 8 * i);
    memcpy(frame, head, bytes < FILL_AT ? bytes : FILL_AT);
    for (uint32_t i = FILL_AT; i < bytes; i++)
        frame[i] = (uint8_t)((i * UINT32_C(2654435761) >> 13) ^ number * 29 ^ from);
}

static bool send(unsigned i, unsigned pair, const uint8_t *to, uint32_t bytes, uint16_t csum_start)
{
    struct lan_end *const e = &lan.end[i];
    struct vwr_net_packet *p;
    uint8_t *frame;
    int r;

    if (e->frees == 0)
        return false;
    p = e->free[e->frees - 1];
    frame = e->frame + (size_t)(p - e->packet) * LAN_FRAME;
    lan_fill(frame, i, to, e->sent, bytes);
    vwr_net_fill(p, frame, bytes);
    if (csum_start != 0) {
        p->header.flags = VWR_NET_HDR_F_NEEDS_CSUM;
        p->header.csum_start = csum_start;
        p->header.csum_offset = 2;
    }
    r = vwr_net_submit(vwr_net_get_transmitq(&e->net, pair), p);
    if (r == VWR_EFULL)
        return false;
    CHECK_NUMBER(r, VWR_OK);
    e->frees--;
    e->sent++;
    (void)vwr_net_kick(vwr_net_get_transmitq(&e->net, pair));
    return true;
}

bool lan_send(unsigned i, const uint8_t *to, uint32_t bytes)
{
    return send(i, 0, to, bytes, 0);
}

bool lan_send_by(unsigned i, unsigned pair, const uint8_t *to, uint32_t bytes)
{
    return send(i, pair, to, bytes, 0);
}

bool lan_send_offloaded(unsigned i, const uint8_t *to, uint32_t bytes, uint16_t csum_start)
{
    return send(i, 0, to, bytes, csum_start);
}

/* Checks a packet of `slices` slices at its receiver. */
static void check_packet(struct lan_end *e, const struct vwr_slice *s, unsigned slices)
{
    static _Thread_local uint8_t frame[VWR_VNET_FRAME_MAX];
    static _Thread_local uint8_t made[VWR_VNET_FRAME_MAX];
    uint32_t bytes = 0;
    uint32_t number = 0;
    unsigned from;

    for (unsigned i = 0; i < slices; i++) {
        memcpy(frame + bytes, s[i].p, s[i].bytes);
        bytes += (uint32_t)s[i].bytes;
    }
    CHECK(bytes >= FILL_AT);
    from = frame[FROM_AT];
    CHECK(from < LAN_ENDS);
    for (unsigned i = 0; i < 4; i++)
        number |= (uint32_t)frame[NUMBER_AT + i] << 8 * i;
    CHECK(number >= e->next[from]);
    e->next[from] = number + 1;
    lan_fill(made, from, frame, number, bytes);
    memcpy(made + VWR_VNET_MAC, frame + VWR_VNET_MAC, VWR_VNET_MAC); /* may be sent by a proxy */
    CHECK(memcmp(frame, made, bytes) == 0);
}

static unsigned receive_pair(struct lan_end *e, unsigned pair)
{
    struct vwr_slice s[VWR_NET_SLICES];
    unsigned packets = 0;
    const int n = vwr_net_receive_reap(vwr_net_get_receiveq(&e->net, pair), s, VWR_NET_SLICES);

    CHECK(n >= 0);
    for (int i = 0; i < n; i += s[i].more + 1, packets++)
        check_packet(e, &s[i], s[i].more + 1u);
    for (int i = 0; i < n; i++)
        CHECK_NUMBER(vwr_net_receive_submit(vwr_net_get_receiveq(&e->net, pair), &s[i]), VWR_OK);
    (void)vwr_net_receive_kick(vwr_net_get_receiveq(&e->net, pair));
    return packets;
}

static void reap_pair(struct lan_end *e, unsigned pair)
{
    struct vwr_net_packet *done[LAN_PACKETS];
    const int n = vwr_net_reap(vwr_net_get_transmitq(&e->net, pair), done, LAN_PACKETS);

    CHECK(n >= 0);
    for (int k = 0; k < n; k++) {
        CHECK_NUMBER(done[k]->req.result, VWR_OK);
        e->free[e->frees++] = done[k];
    }
}

unsigned lan_receive(unsigned i)
{
    struct lan_end *const e = &lan.end[i];
    unsigned packets = 0;

    for (unsigned pair = 0; pair < e->net.pairs; pair++) {
        reap_pair(e, pair);
        packets += receive_pair(e, pair);
    }
    e->received += packets;
    return packets;
}

void lan_run(void)
{
    unsigned quiet = 0;

    while (quiet < 3) {
        bool some = vmm_step();

        for (unsigned i = 0; i < LAN_ENDS; i++)
            some = (lan.end[i].shared != NULL && lan_receive(i) != 0) || some;
        quiet = some ? 0 : quiet + 1;
    }
}
