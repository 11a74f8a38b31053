/* SPDX-License-Identifier: MIT */
#ifndef BENCH_HAND_BLK_H
#define BENCH_HAND_BLK_H

#include "hand_packed.h"
#include "vwr/result.h"

/* The yardstick of the class API: see hand_blk.c. */

struct hand_blk_shared;

/* A request, in private memory. Header, status byte and descriptors are bound to it for good. */
struct hand_blk_req {
    uint32_t type;
    int result;
    uint64_t sector;
    void *p;
    size_t bytes;
    void *token; /* of the caller */
    uint32_t written;
    uint8_t status;
    /* private */
    bool out;        /* in flight */
    uint16_t head;   /* first descriptor, or buffer ID */
    uint16_t number; /* avail.idx at submission: the age of the request, for a deadline */
    struct hand_blk_shared *shared;
    hand_half *data;       /* data descriptor */
    uint64_t rest;         /* constant part of the descriptor's upper 64 bits */
    uint64_t rest_of_last; /* the same of the last data descriptor, for hand_blk_segments_submit */
    /* public, for hand_blk_segments_submit */
    const struct vwr_vec *vecs; /* data, if the count is not 0; submitting then sets p or bytes */
    uint32_t vec_count;
};

static inline void hand_blk_fill(struct hand_blk_req *r, uint32_t type, uint64_t sector, void *p,
                                 size_t bytes)
{
    r->type = type;
    r->sector = sector;
    r->p = p;
    r->bytes = bytes;
}

/* A disk of one queue. */
struct hand_blk {
    int stopped; /* VWR_OK, or the error */
    uint32_t type_most;
    uint32_t block_mask; /* block size - 1 */
    uint32_t segment_bytes_max;
    uint64_t sectors;
    uint64_t bytes_most;       /* max size of a request: limited by segment and disk */
    uint64_t sectors_moved[2]; /* by type: read, written */
    uint64_t errors, clamped;
    struct hand_split split;
    struct hand_packed packed;
    struct hand_blk_req **request;    /* by head, buffer ID, or position */
    struct hand_blk_shared *position; /* in order: header and status by position */
    vwr_le16 batch_end;               /* in order: end of the batch of the last used entry */
    uint32_t batch_written;
    struct hand_blk_req *req;
    unsigned count;
    uint32_t segments_max; /* data descriptors of a request, if there are several */
};

struct hand_blk *hand_blk_split_open(const struct bench_run *r);
VWR_MUST_CHECK int hand_blk_split_submit(struct hand_blk *b, struct hand_blk_req *r);
VWR_MUST_CHECK int hand_blk_split_reap(struct hand_blk *b, struct hand_blk_req **done, unsigned budget);

struct hand_blk *hand_blk_packed_open(const struct bench_run *r);
VWR_MUST_CHECK int hand_blk_packed_submit(struct hand_blk *b, struct hand_blk_req *r);
VWR_MUST_CHECK int hand_blk_packed_reap(struct hand_blk *b, struct hand_blk_req **done, unsigned budget);

struct hand_blk *hand_blk_in_order_open(const struct bench_run *r);
VWR_MUST_CHECK int hand_blk_in_order_submit(struct hand_blk *b, struct hand_blk_req *r);
VWR_MUST_CHECK int hand_blk_in_order_reap(struct hand_blk *b, struct hand_blk_req **done, unsigned budget);

/* Both go with hand_blk_split_kick and hand_blk_split_reap. */
struct hand_blk *hand_blk_segments_open(const struct bench_run *r);
struct hand_blk *hand_blk_segments_indirect_open(const struct bench_run *r);
VWR_MUST_CHECK int hand_blk_segments_submit(struct hand_blk *b, struct hand_blk_req *r);

static inline bool hand_blk_split_kick(struct hand_blk *b)
{
    hand_split_kick(&b->split);
    return true;
}

static inline bool hand_blk_packed_kick(struct hand_blk *b)
{
    hand_packed_kick(&b->packed);
    return true;
}

#endif
