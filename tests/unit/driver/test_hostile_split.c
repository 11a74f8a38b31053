/* SPDX-License-Identifier: MIT */
#include "hostile.h"

#include <string.h>

/* A device that breaks the protocol in the used ring of a split queue: D01 to D03, D06 to D08, D16. */

static void name_id(struct victim *v, uint32_t id)
{
    fake_ring_push(&v->w->f, 0, id, 1);
}

/* ---- D01 to D03: ids ---- */

#define ID(name, value)                \
    static void name(struct victim *v) \
    {                                  \
        name_id(v, (uint32_t)(value)); \
    }
ID(id_size_less_1, VICTIM_SIZE - 1) /* a free descriptor */
ID(id_size, VICTIM_SIZE)
ID(id_size_plus_1, VICTIM_SIZE + 1)
ID(id_ffff, 0xffff)
ID(id_10000, 0x10000u + v->id[0]) /* correct in its lower half */
ID(id_80000000, 0x80000000u | v->id[0])
ID(id_ffffffff, 0xffffffff)

static bool is_head(const struct victim *v, uint32_t id)
{
    return id == v->id[0] || id == v->id[1] || id == v->id[2];
}

/* The first descriptor, counted from the end of the ring, that no buffer uses. */
static void id_never_submitted(struct victim *v)
{
    const struct fake_queue *q = &v->w->f.queue[0];
    uint32_t id = VICTIM_SIZE - 1;

    while (q->taken[id] || is_head(v, id))
        id--;
    name_id(v, id);
}

static void id_middle(struct victim *v)
{
    name_id(v, v->w->f.queue[0].next[v->id[0]]);
}

static void id_last(struct victim *v)
{
    const uint16_t *next = v->w->f.queue[0].next;

    name_id(v, next[next[v->id[0]]]);
}

/* ---- D06: completed twice ---- */

static void twice_in_one_batch(struct victim *v)
{
    const uint16_t used = v->w->f.queue[0].used;

    fake_ring_set_entry(&v->w->f, 0, used, v->id[0], 1);
    fake_ring_set_entry(&v->w->f, 0, (uint16_t)(used + 1), v->id[0], 1);
    fake_ring_set_used_idx(&v->w->f, 0, (uint16_t)(used + 2));
    victim_gets(v, 0);
}

static void twice_in_two_batches(struct victim *v)
{
    name_id(v, v->id[0]);
    victim_gets(v, 0);
    name_id(v, v->id[0]);
}

/* More completions than buffers in flight. */
static void both_and_one_again(struct victim *v)
{
    name_id(v, v->id[0]);
    name_id(v, v->id[1]);
    victim_gets(v, 0);
    victim_gets(v, 1);
    name_id(v, v->id[0]);
}

/* ---- D07, D08: the index. The entries that it covers are valid, so that only the index can be detected.
 * ---- */

static void jump(struct victim *v, unsigned by)
{
    const uint16_t used = v->w->f.queue[0].used;

    for (uint16_t i = 0; i < VICTIM_SIZE; i++)
        fake_ring_set_entry(&v->w->f, 0, (uint16_t)(used + i), v->id[i % VICTIM_CHAINS], 1);
    fake_ring_set_used_idx(&v->w->f, 0, (uint16_t)(used + by));
}

#define JUMP(name, by)                 \
    static void name(struct victim *v) \
    {                                  \
        jump(v, (by));                 \
    }
JUMP(idx_outstanding_plus_1, 3) /* counts the buffer that was not kicked */
JUMP(idx_outstanding_plus_2, 4)
JUMP(idx_size_less_1, VICTIM_SIZE - 1)
JUMP(idx_size, VICTIM_SIZE)
JUMP(idx_size_plus_1, VICTIM_SIZE + 1)
JUMP(idx_7fff, 0x7fff)
JUMP(idx_8000, 0x8000)
JUMP(idx_back_1, 0xffff)
JUMP(idx_back_2, 0xfffe)

static void idx_back_after_one(struct victim *v)
{
    name_id(v, v->id[0]);
    victim_gets(v, 0);
    jump(v, 0xffff);
}

static void idx_forwards_after_one(struct victim *v)
{
    name_id(v, v->id[0]);
    victim_gets(v, 0);
    jump(v, 2);
}

static const struct violation violations[] = {
    {"D01_id_size_plus_0", id_size},
    {"D01_id_size_plus_1", id_size_plus_1},
    {"D01_id_ffff", id_ffff},
    {"D01_id_10000", id_10000},
    {"D01_id_80000000", id_80000000},
    {"D01_id_ffffffff", id_ffffffff},
    {"D02_id_never_submitted", id_never_submitted},
    {"D06_twice_in_one_batch", twice_in_one_batch},
    {"D06_twice_in_two_batches", twice_in_two_batches},
    {"D06_both_and_one_again", both_and_one_again},
};

/* For a ring whose free descriptors all lie behind those in use, with buffers in the ring's descriptors. */
static const struct violation direct[] = {
    {"D01_id_size_less_1", id_size_less_1},
    {"D03_id_middle_of_a_chain", id_middle},
    {"D03_id_last_of_a_chain", id_last},
};

