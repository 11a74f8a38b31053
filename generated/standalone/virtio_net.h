/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/net.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Network Device */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 * In the legacy interface they have the guest's byte order.
 */
#ifndef VWR_STANDALONE_NET_H
#define VWR_STANDALONE_NET_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_NET 1                                 /* An Ethernet adapter. */

#define VIRTIO_NET_CTRL_MQ_VQ_PAIRS_MIN 1u              /* Minimum number of queue pairs. */
#define VIRTIO_NET_CTRL_MQ_VQ_PAIRS_MAX 0x8000u         /* Maximum number of queue pairs. */
#define VIRTIO_NET_RX_BUFFER_BYTES 1526u                /* Minimum size of a receive buffer if no packet has more
                                                           than 1514 bytes, without MRG_RXBUF and without
                                                           HASH_REPORT. */
#define VIRTIO_NET_RX_LARGE_BUFFER_BYTES 65601u         /* Minimum size of a receive buffer with GUEST_TSO4,
                                                           GUEST_TSO6, GUEST_UFO, GUEST_USO4 or GUEST_USO6, without
                                                           MRG_RXBUF and without HASH_REPORT. */
#define VIRTIO_NET_MTU_ADVISED 1280u                    /* Minimum mtu that a device should set. */
#define VIRTIO_NET_SPEED_MAX 0x7fffffffu                /* Maximum value of a known speed. */
#define VIRTIO_NET_SPEED_UNKNOWN 0xffffffffu            /* The speed is unknown. */
#define VIRTIO_NET_DUPLEX_MAX 1u                        /* Maximum value of a known duplex. */
#define VIRTIO_NET_DUPLEX_UNKNOWN 0xffu                 /* The duplex is unknown. */

/* features; "Feature bits" */
#define VIRTIO_NET_F_CSUM 0                             /* The device completes the checksums of outgoing packets. */
#define VIRTIO_NET_F_GUEST_CSUM 1                       /* The driver accepts packets with partial checksums. */
#define VIRTIO_NET_F_CTRL_GUEST_OFFLOADS 2              /* The driver can change the receive offloads at run time. */
#define VIRTIO_NET_F_MTU 3                              /* The configuration contains the maximum MTU. */
#define VIRTIO_NET_F_MAC 5                              /* The configuration contains a MAC address. */
#define VIRTIO_NET_F_GSO 6                              /* The device segments packets of any type; legacy only. */
#define VIRTIO_NET_F_GUEST_TSO4 7                       /* The driver accepts large TCP packets over IPv4. */
#define VIRTIO_NET_F_GUEST_TSO6 8                       /* The driver accepts large TCP packets over IPv6. */
#define VIRTIO_NET_F_GUEST_ECN 9                        /* The driver accepts large TCP packets with ECN. */
#define VIRTIO_NET_F_GUEST_UFO 10                       /* The driver accepts large, unfragmented UDP packets. */
#define VIRTIO_NET_F_HOST_TSO4 11                       /* The device segments TCP over IPv4. */
#define VIRTIO_NET_F_HOST_TSO6 12                       /* The device segments TCP over IPv6. */
#define VIRTIO_NET_F_HOST_ECN 13                        /* The device segments TCP with ECN. */
#define VIRTIO_NET_F_HOST_UFO 14                        /* The device fragments UDP. */
#define VIRTIO_NET_F_MRG_RXBUF 15                       /* The device may split a packet across several receive
                                                           buffers. */
#define VIRTIO_NET_F_STATUS 16                          /* The configuration contains the link status. */
#define VIRTIO_NET_F_CTRL_VQ 17                         /* The device has a control queue. */
#define VIRTIO_NET_F_CTRL_RX 18                         /* The driver can set the receive modes. */
#define VIRTIO_NET_F_CTRL_VLAN 19                       /* The device filters VLANs. Quirk net.vlans-begin-full (QEMU
                                                           10.0): The VLAN filter starts full; the specification
                                                           requires it empty. A driver drops frames of VLANs that it
                                                           has not added. */
#define VIRTIO_NET_F_CTRL_RX_EXTRA 20                   /* The driver can set additional receive modes. */
#define VIRTIO_NET_F_GUEST_ANNOUNCE 21                  /* The driver announces itself to the network on request. */
#define VIRTIO_NET_F_MQ 22                              /* The device has several queue pairs with automatic
                                                           steering. */
#define VIRTIO_NET_F_CTRL_MAC_ADDR 23                   /* The driver can set the MAC address by a command. */
#define VIRTIO_NET_F_GUEST_RSC4 41                      /* The device coalesces TCP packets over IPv4; a hypervisor
                                                           patch implements it for Windows certification; legacy
                                                           only. */
#define VIRTIO_NET_F_GUEST_RSC6 42                      /* The device coalesces TCP packets over IPv6; a hypervisor
                                                           patch implements it for Windows certification; legacy
                                                           only. */
#define VIRTIO_NET_F_DEVICE_STATS 50                    /* The device keeps statistics. */
#define VIRTIO_NET_F_HASH_TUNNEL 51                     /* The device can hash the inner packet of a tunnel. */
#define VIRTIO_NET_F_VQ_NOTF_COAL 52                    /* The device coalesces notifications per queue. */
#define VIRTIO_NET_F_NOTF_COAL 53                       /* The device coalesces notifications per direction. */
#define VIRTIO_NET_F_GUEST_USO4 54                      /* The driver accepts large, unsegmented UDP packets over
                                                           IPv4. */
#define VIRTIO_NET_F_GUEST_USO6 55                      /* The driver accepts large, unsegmented UDP packets over
                                                           IPv6. */
#define VIRTIO_NET_F_HOST_USO 56                        /* The device segments UDP. */
#define VIRTIO_NET_F_HASH_REPORT 57                     /* The device reports the hash of a packet in its header. */
#define VIRTIO_NET_F_GUEST_HDRLEN 59                    /* The driver supplies an exact hdr_len. */
#define VIRTIO_NET_F_RSS 60                             /* The device steers packets by a hash that the driver
                                                           configures. */
#define VIRTIO_NET_F_RSC_EXT 61                         /* The device reports coalesced segments and duplicate ACKs. */
#define VIRTIO_NET_F_STANDBY 62                         /* The device may act as a standby for a primary device with
                                                           the same MAC address. */
#define VIRTIO_NET_F_SPEED_DUPLEX 63                    /* The configuration contains speed and duplex. */
#define VIRTIO_NET_F_RSS_CONTEXT 64                     /* The device supports several RSS contexts. */
#define VIRTIO_NET_F_GUEST_UDP_TUNNEL_GSO 65            /* The driver accepts large packets in UDP tunnels. */
#define VIRTIO_NET_F_GUEST_UDP_TUNNEL_GSO_CSUM 66       /* The driver accepts packets in UDP tunnels with a partial
                                                           outer checksum. */
