/* SPDX-License-Identifier: MIT */
#include "9p_common.h"

/* 9P device: opening, recovery (vwr/bringup.h) and closing. Section: Device Types. */

static int p9_set_up(struct vwr_bringup *v, unsigned n)
{
    struct vwr_9p *const p = (void *)v;
    struct vwr_9p_shared *const s = p->options.shared;
    const struct vwr_queue_memory m = {s->queue, sizeof(s->queue), p->own_queue, sizeof(p->own_queue),
                                       VWR_9P_QUEUE};

    (void)n;
    return vwr_client_setup(&p->requests.client, v, VWR_9P_QUEUE_REQUESTQ, &vwr_9p_class, &m,
                            &p->options.request);
}

static void p9_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    if (event == VWR_BRINGUP_RELEASED)
        vwr_9p_end_session_((void *)v);
}

static const struct vwr_features p9_want = {
    {VWR_9P_FEATURES_W0, VWR_9P_FEATURES_W1, VWR_9P_FEATURES_W2, VWR_9P_FEATURES_W3}};

const struct vwr_bringup_class vwr_9p_bringup = {
    VWR_BRINGUP_CLASS(VWR_9P_ID, vwr_9p, info),
    .want = &p9_want,
    .read = vwr_9p_config_read,
    .set_up = p9_set_up,
    .event = p9_event,
    .needs = vwr_9p_config_needs,
};

int vwr_9p_open(struct vwr_9p *p, struct vwr_dev *d, const struct vwr_9p_options *options)
{
    const int r = vwr_bringup_begin(&p->bringup, &vwr_9p_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&p->options, options, sizeof(*options));
    p->own.req.internal = 1; /* no caller reaps it */
    p->options.request.requests = VWR_9P_REQUESTS;
    p->options.request.segments = VWR_REQUEST_SEGMENTS;
    p->options.request.replay = false; /* a session has to be started before any request can be resent */
    p->bringup.avoid = &p->options.avoid;
    return vwr_bringup_open(&p->bringup);
}

int vwr_9p_read_tag(struct vwr_9p *p, char *tag, size_t bytes)
{
    const struct vwr_dev *const d = p->bringup.dev;
    const size_t most = bytes <= VWR_9P_TAG ? bytes - 1u : VWR_9P_TAG;
    const size_t n = p->info.tag_len < most ? p->info.tag_len : most;

    if (d == NULL || d->state != VWR_DEV_LIVE)
        return VWR_EFAILED;
    /* the tag does not change */
    if (vwr_dev_read_fields(&d->config, VWR_9P_CONFIG_TAG, tag, n, 1) < n)
        return VWR_ERANGE;
    tag[n] = '\0';
    return p->info.tag_len;
}
