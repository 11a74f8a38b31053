/* SPDX-License-Identifier: MIT */
#include "watch.h"
#include "watched_calls.h"

#include <string.h>

/*
 * D09 to D12 and D19, literally: each field that the device writes is loaded once per use; the driver loads
 * neither its own fields nor tables, and does not read a broken ring again. Every access is counted
 * (watch.h).
 */

#define SIZE 8u

#define LOADS(...)                                          \
    watch_expect((const struct watch_loads[]){__VA_ARGS__}, \
                 sizeof((const struct watch_loads[]){__VA_ARGS__}) / sizeof(struct watch_loads))
#define NOTHING       \
    {                 \
        WATCH_DESC, 0 \
    }

static int teardown(void **state)
{
    watch_end();
    return world_teardown(state);
}

static bool packed(const struct format *f)
{
    return (f->flags & FORMAT_PACKED) != 0;
}

static void begin(struct world *w, const struct format *f, struct load *l)
{
    format_ring(w, f);
    load_prepare(w, l, LOAD_TABLES);
    watch_begin(w, f, l);
}

/* Loads of a poll that finds no used entry. */
static void polled(const struct format *f)
{
    if (packed(f))
        LOADS({WATCH_RING_FLAGS, 1});
    else
        LOADS({WATCH_USED_IDX, 1});
}

/* Loads of a take that finds `entries` used entries, in one poll each or all in one poll. */
static void took(const struct format *f, unsigned entries)
{
    if (packed(f))
        LOADS({WATCH_RING_FLAGS, entries}, {WATCH_RING_ID, entries}, {WATCH_RING_LEN, entries});
    else
        LOADS({WATCH_USED_IDX, 1}, {WATCH_USED_ID, entries}, {WATCH_USED_LEN, entries});
}

static void kicked(const struct format *f)
{
    if (packed(f))
        LOADS({WATCH_DEVICE_EVENT, 1}); /* one load for both fields */
    else if (f->flags & FORMAT_EVENT_IDX)
        LOADS({WATCH_AVAIL_EVENT, 1});
    else
        LOADS({WATCH_USED_FLAGS, 1});
}

static void D09_D19_one_fetch_of_each_field(struct world *w, const struct format *f, const void *param)
{
    struct vwr_chain *done;
    struct fake_chain c;
    struct load l;

    (void)param;
    begin(w, f, &l);
    for (unsigned pass = 0; pass < 2 * SIZE; pass++) {
        assert_int_equal(watched_take(&w->queue, &done), 0);
        polled(f);
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 2, 2, &l.chain[0]), VWR_OK);
        LOADS(NOTHING);
        assert_true(watched_kick(&w->queue));
        kicked(f);
        assert_true(vwr_queue_arm(&w->queue, 1));
        polled(f);
        vwr_queue_disarm(&w->queue);
        LOADS(NOTHING);
        assert_true(fake_ring_next(&w->f, 0, &c));
        assert_int_equal(c.table, (f->flags & FORMAT_INDIRECT) != 0);
        fake_ring_push(&w->f, 0, c.head, 32);
        assert_false(fake_ring_next(&w->f, 0, &c));
        assert_int_equal(watched_take(&w->queue, &done), 1);
        took(f, 1);
    }
}

static void D09_bound_chain(struct world *w, const struct format *f, const void *param)
{
    struct vwr_chain *done;
    struct fake_chain c;
    struct load l;

    (void)param;
    begin(w, f, &l);
    assert_int_equal(load_bind(&w->queue, l.seg, 3, 1, &l.chain[0]), VWR_OK);
    LOADS(NOTHING);
    for (unsigned pass = 0; pass < 2 * SIZE; pass++) {
        assert_int_equal(watched_push(&w->queue, &l.chain[0], l.seg[5].addr, 16, pass % 2), VWR_OK);
        LOADS(NOTHING);
        assert_true(watched_kick(&w->queue));
        kicked(f);
        assert_true(fake_ring_next(&w->f, 0, &c));
        fake_ring_push(&w->f, 0, c.head, 16);
        assert_false(fake_ring_next(&w->f, 0, &c));
        assert_int_equal(watched_take(&w->queue, &done), 1);
        took(f, 1);
    }
}

/* One call loads the index of a split ring once; with IN_ORDER, once for each entry, which may be a batch. */
static void D09_entries_of_one_poll(struct world *w, const struct format *f, const void *param)
{
    struct vwr_chain *done[SIZE];
    struct load l;

    (void)param;
    begin(w, f, &l);
    for (unsigned i = 0; i < SIZE; i++)
        assert_int_equal(vwr_queue_add(&w->queue, &l.seg[i], 0, 1, &l.chain[i]), VWR_OK);
    assert_true(watched_kick(&w->queue));
    load_serve_all(w);
    watch_forget();
    if (f->flags & FORMAT_IN_ORDER && !packed(f)) {
        for (unsigned i = 0; i < SIZE; i++) {
            assert_int_equal(watched_reap(&w->queue, done, 1), 1);
            took(f, 1);
        }
        return;
    }
    assert_int_equal(watched_reap(&w->queue, done, SIZE), SIZE);
    took(f, SIZE);
}

/* With IN_ORDER, one used entry completes a batch; the other buffers of the batch need no load. */
static void D09_batch_is_one_entry(struct world *w, const struct format *f, const void *param)
{
    struct vwr_chain *done;
    struct fake_chain c;
    uint16_t id[4];
    struct load l;

    (void)param;
    begin(w, f, &l);
    for (unsigned i = 0; i < 4; i++)
        assert_int_equal(vwr_queue_add(&w->queue, &l.seg[i], 0, 1, &l.chain[i]), VWR_OK);
    assert_true(watched_kick(&w->queue));
    for (unsigned i = 0; fake_ring_next(&w->f, 0, &c); i++)
        id[i] = c.head;
    fake_ring_put_batch(&w->f, 0, id, 4, 16);
    watch_forget();
    for (unsigned i = 0; i < 4; i++)
        assert_int_equal(watched_take(&w->queue, &done), 1);
    took(f, 1);
}

