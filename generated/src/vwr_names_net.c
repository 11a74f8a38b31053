/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/net.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Network Device */

#include "vwr/gen/net.h"

const struct vwr_name vwr_net_feature_names[] = {
    {VWR_NET_F_CSUM, "CSUM"},
    {VWR_NET_F_GUEST_CSUM, "GUEST_CSUM"},
    {VWR_NET_F_CTRL_GUEST_OFFLOADS, "CTRL_GUEST_OFFLOADS"},
    {VWR_NET_F_MTU, "MTU"},
    {VWR_NET_F_MAC, "MAC"},
    {VWR_NET_F_GSO, "GSO"},
    {VWR_NET_F_GUEST_TSO4, "GUEST_TSO4"},
    {VWR_NET_F_GUEST_TSO6, "GUEST_TSO6"},
    {VWR_NET_F_GUEST_ECN, "GUEST_ECN"},
    {VWR_NET_F_GUEST_UFO, "GUEST_UFO"},
    {VWR_NET_F_HOST_TSO4, "HOST_TSO4"},
    {VWR_NET_F_HOST_TSO6, "HOST_TSO6"},
    {VWR_NET_F_HOST_ECN, "HOST_ECN"},
    {VWR_NET_F_HOST_UFO, "HOST_UFO"},
    {VWR_NET_F_MRG_RXBUF, "MRG_RXBUF"},
    {VWR_NET_F_STATUS, "STATUS"},
    {VWR_NET_F_CTRL_VQ, "CTRL_VQ"},
    {VWR_NET_F_CTRL_RX, "CTRL_RX"},
    {VWR_NET_F_CTRL_VLAN, "CTRL_VLAN"},
    {VWR_NET_F_CTRL_RX_EXTRA, "CTRL_RX_EXTRA"},
    {VWR_NET_F_GUEST_ANNOUNCE, "GUEST_ANNOUNCE"},
    {VWR_NET_F_MQ, "MQ"},
    {VWR_NET_F_CTRL_MAC_ADDR, "CTRL_MAC_ADDR"},
    {VWR_NET_F_GUEST_RSC4, "GUEST_RSC4"},
    {VWR_NET_F_GUEST_RSC6, "GUEST_RSC6"},
    {VWR_NET_F_DEVICE_STATS, "DEVICE_STATS"},
    {VWR_NET_F_HASH_TUNNEL, "HASH_TUNNEL"},
    {VWR_NET_F_VQ_NOTF_COAL, "VQ_NOTF_COAL"},
    {VWR_NET_F_NOTF_COAL, "NOTF_COAL"},
    {VWR_NET_F_GUEST_USO4, "GUEST_USO4"},
    {VWR_NET_F_GUEST_USO6, "GUEST_USO6"},
    {VWR_NET_F_HOST_USO, "HOST_USO"},
    {VWR_NET_F_HASH_REPORT, "HASH_REPORT"},
    {VWR_NET_F_GUEST_HDRLEN, "GUEST_HDRLEN"},
    {VWR_NET_F_RSS, "RSS"},
    {VWR_NET_F_RSC_EXT, "RSC_EXT"},
    {VWR_NET_F_STANDBY, "STANDBY"},
    {VWR_NET_F_SPEED_DUPLEX, "SPEED_DUPLEX"},
    {VWR_NET_F_RSS_CONTEXT, "RSS_CONTEXT"},
    {VWR_NET_F_GUEST_UDP_TUNNEL_GSO, "GUEST_UDP_TUNNEL_GSO"},
    {VWR_NET_F_GUEST_UDP_TUNNEL_GSO_CSUM, "GUEST_UDP_TUNNEL_GSO_CSUM"},
    {VWR_NET_F_HOST_UDP_TUNNEL_GSO, "HOST_UDP_TUNNEL_GSO"},
    {VWR_NET_F_HOST_UDP_TUNNEL_GSO_CSUM, "HOST_UDP_TUNNEL_GSO_CSUM"},
    {VWR_NET_F_OUT_NET_HEADER, "OUT_NET_HEADER"},
    {VWR_NET_F_IPSEC, "IPSEC"},
    {0, NULL},
};

const struct vwr_name vwr_net_capability_names[] = {
    {VWR_NET_FF_RESOURCE_CAP, "FF_RESOURCE_CAP"},
    {VWR_NET_FF_SELECTOR_CAP, "FF_SELECTOR_CAP"},
    {VWR_NET_FF_ACTION_CAP, "FF_ACTION_CAP"},
    {VWR_NET_IPSEC_RESOURCE_CAP, "IPSEC_RESOURCE_CAP"},
    {VWR_NET_IPSEC_SA_CAP, "IPSEC_SA_CAP"},
    {0, NULL},
};

