// SPDX-License-Identifier: MIT
// Generated from spec/core/ids.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; Device Types.

// ids; "Device Types"

/// Network device.
pub const VIRTIO_ID_NET: u32 = 1;
/// Block device.
pub const VIRTIO_ID_BLOCK: u32 = 2;
/// Console.
pub const VIRTIO_ID_CONSOLE: u32 = 3;
/// Entropy source.
pub const VIRTIO_ID_RNG: u32 = 4;
/// Memory ballooning (traditional).
pub const VIRTIO_ID_BALLOON: u32 = 5;
/// IoMemory.
pub const VIRTIO_ID_IOMEM: u32 = 6;
/// Rpmsg.
pub const VIRTIO_ID_RPMSG: u32 = 7;
/// SCSI host.
pub const VIRTIO_ID_SCSI: u32 = 8;
/// 9P transport.
pub const VIRTIO_ID_9P: u32 = 9;
/// Mac80211 wlan.
pub const VIRTIO_ID_MAC80211_WLAN: u32 = 10;
/// Rproc serial.
pub const VIRTIO_ID_RPROC_SERIAL: u32 = 11;
/// Virtio CAIF.
pub const VIRTIO_ID_CAIF: u32 = 12;
/// Memory balloon.
pub const VIRTIO_ID_MEMORY_BALLOON: u32 = 13;
/// GPU device.
pub const VIRTIO_ID_GPU: u32 = 16;
/// RTC (Real Time Clock) device.
pub const VIRTIO_ID_CLOCK: u32 = 17;
/// Input device.
pub const VIRTIO_ID_INPUT: u32 = 18;
/// Socket device.
pub const VIRTIO_ID_VSOCK: u32 = 19;
/// Crypto device.
pub const VIRTIO_ID_CRYPTO: u32 = 20;
/// Signal Distribution Module.
pub const VIRTIO_ID_SIGNAL_DIST: u32 = 21;
/// Pstore device.
pub const VIRTIO_ID_PSTORE: u32 = 22;
/// IOMMU device.
pub const VIRTIO_ID_IOMMU: u32 = 23;
/// Memory device.
pub const VIRTIO_ID_MEM: u32 = 24;
/// Sound device.
pub const VIRTIO_ID_SOUND: u32 = 25;
/// File system device.
pub const VIRTIO_ID_FS: u32 = 26;
/// PMEM device.
pub const VIRTIO_ID_PMEM: u32 = 27;
/// RPMB device.
pub const VIRTIO_ID_RPMB: u32 = 28;
/// Mac80211 hwsim wireless simulation device.
pub const VIRTIO_ID_MAC80211_HWSIM: u32 = 29;
/// Video encoder device.
pub const VIRTIO_ID_VIDEO_ENCODER: u32 = 30;
/// Video decoder device.
pub const VIRTIO_ID_VIDEO_DECODER: u32 = 31;
/// SCMI device.
pub const VIRTIO_ID_SCMI: u32 = 32;
/// NitroSecureModule.
pub const VIRTIO_ID_NITRO_SEC_MOD: u32 = 33;
/// I2C adapter.
pub const VIRTIO_ID_I2C_ADAPTER: u32 = 34;
/// Watchdog.
pub const VIRTIO_ID_WATCHDOG: u32 = 35;
/// CAN device.
pub const VIRTIO_ID_CAN: u32 = 36;
/// Parameter Server.
pub const VIRTIO_ID_PARAM_SERV: u32 = 38;
/// Audio policy device.
pub const VIRTIO_ID_AUDIO_POLICY: u32 = 39;
/// Bluetooth device.
pub const VIRTIO_ID_BT: u32 = 40;
/// GPIO device.
pub const VIRTIO_ID_GPIO: u32 = 41;
/// RDMA device.
pub const VIRTIO_ID_RDMA: u32 = 42;
/// Camera device.
pub const VIRTIO_ID_CAMERA: u32 = 43;
/// ISM device.
pub const VIRTIO_ID_ISM: u32 = 44;
/// SPI controller.
pub const VIRTIO_ID_SPI: u32 = 45;
/// TEE device.
pub const VIRTIO_ID_TEE: u32 = 46;
/// CPU balloon device.
pub const VIRTIO_ID_CPU_BALLOON: u32 = 47;
/// Media device.
pub const VIRTIO_ID_MEDIA: u32 = 48;
/// USB controller.
pub const VIRTIO_ID_USB: u32 = 49;
