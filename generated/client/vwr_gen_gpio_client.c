/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/gpio.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; GPIO Device */

#include "vwr/client/gpio.h"

static const struct vwr_request_class client_gpio_requestq_class = {
    VWR_CLIENT_CLASS(VWR_GPIO_CLIENT_REQUESTQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static const struct vwr_request_class client_gpio_eventq_class = {
    VWR_CLIENT_CLASS(VWR_GPIO_CLIENT_EVENTQ_SLOT),
    .may_replay = vwr_client_may_replay,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static struct vwr_gpio_client *client_gpio_of(struct vwr_bringup *v)
{
    return (struct vwr_gpio_client *)(void *)v;
}

static int client_gpio_configure(struct vwr_bringup *v)
{
    (void)v;
    return VWR_OK;
}

static int client_gpio_set_up_requestq(struct vwr_gpio_client *c, unsigned n)
{
    (void)n;
    return vwr_client_setup(&c->requestq, &c->bringup, VWR_GPIO_QUEUE_REQUESTQ, &client_gpio_requestq_class,
                            &c->options.requestq, &c->options.requests);
}

static int client_gpio_set_up_eventq(struct vwr_gpio_client *c, unsigned n)
{
    const struct vwr_dev *const d = c->bringup.dev;

    (void)n;
    if (!vwr_dev_has(d, VWR_GPIO_F_IRQ))
        return VWR_OK;
    return vwr_client_setup(&c->eventq, &c->bringup, VWR_GPIO_QUEUE_EVENTQ, &client_gpio_eventq_class,
                            &c->options.eventq, &c->options.requests);
}

static int client_gpio_set_up(struct vwr_bringup *v, unsigned n)
{
    static int (*const set_up[])(struct vwr_gpio_client *, unsigned) = {
        client_gpio_set_up_requestq,
        client_gpio_set_up_eventq,
    };
    const int r = set_up[n](client_gpio_of(v), 0);

    return r == VWR_OK && n + 1 < 2 ? 1 : r;
}

static void client_gpio_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    vwr_receive_all(v, event);
}

static const struct vwr_features client_gpio_want = {
    {VWR_GPIO_FEATURES_W0, VWR_GPIO_FEATURES_W1, VWR_GPIO_FEATURES_W2, VWR_GPIO_FEATURES_W3}};

const struct vwr_bringup_class vwr_gpio_client_bringup = {
    .type = VWR_GPIO_ID,
    .bytes = sizeof(struct vwr_gpio_client),
    .info_at = __builtin_offsetof(struct vwr_gpio_client, info),
    .info_bytes = sizeof(struct vwr_gpio_config_info),
    .read = vwr_gpio_config_read,
    .want = &client_gpio_want,
    .configure = client_gpio_configure,
    .set_up = client_gpio_set_up,
    .event = client_gpio_event,
    .needs = vwr_gpio_config_needs,
};

int vwr_gpio_client_open(struct vwr_gpio_client *c, struct vwr_dev *d, const struct vwr_gpio_client_options *options)
{
    const int r = vwr_bringup_begin(&c->bringup, &vwr_gpio_client_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&c->options, options, sizeof(*options));
    c->bringup.need = options->need;
    c->bringup.avoid = options->avoid;
    return vwr_bringup_open(&c->bringup);
}

int vwr_gpio_client_read_info(struct vwr_gpio_client *c)
{
    struct vwr_gpio_config_info info;
    const int r = vwr_bringup_read_info(&c->bringup, &info);

    if (r == VWR_OK)
        vwr_copy(&c->info, &info, sizeof(info));
    return r;
}
