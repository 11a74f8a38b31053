/* SPDX-License-Identifier: MIT */
#include "format.h"

#include <string.h>

/* Bound chains, of which only one segment changes, and indirect tables: descriptors that are written once,
 * or outside the ring. */

#define SIZE 8u

static int post(struct world *w, struct load *l, const struct vwr_seg *segment, bool in)
{
    return vwr_queue_post(&w->queue, &l->chain[0], segment->addr, segment->len, in);
}

static void bind_chain(struct world *w, struct load *l, unsigned segments, unsigned changing)
{
    assert_int_equal(load_bind(&w->queue, l->seg, segments, changing, &l->chain[0]), VWR_OK);
    assert_false(vwr_queue_kick(&w->queue)); /* the device is not notified yet */
}

static bool has_table(const struct format *f, enum load_tables tables)
{
    return (f->flags & FORMAT_INDIRECT) && tables == LOAD_TABLES;
}

/* Number of one-segment buffers that a bound chain of `segments` segments displaces from the queue. */
static unsigned bound_descriptors(const struct format *f, enum load_tables tables, unsigned segments)
{
    if (f->flags & FORMAT_IN_ORDER)
        return 0;
    return has_table(f, tables) && segments > 1 ? 1 : segments;
}

/* Number of one-segment buffers that fit beside it. */
static unsigned room_beside(const struct format *f, enum load_tables tables, unsigned segments)
{
    return SIZE - bound_descriptors(f, tables, segments);
}

/* Sends the chain with another segment in place of the changing one and checks it from the device side. */
static void post_one(struct world *w, struct load *l, unsigned segments, unsigned changing,
                     const struct vwr_seg *segment, bool in)
{
    const uint32_t fixed = 16 * (segments - changing - 1);
    struct fake_chain c;

    assert_int_equal(post(w, l, segment, in), VWR_OK);
    assert_int_equal(post(w, l, segment, in), VWR_EBUSY);
    assert_true(vwr_queue_kick(&w->queue));
    assert_true(fake_ring_next(&w->f, 0, &c));
    assert_int_equal(post(w, l, segment, in), VWR_EBUSY);
    assert_int_equal(c.count, segments);
    for (unsigned i = 0; i < segments; i++) {
        const struct vwr_seg *expected = i == changing ? segment : &l->seg[i];

        assert_true(c.segment[i].addr == expected->addr);
        assert_int_equal(c.segment[i].len, expected->len);
        assert_int_equal(c.segment[i].write, i == changing ? in : i > changing);
    }
    fake_ring_push(&w->f, 0, c.head, 0xffffffff);
    assert_false(fake_ring_next(&w->f, 0, &c));
    load_take_ok(w, &l->chain[0]);
    assert_int_equal(l->chain[0].written,
                     fixed + (in ? segment->len : 0)); /* never more than the size of the buffer */
}

/* The changing segment at each possible position, in both directions. */
static void bound_chain(struct world *w, const struct format *f, const void *param)
{
    const enum load_tables *tables = param;
    struct load l;

    for (unsigned segments = has_table(f, *tables) ? 2 : 1; segments <= 3; segments++) {
        for (unsigned changing = segments == 3; changing < segments && changing <= 1; changing++) {
            fake_bus_reset();
            fake_ram_reset();
            w->buffer = fake_ram_alloc(WORLD_BUFFER_BYTES, FAKE_PAGE_BYTES);
            format_ring(w, f);
            load_prepare(w, &l, *tables);
            bind_chain(w, &l, segments, changing);
            for (unsigned i = 0; i < 3 * SIZE; i++) {
                const struct vwr_seg segment = {l.seg[5].addr + i, 100 + i};

                post_one(w, &l, segments, changing, &segment, i / 2 % 2);
            }
            load_queue_is_whole(w, room_beside(f, *tables, segments));
        }
    }
}

/* A bound chain keeps its descriptors, except with IN_ORDER; the rest of the queue behaves like a shorter
 * queue. */
static void bound_chain_beside_others(struct world *w, const struct format *f, const void *param)
{
    const enum load_tables *tables = param;
    const unsigned rest = SIZE - (has_table(f, *tables) ? 1 : 3);
    struct load l;

    format_ring(w, f);
    load_prepare(w, &l, *tables);
    bind_chain(w, &l, 3, 1);
    for (unsigned pass = 0; pass < 3 * SIZE; pass++) {
        assert_int_equal(post(w, &l, &l.seg[5], pass % 2), VWR_OK);
        for (unsigned i = 1; i <= rest; i++)
            assert_int_equal(vwr_queue_add(&w->queue, &l.seg[i], 0, 1, &l.chain[i]), VWR_OK);
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 0, &l.chain[8]), VWR_EFULL);
        assert_true(vwr_queue_kick(&w->queue));
        load_serve_all(w);
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 0, &l.chain[8]), VWR_EFULL);
        for (unsigned i = 0; i <= rest; i++)
            load_take_ok(w, &l.chain[i]);
    }
    load_queue_is_whole(w, room_beside(f, *tables, 3));
}

