// SPDX-License-Identifier: MIT
// Generated from spec/device/net.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; Network Device.
//!
//! In the legacy interface, numbers of the types `Le16`, `Le32` and `Le64` have the guest's byte
//! order.

#[allow(unused_imports)]
use crate::numbers::*;

/// An Ethernet adapter.
pub const VIRTIO_ID_NET: u32 = 1;

/// Minimum number of queue pairs.
pub const VIRTIO_NET_CTRL_MQ_VQ_PAIRS_MIN: u32 = 1;
/// Maximum number of queue pairs.
pub const VIRTIO_NET_CTRL_MQ_VQ_PAIRS_MAX: u32 = 0x8000;
/// Minimum size of a receive buffer if no packet has more than 1514 bytes, without MRG_RXBUF and
/// without HASH_REPORT.
pub const VIRTIO_NET_RX_BUFFER_BYTES: u32 = 1526;
/// Minimum size of a receive buffer with GUEST_TSO4, GUEST_TSO6, GUEST_UFO, GUEST_USO4 or
/// GUEST_USO6, without MRG_RXBUF and without HASH_REPORT.
pub const VIRTIO_NET_RX_LARGE_BUFFER_BYTES: u32 = 65601;
/// Minimum mtu that a device should set.
pub const VIRTIO_NET_MTU_ADVISED: u32 = 1280;
/// Maximum value of a known speed.
pub const VIRTIO_NET_SPEED_MAX: u32 = 0x7fffffff;
/// The speed is unknown.
pub const VIRTIO_NET_SPEED_UNKNOWN: u32 = 0xffffffff;
/// Maximum value of a known duplex.
pub const VIRTIO_NET_DUPLEX_MAX: u32 = 1;
/// The duplex is unknown.
pub const VIRTIO_NET_DUPLEX_UNKNOWN: u32 = 0xff;

// features; "Feature bits"

/// The device completes the checksums of outgoing packets.
pub const VIRTIO_NET_F_CSUM: u32 = 0;
/// The driver accepts packets with partial checksums.
pub const VIRTIO_NET_F_GUEST_CSUM: u32 = 1;
/// The driver can change the receive offloads at run time.
pub const VIRTIO_NET_F_CTRL_GUEST_OFFLOADS: u32 = 2;
/// The configuration contains the maximum MTU.
pub const VIRTIO_NET_F_MTU: u32 = 3;
/// The configuration contains a MAC address.
pub const VIRTIO_NET_F_MAC: u32 = 5;
/// The device segments packets of any type; legacy only.
pub const VIRTIO_NET_F_GSO: u32 = 6;
/// The driver accepts large TCP packets over IPv4.
pub const VIRTIO_NET_F_GUEST_TSO4: u32 = 7;
/// The driver accepts large TCP packets over IPv6.
pub const VIRTIO_NET_F_GUEST_TSO6: u32 = 8;
/// The driver accepts large TCP packets with ECN.
pub const VIRTIO_NET_F_GUEST_ECN: u32 = 9;
/// The driver accepts large, unfragmented UDP packets.
pub const VIRTIO_NET_F_GUEST_UFO: u32 = 10;
/// The device segments TCP over IPv4.
pub const VIRTIO_NET_F_HOST_TSO4: u32 = 11;
/// The device segments TCP over IPv6.
pub const VIRTIO_NET_F_HOST_TSO6: u32 = 12;
/// The device segments TCP with ECN.
pub const VIRTIO_NET_F_HOST_ECN: u32 = 13;
/// The device fragments UDP.
pub const VIRTIO_NET_F_HOST_UFO: u32 = 14;
/// The device may split a packet across several receive buffers.
pub const VIRTIO_NET_F_MRG_RXBUF: u32 = 15;
/// The configuration contains the link status.
pub const VIRTIO_NET_F_STATUS: u32 = 16;
/// The device has a control queue.
pub const VIRTIO_NET_F_CTRL_VQ: u32 = 17;
/// The driver can set the receive modes.
pub const VIRTIO_NET_F_CTRL_RX: u32 = 18;
/// The device filters VLANs. Quirk net.vlans-begin-full (QEMU 10.0): The VLAN filter starts full;
/// the specification requires it empty. A driver drops frames of VLANs that it has not added.
pub const VIRTIO_NET_F_CTRL_VLAN: u32 = 19;
/// The driver can set additional receive modes.
pub const VIRTIO_NET_F_CTRL_RX_EXTRA: u32 = 20;
/// The driver announces itself to the network on request.
pub const VIRTIO_NET_F_GUEST_ANNOUNCE: u32 = 21;
/// The device has several queue pairs with automatic steering.
pub const VIRTIO_NET_F_MQ: u32 = 22;
/// The driver can set the MAC address by a command.
pub const VIRTIO_NET_F_CTRL_MAC_ADDR: u32 = 23;
/// The device coalesces TCP packets over IPv4; a hypervisor patch implements it for Windows
/// certification; legacy only.
pub const VIRTIO_NET_F_GUEST_RSC4: u32 = 41;
/// The device coalesces TCP packets over IPv6; a hypervisor patch implements it for Windows
/// certification; legacy only.
pub const VIRTIO_NET_F_GUEST_RSC6: u32 = 42;
/// The device keeps statistics.
pub const VIRTIO_NET_F_DEVICE_STATS: u32 = 50;
/// The device can hash the inner packet of a tunnel.
pub const VIRTIO_NET_F_HASH_TUNNEL: u32 = 51;
/// The device coalesces notifications per queue.
pub const VIRTIO_NET_F_VQ_NOTF_COAL: u32 = 52;
/// The device coalesces notifications per direction.
pub const VIRTIO_NET_F_NOTF_COAL: u32 = 53;
/// The driver accepts large, unsegmented UDP packets over IPv4.
pub const VIRTIO_NET_F_GUEST_USO4: u32 = 54;
/// The driver accepts large, unsegmented UDP packets over IPv6.
pub const VIRTIO_NET_F_GUEST_USO6: u32 = 55;
/// The device segments UDP.
pub const VIRTIO_NET_F_HOST_USO: u32 = 56;
/// The device reports the hash of a packet in its header.
pub const VIRTIO_NET_F_HASH_REPORT: u32 = 57;
/// The driver supplies an exact hdr_len.
pub const VIRTIO_NET_F_GUEST_HDRLEN: u32 = 59;
/// The device steers packets by a hash that the driver configures.
pub const VIRTIO_NET_F_RSS: u32 = 60;
/// The device reports coalesced segments and duplicate ACKs.
pub const VIRTIO_NET_F_RSC_EXT: u32 = 61;
/// The device may act as a standby for a primary device with the same MAC address.
pub const VIRTIO_NET_F_STANDBY: u32 = 62;
/// The configuration contains speed and duplex.
pub const VIRTIO_NET_F_SPEED_DUPLEX: u32 = 63;
/// The device supports several RSS contexts.
pub const VIRTIO_NET_F_RSS_CONTEXT: u32 = 64;
/// The driver accepts large packets in UDP tunnels.
pub const VIRTIO_NET_F_GUEST_UDP_TUNNEL_GSO: u32 = 65;
/// The driver accepts packets in UDP tunnels with a partial outer checksum.
pub const VIRTIO_NET_F_GUEST_UDP_TUNNEL_GSO_CSUM: u32 = 66;
/// The device segments packets in UDP tunnels.
pub const VIRTIO_NET_F_HOST_UDP_TUNNEL_GSO: u32 = 67;
/// The device completes the outer checksum of packets in UDP tunnels.
pub const VIRTIO_NET_F_HOST_UDP_TUNNEL_GSO_CSUM: u32 = 68;
/// The header contains the offset of the outer network header.
pub const VIRTIO_NET_F_OUT_NET_HEADER: u32 = 69;
/// The device performs IPsec on packets.
pub const VIRTIO_NET_F_IPSEC: u32 = 70;

