/* SPDX-License-Identifier: MIT */
#include "world.h"

#include <string.h>

/* The split ring with a device that keeps to the document. */

#define SIZE 8u

/* Chains in flight, and the buffer cut into pieces of 16 bytes as the device sees them. */
struct load {
    struct vwr_chain chain[SIZE + 1];
    struct vwr_seg seg[SIZE + 1];
};

static void prepare(const struct world *w, struct load *l)
{
    memset(l, 0, sizeof(*l));
    for (unsigned i = 0; i <= SIZE; i++) {
        size_t run;

        l->seg[i].addr = fake_ram_dma(w->buffer + 16 * i, 16, &run);
        l->seg[i].len = 16;
        l->chain[i].token = &l->seg[i];
    }
}

static int take_one(struct world *w, struct vwr_chain **chain)
{
    *chain = NULL;
    return vwr_queue_take(&w->queue, chain);
}

/* Everything in flight comes back, in the order in which the device hands it back. */
static void serve_all(struct world *w)
{
    struct fake_chain c;

    while (fake_ring_next(&w->f, 0, &c))
        fake_ring_push(&w->f, 0, c.head, c.writable);
}

static void add_kick_take(void **state)
{
    struct world *w = *state;
    struct vwr_chain *done;
    struct fake_chain c;
    struct load l;

    world_ring(w, world_version(w), SIZE);
    prepare(w, &l);
    assert_int_equal(vwr_queue_size(&w->queue), SIZE);
    assert_int_equal(take_one(w, &done), 0);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 2, 1, &l.chain[0]), VWR_OK);
    assert_int_equal(fake_ring_avail_idx(&w->f, 0), 0); /* not before kick */
    assert_int_equal(w->f.accesses, 0);
    assert_true(vwr_queue_kick(&w->queue));
    assert_int_equal(w->f.accesses, 1);
    assert_int_equal(w->f.notified, 1);
    assert_true(fake_ring_next(&w->f, 0, &c));
    assert_int_equal(c.count, 3);
    for (unsigned i = 0; i < 3; i++) {
        assert_true(c.piece[i].addr == l.seg[i].addr);
        assert_int_equal(c.piece[i].len, 16);
        assert_int_equal(c.piece[i].write, i == 2);
    }
    assert_false(fake_ring_next(&w->f, 0, &c));
    assert_int_equal(take_one(w, &done), 0);
    fake_ring_push(&w->f, 0, c.head, 5);
    assert_int_equal(take_one(w, &done), 1);
    assert_ptr_equal(done, &l.chain[0]);
    assert_ptr_equal(done->token, &l.seg[0]);
    assert_int_equal(done->written, 5);
    assert_int_equal(take_one(w, &done), 0);
    assert_int_equal(w->f.accesses, 1); /* all of it without another look at a register */
}

static void kick_notifies_once_a_batch(void **state)
{
    struct world *w = *state;
    struct vwr_chain *done;
    struct load l;

    world_ring(w, world_version(w), SIZE);
    prepare(w, &l);
    assert_false(vwr_queue_kick(&w->queue)); /* nothing was added */
    assert_int_equal(w->f.accesses, 0);
    for (unsigned i = 0; i < SIZE; i++)
        assert_int_equal(vwr_queue_add(&w->queue, &l.seg[i], 1, 0, &l.chain[i]), VWR_OK);
    assert_true(vwr_queue_kick(&w->queue));
    assert_int_equal(fake_ring_avail_idx(&w->f, 0), SIZE);
    assert_false(vwr_queue_kick(&w->queue));
    assert_int_equal(w->f.notified, 1);
    serve_all(w);
    for (unsigned i = 0; i < SIZE; i++) {
        assert_int_equal(take_one(w, &done), 1);
        assert_ptr_equal(done, &l.chain[i]);
    }
    assert_int_equal(w->f.accesses, 1);
}

