/* SPDX-License-Identifier: MIT */
#include "vnet_common.h"

/*
 * Which packets a guest receives, by what it has set. A driver that does not set it receives all. Section:
 * Network Device / Device Operation / Control Virtqueue / Packet Receive Filtering; Setting MAC Address
 * Filtering; VLAN Filtering.
 */

#define VNET_TYPE_VLAN 0x8100u /* not the specification's: Ethernet type of a frame with a VLAN */
#define VNET_VLAN_MASK 0xfffu  /* not the specification's: its identifier */
#define VNET_TYPE_AT 12u       /* not the specification's: byte of a frame */

static bool vnet_is_same(const uint8_t *a, const uint8_t *b)
{
    unsigned differ = 0;

    for (unsigned i = 0; i < VWR_VNET_MAC; i++)
        differ |= (unsigned)a[i] ^ b[i];
    return differ == 0;
}

static bool vnet_is_listed(const struct vwr_vnet_filter *f, bool multicast, const uint8_t *mac)
{
    for (unsigned i = 0; i < f->macs[multicast]; i++)
        if (vnet_is_same(f->mac[multicast][i], mac))
            return true;
    return f->all[multicast] || f->overflow[multicast];
}

static bool vnet_is_broadcast(const uint8_t *mac)
{
    unsigned all = 0xffu;

    for (unsigned i = 0; i < VWR_VNET_MAC; i++)
        all &= mac[i];
    return all == 0xffu;
}

static bool vnet_wants_vlan(const struct vwr_vnet *n, const struct vwr_vnet_packet *p)
{
    const uint8_t *const at = &p->head.byte[VNET_TYPE_AT];
    const uint32_t id = vwr_bytes_number(at + sizeof(vwr_be16), sizeof(vwr_be16), true) & VNET_VLAN_MASK;

    if (!vnet_has(n, VWR_NET_F_CTRL_VLAN) || p->headed != VWR_VNET_HEAD ||
        vwr_bytes_number(at, sizeof(vwr_be16), true) != VNET_TYPE_VLAN)
        return true;
    return (n->filter.vlan[id / 8u] >> id % 8u & 1u) != 0;
}

bool vwr_vnet_wants(const struct vwr_vnet *n, const struct vwr_vnet_packet *p)
{
    const struct vwr_vnet_filter *const f = &n->filter;
    const uint8_t *const mac = p->head.byte;
    const bool multicast = vnet_is_multicast(&p->head);

    if (!vnet_wants_vlan(n, p))
        return false;
    if (f->promisc)
        return true;
    if (vnet_is_broadcast(mac))
        return !f->no_broadcast;
    if (f->none[multicast])
        return false;
    return (!multicast && vnet_is_same(mac, n->service.config.mac)) || vnet_is_listed(f, multicast, mac);
}

void vwr_vnet_changed_filter(struct vwr_vnet *n)
{
    n->filters = !n->filter.promisc || vnet_has(n, VWR_NET_F_CTRL_VLAN);
    vwr_vnet_choose_direct(n);
}

void vwr_vnet_reset_filter(struct vwr_vnet *n)
{
    vwr_zero(&n->filter, sizeof(n->filter));
    n->filter.promisc = true;
    n->filters = false;
    vwr_vnet_choose_direct(n);
}
