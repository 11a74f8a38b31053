// SPDX-License-Identifier: MIT
// Generated from spec/device/blk.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; Block Device.
//!
//! Quirk blk.barrier-unasked (SLOF 2022): The driver sets BARRIER in the type of each read and
//! write, although the device does not offer it. A device ignores the bit. QEMU does so too.
//!
//! Quirk blk.config-of-60 (qemu-storage-daemon 7.2): A vhost-user device returns no configuration
//! for reads of more than 60 bytes. A front end asks for 60 bytes at most.
//!
//! In the legacy interface, numbers of the types `Le16`, `Le32` and `Le64` have the guest's byte
//! order.

#[allow(unused_imports)]
use crate::numbers::*;

/// A disk with 512-byte sectors.
pub const VIRTIO_ID_BLOCK: u32 = 2;

/// Unit of sector numbers in requests and in the configuration.
pub const VIRTIO_BLK_SECTOR_BYTES: u32 = 512;
/// Payload size of GET_ID.
pub const VIRTIO_BLK_GET_ID_BYTES: u32 = 20;

// features; "Feature bits"

/// The device supports request barriers; legacy only.
pub const VIRTIO_BLK_F_BARRIER: u32 = 0;
/// size_max limits the size of a segment.
pub const VIRTIO_BLK_F_SIZE_MAX: u32 = 1;
/// seg_max limits the number of segments in a request.
pub const VIRTIO_BLK_F_SEG_MAX: u32 = 2;
/// The configuration contains the disk geometry.
pub const VIRTIO_BLK_F_GEOMETRY: u32 = 4;
/// The device is read-only.
pub const VIRTIO_BLK_F_RO: u32 = 5;
/// The configuration contains the block size.
pub const VIRTIO_BLK_F_BLK_SIZE: u32 = 6;
/// The device supports SCSI packet commands; legacy only.
pub const VIRTIO_BLK_F_SCSI: u32 = 7;
/// The device supports the flush command.
pub const VIRTIO_BLK_F_FLUSH: u32 = 9;
/// Another name of VIRTIO_BLK_F_FLUSH.
pub const VIRTIO_BLK_F_WCE: u32 = VIRTIO_BLK_F_FLUSH;
/// The configuration contains optimal I/O sizes.
pub const VIRTIO_BLK_F_TOPOLOGY: u32 = 10;
/// The driver can switch the write cache between writeback and writethrough.
pub const VIRTIO_BLK_F_CONFIG_WCE: u32 = 11;
/// The device has several request queues.
pub const VIRTIO_BLK_F_MQ: u32 = 12;
/// The device supports the discard command.
pub const VIRTIO_BLK_F_DISCARD: u32 = 13;
/// The device supports the write zeroes command.
pub const VIRTIO_BLK_F_WRITE_ZEROES: u32 = 14;
/// The device reports its wear.
pub const VIRTIO_BLK_F_LIFETIME: u32 = 15;
/// The device supports the secure erase command.
pub const VIRTIO_BLK_F_SECURE_ERASE: u32 = 16;
/// The device is zoned; modern only.
pub const VIRTIO_BLK_F_ZONED: u32 = 17;

// enums.zone-model; "Device configuration layout"

/// No zones.
pub const VIRTIO_BLK_Z_NONE: u32 = 0;
/// Host-managed.
pub const VIRTIO_BLK_Z_HM: u32 = 1;
/// Host-aware.
pub const VIRTIO_BLK_Z_HA: u32 = 2;

// enums.pre-eol-info; "Device Operation"

/// Undefined.
pub const VIRTIO_BLK_PRE_EOL_INFO_UNDEFINED: u32 = 0;
/// Less than 80 percent of the reserved blocks are consumed.
pub const VIRTIO_BLK_PRE_EOL_INFO_NORMAL: u32 = 1;
/// At least 80 percent of the reserved blocks are consumed.
pub const VIRTIO_BLK_PRE_EOL_INFO_WARNING: u32 = 2;
/// At least 90 percent of the reserved blocks are consumed.
pub const VIRTIO_BLK_PRE_EOL_INFO_URGENT: u32 = 3;

