/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_SUSPEND_H
#define VWR_PAIR_SUSPEND_H

#include "vwr/dev.h"
#include "vwr/vdev.h"

/*
 * The driver suspends a live device, looks at it for a while, and resumes it: nothing is in flight, no
 * interrupt comes, and nobody writes to the guest's memory. Not in legacy.
 */
void suspend_check(struct vwr_dev *d, struct vwr_vdev *v);

#endif
