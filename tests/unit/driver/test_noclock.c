/* SPDX-License-Identifier: MIT */
#include "world.h"

#include <string.h>

/* A port without a clock (port_noclock): a wait is a number of polls. */

#define TIMEOUT_US 100u

/* The polls of the deadline, plus one before and one after. */
static void took_polls(uint32_t us)
{
    const uint32_t polls = us * VWR_PORT_POLLS_PER_US;

    assert_true(fake_time.relaxed >= polls - 1);
    assert_true(fake_time.relaxed <= polls + 1);
    assert_int_equal(fake_time.readings, 0);
}

static void D25_reset_never_ends(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    w->f.quirks.reset_reads = FAKE_FOREVER;
    assert_int_equal(world_open(w), VWR_ETIMEOUT);
    world_explains(w, "reset");
    took_polls(VWR_RESET_TIMEOUT_US);
    world_honest(w);
    world_works_again(w);
}

static void reset_takes_some_polls(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    w->f.quirks.reset_reads = 50;
    assert_int_equal(world_open(w), VWR_OK);
    assert_true(fake_time.relaxed < 60);
}

static void D14_never_completes(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    world_opened(w);
    w->blk.options.request.timeout_us = TIMEOUT_US;
    w->disk.mute = true;
    fake_time.relaxed = 0;
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_ETIMEOUT);
    took_polls(TIMEOUT_US);
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_EFAILED);
    took_polls(TIMEOUT_US);
    world_honest(w);
    world_works_again(w);
}

static void answer_after_20_polls(struct fake *f)
{
    struct fake_blk *disk = f->backend;

    disk->mute = fake_time.relaxed < 20;
    fake_blk_serve(f, 0);
}

static void slow_answer(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    world_opened(w);
    w->blk.options.request.timeout_us = TIMEOUT_US;
    w->disk.mute = true;
    w->f.on_time = answer_after_20_polls;
    fake_time.relaxed = 0;
    assert_int_equal(vwr_blk_read(&w->blk, 3, w->buffer, 2), VWR_OK);
    assert_true(world_has_pattern(w, 3, 2));
    assert_int_equal(fake_time.relaxed, 20);
}

static void quick_answer_does_not_wait(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    world_opened(w);
    fake_time.relaxed = 0;
    assert_int_equal(vwr_blk_read(&w->blk, 3, w->buffer, 2), VWR_OK);
    assert_int_equal(fake_time.relaxed, 0);
}

/* ---- threads: a sleep counts with its requested length ---- */

static struct {
    struct vwr_dev *dev;
    bool interrupts; /* spurious, in each sleep */
    unsigned sleeps;
    uint64_t slept; /* requested microseconds */
} sleeper;

static void sleep_for(void *context, struct vwr_req *r, uint32_t us)
{
    (void)context;
    assert_true(vwr_req_is_in_flight(r));
    if (sleeper.interrupts)
        sleeper.dev->irqs++;
    sleeper.slept += us;
    if (++sleeper.sleeps > 100000)
        fail_msg("it sleeps for ever");
}

static void wake(void *context, struct vwr_req *r)
{
    (void)context;
    (void)r;
}

#define ASLEEP_US 30000000u

static void sleep_through(struct world *w, bool interrupts)
{
    static const struct vwr_waiter threads = {NULL, sleep_for, wake};

    memset(&sleeper, 0, sizeof(sleeper));
    sleeper.dev = &w->mmio.dev;
    sleeper.interrupts = interrupts;
    world_plug(w, world_version(w));
    w->options.request.waiter = &threads;
    w->options.request.spin = 1;
    w->options.request.timeout_us = ASLEEP_US;
    world_opened(w);
    w->disk.mute = true;
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_ETIMEOUT);
    world_honest(w);
    world_works_again(w);
}

static void D14_asleep(void **state)
{
    sleep_through(*state, false);
    assert_in_range(sleeper.slept, ASLEEP_US / 2, 2 * ASLEEP_US);
}

/* Repeated spurious wakeups delay the timeout, but do not prevent it. */
static void D14_woken_for_nothing(void **state)
{
    sleep_through(*state, true);
    assert_in_range(sleeper.slept, ASLEEP_US, 8 * (uint64_t)ASLEEP_US + 100000);
}

/* ---- asynchronous requests: each reap is a poll ---- */

static struct vwr_blk_req request;

static void submit_one(struct world *w)
{
    memset(&request, 0, sizeof(request));
    world_plug(w, world_version(w));
    world_opened(w);
    w->blk.options.request.timeout_us = TIMEOUT_US;
    vwr_blk_fill(&request, VWR_BLK_T_IN, 3, w->buffer, 512);
    w->disk.mute = true;
    assert_int_equal(vwr_blk_submit(&w->blk.first, &request), VWR_OK);
    (void)vwr_blk_kick(&w->blk.first);
}

static void D14_reap_of_what_never_completes(void **state)
{
    struct world *w = *state;
    const unsigned polls = TIMEOUT_US * VWR_PORT_POLLS_PER_US;
    struct vwr_blk_req *done;
    unsigned reaps = 0;
    int n = 0;

    submit_one(w);
    while (n == 0 && reaps < 2 * polls) {
        n = vwr_blk_reap(&w->blk.first, &done, 1);
        reaps++;
    }
    assert_int_equal(n, VWR_ETIMEOUT);
    assert_true(reaps >= polls && reaps <= polls + polls / 4);
    assert_true(vwr_req_is_in_flight(&request.req));
    world_honest(w);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    world_works_again(w);
}

static void slow_answer_is_reaped(void **state)
{
    struct world *w = *state;
    struct vwr_blk_req *done = NULL;

    submit_one(w);
    for (unsigned i = 0; i < TIMEOUT_US; i++)
        assert_int_equal(vwr_blk_reap(&w->blk.first, &done, 1), 0);
    w->disk.mute = false;
    fake_blk_serve(&w->f, 0);
    assert_int_equal(vwr_blk_reap(&w->blk.first, &done, 1), 1);
    assert_ptr_equal(done, &request);
    assert_int_equal(request.req.result, VWR_OK);
    assert_true(world_has_pattern(w, 3, 1));
}

#define BOTH(function) WORLD_MODERN(function), WORLD_LEGACY(function)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(D25_reset_never_ends),       BOTH(reset_takes_some_polls),
        BOTH(D14_never_completes),        BOTH(slow_answer),
        BOTH(quick_answer_does_not_wait), BOTH(D14_reap_of_what_never_completes),
        BOTH(slow_answer_is_reaped),      BOTH(D14_asleep),
        BOTH(D14_woken_for_nothing),
    };

    return cmocka_run_group_tests_name("noclock", tests, NULL, NULL);
}
