/* SPDX-License-Identifier: MIT */
#include "check.h"
#include "held_classes.h"
#include "poison.h"

#include "vwr/gen/features.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/*
 * A device of each class is frozen and recovered, again and again, while eight threads sleep for requests and
 * another thread has more in flight. Between the reset and its acknowledgement, a thread that plays the
 * device writes to each buffer that the device owns. An owner that gets a buffer back poisons it and checks
 * it before the next use; the address sanitizer or the thread sanitizer watches. One lock serializes the
 * owners of the queues; only the device's writes are made without it.
 */

#define SLEEPERS 8u
#define OTHERS 8u /* requests in flight without a sleeper */
#define BYTES 1024u
#define POISON 0xd5
#define FRAME 60u

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t woken = PTHREAD_COND_INITIALIZER;
static pthread_cond_t reset_begun = PTHREAD_COND_INITIALIZER;
static bool in_reset; /* a caller waits for the acknowledgement */
static bool keeps;    /* the acknowledgement is withheld */
static bool stop;
static unsigned sleeping; /* threads, for a class with sleeping calls */
static unsigned inside;   /* sleepers inside of a call */
static unsigned passes;   /* of the owner of the other requests */
static const struct held_class *class;

/* Counts the results of calls. */
static struct {
    unsigned ok, returned, in_flight, refused;
} ends;

static bool which_is(unsigned which)
{
    return class == &held_classes[which];
}

static void enter(void)
{
    CHECK_NUMBER(pthread_mutex_lock(&lock), 0);
}

static void leave(void)
{
    CHECK_NUMBER(pthread_mutex_unlock(&lock), 0);
    sched_yield();
}

/* Poisons memory that its owner got back, and checks it before the next use. */
static void give_back(uint8_t *memory, size_t bytes)
{
    memset(memory, POISON, bytes);
    ASAN_POISON_MEMORY_REGION(memory, bytes);
}

static void take(uint8_t *memory, size_t bytes)
{
    ASAN_UNPOISON_MEMORY_REGION(memory, bytes);
    for (size_t i = 0; i < bytes; i++)
        if (memory[i] != POISON)
            check_failed(__FILE__, __LINE__, "%s: a buffer was touched after its owner had it back",
                         class->name);
}

/* ---- the device ---- */

static void on_reset(struct held *h)
{
    (void)h;
    in_reset = true;
    CHECK_NUMBER(pthread_cond_signal(&reset_begun), 0);
}

static void *scribble(void *unused)
{
    static struct held_buffer b[HELD_BUFFERS];
    unsigned n;

    (void)unused;
    enter();
    while (!stop) {
        if (!in_reset) {
            CHECK_NUMBER(pthread_cond_wait(&reset_begun, &lock), 0);
            continue;
        }
        n = held_in_reset(b);
        leave();
        for (unsigned i = 0; i < 3; i++) {
            held_scribble(b, n);
            sched_yield();
        }
        enter();
        if (!keeps) {
            in_reset = false;
            held_acknowledge();
        }
    }
    leave();
    return NULL;
}

/* ---- threads that sleep ---- */

static void sleep_until_woken(uint32_t us)
{
    struct timespec until;

    CHECK_SYS(clock_gettime(CLOCK_REALTIME, &until) == 0);
    until.tv_nsec += (long)us * 1000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    (void)pthread_cond_timedwait(&woken, &lock, &until);
}

static void on_sleep(void *context, struct vwr_req *r, uint32_t us)
{
    (void)context;
    (void)r;
    (void)us;
    sleep_until_woken(100);
}

static void on_wake(void *context, struct vwr_req *r)
{
    (void)context;
    CHECK(!vwr_req_is_in_flight(r));
    CHECK_NUMBER(pthread_cond_broadcast(&woken), 0);
}

struct sleeper {
    pthread_t thread;
    unsigned index;
    uint8_t memory[BYTES];
    struct vwr_blk_req blk;
    struct vwr_rpmb_client_requestq_call message;
};

/* Waits until the caller owns its request again. */
static void await(const struct vwr_req *r)
{
    while (r->state != VWR_REQ_IDLE && !stop)
        sleep_until_woken(100);
}

/* The same for a call without a request: waits until a recovery has ended. */
static void await_recovery(void)
{
    while (vwr_get_stage(class->bringup) != VWR_STAGE_RUNNING && !stop)
        sleep_until_woken(100);
}