// enums.capability; "Device and driver capabilities"

/// Limits of flow filter objects.
pub const VIRTIO_NET_FF_RESOURCE_CAP: u32 = 0x800;
/// Supported flow filter selectors.
pub const VIRTIO_NET_FF_SELECTOR_CAP: u32 = 0x801;
/// Supported flow filter actions.
pub const VIRTIO_NET_FF_ACTION_CAP: u32 = 0x802;
/// Limits on the number of security associations.
pub const VIRTIO_NET_IPSEC_RESOURCE_CAP: u32 = 0x803;
/// Supported properties of security associations.
pub const VIRTIO_NET_IPSEC_SA_CAP: u32 = 0x804;

// enums.resource-obj; "Device resource objects"

/// A group of flow filter rules.
pub const VIRTIO_NET_RESOURCE_OBJ_FF_GROUP: u32 = 0x200;
/// The header fields that rules match.
pub const VIRTIO_NET_RESOURCE_OBJ_FF_CLASSIFIER: u32 = 0x201;
/// A flow filter rule.
pub const VIRTIO_NET_RESOURCE_OBJ_FF_RULE: u32 = 0x202;
/// Outbound security association.
pub const VIRTIO_NET_RESOURCE_OBJ_IPSEC_OUTB_SA: u32 = 0x203;
/// Inbound security association.
pub const VIRTIO_NET_RESOURCE_OBJ_IPSEC_INB_SA: u32 = 0x204;

// enums.dev-part; "Device parts"

/// State set by a control queue command.
pub const VIRTIO_NET_DEV_PART_CVQ_CFG_PART: u32 = 0x200;

// enums.gso-type; "Device Operation"

/// No segmentation.
pub const VIRTIO_NET_HDR_GSO_NONE: u32 = 0;
/// TCP over IPv4.
pub const VIRTIO_NET_HDR_GSO_TCPV4: u32 = 1;
/// UDP fragmentation.
pub const VIRTIO_NET_HDR_GSO_UDP: u32 = 3;
/// TCP over IPv6.
pub const VIRTIO_NET_HDR_GSO_TCPV6: u32 = 4;
/// UDP segmentation.
pub const VIRTIO_NET_HDR_GSO_UDP_L4: u32 = 5;

// enums.hash-report; "Device Operation / Processing of Incoming Packets / Hash reporting for
// incoming packets"

/// No hash.
pub const VIRTIO_NET_HASH_REPORT_NONE: u32 = 0;
/// Hash over IPv4 addresses.
pub const VIRTIO_NET_HASH_REPORT_IPv4: u32 = 1;
/// Hash over IPv4 addresses and TCP ports.
pub const VIRTIO_NET_HASH_REPORT_TCPv4: u32 = 2;
/// Hash over IPv4 addresses and UDP ports.
pub const VIRTIO_NET_HASH_REPORT_UDPv4: u32 = 3;
/// Hash over IPv6 addresses.
pub const VIRTIO_NET_HASH_REPORT_IPv6: u32 = 4;
/// Hash over IPv6 addresses and TCP ports.
pub const VIRTIO_NET_HASH_REPORT_TCPv6: u32 = 5;
/// Hash over IPv6 addresses and UDP ports.
pub const VIRTIO_NET_HASH_REPORT_UDPv6: u32 = 6;
/// As IPV6, with the addresses of extension headers.
pub const VIRTIO_NET_HASH_REPORT_IPv6_EX: u32 = 7;
/// As TCPV6, with the addresses of extension headers.
pub const VIRTIO_NET_HASH_REPORT_TCPv6_EX: u32 = 8;
/// As UDPV6, with the addresses of extension headers.
pub const VIRTIO_NET_HASH_REPORT_UDPv6_EX: u32 = 9;

// enums.ack; "Device Operation / Control Virtqueue"

/// The command succeeded.
pub const VIRTIO_NET_OK: u32 = 0;
/// The command failed.
pub const VIRTIO_NET_ERR: u32 = 1;

// enums.ctrl-class; "Device Operation / Control Virtqueue"

/// Receive modes; with CTRL_RX or CTRL_RX_EXTRA.
pub const VIRTIO_NET_CTRL_RX: u32 = 0;
/// MAC addresses; with CTRL_RX or CTRL_MAC_ADDR.
pub const VIRTIO_NET_CTRL_MAC: u32 = 1;
/// VLAN filter; with CTRL_VLAN.
pub const VIRTIO_NET_CTRL_VLAN: u32 = 2;
/// Announcements; with GUEST_ANNOUNCE.
pub const VIRTIO_NET_CTRL_ANNOUNCE: u32 = 3;
/// Queue pairs and steering; with MQ or RSS or HASH_REPORT.
pub const VIRTIO_NET_CTRL_MQ: u32 = 4;
/// Receive offloads; with CTRL_GUEST_OFFLOADS.
pub const VIRTIO_NET_CTRL_GUEST_OFFLOADS: u32 = 5;
/// Notification coalescing; with NOTF_COAL or VQ_NOTF_COAL.
pub const VIRTIO_NET_CTRL_NOTF_COAL: u32 = 6;
/// Hashes of inner packets; with HASH_TUNNEL.
pub const VIRTIO_NET_CTRL_HASH_TUNNEL: u32 = 7;
/// Statistics; with DEVICE_STATS.
pub const VIRTIO_NET_CTRL_STATS: u32 = 8;
/// RSS contexts; with RSS_CONTEXT.
pub const VIRTNET_RSS_CTX_CTRL: u32 = 9;

