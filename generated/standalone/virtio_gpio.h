/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/gpio.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; GPIO Device */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 */
#ifndef VWR_STANDALONE_GPIO_H
#define VWR_STANDALONE_GPIO_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_GPIO 41                               /* GPIO lines. */

/* features; "Feature bits" */
#define VIRTIO_GPIO_F_IRQ 0                             /* The lines support interrupts. */

/* Status of a message. enums.status; "Device Operation: requestq" */
#define VIRTIO_GPIO_STATUS_OK 0x0                       /* The request succeeded. */
#define VIRTIO_GPIO_STATUS_ERR 0x1                      /* The message failed. */

/* Line directions. enums.direction; "Device Operation: requestq" */
#define VIRTIO_GPIO_DIRECTION_NONE 0x0                  /* The line is deactivated. */
#define VIRTIO_GPIO_DIRECTION_OUT 0x1                   /* Output. */
#define VIRTIO_GPIO_DIRECTION_IN 0x2                    /* Input. */

/* Interrupt trigger types. enums.irq-type; "Device Operation: requestq" */
#define VIRTIO_GPIO_IRQ_TYPE_NONE 0x0                   /* No interrupt. */
#define VIRTIO_GPIO_IRQ_TYPE_EDGE_RISING 0x1            /* On the rising edge. */
#define VIRTIO_GPIO_IRQ_TYPE_EDGE_FALLING 0x2           /* On the falling edge. */
#define VIRTIO_GPIO_IRQ_TYPE_EDGE_BOTH 0x3              /* On both edges. */
#define VIRTIO_GPIO_IRQ_TYPE_LEVEL_HIGH 0x4             /* While the line is high. */
#define VIRTIO_GPIO_IRQ_TYPE_LEVEL_LOW 0x8              /* While the line is low. */

/* Interrupt status. enums.irq-status; "Device Operation: eventq" */
#define VIRTIO_GPIO_IRQ_STATUS_INVALID 0x0              /* The interrupt is not enabled, or was disabled. */
#define VIRTIO_GPIO_IRQ_STATUS_VALID 0x1                /* The line raised an interrupt. */

/* Message types. messages.message; "Device Operation: requestq" */
#define VIRTIO_GPIO_MSG_GET_LINE_NAMES 0x1              /* Read the names of all lines. */
#define VIRTIO_GPIO_MSG_GET_DIRECTION 0x2               /* Read the direction of a line. */
#define VIRTIO_GPIO_MSG_SET_DIRECTION 0x3               /* Set the direction of a line. */
#define VIRTIO_GPIO_MSG_GET_VALUE 0x4                   /* Read the value of a line. */
#define VIRTIO_GPIO_MSG_SET_VALUE 0x5                   /* Set the value of a line. */
#define VIRTIO_GPIO_MSG_SET_IRQ_TYPE 0x6                /* Set the interrupt trigger of a line; with IRQ. */

/* queues; "GPIO Device" */
#define VIRTIO_GPIO_QUEUE_REQUESTQ 0                    /* Requests and responses. */
#define VIRTIO_GPIO_QUEUE_EVENTQ 1                      /* Interrupts: an irq_request to the device, an irq_response
                                                           from it; with IRQ. */

/* A request. structs.request; "Device Operation: requestq" */
struct virtio_gpio_request {
    uint16_t type;                          /* Request type; VIRTIO_GPIO_MSG_*. */
    uint16_t gpio;                          /* Line number; 0 for GET_LINE_NAMES. */
    uint32_t value;                         /* Value for SET_ messages, else 0. */
};
VIRTIO_SIZE(virtio_gpio_request, 8);

/* A response. structs.response; "Device Operation: requestq" */
struct virtio_gpio_response {
    uint8_t status;                         /* Status of the request; VIRTIO_GPIO_STATUS_*. */
    uint8_t value;                          /* Value for GET_ messages, else 0. */
};
VIRTIO_SIZE(virtio_gpio_response, 2);

/*
 * Response to GET_LINE_NAMES.
 * structs.response_n; "Device Operation: requestq / requestq Operation: Get Line Names"
 */
struct virtio_gpio_response_N {
    uint8_t status;                         /* Status of GET_LINE_NAMES; VIRTIO_GPIO_STATUS_*. */
    uint8_t value[];                        /* Names of all lines in order, each NUL-terminated; number of elements:
                                               configuration's gpio_names_size. */
};
VIRTIO_SIZE(virtio_gpio_response_N, 1);

/* Unmask the interrupt of a line. structs.irq_request; "Device Operation: eventq" */
struct virtio_gpio_irq_request {
    uint16_t gpio;                          /* Line number. */
};
VIRTIO_SIZE(virtio_gpio_irq_request, 2);

/* Interrupt of a line; the line is masked again. structs.irq_response; "Device Operation: eventq" */
struct virtio_gpio_irq_response {
    uint8_t status;                         /* Whether an interrupt occurred; VIRTIO_GPIO_IRQ_STATUS_*. */
};
VIRTIO_SIZE(virtio_gpio_irq_response, 1);

/* Configuration space of the device. config; "Device configuration layout" */
struct virtio_gpio_config {
    uint16_t ngpio;                         /* Number of lines. */
    uint8_t padding[2];                     /* Reserved. */
    uint32_t gpio_names_size;               /* Size of all names with their terminating NULs; 0 if the lines have no
                                               names; in bytes. */
};
VIRTIO_SIZE(virtio_gpio_config, 8);

#undef VIRTIO_SIZE
#endif