// enums.zone-type; "Device Operation"

/// Conventional.
pub const VIRTIO_BLK_ZT_CONV: u32 = 1;
/// Sequential write required.
pub const VIRTIO_BLK_ZT_SWR: u32 = 2;
/// Sequential write preferred.
pub const VIRTIO_BLK_ZT_SWP: u32 = 3;

// enums.zone-state; "Device Operation"

/// The zone has no write pointer.
pub const VIRTIO_BLK_ZS_NOT_WP: u32 = 0;
/// Empty.
pub const VIRTIO_BLK_ZS_EMPTY: u32 = 1;
/// Implicitly open.
pub const VIRTIO_BLK_ZS_IOPEN: u32 = 2;
/// Explicitly open.
pub const VIRTIO_BLK_ZS_EOPEN: u32 = 3;
/// Closed.
pub const VIRTIO_BLK_ZS_CLOSED: u32 = 4;
/// Read-only.
pub const VIRTIO_BLK_ZS_RDONLY: u32 = 13;
/// Full.
pub const VIRTIO_BLK_ZS_FULL: u32 = 14;
/// Offline.
pub const VIRTIO_BLK_ZS_OFFLINE: u32 = 15;

// enums.status; "Device Operation"

/// The request succeeded.
pub const VIRTIO_BLK_S_OK: u32 = 0;
/// Device or driver error.
pub const VIRTIO_BLK_S_IOERR: u32 = 1;
/// The device does not support the request.
pub const VIRTIO_BLK_S_UNSUPP: u32 = 2;
/// Zone error without a more specific status; with ZONED.
pub const VIRTIO_BLK_S_ZONE_INVALID_CMD: u32 = 3;
/// The write does not start at the write pointer or does not end on a multiple of
/// write_granularity; with ZONED.
pub const VIRTIO_BLK_S_ZONE_UNALIGNED_WP: u32 = 4;
/// Too many open zones; with ZONED.
pub const VIRTIO_BLK_S_ZONE_OPEN_RESOURCE: u32 = 5;
/// Too many active zones; with ZONED.
pub const VIRTIO_BLK_S_ZONE_ACTIVE_RESOURCE: u32 = 6;

// flags.type-flags; "Device Operation / Legacy Interface: Device Operation"

/// Barrier: all earlier requests complete before this one starts, and all later ones start after it
/// completes; with BARRIER; legacy only.
pub const VIRTIO_BLK_T_BARRIER: u32 = 0x80000000;

// IOERR on a read-only disk is the specification's for writes, and the choice of this description
// for other requests that change ranges or zones. messages.type; "Device Operation"

/// Read sectors.
pub const VIRTIO_BLK_T_IN: u32 = 0;
/// Write sectors.
pub const VIRTIO_BLK_T_OUT: u32 = 1;
/// SCSI packet command; with SCSI; legacy only.
pub const VIRTIO_BLK_T_SCSI_CMD: u32 = 2;
/// SCSI packet command, an alias of SCSI_CMD; with SCSI; legacy only.
pub const VIRTIO_BLK_T_SCSI_CMD_OUT: u32 = 3;
/// Flush the write cache; with FLUSH.
pub const VIRTIO_BLK_T_FLUSH: u32 = 4;
/// An alias of FLUSH; with FLUSH; legacy only.
pub const VIRTIO_BLK_T_FLUSH_OUT: u32 = 5;
/// Read the id string: up to 20 bytes, without a terminating NUL if it has 20.
pub const VIRTIO_BLK_T_GET_ID: u32 = 8;
/// Read the device wear; with LIFETIME.
pub const VIRTIO_BLK_T_GET_LIFETIME: u32 = 10;
/// Discard sectors; with DISCARD.
pub const VIRTIO_BLK_T_DISCARD: u32 = 11;
/// Fill sectors with zeroes; with WRITE_ZEROES.
pub const VIRTIO_BLK_T_WRITE_ZEROES: u32 = 13;
/// Erase sectors irrecoverably; on a zoned disk, each segment is a multiple of zone_sectors; with
/// SECURE_ERASE.
pub const VIRTIO_BLK_T_SECURE_ERASE: u32 = 14;
/// Append to a zone at its write pointer; with ZONED.
pub const VIRTIO_BLK_T_ZONE_APPEND: u32 = 15;
/// Report zones, starting with the one that contains the sector; with ZONED.
pub const VIRTIO_BLK_T_ZONE_REPORT: u32 = 16;
/// Open a zone; with ZONED.
pub const VIRTIO_BLK_T_ZONE_OPEN: u32 = 18;
/// Close a zone; with ZONED.
pub const VIRTIO_BLK_T_ZONE_CLOSE: u32 = 20;
/// Finish a zone: make it full; with ZONED.
pub const VIRTIO_BLK_T_ZONE_FINISH: u32 = 22;
/// Reset a zone: make it empty; with ZONED.
pub const VIRTIO_BLK_T_ZONE_RESET: u32 = 24;
/// Reset all zones; with ZONED.
pub const VIRTIO_BLK_T_ZONE_RESET_ALL: u32 = 26;

