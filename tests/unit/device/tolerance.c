/* SPDX-License-Identifier: MIT */
#include "box.h"

#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"
#include "vwr/tolerate.h"
#include "vwr/vm.h"

#include <string.h>

/*
 * What a device tolerates: each case of generated/docs/tolerances.md is served, counted and explained, on a
 * device with and without the switch qemu; without it, the refusal names the bit and the clause.
 */

static char words[800];

static bool says(const char *part)
{
    (void)vwr_vdev_explain(&box.dev, words, sizeof(words));
    return strstr(words, part) != NULL;
}

/* Checks that the case was counted, is the only one since the reset, and is explained with its clause. */
static void tolerated(enum vwr_tolerance_number what)
{
    const struct vwr_tolerance *const one = &vwr_tolerances[what];

    assert_int_equal(vwr_tolerated_count(&box.dev.tolerated, what), 1);
    assert_int_equal(box.dev.tolerated.since_reset, 1u << what);
    assert_true(says("; tolerated: ") && says(one->text));
    assert_true(one->clause == NULL || says(one->clause));
}

static void not_tolerated(void)
{
    assert_int_equal(box.dev.tolerated.since_reset, 0);
    assert_false(says("tolerated"));
}

/* A device with the switch, with or without indirect tables. */
static void switch_on(struct guest *g, bool tables)
{
    struct vwr_vdev_setup s;

    vwr_vm_remove(&g->vm, 0);
    box_setup(g, &s);
    s.tolerate = VWR_TOLERATE_QEMU;
    if (!tables)
        vwr_features_remove(&s.features, VWR_F_INDIRECT_DESC);
    assert_int_equal(box_init(&box, &s), VWR_OK);
    guest_plug(g, 0, &box.dev);
}

/* A buffer whose notification came before DRIVER_OK is answered at DRIVER_OK, not earlier. */
static void notifies_early(struct guest *g, long long at)
{
    const struct guest_desc d = {GUEST_DATA, 16, VWR_VIRTQ_DESC_F_WRITE, 0};
    const bool before_features = at > 1;
    uint32_t id = 0, len = 0;

    if (g->legacy)
        return;
    guest_clear_rings(g);
    if (before_features) {
        box_set(g, VWR_MMIO_STATUS, VWR_STATUS_RESET);
        (void)guest_chain(g, 1, &d, 1);
        guest_kick(g, 1);
        box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER);
        for (uint32_t word = 0; word < VWR_FEATURE_WORDS; word++) {
            box_set(g, VWR_MMIO_DRIVER_FEATURES_SEL, word);
            box_set(g, VWR_MMIO_DRIVER_FEATURES, g->features.w[word] & box.dev.offered.w[word]);
        }
        box_set(g, VWR_MMIO_STATUS, guest_status(g) | VWR_STATUS_FEATURES_OK);
    } else {
        assert_true(guest_negotiate(g));
        (void)guest_chain(g, 1, &d, 1);
    }
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        assert_true(guest_set_queue(g, i));
    for (long long i = 0; i <= at && !before_features; i++)
        guest_kick(g, 1);
    assert_false(guest_used(g, 1, &id, &len));
    assert_int_equal(box.serves, 0);
    if (!before_features)
        assert_true(says("with VWR_TOLERATE_QEMU, it serves them at once"));
    guest_driver_ok(g);
    assert_true(guest_used(g, 1, &id, &len));
    assert_int_equal(len, 3);
    tolerated(VWR_TOLERATED_EARLY_NOTIFICATION);
    guest_ack(g);
    assert_true(box_ask(g, 0) && box_ask(g, 1));
    assert_int_equal(box.dev.tolerated.since_reset, 1u << VWR_TOLERATED_EARLY_NOTIFICATION);
    assert_true(guest_start(g)); /* a reset forgets it */
    not_tolerated();
}