#define VIRTIO_NET_F_HOST_UDP_TUNNEL_GSO 67             /* The device segments packets in UDP tunnels. */
#define VIRTIO_NET_F_HOST_UDP_TUNNEL_GSO_CSUM 68        /* The device completes the outer checksum of packets in UDP
                                                           tunnels. */
#define VIRTIO_NET_F_OUT_NET_HEADER 69                  /* The header contains the offset of the outer network
                                                           header. */
#define VIRTIO_NET_F_IPSEC 70                           /* The device performs IPsec on packets. */

/* enums.capability; "Device and driver capabilities" */
#define VIRTIO_NET_FF_RESOURCE_CAP 0x800                /* Limits of flow filter objects. */
#define VIRTIO_NET_FF_SELECTOR_CAP 0x801                /* Supported flow filter selectors. */
#define VIRTIO_NET_FF_ACTION_CAP 0x802                  /* Supported flow filter actions. */
#define VIRTIO_NET_IPSEC_RESOURCE_CAP 0x803             /* Limits on the number of security associations. */
#define VIRTIO_NET_IPSEC_SA_CAP 0x804                   /* Supported properties of security associations. */

/* enums.resource-obj; "Device resource objects" */
#define VIRTIO_NET_RESOURCE_OBJ_FF_GROUP 0x200          /* A group of flow filter rules. */
#define VIRTIO_NET_RESOURCE_OBJ_FF_CLASSIFIER 0x201     /* The header fields that rules match. */
#define VIRTIO_NET_RESOURCE_OBJ_FF_RULE 0x202           /* A flow filter rule. */
#define VIRTIO_NET_RESOURCE_OBJ_IPSEC_OUTB_SA 0x203     /* Outbound security association. */
#define VIRTIO_NET_RESOURCE_OBJ_IPSEC_INB_SA 0x204      /* Inbound security association. */

/* enums.dev-part; "Device parts" */
#define VIRTIO_NET_DEV_PART_CVQ_CFG_PART 0x200          /* State set by a control queue command. */

/* enums.gso-type; "Device Operation" */
#define VIRTIO_NET_HDR_GSO_NONE 0                       /* No segmentation. */
#define VIRTIO_NET_HDR_GSO_TCPV4 1                      /* TCP over IPv4. */
#define VIRTIO_NET_HDR_GSO_UDP 3                        /* UDP fragmentation. */
#define VIRTIO_NET_HDR_GSO_TCPV6 4                      /* TCP over IPv6. */
#define VIRTIO_NET_HDR_GSO_UDP_L4 5                     /* UDP segmentation. */

/*
 * enums.hash-report; "Device Operation / Processing of Incoming Packets / Hash reporting for
 * incoming packets"
 */
#define VIRTIO_NET_HASH_REPORT_NONE 0                   /* No hash. */
#define VIRTIO_NET_HASH_REPORT_IPv4 1                   /* Hash over IPv4 addresses. */
#define VIRTIO_NET_HASH_REPORT_TCPv4 2                  /* Hash over IPv4 addresses and TCP ports. */
#define VIRTIO_NET_HASH_REPORT_UDPv4 3                  /* Hash over IPv4 addresses and UDP ports. */
#define VIRTIO_NET_HASH_REPORT_IPv6 4                   /* Hash over IPv6 addresses. */
#define VIRTIO_NET_HASH_REPORT_TCPv6 5                  /* Hash over IPv6 addresses and TCP ports. */
#define VIRTIO_NET_HASH_REPORT_UDPv6 6                  /* Hash over IPv6 addresses and UDP ports. */
#define VIRTIO_NET_HASH_REPORT_IPv6_EX 7                /* As IPV6, with the addresses of extension headers. */
#define VIRTIO_NET_HASH_REPORT_TCPv6_EX 8               /* As TCPV6, with the addresses of extension headers. */
#define VIRTIO_NET_HASH_REPORT_UDPv6_EX 9               /* As UDPV6, with the addresses of extension headers. */

/* enums.ack; "Device Operation / Control Virtqueue" */
#define VIRTIO_NET_OK 0                                 /* The command succeeded. */
#define VIRTIO_NET_ERR 1                                /* The command failed. */

/* enums.ctrl-class; "Device Operation / Control Virtqueue" */
#define VIRTIO_NET_CTRL_RX 0                            /* Receive modes; with CTRL_RX or CTRL_RX_EXTRA. */
#define VIRTIO_NET_CTRL_MAC 1                           /* MAC addresses; with CTRL_RX or CTRL_MAC_ADDR. */
#define VIRTIO_NET_CTRL_VLAN 2                          /* VLAN filter; with CTRL_VLAN. */
#define VIRTIO_NET_CTRL_ANNOUNCE 3                      /* Announcements; with GUEST_ANNOUNCE. */
#define VIRTIO_NET_CTRL_MQ 4                            /* Queue pairs and steering; with MQ or RSS or HASH_REPORT. */
#define VIRTIO_NET_CTRL_GUEST_OFFLOADS 5                /* Receive offloads; with CTRL_GUEST_OFFLOADS. */
#define VIRTIO_NET_CTRL_NOTF_COAL 6                     /* Notification coalescing; with NOTF_COAL or VQ_NOTF_COAL. */
#define VIRTIO_NET_CTRL_HASH_TUNNEL 7                   /* Hashes of inner packets; with HASH_TUNNEL. */
#define VIRTIO_NET_CTRL_STATS 8                         /* Statistics; with DEVICE_STATS. */
#define VIRTNET_RSS_CTX_CTRL 9                          /* RSS contexts; with RSS_CONTEXT. */

/*
 * enums.guest-offload; "Device Operation / Control Virtqueue / Offloads State Configuration /
 * Setting Offloads State"
 */
#define VIRTIO_NET_GUEST_OFFLOAD_F_CSUM 1               /* Partial checksums; with GUEST_CSUM. */
#define VIRTIO_NET_GUEST_OFFLOAD_F_TSO4 7               /* Large TCP packets over IPv4; with GUEST_TSO4. */
#define VIRTIO_NET_GUEST_OFFLOAD_F_TSO6 8               /* Large TCP packets over IPv6; with GUEST_TSO6. */
#define VIRTIO_NET_GUEST_OFFLOAD_F_ECN 9                /* Large TCP packets with ECN; with GUEST_ECN. */
#define VIRTIO_NET_GUEST_OFFLOAD_F_UFO 10               /* Large, unfragmented UDP packets; with GUEST_UFO. */
#define VIRTIO_NET_GUEST_OFFLOAD_F_UDP_TUNNEL_GSO 46    /* Large packets in UDP tunnels; with GUEST_UDP_TUNNEL_GSO. */
#define VIRTIO_NET_GUEST_OFFLOAD_F_UDP_TUNNEL_GSO_CSUM 47 /* Partial outer checksums; with GUEST_UDP_TUNNEL_GSO_CSUM. */
#define VIRTIO_NET_GUEST_OFFLOAD_F_USO4 54              /* Large, unsegmented UDP packets over IPv4; with GUEST_USO4. */
#define VIRTIO_NET_GUEST_OFFLOAD_F_USO6 55              /* Large, unsegmented UDP packets over IPv6; with GUEST_USO6. */

