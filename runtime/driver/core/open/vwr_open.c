/* SPDX-License-Identifier: MIT */
#include "vwr/open.h"

/* Opens a device with one of the caller's classes. It refers to no class itself. */

static bool open_is_aligned(const void *memory, size_t align)
{
    return ((uintptr_t)memory & (align - 1)) == 0;
}

const struct vwr_open_class *vwr_open_find(const struct vwr_dev *d, const struct vwr_open_class *classes,
                                           size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (classes[i].bringup->type == d->type)
            return &classes[i];
    return NULL;
}

int vwr_open(struct vwr_opened *o, struct vwr_dev *d, const struct vwr_open_options *options)
{
    const struct vwr_open_class *cls;
    int r;

    if (d->state == VWR_DEV_LIVE)
        return VWR_EBUSY; /* *o may be this device, so leave it unchanged */
    o->cls = o->failed = NULL;
    o->bringup = NULL;
    if (d->state == VWR_DEV_NONE)
        return VWR_ENODEV; /* the device contains the fault from its probe */
    if (!VWR_ARRAY_FITS(&d->shortage, options, classes, class_count, options->class_count))
        return vwr_dev_note_shortage(d);
    cls = vwr_open_find(d, options->classes, options->class_count);
    if (cls == NULL)
        return vwr_dev_note(d, VWR_FAULT_TYPE, 0, d->type);
    o->failed = cls;
    o->dev = d;
    if (!VWR_ARRAY_FITS(&d->shortage, options, own, own_bytes, cls->own_bytes) ||
        !VWR_ARRAY_FITS(&d->shortage, options, shared, shared_bytes, cls->shared_bytes))
        return vwr_dev_note_shortage(d);
    if (!open_is_aligned(options->own, cls->own_align) ||
        !open_is_aligned(options->shared, cls->shared_align))
        return vwr_dev_note(d, VWR_FAULT_ROOM, (uint32_t)cls->own_align, (uint32_t)cls->shared_align);
    r = cls->open(options->own, options->shared, d, &options->avoid);
    if (r != VWR_OK)
        return r;
    o->failed = NULL;
    o->cls = cls;
    o->bringup = options->own;
    return VWR_OK;
}
