/* SPDX-License-Identifier: MIT */
#include "monitor_common.h"
#include "vwr/gen/status.h"

/* The indices of the rings, each read once. The monitor's own positions are in the queue. */
struct monitor_now {
    uint16_t avail;
    uint16_t used;
    uint16_t sure;      /* used entries up to here belong to buffers before `avail` */
    uint16_t new_avail; /* number of new available entries since the last look */
    uint16_t new_used;
};

static const struct vwr_virtq_avail *monitor_avail(const struct vwr_monitor_queue *q)
{
    return q->area[MONITOR_DRIVER];
}

static const struct vwr_virtq_used *monitor_used(const struct vwr_monitor_queue *q)
{
    return q->area[MONITOR_DEVICE];
}

static uint16_t monitor_load(const struct vwr_monitor *m, const void *p)
{
    return vwr_guest16(m->s.legacy, vwr_ring_load16(p));
}

static uint16_t monitor_used_event(const struct vwr_monitor *m, const struct vwr_monitor_queue *q)
{
    return monitor_load(m, (const uint8_t *)q->area[MONITOR_DRIVER] +
                               vwr_virtq_avail_used_event_offset(q->size));
}

static uint16_t monitor_avail_event(const struct vwr_monitor *m, const struct vwr_monitor_queue *q)
{
    return monitor_load(m, (const uint8_t *)q->area[MONITOR_DEVICE] +
                               vwr_virtq_used_avail_event_offset(q->size));
}

static struct monitor_desc monitor_load_desc(const struct vwr_monitor *m, const struct vwr_monitor_queue *q,
                                             uint32_t at)
{
    const struct vwr_virtq_desc *const d = (const struct vwr_virtq_desc *)q->area[MONITOR_DESC] + at;
    const bool legacy = m->s.legacy;

    return (struct monitor_desc){vwr_guest64(legacy, vwr_ring_load64(&d->addr)),
                                 vwr_guest32(legacy, vwr_ring_load32(&d->len)), monitor_load(m, &d->flags),
                                 monitor_load(m, &d->next)};
}

static uint32_t monitor_sum_of(const struct monitor_desc *d)
{
    return monitor_sum(d->addr, d->len | (uint64_t)d->flags << 32 |
                                    ((d->flags & VWR_VIRTQ_DESC_F_NEXT) != 0 ? (uint64_t)d->other << 48 : 0));
}

/* Checks a descriptor of a chain. Returns whether another one follows. */
static bool monitor_take_desc(struct monitor_chain *c, uint32_t head, uint32_t at)
{
    struct vwr_monitor *const m = c->m;
    struct vwr_monitor_entry *const e = &c->q->entry[at];
    const struct monitor_desc d = monitor_load_desc(m, c->q, at);

    c->place = at;
    if (e->owner == head)
        vwr_monitor_find_chain_(c, VWR_RULE_CHAIN_LOOP, 0, 0);
    else if (e->owner != MONITOR_NONE)
        vwr_monitor_find_chain_(c, VWR_RULE_IN_FLIGHT, 0, 0);
    if (e->owner != MONITOR_NONE)
        return false;
    e->owner = (uint16_t)head;
    e->sum = monitor_sum_of(&d);
    e->next = d.other;
    c->q->entry[head].count++;
    if ((d.flags & VWR_VIRTQ_DESC_F_INDIRECT) == 0) {
        vwr_monitor_segment_(c, d.addr, d.len, (d.flags & VWR_VIRTQ_DESC_F_WRITE) != 0);
    } else if ((d.flags & VWR_VIRTQ_DESC_F_NEXT) != 0) {
        vwr_monitor_find_chain_(c, VWR_RULE_INDIRECT_NEXT, 0, 0);
        return false;
    } else {
        vwr_monitor_table_(c, d.addr, d.len);
    }
    if ((d.flags & VWR_VIRTQ_DESC_F_NEXT) == 0)
        return false;
    if (d.other >= c->q->size) {
        vwr_monitor_find_chain_(c, VWR_RULE_NEXT, d.other, 0);
        return false;
    }
    if (monitor_in_order(m) && d.other != ((at + 1u) & (c->q->size - 1u)))
        vwr_monitor_find_chain_(c, VWR_RULE_CHAIN_PLACE, d.other, 0);
    return true;
}