/*
 * enums.stats-reply-type; "Device Operation / Control Virtqueue / Device Statistics / Get
 * Statistics"
 */
#define VIRTIO_NET_STATS_TYPE_REPLY_CVQ 32              /* The reply is a stats_cvq. */
#define VIRTIO_NET_STATS_TYPE_REPLY_RX_BASIC 0          /* The reply is a stats_rx_basic. */
#define VIRTIO_NET_STATS_TYPE_REPLY_RX_CSUM 1           /* The reply is a stats_rx_csum. */
#define VIRTIO_NET_STATS_TYPE_REPLY_RX_GSO 2            /* The reply is a stats_rx_gso. */
#define VIRTIO_NET_STATS_TYPE_REPLY_RX_SPEED 3          /* The reply is a stats_rx_speed. */
#define VIRTIO_NET_STATS_TYPE_REPLY_TX_BASIC 16         /* The reply is a stats_tx_basic. */
#define VIRTIO_NET_STATS_TYPE_REPLY_TX_CSUM 17          /* The reply is a stats_tx_csum. */
#define VIRTIO_NET_STATS_TYPE_REPLY_TX_GSO 18           /* The reply is a stats_tx_gso. */
#define VIRTIO_NET_STATS_TYPE_REPLY_TX_SPEED 19         /* The reply is a stats_tx_speed. */

/*
 * enums.ff-mask-type; "Device Operation / Flow filter / Device and driver capabilities /
 * VIRTIO_NET_FF_SELECTOR_CAP"
 */
#define VIRTIO_NET_FF_MASK_TYPE_ETH 1                   /* Ethernet header, 14 bytes. */
#define VIRTIO_NET_FF_MASK_TYPE_IPV4 2                  /* IPv4 header, 20 bytes. */
#define VIRTIO_NET_FF_MASK_TYPE_IPV6 3                  /* IPv6 header, 40 bytes. */
#define VIRTIO_NET_FF_MASK_TYPE_TCP 4                   /* TCP header, 20 bytes. */
#define VIRTIO_NET_FF_MASK_TYPE_UDP 5                   /* UDP header, 8 bytes. */
#define VIRTIO_NET_FF_MASK_TYPE_ESP 6                   /* ESP header, 8 bytes. */

/*
 * enums.ff-action; "Device Operation / Flow filter / Device and driver capabilities /
 * VIRTIO_NET_FF_ACTION_CAP"
 */
#define VIRTIO_NET_FF_ACTION_DROP 1                     /* Drop the packet. */
#define VIRTIO_NET_FF_ACTION_DIRECT_RX_VQ 2             /* Deliver the packet to a specific receive queue. */
#define VIRTIO_NET_FF_ACTION_IPSEC 3                    /* Apply IPsec to the packet. */
#define VIRTIO_NET_FF_ACTION_IPSEC_RECIRCULATE 4        /* Apply IPsec to the packet, then filter it again. */

/* flags.status; "Device configuration layout" */
#define VIRTIO_NET_S_LINK_UP 0x1                        /* The link is up. */
#define VIRTIO_NET_S_ANNOUNCE 0x2                       /* The device asks the driver to announce itself; with
                                                           GUEST_ANNOUNCE. */

/* flags.hdr-flags; "Device Operation" */
#define VIRTIO_NET_HDR_F_NEEDS_CSUM 0x1                 /* The checksum is partial; csum_start and csum_offset locate
                                                           it. */
#define VIRTIO_NET_HDR_F_DATA_VALID 0x2                 /* The device has verified the checksum. */
#define VIRTIO_NET_HDR_F_RSC_INFO 0x4                   /* csum_start and csum_offset contain counts; with RSC_EXT. */
#define VIRTIO_NET_HDR_F_UDP_TUNNEL_CSUM 0x8            /* The outer UDP checksum is partial, or verified; with
                                                           HOST_UDP_TUNNEL_GSO_CSUM or GUEST_UDP_TUNNEL_GSO_CSUM. */
#define VIRTIO_NET_HDR_F_SECURITY 0x10                  /* Outgoing: apply IPsec. Incoming: IPsec was applied; with
                                                           IPSEC. */
#define VIRTIO_NET_HDR_F_SECURITY_ERR 0x20              /* IPsec failed; with IPSEC. */
#define VIRTIO_NET_HDR_F_SECURITY_SA_SOFT_EXPIRY_WARN 0x40 /* The security association has reached a soft limit of
                                                              its lifetime; with IPSEC. */

/* flags.gso-flags; "Device Operation" */
#define VIRTIO_NET_HDR_GSO_UDP_TUNNEL_IPV4 0x20         /* IPv4 packet in a UDP tunnel; with HOST_UDP_TUNNEL_GSO or
                                                           GUEST_UDP_TUNNEL_GSO. */
#define VIRTIO_NET_HDR_GSO_UDP_TUNNEL_IPV6 0x40         /* IPv6 packet in a UDP tunnel; with HOST_UDP_TUNNEL_GSO or
                                                           GUEST_UDP_TUNNEL_GSO. */
#define VIRTIO_NET_HDR_GSO_ECN 0x80                     /* TCP packet with ECN; with HOST_ECN or GUEST_ECN. */

/*
 * flags.hash-type; "Device Operation / Processing of Incoming Packets / Hash calculation for
 * incoming packets / Supported/enabled hash types"
 */
#define VIRTIO_NET_HASH_TYPE_IPv4 0x1                   /* IPv4 addresses. */
#define VIRTIO_NET_HASH_TYPE_TCPv4 0x2                  /* IPv4 addresses and TCP ports. */
#define VIRTIO_NET_HASH_TYPE_UDPv4 0x4                  /* IPv4 addresses and UDP ports. */
#define VIRTIO_NET_HASH_TYPE_IPv6 0x8                   /* IPv6 addresses. */
#define VIRTIO_NET_HASH_TYPE_TCPv6 0x10                 /* IPv6 addresses and TCP ports. */
#define VIRTIO_NET_HASH_TYPE_UDPv6 0x20                 /* IPv6 addresses and UDP ports. */
#define VIRTIO_NET_HASH_TYPE_IP_EX 0x40                 /* As IPV6, with the addresses of extension headers. */
#define VIRTIO_NET_HASH_TYPE_TCP_EX 0x80                /* As TCPV6, with the addresses of extension headers. */
#define VIRTIO_NET_HASH_TYPE_UDP_EX 0x100               /* As UDPV6, with the addresses of extension headers. */

/*
 * flags.hash-tunnel-type; "Device Operation / Processing of Incoming Packets / Inner Header Hash /
 * Encapsulation types supported/enabled for inner header hash"
 */
