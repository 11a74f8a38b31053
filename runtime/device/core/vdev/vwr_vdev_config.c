/* SPDX-License-Identifier: MIT */
#include "vdev_common.h"

/* Configuration space of a device. Section: Device Configuration Space. */

/* If the driver has suspended the device, it is interrupted after the resume. */
void vwr_vdev_raise_change_(struct vwr_vdev *v)
{
    if (vdev_has_driver(v))
        vwr_vdev_raise_(v, VDEV_CONFIG_CHANGE, 0);
    else if (vdev_is_suspended(v))
        v->config_news = true;
}

void vwr_vdev_config_changed(struct vwr_vdev *v)
{
    v->generation++;
    vwr_vdev_raise_change_(v);
}

/* Records an access that is not aligned or not of 8, 16 or 32 bits, or a write that was ignored in part. */
static void vdev_note_width(struct vwr_vdev *v, uint32_t offset, unsigned bytes, bool in_part)
{
    if (in_part || bytes > sizeof(uint32_t) || ((offset | bytes) & (bytes - 1u)) != 0)
        vwr_tolerate_(&v->tolerated, VWR_TOLERATED_CONFIG_WIDTH);
}

uint64_t vwr_vdev_config_read_(struct vwr_vdev *v, uint32_t offset, unsigned bytes)
{
    const uint8_t *const config = (const uint8_t *)v->config;
    const uint32_t at = offset < v->config_bytes ? offset : v->config_bytes; /* the sum does not wrap */
    uint64_t value = 0;

    vdev_note_width(v, offset, bytes, false);
    for (unsigned i = bytes < sizeof(value) ? bytes : sizeof(value); i-- > 0;)
        value = value << 8 | (at + i < v->config_bytes ? config[at + i] : 0u);
    return value;
}

/*
 * Whether the field belongs to a negotiated feature or to none. For an early field, and for a legacy device,
 * it is enough if the feature is offered.
 */
static bool vdev_is_open(const struct vwr_vdev *v, const struct vwr_config_field *f)
{
    const struct vwr_features *const there = f->early || v->legacy ? &v->offered : &v->accepted;

    for (unsigned i = 0; i < sizeof(f->any); i++)
        if (vwr_features_have(there, f->any[i]))
            return true;
    return f->any[0] == VWR_FEATURE_NONE;
}

/* Whether the driver may write the configuration byte at `offset` now. */
static bool vdev_is_writable(const struct vwr_vdev *v, uint32_t offset)
{
    for (unsigned i = 0; i < v->kind->field_count; i++) {
        const struct vwr_config_field *const f = &v->kind->fields[i];

        if (offset - f->offset < f->bytes && (f->access[v->legacy ? 0 : 1] & VWR_WRITE) != 0 &&
            vdev_is_open(v, f))
            return true;
    }
    return false;
}

void vwr_vdev_config_write_(struct vwr_vdev *v, uint32_t offset, unsigned bytes, uint64_t value)
{
    uint8_t *const config = (uint8_t *)v->config;
    const bool inside = bytes <= sizeof(value) && (uint64_t)offset + bytes <= v->config_bytes;
    const bool allowed = inside && (v->status & VWR_STATUS_SUSPEND) == 0;
    unsigned written = 0;

    for (unsigned i = 0; allowed && i < bytes; i++) {
        if (vdev_is_writable(v, offset + i)) {
            config[offset + i] = (uint8_t)value;
            written++;
        }
        value >>= 8;
    }
    if (written == 0) {
        vwr_vdev_ignore(v);
        return;
    }
    vdev_note_width(v, offset, bytes, written < bytes);
    if (v->kind->config_written != NULL)
        v->kind->config_written(v, offset, bytes);
}
