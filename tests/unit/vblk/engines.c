/* SPDX-License-Identifier: MIT */
#include "engines.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define AT_ONCE 5u

const struct vwr_engine_options engines_few = {.slots = 3, .segments = STAGE_SEGS, .timeout_ms = 300};

static struct vwr_engine *engine; /* of the test that runs */

static void serve_once(int ms)
{
    struct pollfd p = {.fd = engine->fd, .events = POLLIN};

    (void)poll(&p, 1, ms);
    vwr_engine_serve(engine);
}

static void meanwhile(void)
{
    if (engine->busy > 0)
        serve_once(5);
}

struct guest *engines_plug(const struct kind *k, struct vwr_engine *e)
{
    struct guest *const g = &stage.guest[0];
    const struct vwr_vblk_options o = stage_options(g, &e->backend);

    stage_plug(g, k, &o);
    vwr_engine_attach(e, &g->disk);
    engine = e;
    stage.meanwhile = meanwhile;
    return g;
}

void engines_unplug(struct vwr_engine *e)
{
    stage.meanwhile = NULL;
    vwr_engine_close(e);
    engine = NULL;
}

void engines_make_file(char *path)
{
    static uint8_t content[SECTORS * SECTOR];
    int fd;

    strcpy(path, "vblk_engine_XXXXXX");
    fd = mkstemp(path);
    assert_true(fd >= 0);
    stage_pattern(content, 0, sizeof(content), 0);
    assert_int_equal(pwrite(fd, content, sizeof(content), 0), sizeof(content));
    close(fd);
}

void engines_has_been_used(const char *path)
{
    static uint8_t at[SECTORS * SECTOR];
    const int fd = open(path, O_RDONLY);

    assert_int_equal(pread(fd, at, sizeof(at), 0), sizeof(at));
    assert_int_equal(lseek(fd, 0, SEEK_END), sizeof(at));
    close(fd);
    stage_has_pattern(at, 0, SECTOR, 0);
    stage_has_pattern(at + SECTOR, 1, 4 * SECTOR, 1);
    assert_true(stage_all(at + 5 * SECTOR, 0, 3 * SECTOR));
    stage_has_pattern(at + 8 * SECTOR, 8, SECTOR, 1);
    assert_true(stage_all(at + 9 * SECTOR, 0, SECTOR));
    stage_has_pattern(at + 10 * SECTOR, 10, 10 * SECTOR, 1);
    for (unsigned i = 0; i < AT_ONCE; i++)
        stage_has_pattern(at + (40 + 2 * i) * SECTOR, 40 + 2 * i, SECTOR, i + 2);
    stage_has_pattern(at + (SECTORS - 1) * SECTOR, SECTORS - 1, SECTOR, 0);
}

static void write_at_once(struct guest *g, uint8_t *at)
{
    static struct vwr_blk_req req[AT_ONCE]; /* of three descriptors each, without a table */
    struct vwr_blk_req *done[AT_ONCE];
    unsigned ended = 0;

    memset(req, 0, sizeof(req));
    for (unsigned i = 0; i < AT_ONCE; i++) {
        stage_pattern(at + i * SECTOR, 40 + 2 * i, SECTOR, i + 2);
        vwr_blk_fill(&req[i], VWR_BLK_T_OUT, 40 + 2 * i, at + i * SECTOR, SECTOR);
        assert_int_equal(vwr_blk_submit(&g->blk.first, &req[i]), VWR_OK);
    }
    vwr_blk_kick(&g->blk.first);
    assert_true(engine->full); /* three of them wait in the device */
    for (unsigned pass = 0; pass < 1000 && ended < AT_ONCE; pass++) {
        const int n = vwr_blk_reap(&g->blk.first, done, AT_ONCE);

        assert_true(n >= 0);
        for (int i = 0; i < n; i++)
            assert_int_equal(done[i]->req.result, VWR_OK);
        ended += (unsigned)n;
        serve_once(5);
    }
    assert_int_equal(ended, AT_ONCE);
}

void engines_use(struct guest *g)
{
    uint8_t *const at = stage_alloc(g, SECTORS * SECTOR);

    stage_open(g, 1, AT_ONCE);
    stage_enter(g);
    assert_int_equal(vwr_blk_read(&g->blk, 0, at, SECTORS), VWR_OK);
    stage_has_pattern(at, 0, SECTORS * SECTOR, 0);
    stage_pattern(at, 0, SECTORS * SECTOR, 1);
    assert_int_equal(vwr_blk_write(&g->blk, 1, at + SECTOR, SECTORS - 2), VWR_OK);
    assert_int_equal(vwr_blk_flush(&g->blk), VWR_OK);
    assert_int_equal(vwr_blk_do_ranges(&g->blk, VWR_BLK_T_WRITE_ZEROES, 5, 3, false), VWR_OK);
    assert_int_equal(vwr_blk_do_ranges(&g->blk, VWR_BLK_T_WRITE_ZEROES, 9, 1, true), VWR_OK);
    assert_int_equal(vwr_blk_do_ranges(&g->blk, VWR_BLK_T_DISCARD, 24, 8, false), VWR_OK);
    write_at_once(g, at);
    memset(at, 0x11, SECTOR);
    assert_int_equal(vwr_blk_read(&g->blk, 10, at, 1), VWR_OK);
    stage_leave();
    stage_has_pattern(at, 10, SECTOR, 1);
    assert_int_equal(engine->errors, 0);
}

static struct vwr_chain chains[3]; /* as many at a time as slots */
static unsigned put;

void engines_put(struct guest *g, uint32_t type, uint64_t sector, void *at, uint32_t bytes, uint8_t *status)
{
    struct vwr_chain *const chain = &chains[++put % 3];
    struct segments p = {.out = 0};

    memset(chain, 0, sizeof(*chain));
    stage_segment(g, &p, stage_header(g, type, sector), 16, false);
    stage_segment(g, &p, at, bytes, type == VWR_BLK_T_IN);
    stage_segment(g, &p, status, 1, true);
    stage_put(g, &p, chain);
}

int64_t engines_send(struct guest *g, uint32_t type, uint64_t sector, void *at, uint32_t bytes,
                     uint8_t *status, unsigned ms)
{
    struct vwr_chain *done = NULL;
    struct timespec t;
    int64_t end;

    clock_gettime(CLOCK_MONOTONIC, &t);
    end = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000 + ms;
    engines_put(g, type, sector, at, bytes, status);
    while (stage_take(g, &done) == 0) {
        serve_once(5);
        clock_gettime(CLOCK_MONOTONIC, &t);
        if ((int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000 > end)
            return -1;
    }
    assert_ptr_equal(done, &chains[put % 3]);
    return done->written;
}
