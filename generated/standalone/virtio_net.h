/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/net.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Network Device */

/*
 * One file to copy: the specification's names, and nothing of ours. What it does not name is called alike. Numbers of
 * more than a byte are little-endian where their comment does not say otherwise.
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

#define VIRTIO_ID_NET 1                                 /* An Ethernet card. */

#define VIRTIO_NET_CTRL_MQ_VQ_PAIRS_MIN 1u              /* Fewest queue pairs that can be set. */
#define VIRTIO_NET_CTRL_MQ_VQ_PAIRS_MAX 0x8000u         /* Most queue pairs that can be set. */

/* features; "Feature bits" */
#define VIRTIO_NET_F_CSUM 0                             /* Device completes checksums of outgoing packets. */
#define VIRTIO_NET_F_GUEST_CSUM 1                       /* Driver takes packets whose checksum is not complete. */
#define VIRTIO_NET_F_CTRL_GUEST_OFFLOADS 2              /* Offloads can be switched while the device runs. */
#define VIRTIO_NET_F_MTU 3                              /* Configuration has the MTU. */
#define VIRTIO_NET_F_MAC 5                              /* Configuration has a MAC address. */
#define VIRTIO_NET_F_GSO 6                              /* Device segments packets of any kind; legacy only. */
#define VIRTIO_NET_F_GUEST_TSO4 7                       /* Driver takes large TCP packets over IPv4. */
#define VIRTIO_NET_F_GUEST_TSO6 8                       /* Driver takes large TCP packets over IPv6. */
#define VIRTIO_NET_F_GUEST_ECN 9                        /* Driver takes large TCP packets with ECN. */
#define VIRTIO_NET_F_GUEST_UFO 10                       /* Driver takes large UDP packets to be fragmented. */
#define VIRTIO_NET_F_HOST_TSO4 11                       /* Device segments TCP over IPv4. */
#define VIRTIO_NET_F_HOST_TSO6 12                       /* Device segments TCP over IPv6. */
#define VIRTIO_NET_F_HOST_ECN 13                        /* Device segments TCP with ECN. */
#define VIRTIO_NET_F_HOST_UFO 14                        /* Device fragments UDP. */
#define VIRTIO_NET_F_MRG_RXBUF 15                       /* One packet may fill several receive buffers. */
#define VIRTIO_NET_F_STATUS 16                          /* Configuration has the link status. */
#define VIRTIO_NET_F_CTRL_VQ 17                         /* There is a control queue. */
#define VIRTIO_NET_F_CTRL_RX 18                         /* Receive modes can be set. */
#define VIRTIO_NET_F_CTRL_VLAN 19                       /* Device filters VLANs. Quirk net.vlans-begin-full (QEMU
                                                           10.0): The table of VLANs begins full where the
                                                           specification has it empty. A driver drops frames of VLANs
                                                           that it has not added. */
#define VIRTIO_NET_F_CTRL_RX_EXTRA 20                   /* More receive modes can be set. */
#define VIRTIO_NET_F_GUEST_ANNOUNCE 21                  /* Driver announces itself to the network when asked. */
#define VIRTIO_NET_F_MQ 22                              /* Several queue pairs with automatic steering. */
#define VIRTIO_NET_F_CTRL_MAC_ADDR 23                   /* MAC address can be set by command. */
#define VIRTIO_NET_F_GUEST_RSC4 41                      /* Device coalesces TCP over IPv4; for old Windows drivers;
                                                           legacy only. */
#define VIRTIO_NET_F_GUEST_RSC6 42                      /* Device coalesces TCP over IPv6; for old Windows drivers;
                                                           legacy only. */
#define VIRTIO_NET_F_DEVICE_STATS 50                    /* Device keeps statistics. */
#define VIRTIO_NET_F_HASH_TUNNEL 51                     /* Hash can be that of the packet inside a tunnel. */
#define VIRTIO_NET_F_VQ_NOTF_COAL 52                    /* Notifications are coalesced for each queue. */
#define VIRTIO_NET_F_NOTF_COAL 53                       /* Notifications are coalesced for all queues of a direction. */
#define VIRTIO_NET_F_GUEST_USO4 54                      /* Driver takes large UDP packets over IPv4 to be segmented. */
#define VIRTIO_NET_F_GUEST_USO6 55                      /* Driver takes large UDP packets over IPv6 to be segmented. */
#define VIRTIO_NET_F_HOST_USO 56                        /* Device segments UDP. */
#define VIRTIO_NET_F_HASH_REPORT 57                     /* Device tells the hash of a packet in its header. */
#define VIRTIO_NET_F_GUEST_HDRLEN 59                    /* Driver's hdr_len is exact. */
#define VIRTIO_NET_F_RSS 60                             /* Device steers by a hash that the driver sets up. */
#define VIRTIO_NET_F_RSC_EXT 61                         /* Device counts coalesced segments and duplicate ACKs. */
#define VIRTIO_NET_F_STANDBY 62                         /* Device stands in for another with the same MAC address. */
#define VIRTIO_NET_F_SPEED_DUPLEX 63                    /* Configuration has speed and duplex. */
#define VIRTIO_NET_F_RSS_CONTEXT 64                     /* Device has several RSS contexts. */
#define VIRTIO_NET_F_GUEST_UDP_TUNNEL_GSO 65            /* Driver takes large packets inside a UDP tunnel. */
#define VIRTIO_NET_F_GUEST_UDP_TUNNEL_GSO_CSUM 66       /* Driver takes packets in a UDP tunnel whose outer checksum
                                                           is not complete. */
#define VIRTIO_NET_F_HOST_UDP_TUNNEL_GSO 67             /* Device segments packets inside a UDP tunnel. */
#define VIRTIO_NET_F_HOST_UDP_TUNNEL_GSO_CSUM 68        /* Device completes the outer checksum of packets in a UDP
                                                           tunnel. */
#define VIRTIO_NET_F_OUT_NET_HEADER 69                  /* Header tells where the outer network header begins. */
#define VIRTIO_NET_F_IPSEC 70                           /* Device does IPsec on the way. */

