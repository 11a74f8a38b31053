/* SPDX-License-Identifier: MIT */
#include "monitor_common.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"

/* Computes the areas of a legacy queue, which form one block. Without GuestPageSize, devices take an address.
 */
static void monitor_place_legacy(const struct vwr_monitor *m, struct vwr_monitor_queue *q)
{
    const uint32_t align = q->align != 0 ? q->align : VWR_SPLIT_RING_LEGACY_ALIGN;
    const uint64_t at = (uint64_t)q->pfn * (m->page != 0 ? m->page : 1u);

    q->addr[MONITOR_DESC] = at;
    q->addr[MONITOR_DRIVER] = at + vwr_split_ring_desc_bytes(q->size);
    q->addr[MONITOR_DEVICE] = at + VWR_SPLIT_RING_USED_OFFSET(q->size, align);
}

/* Computes the sizes of the areas. The fields of EVENT_IDX exist only if it was negotiated. */
static void monitor_measure(const struct vwr_monitor *m, struct vwr_monitor_queue *q)
{
    const uint32_t event = monitor_has(m, VWR_F_EVENT_IDX) ? 0 : sizeof(vwr_le16);

    if (q->packed) {
        q->area_bytes[MONITOR_DESC] = (uint32_t)vwr_packed_ring_desc_bytes(q->size);
        q->area_bytes[MONITOR_DRIVER] = (uint32_t)vwr_packed_ring_driver_event_bytes(q->size);
        q->area_bytes[MONITOR_DEVICE] = (uint32_t)vwr_packed_ring_device_event_bytes(q->size);
    } else {
        q->area_bytes[MONITOR_DESC] = (uint32_t)vwr_split_ring_desc_bytes(q->size);
        q->area_bytes[MONITOR_DRIVER] = (uint32_t)vwr_split_ring_avail_bytes(q->size) - event;
        q->area_bytes[MONITOR_DEVICE] = (uint32_t)vwr_split_ring_used_bytes(q->size) - event;
    }
    q->low = q->addr[0];
    q->span = q->area_bytes[0];
    for (unsigned i = 1; i < MONITOR_AREAS; i++) {
        const uint64_t end = q->addr[i] + q->area_bytes[i];
        const uint64_t last = end > q->low + q->span ? end : q->low + q->span;

        q->low = q->addr[i] < q->low ? q->addr[i] : q->low;
        q->span = last - q->low;
    }
    q->counts = m->s.requests != NULL && vwr_monitor_blk_has_limits_(m);
}

/* Whether two areas overlap. */
static bool monitor_has_overlap(struct vwr_monitor *m, const struct vwr_monitor_queue *q)
{
    for (unsigned i = 0; i < MONITOR_AREAS; i++) {
        const unsigned k = i + 1u < MONITOR_AREAS ? i + 1u : 0;

        if (!monitor_overlaps(q->addr[i], q->area_bytes[i], q->addr[k], q->area_bytes[k]))
            continue;
        if (!q->is_late)
            vwr_monitor_find_(m, VWR_RULE_QUEUE_OVERLAP, q, 0, q->addr[i], q->addr[k]);
        return true;
    }
    return false;
}

/*
 * Whether an area is aligned and contiguous in the host; if so, its pointer is set. An area that is aligned
 * in the guest may be misaligned in the host, and then the monitor does not follow the queue.
 */
static bool monitor_map_area(struct vwr_monitor *m, struct vwr_monitor_queue *q, enum monitor_area area,
                             uint32_t align)
{
    const uint64_t addr = q->addr[area];
    const uint32_t bytes = q->area_bytes[area];

    if ((addr & (align - 1u)) != 0) {
        if (!q->is_late)
            vwr_monitor_find_(m, q->packed ? VWR_RULE_PACKED_ALIGN : VWR_RULE_SPLIT_ALIGN, q, area, addr,
                              align);
        return false;
    }
    if (m->s.run == NULL)
        return false;
    if (m->s.run(m->s.context, addr, &q->area[area]) >= bytes)
        return ((uintptr_t)q->area[area] & (align - 1u)) == 0;
    if (!vwr_monitor_is_memory_(m, addr, bytes))
        vwr_monitor_find_of_(m, VWR_RULE_QUEUE_MEMORY, monitor_outside(m, true), q, area, addr, bytes);
    return false;
}

