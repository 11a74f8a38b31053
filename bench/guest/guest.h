/* SPDX-License-Identifier: MIT */
#ifndef BENCH_GUEST_H
#define BENCH_GUEST_H

#include "vwr/mmio.h"

/*
 * What the parts of the image have in common: what is to be measured, which QEMU's loader puts
 * into memory before the image starts, and what came out.
 */

#define GUEST_RUN_ADDRESS 0x4f000000ul /* machine.py knows it too */
#define GUEST_RUN_MAGIC 0x6e757267u
#define GUEST_DEPTH_MAX 85u /* requests of three descriptors in a queue of 256 */
#define GUEST_BYTES_MAX 131072u
#define GUEST_SECTOR_BYTES 512u
/* Where requests read: request n at n * 5 requests' lengths, so that nobody makes one of neighbours. */
#define GUEST_STRIDE 5u
#define GUEST_STAMP_BYTES 4096u /* each such block of the disk begins with its number */

enum guest_level_number { GUEST_HAND = 0, GUEST_RING = 1 };
enum guest_measure {
    GUEST_RATE = 0, /* time for all of it */
    GUEST_COUNT = 1 /* instructions of the driver alone */
};

/* Little-endian words, as machine.py packs them. */
struct guest_run {
    uint32_t magic;
    uint32_t level;   /* enum guest_level_number */
    uint32_t measure; /* enum guest_measure */
    uint32_t sleep;   /* 1: wait for an interrupt, 0: poll */
    uint32_t depth;   /* requests to a batch, all of them sent with one kick */
    uint32_t bytes;   /* of a request */
    uint32_t batches;
    uint32_t sectors;                 /* of the disk, a power of 2 */
    uint32_t check;                   /* 1: the blocks of the disk are stamped */
    uint32_t want[VWR_FEATURE_WORDS]; /* features that are wanted, and needed, besides VERSION_1 */
};

/* The same interval by two clocks of different units. */
struct guest_count {
    uint64_t instructions; /* by the performance monitor */
    uint64_t ticks;        /* by the timer */
};

struct guest_result {
    uint64_t done;             /* requests that came back well */
    uint64_t ticks;            /* rate: for all of it, waiting included */
    uint64_t notifications;    /* rate: kicks that had to notify */
    struct guest_count submit; /* count: from before the first submit of a batch to after its kick */
    struct guest_count reap;   /* count: to take a batch back that is there already */
    struct guest_count empty;  /* count: as many empty intervals */
    uint64_t counted;          /* count: requests that the three above are of */
};

/* A driver: prepares itself for the disk, then does what the run says. */
struct guest_level {
    const char *name;
    void *(*prepare)(const struct guest_run *r, uint16_t size); /* of its queue; answers the driver */
    void (*run)(const struct guest_run *r, void *driver, struct guest_result *result);
};

extern const struct guest_level guest_hand;
extern const struct guest_level guest_ring;

/* The disk, as the scan found it. */
struct vwr_mmio *guest_disk(void);

/* Where request i of a batch reads to: + i * bytes. */
uint8_t *guest_buffers(void);

/* Zeroed memory, page-aligned, never freed. */
void *guest_memory(size_t bytes);

/* Ends the run with a word; `why` may have more to say, or be NULL. */
_Noreturn void guest_fail(const char *what, const char *why);

/* Ends the run: it cannot be measured, which is no failure. */
_Noreturn void guest_leave_out(const char *what, const char *why);

/*
 * Interrupts are masked but inside of these: sleeps until one is pending, which ends the sleep although it
 * is masked; lets pending ones in.
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
