// SPDX-License-Identifier: MIT
// Generated from spec/core/status.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; Device Status Field.

// bits; "Device Status Field"

/// The guest has found the device. Quirk status.plain-register (QEMU 7.2): The driver can write the
/// status in one step and clear bits. A driver takes the steps all the same. Quirk
/// status.firecracker-one-step (Firecracker 2026-08-21, not seen here): The device ignores a status
/// that does not add exactly the next bit. A driver sets one bit at a time and reads the status
/// back. Quirk status.no-reset (Solo5 older ones, after a boot loader, not seen here): The driver
/// does not reset a device that a boot loader has used. A device keeps its status, and its message
/// names the driver's mistake. With the switch qemu, it resets itself when the driver writes
/// ACKNOWLEDGE, alone or with DRIVER.
pub const VIRTIO_CONFIG_S_ACKNOWLEDGE: u32 = 1;
/// The guest has a driver for the device. Quirk status.bits-alone (NuttX 2026-08, 4ebc8a7291d): The
/// driver writes each status bit without the earlier ones. A device keeps the status bits that are
/// already set.
pub const VIRTIO_CONFIG_S_DRIVER: u32 = 2;
/// The driver is ready and the queues are live. Quirk status.firecracker-late-check (Firecracker
/// 2026-08-21, not seen here): The device checks the size, the alignment and the memory of its
/// queues at DRIVER_OK, and sets DEVICE_NEEDS_RESET if one of them is wrong. A driver reads the
/// status after DRIVER_OK. Quirk status.driver-ok-alone (operating-system-in-1000-lines abf945a):
/// The driver writes DRIVER_OK alone to the status, and reads no features. A device keeps the
/// status bits that are already set. Quirk status.early-requests (barebox 2026-07, dd1d839c2c): The
/// disk and console drivers notify their queues before DRIVER_OK and wait for the answer. A device
/// serves the queues at DRIVER_OK, which is too late for these drivers. With the switch qemu, it
/// serves them at once. Quirk status.early-notification (Linux, OpenBSD, Asterinas and nanos before
/// 2014-10, with vioscsi or viogpu, before 2026-06 and before 2019, not seen here): The driver
/// notifies its queues before DRIVER_OK. A device remembers the notification and serves its queues
/// at DRIVER_OK.
pub const VIRTIO_CONFIG_S_DRIVER_OK: u32 = 4;
/// The driver has written all features it accepts; the device may refuse them. Quirk status.any-
/// features (QEMU 7.2): The bit stays set whatever the driver wrote; the device drops bits that it
/// did not offer and accepts the absence of VERSION_1. A driver checks its own set; that the bit
/// sticks proves nothing. Quirk status.firecracker-any-features (Firecracker 2026-08-21, not seen
/// here): FEATURES_OK stays set whatever the driver wrote; the device drops bits that it did not
/// offer, and does not need VERSION_1. A driver checks its own set. Quirk status.insists-on-
/// features (Apple Virtualization 2026-07, not seen here): The device refuses a driver that does
/// not accept RING_RESET or ACCESS_PLATFORM. A driver accepts both. After a refusal, its message
/// names the offered features that it did not accept. Quirk status.features-again (Windows with
/// netkvm, not seen here): The driver writes its features again before FEATURES_OK, and FEATURES_OK
/// again together with DRIVER_OK. A device uses the features that were written last before
/// FEATURES_OK and ignores later ones.
pub const VIRTIO_CONFIG_S_FEATURES_OK: u32 = 8;
/// The driver asks the device to suspend; the device clears DRIVER_OK once it is suspended; with
/// SUSPEND.
pub const VIRTIO_CONFIG_S_SUSPEND: u32 = 16;
/// The device has an error from which only a reset recovers.
pub const VIRTIO_CONFIG_S_DEVICE_NEEDS_RESET: u32 = 64;
/// The driver has given up on the device.
pub const VIRTIO_CONFIG_S_FAILED: u32 = 128;
