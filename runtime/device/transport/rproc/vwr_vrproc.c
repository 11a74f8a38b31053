/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vwr/vrproc.h"
#include "../../core/vdev/vdev_common.h"

/*
 * The device's end in a resource table. The driver's stores are not seen when they are made, so the device
 * compares the status with the one that it saw last, and takes the steps that lead to it.
 */

static struct vwr_vrproc *vrproc_of(const struct vwr_vdev *v)
{
    return (struct vwr_vrproc *)(void *)((uint8_t *)(uintptr_t)v->bus -
                                         __builtin_offsetof(struct vwr_vrproc, bus));
}

/* ---- configuration ---- */

static uint8_t *vrproc_config(const struct vwr_vrproc *r)
{
    return vwr_rsc_vring_at(&r->vdev, r->vdev.vrings);
}

static bool vrproc_is_driver_s(const struct vwr_config_field *f)
{
    return (f->access[0] & VWR_WRITE) != 0;
}

/* Whether the driver may write the byte. */
static bool vrproc_is_writable(const struct vwr_vdev *v, uint32_t offset)
{
    for (unsigned i = 0; i < v->kind->field_count; i++)
        if (vrproc_is_driver_s(&v->kind->fields[i]) &&
            offset - v->kind->fields[i].offset < v->kind->fields[i].bytes)
            return true;
    return false;
}

/* Stores the configuration; those fields that the driver may write only if `all`. */
static void vrproc_publish(const struct vwr_vrproc *r, bool all)
{
    const uint8_t *const from = r->v->config;
    uint8_t *const to = vrproc_config(r);

    for (uint32_t i = 0; i < r->vdev.config_bytes; i++)
        if (all || !vrproc_is_writable(r->v, i))
            vwr_rsc_store8(to, i, from[i]);
    vwr_port_release(); /* before the kick */
}

/* Takes a field that the driver may have written. Returns true if it differs. */
static bool vrproc_take_field(const struct vwr_vrproc *r, const struct vwr_config_field *f)
{
    const uint8_t *const at = vrproc_config(r);
    const uint8_t *const now = r->v->config;
    bool differs = false;
    uint64_t value = 0;

    for (unsigned i = f->bytes; i-- > 0;) {
        const uint8_t byte = vwr_rsc_load8(at, f->offset + i);

        differs = differs || byte != now[f->offset + i];
        value = value << 8 | byte;
    }
    if (differs)
        vwr_vdev_config_write_(r->v, f->offset, f->bytes, value);
    return differs;
}

/* Takes what the driver has written, and stores what the class has made of it. */
static void vrproc_take_config(const struct vwr_vrproc *r)
{
    bool differs = false;

    for (unsigned i = 0; i < r->v->kind->field_count; i++) {
        const struct vwr_config_field *const f = &r->v->kind->fields[i];

        if (vrproc_is_driver_s(f) && f->bytes <= sizeof(uint64_t) &&
            f->offset + f->bytes <= r->vdev.config_bytes)
            differs = vrproc_take_field(r, f) || differs;
    }
    if (differs)
        vrproc_publish(r, false);
}

/* ---- interrupts ---- */

/*
 * Shows the driver that the device has failed, unless the driver has written the status meanwhile. It is the
 * only bit of the status that a device writes.
 */
static void vrproc_show_failure(struct vwr_vrproc *r)
{
    if (!r->v->broken || vwr_rsc_load8(r->vdev.at, VWR_RSC_VDEV_STATUS) != r->seen)
        return;
    r->seen |= VWR_STATUS_DEVICE_NEEDS_RESET;
    vwr_rsc_store8(r->vdev.at, VWR_RSC_VDEV_STATUS, r->seen);
}

static void vrproc_raise(struct vwr_vdev *v, uint8_t reason, uint16_t queue)
{
    struct vwr_vrproc *const r = vrproc_of(v);

    if (reason == VDEV_USED_BUFFER) {
        r->kick(r->context, r->notifyid[queue]);
        return;
    }
    vrproc_show_failure(r);
    vrproc_publish(r, false);
    r->kick(r->context, r->notify);
}

/* Nothing is acknowledged. */
static void vrproc_lower(struct vwr_vdev *v)
{
    (void)v;
}

/* ---- status ---- */

static void vrproc_start_queue(struct vwr_vrproc *r, struct vwr_vqueue *q)
{
    struct vwr_rsc_vring vring;
    const enum vwr_rsc_error error = vwr_rsc_vring(&r->vdev, q->index, &vring);

    r->notifyid[q->index] = vring.notifyid;
    if (q->ready || (error == VWR_RSC_OK && !vwr_rsc_has_place(&vring)))
        return; /* the driver does not use it */
    r->placed |= 1u << q->index;
    q->size = error == VWR_RSC_OK ? vring.num : 0; /* of which a queue is refused */
    q->align = vring.align;
    vwr_vdev_set_pfn_(r->v, q, vring.da);
}

/*
 * A queue at the driver's address that the device cannot use. There is no register in which the driver would
 * see that, so the device fails.
 */
static void vrproc_check_queues(struct vwr_vrproc *r)
{
    struct vwr_vdev *const v = r->v;
    const bool failed = v->broken; /* before there was a driver that could be interrupted */

    for (uint16_t n = 0; n < v->queues; n++)
        if (!v->queue[n].ready && (r->placed >> n & 1u) != 0)
            (void)vwr_vdev_break(v, n, (enum vwr_vfault)v->fault.kind, v->fault.a, v->fault.b);
    if (failed)
        vwr_vdev_raise_change_(v);
}

