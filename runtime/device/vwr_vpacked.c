/* SPDX-License-Identifier: MIT */
#include "vqueue_common.h"

/*
 * The packed ring, device side. Section: Basic Facilities of a Virtio Device / Packed Virtqueues.
 *
 * The flags of a buffer's first descriptor say whether there is one; they are read, then all else, each
 * descriptor as two words. The driver sees used descriptors in the order of the ring, so only the
 * flags of the first since the last signal wait for the signal.
 */

#define TURN VWR_PACKED_WRAP_FLAGS
#define ID_SHIFT VWR_PACKED_ID_SHIFT
#define FLAGS_SHIFT VWR_PACKED_FLAGS_SHIFT

void vwr_vpacked_enable(struct vwr_vqueue *q, void *desc, void *driver, void *device)
{
    q->ring = desc;
    q->driver_event = driver;
    q->device_event = device;
    vwr_packed_first_available(&q->next_avail);
    vwr_packed_first_used(&q->next_used);
    q->shown_at = 0;
    q->owned = 0;
    q->kept = 0;
}

/* The buffer is a table, to its end. */
VWR_ALWAYS_INLINE int walk_table(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t addr, uint32_t len)
{
    struct vqueue_table table;
    struct vqueue_pieces p;
    const uint8_t *host;
    uint32_t count;
    int r = vqueue_open_table(q, addr, len, &table);

    if (r != VWR_OK)
        return r;
    host = table.host;
    count = table.count;
    c->out = 0;
    c->in = 0;
    c->out_bytes = 0;
    c->in_bytes = 0;
    vqueue_resume(q, c, &p);
    for (uint32_t i = 0; i < count; i++) {
        const void *const desc = vqueue_desc(q, &table, host, i);
        const uint64_t a = vwr_le64_to_cpu(vwr_ring_load64(desc));
        const uint64_t rest = vwr_le64_to_cpu(vwr_ring_load64((const uint8_t *)desc + sizeof(vwr_le64)));
        const unsigned flags = (unsigned)(rest >> FLAGS_SHIFT); /* all but WRITE is ignored, and the id */

        r = vqueue_piece(q, c, &p, a, (uint32_t)rest, (flags & VWR_VIRTQ_DESC_F_WRITE) != 0);
        if (r != VWR_OK)
            return r;
    }
    return vqueue_last(q, c, &p);
}

/* Flags of the descriptor that was fetched last. */
static unsigned flags_of(const struct vwr_vqueue_walk *w)
{
    return (unsigned)(w->rest >> FLAGS_SHIFT);
}

/* Is the available descriptor all of a buffer that is a table? WRITE has no meaning then. */
VWR_ALWAYS_INLINE bool is_table(unsigned flags)
{
    return (flags & (VWR_VIRTQ_DESC_F_INDIRECT | VWR_VIRTQ_DESC_F_NEXT)) == VWR_VIRTQ_DESC_F_INDIRECT;
}

/* The next descriptor of the buffer: all of it was written before the first one's flags. */
VWR_ALWAYS_INLINE void fetch_next(const struct vwr_vqueue *q, struct vwr_vqueue_walk *w, unsigned *flags)
{
    if (w->at++ == q->mask) {
        w->at = 0;
        *flags ^= TURN;
    }
    w->addr = vwr_le64_to_cpu(vwr_ring_load64(&q->ring[w->at].addr));
    w->rest = vwr_le64_to_cpu(vwr_ring_load64(&q->ring[w->at].len));
}

/* Descriptors of the ring from the beginning of the buffer to the one at `at`. */
static uint32_t count_to(const struct vwr_vqueue *q, uint32_t at)
{
    return (at < q->next_avail.index ? at + q->size : at) - q->next_avail.index + 1u;
}

/* Takes it: so many descriptors of the ring, of which the last has this id, which is the driver's affair. */
VWR_ALWAYS_INLINE int take(struct vwr_vqueue *q, struct vwr_vchain *c, uint16_t id, uint32_t count)
{
    if (VWR_VQUEUE_WRONG(q->owned + count > q->size))
        return vwr_vqueue_bad(q, VWR_VFAULT_INDEX, q->owned + count, q->next_avail.index);
    c->id = id;
    c->count = (uint16_t)count;
    q->owned += count;
    vwr_packed_advance(&q->next_avail, count, q->size);
    q->taken++;
    q->seen = q->taken; /* nothing of it is for the short way */
    vwr_count_add(&q->stats.chains, 1);
    return 1;
}

/* The buffer is a table. Not inline: the walk along a chain keeps its registers. */
static __attribute__((noinline)) int take_table(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t addr,
                                                uint64_t rest)
{
    const int r = walk_table(q, c, addr, (uint32_t)rest);

    return r == VWR_OK ? take(q, c, (uint16_t)(rest >> ID_SHIFT), 1) : r;
}

