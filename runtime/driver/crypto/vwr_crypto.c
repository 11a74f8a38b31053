/* SPDX-License-Identifier: MIT */
#include "crypto_common.h"

/* Crypto device: opening, recovery and closing. Section: Crypto Device. */

static int crypto_configure(struct vwr_bringup *v)
{
    struct vwr_crypto *const c = (void *)v;
    struct vwr_config_wrong wrong;

    if (vwr_crypto_config_is_wrong(&v->dev->config.features, &c->info, &wrong))
        return vwr_dev_give_up(v->dev, VWR_FAULT_CONFIG_VALUE, wrong.offset, wrong.value);
    return vwr_client_agree_count(&c->queue_count, 1u + c->options.more_count, c->info.max_dataqueues);
}

static int crypto_set_up_control(struct vwr_crypto *c)
{
    const struct vwr_queue_memory m = {c->options.shared->control, sizeof(c->options.shared->control),
                                       c->control_own, sizeof(c->control_own), VWR_CRYPTO_CONTROL_QUEUE};
    struct vwr_request_options options;

    vwr_copy(&options, &c->options.request, sizeof(options));
    options.requests = 1;
    options.segments = VWR_CRYPTO_CONTROL_SEGMENTS;
    return vwr_client_setup(&c->control, &c->bringup, vwr_crypto_queue_controlq_at(c->info.max_dataqueues),
                            &vwr_crypto_class, &m, &options);
}

static int crypto_set_up_data(struct vwr_crypto *c, unsigned n)
{
    struct vwr_crypto_dataq *const q = vwr_crypto_get_dataq(c, n);
    struct vwr_crypto_dataq_shared *const shared =
        n == 0 ? &c->options.shared->data : &c->options.more_shared[n - 1u];
    const struct vwr_queue_memory m = {shared->queue, sizeof(shared->queue), q->own, sizeof(q->own),
                                       VWR_CRYPTO_QUEUE};
    const int r = vwr_client_setup(&q->client, &c->bringup, VWR_CRYPTO_QUEUE_DATAQ + n, &vwr_crypto_class, &m,
                                   &c->options.request);

    return r == VWR_OK ? 1 : r;
}

/* The control queue follows all data queues of the device. */
static int crypto_set_up(struct vwr_bringup *v, unsigned n)
{
    struct vwr_crypto *const c = (void *)v;

    return n == c->queue_count ? crypto_set_up_control(c) : crypto_set_up_data(c, n);
}

static void crypto_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    struct vwr_crypto *const c = (void *)v;

    if (event == VWR_BRINGUP_RELEASED)
        c->resets++;
}

static const struct vwr_features crypto_want = {{(uint32_t)1 << VWR_CRYPTO_F_REVISION_1, 0, 0, 0}};

const struct vwr_bringup_class vwr_crypto_bringup = {
    VWR_BRINGUP_CLASS(VWR_CRYPTO_ID, vwr_crypto, info),
    .want = &crypto_want,
    .read = vwr_crypto_config_read,
    .configure = crypto_configure,
    .set_up = crypto_set_up,
    .event = crypto_event,
    .needs = vwr_crypto_config_needs,
};

int vwr_crypto_open(struct vwr_crypto *c, struct vwr_dev *d, const struct vwr_crypto_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_crypto_bringup, d);

    if (r != VWR_OK)
        return r;
    if (!VWR_ARRAY_FITS(&d->shortage, options, more, more_count, options->more_count) ||
        !VWR_ARRAY_FITS(&d->shortage, options, more_shared, more_shared_count, options->more_count))
        return vwr_dev_note_shortage(d);
    vwr_copy(&c->options, options, sizeof(*options));
    c->request.call.req.internal = 1; /* no caller reaps it */
    c->message.call.req.internal = 1;
    c->options.request.requests = VWR_CRYPTO_REQUESTS;
    c->options.request.segments = VWR_REQUEST_SEGMENTS;
    c->options.request.replay = false; /* the sessions have ended */
    c->bringup.avoid = &c->options.avoid;
    for (unsigned i = 0; i < options->more_count; i++)
        vwr_zero(&options->more[i], sizeof(options->more[i]));
    return vwr_bringup_open(&c->bringup);
}

int vwr_crypto_read_info(struct vwr_crypto *c)
{
    struct vwr_crypto_config_info info;
    const int r = vwr_bringup_read_info(&c->bringup, &info);

    if (r == VWR_OK)
        vwr_copy(&c->info, &info, sizeof(info));
    return r;
}