/* A notification that no DRIVER_OK follows, of a queue that does not exist, or after FAILED. */
static void forgets_a_notification(struct guest *g, long long at)
{
    const struct guest_desc d = {GUEST_DATA, 16, VWR_VIRTQ_DESC_F_WRITE, 0};
    uint32_t id = 0, len = 0;
    unsigned ignored;

    if (g->legacy)
        return;
    guest_clear_rings(g);
    assert_true(guest_negotiate(g));
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        assert_true(guest_set_queue(g, i));
    (void)guest_chain(g, 0, &d, 1);
    if (at == 1)
        box_set(g, VWR_MMIO_STATUS, guest_status(g) | VWR_STATUS_FAILED);
    ignored = box_ignored();
    box_set(g, VWR_MMIO_QUEUE_NOTIFY, at == 0 ? BOX_QUEUES : 0);
    assert_int_equal(box_ignored(), ignored + (at < 2));
    if (at == 2) {
        guest_clear_rings(g);
        assert_true(guest_negotiate(g)); /* which begins with a reset */
        for (unsigned i = 0; i < BOX_QUEUES; i++)
            assert_true(guest_set_queue(g, i));
        (void)guest_chain(g, 0, &d, 1);
    }
    not_tolerated();
    guest_driver_ok(g);
    assert_int_equal(box.serves, 0);
    assert_false(guest_used(g, 0, &id, &len));
}

/* Queues that are enabled before FEATURES_OK, or before any step, get the layout that was negotiated later.
 */
static void sets_up_its_queues_first(struct guest *g, long long at)
{
    const uint32_t steps[] = {VWR_STATUS_RESET, VWR_STATUS_ACKNOWLEDGE,
                              VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER};

    if (g->legacy)
        return;
    guest_clear_rings(g);
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_RESET);
    box_set(g, VWR_MMIO_STATUS, steps[at]);
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        assert_true(guest_set_queue(g, i));
    box_set(g, VWR_MMIO_QUEUE_SEL, 0);
    box_set(g, VWR_MMIO_QUEUE_SIZE, 3); /* the queue is ready */
    for (uint32_t word = 0; word < VWR_FEATURE_WORDS; word++) {
        box_set(g, VWR_MMIO_DRIVER_FEATURES_SEL, word);
        box_set(g, VWR_MMIO_DRIVER_FEATURES, g->features.w[word] & box.dev.offered.w[word]);
    }
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER);
    box_set(g, VWR_MMIO_STATUS, guest_status(g) | VWR_STATUS_FEATURES_OK);
    box_set(g, VWR_MMIO_STATUS, guest_status(g) | VWR_STATUS_DRIVER_OK);
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        assert_true(box_ask(g, i));
    assert_int_equal(box.dev.tolerated.since_reset & ~(1u << VWR_TOLERATED_STATUS_BITS),
                     1u << VWR_TOLERATED_EARLY_REGISTER);
    assert_true(says("init.drv.11"));
}

/* A queue that was enabled early with an invalid size or address is refused at FEATURES_OK. */
static void sets_up_a_wrong_queue_first(struct guest *g, long long at)
{
    if (g->legacy)
        return;
    guest_clear_rings(g);
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_RESET);
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER);
    if (at == 0)
        g->q[0].size = 0;
    else if (at == 1)
        g->q[0].size = UINT16_MAX;
    else
        g->q[0].desc = GUEST_END;
    assert_true(guest_set_queue(g, 0));
    for (uint32_t word = 0; word < VWR_FEATURE_WORDS; word++) {
        box_set(g, VWR_MMIO_DRIVER_FEATURES_SEL, word);
        box_set(g, VWR_MMIO_DRIVER_FEATURES, g->features.w[word] & box.dev.offered.w[word]);
    }
    box_set(g, VWR_MMIO_STATUS, guest_status(g) | VWR_STATUS_FEATURES_OK);
    box_set(g, VWR_MMIO_QUEUE_SEL, 0);
    assert_int_equal(box_get(g, VWR_MMIO_QUEUE_READY), 0);
    assert_int_equal(box.dev.fault.kind, at < 2 ? VWR_VFAULT_QUEUE_SIZE : VWR_VFAULT_QUEUE_MEMORY);
    guest_lay_out(g, 0, GUEST_QUEUE_MAX);
}

