/* SPDX-License-Identifier: MIT */
#include "vqueue_common.h"

/*
 * The packed ring, device side. Section: Basic Facilities of a Virtio Device / Packed Virtqueues.
 *
 * The flags of a buffer's first descriptor say whether there is one; they are read, then all else, each
 * descriptor as two words. The driver sees used descriptors in the order of the ring, so only the
 * flags of the first since the last signal wait for the signal.
 */

#define TURN (VWR_VIRTQ_DESC_F_AVAIL | VWR_VIRTQ_DESC_F_USED)
#define FIELD_SHIFT(field) (8u * (__builtin_offsetof(struct vwr_pvirtq_desc, field) - sizeof(vwr_le64)))
#define ID_SHIFT FIELD_SHIFT(id)
#define FLAGS_SHIFT FIELD_SHIFT(flags)
#define WRAP_OF_AVAIL (VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_WRAP_MASK / VWR_VIRTQ_DESC_F_AVAIL)
#define EVENT_FLAGS_SHIFT (8u * __builtin_offsetof(struct vwr_pvirtq_event_suppress, flags))

void vwr_vpacked_enable(struct vwr_vqueue *q, void *desc, void *driver, void *device)
{
    q->ring = desc;
    q->driver_event = driver;
    q->device_event = device;
    q->at = 0;
    q->used_at = 0;
    q->shown_at = 0;
    q->owned = 0;
    q->turn = VWR_VIRTQ_DESC_F_AVAIL;
    q->used_turn = TURN;
    q->kept = 0;
}

/* `at` further round the ring; the flags turn over at its end. */
static uint32_t advance(const struct vwr_vqueue *q, uint32_t at, uint32_t by, uint16_t *turn)
{
    at += by;
    if (at < q->size)
        return at;
    *turn ^= TURN;
    return at - q->size;
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
        const uint64_t a = vwr_le64_to_cpu(vwr_vqueue_load_half(desc, 0));
        const uint64_t rest = vwr_le64_to_cpu(vwr_vqueue_load_half(desc, 1));
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
    w->addr = vwr_le64_to_cpu(vwr_vqueue_load_half(&q->ring[w->at], 0));
    w->rest = vwr_le64_to_cpu(vwr_vqueue_load_half(&q->ring[w->at], 1));
}

/* Descriptors of the ring from the beginning of the buffer to the one at `at`. */
static uint32_t count_to(const struct vwr_vqueue *q, uint32_t at)
{
    return (at < q->at ? at + q->size : at) - q->at + 1u;
}

/* Takes it: so many descriptors of the ring, of which the last has this id, which is the driver's affair. */
VWR_ALWAYS_INLINE int take(struct vwr_vqueue *q, struct vwr_vchain *c, uint16_t id, uint32_t count)
{
    if (VWR_VQUEUE_WRONG(q->owned + count > q->size))
        return vwr_vqueue_bad(q, VWR_VFAULT_INDEX, q->owned + count, q->at);
    c->id = id;
    c->count = (uint16_t)count;
    q->owned += count;
    q->at = advance(q, q->at, count, &q->turn);
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
    unsigned turn = at < q->at ? q->turn ^ TURN : q->turn;
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
            return vwr_vqueue_bad(q, VWR_VFAULT_LOOP, q->at, 0);
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
    unsigned more = q->turn | VWR_VIRTQ_DESC_F_NEXT;
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
    return vwr_le16_to_cpu(vwr_vqueue_load16(&q->ring[q->at].flags));
}

int vwr_vpacked_next(struct vwr_vqueue *q, struct vwr_vchain *c)
{
    const struct vwr_pvirtq_desc *const desc = &q->ring[q->at];
    struct vwr_vqueue_walk w;
    unsigned flags = q->kept;

    if (!q->alive)
        return VWR_EFAILED;
    if (flags == 0)
        flags = first_flags(q);
    if ((flags & TURN) != q->turn)
        return 0; /* whatever they are: the driver may have cleared them when it saw that they were used */
    q->kept = 0;
    vwr_port_rmb(); /* the first flags before all that they make the device's */
    w.at = q->at;
    w.addr = vwr_le64_to_cpu(vwr_vqueue_load_half(desc, 0));
    w.rest = vwr_le32_to_cpu(vqueue_load32(&desc->len)) |
             (uint64_t)vwr_le16_to_cpu(vwr_vqueue_load16(&desc->id)) << ID_SHIFT |
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
    if (q->at < count) {
        q->at += q->size;
        q->turn ^= TURN;
    }
    q->at -= count;
}

