/* SPDX-License-Identifier: MIT */
#ifndef BENCH_CLASS_LOOP_H
#define BENCH_CLASS_LOOP_H

#include "harness.h"
#include "vwr/gen/blk.h"
#include "vwr/result.h"

/*
 * The loop of a caller with many requests in flight: it fills in free requests, submits them, kicks once,
 * reaps them and checks each result. The code is the same for our driver and for the yardstick (hand_blk.c).
 * The including file defines the types CLASS_QUEUE and CLASS_REQUEST; CLASS_COMMON(request), the structure
 * with `token` and `result`; and CLASS_FILL(request, type, sector, buffer, bytes). For requests of other
 * forms, there are CLASS_FILL_VECS(request, type, sector, vecs, count) and CLASS_FILL_RANGE(request, type,
 * sector, sectors).
 */

/* Constant in each use of the loop, so no call is indirect. */
struct class_calls {
    int (*submit)(CLASS_QUEUE *q, CLASS_REQUEST *r);
    bool (*kick)(CLASS_QUEUE *q);
    int (*reap)(CLASS_QUEUE *q, CLASS_REQUEST **done, unsigned budget);
};

/* Free requests are linked by their token. */
VWR_ALWAYS_INLINE void class_submit(const struct class_calls *calls, CLASS_QUEUE *q, CLASS_REQUEST **pool,
                                    uint64_t sector, uint8_t *buffer, uint32_t bytes)
{
    CLASS_REQUEST *const one = *pool;

    if (one == NULL)
        bench_fail("no free request");
    *pool = CLASS_COMMON(one)->token;
    CLASS_FILL(one, VWR_BLK_T_IN, sector, buffer, bytes);
    if (calls->submit(q, one) != VWR_OK)
        bench_fail("submit");
}

VWR_ALWAYS_INLINE void class_reap(const struct class_calls *calls, CLASS_QUEUE *q, CLASS_REQUEST **pool,
                                  uint32_t count)
{
    CLASS_REQUEST *done[BENCH_DEPTH_MAX];

    if (calls->reap(q, done, count) != (int)count)
        bench_fail("reap");
    for (uint32_t i = 0; i < count; i++) {
        if (CLASS_COMMON(done[i])->result != VWR_OK)
            bench_fail("result");
        CLASS_COMMON(done[i])->token = *pool;
        *pool = done[i];
    }
}

VWR_ALWAYS_INLINE uint64_t class_loop(const struct bench_run *r, const struct class_calls *calls,
                                      CLASS_QUEUE *q, CLASS_REQUEST **pool)
{
    uint8_t *const buffers = bench_buffers();
    const uint8_t *const end = buffers + (size_t)r->depth * BENCH_BYTES;
    const uint32_t bytes = r->bytes;
    const uint32_t depth = r->depth;
    uint64_t sent = 0;
    uint64_t done = 0;

    for (uint32_t batch = r->batches; batch > 0; batch--) {
        for (uint8_t *buffer = buffers; buffer != end; buffer += BENCH_BYTES)
            class_submit(calls, q, pool, bench_sector(sent++), buffer, bytes);
        (void)calls->kick(q);
        class_reap(calls, q, pool, depth);
        done += depth;
    }
    return done;
}

#ifdef CLASS_FILL_VECS
/* Fills in request n of the run. `form` is a constant in each use. */
VWR_ALWAYS_INLINE void class_fill_form(const struct bench_run *r, enum bench_form form, CLASS_REQUEST *one,
                                       uint64_t n, uint8_t *buffer, const struct vwr_vec *vecs)
{
    if (form == BENCH_FLUSH)
        CLASS_FILL(one, VWR_BLK_T_FLUSH, 0, NULL, 0);
    else if (form == BENCH_DISCARD)
        CLASS_FILL_RANGE(one, VWR_BLK_T_DISCARD, bench_sector(n), BENCH_SECTORS);
    else if (form == BENCH_SEGMENTS || (form == BENCH_ALTERNATE && n % 2u != 0) ||
             (form == BENCH_EIGHTH && n % 8u == 0))
        CLASS_FILL_VECS(one, VWR_BLK_T_IN, bench_sector(n), vecs, r->segments);
    else
        CLASS_FILL(one, VWR_BLK_T_IN, bench_sector(n), buffer, r->bytes);
}

/* class_loop for requests of one form. The arrays of segments were prepared before. */
VWR_ALWAYS_INLINE uint64_t class_loop_of(const struct bench_run *r, const struct class_calls *calls,
                                         CLASS_QUEUE *q, CLASS_REQUEST **pool, enum bench_form form)
{
    const uint32_t depth = r->depth;
    uint64_t sent = 0;

    for (uint32_t batch = r->batches; batch > 0; batch--) {
        const struct vwr_vec *vecs = r->vecs;
        uint8_t *buffer = bench_buffers();

        for (uint32_t i = depth; i > 0; i--, buffer += BENCH_BYTES, vecs += r->segments) {
            CLASS_REQUEST *const one = *pool;

            if (one == NULL)
                bench_fail("no free request");
            *pool = CLASS_COMMON(one)->token;
            class_fill_form(r, form, one, sent++, buffer, vecs);
            if (calls->submit(q, one) != VWR_OK)
                bench_fail("submit");
        }
        (void)calls->kick(q);
        class_reap(calls, q, pool, depth);
    }
    return sent;
}

