/* SPDX-License-Identifier: MIT */
#include "bench.h"
#include "late.h"

#include "vwr/vm.h"
#include "vwr/gen/split_ring.h"

#include <stdlib.h>
#include <string.h>

/*
 * The device of a bench (classes/), and guests that send its requests in other ways, or wrong ones. CMake
 * defines BENCH, the name of the class.
 */

#define JOIN(a, b, c) a##b##c
#define DEVICE(name) JOIN(bench_, name, _device)
#define SHAPES(name) JOIN(bench_, name, _shapes)
#define TEXT(name) #name
#define NAME(name) TEXT(name)

/* Buffers, far apart: what a queue's request is, and where its answer comes. */
#define OUT(queue) (GUEST_DATA + 0x800u * (queue))
#define IN(queue) (OUT(queue) + 0x400u)
#define WRITE ((uint16_t)VWR_VIRTQ_DESC_F_WRITE)
#define POISON 0xa5u
#define LATE 0x5au /* bytes of a model whose VMM answers later */
#define EACH 4u    /* bytes of a part that have descriptors of their own */
#define SOME 8u    /* bytes of a request for a stream */

struct vmm {
    struct bench_vmm vmm;
    struct guest *g;
    bool later;
    unsigned right; /* calls that are answered immediately, if it is later; */
    bool again;     /* the guest makes its buffer available again in each call */
    uint8_t at;     /* position of a stream, as the guest has got it */
};

static const struct bench_shapes *const shapes = &SHAPES(BENCH);
static const struct bench_bytes nothing;
static const struct bench_device *const device = &DEVICE(BENCH);

static struct vmm *vmm_of(struct guest *g)
{
    return g->device;
}

static enum bench_how how(struct bench_vmm *vmm)
{
    struct vmm *const m = (struct vmm *)vmm;

    if (m->again) {
        log_again(); /* the guest has rewritten what was fetched */
        hostile_lend_one(m->g, 0, IN(0), 1, WRITE);
    }
    return m->later && vmm->calls > m->right ? BENCH_LATER : BENCH_RIGHT;
}

static void start(struct guest *g)
{
    guest_clear_rings(g);
    for (unsigned i = 0; i < g->queues; i++)
        guest_lay_out(g, i, GUEST_QUEUE_MAX);
    assert_true(guest_negotiate(g));
    for (unsigned i = 0; i < g->queues; i++)
        assert_true(guest_set_queue(g, i));
    guest_driver_ok(g);
}

static void add_features(struct guest *g)
{
    g->queues = shapes->queues;
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        g->features.w[i] |= shapes->mandatory.w[i] | shapes->optional.w[i];
}

static void plug(struct guest *g)
{
    struct vmm *const m = g->device = calloc(1, sizeof(*m));
    struct vwr_vdev_setup s;

    assert_non_null(m);
    m->g = g;
    m->vmm = (struct bench_vmm){.own = calloc(1, device->own_bytes),
                                .data = calloc(1, shapes->most),
                                .model = calloc(1, device->model_bytes),
                                .data_bytes = shapes->most,
                                .how = how};
    guest_setup(g, &s);
    assert_int_equal(device->init(&m->vmm, &s), VWR_OK);
    guest_plug(g, 0, m->vmm.dev);
    add_features(g);
    start(g);
}

static void unplug(struct guest *g)
{
    struct vmm *const m = vmm_of(g);

    vwr_vm_remove(&g->vm, 0);
    free(m->vmm.own);
    free(m->vmm.data);
    free(m->vmm.model);
    free(m);
}

/* ---- requests ---- */

/* Writes a request, and poison after it and where the answer comes. */
static void put(struct guest *g, unsigned queue, const struct bench_bytes *out)
{
    memset(guest_at(g, OUT(queue), 0x800), POISON, 0x800);
    bench_out(shapes, vwr_guest_is_big(g->legacy), guest_at(g, OUT(queue), 0x400), out);
}

/* Adds n bytes at `at`: the first `each` of them in descriptors of their own. */
static unsigned split(struct guest_desc *d, uint64_t at, uint32_t n, uint32_t each, uint16_t flags)
{
    unsigned count = 0;

    for (uint32_t i = 0, some; i < n; i += some) {
        some = i < each ? 1 : n - i;
        d[count++] = (struct guest_desc){at + i, some, flags, 0};
    }
    return count;
}

