/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_MMIO_COMMON_H
#define VWR_DRIVER_MMIO_COMMON_H

#include "../../core/dev/dev_common.h"
#include "vwr/mmio.h"

/* Interface between the files of the MMIO transport; private. */

static inline volatile void *mmio_base(const struct vwr_dev *d)
{
    return ((const struct vwr_mmio *)(const void *)d)->base; /* dev is its first member */
}

/*
 * Access a register. Queue registers belong to the selected queue; the accessors of vwr/gen/mmio.h select the
 * queue on each access.
 */
static inline uint32_t mmio_get(struct vwr_dev *d, unsigned offset)
{
    return vwr_reg_read32(mmio_base(d), offset);
}

static inline void mmio_put(struct vwr_dev *d, unsigned offset, uint32_t v)
{
    vwr_reg_write32(mmio_base(d), offset, v);
}

/* Sets up the doorbell of a queue. */
static inline void mmio_set_notify(const struct vwr_dev *d, struct vwr_queue *q)
{
    q->doorbell.reg = (volatile uint8_t *)mmio_base(d) + VWR_MMIO_QUEUE_NOTIFY;
    if (dev_notifies_with_data(d))
        q->doorbell.kind = VWR_DOORBELL_32_DATA;
}

uint32_t vwr_mmio_get_features_(struct vwr_dev *d, uint32_t word);
void vwr_mmio_set_features_(struct vwr_dev *d, uint32_t word, uint32_t bits);
uint32_t vwr_mmio_irq_(struct vwr_dev *d);

/* Probes a device, without setting its transport. The caller supports versions `first` to `last`. */
int vwr_mmio_identify_(struct vwr_mmio *m, volatile void *base, size_t bytes, uint32_t first, uint32_t last);

#endif
