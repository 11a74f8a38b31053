/* SPDX-License-Identifier: MIT */
#include "world.h"

#include <stdio.h>
#include <string.h>

/*
 * A device that lies in the ring: D01 to D11. The worst that a lie can get is VWR_EBADRING, for
 * good and without another look at the ring, until the device has been reset.
 */

#define SIZE 8u

struct load {
    struct vwr_chain chain[SIZE];
    struct vwr_seg seg[SIZE];
};

static void prepare(const struct world *w, struct load *l)
{
    memset(l, 0, sizeof(*l));
    for (unsigned i = 0; i < SIZE; i++) {
        size_t run;

        l->seg[i].addr = fake_ram_dma(w->buffer + 16 * i, 16, &run);
        l->seg[i].len = 16;
    }
}

/* Two chains in flight: three descriptors, of which the device may write two, and one. */
static void two_in_flight(struct world *w, struct load *l)
{
    prepare(w, l);
    assert_int_equal(vwr_queue_add(&w->queue, l->seg, 1, 2, &l->chain[0]), VWR_OK);
    assert_int_equal(vwr_queue_add(&w->queue, l->seg, 0, 1, &l->chain[1]), VWR_OK);
    assert_true(vwr_queue_kick(&w->queue));
}

static uint16_t head(const struct world *w, uint16_t entry)
{
    return fake_ring_avail_entry(&w->f, 0, entry);
}

/* Whatever the device does now, each call answers at once; then a reset, and all is well again. */
static void broken_for_good(struct world *w, struct load *l)
{
    const struct vwr_chain *const untouched = &l->chain[SIZE - 1];
    struct vwr_chain *done = &l->chain[SIZE - 1];

    fake_ring_set_entry(&w->f, 0, 0, head(w, 0), 1);
    fake_ring_set_entry(&w->f, 0, 1, head(w, 1), 1);
    for (unsigned i = 0; i < 5; i++) {
        fake_ring_set_used_idx(&w->f, 0, (uint16_t)i);
        assert_int_equal(vwr_queue_take(&w->queue, &done), VWR_EBADRING);
        assert_ptr_equal(done, untouched);
        assert_int_equal(vwr_queue_add(&w->queue, l->seg, 1, 0, &l->chain[2]), VWR_EBADRING);
        assert_false(vwr_queue_kick(&w->queue));
    }
    assert_int_equal(vwr_queue_add(&w->queue, l->seg, 0, 0, &l->chain[2]), VWR_EBADRING);
    assert_int_equal(w->f.notified, 1);
    world_honest(w);
    world_works_again(w);
}

struct lie {
    const char *name;
    void (*tell)(struct world *w, struct load *l);
};

/* ---- D01 to D03: ids ---- */

static void name_id(struct world *w, uint32_t id)
{
    fake_ring_push(&w->f, 0, id, 1);
}

static void id_size(struct world *w, struct load *l)
{
    (void)l;
    name_id(w, SIZE);
}

static void id_ffff(struct world *w, struct load *l)
{
    (void)l;
    name_id(w, 0xffff);
}

static void id_10000(struct world *w, struct load *l)
{
    (void)l;
    name_id(w, 0x10000 + head(w, 0)); /* right in its lower half */
}

static void id_ffffffff(struct world *w, struct load *l)
{
    (void)l;
    name_id(w, 0xffffffff);
}

static void id_80000000(struct world *w, struct load *l)
{
    (void)l;
    name_id(w, 0x80000000u | head(w, 0));
}

static void id_never_submitted(struct world *w, struct load *l)
{
    bool used[SIZE] = {false};
    struct fake_chain c;
    uint32_t id = 0;

    (void)l;
    while (fake_ring_next(&w->f, 0, &c))
        used[c.head] = true;
    w->f.queue[0].seen = 0;
    for (uint32_t i = 4; i < SIZE; i++) /* of the four descriptors that are free */
        if (!used[i])
            id = i;
    assert_true(id != 0);
    name_id(w, id);
}

static uint16_t next_of(const struct world *w, uint16_t id)
{
    const struct vwr_virtq_desc *desc = fake_ram_at(w->f.queue[0].desc, SIZE * sizeof(struct vwr_virtq_desc));

    return vwr_wire16(w->f.version == VWR_MMIO_VERSION_LEGACY, desc[id].next);
}

static void id_middle(struct world *w, struct load *l)
{
    (void)l;
    name_id(w, next_of(w, head(w, 0)));
}

static void id_last(struct world *w, struct load *l)
{
    (void)l;
    name_id(w, next_of(w, next_of(w, head(w, 0))));
}

/* ---- D06: completed twice ---- */

