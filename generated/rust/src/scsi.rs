// SPDX-License-Identifier: MIT
// Generated from spec/device/scsi.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; SCSI Host Device.
//!
//! In the legacy interface, numbers of the types `Le16`, `Le32` and `Le64` have the guest's byte
//! order.

#[allow(unused_imports)]
use crate::numbers::*;

/// A SCSI host with targets and logical units.
pub const VIRTIO_ID_SCSI: u32 = 8;

/// Value of sense_size after a reset; in bytes.
pub const VIRTIO_SCSI_SENSE_DEFAULT_SIZE: u32 = 96;
/// Value of cdb_size after a reset; in bytes.
pub const VIRTIO_SCSI_CDB_DEFAULT_SIZE: u32 = 32;
/// First byte of the address of a unit; target and number of the unit follow.
pub const VIRTIO_SCSI_LUN_UNIT: u32 = 1;
/// First two bytes of the address of the well-known unit REPORT LUNS, 0xc1 and 0x01.
pub const VIRTIO_SCSI_LUN_REPORT_LUNS: u32 = 0xc101;
/// Response of a completed task management function.
pub const VIRTIO_SCSI_S_FUNCTION_COMPLETE: u32 = 0;

// features; "Feature bits"

/// A command can transfer data in both directions.
pub const VIRTIO_SCSI_F_INOUT: u32 = 0;
/// The device reports the addition and removal of targets and units.
pub const VIRTIO_SCSI_F_HOTPLUG: u32 = 1;
/// The device reports changes of unit parameters.
pub const VIRTIO_SCSI_F_CHANGE: u32 = 2;
/// Commands carry protection information (DIF and DIX).
pub const VIRTIO_SCSI_F_T10_PI: u32 = 3;

// Response codes. enums.response; "Device Operation / Device Operation: Request Queues"

/// The request completed; status has the SCSI status of a command.
pub const VIRTIO_SCSI_S_OK: u32 = 0;
/// The CDB requires more data than the buffers hold.
pub const VIRTIO_SCSI_S_OVERRUN: u32 = 1;
/// A task management function aborted the command.
pub const VIRTIO_SCSI_S_ABORTED: u32 = 2;
/// The target does not exist.
pub const VIRTIO_SCSI_S_BAD_TARGET: u32 = 3;
/// A bus or device reset cancelled the command.
pub const VIRTIO_SCSI_S_RESET: u32 = 4;
/// The request failed; a retry on the same path may succeed.
pub const VIRTIO_SCSI_S_BUSY: u32 = 5;
/// The transport to the target failed.
pub const VIRTIO_SCSI_S_TRANSPORT_FAILURE: u32 = 6;
/// The target failed; other paths will fail too.
pub const VIRTIO_SCSI_S_TARGET_FAILURE: u32 = 7;
/// The nexus failed; other paths may work.
pub const VIRTIO_SCSI_S_NEXUS_FAILURE: u32 = 8;
/// Any other error.
pub const VIRTIO_SCSI_S_FAILURE: u32 = 9;
/// The queried task or task set is present.
pub const VIRTIO_SCSI_S_FUNCTION_SUCCEEDED: u32 = 10;
/// The device does not support the task management function.
pub const VIRTIO_SCSI_S_FUNCTION_REJECTED: u32 = 11;
/// The logical unit does not exist; controlq only.
pub const VIRTIO_SCSI_S_INCORRECT_LUN: u32 = 12;

// Task attributes: the execution order. enums.task-attr; "Device Operation / Device Operation:
// Request Queues"

/// In any order.
pub const VIRTIO_SCSI_S_SIMPLE: u32 = 0;
/// After all earlier commands.
pub const VIRTIO_SCSI_S_ORDERED: u32 = 1;
/// Before all pending commands.
pub const VIRTIO_SCSI_S_HEAD: u32 = 2;
/// Part of an auto contingent allegiance.
pub const VIRTIO_SCSI_S_ACA: u32 = 3;

// Task management functions. enums.tmf-subtype; "Device Operation / Device Operation: controlq"

/// Abort the command with the given id.
pub const VIRTIO_SCSI_T_TMF_ABORT_TASK: u32 = 0;
/// Abort this initiator's commands to the unit.
pub const VIRTIO_SCSI_T_TMF_ABORT_TASK_SET: u32 = 1;
/// Clear an auto contingent allegiance.
pub const VIRTIO_SCSI_T_TMF_CLEAR_ACA: u32 = 2;
/// Abort all commands to the unit.
pub const VIRTIO_SCSI_T_TMF_CLEAR_TASK_SET: u32 = 3;
/// Reset all units of the target for this initiator.
pub const VIRTIO_SCSI_T_TMF_I_T_NEXUS_RESET: u32 = 4;
/// Reset the unit.
pub const VIRTIO_SCSI_T_TMF_LOGICAL_UNIT_RESET: u32 = 5;
/// Query whether the command with the given id is present.
pub const VIRTIO_SCSI_T_TMF_QUERY_TASK: u32 = 6;
/// Query whether the unit has any commands.
pub const VIRTIO_SCSI_T_TMF_QUERY_TASK_SET: u32 = 7;

