/* SPDX-License-Identifier: MIT */
#include "late.h"

#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"

#include <string.h>

#define SUSPENDING                                                                                \
    (VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER | VWR_STATUS_FEATURES_OK | VWR_STATUS_DRIVER_OK | \
     VWR_STATUS_SUSPEND)

/* All guest memory that a case writes: rings and buffers. */
static uint8_t before[GUEST_LOW_BYTES + GUEST_HIGH_BYTES];

static void reset(struct guest *g)
{
    guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
    assert_int_equal(guest_status(g), VWR_STATUS_RESET);
}

void late_reset_queue(struct guest *g, uint16_t queue)
{
    guest_write(g, VWR_MMIO_QUEUE_SEL, sizeof(uint32_t), queue);
    guest_write(g, VWR_MMIO_QUEUE_RESET, sizeof(uint32_t), 1);
    assert_int_equal(guest_read(g, VWR_MMIO_QUEUE_READY, sizeof(uint32_t)), 0);
    memset(guest_at(g, GUEST_LOW + queue * (uint64_t)GUEST_RING_BYTES, GUEST_RING_BYTES), 0,
           GUEST_RING_BYTES);
    guest_lay_out(g, queue, GUEST_QUEUE_MAX);
    assert_true(guest_set_queue(g, queue));
}

static void start_and_ask(struct guest *g, const struct late *l)
{
    l->start(g);
    l->ask(g);
    hostile_unused(g, l->queue);
}

/* Takes the first request away from the device. Returns the number of late answers. */
static unsigned take_away(struct guest *g, const struct late *l, enum late_when when)
{
    if (when == LATE_ANSWERED) {
        l->answer(g, 0);
        l->comes_back(g);
        l->ask(g);
        return 1;
    }
    if (when == LATE_QUEUE_RESET) {
        late_reset_queue(g, l->queue);
        l->ask(g);
        return 1;
    }
    if (when == LATE_OTHER_RESET) {
        for (uint16_t i = 0; i < g->queues; i++)
            if (i != l->queue)
                late_reset_queue(g, i);
        return 0;
    }
    reset(g);
    if (when == LATE_RESET)
        return 1;
    if (when == LATE_TWO_RESETS)
        l->start(g);
    else
        start_and_ask(g, l);
    if (when == LATE_TWO_RESETS || when == LATE_REUSED_TWICE)
        reset(g);
    if (when == LATE_REUSED_TWICE)
        start_and_ask(g, l);
    if (when == LATE_SUSPENDING)
        guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), SUSPENDING);
    return when == LATE_REUSED_TWICE ? 2 : 1;
}

static bool has_request(enum late_when when)
{
    return when != LATE_RESET && when != LATE_TWO_RESETS;
}

/*
 * Delivers the late answers. A call that only makes the device ask again comes together with an answer if no
 * request is in flight to which it could apply.
 */
static void come_late(struct guest *g, const struct late *l, enum late_when when, unsigned late)
{
    const uint8_t *const low = guest_at(g, GUEST_LOW, GUEST_LOW_BYTES);
    const uint8_t *const high = guest_at(g, GUEST_HIGH, GUEST_HIGH_BYTES);
    const unsigned raised = g->raised;

    memcpy(before, low, GUEST_LOW_BYTES);
    memcpy(before + GUEST_LOW_BYTES, high, GUEST_HIGH_BYTES);
    for (unsigned i = 0; i < late; i++) {
        if (l->resume != NULL && has_request(when))
            l->resume(g);
        else
            l->answer(g, i);
    }
    assert_memory_equal(low, before, GUEST_LOW_BYTES);
    assert_memory_equal(high, before + GUEST_LOW_BYTES, GUEST_HIGH_BYTES);
    assert_int_equal(g->raised, raised);
    assert_int_equal(g->dev->stats.late, l->resume != NULL ? 0 : late);
}

void late_run(struct guest *g, const struct late *l, enum late_when when)
{
    unsigned late;

    vwr_features_add(&g->features, VWR_F_RING_RESET);
    if (when == LATE_SUSPENDING)
        vwr_features_add(&g->features, VWR_F_SUSPEND);
    start_and_ask(g, l);
    late = take_away(g, l, when);
    come_late(g, l, when, late);
    if (has_request(when)) {
        if (when == LATE_SUSPENDING && l->resume == NULL)
            assert_int_equal(guest_status(g), SUSPENDING);
        l->answer(g, late);
        if (when == LATE_SUSPENDING && l->resume == NULL)
            assert_int_equal(guest_status(g), SUSPENDING & ~(unsigned)VWR_STATUS_DRIVER_OK);
        if (when != LATE_SUSPENDING || l->resume == NULL)
            l->comes_back(g);
    }
    hostile_is_whole(g);
    vwr_features_remove(&g->features, VWR_F_RING_RESET);
    vwr_features_remove(&g->features, VWR_F_SUSPEND);
}
