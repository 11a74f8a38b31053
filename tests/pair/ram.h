/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_RAM_H
#define VWR_PAIR_RAM_H

#include "vwr/vm.h"

/*
 * The guest's RAM, seen three times: by the device as regions of guest addresses, each of which lies
 * somewhere else in this program with pages around it that nobody may touch; by the driver as
 * one area; and by the driver with its pages shuffled (../qemu/driver/guest.h's guest_alloc_scattered).
 *
 * Data lie in many small regions, each next to the one before in the guest and not here, whose ends are no
 * ends of pages: a buffer of some length straddles them. Rings lie in one large region, for theirs must not.
 */

#define RAM_BASE UINT64_C(0x40000000)
#define RAM_RING_BYTES ((size_t)4 << 20)
#define RAM_DATA_BYTES ((size_t)3 << 20)
#define RAM_DATA_REGIONS 13u
#define RAM_HIGH_BASE UINT64_C(0x123450000)
#define RAM_HIGH_BYTES ((size_t)3 << 20)

/*
 * `apart` as said above. Otherwise all of it is seen in one place only, which is what a tool that
 * watches memory by address needs.
 */
void ram_open(bool apart);

/* For struct vwr_vm. */
const struct vwr_vm_region *ram_regions(uint32_t *count);

/* All that was given out is free again. */
void ram_reset(void);

/* Memory for rings, aligned to VWR_QUEUE_SHARED_ALIGN. */
void *ram_alloc_ring(size_t bytes);

/* The last bytes of the memory for rings: for good, whatever ram_reset does. */
void *ram_reserve(size_t bytes);

/* The address that the device knows p by; *run: how far that goes, 0 where it is no RAM. */
uint64_t ram_dma(const void *p, size_t n, size_t *run);

/* A sum over all of RAM but what ram_alloc_ring gave out: has anybody written? */
uint64_t ram_sum(void);

#endif
