/* SPDX-License-Identifier: MIT */
#include "world.h"

#include <stdio.h>
#include <string.h>

/* A disk that fails while in use: D14, D15, D36, D37, D39, D41, and ring violations as seen by the block
 * driver. */

#define SECTOR VWR_BLK_SECTOR_BYTES
#define TIMEOUT_US 50000u

static void open_disk(struct world *w)
{
    world_plug(w, world_version(w));
    w->options.request.timeout_us = TIMEOUT_US;
    world_opened(w);
}

/* Each call reports the failure immediately; the memory of requests in flight stays unchanged. */
static void failed_for_good(struct world *w)
{
    uint8_t *shared = test_malloc(w->memory.shared_bytes);
    char id[VWR_BLK_GET_ID_BYTES + 1];

    assert_true(w->f.quirks.gone || (w->f.status_written & VWR_STATUS_FAILED));
    memcpy(shared, w->memory.shared, w->memory.shared_bytes);
    fake_forget(&w->f);
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_EFAILED);
    assert_int_equal(vwr_blk_write(&w->blk, 0, w->buffer, 1), VWR_EFAILED);
    assert_int_equal(vwr_blk_flush(&w->blk), VWR_EFAILED);
    assert_int_equal(vwr_blk_get_id(&w->blk, id), VWR_EFAILED);
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, NULL),
                     w->mmio.dev.state == VWR_DEV_LIVE ? VWR_EBUSY : VWR_EFAILED); /* until close */
    assert_int_equal(w->f.accesses, 0);
    assert_memory_equal(shared, w->memory.shared, w->memory.shared_bytes);
    test_free(shared);
}

/* Recovery: after a reset the caller owns all memory again. */
static void mended_by_close(struct world *w)
{
    world_honest(w);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    memset(w->memory.shared, 0x5a, w->memory.shared_bytes);
    memset(w->memory.own, 0x5a, w->memory.own_bytes);
    world_works_again(w);
}

/* ---- D14, D15, D39: no answer ---- */

/* The end of the ring, at its address for the device and at that for the CPU. */
static void explains_ring(struct world *w)
{
    const void *const end = w->blk.first.requests.slots[0].shared;
    char words[100];
    size_t run;

    (void)snprintf(words, sizeof(words), "vwr_port_dma places below 0x%llx (for the CPU: 0x%llx)?",
                   (unsigned long long)vwr_host_dma(end, 1, &run), (unsigned long long)(uintptr_t)end);
    world_explains(w, words);
}

static void D14_never_completes(void **state)
{
    struct world *w = *state;
    uint64_t began;

    open_disk(w);
    w->disk.mute = true;
    began = fake_time.now;
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_ETIMEOUT);
    assert_true(fake_time.now - began >= TIMEOUT_US);
    assert_true(fake_time.now - began <= TIMEOUT_US + 3 * fake_time.step);
    world_explains(w, "request IN: no answer in 50000 us");
    world_explains(w, "avail.idx 1, used.idx 0");
    explains_ring(w);
    assert_int_equal(w->f.notified, 1);
    failed_for_good(w);
    mended_by_close(w);
}

/* The same with the default deadline; the status is polled occasionally and not at every step. */
static void D14_default_deadline(void **state)
{
    struct world *w = *state;
    uint64_t began;

    world_plug(w, world_version(w));
    world_opened(w);
    assert_int_equal(w->blk.options.request.timeout_us, VWR_REQUEST_TIMEOUT_US);
    w->disk.mute = true;
    began = fake_time.now;
    assert_int_equal(vwr_blk_flush(&w->blk), VWR_ETIMEOUT);
    assert_true(fake_time.now - began >= VWR_REQUEST_TIMEOUT_US);
    assert_true(fake_time.now - began <= VWR_REQUEST_TIMEOUT_US + 3 * fake_time.step);
    assert_true(fake_count(&w->f, "R Status") <= fake_time.readings / 100);
    world_explains(w, "request FLUSH");
    failed_for_good(w);
}

