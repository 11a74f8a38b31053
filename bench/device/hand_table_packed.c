/* SPDX-License-Identifier: MIT */
#include "bench_device.h"
#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"

/*
 * The same for a packed ring: hand_device_packed.c with tables, and with every check that hand_table.c makes
 * on a chain. A table is always a complete chain: its entries are in order, and have neither NEXT nor an ID.
 */

#define WRAP (VWR_VIRTQ_DESC_F_AVAIL | VWR_VIRTQ_DESC_F_USED)
#define FLAG(flag) ((uint64_t)(flag) << 48)
#define INDIRECT FLAG(VWR_VIRTQ_DESC_F_INDIRECT)
#define WRITE FLAG(VWR_VIRTQ_DESC_F_WRITE)
#define NEXT FLAG(VWR_VIRTQ_DESC_F_NEXT)

struct hand {
    struct vwr_vseg seg[SEGMENTS_MAX];
    uint32_t avail_at;
    uint32_t used_at;
    unsigned avail_flags; /* AVAIL and USED of an available descriptor; 0: not initialized */
    unsigned used_flags;
};

_Static_assert(sizeof(struct hand) <= HAND_BYTES, "device_main.c has the memory");

typedef uint64_t __attribute__((may_alias)) half;

/* The guest's memory and the ring. */
struct view {
    uint8_t *ram;
    uint64_t ram_addr;
    uint64_t ram_bytes;
    struct vwr_pvirtq_desc *ring;
    uint32_t size;
};

/* A descriptor, with its second half as one word. */
struct entry {
    uint64_t addr;
    uint64_t rest;
};

/* A chain as far as it is read. */
struct chain {
    struct entry e; /* loaded, but not in `seg` */
    struct vwr_vseg *seg;
    const struct vwr_vseg *end;
    bool more;                        /* e is a segment of the chain */
    const struct vwr_pvirtq_desc *d;  /* table: entry after e */
    const struct vwr_pvirtq_desc *to; /* end of the table; NULL: the chain is in the ring */
    uint32_t at;                      /* ring: position after e */
    uint64_t flags;                   /* ring: AVAIL and USED at this position */
    uint64_t wrong;                   /* ring: these, if a descriptor is not available */
};

/* A chain that was read. */
struct buffer {
    uint32_t id;
    uint32_t count; /* descriptors in the ring */
    uint32_t written;
};

static inline struct entry load(const struct vwr_pvirtq_desc *desc)
{
    const volatile half *const d = (const volatile half *)(const void *)desc;

    return (struct entry){d[0], d[1]};
}

static inline void move_on(const struct view *v, struct chain *c)
{
    if (++c->at == v->size) {
        c->at = 0;
        c->flags ^= FLAG(WRAP);
    }
}

/* Loads the next descriptor of the ring, and notes whether it is available. */
VWR_ALWAYS_INLINE void next_in_ring(const struct view *v, struct chain *c)
{
    c->e = load(&v->ring[c->at]);
    c->wrong |= c->e.rest ^ c->flags;
    move_on(v, c);
}

static inline bool open_table(const struct view *v, struct chain *c)
{
    const uint64_t off = c->e.addr - v->ram_addr;
    const uint32_t bytes = (uint32_t)c->e.rest;

    if ((c->e.rest & NEXT) != 0 || bytes == 0 || bytes % sizeof(*c->d) != 0 ||
        bytes / sizeof(*c->d) > v->size)
        return false;
    if ((off & (sizeof(half) - 1u)) != 0 || (off | (off + (bytes - 1u))) >= v->ram_bytes)
        return false;
    c->d = (const void *)(v->ram + off);
    c->to = c->d + bytes / sizeof(*c->d);
    c->e = load(c->d++);
    return true;
}

/* Flags that determine how to read a descriptor. In a table, only WRITE counts; our queue also ignores the
 * others.
 */
VWR_ALWAYS_INLINE uint64_t kind(const struct chain *c, bool in_table)
{
    return c->e.rest & (in_table ? WRITE : INDIRECT | WRITE);
}

/*
 * Reads consecutive segments with the direction of `e`. Returns their size in bytes; negative: invalid chain.
 */
