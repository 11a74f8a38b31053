/* SPDX-License-Identifier: MIT */
#include "monitor_case.h"
#include "monitor_world.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/*
 * Where the rules end: what is next to a broken rule and breaks none, and other ways to break one than those
 * of monitor.c. A condition of the monitor that a case here decides is decided by no other.
 */

/* ---- registers ---- */

static void register_of_the_other_version(void)
{
    begin(LEGACY);
    rd(VWR_MMIO_QUEUE_READY, 0);
}

static void register_behind_all(void)
{
    begin(0);
    rd(0x10000, 0);
}

static void registers_of_no_queue(void)
{
    begin(0);
    to_features();
    wr(VWR_MMIO_QUEUE_SEL, QUEUES);
    rd(VWR_MMIO_QUEUE_SIZE_MAX, 1);
    wr(VWR_MMIO_QUEUE_SIZE, SIZE);
    rd(VWR_MMIO_QUEUE_READY, 1);
    rd(VWR_MMIO_QUEUE_RESET, 1);
}

static void shared_memory_is_no_queue(void)
{
    start(0);
    wr(VWR_MMIO_QUEUE_READY, 0);
    wr(VWR_MMIO_SHM_SEL, 1); /* the driver does not continue with the queue */
    rd(VWR_MMIO_QUEUE_READY, 0);
}

static void write_after_failed(void)
{
    begin(0);
    to_features();
    wr(VWR_MMIO_STATUS, FEATURES | VWR_STATUS_FAILED);
    wr(VWR_MMIO_QUEUE_SIZE, SIZE);
}

static void status_skips_driver(void)
{
    begin(0);
    status(0);
    status(ACK);
    wr(VWR_MMIO_STATUS, ACK | VWR_STATUS_DRIVER_OK);
}

static void status_bit_of_the_device(void)
{
    start(0);
    wr(VWR_MMIO_STATUS, RUNS | VWR_STATUS_DEVICE_NEEDS_RESET);
    assert_int_equal(w.m.status, RUNS);
}

/* A reset that takes time, of a device that had another driver. */
static void reset_of_a_status_before(void)
{
    begin(0);
    wr(VWR_MMIO_STATUS, 0);
    rd(VWR_MMIO_STATUS, RUNS);
    rd(VWR_MMIO_STATUS, RUNS);
    status(0);
    status(ACK);
}

static void status_that_was_before_the_reset(void)
{
    begin(0);
    status(0);
    status(ACK);
    wr(VWR_MMIO_STATUS, ACK | VWR_STATUS_DRIVER);
    rd(VWR_MMIO_STATUS, RUNS);
}

static void needs_reset_before_it_runs(void)
{
    begin(0);
    to_features();
    rd(VWR_MMIO_STATUS, FEATURES | VWR_STATUS_DEVICE_NEEDS_RESET);
    vwr_monitor_idle(&w.m);
}

/* The interrupt comes before the driver reads the status. */
static void needs_reset_after_the_interrupt(void)
{
    start(0);
    vwr_monitor_interrupt(&w.m, VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK);
    rd(VWR_MMIO_INTERRUPT_STATUS, VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK);
    wr(VWR_MMIO_INTERRUPT_ACK, VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK);
    rd(VWR_MMIO_STATUS, RUNS | VWR_STATUS_DEVICE_NEEDS_RESET);
    vwr_monitor_idle(&w.m);
    status(0);
}

static void words_that_no_feature_has(void)
{
    begin(0);
    to_driver();
    wr(VWR_MMIO_DEVICE_FEATURES_SEL, 32);
    rd(VWR_MMIO_DEVICE_FEATURES, ~0u);
    wr(VWR_MMIO_DRIVER_FEATURES_SEL, 32);
    wr(VWR_MMIO_DRIVER_FEATURES, ~0u);
    features(&w.offered);
    status(FEATURES);
}

static void feature_of_the_second_word(void)
{
    struct vwr_features f;

    begin(0);
    to_driver();
    f = w.offered;
    vwr_features_add(&f, VWR_F_RING_RESET);
    features(&f);
    wr(VWR_MMIO_STATUS, FEATURES);
}

/* A driver that continues with a device that it has suspended too early: this was its only mistake. */
static void resumed_before_it_ran(void)
{
    begin(SUSPENDS);
    to_driver();
    wr(VWR_MMIO_STATUS, DRIVER | VWR_STATUS_SUSPEND);
    assert_int_equal(w.m.found, 1);
    wr(VWR_MMIO_STATUS, DRIVER | VWR_STATUS_SUSPEND | VWR_STATUS_DRIVER_OK);
    assert_int_equal(w.m.found, 1);
}

/* Feature 20 requires one of three. */
static void offer_with(unsigned other)
{
    static const struct vwr_feature_rule rule = {.feature = 20, .any = {21, 22, 23}};

    begin(0);
    w.m.s.rules = &rule;
    w.m.s.rule_count = 1;
    vwr_features_add(&w.offered, 20);
    vwr_features_add(&w.offered, other);
    to_features();
}

static void feature_with_the_first(void)
{
    offer_with(21);
}

static void feature_with_the_second(void)
{
    offer_with(22);
}

static void feature_with_the_third(void)
{
    offer_with(23);
}

static void feature_with_none(void)
{
    offer_with(24);
}

/* ---- configuration ---- */

