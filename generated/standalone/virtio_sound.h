/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/sound.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Sound Device */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 */
#ifndef VWR_STANDALONE_SOUND_H
#define VWR_STANDALONE_SOUND_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_SOUND 25                              /* A sound card with PCM streams. */

#define VIRTIO_SND_CHMAP_MAX_SIZE 18u                   /* Maximum number of channels in a channel map. */

/* features; "Feature Bits" */
#define VIRTIO_SND_F_CTLS 0                             /* The device has control elements such as volume and mute. */

/* enums.status; "Device Operation" */
#define VIRTIO_SND_S_OK 0x8000                          /* The request succeeded. */
#define VIRTIO_SND_S_BAD_MSG 0x8001                     /* The request is malformed or has an invalid parameter. */
#define VIRTIO_SND_S_NOT_SUPP 0x8002                    /* The device does not support the request or its parameters. */
#define VIRTIO_SND_S_IO_ERR 0x8003                      /* I/O error. */

/* enums.direction; "Device Operation" */
#define VIRTIO_SND_D_OUTPUT 0                           /* Playback. */
#define VIRTIO_SND_D_INPUT 1                            /* Capture. */

/* enums.jack-feature; "Device Operation / Jack Control Messages / VIRTIO_SND_R_JACK_INFO" */
#define VIRTIO_SND_JACK_F_REMAP 0                       /* The jack can be remapped. */

/* enums.pcm-feature; "Device Operation / PCM Control Messages / VIRTIO_SND_R_PCM_INFO" */
#define VIRTIO_SND_PCM_F_SHMEM_HOST 0                   /* The host allocates shared memory for the frames; a driver
                                                           must not select it yet. */
#define VIRTIO_SND_PCM_F_SHMEM_GUEST 1                  /* The guest allocates shared memory for the frames; a driver
                                                           must not select it yet. */
#define VIRTIO_SND_PCM_F_MSG_POLLING 2                  /* The device polls txq and rxq. */
#define VIRTIO_SND_PCM_F_EVT_SHMEM_PERIODS 3            /* Events at the end of periods, for shared memory. */
#define VIRTIO_SND_PCM_F_EVT_XRUNS 4                    /* Events for underruns and overruns. */

/* enums.pcm-format; "Device Operation / PCM Control Messages / VIRTIO_SND_R_PCM_INFO" */
#define VIRTIO_SND_PCM_FMT_IMA_ADPCM 0                  /* IMA ADPCM, 4 bits. */
#define VIRTIO_SND_PCM_FMT_MU_LAW 1                     /* Mu-law, 8 bits. */
#define VIRTIO_SND_PCM_FMT_A_LAW 2                      /* A-law, 8 bits. */
#define VIRTIO_SND_PCM_FMT_S8 3                         /* Signed, 8 bits. */
#define VIRTIO_SND_PCM_FMT_U8 4                         /* Unsigned, 8 bits. */
#define VIRTIO_SND_PCM_FMT_S16 5                        /* Signed, 16 bits. */
#define VIRTIO_SND_PCM_FMT_U16 6                        /* Unsigned, 16 bits. */
#define VIRTIO_SND_PCM_FMT_S18_3 7                      /* Signed, 18 bits in 3 bytes. */
#define VIRTIO_SND_PCM_FMT_U18_3 8                      /* Unsigned, 18 bits in 3 bytes. */
#define VIRTIO_SND_PCM_FMT_S20_3 9                      /* Signed, 20 bits in 3 bytes. */
#define VIRTIO_SND_PCM_FMT_U20_3 10                     /* Unsigned, 20 bits in 3 bytes. */
#define VIRTIO_SND_PCM_FMT_S24_3 11                     /* Signed, 24 bits in 3 bytes. */
#define VIRTIO_SND_PCM_FMT_U24_3 12                     /* Unsigned, 24 bits in 3 bytes. */
#define VIRTIO_SND_PCM_FMT_S20 13                       /* Signed, 20 bits in 4 bytes. */
#define VIRTIO_SND_PCM_FMT_U20 14                       /* Unsigned, 20 bits in 4 bytes. */
#define VIRTIO_SND_PCM_FMT_S24 15                       /* Signed, 24 bits in 4 bytes. */
#define VIRTIO_SND_PCM_FMT_U24 16                       /* Unsigned, 24 bits in 4 bytes. */
#define VIRTIO_SND_PCM_FMT_S32 17                       /* Signed, 32 bits. */
#define VIRTIO_SND_PCM_FMT_U32 18                       /* Unsigned, 32 bits. */
#define VIRTIO_SND_PCM_FMT_FLOAT 19                     /* Floating point, 32 bits. */
#define VIRTIO_SND_PCM_FMT_FLOAT64 20                   /* Floating point, 64 bits. */
#define VIRTIO_SND_PCM_FMT_DSD_U8 21                    /* DSD, 8 bits. */
#define VIRTIO_SND_PCM_FMT_DSD_U16 22                   /* DSD, 16 bits. */
#define VIRTIO_SND_PCM_FMT_DSD_U32 23                   /* DSD, 32 bits. */
#define VIRTIO_SND_PCM_FMT_IEC958_SUBFRAME 24           /* Subframe of IEC 958, 32 bits. */