// enums.guest-offload; "Device Operation / Control Virtqueue / Offloads State Configuration /
// Setting Offloads State"

/// Partial checksums; with GUEST_CSUM.
pub const VIRTIO_NET_GUEST_OFFLOAD_F_CSUM: u32 = 1;
/// Large TCP packets over IPv4; with GUEST_TSO4.
pub const VIRTIO_NET_GUEST_OFFLOAD_F_TSO4: u32 = 7;
/// Large TCP packets over IPv6; with GUEST_TSO6.
pub const VIRTIO_NET_GUEST_OFFLOAD_F_TSO6: u32 = 8;
/// Large TCP packets with ECN; with GUEST_ECN.
pub const VIRTIO_NET_GUEST_OFFLOAD_F_ECN: u32 = 9;
/// Large, unfragmented UDP packets; with GUEST_UFO.
pub const VIRTIO_NET_GUEST_OFFLOAD_F_UFO: u32 = 10;
/// Large packets in UDP tunnels; with GUEST_UDP_TUNNEL_GSO.
pub const VIRTIO_NET_GUEST_OFFLOAD_F_UDP_TUNNEL_GSO: u32 = 46;
/// Partial outer checksums; with GUEST_UDP_TUNNEL_GSO_CSUM.
pub const VIRTIO_NET_GUEST_OFFLOAD_F_UDP_TUNNEL_GSO_CSUM: u32 = 47;
/// Large, unsegmented UDP packets over IPv4; with GUEST_USO4.
pub const VIRTIO_NET_GUEST_OFFLOAD_F_USO4: u32 = 54;
/// Large, unsegmented UDP packets over IPv6; with GUEST_USO6.
pub const VIRTIO_NET_GUEST_OFFLOAD_F_USO6: u32 = 55;

// enums.stats-reply-type; "Device Operation / Control Virtqueue / Device Statistics / Get
// Statistics"

/// The reply is a stats_cvq.
pub const VIRTIO_NET_STATS_TYPE_REPLY_CVQ: u32 = 32;
/// The reply is a stats_rx_basic.
pub const VIRTIO_NET_STATS_TYPE_REPLY_RX_BASIC: u32 = 0;
/// The reply is a stats_rx_csum.
pub const VIRTIO_NET_STATS_TYPE_REPLY_RX_CSUM: u32 = 1;
/// The reply is a stats_rx_gso.
pub const VIRTIO_NET_STATS_TYPE_REPLY_RX_GSO: u32 = 2;
/// The reply is a stats_rx_speed.
pub const VIRTIO_NET_STATS_TYPE_REPLY_RX_SPEED: u32 = 3;
/// The reply is a stats_tx_basic.
pub const VIRTIO_NET_STATS_TYPE_REPLY_TX_BASIC: u32 = 16;
/// The reply is a stats_tx_csum.
pub const VIRTIO_NET_STATS_TYPE_REPLY_TX_CSUM: u32 = 17;
/// The reply is a stats_tx_gso.
pub const VIRTIO_NET_STATS_TYPE_REPLY_TX_GSO: u32 = 18;
/// The reply is a stats_tx_speed.
pub const VIRTIO_NET_STATS_TYPE_REPLY_TX_SPEED: u32 = 19;

// enums.ff-mask-type; "Device Operation / Flow filter / Device and driver capabilities /
// VIRTIO_NET_FF_SELECTOR_CAP"

/// Ethernet header, 14 bytes.
pub const VIRTIO_NET_FF_MASK_TYPE_ETH: u32 = 1;
/// IPv4 header, 20 bytes.
pub const VIRTIO_NET_FF_MASK_TYPE_IPV4: u32 = 2;
/// IPv6 header, 40 bytes.
pub const VIRTIO_NET_FF_MASK_TYPE_IPV6: u32 = 3;
/// TCP header, 20 bytes.
pub const VIRTIO_NET_FF_MASK_TYPE_TCP: u32 = 4;
/// UDP header, 8 bytes.
pub const VIRTIO_NET_FF_MASK_TYPE_UDP: u32 = 5;
/// ESP header, 8 bytes.
pub const VIRTIO_NET_FF_MASK_TYPE_ESP: u32 = 6;

// enums.ff-action; "Device Operation / Flow filter / Device and driver capabilities /
// VIRTIO_NET_FF_ACTION_CAP"

/// Drop the packet.
pub const VIRTIO_NET_FF_ACTION_DROP: u32 = 1;
/// Deliver the packet to a specific receive queue.
pub const VIRTIO_NET_FF_ACTION_DIRECT_RX_VQ: u32 = 2;
/// Apply IPsec to the packet.
pub const VIRTIO_NET_FF_ACTION_IPSEC: u32 = 3;
/// Apply IPsec to the packet, then filter it again.
pub const VIRTIO_NET_FF_ACTION_IPSEC_RECIRCULATE: u32 = 4;

// flags.status; "Device configuration layout"

/// The link is up.
pub const VIRTIO_NET_S_LINK_UP: u32 = 0x1;
/// The device asks the driver to announce itself; with GUEST_ANNOUNCE.
pub const VIRTIO_NET_S_ANNOUNCE: u32 = 0x2;

// flags.hdr-flags; "Device Operation"

/// The checksum is partial; csum_start and csum_offset locate it.
pub const VIRTIO_NET_HDR_F_NEEDS_CSUM: u32 = 0x1;
/// The device has verified the checksum.
pub const VIRTIO_NET_HDR_F_DATA_VALID: u32 = 0x2;
/// csum_start and csum_offset contain counts; with RSC_EXT.
pub const VIRTIO_NET_HDR_F_RSC_INFO: u32 = 0x4;
/// The outer UDP checksum is partial, or verified; with HOST_UDP_TUNNEL_GSO_CSUM or
/// GUEST_UDP_TUNNEL_GSO_CSUM.
pub const VIRTIO_NET_HDR_F_UDP_TUNNEL_CSUM: u32 = 0x8;
/// Outgoing: apply IPsec. Incoming: IPsec was applied; with IPSEC.
pub const VIRTIO_NET_HDR_F_SECURITY: u32 = 0x10;
/// IPsec failed; with IPSEC.
pub const VIRTIO_NET_HDR_F_SECURITY_ERR: u32 = 0x20;
/// The security association has reached a soft limit of its lifetime; with IPSEC.
pub const VIRTIO_NET_HDR_F_SECURITY_SA_SOFT_EXPIRY_WARN: u32 = 0x40;

// flags.gso-flags; "Device Operation"

