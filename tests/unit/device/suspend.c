/* SPDX-License-Identifier: MIT */
#include "box.h"

#include "../../../runtime/device/core/vdev/vdev_common.h"

#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"
#include "vwr/vstate.h"

/* A device that its driver suspends and resumes. Section: Device Suspend. */

#define RUNNING (VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER | VWR_STATUS_FEATURES_OK | VWR_STATUS_DRIVER_OK)
#define SUSPENDING (RUNNING | VWR_STATUS_SUSPEND)
#define SUSPENDED (SUSPENDING & ~(unsigned)VWR_STATUS_DRIVER_OK)

static void start(struct guest *g)
{
    assert_true(guest_start(g));
    assert_true(vwr_vdev_has(g->dev, VWR_F_SUSPEND));
    assert_int_equal(guest_status(g), RUNNING);
}

static void suspend(struct guest *g)
{
    box_set(g, VWR_MMIO_STATUS, SUSPENDING);
    assert_int_equal(guest_status(g), SUSPENDED);
    assert_true(vwr_vdev_is_suspended(g->dev));
}

static void resume(struct guest *g)
{
    box_set(g, VWR_MMIO_STATUS, SUSPENDING);
    assert_int_equal(guest_status(g), RUNNING);
    assert_false(vwr_vdev_is_suspended(g->dev));
}

/* The next buffer that completes is this one. */
static void is_answered(struct guest *g, unsigned queue)
{
    uint32_t id;
    uint32_t len;

    assert_true(guest_used(g, queue, &id, &len));
    assert_int_equal(len, 3);
}

/* With nothing in flight the suspend completes within the write. */
static void suspends_at_once(struct guest *g, long long at)
{
    (void)at;
    start(g);
    assert_true(box_ask(g, 0));
    for (unsigned i = 1; i <= 3; i++) {
        suspend(g);
        box_set(g, VWR_MMIO_STATUS, SUSPENDED); /* a second write has no effect */
        assert_int_equal(guest_status(g), SUSPENDED);
        resume(g);
        box_set(g, VWR_MMIO_STATUS, RUNNING);
        assert_true(box_ask(g, i % BOX_QUEUES));
    }
    assert_int_equal(box_ignored(), 0);
    assert_int_equal(box.resets, 1);
}

/* Held buffers are finished and signalled first; new buffers are not served until the resume. */
static void finishes_what_it_has(struct guest *g, long long at)
{
    unsigned serves;

    (void)at;
    start(g);
    box.hold = true;
    assert_false(box_ask(g, 1));
    assert_int_equal(box.held, 1);
    box_set(g, VWR_MMIO_STATUS, SUSPENDING);
    assert_int_equal(guest_status(g), SUSPENDING);
    vwr_vdev_hold_(g->dev, true);
    vwr_vdev_hold_(g->dev, false); /* which does not end the suspend */
    assert_false(g->dev->live);
    assert_true(box.suspends >= 2);
    serves = box.serves;
    assert_false(box_ask(g, 1)); /* a violation by the driver */
    assert_false(box_ask(g, 0));
    vwr_vdev_serve(g->dev, 0);
    assert_int_equal(box.serves, serves);
    assert_int_equal(box.held, 1);
    assert_int_equal(guest_status(g), SUSPENDING);
    box_use(&g->dev->queue[1], &box.chain[0]);
    assert_false(g->irq);
    assert_int_equal(guest_status(g), SUSPENDED);
    assert_true(g->irq); /* completions are published before SUSPEND reads as 1 */
    is_answered(g, 1);
    guest_ack(g);
    box.hold = false;
    box.held = 0;
    vwr_vdev_serve(g->dev, 0);
    assert_int_equal(box.serves, serves);
    assert_false(g->irq);
    resume(g);
    is_answered(g, 0);
    is_answered(g, 1);
    guest_ack(g);
    assert_true(box_ask(g, 2));
}

/* The VMM resets the device while it has to finish its buffers, and a driver starts it: nothing of the
 * suspend
 * remains. */
