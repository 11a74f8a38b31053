/* SPDX-License-Identifier: MIT */
#include "format.h"

#include <string.h>

/*
 * Bound chains with tables and IN_ORDER: a chain is posted without rewriting its descriptor if the descriptor
 * is already at that position. In these tests chains change their positions from lap to lap, are unbound and
 * bound again, and mix with unbound buffers. The buffers that the device reads are compared with those sent.
 */

#define SIZE 8u
#define BOUND 10u   /* more chains than descriptors */
#define CHAINS 14u  /* from BOUND on, chains are not bound */
#define SEGMENTS 4u /* maximum per buffer */

/* A buffer in flight. */
struct sent {
    struct vwr_chain *chain;
    struct vwr_seg seg[SEGMENTS];
    unsigned count;
    unsigned out;
    uint32_t written;
    bool table;
    uint16_t id;
};

struct order {
    struct world *w;
    const struct format *f;
    struct vwr_chain chain[CHAINS];
    struct vwr_seg seg[CHAINS][SEGMENTS];
    unsigned changing[CHAINS];
    unsigned segs[CHAINS];
    struct sent sent[SIZE];
    unsigned posted; /* total number of buffers in each state */
    unsigned seen;   /* taken by the device */
    unsigned used;
    unsigned taken;
    uint32_t random;
};

static uint32_t order_random(struct order *o, uint32_t below)
{
    o->random = o->random * 1664525u + 1013904223u;
    return (o->random >> 16) % below;
}

static struct sent *sent_at(struct order *o, unsigned n)
{
    return &o->sent[n % SIZE];
}

static void give_table(struct vwr_chain *chain)
{
    const size_t bytes = VWR_TABLE_BYTES(SEGMENTS);

    assert_int_equal(lend_table(chain, fake_ram_alloc(bytes, 16), bytes), VWR_OK);
}

/* Segments that differ from those of all other buffers. */
static void shape(struct order *o, unsigned i, unsigned segs)
{
    o->segs[i] = segs;
    o->changing[i] = order_random(o, segs);
    for (unsigned s = 0; s < segs; s++) {
        o->seg[i][s].addr = FAKE_RAM_ADDR + order_random(o, 1u << 15) * 16u;
        o->seg[i][s].len = 1 + order_random(o, 5000);
    }
}

static void bind_one(struct order *o, unsigned i)
{
    shape(o, i, 2 + order_random(o, 2));
    o->changing[i] = o->segs[i] == 3 || order_random(o, 2) != 0;
    if (o->segs[i] == 3)
        o->seg[i][2].addr = o->seg[i][0].addr + order_random(o, 0x10000);
    assert_int_equal(load_bind(&o->w->queue, o->seg[i], o->segs[i], o->changing[i], &o->chain[i]), VWR_OK);
}

static void bind_anew(struct order *o, unsigned i, bool other_table)
{
    assert_int_equal(vwr_queue_unbind(&o->w->queue, &o->chain[i]), VWR_OK);
    if (other_table)
        give_table(&o->chain[i]);
    bind_one(o, i);
}

static void order_begin(struct order *o, struct world *w, const struct format *f, unsigned bound)
{
    memset(o, 0, sizeof(*o));
    o->w = w;
    o->f = f;
    o->random = f->flags;
    format_ring(w, f);
    for (unsigned i = 0; i < CHAINS; i++)
        give_table(&o->chain[i]);
    for (unsigned i = 0; i < bound; i++)
        bind_one(o, i);
}

static struct sent *send(struct order *o, unsigned i, unsigned out, bool table)
{
    struct sent *const s = sent_at(o, o->posted++);

    assert_true(o->posted - o->taken <= SIZE);
    s->chain = &o->chain[i];
    s->count = o->segs[i];
    s->out = out;
    s->table = table;
    s->written = 0;
    memcpy(s->seg, o->seg[i], sizeof(s->seg));
    for (unsigned k = out; k < s->count; k++)
        s->written += s->seg[k].len;
    return s;
}

static int post(struct order *o, unsigned i)
{
    const unsigned at = o->changing[i];
    const struct vwr_seg seg = {FAKE_RAM_ADDR + order_random(o, 1u << 20), 1 + order_random(o, 5000)};
    const bool in = order_random(o, 2) != 0;
    const int r = vwr_queue_post(&o->w->queue, &o->chain[i], seg.addr, seg.len, in);

    if (r != VWR_OK)
        return r;
    o->seg[i][at] = seg;
    send(o, i, in ? at : at + 1, true);
    return r;
}