/// IPv4 packet in a UDP tunnel; with HOST_UDP_TUNNEL_GSO or GUEST_UDP_TUNNEL_GSO.
pub const VIRTIO_NET_HDR_GSO_UDP_TUNNEL_IPV4: u32 = 0x20;
/// IPv6 packet in a UDP tunnel; with HOST_UDP_TUNNEL_GSO or GUEST_UDP_TUNNEL_GSO.
pub const VIRTIO_NET_HDR_GSO_UDP_TUNNEL_IPV6: u32 = 0x40;
/// TCP packet with ECN; with HOST_ECN or GUEST_ECN.
pub const VIRTIO_NET_HDR_GSO_ECN: u32 = 0x80;

// flags.hash-type; "Device Operation / Processing of Incoming Packets / Hash calculation for
// incoming packets / Supported/enabled hash types"

/// IPv4 addresses.
pub const VIRTIO_NET_HASH_TYPE_IPv4: u32 = 0x1;
/// IPv4 addresses and TCP ports.
pub const VIRTIO_NET_HASH_TYPE_TCPv4: u32 = 0x2;
/// IPv4 addresses and UDP ports.
pub const VIRTIO_NET_HASH_TYPE_UDPv4: u32 = 0x4;
/// IPv6 addresses.
pub const VIRTIO_NET_HASH_TYPE_IPv6: u32 = 0x8;
/// IPv6 addresses and TCP ports.
pub const VIRTIO_NET_HASH_TYPE_TCPv6: u32 = 0x10;
/// IPv6 addresses and UDP ports.
pub const VIRTIO_NET_HASH_TYPE_UDPv6: u32 = 0x20;
/// As IPV6, with the addresses of extension headers.
pub const VIRTIO_NET_HASH_TYPE_IP_EX: u32 = 0x40;
/// As TCPV6, with the addresses of extension headers.
pub const VIRTIO_NET_HASH_TYPE_TCP_EX: u32 = 0x80;
/// As UDPV6, with the addresses of extension headers.
pub const VIRTIO_NET_HASH_TYPE_UDP_EX: u32 = 0x100;

// flags.hash-tunnel-type; "Device Operation / Processing of Incoming Packets / Inner Header Hash /
// Encapsulation types supported/enabled for inner header hash"

/// GRE of RFC 2784.
pub const VIRTIO_NET_HASH_TUNNEL_TYPE_GRE_2784: u32 = 0x1;
/// GRE of RFC 2890.
pub const VIRTIO_NET_HASH_TUNNEL_TYPE_GRE_2890: u32 = 0x2;
/// GRE of RFC 7676.
pub const VIRTIO_NET_HASH_TUNNEL_TYPE_GRE_7676: u32 = 0x4;
/// GRE in UDP.
pub const VIRTIO_NET_HASH_TUNNEL_TYPE_GRE_UDP: u32 = 0x8;
/// VXLAN.
pub const VIRTIO_NET_HASH_TUNNEL_TYPE_VXLAN: u32 = 0x10;
/// VXLAN-GPE.
pub const VIRTIO_NET_HASH_TUNNEL_TYPE_VXLAN_GPE: u32 = 0x20;
/// Geneve.
pub const VIRTIO_NET_HASH_TUNNEL_TYPE_GENEVE: u32 = 0x40;
/// IP in IP.
pub const VIRTIO_NET_HASH_TUNNEL_TYPE_IPIP: u32 = 0x80;
/// NVGRE.
pub const VIRTIO_NET_HASH_TUNNEL_TYPE_NVGRE: u32 = 0x100;

// flags.stats-type; "Device Operation / Control Virtqueue / Device Statistics / Query Statistic
// Capabilities"

/// Statistics of the control queue.
pub const VIRTIO_NET_STATS_TYPE_CVQ: u64 = 0x100000000;
/// Basic statistics of a receive queue.
pub const VIRTIO_NET_STATS_TYPE_RX_BASIC: u32 = 0x1;
/// Checksum statistics of a receive queue; with GUEST_CSUM.
pub const VIRTIO_NET_STATS_TYPE_RX_CSUM: u32 = 0x2;
/// GSO statistics of a receive queue; with GUEST_TSO4 or GUEST_TSO6.
pub const VIRTIO_NET_STATS_TYPE_RX_GSO: u32 = 0x4;
/// Rate limit statistics of a receive queue.
pub const VIRTIO_NET_STATS_TYPE_RX_SPEED: u32 = 0x8;
/// Basic statistics of a transmit queue.
pub const VIRTIO_NET_STATS_TYPE_TX_BASIC: u32 = 0x10000;
/// Checksum statistics of a transmit queue; with CSUM.
pub const VIRTIO_NET_STATS_TYPE_TX_CSUM: u32 = 0x20000;
/// GSO statistics of a transmit queue; with HOST_TSO4 or HOST_TSO6 or HOST_USO.
pub const VIRTIO_NET_STATS_TYPE_TX_GSO: u32 = 0x40000;
/// Rate limit statistics of a transmit queue.
pub const VIRTIO_NET_STATS_TYPE_TX_SPEED: u32 = 0x80000;

// flags.ff-mask-flags; "Device Operation / Flow filter / Device and driver capabilities /
// VIRTIO_NET_FF_SELECTOR_CAP"

/// A mask may cover part of a field.
pub const VIRTIO_NET_FF_MASK_F_PARTIAL_MASK: u32 = 0x1;

// messages.rx-command; "Device Operation / Control Virtqueue / Packet Receive Filtering"

/// Receive all packets; with CTRL_RX.
pub const VIRTIO_NET_CTRL_RX_PROMISC: u32 = 0;
/// Receive all multicast packets; with CTRL_RX.
pub const VIRTIO_NET_CTRL_RX_ALLMULTI: u32 = 1;
/// Receive all unicast packets; with CTRL_RX_EXTRA.
pub const VIRTIO_NET_CTRL_RX_ALLUNI: u32 = 2;
/// Discard all multicast packets; with CTRL_RX_EXTRA.
pub const VIRTIO_NET_CTRL_RX_NOMULTI: u32 = 3;
/// Discard all unicast packets; with CTRL_RX_EXTRA.
pub const VIRTIO_NET_CTRL_RX_NOUNI: u32 = 4;
/// Discard all broadcast packets; with CTRL_RX_EXTRA.
pub const VIRTIO_NET_CTRL_RX_NOBCAST: u32 = 5;

// messages.mac-command; "Device Operation / Control Virtqueue / Setting MAC Address Filtering"

/// Set the unicast and multicast address tables; with CTRL_RX.
pub const VIRTIO_NET_CTRL_MAC_TABLE_SET: u32 = 0;
/// Set the MAC address; with CTRL_MAC_ADDR.
pub const VIRTIO_NET_CTRL_MAC_ADDR_SET: u32 = 1;

// messages.vlan-command; "Device Operation / Control Virtqueue / VLAN Filtering"