// queues; "Block Device"

/// Requests. Quirk blk.unknown-type-unanswered (TinyEMU 2019-02-10): A request of an unknown type,
/// such as GET_ID, is never used. A driver waits for a limited time. Quirk blk.unknown-type-stops
/// (semu 2026-05-19): The device writes the status of a request of an unknown type, such as GET_ID,
/// or of a sector out of range, and sets DEVICE_NEEDS_RESET. A driver sends no such request. Quirk
/// blk.length-of-a-write (semu and rv32emu 2026-05-19 and 2026-06-27): The used length is that of
/// the data: of a read it omits the status, of a write it should be 1. A driver takes a read or
/// write that succeeded as complete, whatever its length. Quirk blk.framing-of-linux (Firecracker
/// 2026-08-21, not seen here): A request must consist of a header, one data segment and a status;
/// FLUSH needs no data. The device returns any other request with a used length of 0 and does not
/// write its status. A driver gives each part a descriptor of its own, and splits the data only
/// with SEG_MAX, as Linux does. Quirk blk.parts-by-themselves (Cloud Hypervisor 2026-08, not seen
/// here): The first descriptor must be the header, the last one the status, and those in between
/// the data. Only a read or a write may have several data descriptors. A driver gives each part
/// descriptors of its own, as Linux does.
pub const VIRTIO_BLK_QUEUE_REQUESTQ: u32 = 0;

/// Disk-style geometry.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_blk_geometry {
    /// Number of cylinders.
    pub cylinders: Le16,
    /// Number of heads.
    pub heads: u8,
    /// Sectors per track.
    pub sectors: u8,
}
layout!(virtio_blk_geometry, 4, cylinders 0, heads 2, sectors 3);

/// Optimal I/O sizes and alignment.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_blk_topology {
    /// log2 of the number of logical blocks per physical block.
    pub physical_block_exp: u8,
    /// Offset of the first aligned logical block; in logical blocks.
    pub alignment_offset: u8,
    /// Minimum I/O size without a performance penalty; in logical blocks.
    pub min_io_size: Le16,
    /// Suggested maximum I/O size; in logical blocks.
    pub opt_io_size: Le32,
}
layout!(virtio_blk_topology, 8,
    physical_block_exp 0, alignment_offset 1, min_io_size 2, opt_io_size 4
);

/// Characteristics of a zoned disk.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_blk_zoned_characteristics {
    /// Sectors per zone; in 512-byte sectors.
    pub zone_sectors: Le32,
    /// Maximum number of open zones; 0 for no limit.
    pub max_open_zones: Le32,
    /// Maximum number of active zones; 0 for no limit.
    pub max_active_zones: Le32,
    /// Maximum number of sectors in a zone append; 0 if the device does not support it; in 512-byte
    /// sectors.
    pub max_append_sectors: Le32,
    /// Alignment of the offset and size of writes to sequential zones; in bytes.
    pub write_granularity: Le32,
    /// Zone model; VIRTIO_BLK_Z_\*.
    pub model: u8,
    /// Reserved.
    pub unused2: [u8; 3],
}
layout!(virtio_blk_zoned_characteristics, 24,
    zone_sectors 0, max_open_zones 4, max_active_zones 8, max_append_sectors 12,
    write_granularity 16, model 20, unused2 21
);

