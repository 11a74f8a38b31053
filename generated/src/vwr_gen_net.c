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

/* Of two values the first is the legacy interface's. */
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

const struct vwr_command vwr_net_rx_command_table[VWR_NET_RX_COMMAND_COUNT] = {
    {
        .command = VWR_NET_CTRL_RX_PROMISC, .owner = VWR_NET_CTRL_RX, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_NET_F_CTRL_RX, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 1, .in_bytes = 0,
    },
    {
        .command = VWR_NET_CTRL_RX_ALLMULTI, .owner = VWR_NET_CTRL_RX, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_NET_F_CTRL_RX, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 1, .in_bytes = 0,
    },
    {
        .command = VWR_NET_CTRL_RX_ALLUNI, .owner = VWR_NET_CTRL_RX, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_NET_F_CTRL_RX_EXTRA, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 1, .in_bytes = 0,
    },
    {
        .command = VWR_NET_CTRL_RX_NOMULTI, .owner = VWR_NET_CTRL_RX, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_NET_F_CTRL_RX_EXTRA, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 1, .in_bytes = 0,
    },
    {
        .command = VWR_NET_CTRL_RX_NOUNI, .owner = VWR_NET_CTRL_RX, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_NET_F_CTRL_RX_EXTRA, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 1, .in_bytes = 0,
    },
    {
        .command = VWR_NET_CTRL_RX_NOBCAST, .owner = VWR_NET_CTRL_RX, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_NET_F_CTRL_RX_EXTRA, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 1, .in_bytes = 0,
    },
};

const struct vwr_command vwr_net_mac_command_table[VWR_NET_MAC_COMMAND_COUNT] = {
    {
        .command = VWR_NET_CTRL_MAC_TABLE_SET, .owner = VWR_NET_CTRL_MAC, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_NET_F_CTRL_RX, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 0,
    },
    {
        .command = VWR_NET_CTRL_MAC_ADDR_SET, .owner = VWR_NET_CTRL_MAC, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_NET_F_CTRL_MAC_ADDR, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 6, .in_bytes = 0,
    },
};

const struct vwr_command vwr_net_vlan_command_table[VWR_NET_VLAN_COMMAND_COUNT] = {
    {
        .command = VWR_NET_CTRL_VLAN_ADD, .owner = VWR_NET_CTRL_VLAN, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_NET_F_CTRL_VLAN, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 2, .in_bytes = 0,
    },
    {
        .command = VWR_NET_CTRL_VLAN_DEL, .owner = VWR_NET_CTRL_VLAN, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_NET_F_CTRL_VLAN, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 2, .in_bytes = 0,
    },
};

const struct vwr_command vwr_net_announce_command_table[VWR_NET_ANNOUNCE_COMMAND_COUNT] = {
    {
        .command = VWR_NET_CTRL_ANNOUNCE_ACK, .owner = VWR_NET_CTRL_ANNOUNCE, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT | VWR_COMMAND_MORE_IN,
        .any = {VWR_NET_F_GUEST_ANNOUNCE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 0, .in_bytes = 0,
    },
};

const struct vwr_command vwr_net_mq_command_table[VWR_NET_MQ_COMMAND_COUNT] = {
    {
        .command = VWR_NET_CTRL_MQ_VQ_PAIRS_SET, .owner = VWR_NET_CTRL_MQ, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_NET_F_MQ, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 2, .in_bytes = 0,
    },
    {
        .command = VWR_NET_CTRL_MQ_RSS_CONFIG, .owner = VWR_NET_CTRL_MQ, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_NET_F_RSS, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 11, .in_bytes = 0,
    },
    {
        .command = VWR_NET_CTRL_MQ_HASH_CONFIG, .owner = VWR_NET_CTRL_MQ, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_NET_F_HASH_REPORT, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 13, .in_bytes = 0,
    },
};

const struct vwr_command vwr_net_guest_offloads_command_table[VWR_NET_GUEST_OFFLOADS_COMMAND_COUNT] = {
    {
        .command = VWR_NET_CTRL_GUEST_OFFLOADS_SET, .owner = VWR_NET_CTRL_GUEST_OFFLOADS, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_NET_F_CTRL_GUEST_OFFLOADS, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 0,
    },
};

const struct vwr_command vwr_net_notf_coal_command_table[VWR_NET_NOTF_COAL_COMMAND_COUNT] = {
    {
        .command = VWR_NET_CTRL_NOTF_COAL_TX_SET, .owner = VWR_NET_CTRL_NOTF_COAL, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_NET_F_NOTF_COAL, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 0,
    },
    {
        .command = VWR_NET_CTRL_NOTF_COAL_RX_SET, .owner = VWR_NET_CTRL_NOTF_COAL, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_NET_F_NOTF_COAL, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 8, .in_bytes = 0,
    },
    {
        .command = VWR_NET_CTRL_NOTF_COAL_VQ_SET, .owner = VWR_NET_CTRL_NOTF_COAL, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_NET_F_VQ_NOTF_COAL, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 12, .in_bytes = 0,
    },
    {
        .command = VWR_NET_CTRL_NOTF_COAL_VQ_GET, .owner = VWR_NET_CTRL_NOTF_COAL, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_NET_F_VQ_NOTF_COAL, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 4, .in_bytes = 8,
    },
};

const struct vwr_command vwr_net_hash_tunnel_command_table[VWR_NET_HASH_TUNNEL_COMMAND_COUNT] = {
    {
        .command = VWR_NET_CTRL_HASH_TUNNEL_SET, .owner = VWR_NET_CTRL_HASH_TUNNEL, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_NET_F_HASH_TUNNEL, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 4, .in_bytes = 0,
    },
};

const struct vwr_command vwr_net_stats_command_table[VWR_NET_STATS_COMMAND_COUNT] = {
    {
        .command = VWR_NET_CTRL_STATS_QUERY, .owner = VWR_NET_CTRL_STATS, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_NET_F_DEVICE_STATS, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 0, .in_bytes = 8,
    },
    {
        .command = VWR_NET_CTRL_STATS_GET, .owner = VWR_NET_CTRL_STATS, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT | VWR_COMMAND_MORE_IN,
        .any = {VWR_NET_F_DEVICE_STATS, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 0, .in_bytes = 0,
    },
};

const struct vwr_command vwr_net_rss_ctx_command_table[VWR_NET_RSS_CTX_COMMAND_COUNT] = {
    {
        .command = VWR_NET_RSS_CTX_CTRL_CAP_GET, .owner = VWR_NET_CTRL_RSS_CTX, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_NET_F_RSS_CONTEXT, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 0, .in_bytes = 2,
    },
    {
        .command = VWR_NET_RSS_CTX_CTRL_ADD, .owner = VWR_NET_CTRL_RSS_CTX, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_NET_F_RSS_CONTEXT, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 19, .in_bytes = 0,
    },
    {
        .command = VWR_NET_RSS_CTX_CTRL_MOD, .owner = VWR_NET_CTRL_RSS_CTX, .from = VWR_BY_DRIVER, .more = VWR_COMMAND_MORE_OUT,
        .any = {VWR_NET_F_RSS_CONTEXT, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 19, .in_bytes = 0,
    },
    {
        .command = VWR_NET_RSS_CTX_CTRL_DEL, .owner = VWR_NET_CTRL_RSS_CTX, .from = VWR_BY_DRIVER, .more = 0,
        .any = {VWR_NET_F_RSS_CONTEXT, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .also = VWR_FEATURE_NONE, .out_bytes = 2, .in_bytes = 0,
    },
};
