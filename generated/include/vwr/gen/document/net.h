/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/net.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Network Device */

#ifndef VWR_GEN_DOCUMENT_NET_H
#define VWR_GEN_DOCUMENT_NET_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/net.h"

#define VIRTIO_NET_CTRL_MQ_VQ_PAIRS_MIN         VWR_NET_CTRL_MQ_VQ_PAIRS_MIN
#define VIRTIO_NET_CTRL_MQ_VQ_PAIRS_MAX         VWR_NET_CTRL_MQ_VQ_PAIRS_MAX

#define VIRTIO_NET_F_CSUM                       VWR_NET_F_CSUM
#define VIRTIO_NET_F_GUEST_CSUM                 VWR_NET_F_GUEST_CSUM
#define VIRTIO_NET_F_CTRL_GUEST_OFFLOADS        VWR_NET_F_CTRL_GUEST_OFFLOADS
#define VIRTIO_NET_F_MTU                        VWR_NET_F_MTU
#define VIRTIO_NET_F_MAC                        VWR_NET_F_MAC
#define VIRTIO_NET_F_GSO                        VWR_NET_F_GSO
#define VIRTIO_NET_F_GUEST_TSO4                 VWR_NET_F_GUEST_TSO4
#define VIRTIO_NET_F_GUEST_TSO6                 VWR_NET_F_GUEST_TSO6
#define VIRTIO_NET_F_GUEST_ECN                  VWR_NET_F_GUEST_ECN
#define VIRTIO_NET_F_GUEST_UFO                  VWR_NET_F_GUEST_UFO
#define VIRTIO_NET_F_HOST_TSO4                  VWR_NET_F_HOST_TSO4
#define VIRTIO_NET_F_HOST_TSO6                  VWR_NET_F_HOST_TSO6
#define VIRTIO_NET_F_HOST_ECN                   VWR_NET_F_HOST_ECN
#define VIRTIO_NET_F_HOST_UFO                   VWR_NET_F_HOST_UFO
#define VIRTIO_NET_F_MRG_RXBUF                  VWR_NET_F_MRG_RXBUF
#define VIRTIO_NET_F_STATUS                     VWR_NET_F_STATUS
#define VIRTIO_NET_F_CTRL_VQ                    VWR_NET_F_CTRL_VQ
#define VIRTIO_NET_F_CTRL_RX                    VWR_NET_F_CTRL_RX
#define VIRTIO_NET_F_CTRL_VLAN                  VWR_NET_F_CTRL_VLAN
#define VIRTIO_NET_F_CTRL_RX_EXTRA              VWR_NET_F_CTRL_RX_EXTRA
#define VIRTIO_NET_F_GUEST_ANNOUNCE             VWR_NET_F_GUEST_ANNOUNCE
#define VIRTIO_NET_F_MQ                         VWR_NET_F_MQ
#define VIRTIO_NET_F_CTRL_MAC_ADDR              VWR_NET_F_CTRL_MAC_ADDR
#define VIRTIO_NET_F_GUEST_RSC4                 VWR_NET_F_GUEST_RSC4
#define VIRTIO_NET_F_GUEST_RSC6                 VWR_NET_F_GUEST_RSC6
#define VIRTIO_NET_F_DEVICE_STATS               VWR_NET_F_DEVICE_STATS
#define VIRTIO_NET_F_HASH_TUNNEL                VWR_NET_F_HASH_TUNNEL
#define VIRTIO_NET_F_VQ_NOTF_COAL               VWR_NET_F_VQ_NOTF_COAL
#define VIRTIO_NET_F_NOTF_COAL                  VWR_NET_F_NOTF_COAL
#define VIRTIO_NET_F_GUEST_USO4                 VWR_NET_F_GUEST_USO4
#define VIRTIO_NET_F_GUEST_USO6                 VWR_NET_F_GUEST_USO6
#define VIRTIO_NET_F_HOST_USO                   VWR_NET_F_HOST_USO
#define VIRTIO_NET_F_HASH_REPORT                VWR_NET_F_HASH_REPORT
#define VIRTIO_NET_F_GUEST_HDRLEN               VWR_NET_F_GUEST_HDRLEN
#define VIRTIO_NET_F_RSS                        VWR_NET_F_RSS
#define VIRTIO_NET_F_RSC_EXT                    VWR_NET_F_RSC_EXT
#define VIRTIO_NET_F_STANDBY                    VWR_NET_F_STANDBY
#define VIRTIO_NET_F_SPEED_DUPLEX               VWR_NET_F_SPEED_DUPLEX
#define VIRTIO_NET_F_RSS_CONTEXT                VWR_NET_F_RSS_CONTEXT
#define VIRTIO_NET_F_GUEST_UDP_TUNNEL_GSO       VWR_NET_F_GUEST_UDP_TUNNEL_GSO
#define VIRTIO_NET_F_GUEST_UDP_TUNNEL_GSO_CSUM  VWR_NET_F_GUEST_UDP_TUNNEL_GSO_CSUM
#define VIRTIO_NET_F_HOST_UDP_TUNNEL_GSO        VWR_NET_F_HOST_UDP_TUNNEL_GSO
#define VIRTIO_NET_F_HOST_UDP_TUNNEL_GSO_CSUM   VWR_NET_F_HOST_UDP_TUNNEL_GSO_CSUM
#define VIRTIO_NET_F_OUT_NET_HEADER             VWR_NET_F_OUT_NET_HEADER
#define VIRTIO_NET_F_IPSEC                      VWR_NET_F_IPSEC

