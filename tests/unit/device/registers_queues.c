/* SPDX-License-Identifier: MIT */
#include "registers.h"

#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"

/* Setup of a queue, its timing, and notifications: G40 to G44. */

static bool is_ready(struct guest *g, unsigned queue)
{
    box_set(g, VWR_MMIO_QUEUE_SEL, queue);
    return box_get(g, g->legacy ? VWR_MMIO_QUEUE_PFN : VWR_MMIO_QUEUE_READY) != 0;
}

/* Writes all registers of a queue; a queue in use keeps its setup. */
static void rewrite(struct guest *g, unsigned queue)
{
    static const unsigned what[] = {
        VWR_MMIO_QUEUE_SIZE,        VWR_MMIO_QUEUE_ALIGN,       VWR_MMIO_QUEUE_PFN,
        VWR_MMIO_QUEUE_READY,       VWR_MMIO_QUEUE_DESC_LOW,    VWR_MMIO_QUEUE_DESC_HIGH,
        VWR_MMIO_QUEUE_DRIVER_LOW,  VWR_MMIO_QUEUE_DRIVER_HIGH, VWR_MMIO_QUEUE_DEVICE_LOW,
        VWR_MMIO_QUEUE_DEVICE_HIGH, VWR_MMIO_GUEST_PAGE_SIZE};
    static const uint32_t values[] = {1, 2, 3, 16, 0x1000, 0x7fffffff, 0xffffffff};
    const uint32_t page_size = box.dev.guest_page_size; /* a saved state has the location computed by it */
    uint32_t pfn;

    box_set(g, VWR_MMIO_QUEUE_SEL, queue);
    pfn = box_get(g, VWR_MMIO_QUEUE_PFN);
    for (unsigned i = 0; i < sizeof(what) / sizeof(what[0]); i++)
        for (unsigned n = 0; n < sizeof(values) / sizeof(values[0]); n++)
            box_set(g, what[i], values[n]);
    assert_int_equal(box_get(g, VWR_MMIO_QUEUE_PFN), pfn);
    assert_true(is_ready(g, queue));
    assert_int_equal(box.dev.queue[queue].size, 8);
    assert_int_equal(box.dev.guest_page_size, page_size);
}

static void G40_rewrites_a_queue_in_use(struct guest *g, long long at)
{
    (void)at;
    assert_true(guest_negotiate(g));
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        assert_true(guest_set_queue(g, i));
    rewrite(g, 0);
    guest_driver_ok(g);
    assert_true(box_ask(g, 0));
    rewrite(g, 0);
    rewrite(g, 1);
    assert_true(box_ask(g, 0));
    assert_true(box_ask(g, 1));
    assert_false(box.dev.broken);
}

/* After DRIVER_OK, the queue is disabled and enabled again: it starts from the beginning. */
static void G40_takes_a_queue_back(struct guest *g, long long at)
{
    (void)at;
    assert_true(guest_start(g));
    assert_true(box_ask(g, 1));
    box_set(g, VWR_MMIO_QUEUE_SEL, 1);
    box_set(g, g->legacy ? VWR_MMIO_QUEUE_PFN : VWR_MMIO_QUEUE_READY, 0);
    assert_int_equal(box.queue_resets, 1);
    assert_false(is_ready(g, 1));
    assert_false(box_ask(g, 1));
    guest_lay_out(g, 1, 16);
    g->q[1].desc = GUEST_HIGH;
    g->q[1].driver = GUEST_HIGH + vwr_split_ring_desc_bytes(16);
    g->q[1].device = GUEST_HIGH + 0x1000;
    assert_true(guest_set_queue(g, 1));
    assert_true(box_ask(g, 1));
    assert_true(box_ask(g, 0));
}

