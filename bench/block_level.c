/* SPDX-License-Identifier: MIT */
#include "harness.h"
#include "vwr/blk.h"
#include "vwr/mmio.h"

/* The block level: what an operating system calls, one blocking read of 4 KiB after the other. */

static struct vwr_mmio mmio;
static struct vwr_blk blk;

static void set_up(const struct bench_run *r)
{
    const struct vwr_queue_memory m = {
        bench_memory(VWR_BLK_SHARED_BYTES(r->queue_size)), VWR_BLK_SHARED_BYTES(r->queue_size),
        bench_memory(VWR_QUEUE_OWN_BYTES(r->queue_size)), VWR_QUEUE_OWN_BYTES(r->queue_size), r->queue_size};

    if (vwr_mmio_probe(&mmio, bench_registers(), VWR_MMIO_SIZE) != VWR_OK)
        bench_fail("probe");
    if (vwr_blk_open(&blk, &mmio.dev, &m, NULL) != VWR_OK)
        bench_fail("open");
}

__attribute__((noinline)) static uint64_t block_measured(const struct bench_run *r)
{
    uint8_t *const buffers = bench_buffers();
    uint64_t done = 0;

    for (uint32_t batch = r->batches; batch > 0; batch--)
        for (uint32_t i = 0; i < r->depth; i++) {
            if (vwr_blk_read(&blk, bench_sector(done), buffers + i * BENCH_BYTES, BENCH_SECTORS) != VWR_OK)
                bench_fail("read");
            done++;
        }
    return done;
}

const struct bench_level bench_block = {"block", 1, set_up, block_measured};
