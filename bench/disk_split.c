/* SPDX-License-Identifier: MIT */
#include "disk.h"
#include "vwr/gen/features.h"
#include "vwr/gen/split_ring.h"

/* Device side of the split ring. It also enforces the requirements of IN_ORDER on the driver. */

static struct vwr_virtq_used *used_of(const struct disk_queue *q)
{
    return q->ring.device;
}

/* Flags stay 0, which requests every notification; with EVENT_IDX, requests the next one. */
static void ask(struct disk_queue *q)
{
    vwr_le16 *const avail_event = (vwr_le16 *)(void *)&used_of(q)->ring[q->ring.size];

    if (disk_has(q, VWR_F_EVENT_IDX))
        *(volatile vwr_le16 *)avail_event = q->next;
}

void disk_split_begin(struct disk_queue *q)
{
    if ((q->ring.size & (q->ring.size - 1u)) != 0)
        bench_fail("the size of a split ring is a power of 2");
    ask(q);
}

static void walk_table(const struct disk_queue *q, const struct vwr_virtq_desc *d, struct disk_chain *c)
{
    const struct vwr_virtq_desc *const table = (const void *)(uintptr_t)d->addr;
    const uint32_t count = d->len / (uint32_t)sizeof(*table);
    uint32_t i = 0;

    if (!disk_has(q, VWR_F_INDIRECT_DESC) || d->flags != VWR_VIRTQ_DESC_F_INDIRECT || count == 0 ||
        d->len % sizeof(*table) != 0)
        bench_fail("a table of descriptors that was not agreed on, or has no whole descriptors");
    for (;;) {
        disk_add(c, table[i].addr, table[i].len, table[i].flags & VWR_VIRTQ_DESC_F_WRITE);
        if (!(table[i].flags & VWR_VIRTQ_DESC_F_NEXT))
            return;
        if (table[i].next >= count || (disk_has(q, VWR_F_IN_ORDER) && table[i].next != i + 1u))
            bench_fail("a table of descriptors goes on in the wrong place");
        i = table[i].next;
    }
}

/* Reads the segments of the chain that begins at `head`; returns its number of ring descriptors. */
static unsigned walk(const struct disk_queue *q, uint16_t head, struct disk_chain *c)
{
    const struct vwr_virtq_desc *const desc = q->ring.desc;
    unsigned count = 1;
    uint16_t i = head;

    if (desc[head].flags & VWR_VIRTQ_DESC_F_INDIRECT) {
        walk_table(q, &desc[head], c);
        return count;
    }
    for (;; count++) {
        disk_add(c, desc[i].addr, desc[i].len, desc[i].flags & VWR_VIRTQ_DESC_F_WRITE);
        if (!(desc[i].flags & VWR_VIRTQ_DESC_F_NEXT))
            return count;
        if (desc[i].next >= q->ring.size)
            bench_fail("a chain leaves the queue");
        if (disk_has(q, VWR_F_IN_ORDER) && desc[i].next != (i + 1u) % q->ring.size)
            bench_fail("a chain is not in ring order");
        i = desc[i].next;
    }
}

void disk_split_run(struct disk_queue *q)
{
    const struct vwr_virtq_avail *const avail = q->ring.driver;
    struct vwr_virtq_used *const used = used_of(q);
    const bool in_order = disk_has(q, VWR_F_IN_ORDER);
    const uint16_t end = *(const volatile uint16_t *)&avail->idx;
    const uint16_t begin = q->next;

    while (q->next != end) {
        const uint16_t head = avail->ring[q->next % q->ring.size];
        const uint16_t at = disk_reverses() ? (uint16_t)(begin + end - 1u - q->next) : q->next;
        /* With IN_ORDER, only the used entry of the last chain is written, at the position of the first. */
        struct vwr_virtq_used_elem *elem = &used->ring[(in_order ? begin : at) % q->ring.size];
        struct disk_chain c;

        c.count = 0;
        if (head >= q->ring.size || (in_order && head != q->first))
            bench_fail("head beyond the queue, or not in ring order");
        q->first = (uint16_t)((head + walk(q, head, &c)) % q->ring.size);
        elem->len = disk_serve(&c);
        elem->id = head;
        q->next++;
    }
    ask(q);
    *(volatile uint16_t *)&used->idx = q->next;
}
