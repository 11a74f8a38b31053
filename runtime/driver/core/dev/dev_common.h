/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_DEV_COMMON_H
#define VWR_DRIVER_DEV_COMMON_H

#include "../queue/queue_common.h"
#include "vwr/dev.h"
#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"

/*
 * Interface between the files of a device's life cycle; private. A step returns a fault kind or
 * VWR_FAULT_NONE, and stores the value that it read in d->fault. Its caller ends with vwr_dev_conclude_(),
 * which fails the device or sets `state`.
 */

static inline uint32_t dev_read(struct vwr_dev *d, unsigned offset)
{
    return vwr_dev_transport(d)->get_register(d, offset);
}

static inline void dev_write(struct vwr_dev *d, unsigned offset, uint32_t value)
{
    vwr_dev_transport(d)->set_register(d, offset, value);
}

/* The device has lost the memory of a queue: unmaps it, and the data of buffers in flight. */
static inline void dev_unmap_queue(struct vwr_queue *q)
{
#if VWR_PORT_HAS_DMA_MAP
    const struct vwr_mapping *const m = &q->mapping;

    vwr_queue_stop(q, VWR_ERESET);
    if (q->unmap_data != NULL)
        q->unmap_data(q);
    vwr_port_dma_unmap(m->context, m->addr, m->p, m->bytes, m->dma);
#else
    (void)q;
#endif
}

/* Whether a notification includes the driver's position in the ring. */
static inline bool dev_notifies_with_data(const struct vwr_dev *d)
{
    return VWR_WITH_PACKED && vwr_dev_has(d, VWR_F_NOTIFICATION_DATA);
}

/* vwr_dev.c */
int vwr_dev_conclude_(struct vwr_dev *d, uint32_t kind, uint8_t state);
/* Checks a status for errors; `set` contains the bits that the driver has set. Returns a fault kind. */
uint32_t vwr_dev_status_fault_(uint32_t status, uint8_t set);

#endif
