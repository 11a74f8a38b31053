/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/net.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Network Device */

#include "vwr/service/net.h"

static struct vwr_net_vservice *service_net_of(struct vwr_vdev *v)
{
    return (struct vwr_net_vservice *)(void *)v;
}

static int service_net_transmit(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_net_vservice *const s = service_net_of(v);

    (void)fixed;
    if (s->calls->transmit == NULL)
        return VWR_EUNSUPP;

    return s->calls->transmit(s, x);
}

static const struct vwr_service_row service_net_transmitq_rows[] = {
    {
        .value = {0u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 0, .first = 0, .last = 0, .status_at = 0,
        .status_bytes = 0, .selects = 0,
        .flags = VWR_SERVICE_MORE_OUT | VWR_SERVICE_SILENT,
        .ok = 0, .refuse = 0,
        .call = service_net_transmit,
    },
};

const struct vwr_service_queue vwr_net_vservice_transmitq = {
    .rows = service_net_transmitq_rows,
    .count = 1,
    .selects = 0,
    .status_bytes = 0,
    .status_big = false,
    .select_end = 0,
    .first = 0, .last = 0, .status_at = 0,
    .silent = true, .refuse = 0,
};

static int service_net_rx_promisc(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_net_vservice *const s = service_net_of(v);
    const struct vwr_net_rx_promisc_msg_form *const w = fixed;
    struct vwr_net_rx_promisc_msg m;

    if (s->calls->rx_promisc == NULL)
        return VWR_EUNSUPP;
    vwr_net_rx_promisc_msg_decode(w, v->legacy, &m);

    return s->calls->rx_promisc(s, x, &m);
}

static int service_net_rx_allmulti(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_net_vservice *const s = service_net_of(v);
    const struct vwr_net_rx_allmulti_msg_form *const w = fixed;
    struct vwr_net_rx_allmulti_msg m;

    if (s->calls->rx_allmulti == NULL)
        return VWR_EUNSUPP;
    vwr_net_rx_allmulti_msg_decode(w, v->legacy, &m);

    return s->calls->rx_allmulti(s, x, &m);
}

static int service_net_rx_alluni(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_net_vservice *const s = service_net_of(v);
    const struct vwr_net_rx_alluni_msg_form *const w = fixed;
    struct vwr_net_rx_alluni_msg m;

    if (s->calls->rx_alluni == NULL)
        return VWR_EUNSUPP;
    vwr_net_rx_alluni_msg_decode(w, v->legacy, &m);

    return s->calls->rx_alluni(s, x, &m);
}

static int service_net_rx_nomulti(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_net_vservice *const s = service_net_of(v);
    const struct vwr_net_rx_nomulti_msg_form *const w = fixed;
    struct vwr_net_rx_nomulti_msg m;

    if (s->calls->rx_nomulti == NULL)
        return VWR_EUNSUPP;
    vwr_net_rx_nomulti_msg_decode(w, v->legacy, &m);

    return s->calls->rx_nomulti(s, x, &m);
}

static int service_net_rx_nouni(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_net_vservice *const s = service_net_of(v);
    const struct vwr_net_rx_nouni_msg_form *const w = fixed;
    struct vwr_net_rx_nouni_msg m;

    if (s->calls->rx_nouni == NULL)
        return VWR_EUNSUPP;
    vwr_net_rx_nouni_msg_decode(w, v->legacy, &m);

    return s->calls->rx_nouni(s, x, &m);
}

static int service_net_rx_nobcast(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_net_vservice *const s = service_net_of(v);
    const struct vwr_net_rx_nobcast_msg_form *const w = fixed;
    struct vwr_net_rx_nobcast_msg m;

    if (s->calls->rx_nobcast == NULL)
        return VWR_EUNSUPP;
    vwr_net_rx_nobcast_msg_decode(w, v->legacy, &m);

    return s->calls->rx_nobcast(s, x, &m);
}

static int service_net_mac_table_set(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_net_vservice *const s = service_net_of(v);
    const struct vwr_net_mac_table_set_msg_form *const w = fixed;
    struct vwr_net_mac_table_set_msg m;

    if (s->calls->mac_table_set == NULL)
        return VWR_EUNSUPP;
    vwr_net_mac_table_set_msg_decode(w, v->legacy, &m);
    if (x->out.left < (uint64_t)m.entries * 6u + (uint64_t)1u * 4u)
        return VWR_EUNSUPP;

    return s->calls->mac_table_set(s, x, &m);
}

static int service_net_mac_addr_set(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_net_vservice *const s = service_net_of(v);
    const struct vwr_net_mac_addr_set_msg_form *const w = fixed;
    struct vwr_net_mac_addr_set_msg m;

    if (s->calls->mac_addr_set == NULL)
        return VWR_EUNSUPP;
    vwr_net_mac_addr_set_msg_decode(w, v->legacy, &m);

    return s->calls->mac_addr_set(s, x, &m);
}

static int service_net_vlan_add(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_net_vservice *const s = service_net_of(v);
    const struct vwr_net_vlan_add_msg_form *const w = fixed;
    struct vwr_net_vlan_add_msg m;

    if (s->calls->vlan_add == NULL)
        return VWR_EUNSUPP;
    vwr_net_vlan_add_msg_decode(w, v->legacy, &m);

    return s->calls->vlan_add(s, x, &m);
}

static int service_net_vlan_del(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_net_vservice *const s = service_net_of(v);
    const struct vwr_net_vlan_del_msg_form *const w = fixed;
    struct vwr_net_vlan_del_msg m;

    if (s->calls->vlan_del == NULL)
        return VWR_EUNSUPP;
    vwr_net_vlan_del_msg_decode(w, v->legacy, &m);

    return s->calls->vlan_del(s, x, &m);
}

static int service_net_announce_ack(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_net_vservice *const s = service_net_of(v);

    (void)fixed;
    if (s->calls->announce_ack == NULL)
        return VWR_EUNSUPP;

    return s->calls->announce_ack(s, x);
}

static int service_net_mq_vq_pairs_set(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_net_vservice *const s = service_net_of(v);
    const struct vwr_net_mq_vq_pairs_set_msg_form *const w = fixed;
    struct vwr_net_mq_vq_pairs_set_msg m;

    if (s->calls->mq_vq_pairs_set == NULL)
        return VWR_EUNSUPP;
    vwr_net_mq_vq_pairs_set_msg_decode(w, v->legacy, &m);

    return s->calls->mq_vq_pairs_set(s, x, &m);
}

static int service_net_mq_rss_config(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_net_vservice *const s = service_net_of(v);
    const struct vwr_net_mq_rss_config_msg_form *const w = fixed;
    struct vwr_net_mq_rss_config_msg m;

    if (s->calls->mq_rss_config == NULL)
        return VWR_EUNSUPP;
    vwr_net_mq_rss_config_msg_decode(w, v->legacy, &m);
    if (x->out.left < (uint64_t)((uint64_t)m.indirection_table_mask + 1u) * 2u + (uint64_t)1u * 2u + (uint64_t)1u * 1u)
        return VWR_EUNSUPP;

    return s->calls->mq_rss_config(s, x, &m);
}

static int service_net_mq_hash_config(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_net_vservice *const s = service_net_of(v);
    const struct vwr_net_mq_hash_config_msg_form *const w = fixed;
    struct vwr_net_mq_hash_config_msg m;

    if (s->calls->mq_hash_config == NULL)
        return VWR_EUNSUPP;
    vwr_net_mq_hash_config_msg_decode(w, v->legacy, &m);
    if (x->out.left != (uint64_t)m.hash_key_length * 1u)
        return VWR_EUNSUPP;

    return s->calls->mq_hash_config(s, x, &m);
}

static int service_net_guest_offloads_set(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_net_vservice *const s = service_net_of(v);
    const struct vwr_net_guest_offloads_set_msg_form *const w = fixed;
    struct vwr_net_guest_offloads_set_msg m;

    if (s->calls->guest_offloads_set == NULL)
        return VWR_EUNSUPP;
    vwr_net_guest_offloads_set_msg_decode(w, v->legacy, &m);

    return s->calls->guest_offloads_set(s, x, &m);
}

static int service_net_notf_coal_tx_set(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_net_vservice *const s = service_net_of(v);
    const struct vwr_net_notf_coal_tx_set_msg_form *const w = fixed;
    struct vwr_net_notf_coal_tx_set_msg m;

    if (s->calls->notf_coal_tx_set == NULL)
        return VWR_EUNSUPP;
    vwr_net_notf_coal_tx_set_msg_decode(w, v->legacy, &m);

    return s->calls->notf_coal_tx_set(s, x, &m);
}

static int service_net_notf_coal_rx_set(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_net_vservice *const s = service_net_of(v);
    const struct vwr_net_notf_coal_rx_set_msg_form *const w = fixed;
    struct vwr_net_notf_coal_rx_set_msg m;

    if (s->calls->notf_coal_rx_set == NULL)
        return VWR_EUNSUPP;
    vwr_net_notf_coal_rx_set_msg_decode(w, v->legacy, &m);

    return s->calls->notf_coal_rx_set(s, x, &m);
}

static int service_net_notf_coal_vq_set(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_net_vservice *const s = service_net_of(v);
    const struct vwr_net_notf_coal_vq_set_msg_form *const w = fixed;
    struct vwr_net_notf_coal_vq_set_msg m;

    if (s->calls->notf_coal_vq_set == NULL)
        return VWR_EUNSUPP;
    vwr_net_notf_coal_vq_set_msg_decode(w, v->legacy, &m);

    return s->calls->notf_coal_vq_set(s, x, &m);
}

static int service_net_notf_coal_vq_get(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_net_vservice *const s = service_net_of(v);
    const struct vwr_net_notf_coal_vq_get_msg_form *const w = fixed;
    struct vwr_net_notf_coal_vq_get_msg m;
    struct vwr_net_notf_coal_vq_get_answer a;
    struct vwr_net_notf_coal_vq_get_answer_form form;
    int r;

    if (s->calls->notf_coal_vq_get == NULL)
        return VWR_EUNSUPP;
    vwr_net_notf_coal_vq_get_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->notf_coal_vq_get(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_net_notf_coal_vq_get_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_net_hash_tunnel_set(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_net_vservice *const s = service_net_of(v);
    const struct vwr_net_hash_tunnel_set_msg_form *const w = fixed;
    struct vwr_net_hash_tunnel_set_msg m;

    if (s->calls->hash_tunnel_set == NULL)
        return VWR_EUNSUPP;
    vwr_net_hash_tunnel_set_msg_decode(w, v->legacy, &m);

    return s->calls->hash_tunnel_set(s, x, &m);
}

static int service_net_stats_query(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_net_vservice *const s = service_net_of(v);
    struct vwr_net_stats_query_answer a;
    struct vwr_net_stats_query_answer_form form;
    int r;

    (void)fixed;
    if (s->calls->stats_query == NULL)
        return VWR_EUNSUPP;

    vwr_zero(&a, sizeof(a));
    r = s->calls->stats_query(s, x, &a);
    if (r == VWR_LATER)
        return r;
    vwr_net_stats_query_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_net_stats_get(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_net_vservice *const s = service_net_of(v);

    (void)fixed;
    if (s->calls->stats_get == NULL)
        return VWR_EUNSUPP;

    return s->calls->stats_get(s, x);
}

static int service_net_rss_ctx_cap_get(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_net_vservice *const s = service_net_of(v);
    struct vwr_net_rss_ctx_cap_get_answer a;
    struct vwr_net_rss_ctx_cap_get_answer_form form;
    int r;

    (void)fixed;
    if (s->calls->rss_ctx_cap_get == NULL)
        return VWR_EUNSUPP;

    vwr_zero(&a, sizeof(a));
    r = s->calls->rss_ctx_cap_get(s, x, &a);
    if (r == VWR_LATER)
        return r;
    vwr_net_rss_ctx_cap_get_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_net_rss_ctx_add(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_net_vservice *const s = service_net_of(v);
    const struct vwr_net_rss_ctx_add_msg_form *const w = fixed;
    struct vwr_net_rss_ctx_add_msg m;

    if (s->calls->rss_ctx_add == NULL)
        return VWR_EUNSUPP;
    vwr_net_rss_ctx_add_msg_decode(w, v->legacy, &m);
    if (x->out.left < (uint64_t)((uint64_t)m.indirection_table_mask + 1u) * 2u + (uint64_t)1u * 2u + (uint64_t)1u * 1u)
        return VWR_EUNSUPP;

    return s->calls->rss_ctx_add(s, x, &m);
}

static int service_net_rss_ctx_mod(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_net_vservice *const s = service_net_of(v);
    const struct vwr_net_rss_ctx_mod_msg_form *const w = fixed;
    struct vwr_net_rss_ctx_mod_msg m;

    if (s->calls->rss_ctx_mod == NULL)
        return VWR_EUNSUPP;
    vwr_net_rss_ctx_mod_msg_decode(w, v->legacy, &m);
    if (x->out.left < (uint64_t)((uint64_t)m.indirection_table_mask + 1u) * 2u + (uint64_t)1u * 2u + (uint64_t)1u * 1u)
        return VWR_EUNSUPP;

    return s->calls->rss_ctx_mod(s, x, &m);
}

static int service_net_rss_ctx_del(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_net_vservice *const s = service_net_of(v);
    const struct vwr_net_rss_ctx_del_msg_form *const w = fixed;
    struct vwr_net_rss_ctx_del_msg m;

    if (s->calls->rss_ctx_del == NULL)
        return VWR_EUNSUPP;
    vwr_net_rss_ctx_del_msg_decode(w, v->legacy, &m);

    return s->calls->rss_ctx_del(s, x, &m);
}

static const struct vwr_service_row service_net_controlq_rows[] = {
    {
        .value = {0u, 0u},
        .any = {VWR_NET_F_CTRL_RX, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 3, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 2,
        .flags = 0,
        .ok = VWR_NET_OK, .refuse = VWR_NET_ERR,
        .call = service_net_rx_promisc,
    },
    {
        .value = {0u, 1u},
        .any = {VWR_NET_F_CTRL_RX, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 3, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 2,
        .flags = 0,
        .ok = VWR_NET_OK, .refuse = VWR_NET_ERR,
        .call = service_net_rx_allmulti,
    },
    {
        .value = {0u, 2u},
        .any = {VWR_NET_F_CTRL_RX_EXTRA, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 3, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 2,
        .flags = 0,
        .ok = VWR_NET_OK, .refuse = VWR_NET_ERR,
        .call = service_net_rx_alluni,
    },
    {
        .value = {0u, 3u},
        .any = {VWR_NET_F_CTRL_RX_EXTRA, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 3, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 2,
        .flags = 0,
        .ok = VWR_NET_OK, .refuse = VWR_NET_ERR,
        .call = service_net_rx_nomulti,
    },
    {
        .value = {0u, 4u},
        .any = {VWR_NET_F_CTRL_RX_EXTRA, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 3, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 2,
        .flags = 0,
        .ok = VWR_NET_OK, .refuse = VWR_NET_ERR,
        .call = service_net_rx_nouni,
    },
    {
        .value = {0u, 5u},
        .any = {VWR_NET_F_CTRL_RX_EXTRA, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 3, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 2,
        .flags = 0,
        .ok = VWR_NET_OK, .refuse = VWR_NET_ERR,
        .call = service_net_rx_nobcast,
    },
    {
        .value = {1u, 0u},
        .any = {VWR_NET_F_CTRL_RX, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 6, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 2,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_NET_OK, .refuse = VWR_NET_ERR,
        .call = service_net_mac_table_set,
    },
    {
        .value = {1u, 1u},
        .any = {VWR_NET_F_CTRL_MAC_ADDR, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 8, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 2,
        .flags = 0,
        .ok = VWR_NET_OK, .refuse = VWR_NET_ERR,
        .call = service_net_mac_addr_set,
    },
    {
        .value = {2u, 0u},
        .any = {VWR_NET_F_CTRL_VLAN, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 4, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 2,
        .flags = 0,
        .ok = VWR_NET_OK, .refuse = VWR_NET_ERR,
        .call = service_net_vlan_add,
    },
    {
        .value = {2u, 1u},
        .any = {VWR_NET_F_CTRL_VLAN, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 4, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 2,
        .flags = 0,
        .ok = VWR_NET_OK, .refuse = VWR_NET_ERR,
        .call = service_net_vlan_del,
    },
    {
        .value = {3u, 0u},
        .any = {VWR_NET_F_GUEST_ANNOUNCE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 2, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 2,
        .flags = 0,
        .ok = VWR_NET_OK, .refuse = VWR_NET_ERR,
        .call = service_net_announce_ack,
    },
    {
        .value = {4u, 0u},
        .any = {VWR_NET_F_MQ, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 4, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 2,
        .flags = 0,
        .ok = VWR_NET_OK, .refuse = VWR_NET_ERR,
        .call = service_net_mq_vq_pairs_set,
    },
    {
        .value = {4u, 1u},
        .any = {VWR_NET_F_RSS, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 10, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 2,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_NET_OK, .refuse = VWR_NET_ERR,
        .call = service_net_mq_rss_config,
    },
    {
        .value = {4u, 2u},
        .any = {VWR_NET_F_HASH_REPORT, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 15, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 2,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_NET_OK, .refuse = VWR_NET_ERR,
        .call = service_net_mq_hash_config,
    },
    {
        .value = {5u, 0u},
        .any = {VWR_NET_F_CTRL_GUEST_OFFLOADS, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 10, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 2,
        .flags = 0,
        .ok = VWR_NET_OK, .refuse = VWR_NET_ERR,
        .call = service_net_guest_offloads_set,
    },
    {
        .value = {6u, 0u},
        .any = {VWR_NET_F_NOTF_COAL, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 10, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 2,
        .flags = 0,
        .ok = VWR_NET_OK, .refuse = VWR_NET_ERR,
        .call = service_net_notf_coal_tx_set,
    },
    {
        .value = {6u, 1u},
        .any = {VWR_NET_F_NOTF_COAL, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 10, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 2,
        .flags = 0,
        .ok = VWR_NET_OK, .refuse = VWR_NET_ERR,
        .call = service_net_notf_coal_rx_set,
    },
    {
        .value = {6u, 2u},
        .any = {VWR_NET_F_VQ_NOTF_COAL, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 14, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 2,
        .flags = 0,
        .ok = VWR_NET_OK, .refuse = VWR_NET_ERR,
        .call = service_net_notf_coal_vq_set,
    },
    {
        .value = {6u, 3u},
        .any = {VWR_NET_F_VQ_NOTF_COAL, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 6, .first = 9, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 2,
        .flags = 0,
        .ok = VWR_NET_OK, .refuse = VWR_NET_ERR,
        .call = service_net_notf_coal_vq_get,
    },
    {
        .value = {7u, 0u},
        .any = {VWR_NET_F_HASH_TUNNEL, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 6, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 2,
        .flags = 0,
        .ok = VWR_NET_OK, .refuse = VWR_NET_ERR,
        .call = service_net_hash_tunnel_set,
    },
    {
        .value = {8u, 0u},
        .any = {VWR_NET_F_DEVICE_STATS, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 2, .first = 9, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 2,
        .flags = 0,
        .ok = VWR_NET_OK, .refuse = VWR_NET_ERR,
        .call = service_net_stats_query,
    },
    {
        .value = {8u, 1u},
        .any = {VWR_NET_F_DEVICE_STATS, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 2, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 2,
        .flags = VWR_SERVICE_MORE_OUT | VWR_SERVICE_MORE_IN,
        .ok = VWR_NET_OK, .refuse = VWR_NET_ERR,
        .call = service_net_stats_get,
    },
    {
        .value = {9u, 0u},
        .any = {VWR_NET_F_RSS_CONTEXT, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 2, .first = 3, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 2,
        .flags = 0,
        .ok = VWR_NET_OK, .refuse = VWR_NET_ERR,
        .call = service_net_rss_ctx_cap_get,
    },
    {
        .value = {9u, 1u},
        .any = {VWR_NET_F_RSS_CONTEXT, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 18, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 2,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_NET_OK, .refuse = VWR_NET_ERR,
        .call = service_net_rss_ctx_add,
    },
    {
        .value = {9u, 2u},
        .any = {VWR_NET_F_RSS_CONTEXT, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 18, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 2,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_NET_OK, .refuse = VWR_NET_ERR,
        .call = service_net_rss_ctx_mod,
    },
    {
        .value = {9u, 3u},
        .any = {VWR_NET_F_RSS_CONTEXT, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 4, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 2,
        .flags = 0,
        .ok = VWR_NET_OK, .refuse = VWR_NET_ERR,
        .call = service_net_rss_ctx_del,
    },
};

const struct vwr_service_queue vwr_net_vservice_controlq = {
    .rows = service_net_controlq_rows,
    .count = 26,
    .selects = 2,
    .status_bytes = 1,
    .status_big = false,
    .select = {
        {.at = 0, .bytes = 1, .shift = 0, .big = false, .mask = 0xffu},
        {.at = 1, .bytes = 1, .shift = 0, .big = false, .mask = 0xffu},
    },
    .select_end = 2,
    .first = 1, .last = 0, .status_at = 0,
    .silent = false, .refuse = VWR_NET_ERR,
};

static uint16_t service_net_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    const uint16_t queue = q->index;
    struct vwr_net_vservice *const s = service_net_of(v);
    const uint32_t before = q->last_avail;
    uint16_t n = 0;

    if (vwr_service_is_of(queue, vwr_net_queue_transmitq_at(0), 2u, (vwr_vdev_has(v, VWR_NET_F_MQ) || vwr_vdev_has(v,
        VWR_NET_F_RSS) ? vwr_guest16(v->legacy, s->config.max_virtqueue_pairs) : 1u), &n))
        return vwr_service_serve(&s->service, queue, n, &vwr_net_vservice_transmitq);
    if ((vwr_vdev_has(v, VWR_NET_F_CTRL_VQ)) && queue == vwr_net_queue_controlq_at((vwr_vdev_has(v, VWR_NET_F_MQ) ||
        vwr_vdev_has(v, VWR_NET_F_RSS) ? vwr_guest16(v->legacy, s->config.max_virtqueue_pairs) : 1u)))
        return vwr_service_serve(&s->service, queue, 0, &vwr_net_vservice_controlq);
    if (s->calls->posted != NULL)
        s->calls->posted(s, queue);
    return q->last_avail != before; /* it may have sent in buffers, and there may be further ones */
}

static void service_net_reset(struct vwr_vdev *v)
{
    struct vwr_net_vservice *const s = service_net_of(v);

    vwr_service_forget_all(&s->service);
    if (s->calls->reset != NULL)
        s->calls->reset(s);
}

static void service_net_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_net_vservice *const s = service_net_of(v);

    vwr_service_forget(&s->service, queue);
    if (s->calls->queue_reset != NULL)
        s->calls->queue_reset(s, queue);
}

static void service_net_suspend(struct vwr_vdev *v)
{
    struct vwr_net_vservice *const s = service_net_of(v);

    vwr_service_suspend(&s->service);
    if (s->calls->suspend != NULL)
        s->calls->suspend(s);
}

static void service_net_config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    struct vwr_net_vservice *const s = service_net_of(v);

    if (s->calls->config_written != NULL)
        s->calls->config_written(s, offset, bytes);
}

static bool service_net_uses(const struct vwr_vdev *v, const void *host, uint64_t bytes)
{
    return vwr_service_uses((const struct vwr_service *)(const void *)v, host, bytes);
}

static const struct vwr_vdev_class service_net_class = {
    .name = "net",
    .id = VWR_NET_ID,
    .rules = vwr_net_feature_rules,
    .rule_count = VWR_NET_FEATURE_RULE_COUNT,
    .fields = vwr_net_config_fields,
    .field_count = VWR_NET_CONFIG_FIELD_COUNT,
    .feature_names = VWR_WORDS(vwr_net_feature_names),
    .reset = service_net_reset,
    .queue_reset = service_net_queue_reset,
    .serve = service_net_serve,
    .suspend = service_net_suspend,
    .config_written = service_net_config_written,
    .uses = service_net_uses,
};

int vwr_net_vservice_init(struct vwr_net_vservice *s, const struct vwr_vdev_setup *setup,
                          const struct vwr_features *features,
        const struct vwr_net_vservice_calls *calls, const struct vwr_service_memory *memory,
            struct vwr_net_vdevice *device)
{
    uint16_t queues = setup->queue_count;
    int r;

    vwr_zero(s, sizeof(*s));
    s->calls = calls;
    s->device = device;
    r = vwr_vdev_init(&s->service.dev, &service_net_class, setup, features, queues, &s->config, sizeof(s->config));
    return r == VWR_OK ? vwr_service_init(&s->service, memory, &s->fixed) : r;
}
