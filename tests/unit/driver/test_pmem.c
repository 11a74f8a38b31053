/* SPDX-License-Identifier: MIT */
#include "bench.h"
#include "../../../classes/pmem.h"
#include "vwr/pmem.h"

#include <string.h>

/* Stories of persistent memory (classes/): where a device says that its region is, and what a port makes of
 * it. */

static struct vwr_pmem p;
static struct vwr_pmem_options o;
static unsigned maps;

static void *map(void *context, const struct vwr_region *region)
{
    assert_true(region->bytes != 0 && region->bytes <= ~region->addr);
    maps++;
    return context;
}

/* A correct device, and options of a port that maps its region at `at`. */
static struct fake *plug(struct world *w, const struct format *f, void *at)
{
    bench_plug(w, f, &bench_pmem_driver);
    memset(&p, 0xa5, sizeof(p));
    memset(&o, 0, sizeof(o));
    o.shared = fake_ram_alloc(sizeof(struct vwr_pmem_shared), VWR_QUEUE_SHARED_ALIGN);
    o.map = map;
    o.context = at;
    o.request.requests = 2;
    maps = 0;
    return &w->f;
}

static int open_it(struct world *w)
{
    return vwr_pmem_open(&p, &w->mmio.dev, &o);
}

/* The configuration, which has the byte order of the device. */
static void says(struct fake *f, uint64_t start, uint64_t size)
{
    fake_config(f, VWR_PMEM_CONFIG_START, 8, start);
    fake_config(f, VWR_PMEM_CONFIG_SIZE, 8, size);
}

static void explains(const char *part)
{
    char text[200];

    (void)vwr_pmem_explain(&p, text, sizeof(text));
    assert_non_null(strstr(text, part));
}

/* A region that is empty or wraps is no region; nothing is mapped. */
static void D30_regions(struct world *w, const struct format *f, const void *param)
{
    static const uint64_t bad[][2] = {{PMEM_START, 0},
                                      {0, 0},
                                      {1, UINT64_MAX},
                                      {UINT64_MAX, 1},
                                      {UINT64_MAX, 2},
                                      {UINT64_MAX - PMEM_BYTES, PMEM_BYTES + 1},
                                      {UINT64_C(1) << 63, UINT64_C(1) << 63}};

    (void)param;
    for (unsigned i = 0; i < VWR_COUNT(bad); i++) {
        says(plug(w, f, pmem_memory), bad[i][0], bad[i][1]);
        assert_int_equal(open_it(w), VWR_EPROTO);
        assert_int_equal(maps, 0);
        explains("configuration");
    }
    says(plug(w, f, pmem_memory), UINT64_MAX - PMEM_BYTES, PMEM_BYTES);
    assert_int_equal(open_it(w), VWR_OK);
    assert_true(p.region.addr == UINT64_MAX - PMEM_BYTES && p.region.bytes == PMEM_BYTES);
    assert_int_equal(vwr_close(&p.bringup), VWR_OK);
}

/* A port that refuses it, or maps it over the driver's memory: the device is closed, and can be opened. */
static void D30_maps(struct world *w, const struct format *f, const void *param)
{
    void *const bad[] = {NULL, &p, (uint8_t *)&p - 1, (uint8_t *)(&p + 1) - 1, (void *)(UINTPTR_MAX - 8u)};

    (void)param;
    for (unsigned i = 0; i <= VWR_COUNT(bad); i++) {
        says(plug(w, f, i < VWR_COUNT(bad) ? bad[i] : NULL), PMEM_START, PMEM_BYTES);
        if (i == VWR_COUNT(bad))
            o.context = (uint8_t *)o.shared - PMEM_BYTES + 1;
        assert_int_equal(open_it(w), VWR_ERANGE);
        assert_int_equal(maps, 1);
        assert_null(p.memory);
        assert_int_equal(vwr_pmem_flush(&p), VWR_EFAILED);
        assert_int_equal(bench.requests, 0);
        o.context = &p + 1;
        assert_int_equal(open_it(w), VWR_OK);
        assert_ptr_equal(p.memory, &p + 1);
        assert_int_equal(vwr_close(&p.bringup), VWR_OK);
    }
    plug(w, f, NULL);
    o.map = NULL; /* the caller maps it */
    assert_int_equal(open_it(w), VWR_OK);
    assert_null(p.memory);
    assert_int_equal(vwr_close(&p.bringup), VWR_OK);
}

