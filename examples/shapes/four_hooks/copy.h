/* SPDX-License-Identifier: MIT */
#ifndef HOOKS_COPY_H
#define HOOKS_COPY_H

#include "hooks_disk.h"

/*
 * Reads 24 sectors into a buffer on the stack that begins `offset` bytes behind the begin of a page, and
 * writes them elsewhere, each bit turned over. VWR_OK, or as vwr_blk_read and vwr_blk_write.
 */
VWR_MUST_CHECK int copy_inverted(struct hooks_disk *d, uint64_t from, uint64_t to, unsigned offset);

/* For who wants to know where that was. */
void copy_was_here(const uint8_t *buffer, size_t bytes);

#endif
