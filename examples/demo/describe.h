/* SPDX-License-Identifier: MIT */
#ifndef DEMO_DESCRIBE_H
#define DEMO_DESCRIBE_H

#include "vwr/blk.h"
#include "vwr/mmio.h"

/* What the library knows of a device, as lines. */

/* One line for a register block: where, what, which version, whose. */
void describe_slot(const struct vwr_mmio *m);

/* What an open disk is like: features offered and taken, size, limits. */
void describe_disk(const struct vwr_mmio *m, const struct vwr_blk *b);

/* `doing` went wrong: the result, and the reason as far as the library remembers one. */
void describe_disk_error(const struct vwr_blk *b, const char *doing, int result);

#endif
