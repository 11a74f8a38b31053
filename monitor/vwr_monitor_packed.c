/* SPDX-License-Identifier: MIT */
#include "monitor_common.h"
#include "vwr/gen/status.h"

/* Number of descriptors that distinguish one lap from another. */
#define MONITOR_EVIDENCE 8u

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

uint32_t vwr_monitor_sum_packed_(const struct vwr_monitor_queue *q, uint32_t at)
{
    const struct monitor_desc d = monitor_load_packed(q, at);

    return monitor_packed_sum_of(&d);
}

static bool monitor_is_available(uint32_t flags, const struct vwr_packed_cursor *at)
{
    return (flags & VWR_PACKED_WRAP_FLAGS) == at->flags;
}

/* AVAIL and USED are equal: the device has written the descriptor, or neither side has. */
static bool monitor_is_used(uint32_t flags)
{
    return (flags & VWR_PACKED_WRAP_FLAGS) == 0 || (flags & VWR_PACKED_WRAP_FLAGS) == VWR_PACKED_WRAP_FLAGS;
}

/* Descriptors with which both sides have finished have the flags of the previous lap. */
static bool monitor_is_old(uint32_t flags, const struct vwr_packed_cursor *at)
{
    return ((flags ^ at->flags) & VWR_VIRTQ_DESC_F_AVAIL) != 0;
}

/*
 * Whether the descriptors before the device's position are unchanged. They are written again only after a lap
 * of the ring. In a live queue, both sides may have completed two laps between two looks, and then the flags
 * are again those that the monitor expects.
 */
static bool monitor_is_same_lap(const struct vwr_monitor_queue *q)
{
    const uint32_t known = (q->size - q->covered) / 2u; /* the driver may have written the others */
    uint32_t at = q->used.index;

    vwr_ring_acquire();
    for (uint32_t i = 0; i < known && i < MONITOR_EVIDENCE; i++) {
        at = (at != 0 ? at : q->size) - 1u;
        if (vwr_monitor_sum_packed_(q, at) != q->entry[at].sum)
            return false;
    }
    return known != 0;
}

/* Whether the descriptors in flight are those that the monitor expects. */
static bool monitor_is_certain_of(const struct vwr_monitor *m, const struct vwr_monitor_queue *q)
{
    return q->doubt == 0 && (!m->s.live || monitor_is_same_lap(q));
}

VWR_COLD static void monitor_find_packed(struct vwr_monitor *m, enum vwr_rule_number rule,
                                         const struct vwr_monitor_queue *q, uint32_t place, uint64_t a,
                                         uint64_t b)
{
    if (monitor_is_certain_of(m, q))
        vwr_monitor_find_(m, rule, q, place, a, b);
}

/* Whether the device has used the list in the meantime, so that its buffers may have changed. */
static bool monitor_is_list_gone(const struct vwr_monitor *m, const struct vwr_monitor_queue *q, uint32_t id)
{
    struct vwr_packed_cursor at = q->used;

    for (uint32_t i = 0; i < q->size; i++) {
        const struct monitor_desc d = monitor_load_packed(q, at.index);

        if ((d.flags & VWR_PACKED_WRAP_FLAGS) != at.flags)
            return false;
        if (d.other == id || d.other >= q->size || q->entry[d.other].count == 0 || monitor_in_order(m))
            return true;
        vwr_packed_advance(&at, q->entry[d.other].count, q->size);
    }
    return true;
}

/*
 * Ends a list of a live queue. false: the device has overwritten it in the meantime. Contents that may have
 * changed are not judged.
 */
