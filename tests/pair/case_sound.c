/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "ram.h"
#include "sound.h"
#include "vmm.h"
#include "../common/random.h"

#include <stdio.h>
#include <string.h>

/*
 * Messages on the control queue of a sound card: requests whose answers start with a status and end in an
 * array. Each array arrives in the right place with the device's data, for any memory layout; wrong answers
 * are detected; and requests in flight when the device fails are sent again or returned with the reason, as
 * the class chooses. There is no legacy sound device.
 */

#define INFO ((uint32_t)sizeof(struct vwr_snd_jack_info))
#define POISON 0xa5
#define STATUS ((uint32_t)sizeof(struct vwr_snd_hdr))
#define PATIENCE 1000u

static struct {
    struct sound_device device;
    union vmm_end end;
    struct sound driver;
    struct sound_req req[SOUND_REQUESTS + 1];
    uint8_t *memory[SOUND_REQUESTS + 1][2]; /* for any array: contiguous, or in separate pages */
    unsigned completed;
    unsigned no_room;
} snd;

static uint64_t state;

static struct vwr_requestq *control(void)
{
    return &snd.driver.control;
}

static bool work(void)
{
    return random_below(&state, 3) == 0 &&
           sound_device_step(&snd.device, random_below(&state, SOUND_REQUESTS));
}

static void open_sound(unsigned kind, bool deferred)
{
    vmm_begin(deferred);
    memset(&snd, 0, sizeof(snd));
    sound_device_init(&snd.device, kind);
    ram_reset();
    CHECK_NUMBER(vmm_find(&snd.end, SOUND_SLOT), VWR_OK);
    CHECK_NUMBER(sound_open(&snd.driver, &snd.end.dev, kind), VWR_OK);
    disk_check_features(&snd.end.dev, &snd.device.dev, kind);
    for (unsigned i = 0; i <= SOUND_REQUESTS; i++) {
        snd.memory[i][0] = guest_alloc(SOUND_JACKS * INFO);
        snd.memory[i][1] = guest_alloc_scattered(SOUND_JACKS * INFO);
    }
}

static void close_sound(void)
{
    CHECK_NUMBER(vwr_dev_reset(&snd.end.dev), VWR_OK);
    vwr_request_drop(control());
}

static bool is_info(const struct sound_req *r)
{
    return r->code == VWR_SND_R_JACK_INFO;
}

static uint32_t segment_count(const struct sound_req *r)
{
    return r->req.vec_count;
}

static const struct vwr_vec *segments(const struct sound_req *r)
{
    return r->call.data;
}

static void poison(const struct sound_req *r)
{
    for (uint32_t i = 0; i < segment_count(r); i++)
        memset(segments(r)[i].p, POISON, segments(r)[i].bytes);
}

/* The first `whole` bytes of the array have the device's data; the rest is unchanged. */
static void check_array(const struct sound_req *r, size_t whole)
{
    size_t at = 0;

    for (uint32_t i = 0; i < segment_count(r); i++)
        for (size_t k = 0; k < segments(r)[i].bytes; k++, at++) {
            struct vwr_snd_jack_info info;

            sound_jack(r->jack + (uint32_t)(at / INFO), &info);
            CHECK_NUMBER(((const uint8_t *)segments(r)[i].p)[k],
                         at < whole ? ((const uint8_t *)&info)[at % INFO] : POISON);
        }
}

static void fill_remap(struct sound_req *r, uint32_t jack)
{
    memset(r, 0, sizeof(*r));
    sound_begin(r, VWR_SND_R_JACK_REMAP, jack, 0);
}

static void fill_info(struct sound_req *r, uint32_t jack, uint32_t count, void *p)
{
    memset(r, 0, sizeof(*r));
    sound_begin(r, VWR_SND_R_JACK_INFO, jack, p != NULL);
    r->call.data[0].p = p;
    r->call.data[0].bytes = (size_t)count * INFO;
    if (p != NULL)
        poison(r);
}

/* Contiguous, in separate pages, or cut anywhere. */
static void fill_any(unsigned i)
{
    struct sound_req *const r = &snd.req[i];
    const uint32_t count = 1 + random_below(&state, random_below(&state, 4) == 0 ? SOUND_JACKS : 20);
    const size_t bytes = (size_t)count * INFO;
    const size_t cut = random_below(&state, (uint32_t)bytes - 1) + 1;

    if (random_below(&state, 8) == 0) {
        fill_remap(r, random_below(&state, SOUND_JACKS));
        return;
    }
    fill_info(r, random_below(&state, SOUND_JACKS - count + 1), count,
              snd.memory[i][random_below(&state, 2)]);
    if (random_below(&state, 3) == 0) {
        r->call.data[1] = (struct vwr_vec){(uint8_t *)r->call.data[0].p + cut, bytes - cut};
        r->call.data[0].bytes = cut;
        r->call.count = 2;
        r->req.vec_count = 2;
    }
}

