/* SPDX-License-Identifier: MIT */
#ifndef S390X_LEAVE_H
#define S390X_LEAVE_H

#include "vwr/dev.h"

/* Reads a disk until it leaves its subchannel. false: it did not, or the driver did not notice. */
bool leave_run(struct vwr_dev *d);

#endif
