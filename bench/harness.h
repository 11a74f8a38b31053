/* SPDX-License-Identifier: MIT */
#ifndef BENCH_HARNESS_H
#define BENCH_HARNESS_H

#include "vwr/base.h"
#include "vwr/features.h"

/*
 * What all measured drivers have in common: a disk that completes everything inside of the
 * notification (disk.c), the buffers, and which sectors are read. A level (ring_level.c,
 * block_level.c, hand_*.c) prepares its driver and has one function, <level>_measured, in which
 * callgrind counts.
 *
 * Nothing flatters: the driver that `prepare` answers comes back to `measured` from harness.c, which
 * is another object, and so do the length of a request and the shape of those of any shape. So the
 * compiler knows neither addresses nor sizes, of our queues and of the yardsticks' alike.
 */

#define BENCH_BYTES 4096u /* a request */
#define BENCH_SECTORS 8u
#define BENCH_CAPACITY 8192u /* sectors of the disk, a power of 2 */
#define BENCH_DEPTH_MAX 1024u
#define BENCH_QUEUE_MIN 4u
#define BENCH_QUEUE_MAX 4096u
#define BENCH_QUEUES_MAX 8u

struct bench_run {
    uint16_t queue_size;
    uint32_t batches;
    uint32_t depth;               /* requests to a batch */
    unsigned queues;              /* they take the batches one after the other */
    uint32_t bytes;               /* of a request: BENCH_BYTES, which the compiler need not know */
    unsigned out, in;             /* segments of a request of any shape, by direction */
    struct vwr_features features; /* what the disk offers beyond the least, and the driver has to take */
};

struct bench_level {
    const char *name;
    unsigned queues;                               /* that it can have at most */
    void *(*prepare)(const struct bench_run *run); /* answers the driver */
    /* Answers the requests that came back well. */
    uint64_t (*measured)(const struct bench_run *run, void *driver);
};

/* Weak: a program may have some of them only (count.py). */
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

/* Register block of the disk; a write to it comes back when the disk has done what it is asked. */
volatile void *bench_registers(void);

/* Function 0 of this host is the same disk. */
struct vwr_pci_host *bench_pci_host(void);

/* Zeroed memory for the ring, the requests and the driver, page-aligned, never freed. */
void *bench_memory(size_t bytes);

/* A ring as the disk gets it: through the registers, or by bench_attach. */
struct bench_ring {
    struct vwr_features features; /* that the driver takes */
    uint16_t size;
    void *desc;
    void *driver; /* available ring; of a packed ring the driver's event suppression */
    void *device; /* used ring; of a packed ring the device's */
};

/* For a driver that does not go through the registers: takes a feature if the run has it; has it? */
bool bench_take(const struct bench_run *r, struct bench_ring *ring, unsigned feature);

/* Tells the disk where the ring of a queue is. */
void bench_attach(unsigned queue, const struct bench_ring *ring);

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