/* D07: an impossible index is detected before an entry is read. */
static void D07_entries_are_not_read(struct world *w, const struct format *f, const void *param)
{
    struct vwr_chain *done;
    struct load l;

    (void)param;
    begin(w, f, &l);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 1, &l.chain[0]), VWR_OK);
    assert_true(watched_kick(&w->queue));
    fake_ring_set_used_idx(&w->f, 0, 2);
    watch_forget();
    assert_int_equal(watched_take(&w->queue, &done), VWR_EBADRING);
    LOADS({WATCH_USED_IDX, 1});
}

static void broken_ring_is_not_read(struct world *w, const struct format *f, const void *param)
{
    struct vwr_chain *done;
    struct load l;

    (void)param;
    begin(w, f, &l);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 1, &l.chain[0]), VWR_OK);
    assert_true(watched_kick(&w->queue));
    fake_ring_push(&w->f, 0, 0xffff, 1);
    assert_int_equal(watched_take(&w->queue, &done), VWR_EBADRING);
    watch_forget();
    for (unsigned i = 0; i < 4; i++) {
        fake_ring_push(&w->f, 0, 0, 1);
        assert_int_equal(watched_take(&w->queue, &done), VWR_EBADRING);
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 1, &l.chain[1]), VWR_EBADRING);
        assert_false(watched_kick(&w->queue));
    }
    for (unsigned z = 0; z < WATCH_ZONES; z++)
        assert_int_equal(watch.stores[z], 0);
    LOADS(NOTHING);
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    while (vwr_queue_reclaim(&w->queue, &done) == 1)
        continue;
    LOADS(NOTHING);
}

/* ---- a disk ---- */

static const struct format plain_split = {0, WORLD_QUEUE};

static void open_watched_disk(struct world *w)
{
    world_plug(w, world_version(w));
    fake_withhold(&w->f, VWR_F_EVENT_IDX);
    fake_withhold(&w->f, VWR_F_INDIRECT_DESC);
    world_opened(w);
    watch_begin(w, &plain_split, NULL);
}

static void one_request(void)
{
    LOADS({WATCH_USED_FLAGS, 1}, {WATCH_USED_IDX, 1}, {WATCH_USED_ID, 1}, {WATCH_USED_LEN, 1},
          {WATCH_BEHIND, 1});
}

/* A disk request: additionally one load of the status byte, and no load of the data or the header. */
static void request_of_a_disk(void **state)
{
    struct world *w = *state;

    open_watched_disk(w);
    assert_int_equal(vwr_blk_read(&w->blk, 3, w->buffer, 4), VWR_OK);
    one_request();
    assert_int_equal(vwr_blk_write(&w->blk, 3, w->buffer, 4), VWR_OK);
    one_request();
    assert_int_equal(vwr_blk_flush(&w->blk), VWR_OK);
    one_request();
}

/* Checks the instrumentation itself: loads and repeated loads are counted. */
static void watch_counts(void **state)
{
    struct world *w = *state;
    char id[VWR_BLK_GET_ID_BYTES + 1];
    struct vwr_chain *done;

    open_watched_disk(w);
    assert_int_equal(vwr_blk_get_id(&w->blk, id), VWR_OK);
    assert_true(watch.loads[WATCH_BEHIND] >= 4); /* the id string is copied from there */
    assert_true(watch.stores[WATCH_AVAIL] >= 2 && watch.stores[WATCH_BEHIND] > 1);
    watch_forget();
    assert_int_equal(watched_take(&w->blk.first.requests.queue, &done), 0);
    assert_int_equal(watch.twice, 0);
    assert_int_equal(watched_take(&w->blk.first.requests.queue, &done), 0);
    assert_int_equal(watch.twice, 1);
}

int main(void)
{
    static const uint16_t eight[] = {SIZE, 0};
    static const struct format_range all = {KIND_ALL, FORMAT_INDIRECT | FORMAT_EVENT_IDX | FORMAT_IN_ORDER, 0,
                                            eight};
    static const struct format_range split = {KIND_SPLITS, FORMAT_EVENT_IDX | FORMAT_IN_ORDER, 0, eight};
    static const struct format_range ordered = {KIND_SPLIT | KIND_PACKED, FORMAT_INDIRECT | FORMAT_EVENT_IDX,
                                                FORMAT_IN_ORDER, eight};
    const struct CMUnitTest single[] = {WORLD_MODERN(request_of_a_disk), WORLD_LEGACY(request_of_a_disk),
                                        WORLD_MODERN(watch_counts), WORLD_LEGACY(watch_counts)};
    static struct format_tests tests;

#define ADD(test, range) format_add(&tests, #test, test, NULL, &(range))
    ADD(D09_D19_one_fetch_of_each_field, all);
    ADD(D09_bound_chain, all);
    ADD(D09_entries_of_one_poll, all);
    ADD(D09_batch_is_one_entry, ordered);
    ADD(D07_entries_are_not_read, split);
    ADD(broken_ring_is_not_read, all);
    for (size_t i = 0; i < sizeof(single) / sizeof(single[0]); i++)
        tests.test[tests.count++] = single[i];
    for (size_t i = 0; i < tests.count; i++)
        tests.test[i].teardown_func = teardown;
    return format_run("fetches", &tests);
}
