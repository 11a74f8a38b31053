/* SPDX-License-Identifier: MIT */
#include "vqueue_common.h"

/*
 * The split ring, device side. Section: Basic Facilities of a Virtio Device / Split Virtqueues.
 *
 * Of what the driver writes the available index is read once for all that it covers, each entry and
 * each descriptor once, a descriptor as two words. The used ring is written and never read.
 */

/* Fields of a descriptor in its second word. */
#define FIELD_SHIFT(field) (8u * (__builtin_offsetof(struct vwr_virtq_desc, field) - sizeof(vwr_le64)))
#define FLAGS_SHIFT FIELD_SHIFT(flags)
#define NEXT_SHIFT FIELD_SHIFT(next)

void vwr_vsplit_enable(struct vwr_vqueue *q, void *desc, void *driver, void *device)
{
    q->desc = desc;
    q->avail = driver;
    q->used = device;
    q->used_event =
        (const vwr_le16 *)(const void *)((uint8_t *)driver + vwr_virtq_avail_used_event_offset(q->size));
    q->avail_event = (vwr_le16 *)(void *)((uint8_t *)device + vwr_virtq_used_avail_event_offset(q->size));
}

/* The second word in an order that does not depend on the host's: length, flags, next from bit 0 on. */
static inline uint64_t rest_of(const struct vwr_vqueue *q, uint64_t raw)
{
    if (VWR_BIG_ENDIAN && q->legacy)
        return raw >> 32 | (uint64_t)(uint16_t)(raw >> 16) << FLAGS_SHIFT |
               (uint64_t)(uint16_t)raw << NEXT_SHIFT;
    return vwr_le64_to_cpu(raw);
}

/* The chain goes on in a table, to its end. `left`: descriptors that it may still have. */
static int walk_table(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t addr, uint64_t rest, uint32_t left)
{
    struct vqueue_table table;
    uint32_t at = 0;
    int r;

    if ((rest >> FLAGS_SHIFT & VWR_VIRTQ_DESC_F_NEXT) != 0)
        return vwr_vqueue_bad(q, VWR_VFAULT_INDIRECT, (uint16_t)(rest >> FLAGS_SHIFT), 0);
    r = vwr_vqueue_open_table(q, addr, (uint32_t)rest, &table);
    if (r != VWR_OK)
        return r;
    for (;;) {
        addr = vwr_wire64(q->legacy, vwr_vqueue_table_half(q, &table, at, 0));
        rest = rest_of(q, vwr_vqueue_table_half(q, &table, at, 1));
        if ((rest >> FLAGS_SHIFT & VWR_VIRTQ_DESC_F_INDIRECT) != 0)
            return vwr_vqueue_bad(q, VWR_VFAULT_INDIRECT, (uint16_t)(rest >> FLAGS_SHIFT), 0);
        r = vqueue_add(q, c, addr, (uint32_t)rest, (rest >> FLAGS_SHIFT & VWR_VIRTQ_DESC_F_WRITE) != 0);
        if (r != VWR_OK || (rest >> FLAGS_SHIFT & VWR_VIRTQ_DESC_F_NEXT) == 0)
            return r;
        at = (uint16_t)(rest >> NEXT_SHIFT);
        if (at >= table.count)
            return vwr_vqueue_bad(q, VWR_VFAULT_NEXT, at, 0);
        if (--left == 0)
            return vwr_vqueue_bad(q, VWR_VFAULT_LOOP, c->id, 0);
    }
}

static int walk(struct vwr_vqueue *q, struct vwr_vchain *c, uint32_t at)
{
    uint32_t left = q->size;
    uint64_t addr;
    uint64_t rest;
    int r;

    for (;;) {
        addr = vwr_wire64(q->legacy, vqueue_load_half(&q->desc[at], 0));
        rest = rest_of(q, vqueue_load_half(&q->desc[at], 1));
        if ((rest >> FLAGS_SHIFT & VWR_VIRTQ_DESC_F_INDIRECT) != 0)
            return walk_table(q, c, addr, rest, q->size);
        r = vqueue_add(q, c, addr, (uint32_t)rest, (rest >> FLAGS_SHIFT & VWR_VIRTQ_DESC_F_WRITE) != 0);
        if (r != VWR_OK || (rest >> FLAGS_SHIFT & VWR_VIRTQ_DESC_F_NEXT) == 0)
            return r;
        at = (uint16_t)(rest >> NEXT_SHIFT);
        if (VQUEUE_WRONG(at > q->mask))
            return vwr_vqueue_bad(q, VWR_VFAULT_NEXT, at, 0);
        if (VQUEUE_WRONG(--left == 0))
            return vwr_vqueue_bad(q, VWR_VFAULT_LOOP, c->id, 0);
    }
}

