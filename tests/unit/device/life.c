/* SPDX-License-Identifier: MIT */
#include "box.h"

#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"
#include "vwr/vm.h"
#include "vwr/vmmio.h"
#include "vwr/vstate.h"

#include <string.h>

/* The life of a device: discovery, drivers that start and stop, calls of the VMM. */

#define VERSION_1 (1u << VWR_F_VERSION_1 % 32)

static void is_found(struct guest *g, long long at)
{
    (void)at;
    assert_int_equal(box_get(g, VWR_MMIO_MAGIC_VALUE), VWR_MMIO_MAGIC_VALUE_VALUE);
    assert_int_equal(box_get(g, VWR_MMIO_VERSION),
                     g->legacy ? VWR_MMIO_VERSION_LEGACY : VWR_MMIO_VERSION_MODERN);
    assert_int_equal(box_get(g, VWR_MMIO_DEVICE_ID), BOX_ID);
    assert_int_equal(box_get(g, VWR_MMIO_VENDOR_ID), VWR_VDEV_VENDOR);
    assert_int_equal(box_get(g, VWR_MMIO_STATUS), VWR_STATUS_RESET);
    assert_int_equal(box_get(g, VWR_MMIO_INTERRUPT_STATUS), 0);
    assert_int_equal(box_get(g, VWR_MMIO_QUEUE_SIZE_MAX), GUEST_QUEUE_MAX);
    assert_int_equal(box_ignored(), 0);
}

/* Two cycles from reset to reset; the class is asked once per cycle to accept the features. */
static void lives_twice(struct guest *g, long long at)
{
    (void)at;
    for (unsigned i = 1; i <= 2; i++) {
        assert_true(guest_start(g));
        assert_int_equal(box.negotiations, i);
        for (unsigned n = 0; n < 20; n++)
            assert_true(box_ask(g, n % BOX_QUEUES));
        assert_false(g->irq);
        assert_int_equal(box.dev.legacy, g->legacy);
        assert_int_equal(vwr_vdev_has(&box.dev, VWR_F_RING_PACKED), g->packed);
        box_set(g, VWR_MMIO_STATUS, VWR_STATUS_RESET);
        assert_int_equal(guest_status(g), VWR_STATUS_RESET);
        for (unsigned n = 0; n < VWR_FEATURE_WORDS; n++)
            assert_int_equal(box.dev.accepted.w[n], 0);
    }
    assert_int_equal(box.answered, 40);
    assert_int_equal(box.flushes, 40);
    assert_int_equal(box.dev.stats.resets, box.resets);
    assert_int_equal(box_ignored(), 0);
}

/* Feature selectors are independent: one word is read while another is written. */
static void selectors_are_two(struct guest *g, long long at)
{
    (void)at;
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE);
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER);
    box_set(g, VWR_MMIO_DEVICE_FEATURES_SEL, 1);
    box_set(g, VWR_MMIO_DRIVER_FEATURES_SEL, 0);
    box_set(g, VWR_MMIO_DRIVER_FEATURES, 1u << BOX_F_SWITCH);
    assert_int_equal(box_get(g, VWR_MMIO_DEVICE_FEATURES), box.dev.offered.w[1]);
    assert_int_equal(box.dev.written.w[0], 1u << BOX_F_SWITCH);
    assert_int_equal(box.dev.written.w[1], 0);
    box_set(g, VWR_MMIO_DEVICE_FEATURES_SEL, 1);
    box_set(g, VWR_MMIO_DRIVER_FEATURES, 1u << BOX_F_EARLY);
    assert_int_equal(box.dev.written.w[0], 1u << BOX_F_EARLY);
    assert_int_equal(box.dev.written.w[1], 0);
    box_set(g, VWR_MMIO_DEVICE_FEATURES_SEL, 0);
    assert_int_equal(box_get(g, VWR_MMIO_DEVICE_FEATURES), box.dev.offered.w[0]);
}

static uint64_t get64(struct guest *g, unsigned low, unsigned high)
{
    return box_get(g, low) | (uint64_t)box_get(g, high) << 32;
}

static void shared_memory(struct guest *g, long long at)
{
    const uint32_t sel = (uint32_t)(2 + at);
    const bool there = sel < 2;

    box_set(g, VWR_MMIO_SHM_SEL, sel);
    assert_int_equal(get64(g, VWR_MMIO_SHM_BASE_LOW, VWR_MMIO_SHM_BASE_HIGH),
                     there ? box.shm[sel].addr : VWR_MMIO_SHM_BASE_ABSENT);
    assert_int_equal(get64(g, VWR_MMIO_SHM_LEN_LOW, VWR_MMIO_SHM_LEN_HIGH),
                     there ? box.shm[sel].bytes : VWR_MMIO_SHM_LEN_ABSENT);
    box_set(g, VWR_MMIO_SHM_SEL, 0);
    assert_int_equal(get64(g, VWR_MMIO_SHM_BASE_LOW, VWR_MMIO_SHM_BASE_HIGH), box.shm[0].addr);
}