/* A configuration with one field, which needs one of three features unless it is early. */
static void begin_field(bool is_early)
{
    static const struct vwr_config_field fields[2] = {
        {32, 1, {VWR_READ, VWR_READ}, {20, 21, 22}, 0},
        {32, 1, {VWR_WRITE, VWR_WRITE}, {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, 1}};

    begin(0);
    w.m.s.fields = &fields[is_early];
    w.m.s.field_count = 1;
    to_driver();
}

static void field_without_its_features(void)
{
    begin_field(false);
    features(&w.offered);
    access(VWR_MMIO_CONFIG + 32, 1, false, 0);
}

static void early_write_beside_the_field(void)
{
    begin_field(true);
    access(VWR_MMIO_CONFIG, 1, true, 0);
}

static void change_beside_the_field(void)
{
    begin_field(true);
    rd(VWR_MMIO_CONFIG_GENERATION, 1);
    rd(VWR_MMIO_CONFIG, 1);
    rd(VWR_MMIO_CONFIG, 2);
    rd(VWR_MMIO_CONFIG_GENERATION, 1);
}

static void change_of_a_short_field(void)
{
    start(0);
    rd(VWR_MMIO_CONFIG_GENERATION, 1);
    rd(VWR_MMIO_CONFIG + VWR_BLK_CONFIG_SIZE_MAX, 5);
    rd(VWR_MMIO_CONFIG + VWR_BLK_CONFIG_SIZE_MAX, 6);
    rd(VWR_MMIO_CONFIG_GENERATION, 1);
}

static void change_of_a_long_field_behind_another(void)
{
    static const struct vwr_config_field fields[2] = {
        {0, 1, {VWR_READ, VWR_READ}, {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, 0},
        {8, 8, {VWR_READ, VWR_READ}, {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, 0}};

    begin(0);
    w.m.s.fields = fields;
    w.m.s.field_count = 2;
    to_driver();
    rd(VWR_MMIO_CONFIG_GENERATION, 1);
    rd(VWR_MMIO_CONFIG + 8, 1);
    rd(VWR_MMIO_CONFIG + 8, 2);
    rd(VWR_MMIO_CONFIG_GENERATION, 1);
}

/* Changes before the driver has read a generation belong to no generation. */
static void changes_of_no_generation(void)
{
    start(0);
    for (uint32_t i = 0; i < 3; i++)
        rd(VWR_MMIO_CONFIG + VWR_BLK_CONFIG_CAPACITY, i);
    w.m.generation = 0;
    rd(VWR_MMIO_CONFIG_GENERATION, 0);
    rd(VWR_MMIO_CONFIG_GENERATION, 0);
}

static void two_changes_of_a_short_field(void)
{
    change_of_a_short_field();
    assert_int_equal(w.m.found, 0);
    rd(VWR_MMIO_CONFIG + VWR_BLK_CONFIG_SIZE_MAX, 7);
    rd(VWR_MMIO_CONFIG + VWR_BLK_CONFIG_SIZE_MAX, 8);
    rd(VWR_MMIO_CONFIG_GENERATION, 1);
}

/* A write by the driver is not a change by the device. */
static void write_between_generations(void)
{
    begin(0);
    vwr_features_add(&w.offered, VWR_BLK_F_CONFIG_WCE);
    to_features();
    rd(VWR_MMIO_CONFIG_GENERATION, 1);
    access(VWR_MMIO_CONFIG + VWR_BLK_CONFIG_WRITEBACK, 1, true, 1);
    rd(VWR_MMIO_CONFIG_GENERATION, 1);
}

/* ---- queues ---- */

static void queue_of_no_descriptors(void)
{
    begin(0);
    to_features();
    queue_at(0, RAM + DESC, RAM + AVAIL, RAM + USED);
}

static void packed_queue_of_no_descriptors(void)
{
    begin(PACKED);
    to_features();
    queue_at(0, RAM + DESC, RAM + AVAIL, RAM + USED);
    assert_false(queues[0].followed);
}

static void packed_descriptors_outside(void)
{
    begin(PACKED);
    to_features();
    queue_at(SIZE, DESC, RAM + AVAIL, RAM + USED);
    assert_false(queues[0].followed);
}

static void packed_device_area_outside(void)
{
    begin(PACKED);
    to_features();
    queue_at(SIZE, RAM + DESC, RAM + AVAIL, USED);
    assert_false(queues[0].followed);
}

static void legacy_queue_stops(void)
{
    start(LEGACY);
    wr(VWR_MMIO_QUEUE_PFN, 0);
    wr(VWR_MMIO_QUEUE_SIZE, SIZE); /* it need not read that it stopped */
    assert_int_equal(w.m.found, 0);
    wr(VWR_MMIO_QUEUE_NOTIFY, 0);
}

static void legacy_queue_frozen(void)
{
    start(LEGACY);
    wr(VWR_MMIO_QUEUE_ALIGN, 8192);
}

/* A driver may leave the alignment as it is, and use buffers before the device runs. */
static void legacy_queue_is_early(void)
{
    begin(LEGACY);
    to_features();
    wr(VWR_MMIO_GUEST_PAGE_SIZE, 4096);
    wr(VWR_MMIO_QUEUE_SEL, 0);
    rd(VWR_MMIO_QUEUE_SIZE_MAX, SIZE);
    wr(VWR_MMIO_QUEUE_SIZE, SIZE);
    wr(VWR_MMIO_QUEUE_PFN, (uint32_t)((RAM + DESC) / 4096));
    request(0);
    give(0);
    use(0, 513);
    assert_int_equal(w.m.buffers, 1);
}

static void notified_twice(void)
{
    start(0);
    wr(VWR_MMIO_QUEUE_NOTIFY, 0);
    vwr_monitor_idle(&w.m);
}

/* What the device has used needs no notification. */
static void used_without_notification(void)
{
    start(0);
    request(0);
    entry(0);
    publish();
    look(VWR_BY_DRIVER);
    use(0, 513);
    interrupt();
    vwr_monitor_idle(&w.m);
}

/* An entry that the driver has not announced yet. */
static void entry_without_notification(void)
{
    start(0);
    request(1);
    entry(1);
    vwr_monitor_idle(&w.m);
}

/* Between a reset and the next start guest memory may move: the table there has a table, the former one had
 * none.
 */
static void memory_that_moves(void)
{
    begin(INDIRECT);
    w.is_elsewhere = true;
    to_features();
    queue();
    status(RUNS);
    table(32, 0);
    entry(0);
    publish();
    memcpy(elsewhere, w.ram, sizeof(elsewhere));
    notify();
    assert_int_equal(w.m.found, 0);
    w.is_elsewhere = false;
    w.avail = 0;
    publish();
    to_features();
    queue();
    status(RUNS);
    desc_at(TABLE + 16, RAM + DATA, 16, TABLED, 0);
    give(0);
}

/* A notification is missing only if the device wants one. */
static void packed_kick_unwanted(void)
{
    start(PACKED);
    for (uint32_t i = 0; i < 3; i++) {
        put16(USED + 2, VWR_RING_EVENT_FLAGS_DISABLE);
        element(16, i, 0);
        look(VWR_BY_DRIVER);
        vwr_monitor_idle(&w.m);
        assert_int_equal(w.m.found, 0);
        put16(USED + 2, VWR_RING_EVENT_FLAGS_ENABLE);
        use_packed(i, 0, 1);
        interrupt();
    }
    element(16, 0, 0);
    look(VWR_BY_DRIVER);
    vwr_monitor_idle(&w.m);
}

/* A device that has run may have taken a buffer before it enabled notifications again. */
static void taken_without_notification(void)
{
    start(0);
    request(0);
    entry(0);
    publish();
    look(VWR_BY_DRIVER | VWR_BY_DEVICE);
    vwr_monitor_idle(&w.m);
}

static void packed_taken_without_notification(void)
{
    start(PACKED);
    element(16, 0, 0);
    look(VWR_BY_DRIVER | VWR_BY_DEVICE);
    vwr_monitor_idle(&w.m);
}

static void taken_and_one_more(void)
{
    taken_without_notification();
    assert_int_equal(w.m.found, 0);
    request(3);
    entry(3);
    publish();
    vwr_monitor_idle(&w.m);
}

/* A driver that has run may have checked the ring before it enabled interrupts again. */
static void used_beside_the_driver(void)
{
    start(0);
    request(0);
    give(0);
    use_entry(0, 513);
    put16(USED + 2, w.used);
    look(VWR_BY_DRIVER | VWR_BY_DEVICE);
    vwr_monitor_idle(&w.m);
}

/* The driver reads InterruptStatus as an answer to the last interrupt: the device need not send another. */
static void the_status_says_so(void)
{
    start(0);
    request(0);
    give(0);
    use(0, 513);
    rd(VWR_MMIO_INTERRUPT_STATUS, 1);
    wr(VWR_MMIO_INTERRUPT_ACK, 1);
    vwr_monitor_idle(&w.m);
}

static void the_status_of_a_change(void)
{
    start(0);
    request(0);
    give(0);
    use(0, 513);
    rd(VWR_MMIO_INTERRUPT_STATUS, 2);
    wr(VWR_MMIO_INTERRUPT_ACK, 2);
    vwr_monitor_idle(&w.m);
}

/* The second buffer is used while the reason of the first is not acknowledged. */
static void used_before_the_acknowledgement(bool acknowledged)
{
    start(0);
    request(0);
    give(0);
    use(0, 513);
    vwr_monitor_interrupt(&w.m, 1);
    rd(VWR_MMIO_INTERRUPT_STATUS, 1);
    if (acknowledged)
        wr(VWR_MMIO_INTERRUPT_ACK, 1);
    request(1);
    give(1);
    use(1, 513);
    if (!acknowledged)
        wr(VWR_MMIO_INTERRUPT_ACK, 1);
    vwr_monitor_idle(&w.m);
}

static void used_while_the_line_is_up(void)
{
    used_before_the_acknowledgement(false);
}

static void used_when_the_line_is_down(void)
{
    used_before_the_acknowledgement(true);
}

/* Which of both reasons is the new one is unknown. */
static void interrupt_with_a_change(void)
{
    start(0);
    vwr_monitor_interrupt(&w.m, VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK |
                                    VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK);
}

static void interrupt_without_memory(void)
{
    begin(0);
    w.m.s.run = NULL;
    to_features();
    status(RUNS);
    interrupt();
}

/* ---- rings without registers ---- */

static const struct vwr_monitor_ring ring = {RAM + DESC, RAM + AVAIL, RAM + USED, SIZE, 0};

/* A transport without registers. */
static void attach(unsigned mode, const struct vwr_monitor_ring *r)
{
    struct vwr_features f;

    init(mode);
    f = w.offered;
    vwr_monitor_set_features(&w.m, &f, &f);
    vwr_monitor_start(&w.m, 0, r);
}

static void cycle_without_registers(void)
{
    request(0);
    entry(0);
    publish();
    look(VWR_BY_DRIVER);
    use(0, 513);
    assert_int_equal(w.m.buffers, 1);
}

static void interrupt_without_registers(void)
{
    attach(0, &ring);
    cycle_without_registers();
    vwr_monitor_interrupt(&w.m, VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK);
    vwr_monitor_idle(&w.m); /* no status to read it from */
    assert_int_equal(w.m.found, 0);
    vwr_monitor_interrupt(&w.m, VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK);
}

static void queues_that_are_not_there(void)
{
    attach(0, &ring);
    vwr_monitor_start(&w.m, QUEUES, &ring);
    vwr_monitor_stop(&w.m, QUEUES);
    assert_true(queues[0].followed);
    assert_int_equal(w.m.lost, 0);
    vwr_monitor_stop(&w.m, 0);
    assert_false(queues[0].followed);
}

static void ring_outside(void)
{
    const struct vwr_monitor_ring outside = {RAM + DESC, RAM + AVAIL, USED, SIZE, 0};

    attach(0, &outside);
    assert_int_equal(w.m.lost, 0);
}

/* Buffers are in flight whose descriptors were not seen. */
static void ring_with_buffers(void)
{
    const struct vwr_monitor_ring later = {RAM + DESC, RAM + AVAIL, RAM + USED, SIZE, 3};

    attach(0, &later);
    assert_int_equal(w.m.lost, 1);
    assert_false(queues[0].followed);
    attach(PACKED, &later); /* its position is in the ring */
    assert_int_equal(w.m.lost, 0);
    assert_true(queues[0].followed);
}

/* The areas of a legacy queue are where the caller states. */
static void live_legacy_ring(void)
{
    struct vwr_features f;

    init(0);
    w.m.s.thorough = false;
    w.m.s.live = true;
    f = w.offered;
    vwr_features_remove(&f, VWR_F_VERSION_1);
    vwr_monitor_set_features(&w.m, &f, &f);
    vwr_monitor_start(&w.m, 0, &ring);
    assert_true(w.m.s.legacy);
    cycle_without_registers();
}

/* ---- rings that it sees late ---- */

static void start_blind(unsigned mode, uint32_t size, uint64_t avail)
{
    begin(mode);
    w.m.s.run = NULL;
    to_features();
    queue_at(size, RAM + DESC, avail, RAM + USED);
    status(RUNS);
}

static void seen_late_with_its_shape(void)
{
    start_blind(0, 6, RAM + AVAIL);
    assert_int_equal(vwr_monitor_see(&w.m, run), 0);
    assert_int_equal(w.m.found, 1); /* when it was enabled, not again */
}

static void seen_late_with_its_place(void)
{
    start_blind(0, SIZE, RAM + AVAIL + 1);
    assert_int_equal(vwr_monitor_see(&w.m, run), 0);
    assert_int_equal(w.m.found, 1);
}

static void seen_late_and_packed(void)
{
    start_blind(PACKED, SIZE, RAM + AVAIL);
    assert_int_equal(vwr_monitor_see(&w.m, run), 0);
    assert_false(queues[0].followed);
}

/* Two requests, of which the device has used the second. */
static void start_blind_with_two(unsigned mode)
{
    start_blind(mode, SIZE, RAM + AVAIL);
    request(0);
    request(3);
    entry(0);
    entry(3);
    publish();
    use_entry(3, 513);
    put16(USED + 2, w.used);
}

static void seen_late_and_in_order(void)
{
    start_blind_with_two(IN_ORDER);
    assert_int_equal(vwr_monitor_see(&w.m, run), 1);
    assert_int_equal(w.m.unseen, 0);
}

static void seen_late_and_far_ahead(void)
{
    start_blind_with_two(0);
    put16(AVAIL + 2, 20);
    (void)vwr_monitor_see(&w.m, run);
}

/* ---- split rings ---- */

static void chain_through_all_descriptors(void)
{
    start(0);
    for (uint32_t i = 0; i < SIZE; i++)
        desc(i, 16, NEXT, (i + 1) % SIZE);
    give(0);
}

/* 4 GiB are not too long. */
static void chain_of_4_gib(void)
{
    start(0);
    w.is_vast = true;
    desc(0, 0x80000000u, NEXT | WRITE, 1);
    desc(1, 0x80000000u, WRITE, 0);
    give(0);
    use(0, ~0u);
    assert_int_equal(w.m.buffers, 1);
}

/* Entries that were made available and used unseen: a head outside of the ring, then a correct one. */
static void unseen_head_outside(void)
{
    start(0);
    request(0);
    entry(64);
    entry(0);
    publish();
    use_entry(0, 513);
    put16(USED + 2, w.used);
    look(VWR_BY_DRIVER | VWR_BY_DEVICE);
    assert_int_equal(w.m.buffers, 1);
}

static void unseen_head_in_flight(void)
{
    start(0);
    request(0);
    request(3);
    give(0);
    entry(0);
    entry(3);
    publish();
    use_entry(3, 513);
    put16(USED + 2, w.used);
    look(VWR_BY_DRIVER | VWR_BY_DEVICE);
    assert_int_equal(w.m.buffers, 1);
}

static void used_id_beside_a_new_buffer(void)
{
    start(0);
    request(0);
    entry(0);
    publish();
    use_entry(SIZE, 0);
    put16(USED + 2, w.used);
    look(VWR_BY_DRIVER | VWR_BY_DEVICE);
    assert_int_equal(queues[0].in_flight, 1);
}

/* After that, the device has used as many as are available, and is not ahead of the driver. */
static void used_id_then_the_right_one(void)
{
    start(0);
    request(0);
    give(0);
    use(5, 513);
    use(0, 513);
    assert_int_equal(w.m.found, 1);
    assert_int_equal(w.m.buffers, 1);
    assert_int_equal(w.m.lost, 0);
}

/* A driver that sets its queue up, and chooses IN_ORDER while the queue is in use. */
static void start_before_in_order(unsigned mode)
{
    const struct vwr_features *const f = &w.offered;

    begin(mode);
    w.m.s.thorough = false;
    to_driver();
    features(f);
    queue();
    vwr_features_add(&w.offered, VWR_F_IN_ORDER);
}

static void then_in_order(void)
{
    wr(VWR_MMIO_DRIVER_FEATURES_SEL, VWR_F_IN_ORDER / 32);
    wr(VWR_MMIO_DRIVER_FEATURES, w.offered.w[VWR_F_IN_ORDER / 32]);
    w.m.found = 0;
}

/* The order of 65 536 buffers is not known, nor the position of one that has been in flight since then. */
static void in_order_since_a_lap(void)
{
    start_before_in_order(0);
    desc(5, 64, WRITE, 0);
    for (uint32_t i = 0; i < 0x10002u; i++) {
        const uint32_t head = i % 4;

        desc(head, 64, WRITE, 0);
        entry(head);
        if (i == 0xfffeu)
            entry(5);
        publish();
        look(VWR_BY_DRIVER);
        use(head, 64);
    }
    then_in_order();
    use(5, 64);
    assert_int_equal(w.m.lost, 1);
}

static void packed_in_order_since_three(void)
{
    start_before_in_order(PACKED);
    for (uint32_t i = 0; i < 3; i++) {
        element(64, i, WRITE);
        look(VWR_BY_DRIVER);
        use_packed(i, 64, 1);
    }
    element(64, 5, WRITE);
    look(VWR_BY_DRIVER);
    then_in_order();
    use_packed(5, 64, 1);
    assert_int_equal(queues[0].in_flight, 0);
}

/* ---- packed rings ---- */

static void packed_table_is_second(void)
{
    start(PACKED | INDIRECT);
    desc_at(TABLE, RAM + DATA, 16, 0, WRITE);
    element(16, 0, NEXT);
    desc_at(DESC + 16, RAM + TABLE, 16, 0, TABLED | w.put.flags);
    notify();
}

static void packed_list_of_4_gib(void)
{
    start(PACKED);
    w.is_vast = true;
    element(0x80000000u, 0, NEXT | WRITE);
    element(0x80000000u, 0, WRITE);
    notify();
    use_packed(0, ~0u, 2);
    assert_int_equal(w.m.buffers, 1);
}

/* An ID that the driver chose: the monitor has no entry for it. */
static void packed_id_of_its_own(void)
{
    start(PACKED);
    element(16, SIZE, 0);
    notify();
    assert_int_equal(w.m.lost, 1);
}

static void packed_used_id_outside(void)
{
    start(PACKED);
    request_packed(0);
    use_packed(SIZE, 513, 3);
}

static void packed_used_early(void)
{
    begin(PACKED);
    to_features();
    queue();
    element(16, 0, WRITE);
    look(VWR_BY_DRIVER);
    use_packed(0, 16, 1);
}

static void packed_event_of_a_descriptor(void)
{
    start(PACKED);
    put16(AVAIL + 2, VWR_RING_EVENT_FLAGS_DESC);
    request_packed(0);
    use_packed(0, 513, 3);
}

static void packed_event_index(void)
{
    start(PACKED | EVENT);
    put16(AVAIL + 2, VWR_RING_EVENT_FLAGS_DESC);
    request_packed(0);
    use_packed(0, 513, 3);
}

static void notify_from(uint32_t position)
{
    start(PACKED | POSITIONS);
    w.m.s.thorough = false;
    element(16, 0, 0);
    look(VWR_BY_DRIVER);
    wr(VWR_MMIO_QUEUE_NOTIFY, (vwr_packed_position(&w.put) ^ position)
                                  << VWR_MMIO_QUEUE_NOTIFY_NEXT_OFF_SHIFT);
}

/* A monitor that is not called at each step may have missed a lap. */
static void packed_position_of_another_lap(void)
{
    notify_from(VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_OFF_MASK + 1u);
    assert_int_equal(w.m.lost, 1);
}

static void packed_position_elsewhere(void)
{
    notify_from(2);
    assert_int_equal(w.m.lost, 0);
}

static void use_first_once(void)
{
    w.within = NULL;
    put_packed(0, 0, 0, WRITE | w.take.flags);
}

/* The device uses a list while the monitor reads it: the next inspection must not consider the queue idle. */
static void packed_used_within_a_look(void)
{
    start(PACKED);
    w.m.s.thorough = false;
    w.within = use_first_once;
    element(16, 0, 0);
    look(VWR_BY_DRIVER);
    assert_int_equal(w.m.buffers, 0);
    look(VWR_BY_DRIVER | VWR_BY_DEVICE);
    assert_int_equal(w.m.buffers, 1);
}

/* ---- packed rings while both sides run ---- */

static void start_live(void)
{
    start(PACKED);
    w.m.s.thorough = false;
    w.m.s.live = true;
    w.part = 0x400; /* each buffer is translated */
}

static void live_used_length(void)
{
    start_live();
    request_packed(0);
    use_packed(0, 514, 3);
}

/* The following descriptors have changed: it may be another lap. */
static void live_used_length_of_another_lap(void)
{
    start_live();
    request_packed(0);
    put_packed(SIZE - 1, 1, 1, 0);
    use_packed(0, 514, 3);
}

/* The last of those that are looked at. */
static void live_used_length_of_half_a_lap(void)
{
    start_live();
    request_packed(0);
    put_packed(SIZE - 2, 1, 1, 0);
    use_packed(0, 514, 3);
}

/* The device has used the first of two descriptors, or of a second list with this ID that is in flight. */
static void live_used_length_in_doubt(void)
{
    init(PACKED);
    w.m.s.thorough = false;
    w.m.s.live = true;
    put_packed(0, 16, 0, VWR_PACKED_WRAP_FLAGS);
    put_packed(1, 16, 0, VWR_VIRTQ_DESC_F_AVAIL);
    vwr_monitor_set_features(&w.m, &w.offered, &w.offered);
    vwr_monitor_start(&w.m, 0, &ring);
    assert_true(queues[0].followed);
    w.put.index = w.take.index = 2;
    for (uint32_t i = 0; i < SIZE; i++) {
        element(16, i % 4, WRITE);
        look(VWR_BY_DRIVER);
        use_packed(i % 4, 17, 1);
    }
    assert_int_equal(w.m.buffers, SIZE);
    assert_int_equal(w.m.found, 0);
    element(16, 0, WRITE); /* after a lap it is certain */
    look(VWR_BY_DRIVER);
    use_packed(0, 17, 1);
}

/* The device has used an ID outside of the ring, where a new list may hide what happened. */
static void live_used_id_outside(void)
{
    start_live();
    element(16, 0, WRITE);
    look(VWR_BY_DRIVER);
    element(16, 1, WRITE);
    use_packed(SIZE, 16, 1);
    assert_int_equal(w.m.unseen, 1);
}

/* The list of the ID that the device has used is behind one that takes an ID in flight. */
static void live_id_again_behind_an_unknown_one(void)
{
    start_live();
    element(16, 0, WRITE);
    look(VWR_BY_DRIVER);
    element(16, 0, WRITE);
    use_packed(5, 16, 1);
    assert_int_equal(w.m.lost, 1);
}

static unsigned translations;

static void alter_last(void)
{
    if (++translations == SIZE)
        put_packed(SIZE - 1, 16, 1, NEXT | w.take.flags);
}

static void list_without_end(void (*within)(void))
{
    start_live();
    translations = 0;
    w.within = within;
    for (uint32_t i = 0; i < SIZE; i++)
        element(16, 0, NEXT);
    look(VWR_BY_DRIVER);
    assert_int_equal(w.m.lost, 1);
}

static void live_list_without_end(void)
{
    list_without_end(NULL);
}

static void live_list_that_changes(void)
{
    list_without_end(alter_last);
}

/* The device uses the list before the one that the monitor reads, and the driver adds one. */
static void go_on(void)
{
    static const uint32_t ids = 4;

    if (translations++ > 0) {
        put_packed(w.take.index, 0, (translations - 2u) % ids, WRITE | w.take.flags);
        vwr_packed_advance(&w.take, 1, SIZE);
    }
    element(16, translations % ids, 0);
}

/* Both sides are as fast as the monitor; an inspection must still end. */
static void live_look_ends(void)
{
    start_live();
    translations = 0;
    w.within = go_on;
    element(16, 0, 0);
    look(VWR_BY_DRIVER | VWR_BY_DEVICE);
    assert_int_equal(w.m.lost, 0);
    assert_in_range(w.m.buffers, SIZE, 4 * SIZE);
}

static void leap(void)
{
    put16(avail_at() + 2, w.avail + 2 * SIZE);
}

/* The driver goes on by more than a lap while the monitor reads the first of two chains. */
static void live_leap(void)
{
    start(0);
    w.m.s.thorough = false;
    w.m.s.live = true;
    w.part = 0x400;
    w.within = leap;
    request(0);
    entry(0);
    request(3);
    entry(3);
    publish();
    look(VWR_BY_DRIVER);
    assert_int_equal(w.m.lost, 1);
    assert_false(queues[0].followed);
}

/* ---- chains and tables ---- */

/* Two descriptors of a table, the second with a flag that a table must not have. */
static void bad_table(unsigned mode, uint32_t at, uint32_t part)
{
    start(mode | INDIRECT);
    w.part = part;
    if ((mode & PACKED) != 0) {
        desc_at(DESC, RAM + at, 32, 0, TABLED | w.put.flags);
        desc_at(at, RAM + DATA, 16, 0, WRITE);
        desc_at(at + 16, RAM + DATA, 16, 0, NEXT);
        notify();
        return;
    }
    desc_at(DESC, RAM + at, 32, TABLED, 0);
    desc_at(at, RAM + DATA, 16, NEXT, 1);
    desc_at(at + 16, RAM + TABLE, 16, TABLED, 0);
    give(0);
}

static void table_in_parts(void)
{
    bad_table(0, TABLE, 16);
}

static void table_not_aligned(void)
{
    bad_table(0, TABLE + 4, 0);
}

static void table_cut_in_descriptors(void)
{
    bad_table(0, TABLE + 8, 16);
}

static void packed_table_in_parts(void)
{
    bad_table(PACKED, TABLE, 16);
}

static void packed_table_not_aligned(void)
{
    bad_table(PACKED, TABLE + 4, 0);
}

static void packed_table_cut_in_descriptors(void)
{
    bad_table(PACKED, TABLE + 8, 16);
}

/* Only WRITE is a flag of a table, and not those of the ring. */
static void packed_table_with_flags_of_the_ring(void)
{
    start(PACKED | INDIRECT);
    for (unsigned i = 0; i < 2; i++) { /* the memory of the second one is known */
        desc_at(DESC + 16 * i, RAM + TABLE + 16 * i, 16, i, TABLED | w.put.flags);
        desc_at(TABLE + 16 * i, RAM + DATA, 16, 0, i == 0 ? WRITE : WRITE | w.put.flags);
        notify();
    }
}

static void table_outside(void)
{
    start(INDIRECT);
    desc_at(DESC, RAM + sizeof(w.ram) - 16, 32, TABLED, 0);
    give(0);
}

static void table_of_no_descriptors(void)
{
    start(INDIRECT);
    table(0, 0);
    give(0);
}

static void packed_table_longer_than_the_ring(void)
{
    start(PACKED | INDIRECT);
    desc_at(DESC, RAM + TABLE, 16 * (SIZE + 1), 0, TABLED | w.put.flags);
    for (uint32_t i = 0; i <= SIZE; i++)
        desc_at(TABLE + 16 * i, RAM + DATA, 16, 0, i < SIZE ? WRITE : NEXT);
    notify();
}

/* A table with these flags; each descriptor refers to the next one. */
static void give_table(uint32_t count, const uint32_t *flags)
{
    start(INDIRECT);
    desc_at(DESC, RAM + TABLE, 16 * count, TABLED, 0);
    for (uint32_t i = 0; i < count; i++)
        desc_at(TABLE + 16 * i, RAM + DATA, 16, flags[i], i + 1);
    give(0);
}

static void table_that_writes_first(void)
{
    give_table(3, (const uint32_t[]){NEXT | WRITE, NEXT, WRITE});
}

static void table_that_writes_thrice(void)
{
    give_table(4, (const uint32_t[]){NEXT, NEXT | WRITE, NEXT | WRITE, WRITE});
}

static void table_that_ends_early(void)
{
    give_table(3, (const uint32_t[]){0, TABLED, 0});
}

static void table_that_begins_with_one(void)
{
    give_table(3, (const uint32_t[]){TABLED | NEXT, NEXT, 0});
}

static void table_that_names_no_descriptor(void)
{
    give_table(2, (const uint32_t[]){NEXT, NEXT});
}

static void table_that_never_ends(void)
{
    start(INDIRECT);
    table(32, 0);
    desc_at(TABLE + 16, RAM + DATA, 16, NEXT, 0);
    give(0);
}

static void nothing_outside(void)
{
    start(0);
    desc_at(DESC, 0x10, 0, 0, 0);
    give(0);
}

/* A buffer that leaves memory after 32 parts, and after 128. */
static void leave_memory(uint32_t part)
{
    start(0);
    w.part = part;
    desc_at(DESC, RAM + DATA, 0x9000, 0, 0);
    give(0);
}

static void buffer_in_few_parts(void)
{
    leave_memory(0x400);
}

static void buffer_in_many_parts(void)
{
    leave_memory(0x100);
}

/* ---- a device that is suspended ---- */

static void suspended(void)
{
    start(SUSPENDS);
    wr(VWR_MMIO_STATUS, RUNS | VWR_STATUS_SUSPEND);
    rd(VWR_MMIO_STATUS, FEATURES | VWR_STATUS_SUSPEND);
}

static void suspend_unread_and_cleared(void)
{
    start(SUSPENDS);
    wr(VWR_MMIO_STATUS, RUNS | VWR_STATUS_SUSPEND);
    wr(VWR_MMIO_STATUS, FEATURES | VWR_STATUS_SUSPEND); /* a bit that the device clears */
}

static void resumed_twice(void)
{
    suspended();
    wr(VWR_MMIO_STATUS, RUNS | VWR_STATUS_SUSPEND);
    wr(VWR_MMIO_STATUS, RUNS | VWR_STATUS_SUSPEND);
}

static void resume_that_is_not_answered(void)
{
    suspended();
    wr(VWR_MMIO_STATUS, RUNS | VWR_STATUS_SUSPEND);
    rd(VWR_MMIO_STATUS, RUNS | VWR_STATUS_SUSPEND);
    wr(VWR_MMIO_QUEUE_NOTIFY, 0);
}

/* ---- a disk's configuration ---- */

static void blk_host_aware_discard(void)
{
    begin_disk(0);
    vwr_features_add(&w.offered, VWR_BLK_F_ZONED);
    vwr_features_add(&w.offered, VWR_BLK_F_DISCARD);
    to_driver();
    config(VWR_BLK_CONFIG_ZONED_MODEL, 1, VWR_BLK_Z_HA);
    features(&w.offered);
    status(FEATURES);
}

static void blk_padding_behind_zeroes(void)
{
    begin_disk(0);
    vwr_features_add(&w.offered, VWR_BLK_F_WRITE_ZEROES);
    to_features();
    config(VWR_BLK_CONFIG_WRITE_ZEROES_MAY_UNMAP, 1, 1);
    config(VWR_BLK_CONFIG_MAX_SECURE_ERASE_SECTORS - 1, 1, 0);
    assert_int_equal(w.m.found, 0);
    config(VWR_BLK_CONFIG_MAX_SECURE_ERASE_SECTORS - 1, 1, 1);
}

static void blk_padding_in_the_second_byte(void)
{
    begin_disk(0);
    vwr_features_add(&w.offered, VWR_BLK_F_ZONED);
    to_features();
    config(VWR_BLK_CONFIG_ZONED_MODEL + 2, 2, 0x500);
    assert_int_equal(w.m.first.place, VWR_BLK_CONFIG_ZONED_MODEL + 3);
    assert_int_equal(w.m.first.a, 5);
}

static void blk_byte_behind_the_configuration(void)
{
    begin_disk(0);
    to_features();
    config(sizeof(struct vwr_blk_config), 1, 1);
}

static void blk_writeback_without_its_feature(void)
{
    begin_disk(0);
    w.offered.w[0] = 0; /* nor FLUSH */
    to_features();
    config(VWR_BLK_CONFIG_WRITEBACK, 1, 1);
    assert_int_equal(w.m.found, 1);
}

/* ---- requests of a disk ---- */

static void blk_unknown_type(void)
{
    start_disk(0x1000, 1000, 4, 16, 4);
}

static void blk_sector_behind_the_last(void)
{
    start_disk(VWR_BLK_T_IN, 101, 0, 16, 513);
}

/* Flush alone requires that the driver writes 0. */
static void blk_sector_of_an_id(void)
{
    start_disk(VWR_BLK_T_GET_ID, 7, 0, 16, 21);
}

/* The sector behind the last one, in a header whose second half is elsewhere. */
static void blk_header_in_parts(void)
{
    start_disk(VWR_BLK_T_IN, 101, 0, 16, 513);
    assert_int_equal(w.m.first.rule, VWR_RULE_BLK_CAPACITY);
    use(0, 1);
    w.m.found = 0;
    w.m.range.bytes = 0; /* it does not know memory by what it found before */
    w.part = 8;
    give(0);
}

/* A head that is made available twice is used twice: one mistake, of the driver. */
static void used_as_often_as_available(void)
{
    start(0);
    request(0);
    give(0);
    give(0);
    assert_int_equal(w.m.found, 1);
    use(0, 513);
    use(0, 513);
    interrupt();
    vwr_monitor_idle(&w.m);
    assert_int_equal(w.m.found, 1);
}

/* A queue beyond those of the monitor: if the driver has set one up, nothing is known about it. */
static void notified_beyond(void)
{
    start(0);
    wr(VWR_MMIO_QUEUE_NOTIFY, QUEUES + 1);
}

static void notified_another(void)
{
    begin(0);
    to_features();
    queue();
    wr(VWR_MMIO_QUEUE_SEL, QUEUES + 1);
    wr(VWR_MMIO_QUEUE_READY, 1);
    status(RUNS);
    wr(VWR_MMIO_QUEUE_NOTIFY, QUEUES + 1);
}

/* Each interrupt is acknowledged, except for a change of the configuration. */
static void acknowledges_half(void)
{
    start(0);
    for (uint32_t i = 0; i < 16; i++) {
        assert_int_equal(w.m.found, 0);
        vwr_monitor_interrupt(&w.m, VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK);
        rd(VWR_MMIO_INTERRUPT_STATUS, 2);
        wr(VWR_MMIO_INTERRUPT_ACK, 1);
    }
}

/* A header that cannot be read is reported with its address. */
static void blk_header_nowhere(void)
{
    start_disk(VWR_BLK_T_IN, 0, 0, 16, 513);
    assert_int_equal(w.m.found, 0);
    desc_at(DESC + 48, UINT64_C(0xffffffc080001000), 16, NEXT, 4);
    desc(4, 513, WRITE, 0);
    give(3);
}

static void table_nowhere(void)
{
    start(INDIRECT);
    desc_at(DESC, UINT64_C(0xffffffc080001000), 32, TABLED, 0);
    give(0);
}

/* Guest memory need not be contiguous in the host: a ring that is in two parts is not followed. */
static void areas_in_parts(void)
{
    begin(0);
    to_features();
    w.part = 64;
    queue();
    status(RUNS);
    assert_false(queues[0].followed);
}

#define UNREAD UINT32_MAX

/*
 * An append that a disk takes in no way if its zones have 128 sectors, its unit has 1024 bytes, and 16
 * sectors are the most. What of that the driver reads is up to the case; a driver may refuse what it has
 * read.
 */
static void append(bool accepts, uint32_t zone, uint32_t unit, uint32_t most)
{
    struct vwr_features accepted;

    begin_disk(0);
    accepted = w.offered;
    vwr_features_add(&w.offered, VWR_BLK_F_ZONED);
    if (accepts)
        accepted = w.offered;
    to_driver();
    if (zone != UNREAD)
        config(VWR_BLK_CONFIG_ZONED_ZONE_SECTORS, 4, zone);
    if (unit != UNREAD)
        config(VWR_BLK_CONFIG_ZONED_WRITE_GRANULARITY, 4, unit);
    if (most != UNREAD)
        config(VWR_BLK_CONFIG_ZONED_MAX_APPEND_SECTORS, 4, most);
    features(&accepted);
    status(FEATURES);
    queue();
    status(RUNS);
    put32(DATA, VWR_BLK_T_ZONE_APPEND);
    put32(DATA + 8, 129);
    desc(0, 16, NEXT, 1);
    desc(1, 9728, NEXT, 2);
    desc(2, 9, WRITE, 0);
    give(0);
}

static void blk_append_with_limits_unread(void)
{
    append(true, UNREAD, UNREAD, UNREAD);
}

static void blk_append_without_limits(void)
{
    append(true, 0, 0, UNREAD);
}

static void blk_append_without_zones(void)
{
    append(false, 128, 1024, 16);
}

static void blk_append_to_a_zone(void)
{
    append(true, 128, UNREAD, UNREAD);
}

static void blk_append_of_units(void)
{
    append(true, UNREAD, 1024, UNREAD);
}

static void blk_append_of_at_most(void)
{
    append(true, UNREAD, UNREAD, 16);
}

/* ---- what a session that began earlier, or a device that says no, must not break ---- */

static void other_features_after_a_reset(void)
{
    begin(0);
    to_features();
    status(0);
    status(ACK);
    status(DRIVER);
    vwr_features_remove(&w.offered, VWR_BLK_F_FLUSH);
    features(&w.offered);
    status(FEATURES);
}

static void refused_features_then_driver_ok(void)
{
    begin(0);
    to_driver();
    features(&w.offered);
    wr(VWR_MMIO_STATUS, FEATURES);
    wr(VWR_MMIO_STATUS, RUNS);
    rd(VWR_MMIO_STATUS, DRIVER);
}

static void unseen_queue_that_the_device_refuses(void)
{
    begin(0);
    w.m.s.run = NULL;
    to_features();
    queue_at(SIZE, UINT64_C(0xffff000000001000), RAM + AVAIL, RAM + USED);
    rd(VWR_MMIO_QUEUE_READY, 0);
}

static void use_unseen(uint32_t id)
{
    use_entry(id, 513);
    put16(used_at() + 2, w.used);
}

static void reason_without_interrupt(void)
{
    start(0);
    request(0);
    give(0);
    use(0, 513);
    interrupt();
    request(0);
    entry(0);
    publish();
    put16(AVAIL, 1); /* no interrupts */
    notify();
    use_unseen(0);
    rd(VWR_MMIO_INTERRUPT_STATUS, 1);
}

static void reason_read_before_the_interrupt(void)
{
    start(0);
    request(0);
    give(0);
    use_unseen(0);
    rd(VWR_MMIO_INTERRUPT_STATUS, 1);
    wr(VWR_MMIO_INTERRUPT_ACK, 1);
    vwr_monitor_interrupt(&w.m, 1);
    rd(VWR_MMIO_INTERRUPT_STATUS, 0);
}

/* The index has wrapped, and an earlier buffer is used late. */
static void seen_late_behind_a_lap(void)
{
    begin(0);
    w.m.s.run = NULL;
    to_features();
    queue();
    status(RUNS);
    request(0);
    request(3);
    w.avail = w.used = 65534;
    entry(0);
    entry(0);
    use_entry(0, 513);
    entry(3);
    use_entry(3, 513);
    use_entry(0, 513);
    entry(3);
    publish();
    put16(used_at() + 2, w.used);
    (void)vwr_monitor_see(&w.m, run);
}

/* clang-format off */
const struct edge edges[] = {
    EDGE(register_of_the_other_version, VWR_RULE_REGISTER_NONE)
    QUIET(other_features_after_a_reset)
    EDGE(refused_features_then_driver_ok, VWR_RULE_FEATURES_OK_UNREAD)
    QUIET(unseen_queue_that_the_device_refuses)
    QUIET(reason_without_interrupt)
    QUIET(reason_read_before_the_interrupt)
    EDGE(register_behind_all, VWR_RULE_REGISTER_NONE)
    QUIET(registers_of_no_queue)
    QUIET(shared_memory_is_no_queue)
    EDGE(write_after_failed, VWR_RULE_FAILED_USED)
    EDGE(status_that_was_before_the_reset, VWR_RULE_STATUS_READS)
    EDGE(status_skips_driver, VWR_RULE_STATUS_ORDER)
    QUIET(reset_of_a_status_before)
    QUIET(status_bit_of_the_device)
    QUIET(needs_reset_before_it_runs)
    QUIET(needs_reset_after_the_interrupt)
    QUIET(words_that_no_feature_has)
    QUIET(feature_with_the_first)
    QUIET(feature_with_the_second)
    QUIET(feature_with_the_third)
    EDGE(feature_with_none, VWR_RULE_DEVICE_FEATURE_NEEDS)
    EDGE(feature_of_the_second_word, VWR_RULE_FEATURE_NOT_OFFERED)
    EDGE(resumed_before_it_ran, VWR_RULE_SUSPEND_EARLY)
    EDGE(field_without_its_features, VWR_RULE_CONFIG_ABSENT)
    EDGE(early_write_beside_the_field, VWR_RULE_CONFIG_EARLY)
    QUIET(change_beside_the_field)
    QUIET(change_of_a_short_field)
    QUIET(changes_of_no_generation)
    EDGE(two_changes_of_a_short_field, VWR_RULE_GENERATION)
    EDGE(change_of_a_long_field_behind_another, VWR_RULE_GENERATION)
    QUIET(write_between_generations)
    EDGE(queue_of_no_descriptors, VWR_RULE_QUEUE_SHAPE)
    QUIET(packed_queue_of_no_descriptors)
    EDGE(packed_descriptors_outside, VWR_RULE_QUEUE_MEMORY)
    EDGE(packed_device_area_outside, VWR_RULE_QUEUE_MEMORY)
    EDGE(legacy_queue_stops, VWR_RULE_NOTIFY_QUEUE)
    EDGE(legacy_queue_frozen, VWR_RULE_QUEUE_FROZEN)
    QUIET(legacy_queue_is_early)
    QUIET(notified_twice)
    QUIET(used_without_notification)
    QUIET(entry_without_notification)
    EDGE(memory_that_moves, VWR_RULE_INDIRECT_NESTED)
    EDGE(packed_kick_unwanted, VWR_RULE_PACKED_KICK_MISSING)
    QUIET(taken_without_notification)
    QUIET(packed_taken_without_notification)
    EDGE(taken_and_one_more, VWR_RULE_KICK_MISSING)
    QUIET(used_beside_the_driver)
    QUIET(the_status_says_so)
    EDGE(the_status_of_a_change, VWR_RULE_INTERRUPT_MISSING)
    QUIET(used_while_the_line_is_up)
    EDGE(used_when_the_line_is_down, VWR_RULE_INTERRUPT_MISSING)
    QUIET(interrupt_with_a_change)
    QUIET(interrupt_without_memory)
    EDGE(interrupt_without_registers, VWR_RULE_INTERRUPT_WITHOUT_EVENT)
    QUIET(queues_that_are_not_there)
    EDGE(ring_outside, VWR_RULE_QUEUE_MEMORY)
    QUIET(ring_with_buffers)
    QUIET(live_legacy_ring)
    EDGE(seen_late_with_its_shape, VWR_RULE_QUEUE_SHAPE)
    EDGE(seen_late_with_its_place, VWR_RULE_SPLIT_ALIGN)
    QUIET(seen_late_and_packed)
    QUIET(seen_late_and_in_order)
    QUIET(seen_late_behind_a_lap)
    EDGE(seen_late_and_far_ahead, VWR_RULE_AVAIL_AHEAD)
    EDGE(chain_through_all_descriptors, VWR_RULE_CHAIN_LOOP)
    QUIET(chain_of_4_gib)
    QUIET(unseen_head_outside)
    QUIET(unseen_head_in_flight)
    EDGE(used_id_beside_a_new_buffer, VWR_RULE_USED_ID)
    EDGE(used_id_then_the_right_one, VWR_RULE_USED_ID)
    EDGE(in_order_since_a_lap, VWR_RULE_USED_EARLY)
    QUIET(packed_in_order_since_three)
    EDGE(packed_table_is_second, VWR_RULE_PACKED_INDIRECT_LISTED)
    QUIET(packed_list_of_4_gib)
    QUIET(packed_id_of_its_own)
    EDGE(packed_used_id_outside, VWR_RULE_PACKED_USED_ID)
    EDGE(packed_used_early, VWR_RULE_USED_EARLY)
    EDGE(packed_event_of_a_descriptor, VWR_RULE_PACKED_EVENT_FLAGS)
    QUIET(packed_event_index)
    QUIET(packed_position_of_another_lap)
    EDGE(packed_position_elsewhere, VWR_RULE_PACKED_NEXT_OFFSET)
    QUIET(packed_used_within_a_look)
    EDGE(live_used_length, VWR_RULE_PACKED_USED_LENGTH)
    QUIET(live_used_length_of_another_lap)
    QUIET(live_used_length_of_half_a_lap)
    EDGE(live_used_length_in_doubt, VWR_RULE_PACKED_USED_LENGTH)
    EDGE(live_used_id_outside, VWR_RULE_PACKED_USED_ID)
    QUIET(live_id_again_behind_an_unknown_one)
    EDGE(live_list_without_end, VWR_RULE_PACKED_LONG)
    QUIET(live_list_that_changes)
    QUIET(live_look_ends)
    QUIET(live_leap)
    EDGE(table_in_parts, VWR_RULE_INDIRECT_NESTED)
    EDGE(table_not_aligned, VWR_RULE_INDIRECT_NESTED)
    EDGE(table_cut_in_descriptors, VWR_RULE_INDIRECT_NESTED)
    EDGE(packed_table_in_parts, VWR_RULE_PACKED_INDIRECT_FLAGS)
    EDGE(packed_table_not_aligned, VWR_RULE_PACKED_INDIRECT_FLAGS)
    EDGE(packed_table_cut_in_descriptors, VWR_RULE_PACKED_INDIRECT_FLAGS)
    EDGE(packed_table_with_flags_of_the_ring, VWR_RULE_PACKED_INDIRECT_FLAGS)
    EDGE(table_outside, VWR_RULE_BUFFER_MEMORY)
    EDGE(table_of_no_descriptors, VWR_RULE_INDIRECT_SIZE)
    QUIET(packed_table_longer_than_the_ring)
    EDGE(table_that_writes_first, VWR_RULE_CHAIN_ORDER)
    QUIET(table_that_writes_thrice)
    QUIET(table_that_ends_early)
    EDGE(table_that_begins_with_one, VWR_RULE_INDIRECT_NESTED)
    EDGE(table_that_names_no_descriptor, VWR_RULE_NEXT)
    EDGE(table_that_never_ends, VWR_RULE_CHAIN_LOOP)
    QUIET(nothing_outside)
    EDGE(buffer_in_few_parts, VWR_RULE_BUFFER_MEMORY)
    QUIET(buffer_in_many_parts)
    EDGE(suspend_unread_and_cleared, VWR_RULE_STATUS_CLEARED)
    QUIET(resumed_twice)
    EDGE(resume_that_is_not_answered, VWR_RULE_RESUME_UNREAD)
    QUIET(blk_host_aware_discard)
    EDGE(blk_padding_behind_zeroes, VWR_RULE_BLK_PADDING)
    EDGE(blk_padding_in_the_second_byte, VWR_RULE_BLK_PADDING)
    QUIET(blk_byte_behind_the_configuration)
    EDGE(blk_writeback_without_its_feature, VWR_RULE_CONFIG_ABSENT)
    QUIET(blk_append_with_limits_unread)
    QUIET(blk_append_without_limits)
    QUIET(blk_append_without_zones)
    EDGE(blk_append_to_a_zone, VWR_RULE_BLK_APPEND_SECTOR)
    EDGE(blk_append_of_units, VWR_RULE_BLK_APPEND_UNIT)
    EDGE(blk_append_of_at_most, VWR_RULE_BLK_APPEND_LONG)
    QUIET(blk_unknown_type)
    EDGE(blk_sector_behind_the_last, VWR_RULE_BLK_CAPACITY)
    QUIET(blk_sector_of_an_id)
    EDGE(blk_header_in_parts, VWR_RULE_BLK_CAPACITY)
    EDGE(blk_header_nowhere, VWR_RULE_BUFFER_MEMORY)
    EDGE(table_nowhere, VWR_RULE_BUFFER_MEMORY)
    QUIET(areas_in_parts)
    EDGE(acknowledges_half, VWR_RULE_ACK_MISSING)
    EDGE(used_as_often_as_available, VWR_RULE_IN_FLIGHT)
    EDGE(notified_beyond, VWR_RULE_NOTIFY_QUEUE)
    QUIET(notified_another)
};
/* clang-format on */
const size_t edge_count = sizeof(edges) / sizeof(edges[0]);