static int blk_call(struct sleeper *s)
{
    struct vwr_blk_requestq *const q = vwr_blk_get_requestq(&held_blk, 0);
    int r;

    if (s->index == 0) { /* one caller at a time */
        r = vwr_blk_read(&held_blk, 0, s->memory, 2);
        if (vwr_result_is_in_flight(r))
            await_recovery();
        return r;
    }
    vwr_blk_fill(&s->blk, VWR_BLK_T_IN, s->index, s->memory, BYTES);
    r = vwr_blk_do(q, &s->blk);
    if (vwr_result_is_in_flight(r))
        await(&s->blk.req);
    return r;
}

static int client_call(struct sleeper *s)
{
    static const struct vwr_rpmb_data_read_msg m = {.block_count = BYTES / sizeof(struct vwr_rpmb_frame)};
    int r = vwr_rpmb_client_data_read_begin(&held_client, &s->message, &m, (void *)s->memory);

    if (r == VWR_OK)
        r = vwr_client_do(&held_client.requestq, &s->message.call);
    if (vwr_result_is_in_flight(r))
        await(&s->message.call.req);
    return r;
}

/* Only one thread at a time uses the GPU. */
static int gpu_call(struct sleeper *s)
{
    static struct vwr_gpu_framebuffer fb;
    static uint8_t pixels[16 * 16 * VWR_GPU_PIXEL_BYTES];
    static unsigned step_number;
    struct vwr_gpu_update *done;
    int r;

    if (fb.pixels == NULL) {
        fb.pixels = pixels;
        fb.width = fb.height = 16;
        fb.format = VWR_GPU_FORMAT_B8G8R8A8_UNORM;
        r = vwr_gpu_show(&held_gpu, &fb);
        if (r != VWR_OK && !vwr_result_is_in_flight(r))
            fb.pixels = NULL; /* once more */
    } else if (++step_number % 2 != 0) {
        r = vwr_gpu_flush(&held_gpu, &fb, NULL);
    } else {
        r = vwr_gpu_read_displays(&held_gpu, (void *)s->memory, 1);
    }
    if (vwr_result_is_in_flight(r))
        await_recovery();
    while (vwr_gpu_reap(vwr_gpu_get_controlq(&held_gpu, 0), &done, 1) > 0) /* left in flight by a call */
        continue;
    return r > 0 ? VWR_OK : r;
}

static void count_end(int r)
{
    if (r == VWR_OK)
        ends.ok++;
    else if (vwr_result_is_in_flight(r))
        ends.in_flight++;
    else if (r == VWR_ERESET)
        ends.returned++;
    else
        ends.refused++;
}

static void *sleeper_run(void *arg)
{
    struct sleeper *const s = arg;
    int r;

    enter();
    while (!stop) {
        take(s->memory, BYTES);
        inside++;
        r = which_is(HELD_BLK) ? blk_call(s) : which_is(HELD_GPU) ? gpu_call(s) : client_call(s);
        inside--;
        count_end(r);
        if (!stop || !vwr_result_is_in_flight(r))
            give_back(s->memory, BYTES);
        leave();
        enter();
        if (r != VWR_OK)
            sleep_until_woken(100);
    }
    leave();
    return NULL;
}

/* ---- the owner of requests without a sleeper ---- */

struct other {
    uint8_t memory[BYTES];
    bool used;
    struct vwr_blk_req blk;
    struct vwr_rpmb_client_requestq_call message;
    struct vwr_net_packet packet;
};

static struct other others[OTHERS];

static void blk_step(void)
{
    struct vwr_blk_requestq *const q = vwr_blk_get_requestq(&held_blk, 0);
    struct vwr_blk_req *done[OTHERS];
    int n;

    for (unsigned i = 0; i < OTHERS; i++) {
        struct other *const o = &others[i];

        if (o->used)
            continue;
        take(o->memory, BYTES);
        vwr_blk_fill(&o->blk, VWR_BLK_T_IN, i, o->memory, BYTES);
        o->used = vwr_blk_submit(q, &o->blk) == VWR_OK;
        if (!o->used)
            give_back(o->memory, BYTES);
    }
    (void)vwr_blk_kick(q);
    n = vwr_blk_service(q, 64);
    while (n >= 0 && (n = vwr_blk_reap(q, done, OTHERS)) > 0)
        continue;
    for (unsigned i = 0; i < OTHERS; i++)
        if (others[i].used && others[i].blk.req.state == VWR_REQ_IDLE) {
            give_back(others[i].memory, BYTES);
            others[i].used = false;
        }
}

