/* SPDX-License-Identifier: MIT */
#ifndef DEMO_DISK_H
#define DEMO_DISK_H

#include "vwr/blk.h"
#include "vwr/mmio.h"

/*
 * All that the demo does with one disk: starts it, describes it, shows what is on it and sums it
 * up; or, if its id says that it is the scratch disk, writes to it. NULL if all is well,
 * otherwise what went wrong, after the details have been printed.
 */
const char *disk_examine(struct vwr_mmio *m);

#endif