/* avail.idx, read once: buffers that were not taken yet. */
static int look(struct vwr_vqueue *q)
{
    uint16_t idx;
    uint32_t count;

    if (!q->ready || q->broken)
        return VWR_EFAILED;
    idx = vwr_wire16(q->legacy, vqueue_load16(&q->avail->idx));
    count = (uint16_t)(idx - q->taken);
    if (VQUEUE_WRONG(count > q->size))
        return vwr_vqueue_bad(q, VWR_VFAULT_INDEX, idx, (uint16_t)q->taken);
    vwr_port_rmb(); /* the index before the entries that it covers */
    q->seen = q->taken + count;
    vwr_count_add(&q->stats.chains, count);
    return (int)count;
}

int vwr_vsplit_next(struct vwr_vqueue *q, struct vwr_vchain *c)
{
    uint32_t head;
    int r;

    if (q->taken == q->seen) {
        r = look(q);
        if (r <= 0)
            return r;
    }
    head = vwr_wire16(q->legacy, vqueue_load16(&q->avail->ring[q->taken & q->mask]));
    if (VQUEUE_WRONG(head > q->mask))
        return vwr_vqueue_bad(q, VWR_VFAULT_HEAD, head, 0);
    if (VQUEUE_WRONG(q->own[head].busy != 0))
        return vwr_vqueue_bad(q, VWR_VFAULT_TWICE, head, 0);
    vqueue_begin(q, c);
    c->id = (uint16_t)head;
    c->count = 1; /* of entries in the ring */
    r = walk(q, c, head);
    if (r != VWR_OK)
        return r;
    q->own[head].busy = 1;
    q->taken++;
    return 1;
}

void vwr_vsplit_give(struct vwr_vqueue *q, uint32_t id, uint32_t written)
{
    struct vwr_virtq_used_elem *const elem = &q->used->ring[q->given & q->mask];

    elem->id = vwr_wire32(q->legacy, id);
    elem->len = vwr_wire32(q->legacy, written);
    q->given++;
}

/* Does the driver want to hear of those from `old` to `now`? */
static bool wants(const struct vwr_vqueue *q, uint32_t now, uint32_t old)
{
    uint16_t event;

    if (!q->event_idx)
        return (vwr_wire16(q->legacy, vqueue_load16(&q->avail->flags)) & VWR_VIRTQ_AVAIL_F_NO_INTERRUPT) == 0;
    event = vwr_wire16(q->legacy, vqueue_load16(q->used_event));
    return (uint16_t)(now - event - 1u) < now - old;
}

bool vwr_vsplit_show(struct vwr_vqueue *q)
{
    const uint32_t old = q->published;
    const uint32_t now = q->given;

    q->published = now;
    vwr_port_rmb(); /* what was read of buffers before the index that lets the driver write there anew */
    vwr_port_wmb(); /* entries and data before the index that makes them the driver's */
    vqueue_store16(&q->used->idx, vwr_wire16(q->legacy, (uint16_t)now));
    vwr_port_mb(); /* the index before the look at whether the driver wants to hear of it */
    return wants(q, now, old);
}

bool vwr_vsplit_arm(struct vwr_vqueue *q)
{
    if (q->taken != q->seen)
        return false;
    if (q->event_idx)
        vqueue_store16(q->avail_event, vwr_wire16(q->legacy, (uint16_t)q->taken));
    else
        vqueue_store16(&q->used->flags, 0);
    vwr_port_mb(); /* the wish before the look, or a buffer comes between them unseen */
    return look(q) <= 0;
}

void vwr_vsplit_disarm(struct vwr_vqueue *q)
{
    const uint16_t never = (uint16_t)(q->taken - 1u); /* passed already, and for a long time not again */

    if (q->event_idx)
        vqueue_store16(q->avail_event, vwr_wire16(q->legacy, never));
    else
        vqueue_store16(&q->used->flags, vwr_wire16(q->legacy, VWR_VIRTQ_USED_F_NO_NOTIFY));
}
