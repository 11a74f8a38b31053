/* SPDX-License-Identifier: MIT */
#include "vnet_common.h"
#include "../core/vqueue/vqueue_one_common.h"

/*
 * Delivery of any packet to any buffers of a receive queue: several segments, merged buffers, offloads.
 * Section: Network Device / Device Operation / Setting Up Receive Buffers; Processing of Incoming Packets.
 */

#define VNET_BUFFERS_AT __builtin_offsetof(struct vwr_net_hdr, num_buffers)
/*
 * If the charge for a packet exceeds this, no more buffers are used for it. It allows the maximum number of
 * single-segment buffers.
 */
#define VNET_MERGE_BYTES (VWR_VNET_MERGE * (VNET_BUFFER_BYTES + VNET_SEG_BYTES))

/* State of the copy: remaining head, remaining frame, and the location of num_buffers. */
struct vnet_copying {
    const struct vwr_vnet_packet *p;
    uint32_t headed; /* bytes of the head already copied */
    struct vwr_reader rest;
    uint8_t *count[sizeof(vwr_le16)];
};

/*
 * Pops the buffer whose first descriptor was loaded. The sender is charged for it, even if it is returned
 * unused. Otherwise a guest could stall others with short buffers or buffers of many segments.
 */
static bool vnet_pop_loaded(struct vwr_vnet *n, struct vwr_vqueue *q, struct vwr_vnet_buffer *to,
                            struct vwr_vnet_packet *p, const struct vwr_vone *b)
{
    struct vwr_vchain *const c = &to->chain;

    c->seg = vnet_receive_segs(n);
    c->room = VWR_VNET_SEGS;
    if (vwr_vone_pop_loaded_(q, c, b->head, b->w.off, (uint32_t)b->w.len, b->w.flags) <= 0) {
        vwr_vdev_check_queue(vnet_dev(n), q);
        return false;
    }
    p->work +=
        VNET_BUFFER_BYTES + ((uint32_t)c->out + c->in) * VNET_SEG_BYTES + q->extra * VWR_VDEV_SEG_BYTES;
    vwr_vdev_charge_extra(vnet_dev(n), q);
    vwr_vchain_writer(c, &to->in);
    return true;
}

/* Pops the next buffer. Arms an empty queue, so that the driver sends a notification for the next buffer. */
static bool vnet_pop(struct vwr_vnet *n, struct vwr_vqueue *q, struct vwr_vnet_buffer *to,
                     struct vwr_vnet_packet *p)
{
    const bool packed = vwr_layout_is_packed(q->layout);
    struct vwr_vone b;

    do {
        if (vwr_vone_load(q, &b, VWR_VIRTQ_DESC_F_WRITE, packed))
            return vnet_pop_loaded(n, q, to, p, &b);
    } while (!vwr_vqueue_arm(q));
    vwr_vdev_check_queue(vnet_dev(n), q);
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

/*
 * Locates num_buffers in the first buffer; it may span two segments. It must be located now, since the next
 * buffer reuses the segment array. The buffer is large enough for the header.
 */
static void vnet_find_count(const struct vwr_writer *w, struct vnet_copying *y)
{
    struct vwr_reader at;

    vwr_writer_room(w, &at);
    (void)vwr_reader_skip(&at, VNET_BUFFERS_AT);
    for (unsigned i = 0; i < sizeof(y->count) / sizeof(y->count[0]); i++) {
        (void)vwr_reader_run(&at, &y->count[i]);
        (void)vwr_reader_skip(&at, 1);
    }
}

static void vnet_write_count(const struct vwr_vnet *n, const struct vnet_copying *y, unsigned buffers)
{
    const bool big = vwr_guest_is_big(n->service.service.dev.legacy);

    *(volatile uint8_t *)y->count[big ? 1 : 0] = (uint8_t)buffers;
    *(volatile uint8_t *)y->count[big ? 0 : 1] = (uint8_t)(buffers >> 8);
}

/* Writes the header, for which there is enough space. */
static void vnet_begin(const struct vwr_vnet *n, const struct vwr_vnet_packet *p, struct vwr_writer *w,
                       struct vnet_copying *y)
{
    struct vwr_net_hdr h;