static void kick_keeps_quiet_with_NO_NOTIFY(void **state)
{
    struct world *w = *state;
    struct load l;

    world_ring(w, world_version(w), SIZE);
    prepare(w, &l);
    fake_ring_set_used_flags(&w->f, 0, VWR_VIRTQ_USED_F_NO_NOTIFY);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 0, &l.chain[0]), VWR_OK);
    assert_false(vwr_queue_kick(&w->queue));
    assert_int_equal(w->f.notified, 0);
    assert_int_equal(fake_ring_avail_idx(&w->f, 0), 1); /* but the device can see it */
    fake_ring_set_used_flags(&w->f, 0, 0);
    assert_false(vwr_queue_kick(&w->queue));
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 0, &l.chain[1]), VWR_OK);
    assert_true(vwr_queue_kick(&w->queue));
    fake_ring_set_used_flags(&w->f, 0, 0xfffe); /* bits that nobody knows are no wish */
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 0, &l.chain[2]), VWR_OK);
    assert_true(vwr_queue_kick(&w->queue));
    assert_int_equal(w->f.notified, 2);
}

/* An add that fails has changed nothing: what is in flight comes back, and the queue holds as much as before.
 */
static void nothing_has_happened(struct world *w, struct load *l, unsigned room)
{
    struct vwr_chain *done;

    for (unsigned i = 0; i < room; i++)
        assert_int_equal(vwr_queue_add(&w->queue, &l->seg[i], 0, 1, &l->chain[i]), VWR_OK);
    assert_int_equal(vwr_queue_add(&w->queue, l->seg, 0, 1, &l->chain[SIZE]), VWR_EFULL);
    (void)vwr_queue_kick(&w->queue);
    serve_all(w);
    for (unsigned i = 0; i < room; i++) {
        assert_int_equal(take_one(w, &done), 1);
        assert_ptr_equal(done, &l->chain[i]);
        assert_int_equal(done->written, 16);
    }
    assert_int_equal(take_one(w, &done), 0);
}

static void add_refuses_what_can_never_be(void **state)
{
    struct world *w = *state;
    struct load l;

    world_ring(w, world_version(w), SIZE);
    prepare(w, &l);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 0, &l.chain[0]), VWR_EINVAL);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, SIZE + 1, 0, &l.chain[0]), VWR_EINVAL);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, SIZE, &l.chain[0]), VWR_EINVAL);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 65535, 65535, &l.chain[0]), VWR_EINVAL);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 65535, 1, &l.chain[0]), VWR_EINVAL);
    for (unsigned i = 0; i < 3; i++) { /* a piece of 0 bytes: the first, one in the middle, the last */
        l.seg[i].len = 0;
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 2, &l.chain[0]), VWR_EINVAL);
        l.seg[i].len = 16;
    }
    l.seg[0].len = l.seg[1].len = 0x80000000; /* 2^32 bytes to write are one too many */
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 2, &l.chain[0]), VWR_EINVAL);
    l.seg[0].len = l.seg[1].len = 16;
    assert_false(vwr_queue_kick(&w->queue));
    nothing_has_happened(w, &l, SIZE);
}

/* The most that may be lent: 2^32 - 1 bytes. */
static void add_takes_the_most_bytes(void **state)
{
    struct world *w = *state;
    struct vwr_chain *done;
    struct load l;

    world_ring(w, world_version(w), SIZE);
    prepare(w, &l);
    l.seg[0].len = 0x80000000;
    l.seg[1].len = 0x7fffffff;
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 2, &l.chain[0]), VWR_OK);
    assert_true(vwr_queue_kick(&w->queue));
    fake_ring_push(&w->f, 0, fake_ring_avail_entry(&w->f, 0, 0), 0xffffffff);
    assert_int_equal(take_one(w, &done), 1);
    assert_int_equal(done->written, 0xffffffff);
    assert_int_equal(w->queue.stats.clamped, 0);
}