/* Features after FEATURES_OK, and a status with fewer bits after DRIVER_OK, change nothing. */
static void negotiates_again(struct guest *g, long long at)
{
    struct vwr_features accepted;

    if (g->legacy)
        return;
    assert_true(guest_start(g));
    accepted = box.dev.accepted;
    for (uint32_t word = 0; word < VWR_FEATURE_WORDS; word++) {
        box_set(g, VWR_MMIO_DRIVER_FEATURES_SEL, word);
        box_set(g, VWR_MMIO_DRIVER_FEATURES, at == 0 ? accepted.w[word] : at == 1 ? 0 : UINT32_MAX);
    }
    tolerated(VWR_TOLERATED_LATE_FEATURES);
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER | VWR_STATUS_FEATURES_OK);
    assert_int_equal(vwr_tolerated_count(&box.dev.tolerated, VWR_TOLERATED_STATUS_BITS), 1);
    assert_true(says("status.drv.2"));
    assert_int_equal(guest_status(g) & VWR_STATUS_DRIVER_OK, VWR_STATUS_DRIVER_OK);
    assert_int_equal(box.negotiations, 1);
    assert_memory_equal(&box.dev.accepted, &accepted, sizeof(accepted));
    assert_memory_equal(&box.dev.written, &accepted, sizeof(accepted));
    assert_true(box_ask(g, 0));
}

/* Each step writes its bit alone, as NuttX does. */
static void writes_single_bits(struct guest *g, long long at)
{
    (void)at;
    guest_clear_rings(g);
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_RESET);
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE);
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_DRIVER);
    for (uint32_t word = 0; word < VWR_FEATURE_WORDS; word++) {
        box_set(g, VWR_MMIO_DRIVER_FEATURES_SEL, word);
        box_set(g, VWR_MMIO_DRIVER_FEATURES, g->features.w[word] & box.dev.offered.w[word]);
    }
    if (g->legacy)
        box_set(g, VWR_MMIO_GUEST_PAGE_SIZE, g->page_size);
    else
        box_set(g, VWR_MMIO_STATUS, VWR_STATUS_FEATURES_OK);
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        assert_true(guest_set_queue(g, i));
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_DRIVER_OK);
    tolerated(VWR_TOLERATED_STATUS_BITS);
    assert_true(box_ask(g, 0));
}

/* DeviceFeatures before DeviceFeaturesSel is word 0. */
static void reads_without_a_selector(struct guest *g, long long at)
{
    (void)at;
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_RESET);
    assert_int_equal(box_get(g, VWR_MMIO_DEVICE_FEATURES), box.dev.offered.w[0]);
    assert_int_equal(box.dev.tolerated.since_reset, 1u << VWR_TOLERATED_NO_SELECTOR);
    assert_true(says("mmio.drv.12"));
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_RESET);
    box_set(g, VWR_MMIO_DEVICE_FEATURES_SEL, 0);
    assert_int_equal(box_get(g, VWR_MMIO_DEVICE_FEATURES), box.dev.offered.w[0]);
    not_tolerated();
}

/* The configuration by 8 bytes, or across the borders of words; the bytes are those of single accesses. */
static void reads_any_width(struct guest *g, long long at)
{
    const unsigned bytes = at == 0 ? 8 : at == 1 ? 4 : 2;
    const unsigned offset = at == 0 ? BOX_WIDE : 1;

    assert_true(guest_start(g));
    (void)guest_read(g, VWR_MMIO_CONFIG, 4);
    (void)guest_read(g, VWR_MMIO_CONFIG + 2, 2);
    (void)guest_read(g, VWR_MMIO_CONFIG + 1, 1);
    not_tolerated();
    for (unsigned i = 0; i < bytes; i++)
        assert_int_equal((guest_read(g, VWR_MMIO_CONFIG + offset, bytes) >> 8 * i) & 0xff,
                         guest_read(g, VWR_MMIO_CONFIG + offset + i, 1));
    tolerated(VWR_TOLERATED_CONFIG_WIDTH);
}