const struct vwr_name vwr_net_resource_obj_names[] = {
    {VWR_NET_RESOURCE_OBJ_FF_GROUP, "FF_GROUP"},
    {VWR_NET_RESOURCE_OBJ_FF_CLASSIFIER, "FF_CLASSIFIER"},
    {VWR_NET_RESOURCE_OBJ_FF_RULE, "FF_RULE"},
    {VWR_NET_RESOURCE_OBJ_IPSEC_OUTB_SA, "IPSEC_OUTB_SA"},
    {VWR_NET_RESOURCE_OBJ_IPSEC_INB_SA, "IPSEC_INB_SA"},
    {0, NULL},
};

const struct vwr_name vwr_net_dev_part_names[] = {
    {VWR_NET_DEV_PART_CVQ_CFG_PART, "CVQ_CFG_PART"},
    {0, NULL},
};

const struct vwr_name vwr_net_gso_type_names[] = {
    {VWR_NET_HDR_GSO_NONE, "NONE"},
    {VWR_NET_HDR_GSO_TCPV4, "TCPV4"},
    {VWR_NET_HDR_GSO_UDP, "UDP"},
    {VWR_NET_HDR_GSO_TCPV6, "TCPV6"},
    {VWR_NET_HDR_GSO_UDP_L4, "UDP_L4"},
    {0, NULL},
};

const struct vwr_name vwr_net_hash_report_names[] = {
    {VWR_NET_HASH_REPORT_NONE, "NONE"},
    {VWR_NET_HASH_REPORT_IPV4, "IPV4"},
    {VWR_NET_HASH_REPORT_TCPV4, "TCPV4"},
    {VWR_NET_HASH_REPORT_UDPV4, "UDPV4"},
    {VWR_NET_HASH_REPORT_IPV6, "IPV6"},
    {VWR_NET_HASH_REPORT_TCPV6, "TCPV6"},
    {VWR_NET_HASH_REPORT_UDPV6, "UDPV6"},
    {VWR_NET_HASH_REPORT_IPV6_EX, "IPV6_EX"},
    {VWR_NET_HASH_REPORT_TCPV6_EX, "TCPV6_EX"},
    {VWR_NET_HASH_REPORT_UDPV6_EX, "UDPV6_EX"},
    {0, NULL},
};

const struct vwr_name vwr_net_ack_names[] = {
    {VWR_NET_OK, "OK"},
    {VWR_NET_ERR, "ERR"},
    {0, NULL},
};

const struct vwr_name vwr_net_ctrl_class_names[] = {
    {VWR_NET_CTRL_RX, "RX"},
    {VWR_NET_CTRL_MAC, "MAC"},
    {VWR_NET_CTRL_VLAN, "VLAN"},
    {VWR_NET_CTRL_ANNOUNCE, "ANNOUNCE"},
    {VWR_NET_CTRL_MQ, "MQ"},
    {VWR_NET_CTRL_GUEST_OFFLOADS, "GUEST_OFFLOADS"},
    {VWR_NET_CTRL_NOTF_COAL, "NOTF_COAL"},
    {VWR_NET_CTRL_HASH_TUNNEL, "HASH_TUNNEL"},
    {VWR_NET_CTRL_STATS, "STATS"},
    {VWR_NET_CTRL_RSS_CTX, "RSS_CTX"},
    {0, NULL},
};

const struct vwr_name vwr_net_guest_offload_names[] = {
    {VWR_NET_GUEST_OFFLOAD_F_CSUM, "CSUM"},
    {VWR_NET_GUEST_OFFLOAD_F_TSO4, "TSO4"},
    {VWR_NET_GUEST_OFFLOAD_F_TSO6, "TSO6"},
    {VWR_NET_GUEST_OFFLOAD_F_ECN, "ECN"},
    {VWR_NET_GUEST_OFFLOAD_F_UFO, "UFO"},
    {VWR_NET_GUEST_OFFLOAD_F_UDP_TUNNEL_GSO, "UDP_TUNNEL_GSO"},
    {VWR_NET_GUEST_OFFLOAD_F_UDP_TUNNEL_GSO_CSUM, "UDP_TUNNEL_GSO_CSUM"},
    {VWR_NET_GUEST_OFFLOAD_F_USO4, "USO4"},
    {VWR_NET_GUEST_OFFLOAD_F_USO6, "USO6"},
    {0, NULL},
};

