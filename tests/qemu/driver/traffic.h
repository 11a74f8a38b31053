/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_TRAFFIC_H
#define VWR_QEMU_TRAFFIC_H

#include "vwr/blk.h"

#include "pattern.h"

/*
 * Random requests to queues of a disk, many of them in flight, and a model of the disk's content: each byte
 * read is compared. Requests in flight share no sector unless both read, because the device chooses their
 * order. Discarded sectors have unknown content until they are written again. The same seed makes the same
 * choices, as long as the device's timing is the same.
 */

#define TRAFFIC_SECTORS 1024u
#define TRAFFIC_QUEUES 4u
#define TRAFFIC_REQUESTS 96u /* objects for all queues */

struct traffic_req;

struct traffic {
    struct vwr_blk *blk;
    unsigned first_queue;
    unsigned queues;
    uint32_t first_sector;
    uint32_t sectors;
    const char *id; /* the disk's answer to GET_ID */
    /*
     * NULL, or a hook that is called once in each step, when everything that fits was sent. It simulates
     * other events. With `sleeps`, a queue is reaped until it is empty, its interrupt is enabled, and it is
     * not polled again before `step` reports an interrupt.
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
    /* statistics */
    unsigned sent;
    unsigned armed;
    unsigned full;        /* number of requests that found the queue full and were sent later */
    unsigned of_type[32]; /* by request type */
    unsigned out_most[TRAFFIC_QUEUES];
    unsigned out_now[TRAFFIC_QUEUES];
};

/* The model is a disk of pattern 'A'. It owns `sectors` sectors from `first_sector` on, on all its queues. */
void traffic_init(struct traffic *t, uint64_t seed, uint32_t first_sector, uint32_t sectors);

/* Continues with the content after another open of the disk; memory of requests is guest RAM. */
void traffic_begin(struct traffic *t, struct vwr_blk *blk, unsigned first_queue, unsigned queues);

/* Sends `count` more requests, and waits until all have completed. */
void traffic_run(struct traffic *t, unsigned count);

/* Sends them without waiting, so that some stay in flight. */
void traffic_leave(struct traffic *t, unsigned count);

/* Called when the disk was closed: all requests in flight have completed, whether executed or not. */
void traffic_lost(struct traffic *t);

/* Writes the unknown sectors, so that all are known. Returns the number of requests. */
unsigned traffic_write_unknown(struct traffic *t);

/* Compares `disk`, which starts with the first sector of the whole disk. */
void traffic_compare(const struct traffic *t, const uint8_t *disk);

/* Writes the expected sectors to their position in a file. */
void traffic_save(const struct traffic *t, const char *file);

/* Waits for requests in flight, and frees all requests. */
void traffic_end(struct traffic *t);

#endif
