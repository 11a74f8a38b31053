/* SPDX-License-Identifier: MIT */
#ifndef HOSTILE_DISK_H
#define HOSTILE_DISK_H

#include "late.h"

#include "vwr/gen/mmio.h"
#include "vwr/vblk.h"

/*
 * Common parts of disk_*.c: a disk in slot 0, whose window is in the middle of a backend that behaves as
 * requested, and requests composed segment by segment.
 */

#define DISK_SECTORS 64u /* sectors of the backend */
#define DISK_FIRST 16u   /* first sector of the window */
#define DISK_WINDOW 32u  /* sectors of the window */
#define DISK_REQS 4u
#define DISK_SEGS 20u
#define DISK_LIMIT 12u /* maximum sectors of a discard or write zeroes range */
#define DISK_MANY 8u
#define SECTOR VWR_BLK_SECTOR_BYTES
#define WRITE ((unsigned)VWR_VIRTQ_DESC_F_WRITE)

/* Segments in guest memory: each on a separate page, with STATUS at the end of a page. */
#define AT(n) (GUEST_DATA + 0x600 * (uint64_t)(n))
#define HEAD AT(0)
#define DATA AT(1)
#define STATUS (AT(0) - 1)
#define POISON 0xa5

struct disk {
    struct vwr_vblk blk;
    struct vwr_vblk_backend backend;
    struct vwr_vblk_req req[DISK_REQS];
    struct vwr_vseg seg[DISK_REQS * DISK_SEGS];
    uint8_t *at; /* between guard pages */
    bool later;
    int result;    /* result of the next requests */
    uint32_t part; /* number of bytes that a failing read transfers */
    unsigned room;
    struct vwr_vblk_req *out[DISK_MANY];
    uint64_t ticket[DISK_MANY];
    unsigned out_count;
    struct vwr_vblk_req *kept[LATE_KEPT]; /* in cases of late answers */
    uint64_t kept_ticket[LATE_KEPT];
    unsigned keeps;
    unsigned submits;
    uint32_t type; /* of the last request that reached the backend */
};

extern const struct hostile_device disk_device;

static inline struct disk *disk_in(const struct guest *g)
{
    return g->device;
}

/* Writes the header at HEAD, and poison from DATA on and at STATUS. */
void disk_head(struct guest *g, uint32_t type, uint64_t sector);

/* Adds the buffer to queue 0 and notifies. Returns used.len, or -1 if it did not complete. */
int64_t disk_send(struct guest *g, const struct guest_desc *segment, unsigned segments);

/* Header, `bytes` of data at DATA, status. */
int64_t disk_ask(struct guest *g, uint32_t type, uint64_t sector, uint32_t bytes, bool in);

/* Checks the answer: used.len, the status, and that only a successful request reached the backend. */
void disk_says(struct guest *g, int64_t got, int64_t len, uint8_t status);
void disk_not_asked(struct guest *g);

/*
 * Checks that a read returned this many bytes, starting at `sector` of the window, and left the following
 * bytes
 * unchanged.
 */
void disk_has_read(struct guest *g, uint64_t addr, uint64_t sector, uint32_t bytes);
bool disk_is_poison(struct guest *g, uint64_t addr, uint32_t bytes);

/* Returns whether the backend has its initial content. */
bool disk_is_untouched(struct guest *g);

/* Completes request out[at]. */
void disk_end(struct guest *g, unsigned at, int result);

#define CASES(name, ...)                              \
    const struct hostile_case name[] = {__VA_ARGS__}; \
    const unsigned name##_count = sizeof(name) / sizeof(name[0])

extern const struct hostile_case cases_forms[], cases_values[], cases_late[];
extern const unsigned cases_forms_count, cases_values_count, cases_late_count;

#endif