/* The chain from the descriptor that was fetched on; c has what came before it, and it if it `is_put`. */
static VWR_COLD int walk_slowly(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t addr, uint64_t rest,
                                uint32_t at, bool is_put)
{
    unsigned turn = at < q->next_avail.index ? q->next_avail.flags ^ TURN : q->next_avail.flags;
    uint32_t count = count_to(q, at);
    struct vwr_vqueue_walk w;
    int r;

    w.addr = addr;
    w.rest = rest;
    w.at = at;
    for (;; count++) {
        if ((flags_of(&w) & TURN) != turn)
            return vwr_vqueue_bad(q, VWR_VFAULT_WRAP, flags_of(&w), w.at);
        if ((flags_of(&w) & VWR_VIRTQ_DESC_F_INDIRECT) != 0) /* among others, or a table that is none */
            return vwr_vqueue_bad(q, VWR_VFAULT_INDIRECT, flags_of(&w), 0);
        r = is_put ? VWR_OK
                   : vwr_vqueue_add(q, c, w.addr, (uint32_t)w.rest,
                                    (flags_of(&w) & VWR_VIRTQ_DESC_F_WRITE) != 0);
        if (r != VWR_OK)
            return r;
        if ((flags_of(&w) & VWR_VIRTQ_DESC_F_NEXT) == 0)
            return take(q, c, (uint16_t)(w.rest >> ID_SHIFT), count);
        if (count == q->size)
            return vwr_vqueue_bad(q, VWR_VFAULT_LOOP, q->next_avail.index, 0);
        fetch_next(q, &w, &turn);
        is_put = false;
    }
}

/* Where a walk along pieces has stopped. */
enum stop {
    PUT,   /* at one that was put, and has other flags than those before it */
    OTHER, /* at a descriptor that is not for the short way */
    FULL   /* at one that was put, behind which there are more than there is room for */
};

/* On to the next descriptor, from a piece that was put and says that there is one. */
VWR_ALWAYS_INLINE enum stop step(const struct vwr_vqueue *q, struct vwr_vqueue_walk *w, unsigned *more)
{
    vwr_vqueue_count(w);
    if (VWR_VQUEUE_WRONG(--w->left == 0))
        return FULL;
    fetch_next(q, w, more);
    return PUT;
}

/* From the descriptor that was fetched, along pieces with the flags `more`; NEXT is among them. */
VWR_ALWAYS_INLINE enum stop along(const struct vwr_vqueue *q, struct vwr_vqueue_walk *w, unsigned *more)
{
    enum stop stop;

    do {
        if (!vwr_vqueue_put(q, w))
            return OTHER;
        if (flags_of(w) != *more)
            return PUT;
        stop = step(q, w, more);
    } while (stop == PUT);
    return stop;
}

/*
 * Does the buffer end with the piece that was put? `mid`: where the first to write is, if there are any;
 * `more`: the flags of those to write which do not end it.
 */
VWR_ALWAYS_INLINE bool ends(struct vwr_vchain *c, const struct vwr_vqueue_walk *w, const struct vwr_vseg *mid,
                            unsigned more)
{
    const uint64_t bytes = w->bytes + (uint32_t)w->rest;
    const unsigned last = more ^ VWR_VIRTQ_DESC_F_NEXT;

    if (VWR_VQUEUE_WRONG(bytes >> 32 != 0))
        return false;
    if (flags_of(w) == last) {
        c->in = (uint16_t)(w->seg - mid + 1);
        c->in_bytes = (uint32_t)bytes - c->out_bytes;
        return true;
    }
    if (flags_of(w) != (last ^ VWR_VIRTQ_DESC_F_WRITE) || w->seg != mid)
        return false;
    c->out++;
    c->out_bytes = (uint32_t)bytes;
    c->in = 0;
    c->in_bytes = 0;
    return true;
}

/* The chain from its first descriptor on, which was fetched. */
VWR_ALWAYS_INLINE int walk(struct vwr_vqueue *q, struct vwr_vchain *c, struct vwr_vqueue_walk *w)
{
    unsigned more = q->next_avail.flags | VWR_VIRTQ_DESC_F_NEXT;
    const struct vwr_vseg *mid;
    enum stop stop;

    w->seg = c->seg;
    w->left = c->room < q->size ? c->room : q->size;
    w->bytes = 0;
    stop = along(q, w, &more);
    mid = w->seg;
    c->out = (uint16_t)(mid - c->seg);
    c->out_bytes = (uint32_t)w->bytes;
    more ^= VWR_VIRTQ_DESC_F_WRITE;
    if (stop == PUT && flags_of(w) == more) {
        stop = step(q, w, &more);
        if (stop == PUT)
            stop = along(q, w, &more);
    }
    if (stop == PUT && ends(c, w, mid, more))
        return take(q, c, (uint16_t)(w->rest >> ID_SHIFT), count_to(q, w->at));
    c->in = (uint16_t)(w->seg - mid);
    c->in_bytes = (uint32_t)w->bytes - c->out_bytes;
    if (VWR_VQUEUE_WRONG(w->bytes >> 32 != 0))
        return vwr_vqueue_bad(q, VWR_VFAULT_LENGTH, w->addr, (uint32_t)w->rest);
    return walk_slowly(q, c, w->addr, w->rest, w->at, stop == FULL);
}

