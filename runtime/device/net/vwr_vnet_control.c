/* SPDX-License-Identifier: MIT */
#include "vnet_common.h"

/*
 * Control queue commands. The generated service has checked form, length and features.
 * Section: Network Device / Device Operation / Control Virtqueue.
 */

enum { VNET_UNICAST = 0, VNET_MULTICAST = 1 };

static struct vwr_vnet_filter *vnet_filter_of(struct vwr_net_vservice *s)
{
    return &((struct vwr_vnet *)(void *)s)->filter;
}

static int vnet_set_filter(struct vwr_net_vservice *s, bool *to, uint8_t enable)
{
    *to = enable != 0;
    vwr_vnet_changed_filter_((struct vwr_vnet *)(void *)s);
    return VWR_OK;
}

static int vnet_rx_promisc(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                           const struct vwr_net_rx_promisc_msg *m)
{
    (void)x;
    return vnet_set_filter(s, &vnet_filter_of(s)->promisc, m->enable);
}

static int vnet_rx_allmulti(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                            const struct vwr_net_rx_allmulti_msg *m)
{
    (void)x;
    return vnet_set_filter(s, &vnet_filter_of(s)->all[VNET_MULTICAST], m->enable);
}

static int vnet_rx_alluni(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                          const struct vwr_net_rx_alluni_msg *m)
{
    (void)x;
    return vnet_set_filter(s, &vnet_filter_of(s)->all[VNET_UNICAST], m->enable);
}

static int vnet_rx_nomulti(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                           const struct vwr_net_rx_nomulti_msg *m)
{
    (void)x;
    return vnet_set_filter(s, &vnet_filter_of(s)->none[VNET_MULTICAST], m->enable);
}

static int vnet_rx_nouni(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                         const struct vwr_net_rx_nouni_msg *m)
{
    (void)x;
    return vnet_set_filter(s, &vnet_filter_of(s)->none[VNET_UNICAST], m->enable);
}

static int vnet_rx_nobcast(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                           const struct vwr_net_rx_nobcast_msg *m)
{
    (void)x;
    return vnet_set_filter(s, &vnet_filter_of(s)->no_broadcast, m->enable);
}

/*
 * Reads a complete list of `entries` addresses. If the table is too small, the filter passes all packets.
 */
static void vnet_read_macs(struct vwr_net_vservice *s, struct vwr_vmessage *x, unsigned kind,
                           uint32_t entries)
{
    const uint32_t some = entries < VWR_VNET_MACS ? entries : VWR_VNET_MACS;
    struct vwr_vnet_list *const l = &vnet_filter_of(s)->list[kind];
    uint8_t macs[VWR_VNET_MACS * VWR_VNET_MAC];

    (void)vwr_vmessage_read(x, macs, some * VWR_VNET_MAC);
    (void)vwr_reader_skip(&x->out, (entries - some) * VWR_VNET_MAC);
    vwr_vnet_set_list_(l, macs, some);
    l->overflow = entries > VWR_VNET_MACS;
    vwr_vdev_charge(&s->service.dev, 0, some);
}

/* The service has checked that the first list and the count of the second are present. */
static int vnet_mac_table_set(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                              const struct vwr_net_mac_table_set_msg *m)
{
    struct vwr_vnet_list *const multicast = &vnet_filter_of(s)->list[VNET_MULTICAST];
    uint8_t count[sizeof(vwr_le32)];
    uint32_t entries;

    vnet_read_macs(s, x, VNET_UNICAST, m->entries);
    (void)vwr_vmessage_read(x, count, sizeof(count));
    entries = vwr_bytes_number(count, sizeof(count), vwr_guest_is_big(s->service.dev.legacy));
    vwr_vnet_set_list_(multicast, NULL, 0);
    /* Until both lists are complete, the filter passes too many rather than too few packets. */
    multicast->overflow = true;
    if (entries > x->out.left / VWR_VNET_MAC)
        return VWR_NET_ERR;
    vnet_read_macs(s, x, VNET_MULTICAST, entries);
    return VWR_OK;
}

static int vnet_mac_addr_set(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                             const struct vwr_net_mac_addr_set_msg *m)
{
    (void)x;
    vwr_copy(s->config.mac, m->octets, sizeof(s->config.mac));
    s->service.dev.generation++; /* the address cannot be read in one access */
    return VWR_OK;
}

static int vnet_set_vlan(struct vwr_net_vservice *s, uint16_t id, bool on)
{
    uint8_t *const at = &vnet_filter_of(s)->vlan[id % VWR_VNET_VLANS / 8u];
    const unsigned bit = 1u << id % 8u;

    if (id >= VWR_VNET_VLANS)
        return VWR_NET_ERR;
    *at = (uint8_t)(on ? *at | bit : *at & ~bit);
    return VWR_OK;
}

static int vnet_vlan_add(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                         const struct vwr_net_vlan_add_msg *m)
{
    (void)x;
    return vnet_set_vlan(s, m->id, true);
}

static int vnet_vlan_del(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                         const struct vwr_net_vlan_del_msg *m)
{
    (void)x;
    return vnet_set_vlan(s, m->id, false);
}

static int vnet_announce_ack(struct vwr_net_vservice *s, struct vwr_vmessage *x)
{
    const bool legacy = s->service.dev.legacy;

    (void)x;
    s->config.status = vwr_guest16(
        legacy, (uint16_t)(vwr_guest16(legacy, s->config.status) & ~(unsigned)VWR_NET_S_ANNOUNCE));
    return VWR_OK;
}

static int vnet_pairs_set(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                          const struct vwr_net_mq_vq_pairs_set_msg *m)
{
    struct vwr_vnet *const n = (struct vwr_vnet *)(void *)s;

    (void)x;
    if (m->virtqueue_pairs < VWR_NET_CTRL_MQ_VQ_PAIRS_MIN || m->virtqueue_pairs > n->pairs)
        return VWR_NET_ERR;
    vwr_vnet_signal_locked(n); /* signals packets in queues that receive no more */
    n->active = m->virtqueue_pairs;
    vwr_vnet_choose_direct_(n);
    return VWR_OK;
}

/* Only negotiated offloads can be enabled. */
static int vnet_offloads_set(struct vwr_net_vservice *s, struct vwr_vmessage *x,
                             const struct vwr_net_guest_offloads_set_msg *m)
{
    struct vwr_vnet *const n = (struct vwr_vnet *)(void *)s;
    const struct vwr_features *const f = &s->service.dev.accepted;
    const uint64_t accepted = (f->w[0] | (uint64_t)f->w[1] << 32) & vwr_vnet_guest_offloads;

    (void)x;
    if ((m->offloads & ~accepted) != 0)
        return VWR_NET_ERR;
    n->offloads = m->offloads;
    return VWR_OK;
}

const struct vwr_net_vservice_calls vwr_vnet_calls = {
    .rx_promisc = vnet_rx_promisc,
    .rx_allmulti = vnet_rx_allmulti,
    .rx_alluni = vnet_rx_alluni,
    .rx_nomulti = vnet_rx_nomulti,
    .rx_nouni = vnet_rx_nouni,
    .rx_nobcast = vnet_rx_nobcast,
    .mac_table_set = vnet_mac_table_set,
    .mac_addr_set = vnet_mac_addr_set,
    .vlan_add = vnet_vlan_add,
    .vlan_del = vnet_vlan_del,
    .announce_ack = vnet_announce_ack,
    .mq_vq_pairs_set = vnet_pairs_set,
    .guest_offloads_set = vnet_offloads_set,
};
