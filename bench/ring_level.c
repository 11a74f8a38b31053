/* SPDX-License-Identifier: MIT */
#include "harness.h"
#include "vwr/gen/blk.h"
#include "vwr/gen/features.h"
#include "vwr/mmio.h"

/*
 * The ring level: vwr_queue_post, kick and take under a driver of the least size, which has a
 * pool of request slots whose header and status are wired once, fills in the header, and looks
 * at the status byte (ring); the same over several queues (queues); the same with vwr_queue_add,
 * for requests of any shape (add).
 */

/* The half of a request that the device sees. */
struct shared {
    struct vwr_virtq_desc table[3]; /* used where the disk has indirect descriptors */
    struct vwr_blk_req_out out;
    struct vwr_blk_req_in in;
    uint8_t pad[15]; /* the next table is aligned again */
};

/* One request of the pool: as a driver for a device class has it. */
struct slot {
    struct vwr_chain chain; /* first: take answers it */
    struct shared *shared;
    struct vwr_seg seg[3];
    struct slot *next;
};

/* A queue and its pool, where there are several. */
struct lane {
    struct vwr_queue queue;
    struct slot *pool; /* the free ones */
};

static struct vwr_mmio mmio;
/* Where there is one, the compiler knows where it is, as with the hand-minimal drivers. */
static struct vwr_queue queue;
static struct slot *pool;
static struct lane lanes[BENCH_QUEUES_MAX];

static struct slot *make_pool(unsigned count)
{
    struct slot *s = bench_memory(sizeof(*s) * count);
    struct shared *shared = bench_memory(sizeof(*shared) * count);

    for (unsigned i = 0; i < count; i++) {
        s[i].shared = &shared[i];
        s[i].seg[0] = (struct vwr_seg){(uintptr_t)&shared[i].out, sizeof(shared[i].out)};
        s[i].seg[1] = (struct vwr_seg){0, BENCH_BYTES};
        s[i].seg[2] = (struct vwr_seg){(uintptr_t)&shared[i].in, sizeof(shared[i].in)};
        if (vwr_chain_lend_table(&s[i].chain, shared[i].table, sizeof(shared[i].table)) != VWR_OK)
            bench_fail("table");
        s[i].next = i + 1u < count ? &s[i + 1u] : NULL;
    }
    return s;
}

static void negotiate(const struct bench_run *r)
{
    const struct vwr_features none = {{0}};
    const struct vwr_wish wish = {.want = &r->features, .need = &r->features, .avoid = &none};

    if (vwr_mmio_probe(&mmio, bench_registers(), VWR_MMIO_SIZE) != VWR_OK)
        bench_fail("probe");
    if (vwr_dev_negotiate(&mmio.dev, &wish) != VWR_OK)
        bench_fail("the driver does not take all features that it is measured with");
}

/* Answers the pool, as many requests as the queue holds. */
static struct slot *add_queue(const struct bench_run *r, unsigned index, struct vwr_queue *q)
{
    const struct vwr_queue_memory m = {
        bench_memory(VWR_QUEUE_SHARED_BYTES(r->queue_size)), VWR_QUEUE_SHARED_BYTES(r->queue_size),
        bench_memory(VWR_QUEUE_OWN_BYTES(r->queue_size)), VWR_QUEUE_OWN_BYTES(r->queue_size), r->queue_size};

    if (vwr_dev_add_queue(&mmio.dev, index, q, &m, 0) != VWR_OK)
        bench_fail("add_queue");
    if (vwr_queue_size(q) != r->queue_size)
        bench_fail("the queue has not the size asked for");
    return make_pool(r->queue_size / (vwr_dev_has(&mmio.dev, VWR_F_INDIRECT_DESC) ? 1u : 3u));
}

static void start(void)
{
    if (vwr_dev_start(&mmio.dev) != VWR_OK)
        bench_fail("start");
}

static void wire(struct vwr_queue *q, struct slot *s)
{
    for (; s != NULL; s = s->next)
        if (vwr_queue_bind(q, s->seg, 3, 1, &s->chain) != VWR_OK)
            bench_fail("wire");
}

static void add_set_up(const struct bench_run *r)
{
    negotiate(r);
    pool = add_queue(r, 0, &queue);
    start();
}

static void ring_set_up(const struct bench_run *r)
{
    add_set_up(r);
    wire(&queue, pool);
}

static void queues_set_up(const struct bench_run *r)
{
    negotiate(r);
    for (unsigned i = 0; i < r->queues; i++)
        lanes[i].pool = add_queue(r, i, &lanes[i].queue);
    start();
    for (unsigned i = 0; i < r->queues; i++)
        wire(&lanes[i].queue, lanes[i].pool);
}