/* A buffer that the class holds while its queue is disabled does not complete on the new queue. */
static void G40_buffer_of_a_queue_that_went(struct guest *g, long long at)
{
    uint32_t id, len;

    (void)at;
    box.hold = true;
    assert_true(guest_start(g));
    assert_false(box_ask(g, 0));
    assert_int_equal(box.held, 1);
    box_set(g, VWR_MMIO_QUEUE_SEL, 0);
    box_set(g, g->legacy ? VWR_MMIO_QUEUE_PFN : VWR_MMIO_QUEUE_READY, 0);
    guest_clear_rings(g);
    assert_true(guest_set_queue(g, 0));
    box_answer_held(g);
    assert_false(guest_used(g, 0, &id, &len));
    box.held = 0;
    box.hold = false;
    assert_true(box_ask(g, 0));
}

static void refuses_size(struct guest *g, uint32_t size)
{
    const bool is_power = size != 0 && (size & (size - 1)) == 0;
    const bool is_good = size != 0 && size <= GUEST_QUEUE_MAX && (is_power || g->packed);

    box_set(g, VWR_MMIO_QUEUE_SEL, 0);
    box_set(g, VWR_MMIO_QUEUE_SIZE, size);
    if (g->legacy) {
        box_set(g, VWR_MMIO_QUEUE_ALIGN, g->align);
        box_set(g, VWR_MMIO_QUEUE_PFN, (uint32_t)(g->q[0].desc / g->page_size));
    } else {
        box_set(g, VWR_MMIO_QUEUE_DESC_LOW, (uint32_t)g->q[0].desc);
        box_set(g, VWR_MMIO_QUEUE_DRIVER_LOW, (uint32_t)g->q[0].driver);
        box_set(g, VWR_MMIO_QUEUE_DEVICE_LOW, (uint32_t)g->q[0].device);
        box_set(g, VWR_MMIO_QUEUE_READY, 1);
    }
    assert_int_equal(is_ready(g, 0), is_good);
    assert_false(box.dev.broken);
    if (!is_good) {
        assert_int_equal(box.dev.fault.kind, VWR_VFAULT_QUEUE_SIZE);
        assert_int_equal(box.dev.fault.a, size);
    }
}

static void G41_size_of_a_queue(struct guest *g, long long at)
{
    const uint32_t limits[] = {0, 3, GUEST_QUEUE_MAX, 0x10000, 0x80000000};

    for (unsigned i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
        assert_true(guest_negotiate(g));
        refuses_size(g, limits[i] + (uint32_t)at);
    }
}

/* The selected queue does not exist: it reads as absent, and writes do not affect another queue. */
static void G42_selects_beyond(struct guest *g, long long at)
{
    const uint32_t limits[] = {BOX_QUEUES, 0x8000, 0x10000, 0x80000000, 0};

    assert_true(guest_start(g));
    for (unsigned i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
        const uint32_t sel = limits[i] + (uint32_t)at;

        box_set(g, VWR_MMIO_QUEUE_SEL, sel);
        assert_int_equal(box_get(g, VWR_MMIO_QUEUE_SIZE_MAX), sel < BOX_QUEUES ? GUEST_QUEUE_MAX : 0);
        assert_int_equal(box_get(g, VWR_MMIO_QUEUE_READY), !g->legacy && sel < BOX_QUEUES);
        assert_int_equal(box_get(g, VWR_MMIO_QUEUE_PFN) != 0, g->legacy && sel < BOX_QUEUES);
        if (sel < BOX_QUEUES)
            continue;
        box_set(g, VWR_MMIO_QUEUE_READY, 0);
        box_set(g, VWR_MMIO_QUEUE_PFN, 0);
        box_set(g, VWR_MMIO_QUEUE_RESET, 1);
        box_set(g, VWR_MMIO_QUEUE_SIZE, 2);
        box_set(g, VWR_MMIO_QUEUE_DESC_HIGH, 0xffffffff);
    }
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        assert_true(box_ask(g, i));
    assert_int_equal(box.queue_resets, 0);
}

