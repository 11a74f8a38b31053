/* SPDX-License-Identifier: MIT */
#include "vwr/arithmetic.h"
#include "scsi_common.h"

/* SCSI host device: opening, recovery and closing. Section: SCSI Host Device. */

/*
 * A unit gets no more commands at once than the device allows, even if all are for one unit: limits the
 * number of queues, and of requests of each. 0: no reported limit, only 1 is guaranteed.
 */
static int scsi_agree_commands(struct vwr_scsi *s)
{
    const uint32_t most = s->client.info.cmd_per_lun != 0 ? s->client.info.cmd_per_lun : 1u;
    const uint32_t queues = s->client.info.num_queues;
    uint64_t each;
    uint32_t rest;
    const int r =
        vwr_client_agree_count(&s->queue_count, 1u + s->options.more_count, queues < most ? queues : most);

    if (r != VWR_OK)
        return r;
    each = vwr_divide(most, s->queue_count, &rest);
    if (each < s->options.request.requests)
        s->options.request.requests = (uint16_t)each;
    return VWR_OK;
}

/* The sizes are the reset values, which the driver does not change. */
static int scsi_configure(struct vwr_bringup *v)
{
    struct vwr_scsi *const s = (void *)v;

    if (s->client.info.sense_size != VWR_SCSI_SENSE_DEFAULT_SIZE)
        return vwr_dev_give_up(v->dev, VWR_FAULT_CONFIG_VALUE, VWR_SCSI_CONFIG_SENSE_SIZE,
                               s->client.info.sense_size);
    if (s->client.info.cdb_size != VWR_SCSI_CDB_DEFAULT_SIZE)
        return vwr_dev_give_up(v->dev, VWR_FAULT_CONFIG_VALUE, VWR_SCSI_CONFIG_CDB_SIZE,
                               s->client.info.cdb_size);
    if (s->client.info.num_queues == 0)
        return vwr_dev_give_up(v->dev, VWR_FAULT_CONFIG_VALUE, VWR_SCSI_CONFIG_NUM_QUEUES, 0);
    if (s->client.info.seg_max < s->options.request.segments) /* 0: no reported limit, only 1 is guaranteed */
        s->options.request.segments = s->client.info.seg_max != 0 ? (uint16_t)s->client.info.seg_max : 1;
    return scsi_agree_commands(s);
}

static int scsi_set_up_control(struct vwr_scsi *s)
{
    const struct vwr_queue_memory m = {s->options.shared->control, sizeof(s->options.shared->control),
                                       s->control_own, sizeof(s->control_own), VWR_SCSI_CONTROL_QUEUE};
    struct vwr_request_options options;

    vwr_copy(&options, &s->options.request, sizeof(options));
    options.requests = VWR_SCSI_CONTROLS;
    options.segments = 1;
    return vwr_client_setup(&s->client.controlq, &s->bringup, VWR_SCSI_QUEUE_CONTROLQ,
                            &vwr_scsi_control_class, &m, &options);
}

static int scsi_set_up_events(struct vwr_scsi *s)
{
    struct vwr_scsi_shared *const shared = s->options.shared;
    const struct vwr_queue_memory m = {shared->event_ring, sizeof(shared->event_ring), s->event_own,
                                       sizeof(s->event_own), VWR_SCSI_EVENTS};
    const struct vwr_receive_memory buffers = {shared->event, sizeof(shared->event), s->event_buffer,
                                               VWR_SCSI_EVENTS};

    return vwr_receive_setup(&s->client.eventq, &s->bringup, VWR_SCSI_QUEUE_EVENTQ, &m, &buffers,
                             sizeof(struct vwr_scsi_event));
}

/* A request has no more areas of data than the device accepts segments. */
static int scsi_set_up_requests(struct vwr_scsi *s, struct vwr_scsi_requestq *q, unsigned n,
                                const struct vwr_queue_memory *m)
{
    const int r = vwr_client_setup(&q->client, &s->bringup, n, &vwr_scsi_class, m, &s->options.request);

    q->client.requests.segments_max = s->options.request.segments;
    return r;
}

static int scsi_set_up(struct vwr_bringup *v, unsigned n)
{
    struct vwr_scsi *const s = (void *)v;
    const unsigned i = n - VWR_SCSI_QUEUE_REQUESTQ;
    struct vwr_scsi_requestq *const q = vwr_scsi_get_requestq(s, n < VWR_SCSI_QUEUE_REQUESTQ ? 0 : i);
    struct vwr_scsi_requestq_shared *const shared =
        q == &s->first ? &s->options.shared->requests : &s->options.more_shared[i - 1u];
    const struct vwr_queue_memory m = {shared->queue, sizeof(shared->queue), q->own, sizeof(q->own),
                                       VWR_SCSI_QUEUE};
    int r;

    if (n == VWR_SCSI_QUEUE_CONTROLQ)
        r = scsi_set_up_control(s);
    else if (n == VWR_SCSI_QUEUE_EVENTQ)
        r = scsi_set_up_events(s);
    else
        r = scsi_set_up_requests(s, q, n, &m);
    return r == VWR_OK && n + 1u < VWR_SCSI_QUEUE_REQUESTQ + s->queue_count ? 1 : r;
}

static void scsi_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    struct vwr_scsi *const s = (void *)v;

    vwr_receive_all(v, event);
    if (event == VWR_BRINGUP_STOPS)
        s->missed = true; /* the device has forgotten its events */
    vwr_client_restore_event(v, &s->restore, event);
}

static const struct vwr_features scsi_want = {{VWR_SCSI_FEATURES_W0 & ~((uint32_t)1 << VWR_SCSI_F_T10_PI),
                                               VWR_SCSI_FEATURES_W1, VWR_SCSI_FEATURES_W2,
                                               VWR_SCSI_FEATURES_W3}};

const struct vwr_bringup_class vwr_scsi_bringup = {
    VWR_BRINGUP_CLASS(VWR_SCSI_ID, vwr_scsi, client.info),
    .want = &scsi_want,
    .read = vwr_scsi_config_read,
    .configure = scsi_configure,
    .set_up = scsi_set_up,
    .event = scsi_event,
    .needs = vwr_scsi_config_needs,
};

int vwr_scsi_open(struct vwr_scsi *s, struct vwr_dev *d, const struct vwr_scsi_options *options)
{
    const int r = vwr_bringup_begin(&s->bringup, &vwr_scsi_bringup, d);

    if (r != VWR_OK)
        return r;
    if (!VWR_ARRAY_FITS(&d->shortage, options, more, more_count, options->more_count) ||
        !VWR_ARRAY_FITS(&d->shortage, options, more_shared, more_shared_count, options->more_count))
        return vwr_dev_note_shortage(d);
    vwr_copy(&s->options, options, sizeof(*options));
    s->request.call.req.internal = 1; /* no caller reaps it */
    s->options.request.requests = VWR_SCSI_REQUESTS;
    s->options.request.segments = VWR_REQUEST_SEGMENTS;
    s->options.request.replay = false; /* the units were also reset */
    s->client.bringup.avoid = &s->options.avoid;
    s->restore.q = &s->client.controlq;
    s->restore.call = &s->again.call;
    s->restore.resend = vwr_scsi_subscribe_again_;
    s->restore.count = VWR_SCSI_SUBSCRIPTIONS;
    for (unsigned i = 0; i < options->more_count; i++)
        vwr_zero(&options->more[i], sizeof(options->more[i]));
    return vwr_bringup_open(&s->bringup);
}
