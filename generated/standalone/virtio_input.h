/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/input.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Input Device */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 */
#ifndef VWR_STANDALONE_INPUT_H
#define VWR_STANDALONE_INPUT_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_INPUT 18                              /* A keyboard, mouse or tablet. */

/* enums.config-select; "Device configuration layout" */
#define VIRTIO_INPUT_CFG_UNSET 0x0                      /* No information. */
#define VIRTIO_INPUT_CFG_ID_NAME 0x1                    /* Name of the device. */
#define VIRTIO_INPUT_CFG_ID_SERIAL 0x2                  /* Serial number. */
#define VIRTIO_INPUT_CFG_ID_DEVIDS 0x3                  /* Bus type, vendor, product and version. */
#define VIRTIO_INPUT_CFG_PROP_BITS 0x10                 /* Supported properties (evdev INPUT_PROP). */
#define VIRTIO_INPUT_CFG_EV_BITS 0x11                   /* Supported codes of an event type (evdev EV). */
#define VIRTIO_INPUT_CFG_ABS_INFO 0x12                  /* Range of an absolute axis (evdev ABS). */

/* queues; "Input Device" */
#define VIRTIO_INPUT_QUEUE_EVENTQ 0                     /* Events of the device. Quirk input.early-events (QEMU 7.2):
                                                           The device discards events before DRIVER_OK, and on a lack
                                                           of buffers all events up to the next SYN. A driver fills
                                                           the queue, and takes the state as unknown at its start. */
#define VIRTIO_INPUT_QUEUE_STATUSQ 1                    /* Feedback from the driver, such as LED states. */

/* Parameters of an absolute axis, as in evdev. structs.absinfo; "Device configuration layout" */
struct virtio_input_absinfo {
    uint32_t min;                           /* Minimum value. */
    uint32_t max;                           /* Maximum value. */
    uint32_t fuzz;                          /* Noise threshold. */
    uint32_t flat;                          /* Size of the dead zone around the center. */
    uint32_t res;                           /* Resolution. */
};
VIRTIO_SIZE(virtio_input_absinfo, 20);

/* Device identifiers, as in evdev. structs.devids; "Device configuration layout" */
struct virtio_input_devids {
    uint16_t bustype;                       /* Bus type. */
    uint16_t vendor;                        /* Vendor. */
    uint16_t product;                       /* Product. */
    uint16_t version;                       /* Version. */
};
VIRTIO_SIZE(virtio_input_devids, 8);

/* An input event; types and codes are those of evdev. structs.event; "Device Operation" */
struct virtio_input_event {
    uint16_t type;                          /* Event type. */
    uint16_t code;                          /* Key, axis or LED code. */
    uint32_t value;                         /* New state, or distance moved. */
};
VIRTIO_SIZE(virtio_input_event, 8);

/* Configuration space of the device. config; "Device configuration layout" */
struct virtio_input_config {
    uint8_t select;                         /* Information that u contains; VIRTIO_INPUT_CFG_*. */
    uint8_t subsel;                         /* Event type for EV_BITS, axis for ABS_INFO, else 0. */
    uint8_t size;                           /* Number of valid bytes in u; 0 if the selection is not available; in
                                               bytes. */
    uint8_t reserved[5];                    /* Reserved. */
    union {                                 /* Selected information. */
        uint8_t string[128];                /* Text, without a terminating NUL; for ID_NAME or ID_SERIAL. */
        uint8_t bitmap[128];                /* Bitmap with one bit per property or code; for PROP_BITS or EV_BITS. */
        struct virtio_input_absinfo abs;    /* Absolute axis information; for ABS_INFO. */
        struct virtio_input_devids ids;     /* Device identifiers; for ID_DEVIDS. */
    } u;
};
VIRTIO_SIZE(virtio_input_config, 136);

#undef VIRTIO_SIZE
#endif
