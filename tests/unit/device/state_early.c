/* SPDX-License-Identifier: MIT */
#include "state_world.h"

#include "vwr/vm.h"

#include <string.h>

/*
 * States of a driver that has not set DRIVER_OK, and has sent a notification or set up a queue too early.
 * What it waits for is served after the load. generated/docs/tolerances.md
 */

static void step(uint32_t bits)
{
    guest_write(&all.g, VWR_MMIO_STATUS, 4, guest_status(&all.g) | bits);
}

static void write_features(void)
{
    for (uint32_t word = 0; word < VWR_FEATURE_WORDS; word++) {
        guest_write(&all.g, VWR_MMIO_DRIVER_FEATURES_SEL, 4, word);
        guest_write(&all.g, VWR_MMIO_DRIVER_FEATURES, 4, all.g.features.w[word] & all.g.dev->offered.w[word]);
    }
}

static bool is_answered(void)
{
    uint32_t id, len;

    if (!guest_used(&all.g, 0, &id, &len))
        return false;
    guest_ack(&all.g);
    return true;
}

/* Saves the device, flips each bit of its state, and loads it into a reset device. */
static void save_and_load(void)
{
    static uint8_t state[STATE_BYTES], wrong[STATE_BYTES];
    const size_t bytes = save(state);
    struct vwr_vstate s = state_in(state, bytes);

    reset();
    assert_true(try(state, bytes));
    for (size_t i = 0; i < bytes * 8; i++) {
        memcpy(wrong, state, bytes);
        wrong[i / 8] ^= (uint8_t)(1u << i % 8);
        (void)try(wrong, bytes);
    }
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
    vwr_vm_restart(&all.g.vm, &s);
}

static void ask(unsigned i)
{
    const struct guest_desc d = {data_of(i), 16, VWR_VIRTQ_DESC_F_WRITE, 0};

    (void)guest_chain(&all.g, 0, &d, 1);
    guest_kick(&all.g, 0);
}

/* The first steps of an entropy source's driver, up to FEATURES_OK and the queue. */
static void start_up(bool packed, bool queue_first)
{
    has_bytes = true;
    make_device(ENTROPY, false, packed);
    guest_clear_rings(&all.g);
    step(VWR_STATUS_ACKNOWLEDGE);
    step(VWR_STATUS_DRIVER);
    write_features();
    if (queue_first) {
        assert_true(guest_set_queue(&all.g, 0));
        save_and_load();
        assert_int_equal(guest_read(&all.g, VWR_MMIO_QUEUE_READY, 4), 1);
    }
    step(VWR_STATUS_FEATURES_OK);
    if (!queue_first)
        assert_true(guest_set_queue(&all.g, 0));
}

/* A notification before DRIVER_OK, a save and a load; it is served at DRIVER_OK, and once. */
void keeps_an_early_notification(void **unused)
{
    (void)unused;
    for (unsigned i = 0; i < 4; i++) {
        start_up(i % 2 != 0, i >= 2);
        ask(0);
        assert_false(is_answered());
        save_and_load();
        assert_false(is_answered());
        step(VWR_STATUS_DRIVER_OK);
        assert_true(is_answered());
        assert_false(is_answered());
        unplug();
    }
    has_bytes = false;
}

/* Without a notification, a load does not add one. */
void adds_no_notification(void **unused)
{
    const struct guest_desc d = {data_of(0), 16, VWR_VIRTQ_DESC_F_WRITE, 0};

    (void)unused;
    start_up(false, false);
    (void)guest_chain(&all.g, 0, &d, 1);
    save_and_load();
    step(VWR_STATUS_DRIVER_OK);
    assert_false(is_answered());
    unplug();
    has_bytes = false;
}

/* With the switch, requests are answered before DRIVER_OK, before and after a load; without it, that state is
 * refused. */
void keeps_what_was_opened(void **unused)
{
    static uint8_t state[STATE_BYTES];
    struct vwr_vstate s;
    size_t bytes;

    (void)unused;
    for (unsigned packed = 0; packed < 2; packed++) {
        tolerate = VWR_TOLERATE_QEMU;
        start_up(packed != 0, false);
        ask(0);
        assert_true(is_answered());
        save_and_load();
        ask(1);
        assert_true(is_answered());
        bytes = save(state);
        reset();
        all.g.dev->as_qemu = false;
        s = state_in(state, bytes);
        assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_EPROTO);
        assert_int_equal(s.fault, VWR_VSTATE_FIELD);
        check_unused();
        tolerate = VWR_TOLERATE_DEFAULT;
        unplug();
    }
    has_bytes = false;
}

/* A legacy driver that has set FEATURES_OK still reads it after a load, and goes on. */
void keeps_features_ok(void **unused)
{
    const uint32_t status = VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER | VWR_STATUS_FEATURES_OK;

    (void)unused;
    has_bytes = true;
    make_device(ENTROPY, true, false);
    guest_clear_rings(&all.g);
    step(VWR_STATUS_ACKNOWLEDGE);
    step(VWR_STATUS_DRIVER);
    step(VWR_STATUS_FEATURES_OK);
    save_and_load();
    assert_int_equal(guest_status(&all.g), status);
    guest_write(&all.g, VWR_MMIO_GUEST_PAGE_SIZE, 4, all.g.page_size);
    assert_true(guest_set_queue(&all.g, 0));
    step(VWR_STATUS_DRIVER_OK);
    save_and_load();
    assert_int_equal(guest_status(&all.g), status | VWR_STATUS_DRIVER_OK);
    ask(0);
    assert_true(is_answered());
    unplug();
    has_bytes = false;
}

/*
 * What a driver has written before its first step is not part of a state that is loaded: the queue is as it
 * was saved.
 */
void forgets_what_was_early(void **unused)
{
    static uint8_t state[STATE_BYTES];
    struct vwr_vstate s;
    size_t bytes;

    (void)unused;
    for (uint32_t ready = 0; ready < 2; ready++) {
        start_up(false, false);
        guest_write(&all.g, VWR_MMIO_QUEUE_READY, 4, ready);
        step(VWR_STATUS_DRIVER_OK);
        bytes = save(state);
        reset();
        guest_clear_rings(&all.g);
        assert_true(guest_set_queue(&all.g, 0));
        ask(0);
        s = state_in(state, bytes);
        assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
        assert_int_equal(guest_read(&all.g, VWR_MMIO_QUEUE_READY, 4), ready);
        assert_int_equal(all.g.dev->tolerated.since_reset, 0);
        assert_int_equal(is_answered(), ready); /* the load ends with a restart, which serves all queues */
        unplug();
    }
    has_bytes = false;
}

/* After a load, the message still tells why a driver waits, and that it has selected a word of features. */
void explains_what_was_early(void **unused)
{
    char words[400];

    (void)unused;
    start_up(false, false);
    ask(0);
    save_and_load();
    (void)guest_read(&all.g, VWR_MMIO_DEVICE_FEATURES, 4);
    (void)vwr_vdev_explain(all.g.dev, words, sizeof(words));
    assert_non_null(strstr(words, "init.drv.15"));
    assert_non_null(strstr(words, "VWR_TOLERATE_QEMU"));
    assert_null(strstr(words, "mmio.drv.12"));
    unplug();
    has_bytes = false;
}
