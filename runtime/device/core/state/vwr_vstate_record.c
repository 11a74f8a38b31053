/* SPDX-License-Identifier: MIT */
#include "vstate_common.h"

/*
 * Records of classes, described by tables of their fields. A loaded record is saved again and compared with
 * the original. No class therefore has to check reserved fields, unknown flags, or numbers that its members
 * cannot hold. Section: Device parts.
 */

void vwr_vstate_put_record(struct vwr_vstate *s, const struct vwr_record *r, const void *own)
{
    uint8_t bytes[VWR_VSTATE_RECORD_BYTES];

    vwr_record_encode(r, false, own, bytes);
    vwr_vstate_put(s, bytes, r->bytes);
}

bool vwr_vstate_get_record(const struct vwr_record *r, void *own, const uint8_t *from)
{
    uint8_t again[VWR_VSTATE_RECORD_BYTES];

    (void)vwr_record_decode(r, false, own, from);
    vwr_record_encode(r, false, own, again);
    return vwr_vstate_is_same_(from, again, r->bytes);
}

bool vwr_vstate_get_each(struct vwr_vdev *v, const uint8_t *from, uint32_t bytes, uint32_t count,
                         uint32_t (*load_one)(struct vwr_vdev *v, const uint8_t *from, uint32_t left))
{
    for (; count != 0; count--) {
        const uint32_t step = load_one(v, from, bytes);

        if (step == 0)
            return false;
        from += step;
        bytes -= step;
    }
    return bytes == 0;
}

/* ---- a class ---- */

void vwr_vstate_save_class_(struct vwr_vstate *s, const struct vwr_vstate_class *class, struct vwr_vdev *v)
{
    const void *row;

    if (class->head != NULL)
        vwr_vstate_put_record(s, class->head, v);
    for (unsigned i = 0; class->row != NULL && (row = class->find(v, i)) != NULL; i++)
        vwr_vstate_put_record(s, class->row, row);
    if (class->save != NULL)
        class->save(v, s);
}

/* Loads a record from the front of the part. */
static bool vstate_take_record(const struct vwr_record *r, void *own, struct vstate_part *part)
{
    if (part->bytes < r->bytes || !vwr_vstate_get_record(r, own, part->value))
        return false;
    part->value += r->bytes;
    part->bytes -= r->bytes;
    return true;
}

bool vwr_vstate_load_class_(const struct vwr_vstate_class *class, struct vwr_vdev *v,
                            struct vstate_part *part)
{
    void *row;

    if (class->head != NULL && !vstate_take_record(class->head, v, part))
        return false;
    for (unsigned i = 0; class->row != NULL && (row = class->find(v, i)) != NULL; i++)
        if (!vstate_take_record(class->row, row, part))
            return false;
    return (class->load != NULL ? class->load(v, part->value, part->bytes) : part->bytes == 0) &&
           (class->accept == NULL || class->accept(v));
}
