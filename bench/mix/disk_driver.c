/* SPDX-License-Identifier: MIT */
#include "../cases.h"
#include "disk_end.h"
#include "hand_mix.h"
#include "mix_disk.h"
#include "steps.h"
#include "vwr/blk.h"
#include "vwr/mmio.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * The recorded requests of a disk (disk_end.c), submitted with vwr_blk_submit, _kick and _reap or with a
 * handwritten driver (hand_mix.c). The loop is that of a user who has prepared each request.
 *
 *     bench_disk_driver ours|hand split|packed FEATURES QUEUE PASSES
 *
 * FEATURES: none, or a list of indirect and in_order. The handwritten driver supports split rings only,
 * without in_order.
 */

#define REQUESTS VWR_COUNT(mix_disk_requests)

/* ---- the user of a driver ---- */

/* A request as its user prepares it before submission. */
struct ready {
    uint64_t sector;
    const struct vwr_vec *vecs;
    uint32_t type;
    uint32_t count;
};

static struct {
    struct ready ready[REQUESTS];
    struct vwr_vec vec[VWR_COUNT(mix_disk_segments)];
    struct mix_step step[VWR_COUNT(mix_disk_events)];
    uint32_t steps;
} user;

static void prepare(void)
{
    for (uint32_t i = 0; i < REQUESTS; i++) {
        const struct mix_request *const m = &mix_disk_requests[i];
        struct vwr_vec *const vecs = &user.vec[m->first];

        for (uint32_t n = 0; n < m->segments; n++)
            vecs[n] = (struct vwr_vec){disk_end_segment(n), mix_disk_segments[m->first + n]};
        user.ready[i] = (struct ready){m->sector, vecs, m->type, m->segments};
    }
    user.steps = mix_prepare_steps(user.step, mix_disk_events, VWR_COUNT(mix_disk_events));
}

/*
 * Constant in each use of the loop, so no call is indirect. A free request is a pointer to the driver's own
 * type.
 */
struct calls {
    void (*submit)(void *driver, const struct ready *m);
    void (*kick)(void *driver);
    void (*reap)(void *driver, uint32_t count);
};

VWR_ALWAYS_INLINE uint64_t loop(void *driver, const struct calls *calls, uint32_t passes)
{
    const struct mix_step *const end = user.step + user.steps;
    uint64_t count = 0;

    while (passes-- > 0) {
        const struct ready *m = user.ready;

        for (const struct mix_step *s = user.step; s != end; s++) {
            for (uint32_t n = s->submits; n > 0; n--)
                calls->submit(driver, m++);
            if (s->kicks)
                calls->kick(driver);
            if (s->reaps != 0) {
                mix_complete(s->events);
                calls->reap(driver, s->reaps);
                count += s->reaps;
            }
        }
    }
    return count;
}

/* ---- our driver ---- */

struct ours {
    struct vwr_mmio mmio;
    struct vwr_blk blk;
    struct vwr_blk_req *free;
    struct vwr_blk_req req[DISK_END_REQUESTS];
};

VWR_ALWAYS_INLINE void ours_submit(void *driver, const struct ready *m)
{
    struct ours *const d = driver;
    struct vwr_blk_req *const r = d->free;

    if (r == NULL)
        bench_fail("no free request");
    d->free = r->req.token;
    if (m->count == 0) {
        vwr_blk_fill(r, m->type, m->sector, NULL, 0);
    } else if (m->count == 1) {
        vwr_blk_fill(r, m->type, m->sector, m->vecs->p, m->vecs->bytes);
    } else {
        r->type = m->type;
        r->sector = m->sector;
        r->req.vecs = m->vecs;
        r->req.vec_count = m->count;
    }
    if (vwr_blk_submit(&d->blk.first, r) != VWR_OK)
        bench_fail("submit");
}

VWR_ALWAYS_INLINE void ours_kick(void *driver)
{
    (void)vwr_blk_kick(&((struct ours *)driver)->blk.first);
}

VWR_ALWAYS_INLINE void ours_reap(void *driver, uint32_t count)
{
    struct ours *const d = driver;
    struct vwr_blk_req *done[DISK_END_REQUESTS];

    if (vwr_blk_reap(&d->blk.first, done, count) != (int)count)
        bench_fail("reap");
    for (uint32_t i = 0; i < count; i++) {
        if (done[i]->req.result != VWR_OK)
            bench_fail("result");
        done[i]->req.token = d->free;
        d->free = done[i];
    }
}

uint64_t ours_measured(void *driver, uint32_t passes);
MIX_APART uint64_t ours_measured(void *driver, uint32_t passes)
{
    static const struct calls calls = {ours_submit, ours_kick, ours_reap};

    return loop(driver, &calls, passes);
}

