/* SPDX-License-Identifier: MIT */
#include "monitor_common.h"
#include "vwr/gen/status.h"

static const struct vwr_pvirtq_desc *monitor_at(const struct vwr_monitor_queue *q, uint32_t at)
{
    return (const struct vwr_pvirtq_desc *)q->area[MONITOR_DESC] + at;
}

static uint32_t monitor_flags(const struct vwr_monitor_queue *q, uint32_t at)
{
    return vwr_le16_to_cpu(vwr_ring_load16(&monitor_at(q, at)->flags));
}

static struct monitor_desc monitor_load_packed(const struct vwr_monitor_queue *q, uint32_t at)
{
    const struct vwr_pvirtq_desc *const d = monitor_at(q, at);

    return (struct monitor_desc){
        vwr_le64_to_cpu(vwr_ring_load64(&d->addr)), vwr_le32_to_cpu(vwr_ring_load32(&d->len)),
        vwr_le16_to_cpu(vwr_ring_load16(&d->flags)), vwr_le16_to_cpu(vwr_ring_load16(&d->id))};
}

static uint32_t monitor_packed_sum_of(const struct monitor_desc *d)
{
    return monitor_sum(d->addr, d->len | (uint64_t)d->flags << 32 | (uint64_t)d->other << 48);
}

uint32_t vwr_monitor_sum_packed(const struct vwr_monitor_queue *q, uint32_t at)
{
    const struct monitor_desc d = monitor_load_packed(q, at);

    return monitor_packed_sum_of(&d);
}

static bool monitor_is_available(uint32_t flags, const struct vwr_packed_cursor *at)
{
    return (flags & VWR_PACKED_WRAP_FLAGS) == at->flags;
}

/* AVAIL and USED are equal: the device has written it, or nobody. */
static bool monitor_is_used(uint32_t flags)
{
    return (flags & VWR_PACKED_WRAP_FLAGS) == 0 || (flags & VWR_PACKED_WRAP_FLAGS) == VWR_PACKED_WRAP_FLAGS;
}

/* What both sides have done with is of the lap before. */
static bool monitor_is_old(uint32_t flags, const struct vwr_packed_cursor *at)
{
    return ((flags ^ at->flags) & VWR_VIRTQ_DESC_F_AVAIL) != 0;
}

static void monitor_take_element(struct monitor_chain *c, const struct monitor_desc *d, uint32_t count)
{
    const bool has_next = (d->flags & VWR_VIRTQ_DESC_F_NEXT) != 0;

    if ((d->flags & VWR_VIRTQ_DESC_F_INDIRECT) == 0)
        vwr_monitor_segment(c, d->addr, d->len, (d->flags & VWR_VIRTQ_DESC_F_WRITE) != 0);
    else if (has_next || count > 1)
        vwr_monitor_find_chain(c, VWR_RULE_PACKED_INDIRECT_LISTED, 0, 0);
    else
        vwr_monitor_table(c, d->addr, d->len);
}

/* A list of descriptors, from the first available one on. Returns whether the monitor can go on. */
static bool monitor_take_list(struct vwr_monitor *m, struct vwr_monitor_queue *q)
{
    struct monitor_chain c;
    struct vwr_packed_cursor at = q->avail;
    struct monitor_desc d;
    uint32_t count = 0;

    monitor_begin_chain(&c, m, q, at.index, false);
    do {
        d = monitor_load_packed(q, at.index);
        if (++count > q->size || q->covered + count > q->size) {
            vwr_monitor_find_chain(&c, count > q->size ? VWR_RULE_PACKED_LONG : VWR_RULE_PACKED_FULL, 0, 0);
            monitor_end_chain(&c);
            return false;
        }
        c.place = at.index;
        if (!monitor_is_available(d.flags, &at))
            vwr_monitor_find_chain(&c, VWR_RULE_PACKED_WRAP, d.flags, 0);
        q->entry[at.index].sum = monitor_packed_sum_of(&d);
        monitor_take_element(&c, &d, count);
        vwr_packed_advance(&at, 1, q->size);
    } while ((d.flags & VWR_VIRTQ_DESC_F_NEXT) != 0);
    monitor_end_chain(&c);
    q->avail = at;
    if (d.other >= q->size)
        return false; /* an id of the driver's own, for which the monitor has no entry */
    if (q->entry[d.other].count != 0) {
        vwr_monitor_find(m, VWR_RULE_PACKED_ID, q, c.place, d.other, 0);
        return false;
    }
    q->entry[d.other].count = (uint16_t)count;
    q->entry[d.other].writable =
        !c.broken && c.writable < MONITOR_MAX_32 ? (uint32_t)c.writable : MONITOR_MAX_32;
    q->entry[q->last].order = d.other;
    q->last = q->last + 1u < q->size ? (uint16_t)(q->last + 1u) : 0;
    q->covered += count;
    q->in_flight++;
    vwr_monitor_request(&c);
    monitor_end_chain(&c);
    return true;
}