/// Add a VLAN to the filter; with CTRL_VLAN.
pub const VIRTIO_NET_CTRL_VLAN_ADD: u32 = 0;
/// Remove a VLAN from the filter; with CTRL_VLAN.
pub const VIRTIO_NET_CTRL_VLAN_DEL: u32 = 1;

// messages.announce-command; "Device Operation / Control Virtqueue / Gratuitous Packet Sending"

/// Acknowledge an announcement request; with GUEST_ANNOUNCE.
pub const VIRTIO_NET_CTRL_ANNOUNCE_ACK: u32 = 0;

// messages.mq-command; "Device Operation / Control Virtqueue / Device operation in multiqueue mode"

/// Set the number of queue pairs; with MQ.
pub const VIRTIO_NET_CTRL_MQ_VQ_PAIRS_SET: u32 = 0;
/// Configure receive-side scaling; with RSS.
pub const VIRTIO_NET_CTRL_MQ_RSS_CONFIG: u32 = 1;
/// Configure the reported hash; with HASH_REPORT.
pub const VIRTIO_NET_CTRL_MQ_HASH_CONFIG: u32 = 2;

// messages.guest-offloads-command; "Device Operation / Control Virtqueue / Offloads State
// Configuration / Setting Offloads State"

/// Set the enabled offloads; with CTRL_GUEST_OFFLOADS.
pub const VIRTIO_NET_CTRL_GUEST_OFFLOADS_SET: u32 = 0;

// messages.notf-coal-command; "Device Operation / Control Virtqueue / Notifications Coalescing"

/// Set the coalescing parameters of all transmit queues; with NOTF_COAL.
pub const VIRTIO_NET_CTRL_NOTF_COAL_TX_SET: u32 = 0;
/// Set the coalescing parameters of all receive queues; with NOTF_COAL.
pub const VIRTIO_NET_CTRL_NOTF_COAL_RX_SET: u32 = 1;
/// Set the coalescing parameters of one queue; with VQ_NOTF_COAL.
pub const VIRTIO_NET_CTRL_NOTF_COAL_VQ_SET: u32 = 2;
/// Read the coalescing parameters of one queue; the driver writes vq_index and reserved of
/// ctrl_coal_vq; with VQ_NOTF_COAL.
pub const VIRTIO_NET_CTRL_NOTF_COAL_VQ_GET: u32 = 3;

// messages.hash-tunnel-command; "Device Operation / Processing of Incoming Packets / Inner Header
// Hash"

/// Set the enabled tunnel types; with HASH_TUNNEL.
pub const VIRTIO_NET_CTRL_HASH_TUNNEL_SET: u32 = 0;

// messages.stats-command; "Device Operation / Control Virtqueue / Device Statistics / Query
// Statistic Capabilities"

/// Query the supported statistics; with DEVICE_STATS.
pub const VIRTIO_NET_CTRL_STATS_QUERY: u32 = 0;
/// Read statistics; each reply consists of a header and its counters; with DEVICE_STATS.
pub const VIRTIO_NET_CTRL_STATS_GET: u32 = 1;

// messages.rss-ctx-command; "Device Operation / Control Virtqueue / RSS Context / Querying RSS
// Context Capability"

/// Query the maximum number of contexts; with RSS_CONTEXT.
pub const VIRTNET_RSS_CTX_CTRL_CAP_GET: u32 = 0;
/// Create a context; with RSS_CONTEXT.
pub const VIRTNET_RSS_CTX_CTRL_ADD: u32 = 1;
/// Modify a context; with RSS_CONTEXT.
pub const VIRTNET_RSS_CTX_CTRL_MOD: u32 = 2;
/// Delete a context; with RSS_CONTEXT.
pub const VIRTNET_RSS_CTX_CTRL_DEL: u32 = 3;

// queues; "Network Device"

/// Receive buffers. Quirk net.no-buffers (TinyEMU 2019-02-10): The num_buffers of a received packet
/// is 0. A driver ignores num_buffers without MRG_RXBUF. Quirk net.split-header (Windows with
/// netkvm, not seen here): Header and data occupy separate descriptors, which the specification
/// permits. A device accepts any arrangement of descriptors.
pub const VIRTIO_NET_QUEUE_RECEIVEQ: u32 = 0;
/// Outgoing packets. Quirk net.short-packet (QEMU 7.2): A chain of 8 bytes, shorter than the
/// header, terminates the program. A driver sends no less than header and frame. Quirk net.packed-
/// event-stall (QEMU 7.2, 10.0): With EVENT_IDX and a packed ring, once its back end was full, the
/// device requests an event at a packet that it has already sent. A driver does without EVENT_IDX
/// or notifies again.
pub const VIRTIO_NET_QUEUE_TRANSMITQ: u32 = 1;

/// Command whose state a device part contains.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_dev_part_cvq_selector {
    /// Command class; _\*.
    pub class_: u8,
    /// Command within the class.
    pub command: u8,
    /// Reserved.
    pub reserved: [u8; 6],
}
layout!(virtio_net_dev_part_cvq_selector, 8, class_ 0, command 1, reserved 2);

/// Security association of a packet.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub struct virtio_net_ipsec_resource_hdr {
    /// Id of the resource object with the outbound security association.
    pub resource_id: Le32,
    /// Type of that resource object.
    pub resource_type: Le16,
}
layout!(virtio_net_ipsec_resource_hdr, 6, resource_id 0, resource_type 4);

/// Security association, or padding without IPSEC; with OUT_NET_HEADER or IPSEC.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub union virtio_net_hdr_u {
    /// Reserved.
    pub padding_reserved_2: [u8; 6],
    /// Security association of the packet; with IPSEC.
    pub ipsec_resource_hdr: virtio_net_ipsec_resource_hdr,
}