static void complete(struct vwr_req *req)
{
    const struct sound_req *const r = (struct sound_req *)(void *)req;

    CHECK_NUMBER(req->result, VWR_OK);
    CHECK_NUMBER(r->call.status, VWR_SND_S_OK);
    if (is_info(r)) {
        CHECK_NUMBER(req->written, req->bytes);
        check_array(r, req->bytes);
    } else {
        CHECK_NUMBER(req->written, 0);
    }
    snd.completed++;
}

static unsigned reap(void)
{
    struct vwr_req *done[SOUND_REQUESTS];
    const int n = vwr_request_reap(control(), done, SOUND_REQUESTS);

    CHECK(n >= 0);
    for (int i = 0; i < n; i++)
        complete(done[i]);
    return (unsigned)n;
}

/* One request more than there are slots; the caller keeps the one that does not fit. */
static void submit_all(void)
{
    for (unsigned i = 0; i <= SOUND_REQUESTS; i++) {
        struct sound_req *const r = &snd.req[i];
        int n;

        if (vwr_req_is_in_flight(&r->req))
            continue;
        fill_any(i);
        n = vwr_request_submit(control(), &r->req);
        if (n == VWR_ESEGMENTS) { /* more pages than the driver has segments */
            CHECK(is_info(r) && r->req.bytes > 2 * GUEST_PAGE);
            continue;
        }
        if (n == VWR_EFULL) {
            snd.no_room++;
            break;
        }
        CHECK_NUMBER(n, VWR_OK);
    }
    (void)vwr_request_kick(control());
}

/* This many messages, and more until the queue was full once and each kind was sent: the order is random. */
static bool is_more_to_send(unsigned count)
{
    return snd.completed < count ||
           (snd.completed < 100 * count && (snd.no_room == 0 || snd.device.remaps == 0));
}

/* Random messages, answered immediately or in any order. */
static void run_traffic(unsigned kind, bool holds, bool deferred, unsigned count)
{
    open_sound(kind, deferred);
    snd.device.answer.holds = holds;
    vmm_work = work;
    while (is_more_to_send(count)) {
        submit_all();
        for (unsigned idle = 0; vwr_queue_in_flight(&control()->queue) != 0; idle++) {
            (void)vmm_step();
            CHECK_AT_MOST(idle, PATIENCE);
            if (reap() != 0)
                idle = 0;
        }
    }
    CHECK(snd.no_room != 0 && snd.device.remaps != 0);
    CHECK_NUMBER(snd.device.infos + snd.device.remaps, snd.completed);
    CHECK_NUMBER(control()->queue.stats.clamped, 0);
    close_sound();
    printf("%s sound%s%s: %u messages, %u times full\n", disk_kind_name(kind), holds ? " later" : "",
           deferred ? " deferred" : "", snd.completed, snd.no_room);
}

/* ---- wrong answers, one at a time ---- */

static int ask(struct sound_req *r, uint32_t count)
{
    fill_info(r, count < SOUND_JACKS ? 7 : 0, count, snd.memory[0][1]);
    return vwr_request_do(control(), &r->req);
}

static void check_status(uint32_t status, int result)
{
    struct sound_req *const r = &snd.req[0];

    snd.device.answer.status = status;
    CHECK_NUMBER(ask(r, 3), result);
    CHECK_NUMBER(r->call.status, status);
    CHECK_NUMBER(r->req.written, 0);
    check_array(r, 0);
    fill_remap(r, 1);
    CHECK_NUMBER(vwr_request_do(control(), &r->req), result);
    CHECK_NUMBER(r->call.status, status);
    snd.device.answer.status = 0;
}

static void check_truncated(uint32_t most)
{
    struct sound_req *const r = &snd.req[0];
    const uint32_t array = most < STATUS ? 0 : most - STATUS;

    snd.device.answer.most = most;
    CHECK_NUMBER(ask(r, 3), array < 3 * INFO ? VWR_EPROTO : VWR_OK);
    CHECK_NUMBER(r->req.written, array < 3 * INFO ? array : 3 * INFO);
    check_array(r, array);
    fill_remap(r, 1);
    CHECK_NUMBER(vwr_request_do(control(), &r->req), most < STATUS ? VWR_EPROTO : VWR_OK);
    snd.device.answer.most = SOUND_ALL;
}

/* A used length beyond the buffer is counted and clamped; a wrong length within the buffer cannot be
 * detected. */
static void check_more(void)
{
    struct sound_req *const r = &snd.req[0];
    const vwr_count clamped = control()->queue.stats.clamped;

    snd.device.answer.more = 1;
    CHECK_NUMBER(ask(r, 3), VWR_OK);
    CHECK_NUMBER(r->req.written, 3 * INFO);
    check_array(r, 3 * INFO);
    CHECK_NUMBER(control()->queue.stats.clamped, clamped + 1);
    snd.device.answer.most = STATUS + INFO;
    snd.device.answer.more = 2 * INFO;
    CHECK_NUMBER(ask(r, 3), VWR_OK);
    CHECK_NUMBER(r->req.written, 3 * INFO);
    check_array(r, INFO);
    snd.device.answer.more = 0;
    snd.device.answer.most = SOUND_ALL;
}

