/* SPDX-License-Identifier: MIT */
#ifndef DEMO_DISK_H
#define DEMO_DISK_H

#include "vwr/blk.h"
#include "vwr/mmio.h"

/*
 * Runs the demo for one disk: opens it, describes it, shows its content and computes its checksum; a scratch
 * disk, identified by its ID, is written instead. NULL: success, otherwise an error message; the details have
 * been printed.
 */
const char *disk_examine(struct vwr_mmio *m);

#endif