static VWR_OUT_OF_LINE bool monitor_end_live_list(struct monitor_chain *c, uint32_t first, uint32_t count,
                                                  uint32_t id)
{
    const struct vwr_monitor_queue *const q = c->q;
    struct vwr_packed_cursor at = {first, 0};

    vwr_ring_acquire();
    for (uint32_t i = 0; i < count; i++) {
        if (vwr_monitor_sum_packed_(q, at.index) != q->entry[at.index].sum)
            return false;
        vwr_packed_advance(&at, 1, q->size);
    }
    if (!monitor_is_list_gone(c->m, q, id) && monitor_is_same_lap(q))
        return true;
    monitor_count(&c->m->unseen);
    c->broken = true;
    c->found = false;
    return true;
}

static void monitor_take_element(struct monitor_chain *c, const struct monitor_desc *d, uint32_t count)
{
    const bool has_next = (d->flags & VWR_VIRTQ_DESC_F_NEXT) != 0;

    if ((d->flags & VWR_VIRTQ_DESC_F_INDIRECT) == 0)
        vwr_monitor_segment_(c, d->addr, d->len, (d->flags & VWR_VIRTQ_DESC_F_WRITE) != 0);
    else if (has_next || count > 1)
        vwr_monitor_find_chain_(c, VWR_RULE_PACKED_INDIRECT_LISTED, 0, 0);
    else
        vwr_monitor_table_(c, d->addr, d->len);
}

/* The list has ended; the device may use it. */
VWR_ALWAYS_INLINE void monitor_put_in_flight(const struct monitor_chain *c, uint16_t id, uint32_t count)
{
    struct vwr_monitor_queue *const q = c->q;

    q->entry[id].count = (uint16_t)count;
    q->entry[id].writable =
        !c->broken && c->writable < MONITOR_MAX_32 ? (uint32_t)c->writable : MONITOR_MAX_32;
    q->entry[q->last].order = id;
    q->last = q->last + 1u < q->size ? (uint16_t)(q->last + 1u) : 0;
    q->covered += count;
    q->in_flight++;
}

/*
 * Reads a list of available descriptors. `is_late`: the device has used buffers that the monitor does not
 * know yet, so an ID may be free again. Returns whether the monitor can continue.
 */
VWR_ALWAYS_INLINE bool monitor_take_list(struct vwr_monitor *m, struct vwr_monitor_queue *q, bool is_late)
{
    struct monitor_chain c;
    struct vwr_packed_cursor at = q->avail;
    struct monitor_desc d;
    uint32_t count = 0;

    monitor_begin_chain(&c, m, q, false);
    do {
        d = monitor_load_packed(q, at.index);
        c.place = at.index;
        if (++count > q->size || q->covered + count > q->size) {
            vwr_monitor_find_chain_(&c, count > q->size ? VWR_RULE_PACKED_LONG : VWR_RULE_PACKED_FULL, 0, 0);
            if (monitor_is_certain_of(m, q))
                monitor_end_chain(&c);
            return false;
        }
        if (!monitor_is_available(d.flags, &at))
            vwr_monitor_find_chain_(&c, VWR_RULE_PACKED_WRAP, d.flags, 0);
        q->entry[at.index].sum = monitor_packed_sum_of(&d);
        monitor_take_element(&c, &d, count);
        vwr_packed_advance(&at, 1, q->size);
    } while ((d.flags & VWR_VIRTQ_DESC_F_NEXT) != 0);
    if (m->s.live && !monitor_end_live_list(&c, q->avail.index, count, d.other))
        return false;
    monitor_end_chain(&c);
    q->avail = at;
    if (!q->followed || d.other >= q->size)
        return false; /* an ID that the driver has chosen and for which the monitor has no entry */
    if (q->entry[d.other].count != 0) {
        if (!is_late)
            monitor_find_packed(m, VWR_RULE_PACKED_ID, q, c.place, d.other, 0);
        return false;
    }
    monitor_put_in_flight(&c, d.other, count);
    monitor_request(&c, d.other);
    monitor_end_chain(&c);
    return true;
}

