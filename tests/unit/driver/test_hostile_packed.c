/* SPDX-License-Identifier: MIT */
#include "hostile.h"
#include "vwr/gen/packed_ring.h"

#include <string.h>

/* A device that breaks the protocol in a packed ring: D01, D02, D06, D16 to D21. */

static void name_id(struct victim *v, uint32_t id)
{
    fake_ring_push(&v->w->f, 0, id, 1);
}

/* Index of the descriptor `by` positions behind the next used one, and whether the wrap counter toggles
 * before it. */
static uint16_t slot(const struct victim *v, unsigned by, bool *other)
{
    const unsigned at = v->w->f.queue[0].used + by;

    *other = at >= v->f->size;
    return (uint16_t)(at % v->f->size);
}

/* Writes a used descriptor in a wrong place; `wrong`: with the wrong wrap counter. */
static void use_at(struct victim *v, unsigned by, uint16_t id, bool wrong)
{
    bool other;
    const uint16_t at = slot(v, by, &other);

    fake_packed_set(&v->w->f, 0, at,
                    (struct fake_used){id, fake_packed_wrap_flags(&v->w->f, 0, other != wrong), 1});
}

/* ---- D01, D02, D06, D18: ids ---- */

#define ID(name, value)                \
    static void name(struct victim *v) \
    {                                  \
        name_id(v, (uint32_t)(value)); \
    }
ID(id_size_less_1, v->f->size - 1u) /* a free id */
ID(id_size, v->f->size)
ID(id_size_plus_1, v->f->size + 1u)
ID(id_7fff, 0x7fff)
ID(id_8000, 0x8000u | v->id[0])
ID(id_ffff, 0xffff)

static void id_never_submitted(struct victim *v)
{
    uint32_t id = 0;

    while (id == v->id[0] || id == v->id[1] || id == v->id[2])
        id++;
    name_id(v, id);
}

static void twice(struct victim *v)
{
    name_id(v, v->id[0]);
    victim_gets(v, 0);
    name_id(v, v->id[0]);
}

static void twice_in_one_batch(struct victim *v)
{
    name_id(v, v->id[0]);
    name_id(v, v->id[0]);
    victim_gets(v, 0);
}

/* ---- D21: a used descriptor where no buffer is in flight ---- */

/* The slot of the buffer that was not kicked: its flags are written only by the kick. */
static void beyond_outstanding(struct victim *v)
{
    name_id(v, v->id[0]);
    name_id(v, v->id[1]);
    victim_gets(v, 0);
    victim_gets(v, 1);
    name_id(v, v->id[2]);
}

static void beyond_and_an_old_one(struct victim *v)
{
    name_id(v, v->id[0]);
    name_id(v, v->id[1]);
    victim_gets(v, 0);
    victim_gets(v, 1);
    name_id(v, v->id[1]);
}

static const struct violation violations[] = {
    {"D01_D18_id_size_plus_0", id_size},
    {"D01_D18_id_size_plus_1", id_size_plus_1},
    {"D01_D18_id_7fff", id_7fff},
    {"D01_D18_id_8000", id_8000},
    {"D01_D18_id_ffff", id_ffff},
    {"D02_D18_id_never_submitted", id_never_submitted},
    {"D06_twice_in_two_batches", twice},
    {"D06_twice_in_one_batch", twice_in_one_batch},
    {"D21_used_beyond_outstanding", beyond_outstanding},
    {"D21_used_beyond_and_an_old_id", beyond_and_an_old_one},
};

/* Ids that are allocated from a free list: the last id is still free. */
static const struct violation from_a_list[] = {
    {"D01_D02_D18_id_size_less_1_is_free", id_size_less_1},
};

/* ---- IN_ORDER: the id of the last buffer of a batch ---- */

static void batch_of_one_too_many(struct victim *v)
{
    name_id(v, v->id[2]);
}

