/* SPDX-License-Identifier: MIT */
#ifndef VWR_VQUEUE_HOT_H
#define VWR_VQUEUE_HOT_H

/*
 * Part of vqueue.h, which includes it: what every buffer goes through, in a header so that the compiler sees
 * through it. Contracts are in vqueue.h.
 *
 * The short way is the split ring's: pieces to read, then pieces to write, each within the region of guest
 * memory where the last one was. Whatever it is not for is handed over as far as it has come, the words that
 * were fetched included: none is fetched again.
 */

/*
 * Each check of what the driver has written is asked through this one. VWR_BENCH_TRUST is for one figure
 * of bench/ alone, what the checks cost; a build with it is open to every guest.
 */
#ifdef VWR_BENCH_TRUST
#define VWR_VQUEUE_CHECKS 0
#else
#define VWR_VQUEUE_CHECKS 1
#endif
#define VWR_VQUEUE_WRONG(condition) (VWR_VQUEUE_CHECKS && __builtin_expect((condition), 0))

#define VWR_VSPLIT_AT \
    (VWR_SPLIT_NEXT_SHIFT - VWR_SPLIT_FLAGS_SHIFT - 4u) /* next, times the size of a descriptor */

/*
 * Next where nothing is known to be left to take: VWR_VSPLIT_MORE if it is now. And a chain of which c has
 * what came before addr, rest.
 */
#define VWR_VSPLIT_MORE 2
int vwr_vqueue_next_other(struct vwr_vqueue *q, struct vwr_vchain *c);
int vwr_vsplit_walk(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t addr, uint64_t rest, uint64_t bytes);
void vwr_vqueue_push_other(struct vwr_vqueue *q, struct vwr_vchain *c, uint32_t written);

/* A head or next that cannot be. */
VWR_COLD int vwr_vsplit_bad(struct vwr_vqueue *q, uint32_t at, bool is_head);

/*
 * Is the piece within the window? Its first and its last byte are: the window is a power of 2 and lies on a
 * multiple of itself, so that one comparison sees both; it is less than 2^32, so that it sees a piece of no
 * bytes too, the last of which is 2^32 - 1 behind the first.
 */
VWR_ALWAYS_INLINE bool vwr_vqueue_within(uint64_t off, uint32_t len, uint64_t window_bytes)
{
    return (off | (VWR_VQUEUE_CHECKS ? off + (len - 1u) : 0)) < window_bytes;
}

VWR_ALWAYS_INLINE bool vwr_vqueue_in_window(const struct vwr_vqueue *q, uint64_t off, uint32_t len)
{
    return vwr_vqueue_within(off, len, q->window_bytes);
}

/*
 * A walk along a chain stands at a descriptor: the one that was fetched last. The pieces before it are in the
 * chain, and counted.
 */
struct vwr_vqueue_walk {
    uint64_t addr;
    uint64_t rest;
    struct vwr_vseg *seg; /* where its piece goes */
    uint32_t left;        /* pieces that there is room for, with it */
    uint32_t at;          /* packed: where it is */
    uint64_t bytes;       /* of those before it: 64 bits, so that no sum of them comes round */
};

/* The piece that the walk has come to goes to its place, if it is within the window. */
VWR_ALWAYS_INLINE bool vwr_vqueue_put(const struct vwr_vqueue *q, const struct vwr_vqueue_walk *w)
{
    const uint64_t off = w->addr - q->window_addr;

    if (!vwr_vqueue_in_window(q, off, (uint32_t)w->rest))
        return false;
    w->seg->at = q->window_host + off;
    w->seg->len = (uint32_t)w->rest;
    return true;
}

/* The walk leaves the piece that was put. */
VWR_ALWAYS_INLINE void vwr_vqueue_count(struct vwr_vqueue_walk *w)
{
    w->bytes += (uint32_t)w->rest;
    w->seg++;
}

VWR_ALWAYS_INLINE void vwr_vsplit_fetch(const struct vwr_vqueue *q, struct vwr_vqueue_walk *w, uint32_t at)
{
    const uint8_t *const desc = (const uint8_t *)q->desc + at;

    w->addr = vwr_guest64(q->legacy, vwr_ring_load64(desc));
    w->rest = vwr_split_half(q->legacy, vwr_ring_load64(desc + sizeof(vwr_le64)));
}

/* Flags of the piece that was put. */
VWR_ALWAYS_INLINE unsigned vwr_vsplit_flags(const struct vwr_vqueue_walk *w)
{
    return (uint16_t)(w->rest >> VWR_SPLIT_FLAGS_SHIFT);
}

/* Where a walk along pieces has stopped: */
enum vwr_vsplit_stop {
    VWR_VSPLIT_PUT,   /* at one that was put, and has other flags than those before it */
    VWR_VSPLIT_OTHER, /* at a descriptor that is not for the short way */
    VWR_VSPLIT_BAD    /* before one that there cannot be */
};

/*
 * On to the next descriptor, from a piece that was put and whose flags are NEXT, or that and WRITE: those
 * above are 0, so that next, shifted as if it were multiplied by a descriptor's size, has nothing of them
 * below it.
 */
VWR_ALWAYS_INLINE enum vwr_vsplit_stop vwr_vsplit_step(const struct vwr_vqueue *q, struct vwr_vqueue_walk *w)
{
    const uint32_t at = (uint32_t)(w->rest >> VWR_SPLIT_FLAGS_SHIFT) >> VWR_VSPLIT_AT;

    if (VWR_VQUEUE_WRONG(at >= q->desc_bytes))
        return VWR_VSPLIT_BAD;
    vwr_vqueue_count(w);
    vwr_vsplit_fetch(q, w, at);
    return VWR_VQUEUE_WRONG(--w->left == 0) ? VWR_VSPLIT_OTHER : VWR_VSPLIT_PUT;
}

