/* SPDX-License-Identifier: MIT */
#include "world.h"

#include <string.h>

/*
 * A kernel without a clock but with ticks (port_ticks): an unanswered request times out after the time in the
 * options, within a factor of two, counted in ticks, for every kind of wait.
 */

#define TIMEOUT_US 30000000u
#define TICKS (TIMEOUT_US / VWR_PORT_TICK_US)

static struct {
    uint32_t now;
    uint32_t ticks;   /* passed so far */
    unsigned sleeps;  /* or idle calls, or reaps */
    unsigned to_tick; /* number of them per tick */
} clock_now;

uint32_t test_ticks(void)
{
    return clock_now.now;
}

/* A sleep of any requested length: it ends with the next tick, or earlier by another event. */
static void pass(void)
{
    if (++clock_now.sleeps % clock_now.to_tick == 0) {
        clock_now.now++;
        clock_now.ticks++;
    }
    if (clock_now.ticks > 4 * TICKS)
        fail_msg("not given up after %u ticks", clock_now.ticks);
}

void test_idle(uint32_t us)
{
    assert_true(us > 0);
    pass();
}

static void sleep_for(void *context, struct vwr_req *r, uint32_t us)
{
    (void)context;
    assert_true(vwr_req_is_in_flight(r));
    test_idle(us);
}

static void wake(void *context, struct vwr_req *r)
{
    (void)context;
    (void)r;
}

static const struct vwr_waiter threads = {NULL, sleep_for, wake};

static void plug(struct world *w, unsigned to_tick)
{
    clock_now.now = 0xffffffffu - TICKS / 2; /* it wraps during the test */
    clock_now.ticks = 0;
    clock_now.sleeps = 0;
    clock_now.to_tick = to_tick;
    world_plug(w, world_version(w));
    w->options.request.timeout_us = TIMEOUT_US;
    w->options.request.spin = 1;
}

static void in_time(struct world *w)
{
    assert_in_range(clock_now.ticks, TICKS / 2, 2 * TICKS);
    w->options.request.waiter = NULL;
    world_honest(w);
    world_works_again(w);
}

static void D14_asleep(void **state)
{
    struct world *w = *state;

    plug(w, 1);
    w->options.request.waiter = &threads;
    world_opened(w);
    w->disk.mute = true;
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_ETIMEOUT);
    in_time(w);
}

/* Most sleeps end by other events than the tick. */
static void D14_woken_for_nothing(void **state)
{
    struct world *w = *state;

    plug(w, 50);
    w->options.request.waiter = &threads;
    world_opened(w);
    w->disk.mute = true;
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_ETIMEOUT);
    in_time(w);
}

static void D14_idle(void **state)
{
    struct world *w = *state;

    plug(w, 3);
    world_opened(w);
    w->disk.mute = true;
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_ETIMEOUT);
    in_time(w);
}

/* No call waits: the timer interrupt reaps once per tick, or more often. */
static void reap_until_it_is_given_up(struct world *w, unsigned to_tick)
{
    static struct vwr_blk_req request;
    struct vwr_blk_req *done;
    int n = 0;

    plug(w, to_tick);
    memset(&request, 0, sizeof(request));
    world_opened(w);
    w->disk.mute = true;
    vwr_blk_fill(&request, VWR_BLK_T_IN, 3, w->buffer, 512);
    assert_int_equal(vwr_blk_submit(&w->blk.first, &request), VWR_OK);
    (void)vwr_blk_kick(&w->blk.first);
    while (n == 0) {
        pass();
        n = vwr_blk_reap(&w->blk.first, &done, 1);
    }
    assert_int_equal(n, VWR_ETIMEOUT);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    in_time(w);
}

static void D14_reaped_each_tick(void **state)
{
    reap_until_it_is_given_up(*state, 1);
}

static void D14_reaped_often(void **state)
{
    reap_until_it_is_given_up(*state, 20);
}

/* Interrupts are masked, so no tick comes: polls are counted. */
static void D14_ticks_stand_still(void **state)
{
    struct world *w = *state;

    plug(w, 0xffffffffu);
    w->options.request.timeout_us = 100;
    w->options.request.spin = 100000;
    world_opened(w);
    w->disk.mute = true;
    fake_time.relaxed = 0;
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_ETIMEOUT);
    assert_in_range(fake_time.relaxed, 100 * VWR_PORT_POLLS_PER_US - 1, 100 * VWR_PORT_POLLS_PER_US + 1);
    assert_int_equal(clock_now.ticks, 0);
    world_honest(w);
    world_works_again(w);
}

/* Ticks come while it polls. */
static void tick(struct fake *f)
{
    (void)f;
    pass();
}

static void D25_reset_never_ends(void **state)
{
    struct world *w = *state;

    plug(w, 100);
    w->f.quirks.reset_reads = FAKE_FOREVER;
    w->f.on_time = tick;
    assert_int_equal(world_open(w), VWR_ETIMEOUT);
    assert_in_range(clock_now.ticks, VWR_RESET_TIMEOUT_US / VWR_PORT_TICK_US / 2,
                    2 * VWR_RESET_TIMEOUT_US / VWR_PORT_TICK_US);
    world_honest(w);
    world_works_again(w);
}

#define BOTH(function) WORLD_MODERN(function), WORLD_LEGACY(function)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(D14_asleep),           BOTH(D14_woken_for_nothing), BOTH(D14_idle),
        BOTH(D14_reaped_each_tick), BOTH(D14_reaped_often),      BOTH(D14_ticks_stand_still),
        BOTH(D25_reset_never_ends),
    };

    return cmocka_run_group_tests_name("ticks", tests, NULL, NULL);
}
