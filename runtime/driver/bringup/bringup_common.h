/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_BRINGUP_COMMON_H
#define VWR_DRIVER_BRINGUP_COMMON_H

#include "vwr/bringup.h"
#include "vwr/receive.h"
#include "vwr/bytes.h"

/*
 * From a reset to DRIVER_OK, in vwr_bringup.c: the same steps for an open, which makes them one after the
 * other, and for a recovery (vwr_bringup_recover.c), which makes one a call and tries again.
 */
enum bringup_step {
    BRINGUP_RESET,     /* asked for, and not acknowledged yet */
    BRINGUP_AGREE,     /* reset, and left so: frozen */
    BRINGUP_CONFIGURE, /* features are agreed */
    BRINGUP_SET_UP,    /* what the configuration says has been checked: queues, then DRIVER_OK */
    BRINGUP_RUNS
};

/* Makes a step. What comes next, which may be the same; or, negative, why it cannot be made. */
int vwr_bringup_step(struct vwr_bringup *v, const struct vwr_bringup_class *cls, int step);

VWR_ALWAYS_INLINE void bringup_tell(struct vwr_bringup *v, const struct vwr_bringup_class *cls,
                                    enum vwr_bringup_event event)
{
    if (cls->event != NULL)
        cls->event(v, event);
}

#endif