/* Each change has a new generation; an interrupt is sent only if a driver is running. */
static void configuration_changes(struct guest *g, long long at)
{
    const uint32_t generation = box_get(g, VWR_MMIO_CONFIG_GENERATION);

    (void)at;
    vwr_vdev_config_changed(g->dev);
    assert_int_equal(g->raised, 0);
    assert_true(g->legacy || box_get(g, VWR_MMIO_CONFIG_GENERATION) != generation);
    assert_true(guest_start(g));
    vwr_vdev_config_changed(g->dev);
    assert_int_equal(g->raised, 1);
    assert_int_equal(box_get(g, VWR_MMIO_INTERRUPT_STATUS), VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK);
    assert_true(g->legacy || box_get(g, VWR_MMIO_CONFIG_GENERATION) == generation + 2);
    guest_ack(g);
    box_set(g, VWR_MMIO_STATUS, guest_status(g) | VWR_STATUS_FAILED);
    vwr_vdev_config_changed(g->dev);
    assert_int_equal(g->raised, 1);
}

/*
 * The VMM declares the device broken: the guest sees a status bit and an interrupt. Clause: status.dev.2
 * status.dev.3. ("SHOULD set DEVICE_NEEDS_RESET", for both interfaces; "If DRIVER_OK is set … MUST send").
 */
static void needs_a_reset(struct guest *g, long long at)
{
    (void)at;
    assert_true(guest_start(g));
    vwr_vdev_needs_reset(g->dev);
    vwr_vdev_needs_reset(g->dev);
    assert_int_equal(g->broke, 1);
    assert_int_equal(g->raised, 1);
    assert_true(guest_status(g) & VWR_STATUS_DEVICE_NEEDS_RESET);
    assert_false(box_ask(g, 0));
    guest_ack(g);
    box_set(g, VWR_MMIO_QUEUE_SEL, 0); /* a queue that is set up again does not work either */
    box_set(g, g->legacy ? VWR_MMIO_QUEUE_PFN : VWR_MMIO_QUEUE_READY, 0);
    assert_false(guest_set_queue(g, 0));
    box_works(g);
    assert_false(box.dev.broken);
}

/* Before DRIVER_OK no interrupt is sent. */
static void needs_a_reset_early(struct guest *g, long long at)
{
    (void)at;
    assert_true(guest_negotiate(g));
    vwr_vdev_needs_reset(g->dev);
    assert_int_equal(g->raised, 0);
    assert_true(guest_status(g) & VWR_STATUS_DEVICE_NEEDS_RESET);
    guest_driver_ok(g);
    assert_false(box.dev.live);
}

static void resets_a_queue(struct guest *g, long long at)
{
    (void)at;
    assert_true(guest_start(g));
    assert_true(box_ask(g, 1));
    box.hold = true;
    assert_false(box_ask(g, 1));
    box_set(g, VWR_MMIO_QUEUE_SEL, 1);
    box_set(g, VWR_MMIO_QUEUE_RESET, 2); /* has no meaning */
    assert_int_equal(box.queue_resets, 0);
    box_set(g, VWR_MMIO_QUEUE_RESET, 1);
    assert_int_equal(box.queue_resets, 1);
    assert_int_equal(box_get(g, VWR_MMIO_QUEUE_RESET), 0);
    assert_int_equal(box_get(g, VWR_MMIO_QUEUE_READY), 0);
    box_set(g, VWR_MMIO_QUEUE_READY, 1); /* its registers have their reset values */
    assert_int_equal(box_get(g, VWR_MMIO_QUEUE_READY), 0);
    guest_lay_out(g, 1, 4);
    memset(guest_at(g, g->q[1].desc, 0x2000), 0, 0x2000);
    box.held = 0;
    box.hold = false;
    assert_true(guest_set_queue(g, 1));
    assert_true(box_ask(g, 1));
    assert_true(box_ask(g, 0));
}

/* RING_RESET is sufficient: "The device MUST reset the queue when 1 is written to QueueReset". */
static void resets_a_queue_early(struct guest *g, long long at)
{
    (void)at;
    assert_true(guest_negotiate(g));
    assert_true(guest_set_queue(g, 1));
    box_set(g, VWR_MMIO_QUEUE_SEL, 1);
    assert_int_equal(box_get(g, VWR_MMIO_QUEUE_READY), 1);
    box_set(g, VWR_MMIO_QUEUE_RESET, 1);
    assert_int_equal(box.queue_resets, 1);
    assert_int_equal(box_get(g, VWR_MMIO_QUEUE_RESET), 0);
    assert_int_equal(box_get(g, VWR_MMIO_QUEUE_READY), 0);
    guest_lay_out(g, 1, 4);
    memset(guest_at(g, g->q[1].desc, 0x2000), 0, 0x2000);
    assert_true(guest_set_queue(g, 1));
    assert_true(guest_set_queue(g, 0));
    guest_driver_ok(g);
    assert_true(box_ask(g, 1));
}