static void post_ok(struct order *o, unsigned i)
{

    assert_int_equal(post(o, i), VWR_OK);
    assert_int_equal(post(o, i), VWR_EBUSY);
}

/* Adds an unbound buffer, with its table or with one descriptor per segment. */
static int add(struct order *o, unsigned i, unsigned segs, bool table)
{
    const uint16_t size = o->chain[i].table_segs;
    int r;

    shape(o, i, segs);
    o->chain[i].table_segs = table ? size : 0;
    r = vwr_queue_add(&o->w->queue, o->seg[i], 1, segs - 1, &o->chain[i]);
    o->chain[i].table_segs = size;
    if (r == VWR_OK)
        send(o, i, 1, table && segs > 1);
    return r;
}

/* The device takes all available buffers and finds them as they were sent. */
static void device_takes(struct order *o)
{
    struct fake_chain c;

    (void)vwr_queue_kick(&o->w->queue);
    while (fake_ring_next(&o->w->f, 0, &c)) {
        struct sent *const s = sent_at(o, o->seen++);

        assert_true(o->seen <= o->posted);
        s->id = c.head;
        assert_int_equal(c.table, s->table);
        assert_int_equal(c.count, s->count);
        for (unsigned i = 0; i < c.count; i++) {
            assert_true(c.segment[i].addr == s->seg[i].addr);
            assert_int_equal(c.segment[i].len, s->seg[i].len);
            assert_int_equal(c.segment[i].write, i >= s->out);
        }
    }
    assert_int_equal(o->seen, o->posted);
}

/* The device uses the next `count` buffers as one batch; the last may be written only in part. */
static void use(struct order *o, unsigned count)
{
    uint16_t ids[SIZE];
    struct sent *s = NULL;

    for (unsigned i = 0; i < count; i++) {
        s = sent_at(o, o->used++);
        ids[i] = s->id;
    }
    assert_true(o->used <= o->seen);
    s->written = order_random(o, s->written + 1);
    fake_ring_put_batch(&o->w->f, 0, ids, count, s->written);
    (void)fake_ring_signal(&o->w->f, 0);
}

static void came_back(struct order *o, const struct vwr_chain *chain)
{
    const struct sent *const s = sent_at(o, o->taken++);

    assert_true(o->taken <= o->used);
    assert_ptr_equal(chain, s->chain);
    assert_int_equal(chain->written, s->written);
}

static void take(struct order *o, unsigned count)
{
    struct vwr_chain *chains[SIZE];

    if (order_random(o, 2)) {
        for (; count > 0; count--) {
            assert_int_equal(load_take(o->w, &chains[0]), 1);
            came_back(o, chains[0]);
        }
        return;
    }
    assert_int_equal(vwr_queue_reap(&o->w->queue, chains, count), count);
    for (unsigned i = 0; i < count; i++)
        came_back(o, chains[i]);
}

/* All buffers complete, in batches. */
static void drain(struct order *o)
{
    struct vwr_chain *done;

    device_takes(o);
    while (o->used != o->seen)
        use(o, 1 + order_random(o, o->seen - o->used));
    while (o->taken != o->used)
        take(o, 1 + order_random(o, o->used - o->taken));
    assert_int_equal(load_take(o->w, &done), 0);
    assert_int_equal(o->w->queue.stats.clamped, 0);
}

static bool in_flight(const struct order *o, unsigned i)
{
    for (unsigned n = o->taken; n != o->posted; n++)
        if (o->sent[n % SIZE].chain == &o->chain[i])
            return true;
    return false;
}

/* Returns one of `count` chains from `first` on that is not in flight. */
static unsigned idle_one(struct order *o, unsigned first, unsigned count)
{
    unsigned i = order_random(o, count);

    while (in_flight(o, first + i))
        i = (i + 1) % count;
    return first + i;
}

/* Prefers the chain that was at this position in an earlier lap, if it is not in flight. */
static unsigned regular_one(struct order *o, unsigned count)
{
    const unsigned i = o->posted % count;

    return in_flight(o, i) ? idle_one(o, 0, count) : i;
}

