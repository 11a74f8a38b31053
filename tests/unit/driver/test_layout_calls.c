/* SPDX-License-Identifier: MIT */
#include "format.h"

#include <string.h>

/*
 * add_as, post_as, kick_as and get_used_as do what add, post, kick and get_used do: the same steps with both,
 * and what each call answered, what the device saw and what was counted are the same.
 */

VWR_STATIC_ASSERT(VWR_FAST_PATHS, "without fast paths there is nothing to compare");

#define SIZE 8u
#define BOUND 6u
#define CHAINS 10u
#define STEPS 600u
#define LINES (STEPS * 8u)

struct calls {
    int (*add)(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned in,
               struct vwr_chain *chain);
    int (*post)(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len, bool in);
    bool (*kick)(struct vwr_queue *q);
    int (*get_used)(struct vwr_queue *q, struct vwr_chain **chain);
};

#define CALLS(name, layout)                                                                           \
    static int name##_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned in,  \
                          struct vwr_chain *chain)                                                    \
    {                                                                                                 \
        assert_int_equal(vwr_queue_layout(q), layout);                                                \
        return vwr_queue_add_as(q, layout, seg, out, in, chain);                                      \
    }                                                                                                 \
    static int name##_post(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len, \
                           bool in)                                                                   \
    {                                                                                                 \
        return vwr_queue_post_as(q, layout, chain, addr, len, in);                                    \
    }                                                                                                 \
    static bool name##_kick(struct vwr_queue *q)                                                      \
    {                                                                                                 \
        return vwr_queue_kick_as(q, layout);                                                          \
    }                                                                                                 \
    static int name##_get_used(struct vwr_queue *q, struct vwr_chain **chain)                         \
    {                                                                                                 \
        return vwr_queue_get_used_as(q, layout, chain);                                               \
    }                                                                                                 \
    static const struct calls name = {name##_add, name##_post, name##_kick, name##_get_used}

CALLS(as_split, VWR_LAYOUT_SPLIT);
CALLS(as_split_in_order, VWR_LAYOUT_SPLIT_IN_ORDER);
CALLS(as_packed, VWR_LAYOUT_PACKED);
CALLS(as_packed_in_order, VWR_LAYOUT_PACKED_IN_ORDER);
CALLS(as_stopped, VWR_LAYOUT_STOPPED);

static int plain_add(struct vwr_queue *q, const struct vwr_seg *seg, unsigned out, unsigned in,
                     struct vwr_chain *chain)
{
    return vwr_queue_add(q, seg, out, in, chain);
}

static int plain_post(struct vwr_queue *q, struct vwr_chain *chain, uint64_t addr, uint32_t len, bool in)
{
    return vwr_queue_post(q, chain, addr, len, in);
}

static bool plain_kick(struct vwr_queue *q)
{
    return vwr_queue_kick(q);
}

static int plain_get_used(struct vwr_queue *q, struct vwr_chain **chain)
{
    return vwr_queue_get_used(q, chain);
}

static const struct calls plain = {plain_add, plain_post, plain_kick, plain_get_used};

/* What was seen, a number after the other. */
struct record {
    unsigned count;
    uint64_t line[LINES * 4];
};

struct script {
    struct world *w;
    const struct calls *calls;
    struct record *record;
    struct load l;
    struct vwr_seg seg[BOUND][3];
    uint16_t id[SIZE];
    unsigned held;
    unsigned bound;
    bool direct; /* buffers of several descriptors too */
    uint32_t random;
};

static uint32_t script_random(struct script *s, uint32_t below)
{
    s->random = s->random * 1664525u + 1013904223u;
    return (s->random >> 16) % below;
}

static void note(struct script *s, uint64_t what)
{
    if (s->record->count < sizeof(s->record->line) / sizeof(s->record->line[0]))
        s->record->line[s->record->count++] = what;
}

static void device_takes(struct script *s)
{
    struct fake_chain c;

    while (s->held < SIZE && fake_ring_next(&s->w->f, 0, &c)) {
        s->id[s->held++] = c.head;
        note(s, c.head);
        for (unsigned i = 0; i < c.count; i++)
            note(s, c.segment[i].addr ^ (uint64_t)c.segment[i].len << 33 ^ c.segment[i].write);
    }
}

/* More than a buffer has too. */
static void use(struct script *s)
{
    const uint32_t written = script_random(s, 80);

    if (s->held == 0)
        return;
    fake_ring_push(&s->w->f, 0, s->id[0], written);
    memmove(s->id, s->id + 1, --s->held * sizeof(s->id[0]));
}

static void add(struct script *s)
{
    const unsigned i = BOUND + script_random(s, CHAINS - BOUND);
    const unsigned segs = s->direct ? script_random(s, 4) : script_random(s, 2);

    note(s, (uint64_t)s->calls->add(&s->w->queue, s->l.seg, script_random(s, 2), segs, &s->l.chain[i]));
}

static void post(struct script *s)
{
    const uint32_t len = script_random(s, 30);

    note(s,
         (uint64_t)s->calls->post(&s->w->queue, &s->l.chain[script_random(s, s->bound)],
                                  FAKE_RAM_ADDR + script_random(s, 1u << 15), len, script_random(s, 2) != 0));
}

static void take(struct script *s)
{
    struct vwr_chain *done = NULL;

    note(s, (uint64_t)s->calls->get_used(&s->w->queue, &done));
    if (done != NULL)
        note(s, (uint64_t)(done - s->l.chain) << 32 | done->written);
}

static void step(struct script *s)
{
    switch (script_random(s, 8)) {
    case 0:
        add(s);
        break;
    case 1:
    case 2:
        post(s);
        break;
    case 3:
        note(s, s->calls->kick(&s->w->queue));
        break;
    case 4:
        device_takes(s);
        break;
    case 5:
        use(s);
        break;
    default:
        take(s);
    }
}

static void note_counters(struct script *s)
{
    const struct vwr_queue_stats *const stats = &s->w->queue.stats;

    note(s, stats->kicks);
    note(s, stats->elided);
    note(s, stats->full);
    note(s, stats->clamped);
    note(s, stats->flight_most);
    note(s, s->w->f.notified);
    note(s, vwr_queue_in_flight(&s->w->queue));
}

static void run(struct world *w, const struct format *f, const struct calls *calls, struct record *record,
                bool direct)
{
    struct script s;

    memset(&s, 0, sizeof(s));
    memset(record, 0, sizeof(*record));
    s.w = w;
    s.calls = calls;
    s.record = record;
    s.direct = direct;
    s.bound = f->flags & (FORMAT_IN_ORDER | FORMAT_INDIRECT) ? BOUND : 2; /* or there is no room */
    fake_bus_reset();
    fake_ram_reset();
    w->buffer = fake_ram_alloc(WORLD_BUFFER_BYTES, FAKE_PAGE_BYTES);
    format_ring(w, f);
    load_prepare(w, &s.l, LOAD_TABLES);
    for (unsigned i = 0; i < s.bound; i++) {
        memcpy(s.seg[i], &s.l.seg[i], sizeof(s.seg[i]));
        assert_int_equal(vwr_queue_bind(&w->queue, s.seg[i], 3, 1, &s.l.chain[i]), VWR_OK);
    }
    for (unsigned i = 0; i < STEPS; i++)
        step(&s);
    note_counters(&s);
}

static const struct calls *calls_of(const struct format *f)
{
    if (f->flags & FORMAT_PACKED)
        return f->flags & FORMAT_IN_ORDER ? &as_packed_in_order : &as_packed;
    return f->flags & FORMAT_IN_ORDER ? &as_split_in_order : &as_split;
}

static void same_as_the_plain_calls(struct world *w, const struct format *f, const void *param)
{
    static struct record expected;
    static struct record record;
    const bool *direct = param;

    run(w, f, &plain, &expected, *direct);
    run(w, f, calls_of(f), &record, *direct);
    assert_true(expected.count > STEPS / 2 && expected.count < sizeof(record.line) / sizeof(record.line[0]));
    for (unsigned i = 0; i < expected.count; i++)
        assert_int_equal(record.line[i], expected.line[i]);
    assert_int_equal(record.count, expected.count);
}

static void stopped(struct world *w, const struct format *f, const void *param)
{
    const struct calls *const calls[] = {&plain, &as_stopped};
    struct vwr_chain *done = NULL;
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_TABLES);
    assert_int_equal(vwr_queue_bind(&w->queue, l.seg, 2, 0, &l.chain[0]), VWR_OK);
    assert_int_equal(calls_of(f)->add(&w->queue, l.seg, 1, 0, &l.chain[1]), VWR_OK);
    vwr_queue_stop(&w->queue, VWR_EFAILED);
    for (unsigned i = 0; i < 2; i++) {
        assert_int_equal(calls[i]->add(&w->queue, l.seg, 1, 0, &l.chain[2]), VWR_EFAILED);
        assert_int_equal(calls[i]->post(&w->queue, &l.chain[0], FAKE_RAM_ADDR, 16, true), VWR_EFAILED);
        assert_int_equal(calls[i]->post(&w->queue, &l.chain[0], FAKE_RAM_ADDR, 0, true), VWR_EFAILED);
        assert_false(calls[i]->kick(&w->queue));
        assert_int_equal(calls[i]->get_used(&w->queue, &done), VWR_EFAILED);
        assert_null(done);
    }
}

int main(void)
{
    static const uint16_t eight[] = {SIZE, 0};
    static const struct format_range all = {KIND_ALL, FORMAT_OPTIONS, 0, eight};
    static const bool no = false, yes = true;
    static struct format_tests tests;

    format_add(&tests, "one_descriptor", same_as_the_plain_calls, &no, &all);
    format_add(&tests, "several_descriptors", same_as_the_plain_calls, &yes, &all);
    format_add(&tests, "stopped", stopped, NULL, &all);
    return format_run("layout_calls", &tests);
}
