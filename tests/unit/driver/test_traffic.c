/* SPDX-License-Identifier: MIT */
#include "format.h"

#include <stdlib.h>
#include <string.h>

/*
 * Random traffic through a queue, checked against a model: chains of all lengths, bound and unbound, with and
 * without tables, sent in batches and completed in any order, or in order and in batches. The model predicts
 * the result of each call and the buffers that the device sees.
 */

#define ITEMS_MAX 100u
#define SEGMENTS_MAX 24u /* more than a table has */
#define LONG_OPTIONS (FORMAT_EVENT_IDX | FORMAT_IN_ORDER)

struct item {
    struct vwr_chain chain;
    struct vwr_seg seg[SEGMENTS_MAX];
    unsigned segments;
    unsigned out;
    unsigned changing;
    bool bound;
    bool out_there;
    uint16_t id;       /* as seen by the device */
    uint32_t writable; /* device-writable bytes */
    uint32_t written;  /* expected result of take */
};

/* A FIFO of items. */
struct line {
    unsigned count;
    struct item *item[ITEMS_MAX];
};

struct traffic {
    struct world *w;
    const struct format *format;
    uint32_t random;
    unsigned items;
    unsigned segments_max;
    unsigned reserved; /* descriptors of bound chains */
    unsigned free;
    unsigned ids;       /* packed ring without IN_ORDER: free ids */
    struct line added;  /* added, not kicked */
    struct line kicked; /* kicked, not taken by the device */
    struct line held;   /* owned by the device */
    struct line done;   /* used, not taken by the driver */
    bool asked;         /* the device has requested a notification */
    bool awaited;       /* the driver has requested an interrupt, and none has come since */
    unsigned buffers;   /* completed */
    unsigned full;
    unsigned kicks;
    unsigned elided;
    struct item item[ITEMS_MAX];
};

static bool has(const struct traffic *t, unsigned flag)
{
    return (t->format->flags & flag) != 0;
}

/* xorshift: the same on every machine, different for each format. */
static uint32_t next_random(struct traffic *t, uint32_t below)
{
    t->random ^= t->random << 13;
    t->random ^= t->random >> 17;
    t->random ^= t->random << 5;
    return t->random % below;
}

static void append(struct line *l, struct item *item)
{
    assert_true(l->count < ITEMS_MAX);
    l->item[l->count++] = item;
}

static struct item *leave(struct line *l, unsigned at)
{
    struct item *const item = l->item[at];

    assert_true(at < l->count);
    memmove(&l->item[at], &l->item[at + 1], (--l->count - at) * sizeof(l->item[0]));
    return item;
}

static bool in_table(const struct traffic *t, const struct item *item)
{
    return has(t, FORMAT_INDIRECT) && item->segments > 1 && item->segments <= item->chain.table_segs;
}

static unsigned cost(const struct traffic *t, const struct item *item)
{
    return in_table(t, item) ? 1 : item->segments;
}

static void shape(struct traffic *t, struct item *item)
{
    item->segments = 1 + next_random(t, t->segments_max);
    item->out = next_random(t, item->segments + 1);
    item->writable = 0;
    for (unsigned i = 0; i < item->segments; i++) {
        item->seg[i].addr = FAKE_RAM_ADDR + next_random(t, 1u << 20);
        item->seg[i].len = 1 + next_random(t, 5000);
        item->writable += i >= item->out ? item->seg[i].len : 0;
    }
}

/* ---- the driver side ---- */

/* Does the chain keep its descriptors? */
static bool keeps(const struct traffic *t, const struct item *item)
{
    return item->bound && !has(t, FORMAT_IN_ORDER);
}

/* Optional header, data, optional answer; with a table, at least two of them. */
static void shape_bound(struct traffic *t, struct item *item)
{
    const unsigned least = has(t, FORMAT_INDIRECT) && item->chain.table_segs != 0 ? 2 : 1;
    const unsigned most = t->segments_max < 3 ? t->segments_max : 3;

    item->segments = least + next_random(t, most - least + 1);
    item->out = next_random(t, 2);
    for (unsigned i = 0; i < item->segments; i++) {
        item->seg[i].addr = FAKE_RAM_ADDR + next_random(t, 1u << 20);
        item->seg[i].len = 1 + next_random(t, 5000);
    }
}

static void bind_some(struct traffic *t)
{
    for (unsigned i = 0; i < t->items; i += 3) {
        struct item *item = &t->item[i];

        shape(t, item);
        if (t->segments_max == 1 && has(t, FORMAT_INDIRECT) && item->chain.table_segs != 0)
            continue;
        shape_bound(t, item);
        item->changing = item->segments == 3 || (item->segments == 2 && item->out != 0);
        item->seg[2].addr = item->seg[0].addr + next_random(t, 0x10000);
        if (t->reserved + cost(t, item) > t->format->size / 2u)
            continue;
        item->bound = true;
        assert_int_equal(load_bind(&t->w->queue, item->seg, item->segments, item->changing, &item->chain),
                         VWR_OK);
        t->reserved += keeps(t, item) ? cost(t, item) : 0;
        t->ids -= has(t, FORMAT_PACKED) && !has(t, FORMAT_IN_ORDER);
    }
    t->free = t->format->size - t->reserved;
}

