/* SPDX-License-Identifier: MIT */
#include "check.h"
#include "held_classes.h"

#ifdef WHOSE_BOUNCED /* data in bounce buffers: nothing is copied back into memory that the caller owns */
#include "bounce.h"
static _Alignas(BOUNCE_BLOCK) uint8_t pool[BOUNCE_BYTES];
#endif

#include <stdio.h>
#include <string.h>

/*
 * Who owns the memory when a waiting call returns: checks the table of vwr/result.h, for each waiting call of
 * each driver class, and every way in which it ends. The device keeps its buffers and writes to them until it
 * has acknowledged a reset. If a result says that the caller owns the memory, the device must not have it and
 * does not write to it any more; if the device owns it, there must be a way to get it back.
 */

#define BYTES 1024u
#define POISON 0xd5
#define TIMEOUT_US 30000000u
#define TICK_US 10000u

/* A waiting call. */
struct call {
    const char *name;
    unsigned class;
    bool sleeps; /* through struct vwr_waiter: other threads may use the device meanwhile */
    bool replay;
    bool copies; /* the caller's memory is never passed to the device */
    int (*make)(void);
    struct vwr_requestq *(*queue)(void);
    const struct vwr_req *own; /* the request, if it belongs to the caller */
};

static uint8_t memory[VWR_BALLOON_PAGE] __attribute__((aligned(VWR_BALLOON_PAGE)));

static void poison(void)
{
    memset(memory, POISON, BYTES);
}

static void check_poison(void)
{
    for (unsigned i = 0; i < BYTES; i++)
        CHECK_NUMBER(memory[i], POISON);
}

static bool device_has_memory(void)
{
#ifdef WHOSE_BOUNCED
    return bounce_has(memory, BYTES);
#else
    return held_has(memory, BYTES);
#endif
}

/* ---- the calls ---- */

static struct vwr_blk_req blk_req;
static struct vwr_rpmb_client_requestq_call client_call;
static struct vwr_gpu_framebuffer framebuffer;
static uint8_t pixels[64 * 64 * VWR_GPU_PIXEL_BYTES];

static int blk_read(void)
{
    return vwr_blk_read(&held_blk, 0, memory, 2);
}

static int blk_readv(void)
{
    const struct vwr_vec vecs[2] = {{memory, 512}, {memory + 512, 512}};

    return vwr_blk_transfer_vecs(&held_blk, VWR_BLK_T_IN, 0, vecs, 2);
}

static int blk_do(void)
{
    vwr_blk_fill(&blk_req, VWR_BLK_T_IN, 0, memory, BYTES);
    return vwr_blk_do(vwr_blk_get_requestq(&held_blk, 0), &blk_req);
}

static int blk_wait(void)
{
    struct vwr_blk_requestq *const q = vwr_blk_get_requestq(&held_blk, 0);

    vwr_blk_fill(&blk_req, VWR_BLK_T_IN, 0, memory, BYTES);
    CHECK_NUMBER(vwr_blk_submit(q, &blk_req), VWR_OK);
    (void)vwr_blk_kick(q);
    return vwr_blk_wait(q, &blk_req);
}

static struct vwr_requestq *blk_queue(void)
{
    return &held_blk.first.requests;
}

static int client_message(void)
{
    static const struct vwr_rpmb_data_read_msg m = {.block_count = BYTES / sizeof(struct vwr_rpmb_frame)};

    return vwr_rpmb_client_data_read(&held_client, &m, (void *)memory);
}

static int client_do(void)
{
    static const struct vwr_rpmb_data_read_msg m = {.block_count = BYTES / sizeof(struct vwr_rpmb_frame)};

    CHECK_NUMBER(vwr_rpmb_client_data_read_begin(&held_client, &client_call, &m, (void *)memory), VWR_OK);
    return vwr_client_do(&held_client.requestq, &client_call.call);
}

static struct vwr_requestq *client_queue(void)
{
    return &held_client.requestq.requests;
}

static int net_set_table(void)
{
    struct vwr_net_ctrl_mac *const table = (void *)memory;

    memset(memory, 0, sizeof(*table));
    return vwr_net_set_table(&held_net, table, sizeof(*table), table, sizeof(*table));
}