/// Header of a packet; its length depends on the features.
/// 32 bytes with OUT_NET_HEADER or IPSEC.
/// 24 bytes with HOST_UDP_TUNNEL_GSO or GUEST_UDP_TUNNEL_GSO.
/// 20 bytes with HASH_REPORT.
/// 12 bytes with MRG_RXBUF or VERSION_1.
/// 10 bytes.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub struct virtio_net_hdr {
    /// Packet flags; VIRTIO_NET_HDR_F_\*.
    pub flags: u8,
    /// Segmentation type; VIRTIO_NET_HDR_GSO_\*.
    pub gso_type: u8,
    /// Length of all headers; exact only in a GSO packet sent with GUEST_HDRLEN, otherwise a hint;
    /// in bytes.
    pub hdr_len: Le16,
    /// Maximum payload of a segment; in bytes.
    pub gso_size: Le16,
    /// Offset at which checksumming starts; with RSC_INFO, the number of coalesced segments.
    pub csum_start: Le16,
    /// Offset of the checksum from csum_start; with RSC_INFO, the number of duplicate ACKs.
    pub csum_offset: Le16,
    /// Number of merged buffers; 0 in outgoing packets; with MRG_RXBUF or VERSION_1.
    pub num_buffers: Le16,
    /// Hash of the packet; with HASH_REPORT.
    pub hash_value: Le32,
    /// Hash type; with HASH_REPORT; VIRTIO_NET_HASH_REPORT_\*.
    pub hash_report: Le16,
    /// Reserved; with HASH_REPORT.
    pub padding_reserved: Le16,
    /// Offset of the outer UDP header; with HOST_UDP_TUNNEL_GSO or GUEST_UDP_TUNNEL_GSO.
    pub outer_th_offset: Le16,
    /// Offset of the inner network header; with HOST_UDP_TUNNEL_GSO or GUEST_UDP_TUNNEL_GSO.
    pub inner_nh_offset: Le16,
    /// Offset of the outer network header; 0 if unknown; with OUT_NET_HEADER.
    pub outer_nh_offset: Le16,
    /// Security association, or padding without IPSEC; with OUT_NET_HEADER or IPSEC.
    pub u: virtio_net_hdr_u,
}
layout!(virtio_net_hdr, 32,
    flags 0, gso_type 1, hdr_len 2, gso_size 4, csum_start 6, csum_offset 8, num_buffers 10,
    hash_value 12, hash_report 16, padding_reserved 18, outer_th_offset 20, inner_nh_offset 22,
    outer_nh_offset 24, u 26
);

/// Tunnel types for which the device hashes the inner header.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtnet_hash_tunnel {
    /// Enabled tunnel types; 0 for none; VIRTIO_NET_HASH_TUNNEL_TYPE_\*.
    pub enabled_tunnel_types: Le32,
}
layout!(virtnet_hash_tunnel, 4, enabled_tunnel_types 0);

/// A control queue command.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_ctrl {
    /// Command class; _\*.
    pub class_: u8,
    /// Command within the class.
    pub command: u8,
    /// Command-specific data.
    pub command_specific_data: [u8; 0],
}
layout!(virtio_net_ctrl, 2, class_ 0, command 1);

/// The part that the device writes.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_ctrl_in {
    /// Status of the command; enums.ack.
    pub ack: u8,
    /// Command-specific result.
    pub command_specific_result: [u8; 0],
}
layout!(virtio_net_ctrl_in, 1, ack 0);

/// A MAC address.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_mac_address {
    /// Octets in transmission order.
    pub octets: [u8; 6],
}
layout!(virtio_net_mac_address, 6, octets 0);

/// A table of MAC addresses.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_ctrl_mac {
    /// Number of addresses.
    pub entries: Le32,
    /// The addresses; number of elements: entries.
    pub macs: [virtio_net_mac_address; 0],
}
layout!(virtio_net_ctrl_mac, 4, entries 0);

/// Number of queue pairs to use.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_ctrl_mq_pairs_set {
    /// Number of queue pairs, 1 to max_virtqueue_pairs.
    pub virtqueue_pairs: Le16,
}
layout!(virtio_net_ctrl_mq_pairs_set, 2, virtqueue_pairs 0);

/// Parameters of the reported hash.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub struct virtio_net_hash_config {
    /// Enabled hash types; VIRTIO_NET_HASH_TYPE_\*.
    pub hash_types: Le32,
    /// Reserved.
    pub reserved: [Le16; 4],
    /// Length of the key; in bytes.
    pub hash_key_length: u8,
    /// Hash key; number of elements: hash_key_length.
    pub hash_key_data: [u8; 0],
}
layout!(virtio_net_hash_config, 13, hash_types 0, reserved 4, hash_key_length 12);

/// A receive queue.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_rss_rq_id {
    /// Receive queue; receiveq1 is 0.
    /// Bits 0 to 14: vq_index_1_16. Bits 1 to 16 of the queue's index: the index of a receive queue
    /// is even.
    pub id: Le16,
}
layout!(virtio_net_rss_rq_id, 2, id 0);

/// Receive-side scaling parameters.
/// At 8 + 2 · indirection_table: uint16_t max_tx_vq. Maximum number of transmit queues in use.
/// At 10 + 2 · indirection_table: uint8_t hash_key_length. Length of the key; in bytes.
/// At 11 + 2 · indirection_table: uint8_t hash_key_data\[\]. Hash key; number of elements:
/// hash_key_length.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_rss_config {
    /// Enabled hash types; VIRTIO_NET_HASH_TYPE_\*.
    pub hash_types: Le32,
    /// Number of indirection table entries minus 1; the number is a power of 2.
    pub indirection_table_mask: Le16,
    /// Receive queue for packets without a hash.
    pub unclassified_queue: virtio_net_rss_rq_id,
    /// Receive queue for each masked hash; number of elements: indirection_table_mask + 1.
    pub indirection_table: [virtio_net_rss_rq_id; 0],
}
layout!(virtio_net_rss_config, 8, hash_types 0, indirection_table_mask 4, unclassified_queue 6);

/// Limits on the number of RSS contexts.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtnet_rss_ctx_cap {
    /// Maximum number of contexts, without the default context.
    pub max_rss_contexts: Le16,
}
layout!(virtnet_rss_ctx_cap, 2, max_rss_contexts 0);

/// An RSS context.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtnet_rss_ctx_add_modify {
    /// Context id, 1 to max_rss_contexts.
    pub rss_ctx_id: Le16,
    /// Reserved.
    pub reserved: [u8; 6],
    /// Receive-side scaling parameters of the context; struct virtio_net_rss_config.
    pub rss: [u8; 0],
}
layout!(virtnet_rss_ctx_add_modify, 8, rss_ctx_id 0, reserved 2);

/// RSS context to delete.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtnet_rss_ctx_del {
    /// Context id, 1 to max_rss_contexts.
    pub rss_ctx_id: Le16,
}
layout!(virtnet_rss_ctx_del, 2, rss_ctx_id 0);

/// Receive offloads to enable.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_guest_offloads {
    /// Enabled offloads; all others are disabled; 1 \<\< each of VIRTIO_NET_GUEST_OFFLOAD_F_\*.
    pub offloads: Le64,
}
layout!(virtio_net_guest_offloads, 8, offloads 0);

/// Coalescing parameters; if either is 0, the device notifies for each packet.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_ctrl_coal {
    /// Maximum number of packets before a notification.
    pub max_packets: Le32,
    /// Maximum delay before a notification; in microseconds.
    pub max_usecs: Le32,
}
layout!(virtio_net_ctrl_coal, 8, max_packets 0, max_usecs 4);

