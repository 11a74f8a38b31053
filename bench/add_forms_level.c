/* SPDX-License-Identifier: MIT */
#include "ring_loop.h"
#include "vwr/gen/features.h"
#include "vwr/mmio.h"
#include "vwr/queue.h"

/*
 * vwr_queue_add for requests of any form. It takes one array of segments, so that the arrays that are
 * prepared have room for header and status, whose addresses are written for each request.
 */

struct slot {
    struct ring_slot common; /* first */
    struct vwr_chain chain;
};

struct driver {
    struct ring_slot *free;
    struct ring_work work;
    struct vwr_queue queue;
    struct vwr_mmio mmio;
};

static void make_lists(const struct ring_work *work)
{
    for (uint32_t i = 0; i < work->requests; i++) {
        struct ring_request *const q = &work->request[i];
        struct vwr_seg *const seg = bench_memory((q->count + 2u) * sizeof(*seg));

        seg[0].len = sizeof(struct vwr_blk_req_out);
        for (uint32_t n = 0; n < q->count; n++)
            seg[n + 1u] = (struct vwr_seg){(uintptr_t)q->vecs[n].p, (uint32_t)q->vecs[n].bytes};
        seg[q->count + 1u].len = sizeof(struct vwr_blk_req_in);
        q->list = seg;
    }
}

static void *set_up(const struct bench_run *r)
{
    const struct vwr_queue_memory m = {
        bench_memory(VWR_QUEUE_SHARED_BYTES(r->queue_size)), VWR_QUEUE_SHARED_BYTES(r->queue_size),
        bench_memory(VWR_QUEUE_OWN_BYTES(r->queue_size)), VWR_QUEUE_OWN_BYTES(r->queue_size), r->queue_size};
    const struct vwr_features none = {{0}};
    const struct vwr_feature_policy request = {.want = &r->features, .need = &r->features, .avoid = &none};
    struct driver *const d = bench_memory(sizeof(*d));

    if (vwr_mmio_probe(&d->mmio, bench_registers(), VWR_MMIO_SIZE) != VWR_OK ||
        vwr_dev_negotiate(&d->mmio.dev, &request) != VWR_OK ||
        vwr_dev_add_queue(&d->mmio.dev, 0, &d->queue, &m, 0) != VWR_OK ||
        vwr_queue_size(&d->queue) != r->queue_size || vwr_dev_start(&d->mmio.dev) != VWR_OK)
        bench_fail("the device does not start");
    d->free = ring_slots(r->queue_size, sizeof(struct slot));
    d->work = ring_work(r);
    make_lists(&d->work);
    return d;
}

VWR_ALWAYS_INLINE void submit(void *driver, const struct ring_request *q)
{
    struct driver *const d = driver;
    struct slot *const s = (struct slot *)(void *)ring_take(&d->free, q);
    struct vwr_seg *const seg = q->list;
    const unsigned out = 1u + (q->in ? 0 : q->count);

    seg[0].addr = (uintptr_t)s->common.out;
    seg[q->count + 1u].addr = (uintptr_t)s->common.in;
    if (vwr_queue_add(&d->queue, seg, out, q->count + 2u - out, &s->chain) != VWR_OK)
        bench_fail("vwr_queue_add");
}

VWR_ALWAYS_INLINE void kick(void *driver)
{
    struct driver *const d = driver;

    (void)vwr_queue_kick(&d->queue);
}

VWR_ALWAYS_INLINE void give(struct driver *d, struct vwr_chain *chain)
{
    ring_give(&d->free, (struct ring_slot *)(void *)((uint8_t *)chain - offsetof(struct slot, chain)));
}

/* Reaps requests one by one, or a whole batch, as in ring_level.c. */
VWR_ALWAYS_INLINE void reap(void *driver, uint32_t count)
{
    struct driver *const d = driver;
    struct vwr_chain *chains[BENCH_DEPTH_MAX];

    if ((count == 1 ? vwr_queue_get_used(&d->queue, chains) : vwr_queue_reap(&d->queue, chains, count)) !=
        (int)count)
        bench_fail("reap");
    for (uint32_t i = 0; i < count; i++)
        give(d, chains[i]);
}

__attribute__((noinline)) static uint64_t add_forms_measured(const struct bench_run *r, void *driver)
{
    static const struct ring_calls calls = {submit, kick, reap};

    return ring_loop(r, &((struct driver *)driver)->work, &calls, driver);
}

const struct bench_level bench_add_forms = {"add_forms", 1, set_up, add_forms_measured};
