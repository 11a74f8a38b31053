/* SPDX-License-Identifier: MIT */
#include "dev_common.h"

/* Status check for the owner of all queues. */

int vwr_dev_check(struct vwr_dev *d)
{
    uint32_t status;
    uint32_t kind;

    if (d->state == VWR_DEV_NONE)
        return VWR_EINVAL;
    status = dev_read(d, VWR_MMIO_STATUS);
    kind = vwr_dev_status_fault(status, d->status);
    return kind != VWR_FAULT_NONE ? vwr_dev_give_up(d, kind, 0, status) : VWR_OK;
}