/* Linux writes the page size before the reset and before any status bit; a reset preserves it. */
static void page_size_comes_first(struct guest *g, long long at)
{
    (void)at;
    box_set(g, VWR_MMIO_GUEST_PAGE_SIZE, 8192);
    for (unsigned i = 0; i < 2; i++) {
        box_set(g, VWR_MMIO_STATUS, VWR_STATUS_RESET);
        box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE);
        box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER);
        box_set(g, VWR_MMIO_QUEUE_SIZE, 8);
        box_set(g, VWR_MMIO_QUEUE_ALIGN, 4096);
        box_set(g, VWR_MMIO_QUEUE_PFN, (uint32_t)(GUEST_LOW / 8192));
        assert_int_equal(box_get(g, VWR_MMIO_QUEUE_PFN), GUEST_LOW / 8192);
        assert_int_equal(box.dev.queue[0].desc_addr, GUEST_LOW);
    }
    assert_int_equal(box_ignored(), 0);
}

/* U-Boot resets after ACKNOWLEDGE and does not set it again. */
static void acknowledge_is_lost(struct guest *g, long long at)
{
    uint32_t status = VWR_STATUS_DRIVER;

    (void)at;
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE);
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_RESET);
    box_set(g, VWR_MMIO_STATUS, status);
    assert_int_equal(guest_status(g), status);
    if (!g->legacy) {
        box_set(g, VWR_MMIO_DRIVER_FEATURES_SEL, 1);
        box_set(g, VWR_MMIO_DRIVER_FEATURES, VERSION_1);
        box_set(g, VWR_MMIO_STATUS, status |= VWR_STATUS_FEATURES_OK);
    }
    box_set(g, VWR_MMIO_STATUS, status |= VWR_STATUS_DRIVER_OK);
    assert_int_equal(guest_status(g), status);
    assert_true(box.dev.live);
}

/* Legacy: if features are written after the queue address, an unused ring is set up again for them. */
static void features_after_the_queue(struct guest *g, long long at)
{
    (void)at;
    guest_clear_rings(g);
    assert_true(guest_negotiate(g));
    box_set(g, VWR_MMIO_DRIVER_FEATURES_SEL, 0);
    box_set(g, VWR_MMIO_DRIVER_FEATURES, 0);
    assert_true(guest_set_queue(g, 0));
    assert_false(box.dev.queue[0].event_idx);
    box_set(g, VWR_MMIO_DRIVER_FEATURES, 1u << VWR_F_EVENT_IDX);
    assert_true(box.dev.queue[0].event_idx);
    guest_driver_ok(g);
    assert_true(box_ask(g, 0));
    assert_int_equal(box_ignored(), 0);
}

/* The memory of a queue has disappeared when the features change: it is no longer a queue. */
static void features_without_the_queue(struct guest *g, long long at)
{
    struct vwr_memory_region *r = NULL;
    uint64_t bytes;

    (void)at;
    guest_clear_rings(g);
    assert_true(guest_negotiate(g));
    assert_true(guest_set_queue(g, 0));
    for (unsigned i = 0; i < GUEST_REGIONS; i++)
        if (g->region[i].addr == GUEST_LOW)
            r = &g->region[i];
    assert_non_null(r);
    bytes = r->bytes;
    r->bytes = 0;
    box_set(g, VWR_MMIO_DRIVER_FEATURES_SEL, 0);
    box_set(g, VWR_MMIO_DRIVER_FEATURES, 0);
    r->bytes = bytes;
    assert_false(box.dev.queue[0].ready);
    assert_int_equal(box_get(g, VWR_MMIO_QUEUE_PFN), 0);
    hostile_is_broken(g, VWR_VFAULT_QUEUE_MEMORY);
}

/* Features that a legacy driver accepts without an offer are dropped and reported. */
static void legacy_takes_too_much(struct guest *g, long long at)
{
    (void)at;
    assert_true(guest_negotiate(g));
    box_set(g, VWR_MMIO_DRIVER_FEATURES_SEL, 0);
    box_set(g, VWR_MMIO_DRIVER_FEATURES, 1u << BOX_F_SWITCH | 1u << 20);
    assert_int_equal(box.dev.accepted.w[0], 1u << BOX_F_SWITCH);
    assert_true(guest_set_queue(g, 0));
    guest_driver_ok(g);
    assert_int_equal(box.negotiations, 2); /* each write counts */
    assert_int_equal(box.dev.fault.kind, VWR_VFAULT_FEATURES);
    assert_int_equal(box.dev.fault.a, 20);
    assert_true(box.dev.live);
}

static unsigned kicks;

static void on_kicked(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    (void)vm;
    (void)v;
    (void)queue;
    kicks++;
}

static void put(struct guest *g, unsigned buffers)
{
    const struct guest_desc d = {GUEST_DATA, 16, VWR_VIRTQ_DESC_F_WRITE, 0};

    while (buffers-- > 0)
        (void)guest_chain(g, 0, &d, 1);
}

static unsigned take(struct guest *g)
{
    uint32_t id, len;
    unsigned n = 0;

    while (guest_used(g, 0, &id, &len))
        n++;
    return n;
}

/* The VMM decides when to serve. */
static void vmm_serves(struct guest *g, long long at)
{
    (void)at;
    kicks = 0;
    g->ops.kicked = on_kicked;
    assert_true(guest_start(g));
    put(g, 3);
    guest_kick(g, 0);
    assert_int_equal(kicks, 1);
    assert_int_equal(take(g), 0);
    vwr_vdev_serve(g->dev, 0);
    assert_int_equal(take(g), 3);
    assert_int_equal(g->raised, 1);
    g->ops.kicked = NULL;
}