/*
 * Memory for requests with the maximum recorded number of segments. If there are tables, each request has
 * one.
 */
static void *ours_open(uint16_t size, const struct vwr_features *f)
{
    const struct vwr_blk_options options = {
        .need = *f, .request = {.requests = DISK_END_REQUESTS, .segments = DISK_END_SEGMENTS}};
    const size_t shared = VWR_BLK_SHARED_BYTES(DISK_END_QUEUE, DISK_END_REQUESTS, DISK_END_SEGMENTS);
    const size_t own = VWR_BLK_OWN_BYTES(DISK_END_QUEUE, DISK_END_REQUESTS);
    const struct vwr_queue_memory m = {bench_memory(shared), shared, bench_memory(own), own, size};
    struct ours *const d = bench_memory(sizeof(*d));

    if (vwr_mmio_probe(&d->mmio, bench_registers(), VWR_MMIO_SIZE) != VWR_OK ||
        vwr_blk_open_with(&d->blk, &d->mmio.dev, &m, &options) != VWR_OK)
        bench_fail("open");
    for (uint32_t i = DISK_END_REQUESTS; i-- > 0; d->free = &d->req[i])
        d->req[i].req.token = d->free;
    return d;
}

/* ---- the one by hand ---- */

struct hand {
    struct hand_mix *blk;
    struct hand_mix_req *free;
    struct hand_mix_req req[DISK_END_REQUESTS];
};

VWR_ALWAYS_INLINE void by_hand_submit(void *driver, const struct ready *m)
{
    struct hand *const d = driver;
    struct hand_mix_req *const r = d->free;

    if (r == NULL)
        bench_fail("no free request");
    d->free = r->token;
    r->type = m->type;
    r->sector = m->sector;
    r->vecs = m->vecs;
    r->count = m->count;
    if (hand_mix_submit(d->blk, r) != VWR_OK)
        bench_fail("submit");
}

VWR_ALWAYS_INLINE void by_hand_kick(void *driver)
{
    (void)hand_mix_kick(((struct hand *)driver)->blk);
}

VWR_ALWAYS_INLINE void by_hand_reap(void *driver, uint32_t count)
{
    struct hand *const d = driver;
    struct hand_mix_req *done[DISK_END_REQUESTS];

    if (hand_mix_reap(d->blk, done, count) != (int)count)
        bench_fail("reap");
    for (uint32_t i = 0; i < count; i++) {
        if (done[i]->result != VWR_OK)
            bench_fail("result");
        done[i]->token = d->free;
        d->free = done[i];
    }
}

uint64_t hand_measured(void *driver, uint32_t passes);
MIX_APART uint64_t hand_measured(void *driver, uint32_t passes)
{
    static const struct calls calls = {by_hand_submit, by_hand_kick, by_hand_reap};

    return loop(driver, &calls, passes);
}

static void *hand_open(uint16_t size, const struct vwr_features *f)
{
    const struct bench_run r = {.queue_size = size, .features = *f};
    struct hand *const d = bench_memory(sizeof(*d));

    d->blk = hand_mix_open(&r, MIX_DISK_SECTORS, d->req, DISK_END_REQUESTS);
    for (uint32_t i = DISK_END_REQUESTS; i-- > 0; d->free = &d->req[i])
        d->req[i].token = d->free;
    return d;
}

int bench_main(int argc, char **argv)
{
    const bool hand = argc == 6 && strcmp(argv[1], "hand") == 0;
    const uint32_t size = argc == 6 ? (uint32_t)strtoul(argv[4], NULL, 10) : 0;
    const uint32_t passes = argc == 6 ? (uint32_t)strtoul(argv[5], NULL, 10) : 0;
    struct vwr_features features;
    uint64_t before, done;
    void *driver;

    if (size == 0 || size > DISK_END_QUEUE || passes == 0)
        bench_fail("ours|hand split|packed FEATURES QUEUE PASSES");
    features = disk_end_init(strcmp(argv[2], "packed") == 0, argv[3], (uint16_t)size);
    driver = (hand ? hand_open : ours_open)((uint16_t)size, &features);
    prepare();
    before = disk_end_notifications();
    done = (hand ? hand_measured : ours_measured)(driver, passes);
    if (done != (uint64_t)passes * REQUESTS || !disk_end_is_idle())
        bench_fail("not all requests are completed");
    printf("requests=%llu notifications=%llu\n", (unsigned long long)done,
           (unsigned long long)(disk_end_notifications() - before));
    return 0;
}
