/* SPDX-License-Identifier: MIT */
#include "can.h"
#include "ends.h"
#include "vwr/can.h"

/* A user of a CAN controller. */

#define HEADER 16u  /* bytes of a message before its data */
#define CAN_MOST 6u /* frames that are in flight together */

static struct vwr_can *c;
static bool wanted; /* a recovery starts the controller */
static uint32_t tags;
static uint32_t taken; /* frames of the model that were received */

static int node_open(const struct bench_memory *m, struct vwr_dev *d, const struct vwr_features *avoid,
                     uint32_t timeout_us)
{
    struct vwr_can_options o;

    vwr_zero(&o, sizeof(o));
    c = (struct vwr_can *)m->own;
    wanted = false;
    taken = 0;
    o.shared = (struct vwr_can_shared *)m->shared;
    o.avoid = *avoid;
    o.request.timeout_us = timeout_us;
    return vwr_can_open(c, d, &o);
}

static uint32_t number(const uint8_t *at, unsigned bytes)
{
    uint32_t n = 0;

    while (bytes-- != 0)
        n = n << 8 | at[bytes];
    return n;
}

/* The frame that a message contains. */
static void read_frame(const struct bench_bytes *b, struct vwr_can_frame *f)
{
    vwr_zero(f, sizeof(*f));
    f->length = number(b->at + 2, 2);
    f->flags = number(b->at + 8, 4);
    f->id = number(b->at + 12, 4);
    vwr_copy(f->data, b->at + HEADER, b->n - HEADER);
}

static bool is_frame(const struct vwr_can_frame *f, const struct vwr_can_frame *other)
{
    return f->id == other->id && f->flags == other->flags && f->length == other->length &&
           bench_equal(f->data, other->data, f->length);
}

/* ---- acts ---- */

static int set_mode(bool started)
{
    const int r = started ? vwr_can_start(c) : vwr_can_stop(c);

    wanted = started && (r == VWR_OK || wanted);
    return r;
}

/*
 * The next result of a frame from `first` on, in order; those of other acts, which a reset has ended, come
 * before.
 */
static int collect(uint32_t first, unsigned *n)
{
    struct vwr_can_done sent;
    int r;

    do {
        r = vwr_can_reap(c, &sent);
        if (r < 0)
            return r;
    } while (r == 0 || sent.tag - first >= 0x80000000u);
    return sent.tag == first + (*n)++ ? sent.result : BENCH_WRONG;
}

/* Sends frames without waiting; if there is no room, the result of one is waited for. */
static int send_all(const struct vwr_can_frame *f, unsigned count, unsigned *done)
{
    const uint32_t tag = tags;
    unsigned sent = 0, ended = 0;
    int r, result = VWR_OK;

    while (ended < count) {
        r = sent < count ? vwr_can_send(c, &f[sent], tags) : VWR_EFULL;
        sent += r == VWR_OK;
        tags += r == VWR_OK;
        if (r == VWR_OK)
            continue;
        if (r != VWR_EFULL || sent == ended)
            return r;
        r = collect(tag, &ended);
        if (ended == 0 || r == BENCH_WRONG || vwr_get_stage(&c->bringup) != VWR_STAGE_RUNNING)
            return r;
        *done += result == VWR_OK && r == VWR_OK;
        result = result == VWR_OK ? r : result;
    }
    return result;
}

static int send_shapes(unsigned first, unsigned count, unsigned *done)
{
    struct vwr_can_frame f[CAN_MOST];

    for (unsigned i = 0; i < count; i++)
        read_frame(&bench_can_shapes.shape[first + i].out, &f[i]);
    return send_all(f, count, done);
}

static int get(const struct bench_shape *s)
{
    const vwr_count before = c->client.ignored + c->client.rxq.stats.dropped;
    struct vwr_can_frame f, want;
    const int r = vwr_can_receive(c, &f);

    if (r == 0)
        return c->client.ignored + c->client.rxq.stats.dropped == before + 1 ? VWR_EPROTO : VWR_EBUSY;
    if (r < 0)
        return r;
    read_frame(&s->in, &want);
    return is_frame(&f, &want) ? VWR_OK : BENCH_WRONG;
}

static int node_act(unsigned first, unsigned count, unsigned *done)
{
    const struct bench_shape *const s = &bench_can_shapes.shape[first];
    struct vwr_can_frame f;
    int r;

    *done = 0;
    if (count > 1)
        return send_shapes(first, count, done);
    if (s->queue == 2)
        r = set_mode(s->out.at[0] == 1);
    else if (s->queue == 1)
        r = get(s);
    else {
        read_frame(&s->out, &f);
        r = vwr_can_do(c, &f);
    }
    *done = r == VWR_OK;
    return r;
}

static bool node_refuses(unsigned number)
{
    static const struct {
        uint32_t id, flags, length;
    } bad[] = {{0x800, 0, 0},      {0x20000000, CAN_IS_EXTENDED, 0}, {1, 0, 9},
               {1, CAN_IS_FD, 65}, {1, CAN_IS_FD | CAN_IS_RTR, 1},   {1, 1, 1}};
    struct vwr_can_frame f = {
        .id = bad[number / 2].id, .flags = bad[number / 2].flags, .length = bad[number / 2].length};
    const int r = number % 2 == 0 ? vwr_can_send(c, &f, tags) : vwr_can_do(c, &f);

    return r == VWR_EINVAL || (r == VWR_EFAILED && c->bringup.dev == NULL);
}