/* Checks that the descriptors from the device's position to the driver's are unchanged. */
static bool monitor_check_in_flight(struct vwr_monitor *m, struct vwr_monitor_queue *q, unsigned by)
{
    struct vwr_packed_cursor at = q->used;

    for (uint32_t i = 0; i < q->covered; i++) {
        if (vwr_monitor_sum_packed_(q, at.index) != q->entry[at.index].sum) {
            vwr_monitor_find_of_(m,
                                 by == VWR_BY_DRIVER ? VWR_RULE_PACKED_ALTERED : VWR_RULE_PACKED_USED_PLACE,
                                 monitor_either(by == (VWR_BY_DRIVER | VWR_BY_DEVICE)), q, at.index,
                                 monitor_flags(q, at.index), 0);
            return false;
        }
        vwr_packed_advance(&at, 1, q->size);
    }
    return true;
}

/*
 * Checks a descriptor at the driver's position that is not available. Returns whether the monitor can
 * continue.
 */
static bool monitor_check_position(struct vwr_monitor *m, struct vwr_monitor_queue *q, unsigned by)
{
    const bool is_device = m->s.thorough && by == VWR_BY_DEVICE; /* only the device has written there */
    const uint32_t flags = monitor_flags(q, q->avail.index);

    if (q->covered == q->size)
        return true; /* the descriptor is in flight */
    if (monitor_is_used(flags))
        return monitor_is_old(flags, &q->avail);
    if (monitor_is_available(flags, &q->avail))
        return true; /* it became available after the lists were read; the next look will read it */
    if (q->has_gap || vwr_monitor_sum_packed_(q, q->avail.index) == q->entry[q->avail.index].sum)
        return true; /* left over from the previous lap, in a list whose first descriptor is used */
    vwr_monitor_find_of_(m, is_device ? VWR_RULE_PACKED_USED_PLACE : VWR_RULE_PACKED_WRAP,
                         monitor_either(!is_device && by != VWR_BY_DRIVER), q, q->avail.index, flags, 0);
    return false;
}

/*
 * Ends the lists for a used descriptor; with in-order use, also the earlier ones. Returns the number of their
 * descriptors; 0: there is no such list.
 */
static uint32_t monitor_use_list(struct vwr_monitor *m, struct vwr_monitor_queue *q, uint32_t id)
{
    uint32_t covered = 0;

    if (!monitor_in_order(m)) {
        covered = q->entry[id].count;
        vwr_monitor_release_(m, q, id);
        return covered;
    }
    for (uint32_t n = q->in_flight; n > 0; n--) {
        const uint32_t next = q->entry[q->first].order;

        q->first = q->first + 1u < q->size ? (uint16_t)(q->first + 1u) : 0;
        covered += q->entry[next].count;
        vwr_monitor_release_(m, q, next);
        if (next == id)
            return covered;
    }
    return covered;
}

/*
 * Handles a used descriptor for an unseen list, which was in flight when the monitor returned to the queue.
 * The list must have one descriptor; otherwise the position is wrong, and the monitor stops there. Returns
 * whether it can continue.
 */
static VWR_OUT_OF_LINE bool monitor_use_earlier(struct vwr_monitor *m, struct vwr_monitor_queue *q,
                                                uint32_t id)
{
    if (q->unknown == 0) {
        monitor_find_packed(m, VWR_RULE_PACKED_USED_ID, q, q->used.index, id, 0);
        return false;
    }
    q->covered--;
    if (--q->unknown == 0)
        q->doubt = 0;
    vwr_packed_advance(&q->used, 1, q->size);
    return true;
}

/* If the device has reached the driver's position, it has used everything that was in flight. */
static void monitor_check_doubt(struct vwr_monitor_queue *q)
{
    if (q->unknown == 0 && q->in_flight == 0 && q->used.index == q->avail.index &&
        !monitor_is_available(monitor_flags(q, q->avail.index), &q->avail))
        q->doubt = 0;
}