#define VIRTIO_NET_FF_RESOURCE_CAP              VWR_NET_FF_RESOURCE_CAP
#define VIRTIO_NET_FF_SELECTOR_CAP              VWR_NET_FF_SELECTOR_CAP
#define VIRTIO_NET_FF_ACTION_CAP                VWR_NET_FF_ACTION_CAP
#define VIRTIO_NET_IPSEC_RESOURCE_CAP           VWR_NET_IPSEC_RESOURCE_CAP
#define VIRTIO_NET_IPSEC_SA_CAP                 VWR_NET_IPSEC_SA_CAP

#define VIRTIO_NET_RESOURCE_OBJ_FF_GROUP        VWR_NET_RESOURCE_OBJ_FF_GROUP
#define VIRTIO_NET_RESOURCE_OBJ_FF_CLASSIFIER   VWR_NET_RESOURCE_OBJ_FF_CLASSIFIER
#define VIRTIO_NET_RESOURCE_OBJ_FF_RULE         VWR_NET_RESOURCE_OBJ_FF_RULE
#define VIRTIO_NET_RESOURCE_OBJ_IPSEC_OUTB_SA   VWR_NET_RESOURCE_OBJ_IPSEC_OUTB_SA
#define VIRTIO_NET_RESOURCE_OBJ_IPSEC_INB_SA    VWR_NET_RESOURCE_OBJ_IPSEC_INB_SA

#define VIRTIO_NET_DEV_PART_CVQ_CFG_PART        VWR_NET_DEV_PART_CVQ_CFG_PART

#define VIRTIO_NET_HDR_GSO_NONE                 VWR_NET_HDR_GSO_NONE
#define VIRTIO_NET_HDR_GSO_TCPV4                VWR_NET_HDR_GSO_TCPV4
#define VIRTIO_NET_HDR_GSO_UDP                  VWR_NET_HDR_GSO_UDP
#define VIRTIO_NET_HDR_GSO_TCPV6                VWR_NET_HDR_GSO_TCPV6
#define VIRTIO_NET_HDR_GSO_UDP_L4               VWR_NET_HDR_GSO_UDP_L4

