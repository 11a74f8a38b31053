// SPDX-License-Identifier: MIT
// Generated from spec/core/state.yaml by ./vwr generate: do not edit.
//! Virtwright; Device parts.

#[allow(unused_imports)]
use crate::numbers::*;

/// Version of the form.
pub const VIRTIO_STATE_VERSION: u32 = 1;

// enums.part; "Device parts"

/// Begins a device; the selector is its slot (device).
pub const VIRTIO_STATE_PART_DEVICE: u32 = 0xfd01;
/// Transport registers and interrupt status (registers).
pub const VIRTIO_STATE_PART_REGISTERS: u32 = 0xfd02;
/// Position of one queue (queue).
pub const VIRTIO_STATE_PART_QUEUE: u32 = 0xfd03;
/// Buffers of one queue that the device has (flight).
pub const VIRTIO_STATE_PART_FLIGHT: u32 = 0xfd04;
/// Bytes of the configuration that change while the device runs, without gaps.
pub const VIRTIO_STATE_PART_CONFIG: u32 = 0xfd05;
/// State of the class: its structure below.
pub const VIRTIO_STATE_PART_CLASS: u32 = 0xfd06;
/// Registers of a function of PCI, and its MSI-X vectors (pci).
pub const VIRTIO_STATE_PART_PCI: u32 = 0xfd07;

// flags.device-flags; "Device parts"

/// The device has the legacy interface.
pub const VIRTIO_STATE_DEVICE_LEGACY: u32 = 0x1;
/// The configuration changed while the device was suspended.
pub const VIRTIO_STATE_DEVICE_CONFIG_NEWS: u32 = 0x2;
/// The driver has sent a notification before DRIVER_OK. The device serves its queues at DRIVER_OK.
pub const VIRTIO_STATE_DEVICE_NOTIFIED: u32 = 0x4;
/// A notification before DRIVER_OK has opened the queues, as the switch qemu allows.
pub const VIRTIO_STATE_DEVICE_EARLY: u32 = 0x8;

// flags.pci-flags; "Device parts"

/// The BAR has 32 bits.
pub const VIRTIO_STATE_PCI_NARROW: u32 = 0x1;

// flags.vector-flags; "Device parts"

/// The driver has masked the vector.
pub const VIRTIO_STATE_VECTOR_MASKED: u32 = 0x1;
/// The message is sent once nothing masks the vector.
pub const VIRTIO_STATE_VECTOR_PENDING: u32 = 0x2;

// flags.queue-flags; "Device parts"

/// The device has popped buffers since the queue was enabled.
pub const VIRTIO_STATE_QUEUE_POPPED: u32 = 0x1;

// flags.flight-flags; "Device parts"

/// The buffer is finished, and waits for earlier ones (IN_ORDER).
pub const VIRTIO_STATE_FLIGHT_DONE: u32 = 0x1;
/// The buffer has device-writable segments.
pub const VIRTIO_STATE_FLIGHT_WRITE: u32 = 0x2;

// flags.net-modes; "Device parts"

/// All packets are received.
pub const VIRTIO_STATE_NET_PROMISC: u32 = 0x1;
/// All unicast packets are received.
pub const VIRTIO_STATE_NET_ALL_UNICAST: u32 = 0x2;
/// All multicast packets are received.
pub const VIRTIO_STATE_NET_ALL_MULTICAST: u32 = 0x4;
/// No unicast packets are received.
pub const VIRTIO_STATE_NET_NO_UNICAST: u32 = 0x8;
/// No multicast packets are received.
pub const VIRTIO_STATE_NET_NO_MULTICAST: u32 = 0x10;
/// No broadcasts are received.
pub const VIRTIO_STATE_NET_NO_BROADCAST: u32 = 0x20;
/// The driver listed more unicast addresses than the table holds.
pub const VIRTIO_STATE_NET_MANY_UNICAST: u32 = 0x40;
/// The driver listed more multicast addresses than the table holds.
pub const VIRTIO_STATE_NET_MANY_MULTICAST: u32 = 0x80;
/// The link is up.
pub const VIRTIO_STATE_NET_LINK: u32 = 0x100;

// flags.port-flags; "Device parts"