// Reasons for TRANSPORT_RESET. enums.reset-reason; "Device Operation / Device Operation: eventq"

/// The unit was reset and is still present.
pub const VIRTIO_SCSI_EVT_RESET_HARD: u32 = 0;
/// A target or unit was added; with HOTPLUG.
pub const VIRTIO_SCSI_EVT_RESET_RESCAN: u32 = 1;
/// A target or unit was removed; with HOTPLUG.
pub const VIRTIO_SCSI_EVT_RESET_REMOVED: u32 = 2;

// Asynchronous events of a unit. flags.async-event; "Device Operation / Device Operation: controlq"

/// The operational state changed.
pub const VIRTIO_SCSI_EVT_ASYNC_OPERATIONAL_CHANGE: u32 = 0x2;
/// The power state changed.
pub const VIRTIO_SCSI_EVT_ASYNC_POWER_MGMT: u32 = 0x4;
/// A user requested an operation at the device.
pub const VIRTIO_SCSI_EVT_ASYNC_EXTERNAL_REQUEST: u32 = 0x8;
/// The medium changed.
pub const VIRTIO_SCSI_EVT_ASYNC_MEDIA_CHANGE: u32 = 0x10;
/// Another host uses or requests the device.
pub const VIRTIO_SCSI_EVT_ASYNC_MULTI_HOST: u32 = 0x20;
/// The device is busy.
pub const VIRTIO_SCSI_EVT_ASYNC_DEVICE_BUSY: u32 = 0x40;

// Flag in the event type. flags.event-flag; "Device Operation / Device Operation: eventq"

/// Events were lost for lack of buffers.
pub const VIRTIO_SCSI_T_EVENTS_MISSED: u32 = 0x80000000;

// Requests of the controlq. messages.control-type; "Device Operation / Device Operation: controlq"

/// Execute a task management function.
pub const VIRTIO_SCSI_T_TMF: u32 = 0;
/// Query the asynchronous events of a unit.
pub const VIRTIO_SCSI_T_AN_QUERY: u32 = 1;
/// Subscribe to asynchronous events of a unit.
pub const VIRTIO_SCSI_T_AN_SUBSCRIBE: u32 = 2;

// Event types. messages.event-type; "Device Operation / Device Operation: eventq"

/// No event; EVENTS_MISSED may be set.
pub const VIRTIO_SCSI_T_NO_EVENT: u32 = 0;
/// A unit was reset, added or removed.
pub const VIRTIO_SCSI_T_TRANSPORT_RESET: u32 = 1;
/// A subscribed asynchronous event.
pub const VIRTIO_SCSI_T_ASYNC_NOTIFY: u32 = 2;
/// The parameters of a unit changed; with CHANGE.
pub const VIRTIO_SCSI_T_PARAM_CHANGE: u32 = 3;

// queues; "SCSI Host Device"

/// Task management and event subscriptions.
pub const VIRTIO_SCSI_QUEUE_CONTROLQ: u32 = 0;
/// Events of the device.
pub const VIRTIO_SCSI_QUEUE_EVENTQ: u32 = 1;
/// SCSI commands.
pub const VIRTIO_SCSI_QUEUE_REQUESTQ: u32 = 2;

/// A SCSI command.
/// At 19 + 1 · cdb: uint32_t pi_bytesout. Length of pi_out; in bytes; with T10_PI. Quirk
/// scsi.protection-before-cdb (Linux and QEMU all that are known): With T10_PI, pi_bytesout and
/// pi_bytesin precede cdb, at offset 19. A device that does not offer T10_PI meets none of it.
/// At 19 + 1 · cdb + 4 · pi_bytesout: uint32_t pi_bytesin. Length of pi_in; in bytes; with T10_PI.
/// At 19 + 1 · cdb + 4 · pi_bytesout + 4 · pi_bytesin: uint8_t pi_out\[\]. Protection information
/// of the written data; with T10_PI; number of elements: pi_bytesout.
/// At 19 + 1 · cdb + 4 · pi_bytesout + 4 · pi_bytesin + 1 · pi_out: uint8_t dataout\[\]. Data to
/// write.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub struct virtio_scsi_req_cmd {
    /// Target and unit: 1, the target, a single level LUN structure (two bytes), and four zeroes.
    pub lun: [u8; 8],
    /// Tag of the command.
    pub id: Le64,
    /// Task attribute; VIRTIO_SCSI_S_\*.
    pub task_attr: u8,
    /// Command priority; the driver should set 0.
    pub prio: u8,
    /// Command reference number, 0.
    pub crn: u8,
    /// Command descriptor block; number of elements: configuration's cdb_size.
    pub cdb: [u8; 0],
}
layout!(virtio_scsi_req_cmd, 19, lun 0, id 8, task_attr 16, prio 17, crn 18);

