/* SPDX-License-Identifier: MIT */
#include "vqueue_common.h"

/*
 * The position of a queue in a saved state, with buffers in flight. Section: Device parts.
 */

/* Numbers of buffers of which the low 16 bits are all of an index. */
#define VQUEUE_LAP 0x10000u /* not the specification's */

void vwr_vqueue_position(const struct vwr_vqueue *q, struct vdev_position *p)
{
    p->avail = (uint16_t)q->last_avail;
    p->used = (uint16_t)q->used_idx;
    p->in_flight = (uint16_t)vwr_vqueue_in_flight(q);
    p->popped = q->last_avail != 0;
    if (vwr_layout_is_packed(q->layout)) {
        const struct vwr_packed_cursor next = {(uint32_t)(q->packed.next_avail.desc - q->packed.ring),
                                               q->packed.next_avail.flags};

        p->avail = vwr_packed_position(&next);
        p->used = (uint16_t)vwr_vpacked_base(q);
    }
}

/* Before that, the memory of its rings may be anything. */
static bool vqueue_state_has_driver(const struct vwr_vqueue *q)
{
    return (q->dev->status & (VWR_STATUS_DRIVER_OK | VWR_STATUS_SUSPEND)) != 0;
}

/*
 * The split ring has the used index too. Each buffer in flight is added by vwr_vqueue_hold. The numbers of
 * buffers begin at one that is not 0, if any was popped.
 */
bool vwr_vqueue_set_position(struct vwr_vqueue *q, const struct vdev_position *p)
{
    if (p->in_flight > q->size)
        return false;
    if (vwr_layout_is_packed(q->layout) ? vwr_vpacked_set_base(q, p->used) != VWR_OK
        : vqueue_state_has_driver(q)    ? vwr_vsplit_set_base(q, p->used) != VWR_OK || q->used_idx != p->used
                                        : p->used != 0)
        return false;
    if (p->popped)
        q->used_idx += VQUEUE_LAP;
    q->signalled_used = q->used_idx;
    q->last_avail = q->used_idx + p->in_flight;
    q->avail_idx = q->last_avail;
    return p->popped || q->last_avail == 0;
}

bool vwr_vqueue_hold(struct vwr_vqueue *q, uint16_t id, uint16_t count)
{
    if (!vwr_layout_is_packed(q->layout)) {
        if (id >= q->size || q->held[id] || count != 1)
            return false;
        q->held[id] = true;
        return true;
    }
    if (count == 0 || q->packed.free < (int)count)
        return false;
    q->packed.free -= (int)count;
    (void)vwr_vpacked_advance(q, &q->packed.next_avail, count);
    return true;
}

static uint16_t vqueue_state_avail_idx(const struct vwr_vqueue *q)
{
    return vwr_guest16(q->legacy, vwr_ring_load16(&q->split.avail->idx));
}

/* The driver may have made at most as many buffers available as a split ring has. */
bool vwr_vqueue_is_possible(const struct vwr_vqueue *q)
{
    return vwr_layout_is_packed(q->layout) || !vqueue_state_has_driver(q) ||
           vwr_ring_distance(vqueue_state_avail_idx(q), (uint16_t)q->last_avail) <= q->size;
}

/* The guest's CPUs are stopped, so that the store needs no order. */
void vwr_vqueue_set_used(struct vwr_vqueue *q)
{
    if (q->layout == VWR_LAYOUT_STOPPED || vwr_layout_is_packed(q->layout) || !vqueue_state_has_driver(q))
        return;
    vwr_ring_store16(&q->split.used->idx, vwr_guest16(q->legacy, (uint16_t)q->used_idx));
    if (!vwr_vqueue_is_possible(q))
        (void)vwr_vqueue_bad(q, VWR_VFAULT_INDEX, vqueue_state_avail_idx(q), (uint16_t)q->last_avail);
}
