/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>

#include "monitor_world.h"

#include <cmocka.h>

/* A monitor that follows the rings for one in many notifications (one_in of its setup). */

#define ONE_IN 16u
#define REQUESTS 2000u

enum { TABLED_LISTS = 0x100 }; /* of this file: requests of a packed ring are in tables */

static void start_sampled(unsigned mode, uint16_t one_in)
{
    init(mode & 0xffu);
    w.m.s.thorough = false;
    w.m.s.one_in = one_in;
    rd(VWR_MMIO_MAGIC_VALUE, VWR_MMIO_MAGIC_VALUE_VALUE);
    rd(VWR_MMIO_VERSION, (mode & LEGACY) != 0 ? VWR_MMIO_VERSION_LEGACY : VWR_MMIO_VERSION_MODERN);
    rd(VWR_MMIO_DEVICE_ID, VWR_ID_BLOCK);
    to_features();
    if ((mode & LEGACY) != 0)
        queue_legacy();
    else
        queue();
    status((mode & LEGACY) != 0 ? DRIVER | VWR_STATUS_DRIVER_OK : RUNS);
    w.mode = mode;
}

/* ---- one request after the other ---- */

/* What is wrong with a request. */
enum mistake { NONE, ORDER, LENGTH, ID };

static bool is_packed(void)
{
    return (w.mode & PACKED) != 0;
}

/* A header to read and data to write, or in the other order. */
static void put_request(enum mistake mistake)
{
    const uint32_t writes = mistake == ORDER ? WRITE : 0;

    if ((w.mode & TABLED_LISTS) != 0) {
        desc_at(TABLE, RAM + DATA, 16, 0, writes);
        desc_at(TABLE + 16, RAM + DATA + 0x100, 512, 0, WRITE ^ writes);
        desc_at(DESC + 16 * w.put.index, RAM + TABLE, 32, 3, TABLED | w.put.flags);
        vwr_packed_advance(&w.put, 1, SIZE);
    } else if (is_packed()) {
        element(16, 3, NEXT | writes);
        element(512, 3, WRITE ^ writes);
    } else {
        desc(0, 16, NEXT | writes, 1);
        desc(1, 512, WRITE ^ writes, 0);
        entry(0);
        publish();
    }
}

static void use_request(enum mistake mistake)
{
    const uint32_t bytes = mistake == LENGTH ? 600 : 512;
    const uint32_t id = (is_packed() ? 3 : 0) + (mistake == ID ? 2 : 0);

    if (is_packed()) {
        put_packed(w.take.index, bytes, id, WRITE | w.take.flags);
        vwr_packed_advance(&w.take, (w.mode & TABLED_LISTS) != 0 ? 1 : 2, SIZE);
    } else {
        use_entry(id, bytes);
        put16(used_at() + 2, w.used);
    }
}

/* Like a VMM with a synchronous device: inspection after the driver, notification, inspection after the
 * device, interrupt.
 */
static void one_request(enum mistake mistake)
{
    put_request(mistake);
    notify();
    use_request(mistake);
    look(VWR_BY_DEVICE);
    interrupt();
}

/*
 * Sends requests until the rule is reported, after `first` without a mistake. Nothing else may be reported.
 */
static unsigned requests_to(unsigned mode, uint16_t one_in, enum mistake mistake, unsigned every,
                            enum vwr_rule_number rule)
{
    start_sampled(mode, one_in);
    for (unsigned i = 0; i < 3; i++) {
        one_request(NONE);
        assert_int_equal(w.m.found, 0);
    }
    for (unsigned i = 0; i < 100u * one_in; i++) {
        one_request(i % every == 0 ? mistake : NONE);
        if (w.m.found == 0)
            continue;
        assert_int_equal(w.m.first.rule, rule);
        assert_int_equal(w.m.first.queue, 0);
        return i + 1;
    }
    fail_msg("not found: mode %#x, one in %u, mistake %u", mode, one_in, mistake);
    return 0;
}

static const unsigned modes[] = {
    0, EVENT, LEGACY, IN_ORDER, PACKED, PACKED | EVENT, PACKED | IN_ORDER, PACKED | INDIRECT | TABLED_LISTS};