/* The specification has no place for a legacy queue whose pages have no size. */
static void monitor_check_page(struct vwr_monitor *m, const struct vwr_monitor_queue *q)
{
    const uint32_t bytes = q->area_bytes[MONITOR_DESC];

    if (q->pfn != 0 && m->page == 0 && !vwr_monitor_is_memory_(m, 0, bytes))
        vwr_monitor_find_of_(m, VWR_RULE_QUEUE_MEMORY, monitor_outside(m, true), q, MONITOR_DESC, 0, bytes);
}

static bool monitor_map_split(struct vwr_monitor *m, struct vwr_monitor_queue *q)
{
    const bool desc = monitor_map_area(m, q, MONITOR_DESC, VWR_SPLIT_RING_DESC_ALIGN);
    const bool avail = monitor_map_area(m, q, MONITOR_DRIVER, VWR_SPLIT_RING_AVAIL_ALIGN);
    const bool used = monitor_map_area(m, q, MONITOR_DEVICE, VWR_SPLIT_RING_USED_ALIGN);

    monitor_check_page(m, q);
    return desc && avail && used;
}

static bool monitor_map_packed(struct vwr_monitor *m, struct vwr_monitor_queue *q)
{
    const bool desc = monitor_map_area(m, q, MONITOR_DESC, VWR_PACKED_RING_DESC_ALIGN);
    const bool driver = monitor_map_area(m, q, MONITOR_DRIVER, VWR_PACKED_RING_DRIVER_EVENT_ALIGN);
    const bool device = monitor_map_area(m, q, MONITOR_DEVICE, VWR_PACKED_RING_DEVICE_EVENT_ALIGN);

    return desc && driver && device;
}

/* Checks the initial contents of the rings. */
static void monitor_begin(struct vwr_monitor *m, struct vwr_monitor_queue *q, uint16_t base)
{
    const struct vwr_virtq_avail *const avail = q->area[MONITOR_DRIVER];

    for (uint32_t i = 0; i < q->size; i++) {
        struct vwr_monitor_entry *const e = &q->entry[i];

        e->owner = MONITOR_NONE;
        e->count = 0;
        if (q->packed)
            e->sum = vwr_monitor_sum_packed_(q, i);
        else
            e->slot = vwr_guest16(m->s.legacy, vwr_ring_load16(&avail->ring[i]));
    }
    q->in_flight = q->covered = 0;
    q->avail_idx = q->used_idx = base;
    q->first = q->last = 0;
    q->avail = (struct vwr_packed_cursor){0, VWR_VIRTQ_DESC_F_AVAIL};
    q->used = (struct vwr_packed_cursor){0, VWR_PACKED_WRAP_FLAGS};
    q->expects_kick = q->expects_interrupt = q->has_new = q->is_quiet = q->kicked_idle = q->is_kick_due =
        false;
    q->waits = q->is_marked = q->is_lost = q->has_gap = false;
    q->more = 0;
    q->unknown = 0;
    if (!q->packed) { /* in a packed ring, they move */
        q->mark[0] = &avail->idx;
        q->mark[1] = &((const struct vwr_virtq_used *)q->area[MONITOR_DEVICE])->idx;
    }
    q->followed = true;
    monitor_wake(m);
}

static void monitor_check_start(struct vwr_monitor *m, const struct vwr_monitor_queue *q)
{
    const struct vwr_virtq_used *const used = q->area[MONITOR_DEVICE];

    if (!q->packed && vwr_ring_load16(&used->flags) != 0)
        vwr_monitor_find_(m, VWR_RULE_USED_FLAGS_START, q, 0,
                          vwr_guest16(m->s.legacy, vwr_ring_load16(&used->flags)), 0);
}

/*
 * Whether a split ring looks like that of a new queue. The driver may have made buffers available before it
 * enabled the queue, but no more than the queue has descriptors.
 */
static bool monitor_is_new(struct vwr_monitor *m, struct vwr_monitor_queue *q, uint16_t base)
{
    const struct vwr_virtq_avail *const avail = q->area[MONITOR_DRIVER];
    const struct vwr_virtq_used *const used = q->area[MONITOR_DEVICE];
    const uint16_t driver = vwr_guest16(m->s.legacy, vwr_ring_load16(&avail->idx));
    uint16_t device;

    vwr_ring_acquire();
    device = vwr_guest16(m->s.legacy, vwr_ring_load16(&used->idx));
    if (m->s.live && !q->packed && device != base) { /* the queue is already running */
        vwr_monitor_lose_(m, q);
        return false;
    }
    if (q->packed || (device == base && vwr_ring_distance(driver, base) <= q->size))
        return true;
    vwr_monitor_find_(m, VWR_RULE_QUEUE_START, q, 0, driver, device);
    return false;
}