/* With SHMEM_REGION the configuration is not looked at, and without a region the feature is not accepted. */
static void shared_region(struct world *w, const struct format *f, const void *param)
{
    static const struct vwr_region region = {0x1000, PMEM_BYTES};

    (void)param;
    says(plug(w, f, pmem_memory), 0, 0);
    fake_offer(&w->f, VWR_PMEM_F_SHMEM_REGION);
    o.region = region;
    assert_int_equal(open_it(w), VWR_OK);
    assert_true(fake_took(&w->f, VWR_PMEM_F_SHMEM_REGION) && p.region.addr == region.addr);
    assert_int_equal(vwr_pmem_flush(&p), VWR_OK);
    assert_int_equal(vwr_close(&p.bringup), VWR_OK);
    plug(w, f, pmem_memory);
    fake_offer(&w->f, VWR_PMEM_F_SHMEM_REGION);
    assert_int_equal(open_it(w), VWR_OK);
    assert_true(!fake_took(&w->f, VWR_PMEM_F_SHMEM_REGION) && p.region.addr == PMEM_START);
    assert_int_equal(vwr_close(&p.bringup), VWR_OK);
    o.region.bytes = UINT64_MAX;
    o.region.addr = 1;
    assert_int_equal(open_it(w), VWR_EINVAL);
    o.region.bytes = 0;
    o.request.requests = VWR_PMEM_FLUSHES + 1;
    assert_int_equal(open_it(w), VWR_EINVAL);
    plug(w, f, pmem_memory);
    fake_withhold(&w->f, VWR_PMEM_F_SHMEM_REGION);
    o.region = region; /* which a device without the feature has as well */
    assert_int_equal(open_it(w), VWR_OK);
    assert_true(p.region.addr == PMEM_START);
    assert_int_equal(vwr_close(&p.bringup), VWR_OK);
}

static int recover(struct world *w)
{
    int r;

    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    assert_int_equal(vwr_dev_check(&w->mmio.dev), VWR_ENEEDSRESET);
    while ((r = vwr_recover(&p.bringup)) == VWR_EBUSY)
        continue;
    return r;
}

/* Flushes in flight fail, so that the caller flushes again; a region that moves ends the device. */
static void D26_recovery(struct world *w, const struct format *f, const void *param)
{
    static struct vwr_pmem_request flush[2];
    struct vwr_pmem_request *done[2];

    (void)param;
    memset(flush, 0, sizeof(flush));
    plug(w, f, pmem_memory);
    assert_int_equal(open_it(w), VWR_OK);
    class_silent = true;
    for (unsigned i = 0; i < 2; i++)
        assert_int_equal(vwr_pmem_submit(&p, &flush[i]), VWR_OK);
    assert_int_equal(vwr_pmem_submit(&p, &flush[0]), VWR_EBUSY);
    assert_true(vwr_pmem_kick(&p));
    assert_int_equal(recover(w), VWR_OK);
    class_silent = false;
    assert_int_equal(vwr_pmem_reap(&p, done, 2), 2);
    assert_true(done[0] == &flush[0] && flush[0].call.req.result < 0 && flush[1].call.req.result < 0);
    assert_int_equal(bench.requests, 0);
    assert_int_equal(vwr_pmem_flush(&p), VWR_OK);
    assert_int_equal(bench.requests, 1);
    assert_int_equal(maps, 1);
    says(&w->f, PMEM_START + 0x1000, PMEM_BYTES);
    assert_int_equal(recover(w), VWR_EFAILED);
    assert_int_equal(vwr_get_stage(&p.bringup), VWR_STAGE_DEAD);
    explains("configuration");
    assert_int_equal(vwr_pmem_flush(&p), VWR_EFAILED);
    assert_true(p.region.addr == PMEM_START);
}

static uint32_t used;

/* All of an answer is there, but the device says that it has written another number of bytes. */
static void serve_wrong(struct fake *f, uint32_t queue)
{
    static const uint8_t success[4];
    static struct fake_chain chain;

    while (fake_ring_next(f, queue, &chain)) {
        class_write(&chain, success, sizeof(success));
        fake_ring_push(f, queue, chain.head, used);
    }
}

static void D05_used_length(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    plug(w, f, pmem_memory);
    w->f.on_notify = serve_wrong;
    assert_int_equal(open_it(w), VWR_OK);
    for (used = 0; used < 4; used++)
        assert_int_equal(vwr_pmem_flush(&p), VWR_EPROTO);
    assert_int_equal(vwr_pmem_flush(&p), VWR_OK);
    assert_int_equal(vwr_close(&p.bringup), VWR_OK);
}

void bench_stories(struct format_tests *tests)
{
    static const uint16_t sizes[] = {16, 0};
    static const struct format_range all = {KIND_ALL, FORMAT_INDIRECT, 0, sizes};
    static const struct format_range one = {KIND_SPLIT, 0, 0, sizes};

    format_add(tests, "D30_regions", D30_regions, NULL, &one);
    format_add(tests, "D30_maps", D30_maps, NULL, &one);
    format_add(tests, "shared_region", shared_region, NULL, &one);
    format_add(tests, "D05_used_length", D05_used_length, NULL, &all);
    format_add(tests, "D26_recovery", D26_recovery, NULL, &all);
}