#define MODES (sizeof(modes) / sizeof(modes[0]))

static void nothing_false_is_found(void **state)
{
    (void)state;
    for (unsigned k = 0; k < MODES; k++) {
        start_sampled(modes[k], ONE_IN);
        for (unsigned i = 0; i < 10000; i++)
            one_request(NONE);
        assert_int_equal(w.m.found, 0);
        assert_int_equal(w.m.lost, 0);
        assert_int_equal(w.m.unseen, 0);
        assert_in_range(w.m.buffers, 10000 / ONE_IN - 2, 3 * 10000 / ONE_IN);
        vwr_monitor_idle(&w.m);
        assert_int_equal(w.m.found, 0);
    }
}

static void a_mistake_is_named(void **state)
{
    (void)state;
    for (unsigned k = 0; k < MODES; k++) {
        const bool packed = (modes[k] & PACKED) != 0;

        assert_in_range(
            requests_to(modes[k], ONE_IN, ORDER, 1, packed ? VWR_RULE_PACKED_ORDER : VWR_RULE_CHAIN_ORDER), 1,
            2 * ONE_IN);
        if ((modes[k] & LEGACY) == 0)
            assert_in_range(requests_to(modes[k], ONE_IN, LENGTH, 1,
                                        packed ? VWR_RULE_PACKED_USED_LENGTH : VWR_RULE_USED_LENGTH),
                            1, 4 * ONE_IN);
        if ((modes[k] & IN_ORDER) == 0 &&
            (!packed || (modes[k] & TABLED_LISTS) != 0)) /* see docs/monitor.md */
            assert_in_range(
                requests_to(modes[k], ONE_IN, ID, 1, packed ? VWR_RULE_PACKED_USED_ID : VWR_RULE_USED_ID), 1,
                4 * ONE_IN);
    }
}

/*
 * A driver's pattern that is not synchronised with the monitor: every second request, every third, every
 * tenth.
 */
static void a_mistake_now_and_then_is_named(void **state)
{
    static const unsigned every[] = {2, 3, 10, ONE_IN, ONE_IN + 1, 2 * ONE_IN};

    (void)state;
    for (unsigned k = 0; k < MODES; k++) {
        const enum vwr_rule_number rule =
            (modes[k] & PACKED) != 0 ? VWR_RULE_PACKED_ORDER : VWR_RULE_CHAIN_ORDER;

        for (unsigned i = 0; i < sizeof(every) / sizeof(every[0]); i++)
            (void)requests_to(modes[k], ONE_IN, ORDER, every[i], rule);
        assert_in_range(requests_to(modes[k], 2, ORDER, 2, rule), 1, 30);
    }
}

/* In between, the monitor reads nothing, regardless of what is in the rings. */
static void nothing_is_read_between(void **state)
{
    static uint8_t kept[sizeof(w.ram)];

    (void)state;
    for (unsigned k = 0; k < MODES; k++) {
        unsigned rests = 0;

        start_sampled(modes[k], ONE_IN);
        for (unsigned i = 0; i < REQUESTS; i++) {
            one_request(NONE);
            if (!vwr_monitor_is_paused(&w.m))
                continue;
            rests++;
            memcpy(kept, w.ram, sizeof(kept));
            memset(w.ram, 0xa5, sizeof(w.ram));
            look(VWR_BY_DRIVER);
            look(VWR_BY_DEVICE);
            look(VWR_BY_DRIVER | VWR_BY_DEVICE);
            vwr_monitor_interrupt(&w.m, VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK);
            vwr_monitor_idle(&w.m);
            memcpy(w.ram, kept, sizeof(kept));
        }
        assert_int_equal(w.m.found, 0);
        assert_in_range(rests, REQUESTS * 8 / 10, REQUESTS * 99 / 100);
    }
}

/*
 * A VMM that does not report skipped notifications to the monitor: the notification before the next ones is
 * seen.
 */
