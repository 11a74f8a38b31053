// SPDX-License-Identifier: MIT
// Generated from spec/device/sound.yaml by ./vwr generate: do not edit.
//! VIRTIO 1.4; Sound Device.

#[allow(unused_imports)]
use crate::numbers::*;

/// A sound card with PCM streams.
pub const VIRTIO_ID_SOUND: u32 = 25;

/// Maximum number of channels in a channel map.
pub const VIRTIO_SND_CHMAP_MAX_SIZE: u32 = 18;

// features; "Feature Bits"

/// The device has control elements such as volume and mute.
pub const VIRTIO_SND_F_CTLS: u32 = 0;

// enums.status; "Device Operation"

/// The request succeeded.
pub const VIRTIO_SND_S_OK: u32 = 0x8000;
/// The request is malformed or has an invalid parameter.
pub const VIRTIO_SND_S_BAD_MSG: u32 = 0x8001;
/// The device does not support the request or its parameters.
pub const VIRTIO_SND_S_NOT_SUPP: u32 = 0x8002;
/// I/O error.
pub const VIRTIO_SND_S_IO_ERR: u32 = 0x8003;

// enums.direction; "Device Operation"

/// Playback.
pub const VIRTIO_SND_D_OUTPUT: u32 = 0;
/// Capture.
pub const VIRTIO_SND_D_INPUT: u32 = 1;

// enums.jack-feature; "Device Operation / Jack Control Messages / VIRTIO_SND_R_JACK_INFO"

/// The jack can be remapped.
pub const VIRTIO_SND_JACK_F_REMAP: u32 = 0;

// enums.pcm-feature; "Device Operation / PCM Control Messages / VIRTIO_SND_R_PCM_INFO"

/// The host allocates shared memory for the frames; a driver must not select it yet.
pub const VIRTIO_SND_PCM_F_SHMEM_HOST: u32 = 0;
/// The guest allocates shared memory for the frames; a driver must not select it yet.
pub const VIRTIO_SND_PCM_F_SHMEM_GUEST: u32 = 1;
/// The device polls txq and rxq.
pub const VIRTIO_SND_PCM_F_MSG_POLLING: u32 = 2;
/// Events at the end of periods, for shared memory.
pub const VIRTIO_SND_PCM_F_EVT_SHMEM_PERIODS: u32 = 3;
/// Events for underruns and overruns.
pub const VIRTIO_SND_PCM_F_EVT_XRUNS: u32 = 4;

// enums.pcm-format; "Device Operation / PCM Control Messages / VIRTIO_SND_R_PCM_INFO"

/// IMA ADPCM, 4 bits.
pub const VIRTIO_SND_PCM_FMT_IMA_ADPCM: u32 = 0;
/// Mu-law, 8 bits.
pub const VIRTIO_SND_PCM_FMT_MU_LAW: u32 = 1;
/// A-law, 8 bits.
pub const VIRTIO_SND_PCM_FMT_A_LAW: u32 = 2;
/// Signed, 8 bits.
pub const VIRTIO_SND_PCM_FMT_S8: u32 = 3;
/// Unsigned, 8 bits.
pub const VIRTIO_SND_PCM_FMT_U8: u32 = 4;
/// Signed, 16 bits.
pub const VIRTIO_SND_PCM_FMT_S16: u32 = 5;
/// Unsigned, 16 bits.
pub const VIRTIO_SND_PCM_FMT_U16: u32 = 6;
/// Signed, 18 bits in 3 bytes.
pub const VIRTIO_SND_PCM_FMT_S18_3: u32 = 7;
/// Unsigned, 18 bits in 3 bytes.
pub const VIRTIO_SND_PCM_FMT_U18_3: u32 = 8;
/// Signed, 20 bits in 3 bytes.
pub const VIRTIO_SND_PCM_FMT_S20_3: u32 = 9;
/// Unsigned, 20 bits in 3 bytes.
pub const VIRTIO_SND_PCM_FMT_U20_3: u32 = 10;
/// Signed, 24 bits in 3 bytes.
pub const VIRTIO_SND_PCM_FMT_S24_3: u32 = 11;
/// Unsigned, 24 bits in 3 bytes.
pub const VIRTIO_SND_PCM_FMT_U24_3: u32 = 12;
/// Signed, 20 bits in 4 bytes.
pub const VIRTIO_SND_PCM_FMT_S20: u32 = 13;
/// Unsigned, 20 bits in 4 bytes.
pub const VIRTIO_SND_PCM_FMT_U20: u32 = 14;
/// Signed, 24 bits in 4 bytes.
pub const VIRTIO_SND_PCM_FMT_S24: u32 = 15;
/// Unsigned, 24 bits in 4 bytes.
pub const VIRTIO_SND_PCM_FMT_U24: u32 = 16;
/// Signed, 32 bits.
pub const VIRTIO_SND_PCM_FMT_S32: u32 = 17;
/// Unsigned, 32 bits.
pub const VIRTIO_SND_PCM_FMT_U32: u32 = 18;
/// Floating point, 32 bits.
pub const VIRTIO_SND_PCM_FMT_FLOAT: u32 = 19;
/// Floating point, 64 bits.
pub const VIRTIO_SND_PCM_FMT_FLOAT64: u32 = 20;
/// DSD, 8 bits.
pub const VIRTIO_SND_PCM_FMT_DSD_U8: u32 = 21;
/// DSD, 16 bits.
pub const VIRTIO_SND_PCM_FMT_DSD_U16: u32 = 22;
/// DSD, 32 bits.
pub const VIRTIO_SND_PCM_FMT_DSD_U32: u32 = 23;
/// Subframe of IEC 958, 32 bits.
pub const VIRTIO_SND_PCM_FMT_IEC958_SUBFRAME: u32 = 24;