/* A header, data, and a status as Linux has them, two parts of a stream, or with `each` bytes of a part in
 * descriptors of their own.
 */
static void send(struct guest *g, unsigned queue, const struct bench_bytes *out, uint32_t more, uint32_t in,
                 uint32_t each)
{
    struct guest_desc d[GUEST_QUEUE_MAX];
    const uint32_t data = shapes->stream ? in / 2 : in > 1 && !shapes->status_first ? in - 1 : 0;
    unsigned n;

    put(g, queue, out);
    n = split(d, OUT(queue), out->n, each, 0);
    n += split(d + n, OUT(queue) + out->n, more, 0, 0);
    n += split(d + n, IN(queue), data, each, WRITE);
    n += split(d + n, IN(queue) + data, in - data, shapes->stream ? each : 0, WRITE);
    hostile_send(g, queue, d, n);
}

/* The answer has these bytes, and nothing follows them. */
static void ends(struct guest *g, unsigned queue, const uint8_t *in, uint32_t used)
{
    const uint8_t *const at = guest_at(g, IN(queue), 0x400);

    hostile_used(g, queue, used);
    assert_memory_equal(at, in, used);
    assert_int_equal(at[used], POISON);
    assert_null(vmm_of(g)->vmm.wrong);
    hostile_is_whole(g);
}

/* The answer to this request. */
static void says(struct guest *g, unsigned queue, const struct bench_bytes *out, const struct bench_bytes *in)
{
    static uint8_t bytes[BENCH_LONGEST];

    bench_in(shapes, vwr_guest_is_big(g->legacy), bytes, out, in);
    ends(g, queue, bytes, in->n);
}

/* The next n bytes of a stream. */
static const uint8_t *streamed(struct guest *g, uint32_t n)
{
    static uint8_t in[BENCH_LONGEST];

    for (uint32_t i = 0; i < n; i++)
        in[i] = bench_streamed(shapes, vmm_of(g)->at++);
    return in;
}

/* The session of all shapes. */
static void play(struct guest *g, uint32_t each)
{
    for (const struct bench_shape *s = shapes->shape; s < shapes->shape + shapes->shapes; s++) {
        send(g, s->queue, &s->out, 0, s->in.n, each);
        if (s->event != 0) {
            device->event(&vmm_of(g)->vmm, 0);
            hostile_unused(g, s->queue);
            device->event(&vmm_of(g)->vmm, s->event);
        }
        says(g, s->queue, &s->out, &s->in);
    }
}

static void works(struct guest *g)
{
    struct vmm *const m = vmm_of(g);

    m->later = m->again = false;
    m->at = 0;
    m->vmm.data_bytes = shapes->most;
    memset(m->vmm.model, 0, device->model_bytes);
    g->broke = 0;
    add_features(g);
    start(g);
    play(g, 0);
}

static const struct hostile_device bench_device = {plug, works, unplug};

/* ---- cases ---- */

static void step(struct guest *g, const struct bench_step *s)
{
    static uint8_t in[BENCH_LONGEST];
    struct bench_vmm *const vmm = &vmm_of(g)->vmm;

    if (s->event != 0)
        device->event(vmm, s->event);
    if (s->out.n + s->more + s->in != 0)
        send(g, s->queue, &s->out, s->more, s->in, 0);
    memset(in, 0, sizeof(in));
    bench_set_status(shapes, vwr_guest_is_big(g->legacy), in, s->used < BENCH_LONGEST ? s->used : 0,
                     s->status);
    if (s->used == BENCH_WAITS)
        hostile_unused(g, s->queue);
    else if (s->used == BENCH_ANY)
        assert_true(hostile_take(g, s->queue) >= 0);
    else if (s->want.n != 0)
        says(g, s->queue, &s->out, &s->want);
    else
        ends(g, s->queue, shapes->stream ? streamed(g, s->used) : in, s->used);
    if (s->asks)
        assert_true(vwr_vqueue_is_armed(&vmm->dev->queue[s->queue]));
}

