/* SPDX-License-Identifier: MIT */
#include "vwr/open.h"

/* Opens a device with one of the caller's classes; has no references to the classes. */

static bool open_has_room(const void *memory, size_t bytes, size_t wanted, size_t align)
{
    return bytes >= wanted && ((uintptr_t)memory & (align - 1)) == 0;
}

const struct vwr_open_class *vwr_open_find(const struct vwr_dev *d,
                                           const struct vwr_open_class *const *classes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (classes[i]->bringup->type == d->type)
            return classes[i];
    return NULL;
}

int vwr_open(struct vwr_opened *o, struct vwr_dev *d, const struct vwr_open_options *options)
{
    const struct vwr_open_class *const cls = vwr_open_find(d, options->classes, options->count);
    int r;

    if (d->state == VWR_DEV_LIVE)
        return VWR_EBUSY; /* *o may be this device: leave it unchanged */
    o->cls = NULL;
    if (d->state == VWR_DEV_NONE)
        return VWR_ENODEV; /* the device has the fault of its probe */
    if (cls == NULL)
        return vwr_dev_note(d, VWR_FAULT_TYPE, 0, d->type);
    if (!open_has_room(options->own, options->own_bytes, cls->own_bytes, cls->own_align) ||
        !open_has_room(options->shared, options->shared_bytes, cls->shared_bytes, cls->shared_align))
        return vwr_dev_note(d, VWR_FAULT_ROOM, (uint32_t)cls->own_bytes, (uint32_t)cls->shared_bytes);
    r = cls->open(options->own, options->shared, d, &options->avoid);
    if (r != VWR_OK)
        return r;
    o->cls = cls;
    o->bringup = options->own;
    return VWR_OK;
}

int vwr_opened_close(struct vwr_opened *o)
{
    const int r = o->cls != NULL ? vwr_bringup_close(o->bringup, o->cls->bringup) : VWR_EINVAL;

    if (r == VWR_OK)
        o->cls = NULL;
    return r;
}