// enums.pcm-rate; "Device Operation / PCM Control Messages / VIRTIO_SND_R_PCM_INFO"

/// 5512 Hz.
pub const VIRTIO_SND_PCM_RATE_5512: u32 = 0;
/// 8 kHz.
pub const VIRTIO_SND_PCM_RATE_8000: u32 = 1;
/// 11.025 kHz.
pub const VIRTIO_SND_PCM_RATE_11025: u32 = 2;
/// 16 kHz.
pub const VIRTIO_SND_PCM_RATE_16000: u32 = 3;
/// 22.05 kHz.
pub const VIRTIO_SND_PCM_RATE_22050: u32 = 4;
/// 32 kHz.
pub const VIRTIO_SND_PCM_RATE_32000: u32 = 5;
/// 44.1 kHz.
pub const VIRTIO_SND_PCM_RATE_44100: u32 = 6;
/// 48 kHz.
pub const VIRTIO_SND_PCM_RATE_48000: u32 = 7;
/// 64 kHz.
pub const VIRTIO_SND_PCM_RATE_64000: u32 = 8;
/// 88.2 kHz.
pub const VIRTIO_SND_PCM_RATE_88200: u32 = 9;
/// 96 kHz.
pub const VIRTIO_SND_PCM_RATE_96000: u32 = 10;
/// 176.4 kHz.
pub const VIRTIO_SND_PCM_RATE_176400: u32 = 11;
/// 192 kHz.
pub const VIRTIO_SND_PCM_RATE_192000: u32 = 12;
/// 384 kHz.
pub const VIRTIO_SND_PCM_RATE_384000: u32 = 13;
/// 12 kHz.
pub const VIRTIO_SND_PCM_RATE_12000: u32 = 14;
/// 24 kHz.
pub const VIRTIO_SND_PCM_RATE_24000: u32 = 15;

// enums.chmap; "Device Operation / Channel Map Control Messages / VIRTIO_SND_R_CHMAP_INFO"

