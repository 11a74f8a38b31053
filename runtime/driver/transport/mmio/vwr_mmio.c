/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "mmio_common.h"

/* Common code of both versions of virtio-mmio, and the probe. Section: Virtio Over MMIO. */

uint32_t vwr_mmio_get_features(struct vwr_dev *d, uint32_t word)
{
    return vwr_mmio_get_device_features(mmio_base(d), word);
}

void vwr_mmio_set_features(struct vwr_dev *d, uint32_t word, uint32_t bits)
{
    vwr_mmio_set_driver_features(mmio_base(d), word, bits);
}

uint32_t vwr_mmio_irq(struct vwr_dev *d)
{
    uint32_t why = vwr_mmio_get_interrupt_status(mmio_base(d));

    if (why != 0)
        vwr_mmio_set_interrupt_ack(mmio_base(d), why);
    vwr_port_rmb(); /* the cause before the rings */
    return why;
}

/* Identifies the device. Returns a fault kind, and in *got the value that was read. */
static uint32_t identify(struct vwr_mmio *m, size_t bytes, uint32_t first, uint32_t last, uint32_t *got)
{
    struct vwr_dev *d = &m->dev;

    *got = (uint32_t)bytes;
    if (bytes < VWR_MMIO_CONFIG)
        return VWR_FAULT_WINDOW;
    d->config.bytes = (uint32_t)(bytes - VWR_MMIO_CONFIG); /* the class knows how many it reads */
    *got = vwr_mmio_get_magic_value(m->base);
    if (*got != VWR_MMIO_MAGIC_VALUE_VALUE)
        return *got == VWR_FAULT_ALL_ONES ? VWR_FAULT_GONE : VWR_FAULT_MAGIC;
    *got = d->version = vwr_mmio_get_version(m->base);
    if (d->version < first || d->version > last)
        return VWR_FAULT_VERSION;
    *got = d->type = vwr_mmio_get_device_id(m->base);
    if (d->type == 0) /* then no other register may be accessed */
        return VWR_FAULT_EMPTY;
    d->vendor = vwr_mmio_get_vendor_id(m->base);
    d->state = VWR_DEV_PROBED;
    return VWR_FAULT_NONE;
}

int vwr_mmio_identify(struct vwr_mmio *m, volatile void *base, size_t bytes, uint32_t first, uint32_t last)
{
    uint32_t kind;

    vwr_zero(m, sizeof(*m)); /* state is VWR_DEV_NONE from here on */
    m->base = base;
    m->dev.config.base = vwr_mmio_config(base);
    kind = identify(m, bytes, first, last, &m->dev.fault.got);
    m->dev.fault.kind = kind;
    return VWR_FAULT_RESULT(kind);
}