static struct guest *restarted;

static void restarts(struct vwr_vdev *v)
{
    box.on_suspend = NULL;
    vwr_vdev_reset(v);
    start(restarted);
}

static void reset_within_the_hook(struct guest *g, long long at)
{
    (void)at;
    start(g);
    restarted = g;
    box.on_suspend = restarts;
    box_set(g, VWR_MMIO_STATUS, SUSPENDING);
    assert_int_equal(guest_status(g), RUNNING);
    assert_true(box_ask(g, 0));
    suspend(g);
    resume(g);
}

/* A bus that holds the device: only a device that is neither suspended nor held is served. */
static void held_by_its_bus(struct guest *g, long long at)
{
    (void)at;
    start(g);
    suspend(g);
    vwr_vdev_hold_(g->dev, true);
    vwr_vdev_hold_(g->dev, false);
    assert_false(g->dev->live);
    resume(g);
    assert_true(g->dev->live);
    suspend(g);
    vwr_vdev_hold_(g->dev, true);
    resume(g);
    assert_false(g->dev->live);
    vwr_vdev_hold_(g->dev, false);
    assert_true(g->dev->live);
    assert_true(box_ask(g, 1));
}

/* A VMM that serves later is requested to serve each queue. */
static struct {
    unsigned kicked;
} host;

static void on_kicked(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    (void)vm;
    assert_true(v->live);
    host.kicked |= 1u << queue;
}

static void vmm_serves(struct guest *g, long long at)
{
    (void)at;
    g->ops.kicked = on_kicked;
    start(g);
    host.kicked = 0;
    assert_false(box_ask(g, 0));
    assert_int_equal(host.kicked, 1);
    suspend(g);
    vwr_vdev_serve(g->dev, 0);
    assert_int_equal(box.serves, 0);
    host.kicked = 0;
    resume(g);
    assert_int_equal(host.kicked, (1u << BOX_QUEUES) - 1u);
    vwr_vdev_serve(g->dev, 0);
    is_answered(g, 0);
    g->ops.kicked = NULL;
}

/* A change is visible immediately, and reported once, at the resume. */
static void configuration_stands_still(struct guest *g, long long at)
{
    uint32_t generation;
    unsigned raised;

    (void)at;
    start(g);
    generation = box_get(g, VWR_MMIO_CONFIG_GENERATION);
    guest_write(g, VWR_MMIO_CONFIG + BOX_TOGGLE, 1, 7);
    assert_int_equal(guest_read(g, VWR_MMIO_CONFIG + BOX_TOGGLE, 1), 7);
    suspend(g);
    raised = g->raised;
    guest_write(g, VWR_MMIO_CONFIG + BOX_TOGGLE, 1, 9);
    assert_int_equal(guest_read(g, VWR_MMIO_CONFIG + BOX_TOGGLE, 1), 7);
    assert_int_equal(box.written, 1);
    vwr_vdev_config_changed(g->dev);
    vwr_vdev_config_changed(g->dev);
    assert_int_equal(g->raised, raised);
    resume(g);
    assert_int_equal(g->raised, raised + 1);
    assert_int_equal(box_get(g, VWR_MMIO_INTERRUPT_STATUS), VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK);
    assert_int_equal(box_get(g, VWR_MMIO_CONFIG_GENERATION), generation + 2);
    guest_ack(g);
    suspend(g);
    resume(g);
    assert_int_equal(g->raised, raised + 1);
}

/* SUSPEND is ignored before DRIVER_OK, together with it, and without negotiation. */
static void not_before_driver_ok(struct guest *g, long long at)
{
    const unsigned before = RUNNING & ~(unsigned)VWR_STATUS_DRIVER_OK;

    (void)at;
    assert_true(guest_negotiate(g));
    box_set(g, VWR_MMIO_STATUS, before | VWR_STATUS_SUSPEND);
    assert_int_equal(guest_status(g), before);
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        assert_true(guest_set_queue(g, i));
    box_set(g, VWR_MMIO_STATUS, SUSPENDING);
    assert_int_equal(guest_status(g), RUNNING);
    assert_true(box_ask(g, 0));
    vwr_features_remove(&g->features, VWR_F_SUSPEND);
    assert_true(guest_start(g));
    box_set(g, VWR_MMIO_STATUS, SUSPENDING);
    assert_int_equal(guest_status(g), RUNNING);
    assert_true(box_ask(g, 0));
    vwr_features_add(&g->features, VWR_F_SUSPEND);
}