/* A modern device whose driver accepts no feature of VIRTIO 1 works, with the layouts of VIRTIO 1. */
static void does_not_accept_version_1(struct guest *g, long long at)
{
    const struct vwr_features all = g->features;

    (void)at;
    if (g->legacy || g->packed)
        return;
    for (unsigned i = 1; i < VWR_FEATURE_WORDS; i++)
        g->features.w[i] = 0;
    assert_true(guest_start(g));
    tolerated(VWR_TOLERATED_NO_VERSION_1);
    assert_false(vwr_vdev_has(&box.dev, VWR_F_VERSION_1));
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        assert_true(box_ask(g, i));
    vwr_features_add(&g->features, VWR_F_RING_RESET); /* which requires it */
    assert_false(guest_negotiate(g));
    assert_int_equal(box.dev.fault.kind, VWR_VFAULT_FEATURES);
    g->features = all;
}

/* A class that cannot work without VERSION_1 refuses the driver; the message names bit, clause and switch. */
static void class_depends_on_version_1(struct guest *g, long long at)
{
    (void)at;
    if (g->legacy)
        return;
    box.refuse = VWR_EVERSION;
    assert_false(guest_negotiate(g));
    assert_true(says("VERSION_1 (bit 32; rfeat.drv.1)") &&
                says("FEATURES_OK stays 0; with VWR_TOLERATE_QEMU"));
    not_tolerated();
    box.refuse = VWR_OK;
}

/* QueuePFN without GuestPageSize is an address; QueueAlign 0 is 4096, as is a QueueAlign that is not written.
 */
static void writes_an_address(struct guest *g, long long at)
{
    if (!g->legacy)
        return;
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_RESET);
    box.dev.guest_page_size = 0;
    guest_clear_rings(g);
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER);
    for (unsigned i = 0; i < BOX_QUEUES; i++) {
        box_set(g, VWR_MMIO_QUEUE_SEL, i);
        box_set(g, VWR_MMIO_QUEUE_SIZE, g->q[i].size);
        if (at == 0)
            box_set(g, VWR_MMIO_QUEUE_ALIGN, 0);
        box_set(g, VWR_MMIO_QUEUE_PFN, (uint32_t)g->q[i].desc);
        assert_int_equal(box_get(g, VWR_MMIO_QUEUE_PFN), (uint32_t)g->q[i].desc);
    }
    box_set(g, VWR_MMIO_STATUS, guest_status(g) | VWR_STATUS_DRIVER_OK);
    tolerated(VWR_TOLERATED_NO_PAGE_SIZE);
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        assert_true(box_ask(g, i));
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_RESET);
}

/* A legacy driver sets FEATURES_OK and looks whether it stays; features that it writes later count. */
static void sets_features_ok(struct guest *g, long long at)
{
    const uint32_t step[] = {VWR_STATUS_ACKNOWLEDGE, VWR_STATUS_DRIVER, VWR_STATUS_FEATURES_OK};
    const unsigned calls = box.negotiations;
    uint32_t status = 0;

    (void)at;
    if (!g->legacy)
        return;
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_RESET);
    guest_clear_rings(g);
    for (unsigned i = 0; i < 3; i++) {
        box_set(g, VWR_MMIO_STATUS, status |= step[i]);
        assert_int_equal(guest_status(g), status);
    }
    tolerated(VWR_TOLERATED_LEGACY_FEATURES_OK);
    assert_int_equal(box.negotiations, calls);
    box_set(g, VWR_MMIO_GUEST_PAGE_SIZE, g->page_size);
    box_set(g, VWR_MMIO_DRIVER_FEATURES, g->features.w[0] & box.dev.offered.w[0]);
    assert_int_equal(box.dev.accepted.w[0], g->features.w[0] & box.dev.offered.w[0]);
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        assert_true(guest_set_queue(g, i));
    box_set(g, VWR_MMIO_STATUS, status |= VWR_STATUS_DRIVER_OK);
    assert_int_equal(guest_status(g), status);
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        assert_true(box_ask(g, i));
    tolerated(VWR_TOLERATED_LEGACY_FEATURES_OK);
}

