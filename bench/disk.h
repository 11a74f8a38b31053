/* SPDX-License-Identifier: MIT */
#ifndef BENCH_DISK_H
#define BENCH_DISK_H

#include "harness.h"

/* Interface between the files of the disk, and main. Measured drivers do not use it. */

/* Max segments of a request: data, status, and a header in two segments. */
#define DISK_SEGMENTS (BENCH_SEGMENTS_MAX + 3u)

/* A request, as read from a ring. */
struct disk_chain {
    unsigned count;
    struct disk_segment {
        uint64_t addr;
        uint32_t len;
        bool in; /* written by the disk */
    } segment[DISK_SEGMENTS];
};

struct disk_queue {
    struct bench_ring ring; /* size 0: no ring */
    uint16_t next;          /* split: index of the next available entry; packed: next descriptor */
    uint16_t first;         /* split, IN_ORDER: required head of the next chain */
    bool wrap;              /* packed: the wrap counter at `next` */
    uint32_t notifications;
};

/* Counters that main prints and checks. */
struct disk_counts {
    uint64_t requests;
    uint64_t notifications;
    uint64_t reads; /* register reads */
};

void disk_set_up(const struct bench_run *r);
const struct disk_counts *disk_counts(void);

/* Ends the program unless the driver has accepted all features of the run, for all of its queues. */
void disk_check_features(const struct bench_run *r);

/* Ends the program unless all queues had the same number of batches, plus or minus one. */
void disk_check_shares(void);

/* Content of the disk from `sector` on. */
const uint8_t *disk_medium(uint64_t sector);

/*
 * For the rings. The first function adds a segment to a request. The second one serves the request, which
 * must be the next expected one, and returns the used length.
 */
void disk_add(struct disk_chain *c, uint64_t addr, uint32_t len, bool in);
uint32_t disk_serve(const struct disk_chain *c);

/* Whether the requests of a notification are used in reverse order. */
bool disk_reverses(void);

/*
 * disk_pci.c: whether a register is in the BAR of the PCI function, and the offset of the corresponding MMIO
 * register.
 */
#define DISK_NO_REGISTER VWR_MMIO_CONFIG_GENERATION
bool disk_pci_has(const volatile void *reg);
size_t disk_pci_register(const volatile void *reg, bool write);

static inline bool disk_has(const struct disk_queue *q, unsigned feature)
{
    return vwr_features_have(&q->ring.features, feature);
}

/* Start a new ring; serve all available requests. */
void disk_split_begin(struct disk_queue *q);
void disk_split_run(struct disk_queue *q);
void disk_packed_begin(struct disk_queue *q);
void disk_packed_run(struct disk_queue *q);

#endif
