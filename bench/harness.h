/* SPDX-License-Identifier: MIT */
#ifndef BENCH_HARNESS_H
#define BENCH_HARNESS_H

#include "vwr/base.h"

/*
 * What all measured drivers have in common: a disk that completes everything inside of the
 * notification, the buffers, and which sectors are read. A level (ring_level.c,
 * block_level.c) prepares its driver and has one function, <level>_measured, in which
 * callgrind counts.
 */

#define BENCH_BYTES 4096u /* a request */
#define BENCH_SECTORS 8u
#define BENCH_CAPACITY 8192u /* sectors of the disk, a power of 2 */
#define BENCH_DEPTH_MAX 256u
#define BENCH_QUEUE_MAX 1024u

struct bench_run {
    uint16_t queue_size;
    uint32_t batches;
    uint32_t depth; /* requests to a batch */
};

struct bench_level {
    const char *name;
    void (*prepare)(const struct bench_run *run);
    uint64_t (*measured)(const struct bench_run *run); /* answers the requests that came back well */
};

extern const struct bench_level bench_hand;
extern const struct bench_level bench_ring;
extern const struct bench_level bench_add;
extern const struct bench_level bench_block;

/* Register block of the disk; a write to it comes back when the disk has done what it is asked. */
volatile void *bench_registers(void);

/* Zeroed memory for the ring and the requests, page-aligned, never freed. */
void *bench_memory(size_t bytes);

/* Tells the disk where the ring is: for a driver that does not go through the registers. */
void bench_attach(uint16_t size, void *desc, void *avail, void *used);

/* BENCH_DEPTH_MAX buffers of BENCH_BYTES: where request i of a batch reads to. */
uint8_t *bench_buffers(void);

/* Ends the program: the run counts for nothing. */
_Noreturn void bench_fail(const char *why);

/* Where request n reads from: scattered, the same for every driver. */
static inline uint64_t bench_sector(uint64_t n)
{
    return n * (5u * BENCH_SECTORS) & (BENCH_CAPACITY - 1u);
}

#endif