#define VIRTIO_NET_HASH_TUNNEL_TYPE_GRE_2784 0x1        /* GRE of RFC 2784. */
#define VIRTIO_NET_HASH_TUNNEL_TYPE_GRE_2890 0x2        /* GRE of RFC 2890. */
#define VIRTIO_NET_HASH_TUNNEL_TYPE_GRE_7676 0x4        /* GRE of RFC 7676. */
#define VIRTIO_NET_HASH_TUNNEL_TYPE_GRE_UDP 0x8         /* GRE in UDP. */
#define VIRTIO_NET_HASH_TUNNEL_TYPE_VXLAN 0x10          /* VXLAN. */
#define VIRTIO_NET_HASH_TUNNEL_TYPE_VXLAN_GPE 0x20      /* VXLAN-GPE. */
#define VIRTIO_NET_HASH_TUNNEL_TYPE_GENEVE 0x40         /* Geneve. */
#define VIRTIO_NET_HASH_TUNNEL_TYPE_IPIP 0x80           /* IP in IP. */
#define VIRTIO_NET_HASH_TUNNEL_TYPE_NVGRE 0x100         /* NVGRE. */

/*
 * flags.stats-type; "Device Operation / Control Virtqueue / Device Statistics / Query Statistic
 * Capabilities"
 */
#define VIRTIO_NET_STATS_TYPE_CVQ 0x100000000ULL        /* Statistics of the control queue. */
#define VIRTIO_NET_STATS_TYPE_RX_BASIC 0x1              /* Basic statistics of a receive queue. */
#define VIRTIO_NET_STATS_TYPE_RX_CSUM 0x2               /* Checksum statistics of a receive queue; with GUEST_CSUM. */
#define VIRTIO_NET_STATS_TYPE_RX_GSO 0x4                /* GSO statistics of a receive queue; with GUEST_TSO4 or
                                                           GUEST_TSO6. */
#define VIRTIO_NET_STATS_TYPE_RX_SPEED 0x8              /* Rate limit statistics of a receive queue. */
#define VIRTIO_NET_STATS_TYPE_TX_BASIC 0x10000          /* Basic statistics of a transmit queue. */
#define VIRTIO_NET_STATS_TYPE_TX_CSUM 0x20000           /* Checksum statistics of a transmit queue; with CSUM. */
#define VIRTIO_NET_STATS_TYPE_TX_GSO 0x40000            /* GSO statistics of a transmit queue; with HOST_TSO4 or
                                                           HOST_TSO6 or HOST_USO. */
#define VIRTIO_NET_STATS_TYPE_TX_SPEED 0x80000          /* Rate limit statistics of a transmit queue. */

/*
 * flags.ff-mask-flags; "Device Operation / Flow filter / Device and driver capabilities /
 * VIRTIO_NET_FF_SELECTOR_CAP"
 */
#define VIRTIO_NET_FF_MASK_F_PARTIAL_MASK 0x1           /* A mask may cover part of a field. */

/* messages.rx-command; "Device Operation / Control Virtqueue / Packet Receive Filtering" */
#define VIRTIO_NET_CTRL_RX_PROMISC 0                    /* Receive all packets; with CTRL_RX. */
#define VIRTIO_NET_CTRL_RX_ALLMULTI 1                   /* Receive all multicast packets; with CTRL_RX. */
#define VIRTIO_NET_CTRL_RX_ALLUNI 2                     /* Receive all unicast packets; with CTRL_RX_EXTRA. */
#define VIRTIO_NET_CTRL_RX_NOMULTI 3                    /* Discard all multicast packets; with CTRL_RX_EXTRA. */
#define VIRTIO_NET_CTRL_RX_NOUNI 4                      /* Discard all unicast packets; with CTRL_RX_EXTRA. */
#define VIRTIO_NET_CTRL_RX_NOBCAST 5                    /* Discard all broadcast packets; with CTRL_RX_EXTRA. */

/* messages.mac-command; "Device Operation / Control Virtqueue / Setting MAC Address Filtering" */
#define VIRTIO_NET_CTRL_MAC_TABLE_SET 0                 /* Set the unicast and multicast address tables; with
                                                           CTRL_RX. */
#define VIRTIO_NET_CTRL_MAC_ADDR_SET 1                  /* Set the MAC address; with CTRL_MAC_ADDR. */

/* messages.vlan-command; "Device Operation / Control Virtqueue / VLAN Filtering" */
#define VIRTIO_NET_CTRL_VLAN_ADD 0                      /* Add a VLAN to the filter; with CTRL_VLAN. */
#define VIRTIO_NET_CTRL_VLAN_DEL 1                      /* Remove a VLAN from the filter; with CTRL_VLAN. */

/* messages.announce-command; "Device Operation / Control Virtqueue / Gratuitous Packet Sending" */
#define VIRTIO_NET_CTRL_ANNOUNCE_ACK 0                  /* Acknowledge an announcement request; with GUEST_ANNOUNCE. */

/*
 * messages.mq-command; "Device Operation / Control Virtqueue / Device operation in multiqueue
 * mode"
 */
#define VIRTIO_NET_CTRL_MQ_VQ_PAIRS_SET 0               /* Set the number of queue pairs; with MQ. */
#define VIRTIO_NET_CTRL_MQ_RSS_CONFIG 1                 /* Configure receive-side scaling; with RSS. */
#define VIRTIO_NET_CTRL_MQ_HASH_CONFIG 2                /* Configure the reported hash; with HASH_REPORT. */

/*
 * messages.guest-offloads-command; "Device Operation / Control Virtqueue / Offloads State
 * Configuration / Setting Offloads State"
 */
#define VIRTIO_NET_CTRL_GUEST_OFFLOADS_SET 0            /* Set the enabled offloads; with CTRL_GUEST_OFFLOADS. */

/* messages.notf-coal-command; "Device Operation / Control Virtqueue / Notifications Coalescing" */
#define VIRTIO_NET_CTRL_NOTF_COAL_TX_SET 0              /* Set the coalescing parameters of all transmit queues; with
                                                           NOTF_COAL. */
#define VIRTIO_NET_CTRL_NOTF_COAL_RX_SET 1              /* Set the coalescing parameters of all receive queues; with
                                                           NOTF_COAL. */
#define VIRTIO_NET_CTRL_NOTF_COAL_VQ_SET 2              /* Set the coalescing parameters of one queue; with
                                                           VQ_NOTF_COAL. */
#define VIRTIO_NET_CTRL_NOTF_COAL_VQ_GET 3              /* Read the coalescing parameters of one queue; the driver
                                                           writes vq_index and reserved of ctrl_coal_vq; with
                                                           VQ_NOTF_COAL. */

/*
 * messages.hash-tunnel-command; "Device Operation / Processing of Incoming Packets / Inner Header
 * Hash"
 */
#define VIRTIO_NET_CTRL_HASH_TUNNEL_SET 0               /* Set the enabled tunnel types; with HASH_TUNNEL. */

/*
 * messages.stats-command; "Device Operation / Control Virtqueue / Device Statistics / Query
 * Statistic Capabilities"
 */
