/* SPDX-License-Identifier: MIT */
#include "vnet_common.h"

/*
 * Network card for a guest: init, reset, and functions for the VMM that do not pass packets.
 * Section: Network Device.
 */

static void vnet_set_status(struct vwr_vnet *n, bool announce)
{
    const unsigned status =
        (n->link ? (unsigned)VWR_NET_S_LINK_UP : 0u) | (announce ? VWR_NET_S_ANNOUNCE : 0u);

    n->service.config.status = vwr_guest16(vnet_dev(n)->legacy, (uint16_t)status);
}

static void vnet_forget(struct vwr_vnet *n)
{
    n->state = VNET_RUNS;
    n->active = 1;
    n->merge = false;
    n->offloads = 0;
    n->frame_max = VWR_VNET_FRAME_MAX;
    n->controlq = VNET_NO_QUEUE;
    /* The minimum: a legacy driver need not accept any feature. */
    n->header = (uint8_t)vwr_net_hdr_size(&vnet_dev(n)->accepted);
    vwr_zero(n->steer, sizeof(n->steer));
    vwr_vnet_reset_filter_(n);
    vwr_copy(n->service.config.mac, n->mac, sizeof(n->mac));
    vnet_set_status(n, false);
}

static void vnet_reset(struct vwr_vdev *v)
{
    struct vwr_vnet *const n = vnet_of(v);

    vwr_service_forget_all(&n->service.service);
    vwr_features_clear(&v->accepted); /* cleared first, because they determine the header length */
    vnet_forget(n);
    if (n->ops->reset != NULL)
        n->ops->reset(n);
}

static void vnet_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    vwr_service_forget(&vnet_of(v)->service.service, queue);
}

static const struct vwr_vdev_class vnet_class = {
    .name = "net",
    .id = VWR_NET_ID,
    .rules = vwr_net_feature_rules,
    .rule_count = VWR_NET_FEATURE_RULE_COUNT,
    .fields = vwr_net_config_fields,
    .field_count = VWR_NET_CONFIG_FIELD_COUNT,
    .feature_names = VWR_WORDS(vwr_net_feature_names),
    .reset = vnet_reset,
    .queue_reset = vnet_queue_reset,
    .negotiated = vwr_vnet_negotiated_,
    .serve = vwr_vnet_serve_,
    .flush = vwr_vnet_flush_,
};

/* Without a control queue, the driver cannot use additional pairs. */
static uint16_t vnet_pairs(const struct vwr_vdev_setup *s, const struct vwr_vnet_options *o)
{
    uint16_t pairs = o->control ? (uint16_t)((s->queue_count - 1u) / 2u) : 1u;

    return pairs < VWR_VNET_PAIRS_MAX ? pairs : VWR_VNET_PAIRS_MAX;
}

int vwr_vnet_init_with(struct vwr_vnet *n, const struct vwr_vdev_setup *s, const struct vwr_vnet_options *o)
{
    const struct vwr_service_memory memory = {&n->message, 1, n->seg, VWR_SERVICE_SEGS(1, VWR_VNET_SEGS)};
    struct vwr_features f;
    int r;

    vwr_zero(n, sizeof(*n));
    if (o->ops == NULL || o->ops->transmit == NULL)
        return VWR_EINVAL;
    if (!VWR_ARRAY_FITS(&vnet_dev(n)->shortage, s, queue, queue_count, VWR_VNET_QUEUES(1, o->control)))
        return VWR_ENOMEM;
    n->ops = o->ops;
    n->context = o->context;
    n->pairs = vnet_pairs(s, o);
    n->link = true;
    vwr_copy(n->mac, o->mac, sizeof(n->mac));
    vwr_vnet_choose_features_(&f, n, o);
    r = vwr_vnet_write_config_(n, o, s->legacy, &f);
    if (r != VWR_OK)
        return r;
    n->service.calls = &vwr_vnet_calls;
    r = vwr_vdev_init(vnet_dev(n), &vnet_class, s, &f, (uint16_t)VWR_VNET_QUEUES(n->pairs, o->control),
                      &n->service.config, sizeof(n->service.config));
    if (r != VWR_OK)
        return r;
    vnet_forget(n);
    return vwr_service_init(&n->service.service, &memory, &n->service.fixed);
}

/* ---- functions for the VMM ---- */

void vwr_vnet_resume_locked(struct vwr_vnet *n)
{
    if (n->state == VNET_BUSY)
        n->state = VNET_BUSY_AGAIN;
    if (n->state != VNET_STOPPED)
        return;
    n->state = VNET_RUNS;
    for (unsigned i = 0; i < n->pairs; i++)
        vwr_vdev_serve_locked(vnet_dev(n), (uint16_t)vwr_net_queue_transmitq_at(i));
}

void vwr_vnet_resume(struct vwr_vnet *n)
{
    vwr_vdev_lock(vnet_dev(n));
    vwr_vnet_resume_locked(n);
    vwr_vdev_unlock(vnet_dev(n));
}

static bool vnet_is_announcing(const struct vwr_vnet *n)
{
    const struct vwr_net_vservice *const s = &n->service;

    return (vwr_guest16(s->service.dev.legacy, s->config.status) & VWR_NET_S_ANNOUNCE) != 0;
}

void vwr_vnet_set_link(struct vwr_vnet *n, bool up)
{
    vwr_vdev_lock(vnet_dev(n));
    if (n->link != up) {
        n->link = up;
        vwr_vnet_choose_direct_(n);
        vnet_set_status(n, vnet_is_announcing(n));
        if (vnet_has(n, VWR_NET_F_STATUS))
            vwr_vdev_config_changed(vnet_dev(n));
    }
    vwr_vdev_unlock(vnet_dev(n));
}

void vwr_vnet_announce(struct vwr_vnet *n)
{
    vwr_vdev_lock(vnet_dev(n));
    if (vnet_has(n, VWR_NET_F_GUEST_ANNOUNCE) && vnet_has(n, VWR_NET_F_STATUS)) {
        vnet_set_status(n, true);
        vwr_vdev_config_changed(vnet_dev(n));
    }
    vwr_vdev_unlock(vnet_dev(n));
}
