/* SPDX-License-Identifier: MIT */
#include "monitor_case.h"
#include "monitor_world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/*
 * The monitor on a driver and a device of one queue, which are lines of this file: each case breaks one rule,
 * and the first finding must name it. The last case compares the findings with the table: every rule has a
 * case.
 */

static bool has_case[VWR_RULE_COUNT];

/* ---- both right ---- */

static void cycles_split(unsigned mode)
{
    start(mode);
    for (unsigned i = 0; i < 20; i++) {
        const uint32_t first = (mode & IN_ORDER) != 0 ? i * 3 % SIZE : i % 4;

        for (unsigned k = 0; k < 3; k++)
            desc((first + k) % SIZE, k == 0 ? 16 : 64, (k < 2 ? NEXT : 0u) | (k > 0 ? WRITE : 0u),
                 (first + k + 1) % SIZE);
        give(first);
        use(first, 65);
        interrupt();
        put16(avail_at() + 4 + 2 * SIZE, w.used); /* used_event */
        put16(used_at() + 4 + 8 * SIZE, w.avail); /* avail_event */
    }
    vwr_monitor_idle(&w.m);
}

static void cycles_packed(unsigned mode)
{
    start(mode);
    for (unsigned i = 0; i < 20; i++) {
        request_packed(i % 4);
        use_packed(i % 4, 513, 3);
        interrupt();
    }
    vwr_monitor_idle(&w.m);
}

static void both_are_right(void **state)
{
    static const unsigned modes[] = {0, EVENT, IN_ORDER, LEGACY, PACKED, PACKED | IN_ORDER};

    (void)state;
    for (unsigned i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
        char text[300] = "";

        if ((modes[i] & PACKED) != 0)
            cycles_packed(modes[i]);
        else
            cycles_split(modes[i]);
        if (w.m.found != 0)
            (void)vwr_monitor_explain(&w.m, &w.m.first, text, sizeof(text));
        assert_string_equal(text, "");
        assert_int_equal(w.m.buffers, 20);
        assert_int_equal(w.m.lost, 0);
    }
}

/* A batch of a queue in order has one used entry, with the last id. */
static void a_batch_in_order(void **state)
{
    (void)state;
    start(IN_ORDER);
    for (uint32_t i = 0; i < 3; i++) {
        desc(i, 64, i == 2 ? WRITE : 0, 0); /* what the device does not name has no bytes used */
        give(i);
    }
    put32(used_at() + 4, 2);
    put32(used_at() + 8, 64);
    w.used = 3;
    put16(used_at() + 2, w.used);
    look(VWR_BY_DEVICE);
    assert_int_equal(w.m.found, 0);
    assert_int_equal(w.m.buffers, 3);
    start(PACKED | IN_ORDER);
    for (uint32_t i = 0; i < 3; i++)
        element(64, i, WRITE);
    notify();
    use_packed(2, 64, 3);
    assert_int_equal(w.m.found, 0);
    assert_int_equal(w.m.buffers, 3);
}

/* Buffers that were made available and used between two inspections are not checked. */
static void unseen_buffers(void **state)
{
    (void)state;
    start(0);
    for (uint32_t i = 0; i < 6; i++) {
        request(i % 3);
        entry(i % 3);
        publish();
        use_entry(i % 3, 10000);
        put16(used_at() + 2, w.used);
    }
    look(VWR_BY_DRIVER | VWR_BY_DEVICE);
    assert_int_equal(w.m.found, 0);
    assert_int_equal(w.m.buffers, 6);
}

