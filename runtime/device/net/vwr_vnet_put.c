/* SPDX-License-Identifier: MIT */
#include "vnet_common.h"
#include "../vqueue/vqueue_one_common.h"

/*
 * Any packet into any buffers of a receive queue: segments, several buffers, offloads. Section: Network
 * Device / Device Operation / Setting Up Receive Buffers; Processing of Incoming Packets.
 */

#define VNET_BUFFERS_AT __builtin_offsetof(struct vwr_net_hdr, num_buffers)
/* A packet that is charged for so much gets no more buffers: as many as it may have, of a segment each. */
#define VNET_MERGE_BYTES (VWR_VNET_MERGE * (VNET_BUFFER_BYTES + VNET_SEG_BYTES))

/* What is left of a packet: of its head, then of the rest; and where the count of its buffers goes. */
struct vnet_copying {
    const struct vwr_vnet_packet *p;
    struct vwr_vcursor from;
    struct vwr_vseg head;
    uint32_t left;
    uint8_t *count[sizeof(vwr_le16)];
};

/*
 * Pops the buffer whose first descriptor was loaded. Who sends is charged for it, whether it is filled or put
 * back: otherwise a guest's buffers that are short, or of many segments, would keep the others from work.
 */
static bool vnet_pop_loaded(struct vwr_vnet *n, struct vwr_vqueue *q, struct vwr_vchain *c,
                            struct vwr_vnet_packet *p, const struct vwr_vone *b)
{
    const uint32_t besides = q->besides;

    c->seg = vnet_receive_segs(n);
    c->room = VWR_VNET_SEGS;
    if (vwr_vone_pop_loaded(q, c, b->head, b->w.off, (uint32_t)b->w.len, b->w.flags) <= 0)
        return false;
    p->work += VNET_BUFFER_BYTES + ((uint32_t)c->out + c->in) * VNET_SEG_BYTES +
               (q->besides - besides) * VWR_VDEV_SEG_BYTES;
    return true;
}

/* The next buffer of the queue. If there is none the driver notifies of the next. */
static bool vnet_pop(struct vwr_vnet *n, struct vwr_vqueue *q, struct vwr_vchain *c,
                     struct vwr_vnet_packet *p)
{
    const bool packed = vwr_layout_is_packed(q->layout);
    struct vwr_vone b;

    do {
        if (vwr_vone_load(q, &b, VWR_VIRTQ_DESC_F_WRITE, packed))
            return vnet_pop_loaded(n, q, c, p, &b);
    } while (!vwr_vqueue_arm(q));
    return false;
}

static void vnet_fill_header(const struct vwr_vnet *n, const struct vwr_vnet_packet *p, struct vwr_net_hdr *h)
{
    const bool legacy = n->service.service.dev.legacy;
    const bool plain = (p->flags | p->gso_type) == 0;

    h->flags = p->flags;
    h->gso_type = p->gso_type;
    h->hdr_len = vwr_guest16(legacy, plain ? 0 : p->hdr_len);
    h->gso_size = vwr_guest16(legacy, plain ? 0 : p->gso_size);
    h->csum_start = vwr_guest16(legacy, plain ? 0 : p->csum_start);
    h->csum_offset = vwr_guest16(legacy, plain ? 0 : p->csum_offset);
    h->num_buffers = vwr_guest16(legacy, 1);
}

/* Where two bytes of the first buffer are, which may be in two segments. The header has room there. */
static void vnet_find_count(const struct vwr_vchain *c, struct vnet_copying *y)
{
    struct vwr_vcursor at;

    vwr_vcursor_start(&at, c->seg + c->out, c->in);
    vwr_vcursor_advance(&at, VNET_BUFFERS_AT);
    for (unsigned i = 0; i < sizeof(y->count) / sizeof(y->count[0]); i++) {
        (void)vwr_vcursor_run(&at, &y->count[i]);
        vwr_vcursor_advance(&at, 1);
    }
}

static void vnet_write_count(const struct vwr_vnet *n, const struct vnet_copying *y, unsigned buffers)
{
    const bool big = vwr_guest_is_big(n->service.service.dev.legacy);

    *(volatile uint8_t *)y->count[big ? 1 : 0] = (uint8_t)buffers;
    *(volatile uint8_t *)y->count[big ? 0 : 1] = (uint8_t)(buffers >> 8);
}

/* The header, which has room. */
static void vnet_begin(const struct vwr_vnet *n, const struct vwr_vnet_packet *p, struct vwr_vchain *c,
                       struct vnet_copying *y)
{
    struct vwr_net_hdr h;

    if (n->merge)
        vnet_find_count(c, y);
    vnet_fill_header(n, p, &h);
    (void)vwr_vchain_write(c, &h, n->header);
    y->p = p;
    y->head.at = (uint8_t *)(uintptr_t)p->head.byte;
    y->head.len = p->headed;
    vwr_vcursor_start(&y->from, &y->head, 1);
    y->left = p->bytes;
}