/// Undefined position.
pub const VIRTIO_SND_CHMAP_NONE: u32 = 0;
/// Silent.
pub const VIRTIO_SND_CHMAP_NA: u32 = 1;
/// The only channel.
pub const VIRTIO_SND_CHMAP_MONO: u32 = 2;
/// Front left.
pub const VIRTIO_SND_CHMAP_FL: u32 = 3;
/// Front right.
pub const VIRTIO_SND_CHMAP_FR: u32 = 4;
/// Rear left.
pub const VIRTIO_SND_CHMAP_RL: u32 = 5;
/// Rear right.
pub const VIRTIO_SND_CHMAP_RR: u32 = 6;
/// Front centre.
pub const VIRTIO_SND_CHMAP_FC: u32 = 7;
/// Low frequency effects.
pub const VIRTIO_SND_CHMAP_LFE: u32 = 8;
/// Side left.
pub const VIRTIO_SND_CHMAP_SL: u32 = 9;
/// Side right.
pub const VIRTIO_SND_CHMAP_SR: u32 = 10;
/// Rear centre.
pub const VIRTIO_SND_CHMAP_RC: u32 = 11;
/// Front left of centre.
pub const VIRTIO_SND_CHMAP_FLC: u32 = 12;
/// Front right of centre.
pub const VIRTIO_SND_CHMAP_FRC: u32 = 13;
/// Rear left of centre.
pub const VIRTIO_SND_CHMAP_RLC: u32 = 14;
/// Rear right of centre.
pub const VIRTIO_SND_CHMAP_RRC: u32 = 15;
/// Front left wide.
pub const VIRTIO_SND_CHMAP_FLW: u32 = 16;
/// Front right wide.
pub const VIRTIO_SND_CHMAP_FRW: u32 = 17;
/// Front left high.
pub const VIRTIO_SND_CHMAP_FLH: u32 = 18;
/// Front centre high.
pub const VIRTIO_SND_CHMAP_FCH: u32 = 19;
/// Front right high.
pub const VIRTIO_SND_CHMAP_FRH: u32 = 20;
/// Top centre.
pub const VIRTIO_SND_CHMAP_TC: u32 = 21;
/// Top front left.
pub const VIRTIO_SND_CHMAP_TFL: u32 = 22;
/// Top front right.
pub const VIRTIO_SND_CHMAP_TFR: u32 = 23;
/// Top front centre.
pub const VIRTIO_SND_CHMAP_TFC: u32 = 24;
/// Top rear left.
pub const VIRTIO_SND_CHMAP_TRL: u32 = 25;
/// Top rear right.
pub const VIRTIO_SND_CHMAP_TRR: u32 = 26;
/// Top rear centre.
pub const VIRTIO_SND_CHMAP_TRC: u32 = 27;
/// Top front left of centre.
pub const VIRTIO_SND_CHMAP_TFLC: u32 = 28;
/// Top front right of centre.
pub const VIRTIO_SND_CHMAP_TFRC: u32 = 29;
/// Top side left.
pub const VIRTIO_SND_CHMAP_TSL: u32 = 30;
/// Top side right.
pub const VIRTIO_SND_CHMAP_TSR: u32 = 31;
/// Left low frequency effects.
pub const VIRTIO_SND_CHMAP_LLFE: u32 = 32;
/// Right low frequency effects.
pub const VIRTIO_SND_CHMAP_RLFE: u32 = 33;
/// Bottom centre.
pub const VIRTIO_SND_CHMAP_BC: u32 = 34;
/// Bottom left of centre.
pub const VIRTIO_SND_CHMAP_BLC: u32 = 35;
/// Bottom right of centre.
pub const VIRTIO_SND_CHMAP_BRC: u32 = 36;

// enums.ctl-role; "Device Operation / Control Elements / Query information"

/// Undefined role.
pub const VIRTIO_SND_CTL_ROLE_UNDEFINED: u32 = 0;
/// Volume.
pub const VIRTIO_SND_CTL_ROLE_VOLUME: u32 = 1;
/// Mute.
pub const VIRTIO_SND_CTL_ROLE_MUTE: u32 = 2;
/// Gain.
pub const VIRTIO_SND_CTL_ROLE_GAIN: u32 = 3;

// enums.ctl-type; "Device Operation / Control Elements / Query information"

/// INTEGER values 0 (off) and 1 (on), up to 128.
pub const VIRTIO_SND_CTL_TYPE_BOOLEAN: u32 = 0;
/// 32-bit integers, up to 128.
pub const VIRTIO_SND_CTL_TYPE_INTEGER: u32 = 1;
/// 64-bit integers, up to 64.
pub const VIRTIO_SND_CTL_TYPE_INTEGER64: u32 = 2;
/// Choices from a list of names, up to 128.
pub const VIRTIO_SND_CTL_TYPE_ENUMERATED: u32 = 3;
/// Bytes, up to 512.
pub const VIRTIO_SND_CTL_TYPE_BYTES: u32 = 4;
/// A ctl_iec958.
pub const VIRTIO_SND_CTL_TYPE_IEC958: u32 = 5;