#define VIRTIO_NET_HASH_REPORT_NONE             VWR_NET_HASH_REPORT_NONE
#define VIRTIO_NET_HASH_REPORT_IPv4             VWR_NET_HASH_REPORT_IPV4
#define VIRTIO_NET_HASH_REPORT_TCPv4            VWR_NET_HASH_REPORT_TCPV4
#define VIRTIO_NET_HASH_REPORT_UDPv4            VWR_NET_HASH_REPORT_UDPV4
#define VIRTIO_NET_HASH_REPORT_IPv6             VWR_NET_HASH_REPORT_IPV6
#define VIRTIO_NET_HASH_REPORT_TCPv6            VWR_NET_HASH_REPORT_TCPV6
#define VIRTIO_NET_HASH_REPORT_UDPv6            VWR_NET_HASH_REPORT_UDPV6
#define VIRTIO_NET_HASH_REPORT_IPv6_EX          VWR_NET_HASH_REPORT_IPV6_EX
#define VIRTIO_NET_HASH_REPORT_TCPv6_EX         VWR_NET_HASH_REPORT_TCPV6_EX
#define VIRTIO_NET_HASH_REPORT_UDPv6_EX         VWR_NET_HASH_REPORT_UDPV6_EX

#define VIRTIO_NET_OK                           VWR_NET_OK
#define VIRTIO_NET_ERR                          VWR_NET_ERR

#define VIRTIO_NET_CTRL_RX                      VWR_NET_CTRL_RX
#define VIRTIO_NET_CTRL_MAC                     VWR_NET_CTRL_MAC
#define VIRTIO_NET_CTRL_VLAN                    VWR_NET_CTRL_VLAN
#define VIRTIO_NET_CTRL_ANNOUNCE                VWR_NET_CTRL_ANNOUNCE
#define VIRTIO_NET_CTRL_MQ                      VWR_NET_CTRL_MQ
#define VIRTIO_NET_CTRL_GUEST_OFFLOADS          VWR_NET_CTRL_GUEST_OFFLOADS
#define VIRTIO_NET_CTRL_NOTF_COAL               VWR_NET_CTRL_NOTF_COAL
#define VIRTIO_NET_CTRL_HASH_TUNNEL             VWR_NET_CTRL_HASH_TUNNEL
#define VIRTIO_NET_CTRL_STATS                   VWR_NET_CTRL_STATS
#define VIRTNET_RSS_CTX_CTRL                    VWR_NET_CTRL_RSS_CTX

#define VIRTIO_NET_STATS_TYPE_REPLY_CVQ         VWR_NET_STATS_TYPE_REPLY_CVQ
#define VIRTIO_NET_STATS_TYPE_REPLY_RX_BASIC    VWR_NET_STATS_TYPE_REPLY_RX_BASIC
#define VIRTIO_NET_STATS_TYPE_REPLY_RX_CSUM     VWR_NET_STATS_TYPE_REPLY_RX_CSUM
#define VIRTIO_NET_STATS_TYPE_REPLY_RX_GSO      VWR_NET_STATS_TYPE_REPLY_RX_GSO
#define VIRTIO_NET_STATS_TYPE_REPLY_RX_SPEED    VWR_NET_STATS_TYPE_REPLY_RX_SPEED
#define VIRTIO_NET_STATS_TYPE_REPLY_TX_BASIC    VWR_NET_STATS_TYPE_REPLY_TX_BASIC
#define VIRTIO_NET_STATS_TYPE_REPLY_TX_CSUM     VWR_NET_STATS_TYPE_REPLY_TX_CSUM
#define VIRTIO_NET_STATS_TYPE_REPLY_TX_GSO      VWR_NET_STATS_TYPE_REPLY_TX_GSO
#define VIRTIO_NET_STATS_TYPE_REPLY_TX_SPEED    VWR_NET_STATS_TYPE_REPLY_TX_SPEED

#define VIRTIO_NET_FF_MASK_TYPE_ETH             VWR_NET_FF_MASK_TYPE_ETH
#define VIRTIO_NET_FF_MASK_TYPE_IPV4            VWR_NET_FF_MASK_TYPE_IPV4
#define VIRTIO_NET_FF_MASK_TYPE_IPV6            VWR_NET_FF_MASK_TYPE_IPV6
#define VIRTIO_NET_FF_MASK_TYPE_TCP             VWR_NET_FF_MASK_TYPE_TCP
#define VIRTIO_NET_FF_MASK_TYPE_UDP             VWR_NET_FF_MASK_TYPE_UDP
#define VIRTIO_NET_FF_MASK_TYPE_ESP             VWR_NET_FF_MASK_TYPE_ESP