static struct vwr_requestq *net_queue(void)
{
    return &held_net.options.control->queue.requests;
}

static int gpu_read_displays(void)
{
    const int r = vwr_gpu_read_displays(&held_gpu, (void *)memory, 1);

    return r > 0 ? VWR_OK : r; /* the number of displays */
}

static int gpu_flush(void)
{
    return vwr_gpu_flush(&held_gpu, &framebuffer, NULL);
}

static struct vwr_requestq *gpu_queue(void)
{
    return &held_gpu.control.client.requests;
}

static int console_flush(void)
{
    CHECK_NUMBER(vwr_console_write(&held_console, 0, memory, 5), 5);
    return vwr_console_flush(&held_console, 0, TIMEOUT_US);
}

static struct vwr_requestq *console_queue(void)
{
    return &held_console.options.port[0].transmit.requests;
}

static int entropy_fill(void)
{
    return vwr_entropy_fill(&held_entropy, memory, BYTES, TIMEOUT_US);
}

static int balloon_report(void)
{
    const struct vwr_vec range = {memory, sizeof(memory)};

    return vwr_balloon_report(&held_balloon, &range, 1);
}

static struct vwr_requestq *balloon_queue(void)
{
    return &held_balloon.queue[VWR_BALLOON_QUEUES - 1].client.requests;
}

/* An input device has no waiting call. */
static const struct call calls[] = {
    {"blk_read", HELD_BLK, true, false, false, blk_read, blk_queue, NULL},
    {"blk_read_replay", HELD_BLK, true, true, false, blk_read, blk_queue, NULL},
    {"blk_readv", HELD_BLK, true, false, false, blk_readv, blk_queue, NULL},
    {"blk_do", HELD_BLK, true, false, false, blk_do, blk_queue, &blk_req.req},
    {"blk_do_replay", HELD_BLK, true, true, false, blk_do, blk_queue, &blk_req.req},
    {"blk_wait", HELD_BLK, true, false, false, blk_wait, blk_queue, &blk_req.req},
    {"client_message", HELD_CLIENT, true, false, false, client_message, client_queue, NULL},
    {"client_message_replay", HELD_CLIENT, true, true, false, client_message, client_queue, NULL},
    {"client_do", HELD_CLIENT, true, false, false, client_do, client_queue, &client_call.call.req},
    {"client_do_replay", HELD_CLIENT, true, true, false, client_do, client_queue, &client_call.call.req},
    {"net_set_table", HELD_NET, false, false, false, net_set_table, net_queue, NULL},
    {"gpu_read_displays", HELD_GPU, true, false, true, gpu_read_displays, gpu_queue, NULL},
    {"gpu_flush", HELD_GPU, true, false, true, gpu_flush, gpu_queue, NULL},
    {"console_flush", HELD_CONSOLE, false, false, true, console_flush, console_queue, NULL},
    {"entropy_fill", HELD_ENTROPY, false, false, true, entropy_fill, NULL, NULL},
    {"balloon_report", HELD_BALLOON, true, false, false, balloon_report, balloon_queue, NULL},
};

/* ---- the ways in which a call ends ---- */

#define NO_RESULT 1

struct way {
    const char *name;
    bool others;                   /* another thread does it while the call sleeps */
    bool owner;                    /* needs the queue's owner: a class without requests has none */
    bool cancels;                  /* by RING_RESET */
    void (*step)(unsigned moment); /* moments are counted from 1 */
    int result, replayed,
        answered; /* result of the call; with replay; on a queue without requests. NO_RESULT: any */
};

static const struct call *call;
static const struct held_class *class;

static void acknowledge_at(unsigned moment, unsigned at)
{
    held.acknowledges = moment >= at;
    if (moment == at)
        held_acknowledge();
}

static void answers(unsigned moment)
{
    held.silent = moment < 4;
    if (moment >= 4)
        held_answer(1);
}

/* One recovery step per moment until it has ended; then the device answers the requests sent again. */
static void recover_from(unsigned moment, unsigned at)
{
    int r = moment < at ? VWR_EFAILED : VWR_EBUSY;

    while (r == VWR_EBUSY && (r = vwr_recover(class->bringup)) == VWR_EBUSY)
        if (held.in_reset)
            return;
    held.silent = r != VWR_OK;
    if (r == VWR_OK)
        held_answer(1);
}