// enums.ctl-access; "Device Operation / Control Elements / Query information"

/// The value is readable.
pub const VIRTIO_SND_CTL_ACCESS_READ: u32 = 0;
/// The value is writable.
pub const VIRTIO_SND_CTL_ACCESS_WRITE: u32 = 1;
/// The value can change without an event.
pub const VIRTIO_SND_CTL_ACCESS_VOLATILE: u32 = 2;
/// The element has no effect; writes are stored.
pub const VIRTIO_SND_CTL_ACCESS_INACTIVE: u32 = 3;
/// The metadata is readable.
pub const VIRTIO_SND_CTL_ACCESS_TLV_READ: u32 = 4;
/// The metadata is writable.
pub const VIRTIO_SND_CTL_ACCESS_TLV_WRITE: u32 = 5;
/// The metadata supports commands.
pub const VIRTIO_SND_CTL_ACCESS_TLV_COMMAND: u32 = 6;

// enums.ctl-evt-mask; "Device Operation / Control Elements / Notifications"

/// The value has changed.
pub const VIRTIO_SND_CTL_EVT_MASK_VALUE: u32 = 0;
/// The information has changed.
pub const VIRTIO_SND_CTL_EVT_MASK_INFO: u32 = 1;
/// The metadata has changed.
pub const VIRTIO_SND_CTL_EVT_MASK_TLV: u32 = 2;

// messages.request-type; "Device Operation"

/// Query jacks.
pub const VIRTIO_SND_R_JACK_INFO: u32 = 0x1;
/// Remap a jack.
pub const VIRTIO_SND_R_JACK_REMAP: u32 = 0x2;
/// Query streams.
pub const VIRTIO_SND_R_PCM_INFO: u32 = 0x100;
/// Set the parameters of a stream.
pub const VIRTIO_SND_R_PCM_SET_PARAMS: u32 = 0x101;
/// Prepare a stream to start.
pub const VIRTIO_SND_R_PCM_PREPARE: u32 = 0x102;
/// Release a stream; the device first returns its buffers.
pub const VIRTIO_SND_R_PCM_RELEASE: u32 = 0x103;
/// Start a stream. Quirk sound.start-twice (QEMU since 8.2): A second PCM_START or PCM_STOP returns
/// an error. A driver keeps the state of each stream.
pub const VIRTIO_SND_R_PCM_START: u32 = 0x104;
/// Stop a stream.
pub const VIRTIO_SND_R_PCM_STOP: u32 = 0x105;
/// Query channel maps.
pub const VIRTIO_SND_R_CHMAP_INFO: u32 = 0x200;
/// Query control elements; with CTLS.
pub const VIRTIO_SND_R_CTL_INFO: u32 = 0x300;
/// List the names of an ENUMERATED element; with CTLS.
pub const VIRTIO_SND_R_CTL_ENUM_ITEMS: u32 = 0x301;
/// Read the value of an element; with CTLS.
pub const VIRTIO_SND_R_CTL_READ: u32 = 0x302;
/// Write the value of an element; with CTLS.
pub const VIRTIO_SND_R_CTL_WRITE: u32 = 0x303;
/// Read the metadata of an element; with CTLS.
pub const VIRTIO_SND_R_CTL_TLV_READ: u32 = 0x304;
/// Write the metadata of an element; with CTLS.
pub const VIRTIO_SND_R_CTL_TLV_WRITE: u32 = 0x305;
/// Run a command on the metadata of an element; with CTLS.
pub const VIRTIO_SND_R_CTL_TLV_COMMAND: u32 = 0x306;

// messages.event-type; "Device Operation"

