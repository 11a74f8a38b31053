/* SPDX-License-Identifier: MIT */
#include "vwr/vnet_card.h"

/* Uplink of a switch: a physical card that is driven by this library. */

#define VCARD_BATCH 32u /* packets reaped in one call */

static struct vwr_vnet_card *vcard_of(struct vwr_vnet_port *port)
{
    return (struct vwr_vnet_card *)(void *)port; /* first member */
}

static struct vwr_net_transmitq *vcard_sendq(const struct vwr_vnet_card *c)
{
    return vwr_net_get_transmitq(c->net, 0);
}

static void vcard_put_slot(struct vwr_vnet_card *c, struct vwr_vnet_card_slot *slot)
{
    slot->next = c->free;
    c->free = slot;
}

static void vcard_ask_again(const struct vwr_vnet_card *c)
{
    if (c->again != NULL)
        c->again(c->context);
}

/* ---- from guests to the card ---- */

static void vcard_fill_header(struct vwr_net_header *h, const struct vwr_vnet_packet *p)
{
    h->flags = p->flags;
    h->gso_type = p->gso_type;
    h->hdr_len = p->hdr_len;
    h->gso_size = p->gso_size;
    h->csum_start = p->csum_start;
    h->csum_offset = p->csum_offset;
}

static int vcard_submit(struct vwr_vnet_card *c, struct vwr_vnet_card_slot *slot, struct vwr_vnet_packet *p)
{
    vwr_vnet_copy(p, slot->at);
    p->work += p->bytes;
    vwr_net_fill(&slot->packet, slot->at, p->bytes);
    if ((p->flags | p->gso_type) != 0)
        vcard_fill_header(&slot->packet.header, p);
    return vwr_net_submit(vcard_sendq(c), &slot->packet);
}

static void vcard_kick(struct vwr_vnet_port *port)
{
    struct vwr_vnet_card *const c = vcard_of(port);

    if (c->unsent)
        (void)vwr_net_kick(vcard_sendq(c));
    c->unsent = false;
}

/* Guests wait until a packet was sent. The next interrupt reports this, unless it has already happened. */
static VWR_COLD int vcard_no_room(struct vwr_vnet_card *c)
{
    c->full = true;
    vwr_count_add(&c->stats.full, 1);
    vcard_kick(&c->port);
    if (!vwr_net_arm(vcard_sendq(c), 1))
        vcard_ask_again(c);
    return VWR_EFULL;
}

static int vcard_deliver(struct vwr_vnet_port *port, struct vwr_vnet_packet *p)
{
    struct vwr_vnet_card *const c = vcard_of(port);
    struct vwr_vnet_card_slot *const slot = c->free;
    int r;

    if (p->bytes > c->slot_bytes)
        return VWR_ERANGE;
    if (slot == NULL)
        return vcard_no_room(c);
    c->free = slot->next;
    r = vcard_submit(c, slot, p);
    if (r != VWR_OK) {
        vcard_put_slot(c, slot);
        return r == VWR_EFULL ? vcard_no_room(c) : r;
    }
    c->unsent = true;
    vwr_count_add(&c->stats.sent, 1);
    return VWR_OK;
}

/* Reaps packets that were sent, or that a stopped card has returned, but no more than the queue contained. */
static void vcard_reap(struct vwr_vnet_card *c)
{
    struct vwr_net_packet *done[VCARD_BATCH];
    int some;

    do {
        some = vwr_net_reap(vcard_sendq(c), done, VCARD_BATCH);
        for (int i = 0; i < some; i++) {
            vcard_put_slot(c, (struct vwr_vnet_card_slot *)(void *)done[i]);
            vwr_count_add(&c->stats.lost, done[i]->req.result != VWR_OK);
        }
    } while (some == (int)VCARD_BATCH);
    if (!c->full || c->free == NULL)
        return;
    c->full = false;
    vwr_vnet_switch_ready(&c->port);
}

/* ---- from the card to guests ---- */

/* Describes the packet at slices[at]; returns its number of slices. */
static unsigned vcard_describe(const struct vwr_vnet_card *c, struct vwr_vseg *seg, struct vwr_vnet_packet *p,
                               int *result)
{
    const struct vwr_slice *const s = &c->slices[c->at];
    const unsigned slices = s->more + 1u;
    struct vwr_net_header h;

    for (unsigned i = 0; i < slices; i++) {
        seg[i].at = s[i].p;
        seg[i].len = s[i].bytes;
    }
    *result = vwr_vnet_fill(p, seg, slices);
    vwr_net_read_header(c->net, s, &h);
    p->flags = h.flags & VWR_NET_HDR_F_NEEDS_CSUM;
    p->gso_type = h.gso_type;
    p->hdr_len = h.hdr_len;
    p->gso_size = h.gso_size;
    p->csum_start = h.csum_start;
    p->csum_offset = h.csum_offset;
    return slices;
}

static void vcard_return(struct vwr_vnet_card *c, unsigned slices)
{
    for (unsigned i = 0; i < slices; i++)
        (void)vwr_net_receive_submit(vwr_net_get_receiveq(c->net, 0), &c->slices[c->at + i]);
    c->at = (uint16_t)(c->at + slices);
}

