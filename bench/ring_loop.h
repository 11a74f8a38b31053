/* SPDX-License-Identifier: MIT */
#ifndef BENCH_RING_LOOP_H
#define BENCH_RING_LOOP_H

#include "harness.h"
#include "mix/steps.h"
#include "vwr/gen/blk.h"

/*
 * The loop of a minimal driver on top of a ring, for requests of any form, and the driver's slots. A slot
 * contains the header, which is written for each request, and the status, which is read. The lists of data
 * segments were prepared before.
 */

struct ring_request {
    uint32_t type;  /* VWR_BLK_T_* */
    uint32_t count; /* segments of the data; 0: none */
    bool in;        /* the device writes them */
    uint64_t sector;
    const struct vwr_vec *vecs;
    void *list; /* the same in the form of the ring */
};

/* All requests of a run; for a recording, those of a pass. */
struct ring_work {
    struct ring_request *request;
    uint32_t requests;
    const struct mix_step *step; /* of a record; NULL: batches */
    uint32_t steps;
    void (*complete)(const struct mix_event *e); /* completes requests up to the end of a step */
};

/* The requests in the form of the run (ring_work.c) or of a recording (mix/disk_ring.c), without lists. */
struct ring_work ring_work(const struct bench_run *r);

struct ring_slot {
    struct ring_slot *next;
    struct vwr_blk_req_out *out;
    struct vwr_blk_req_in *in;
};

struct ring_shared {
    struct vwr_blk_req_out out;
    struct vwr_blk_req_in in;
    uint8_t pad[15];
};

/*
 * Allocates this many slots of `bytes` bytes, each of which begins with a struct ring_slot. Returns the free
 * list.
 */
static inline struct ring_slot *ring_slots(uint32_t count, size_t bytes)
{
    uint8_t *const memory = bench_memory(bytes * count);
    struct ring_shared *const shared = bench_memory(sizeof(*shared) * count);
    struct ring_slot *free = NULL;

    for (uint32_t i = count; i-- > 0;) {
        struct ring_slot *const s = (void *)(memory + bytes * i);

        *s = (struct ring_slot){free, &shared[i].out, &shared[i].in};
        free = s;
    }
    return free;
}

/* Takes a slot, and writes the header. */
VWR_ALWAYS_INLINE struct ring_slot *ring_take(struct ring_slot **free, const struct ring_request *q)
{
    struct ring_slot *const s = *free;

    if (s == NULL)
        bench_fail("no free slot");
    *free = s->next;
    s->out->type = q->type;
    s->out->reserved = 0;
    s->out->sector = q->sector;
    s->in->status = 0xff;
    return s;
}

/* Checks the status of a completed request, and frees the slot. */
VWR_ALWAYS_INLINE void ring_give(struct ring_slot **free, struct ring_slot *s)
{
    if (*(volatile uint8_t *)&s->in->status != VWR_BLK_S_OK)
        bench_fail("status");
    s->next = *free;
    *free = s;
}

/* Constant in each use of the loop, so no call is indirect. */
struct ring_calls {
    void (*submit)(void *driver, const struct ring_request *q);
    void (*kick)(void *driver);
    void (*reap)(void *driver, uint32_t count);
};

VWR_ALWAYS_INLINE uint64_t ring_batches(const struct bench_run *r, const struct ring_work *work,
                                        const struct ring_calls *calls, void *driver, uint32_t depth)
{
    const struct ring_request *q = work->request;

    for (uint32_t batch = r->batches; batch > 0; batch--) {
        for (uint32_t n = 0; n < depth; n++)
            calls->submit(driver, q++);
        calls->kick(driver);
        calls->reap(driver, depth);
    }
    return (uint64_t)(q - work->request);
}

/* The same for a recording, which is repeated for each batch. */
VWR_ALWAYS_INLINE uint64_t ring_steps(const struct bench_run *r, const struct ring_work *work,
                                      const struct ring_calls *calls, void *driver)
{
    const struct mix_step *const end = work->step + work->steps;
    uint64_t done = 0;

    for (uint32_t pass = r->batches; pass > 0; pass--) {
        const struct ring_request *q = work->request;

        for (const struct mix_step *s = work->step; s != end; s++) {
            for (uint32_t n = s->submits; n > 0; n--)
                calls->submit(driver, q++);
            if (s->kicks)
                calls->kick(driver);
            if (s->reaps != 0) {
                work->complete(s->events);
                calls->reap(driver, s->reaps);
                done += s->reaps;
            }
        }
    }
    return done;
}

/* A depth of 1 is a constant, as in hand.h. */
VWR_ALWAYS_INLINE uint64_t ring_loop(const struct bench_run *r, const struct ring_work *work,
                                     const struct ring_calls *calls, void *driver)
{
    if (work->step != NULL)
        return ring_steps(r, work, calls, driver);
    if (r->depth == 1)
        return ring_batches(r, work, calls, driver, 1);
    return ring_batches(r, work, calls, driver, r->depth);
}

#endif
