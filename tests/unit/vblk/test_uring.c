/* SPDX-License-Identifier: MIT */
#include "engines.h"

#include "vwr_engine_uring.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

/* A file by io_uring. */

static char path[64];

static void in_a_file(const struct kind *k)
{
    struct vwr_engine_uring u;

    engines_make_file(path);
    assert_int_equal(vwr_engine_uring_open(&u, path, &engines_few), VWR_OK);
    assert_int_equal(u.engine.backend.sectors, SECTORS);
    engines_use(engines_plug(k, &u.engine));
    engines_unplug(&u.engine);
    engines_has_been_used(path);
    unlink(path);
}

/* The guest gets what is there, an error, and then the next request. */
static void file_that_shrinks(const struct kind *k)
{
    struct vwr_engine_uring u;
    struct guest *g;
    uint8_t *at;
    uint8_t *status;

    engines_make_file(path);
    assert_int_equal(vwr_engine_uring_open(&u, path, &engines_few), VWR_OK);
    g = engines_plug(k, &u.engine);
    at = stage_alloc(g, 4 * SECTOR);
    status = stage_alloc(g, 1);
    stage_take_queue(g);
    assert_int_equal(truncate(path, 10 * SECTOR + 77), 0);
    assert_int_equal(engines_send(g, VWR_BLK_T_IN, 9, at, 4 * SECTOR, status, 5000), SECTOR + 77);
    assert_int_equal(*status, VWR_BLK_S_IOERR);
    assert_int_equal(u.engine.errors, 1);
    assert_int_equal(u.engine.last, 0);
    stage_has_pattern(at, 9, SECTOR, 0);
    assert_true(stage_all(at + SECTOR + 77, STAGE_POISON, 3 * SECTOR - 77));
    assert_int_equal(engines_send(g, VWR_BLK_T_IN, 3, at, SECTOR, status, 5000), SECTOR + 1);
    assert_int_equal(*status, VWR_BLK_S_OK);
    stage_has_pattern(at, 3, SECTOR, 0);
    engines_unplug(&u.engine);
    unlink(path);
}

static void no_space(const struct kind *k)
{
    struct vwr_engine_uring u;
    struct guest *g;
    uint8_t *at;
    uint8_t *status;

    if (access("/dev/full", R_OK | W_OK) != 0 ||
        vwr_engine_uring_open(&u, "/dev/full", &engines_few) != VWR_OK)
        return; /* no such device here */
    u.engine.backend.sectors = SECTORS;
    g = engines_plug(k, &u.engine);
    at = stage_alloc(g, SECTOR);
    status = stage_alloc(g, 1);
    stage_take_queue(g);
    assert_int_equal(engines_send(g, VWR_BLK_T_OUT, 3, at, SECTOR, status, 5000), 1);
    assert_int_equal(*status, VWR_BLK_S_IOERR);
    assert_int_equal(u.engine.last, ENOSPC);
    engines_unplug(&u.engine);
}

/* More segments than the engine has room for, in a chain for which the device has room. */
static void many_segments(const struct kind *k)
{
    const struct vwr_engine_options few = {.slots = 1, .segments = 6};
    struct guest *const g = &stage.guest[0];
    struct segments p = {.out = 0};
    struct vwr_vblk_options o;
    struct vwr_engine_uring u;
    struct vwr_chain chain;
    uint8_t *at;

    engines_make_file(path);
    assert_int_equal(vwr_engine_uring_open(&u, path, &few), VWR_OK);
    o = stage_options(g, &u.engine.backend);
    o.seg_count = VWR_VBLK_SEGS(o.req_count, few.segments);
    stage_plug(g, k, &o);
    vwr_engine_attach(&u.engine, &g->disk);
    at = stage_alloc(g, 8 * SECTOR);
    stage_take_queue(g);
    stage_segment(g, &p, stage_header(g, VWR_BLK_T_IN, 0), 16, false);
    for (unsigned i = 0; i < 7; i++)
        stage_segment(g, &p, at + i * SECTOR, SECTOR + (i == 6), true); /* the last with the status */
    for (unsigned i = 0; i < 2; i++) {
        memset(&chain, 0, sizeof(chain));
        stage_put(g, &p, &chain);
        for (unsigned n = 0; n < 1000 && u.engine.busy > 0; n++) {
            usleep(1000);
            vwr_engine_serve(&u.engine);
        }
        assert_int_equal(at[7 * SECTOR], i == 0 ? VWR_BLK_S_OK : VWR_BLK_S_IOERR);
        stage_has_pattern(at, 0, 7 * SECTOR, 0);
        u.engine.backend.segments_max = 0; /* a VMM that takes the limit away */
    }
    engines_unplug(&u.engine);
    unlink(path);
}

/* A reset waits for what is in flight: nothing writes into the guest's memory afterwards. */
static void reset_in_flight(const struct kind *k)
{
    struct vwr_engine_uring u;
    struct guest *g;
    uint8_t *at;
    uint8_t *status;

    engines_make_file(path);
    assert_int_equal(vwr_engine_uring_open(&u, path, &engines_few), VWR_OK);
    g = engines_plug(k, &u.engine);
    at = stage_alloc(g, SECTOR);
    status = stage_alloc(g, 1);
    stage_take_queue(g);
    engines_put(g, VWR_BLK_T_IN, 3, at, SECTOR, status);
    assert_int_equal(u.engine.busy, 1);
    vwr_vdev_reset(&g->disk.dev);
    assert_int_equal(u.engine.busy, 0);
    assert_false(g->disk.dev.unsafe);
    vwr_engine_serve(&u.engine);
    assert_int_equal(*status, STAGE_POISON);
    assert_int_equal(g->disk.dev.stats.late, 0);
    engines_unplug(&u.engine);
    unlink(path);
}

