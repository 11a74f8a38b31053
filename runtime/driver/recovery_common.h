/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_RECOVERY_COMMON_H
#define VWR_DRIVER_RECOVERY_COMMON_H

#include "vwr/bytes.h"
#include "vwr/recovery.h"

/*
 * From a reset to a device that runs, in vwr_recovery_open.c: for an open, and in a recovery a step each.
 *   configure  VWR_EBUSY: call again; VWR_ERESET: reset the device, and agree anew
 *   start      1: call again
 *   run        what it is to fill is the device's
 */
int vwr_recovery_agree(struct vwr_recovery *v, const struct vwr_recovery_class *cls);
int vwr_recovery_configure(struct vwr_recovery *v, const struct vwr_recovery_class *cls);
int vwr_recovery_start(struct vwr_recovery *v, const struct vwr_recovery_class *cls);
void vwr_recovery_run(struct vwr_recovery *v, const struct vwr_recovery_class *cls);

/* The device has released all memory: what it was to fill is the driver's. */
void vwr_recovery_release(struct vwr_recovery *v, const struct vwr_recovery_class *cls);

#endif