/* enums.capability; "Device and driver capabilities" */
#define VIRTIO_NET_FF_RESOURCE_CAP 0x800                /* How many flow filter objects there can be. */
#define VIRTIO_NET_FF_SELECTOR_CAP 0x801                /* What flow filters can match. */
#define VIRTIO_NET_FF_ACTION_CAP 0x802                  /* What flow filters can do with a packet. */
#define VIRTIO_NET_IPSEC_RESOURCE_CAP 0x803             /* How many security associations there can be. */
#define VIRTIO_NET_IPSEC_SA_CAP 0x804                   /* What a security association can be. */

/* enums.resource-obj; "Device resource objects" */
#define VIRTIO_NET_RESOURCE_OBJ_FF_GROUP 0x200          /* Group of flow filter rules. */
#define VIRTIO_NET_RESOURCE_OBJ_FF_CLASSIFIER 0x201     /* Which parts of a packet rules compare. */
#define VIRTIO_NET_RESOURCE_OBJ_FF_RULE 0x202           /* Flow filter rule. */
#define VIRTIO_NET_RESOURCE_OBJ_IPSEC_OUTB_SA 0x203     /* Security association for outgoing packets. */
#define VIRTIO_NET_RESOURCE_OBJ_IPSEC_INB_SA 0x204      /* Security association for incoming packets. */

/* enums.dev-part; "Device parts" */
#define VIRTIO_NET_DEV_PART_CVQ_CFG_PART 0x200          /* What a command on the control queue has set. */

/* enums.gso-type; "Device Operation" */
#define VIRTIO_NET_HDR_GSO_NONE 0                       /* Packet is not to be cut. */
#define VIRTIO_NET_HDR_GSO_TCPV4 1                      /* TCP over IPv4. */
#define VIRTIO_NET_HDR_GSO_UDP 3                        /* UDP to be fragmented. */
#define VIRTIO_NET_HDR_GSO_TCPV6 4                      /* TCP over IPv6. */
#define VIRTIO_NET_HDR_GSO_UDP_L4 5                     /* UDP to be segmented. */

/*
 * enums.hash-report; "Device Operation / Processing of Incoming Packets / Hash reporting for
 * incoming packets"
 */
#define VIRTIO_NET_HASH_REPORT_NONE 0                   /* No hash. */
#define VIRTIO_NET_HASH_REPORT_IPv4 1                   /* Hash of IPv4 addresses. */
#define VIRTIO_NET_HASH_REPORT_TCPv4 2                  /* Hash of IPv4 addresses and TCP ports. */
#define VIRTIO_NET_HASH_REPORT_UDPv4 3                  /* Hash of IPv4 addresses and UDP ports. */
#define VIRTIO_NET_HASH_REPORT_IPv6 4                   /* Hash of IPv6 addresses. */
#define VIRTIO_NET_HASH_REPORT_TCPv6 5                  /* Hash of IPv6 addresses and TCP ports. */
#define VIRTIO_NET_HASH_REPORT_UDPv6 6                  /* Hash of IPv6 addresses and UDP ports. */
#define VIRTIO_NET_HASH_REPORT_IPv6_EX 7                /* As IPV6 with addresses of extension headers. */
#define VIRTIO_NET_HASH_REPORT_TCPv6_EX 8               /* As TCPV6 with addresses of extension headers. */
#define VIRTIO_NET_HASH_REPORT_UDPv6_EX 9               /* As UDPV6 with addresses of extension headers. */

/* enums.ack; "Device Operation / Control Virtqueue" */
#define VIRTIO_NET_OK 0                                 /* Command went well. */
#define VIRTIO_NET_ERR 1                                /* Command failed. */

/* enums.ctrl-class; "Device Operation / Control Virtqueue" */
#define VIRTIO_NET_CTRL_RX 0                            /* Receive modes; with CTRL_RX or CTRL_RX_EXTRA. */
#define VIRTIO_NET_CTRL_MAC 1                           /* MAC addresses; with CTRL_RX or CTRL_MAC_ADDR. */
#define VIRTIO_NET_CTRL_VLAN 2                          /* VLAN filter; with CTRL_VLAN. */
#define VIRTIO_NET_CTRL_ANNOUNCE 3                      /* Announcements; with GUEST_ANNOUNCE. */
#define VIRTIO_NET_CTRL_MQ 4                            /* Queue pairs and steering; with MQ or RSS or HASH_REPORT. */
#define VIRTIO_NET_CTRL_GUEST_OFFLOADS 5                /* Offloads of received packets; with CTRL_GUEST_OFFLOADS. */
#define VIRTIO_NET_CTRL_NOTF_COAL 6                     /* Coalescing of notifications; with NOTF_COAL or
                                                           VQ_NOTF_COAL. */
#define VIRTIO_NET_CTRL_HASH_TUNNEL 7                   /* Hashes inside tunnels; with HASH_TUNNEL. */
#define VIRTIO_NET_CTRL_STATS 8                         /* Statistics; with DEVICE_STATS. */
#define VIRTNET_RSS_CTX_CTRL 9                          /* RSS contexts; with RSS_CONTEXT. */

/*
 * enums.guest-offload; "Device Operation / Control Virtqueue / Offloads State Configuration /
 * Setting Offloads State"
 */
#define VIRTIO_NET_GUEST_OFFLOAD_F_CSUM 1               /* Incomplete checksums; with GUEST_CSUM. */
#define VIRTIO_NET_GUEST_OFFLOAD_F_TSO4 7               /* Large TCP over IPv4; with GUEST_TSO4. */
#define VIRTIO_NET_GUEST_OFFLOAD_F_TSO6 8               /* Large TCP over IPv6; with GUEST_TSO6. */
#define VIRTIO_NET_GUEST_OFFLOAD_F_ECN 9                /* Large TCP with ECN; with GUEST_ECN. */
#define VIRTIO_NET_GUEST_OFFLOAD_F_UFO 10               /* Large UDP to be fragmented; with GUEST_UFO. */
#define VIRTIO_NET_GUEST_OFFLOAD_F_UDP_TUNNEL_GSO 46    /* Large packets inside a UDP tunnel; with
                                                           GUEST_UDP_TUNNEL_GSO. */
#define VIRTIO_NET_GUEST_OFFLOAD_F_UDP_TUNNEL_GSO_CSUM 47 /* Incomplete outer checksums; with
                                                             GUEST_UDP_TUNNEL_GSO_CSUM. */