/* Descriptors from the device's position to the driver's are what they were. Returns whether they are. */
static bool monitor_check_in_flight(struct vwr_monitor *m, struct vwr_monitor_queue *q, unsigned by)
{
    struct vwr_packed_cursor at = q->used;

    for (uint32_t i = 0; i < q->covered; i++) {
        if (vwr_monitor_sum_packed(q, at.index) != q->entry[at.index].sum) {
            vwr_monitor_find(m, by == VWR_BY_DRIVER ? VWR_RULE_PACKED_ALTERED : VWR_RULE_PACKED_USED_PLACE, q,
                             at.index, monitor_flags(q, at.index), 0);
            return false;
        }
        vwr_packed_advance(&at, 1, q->size);
    }
    return true;
}

/* What is at the driver's position and is not available. Returns whether the monitor can go on. */
static bool monitor_check_position(struct vwr_monitor *m, struct vwr_monitor_queue *q)
{
    const uint32_t flags = monitor_flags(q, q->avail.index);

    if (q->covered == q->size)
        return true; /* it is in flight */
    if (monitor_is_used(flags))
        return monitor_is_old(flags, &q->avail);
    if (vwr_monitor_sum_packed(q, q->avail.index) == q->entry[q->avail.index].sum)
        return true; /* of the lap before, in a list of which the device has written the first only */
    vwr_monitor_find(m, VWR_RULE_PACKED_WRAP, q, q->avail.index, flags, 0);
    return false;
}

/* The lists of one used descriptor: in order, those before it too. Returns their descriptors; 0: none. */
static uint32_t monitor_use_list(struct vwr_monitor *m, struct vwr_monitor_queue *q, uint32_t id)
{
    uint32_t covered = 0;

    if (!monitor_in_order(m)) {
        covered = q->entry[id].count;
        vwr_monitor_release(m, q, id);
        return covered;
    }
    for (uint32_t n = q->in_flight; n > 0; n--) {
        const uint32_t next = q->entry[q->first].order;

        q->first = q->first + 1u < q->size ? (uint16_t)(q->first + 1u) : 0;
        covered += q->entry[next].count;
        vwr_monitor_release(m, q, next);
        if (next == id)
            return covered;
    }
    return covered;
}

/* The next used descriptor. Returns whether the monitor can go on. */
static bool monitor_use_next(struct vwr_monitor *m, struct vwr_monitor_queue *q)
{
    const struct monitor_desc d = monitor_load_packed(q, q->used.index);

    if (d.other >= q->size || q->entry[d.other].count == 0) {
        vwr_monitor_find(m, VWR_RULE_PACKED_USED_ID, q, q->used.index, d.other, 0);
        return false;
    }
    if ((d.flags & VWR_VIRTQ_DESC_F_WRITE) != 0 && d.len > q->entry[d.other].writable)
        vwr_monitor_find(m, VWR_RULE_PACKED_USED_LENGTH, q, d.other, d.len, q->entry[d.other].writable);
    vwr_packed_advance(&q->used, monitor_use_list(m, q, d.other), q->size);
    return true;
}

