/* SPDX-License-Identifier: MIT */
#include "world.h"

#include <string.h>

/* A port whose DMA needs cache-line-aligned buffers and is not coherent with the caches (port_cache). */

#define SECTOR VWR_BLK_SECTOR_BYTES
#define SYNCS 64

/* The clean and invalidate calls of the port, in order. */
static struct sync {
    const uint8_t *p;
    size_t n;
    bool for_device;
} syncs[SYNCS];
static unsigned sync_count;
static unsigned synced_at_notify;

void fake_sync(const void *p, size_t n, bool for_device)
{
    if (n == 0)
        return;
    assert_true(sync_count < SYNCS);
    syncs[sync_count++] = (struct sync){p, n, for_device};
}

static bool was_synced(const void *p, size_t n, bool for_device, unsigned from, unsigned to)
{
    for (unsigned i = from; i < to; i++)
        if (syncs[i].for_device == for_device && syncs[i].p <= (const uint8_t *)p &&
            syncs[i].p + syncs[i].n >= (const uint8_t *)p + n)
            return true;
    return false;
}

static void serve_and_note(struct fake *f, uint32_t queue)
{
    synced_at_notify = sync_count;
    fake_blk_serve(f, queue);
}

static void begin(struct world *w)
{
    w->f.on_notify = serve_and_note;
    sync_count = 0;
}

/* Header, status byte and data are cleaned before the device is notified, and invalidated before they are
 * read. */
static void expect_syncs(const struct world *w, const void *p, size_t n)
{
    const struct vwr_blk_slot *shared = w->blk.first.requests.slots->shared; /* of the only request */

    assert_true(was_synced(shared, sizeof(*shared), true, 0, synced_at_notify));
    assert_true(was_synced(shared, sizeof(*shared), false, synced_at_notify, sync_count));
    if (n == 0)
        return;
    assert_true(was_synced(p, n, true, 0, synced_at_notify));
    assert_true(was_synced(p, n, false, synced_at_notify, sync_count));
}

static void buffers_are_synced(void **state)
{
    struct world *w = *state;
    char id[VWR_BLK_GET_ID_BYTES + 1];

    world_plug(w, world_version(w));
    world_opened(w);
    begin(w);
    assert_int_equal(vwr_blk_read(&w->blk, 5, w->buffer, 3), VWR_OK);
    expect_syncs(w, w->buffer, 3 * SECTOR);
    begin(w);
    assert_int_equal(vwr_blk_write(&w->blk, 5, w->buffer, 3), VWR_OK);
    expect_syncs(w, w->buffer, 3 * SECTOR);
    begin(w);
    assert_int_equal(vwr_blk_flush(&w->blk), VWR_OK);
    expect_syncs(w, NULL, 0);
    begin(w);
    assert_int_equal(vwr_blk_get_id(&w->blk, id), VWR_OK);
    expect_syncs(w, NULL, 0);
}

/* The slow path, with a discontiguous buffer. */
static void scattered_buffers_are_synced(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    world_opened(w);
    fake_ram_scatter(w->buffer, WORLD_BUFFER_BYTES);
    begin(w);
    assert_int_equal(vwr_blk_read(&w->blk, 5, w->buffer, 32), VWR_OK);
    expect_syncs(w, w->buffer, 32 * SECTOR);
    assert_true(world_has_pattern(w, 5, 32));
}

