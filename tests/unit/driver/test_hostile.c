/* SPDX-License-Identifier: MIT */
#include "hostile.h"

#include <string.h>

/* Violations that the driver tolerates in every ring format: wrong lengths, memory that changes
 * concurrently, random event suppression. */

/* ---- D04, D05: lengths ---- */

/* Writes the used length; in a packed ring, with the WRITE flag. */
static void claim(struct victim *v, unsigned i, uint32_t claimed)
{
    fake_ring_push(&v->w->f, 0, v->id[i], claimed);
}

static void send_again(struct victim *v)
{
    struct fake_chain c;

    assert_int_equal(vwr_queue_add(&v->w->queue, v->l.seg, 1, 2, &v->l.chain[3]), VWR_OK);
    (void)vwr_queue_kick(&v->w->queue);
    assert_true(fake_ring_next(&v->w->f, 0, &c));
    v->id[0] = c.head;
}

static void written_is(struct victim *v, uint32_t claimed, uint32_t written, unsigned clamped)
{
    send_again(v);
    claim(v, 0, claimed);
    load_take_ok(v->w, &v->l.chain[3]);
    assert_int_equal(v->l.chain[3].written, written);
    assert_int_equal(v->w->queue.stats.clamped, clamped);
}

static void empty_victim(struct victim *v, struct world *w, const struct format *f)
{
    memset(v, 0, sizeof(*v));
    v->w = w;
    v->f = f;
    format_ring(w, f);
    load_prepare(w, &v->l, LOAD_TABLES);
}

/* The chain has 32 writable bytes. */
static void D04_length_is_clamped(struct world *w, const struct format *f, const void *param)
{
    struct victim v;

    (void)param;
    empty_victim(&v, w, f);
    written_is(&v, 31, 31, 0);
    written_is(&v, 32, 32, 0);
    written_is(&v, 33, 32, 1);
    written_is(&v, 0x7fffffff, 32, 2);
    written_is(&v, 0x80000000, 32, 3);
    written_is(&v, 0xffffffff, 32, 4);
    format_works_again(w, f);
}

/* D05: the caller gets the length that the device reported, so that it can detect stale data. */
static void D05_short_length_is_reported(struct world *w, const struct format *f, const void *param)
{
    struct victim v;

    (void)param;
    empty_victim(&v, w, f);
    written_is(&v, 0, 0, 0);
    written_is(&v, 1, 1, 0);
    written_is(&v, 31, 31, 0);
    format_works_again(w, f);
}

/* A buffer without writable bytes cannot have been written. */
static void D04_nothing_to_write(struct world *w, const struct format *f, const void *param)
{
    struct fake_chain c;
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_TABLES);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 3, 0, &l.chain[0]), VWR_OK);
    assert_true(vwr_queue_kick(&w->queue));
    assert_true(fake_ring_next(&w->f, 0, &c));
    fake_ring_push(&w->f, 0, c.head, 1);
    load_take_ok(w, &l.chain[0]);
    assert_int_equal(l.chain[0].written, 0);
    assert_int_equal(w->queue.stats.clamped, 1);
    format_works_again(w, f);
}

/* The length in a batch is that of its last buffer, and is checked against that buffer's size. */
static void D04_length_of_a_batch_is_clamped(struct world *w, const struct format *f, const void *param)
{
    struct victim v;

    (void)param;
    victim_begin(&v, w, f, 0);
    fake_ring_put_batch(&w->f, 0, v.id, 2, 17); /* the last one has 16 writable bytes */
    victim_gets(&v, 0);
    assert_int_equal(v.l.chain[0].written, 32);
    victim_gets(&v, 1);
    assert_int_equal(v.l.chain[1].written, 16);
    assert_int_equal(w->queue.stats.clamped, 1);
    victim_recovers(&v);
}

/*
 * By the specification a length without the WRITE flag has no meaning. QEMU never sets WRITE and its lengths
 * are correct, so the driver treats it like any other length: it clamps it.
 */
static void D04_length_without_WRITE(struct world *w, const struct format *f, const void *param)
{
    struct victim v;

    (void)param;
    victim_begin(&v, w, f, 0);
    fake_packed_set(&w->f, 0, w->f.queue[0].used,
                    (struct fake_used){v.id[0], fake_packed_wrap_flags(&w->f, 0, false), 0xffffffff});
    victim_gets(&v, 0);
    assert_int_equal(v.l.chain[0].written, 32); /* all its writable bytes */
    assert_int_equal(w->queue.stats.clamped, 1);
    victim_recovers(&v);
}

