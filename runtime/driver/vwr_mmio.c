/* SPDX-License-Identifier: MIT */
#include "vwr/mmio.h"
#include "vwr/zero.h"
#include "mmio_common.h"

#define ALL_ONES 0xffffffffu /* what a bus answers where nothing is */

/* What both versions of virtio-mmio have in common, and the probe. Section: Virtio Over MMIO. */

uint32_t vwr_mmio_get_features(struct vwr_dev *d, uint32_t word)
{
    return vwr_mmio_get_device_features(mmio_base(d), word);
}

void vwr_mmio_set_features(struct vwr_dev *d, uint32_t word, uint32_t bits)
{
    vwr_mmio_set_driver_features(mmio_base(d), word, bits);
}

uint32_t vwr_mmio_read_status(struct vwr_dev *d)
{
    return vwr_mmio_get_status(mmio_base(d));
}

void vwr_mmio_write_status(struct vwr_dev *d, uint32_t status)
{
    vwr_mmio_set_status(mmio_base(d), status);
}

uint32_t vwr_mmio_queue_max(struct vwr_dev *d, unsigned index)
{
    return vwr_mmio_get_queue_size_max(mmio_base(d), index);
}

uint32_t vwr_mmio_irq(struct vwr_dev *d)
{
    uint32_t why = vwr_mmio_get_interrupt_status(mmio_base(d));

    if (why != 0)
        vwr_mmio_set_interrupt_ack(mmio_base(d), why);
    vwr_port_rmb(); /* the reason before the ring that it speaks of */
    return why;
}

int vwr_mmio_identify(struct vwr_mmio *m, volatile void *base, size_t bytes,
                      const struct vwr_mmio_drivers *drivers)
{
    const struct vwr_transport *transport = NULL;
    struct vwr_dev *d = &m->dev;
    uint32_t magic;

    vwr_zero(m, sizeof(*m)); /* state is VWR_DEV_NONE from here on */
    m->base = base;
    d->config.base = vwr_mmio_config(base);
    if (bytes < VWR_MMIO_CONFIG)
        return vwr_dev_note(d, VWR_FAULT_WINDOW, 0, (uint32_t)bytes);
    magic = vwr_mmio_get_magic_value(base);
    if (magic != VWR_MMIO_MAGIC_VALUE_VALUE)
        return vwr_dev_note(d, magic == ALL_ONES ? VWR_FAULT_GONE : VWR_FAULT_MAGIC, VWR_MMIO_MAGIC_VALUE,
                            magic);
    d->version = vwr_mmio_get_version(base);
    d->type = vwr_mmio_get_device_id(base);
    d->vendor = vwr_mmio_get_vendor_id(base);
    if (d->version == VWR_MMIO_VERSION_MODERN)
        transport = drivers->modern;
    if (d->version == VWR_MMIO_VERSION_LEGACY)
        transport = drivers->legacy;
    if (transport == NULL)
        return vwr_dev_note(d, VWR_FAULT_VERSION, VWR_MMIO_VERSION, d->version);
    if (d->type == 0)
        return vwr_dev_note(d, VWR_FAULT_EMPTY, VWR_MMIO_DEVICE_ID, d->vendor);
    vwr_dev_set_transport(d, transport);
    d->state = VWR_DEV_PROBED;
    return VWR_OK;
}
