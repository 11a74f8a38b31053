/* SPDX-License-Identifier: MIT */
/* Generated from spec/transport/ccw.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Virtio Over Channel I/O */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
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
#define VIRTIO_CCW_SENSE_ID_RESERVED 0xffu              /* First byte of the result of SENSE ID. */
#define VIRTIO_CCW_DIAGNOSE 0x500u                      /* Number of the diagnose call that notifies a queue.
                                                           Register 1: NOTIFY. Register 2: subchannel. Register 3:
                                                           data. Register 4: the cookie from register 2 of the
                                                           preceding call. */
#define VIRTIO_CCW_DIAGNOSE_NOTIFY 0x3u                 /* Function code of the diagnose call. */
#define VIRTIO_CCW_SUMMARY 0x1u                         /* Value of the summary indicator while a queue has used
                                                           buffers; the driver clears it before it examines the
                                                           queues. */
#define VIRTIO_CCW_CONFIG_INDICATOR 0u                  /* Bit of the configuration indicators that reports a
                                                           configuration change. */

/* enums.basic-command; "Basic Concepts" */
#define VIRTIO_CCW_BASIC_NO_OPERATION 0x3               /* No operation. */
#define VIRTIO_CCW_BASIC_SENSE 0x4                      /* Read the error details. */
#define VIRTIO_CCW_BASIC_TRANSFER_IN_CHANNEL 0x8        /* Continue at another channel command. */
#define VIRTIO_CCW_BASIC_SENSE_ID 0xe4                  /* Read the device identification (sense_id). */

/* enums.command; "Basic Concepts / Channel Commands for Virtio" */
#define VIRTIO_CCW_CMD_WRITE_FEAT 0x11                  /* Write 32 bits of the accepted features. */
#define VIRTIO_CCW_CMD_READ_FEAT 0x12                   /* Read 32 bits of the offered features. */
#define VIRTIO_CCW_CMD_SET_VQ 0x13                      /* Set the location of a queue. */
#define VIRTIO_CCW_CMD_WRITE_CONF 0x21                  /* Write the complete configuration space. */
#define VIRTIO_CCW_CMD_READ_CONF 0x22                   /* Read the complete configuration space. */
#define VIRTIO_CCW_CMD_WRITE_STATUS 0x31                /* Write the device status; the device rejects the command if
                                                           it cannot set the value. */
#define VIRTIO_CCW_CMD_READ_VQ_CONF 0x32                /* Read the maximum size of a queue. */
#define VIRTIO_CCW_CMD_VDEV_RESET 0x33                  /* Reset the device; the reset is complete when the command
                                                           is. */
#define VIRTIO_CCW_CMD_SET_IND 0x43                     /* Set the location of the 64 queue indicators. */
#define VIRTIO_CCW_CMD_SET_CONF_IND 0x53                /* Set the location of the 64 configuration indicators. */
#define VIRTIO_CCW_CMD_READ_STATUS 0x72                 /* Read the device status. */
#define VIRTIO_CCW_CMD_SET_IND_ADAPTER 0x73             /* Set the location of the two-stage indicators. */
#define VIRTIO_CCW_CMD_SET_VIRTIO_REV 0x83              /* Set the transport revision. */

/* enums.revision; "Device Initialization / Setting the Virtio Revision" */
#define VIRTIO_CCW_REVISION_LEGACY 0                    /* Legacy interface; also in effect if no revision has been
                                                           set; legacy only. */
#define VIRTIO_CCW_REVISION_VIRTIO_1 1                  /* The interface of Virtio 1 without READ_STATUS. */
#define VIRTIO_CCW_REVISION_READ_STATUS 2               /* Adds READ_STATUS. */

/* Result of SENSE ID. structs.sense_id; "Basic Concepts" */
#pragma pack(push, 1)
struct virtio_ccw_sense_id {
    uint8_t reserved;                       /* 0xff, SENSE_ID_RESERVED. */
    uint16_t cu_type;                       /* big-endian; Control unit type, CU_TYPE. */
    uint8_t cu_model;                       /* Control unit model, the device id. */
    uint16_t dev_type;                      /* big-endian; Device type, 0. */
    uint8_t dev_model;                      /* Device model, 0. */
    uint8_t extended[249];                  /* Extended data, 0. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_ccw_sense_id, 256);

/*
 * Transport revision set by the driver.
 * structs.rev_info; "Device Initialization / Setting the Virtio Revision"
 */
struct virtio_rev_info {
    uint16_t revision;                      /* big-endian; Revision; VIRTIO_CCW_REVISION_*. */
    uint16_t length;                        /* big-endian; Length of data; 0 in all defined revisions; in bytes. */
    uint8_t data[];                         /* Revision-specific data; number of elements: length. */
};
VIRTIO_SIZE(virtio_rev_info, 4);

/*
 * Maximum size of a queue.
 * structs.vq_config_block; "Device Initialization / Configuring a Virtqueue"
 */
struct virtio_ccw_vq_config_block {
    uint16_t index;                         /* big-endian; Queue index. */
    uint16_t max_queue_size;                /* big-endian; Maximum number of descriptors. */
};
VIRTIO_SIZE(virtio_ccw_vq_config_block, 4);

/* Location of a queue. structs.vq_info_block; "Device Initialization / Configuring a Virtqueue" */
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
 * Location of a queue in the legacy interface.
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
    uint32_t features;                      /* Feature bits. */
    uint8_t index;                          /* Index of the 32-bit word; word 0 holds bits 0 to 31. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_feature_desc, 5);

/*
 * Location of the two-stage indicators for adapter interrupts.
 * structs.thinint_area; "Device Initialization / Setting Up Indicators / Setting Up Two-Stage
 * Queue Indicators"
 */
#pragma pack(push, 1)
struct virtio_thinint_area {
    uint64_t summary_indicator;             /* big-endian; Address of the summary indicator byte. */
    uint64_t indicator;                     /* big-endian; Address of the queue indicators, one bit per queue. */
    uint64_t bit_nr;                        /* big-endian; Bit number of the first queue; bit 0 is the most
                                               significant bit of the first byte. */
    uint8_t isc;                            /* Interruption subclass of the adapter interrupt. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_thinint_area, 25);

/*
 * Notification value with NOTIFICATION_DATA; without it, the queue index.
 * structs.notification_data; "Device Operation / Guest->Host Notification"
 */
struct virtio_ccw_notification_data {
    uint32_t value;                         /* big-endian; Queue index and position of the next entry. */
                                            /* bits 0 to 15: vq_index. Queue index. */
                                            /* bits 16 to 30: next_off. Position of the next entry; for a split ring,
                                               bits 0 to 14 of the available index. */
                                            /* bit 31: next_wrap. Wrap counter; for a split ring, bit 15 of the
                                               available index. */
};
VIRTIO_SIZE(virtio_ccw_notification_data, 4);

#undef VIRTIO_SIZE
#endif
