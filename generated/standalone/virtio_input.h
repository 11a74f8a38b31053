/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/input.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Input Device */

/*
 * One file to copy: the specification's names, and nothing of ours. What it does not name is called alike. Numbers of
 * more than a byte are little-endian where their comment does not say otherwise.
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
#define VIRTIO_INPUT_CFG_UNSET 0x0                      /* Nothing. */
#define VIRTIO_INPUT_CFG_ID_NAME 0x1                    /* Name of the device. */
#define VIRTIO_INPUT_CFG_ID_SERIAL 0x2                  /* Serial number. */
#define VIRTIO_INPUT_CFG_ID_DEVIDS 0x3                  /* Numbers of bus and maker. */
#define VIRTIO_INPUT_CFG_PROP_BITS 0x10                 /* Which properties it has (INPUT_PROP of evdev). */
#define VIRTIO_INPUT_CFG_EV_BITS 0x11                   /* Which codes it has of an event type (EV of evdev). */
#define VIRTIO_INPUT_CFG_ABS_INFO 0x12                  /* Range of an absolute axis (ABS of evdev). */

/* queues; "Input Device" */
#define VIRTIO_INPUT_QUEUE_EVENTQ 0                     /* Events of the device. Quirk input.early-events (QEMU 7.2):
                                                           Events before DRIVER_OK vanish, and where buffers run
                                                           short all up to the next SYN. A driver fills the queue,
                                                           and takes the state as unknown at its start. */
#define VIRTIO_INPUT_QUEUE_STATUSQ 1                    /* Feedback for the device: LEDs and the like. */

/* An absolute axis as evdev describes it. structs.absinfo; "Device configuration layout" */
struct virtio_input_absinfo {
    uint32_t min;                           /* Smallest value. */
    uint32_t max;                           /* Largest value. */
    uint32_t fuzz;                          /* Changes up to this are noise. */
    uint32_t flat;                          /* Values up to this count as the middle. */
    uint32_t res;                           /* Resolution. */
};
VIRTIO_SIZE(virtio_input_absinfo, 20);

/* What a device is; as evdev has it. structs.devids; "Device configuration layout" */
struct virtio_input_devids {
    uint16_t bustype;                       /* Kind of bus. */
    uint16_t vendor;                        /* Vendor. */
    uint16_t product;                       /* Product. */
    uint16_t version;                       /* Version. */
};
VIRTIO_SIZE(virtio_input_devids, 8);

/* An event in either queue; the numbers are those of evdev. structs.event; "Device Operation" */
struct virtio_input_event {
    uint16_t type;                          /* Kind of event. */
    uint16_t code;                          /* Which key, axis or LED. */
    uint32_t value;                         /* Its new state or how far it went. */
};
VIRTIO_SIZE(virtio_input_event, 8);

/* Configuration space of the device. config; "Device configuration layout" */
struct virtio_input_config {
    uint8_t select;                         /* What is asked for; VIRTIO_INPUT_CFG_*. */
    uint8_t subsel;                         /* Event type for EV_BITS, axis for ABS_INFO, else 0. */
    uint8_t size;                           /* How much of u holds; 0 if there is no answer; in bytes. */
    uint8_t reserved[5];                    /* Reserved. */
    union {                                 /* The answer. */
        uint8_t string[128];                /* Text; not terminated; where it is ID_NAME or ID_SERIAL. */
        uint8_t bitmap[128];                /* A bit for each property or code; where it is PROP_BITS or EV_BITS. */
        struct virtio_input_absinfo abs;    /* An axis; where it is ABS_INFO. */
        struct virtio_input_devids ids;     /* Who made it; where it is ID_DEVIDS. */
    } u;
};
VIRTIO_SIZE(virtio_input_config, 136);

#undef VIRTIO_SIZE
#endif