static void lie(struct guest *g, long long at)
{
    const struct hostile_case *const row = g->row;
    const struct bench_lie *l = shapes->lie;

    while (l->at != at || strcmp(l->name, row->name) != 0)
        l++;
    vwr_features_add(&g->features, VWR_F_RING_RESET);
    if (device->event != NULL) /* then a device asks for buffers whenever it has to (`asks`) */
        vwr_features_remove(&g->features, VWR_F_EVENT_IDX);
    for (unsigned i = 0; i < VWR_FEATURE_WORDS && l->bare; i++)
        g->features.w[i] &= ~shapes->optional.w[i];
    g->queues = l->bare ? 1 : g->queues;
    start(g);
    for (const struct bench_step *s = l->step; s < l->step + l->steps; s++) {
        if (s->reset == BENCH_QUEUE_RESET && !g->legacy)
            late_reset_queue(g, 0);
        else if (s->reset != 0)
            start(g);
        for (unsigned i = 0; i == 0 || i < s->times; i++)
            step(g, s);
        assert_int_equal(vmm_of(g)->vmm.calls, s->calls);
        if (s->saw != 0)
            assert_int_equal(vmm_of(g)->vmm.saw, s->saw);
    }
}

static void g24_segments(struct guest *g, long long each)
{
    play(g, (uint32_t)each);
}

/* A driver that has not accepted a mandatory feature. */
static void g45_feature(struct guest *g, long long at)
{
    const uint8_t refusal = shapes->refusal;

    (void)at;
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        g->features.w[i] &= ~shapes->mandatory.w[i];
    start(g);
    send(g, shapes->shape->queue, &shapes->shape->out, 0, 1, 0);
    ends(g, shapes->shape->queue, &refusal, 1);
    assert_int_equal(vmm_of(g)->vmm.calls, 0);
}

/* ---- streams ---- */

/* Segments of 1 byte; the VMM has more or less than fits. */
static void g28_segments(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    const uint32_t used = at < 0 ? (uint32_t)(SOME + at) : SOME;

    m->later = true;
    m->right = (unsigned)(SOME + at);
    send(g, 0, &nothing, 0, SOME, SOME);
    ends(g, 0, streamed(g, used), used);
}

/* Two segments; the VMM gives `at` bytes and then pauses: there is no gap, and no byte is lost. */
static void g52_breath(struct guest *g, long long at)
{
    const uint32_t used = at < SOME / 2 ? (uint32_t)at : SOME;

    vmm_of(g)->vmm.data_bytes = (uint32_t)at;
    send(g, 0, &nothing, 0, SOME, 0);
    ends(g, 0, streamed(g, used), used);
    assert_int_equal(*(uint8_t *)vmm_of(g)->vmm.model, used);
}

/* A guest that makes its buffer available again while it is served. For a packed ring: rings_times.c. */
static void g50_refills(struct guest *g, long long at)
{
    (void)at;
    g->budget = 1u << 20;
    vmm_of(g)->again = true;
    hostile_send_one(g, 0, IN(0), 1, WRITE);
    assert_int_equal(vmm_of(g)->vmm.calls, VWR_VDEV_BUDGET);
    assert_int_equal(g->again, 1);
    hostile_is_whole(g);
}

/* ---- late answers ---- */

/* Answers have data that no other answer has. */
static void late_start(struct guest *g)
{
    struct vmm *const m = vmm_of(g);

    m->later = true;
    memset(m->vmm.model, LATE, device->model_bytes);
    m->at = LATE;
    start(g);
}

static void late_ask(struct guest *g)
{
    const struct bench_shape *const s = &shapes->shape[shapes->late];

    send(g, s->queue, &s->out, 0, s->in.n, 0);
}

static void late_answer(struct guest *g, unsigned number)
{
    device->answer(&vmm_of(g)->vmm, number, BENCH_RIGHT);
}

static void late_comes_back(struct guest *g)
{
    const struct bench_shape *const s = &shapes->shape[shapes->late];
    uint8_t in[BENCH_LONGEST], out[BENCH_LONGEST];

    memset(in, LATE, sizeof(in));
    bench_out(shapes, vwr_guest_is_big(g->legacy), out, &s->out);
    bench_echo(shapes, in, out);
    bench_set_status(shapes, vwr_guest_is_big(g->legacy), in, s->in.n, 0);
    ends(g, s->queue, shapes->stream ? streamed(g, s->in.n) : in, s->in.n);
}

static void late_resume(struct guest *g)
{
    device->answer(&vmm_of(g)->vmm, 0, BENCH_LATER);
}