static void batch_and_its_first_again(struct victim *v)
{
    const uint16_t ids[2] = {v->id[0], v->id[1]};

    fake_ring_put_batch(&v->w->f, 0, ids, 2, 1);
    victim_gets(v, 0);
    victim_gets(v, 1);
    name_id(v, v->id[0]);
}

static void one_before_the_next(struct victim *v)
{
    name_id(v, v->id[0]);
    victim_gets(v, 0);
    name_id(v, v->id[2]);
}

static const struct violation in_order[] = {
    {"D07_D16_in_order_batch_outstanding_plus_1", batch_of_one_too_many},
    {"D07_D16_in_order_batch_of_the_rest_plus_1", one_before_the_next},
    {"D06_in_order_batch_and_its_first_again", batch_and_its_first_again},
};

/* ---- D17, D19, D21: entries that the driver must not see ---- */

static void nothing_is_seen(struct victim *v)
{
    struct vwr_chain *done;

    for (unsigned i = 0; i < 3; i++)
        assert_int_equal(load_take(v->w, &done), 0);
}

/* A valid entry is then seen, and the queue works. */
static void ends_well(struct victim *v)
{
    fake_ring_push(&v->w->f, 0, v->id[0], 1);
    victim_gets(v, 0);
    fake_ring_push(&v->w->f, 0, v->id[1], 1);
    victim_gets(v, 1);
    victim_recovers(v);
}

static void D17_wrong_wrap(struct world *w, const struct format *f, const void *param)
{
    static const uint16_t halves[] = {VWR_VIRTQ_DESC_F_AVAIL, VWR_VIRTQ_DESC_F_USED};
    struct victim v;

    victim_begin(&v, w, f, *(const unsigned *)param);
    use_at(&v, 0, v.id[0], true); /* used, but with the counter of the previous wrap */
    nothing_is_seen(&v);
    for (unsigned i = 0; i < 2; i++) { /* only one of the two flags */
        bool other;

        fake_packed_set(&w->f, 0, slot(&v, 0, &other), (struct fake_used){v.id[0], halves[i], 1});
        nothing_is_seen(&v);
    }
    ends_well(&v);
}

static void D19_flags_there_and_back(struct world *w, const struct format *f, const void *param)
{
    struct fake_used was;
    struct victim v;
    bool other;

    victim_begin(&v, w, f, *(const unsigned *)param);
    was = fake_packed_get(&w->f, 0, slot(&v, 0, &other));
    use_at(&v, 0, 0xffff, false);
    fake_packed_set(&w->f, 0, slot(&v, 0, &other), was);
    nothing_is_seen(&v);
    ends_well(&v);
}

/* The driver does not read a slot again after it was taken, nor a slot behind the next one. */
static void D09_D21_other_slots_are_not_read(struct world *w, const struct format *f, const void *param)
{
    struct victim v;

    victim_begin(&v, w, f, *(const unsigned *)param);
    for (unsigned by = 1; by < f->size; by++)
        use_at(&v, by, 0xffff, false);
    nothing_is_seen(&v);
    fake_ring_push(&w->f, 0, v.id[0], 1);
    victim_gets(&v, 0);
    victim_recovers(&v);
}

/* The limit itself: a batch of all buffers in flight is legal. */
static void D07_in_order_batch_outstanding_is_right(struct world *w, const struct format *f,
                                                    const void *param)
{
    struct victim v;

    victim_begin(&v, w, f, *(const unsigned *)param);
    fake_ring_put_batch(&w->f, 0, v.id, 2, 1);
    victim_gets(&v, 0);
    victim_gets(&v, 1);
    nothing_is_seen(&v);
    victim_recovers(&v);
}

/* A buffer in the ring that was not kicked: the device does not own it. */
static void D02_id_not_kicked(struct world *w, const struct format *f, const void *param)
{
    struct vwr_chain *done;
    struct victim v;

    victim_begin(&v, w, f, *(const unsigned *)param);
    name_id(&v, v.id[2]);
    assert_int_equal(load_take(w, &done), VWR_EBADRING);
    victim_recovers(&v);
}

