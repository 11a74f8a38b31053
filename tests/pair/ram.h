/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_RAM_H
#define VWR_PAIR_RAM_H

#include "vwr/vm.h"

/*
 * The guest's RAM, mapped three times: for the device as regions of guest addresses, each at an unrelated
 * address in this program between inaccessible pages; for the driver as one area; and for the driver with its
 * pages shuffled (guest_alloc_scattered in ../qemu/driver/guest.h).
 *
 * Data lie in many small regions. They are adjacent in the guest but not in this program, and their ends are
 * not page-aligned, so that a longer buffer crosses them. Rings lie in one large region, because they must
 * not cross regions.
 */

#define RAM_BASE UINT64_C(0x40000000)
#define RAM_RING_BYTES ((size_t)4 << 20)
#define RAM_DATA_BYTES ((size_t)3 << 20)
#define RAM_DATA_REGIONS 13u
#define RAM_HIGH_BASE UINT64_C(0x123450000)
#define RAM_HIGH_BYTES ((size_t)3 << 20)

/*
 * `apart`: as described above. Otherwise all RAM is mapped at one place only, as needed by tools that watch
 * memory by address.
 */
void ram_open(bool apart);

/* Regions for struct vwr_vm. */
const struct vwr_memory_region *ram_regions(uint32_t *count);

/* Frees all allocations. */
void ram_reset(void);

/* Allocates memory for rings, aligned to VWR_QUEUE_SHARED_ALIGN. */
void *ram_alloc_ring(size_t bytes);

/* Allocates the last bytes of the ring memory permanently; ram_reset does not free them. */
void *ram_reserve(size_t bytes);

/* The device address of p; *run: its contiguous length, 0 outside of RAM. */
uint64_t ram_dma(const void *p, size_t n, size_t *run);

/*
 * Moves the regions to other addresses of this program; the old ones are inaccessible until the next move.
 * Only if they are apart.
 */
void ram_move(void);

/* Changes what the device can do with whole pages of ring memory (mprotect). Only if they are apart. */
void ram_protect(const void *p, size_t bytes, int access);

/* Whether p is ring memory for the driver. */
bool ram_is_ring(const void *p);

/* A checksum over all RAM except ring memory, to detect unexpected writes. */
uint64_t ram_sum(void);

#endif