const struct vwr_name vwr_net_stats_reply_type_names[] = {
    {VWR_NET_STATS_TYPE_REPLY_CVQ, "CVQ"},
    {VWR_NET_STATS_TYPE_REPLY_RX_BASIC, "RX_BASIC"},
    {VWR_NET_STATS_TYPE_REPLY_RX_CSUM, "RX_CSUM"},
    {VWR_NET_STATS_TYPE_REPLY_RX_GSO, "RX_GSO"},
    {VWR_NET_STATS_TYPE_REPLY_RX_SPEED, "RX_SPEED"},
    {VWR_NET_STATS_TYPE_REPLY_TX_BASIC, "TX_BASIC"},
    {VWR_NET_STATS_TYPE_REPLY_TX_CSUM, "TX_CSUM"},
    {VWR_NET_STATS_TYPE_REPLY_TX_GSO, "TX_GSO"},
    {VWR_NET_STATS_TYPE_REPLY_TX_SPEED, "TX_SPEED"},
    {0, NULL},
};

const struct vwr_name vwr_net_ff_mask_type_names[] = {
    {VWR_NET_FF_MASK_TYPE_ETH, "ETH"},
    {VWR_NET_FF_MASK_TYPE_IPV4, "IPV4"},
    {VWR_NET_FF_MASK_TYPE_IPV6, "IPV6"},
    {VWR_NET_FF_MASK_TYPE_TCP, "TCP"},
    {VWR_NET_FF_MASK_TYPE_UDP, "UDP"},
    {VWR_NET_FF_MASK_TYPE_ESP, "ESP"},
    {0, NULL},
};

const struct vwr_name vwr_net_ff_action_names[] = {
    {VWR_NET_FF_ACTION_DROP, "DROP"},
    {VWR_NET_FF_ACTION_DIRECT_RX_VQ, "DIRECT_RX_VQ"},
    {VWR_NET_FF_ACTION_IPSEC, "IPSEC"},
    {VWR_NET_FF_ACTION_IPSEC_RECIRCULATE, "IPSEC_RECIRCULATE"},
    {0, NULL},
};

const struct vwr_name vwr_net_status_names[] = {
    {VWR_NET_S_LINK_UP, "LINK_UP"},
    {VWR_NET_S_ANNOUNCE, "ANNOUNCE"},
    {0, NULL},
};

const struct vwr_name vwr_net_hdr_flags_names[] = {
    {VWR_NET_HDR_F_NEEDS_CSUM, "NEEDS_CSUM"},
    {VWR_NET_HDR_F_DATA_VALID, "DATA_VALID"},
    {VWR_NET_HDR_F_RSC_INFO, "RSC_INFO"},
    {VWR_NET_HDR_F_UDP_TUNNEL_CSUM, "UDP_TUNNEL_CSUM"},
    {VWR_NET_HDR_F_SECURITY, "SECURITY"},
    {VWR_NET_HDR_F_SECURITY_ERR, "SECURITY_ERR"},
    {VWR_NET_HDR_F_SECURITY_SA_SOFT_EXPIRY_WARN, "SECURITY_SA_SOFT_EXPIRY_WARN"},
    {0, NULL},
};

const struct vwr_name vwr_net_gso_flags_names[] = {
    {VWR_NET_HDR_GSO_UDP_TUNNEL_IPV4, "UDP_TUNNEL_IPV4"},
    {VWR_NET_HDR_GSO_UDP_TUNNEL_IPV6, "UDP_TUNNEL_IPV6"},
    {VWR_NET_HDR_GSO_ECN, "ECN"},
    {0, NULL},
};

const struct vwr_name vwr_net_hash_type_names[] = {
    {VWR_NET_HASH_TYPE_IPV4, "IPV4"},
    {VWR_NET_HASH_TYPE_TCPV4, "TCPV4"},
    {VWR_NET_HASH_TYPE_UDPV4, "UDPV4"},
    {VWR_NET_HASH_TYPE_IPV6, "IPV6"},
    {VWR_NET_HASH_TYPE_TCPV6, "TCPV6"},
    {VWR_NET_HASH_TYPE_UDPV6, "UDPV6"},
    {VWR_NET_HASH_TYPE_IP_EX, "IP_EX"},
    {VWR_NET_HASH_TYPE_TCP_EX, "TCP_EX"},
    {VWR_NET_HASH_TYPE_UDP_EX, "UDP_EX"},
    {0, NULL},
};

const struct vwr_name vwr_net_hash_tunnel_type_names[] = {
    {VWR_NET_HASH_TUNNEL_TYPE_GRE_2784, "GRE_2784"},
    {VWR_NET_HASH_TUNNEL_TYPE_GRE_2890, "GRE_2890"},
    {VWR_NET_HASH_TUNNEL_TYPE_GRE_7676, "GRE_7676"},
    {VWR_NET_HASH_TUNNEL_TYPE_GRE_UDP, "GRE_UDP"},
    {VWR_NET_HASH_TUNNEL_TYPE_VXLAN, "VXLAN"},
    {VWR_NET_HASH_TUNNEL_TYPE_VXLAN_GPE, "VXLAN_GPE"},
    {VWR_NET_HASH_TUNNEL_TYPE_GENEVE, "GENEVE"},
    {VWR_NET_HASH_TUNNEL_TYPE_IPIP, "IPIP"},
    {VWR_NET_HASH_TUNNEL_TYPE_NVGRE, "NVGRE"},
    {0, NULL},
};