/* The failure comes in the middle of a transfer that needs several requests. */
static void answer_three(struct fake *f, uint32_t queue)
{
    struct fake_blk *disk = f->backend;

    disk->mute = disk->count >= 3;
    fake_blk_serve(f, queue);
}

static void D14_in_the_middle(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    fake_config(&w->f, VWR_BLK_CONFIG_SEG_MAX, 4, 1);
    w->options.request.timeout_us = TIMEOUT_US;
    world_opened(w);
    fake_ram_scatter(w->buffer, WORLD_BUFFER_BYTES);
    w->f.on_notify = answer_three;
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 64), VWR_ETIMEOUT);
    assert_int_equal(w->f.notified, 4);
    assert_true(world_has_pattern(w, 0, 3 * 8));
    failed_for_good(w);
    mended_by_close(w);
}

/*
 * The reset does not end either: the device owns the memory until a later attempt succeeds. Clause:
 * cleanup.drv.2.
 */
static void D14_and_the_reset_fails_too(void **state)
{
    struct world *w = *state;

    open_disk(w);
    w->disk.mute = true;
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_ETIMEOUT);
    w->f.quirks.reset_reads = FAKE_FOREVER;
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_ETIMEOUT);
    world_explains(w, "reset");
    assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, NULL), VWR_EFAILED);
    mended_by_close(w);
}

/* D15: an answer after the driver's timeout goes to memory that the device still owns, and has no effect. */
static void D15_completes_after_the_timeout(void **state)
{
    struct world *w = *state;

    open_disk(w);
    w->disk.mute = true;
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_ETIMEOUT);
    w->disk.mute = false;
    fake_blk_serve(&w->f, 0);
    failed_for_good(w);
    mended_by_close(w);
}

/* D15: the same after the reset, which violates the specification: the next open clears what the device
 * wrote. */
static void D15_ring_written_after_the_reset(void **state)
{
    struct world *w = *state;
    struct fake_queue was;

    open_disk(w);
    was = w->f.queue[0];
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    w->f.queue[0] = was;
    fake_ring_set_entry(&w->f, 0, 0, 0, 1);
    fake_ring_set_used_idx(&w->f, 0, 1);
    fake_ring_set_used_flags(&w->f, 0, VWR_VIRTQ_USED_F_NO_NOTIFY);
    memset(&w->f.queue[0], 0, sizeof(w->f.queue[0]));
    w->f.queue[0].size_max = was.size_max;
    world_works_again(w);
}

static uint64_t answer_at;

static void answer_late(struct fake *f)
{
    struct fake_blk *disk = f->backend;

    if (fake_time.now >= answer_at)
        disk->mute = false;
    fake_blk_serve(f, 0);
}

static void slow_disk(struct world *w, uint64_t us)
{
    w->disk.mute = true;
    w->f.on_time = answer_late;
    answer_at = fake_time.now + us;
}

static void slow_answer(void **state)
{
    struct world *w = *state;

    open_disk(w);
    slow_disk(w, TIMEOUT_US / 2);
    assert_int_equal(vwr_blk_read(&w->blk, 3, w->buffer, 2), VWR_OK);
    assert_true(world_has_pattern(w, 3, 2));
    assert_int_equal(w->f.notified, 1);
    assert_true(fake_count(&w->f, "R Status") <= 2 + 8); /* one poll per 16th of the deadline; half passes */
}

/* D39: the answer arrives with the last poll, after the deadline. */
static void D39_answer_at_the_last_poll(void **state)
{
    struct world *w = *state;

    open_disk(w);
    fake_time.step = TIMEOUT_US;
    slow_disk(w, 2 * TIMEOUT_US); /* one poll at the start, one after the deadline */
    assert_int_equal(vwr_blk_read(&w->blk, 3, w->buffer, 2), VWR_OK);
    assert_true(world_has_pattern(w, 3, 2));
}

/* D13: a device that suppresses notifications and then sleeps: the wait is bounded, as for any silent
 * device. */
static void D13_no_notify_and_asleep(void **state)
{
    struct world *w = *state;

    open_disk(w);
    fake_ring_suppress(&w->f, 0, FAKE_NO_EVENT, 0);
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_ETIMEOUT);
    failed_for_good(w);
    mended_by_close(w);
}