/* A reset ends the suspend: at 0 while held buffers are finished, at 1 when the device is suspended. */
static void is_reset(struct guest *g, long long at)
{
    (void)at;
    start(g);
    box.hold = at == 0;
    assert_int_equal(box_ask(g, 1), at != 0);
    box_set(g, VWR_MMIO_STATUS, SUSPENDING);
    assert_int_equal(guest_status(g), at == 0 ? SUSPENDING : SUSPENDED);
    vwr_vdev_config_changed(g->dev);
    guest_ack(g);
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_RESET);
    assert_int_equal(guest_status(g), VWR_STATUS_RESET);
    box.hold = false;
    start(g);
    assert_false(g->irq); /* the change is forgotten */
    assert_true(box_ask(g, 1));
    suspend(g);
    resume(g);
}

/* A failure meanwhile is reported: by an interrupt if the driver waits for the suspend, otherwise at the
 * resume. */
static void breaks(struct guest *g, long long at)
{
    unsigned raised;

    start(g);
    box.hold = at == 0;
    assert_int_equal(box_ask(g, 1), at != 0);
    box_set(g, VWR_MMIO_STATUS, SUSPENDING);
    raised = g->raised;
    vwr_vdev_needs_reset(g->dev);
    assert_int_equal(g->raised, raised + (at == 0));
    assert_true(guest_status(g) & VWR_STATUS_DEVICE_NEEDS_RESET);
    assert_int_equal(guest_status(g) & VWR_STATUS_DRIVER_OK, at == 0 ? VWR_STATUS_DRIVER_OK : 0);
    box_set(g, VWR_MMIO_STATUS, SUSPENDING);
    assert_int_equal(g->raised, raised + 1);
    assert_false(box.dev.live);
    assert_false(box_ask(g, 0));
}

/* A VMM that serves by itself is notified of each queue that the driver enabled, unless the device is broken.
 */
static void vmm_is_notified_of_the_resume(struct guest *g, long long at)
{
    start(g);
    box_set(g, VWR_MMIO_QUEUE_SEL, 1);
    box_set(g, VWR_MMIO_QUEUE_RESET, 1);
    host.kicked = 0;
    g->ops.kicked = on_kicked;
    suspend(g);
    if (at != 0)
        vwr_vdev_needs_reset(g->dev);
    box_set(g, VWR_MMIO_STATUS, SUSPENDING);
    assert_int_equal(host.kicked, at == 0 ? ((1u << BOX_QUEUES) - 1u) & ~(1u << 1) : 0);
    g->ops.kicked = NULL;
}

/* A driver that has set FAILED does not resume. */
static void fails(struct guest *g, long long at)
{
    (void)at;
    start(g);
    suspend(g);
    box_set(g, VWR_MMIO_STATUS, SUSPENDED | VWR_STATUS_FAILED);
    box_set(g, VWR_MMIO_STATUS, SUSPENDING | VWR_STATUS_FAILED);
    assert_int_equal(guest_status(g), SUSPENDED | VWR_STATUS_FAILED);
    assert_false(box_ask(g, 0));
}

static struct vwr_vchain *next_held(struct vwr_vdev *v, uint16_t queue, unsigned *at)
{
    (void)v;
    while (*at < box.held)
        if (box.chain_queue[(*at)++] == queue)
            return &box.chain[*at - 1];
    return NULL;
}

static struct vwr_vchain *add_held(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_vchain *const c = &box.chain[box.held];

    (void)v;
    c->seg = box.seg[box.held];
    c->room = 8;
    box.chain_queue[box.held++] = queue;
    return c;
}