static void G42_notifies_beyond(struct guest *g, long long at)
{
    const uint32_t limits[] = {BOX_QUEUES, 0x8000, 0x10000, 0x80000000};

    assert_true(guest_start(g));
    for (unsigned i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
        const uint32_t n = limits[i] + (uint32_t)at;
        const unsigned before = box.serves, ignored = box_ignored();

        box_set(g, VWR_MMIO_QUEUE_NOTIFY, n);
        assert_int_equal(box.serves != before, n < BOX_QUEUES);
        assert_int_equal(box_ignored() - ignored, n >= BOX_QUEUES);
    }
}

/* The upper half of the notification is the driver's position, and has no meaning without the feature. */
static void G42_notification_data(struct guest *g, long long at)
{
    const bool has = at >= 0;
    const uint32_t n = BOX_QUEUES + (uint32_t)(at > 0 ? 0 : -1) + 0xabcd0000u;
    unsigned before;

    if (has)
        vwr_features_add(&g->features, VWR_F_NOTIFICATION_DATA);
    assert_true(guest_start(g));
    before = box.serves;
    box_set(g, VWR_MMIO_QUEUE_NOTIFY, n);
    assert_int_equal(box.serves != before, at == 0);
    vwr_features_remove(&g->features, VWR_F_NOTIFICATION_DATA);
}

static void notify_all(struct guest *g)
{
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        guest_kick(g, i);
}

/* Nothing is served before DRIVER_OK, after FAILED, after a reset, on a disabled queue, or by a broken
 * device. */
static void G43_notifies_too_early(struct guest *g, long long at)
{
    (void)at;
    notify_all(g);
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE);
    notify_all(g);
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER);
    notify_all(g);
    guest_clear_rings(g);
    assert_true(guest_negotiate(g));
    notify_all(g);
    assert_int_equal(box.serves, 0);
    assert_true(guest_set_queue(g, 0));
    notify_all(g);
    assert_int_equal(box.serves != 0, g->legacy);
    guest_driver_ok(g);
    assert_true(box_ask(g, 0));
    box.serves = 0;
    guest_kick(g, 1); /* which was never set up */
    guest_kick(g, 2);
    assert_int_equal(box.serves, 0);
}

/* Legacy drivers do this, some even before they write the features: the queue continues as it started. */
static void G43_legacy_uses_it_early(struct guest *g, long long at)
{
    (void)at;
    guest_clear_rings(g);
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER);
    box_set(g, VWR_MMIO_GUEST_PAGE_SIZE, g->page_size);
    assert_true(guest_set_queue(g, 0));
    assert_true(box_ask(g, 0));
    box_set(g, VWR_MMIO_DRIVER_FEATURES, g->dev->offered.w[0] & ~(1u << VWR_F_EVENT_IDX));
    assert_true(box_ask(g, 0));
    assert_true(vwr_vdev_has(g->dev, BOX_F_SWITCH));
    guest_driver_ok(g);
    assert_true(box_ask(g, 0));
}

static void G43_notifies_too_late(struct guest *g, long long at)
{
    (void)at;
    assert_true(guest_start(g));
    box_set(g, VWR_MMIO_STATUS, guest_status(g) | VWR_STATUS_FAILED);
    box.serves = 0;
    notify_all(g);
    assert_true(guest_start(g));
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_RESET);
    notify_all(g);
    assert_true(guest_start(g));
    vwr_vdev_needs_reset(g->dev);
    notify_all(g);
    vwr_vdev_serve(g->dev, 0);
    assert_true(guest_start(g));
    for (unsigned i = 0; i < BOX_QUEUES; i++) {
        box_set(g, VWR_MMIO_QUEUE_SEL, i);
        box_set(g, g->legacy ? VWR_MMIO_QUEUE_PFN : VWR_MMIO_QUEUE_READY, 0);
    }
    notify_all(g);
    vwr_vdev_serve(g->dev, BOX_QUEUES);
    vwr_vdev_serve(g->dev, 0xffff);
    assert_int_equal(box.serves, 0);
}

