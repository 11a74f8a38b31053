/* SPDX-License-Identifier: MIT */
#ifndef FAKE_BLK_H
#define FAKE_BLK_H

#include "fake_ring.h"
#include "vwr/gen/blk.h"

/* A small honest disk behind the fake device, over a byte array, that notes what it was asked for. */
#define FAKE_DISK_SECTORS 256u
#define FAKE_REQUESTS 256

struct fake_request {
    uint32_t type;
    uint64_t sector;
    uint32_t bytes;   /* of data */
    unsigned pieces;  /* of data */
    uint32_t largest; /* piece of data */
};

struct fake_blk {
    uint8_t data[FAKE_DISK_SECTORS * VWR_BLK_SECTOR_BYTES];
    char id[VWR_BLK_GET_ID_BYTES];
    bool has_id;
    /* lies */
    bool has_status; /* each status byte is `status` */
    uint8_t status;
    bool no_status;     /* the status byte is not written */
    bool no_data;       /* nor are the data */
    bool mute;          /* nothing is answered */
    uint32_t used_more; /* added to the length in the used entry */

    unsigned count;
    struct fake_request request[FAKE_REQUESTS];
};

/* Makes `disk` the back end of `f`: a pattern as data, capacity in the configuration. */
void fake_blk_attach(struct fake *f, struct fake_blk *disk);

/* Serves all that is available; what QueueNotify calls. */
void fake_blk_serve(struct fake *f, uint32_t queue);

/* What byte `at` of the disk holds at first. */
uint8_t fake_blk_pattern(uint64_t at);

#endif