/* Whether an index has advanced so far that the entry at this position may belong to another lap. */
static bool monitor_is_overwritten(const struct vwr_monitor *m, const struct vwr_monitor_queue *q,
                                   const void *idx, uint16_t position)
{
    if (!m->s.live)
        return false;
    vwr_ring_acquire();
    return vwr_ring_distance(monitor_load(m, idx), position) > q->size;
}

/*
 * Whether the device has used the chain in the meantime, so that its descriptors may belong to another chain.
 */
static bool monitor_is_gone(const struct vwr_monitor *m, const struct vwr_monitor_queue *q, uint32_t head)
{
    const struct vwr_virtq_used *const used = monitor_used(q);
    uint16_t count;

    if (!m->s.live)
        return false;
    vwr_ring_acquire();
    count = vwr_ring_distance(monitor_load(m, &used->idx), q->used_idx);
    if (count > q->size)
        return true;
    for (uint16_t i = 0; i < count; i++)
        if (vwr_guest32(m->s.legacy, vwr_ring_load32(&used->ring[(q->used_idx + i) & (q->size - 1u)].id)) ==
            head)
            return true;
    return false;
}

/* Records a chain for which only the head is known. */
static void monitor_take_head(struct vwr_monitor_queue *q, uint32_t head)
{
    struct vwr_monitor_entry *const e = q->entry;
    uint32_t at = head;

    for (uint32_t i = 0; i < e[head].count; i++) {
        e[at].owner = MONITOR_NONE;
        at = e[at].next;
    }
    e[head].owner = (uint16_t)head;
    e[head].count = 1;
}

/* Takes a chain that the device has already used, so that the driver may have changed its descriptors. */
static VWR_OUT_OF_LINE void monitor_skip_chain(struct monitor_chain *c, uint32_t head)
{
    monitor_count(&c->m->unseen);
    c->broken = true;
    c->found = false;
    if (c->m->s.live)
        monitor_take_head(c->q, head);
}

/*
 * `is_seen`: the device has not used the chain yet, so its descriptors are those that the driver made
 * available.
 */
static void monitor_take_chain(struct vwr_monitor *m, struct vwr_monitor_queue *q, uint32_t head,
                               bool is_seen)
{
    struct monitor_chain c;
    struct vwr_monitor_entry *const e = q->entry;
    uint32_t at = head;

    monitor_begin_chain(&c, m, q, !is_seen);
    e[head].count = 0;
    while (monitor_take_desc(&c, head, at))
        at = e[at].next;
    if (c.bytes > (uint64_t)MONITOR_MAX_32 + 1u) /* 4 GiB */
        vwr_monitor_find_chain_(&c, VWR_RULE_CHAIN_BYTES, c.bytes, 0);
    if (!is_seen || monitor_is_gone(m, q, head))
        monitor_skip_chain(&c, head);
    e[head].writable = !c.broken && c.writable < MONITOR_MAX_32 ? (uint32_t)c.writable : MONITOR_MAX_32;
    e[q->last & (q->size - 1u)].order = (uint16_t)head;
    q->last = (uint16_t)(q->last + 1u);
    q->in_flight++;
    q->covered += e[head].count;
    monitor_request(&c, head);
    monitor_end_chain(&c);
}

/* Whether the driver has written the next entry instead of this one. */
static bool monitor_is_before_entry(const struct vwr_monitor *m, const struct vwr_monitor_queue *q,
                                    uint16_t position)
{
    const uint32_t mask = q->size - 1u;
    const uint32_t at = position & mask, behind = (position + 1u) & mask;

    return monitor_knows(q, position) && monitor_load(m, &monitor_avail(q)->ring[at]) == q->entry[at].slot &&
           monitor_load(m, &monitor_avail(q)->ring[behind]) != q->entry[behind].slot;
}

