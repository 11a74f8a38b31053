/* SPDX-License-Identifier: MIT */
#include "vwr/dev.h"

/* Why the device interrupts. */

uint32_t vwr_dev_irq(struct vwr_dev *d)
{
    const uint32_t why = d->state == VWR_DEV_LIVE ? vwr_dev_transport(d)->irq(d) : 0;

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
