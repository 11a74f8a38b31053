/* SPDX-License-Identifier: MIT */
#ifndef VWR_VBLK_MEMORY_H
#define VWR_VBLK_MEMORY_H

#include "vwr/vblk.h"

VWR_BEGIN_C

/**
 * DOC: In-memory disk
 *
 * This back end of vwr/vblk.h keeps the sectors of a guest's disk in the VMM's memory, which may be a file
 * that the VMM has mapped.
 */

/**
 * VWR_VBLK_MEMORY_ZERO_SECTORS - Maximum size of a WRITE_ZEROES or SECURE_ERASE range in sectors
 */
#define VWR_VBLK_MEMORY_ZERO_SECTORS 8192u

/**
 * struct vwr_vblk_memory - A guest's disk in memory, such as a RAM disk or an image loaded with the
 *   VMM
 * @backend: Back end, for struct vwr_vblk_options. Its context is for the VMM.
 */
struct vwr_vblk_memory {
    struct vwr_vblk_backend backend;
    /* private: */
    int (*sync)(struct vwr_vblk_memory *m);
    uint8_t *at;
};

/**
 * vwr_vblk_memory_init() - Initialise a disk in memory with blocks of 512 bytes
 * @m: Disk.
 * @at: Memory that no guest can access. It must stay valid while a disk uses it.
 * @bytes: Size in bytes; a partial block at the end is not used.
 * @read_only: The disk is read-only, so the memory is never written.
 * @sync: Writes the memory to where it is kept, for example with msync(); called for each FLUSH of the guest.
 *   A negative result fails the request. NULL: there is no such place, and the disk has no cache to flush.
 */
void vwr_vblk_memory_init(struct vwr_vblk_memory *m, void *at, uint64_t bytes, bool read_only,
                          int (*sync)(struct vwr_vblk_memory *m));

VWR_END_C

#endif
