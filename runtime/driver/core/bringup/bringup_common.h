/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_BRINGUP_COMMON_H
#define VWR_DRIVER_BRINGUP_COMMON_H

#include "vwr/bringup.h"
#include "vwr/bytes.h"

/*
 * The steps from reset to DRIVER_OK, in vwr_bringup.c. An open performs all of them in sequence;
 * recovery (vwr_bringup_recover.c) performs one per call and retries.
 */
enum bringup_step {
    BRINGUP_RESET,     /* reset requested, not yet acknowledged */
    BRINGUP_AGREE,     /* reset acknowledged; a frozen device stays here */
    BRINGUP_CONFIGURE, /* features negotiated */
    BRINGUP_SET_UP,    /* configuration validated; sets up queues, then DRIVER_OK */
    BRINGUP_RUNS
};

/* Performs one step. Returns the next step, which may be the same, or a negative error. */
int vwr_bringup_step_(struct vwr_bringup *v, int step);

/* vwr_recover() for a device with a single queue. Several queues may have other owners: VWR_EFAILED. */
int vwr_recover_alone_(struct vwr_bringup *v);

VWR_ALWAYS_INLINE void bringup_tell(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    const struct vwr_bringup_class *const cls = VWR_BRINGUP_CLASS_OF(v);

    if (cls->event != NULL)
        cls->event(v, event);
}

#endif