/* enums.pcm-rate; "Device Operation / PCM Control Messages / VIRTIO_SND_R_PCM_INFO" */
#define VIRTIO_SND_PCM_RATE_5512 0                      /* 5512 Hz. */
#define VIRTIO_SND_PCM_RATE_8000 1                      /* 8 kHz. */
#define VIRTIO_SND_PCM_RATE_11025 2                     /* 11.025 kHz. */
#define VIRTIO_SND_PCM_RATE_16000 3                     /* 16 kHz. */
#define VIRTIO_SND_PCM_RATE_22050 4                     /* 22.05 kHz. */
#define VIRTIO_SND_PCM_RATE_32000 5                     /* 32 kHz. */
#define VIRTIO_SND_PCM_RATE_44100 6                     /* 44.1 kHz. */
#define VIRTIO_SND_PCM_RATE_48000 7                     /* 48 kHz. */
#define VIRTIO_SND_PCM_RATE_64000 8                     /* 64 kHz. */
#define VIRTIO_SND_PCM_RATE_88200 9                     /* 88.2 kHz. */
#define VIRTIO_SND_PCM_RATE_96000 10                    /* 96 kHz. */
#define VIRTIO_SND_PCM_RATE_176400 11                   /* 176.4 kHz. */
#define VIRTIO_SND_PCM_RATE_192000 12                   /* 192 kHz. */
#define VIRTIO_SND_PCM_RATE_384000 13                   /* 384 kHz. */
#define VIRTIO_SND_PCM_RATE_12000 14                    /* 12 kHz. */
#define VIRTIO_SND_PCM_RATE_24000 15                    /* 24 kHz. */

