/* SPDX-License-Identifier: MIT */
#include "format.h"

#include <stdio.h>

/* Event suppression in both directions: arm, disarm, EVENT_IDX, NOTIFICATION_DATA. */

static bool with_events(const struct format *f)
{
    return (f->flags & FORMAT_EVENT_IDX) != 0;
}

static unsigned interrupts(const struct world *w)
{
    return w->f.queue[0].interrupts;
}

/* Sends `count` buffers of `segments` segments each, and the device takes them; ids in id[]. */
static void send(struct world *w, struct load *l, unsigned count, unsigned segments, uint16_t *id)
{
    struct fake_chain c;
    unsigned seen = 0;

    for (unsigned i = 0; i < count; i++)
        assert_int_equal(vwr_queue_add(&w->queue, l->seg, 0, segments, &l->chain[i]), VWR_OK);
    (void)vwr_queue_kick(&w->queue);
    while (fake_ring_next(&w->f, 0, &c))
        id[seen++] = c.head;
    assert_int_equal(seen, count);
}

static void take_all(struct world *w, const struct load *l, unsigned count)
{
    struct vwr_chain *done;

    for (unsigned i = 0; i < count; i++)
        load_take_ok(w, &l->chain[i]);
    assert_int_equal(load_take(w, &done), 0);
}

/* Sends single buffers and takes them until position and index have advanced by `by`. */
static void advance(struct world *w, struct load *l, unsigned by)
{
    uint16_t id;

    while (by-- > 0) {
        send(w, l, 1, 1, &id);
        fake_ring_push(&w->f, 0, id, 1);
        take_all(w, l, 1);
    }
}

/* ---- interrupts ---- */

static void arm_and_disarm(struct world *w, const struct format *f, const void *param)
{
    uint16_t id[4];
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_TABLES);
    for (unsigned pass = 0; pass < 3u * f->size; pass++) {
        const unsigned before = interrupts(w);

        send(w, &l, 4, 1, id);
        fake_ring_push(&w->f, 0, id[0], 1);
        assert_int_equal(interrupts(w), before);   /* the queue starts disarmed, and is disarmed below */
        assert_false(vwr_queue_arm(&w->queue, 1)); /* it completed between the last take and arm */
        load_take_ok(w, &l.chain[0]);
        assert_true(vwr_queue_arm(&w->queue, 1));
        fake_ring_push(&w->f, 0, id[1], 1);
        assert_int_equal(interrupts(w), before + 1);
        load_take_ok(w, &l.chain[1]);
        fake_ring_push(&w->f, 0, id[2], 1); /* an interrupt does not disarm; EVENT_IDX: it passed */
        assert_int_equal(interrupts(w), before + (with_events(f) ? 1 : 2));
        load_take_ok(w, &l.chain[2]);
        vwr_queue_disarm(&w->queue);
        fake_ring_push(&w->f, 0, id[3], 1);
        assert_int_equal(interrupts(w), before + (with_events(f) ? 1 : 2));
        load_take_ok(w, &l.chain[3]);
        assert_true(vwr_queue_arm(&w->queue, 1));
        vwr_queue_disarm(&w->queue);
        w->f.queue[0].interrupts = before;
    }
    assert_int_equal(w->f.accesses, w->f.notified);
}

/* arm(count) with buffers of one length: one interrupt at the count-th buffer; without EVENT_IDX, at each. */
static void armed_for_the_last_of_some(struct world *w, const struct format *f, const void *param)
{
    const unsigned segments = *(const unsigned *)param;
    const unsigned each = segments > 1 && !(f->flags & FORMAT_INDIRECT) ? segments : 1; /* descriptors */
    const unsigned room = f->size / each < 6 ? f->size / each : 6;
    uint16_t id[6];
    struct load l;

    format_ring(w, f);
    load_prepare(w, &l, LOAD_TABLES);
    for (unsigned pass = 0; pass < 2u * f->size; pass++) {
        for (unsigned count = 1; count <= room; count++) {
            const unsigned before = interrupts(w);

            send(w, &l, room, segments, id);
            assert_true(vwr_queue_arm(&w->queue, count));
            for (unsigned i = 0; i < room; i++) {
                fake_ring_push(&w->f, 0, id[i], 1);
                assert_int_equal(interrupts(w) - before, with_events(f) ? i + 1 >= count : i + 1);
            }
            take_all(w, &l, room);
            vwr_queue_disarm(&w->queue);
        }
        advance(w, &l, 1);
    }
}

