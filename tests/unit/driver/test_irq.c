/* SPDX-License-Identifier: MIT */
#include "world.h"

/* Interrupts, for any reason that the device reports: D38, D40. vwr_dev_irq takes the same time for all. */

#define BOTH_REASONS \
    (VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK | VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK)

static void is_ignored(struct world *w)
{
    const struct vwr_dev_stats before = w->mmio.dev.stats;
    const uint32_t irqs = w->mmio.dev.irqs;

    w->f.interrupt = BOTH_REASONS;
    fake_forget(&w->f);
    assert_int_equal(vwr_dev_irq(&w->mmio.dev), 0);
    assert_int_equal(w->f.accesses, 0); /* not acknowledged either */
    assert_int_equal(w->f.interrupt, BOTH_REASONS);
    assert_int_equal(w->mmio.dev.irqs, irqs + 1);
    assert_int_equal(w->mmio.dev.stats.spurious, before.spurious + 1);
    assert_int_equal(w->mmio.dev.stats.interrupts, before.interrupts);
}

/* Before DRIVER_OK, after a failure and after a reset the driver ignores interrupts. In between, it reads
 * and acknowledges each once. */
static void D40_outside_of_life(void **state)
{
    static const char *const lines[] = {
        "R InterruptStatus -> 0x3",
        "W InterruptACK 0x3",
    };
    struct world *w = *state;
    struct vwr_dev *d = &w->mmio.dev;

    world_plug(w, world_version(w));
    assert_int_equal(world_probe(w), VWR_OK);
    is_ignored(w);
    assert_int_equal(world_negotiate(w, NULL), VWR_OK);
    is_ignored(w);
    assert_int_equal(world_add_queue(w), VWR_OK);
    is_ignored(w);
    assert_int_equal(vwr_dev_start(d), VWR_OK);
    w->f.interrupt = BOTH_REASONS;
    fake_forget(&w->f);
    assert_int_equal(vwr_dev_irq(d), BOTH_REASONS);
    FAKE_EXPECT(&w->f, lines);
    assert_int_equal(w->f.interrupt, 0);
    vwr_dev_fail(d);
    is_ignored(w);
    assert_int_equal(vwr_dev_reset(d), VWR_OK);
    is_ignored(w);
    world_works_again(w);
}

static struct world *eager;
static const struct vwr_transport *eager_transport;
static uint32_t eager_reasons;

/* A device that has filled a buffer before the write of DRIVER_OK returns, and its interrupt handler. */
static void eager_set_register(struct vwr_dev *d, unsigned offset, uint32_t value)
{
    eager_transport->set_register(d, offset, value);
    if (offset == VWR_MMIO_STATUS && (value & VWR_STATUS_DRIVER_OK)) {
        eager->f.interrupt = BOTH_REASONS;
        eager_reasons = vwr_dev_irq(d);
    }
}

/* An interrupt before vwr_dev_start returns: if the handler left it pending, it would fire forever. */
static void D40_at_once(void **state)
{
    struct vwr_transport transport;
    struct world *w = *state;
    struct vwr_dev *d = &w->mmio.dev;

    world_plug(w, world_version(w));
    assert_int_equal(world_probe(w), VWR_OK);
    eager = w;
    eager_reasons = 0;
    eager_transport = d->transport;
    transport = *d->transport;
    transport.set_register = eager_set_register;
    d->transport = &transport;
    assert_int_equal(world_negotiate(w, NULL), VWR_OK);
    assert_int_equal(world_add_queue(w), VWR_OK);
    assert_int_equal(vwr_dev_start(d), VWR_OK);
    assert_int_equal(eager_reasons, BOTH_REASONS);
    assert_int_equal(w->f.interrupt, 0);
    d->transport = eager_transport;
    assert_int_equal(vwr_dev_reset(d), VWR_OK);
    world_works_again(w);
}

/* An interrupt storm without a reason: each is counted and costs one read and no write; a valid reason
 * ends the series. */
static void D38_storm(void **state)
{
    struct world *w = *state;
    const struct vwr_dev_stats *s = &w->mmio.dev.stats;

    world_ring(w, world_version(w), 8);
    assert_int_equal(s->interrupts + s->spurious + s->in_a_row, 0);
    for (unsigned i = 1; i <= 10000; i++) {
        assert_int_equal(vwr_dev_irq(&w->mmio.dev), 0);
        assert_int_equal(s->in_a_row, i);
    }
    assert_int_equal(w->f.accesses, 10000);
    assert_int_equal(w->f.writes, 0);
    w->f.interrupt = VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK;
    assert_int_equal(vwr_dev_irq(&w->mmio.dev), VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK);
    assert_int_equal(w->f.interrupt, 0);
    assert_int_equal(s->in_a_row, 0);
    assert_int_equal(s->spurious, 10000);
    assert_int_equal(s->interrupts, 1);
    assert_int_equal(w->mmio.dev.irqs, 10001);
    assert_int_equal(vwr_dev_irq(&w->mmio.dev), 0);
    assert_int_equal(s->in_a_row, 1);
    world_honest(w);
    world_works_again(w);
}

/* Unknown reasons that stay set after an acknowledgement: two accesses each, no loop. */
static void D38_reasons_at_random(void **state)
{
    struct world *w = *state;
    uint32_t random = 12345;

    world_ring(w, world_version(w), 8);
    for (unsigned i = 1; i <= 1000; i++) {
        random = random * 1103515245u + 12345u;
        fake_answer(&w->f, VWR_MMIO_REG_INTERRUPT_STATUS, random | 1u, 0);
        assert_int_equal(vwr_dev_irq(&w->mmio.dev), random | 1u);
        assert_int_equal(w->f.accesses, 2 * i);
    }
    assert_int_equal(w->mmio.dev.stats.interrupts, 1000);
    assert_int_equal(w->mmio.dev.stats.spurious, 0);
    world_honest(w);
    world_works_again(w);
}

/* All ones, as from a device that has left the bus: handled like any value; the next reader of the status
 * detects it. */
static void D38_all_ones(void **state)
{
    struct world *w = *state;

    world_ring(w, world_version(w), 8);
    w->f.quirks.gone = true;
    (void)vwr_dev_irq(&w->mmio.dev);
    assert_int_equal(w->f.accesses, 2);
    assert_int_equal(vwr_dev_check(&w->mmio.dev), VWR_EGONE);
    w->f.quirks.gone = false;
    world_honest(w);
    world_works_again(w);
}

#define BOTH(function) WORLD_MODERN(function), WORLD_LEGACY(function)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(D40_outside_of_life),   BOTH(D40_at_once),  BOTH(D38_storm),
        BOTH(D38_reasons_at_random), BOTH(D38_all_ones),
    };

    return cmocka_run_group_tests_name("irq", tests, NULL, NULL);
}
