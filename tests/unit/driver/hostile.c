/* SPDX-License-Identifier: MIT */
#include "hostile.h"

#include <stdio.h>
#include <string.h>

/* ---- a victim ---- */

static void come_and_go(struct victim *v, unsigned count)
{
    struct fake_chain c;

    while (count-- > 0) {
        assert_int_equal(vwr_queue_add(&v->w->queue, v->l.seg, 0, 1, &v->l.chain[3]), VWR_OK);
        assert_true(vwr_queue_kick(&v->w->queue));
        assert_true(fake_ring_next(&v->w->f, 0, &c));
        fake_ring_push(&v->w->f, 0, c.head, 1);
        assert_false(fake_ring_next(&v->w->f, 0, &c));
        load_take_ok(v->w, &v->l.chain[3]);
    }
}

/* Id of a buffer in the ring that the device was not notified of; a hostile device finds or guesses it. */
static uint16_t hidden_id(const struct victim *v)
{
    const struct fake_queue *q = &v->w->f.queue[0];

    if (v->f->flags & FORMAT_PACKED)
        return (uint16_t)v->l.chain[2].id;
    return fake_ring_avail_entry(&v->w->f, 0, q->seen);
}

void victim_begin(struct victim *v, struct world *w, const struct format *f, unsigned before)
{
    struct fake_chain c;

    memset(v, 0, sizeof(*v));
    v->w = w;
    v->f = f;
    format_ring(w, f);
    load_prepare(w, &v->l, LOAD_TABLES);
    come_and_go(v, before);
    assert_int_equal(vwr_queue_add(&w->queue, v->l.seg, 1, 2, &v->l.chain[0]), VWR_OK);
    assert_int_equal(vwr_queue_add(&w->queue, v->l.seg, 0, 1, &v->l.chain[1]), VWR_OK);
    assert_true(vwr_queue_kick(&w->queue));
    for (unsigned i = 0; i < 2; i++) {
        assert_true(fake_ring_next(&w->f, 0, &c));
        v->id[i] = c.head;
    }
    assert_int_equal(vwr_queue_add(&w->queue, v->l.seg, 1, 1, &v->l.chain[2]), VWR_OK);
    v->id[2] = hidden_id(v);
    fake_forget(&w->f);
}

void victim_gets(struct victim *v, unsigned i)
{
    load_take_ok(v->w, &v->l.chain[i]);
    assert_false(v->back[i]);
    v->back[i] = true;
}

/* From now on the ring contains valid entries, and the driver must not read them. */
static void tell_the_truth(struct victim *v, unsigned pass)
{
    struct fake *f = &v->w->f;

    if (v->f->flags & FORMAT_PACKED) {
        for (uint16_t at = 0; at < VICTIM_SIZE; at++)
            fake_packed_set(f, 0, at,
                            (struct fake_used){v->id[pass % 2], fake_packed_wrap_flags(f, 0, pass & 1), 1});
        return;
    }
    for (uint16_t i = 0; i < VICTIM_SIZE; i++)
        fake_ring_set_entry(f, 0, i, v->id[pass % 2], 1);
    fake_ring_set_used_idx(f, 0, (uint16_t)(f->queue[0].seen - 3 + pass));
}

void victim_finds_out(struct victim *v)
{
    struct vwr_queue *q = &v->w->queue;
    struct vwr_chain *done;

    assert_int_equal(load_take(v->w, &done), VWR_EBADRING);
    assert_null(done);
    for (unsigned pass = 0; pass < 6; pass++) {
        assert_int_equal(load_take(v->w, &done), VWR_EBADRING);
        assert_null(done);
        assert_int_equal(vwr_queue_add(q, v->l.seg, 1, 0, &v->l.chain[3]), VWR_EBADRING);
        assert_int_equal(vwr_queue_add(q, v->l.seg, 0, 0, &v->l.chain[3]), VWR_EBADRING);
        assert_int_equal(load_bind(q, v->l.seg, 1, 0, &v->l.chain[3]), VWR_EBADRING);
        assert_false(vwr_queue_kick(q));
        assert_false(vwr_queue_arm(q, 1)); /* true would make the caller sleep forever */
        tell_the_truth(v, pass);
    }
    assert_int_equal(v->w->f.accesses, 0);
    victim_recovers(v);
}

void victim_recovers(struct victim *v)
{
    struct vwr_chain *done;
    unsigned left = 0;

    for (unsigned i = 0; i < VICTIM_CHAINS; i++)
        left += !v->back[i];
    assert_int_equal(vwr_dev_reset(&v->w->mmio.dev), VWR_OK);
    vwr_queue_stop(&v->w->queue, VWR_ERESET);
    for (; left > 0; left--) {
        assert_int_equal(vwr_queue_reclaim(&v->w->queue, &done), 1);
        assert_true(done >= v->l.chain && done < v->l.chain + VICTIM_CHAINS);
        assert_false(v->back[done - v->l.chain]);
        v->back[done - v->l.chain] = true;
    }
    assert_int_equal(vwr_queue_reclaim(&v->w->queue, &done), 0);
    format_works_again(v->w, v->f);
}

/* ---- tests ---- */

struct violation_case {
    const struct violation *violation;
    unsigned before;
    char name[64];
};

static void violation_is_found(struct world *w, const struct format *f, const void *param)
{
    const struct violation_case *c = param;
    struct victim v;

    victim_begin(&v, w, f, c->before);
    c->violation->act(&v);
    victim_finds_out(&v);
}

void hostile_add(struct format_tests *tests, const struct violation_plan *plan,
                 const struct format_range *range)
{
    static struct violation_case cases[400];
    static size_t used;

    for (size_t i = 0; i < plan->count; i++) {
        for (const unsigned *before = plan->before; *before != HOSTILE_NO_MORE; before++) {
            struct violation_case *c = &cases[used++];

            assert_true(used <= sizeof(cases) / sizeof(cases[0]));
            *c = (struct violation_case){.violation = &plan->violations[i], .before = *before};
            snprintf(c->name, sizeof(c->name), "%s%s%.0u", plan->violations[i].name,
                     *before > 0 ? "_after_" : "", *before);
            format_add(tests, c->name, violation_is_found, c, range);
        }
    }
}
