/* SPDX-License-Identifier: MIT */
#ifndef BENCH_HARNESS_H
#define BENCH_HARNESS_H

#include "vwr/base.h"
#include "vwr/features.h"

/*
 * Common part of all measured drivers: a disk that completes everything inside of the notification (disk.c),
 * the buffers, and the sectors to read. A level (ring_level.c, block_level.c, hand_*.c) prepares its driver
 * and has one function, <level>_measured, in which callgrind counts.
 *
 * To keep the comparison fair, the compiler must not know addresses and sizes, neither of our queues nor of
 * the yardsticks'. So the driver that `prepare` returns is passed to `measured` by harness.c, which is a
 * separate object. The size of a request and the number of its segments come from there, too.
 */

#define BENCH_BYTES 4096u /* per request */
#define BENCH_SECTORS 8u
#define BENCH_CAPACITY 8192u /* sectors of the disk, a power of 2 */
#define BENCH_DEPTH_MAX 1024u
#define BENCH_QUEUE_MIN 4u
#define BENCH_QUEUE_MAX 4096u
#define BENCH_QUEUES_MAX 8u

struct bench_run {
    uint16_t queue_size;
    uint32_t batches;
    uint32_t depth;               /* requests per batch */
    unsigned queues;              /* used in rotation, one batch each */
    uint32_t bytes;               /* per request: BENCH_BYTES, as a variable */
    unsigned out, in;             /* segments of a request of any shape, by direction */
    struct vwr_features features; /* offered besides the basic ones; the driver must accept them */
};

struct bench_level {
    const char *name;
    unsigned queues;                               /* max number */
    void *(*prepare)(const struct bench_run *run); /* returns the driver */
    /* Returns the number of successful requests. */
    uint64_t (*measured)(const struct bench_run *run, void *driver);
};

/* Weak: a program may link only some of them (count.py). */
#define BENCH_LEVEL extern __attribute__((weak)) const struct bench_level
BENCH_LEVEL bench_hand;
BENCH_LEVEL bench_hand_indirect;
BENCH_LEVEL bench_hand_packed;
BENCH_LEVEL bench_hand_packed_direct;
BENCH_LEVEL bench_hand_in_order;
BENCH_LEVEL bench_hand_packed_in_order;
BENCH_LEVEL bench_hand_any_shape;
BENCH_LEVEL bench_hand_packed_any_shape;
BENCH_LEVEL bench_ring;
BENCH_LEVEL bench_queues;
BENCH_LEVEL bench_add;
BENCH_LEVEL bench_block;
BENCH_LEVEL bench_open;
BENCH_LEVEL bench_requests;
BENCH_LEVEL bench_requests_pci;
BENCH_LEVEL bench_hand_blk;
BENCH_LEVEL bench_hand_blk_packed;
BENCH_LEVEL bench_hand_blk_in_order;

/* Register block of the disk. A write returns when the disk has completed the operation. */
volatile void *bench_registers(void);

/* Function 0 of this host is the same disk. */
struct vwr_pci_host *bench_pci_host(void);

/* Zeroed memory for the ring, the requests and the driver, page-aligned, never freed. */
void *bench_memory(size_t bytes);

/* A ring, as set by the registers or by bench_attach. */
struct bench_ring {
    struct vwr_features features; /* accepted by the driver */
    uint16_t size;
    void *desc;
    void *driver; /* available ring; packed: driver event suppression */
    void *device; /* used ring; packed: device event suppression */
};

/* For a driver that does not use the registers: accepts a feature if it is offered. Returns whether it is. */
bool bench_take(const struct bench_run *r, struct bench_ring *ring, unsigned feature);

/* Sets the ring of a queue. */
void bench_attach(unsigned queue, const struct bench_ring *ring);

/* BENCH_DEPTH_MAX buffers of BENCH_BYTES: request i of a batch reads to buffer i. */
uint8_t *bench_buffers(void);

/* Ends the program: the run is invalid. */
_Noreturn void bench_fail(const char *why);

/* Start sector of request n: scattered, the same for every driver. */
static inline uint64_t bench_sector(uint64_t n)
{
    return n * (5u * BENCH_SECTORS) & (BENCH_CAPACITY - 1u);
}

#endif
