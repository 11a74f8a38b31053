/* SPDX-License-Identifier: MIT */
#include "vnet_common.h"
#include "../core/vqueue/vqueue_one_common.h"

/*
 * Transmission: notifications from the driver, and packets from its ring to the VMM. A packet that the VMM
 * does not accept stays in the ring.
 * Section: Network Device / Device Operation / Packet Transmission.
 */

/*
 * Copies the offload fields of a header at any alignment in guest memory. Returns false if they are
 * invalid.
 */
static VWR_OUT_OF_LINE bool vnet_take_offloads(const struct vwr_vnet *n, struct vwr_vnet_packet *p,
                                               const void *at)
{
    const volatile struct vwr_net_hdr *const h = at;
    const bool legacy = n->service.service.dev.legacy;

    p->hdr_len = vwr_guest16(legacy, h->hdr_len);
    p->gso_size = vwr_guest16(legacy, h->gso_size);
    p->csum_start = vwr_guest16(legacy, h->csum_start);
    p->csum_offset = vwr_guest16(legacy, h->csum_offset);
    return vwr_vnet_may_send_(n, p);
}

/* Describes a packet in any segments. Returns false if it must be dropped. */
static VWR_OUT_OF_LINE bool vnet_describe_any(const struct vwr_vnet *n, const struct vwr_vchain *c,
                                              struct vwr_vnet_packet *p)
{
    struct vwr_net_hdr h;

    vwr_vchain_reader(c, &p->rest);
    if (vwr_reader_read(&p->rest, &h, n->header) != n->header ||
        p->rest.left - VWR_VNET_ETHERNET > VWR_VNET_FRAME_MAX - VWR_VNET_ETHERNET)
        return false;
    p->flags = h.flags & VWR_NET_HDR_F_NEEDS_CSUM;
    p->gso_type = h.gso_type;
    p->bytes = p->rest.left;
    p->plain = NULL;
    vwr_vnet_take_head_(p);
    return (p->flags | p->gso_type) == 0 || vnet_take_offloads(n, p, &h);
}

/*
 * Describes the common packet: header and frame in one segment. Loads each field once; if the header requests
 * an offload, the slow path loads all fields again and uses none of the earlier values. p->rest is at the
 * start of `rest`.
 */
VWR_ALWAYS_INLINE bool vnet_describe_one(const struct vwr_vnet *n, struct vwr_vseg *rest,
                                         struct vwr_vnet_packet *p, uint8_t *at, uint32_t bytes)
{
    const volatile struct vwr_net_hdr *const h = (const void *)at;
    uint8_t *const frame = at + n->header;
    const uint8_t flags = h->flags & VWR_NET_HDR_F_NEEDS_CSUM;
    const uint8_t gso_type = h->gso_type;

    p->bytes = bytes - n->header;
    p->work = 0;
    p->headed = VWR_VNET_HEAD;
    p->flags = 0;
    p->gso_type = VWR_NET_HDR_GSO_NONE;
    for (unsigned i = 0; i < sizeof(p->head.pair) / sizeof(p->head.pair[0]); i++)
        p->head.pair[i] = vwr_load_anywhere64(frame + i * sizeof(p->head.pair[0]));
    rest->at = frame + VWR_VNET_HEAD;
    rest->len = p->bytes - VWR_VNET_HEAD;
    p->rest.left = p->bytes - VWR_VNET_HEAD;
    p->plain = rest->at;
    if ((flags | gso_type) == 0)
        return true;
    p->plain = NULL;
    p->flags = flags;
    p->gso_type = gso_type;
    return vnet_take_offloads(n, p, at);
}

/*
 * With several pairs, records the pair that sent to this address, so that replies arrive there. Returns
 * true if the link is down and the packet must be dropped.
 */
static VWR_OUT_OF_LINE bool vnet_note(struct vwr_vnet *n, unsigned pair, const struct vwr_vnet_packet *p)
{
    if (n->active > 1)
        n->steer[vnet_steer_of(p->head.byte)] = (uint8_t)pair;
    vwr_count_add(&n->stats.down, !n->link);
    return !n->link;
}

/* Returns false if the VMM has no space; the packet stays in the ring. */
VWR_ALWAYS_INLINE bool vnet_send(struct vwr_vnet *n, const struct vwr_vqueue *q, struct vwr_vnet_packet *p)
{
    const unsigned pair = q->index / 2u;

    if (!(n->notes && vnet_note(n, pair, p)) && n->ops->transmit(n, pair, p) == VWR_EFULL)
        return false;
    vwr_count_add(&n->stats.sent, 1);
    vwr_count_add(&n->stats.sent_bytes, p->bytes);
    return true;
}

/* The VMM has no space: the packet waits until the VMM resumes the card, which it may already have done. */
static VWR_COLD bool vnet_wait(struct vwr_vnet *n, const struct vwr_vqueue *q)
{
    vwr_count_add(&n->stats.waits, 1);
    if (n->state == VNET_BUSY) {
        n->state = VNET_STOPPED;
    } else {
        n->state = VNET_RUNS; /* set first, because the hook may serve the queue */
        vwr_vdev_defer(vnet_dev(n), q->index);
    }
    return false;
}

/*
 * The packet that is passed to the VMM. Because it is a separate structure, the other variables can stay in
 * registers.
 */
struct vnet_sending {
    struct vwr_vnet_packet p;
    struct vwr_vseg rest;
};

