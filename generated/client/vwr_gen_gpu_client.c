/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/gpu.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; GPU Device */

#include "vwr/client/gpu.h"

static const struct vwr_request_class client_gpu_controlq_class = {
    VWR_CLIENT_CLASS(VWR_GPU_CLIENT_CONTROLQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static const struct vwr_request_class client_gpu_cursorq_class = {
    VWR_CLIENT_CLASS(VWR_GPU_CLIENT_CURSORQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_gpu_client *client_gpu_of(struct vwr_bringup *v)
{
    return (struct vwr_gpu_client *)(void *)v;
}

static int client_gpu_configure(struct vwr_bringup *v)
{
    struct vwr_config_wrong wrong;

    if (vwr_gpu_config_is_wrong(&v->dev->config.features, &client_gpu_of(v)->info, &wrong))
        return vwr_dev_give_up(v->dev, VWR_FAULT_CONFIG_VALUE, wrong.offset, wrong.value);
    return VWR_OK;
}

static int client_gpu_set_up_controlq(struct vwr_gpu_client *c, unsigned n)
{
    (void)n;
    return vwr_client_setup(&c->controlq, &c->bringup, VWR_GPU_QUEUE_CONTROLQ, &client_gpu_controlq_class,
                            &c->options.controlq, &c->options.requests);
}

static int client_gpu_set_up_cursorq(struct vwr_gpu_client *c, unsigned n)
{
    (void)n;
    return vwr_client_setup(&c->cursorq, &c->bringup, VWR_GPU_QUEUE_CURSORQ, &client_gpu_cursorq_class,
                            &c->options.cursorq, &c->options.requests);
}

static int client_gpu_set_up(struct vwr_bringup *v, unsigned n)
{
    static int (*const set_up[])(struct vwr_gpu_client *, unsigned) = {
        client_gpu_set_up_controlq,
        client_gpu_set_up_cursorq,
    };
    const int r = set_up[n](client_gpu_of(v), 0);

    return r == VWR_OK && n + 1 < 2 ? 1 : r;
}

static void client_gpu_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_gpu_want = {
    {VWR_GPU_FEATURES_W0, VWR_GPU_FEATURES_W1, VWR_GPU_FEATURES_W2, VWR_GPU_FEATURES_W3}};

const struct vwr_bringup_class vwr_gpu_client_bringup = {
    .type = VWR_GPU_ID,
    .bytes = sizeof(struct vwr_gpu_client),
    .info_at = __builtin_offsetof(struct vwr_gpu_client, info),
    .info_bytes = sizeof(struct vwr_gpu_config_info),
    .read = vwr_gpu_config_read,
    .want = &client_gpu_want,
    .rules = vwr_gpu_feature_rules,
    .rule_count = VWR_GPU_FEATURE_RULE_COUNT,
    .configure = client_gpu_configure,
    .set_up = client_gpu_set_up,
    .event = client_gpu_event,
    .needs = vwr_gpu_config_needs,
};

int vwr_gpu_client_open(struct vwr_gpu_client *c, struct vwr_dev *d, const struct vwr_gpu_client_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_gpu_client_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->bringup.need = options->need;
    c->bringup.avoid = options->avoid;
    return vwr_bringup_open(&c->bringup, &vwr_gpu_client_bringup);
}

int vwr_gpu_client_close(struct vwr_gpu_client *c)
{
    return vwr_bringup_close(&c->bringup, &vwr_gpu_client_bringup);
}

int vwr_gpu_client_read_info(struct vwr_gpu_client *c)
{
    struct vwr_gpu_config_info info;
    const int r = vwr_bringup_read_info(&c->bringup, &vwr_gpu_client_bringup, &info);

    if (r == VWR_OK)
        vwr_copy(&c->info, &info, sizeof(info));
    return r;
}
