/* SPDX-License-Identifier: MIT */
#include "vhost_host.h"

#include "vhost_back_common.h"

/* Polling of the rings, without system calls, before the program waits. */

static bool has_buffers(const struct vwr_vqueue *q)
{
    if (q->layout == VWR_LAYOUT_STOPPED)
        return false;
    if (!vwr_layout_is_packed(q->layout))
        return vwr_le16_to_cpu(vwr_ring_load16(&q->split.avail->idx)) != (uint16_t)q->last_avail;
    return ((vwr_vpacked_flags(q->packed.next_avail.desc) ^ q->packed.next_avail.flags) &
            VWR_PACKED_WRAP_FLAGS) == 0;
}

/*
 * Serves a ring that has buffers. true: the device has taken some; a class may be unable to take what there
 * is. Notifications stay enabled in a ring with a record, because the device does not write to the driver's
 * ring.
 */
static bool look_at(struct vwr_vhost_back *h, unsigned queue)
{
    struct vwr_vhost_back_ring *const r = &h->ring[queue];
    struct vwr_vqueue *const q = vhost_back_queue(h, queue);
    const uint32_t before = q->last_avail;
    const bool work = r->recorded ? vhost_back_record(h, queue) : has_buffers(q);

    if (work || r->again)
        vhost_back_serve(h, queue);
    else if (r->recorded)
        vhost_back_record_used(h, queue); /* requests that the program has completed meanwhile */
    if (!r->recorded && (work || !r->quiet)) {
        vwr_vqueue_disarm(q);
        r->quiet = true;
    }
    return q->last_avail != before;
}

bool vwr_vhost_back_poll_rings(struct vwr_vhost_back *h)
{
    bool any = false;

    for (unsigned n = 0; n < h->dev->queues && !h->held && !h->ended && !vhost_back_is_lost(h); n++)
        if (h->ring[n].started && h->ring[n].enabled)
            any = look_at(h, n) || any;
    return any;
}

void vwr_vhost_back_stop_polling(struct vwr_vhost_back *h)
{
    for (unsigned n = 0; n < h->dev->queues; n++) {
        struct vwr_vhost_back_ring *const r = &h->ring[n];
        const bool armed =
            !r->quiet || !r->started || vhost_back_is_lost(h) || vwr_vdev_arm(h->dev, vhost_back_queue(h, n));

        r->quiet = false;
        if (!armed)
            r->again = true; /* buffers that were made available meanwhile, without a notification */
    }
}