/* With IN_ORDER descriptors are not bound, so a pre-built chain can find the ring full like any other
 * chain. */
static void bound_chain_without_room(struct world *w, const struct format *f, const void *param)
{
    const enum load_tables *tables = param;
    const unsigned room = room_beside(f, *tables, 3);
    const bool fits = (f->flags & FORMAT_IN_ORDER) == 0; /* otherwise it keeps no descriptors */
    struct load l;

    format_ring(w, f);
    load_prepare(w, &l, *tables);
    bind_chain(w, &l, 3, 1);
    for (unsigned i = 1; i <= room; i++)
        assert_int_equal(vwr_queue_add(&w->queue, &l.seg[i], 0, 1, &l.chain[i]), VWR_OK);
    assert_int_equal(vwr_queue_add(&w->queue, &l.seg[9], 0, 1, &l.chain[9]), VWR_EFULL);
    assert_int_equal(post(w, &l, &l.seg[5], true), fits ? VWR_OK : VWR_EFULL);
    assert_true(vwr_queue_kick(&w->queue));
    load_serve_all(w);
    for (unsigned i = 1; i <= room; i++)
        load_take_ok(w, &l.chain[i]);
    if (!fits)
        assert_int_equal(post(w, &l, &l.seg[5], true), VWR_OK);
    (void)vwr_queue_kick(&w->queue);
    load_serve_all(w);
    load_take_ok(w, &l.chain[0]);
    load_queue_is_whole(w, room);
}

static void bound_chain_refusals(struct world *w, const struct format *f, const void *param)
{
    const enum load_tables *tables = param;
    struct vwr_seg nothing = {0, 0};
    struct vwr_chain *done;
    struct load l;

    format_ring(w, f);
    load_prepare(w, &l, *tables);
    assert_int_equal(post(w, &l, &l.seg[0], false), VWR_EINVAL); /* it is not bound */
    bind_chain(w, &l, 2, 0);
    if (!(f->flags & FORMAT_IN_ORDER)) { /* it is bound, and has descriptors or an id */
        assert_int_equal(load_bind(&w->queue, l.seg, 2, 0, &l.chain[0]), VWR_EINVAL);
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 0, &l.chain[0]), VWR_EINVAL);
    }
    nothing.addr = l.seg[0].addr;
    assert_int_equal(post(w, &l, &nothing, false), VWR_EINVAL);
    assert_false(vwr_queue_kick(&w->queue));
    vwr_queue_stop(&w->queue, VWR_EBADRING);
    assert_int_equal(post(w, &l, &l.seg[0], false), VWR_EBADRING);
    assert_false(vwr_queue_kick(&w->queue));
    assert_int_equal(fake_ring_waiting(&w->f, 0), 0);
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    assert_int_equal(vwr_queue_reclaim(&w->queue, &done), 0); /* a bound chain is not in flight */
}

/* After a reset the chain can be bound again and works. */
static void bound_chain_after_a_reset(struct world *w, const struct format *f, const void *param)
{
    const enum load_tables *tables = param;
    struct vwr_chain *done;
    struct load l;

    format_ring(w, f);
    load_prepare(w, &l, *tables);
    bind_chain(w, &l, 3, 1);
    assert_int_equal(post(w, &l, &l.seg[5], true), VWR_OK);
    assert_true(vwr_queue_kick(&w->queue));
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    vwr_queue_stop(&w->queue, VWR_ERESET);
    assert_int_equal(vwr_queue_reclaim(&w->queue, &done), 1);
    assert_ptr_equal(done, &l.chain[0]);
    assert_int_equal(vwr_queue_reclaim(&w->queue, &done), 0);
    format_start(w, f);
    bind_chain(w, &l, 3, 1);
    post_one(w, &l, 3, 1, &l.seg[5], true);
    post_one(w, &l, 3, 1, &l.seg[5], false);
    load_queue_is_whole(w, room_beside(f, *tables, 3));
}

/* A binding from before a reset holds nothing in the new queue, which may be smaller. */
static void bound_chains_in_a_smaller_queue(struct world *w, const struct format *f, const void *param)
{
    const struct format small = {f->flags, 2};
    const enum load_tables *tables = param;
    struct load l;

    format_ring(w, f);
    load_prepare(w, &l, *tables);
    for (unsigned i = 0; i < (has_table(f, *tables) ? 3u : 2u); i++)
        assert_int_equal(load_bind(&w->queue, l.seg, 3, 1, &l.chain[i]), VWR_OK);
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    w->f.queue[0].size_max = small.size;
    format_start(w, &small);
    for (unsigned i = 0; i < 3; i++)
        assert_int_equal(vwr_queue_unbind(&w->queue, &l.chain[i]), VWR_OK);
    load_queue_is_whole(w, small.size);
}

