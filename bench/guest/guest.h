/* SPDX-License-Identifier: MIT */
#ifndef BENCH_GUEST_H
#define BENCH_GUEST_H

#include "vwr/mmio.h"

/*
 * The common part of the image: the results of a run and its parameters, which QEMU's loader writes to memory
 * before the image starts.
 */

#define GUEST_RUN_ADDRESS 0x4f000000ul /* also in machine.py */
#define GUEST_RUN_MAGIC 0x6e757267u
#define GUEST_DEPTH_MAX 85u /* requests of three descriptors in a queue of 256 */
#define GUEST_BYTES_MAX 131072u
#define GUEST_SECTOR_BYTES 512u
/* Request n reads at offset n * 5 * the request size, so that adjacent requests are never merged. */
#define GUEST_STRIDE 5u
#define GUEST_STAMP_BYTES 4096u /* each block of the disk begins with its number */

enum guest_level_number { GUEST_HAND = 0, GUEST_RING = 1 };
enum guest_measure {
    GUEST_RATE = 0, /* total time */
    GUEST_COUNT = 1 /* instructions of the driver only */
};

/* Little-endian words, as machine.py packs them. */
struct guest_run {
    uint32_t magic;
    uint32_t level;   /* enum guest_level_number */
    uint32_t measure; /* enum guest_measure */
    uint32_t sleep;   /* 1: wait for an interrupt, 0: poll */
    uint32_t depth;   /* requests per batch, with one kick */
    uint32_t bytes;   /* per request */
    uint32_t batches;
    uint32_t sectors;                 /* of the disk, a power of 2 */
    uint32_t check;                   /* 1: the blocks of the disk are stamped */
    uint32_t want[VWR_FEATURE_WORDS]; /* required features besides VERSION_1 */
};

/* The same interval, measured with two clocks. */
struct guest_count {
    uint64_t instructions; /* performance monitor */
    uint64_t ticks;        /* timer */
};

struct guest_result {
    uint64_t done;             /* successful requests */
    uint64_t ticks;            /* rate: total, including waiting */
    uint64_t notifications;    /* rate: kicks that notified the device */
    struct guest_count submit; /* count: submits and kick of a batch */
    struct guest_count reap;   /* count: reap of a completed batch */
    struct guest_count empty;  /* count: the same number of empty intervals */
    uint64_t counted;          /* count: requests that the three above include */
};

/* A driver: initializes the disk, then makes a run. */
struct guest_level {
    const char *name;
    void *(*prepare)(const struct guest_run *r, uint16_t size); /* size of its queue; returns the driver */
    void (*run)(const struct guest_run *r, void *driver, struct guest_result *result);
};

extern const struct guest_level guest_hand;
extern const struct guest_level guest_ring;

/* The disk, as the scan found it. */
struct vwr_mmio *guest_disk(void);

/* Request i of a batch reads to offset i * bytes. */
uint8_t *guest_buffers(void);

/* Zeroed memory, page-aligned, never freed. */
void *guest_memory(size_t bytes);

/* Ends the run with an error; `why` has details, or is NULL. */
_Noreturn void guest_fail(const char *what, const char *why);

/* Ends the run without an error, because it is not supported. */
_Noreturn void guest_leave_out(const char *what, const char *why);

/*
 * Interrupts are masked outside these functions. guest_sleep waits until an interrupt is pending, masked or
 * not. guest_let_in takes pending interrupts.
 */
void guest_sleep(void);
void guest_let_in(void);

static inline uint64_t guest_ticks(void)
{
    uint64_t ticks;

    __asm__ volatile("mrs %0, cntvct_el0" : "=r"(ticks)::"memory");
    return ticks;
}

static inline uint64_t guest_instructions(void)
{
    uint64_t count;

    __asm__ volatile("mrs %0, pmevcntr0_el0" : "=r"(count)::"memory");
    return count;
}

#endif