/* Whether the queue has a ring that the monitor can follow. */
static bool monitor_map(struct vwr_monitor *m, struct vwr_monitor_queue *q)
{
    q->touched = q->ready = true;
    q->followed = q->is_marked = q->waits = false;
    q->doubt = 0;
    m->range.bytes = 0;
    q->packed = monitor_has(m, VWR_F_RING_PACKED);
    if (!q->packed && !vwr_is_power_of_2(q->size)) {
        if (!m->is_pci && !q->is_late) /* on PCI, another rule covers this */
            vwr_monitor_find_(m, VWR_RULE_QUEUE_SHAPE, q, 0, q->size, 0);
        return false;
    }
    if (q->size == 0) /* on PCI, the driver has neither read nor written the size */
        return false;
    if (m->s.legacy && !m->s.live)
        monitor_place_legacy(m, q);
    monitor_measure(m, q);
    if (monitor_has_overlap(m, q))
        return false;
    if (q->packed ? !monitor_map_packed(m, q) : !monitor_map_split(m, q))
        return false;
    return q->size <= m->queue_size;
}

void vwr_monitor_start_queue_(struct vwr_monitor *m, struct vwr_monitor_queue *q)
{
    const unsigned needed =
        m->is_pci ? MONITOR_SET_SIZE - 1u : MONITOR_SET_ALL; /* only PCI has a size to read */
    const uint32_t found = m->found;
    bool is_mapped;

    if ((m->status & VWR_STATUS_DRIVER_OK) != 0 && !q->touched)
        vwr_monitor_find_(m, VWR_RULE_QUEUE_LATE, q, 0, 0, 0);
    q->kicks = 0;
    q->touched = q->ready = true;
    q->followed = q->is_marked = q->is_sound = false;
    if (!m->s.legacy && (q->set & needed) != needed) {
        vwr_monitor_find_(m,
                          q->was_reset ? VWR_RULE_QUEUE_REENABLED
                                       : monitor_rule(m, VWR_RULE_QUEUE_UNSET, VWR_RULE_PCI_QUEUE_UNSET),
                          q, 0, 0, 0);
        return;
    }
    is_mapped = monitor_map(m, q);
    q->is_sound = m->s.run != NULL && m->found == found && !(q->has_max && q->size > q->max);
    if (!is_mapped || !monitor_is_new(m, q, 0))
        return;
    monitor_begin(m, q, 0);
    monitor_check_start(m, q);
}

void vwr_monitor_stop_queue_(struct vwr_monitor_queue *q)
{
    q->ready = q->followed = q->waits = q->is_marked = false;
}

static void monitor_resume_packed(struct vwr_monitor *m, struct vwr_monitor_queue *q)
{
    struct vwr_packed_cursor at;

    q->waits = !vwr_monitor_find_position_(q, &at);
    if (q->waits)
        return;
    monitor_begin(m, q, 0);
    q->avail = q->used = at;
    q->used.flags = (at.flags & VWR_VIRTQ_DESC_F_AVAIL) != 0 ? VWR_PACKED_WRAP_FLAGS : 0;
}

/* Follows a ring again; for a live packed ring, only when nothing is in flight. */
void vwr_monitor_resume_queue_(struct vwr_monitor *m, struct vwr_monitor_queue *q)
{
    if (q->packed && m->s.live)
        monitor_resume_packed(m, q);
    else
        vwr_monitor_return_(m, q);
}

void vwr_monitor_start(struct vwr_monitor *m, uint32_t queue, const struct vwr_monitor_ring *ring)
{
    struct vwr_monitor_queue *const q = queue < m->s.queue_count ? &m->s.queue[queue] : NULL;
    const struct vwr_virtq_used *used;

    if (q == NULL)
        return;
    q->waits = false;
    q->size = ring->size;
    q->addr[MONITOR_DESC] = ring->desc;
    q->addr[MONITOR_DRIVER] = ring->driver;
    q->addr[MONITOR_DEVICE] = ring->device;
    if (!monitor_map(m, q))
        return;
    used = q->area[MONITOR_DEVICE];
    if (q->packed && m->s.live)
        monitor_resume_packed(m, q);
    else if (q->packed)
        monitor_begin(m, q, ring->base);
    else if (!m->s.live && vwr_guest16(m->s.legacy, vwr_ring_load16(&used->idx)) != ring->base)
        q->followed = false;
    else if (monitor_is_new(m, q, ring->base))
        monitor_begin(m, q, ring->base);
    else
        return;
    if (!q->followed)
        vwr_monitor_lose_(m, q); /* buffers are already in flight */
}