/* With the switch, a driver that waits for its answer before DRIVER_OK gets it; then each queue works. */
static void asks_before_driver_ok(struct guest *g, long long at)
{
    const struct guest_desc d = {GUEST_DATA, 16, VWR_VIRTQ_DESC_F_WRITE, 0};
    uint32_t id = 0, len = 0;

    if (g->legacy)
        return;
    if (at != 0)
        switch_on(g, true);
    guest_clear_rings(g);
    assert_true(guest_negotiate(g));
    assert_true(guest_set_queue(g, 0));
    assert_int_equal(box_ask(g, 0), at != 0);
    if (at == 0) {
        assert_true(says("init.drv.15") && says("DRIVER_OK (bit 2)") && says("VWR_TOLERATE_QEMU"));
        return;
    }
    tolerated(VWR_TOLERATED_EARLY_REQUEST);
    assert_true(box_ask(g, 0));
    (void)guest_chain(g, 2, &d, 1);
    guest_kick(g, 2); /* which is not set up yet, so it is remembered */
    for (unsigned i = 1; i < BOX_QUEUES; i++)
        assert_true(guest_set_queue(g, i));
    assert_true(box_ask(g, 1));
    assert_false(guest_used(g, 2, &id, &len));
    guest_driver_ok(g);
    assert_true(guest_used(g, 2, &id, &len));
    assert_true(box_ask(g, 0) && box_ask(g, 1) && box_ask(g, 2));
    assert_true(guest_start(g)); /* not open before the next notification */
    assert_false(box.dev.early);
    not_tolerated();
}

/* With the switch, the device does nothing before DRIVER_OK without a notification. */
static void is_not_open_unasked(struct guest *g, long long at)
{
    const struct guest_desc d = {GUEST_DATA, 16, VWR_VIRTQ_DESC_F_WRITE, 0};
    uint32_t id = 0, len = 0;

    (void)at;
    if (g->legacy)
        return;
    switch_on(g, true);
    guest_clear_rings(g);
    assert_true(guest_negotiate(g));
    assert_true(guest_set_queue(g, 0));
    (void)guest_chain(g, 0, &d, 1);
    vwr_vdev_serve(&box.dev, 0);
    assert_false(guest_used(g, 0, &id, &len));
    box_set(g, VWR_MMIO_STATUS, guest_status(g) | VWR_STATUS_FAILED);
    guest_kick(g, 0);
    assert_false(guest_used(g, 0, &id, &len));
    not_tolerated();
}

/* The switch does not open a legacy device before DRIVER, so the message does not name it. */
static void notifies_before_driver(struct guest *g, long long at)
{
    (void)at;
    if (!g->legacy)
        return;
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_RESET);
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_FEATURES_OK);
    guest_kick(g, 0);
    assert_true(says("init.drv.15"));
    assert_false(says("VWR_TOLERATE_QEMU"));
}

/* The queues of a legacy device are open after DRIVER, also with the switch and FEATURES_OK. */
static void is_not_open_before_driver(struct guest *g, long long at)
{
    const struct guest_desc d = {GUEST_DATA, 16, VWR_VIRTQ_DESC_F_WRITE, 0};
    uint32_t id = 0, len = 0;

    (void)at;
    if (!g->legacy)
        return;
    switch_on(g, true);
    guest_clear_rings(g);
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_FEATURES_OK);
    box_set(g, VWR_MMIO_GUEST_PAGE_SIZE, g->page_size);
    assert_true(guest_set_queue(g, 0));
    (void)guest_chain(g, 0, &d, 1);
    guest_kick(g, 0);
    assert_false(guest_used(g, 0, &id, &len));
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_DRIVER);
    assert_true(guest_used(g, 0, &id, &len));
}