#define VIRTIO_NET_FF_ACTION_DROP               VWR_NET_FF_ACTION_DROP
#define VIRTIO_NET_FF_ACTION_DIRECT_RX_VQ       VWR_NET_FF_ACTION_DIRECT_RX_VQ
#define VIRTIO_NET_FF_ACTION_IPSEC              VWR_NET_FF_ACTION_IPSEC
#define VIRTIO_NET_FF_ACTION_IPSEC_RECIRCULATE  VWR_NET_FF_ACTION_IPSEC_RECIRCULATE

#define VIRTIO_NET_S_LINK_UP                    VWR_NET_S_LINK_UP
#define VIRTIO_NET_S_ANNOUNCE                   VWR_NET_S_ANNOUNCE

#define VIRTIO_NET_HDR_F_NEEDS_CSUM             VWR_NET_HDR_F_NEEDS_CSUM
#define VIRTIO_NET_HDR_F_DATA_VALID             VWR_NET_HDR_F_DATA_VALID
#define VIRTIO_NET_HDR_F_RSC_INFO               VWR_NET_HDR_F_RSC_INFO
#define VIRTIO_NET_HDR_F_UDP_TUNNEL_CSUM        VWR_NET_HDR_F_UDP_TUNNEL_CSUM
#define VIRTIO_NET_HDR_F_SECURITY               VWR_NET_HDR_F_SECURITY
#define VIRTIO_NET_HDR_F_SECURITY_ERR           VWR_NET_HDR_F_SECURITY_ERR
#define VIRTIO_NET_HDR_F_SECURITY_SA_SOFT_EXPIRY_WARN VWR_NET_HDR_F_SECURITY_SA_SOFT_EXPIRY_WARN

#define VIRTIO_NET_HDR_GSO_UDP_TUNNEL_IPV4      VWR_NET_HDR_GSO_UDP_TUNNEL_IPV4
#define VIRTIO_NET_HDR_GSO_UDP_TUNNEL_IPV6      VWR_NET_HDR_GSO_UDP_TUNNEL_IPV6
#define VIRTIO_NET_HDR_GSO_ECN                  VWR_NET_HDR_GSO_ECN

#define VIRTIO_NET_HASH_TYPE_IPv4               VWR_NET_HASH_TYPE_IPV4
#define VIRTIO_NET_HASH_TYPE_TCPv4              VWR_NET_HASH_TYPE_TCPV4
#define VIRTIO_NET_HASH_TYPE_UDPv4              VWR_NET_HASH_TYPE_UDPV4
#define VIRTIO_NET_HASH_TYPE_IPv6               VWR_NET_HASH_TYPE_IPV6
#define VIRTIO_NET_HASH_TYPE_TCPv6              VWR_NET_HASH_TYPE_TCPV6
#define VIRTIO_NET_HASH_TYPE_UDPv6              VWR_NET_HASH_TYPE_UDPV6
#define VIRTIO_NET_HASH_TYPE_IP_EX              VWR_NET_HASH_TYPE_IP_EX
#define VIRTIO_NET_HASH_TYPE_TCP_EX             VWR_NET_HASH_TYPE_TCP_EX
#define VIRTIO_NET_HASH_TYPE_UDP_EX             VWR_NET_HASH_TYPE_UDP_EX