/* The device takes all buffers and uses some; the driver takes some, so that half reaped batches remain. */
static void go_on(struct order *o)
{
    device_takes(o);
    if (o->used != o->seen)
        use(o, 1 + order_random(o, o->seen - o->used));
    if (o->taken != o->used)
        take(o, order_random(o, o->used - o->taken + 1));
}

/* ---- tests ---- */

/* `param`: number of chains: fewer than descriptors, as many, or more. */
static void order_differs_from_lap_to_lap(struct world *w, const struct format *f, const void *param)
{
    const unsigned *bound = param;
    const unsigned most = *bound < SIZE ? *bound : SIZE;
    struct order o;

    order_begin(&o, w, f, *bound);
    for (unsigned pass = 0; pass < 100 * SIZE; pass++) {
        const unsigned room = most - (o.posted - o.taken);

        for (unsigned n = order_random(&o, room + 1); n > 0; n--)
            post_ok(&o, pass % 64 < 32 ? idle_one(&o, 0, *bound) : regular_one(&o, *bound));
        go_on(&o);
    }
    drain(&o);
    load_queue_is_whole(w, SIZE);
}

/* Without a table no descriptor can be reused from an earlier lap: the chain is written each time. */
static void bound_chain_of_one_segment(struct world *w, const struct format *f, const void *param)
{
    struct order o;

    (void)param;
    order_begin(&o, w, f, 0);
    for (unsigned i = 0; i < 2; i++) {
        memset(&o.chain[i], 0, sizeof(o.chain[i]));
        shape(&o, i, 1);
        assert_int_equal(load_bind(&w->queue, o.seg[i], 1, 0, &o.chain[i]), VWR_OK);
    }
    for (unsigned n = 0; n < 3 * SIZE; n++) {
        assert_int_equal(post(&o, n % 2), VWR_OK);
        sent_at(&o, n)->table = false;
        device_takes(&o);
        use(&o, 1);
        take(&o, 1);
    }
}

/* A chain in flight is refused in every state and at each position. */
static void posted_twice(struct world *w, const struct format *f, const void *param)
{
    struct order o;

    (void)param;
    order_begin(&o, w, f, 2);
    for (unsigned pass = 0; pass < 3 * SIZE; pass++) {
        post_ok(&o, pass / 5 % 2);
        for (unsigned stage = 0; stage < 3; stage++) {
            assert_int_equal(post(&o, pass / 5 % 2), VWR_EBUSY);
            assert_int_equal(vwr_queue_add(&w->queue, o.seg[0], 1, 1, sent_at(&o, pass)->chain), VWR_EBUSY);
            assert_int_equal(vwr_queue_unbind(&w->queue, sent_at(&o, pass)->chain), VWR_EBUSY);
            if (stage == 0)
                device_takes(&o);
            else if (stage == 1)
                use(&o, 1);
        }
        take(&o, 1);
    }
    drain(&o);
    load_queue_is_whole(w, SIZE);
}

/* `param`: bind with another table. */
static void bound_anew_at_the_same_position(struct world *w, const struct format *f, const void *param)
{
    const bool *other_table = param;
    struct order o;

    order_begin(&o, w, f, SIZE);
    bind_anew(&o, 3, *other_table); /* before the first buffer */
    for (unsigned pass = 0; pass < 10 * SIZE; pass++) {
        if (pass % 3 == 1)
            bind_anew(&o, pass % SIZE, *other_table && pass % 2 == 0);
        post_ok(&o, pass % SIZE);
        if (order_random(&o, 2))
            drain(&o);
        if (o.posted - o.taken > SIZE / 2)
            drain(&o);
    }
    drain(&o);
    load_queue_is_whole(w, SIZE);
}

/* The buffer in between overwrites the descriptor; nothing of it must remain when the bound chain is
 * posted there. */
static void buffer_that_is_not_bound_between(struct world *w, const struct format *f, const void *param)
{
    const bool *table = param;
    struct order o;

    order_begin(&o, w, f, SIZE);
    for (unsigned pass = 0; pass < 20 * SIZE; pass++) {
        if (order_random(&o, 5) == 0)
            assert_int_equal(add(&o, BOUND + pass % 4, *table ? 2 : 1, *table), VWR_OK);
        else
            post_ok(&o, regular_one(&o, SIZE));
        if (order_random(&o, 2) || o.posted - o.taken > 3)
            drain(&o);
    }
    drain(&o);
    load_queue_is_whole(w, SIZE);
}