/* WRITE says of a used descriptor whether some part of the buffer was written. */
void vwr_vpacked_give(struct vwr_vqueue *q, uint32_t id, uint32_t count, uint32_t written, bool touched)
{
    struct vwr_pvirtq_desc *const desc = &q->ring[q->used_at];
    const uint16_t flags = q->used_turn | (touched ? VWR_VIRTQ_DESC_F_WRITE : 0u);

    desc->id = vwr_cpu_to_le16((uint16_t)id);
    desc->len = vwr_cpu_to_le32(written);
    if (q->hold == NULL) {
        q->hold = desc;
        q->hold_flags = flags;
    } else {
        desc->flags = vwr_cpu_to_le16(flags);
    }
    q->given++;
    q->owned -= count;
    q->used_at = advance(q, q->used_at, count, &q->used_turn);
}

/* A position as the two sides tell it each other: with the round that it is in. */
static uint16_t position(uint32_t at, uint16_t turn)
{
    return (uint16_t)(at | (turn & VWR_VIRTQ_DESC_F_AVAIL) * WRAP_OF_AVAIL);
}

typedef vwr_le32 __attribute__((may_alias)) event_word;

/* Does the driver want to hear of the used descriptors from `from` on? */
static bool wants(const struct vwr_vqueue *q, uint32_t from)
{
    const uint32_t event = vwr_le32_to_cpu(*(const volatile event_word *)(const void *)q->driver_event);
    const unsigned flags = event >> EVENT_FLAGS_SHIFT & VWR_PVIRTQ_EVENT_SUPPRESS_FLAGS_EVENT_FLAGS_MASK;
    const uint32_t end = q->used_at;
    uint16_t at = event & VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_OFF_MASK;

    if (flags == VWR_RING_EVENT_FLAGS_DISABLE)
        return false;
    if (!VWR_WITH_EVENT_IDX || flags != VWR_RING_EVENT_FLAGS_DESC || !q->event_idx)
        return true; /* also what the document does not have */
    if (((event ^ position(end, q->used_turn)) & VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_WRAP_MASK) != 0)
        at = (uint16_t)(at - q->size); /* of the round before */
    return (uint16_t)(end - at - 1u) < (end > from ? end - from : end + q->size - from);
}

bool vwr_vpacked_show(struct vwr_vqueue *q)
{
    const uint32_t from = q->shown_at;

    q->published = q->given;
    q->shown_at = q->used_at;
    vwr_port_release(); /* all that was written, or read of buffers, before the flags */
    vqueue_store16(&q->hold->flags, vwr_cpu_to_le16(q->hold_flags));
    vwr_port_mb(); /* the flags before the look at whether the driver wants to hear of them */
    q->hold = NULL;
    return wants(q, from);
}

/* The device's wish, in one word. */
static void wish(struct vwr_vqueue *q, unsigned flags, uint16_t at)
{
    *(volatile event_word *)(void *)q->device_event = vwr_cpu_to_le32(at | flags << EVENT_FLAGS_SHIFT);
}

bool vwr_vpacked_arm(struct vwr_vqueue *q)
{
    unsigned flags;

    if (q->kept != 0)
        return false;
    if (VWR_WITH_EVENT_IDX && q->event_idx)
        wish(q, VWR_RING_EVENT_FLAGS_DESC, position(q->at, q->turn));
    else
        wish(q, VWR_RING_EVENT_FLAGS_ENABLE, 0);
    vwr_port_mb(); /* the wish before the look, or a buffer comes between them unseen */
    flags = first_flags(q);
    if ((flags & TURN) != q->turn)
        return true;
    q->kept = (uint16_t)flags;
    return false;
}

void vwr_vpacked_disarm(struct vwr_vqueue *q)
{
    wish(q, VWR_RING_EVENT_FLAGS_DISABLE, 0);
}
