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
static int walk_table(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t addr, uint32_t len)
{
    struct vqueue_table table;
    int r = vwr_vqueue_open_table(q, addr, len, &table);

    for (uint32_t i = 0; r == VWR_OK && i < table.count; i++) {
        const uint64_t a = vwr_le64_to_cpu(vwr_vqueue_table_half(q, &table, i, 0));
        const uint64_t rest = vwr_le64_to_cpu(vwr_vqueue_table_half(q, &table, i, 1));
        const unsigned flags = (uint16_t)(rest >> FLAGS_SHIFT);

        if ((flags & (VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_INDIRECT)) != 0)
            return vwr_vqueue_bad(q, VWR_VFAULT_INDIRECT, flags, i);
        r = vqueue_add(q, c, a, (uint32_t)rest, (flags & VWR_VIRTQ_DESC_F_WRITE) != 0);
    }
    return r;
}

/* One descriptor of the ring, of whatever kind. */
static int walk_one(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t addr, uint32_t len, unsigned flags)
{
    if ((flags & VWR_VIRTQ_DESC_F_INDIRECT) == 0)
        return vqueue_add(q, c, addr, len, (flags & VWR_VIRTQ_DESC_F_WRITE) != 0);
    if (!VWR_WITH_INDIRECT || (flags & (VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE)) != 0 ||
        c->count != 1)
        return vwr_vqueue_bad(q, VWR_VFAULT_INDIRECT, flags, 0);
    return walk_table(q, c, addr, len);
}

/* A descriptor as it was fetched, and where. */
struct fetched {
    uint64_t addr;
    uint64_t rest; /* of the first one without its flags, which were read before */
    uint32_t at;
    uint16_t flags;
    uint16_t turn; /* as they are there */
};

/* The descriptor behind it: all of it was written before the first one's flags. */
VWR_ALWAYS_INLINE void fetch_next(const struct vwr_vqueue *q, struct fetched *f)
{
    if (f->at++ == q->mask) {
        f->at = 0;
        f->turn ^= TURN;
    }
    f->addr = vwr_le64_to_cpu(vwr_vqueue_load_half(&q->ring[f->at], 0));
    f->rest = vwr_le64_to_cpu(vwr_vqueue_load_half(&q->ring[f->at], 1));
    f->flags = (uint16_t)(f->rest >> FLAGS_SHIFT);
}

static int bad_turn(struct vwr_vqueue *q, const struct fetched *f)
{
    return vwr_vqueue_bad(q, VWR_VFAULT_WRAP, f->flags, f->at);
}

/* The chain from the descriptor that was fetched on; c has what came before it, c->count with it. */
static int walk_slowly(struct vwr_vqueue *q, struct vwr_vchain *c, struct fetched *f, uint64_t bytes)
{
    int r;

    if (bytes >> 32 != 0)
        return vwr_vqueue_bad(q, VWR_VFAULT_LENGTH, f->addr, (uint32_t)f->rest);
    for (;;) {
        r = walk_one(q, c, f->addr, (uint32_t)f->rest, f->flags);
        if (r != VWR_OK || (f->flags & VWR_VIRTQ_DESC_F_NEXT) == 0)
            return r;
        if (c->count == q->size)
            return vwr_vqueue_bad(q, VWR_VFAULT_LOOP, q->at, 0);
        fetch_next(q, f);
        c->count++;
        if ((f->flags & TURN) != f->turn)
            return bad_turn(q, f);
    }
}

static void keep(struct fetched *to, const struct fetched *f)
{
    to->addr = f->addr;
    to->rest = f->rest;
    to->at = f->at;
    to->flags = f->flags;
    to->turn = f->turn;
}

/* All but what says whose turn it is, and NEXT. */
#define KIND ((uint16_t) ~(TURN | VWR_VIRTQ_DESC_F_NEXT))

/* The same from the first on, as long as it is as most are. */
static int walk(struct vwr_vqueue *q, struct vwr_vchain *c, struct fetched *last)
{
    struct fetched f;
    struct vwr_vseg *seg = c->seg;
    struct vwr_vseg *mid = NULL;
    const struct vwr_vseg *const end = seg + c->room;
    uint32_t out_bytes = 0;
    uint64_t bytes = 0;
    uint32_t count = 1;
    unsigned kind = 0;
    bool ends = false;

    keep(&f, last);
    for (;; count++) {
        const uint64_t off = f.addr - q->window_addr;

        if ((f.flags & KIND) != kind) {
            kind ^= VWR_VIRTQ_DESC_F_WRITE;
            if (mid != NULL || (f.flags & KIND) != kind)
                break;
            mid = seg;
            out_bytes = (uint32_t)bytes;
        }
        if (!vwr_vqueue_in_window(q, off, (uint32_t)f.rest) || VWR_VQUEUE_WRONG(seg == end))
            break;
        if ((f.flags & VWR_VIRTQ_DESC_F_NEXT) != 0 && VWR_VQUEUE_WRONG(count == q->size))
            break;
        seg->at = q->window_host + off;
        seg->len = (uint32_t)f.rest;
        bytes += (uint32_t)f.rest;
        seg++;
        ends = (f.flags & VWR_VIRTQ_DESC_F_NEXT) == 0;
        if (ends)
            break;
        fetch_next(q, &f);
        if (VWR_VQUEUE_WRONG((f.flags & TURN) != f.turn))
            return bad_turn(q, &f);
    }
    vwr_vchain_note(c, mid, seg, out_bytes, (uint32_t)bytes);
    c->count = (uint16_t)count;
    keep(last, &f);
    return ends && !VWR_VQUEUE_WRONG(bytes >> 32 != 0) ? VWR_OK : walk_slowly(q, c, last, bytes);
}