/* A refused add must not change anything that the next post relies on. */
static void refused_add_between(struct world *w, const struct format *f, const void *param)
{
    static const struct vwr_seg empty[2] = {{FAKE_RAM_ADDR, 16}, {FAKE_RAM_ADDR, 0}};
    const bool *table = param;
    struct order o;

    order_begin(&o, w, f, SIZE);
    for (unsigned pass = 0; pass < 4 * SIZE; pass++) {
        assert_int_equal(vwr_queue_add(&w->queue, *table ? empty : empty + 1, *table, 1, &o.chain[BOUND]),
                         VWR_EINVAL);
        post_ok(&o, pass % SIZE);
        drain(&o);
    }
}

/* Bound chains, tables and buffers of several descriptors, in any order. */
static void direct_traffic(struct order *o)
{
    for (unsigned pass = 0; pass < 60 * SIZE; pass++) {
        const bool bound = order_random(o, 2) != 0;
        int r;

        if (o->posted - o->taken == SIZE)
            drain(o);
        if (bound)
            r = post(o, idle_one(o, 0, SIZE));
        else if (in_flight(o, BOUND + pass % 4))
            r = VWR_EFULL;
        else
            r = add(o, BOUND + pass % 4, 1 + order_random(o, 4), order_random(o, 4) == 0);
        assert_true(r == VWR_OK || r == VWR_EFULL);
        if (r == VWR_EFULL)
            drain(o);
        else if (order_random(o, 2))
            go_on(o);
    }
}

/* The ring becomes direct with the first buffer of several descriptors, while bound chains are in flight
 * and a batch is half reaped. */
static void buffer_of_several_descriptors(struct world *w, const struct format *f, const void *param)
{
    const unsigned *laps = param; /* number of laps before it */
    struct order o;

    order_begin(&o, w, f, SIZE);
    for (unsigned pass = 0; pass < *laps * SIZE + 3; pass++) {
        drain(&o);
        post_ok(&o, idle_one(&o, 0, SIZE));
    }
    for (unsigned i = 0; i < 4; i++)
        post_ok(&o, regular_one(&o, SIZE));
    device_takes(&o);
    use(&o, 3);
    take(&o, 1);
    assert_int_equal(add(&o, BOUND, 4, false), VWR_OK);

    take(&o, 1);
    post_ok(&o, idle_one(&o, 0, SIZE));
    drain(&o);
    direct_traffic(&o);
    drain(&o);
    load_queue_is_whole(w, SIZE);
}

/* The buffers in flight then complete by id, one after the other; `param`: number of laps before it. */
static void buffers_in_flight_when_it_becomes_direct(struct world *w, const struct format *f,
                                                     const void *param)
{
    const unsigned *laps = param;
    struct order o;

    order_begin(&o, w, f, SIZE);
    for (unsigned pass = 0; pass < *laps * SIZE; pass++) {
        post_ok(&o, pass % SIZE);
        drain(&o);
    }
    for (unsigned i = 0; i < 4; i++)
        post_ok(&o, i);
    device_takes(&o);
    assert_int_equal(add(&o, BOUND, 3, false), VWR_OK);
    device_takes(&o);
    for (unsigned i = 0; i < 5; i++) {
        use(&o, 1);
        take(&o, 1);
    }
    drain(&o);
    load_queue_is_whole(w, SIZE);
}

/*
 * Packed ring: the address field of a used descriptor is unused, so the device may write anything there.
 * Section: Basic Facilities of a Virtio Device / Packed Virtqueues / Element Address and Length.
 */
static void address_of_a_used_descriptor(struct world *w, const struct format *f, const void *param)
{
    const uint64_t anything = UINT64_MAX;
    struct order o;

    (void)param;
    order_begin(&o, w, f, SIZE);
    for (unsigned pass = 0; pass < 3 * SIZE; pass++) {
        const uint16_t at = w->f.queue[0].used;

        post_ok(&o, pass % SIZE);
        device_takes(&o);
        fake_ram_write(w->f.queue[0].desc + 16ull * at, &anything, sizeof(anything));
        use(&o, 1);
        take(&o, 1);
    }
}