/*
 * From the descriptor that was fetched, along all pieces with the flags `more`, NEXT among them. A piece is
 * put before its flags are looked at: where it goes is the class's memory, and counts only when the walk
 * leaves it.
 */
VWR_ALWAYS_INLINE enum vwr_vsplit_stop vwr_vsplit_along(const struct vwr_vqueue *q, struct vwr_vqueue_walk *w,
                                                        unsigned more)
{
    enum vwr_vsplit_stop stop;

    do {
        if (!vwr_vqueue_put(q, w))
            return VWR_VSPLIT_OTHER;
        if (vwr_vsplit_flags(w) != more)
            return VWR_VSPLIT_PUT;
        stop = vwr_vsplit_step(q, w);
    } while (stop == VWR_VSPLIT_PUT);
    return stop;
}

/* The rest of the chain goes another way: c has the pieces to read, and here gets what came behind them. */
VWR_ALWAYS_INLINE int vwr_vsplit_other(struct vwr_vqueue *q, struct vwr_vchain *c,
                                       const struct vwr_vqueue_walk *w, enum vwr_vsplit_stop stop)
{
    c->in = (uint16_t)(c->room - w->left - c->out);
    c->in_bytes = (uint32_t)w->bytes - c->out_bytes;
    if (stop == VWR_VSPLIT_BAD)
        return vwr_vsplit_bad(q, (uint32_t)(w->rest >> VWR_SPLIT_NEXT_SHIFT), false);
    return vwr_vsplit_walk(q, c, w->addr, w->rest, w->bytes);
}

/* Does the chain end with the piece that was put, `left` having been the room before the first to write? */
VWR_ALWAYS_INLINE bool vwr_vsplit_ends(struct vwr_vchain *c, const struct vwr_vqueue_walk *w, uint32_t left)
{
    const uint64_t bytes = w->bytes + (uint32_t)w->rest;

    if (vwr_vsplit_flags(w) == VWR_VIRTQ_DESC_F_WRITE && !VWR_VQUEUE_WRONG(bytes >> 32 != 0)) {
        c->in = (uint16_t)(left - w->left + 1u);
        c->in_bytes = (uint32_t)bytes - c->out_bytes;
        return true;
    }
    if (vwr_vsplit_flags(w) != 0 || left != w->left || VWR_VQUEUE_WRONG(bytes >> 32 != 0))
        return false;
    c->out++;
    c->out_bytes = (uint32_t)bytes;
    c->in = 0;
    c->in_bytes = 0;
    return true;
}

/* The chain from `head` on. */
VWR_ALWAYS_INLINE int vwr_vsplit_chain(struct vwr_vqueue *q, struct vwr_vchain *c, uint32_t head)
{
    const unsigned more = VWR_VIRTQ_DESC_F_WRITE | VWR_VIRTQ_DESC_F_NEXT;
    enum vwr_vsplit_stop stop;
    struct vwr_vqueue_walk w;
    uint32_t left;

    w.seg = c->seg;
    w.left = c->room;
    w.bytes = 0;
    vwr_vsplit_fetch(q, &w, head * (uint32_t)sizeof(*q->desc));
    stop = vwr_vsplit_along(q, &w, VWR_VIRTQ_DESC_F_NEXT);
    left = w.left;
    c->out = (uint16_t)(c->room - left);
    c->out_bytes = (uint32_t)w.bytes;
    if (stop == VWR_VSPLIT_PUT && vwr_vsplit_flags(&w) == more) {
        stop = vwr_vsplit_step(q, &w);
        if (stop == VWR_VSPLIT_PUT)
            stop = vwr_vsplit_along(q, &w, more);
    }
    if (stop == VWR_VSPLIT_PUT && vwr_vsplit_ends(c, &w, left))
        return 1;
    return vwr_vsplit_other(q, c, &w, stop);
}

static inline int vwr_vqueue_pop_avail(struct vwr_vqueue *q, struct vwr_vchain *c)
{
    const uint32_t taken = q->taken;
    uint32_t head;

    if (taken == q->seen) {
        const int r = vwr_vqueue_next_other(q, c);

        if (r != VWR_VSPLIT_MORE)
            return r;
    }
    head = vwr_guest16(q->legacy, vwr_ring_load16(&q->avail->ring[taken & q->mask]));
    if (VWR_VQUEUE_WRONG(head > q->mask) || VWR_VQUEUE_WRONG(q->own[head].count != 0))
        return vwr_vsplit_bad(q, head, true);
    q->own[head].count = 1;
    q->taken = taken + 1u;
    c->id = (uint16_t)head;
    c->place = taken;
    c->round = q->round;
    c->written = 0;
    c->out_at = 0;
    c->in_at = 0;
    return vwr_vsplit_chain(q, c, head);
}

/* The next used entry; the driver sees it when the index is moved. */
VWR_ALWAYS_INLINE void vwr_vsplit_give(struct vwr_vqueue *q, uint32_t id, uint32_t written)
{
    const uint32_t given = q->given;
    struct vwr_virtq_used_elem *const elem = &q->used->ring[given & q->mask];

    q->own[id].count = 0;
    vwr_ring_store32(&elem->id, vwr_guest32(q->legacy, id));
    vwr_ring_store32(&elem->len, vwr_guest32(q->legacy, written));
    q->given = given + 1u;
}

static inline void vwr_vqueue_add_used(struct vwr_vqueue *q, struct vwr_vchain *c, uint32_t written)
{
    if (c->round == q->short_round)
        vwr_vsplit_give(q, c->id, written);
    else
        vwr_vqueue_push_other(q, c, written);
}

#endif