/* Reports an available entry that is not a valid head, or whose chain is already in flight. */
static VWR_OUT_OF_LINE void monitor_find_entry(struct vwr_monitor *m, struct vwr_monitor_queue *q,
                                               uint16_t position, uint16_t head)
{
    const uint32_t at = position & (q->size - 1u);

    if (monitor_is_before_entry(m, q, position))
        vwr_monitor_find_(m, VWR_RULE_AVAIL_BEFORE_ENTRY, q, at, q->avail_idx, 0);
    else if (head >= q->size)
        vwr_monitor_find_(m, VWR_RULE_AVAIL_HEAD, q, at, head, 0);
    else
        vwr_monitor_find_(m, VWR_RULE_IN_FLIGHT, q, head, 0, 0);
}

/*
 * Whether the monitor considers the head of an available entry in flight although it may have been used in
 * the meantime. While there are unseen buffers, a live monitor takes available entries before it has read all
 * used ones.
 */
static bool monitor_may_be_used(const struct vwr_monitor *m, const struct vwr_monitor_queue *q, uint16_t head)
{
    return m->s.live && q->unknown != 0 && head < q->size;
}

/* Reads the next entry of the available ring. */
static void monitor_take(struct vwr_monitor *m, struct vwr_monitor_queue *q, bool is_seen)
{
    const uint16_t position = q->avail_idx;
    const uint32_t at = position & (q->size - 1u);
    const uint16_t head = monitor_load(m, &monitor_avail(q)->ring[at]);
    const bool is_bad = head >= q->size || q->entry[head].owner != MONITOR_NONE;

    if (monitor_is_overwritten(m, q, &monitor_avail(q)->idx, position)) {
        vwr_monitor_lose_(m, q);
        return;
    }
    q->avail_idx = (uint16_t)(position + 1u);
    if (is_bad && monitor_may_be_used(m, q, head))
        q->unknown++;
    else if (is_bad && is_seen) {
        monitor_find_entry(m, q, position, head);
        q->unknown += head < q->size; /* the device uses whatever it finds there */
    }
    q->entry[at].slot = head;
    if (!is_bad)
        monitor_take_chain(m, q, head, is_seen);
}

/* Whether a chain in flight is unchanged. */
static bool monitor_is_same(const struct vwr_monitor *m, const struct vwr_monitor_queue *q, uint32_t id)
{
    uint32_t at = id;

    for (uint32_t i = 0; i < q->entry[id].count; i++) {
        const struct monitor_desc d = monitor_load_desc(m, q, at);

        if (monitor_sum_of(&d) != q->entry[at].sum)
            return false;
        at = q->entry[at].next;
    }
    return true;
}

static void monitor_use(struct vwr_monitor *m, struct vwr_monitor_queue *q, uint32_t id, uint32_t bytes,
                        unsigned by)
{
    if (by == VWR_BY_DEVICE && !monitor_is_same(m, q, id))
        vwr_monitor_find_of_(m, m->s.thorough ? VWR_RULE_TABLE_WRITTEN : VWR_RULE_ALTERED,
                             monitor_either(!m->s.thorough), q, id, 0, 0);
    if (!m->s.legacy && bytes > q->entry[id].writable)
        vwr_monitor_find_(m, VWR_RULE_USED_LENGTH, q, id, bytes, q->entry[id].writable);
    if (m->s.net)
        vwr_monitor_net_used_(m, q, id, bytes, by);
    vwr_monitor_release_(m, q, id);
}

/*
 * Gets the number of chains up to and including this one, in the order in which they became available; 0: the
 * chain is not among them.
 */
static uint16_t monitor_batch(const struct vwr_monitor_queue *q, uint32_t id)
{
    const uint16_t count = vwr_ring_distance(q->last, q->first);

    for (uint16_t i = 0; i < count; i++)
        if (q->entry[(q->first + i) & (q->size - 1u)].order == id)
            return (uint16_t)(i + 1u);
    return 0;
}

/*
 * With IN_ORDER, a used entry may also stand for earlier chains. Returns the number of chains that it stands
 * for.
 */