/// The driver knows the port.
pub const VIRTIO_STATE_PORT_ADDED: u32 = 0x1;
/// The driver is ready to use the port.
pub const VIRTIO_STATE_PORT_READY: u32 = 0x2;
/// The driver's end is open.
pub const VIRTIO_STATE_PORT_GUEST_OPEN: u32 = 0x4;
/// The device's end is open.
pub const VIRTIO_STATE_PORT_HOST_OPEN: u32 = 0x8;
/// The port is unplugged.
pub const VIRTIO_STATE_PORT_ABSENT: u32 = 0x10;

// flags.balloon-flags; "Device parts"

/// Hints that arrive belong to the current command.
pub const VIRTIO_STATE_BALLOON_HINTS: u32 = 0x1;
/// The VMM has the statistics of the buffer that the device has.
pub const VIRTIO_STATE_BALLOON_KNOWN: u32 = 0x2;

// flags.file-flags; "Device parts"

/// The file is open.
pub const VIRTIO_STATE_FILE_OPEN: u32 = 0x1;
/// The file has no name any more, and cannot be found again.
pub const VIRTIO_STATE_FILE_GONE: u32 = 0x2;

// flags.fs-flags; "Device parts"

/// The driver has sent INIT.
pub const VIRTIO_STATE_FS_SESSION: u32 = 0x1;
/// The driver is big-endian.
pub const VIRTIO_STATE_FS_BIG: u32 = 0x2;

// flags.line-flags; "Device parts"

/// An edge has occurred that the driver has not seen.
pub const VIRTIO_STATE_LINE_PENDING: u32 = 0x1;

// flags.clock-flags; "Device parts"

/// The driver has enabled the alarm.
pub const VIRTIO_STATE_CLOCK_ENABLED: u32 = 0x1;
/// The alarm is set, and its time has not come.
pub const VIRTIO_STATE_CLOCK_ARMED: u32 = 0x2;
/// The alarm expired while the driver had no buffer for it.
pub const VIRTIO_STATE_CLOCK_EXPIRED: u32 = 0x4;

// flags.can-flags; "Device parts"

/// The driver has started the controller.
pub const VIRTIO_STATE_CAN_STARTED: u32 = 0x1;
/// The controller is bus off.
pub const VIRTIO_STATE_CAN_BUS_OFF: u32 = 0x2;

// flags.i2c-flags; "Device parts"

/// The next message belongs to a transfer that has failed.
pub const VIRTIO_STATE_I2C_FAILS: u32 = 0x1;

// flags.input-flags; "Device parts"

/// An event of the incomplete group did not fit: the group is dropped at its end.
pub const VIRTIO_STATE_INPUT_LOST: u32 = 0x1;
/// The driver has received a part of the oldest group.
pub const VIRTIO_STATE_INPUT_TORN: u32 = 0x2;

// flags.scsi-flags; "Device parts"

/// Events were lost after the last one that the driver received.
pub const VIRTIO_STATE_SCSI_MISSED: u32 = 0x1;

// flags.lane-flags; "Device parts"

/// The driver knows that frames or space are missing.
pub const VIRTIO_STATE_LANE_DRY: u32 = 0x1;

/// A device.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_device {
    /// Version of the form.
    pub version: Le16,
    /// Device id.
    pub device_id: Le16,
    /// Number of queues.
    pub queues: Le16,
    /// State of the whole device; VIRTIO_STATE_DEVICE_\*.
    pub flags: Le16,
    /// Length of the parts that follow for this device; in bytes.
    pub length: Le32,
    /// Reserved.
    pub reserved: Le32,
}
layout!(virtio_state_device, 16, version 0, device_id 2, queues 4, flags 6, length 8, reserved 12);

/// Registers that VIRTIO 1.4 has no part for.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_registers {
    /// DeviceFeaturesSel.
    pub device_features_sel: Le32,
    /// DriverFeaturesSel.
    pub driver_features_sel: Le32,
    /// QueueSel.
    pub queue_sel: Le32,
    /// SHMSel.
    pub shm_sel: Le32,
    /// GuestPageSize; in bytes.
    pub guest_page_size: Le32,
    /// ConfigGeneration.
    pub config_generation: Le32,
    /// Number of an accepted feature bit that DRV_FEATURES cannot hold; 0: none.
    pub beyond: Le64,
    /// InterruptStatus.
    pub interrupt_status: Le32,
    /// Reserved.
    pub reserved: Le32,
}
layout!(virtio_state_registers, 40,
    device_features_sel 0, driver_features_sel 4, queue_sel 8, shm_sel 12, guest_page_size 16,
    config_generation 20, beyond 24, interrupt_status 32, reserved 36
);

