// SPDX-License-Identifier: MIT
// Generated from spec/device/rpmb.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; RPMB Device.

#[allow(unused_imports)]
use crate::numbers::*;

/// Replay-protected storage with authenticated access.
pub const VIRTIO_ID_RPMB: u32 = 28;

// enums.response; "Device Operation"

/// Result of programming the key.
pub const VIRTIO_RPMB_RESP_PROGRAM_KEY: u32 = 0x100;
/// The write counter.
pub const VIRTIO_RPMB_RESP_GET_COUNTER: u32 = 0x200;
/// Result of a write.
pub const VIRTIO_RPMB_RESP_DATA_WRITE: u32 = 0x300;
/// One block of data.
pub const VIRTIO_RPMB_RESP_DATA_READ: u32 = 0x400;

// enums.result; "Device Operation / Device Operation: Request Queue"

/// The request succeeded.
pub const VIRTIO_RPMB_RES_OK: u32 = 0x0;
/// Any failure without a specific status.
pub const VIRTIO_RPMB_RES_GENERAL_FAILURE: u32 = 0x1;
/// The MAC does not match.
pub const VIRTIO_RPMB_RES_AUTH_FAILURE: u32 = 0x2;
/// The write counter does not match.
pub const VIRTIO_RPMB_RES_COUNT_FAILURE: u32 = 0x3;
/// The address is out of range.
pub const VIRTIO_RPMB_RES_ADDR_FAILURE: u32 = 0x4;
/// The device could not write the data or the key.
pub const VIRTIO_RPMB_RES_WRITE_FAILURE: u32 = 0x5;
/// The device could not read the data.
pub const VIRTIO_RPMB_RES_READ_FAILURE: u32 = 0x6;
/// The authentication key is not programmed.
pub const VIRTIO_RPMB_RES_NO_AUTH_KEY: u32 = 0x7;
/// The write counter has expired; writes are impossible.
pub const VIRTIO_RPMB_RES_WRITE_COUNTER_EXPIRED: u32 = 0x80;

// messages.request; "Device Operation"

/// Program the authentication key, once.
pub const VIRTIO_RPMB_REQ_PROGRAM_KEY: u32 = 0x1;
/// Read the write counter.
pub const VIRTIO_RPMB_REQ_GET_WRITE_COUNTER: u32 = 0x2;
/// Write blocks, one frame each.
pub const VIRTIO_RPMB_REQ_DATA_WRITE: u32 = 0x3;
/// Read blocks; the device returns one frame per block.
pub const VIRTIO_RPMB_REQ_DATA_READ: u32 = 0x4;
/// Read the result of the preceding key programming or write.
pub const VIRTIO_RPMB_REQ_RESULT_READ: u32 = 0x5;

// queues; "RPMB Device"

/// Requests.
pub const VIRTIO_RPMB_QUEUE_REQUESTQ: u32 = 0;

/// Frame of a request or response.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_rpmb_frame {
    /// Reserved.
    pub stuff: [u8; 196],
    /// The key, if the request is PROGRAM_KEY; else the HMAC SHA-256 of the fields that follow.
    pub key_mac: [u8; 32],
    /// The block.
    pub data: [u8; 256],
    /// Random bytes from the driver, returned in the response.
    pub nonce: [u8; 16],
    /// big-endian; Number of authenticated writes.
    pub write_counter: Be32,
    /// big-endian; First block; in 256-byte blocks.
    pub address: Be16,
    /// big-endian; Number of blocks; 1 if the request transfers no data.
    pub block_count: Be16,
    /// big-endian; Result of the request; VIRTIO_RPMB_RES_\*.
    pub result: Be16,
    /// big-endian; Request or response type; VIRTIO_RPMB_REQ_\* or VIRTIO_RPMB_RESP_\*.
    pub req_resp: Be16,
}
layout!(virtio_rpmb_frame, 512,
    stuff 0, key_mac 196, data 228, nonce 484, write_counter 500, address 504, block_count 506,
    result 508, req_resp 510
);

/// Configuration space of the device.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_rpmb_config {
    /// Size of the storage; in units of 128 KiB; at most 128.
    pub capacity: u8,
    /// Maximum number of blocks per write; 0 for no limit; in 256-byte blocks.
    pub max_wr_cnt: u8,
    /// Maximum number of blocks per read; 0 for no limit; in 256-byte blocks.
    pub max_rd_cnt: u8,
}
layout!(virtio_rpmb_config, 3, capacity 0, max_wr_cnt 1, max_rd_cnt 2);