/* Three segments in a queue of two, or with a table of two. */
static void bound_chain_without_space(struct world *w, const struct format *f, const void *param)
{
    const bool can = (f->flags & FORMAT_INDIRECT) != 0;
    const size_t bytes = VWR_TABLE_BYTES(2);
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_NO_TABLES);
    assert_int_equal(load_bind(&w->queue, l.seg, 3, 1, &l.chain[0]), f->size < 3 ? VWR_EINVAL : VWR_OK);
    assert_int_equal(vwr_queue_unbind(&w->queue, &l.chain[0]), VWR_OK);
    assert_int_equal(lend_table(&l.chain[0], fake_ram_alloc(bytes, 16), bytes), VWR_OK);
    assert_int_equal(load_bind(&w->queue, l.seg, 3, 1, &l.chain[0]),
                     f->size < 3 || can ? VWR_EINVAL : VWR_OK);
    assert_int_equal(vwr_queue_unbind(&w->queue, &l.chain[0]), VWR_OK);
    load_queue_is_whole(w, f->size);
}

/* Unbinding frees the descriptors, and the chain can be bound again or used like any other. */
static void unbound_chain(struct world *w, const struct format *f, const void *param)
{
    const enum load_tables *tables = param;
    struct load l;

    format_ring(w, f);
    load_prepare(w, &l, *tables);
    assert_int_equal(vwr_queue_unbind(&w->queue, &l.chain[0]), VWR_OK); /* it was never bound */
    for (unsigned pass = 0; pass < SIZE; pass++) {
        bind_chain(w, &l, pass % 3 == 0 && !has_table(f, *tables) ? 1 : 3,
                   pass % 3 != 0 || has_table(f, *tables));
        assert_int_equal(post(w, &l, &l.seg[5], true), VWR_OK);
        assert_int_equal(vwr_queue_unbind(&w->queue, &l.chain[0]), VWR_EBUSY);
        assert_true(vwr_queue_kick(&w->queue));
        assert_int_equal(vwr_queue_unbind(&w->queue, &l.chain[0]), VWR_EBUSY);
        load_serve_all(w);
        load_take_ok(w, &l.chain[0]);
        assert_int_equal(vwr_queue_unbind(&w->queue, &l.chain[0]), VWR_OK);
        assert_int_equal(vwr_queue_unbind(&w->queue, &l.chain[0]), VWR_OK);
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 1, &l.chain[0]), VWR_OK);
        assert_true(vwr_queue_kick(&w->queue));
        load_serve_all(w);
        load_take_ok(w, &l.chain[0]);
        load_queue_is_whole(w, SIZE);
    }
}

/* ---- tables ---- */

static bool goes_in_a_table(struct world *w, struct load *l, unsigned out, unsigned in)
{
    struct fake_chain c;

    assert_int_equal(vwr_queue_add(&w->queue, l->seg, out, in, &l->chain[0]), VWR_OK);
    (void)vwr_queue_kick(&w->queue);
    assert_true(fake_ring_next(&w->f, 0, &c));
    assert_int_equal(c.count, out + in);
    for (unsigned i = 0; i < c.count; i++) {
        assert_true(c.segment[i].addr == l->seg[i].addr);
        assert_int_equal(c.segment[i].write, i >= out);
    }
    fake_ring_push(&w->f, 0, c.head, c.writable);
    load_take_ok(w, &l->chain[0]);
    assert_int_equal(l->chain[0].written, 16 * in);
    return c.table;
}

/* A table is used for two segments up to its capacity. */
static void table_is_used_if_it_fits(struct world *w, const struct format *f, const void *param)
{
    const bool can = (f->flags & FORMAT_INDIRECT) != 0;
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_NO_TABLES);
    assert_false(goes_in_a_table(w, &l, 2, 1));
    assert_int_equal(
        lend_table(&l.chain[0], fake_ram_alloc(VWR_TABLE_BYTES(4) + 15, 16), VWR_TABLE_BYTES(4) + 15),
        VWR_OK);
    for (unsigned pass = 0; pass < SIZE; pass++) {
        assert_false(goes_in_a_table(w, &l, 1, 0));
        assert_false(goes_in_a_table(w, &l, 0, 1));
        assert_int_equal(goes_in_a_table(w, &l, 1, 1), can);
        assert_int_equal(goes_in_a_table(w, &l, 0, 4), can);
        assert_int_equal(goes_in_a_table(w, &l, 4, 0), can);
        assert_false(goes_in_a_table(w, &l, 2, 3));
    }
    load_queue_is_whole(w, SIZE);
}

