/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "ram.h"
#include "suspend.h"
#include "vmm.h"

#include "../../classes/ends.h"
#include "../common/random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Both ends of a bench (classes/). First the acts, whose requests and answers another author's program
 * produced; then calls at random, after each of which both ends' models are equal. The device is suspended,
 * and fails with requests in flight. The ends are unlike: queues shorter and longer than the driver's, a VMM
 * that takes less or more data, features that the device does not offer or the driver avoids; `kind` has the
 * age of the device.
 */

#define SLOT 2u
#define LONGEST_QUEUE 128u
#define SETTLES 64u /* looks for events after which a recovery is complete */

static const struct {
    uint16_t queue_size; /* of the device; it has to be enough for one request */
    uint16_t most;       /* data that the VMM takes */
    bool by_driver;      /* the device offers features that the driver avoids */
    bool deferred;
} unlike[] = {
    {16, 64, false, false}, {16, 64, true, true}, {4, 33, true, false}, {LONGEST_QUEUE, 48, false, true}};

static struct {
    const struct bench_driver *driver;
    const struct bench_device *device;
    struct bench_vmm vmm;
    struct bench_memory memory;
    struct vwr_vqueue queue[VMM_SLOTS];
    struct vwr_vqueue_entry own[VMM_SLOTS * LONGEST_QUEUE];
    union vmm_end end;
    struct vwr_features avoid;
    void *model; /* the driver's */
    unsigned answered, events;
    bool answers_late;
    bool silent;   /* the VMM does not answer */
    bool recovers; /* but for what a recovery sends */
} io;

static uint64_t state;

static uint32_t below(uint32_t n)
{
    return random_below(&state, n);
}

static enum bench_how how(struct bench_vmm *vmm)
{
    CHECK(vmm == &io.vmm && vmm->wrong == NULL);
    if (vmm->kept != io.answered && io.device->waits != NULL && io.device->waits(vmm))
        return BENCH_RIGHT; /* this one overtakes it */
    if (io.recovers)
        return BENCH_RIGHT; /* what is sent again */
    /* or a load has made the ticket void; the VMM of a stream is called again after a reset */
    CHECK(vmm->kept == io.answered || vmm_accessed != NULL || io.driver->shapes->stream);
    io.answered = vmm->kept; /* a request that came again is not answered twice */
    return io.silent || (io.answers_late && below(2) != 0) ? BENCH_LATER : BENCH_RIGHT;
}

static bool answer_late(void)
{
    const unsigned last = io.vmm.kept;

    if (last == io.answered || io.silent || io.device->is_void(&io.vmm)) /* a load made the ticket void */
        return false;
    io.answered = last;
    io.device->answer(&io.vmm, last - 1, BENCH_RIGHT);
    return true;
}

static void *anew(void *old, size_t bytes)
{
    void *const p = calloc(1, bytes);

    free(old);
    CHECK(p != NULL);
    return p;
}

static void open_driver(void)
{
    ram_reset();
    io.memory.own = anew(io.memory.own, io.driver->steps->bytes);
    memset(io.memory.own, 0xa5, io.driver->steps->bytes);
    io.memory.shared = ram_alloc_ring(io.driver->shared_bytes);
    io.memory.data = ram_alloc_ring(io.driver->data_bytes);
    CHECK_NUMBER(vmm_find(&io.end, SLOT), VWR_OK);
    CHECK_NUMBER(io.driver->open(&io.memory, &io.end.dev, &io.avoid, 5000), VWR_OK);
}

static void begin(unsigned kind, unsigned at)
{
    struct vwr_vdev_setup s = {.vm = &vmm,
                               .line = SLOT,
                               .queue = io.queue,
                               .queue_count = io.device->shapes->queues,
                               .queue_size = unlike[at].queue_size,
                               .own = io.own,
                               .own_count = VWR_COUNT(io.own),
                               .legacy = (kind & DISK_LEGACY) != 0};

    if (s.legacy && io.driver->shapes->stream && s.queue_size > io.driver->events)
        s.queue_size = (uint16_t)io.driver->events; /* a driver takes the whole of such a queue */
    vmm_begin(unlike[at].deferred);
    io.answers_late = unlike[at].deferred;
    io.answered = io.events = 0;
    io.model = anew(io.model, io.driver->model_bytes);
    io.vmm = (struct bench_vmm){.own = anew(io.vmm.own, io.device->own_bytes),
                                .data = anew(io.vmm.data, unlike[at].most),
                                .model = anew(io.vmm.model, io.device->model_bytes),
                                .data_bytes = unlike[at].most,
                                .how = how};
    disk_offer(&s.features, unlike[at].by_driver ? ~0u : kind);
    vwr_features_clear(&io.avoid);
    if (unlike[at].by_driver)
        disk_avoid(&io.avoid, kind);
    CHECK_NUMBER(io.device->init(&io.vmm, &s), VWR_OK);
    vmm_add(SLOT, io.vmm.dev);
    vmm_work = answer_late;
    open_driver();
    disk_check_features(&io.end.dev, io.vmm.dev,
                        kind & ~(io.device->out_of_order ? (unsigned)DISK_IN_ORDER : 0u));
}

static void event(uint32_t what)
{
    if (io.device->event != NULL)
        io.device->event(&io.vmm, what);
    vmm_run_until_idle();
}

/* The device of a stream has filled buffers that the driver, which compares the data itself, has not read. */
static void agree(void)
{
    event(0);
    CHECK(io.driver->shapes->stream || memcmp(io.model, io.vmm.model, io.driver->model_bytes) == 0);
}

/* The driver finds each event that has happened. */
static void take_events(void)
{
    int r = 1;

    while (io.driver->take != NULL && r == 1) {
        vmm_run_until_idle();
        r = io.driver->take(io.model);
        io.events += r == 1;
    }
    CHECK(r >= 0);
}