/* The flags of the first descriptor, read once. */
VWR_ALWAYS_INLINE unsigned first_flags(const struct vwr_vqueue *q)
{
    return vwr_le16_to_cpu(vwr_ring_load16(&q->ring[q->next_avail.index].flags));
}

int vwr_vpacked_next(struct vwr_vqueue *q, struct vwr_vchain *c)
{
    const struct vwr_pvirtq_desc *const desc = &q->ring[q->next_avail.index];
    struct vwr_vqueue_walk w;
    unsigned flags = q->kept;

    if (!q->alive)
        return VWR_EFAILED;
    if (flags == 0)
        flags = first_flags(q);
    if ((flags & TURN) != q->next_avail.flags)
        return 0; /* whatever they are: the driver may have cleared them when it saw that they were used */
    q->kept = 0;
    vwr_ring_acquire(); /* the first flags before all that they make the device's */
    w.at = q->next_avail.index;
    w.addr = vwr_le64_to_cpu(vwr_ring_load64(desc));
    w.rest = vwr_le32_to_cpu(vwr_ring_load32(&desc->len)) |
             (uint64_t)vwr_le16_to_cpu(vwr_ring_load16(&desc->id)) << ID_SHIFT |
             (uint64_t)flags << FLAGS_SHIFT;
    vqueue_begin(q, c);
    if (VWR_WITH_INDIRECT && is_table(flags))
        return take_table(q, c, w.addr, w.rest);
    return walk(q, c, &w);
}

/* The last buffer that was taken, of `count` descriptors. */
void vwr_vpacked_return(struct vwr_vqueue *q, uint32_t count)
{
    q->seen = q->taken;
    q->owned -= count;
    if (q->next_avail.index < count) {
        q->next_avail.index += q->size;
        q->next_avail.flags ^= TURN;
    }
    q->next_avail.index -= count;
}

/* WRITE says of a used descriptor whether some part of the buffer was written. */
void vwr_vpacked_give(struct vwr_vqueue *q, uint32_t id, uint32_t count, uint32_t written, bool touched)
{
    struct vwr_pvirtq_desc *const desc = &q->ring[q->next_used.index];
    const uint16_t flags = (uint16_t)q->next_used.flags | (touched ? VWR_VIRTQ_DESC_F_WRITE : 0u);

    vwr_ring_store16(&desc->id, vwr_cpu_to_le16((uint16_t)id));
    vwr_ring_store32(&desc->len, vwr_cpu_to_le32(written));
    if (q->hold == NULL) {
        q->hold = desc;
        q->hold_flags = flags;
    } else {
        vwr_ring_store16(&desc->flags, vwr_cpu_to_le16(flags));
    }
    q->given++;
    q->owned -= count;
    vwr_packed_advance(&q->next_used, count, q->size);
}

bool vwr_vpacked_show(struct vwr_vqueue *q)
{
    const uint32_t from = q->shown_at;

    q->published = q->given;
    q->shown_at = q->next_used.index;
    vwr_ring_publish16(&q->hold->flags, vwr_cpu_to_le16(q->hold_flags));
    vwr_ring_mb(); /* the flags before the look at whether the driver wants to hear of them */
    q->hold = NULL;
    return vwr_packed_need_event(q->driver_event, q->event_idx, &q->next_used, from, q->size);
}

bool vwr_vpacked_arm(struct vwr_vqueue *q)
{
    unsigned flags;

    if (q->kept != 0)
        return false;
    if (VWR_WITH_EVENT_IDX && q->event_idx)
        vwr_packed_suppress(q->device_event, vwr_packed_position(&q->next_avail), VWR_RING_EVENT_FLAGS_DESC);
    else
        vwr_packed_suppress(q->device_event, 0, VWR_RING_EVENT_FLAGS_ENABLE);
    vwr_ring_mb(); /* the wish before the look, or a buffer comes between them unseen */
    flags = first_flags(q);
    if ((flags & TURN) != q->next_avail.flags)
        return true;
    q->kept = (uint16_t)flags;
    return false;
}

void vwr_vpacked_disarm(struct vwr_vqueue *q)
{
    vwr_packed_suppress(q->device_event, 0, VWR_RING_EVENT_FLAGS_DISABLE);
}
