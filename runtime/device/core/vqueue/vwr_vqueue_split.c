/* SPDX-License-Identifier: MIT */
#include "vqueue_common.h"

/*
 * Split ring, device side. Section: Basic Facilities of a Virtio Device / Split Virtqueues.
 *
 * Of the driver's area the available index is loaded once for all entries it covers, and each entry and each
 * field of a descriptor once. The used ring is only written.
 */

void vwr_vsplit_enable_(struct vwr_vqueue *q, void *desc, void *driver, void *device)
{
    q->split.desc = desc;
    q->split.avail = driver;
    q->split.used = device;
    q->split.mask = q->size - 1u;
}

/* The index of the used ring counts: buffers that another device took and did not return are taken again. */
int vwr_vsplit_set_base_(struct vwr_vqueue *q, uint16_t avail)
{
    const uint16_t used = vwr_guest16(q->legacy, vwr_ring_load16(&q->split.used->idx));

    if (vwr_ring_distance(avail, used) > q->size)
        return VWR_ERANGE;
    q->last_avail = used;
    q->avail_idx = used;
    q->used_idx = used;
    q->signalled_used = used;
    return VWR_OK;
}

/* used_event follows the available ring. */
static const vwr_le16 *vsplit_used_event(const struct vwr_vqueue *q)
{
    return (const vwr_le16 *)(const void *)((const uint8_t *)q->split.avail +
                                            vwr_virtq_avail_used_event_offset(q->size));
}

/* Sets avail_event, which follows the used ring, or the flags: what the driver reads before it notifies. */
static void vsplit_suppress(struct vwr_vqueue *q, uint16_t avail_event, uint16_t flags)
{
    const bool event = q->event_idx;
    void *const at = event ? (uint8_t *)q->split.used + vwr_virtq_used_avail_event_offset(q->size)
                           : (uint8_t *)&q->split.used->flags;

    vwr_ring_store16(at, vwr_guest16(q->legacy, event ? avail_event : flags));
}

int vwr_vsplit_poll_(struct vwr_vqueue *q)
{
    return vwr_vsplit_poll_here(q);
}

void vwr_vsplit_unpop_(struct vwr_vqueue *q, const struct vwr_vchain *c)
{
    q->held[c->id] = false;
}

/* Publishes the index. Returns whether the driver wants an interrupt. */
VWR_ALWAYS_INLINE bool vsplit_publish(struct vwr_vqueue *q, uint16_t old, uint16_t now)
{
    vwr_ring_publish16(&q->split.used->idx,
                       vwr_guest16(q->legacy, now)); /* release: used elements and buffers before the index */
    vwr_ring_mb(); /* the index before the load of the driver's event suppression */
    if (!q->event_idx)
        return (vwr_guest16(q->legacy, vwr_ring_load16(&q->split.avail->flags)) &
                VWR_VIRTQ_AVAIL_F_NO_INTERRUPT) == 0;
    return vwr_ring_need_event(vwr_guest16(q->legacy, vwr_ring_load16(vsplit_used_event(q))), now, old);
}

bool vwr_vsplit_signal_(struct vwr_vqueue *q)
{
    const uint32_t old = q->signalled_used;
    const uint32_t now = q->used_idx;

    if (now == old)
        return false;
    vwr_count_add(&q->stats.used, now - old);
    q->signalled_used = now;
    return vqueue_count_signal(q, vsplit_publish(q, (uint16_t)old, (uint16_t)now));
}

bool vwr_vsplit_arm_(struct vwr_vqueue *q)
{
    if (q->last_avail != q->avail_idx)
        return false;
    q->quiet = q->event_idx;
    vsplit_suppress(q, (uint16_t)q->last_avail, 0);
    vwr_ring_mb(); /* event suppression before the load of the index; otherwise a buffer could be missed */
    return vwr_vsplit_poll_(q) <= 0;
}

void vwr_vsplit_disarm_(struct vwr_vqueue *q)
{
    /* With an event index: one just passed, which the driver reaches again only after 2^16 buffers. */
    vsplit_suppress(q, vwr_ring_distance(q->last_avail, 1), VWR_VIRTQ_USED_F_NO_NOTIFY);
}
