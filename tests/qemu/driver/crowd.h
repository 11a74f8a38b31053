/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_CROWD_H
#define VWR_QEMU_CROWD_H

#include "disk.h"
#include "pattern.h"

/*
 * 32 requests in flight at once, half of them reads, half writes, and a book of who owns which:
 * what is in flight, what has come back, and that nothing comes back twice, or before the device has
 * let go of it. For the cases in which the device fails in the middle of them.
 *
 *     crowd_begin(&c, &setup);
 *     crowd_send(&c);
 *     crowd_stop(&c, VWR_ETIMEOUT);        whatever made the device fail has happened
 *     crowd_recover(&c);
 *     crowd_finish(&c);                    all have come back, and all are on the disk
 *     crowd_end(&c, false);
 */

#define CROWD 32u
#define CROWD_SECTORS 8u /* of one request */
#define CROWD_QUEUE 128u
#define CROWD_WRITES 512u /* the sector from which on there are the writes; before it 'A' is read */

struct crowd_setup {
    bool legacy;
    unsigned kind;                   /* of queue (disk.h) */
    const struct vwr_replay *replay; /* NULL: requests are returned */
    uint8_t queues;                  /* 1 or 2 */
    const char *drive;
};

struct crowd_member {
    struct vwr_blk_req req;
    struct vwr_vec part[2]; /* the second may be empty */
    uint64_t sector;
    bool in;
    bool in_flight;
    bool untouched; /* a read that the device cannot have begun: its memory is as it was */
    bool returned;  /* it came back undone, and its memory is in other use */
};

struct crowd {
    struct disk d;
    struct crowd_setup setup;
    struct vwr_blk_requestq second;
    struct vwr_blk_more more;
    _Alignas(8) uint8_t second_own[VWR_BLK_OWN_BYTES(CROWD_QUEUE, CROWD)];
    struct crowd_member member[CROWD];
    struct crowd_member spare; /* never accepted */
    unsigned in_flight;
    vwr_count replayed; /* as the driver counted when a recovery began */
    vwr_count given_back;
    int why;  /* the disk was stopped */
    char tag; /* of what the writes of this pass write; the letter before is on the disk */
};

void crowd_begin(struct crowd *c, const struct crowd_setup *setup);
void crowd_end(struct crowd *c, bool complaining);

/* The next pass: submits all, and notifies the device, of queue 0 last. */
void crowd_send(struct crowd *c);

/* Member `n` of those in a queue, in the order in which they go into it. */
struct crowd_member *crowd_at(struct crowd *c, unsigned queue, unsigned n);

/* One poll of each queue; negative: the disk is stopped. */
int crowd_reap(struct crowd *c);

/* Looks until so many are still out; no deadline passes meanwhile. */
void crowd_reap_until(struct crowd *c, unsigned in_flight);

/* Waits until the disk is stopped, which has to be for the reason `why`. */
void crowd_stop(struct crowd *c, int why);

/* Each queue says that the disk is stopped when what it was answered before is taken. */
void crowd_take_rest(struct crowd *c);

/* The member has come back by another way than crowd_reap. */
void crowd_arrived(struct crowd *c, struct vwr_blk_req *r);

/* While the disk is stopped: nothing comes back, nothing goes in, what is in flight stays in flight. */
void crowd_check_in_flight(struct crowd *c);

/* Steps through the recovery, with a check of all of this after each step. */
void crowd_recover(struct crowd *c);

/* Before a recovery that somebody else steps through, and behind it. */
void crowd_expect_replay(struct crowd *c);
void crowd_recovered(struct crowd *c, unsigned in_flight);

/* Waits for all that are out; what was returned undone is asked for again. Then the disk works as ever. */
void crowd_finish(struct crowd *c);

#endif