/* Reads the next used descriptor. Returns whether the monitor can continue. */
VWR_ALWAYS_INLINE bool monitor_use_next(struct vwr_monitor *m, struct vwr_monitor_queue *q, unsigned by)
{
    const struct monitor_desc d = monitor_load_packed(q, q->used.index);

    if (d.other >= q->size || q->entry[d.other].count == 0)
        return monitor_use_earlier(m, q, d.other);
    if ((d.flags & VWR_VIRTQ_DESC_F_WRITE) != 0 && d.len > q->entry[d.other].writable)
        monitor_find_packed(m, VWR_RULE_PACKED_USED_LENGTH, q, d.other, d.len, q->entry[d.other].writable);
    if (m->s.live) {
        q->entry[q->used.index].sum = monitor_packed_sum_of(&d);
        q->doubt -= q->doubt != 0;
    }
    if (m->s.net)
        vwr_monitor_net_used_(m, q, d.other, d.len, by);
    vwr_packed_advance(&q->used, monitor_use_list(m, q, d.other), q->size);
    if (q->doubt != 0 && !m->s.live)
        monitor_check_doubt(q);
    return true;
}

/* Reads all used descriptors. Returns whether the monitor can continue. */
static bool monitor_use_packed(struct vwr_monitor *m, struct vwr_monitor_queue *q, unsigned by)
{
    while (q->in_flight + q->unknown > 0) {
        const uint32_t flags = monitor_flags(q, q->used.index);

        if (!monitor_is_used(flags))
            return true;
        vwr_ring_acquire();
        if ((flags & VWR_PACKED_WRAP_FLAGS) != q->used.flags) {
            if (by == VWR_BY_DEVICE) /* otherwise a whole lap may have passed unseen */
                monitor_find_packed(m, VWR_RULE_PACKED_USED_WRAP, q, q->used.index, flags, 0);
            return false;
        }
        if (!monitor_use_next(m, q, by))
            return false;
    }
    return true;
}

/*
 * Whether there may be a list with this ID after a position. A list of several descriptors may begin before
 * the position, since its ID is in the last descriptor.
 */
static bool monitor_may_follow(const struct vwr_monitor_queue *q, struct vwr_packed_cursor at, uint32_t id)
{
    for (uint32_t i = 1; i < q->size; i++) {
        const struct monitor_desc d = monitor_load_packed(q, at.index);

        if (monitor_is_old(d.flags, &at))
            return false;
        if (!monitor_is_used(d.flags) && (d.other == id || (d.flags & VWR_VIRTQ_DESC_F_INDIRECT) == 0))
            return true;
        vwr_packed_advance(&at, 1, q->size);
    }
    return false;
}

/*
 * The device has written a used descriptor over an unseen list at the driver's position. If none of the later
 * lists has its ID, the number of overwritten lists equals the number of used ones. Returns whether the
 * monitor can continue.
 */
static bool monitor_skip_unseen(struct vwr_monitor *m, struct vwr_monitor_queue *q)
{
    const struct monitor_desc d = monitor_load_packed(q, q->avail.index);
    struct vwr_packed_cursor next = q->avail;

    vwr_packed_advance(&next, 1, q->size);
    if (monitor_may_follow(q, next, d.other) || !monitor_is_same_lap(q) ||
        vwr_monitor_sum_packed_(q, q->avail.index) != monitor_packed_sum_of(&d))
        return false;
    q->entry[q->avail.index].sum = monitor_packed_sum_of(&d);
    q->avail = next;
    vwr_packed_advance(&q->used, 1, q->size);
    monitor_count(&m->unseen);
    monitor_count(&m->buffers);
    return true;
}

static VWR_OUT_OF_LINE bool monitor_take_live(struct vwr_monitor *m, struct vwr_monitor_queue *q,
                                              bool is_late)
{
    return monitor_take_list(m, q, is_late);
}

/*
 * Handles a used descriptor whose ID does not belong to a list in flight. Returns whether the monitor can
 * continue.
 */