/* Sets the legacy registers and returns whether the queue was accepted. */
static bool takes(struct guest *g, uint32_t page_size, uint32_t size, uint32_t align, uint32_t pfn)
{
    assert_true(guest_negotiate(g));
    box_set(g, VWR_MMIO_GUEST_PAGE_SIZE, page_size);
    box_set(g, VWR_MMIO_QUEUE_SEL, 0);
    box_set(g, VWR_MMIO_QUEUE_SIZE, size);
    box_set(g, VWR_MMIO_QUEUE_ALIGN, align);
    box_set(g, VWR_MMIO_QUEUE_PFN, pfn);
    return is_ready(g, 0);
}

static bool is_power_of_2(uint64_t n)
{
    return n != 0 && (n & (n - 1)) == 0;
}

static void G44_legacy_align(struct guest *g, long long at)
{
    const uint32_t limits[] = {0, 4, 4096, 0x80000000};
    const uint32_t pfn = (uint32_t)(GUEST_LOW / g->page_size);

    for (unsigned i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
        const uint32_t align = limits[i] + (uint32_t)at;
        const bool fits = align <= GUEST_LOW_BYTES / 2;
        const bool is_good = (is_power_of_2(align) && align >= VWR_SPLIT_RING_USED_ALIGN) ||
                             align == 0; /* 4096: NO_PAGE_SIZE */

        assert_int_equal(takes(g, g->page_size, 8, align, pfn), is_good && fits);
        assert_int_equal(box.dev.broken, is_power_of_2(align) && !fits);
    }
}

static void G44_legacy_page_size(struct guest *g, long long at)
{
    const uint32_t limits[] = {0, 4, 4096, 0x80000000};

    for (unsigned i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
        const uint32_t page = limits[i] + (uint32_t)at;
        const uint32_t pfn = page != 0 && page < 0x10000 ? (uint32_t)(GUEST_LOW / page) : 1;

        assert_int_equal(takes(g, page, 8, 4096, pfn), is_power_of_2(page) && page <= 4096);
        assert_int_equal(box.dev.fault.kind == VWR_VFAULT_QUEUE_ALIGN, !is_power_of_2(page));
    }
}

static void G44_legacy_page_number(struct guest *g, long long at)
{
    const uint32_t first = (uint32_t)(GUEST_LOW / 4096), end = (uint32_t)(GUEST_END / 4096);
    const uint32_t far = 0xffffffff;

    assert_int_equal(takes(g, 4096, 8, 4096, first + (uint32_t)at), at >= 0);
    assert_int_equal(box.dev.broken, at < 0);
    assert_int_equal(takes(g, 4096, 8, 4096, end - 2 + (uint32_t)at), at <= 0); /* needs two pages */
    assert_false(takes(g, 4096, 8, 4096, far + (uint32_t)(at > 0 ? 0 : at)));
    assert_true(box.dev.broken);
    assert_false(takes(g, 0x80000000, 8, 4096, far));
    assert_int_equal(box.dev.fault.a, (uint64_t)far << 31);
    assert_false(takes(g, 4096, 8, 4096, 0)); /* which disables the queue, and is no fault */
    assert_int_equal(box.dev.fault.kind, VWR_VFAULT_NONE);
}

static void G44_legacy_page_number_first(struct guest *g, long long at)
{
    (void)at;
    assert_true(guest_negotiate(g));
    box_set(g, VWR_MMIO_QUEUE_SEL, 0);
    box_set(g, VWR_MMIO_QUEUE_PFN, (uint32_t)(GUEST_LOW / 4096));
    assert_false(is_ready(g, 0));
    assert_int_equal(box.dev.fault.kind, VWR_VFAULT_QUEUE_SIZE);
    box_set(g, VWR_MMIO_QUEUE_SIZE, 8);
    box_set(g, VWR_MMIO_QUEUE_PFN, (uint32_t)(GUEST_LOW / 4096));
    assert_true(is_ready(g, 0));
}

