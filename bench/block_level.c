/* SPDX-License-Identifier: MIT */
#include "harness.h"
#include "vwr/blk.h"
#include "vwr/gen/features.h"
#include "vwr/mmio.h"

/*
 * The block level: what an operating system calls. One blocking read of 4 KiB after the other
 * (block); and vwr_blk_submit, _kick and _reap, a batch of reads at a time (requests).
 */

/* Reached by the pointer that `prepare` answers, which comes back from harness.c: see harness.h. */
struct driver {
    struct vwr_mmio mmio;
    struct vwr_blk blk;
    struct vwr_blk_req *free; /* requests */
    struct vwr_blk_req req[];
};

static struct driver *open_disk(const struct bench_run *r, uint16_t requests)
{
    const struct vwr_blk_options options = {.need = r->features, .requests = requests};
    const size_t shared = VWR_BLK_SHARED_BYTES_FOR(r->queue_size, requests, 1);
    const size_t own = VWR_BLK_OWN_BYTES(r->queue_size, requests);
    const struct vwr_queue_memory m = {bench_memory(shared), shared, bench_memory(own), own, r->queue_size};
    struct driver *d = bench_memory(sizeof(*d) + sizeof(d->req[0]) * requests);

    if (vwr_mmio_probe(&d->mmio, bench_registers(), VWR_MMIO_SIZE) != VWR_OK)
        bench_fail("probe");
    if (vwr_blk_open(&d->blk, &d->mmio.dev, &m, &options) != VWR_OK)
        bench_fail("open");
    return d;
}

static void *block_set_up(const struct bench_run *r)
{
    return open_disk(r, 1);
}

/* 64 requests, or as many as the queue holds. */
static void *requests_set_up(const struct bench_run *r)
{
    const unsigned most = r->queue_size / (vwr_features_have(&r->features, VWR_F_INDIRECT_DESC) ? 1u : 3u);
    const uint16_t requests = (uint16_t)(most < 64u ? most : 64u);
    struct driver *d = open_disk(r, requests);

    for (unsigned i = requests; i-- > 0; d->free = &d->req[i])
        d->req[i].token = d->free; /* the caller's, so it links those that are free */
    return d;
}

__attribute__((noinline)) static uint64_t block_measured(const struct bench_run *r, void *driver)
{
    struct driver *d = driver;
    uint8_t *const buffers = bench_buffers();
    const uint32_t sectors = r->bytes / VWR_BLK_SECTOR_BYTES;
    uint64_t done = 0;

    for (uint32_t batch = r->batches; batch > 0; batch--)
        for (uint32_t i = 0; i < r->depth; i++) {
            if (vwr_blk_read(&d->blk, bench_sector(done), buffers + i * BENCH_BYTES, sectors) != VWR_OK)
                bench_fail("read");
            done++;
        }
    return done;
}

VWR_ALWAYS_INLINE void submit(struct driver *d, uint64_t sector, uint8_t *buffer, uint32_t bytes)
{
    struct vwr_blk_req *q = d->free;

    if (q == NULL)
        bench_fail("no free request");
    d->free = q->token;
    vwr_blk_fill(q, VWR_BLK_T_IN, sector, buffer, bytes);
    if (vwr_blk_submit(&d->blk.first, q) != VWR_OK)
        bench_fail("submit");
}

VWR_ALWAYS_INLINE void reap(struct driver *d, uint32_t count)
{
    struct vwr_blk_req *done[BENCH_DEPTH_MAX];

    if (vwr_blk_reap(&d->blk.first, done, count) != (int)count)
        bench_fail("reap");
    for (uint32_t i = 0; i < count; i++) {
        if (done[i]->result != VWR_OK)
            bench_fail("result");
        done[i]->token = d->free;
        d->free = done[i];
    }
}

__attribute__((noinline)) static uint64_t requests_measured(const struct bench_run *r, void *driver)
{
    struct driver *d = driver;
    uint8_t *const buffers = bench_buffers();
    const uint8_t *const end = buffers + (size_t)r->depth * BENCH_BYTES;
    const uint32_t bytes = r->bytes;
    const uint32_t depth = r->depth;
    uint64_t sent = 0;
    uint64_t done = 0;

    for (uint32_t batch = r->batches; batch > 0; batch--) {
        for (uint8_t *buffer = buffers; buffer != end; buffer += BENCH_BYTES)
            submit(d, bench_sector(sent++), buffer, bytes);
        (void)vwr_blk_kick(&d->blk.first);
        reap(d, depth);
        done += depth;
    }
    return done;
}

const struct bench_level bench_block = {"block", 1, block_set_up, block_measured};
const struct bench_level bench_requests = {"requests", 1, requests_set_up, requests_measured};