/* Reclaims each buffer in flight once, and no other. */
static void reclaim_all(struct order *o)
{
    struct vwr_chain *done;

    for (unsigned left = o->posted - o->taken; left > 0; left--) {
        assert_int_equal(vwr_queue_reclaim(&o->w->queue, &done), 1);
        assert_true(in_flight(o, (unsigned)(done - o->chain)));
        for (unsigned n = o->taken; n != o->posted; n++)
            if (sent_at(o, n)->chain == done)
                sent_at(o, n)->chain = NULL;
    }
    assert_int_equal(vwr_queue_reclaim(&o->w->queue, &done), 0);
}

/* Exactly the chains in flight are reclaimed, and can be added to the next queue. */
static void reclaimed_and_added_again(struct world *w, const struct format *f, const void *param)
{
    const bool *direct = param;
    struct order o;

    order_begin(&o, w, f, BOUND);
    for (unsigned pass = 0; pass < 5 * SIZE; pass++) {
        drain(&o);
        post_ok(&o, idle_one(&o, 0, BOUND));
    }
    for (unsigned i = 0; i < 3; i++)
        post_ok(&o, idle_one(&o, 0, BOUND));
    device_takes(&o);
    use(&o, 3);
    take(&o, 1);
    if (*direct)
        assert_int_equal(add(&o, BOUND, 3, false), VWR_OK);
    post_ok(&o, idle_one(&o, 0, BOUND)); /* not kicked */
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    vwr_queue_stop(&w->queue, VWR_ERESET);
    reclaim_all(&o);
    o.posted = o.seen = o.used = o.taken = 0;
    format_start(w, f);
    for (unsigned pass = 0; pass < 3; pass++) {
        for (unsigned i = 0; i < CHAINS; i++) {
            if (pass == 0 && i < BOUND) /* bound to the previous queue */
                assert_int_equal(vwr_queue_unbind(&w->queue, &o.chain[i]), VWR_OK);
            assert_int_equal(add(&o, i, 2, true), VWR_OK);
            drain(&o);
        }
    }
    bind_anew(&o, 2, false);
    post_ok(&o, 2);
    drain(&o);
    load_queue_is_whole(w, SIZE);
}

/* A full ring refuses every kind of buffer. The check for a chain in flight comes before the check for a
 * full ring, and the check of the length before both. */
static void full_ring(struct world *w, const struct format *f, const void *param)
{
    struct order o;

    (void)param;
    order_begin(&o, w, f, BOUND);
    for (unsigned lap = 0; lap < 5; lap++) {
        for (unsigned i = 0; i < SIZE; i++)
            post_ok(&o, (i + lap / 2) % BOUND);
        for (unsigned i = 0; i < BOUND; i++)
            assert_int_equal(post(&o, i), in_flight(&o, i) ? VWR_EBUSY : VWR_EFULL);
        assert_int_equal(add(&o, BOUND, 1, false), VWR_EFULL);
        assert_int_equal(add(&o, BOUND, 3, true), VWR_EFULL);
        assert_int_equal(vwr_queue_add(&w->queue, o.seg[0], 1, 0, sent_at(&o, o.taken)->chain), VWR_EBUSY);
        assert_int_equal(vwr_queue_post(&w->queue, &o.chain[BOUND - 1], FAKE_RAM_ADDR, 0, true), VWR_EINVAL);
        assert_int_equal(w->queue.stats.full, 4 * (lap + 1));
        device_takes(&o);
        use(&o, 2);
        assert_int_equal(post(&o, idle_one(&o, 0, BOUND)), VWR_EFULL); /* used, not taken */
        w->queue.stats.full--;
        take(&o, 1);
        assert_int_equal(add(&o, BOUND, 1, false), VWR_OK);
        drain(&o);
    }
    load_queue_is_whole(w, SIZE);
}

/* As if 2^32 - SIZE buffers had completed before. */
static void count_of_buffers_is_high(struct world *w, const struct format *f)
{
    struct vwr_queue *const q = &w->queue;

    q->added = q->kicked = q->last_used = 0u - SIZE;
    if (f->flags & FORMAT_PACKED)
        return;
    w->f.queue[0].seen = w->f.queue[0].used = (uint16_t)(0u - SIZE);
    fake_ring_set_used_idx(&w->f, 0, w->f.queue[0].used);
    fake_ring_suppress(&w->f, 0, FAKE_WHEN_IDLE, 1);
}

