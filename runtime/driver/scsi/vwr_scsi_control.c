/* SPDX-License-Identifier: MIT */
#include "scsi_common.h"

/* Task management and subscriptions by the control queue, and events. */

#define SCSI_CONTROL(type_, name)                                          \
    [type_] = {                                                            \
        .type = type_,                                                     \
        .out = sizeof(struct vwr_scsi_##name##_msg_form),                  \
        .first = sizeof(struct vwr_scsi_##name##_answer_form),             \
        .out_at = __builtin_offsetof(struct vwr_scsi_control_call, out),   \
        .back_at = __builtin_offsetof(struct vwr_scsi_control_call, back), \
    }

static const struct vwr_client_row scsi_controls[] = {
    SCSI_CONTROL(VWR_SCSI_T_TMF, tmf),
    SCSI_CONTROL(VWR_SCSI_T_AN_QUERY, an_query),
    SCSI_CONTROL(VWR_SCSI_T_AN_SUBSCRIBE, an_subscribe),
};

static uint32_t scsi_control_fault(uint32_t response)
{
    if (response > VWR_SCSI_S_INCORRECT_LUN)
        return VWR_FAULT_SCSI_ANSWER;
    if (response == VWR_SCSI_S_BAD_TARGET || response == VWR_SCSI_S_INCORRECT_LUN)
        return VWR_FAULT_SCSI_CONTROL_UNIT;
    return response == VWR_SCSI_S_FUNCTION_REJECTED ? VWR_FAULT_SCSI_REJECTED : VWR_FAULT_SCSI_CONTROL;
}

/* The response is the last byte. As for commands, the length that the device reports does not matter. */
static void scsi_control_finish(struct vwr_requestq *q, struct vwr_req *r, void *shared)
{
    struct vwr_scsi_control_call *const x = (void *)r;
    const struct vwr_client_row *const row = x->call.row;
    const uint8_t *const back = (const uint8_t *)shared + row->out;

    vwr_copy(&x->back, back, row->first);
    x->call.status = ((const uint8_t *)&x->back)[row->first - 1u];
    if (x->call.status != VWR_SCSI_S_OK && x->call.status != VWR_SCSI_S_FUNCTION_SUCCEEDED)
        r->result = vwr_request_note(q, scsi_control_fault(x->call.status), row->type, x->call.status);
}

const struct vwr_request_class vwr_scsi_control_class = {
    .shared_bytes = VWR_SCSI_CONTROL_SLOT,
    .prepare = vwr_client_prepare,
    .add = vwr_client_add,
    .finish = scsi_control_finish,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

/* Sends the message of the call that waits; vwr_scsi_explain describes the last call. */
static int scsi_do_control(struct vwr_scsi *s)
{
    s->first.client.requests.fault.kind = VWR_FAULT_NONE;
    return vwr_client_do(&s->control, &s->call.call);
}

int vwr_scsi_manage(struct vwr_scsi *s, uint32_t function, uint32_t unit, uint64_t id)
{
    struct vwr_scsi_tmf_msg m = {.subtype = function, .id = id};
    int r = vwr_client_begin(s->bringup.dev, &s->call.call, &scsi_controls[VWR_SCSI_T_TMF]);

    if (r != VWR_OK)
        return r;
    if (!vwr_scsi_put_unit(m.lun, unit))
        return VWR_EINVAL;
    vwr_scsi_tmf_msg_encode(&s->call.out.tmf, vwr_dev_is_legacy(s->bringup.dev), &m);
    r = scsi_do_control(s);
    return r == VWR_OK ? s->call.call.status == VWR_SCSI_S_FUNCTION_SUCCEEDED : r;
}

/* ---- subscriptions ---- */

/* A query has the members of a subscription. */
static int scsi_begin_events(const struct vwr_scsi *s, struct vwr_scsi_control_call *x, unsigned type,
                             uint32_t unit, uint32_t events)
{
    struct vwr_scsi_an_subscribe_msg m = {.event_requested = events};
    const int r = vwr_client_begin(s->bringup.dev, &x->call, &scsi_controls[type]);

    if (r != VWR_OK)
        return r;
    if (!vwr_scsi_put_unit(m.lun, unit))
        return VWR_EINVAL;
    vwr_scsi_an_subscribe_msg_encode(&x->out.subscribe, vwr_dev_is_legacy(s->bringup.dev), &m);
    x->out.subscribe.ctrl_an.type = vwr_guest32(vwr_dev_is_legacy(s->bringup.dev), type);
    return VWR_OK;
}

static int scsi_do_events(struct vwr_scsi *s, unsigned type, uint32_t unit, uint32_t events)
{
    struct vwr_scsi_an_subscribe_answer a;
    int r = scsi_begin_events(s, &s->call, type, unit, events);

    if (r == VWR_OK)
        r = scsi_do_control(s);
    if (r != VWR_OK)
        return r;
    vwr_scsi_an_subscribe_answer_decode(&s->call.back.events, vwr_dev_is_legacy(s->bringup.dev), &a);
    return (int)(a.event_actual & events & VWR_SCSI_ASYNC_EVENTS);
}

int vwr_scsi_query_events(struct vwr_scsi *s, uint32_t unit, uint32_t events)
{
    return scsi_do_events(s, VWR_SCSI_T_AN_QUERY, unit, events);
}

/* The subscription of the unit, otherwise a free one; NULL: there is none. */
static struct vwr_scsi_subscription *scsi_find_subscription(struct vwr_scsi *s, uint32_t unit)
{
    struct vwr_scsi_subscription *found = NULL;

    for (unsigned i = 0; i < VWR_SCSI_SUBSCRIPTIONS; i++) {
        struct vwr_scsi_subscription *const one = &s->subscription[i];

        if (one->events != 0 && one->unit == unit)
            return one;
        if (found == NULL && one->events == 0 && one->call.call.req.state == VWR_REQ_IDLE)
            found = one;
    }
    return found;
}

int vwr_scsi_subscribe(struct vwr_scsi *s, uint32_t unit, uint32_t events)
{
    struct vwr_scsi_subscription *const found = scsi_find_subscription(s, unit);
    const int r = found != NULL ? scsi_do_events(s, VWR_SCSI_T_AN_SUBSCRIBE, unit, events) : VWR_EFULL;

    if (r < 0)
        return r;
    found->unit = unit;
    found->events = (uint32_t)r;
    return r;
}

void vwr_scsi_subscribe_again(struct vwr_scsi *s)
{
    for (unsigned i = 0; i < VWR_SCSI_SUBSCRIPTIONS; i++) {
        struct vwr_scsi_subscription *const one = &s->subscription[i];
        int r = VWR_EBUSY;

        one->call.call.req.internal = 1; /* a recovery returns it to nobody */
        if (one->pending)
            r = scsi_begin_events(s, &one->call, VWR_SCSI_T_AN_SUBSCRIBE, one->unit, one->events);
        if (r == VWR_OK)
            r = vwr_client_submit(&s->control, &one->call.call);
        if (r == VWR_OK)
            one->pending = false;
    }
    (void)vwr_client_kick(&s->control);
}

/* ---- events ---- */

/* false: an event that the driver does not know, or none. */
static bool scsi_take_event(const struct vwr_scsi *s, const struct vwr_slice *slice,
                            struct vwr_scsi_notice *notice)
{
    const struct vwr_dev *const d = s->bringup.dev;
    const struct vwr_scsi_no_event_msg *m;
    struct vwr_scsi_client_eventq_event e;

    if (!vwr_scsi_client_eventq_parse(slice->p, slice->bytes, vwr_dev_is_legacy(d), &d->config.features, &e))
        return false;
    m = &e.m.no_event; /* the same members in each event */
    notice->type = (uint32_t)e.type;
    notice->missed = (m->event & VWR_SCSI_T_EVENTS_MISSED) != 0;
    notice->unit =
        (uint32_t)m->lun[1] << 16 | (uint32_t)(vwr_t10_get(&m->lun[2], sizeof(uint16_t)) & VWR_T10_LUN_MAX);
    notice->reason = m->reason;
    return notice->type != VWR_SCSI_T_NO_EVENT || notice->missed;
}

int vwr_scsi_poll(struct vwr_scsi *s, struct vwr_scsi_notice *notice)
{
    struct vwr_req *done[VWR_SCSI_CONTROLS];
    struct vwr_slice slice;
    bool found = s->missed;
    int r = vwr_request_reap(&s->control.requests, done, VWR_SCSI_CONTROLS);

    if (r < 0)
        return r;
    vwr_scsi_subscribe_again(s);
    vwr_zero(notice, sizeof(*notice));
    notice->missed = s->missed;
    s->missed = false;
    for (unsigned i = 0; i < VWR_SCSI_EVENTS && !found; i++) {
        r = vwr_receive_reap(&s->events, &slice, 1);
        if (r <= 0)
            return r;
        found = scsi_take_event(s, &slice, notice);
        (void)vwr_receive_submit(&s->events, slice.buffer);
        (void)vwr_receive_kick(&s->events);
    }
    return found;
}
