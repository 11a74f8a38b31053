/* SPDX-License-Identifier: MIT */
#ifndef VWR_VBLK_MEMORY_H
#define VWR_VBLK_MEMORY_H

#include "vwr/vblk.h"

VWR_BEGIN_C

/* Most of a WRITE_ZEROES range, and of a SECURE_ERASE. */
#define VWR_VBLK_MEMORY_ZERO_SECTORS 8192u /* not the specification's */

/* A guest's disk in memory: a RAM disk, or an image that was loaded with the VMM. */
struct vwr_vblk_memory {
    struct vwr_vblk_backend backend; /* for struct vwr_vblk_options */
    uint8_t *at;                     /* private */
};

/*
 * A disk of `bytes` at `at`, in blocks of 512 bytes; what is left over at the end is not used. The memory
 * is in use as long as a disk is over it, and belongs to no guest. With `read_only` it is not written.
 */
void vwr_vblk_memory_init(struct vwr_vblk_memory *m, void *at, uint64_t bytes, bool read_only);

VWR_END_C

#endif
