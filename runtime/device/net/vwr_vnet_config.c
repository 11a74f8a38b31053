/* SPDX-License-Identifier: MIT */
#include "vnet_common.h"

/*
 * Configuration and features of a guest's network card, with the checks for checksum and segmentation
 * offloads.
 * Section: Network Device; Network Device / Device Operation.
 */

#define VNET_BIT(feature) ((uint64_t)1 << VWR_NET_F_##feature)

/* Receive offloads; bit numbers equal the feature numbers, as in GUEST_OFFLOADS_SET. */
const uint64_t vwr_vnet_guest_offloads = VNET_BIT(GUEST_CSUM) | VNET_BIT(GUEST_TSO4) | VNET_BIT(GUEST_TSO6) |
                                         VNET_BIT(GUEST_ECN) | VNET_BIT(GUEST_UFO) | VNET_BIT(GUEST_USO4) |
                                         VNET_BIT(GUEST_USO6);

/* Transmit offloads. */
#define VNET_HOST_OFFLOADS                                                                                  \
    (VNET_BIT(CSUM) | VNET_BIT(HOST_TSO4) | VNET_BIT(HOST_TSO6) | VNET_BIT(HOST_ECN) | VNET_BIT(HOST_UFO) | \
     VNET_BIT(HOST_USO))

/* A segmentation type, and the features that sender and receiver need for it. */
struct vnet_segmentation {
    uint8_t type;
    uint64_t host;
    uint64_t guest;
};

static const struct vnet_segmentation vnet_segmentations[] = {
    {VWR_NET_HDR_GSO_TCPV4, VNET_BIT(HOST_TSO4), VNET_BIT(GUEST_TSO4)},
    {VWR_NET_HDR_GSO_TCPV6, VNET_BIT(HOST_TSO6), VNET_BIT(GUEST_TSO6)},
    {(unsigned)VWR_NET_HDR_GSO_TCPV4 | VWR_NET_HDR_GSO_ECN, VNET_BIT(HOST_TSO4) | VNET_BIT(HOST_ECN),
     VNET_BIT(GUEST_TSO4) | VNET_BIT(GUEST_ECN)},
    {(unsigned)VWR_NET_HDR_GSO_TCPV6 | VWR_NET_HDR_GSO_ECN, VNET_BIT(HOST_TSO6) | VNET_BIT(HOST_ECN),
     VNET_BIT(GUEST_TSO6) | VNET_BIT(GUEST_ECN)},
    {VWR_NET_HDR_GSO_UDP, VNET_BIT(HOST_UFO), VNET_BIT(GUEST_UFO)},
    {VWR_NET_HDR_GSO_UDP_L4, VNET_BIT(HOST_USO), VNET_BIT(GUEST_USO4) | VNET_BIT(GUEST_USO6)},
};

static const struct vnet_segmentation *vnet_segmentation_of(unsigned type)
{
    for (unsigned i = 0; i < sizeof(vnet_segmentations) / sizeof(vnet_segmentations[0]); i++)
        if (vnet_segmentations[i].type == type)
            return &vnet_segmentations[i];
    return NULL;
}

static uint64_t vnet_low(const struct vwr_features *f)
{
    return f->w[0] | (uint64_t)f->w[1] << 32;
}

/*
 * Whether the offsets in the header are within the frame. gso_size is only a maximum: systems that segment in
 * hardware also mark packets that need no segmentation.
 */
static bool vnet_is_within(const struct vwr_vnet_packet *p)
{
    if ((p->flags & VWR_NET_HDR_F_NEEDS_CSUM) != 0 &&
        (uint32_t)p->csum_start + p->csum_offset + sizeof(vwr_be16) > p->bytes)
        return false;
    return p->gso_type == VWR_NET_HDR_GSO_NONE || (p->gso_size != 0 && p->hdr_len <= p->bytes);
}

/* Whether the header uses only negotiated offloads, with offsets inside the frame. */
bool vwr_vnet_may_send_(const struct vwr_vnet *n, const struct vwr_vnet_packet *p)
{
    const uint64_t has = vnet_low(&n->service.service.dev.accepted);
    const struct vnet_segmentation *s;

    if ((p->flags != 0 && (has & VNET_BIT(CSUM)) == 0) || !vnet_is_within(p))
        return false;
    if (p->gso_type == VWR_NET_HDR_GSO_NONE)
        return true;
    s = vnet_segmentation_of(p->gso_type);
    return s != NULL && (has & s->host) == s->host && p->flags != 0;
}

/*
 * Whether the guest has enabled every offload that the packet needs. A packet from a physical card may
 * contain offsets outside the frame.
 */
bool vwr_vnet_may_get_(const struct vwr_vnet *n, const struct vwr_vnet_packet *p)
{
    const struct vnet_segmentation *s;

    if ((p->flags != 0 && (n->offloads & VNET_BIT(GUEST_CSUM)) == 0) || !vnet_is_within(p))
        return false;
    if (p->gso_type == VWR_NET_HDR_GSO_NONE)
        return true;
    s = vnet_segmentation_of(p->gso_type);
    return s != NULL && (n->offloads & s->guest) == s->guest;
}

