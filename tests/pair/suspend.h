/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_SUSPEND_H
#define VWR_PAIR_SUSPEND_H

#include "vwr/dev.h"
#include "vwr/vdev.h"

/*
 * The driver suspends a live device, observes it for a while, and resumes it. Meanwhile nothing may be in
 * flight,
 * no interrupt may arrive, and the guest's memory must not be written. Does nothing for a legacy device.
 */
void suspend_check(struct vwr_dev *d, struct vwr_vdev *v);

#endif