const struct vwr_name vwr_net_stats_type_names[] = {
    {VWR_NET_STATS_TYPE_RX_BASIC, "RX_BASIC"},
    {VWR_NET_STATS_TYPE_RX_CSUM, "RX_CSUM"},
    {VWR_NET_STATS_TYPE_RX_GSO, "RX_GSO"},
    {VWR_NET_STATS_TYPE_RX_SPEED, "RX_SPEED"},
    {VWR_NET_STATS_TYPE_TX_BASIC, "TX_BASIC"},
    {VWR_NET_STATS_TYPE_TX_CSUM, "TX_CSUM"},
    {VWR_NET_STATS_TYPE_TX_GSO, "TX_GSO"},
    {VWR_NET_STATS_TYPE_TX_SPEED, "TX_SPEED"},
    {0, NULL},
};

const struct vwr_name vwr_net_ff_mask_flags_names[] = {
    {VWR_NET_FF_MASK_F_PARTIAL_MASK, "PARTIAL_MASK"},
    {0, NULL},
};

const struct vwr_name vwr_net_rx_command_names[] = {
    {VWR_NET_CTRL_RX_PROMISC, "PROMISC"},
    {VWR_NET_CTRL_RX_ALLMULTI, "ALLMULTI"},
    {VWR_NET_CTRL_RX_ALLUNI, "ALLUNI"},
    {VWR_NET_CTRL_RX_NOMULTI, "NOMULTI"},
    {VWR_NET_CTRL_RX_NOUNI, "NOUNI"},
    {VWR_NET_CTRL_RX_NOBCAST, "NOBCAST"},
    {0, NULL},
};

const struct vwr_name vwr_net_mac_command_names[] = {
    {VWR_NET_CTRL_MAC_TABLE_SET, "TABLE_SET"},
    {VWR_NET_CTRL_MAC_ADDR_SET, "ADDR_SET"},
    {0, NULL},
};

const struct vwr_name vwr_net_vlan_command_names[] = {
    {VWR_NET_CTRL_VLAN_ADD, "ADD"},
    {VWR_NET_CTRL_VLAN_DEL, "DEL"},
    {0, NULL},
};

const struct vwr_name vwr_net_announce_command_names[] = {
    {VWR_NET_CTRL_ANNOUNCE_ACK, "ACK"},
    {0, NULL},
};

const struct vwr_name vwr_net_mq_command_names[] = {
    {VWR_NET_CTRL_MQ_VQ_PAIRS_SET, "VQ_PAIRS_SET"},
    {VWR_NET_CTRL_MQ_RSS_CONFIG, "RSS_CONFIG"},
    {VWR_NET_CTRL_MQ_HASH_CONFIG, "HASH_CONFIG"},
    {0, NULL},
};

const struct vwr_name vwr_net_guest_offloads_command_names[] = {
    {VWR_NET_CTRL_GUEST_OFFLOADS_SET, "SET"},
    {0, NULL},
};

const struct vwr_name vwr_net_notf_coal_command_names[] = {
    {VWR_NET_CTRL_NOTF_COAL_TX_SET, "TX_SET"},
    {VWR_NET_CTRL_NOTF_COAL_RX_SET, "RX_SET"},
    {VWR_NET_CTRL_NOTF_COAL_VQ_SET, "VQ_SET"},
    {VWR_NET_CTRL_NOTF_COAL_VQ_GET, "VQ_GET"},
    {0, NULL},
};

const struct vwr_name vwr_net_hash_tunnel_command_names[] = {
    {VWR_NET_CTRL_HASH_TUNNEL_SET, "SET"},
    {0, NULL},
};

const struct vwr_name vwr_net_stats_command_names[] = {
    {VWR_NET_CTRL_STATS_QUERY, "QUERY"},
    {VWR_NET_CTRL_STATS_GET, "GET"},
    {0, NULL},
};

const struct vwr_name vwr_net_rss_ctx_command_names[] = {
    {VWR_NET_RSS_CTX_CTRL_CAP_GET, "CAP_GET"},
    {VWR_NET_RSS_CTX_CTRL_ADD, "ADD"},
    {VWR_NET_RSS_CTX_CTRL_MOD, "MOD"},
    {VWR_NET_RSS_CTX_CTRL_DEL, "DEL"},
    {0, NULL},
};
