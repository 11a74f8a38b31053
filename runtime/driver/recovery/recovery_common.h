/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_RECOVERY_COMMON_H
#define VWR_DRIVER_RECOVERY_COMMON_H

#include "vwr/bytes.h"
#include "vwr/recovery.h"

/*
 * From a reset to DRIVER_OK, in vwr_recovery_open.c: for an open, and in a recovery a step each.
 *   configure  VWR_EBUSY: call again; VWR_ERESET: reset the device, and agree anew
 *   start      1: call again
 */
int vwr_recovery_agree(struct vwr_recovery *v, const struct vwr_recovery_class *cls);
int vwr_recovery_configure(struct vwr_recovery *v, const struct vwr_recovery_class *cls);
int vwr_recovery_start(struct vwr_recovery *v, const struct vwr_recovery_class *cls);

VWR_ALWAYS_INLINE void recovery_tell(struct vwr_recovery *v, const struct vwr_recovery_class *cls,
                                     enum vwr_recovery_event event)
{
    if (cls->event != NULL)
        cls->event(v, event);
}

#endif
