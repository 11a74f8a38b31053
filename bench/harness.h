/* SPDX-License-Identifier: MIT */
#ifndef BENCH_HARNESS_H
#define BENCH_HARNESS_H

#include "vwr/base.h"
#include "vwr/features.h"
#include "vwr/gen/features.h"
#include "vwr/request.h"

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
#define BENCH_DEPTH_MAX 4096u
#define BENCH_SEGMENTS_MAX 64u /* of data, per request */
#define BENCH_QUEUE_MIN 4u
#define BENCH_QUEUE_MAX 32768u
#define BENCH_QUEUES_MAX 8u

/* The requests of a run. */
enum bench_form {
    BENCH_READ,      /* reads of one segment */
    BENCH_SEGMENTS,  /* reads of an array of segments */
    BENCH_ALTERNATE, /* alternately, a read into one segment and a read into an array of several segments */
    BENCH_EIGHTH,    /* reads into one segment; every eighth into an array of several segments */
    BENCH_REVERSE,   /* reads of one segment, which the disk uses in reverse order */
    BENCH_FULL,      /* reads of one segment; after a batch, the full queue refuses the next request */
    BENCH_FLUSH,
    BENCH_DISCARD, /* of one range */
};

struct bench_run {
    uint16_t queue_size;
    uint32_t batches;
    uint32_t depth;               /* requests per batch */
    unsigned queues;              /* used in rotation, one batch each */
    uint32_t bytes;               /* per request: BENCH_BYTES, as a variable */
    unsigned out, in;             /* segments of a request of any shape, by direction */
    struct vwr_features features; /* offered in addition to the basic features; the driver must accept them */
    enum bench_form form;
    unsigned segments;          /* max number of data segments of a request */
    const struct vwr_vec *vecs; /* that many for each request of a batch */
};

struct bench_level {
    const char *name;
    unsigned queues;                               /* max number */
    void *(*prepare)(const struct bench_run *run); /* returns the driver */
    /* Returns the number of successful requests. */
    uint64_t (*measured)(const struct bench_run *run, void *driver);
};

/* Weak, because a program may link only some of them (count.py). */
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
BENCH_LEVEL bench_forms;
BENCH_LEVEL bench_hand_blk;
BENCH_LEVEL bench_hand_blk_packed;
BENCH_LEVEL bench_hand_blk_in_order;
BENCH_LEVEL bench_hand_blk_segments;
BENCH_LEVEL bench_hand_blk_segments_indirect;
BENCH_LEVEL bench_add_forms;
BENCH_LEVEL bench_linux;

/* Register block of the disk. A write returns when the disk has completed the operation. */
volatile void *bench_registers(void);

/* Function 0 of this PCI host is the same disk. */
struct vwr_pci_host *bench_pci_host(void);

/* Zeroed memory for the ring, the requests and the driver, page-aligned, never freed. */
void *bench_memory(size_t bytes);

/* A ring, as configured by the registers or by bench_attach. */
struct bench_ring {
    struct vwr_features features; /* accepted by the driver */
    uint16_t size;
    void *desc;
    void *driver; /* available ring; packed: driver event suppression */
    void *device; /* used ring; packed: device event suppression */
};

/*
 * For a driver that does not use the registers: accepts a feature if it is offered, and returns whether it
 * is.
 */
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

/* Number of ring descriptors of a request. */
static inline unsigned bench_descriptors(const struct bench_run *r)
{
    return vwr_features_have(&r->features, VWR_F_INDIRECT_DESC) ? 1 : r->segments + 2u;
}

/* Number of data segments of request n. */
static inline unsigned bench_segments(const struct bench_run *r, uint64_t n)
{
    return (r->form == BENCH_ALTERNATE && n % 2u == 0) || (r->form == BENCH_EIGHTH && n % 8u != 0)
               ? 1
               : r->segments;
}

/*
 * Start of segment i of `count` segments in a buffer. They are in reverse order, so that no two of them are
 * contiguous, and a driver that mixes them up reads the wrong data.
 */
static inline uint8_t *bench_segment(uint8_t *buffer, unsigned i, unsigned count)
{
    return buffer + (size_t)(count - 1u - i) * (BENCH_BYTES / count);
}

#endif
