/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/can.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; CAN Device */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 */
#ifndef VWR_STANDALONE_CAN_H
#define VWR_STANDALONE_CAN_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_CAN 36                                /* A CAN controller. */

#define VIRTIO_CAN_CLASSIC_BYTES 8u                     /* Maximum length of a classic frame; in bytes. */
#define VIRTIO_CAN_FD_BYTES 64u                         /* Maximum length of an FD frame; in bytes. */
#define VIRTIO_CAN_ID_MAX 0x7ffu                        /* Highest 11-bit identifier. */
#define VIRTIO_CAN_EXTENDED_ID_MAX 0x1fffffffu          /* Highest 29-bit identifier. */

/* features; "Feature bits" */
#define VIRTIO_CAN_F_CAN_CLASSIC 0                      /* The device supports classic frames of up to 8 bytes. */
#define VIRTIO_CAN_F_CAN_FD 1                           /* The device supports FD frames of up to 64 bytes. */
#define VIRTIO_CAN_F_RTR_FRAMES 2                       /* The device supports remote transmission requests. */
#define VIRTIO_CAN_F_LATE_TX_ACK 3                      /* The device uses a transmit buffer only after the frame was
                                                           sent on the bus. */

/* Result of a request. enums.result; "Device Operation" */
#define VIRTIO_CAN_RESULT_OK 0                          /* The request succeeded. */
#define VIRTIO_CAN_RESULT_NOT_OK 1                      /* The request failed; unknown values mean the same. */

/* State of the controller. flags.status; "Device configuration layout" */
#define VIRTIO_CAN_S_CTRL_BUSOFF 0x1                    /* Bus off: the controller stopped after too many bus errors. */

/*
 * Frame flags.
 * flags.frame-flags; "Device Operation / Device Requirements: CAN Message Transmission"
 */
#define VIRTIO_CAN_FLAGS_FD 0x4000                      /* An FD frame; with CAN_FD. */
#define VIRTIO_CAN_FLAGS_EXTENDED 0x8000                /* 29-bit identifier; if clear, 11-bit. */
#define VIRTIO_CAN_FLAGS_RTR 0x2000                     /* A remote transmission request; with RTR_FRAMES. */

/*
 * Requests of the txq.
 * messages.transmit; "Device Operation / Device Requirements: CAN Message Transmission"
 */
#define VIRTIO_CAN_TX 0x1                               /* Transmit a frame. */

/* Messages of the rxq. messages.receive; "Device Operation / CAN Message Reception" */
#define VIRTIO_CAN_RX 0x101                             /* A received frame. */

/* Requests of the controlq. messages.control; "Device Operation / Controller Mode" */
#define VIRTIO_CAN_SET_CTRL_MODE_START 0x201            /* Start the controller. */
#define VIRTIO_CAN_SET_CTRL_MODE_STOP 0x202             /* Stop the controller; pending frames fail. */

/* queues; "CAN Device" */
#define VIRTIO_CAN_QUEUE_TXQ 0                          /* Frames to transmit. */
#define VIRTIO_CAN_QUEUE_RXQ 1                          /* Received frames. */
#define VIRTIO_CAN_QUEUE_CONTROLQ 2                     /* Start and stop requests. */

/* Start or stop request. structs.control_out; "Device Operation / Controller Mode" */
struct virtio_can_control_out {
    uint16_t msg_type;                      /* Start or stop; VIRTIO_CAN_SET_CTRL_MODE_*. */
};
VIRTIO_SIZE(virtio_can_control_out, 2);

/* Result of a start or stop request. structs.control_in; "Device Operation / Controller Mode" */
struct virtio_can_control_in {
    uint8_t result;                         /* Whether the controller changed to the requested mode;
                                               VIRTIO_CAN_RESULT_*. */
};
VIRTIO_SIZE(virtio_can_control_in, 1);

/*
 * A frame to transmit.
 * structs.tx_out; "Device Operation / Device Requirements: CAN Message Transmission"
 */
struct virtio_can_tx_out {
    uint16_t msg_type;                      /* Always TX; VIRTIO_CAN_TX. */
    uint16_t length;                        /* Length of sdu; in bytes. */
    uint8_t reserved_classic_dlc;           /* Reserved. */
    uint8_t padding;                        /* Reserved. */
    uint16_t reserved_xl_priority;          /* Reserved. */
    uint32_t flags;                         /* Frame flags; see frame-flags; VIRTIO_CAN_FLAGS_*. */
    uint32_t can_id;                        /* Identifier; bits 29 to 31 are 0. */
    uint8_t sdu[];                          /* The data; number of elements: length. */
};
VIRTIO_SIZE(virtio_can_tx_out, 16);

/*
 * Result of a transmission.
 * structs.tx_in; "Device Operation / Device Requirements: CAN Message Transmission"
 */
struct virtio_can_tx_in {
    uint8_t result;                         /* Whether transmission succeeded; without LATE_TX_ACK, OK may mean that
                                               the frame is only scheduled; VIRTIO_CAN_RESULT_*. */
};
VIRTIO_SIZE(virtio_can_tx_in, 1);

/* A received frame with its header. structs.rx; "Device Operation / CAN Message Reception" */
struct virtio_can_rx {
    uint16_t msg_type;                      /* RX; VIRTIO_CAN_RX. */
    uint16_t length;                        /* Length of sdu; in bytes. */
    uint8_t reserved_classic_dlc;           /* Reserved. */
    uint8_t padding;                        /* Reserved. */
    uint16_t reserved_xl_priority;          /* Reserved. */
    uint32_t flags;                         /* Frame flags; see frame-flags; VIRTIO_CAN_FLAGS_*. */
    uint32_t can_id;                        /* Identifier; bits 29 to 31 are 0. */
    uint8_t sdu[];                          /* The data; number of elements: length. */
};
VIRTIO_SIZE(virtio_can_rx, 16);

/* Configuration space of the device. config; "Device configuration layout" */
struct virtio_can_config {
    uint16_t status;                        /* State of the controller; VIRTIO_CAN_S_CTRL_BUSOFF. */
};
VIRTIO_SIZE(virtio_can_config, 2);

#undef VIRTIO_SIZE
#endif