/// Coalescing parameters of one queue.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_ctrl_coal_vq {
    /// Index of the queue.
    pub vq_index: Le16,
    /// Reserved.
    pub reserved: Le16,
    /// Coalescing parameters.
    pub coal: virtio_net_ctrl_coal,
}
layout!(virtio_net_ctrl_coal_vq, 12, vq_index 0, reserved 2, coal 4);

/// Supported statistics.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_stats_capabilities {
    /// Supported statistics types; VIRTIO_NET_STATS_TYPE_\*.
    pub supported_stats_types: [Le64; 1],
}
layout!(virtio_net_stats_capabilities, 8, supported_stats_types 0);

/// One entry per queue.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_ctrl_queue_stats_stats {
    /// Index of the queue.
    pub vq_index: Le16,
    /// Reserved.
    pub reserved: [Le16; 3],
    /// Requested statistics types; VIRTIO_NET_STATS_TYPE_\*.
    pub types_bitmap: [Le64; 1],
}
layout!(virtio_net_ctrl_queue_stats_stats, 16, vq_index 0, reserved 2, types_bitmap 8);

/// Header of a statistics reply.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_stats_reply_hdr {
    /// Statistics type; VIRTIO_NET_STATS_TYPE_REPLY_\*.
    pub r#type: u8,
    /// Reserved.
    pub reserved: u8,
    /// Index of the queue.
    pub vq_index: Le16,
    /// Reserved.
    pub reserved1: Le16,
    /// Length of this statistics entry, including the header; in bytes.
    pub size: Le16,
}
layout!(virtio_net_stats_reply_hdr, 8, r#type 0, reserved 1, vq_index 2, reserved1 4, size 6);

/// Statistics of the control queue.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_stats_cvq {
    /// Header.
    pub hdr: virtio_net_stats_reply_hdr,
    /// Number of commands, including this one.
    pub command_num: Le64,
    /// Number of successful commands, including this one.
    pub ok_num: Le64,
}
layout!(virtio_net_stats_cvq, 24, hdr 0, command_num 8, ok_num 16);

/// Statistics of a receive queue.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_stats_rx_basic {
    /// Header.
    pub hdr: virtio_net_stats_reply_hdr,
    /// Number of driver notifications for the receive queue.
    pub rx_notifications: Le64,
    /// Number of packets delivered to the driver.
    pub rx_packets: Le64,
    /// Number of bytes delivered to the driver; in bytes.
    pub rx_bytes: Le64,
    /// Number of interrupts for the receive queue.
    pub rx_interrupts: Le64,
    /// Number of dropped packets of the receive queue.
    pub rx_drops: Le64,
    /// Number of packets dropped for lack of a buffer.
    pub rx_drop_overruns: Le64,
}
layout!(virtio_net_stats_rx_basic, 56,
    hdr 0, rx_notifications 8, rx_packets 16, rx_bytes 24, rx_interrupts 32, rx_drops 40,
    rx_drop_overruns 48
);

/// Statistics of a transmit queue.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_stats_tx_basic {
    /// Header.
    pub hdr: virtio_net_stats_reply_hdr,
    /// Number of driver notifications for the transmit queue.
    pub tx_notifications: Le64,
    /// Number of packets that the device sent, which can be more than it took: it segments.
    pub tx_packets: Le64,
    /// Number of bytes of the packets that the device sent; in bytes.
    pub tx_bytes: Le64,
    /// Number of interrupts for the transmit queue.
    pub tx_interrupts: Le64,
    /// Number of dropped packets of the transmit queue.
    pub tx_drops: Le64,
    /// Number of packets dropped because of malformed buffers.
    pub tx_drop_malformed: Le64,
}
layout!(virtio_net_stats_tx_basic, 56,
    hdr 0, tx_notifications 8, tx_packets 16, tx_bytes 24, tx_interrupts 32, tx_drops 40,
    tx_drop_malformed 48
);

/// Checksum statistics of a receive queue.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_stats_rx_csum {
    /// Header.
    pub hdr: virtio_net_stats_reply_hdr,
    /// Number of packets with DATA_VALID.
    pub rx_csum_valid: Le64,
    /// Number of packets with NEEDS_CSUM.
    pub rx_needs_csum: Le64,
    /// Number of packets without checksum information.
    pub rx_csum_none: Le64,
    /// Number of packets with a wrong checksum.
    pub rx_csum_bad: Le64,
}
layout!(virtio_net_stats_rx_csum, 40,
    hdr 0, rx_csum_valid 8, rx_needs_csum 16, rx_csum_none 24, rx_csum_bad 32
);

/// Checksum statistics of a transmit queue.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_stats_tx_csum {
    /// Header.
    pub hdr: virtio_net_stats_reply_hdr,
    /// Number of packets that needed no checksum from the device.
    pub tx_csum_none: Le64,
    /// Number of packets whose checksum the device completed.
    pub tx_needs_csum: Le64,
}
layout!(virtio_net_stats_tx_csum, 24, hdr 0, tx_csum_none 8, tx_needs_csum 16);

/// GSO statistics of a receive queue.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_stats_rx_gso {
    /// Header.
    pub hdr: virtio_net_stats_reply_hdr,
    /// GSO packets received.
    pub rx_gso_packets: Le64,
    /// Bytes of received GSO packets, headers included; in bytes.
    pub rx_gso_bytes: Le64,
    /// GSO packets that the device coalesced.
    pub rx_gso_packets_coalesced: Le64,
    /// Bytes of GSO packets that the device coalesced, headers included; in bytes.
    pub rx_gso_bytes_coalesced: Le64,
}
layout!(virtio_net_stats_rx_gso, 40,
    hdr 0, rx_gso_packets 8, rx_gso_bytes 16, rx_gso_packets_coalesced 24, rx_gso_bytes_coalesced 32
);

/// GSO statistics of a transmit queue.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_stats_tx_gso {
    /// Header.
    pub hdr: virtio_net_stats_reply_hdr,
    /// GSO packets sent.
    pub tx_gso_packets: Le64,
    /// Bytes of GSO packets sent; in bytes.
    pub tx_gso_bytes: Le64,
    /// Segments prepared from GSO packets.
    pub tx_gso_segments: Le64,
    /// Number of bytes in these segments; in bytes.
    pub tx_gso_segments_bytes: Le64,
    /// GSO packets sent without segmentation.
    pub tx_gso_packets_noseg: Le64,
    /// Bytes of GSO packets sent without segmentation; in bytes.
    pub tx_gso_bytes_noseg: Le64,
}
layout!(virtio_net_stats_tx_gso, 56,
    hdr 0, tx_gso_packets 8, tx_gso_bytes 16, tx_gso_segments 24, tx_gso_segments_bytes 32,
    tx_gso_packets_noseg 40, tx_gso_bytes_noseg 48
);

