/* SPDX-License-Identifier: MIT */
#include "hand_blk.h"

#define CLASS_QUEUE struct hand_blk
#define CLASS_REQUEST struct hand_blk_req
#define CLASS_COMMON(r) (r)
#define CLASS_FILL fill
#define CLASS_FILL_VECS fill_vecs
#define CLASS_FILL_RANGE fill_range

VWR_ALWAYS_INLINE void fill(struct hand_blk_req *r, uint32_t type, uint64_t sector, void *p, size_t bytes)
{
    hand_blk_fill(r, type, sector, p, bytes);
    r->vec_count = 0;
}

VWR_ALWAYS_INLINE void fill_vecs(struct hand_blk_req *r, uint32_t type, uint64_t sector,
                                 const struct vwr_vec *vecs, uint32_t count)
{
    r->type = type;
    r->sector = sector;
    r->vecs = vecs;
    r->vec_count = count;
}

_Noreturn static void fill_range(struct hand_blk_req *r, uint32_t type, uint64_t sector, uint32_t sectors)
{
    (void)r;
    (void)type;
    (void)sector;
    (void)sectors;
    bench_fail("the yardstick has no ranges");
}

#include "class_loop.h"

/*
 * The yardstick for the class API with data in several segments: hand_blk_level.c with another submit
 * function.
 */

struct driver {
    struct hand_blk *blk;
    struct hand_blk_req *free;
};

static const struct class_calls calls = {hand_blk_segments_submit, hand_blk_split_kick, hand_blk_split_reap};

static void *set_up(const struct bench_run *r, struct hand_blk *b)
{
    struct driver *d = bench_memory(sizeof(*d));

    d->blk = b;
    for (unsigned i = b->count; i-- > 0; d->free = &b->req[i])
        b->req[i].token = d->free;
    class_check_contract(&calls, b, d->free);
    class_check_segments(r, &calls, b, d->free);
    return d;
}

static void *ring_set_up(const struct bench_run *r)
{
    return set_up(r, hand_blk_segments_open(r));
}

static void *indirect_set_up(const struct bench_run *r)
{
    return set_up(r, hand_blk_segments_indirect_open(r));
}

__attribute__((noinline)) static uint64_t hand_blk_segments_measured(const struct bench_run *r, void *driver)
{
    struct driver *d = driver;

    return class_loop_forms(r, &calls, d->blk, &d->free);
}

const struct bench_level bench_hand_blk_segments = {"hand_blk_segments", 1, ring_set_up,
                                                    hand_blk_segments_measured};
const struct bench_level bench_hand_blk_segments_indirect = {"hand_blk_segments_indirect", 1, indirect_set_up,
                                                             hand_blk_segments_measured};
