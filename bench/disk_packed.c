/* SPDX-License-Identifier: MIT */
#include "disk.h"
#include "vwr/gen/features.h"
#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"

/* Device side of the packed ring. */

/* A request that was served, but whose buffer is not used yet. */
struct disk_served {
    uint16_t where; /* its first descriptor */
    uint16_t id;
    uint32_t written;
    bool wrap; /* the wrap counter at `where` */
};

static struct vwr_pvirtq_desc *desc_of(const struct disk_queue *q)
{
    return q->ring.desc;
}

/* Requests every notification; with EVENT_IDX, one for the next descriptor. */
static void ask(struct disk_queue *q)
{
    struct vwr_pvirtq_event_suppress *event = q->ring.device;
    const bool at = disk_has(q, VWR_F_EVENT_IDX);

    event->desc = (uint16_t)(q->next | (unsigned)q->wrap << VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_WRAP_SHIFT);
    event->flags = at ? VWR_RING_EVENT_FLAGS_DESC : VWR_RING_EVENT_FLAGS_ENABLE;
}

void disk_packed_begin(struct disk_queue *q)
{
    q->wrap = true;
    ask(q);
}

static bool is_available(const struct disk_queue *q)
{
    const uint16_t flags = *(const volatile uint16_t *)&desc_of(q)[q->next].flags;
    const bool avail = (flags & VWR_VIRTQ_DESC_F_AVAIL) != 0;
    const bool used = (flags & VWR_VIRTQ_DESC_F_USED) != 0;

    return avail == q->wrap && used != q->wrap;
}

static void advance(struct disk_queue *q)
{
    q->next++;
    if (q->next == q->ring.size) {
        q->next = 0;
        q->wrap = !q->wrap;
    }
}

static void walk_table(const struct disk_queue *q, const struct vwr_pvirtq_desc *d, struct disk_chain *c)
{
    const struct vwr_pvirtq_desc *const table = (const void *)(uintptr_t)d->addr;
    const uint32_t count = d->len / (uint32_t)sizeof(*table);

    if (!disk_has(q, VWR_F_INDIRECT_DESC) || (d->flags & VWR_VIRTQ_DESC_F_NEXT) || count == 0 ||
        d->len % sizeof(*table) != 0)
        bench_fail("a table of descriptors that was not agreed on, or has no whole descriptors");
    for (uint32_t i = 0; i < count; i++)
        disk_add(c, table[i].addr, table[i].len, table[i].flags & VWR_VIRTQ_DESC_F_WRITE);
}

/* Reads the segments of the buffer at `next`, advances `next`, and returns the buffer ID. */
static uint16_t walk(struct disk_queue *q, struct disk_chain *c)
{
    const struct vwr_pvirtq_desc *d = &desc_of(q)[q->next];

    if (d->flags & VWR_VIRTQ_DESC_F_INDIRECT) {
        walk_table(q, d, c);
        advance(q);
        return d->id;
    }
    for (;;) {
        if (!is_available(q))
            bench_fail("a list of descriptors ends before its last one");
        d = &desc_of(q)[q->next];
        disk_add(c, d->addr, d->len, d->flags & VWR_VIRTQ_DESC_F_WRITE);
        advance(q);
        if (!(d->flags & VWR_VIRTQ_DESC_F_NEXT))
            return d->id;
    }
}

static void use(const struct disk_queue *q, uint16_t where, bool wrap, uint16_t id, uint32_t written)
{
    struct vwr_pvirtq_desc *d = &desc_of(q)[where];
    const unsigned flags = wrap ? VWR_VIRTQ_DESC_F_AVAIL | VWR_VIRTQ_DESC_F_USED : 0;

    d->id = id;
    d->len = written;
    *(volatile uint16_t *)&d->flags = (uint16_t)(flags | VWR_VIRTQ_DESC_F_WRITE);
}

/*
 * Uses served requests of one form in reverse order. The driver expects each used descriptor after the
 * previous one.
 */
static void use_reversed(const struct disk_queue *q, const struct disk_served *served, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        use(q, served[i].where, served[i].wrap, served[count - 1u - i].id, served[count - 1u - i].written);
}

void disk_packed_run(struct disk_queue *q)
{
    static struct disk_served served[BENCH_DEPTH_MAX];
    const bool reverses = disk_reverses();
    unsigned count = 0;
    const bool in_order = disk_has(q, VWR_F_IN_ORDER);
    const uint16_t begin = q->next;
    const bool begin_wrap = q->wrap;
    uint32_t written = 0; /* nothing is: no request */
    uint16_t id = 0;

    while (is_available(q)) {
        const uint16_t where = q->next;
        const bool wrap = q->wrap;
        struct disk_chain c;

        c.count = 0;
        id = walk(q, &c);
        written = disk_serve(&c);
        if (reverses)
            served[count++] = (struct disk_served){where, id, written, wrap};
        else if (!in_order)
            use(q, where, wrap, id, written);
    }
    ask(q);
    use_reversed(q, served, count);
    /* A single used descriptor for the batch: the ID of the last buffer, at the position of the first. */
    if (in_order && written != 0)
        use(q, begin, begin_wrap, id, written);
}