/*
 * class_loop with one more request than fits in the queue. The queue refuses it, and it is the first of the
 * next batch.
 */
VWR_ALWAYS_INLINE uint64_t class_loop_full(const struct bench_run *r, const struct class_calls *calls,
                                           CLASS_QUEUE *q, CLASS_REQUEST **pool)
{
    const uint32_t depth = r->depth;
    CLASS_REQUEST *one = NULL; /* filled in and not submitted */
    uint64_t sent = 0;

    for (uint32_t batch = r->batches; batch > 0; batch--) {
        uint8_t *buffer = bench_buffers();
        int result = VWR_OK;

        for (uint32_t left = depth; result == VWR_OK; left--, buffer += BENCH_BYTES) {
            if (one == NULL) {
                one = *pool;
                *pool = CLASS_COMMON(one)->token;
                CLASS_FILL(one, VWR_BLK_T_IN, bench_sector(sent), left != 0 ? buffer : bench_buffers(),
                           r->bytes);
            }
            result = calls->submit(q, one);
            if (result != (left != 0 ? VWR_OK : VWR_EFULL))
                bench_fail("submit");
            if (left != 0) {
                one = NULL;
                sent++;
            }
        }
        (void)calls->kick(q);
        class_reap(calls, q, pool, depth);
    }
    return sent;
}

/* There is a separate loop for each form, so that no loop has to test the form. */
VWR_ALWAYS_INLINE uint64_t class_loop_forms(const struct bench_run *r, const struct class_calls *calls,
                                            CLASS_QUEUE *q, CLASS_REQUEST **pool)
{
    switch (r->form) {
    case BENCH_SEGMENTS:
        return class_loop_of(r, calls, q, pool, BENCH_SEGMENTS);
    case BENCH_ALTERNATE:
        return class_loop_of(r, calls, q, pool, BENCH_ALTERNATE);
    case BENCH_EIGHTH:
        return class_loop_of(r, calls, q, pool, BENCH_EIGHTH);
    case BENCH_FULL:
        return class_loop_full(r, calls, q, pool);
    case BENCH_FLUSH:
        return class_loop_of(r, calls, q, pool, BENCH_FLUSH);
    case BENCH_DISCARD:
        return class_loop_of(r, calls, q, pool, BENCH_DISCARD);
    default:
        return class_loop(r, calls, q, pool);
    }
}

/* class_check_contract for arrays of segments, if the run uses such requests. */
static inline void class_check_segments(const struct bench_run *r, const struct class_calls *calls,
                                        CLASS_QUEUE *q, CLASS_REQUEST *one)
{
    enum { MANY = BENCH_SEGMENTS_MAX + 1 };
    static const struct {
        int result;
        uint32_t count;
        uint64_t sector;
        uint32_t bytes; /* of the second segment */
    } wrong[] = {{VWR_EINVAL, 2, 0, 0},
                 {VWR_EALIGN, 2, 0, VWR_BLK_SECTOR_BYTES - 1u},
                 {VWR_ERANGE, 2, BENCH_CAPACITY - 1u, VWR_BLK_SECTOR_BYTES},
                 {VWR_ESEGMENTS, MANY, 0, VWR_BLK_SECTOR_BYTES}};
    struct vwr_vec vecs[MANY];

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]) && r->segments > 1u; i++) {
        for (unsigned k = 0; k < MANY; k++)
            vecs[k] = (struct vwr_vec){bench_buffers(), VWR_BLK_SECTOR_BYTES};
        vecs[1].bytes = wrong[i].bytes;
        CLASS_FILL_VECS(one, VWR_BLK_T_IN, wrong[i].sector, vecs, wrong[i].count);
        if (calls->submit(q, one) != wrong[i].result)
            bench_fail("an array of segments that cannot be right is not refused as the contract says");
    }
}
#endif

/*
 * Checks that invalid requests are rejected with the error of the contract. Runs before anything is counted.
 */
static inline void class_check_contract(const struct class_calls *calls, CLASS_QUEUE *q, CLASS_REQUEST *one)
{
    static const struct {
        uint32_t type;
        int result;
        uint64_t sector;
        uint32_t bytes;
    } wrong[] = {{0x7fff, VWR_EINVAL, 0, BENCH_BYTES},
                 {VWR_BLK_T_IN, VWR_EINVAL, 0, 0},
                 {VWR_BLK_T_IN, VWR_EALIGN, 0, BENCH_BYTES - 1u},
                 {VWR_BLK_T_IN, VWR_ERANGE, BENCH_CAPACITY, BENCH_BYTES},
                 {VWR_BLK_T_OUT, VWR_ERANGE, BENCH_CAPACITY - 1u, BENCH_BYTES},
                 {VWR_BLK_T_IN, VWR_ERANGE, UINT64_MAX - 1u, BENCH_BYTES}};

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        CLASS_FILL(one, wrong[i].type, wrong[i].sector, bench_buffers(), wrong[i].bytes);
        if (calls->submit(q, one) != wrong[i].result)
            bench_fail("a request that cannot be right is not refused as the contract says");
    }
}

#endif
