/* SPDX-License-Identifier: MIT */
#include "vhost_host.h"

#include "vhost_back_record.h"

/*
 * A ring whose requests are recorded. The device gets a copy of the ring, in memory of this process. A
 * request is recorded before it is added to the copy, and a used buffer of the copy is passed on to the
 * driver's ring afterwards. So the device has no request that is not recorded, and the driver sees no used
 * buffer whose pages are not marked. While written pages are logged (vwr_vhost_back_log.c), a ring without a
 * shared record has a record of this process.
 */

bool vhost_back_is_recorded(const struct vwr_vhost_back *h, unsigned queue)
{
    return vhost_back_shared_record(h, queue) != NULL || vhost_back_logs(h);
}

static bool is_aligned(const struct vwr_vhost_back_parts *p, bool packed)
{
    const uint64_t driver = packed ? VWR_PACKED_RING_DRIVER_EVENT_ALIGN : VWR_SPLIT_RING_AVAIL_ALIGN;
    const uint64_t device = packed ? VWR_PACKED_RING_DEVICE_EVENT_ALIGN : VWR_SPLIT_RING_USED_ALIGN;
    const uint64_t desc = packed ? VWR_PACKED_RING_DESC_ALIGN : VWR_SPLIT_RING_DESC_ALIGN;

    return ((p->desc & (desc - 1u)) | (p->driver & (driver - 1u)) | (p->device & (device - 1u))) == 0;
}

/* Translates the addresses of the driver's ring. */
static bool find_parts(struct vwr_vhost_back *h, struct vwr_vhost_back_ring *r,
                       const struct vwr_vhost_back_parts *p)
{
    const bool packed = vhost_back_is_packed(h);

    r->parts = *p;
    r->desc =
        vwr_memory_ptr(&h->vm.memory, p->desc,
                       packed ? vwr_packed_ring_desc_bytes(r->size) : vwr_split_ring_desc_bytes(r->size));
    r->driver = vwr_memory_ptr(&h->vm.memory, p->driver,
                               packed ? sizeof(struct vwr_pvirtq_event_suppress)
                                      : vwr_split_ring_avail_bytes(r->size));
    r->device = vwr_memory_ptr(&h->vm.memory, p->device,
                               packed ? sizeof(struct vwr_pvirtq_event_suppress)
                                      : vwr_split_ring_used_bytes(r->size));
    return r->desc != NULL && r->driver != NULL && r->device != NULL && is_aligned(p, packed);
}

bool vhost_back_begin_record(struct vwr_vhost_back *h, unsigned queue, struct vwr_vhost_back_parts *p)
{
    struct vwr_vhost_back_ring *const r = &h->ring[queue];
    bool ok;

    if (!vhost_back_make_copies(h))
        return false;
    if (!find_parts(h, r, p))
        return vhost_back_end(h, "Queue %u is not in one region of memory, or is not aligned.", queue);
    if (!vhost_back_fits_record(h, queue))
        return false;
    r->news = true;
    ok = vhost_back_is_packed(h) ? vhost_back_begin_packed(h, queue, p) : vhost_back_begin_split(h, queue, p);
    r->recorded = ok;
    return ok;
}

bool vhost_back_record(struct vwr_vhost_back *h, unsigned queue)
{
    return vhost_back_is_packed(h) ? vhost_back_take_packed(h, queue) : vhost_back_take_split(h, queue);
}

void vhost_back_record_used(struct vwr_vhost_back *h, unsigned queue)
{
    if (vhost_back_is_packed(h) ? vhost_back_give_packed(h, queue) : vhost_back_give_split(h, queue))
        vhost_back_call(h, queue);
    vhost_back_tell_log(h);
}

/* The device may have written to requests that it has dropped. */
void vhost_back_mark_in_flight(struct vwr_vhost_back *h, unsigned queue)
{
    if (!vhost_back_logs(h))
        return;
    if (vhost_back_is_packed(h))
        vhost_back_mark_packed(h, queue);
    else
        vhost_back_mark_split(h, queue);
    vhost_back_tell_log(h);
}
