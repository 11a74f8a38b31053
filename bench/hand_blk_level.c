/* SPDX-License-Identifier: MIT */
#include "hand_blk.h"

#define CLASS_QUEUE struct hand_blk
#define CLASS_REQUEST struct hand_blk_req
#define CLASS_COMMON(r) (r)
#define CLASS_FILL hand_blk_fill
#include "class_loop.h"

/* The yardstick for the class API, in the same loop as our driver. Each driver is a separate object. */

struct driver {
    struct hand_blk *blk;
    struct hand_blk_req *free;
};

static void *set_up(struct hand_blk *b, const struct class_calls *calls)
{
    struct driver *d = bench_memory(sizeof(*d));

    d->blk = b;
    for (unsigned i = b->count; i-- > 0; d->free = &b->req[i])
        b->req[i].token = d->free;
    class_check_contract(calls, b, d->free);
    return d;
}

#define LEVEL(level, layout, kick)                                                                       \
    static const struct class_calls level##_calls = {hand_blk_##layout##_submit, hand_blk_##kick##_kick, \
                                                     hand_blk_##layout##_reap};                          \
    static void *level##_set_up(const struct bench_run *r)                                               \
    {                                                                                                    \
        return set_up(hand_blk_##layout##_open(r), &level##_calls);                                      \
    }                                                                                                    \
    __attribute__((noinline)) static uint64_t level##_measured(const struct bench_run *r, void *driver)  \
    {                                                                                                    \
        struct driver *d = driver;                                                                       \
        return class_loop(r, &level##_calls, d->blk, &d->free);                                          \
    }                                                                                                    \
    const struct bench_level bench_##level = {#level, 1, level##_set_up, level##_measured}

LEVEL(hand_blk, split, split);
LEVEL(hand_blk_packed, packed, packed);
LEVEL(hand_blk_in_order, in_order, split);
