/* SPDX-License-Identifier: MIT */
#include "vwr/gen/status.h"
#include "dev_common.h"

/* Status check for the owner of one queue. */

int vwr_dev_poll_status(struct vwr_dev *d, struct vwr_fault *fault)
{
    uint32_t status;
    uint32_t kind;

    if (d->state == VWR_DEV_NONE)
        return VWR_EFAILED;
    status = dev_read(d, VWR_MMIO_STATUS);
    kind = vwr_dev_status_fault(status, d->status);
    if (kind == VWR_FAULT_NONE)
        return status & VWR_STATUS_FAILED ? VWR_EFAILED : VWR_OK;
    vwr_dev_write_failed(d);
    return vwr_fault_note(fault, kind, 0, status);
}