/* An event at random, on both models. */
static void random_event(void)
{
    const uint32_t what = below(10000);

    if (io.device->event == NULL)
        return;
    io.device->event(&io.vmm, what);
    io.driver->event(io.model, what);
    take_events();
}

static void acts(void)
{
    const struct bench_shapes *const s = io.driver->shapes;

    for (const struct bench_act *a = s->act; a < s->act + s->acts; a++) {
        unsigned done;

        if (s->shape[a->first].event != 0 && io.driver->post != NULL)
            CHECK(io.driver->post(a->first));
        if (s->shape[a->first].event != 0)
            event(s->shape[a->first].event);
        CHECK_NUMBER(io.driver->act(a->first, a->count, &done), a->result);
        CHECK_NUMBER(done, a->done);
    }
    for (unsigned i = 0; i < io.driver->refusals; i++)
        CHECK(io.driver->refuses(i));
    event(0);
    if (!s->stream) /* acts on a stream end where it starts again */
        memcpy(io.model, io.vmm.model, io.driver->model_bytes);
}

static uint32_t largest(uint32_t n)
{
    return n - 1;
}

static void recover(void)
{
    int r;

    while ((r = vwr_recover(io.memory.own)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
}

/* The device has what was set, and has not happened. */
static void settle(void)
{
    if (io.driver->recovered != NULL)
        io.driver->recovered(io.model);
    event(0);
    for (unsigned i = 0; i < SETTLES; i++)
        take_events();
}

static void need_reset(void)
{
    vmm_may_break = true;
    vwr_vdev_needs_reset(io.vmm.dev);
    vmm_may_break = false;
    CHECK_NUMBER(vwr_dev_check(&io.end.dev), VWR_ENEEDSRESET);
    recover();
    settle();
    agree();
}

/* The VMM answers too late: that has no effect on the driver. */
static void time_out(void)
{
    const struct bench_shapes *const s = io.driver->shapes;
    const struct bench_act *const a = s->act; /* one request */
    const uint64_t late = io.vmm.dev->stats.late;
    char text[200];
    unsigned done;

    io.silent = true;
    if (s->stream) { /* what is there already */
        vmm_run_until_idle();
        CHECK(io.driver->call(largest, io.model, 0) == NULL);
    }
    CHECK_NUMBER(io.driver->act(a->first, a->count, &done), VWR_ETIMEOUT);
    CHECK_NUMBER(done, 0);
    (void)io.driver->explain(text, sizeof(text));
    if (io.driver->give_up != NULL)
        io.driver->give_up();
    else
        CHECK_TEXT(text, "no answer");
    io.recovers = !s->stream;
    recover();
    if (!s->stream)
        settle();
    CHECK(io.driver->is_idle());
    io.silent = io.recovers = false;
    if (s->stream) /* vmm_step() sees to it */
        return;
    (void)answer_late();
    CHECK_NUMBER(io.vmm.dev->stats.late, late + 1);
    memcpy(io.model, io.vmm.model, io.driver->model_bytes); /* it has done what was asked */
}

static void run(unsigned kind, unsigned at, unsigned calls)
{
    begin(kind, at);
    acts();
    for (unsigned i = 0; i < calls; i++) {
        const char *const wrong = io.driver->call(below, io.model, io.vmm.data_bytes);

        take_events();
        if (wrong != NULL)
            check_failed(__FILE__, __LINE__, "%s", wrong);
        agree();
        random_event();
        if (below(16) == 0)
            suspend_check(&io.end.dev, io.vmm.dev);
        take_events();
        if (i == calls / 2 && !io.driver->shapes->stream) /* of which bytes are lost then */
            need_reset();
        if (i == calls * 2 / 3 && io.device->answer != NULL)
            time_out();
    }
    CHECK_NUMBER(vwr_close(io.memory.own), VWR_OK);
    CHECK(io.driver->is_idle());
    vmm_work = NULL;
    CHECK((io.events != 0) == (io.driver->take != NULL));
    printf("%s %s, queues of %u, %u bytes%s: %u requests, %u events\n", disk_kind_name(kind),
           io.driver->shapes->name, unlike[at].queue_size, unlike[at].most,
           unlike[at].deferred ? ", deferred" : "", io.vmm.calls, io.events);
}

void bench_run(const struct bench_driver *driver, const struct bench_device *device, unsigned kind,
               unsigned scale)
{
    state = kind;
    io.driver = driver;
    io.device = device;
    for (unsigned at = 0; at < VWR_COUNT(unlike); at++)
        run(kind, at, driver->calls * scale);
}

void case_scmi(unsigned kind, unsigned scale)
{
    bench_run(&bench_scmi_driver, &bench_scmi_device, kind, scale);
}

void case_spi(unsigned kind, unsigned scale)
{
    bench_run(&bench_spi_driver, &bench_spi_device, kind, scale);
}

void case_entropy(unsigned kind, unsigned scale)
{
    bench_run(&bench_entropy_driver, &bench_entropy_device, kind, scale);
}

void case_gpio(unsigned kind, unsigned scale)
{
    bench_run(&bench_gpio_driver, &bench_gpio_device, kind, scale);
}

void case_i2c(unsigned kind, unsigned scale)
{
    bench_run(&bench_i2c_driver, &bench_i2c_device, kind, scale);
}

void case_input(unsigned kind, unsigned scale)
{
    bench_run(&bench_input_driver, &bench_input_device, kind, scale);
}

void case_iommu(unsigned kind, unsigned scale)
{
    bench_run(&bench_iommu_driver, &bench_iommu_device, kind, scale);
}