/*
 * Whether the used entries that are still in the ring are in the order of the available ring. A device with
 * IN_ORDER writes one entry for several buffers.
 */
static bool monitor_was_in_order(const struct vwr_monitor *m, const struct vwr_monitor_queue *q,
                                 uint16_t used, uint16_t in_flight)
{
    const struct vwr_virtq_avail *const avail = q->area[MONITOR_DRIVER];
    const struct vwr_virtq_used *const done = q->area[MONITOR_DEVICE];

    for (uint32_t i = 1; i <= q->size - in_flight && !monitor_in_order(m); i++) {
        const uint32_t at = (used - i) & (q->size - 1u);

        if (vwr_guest32(m->s.legacy, vwr_ring_load32(&done->ring[at].id)) !=
            vwr_guest16(m->s.legacy, vwr_ring_load16(&avail->ring[at])))
            return false;
    }
    return true;
}

/*
 * The available index is behind the used index. If the device has used the entries in the available ring, the
 * available index was ahead at that time.
 */
static void monitor_find_behind(struct vwr_monitor *m, const struct vwr_monitor_queue *q, uint16_t used,
                                uint16_t avail)
{
    const struct vwr_virtq_used *const ring = q->area[MONITOR_DEVICE];
    const uint32_t last = (used - 1u) & (q->size - 1u);

    if (vwr_ring_load32(&ring->ring[last].len) != 0 && monitor_was_in_order(m, q, used, 0))
        vwr_monitor_find_of_(m, VWR_RULE_AVAIL_BACK, VWR_MONITOR_EITHER, q, 0, avail, used);
    else
        vwr_monitor_find_ahead_(m, q, used, avail);
}

/* Starts to follow a queue at its used index. */
static void monitor_enter(struct vwr_monitor *m, struct vwr_monitor_queue *q)
{
    const struct vwr_virtq_avail *avail;
    const struct vwr_virtq_used *used;
    uint16_t position, in_flight;
    bool is_mapped;

    q->is_late = true;
    is_mapped = monitor_map(m, q);
    q->is_late = false;
    if (!is_mapped || q->packed)
        return;
    avail = q->area[MONITOR_DRIVER];
    used = q->area[MONITOR_DEVICE];
    position = vwr_guest16(m->s.legacy, vwr_ring_load16(&used->idx));
    in_flight = vwr_ring_distance(vwr_guest16(m->s.legacy, vwr_ring_load16(&avail->idx)), position);
    if (in_flight > MONITOR_MAX_16 / 2)
        monitor_find_behind(m, q, position, (uint16_t)(position + in_flight));
    else if (in_flight > q->size)
        vwr_monitor_find_of_(m, VWR_RULE_AVAIL_AHEAD, VWR_MONITOR_EITHER, q, 0,
                             (uint16_t)(position + in_flight), position);
    else if (!vwr_monitor_check_used_split_(m, q))
        m->unseen += in_flight;
    else if (monitor_was_in_order(m, q, position, in_flight))
        monitor_begin(m, q, position);
    else
        m->unseen += in_flight;
}

uint32_t vwr_monitor_see(struct vwr_monitor *m, vwr_monitor_run *run)
{
    uint32_t in_flight = 0;

    m->s.run = monitor_has(m, VWR_F_ACCESS_PLATFORM) ? NULL : run;
    m->is_partial = m->s.run != NULL;
    for (uint32_t i = 0; i < m->s.queue_count; i++) {
        m->s.queue[i].followed = false;
        if (m->s.run != NULL && m->s.queue[i].ready)
            monitor_enter(m, &m->s.queue[i]);
    }
    vwr_monitor_look(m, VWR_BY_DRIVER | VWR_BY_DEVICE);
    for (uint32_t i = 0; i < m->s.queue_count && (m->status & VWR_STATUS_DRIVER_OK) != 0; i++)
        if (m->s.queue[i].followed)
            vwr_monitor_check_kick_split_(m, &m->s.queue[i]);
    for (uint32_t i = 0; i < m->s.queue_count; i++)
        in_flight += m->s.queue[i].followed ? m->s.queue[i].in_flight : 0;
    return in_flight;
}

