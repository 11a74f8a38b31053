/* SPDX-License-Identifier: MIT */
#include "dev_common.h"

/* The size of a queue, for a caller that allocates its memory. */

int vwr_dev_queue_size_max(struct vwr_dev *d, unsigned index)
{
    int r = VWR_OK;
    uint32_t max;

    if (d->state == VWR_DEV_PROBED)
        r = vwr_dev_reset(d);
    else if (d->state != VWR_DEV_NEGOTIATED)
        r = VWR_EINVAL;
    if (r != VWR_OK)
        return r;
    dev_write(d, VWR_MMIO_QUEUE_SEL, index);
    max = dev_read(d, VWR_MMIO_QUEUE_SIZE_MAX);
    if (max == 0)
        return vwr_dev_note(d, VWR_FAULT_QUEUE_ABSENT, index, 0);
    return (int)(max < VWR_SPLIT_RING_SIZE_MAX ? max : VWR_SPLIT_RING_SIZE_MAX);
}