static void run_answers(unsigned kind)
{
    struct sound_req *const r = &snd.req[0];

    open_sound(kind, false);
    check_status(VWR_SND_S_BAD_MSG, VWR_EINVAL);
    check_status(VWR_SND_S_NOT_SUPP, VWR_EUNSUPP);
    check_status(VWR_SND_S_IO_ERR, VWR_EIO);
    check_status(1, VWR_EPROTO);
    for (uint32_t most = 0; most <= STATUS + 3 * INFO; most++)
        check_truncated(most);
    check_more();
    fill_info(r, 0, 0, NULL);
    CHECK_NUMBER(vwr_request_submit(control(), &r->req), VWR_EINVAL);
    CHECK_NUMBER(ask(r, SOUND_JACKS), VWR_OK);
    check_array(r, SOUND_JACKS * INFO);
    CHECK_NUMBER(vwr_queue_state(&control()->queue), VWR_OK);
    close_sound();
}

/* ---- and the device fails with messages in flight ---- */

#define LOST 4u /* messages in flight, one of which is not sent again */
#define REMAP 1u

static void hold_messages(void)
{
    snd.device.answer.holds = true;
    vmm_work = NULL;
    for (unsigned i = 0; i < LOST; i++) {
        const uint32_t count = 2 + i;

        if (i == REMAP)
            fill_remap(&snd.req[i], 9);
        else
            fill_info(&snd.req[i], 10 * i, count, snd.memory[i][i % 2]);
        CHECK_NUMBER(vwr_request_submit(control(), &snd.req[i].req), VWR_OK);
    }
    (void)vwr_request_kick(control());
    vmm_run_until_idle();
    CHECK_NUMBER(snd.device.held, LOST);
}

static void recover(void)
{
    struct vwr_bringup *const v = &snd.driver.bringup;
    int r;

    CHECK_NUMBER(vwr_get_stage(v), VWR_STAGE_STOPPED);
    for (unsigned i = 0; i < LOST; i++)
        CHECK(vwr_req_is_in_flight(&snd.req[i].req));
    while ((r = vwr_recover(v)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
}

static void check_replayed(int reason)
{
    struct vwr_req *done[LOST];

    CHECK_NUMBER(snd.device.remaps, 1);
    CHECK_NUMBER(snd.req[REMAP].req.result, reason);
    CHECK_NUMBER(vwr_request_reap(control(), done, 1), 1);
    CHECK(done[0] == &snd.req[REMAP].req);
    for (unsigned k = 0; k < LOST - 1; k++) { /* in the order of their first submission */
        CHECK(sound_device_step(&snd.device, 0));
        CHECK_NUMBER(reap(), 1);
        CHECK(!vwr_req_is_in_flight(&snd.req[k < REMAP ? k : k + 1].req));
    }
    CHECK_NUMBER(snd.device.remaps, 1);
    CHECK_NUMBER(snd.device.infos, 2 * (LOST - 1));
    CHECK_NUMBER(control()->stats.replayed, LOST - 1);
    CHECK_NUMBER(control()->stats.returned, 1);
}

static void run_failures(unsigned kind)
{
    struct vwr_req *done[1];

    open_sound(kind, false);
    hold_messages();
    vmm_may_break = true;
    vwr_vdev_needs_reset(&snd.device.dev);
    vmm_may_break = false;
    CHECK_NUMBER(vwr_dev_check(&snd.end.dev), VWR_ENEEDSRESET);
    recover();
    vmm_run_until_idle();
    check_replayed(VWR_ENEEDSRESET);
    close_sound();

    open_sound(kind, false);
    snd.driver.options.timeout_us = 1000;
    hold_messages();
    for (unsigned polls = 0; control()->stopped_by == VWR_OK; polls++) {
        CHECK_AT_MOST(polls, 10000);
        CHECK(vwr_request_reap(control(), done, 1) <= 0);
    }
    CHECK_NUMBER(control()->stopped_by, VWR_ETIMEOUT);
    recover();
    vmm_run_until_idle();
    check_replayed(VWR_ETIMEOUT);
    hold_messages();
    close_sound();
    for (unsigned i = 0; i < LOST; i++)
        CHECK_NUMBER(snd.req[i].req.result, VWR_ERESET);
}

void case_sound(unsigned kind, unsigned scale)
{
    if ((kind & DISK_LEGACY) != 0)
        return;
    state = kind;
    for (unsigned i = 0; i < 4; i++)
        run_traffic(kind, i % 2 != 0, i / 2 != 0, 20 * scale);
    run_answers(kind);
    run_failures(kind);
}