/* ---- D36, D37: the device status ---- */

static void needs_reset(struct fake *f, uint32_t queue)
{
    (void)queue;
    f->status |= VWR_STATUS_DEVICE_NEEDS_RESET;
}

/* Clause: status.drv.4. */
static void D36_needs_reset_mid_io(void **state)
{
    struct world *w = *state;
    uint64_t began;

    open_disk(w);
    w->blk.options.request.timeout_us = VWR_REQUEST_TIMEOUT_US;
    fake_time.step = 1; /* many steps of the wait loop in little time */
    w->f.on_notify = needs_reset;
    began = fake_time.now;
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_ENEEDSRESET);
    assert_true(fake_time.now - began < VWR_REQUEST_TIMEOUT_US / 100); /* not only at the deadline */
    world_explains(w, "DEVICE_NEEDS_RESET");
    failed_for_good(w);
    mended_by_close(w);
}

static void D36_needs_reset_at_idle(void **state)
{
    struct world *w = *state;

    open_disk(w);
    assert_int_equal(vwr_dev_check(&w->mmio.dev), VWR_OK);
    assert_int_equal(w->f.accesses, 1);
    needs_reset(&w->f, 0);
    assert_int_equal(vwr_dev_check(&w->mmio.dev), VWR_ENEEDSRESET);
    world_explains(w, "DEVICE_NEEDS_RESET");
    failed_for_good(w);
    mended_by_close(w);
}

static void leave_the_bus(struct fake *f, uint32_t queue)
{
    (void)queue;
    f->quirks.gone = true;
}

static void D37_gone_mid_io(void **state)
{
    struct world *w = *state;
    uint64_t began;

    open_disk(w);
    w->blk.options.request.timeout_us = VWR_REQUEST_TIMEOUT_US;
    fake_time.step = 1;
    w->f.on_notify = leave_the_bus;
    began = fake_time.now;
    assert_int_equal(vwr_blk_write(&w->blk, 0, w->buffer, 1), VWR_EGONE);
    assert_true(fake_time.now - began < VWR_REQUEST_TIMEOUT_US / 100);
    world_explains(w, "all ones");
    failed_for_good(w);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_EGONE);
    mended_by_close(w); /* after it is plugged in again */
}

static void D37_gone_at_idle(void **state)
{
    struct world *w = *state;

    open_disk(w);
    w->f.quirks.gone = true;
    assert_int_equal(vwr_dev_check(&w->mmio.dev), VWR_EGONE);
    world_explains(w, "all ones");
    failed_for_good(w);
    mended_by_close(w);
}

/* The device was reset, by itself or by another driver: all status bits are clear, and no answer will
 * come. */
static void forget_everything(struct fake *f, uint32_t queue)
{
    (void)queue;
    f->status = 0;
}

static void D37_status_vanishes_mid_io(void **state)
{
    struct world *w = *state;
    uint64_t began;
    int r;

    open_disk(w);
    w->f.on_notify = forget_everything;
    began = fake_time.now;
    r = vwr_blk_read(&w->blk, 0, w->buffer, 1);
    assert_int_equal(r, VWR_EINFLIGHT);
    world_explains(w, "cleared without a reset");
    assert_true(fake_time.now - began <= TIMEOUT_US + 3 * fake_time.step);
    failed_for_good(w);
    mended_by_close(w);
}

/* ---- D41: status bytes; errors of a single request ---- */

static void disk_is_usable(struct world *w)
{
    w->disk.has_status = false;
    w->disk.no_status = false;
    assert_int_equal(vwr_blk_read(&w->blk, 3, w->buffer, 4), VWR_OK);
    assert_true(world_has_pattern(w, 3, 4));
}

static void D41_status_byte_3_to_255(void **state)
{
    struct world *w = *state;
    char words[32];

    open_disk(w);
    for (unsigned status = 3; status < 256; status++) {
        w->disk.has_status = true;
        w->disk.status = (uint8_t)status;
        assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_EPROTO);
        snprintf(words, sizeof(words), "request IN: status 0x%x", status);
        world_explains(w, words);
        disk_is_usable(w);
    }
}