#define VIRTIO_NET_HASH_TUNNEL_TYPE_GRE_2784    VWR_NET_HASH_TUNNEL_TYPE_GRE_2784
#define VIRTIO_NET_HASH_TUNNEL_TYPE_GRE_2890    VWR_NET_HASH_TUNNEL_TYPE_GRE_2890
#define VIRTIO_NET_HASH_TUNNEL_TYPE_GRE_7676    VWR_NET_HASH_TUNNEL_TYPE_GRE_7676
#define VIRTIO_NET_HASH_TUNNEL_TYPE_GRE_UDP     VWR_NET_HASH_TUNNEL_TYPE_GRE_UDP
#define VIRTIO_NET_HASH_TUNNEL_TYPE_VXLAN       VWR_NET_HASH_TUNNEL_TYPE_VXLAN
#define VIRTIO_NET_HASH_TUNNEL_TYPE_VXLAN_GPE   VWR_NET_HASH_TUNNEL_TYPE_VXLAN_GPE
#define VIRTIO_NET_HASH_TUNNEL_TYPE_GENEVE      VWR_NET_HASH_TUNNEL_TYPE_GENEVE
#define VIRTIO_NET_HASH_TUNNEL_TYPE_IPIP        VWR_NET_HASH_TUNNEL_TYPE_IPIP
#define VIRTIO_NET_HASH_TUNNEL_TYPE_NVGRE       VWR_NET_HASH_TUNNEL_TYPE_NVGRE

#define VIRTIO_NET_STATS_TYPE_CVQ               VWR_NET_STATS_TYPE_CVQ
#define VIRTIO_NET_STATS_TYPE_RX_BASIC          VWR_NET_STATS_TYPE_RX_BASIC
#define VIRTIO_NET_STATS_TYPE_RX_CSUM           VWR_NET_STATS_TYPE_RX_CSUM
#define VIRTIO_NET_STATS_TYPE_RX_GSO            VWR_NET_STATS_TYPE_RX_GSO
#define VIRTIO_NET_STATS_TYPE_RX_SPEED          VWR_NET_STATS_TYPE_RX_SPEED
#define VIRTIO_NET_STATS_TYPE_TX_BASIC          VWR_NET_STATS_TYPE_TX_BASIC
#define VIRTIO_NET_STATS_TYPE_TX_CSUM           VWR_NET_STATS_TYPE_TX_CSUM
#define VIRTIO_NET_STATS_TYPE_TX_GSO            VWR_NET_STATS_TYPE_TX_GSO
#define VIRTIO_NET_STATS_TYPE_TX_SPEED          VWR_NET_STATS_TYPE_TX_SPEED

#define VIRTIO_NET_FF_MASK_F_PARTIAL_MASK       VWR_NET_FF_MASK_F_PARTIAL_MASK

#define VIRTIO_NET_CTRL_RX_PROMISC              VWR_NET_CTRL_RX_PROMISC
#define VIRTIO_NET_CTRL_RX_ALLMULTI             VWR_NET_CTRL_RX_ALLMULTI
#define VIRTIO_NET_CTRL_RX_ALLUNI               VWR_NET_CTRL_RX_ALLUNI
#define VIRTIO_NET_CTRL_RX_NOMULTI              VWR_NET_CTRL_RX_NOMULTI
#define VIRTIO_NET_CTRL_RX_NOUNI                VWR_NET_CTRL_RX_NOUNI
#define VIRTIO_NET_CTRL_RX_NOBCAST              VWR_NET_CTRL_RX_NOBCAST

#define VIRTIO_NET_CTRL_MAC_TABLE_SET           VWR_NET_CTRL_MAC_TABLE_SET
#define VIRTIO_NET_CTRL_MAC_ADDR_SET            VWR_NET_CTRL_MAC_ADDR_SET

#define VIRTIO_NET_CTRL_VLAN_ADD                VWR_NET_CTRL_VLAN_ADD
#define VIRTIO_NET_CTRL_VLAN_DEL                VWR_NET_CTRL_VLAN_DEL

#define VIRTIO_NET_CTRL_ANNOUNCE_ACK            VWR_NET_CTRL_ANNOUNCE_ACK

#define VIRTIO_NET_CTRL_MQ_VQ_PAIRS_SET         VWR_NET_CTRL_MQ_VQ_PAIRS_SET
#define VIRTIO_NET_CTRL_MQ_RSS_CONFIG           VWR_NET_CTRL_MQ_RSS_CONFIG
#define VIRTIO_NET_CTRL_MQ_HASH_CONFIG          VWR_NET_CTRL_MQ_HASH_CONFIG

#define VIRTIO_NET_CTRL_GUEST_OFFLOADS_SET      VWR_NET_CTRL_GUEST_OFFLOADS_SET

