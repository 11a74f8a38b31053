/* SPDX-License-Identifier: MIT */
#include "scsi_common.h"

/* Task management and subscriptions through the control queue, and events. */

static uint32_t scsi_control_fault(uint32_t response)
{
    if (response > VWR_SCSI_S_INCORRECT_LUN)
        return VWR_FAULT_SCSI_ANSWER;
    if (response == VWR_SCSI_S_BAD_TARGET || response == VWR_SCSI_S_INCORRECT_LUN)
        return VWR_FAULT_SCSI_CONTROL_UNIT;
    return response == VWR_SCSI_S_FUNCTION_REJECTED ? VWR_FAULT_SCSI_REJECTED : VWR_FAULT_SCSI_CONTROL;
}

/* The response is the last byte. As for commands, the length that the device reports is ignored. */
static void scsi_control_finish(struct vwr_requestq *q, struct vwr_req *r, void *shared)
{
    struct vwr_scsi_client_controlq_call *const x = (void *)r;
    const struct vwr_client_row *const row = x->call.row;
    const uint8_t *const back = (const uint8_t *)shared + row->out;

    vwr_copy(&x->back, back, row->first);
    x->call.status = ((const uint8_t *)&x->back)[row->status_at];
    if (x->call.status != VWR_SCSI_S_OK && x->call.status != VWR_SCSI_S_FUNCTION_SUCCEEDED)
        r->result = vwr_request_note(q, scsi_control_fault(x->call.status), row->type, x->call.status);
}

const struct vwr_request_class vwr_scsi_control_class = {
    .shared_bytes = VWR_SCSI_CLIENT_CONTROLQ_SLOT,
    .prepare = vwr_client_prepare,
    .form = vwr_client_form,
    .finish = scsi_control_finish,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

/* Called before a message is sent in the control queue. vwr_scsi_explain() describes the last one. */
static int scsi_begin_control(struct vwr_scsi *s, uint8_t *lun, uint32_t unit)
{
    const int r = vwr_client_restore_all(&s->bringup, &s->restore);

    if (r == VWR_OK && !vwr_scsi_put_unit_(lun, unit))
        return VWR_EINVAL;
    s->first.client.requests.fault.kind = VWR_FAULT_NONE;
    return r;
}

int vwr_scsi_manage(struct vwr_scsi *s, uint32_t function, uint32_t unit, uint64_t id)
{
    struct vwr_scsi_tmf_msg m;
    int r = scsi_begin_control(s, m.lun, unit);

    m.subtype = function;
    m.id = id;
    if (r == VWR_OK)
        r = vwr_scsi_client_tmf(&s->client, &m);
    return r == VWR_OK ? vwr_scsi_client_controlq_status(&s->client) == VWR_SCSI_S_FUNCTION_SUCCEEDED : r;
}

/* ---- subscriptions ---- */

int vwr_scsi_query_events(struct vwr_scsi *s, uint32_t unit, uint32_t events)
{
    struct vwr_scsi_an_query_msg m;
    struct vwr_scsi_an_query_answer a;
    int r = scsi_begin_control(s, m.lun, unit);

    m.event_requested = events;
    if (r == VWR_OK)
        r = vwr_scsi_client_an_query(&s->client, &m, &a);
    return r == VWR_OK ? (int)(a.event_actual & events & VWR_SCSI_ASYNC_EVENTS) : r;
}

/* Gets the subscription of the unit, or a free one; NULL: there is neither. */
static struct vwr_scsi_subscription *scsi_find_subscription(struct vwr_scsi *s, uint32_t unit)
{
    struct vwr_scsi_subscription *found = NULL;

    for (unsigned i = 0; i < VWR_SCSI_SUBSCRIPTIONS; i++) {
        struct vwr_scsi_subscription *const one = &s->subscription[i];

        if (one->events != 0 && one->unit == unit)
            return one;
        if (found == NULL && one->events == 0)
            found = one;
    }
    return found;
}

int vwr_scsi_subscribe(struct vwr_scsi *s, uint32_t unit, uint32_t events)
{
    struct vwr_scsi_subscription *const found = scsi_find_subscription(s, unit);
    struct vwr_scsi_an_subscribe_msg m;
    struct vwr_scsi_an_subscribe_answer a;
    int r = found != NULL ? scsi_begin_control(s, m.lun, unit) : VWR_EFULL;

    m.event_requested = events;
    if (r == VWR_OK)
        r = vwr_scsi_client_an_subscribe(&s->client, &m, &a);
    if (r != VWR_OK)
        return r;
    found->unit = unit;
    found->events = a.event_actual & events & VWR_SCSI_ASYNC_EVENTS;
    return (int)found->events;
}

int vwr_scsi_subscribe_again_(struct vwr_bringup *v, unsigned n)
{
    struct vwr_scsi *const s = (void *)v;
    struct vwr_scsi_an_subscribe_msg m;

    m.event_requested = s->subscription[n].events;
    if (m.event_requested == 0)
        return VWR_OK;
    (void)vwr_scsi_put_unit_(m.lun, s->subscription[n].unit);
    return vwr_scsi_client_an_subscribe_submit(&s->client, &s->again, &m);
}

/* ---- events ---- */

/* false: there is no event, or the driver does not know it. */
static bool scsi_take_event(const struct vwr_scsi *s, const struct vwr_slice *slice,
                            struct vwr_scsi_notice *notice)
{
    const struct vwr_dev *const d = s->client.bringup.dev;
    const struct vwr_scsi_no_event_msg *m;
    struct vwr_scsi_client_eventq_event e;

    if (!vwr_scsi_client_eventq_parse(slice->p, slice->bytes, vwr_dev_is_legacy(d), &d->config.features, &e))
        return false;
    m = &e.m.no_event; /* these members are the same in each event */
    notice->type = (uint32_t)e.type;
    notice->missed = (m->event & VWR_SCSI_T_EVENTS_MISSED) != 0;
    notice->unit =
        (uint32_t)m->lun[1] << 16 | (uint32_t)(vwr_t10_get(&m->lun[2], sizeof(uint16_t)) & VWR_T10_LUN_MAX);
    notice->reason = m->reason;
    return notice->type != VWR_SCSI_T_NO_EVENT || notice->missed;
}

int vwr_scsi_poll(struct vwr_scsi *s, struct vwr_scsi_notice *notice)
{
    struct vwr_slice slice;
    bool found = s->missed;
    int r = vwr_client_restore_next(&s->bringup, &s->restore);

    if (r < 0)
        return r;
    vwr_zero(notice, sizeof(*notice));
    notice->missed = s->missed;
    s->missed = false;
    for (unsigned i = 0; i < VWR_SCSI_EVENTS && !found; i++) {
        r = vwr_receive_reap(&s->client.eventq, &slice, 1);
        if (r <= 0)
            return r;
        found = scsi_take_event(s, &slice, notice);
        (void)vwr_receive_submit(&s->client.eventq, slice.buffer);
        (void)vwr_receive_kick(&s->client.eventq);
    }
    return found;
}