#define VIRTIO_NET_CTRL_STATS_QUERY 0                   /* Query the supported statistics; with DEVICE_STATS. */
#define VIRTIO_NET_CTRL_STATS_GET 1                     /* Read statistics; each reply consists of a header and its
                                                           counters; with DEVICE_STATS. */

/*
 * messages.rss-ctx-command; "Device Operation / Control Virtqueue / RSS Context / Querying RSS
 * Context Capability"
 */
#define VIRTNET_RSS_CTX_CTRL_CAP_GET 0                  /* Query the maximum number of contexts; with RSS_CONTEXT. */
#define VIRTNET_RSS_CTX_CTRL_ADD 1                      /* Create a context; with RSS_CONTEXT. */
#define VIRTNET_RSS_CTX_CTRL_MOD 2                      /* Modify a context; with RSS_CONTEXT. */
#define VIRTNET_RSS_CTX_CTRL_DEL 3                      /* Delete a context; with RSS_CONTEXT. */

/* queues; "Network Device" */
#define VIRTIO_NET_QUEUE_RECEIVEQ 0                     /* Receive buffers. Quirk net.no-buffers (TinyEMU
                                                           2019-02-10): The num_buffers of a received packet is 0. A
                                                           driver ignores num_buffers without MRG_RXBUF. Quirk
                                                           net.split-header (Windows with netkvm, not seen here):
                                                           Header and data occupy separate descriptors, which the
                                                           specification permits. A device accepts any arrangement of
                                                           descriptors. */
#define VIRTIO_NET_QUEUE_TRANSMITQ 1                    /* Outgoing packets. Quirk net.short-packet (QEMU 7.2): A
                                                           chain of 8 bytes, shorter than the header, terminates the
                                                           program. A driver sends no less than header and frame.
                                                           Quirk net.packed-event-stall (QEMU 7.2, 10.0): With
                                                           EVENT_IDX and a packed ring, once its back end was full,
                                                           the device requests an event at a packet that it has
                                                           already sent. A driver does without EVENT_IDX or notifies
                                                           again. */

/*
 * Command whose state a device part contains.
 * structs.dev_part_cvq_selector; "Device parts / VIRTIO_NET_DEV_PART_CVQ_CFG_PART"
 */
struct virtio_net_dev_part_cvq_selector {
    uint8_t class_;                         /* Command class; _*. */
    uint8_t command;                        /* Command within the class. */
    uint8_t reserved[6];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_net_dev_part_cvq_selector, 8);

