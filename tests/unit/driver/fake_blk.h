/* SPDX-License-Identifier: MIT */
#ifndef FAKE_BLK_H
#define FAKE_BLK_H

#include "fake_ring.h"
#include "vwr/gen/blk.h"

/*
 * A disk behind the fake device, over a byte array: it answers every type of request as the
 * specification says (fake_zones.c has the zones), as far as the feature was negotiated, fails a test
 * whose driver frames a request wrongly, and notes what it was asked for. On demand it keeps
 * requests to itself, answers them in any order, and breaks the protocol.
 */
#define FAKE_DISK_SECTORS 256u
#define FAKE_REQUESTS 256
#define FAKE_RANGES 256
#define FAKE_HELD 96
#define FAKE_JOB_SEGMENTS 40
#define FAKE_ZONES 8u
#define FAKE_ZONE_SECTORS (FAKE_DISK_SECTORS / FAKE_ZONES)
#define FAKE_ZONE_CAPACITY (FAKE_ZONE_SECTORS - 8u) /* usable, of a sequential zone */

#define FAKE_DISCARDED 0xdd /* what a sector reads as that was given back, */
#define FAKE_ERASED 0xee    /* or erased */

struct fake_request {
    uint32_t type;
    uint64_t sector;
    uint32_t bytes;    /* of data */
    unsigned segments; /* of data */
    uint32_t largest;  /* segment of data */
    unsigned queue;
    bool table; /* it came in an indirect table */
};

/* A range that a request asked for, of those that were carried out. */
struct fake_range {
    uint32_t type;
    uint64_t sector;
    uint32_t sectors;
    bool unmap;
};

struct fake_zone {
    uint64_t start;
    uint64_t capacity;
    uint64_t write_pointer;
    uint8_t type;
    uint8_t state;
};

/* A request at the device. */
struct fake_job {
    unsigned queue;
    uint16_t head;
    unsigned count;
    struct fake_segment segment[FAKE_JOB_SEGMENTS];
    struct fake_request request;
};

struct fake_blk {
    uint8_t data[FAKE_DISK_SECTORS * VWR_BLK_SECTOR_BYTES];
    char id[VWR_BLK_GET_ID_BYTES];
    bool has_id;
    uint16_t lifetime[3]; /* as the struct has them, in the order of the host */
    struct fake_zone zone[FAKE_ZONES];
    bool hold; /* requests are taken and kept: fake_blk_answer */
    unsigned held_count;
    struct fake_job held[FAKE_HELD]; /* the oldest first */
    unsigned resets;                 /* of the device, that have been noticed */
                                     /* against the specification */
    bool has_status;                 /* each status byte is `status` */
    uint8_t status;
    bool no_status;     /* the status byte is not written */
    bool no_data;       /* nor are the data */
    bool mute;          /* nothing is answered, nor taken */
    uint32_t used_more; /* added to the length in the used entry */
    bool has_zones;     /* each report and append says... */
    uint64_t zones;     /* so many zones */
    uint64_t append_sector;

    unsigned count;
    struct fake_request request[FAKE_REQUESTS];
    unsigned range_count;
    struct fake_range range[FAKE_RANGES];
};

/* Makes `disk` the back end of `f`: a pattern as data, capacity in the configuration. */
void fake_blk_attach(struct fake *f, struct fake_blk *disk);

/* Offers features, with limits in the configuration; 0 where a limit is not to be said. */
struct fake_limits {
    uint32_t sectors;
    uint32_t ranges;
    uint32_t alignment;
};
void fake_blk_offer_discard(struct fake *f, struct fake_limits limits);
void fake_blk_offer_write_zeroes(struct fake *f, struct fake_limits limits, bool may_unmap);
void fake_blk_offer_secure_erase(struct fake *f, struct fake_limits limits);
void fake_blk_offer_lifetime(struct fake *f);

/* A host-managed disk: a conventional zone, then sequential ones. 0: no limit. */
struct fake_zone_limits {
    uint32_t open;
    uint32_t active;
    uint32_t append_sectors;
};
void fake_blk_offer_zones(struct fake *f, struct fake_zone_limits limits);

/* Serves all that is available; what QueueNotify calls. */
void fake_blk_serve(struct fake *f, uint32_t queue);

/* Carries out and answers held request number `at`, 0 the oldest. */
void fake_blk_answer(struct fake *f, unsigned at);
void fake_blk_answer_all(struct fake *f);

/* The queue was reset: what is held of it is not answered any more. */
void fake_blk_drop(struct fake *f, unsigned queue);

/* What byte `at` of the disk holds at first. */
uint8_t fake_blk_pattern(uint64_t at);

/* ---- between fake_blk.c and fake_zones.c ---- */

/* Moves data between the segments and `bytes` bytes at `data`; answers what was written into the segments. */
uint32_t fake_job_move(const struct fake_job *job, void *data, uint32_t bytes);

/* Carries out a request about zones, or one that a zone has a word in (OUT). */
uint8_t fake_zones_execute(struct fake *f, struct fake_blk *disk, const struct fake_job *job,
                           uint32_t *written, uint64_t *append_sector);
uint8_t fake_zones_check_write(const struct fake *f, struct fake_blk *disk, const struct fake_request *r);
uint8_t fake_zones_check_read(const struct fake_blk *disk, const struct fake_request *r);
void fake_zones_wrote(struct fake_blk *disk, uint64_t sector, uint32_t bytes);
bool fake_has_zones(const struct fake *f);
void fake_zones_reset(struct fake_blk *disk, uint64_t sector, uint64_t sectors);

#endif
