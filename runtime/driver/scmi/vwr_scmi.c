/* SPDX-License-Identifier: MIT */
#include "vwr/scmi.h"
#include "vwr/bytes.h"

/*
 * SCMI device: commands, each with its response in one descriptor, as other drivers send them, because not
 * every device accepts a message in parts. Section: SCMI Device.
 */

#define SCMI_BLOCKING VWR_SCMI_COMMANDS                            /* the command of a blocking call */
#define SCMI_AGAIN (VWR_SCMI_COMMANDS + 1u)                        /* the command of a recovery */
#define SCMI_TURNS (VWR_SCMI_TOKENS / 16u)                         /* a token is a request and its turn */
#define SCMI_LEAST (VWR_SCMI_HEADER_BYTES + VWR_SCMI_STATUS_BYTES) /* of a response */

/* The status is a part of bytes that are SCMI's, and little-endian for every driver. */
static int scmi_status(const uint8_t *values)
{
    return (int)vwr_bytes_number(values, VWR_SCMI_STATUS_BYTES, false);
}

/* ---- a command ---- */

static int scmi_check(const struct vwr_scmi *c, const struct vwr_scmi_command *m)
{
    if (c->bringup.dev == NULL)
        return VWR_EFAILED;
    if (m->params_bytes > VWR_SCMI_BYTES || m->values_bytes > VWR_SCMI_BYTES - VWR_SCMI_STATUS_BYTES ||
        m->values_least > m->values_bytes)
        return VWR_EINVAL;
    return (m->notifies || m->delayed) && !vwr_scmi_client_has(&c->client, VWR_SCMI_F_P2A_CHANNELS)
               ? VWR_EFEATURE
               : VWR_OK;
}

static int scmi_begin(struct vwr_scmi *c, unsigned n, const struct vwr_scmi_command *m)
{
    struct vwr_scmi_call *const x = &c->request[n];
    struct vwr_scmi_command_msg msg;
    int r;

    r = vwr_client_begin(c->bringup.dev, &x->call, &x->row);
    if (r != VWR_OK)
        return r;
    msg.hdr = vwr_scmi_header(VWR_SCMI_TYPE_COMMAND, m->protocol, m->message, n + 16u * x->turn);
    x->header = msg.hdr;
    x->least = m->values_least;
    x->bytes = 0;
    x->delayed = m->delayed;
    x->heard = false;
    x->lost = false;
    vwr_scmi_command_msg_encode((void *)x->out, vwr_dev_is_legacy(c->bringup.dev), &msg);
    vwr_copy(x->out + VWR_SCMI_HEADER_BYTES, m->params, m->params_bytes);
    x->row.type = msg.hdr;
    x->row.out = (uint16_t)(VWR_SCMI_HEADER_BYTES + m->params_bytes);
    x->row.first = (uint16_t)(SCMI_LEAST + m->values_bytes);
    x->row.out_at = __builtin_offsetof(struct vwr_scmi_call, out);
    x->row.back_at = __builtin_offsetof(struct vwr_scmi_call, back);
    return VWR_OK;
}

static int scmi_status_result(struct vwr_requestq *q, struct vwr_scmi_call *x)
{
    const int status = (int)x->call.status;

    if (status == VWR_SCMI_S_SUCCESS)
        return x->bytes < x->least ? vwr_request_note(q, VWR_FAULT_SCMI_VALUES, x->header, x->bytes) : VWR_OK;
    return vwr_request_note(
        q, status == VWR_SCMI_S_NOT_SUPPORTED ? VWR_FAULT_REQUEST_UNSUPP : VWR_FAULT_REQUEST_IOERR, x->header,
        (uint32_t)status);
}

/* Reads a response, which may be shorter than the space for it. */
static void scmi_finish(struct vwr_requestq *q, struct vwr_req *r, void *shared)
{
    struct vwr_scmi_call *const x = (struct vwr_scmi_call *)(void *)r;
    const uint32_t n = r->written < x->row.first ? r->written : x->row.first;
    uint32_t header;

    vwr_copy(x->back, (const uint8_t *)shared + x->row.out, x->row.first);
    vwr_trace_message(VWR_TRACE_IN, vwr_queue_index(&q->queue), x->back, n);
    header = vwr_bytes_number(x->back, VWR_SCMI_HEADER_BYTES, vwr_guest_is_big(vwr_dev_is_legacy(q->dev)));
    x->call.status = 0;
    if (n < SCMI_LEAST) {
        r->result = vwr_request_note(q, VWR_FAULT_REQUEST_SHORT, x->header, n);
    } else if (header != x->header) {
        r->result = vwr_request_note(q, VWR_FAULT_SCMI_HEADER, x->header, header);
    } else {
        x->call.status = (uint32_t)scmi_status(x->back + VWR_SCMI_HEADER_BYTES);
        x->bytes = n - SCMI_LEAST;
        r->result = scmi_status_result(q, x);
    }
}