static void client_step(void)
{
    static const struct vwr_rpmb_data_read_msg m = {.block_count = BYTES / sizeof(struct vwr_rpmb_frame)};
    struct vwr_requestq *const q = &held_client.requestq.requests;
    struct vwr_req *done[OTHERS];
    int n;

    for (unsigned i = 0; i < OTHERS; i++) {
        struct other *const o = &others[i];

        if (o->used)
            continue;
        take(o->memory, BYTES);
        o->used =
            vwr_rpmb_client_data_read_submit(&held_client, &o->message, &m, (void *)o->memory) == VWR_OK;
        if (!o->used)
            give_back(o->memory, BYTES);
    }
    (void)vwr_request_kick(q);
    n = vwr_request_service(q, 64);
    while (n >= 0 && (n = vwr_request_reap(q, done, OTHERS)) > 0)
        continue;
    for (unsigned i = 0; i < OTHERS; i++)
        if (others[i].used && others[i].message.call.req.state == VWR_REQ_IDLE) {
            give_back(others[i].memory, BYTES);
            others[i].used = false;
        }
}

static struct vwr_slice kept[OTHERS];
static unsigned kept_count;

/* Received frames are kept for a while. */
static void net_receive(void)
{
    struct vwr_receiveq *const r = &held_net.options.pair[0].receive.buffers;
    int n;

    for (; kept_count > OTHERS / 2; kept_count--) {
        const struct vwr_slice *const s = &kept[kept_count - 1];

        take(s->p, s->bytes);
        CHECK_NUMBER(vwr_receive_submit(r, s->buffer), VWR_OK);
    }
    (void)vwr_receive_kick(r);
    n = vwr_net_receive_reap(vwr_net_get_receiveq(&held_net, 0), &kept[kept_count], OTHERS - kept_count);
    for (int i = 0; i < n; i++)
        give_back(kept[kept_count + (unsigned)i].p, kept[kept_count + (unsigned)i].bytes);
    kept_count += n > 0 ? (unsigned)n : 0;
}

static void net_step(void)
{
    static struct vwr_net_ctrl_mac *const none = (void *)others[0].memory; /* the card keeps it permanently */
    struct vwr_net_transmitq *const q = vwr_net_get_transmitq(&held_net, 0);
    struct vwr_net_packet *done[OTHERS];
    int n;

    net_receive();
    for (unsigned i = 1; i < OTHERS; i++) {
        struct other *const o = &others[i];

        if (o->used)
            continue;
        take(o->memory, BYTES);
        vwr_net_fill(&o->packet, o->memory, FRAME);
        o->used = vwr_net_submit(q, &o->packet) == VWR_OK;
        if (!o->used)
            give_back(o->memory, BYTES);
    }
    if (vwr_get_stage(&held_net.bringup) ==
        VWR_STAGE_RUNNING) /* item 5 of the review: no doorbell before this stage */
        (void)vwr_net_kick(q);
    while ((n = vwr_net_reap(q, done, OTHERS)) > 0)
        continue;
    for (unsigned i = 1; i < OTHERS; i++)
        if (others[i].used && others[i].packet.req.state == VWR_REQ_IDLE) {
            give_back(others[i].memory, BYTES);
            others[i].used = false;
        }
    if (!others[0].used)
        ASAN_UNPOISON_MEMORY_REGION(others[0].memory, BYTES);
    if (!others[0].used)
        memset(others[0].memory, 0, sizeof(*none));
    others[0].used = true;
    count_end(held_random() % 2 != 0
                  ? vwr_net_set_mode(&held_net, VWR_NET_CTRL_RX_PROMISC, true)
                  : vwr_net_set_table(&held_net, none, sizeof(*none), none, sizeof(*none)));
}

static void console_step(void)
{
    uint8_t bytes[64];

    memset(bytes, 'x', sizeof(bytes));
    count_end(vwr_console_write(&held_console, 0, bytes, sizeof(bytes)) >= 0 ? VWR_OK : VWR_EFAILED);
    CHECK(vwr_console_read(&held_console, 0, bytes, sizeof(bytes)) <= (int)sizeof(bytes));
}

static void entropy_step(void)
{
    uint8_t bytes[100];

    count_end(vwr_entropy_read(&held_entropy, bytes, sizeof(bytes)) >= 0 ? VWR_OK : VWR_EFAILED);
}

static void input_step(void)
{
    count_end(vwr_input_set_led(&held_input, 1, held_random() % 2 != 0));
    CHECK(vwr_input_poll(&held_input) <= VWR_OK);
    held_input.read = held_input.end;
}

