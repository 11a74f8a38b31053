/* SPDX-License-Identifier: MIT */
#ifndef VWR_ACCESS_H
#define VWR_ACCESS_H

#include "vwr/features.h"
#include "vwr/tables.h"

/*
 * What the tables say of an access to a register and of a step of the status machine, for a device, and for
 * an observer: nothing here belongs to a device, and nothing is changed. Of features: vwr_features_close
 * (features.h).
 */

enum vwr_access_check {
    VWR_ALLOWED = 0,
    VWR_NOT_WIDTH,     /* not as wide as the register, or not at its begin */
    VWR_NOT_DIRECTION, /* a read of what can only be written, or the other way round */
    VWR_NOT_VERSION,   /* this version has no such register */
    VWR_NOT_FEATURE,   /* it is part of a feature that was not negotiated */
    VWR_NOT_YET,       /* a status bit that a write needs is not set */
    VWR_NOT_NOW,       /* a status bit is set that refuses a write */
    VWR_NOT_IDLE       /* of vwr_check_register's caller, who knows what the register `idle` reads as */
};

/* How far driver and device have come, as the rules ask for it. */
struct vwr_negotiation {
    bool legacy;
    uint8_t status;
    const struct vwr_features *accepted; /* once FEATURES_OK is set; legacy: as written */
};

/*
 * May the driver make this access of `bytes` at `offset`, whose row is `r`? Apart from r->idle[]: a write
 * that is VWR_ALLOWED and has one needs that this register reads 0. Context: any.
 */
VWR_ALWAYS_INLINE enum vwr_access_check vwr_check_register(const struct vwr_register *r, uint64_t offset,
                                                           unsigned bytes, bool is_write,
                                                           const struct vwr_negotiation *s)
{
    const unsigned version = s->legacy ? 0 : 1;

    if ((r->widths & bytes) == 0 || (bytes & (bytes - 1)) != 0 || (offset != r->offset && r->bytes == bytes))
        return VWR_NOT_WIDTH;
    if ((r->versions & (s->legacy ? VWR_LEGACY : VWR_MODERN)) == 0)
        return VWR_NOT_VERSION;
    if ((r->access & (is_write ? VWR_WRITE : VWR_READ)) == 0)
        return VWR_NOT_DIRECTION;
    if (r->feature != VWR_FEATURE_NONE && !vwr_features_have(s->accepted, r->feature))
        return VWR_NOT_FEATURE;
    if (!is_write)
        return VWR_ALLOWED;
    if ((r->must_be_set[version] & ~s->status) != 0)
        return VWR_NOT_YET;
    if ((r->must_be_clear[version] & s->status) != 0)
        return VWR_NOT_NOW;
    return VWR_ALLOWED;
}

/* May this step of the status machine be taken now, by whom it is for? Context: any. */
static inline enum vwr_access_check vwr_check_step(const struct vwr_status_step *step,
                                                   const struct vwr_negotiation *s)
{
    const unsigned version = s->legacy ? 0 : 1;

    if ((step->versions & (s->legacy ? VWR_LEGACY : VWR_MODERN)) == 0)
        return VWR_NOT_VERSION;
    if (step->feature != VWR_FEATURE_NONE && !vwr_features_have(s->accepted, step->feature))
        return VWR_NOT_FEATURE;
    if ((step->after[version] & ~s->status) != 0)
        return VWR_NOT_YET;
    return (step->before[version] & s->status) != 0 ? VWR_NOT_NOW : VWR_ALLOWED;
}

#endif
