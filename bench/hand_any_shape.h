/* SPDX-License-Identifier: MIT */
#ifndef BENCH_HAND_ANY_SHAPE_H
#define BENCH_HAND_ANY_SHAPE_H

#include "hand.h"

/*
 * The yardsticks for requests of any shape: a driver as a good engineer writes it for a project of
 * his own, with a ring that takes an array of segments, and a disk on it that has a pool of requests.
 * Its ring (hand_any_shape.c, hand_packed_any_shape.c) is compiled with its disk and the loop.
 *
 * What the ring does: takes descriptors from a free list, or buffer ids, describes each segment anew,
 * keeps what it has to remember where the device cannot reach it (token, number of descriptors, links),
 * publishes a batch behind a barrier, checks that a used id is in range and in flight, gives token
 * and length back and the descriptors to the list. How many segments there are of each
 * direction is known at run time only.
 *
 * What it leaves out, of what vwr_queue_add has to do: a segment of 0 bytes, 2^32 bytes and more,
 * a used length beyond what the device may write, a token that is in flight already, a queue that is
 * stopped and says why, indirect tables, in order, the legacy byte order, statistics; and all that
 * hand_minimal.c leaves out but the shape, the segments and the length.
 */

struct hand_seg {
    uint64_t addr;
    uint32_t len;
};

/* What the device sees of a request besides its data. */
struct hand_shared {
    struct vwr_blk_req_out out;
    struct vwr_blk_req_in in;
    uint8_t pad[15];
};

struct hand_request {
    struct hand_shared *shared;
    struct hand_request *next; /* free */
    struct hand_seg seg[3];
    uint32_t written; /* as the device says */
};

struct hand_pool {
    struct hand_request *free;
    unsigned out, in; /* segments of a request */
};

static inline void hand_pool_set_up(struct hand_pool *p, const struct bench_run *r)
{
    const unsigned count = r->queue_size / (r->out + r->in);
    struct hand_request *request = bench_memory(sizeof(*request) * count);
    struct hand_shared *shared = bench_memory(sizeof(*shared) * count);

    for (unsigned i = 0; i < count; i++) {
        request[i].shared = &shared[i];
        request[i].seg[0] = (struct hand_seg){(uintptr_t)&shared[i].out, sizeof(shared[i].out)};
        request[i].seg[2] = (struct hand_seg){(uintptr_t)&shared[i].in, sizeof(shared[i].in)};
        request[i].next = i + 1u < count ? &request[i + 1u] : NULL;
    }
    p->free = request;
    p->out = r->out;
    p->in = r->in;
}

/* A request with its header and its data, from the pool; NULL: there is none. */
static inline struct hand_request *hand_pool_take(struct hand_pool *p, uint64_t sector, uint64_t addr,
                                                  uint32_t bytes)
{
    struct hand_request *q = p->free;

    if (q == NULL)
        return NULL;
    p->free = q->next;
    hand_fill(&q->shared->out, &q->shared->in, sector);
    q->seg[1].addr = addr;
    q->seg[1].len = bytes;
    return q;
}

static inline void hand_pool_give(struct hand_pool *p, struct hand_request *q, uint32_t written)
{
    q->written = written;
    if (*(volatile uint8_t *)&q->shared->in.status != VWR_BLK_S_OK)
        bench_fail("status");
    q->next = p->free;
    p->free = q;
}

#endif