/* A chain that is bound while others are in flight does not take their slots; `param`: when the buffer
 * count wraps to 0. */
static void bound_while_others_are_in_flight(struct world *w, const struct format *f, const void *param)
{
    const bool *high = param;
    struct order o;

    order_begin(&o, w, f, 0);
    if (*high)
        count_of_buffers_is_high(w, f);
    for (unsigned i = 1; i <= SIZE; i++)
        assert_int_equal(add(&o, i, 1, false), VWR_OK);
    device_takes(&o);
    assert_int_equal(w->queue.added, *high ? 0 : SIZE);
    bind_one(&o, 0);
    use(&o, SIZE);
    take(&o, SIZE);
    for (unsigned pass = 0; pass < 2 * SIZE; pass++) {
        post_ok(&o, 0);
        drain(&o);
    }
    load_queue_is_whole(w, SIZE);
}

/* The numbers that identify bound chains are never assigned twice. */
static void more_binds_than_numbers(struct world *w, const struct format *f, const void *param)
{
    struct order o;

    (void)param;
    order_begin(&o, w, f, SIZE);
    for (unsigned i = 0; i < 65600; i++)
        bind_anew(&o, i % SIZE, false);
    for (unsigned i = 0; i < 3 * SIZE; i++) {
        bind_anew(&o, i % SIZE, true);
        post_ok(&o, i % SIZE);
        drain(&o);
    }
    load_queue_is_whole(w, SIZE);
}

int main(void)
{
    static const uint16_t eight[] = {SIZE, 0};
    static const struct format_range in_order = {KIND_ALL, FORMAT_EVENT_IDX | FORMAT_NOTIFICATION_DATA,
                                                 FORMAT_IN_ORDER | FORMAT_INDIRECT, eight};
    static const struct format_range packed = {KIND_PACKED, FORMAT_EVENT_IDX,
                                               FORMAT_IN_ORDER | FORMAT_INDIRECT, eight};
    static const unsigned few = 5, as_many = SIZE, more = BOUND;
    static const unsigned none = 0, some = 3;
    static const bool no = false, yes = true;
    static struct format_tests tests;

#define ADD(test, param) format_add(&tests, #test "_" #param, test, &(param), &in_order)
    ADD(bound_chain_of_one_segment, no);
    ADD(order_differs_from_lap_to_lap, few);
    ADD(order_differs_from_lap_to_lap, as_many);
    ADD(order_differs_from_lap_to_lap, more);
    format_add(&tests, "posted_twice", posted_twice, NULL, &in_order);
    format_add(&tests, "bound_anew_at_the_same_position", bound_anew_at_the_same_position, &no, &in_order);
    format_add(&tests, "bound_anew_with_another_table", bound_anew_at_the_same_position, &yes, &in_order);
    format_add(&tests, "segment_between", buffer_that_is_not_bound_between, &no, &in_order);
    format_add(&tests, "table_between", buffer_that_is_not_bound_between, &yes, &in_order);
    format_add(&tests, "refused_segment_between", refused_add_between, &no, &in_order);
    format_add(&tests, "refused_table_between", refused_add_between, &yes, &in_order);
    format_add(&tests, "several_descriptors_at_once", buffer_of_several_descriptors, &none, &in_order);
    format_add(&tests, "several_descriptors_after_laps", buffer_of_several_descriptors, &some, &in_order);
    ADD(buffers_in_flight_when_it_becomes_direct, none);
    ADD(buffers_in_flight_when_it_becomes_direct, some);
    format_add(&tests, "address_of_a_used_descriptor", address_of_a_used_descriptor, NULL, &packed);
    format_add(&tests, "reclaimed_and_added_again", reclaimed_and_added_again, &no, &in_order);
    format_add(&tests, "reclaimed_and_added_again_direct", reclaimed_and_added_again, &yes, &in_order);
    format_add(&tests, "full_ring", full_ring, NULL, &in_order);
    format_add(&tests, "bound_while_others_are_in_flight", bound_while_others_are_in_flight, &no, &in_order);
    format_add(&tests, "bound_when_the_count_of_buffers_is_0_again", bound_while_others_are_in_flight, &yes,
               &in_order);
    format_add(&tests, "more_binds_than_numbers", more_binds_than_numbers, NULL, &in_order);
    return format_run("in_order", &tests);
}