/* ---- calls at random ---- */

static const char *any_call(uint32_t (*below)(uint32_t), const struct vwr_can_frame *f)
{
    struct vwr_can_done sent = {0, VWR_EIO};
    struct vwr_can_frame got;
    int r;

    switch (below(6)) {
    case 0:
        return set_mode(true) > VWR_OK ? "a number" : NULL;
    case 1:
        return set_mode(false) > VWR_OK ? "a number" : NULL;
    case 2:
        return vwr_can_read_bus_off(c) > 1 ? "a number" : NULL;
    case 3:
        r = vwr_can_send(c, f, tags);
        tags += r == VWR_OK;
        if (vwr_can_reap(c, &sent) == 1 && sent.tag - tags < 0x80000000u)
            return "the result of another frame";
        return sent.result > VWR_OK ? "a frame without a result" : NULL;
    case 4:
        r = vwr_can_receive(c, &got);
        return r == 1 && vwr_can_check_frame(&got, &c->bringup.dev->config.features) != VWR_OK
                   ? "a frame that there is not"
                   : NULL;
    default:
        return vwr_can_do(c, f) > VWR_OK ? "a number" : NULL;
    }
}

static const char *send_some(uint32_t (*below)(uint32_t), struct can_model *m)
{
    const unsigned count = 1 + below(CAN_MOST);
    struct vwr_can_frame f[CAN_MOST];
    unsigned done = 0;
    int r;

    for (unsigned i = 0; i < count; i++) {
        can_frame(below(100000), &f[i].id, &f[i].flags, &f[i].length, f[i].data);
        if (m->started)
            can_note(m, f[i].id, f[i].flags, f[i].length, f[i].data);
    }
    r = send_all(f, count, &done);
    return r == (m->started ? VWR_OK : VWR_EIO) && done == (m->started ? count : 0)
               ? NULL
               : "other results than the bus's";
}

static const char *node_call(uint32_t (*below)(uint32_t), void *model, uint32_t most)
{
    struct can_model *const m = (struct can_model *)model;
    const unsigned what = below(16);
    struct vwr_can_frame f;

    (void)most;
    can_frame(below(100000), &f.id, &f.flags, &f.length, f.data);
    if (m == NULL)
        return any_call(below, &f);
    if (what < 6)
        return send_some(below, m);
    if (what == 6) {
        wanted = wanted && m->off == 0;
        return vwr_can_read_bus_off(c) == (int)m->off ? NULL : "another state than the controller's";
    }
    if (what < 10) { /* most often it is started */
        m->started = what != 7;
        m->off = 0;
        return set_mode(m->started != 0) == VWR_OK ? NULL : "no mode";
    }
    if (m->started)
        can_note(m, f.id, f.flags, f.length, f.data);
    return vwr_can_do(c, &f) == (m->started ? VWR_OK : VWR_EIO) ? NULL : "another result than the bus's";
}

/* ---- events ---- */

static int node_take(void *model)
{
    const struct can_model *const m = (const struct can_model *)model;
    struct vwr_can_frame f, want;
    const int r = vwr_can_receive(c, &f);

    if (m == NULL || r < 0)
        return r;
    if (r == 0)
        return taken == m->given ? 0 : VWR_EPROTO;
    can_frame(taken++, &want.id, &want.flags, &want.length, want.data);
    return is_frame(&f, &want) ? 1 : VWR_EPROTO;
}

static void node_event(void *model, uint32_t event)
{
    struct can_model *const m = (struct can_model *)model;

    if (can_is_off(event) && m->started) {
        m->started = 0;
        m->off = 1;
    } else if (m->started) {
        m->given += event % CAN_BURST;
    }
}

static void node_recovered(void *model)
{
    struct can_model *const m = (struct can_model *)model;

    m->started = wanted;
    m->off = 0;
}

static bool node_is_idle(void)
{
    bool idle = !vwr_req_is_in_flight(&c->again.call.req) &&
                !vwr_req_is_in_flight(&c->client.txq_own.call.req) &&
                !vwr_req_is_in_flight(&c->client.controlq_own.call.req);

    for (unsigned i = 0; i < VWR_CAN_FRAMES; i++)
        idle = idle && !vwr_req_is_in_flight(&c->request[i].call.call.req);
    if (vwr_get_stage(&c->bringup) != VWR_STAGE_RUNNING)
        for (unsigned i = 0; i < VWR_CAN_BUFFERS; i++)
            idle = idle && c->receive_buffer[i].owner != VWR_RECEIVE_DEVICE;
    return idle;
}

static size_t node_explain(char *text, size_t bytes)
{
    return vwr_can_explain(c, text, bytes);
}

const struct bench_driver bench_can_driver = {
    .shapes = &bench_can_shapes,
    .steps = &vwr_can_bringup,
    .shared_bytes = sizeof(struct vwr_can_shared),
    .data_bytes = 1,
    .model_bytes = sizeof(struct can_model),
    .calls = 120,
    .events = VWR_CAN_BUFFERS,
    .open = node_open,
    .act = node_act,
    .refuses = node_refuses,
    .refusals = 12,
    .call = node_call,
    .take = node_take,
    .event = node_event,
    .recovered = node_recovered,
    .is_idle = node_is_idle,
    .explain = node_explain,
};