/// One segment of a discard, write zeroes or secure erase request.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_blk_discard_write_zeroes {
    /// Start sector of the segment; in 512-byte sectors.
    pub sector: Le64,
    /// Length of the segment; in 512-byte sectors.
    pub num_sectors: Le32,
    /// Segment flags.
    /// Bit 0: unmap. The device may deallocate the sectors of a write zeroes request; 0 in a
    /// discard.
    pub flags: Le32,
}
layout!(virtio_blk_discard_write_zeroes, 16, sector 0, num_sectors 8, flags 12);

/// Device wear.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_blk_lifetime {
    /// Consumption of reserved blocks; VIRTIO_BLK_PRE_EOL_INFO_\*.
    pub pre_eol_info: Le16,
    /// Wear of SLC cells in steps of 10 percent, 1 to 10; 0 if unknown, 11 beyond the estimated
    /// lifetime.
    pub device_lifetime_est_typ_a: Le16,
    /// Wear of MLC cells in steps of 10 percent, 1 to 10; 0 if unknown, 11 beyond the estimated
    /// lifetime.
    pub device_lifetime_est_typ_b: Le16,
}
layout!(virtio_blk_lifetime, 6,
    pre_eol_info 0, device_lifetime_est_typ_a 2, device_lifetime_est_typ_b 4
);

/// Descriptor of one zone in a zone report.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_blk_zone_descriptor {
    /// Zone capacity: number of usable sectors; in 512-byte sectors.
    pub z_cap: Le64,
    /// First sector; in 512-byte sectors.
    pub z_start: Le64,
    /// Write pointer; in 512-byte sectors.
    pub z_wp: Le64,
    /// Zone type; VIRTIO_BLK_ZT_\*.
    pub z_type: u8,
    /// Zone state; VIRTIO_BLK_ZS_\*.
    pub z_state: u8,
    /// Reserved.
    pub reserved: [u8; 38],
}
layout!(virtio_blk_zone_descriptor, 64,
    z_cap 0, z_start 8, z_wp 16, z_type 24, z_state 25, reserved 26
);

/// Data of a zone report.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_blk_zone_report {
    /// Number of zone descriptors that follow.
    pub nr_zones: Le64,
    /// Reserved.
    pub reserved: [u8; 56],
    /// Zone descriptors.
    pub zones: [virtio_blk_zone_descriptor; 0],
}
layout!(virtio_blk_zone_report, 64, nr_zones 0, reserved 8);

/// Result of a SCSI packet command.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub struct virtio_blk_scsi_pc_in {
    /// Sense data.
    pub sense: [u8; 96],
    /// Error status of the SCSI command; guest's byte order.
    pub errors: u32,
    /// Deprecated length of the data; a driver should ignore it; in bytes; guest's byte order.
    pub data_len: u32,
    /// Number of sense bytes written; in bytes; guest's byte order.
    pub sense_len: u32,
    /// Number of bytes not transferred; in bytes; guest's byte order.
    pub residual: u32,
    /// Status of the SCSI packet command; VIRTIO_BLK_S_\*.
    pub status: u8,
}
layout!(virtio_blk_scsi_pc_in, 113,
    sense 0, errors 96, data_len 100, sense_len 104, residual 108, status 112
);

/// Request header.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_blk_req_out {
    /// Request type; VIRTIO_BLK_T_\*; VIRTIO_BLK_T_BARRIER.
    pub r#type: Le32,
    /// Priority in the legacy interface.
    pub reserved: Le32,
    /// Start sector; in 512-byte sectors.
    pub sector: Le64,
}
layout!(virtio_blk_req_out, 16, r#type 0, reserved 4, sector 8);

/// Request status.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_blk_req_in {
    /// Status of the request; VIRTIO_BLK_S_\*.
    pub status: u8,
}
layout!(virtio_blk_req_in, 1, status 0);

