/* SPDX-License-Identifier: MIT */
#include "mmio_common.h"

/* Version 2 of virtio-mmio. Section: Virtio Over MMIO / MMIO-specific Initialization And Device Operation. */

static void modern_put_area(struct vwr_dev *d, unsigned low, unsigned high, uint64_t addr)
{
    mmio_put(d, low, (uint32_t)addr);
    mmio_put(d, high, (uint32_t)(addr >> 32));
}

static uint32_t modern_queue_set(struct vwr_dev *d, struct vwr_queue *q, uint64_t addr)
{
    size_t driver;
    size_t device;

    vwr_queue_areas(q, &driver, &device);
    mmio_put(d, VWR_MMIO_QUEUE_SIZE, q->size);
    modern_put_area(d, VWR_MMIO_QUEUE_DESC_LOW, VWR_MMIO_QUEUE_DESC_HIGH, addr);
    modern_put_area(d, VWR_MMIO_QUEUE_DRIVER_LOW, VWR_MMIO_QUEUE_DRIVER_HIGH, addr + driver);
    modern_put_area(d, VWR_MMIO_QUEUE_DEVICE_LOW, VWR_MMIO_QUEUE_DEVICE_HIGH, addr + device);
    vwr_port_wmb(); /* make the zeroed ring visible before the device reads it */
    mmio_put(d, VWR_MMIO_QUEUE_READY, 1);
    d->fault.got = mmio_get(d, VWR_MMIO_QUEUE_READY);
    mmio_set_notify(d, q);
    return d->fault.got == 1 ? VWR_FAULT_NONE : VWR_FAULT_QUEUE_REFUSED;
}

static const struct vwr_features mmio_modern_usable = {
    {VWR_DEV_USABLE(MMIO, 0), VWR_DEV_USABLE(MMIO, 1), VWR_DEV_USABLE(MMIO, 2), VWR_DEV_USABLE(MMIO, 3)}};

const struct vwr_transport vwr_mmio_modern = {
    .get_register = mmio_get,
    .set_register = mmio_put,
    .get_features = vwr_mmio_get_features_,
    .set_features = vwr_mmio_set_features_,
    .queue_set = modern_queue_set,
    .irq = vwr_mmio_irq_,
    .usable = &mmio_modern_usable,
};

int vwr_mmio_probe_modern(struct vwr_mmio *m, volatile void *base, size_t bytes)
{
    const int r = vwr_mmio_identify_(m, base, bytes, VWR_MMIO_VERSION_MODERN, VWR_MMIO_VERSION_MODERN);

    vwr_dev_set_transport(&m->dev, &vwr_mmio_modern);
    return r;
}