/* A count larger than the number in flight means all of them, and 0 means one. */
static void armed_for_more_than_there_are(struct world *w, const struct format *f, const void *param)
{
    static const unsigned counts[] = {3, 4, 8, 9, 65535, 65536, 0xffffffff};
    uint16_t id[3];
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_TABLES);
    for (unsigned k = 0; k < sizeof(counts) / sizeof(counts[0]); k++) {
        const unsigned before = interrupts(w);

        send(w, &l, 3, 1, id);
        assert_true(vwr_queue_arm(&w->queue, counts[k]));
        for (unsigned i = 0; i < 3; i++)
            fake_ring_push(&w->f, 0, id[i], 1);
        assert_int_equal(interrupts(w) - before, with_events(f) ? 1 : 3);
        take_all(w, &l, 3);
        assert_true(vwr_queue_arm(&w->queue, k % 2 ? 0 : counts[k])); /* nothing is in flight */
        send(w, &l, 1, 1, id);
        fake_ring_push(&w->f, 0, id[0], 1);
        assert_true(interrupts(w) - before > (with_events(f) ? 1 : 3));
        take_all(w, &l, 1);
        vwr_queue_disarm(&w->queue);
    }
}

/* Some of the buffers waited for have completed: arm reports it immediately, or the interrupt comes in
 * time. */
static void armed_when_some_have_come(struct world *w, const struct format *f, const void *param)
{
    uint16_t id[4];
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_TABLES);
    for (unsigned pass = 0; pass < 2u * f->size; pass++) {
        const unsigned before = interrupts(w);

        send(w, &l, 4, 1, id);
        fake_ring_push(&w->f, 0, id[0], 1);
        if (vwr_queue_arm(&w->queue, 3)) {
            fake_ring_push(&w->f, 0, id[1], 1);
            fake_ring_push(&w->f, 0, id[2], 1);
            assert_true(interrupts(w) > before);
        } else {
            fake_ring_push(&w->f, 0, id[1], 1);
            fake_ring_push(&w->f, 0, id[2], 1);
        }
        assert_false(vwr_queue_arm(&w->queue, 3));
        fake_ring_push(&w->f, 0, id[3], 1);
        take_all(w, &l, 4);
        vwr_queue_disarm(&w->queue);
    }
}

/*
 * Buffers of different lengths, used in any order that the device may choose. The interrupt may come too
 * early, since a position does not identify a buffer, but never later than at the count-th buffer: a caller
 * that waits for two of four may have to act before the other two can complete.
 */
static void armed_with_unequal_buffers(struct world *w, const struct format *f, const void *param)
{
    static const unsigned segments[2][4] = {{1, 1, 1, 5}, {5, 1, 1, 1}};
    static const unsigned orders[3][4] = {{0, 1, 2, 3}, {3, 2, 1, 0}, {1, 2, 0, 3}};
    const unsigned last = f->flags & FORMAT_IN_ORDER ? 1 : 3;
    uint16_t id[4];
    struct fake_chain c;
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_NO_TABLES);
    for (unsigned n = 0; n < 2 * 4 * last * f->size; n++) {
        const unsigned *order = orders[n / 2 % last];
        const unsigned count = 1 + n / 2 / last % 4;
        const unsigned before = interrupts(w);
        struct vwr_chain *done;

        for (unsigned i = 0; i < 4; i++)
            assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, segments[n % 2][i], &l.chain[i]), VWR_OK);
        (void)vwr_queue_kick(&w->queue);
        for (unsigned i = 0; fake_ring_next(&w->f, 0, &c); i++)
            id[i] = c.head;
        assert_true(vwr_queue_arm(&w->queue, count));
        for (unsigned i = 0; i < 4; i++) {
            fake_ring_push(&w->f, 0, id[order[i]], 1);
            if (i + 1 == count)
                assert_true(interrupts(w) > before);
        }
        while (load_take(w, &done) == 1)
            continue;
        advance(w, &l, n % 3);
        vwr_queue_disarm(&w->queue);
    }
}

/* More buffers than the 16-bit indices can count, and a wait for each: one interrupt per buffer, none once
 * disarmed. */
static void an_interrupt_each_past_65536(struct world *w, const struct format *f, const void *param)
{
    uint16_t id;
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_TABLES);
    for (unsigned i = 0; i < 66000; i++) {
        send(w, &l, 1, 1, &id);
        assert_true(vwr_queue_arm(&w->queue, 1));
        fake_ring_push(&w->f, 0, id, 1);
        take_all(w, &l, 1);
        assert_int_equal(interrupts(w), i + 1);
    }
    vwr_queue_disarm(&w->queue);
    advance(w, &l, 60000);
    assert_int_equal(interrupts(w), 66000);
}

/* ---- notifications ---- */

/* The device requests an event at the `ahead`-th buffer from now, at any position in the ring. */
static void notified_at_the_one_asked_for(struct world *w, const struct format *f, const void *param)
{
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_TABLES);
    for (unsigned pass = 0; pass < 2u * f->size; pass++) {
        for (uint16_t ahead = 1; ahead <= f->size; ahead++) {
            fake_ring_suppress(&w->f, 0, FAKE_AT, ahead);
            for (uint16_t i = 1; i <= f->size; i++) {
                assert_int_equal(vwr_queue_add(&w->queue, &l.seg[i % 8], 0, 1, &l.chain[i - 1]), VWR_OK);
                assert_int_equal(vwr_queue_kick(&w->queue), i == ahead);
            }
            load_serve_all(w);
            take_all(w, &l, f->size);
        }
        fake_ring_suppress(&w->f, 0, FAKE_ALWAYS, 1);
        advance(w, &l, 1);
    }
}