/* Forwards received packets in order. Returns false if the first one waits for a guest. */
static bool vcard_forward(struct vwr_vnet_card *c)
{
    while (c->at < c->count) {
        struct vwr_vseg seg[VWR_NET_SLICES];
        struct vwr_vnet_packet p;
        int r;
        const unsigned slices = vcard_describe(c, seg, &p, &r);

        if (r == VWR_OK)
            r = vwr_vnet_switch_send(&c->port, &p);
        c->held = r == VWR_EFULL;
        if (c->held) {
            vwr_count_add(&c->stats.waits, 1);
            return false;
        }
        vcard_return(c, slices);
        vwr_count_add(&c->stats.received, 1);
    }
    return true;
}

static void vcard_resume(struct vwr_vnet_port *port)
{
    struct vwr_vnet_card *const c = vcard_of(port);

    if (vcard_forward(c))
        vcard_ask_again(c);
    (void)vwr_net_receive_kick(vwr_net_get_receiveq(c->net, 0));
}

/* Returns true if there may be more packets. */
static bool vcard_receive(struct vwr_vnet_card *c)
{
    int some = 0;

    for (unsigned i = 0; i < VWR_VNET_CARD_PASSES; i++) {
        if (c->held)
            return false; /* vcard_resume() continues */
        some = vwr_net_receive_reap(vwr_net_get_receiveq(c->net, 0), c->slices, VWR_NET_SLICES);
        if (some <= 0)
            break;
        c->at = 0;
        c->count = (uint16_t)some;
        (void)vcard_forward(c);
    }
    (void)vwr_net_receive_kick(vwr_net_get_receiveq(c->net, 0));
    return some > 0;
}

/* ---- functions for the VMM ---- */

#define VCARD_SLOT_LEAST ((VWR_NET_FRAME + VWR_PORT_DMA_ALIGN - 1u) & ~(size_t)(VWR_PORT_DMA_ALIGN - 1u))

static const struct vwr_vnet_port_ops vcard_ops = {vcard_deliver, vcard_kick, vcard_resume};

int vwr_vnet_card_init(struct vwr_vnet_card *c, struct vwr_net *net, struct vwr_vnet_switch *sw,
                       const struct vwr_vnet_card_options *o)
{
    vwr_zero(c, sizeof(*c));
    if (!VWR_ARRAY_FITS(&c->shortage, o, slot, slot_count, 1u) ||
        !VWR_ARRAY_FITS(&c->shortage, o, data, data_bytes, (size_t)o->slot_count * VCARD_SLOT_LEAST))
        return VWR_ENOMEM;
    if (((uintptr_t)o->data & (VWR_PORT_DMA_ALIGN - 1u)) != 0)
        return VWR_EALIGN;
    if (net->pairs == 0)
        return VWR_EFAILED;
    c->net = net;
    c->context = o->context;
    c->again = o->again;
    c->slot_bytes = vwr_array_part(o->data_bytes, o->slot_count, ~0u) & ~(uint32_t)(VWR_PORT_DMA_ALIGN - 1u);
    vwr_zero(o->slot, o->slot_count * sizeof(*o->slot));
    for (unsigned i = 0; i < o->slot_count; i++) {
        o->slot[i].at = o->data + (size_t)i * c->slot_bytes;
        vcard_put_slot(c, &o->slot[i]);
    }
    return vwr_vnet_switch_add(sw, &c->port, &vcard_ops, c,
                               vwr_net_has(net, VWR_NET_F_MAC) ? net->info.mac : NULL);
}

void vwr_vnet_card_offloads(const struct vwr_net *net, struct vwr_features *wanted)
{
    static const uint8_t both[][2] = {
        {VWR_NET_F_CSUM, VWR_NET_F_GUEST_CSUM},      {VWR_NET_F_HOST_TSO4, VWR_NET_F_GUEST_TSO4},
        {VWR_NET_F_HOST_TSO6, VWR_NET_F_GUEST_TSO6}, {VWR_NET_F_HOST_ECN, VWR_NET_F_GUEST_ECN},
        {VWR_NET_F_HOST_UFO, VWR_NET_F_GUEST_UFO},   {VWR_NET_F_HOST_USO, VWR_NET_F_GUEST_USO4},
        {VWR_NET_F_HOST_USO, VWR_NET_F_GUEST_USO6}};

    for (unsigned i = 0; i < sizeof(both) / sizeof(both[0]); i++) {
        if (vwr_net_has(net, both[i][0]))
            continue;
        vwr_features_remove(wanted, both[i][0]);
        vwr_features_remove(wanted, both[i][1]);
    }
}

/* Performs one step of the card's recovery. */
static int vcard_recover(struct vwr_vnet_card *c)
{
    const bool runs = vwr_get_stage(&c->net->bringup) == VWR_STAGE_RUNNING;
    const int r = vwr_recover(&c->net->bringup);

    if (!runs && vwr_get_stage(&c->net->bringup) == VWR_STAGE_RUNNING)
        vwr_count_add(&c->stats.recovered, 1);
    return r;
}

int vwr_vnet_card_service(struct vwr_vnet_card *c)
{
    const int r = vcard_recover(c);
    bool more;

    vcard_reap(c);
    if (r != VWR_OK)
        return r;
    more = vcard_receive(c);
    vwr_vnet_switch_flush(c->port.sw);
    if (!c->held && !vwr_net_receive_arm(vwr_net_get_receiveq(c->net, 0), 1))
        more = true;
    if (c->full && !vwr_net_arm(vcard_sendq(c), 1))
        more = true;
    return more ? VWR_EBUSY : VWR_OK;
}