static void what_is_skipped_is_counted(void **state)
{
    unsigned skipped = 0, seen = 0;

    (void)state;
    start_sampled(0, ONE_IN);
    assert_false(vwr_monitor_skips(&w.m, VWR_MMIO_QUEUE_NOTIFY, true));
    for (unsigned i = 0; i < REQUESTS; i++) {
        put_request(NONE);
        if (vwr_monitor_skips(&w.m, VWR_MMIO_QUEUE_NOTIFY, true)) {
            assert_true(vwr_monitor_is_paused(&w.m));
            assert_false(vwr_monitor_skips(&w.m, VWR_MMIO_QUEUE_NOTIFY, false));
            assert_false(vwr_monitor_skips(&w.m, VWR_MMIO_STATUS, true));
            assert_false(vwr_monitor_skips(&w.m, VWR_MMIO_INTERRUPT_ACK, false));
            assert_false(vwr_monitor_skips(&w.m, VWR_MMIO_INTERRUPT_STATUS, true));
            assert_int_equal(vwr_monitor_skips(&w.m, VWR_MMIO_INTERRUPT_ACK, true), w.m.rest > 1);
            assert_int_equal(vwr_monitor_skips(&w.m, VWR_MMIO_INTERRUPT_STATUS, false), w.m.rest > 1);
            use_request(NONE);
            skipped++;
            continue;
        }
        notify();
        use_request(NONE);
        look(VWR_BY_DEVICE);
        interrupt();
        seen++;
    }
    assert_int_equal(w.m.found, 0);
    assert_in_range(seen, REQUESTS / ONE_IN, 4 * REQUESTS / ONE_IN);
    assert_in_range(w.m.buffers, REQUESTS / ONE_IN / 2, seen);
}

/* A driver that always has something in flight: 6 requests of one descriptor, the oldest of which is used. */
static void put_small(unsigned id)
{
    if (is_packed()) {
        element(64, id, WRITE);
        return;
    }
    desc(id, 64, WRITE, 0);
    entry(id);
    publish();
}

static void use_small(unsigned id, bool is_long)
{
    if (is_packed()) {
        put_packed(w.take.index, is_long ? 65 : 64, id, WRITE | w.take.flags);
        vwr_packed_advance(&w.take, 1, SIZE);
    } else {
        use_entry(id, is_long ? 65 : 64);
        put16(used_at() + 2, w.used);
    }
}

static unsigned requests_to_long(unsigned mode, unsigned wrong_from)
{
    start_sampled(mode, 4);
    for (unsigned i = 0; i < 6; i++)
        put_small(i);
    for (unsigned i = 0; i < 4 * REQUESTS; i++) {
        notify();
        use_small(i % 6, i >= wrong_from);
        look(VWR_BY_DEVICE);
        interrupt();
        if (w.m.found != 0) {
            assert_int_equal(w.m.first.rule,
                             (mode & PACKED) != 0 ? VWR_RULE_PACKED_USED_LENGTH : VWR_RULE_USED_LENGTH);
            return i;
        }
        put_small(i % 6);
    }
    assert_int_equal(w.m.lost, 0);
    assert_in_range(w.m.buffers, 4 * REQUESTS / 8, 4 * REQUESTS / 2);
    return 0;
}

static void a_queue_that_is_never_empty_is_followed(void **state)
{
    static const unsigned mode[] = {0, EVENT, IN_ORDER, PACKED, PACKED | EVENT};

    (void)state;
    for (unsigned k = 0; k < sizeof(mode) / sizeof(mode[0]); k++) {
        assert_int_equal(requests_to_long(mode[k], 4 * REQUESTS), 0);
        assert_in_range(requests_to_long(mode[k], 1000), 1000, 1000 + 2 * 4 * 64);
    }
}

/* Until the monitor rests. */
static void come_to_rest(unsigned mode)
{
    start_sampled(mode, ONE_IN);
    while (!vwr_monitor_is_paused(&w.m))
        one_request(NONE);
    assert_int_equal(w.m.found, 0);
}