VWR_ALWAYS_INLINE int64_t walk_some(const struct view *v, struct chain *to, bool in_table, uint64_t direction)
{
    struct chain c = *to;
    int64_t bytes = 0;

    do {
        const uint32_t len = (uint32_t)c.e.rest;
        const uint64_t off = c.e.addr - v->ram_addr;

        if ((off | (off + (len - 1u))) >= v->ram_bytes || c.seg == c.end)
            return -1;
        c.seg->at = v->ram + off;
        c.seg->len = len;
        c.seg++;
        bytes += len;
        c.more = in_table ? c.d != c.to : (c.e.rest & NEXT) != 0;
        if (!c.more)
            break;
        if (in_table)
            c.e = load(c.d++);
        else
            next_in_ring(v, &c);
    } while (kind(&c, in_table) == direction);
    *to = c;
    return bytes;
}

/* Returns the number of writable bytes; negative: invalid chain. */
VWR_ALWAYS_INLINE int64_t walk_all(const struct view *v, struct chain *c, bool in_table)
{
    int64_t out = 0;
    int64_t in = 0;

    if (kind(c, in_table) == 0)
        out = walk_some(v, c, in_table, 0);
    if (out >= 0 && c->more && kind(c, in_table) == WRITE)
        in = walk_some(v, c, in_table, WRITE);
    /* more: a readable segment after a writable one, or a table */
    return out < 0 || in < 0 || c->more || out + in > UINT32_MAX ? -1 : in;
}

/* Reads the buffer at avail_at, which is available. */
static inline bool walk(const struct view *v, struct hand *hand, struct buffer *found)
{
    struct chain c = {.e = load(&v->ring[hand->avail_at]),
                      .seg = hand->seg,
                      .end = hand->seg + (v->size < SEGMENTS_MAX ? v->size : SEGMENTS_MAX),
                      .more = true,
                      .at = hand->avail_at,
                      .flags = FLAG(hand->avail_flags)};
    uint64_t rest = c.e.rest; /* of the chain's last ring descriptor, which contains the ID */
    int64_t written;

    move_on(v, &c);
    if ((rest & INDIRECT) != 0) {
        written = open_table(v, &c) ? walk_all(v, &c, true) : -1;
        found->count = 1;
    } else {
        written = walk_all(v, &c, false);
        found->count = (uint32_t)(c.seg - hand->seg);
        rest = c.e.rest;
    }
    hand->avail_at = c.at;
    hand->avail_flags = (unsigned)(c.flags >> 48);
    found->id = (uint16_t)(rest >> 32);
    found->written = (uint32_t)written;
    return written >= 0 && found->id < v->size && (c.wrong & FLAG(WRAP)) == 0;
}

static inline void put_used(const struct view *v, struct hand *hand, struct vwr_pvirtq_desc *d,
                            const struct buffer *c)
{
    d->id = (uint16_t)c->id;
    d->len = c->written;
    hand->used_at += c->count;
    if (hand->used_at >= v->size) {
        hand->used_at -= v->size;
        hand->used_flags ^= WRAP;
    }
}

static void publish(const struct bench_ring *b, struct vwr_pvirtq_desc *first, unsigned flags)
{
    const struct vwr_pvirtq_event_suppress *const event = (const void *)(b->ram + (b->driver - b->ram_addr));

    vwr_port_release();
    *(volatile vwr_le16 *)&first->flags = (uint16_t)flags;
    vwr_port_mb();
    if (*(const volatile vwr_le16 *)&event->flags != VWR_RING_EVENT_FLAGS_DISABLE)
        vwr_vdev_interrupt(b->dev, b->queue->index);
}

__attribute__((noinline)) struct bench_found hand_table_packed_measured(struct bench_ring *b)
{
    struct hand *const hand = b->hand;
    const struct view v = {b->ram, b->ram_addr, b->ram_bytes, (void *)(b->ram + (b->desc - b->ram_addr)),
                           b->size};
    struct bench_found found = {0, 0};
    struct vwr_pvirtq_desc *first = NULL;
    unsigned first_flags = 0;

    if (hand->avail_flags == 0) {
        hand->avail_flags = VWR_VIRTQ_DESC_F_AVAIL;
        hand->used_flags = WRAP;
    }
    while ((*(const volatile vwr_le16 *)&v.ring[hand->avail_at].flags & WRAP) == hand->avail_flags) {
        struct vwr_pvirtq_desc *const d = &v.ring[hand->used_at];
        const unsigned flags = hand->used_flags | VWR_VIRTQ_DESC_F_WRITE;
        struct buffer c;

        vwr_port_rmb();
        if (!walk(&v, hand, &c))
            break;
        put_used(&v, hand, d, &c);
        if (first == NULL) {
            first = d;
            first_flags = flags;
        } else {
            d->flags = (uint16_t)flags;
        }
        found.chains++;
        found.bytes += c.written;
    }
    if (first != NULL)
        publish(b, first, first_flags);
    return found;
}