static uint16_t monitor_use_in_order(struct vwr_monitor *m, struct vwr_monitor_queue *q, uint32_t id,
                                     uint32_t bytes, uint16_t most, unsigned by)
{
    uint16_t count = monitor_batch(q, id);

    if (count > most || count == 0) {
        vwr_monitor_find_(m, VWR_RULE_USED_ORDER, q, id, id, 0);
        vwr_monitor_lose_(m, q);
        return most;
    }
    for (uint16_t i = 0; i < count; i++) {
        const uint32_t head = q->entry[q->first & (q->size - 1u)].order;

        q->first = (uint16_t)(q->first + 1u);
        monitor_use(m, q, head, head == id ? bytes : 0, by);
    }
    return count;
}

/* Handles a used entry whose buffer is not in flight. Returns whether the look continues. */
static VWR_OUT_OF_LINE bool monitor_use_unseen(struct vwr_monitor *m, struct vwr_monitor_queue *q,
                                               const struct monitor_now *now, uint32_t id)
{
    if (q->avail_idx != now->avail) {
        monitor_take(m, q, m->s.live); /* a live queue is judged unless the entry was overwritten */
        return true;
    }
    if (vwr_ring_distance(now->used, q->used_idx) <= vwr_ring_distance(now->used, now->sure))
        return false; /* it became available after `avail` was read; the next look will read it */
    if (q->unknown != 0 && id < q->size)
        q->unknown--;
    else
        vwr_monitor_find_(m, VWR_RULE_USED_ID, q, 0, id, 0);
    q->used_idx = (uint16_t)(q->used_idx + 1u);
    return true;
}

/*
 * Reads the used entries. If a buffer became available and was used since the last look, its available entry
 * is read first. Each pass reads an entry of one of the rings.
 */
static void monitor_use_all(struct vwr_monitor *m, struct vwr_monitor_queue *q, const struct monitor_now *now,
                            unsigned by)
{
    const uint32_t entries = (uint32_t)now->new_used + now->new_avail;

    for (uint32_t i = 0; i < entries && q->followed && q->used_idx != now->used; i++) {
        const struct vwr_virtq_used_elem *const e = &monitor_used(q)->ring[q->used_idx & (q->size - 1u)];
        const uint32_t id = vwr_guest32(m->s.legacy, vwr_ring_load32(&e->id));
        const uint32_t bytes = vwr_guest32(m->s.legacy, vwr_ring_load32(&e->len));
        uint16_t count = 1;

        if (monitor_is_overwritten(m, q, &monitor_used(q)->idx, q->used_idx)) {
            vwr_monitor_lose_(m, q);
            return;
        }
        if (id >= q->size || q->entry[id].count == 0) {
            if (!monitor_use_unseen(m, q, now, id))
                return;
            continue;
        }
        if (monitor_in_order(m))
            count = monitor_use_in_order(m, q, id, bytes, vwr_ring_distance(now->used, q->used_idx), by);
        else
            monitor_use(m, q, id, bytes, by);
        q->used_idx = (uint16_t)(q->used_idx + count);
    }
}

/*
 * Whether the indices are possible. The device's index may have advanced since the driver's index was read,
 * but not gone back.
 */
static inline bool monitor_is_possible(const struct vwr_monitor_queue *q, const struct monitor_now *now,
                                       uint16_t avail)
{
    return now->new_avail <= q->size &&
           vwr_ring_distance(now->sure, q->used_idx) <= q->in_flight + q->unknown + now->new_avail &&
           (vwr_ring_distance(avail, now->sure) <= q->size ||
            vwr_ring_distance(avail, now->sure) > MONITOR_MAX_16 / 2);
}

/* Whether no entry was written to the available ring, or the last entry was not written to the used ring. */
static bool monitor_is_blank(const struct vwr_monitor *m, const struct vwr_monitor_queue *q, uint16_t used)
{
    uint32_t written =
        vwr_guest32(m->s.legacy, vwr_ring_load32(&monitor_used(q)->ring[(used - 1u) & (q->size - 1u)].len));

    for (uint32_t i = 0; i < q->size; i++)
        written |= monitor_load(m, &monitor_avail(q)->ring[i]);
    return written == 0;
}

