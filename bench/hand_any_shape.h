/* SPDX-License-Identifier: MIT */
#ifndef BENCH_HAND_ANY_SHAPE_H
#define BENCH_HAND_ANY_SHAPE_H

#include "hand.h"

/*
 * The yardsticks for requests of any shape: a driver as a good engineer would write it for his own project.
 * The ring takes an array of segments; the disk on top of it has a pool of requests. The ring
 * (hand_any_shape.c, hand_packed_any_shape.c) is compiled together with its disk and the loop.
 *
 * The ring takes descriptors from a free list, or buffer IDs; writes each descriptor anew; keeps its state
 * (token, number of descriptors, links) in private memory; publishes a batch after a barrier; checks that a
 * used id is in range and in flight; returns token and written length, and frees the descriptors. The number
 * of segments in each direction is known at run time only.
 *
 * It leaves out, of what vwr_queue_add does: segments of 0 bytes, 2^32 bytes and more, a used length larger
 * than the writable part, a token that is in flight already, a stopped queue and its reason, indirect tables,
 * in order, the legacy byte order, statistics. It also leaves out what hand_minimal.c does, except for shape,
 * segments and length.
 */

struct hand_seg {
    uint64_t addr;
    uint32_t len;
};

/* Shared memory of a request besides its data. */
struct hand_shared {
    struct vwr_blk_req_out out;
    struct vwr_blk_req_in in;
    uint8_t pad[15];
};

struct hand_request {
    struct hand_shared *shared;
    struct hand_request *next; /* next free request */
    struct hand_seg seg[3];
    uint32_t written; /* used length */
};

struct hand_pool {
    struct hand_request *free;
    unsigned out, in; /* segments per request */
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

/* Takes a request from the pool and sets header and data; NULL: the pool is empty. */
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