/* ---- D06 in the middle of a batch: completions before the violation are valid, and the next call reports
 * it ---- */

static void D06_in_the_middle_of_many(struct world *w, const struct format *f, const void *param)
{
    struct vwr_chain *chains[4] = {NULL};
    struct victim v;

    (void)param;
    victim_begin(&v, w, f, 5);
    claim(&v, 0, 1);
    claim(&v, 0, 1);
    assert_int_equal(vwr_queue_reap(&w->queue, chains, 4), 1);
    assert_ptr_equal(chains[0], &v.l.chain[0]);
    assert_null(chains[1]);
    v.back[0] = true;
    assert_int_equal(vwr_queue_reap(&w->queue, chains, 4), VWR_EBADRING);
    victim_finds_out(&v);
}

/* ---- D09: entries are modified between two polls ---- */

/* Overwrites used entries of a split ring, or descriptors of a packed ring, that neither side uses now. */
static void spoil_entry(struct victim *v, unsigned by)
{
    const struct fake_queue *q = &v->w->f.queue[0];
    struct fake_used used;

    if (!(v->f->flags & FORMAT_PACKED)) {
        fake_ring_set_entry(&v->w->f, 0, (uint16_t)(q->used + by), 0xffffffff, 0xffffffff);
        return;
    }
    used = fake_packed_get(&v->w->f, 0, (uint16_t)((q->used + by) % q->size));
    used.id = 0xffff;
    used.len = 0xffffffff;
    fake_packed_set(&v->w->f, 0, (uint16_t)((q->used + by) % q->size), used);
}

static void D09_rewritten_between_polls(struct world *w, const struct format *f, const void *param)
{
    struct vwr_chain *done;
    struct victim v;

    (void)param;
    victim_begin(&v, w, f, 0);
    claim(&v, 0, 1);
    victim_gets(&v, 0);
    spoil_entry(&v, f->size - 1u); /* the previous one: taken already, never read again */
    assert_int_equal(load_take(w, &done), 0);
    spoil_entry(&v, 0); /* the next one: not used yet */
    assert_int_equal(load_take(w, &done), 0);
    claim(&v, 1, 1);
    victim_gets(&v, 1);
    assert_int_equal(v.l.chain[1].written, 1);
    assert_int_equal(load_take(w, &done), 0);
    victim_recovers(&v);
}

/* ---- D10 to D12: the fields that the driver wrote are overwritten; the driver never reads them back ---- */

/* Overwrites everything, tables too. This includes the flags of a packed ring, so each answer is written
 * again and read once. */
static void overwrite(struct victim *v, uint8_t with)
{
    fake_ring_scribble(&v->w->f, 0, with);
    for (unsigned i = 0; i < LOAD_CHAINS; i++)
        if (v->l.chain[i].table != NULL)
            memset(v->l.chain[i].table, with, VWR_TABLE_BYTES(LOAD_SEGMENTS));
}

static void two_out_and_back(struct victim *v, uint8_t with, bool turned)
{
    const unsigned first = turned ? 1 : 0;
    struct vwr_queue *q = &v->w->queue;
    struct fake_chain c;

    assert_int_equal(vwr_queue_add(q, v->l.seg, 1, 2, &v->l.chain[0]), VWR_OK);
    assert_int_equal(vwr_queue_add(q, v->l.seg, 0, 1, &v->l.chain[1]), VWR_OK);
    (void)vwr_queue_kick(q);
    for (unsigned i = 0; i < 2; i++) {
        assert_true(fake_ring_next(&v->w->f, 0, &c));
        v->id[i] = c.head;
    }
    overwrite(v, with);
    claim(v, first, 7);
    load_take_ok(v->w, &v->l.chain[first]);
    assert_int_equal(v->l.chain[first].written, 7);
    overwrite(v, with);
    claim(v, 1 - first, 7);
    load_take_ok(v->w, &v->l.chain[1 - first]);
    assert_int_equal(v->l.chain[1 - first].written, 7);
}