/// An MSI-X vector.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_vector {
    /// Address of the message.
    pub addr: Le64,
    /// Data of the message.
    pub data: Le32,
    /// State of the vector; VIRTIO_STATE_VECTOR_\*.
    pub flags: Le32,
}
layout!(virtio_state_vector, 16, addr 0, data 8, flags 12);

/// A function of PCI. The vectors of its queues are in VQ_CFG.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_pci {
    /// Guest address in the register of the memory BAR.
    pub bar: Le64,
    /// cap.offset of the capability PCI_CFG.
    pub cfg_offset: Le32,
    /// cap.length of the capability PCI_CFG; in bytes.
    pub cfg_length: Le32,
    /// Command register.
    pub command: Le16,
    /// Enable and mask bits of the capability MSI-X, where its register has them.
    pub msix: Le16,
    /// Vector of configuration changes.
    pub config_vector: Le16,
    /// Number of vectors.
    pub count: Le16,
    /// Interrupt line register.
    pub line: u8,
    /// cap.bar of the capability PCI_CFG.
    pub cfg_bar: u8,
    /// Kind of function; VIRTIO_STATE_PCI_NARROW.
    pub flags: Le16,
    /// I/O address in the register of the I/O BAR.
    pub io: Le32,
    /// The vectors.
    pub vectors: [virtio_state_vector; 0],
}
layout!(virtio_state_pci, 32,
    bar 0, cfg_offset 8, cfg_length 12, command 16, msix 18, config_vector 20, count 22, line 24,
    cfg_bar 25, flags 26, io 28
);

/// Follows the vectors of a function that has regions of shared memory.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_region {
    /// Guest address in the register of the shared memory BAR.
    pub bar: Le64,
}
layout!(virtio_state_region, 8, bar 0);

/// Position of a queue, and registers that VQ_CFG lacks.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_queue {
    /// Next available index; packed: next descriptor and its wrap counter (bit 15).
    pub avail: Le16,
    /// Next used index; packed: next descriptor and its wrap counter (bit 15).
    pub used: Le16,
    /// Number of buffers that the device has.
    pub in_flight: Le16,
    /// State of the queue; VIRTIO_STATE_QUEUE_POPPED.
    pub flags: Le16,
    /// QueueAlign; in bytes.
    pub align: Le32,
    /// QueuePFN.
    pub pfn: Le32,
}
layout!(virtio_state_queue, 16, avail 0, used 2, in_flight 4, flags 6, align 8, pfn 12);

/// A segment of a buffer that the device has.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_segment {
    /// Address in the guest.
    pub addr: Le64,
    /// Length of the segment; in bytes.
    pub len: Le32,
    /// Reserved.
    pub reserved: Le32,
}
layout!(virtio_state_segment, 16, addr 0, len 8, reserved 12);

/// A buffer that the device has; the oldest comes first.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_flight {
    /// First descriptor, or buffer id of a packed ring.
    pub id: Le16,
    /// Number of descriptors in a packed ring; 1 in a split one.
    pub count: Le16,
    /// Number of device-readable segments.
    pub out: Le16,
    /// Number of device-writable segments.
    pub r#in: Le16,
    /// State of the buffer; VIRTIO_STATE_FLIGHT_\*.
    pub flags: Le32,
    /// Bytes written into a finished buffer; in bytes.
    pub written: Le32,
    /// The segments.
    pub segments: [virtio_state_segment; 0],
}
layout!(virtio_state_flight, 16, id 0, count 2, out 4, r#in 6, flags 8, written 12);

/// State of an entropy source.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_stream {
    /// Bytes of the first buffer that are filled; in bytes.
    pub done: Le32,
}
layout!(virtio_state_stream, 4, done 0);

/// A disk that the state fits.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_blk {
    /// Size of the disk in sectors of 512 bytes.
    pub sectors: Le64,
    /// Block size; in bytes.
    pub block_size: Le32,
    /// Reserved.
    pub reserved: Le32,
}
layout!(virtio_state_blk, 16, sectors 0, block_size 8, reserved 12);