#define VIRTIO_NET_GUEST_OFFLOAD_F_USO4 54              /* Large UDP over IPv4 to be segmented; with GUEST_USO4. */
#define VIRTIO_NET_GUEST_OFFLOAD_F_USO6 55              /* Large UDP over IPv6 to be segmented; with GUEST_USO6. */

/*
 * enums.stats-reply-type; "Device Operation / Control Virtqueue / Device Statistics / Get
 * Statistics"
 */
#define VIRTIO_NET_STATS_TYPE_REPLY_CVQ 32              /* stats_cvq follows. */
#define VIRTIO_NET_STATS_TYPE_REPLY_RX_BASIC 0          /* stats_rx_basic follows. */
#define VIRTIO_NET_STATS_TYPE_REPLY_RX_CSUM 1           /* stats_rx_csum follows. */
#define VIRTIO_NET_STATS_TYPE_REPLY_RX_GSO 2            /* stats_rx_gso follows. */
#define VIRTIO_NET_STATS_TYPE_REPLY_RX_SPEED 3          /* stats_rx_speed follows. */
#define VIRTIO_NET_STATS_TYPE_REPLY_TX_BASIC 16         /* stats_tx_basic follows. */
#define VIRTIO_NET_STATS_TYPE_REPLY_TX_CSUM 17          /* stats_tx_csum follows. */
#define VIRTIO_NET_STATS_TYPE_REPLY_TX_GSO 18           /* stats_tx_gso follows. */
#define VIRTIO_NET_STATS_TYPE_REPLY_TX_SPEED 19         /* stats_tx_speed follows. */

/*
 * enums.ff-mask-type; "Device Operation / Flow filter / Device and driver capabilities /
 * VIRTIO_NET_FF_SELECTOR_CAP"
 */
#define VIRTIO_NET_FF_MASK_TYPE_ETH 1                   /* Ethernet header of 14 bytes. */
#define VIRTIO_NET_FF_MASK_TYPE_IPV4 2                  /* IPv4 header of 20 bytes. */
#define VIRTIO_NET_FF_MASK_TYPE_IPV6 3                  /* IPv6 header of 40 bytes. */
#define VIRTIO_NET_FF_MASK_TYPE_TCP 4                   /* TCP header of 20 bytes. */
#define VIRTIO_NET_FF_MASK_TYPE_UDP 5                   /* UDP header of 8 bytes. */
#define VIRTIO_NET_FF_MASK_TYPE_ESP 6                   /* ESP header of 8 bytes. */

/*
 * enums.ff-action; "Device Operation / Flow filter / Device and driver capabilities /
 * VIRTIO_NET_FF_ACTION_CAP"
 */
#define VIRTIO_NET_FF_ACTION_DROP 1                     /* Packet is dropped. */
#define VIRTIO_NET_FF_ACTION_DIRECT_RX_VQ 2             /* Packet goes to a receive queue. */
#define VIRTIO_NET_FF_ACTION_IPSEC 3                    /* IPsec is done on the packet. */
#define VIRTIO_NET_FF_ACTION_IPSEC_RECIRCULATE 4        /* IPsec is done on the packet and then it is filtered once
                                                           more. */

/* flags.status; "Device configuration layout" */
#define VIRTIO_NET_S_LINK_UP 0x1                        /* Link is up. */
#define VIRTIO_NET_S_ANNOUNCE 0x2                       /* Driver is asked to announce itself; with GUEST_ANNOUNCE. */

/* flags.hdr-flags; "Device Operation" */
#define VIRTIO_NET_HDR_F_NEEDS_CSUM 0x1                 /* Checksum is not complete; csum_start and csum_offset tell
                                                           where. */
#define VIRTIO_NET_HDR_F_DATA_VALID 0x2                 /* Device has checked the checksum. */
#define VIRTIO_NET_HDR_F_RSC_INFO 0x4                   /* csum_start and csum_offset are counts; with RSC_EXT. */
#define VIRTIO_NET_HDR_F_UDP_TUNNEL_CSUM 0x8            /* The outer UDP checksum is incomplete or checked too; with
                                                           HOST_UDP_TUNNEL_GSO_CSUM or GUEST_UDP_TUNNEL_GSO_CSUM. */
#define VIRTIO_NET_HDR_F_SECURITY 0x10                  /* Out: IPsec is wanted. In: IPsec was done; with IPSEC. */
#define VIRTIO_NET_HDR_F_SECURITY_ERR 0x20              /* IPsec met an error; with IPSEC. */
#define VIRTIO_NET_HDR_F_SECURITY_SA_SOFT_EXPIRY_WARN 0x40 /* Security association is past a soft limit; with IPSEC. */

/* flags.gso-flags; "Device Operation" */
#define VIRTIO_NET_HDR_GSO_UDP_TUNNEL_IPV4 0x20         /* Packet is inside a UDP tunnel and is IPv4; with
                                                           HOST_UDP_TUNNEL_GSO or GUEST_UDP_TUNNEL_GSO. */
#define VIRTIO_NET_HDR_GSO_UDP_TUNNEL_IPV6 0x40         /* Packet is inside a UDP tunnel and is IPv6; with
                                                           HOST_UDP_TUNNEL_GSO or GUEST_UDP_TUNNEL_GSO. */
#define VIRTIO_NET_HDR_GSO_ECN 0x80                     /* TCP packet has ECN set; with HOST_ECN or GUEST_ECN. */

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
#define VIRTIO_NET_HASH_TYPE_IP_EX 0x40                 /* As IPV6 with addresses of extension headers. */
#define VIRTIO_NET_HASH_TYPE_TCP_EX 0x80                /* As TCPV6 with addresses of extension headers. */
#define VIRTIO_NET_HASH_TYPE_UDP_EX 0x100               /* As UDPV6 with addresses of extension headers. */

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
#define VIRTIO_NET_STATS_TYPE_CVQ 0x100000000ULL        /* Control queue. */
#define VIRTIO_NET_STATS_TYPE_RX_BASIC 0x1              /* Receive queue. */
#define VIRTIO_NET_STATS_TYPE_RX_CSUM 0x2               /* Checksums of a receive queue; with GUEST_CSUM. */
#define VIRTIO_NET_STATS_TYPE_RX_GSO 0x4                /* Large packets of a receive queue; with GUEST_TSO4 or
                                                           GUEST_TSO6. */
