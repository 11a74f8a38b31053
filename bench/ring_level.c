/* SPDX-License-Identifier: MIT */
#include "harness.h"
#include "vwr/gen/blk.h"
#include "vwr/gen/features.h"
#include "vwr/mmio.h"
#include "vwr/queue.h"

/*
 * The ring level: vwr_queue_post, _kick, _get_used and _reap under a minimal driver, which has a pool of
 * request slots that are bound once, writes the header, and checks the status byte (ring); the same over
 * several queues (queues); the same with vwr_queue_add, for requests of any shape (add).
 */

/* Shared memory of a request besides its data. */
struct shared {
    struct vwr_virtq_desc table[3]; /* used with indirect descriptors */
    struct vwr_blk_req_out out;
    struct vwr_blk_req_in in;
    uint8_t pad[15]; /* aligns the next table */
};

/* A request of the pool, as in the driver of a device class. */
struct slot {
    struct vwr_chain chain; /* first: get_used and reap return it */
    struct shared *shared;
    struct vwr_seg seg[3];
    struct slot *next;
};

/* A queue and its pool. */
struct lane {
    struct vwr_queue queue;
    struct slot *pool; /* free slots */
    struct slot *next; /* in order: next slot, up to `end`, then from `slot` on */
    struct slot *slot;
    struct slot *end;
    unsigned out, in; /* segments of a request of any shape */
};

/* Accessed through the pointer that `prepare` returns, which harness.c passes back: see harness.h. */
struct driver {
    struct vwr_mmio mmio;
    struct lane lane[BENCH_QUEUES_MAX];
};

static struct slot *make_pool(unsigned count)
{
    struct slot *s = bench_memory(sizeof(*s) * count);
    struct shared *shared = bench_memory(sizeof(*shared) * count);

    for (unsigned i = 0; i < count; i++) {
        s[i].shared = &shared[i];
        s[i].seg[0] = (struct vwr_seg){(uintptr_t)&shared[i].out, sizeof(shared[i].out)};
        s[i].seg[1] = (struct vwr_seg){0, BENCH_BYTES};
        s[i].seg[2] = (struct vwr_seg){(uintptr_t)&shared[i].in, sizeof(shared[i].in)};
        if (vwr_chain_lend_table(&s[i].chain, shared[i].table, (uintptr_t)shared[i].table,
                                 sizeof(shared[i].table)) != VWR_OK)
            bench_fail("table");
        s[i].next = i + 1u < count ? &s[i + 1u] : NULL;
    }
    return s;
}

static struct driver *negotiate(const struct bench_run *r)
{
    struct driver *d = bench_memory(sizeof(*d));
    const struct vwr_features none = {{0}};
    const struct vwr_feature_policy request = {.want = &r->features, .need = &r->features, .avoid = &none};

    if (vwr_mmio_probe(&d->mmio, bench_registers(), VWR_MMIO_SIZE) != VWR_OK)
        bench_fail("probe");
    if (vwr_dev_negotiate(&d->mmio.dev, &request) != VWR_OK)
        bench_fail("the driver does not take all features that it is measured with");
    return d;
}

/* Adds a queue with as many requests as fit in it. */
static void add_queue(struct driver *d, const struct bench_run *r, unsigned index)
{
    const struct vwr_queue_memory m = {
        bench_memory(VWR_QUEUE_SHARED_BYTES(r->queue_size)), VWR_QUEUE_SHARED_BYTES(r->queue_size),
        bench_memory(VWR_QUEUE_OWN_BYTES(r->queue_size)), VWR_QUEUE_OWN_BYTES(r->queue_size), r->queue_size};
    struct lane *l = &d->lane[index];
    unsigned slots;

    if (vwr_dev_add_queue(&d->mmio.dev, index, &l->queue, &m, 0) != VWR_OK)
        bench_fail("add_queue");
    if (vwr_queue_size(&l->queue) != r->queue_size)
        bench_fail("the queue has not the size asked for");
    slots = r->queue_size / (vwr_dev_has(&d->mmio.dev, VWR_F_INDIRECT_DESC) ? 1u : 3u);
    l->slot = make_pool(slots);
    l->end = l->slot + slots;
    l->next = l->slot;
    l->pool = l->slot;
    l->out = r->out;
    l->in = r->in;
}

static void *add_set_up(const struct bench_run *r)
{
    struct driver *d = negotiate(r);

    for (unsigned i = 0; i < r->queues; i++)
        add_queue(d, r, i);
    if (vwr_dev_start(&d->mmio.dev) != VWR_OK)
        bench_fail("start");
    return d;
}

static void *post_set_up(const struct bench_run *r)
{
    struct driver *d = add_set_up(r);

    for (unsigned i = 0; i < r->queues; i++)
        for (struct slot *s = d->lane[i].pool; s != NULL; s = s->next)
            if (vwr_queue_bind(&d->lane[i].queue, &s->chain, s->seg[0].addr, (uint16_t)s->seg[0].len,
                               (uint16_t)(s->seg[2].addr - s->seg[0].addr),
                               (uint16_t)s->seg[2].len) != VWR_OK)
                bench_fail("bind");
    return d;
}

