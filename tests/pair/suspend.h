/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_SUSPEND_H
#define VWR_PAIR_SUSPEND_H

#include "vwr/dev.h"
#include "vwr/vdev.h"

/*
 * The driver suspends a live device, observes it for a while, and resumes it. Meanwhile nothing is in flight,
 * no interrupt arrives, and the guest's memory is not written. Does nothing for a legacy device.
 */
void suspend_check(struct vwr_dev *d, struct vwr_vdev *v);

#endif