static const struct vwr_vstate_class box_state = {.id = BOX_ID, .next = next_held, .add = add_held};
static const struct vwr_vstate_class *const classes[] = {&box_state};

static void save_and_load(struct guest *g)
{
    static uint8_t memory[VWR_VSTATE_DEVICE_BYTES + BOX_QUEUES * VWR_VSTATE_QUEUE_BYTES +
                          BOX_HELD * (VWR_VSTATE_FLIGHT_BYTES + VWR_VSTATE_SEGMENT_BYTES)];
    struct vwr_vstate s = {.memory = memory, .bytes = sizeof(memory), .kind = classes, .kinds = 1};

    assert_int_equal(vwr_vm_save(&g->vm, &s), VWR_OK);
    s.bytes = s.done;
    vwr_vdev_reset(g->dev);
    assert_int_equal(vwr_vm_load(&g->vm, &s), VWR_OK);
}

/*
 * A loaded device takes no buffers before the resume: at 0 it finishes a held buffer, at 1 it is suspended.
 */
static void is_loaded(struct guest *g, long long at)
{
    const unsigned status = at == 0 ? SUSPENDING : SUSPENDED;
    unsigned serves;

    start(g);
    box.hold = at == 0;
    assert_int_equal(box_ask(g, 1), at != 0);
    box_set(g, VWR_MMIO_STATUS, SUSPENDING);
    assert_false(box_ask(g, 0));
    serves = box.serves;
    save_and_load(g);
    assert_int_equal(guest_status(g), status);
    vwr_vdev_serve(g->dev, 0);
    assert_false(box_ask(g, 0));
    assert_int_equal(box.serves, serves);
    assert_int_equal(guest_status(g), status);
    box.hold = false;
    if (at == 0) {
        assert_int_equal(box.held, 1);
        box_use(&g->dev->queue[1], &box.chain[0]);
        box.held = 0;
        assert_int_equal(guest_status(g), SUSPENDED);
        is_answered(g, 1);
    }
    resume(g);
    is_answered(g, 0);
    is_answered(g, 0);
}

#define EACH(name, clause, formats)      \
    {                                    \
#name, clause, name, formats, 0, \
        {                                \
            0                            \
        }                                \
    }
#define BOTH \
    2,       \
    {        \
        0, 1 \
    }

static const struct hostile_case cases[] = {
    EACH(suspends_at_once, "suspend.dev.6 suspend.dev.7", HOSTILE_V2),
    EACH(finishes_what_it_has, "suspend.dev.3 suspend.dev.8 suspend.dev.9 suspend.dev.10 suspend.dev.11",
         HOSTILE_V2),
    EACH(reset_within_the_hook, "suspend.dev.3 suspend.dev.7", HOSTILE_V2),
    EACH(held_by_its_bus, "suspend.dev.3 suspend.dev.7", HOSTILE_V2),
    EACH(vmm_serves, "suspend.dev.3 suspend.dev.7", HOSTILE_V2),
    EACH(configuration_stands_still, "suspend.dev.2 suspend.dev.4 suspend.dev.5", HOSTILE_V2),
    EACH(not_before_driver_ok, "suspend.dev.1 feat.drv.1", HOSTILE_V2),
    {"is_reset", "reset.dev.1", is_reset, HOSTILE_V2, BOTH},
    {"breaks", "suspend.dev.4 suspend.dev.7 status.dev.3", breaks, HOSTILE_V2, BOTH},
    {"vmm_is_notified_of_the_resume", "suspend.dev.4", vmm_is_notified_of_the_resume, HOSTILE_V2, BOTH},
    {"is_loaded", "suspend.dev.3 suspend.dev.7; header vwr/vstate.h", is_loaded, HOSTILE_V2, BOTH},
    EACH(fails, "status.drv.3", HOSTILE_V2),
};

int main(void)
{
    return hostile_run("suspend", &box_device, cases, sizeof(cases) / sizeof(cases[0]));
}
