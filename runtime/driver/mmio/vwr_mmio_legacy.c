/* SPDX-License-Identifier: MIT */
#include "mmio_common.h"

/* Version 1. Section: Virtio Over MMIO / Legacy interface. */

/* QueuePFN counts in pages of the size that we name; a ring is aligned to it. */
#define PAGE_BYTES VWR_SPLIT_RING_LEGACY_ALIGN

static uint32_t legacy_queue_busy(struct vwr_dev *d, unsigned index)
{
    return vwr_mmio_legacy_get_queue_pfn(mmio_base(d), index);
}

static uint32_t legacy_queue_set(struct vwr_dev *d, unsigned index, struct vwr_queue *q, uint64_t addr)
{
    volatile void *base = mmio_base(d);
    const uint32_t pfn = (uint32_t)(addr / PAGE_BYTES);

    d->fault.got = pfn;
    if (addr / PAGE_BYTES > 0xffffffffu || pfn == 0) /* page 0 would read as "not in use" */
        return VWR_FAULT_QUEUE_ADDRESS;
    vwr_mmio_legacy_set_guest_page_size(base, PAGE_BYTES);
    vwr_mmio_set_queue_size(base, index, q->size);
    vwr_mmio_legacy_set_queue_align(base, index, VWR_SPLIT_RING_LEGACY_ALIGN);
    vwr_port_wmb(); /* the zeroed ring before the device looks at it */
    vwr_mmio_legacy_set_queue_pfn(base, index, pfn);
    d->fault.got = vwr_mmio_legacy_get_queue_pfn(base, index);
    mmio_set_notify(d, q);
    return d->fault.got == pfn ? VWR_FAULT_NONE : VWR_FAULT_QUEUE_REFUSED;
}

const struct vwr_transport vwr_mmio_legacy = {
    .get_features = vwr_mmio_get_features,
    .set_features = vwr_mmio_set_features,
    .get_status = vwr_mmio_read_status,
    .set_status = vwr_mmio_write_status,
    .queue_busy = legacy_queue_busy,
    .queue_max = vwr_mmio_queue_max,
    .queue_set = legacy_queue_set,
    .queue_reset = NULL,
    .queue_resetting = NULL,
    .irq = vwr_mmio_irq,
    .generation = NULL,
    .usable = &vwr_dev_usable_legacy,
    .legacy = true,
};

int vwr_mmio_probe_legacy(struct vwr_mmio *m, volatile void *base, size_t bytes)
{
    static const struct vwr_mmio_drivers drivers = {.legacy = &vwr_mmio_legacy};

    return vwr_mmio_identify(m, base, bytes, &drivers);
}
