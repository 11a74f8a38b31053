/* SPDX-License-Identifier: MIT */
#include "vnet_common.h"

/*
 * Receive filter of a guest. A driver that sets no filter receives all packets.
 * Section: Network Device / Device Operation / Control Virtqueue / Packet Receive Filtering; Setting MAC
 * Address Filtering; VLAN Filtering.
 */

#define VNET_TYPE_VLAN 0x8100u /* Ethernet type of a frame with a VLAN */
#define VNET_VLAN_MASK 0xfffu  /* VLAN identifier in the tag */
#define VNET_TYPE_AT 12u       /* offset in a frame */

#define VNET_BROADCAST (((uint64_t)1 << 48) - 1u) /* broadcast address */
#define VNET_SPREAD 2654435761u

/* Hash bucket of an address in a list; depends on all bytes. */
static unsigned vnet_bucket_of(uint64_t mac)
{
    return (((uint32_t)mac ^ (uint32_t)(mac >> 24)) * VNET_SPREAD >> 24) % VWR_VNET_BUCKETS;
}

static bool vnet_is_listed(const struct vwr_vnet_list *l, uint64_t mac)
{
    for (unsigned i = l->first[vnet_bucket_of(mac)]; i != 0; i = l->next[i - 1u])
        if (l->mac[i - 1u] == mac)
            return true;
    return l->overflow;
}

void vwr_vnet_set_list_(struct vwr_vnet_list *l, const uint8_t *macs, unsigned count)
{
    vwr_zero(l->first, sizeof(l->first));
    for (unsigned i = 0; i < count; i++) {
        const uint64_t mac = vnet_mac_number(&macs[(size_t)i * VWR_VNET_MAC]);
        uint8_t *const first = &l->first[vnet_bucket_of(mac)];

        l->mac[i] = mac;
        l->next[i] = *first;
        *first = (uint8_t)(i + 1u);
    }
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

bool vwr_vnet_wants_(const struct vwr_vnet *n, const struct vwr_vnet_packet *p)
{
    const struct vwr_vnet_filter *const f = &n->filter;
    const uint64_t mac = vnet_destination(&p->head);
    const bool multicast = vnet_is_multicast(&p->head);

    if (!vnet_wants_vlan(n, p))
        return false;
    if (f->promisc)
        return true;
    if (mac == VNET_BROADCAST)
        return !f->no_broadcast;
    if (f->none[multicast])
        return false;
    return f->all[multicast] || (!multicast && mac == vnet_mac_number(n->service.config.mac)) ||
           vnet_is_listed(&f->list[multicast], mac);
}

void vwr_vnet_changed_filter_(struct vwr_vnet *n)
{
    n->filters = !n->filter.promisc || vnet_has(n, VWR_NET_F_CTRL_VLAN);
    vwr_vnet_choose_direct_(n);
}

void vwr_vnet_reset_filter_(struct vwr_vnet *n)
{
    vwr_zero(&n->filter, sizeof(n->filter));
    n->filter.promisc = true;
    n->filters = false;
    vwr_vnet_choose_direct_(n);
}