/* All used descriptors. Returns whether the monitor can go on. */
static bool monitor_use_packed(struct vwr_monitor *m, struct vwr_monitor_queue *q, unsigned by)
{
    while (q->in_flight > 0) {
        const uint32_t flags = monitor_flags(q, q->used.index);

        if (!monitor_is_used(flags))
            return true;
        vwr_ring_acquire();
        if ((flags & VWR_PACKED_WRAP_FLAGS) != q->used.flags) {
            if (by == VWR_BY_DEVICE) /* otherwise a whole lap may have passed unseen */
                vwr_monitor_find(m, VWR_RULE_PACKED_USED_WRAP, q, q->used.index, flags, 0);
            return false;
        }
        if (!monitor_use_next(m, q))
            return false;
    }
    return true;
}

static void monitor_check_events(struct vwr_monitor *m, struct vwr_monitor_queue *q, uint32_t word)
{
    const unsigned flags =
        word >> VWR_PACKED_EVENT_FLAGS_SHIFT & VWR_PVIRTQ_EVENT_SUPPRESS_FLAGS_EVENT_FLAGS_MASK;

    if (flags > VWR_RING_EVENT_FLAGS_DESC ||
        (flags == VWR_RING_EVENT_FLAGS_DESC && !monitor_has(m, VWR_F_EVENT_IDX)))
        vwr_monitor_find(m, VWR_RULE_PACKED_EVENT_FLAGS, q, 0, flags, 0);
}

/* The flags at both positions, unless either side has gone on since the look read them. */
void vwr_monitor_mark_packed(struct vwr_monitor_queue *q)
{
    uint32_t flags;

    q->mark[0] = &monitor_at(q, q->avail.index)->flags;
    q->mark[1] = &monitor_at(q, q->used.index)->flags;
    q->marked[0] = vwr_ring_load16(q->mark[0]);
    q->marked[1] = vwr_ring_load16(q->mark[1]);
    flags = vwr_le16_to_cpu(q->marked[0]);
    q->is_marked = monitor_is_used(flags) && monitor_is_old(flags, &q->avail) &&
                   (q->in_flight == 0 || !monitor_is_used(vwr_le16_to_cpu(q->marked[1])));
}

void vwr_monitor_look_packed(struct vwr_monitor *m, struct vwr_monitor_queue *q, unsigned by)
{
    const bool event = monitor_has(m, VWR_F_EVENT_IDX);
    const struct vwr_packed_cursor avail = q->avail, used = q->used;
    uint32_t word;

    if (!monitor_use_packed(m, q, by)) {
        vwr_monitor_lose(m, q);
        return;
    }
    while (monitor_is_available(monitor_flags(q, q->avail.index), &q->avail) && q->covered < q->size) {
        vwr_ring_acquire();
        if (!monitor_take_list(m, q)) {
            vwr_monitor_lose(m, q);
            return;
        }
    }
    if (!monitor_check_position(m, q) || (m->s.thorough && !monitor_check_in_flight(m, q, by))) {
        vwr_monitor_lose(m, q);
        return;
    }
    if (q->avail.index != avail.index || q->avail.flags != avail.flags) {
        word = vwr_packed_load_suppress(q->area[MONITOR_DEVICE]);
        q->owes_kick |= vwr_packed_need_event(word, event, &q->avail, avail.index, q->size);
    }
    if (q->used.index != used.index || q->used.flags != used.flags) {
        word = vwr_packed_load_suppress(q->area[MONITOR_DRIVER]);
        monitor_check_events(m, q, word);
        if ((m->status & VWR_STATUS_DRIVER_OK) == 0)
            vwr_monitor_find(m, VWR_RULE_USED_EARLY, q, 0, m->status, 0);
        q->has_new = true;
        q->is_quiet = false;
        q->owes_interrupt |= vwr_packed_need_event(word, event, &q->used, used.index, q->size);
    }
}