/* An indirect table that was offered and not accepted. */
static void uses_a_table(struct guest *g, long long at)
{
    const struct vwr_features all = g->features;
    const struct guest_desc entry = {GUEST_DATA, 16, VWR_VIRTQ_DESC_F_WRITE, 0};
    const struct guest_desc table = {GUEST_DATA + 0x1000, 16, VWR_VIRTQ_DESC_F_INDIRECT, 0};
    uint32_t id = 0, len = 0;

    if (at != 0)
        switch_on(g, at == 1);
    vwr_features_remove(&g->features, VWR_F_INDIRECT_DESC);
    assert_true(guest_start(g));
    guest_put_desc(g, GUEST_DATA + 0x1000, 0, &entry);
    (void)guest_chain(g, 0, &table, 1);
    guest_kick(g, 0);
    assert_int_equal(guest_used(g, 0, &id, &len), at == 1);
    if (at == 1) {
        tolerated(VWR_TOLERATED_TABLE);
        assert_memory_equal(guest_at(g, GUEST_DATA, 3), "box", 3);
    } else {
        assert_int_equal(box.dev.fault.kind, VWR_VFAULT_INDIRECT);
        not_tolerated();
    }
    if (at == 0)
        assert_true(says(g->packed ? "INDIRECT_DESC (bit 28; packed.drv.indirect.1)"
                                   : "INDIRECT_DESC (bit 28; split.drv.indirect.1)") &&
                    says("VWR_TOLERATE_QEMU"));
    g->features = all;
}

/* With the switch, a table that is wrong in another way is not explained by the switch. */
static void uses_a_wrong_table(struct guest *g, long long at)
{
    const struct vwr_features all = g->features;
    const struct guest_desc table = {GUEST_DATA, 17, VWR_VIRTQ_DESC_F_INDIRECT, 0};

    (void)at;
    switch_on(g, true);
    vwr_features_remove(&g->features, VWR_F_INDIRECT_DESC);
    assert_true(guest_start(g));
    (void)guest_chain(g, 0, &table, 1);
    guest_kick(g, 0);
    assert_int_equal(box.dev.fault.kind, VWR_VFAULT_INDIRECT);
    assert_true(says("an invalid indirect table"));
    assert_false(says("VWR_TOLERATE_QEMU"));
    g->features = all;
}

/* What a driver writes before a reset has completed has no effect, neither then nor afterwards. */
static void writes_during_a_reset(struct guest *g, long long at)
{
    unsigned negotiations;

    (void)at;
    assert_true(guest_start(g));
    negotiations = box.negotiations;
    vwr_vdev_set_unsafe(&box.dev, true);
    box_set(g, VWR_MMIO_STATUS, VWR_STATUS_RESET);
    assert_int_equal(guest_status(g), VWR_STATUS_DEVICE_NEEDS_RESET);
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        (void)guest_set_queue(g, i);
    box_set(g, VWR_MMIO_DRIVER_FEATURES_SEL, 0);
    box_set(g, VWR_MMIO_DRIVER_FEATURES, 0);
    guest_kick(g, 0);
    not_tolerated();
    assert_int_equal(box.negotiations, negotiations);
    vwr_vdev_set_unsafe(&box.dev, false);
    assert_int_equal(guest_status(g), VWR_STATUS_RESET);
    for (unsigned i = 0; i < BOX_QUEUES; i++) {
        assert_false(box.dev.queue[i].ready);
        assert_int_equal(box.dev.queue[i].size, 0);
        assert_int_equal(box.dev.queue[i].desc_addr, 0);
    }
    assert_false(box.dev.notified);
    not_tolerated();
}