/* Security association of a packet. structs.ipsec_resource_hdr; "Device Operation" */
#pragma pack(push, 1)
struct virtio_net_ipsec_resource_hdr {
    uint32_t resource_id;                   /* Id of the resource object with the outbound security association. */
    uint16_t resource_type;                 /* Type of that resource object. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_net_ipsec_resource_hdr, 6);

/* Header of a packet; its length depends on the features. structs.hdr; "Device Operation" */
#pragma pack(push, 1)
struct virtio_net_hdr {
    uint8_t flags;                          /* Packet flags; VIRTIO_NET_HDR_F_*. */
    uint8_t gso_type;                       /* Segmentation type; VIRTIO_NET_HDR_GSO_*. */
    uint16_t hdr_len;                       /* Length of all headers; exact only in a GSO packet sent with
                                               GUEST_HDRLEN, otherwise a hint; in bytes. */
    uint16_t gso_size;                      /* Maximum payload of a segment; in bytes. */
    uint16_t csum_start;                    /* Offset at which checksumming starts; with RSC_INFO, the number of
                                               coalesced segments. */
    uint16_t csum_offset;                   /* Offset of the checksum from csum_start; with RSC_INFO, the number of
                                               duplicate ACKs. */
    uint16_t num_buffers;                   /* Number of merged buffers; 0 in outgoing packets; with MRG_RXBUF or
                                               VERSION_1. */
    uint32_t hash_value;                    /* Hash of the packet; with HASH_REPORT. */
    uint16_t hash_report;                   /* Hash type; with HASH_REPORT; VIRTIO_NET_HASH_REPORT_*. */
    uint16_t padding_reserved;              /* Reserved; with HASH_REPORT. */
    uint16_t outer_th_offset;               /* Offset of the outer UDP header; with HOST_UDP_TUNNEL_GSO or
                                               GUEST_UDP_TUNNEL_GSO. */
    uint16_t inner_nh_offset;               /* Offset of the inner network header; with HOST_UDP_TUNNEL_GSO or
                                               GUEST_UDP_TUNNEL_GSO. */
    uint16_t outer_nh_offset;               /* Offset of the outer network header; 0 if unknown; with OUT_NET_HEADER. */
    union {                                 /* Security association, or padding without IPSEC; with OUT_NET_HEADER or
                                               IPSEC. */
        uint8_t padding_reserved_2[6];      /* Reserved. */
        struct virtio_net_ipsec_resource_hdr ipsec_resource_hdr; /* Security association of the packet; with IPSEC. */
    };
};
#pragma pack(pop)
/* 32 bytes with OUT_NET_HEADER or IPSEC. */
/* 24 bytes with HOST_UDP_TUNNEL_GSO or GUEST_UDP_TUNNEL_GSO. */
/* 20 bytes with HASH_REPORT. */
/* 12 bytes with MRG_RXBUF or VERSION_1. */
/* 10 bytes. */
VIRTIO_SIZE(virtio_net_hdr, 32);

/*
 * Tunnel types for which the device hashes the inner header.
 * structs.hash_tunnel; "Device Operation / Processing of Incoming Packets / Inner Header Hash"
 */
struct virtnet_hash_tunnel {
    uint32_t enabled_tunnel_types;          /* Enabled tunnel types; 0 for none; VIRTIO_NET_HASH_TUNNEL_TYPE_*. */
};
VIRTIO_SIZE(virtnet_hash_tunnel, 4);

/* A control queue command. structs.ctrl; "Device Operation / Control Virtqueue" */
struct virtio_net_ctrl {
    uint8_t class_;                         /* Command class; _*. */
    uint8_t command;                        /* Command within the class. */
    uint8_t command_specific_data[];        /* Command-specific data. */
};
VIRTIO_SIZE(virtio_net_ctrl, 2);

/* The part that the device writes. structs.ctrl; "Device Operation / Control Virtqueue" */
struct virtio_net_ctrl_in {
    uint8_t ack;                            /* Status of the command; enums.ack. */
    uint8_t command_specific_result[];      /* Command-specific result. */
};
VIRTIO_SIZE(virtio_net_ctrl_in, 1);

/*
 * A MAC address.
 * structs.mac_address; "Device Operation / Control Virtqueue / Setting MAC Address Filtering"
 */
struct virtio_net_mac_address {
    uint8_t octets[6];                      /* Octets in transmission order. */
};
VIRTIO_SIZE(virtio_net_mac_address, 6);

/*
 * A table of MAC addresses.
 * structs.ctrl_mac; "Device Operation / Control Virtqueue / Setting MAC Address Filtering"
 */
struct virtio_net_ctrl_mac {
    uint32_t entries;                       /* Number of addresses. */
    struct virtio_net_mac_address macs[];   /* The addresses; number of elements: entries. */
};
VIRTIO_SIZE(virtio_net_ctrl_mac, 4);

/*
 * Number of queue pairs to use.
 * structs.ctrl_mq_pairs_set; "Device Operation / Control Virtqueue / Automatic receive steering in
 * multiqueue mode"
 */
struct virtio_net_ctrl_mq_pairs_set {
    uint16_t virtqueue_pairs;               /* Number of queue pairs, 1 to max_virtqueue_pairs. */
};
VIRTIO_SIZE(virtio_net_ctrl_mq_pairs_set, 2);

/*
 * Parameters of the reported hash.
 * structs.hash_config; "Device Operation / Control Virtqueue / Automatic receive steering in
 * multiqueue mode / Hash calculation"
 */
#pragma pack(push, 1)
struct virtio_net_hash_config {
    uint32_t hash_types;                    /* Enabled hash types; VIRTIO_NET_HASH_TYPE_*. */
    uint16_t reserved[4];                   /* Reserved. */
    uint8_t hash_key_length;                /* Length of the key; in bytes. */
    uint8_t hash_key_data[];                /* Hash key; number of elements: hash_key_length. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_net_hash_config, 13);

/*
 * A receive queue.
 * structs.rss_rq_id; "Device Operation / Control Virtqueue / Receive-side scaling (RSS) / Setting
 * RSS parameters"
 */
struct virtio_net_rss_rq_id {
    uint16_t id;                            /* Receive queue; receiveq1 is 0. */
                                            /* bits 0 to 14: vq_index_1_16. Bits 1 to 16 of the queue's index: the
                                               index of a receive queue is even. */
};
VIRTIO_SIZE(virtio_net_rss_rq_id, 2);

/*
 * Receive-side scaling parameters.
 * structs.rss_config; "Device Operation / Control Virtqueue / Receive-side scaling (RSS) / Setting
 * RSS parameters"
 */
struct virtio_net_rss_config {
    uint32_t hash_types;                    /* Enabled hash types; VIRTIO_NET_HASH_TYPE_*. */
    uint16_t indirection_table_mask;        /* Number of indirection table entries minus 1; the number is a power of
                                               2. */
    struct virtio_net_rss_rq_id unclassified_queue; /* Receive queue for packets without a hash. */
    struct virtio_net_rss_rq_id indirection_table[]; /* Receive queue for each masked hash; number of elements:
                                                        indirection_table_mask + 1. */
                                            /* At 8 + 2 · indirection_table: uint16_t max_tx_vq. Maximum number of
                                               transmit queues in use. */
                                            /* At 10 + 2 · indirection_table: uint8_t hash_key_length. Length of the
                                               key; in bytes. */
                                            /* At 11 + 2 · indirection_table: uint8_t hash_key_data[]. Hash key;
                                               number of elements: hash_key_length. */
};
VIRTIO_SIZE(virtio_net_rss_config, 8);

/*
 * Limits on the number of RSS contexts.
 * structs.rss_ctx_cap; "Device Operation / Control Virtqueue / RSS Context / Querying RSS Context
 * Capability"
 */
struct virtnet_rss_ctx_cap {
    uint16_t max_rss_contexts;              /* Maximum number of contexts, without the default context. */
};
VIRTIO_SIZE(virtnet_rss_ctx_cap, 2);

/*
 * An RSS context.
 * structs.rss_ctx_add_modify; "Device Operation / Control Virtqueue / RSS Context / Setting RSS
 * Context Parameters"
 */
struct virtnet_rss_ctx_add_modify {
    uint16_t rss_ctx_id;                    /* Context id, 1 to max_rss_contexts. */
    uint8_t reserved[6];                    /* Reserved. */
    uint8_t rss[];                          /* Receive-side scaling parameters of the context; struct
                                               virtio_net_rss_config. */
};
VIRTIO_SIZE(virtnet_rss_ctx_add_modify, 8);

/*
 * RSS context to delete.
 * structs.rss_ctx_del; "Device Operation / Control Virtqueue / RSS Context / Setting RSS Context
 * Parameters"
 */
struct virtnet_rss_ctx_del {
    uint16_t rss_ctx_id;                    /* Context id, 1 to max_rss_contexts. */
};
VIRTIO_SIZE(virtnet_rss_ctx_del, 2);

/*
 * Receive offloads to enable.
 * structs.guest_offloads; "Device Operation / Control Virtqueue / Offloads State Configuration /
 * Setting Offloads State"
 */
struct virtio_net_guest_offloads {
    uint64_t offloads;                      /* Enabled offloads; all others are disabled; 1 << each of
                                               VIRTIO_NET_GUEST_OFFLOAD_F_*. */
};
VIRTIO_SIZE(virtio_net_guest_offloads, 8);

/*
 * Coalescing parameters; if either is 0, the device notifies for each packet.
 * structs.ctrl_coal; "Device Operation / Control Virtqueue / Notifications Coalescing"
 */
struct virtio_net_ctrl_coal {
    uint32_t max_packets;                   /* Maximum number of packets before a notification. */
    uint32_t max_usecs;                     /* Maximum delay before a notification; in microseconds. */
};
VIRTIO_SIZE(virtio_net_ctrl_coal, 8);

/*
 * Coalescing parameters of one queue.
 * structs.ctrl_coal_vq; "Device Operation / Control Virtqueue / Notifications Coalescing"
 */
struct virtio_net_ctrl_coal_vq {
    uint16_t vq_index;                      /* Index of the queue. */
    uint16_t reserved;                      /* Reserved. */
    struct virtio_net_ctrl_coal coal;       /* Coalescing parameters. */
};
VIRTIO_SIZE(virtio_net_ctrl_coal_vq, 12);

/*
 * Supported statistics.
 * structs.stats_capabilities; "Device Operation / Control Virtqueue / Device Statistics / Query
 * Statistic Capabilities"
 */
struct virtio_net_stats_capabilities {
    uint64_t supported_stats_types[1];      /* Supported statistics types; VIRTIO_NET_STATS_TYPE_*. */
};
VIRTIO_SIZE(virtio_net_stats_capabilities, 8);

/*
 * One entry per queue.
 * structs.ctrl_queue_stats; "Device Operation / Control Virtqueue / Device Statistics / Get
 * Statistics"
 */
struct virtio_net_ctrl_queue_stats_stats {
    uint16_t vq_index;                      /* Index of the queue. */
    uint16_t reserved[3];                   /* Reserved. */
    uint64_t types_bitmap[1];               /* Requested statistics types; VIRTIO_NET_STATS_TYPE_*. */
};
VIRTIO_SIZE(virtio_net_ctrl_queue_stats_stats, 16);

/*
 * Statistics to read.
 * No C struct, because its first field has no fixed length. stats[], one entry per queue.
 * structs.ctrl_queue_stats; "Device Operation / Control Virtqueue / Device Statistics / Get
 * Statistics"
 */

/*
 * Header of a statistics reply.
 * structs.stats_reply_hdr; "Device Operation / Control Virtqueue / Device Statistics / Get
 * Statistics"
 */
struct virtio_net_stats_reply_hdr {
    uint8_t type;                           /* Statistics type; VIRTIO_NET_STATS_TYPE_REPLY_*. */
    uint8_t reserved;                       /* Reserved. */
    uint16_t vq_index;                      /* Index of the queue. */
    uint16_t reserved1;                     /* Reserved. */
    uint16_t size;                          /* Length of this statistics entry, including the header; in bytes. */
};
VIRTIO_SIZE(virtio_net_stats_reply_hdr, 8);

/*
 * Statistics of the control queue.
 * structs.stats_cvq; "Device Operation / Control Virtqueue / Device Statistics / Controlq
 * Statistics"
 */
struct virtio_net_stats_cvq {
    struct virtio_net_stats_reply_hdr hdr;  /* Header. */
    uint64_t command_num;                   /* Number of commands, including this one. */
    uint64_t ok_num;                        /* Number of successful commands, including this one. */
};
VIRTIO_SIZE(virtio_net_stats_cvq, 24);

/*
 * Statistics of a receive queue.
 * structs.stats_rx_basic; "Device Operation / Control Virtqueue / Device Statistics / Receiveq
 * Basic Statistics"
 */
struct virtio_net_stats_rx_basic {
    struct virtio_net_stats_reply_hdr hdr;  /* Header. */
    uint64_t rx_notifications;              /* Number of driver notifications for the receive queue. */
    uint64_t rx_packets;                    /* Number of packets delivered to the driver. */
    uint64_t rx_bytes;                      /* Number of bytes delivered to the driver; in bytes. */
    uint64_t rx_interrupts;                 /* Number of interrupts for the receive queue. */
    uint64_t rx_drops;                      /* Number of dropped packets of the receive queue. */
    uint64_t rx_drop_overruns;              /* Number of packets dropped for lack of a buffer. */
};
VIRTIO_SIZE(virtio_net_stats_rx_basic, 56);

/*
 * Statistics of a transmit queue.
 * structs.stats_tx_basic; "Device Operation / Control Virtqueue / Device Statistics / Transmitq
 * Basic Statistics"
 */
struct virtio_net_stats_tx_basic {
    struct virtio_net_stats_reply_hdr hdr;  /* Header. */
    uint64_t tx_notifications;              /* Number of driver notifications for the transmit queue. */
    uint64_t tx_packets;                    /* Number of packets that the device sent, which can be more than it
                                               took: it segments. */
    uint64_t tx_bytes;                      /* Number of bytes of the packets that the device sent; in bytes. */
    uint64_t tx_interrupts;                 /* Number of interrupts for the transmit queue. */
    uint64_t tx_drops;                      /* Number of dropped packets of the transmit queue. */
    uint64_t tx_drop_malformed;             /* Number of packets dropped because of malformed buffers. */
};
VIRTIO_SIZE(virtio_net_stats_tx_basic, 56);

/*
 * Checksum statistics of a receive queue.
 * structs.stats_rx_csum; "Device Operation / Control Virtqueue / Device Statistics / Receiveq CSUM
 * Statistics"
 */
struct virtio_net_stats_rx_csum {
    struct virtio_net_stats_reply_hdr hdr;  /* Header. */
    uint64_t rx_csum_valid;                 /* Number of packets with DATA_VALID. */
    uint64_t rx_needs_csum;                 /* Number of packets with NEEDS_CSUM. */
    uint64_t rx_csum_none;                  /* Number of packets without checksum information. */
    uint64_t rx_csum_bad;                   /* Number of packets with a wrong checksum. */
};
VIRTIO_SIZE(virtio_net_stats_rx_csum, 40);

/*
 * Checksum statistics of a transmit queue.
 * structs.stats_tx_csum; "Device Operation / Control Virtqueue / Device Statistics / Transmitq
 * CSUM Statistics"
 */
struct virtio_net_stats_tx_csum {
    struct virtio_net_stats_reply_hdr hdr;  /* Header. */
    uint64_t tx_csum_none;                  /* Number of packets that needed no checksum from the device. */
    uint64_t tx_needs_csum;                 /* Number of packets whose checksum the device completed. */
};
VIRTIO_SIZE(virtio_net_stats_tx_csum, 24);

/*
 * GSO statistics of a receive queue.
 * structs.stats_rx_gso; "Device Operation / Control Virtqueue / Device Statistics / Receiveq GSO
 * Statistics"
 */
struct virtio_net_stats_rx_gso {
    struct virtio_net_stats_reply_hdr hdr;  /* Header. */
    uint64_t rx_gso_packets;                /* GSO packets received. */
    uint64_t rx_gso_bytes;                  /* Bytes of received GSO packets, headers included; in bytes. */
    uint64_t rx_gso_packets_coalesced;      /* GSO packets that the device coalesced. */
    uint64_t rx_gso_bytes_coalesced;        /* Bytes of GSO packets that the device coalesced, headers included; in
                                               bytes. */
};
VIRTIO_SIZE(virtio_net_stats_rx_gso, 40);

/*
 * GSO statistics of a transmit queue.
 * structs.stats_tx_gso; "Device Operation / Control Virtqueue / Device Statistics / Transmitq GSO
 * Statistics"
 */
struct virtio_net_stats_tx_gso {
    struct virtio_net_stats_reply_hdr hdr;  /* Header. */
    uint64_t tx_gso_packets;                /* GSO packets sent. */
    uint64_t tx_gso_bytes;                  /* Bytes of GSO packets sent; in bytes. */
    uint64_t tx_gso_segments;               /* Segments prepared from GSO packets. */
    uint64_t tx_gso_segments_bytes;         /* Number of bytes in these segments; in bytes. */
    uint64_t tx_gso_packets_noseg;          /* GSO packets sent without segmentation. */
    uint64_t tx_gso_bytes_noseg;            /* Bytes of GSO packets sent without segmentation; in bytes. */
};
VIRTIO_SIZE(virtio_net_stats_tx_gso, 56);

/*
 * Rate limit statistics of a receive queue.
 * structs.stats_rx_speed; "Device Operation / Control Virtqueue / Device Statistics / Receiveq
 * Speed Statistics"
 */
struct virtio_net_stats_rx_speed {
    struct virtio_net_stats_reply_hdr hdr;  /* Header. */
    uint64_t rx_packets_allowance_exceeded; /* Number of received packets dropped by the rate limit. */
    uint64_t rx_bytes_allowance_exceeded;   /* Number of bytes of received packets dropped by the rate limit; in
                                               bytes. */
};
VIRTIO_SIZE(virtio_net_stats_rx_speed, 24);

/*
 * Rate limit statistics of a transmit queue.
 * structs.stats_tx_speed; "Device Operation / Control Virtqueue / Device Statistics / Transmitq
 * Speed Statistics"
 */
struct virtio_net_stats_tx_speed {
    struct virtio_net_stats_reply_hdr hdr;  /* Header. */
    uint64_t tx_packets_allowance_exceeded; /* Number of transmitted packets dropped by the rate limit. */
    uint64_t tx_bytes_allowance_exceeded;   /* Number of bytes of transmitted packets dropped by the rate limit; in
                                               bytes. */
};
VIRTIO_SIZE(virtio_net_stats_tx_speed, 24);

/*
 * Limits of flow filter objects.
 * structs.ff_cap_data; "Device Operation / Flow filter / Device and driver capabilities /
 * VIRTIO_NET_FF_RESOURCE_CAP"
 */
struct virtio_net_ff_cap_data {
    uint32_t groups_limit;                  /* Maximum number of groups. */
    uint32_t classifiers_limit;             /* Maximum number of classifiers. */
    uint32_t rules_limit;                   /* Maximum number of rules in all groups. */
    uint32_t rules_per_group_limit;         /* Maximum number of rules in a group. */
    uint8_t last_rule_priority;             /* Maximum rule priority. */
    uint8_t selectors_per_classifier_limit; /* Maximum number of selectors in a classifier. */
    uint8_t reserved[2];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_net_ff_cap_data, 20);

/*
 * Header bits to match.
 * structs.ff_selector; "Device Operation / Flow filter / Device and driver capabilities /
 * VIRTIO_NET_FF_SELECTOR_CAP"
 */
struct virtio_net_ff_selector {
    uint8_t type;                           /* Header type; VIRTIO_NET_FF_MASK_TYPE_*. */
    uint8_t flags;                          /* Whether a mask may cover part of a field;
                                               VIRTIO_NET_FF_MASK_F_PARTIAL_MASK. */
    uint8_t reserved[2];                    /* Reserved. */
    uint8_t length;                         /* Length of the mask; in bytes. */
    uint8_t reserved1[3];                   /* Reserved. */
    uint8_t mask[];                         /* Bitmask over the header; number of elements: length. */
};
VIRTIO_SIZE(virtio_net_ff_selector, 8);

/*
 * Supported flow filter selectors.
 * structs.ff_cap_mask_data; "Device Operation / Flow filter / Device and driver capabilities /
 * VIRTIO_NET_FF_SELECTOR_CAP"
 */
struct virtio_net_ff_cap_mask_data {
    uint8_t count;                          /* Number of selectors. */
    uint8_t reserved[7];                    /* Reserved. */
    uint8_t selectors[];                    /* Supported selectors, ordered by type; each struct
                                               virtio_net_ff_selector; number of elements: count. */
};
VIRTIO_SIZE(virtio_net_ff_cap_mask_data, 8);

/*
 * Supported flow filter actions.
 * structs.ff_actions; "Device Operation / Flow filter / Device and driver capabilities /
 * VIRTIO_NET_FF_ACTION_CAP"
 */
struct virtio_net_ff_actions {
    uint8_t count;                          /* Number of actions. */
    uint8_t reserved[7];                    /* Reserved. */
    uint8_t actions[];                      /* Supported actions, in ascending order; VIRTIO_NET_FF_ACTION_*; number
                                               of elements: count. */
};
VIRTIO_SIZE(virtio_net_ff_actions, 8);

/*
 * A group of flow filter rules.
 * structs.resource_obj_ff_group; "Device Operation / Flow filter / Resource objects /
 * VIRTIO_NET_RESOURCE_OBJ_FF_GROUP"
 */
struct virtio_net_resource_obj_ff_group {
    uint16_t group_priority;                /* Group priority; the highest value is evaluated first. */
};
VIRTIO_SIZE(virtio_net_resource_obj_ff_group, 2);

/*
 * The header fields that rules match.
 * structs.resource_obj_ff_classifier; "Device Operation / Flow filter / Resource objects /
 * VIRTIO_NET_RESOURCE_OBJ_FF_CLASSIFIER"
 */
struct virtio_net_resource_obj_ff_classifier {
    uint8_t count;                          /* Number of selectors. */
    uint8_t reserved[7];                    /* Reserved. */
    uint8_t selectors[];                    /* One selector per header, outermost first; each struct
                                               virtio_net_ff_selector; number of elements: count. */
};
VIRTIO_SIZE(virtio_net_resource_obj_ff_classifier, 8);

/*
 * A flow filter rule.
 * structs.resource_obj_ff_rule; "Device Operation / Flow filter / Resource objects /
 * VIRTIO_NET_RESOURCE_OBJ_FF_RULE"
 */
struct virtio_net_resource_obj_ff_rule {
    uint32_t group_id;                      /* Group of the rule. */
    uint32_t classifier_id;                 /* Classifier of the rule. */
    uint8_t rule_priority;                  /* Rule priority; the highest value is evaluated first. */
    uint8_t key_length;                     /* Total length of the keys; in bytes. */
    uint8_t action;                         /* Action for matching packets; VIRTIO_NET_FF_ACTION_*. */
    uint8_t reserved;                       /* Reserved. */
    uint16_t vq_index;                      /* Index of the receive queue for DIRECT_RX_VQ. */
    uint8_t reserved1[2];                   /* Reserved. */
    uint8_t keys[];                         /* Header values to match, one per selector; number of elements:
                                               key_length. */
};
VIRTIO_SIZE(virtio_net_resource_obj_ff_rule, 16);

/* Configuration space of the device. config; "Device configuration layout" */
struct virtio_net_config {
    uint8_t mac[6];                         /* MAC address; valid with MAC. */
    uint16_t status;                        /* Link status; with STATUS; VIRTIO_NET_S_*. */
    uint16_t max_virtqueue_pairs;           /* Maximum number of receive and transmit queue pairs; with MQ or RSS; 1
                                               to 0x8000. */
    uint16_t mtu;                           /* Maximum MTU; in bytes; with MTU; 68 to 65535. */
    uint32_t speed;                         /* Link speed; 0xffffffff if unknown; in Mbit/s; with SPEED_DUPLEX. */
    uint8_t duplex;                         /* 1 for full duplex, 0 for half duplex, 0xff if unknown; with
                                               SPEED_DUPLEX. */
    uint8_t rss_max_key_size;               /* Maximum hash key size; in bytes; with RSS or HASH_REPORT; at least 40. */
    uint16_t rss_max_indirection_table_length; /* Maximum number of indirection table entries; with RSS; at least
                                                  128. */
    uint32_t supported_hash_types;          /* Supported hash types; with RSS or HASH_REPORT; VIRTIO_NET_HASH_TYPE_*. */
    uint32_t supported_tunnel_types;        /* Supported tunnel types; with HASH_TUNNEL;
                                               VIRTIO_NET_HASH_TUNNEL_TYPE_*. */
};
VIRTIO_SIZE(virtio_net_config, 28);

#undef VIRTIO_SIZE
#endif
