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

/* Half a descriptor: its address, or the rest of it. */
typedef uint64_t __attribute__((may_alias)) vwr_vqueue_half;

/* The driver reads or writes these at any time: exactly one access, of their own width. */
static inline uint16_t vwr_vqueue_load16(const vwr_le16 *p)
{
    return *(const volatile vwr_le16 *)p;
}

static inline uint64_t vwr_vqueue_load_half(const void *desc, unsigned half)
{
    return ((const volatile vwr_vqueue_half *)desc)[half];
}

/* Fields of a split ring's descriptor in its second word. */
#define VWR_VSPLIT_SHIFT(field) (8u * (__builtin_offsetof(struct vwr_virtq_desc, field) - sizeof(vwr_le64)))
#define VWR_VSPLIT_FLAGS VWR_VSPLIT_SHIFT(flags)
#define VWR_VSPLIT_NEXT VWR_VSPLIT_SHIFT(next)

/* The second word in an order that does not depend on the host's: length, flags, next from bit 0 on. */
static inline uint64_t vwr_vsplit_rest(const struct vwr_vqueue *q, uint64_t raw)
{
    if (VWR_BIG_ENDIAN && q->legacy)
        return raw >> 32 | (uint64_t)(uint16_t)(raw >> 16) << VWR_VSPLIT_FLAGS |
               (uint64_t)(uint16_t)raw << VWR_VSPLIT_NEXT;
    return vwr_le64_to_cpu(raw);
}

/* What is not for the short way, from the beginning; and a chain of which c has what came before addr, rest.
 */
int vwr_vqueue_next_other(struct vwr_vqueue *q, struct vwr_vchain *c);
int vwr_vsplit_walk(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t addr, uint64_t rest, uint64_t bytes);
void vwr_vqueue_push_other(struct vwr_vqueue *q, struct vwr_vchain *c, uint32_t written);

/* A head or next that cannot be. */
VWR_COLD int vwr_vsplit_bad(struct vwr_vqueue *q, uint32_t at, bool is_head);

/* Flags where they are in the second word; those that say what kind of piece it is are all but NEXT. */
#define VWR_VSPLIT_FLAG(flag) ((uint64_t)(flag) << VWR_VSPLIT_FLAGS)
#define VWR_VSPLIT_KIND VWR_VSPLIT_FLAG((uint16_t)~VWR_VIRTQ_DESC_F_NEXT)

/*
 * Is the piece within the window? Its first and its last byte are: the window is a power of 2 and lies on a
 * multiple of itself, so that one comparison sees both; it is less than 2^32, so that it sees a piece of no
 * bytes too, the last of which is 2^32 - 1 behind the first.
 */
VWR_ALWAYS_INLINE bool vwr_vqueue_in_window(const struct vwr_vqueue *q, uint64_t off, uint32_t len)
{
    return (off | (VWR_VQUEUE_CHECKS ? off + (len - 1u) : 0)) < q->window_bytes;
}

/* How far a chain was walked, and the descriptor that was fetched last. */
struct vwr_vqueue_walk {
    struct vwr_vseg *seg; /* where the next piece goes */
    uint32_t left;        /* pieces that there is room for */
    uint32_t at;          /* where the descriptor is */
    uint64_t addr;
    uint64_t rest;
    uint64_t bytes; /* of the pieces so far */
};

/* The descriptor is that of a piece, and there is room: 64 bits, so that no sum of them comes round. */
VWR_ALWAYS_INLINE void vwr_vqueue_put(struct vwr_vqueue_walk *w, uint8_t *at)
{
    w->seg->at = at;
    w->seg->len = (uint32_t)w->rest;
    w->seg++;
    w->bytes += (uint32_t)w->rest;
}

VWR_ALWAYS_INLINE void vwr_vsplit_fetch(const struct vwr_vqueue *q, struct vwr_vqueue_walk *w)
{
    const uint8_t *const desc = (const uint8_t *)q->desc + w->at;

    w->addr = vwr_wire64(q->legacy, vwr_vqueue_load_half(desc, 0));
    w->rest = vwr_vsplit_rest(q, vwr_vqueue_load_half(desc, 1));
}

/*
 * Pieces of one kind, from the one that was fetched on. 1: the chain ends with them; 0: the one that was
 * fetched last is another matter; VWR_EBADRING.
 */
VWR_ALWAYS_INLINE int vwr_vsplit_pieces(struct vwr_vqueue *q, struct vwr_vqueue_walk *w, uint64_t kind)
{
    for (;;) {
        const uint64_t off = w->addr - q->window_addr;

        if ((w->rest & VWR_VSPLIT_KIND) != kind || !vwr_vqueue_in_window(q, off, (uint32_t)w->rest) ||
            VWR_VQUEUE_WRONG(w->left == 0))
            return 0;
        vwr_vqueue_put(w, q->window_host + off);
        w->left--;
        if ((w->rest & VWR_VSPLIT_FLAG(VWR_VIRTQ_DESC_F_NEXT)) == 0)
            return 1;
        if (VWR_VQUEUE_WRONG(w->rest >> VWR_VSPLIT_NEXT > q->mask))
            return vwr_vsplit_bad(q, (uint32_t)(w->rest >> VWR_VSPLIT_NEXT), false);
        w->at = (uint32_t)(w->rest >> VWR_VSPLIT_NEXT) * (uint32_t)sizeof(*q->desc);
        vwr_vsplit_fetch(q, w);
    }
}

/* The chain from `head` on. */
VWR_ALWAYS_INLINE int vwr_vsplit_chain(struct vwr_vqueue *q, struct vwr_vchain *c, uint32_t head)
{
    struct vwr_vqueue_walk w;
    uint32_t left;
    int r;

    w.seg = c->seg;
    w.left = c->room;
    w.at = head * (uint32_t)sizeof(*q->desc);
    w.bytes = 0;
    vwr_vsplit_fetch(q, &w);
    r = vwr_vsplit_pieces(q, &w, 0);
    left = w.left;
    c->out = (uint16_t)(c->room - left);
    c->out_bytes = (uint32_t)w.bytes;
    if (r == 0)
        r = vwr_vsplit_pieces(q, &w, VWR_VSPLIT_FLAG(VWR_VIRTQ_DESC_F_WRITE));
    c->in = (uint16_t)(left - w.left);
    c->in_bytes = (uint32_t)w.bytes - c->out_bytes;
    if (r == 0 || VWR_VQUEUE_WRONG(w.bytes >> 32 != 0))
        return vwr_vsplit_walk(q, c, w.addr, w.rest, w.bytes);
    return r;
}

static inline int vwr_vqueue_next(struct vwr_vqueue *q, struct vwr_vchain *c)
{
    const uint32_t taken = q->taken;
    uint32_t head;

    if (taken == q->seen)
        return vwr_vqueue_next_other(q, c);
    head = vwr_wire16(q->legacy, vwr_vqueue_load16(&q->avail->ring[taken & q->mask]));
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
    elem->id = vwr_wire32(q->legacy, id);
    elem->len = vwr_wire32(q->legacy, written);
    q->given = given + 1u;
}

static inline void vwr_vqueue_push(struct vwr_vqueue *q, struct vwr_vchain *c, uint32_t written)
{
    if (c->round == q->short_round)
        vwr_vsplit_give(q, c->id, written);
    else
        vwr_vqueue_push_other(q, c, written);
}

#endif