static void full_queue(void **state)
{
    struct world *w = *state;
    struct vwr_chain *done;
    struct load l;

    world_ring(w, world_version(w), SIZE);
    prepare(w, &l);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 3, 3, &l.chain[0]), VWR_OK);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 2, 1, &l.chain[1]), VWR_EFULL); /* 3 where 2 are free */
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 1, &l.chain[1]), VWR_OK);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 1, &l.chain[2]), VWR_EFULL);
    assert_true(vwr_queue_kick(&w->queue));
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 1, &l.chain[2]), VWR_EFULL);
    serve_all(w);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 1, &l.chain[2]), VWR_EFULL); /* served, not taken */
    assert_int_equal(take_one(w, &done), 1);
    assert_ptr_equal(done, &l.chain[0]);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, SIZE - 2, &l.chain[0]), VWR_OK);
    assert_int_equal(take_one(w, &done), 1);
    assert_ptr_equal(done, &l.chain[1]);
    assert_true(vwr_queue_kick(&w->queue));
    serve_all(w);
    assert_int_equal(take_one(w, &done), 1);
    assert_ptr_equal(done, &l.chain[0]);
    assert_int_equal(done->written, 16 * (SIZE - 2));
    nothing_has_happened(w, &l, SIZE);
}

/* A queue of one descriptor is a queue. */
static void queue_of_one(void **state)
{
    struct world *w = *state;
    struct vwr_chain *done;
    struct load l;

    world_ring(w, world_version(w), 1);
    prepare(w, &l);
    for (unsigned i = 0; i < 5; i++) {
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 1, &l.chain[0]), VWR_OK);
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 1, &l.chain[1]), VWR_EFULL);
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 1, &l.chain[1]), VWR_EINVAL);
        assert_true(vwr_queue_kick(&w->queue));
        serve_all(w);
        assert_int_equal(take_one(w, &done), 1);
    }
}

/* More than 2^16 chains of changing length: both indices wrap, and no descriptor is lost. */
static void indices_wrap(void **state)
{
    struct world *w = *state;
    struct vwr_chain *done;
    struct load l;

    world_ring(w, world_version(w), SIZE);
    prepare(w, &l);
    for (uint32_t i = 0; i < 70000; i += 2) {
        const unsigned out = i / 2 % 3;
        const unsigned in = 1 + i / 2 % 2;

        assert_int_equal(vwr_queue_add(&w->queue, l.seg, out, in, &l.chain[0]), VWR_OK);
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 0, &l.chain[1]), VWR_OK);
        assert_true(vwr_queue_kick(&w->queue));
        serve_all(w);
        assert_int_equal(take_one(w, &done), 1);
        assert_ptr_equal(done, &l.chain[0]);
        assert_int_equal(done->written, 16 * in);
        assert_int_equal(take_one(w, &done), 1);
        assert_ptr_equal(done, &l.chain[1]);
    }
    assert_int_equal(fake_ring_avail_idx(&w->f, 0), 70000 % 65536);
    assert_int_equal(w->queue.stats.clamped, 0);
    nothing_has_happened(w, &l, SIZE);
}

/* D16: without IN_ORDER a device may hand back in any order. */
static void D16_out_of_order(void **state)
{
    static const unsigned order[] = {2, 0, 3, 1};
    struct world *w = *state;
    struct vwr_chain *done;
    struct fake_chain c[4];
    struct load l;

    world_ring(w, world_version(w), SIZE);
    prepare(w, &l);
    for (unsigned round = 0; round < 20; round++) {
        for (unsigned i = 0; i < 4; i++)
            assert_int_equal(vwr_queue_add(&w->queue, l.seg, i % 2, 1, &l.chain[i]), VWR_OK);
        assert_true(vwr_queue_kick(&w->queue));
        for (unsigned i = 0; i < 4; i++)
            assert_true(fake_ring_next(&w->f, 0, &c[i]));
        for (unsigned i = 0; i < 4; i++)
            fake_ring_push(&w->f, 0, c[order[i]].head, order[i]);
        for (unsigned i = 0; i < 4; i++) {
            assert_int_equal(take_one(w, &done), 1);
            assert_ptr_equal(done, &l.chain[order[i]]);
            assert_int_equal(done->written, order[i]);
        }
    }
    nothing_has_happened(w, &l, SIZE);
}

