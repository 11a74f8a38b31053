/* SPDX-License-Identifier: MIT */
#ifndef BENCH_DISK_H
#define BENCH_DISK_H

#include "harness.h"

/* Between the files of the disk, and main; nothing for a measured driver. */

/* The most segments that a request may come in: header, data and status, and the header in two. */
#define DISK_SEGMENTS 4u

/* One request as the rings have it. */
struct disk_chain {
    unsigned count;
    struct disk_segment {
        uint64_t addr;
        uint32_t len;
        bool in; /* for the disk to write */
    } segment[DISK_SEGMENTS];
};

struct disk_queue {
    struct bench_ring ring; /* without a size while there is none */
    uint16_t next;          /* split: the next available entry, counting on; packed: the next descriptor */
    uint16_t first;         /* split, IN_ORDER: where the next chain has to begin */
    bool wrap;              /* packed: the wrap counter at `next` */
    uint32_t notifications;
};

/* What main prints and compares. */
struct disk_counts {
    uint64_t requests;
    uint64_t notifications;
    uint64_t reads; /* of registers */
};

void disk_set_up(const struct bench_run *r);
const struct disk_counts *disk_counts(void);

/* Ends the program unless the driver takes all features of the run, in all of its queues. */
void disk_check_features(const struct bench_run *r);

/* Ends the program unless the queues had the same share, give or take a batch. */
void disk_check_shares(void);

/* What the disk has from `sector` on. */
const uint8_t *disk_medium(uint64_t sector);

/* For the rings: one more segment; then the request, which has to be the one that comes next. */
void disk_add(struct disk_chain *c, uint64_t addr, uint32_t len, bool in);
void disk_serve(const struct disk_chain *c);

/* disk_pci.c: is a register one of the function's, and which one of MMIO is it? */
#define DISK_NO_REGISTER VWR_MMIO_CONFIG_GENERATION
bool disk_pci_has(const volatile void *reg);
size_t disk_pci_register(const volatile void *reg, bool write);

static inline bool disk_has(const struct disk_queue *q, unsigned feature)
{
    return vwr_features_have(&q->ring.features, feature);
}

/* A ring that the disk has just been given; then everything in it that is available. */
void disk_split_begin(struct disk_queue *q);
void disk_split_run(struct disk_queue *q);
void disk_packed_begin(struct disk_queue *q);
void disk_packed_run(struct disk_queue *q);

#endif