static void g46_late(struct guest *g, long long when)
{
    const struct late late = {late_start,      late_ask, late_answer,
                              late_comes_back, 0,        shapes->stream ? late_resume : NULL};

    late_run(g, &late, (enum late_when)when);
}

/* The VMM has not answered: the other requests wait, however often the guest notifies. */
static void g50_order(struct guest *g, long long at)
{
    const struct bench_shape *const s = &shapes->shape[shapes->late];
    struct vmm *const m = vmm_of(g);

    (void)at;
    m->later = true;
    late_ask(g);
    send(g, s->queue, &shapes->shape->out, 0, shapes->shape->in.n, 0);
    for (unsigned i = 0; i < 1000; i++)
        guest_kick(g, s->queue);
    hostile_unused(g, s->queue);
    assert_int_equal(m->vmm.calls, 1);
    m->later = false;
    device->answer(&m->vmm, 0, BENCH_RIGHT);
    hostile_used(g, s->queue, s->in.n);
    hostile_used(g, s->queue, shapes->shape->in.n);
    assert_int_equal(m->vmm.calls, shapes->stream ? 5 : 2); /* again, and for each part of a buffer */
}

/* A reset of the device or of the queue: the VMM, which had nothing for the last guest, is asked again. */
static void g46_asks_again(struct guest *g, long long reset)
{
    const struct bench_shape *const s = &shapes->shape[shapes->late];

    vwr_features_add(&g->features, VWR_F_RING_RESET);
    start(g);
    vmm_of(g)->later = true;
    late_ask(g);
    hostile_unused(g, s->queue);
    vmm_of(g)->later = false;
    if (reset == BENCH_QUEUE_RESET && !g->legacy)
        late_reset_queue(g, s->queue);
    else
        start(g);
    late_ask(g);
    ends(g, s->queue, streamed(g, s->in.n), s->in.n);
}

static const struct hostile_case each_class[] = {
    {"G24_segments_of_1_byte", "split.dev.framing.1", g24_segments, HOSTILE_ALL, 3, {1, 2, EACH}},
    /* with late answers: */
    LATE_CASES(g46_late, HOSTILE_ALL),
};

static const struct hostile_case each_stream[] = {
    {"G28_segments_of_1_byte",
     "entropy.dev.1 entropy.dev.2 split.dev.framing.1",
     g28_segments,
     HOSTILE_ALL,
     4,
     {-7, -1, 0, 1}},
    {"G52_source_takes_its_breath",
     "entropy.dev.2 split.dev.used.2",
     g52_breath,
     HOSTILE_ALL,
     4,
     {1, 3, 4, 5}},
    {"G46_reset_asks_again",
     "reset.dev.2 vq.dev.reset.2",
     g46_asks_again,
     HOSTILE_ALL,
     2,
     {BENCH_RESET, BENCH_QUEUE_RESET}},
    {"G50_asks_while_it_is_answered",
     "robustness: one queue is not to starve another",
     g50_refills,
     HOSTILE_SPLIT,
     0,
     {0}},
};

int main(void)
{
    static struct hostile_case cases[64];
    unsigned n = device->answer != NULL ? sizeof(each_class) / sizeof(each_class[0]) : 1;

    memcpy(cases, each_class, sizeof(each_class));
    for (unsigned i = 0; shapes->stream && i < sizeof(each_stream) / sizeof(each_stream[0]); i++)
        cases[n++] = each_stream[i];
    if (shapes->mandatory_name != NULL && !shapes->is_drivers)
        cases[n++] = (struct hostile_case){
            "G45_mandatory_feature", shapes->mandatory_clause, g45_feature, HOSTILE_ALL, 0, {0}};
    if (shapes->order_clause != NULL)
        cases[n++] =
            (struct hostile_case){"G50_waits_in_order", shapes->order_clause, g50_order, HOSTILE_ALL, 0, {0}};
    for (const struct bench_lie *l = shapes->lie; l < shapes->lie + shapes->lies; l++) {
        if (l == shapes->lie || strcmp(l->name, l[-1].name) != 0)
            cases[n++] = (struct hostile_case){l->name, l->clause, lie, HOSTILE_ALL, 0, {0}};
        cases[n - 1].at[cases[n - 1].values++] = l->at;
    }
#ifdef BENCH_STORIES
    n += bench_stories(cases + n);
#endif
    return hostile_run(NAME(BENCH), &bench_device, cases, n);
}