#define VIRTIO_NET_STATS_TYPE_RX_SPEED 0x8              /* Packets of a receive queue that were too fast. */
#define VIRTIO_NET_STATS_TYPE_TX_BASIC 0x10000          /* Transmit queue. */
#define VIRTIO_NET_STATS_TYPE_TX_CSUM 0x20000           /* Checksums of a transmit queue; with CSUM. */
#define VIRTIO_NET_STATS_TYPE_TX_GSO 0x40000            /* Large packets of a transmit queue; with HOST_TSO4 or
                                                           HOST_TSO6 or HOST_USO. */
#define VIRTIO_NET_STATS_TYPE_TX_SPEED 0x80000          /* Packets of a transmit queue that were too fast. */

/*
 * flags.ff-mask-flags; "Device Operation / Flow filter / Device and driver capabilities /
 * VIRTIO_NET_FF_SELECTOR_CAP"
 */
#define VIRTIO_NET_FF_MASK_F_PARTIAL_MASK 0x1           /* Masks may have part of a field. */

/* messages.rx-command; "Device Operation / Control Virtqueue / Packet Receive Filtering" */
#define VIRTIO_NET_CTRL_RX_PROMISC 0                    /* Receive all packets or not; with CTRL_RX. */
#define VIRTIO_NET_CTRL_RX_ALLMULTI 1                   /* Receive all multicast packets or not; with CTRL_RX. */
#define VIRTIO_NET_CTRL_RX_ALLUNI 2                     /* Receive all unicast packets or not; with CTRL_RX_EXTRA. */
#define VIRTIO_NET_CTRL_RX_NOMULTI 3                    /* Receive no multicast packets; with CTRL_RX_EXTRA. */
#define VIRTIO_NET_CTRL_RX_NOUNI 4                      /* Receive no unicast packets; with CTRL_RX_EXTRA. */
#define VIRTIO_NET_CTRL_RX_NOBCAST 5                    /* Receive no broadcast packets; with CTRL_RX_EXTRA. */

/* messages.mac-command; "Device Operation / Control Virtqueue / Setting MAC Address Filtering" */
#define VIRTIO_NET_CTRL_MAC_TABLE_SET 0                 /* Set the addresses to receive: unicast, then multicast;
                                                           with CTRL_RX. */
#define VIRTIO_NET_CTRL_MAC_ADDR_SET 1                  /* Set the MAC address; with CTRL_MAC_ADDR. */

/* messages.vlan-command; "Device Operation / Control Virtqueue / VLAN Filtering" */
#define VIRTIO_NET_CTRL_VLAN_ADD 0                      /* Receive a VLAN; with CTRL_VLAN. */
#define VIRTIO_NET_CTRL_VLAN_DEL 1                      /* Receive a VLAN no more; with CTRL_VLAN. */

/* messages.announce-command; "Device Operation / Control Virtqueue / Gratuitous Packet Sending" */
#define VIRTIO_NET_CTRL_ANNOUNCE_ACK 0                  /* Driver has seen that it is to announce itself; with
                                                           GUEST_ANNOUNCE. */

/*
 * messages.mq-command; "Device Operation / Control Virtqueue / Device operation in multiqueue
 * mode"
 */
#define VIRTIO_NET_CTRL_MQ_VQ_PAIRS_SET 0               /* Use so many queue pairs; with MQ. */
#define VIRTIO_NET_CTRL_MQ_RSS_CONFIG 1                 /* Steer by hash; with RSS. */
#define VIRTIO_NET_CTRL_MQ_HASH_CONFIG 2                /* Set up the hash; with HASH_REPORT. */

/*
 * messages.guest-offloads-command; "Device Operation / Control Virtqueue / Offloads State
 * Configuration / Setting Offloads State"
 */
#define VIRTIO_NET_CTRL_GUEST_OFFLOADS_SET 0            /* Say which offloads are on; with CTRL_GUEST_OFFLOADS. */

/* messages.notf-coal-command; "Device Operation / Control Virtqueue / Notifications Coalescing" */
#define VIRTIO_NET_CTRL_NOTF_COAL_TX_SET 0              /* Coalesce on all transmit queues; with NOTF_COAL. */
#define VIRTIO_NET_CTRL_NOTF_COAL_RX_SET 1              /* Coalesce on all receive queues; with NOTF_COAL. */
#define VIRTIO_NET_CTRL_NOTF_COAL_VQ_SET 2              /* Coalesce on one queue; with VQ_NOTF_COAL. */
#define VIRTIO_NET_CTRL_NOTF_COAL_VQ_GET 3              /* Read how a queue coalesces; out are vq_index and reserved
                                                           of ctrl_coal_vq; with VQ_NOTF_COAL. */

/*
 * messages.hash-tunnel-command; "Device Operation / Processing of Incoming Packets / Inner Header
 * Hash"
 */
#define VIRTIO_NET_CTRL_HASH_TUNNEL_SET 0               /* Say which tunnels to look into; with HASH_TUNNEL. */

/*
 * messages.stats-command; "Device Operation / Control Virtqueue / Device Statistics / Query
 * Statistic Capabilities"
 */
#define VIRTIO_NET_CTRL_STATS_QUERY 0                   /* Ask which statistics there are; with DEVICE_STATS. */
#define VIRTIO_NET_CTRL_STATS_GET 1                     /* Read statistics; each reply has its numbers behind the
                                                           header; with DEVICE_STATS. */

/*
 * messages.rss-ctx-command; "Device Operation / Control Virtqueue / RSS Context / Querying RSS
 * Context Capability"
 */
#define VIRTNET_RSS_CTX_CTRL_CAP_GET 0                  /* Ask how many contexts there can be; with RSS_CONTEXT. */
#define VIRTNET_RSS_CTX_CTRL_ADD 1                      /* Make a context; with RSS_CONTEXT. */
#define VIRTNET_RSS_CTX_CTRL_MOD 2                      /* Change a context; with RSS_CONTEXT. */
#define VIRTNET_RSS_CTX_CTRL_DEL 3                      /* Remove a context; with RSS_CONTEXT. */