/* The used index is ahead, and the monitor did not see which side wrote it. */
void vwr_monitor_find_ahead_(struct vwr_monitor *m, const struct vwr_monitor_queue *q, uint16_t used,
                             uint16_t avail)
{
    const bool is_first = avail == 0 && monitor_is_blank(m, q, used);

    vwr_monitor_find_of_(m, is_first ? VWR_RULE_USED_FIRST : VWR_RULE_USED_AHEAD, VWR_MONITOR_EITHER, q, 0,
                         used, avail);
}

/*
 * Reports impossible indices. If the owner of an index has run, the owner is at fault. If only the other side
 * has run, that side is at fault. While a device runs, the driver may run on another CPU.
 */
static VWR_OUT_OF_LINE void monitor_find_indices(struct vwr_monitor *m, struct vwr_monitor_queue *q,
                                                 const struct monitor_now *now, uint16_t avail, unsigned by)
{
    const bool is_near = now->new_avail <= q->size;
    const bool is_used = vwr_ring_distance(now->sure, q->used_idx) <=
                         q->in_flight + q->unknown + (is_near ? now->new_avail : 0u);
    const uint16_t ahead = vwr_ring_distance(avail, now->sure);
    const bool is_behind = vwr_ring_distance(now->avail, now->sure) > MONITOR_MAX_16 / 2 &&
                           vwr_ring_distance(now->avail, now->used) > MONITOR_MAX_16 / 2;

    if (m->s.live && !is_near && !is_behind) {
        /* ahead: the monitor may have missed laps */
    } else if (!is_used && (is_behind || is_near)) {
        if (by == VWR_BY_DRIVER)
            vwr_monitor_find_(m, VWR_RULE_USED_WRITTEN, q, 0, now->sure, q->used_idx);
        else if (by == VWR_BY_DEVICE)
            vwr_monitor_find_(m, VWR_RULE_USED_AHEAD, q, 0, now->sure, now->avail);
        else
            vwr_monitor_find_ahead_(m, q, now->sure, now->avail);
    } else if (now->new_avail > MONITOR_MAX_16 / 2) {
        vwr_monitor_find_of_(m, VWR_RULE_AVAIL_BACK, monitor_either(by != VWR_BY_DRIVER), q, 0, now->avail,
                             q->avail_idx);
    } else if (ahead > q->size && ahead <= MONITOR_MAX_16 / 2) {
        vwr_monitor_find_of_(m, VWR_RULE_AVAIL_AHEAD, monitor_either(by != VWR_BY_DRIVER), q, 0, avail,
                             now->sure);
    }
    vwr_monitor_lose_(m, q);
}

/* Checks the flags: only one bit is defined and, with EVENT_IDX, none. */
static VWR_OUT_OF_LINE void monitor_find_flags(struct vwr_monitor *m, struct vwr_monitor_queue *q, bool event,
                                               uint16_t avail, uint16_t used)
{
    if (event && avail != 0)
        vwr_monitor_find_(m, VWR_RULE_AVAIL_FLAGS_EVENT, q, 0, avail, 0);
    else if ((avail & ~(unsigned)VWR_VIRTQ_AVAIL_F_NO_INTERRUPT) != 0)
        vwr_monitor_find_(m, VWR_RULE_AVAIL_FLAGS, q, 0, avail, 0);
    if (event && used != 0)
        vwr_monitor_find_(m, VWR_RULE_USED_FLAGS_EVENT, q, 0, used, 0);
    else if ((used & ~(unsigned)VWR_VIRTQ_USED_F_NO_NOTIFY) != 0)
        vwr_monitor_find_(m, VWR_RULE_USED_FLAGS, q, 0, used, 0);
}

