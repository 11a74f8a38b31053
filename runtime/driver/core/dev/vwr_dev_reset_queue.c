/* SPDX-License-Identifier: MIT */
#include "vwr/gen/features.h"
#include "dev_common.h"

/* Reset of one queue. Section: Basic Facilities of a Virtio Device / Virtqueues / Virtqueue Reset. */

int vwr_dev_reset_queue_begin(struct vwr_dev *d, unsigned index)
{
    if (d->state != VWR_DEV_LIVE && d->state != VWR_DEV_NEGOTIATED)
        return VWR_EINVAL;
    if (!vwr_dev_has(d, VWR_F_RING_RESET))
        return VWR_EUNSUPP;
    dev_write(d, VWR_MMIO_QUEUE_SEL, index);
    dev_write(d, VWR_MMIO_QUEUE_RESET, 1);
    vwr_wait_begin(&d->wait, VWR_RESET_TIMEOUT_US);
    d->more = true;
    return VWR_OK;
}

/* Polls for completion, then checks that the queue is disabled. */
int vwr_dev_reset_queue_poll(struct vwr_dev *d, unsigned index, struct vwr_fault *fault)
{
    struct vwr_queue **at = &d->queues;
    uint32_t got;

    dev_write(d, VWR_MMIO_QUEUE_SEL, index);
    got = dev_read(d, VWR_MMIO_QUEUE_RESET);
    if (got == VWR_FAULT_ALL_ONES)
        return vwr_fault_note(fault, VWR_FAULT_GONE, index, got);
    if (got != 0 && !d->more)
        return vwr_fault_note(fault, VWR_FAULT_QUEUE_RESET, index, got);
    if (got != 0) {
        d->more = vwr_wait_more(&d->wait);
        return VWR_EBUSY;
    }
    got = dev_read(d, VWR_MMIO_QUEUE_READY);
    if (got != 0)
        return vwr_fault_note(fault, VWR_FAULT_QUEUE_NO_RESET, index, got);
    while (*at != NULL && (*at)->doorbell.index != index)
        at = &(*at)->beside;
    if (*at != NULL) {
        dev_unmap_queue(*at);
        *at = (*at)->beside; /* unlinked until it is added again */
    }
    return VWR_OK;
}

int vwr_dev_reset_queue(struct vwr_dev *d, unsigned index, struct vwr_queue *q)
{
    int r = vwr_dev_reset_queue_begin(d, index);

    if (r != VWR_OK)
        return r;
    do
        r = vwr_dev_reset_queue_poll(d, index, &d->fault);
    while (r == VWR_EBUSY);
    if (r == VWR_EUNSUPP) /* the device did not disable the queue, which stays in use */
        return r;
    vwr_queue_stop(q, VWR_ERESET);
    if (r != VWR_OK)
        vwr_dev_fail(d);
    return r;
}