/* ---- D20: the device's event suppression ---- */

/* Whatever the device writes there, only the number of notifications changes: no fault, and I/O continues. */
static void D20_suppression_out_of_range(struct world *w, const struct format *f, const void *param)
{
    const uint16_t wraps[] = {0, VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_WRAP_MASK};
    const uint16_t offsets[] = {0, (uint16_t)(f->size - 1), f->size, (uint16_t)(f->size + 1), 0x7ffe, 0x7fff};
    struct fake_chain c;
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_TABLES);
    for (unsigned i = 0; i < 12 * 5 * 3; i++) {
        const uint16_t flags = (uint16_t)(i / 12 % 5 == 4 ? 0xffff : i / 12 % 5);
        const unsigned notified = w->f.notified;
        bool r;

        fake_packed_set_event(&w->f, 0, (uint16_t)(wraps[i % 2] | offsets[i / 2 % 6]), flags);
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 1, &l.chain[0]), VWR_OK);
        r = vwr_queue_kick(&w->queue);
        assert_int_equal(w->f.notified - notified, r);
        if (flags == VWR_RING_EVENT_FLAGS_DISABLE)
            assert_false(r);
        else if (flags != VWR_RING_EVENT_FLAGS_DESC)
            assert_true(r);                 /* also 3, and unknown bits */
        w->f.queue[0].events = FAKE_ALWAYS; /* the structure stays as it was written */
        assert_true(fake_ring_next(&w->f, 0, &c));
        fake_ring_push(&w->f, 0, c.head, 16);
        load_take_ok(w, &l.chain[0]);
    }
    format_works_again(w, f);
}

int main(void)
{
    static const uint16_t sizes[] = {VICTIM_SIZE, 7, 0};
    static const struct format_range all = {KIND_PACKED, FORMAT_INDIRECT | FORMAT_EVENT_IDX | FORMAT_IN_ORDER,
                                            0, sizes};
    static const struct format_range ordered = {KIND_PACKED, FORMAT_INDIRECT | FORMAT_EVENT_IDX,
                                                FORMAT_IN_ORDER, sizes};
    static const struct format_range any_order = {KIND_PACKED, FORMAT_INDIRECT | FORMAT_EVENT_IDX, 0, sizes};
    /* at the start; with the buffers across the end of the ring; after one wrap, and after two */
    static const unsigned ages[] = {0, 6, 9, 20, HOSTILE_NO_MORE};
    static struct format_tests tests;

#define PLAN(list) \
    (&(struct violation_plan){.violations = list, .count = sizeof(list) / sizeof((list)[0]), .before = ages})
#define EACH_AGE(test, range)                                        \
    for (const unsigned *age = ages; *age != HOSTILE_NO_MORE; age++) \
    format_add(&tests,                                               \
               *age == 0   ? #test                                   \
               : *age == 6 ? #test "_over_the_end"                   \
               : *age == 9 ? #test "_next_wrap"                      \
                           : #test "_later",                         \
               test, age, &(range))
    hostile_add(&tests, PLAN(violations), &all);
    hostile_add(&tests, PLAN(from_a_list), &any_order);
    hostile_add(&tests, PLAN(in_order), &ordered);
    EACH_AGE(D17_wrong_wrap, all);
    EACH_AGE(D19_flags_there_and_back, all);
    EACH_AGE(D09_D21_other_slots_are_not_read, all);
    EACH_AGE(D07_in_order_batch_outstanding_is_right, ordered);
    EACH_AGE(D02_id_not_kicked, any_order);
    format_add(&tests, "D20_suppression_out_of_range", D20_suppression_out_of_range, NULL, &all);
    return format_run("hostile_packed", &tests);
}