/* Fills in the answer to a command that is no longer in flight. */
static void scmi_answer(const struct vwr_scmi_call *x, int result, struct vwr_scmi_answer *a)
{
    const bool has_status = result == VWR_OK || result == VWR_EIO || result == VWR_EUNSUPP;

    a->result = result;
    a->tag = x->tag;
    a->status = has_status ? (int)x->call.status : 0;
    a->bytes = result == VWR_OK ? x->bytes : 0;
    vwr_copy(a->values, x->back + SCMI_LEAST, a->bytes);
}

/* ---- commands that are waited for, and those of a recovery ---- */

int vwr_scmi_do(struct vwr_scmi *c, const struct vwr_scmi_command *m, struct vwr_scmi_answer *answer)
{
    struct vwr_scmi_call *const x = &c->request[SCMI_BLOCKING];
    int r = m->delayed ? VWR_EINVAL : scmi_check(c, m);

    answer->result = r;
    answer->tag = 0;
    answer->status = 0;
    answer->bytes = 0;
    if (r == VWR_OK)
        r = vwr_client_restore_all(&c->bringup, &c->restore);
    if (r == VWR_OK)
        r = scmi_begin(c, SCMI_BLOCKING, m);
    if (r == VWR_OK) {
        x->call.req.internal = 1; /* no caller reaps it */
        r = vwr_client_do(&c->client.cmdq, &x->call);
        if (!vwr_req_is_in_flight(&x->call.req))
            scmi_answer(x, r, answer);
    }
    answer->result = r;
    return r;
}

int vwr_scmi_set(struct vwr_scmi *c, unsigned n, const struct vwr_scmi_command *m,
                 struct vwr_scmi_answer *answer)
{
    struct vwr_scmi_setting *s;
    int r;

    if (n >= VWR_SCMI_SETTINGS)
        return VWR_EINVAL;
    r = vwr_scmi_do(c, m, answer);
    if (r != VWR_OK)
        return r;
    s = &c->setting[n];
    vwr_copy(s->params, m->params, m->params_bytes);
    vwr_copy(&s->command, m, sizeof(s->command));
    s->command.params = s->params;
    s->used = true;
    return VWR_OK;
}

void vwr_scmi_unset(struct vwr_scmi *c, unsigned n)
{
    if (n < VWR_SCMI_SETTINGS)
        c->setting[n].used = false;
}

static int scmi_resend(struct vwr_bringup *v, unsigned n)
{
    struct vwr_scmi *const c = (void *)v;
    const struct vwr_scmi_setting *const s = &c->setting[n];
    int r = s->used ? scmi_check(c, &s->command) : VWR_OK;

    if (!s->used || r != VWR_OK)
        return r;
    r = scmi_begin(c, SCMI_AGAIN, &s->command);
    return r == VWR_OK ? vwr_client_submit(&c->client.cmdq, &c->request[SCMI_AGAIN].call) : r;
}

/* ---- commands in flight ---- */

int vwr_scmi_send(struct vwr_scmi *c, const struct vwr_scmi_command *m, uint32_t tag)
{
    int r = scmi_check(c, m);
    unsigned i = 0;

    if (r == VWR_OK)
        r = vwr_client_restore_next(&c->bringup, &c->restore);
    if (r != VWR_OK)
        return r > 0 ? VWR_EBUSY : r;
    while (i < VWR_SCMI_COMMANDS && c->request[i].state != VWR_SCMI_FREE)
        i++;
    if (i == VWR_SCMI_COMMANDS)
        return VWR_EFULL;
    r = scmi_begin(c, i, m);
    if (r == VWR_OK)
        r = vwr_client_submit(&c->client.cmdq, &c->request[i].call);
    if (r != VWR_OK)
        return r;
    c->request[i].tag = tag;
    c->request[i].state = VWR_SCMI_SENT;
    (void)vwr_client_kick(&c->client.cmdq);
    return VWR_OK;
}

/* A command that is no longer in flight, whoever has reaped it; NULL: none. */
static struct vwr_scmi_call *scmi_find_done(struct vwr_scmi *c)
{
    for (unsigned i = 0; i < VWR_SCMI_COMMANDS; i++)
        if (c->request[i].state == VWR_SCMI_SENT && c->request[i].call.req.state == VWR_REQ_IDLE)
            return &c->request[i];
    return NULL;
}