static void D41_status_byte_never_written(void **state)
{
    struct world *w = *state;

    open_disk(w);
    disk_is_usable(w); /* leaves an old OK in the status byte */
    w->disk.no_status = true;
    assert_int_equal(vwr_blk_write(&w->blk, 0, w->buffer, 1), VWR_EPROTO);
    world_explains(w, "request OUT");
    world_explains(w, "which the device has not written");
    disk_is_usable(w);
    w->disk.no_status = true;
    assert_int_equal(vwr_blk_flush(&w->blk), VWR_EPROTO);
    world_explains(w, "request FLUSH");
    disk_is_usable(w);
}

static void errors_of_one_request(void **state)
{
    struct world *w = *state;

    open_disk(w);
    w->disk.has_status = true;
    w->disk.status = VWR_BLK_S_IOERR;
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_EIO);
    assert_int_equal(vwr_blk_write(&w->blk, 0, w->buffer, 1), VWR_EIO);
    assert_int_equal(vwr_blk_flush(&w->blk), VWR_EIO);
    w->disk.status = VWR_BLK_S_UNSUPP;
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_EUNSUPP);
    assert_int_equal(w->f.status_written & VWR_STATUS_FAILED, 0);
    assert_int_equal(fake_count(&w->f, "W Status"), 0);
    disk_is_usable(w);
}

/* A check of a healthy device does not change the explanation of the last fault. */
static void explanation_outlives_a_check(void **state)
{
    struct world *w = *state;

    open_disk(w);
    w->disk.has_status = true;
    w->disk.status = 0x77;
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_EPROTO);
    world_explains(w, "status 0x77");
    assert_int_equal(vwr_dev_check(&w->mmio.dev), VWR_OK);
    world_explains(w, "status 0x77");
}

static void fail_the_third(struct fake *f, uint32_t queue)
{
    struct fake_blk *disk = f->backend;

    disk->has_status = disk->count == 2;
    disk->status = VWR_BLK_S_IOERR;
    fake_blk_serve(f, queue);
}

/* A transfer stops at the first request that fails. */
static void error_in_the_middle(void **state)
{
    struct world *w = *state;

    world_plug(w, world_version(w));
    fake_config(&w->f, VWR_BLK_CONFIG_SEG_MAX, 4, 1);
    world_opened(w);
    fake_ram_scatter(w->buffer, WORLD_BUFFER_BYTES);
    w->f.on_notify = fail_the_third;
    assert_int_equal(vwr_blk_write(&w->blk, 100, w->buffer, 64), VWR_EIO);
    assert_int_equal(w->f.notified, 3);
    w->f.on_notify = fake_blk_serve;
    disk_is_usable(w);
}

/* ---- violations in the ring ---- */

/* D04: a length that is too large is clamped, and the request succeeds. */
static void D04_length_too_large(void **state)
{
    static const uint32_t more[] = {1, 0x1000, 0x7fffffff, 0xfffffdfe};
    struct world *w = *state;

    open_disk(w);
    for (unsigned i = 0; i < sizeof(more) / sizeof(more[0]); i++) {
        w->disk.used_more = more[i];
        assert_int_equal(vwr_blk_read(&w->blk, 3, w->buffer, 1), VWR_OK);
        assert_true(world_has_pattern(w, 3, 1));
        assert_int_equal(w->blk.first.requests.queue.stats.clamped, i + 1);
    }
}

static void name_another(struct fake *f, uint32_t queue)
{
    struct fake_chain c;

    while (fake_ring_next(f, queue, &c))
        fake_ring_push(f, queue, 0x10000u + c.head, 1);
}

static void claim_too_many(struct fake *f, uint32_t queue)
{
    fake_blk_serve(f, queue);
    fake_ring_set_used_idx(f, queue, (uint16_t)(f->queue[queue].used + 1));
}

static void bad_ring(struct world *w, void (*violate)(struct fake *f, uint32_t queue))
{
    open_disk(w);
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_OK);
    w->f.on_notify = violate;
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_EBADRING);
    world_explains(w, "used a buffer that is not in flight");
    failed_for_good(w);
    mended_by_close(w);
}