static void freezes(unsigned moment)
{
    acknowledge_at(moment, 5);
    if (moment < 8)
        CHECK_NUMBER(vwr_freeze(class->bringup), moment < 5 ? VWR_EBUSY : VWR_OK);
    recover_from(moment, 8);
}

static void freezes_and_is_not_acknowledged(unsigned moment)
{
    held.acknowledges = false;
    if (moment < 5)
        CHECK_NUMBER(vwr_freeze(class->bringup), VWR_EBUSY);
}

static void stays_frozen(unsigned moment)
{
    acknowledge_at(moment, 5);
    if (moment < 8)
        CHECK_NUMBER(vwr_freeze(class->bringup), moment < 5 ? VWR_EBUSY : VWR_OK);
}

static void recovers(unsigned moment)
{
    if (moment == 1)
        vwr_dev_fail(class->bringup->dev);
    acknowledge_at(moment, 5);
    recover_from(moment, 1);
}

/* Several resets in sequence are not acknowledged. */
static void is_lost(unsigned moment)
{
    held.acknowledges = false;
    if (moment == 1)
        vwr_dev_fail(class->bringup->dev);
    held_us += VWR_RESET_TIMEOUT_US / 4;
    CHECK(vwr_recover(class->bringup) <= VWR_OK);
}

/* The device no longer has a queue. */
static void is_dead(unsigned moment)
{
    acknowledge_at(moment, 5);
    held.queues = moment < 5 ? held.queues : 0;
    if (moment == 1)
        vwr_dev_fail(class->bringup->dev);
    CHECK(vwr_recover(class->bringup) <= VWR_OK);
}

static void cancels(unsigned moment)
{
    acknowledge_at(moment, 5);
    if (moment < 6)
        CHECK_NUMBER(vwr_request_cancel(call->queue()), moment < 5 ? VWR_EBUSY : VWR_OK);
}

static void cancels_and_is_not_acknowledged(unsigned moment)
{
    held.acknowledges = false;
    held_us += VWR_RESET_TIMEOUT_US / 4;
    (void)moment;
    CHECK(vwr_request_cancel(call->queue()) < VWR_OK);
}

/* Another owner detects the broken ring. */
static void is_stopped_by_a_reap(unsigned moment)
{
    struct vwr_req *done;

    if (moment != 1)
        return;
    held_lie(vwr_queue_index(&call->queue()->queue));
    CHECK_NUMBER(vwr_request_reap(call->queue(), &done, 1), VWR_EBADRING);
}

static void is_failed(unsigned moment)
{
    if (moment == 1)
        vwr_dev_fail(class->bringup->dev);
}

static void closes(unsigned moment)
{
    if (moment == 2)
        CHECK_NUMBER(class->close(), VWR_OK);
}

static void closes_and_is_not_acknowledged(unsigned moment)
{
    held.acknowledges = false;
    if (moment == 2)
        CHECK_NUMBER(class->close(), VWR_ETIMEOUT);
}

static void is_silent(unsigned moment)
{
    (void)moment;
}

static void needs_reset(unsigned moment)
{
    held.acknowledges = false;
    held.broken |= moment == 2;
}

static void is_gone(unsigned moment)
{
    held.acknowledges = false;
    held.gone |= moment == 2;
}

static void forgets_its_status(unsigned moment)
{
    held.acknowledges = false;
    held.forgetful |= moment == 2;
}

static void lies(unsigned moment)
{
    held.acknowledges = false;
    if (moment == 2)
        held_lie(call->queue != NULL ? vwr_queue_index(&call->queue()->queue) : 0);
}

