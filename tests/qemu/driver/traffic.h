/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_TRAFFIC_H
#define VWR_QEMU_TRAFFIC_H

#include "vwr/blk.h"

#include "pattern.h"

/*
 * Random requests to some queues of a disk, many in flight at once, and a model of what is on
 * the disk: each byte that is read is compared. Two requests that are out at the same time have
 * no sector in common unless both read, for their order is the device's. What a discard leaves
 * behind is unknown until it is written anew. The same seed makes the same choices, as far as
 * the device answers at the same time.
 */

#define TRAFFIC_SECTORS 1024u
#define TRAFFIC_QUEUES 4u
#define TRAFFIC_REQUESTS 96u /* objects, of all queues */

struct traffic_req;

struct traffic {
    struct vwr_blk *blk;
    unsigned first_queue;
    unsigned queues;
    uint32_t first_sector;
    uint32_t sectors;
    const char *id; /* what the disk says on GET_ID */
    /*
     * NULL, or called once a step, when all was sent for which there was room: what else happens in the
     * world. With `sleeps` a queue is reaped until it is empty, armed, and not polled again before `step`
     * answers that there was an interrupt.
     */
    bool (*step)(struct traffic *t);
    bool sleeps;
    /* private */
    bool asleep[TRAFFIC_QUEUES];
    uint64_t random;
    uint8_t model[TRAFFIC_SECTORS * SECTOR_BYTES];
    bool known[TRAFFIC_SECTORS];
    bool writing[TRAFFIC_SECTORS];
    unsigned reading[TRAFFIC_SECTORS];
    struct traffic_req *req[TRAFFIC_REQUESTS];
    unsigned out;
    /* counted */
    unsigned sent;
    unsigned armed;
    unsigned full;        /* found no room and were sent later */
    unsigned of_type[32]; /* by type of request */
    unsigned out_most[TRAFFIC_QUEUES];
    unsigned out_now[TRAFFIC_QUEUES];
};

/* The model is a disk of pattern 'A'; all queues of `sectors` from `first_sector` on are its own. */
void traffic_init(struct traffic *t, uint64_t seed, uint32_t first_sector, uint32_t sectors);

/* Another opening of the disk, with what it had before; memory of its requests is guest RAM. */
void traffic_begin(struct traffic *t, struct vwr_blk *blk, unsigned first_queue, unsigned queues);

/* Sends `count` more requests, and waits until all have come back. */
void traffic_run(struct traffic *t, unsigned count);

/* Sends them and does not wait, so that some are in flight. */
void traffic_leave(struct traffic *t, unsigned count);

/* The disk was closed: requests that were in flight have come back, done or not. */
void traffic_lost(struct traffic *t);

/* Writes what is unknown, so that all is known. Answers how many requests that took. */
unsigned traffic_write_unknown(struct traffic *t);

/* The sectors in `disk`, from the first of the whole disk on, are what they have to be. */
void traffic_compare(const struct traffic *t, const uint8_t *disk);

/* Its sectors as they have to be now, at their place in a file. */
void traffic_save(const struct traffic *t, const char *file);

/* Waits for what is out, and gives the requests back. */
void traffic_end(struct traffic *t);

#endif
