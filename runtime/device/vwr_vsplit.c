/* SPDX-License-Identifier: MIT */
#include "vqueue_common.h"

/*
 * The split ring, device side. Section: Basic Facilities of a Virtio Device / Split Virtqueues.
 *
 * Of what the driver writes the available index is read once for all that it covers, each entry and
 * each descriptor once, a descriptor as two words. The used ring is written and never read.
 */

void vwr_vsplit_enable(struct vwr_vqueue *q, void *desc, void *driver, void *device)
{
    q->desc = desc;
    q->avail = driver;
    q->used = device;
    q->used_event =
        (const vwr_le16 *)(const void *)((uint8_t *)driver + vwr_virtq_avail_used_event_offset(q->size));
    q->avail_event = (vwr_le16 *)(void *)((uint8_t *)device + vwr_virtq_used_avail_event_offset(q->size));
}

/* The chain goes on in a table, to its end. `left`: descriptors that it may still have. */
static int walk_table(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t addr, uint64_t rest)
{
    struct vqueue_table table;
    struct vqueue_pieces p;
    const uint8_t *host;
    uint32_t count;
    uint32_t left = q->size;
    uint32_t at = 0;
    int r;

    if ((rest >> VWR_SPLIT_FLAGS_SHIFT & VWR_VIRTQ_DESC_F_NEXT) != 0)
        return vwr_vqueue_bad(q, VWR_VFAULT_INDIRECT, (uint16_t)(rest >> VWR_SPLIT_FLAGS_SHIFT), 0);
    r = vqueue_open_table(q, addr, (uint32_t)rest, &table);
    if (r != VWR_OK)
        return r;
    host = table.host;
    count = table.count;
    vqueue_resume(q, c, &p);
    for (;;) {
        const void *const desc = vqueue_desc(q, &table, host, at);

        addr = vwr_guest64(q->legacy, vwr_ring_load64(desc));
        rest = vwr_split_half(q->legacy, vwr_ring_load64((const uint8_t *)desc + sizeof(vwr_le64)));
        if ((rest >> VWR_SPLIT_FLAGS_SHIFT & VWR_VIRTQ_DESC_F_INDIRECT) != 0)
            return vwr_vqueue_bad(q, VWR_VFAULT_INDIRECT, (uint16_t)(rest >> VWR_SPLIT_FLAGS_SHIFT), 0);
        r = vqueue_piece(q, c, &p, addr, (uint32_t)rest,
                         (rest >> VWR_SPLIT_FLAGS_SHIFT & VWR_VIRTQ_DESC_F_WRITE) != 0);
        if (r != VWR_OK)
            return r;
        if ((rest >> VWR_SPLIT_FLAGS_SHIFT & VWR_VIRTQ_DESC_F_NEXT) == 0)
            break;
        at = (uint16_t)(rest >> VWR_SPLIT_NEXT_SHIFT);
        if (at >= count)
            return vwr_vqueue_bad(q, VWR_VFAULT_NEXT, at, 0);
        if (--left == 0)
            return vwr_vqueue_bad(q, VWR_VFAULT_LOOP, c->id, 0);
    }
    return vqueue_last(q, c, &p) == VWR_OK ? 1 : VWR_EBADRING;
}

int vwr_vsplit_bad(struct vwr_vqueue *q, uint32_t at, bool is_head)
{
    const enum vwr_vfault fault = !is_head       ? VWR_VFAULT_NEXT
                                  : at > q->mask ? VWR_VFAULT_HEAD
                                                 : VWR_VFAULT_TWICE;

    return vwr_vqueue_bad(q, fault, at, 0);
}