static void take_ok(struct world *w, const struct vwr_chain *expected)
{
    struct vwr_chain *done = NULL;

    assert_int_equal(vwr_queue_take(&w->queue, &done), 1);
    assert_ptr_equal(done, expected);
}

static void twice_in_one_batch(struct world *w, struct load *l)
{
    fake_ring_set_entry(&w->f, 0, 0, head(w, 0), 1);
    fake_ring_set_entry(&w->f, 0, 1, head(w, 0), 1);
    fake_ring_set_used_idx(&w->f, 0, 2);
    take_ok(w, &l->chain[0]);
}

static void twice_in_two_batches(struct world *w, struct load *l)
{
    name_id(w, head(w, 0));
    take_ok(w, &l->chain[0]);
    name_id(w, head(w, 0));
}

/* More completions than there are chains; the second is a true one. */
static void both_and_one_again(struct world *w, struct load *l)
{
    name_id(w, head(w, 1));
    name_id(w, head(w, 0));
    take_ok(w, &l->chain[1]);
    take_ok(w, &l->chain[0]);
    name_id(w, head(w, 0));
}

/* ---- D07, D08: the index; entries that it covers are right, so that only the index can be found out ---- */

static void jump(struct world *w, uint16_t idx)
{
    for (uint16_t i = 0; i < SIZE; i++)
        fake_ring_set_entry(&w->f, 0, i, head(w, i % 2), 1);
    fake_ring_set_used_idx(&w->f, 0, idx);
}

static void idx_one_too_many(struct world *w, struct load *l)
{
    (void)l;
    jump(w, 3);
}

static void idx_size(struct world *w, struct load *l)
{
    (void)l;
    jump(w, SIZE);
}

static void idx_beyond_size(struct world *w, struct load *l)
{
    (void)l;
    jump(w, SIZE + 1);
}

static void idx_7fff(struct world *w, struct load *l)
{
    (void)l;
    jump(w, 0x7fff);
}

static void idx_backwards_from_0(struct world *w, struct load *l)
{
    (void)l;
    jump(w, 0xffff);
}

static void idx_backwards(struct world *w, struct load *l)
{
    name_id(w, head(w, 0));
    take_ok(w, &l->chain[0]);
    jump(w, 0);
}

/* Between two entries of one batch, the index that was read before is the one that counts. */
static void idx_forwards_after_one(struct world *w, struct load *l)
{
    name_id(w, head(w, 0));
    take_ok(w, &l->chain[0]);
    jump(w, 3);
}

static const struct lie lies[] = {
    {"D01_id_is_size", id_size},
    {"D01_id_is_ffff", id_ffff},
    {"D01_id_is_10000", id_10000},
    {"D01_id_is_80000000", id_80000000},
    {"D01_id_is_ffffffff", id_ffffffff},
    {"D02_id_never_submitted", id_never_submitted},
    {"D03_id_middle_of_a_chain", id_middle},
    {"D03_id_last_of_a_chain", id_last},
    {"D06_twice_in_one_batch", twice_in_one_batch},
    {"D06_twice_in_two_batches", twice_in_two_batches},
    {"D06_both_and_one_again", both_and_one_again},
    {"D07_idx_one_too_many", idx_one_too_many},
    {"D07_idx_size", idx_size},
    {"D07_idx_beyond_size", idx_beyond_size},
    {"D07_idx_7fff", idx_7fff},
    {"D07_idx_forwards_after_one", idx_forwards_after_one},
    {"D08_idx_backwards_from_0", idx_backwards_from_0},
    {"D08_idx_backwards", idx_backwards},
};

struct lie_case {
    const struct lie *lie;
    uint32_t version;
    char name[64];
};

static void lie_breaks_the_ring(void **state)
{
    struct world *w = *state;
    const struct lie_case *c = w->param;
    struct vwr_chain *done = NULL;
    struct load l;

    world_ring(w, c->version, SIZE);
    two_in_flight(w, &l);
    c->lie->tell(w, &l);
    assert_int_equal(vwr_queue_take(&w->queue, &done), VWR_EBADRING);
    assert_null(done);
    broken_for_good(w, &l);
}

/* The same late in life, when the indices have wrapped. */
static void lie_after_65530_chains(void **state)
{
    struct world *w = *state;
    const struct lie_case *c = w->param;
    struct vwr_chain *done = NULL;
    struct fake_chain chain;
    struct load l;

    world_ring(w, c->version, SIZE);
    prepare(w, &l);
    for (unsigned i = 0; i < 65536; i++) {
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 1, &l.chain[0]), VWR_OK);
        assert_true(vwr_queue_kick(&w->queue));
        assert_true(fake_ring_next(&w->f, 0, &chain));
        fake_ring_push(&w->f, 0, chain.head, 1);
        take_ok(w, &l.chain[0]);
    }
    fake_forget(&w->f);
    two_in_flight(w, &l);
    c->lie->tell(w, &l);
    assert_int_equal(vwr_queue_take(&w->queue, &done), VWR_EBADRING);
    broken_for_good(w, &l);
}