static void gpu_step(void)
{
    CHECK(vwr_request_service(&held_gpu.control.client.requests, 32) <= 32);
}

/* Pages in, out, and statistics. */
static void balloon_step(void)
{
    const struct vwr_balloon_stats s = {.known = 1};
    const uint32_t page = 1;
    uint32_t back[4];
    const int r = held_random() % 2 != 0 ? vwr_balloon_inflate(&held_balloon, &page, 1)
                                         : vwr_balloon_deflate(&held_balloon, back, 4);

    count_end(r >= 0 ? VWR_OK : VWR_EFAILED);
    CHECK(vwr_balloon_poll(&held_balloon) <= VWR_OK);
    if (vwr_balloon_wants_stats(&held_balloon))
        CHECK(vwr_balloon_send_stats(&held_balloon, &s) <= VWR_OK);
}

static void (*const steps[HELD_CLASSES])(void) = {
    [HELD_BLK] = blk_step,       [HELD_CONSOLE] = console_step, [HELD_ENTROPY] = entropy_step,
    [HELD_INPUT] = input_step,   [HELD_NET] = net_step,         [HELD_GPU] = gpu_step,
    [HELD_CLIENT] = client_step, [HELD_BALLOON] = balloon_step};

static void *own(void *unused)
{
    (void)unused;
    enter();
    while (!stop) {
        if (passes % 2 == 0)
            held_answer(1 + held_random() % 4);
        steps[class - held_classes]();
        passes++;
        leave();
        usleep(30);
        enter();
    }
    leave();
    return NULL;
}

/* ---- freezing and recovering ---- */

static int freeze_once(void)
{
    return vwr_freeze(class->bringup);
}

/* If `stage` is not NULL, it gets the stage of the recovery before other threads may continue it. */
static int locked(int (*call)(void), enum vwr_stage *stage)
{
    bool wait;
    int r;

    enter();
    r = call();
    if (stage != NULL)
        *stage = vwr_get_stage(class->bringup);
    wait = held.in_reset;
    leave();
    if (wait)
        usleep(30);
    return r;
}

/* Lets sleeping calls end, as far as they can, while time passes. */
static void let_time_pass(void)
{
    for (unsigned i = 0; i < 200; i++) {
        unsigned n;

        enter();
        held_us += VWR_REQUEST_TIMEOUT_US / 8;
        n = ends.in_flight + ends.returned;
        leave();
        usleep(100);
        enter();
        n = inside == 0 || (i > 20 && n == ends.in_flight + ends.returned);
        leave();
        if (n != 0)
            return;
    }
}

static void bring_back(void)
{
    enum vwr_stage stage;
    int r = VWR_EBUSY;

    for (unsigned i = 0; r != VWR_OK; i++) {
        CHECK(i < 100000000u);
        r = locked(class->recover, &stage);
        CHECK(r == VWR_OK || r == VWR_EBUSY || (r == VWR_EFAILED && stage == VWR_STAGE_LOST));
    }
}

static int fail(void)
{
    vwr_dev_fail(class->bringup->dev);
    return VWR_OK;
}

static int cancel(void)
{
    return vwr_request_cancel(class->bringup->requests);
}

/* No reset is acknowledged until the driver gives the device up. */
static int freeze_and_lose(void)
{
    held_us += VWR_RESET_TIMEOUT_US / 2;
    return vwr_freeze(class->bringup);
}

static void set_keeps(bool on)
{
    enter();
    keeps = on;
    leave();
}

/* Waits until the others have requests in flight again. */
static void leave_alone(void)
{
    const unsigned want = sleeping > 1 ? sleeping - 2u : sleeping;
    bool enough = false;
    unsigned from;

    enter();
    from = passes;
    leave();
    for (unsigned i = 0; i < 100000u && !enough; i++) {
        enter();
        enough = inside >= want && passes - from >= (which_is(HELD_GPU) ? 12u : 4u);
        leave();
        usleep(30);
    }
}

