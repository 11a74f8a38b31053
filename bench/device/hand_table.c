/* SPDX-License-Identifier: MIT */
#include "bench_device.h"
#include "vwr/gen/split_ring.h"

/*
 * The yardstick for chains in indirect tables: hand_device.c with tables, and with every check that our queue
 * makes on a chain. The driver chooses whether a chain is in the ring or in a table.
 *
 * It checks that a table is in memory and aligned, has whole entries and is not inside of a table or behind
 * descriptors of the ring; that `next` is in the table; that readable segments come first; that a chain is
 * not longer than the queue; and that its bytes are below 2^32. Each word is loaded once.
 *
 * Apart from these checks, it omits what hand_device.c omits: memory in several regions, descriptors of 0
 * bytes, tables after ring descriptors, a buffer that is made available twice, and so on.
 */

struct hand {
    struct vwr_vseg seg[SEGMENTS_MAX];
    uint16_t next_avail;
    uint16_t next_used;
};

_Static_assert(sizeof(struct hand) <= HAND_BYTES, "device_main.c has the memory");

typedef uint64_t __attribute__((may_alias)) half;

/* The guest's memory, and the place of a chain: the ring or a table. */
struct view {
    uint8_t *ram;
    uint64_t ram_addr;
    uint64_t ram_bytes;
    const struct vwr_virtq_desc *desc;
    uint32_t count;
};

#define FLAG(flag) ((uint64_t)(flag) << 32)
#define INDIRECT FLAG(VWR_VIRTQ_DESC_F_INDIRECT)
#define WRITE FLAG(VWR_VIRTQ_DESC_F_WRITE)
#define NEXT FLAG(VWR_VIRTQ_DESC_F_NEXT)

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
    bool more; /* e is a segment of the chain */
};

static inline struct entry load(const struct view *v, uint64_t at)
{
    const volatile half *const d = (const volatile half *)(const void *)&v->desc[at];

    return (struct entry){d[0], d[1]};
}

static inline bool open_table(struct view *v, struct entry *e)
{
    const uint64_t off = e->addr - v->ram_addr;
    const uint32_t bytes = (uint32_t)e->rest;

    if ((e->rest & NEXT) != 0 || bytes == 0 || bytes % sizeof(*v->desc) != 0)
        return false;
    if ((off & (sizeof(half) - 1u)) != 0 || (off | (off + (bytes - 1u))) >= v->ram_bytes)
        return false;
    v->desc = (const void *)(v->ram + off);
    v->count = bytes / (uint32_t)sizeof(*v->desc);
    *e = load(v, 0);
    return true;
}

/*
 * Reads consecutive segments with the direction of `e`. Returns their size in bytes; negative: invalid chain.
 */
VWR_ALWAYS_INLINE int64_t walk_some(const struct view *v, struct chain *c, uint64_t direction)
{
    struct entry e = c->e;
    struct vwr_vseg *seg = c->seg;
    int64_t bytes = 0;

    do {
        const uint32_t len = (uint32_t)e.rest;
        const uint64_t off = e.addr - v->ram_addr;

        if ((off | (off + (len - 1u))) >= v->ram_bytes || seg == c->end)
            return -1;
        seg->at = v->ram + off;
        seg->len = len;
        seg++;
        bytes += len;
        c->more = (e.rest & NEXT) != 0;
        if (!c->more)
            break;
        if (e.rest >> 48 >= v->count)
            return -1;
        e = load(v, e.rest >> 48);
    } while ((e.rest & (INDIRECT | WRITE)) == direction);
    c->e = e;
    c->seg = seg;
    return bytes;
}

/* Reads the chain at `head`. Returns the number of writable bytes; negative: invalid chain. */
static inline int64_t walk(struct view v, uint64_t head, struct vwr_vseg *seg)
{
    struct chain c = {load(&v, head), seg, seg + (v.count < SEGMENTS_MAX ? v.count : SEGMENTS_MAX), true};
    int64_t out = 0;
    int64_t in = 0;

    if ((c.e.rest & INDIRECT) != 0 && !open_table(&v, &c.e))
        return -1;
    if ((c.e.rest & (INDIRECT | WRITE)) == 0)
        out = walk_some(&v, &c, 0);
    if (out >= 0 && c.more && (c.e.rest & (INDIRECT | WRITE)) == WRITE)
        in = walk_some(&v, &c, WRITE);
    /* more: a readable segment after a writable one, or a table */
    return out < 0 || in < 0 || c.more || out + in > UINT32_MAX ? -1 : in;
}

__attribute__((noinline)) struct bench_found hand_table_measured(struct bench_ring *b)
{
    const struct view ring = {b->ram, b->ram_addr, b->ram_bytes,
                              (const void *)(b->ram + (b->desc - b->ram_addr)), b->size};
    const struct vwr_virtq_avail *const avail = (const void *)(b->ram + (b->driver - b->ram_addr));
    struct vwr_virtq_used *const used = (void *)(b->ram + (b->device - b->ram_addr));
    struct hand *const hand = b->hand;
    struct bench_found found = {0, 0};
    const uint16_t end = *(const volatile vwr_le16 *)&avail->idx;

    if ((uint16_t)(end - hand->next_avail) > b->size)
        return found;
    vwr_port_rmb();
    for (; hand->next_avail != end; hand->next_avail++, hand->next_used++) {
        const uint32_t head = *(const volatile vwr_le16 *)&avail->ring[hand->next_avail & (b->size - 1u)];
        struct vwr_virtq_used_elem *const e = &used->ring[hand->next_used & (b->size - 1u)];
        int64_t written;

        if (head >= b->size || (written = walk(ring, head, hand->seg)) < 0)
            break;
        e->id = head;
        e->len = (uint32_t)written;
        found.chains++;
        found.bytes += (uint64_t)written;
    }
    vwr_port_release();
    *(volatile vwr_le16 *)&used->idx = hand->next_used;
    vwr_port_mb();
    if ((*(const volatile vwr_le16 *)&avail->flags & VWR_VIRTQ_AVAIL_F_NO_INTERRUPT) == 0)
        vwr_vdev_interrupt(b->dev, b->queue->index);
    return found;
}