/// A port of a console.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_port {
    /// State of the port; VIRTIO_STATE_PORT_\*.
    pub flags: Le16,
    /// Control messages that wait for the driver: 1 \<\< each of the events.
    pub pending: Le16,
    /// Width in characters.
    pub cols: Le16,
    /// Height in characters.
    pub rows: Le16,
    /// Bytes of the first output buffer that were processed; in bytes.
    pub done: Le32,
}
layout!(virtio_state_port, 12, flags 0, pending 2, cols 4, rows 6, done 8);

/// State of a console.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_console {
    /// The driver is ready for control messages.
    pub driver_ready: Le32,
    /// The ports.
    pub ports: [virtio_state_port; 0],
}
layout!(virtio_state_console, 4, driver_ready 0);

/// A session of a crypto device; fields that its service lacks are 0.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_session {
    /// Id of the session; the lowest 16 bits are its row.
    pub id: Le64,
    /// Service.
    pub service: Le32,
    /// Algorithm.
    pub algo: Le32,
    /// Direction.
    pub op: Le32,
    /// Order of a chain.
    pub order: Le32,
    /// Mode of the hash of a chain.
    pub hash_mode: Le32,
    /// Algorithm of the hash.
    pub hash_algo: Le32,
    /// Type of the key.
    pub key_type: Le32,
    /// Padding or curve.
    pub padding: Le32,
    /// Size of the hash or MAC; in bytes.
    pub result_bytes: Le32,
    /// Size of the additional authenticated data; in bytes.
    pub aad_bytes: Le32,
    /// Size of the key; in bytes.
    pub key_bytes: Le32,
    /// Size of the MAC key of a chain; in bytes.
    pub auth_key_bytes: Le32,
    /// The keys.
    pub keys: [u8; 0],
}
layout!(virtio_state_session, 56,
    id 0, service 8, algo 12, op 16, order 20, hash_mode 24, hash_algo 28, key_type 32, padding 36,
    result_bytes 40, aad_bytes 44, key_bytes 48, auth_key_bytes 52
);

/// State of a crypto device. The sessions follow in the order of their rows.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_crypto {
    /// Number of sessions that were created.
    pub serial: Le64,
    /// Number of sessions.
    pub count: Le32,
    /// Reserved.
    pub reserved: Le32,
}
layout!(virtio_state_crypto, 16, serial 0, count 8, reserved 12);

/// A GPIO line.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_line {
    /// Direction that the driver has set.
    pub direction: u8,
    /// Level that the driver has set.
    pub output: u8,
    /// Level that the VMM has reported.
    pub input: u8,
    /// Interrupt trigger that the driver has set.
    pub irq_type: u8,
    /// State of the interrupt; VIRTIO_STATE_LINE_PENDING.
    pub flags: Le32,
}
layout!(virtio_state_line, 8, direction 0, output 1, input 2, irq_type 3, flags 4);

/// The alarm of a clock.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_clock {
    /// Time that the driver has set; in ns.
    pub alarm_time: Le64,
    /// State of the alarm; VIRTIO_STATE_CLOCK_\*.
    pub flags: Le32,
    /// Reserved.
    pub reserved: Le32,
}
layout!(virtio_state_clock, 16, alarm_time 0, flags 8, reserved 12);

/// State of a CAN controller.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_can {
    /// State of the controller; VIRTIO_STATE_CAN_\*.
    pub flags: Le32,
}
layout!(virtio_state_can, 4, flags 0);

/// State of an SCMI device; delayed responses follow.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_scmi {
    /// Number of delayed responses.
    pub delayed: Le32,
}
layout!(virtio_state_scmi, 4, delayed 0);

/// A delayed response of an SCMI device; its payload follows.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_scmi_delayed {
    /// Header of the response.
    pub header: Le32,
    /// Size of the payload; 0: the VMM has not given it yet; in bytes.
    pub bytes: Le32,
}
layout!(virtio_state_scmi_delayed, 8, header 0, bytes 4);

/// State of an I2C bus.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_i2c {
    /// State of the transfer; VIRTIO_STATE_I2C_FAILS.
    pub flags: Le32,
}
layout!(virtio_state_i2c, 4, flags 0);