/* Buffers in batches: one notification, with the batch that contains the requested buffer. */
static void notified_with_the_bunch(struct world *w, const struct format *f, const void *param)
{
    struct load l;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_TABLES);
    for (unsigned pass = 0; pass < 2u * f->size; pass++) {
        for (unsigned bunch = 2; bunch <= f->size; bunch++) {
            const uint16_t ahead = (uint16_t)(1 + (pass + bunch) % f->size);
            unsigned notified = 0;
            unsigned i = 0;

            fake_ring_suppress(&w->f, 0, FAKE_AT, ahead);
            while (i < f->size) {
                const unsigned from = i;

                for (; i < f->size && i < from + bunch; i++)
                    assert_int_equal(vwr_queue_add(&w->queue, &l.seg[0], 0, 1, &l.chain[i]), VWR_OK);
                assert_int_equal(vwr_queue_kick(&w->queue), from < ahead && ahead <= i);
                notified++;
            }
            load_serve_all(w);
            take_all(w, &l, f->size);
            assert_int_equal(notified, (f->size + bunch - 1) / bunch);
        }
        fake_ring_suppress(&w->f, 0, FAKE_ALWAYS, 1);
        advance(w, &l, 1);
    }
}

/* ---- NOTIFICATION_DATA: the value itself; the fake checks it at each notification ---- */

static void notification_carries_the_position(struct world *w, const struct format *f, const void *param)
{
    char line[64];
    struct load l;
    uint16_t id;

    (void)param;
    format_ring(w, f);
    load_prepare(w, &l, LOAD_TABLES);
    fake_ring_suppress(&w->f, 0, FAKE_ALWAYS, 1);
    for (unsigned i = 1; i <= 3u * f->size; i++) {
        uint32_t position = i; /* split ring: the index */

        if (f->flags & FORMAT_PACKED) /* offset and wrap counter, which starts at 1 */
            position = i % f->size | (i / f->size % 2 ? 0 : 0x8000);
        fake_forget(&w->f);
        if (with_events(f))
            fake_ring_suppress(&w->f, 0, FAKE_AT, 1);
        send(w, &l, 1, 1, &id);
        fake_ring_push(&w->f, 0, id, 1);
        take_all(w, &l, 1);
        snprintf(line, sizeof(line), "W QueueNotify 0x%x", (unsigned)(position << 16));
        assert_int_equal(fake_count(&w->f, line), 1);
    }
}

int main(void)
{
    static const uint16_t eight[] = {8, 0};
    static const uint16_t odd[] = {5, 7, 0};
    static const uint16_t few[] = {4, 0};
    static const unsigned options = FORMAT_OPTIONS & ~FORMAT_NOTIFICATION_DATA;
    static const unsigned no_event = options & ~FORMAT_EVENT_IDX;
    static const struct format_range all = {KIND_ALL, options, 0, eight};
    static const struct format_range odd_all = {KIND_PACKED, options, 0, odd};
    static const struct format_range events = {KIND_ALL, no_event, FORMAT_EVENT_IDX, eight};
    static const struct format_range odd_events = {KIND_PACKED, no_event, FORMAT_EVENT_IDX, odd};
    static const struct format_range few_events = {KIND_ALL, FORMAT_IN_ORDER, FORMAT_EVENT_IDX, few};
    static const struct format_range data = {KIND_SPLIT | KIND_PACKED, options, FORMAT_NOTIFICATION_DATA,
                                             eight};
    static const struct format_range odd_data = {KIND_PACKED, options, FORMAT_NOTIFICATION_DATA, odd};
    static const unsigned one = 1;
    static const unsigned two = 2;
    static struct format_tests tests;

#define ADD(test, param, range, odd_range)            \
    format_add(&tests, #test, test, param, &(range)); \
    format_add(&tests, #test, test, param, &(odd_range))
    ADD(arm_and_disarm, NULL, all, odd_all);
    ADD(armed_for_the_last_of_some, &one, all, odd_all);
    format_add(&tests, "armed_for_the_last_of_some_of_two_segments", armed_for_the_last_of_some, &two, &all);
    format_add(&tests, "armed_for_the_last_of_some_of_two_segments", armed_for_the_last_of_some, &two,
               &odd_all);
    ADD(armed_for_more_than_there_are, NULL, all, odd_all);
    ADD(armed_when_some_have_come, NULL, all, odd_all);
    format_add(&tests, "armed_with_unequal_buffers", armed_with_unequal_buffers, NULL, &all);
    format_add(&tests, "an_interrupt_each_past_65536", an_interrupt_each_past_65536, NULL, &few_events);
    ADD(notified_at_the_one_asked_for, NULL, events, odd_events);
    ADD(notified_with_the_bunch, NULL, events, odd_events);
    ADD(notification_carries_the_position, NULL, data, odd_data);
    return format_run("events", &tests);
}