/* The next bytes of the frame that lie together. */
static uint32_t vnet_next(struct vnet_copying *y, uint8_t **at)
{
    if (y->left == y->p->bytes - y->p->headed && y->from.segs == 0)
        vwr_vcursor_set(&y->from, &y->p->rest);
    return vwr_vcursor_run(&y->from, at);
}

/* As much of the frame as the buffer has room for. */
static void vnet_go_on(struct vwr_vchain *c, struct vnet_copying *y)
{
    uint8_t *at = NULL;
    uint32_t run;

    while (y->left != 0 && (run = vnet_next(y, &at)) != 0) {
        run = vwr_vchain_write(c, at, run < y->left ? run : y->left);
        if (run == 0)
            return;
        vwr_vcursor_advance(&y->from, run);
        y->left -= run;
    }
}

static int vnet_no_room(struct vwr_vnet *n)
{
    vwr_count_add(&n->stats.no_room, 1);
    return VWR_EFULL;
}

/* No buffer. A driver gives the first ones when its interface comes up: nobody is to wait for that. */
static int vnet_empty(struct vwr_vnet *n, const struct vwr_vqueue *q)
{
    if (q->last_avail != 0)
        return vnet_no_room(n);
    vwr_count_add(&n->stats.down, 1);
    return VWR_OK;
}

/* A buffer goes back into the ring. Who sends is charged for what was written into it. */
static void vnet_put_back(struct vwr_vqueue *q, struct vwr_vchain *c, struct vwr_vnet_packet *p)
{
    p->work += c->written;
    vwr_vqueue_unpop(q, c);
}

/* All buffers of n->merged, the last first. */
static void vnet_put_all_back(struct vwr_vnet *n, struct vwr_vqueue *q, unsigned buffers,
                              struct vwr_vnet_packet *p)
{
    while (buffers-- > 0)
        vnet_put_back(q, &n->merged[buffers], p);
}

/* The packet in as many buffers as it takes: n->merged[0] is popped, and too short for all of it. */
static VWR_OUT_OF_LINE int vnet_put_merged(struct vwr_vnet *n, struct vwr_vqueue *q,
                                           struct vwr_vnet_packet *p)
{
    struct vwr_vchain *const c = n->merged;
    const uint32_t before = p->work - ((uint32_t)c->out + c->in) * VNET_SEG_BYTES;
    struct vnet_copying y;
    unsigned buffers = 1;

    if (c[0].in_bytes < n->header) {
        vnet_put_all_back(n, q, buffers, p);
        return vwr_vnet_unfit(n, VWR_ERANGE);
    }
    vnet_begin(n, p, &c[0], &y);
    for (vnet_go_on(&c[0], &y); y.left != 0; vnet_go_on(&c[buffers++], &y)) {
        const bool enough = buffers < VWR_VNET_MERGE && p->work - before < VNET_MERGE_BYTES;

        if (enough && vnet_pop(n, q, &c[buffers], p))
            continue;
        vnet_put_all_back(n, q, buffers, p);
        return enough ? vnet_no_room(n) : vwr_vnet_unfit(n, VWR_ERANGE);
    }
    vnet_write_count(n, &y, buffers);
    for (unsigned i = 0; i < buffers; i++)
        vwr_vqueue_add_used(q, &c[i], c[i].written);
    vnet_received(n, p);
    return VWR_OK;
}

/* A packet in one buffer, of any segments. */
static VWR_OUT_OF_LINE void vnet_put_whole(struct vwr_vnet *n, struct vwr_vchain *c,
                                           const struct vwr_vnet_packet *p)
{
    struct vnet_copying y;

    vnet_begin(n, p, c, &y);
    vnet_go_on(c, &y);
}

/* Any packet in any buffers: the first is n->merged[0], popped. */
static int vnet_put_popped(struct vwr_vnet *n, struct vwr_vqueue *q, struct vwr_vnet_packet *p)
{
    struct vwr_vchain *const c = n->merged;
    const uint32_t bytes = n->header + p->bytes;

    if (c->in_bytes < bytes) {
        if (n->merge)
            return vnet_put_merged(n, q, p);
        vnet_put_back(q, c, p);
        return vwr_vnet_unfit(n, VWR_ERANGE);
    }
    vnet_put_whole(n, c, p);
    vwr_vqueue_add_used(q, c, bytes);
    vnet_received(n, p);
    return VWR_OK;
}

int vwr_vnet_put_any(struct vwr_vnet *n, struct vwr_vqueue *q, struct vwr_vnet_packet *p)
{
    return vnet_pop(n, q, n->merged, p) ? vnet_put_popped(n, q, p) : vnet_empty(n, q);
}

int vwr_vnet_put_loaded(struct vwr_vnet *n, struct vwr_vnet_packet *p, uint16_t head, uint64_t off,
                        uint32_t len, uint32_t flags)
{
    struct vwr_vqueue *const q = vwr_vnet_queue_for(n, p);
    struct vwr_vone b;

    b.head = head;
    b.w.off = off;
    b.w.len = len;
    b.w.flags = flags;
    return vnet_pop_loaded(n, q, n->merged, p, &b) ? vnet_put_popped(n, q, p) : vnet_empty(n, q);
}
