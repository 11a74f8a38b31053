// SPDX-License-Identifier: MIT
// Generated from spec/device/vsock.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; Socket Device.

#[allow(unused_imports)]
use crate::numbers::*;

/// Sockets between guest and host.
pub const VIRTIO_ID_VSOCK: u32 = 19;

// features; "Feature bits"

/// The device supports stream sockets.
pub const VIRTIO_VSOCK_F_STREAM: u32 = 0;
/// The device supports seqpacket sockets.
pub const VIRTIO_VSOCK_F_SEQPACKET: u32 = 1;
/// Without STREAM, the device does not support stream sockets.
pub const VIRTIO_VSOCK_F_NO_IMPLIED_STREAM: u32 = 2;

// Reserved context ids. enums.cid; "Device configuration layout"

/// Reserved.
pub const VIRTIO_VSOCK_CID_RESERVED_0: u32 = 0;
/// Reserved.
pub const VIRTIO_VSOCK_CID_RESERVED_1: u32 = 1;
/// The host.
pub const VIRTIO_VSOCK_CID_HOST: u32 = 2;
/// Reserved.
pub const VIRTIO_VSOCK_CID_RESERVED_32: u32 = 0xffffffff;
/// Reserved.
pub const VIRTIO_VSOCK_CID_RESERVED_64: u64 = 0xffffffffffffffff;

// enums.type; "Device Operation / Addressing"

/// Byte stream.
pub const VIRTIO_VSOCK_TYPE_STREAM: u32 = 1;
/// Sequenced messages with boundaries; with SEQPACKET.
pub const VIRTIO_VSOCK_TYPE_SEQPACKET: u32 = 2;

// enums.shutdown-flag; "Device Operation / Stream Sockets"

/// The sender will receive no more data.
pub const VIRTIO_VSOCK_SHUTDOWN_F_RECEIVE: u32 = 0;
/// The sender will send no more data.
pub const VIRTIO_VSOCK_SHUTDOWN_F_SEND: u32 = 1;

// flags.seq-flags; "Device Operation / Seqpacket Sockets / Message and record boundaries"

/// End of message.
pub const VIRTIO_VSOCK_SEQ_EOM: u32 = 0x1;
/// End of record.
pub const VIRTIO_VSOCK_SEQ_EOR: u32 = 0x2;

// messages.op; "Device Operation"

/// Invalid operation.
pub const VIRTIO_VSOCK_OP_INVALID: u32 = 0;
/// Connection request.
pub const VIRTIO_VSOCK_OP_REQUEST: u32 = 1;
/// Connection accepted.
pub const VIRTIO_VSOCK_OP_RESPONSE: u32 = 2;
/// Connection reset.
pub const VIRTIO_VSOCK_OP_RST: u32 = 3;
/// Shutdown of one or both directions.
pub const VIRTIO_VSOCK_OP_SHUTDOWN: u32 = 4;
/// Transfers data.
pub const VIRTIO_VSOCK_OP_RW: u32 = 5;
/// Reports the available buffer space.
pub const VIRTIO_VSOCK_OP_CREDIT_UPDATE: u32 = 6;
/// Requests a credit update.
pub const VIRTIO_VSOCK_OP_CREDIT_REQUEST: u32 = 7;

// messages.event-id; "Device Operation / Device Events"

/// All connections are lost; guest_cid may have changed.
pub const VIRTIO_VSOCK_EVENT_TRANSPORT_RESET: u32 = 0;

// queues; "Socket Device"

/// Receive buffers.
pub const VIRTIO_VSOCK_QUEUE_RX: u32 = 0;
/// Outgoing packets. Quirk vsock.two-descriptors (Firecracker before 1.6, not seen here): The data
/// of a packet must be in the descriptor after that of its header. None: the driver sends a packet
/// in one descriptor, so that the ring holds twice as many packets.
pub const VIRTIO_VSOCK_QUEUE_TX: u32 = 1;
/// Event buffers.
pub const VIRTIO_VSOCK_QUEUE_EVENT: u32 = 2;

/// Packet header.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub struct virtio_vsock_hdr {
    /// Source context id; the upper 32 bits are 0; VIRTIO_VSOCK_CID_\*.
    pub src_cid: Le64,
    /// Destination context id; the upper 32 bits are 0; VIRTIO_VSOCK_CID_\*.
    pub dst_cid: Le64,
    /// Source port.
    pub src_port: Le32,
    /// Destination port.
    pub dst_port: Le32,
    /// Length of the data; in bytes.
    pub len: Le32,
    /// Socket type; VIRTIO_VSOCK_TYPE_\*.
    pub r#type: Le16,
    /// Operation; VIRTIO_VSOCK_OP_\*.
    pub op: Le16,
    /// RW with SEQPACKET: seq-flags; SHUTDOWN: shutdown-flag; VIRTIO_VSOCK_SEQ_\*; 1 \<\< each of
    /// VIRTIO_VSOCK_SHUTDOWN_F_\*.
    pub flags: Le32,
    /// Receive buffer of the sender's socket, free and in use; in bytes.
    pub buf_alloc: Le32,
    /// Payload bytes that the sender's socket has consumed; wraps; in bytes.
    pub fwd_cnt: Le32,
}
layout!(virtio_vsock_hdr, 44,
    src_cid 0, dst_cid 8, src_port 16, dst_port 20, len 24, r#type 28, op 30, flags 32,
    buf_alloc 36, fwd_cnt 40
);

/// A packet.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_vsock_packet {
    /// Header.
    pub hdr: virtio_vsock_hdr,
    /// Data.
    pub data: [u8; 0],
}
layout!(virtio_vsock_packet, 44, hdr 0);

/// An event.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_vsock_event {
    /// Event type; VIRTIO_VSOCK_EVENT_TRANSPORT_RESET.
    pub id: Le32,
}
layout!(virtio_vsock_event, 4, id 0);

/// Configuration space of the device.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_vsock_config {
    /// Guest CID, which is not a reserved one; the upper 32 bits are 0.
    pub guest_cid: Le64,
}
layout!(virtio_vsock_config, 8, guest_cid 0);