/* Records which notifications are due for new entries, and checks the flags. */
static void monitor_expect(struct vwr_monitor *m, struct vwr_monitor_queue *q, const struct monitor_now *now,
                           unsigned by)
{
    const bool event = monitor_has(m, VWR_F_EVENT_IDX);
    const uint16_t avail = monitor_load(m, &monitor_avail(q)->flags);
    const uint16_t used = monitor_load(m, &monitor_used(q)->flags);

    VWR_STATIC_ASSERT((unsigned)VWR_VIRTQ_AVAIL_F_NO_INTERRUPT == (unsigned)VWR_VIRTQ_USED_F_NO_NOTIFY,
                      "one bit in both");
    if (((avail | used) & (event ? ~0u : ~(unsigned)VWR_VIRTQ_USED_F_NO_NOTIFY)) != 0)
        monitor_find_flags(m, q, event, avail, used);
    if (now->new_avail != 0) {
        q->event = event ? monitor_avail_event(m, q) : 0;
        monitor_expect_kick(
            m, q, by,
            event ? vwr_ring_need_event(q->event, now->avail, vwr_ring_distance(now->avail, now->new_avail))
                  : (used & VWR_VIRTQ_USED_F_NO_NOTIFY) == 0);
    }
    if (now->new_used != 0) {
        const bool is_wanted = event ? vwr_ring_need_event(monitor_used_event(m, q), now->used,
                                                           vwr_ring_distance(now->used, now->new_used))
                                     : (avail & VWR_VIRTQ_AVAIL_F_NO_INTERRUPT) == 0;

        q->is_quiet = !event && !is_wanted && (q->is_quiet || !q->has_new);
        q->has_new = true;
        q->expects_interrupt |= is_wanted && monitor_is_certain(m, by, VWR_BY_DEVICE);
    }
}

/* Checks entries that are available but not used; one of them may have been written too late. */
static void monitor_check_entries(struct vwr_monitor *m, struct vwr_monitor_queue *q)
{
    for (uint16_t at = q->used_idx; at != q->avail_idx; at++) {
        struct vwr_monitor_entry *const e = &q->entry[at & (q->size - 1u)];
        const uint16_t head = monitor_load(m, &monitor_avail(q)->ring[at & (q->size - 1u)]);

        if (head != e->slot)
            vwr_monitor_find_(m, VWR_RULE_AVAIL_BEFORE_ENTRY, q, at & (q->size - 1u), (uint16_t)(at + 1u), 0);
        e->slot = head;
    }
}

/* From now on, the chain has the contents that the driver stored, so that nobody is blamed for them again. */
static void monitor_keep_chain(const struct vwr_monitor *m, struct vwr_monitor_queue *q, uint32_t id)
{
    uint32_t at = id;

    for (uint32_t i = 0; i < q->entry[id].count; i++) {
        const struct monitor_desc d = monitor_load_desc(m, q, at);

        q->entry[at].sum = monitor_sum_of(&d);
        at = q->entry[at].next;
    }
}

static void monitor_check_chains(struct vwr_monitor *m, struct vwr_monitor_queue *q)
{
    for (uint32_t id = 0; id < q->size; id++)
        if (q->entry[id].count != 0 && !monitor_is_same(m, q, id)) {
            vwr_monitor_find_(m, VWR_RULE_ALTERED, q, id, 0, 0);
            monitor_keep_chain(m, q, id);
        }
}

/* Checks memory that a side must not change. Returns whether the monitor can continue. */
static VWR_OUT_OF_LINE bool monitor_check_sides(struct vwr_monitor *m, struct vwr_monitor_queue *q,
                                                const struct monitor_now *now, unsigned by)
{
    if (by == VWR_BY_DRIVER && now->new_used != 0)
        vwr_monitor_find_(m, VWR_RULE_USED_WRITTEN, q, 0, now->used, q->used_idx);
    else if (by == VWR_BY_DEVICE && now->new_avail != 0)
        vwr_monitor_find_(m, VWR_RULE_AVAIL_WRITTEN, q, 0, now->avail, q->avail_idx);
    else if (by != VWR_BY_DRIVER || q->in_flight == 0)
        return true;
    else {
        monitor_check_entries(m, q);
        monitor_check_chains(m, q);
        return true;
    }
    vwr_monitor_lose_(m, q);
    return false;
}

