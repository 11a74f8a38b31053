/* SPDX-License-Identifier: MIT */
#ifndef BENCH_MIX_HAND_MIX_H
#define BENCH_MIX_HAND_MIX_H

#include "../hand.h"
#include "vwr/request.h"
#include "vwr/result.h"

/* The yardstick of the recorded mix: see hand_mix.c. */

#define HAND_MIX_SEGMENTS 126u

struct hand_mix_shared;

/* A request, in private memory. Header, status byte and table are bound to it for good. */
struct hand_mix_req {
    uint32_t type;
    uint32_t count; /* of vecs */
    uint64_t sector;
    const struct vwr_vec *vecs;
    void *token; /* of the caller */
    int result;
    uint32_t written;
    /* private */
    bool out;      /* in flight */
    uint8_t in;    /* the device writes the data */
    uint16_t head; /* with tables bound to it */
    uint16_t tail;
    uint16_t descriptors;
    uint32_t bytes;
    struct hand_mix_shared *shared;
};

struct hand_mix {
    int stopped; /* VWR_OK, or the error */
    bool tables;
    uint32_t block_mask; /* block size - 1 */
    uint64_t sectors;
    uint64_t sectors_moved[2]; /* by type: read, written */
    uint64_t errors, clamped, others;
    struct hand_split split;
    struct hand_mix_req **request; /* by head */
    uint16_t *link;                /* next descriptor, of free ones and of chains */
    uint32_t free_head;
    uint32_t free; /* descriptors */
};

/* Opens the disk for `count` requests; with tables if it has the feature. */
struct hand_mix *hand_mix_open(const struct bench_run *r, uint64_t sectors, struct hand_mix_req *req,
                               unsigned count);
VWR_MUST_CHECK int hand_mix_submit(struct hand_mix *b, struct hand_mix_req *r);
VWR_MUST_CHECK int hand_mix_reap(struct hand_mix *b, struct hand_mix_req **done, unsigned budget);

static inline bool hand_mix_kick(struct hand_mix *b)
{
    hand_split_kick(&b->split);
    return true;
}

#endif