static int push(struct traffic *t, struct item *item)
{
    const struct vwr_seg segment = {FAKE_RAM_ADDR + next_random(t, 1u << 20), 1 + next_random(t, 5000)};
    const bool in = next_random(t, 2) != 0;

    item->out = in ? item->changing : item->changing + 1;
    item->writable = in ? segment.len : 0;
    for (unsigned i = item->changing + 1; i < item->segments; i++)
        item->writable += item->seg[i].len;
    const int r = vwr_queue_post(&t->w->queue, &item->chain, segment.addr, segment.len, in);
    item->seg[item->changing] = segment; /* with a table the queue does not store it */
    return r;
}

static void add(struct traffic *t)
{
    struct item *item = &t->item[next_random(t, t->items)];
    const bool kept = keeps(t, item);
    int expected;

    if (item->out_there) {
        assert_int_equal(vwr_queue_add(&t->w->queue, item->seg, 1, 0, &item->chain), VWR_EBUSY);
        return;
    }
    if (!item->bound)
        shape(t, item);
    expected = (!kept && cost(t, item) > t->free) || (!item->bound && t->ids == 0) ? VWR_EFULL : VWR_OK;
    if (item->bound)
        assert_int_equal(push(t, item), expected);
    else
        assert_int_equal(
            vwr_queue_add(&t->w->queue, item->seg, item->out, item->segments - item->out, &item->chain),
            expected);
    t->full += expected != VWR_OK;
    if (expected != VWR_OK)
        return;
    t->free -= kept ? 0 : cost(t, item);
    t->ids -= !item->bound;
    item->out_there = true;
    append(&t->added, item);
}

/*
 * A requested notification must come, and an unrequested one must not. The exception is a packed ring: a
 * position only distinguishes two wraps, so an old request for an event may match again.
 */
static void kick(struct traffic *t)
{
    const bool news = t->added.count > 0;
    const bool wanted = news && (!has(t, FORMAT_EVENT_IDX) || t->asked);
    const bool notified = vwr_queue_kick(&t->w->queue);

    if (wanted || !news || !has(t, FORMAT_PACKED))
        assert_int_equal(notified, wanted);
    t->kicks += notified;
    t->elided += news && !notified;
    if (notified)
        t->asked = false;
    while (t->added.count > 0)
        append(&t->kicked, leave(&t->added, 0));
}

static void came_back(struct traffic *t, const struct vwr_chain *chain)
{
    struct item *item = leave(&t->done, 0);

    assert_ptr_equal(chain, &item->chain);
    assert_int_equal(item->chain.written, item->written);
    item->out_there = false;
    t->free += keeps(t, item) ? 0 : cost(t, item);
    t->ids += !item->bound;
    t->buffers++;
}

static void take(struct traffic *t)
{
    struct vwr_chain *chain;

    assert_int_equal(load_take(t->w, &chain), t->done.count > 0);
    if (chain != NULL)
        came_back(t, chain);
}

/* Takes all completions, or as many as requested; on a split ring some may wait for the next poll. */
static void take_many(struct traffic *t)
{
    const unsigned most = 1 + next_random(t, 5);
    struct vwr_chain *chains[5];
    const int n = vwr_queue_reap(&t->w->queue, chains, most);

    assert_in_range(n, t->done.count > 0 ? 1 : 0, most < t->done.count ? most : t->done.count);
    if (has(t, FORMAT_PACKED))
        assert_int_equal(n, most < t->done.count ? most : t->done.count);
    for (int i = 0; i < n; i++)
        came_back(t, chains[i]);
}

/* true promises an interrupt at the next completion; false means that a completion is there. */
static void arm(struct traffic *t)
{
    const bool quiet = vwr_queue_arm(&t->w->queue, 1);

    assert_int_equal(quiet, t->done.count == 0);
    t->awaited = quiet;
}

/* ---- the device side ---- */

static void check_chain(const struct traffic *t, struct item *item, const struct fake_chain *c)
{
    assert_int_equal(c->table, in_table(t, item));
    assert_int_equal(c->count, item->segments);
    for (unsigned i = 0; i < c->count; i++) {
        assert_true(c->segment[i].addr == item->seg[i].addr);
        assert_int_equal(c->segment[i].len, item->seg[i].len);
        assert_int_equal(c->segment[i].write, i >= item->out);
    }
    assert_int_equal(c->writable, item->writable);
    item->id = c->head;
}

static void device_takes(struct traffic *t)
{
    struct fake_chain c;

    if (!fake_ring_next(&t->w->f, 0, &c)) {
        assert_int_equal(t->kicked.count, 0);
        t->asked = true;
        return;
    }
    append(&t->held, leave(&t->kicked, 0));
    check_chain(t, t->held.item[t->held.count - 1], &c);
}

