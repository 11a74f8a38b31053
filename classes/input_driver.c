/* SPDX-License-Identifier: MIT */
#include "ends.h"
#include "input.h"
#include "vwr/input.h"

/* A user of a keyboard, who reads events and sets LEDs. */

static struct vwr_input *in;
static uint64_t fifo[INPUT_FIFO];
static uint32_t come, at; /* complete groups that were read, and events after them; with a model */

static int keys_open(const struct bench_memory *m, struct vwr_dev *d, const struct vwr_features *avoid,
                     uint32_t timeout_us)
{
    struct vwr_input_options o;

    (void)timeout_us;
    vwr_zero(&o, sizeof(o));
    in = (struct vwr_input *)m->own;
    o.shared = (struct vwr_input_shared *)m->shared;
    o.event = fifo;
    o.event_count = INPUT_FIFO;
    o.avoid = *avoid;
    come = at = 0;
    return vwr_input_open(in, d, &o);
}

static bool is_event(const struct vwr_input_event_msg *e, const uint8_t *b)
{
    return e->type == (b[0] | b[1] << 8) && e->code == (b[2] | b[3] << 8) &&
           e->value == (b[4] | (uint32_t)b[5] << 8 | (uint32_t)b[6] << 16 | (uint32_t)b[7] << 24);
}

/* The FIFO has these events and no other one. */
static bool has(const struct bench_shape *s, unsigned count)
{
    struct vwr_input_event_msg e;
    unsigned right = 0;

    while (right < count && vwr_input_read(in, &e) && is_event(&e, s[right].in.at))
        right++;
    return right == count && vwr_input_is_empty(in) && !vwr_input_read(in, &e);
}

/* An LED, or a group; VWR_EPROTO: it has lost an event, and is lost as a whole. */
static int keys_act(unsigned first, unsigned count, unsigned *done)
{
    const struct bench_shape *const s = &bench_input_shapes.shape[first];
    const struct vwr_input_stats before = in->stats;
    int r;

    *done = 0;
    r = s->queue != 0 ? vwr_input_set_led(in, s->out.at[2], s->out.at[4] != 0) : vwr_input_poll(in);
    if (r < 0)
        return r;
    if (s->queue == 0 && in->stats.torn != before.torn)
        return in->stats.torn == before.torn + 1 && in->stats.groups == before.groups && has(s, 0)
                   ? VWR_EPROTO
                   : BENCH_WRONG;
    if (s->queue == 0 && (!has(s, count) || in->stats.groups != before.groups + 1))
        return BENCH_WRONG;
    *done = count;
    return VWR_OK;
}

static bool keys_refuses(unsigned number)
{
    (void)number;
    return vwr_input_set_led(in, VWR_INPUT_LEDS, true) == VWR_EINVAL;
}

/* ---- calls at random ---- */

/* What this machine's keyboard says, or any answer. */
static const char *ask(uint8_t select, uint8_t subsel, bool any)
{
    static const char name[] = "Virtwright keyboard";
    struct vwr_input_query q = {.select = select, .subsel = subsel};
    const int r = vwr_input_ask(in, &q);

    if (r >= (int)sizeof(q.u.bytes) ||
        (r >= 0 && (r != q.size || vwr_input_has(&q, 8u * q.size) || q.u.bytes[sizeof(q.u.bytes) - 1] != 0)))
        return "an answer that is too long";
    if (any)
        return NULL;
    if (select == 1)
        return r == sizeof(name) - 1 && bench_equal(q.u.bytes, (const uint8_t *)name, sizeof(name))
                   ? NULL
                   : "another name";
    return (select == 3 ? r == 8 && q.u.ids.bus == 6 : r == 1 && q.u.bytes[0] == 7) ? NULL : "another answer";
}

static const char *read_all(void)
{
    struct vwr_input_event_msg e = {0, 0, 0};

    for (unsigned n = 0; vwr_input_read(in, &e); n++)
        if (n == INPUT_FIFO)
            return "more events than fit";
    return e.type != 0 || e.code != 0 || !vwr_input_is_empty(in) ? "half a group" : NULL;
}

