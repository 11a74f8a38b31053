/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"
#include "vwr/rproc.h"
#include "../../core/dev/dev_common.h"

/*
 * The driver's end of a device in a resource table. All that a driver writes are the status, the accepted
 * features, the places of vrings, and the configuration. What it reads is checked where it is used: the other
 * processor may restart, and its loader may overwrite the table, at any time.
 */

#if VWR_ACCESS_CALLS

static struct vwr_rproc *rproc_of(const struct vwr_dev *d)
{
    return (struct vwr_rproc *)(void *)(uintptr_t)d; /* dev is its first member */
}

/* Whether the entry is still the one that was probed. */
static bool rproc_is_there(const struct vwr_rproc *r)
{
    const uint8_t *const at = r->vdev.at;

    return vwr_rsc_load32(at, VWR_RSC_VDEV_TYPE) == VWR_RSC_VDEV &&
           vwr_rsc_load32(at, VWR_RSC_VDEV_ID) == r->vdev.id &&
           vwr_rsc_load8(at, VWR_RSC_VDEV_VRINGS) == r->vdev.vrings &&
           vwr_rsc_load32(at, VWR_RSC_VDEV_CONFIG_LEN) == r->vdev.config_bytes;
}

/* Any status but 0 means that a reset is not complete. */
static uint32_t rproc_status(struct vwr_rproc *r)
{
    if (r->resetting && r->ops->released != NULL)
        return r->ops->released(r->context, false) ? VWR_STATUS_RESET : VWR_STATUS_DEVICE_NEEDS_RESET;
    return rproc_is_there(r) ? vwr_rsc_load8(r->vdev.at, VWR_RSC_VDEV_STATUS) : VWR_FAULT_ALL_ONES;
}

/* A queue is in use only between a reset and the next one, and its driver knows. */
static uint32_t rproc_get_register(struct vwr_dev *d, unsigned offset)
{
    struct vwr_rproc *const r = rproc_of(d);
    struct vwr_rsc_vring vring;

    if (offset == VWR_MMIO_STATUS)
        return rproc_status(r);
    if (offset != VWR_MMIO_QUEUE_SIZE_MAX || !rproc_is_there(r) ||
        vwr_rsc_vring(&r->vdev, r->selected, &vring) != VWR_RSC_OK)
        return 0;
    return vring.num;
}

static void rproc_kick_vdev(const struct vwr_rproc *r)
{
    r->ops->kick(r->context, r->vdev.notifyid);
}

/* After a reset, another queue may have another place. */
static void rproc_forget_places(const struct vwr_rproc *r)
{
    for (uint32_t i = 0; i < r->vdev.vrings; i++)
        if ((r->anywhere >> i & 1u) != 0)
            vwr_rsc_store32(vwr_rsc_vring_at(&r->vdev, i), VWR_RSC_VRING_DA, VWR_RSC_ANY);
}

static void rproc_set_register(struct vwr_dev *d, unsigned offset, uint32_t value)
{
    struct vwr_rproc *const r = rproc_of(d);

    if (offset != VWR_MMIO_STATUS) {
        r->selected = value;
        return;
    }
    if (!rproc_is_there(r)) /* what is there now belongs to the loader */
        return;
    vwr_port_wmb(); /* make all that the driver wrote before visible before the status */
    vwr_rsc_store8(r->vdev.at, VWR_RSC_VDEV_STATUS, (uint8_t)value);
    r->resetting = value == VWR_STATUS_RESET;
    if (r->resetting)
        rproc_forget_places(r);
    if (r->resetting && r->ops->released != NULL)
        (void)r->ops->released(r->context, true);
    rproc_kick_vdev(r);
}

static uint32_t rproc_get_features(struct vwr_dev *d, uint32_t word)
{
    (void)word; /* a legacy device has one */
    return vwr_rsc_load32(rproc_of(d)->vdev.at, VWR_RSC_VDEV_DFEATURES);
}

static void rproc_set_features(struct vwr_dev *d, uint32_t word, uint32_t bits)
{
    struct vwr_rproc *const r = rproc_of(d);

    (void)word;
    if (rproc_is_there(r))
        vwr_rsc_store32(r->vdev.at, VWR_RSC_VDEV_GFEATURES, bits);
}

/* Whether the ring may be at this address, which is stored if the table has no other. */
static bool rproc_place(const struct vwr_rproc *r, uint32_t index, struct vwr_rsc_vring *vring, uint64_t addr)
{
    if ((r->anywhere >> index & 1u) == 0)
        return vring->da == addr;
    if (addr == 0 || addr >= VWR_RSC_ANY)
        return false;
    vwr_rsc_store32(vwr_rsc_vring_at(&r->vdev, index), VWR_RSC_VRING_DA, (uint32_t)addr);
    return vwr_rsc_vring(&r->vdev, index, vring) == VWR_RSC_OK; /* it is in the memory for vrings */
}

static uint32_t rproc_queue_set(struct vwr_dev *d, struct vwr_queue *q, uint64_t addr)
{
    struct vwr_rproc *const r = rproc_of(d);
    const uint32_t index = q->doorbell.index;
    struct vwr_rsc_vring vring;

    if (vwr_rsc_vring(&r->vdev, index, &vring) != VWR_RSC_OK)
        return VWR_FAULT_QUEUE_ABSENT;
    d->fault_size = vring.num;
    if (vring.num !=
        q->size) { /* @got is the size that the ring of q->size needs, including the class's bytes after it */
        d->fault.got += (uint32_t)(vwr_dev_queue_bytes(d, vring.num) - vwr_dev_queue_bytes(d, q->size));
        return VWR_FAULT_PCI_SIZE;
    }
    d->fault.got = vring.da;
    if (!rproc_is_there(r) || !rproc_place(r, index, &vring, addr))
        return VWR_FAULT_RSC_PLACE;
    split_align_used(q, vring.align); /* at most the alignment for which there is room */
    q->doorbell.kind = VWR_DOORBELL_CALL;
    q->doorbell.reg = &r->doorbell;
    return VWR_FAULT_NONE;
}