/* queues; "Network Device" */
#define VIRTIO_NET_QUEUE_RECEIVEQ 0                     /* Empty buffers for incoming packets. Quirk net.split-header
                                                           (Windows with netkvm): Header and data are in descriptors
                                                           of their own where the specification has them in one. A
                                                           device takes any arrangement of descriptors. */
#define VIRTIO_NET_QUEUE_TRANSMITQ 1                    /* Outgoing packets. Quirk net.short-packet (QEMU 7.2): A
                                                           chain of 8 bytes, less than the header, ends the program.
                                                           A driver sends no less than header and frame. Quirk
                                                           net.packed-event-stall (QEMU 7.2, 10.0): Packed, with
                                                           EVENT_IDX: once its back end was full it asks for an event
                                                           at a packet that it has sent. A driver does without
                                                           EVENT_IDX or notifies again. */

/*
 * Which command has set what a device part holds.
 * structs.dev_part_cvq_selector; "Device parts / VIRTIO_NET_DEV_PART_CVQ_CFG_PART"
 */
struct virtio_net_dev_part_cvq_selector {
    uint8_t class_;                         /* Its class; _*. */
    uint8_t command;                        /* Its number in the class. */
    uint8_t reserved[6];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_net_dev_part_cvq_selector, 8);

/* Security association of a packet. structs.ipsec_resource_hdr; "Device Operation" */
#pragma pack(push, 1)
struct virtio_net_ipsec_resource_hdr {
    uint32_t resource_id;                   /* Id of its resource object. */
    uint16_t resource_type;                 /* Type of that object. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_net_ipsec_resource_hdr, 6);

/*
 * What stands before each packet; how much of it depends on the features.
 * structs.hdr; "Device Operation"
 */
#pragma pack(push, 1)
struct virtio_net_hdr {
    uint8_t flags;                          /* What is to be done or was done; VIRTIO_NET_HDR_F_*. */
    uint8_t gso_type;                       /* How the packet is to be cut; VIRTIO_NET_HDR_GSO_*. */
    uint16_t hdr_len;                       /* Length of all headers; a hint without GUEST_HDRLEN; in bytes. */
    uint16_t gso_size;                      /* Most payload in a segment; in bytes. */
    uint16_t csum_start;                    /* Byte where the checksum begins; coalesced segments with RSC_INFO. */
    uint16_t csum_offset;                   /* Byte from csum_start on where it goes; duplicate ACKs with RSC_INFO. */
    uint16_t num_buffers;                   /* Buffers that the packet fills; 0 in outgoing ones; with MRG_RXBUF or
                                               VERSION_1. */
    uint32_t hash_value;                    /* Hash of the packet; with HASH_REPORT. */
    uint16_t hash_report;                   /* What it is a hash of; with HASH_REPORT; VIRTIO_NET_HASH_REPORT_*. */
    uint16_t padding_reserved;              /* Reserved; with HASH_REPORT. */
    uint16_t outer_th_offset;               /* Byte where the outer UDP header begins; with HOST_UDP_TUNNEL_GSO or
                                               GUEST_UDP_TUNNEL_GSO. */
    uint16_t inner_nh_offset;               /* Byte where the inner network header begins; with HOST_UDP_TUNNEL_GSO
                                               or GUEST_UDP_TUNNEL_GSO. */
    uint16_t outer_nh_offset;               /* Byte where the outer network header begins; 0 for unknown; with
                                               OUT_NET_HEADER. */
    union {                                 /* For IPsec; with OUT_NET_HEADER or IPSEC. */
        uint8_t padding_reserved_2[6];      /* Reserved. */
        struct virtio_net_ipsec_resource_hdr ipsec_resource_hdr; /* Security association; with IPSEC. */
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
 * Tunnels to look into.
 * structs.hash_tunnel; "Device Operation / Processing of Incoming Packets / Inner Header Hash"
 */
struct virtnet_hash_tunnel {
    uint32_t enabled_tunnel_types;          /* These; 0 for none; VIRTIO_NET_HASH_TUNNEL_TYPE_*. */
};
VIRTIO_SIZE(virtnet_hash_tunnel, 4);

/* A command on the control queue. structs.ctrl; "Device Operation / Control Virtqueue" */
struct virtio_net_ctrl {
    uint8_t class_;                         /* Class; _*. */
    uint8_t command;                        /* Number in the class. */
    uint8_t command_specific_data[];        /* What the command needs. */
};
VIRTIO_SIZE(virtio_net_ctrl, 2);

/* What the device writes of it. structs.ctrl; "Device Operation / Control Virtqueue" */
struct virtio_net_ctrl_in {
    uint8_t ack;                            /* How it went; enums.ack. */
    uint8_t command_specific_result[];      /* What comes back. */
};
VIRTIO_SIZE(virtio_net_ctrl_in, 1);

/*
 * A MAC address.
 * structs.mac_address; "Device Operation / Control Virtqueue / Setting MAC Address Filtering"
 */
struct virtio_net_mac_address {
    uint8_t octets[6];                      /* In the order of transmission. */
};
VIRTIO_SIZE(virtio_net_mac_address, 6);

/*
 * A table of MAC addresses.
 * structs.ctrl_mac; "Device Operation / Control Virtqueue / Setting MAC Address Filtering"
 */
struct virtio_net_ctrl_mac {
    uint32_t entries;                       /* How many there are. */
    struct virtio_net_mac_address macs[];   /* Addresses; entries of them. */
};
VIRTIO_SIZE(virtio_net_ctrl_mac, 4);

/*
 * How many queue pairs to use.
 * structs.ctrl_mq_pairs_set; "Device Operation / Control Virtqueue / Automatic receive steering in
 * multiqueue mode"
 */
struct virtio_net_ctrl_mq_pairs_set {
    uint16_t virtqueue_pairs;               /* 1 up to max_virtqueue_pairs. */
};
VIRTIO_SIZE(virtio_net_ctrl_mq_pairs_set, 2);

/*
 * How to calculate the hash that is reported.
 * structs.hash_config; "Device Operation / Control Virtqueue / Automatic receive steering in
 * multiqueue mode / Hash calculation"
 */
#pragma pack(push, 1)
struct virtio_net_hash_config {
    uint32_t hash_types;                    /* Hashes that are on; VIRTIO_NET_HASH_TYPE_*. */
    uint16_t reserved[4];                   /* Reserved. */
    uint8_t hash_key_length;                /* Length of the key; in bytes. */
    uint8_t hash_key_data[];                /* Key; hash_key_length of them. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_net_hash_config, 13);

/*
 * A receive queue.
 * structs.rss_rq_id; "Device Operation / Control Virtqueue / Receive-side scaling (RSS) / Setting
 * RSS parameters"
 */
struct virtio_net_rss_rq_id {
    uint16_t id;                            /* Its number among the receive queues. */
                                            /* bits 0 to 14: vq_index_1_16. Half its queue index. */
};
VIRTIO_SIZE(virtio_net_rss_rq_id, 2);

/*
 * How to steer by hash.
 * structs.rss_config; "Device Operation / Control Virtqueue / Receive-side scaling (RSS) / Setting
 * RSS parameters"
 */
struct virtio_net_rss_config {
    uint32_t hash_types;                    /* Hashes that are on; VIRTIO_NET_HASH_TYPE_*. */
    uint16_t indirection_table_mask;        /* Entries of the table less 1; their number is a power of 2. */
    struct virtio_net_rss_rq_id unclassified_queue; /* Queue of packets that have no hash. */
    struct virtio_net_rss_rq_id indirection_table[]; /* Queue for each masked hash; indirection_table_mask + 1 of
                                                        them. */
                                            /* At 8 + 2 · indirection_table: uint16_t max_tx_vq. Transmit queues that
                                               may be used. */
                                            /* At 10 + 2 · indirection_table: uint8_t hash_key_length. Length of the
                                               key; in bytes. */
                                            /* At 11 + 2 · indirection_table: uint8_t hash_key_data[]. Key;
                                               hash_key_length of them. */
};
VIRTIO_SIZE(virtio_net_rss_config, 8);

/*
 * How many RSS contexts there can be.
 * structs.rss_ctx_cap; "Device Operation / Control Virtqueue / RSS Context / Querying RSS Context
 * Capability"
 */
struct virtnet_rss_ctx_cap {
    uint16_t max_rss_contexts;              /* Most contexts besides the default one. */
};
VIRTIO_SIZE(virtnet_rss_ctx_cap, 2);

/*
 * An RSS context.
 * structs.rss_ctx_add_modify; "Device Operation / Control Virtqueue / RSS Context / Setting RSS
 * Context Parameters"
 */
struct virtnet_rss_ctx_add_modify {
    uint16_t rss_ctx_id;                    /* 1 up to max_rss_contexts. */
    uint8_t reserved[6];                    /* Reserved. */
    uint8_t rss[];                          /* How it steers; struct virtio_net_rss_config. */
};
VIRTIO_SIZE(virtnet_rss_ctx_add_modify, 8);

/*
 * Which RSS context to remove.
 * structs.rss_ctx_del; "Device Operation / Control Virtqueue / RSS Context / Setting RSS Context
 * Parameters"
 */
struct virtnet_rss_ctx_del {
    uint16_t rss_ctx_id;                    /* 1 up to max_rss_contexts. */
};
VIRTIO_SIZE(virtnet_rss_ctx_del, 2);

/*
 * Which offloads are to be on.
 * structs.guest_offloads; "Device Operation / Control Virtqueue / Offloads State Configuration /
 * Setting Offloads State"
 */
struct virtio_net_guest_offloads {
    uint64_t offloads;                      /* These; all others are to be off; 1 << each of
                                               VIRTIO_NET_GUEST_OFFLOAD_F_*. */
};
VIRTIO_SIZE(virtio_net_guest_offloads, 8);

/*
 * When to notify; after each packet if one of them is 0.
 * structs.ctrl_coal; "Device Operation / Control Virtqueue / Notifications Coalescing"
 */
struct virtio_net_ctrl_coal {
    uint32_t max_packets;                   /* Notify after that many packets. */
    uint32_t max_usecs;                     /* Notify when so much time has passed; in microseconds. */
};
VIRTIO_SIZE(virtio_net_ctrl_coal, 8);

/*
 * When to notify for one queue.
 * structs.ctrl_coal_vq; "Device Operation / Control Virtqueue / Notifications Coalescing"
 */
struct virtio_net_ctrl_coal_vq {
    uint16_t vq_index;                      /* Index of the queue. */
    uint16_t reserved;                      /* Reserved. */
    struct virtio_net_ctrl_coal coal;       /* When to notify. */
};
VIRTIO_SIZE(virtio_net_ctrl_coal_vq, 12);

/*
 * Which statistics there are.
 * structs.stats_capabilities; "Device Operation / Control Virtqueue / Device Statistics / Query
 * Statistic Capabilities"
 */
struct virtio_net_stats_capabilities {
    uint64_t supported_stats_types[1];      /* Types that the device keeps; VIRTIO_NET_STATS_TYPE_*. */
};
VIRTIO_SIZE(virtio_net_stats_capabilities, 8);

/*
 * One for each queue.
 * structs.ctrl_queue_stats; "Device Operation / Control Virtqueue / Device Statistics / Get
 * Statistics"
 */
struct virtio_net_ctrl_queue_stats_stats {
    uint16_t vq_index;                      /* Index of the queue. */
    uint16_t reserved[3];                   /* Reserved. */
    uint64_t types_bitmap[1];               /* Types to read; VIRTIO_NET_STATS_TYPE_*. */
};
VIRTIO_SIZE(virtio_net_ctrl_queue_stats_stats, 16);

/*
 * Statistics to read.
 * No C struct, since it begins with what has no fixed length. stats[], one for each queue.
 * structs.ctrl_queue_stats; "Device Operation / Control Virtqueue / Device Statistics / Get
 * Statistics"
 */

/*
 * What each reply begins with.
 * structs.stats_reply_hdr; "Device Operation / Control Virtqueue / Device Statistics / Get
 * Statistics"
 */
struct virtio_net_stats_reply_hdr {
    uint8_t type;                           /* Which struct it is; VIRTIO_NET_STATS_TYPE_REPLY_*. */
    uint8_t reserved;                       /* Reserved. */
    uint16_t vq_index;                      /* Index of the queue. */
    uint16_t reserved1;                     /* Reserved. */
    uint16_t size;                          /* Length of the reply with this header; in bytes. */
};
VIRTIO_SIZE(virtio_net_stats_reply_hdr, 8);

/*
 * Statistics of the control queue.
 * structs.stats_cvq; "Device Operation / Control Virtqueue / Device Statistics / Controlq
 * Statistics"
 */
struct virtio_net_stats_cvq {
    struct virtio_net_stats_reply_hdr hdr;  /* Header. */
    uint64_t command_num;                   /* Commands with this one. */
    uint64_t ok_num;                        /* Commands that went well with this one. */
};
VIRTIO_SIZE(virtio_net_stats_cvq, 24);

/*
 * Statistics of a receive queue.
 * structs.stats_rx_basic; "Device Operation / Control Virtqueue / Device Statistics / Receiveq
 * Basic Statistics"
 */
struct virtio_net_stats_rx_basic {
    struct virtio_net_stats_reply_hdr hdr;  /* Header. */
    uint64_t rx_notifications;              /* Notifications by the driver. */
    uint64_t rx_packets;                    /* Packets given to the driver. */
    uint64_t rx_bytes;                      /* Their length; in bytes. */
    uint64_t rx_interrupts;                 /* Interrupts by the device. */
    uint64_t rx_drops;                      /* Packets dropped for any reason. */
    uint64_t rx_drop_overruns;              /* Packets dropped for want of a buffer. */
};
VIRTIO_SIZE(virtio_net_stats_rx_basic, 56);

/*
 * Statistics of a transmit queue.
 * structs.stats_tx_basic; "Device Operation / Control Virtqueue / Device Statistics / Transmitq
 * Basic Statistics"
 */
struct virtio_net_stats_tx_basic {
    struct virtio_net_stats_reply_hdr hdr;  /* Header. */
    uint64_t tx_notifications;              /* Notifications by the driver. */
    uint64_t tx_packets;                    /* Packets that were sent. */
    uint64_t tx_bytes;                      /* Their length; in bytes. */
    uint64_t tx_interrupts;                 /* Interrupts by the device. */
    uint64_t tx_drops;                      /* Packets dropped for any reason. */
    uint64_t tx_drop_malformed;             /* Packets dropped because their buffers are wrong. */
};
VIRTIO_SIZE(virtio_net_stats_tx_basic, 56);

/*
 * Checksums of a receive queue.
 * structs.stats_rx_csum; "Device Operation / Control Virtqueue / Device Statistics / Receiveq CSUM
 * Statistics"
 */
struct virtio_net_stats_rx_csum {
    struct virtio_net_stats_reply_hdr hdr;  /* Header. */
    uint64_t rx_csum_valid;                 /* Packets with DATA_VALID. */
    uint64_t rx_needs_csum;                 /* Packets with NEEDS_CSUM. */
    uint64_t rx_csum_none;                  /* Packets of which the device knows no checksum. */
    uint64_t rx_csum_bad;                   /* Packets whose checksum is wrong. */
};
VIRTIO_SIZE(virtio_net_stats_rx_csum, 40);

/*
 * Checksums of a transmit queue.
 * structs.stats_tx_csum; "Device Operation / Control Virtqueue / Device Statistics / Transmitq
 * CSUM Statistics"
 */
struct virtio_net_stats_tx_csum {
    struct virtio_net_stats_reply_hdr hdr;  /* Header. */
    uint64_t tx_csum_none;                  /* Packets that needed no checksum. */
    uint64_t tx_needs_csum;                 /* Packets whose checksum was for the device to complete. */
};
VIRTIO_SIZE(virtio_net_stats_tx_csum, 24);

/*
 * Large packets of a receive queue.
 * structs.stats_rx_gso; "Device Operation / Control Virtqueue / Device Statistics / Receiveq GSO
 * Statistics"
 */
struct virtio_net_stats_rx_gso {
    struct virtio_net_stats_reply_hdr hdr;  /* Header. */
    uint64_t rx_gso_packets;                /* Large packets received. */
    uint64_t rx_gso_bytes;                  /* Their length with headers; in bytes. */
    uint64_t rx_gso_packets_coalesced;      /* Large packets that the device has put together. */
    uint64_t rx_gso_bytes_coalesced;        /* Their length with headers; in bytes. */
};
VIRTIO_SIZE(virtio_net_stats_rx_gso, 40);

/*
 * Large packets of a transmit queue.
 * structs.stats_tx_gso; "Device Operation / Control Virtqueue / Device Statistics / Transmitq GSO
 * Statistics"
 */
struct virtio_net_stats_tx_gso {
    struct virtio_net_stats_reply_hdr hdr;  /* Header. */
    uint64_t tx_gso_packets;                /* Large packets sent. */
    uint64_t tx_gso_bytes;                  /* Their length; in bytes. */
    uint64_t tx_gso_segments;               /* Segments that they were cut into. */
    uint64_t tx_gso_segments_bytes;         /* Length of the segments; in bytes. */
    uint64_t tx_gso_packets_noseg;          /* Large packets that were not cut. */
    uint64_t tx_gso_bytes_noseg;            /* Their length; in bytes. */
};
VIRTIO_SIZE(virtio_net_stats_tx_gso, 56);

/*
 * Packets of a receive queue that were too fast.
 * structs.stats_rx_speed; "Device Operation / Control Virtqueue / Device Statistics / Receiveq
 * Speed Statistics"
 */
struct virtio_net_stats_rx_speed {
    struct virtio_net_stats_reply_hdr hdr;  /* Header. */
    uint64_t rx_packets_allowance_exceeded; /* Packets dropped above the speed. */
    uint64_t rx_bytes_allowance_exceeded;   /* Their length; in bytes. */
};
VIRTIO_SIZE(virtio_net_stats_rx_speed, 24);

/*
 * Packets of a transmit queue that were too fast.
 * structs.stats_tx_speed; "Device Operation / Control Virtqueue / Device Statistics / Transmitq
 * Speed Statistics"
 */
struct virtio_net_stats_tx_speed {
    struct virtio_net_stats_reply_hdr hdr;  /* Header. */
    uint64_t tx_packets_allowance_exceeded; /* Packets dropped above the speed. */
    uint64_t tx_bytes_allowance_exceeded;   /* Their length; in bytes. */
};
VIRTIO_SIZE(virtio_net_stats_tx_speed, 24);

/*
 * How many flow filter objects there can be.
 * structs.ff_cap_data; "Device Operation / Flow filter / Device and driver capabilities /
 * VIRTIO_NET_FF_RESOURCE_CAP"
 */
struct virtio_net_ff_cap_data {
    uint32_t groups_limit;                  /* Most groups. */
    uint32_t classifiers_limit;             /* Most classifiers. */
    uint32_t rules_limit;                   /* Most rules in all groups. */
    uint32_t rules_per_group_limit;         /* Most rules in a group. */
    uint8_t last_rule_priority;             /* Highest priority of a rule. */
    uint8_t selectors_per_classifier_limit; /* Most selectors in a classifier. */
    uint8_t reserved[2];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_net_ff_cap_data, 20);

/*
 * Which bits of a packet's header to compare.
 * structs.ff_selector; "Device Operation / Flow filter / Device and driver capabilities /
 * VIRTIO_NET_FF_SELECTOR_CAP"
 */
struct virtio_net_ff_selector {
    uint8_t type;                           /* Which header; VIRTIO_NET_FF_MASK_TYPE_*. */
    uint8_t flags;                          /* Whether part of a field will do; VIRTIO_NET_FF_MASK_F_PARTIAL_MASK. */
    uint8_t reserved[2];                    /* Reserved. */
    uint8_t length;                         /* Length of the mask; in bytes. */
    uint8_t reserved1[3];                   /* Reserved. */
    uint8_t mask[];                         /* The header with 1 in each bit to compare; length of them. */
};
VIRTIO_SIZE(virtio_net_ff_selector, 8);

/*
 * What flow filters can match.
 * structs.ff_cap_mask_data; "Device Operation / Flow filter / Device and driver capabilities /
 * VIRTIO_NET_FF_SELECTOR_CAP"
 */
struct virtio_net_ff_cap_mask_data {
    uint8_t count;                          /* Number of selectors. */
    uint8_t reserved[7];                    /* Reserved. */
    uint8_t selectors[];                    /* One for each type that can be matched; by type; each struct
                                               virtio_net_ff_selector; count of them. */
};
VIRTIO_SIZE(virtio_net_ff_cap_mask_data, 8);

/*
 * What flow filters can do with a packet.
 * structs.ff_actions; "Device Operation / Flow filter / Device and driver capabilities /
 * VIRTIO_NET_FF_ACTION_CAP"
 */
struct virtio_net_ff_actions {
    uint8_t count;                          /* Number of actions. */
    uint8_t reserved[7];                    /* Reserved. */
    uint8_t actions[];                      /* Actions from the smallest number on; VIRTIO_NET_FF_ACTION_*; count of
                                               them. */
};
VIRTIO_SIZE(virtio_net_ff_actions, 8);

/*
 * Group of flow filter rules.
 * structs.resource_obj_ff_group; "Device Operation / Flow filter / Resource objects /
 * VIRTIO_NET_RESOURCE_OBJ_FF_GROUP"
 */
struct virtio_net_resource_obj_ff_group {
    uint16_t group_priority;                /* The group with the highest comes first. */
};
VIRTIO_SIZE(virtio_net_resource_obj_ff_group, 2);

/*
 * Which parts of a packet rules compare.
 * structs.resource_obj_ff_classifier; "Device Operation / Flow filter / Resource objects /
 * VIRTIO_NET_RESOURCE_OBJ_FF_CLASSIFIER"
 */
struct virtio_net_resource_obj_ff_classifier {
    uint8_t count;                          /* Number of selectors. */
    uint8_t reserved[7];                    /* Reserved. */
    uint8_t selectors[];                    /* One for each header, from the outermost on; each struct
                                               virtio_net_ff_selector; count of them. */
};
VIRTIO_SIZE(virtio_net_resource_obj_ff_classifier, 8);

/*
 * Flow filter rule.
 * structs.resource_obj_ff_rule; "Device Operation / Flow filter / Resource objects /
 * VIRTIO_NET_RESOURCE_OBJ_FF_RULE"
 */
struct virtio_net_resource_obj_ff_rule {
    uint32_t group_id;                      /* Its group. */
    uint32_t classifier_id;                 /* Classifier that tells what to compare. */
    uint8_t rule_priority;                  /* The rule with the highest comes first. */
    uint8_t key_length;                     /* Length of all keys; in bytes. */
    uint8_t action;                         /* What to do with a packet that matches; VIRTIO_NET_FF_ACTION_*. */
    uint8_t reserved;                       /* Reserved. */
    uint16_t vq_index;                      /* Index of the queue for DIRECT_RX_VQ. */
    uint8_t reserved1[2];                   /* Reserved. */
    uint8_t keys[];                         /* Headers to compare with; one for each selector; key_length of them. */
};
VIRTIO_SIZE(virtio_net_resource_obj_ff_rule, 16);

/* Configuration space of the device. config; "Device configuration layout" */
struct virtio_net_config {
    uint8_t mac[6];                         /* MAC address; valid only with MAC. */
    uint16_t status;                        /* State of the link; with STATUS; VIRTIO_NET_S_*. */
    uint16_t max_virtqueue_pairs;           /* Most pairs of receive and transmit queues; with MQ or RSS; 1 to
                                               0x8000. */
    uint16_t mtu;                           /* Largest MTU; in bytes; with MTU; 68 to 65535. */
    uint32_t speed;                         /* Speed of the link; 0xffffffff for unknown; in Mbit/s; with
                                               SPEED_DUPLEX. */
    uint8_t duplex;                         /* 1 for full duplex, 0 for half, 0xff for unknown; with SPEED_DUPLEX. */
    uint8_t rss_max_key_size;               /* Longest hash key; in bytes; with RSS or HASH_REPORT; at least 40. */
    uint16_t rss_max_indirection_table_length; /* Most entries in an indirection table; with RSS; at least 128. */
    uint32_t supported_hash_types;          /* Hashes that the device can calculate; with RSS or HASH_REPORT;
                                               VIRTIO_NET_HASH_TYPE_*. */
    uint32_t supported_tunnel_types;        /* Tunnels that the device can look into; with HASH_TUNNEL;
                                               VIRTIO_NET_HASH_TUNNEL_TYPE_*. */
};
VIRTIO_SIZE(virtio_net_config, 28);

#undef VIRTIO_SIZE
#endif