void vwr_monitor_stop(struct vwr_monitor *m, uint32_t queue)
{
    m->range.bytes = 0;
    if (queue < m->s.queue_count)
        vwr_monitor_stop_queue_(&m->s.queue[queue]);
}

/* Checks for a notification that the device has suppressed, if nothing has changed in the meantime. */
static bool monitor_is_unwanted(const struct vwr_monitor *m, const struct vwr_monitor_queue *q)
{
    const struct vwr_virtq_used *const used = q->area[MONITOR_DEVICE];

    return !q->packed && !q->expects_kick && !monitor_has(m, VWR_F_EVENT_IDX) &&
           (vwr_guest16(m->s.legacy, vwr_ring_load16(&used->flags)) & VWR_VIRTQ_USED_F_NO_NOTIFY) != 0;
}

/*
 * Checks the position in a notification. If it differs by a whole lap, the monitor may have missed that lap.
 */
static void monitor_check_position_of(struct vwr_monitor *m, struct vwr_monitor_queue *q, uint32_t position)
{
    const uint32_t next = vwr_packed_position(&q->avail);

    if (position == next)
        return;
    if (!m->s.thorough && ((position ^ next) & VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_OFF_MASK) == 0)
        vwr_monitor_lose_(m, q);
    else
        vwr_monitor_find_(m, VWR_RULE_PACKED_NEXT_OFFSET, q, 0, position, next);
}

VWR_STATIC_ASSERT(VWR_PCI_NOTIFICATION_DATA_VALUE_VQ_INDEX_MASK == VWR_MMIO_QUEUE_NOTIFY_VQ_INDEX_MASK &&
                      VWR_PCI_NOTIFICATION_DATA_VALUE_NEXT_OFF_SHIFT == VWR_MMIO_QUEUE_NOTIFY_NEXT_OFF_SHIFT,
                  "a notification has one form");

/* A notification before DRIVER_OK, after FAILED, or while the device is suspended. */
static VWR_OUT_OF_LINE void monitor_early_kick(struct vwr_monitor *m, const struct vwr_monitor_queue *q,
                                               uint32_t index)
{
    if ((m->status & VWR_STATUS_FAILED) != 0)
        vwr_monitor_find_(m, VWR_RULE_NOTIFY_FAILED, q, 0, 0, index);
    else if ((m->status & VWR_STATUS_SUSPEND) == 0) {
        m->notified_early = true;
        vwr_monitor_find_(m, VWR_RULE_NOTIFY_EARLY, q, 0, m->status, index);
    } else
        vwr_monitor_find_(m, m->resumes ? VWR_RULE_RESUME_UNREAD : VWR_RULE_SUSPEND_KICK, q, 0, 0, index);
}

void vwr_monitor_kick_(struct vwr_monitor *m, uint32_t value)
{
    const uint32_t index = value & VWR_MMIO_QUEUE_NOTIFY_VQ_INDEX_MASK;
    struct vwr_monitor_queue *const q = index < m->s.queue_count ? &m->s.queue[index] : NULL;

    if ((m->status & (VWR_STATUS_DRIVER_OK | VWR_STATUS_SUSPEND | VWR_STATUS_FAILED)) !=
            VWR_STATUS_DRIVER_OK &&
        (!m->s.legacy || (m->status & VWR_STATUS_FAILED) != 0))
        monitor_early_kick(m, q, index);
    if (q == NULL) {
        if (!m->has_others)
            vwr_monitor_find_(m, monitor_rule(m, VWR_RULE_NOTIFY_QUEUE, VWR_RULE_PCI_NOTIFY_QUEUE), NULL, 0,
                              index, 0);
        return;
    }
    monitor_count(&q->kicks);
    if (!q->ready)
        vwr_monitor_find_(m, monitor_rule(m, VWR_RULE_NOTIFY_QUEUE, VWR_RULE_PCI_NOTIFY_QUEUE), NULL, 0,
                          index, 0);
    if (monitor_samples(m) && !vwr_monitor_count_(m, q))
        return;
    if (!q->followed)
        return;
    if (q->packed && monitor_has(m, VWR_F_NOTIFICATION_DATA))
        monitor_check_position_of(m, q, value >> VWR_MMIO_QUEUE_NOTIFY_NEXT_OFF_SHIFT);
    if (!q->followed)
        return;
    q->kicked_idle = !q->expects_kick;
    if (monitor_is_unwanted(m, q))
        vwr_monitor_find_(m, VWR_RULE_KICK_UNWANTED, q, 0, 0, 0);
    q->expects_kick = q->is_kick_due = false;
}