static VWR_OUT_OF_LINE bool monitor_use_unknown(struct vwr_monitor *m, struct vwr_monitor_queue *q,
                                                uint32_t id)
{
    const uint32_t flags = monitor_flags(q, q->avail.index);

    if (monitor_is_available(flags, &q->avail)) {
        vwr_ring_acquire();
        return monitor_take_live(m, q, true);
    }
    if (q->in_flight == 0)
        return monitor_skip_unseen(m, q);
    if (monitor_is_old(flags, &q->avail))
        monitor_find_packed(m, VWR_RULE_PACKED_USED_ID, q, q->used.index, id, 0);
    return false;
}

enum monitor_step { MONITOR_DONE, MONITOR_MORE, MONITOR_LOST };

/*
 * A step of a look at a live queue. Available descriptors are read first, because the driver had already seen
 * all used descriptors before them.
 */
static enum monitor_step monitor_step(struct vwr_monitor *m, struct vwr_monitor_queue *q)
{
    const bool has_new = monitor_is_available(monitor_flags(q, q->avail.index), &q->avail);
    struct monitor_desc d;
    bool goes_on;

    vwr_ring_acquire();
    d.flags = (uint16_t)monitor_flags(q, q->used.index);
    vwr_ring_acquire();
    d.other = vwr_le16_to_cpu(vwr_ring_load16(&monitor_at(q, q->used.index)->id));
    if ((d.flags & VWR_PACKED_WRAP_FLAGS) == q->used.flags) {
        goes_on = d.other < q->size && q->entry[d.other].count != 0
                      ? monitor_use_next(m, q, VWR_BY_DRIVER | VWR_BY_DEVICE)
                      : monitor_use_unknown(m, q, d.other);
    } else if (q->in_flight > 0 && monitor_is_used(d.flags)) {
        goes_on = false; /* the monitor has missed laps, or a wrap counter is wrong */
    } else if (has_new) {
        goes_on = monitor_take_live(m, q, false);
    } else {
        return MONITOR_DONE;
    }
    return goes_on ? MONITOR_MORE : MONITOR_LOST;
}

/* Follows at most two laps. Returns whether the monitor can continue. */
static VWR_OUT_OF_LINE bool monitor_look_live(struct vwr_monitor *m, struct vwr_monitor_queue *q)
{
    enum monitor_step step = MONITOR_MORE;

    for (uint32_t i = 0; i < 4u * q->size && step == MONITOR_MORE; i++)
        step = monitor_step(m, q);
    return step != MONITOR_LOST;
}

static bool monitor_look_between(struct vwr_monitor *m, struct vwr_monitor_queue *q, unsigned by)
{
    const bool is_driver = m->s.thorough && by == VWR_BY_DRIVER; /* its own changes are not used */

    if (!is_driver && !monitor_use_packed(m, q, by))
        return false;
    while (monitor_is_available(monitor_flags(q, q->avail.index), &q->avail) && q->covered < q->size) {
        vwr_ring_acquire();
        if (!monitor_take_list(m, q, false))
            return false;
    }
    return monitor_check_position(m, q, by) && (!m->s.thorough || monitor_check_in_flight(m, q, by));
}

/*
 * Whether the descriptors before the driver's position end with a list whose first descriptor the device has
 * used. The list has that ID, but a list that became available later may have the same ID.
 */
static bool monitor_ends_used(const struct vwr_monitor_queue *q, uint32_t last, uint32_t bit)
{
    const uint32_t available = bit != 0 ? VWR_VIRTQ_DESC_F_AVAIL : VWR_VIRTQ_DESC_F_USED;
    const struct monitor_desc end = monitor_load_packed(q, last);
    struct monitor_desc d = end;
    uint32_t next = 0;

    for (uint32_t i = last; (d.flags & VWR_PACKED_WRAP_FLAGS) == available; i--) {
        if (i == 0 || (d.flags & VWR_VIRTQ_DESC_F_NEXT) != next)
            return false;
        next = VWR_VIRTQ_DESC_F_NEXT;
        d = monitor_load_packed(q, i - 1u);
    }
    return d.other == end.other &&
           (d.flags & VWR_PACKED_WRAP_FLAGS) == (bit != 0 ? VWR_PACKED_WRAP_FLAGS : 0);
}