/* At most the budget is served per call. Then the VMM is notified through `again` or `kicked`; without
 * these hooks the device continues at the acknowledgement. */
static void budget_runs_out(struct guest *g, long long at)
{
    box.dev.budget = 3;
    g->ops.again = at < 0 ? g->ops.again : NULL;
    g->ops.kicked = at == 0 ? on_kicked : NULL;
    kicks = 0;
    assert_true(guest_start(g));
    put(g, 8);
    guest_kick(g, 0);
    if (at == 0) {
        vwr_vdev_serve(g->dev, 0);
        assert_int_equal(kicks, 2);
    }
    assert_int_equal(g->again, at < 0);
    for (unsigned left = 8; left > 0; left -= left < 3 ? left : 3) {
        assert_int_equal(take(g), left < 3 ? left : 3);
        if (at <= 0)
            vwr_vdev_serve(g->dev, 0);
        else
            guest_ack(g);
    }
    assert_int_equal(take(g), 0);
    assert_int_equal(g->again, at < 0 ? 2 : 0);
    assert_false(box.dev.more);
    assert_int_equal(box.answered, 8);
    g->ops.kicked = NULL;
}

/* Buffers are available but the class cannot take any: the device does not poll forever. */
static void class_cannot(struct guest *g, long long at)
{
    (void)at;
    assert_true(guest_start(g));
    box.cannot = true;
    put(g, 2);
    box.serves = 0;
    guest_kick(g, 0);
    assert_in_range(box.serves, 1, 3);
    assert_int_equal(take(g), 0);
    box.cannot = false;
    vwr_vdev_serve(g->dev, 0);
    assert_int_equal(take(g), 2);
}

/* The driver adds a buffer just after the class has found the queue empty. */
static void buffer_comes_late(struct guest *g, long long at)
{
    (void)at;
    assert_true(guest_start(g));
    guest_kick(g, 0); /* a spurious kick */
    assert_int_equal(take(g), 0);
    put(g, 1);
    guest_kick(g, 0);
    assert_int_equal(take(g), 1);
    assert_int_equal(box.dev.queue[0].stats.kicks, 2);
}

static struct {
    unsigned depth;
    unsigned taken;
} lock;

static void on_lock(struct vwr_vm *vm, struct vwr_vdev *v)
{
    (void)vm;
    assert_ptr_equal(v, &box.dev);
    assert_int_equal(lock.depth++, 0); /* not recursive */
    lock.taken++;
}

static void on_unlock(struct vwr_vm *vm, struct vwr_vdev *v)
{
    (void)vm;
    assert_ptr_equal(v, &box.dev);
    assert_int_equal(--lock.depth, 0);
}

static void on_irq_locked(struct vwr_vm *vm, uint32_t line, bool level)
{
    (void)vm;
    (void)line;
    (void)level;
    assert_int_equal(lock.depth, 1);
}

static void on_broken_locked(struct vwr_vm *vm, struct vwr_vdev *v)
{
    (void)vm;
    (void)v;
    assert_int_equal(lock.depth, 1);
}

static void say_nothing(void *context, const char *line)
{
    (void)context;
    (void)line;
}

/* The lock was taken and released once. */
static void took_one(unsigned before)
{
    assert_int_equal(lock.depth, 0);
    assert_int_equal(lock.taken, before + 1);
}

/* Each call that takes the lock according to the header does so once, and releases it; hooks are called
 * with the lock held. */
static void locks_are_taken_and_given(struct guest *g, long long at)
{
    const struct vwr_vm_ops before = g->ops;
    struct vwr_vdev_setup s;
    unsigned n;

    (void)at;
    memset(&lock, 0, sizeof(lock));
    vwr_vm_remove(&g->vm, 0);
    g->ops.lock = on_lock;
    g->ops.unlock = on_unlock;
    g->ops.irq = on_irq_locked;
    g->ops.broken = on_broken_locked;
    box_setup(g, &s);
    assert_int_equal(box_init(&box, &s), VWR_OK);
    guest_plug(g, 0, &box.dev);
    assert_int_equal(lock.taken, 0);
    assert_true(guest_start(g));
    assert_true(box_ask(g, 0));
    for (unsigned offset = 0; offset < VWR_MMIO_SIZE; offset++) {
        n = lock.taken;
        (void)guest_read(g, offset, 4);
        took_one(n);
    }
    n = lock.taken;
    vwr_vdev_serve(g->dev, 0);
    took_one(n);
    n = lock.taken;
    vwr_vm_list(&g->vm, say_nothing, NULL);
    took_one(n);
    n = lock.taken;
    vwr_vdev_print(g->dev, say_nothing, NULL);
    took_one(n);
    n = lock.taken;
    vwr_vdev_needs_reset(g->dev);
    took_one(n);
    n = lock.taken;
    vwr_vdev_reset(g->dev);
    took_one(n);
    n = lock.taken;
    vwr_vm_reset(&g->vm);
    took_one(n);
    n = lock.taken;
    vwr_vm_remove(&g->vm, 0);
    took_one(n);
    g->ops = before;
    box_setup(g, &s);
    assert_int_equal(box_init(&box, &s), VWR_OK);
    guest_plug(g, 0, &box.dev);
}