/// Rate limit statistics of a receive queue.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_stats_rx_speed {
    /// Header.
    pub hdr: virtio_net_stats_reply_hdr,
    /// Number of received packets dropped by the rate limit.
    pub rx_packets_allowance_exceeded: Le64,
    /// Number of bytes of received packets dropped by the rate limit; in bytes.
    pub rx_bytes_allowance_exceeded: Le64,
}
layout!(virtio_net_stats_rx_speed, 24,
    hdr 0, rx_packets_allowance_exceeded 8, rx_bytes_allowance_exceeded 16
);

/// Rate limit statistics of a transmit queue.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_stats_tx_speed {
    /// Header.
    pub hdr: virtio_net_stats_reply_hdr,
    /// Number of transmitted packets dropped by the rate limit.
    pub tx_packets_allowance_exceeded: Le64,
    /// Number of bytes of transmitted packets dropped by the rate limit; in bytes.
    pub tx_bytes_allowance_exceeded: Le64,
}
layout!(virtio_net_stats_tx_speed, 24,
    hdr 0, tx_packets_allowance_exceeded 8, tx_bytes_allowance_exceeded 16
);

/// Limits of flow filter objects.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_ff_cap_data {
    /// Maximum number of groups.
    pub groups_limit: Le32,
    /// Maximum number of classifiers.
    pub classifiers_limit: Le32,
    /// Maximum number of rules in all groups.
    pub rules_limit: Le32,
    /// Maximum number of rules in a group.
    pub rules_per_group_limit: Le32,
    /// Maximum rule priority.
    pub last_rule_priority: u8,
    /// Maximum number of selectors in a classifier.
    pub selectors_per_classifier_limit: u8,
    /// Reserved.
    pub reserved: [u8; 2],
}
layout!(virtio_net_ff_cap_data, 20,
    groups_limit 0, classifiers_limit 4, rules_limit 8, rules_per_group_limit 12,
    last_rule_priority 16, selectors_per_classifier_limit 17, reserved 18
);

/// Header bits to match.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_ff_selector {
    /// Header type; VIRTIO_NET_FF_MASK_TYPE_\*.
    pub r#type: u8,
    /// Whether a mask may cover part of a field; VIRTIO_NET_FF_MASK_F_PARTIAL_MASK.
    pub flags: u8,
    /// Reserved.
    pub reserved: [u8; 2],
    /// Length of the mask; in bytes.
    pub length: u8,
    /// Reserved.
    pub reserved1: [u8; 3],
    /// Bitmask over the header; number of elements: length.
    pub mask: [u8; 0],
}
layout!(virtio_net_ff_selector, 8, r#type 0, flags 1, reserved 2, length 4, reserved1 5);

/// Supported flow filter selectors.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_ff_cap_mask_data {
    /// Number of selectors.
    pub count: u8,
    /// Reserved.
    pub reserved: [u8; 7],
    /// Supported selectors, ordered by type; each struct virtio_net_ff_selector; number of
    /// elements: count.
    pub selectors: [u8; 0],
}
layout!(virtio_net_ff_cap_mask_data, 8, count 0, reserved 1);

/// Supported flow filter actions.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_ff_actions {
    /// Number of actions.
    pub count: u8,
    /// Reserved.
    pub reserved: [u8; 7],
    /// Supported actions, in ascending order; VIRTIO_NET_FF_ACTION_\*; number of elements: count.
    pub actions: [u8; 0],
}
layout!(virtio_net_ff_actions, 8, count 0, reserved 1);

/// A group of flow filter rules.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_resource_obj_ff_group {
    /// Group priority; the highest value is evaluated first.
    pub group_priority: Le16,
}
layout!(virtio_net_resource_obj_ff_group, 2, group_priority 0);

/// The header fields that rules match.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_resource_obj_ff_classifier {
    /// Number of selectors.
    pub count: u8,
    /// Reserved.
    pub reserved: [u8; 7],
    /// One selector per header, outermost first; each struct virtio_net_ff_selector; number of
    /// elements: count.
    pub selectors: [u8; 0],
}
layout!(virtio_net_resource_obj_ff_classifier, 8, count 0, reserved 1);

/// A flow filter rule.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_resource_obj_ff_rule {
    /// Group of the rule.
    pub group_id: Le32,
    /// Classifier of the rule.
    pub classifier_id: Le32,
    /// Rule priority; the highest value is evaluated first.
    pub rule_priority: u8,
    /// Total length of the keys; in bytes.
    pub key_length: u8,
    /// Action for matching packets; VIRTIO_NET_FF_ACTION_\*.
    pub action: u8,
    /// Reserved.
    pub reserved: u8,
    /// Index of the receive queue for DIRECT_RX_VQ.
    pub vq_index: Le16,
    /// Reserved.
    pub reserved1: [u8; 2],
    /// Header values to match, one per selector; number of elements: key_length.
    pub keys: [u8; 0],
}
layout!(virtio_net_resource_obj_ff_rule, 16,
    group_id 0, classifier_id 4, rule_priority 8, key_length 9, action 10, reserved 11, vq_index 12,
    reserved1 14
);

/// Configuration space of the device.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_net_config {
    /// MAC address; valid with MAC.
    pub mac: [u8; 6],
    /// Link status; with STATUS; VIRTIO_NET_S_\*.
    pub status: Le16,
    /// Maximum number of receive and transmit queue pairs; with MQ or RSS; 1 to 0x8000.
    pub max_virtqueue_pairs: Le16,
    /// Maximum MTU; in bytes; with MTU; 68 to 65535.
    pub mtu: Le16,
    /// Link speed; 0xffffffff if unknown; in Mbit/s; with SPEED_DUPLEX.
    pub speed: Le32,
    /// 1 for full duplex, 0 for half duplex, 0xff if unknown; with SPEED_DUPLEX.
    pub duplex: u8,
    /// Maximum hash key size; in bytes; with RSS or HASH_REPORT; at least 40.
    pub rss_max_key_size: u8,
    /// Maximum number of indirection table entries; with RSS; at least 128.
    pub rss_max_indirection_table_length: Le16,
    /// Supported hash types; with RSS or HASH_REPORT; VIRTIO_NET_HASH_TYPE_\*.
    pub supported_hash_types: Le32,
    /// Supported tunnel types; with HASH_TUNNEL; VIRTIO_NET_HASH_TUNNEL_TYPE_\*.
    pub supported_tunnel_types: Le32,
}
layout!(virtio_net_config, 28,
    mac 0, status 6, max_virtqueue_pairs 8, mtu 10, speed 12, duplex 16, rss_max_key_size 17,
    rss_max_indirection_table_length 18, supported_hash_types 20, supported_tunnel_types 24
);