static void rproc_ring(struct vwr_doorbell_call *call, const struct vwr_doorbell *bell, uint32_t data)
{
    const struct vwr_rproc *const r =
        (struct vwr_rproc *)(void *)((uint8_t *)call - __builtin_offsetof(struct vwr_rproc, doorbell));
    const uint8_t *const vring = vwr_rsc_vring_at(&r->vdev, bell->index);

    (void)data;
    r->ops->kick(r->context, vwr_rsc_load32(vring, VWR_RSC_VRING_NOTIFYID));
}

static uint32_t rproc_irq(struct vwr_dev *d)
{
    struct vwr_rproc *const r = rproc_of(d);
    const uint32_t causes = r->causes;

    r->causes = 0;
    vwr_port_rmb(); /* load the cause before the rings */
    return causes;
}

bool vwr_rproc_notified(struct vwr_rproc *r, uint32_t notifyid)
{
    uint32_t causes = 0;

    if (r->dev.state == VWR_DEV_NONE)
        return false;
    if (notifyid == VWR_RSC_ANY || notifyid == r->vdev.notifyid)
        causes |= VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK;
    for (uint32_t i = 0; i < r->vdev.vrings; i++)
        if (notifyid == VWR_RSC_ANY ||
            notifyid == vwr_rsc_load32(vwr_rsc_vring_at(&r->vdev, i), VWR_RSC_VRING_NOTIFYID))
            causes |= VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK;
    r->causes |= causes;
    return causes != 0;
}

static struct vwr_rproc *rproc_of_config(const struct vwr_config *c)
{
    return (struct vwr_rproc *)(void *)((uint8_t *)(uintptr_t)c - __builtin_offsetof(struct vwr_dev, config));
}

static uint32_t rproc_config_read(const struct vwr_config *c, unsigned offset, unsigned bytes)
{
    const uint8_t *const config =
        vwr_rsc_vring_at(&rproc_of_config(c)->vdev, rproc_of_config(c)->vdev.vrings);
    uint32_t v = 0;

    for (unsigned i = 0; i < bytes; i++)
        v |= (uint32_t)vwr_rsc_load8(config, offset + i) << 8 * (VWR_BIG_ENDIAN ? bytes - 1u - i : i);
    return v;
}

static void rproc_config_write(const struct vwr_config *c, unsigned offset, unsigned bytes, uint32_t value)
{
    const struct vwr_rproc *const r = rproc_of_config(c);
    uint8_t *const config = vwr_rsc_vring_at(&r->vdev, r->vdev.vrings);

    if (!rproc_is_there(r))
        return;
    for (unsigned i = 0; i < bytes; i++)
        vwr_rsc_store8(config, offset + i, (uint8_t)(value >> 8 * (VWR_BIG_ENDIAN ? bytes - 1u - i : i)));
    vwr_port_wmb();
    rproc_kick_vdev(r);
}

static const struct vwr_config_access rproc_config = {.read = rproc_config_read, .write = rproc_config_write};

const struct vwr_transport vwr_rproc_legacy = {
    .get_register = rproc_get_register,
    .set_register = rproc_set_register,
    .get_features = rproc_get_features,
    .set_features = rproc_set_features,
    .queue_set = rproc_queue_set,
    .irq = rproc_irq,
    .usable = &vwr_dev_usable_legacy,
    .legacy = true,
};

/* Assigns notification numbers, and remembers which vrings have no place of their own. */
static void rproc_read_vrings(struct vwr_rproc *r)
{
    if (r->vdev.notifyid == VWR_RSC_ANY) {
        r->vdev.notifyid = r->next_notifyid++;
        vwr_rsc_store32(r->vdev.at, VWR_RSC_VDEV_NOTIFYID, r->vdev.notifyid);
    }
    for (uint32_t i = 0; i < r->vdev.vrings; i++) {
        uint8_t *const at = vwr_rsc_vring_at(&r->vdev, i);
        struct vwr_rsc_vring vring;

        if (vwr_rsc_vring(&r->vdev, i, &vring) != VWR_RSC_OK)
            continue; /* the device does not have the queue */
        r->anywhere |= (uint32_t)!vwr_rsc_has_place(&vring) << i;
        if (vring.notifyid == VWR_RSC_ANY)
            vwr_rsc_store32(at, VWR_RSC_VRING_NOTIFYID, r->next_notifyid++);
    }
}

int vwr_rproc_probe(struct vwr_rproc *r, const struct vwr_rproc_setup *s)
{
    vwr_zero(r, sizeof(*r));
    vwr_dev_set_transport(&r->dev, &vwr_rproc_legacy);
    if (!VWR_WITH_LEGACY)
        return VWR_EUNSUPP;
    if (vwr_rsc_find(s->table, s->index, &r->vdev) != VWR_OK)
        return vwr_dev_note(&r->dev, VWR_FAULT_RSC_DEVICE, 0, s->index);
    r->ops = s->ops;
    r->context = s->context;
    r->next_notifyid = s->first_notifyid;
    r->doorbell.ring = rproc_ring;
    r->dev.type = r->vdev.id;
    r->dev.config.base = vwr_rsc_vring_at(&r->vdev, r->vdev.vrings);
    r->dev.config.bytes = r->vdev.config_bytes;
    r->dev.config.access = &rproc_config;
    rproc_read_vrings(r);
    r->dev.state = VWR_DEV_PROBED;
    return VWR_OK;
}

#endif
