/* SPDX-License-Identifier: MIT */
#include "world.h"
#include "vwr/gen/features.h"

/* vwr_dev_suspend and vwr_dev_resume, with a device that answers immediately, later, never, or fails. */

#define BITS (VWR_STATUS_SUSPEND | VWR_STATUS_DRIVER_OK)

static uint32_t readings; /* clock reads until the device answers */
static uint32_t clears;   /* the bit that it then clears */

static void on_time(struct fake *f)
{
    if ((f->status & BITS) != BITS || readings == FAKE_FOREVER)
        return;
    if (readings == 0)
        f->status &= ~clears;
    else
        readings--;
}

static int suspend(struct vwr_dev *d, uint32_t after)
{
    readings = after;
    clears = VWR_STATUS_DRIVER_OK;
    return vwr_dev_suspend(d);
}

static int resume(struct vwr_dev *d, uint32_t after)
{
    readings = after;
    clears = VWR_STATUS_SUSPEND;
    return vwr_dev_resume(d);
}

static struct vwr_dev *start(struct world *w, bool offer)
{
    world_plug(w, 2);
    if (offer)
        fake_offer(&w->f, VWR_F_SUSPEND);
    w->f.on_time = on_time;
    assert_int_equal(world_probe(w), VWR_OK);
    assert_int_equal(world_negotiate(w, NULL), VWR_OK);
    world_memory(w, 8);
    assert_int_equal(world_add_queue(w), VWR_OK);
    assert_int_equal(vwr_dev_suspend(&w->mmio.dev), VWR_EINVAL);
    assert_int_equal(vwr_dev_start(&w->mmio.dev), VWR_OK);
    return &w->mmio.dev;
}

static void is_answered(void **state)
{
    static const uint32_t after[] = {0, 1, 1000};
    struct world *w = *state;
    struct vwr_dev *d = start(w, true);

    for (unsigned i = 0; i < sizeof(after) / sizeof(after[0]); i++) {
        assert_int_equal(suspend(d, after[i]), VWR_OK);
        assert_int_equal(w->f.status & BITS, VWR_STATUS_SUSPEND);
        assert_int_equal(vwr_dev_check(d), VWR_OK);
        fake_forget(&w->f);
        assert_int_equal(vwr_dev_suspend(d), VWR_OK);
        assert_int_equal(w->f.accesses, 0);
        assert_int_equal(resume(d, after[i]), VWR_OK);
        assert_int_equal(w->f.status & BITS, VWR_STATUS_DRIVER_OK);
        assert_int_equal(vwr_dev_check(d), VWR_OK);
        assert_int_equal(vwr_dev_resume(d), VWR_OK);
        assert_int_equal(d->state, VWR_DEV_LIVE);
    }
}

static void is_not_offered(void **state)
{
    struct world *w = *state;
    struct vwr_dev *d = start(w, false);

    fake_forget(&w->f);
    assert_int_equal(vwr_dev_suspend(d), VWR_EUNSUPP);
    assert_int_equal(vwr_dev_resume(d), VWR_EUNSUPP);
    assert_int_equal(w->f.accesses, 0);
}

/* The wait is bounded; the device may still answer, and a reset always ends it. */
static void is_not_answered(void **state)
{
    struct world *w = *state;
    struct vwr_dev *d = start(w, true);
    uint64_t from;

    from = fake_time.now;
    assert_int_equal(suspend(d, FAKE_FOREVER), VWR_ETIMEOUT);
    assert_in_range(fake_time.now - from, VWR_RESET_TIMEOUT_US, VWR_RESET_TIMEOUT_US + 10u * fake_time.step);
    world_dev_explains(w, "status bit SUSPEND was set");
    world_dev_explains(w, "DRIVER_OK");
    assert_int_equal(d->state, VWR_DEV_LIVE);
    assert_int_equal(suspend(d, 5), VWR_OK);
    assert_int_equal(resume(d, FAKE_FOREVER), VWR_ETIMEOUT);
    world_dev_explains(w, "status bit DRIVER_OK was set");
    assert_int_equal(vwr_dev_reset(d), VWR_OK);
    assert_int_equal(vwr_dev_resume(d), VWR_EINVAL);
}

/* The device fails, or is gone. */
static void fails(void **state)
{
    struct world *w = *state;
    struct vwr_dev *d = start(w, true);

    w->f.quirks.needs_reset_with = VWR_STATUS_SUSPEND;
    assert_int_equal(suspend(d, 3), VWR_ENEEDSRESET);
    assert_int_equal(d->state, VWR_DEV_FAILED);
    assert_int_not_equal(w->f.status_written & VWR_STATUS_FAILED, 0);
}

static void is_gone(void **state)
{
    struct world *w = *state;
    struct vwr_dev *d = start(w, true);

    assert_int_equal(suspend(d, 0), VWR_OK);
    w->f.quirks.gone = true;
    assert_int_equal(resume(d, 0), VWR_EGONE);
    assert_int_equal(d->state, VWR_DEV_FAILED);
    w->f.quirks.gone = false;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(is_answered), WORLD_TEST(is_not_offered), WORLD_TEST(is_not_answered),
        WORLD_TEST(fails),       WORLD_TEST(is_gone),
    };

    return cmocka_run_group_tests_name("suspend", tests, NULL, NULL);
}