/* With an edge-triggered line, no call of irq(false) is made, neither at an acknowledgement nor at a
 * reset. */
static void edges_do_not_fall(struct guest *g, long long by_reset)
{
    g->ops.edges = true;
    assert_true(guest_start(g));
    g->irq = false;
    put(g, 1);
    guest_kick(g, 0);
    assert_true(g->irq); /* unchanged: only irq(false) clears it */
    if (by_reset != 0)
        box_set(g, VWR_MMIO_STATUS, VWR_STATUS_RESET);
    else
        guest_ack(g);
    assert_int_equal(box_get(g, VWR_MMIO_INTERRUPT_STATUS), 0);
    assert_true(g->irq);
    g->ops.edges = false;
}

/* Setups that init refuses. */
static void init_refuses(struct guest *g, long long at)
{
    struct vwr_vdev_setup good, s;
    struct vwr_vm_ops ops = g->ops;
    struct vwr_vm_setup of_vm = {.region = g->region, .region_count = GUEST_REGIONS};
    struct vwr_vm vm;
    struct box b;

    (void)at;
    box_setup_other(g, &good);
    s = good;
    s.vm = NULL;
    assert_int_equal(box_init(&b, &s), VWR_EINVAL);
    s.vm = &vm;
    assert_int_equal(vwr_vm_init(&vm, &of_vm), VWR_EINVAL);
    assert_int_equal(box_init(&b, &s), VWR_EINVAL);
    ops.irq = NULL;
    of_vm.ops = &ops;
    assert_int_equal(vwr_vm_init(&vm, &of_vm), VWR_EINVAL);
    assert_int_equal(box_init(&b, &s), VWR_EINVAL);
    for (unsigned size = 0; size <= GUEST_QUEUE_MAX; size++) {
        const bool is_good = size != 0 && (size & (size - 1)) == 0;

        s = good;
        s.queue_size = (uint16_t)size;
        assert_int_equal(box_init(&b, &s), is_good ? VWR_OK : VWR_EINVAL);
    }
    s = good;
    s.queue_count = BOX_QUEUES - 1;
    assert_int_equal(box_init(&b, &s), VWR_ENOMEM);
    s = good;
    s.queue = NULL;
    assert_int_equal(box_init(&b, &s), VWR_ENOMEM);
    assert_int_equal(vwr_vdev_init(&b.dev, box.dev.kind, &s, &s.features, 0, b.config, BOX_CONFIG), VWR_OK);
    s = good;
    s.own_count = VWR_VDEV_OWN(BOX_QUEUES, GUEST_QUEUE_MAX) - 1;
    assert_int_equal(box_init(&b, &s), VWR_ENOMEM);
    s.own_count++;
    assert_int_equal(box_init(&b, &s), VWR_OK);
}

/* Offered features: the ring and transport features that the library supports, and the class features that
 * the rules of the class allow. */
static void what_is_offered(struct guest *g, long long at)
{
    const struct vwr_features not_on_mmio = {{VWR_FEATURES_NOT_ON_MMIO_W0, VWR_FEATURES_NOT_ON_MMIO_W1,
                                              VWR_FEATURES_NOT_ON_MMIO_W2, VWR_FEATURES_NOT_ON_MMIO_W3}};
    struct vwr_vdev_setup s;
    struct box b;

    (void)at;
    memset(&b, 0, sizeof(b));
    box_setup_other(g, &s);
    memset(&s.features, 0xff, sizeof(s.features));
    s.vendor = 0x1af4;
    assert_int_equal(box_init(&b, &s), VWR_OK);
    for (unsigned bit = 0; bit < 32 * VWR_FEATURE_WORDS; bit++) {
        const bool old = bit == VWR_F_INDIRECT_DESC || bit == VWR_F_EVENT_IDX || bit == BOX_F_EARLY ||
                         bit == BOX_F_SWITCH || bit == BOX_F_SECOND;
        const bool is_new = bit == VWR_F_VERSION_1 || bit == VWR_F_RING_PACKED || bit == VWR_F_IN_ORDER ||
                            bit == VWR_F_NOTIFICATION_DATA || bit == VWR_F_RING_RESET ||
                            bit == VWR_F_SUSPEND || bit == VWR_F_ACCESS_PLATFORM ||
                            bit == VWR_F_ORDER_PLATFORM || bit == BOX_F_HIGH;

        assert_int_equal(vwr_features_have(&b.dev.offered, bit), old || (is_new && !g->legacy));
        assert_false(vwr_features_have(&b.dev.offered, bit) && vwr_features_have(&not_on_mmio, bit));
    }
    g->dev = &b.dev;
    assert_int_equal(box_get(g, VWR_MMIO_VENDOR_ID), 0x1af4);
    g->dev = &box.dev;
    assert_int_equal(vwr_vdev_init(&b.dev, b.dev.kind, &s, &(struct vwr_features){{1u << BOX_F_SECOND}},
                                   BOX_QUEUES, b.config, BOX_CONFIG),
                     VWR_OK); /* without its prerequisite */
    assert_false(vwr_features_have(&b.dev.offered, BOX_F_SECOND));
}