/* A reset restores the alignment for a driver that never writes QueueAlign (quirk mmio.no-queue-align). */
static void G44_legacy_align_never(struct guest *g, long long at)
{
    (void)at;
    assert_true(takes(g, 4096, 8, 8, (uint32_t)(GUEST_LOW / 4096)));
    assert_true(guest_negotiate(g));
    box_set(g, VWR_MMIO_QUEUE_SEL, 0);
    box_set(g, VWR_MMIO_QUEUE_SIZE, 8);
    box_set(g, VWR_MMIO_QUEUE_PFN, (uint32_t)(GUEST_LOW / 4096));
    assert_true(is_ready(g, 0));
    assert_int_equal(box.dev.queue[0].device_addr, GUEST_LOW + VWR_SPLIT_RING_LEGACY_ALIGN);
}

const struct hostile_case queue_cases[] = {
    {"G40_rewrites_a_queue_in_use", "mmio.drv.15", G40_rewrites_a_queue_in_use, HOSTILE_ALL, 0, {0}},
    {"G40_takes_a_queue_back",
     "mmio.drv.16 mmio.drv.17 mmio.dev.7",
     G40_takes_a_queue_back,
     HOSTILE_ALL,
     0,
     {0}},
    {"G40_buffer_of_a_queue_that_went", "mmio.dev.7", G40_buffer_of_a_queue_that_went, HOSTILE_ALL, 0, {0}},
    {"G41_size_of_a_queue", "mmio.drv.14; section Split Virtqueues", G41_size_of_a_queue, HOSTILE_ALL,
     HOSTILE_AROUND},
    {"G42_selects_beyond", "section Virtio Over MMIO / MMIO Device Register Layout", G42_selects_beyond,
     HOSTILE_SPLIT, HOSTILE_AROUND},
    {"G42_notifies_beyond", "robustness: there is no such queue", G42_notifies_beyond, HOSTILE_SPLIT,
     HOSTILE_AROUND},
    {"G42_notification_data", "section Virtio Over MMIO / MMIO Device Register Layout", G42_notification_data,
     HOSTILE_V2, HOSTILE_AROUND},
    {"G43_notifies_too_early",
     "status.dev.1 init.drv.15 mmio.dev.7",
     G43_notifies_too_early,
     HOSTILE_ALL,
     0,
     {0}},
    {"G43_legacy_uses_it_early",
     "section Legacy Interface: Device Initialization",
     G43_legacy_uses_it_early,
     HOSTILE_LEGACY,
     0,
     {0}},
    {"G43_notifies_too_late",
     "status.drv.3 reset.dev.2 mmio.dev.7",
     G43_notifies_too_late,
     HOSTILE_ALL,
     0,
     {0}},
    {"G44_legacy_align", "section Virtio Over MMIO / Legacy interface", G44_legacy_align, HOSTILE_LEGACY,
     HOSTILE_AROUND},
    {"G44_legacy_page_size", "section Virtio Over MMIO / Legacy interface", G44_legacy_page_size,
     HOSTILE_LEGACY, HOSTILE_AROUND},
    {"G44_legacy_page_number", "section Virtio Over MMIO / Legacy interface", G44_legacy_page_number,
     HOSTILE_LEGACY, HOSTILE_AROUND},
    {"G44_legacy_align_never",
     "section Virtio Over MMIO / Legacy interface",
     G44_legacy_align_never,
     HOSTILE_LEGACY,
     0,
     {0}},
    {"G44_legacy_page_number_first",
     "section Virtio Over MMIO / Legacy interface",
     G44_legacy_page_number_first,
     HOSTILE_LEGACY,
     0,
     {0}},
};
const unsigned queue_case_count = sizeof(queue_cases) / sizeof(queue_cases[0]);
