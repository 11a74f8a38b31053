/* SPDX-License-Identifier: MIT */
#include "mmio_common.h"

/* Version 1 of virtio-mmio. Section: Virtio Over MMIO / Legacy interface. */

/* Unit of QueuePFN, which the driver chooses, and alignment of a ring. */
#define PAGE_BYTES VWR_SPLIT_RING_LEGACY_ALIGN

/*
 * A queue is in use if QueuePFN is not 0. A driver writes 0 when it stops using the queue. The last one may
 * have relied on the reset, which does not clear QueuePFN on some devices (quirk mmio.pfn-survives-reset).
 */
static uint32_t legacy_get_register(struct vwr_dev *d, unsigned offset)
{
    const bool is_queue = offset == VWR_MMIO_QUEUE_READY;
    const uint32_t value = mmio_get(d, is_queue ? VWR_MMIO_QUEUE_PFN : offset);

    if (!is_queue || value == 0)
        return value;
    mmio_put(d, VWR_MMIO_QUEUE_PFN, 0);
    return mmio_get(d, VWR_MMIO_QUEUE_PFN);
}

static uint32_t legacy_queue_set(struct vwr_dev *d, struct vwr_queue *q, uint64_t addr)
{
    const uint32_t pfn = (uint32_t)(addr / PAGE_BYTES);

    d->fault.got = pfn;
    if (addr / PAGE_BYTES > 0xffffffffu || pfn == 0) /* page 0 means "not in use" */
        return VWR_FAULT_QUEUE_ADDRESS;
    vwr_mmio_legacy_set_guest_page_size(mmio_base(d), PAGE_BYTES);
    mmio_put(d, VWR_MMIO_QUEUE_SIZE, q->size);
    mmio_put(d, VWR_MMIO_QUEUE_ALIGN, VWR_SPLIT_RING_LEGACY_ALIGN);
    vwr_port_wmb(); /* make the zeroed ring visible before the device reads it */
    mmio_put(d, VWR_MMIO_QUEUE_PFN, pfn);
    d->fault.got = mmio_get(d, VWR_MMIO_QUEUE_PFN);
    mmio_set_notify(d, q);
    return d->fault.got == pfn ? VWR_FAULT_NONE : VWR_FAULT_QUEUE_REFUSED;
}

const struct vwr_transport vwr_mmio_legacy = {
    .get_register = legacy_get_register,
    .set_register = mmio_put,
    .get_features = vwr_mmio_get_features_,
    .set_features = vwr_mmio_set_features_,
    .queue_set = legacy_queue_set,
    .irq = vwr_mmio_irq_,
    .usable = &vwr_dev_usable_legacy,
    .legacy = true,
};

int vwr_mmio_probe_legacy(struct vwr_mmio *m, volatile void *base, size_t bytes)
{
    const int r = vwr_mmio_identify_(m, base, bytes, VWR_MMIO_VERSION_LEGACY, VWR_MMIO_VERSION_LEGACY);

    vwr_dev_set_transport(&m->dev, &vwr_mmio_legacy);
    return r;
}