/* ACKNOWLEDGE on a device in use. */
static void starts_without_a_reset(struct guest *g, long long at)
{
    const unsigned resets = box.resets;
    uint32_t status = VWR_STATUS_ACKNOWLEDGE | (at > 1 ? VWR_STATUS_DRIVER : 0);

    if (at != 0)
        switch_on(g, true);
    assert_true(guest_start(g));
    assert_true(box_ask(g, 0));
    box_set(g, VWR_MMIO_STATUS, status);
    if (at == 0) {
        assert_int_equal(guest_status(g) & VWR_STATUS_DRIVER_OK, VWR_STATUS_DRIVER_OK);
        assert_true(says("ACKNOWLEDGE (bit 0)") && says("init.drv.2") && says("VWR_TOLERATE_QEMU"));
        assert_true(box_ask(g, 0));
        return;
    }
    assert_int_equal(guest_status(g), status);
    tolerated(VWR_TOLERATED_NO_RESET);
    assert_true(box.resets > resets);
    guest_clear_rings(g);
    box_set(g, VWR_MMIO_STATUS, status |= VWR_STATUS_DRIVER);
    for (uint32_t word = 0; word < VWR_FEATURE_WORDS; word++) {
        box_set(g, VWR_MMIO_DRIVER_FEATURES_SEL, word);
        box_set(g, VWR_MMIO_DRIVER_FEATURES, g->features.w[word] & box.dev.offered.w[word]);
    }
    if (!g->legacy)
        box_set(g, VWR_MMIO_STATUS, status |= VWR_STATUS_FEATURES_OK);
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        assert_true(guest_set_queue(g, i));
    box_set(g, VWR_MMIO_STATUS, status | VWR_STATUS_DRIVER_OK);
    assert_true(box_ask(g, 0));
    tolerated(VWR_TOLERATED_NO_RESET);
}

/* Each name is printed with its count. */
static bool is_listed;

static void look(void *name, const char *line)
{
    is_listed = is_listed || (strstr(line, "(start-ups: 2)") != NULL && strstr(line, name) != NULL);
}

static void prints_each(struct guest *g, long long at)
{
    (void)at;
    for (unsigned i = 0; i < VWR_TOLERANCE_COUNT; i++) {
        char name[40];

        assert_true(strlen(vwr_tolerances[i].name) < sizeof(name));
        strcpy(name, vwr_tolerances[i].name);
        g->dev->tolerated.before[i] = 2;
        is_listed = false;
        vwr_vdev_print(g->dev, look, name);
        assert_true(is_listed);
    }
}

#define CASE(name, clause, ...)                       \
    {                                                 \
#name, clause, name, HOSTILE_ALL, __VA_ARGS__ \
    }

static const struct hostile_case cases[] = {
    CASE(notifies_early, "init.drv.15; status.dev.1", 3, {0, 1, 2}),
    CASE(forgets_a_notification, "init.drv.15; init.drv.14; reset.dev.2", 3, {0, 1, 2}),
    CASE(sets_up_its_queues_first, "init.drv.11; init.drv.1", 3, {0, 1, 2}),
    CASE(sets_up_a_wrong_queue_first, "mmio.drv.14", 3, {0, 1, 2}),
    CASE(negotiates_again, "init.drv.9; status.drv.2", 3, {0, 1, 2}),
    CASE(writes_single_bits, "status.drv.2", 0, {0}),
    CASE(reads_without_a_selector, "mmio.drv.12", 0, {0}),
    CASE(reads_any_width, "mmio.drv.5", 3, {0, 1, 2}),
    CASE(does_not_accept_version_1, "rfeat.drv.1", 0, {0}),
    CASE(class_depends_on_version_1, "rfeat.drv.1; feat.dev.3", 0, {0}),
    CASE(writes_an_address, "section Virtio Over MMIO / Legacy interface", 2, {0, 1}),
    CASE(sets_features_ok, "section Device Initialization / Legacy Interface: Device Initialization", 0, {0}),
    CASE(asks_before_driver_ok, "init.drv.15; status.dev.1", 2, {0, 1}),
    CASE(is_not_open_unasked, "status.dev.1", 0, {0}),
    CASE(is_not_open_before_driver, "section Legacy Interface: Device Initialization", 0, {0}),
    CASE(uses_a_table, "split.drv.indirect.1", 3, {0, 1, 2}),
    CASE(notifies_before_driver, "init.drv.15", 0, {0}),
    CASE(uses_a_wrong_table, "split.drv.indirect.1", 0, {0}),
    CASE(writes_during_a_reset, "reset.dev.1; reset.drv.1", 0, {0}),
    CASE(starts_without_a_reset, "init.drv.2; status.drv.2", 3, {0, 1, 2}),
    CASE(prints_each, "header vdev.h", 0, {0}),
};

int main(void)
{
    return hostile_run("what is tolerated", &box_device, cases, sizeof(cases) / sizeof(cases[0]));
}