/* True would send the caller to sleep, waiting for an interrupt that a dead queue does not raise. */
static void arm_on_a_broken_queue(void **state)
{
    struct world *w = *state;
    struct vwr_chain *done = NULL;
    struct load l;

    world_ring(w, world_version(w), SIZE);
    two_in_flight(w, &l);
    id_size(w, &l);
    assert_int_equal(vwr_queue_take(&w->queue, &done), VWR_EBADRING);
    for (uint16_t idx = 0; idx < 4; idx++) {
        fake_ring_set_used_idx(&w->f, 0, idx);
        assert_false(vwr_queue_arm(&w->queue, 1));
    }
}

/* ---- D04, D05: lengths ---- */

static void written_is(struct world *w, struct load *l, uint32_t claimed, uint32_t written, uint16_t clamped)
{
    struct vwr_chain *done;

    prepare(w, l);
    assert_int_equal(vwr_queue_add(&w->queue, l->seg, 1, 2, &l->chain[0]), VWR_OK);
    assert_true(vwr_queue_kick(&w->queue));
    name_id(w, head(w, (uint16_t)(w->f.queue[0].used)));
    fake_ring_set_entry(&w->f, 0, (uint16_t)(w->f.queue[0].used - 1),
                        head(w, (uint16_t)(w->f.queue[0].used - 1)), claimed);
    assert_int_equal(vwr_queue_take(&w->queue, &done), 1);
    assert_int_equal(done->written, written);
    assert_int_equal(w->queue.stats.clamped, clamped);
}

static void D04_length_is_clamped(void **state)
{
    struct world *w = *state;
    struct load l;

    world_ring(w, world_version(w), SIZE);
    written_is(w, &l, 32, 32, 0);
    written_is(w, &l, 33, 32, 1);
    written_is(w, &l, 0x80000000, 32, 2);
    written_is(w, &l, 0xffffffff, 32, 3);
    written_is(w, &l, 0, 0, 3);
}

/* D05: what the device says that it wrote is what the caller hears, so that he can see what is stale. */
static void D05_short_length_is_told(void **state)
{
    struct world *w = *state;
    struct load l;

    world_ring(w, world_version(w), SIZE);
    written_is(w, &l, 1, 1, 0);
    written_is(w, &l, 31, 31, 0);
}

/* A chain without a byte to write cannot have been written to. */
static void D04_nothing_was_lent(void **state)
{
    struct world *w = *state;
    struct vwr_chain *done;
    struct load l;

    world_ring(w, world_version(w), SIZE);
    prepare(w, &l);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 3, 0, &l.chain[0]), VWR_OK);
    assert_true(vwr_queue_kick(&w->queue));
    fake_ring_push(&w->f, 0, head(w, 0), 1);
    assert_int_equal(vwr_queue_take(&w->queue, &done), 1);
    assert_int_equal(done->written, 0);
    assert_int_equal(w->queue.stats.clamped, 1);
}

/* ---- D09: entries and index are rewritten between two polls ---- */

static void D09_rewritten_between_polls(void **state)
{
    struct world *w = *state;
    struct vwr_chain *done;
    struct load l;

    world_ring(w, world_version(w), SIZE);
    two_in_flight(w, &l);
    name_id(w, head(w, 0));
    take_ok(w, &l.chain[0]);
    fake_ring_set_entry(&w->f, 0, 0, 0xffffffff,
                        0xffffffff); /* one that has been taken: never looked at again */
    assert_int_equal(vwr_queue_take(&w->queue, &done), 0);
    fake_ring_set_entry(&w->f, 0, 1, 0xffffffff, 0xffffffff); /* one that is not covered by the index yet */
    assert_int_equal(vwr_queue_take(&w->queue, &done), 0);
    name_id(w, head(w, 1));
    take_ok(w, &l.chain[1]);
    assert_int_equal(vwr_queue_take(&w->queue, &done), 0);
}

/* ---- D10, D11: what the driver wrote is overwritten; it never reads it back ---- */

