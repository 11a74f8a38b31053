/* SPDX-License-Identifier: MIT */
#include "vqueue_common.h"

/*
 * The position of a queue in a saved state, with buffers in flight. Section: Device parts.
 */

/* Number of buffers after which the 16-bit indices repeat. */
#define VQUEUE_LAP 0x10000u

void vwr_vqueue_position_(const struct vwr_vqueue *q, struct vqueue_position *p)
{
    p->avail = (uint16_t)q->last_avail;
    p->used = (uint16_t)q->used_idx;
    p->in_flight = (uint16_t)vwr_vqueue_in_flight(q);
    p->popped = q->last_avail != 0;
    if (vwr_layout_is_packed(q->layout)) {
        const struct vwr_packed_cursor next = {(uint32_t)(q->packed.next_avail.desc - q->packed.ring),
                                               q->packed.next_avail.flags};

        p->avail = vwr_packed_position(&next);
        p->used = (uint16_t)vwr_vpacked_base_(q);
    }
}

/*
 * The rings are not read: if the guest has overwritten their indices, the device detects this when it uses
 * them. Each buffer in flight is added by vwr_vqueue_hold_(). If any buffer was popped, buffer numbers start
 * at a value other than 0.
 */
bool vwr_vqueue_set_position_(struct vwr_vqueue *q, const struct vqueue_position *p)
{
    const bool packed = vwr_layout_is_packed(q->layout);

    if (p->in_flight > q->size || (packed && vwr_vpacked_set_base_(q, p->used) != VWR_OK))
        return false;
    if (!packed)
        q->used_idx = p->used;
    if (p->popped)
        q->used_idx += VQUEUE_LAP;
    q->signalled_used = q->used_idx;
    q->last_avail = q->used_idx + p->in_flight;
    q->avail_idx = q->last_avail;
    return p->popped || q->last_avail == 0;
}

bool vwr_vqueue_hold_(struct vwr_vqueue *q, uint16_t id, uint16_t count)
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