/// Region of a PMEM device.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_pmem {
    /// Address of the region; 0 if it is only shared memory.
    pub start: Le64,
    /// Size of the region; 0 if it is only shared memory; in bytes.
    pub size: Le64,
}
layout!(virtio_state_pmem, 16, start 0, size 8);

/// A device behind an IOMMU.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_iommu_endpoint {
    /// Endpoint id.
    pub id: Le32,
    /// Domain id; 0 if it has none.
    pub domain: Le32,
    /// It has a domain.
    pub attached: Le32,
    /// The domain bypasses translation.
    pub bypass: Le32,
}
layout!(virtio_state_iommu_endpoint, 16, id 0, domain 4, attached 8, bypass 12);

/// A fault that the driver has not read.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_iommu_fault {
    /// Address.
    pub addr: Le64,
    /// Endpoint that made the access.
    pub endpoint: Le32,
    /// Flags of the access.
    pub access: Le16,
    /// Reason.
    pub reason: Le16,
}
layout!(virtio_state_iommu_fault, 16, addr 0, endpoint 8, access 12, reason 14);

/// A mapping.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_iommu_mapping {
    /// First address.
    pub first: Le64,
    /// Last address.
    pub last: Le64,
    /// Physical address of the first.
    pub phys: Le64,
    /// Domain id.
    pub domain: Le32,
    /// Flags of the mapping.
    pub access: Le32,
}
layout!(virtio_state_iommu_mapping, 32, first 0, last 8, phys 16, domain 24, access 28);

/// State of an IOMMU. Its endpoints follow, then the faults, then the mappings.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_iommu {
    /// Number of mappings.
    pub mappings: Le32,
    /// Number of faults.
    pub faults: Le32,
}
layout!(virtio_state_iommu, 8, mappings 0, faults 4);

/// An address.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_mac {
    /// The address.
    pub octets: [u8; 6],
}
layout!(virtio_state_mac, 6, octets 0);

/// State of a network card.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_net {
    /// Receive offloads that the driver has enabled.
    pub offloads: Le64,
    /// Number of queue pairs that the driver uses.
    pub pairs: Le16,
    /// Receive modes; VIRTIO_STATE_NET_\*.
    pub modes: Le16,
    /// Number of unicast addresses.
    pub unicast: Le16,
    /// Number of multicast addresses.
    pub multicast: Le16,
    /// Size of the set of VLANs, which follows the addresses; in bytes.
    pub vlan_bytes: Le32,
    /// Reserved.
    pub reserved: Le32,
    /// Unicast, then multicast addresses.
    pub macs: [virtio_state_mac; 0],
}
layout!(virtio_state_net, 24,
    offloads 0, pairs 8, modes 10, unicast 12, multicast 14, vlan_bytes 16, reserved 20
);

/// State of a socket device.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_vsock {
    /// Context ID of the guest.
    pub guest_cid: Le64,
}
layout!(virtio_state_vsock, 8, guest_cid 0);

/// An event that waits for the driver.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_event {
    /// Type.
    pub r#type: Le16,
    /// Code.
    pub code: Le16,
    /// Value.
    pub value: Le32,
}
layout!(virtio_state_event, 8, r#type 0, code 2, value 4);

/// State of an input device.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_input {
    /// Number of events.
    pub events: Le32,
    /// Number of those that belong to complete groups.
    pub complete: Le32,
    /// LEDs that are on: 1 \<\< each of the codes.
    pub leds: Le32,
    /// State of the groups; VIRTIO_STATE_INPUT_\*.
    pub flags: Le32,
    /// The events; the oldest comes first.
    pub queued: [virtio_state_event; 0],
}
layout!(virtio_state_input, 16, events 0, complete 4, leds 8, flags 12);

/// A unit of a SCSI host; they are in the order of target and lun.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_unit {
    /// Size of the unit in sectors of 512 bytes.
    pub sectors: Le64,
    /// Block size; in bytes.
    pub block_size: Le32,
    /// Target.
    pub target: Le16,
    /// Number of the unit.
    pub lun: Le16,
    /// Unit attention to report: additional sense code and its qualifier; 0: none.
    pub attention: Le32,
    /// Asynchronous events that the driver has subscribed to.
    pub events: Le32,
}
layout!(virtio_state_unit, 24, sectors 0, block_size 8, target 12, lun 14, attention 16, events 20);