static void signal_driver(struct traffic *t)
{
    const bool interrupted = fake_ring_signal(&t->w->f, 0);

    if (t->awaited)
        assert_true(interrupted);
    t->awaited = false;
}

/* Uses one buffer, or with IN_ORDER a batch in which all buffers but the last count as written completely. */
static void complete(struct traffic *t)
{
    const bool in_order = has(t, FORMAT_IN_ORDER);
    const unsigned held = t->held.count;
    unsigned count = 1;
    uint16_t ids[ITEMS_MAX];
    struct item *item = NULL;

    if (held == 0)
        return;
    if (in_order && next_random(t, 2))
        count = 1 + next_random(t, held);
    for (unsigned i = 0; i < count; i++) {
        item = leave(&t->held, in_order ? 0 : next_random(t, t->held.count));
        item->written = item->writable;
        ids[i] = item->id;
        append(&t->done, item);
    }
    if (next_random(t, 2))
        item->written = next_random(t, item->writable + 1);
    fake_ring_put_batch(&t->w->f, 0, ids, count, item->written);
    signal_driver(t);
}

/* ---- the tests ---- */

static void begin(struct traffic *t, struct world *w, const struct format *f)
{
    const size_t bytes = VWR_TABLE_BYTES(LOAD_SEGMENTS);

    t->w = w;
    t->format = f;
    t->random = 0x9e3779b9u ^ (f->flags << 16 | f->size);
    t->items = f->size + 2u < ITEMS_MAX ? f->size + 2u : ITEMS_MAX;
    t->segments_max = f->size < SEGMENTS_MAX ? f->size : SEGMENTS_MAX;
    t->asked = true;
    for (unsigned i = 0; i < t->items; i++)
        if (i % 4 != 3)
            assert_int_equal(lend_table(&t->item[i].chain, fake_ram_alloc(bytes, 16), bytes), VWR_OK);
    t->ids = f->size;
    bind_some(t);
}

static void step(struct traffic *t)
{
    static void (*const steps[])(struct traffic * t) = {
        add,          add,      add,      add,  kick, device_takes, device_takes,
        device_takes, complete, complete, take, take, take_many,    arm};

    if (next_random(t, 50) == 0)
        vwr_queue_disarm(&t->w->queue), t->awaited = false;
    steps[next_random(t, sizeof(steps) / sizeof(steps[0]))](t);
    assert_int_equal(vwr_queue_in_flight(&t->w->queue),
                     t->added.count + t->kicked.count + t->held.count + t->done.count);
}

static void finish(struct traffic *t)
{
    const struct vwr_queue_stats *s = &t->w->queue.stats;

    kick(t);
    while (t->kicked.count + t->held.count > 0) {
        device_takes(t);
        complete(t);
    }
    while (t->done.count > 0)
        take(t);
    assert_int_equal(s->kicks, t->kicks);
    assert_int_equal(s->elided, t->elided);
    assert_int_equal(s->full, t->full);
    assert_int_equal(s->clamped, 0);
    assert_int_equal(t->free, t->format->size - t->reserved);
    load_queue_is_whole(t->w, t->free < t->ids ? t->free : t->ids);
}

static void traffic(struct world *w, const struct format *f, const void *param)
{
    const unsigned *buffers = param;
    struct traffic *t = calloc(1, sizeof(*t));

    assert_non_null(t);
    format_ring(w, f);
    begin(t, w, f);
    while (t->buffers < *buffers)
        step(t);
    finish(t);
    format_works_again(w, f);
    free(t);
}

int main(void)
{
    static const uint16_t powers[] = {1, 2, 4, 8, 256, 0};
    static const uint16_t any[] = {1, 2, 3, 4, 5, 7, 8, 256, 1000, 0};
    static const uint16_t small[] = {2, 4, 0};
    static const uint16_t odd[] = {2, 3, 5, 0};
    static const struct format_range split = {KIND_SPLITS, FORMAT_OPTIONS, 0, powers};
    static const struct format_range packed = {KIND_PACKED, FORMAT_OPTIONS, 0, any};
    static const struct format_range small_split = {KIND_SPLITS, LONG_OPTIONS, FORMAT_INDIRECT, small};
    static const struct format_range small_packed = {KIND_PACKED, LONG_OPTIONS, FORMAT_INDIRECT, odd};
    static const unsigned some = 1500;
    static const unsigned past_65536 = 66000;
    static struct format_tests tests;

    format_add(&tests, "traffic", traffic, &some, &split);
    format_add(&tests, "traffic", traffic, &some, &packed);
    format_add(&tests, "traffic_past_65536", traffic, &past_65536, &small_split);
    format_add(&tests, "traffic_past_65536", traffic, &past_65536, &small_packed);
    return format_run("traffic", &tests);
}