/* New entries before DRIVER_OK, or while the device is suspended. */
static VWR_OUT_OF_LINE void monitor_find_status(struct vwr_monitor *m, struct vwr_monitor_queue *q,
                                                const struct monitor_now *now)
{
    if (now->new_used != 0 && (m->status & VWR_STATUS_DRIVER_OK) == 0 && !m->s.legacy && !m->notified_early)
        vwr_monitor_find_(m, VWR_RULE_USED_EARLY, q, 0, m->status, 0);
    if (now->new_avail != 0 && (m->status & VWR_STATUS_SUSPEND) != 0)
        vwr_monitor_find_(m, VWR_RULE_SUSPEND_BUFFER, q, 0, 0, 0);
}

/* A notification without new buffers: the driver may have written an entry but not the index. */
void vwr_monitor_idle_split_(struct vwr_monitor *m, const struct vwr_monitor_queue *q)
{
    const uint32_t at = q->avail_idx & (q->size - 1u);
    const uint16_t head = monitor_load(m, &monitor_avail(q)->ring[at]);

    if (monitor_knows(q, q->avail_idx) && head != q->entry[at].slot)
        vwr_monitor_find_(m, VWR_RULE_ENTRY_UNPUBLISHED, q, at, head, 0);
}

static void monitor_look_split(struct vwr_monitor *m, struct vwr_monitor_queue *q, unsigned by)
{
    const uint16_t avail = monitor_load(m, &monitor_avail(q)->idx);
    struct monitor_now now = {.used = monitor_load(m, &monitor_used(q)->idx)};

    vwr_ring_acquire();
    now.avail = monitor_load(m, &monitor_avail(q)->idx);
    vwr_ring_acquire();
    now.sure = now.used;
    if (m->s.live) /* descriptors of buffers before `avail` may have been freed in the meantime */
        now.used = monitor_load(m, &monitor_used(q)->idx);
    now.new_avail = vwr_ring_distance(now.avail, q->avail_idx);
    now.new_used = vwr_ring_distance(now.used, q->used_idx);
    if ((m->s.thorough && !monitor_check_sides(m, q, &now, by)) || (now.new_avail | now.new_used) == 0)
        return;
    if (!monitor_is_possible(q, &now, avail)) {
        monitor_find_indices(m, q, &now, avail, by);
        return;
    }
    if ((m->status & (VWR_STATUS_DRIVER_OK | VWR_STATUS_SUSPEND)) != VWR_STATUS_DRIVER_OK)
        monitor_find_status(m, q, &now);
    monitor_use_all(m, q, &now, by);
    for (uint16_t i = 0; i < now.new_avail && q->followed && q->avail_idx != now.avail; i++)
        monitor_take(m, q, true);
    monitor_expect(m, q, &now, by);
}

/* Records the indices up to which the monitor has followed the rings; there may be more entries. */
void vwr_monitor_look_split_(struct vwr_monitor *m, struct vwr_monitor_queue *q, unsigned by)
{
    monitor_look_split(m, q, by);
    q->marked[0] = vwr_guest16(m->s.legacy, q->avail_idx);
    q->marked[1] = vwr_guest16(m->s.legacy, q->used_idx);
    q->is_marked = q->followed && !m->s.thorough;
}

/*
 * Follows a queue again after entries that were not seen. Only with IN_ORDER is it known which buffers are in
 * flight. Otherwise, used entries that do not belong to new buffers are assumed to belong to the unseen ones.
 * If the indices are too far apart, which an earlier look has reported, the monitor waits for the next start
 * of the queue.
 */
