/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_CROWD_H
#define VWR_QEMU_CROWD_H

#include "disk.h"
#include "pattern.h"

/*
 * 32 requests in flight, half of them reads, half writes, with a record of their owners: which are in flight,
 * which have completed, and that none completes twice, or before the device has released it. For cases in
 * which the device fails while they are in flight.
 *
 *     crowd_begin(&c, &setup);
 *     crowd_send(&c);
 *     crowd_stop(&c, VWR_ETIMEOUT);        the device has failed
 *     crowd_recover(&c);
 *     crowd_finish(&c);                    all have completed, and all are on the disk
 *     crowd_end(&c, false);
 */

#define CROWD 32u
#define CROWD_SECTORS 8u /* sectors of one request */
#define CROWD_QUEUE 128u
#define CROWD_WRITES 512u /* first sector of the writes; the sectors before it contain 'A' */

struct crowd_setup {
    bool legacy;
    unsigned kind;  /* kind of queue (disk.h) */
    bool replay;    /* false: requests are returned */
    uint8_t queues; /* 1 or 2 */
    const char *drive;
};

struct crowd_member {
    struct vwr_blk_req req;
    struct vwr_vec part[2]; /* the second may be empty */
    uint64_t sector;
    bool in;
    bool in_flight;
    bool untouched; /* a read that the device cannot have started, so its memory must be unchanged */
    bool returned;  /* completed without being executed; its memory is reused */
};

struct crowd {
    struct disk d;
    struct crowd_setup setup;
    struct vwr_blk_requestq second;
    struct vwr_blk_more more;
    _Alignas(8) uint8_t second_own[VWR_BLK_OWN_BYTES(DISK_QUEUE_MOST, CROWD)];
    struct crowd_member member[CROWD];
    struct crowd_member spare; /* never accepted */
    unsigned in_flight;
    vwr_count replayed; /* the driver's count when a recovery started */
    vwr_count given_back;
    int why;  /* reason why the disk was stopped */
    char tag; /* tag of this pass's writes; the disk contains the preceding letter */
};

void crowd_begin(struct crowd *c, const struct crowd_setup *setup);
void crowd_end(struct crowd *c, bool complaining);

/* Starts the next pass: submits all requests, and notifies the device, for queue 0 last. */
void crowd_send(struct crowd *c);

/* Member `n` of a queue, in the order of submission. */
struct crowd_member *crowd_at(struct crowd *c, unsigned queue, unsigned n);

/* Polls each queue once; negative: the disk is stopped. */
int crowd_reap(struct crowd *c);

/* Polls until only this many are in flight; no timeout expires meanwhile. */
void crowd_reap_until(struct crowd *c, unsigned in_flight);

/* Waits until the disk is stopped, and checks that `why` is the reason. */
void crowd_stop(struct crowd *c, int why);

/* Checks that each queue reports the stop after the completed requests have been taken. */
void crowd_take_rest(struct crowd *c);

/* Records a member that completed in a way other than through crowd_reap. */
void crowd_arrived(struct crowd *c, struct vwr_blk_req *r);

/* Checks a stopped disk: nothing completes, nothing is accepted, and requests in flight stay in flight. */
void crowd_check_in_flight(struct crowd *c);

/* Steps through the recovery, and makes the checks above after each step. */
void crowd_recover(struct crowd *c);

/* For recoveries that other code steps through: to be called before and after. */
void crowd_expect_replay(struct crowd *c);
void crowd_recovered(struct crowd *c, unsigned in_flight);

/* Waits for all requests in flight, and sends returned ones again. Afterwards the disk works normally. */
void crowd_finish(struct crowd *c);

#endif