/* enums.chmap; "Device Operation / Channel Map Control Messages / VIRTIO_SND_R_CHMAP_INFO" */
#define VIRTIO_SND_CHMAP_NONE 0                         /* Undefined position. */
#define VIRTIO_SND_CHMAP_NA 1                           /* Silent. */
#define VIRTIO_SND_CHMAP_MONO 2                         /* The only channel. */
#define VIRTIO_SND_CHMAP_FL 3                           /* Front left. */
#define VIRTIO_SND_CHMAP_FR 4                           /* Front right. */
#define VIRTIO_SND_CHMAP_RL 5                           /* Rear left. */
#define VIRTIO_SND_CHMAP_RR 6                           /* Rear right. */
#define VIRTIO_SND_CHMAP_FC 7                           /* Front centre. */
#define VIRTIO_SND_CHMAP_LFE 8                          /* Low frequency effects. */
#define VIRTIO_SND_CHMAP_SL 9                           /* Side left. */
#define VIRTIO_SND_CHMAP_SR 10                          /* Side right. */
#define VIRTIO_SND_CHMAP_RC 11                          /* Rear centre. */
#define VIRTIO_SND_CHMAP_FLC 12                         /* Front left of centre. */
#define VIRTIO_SND_CHMAP_FRC 13                         /* Front right of centre. */
#define VIRTIO_SND_CHMAP_RLC 14                         /* Rear left of centre. */
#define VIRTIO_SND_CHMAP_RRC 15                         /* Rear right of centre. */
#define VIRTIO_SND_CHMAP_FLW 16                         /* Front left wide. */
#define VIRTIO_SND_CHMAP_FRW 17                         /* Front right wide. */
#define VIRTIO_SND_CHMAP_FLH 18                         /* Front left high. */
#define VIRTIO_SND_CHMAP_FCH 19                         /* Front centre high. */
#define VIRTIO_SND_CHMAP_FRH 20                         /* Front right high. */
#define VIRTIO_SND_CHMAP_TC 21                          /* Top centre. */
#define VIRTIO_SND_CHMAP_TFL 22                         /* Top front left. */
#define VIRTIO_SND_CHMAP_TFR 23                         /* Top front right. */
#define VIRTIO_SND_CHMAP_TFC 24                         /* Top front centre. */
#define VIRTIO_SND_CHMAP_TRL 25                         /* Top rear left. */
#define VIRTIO_SND_CHMAP_TRR 26                         /* Top rear right. */
#define VIRTIO_SND_CHMAP_TRC 27                         /* Top rear centre. */
#define VIRTIO_SND_CHMAP_TFLC 28                        /* Top front left of centre. */
#define VIRTIO_SND_CHMAP_TFRC 29                        /* Top front right of centre. */
#define VIRTIO_SND_CHMAP_TSL 30                         /* Top side left. */
#define VIRTIO_SND_CHMAP_TSR 31                         /* Top side right. */
#define VIRTIO_SND_CHMAP_LLFE 32                        /* Left low frequency effects. */
#define VIRTIO_SND_CHMAP_RLFE 33                        /* Right low frequency effects. */
#define VIRTIO_SND_CHMAP_BC 34                          /* Bottom centre. */
#define VIRTIO_SND_CHMAP_BLC 35                         /* Bottom left of centre. */
#define VIRTIO_SND_CHMAP_BRC 36                         /* Bottom right of centre. */

/* enums.ctl-role; "Device Operation / Control Elements / Query information" */
#define VIRTIO_SND_CTL_ROLE_UNDEFINED 0                 /* Undefined role. */
#define VIRTIO_SND_CTL_ROLE_VOLUME 1                    /* Volume. */
#define VIRTIO_SND_CTL_ROLE_MUTE 2                      /* Mute. */
#define VIRTIO_SND_CTL_ROLE_GAIN 3                      /* Gain. */

/* enums.ctl-type; "Device Operation / Control Elements / Query information" */
#define VIRTIO_SND_CTL_TYPE_BOOLEAN 0                   /* INTEGER values 0 (off) and 1 (on), up to 128. */
#define VIRTIO_SND_CTL_TYPE_INTEGER 1                   /* 32-bit integers, up to 128. */
#define VIRTIO_SND_CTL_TYPE_INTEGER64 2                 /* 64-bit integers, up to 64. */
#define VIRTIO_SND_CTL_TYPE_ENUMERATED 3                /* Choices from a list of names, up to 128. */
#define VIRTIO_SND_CTL_TYPE_BYTES 4                     /* Bytes, up to 512. */
#define VIRTIO_SND_CTL_TYPE_IEC958 5                    /* A ctl_iec958. */

/* enums.ctl-access; "Device Operation / Control Elements / Query information" */
#define VIRTIO_SND_CTL_ACCESS_READ 0                    /* The value is readable. */
#define VIRTIO_SND_CTL_ACCESS_WRITE 1                   /* The value is writable. */
#define VIRTIO_SND_CTL_ACCESS_VOLATILE 2                /* The value can change without an event. */
#define VIRTIO_SND_CTL_ACCESS_INACTIVE 3                /* The element has no effect; writes are stored. */
#define VIRTIO_SND_CTL_ACCESS_TLV_READ 4                /* The metadata is readable. */
#define VIRTIO_SND_CTL_ACCESS_TLV_WRITE 5               /* The metadata is writable. */
#define VIRTIO_SND_CTL_ACCESS_TLV_COMMAND 6             /* The metadata supports commands. */