static void cycle(unsigned i)
{
    const bool cancels = i % 16 == 3 && class->bringup->requests != NULL && !which_is(HELD_NET) &&
                         vwr_dev_has(class->bringup->dev, VWR_F_RING_RESET);
    int r;

    leave_alone();
    if (i % 16 == 7) {
        set_keeps(true);
        while (locked(freeze_and_lose, NULL) == VWR_EBUSY)
            continue;
        let_time_pass();
        set_keeps(false);
    } else if (i % 16 == 11) {
        (void)locked(fail, NULL);
    } else if (cancels) {
        while ((r = locked(cancel, NULL)) == VWR_EBUSY)
            continue;
        CHECK_NUMBER(r, VWR_OK);
        return;
    } else {
        while ((r = locked(freeze_once, NULL)) == VWR_EBUSY)
            continue;
        CHECK(r == VWR_OK || r == VWR_EFAILED);
    }
    bring_back();
}

static void run(unsigned which, unsigned cycles, bool replay)
{
    static const struct vwr_waiter waiter = {NULL, on_sleep, on_wake};
    static struct sleeper sleepers[SLEEPERS];
    struct vwr_request_options request;
    pthread_t device;
    pthread_t owner;

    class = &held_classes[which];
    sleeping = which == HELD_BLK || which == HELD_CLIENT ? SLEEPERS : which == HELD_GPU;
    memset(&request, 0, sizeof(request));
    memset(&ends, 0, sizeof(ends));
    request.waiter = &waiter;
    request.spin = 2;
    request.replay = replay;
    class->open(&request);
    held.acknowledges = false;
    held.hesitates = true;
    held.prompt = which == HELD_NET ? 1u << 2 : 0; /* the waiter of the control queue does not sleep */
    held.reset = on_reset;
    stop = in_reset = keeps = false;
    memset(others, 0, sizeof(others));
    for (unsigned i = 0; i < OTHERS; i++)
        give_back(others[i].memory, BYTES);
    CHECK_NUMBER(pthread_create(&device, NULL, scribble, NULL), 0);
    CHECK_NUMBER(pthread_create(&owner, NULL, own, NULL), 0);
    for (unsigned i = 0; i < sleeping; i++) {
        memset(&sleepers[i], 0, sizeof(sleepers[i]));
        sleepers[i].index = i;
        give_back(sleepers[i].memory, BYTES);
        CHECK_NUMBER(pthread_create(&sleepers[i].thread, NULL, sleeper_run, &sleepers[i]), 0);
    }
    for (unsigned i = 0; i < cycles; i++)
        cycle(i);
    enter();
    stop = true;
    held.hesitates = false;
    held_answer(1); /* completes the remaining sleepers */
    CHECK_NUMBER(pthread_cond_broadcast(&woken), 0);
    CHECK_NUMBER(pthread_cond_signal(&reset_begun), 0);
    leave();
    for (unsigned i = 0; i < sleeping; i++)
        CHECK_NUMBER(pthread_join(sleepers[i].thread, NULL), 0);
    CHECK_NUMBER(pthread_join(owner, NULL), 0);
    CHECK_NUMBER(pthread_join(device, NULL), 0);
    held.acknowledges = true;
    held.reset = NULL;
    CHECK_NUMBER(class->close(), VWR_OK);
    for (unsigned i = 0; i < OTHERS; i++)
        ASAN_UNPOISON_MEMORY_REGION(others[i].memory, BYTES);
    for (; kept_count > 0; kept_count--)
        ASAN_UNPOISON_MEMORY_REGION(kept[kept_count - 1].p, kept[kept_count - 1].bytes);
    for (unsigned i = 0; i < SLEEPERS; i++)
        ASAN_UNPOISON_MEMORY_REGION(sleepers[i].memory, BYTES);
    printf(
        "%s%s: %u freezes and recoveries, %u resets; calls: %u answered, %u returned by a reset, %u left in "
        "flight, %u sent nothing\n",
        class->name, replay ? " with replay" : "", cycles, held.resets, ends.ok, ends.returned,
        ends.in_flight, ends.refused);
}

/* pair_freezes CYCLES [CLASS] */
int main(int argc, char **argv)
{
    if (argc < 2)
        check_failed(__FILE__, __LINE__, "usage: %s CYCLES [CLASS]", argv[0]);
    CHECK_SYS(setvbuf(stdout, NULL, _IOLBF, 0) == 0);
    for (unsigned i = 0; i < HELD_CLASSES; i++) {
        const bool replays = i == HELD_BLK || i == HELD_NET || i == HELD_CLIENT;
        const unsigned cycles = (unsigned)atoi(argv[1]) / (1u + replays);

        if (argc > 2 && strcmp(argv[2], held_classes[i].name) != 0)
            continue;
        run(i, cycles, false);
        if (replays)
            run(i, cycles, true);
    }
    return 0;
}
