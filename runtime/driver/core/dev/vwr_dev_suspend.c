/* SPDX-License-Identifier: MIT */
#include "vwr/gen/status.h"
#include "dev_common.h"

/* Suspends and resumes a device, with a bounded wait. Section: Device Suspend. */

#define SUSPEND_BITS (VWR_STATUS_SUSPEND | VWR_STATUS_DRIVER_OK)

/* Sets `bit` and waits until the device clears the other bit of SUSPEND_BITS. */
static uint32_t suspend_wait(struct vwr_dev *d, uint8_t bit)
{
    bool more = true;

    d->status |= bit;
    dev_write(d, VWR_MMIO_STATUS, d->status);
    vwr_wait_begin(&d->wait, VWR_RESET_TIMEOUT_US);
    for (;;) {
        const uint32_t status = dev_read(d, VWR_MMIO_STATUS);
        const uint32_t kind = vwr_dev_status_fault_(status, d->status & (uint8_t) ~(SUSPEND_BITS ^ bit));

        d->fault.where = bit;
        d->fault.got = status;
        if (kind != VWR_FAULT_NONE)
            return kind;
        if ((status & SUSPEND_BITS) == bit)
            break;
        if (!more)
            return VWR_FAULT_SUSPEND;
        more = vwr_wait_more(&d->wait);
    }
    d->status &= (uint8_t) ~(SUSPEND_BITS ^ bit);
    return VWR_FAULT_NONE;
}

/* A timeout does not fail the device, which may still complete the change. */
static int suspend_to(struct vwr_dev *d, uint8_t bit)
{
    uint32_t kind;

    if (d->state != VWR_DEV_LIVE)
        return VWR_EINVAL;
    if (!vwr_dev_has(d, VWR_F_SUSPEND))
        return VWR_EUNSUPP;
    if ((d->status & SUSPEND_BITS) == bit)
        return VWR_OK;
    kind = suspend_wait(d, bit);
    if (kind == VWR_FAULT_SUSPEND)
        return vwr_dev_note(d, kind, bit, d->fault.got);
    return vwr_dev_conclude_(d, kind, VWR_DEV_LIVE);
}

int vwr_dev_suspend(struct vwr_dev *d)
{
    return suspend_to(d, VWR_STATUS_SUSPEND);
}

int vwr_dev_resume(struct vwr_dev *d)
{
    return suspend_to(d, VWR_STATUS_DRIVER_OK);
}
