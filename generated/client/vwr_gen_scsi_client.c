/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/scsi.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; SCSI Host Device */

#include "vwr/client/scsi.h"

static const struct vwr_request_class client_scsi_controlq_class = {
    .shared_bytes = VWR_SCSI_CLIENT_CONTROLQ_SLOT,
    .prepare = vwr_client_prepare,
    .add = vwr_client_add,
    .finish = vwr_client_finish,
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static const struct vwr_request_class client_scsi_requestq_class = {
    .shared_bytes = VWR_SCSI_CLIENT_REQUESTQ_SLOT,
    .prepare = vwr_client_prepare,
    .add = vwr_client_add,
    .finish = vwr_client_finish,
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_scsi_client *client_scsi_of(struct vwr_recovery *v)
{
    return (struct vwr_scsi_client *)(void *)v;
}

static void client_scsi_read(const struct vwr_config *config, void *into)
{
    struct vwr_scsi_client_info *const info = into;

    info->num_queues = vwr_scsi_config_get_num_queues(config);
    info->seg_max = vwr_scsi_config_get_seg_max(config);
    info->max_sectors = vwr_scsi_config_get_max_sectors(config);
    info->cmd_per_lun = vwr_scsi_config_get_cmd_per_lun(config);
    info->event_info_size = vwr_scsi_config_get_event_info_size(config);
    info->sense_size = vwr_scsi_config_get_sense_size(config);
    info->cdb_size = vwr_scsi_config_get_cdb_size(config);
    info->max_channel = vwr_scsi_config_get_max_channel(config);
    info->max_target = vwr_scsi_config_get_max_target(config);
    info->max_lun = vwr_scsi_config_get_max_lun(config);
}

static int client_scsi_configure(struct vwr_recovery *v)
{
    (void)v;
    return VWR_OK;
}

static int client_scsi_set_up_controlq(struct vwr_scsi_client *c)
{
    const struct vwr_dev *const d = c->recovery.dev;

    (void)d;
    return vwr_client_setup(&c->controlq, &c->recovery, VWR_SCSI_QUEUE_CONTROLQ, &client_scsi_controlq_class,
                            &c->options.controlq, &c->options.requests);
}

static int client_scsi_set_up_eventq(struct vwr_scsi_client *c)
{
    const struct vwr_dev *const d = c->recovery.dev;

    (void)d;
    return vwr_receive_setup(&c->eventq, &c->recovery, VWR_SCSI_QUEUE_EVENTQ, &c->options.eventq,
                             &c->options.eventq_buffers, 16);
}

static int client_scsi_set_up_requestq(struct vwr_scsi_client *c)
{
    const struct vwr_dev *const d = c->recovery.dev;

    (void)d;
    return vwr_client_setup(&c->requestq, &c->recovery, VWR_SCSI_QUEUE_REQUESTQ, &client_scsi_requestq_class,
                            &c->options.requestq, &c->options.requests);
}

static int client_scsi_set_up(struct vwr_recovery *v, unsigned n)
{
    static int (*const set_up[])(struct vwr_scsi_client *) = {
        client_scsi_set_up_controlq,
        client_scsi_set_up_eventq,
        client_scsi_set_up_requestq,
    };
    const int r = set_up[n](client_scsi_of(v));

    return r == VWR_OK && n + 1 < 3 ? 1 : r;
}

static void client_scsi_event(struct vwr_recovery *v, enum vwr_recovery_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_scsi_want = {
    {VWR_SCSI_FEATURES_W0, VWR_SCSI_FEATURES_W1, VWR_SCSI_FEATURES_W2, VWR_SCSI_FEATURES_W3}};
static const struct vwr_features client_scsi_none;

const struct vwr_recovery_class vwr_scsi_client_recovery = {
    .type = VWR_SCSI_ID,
    .bytes = sizeof(struct vwr_scsi_client),
    .info_at = __builtin_offsetof(struct vwr_scsi_client, info),
    .info_bytes = sizeof(struct vwr_scsi_client_info),
    .read = client_scsi_read,
    .want = &client_scsi_want,
    .configure = client_scsi_configure,
    .set_up = client_scsi_set_up,
    .event = client_scsi_event,
};

int vwr_scsi_client_open(struct vwr_scsi_client *c, struct vwr_dev *d, const struct vwr_scsi_client_options *options)
{
    const int r = vwr_recovery_begin(&c->recovery, &vwr_scsi_client_recovery, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->recovery.need = options->need != NULL ? options->need : &client_scsi_none;
    c->recovery.avoid = options->avoid != NULL ? options->avoid : &client_scsi_none;
    return vwr_recovery_open(&c->recovery, &vwr_scsi_client_recovery);
}

int vwr_scsi_client_close(struct vwr_scsi_client *c)
{
    return vwr_recovery_close(&c->recovery, &vwr_scsi_client_recovery);
}

/* False: it is no message. */
static bool client_scsi_decode_eventq(const struct vwr_scsi_client *c, const struct vwr_slice *slice,
        struct vwr_scsi_client_eventq_event *e)
{
    const bool legacy = vwr_dev_is_legacy(c->recovery.dev);
    const uint8_t *const bytes = slice->p;
    uint32_t fixed;

    (void)legacy;
    (void)c;
    uint32_t select0;

    if (slice->bytes < 4u)
        return false;
    select0 = vwr_client_number(bytes + 0, 4, legacy);
    if (true && (select0 >> 0 & 0xffffffffu) == 0u && slice->bytes >= 16u) {
        e->type = VWR_SCSI_CLIENT_EVENTQ_NO_EVENT;
        fixed = 16u;
        struct vwr_scsi_no_event_msg_form form;

        vwr_copy(&form, bytes, sizeof(form));
        vwr_scsi_no_event_msg_decode(&form, legacy, &e->m.no_event);
    }    else if (true && (select0 >> 0 & 0xffffffffu) == 1u && slice->bytes >= 16u) {
        e->type = VWR_SCSI_CLIENT_EVENTQ_TRANSPORT_RESET;
        fixed = 16u;
        struct vwr_scsi_transport_reset_msg_form form;

        vwr_copy(&form, bytes, sizeof(form));
        vwr_scsi_transport_reset_msg_decode(&form, legacy, &e->m.transport_reset);
    }    else if (true && (select0 >> 0 & 0xffffffffu) == 2u && slice->bytes >= 16u) {
        e->type = VWR_SCSI_CLIENT_EVENTQ_ASYNC_NOTIFY;
        fixed = 16u;
        struct vwr_scsi_async_notify_msg_form form;

        vwr_copy(&form, bytes, sizeof(form));
        vwr_scsi_async_notify_msg_decode(&form, legacy, &e->m.async_notify);
    }    else if (true && (select0 >> 0 & 0xffffffffu) == 3u && slice->bytes >= 16u && (vwr_scsi_client_has(c,
                  VWR_SCSI_F_CHANGE))) {
        e->type = VWR_SCSI_CLIENT_EVENTQ_PARAM_CHANGE;
        fixed = 16u;
        struct vwr_scsi_param_change_msg_form form;

        vwr_copy(&form, bytes, sizeof(form));
        vwr_scsi_param_change_msg_decode(&form, legacy, &e->m.param_change);
    }    else {
        return false;
    }
    e->data = bytes + fixed;
    e->data_bytes = slice->bytes - fixed;
    e->buffer = slice->buffer;
    return true;
}

int vwr_scsi_client_poll_eventq(struct vwr_scsi_client *c, struct vwr_scsi_client_eventq_event *e)
{
    struct vwr_slice slice;

    for (unsigned i = 0; i < c->options.eventq_buffers.count; i++) {
        const int n = vwr_receive_poll(&c->eventq, &slice, 1);

        if (n <= 0)
            return n;
        if (client_scsi_decode_eventq(c, &slice, e))
            return 1;
        vwr_count_add(&c->ignored, 1);
        (void)vwr_receive_return(&c->eventq, slice.buffer);
        (void)vwr_receive_kick(&c->eventq);
    }
    return 0;
}
