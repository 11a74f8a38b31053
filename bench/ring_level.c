/* SPDX-License-Identifier: MIT */
#include "harness.h"
#include "vwr/gen/blk.h"
#include "vwr/mmio.h"

/*
 * The ring level: vwr_queue_push, kick and take under a driver of the least size, which has a
 * pool of request slots whose header and status are wired once, fills in the header, and looks
 * at the status byte. The same with vwr_queue_add, for requests of any shape.
 */

/* The half of a request that the device sees. */
struct shared {
    struct vwr_blk_req_out out;
    struct vwr_blk_req_in in;
};

/* One request of the pool: as a driver for a device class has it. */
struct slot {
    struct vwr_chain chain; /* first: take answers it */
    struct shared *shared;
    struct vwr_seg seg[3];
    struct slot *next;
};

static struct vwr_mmio mmio;
static struct vwr_queue queue;
static struct slot slots[BENCH_DEPTH_MAX];
static struct slot *free_slots;

static void make_slots(unsigned count)
{
    struct shared *shared = bench_memory(sizeof(*shared) * BENCH_DEPTH_MAX);

    if (count > BENCH_DEPTH_MAX)
        count = BENCH_DEPTH_MAX;
    for (unsigned i = count; i-- > 0;) {
        struct slot *s = &slots[i];

        s->shared = &shared[i];
        s->seg[0] = (struct vwr_seg){(uintptr_t)&shared[i].out, sizeof(shared[i].out)};
        s->seg[1] = (struct vwr_seg){0, BENCH_BYTES};
        s->seg[2] = (struct vwr_seg){(uintptr_t)&shared[i].in, sizeof(shared[i].in)};
        s->next = free_slots;
        free_slots = s;
    }
}

static void ring_set_up(const struct bench_run *r)
{
    const struct vwr_features none = {{0}};
    const struct vwr_wish wish = {.want = &none, .need = &none, .avoid = &none};
    const struct vwr_queue_memory m = {
        bench_memory(VWR_QUEUE_SHARED_BYTES(r->queue_size)), VWR_QUEUE_SHARED_BYTES(r->queue_size),
        bench_memory(VWR_QUEUE_OWN_BYTES(r->queue_size)), VWR_QUEUE_OWN_BYTES(r->queue_size), r->queue_size};

    if (vwr_mmio_probe(&mmio, bench_registers(), VWR_MMIO_SIZE) != VWR_OK)
        bench_fail("probe");
    if (vwr_dev_negotiate(&mmio.dev, &wish) != VWR_OK ||
        vwr_dev_add_queue(&mmio.dev, 0, &queue, &m, 0) != VWR_OK || vwr_dev_start(&mmio.dev) != VWR_OK)
        bench_fail("start");
    if (vwr_queue_size(&queue) != r->queue_size)
        bench_fail("the queue has not the size asked for");
    make_slots(r->queue_size / 3u);
}

static void wired_set_up(const struct bench_run *r)
{
    ring_set_up(r);
    for (struct slot *s = free_slots; s != NULL; s = s->next)
        if (vwr_queue_wire(&queue, s->seg, 3, 1, &s->chain) != VWR_OK)
            bench_fail("wire");
}

static inline struct slot *fill(uint64_t sector)
{
    struct slot *s = free_slots;

    if (s == NULL)
        bench_fail("no free slot");
    free_slots = s->next;
    s->shared->out.type = VWR_BLK_T_IN;
    s->shared->out.reserved = 0;
    s->shared->out.sector = sector;
    s->shared->in.status = 0xff;
    return s;
}

static inline void push(uint64_t sector, const uint8_t *buffer)
{
    struct slot *s = fill(sector);

    if (vwr_queue_push(&queue, &s->chain, (uintptr_t)buffer, BENCH_BYTES, true) != VWR_OK)
        bench_fail("push");
}

static inline void add(uint64_t sector, const uint8_t *buffer)
{
    struct slot *s = fill(sector);

    s->seg[1].addr = (uintptr_t)buffer;
    s->seg[1].len = BENCH_BYTES;
    if (vwr_queue_add(&queue, s->seg, 1, 2, &s->chain) != VWR_OK)
        bench_fail("add");
}

__attribute__((always_inline)) static inline void take(void)
{
    struct vwr_chain *chain = NULL;
    struct slot *s;

    if (vwr_queue_take(&queue, &chain) != 1)
        bench_fail("take");
    s = (struct slot *)(void *)chain;
    if (*(volatile uint8_t *)&s->shared->in.status != VWR_BLK_S_OK)
        bench_fail("status");
    s->next = free_slots;
    free_slots = s;
}

__attribute__((noinline)) static uint64_t ring_measured(const struct bench_run *r)
{
    uint8_t *const buffers = bench_buffers();
    const uint32_t depth = r->depth;
    uint64_t sent = 0;
    uint64_t done = 0;

    for (uint32_t batch = r->batches; batch > 0; batch--) {
        for (uint32_t i = 0; i < depth; i++)
            push(bench_sector(sent++), buffers + i * BENCH_BYTES);
        (void)vwr_queue_kick(&queue);
        for (uint32_t i = 0; i < depth; i++)
            take();
        done += depth;
    }
    return done;
}

__attribute__((noinline)) static uint64_t add_measured(const struct bench_run *r)
{
    uint8_t *const buffers = bench_buffers();
    const uint32_t depth = r->depth;
    uint64_t sent = 0;
    uint64_t done = 0;

    for (uint32_t batch = r->batches; batch > 0; batch--) {
        for (uint32_t i = 0; i < depth; i++)
            add(bench_sector(sent++), buffers + i * BENCH_BYTES);
        (void)vwr_queue_kick(&queue);
        for (uint32_t i = 0; i < depth; i++)
            take();
        done += depth;
    }
    return done;
}

const struct bench_level bench_ring = {"ring", wired_set_up, ring_measured};
const struct bench_level bench_add = {"add", ring_set_up, add_measured};
