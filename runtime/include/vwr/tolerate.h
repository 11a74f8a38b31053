/* SPDX-License-Identifier: MIT */
#ifndef VWR_TOLERATE_H
#define VWR_TOLERATE_H

#include "vwr/base.h"
#include "vwr/gen/tolerances.h"

/**
 * DOC: What a device tolerates
 *
 * Some drivers violate the specification and still work on QEMU. A device serves them where the specification
 * leaves the reaction to the device. A case that requires the device to violate one of its own MUSTs, or to
 * guess, needs VWR_TOLERATE_QEMU in struct vwr_vdev_setup. generated/docs/tolerances.md lists all cases.
 */

/**
 * enum vwr_tolerate - Which violations by drivers a device tolerates
 * @VWR_TOLERATE_DEFAULT: Those to which the specification leaves the reaction to the device.
 * @VWR_TOLERATE_QEMU: Also those for which the device must violate the specification or guess, as QEMU does.
 *   Set it only for a guest that needs it: when a device without it has refused a driver, vwr_vdev_explain()
 *   names this constant.
 */
enum vwr_tolerate { VWR_TOLERATE_DEFAULT = 0, VWR_TOLERATE_QEMU = 1 };

/**
 * struct vwr_tolerated - What a device has tolerated
 * @since_reset: The cases since the last reset; the bit numbers are those of enum vwr_tolerance_number.
 * @before: Number of earlier start-ups, from one reset to the next, in which each case has occurred; by enum
 *   vwr_tolerance_number.
 */
struct vwr_tolerated {
    uint32_t since_reset;
    vwr_count before[VWR_TOLERANCE_COUNT];
};

/**
 * vwr_tolerated_count() - Get the number of start-ups in which a case has happened
 * @t: What a device has tolerated.
 * @what: Case.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: Number of start-ups, with the current one; 0 or 1 in a build with VWR_WITH_STATS=0.
 */
static inline vwr_count vwr_tolerated_count(const struct vwr_tolerated *t, enum vwr_tolerance_number what)
{
    return t->before[what] + (t->since_reset >> what & 1u);
}

/**
 * vwr_tolerate_() - Record a case (for the runtime)
 * @t: What a device has tolerated.
 * @what: Case.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
static inline void vwr_tolerate_(struct vwr_tolerated *t, enum vwr_tolerance_number what)
{
    t->since_reset |= 1u << what;
}

#endif
