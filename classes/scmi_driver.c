/* SPDX-License-Identifier: MIT */
#include "ends.h"
#include "scmi.h"
#include "vwr/scmi.h"

/* A user of a platform. */

#define HEADER 4u
#define LEAST 8u /* bytes of a response with a status */
#define MOST 6u  /* commands in flight together */

static struct vwr_scmi *c;
static uint32_t tags;
static bool set[SCMI_SENSORS]; /* a recovery requests notifications again, or stops them */
static uint8_t wanted[SCMI_SENSORS];

/* What the driver finds next: with a model. */
static struct {
    bool is, delayed;
    uint8_t values[SCMI_NOTICE];
} due;
static unsigned
    awaited; /* delayed readings that were promised: all those that are owed, or were before a reset */

static int platform_open(const struct bench_memory *m, struct vwr_dev *d, const struct vwr_features *avoid,
                         uint32_t timeout_us)
{
    struct vwr_scmi_options o;

    vwr_zero(&o, sizeof(o));
    vwr_zero(&due, sizeof(due));
    vwr_zero(set, sizeof(set));
    awaited = 0;
    c = (struct vwr_scmi *)m->own;
    o.shared = (struct vwr_scmi_shared *)m->shared;
    o.avoid = *avoid;
    o.request.timeout_us = timeout_us;
    return vwr_scmi_open(c, d, &o);
}