/* FAILED may be set again, and a field that exists before the features may be written. */
static void what_is_allowed(void **state)
{
    static const struct vwr_config_field early = {
        32, 1, {VWR_WRITE, VWR_WRITE}, {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, 1};

    (void)state;
    begin(0);
    w.m.s.fields = &early;
    w.m.s.field_count = 1;
    to_driver();
    access(VWR_MMIO_CONFIG + 32, 1, true, 1);
    status(DRIVER | VWR_STATUS_FAILED);
    status(DRIVER | VWR_STATUS_FAILED);
    assert_int_equal(w.m.found, 0);
}

/* Registers alone: a monitor without memory. */
static void without_memory(void **state)
{
    (void)state;
    begin(0);
    w.m.s.run = NULL;
    to_features();
    queue();
    status(RUNS);
    give(77);
    interrupt();
    vwr_monitor_start(&w.m, QUEUES, &(struct vwr_monitor_ring){RAM + DESC, RAM + AVAIL, RAM + USED, SIZE, 0});
    vwr_monitor_idle(&w.m);
    assert_int_equal(w.m.found, 0);
}

/* A driver with `count` requests, of which the device has used the first, or the second, behind the monitor's
 * back. */
static void begin_unseen(uint32_t mode, uint32_t count, uint32_t used)
{
    begin(mode);
    w.m.s.run = NULL;
    to_features();
    queue();
    status(RUNS);
    for (uint32_t i = 0; i < count; i++) {
        request(3 * i);
        entry(3 * i);
    }
    publish();
    use_entry(3 * used, 513);
    put16(used_at() + 2, w.used);
}

/* Buffers in flight are checked later, when the rings show that the device has kept the order. */
static void seen_later(void **state)
{
    (void)state;
    begin_unseen(0, 2, 0);
    assert_int_equal(vwr_monitor_see(&w.m, run), 1);
    assert_int_equal(w.m.found + w.m.unseen, 0);
    use_entry(3, 514); /* from here on it is followed */
    put16(used_at() + 2, w.used);
    look(VWR_BY_DEVICE);
    assert_int_equal(w.m.first.rule, VWR_RULE_USED_LENGTH);

    begin_unseen(0, 2, 0);
    desc(4, 512, WRITE, 0);
    desc(3, 16, NEXT | WRITE, 4);
    desc(4, 512, 0, 0);
    assert_int_equal(vwr_monitor_see(&w.m, run), 1);
    assert_int_equal(w.m.first.rule, VWR_RULE_CHAIN_ORDER);

    begin_unseen(0, 2, 0); /* two in flight */
    desc(6, 512, WRITE, 0);
    entry(6);
    publish();
    assert_int_equal(vwr_monitor_see(&w.m, run), 2);
    assert_int_equal(w.m.found + w.m.unseen, 0);

    begin_unseen(0, 2, 1); /* out of order: it is not known which one is in flight */
    desc(4, 512, NEXT, 77);
    assert_int_equal(vwr_monitor_see(&w.m, run), 0);
    assert_int_equal(w.m.found, 0);
    assert_int_equal(w.m.unseen, 1);
    assert_int_equal(vwr_monitor_see(&w.m, NULL), 0);
}

static void check_text(const char *part, enum vwr_monitor_doubt doubt)
{
    char text[400] = "";

    assert_int_equal(w.m.found, 1);
    assert_int_equal(w.m.first.doubt, doubt);
    (void)vwr_monitor_explain(&w.m, &w.m.first, text, sizeof(text));
    if (strstr(text, part) == NULL)
        print_error("%s\n", text);
    assert_non_null(strstr(text, part));
}

/* A driver that made a chain available, with a monitor that does not see memory. */
static void begin_copied(uint32_t mode)
{
    begin(mode);
    w.m.s.run = NULL;
    to_features();
    queue();
    status(RUNS);
}

/* A copy of memory may lack a part, and ends before something may have happened. */
static void what_a_copy_leaves_open(void **state)
{
    (void)state;
    begin_copied(0);
    request(0);
    desc_at(DESC, RAM << 8, 16, NEXT, 1);
    give(0);
    assert_int_equal(vwr_monitor_see(&w.m, run), 1);
    check_text("which are not memory, unless the copy of memory lacks a part", VWR_MONITOR_PARTIAL);

    begin_copied(0);
    request(0);
    entry(0);
    publish();
    (void)vwr_monitor_see(&w.m, run);
    check_text("did not notify queue 0, whose device wants it, as far as was observed", VWR_MONITOR_ENDED);

    begin_copied(0); /* the device does not want it */
    put16(USED, 1);
    request(0);
    entry(0);
    publish();
    (void)vwr_monitor_see(&w.m, run);
    assert_int_equal(w.m.found, 0);

    begin_copied(0); /* an IOMMU may translate */
    vwr_features_add(&w.m.accepted, VWR_F_ACCESS_PLATFORM);
    desc_at(DESC, RAM << 8, 16, 0, 0);
    give(0);
    (void)vwr_monitor_see(&w.m, run);
    assert_int_equal(w.m.found, 0);
}

/* Entries that are left of used buffers, of which `count` were available. */
static void begin_used(uint32_t count, const uint32_t *available, const uint32_t *used)
{
    begin_copied(0);
    for (uint32_t i = 0; i < count; i++) {
        request(available[i] % 4);
        entry(available[i]);
        publish();
        wr(VWR_MMIO_QUEUE_NOTIFY, 0);
        use_entry(used[i], 513);
    }
    put16(used_at() + 2, w.used);
    (void)vwr_monitor_see(&w.m, run);
}

static void used_buffers_of_a_copy(void **state)
{
    static const uint32_t right[] = {0, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1};
    static const uint32_t swapped[] = {3, 0, 0, 1, 3, 2, 0, 1, 2, 3, 1, 0};
    static const uint32_t twice[] = {0, 3, 0, 1, 2, 3, 0, 1, 2, 3, 1, 1};
    static const uint32_t never[] = {0, 3, 5};

    (void)state;
    begin_used(12, right, right);
    assert_int_equal(w.m.found, 0);
    begin_used(12, right, swapped);
    assert_int_equal(w.m.found, 0);
    begin_used(12, right, twice);
    check_text("the device used chain 1 of queue 0, which is not in flight", VWR_MONITOR_CERTAIN);
    begin_used(3, right, never);
    check_text("the device used chain 5 of queue 0, which is not in flight", VWR_MONITOR_CERTAIN);
    begin_used(3, right, right);
    put16(avail_at() + 2, 0); /* it was further on: the device has used what is there */
    (void)vwr_monitor_see(&w.m, run);
    check_text("went back from 3 to 0; the monitor did not see which side wrote it", VWR_MONITOR_EITHER);
}

/* Attribution of writes by a monitor that is not thorough. */
static void who_wrote_it(void **state)
{
    (void)state;
    start(0);
    w.m.s.thorough = false;
    request(0);
    give(0);
    desc(1, 512, NEXT, 2);
    use(0, 513);
    check_text("driver or device, cleanup.drv.1", VWR_MONITOR_EITHER);

    start(0); /* the driver alone has run */
    w.m.s.thorough = false;
    put16(USED + 2, 5);
    look(VWR_BY_DRIVER);
    check_text("the driver changed the used index", VWR_MONITOR_CERTAIN);

    start(0); /* the driver may have run on another CPU */
    w.m.s.thorough = false;
    request(0);
    give(0);
    use(0, 513);
    put16(AVAIL + 2, 0);
    look(VWR_BY_DEVICE);
    check_text("went back from 1 to 0; the monitor did not see", VWR_MONITOR_EITHER);

    start(PACKED);
    request_packed(0);
    put_packed(1, 4096, 0, WRITE);
    look(VWR_BY_DRIVER | VWR_BY_DEVICE);
    check_text("driver or device, ", VWR_MONITOR_EITHER);
}

/* ---- one rule broken ---- */

static void status_cleared(void)
{
    begin(0);
    to_driver();
    wr(VWR_MMIO_STATUS, ACK);
}

static void status_after_failed(void)
{
    begin(0);
    to_driver();
    status(DRIVER | VWR_STATUS_FAILED);
    wr(VWR_MMIO_STATUS, RUNS);
}

static void status_order(void)
{
    begin(0);
    status(0);
    wr(VWR_MMIO_STATUS, VWR_STATUS_DRIVER);
}

static void status_no_reset(void)
{
    begin(0);
    wr(VWR_MMIO_STATUS, ACK);
}

static void status_no_features_ok(void)
{
    begin(0);
    to_driver();
    features(&w.offered);
    queue();
    wr(VWR_MMIO_STATUS, DRIVER | VWR_STATUS_DRIVER_OK);
}

static void features_ok_unread(void)
{
    begin(0);
    to_driver();
    features(&w.offered);
    wr(VWR_MMIO_STATUS, FEATURES);
    queue();
    wr(VWR_MMIO_STATUS, RUNS);
}

static void features_late(void)
{
    begin(0);
    to_features();
    wr(VWR_MMIO_DRIVER_FEATURES, 0);
}

static void accept_other(unsigned feature, bool with, unsigned offered)
{
    struct vwr_features f;

    begin(0);
    vwr_features_add(&w.offered, offered);
    to_driver();
    f = w.offered;
    if (with)
        vwr_features_add(&f, feature);
    else
        vwr_features_remove(&f, feature);
    features(&f);
    wr(VWR_MMIO_STATUS, FEATURES);
}

static void feature_not_offered(void)
{
    accept_other(VWR_BLK_F_RO, true, VWR_BLK_F_FLUSH);
}

static void feature_needs(void)
{
    begin(0);
    vwr_features_remove(&w.offered, VWR_F_VERSION_1);
    vwr_features_add(&w.offered, VWR_F_IN_ORDER);
    w.m.offered = w.offered; /* the device is judged by another case */
    w.m.known = 2;
    to_driver();
    wr(VWR_MMIO_DRIVER_FEATURES_SEL, VWR_F_IN_ORDER / 32);
    wr(VWR_MMIO_DRIVER_FEATURES, w.offered.w[VWR_F_IN_ORDER / 32]);
    wr(VWR_MMIO_STATUS, FEATURES);
}

static void feature_version_1(void)
{
    accept_other(VWR_F_VERSION_1, false, VWR_BLK_F_FLUSH);
}

static void device_feature_needs(void)
{
    begin(0);
    vwr_features_add(&w.offered, VWR_BLK_F_CONFIG_WCE);
    vwr_features_remove(&w.offered, VWR_F_VERSION_1);
    vwr_features_add(&w.offered, VWR_F_RING_PACKED);
    w.m.offered = w.offered;
    w.m.known = 3;
    to_driver();
    wr(VWR_MMIO_STATUS, FEATURES);
}

static void device_version_1(void)
{
    begin(0);
    vwr_features_remove(&w.offered, VWR_F_VERSION_1);
    to_driver();
    features(&w.offered);
}

static void device_takes_features(void)
{
    accept_other(VWR_BLK_F_RO, true, VWR_BLK_F_FLUSH);
    w.m.found = 0; /* the driver's mistake */
    rd(VWR_MMIO_STATUS, FEATURES);
}

static void register_none(void)
{
    begin(0);
    rd(VWR_MMIO_VENDOR_ID + 0xc, 0);
}

static void register_read_only(void)
{
    begin(0);
    wr(VWR_MMIO_DEVICE_ID, 2);
}

static void register_write_only(void)
{
    begin(0);
    rd(VWR_MMIO_QUEUE_SEL, 0);
}

static void register_width(void)
{
    begin(0);
    access(VWR_MMIO_STATUS, 1, false, 0);
}

static void ack_undefined(void)
{
    start(0);
    wr(VWR_MMIO_INTERRUPT_ACK, 0x10);
}

static void features_unselected(void)
{
    begin(0);
    to_driver();
    rd(VWR_MMIO_DEVICE_FEATURES, 0);
}

static void driver_features_unselected(void)
{
    begin(0);
    to_driver();
    wr(VWR_MMIO_DRIVER_FEATURES, 0);
}

static void config_early(void)
{
    begin(0);
    to_driver();
    access(VWR_MMIO_CONFIG + 32, 1, true, 1);
}

static void notify_early(void)
{
    begin(0);
    to_features();
    queue();
    wr(VWR_MMIO_QUEUE_NOTIFY, 0);
}

static void notify_queue(void)
{
    start(0);
    wr(VWR_MMIO_QUEUE_NOTIFY, 1);
}

static void magic(void)
{
    begin(0);
    rd(VWR_MMIO_MAGIC_VALUE, 0);
}

static void version(void)
{
    begin(0);
    rd(VWR_MMIO_VERSION, 3);
}

static void reset_keeps_ready(void)
{
    start(0);
    status(0);
    status(ACK);
    wr(VWR_MMIO_QUEUE_SEL, 0);
    rd(VWR_MMIO_QUEUE_READY, 1);
}

static void reset_keeps_interrupt(void)
{
    start(0);
    status(0);
    rd(VWR_MMIO_INTERRUPT_STATUS, 1);
}

static void interrupt_vanished(void)
{
    start(0);
    rd(VWR_MMIO_INTERRUPT_STATUS, 2);
    rd(VWR_MMIO_INTERRUPT_STATUS, 0);
}

static void interrupt_without_event(void)
{
    start(0);
    vwr_monitor_interrupt(&w.m, 1);
}

static void read_config(uint32_t generation, uint32_t low, uint32_t other)
{
    rd(VWR_MMIO_CONFIG_GENERATION, generation);
    rd(VWR_MMIO_CONFIG, low);
    rd(VWR_MMIO_CONFIG + 4, 0);
    rd(VWR_MMIO_CONFIG + 8, other);
    rd(VWR_MMIO_CONFIG_GENERATION, generation);
}

/* Capacity, of eight bytes, changes. */
static void generation_of_a_long_field(void)
{
    start(0);
    read_config(1, 100, 4);
    read_config(2, 200, 4);
    assert_int_equal(w.m.found, 0);
    read_config(2, 300, 4);
}

static void queue_size(void)
{
    begin(0);
    to_features();
    wr(VWR_MMIO_QUEUE_SEL, 0);
    rd(VWR_MMIO_QUEUE_SIZE_MAX, SIZE);
    wr(VWR_MMIO_QUEUE_SIZE, 2 * SIZE);
}

static void queue_frozen(void)
{
    start(0);
    wr(VWR_MMIO_QUEUE_SIZE, SIZE);
}

static void queue_shape(void)
{
    begin(0);
    to_features();
    queue_at(6, RAM + DESC, RAM + AVAIL, RAM + USED);
}

static void queue_late(void)
{
    begin(0);
    to_features();
    status(RUNS);
    queue();
}

static void queue_memory(void)
{
    begin(0);
    to_features();
    queue_at(SIZE, DESC, RAM + AVAIL, RAM + USED);
}

static void split_align(void)
{
    begin(0);
    to_features();
    queue_at(SIZE, RAM + DESC, RAM + AVAIL + 1, RAM + USED);
}

static void packed_align(void)
{
    begin(PACKED);
    to_features();
    queue_at(SIZE, RAM + DESC, RAM + AVAIL + 2, RAM + USED);
}

static void used_flags_start(void)
{
    begin(0);
    to_features();
    put16(USED, 1);
    queue();
}

static void avail_back(void)
{
    start(0);
    request(0);
    give(0);
    use(0, 513);
    w.avail = 0;
    publish();
    notify();
}

static void avail_ahead(void)
{
    start(0);
    request(0);
    entry(0);
    w.avail = SIZE + 1;
    publish();
    notify();
}

static void avail_head(void)
{
    start(0);
    give(64);
}

static void avail_before_entry(void)
{
    start(0);
    request(0);
    request(3);
    give(0);
    w.avail++; /* the entry of this request is behind the index */
    entry(3);
    w.avail--;
    publish();
    notify();
}

static void in_flight_twice(void)
{
    start(0);
    request(0);
    give(0);
    give(0);
}

static void in_flight_shared(void)
{
    start(0);
    request(0);
    give(0);
    desc(5, 16, NEXT, 1);
    give(5);
}

static void altered(void)
{
    start(0);
    request(0);
    give(0);
    desc(1, 4096, NEXT | WRITE, 2);
    notify();
}

static void altered_seen_late(void)
{
    start(0);
    w.m.s.thorough = false;
    request(0);
    give(0);
    desc(1, 4096, NEXT | WRITE, 2);
    notify();
    assert_int_equal(w.m.found, 0);
    use(0, 513);
}

static void next_outside(void)
{
    start(0);
    desc(0, 16, NEXT, 100);
    give(0);
}

static void chain_loop(void)
{
    start(0);
    desc(0, 16, NEXT, 1);
    desc(1, 16, NEXT, 0);
    give(0);
}

static void chain_bytes(void)
{
    start(0);
    for (uint32_t i = 0; i < 3; i++)
        desc(i, 0x80000000u, NEXT, i + 1);
    desc(3, 1, 0, 0);
    w.is_vast = true;
    give(0);
}

static void chain_order(void)
{
    start(0);
    request(0);
    desc(2, 1, 0, 0);
    give(0);
}

static void chain_place(void)
{
    start(IN_ORDER);
    desc(0, 16, NEXT, 2);
    desc(2, 1, WRITE, 0);
    give(0);
}

static void buffer_memory(void)
{
    start(0);
    desc_at(DESC, 0x1000, 16, 0, 0);
    give(0);
}

static void indirect_refused(void)
{
    start(0);
    table(32, 0);
    give(0);
}

static void indirect_nested(void)
{
    start(INDIRECT);
    table(32, 0);
    desc_at(TABLE + 16, RAM + TABLE, 32, TABLED, 0);
    give(0);
}

static void indirect_long(void)
{
    start(INDIRECT);
    table(16 * (SIZE + 1), 0);
    give(0);
}

static void indirect_next(void)
{
    start(INDIRECT);
    table(32, NEXT);
    desc(1, 16, 0, 0);
    give(0);
}

static void indirect_order(void)
{
    start(INDIRECT | IN_ORDER);
    table(48, 0);
    desc_at(TABLE, RAM + DATA, 16, NEXT, 2);
    desc_at(TABLE + 32, RAM + DATA, 16, WRITE, 0);
    give(0);
}

static void indirect_size(void)
{
    start(INDIRECT);
    table(33, 0);
    give(0);
}

static void avail_flags(void)
{
    start(0);
    request(0);
    put16(AVAIL, 2);
    give(0);
}

static void avail_flags_event(void)
{
    start(EVENT);
    request(0);
    put16(AVAIL, 1);
    give(0);
}

static void kick_missing(void)
{
    start(0);
    request(0);
    entry(0);
    publish();
    vwr_monitor_idle(&w.m);
}

static void kick_missing_event(void)
{
    start(EVENT);
    request(0);
    entry(0);
    publish();
    vwr_monitor_idle(&w.m);
}

static void kick_unwanted(void)
{
    start(0);
    put16(USED, 1);
    request(0);
    give(0);
}

static void used_early(void)
{
    begin(0);
    to_features();
    queue();
    request(0);
    entry(0);
    publish();
    look(VWR_BY_DRIVER);
    use(0, 513);
}

static void used_ahead(void)
{
    start(0);
    request(0);
    give(0);
    w.used = 4;
    use(0, 513);
}

static void used_id(void)
{
    start(0);
    request(0);
    give(0);
    use(5, 513);
}

static void used_twice(void)
{
    start(0);
    request(0);
    request(3);
    give(0);
    give(3);
    use(0, 513);
    use(0, 513);
}

static void used_length(void)
{
    start(0);
    request(0);
    give(0);
    use(0, 514);
}

static void used_order(void)
{
    start(IN_ORDER);
    for (uint32_t i = 0; i < 2; i++) {
        desc(i, 16, 0, 0);
        give(i);
    }
    use(1, 0);
}

static void table_written(void)
{
    start(0);
    request(0);
    give(0);
    desc(1, 512, NEXT, 2);
    use(0, 513);
}

static void used_flags(void)
{
    start(0);
    request(0);
    give(0);
    put16(USED, 4);
    use(0, 513);
}

static void used_flags_event(void)
{
    start(EVENT);
    request(0);
    give(0);
    put16(USED, 1);
    use(0, 513);
}

static void interrupt_missing(void)
{
    start(0);
    request(0);
    give(0);
    use(0, 513);
    vwr_monitor_idle(&w.m);
}

static void interrupt_missing_event(void)
{
    start(EVENT);
    request(0);
    give(0);
    use(0, 513);
    vwr_monitor_idle(&w.m);
}

static void interrupt_unwanted(void)
{
    start(0);
    put16(AVAIL, 1);
    request(0);
    give(0);
    use(0, 513);
    interrupt();
}

static void packed_wrap(void)
{
    start(PACKED);
    for (uint32_t i = 0; i < SIZE; i++) {
        element(64, i, WRITE);
        notify();
        use_packed(i, 64, 1);
    }
    w.put.flags ^= VWR_PACKED_WRAP_FLAGS; /* the driver forgets to toggle its wrap counter */
    put_packed(0, 32, 1, WRITE | w.put.flags);
    notify();
}

static void packed_wrap_in_list(void)
{
    start(PACKED);
    element(16, 0, NEXT);
    w.put.flags ^= VWR_PACKED_WRAP_FLAGS;
    element(16, 0, 0);
    notify();
}

static void packed_long(void)
{
    start(PACKED);
    for (uint32_t i = 0; i < SIZE; i++)
        element(16, 0, NEXT);
    notify();
}

static void packed_full(void)
{
    start(PACKED);
    for (uint32_t i = 0; i < SIZE - 1; i++)
        element(16, i, 0);
    notify();
    element(16, SIZE - 1, NEXT);
    put_packed(0, 16, SIZE - 1, w.put.flags);
    notify();
    assert_int_equal(w.m.first.place, 0); /* which has no room */
}

static void packed_order(void)
{
    start(PACKED);
    element(16, 0, NEXT | WRITE);
    element(16, 0, 0);
    notify();
}

static void packed_table(uint32_t flags, uint32_t inner)
{
    desc_at(DESC, RAM + TABLE, 16, 0, TABLED | flags | w.put.flags);
    desc_at(TABLE, RAM + DATA, 16, 0, inner);
}

static void packed_indirect_refused(void)
{
    start(PACKED);
    packed_table(0, WRITE);
    notify();
}

static void packed_indirect_flags(void)
{
    start(PACKED | INDIRECT);
    packed_table(0, NEXT);
    notify();
}

static void packed_indirect_listed(void)
{
    start(PACKED | INDIRECT);
    packed_table(NEXT, WRITE);
    put_packed(1, 16, 0, WRITE | w.put.flags);
    notify();
}

static void packed_id(void)
{
    start(PACKED);
    element(16, 3, 0);
    element(16, 3, 0);
    notify();
}

static void packed_next_offset(void)
{
    start(PACKED | POSITIONS);
    element(16, 0, 0);
    look(VWR_BY_DRIVER);
    wr(VWR_MMIO_QUEUE_NOTIFY, 2u << VWR_MMIO_QUEUE_NOTIFY_NEXT_OFF_SHIFT);
}

static void packed_used_id(void)
{
    start(PACKED);
    request_packed(0);
    use_packed(1, 513, 3);
}

static void packed_used_length(void)
{
    start(PACKED);
    request_packed(0);
    use_packed(0, 514, 3);
}

static void packed_used_wrap(void)
{
    start(PACKED);
    request_packed(0);
    w.take.flags ^= VWR_PACKED_WRAP_FLAGS;
    use_packed(0, 513, 3);
}

static void packed_used_order(void)
{
    start(PACKED | IN_ORDER);
    for (uint32_t i = 0; i < 2; i++)
        element(16, i, WRITE);
    notify();
    use_packed(5, 16, 1);
}

static void packed_event_flags(void)
{
    start(PACKED);
    put16(AVAIL + 2, 3);
    request_packed(0);
    use_packed(0, 513, 3);
}

static void packed_kick_missing(void)
{
    start(PACKED);
    element(16, 0, 0);
    vwr_monitor_idle(&w.m);
}

static void packed_interrupt_missing(void)
{
    start(PACKED);
    request_packed(0);
    use_packed(0, 513, 3);
    vwr_monitor_idle(&w.m);
}

/* ---- a disk's configuration, and zones ---- */

static void blk_writeback_early(void)
{
    begin_disk(0);
    vwr_features_add(&w.offered, VWR_BLK_F_CONFIG_WCE);
    to_driver();
    config(VWR_BLK_CONFIG_WRITEBACK, 1, 1);
}

static void blk_zoned_discard(void)
{
    begin_disk(0);
    vwr_features_add(&w.offered, VWR_BLK_F_ZONED);
    vwr_features_add(&w.offered, VWR_BLK_F_DISCARD);
    to_driver();
    config(VWR_BLK_CONFIG_ZONED_MODEL, 1, VWR_BLK_Z_HM);
    features(&w.offered);
    status(FEATURES);
}

static void blk_legacy_zoned(void)
{
    struct vwr_features none = {{0}};

    begin_disk(LEGACY);
    vwr_features_add(&w.offered, VWR_BLK_F_ZONED);
    to_driver();
    features(&none);
    status(DRIVER | VWR_STATUS_DRIVER_OK);
}

static void blk_writeback(void)
{
    begin_disk(0);
    w.offered.w[0] = 0;
    vwr_features_add(&w.offered, VWR_BLK_F_CONFIG_WCE);
    to_features();
    access(VWR_MMIO_CONFIG + VWR_BLK_CONFIG_WRITEBACK, 1, true, 1);
    config(VWR_BLK_CONFIG_WRITEBACK, 1, 1);
    assert_int_equal(w.m.found, 0);
    to_features();
    config(VWR_BLK_CONFIG_WRITEBACK, 1, 0);
    assert_int_equal(w.m.found, 0);
    config(VWR_BLK_CONFIG_WRITEBACK, 1, 1);
}

static void blk_padding(void)
{
    begin_disk(0);
    to_features();
    config(VWR_BLK_CONFIG_WRITEBACK + 1, 1, 0);
    config(VWR_BLK_CONFIG_CAPACITY, 4, UINT32_MAX);
    assert_int_equal(w.m.found, 0);
    config(VWR_BLK_CONFIG_WRITEBACK + 1, 1, 1);
}

static void blk_padding_behind_zones(void)
{
    begin_disk(0);
    vwr_features_add(&w.offered, VWR_BLK_F_ZONED);
    to_features();
    config(VWR_BLK_CONFIG_ZONED_MODEL, 1, VWR_BLK_Z_HM);
    assert_int_equal(w.m.found, 0);
    config(VWR_BLK_CONFIG_ZONED_MODEL + 3, 1, 1);
}

/* A disk that says what it takes: two segments, zones of 128 sectors, appends of 16 in units of 1024 bytes.
 */
static void start_zones(uint32_t type, uint32_t sector, uint32_t out)
{
    begin_disk(0);
    vwr_features_add(&w.offered, VWR_BLK_F_DISCARD);
    vwr_features_add(&w.offered, VWR_BLK_F_WRITE_ZEROES);
    vwr_features_add(&w.offered, VWR_BLK_F_SECURE_ERASE);
    vwr_features_add(&w.offered, VWR_BLK_F_ZONED);
    to_features();
    config(VWR_BLK_CONFIG_MAX_DISCARD_SEG, 4, 2);
    config(VWR_BLK_CONFIG_MAX_SECURE_ERASE_SEG, 4, 2);
    config(VWR_BLK_CONFIG_MAX_WRITE_ZEROES_SEG, 4, 2);
    config(VWR_BLK_CONFIG_ZONED_ZONE_SECTORS, 4, 128);
    config(VWR_BLK_CONFIG_ZONED_MAX_APPEND_SECTORS, 4, 16);
    config(VWR_BLK_CONFIG_ZONED_WRITE_GRANULARITY, 4, 1024);
    queue();
    status(RUNS);
    put32(DATA, type);
    put32(DATA + 8, sector);
    desc(0, 16, NEXT, out != 0 ? 1 : 2);
    desc(1, out, NEXT, 2);
    desc(2, type == VWR_BLK_T_ZONE_APPEND ? 9 : 1, WRITE, 0);
    give(0);
}

static void blk_discard_segments(void)
{
    start_zones(VWR_BLK_T_DISCARD, 0, 32);
    assert_int_equal(w.m.found, 0);
    start_zones(VWR_BLK_T_DISCARD, 0, 48);
}

static void blk_erase_segments(void)
{
    start_zones(VWR_BLK_T_SECURE_ERASE, 0, 48);
}

static void blk_zeroes_segments(void)
{
    start_zones(VWR_BLK_T_WRITE_ZEROES, 0, 48);
}

static void blk_reset_all_sector(void)
{
    start_zones(VWR_BLK_T_ZONE_RESET_ALL, 0, 0);
    assert_int_equal(w.m.found, 0);
    start_zones(VWR_BLK_T_ZONE_RESET_ALL, 128, 0);
}

static void blk_zone_sector(void)
{
    start_zones(VWR_BLK_T_ZONE_OPEN, 256, 0);
    assert_int_equal(w.m.found, 0);
    start_zones(VWR_BLK_T_ZONE_OPEN, 257, 0);
}

static void blk_append_sector(void)
{
    start_zones(VWR_BLK_T_ZONE_APPEND, 128, 8192);
    assert_int_equal(w.m.found, 0);
    start_zones(VWR_BLK_T_ZONE_APPEND, 129, 8192);
}

static void blk_append_unit(void)
{
    start_zones(VWR_BLK_T_ZONE_APPEND, 128, 1536);
}

static void blk_append_long(void)
{
    start_zones(VWR_BLK_T_ZONE_APPEND, 128, 9216);
}

/* ---- what the driver has to read ---- */

static void features_refused(void)
{
    for (unsigned i = 0; i < 2; i++) {
        if (i == 0)
            begin(0);
        to_driver();
        features(&w.offered);
        wr(VWR_MMIO_STATUS, FEATURES);
        rd(VWR_MMIO_STATUS, i == 0 ? FEATURES : DRIVER);
        assert_int_equal(w.m.found, i);
    }
}

static void sr_iov(void)
{
    begin(0);
    to_driver();
    rd(VWR_MMIO_STATUS, DRIVER);
    vwr_features_add(&w.m.accepted, VWR_F_SR_IOV);
    w.m.known = 2; /* a driver that does not read the features of this word breaks no other rule */
    wr(VWR_MMIO_STATUS, FEATURES);
}

static void device_sr_iov(void)
{
    begin(0);
    vwr_features_add(&w.offered, VWR_F_SR_IOV);
    to_features();
}

static void reset_unread(void)
{
    begin(0);
    wr(VWR_MMIO_STATUS, 0);
    wr(VWR_MMIO_STATUS, ACK);
}

static void features_unread(void)
{
    begin(0);
    to_driver();
    wr(VWR_MMIO_STATUS, FEATURES);
}

static void needs_reset_silent(void)
{
    start(0);
    rd(VWR_MMIO_STATUS, RUNS | VWR_STATUS_DEVICE_NEEDS_RESET);
    vwr_monitor_idle(&w.m);
}

static void probe(void)
{
    begin(0);
    w.m.has_version = false;
    status(0);
}

static void probe_id(void)
{
    begin(0);
    w.m.has_id = false;
    status(0);
}

#define SUSPENDED (FEATURES | VWR_STATUS_SUSPEND)

/* The driver suspends the device, which answers. */
static void start_suspended(unsigned mode)
{
    start(mode | SUSPENDS);
    request(0);
    give(0);
    wr(VWR_MMIO_STATUS, RUNS | VWR_STATUS_SUSPEND);
    rd(VWR_MMIO_STATUS, SUSPENDED);
    assert_int_equal(w.m.found, 0);
}

static void suspend_early(void)
{
    start(0);
    wr(VWR_MMIO_STATUS, RUNS | VWR_STATUS_SUSPEND);
}

static void suspend_unread(void)
{
    start(SUSPENDS);
    wr(VWR_MMIO_STATUS, RUNS | VWR_STATUS_SUSPEND);
    wr(VWR_MMIO_STATUS, RUNS | VWR_STATUS_SUSPEND);
}

static void suspend_buffer(void)
{
    start(SUSPENDS);
    request(0);
    entry(0);
    publish(); /* before SUSPEND, and seen later */
    wr(VWR_MMIO_STATUS, RUNS | VWR_STATUS_SUSPEND);
    rd(VWR_MMIO_STATUS, SUSPENDED);
    look(VWR_BY_DRIVER);
    assert_int_equal(w.m.found, 0);
    start_suspended(0);
    request(3);
    entry(3);
    publish();
    look(VWR_BY_DRIVER);
}

static void suspend_buffer_packed(void)
{
    start(PACKED | SUSPENDS);
    wr(VWR_MMIO_STATUS, RUNS | VWR_STATUS_SUSPEND);
    rd(VWR_MMIO_STATUS, SUSPENDED);
    request_packed(0);
    look(VWR_BY_DRIVER);
}

static void suspend_kick(void)
{
    start_suspended(0);
    wr(VWR_MMIO_QUEUE_NOTIFY, 0);
}

static void suspend_config(void)
{
    start_suspended(0);
    access(VWR_MMIO_CONFIG + VWR_BLK_CONFIG_WRITEBACK, 1, true, 1);
}

static void resume_unread(void)
{
    start_suspended(0);
    wr(VWR_MMIO_STATUS, RUNS | VWR_STATUS_SUSPEND);
    rd(VWR_MMIO_STATUS, RUNS);
    wr(VWR_MMIO_QUEUE_NOTIFY, 0);
    assert_int_equal(w.m.found, 0);
    start_suspended(0);
    wr(VWR_MMIO_STATUS, RUNS | VWR_STATUS_SUSPEND);
    wr(VWR_MMIO_QUEUE_NOTIFY, 0);
}

static void interrupt_unread(void)
{
    start(0);
    vwr_monitor_interrupt(&w.m, VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK);
    vwr_monitor_idle(&w.m);
}

static void ack_missing(void)
{
    start(0);
    rd(VWR_MMIO_INTERRUPT_STATUS, VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK);
    vwr_monitor_idle(&w.m);
}

static void config_absent(void)
{
    start(0);
    rd(VWR_MMIO_CONFIG + VWR_BLK_CONFIG_SEG_MAX, 0);
}

static void config_width(void)
{
    start(0);
    access(VWR_MMIO_CONFIG + VWR_BLK_CONFIG_CAPACITY, 1, false, 0);
}

static void queue_unset(void)
{
    begin(0);
    to_features();
    wr(VWR_MMIO_QUEUE_SEL, 0);
    wr(VWR_MMIO_QUEUE_SIZE, SIZE);
    wr(VWR_MMIO_QUEUE_READY, 1);
}

static void queue_reenabled(void)
{
    start(RESETS);
    wr(VWR_MMIO_QUEUE_RESET, 1);
    rd(VWR_MMIO_QUEUE_RESET, 0);
    wr(VWR_MMIO_QUEUE_READY, 1);
}

static void queue_stop_unread(void)
{
    start(0);
    wr(VWR_MMIO_QUEUE_READY, 0);
    wr(VWR_MMIO_QUEUE_READY, 1);
}

static void queue_reset_unread(void)
{
    start(RESETS);
    wr(VWR_MMIO_QUEUE_RESET, 1);
    rd(VWR_MMIO_QUEUE_RESET, 1);
    queue();
}

static void queue_reset_keeps(void)
{
    start(RESETS);
    wr(VWR_MMIO_QUEUE_RESET, 1);
    rd(VWR_MMIO_QUEUE_RESET, 0);
    rd(VWR_MMIO_QUEUE_READY, 1);
}

static void queue_reset_reads(void)
{
    start(RESETS);
    rd(VWR_MMIO_QUEUE_RESET, 1);
}

static void entry_unpublished(void)
{
    start(0);
    request(0);
    give(0);
    use(0, 513);
    interrupt();
    request(3);
    entry(3);
    notify();
    vwr_monitor_idle(&w.m);
    assert_int_equal(w.m.first.place, 1);
}

static void entry_late(void)
{
    start(0);
    request(0);
    request(3);
    w.avail++;
    publish();
    notify();
    put16(AVAIL + 4, 3);
    look(VWR_BY_DRIVER);
}

static void used_written(void)
{
    start(0);
    put16(USED + 2, 1);
    look(VWR_BY_DRIVER);
}

static void avail_written(void)
{
    start(0);
    put16(AVAIL + 2, 1);
    look(VWR_BY_DEVICE);
}

static void packed_altered(void)
{
    start(PACKED);
    request_packed(0);
    put32(DESC + 16 + 8, 4096);
    notify();
}

static void packed_used_place(void)
{
    start(PACKED);
    request_packed(0);
    put_packed(1, 513, 0, WRITE | w.take.flags);
    look(VWR_BY_DEVICE);
}

static void blk_header(void)
{
    start_disk(0, 1, 0, 8, 512);
}

static void blk_status(void)
{
    start_disk(VWR_BLK_T_FLUSH, 0, 0, 16, 0);
}

static void blk_direction(void)
{
    start_disk(VWR_BLK_T_IN, 0, 512, 16, 0 + 1);
}

static void blk_unit(void)
{
    start_disk(VWR_BLK_T_IN, 0, 0, 16, 500);
}

static void blk_unit_header(void)
{
    start_disk(VWR_BLK_T_OUT, 0, 512, 8, 1); /* the device treats 8 bytes of the data as part of the header */
}

static void blk_ranges(void)
{
    start_disk(VWR_BLK_T_DISCARD, 0, 20, 16, 1);
}

static void blk_id(void)
{
    start_disk(VWR_BLK_T_GET_ID, 0, 0, 16, 20);
}

static void blk_flush_sector(void)
{
    start_disk(VWR_BLK_T_FLUSH, 7, 0, 16, 1);
}

static void blk_capacity(void)
{
    start_disk(VWR_BLK_T_IN, 100, 0, 16, 513);
}

/* ---- what a device answers, and what a driver that gave up does ---- */

static void failed_used(void)
{
    start(0);
    status(RUNS | VWR_STATUS_FAILED);
    wr(VWR_MMIO_QUEUE_SEL, 0);
    wr(VWR_MMIO_QUEUE_READY, 0); /* it may stop what it has started */
    rd(VWR_MMIO_QUEUE_READY, 0);
    assert_int_equal(w.m.found, 0);
    wr(VWR_MMIO_QUEUE_READY, 1);
}

static void notify_failed(void)
{
    start(0);
    status(RUNS | VWR_STATUS_FAILED);
    request(0);
    give(0);
}

static void device_features_changed(void)
{
    begin(0);
    to_features();
    wr(VWR_MMIO_DEVICE_FEATURES_SEL, 0);
    rd(VWR_MMIO_DEVICE_FEATURES, w.offered.w[0]);
    assert_int_equal(w.m.found, 0);
    rd(VWR_MMIO_DEVICE_FEATURES, w.offered.w[0] ^ 4u);
}

static void status_reads(void)
{
    begin(0);
    status(0);
    wr(VWR_MMIO_STATUS, ACK);
    rd(VWR_MMIO_STATUS, DRIVER);
}

static void status_loses(void)
{
    start(0);
    rd(VWR_MMIO_STATUS, RUNS & ~(uint32_t)VWR_STATUS_FEATURES_OK);
}

/* The driver writes the available ring where the device has the used ring. */
static void used_first(void)
{
    begin(0);
    w.m.s.run = NULL;
    to_features();
    queue_at(SIZE, RAM + DESC, RAM + USED, RAM + AVAIL);
    status(RUNS);
    request(0);
    give(0);
    (void)vwr_monitor_see(&w.m, run);
}

static void register_feature(void)
{
    start(0);
    wr(VWR_MMIO_QUEUE_RESET, 1);
    rd(VWR_MMIO_QUEUE_RESET, 1); /* then the device may answer anything */
    rd(VWR_MMIO_QUEUE_READY, 0);
    assert_int_equal(w.m.found, 1);
}

static void register_changed(void)
{
    begin(0);
    rd(VWR_MMIO_DEVICE_ID, VWR_ID_BLOCK);
    rd(VWR_MMIO_VENDOR_ID, 1);
    assert_int_equal(w.m.found, 0);
    rd(VWR_MMIO_VENDOR_ID, 2);
}

static void size_max_changed(void)
{
    start(0);
    rd(VWR_MMIO_QUEUE_SIZE_MAX, SIZE);
}

static void interrupt_absent(void)
{
    start(0);
    request(0);
    give(0);
    use(0, 513);
    vwr_monitor_interrupt(&w.m, VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK);
    rd(VWR_MMIO_INTERRUPT_STATUS, 0);
}

static void interrupt_kept(void)
{
    start(0);
    request(0);
    give(0);
    use(0, 513);
    interrupt();
    rd(VWR_MMIO_INTERRUPT_STATUS, 1); /* the acknowledgement had no effect */
}

static void queue_value(void)
{
    start(RESETS);
    wr(VWR_MMIO_QUEUE_RESET, 0);
    assert_int_equal(w.m.found, 0);
    wr(VWR_MMIO_QUEUE_RESET, 2);
    rd(VWR_MMIO_QUEUE_READY, 0); /* then the device may answer anything */
    rd(VWR_MMIO_QUEUE_RESET, 1);
    assert_int_equal(w.m.found, 1);
}

static void queue_overlap(void)
{
    begin(0);
    to_features();
    queue_at(SIZE, RAM + DESC, RAM + AVAIL, RAM + AVAIL + 16);
}

static void queue_start(void)
{
    begin(0);
    to_features();
    put16(AVAIL + 2, 2); /* buffers that wait for the device */
    queue();
    assert_int_equal(w.m.found, 0);
    begin(0);
    to_features();
    put16(AVAIL + 2, 0x505);
    queue();
}

static void queue_none(void)
{
    begin_disk(0);
    to_features();
    wr(VWR_MMIO_QUEUE_SEL, 1);
    rd(VWR_MMIO_QUEUE_SIZE_MAX, 0);
    assert_int_equal(w.m.found, 0);
    wr(VWR_MMIO_QUEUE_SEL, 0);
    rd(VWR_MMIO_QUEUE_SIZE_MAX, 0);
}

static void queue_ready_lost(void)
{
    start(0);
    rd(VWR_MMIO_QUEUE_READY, 1);
    assert_int_equal(w.m.found, 0);
    rd(VWR_MMIO_QUEUE_READY, 0);
}

/* A buffer that overlaps the ring: the driver is responsible for what the device writes there. */
static void buffer_ring(void)
{
    start(0);
    request(0);
    desc_at(DESC + 16, RAM + AVAIL - 500, 512, NEXT | WRITE, 2);
    give(0);
    assert_int_equal(w.m.found, 1);
    memset(&w.ram[AVAIL], 0x5a, 12);
    use(0, 513);
    assert_int_equal(w.m.found, 1);
}

static void blk_direction_out(void)
{
    start_disk(VWR_BLK_T_OUT, 0, 0, 16, 513);
}

static void blk_header_writable(void)
{
    start_disk(VWR_BLK_T_IN, 0, 0, 16, 513);
    assert_int_equal(w.m.found, 0);
    desc(3, 16, NEXT | WRITE, 4);
    desc(4, 512, NEXT | WRITE, 5);
    desc(5, 1, WRITE, 0);
    give(3);
}

/* A disk that takes two segments of 512 bytes. */
static void start_limits(uint32_t mode, uint32_t first, uint32_t second, uint32_t third)
{
    begin_disk(mode);
    vwr_features_add(&w.offered, VWR_BLK_F_SEG_MAX);
    to_features();
    config(VWR_BLK_CONFIG_SIZE_MAX, 4, 512);
    config(VWR_BLK_CONFIG_SEG_MAX, 4, 2);
    queue();
    status(RUNS);
    put32(DATA, VWR_BLK_T_IN);
    put32(DATA + 8, 0);
    desc(0, 16, NEXT, 1);
    desc(1, first, NEXT | WRITE, 2);
    desc(2, second, NEXT | WRITE, third != 0 ? 3 : 4);
    desc(3, third, NEXT | WRITE, 4);
    desc(4, 1, WRITE, 0);
    if ((mode & INDIRECT) != 0) {
        memcpy(&w.ram[TABLE], &w.ram[DESC], 80);
        desc_at(DESC + 80, RAM + TABLE, 80, TABLED, 0);
    }
    give((mode & INDIRECT) != 0 ? 5 : 0);
}

static void blk_segments(void)
{
    start_limits(0, 512, 512, 0);
    assert_int_equal(w.m.found, 0);
    start_limits(0, 512, 512, 512);
}

static void blk_segments_in_table(void)
{
    start_limits(INDIRECT, 512, 512, 512);
}

static void blk_segment_long(void)
{
    start_limits(0, 1024, 512, 0);
}

/* ---- the cases ---- */

/* clang-format off */
#define CASE(name, basis) {#name, basis, name, &w.m},

static const struct broken cases[] = {
    CASE(status_cleared, "status.drv.2")
    CASE(status_after_failed, "status.drv.3")
    CASE(status_order, "init.drv.1")
    CASE(status_no_reset, "init.drv.2")
    CASE(status_no_features_ok, "init.drv.8")
    CASE(features_ok_unread, "init.drv.10")
    CASE(features_late, "init.drv.9")
    CASE(feature_not_offered, "feat.drv.1")
    CASE(feature_needs, "feat.drv.2")
    CASE(feature_version_1, "rfeat.drv.1")
    CASE(device_feature_needs, "feat.dev.1")
    CASE(device_version_1, "rfeat.dev.1")
    CASE(device_takes_features, "feat.dev.3")
    CASE(register_none, "mmio.drv.1")
    CASE(register_read_only, "mmio.drv.2")
    CASE(register_write_only, "mmio.drv.3")
    CASE(register_width, "mmio.drv.4")
    CASE(ack_undefined, "mmio.drv.20")
    CASE(features_unselected, "mmio.drv.12")
    CASE(driver_features_unselected, "mmio.drv.13")
    CASE(config_early, "init.drv.7")
    CASE(notify_early, "init.drv.15")
    CASE(notify_queue, "section MMIO Device Register Layout")
    CASE(magic, "mmio.dev.1")
    CASE(version, "mmio.dev.2")
    CASE(reset_keeps_ready, "mmio.dev.5")
    CASE(reset_keeps_interrupt, "mmio.dev.5")
    CASE(interrupt_vanished, "mmio.dev.3")
    CASE(interrupt_without_event, "mmio.dev.4")
    CASE(generation_of_a_long_field, "mmio.dev.6")
    CASE(queue_size, "mmio.drv.14")
    CASE(queue_frozen, "mmio.drv.15")
    CASE(queue_shape, "section Split Virtqueues")
    CASE(queue_late, "init.drv.11")
    CASE(queue_memory, "rfeat.drv.5")
    CASE(split_align, "split.drv.1")
    CASE(packed_align, "packed.drv.1")
    CASE(used_flags_start, "split.drv.availnotif.1")
    CASE(avail_back, "split.drv.avail.1")
    CASE(avail_ahead, "section The Virtqueue Available Ring")
    CASE(avail_head, "section The Virtqueue Available Ring")
    CASE(avail_before_entry, "split.drv.idx.1")
    CASE(in_flight_twice, "cleanup.drv.1")
    CASE(in_flight_shared, "cleanup.drv.1")
    CASE(altered, "cleanup.drv.1")
    CASE(altered_seen_late, "cleanup.drv.1")
    CASE(next_outside, "section The Virtqueue Descriptor Table")
    CASE(chain_loop, "split.drv.desc.1")
    CASE(chain_bytes, "split.drv.desc.1")
    CASE(chain_order, "split.drv.framing.1")
    CASE(chain_place, "split.drv.desc.2")
    CASE(buffer_memory, "rfeat.drv.5")
    CASE(indirect_refused, "split.drv.indirect.1")
    CASE(indirect_nested, "split.drv.indirect.2")
    CASE(indirect_long, "split.drv.indirect.3")
    CASE(indirect_next, "split.drv.indirect.4")
    CASE(indirect_order, "split.drv.indirect.5")
    CASE(indirect_size, "section Indirect Descriptors")
    CASE(avail_flags, "split.drv.usednotif.1")
    CASE(avail_flags_event, "split.drv.usednotif.3")
    CASE(kick_missing, "split.drv.availnotif.4")
    CASE(kick_missing_event, "split.drv.availnotif.6")
    CASE(kick_unwanted, "split.drv.availnotif.3")
    CASE(used_early, "status.dev.1")
    CASE(used_ahead, "section The Virtqueue Used Ring")
    CASE(used_id, "section The Virtqueue Used Ring")
    CASE(used_twice, "section The Virtqueue Used Ring")
    CASE(used_length, "split.dev.used.2")
    CASE(used_order, "rfeat.dev.5")
    CASE(table_written, "split.dev.desc.4")
    CASE(used_flags, "split.dev.availnotif.1")
    CASE(used_flags_event, "split.dev.availnotif.3")
    CASE(interrupt_missing, "split.dev.usednotif.3")
    CASE(interrupt_missing_event, "split.dev.usednotif.5")
    CASE(interrupt_unwanted, "split.dev.usednotif.2")
    CASE(packed_wrap, "section Driver and Device Ring Wrap Counters")
    CASE(packed_wrap_in_list, "section Driver and Device Ring Wrap Counters")
    CASE(packed_long, "packed.drv.sg.2")
    CASE(packed_full, "packed.drv.desc.1")
    CASE(packed_order, "packed.drv.sg.3")
    CASE(packed_indirect_refused, "packed.drv.indirect.1")
    CASE(packed_indirect_flags, "packed.drv.indirect.2")
    CASE(packed_indirect_listed, "packed.drv.indirect.4")
    CASE(packed_id, "section Packed Virtqueues")
    CASE(packed_next_offset, "packed.drv.desc.3")
    CASE(packed_used_id, "section Packed Virtqueues")
    CASE(packed_used_length, "section Element Address and Length")
    CASE(packed_used_wrap, "section Driver and Device Ring Wrap Counters")
    CASE(packed_used_order, "section Packed Virtqueues")
    CASE(packed_event_flags, "section Driver and Device Event Suppression")
    CASE(packed_kick_missing, "section Driver and Device Event Suppression")
    CASE(packed_interrupt_missing, "section Driver and Device Event Suppression")
    CASE(reset_unread, "reset.drv.1")
    CASE(features_unread, "init.drv.5")
    CASE(needs_reset_silent, "status.dev.3")
    CASE(probe, "mmio.drv.init.1")
    CASE(features_refused, "feat.dev.5")
    CASE(sr_iov, "rfeat.drv.10")
    CASE(device_sr_iov, "rfeat.dev.10")
    CASE(probe_id, "mmio.drv.init.2")
    CASE(suspend_early, "suspend.drv.1")
    CASE(suspend_unread, "suspend.drv.2")
    CASE(suspend_buffer, "suspend.drv.3")
    CASE(suspend_buffer_packed, "suspend.drv.3")
    CASE(suspend_kick, "suspend.drv.4")
    CASE(suspend_config, "suspend.drv.5")
    CASE(resume_unread, "suspend.drv.6")
    CASE(interrupt_unread, "mmio.drv.irq.1")
    CASE(ack_missing, "mmio.drv.irq.3")
    CASE(config_absent, "config.drv.3")
    CASE(config_width, "mmio.drv.5")
    CASE(queue_unset, "section Virtqueue Configuration")
    CASE(queue_reenabled, "vq.drv.reenable.1")
    CASE(queue_stop_unread, "mmio.drv.17")
    CASE(queue_reset_unread, "mmio.drv.21")
    CASE(queue_reset_keeps, "mmio.dev.12")
    CASE(queue_reset_reads, "mmio.dev.8")
    CASE(entry_unpublished, "section Updating idx")
    CASE(entry_late, "split.drv.idx.1")
    CASE(used_written, "section The Virtqueue Used Ring")
    CASE(avail_written, "section The Virtqueue Available Ring")
    CASE(packed_altered, "packed.drv.desc.2")
    CASE(packed_used_place, "section Packed Virtqueues")
    CASE(blk_header, "section Device Operation")
    CASE(blk_status, "section Device Operation")
    CASE(blk_direction, "section Device Operation")
    CASE(blk_unit, "blk.drv.6")
    CASE(blk_unit_header, "blk.drv.6")
    CASE(blk_ranges, "blk.drv.7")
    CASE(blk_id, "blk.drv.8")
    CASE(blk_flush_sector, "blk.drv.4")
    CASE(blk_capacity, "blk.drv.2")
    CASE(blk_writeback_early, "blk.drv.init.4")
    CASE(blk_zoned_discard, "blk.drv.init.6")
    CASE(blk_legacy_zoned, "blk.dev.init.6")
    CASE(blk_writeback, "blk.dev.init.3")
    CASE(blk_padding, "blk.dev.init.4")
    CASE(blk_padding_behind_zones, "blk.dev.init.4")
    CASE(blk_discard_segments, "blk.drv.9")
    CASE(blk_erase_segments, "blk.drv.10")
    CASE(blk_zeroes_segments, "blk.drv.11")
    CASE(blk_reset_all_sector, "blk.drv.21")
    CASE(blk_zone_sector, "blk.drv.20")
    CASE(blk_append_sector, "blk.drv.22")
    CASE(blk_append_unit, "blk.drv.23")
    CASE(blk_append_long, "blk.drv.24")
    CASE(failed_used, "init.drv.14")
    CASE(notify_failed, "init.drv.14")
    CASE(device_features_changed, "section Feature Bits")
    CASE(status_reads, "section Device Status Field")
    CASE(status_loses, "section Device Status Field")
    CASE(used_first, "section The Virtqueue Used Ring")
    CASE(register_feature, "section MMIO Device Register Layout")
    CASE(register_changed, "section MMIO Device Register Layout")
    CASE(size_max_changed, "section MMIO Device Register Layout")
    CASE(interrupt_absent, "mmio.dev.3")
    CASE(interrupt_kept, "mmio.dev.4")
    CASE(queue_value, "section MMIO Device Register Layout")
    CASE(queue_overlap, "section Virtqueues")
    CASE(queue_start, "section The Virtqueue Available Ring")
    CASE(queue_none, "section Device Types")
    CASE(queue_ready_lost, "section MMIO Device Register Layout")
    CASE(buffer_ring, "section Virtqueues")
    CASE(blk_direction_out, "section Device Operation")
    CASE(blk_header_writable, "section Device Operation")
    CASE(blk_segments, "section Feature bits")
    CASE(blk_segments_in_table, "section Feature bits")
    CASE(blk_segment_long, "section Feature bits")
};
/* clang-format on */
#define CASES (sizeof(cases) / sizeof(cases[0]))

/* Whether the message of a finding is another one with another value. */
static bool is_shown(const struct broken *c, void (*with)(struct vwr_monitor_finding *f, uint64_t bits))
{
    struct vwr_monitor_finding f = c->m->first;
    char text[400], other[400];
    bool shown = false;

    (void)vwr_monitor_explain(c->m, &f, text, sizeof(text));
    for (uint64_t bits = 1; bits < 0x100 && !shown; bits <<= 1) {
        with(&f, bits);
        (void)vwr_monitor_explain(c->m, &f, other, sizeof(other));
        shown = strcmp(text, other) != 0;
        f = c->m->first;
    }
    return shown;
}

static void other_place(struct vwr_monitor_finding *f, uint64_t bits)
{
    f->place ^= (uint32_t)bits;
}

static void other_a(struct vwr_monitor_finding *f, uint64_t bits)
{
    f->a ^= bits;
}

static void other_b(struct vwr_monitor_finding *f, uint64_t bits)
{
    f->b ^= bits;
}

static bool is_one_of(const uint16_t *rule, size_t count, uint16_t one)
{
    bool is = false;

    for (size_t i = 0; i < count; i++)
        is = is || rule[i] == one;
    return is;
}

/* A value of which the rule's text does not speak is 0: who compares findings does not see two of one. */
static void check_silent_values(const struct broken *c)
{
    /* The position is more informative than these texts; these also share the values of another rule. */
    static const uint16_t placed[] = {VWR_RULE_SPLIT_ALIGN, VWR_RULE_PACKED_ALIGN, VWR_RULE_USED_ORDER,
                                      VWR_RULE_PACKED_ID, VWR_RULE_PCI_RESET_KEEPS};
    static const uint16_t valued[] = {VWR_RULE_STATUS_NO_FEATURES_OK, VWR_RULE_FEATURE_VERSION_1,
                                      VWR_RULE_PACKED_ALTERED, VWR_RULE_PACKED_USED_PLACE};
    const struct vwr_monitor_finding *const f = &c->m->first;
    const size_t places = sizeof(placed) / sizeof(placed[0]);
    const size_t values = sizeof(valued) / sizeof(valued[0]);

    assert_true(f->place == 0 || is_shown(c, other_place) || is_one_of(placed, places, f->rule));
    assert_true(f->a == 0 || is_shown(c, other_a) || is_one_of(valued, values, f->rule));
    assert_true(f->b == 0 || is_shown(c, other_b) || is_one_of(valued, values, f->rule));
}

/* Whether the first finding and its message name the rule that the case breaks. */
static void names_the_clause(void **state)
{
    const struct broken *const c = *state;
    const char *basis = c->basis;
    const struct vwr_rule *rule;
    char text[400];

    c->run();
    assert_int_not_equal(c->m->found, 0);
    rule = &vwr_rules[c->m->first.rule];
    has_case[c->m->first.rule] = true;
    (void)vwr_monitor_explain(c->m, &c->m->first, text, sizeof(text));
    if (strncmp(basis, "section ", 8) == 0) {
        const char *const section = rule->section + strlen(rule->section) - strlen(basis + 8);

        assert_true(rule->clause == NULL && strlen(rule->section) >= strlen(basis + 8));
        assert_string_equal(section, basis + 8);
    } else {
        assert_non_null(rule->clause);
        assert_string_equal(rule->clause, basis);
        assert_non_null(strstr(text, basis));
    }
    assert_null(strchr(text, '{'));
    check_silent_values(c);
    printf("%s: %s\n", c->name, text);
}

static void every_rule_has_a_case(void **state)
{
    (void)state;
    for (unsigned i = 0; i < VWR_RULE_COUNT; i++)
        if (!has_case[i])
            print_error("no case breaks %s\n", vwr_rules[i].name);
    for (unsigned i = 0; i < VWR_RULE_COUNT; i++)
        assert_true(has_case[i]);
}

/* The cases as a trace, with the clause of each and the monitor's message; each begins on a page of its own.
 */
static int write_trace(const char *path)
{
    char text[400];

    trace = fopen(path, "w");
    if (trace == NULL)
        return 1;
    for (size_t i = 0; i < CASES; i++) {
        trace_base = 0x0a000000u + 0x1000u * (uint32_t)i;
        fprintf(trace, "case 0x%08x %s %s\n", (unsigned)trace_base, cases[i].name, cases[i].basis);
        cases[i].run();
        (void)vwr_monitor_explain(cases[i].m, &cases[i].m->first, text, sizeof(text));
        fprintf(trace, "said 0x%08x %s\n", (unsigned)trace_base, text);
    }
    return fclose(trace) != 0;
}

/* The text beside a rule: its first finding, or that there is none. */
static void is_judged(void **state)
{
    const struct edge *const e = *state;
    char text[400] = "";

    e->run();
    if (e->m->found != 0)
        (void)vwr_monitor_explain(e->m, &e->m->first, text, sizeof(text));
    if (e->rule == NO_RULE)
        assert_string_equal(text, "");
    else
        assert_string_equal(e->m->found != 0 ? vwr_rules[e->m->first.rule].name : text,
                            vwr_rules[e->rule].name);
}

/* What the driver did wrong is reported once, and not as the device's. */
static void one_is_blamed(void **state)
{
    (void)state;
    altered();
    assert_int_equal(w.m.found, 1);
    use(0, 513);
    assert_int_equal(w.m.found, 1);
    feature_version_1();
    assert_int_equal(w.m.found, 1);
    rd(VWR_MMIO_STATUS, FEATURES); /* the device may serve such a driver */
    assert_int_equal(w.m.found, 1);
}

/* A finding that is none of the table's, as a caller may make it. */
static void a_rule_that_is_not_there(void **state)
{
    const struct vwr_monitor_finding known = {.rule = 0}, unknown = {.rule = VWR_RULE_COUNT};
    char text[2][400];

    (void)state;
    begin(0);
    (void)vwr_monitor_explain(&w.m, &known, text[0], sizeof(text[0]));
    (void)vwr_monitor_explain(&w.m, &unknown, text[1], sizeof(text[1]));
    assert_string_equal(text[1], text[0]);
}

#define CASES_MAX 1024u

static void add(struct CMUnitTest *tests, size_t *count, const struct broken *rows, size_t number)
{
    for (size_t i = 0; i < number && *count < CASES_MAX - 1; i++)
        tests[(*count)++] =
            (struct CMUnitTest){rows[i].name, names_the_clause, NULL, NULL, (void *)(uintptr_t)&rows[i]};
}

static void add_edges(struct CMUnitTest *tests, size_t *count, const struct edge *rows, size_t number)
{
    for (size_t i = 0; i < number && *count < CASES_MAX - 1; i++)
        tests[(*count)++] =
            (struct CMUnitTest){rows[i].name, is_judged, NULL, NULL, (void *)(uintptr_t)&rows[i]};
}

/* device_monitor [FILE]: runs the cases, or writes their accesses to a file. */
int main(int argc, char **argv)
{
    static struct CMUnitTest tests[CASES_MAX] = {
        cmocka_unit_test(both_are_right),
        cmocka_unit_test(a_batch_in_order),
        cmocka_unit_test(unseen_buffers),
        cmocka_unit_test(without_memory),
        cmocka_unit_test(what_is_allowed),
        cmocka_unit_test(pci_is_right),
        cmocka_unit_test(pci_message_may_be_late),
        cmocka_unit_test(space_is_right),
        cmocka_unit_test(seen_later),
        cmocka_unit_test(net_is_right),
        cmocka_unit_test(a_rule_that_is_not_there),
        cmocka_unit_test(what_a_copy_leaves_open),
        cmocka_unit_test(used_buffers_of_a_copy),
        cmocka_unit_test(who_wrote_it),
        cmocka_unit_test(one_is_blamed),
    };
    size_t count = 15;

    if (argc > 1)
        return write_trace(argv[1]);
    add(tests, &count, cases, CASES);
    add(tests, &count, pci_cases, pci_case_count);
    add(tests, &count, space_cases, space_case_count);
    add(tests, &count, net_cases, net_case_count);
    add_edges(tests, &count, edges, edge_count);
    add_edges(tests, &count, pci_edges, pci_edge_count);
    add_edges(tests, &count, space_edges, space_edge_count);
    add_edges(tests, &count, net_edges, net_edge_count);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(every_rule_has_a_case);
    return _cmocka_run_group_tests("monitor", tests, count, NULL, NULL);
}