/// A jack was connected.
pub const VIRTIO_SND_EVT_JACK_CONNECTED: u32 = 0x1000;
/// A jack was disconnected.
pub const VIRTIO_SND_EVT_JACK_DISCONNECTED: u32 = 0x1001;
/// A period of a stream elapsed.
pub const VIRTIO_SND_EVT_PCM_PERIOD_ELAPSED: u32 = 0x1100;
/// Underrun or overrun of a stream.
pub const VIRTIO_SND_EVT_PCM_XRUN: u32 = 0x1101;
/// A control element has changed; with CTLS.
pub const VIRTIO_SND_EVT_CTL_NOTIFY: u32 = 0x1200;

// queues; "Sound Device"

/// Requests. Quirk sound.answer-without-header (semu 2026-05-19): The used length of an answer
/// omits its header of 4 bytes. None: a driver cannot rely on bytes behind the used length.
pub const VIRTIO_SND_QUEUE_CONTROLQ: u32 = 0;
/// Events of the device. Quirk sound.event-notification (semu 2026-05-19): A notification of the
/// event queue or of the receive queue is an access fault. The image's exception handler skips the
/// access.
pub const VIRTIO_SND_QUEUE_EVENTQ: u32 = 1;
/// Playback: pcm_xfer and frames from the driver, pcm_status from the device.
pub const VIRTIO_SND_QUEUE_TXQ: u32 = 2;
/// Capture: pcm_xfer from the driver, frames and pcm_status from the device.
pub const VIRTIO_SND_QUEUE_RXQ: u32 = 3;

/// Header of requests, responses and events.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_snd_hdr {
    /// Request (R), status (S) or event (EVT).
    pub code: Le32,
}
layout!(virtio_snd_hdr, 4, code 0);

/// An event.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_snd_event {
    /// Header: event type.
    pub hdr: virtio_snd_hdr,
    /// Jack or stream id.
    pub data: Le32,
}
layout!(virtio_snd_event, 8, hdr 0, data 4);

/// Query of several items: jacks, streams, channel maps or control elements.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_snd_query_info {
    /// Header: JACK_INFO, PCM_INFO, CHMAP_INFO or CTL_INFO.
    pub hdr: virtio_snd_hdr,
    /// First item.
    pub start_id: Le32,
    /// Number of items.
    pub count: Le32,
    /// Size of each item in the response; in bytes.
    pub size: Le32,
}
layout!(virtio_snd_query_info, 16, hdr 0, start_id 4, count 8, size 12);

/// Header of item information.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_snd_info {
    /// Items with the same function group node id (HDA 7.1.2) belong together.
    pub hda_fn_nid: Le32,
}
layout!(virtio_snd_info, 4, hda_fn_nid 0);

/// Header of jack requests.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_snd_jack_hdr {
    /// Request type.
    pub hdr: virtio_snd_hdr,
    /// Jack id.
    pub jack_id: Le32,
}
layout!(virtio_snd_jack_hdr, 8, hdr 0, jack_id 4);

/// Information about a jack.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_snd_jack_info {
    /// Item header.
    pub hdr: virtio_snd_info,
    /// Supported features of the jack; 1 \<\< each of VIRTIO_SND_JACK_F_REMAP.
    pub features: Le32,
    /// Default configuration of the pin (HDA 7.3.3.31).
    pub hda_reg_defconf: Le32,
    /// Capabilities of the pin (HDA 7.3.4.9).
    pub hda_reg_caps: Le32,
    /// 1 if the jack is connected.
    pub connected: u8,
    /// Reserved.
    pub padding: [u8; 7],
}
layout!(virtio_snd_jack_info, 24,
    hdr 0, features 4, hda_reg_defconf 8, hda_reg_caps 12, connected 16, padding 17
);

/// Request of JACK_REMAP.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_snd_jack_remap {
    /// Header: JACK_REMAP and the jack id.
    pub hdr: virtio_snd_jack_hdr,
    /// New association.
    pub association: Le32,
    /// New sequence number in the association.
    pub sequence: Le32,
}
layout!(virtio_snd_jack_remap, 16, hdr 0, association 8, sequence 12);

/// Header of stream requests.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_snd_pcm_hdr {
    /// Request type.
    pub hdr: virtio_snd_hdr,
    /// Stream id.
    pub stream_id: Le32,
}
layout!(virtio_snd_pcm_hdr, 8, hdr 0, stream_id 4);

