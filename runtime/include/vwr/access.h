/* SPDX-License-Identifier: MIT */
#ifndef VWR_ACCESS_H
#define VWR_ACCESS_H

#include "vwr/features.h"
#include "vwr/tables.h"

/**
 * DOC: Checks of register accesses and status steps
 *
 * These functions apply the rules of the generated tables to a register access or to a step of the
 * device status. They take the state as an argument and change nothing, so that the device side and
 * the monitor can use the same rules. vwr_features_close() in vwr/features.h applies the rules for
 * features.
 */

/**
 * enum vwr_access_check - Verdict on an access or a step
 * @VWR_ALLOWED: The access is allowed.
 * @VWR_NOT_WIDTH: The width is wrong, or the access does not begin at the start of the register.
 * @VWR_NOT_DIRECTION: Read of a write-only register, or write of a read-only one.
 * @VWR_NOT_VERSION: The register does not exist in this version of the interface.
 * @VWR_NOT_FEATURE: The register belongs to a feature that was not negotiated.
 * @VWR_NOT_YET: A status bit that a write requires is not set.
 * @VWR_NOT_NOW: A status bit that forbids a write is set.
 * @VWR_NOT_IDLE: The register named by @idle of struct vwr_register does not read as 0. The functions below
 *   never return this value, because only the caller of vwr_check_register() can test that register.
 */
enum vwr_access_check {
    VWR_ALLOWED = 0,
    VWR_NOT_WIDTH,
    VWR_NOT_DIRECTION,
    VWR_NOT_VERSION,
    VWR_NOT_FEATURE,
    VWR_NOT_YET,
    VWR_NOT_NOW,
    VWR_NOT_IDLE
};

/**
 * struct vwr_negotiation - Negotiation state on which the rules depend
 * @legacy: true for the legacy interface.
 * @status: Device status.
 * @accepted: Negotiated features, once FEATURES_OK is set. For a legacy device: the features that
 *   the driver has written so far.
 */
struct vwr_negotiation {
    bool legacy;
    uint8_t status;
    const struct vwr_features *accepted;
};

/**
 * vwr_check_register() - Check a register access of the driver
 * @r: Row of the register.
 * @offset: Offset of the access in bytes.
 * @bytes: Width of the access in bytes.
 * @is_write: true for a write.
 * @s: State of the negotiation.
 *
 * The function does not check @r->idle. If the verdict on a write is VWR_ALLOWED, the caller must check
 * before the write that the register named by @r->idle reads as 0.
 *
 * Return: The verdict; VWR_ALLOWED is 0.
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

/**
 * vwr_check_step() - Check a step of the status machine
 * @step: Row of the step.
 * @s: State of the negotiation before the step.
 *
 * Return: The verdict; VWR_ALLOWED is 0.
 */
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