static uint32_t number(const uint8_t *at)
{
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/* The command that a shape contains. */
static struct vwr_scmi_command command_of(const struct bench_shape *s)
{
    const uint32_t header = number(s->out.at);
    const bool reading = vwr_scmi_header_protocol(header) == VWR_SCMI_SENSOR &&
                         vwr_scmi_header_message(header) == SCMI_READING_GET;

    return (struct vwr_scmi_command){.protocol = vwr_scmi_header_protocol(header),
                                     .message = vwr_scmi_header_message(header),
                                     .delayed = reading && s->out.at[HEADER + 4] != 0,
                                     .params = s->out.at + HEADER,
                                     .params_bytes = s->out.n - HEADER,
                                     .values_bytes = s->in.n - LEAST,
                                     .values_least = s->in.n - LEAST};
}

static struct vwr_scmi_command sensor_command(unsigned message, uint8_t *params, unsigned sensor,
                                              unsigned byte)
{
    for (unsigned i = 0; i < 8; i++)
        params[i] = (uint8_t)(i == 0 ? sensor : i == 4 ? byte : 0);
    return (struct vwr_scmi_command){.protocol = VWR_SCMI_SENSOR,
                                     .message = (uint8_t)message,
                                     .notifies = message == SCMI_UPDATE_NOTIFY,
                                     .delayed = message == SCMI_READING_GET && byte != 0,
                                     .params = params,
                                     .params_bytes = 8,
                                     .values_bytes = message == SCMI_READING_GET ? SCMI_VALUE : 0};
}

/* ---- acts ---- */

static bool is_answer(const struct vwr_scmi_answer *a, const struct bench_shape *s)
{
    const uint32_t n = a->result == VWR_OK ? s->in.n - LEAST : 0;

    if (a->result == VWR_OK && !bench_equal(a->values, s->in.at + LEAST, n))
        return false;
    return a->bytes == n;
}

/* The next answer, in any order. */
static int collect(struct vwr_scmi_answer *a)
{
    int r;

    do
        r = vwr_scmi_reap(c, a);
    while (r == 0);
    return r < 0 ? r : VWR_OK;
}

/* Sends commands without waiting; if there is no room, an answer is waited for. */
static int send_all(const struct vwr_scmi_command *m, const struct bench_shape *s, unsigned count,
                    unsigned *done)
{
    const uint32_t tag = tags;
    struct vwr_scmi_answer a;
    unsigned sent = 0, ended = 0;
    int r, result = VWR_OK;

    while (vwr_scmi_reap(c, &a) == 1) /* of other acts, which a reset has ended */
        continue;
    while (ended < count) {
        r = sent < count ? vwr_scmi_send(c, &m[sent], tags) : VWR_EFULL;
        sent += r == VWR_OK;
        tags += r == VWR_OK;
        if (r == VWR_OK)
            continue;
        if (r != VWR_EFULL || sent == ended)
            return r;
        r = collect(&a);
        if (r != VWR_OK || vwr_get_stage(&c->bringup) != VWR_STAGE_RUNNING)
            return r != VWR_OK ? r : a.result;
        ended++;
        if (a.tag - tag >= count || (s != NULL && a.result == VWR_OK && !is_answer(&a, &s[a.tag - tag])))
            return BENCH_WRONG;
        *done += a.result == VWR_OK;
        result = result == VWR_OK ? a.result : result;
    }
    return result;
}

static bool is_event(const struct vwr_scmi_event *e, const struct bench_shape *s)
{
    const uint32_t header = number(s->in.at), skip = e->delayed ? LEAST : HEADER;

    return e->delayed == (vwr_scmi_header_type(header) == VWR_SCMI_TYPE_DELAYED) &&
           e->protocol == vwr_scmi_header_protocol(header) && e->message == vwr_scmi_header_message(header) &&
           e->answer.result == VWR_OK && (!e->delayed || e->answer.tag == tags - 1) &&
           e->answer.bytes == s->in.n - skip &&
           bench_equal(e->answer.values, s->in.at + skip, s->in.n - skip);
}

static int hear(const struct bench_shape *s)
{
    const vwr_count before = c->client.ignored + c->client.eventq.stats.dropped;
    struct vwr_scmi_event e;
    int r;

    do
        r = vwr_scmi_poll(c, &e);
    while (r == 1 && e.answer.result == VWR_ERESET);
    if (r == 0)
        return c->client.ignored + c->client.eventq.stats.dropped == before + 1 ? VWR_EPROTO : VWR_EBUSY;
    if (r < 0)
        return r;
    return is_event(&e, s) ? VWR_OK : BENCH_WRONG;
}

static int platform_act(unsigned first, unsigned count, unsigned *done)
{
    const struct bench_shape *const s = &bench_scmi_shapes.shape[first];
    struct vwr_scmi_command m[MOST];
    struct vwr_scmi_answer a;
    int r;

    *done = 0;
    if (s->queue == 1) {
        r = hear(s);
        *done = r == VWR_OK;
        return r;
    }
    for (unsigned i = 0; i < count; i++)
        m[i] = command_of(&s[i]);
    if (count > 1 || m[0].delayed)
        return send_all(m, s, count, done);
    if (m[0].message == SCMI_UPDATE_NOTIFY) {
        m[0].notifies = true;
        r = vwr_scmi_set(c, s->out.at[HEADER], &m[0], &a);
        if (r == VWR_OK) {
            set[s->out.at[HEADER]] = true;
            wanted[s->out.at[HEADER]] = s->out.at[HEADER + 4];
        }
    } else {
        r = vwr_scmi_do(c, &m[0], &a);
    }
    *done = r == VWR_OK;
    return r != VWR_OK || is_answer(&a, s) ? r : BENCH_WRONG;
}

static bool platform_refuses(unsigned number)
{
    static const uint8_t params[VWR_SCMI_BYTES + 1];
    struct vwr_scmi_command m = {.protocol = VWR_SCMI_SENSOR, .message = SCMI_READING_GET, .params = params};
    struct vwr_scmi_answer a;
    int r;

    m.params_bytes = number == 0 ? VWR_SCMI_BYTES + 1 : 8;
    m.values_bytes = number == 1 ? VWR_SCMI_BYTES - 3 : 8;
    m.values_least = number == 2 ? 9 : 0;
    m.delayed = number == 3;
    r = number == 4   ? vwr_scmi_set(c, VWR_SCMI_SETTINGS, &m, &a)
        : number == 5 ? vwr_scmi_forget(c, tags + 1)
        : number < 3  ? vwr_scmi_send(c, &m, tags)
                      : VWR_EINVAL;
    if (number < 4 && r == VWR_EINVAL)
        r = vwr_scmi_do(c, &m, &a);
    return r == VWR_EINVAL || (r == VWR_EFAILED && c->bringup.dev == NULL);
}

/* ---- calls at random ---- */

static const char *any_call(uint32_t (*below)(uint32_t))
{
    static const uint8_t messages[] = {SCMI_READING_GET, SCMI_CONFIG_SET, SCMI_UPDATE_NOTIFY, 0x20};
    uint8_t params[8], list[2];
    struct vwr_scmi_command m = sensor_command(messages[below(4)], params, below(SCMI_SENSORS + 1), below(2));
    struct vwr_scmi_answer a = {.result = VWR_OK};
    struct vwr_scmi_event e = {.answer.result = VWR_OK};
    uint32_t version;

    switch (below(8)) {
    case 0:
        return vwr_scmi_do(c, &m, &a) > VWR_OK || a.bytes > VWR_SCMI_BYTES ? "a number" : NULL;
    case 1:
        return vwr_scmi_set(c, below(VWR_SCMI_SETTINGS), &m, &a) > VWR_OK ? "a number" : NULL;
    case 2:
        tags += vwr_scmi_send(c, &m, tags) == VWR_OK;
        return NULL;
    case 3:
        if (vwr_scmi_reap(c, &a) == 1 && (a.tag - tags < 0x80000000u || a.bytes > VWR_SCMI_BYTES))
            return "the answer to another command";
        return a.result > VWR_OK ? "an answer without a result" : NULL;
    case 4:
        if (vwr_scmi_poll(c, &e) == 1 && (e.answer.bytes > VWR_SCMI_BYTES || e.answer.result > VWR_OK))
            return "more than a message";
        return !vwr_scmi_arm(c) && e.delayed && e.answer.tag - tags < 0x80000000u
                   ? "a delayed response to no command"
                   : NULL;
    case 5:
        (void)vwr_scmi_forget(c, tags - 1 - below(3));
        return vwr_scmi_version(c, (uint8_t)below(256), &version) > VWR_OK ? "a number" : NULL;
    case 6:
        vwr_scmi_unset(c, below(VWR_SCMI_SETTINGS + 1));
        return NULL;
    default:
        return vwr_scmi_protocols(c, list, sizeof(list)) > 255 ? "too many protocols" : NULL;
    }
}

static int result_of(int status)
{
    return status == 0 ? VWR_OK : status == -1 ? VWR_EUNSUPP : VWR_EIO;
}

/* One command that the model executes too. */
static const char *one_call(uint32_t (*below)(uint32_t), struct scmi_model *m)
{
    static const uint8_t messages[] = {SCMI_READING_GET, SCMI_CONFIG_SET, SCMI_UPDATE_NOTIFY};
    const unsigned message = messages[below(3)], sensor = below(SCMI_SENSORS + 1);
    uint8_t params[8], values[SCMI_VALUE];
    const struct vwr_scmi_command cmd =
        sensor_command(message, params, sensor, message == SCMI_READING_GET ? 0 : below(256));
    struct vwr_scmi_answer a;
    uint32_t n;
    const int status = scmi_execute(m, message, params, values, &n);
    int r;

    if (message == SCMI_UPDATE_NOTIFY && sensor < VWR_SCMI_SETTINGS)
        r = vwr_scmi_set(c, sensor, &cmd, &a);
    else
        r = vwr_scmi_do(c, &cmd, &a);
    if (r != result_of(status) || a.status != status)
        return "another status than the platform's";
    if (r == VWR_OK && message == SCMI_UPDATE_NOTIFY) {
        set[sensor] = true;
        wanted[sensor] = params[4] & 1u;
    }
    return a.bytes != n || !bench_equal(a.values, values, n) ? "other values than the platform's" : NULL;
}

/* A reading that comes later. */
static const char *delayed_call(uint32_t (*below)(uint32_t), struct scmi_model *m)
{
    const bool busy = m->owed == SCMI_OWED;
    uint8_t params[8];
    const struct vwr_scmi_command cmd = sensor_command(SCMI_READING_GET, params, below(SCMI_SENSORS + 1), 1);
    unsigned done = 0;
    uint32_t n;
    const int status = busy ? -6 : scmi_execute(m, SCMI_READING_GET, params, NULL, &n);

    awaited += status == 0;
    return send_all(&cmd, NULL, 1, &done) == result_of(status) ? NULL : "another result than the platform's";
}

static const char *several_calls(uint32_t (*below)(uint32_t), struct scmi_model *m)
{
    const unsigned count = 1 + below(MOST);
    struct vwr_scmi_command cmd[MOST];
    uint8_t params[MOST][8], values[SCMI_VALUE];
    unsigned done = 0;
    uint32_t n;

    for (unsigned i = 0; i < count; i++) {
        cmd[i] = sensor_command(SCMI_READING_GET, params[i], below(SCMI_GONE), 0);
        (void)scmi_execute(m, SCMI_READING_GET, params[i], values, &n);
    }
    return send_all(cmd, NULL, count, &done) == VWR_OK && done == count ? NULL : "not all commands succeed";
}

static const char *platform_any(uint32_t (*below)(uint32_t), void *model, uint32_t most)
{
    struct scmi_model *const m = (struct scmi_model *)model;
    const unsigned what = below(8);
    uint8_t list[1] = {0};

    (void)most;
    if (m == NULL)
        return any_call(below);
    if (what == 0)
        return vwr_scmi_protocols(c, list, sizeof(list)) == 2 && list[0] == VWR_SCMI_SENSOR
                   ? NULL
                   : "other protocols than the platform's";
    return what < 4 ? one_call(below, m) : what < 6 ? delayed_call(below, m) : several_calls(below, m);
}

/* ---- events ---- */

static int platform_take(void *model)
{
    const struct scmi_model *const m = (const struct scmi_model *)model;
    struct vwr_scmi_event e;
    const int r = vwr_scmi_poll(c, &e);

    if (r < 0 || m == NULL)
        return r;
    if (r == 1 && e.delayed && e.answer.result == VWR_ERESET)
        return awaited-- != 0 ? 1 : VWR_EPROTO;
    if ((r == 1) != due.is || c->restore.lost != 0 || (r == 0 && awaited != m->owed))
        return VWR_EPROTO;
    awaited -= r == 1 && e.delayed;
    due.is = false;
    if (r == 1 && (e.delayed != due.delayed || e.answer.bytes != (due.delayed ? SCMI_VALUE : SCMI_NOTICE) ||
                   !bench_equal(e.answer.values, due.values, e.answer.bytes)))
        return VWR_EPROTO;
    return r;
}

static void platform_event(void *model, uint32_t event)
{
    struct scmi_model *const m = (struct scmi_model *)model;
    unsigned sensor;

    if (event == 0 || (event % 3 == 0 && m->owed == 0))
        return;
    due.delayed = event % 3 == 0;
    sensor = due.delayed ? scmi_pay(m) : scmi_change(m, event);
    due.is = due.delayed || m->notifies[sensor] != 0;
    if (due.delayed)
        vwr_copy(due.values, m->value[sensor], SCMI_VALUE);
    else
        scmi_notice(m, sensor, due.values);
}

/* Notifications are requested again, and delayed readings do not come. */
static void platform_recovered(void *model)
{
    struct scmi_model *const m = (struct scmi_model *)model;
    uint8_t params[8];
    uint32_t n;

    scmi_forget(m);
    for (unsigned i = 0; i < SCMI_SENSORS; i++) {
        (void)sensor_command(SCMI_UPDATE_NOTIFY, params, i, wanted[i]);
        if (set[i])
            (void)scmi_execute(m, SCMI_UPDATE_NOTIFY, params, NULL, &n);
    }
}

static bool platform_is_idle(void)
{
    bool idle = true;

    for (unsigned i = 0; i < VWR_SCMI_REQUESTS; i++)
        idle = idle && !vwr_req_is_in_flight(&c->request[i].call.req);
    if (vwr_get_stage(&c->bringup) != VWR_STAGE_RUNNING)
        for (unsigned i = 0; i < VWR_SCMI_EVENTS; i++)
            idle = idle && c->event_buffer[i].owner != VWR_RECEIVE_DEVICE;
    return idle;
}

static size_t platform_explain(char *text, size_t bytes)
{
    return vwr_scmi_explain(c, text, bytes);
}

const struct bench_driver bench_scmi_driver = {
    .shapes = &bench_scmi_shapes,
    .steps = &vwr_scmi_bringup,
    .shared_bytes = sizeof(struct vwr_scmi_shared),
    .data_bytes = 1,
    .model_bytes = sizeof(struct scmi_model),
    .calls = 120,
    .events = VWR_SCMI_EVENTS,
    .open = platform_open,
    .act = platform_act,
    .refuses = platform_refuses,
    .refusals = 6,
    .call = platform_any,
    .take = platform_take,
    .event = platform_event,
    .recovered = platform_recovered,
    .is_idle = platform_is_idle,
    .explain = platform_explain,
};