/// Information about a stream.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_snd_pcm_info {
    /// Item header.
    pub hdr: virtio_snd_info,
    /// Supported features of the stream; 1 \<\< each of VIRTIO_SND_PCM_F_\*.
    pub features: Le32,
    /// Supported formats; 1 \<\< each of VIRTIO_SND_PCM_FMT_\*.
    pub formats: Le64,
    /// Supported rates; 1 \<\< each of VIRTIO_SND_PCM_RATE_\*.
    pub rates: Le64,
    /// Playback or capture; VIRTIO_SND_D_\*.
    pub direction: u8,
    /// Minimum number of channels.
    pub channels_min: u8,
    /// Maximum number of channels.
    pub channels_max: u8,
    /// Reserved.
    pub padding: [u8; 5],
}
layout!(virtio_snd_pcm_info, 32,
    hdr 0, features 4, formats 8, rates 16, direction 24, channels_min 25, channels_max 26,
    padding 27
);

/// Request of PCM_SET_PARAMS.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_snd_pcm_set_params {
    /// Header: PCM_SET_PARAMS and the stream id.
    pub hdr: virtio_snd_pcm_hdr,
    /// Buffer size, a multiple of period_bytes; in bytes.
    pub buffer_bytes: Le32,
    /// Period size; in bytes.
    pub period_bytes: Le32,
    /// Features to enable; 1 \<\< each of VIRTIO_SND_PCM_F_\*.
    pub features: Le32,
    /// Number of channels.
    pub channels: u8,
    /// Sample format; VIRTIO_SND_PCM_FMT_\*.
    pub format: u8,
    /// Frame rate; VIRTIO_SND_PCM_RATE_\*.
    pub rate: u8,
    /// Reserved.
    pub padding: u8,
}
layout!(virtio_snd_pcm_set_params, 24,
    hdr 0, buffer_bytes 8, period_bytes 12, features 16, channels 20, format 21, rate 22, padding 23
);

/// Header of the frames in txq and rxq.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_snd_pcm_xfer {
    /// Stream id.
    pub stream_id: Le32,
}
layout!(virtio_snd_pcm_xfer, 4, stream_id 0);

/// Status of a transfer, written by the device.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_snd_pcm_status {
    /// OK or IO_ERR; VIRTIO_SND_S_\*.
    pub status: Le32,
    /// Latency of the device; in bytes.
    pub latency_bytes: Le32,
}
layout!(virtio_snd_pcm_status, 8, status 0, latency_bytes 4);

/// A channel map.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_snd_chmap_info {
    /// Item header.
    pub hdr: virtio_snd_info,
    /// Direction of the streams; VIRTIO_SND_D_\*.
    pub direction: u8,
    /// Number of channels.
    pub channels: u8,
    /// Position of each channel; VIRTIO_SND_CHMAP_\*.
    pub positions: [u8; 18],
}
layout!(virtio_snd_chmap_info, 24, hdr 0, direction 4, channels 5, positions 6);

/// Header of control element requests.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_snd_ctl_hdr {
    /// Request type.
    pub hdr: virtio_snd_hdr,
    /// Control element id.
    pub control_id: Le32,
}
layout!(virtio_snd_ctl_hdr, 8, hdr 0, control_id 4);

/// Range of a 32-bit integer.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub struct virtio_snd_ctl_info_value_integer {
    /// Minimum value.
    pub min: Le32,
    /// Maximum value.
    pub max: Le32,
    /// Step size; 0 if it varies.
    pub step: Le32,
}
layout!(virtio_snd_ctl_info_value_integer, 12, min 0, max 4, step 8);

/// Range of a 64-bit integer.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub struct virtio_snd_ctl_info_value_integer64 {
    /// Minimum value.
    pub min: Le64,
    /// Maximum value.
    pub max: Le64,
    /// Step size; 0 if it varies.
    pub step: Le64,
}
layout!(virtio_snd_ctl_info_value_integer64, 24, min 0, max 8, step 16);

/// List of names.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub struct virtio_snd_ctl_info_value_enumerated {
    /// Number of names.
    pub items: Le32,
}
layout!(virtio_snd_ctl_info_value_enumerated, 4, items 0);

