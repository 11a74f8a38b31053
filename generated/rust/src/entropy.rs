// SPDX-License-Identifier: MIT
// Generated from spec/device/entropy.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; Entropy Device.

/// A source of random bytes.
pub const VIRTIO_ID_RNG: u32 = 4;

// queues; "Entropy Device"

/// Buffers to fill with random bytes; the used length is the number of bytes. Quirk entropy.clears-
/// flags (semu 2026-05-19): The device sets the flags of a used descriptor to 0. A driver writes
/// the whole descriptor for each buffer.
pub const VIRTIO_ENTROPY_QUEUE_REQUESTQ: u32 = 0;