static void arm_and_disarm(void **state)
{
    struct world *w = *state;
    struct vwr_chain *done;
    struct load l;

    world_ring(w, world_version(w), SIZE);
    prepare(w, &l);
    assert_int_equal(fake_ring_avail_flags(&w->f, 0), VWR_VIRTQ_AVAIL_F_NO_INTERRUPT);
    assert_true(vwr_queue_arm(&w->queue, 1));
    assert_int_equal(fake_ring_avail_flags(&w->f, 0), 0);
    vwr_queue_disarm(&w->queue);
    assert_int_equal(fake_ring_avail_flags(&w->f, 0), VWR_VIRTQ_AVAIL_F_NO_INTERRUPT);
    for (unsigned i = 0; i < 2; i++)
        assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 0, &l.chain[i]), VWR_OK);
    assert_true(vwr_queue_kick(&w->queue));
    assert_true(vwr_queue_arm(&w->queue, 1)); /* nothing has come back yet */
    serve_all(w);
    assert_false(vwr_queue_arm(&w->queue, 1)); /* came between the last take and arm */
    assert_int_equal(take_one(w, &done), 1);
    assert_false(vwr_queue_arm(&w->queue, 1)); /* one more of the same batch */
    assert_int_equal(take_one(w, &done), 1);
    assert_true(vwr_queue_arm(&w->queue, 1));
    assert_int_equal(w->f.accesses, 1);
}

static void stopped_queue(void **state)
{
    struct world *w = *state;
    struct vwr_chain *done;
    struct load l;

    world_ring(w, world_version(w), SIZE);
    prepare(w, &l);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 0, &l.chain[0]), VWR_OK);
    assert_true(vwr_queue_kick(&w->queue));
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 0, &l.chain[1]), VWR_OK);
    serve_all(w);
    fake_forget(&w->f);
    vwr_queue_stop(&w->queue, VWR_ETIMEOUT);
    vwr_queue_stop(&w->queue, VWR_EFAILED); /* the first reason stays */
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 1, 0, &l.chain[2]), VWR_ETIMEOUT);
    assert_int_equal(take_one(w, &done), VWR_ETIMEOUT);
    assert_false(vwr_queue_kick(&w->queue));
    assert_int_equal(fake_ring_avail_idx(&w->f, 0), 1); /* what was not published stays so */
    assert_false(vwr_queue_arm(&w->queue, 1));          /* do not sleep on a dead queue */
    assert_int_equal(w->f.accesses, 0);
    assert_null(done);
}

/* ---- wired chains ---- */

static void wire_one(struct world *w, struct load *l, unsigned pieces, unsigned changing)
{
    prepare(w, l);
    assert_int_equal(vwr_queue_wire(&w->queue, l->seg, pieces, changing, &l->chain[0]), VWR_OK);
    assert_false(vwr_queue_kick(&w->queue)); /* nothing goes to the device yet */
}

static int push(struct world *w, struct load *l, const struct vwr_seg *piece, bool in)
{
    return vwr_queue_push(&w->queue, &l->chain[0], piece->addr, piece->len, in);
}

/* Sends the chain with another piece in its place and looks at it from the other end. */
static void push_one(struct world *w, struct load *l, unsigned changing, unsigned out,
                     const struct vwr_seg *piece, bool in)
{
    const uint32_t fixed = 16 * (3 - out) - (changing >= out ? 16 : 0);
    struct vwr_chain *done;
    struct fake_chain c;

    assert_int_equal(push(w, l, piece, in), VWR_OK);
    assert_int_equal(push(w, l, piece, in), VWR_EBUSY);
    assert_true(vwr_queue_kick(&w->queue));
    assert_true(fake_ring_next(&w->f, 0, &c));
    assert_int_equal(c.count, 3);
    for (unsigned i = 0; i < 3; i++) {
        const struct vwr_seg *expected = i == changing ? piece : &l->seg[i];

        assert_true(c.piece[i].addr == expected->addr);
        assert_int_equal(c.piece[i].len, expected->len);
        assert_int_equal(c.piece[i].write, i == changing ? in : i >= out);
    }
    fake_ring_push(&w->f, 0, c.head, 0xffffffff);
    assert_int_equal(take_one(w, &done), 1);
    assert_ptr_equal(done, &l->chain[0]);
    assert_int_equal(done->written, fixed + (in ? piece->len : 0)); /* never more than was lent */
    assert_int_equal(take_one(w, &done), 0);
}

