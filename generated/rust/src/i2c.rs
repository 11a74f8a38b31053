// SPDX-License-Identifier: MIT
// Generated from spec/device/i2c.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; I2C Adapter Device.

#[allow(unused_imports)]
use crate::numbers::*;

/// An I2C bus adapter.
pub const VIRTIO_ID_I2C_ADAPTER: u32 = 34;

/// Position of a 7-bit address in addr, and of the upper two bits of a 10-bit address.
pub const VIRTIO_I2C_ADDR_7_SHIFT: u32 = 1;
/// Highest 7-bit address.
pub const VIRTIO_I2C_ADDR_7_MAX: u32 = 0x7f;
/// Highest 10-bit address.
pub const VIRTIO_I2C_ADDR_10_MAX: u32 = 0x3ff;
/// Position in addr of the lower eight bits of a 10-bit address, and their number.
pub const VIRTIO_I2C_ADDR_10_SHIFT: u32 = 8;
/// Bits of addr that mark a 10-bit address.
pub const VIRTIO_I2C_ADDR_10_PREFIX: u32 = 0xf0;

// features; "Feature bits"

/// The device supports zero-length requests and FLAGS_M_RD; both sides require this feature.
pub const VIRTIO_I2C_F_ZERO_LENGTH_REQUEST: u32 = 0;

// Result of a request. enums.status; "Device Operation / Device Operation: Request Queue"

/// The request succeeded.
pub const VIRTIO_I2C_MSG_OK: u32 = 0;
/// The message failed.
pub const VIRTIO_I2C_MSG_ERR: u32 = 1;

// Request flags. flags.request-flags; "Device Operation / Device Operation: Request Queue"

/// If this request fails, the next one, of the same group, fails too.
pub const VIRTIO_I2C_FLAGS_FAIL_NEXT: u32 = 0x1;
/// Read; if clear, write.
pub const VIRTIO_I2C_FLAGS_M_RD: u32 = 0x2;

// queues; "I2C Adapter Device"

/// Requests, each one segment of a transaction.
pub const VIRTIO_I2C_QUEUE_REQUESTQ: u32 = 0;

/// Request header.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_i2c_out_hdr {
    /// Address: a 7-bit address in bits 1 to 7; of a 10-bit address the upper two bits in 1 and 2,
    /// 11110 in 3 to 7, the rest in 8 to 15.
    pub addr: Le16,
    /// Reserved.
    pub padding: Le16,
    /// Request flags; VIRTIO_I2C_FLAGS_\*.
    pub flags: Le32,
}
layout!(virtio_i2c_out_hdr, 8, addr 0, padding 2, flags 4);

/// Request status.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_i2c_in_hdr {
    /// Status of the request; VIRTIO_I2C_MSG_\*.
    pub status: u8,
}
layout!(virtio_i2c_in_hdr, 1, status 0);

/// A request; the device writes buf of a read.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_i2c_req {
    /// Header: address and flags.
    pub out_hdr: virtio_i2c_out_hdr,
    /// Data, written by the device if M_RD is set, else by the driver; may be absent.
    pub buf: [u8; 0],
}
layout!(virtio_i2c_req, 8, out_hdr 0);

/// The part that the device writes.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_i2c_req_in {
    /// Status of the request.
    pub in_hdr: virtio_i2c_in_hdr,
}
layout!(virtio_i2c_req_in, 1, in_hdr 0);