    if (n->merge)
        vnet_find_count(w, y);
    vnet_fill_header(n, p, &h);
    (void)vwr_writer_write(w, &h, n->header);
    y->p = p;
    y->headed = 0;
    vwr_reader_set(&y->rest, &p->rest);
}

/* Copies as much of the frame as fits into the buffer. */
static void vnet_continue(struct vwr_writer *w, struct vnet_copying *y)
{
    uint8_t *at = NULL;
    uint32_t run;

    y->headed += vwr_writer_write(w, y->p->head.byte + y->headed, y->p->headed - y->headed);
    while (w->left != 0 && (run = vwr_reader_run(&y->rest, &at)) != 0)
        (void)vwr_reader_skip(&y->rest, vwr_writer_write(w, at, run));
}

/* Whether the frame has been copied completely. */
static bool vnet_is_copied(const struct vnet_copying *y)
{
    return y->headed == y->p->headed && y->rest.left == 0;
}

static int vnet_no_room(struct vwr_vnet *n)
{
    vwr_count_add(&n->stats.no_room, 1);
    return VWR_EFULL;
}

/*
 * Called if no buffer is available. A driver posts its first buffers when its interface comes up, and senders
 * do not wait for this.
 */
static int vnet_empty(struct vwr_vnet *n, const struct vwr_vqueue *q)
{
    if (q->last_avail != 0)
        return vnet_no_room(n);
    vwr_count_add(&n->stats.down, 1);
    return VWR_OK;
}

/* Puts a buffer back into the ring. The sender is charged for the bytes that were written to it. */
static void vnet_put_back(struct vwr_vqueue *q, struct vwr_vnet_buffer *to, struct vwr_vnet_packet *p)
{
    p->work += to->in.done;
    vwr_vqueue_unpop(q, &to->chain);
}

/* Puts all buffers of n->merged back into the ring, in reverse order. */
static void vnet_put_all_back(struct vwr_vnet *n, struct vwr_vqueue *q, unsigned buffers,
                              struct vwr_vnet_packet *p)
{
    while (buffers-- > 0)
        vnet_put_back(q, &n->merged[buffers], p);
}

/*
 * Whether these buffers occupy the whole ring, so that the driver cannot add another. A direct chain has a
 * descriptor per segment; a boundary between regions of guest memory adds segments, which is rare.
 */
static bool vnet_is_whole_ring(const struct vwr_vnet *n, const struct vwr_vqueue *q, unsigned buffers)
{
    uint32_t descriptors = 0;

    for (unsigned i = 0; i < buffers; i++) {
        const struct vwr_vchain *const c = &n->merged[i].chain;

        if (q->is_packed)
            descriptors += c->count;
        else
            descriptors += q->indirect ? 1u : (uint32_t)c->out + c->in;
    }
    return descriptors >= q->size;
}

/* Copies the packet to several buffers. n->merged[0] has been popped and is too short. */
static VWR_OUT_OF_LINE int vnet_put_merged(struct vwr_vnet *n, struct vwr_vqueue *q,
                                           struct vwr_vnet_packet *p)
{
    struct vwr_vnet_buffer *const to = n->merged;
    const uint32_t before = p->work - ((uint32_t)to->chain.out + to->chain.in) * VNET_SEG_BYTES;
    struct vnet_copying y;
    unsigned buffers = 1;
    bool wait;

    if (to[0].in.left < n->header) {
        vnet_put_all_back(n, q, buffers, p);
        return vwr_vnet_unfit_(n, VWR_ERANGE);
    }
    vnet_begin(n, p, &to[0].in, &y);
    for (vnet_continue(&to[0].in, &y); !vnet_is_copied(&y); vnet_continue(&to[buffers++].in, &y)) {
        const bool enough = buffers < VWR_VNET_MERGE && p->work - before < VNET_MERGE_BYTES;

        if (enough && vnet_pop(n, q, &to[buffers], p))
            continue;
        wait = enough && !vnet_is_whole_ring(n, q, buffers);
        vnet_put_all_back(n, q, buffers, p);
        return wait ? vnet_no_room(n) : vwr_vnet_unfit_(n, VWR_ERANGE);
    }
    vnet_write_count(n, &y, buffers);
    for (unsigned i = 0; i < buffers; i++)
        vwr_vqueue_add_used(q, &to[i].chain, to[i].in.done);
    vnet_received(n, p);
    return VWR_OK;
}

/* Copies any packet to any buffers. n->merged[0] has been popped. */
static int vnet_put_popped(struct vwr_vnet *n, struct vwr_vqueue *q, struct vwr_vnet_packet *p)
{
    struct vwr_vnet_buffer *const to = n->merged;
    const uint32_t bytes = n->header + p->bytes;
    struct vnet_copying y;

    if (to->in.left < bytes) {
        if (n->merge)
            return vnet_put_merged(n, q, p);
        vnet_put_back(q, to, p);
        return vwr_vnet_unfit_(n, VWR_ERANGE);
    }
    vnet_begin(n, p, &to->in, &y);
    vnet_continue(&to->in, &y);
    vwr_vqueue_add_used(q, &to->chain, bytes);
    vnet_received(n, p);
    return VWR_OK;
}

int vwr_vnet_put_any_(struct vwr_vnet *n, struct vwr_vqueue *q, struct vwr_vnet_packet *p)
{
    return vnet_pop(n, q, n->merged, p) ? vnet_put_popped(n, q, p) : vnet_empty(n, q);
}

int vwr_vnet_put_loaded_(struct vwr_vnet *n, struct vwr_vnet_packet *p, uint16_t head, uint64_t off,
                         uint32_t len, uint32_t flags)
{
    struct vwr_vqueue *const q = vwr_vnet_queue_for_(n, p);
    struct vwr_vone b;

    b.head = head;
    b.w.off = off;
    b.w.len = len;
    b.w.flags = flags;
    return vnet_pop_loaded(n, q, n->merged, p, &b) ? vnet_put_popped(n, q, p) : vnet_empty(n, q);
}