/* enums.ctl-evt-mask; "Device Operation / Control Elements / Notifications" */
#define VIRTIO_SND_CTL_EVT_MASK_VALUE 0                 /* The value has changed. */
#define VIRTIO_SND_CTL_EVT_MASK_INFO 1                  /* The information has changed. */
#define VIRTIO_SND_CTL_EVT_MASK_TLV 2                   /* The metadata has changed. */

/* messages.request-type; "Device Operation" */
#define VIRTIO_SND_R_JACK_INFO 0x1                      /* Query jacks. */
#define VIRTIO_SND_R_JACK_REMAP 0x2                     /* Remap a jack. */
#define VIRTIO_SND_R_PCM_INFO 0x100                     /* Query streams. */
#define VIRTIO_SND_R_PCM_SET_PARAMS 0x101               /* Set the parameters of a stream. */
#define VIRTIO_SND_R_PCM_PREPARE 0x102                  /* Prepare a stream to start. */
#define VIRTIO_SND_R_PCM_RELEASE 0x103                  /* Release a stream; the device first returns its buffers. */
#define VIRTIO_SND_R_PCM_START 0x104                    /* Start a stream. Quirk sound.start-twice (QEMU since 8.2):
                                                           A second PCM_START or PCM_STOP returns an error. A driver
                                                           keeps the state of each stream. */
#define VIRTIO_SND_R_PCM_STOP 0x105                     /* Stop a stream. */
#define VIRTIO_SND_R_CHMAP_INFO 0x200                   /* Query channel maps. */
#define VIRTIO_SND_R_CTL_INFO 0x300                     /* Query control elements; with CTLS. */
#define VIRTIO_SND_R_CTL_ENUM_ITEMS 0x301               /* List the names of an ENUMERATED element; with CTLS. */
#define VIRTIO_SND_R_CTL_READ 0x302                     /* Read the value of an element; with CTLS. */
#define VIRTIO_SND_R_CTL_WRITE 0x303                    /* Write the value of an element; with CTLS. */
#define VIRTIO_SND_R_CTL_TLV_READ 0x304                 /* Read the metadata of an element; with CTLS. */
#define VIRTIO_SND_R_CTL_TLV_WRITE 0x305                /* Write the metadata of an element; with CTLS. */
#define VIRTIO_SND_R_CTL_TLV_COMMAND 0x306              /* Run a command on the metadata of an element; with CTLS. */

/* messages.event-type; "Device Operation" */
#define VIRTIO_SND_EVT_JACK_CONNECTED 0x1000            /* A jack was connected. */
#define VIRTIO_SND_EVT_JACK_DISCONNECTED 0x1001         /* A jack was disconnected. */
#define VIRTIO_SND_EVT_PCM_PERIOD_ELAPSED 0x1100        /* A period of a stream elapsed. */
#define VIRTIO_SND_EVT_PCM_XRUN 0x1101                  /* Underrun or overrun of a stream. */
#define VIRTIO_SND_EVT_CTL_NOTIFY 0x1200                /* A control element has changed; with CTLS. */

/* queues; "Sound Device" */
#define VIRTIO_SND_QUEUE_CONTROLQ 0                     /* Requests. Quirk sound.answer-without-header (semu
                                                           2026-05-19): The used length of an answer omits its header
                                                           of 4 bytes. None: a driver cannot rely on bytes behind the
                                                           used length. */
#define VIRTIO_SND_QUEUE_EVENTQ 1                       /* Events of the device. Quirk sound.event-notification (semu
                                                           2026-05-19): A notification of the event queue or of the
                                                           receive queue is an access fault. The image's exception
                                                           handler skips the access. */
#define VIRTIO_SND_QUEUE_TXQ 2                          /* Playback: pcm_xfer and frames from the driver, pcm_status
                                                           from the device. */
#define VIRTIO_SND_QUEUE_RXQ 3                          /* Capture: pcm_xfer from the driver, frames and pcm_status
                                                           from the device. */

