/* SPDX-License-Identifier: MIT */
#include "vwr/gen/status.h"
#include "dev_common.h"

/* Reset of the device, in steps or with a bounded wait. */

void vwr_dev_reset_begin(struct vwr_dev *d)
{
    if (d->state == VWR_DEV_NONE) /* there is nobody to reset */
        return;
    vwr_dev_close_queues(d);
    d->queues = NULL;
    d->state = VWR_DEV_FAILED;
    d->status = 0;
    d->more = true;
    vwr_dev_transport(d)->set_status(d, VWR_STATUS_RESET);
    vwr_wait_begin(&d->wait, VWR_RESET_TIMEOUT_US);
}

/* One look at a reset: a fault kind, or VWR_FAULT_NONE and d->fault.got is 0 if it is done. */
static uint32_t look_at_reset(struct vwr_dev *d)
{
    d->fault.got = vwr_dev_transport(d)->get_status(d);
    if (d->fault.got == VWR_STATUS_RESET) {
        vwr_features_clear(&d->config.features);
        return VWR_FAULT_NONE;
    }
    if (d->fault.got == VWR_FAULT_ALL_ONES)
        return VWR_FAULT_GONE;
    if (!d->more)
        return VWR_FAULT_RESET;
    d->more = vwr_wait_more(&d->wait);
    return VWR_FAULT_NONE;
}

uint32_t vwr_dev_reset_and_wait(struct vwr_dev *d)
{
    uint32_t kind;

    vwr_dev_reset_begin(d);
    do
        kind = look_at_reset(d);
    while (kind == VWR_FAULT_NONE && d->fault.got != VWR_STATUS_RESET);
    return kind;
}

/* No FAILED if it goes wrong: the device has a write to answer yet. */
static int end_of_reset(struct vwr_dev *d, uint32_t kind)
{
    d->state = kind == VWR_FAULT_NONE ? VWR_DEV_PROBED : VWR_DEV_FAILED;
    d->fault.kind = kind;
    return VWR_FAULT_RESULT(kind);
}

int vwr_dev_reset_poll(struct vwr_dev *d)
{
    uint32_t kind;

    if (d->state != VWR_DEV_FAILED)
        return VWR_EINVAL;
    kind = look_at_reset(d);
    if (kind == VWR_FAULT_NONE && d->fault.got != VWR_STATUS_RESET)
        return VWR_EBUSY;
    return end_of_reset(d, kind);
}

int vwr_dev_reset(struct vwr_dev *d)
{
    return d->state == VWR_DEV_NONE ? VWR_EINVAL : end_of_reset(d, vwr_dev_reset_and_wait(d));
}
