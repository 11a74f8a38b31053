/* SPDX-License-Identifier: MIT */
#ifndef VWR_COMMON_BOUNCE_H
#define VWR_COMMON_BOUNCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The DMA hooks of a port (port_bounce) whose devices reach a pool of bounce buffers alone, at addresses of
 * its own. A mapping that is not unmapped, or not as it was made, or twice, ends the program; so does a byte
 * of the pool that the device has written where nothing was mapped, or in data that it was only to read.
 */

#define BOUNCE_BLOCK 64u
#ifndef BOUNCE_BLOCKS
#define BOUNCE_BLOCKS 4096u
#endif
#define BOUNCE_BYTES (BOUNCE_BLOCK * BOUNCE_BLOCKS) /* the largest pool */

struct bounce_stats {
    unsigned maps;
    unsigned unmaps;
    unsigned refused; /* there was no room */
};

extern struct bounce_stats bounce_stats;

/* A pool of `bytes`, which the device knows by `addr`. Nothing is mapped. */
void bounce_begin(void *pool, size_t bytes, uint64_t addr);

/* From here on all of it but `bytes` is somebody else's. */
void bounce_limit(size_t bytes);

/* A mapping is at most so long; 0: as long as it takes. */
void bounce_cut(size_t bytes);

/* Mappings that there are now. */
unsigned bounce_mapped(void);

/* Is any of [p, p + n) mapped? */
bool bounce_has(const void *p, size_t n);

/* Nothing is mapped, and what is not mapped was not written to. */
void bounce_check_idle(void);

#endif