static const char *any_call(uint32_t (*below)(uint32_t))
{
    const unsigned what = below(64);

    if (what < 16)
        return vwr_input_poll(in) <= VWR_OK ? NULL : "a poll that returns a number";
    if (what < 28)
        return read_all();
    if (what < 48)
        return vwr_input_set_led(in, below(40), what % 2 != 0) <= VWR_OK ? NULL : "a number";
    if (what < 56)
        return ask((uint8_t)below(0x20), (uint8_t)below(0x20), true);
    if (what == 63)
        vwr_input_give_up(in);
    return vwr_input_arm(in) && in->bringup.dev == NULL ? "there is no device" : NULL;
}

static const char *keys_call(uint32_t (*below)(uint32_t), void *model, uint32_t most)
{
    static const uint8_t asks[][2] = {{1, 0}, {3, 0}, {0x11, 0x11}};
    struct input_model *const m = (struct input_model *)model;
    const unsigned led = below(3), on = below(2), what = below(12);

    (void)most;
    if (m == NULL)
        return any_call(below);
    m->leds = (uint8_t)((m->leds & ~(1u << led)) | on << led);
    if (vwr_input_set_led(in, led, on != 0) != VWR_OK)
        return "an LED cannot be set";
    return what < 3 ? ask(asks[what][0], asks[what][1], false) : NULL;
}

/* ---- events ---- */

static bool is_next(const struct vwr_input_event_msg *e)
{
    if (at == input_keys(come)) {
        at = 0;
        come++;
        return e->type == 0 && e->code == 0 && e->value == 0;
    }
    at++;
    return e->type == 1 && e->code == at && e->value == come;
}

/* Some events, which may be less than a group. */
static int keys_take(void *model)
{
    const struct input_model *const m = (const struct input_model *)model;
    const uint32_t before = in->next;
    struct vwr_input_event_msg e;
    const int r = vwr_input_poll(in);

    if (r < 0 || m == NULL)
        return r;
    while (vwr_input_read(in, &e))
        if (!is_next(&e))
            return VWR_EPROTO;
    return in->next != before ? 1 : come == m->groups && at == 0 ? 0 : VWR_EPROTO;
}

static void keys_event(void *model, uint32_t event)
{
    ((struct input_model *)model)->groups += event % INPUT_BURST;
}

/* ---- a group that is read after a recovery, half of the next one, and LEDs in flight ---- */

static bool keys_begin_part(void)
{
    return vwr_input_poll(in) == VWR_OK && vwr_input_set_led(in, 0, true) == VWR_OK &&
           vwr_input_set_led(in, 1, false) == VWR_OK;
}

/* The LEDs' state is sent instead. */
static bool keys_ends_part(void)
{
    const struct bench_act *const a = bench_input_shapes.act;

    return in->status.requests.stats.returned >= 2 && in->stats.torn == 1 && in->stats.dropped == 0 &&
           has(&bench_input_shapes.shape[a->first], a->count);
}

static void keys_give_up(void)
{
    vwr_input_give_up(in);
}

static bool keys_is_idle(void)
{
    bool idle = true;

    if (vwr_get_stage(&in->bringup) == VWR_STAGE_RUNNING)
        return true;
    for (unsigned i = 0; i < VWR_INPUT_QUEUE; i++)
        idle = idle && in->event_buffer[i].owner != VWR_RECEIVE_DEVICE;
    for (unsigned i = 0; i < VWR_INPUT_STATUS_QUEUE; i++)
        idle = idle && !vwr_req_is_in_flight(&in->status_request[i]);
    return idle;
}

static size_t keys_explain(char *text, size_t bytes)
{
    return vwr_input_explain(in, text, bytes);
}

const struct bench_driver bench_input_driver = {
    .shapes = &bench_input_shapes,
    .steps = &vwr_input_bringup,
    .shared_bytes = sizeof(struct vwr_input_shared),
    .data_bytes = 1,
    .model_bytes = sizeof(struct input_model),
    .calls = 120,
    .events = VWR_INPUT_QUEUE,
    .open = keys_open,
    .act = keys_act,
    .refuses = keys_refuses,
    .refusals = 1,
    .call = keys_call,
    .take = keys_take,
    .event = keys_event,
    .begin_part = keys_begin_part,
    .ends_part = keys_ends_part,
    .give_up = keys_give_up,
    .is_idle = keys_is_idle,
    .explain = keys_explain,
};