/// State of a SCSI host.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_scsi {
    /// State of the events; VIRTIO_STATE_SCSI_MISSED.
    pub flags: Le32,
    /// Reserved.
    pub reserved: Le32,
    /// The units.
    pub units: [virtio_state_unit; 0],
}
layout!(virtio_state_scsi, 8, flags 0, reserved 4);

/// A stream of a sound card.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_lane {
    /// Buffer size; in bytes.
    pub buffer_bytes: Le32,
    /// Period size; in bytes.
    pub period_bytes: Le32,
    /// Features that the driver has enabled.
    pub features: Le32,
    /// Latency that completed buffers report; in bytes.
    pub latency_bytes: Le32,
    /// Bytes of the oldest buffer that were played or recorded; in bytes.
    pub done: Le32,
    /// Last command: 0 none, 1 SET_PARAMS, 2 PREPARE, 3 START, 4 STOP, 5 RELEASE.
    pub state: u8,
    /// State of the stream; VIRTIO_STATE_LANE_DRY.
    pub flags: u8,
    /// Number of channels.
    pub channels: u8,
    /// Sample format.
    pub format: u8,
    /// Frame rate.
    pub rate: u8,
    /// Reserved.
    pub reserved: [u8; 3],
}
layout!(virtio_state_lane, 28,
    buffer_bytes 0, period_bytes 4, features 8, latency_bytes 12, done 16, state 20, flags 21,
    channels 22, format 23, rate 24, reserved 25
);

/// State of a sound card.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_sound {
    /// Jacks that are connected: 1 \<\< each.
    pub connected: Le32,
    /// Jacks whose event waits for a buffer: 1 \<\< each.
    pub jack_events: Le32,
    /// Streams whose XRUN waits for a buffer: 1 \<\< each.
    pub xrun_events: Le32,
    /// The streams.
    pub lanes: [virtio_state_lane; 0],
}
layout!(virtio_state_sound, 12, connected 0, jack_events 4, xrun_events 8);

/// A file of a 9P session; its path from the root of the folder on, without NUL, follows.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_fid {
    /// Number of the fid.
    pub number: Le32,
    /// User that attached.
    pub uid: Le32,
    /// Flags that opened the file (virtio_p9_open).
    pub open: Le32,
    /// Length of the path; in bytes.
    pub bytes: Le16,
    /// Type of its qid.
    pub r#type: u8,
    /// State of the file; VIRTIO_STATE_FILE_\*.
    pub flags: u8,
    /// The path.
    pub path: [u8; 0],
}
layout!(virtio_state_fid, 16, number 0, uid 4, open 8, bytes 12, r#type 14, flags 15);

/// State of a 9P device.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_p9 {
    /// Largest message of the session; 0: there is none; in bytes.
    pub msize: Le32,
    /// Number of fids.
    pub count: Le32,
    /// The fids; each struct virtio_state_fid.
    pub fids: [u8; 0],
}
layout!(virtio_state_p9, 8, msize 0, count 4);

/// A node or an open file of FUSE; its path from the root of the folder on, without NUL, follows.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_node {
    /// Node id in the messages of FUSE.
    pub nodeid: Le64,
    /// Number of look-ups that the driver has not forgotten.
    pub lookups: Le64,
    /// Flags that opened the file (virtio_p9_open).
    pub open: Le32,
    /// Length of the path; in bytes.
    pub bytes: Le16,
    /// File type, as in the qid of 9P.
    pub r#type: u8,
    /// State of the file; VIRTIO_STATE_FILE_\*.
    pub flags: u8,
    /// The path.
    pub path: [u8; 0],
}
layout!(virtio_state_node, 24, nodeid 0, lookups 8, open 16, bytes 20, r#type 22, flags 23);

/// State of a file system device.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_fs {
    /// State of the session; VIRTIO_STATE_FS_\*.
    pub flags: Le32,
    /// Upper half of the number that the next entry of the table gets.
    pub generation: Le32,
    /// Number of nodes and open files.
    pub count: Le32,
    /// Reserved.
    pub reserved: Le32,
    /// Nodes and open files, by their places; each struct virtio_state_node.
    pub nodes: [u8; 0],
}
layout!(virtio_state_fs, 16, flags 0, generation 4, count 8, reserved 12);

