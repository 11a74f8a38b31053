/* SPDX-License-Identifier: MIT */
#include "harness.h"
#include "vwr/blk.h"
#include "vwr/gen/features.h"
#include "vwr/mmio.h"
#include "vwr/pci.h"

#define CLASS_QUEUE struct vwr_blk_requestq
#define CLASS_REQUEST struct vwr_blk_req
#define CLASS_COMMON(r) (&(r)->req)
#define CLASS_FILL vwr_blk_fill
#define CLASS_FILL_VECS fill_vecs
#define CLASS_FILL_RANGE(r, type, sector, sectors) vwr_blk_fill_range(r, type, sector, sectors, false)

/* Data in an array of segments. The header has no function for this. */
VWR_ALWAYS_INLINE void fill_vecs(struct vwr_blk_req *r, uint32_t type, uint64_t sector,
                                 const struct vwr_vec *vecs, uint32_t count)
{
    r->req.vecs = vecs;
    r->req.vec_count = count;
    r->type = type;
    r->sectors = 0;
    r->sector = sector;
}

#include "class_loop.h"

/*
 * The block level: the calls of an operating system. Blocking reads of 4 KiB, one after the other (block);
 * one read including probe and open (open); batches of reads by vwr_blk_submit, _kick and _reap (requests),
 * and of requests of other forms (forms).
 */

/* Accessed through the pointer that `prepare` returns, which harness.c passes back: see harness.h. */
struct driver {
    struct vwr_mmio mmio;
    struct vwr_pci pci;
    struct vwr_blk blk;
    struct vwr_queue_memory memory;
    struct vwr_blk_options options;
    struct vwr_blk_req *free; /* free requests */
    _Alignas(64) struct vwr_blk_req req[];
};

static struct driver *open_disk(const struct bench_run *r, uint16_t requests, bool pci)
{
    const uint16_t segments = (uint16_t)(r->segments > 1u ? r->segments : 0); /* 0: the default, which is 1 */
    const struct vwr_blk_options options = {.need = r->features,
                                            .request = {.requests = requests, .segments = segments}};
    const size_t shared = VWR_BLK_SHARED_BYTES(r->queue_size, requests, segments != 0 ? segments : 1u);
    const size_t own = VWR_BLK_OWN_BYTES(r->queue_size, requests);
    const struct vwr_queue_memory m = {bench_memory(shared), shared, bench_memory(own), own, r->queue_size};
    struct driver *d = bench_memory(sizeof(*d) + sizeof(d->req[0]) * (requests + 1u));

    d->memory = m;
    d->options = options;
    if ((pci ? vwr_pci_probe_modern(&d->pci, bench_pci_host(), 0)
             : vwr_mmio_probe(&d->mmio, bench_registers(), VWR_MMIO_SIZE)) != VWR_OK)
        bench_fail("probe");
    if (vwr_blk_open_with(&d->blk, pci ? &d->pci.dev : &d->mmio.dev, &m, &options) != VWR_OK)
        bench_fail("open");
    return d;
}

static void *block_set_up(const struct bench_run *r)
{
    return open_disk(r, 1, false);
}

VWR_ALWAYS_INLINE int submit(struct vwr_blk_requestq *q, struct vwr_blk_req *r)
{
    return vwr_blk_submit(q, r);
}

VWR_ALWAYS_INLINE bool kick(struct vwr_blk_requestq *q)
{
    return vwr_blk_kick(q);
}

VWR_ALWAYS_INLINE int reap(struct vwr_blk_requestq *q, struct vwr_blk_req **done, unsigned budget)
{
    return vwr_blk_reap(q, done, budget);
}

static const struct class_calls calls = {submit, kick, reap};

/*
 * Allocates 64 requests, or more for a longer batch, but no more than fit in the queue. For BENCH_FULL, the
 * queue has room for one batch, and one more request is allocated.
 */
static void *requests_open(const struct bench_run *r, bool pci)
{
    const unsigned most = r->queue_size / bench_descriptors(r);
    const bool full = r->form == BENCH_FULL;
    const unsigned wanted = r->depth < 64u && !full ? 64u : r->depth;
    const uint16_t requests = (uint16_t)(most < wanted ? most : wanted);
    struct driver *d = open_disk(r, requests, pci);

    for (unsigned i = requests + full; i-- > 0; d->free = &d->req[i])
        d->req[i].req.token = d->free; /* the token belongs to the caller; here it links the free requests */
    class_check_contract(&calls, &d->blk.first, d->free);
    return d;
}

static void *requests_set_up(const struct bench_run *r)
{
    return requests_open(r, false);
}

static void *forms_set_up(const struct bench_run *r)
{
    struct driver *d = requests_open(r, false);

    class_check_segments(r, &calls, &d->blk.first, d->free);
    return d;
}

static void *requests_pci_set_up(const struct bench_run *r)
{
    return requests_open(r, true);
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

/* From the probe to the end of the first read. */
__attribute__((noinline)) static uint64_t open_measured(const struct bench_run *r, void *driver)
{
    struct driver *d = driver;

    if (vwr_mmio_probe(&d->mmio, bench_registers(), VWR_MMIO_SIZE) != VWR_OK ||
        vwr_blk_open_with(&d->blk, &d->mmio.dev, &d->memory, &d->options) != VWR_OK ||
        vwr_blk_read(&d->blk, bench_sector(0), bench_buffers(), r->bytes / VWR_BLK_SECTOR_BYTES) != VWR_OK)
        bench_fail("open and read");
    return 1;
}

__attribute__((noinline)) static uint64_t requests_measured(const struct bench_run *r, void *driver)
{
    struct driver *d = driver;

    return class_loop(r, &calls, &d->blk.first, &d->free);
}

/* A separate function, because callgrind counts by function name. */
__attribute__((noinline)) static uint64_t requests_pci_measured(const struct bench_run *r, void *driver)
{
    struct driver *d = driver;

    return class_loop(r, &calls, &d->blk.first, &d->free);
}

__attribute__((noinline)) static uint64_t forms_measured(const struct bench_run *r, void *driver)
{
    struct driver *d = driver;

    return class_loop_forms(r, &calls, &d->blk.first, &d->free);
}

const struct bench_level bench_block = {"block", 1, block_set_up, block_measured};
const struct bench_level bench_open = {"open", 1, block_set_up, open_measured};
const struct bench_level bench_requests = {"requests", 1, requests_set_up, requests_measured};
const struct bench_level bench_requests_pci = {"requests_pci", 1, requests_pci_set_up, requests_pci_measured};
const struct bench_level bench_forms = {"forms", 1, forms_set_up, forms_measured};