/* Header of requests, responses and events. structs.hdr; "Device Operation" */
struct virtio_snd_hdr {
    uint32_t code;                          /* Request (R), status (S) or event (EVT). */
};
VIRTIO_SIZE(virtio_snd_hdr, 4);

/* An event. structs.event; "Device Operation" */
struct virtio_snd_event {
    struct virtio_snd_hdr hdr;              /* Header: event type. */
    uint32_t data;                          /* Jack or stream id. */
};
VIRTIO_SIZE(virtio_snd_event, 8);

/*
 * Query of several items: jacks, streams, channel maps or control elements.
 * structs.query_info; "Device Operation / Item Information Request"
 */
struct virtio_snd_query_info {
    struct virtio_snd_hdr hdr;              /* Header: JACK_INFO, PCM_INFO, CHMAP_INFO or CTL_INFO. */
    uint32_t start_id;                      /* First item. */
    uint32_t count;                         /* Number of items. */
    uint32_t size;                          /* Size of each item in the response; in bytes. */
};
VIRTIO_SIZE(virtio_snd_query_info, 16);

/* Header of item information. structs.info; "Device Operation / Item Information Request" */
struct virtio_snd_info {
    uint32_t hda_fn_nid;                    /* Items with the same function group node id (HDA 7.1.2) belong
                                               together. */
};
VIRTIO_SIZE(virtio_snd_info, 4);

/* Header of jack requests. structs.jack_hdr; "Device Operation / Jack Control Messages" */
struct virtio_snd_jack_hdr {
    struct virtio_snd_hdr hdr;              /* Request type. */
    uint32_t jack_id;                       /* Jack id. */
};
VIRTIO_SIZE(virtio_snd_jack_hdr, 8);

/*
 * Information about a jack.
 * structs.jack_info; "Device Operation / Jack Control Messages / VIRTIO_SND_R_JACK_INFO"
 */
struct virtio_snd_jack_info {
    struct virtio_snd_info hdr;             /* Item header. */
    uint32_t features;                      /* Supported features of the jack; 1 << each of VIRTIO_SND_JACK_F_REMAP. */
    uint32_t hda_reg_defconf;               /* Default configuration of the pin (HDA 7.3.3.31). */
    uint32_t hda_reg_caps;                  /* Capabilities of the pin (HDA 7.3.4.9). */
    uint8_t connected;                      /* 1 if the jack is connected. */
    uint8_t padding[7];                     /* Reserved. */
};
VIRTIO_SIZE(virtio_snd_jack_info, 24);

/*
 * Request of JACK_REMAP.
 * structs.jack_remap; "Device Operation / Jack Control Messages / VIRTIO_SND_R_JACK_REMAP"
 */
struct virtio_snd_jack_remap {
    struct virtio_snd_jack_hdr hdr;         /* Header: JACK_REMAP and the jack id. */
    uint32_t association;                   /* New association. */
    uint32_t sequence;                      /* New sequence number in the association. */
};
VIRTIO_SIZE(virtio_snd_jack_remap, 16);

/* Header of stream requests. structs.pcm_hdr; "Device Operation / PCM Control Messages" */
struct virtio_snd_pcm_hdr {
    struct virtio_snd_hdr hdr;              /* Request type. */
    uint32_t stream_id;                     /* Stream id. */
};
VIRTIO_SIZE(virtio_snd_pcm_hdr, 8);

/*
 * Information about a stream.
 * structs.pcm_info; "Device Operation / PCM Control Messages / VIRTIO_SND_R_PCM_INFO"
 */
struct virtio_snd_pcm_info {
    struct virtio_snd_info hdr;             /* Item header. */
    uint32_t features;                      /* Supported features of the stream; 1 << each of VIRTIO_SND_PCM_F_*. */
    uint64_t formats;                       /* Supported formats; 1 << each of VIRTIO_SND_PCM_FMT_*. */
    uint64_t rates;                         /* Supported rates; 1 << each of VIRTIO_SND_PCM_RATE_*. */
    uint8_t direction;                      /* Playback or capture; VIRTIO_SND_D_*. */
    uint8_t channels_min;                   /* Minimum number of channels. */
    uint8_t channels_max;                   /* Maximum number of channels. */
    uint8_t padding[5];                     /* Reserved. */
};
VIRTIO_SIZE(virtio_snd_pcm_info, 32);