/// The part that the device writes.
/// At 12 + 1 · sense: uint8_t pi_in\[\]. Protection information of the read data; with T10_PI;
/// number of elements: pi_bytesin.
/// At 12 + 1 · sense + 1 · pi_in: uint8_t datain\[\]. Data read.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub struct virtio_scsi_req_cmd_in {
    /// Number of sense bytes; in bytes.
    pub sense_len: Le32,
    /// Number of bytes not transferred; in bytes. Quirk scsi.residual-below-0 (QEMU 7.2): If the
    /// buffers hold more than the CDB requests, residual is the difference below 0, modulo 2^32.
    /// The driver negates a residual that is larger than the buffers, and then checks it.
    pub residual: Le32,
    /// Qualifier of the SCSI status.
    pub status_qualifier: Le16,
    /// SCSI status.
    pub status: u8,
    /// Whether the command completed; status is valid only with OK; VIRTIO_SCSI_S_\*.
    pub response: u8,
    /// Sense data; number of elements: configuration's sense_size.
    pub sense: [u8; 0],
}
layout!(virtio_scsi_req_cmd_in, 12,
    sense_len 0, residual 4, status_qualifier 8, status 10, response 11
);

/// Header of a controlq request.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_scsi_ctrl {
    /// Request type; VIRTIO_SCSI_T_\*.
    pub r#type: Le32,
    /// Type-specific fields.
    pub command_specific: [u8; 0],
}
layout!(virtio_scsi_ctrl, 4, r#type 0);

/// The part that the device writes.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_scsi_ctrl_in {
    /// Response code; VIRTIO_SCSI_S_\*.
    pub response: u8,
}
layout!(virtio_scsi_ctrl_in, 1, response 0);

/// A task management function.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub struct virtio_scsi_ctrl_tmf {
    /// TMF; VIRTIO_SCSI_T_\*.
    pub r#type: Le32,
    /// Task management function; VIRTIO_SCSI_T_TMF_\*.
    pub subtype: Le32,
    /// Target and unit.
    pub lun: [u8; 8],
    /// Tag of the command that the function refers to.
    pub id: Le64,
    /// Outcome of the function; VIRTIO_SCSI_S_\*.
    pub response: u8,
}
layout!(virtio_scsi_ctrl_tmf, 25, r#type 0, subtype 4, lun 8, id 16, response 24);

/// Query of, or subscription to, asynchronous events.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub struct virtio_scsi_ctrl_an {
    /// AN_QUERY or AN_SUBSCRIBE; VIRTIO_SCSI_T_\*.
    pub r#type: Le32,
    /// Target and unit.
    pub lun: [u8; 8],
    /// Requested events; VIRTIO_SCSI_EVT_ASYNC_\*.
    pub event_requested: Le32,
    /// Supported events; VIRTIO_SCSI_EVT_ASYNC_\*.
    pub event_actual: Le32,
    /// Whether the query or subscription succeeded; VIRTIO_SCSI_S_\*.
    pub response: u8,
}
layout!(virtio_scsi_ctrl_an, 21, r#type 0, lun 4, event_requested 12, event_actual 16, response 20);

/// An event.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_scsi_event {
    /// Event type; VIRTIO_SCSI_T_\*; VIRTIO_SCSI_T_EVENTS_MISSED.
    pub event: Le32,
    /// Target and unit.
    pub lun: [u8; 8],
    /// Depends on the event: a reset-reason, async-event flags, or ASC in bits 0 to 7 and ASCQ in
    /// bits 8 to 15.
    pub reason: Le32,
}
layout!(virtio_scsi_event, 16, event 0, lun 4, reason 12);

/// Configuration space of the device.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_scsi_config {
    /// Number of request queues.
    pub num_queues: Le32,
    /// Maximum number of segments per command and direction.
    pub seg_max: Le32,
    /// Maximum transfer size that the device recommends.
    pub max_sectors: Le32,
    /// Maximum number of linked commands per unit.
    pub cmd_per_lun: Le32,
    /// Maximum size of an event; in bytes.
    pub event_info_size: Le32,
    /// Size of the sense field; 96 after a reset; in bytes.
    pub sense_size: Le32,
    /// Size of the CDB field; 32 after a reset; in bytes.
    pub cdb_size: Le32,
    /// Highest channel to scan.
    pub max_channel: Le16,
    /// Highest target to scan.
    pub max_target: Le16,
    /// Highest logical unit to scan.
    pub max_lun: Le32,
}
layout!(virtio_scsi_config, 36,
    num_queues 0, seg_max 4, max_sectors 8, cmd_per_lun 12, event_info_size 16, sense_size 20,
    cdb_size 24, max_channel 28, max_target 30, max_lun 32
);