/* Is there a buffer? Its first descriptor's flags, read once; in this round nobody has used it yet. */
static int look(struct vwr_vqueue *q, unsigned *flags)
{
    if (!q->ready || q->broken)
        return VWR_EFAILED;
    *flags = vwr_le16_to_cpu(vwr_vqueue_load16(&q->ring[q->at].flags));
    if ((*flags & TURN) == q->turn)
        return 1;
    if (VWR_VQUEUE_WRONG((*flags & TURN) == ((q->turn & VWR_VIRTQ_DESC_F_AVAIL) != 0 ? TURN : 0)))
        return vwr_vqueue_bad(q, VWR_VFAULT_WRAP, *flags, q->at);
    return 0;
}

/* Takes it, as the walk found it. */
static int take(struct vwr_vqueue *q, struct vwr_vchain *c, const struct fetched *last)
{
    const uint32_t id = (uint16_t)(last->rest >> ID_SHIFT);

    if (VWR_VQUEUE_WRONG(id >= q->size))
        return vwr_vqueue_bad(q, VWR_VFAULT_HEAD, id, 0);
    if (VWR_VQUEUE_WRONG(q->own[id].busy != 0))
        return vwr_vqueue_bad(q, VWR_VFAULT_TWICE, id, 0);
    if (VWR_VQUEUE_WRONG(q->owned + c->count > q->size))
        return vwr_vqueue_bad(q, VWR_VFAULT_INDEX, q->owned + c->count, q->at);
    c->id = (uint16_t)id;
    q->own[id].busy = 1;
    q->taken++;
    q->seen = q->taken; /* nothing of it is for the short way */
    q->owned += c->count;
    q->at = advance(q, q->at, c->count, &q->turn);
    vwr_count_add(&q->stats.chains, 1);
    return 1;
}

int vwr_vpacked_next(struct vwr_vqueue *q, struct vwr_vchain *c)
{
    const struct vwr_pvirtq_desc *const desc = &q->ring[q->at];
    struct fetched f;
    unsigned flags = 0;
    int r = look(q, &flags);

    if (r <= 0)
        return r;
    vwr_port_rmb(); /* the first flags before all that they make the device's */
    f.at = q->at;
    f.turn = q->turn;
    f.flags = (uint16_t)flags;
    f.addr = vwr_le64_to_cpu(vwr_vqueue_load_half(desc, 0));
    f.rest = vwr_le32_to_cpu(vqueue_load32(&desc->len));
    f.rest |= (uint64_t)vwr_le16_to_cpu(vwr_vqueue_load16(&desc->id)) << ID_SHIFT;
    vqueue_begin(q, c);
    r = walk(q, c, &f);
    return r == VWR_OK ? take(q, c, &f) : r;
}

void vwr_vpacked_return(struct vwr_vqueue *q, const struct vwr_vchain *c)
{
    q->seen = q->taken;
    q->owned -= c->count;
    if (q->at < c->count) {
        q->at += q->size;
        q->turn ^= TURN;
    }
    q->at -= c->count;
}

void vwr_vpacked_give(struct vwr_vqueue *q, const struct vwr_vqueue_entry *e)
{
    struct vwr_pvirtq_desc *const desc = &q->ring[q->used_at];
    const uint16_t flags = q->used_turn | e->flags;

    q->own[e->id].busy = 0;
    desc->id = vwr_cpu_to_le16(e->id);
    desc->len = vwr_cpu_to_le32(e->written);
    if (q->hold == NULL) {
        q->hold = desc;
        q->hold_flags = flags;
    } else {
        desc->flags = vwr_cpu_to_le16(flags);
    }
    q->given++;
    q->owned -= e->count;
    q->used_at = advance(q, q->used_at, e->count, &q->used_turn);
}

/* A position as the two sides tell it each other: with the round that it is in. */
static uint16_t position(uint32_t at, uint16_t turn)
{
    return (uint16_t)(at |
                      ((turn & VWR_VIRTQ_DESC_F_AVAIL) != 0 ? VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_WRAP_MASK
                                                            : 0u));
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
    vwr_port_rmb(); /* what was read of buffers before the flags that let the driver write there anew */
    vwr_port_wmb(); /* all else before the flags that make the first used descriptor the driver's */
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

    if (VWR_WITH_EVENT_IDX && q->event_idx)
        wish(q, VWR_RING_EVENT_FLAGS_DESC, position(q->at, q->turn));
    else
        wish(q, VWR_RING_EVENT_FLAGS_ENABLE, 0);
    vwr_port_mb(); /* the wish before the look, or a buffer comes between them unseen */
    return look(q, &flags) <= 0;
}

void vwr_vpacked_disarm(struct vwr_vqueue *q)
{
    wish(q, VWR_RING_EVENT_FLAGS_DISABLE, 0);
}