/*
 * Request of PCM_SET_PARAMS.
 * structs.pcm_set_params; "Device Operation / PCM Control Messages / VIRTIO_SND_R_PCM_SET_PARAMS"
 */
struct virtio_snd_pcm_set_params {
    struct virtio_snd_pcm_hdr hdr;          /* Header: PCM_SET_PARAMS and the stream id. */
    uint32_t buffer_bytes;                  /* Buffer size, a multiple of period_bytes; in bytes. */
    uint32_t period_bytes;                  /* Period size; in bytes. */
    uint32_t features;                      /* Features to enable; 1 << each of VIRTIO_SND_PCM_F_*. */
    uint8_t channels;                       /* Number of channels. */
    uint8_t format;                         /* Sample format; VIRTIO_SND_PCM_FMT_*. */
    uint8_t rate;                           /* Frame rate; VIRTIO_SND_PCM_RATE_*. */
    uint8_t padding;                        /* Reserved. */
};
VIRTIO_SIZE(virtio_snd_pcm_set_params, 24);

/* Header of the frames in txq and rxq. structs.pcm_xfer; "Device Operation / PCM I/O Messages" */
struct virtio_snd_pcm_xfer {
    uint32_t stream_id;                     /* Stream id. */
};
VIRTIO_SIZE(virtio_snd_pcm_xfer, 4);

/*
 * Status of a transfer, written by the device.
 * structs.pcm_status; "Device Operation / PCM I/O Messages"
 */
struct virtio_snd_pcm_status {
    uint32_t status;                        /* OK or IO_ERR; VIRTIO_SND_S_*. */
    uint32_t latency_bytes;                 /* Latency of the device; in bytes. */
};
VIRTIO_SIZE(virtio_snd_pcm_status, 8);

/*
 * A channel map.
 * structs.chmap_info; "Device Operation / Channel Map Control Messages / VIRTIO_SND_R_CHMAP_INFO"
 */
struct virtio_snd_chmap_info {
    struct virtio_snd_info hdr;             /* Item header. */
    uint8_t direction;                      /* Direction of the streams; VIRTIO_SND_D_*. */
    uint8_t channels;                       /* Number of channels. */
    uint8_t positions[18];                  /* Position of each channel; VIRTIO_SND_CHMAP_*. */
};
VIRTIO_SIZE(virtio_snd_chmap_info, 24);

/* Header of control element requests. structs.ctl_hdr; "Device Operation / Control Elements" */
struct virtio_snd_ctl_hdr {
    struct virtio_snd_hdr hdr;              /* Request type. */
    uint32_t control_id;                    /* Control element id. */
};
VIRTIO_SIZE(virtio_snd_ctl_hdr, 8);

/*
 * Range of a 32-bit integer.
 * structs.ctl_info; "Device Operation / Control Elements / Query information"
 */
