/* SPDX-License-Identifier: MIT */
#include "vwr/dev.h"
#include "vwr/gen/status.h"

/* Cause of an interrupt. */

/* An interrupt may arrive before the driver has verified DRIVER_OK; it has to be acknowledged as well. */
static bool irq_is_live(const struct vwr_dev *d)
{
    return (d->status & VWR_STATUS_DRIVER_OK) != 0 && d->state != VWR_DEV_FAILED;
}

uint32_t vwr_dev_irq(struct vwr_dev *d)
{
    const uint32_t why = irq_is_live(d) ? vwr_dev_transport(d)->irq(d) : 0;

    vwr_trace(VWR_TRACE_IRQ, why, 0, 0);
    d->irqs++;
    if (why == 0) {
        vwr_count_add(&d->stats.spurious, 1);
        vwr_count_add(&d->stats.in_a_row, 1);
        return 0;
    }
    vwr_count_add(&d->stats.interrupts, 1);
    if (VWR_WITH_STATS)
        d->stats.in_a_row = 0;
    return why;
}