/* With replay, a disk with one queue recovers by itself unless another thread has started to. */
static const struct way ways[] = {
    {"answers", false, false, false, answers, VWR_OK, VWR_OK, VWR_OK},
    {"freezes", true, false, false, freezes, VWR_ERESET, VWR_OK, NO_RESULT},
    {"freezes_and_is_not_acknowledged", true, false, false, freezes_and_is_not_acknowledged, VWR_EINFLIGHT,
     VWR_EINFLIGHT, NO_RESULT},
    {"stays_frozen", true, false, false, stays_frozen, VWR_ERESET, VWR_ERESET, NO_RESULT},
    {"recovers", true, false, false, recovers, VWR_ERESET, VWR_OK, NO_RESULT},
    {"is_lost", true, false, false, is_lost, VWR_EINFLIGHT, VWR_EINFLIGHT, NO_RESULT},
    {"is_dead", true, false, false, is_dead, VWR_ERESET, VWR_ERESET, NO_RESULT},
    {"cancels", true, true, true, cancels, VWR_ERESET, VWR_ERESET, NO_RESULT},
    {"cancels_and_is_not_acknowledged", true, true, true, cancels_and_is_not_acknowledged, VWR_EINFLIGHT,
     NO_RESULT, NO_RESULT},
    {"is_stopped_by_a_reap", true, true, false, is_stopped_by_a_reap, VWR_EINFLIGHT, NO_RESULT, NO_RESULT},
    {"is_failed", true, false, false, is_failed, VWR_EINFLIGHT, NO_RESULT, NO_RESULT},
    {"closes", true, false, false, closes, VWR_ERESET, VWR_ERESET, NO_RESULT},
    {"closes_and_is_not_acknowledged", true, false, false, closes_and_is_not_acknowledged, VWR_EINFLIGHT,
     NO_RESULT, NO_RESULT},
    {"is_silent", false, false, false, is_silent, VWR_ETIMEOUT, NO_RESULT, VWR_ETIMEOUT},
    {"needs_reset", false, false, false, needs_reset, VWR_ENEEDSRESET, NO_RESULT, VWR_ENEEDSRESET},
    {"is_gone", false, false, false, is_gone, VWR_EGONE, NO_RESULT, VWR_EGONE},
    {"forgets_its_status", false, false, false, forgets_its_status, VWR_EINFLIGHT, NO_RESULT, VWR_EPROTO},
    {"lies", false, false, false, lies, VWR_EBADRING, NO_RESULT, VWR_EBADRING},
};

static const struct way *way;
static unsigned moments;
static bool at_work; /* the call is waiting */

static void next_moment(void)
{
    held_us += TICK_US;
    way->step(++moments);
    held_scribble(held.buffer, held.count);
}

static void on_sleep(void *context, struct vwr_req *r, uint32_t us)
{
    (void)context;
    (void)us;
    CHECK(vwr_req_is_in_flight(r));
    next_moment();
}

static void on_wake(void *context, struct vwr_req *r)
{
    (void)context;
    CHECK(!vwr_req_is_in_flight(r));
}

/* A call that does not sleep advances the time by reading the clock; no other thread uses the device then. */
static void on_tick(void)
{
    if (at_work && !(call->sleeps && way->others))
        next_moment();
}

/* ---- a test ---- */

/* Gets the memory back as vwr/result.h documents. A device that does not acknowledge keeps its buffers. */
static void get_back(void)
{
    const bool was_gone = held.gone; /* it has seen no write of Status: close resets it again */
    int r;

    if (held.gone || !held.acknowledges) {
        while ((r = class->recover()) == VWR_EBUSY)
            held_us += TICK_US;
        CHECK_NUMBER(r, VWR_EFAILED);
        CHECK_NUMBER(vwr_get_stage(class->bringup), VWR_STAGE_LOST);
        held_scribble(held.buffer, held.count);
        if (call->own != NULL)
            CHECK(vwr_req_is_in_flight(call->own));
    }
    held.gone = held.silent = false;
    held.acknowledges = true;
    held_acknowledge();
    while (!was_gone && (r = class->recover()) == VWR_EBUSY)
        held_us += TICK_US;
    CHECK_NUMBER(was_gone ? class->close() : r, VWR_OK);
    if (call->own != NULL && vwr_req_is_in_flight(call->own)) { /* it was sent again */
        struct vwr_req *done;

        CHECK(call->replay);
        held_answer(1);
        CHECK_NUMBER(vwr_request_reap(call->queue(), &done, 1), 1);
        CHECK(done == call->own);
    }
}

static void show(void)
{
    memset(&framebuffer, 0, sizeof(framebuffer));
    framebuffer.pixels = pixels;
    framebuffer.width = framebuffer.height = 64;
    framebuffer.format = VWR_GPU_FORMAT_B8G8R8A8_UNORM;
    CHECK_NUMBER(vwr_gpu_show(&held_gpu, &framebuffer), VWR_OK);
}