static void overwritten(struct world *w, uint8_t with)
{
    struct load l;
    struct fake_chain c[2];
    struct fake_chain reused;
    struct vwr_chain *done;

    for (unsigned round = 0; round < 20; round++) {
        two_in_flight(w, &l);
        for (unsigned i = 0; i < 2; i++)
            assert_true(fake_ring_next(&w->f, 0, &c[i]));
        fake_ring_scribble(&w->f, 0, with);
        fake_ring_push(&w->f, 0, c[round % 2].head, 7);
        take_ok(w, &l.chain[round % 2]);
        fake_ring_scribble(&w->f, 0, (uint8_t)~with);
        fake_ring_push(&w->f, 0, c[1 - round % 2].head, 7);
        take_ok(w, &l.chain[1 - round % 2]);
        assert_int_equal(vwr_queue_take(&w->queue, &done), 0);
    }
    /* all eight descriptors are there, each once, and each chain is whole */
    prepare(w, &l);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 3, 5, &l.chain[0]), VWR_OK);
    assert_true(vwr_queue_kick(&w->queue));
    assert_true(fake_ring_next(&w->f, 0, &reused));
    assert_int_equal(reused.count, SIZE);
    assert_int_equal(w->queue.stats.clamped, 0);
}

static void D10_D11_ring_overwritten(void **state)
{
    static const uint8_t with[] = {0x00, 0xff, 0x01, 0xa5};
    struct world *w = *state;

    for (unsigned i = 0; i < sizeof(with); i++) {
        fake_bus_reset();
        world_ring(w, world_version(w), SIZE);
        overwritten(w, with[i]);
    }
}

/* D13: a wish about notifications that is another at each look costs a notification more or less and nothing
 * else. */
static void D13_used_flags_at_random(void **state)
{
    struct world *w = *state;
    uint32_t random = 12345;
    struct load l;
    struct fake_chain c;

    world_ring(w, world_version(w), SIZE);
    for (unsigned round = 0; round < 100; round++) {
        random = random * 1103515245u + 12345u;
        fake_ring_set_used_flags(&w->f, 0, (uint16_t)(random >> 16));
        prepare(w, &l);
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 1, &l.chain[0]), VWR_OK);
        (void)vwr_queue_kick(&w->queue);
        assert_true(fake_ring_next(&w->f, 0, &c));
        fake_ring_push(&w->f, 0, c.head, 1);
        take_ok(w, &l.chain[0]);
    }
    assert_true(w->f.notified <= 100);
    assert_int_equal(w->f.accesses, w->f.notified);
}

static void add_lies(struct CMUnitTest *tests, size_t *n)
{
    static struct lie_case cases[4 * sizeof(lies) / sizeof(lies[0])];
    size_t used = 0;

    for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
        for (uint32_t version = VWR_MMIO_VERSION_LEGACY; version <= VWR_MMIO_VERSION_MODERN; version++) {
            const char *word = version == VWR_MMIO_VERSION_LEGACY ? "legacy" : "modern";
            struct lie_case *c = &cases[used++];

            *c = (struct lie_case){.lie = &lies[i], .version = version};
            snprintf(c->name, sizeof(c->name), "%s_%s", lies[i].name, word);
            tests[(*n)++] = world_test(c->name, lie_breaks_the_ring, c);
            c = &cases[used++];
            *c = (struct lie_case){.lie = &lies[i], .version = version};
            snprintf(c->name, sizeof(c->name), "%s_late_%s", lies[i].name, word);
            tests[(*n)++] = world_test(c->name, lie_after_65530_chains, c);
        }
    }
}

int main(void)
{
    struct CMUnitTest tests[4 * sizeof(lies) / sizeof(lies[0]) + 16];
    const struct CMUnitTest single[] = {
        WORLD_MODERN(arm_on_a_broken_queue),       WORLD_LEGACY(arm_on_a_broken_queue),
        WORLD_MODERN(D04_length_is_clamped),       WORLD_LEGACY(D04_length_is_clamped),
        WORLD_MODERN(D04_nothing_was_lent),        WORLD_LEGACY(D04_nothing_was_lent),
        WORLD_MODERN(D05_short_length_is_told),    WORLD_LEGACY(D05_short_length_is_told),
        WORLD_MODERN(D09_rewritten_between_polls), WORLD_LEGACY(D09_rewritten_between_polls),
        WORLD_MODERN(D10_D11_ring_overwritten),    WORLD_LEGACY(D10_D11_ring_overwritten),
        WORLD_MODERN(D13_used_flags_at_random),    WORLD_LEGACY(D13_used_flags_at_random),
    };
    size_t n = 0;

    add_lies(tests, &n);
    for (size_t i = 0; i < sizeof(single) / sizeof(single[0]); i++)
        tests[n++] = single[i];
    return _cmocka_run_group_tests("hostile_ring", tests, n, NULL, NULL);
}