static const struct violation indices[] = {
    {"D07_idx_outstanding_plus_1", idx_outstanding_plus_1},
    {"D07_idx_outstanding_plus_2", idx_outstanding_plus_2},
    {"D07_idx_size_less_1", idx_size_less_1},
    {"D07_idx_size_plus_0", idx_size},
    {"D07_idx_size_plus_1", idx_size_plus_1},
    {"D07_idx_7fff", idx_7fff},
    {"D07_idx_8000", idx_8000},
    {"D07_idx_forwards_after_one", idx_forwards_after_one},
    {"D08_idx_back_1", idx_back_1},
    {"D08_idx_back_2", idx_back_2},
    {"D08_idx_back_after_one", idx_back_after_one},
};

/* ---- in order ---- */

static void later_one_alone(struct victim *v)
{
    name_id(v, v->id[1]);
}

static void later_one_not_covered(struct victim *v)
{
    name_id(v, v->id[2]);
}

/* A batch of two whose id belongs to neither. */
static void batch_names_another(struct victim *v)
{
    const uint16_t used = v->w->f.queue[0].used;

    fake_ring_set_entry(&v->w->f, 0, used, v->id[2], 1);
    fake_ring_set_used_idx(&v->w->f, 0, (uint16_t)(used + 2));
}

/* The next entry after a batch lies behind the whole batch. */
static void batch_and_its_last_again(struct victim *v)
{
    const uint16_t ids[2] = {v->id[0], v->id[1]};

    fake_ring_put_batch(&v->w->f, 0, ids, 2, 1);
    victim_gets(v, 0);
    victim_gets(v, 1);
    name_id(v, v->id[1]);
}

static const struct violation in_order[] = {
    {"D16_in_order_the_second_alone", later_one_alone},
    {"D16_in_order_one_not_kicked", later_one_not_covered},
    {"D16_in_order_batch_names_another", batch_names_another},
    {"D06_in_order_batch_and_its_last_again", batch_and_its_last_again},
};

/* ---- legal acts, and violations that cannot be detected ---- */

/* The limit itself: an index that counts all buffers in flight is legal. */
static void D07_idx_outstanding_is_right(struct world *w, const struct format *f, const void *param)
{
    struct victim v;

    (void)param;
    victim_begin(&v, w, f, 0);
    jump(&v, 1);
    victim_gets(&v, 0);
    jump(&v, 2);
    victim_gets(&v, 1);
    victim_recovers(&v);
}

/* A buffer in the ring that was not kicked: the device does not own it. */
static void D02_id_not_kicked(struct world *w, const struct format *f, const void *param)
{
    struct vwr_chain *done;
    struct victim v;

    (void)param;
    victim_begin(&v, w, f, 0);
    name_id(&v, v.id[2]);
    assert_int_equal(load_take(w, &done), VWR_EBADRING);
    victim_recovers(&v);
}

/* The same of the second of two. */
static void D02_second_id_not_kicked(struct world *w, const struct format *f, const void *param)
{
    struct vwr_chain *done;
    struct victim v;
    struct load l;

    (void)param;
    victim_begin(&v, w, f, 0);
    load_prepare(w, &l, LOAD_TABLES);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 1, &l.chain[0]), VWR_OK);
    name_id(&v, l.chain[0].id);
    assert_int_equal(load_take(w, &done), VWR_EBADRING);
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    vwr_queue_stop(&w->queue, VWR_ERESET);
    for (unsigned i = 0; i <= VICTIM_CHAINS; i++)
        assert_int_equal(vwr_queue_reclaim(&w->queue, &done), 1);
    assert_int_equal(vwr_queue_reclaim(&w->queue, &done), 0);
    format_works_again(w, f);
}

int main(void)
{
    static const uint16_t size[] = {VICTIM_SIZE, 0};
    static const struct format_range all = {KIND_SPLITS, FORMAT_INDIRECT | FORMAT_EVENT_IDX | FORMAT_IN_ORDER,
                                            0, size};
    static const struct format_range no_tables = {KIND_SPLITS, FORMAT_EVENT_IDX | FORMAT_IN_ORDER, 0, size};
    static const struct format_range ordered = {KIND_SPLIT, FORMAT_INDIRECT | FORMAT_EVENT_IDX,
                                                FORMAT_IN_ORDER, size};
    static const struct format_range any_order = {KIND_SPLITS, FORMAT_INDIRECT | FORMAT_EVENT_IDX, 0, size};
    static const struct format_range plain = {KIND_SPLITS, FORMAT_IN_ORDER, 0, size};
    static const unsigned young[] = {0, 5, HOSTILE_NO_MORE};
    static const unsigned new_only[] = {0, HOSTILE_NO_MORE};
    static const unsigned old[] = {65534, 65536, HOSTILE_NO_MORE}; /* when the indices wrap, and afterwards */
    static struct format_tests tests;

#define PLAN(list, ages) \
    (&(struct violation_plan){.violations = list, .count = sizeof(list) / sizeof((list)[0]), .before = ages})
    hostile_add(&tests, PLAN(violations, young), &all);
    hostile_add(&tests, PLAN(direct, new_only), &no_tables);
    hostile_add(&tests, PLAN(indices, young), &all);
    hostile_add(&tests, PLAN(indices, old), &plain);
    hostile_add(&tests, PLAN(in_order, young), &ordered);
    format_add(&tests, "D07_idx_outstanding_is_right", D07_idx_outstanding_is_right, NULL, &all);
    format_add(&tests, "D02_id_not_kicked", D02_id_not_kicked, NULL, &any_order);
    format_add(&tests, "D02_second_id_not_kicked", D02_second_id_not_kicked, NULL, &any_order);
    return format_run("hostile_split", &tests);
}