/*
 * Finds the driver's position: descriptors of the current lap have its AVAIL bit, and the descriptors after
 * them have the AVAIL bit of the previous lap. Returns whether nothing is in flight. If the position is
 * uncertain, both sides have to confirm it in the next lap.
 */
bool vwr_monitor_find_position_(struct vwr_monitor_queue *q, struct vwr_packed_cursor *at)
{
    const uint32_t bit = monitor_flags(q, 0) & VWR_VIRTQ_DESC_F_AVAIL;
    uint32_t i = 1;

    while (i < q->size && (monitor_flags(q, i) & VWR_VIRTQ_DESC_F_AVAIL) == bit)
        i++;
    *at = (struct vwr_packed_cursor){0, bit != 0 ? VWR_VIRTQ_DESC_F_AVAIL : VWR_VIRTQ_DESC_F_USED};
    vwr_packed_advance(at, i, q->size);
    vwr_ring_acquire();
    q->doubt = monitor_is_used(monitor_flags(q, i - 1u)) ? 0 : q->size;
    return monitor_ends_used(q, i - 1u, bit) && monitor_is_old(monitor_flags(q, at->index), at);
}

static void monitor_check_events(struct vwr_monitor *m, struct vwr_monitor_queue *q, uint32_t word)
{
    const unsigned flags =
        word >> VWR_PACKED_EVENT_FLAGS_SHIFT & VWR_PVIRTQ_EVENT_SUPPRESS_FLAGS_EVENT_FLAGS_MASK;

    if (flags > VWR_RING_EVENT_FLAGS_DESC ||
        (flags == VWR_RING_EVENT_FLAGS_DESC && !monitor_has(m, VWR_F_EVENT_IDX)))
        vwr_monitor_find_(m, VWR_RULE_PACKED_EVENT_FLAGS, q, 0, flags, 0);
}

/* Checks the flags at both positions, unless a side has advanced since the look read them. */
static void monitor_mark_packed(struct vwr_monitor_queue *q)
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

void vwr_monitor_look_packed_(struct vwr_monitor *m, struct vwr_monitor_queue *q, unsigned by)
{
    const bool event = monitor_has(m, VWR_F_EVENT_IDX);
    const struct vwr_packed_cursor avail = q->avail, used = q->used;
    uint32_t word;

    if (m->s.live ? !monitor_look_live(m, q) : !monitor_look_between(m, q, by)) {
        if (q->followed)
            vwr_monitor_lose_(m, q);
        return;
    }
    if (q->avail.index != avail.index || q->avail.flags != avail.flags) {
        if ((m->status & VWR_STATUS_SUSPEND) != 0)
            vwr_monitor_find_(m, VWR_RULE_SUSPEND_BUFFER, q, 0, 0, 0);
        word = vwr_packed_load_suppress(q->area[MONITOR_DEVICE]);
        monitor_expect_kick(m, q, by, vwr_packed_need_event(word, event, &q->avail, avail.index, q->size));
    }
    if (q->used.index != used.index || q->used.flags != used.flags) {
        word = vwr_packed_load_suppress(q->area[MONITOR_DRIVER]);
        monitor_check_events(m, q, word);
        if ((m->status & VWR_STATUS_DRIVER_OK) == 0 && !m->notified_early)
            vwr_monitor_find_(m, VWR_RULE_USED_EARLY, q, 0, m->status, 0);
        q->has_new = true;
        q->is_quiet = false;
        q->expects_interrupt |= monitor_is_certain(m, by, VWR_BY_DEVICE) &&
                                vwr_packed_need_event(word, event, &q->used, used.index, q->size);
    }
    if (!m->s.thorough)
        monitor_mark_packed(q);
}