#define VIRTIO_NET_CTRL_NOTF_COAL_TX_SET        VWR_NET_CTRL_NOTF_COAL_TX_SET
#define VIRTIO_NET_CTRL_NOTF_COAL_RX_SET        VWR_NET_CTRL_NOTF_COAL_RX_SET
#define VIRTIO_NET_CTRL_NOTF_COAL_VQ_SET        VWR_NET_CTRL_NOTF_COAL_VQ_SET
#define VIRTIO_NET_CTRL_NOTF_COAL_VQ_GET        VWR_NET_CTRL_NOTF_COAL_VQ_GET

#define VIRTIO_NET_CTRL_HASH_TUNNEL_SET         VWR_NET_CTRL_HASH_TUNNEL_SET

#define VIRTIO_NET_CTRL_STATS_QUERY             VWR_NET_CTRL_STATS_QUERY
#define VIRTIO_NET_CTRL_STATS_GET               VWR_NET_CTRL_STATS_GET

#define VIRTNET_RSS_CTX_CTRL_CAP_GET            VWR_NET_RSS_CTX_CTRL_CAP_GET
#define VIRTNET_RSS_CTX_CTRL_ADD                VWR_NET_RSS_CTX_CTRL_ADD
#define VIRTNET_RSS_CTX_CTRL_MOD                VWR_NET_RSS_CTX_CTRL_MOD
#define VIRTNET_RSS_CTX_CTRL_DEL                VWR_NET_RSS_CTX_CTRL_DEL

#define virtio_net_dev_part_cvq_selector        vwr_net_dev_part_cvq_selector
#define virtio_net_hdr                          vwr_net_hdr
#define virtnet_hash_tunnel                     vwr_net_hash_tunnel
#define virtio_net_ctrl                         vwr_net_ctrl
#define virtio_net_ctrl_mac                     vwr_net_ctrl_mac
#define virtio_net_ctrl_mq_pairs_set            vwr_net_ctrl_mq_pairs_set
#define virtio_net_hash_config                  vwr_net_hash_config
#define virtio_net_rss_config                   vwr_net_rss_config
#define virtnet_rss_ctx_cap                     vwr_net_rss_ctx_cap
#define virtnet_rss_ctx_add_modify              vwr_net_rss_ctx_add_modify
#define virtnet_rss_ctx_del                     vwr_net_rss_ctx_del
#define virtio_net_ctrl_coal                    vwr_net_ctrl_coal
#define virtio_net_ctrl_coal_vq                 vwr_net_ctrl_coal_vq
#define virtio_net_stats_capabilities           vwr_net_stats_capabilities
#define virtio_net_stats_reply_hdr              vwr_net_stats_reply_hdr
#define virtio_net_stats_cvq                    vwr_net_stats_cvq
#define virtio_net_stats_rx_basic               vwr_net_stats_rx_basic
#define virtio_net_stats_tx_basic               vwr_net_stats_tx_basic
#define virtio_net_stats_rx_csum                vwr_net_stats_rx_csum
#define virtio_net_stats_tx_csum                vwr_net_stats_tx_csum
#define virtio_net_stats_rx_gso                 vwr_net_stats_rx_gso
#define virtio_net_stats_tx_gso                 vwr_net_stats_tx_gso
#define virtio_net_stats_rx_speed               vwr_net_stats_rx_speed
#define virtio_net_stats_tx_speed               vwr_net_stats_tx_speed
#define virtio_net_ff_cap_data                  vwr_net_ff_cap_data
#define virtio_net_ff_selector                  vwr_net_ff_selector
#define virtio_net_ff_cap_mask_data             vwr_net_ff_cap_mask_data
#define virtio_net_ff_actions                   vwr_net_ff_actions
#define virtio_net_resource_obj_ff_group        vwr_net_resource_obj_ff_group
#define virtio_net_resource_obj_ff_classifier   vwr_net_resource_obj_ff_classifier
#define virtio_net_resource_obj_ff_rule         vwr_net_resource_obj_ff_rule
#define virtio_net_config                       vwr_net_config

#endif