/// A screen, what it shows, and its cursor.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_screen {
    /// Width that the driver is asked for; in pixels.
    pub width: Le32,
    /// Height that the driver is asked for; in pixels.
    pub height: Le32,
    /// Resource that is shown; 0: none.
    pub resource: Le32,
    /// Left edge in the resource; in pixels.
    pub x: Le32,
    /// Upper edge in the resource; in pixels.
    pub y: Le32,
    /// Width of what is shown; in pixels.
    pub shown_width: Le32,
    /// Height of what is shown; in pixels.
    pub shown_height: Le32,
    /// Resource with the cursor; 0: none.
    pub cursor: Le32,
    /// Horizontal position of the hot spot in the cursor; in pixels.
    pub hot_x: Le32,
    /// Vertical position of the hot spot in the cursor; in pixels.
    pub hot_y: Le32,
    /// Horizontal position of the cursor; in pixels.
    pub cursor_x: Le32,
    /// Vertical position of the cursor; in pixels.
    pub cursor_y: Le32,
}
layout!(virtio_state_screen, 48,
    width 0, height 4, resource 8, x 12, y 16, shown_width 20, shown_height 24, cursor 28, hot_x 32,
    hot_y 36, cursor_x 40, cursor_y 44
);

/// A range of guest memory.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_range {
    /// Address in the guest.
    pub addr: Le64,
    /// Length of the range; in bytes.
    pub bytes: Le64,
}
layout!(virtio_state_range, 16, addr 0, bytes 8);

/// A resource; its backing memory and its pixels, 4 bytes each, follow.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_resource {
    /// Number of the resource.
    pub id: Le32,
    /// Order of the bytes of a pixel (virtio_gpu_format).
    pub format: Le32,
    /// Width; in pixels.
    pub width: Le32,
    /// Height; in pixels.
    pub height: Le32,
    /// Number of ranges of backing memory; 0: there is none.
    pub ranges: Le32,
    /// Reserved.
    pub reserved: Le32,
    /// The backing memory.
    pub backing: [virtio_state_range; 0],
}
layout!(virtio_state_resource, 24, id 0, format 4, width 8, height 12, ranges 16, reserved 20);

/// State of a GPU; its resources follow the screens.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_gpu {
    /// Number of screens.
    pub screens: Le32,
    /// Number of resources.
    pub resources: Le32,
    /// The screens.
    pub screen: [virtio_state_screen; 0],
}
layout!(virtio_state_gpu, 8, screens 0, resources 4);

/// State of a balloon; the bitmap of its pages follows.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_balloon {
    /// Size that the VMM wants; in pages.
    pub target: Le32,
    /// Size that the driver has reported; in pages.
    pub actual: Le32,
    /// Pattern of free pages.
    pub poison: Le32,
    /// Current command of hinting.
    pub command: Le32,
    /// Last command ID that free page hinting used.
    pub last_command: Le32,
    /// State of the balloon; VIRTIO_STATE_BALLOON_\*.
    pub flags: Le32,
    /// Number of words of the bitmap.
    pub words: Le32,
    /// Reserved.
    pub reserved: Le32,
    /// 1 bit for each page, of each region of memory from a new word on.
    pub map: [Le32; 0],
}
layout!(virtio_state_balloon, 32,
    target 0, actual 4, poison 8, command 12, last_command 16, flags 20, words 24, reserved 28
);

/// Adjacent plugged blocks.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_memory_run {
    /// Number of the first block of the region.
    pub first: Le32,
    /// Number of blocks.
    pub count: Le32,
}
layout!(virtio_state_memory_run, 8, first 0, count 4);

/// State of a memory device.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_state_mem {
    /// Size that the driver has to plug; in bytes.
    pub requested: Le64,
    /// Size of the usable region; in bytes.
    pub usable: Le64,
    /// Number of runs.
    pub runs: Le32,
    /// Reserved.
    pub reserved: Le32,
    /// The plugged blocks.
    pub run: [virtio_state_memory_run; 0],
}
layout!(virtio_state_mem, 24, requested 0, usable 8, runs 16, reserved 20);
