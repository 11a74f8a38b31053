/* SPDX-License-Identifier: MIT */
#include "vnet_common.h"

/*
 * Packets of a guest, from its ring to the VMM. One that the VMM does not take goes back into the ring.
 * Section: Network Device / Device Operation / Packet Transmission.
 */

/* What a header says that asks for something; `at` may be anywhere in guest memory. False: it cannot be. */
static VWR_OUT_OF_LINE bool vnet_take_offloads(const struct vwr_vnet *n, struct vwr_vnet_packet *p,
                                               const void *at)
{
    const volatile struct vwr_net_hdr *const h = at;
    const bool legacy = n->service.service.dev.legacy;

    p->hdr_len = vwr_guest16(legacy, h->hdr_len);
    p->gso_size = vwr_guest16(legacy, h->gso_size);
    p->csum_start = vwr_guest16(legacy, h->csum_start);
    p->csum_offset = vwr_guest16(legacy, h->csum_offset);
    return vwr_vnet_may_send(n, p);
}

/* Any packet: header and frame in any segments. False: it is dropped. */
static VWR_OUT_OF_LINE bool vnet_describe_any(const struct vwr_vnet *n, struct vwr_vchain *c,
                                              struct vwr_vnet_packet *p)
{
    struct vwr_net_hdr h;
    const struct vwr_vseg *seg;
    uint16_t segs;

    if (vwr_vchain_read(c, &h, n->header) != n->header ||
        c->out_bytes - VWR_VNET_ETHERNET > VWR_VNET_FRAME_MAX - VWR_VNET_ETHERNET)
        return false;
    p->flags = h.flags & VWR_NET_HDR_F_NEEDS_CSUM;
    p->gso_type = h.gso_type;
    p->bytes = c->out_bytes;
    seg = vwr_vchain_out(c, &segs);
    vwr_vcursor_start(&p->rest, seg, segs);
    vwr_vnet_take_head(p);
    return (p->flags | p->gso_type) == 0 || vnet_take_offloads(n, p, &h);
}

/*
 * As most are: one segment, which begins with a header that asks for nothing; or two, with the header alone
 * in the first. A field is loaded here and once more where it asks for something: of what was loaded here
 * nothing is kept.
 */
VWR_ALWAYS_INLINE bool vnet_describe(const struct vwr_vnet *n, struct vwr_vchain *c,
                                     struct vwr_vnet_packet *p)
{
    const struct vwr_vseg *const seg = c->seg;
    const unsigned apart = seg[0].len == n->header; /* then the frame is in the next */
    const struct vwr_vseg *const frame = &seg[apart];
    const uint32_t skip = apart != 0 ? 0 : n->header;
    const volatile struct vwr_net_hdr *const h = (const void *)seg[0].at;

    p->work = 0;
    if (!VWR_FAST_PATHS || c->out != 1u + apart || frame->len <= skip + VWR_VNET_HEAD ||
        c->out_bytes > VWR_VNET_FRAME_MAX)
        return vnet_describe_any(n, c, p);
    p->flags = h->flags & VWR_NET_HDR_F_NEEDS_CSUM;
    p->gso_type = h->gso_type;
    p->bytes = c->out_bytes - n->header;
    for (unsigned i = 0; i < sizeof(p->head.pair) / sizeof(p->head.pair[0]); i++)
        p->head.pair[i] = vwr_load_anywhere64(frame->at + skip + i * sizeof(p->head.pair[0]));
    p->headed = VWR_VNET_HEAD;
    p->rest.seg = frame;
    p->rest.segs = 1;
    p->rest.skip = skip + VWR_VNET_HEAD;
    return (p->flags | p->gso_type) == 0 || vnet_take_offloads(n, p, seg[0].at);
}

/* By which pair it was sent, so that the answers come there. */
static void vnet_note_pair(struct vwr_vnet *n, unsigned pair, const struct vwr_vnet_packet *p)
{
    n->steer[vnet_steer_of(p->head.byte)] = (uint8_t)pair;
}

/* False: the VMM has no room; the packet goes back. */
VWR_ALWAYS_INLINE bool vnet_transmit(struct vwr_vnet *n, unsigned pair, struct vwr_vchain *c)
{
    const uint32_t segs = (uint32_t)c->out + c->in;
    struct vwr_vnet_packet p;

    if (!vnet_describe(n, c, &p)) {
        vwr_count_add(&n->stats.bad, 1);
        vwr_vdev_charge(vnet_dev(n), 0, segs);
        return true;
    }
    if (n->active > 1)
        vnet_note_pair(n, pair, &p);
    if (!n->link)
        vwr_count_add(&n->stats.down, 1);
    else if (n->ops->transmit(n, pair, &p) == VWR_EFULL) {
        vwr_vdev_charge(vnet_dev(n), p.work, segs);
        return false;
    }
    vwr_count_add(&n->stats.sent, 1);
    vwr_count_add(&n->stats.sent_bytes, p.bytes);
    vwr_vdev_charge(vnet_dev(n), p.work, segs);
    return true;
}

/* The VMM has no room. It may have called vwr_vnet_resume since. */
static VWR_COLD void vnet_wait(struct vwr_vnet *n, struct vwr_vqueue *q, struct vwr_vchain *c)
{
    vwr_vqueue_unpop(q, c);
    vwr_count_add(&n->stats.waits, 1);
    if (n->state == VNET_BUSY) {
        n->state = VNET_STOPPED;
        return;
    }
    n->state = VNET_RUNS;
    vwr_vdev_put_off(vnet_dev(n), q->index);
}

VWR_ALWAYS_INLINE uint16_t vnet_serve_as(struct vwr_vnet *n, struct vwr_vqueue *q, bool packed)
{
    struct vwr_vchain c;
    uint32_t taken = 0;

    c.seg = vnet_transmit_segs(n);
    c.room = VWR_VNET_SEGS;
    if (n->state != VNET_RUNS)
        return 0;
    n->state = VNET_BUSY;
    do {
        if (vwr_vqueue_pop_avail_as(q, &c, packed) <= 0)
            break;
        if (!vnet_transmit(n, q->index / 2u, &c)) {
            vnet_wait(n, q, &c);
            return (uint16_t)taken;
        }
        vwr_vqueue_add_used_as(q, &c, 0, packed);
    } while (++taken < vnet_dev(n)->most);
    n->state = VNET_RUNS;
    return (uint16_t)taken;
}

static VWR_OUT_OF_LINE uint16_t vnet_serve_packed(struct vwr_vnet *n, struct vwr_vqueue *q)
{
    return vnet_serve_as(n, q, true);
}

static VWR_OUT_OF_LINE uint16_t vnet_serve_split(struct vwr_vnet *n, struct vwr_vqueue *q)
{
    return vnet_serve_as(n, q, false);
}

uint16_t vwr_vnet_serve_transmit(struct vwr_vnet *n, uint16_t queue)
{
    struct vwr_vqueue *const q = &vnet_dev(n)->queue[queue];

    return VWR_WITH_PACKED && q->layout >= VWR_LAYOUT_PACKED ? vnet_serve_packed(n, q)
                                                             : vnet_serve_split(n, q);
}