static uint64_t vm_read(struct guest *g, uint64_t addr, unsigned bytes)
{
    uint64_t value = 77;

    assert_true(vwr_vm_access(&g->vm, addr, bytes, false, &value));
    return value;
}

/* Slots: which device is in which slot, and what a driver reads from an empty one. */
static void slots(struct guest *g, long long at)
{
    const uint64_t second = GUEST_BASE + GUEST_STRIDE;
    uint64_t value = 0xffffffff;
    struct vwr_vdev_setup s;
    struct box other;
    uint32_t slot = 0;

    (void)at;
    memset(&other, 0, sizeof(other));
    box_setup_other(g, &s);
    assert_int_equal(box_init(&other, &s), VWR_OK);
    assert_int_equal(vm_read(g, second + VWR_MMIO_MAGIC_VALUE, 4), VWR_MMIO_MAGIC_VALUE_VALUE);
    assert_int_equal(vm_read(g, second + VWR_MMIO_DEVICE_ID, 4), 0);
    assert_int_equal(vm_read(g, second + VWR_MMIO_VERSION, 4), VWR_MMIO_VERSION_MODERN);
    assert_int_equal(vm_read(g, second + VWR_MMIO_MAGIC_VALUE, 2), 0);
    assert_int_equal(vm_read(g, second + VWR_MMIO_VERSION, 2), 0);
    assert_true(vwr_vm_access(&g->vm, second + VWR_MMIO_STATUS, 4, true, &value));
    assert_int_equal(vwr_vm_add(&g->vm, 0, &other.dev), VWR_EBUSY);
    assert_int_equal(vwr_vm_add(&g->vm, GUEST_SLOTS, &other.dev), VWR_ENOMEM);
    assert_int_equal(vwr_vm_add(&g->vm, 1, &other.dev), VWR_OK);
    assert_int_equal(vm_read(g, second + VWR_MMIO_DEVICE_ID, 4), BOX_ID);
    value = VWR_STATUS_ACKNOWLEDGE;
    assert_true(vwr_vm_access(&g->vm, second + VWR_MMIO_STATUS, 4, true, &value));
    assert_int_equal(vm_read(g, second + VWR_MMIO_STATUS, 4), VWR_STATUS_ACKNOWLEDGE);
    assert_int_equal(guest_status(g), VWR_STATUS_RESET);
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE);
    assert_true(vwr_vm_reset_next(&g->vm, &slot)); /* the last device: the other one keeps its status */
    assert_int_equal(vm_read(g, second + VWR_MMIO_STATUS, 4), VWR_STATUS_RESET);
    assert_int_equal(guest_status(g), VWR_STATUS_ACKNOWLEDGE);
    assert_true(vwr_vm_reset_next(&g->vm, &slot));
    assert_int_equal(guest_status(g), VWR_STATUS_RESET);
    assert_false(vwr_vm_reset_next(&g->vm, &slot));
    assert_true(vwr_vm_access(&g->vm, second + VWR_MMIO_STATUS, 4, true, &value));
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE);
    vwr_vm_reset(&g->vm);
    assert_int_equal(vm_read(g, second + VWR_MMIO_STATUS, 4), VWR_STATUS_RESET);
    assert_int_equal(guest_status(g), VWR_STATUS_RESET);
    vwr_vm_remove(&g->vm, 1);
    vwr_vm_remove(&g->vm, 1);
    vwr_vm_remove(&g->vm, GUEST_SLOTS);
    assert_int_equal(vm_read(g, second + VWR_MMIO_DEVICE_ID, 4), 0);
}

/*
 * The most frequent accesses of a running driver are handled by the VM; a wrong width is ignored there too.
 */
static void goes_through_the_vm(struct guest *g, long long at)
{
    uint64_t value;

    (void)at;
    assert_true(guest_start(g));
    for (unsigned i = 0; i < 3; i++) {
        const unsigned before = box_ignored();

        put(g, 1);
        value = 0;
        assert_true(vwr_vm_access(&g->vm, GUEST_BASE + VWR_MMIO_QUEUE_NOTIFY, 2, true, &value));
        assert_int_equal(take(g), 0);
        assert_int_equal(box_ignored(), before + 1);
        assert_true(vwr_vm_access(&g->vm, GUEST_BASE + VWR_MMIO_QUEUE_NOTIFY, 4, true, &value));
        assert_int_equal(take(g), 1);
        value = vm_read(g, GUEST_BASE + VWR_MMIO_INTERRUPT_STATUS, 4);
        assert_int_equal(value, VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK);
        assert_true(vwr_vm_access(&g->vm, GUEST_BASE + VWR_MMIO_INTERRUPT_ACK, 4, true, &value));
        assert_int_equal(vm_read(g, GUEST_BASE + VWR_MMIO_INTERRUPT_STATUS, 4), 0);
        assert_false(g->irq);
    }
}

/* A transport continues a queue where another device left it, for each state of a packed ring's wrap
 * counter. */
