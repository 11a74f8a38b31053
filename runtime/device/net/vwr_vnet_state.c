/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vwr/vstate.h"
#include "vnet_common.h"

/*
 * Saved state of a network card: the settings made through its control queue. After a load, the card learns
 * again which pair serves an address.
 * Section: Device parts.
 */

/* The modes in the order of their bits. */
static void vnet_modes_of(struct vwr_vnet *n, bool *mode[])
{
    struct vwr_vnet_filter *const f = &n->filter;
    bool *const all[] = {&f->promisc,          &f->all[0],           &f->all[1],
                         &f->none[0],          &f->none[1],          &f->no_broadcast,
                         &f->list[0].overflow, &f->list[1].overflow, &n->link};

    vwr_copy(mode, all, sizeof(all));
}

#define VNET_MODES 9u /* entries of vnet_modes_of */

/* The addresses of a list are the first entries of l->mac, in the driver's order. */
static unsigned vnet_listed(const struct vwr_vnet_list *l)
{
    unsigned count = 0;

    for (unsigned bucket = 0; bucket < VWR_VNET_BUCKETS; bucket++)
        for (unsigned i = l->first[bucket]; i != 0; i = l->next[i - 1u])
            count++;
    return count;
}

static void vnet_put_macs(struct vwr_vstate *s, const uint64_t *mac, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        union vwr_vnet_head head;

        head.word[0] = (uint32_t)(VWR_BIG_ENDIAN ? mac[i] >> 16 : mac[i]);
        head.half[2] = (uint16_t)(VWR_BIG_ENDIAN ? mac[i] : mac[i] >> 32);
        vwr_vstate_put(s, head.byte, VWR_VNET_MAC);
    }
}

static void vnet_save(const struct vwr_vdev *v, struct vwr_vstate *s)
{
    struct vwr_vnet *const n = vnet_of((struct vwr_vdev *)(uintptr_t)v);
    const uint32_t vlan_bytes = vnet_has(n, VWR_NET_F_CTRL_VLAN) ? sizeof(n->filter.vlan) : 0;
    const struct vwr_vnet_list *const list = n->filter.list;
    const unsigned count[2] = {vnet_listed(&list[0]), vnet_listed(&list[1])};
    bool *mode[VNET_MODES];
    struct vwr_state_net c;
    unsigned modes = 0;

    vnet_modes_of(n, mode);
    for (unsigned i = 0; i < VNET_MODES; i++)
        modes |= (unsigned)*mode[i] << i;
    c.offloads = vwr_cpu_to_le64(n->offloads);
    c.pairs = vwr_cpu_to_le16(n->active);
    c.modes = vwr_cpu_to_le16((uint16_t)modes);
    c.unicast = vwr_cpu_to_le16((uint16_t)count[0]);
    c.multicast = vwr_cpu_to_le16((uint16_t)count[1]);
    c.vlan_bytes = vwr_cpu_to_le32(vlan_bytes);
    c.reserved = vwr_cpu_to_le32(0);
    vwr_vstate_put(s, &c, sizeof(c));
    vnet_put_macs(s, list[0].mac, count[0]);
    vnet_put_macs(s, list[1].mac, count[1]);
    vwr_vstate_put(s, n->filter.vlan, vlan_bytes);
}

static bool vnet_load(struct vwr_vdev *v, const uint8_t *from, uint32_t bytes)
{
    struct vwr_vnet *const n = vnet_of(v);
    const uint32_t vlan_bytes = vnet_has(n, VWR_NET_F_CTRL_VLAN) ? sizeof(n->filter.vlan) : 0;
    bool *mode[VNET_MODES];
    struct vwr_state_net c;
    uint32_t unicast, multicast;

    if (bytes < sizeof(c))
        return false;
    vwr_copy(&c, from, sizeof(c));
    from += sizeof(c);
    unicast = vwr_le16_to_cpu(c.unicast);
    multicast = vwr_le16_to_cpu(c.multicast);
    if (unicast > VWR_VNET_MACS || multicast > VWR_VNET_MACS || vwr_le32_to_cpu(c.vlan_bytes) != vlan_bytes ||
        bytes != sizeof(c) + (unicast + multicast) * VWR_VNET_MAC + vlan_bytes || c.reserved != 0)
        return false;
    if (vwr_le16_to_cpu(c.modes) >> VNET_MODES != 0 || vwr_le16_to_cpu(c.pairs) == 0 ||
        vwr_le16_to_cpu(c.pairs) > n->pairs || (vwr_le64_to_cpu(c.offloads) & ~n->offloads) != 0)
        return false;
    vnet_modes_of(n, mode);
    for (unsigned i = 0; i < VNET_MODES; i++)
        *mode[i] = (vwr_le16_to_cpu(c.modes) >> i & 1u) != 0;
    vwr_vnet_set_list_(&n->filter.list[0], from, unicast);
    vwr_vnet_set_list_(&n->filter.list[1], from + (size_t)unicast * VWR_VNET_MAC, multicast);
    vwr_copy(n->filter.vlan, from + (size_t)(unicast + multicast) * VWR_VNET_MAC, vlan_bytes);
    n->offloads = vwr_le64_to_cpu(c.offloads);
    n->active = vwr_le16_to_cpu(c.pairs);
    vwr_vnet_changed_filter_(n);
    return true;
}

/* The address is set by the driver, and the status by the VMM. */
static const struct vwr_vstate_span vnet_spans[] = {{VWR_NET_CONFIG_MAC, VWR_VNET_MAC},
                                                    {VWR_NET_CONFIG_STATUS, sizeof(vwr_le16)}};

const struct vwr_vstate_class vwr_vnet_state = {
    .id = VWR_NET_ID,
    .span = vnet_spans,
    .spans = sizeof(vnet_spans) / sizeof(vnet_spans[0]),
    .save = vnet_save,
    .load = vnet_load,
};
