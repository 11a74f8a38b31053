/* SPDX-License-Identifier: MIT */
/* Generated from spec/transport/ccw.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Virtio Over Channel I/O */

/*
 * One file to copy: the specification's names, and nothing of ours. What it does not name is called alike. Numbers of
 * more than a byte are little-endian where their comment does not say otherwise.
 */
#ifndef VWR_STANDALONE_CCW_H
#define VWR_STANDALONE_CCW_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_CCW_CU_TYPE 0x3832u                      /* Control unit type of all virtio devices; the control unit
                                                           model is the device id. */
#define VIRTIO_CCW_CHPID_TYPE 0x32u                     /* Type of the virtual channel path. */
#define VIRTIO_CCW_DIAGNOSE 0x500u                      /* Number of the diagnose call that notifies a queue:
                                                           register 1 has NOTIFY; 2 the subchannel; 3 the data; 4 the
                                                           cookie that register 2 had after the call before. */
#define VIRTIO_CCW_DIAGNOSE_NOTIFY 0x3u                 /* Subcode of the diagnose call. */
#define VIRTIO_CCW_SUMMARY 0x1u                         /* The summary indicator while a queue has used buffers; the
                                                           driver clears it before it looks at the queues. */
#define VIRTIO_CCW_CONFIG_INDICATOR 0u                  /* Number of the bit of the configuration indicators that
                                                           says that the configuration has changed. */

/* enums.basic-command; "Basic Concepts" */
#define VIRTIO_CCW_BASIC_NO_OPERATION 0x3               /* Nothing. */
#define VIRTIO_CCW_BASIC_SENSE 0x4                      /* What went wrong. */
#define VIRTIO_CCW_BASIC_TRANSFER_IN_CHANNEL 0x8        /* Go on elsewhere. */
#define VIRTIO_CCW_BASIC_SENSE_ID 0xe4                  /* What the device is (sense_id). */

/* enums.command; "Basic Concepts/ Channel Commands for Virtio" */
#define VIRTIO_CCW_CMD_WRITE_FEAT 0x11                  /* Writes 32 bits of the features that the driver takes. */
#define VIRTIO_CCW_CMD_READ_FEAT 0x12                   /* Reads 32 bits of the features that the device offers. */
#define VIRTIO_CCW_CMD_SET_VQ 0x13                      /* Says where a queue is. */
#define VIRTIO_CCW_CMD_WRITE_CONF 0x21                  /* Writes the configuration space from its beginning. */
#define VIRTIO_CCW_CMD_READ_CONF 0x22                   /* Reads the configuration space from its beginning. */
#define VIRTIO_CCW_CMD_WRITE_STATUS 0x31                /* Writes the device status; the device rejects what it
                                                           cannot set. */
#define VIRTIO_CCW_CMD_READ_VQ_CONF 0x32                /* Reads the largest size of a queue. */
#define VIRTIO_CCW_CMD_VDEV_RESET 0x33                  /* Resets the device; that is done when the command is. */
#define VIRTIO_CCW_CMD_SET_IND 0x43                     /* Says where the indicators of the queues are; 64 bits. */
#define VIRTIO_CCW_CMD_SET_CONF_IND 0x53                /* Says where the indicators of the configuration are; 64
                                                           bits. */
#define VIRTIO_CCW_CMD_READ_STATUS 0x72                 /* Reads the device status. */
#define VIRTIO_CCW_CMD_SET_IND_ADAPTER 0x73             /* Says where the two stages of indicators are. */
#define VIRTIO_CCW_CMD_SET_VIRTIO_REV 0x83              /* Sets the revision of the transport. */

/* enums.revision; "Device Initialization / Setting the Virtio Revision" */
#define VIRTIO_CCW_REVISION_LEGACY 0                    /* The legacy interface; also without a revision; legacy
                                                           only. */
#define VIRTIO_CCW_REVISION_VIRTIO_1 1                  /* The interface of the specification. */
#define VIRTIO_CCW_REVISION_READ_STATUS 2               /* READ_STATUS too. */

