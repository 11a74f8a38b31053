/* SPDX-License-Identifier: MIT */
#ifndef DEMO_DESCRIBE_H
#define DEMO_DESCRIBE_H

#include "vwr/blk.h"
#include "vwr/mmio.h"

/* Prints properties of a device. */

/* One line for a register block: address, type, version, vendor. */
void describe_slot(const struct vwr_mmio *m);

/* An open disk: features offered and accepted, size, limits. */
void describe_disk(const struct vwr_mmio *m, const struct vwr_blk *b);

/* `doing` has failed: the result, and the reason if the library has recorded one. */
void describe_disk_error(const struct vwr_blk *b, const char *doing, int result);

#endif
