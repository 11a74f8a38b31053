/* SPDX-License-Identifier: MIT */
#ifndef VWR_COMMON_BOUNCE_H
#define VWR_COMMON_BOUNCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The DMA hooks of a port (port_bounce) whose devices can access only a pool of bounce buffers, at separate
 * device
 * addresses. The program ends if a mapping is never unmapped, is unmapped twice or with different
 * arguments, or if the device has written to an unmapped byte of the pool or to data that it may only read.
 */

#define BOUNCE_BLOCK 64u
#ifndef BOUNCE_BLOCKS
#define BOUNCE_BLOCKS 4096u
#endif
#define BOUNCE_BYTES (BOUNCE_BLOCK * BOUNCE_BLOCKS) /* maximum size of the pool */

struct bounce_stats {
    unsigned maps;
    unsigned unmaps;
    unsigned refused; /* mappings that failed for lack of free blocks */
};

extern struct bounce_stats bounce_stats;

/* The memory that a device shares with its driver: queues and framebuffers, which are not copied. */
#define BOUNCE_SHARED 1024u

/* Uses `pool` of `bytes`, at device address `addr`, with nothing mapped. */
void bounce_begin(void *pool, size_t bytes, uint64_t addr);

/* Limits the mapped blocks to `bytes` of the pool, as if others used the rest. */
void bounce_limit(size_t bytes);

/* Limits the length of one mapping; 0: no limit. */
void bounce_cut(size_t bytes);

/* Number of current mappings. */
unsigned bounce_mapped(void);

/* Number of current mappings with this dma_context, or of all if `d` is NULL: of data, of shared memory. */
unsigned bounce_mapped_by(const void *d);
unsigned bounce_shared_by(const void *d);

/* Ends the mappings of shared memory, whose owner has ended without unmapping them. */
void bounce_orphan(void);

/* Returns whether any byte of [p, p + n) is mapped. */
bool bounce_has(const void *p, size_t n);

/* Checks that nothing is mapped, and that no unmapped byte was written. */
void bounce_check_idle(void);

#endif
