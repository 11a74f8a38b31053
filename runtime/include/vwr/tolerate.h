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
 * enum vwr_tolerate - Which drivers a device serves
 * @VWR_TOLERATE_DEFAULT: Those that the specification allows it to serve.
 * @VWR_TOLERATE_QEMU: Also those that only QEMU serves. Set it only for a guest that needs it:
 *   vwr_vdev_explain() names the case in which a device without it refused a driver.
 */
enum vwr_tolerate { VWR_TOLERATE_DEFAULT = 0, VWR_TOLERATE_QEMU = 1 };

/**
 * struct vwr_tolerated - What a device has tolerated
 * @since_reset: Bit VWR_TOLERATED_NAME of enum vwr_tolerance_number is set if it has happened since the last
 *   reset.
 * @before: Number of earlier start-ups, from a reset to the next one, in which each case has happened; by
 *   enum vwr_tolerance_number.
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