#pragma pack(push, 1)
struct virtio_snd_ctl_info_value_integer {
    uint32_t min;                           /* Minimum value. */
    uint32_t max;                           /* Maximum value. */
    uint32_t step;                          /* Step size; 0 if it varies. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_snd_ctl_info_value_integer, 12);

/*
 * Range of a 64-bit integer.
 * structs.ctl_info; "Device Operation / Control Elements / Query information"
 */
#pragma pack(push, 1)
struct virtio_snd_ctl_info_value_integer64 {
    uint64_t min;                           /* Minimum value. */
    uint64_t max;                           /* Maximum value. */
    uint64_t step;                          /* Step size; 0 if it varies. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_snd_ctl_info_value_integer64, 24);

/* List of names. structs.ctl_info; "Device Operation / Control Elements / Query information" */
#pragma pack(push, 1)
struct virtio_snd_ctl_info_value_enumerated {
    uint32_t items;                         /* Number of names. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_snd_ctl_info_value_enumerated, 4);

/*
 * Information about a control element.
 * structs.ctl_info; "Device Operation / Control Elements / Query information"
 */
#pragma pack(push, 1)
struct virtio_snd_ctl_info {
    struct virtio_snd_info hdr;             /* Item header. */
    uint32_t role;                          /* Role of the element. */
                                            /* bit 0: direction. Playback or capture. */
                                            /* bits 1 to 31: role. Role of the element. */
    uint32_t type;                          /* Value type; VIRTIO_SND_CTL_TYPE_*. */
    uint32_t access;                        /* Access rights; 1 << each of VIRTIO_SND_CTL_ACCESS_*. */
    uint32_t count;                         /* Number of values. */
    uint32_t index;                         /* Distinguishes elements with the same name. */
    uint8_t name[44];                       /* Name, NUL-terminated. */
    union {                                 /* Value constraints. */
        struct virtio_snd_ctl_info_value_integer integer; /* Range of a 32-bit integer; for BOOLEAN or INTEGER. */
        struct virtio_snd_ctl_info_value_integer64 integer64; /* Range of a 64-bit integer; for INTEGER64. */
        struct virtio_snd_ctl_info_value_enumerated enumerated; /* List of names; for ENUMERATED. */
    } value;
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_snd_ctl_info, 92);

/*
 * A name in the list of an ENUMERATED element.
 * structs.ctl_enum_item; "Device Operation / Control Elements / Query information"
 */
struct virtio_snd_ctl_enum_item {
    uint8_t item[64];                       /* Name of an option, NUL-terminated. */
};
VIRTIO_SIZE(virtio_snd_ctl_enum_item, 64);

/* Value of an IEC958 element. structs.ctl_iec958; "Device Operation / Control Elements / Value" */
struct virtio_snd_ctl_iec958 {
    uint8_t status[24];                     /* Channel status. */
    uint8_t subcode[147];                   /* Subcode. */
    uint8_t pad;                            /* Reserved. */
    uint8_t dig_subframe[4];                /* Subframe. */
};
VIRTIO_SIZE(virtio_snd_ctl_iec958, 176);

/* Value of a control element. structs.ctl_value; "Device Operation / Control Elements / Value" */
struct virtio_snd_ctl_value {
    union {                                 /* Value; the type in ctl_info selects the member. */
        uint32_t integer[128];              /* Values of a BOOLEAN or INTEGER element. */
        uint64_t integer64[64];             /* Values of an INTEGER64 element. */
        uint32_t enumerated[128];           /* Values of an ENUMERATED element: indices into the list of names. */
        uint8_t bytes[512];                 /* Values of a BYTES element. */
        struct virtio_snd_ctl_iec958 iec958; /* Value of an IEC958 element. */
    } value;
};
VIRTIO_SIZE(virtio_snd_ctl_value, 512);

/* Metadata of a control element. structs.ctl_tlv; "Device Operation / Control Elements / Metadata" */
struct virtio_snd_ctl_tlv {
    uint32_t type;                          /* Metadata type, defined by ALSA or by the device. */
    uint32_t length;                        /* Length of value; a multiple of 4, up to 65536; in bytes. */
    uint32_t value[];                       /* Metadata. */
};
VIRTIO_SIZE(virtio_snd_ctl_tlv, 8);

/* CTL_NOTIFY event. structs.ctl_event; "Device Operation / Control Elements / Notifications" */
struct virtio_snd_ctl_event {
    struct virtio_snd_hdr hdr;              /* Header: CTL_NOTIFY. */
    uint16_t control_id;                    /* Control element id. */
    uint16_t mask;                          /* What has changed; 1 << each of VIRTIO_SND_CTL_EVT_MASK_*. */
};
VIRTIO_SIZE(virtio_snd_ctl_event, 8);

/* Configuration space of the device. config; "Device Configuration Layout" */
struct virtio_snd_config {
    uint32_t jacks;                         /* Number of jacks. */
    uint32_t streams;                       /* Number of PCM streams. */
    uint32_t chmaps;                        /* Number of channel maps. */
    uint32_t controls;                      /* Number of control elements; with CTLS. */
};
VIRTIO_SIZE(virtio_snd_config, 16);

#undef VIRTIO_SIZE
#endif