int vwr_vsplit_walk(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t addr, uint64_t rest, uint64_t bytes)
{
    uint32_t steps = c->out + c->in; /* no more than there is room for went the short way */
    uint32_t at;
    int r;

    if (bytes >> 32 != 0)
        return vwr_vqueue_bad(q, VWR_VFAULT_LENGTH, addr, (uint32_t)rest);
    for (;;) {
        if (steps++ >= q->size)
            return vwr_vqueue_bad(q, VWR_VFAULT_LOOP, c->id, 0);
        if ((rest >> VWR_SPLIT_FLAGS_SHIFT & VWR_VIRTQ_DESC_F_INDIRECT) != 0)
            return VWR_WITH_INDIRECT
                       ? walk_table(q, c, addr, rest)
                       : vwr_vqueue_bad(q, VWR_VFAULT_INDIRECT, (uint16_t)(rest >> VWR_SPLIT_FLAGS_SHIFT), 0);
        r = vwr_vqueue_add(q, c, addr, (uint32_t)rest,
                           (rest >> VWR_SPLIT_FLAGS_SHIFT & VWR_VIRTQ_DESC_F_WRITE) != 0);
        if (r != VWR_OK)
            return r;
        if ((rest >> VWR_SPLIT_FLAGS_SHIFT & VWR_VIRTQ_DESC_F_NEXT) == 0)
            return 1;
        at = (uint16_t)(rest >> VWR_SPLIT_NEXT_SHIFT);
        if (VWR_VQUEUE_WRONG(at > q->mask))
            return vwr_vsplit_bad(q, at, false);
        addr = vwr_guest64(q->legacy, vwr_ring_load64(&q->desc[at].addr));
        rest = vwr_split_half(q->legacy, vwr_ring_load64(&q->desc[at].len));
    }
}

/* avail.idx, read once: buffers that were not taken yet. */
static int look(struct vwr_vqueue *q)
{
    uint16_t idx;
    uint32_t count;

    if (!q->alive)
        return VWR_EFAILED;
    idx = vwr_guest16(q->legacy, vwr_ring_load16(&q->avail->idx));
    count = (uint16_t)(idx - q->taken);
    if (VWR_VQUEUE_WRONG(count > q->size))
        return vwr_vqueue_bad(q, VWR_VFAULT_INDEX, idx, (uint16_t)q->taken);
    vwr_ring_acquire(); /* the index before the entries that it covers */
    q->seen = q->taken + count;
    vwr_count_add(&q->stats.chains, count);
    return (int)count;
}

int vwr_vsplit_more(struct vwr_vqueue *q)
{
    const int r = look(q);

    return r > 0 ? VWR_VSPLIT_MORE : r;
}

/* Does the driver want to hear of those from `old` to `now`? */
static bool wants(const struct vwr_vqueue *q, uint32_t now, uint32_t old)
{
    uint16_t event;

    if (!VWR_WITH_EVENT_IDX || !q->event_idx)
        return (vwr_guest16(q->legacy, vwr_ring_load16(&q->avail->flags)) & VWR_VIRTQ_AVAIL_F_NO_INTERRUPT) ==
               0;
    event = vwr_guest16(q->legacy, vwr_ring_load16(q->used_event));
    return vwr_ring_need_event(event, (uint16_t)now, (uint16_t)old);
}

bool vwr_vsplit_show(struct vwr_vqueue *q)
{
    const uint32_t old = q->published;
    const uint32_t now = q->given;

    q->published = now;
    vwr_ring_publish16(&q->used->idx, vwr_guest16(q->legacy, (uint16_t)now));
    vwr_ring_mb(); /* the index before the look at whether the driver wants to hear of it */
    return wants(q, now, old);
}

bool vwr_vsplit_arm(struct vwr_vqueue *q)
{
    if (q->taken != q->seen)
        return false;
    if (VWR_WITH_EVENT_IDX && q->event_idx)
        vwr_ring_store16(q->avail_event, vwr_guest16(q->legacy, (uint16_t)q->taken));
    else
        vwr_ring_store16(&q->used->flags, 0);
    vwr_ring_mb(); /* the wish before the look, or a buffer comes between them unseen */
    return look(q) <= 0;
}

void vwr_vsplit_disarm(struct vwr_vqueue *q)
{
    const uint16_t never = (uint16_t)(q->taken - 1u); /* passed already, and for a long time not again */

    if (VWR_WITH_EVENT_IDX && q->event_idx)
        vwr_ring_store16(q->avail_event, vwr_guest16(q->legacy, never));
    else
        vwr_ring_store16(&q->used->flags, vwr_guest16(q->legacy, VWR_VIRTQ_USED_F_NO_NOTIFY));
}