/// Value constraints.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub union virtio_snd_ctl_info_value {
    /// Range of a 32-bit integer; for BOOLEAN or INTEGER.
    pub integer: virtio_snd_ctl_info_value_integer,
    /// Range of a 64-bit integer; for INTEGER64.
    pub integer64: virtio_snd_ctl_info_value_integer64,
    /// List of names; for ENUMERATED.
    pub enumerated: virtio_snd_ctl_info_value_enumerated,
}

/// Information about a control element.
#[derive(Clone, Copy)]
#[repr(C, packed)]
pub struct virtio_snd_ctl_info {
    /// Item header.
    pub hdr: virtio_snd_info,
    /// Role of the element.
    /// Bit 0: direction. Playback or capture.
    /// Bits 1 to 31: role. Role of the element.
    pub role: Le32,
    /// Value type; VIRTIO_SND_CTL_TYPE_\*.
    pub r#type: Le32,
    /// Access rights; 1 \<\< each of VIRTIO_SND_CTL_ACCESS_\*.
    pub access: Le32,
    /// Number of values.
    pub count: Le32,
    /// Distinguishes elements with the same name.
    pub index: Le32,
    /// Name, NUL-terminated.
    pub name: [u8; 44],
    /// Value constraints.
    pub value: virtio_snd_ctl_info_value,
}
layout!(partial virtio_snd_ctl_info, 92,
    hdr 0, role 4, r#type 8, access 12, count 16, index 20, name 24, value 68
);

/// A name in the list of an ENUMERATED element.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_snd_ctl_enum_item {
    /// Name of an option, NUL-terminated.
    pub item: [u8; 64],
}
layout!(virtio_snd_ctl_enum_item, 64, item 0);

/// Value of an IEC958 element.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_snd_ctl_iec958 {
    /// Channel status.
    pub status: [u8; 24],
    /// Subcode.
    pub subcode: [u8; 147],
    /// Reserved.
    pub pad: u8,
    /// Subframe.
    pub dig_subframe: [u8; 4],
}
layout!(virtio_snd_ctl_iec958, 176, status 0, subcode 24, pad 171, dig_subframe 172);

/// Value; the type in ctl_info selects the member.
#[derive(Clone, Copy)]
#[repr(C)]
pub union virtio_snd_ctl_value_value {
    /// Values of a BOOLEAN or INTEGER element.
    pub integer: [Le32; 128],
    /// Values of an INTEGER64 element.
    pub integer64: [Le64; 64],
    /// Values of an ENUMERATED element: indices into the list of names.
    pub enumerated: [Le32; 128],
    /// Values of a BYTES element.
    pub bytes: [u8; 512],
    /// Value of an IEC958 element.
    pub iec958: virtio_snd_ctl_iec958,
}

/// Value of a control element.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_snd_ctl_value {
    /// Value; the type in ctl_info selects the member.
    pub value: virtio_snd_ctl_value_value,
}
layout!(partial virtio_snd_ctl_value, 512, value 0);

/// Metadata of a control element.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_snd_ctl_tlv {
    /// Metadata type, defined by ALSA or by the device.
    pub r#type: Le32,
    /// Length of value; a multiple of 4, up to 65536; in bytes.
    pub length: Le32,
    /// Metadata.
    pub value: [Le32; 0],
}
layout!(virtio_snd_ctl_tlv, 8, r#type 0, length 4);

/// CTL_NOTIFY event.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_snd_ctl_event {
    /// Header: CTL_NOTIFY.
    pub hdr: virtio_snd_hdr,
    /// Control element id.
    pub control_id: Le16,
    /// What has changed; 1 \<\< each of VIRTIO_SND_CTL_EVT_MASK_\*.
    pub mask: Le16,
}
layout!(virtio_snd_ctl_event, 8, hdr 0, control_id 4, mask 6);

/// Configuration space of the device.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct virtio_snd_config {
    /// Number of jacks.
    pub jacks: Le32,
    /// Number of PCM streams.
    pub streams: Le32,
    /// Number of channel maps.
    pub chmaps: Le32,
    /// Number of control elements; with CTLS.
    pub controls: Le32,
}
layout!(virtio_snd_config, 16, jacks 0, streams 4, chmaps 8, controls 12);