/* As many buffers as descriptors, with many segments each. */
static void queue_full_of_tables(struct world *w, const struct format *f, const void *param)
{
    const unsigned segments = f->size < LOAD_SEGMENTS ? f->size : LOAD_SEGMENTS;
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_TABLES);
    for (unsigned pass = 0; pass < 20; pass++) {
        for (unsigned i = 0; i < f->size; i++)
            assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, segments - 1, &l.chain[i]), VWR_OK);
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 1, &l.chain[f->size]), VWR_EFULL);
        assert_true(vwr_queue_kick(&w->queue));
        load_serve_all(w);
        for (unsigned i = 0; i < f->size; i++)
            load_take_ok(w, &l.chain[i]);
    }
    load_queue_is_whole(w, f->size);
}

static uint64_t off_by_8(const void *p, size_t n, size_t *run)
{
    return fake_ram_dma(p, n, run) + 8;
}

static void table_that_cannot_be(void **state)
{
    uint8_t *const table = fake_ram_alloc(VWR_TABLE_BYTES(8), 16);
    struct vwr_chain chain;

    (void)state;
    memset(&chain, 0, sizeof(chain));
    assert_int_equal(lend_table(&chain, table, 0), VWR_ENOMEM);
    assert_int_equal(lend_table(&chain, table, VWR_TABLE_BYTES(1) - 1), VWR_ENOMEM);
    assert_int_equal(lend_table(&chain, table + 8, VWR_TABLE_BYTES(4)), VWR_ENOMEM);
    fake_ram_translate(off_by_8);
    assert_int_equal(lend_table(&chain, table, VWR_TABLE_BYTES(2)), VWR_ENOMEM);
    fake_ram_translate(NULL);
    assert_int_equal(chain.table_segs, 0);
    assert_int_equal(lend_table(&chain, table, VWR_TABLE_BYTES(8)), VWR_OK);
}

/* A larger table is used up to the size that a ring can have. */
static void table_of_the_largest_size(void **state)
{
    const size_t bytes = VWR_TABLE_BYTES(VWR_SPLIT_RING_SIZE_MAX);
    uint8_t *const table = fake_ram_alloc(bytes + VWR_TABLE_BYTES(1), 16);
    struct vwr_chain chain;

    (void)state;
    memset(&chain, 0, sizeof(chain));
    for (int more = -1; more <= 1; more++) {
        assert_int_equal(lend_table(&chain, table, bytes + (size_t)more * VWR_TABLE_BYTES(1)), VWR_OK);
        assert_int_equal(chain.table_segs, (int)VWR_SPLIT_RING_SIZE_MAX + (more < 0 ? more : 0));
    }
}

int main(void)
{
    static const uint16_t eight[] = {SIZE, 0};
    static const uint16_t few[] = {2, 8, 0};
    static const uint16_t odd[] = {3, 5, 7, 0};
    static const struct format_range small = {KIND_ALL, FORMAT_OPTIONS, 0, few};
    static const struct format_range all = {KIND_ALL, FORMAT_OPTIONS, 0, eight};
    static const struct format_range with = {KIND_ALL, FORMAT_OPTIONS & ~FORMAT_INDIRECT, FORMAT_INDIRECT,
                                             few};
    static const struct format_range odd_with = {KIND_PACKED, FORMAT_OPTIONS & ~FORMAT_INDIRECT,
                                                 FORMAT_INDIRECT, odd};
    static const enum load_tables without_tables = LOAD_NO_TABLES;
    static const enum load_tables tables = LOAD_TABLES;
    static struct format_tests tests;

#define ADD(test)                                           \
    format_add(&tests, #test, test, &without_tables, &all); \
    format_add(&tests, #test "_with_a_table", test, &tables, &all)
    ADD(bound_chain);
    ADD(bound_chain_beside_others);
    ADD(bound_chain_without_room);
    ADD(bound_chain_refusals);
    ADD(bound_chain_after_a_reset);
    ADD(bound_chains_in_a_smaller_queue);
    ADD(unbound_chain);
    format_add(&tests, "bound_chain_without_space", bound_chain_without_space, NULL, &small);
    format_add(&tests, "table_is_used_if_it_fits", table_is_used_if_it_fits, NULL, &all);
    format_add(&tests, "queue_full_of_tables", queue_full_of_tables, NULL, &with);
    format_add(&tests, "queue_full_of_tables", queue_full_of_tables, NULL, &odd_with);
    tests.test[tests.count++] = WORLD_TEST(table_that_cannot_be);
    tests.test[tests.count++] = WORLD_TEST(table_of_the_largest_size);
    return format_run("bound", &tests);
}