/*
 * Sends a plain packet. Pops it only after the VMM has accepted it, since the VMM may reset the queue in the
 * meantime. Adds the cost to *work. Returns false if the packet waits or the queue was reset, true if the
 * buffer was used, sent or dropped.
 */
VWR_ALWAYS_INLINE bool vnet_send_one(struct vwr_vnet *n, struct vwr_vqueue *q, struct vnet_sending *s,
                                     const struct vwr_vone *b, uint32_t *work, bool packed)
{
    const uint32_t generation = q->generation;
    bool taken = true;

    if (vnet_describe_one(n, &s->rest, &s->p, b->at, (uint32_t)b->w.len))
        taken = vnet_send(n, q, &s->p);
    else
        vwr_count_add(&n->stats.bad, 1);
    *work += s->p.work + VWR_VDEV_SEG_BYTES;
    if (!taken)
        return vnet_wait(n, q);
    if (q->generation != generation)
        return false;
    vwr_vone_use(q, b, 0, packed);
    return true;
}

/* The same for any packet. Also returns false if the driver broke the queue. */
static VWR_OUT_OF_LINE bool vnet_send_any(struct vwr_vnet *n, struct vwr_vqueue *q, uint16_t head,
                                          uint64_t off, uint32_t len, uint32_t flags)
{
    struct vwr_vnet_packet p;
    struct vwr_vchain c;
    bool taken = true;

    c.seg = vnet_transmit_segs(n);
    c.room = VWR_VNET_SEGS;
    if (vwr_vone_pop_loaded_(q, &c, head, off, len, flags) <= 0)
        return false;
    vwr_vdev_charge_extra(vnet_dev(n), q);
    p.work = VNET_BUFFER_BYTES + ((uint32_t)c.out + c.in) * VNET_SEG_BYTES;
    if (vnet_describe_any(n, &c, &p))
        taken = vnet_send(n, q, &p);
    else
        vwr_count_add(&n->stats.bad, 1);
    vwr_vdev_charge(vnet_dev(n), p.work, 0);
    if (!taken) {
        vwr_vqueue_unpop(q, &c);
        return vnet_wait(n, q);
    }
    vwr_vqueue_add_used(q, &c, 0);
    return vwr_vchain_is_of(q, &c);
}

/* Whether the packet is one segment, longer than the head of a frame, and not too long. */
VWR_ALWAYS_INLINE bool vnet_is_one(const struct vwr_vnet *n, struct vwr_vqueue *q, struct vwr_vone *b)
{
    const uint32_t least = n->header + VWR_VNET_HEAD + 1u;

    return vwr_vone_is(q, b, 0) && (uint32_t)b->w.len - least <= VWR_VNET_FRAME_MAX - VWR_VNET_HEAD - 1u;
}

VWR_FAST_INLINE uint16_t vnet_serve_ring(struct vwr_vnet *n, struct vwr_vqueue *q, bool packed)
{
    struct vwr_vdev *const v = vnet_dev(n);
    bool sent;
    uint32_t taken = 0;
    uint32_t work = 0; /* not charged yet */
    struct vnet_sending s;
    struct vwr_vone b;

    vwr_reader_start(&s.p.rest, &s.rest, 0);
    do {
        if (!vwr_vone_load(q, &b, 0, packed))
            break;
        sent = vnet_is_one(n, q, &b) ? vnet_send_one(n, q, &s, &b, &work, packed)
                                     : vnet_send_any(n, q, b.head, b.w.off, (uint32_t)b.w.len, b.w.flags);
    } while (sent && ++taken < v->most && work < v->work);
    vwr_vdev_charge(v, work, 0);
    v->to_flush = true;
    if (n->state != VNET_STOPPED)
        n->state = VNET_RUNS;
    return (uint16_t)taken;
}

static VWR_OUT_OF_LINE uint16_t vnet_serve_packed(struct vwr_vnet *n, struct vwr_vqueue *q)
{
    return vnet_serve_ring(n, q, true);
}

static VWR_OUT_OF_LINE uint16_t vnet_serve_split(struct vwr_vnet *n, struct vwr_vqueue *q)
{
    return vnet_serve_ring(n, q, false);
}

static uint16_t vnet_serve_transmit(struct vwr_vnet *n, struct vwr_vqueue *q)
{
    if (n->state != VNET_RUNS)
        return 0;
    n->state = VNET_BUSY;
    return vwr_layout_is_packed(q->layout) ? vnet_serve_packed(n, q) : vnet_serve_split(n, q);
}

/* ---- dispatch of queues ---- */

static bool vnet_is_transmitq(uint16_t queue)
{
    return queue % 2u == VWR_NET_QUEUE_TRANSMITQ;
}

uint16_t vwr_vnet_serve_(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    struct vwr_vnet *const n = vnet_of(v);

    if (vnet_is_transmitq(q->index))
        return vnet_serve_transmit(n, q);
    if (q->index == n->controlq)
        return vwr_service_serve(&n->service.service, q->index, 0, &vwr_net_vservice_controlq);
    if (q->index / 2u >= n->pairs)
        return 0;       /* the queue is a control queue that was not negotiated */
    v->to_flush = true; /* waiting senders may continue, including those to other ports */
    if (n->ops->receive_wanted != NULL)
        n->ops->receive_wanted(n);
    return 0;
}

void vwr_vnet_flush_(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_vnet *const n = vnet_of(v);

    (void)queue;
    v->to_flush = false;
    if (n->ops->transmitted != NULL)
        n->ops->transmitted(n);
}