/* The driver has set DRIVER_OK: what it wrote before is complete. */
static void vrproc_start(struct vwr_vrproc *r)
{
    struct vwr_vdev *const v = r->v;

    r->notify = vwr_rsc_load32(r->vdev.at, VWR_RSC_VDEV_NOTIFYID);
    vwr_vdev_set_status_(v, VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER);
    vwr_vdev_set_features_(v, 0, vwr_rsc_load32(r->vdev.at, VWR_RSC_VDEV_GFEATURES));
    v->guest_page_size = 1; /* da is an address */
    r->placed = 0;
    for (uint16_t n = 0; n < v->queues; n++)
        vrproc_start_queue(r, &v->queue[n]);
    vrproc_take_config(r);
    vwr_vdev_set_status_(v, VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER | VWR_STATUS_DRIVER_OK);
    vrproc_check_queues(r);
    vwr_vdev_notify_all_(v); /* notifications before DRIVER_OK were not handled */
}

static void vrproc_reset(struct vwr_vrproc *r)
{
    vwr_vdev_set_status_(r->v, VWR_STATUS_RESET);
    vrproc_publish(r, true);
}

/* Whether the driver has set DRIVER_OK, and the device has started. */
static bool vrproc_has_started(const struct vwr_vrproc *r)
{
    return (r->v->status & VWR_STATUS_DRIVER_OK) != 0;
}

/*
 * A bit that is no longer set means a reset: OpenAMP's driver leaves DEVICE_NEEDS_RESET instead of 0. The
 * steps before DRIVER_OK have no effect on a device.
 */
static void vrproc_look(struct vwr_vrproc *r)
{
    const uint8_t status = vwr_rsc_load8(r->vdev.at, VWR_RSC_VDEV_STATUS);
    const bool starts = (status & (VWR_STATUS_DRIVER_OK | VWR_STATUS_FAILED)) == VWR_STATUS_DRIVER_OK;

    vwr_port_rmb();
    if ((r->seen & ~status) != 0)
        vrproc_reset(r);
    r->seen = status;
    if (vrproc_has_started(r))
        vrproc_take_config(r);
    else if (starts && !r->v->resetting)
        vrproc_start(r);
    else
        vrproc_publish(r, false); /* the driver reads it before it starts */
    if (vrproc_has_started(r) && (status & VWR_STATUS_FAILED) != 0)
        vwr_vdev_set_status_(r->v, r->v->status | VWR_STATUS_FAILED);
    if (!vrproc_has_started(r) && !r->v->resetting && r->v->leftover == NULL && r->released != NULL)
        r->released(r->context);
}

/* ---- interface ---- */

int vwr_vrproc_describe(const struct vwr_vdev *v, struct vwr_rsc_vring *vring, unsigned vrings,
                        struct vwr_rsc_device *d)
{
    if (!vwr_vdev_is_legacy(v) || vrings != v->queues)
        return VWR_EINVAL;
    for (unsigned i = 0; i < vrings; i++)
        if (vring[i].num == 0)
            vring[i].num = v->size_max;
    d->id = v->kind->id;
    d->notifyid = VWR_RSC_ANY;
    d->features = v->offered.w[0];
    d->vring = vring;
    d->vrings = (uint8_t)vrings;
    d->config = v->config;
    d->config_bytes = v->config_bytes;
    return VWR_OK;
}

int vwr_vrproc_init(struct vwr_vrproc *r, const struct vwr_vrproc_setup *s)
{
    struct vwr_vdev *const v = s->v;
    uint32_t features;
    int result;

    vwr_zero(r, sizeof(*r));
    result = vwr_rsc_find(s->table, s->index, &r->vdev);
    if (result != VWR_OK)
        return result;
    if (r->vdev.id != v->kind->id)
        return VWR_ETYPE;
    features = vwr_rsc_load32(r->vdev.at, VWR_RSC_VDEV_DFEATURES);
    if (!vwr_vdev_is_legacy(v) || (v->vm->ops->again == NULL && v->vm->ops->kicked == NULL) ||
        r->vdev.vrings != v->queues || r->vdev.config_bytes != v->config_bytes ||
        (features & ~v->offered.w[0]) != 0)
        return VWR_EINVAL;
    v->offered.w[0] = features;
    r->v = v;
    r->kick = s->kick;
    r->released = s->released;
    r->context = s->context;
    r->bus.raise = vrproc_raise;
    r->bus.lower = vrproc_lower;
    v->bus = &r->bus;
    vrproc_publish(r, true);
    return VWR_OK;
}

void vwr_vrproc_poll(struct vwr_vrproc *r)
{
    vwr_vdev_lock(r->v);
    vrproc_look(r);
    vwr_vdev_unlock(r->v);
}

/* The number of a vring. While the driver uses the device, a change in the table has no effect. */
static uint32_t vrproc_notifyid(const struct vwr_vrproc *r, uint32_t n)
{
    return vrproc_has_started(r) ? r->notifyid[n]
                                 : vwr_rsc_load32(vwr_rsc_vring_at(&r->vdev, n), VWR_RSC_VRING_NOTIFYID);
}

bool vwr_vrproc_notified(struct vwr_vrproc *r, uint32_t notifyid)
{
    bool own = notifyid == VWR_RSC_ANY || notifyid == vwr_rsc_load32(r->vdev.at, VWR_RSC_VDEV_NOTIFYID);

    vwr_vdev_lock(r->v);
    vrproc_look(r);
    for (uint16_t n = 0; n < r->v->queues; n++) {
        if (notifyid != VWR_RSC_ANY && notifyid != vrproc_notifyid(r, n))
            continue;
        own = true;
        if (vwr_vdev_is_alive(r->v, n))
            vwr_vdev_notified(r->v, n);
    }
    vwr_vdev_unlock(r->v);
    return own;
}
