/* SPDX-License-Identifier: MIT */
#ifndef HOOKS_COPY_H
#define HOOKS_COPY_H

#include "hooks_disk.h"

/*
 * Reads 24 sectors to a buffer on the stack that starts `offset` bytes after the start of a page, and writes
 * them elsewhere, inverted. VWR_OK, or as vwr_blk_read and vwr_blk_write.
 */
VWR_MUST_CHECK int copy_inverted(struct hooks_disk *d, uint64_t from, uint64_t to, unsigned offset);

/* Reports where the buffer was. */
void copy_was_here(const uint8_t *buffer, size_t bytes);

#endif