static void D01_id_of_nothing(void **state)
{
    bad_ring(*state, name_another);
}

static void D07_one_too_many(void **state)
{
    bad_ring(*state, claim_too_many);
}

/* D06: the last request completes again with nothing in flight: the status byte reveals it first, then the
 * index. */
static void D06_last_one_again(void **state)
{
    struct world *w = *state;

    open_disk(w);
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_OK);
    fake_ring_push(&w->f, 0, fake_ring_avail_entry(&w->f, 0, 0), 1);
    w->disk.mute = true;
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_EPROTO); /* used without being served */
    w->disk.mute = false;
    fake_blk_serve(&w->f, 0);
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 1), VWR_EBADRING);
    mended_by_close(w);
}

/* ---- a device that behaves randomly ---- */

static uint32_t random_state;

static uint32_t next_random(void)
{
    random_state = random_state * 1664525u + 1013904223u;
    return random_state >> 8;
}

static void write_nonsense(struct fake *f, uint32_t queue)
{
    const uint32_t what = next_random() % 8;
    struct fake_chain c;

    if (what < 4) {
        fake_blk_serve(f, queue);
        return;
    }
    while (fake_ring_next(f, queue, &c)) {
        const uint8_t status = (uint8_t)next_random();

        fake_ram_write(c.segment[c.count - 1].addr, &status, 1);
        fake_ring_push(f, queue,
                       what == 4   ? next_random()
                       : what == 5 ? next_random() % 16
                                   : c.head,
                       next_random());
    }
    if (what == 6)
        fake_ring_set_used_idx(f, queue, (uint16_t)next_random());
    if (what == 7)
        f->status |= next_random() & VWR_STATUS_DEVICE_NEEDS_RESET;
}

/* Every call ends with a documented result, no memory outside of the shared part is written, and a reset
 * recovers the device. */
static void nonsense_at_random(void **state)
{
    struct world *w = *state;
    unsigned failures = 0;

    random_state = world_version(w);
    open_disk(w);
    w->f.on_notify = write_nonsense;
    w->blk.options.request.timeout_us = 3 * fake_time.step;
    for (unsigned i = 0; i < 5000; i++) {
        int r = vwr_blk_read(&w->blk, next_random() % 200, w->buffer, 1 + next_random() % 8);

        assert_true(r <= VWR_OK && r >= VWR_EFAILED);
        if (r != VWR_EFAILED)
            continue;
        failures++;
        assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
        assert_int_equal(vwr_blk_open_with(&w->blk, &w->mmio.dev, &w->memory, &w->options), VWR_OK);
        w->blk.options.request.timeout_us = 3 * fake_time.step;
    }
    assert_true(failures > 100);
    mended_by_close(w);
}

#define BOTH(function) WORLD_MODERN(function), WORLD_LEGACY(function)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(D14_never_completes),
        BOTH(D14_default_deadline),
        BOTH(D14_in_the_middle),
        BOTH(D14_and_the_reset_fails_too),
        BOTH(D15_completes_after_the_timeout),
        BOTH(D15_ring_written_after_the_reset),
        BOTH(slow_answer),
        BOTH(D39_answer_at_the_last_poll),
        BOTH(D13_no_notify_and_asleep),
        WORLD_MODERN(D36_needs_reset_mid_io),
        WORLD_MODERN(D36_needs_reset_at_idle),
        BOTH(D37_gone_mid_io),
        BOTH(D37_gone_at_idle),
        BOTH(D37_status_vanishes_mid_io),
        BOTH(D41_status_byte_3_to_255),
        BOTH(D41_status_byte_never_written),
        BOTH(errors_of_one_request),
        BOTH(explanation_outlives_a_check),
        BOTH(error_in_the_middle),
        BOTH(D04_length_too_large),
        BOTH(D01_id_of_nothing),
        BOTH(D07_one_too_many),
        BOTH(D06_last_one_again),
        BOTH(nonsense_at_random),
    };

    return cmocka_run_group_tests_name("failures", tests, NULL, NULL);
}
