/* SPDX-License-Identifier: MIT */
#include "box.h"

#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"
#include "vwr/vm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Every register of the table in every state of a device. A forbidden access leaves no trace; an allowed one
 * takes effect. The rules come only from the table, so a register that is added to the description is tested
 * as described.
 */

enum state {
    AT_RESET,
    AT_ACKNOWLEDGE,
    AT_DRIVER,
    AT_FEATURES,
    AT_QUEUE,
    AT_RUNNING,
    AT_RUNNING_WITHOUT, /* without RING_RESET */
    AT_FAILED,
    AT_BROKEN,
    STATES
};

/* Brings a new device to the state, as a correct driver does; queue 0 is selected. */
static void bring_to(struct guest *g, enum state state)
{
    if (g->dev != NULL)
        vwr_vm_remove(&g->vm, 0);
    guest_clear_rings(g);
    box_plug(g);
    if (state == AT_RUNNING_WITHOUT)
        vwr_features_remove(&g->features, VWR_F_RING_RESET);
    else
        vwr_features_add(&g->features, VWR_F_RING_RESET);
    if (state == AT_ACKNOWLEDGE || state == AT_DRIVER)
        box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE);
    if (state == AT_DRIVER)
        box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER);
    if (state >= AT_FEATURES)
        assert_true(guest_negotiate(g));
    if (state >= AT_QUEUE)
        assert_true(guest_set_queue(g, 0));
    if (state >= AT_RUNNING)
        guest_driver_ok(g);
    if (state == AT_FAILED)
        box_set(g, VWR_MMIO_STATUS, guest_status(g) | VWR_STATUS_FAILED);
    if (state == AT_BROKEN)
        vwr_vdev_needs_reset(g->dev);
    box_set(g, VWR_MMIO_QUEUE_SEL, 0);
}

/*
 * The complete state of a device, except access counters, the transport's statistics per register, and what
 * was tolerated.
 */
struct trace {
    struct box box;
    struct vwr_vqueue queue[GUEST_QUEUES];
    unsigned raised;
    bool irq;
};

static struct trace take(const struct guest *g)
{
    struct trace t;

    memset(&t, 0, sizeof(t));
    memcpy(&t.box, &box, sizeof(box));
    memset(t.box.dev.allowed, 0, sizeof(t.box.dev.allowed));
    memset(&t.box.dev.tolerated, 0, sizeof(t.box.dev.tolerated));
    t.box.dev.stats.accesses = 0;
    t.box.dev.stats.ignored = 0;
    memcpy(t.queue, g->queue, sizeof(t.queue));
    t.raised = g->raised;
    t.irq = g->irq;
    return t;
}

static bool is_same(const struct trace *a, const struct guest *g)
{
    const struct trace b = take(g);

    return memcmp(a, &b, sizeof(b)) == 0;
}

static const struct vwr_register *row_at(unsigned offset)
{
    const uint8_t row = vwr_mmio_register_at[offset / sizeof(uint32_t)];

    return row != VWR_REGISTER_NONE ? &vwr_mmio_registers[row] : NULL;
}

/*
 * The rules of the table, implemented a second time. A write that comes before its step is stored
 * (EARLY_REGISTER, EARLY_NOTIFICATION).
 */
static bool is_allowed(const struct guest *g, const struct vwr_register *r, unsigned offset, unsigned bytes,
                       bool is_write)
{
    const unsigned i = g->legacy ? 0 : 1;
    const uint32_t status = box.dev.status;

    if (r == NULL || offset != r->offset || r->widths != bytes || !(r->versions >> i & 1u))
        return false;
    if (!(r->access >> (is_write ? 1 : 0) & 1u))
        return false;
    if (r->feature != VWR_FEATURE_NONE && !vwr_features_have(&box.dev.accepted, r->feature))
        return false;
    if (is_write && (status & r->must_be_clear[i]) != 0)
        return false;
    if (is_write && r->idle[i] != VWR_REGISTER_NONE)
        return box_get((struct guest *)(uintptr_t)g, vwr_mmio_registers[r->idle[i]].offset) == 0;
    return true;
}

static const uint32_t values[] = {0, 1, 2, 3, 4, 16, 0x1000, 0x40000, 0x40000000, 0xffffffff};
#define VALUES (sizeof(values) / sizeof(values[0]))

static void try_forbidden(struct guest *g, unsigned offset, unsigned bytes, bool is_write)
{
    const struct trace before = take(g);
    const unsigned ignored = box_ignored();

    if (!is_write) {
        assert_int_equal(guest_read(g, offset, bytes), 0);
        assert_int_equal(box_ignored(), ignored + 1);
    }
    for (unsigned i = 0; is_write && i < VALUES; i++) {
        guest_write(g, offset, bytes, values[i]);
        assert_int_equal(box_ignored(), ignored + i + 1);
    }
    assert_true(is_same(&before, g));
}

/* A read changes nothing, and a second read returns the same value. */
static void try_read(struct guest *g, unsigned offset)
{
    const struct trace before = take(g);
    const unsigned ignored = box_ignored();
    const uint32_t value = box_get(g, offset);

    assert_int_equal(box_get(g, offset), value);
    assert_int_equal(box_ignored(), ignored);
    assert_true(is_same(&before, g));
}

static void walk_state(struct guest *g, enum state state)
{
    static const unsigned widths[] = {1, 2, 4, 8};

    bring_to(g, state);
    for (unsigned offset = 0; offset < VWR_MMIO_CONFIG; offset++) {
        for (unsigned n = 0; n < 8; n++) {
            const unsigned bytes = widths[n / 2];
            const bool is_write = n % 2 != 0;

            if (!is_allowed(g, row_at(offset), offset, bytes, is_write))
                try_forbidden(g, offset, bytes, is_write);
            else if (!is_write)
                try_read(g, offset);
        }
    }
}