/*
 * Finds a position whose descriptor belongs to the previous lap and whose predecessor belongs to the current
 * lap. Descriptors of the current lap have its AVAIL bit. If the driver has written lists except for their
 * first descriptors, there are several such positions.
 */
static struct vwr_packed_cursor monitor_find_lap(const struct vwr_monitor_queue *q)
{
    const uint32_t bit = monitor_flags(q, 0) & VWR_VIRTQ_DESC_F_AVAIL;
    struct vwr_packed_cursor at = {0, bit != 0 ? VWR_VIRTQ_DESC_F_AVAIL : VWR_VIRTQ_DESC_F_USED};
    uint32_t low = 1, high = q->size;

    while (low < high) {
        const uint32_t middle = (low + high) / 2u;

        if ((monitor_flags(q, middle) & VWR_VIRTQ_DESC_F_AVAIL) == bit)
            low = middle + 1u;
        else
            high = middle;
    }
    vwr_packed_advance(&at, low, q->size);
    return at;
}

/* Moves to the previous descriptor, which may be in the previous lap. */
static void monitor_step_back(struct vwr_packed_cursor *at, uint32_t size)
{
    if (at->index == 0) {
        at->index = size;
        at->flags ^= VWR_PACKED_WRAP_FLAGS;
    }
    at->index--;
}

/*
 * Goes back to the last used descriptor. The position is where the driver writes next, or it follows lists
 * whose first descriptor the driver has not written yet. Such a first descriptor belongs to the previous lap,
 * and becomes the position. Returns the number of available descriptors before the position; 0 if one of them
 * is part of a longer list, because the device overwrites only the first descriptor of such a list.
 */
static uint32_t monitor_go_back(const struct vwr_monitor_queue *q, struct vwr_packed_cursor *position,
                                bool *is_idle)
{
    struct vwr_packed_cursor at = *position;
    struct monitor_desc first, d;
    uint32_t count = 0;
    bool are_lists = true;

    first.flags = 0;
    first.other = 0;
    for (uint32_t i = 0; i < q->size; i++) {
        monitor_step_back(&at, q->size);
        d = monitor_load_packed(q, at.index);
        if (monitor_is_old(d.flags, &at)) {
            *position = at;
            count = 0;
            are_lists = true;
        } else if (monitor_is_used(d.flags)) {
            are_lists &= (first.flags & VWR_VIRTQ_DESC_F_INDIRECT) != 0 || first.other != d.other;
            break;
        } else {
            count++;
            are_lists &= (d.flags & VWR_VIRTQ_DESC_F_NEXT) == 0;
        }
        first = d;
    }
    *is_idle = count == 0;
    return are_lists ? count : 0;
}

/*
 * Follows a queue again whose lists were not seen, starting at the driver's position. The device is at the
 * same position or, if all lists have one descriptor, as many descriptors before it as are in flight. With
 * in-order use, one used descriptor may stand for several. Until the position is certain, no rule for the
 * device is judged.
 */
void vwr_monitor_return_packed_(struct vwr_monitor *m, struct vwr_monitor_queue *q)
{
    bool is_idle;
    uint32_t count;

    q->avail = monitor_find_lap(q);
    vwr_ring_acquire();
    count = monitor_go_back(q, &q->avail, &is_idle);
    q->doubt = !is_idle;
    q->unknown = q->covered = monitor_in_order(m) ? 0 : count;
    q->used = q->avail;
    for (uint32_t i = 0; i < q->unknown; i++)
        monitor_step_back(&q->used, q->size);
    q->used.flags = (q->used.flags & VWR_VIRTQ_DESC_F_AVAIL) != 0 ? VWR_PACKED_WRAP_FLAGS : 0;
    q->followed = true;
}