void vwr_monitor_return_split_(struct vwr_monitor *m, struct vwr_monitor_queue *q)
{
    const uint16_t used = monitor_load(m, &monitor_used(q)->idx);
    uint16_t avail, in_flight;

    vwr_ring_acquire();
    avail = monitor_load(m, &monitor_avail(q)->idx);
    vwr_ring_acquire();
    in_flight = vwr_ring_distance(avail, used);
    if (in_flight > q->size)
        return;
    q->used_idx = used;
    q->avail_idx = q->from = monitor_in_order(m) ? used : avail;
    q->unknown = vwr_ring_distance(avail, q->avail_idx) == 0 ? in_flight : 0;
    for (uint32_t i = 0; i < 2; i++) {
        const uint32_t at = (q->from + i) & (q->size - 1u);

        q->entry[at].slot = monitor_load(m, &monitor_avail(q)->ring[at]);
    }
    q->followed = true;
}

/* ---- a copy of memory ---- */

/* The ID of a used entry. */
static uint32_t monitor_used_id(const struct vwr_monitor *m, const struct vwr_monitor_queue *q, uint16_t at)
{
    return vwr_guest32(m->s.legacy, vwr_ring_load32(&monitor_used(q)->ring[at & (q->size - 1u)].id));
}

/*
 * Whether a buffer was used more often, at the positions from `at` to the used index, than it became
 * available at the positions from `from` to the available index.
 */
static bool monitor_is_used_often(const struct vwr_monitor *m, const struct vwr_monitor_queue *q, uint32_t id,
                                  uint16_t at, uint16_t from)
{
    const uint16_t uses = vwr_ring_distance(monitor_load(m, &monitor_used(q)->idx), at);
    const uint16_t entries = vwr_ring_distance(monitor_load(m, &monitor_avail(q)->idx), from);
    uint32_t count = 0;

    for (uint16_t i = 0; i < uses && i < q->size; i++)
        count += monitor_used_id(m, q, (uint16_t)(at + i)) == id;
    for (uint16_t i = 0; i < entries && i < q->size && count != 0; i++)
        count -= monitor_load(m, &monitor_avail(q)->ring[(from + i) & (q->size - 1u)]) == id;
    return count != 0;
}

/*
 * Checks the used entries that are still in the ring. If a buffer was used twice, it must have become
 * available again in between, at a position in the available ring after that of the first used entry. In the
 * first lap, each used buffer must have been available. Returns whether all entries may be correct.
 */
bool vwr_monitor_check_used_split_(struct vwr_monitor *m, const struct vwr_monitor_queue *q)
{
    const uint16_t avail = monitor_load(m, &monitor_avail(q)->idx);
    const uint16_t used = monitor_load(m, &monitor_used(q)->idx);
    const bool is_first = avail <= q->size && q->kicks != 0 && q->kicks <= q->size;
    const uint16_t count = is_first ? used : (uint16_t)(q->size - vwr_ring_distance(avail, used));

    for (uint16_t i = 0; i < count && !monitor_in_order(m); i++) {
        const uint16_t at = (uint16_t)(used - count + i), behind = (uint16_t)(at + 1u);
        const uint32_t id = monitor_used_id(m, q, at);

        if (!monitor_is_used_often(m, q, id, behind, behind) &&
            !(is_first && monitor_is_used_often(m, q, id, 0, 0)))
            continue;
        vwr_monitor_find_(m, VWR_RULE_USED_ID, q, 0, id, 0);
        return false;
    }
    return true;
}

/* Reports a queue that was never notified although the device wants a notification for its first buffers. */
void vwr_monitor_check_kick_split_(struct vwr_monitor *m, const struct vwr_monitor_queue *q)
{
    const bool event = monitor_has(m, VWR_F_EVENT_IDX);
    const uint16_t avail = monitor_load(m, &monitor_avail(q)->idx);
    const uint16_t wanted = event ? monitor_avail_event(m, q) : 0;

    if (q->kicks != 0 || avail == 0 || avail > q->size || monitor_load(m, &monitor_used(q)->idx) != 0 ||
        wanted >= avail ||
        (!event && (monitor_load(m, &monitor_used(q)->flags) & VWR_VIRTQ_USED_F_NO_NOTIFY) != 0))
        return;
    vwr_monitor_find_of_(m, event ? VWR_RULE_KICK_MISSING_EVENT : VWR_RULE_KICK_MISSING, VWR_MONITOR_ENDED, q,
                         0, wanted, 0);
}
