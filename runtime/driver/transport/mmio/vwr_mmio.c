/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "mmio_common.h"

/*
 * Code that is common to both versions of virtio-mmio, probes and shared memory. Section: Virtio Over MMIO.
 */

uint32_t vwr_mmio_get_features_(struct vwr_dev *d, uint32_t word)
{
    return vwr_mmio_get_device_features(mmio_base(d), word);
}

void vwr_mmio_set_features_(struct vwr_dev *d, uint32_t word, uint32_t bits)
{
    vwr_mmio_set_driver_features(mmio_base(d), word, bits);
}

uint32_t vwr_mmio_irq_(struct vwr_dev *d)
{
    uint32_t why = vwr_mmio_get_interrupt_status(mmio_base(d));

    if (why != 0)
        vwr_mmio_set_interrupt_ack(mmio_base(d), why);
    vwr_port_rmb(); /* load the cause before the rings */
    return why;
}

/* Identifies the device. Returns a fault kind, and in *got the value that was read. */
static uint32_t identify(struct vwr_mmio *m, size_t bytes, uint32_t first, uint32_t last, uint32_t *got)
{
    struct vwr_dev *d = &m->dev;

    *got = (uint32_t)bytes;
    if (bytes < VWR_MMIO_CONFIG)
        return VWR_FAULT_WINDOW;
    d->config.bytes = (uint32_t)(bytes - VWR_MMIO_CONFIG); /* the class determines how many bytes it reads */
    *got = vwr_mmio_get_magic_value(m->base);
    if (*got != VWR_MMIO_MAGIC_VALUE_VALUE)
        return *got == VWR_FAULT_ALL_ONES ? VWR_FAULT_GONE : VWR_FAULT_MAGIC;
    *got = d->version = vwr_mmio_get_version(m->base);
    if (d->version < first || d->version > last)
        return VWR_FAULT_VERSION;
    *got = d->type = vwr_mmio_get_device_id(m->base);
    if (d->type == 0) /* in this case, no other register may be accessed */
        return VWR_FAULT_EMPTY;
    d->vendor = vwr_mmio_get_vendor_id(m->base);
    d->state = VWR_DEV_PROBED;
    return VWR_FAULT_NONE;
}

int vwr_mmio_identify_(struct vwr_mmio *m, volatile void *base, size_t bytes, uint32_t first, uint32_t last)
{
    uint32_t kind;

    vwr_zero(m, sizeof(*m)); /* state is VWR_DEV_NONE from here on */
    m->base = base;
    m->dev.config.base = vwr_mmio_config(base);
    kind = identify(m, bytes, first, last, &m->dev.fault.got);
    m->dev.fault.kind = kind;
    return VWR_FAULT_RESULT(kind);
}

VWR_OUT_OF_LINE int vwr_mmio_probe(struct vwr_mmio *m, volatile void *base, size_t bytes)
{
    const int r = vwr_mmio_identify_(m, base, bytes, VWR_MMIO_VERSION_LEGACY, VWR_MMIO_VERSION_MODERN);

    vwr_dev_set_transport(&m->dev,
                          m->dev.version == VWR_MMIO_VERSION_LEGACY ? &vwr_mmio_legacy : &vwr_mmio_modern);
    return r;
}

int vwr_mmio_scan_next(struct vwr_mmio_scan *s, struct vwr_mmio *m)
{
    while (s->window < s->count) {
        const struct vwr_mmio_window *w = &s->windows[s->window];
        /* a stride of 0 means that there is no other block */
        const size_t room = w->stride - 1u < VWR_MMIO_SIZE ? w->stride : VWR_MMIO_SIZE;
        int r;

        if (s->slot >= w->count) {
            s->window++;
            s->slot = 0;
            continue;
        }
        r = vwr_mmio_probe(m, (volatile uint8_t *)w->base + (size_t)s->slot * w->stride, room);
        s->slot++;
        return r == VWR_OK ? 1 : r;
    }
    return 0;
}

/* In QEMU, a region that does not exist has base 0. Only its length shows that it does not exist. */
int vwr_mmio_get_region(const struct vwr_mmio *m, uint8_t id, struct vwr_region *region)
{
    if (m->dev.state == VWR_DEV_NONE || vwr_dev_is_legacy(&m->dev))
        return VWR_ENODEV;
    region->bytes = vwr_mmio_modern_get_shm_len(m->base, id);
    if (region->bytes == VWR_MMIO_SHM_LEN_ABSENT)
        return VWR_ENODEV;
    region->addr = vwr_mmio_modern_get_shm_base(m->base, id);
    return region->bytes == 0 || region->bytes > ~region->addr ? VWR_EPROTO : VWR_OK;
}