/* What SENSE ID reads. structs.sense_id; "Basic Concepts" */
#pragma pack(push, 1)
struct virtio_ccw_sense_id {
    uint8_t reserved;                       /* Reserved. */
    uint16_t cu_type;                       /* big-endian; Control unit type; CU_TYPE. */
    uint8_t cu_model;                       /* Control unit model; the device id. */
    uint16_t dev_type;                      /* big-endian; Device type; 0. */
    uint8_t dev_model;                      /* Device model; 0. */
    uint8_t extended[249];                  /* Extended data; 0. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_ccw_sense_id, 256);

/*
 * The revision of the transport that the driver sets.
 * structs.rev_info; "Device Initialization / Setting the Virtio Revision"
 */
struct virtio_rev_info {
    uint16_t revision;                      /* big-endian; Revision; VIRTIO_CCW_REVISION_*. */
    uint16_t length;                        /* big-endian; Length of data; 0 in all revisions that there are; in
                                               bytes. */
    uint8_t data[];                         /* What a revision needs beside its number; length of them. */
};
VIRTIO_SIZE(virtio_rev_info, 4);

/*
 * How large a queue may be.
 * structs.vq_config_block; "Device Initialization / Configuring a Virtqueue"
 */
struct virtio_ccw_vq_config_block {
    uint16_t index;                         /* big-endian; Queue index. */
    uint16_t max_queue_size;                /* big-endian; Most descriptors. */
};
VIRTIO_SIZE(virtio_ccw_vq_config_block, 4);

/* Where a queue is. structs.vq_info_block; "Device Initialization / Configuring a Virtqueue" */
struct virtio_ccw_vq_info_block {
    uint64_t desc;                          /* big-endian; Address of the descriptor area. */
    uint32_t res0;                          /* big-endian; Reserved. */
    uint16_t index;                         /* big-endian; Queue index. */
    uint16_t size;                          /* big-endian; Number of descriptors. */
    uint64_t driver;                        /* big-endian; Address of the driver area. */
    uint64_t device;                        /* big-endian; Address of the device area. */
};
VIRTIO_SIZE(virtio_ccw_vq_info_block, 32);

/*
 * Where a queue is in the legacy interface.
 * structs.vq_info_block_legacy; "Device Initialization / Configuring a Virtqueue / Legacy
 * Interface: A Note on Configuring a Virtqueue"
 */
struct virtio_ccw_vq_info_block_legacy {
    uint64_t queue;                         /* big-endian; Address of the queue. */
    uint32_t align;                         /* big-endian; Alignment of the used ring; in bytes. */
    uint16_t index;                         /* big-endian; Queue index. */
    uint16_t size;                          /* big-endian; Number of descriptors. */
};
VIRTIO_SIZE(virtio_ccw_vq_info_block_legacy, 16);

/* 32 bits of features. structs.feature_desc; "Device Initialization / Handling Device Features" */
#pragma pack(push, 1)
struct virtio_feature_desc {
    uint32_t features;                      /* The bits. */
    uint8_t index;                          /* Which 32 bits: 0 has bits 0 to 31. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_feature_desc, 5);

/*
 * Two stages of indicators for adapter interrupts.
 * structs.thinint_area; "Device Initialization / Setting Up Indicators / Setting Up Two-Stage
 * Queue Indicators"
 */
#pragma pack(push, 1)
struct virtio_thinint_area {
    uint64_t summary_indicator;             /* big-endian; Address of the byte that is SUMMARY while there is
                                               something. */
    uint64_t indicator;                     /* big-endian; Address of the indicators; a bit for each queue. */
    uint64_t bit_nr;                        /* big-endian; Number of the first queue's bit; bit 0 is the highest of
                                               the first byte. */
    uint8_t isc;                            /* Interruption subclass of the adapter interrupt. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_thinint_area, 25);

/*
 * What notifies a queue with NOTIFICATION_DATA; without it the queue index alone.
 * structs.notification_data; "Device Operation / Guest->Host Notification"
 */
struct virtio_ccw_notification_data {
    uint32_t value;                         /* big-endian; The queue and where its next entry goes. */
                                            /* bits 0 to 15: vq_index. Queue index. */
                                            /* bits 16 to 30: next_off. Where the next entry goes; of a split ring
                                               bits 0 to 14 of the available index. */
                                            /* bit 31: next_wrap. Wrap counter there; of a split ring bit 15 of the
                                               available index. */
};
VIRTIO_SIZE(virtio_ccw_notification_data, 4);

#undef VIRTIO_SIZE
#endif