/* Takes the slot that was freed last (in order: first), and writes its header. */
VWR_ALWAYS_INLINE struct slot *fill(struct lane *l, uint64_t sector, bool in_order)
{
    struct slot *s = in_order ? l->next : l->pool;

    if (s == (in_order ? l->end : NULL)) {
        if (!in_order)
            bench_fail("no free slot");
        s = l->slot;
    }
    if (in_order)
        l->next = s + 1;
    else
        l->pool = s->next;
    s->shared->out.type = VWR_BLK_T_IN;
    s->shared->out.reserved = 0;
    s->shared->out.sector = sector;
    s->shared->in.status = 0xff;
    return s;
}

VWR_ALWAYS_INLINE void post(struct lane *l, uint64_t sector, const uint8_t *buffer, uint32_t bytes,
                            bool in_order)
{
    struct slot *s = fill(l, sector, in_order);

    if (vwr_queue_post(&l->queue, &s->chain, (uintptr_t)buffer, bytes, true) != VWR_OK)
        bench_fail("post");
}

VWR_ALWAYS_INLINE void add(struct lane *l, uint64_t sector, const uint8_t *buffer, uint32_t bytes,
                           bool in_order)
{
    struct slot *s = fill(l, sector, in_order);

    s->seg[1].addr = (uintptr_t)buffer;
    s->seg[1].len = bytes;
    if (vwr_queue_add(&l->queue, s->seg, l->out, l->in, &s->chain) != VWR_OK)
        bench_fail("add");
}

/* Checks a completed request and returns the free list with its slot. */
VWR_ALWAYS_INLINE struct slot *give_back(struct slot *free, struct vwr_chain *chain, bool in_order)
{
    struct slot *const s = (struct slot *)(void *)chain;

    if (*(volatile uint8_t *)&s->shared->in.status != VWR_BLK_S_OK)
        bench_fail("status");
    if (!in_order)
        s->next = free;
    return s;
}

/*
 * Reaps requests one by one, as a driver with one request in flight does. reap() is for a driver with many.
 */
VWR_ALWAYS_INLINE void reap_one(struct lane *l, bool in_order)
{
    struct vwr_chain *chain;

    if (vwr_queue_get_used(&l->queue, &chain) != 1)
        bench_fail("get_used");
    l->pool = give_back(l->pool, chain, in_order);
}

VWR_ALWAYS_INLINE void reap(struct lane *l, uint32_t count, bool in_order)
{
    struct vwr_chain *chains[BENCH_DEPTH_MAX];
    struct slot *free;

    if (vwr_queue_reap(&l->queue, chains, count) != (int)count)
        bench_fail("reap");
    free = l->pool;
    for (uint32_t i = 0; i < count; i++)
        free = give_back(free, chains[i], in_order);
    l->pool = free;
}

/* Runs the batches on the queues in rotation. A `depth` of 1 is a constant. */
VWR_ALWAYS_INLINE uint64_t batches(const struct bench_run *r, struct driver *d, bool in_order, bool any_shape,
                                   bool several, uint32_t depth)
{
    uint8_t *const buffers = bench_buffers();
    const uint8_t *const end = buffers + (size_t)depth * BENCH_BYTES;
    const uint32_t bytes = r->bytes;
    struct lane *l = d->lane;
    uint64_t sent = 0;

    for (uint32_t batch = r->batches; batch > 0; batch--) {
        for (uint8_t *buffer = buffers; buffer != end; buffer += BENCH_BYTES) {
            if (any_shape)
                add(l, bench_sector(sent++), buffer, bytes, in_order);
            else
                post(l, bench_sector(sent++), buffer, bytes, in_order);
        }
        (void)vwr_queue_kick(&l->queue);
        if (depth == 1)
            reap_one(l, in_order);
        else
            reap(l, depth, in_order);
        if (several && ++l == d->lane + r->queues)
            l = d->lane;
    }
    return sent;
}

VWR_ALWAYS_INLINE uint64_t loop_by_order(const struct bench_run *r, struct driver *d, bool in_order,
                                         bool any_shape, bool several)
{
    if (r->depth == 1)
        return batches(r, d, in_order, any_shape, several, 1);
    return batches(r, d, in_order, any_shape, several, r->depth);
}

VWR_ALWAYS_INLINE uint64_t loop(const struct bench_run *r, struct driver *d, bool any_shape, bool several)
{
    if (vwr_features_have(&r->features, VWR_F_IN_ORDER))
        return loop_by_order(r, d, true, any_shape, several);
    return loop_by_order(r, d, false, any_shape, several);
}

__attribute__((noinline)) static uint64_t ring_measured(const struct bench_run *r, void *driver)
{
    return loop(r, driver, false, false);
}

__attribute__((noinline)) static uint64_t add_measured(const struct bench_run *r, void *driver)
{
    return loop(r, driver, true, false);
}

__attribute__((noinline)) static uint64_t queues_measured(const struct bench_run *r, void *driver)
{
    return loop(r, driver, false, true);
}

const struct bench_level bench_ring = {"ring", 1, post_set_up, ring_measured};
const struct bench_level bench_queues = {"queues", BENCH_QUEUES_MAX, post_set_up, queues_measured};
const struct bench_level bench_add = {"add", 1, add_set_up, add_measured};