static void goes_on_at_a_position(struct guest *g, long long at)
{
    struct vwr_vqueue *const q = &box.dev.queue[0];

    (void)at;
    assert_true(guest_start(g));
    for (unsigned n = 0; n < 2 * GUEST_QUEUE_MAX + 1; n++) {
        const uint32_t base = vwr_vqueue_base(q);

        assert_int_equal(base >> 16, g->packed ? (base & 0xffff) : 0);
        assert_int_equal(vwr_vqueue_enable_(q, &box.dev.accepted, g->legacy, box.dev.guest_page_size),
                         VWR_OK);
        if (g->packed)
            assert_int_equal(vwr_vqueue_set_base(q, q->size << 16), VWR_ERANGE);
        else
            assert_int_equal(vwr_vqueue_set_base(q, (base + q->size + 1u) & 0xffff), VWR_ERANGE);
        assert_int_equal(vwr_vqueue_set_base(q, base), VWR_OK);
        assert_true(box_ask(g, 0));
    }
}

/* A VM without devices, and invalid windows. */
static void empty_vm(struct guest *g, long long at)
{
    struct vwr_vdev *slot[4];
    struct vwr_vm_setup s = {
        .ops = &g->ops, .slot = slot, .slot_count = 4, .base = GUEST_BASE, .stride = GUEST_STRIDE};
    struct vwr_vm vm;
    uint64_t value = 77;

    (void)at;
    memset(slot, 0xa5, sizeof(slot));
    assert_int_equal(vwr_vm_init(&vm, &s), VWR_OK);
    assert_true(vwr_vm_access(&vm, GUEST_BASE + 3 * GUEST_STRIDE + VWR_MMIO_MAGIC_VALUE, 4, false, &value));
    assert_int_equal(value, VWR_MMIO_MAGIC_VALUE_VALUE);
    assert_false(vwr_vm_access(&vm, GUEST_BASE + 4 * GUEST_STRIDE, 4, false, &value));
    assert_false(vwr_vm_access(&vm, GUEST_BASE - 1, 4, false, &value));
    for (uint32_t stride = VWR_MMIO_SIZE - 1; stride <= VWR_MMIO_SIZE + 1; stride++) {
        s.stride = stride;
        assert_int_equal(vwr_vm_init(&vm, &s), stride == VWR_MMIO_SIZE ? VWR_OK : VWR_ERANGE);
    }
    s.stride = 0x40000000;
    assert_int_equal(vwr_vm_init(&vm, &s), VWR_ERANGE); /* 4 GiB */
    s.slot_count = 3;
    assert_int_equal(vwr_vm_init(&vm, &s), VWR_OK);
}

/* Guest memory, a page, before, over and after the windows of four devices. */
static void windows_in_memory(struct guest *g, long long at)
{
    struct vwr_vdev *slot[4];
    struct vwr_memory_region page = {.bytes = 0x1000, .host = guest_at(g, GUEST_LOW, 1)};
    const struct vwr_vm_setup s = {.ops = &g->ops,
                                   .region = &page,
                                   .region_count = 1,
                                   .slot = slot,
                                   .slot_count = 4,
                                   .base = GUEST_BASE,
                                   .stride = VWR_MMIO_SIZE};
    const uint64_t end = GUEST_BASE + 4 * VWR_MMIO_SIZE;
    struct vwr_vm vm;

    (void)at;
    for (page.addr = GUEST_BASE - 0x1010; page.addr <= end; page.addr += 16)
        assert_int_equal(vwr_vm_init(&vm, &s),
                         page.addr + page.bytes <= GUEST_BASE || page.addr >= end ? VWR_OK : VWR_ERANGE);
}

static struct {
    struct vwr_vdev *slot[2];
    struct vwr_vm vm;
    struct box box[2];
} plain; /* a VM without windows */

static uint32_t status_of(unsigned i)
{
    uint64_t value = 77;

    assert_true(vwr_vmmio_access(&plain.box[i].dev, VWR_MMIO_STATUS, 4, false, &value));
    return (uint32_t)value;
}

/* The second device differs from the first one in its status. */
static void make_plain(struct guest *g, uint64_t base)
{
    const struct vwr_vm_setup of_vm = {.ops = &g->ops,
                                       .context = g,
                                       .region = g->region,
                                       .region_count = GUEST_REGIONS,
                                       .slot = plain.slot,
                                       .slot_count = 2,
                                       .base = base};
    uint64_t value = VWR_STATUS_ACKNOWLEDGE;
    struct vwr_vdev_setup s;

    box_setup_other(g, &s);
    s.vm = &plain.vm;
    assert_int_equal(vwr_vm_init(&plain.vm, &of_vm), VWR_OK);
    for (unsigned i = 0; i < 2; i++) {
        assert_int_equal(box_init(&plain.box[i], &s), VWR_OK);
        assert_int_equal(vwr_vm_add(&plain.vm, i, &plain.box[i].dev), VWR_OK);
    }
    assert_true(vwr_vmmio_access(&plain.box[1].dev, VWR_MMIO_STATUS, 4, true, &value));
    assert_int_equal(status_of(0), VWR_STATUS_RESET);
    assert_int_equal(status_of(1), VWR_STATUS_ACKNOWLEDGE);
}

static void count_line(void *context, const char *line)
{
    ++*(unsigned *)context;
    assert_null(strstr(line, "0xa00"));
}

/*
 * A VM without windows: no address belongs to a device, each device is accessed by its offset, and the
 * functions for all devices find it in its slot.
 */