int vwr_scmi_reap(struct vwr_scmi *c, struct vwr_scmi_answer *answer)
{
    struct vwr_client_call *done;
    struct vwr_scmi_call *x;
    int r = 0;

    if (c->bringup.dev == NULL)
        return VWR_EFAILED;
    x = scmi_find_done(c);
    if (x == NULL) {
        r = vwr_client_reap(&c->client.cmdq, &done, 1);
        if (r == 0)
            r = vwr_client_restore_next(&c->bringup, &c->restore);
        x = scmi_find_done(c);
    }
    if (x == NULL)
        return r < 0 ? r : 0;
    scmi_answer(x, x->call.req.result, answer);
    x->state = answer->result == VWR_OK && x->delayed && !x->heard ? VWR_SCMI_AWAITED : VWR_SCMI_FREE;
    return 1;
}

int vwr_scmi_forget(struct vwr_scmi *c, uint32_t tag)
{
    for (unsigned i = 0; c->bringup.dev != NULL && i < VWR_SCMI_COMMANDS; i++) {
        struct vwr_scmi_call *const x = &c->request[i];

        if (x->state != VWR_SCMI_AWAITED || x->tag != tag)
            continue;
        x->state = VWR_SCMI_FREE;
        x->turn = (uint8_t)((x->turn + 1u) % SCMI_TURNS);
        return VWR_OK;
    }
    return VWR_EINVAL;
}

/* ---- notifications and delayed responses ---- */

/* The command that waits for this delayed response; NULL: none. */
static struct vwr_scmi_call *scmi_find_delayed(struct vwr_scmi *c, uint32_t header)
{
    const unsigned token = vwr_scmi_header_token(header);
    const uint32_t command = vwr_scmi_header(VWR_SCMI_TYPE_COMMAND, vwr_scmi_header_protocol(header),
                                             vwr_scmi_header_message(header), token);
    struct vwr_scmi_call *x;

    if (token % 16u >= VWR_SCMI_COMMANDS)
        return NULL;
    x = &c->request[token % 16u];
    return x->state != VWR_SCMI_FREE && x->delayed && !x->heard && !x->lost && x->header == command ? x
                                                                                                    : NULL;
}

static bool scmi_hear(struct vwr_scmi *c, struct vwr_scmi_event *e, uint32_t header, const uint8_t *data)
{
    struct vwr_scmi_call *const x = scmi_find_delayed(c, header);
    struct vwr_scmi_answer *const a = &e->answer;

    if (x == NULL || a->bytes < VWR_SCMI_STATUS_BYTES)
        return false;
    a->status = scmi_status(data);
    a->result = a->status == VWR_SCMI_S_SUCCESS         ? VWR_OK
                : a->status == VWR_SCMI_S_NOT_SUPPORTED ? VWR_EUNSUPP
                                                        : VWR_EIO;
    a->tag = x->tag;
    a->bytes = a->result == VWR_OK ? a->bytes - VWR_SCMI_STATUS_BYTES : 0;
    vwr_copy(a->values, data + VWR_SCMI_STATUS_BYTES, a->bytes);
    x->heard = true;
    if (x->state == VWR_SCMI_AWAITED)
        x->state = VWR_SCMI_FREE;
    return true;
}

/* Reads a buffer that the device has filled. */
static bool scmi_take(struct vwr_scmi *c, const struct vwr_slice *slice, struct vwr_scmi_event *e)
{
    const struct vwr_dev *const d = c->bringup.dev;
    struct vwr_scmi_client_eventq_event got;
    unsigned type;

    if (!vwr_scmi_client_eventq_parse(slice->p, slice->bytes, vwr_dev_is_legacy(d), &d->config.features,
                                      &got) ||
        got.data_bytes > VWR_SCMI_BYTES)
        return false;
    type = vwr_scmi_header_type(got.m.p2a.hdr);
    e->protocol = vwr_scmi_header_protocol(got.m.p2a.hdr);
    e->message = vwr_scmi_header_message(got.m.p2a.hdr);
    e->delayed = type == VWR_SCMI_TYPE_DELAYED;
    e->answer.result = VWR_OK;
    e->answer.tag = 0;
    e->answer.status = 0;
    e->answer.bytes = got.data_bytes;
    if (e->delayed)
        return scmi_hear(c, e, got.m.p2a.hdr, got.data);
    vwr_copy(e->answer.values, got.data, got.data_bytes);
    return type == VWR_SCMI_TYPE_NOTIFICATION;
}