/* The piece that changes, in each place that it can have, in both directions where the order allows it. */
static void wired_chain(void **state)
{
    static const struct {
        unsigned changing;
        unsigned out;
        bool in[2];
    } rows[] = {{0, 0, {true, false}}, {1, 1, {true, false}}, {2, 2, {true, false}}};
    struct world *w = *state;
    struct load l;

    for (unsigned r = 0; r < sizeof(rows) / sizeof(rows[0]); r++) {
        fake_bus_reset();
        world_ring(w, world_version(w), SIZE);
        wire_one(w, &l, 3, rows[r].changing);
        for (unsigned i = 0; i < 100; i++) {
            const struct vwr_seg piece = {l.seg[3].addr + i, 100 + i};

            push_one(w, &l, rows[r].changing, rows[r].out, &piece, rows[r].in[i % 2]);
        }
    }
}

/* A wired chain keeps its descriptors; the rest of the queue goes on as if it were shorter. */
static void wired_chain_beside_others(void **state)
{
    struct world *w = *state;
    struct vwr_chain *done;
    struct load l;
    struct load others;

    world_ring(w, world_version(w), SIZE);
    wire_one(w, &l, 3, 1);
    prepare(w, &others);
    assert_int_equal(push(w, &l, &l.seg[1], true), VWR_OK);
    assert_int_equal(vwr_queue_add(&w->queue, others.seg, 2, 3, &others.chain[0]), VWR_OK);
    assert_int_equal(vwr_queue_add(&w->queue, others.seg, 1, 0, &others.chain[1]), VWR_EFULL);
    assert_true(vwr_queue_kick(&w->queue));
    serve_all(w);
    assert_int_equal(take_one(w, &done), 1);
    assert_ptr_equal(done, &l.chain[0]);
    assert_int_equal(vwr_queue_add(&w->queue, others.seg, 1, 0, &others.chain[1]), VWR_EFULL);
    assert_int_equal(take_one(w, &done), 1);
    assert_ptr_equal(done, &others.chain[0]);
    nothing_has_happened(w, &others, SIZE - 3);
}

static void wired_chain_refusals(void **state)
{
    struct world *w = *state;
    struct vwr_seg nothing = {0, 0};
    struct load l;

    world_ring(w, world_version(w), SIZE);
    prepare(w, &l);
    assert_int_equal(vwr_queue_wire(&w->queue, l.seg, 0, 0, &l.chain[0]), VWR_EINVAL);
    assert_int_equal(vwr_queue_wire(&w->queue, l.seg, SIZE + 1, 0, &l.chain[0]), VWR_EINVAL);
    wire_one(w, &l, 2, 0);
    nothing.addr = l.seg[0].addr;
    assert_int_equal(push(w, &l, &nothing, false), VWR_EINVAL);
    assert_false(vwr_queue_kick(&w->queue));
    vwr_queue_stop(&w->queue, VWR_EBADRING);
    assert_int_equal(push(w, &l, &l.seg[0], false), VWR_EBADRING);
    assert_false(vwr_queue_kick(&w->queue));
    assert_int_equal(fake_ring_avail_idx(&w->f, 0), 0);
}

#define BOTH(function) WORLD_MODERN(function), WORLD_LEGACY(function)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(add_kick_take),
        BOTH(kick_notifies_once_a_batch),
        BOTH(kick_keeps_quiet_with_NO_NOTIFY),
        BOTH(add_refuses_what_can_never_be),
        BOTH(add_takes_the_most_bytes),
        BOTH(full_queue),
        BOTH(queue_of_one),
        BOTH(indices_wrap),
        BOTH(D16_out_of_order),
        BOTH(arm_and_disarm),
        BOTH(stopped_queue),
        BOTH(wired_chain),
        BOTH(wired_chain_beside_others),
        BOTH(wired_chain_refusals),
    };

    return cmocka_run_group_tests_name("ring", tests, NULL, NULL);
}