/* ---- offered features ---- */

static bool vnet_has_mac(const struct vwr_vnet_options *o)
{
    unsigned any = 0;

    for (unsigned i = 0; i < sizeof(o->mac); i++)
        any |= o->mac[i];
    return any != 0;
}

/* Features that depend on the control queue. */
static void vnet_choose_settings(struct vwr_features *f, const struct vwr_vnet *n,
                                 const struct vwr_vnet_options *o)
{
    static const uint8_t settings[] = {VWR_NET_F_CTRL_VQ,       VWR_NET_F_CTRL_RX,
                                       VWR_NET_F_CTRL_RX_EXTRA, VWR_NET_F_CTRL_VLAN,
                                       VWR_NET_F_CTRL_MAC_ADDR, VWR_NET_F_GUEST_ANNOUNCE};

    for (unsigned i = 0; i < sizeof(settings); i++)
        vwr_features_add(f, settings[i]);
    vwr_features_add_if(f, VWR_NET_F_MQ, n->pairs > 1);
    vwr_features_add_if(f, VWR_NET_F_CTRL_GUEST_OFFLOADS,
                        (vnet_low(&o->offloads) & vwr_vnet_guest_offloads) != 0);
}

void vwr_vnet_choose_features_(struct vwr_features *f, const struct vwr_vnet *n,
                               const struct vwr_vnet_options *o)
{
    const uint64_t offloads = vnet_low(&o->offloads) & (vwr_vnet_guest_offloads | VNET_HOST_OFFLOADS);

    vwr_features_clear(f);
    f->w[0] = (uint32_t)offloads;
    f->w[1] = (uint32_t)(offloads >> 32);
    vwr_features_add(f, VWR_NET_F_MRG_RXBUF);
    vwr_features_add(f, VWR_NET_F_STATUS);
    vwr_features_add_if(f, VWR_NET_F_MAC, vnet_has_mac(o));
    vwr_features_add_if(f, VWR_NET_F_MTU, o->mtu != 0);
    vwr_features_add_if(f, VWR_NET_F_SPEED_DUPLEX, o->speed != 0);
    if (o->control)
        vnet_choose_settings(f, n, o);
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        f->w[i] &= ~o->avoid.w[i];
}

int vwr_vnet_write_config_(struct vwr_vnet *n, const struct vwr_vnet_options *o, bool legacy,
                           const struct vwr_features *offered)
{
    struct vwr_net_config_info info;

    vwr_zero(&info, sizeof(info));
    vwr_copy(info.mac, o->mac, sizeof(info.mac));
    info.status = VWR_NET_S_LINK_UP;
    info.max_virtqueue_pairs = n->pairs;
    info.mtu = o->mtu;
    info.speed = o->speed;
    info.duplex = o->full_duplex;
    return vwr_net_config_write(&n->service.config, legacy, offered, &info);
}

/* ---- negotiated features ---- */

/*
 * Whether the size of the packet header is uncertain: without VERSION_1 and MRG_RXBUF, the header of the
 * legacy interface has no num_buffers, and a driver of a modern device may use either size.
 */
static bool vnet_header_is_unsure(const struct vwr_vdev *v)
{
    return !v->legacy && !vwr_vdev_has(v, VWR_F_VERSION_1) && !vwr_vdev_has(v, VWR_NET_F_MRG_RXBUF);
}

int vwr_vnet_negotiated_(struct vwr_vdev *v)
{
    struct vwr_vnet *const n = vnet_of(v);

    if (vnet_header_is_unsure(v)) {
        if (!v->as_qemu)
            return VWR_EVERSION;
        vwr_tolerate_(&v->tolerated, VWR_TOLERATED_NET_HEADER);
    }
    n->header = (uint8_t)vwr_net_hdr_size(&v->accepted);
    n->merge = vwr_vdev_has(v, VWR_NET_F_MRG_RXBUF);
    n->offloads = vnet_low(&v->accepted) & vwr_vnet_guest_offloads;
    n->frame_max = VWR_VNET_FRAME_MAX;
    if (vwr_vdev_has(v, VWR_NET_F_MTU))
        n->frame_max = vwr_guest16(v->legacy, n->service.config.mtu) + VWR_VNET_ETHERNET + VWR_VNET_VLAN;
    n->controlq = VNET_NO_QUEUE;
    if (vwr_vdev_has(v, VWR_NET_F_CTRL_VQ))
        n->controlq = (uint16_t)vwr_net_queue_controlq_at(vwr_vdev_has(v, VWR_NET_F_MQ) ? n->pairs : 1u);
    vwr_vnet_changed_filter_(n);
    return VWR_OK;
}