static void forbidden_leaves_no_trace(void **state)
{
    struct guest *const g = *state;

    for (unsigned s = 0; s < STATES; s++)
        walk_state(g, (enum state)s);
}

/* All states in sequence in one session: an access allowed earlier is not allowed later. */
static void what_is_allowed_follows_the_status(void **state)
{
    static const uint32_t steps[] = {VWR_STATUS_RESET,       VWR_STATUS_ACKNOWLEDGE, VWR_STATUS_DRIVER,
                                     VWR_STATUS_FEATURES_OK, VWR_STATUS_DRIVER_OK,   VWR_STATUS_FAILED,
                                     VWR_STATUS_RESET,       VWR_STATUS_ACKNOWLEDGE};
    struct guest *const g = *state;

    bring_to(g, AT_RESET);
    for (unsigned i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        box_set(g, VWR_MMIO_STATUS, steps[i]);
        box_set(g, VWR_MMIO_DRIVER_FEATURES_SEL, VWR_F_VERSION_1 / 32);
        box_set(g, VWR_MMIO_DRIVER_FEATURES, 1u << VWR_F_VERSION_1 % 32);
        for (unsigned offset = 0; offset < VWR_MMIO_CONFIG; offset += sizeof(uint32_t)) {
            const bool may_read = is_allowed(g, row_at(offset), offset, sizeof(uint32_t), false);
            const unsigned ignored = box_ignored();

            (void)box_get(g, offset);
            assert_int_equal(box_ignored() == ignored, may_read);
            if (!is_allowed(g, row_at(offset), offset, sizeof(uint32_t), true))
                try_forbidden(g, offset, sizeof(uint32_t), true);
        }
    }
}

/* Whether any value written to this register has an effect. */
static bool does_something(struct guest *g, const struct vwr_register *r, enum state state)
{
    for (unsigned i = 0; i < VALUES; i++) {
        struct trace before;

        bring_to(g, state);
        if (!is_allowed(g, r, r->offset, sizeof(uint32_t), true))
            return false;
        vwr_vdev_interrupt(g->dev, 0);
        before = take(g);
        box_set(g, r->offset, values[i]);
        if (!is_same(&before, g))
            return true;
    }
    return false;
}

/* A write to a register that the driver may write must have an effect. */
static void each_write_does_something(void **state)
{
    struct guest *const g = *state;

    for (unsigned row = 0; row < VWR_MMIO_REG_COUNT; row++) {
        const struct vwr_register *const r = &vwr_mmio_registers[row];
        bool done = false;

        if (!(r->versions >> (g->legacy ? 0 : 1) & 1u) || !(r->access & VWR_WRITE) ||
            r->bytes != sizeof(uint32_t))
            continue;
        for (unsigned s = 0; s < STATES && !done; s++)
            done = does_something(g, r, (enum state)s);
        if (!done)
            fail_msg("%s", vwr_name(vwr_mmio_register_names, r->offset));
    }
}

/* After a reset all registers read as after power-on, except those that the table keeps; no other state
 * remains. */
static void reset_is_a_fresh_device(void **state)
{
    struct guest *const g = *state;
    struct trace fresh, now;

    bring_to(g, AT_RESET);
    fresh = take(g);
    for (unsigned s = 0; s < STATES; s++) {
        bring_to(g, (enum state)s);
        box_set(g, VWR_MMIO_STATUS, VWR_STATUS_RESET);
        now = take(g);
        assert_int_equal(now.box.dev.guest_page_size, g->legacy && s >= AT_FEATURES ? g->page_size : 0);
        for (unsigned offset = 0; offset < VWR_MMIO_CONFIG; offset += sizeof(uint32_t))
            if (is_allowed(g, row_at(offset), offset, sizeof(uint32_t), false) && row_at(offset)->reset != 0)
                assert_int_equal(box_get(g, offset), row_at(offset)->reset);
        assert_int_equal(now.box.dev.status, fresh.box.dev.status);
        assert_int_equal(now.box.dev.interrupt, 0);
        assert_false(now.box.dev.live || now.box.dev.broken || now.irq);
        assert_memory_equal(&now.box.dev.accepted, &fresh.box.dev.accepted, sizeof(struct vwr_features));
        assert_memory_equal(&now.box.dev.written, &fresh.box.dev.written, sizeof(struct vwr_features));
        for (unsigned i = 0; i < BOX_QUEUES; i++) {
            assert_false(now.queue[i].ready);
            assert_int_equal(now.queue[i].size, 0);
        }
    }
    assert_int_equal(vwr_mmio_registers[VWR_MMIO_REG_GUEST_PAGE_SIZE].kept, 1);
}

static int begin(void **state, bool legacy)
{
    struct guest *const g = malloc(sizeof(*g));

    guest_begin(g, legacy, false);
    *state = g;
    return 0;
}

static int begin_legacy(void **state)
{
    return begin(state, true);
}

static int begin_modern(void **state)
{
    return begin(state, false);
}

static int end(void **state)
{
    guest_end(*state);
    free(*state);
    return 0;
}

#define BOTH(test)                                     \
    {#test " legacy", test, begin_legacy, end, NULL},  \
    {                                                  \
#test " modern", test, begin_modern, end, NULL \
    }

int main(void)
{
    const struct CMUnitTest tests[] = {BOTH(forbidden_leaves_no_trace),
                                       BOTH(what_is_allowed_follows_the_status),
                                       BOTH(each_write_does_something), BOTH(reset_is_a_fresh_device)};

    return cmocka_run_group_tests_name("every register", tests, NULL, NULL);
}