/* A delayed response that a reset has prevented. */
static bool scmi_take_lost(struct vwr_scmi *c, struct vwr_scmi_event *e)
{
    for (unsigned i = 0; i < VWR_SCMI_COMMANDS; i++) {
        struct vwr_scmi_call *const x = &c->request[i];

        if (x->state != VWR_SCMI_AWAITED || !x->lost)
            continue;
        x->state = VWR_SCMI_FREE;
        e->protocol = vwr_scmi_header_protocol(x->header);
        e->message = vwr_scmi_header_message(x->header);
        e->delayed = true;
        scmi_answer(x, VWR_ERESET, &e->answer);
        return true;
    }
    return false;
}

int vwr_scmi_poll(struct vwr_scmi *c, struct vwr_scmi_event *event)
{
    struct vwr_slice slice;
    bool known = false;
    int r;

    if (c->bringup.dev == NULL)
        return VWR_EFAILED;
    if (scmi_take_lost(c, event))
        return 1;
    r = vwr_client_restore_next(&c->bringup, &c->restore);
    if (r < 0 || !vwr_scmi_client_has(&c->client, VWR_SCMI_F_P2A_CHANNELS))
        return r < 0 ? r : 0;
    for (unsigned i = 0; i < VWR_SCMI_EVENTS && !known; i++) {
        r = vwr_receive_reap(&c->client.eventq, &slice, 1);
        if (r <= 0)
            return r;
        known = scmi_take(c, &slice, event);
        vwr_count_add(&c->client.ignored, !known);
        (void)vwr_receive_submit(&c->client.eventq, slice.buffer);
        (void)vwr_receive_kick(&c->client.eventq);
    }
    return known;
}

bool vwr_scmi_arm(struct vwr_scmi *c)
{
    return c->bringup.dev != NULL && vwr_request_arm(&c->client.cmdq.requests, 1) &&
           (!vwr_scmi_client_has(&c->client, VWR_SCMI_F_P2A_CHANNELS) ||
            vwr_receive_arm(&c->client.eventq, 1));
}

/* ---- opening, recovery and closing ---- */

static const struct vwr_request_class scmi_class = {
    .shared_bytes = VWR_SCMI_SLOT,
    .prepare = vwr_client_prepare,
    .form = vwr_client_form,
    .finish = scmi_finish,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static int scmi_set_up(struct vwr_bringup *v, unsigned n)
{
    struct vwr_scmi *const c = (void *)v;
    struct vwr_scmi_shared *const s = c->options.shared;
    const struct vwr_queue_memory commands = {s->commands, sizeof(s->commands), c->command_own,
                                              sizeof(c->command_own), VWR_SCMI_QUEUE};
    const struct vwr_queue_memory events = {s->event_ring, sizeof(s->event_ring), c->event_own,
                                            sizeof(c->event_own), VWR_SCMI_EVENTS};
    const struct vwr_receive_memory buffers = {s->event, sizeof(s->event), c->event_buffer, VWR_SCMI_EVENTS};
    int r;

    if (n != 0)
        return vwr_receive_setup(&c->client.eventq, v, VWR_SCMI_QUEUE_EVENTQ, &events, &buffers,
                                 VWR_SCMI_HEADER_BYTES);
    r = vwr_client_setup(&c->client.cmdq, v, VWR_SCMI_QUEUE_CMDQ, &scmi_class, &commands,
                         &c->options.request);
    return r == VWR_OK && vwr_dev_has(v->dev, VWR_SCMI_F_P2A_CHANNELS) ? 1 : r;
}

static void scmi_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    struct vwr_scmi *const c = (void *)v;

    vwr_receive_all(v, event);
    vwr_client_restore_event(v, &c->restore, event);
    for (unsigned i = 0; event == VWR_BRINGUP_RELEASED && i < VWR_SCMI_COMMANDS; i++)
        c->request[i].lost = c->request[i].delayed;
}

static const struct vwr_features scmi_want = {{1u << VWR_SCMI_F_P2A_CHANNELS}};

const struct vwr_bringup_class vwr_scmi_bringup = {
    .type = VWR_SCMI_ID,
    .bytes = sizeof(struct vwr_scmi),
    .want = &scmi_want,
    .set_up = scmi_set_up,
    .event = scmi_event,
};

int vwr_scmi_open(struct vwr_scmi *c, struct vwr_dev *d, const struct vwr_scmi_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_scmi_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->options.request.requests = VWR_SCMI_REQUESTS;
    c->options.request.segments = 1;
    c->options.request.replay = false; /* a command may already have been executed */
    c->client.bringup.avoid = &c->options.avoid;
    c->restore.q = &c->client.cmdq;
    c->restore.call = &c->request[SCMI_AGAIN].call;
    c->restore.resend = scmi_resend;
    c->restore.count = VWR_SCMI_SETTINGS;
    return vwr_bringup_open(&c->bringup);
}