/* A write to the status, or a queue that starts, ends the rest. Registers are followed always. */
static void the_start_of_a_device_ends_the_rest(void **state)
{
    (void)state;
    come_to_rest(0);
    status(RUNS);
    assert_false(vwr_monitor_is_paused(&w.m));
    assert_int_equal(w.m.found, 0);

    come_to_rest(0);
    wr(VWR_MMIO_QUEUE_SEL, 1);
    rd(VWR_MMIO_QUEUE_READY, 0);
    rd(VWR_MMIO_QUEUE_SIZE_MAX, SIZE);
    wr(VWR_MMIO_QUEUE_SIZE, SIZE);
    pair(VWR_MMIO_QUEUE_DESC_LOW, RAM + 0x5000);
    pair(VWR_MMIO_QUEUE_DRIVER_LOW, RAM + 0x6000);
    pair(VWR_MMIO_QUEUE_DEVICE_LOW, RAM + 0x7000);
    assert_true(vwr_monitor_is_paused(&w.m));
    wr(VWR_MMIO_QUEUE_READY, 1);
    assert_false(vwr_monitor_is_paused(&w.m));
    assert_int_equal(w.m.first.rule, VWR_RULE_QUEUE_LATE);

    come_to_rest(0);
    wr(VWR_MMIO_STATUS, 0);
    wr(VWR_MMIO_QUEUE_NOTIFY, 0);
    assert_int_equal(w.m.first.rule, VWR_RULE_NOTIFY_EARLY);

    come_to_rest(0);
    wr(VWR_MMIO_MAGIC_VALUE, 0);
    assert_int_equal(w.m.first.rule, VWR_RULE_REGISTER_READ_ONLY);
}

/* Without effect where each look counts. */
static void thorough_and_live_monitors_do_not_rest(void **state)
{
    struct vwr_monitor_setup s;

    (void)state;
    init(0);
    s = w.m.s;
    for (unsigned i = 0; i < 3; i++) {
        s.thorough = i == 1;
        s.live = i == 2;
        s.one_in = ONE_IN;
        assert_int_equal(vwr_monitor_init(&w.m, &s), VWR_OK);
        assert_int_equal(w.m.s.one_in, i == 0 ? ONE_IN : 0);
    }
}

/* Used entries for buffers that were never made available, after the monitor has returned to the queue. */
static void what_was_in_flight_is_counted(void **state)
{
    unsigned i;

    (void)state;
    start_sampled(0, 2);
    for (unsigned k = 0; k < 4; k++)
        put_small(k);
    for (i = 0; i < 4 * 64 && w.m.s.queue[0].unknown != 4; i++) /* four wait, one comes and goes */ {
        put_small(5);
        notify();
        use_small(5, false);
        look(VWR_BY_DEVICE);
        interrupt();
    }
    assert_int_equal(w.m.found, 0);
    assert_int_equal(w.m.s.queue[0].unknown, 4);
    use_small(0, true);
    use_small(1, true);
    look(VWR_BY_DEVICE);
    assert_int_equal(w.m.found, 0); /* not judged: their room is unknown */
    assert_int_equal(w.m.s.queue[0].unknown, 2);
    use_small(SIZE, false);
    look(VWR_BY_DEVICE);
    assert_int_equal(w.m.first.rule, VWR_RULE_USED_ID);
    use_small(2, false);
    use_small(3, false);
    look(VWR_BY_DEVICE);
    assert_int_equal(w.m.first.rule, VWR_RULE_USED_ID);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_false_is_found),
        cmocka_unit_test(a_mistake_is_named),
        cmocka_unit_test(a_mistake_now_and_then_is_named),
        cmocka_unit_test(nothing_is_read_between),
        cmocka_unit_test(what_is_skipped_is_counted),
        cmocka_unit_test(a_queue_that_is_never_empty_is_followed),
        cmocka_unit_test(the_start_of_a_device_ends_the_rest),
        cmocka_unit_test(thorough_and_live_monitors_do_not_rest),
        cmocka_unit_test(what_was_in_flight_is_counted),
    };

    return _cmocka_run_group_tests("monitor_sampled", tests, sizeof(tests) / sizeof(tests[0]), NULL, NULL);
}