static void open_class(void)
{
    static const struct vwr_waiter waiter = {NULL, on_sleep, on_wake};
    struct vwr_request_options request;

    memset(&request, 0, sizeof(request));
    request.timeout_us = TIMEOUT_US;
    request.spin = 3;
    request.waiter = way->others ? &waiter : NULL;
    request.replay = call->replay; /* each class has its own */
    memset(&blk_req, 0, sizeof(blk_req));
    memset(&client_call, 0, sizeof(client_call));
    class->open(&request);
}

static int expected(void)
{
    return call->queue == NULL || call->class == HELD_CONSOLE ? way->answered
           : call->replay                                     ? way->replayed
                                                              : way->result;
}

/* Does this way apply to the call? */
static bool is_possible(void)
{
    if (way->others && !call->sleeps)
        return false;
#ifdef WHOSE_BOUNCED
    if (call->class == HELD_GPU) /* a message is data in its slot, for which the pool allows no sync */
        return false;
#endif
    return !way->cancels || vwr_dev_has(class->bringup->dev, VWR_F_RING_RESET);
}

/* Once the caller owns the memory, the call can be made again. */
static int make_again(void)
{
    struct vwr_gpu_update *done;
    struct vwr_req *back;

    if (call->class == HELD_GPU)
        while (vwr_gpu_reap(vwr_gpu_get_controlq(&held_gpu, 0), &done, 1) > 0 || held_gpu.own.left != 0)
            continue;
    if (call->own != NULL && call->own->state != VWR_REQ_IDLE)
        CHECK_NUMBER(vwr_request_reap(call->queue(), &back, 1), 1);
    held.silent = false;
    held_answer(1);
    return call->make();
}

static bool run_one(void)
{
    int r;

    held_us = 1000;
#ifdef WHOSE_BOUNCED
    bounce_begin(pool, sizeof(pool), (uintptr_t)pool);
#endif
    open_class();
    if (!is_possible()) {
        CHECK_NUMBER(class->close(), VWR_OK);
        return false;
    }
    if (call->class == HELD_GPU)
        show();
    held.silent = true;
    moments = 0;
    held_tick = on_tick;
    at_work = true;
    poison();
    r = call->make();
    at_work = false;
    CHECK_AT_MOST(held_us, (VWR_REQUEST_REPLAYS + 1u) * (uint64_t)(TIMEOUT_US + 3 * VWR_RESET_TIMEOUT_US));
    if (expected() != NO_RESULT && r != expected())
        check_failed(__FILE__, __LINE__, "%s, %s: %d, and should be %d", call->name, way->name, r,
                     expected());
    /* checks the table */
    if (!vwr_result_is_in_flight(r) || call->copies) {
        if (device_has_memory())
            check_failed(__FILE__, __LINE__, "%s, %s: %d, and the device has the memory", call->name,
                         way->name, r);
        poison();
        held_scribble(held.buffer, held.count);
    }
    if (vwr_result_is_in_flight(r))
        get_back();
    if (device_has_memory())
        check_failed(__FILE__, __LINE__, "%s, %s: %d, and the memory is not given back", call->name,
                     way->name, r);
    if (!vwr_result_is_in_flight(r) || call->copies)
        check_poison();
    held.acknowledges = true;
    held_acknowledge();
    if (vwr_result_is_in_flight(r) && vwr_get_stage(class->bringup) == VWR_STAGE_RUNNING)
        CHECK_NUMBER(make_again(), VWR_OK);
    CHECK_NUMBER(class->close(), VWR_OK); /* may be closed already */
    held_tick = NULL;
#ifdef WHOSE_BOUNCED
    bounce_check_idle();
#endif
    return true;
}

static void name_it(void)
{
    fprintf(stderr, "whose memory: %s, %s, moment %u\n", call->name, way->name, moments);
}

int main(void)
{
    unsigned count = 0;

    check_clean_up = name_it;
    for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
        for (size_t k = 0; k < sizeof(ways) / sizeof(ways[0]); k++) {
            call = &calls[i];
            class = &held_classes[call->class];
            way = &ways[k];
            count += run_one();
        }
    printf("%u of calls and ways out\n", count);
    return 0;
}