static void D10_D11_D12_overwritten(struct world *w, const struct format *f, const void *param)
{
    static const uint8_t bytes[] = {0x00, 0xff, 0x01, 0xa5, 0x5a, 0x80, 0x7f};
    const bool in_order = (f->flags & FORMAT_IN_ORDER) != 0;

    (void)param;
    for (unsigned i = 0; i < sizeof(bytes); i++) {
        struct victim v;
        struct fake_chain c;

        fake_bus_reset();
        fake_ram_reset();
        w->buffer = fake_ram_alloc(WORLD_BUFFER_BYTES, FAKE_PAGE_BYTES);
        empty_victim(&v, w, f);
        for (unsigned pass = 0; pass < 20; pass++) {
            fake_ring_suppress(&w->f, 0, FAKE_ALWAYS, 1);
            two_out_and_back(&v, bytes[i], !in_order && pass % 2);
        }
        /* all descriptors are free, each once, and each chain is intact */
        v.l.chain[0].table_segs = 0;
        assert_int_equal(vwr_queue_add(&w->queue, v.l.seg, 3, f->size - 3u, &v.l.chain[0]), VWR_OK);
        (void)vwr_queue_kick(&w->queue);
        assert_true(fake_ring_next(&w->f, 0, &c));
        assert_int_equal(c.count, f->size);
        assert_int_equal(w->queue.stats.clamped, 0);
        format_works_again(w, f);
    }
}

/* ---- D13: event suppression that differs at each poll changes only the number of notifications ---- */

static void random_suppression(struct world *w, const struct format *f, uint32_t random)
{
    if (f->flags & FORMAT_PACKED) {
        fake_packed_set_event(&w->f, 0, (uint16_t)random, (uint16_t)(random >> 16));
        return;
    }
    fake_ring_set_used_flags(&w->f, 0, (uint16_t)(random >> 16));
    if (f->flags & FORMAT_EVENT_IDX)
        fake_ring_set_avail_event(&w->f, 0, (uint16_t)random);
}

static void D13_suppression_at_random(struct world *w, const struct format *f, const void *param)
{
    uint32_t random = 12345;
    struct fake_chain c;
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_TABLES);
    w->f.queue[0].events = FAKE_ALWAYS;
    for (unsigned pass = 0; pass < 500; pass++) {
        random = random * 1103515245u + 12345u;
        random_suppression(w, f, pass % 2 ? random : random & 0x00030007u);
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 1, &l.chain[0]), VWR_OK);
        (void)vwr_queue_kick(&w->queue);
        random_suppression(w, f, ~random);
        assert_true(fake_ring_next(&w->f, 0, &c));
        fake_ring_push(&w->f, 0, c.head, 1);
        load_take_ok(w, &l.chain[0]);
    }
    assert_true(w->f.notified <= 500);
    assert_int_equal(w->f.accesses, w->f.notified);
    assert_int_equal(w->queue.stats.kicks, w->f.notified);
    assert_int_equal(w->queue.stats.elided, 500 - w->f.notified);
    format_works_again(w, f);
}

int main(void)
{
    static const uint16_t eight[] = {VICTIM_SIZE, 0};
    static const unsigned options = FORMAT_INDIRECT | FORMAT_EVENT_IDX | FORMAT_IN_ORDER;
    static const struct format_range all = {KIND_ALL, options, 0, eight};
    static const struct format_range packed = {KIND_PACKED, options, 0, eight};
    static const struct format_range ordered = {KIND_SPLIT | KIND_PACKED, FORMAT_INDIRECT | FORMAT_EVENT_IDX,
                                                FORMAT_IN_ORDER, eight};
    static struct format_tests tests;

#define ADD(test, range) format_add(&tests, #test, test, NULL, &(range))
    ADD(D04_length_is_clamped, all);
    ADD(D04_nothing_to_write, all);
    ADD(D04_length_of_a_batch_is_clamped, ordered);
    ADD(D04_length_without_WRITE, packed);
    ADD(D05_short_length_is_reported, all);
    ADD(D06_in_the_middle_of_many, all);
    ADD(D09_rewritten_between_polls, all);
    ADD(D10_D11_D12_overwritten, all);
    ADD(D13_suppression_at_random, all);
    return format_run("hostile", &tests);
}