#if defined(__SANITIZE_ADDRESS__)
/* Its allocator has no more than this, and says so as others do. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1:max_allocation_size_mb=100";
}

/* There is memory for the requests, and none for their segments. */
static void no_memory(const struct kind *k)
{
    const struct vwr_engine_options huge = {.slots = 0x1000, .segments = 0x1000};
    struct vwr_engine_uring u;

    (void)k;
    assert_int_equal(vwr_engine_uring_open(&u, ".", &huge), VWR_ENOMEM);
}
#endif

/* One request at a time, with its cancellation. */
static void one_slot(const struct kind *k)
{
    const struct vwr_engine_options one = {.slots = 1, .segments = STAGE_SEGS};
    struct vwr_engine_uring u;
    struct guest *g;
    uint8_t *at;
    uint8_t *status;

    engines_make_file(path);
    assert_int_equal(vwr_engine_uring_open(&u, path, &one), VWR_OK);
    g = engines_plug(k, &u.engine);
    at = stage_alloc(g, SECTOR);
    status = stage_alloc(g, 1);
    stage_take_queue(g);
    assert_int_equal(engines_send(g, VWR_BLK_T_IN, 3, at, SECTOR, status, 5000), SECTOR + 1);
    stage_has_pattern(at, 3, SECTOR, 0);
    engines_unplug(&u.engine);
    unlink(path);
}

static int starts_nothing(struct vwr_engine *e, struct vwr_engine_slot *slot)
{
    (void)e;
    (void)slot;
    return VWR_EIO;
}

/* Each request fails at once, more of them than there are slots; then they work again. */
static void start_that_fails(const struct kind *k)
{
    struct vwr_engine_uring u;
    const struct vwr_engine_kind *uring;
    struct vwr_engine_kind failing;
    struct guest *g;
    uint8_t *at;
    uint8_t *status;

    engines_make_file(path);
    assert_int_equal(vwr_engine_uring_open(&u, path, &engines_few), VWR_OK);
    g = engines_plug(k, &u.engine);
    at = stage_alloc(g, SECTOR);
    status = stage_alloc(g, 1);
    stage_take_queue(g);
    uring = u.engine.kind;
    failing = *uring;
    failing.start = starts_nothing;
    u.engine.kind = &failing;
    for (unsigned i = 0; i < engines_few.slots + 1u; i++) {
        assert_int_equal(engines_send(g, VWR_BLK_T_IN, 3, at, SECTOR, status, 5000), 0);
        assert_int_equal(*status, VWR_BLK_S_IOERR);
        assert_int_equal(u.engine.busy, 0);
    }
    u.engine.kind = uring;
    assert_int_equal(engines_send(g, VWR_BLK_T_IN, 3, at, SECTOR, status, 5000), SECTOR + 1);
    stage_has_pattern(at, 3, SECTOR, 0);
    engines_unplug(&u.engine);
    unlink(path);
}

/* A request that no guest can send: it is not offered. */
static void secure_erase(const struct kind *k)
{
    struct vwr_vblk_req r = {.type = VWR_BLK_T_SECURE_ERASE};
    struct vwr_engine_uring u;

    (void)k;
    engines_make_file(path);
    assert_int_equal(vwr_engine_uring_open(&u, path, &engines_few), VWR_OK);
    assert_int_equal(u.engine.backend.ops->submit(&u.engine.backend, &r), VWR_EUNSUPP);
    assert_int_equal(u.engine.busy, 0);
    vwr_engine_close(&u.engine);
    unlink(path);
}

/* The kernel's limit of a vector is also the limit of a request. */
static void vectors(const struct kind *k)
{
    static const uint16_t segments[] = {5, IOV_MAX, IOV_MAX + 1};

    (void)k;
    engines_make_file(path);
    for (unsigned i = 0; i < 3; i++) {
        const struct vwr_engine_options o = {.slots = 1, .segments = segments[i]};
        struct vwr_engine_uring u;

        assert_int_equal(vwr_engine_uring_open(&u, path, &o), VWR_OK);
        assert_int_equal(u.engine.backend.segments_max, i == 0 ? 5 : IOV_MAX);
        vwr_engine_close(&u.engine);
    }
    unlink(path);
}

static void what_is_no_disk(const struct kind *k)
{
    struct vwr_engine_uring u;
    const struct vwr_engine_options none = {.slots = 0, .segments = 1};

    (void)k;
    assert_int_equal(vwr_engine_uring_open(&u, "no/such/file", &engines_few), VWR_ENODEV);
    assert_int_equal(errno, ENOENT);
    assert_int_equal(vwr_engine_uring_open(&u, ".", &engines_few), VWR_ENODEV);
    assert_int_equal(errno, EISDIR);
    assert_int_equal(vwr_engine_uring_open(&u, ".", &none), VWR_EINVAL);
}

static const struct stage_row rows[] = {
    {"in_a_file", in_a_file},       {"file_that_shrinks", file_that_shrinks},
    {"no_space", no_space},         {"reset_in_flight", reset_in_flight},
    {"one_slot", one_slot},         {"start_that_fails", start_that_fails},
    {"secure_erase", secure_erase}, {"what_is_no_disk", what_is_no_disk},
    {"vectors", vectors},           {"many_segments", many_segments},
#if defined(__SANITIZE_ADDRESS__)
    {"no_memory", no_memory},
#endif
};

int main(void)
{
    struct vwr_engine_uring u;

    if (vwr_engine_uring_open(&u, "/dev/null", &engines_few) != VWR_OK) {
        print_message("skipped: no io_uring here: %s\n", strerror(errno));
        return 77;
    }
    vwr_engine_close(&u.engine);
    return stage_run("uring", rows, sizeof(rows) / sizeof(rows[0]));
}