static void without_windows(struct guest *g, long long at)
{
    const uint64_t addresses[] = {0, 1, GUEST_BASE, UINT64_MAX};
    static const struct vwr_vstate_class of_box = {.id = BOX_ID};
    const struct vwr_vstate_class *const kind = &of_box;
    static uint8_t memory[0x8000];
    struct vwr_vstate state = {.memory = memory, .bytes = sizeof(memory), .kind = &kind, .kinds = 1};
    uint64_t value = 77;
    unsigned lines = 0;

    make_plain(g, (uint64_t)at);
    for (unsigned i = 0; i < VWR_COUNT(addresses); i++)
        assert_false(vwr_vm_access(&plain.vm, addresses[i], 4, false, &value));
    assert_int_equal(value, 77);
    vwr_vm_list(&plain.vm, count_line, &lines);
    assert_int_equal(lines, 4); /* two lines of a heading */
    assert_int_equal(vwr_vm_save(&plain.vm, &state), VWR_OK);
    vwr_vm_reset(&plain.vm);
    assert_int_equal(status_of(1), VWR_STATUS_RESET);
    state.bytes = state.done;
    assert_int_equal(vwr_vm_load(&plain.vm, &state), VWR_OK);
    assert_int_equal(status_of(1), VWR_STATUS_ACKNOWLEDGE);
    assert_false(vwr_vm_uses(&plain.vm, g->region[0].addr, 1));
    vwr_vdev_lock(&plain.box[1].dev);
    vwr_vdev_set_unsafe(&plain.box[1].dev, true);
    vwr_vdev_unlock(&plain.box[1].dev);
    assert_true(vwr_vm_uses(&plain.vm, g->region[0].addr, 1));
}

#define EACH(name, clause, formats)      \
    {                                    \
#name, clause, name, formats, 0, \
        {                                \
            0                            \
        }                                \
    }

static const struct hostile_case cases[] = {
    EACH(is_found, "mmio.dev.1 mmio.dev.2", HOSTILE_SPLIT),
    EACH(lives_twice, "reset.dev.1 feat.dev.3", HOSTILE_ALL),
    EACH(selectors_are_two, "mmio.drv.12 mmio.drv.13", HOSTILE_SPLIT),
    {"shared_memory", "mmio.drv.init.5", shared_memory, HOSTILE_MODERN, HOSTILE_AROUND},
    EACH(configuration_changes, "mmio.dev.3 mmio.dev.6", HOSTILE_SPLIT),
    EACH(needs_a_reset, "status.dev.2 status.dev.3", HOSTILE_ALL),
    EACH(needs_a_reset_early, "status.dev.2 status.dev.3", HOSTILE_SPLIT),
    EACH(resets_a_queue,
         "vq.dev.reset.1 vq.dev.reset.2 vq.dev.reenable.1 mmio.dev.8 mmio.dev.9 mmio.dev.10 mmio.dev.12",
         HOSTILE_V2),
    EACH(resets_a_queue_early, "mmio.dev.9 mmio.dev.10", HOSTILE_V2),
    EACH(page_size_comes_first, "section Virtio Over MMIO / Legacy interface", HOSTILE_LEGACY),
    EACH(acknowledge_is_lost, "init.drv.3", HOSTILE_SPLIT),
    EACH(features_after_the_queue, "section Legacy Interface: Device Initialization", HOSTILE_LEGACY),
    EACH(features_without_the_queue, "rfeat.drv.5", HOSTILE_LEGACY),
    EACH(legacy_takes_too_much, "feat.drv.1", HOSTILE_LEGACY),
    EACH(vmm_serves, "header vwr/vdev.h", HOSTILE_ALL),
    {"budget_runs_out", "robustness: one queue is not to starve another", budget_runs_out, HOSTILE_ALL,
     HOSTILE_AROUND},
    EACH(class_cannot, "header vwr/vdev.h", HOSTILE_ALL),
    EACH(buffer_comes_late, "split.drv.kick.1 packed.drv.kick.1", HOSTILE_ALL),
    EACH(locks_are_taken_and_given, "header vwr/vm.h", HOSTILE_ALL),
    {"edges_do_not_fall", "header vwr/vm.h", edges_do_not_fall, HOSTILE_ALL, 2, {0, 1}},
    EACH(init_refuses, "header vwr/vdev.h", HOSTILE_MODERN),
    EACH(what_is_offered, "feat.dev.1 feat.dev.4", HOSTILE_SPLIT),
    EACH(slots, "header vwr/vm.h", HOSTILE_SPLIT),
    EACH(goes_through_the_vm, "header vwr/vm.h", HOSTILE_SPLIT),
    EACH(goes_on_at_a_position, "header vwr/vqueue.h", HOSTILE_ALL),
    EACH(empty_vm, "header vwr/vm.h", HOSTILE_MODERN),
    EACH(windows_in_memory, "header vwr/vm.h", HOSTILE_MODERN),
    {"without_windows", "header vwr/vm.h", without_windows, HOSTILE_MODERN, 3, {0, GUEST_BASE, -1}},
};

int main(void)
{
    return hostile_run("life", &box_device, cases, sizeof(cases) / sizeof(cases[0]));
}