/* Asynchronous requests: one with parts, and one whose range is written by the driver. */
static void requests_are_synced(void **state)
{
    static struct vwr_blk_req req;
    struct world *w = *state;
    struct vwr_vec part[2] = {{w->buffer, 2 * SECTOR}, {w->buffer + 4096, SECTOR}};
    struct vwr_blk_req *done = NULL;

    world_plug(w, world_version(w));
    fake_blk_offer_write_zeroes(&w->f, (struct fake_limits){0, 1, 0}, false);
    world_opened(w);
    memset(&req, 0, sizeof(req));
    begin(w);
    vwr_blk_fill(&req, VWR_BLK_T_IN, 5, NULL, 0);
    req.req.vecs = part;
    req.req.vec_count = 2;
    assert_int_equal(vwr_blk_submit(&w->blk.first, &req), VWR_OK);
    (void)vwr_blk_kick(&w->blk.first);
    assert_int_equal(vwr_blk_reap(&w->blk.first, &done, 1), 1);
    expect_syncs(w, part[0].p, part[0].bytes);
    expect_syncs(w, part[1].p, part[1].bytes);
    assert_true(world_has_pattern(w, 5, 2));
    begin(w);
    vwr_blk_fill_range(&req, VWR_BLK_T_WRITE_ZEROES, 5, 3, false);
    assert_int_equal(vwr_blk_do(&w->blk.first, &req), VWR_OK);
    expect_syncs(w, NULL, 0);
    begin(w);
    assert_int_equal(vwr_blk_transfer_vecs(&w->blk, VWR_BLK_T_OUT, 5, part, 2), VWR_OK);
    expect_syncs(w, part[1].p, part[1].bytes);
}

/* Every part has to be aligned; otherwise the request is refused before any cleaning. */
static void misaligned_part(void **state)
{
    static struct vwr_blk_req req;
    struct world *w = *state;
    struct vwr_vec part[2] = {{w->buffer, SECTOR}, {w->buffer + 4096 + 32, SECTOR}};

    world_plug(w, world_version(w));
    world_opened(w);
    memset(&req, 0, sizeof(req));
    sync_count = 0;
    vwr_blk_fill(&req, VWR_BLK_T_IN, 5, NULL, 0);
    req.req.vecs = part;
    req.req.vec_count = 2;
    assert_int_equal(vwr_blk_submit(&w->blk.first, &req), VWR_EALIGN);
    assert_int_equal(vwr_blk_transfer_vecs(&w->blk, VWR_BLK_T_IN, 5, part, 2), VWR_EALIGN);
    assert_int_equal(vwr_blk_transfer_vecs(&w->blk, VWR_BLK_T_OUT, 5, part, 2), VWR_EALIGN);
    vwr_blk_fill(&req, VWR_BLK_T_IN, 5, w->buffer + 8, SECTOR);
    assert_int_equal(vwr_blk_submit(&w->blk.first, &req), VWR_EALIGN);
    assert_int_equal(sync_count, 0);
    assert_int_equal(w->f.accesses, 0);
}

static void misaligned_buffer(void **state)
{
    static const unsigned offsets[] = {1, 2, 4, 8, 16, 32, 63, 65, 96};
    struct world *w = *state;

    world_plug(w, world_version(w));
    world_opened(w);
    for (unsigned i = 0; i < sizeof(offsets) / sizeof(offsets[0]); i++) {
        assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer + offsets[i], 1), VWR_EALIGN);
        assert_int_equal(vwr_blk_write(&w->blk, 0, w->buffer + offsets[i], 1), VWR_EALIGN);
    }
    assert_int_equal(w->f.accesses, 0);
}

static void aligned_buffer(void **state)
{
    struct world *w = *state;
    uint8_t *const buffer = w->buffer;

    world_plug(w, world_version(w));
    world_opened(w);
    for (unsigned offset = 0; offset <= 4096; offset += 64) {
        sync_count = 0;
        w->buffer = buffer + offset;
        assert_int_equal(vwr_blk_read(&w->blk, 5, w->buffer, 3), VWR_OK);
        assert_true(world_has_pattern(w, 5, 3));
    }
    w->buffer = buffer;
}

#define BOTH(function) WORLD_MODERN(function), WORLD_LEGACY(function)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(buffers_are_synced),  BOTH(scattered_buffers_are_synced),
        BOTH(requests_are_synced), BOTH(misaligned_part),
        BOTH(misaligned_buffer),   BOTH(aligned_buffer),
    };

    return cmocka_run_group_tests_name("cache", tests, NULL, NULL);
}