VWR_ALWAYS_INLINE struct slot *fill(struct slot **p, uint64_t sector)
{
    struct slot *s = *p;

    if (s == NULL)
        bench_fail("no free slot");
    *p = s->next;
    s->shared->out.type = VWR_BLK_T_IN;
    s->shared->out.reserved = 0;
    s->shared->out.sector = sector;
    s->shared->in.status = 0xff;
    return s;
}

VWR_ALWAYS_INLINE void push(struct vwr_queue *q, struct slot **p, uint64_t sector, const uint8_t *buffer)
{
    struct slot *s = fill(p, sector);

    if (vwr_queue_post(q, &s->chain, (uintptr_t)buffer, BENCH_BYTES, true) != VWR_OK)
        bench_fail("push");
}

VWR_ALWAYS_INLINE void add(struct vwr_queue *q, struct slot **p, uint64_t sector, const uint8_t *buffer)
{
    struct slot *s = fill(p, sector);

    s->seg[1].addr = (uintptr_t)buffer;
    s->seg[1].len = BENCH_BYTES;
    if (vwr_queue_add(q, s->seg, 1, 2, &s->chain) != VWR_OK)
        bench_fail("add");
}

/* Looks at what has come back; the free ones with it. */
VWR_ALWAYS_INLINE struct slot *give_back(struct slot *free, struct vwr_chain *chain)
{
    struct slot *const s = (struct slot *)(void *)chain;

    if (*(volatile uint8_t *)&s->shared->in.status != VWR_BLK_S_OK)
        bench_fail("status");
    s->next = free;
    return s;
}

/* One by one as a driver would that has one out, many as one that has many. */
VWR_ALWAYS_INLINE void take(struct vwr_queue *q, struct slot **p, uint32_t count)
{
    struct vwr_chain *chains[BENCH_DEPTH_MAX];

    if (count == 1) {
        if (vwr_queue_get_used(q, chains) != 1)
            bench_fail("take");
        *p = give_back(*p, chains[0]);
        return;
    }
    if (vwr_queue_reap(q, chains, count) != (int)count)
        bench_fail("take");
    for (uint32_t i = 0; i < count; i++)
        *p = give_back(*p, chains[i]);
}

__attribute__((noinline)) static uint64_t ring_measured(const struct bench_run *r)
{
    uint8_t *const buffers = bench_buffers();
    const uint8_t *const end = buffers + (size_t)r->depth * BENCH_BYTES;
    const uint32_t depth = r->depth;
    uint64_t sent = 0;
    uint64_t done = 0;

    for (uint32_t batch = r->batches; batch > 0; batch--) {
        for (uint8_t *buffer = buffers; buffer != end; buffer += BENCH_BYTES)
            push(&queue, &pool, bench_sector(sent++), buffer);
        (void)vwr_queue_kick(&queue);
        take(&queue, &pool, depth);
        done += depth;
    }
    return done;
}

__attribute__((noinline)) static uint64_t add_measured(const struct bench_run *r)
{
    uint8_t *const buffers = bench_buffers();
    const uint8_t *const end = buffers + (size_t)r->depth * BENCH_BYTES;
    const uint32_t depth = r->depth;
    uint64_t sent = 0;
    uint64_t done = 0;

    for (uint32_t batch = r->batches; batch > 0; batch--) {
        for (uint8_t *buffer = buffers; buffer != end; buffer += BENCH_BYTES)
            add(&queue, &pool, bench_sector(sent++), buffer);
        (void)vwr_queue_kick(&queue);
        take(&queue, &pool, depth);
        done += depth;
    }
    return done;
}

/* One batch after the other through one queue after the other. */
__attribute__((noinline)) static uint64_t queues_measured(const struct bench_run *r)
{
    uint8_t *const buffers = bench_buffers();
    const uint8_t *const end = buffers + (size_t)r->depth * BENCH_BYTES;
    const uint32_t depth = r->depth;
    struct lane *l = lanes;
    uint64_t sent = 0;
    uint64_t done = 0;

    for (uint32_t batch = r->batches; batch > 0; batch--) {
        for (uint8_t *buffer = buffers; buffer != end; buffer += BENCH_BYTES)
            push(&l->queue, &l->pool, bench_sector(sent++), buffer);
        (void)vwr_queue_kick(&l->queue);
        take(&l->queue, &l->pool, depth);
        done += depth;
        if (++l == lanes + r->queues)
            l = lanes;
    }
    return done;
}

const struct bench_level bench_ring = {"ring", 1, ring_set_up, ring_measured};
const struct bench_level bench_queues = {"queues", BENCH_QUEUES_MAX, queues_set_up, queues_measured};
const struct bench_level bench_add = {"add", 1, add_set_up, add_measured};
