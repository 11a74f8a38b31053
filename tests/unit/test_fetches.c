/* SPDX-License-Identifier: MIT */
#include "world.h"
#include "watch.h"
#include "watched_calls.h"
#include "vwr/gen/features.h"

#include <string.h>

/*
 * D09 to D11 to the letter: what the device writes is fetched once, what the driver wrote itself
 * never, and a broken ring is not looked at again. Counted access by access (watch.h).
 */

#define SIZE 8u

static void begin_watching(const struct fake *f, const uint8_t *ring)
{
    memset(&watch, 0, sizeof(watch));
    watch.ring = ring;
    watch.avail = (size_t)(f->queue[0].driver - f->queue[0].desc);
    watch.used = (size_t)(f->queue[0].device - f->queue[0].desc);
    watch.end = watch.used + 6 + 8 * f->queue[0].size;
    watch.on = true;
}

static int setup(void **state)
{
    watch.on = false;
    return world_setup(state);
}

static int teardown(void **state)
{
    watch.on = false;
    return world_teardown(state);
}

static void loads_are(unsigned flags, unsigned idx, unsigned entries, unsigned behind)
{
    assert_int_equal(watch.used_flags, flags);
    assert_int_equal(watch.used_idx, idx);
    assert_int_equal(watch.used_entries, entries);
    assert_int_equal(watch.behind, behind);
    /* never, whatever happens */
    assert_int_equal(watch.desc, 0);
    assert_int_equal(watch.available, 0);
    assert_int_equal(watch.elsewhere, 0);
    assert_int_equal(watch.used_written, 0);
    assert_int_equal(watch.elsewhere_written, 0);
    watch_forget();
}

struct load {
    struct vwr_chain chain[SIZE];
    struct vwr_seg seg[SIZE];
};

static void ring(struct world *w, struct load *l)
{
    memset(l, 0, sizeof(*l));
    for (unsigned i = 0; i < SIZE; i++) {
        size_t run;

        l->seg[i].addr = fake_ram_dma(w->buffer + 16 * i, 16, &run);
        l->seg[i].len = 16;
    }
    world_ring(w, world_version(w), SIZE);
    begin_watching(&w->f, w->memory.shared);
}

static void D09_one_fetch_of_each_field(void **state)
{
    struct world *w = *state;
    struct vwr_chain *done;
    struct fake_chain c;
    struct load l;

    ring(w, &l);
    assert_int_equal(watched_take(&w->queue, &done), 0);
    loads_are(0, 1, 0, 0);
    assert_int_equal(watched_add(&w->queue, l.seg, 2, 2, &l.chain[0]), VWR_OK);
    loads_are(0, 0, 0, 0);
    assert_true(watched_kick(&w->queue));
    loads_are(1, 0, 0, 0);
    assert_true(fake_ring_next(&w->f, 0, &c));
    fake_ring_push(&w->f, 0, c.head, 32);
    assert_int_equal(watched_take(&w->queue, &done), 1);
    loads_are(0, 1, 2, 0);
}

static void D09_one_fetch_of_the_index_a_batch(void **state)
{
    struct world *w = *state;
    struct vwr_chain *done;
    struct fake_chain c;
    struct load l;

    ring(w, &l);
    for (unsigned i = 0; i < SIZE; i++)
        assert_int_equal(watched_add(&w->queue, &l.seg[i], 0, 1, &l.chain[i]), VWR_OK);
    assert_true(watched_kick(&w->queue));
    while (fake_ring_next(&w->f, 0, &c))
        fake_ring_push(&w->f, 0, c.head, 1);
    watch_forget();
    for (unsigned i = 0; i < SIZE; i++)
        assert_int_equal(watched_take(&w->queue, &done), 1);
    loads_are(0, 1, 2 * SIZE, 0);
}

/* D07: an index that cannot be is found out before an entry is read. */
static void D07_entries_are_not_read(void **state)
{
    struct world *w = *state;
    struct vwr_chain *done;
    struct load l;

    ring(w, &l);
    assert_int_equal(watched_add(&w->queue, l.seg, 0, 1, &l.chain[0]), VWR_OK);
    assert_true(watched_kick(&w->queue));
    fake_ring_set_used_idx(&w->f, 0, 2);
    watch_forget();
    assert_int_equal(watched_take(&w->queue, &done), VWR_EBADRING);
    loads_are(0, 1, 0, 0);
}

static void broken_ring_is_not_read(void **state)
{
    struct world *w = *state;
    struct vwr_chain *done;
    struct load l;

    ring(w, &l);
    assert_int_equal(watched_add(&w->queue, l.seg, 0, 1, &l.chain[0]), VWR_OK);
    assert_true(watched_kick(&w->queue));
    fake_ring_push(&w->f, 0, 0xffff, 1);
    assert_int_equal(watched_take(&w->queue, &done), VWR_EBADRING);
    watch_forget();
    for (unsigned i = 0; i < 4; i++) {
        fake_ring_set_used_idx(&w->f, 0, (uint16_t)i);
        assert_int_equal(watched_take(&w->queue, &done), VWR_EBADRING);
        assert_int_equal(watched_add(&w->queue, l.seg, 0, 1, &l.chain[1]), VWR_EBADRING);
        assert_false(watched_kick(&w->queue));
    }
    assert_int_equal(watch.stores, 0);
    loads_are(0, 0, 0, 0);
}

/* A request of a disk: the status byte once besides, and not a byte of the data or of the header. */
static void request_of_a_disk(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    fake_withhold(&w->f, VWR_F_EVENT_IDX);
    world_opened(w);
    begin_watching(&w->f, w->memory.shared);
    assert_int_equal(vwr_blk_read(&w->blk, 3, w->buffer, 4), VWR_OK);
    loads_are(1, 1, 2, 1);
    assert_int_equal(vwr_blk_write(&w->blk, 3, w->buffer, 4), VWR_OK);
    loads_are(1, 1, 2, 1);
    assert_int_equal(vwr_blk_flush(&w->blk), VWR_OK);
    loads_are(1, 1, 2, 1);
}

/* The trap itself works: what is read is counted. */
static void watch_counts(void **state)
{
    struct world *w = *state;
    char id[VWR_BLK_GET_ID_BYTES + 1];

    world_plug(w, world_version(w));
    world_opened(w);
    begin_watching(&w->f, w->memory.shared);
    assert_int_equal(vwr_blk_get_id(&w->blk, id), VWR_OK);
    assert_true(watch.behind >= 4); /* the id string is copied from there */
    assert_true(watch.stores > 4);
}

static struct CMUnitTest watched(struct CMUnitTest test)
{
    test.setup_func = setup;
    test.teardown_func = teardown;
    return test;
}

#define BOTH(function) watched(WORLD_MODERN(function)), watched(WORLD_LEGACY(function))

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(D09_one_fetch_of_each_field), BOTH(D09_one_fetch_of_the_index_a_batch),
        BOTH(D07_entries_are_not_read),    BOTH(broken_ring_is_not_read),
        BOTH(request_of_a_disk),           BOTH(watch_counts),
    };

    return cmocka_run_group_tests_name("fetches", tests, NULL, NULL);
}
