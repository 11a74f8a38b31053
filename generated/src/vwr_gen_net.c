/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/net.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Network Device */

#include "vwr/gen/features.h"
#include "vwr/gen/net.h"

const struct vwr_feature_rule vwr_net_feature_rules[VWR_NET_FEATURE_RULE_COUNT] = {
    {.feature = VWR_NET_F_GUEST_TSO4, .any = {VWR_NET_F_GUEST_CSUM, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_GUEST_TSO6, .any = {VWR_NET_F_GUEST_CSUM, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_GUEST_ECN, .any = {VWR_NET_F_GUEST_TSO4, VWR_NET_F_GUEST_TSO6, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_GUEST_UFO, .any = {VWR_NET_F_GUEST_CSUM, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_HOST_TSO4, .any = {VWR_NET_F_CSUM, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_HOST_TSO6, .any = {VWR_NET_F_CSUM, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_HOST_ECN, .any = {VWR_NET_F_HOST_TSO4, VWR_NET_F_HOST_TSO6, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_HOST_UFO, .any = {VWR_NET_F_CSUM, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_CTRL_RX, .any = {VWR_NET_F_CTRL_VQ, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_CTRL_VLAN, .any = {VWR_NET_F_CTRL_VQ, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_GUEST_ANNOUNCE, .any = {VWR_NET_F_CTRL_VQ, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_MQ, .any = {VWR_NET_F_CTRL_VQ, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_CTRL_MAC_ADDR, .any = {VWR_NET_F_CTRL_VQ, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_HASH_TUNNEL, .any = {VWR_NET_F_CTRL_VQ, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_HASH_TUNNEL, .any = {VWR_NET_F_RSS, VWR_NET_F_HASH_REPORT, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_VQ_NOTF_COAL, .any = {VWR_NET_F_CTRL_VQ, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_NOTF_COAL, .any = {VWR_NET_F_CTRL_VQ, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_GUEST_USO4, .any = {VWR_NET_F_GUEST_CSUM, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_GUEST_USO6, .any = {VWR_NET_F_GUEST_CSUM, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_HOST_USO, .any = {VWR_NET_F_CSUM, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_RSS, .any = {VWR_NET_F_CTRL_VQ, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_RSC_EXT, .any = {VWR_NET_F_HOST_TSO4, VWR_NET_F_HOST_TSO6, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_RSS_CONTEXT, .any = {VWR_NET_F_CTRL_VQ, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_RSS_CONTEXT, .any = {VWR_NET_F_RSS, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_GUEST_UDP_TUNNEL_GSO, .any = {VWR_NET_F_GUEST_TSO4, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_GUEST_UDP_TUNNEL_GSO, .any = {VWR_NET_F_GUEST_TSO6, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_GUEST_UDP_TUNNEL_GSO, .any = {VWR_NET_F_GUEST_USO4, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_GUEST_UDP_TUNNEL_GSO, .any = {VWR_NET_F_GUEST_USO6, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_GUEST_UDP_TUNNEL_GSO_CSUM, .any = {VWR_NET_F_GUEST_UDP_TUNNEL_GSO, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_HOST_UDP_TUNNEL_GSO, .any = {VWR_NET_F_HOST_TSO4, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_HOST_UDP_TUNNEL_GSO, .any = {VWR_NET_F_HOST_TSO6, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_HOST_UDP_TUNNEL_GSO, .any = {VWR_NET_F_HOST_USO, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
    {.feature = VWR_NET_F_HOST_UDP_TUNNEL_GSO_CSUM, .any = {VWR_NET_F_HOST_UDP_TUNNEL_GSO, VWR_FEATURE_NONE, VWR_FEATURE_NONE}},
};

/* The first of two values is for the legacy interface. */
const struct vwr_config_field vwr_net_config_fields[VWR_NET_CONFIG_FIELD_COUNT] = {
    {
        .offset = 0, .bytes = 6,
        .access = {VWR_READ | VWR_WRITE, VWR_READ},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 6, .bytes = 2,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_NET_F_STATUS, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 8, .bytes = 2,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_NET_F_MQ, VWR_NET_F_RSS, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 10, .bytes = 2,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_NET_F_MTU, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 12, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_NET_F_SPEED_DUPLEX, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 16, .bytes = 1,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_NET_F_SPEED_DUPLEX, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 17, .bytes = 1,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_NET_F_RSS, VWR_NET_F_HASH_REPORT, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 18, .bytes = 2,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_NET_F_RSS, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 20, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_NET_F_RSS, VWR_NET_F_HASH_REPORT, VWR_FEATURE_NONE}, .early = 0,
    },
    {
        .offset = 24, .bytes = 4,
        .access = {VWR_READ, VWR_READ},
        .any = {VWR_NET_F_HASH_TUNNEL, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .early = 0,
    },
};

const struct vwr_config_need vwr_net_config_needs[] = {
    {.bytes = 28, .feature = VWR_NET_F_HASH_TUNNEL},
    {.bytes = 24, .feature = VWR_NET_F_HASH_REPORT},
    {.bytes = 24, .feature = VWR_NET_F_RSS},
    {.bytes = 17, .feature = VWR_NET_F_SPEED_DUPLEX},
    {.bytes = 12, .feature = VWR_NET_F_MTU},
    {.bytes = 10, .feature = VWR_NET_F_MQ},
    {.bytes = 8, .feature = VWR_NET_F_STATUS},
    {.bytes = 6, .feature = VWR_NET_F_MAC},
    {.bytes = 0, .feature = VWR_FEATURE_NONE},
};
