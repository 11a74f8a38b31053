/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/mem.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Memory Device */

#include "vwr/client/mem.h"

static const struct vwr_request_class client_mem_guest_request_class = {
    VWR_CLIENT_CLASS(VWR_MEM_CLIENT_GUEST_REQUEST_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_mem_client *client_mem_of(struct vwr_bringup *v)
{
    return (struct vwr_mem_client *)(void *)v;
}

static int client_mem_configure(struct vwr_bringup *v)
{
    (void)v;
    return VWR_OK;
}

static int client_mem_set_up_guest_request(struct vwr_mem_client *c, unsigned n)
{
    (void)n;
    return vwr_client_setup(&c->guest_request, &c->bringup, VWR_MEM_QUEUE_GUEST_REQUEST,
                            &client_mem_guest_request_class, &c->options.guest_request, &c->options.requests);
}

static int client_mem_set_up(struct vwr_bringup *v, unsigned n)
{
    return client_mem_set_up_guest_request(client_mem_of(v), n);
}

static void client_mem_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_mem_want = {
    {VWR_MEM_FEATURES_W0, VWR_MEM_FEATURES_W1, VWR_MEM_FEATURES_W2, VWR_MEM_FEATURES_W3}};

const struct vwr_bringup_class vwr_mem_client_bringup = {
    .type = VWR_MEM_ID,
    .bytes = sizeof(struct vwr_mem_client),
    .info_at = __builtin_offsetof(struct vwr_mem_client, info),
    .info_bytes = sizeof(struct vwr_mem_config_info),
    .read = vwr_mem_config_read,
    .want = &client_mem_want,
    .configure = client_mem_configure,
    .set_up = client_mem_set_up,
    .event = client_mem_event,
    .needs = vwr_mem_config_needs,
};

int vwr_mem_client_open(struct vwr_mem_client *c, struct vwr_dev *d, const struct vwr_mem_client_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_mem_client_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->bringup.need = options->need;
    c->bringup.avoid = options->avoid;
    return vwr_bringup_open(&c->bringup);
}

int vwr_mem_client_read_info(struct vwr_mem_client *c)
{
    struct vwr_mem_config_info info;
    const int r = vwr_bringup_read_info(&c->bringup, &info);

    if (r == VWR_OK)
        vwr_copy(&c->info, &info, sizeof(info));
    return r;
}
