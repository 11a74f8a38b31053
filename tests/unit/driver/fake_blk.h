/* SPDX-License-Identifier: MIT */
#ifndef FAKE_BLK_H
#define FAKE_BLK_H

#include "fake_ring.h"
#include "vwr/gen/blk.h"

/*
 * A disk behind the fake device, over a byte array. It answers every negotiated type of request as the
 * specification requires (fake_zones.c implements the zones), fails a test whose driver frames a request
 * wrongly, and records the requests. On demand it holds requests back, answers them in any order, and breaks
 * the protocol.
 */
#define FAKE_DISK_SECTORS 256u
#define FAKE_REQUESTS 256
#define FAKE_RANGES 256
#define FAKE_HELD 96
#define FAKE_JOB_SEGMENTS 40
#define FAKE_ZONES 8u
#define FAKE_ZONE_SECTORS (FAKE_DISK_SECTORS / FAKE_ZONES)
#define FAKE_ZONE_CAPACITY (FAKE_ZONE_SECTORS - 8u) /* usable sectors of a sequential zone */

#define FAKE_DISCARDED 0xdd /* contents of a discarded sector, */
#define FAKE_ERASED 0xee    /* and of an erased one */

struct fake_request {
    uint32_t type;
    uint64_t sector;
    uint32_t bytes;    /* data bytes */
    unsigned segments; /* data segments */
    uint32_t largest;  /* size of the largest data segment */
    unsigned queue;
    bool table; /* arrived in an indirect table */
};

/* A range of a request, recorded when it was carried out. */
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

/* A request that the device has taken. */
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
    uint16_t lifetime[3]; /* fields in struct order, in host byte order */
    struct fake_zone zone[FAKE_ZONES];
    bool hold; /* takes requests but holds them until fake_blk_answer */
    unsigned held_count;
    struct fake_job held[FAKE_HELD]; /* oldest first */
    unsigned resets;                 /* device resets noticed so far */
                                     /* protocol violations */
    bool has_status;                 /* write `status` to each status byte */
    uint8_t status;
    bool no_status;     /* do not write the status byte */
    bool no_data;       /* do not write the data */
    bool mute;          /* neither take nor answer requests */
    uint32_t used_more; /* added to the length in the used entry */
    bool has_zones;     /* each report returns `zones`, and each append returns `append_sector` */
    uint64_t zones;
    uint64_t append_sector;

    unsigned count;
    struct fake_request request[FAKE_REQUESTS];
    unsigned range_count;
    struct fake_range range[FAKE_RANGES];
};

/* Makes `disk` the back end of `f`: fills it with a pattern and writes its capacity to the configuration. */
void fake_blk_attach(struct fake *f, struct fake_blk *disk);

/* Offers features, with limits in the configuration; 0: the device reports no limit. */
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

/* Serves all available requests; called on QueueNotify. */
void fake_blk_serve(struct fake *f, uint32_t queue);

/* Carries out and answers the held request with index `at`; 0 is the oldest. */
void fake_blk_answer(struct fake *f, unsigned at);
void fake_blk_answer_all(struct fake *f);

/* After a queue reset: discards the held requests of that queue. */
void fake_blk_drop(struct fake *f, unsigned queue);

/* Initial contents of byte `at` of the disk. */
uint8_t fake_blk_pattern(uint64_t at);

/* ---- between fake_blk.c and fake_zones.c ---- */

/* Moves data between the segments and `bytes` bytes at `data`; returns the number of bytes written to the
 * segments. */
uint32_t fake_job_move(const struct fake_job *job, void *data, uint32_t bytes);

/* Zone requests, and the effects of zones on reads and writes. */
uint8_t fake_zones_execute(struct fake *f, struct fake_blk *disk, const struct fake_job *job,
                           uint32_t *written, uint64_t *append_sector);
uint8_t fake_zones_check_write(const struct fake *f, struct fake_blk *disk, const struct fake_request *r);
uint8_t fake_zones_check_read(const struct fake_blk *disk, const struct fake_request *r);
void fake_zones_wrote(struct fake_blk *disk, uint64_t sector, uint32_t bytes);
bool fake_has_zones(const struct fake *f);
void fake_zones_reset(struct fake_blk *disk, uint64_t sector, uint64_t sectors);

#endif