/// Zone append status.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub struct virtio_blk_req_in_zone_append {
    /// Sector at which the device wrote the data; in 512-byte sectors.
    pub append_sector: Le64,
    /// Status of the zone append; VIRTIO_BLK_S_\*.
    pub status: u8,
}
layout!(virtio_blk_req_in_zone_append, 9, append_sector 0, status 8);

/// Configuration space of the device.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_blk_config {
    /// Capacity of the disk; in 512-byte sectors. Quirk blk.always-204800-sectors (riscv-rust
    /// 2021-08-22): The device reports 204800 sectors for each image. None: the image must have as
    /// many.
    pub capacity: Le64,
    /// Maximum segment size; in bytes; with SIZE_MAX. Quirk blk.size-max-0 (qemu-storage-daemon
    /// 7.2): SIZE_MAX is offered and size_max is 0. A driver takes 0 as no limit; Linux takes 4096.
    /// Quirk blk.size-max-unasked (LK 2026-08, bd45103b): The driver reads size_max although the
    /// device does not offer SIZE_MAX. A device without SIZE_MAX returns 0.
    pub size_max: Le32,
    /// Maximum number of segments in a request; with SEG_MAX.
    pub seg_max: Le32,
    /// Cylinders, heads and sectors; with GEOMETRY.
    pub geometry: virtio_blk_geometry,
    /// Block size; in bytes; with BLK_SIZE.
    pub blk_size: Le32,
    /// Optimal I/O sizes and alignment; with TOPOLOGY.
    pub topology: virtio_blk_topology,
    /// Write cache mode: 0 for writethrough, 1 for writeback; with CONFIG_WCE. Quirk blk.writeback-
    /// early (LK 2026-08, bd45103b): The driver writes writeback before FEATURES_OK. A device
    /// ignores the write.
    pub writeback: u8,
    /// Reserved.
    pub unused0: u8,
    /// Number of request queues; with MQ.
    pub num_queues: Le16,
    /// Maximum number of sectors in a discard segment; in 512-byte sectors; with DISCARD.
    pub max_discard_sectors: Le32,
    /// Maximum number of segments in a discard request; with DISCARD.
    pub max_discard_seg: Le32,
    /// Alignment for splitting a discard; in 512-byte sectors; with DISCARD.
    pub discard_sector_alignment: Le32,
    /// Maximum number of sectors in a write zeroes segment; in 512-byte sectors; with WRITE_ZEROES.
    pub max_write_zeroes_sectors: Le32,
    /// Maximum number of segments in a write zeroes request; with WRITE_ZEROES.
    pub max_write_zeroes_seg: Le32,
    /// 1 if a write zeroes request with unmap may deallocate sectors; with WRITE_ZEROES.
    pub write_zeroes_may_unmap: u8,
    /// Reserved.
    pub unused1: [u8; 3],
    /// Maximum number of sectors in a secure erase segment; in 512-byte sectors; with SECURE_ERASE.
    /// Quirk blk.short-config (QEMU 7.2): The configuration ends before this field, after 57 bytes.
    /// A driver reads a field only if its feature is there.
    pub max_secure_erase_sectors: Le32,
    /// Maximum number of segments in a secure erase request; with SECURE_ERASE.
    pub max_secure_erase_seg: Le32,
    /// Alignment for splitting a secure erase; on a zoned disk, a multiple of zone_sectors; in
    /// 512-byte sectors; with SECURE_ERASE.
    pub secure_erase_sector_alignment: Le32,
    /// Zone characteristics; with ZONED.
    pub zoned: virtio_blk_zoned_characteristics,
}
layout!(virtio_blk_config, 96,
    capacity 0, size_max 8, seg_max 12, geometry 16, blk_size 20, topology 24, writeback 32,
    unused0 33, num_queues 34, max_discard_sectors 36, max_discard_seg 40,
    discard_sector_alignment 44, max_write_zeroes_sectors 48, max_write_zeroes_seg 52,
    write_zeroes_may_unmap 56, unused1 57, max_secure_erase_sectors 60, max_secure_erase_seg 64,
    secure_erase_sector_alignment 68, zoned 72
);
