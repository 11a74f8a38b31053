/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/gpio.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; GPIO Device */

/*
 * One file to copy: the specification's names, and nothing of ours. What it does not name is called alike. Numbers of
 * more than a byte are little-endian where their comment does not say otherwise.
 */
#ifndef VWR_STANDALONE_GPIO_H
#define VWR_STANDALONE_GPIO_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_GPIO 41                               /* Lines for input and output. */

/* features; "Feature bits" */
#define VIRTIO_GPIO_F_IRQ 0                             /* Lines can interrupt. */

/* How a message went. enums.status; "Device Operation: requestq" */
#define VIRTIO_GPIO_STATUS_OK 0x0                       /* It went well. */
#define VIRTIO_GPIO_STATUS_ERR 0x1                      /* It failed. */

/* Directions of a line. enums.direction; "Device Operation: requestq" */
#define VIRTIO_GPIO_DIRECTION_NONE 0x0                  /* The line is off. */
#define VIRTIO_GPIO_DIRECTION_OUT 0x1                   /* Output. */
#define VIRTIO_GPIO_DIRECTION_IN 0x2                    /* Input. */

/* When a line interrupts. enums.irq-type; "Device Operation: requestq" */
#define VIRTIO_GPIO_IRQ_TYPE_NONE 0x0                   /* No interrupt. */
#define VIRTIO_GPIO_IRQ_TYPE_EDGE_RISING 0x1            /* On the rising edge. */
#define VIRTIO_GPIO_IRQ_TYPE_EDGE_FALLING 0x2           /* On the falling edge. */
#define VIRTIO_GPIO_IRQ_TYPE_EDGE_BOTH 0x3              /* On both edges. */
#define VIRTIO_GPIO_IRQ_TYPE_LEVEL_HIGH 0x4             /* While the line is high. */
#define VIRTIO_GPIO_IRQ_TYPE_LEVEL_LOW 0x8              /* While the line is low. */

/* Why the buffers of an interrupt come back. enums.irq-status; "Device Operation: eventq" */
#define VIRTIO_GPIO_IRQ_STATUS_INVALID 0x0              /* The interrupt was not enabled or is so no longer. */
#define VIRTIO_GPIO_IRQ_STATUS_VALID 0x1                /* The line interrupts. */

/* Messages. messages.message; "Device Operation: requestq" */
#define VIRTIO_GPIO_MSG_GET_LINE_NAMES 0x1              /* Read the names of all lines. */
#define VIRTIO_GPIO_MSG_GET_DIRECTION 0x2               /* Read the direction of a line. */
#define VIRTIO_GPIO_MSG_SET_DIRECTION 0x3               /* Set the direction of a line. */
#define VIRTIO_GPIO_MSG_GET_VALUE 0x4                   /* Read if a line is high. */
#define VIRTIO_GPIO_MSG_SET_VALUE 0x5                   /* Drive a line high or low. */
#define VIRTIO_GPIO_MSG_SET_IRQ_TYPE 0x6                /* Set when a line interrupts; with IRQ. */

/* queues; "GPIO Device" */
#define VIRTIO_GPIO_QUEUE_REQUESTQ 0                    /* Messages and their answers. */
#define VIRTIO_GPIO_QUEUE_EVENTQ 1                      /* Interrupts: an irq_request out, its irq_response in; with
                                                           IRQ. */

/* A message. structs.request; "Device Operation: requestq" */
struct virtio_gpio_request {
    uint16_t type;                          /* What to do; VIRTIO_GPIO_MSG_*. */
    uint16_t gpio;                          /* Number of the line; 0 for GET_LINE_NAMES. */
    uint32_t value;                         /* What SET_ messages set; else 0. */
};
VIRTIO_SIZE(virtio_gpio_request, 8);

/* Answer to a message. structs.response; "Device Operation: requestq" */
struct virtio_gpio_response {
    uint8_t status;                         /* How it went; VIRTIO_GPIO_STATUS_*. */
    uint8_t value;                          /* What GET_ messages get; else 0. */
};
VIRTIO_SIZE(virtio_gpio_response, 2);

/*
 * Answer to GET_LINE_NAMES.
 * structs.response_n; "Device Operation: requestq / requestq Operation: Get Line Names"
 */
struct virtio_gpio_response_N {
    uint8_t status;                         /* How it went; VIRTIO_GPIO_STATUS_*. */
    uint8_t value[];                        /* Names in the order of lines, each with NUL behind; configuration's
                                               gpio_names_size of them. */
};
VIRTIO_SIZE(virtio_gpio_response_N, 1);

/* Unmask the interrupt of a line. structs.irq_request; "Device Operation: eventq" */
struct virtio_gpio_irq_request {
    uint16_t gpio;                          /* Number of the line. */
};
VIRTIO_SIZE(virtio_gpio_irq_request, 2);

/* The line interrupts and is masked again. structs.irq_response; "Device Operation: eventq" */
struct virtio_gpio_irq_response {
    uint8_t status;                         /* If there was an interrupt; VIRTIO_GPIO_IRQ_STATUS_*. */
};
VIRTIO_SIZE(virtio_gpio_irq_response, 1);

/* Configuration space of the device. config; "Device configuration layout" */
struct virtio_gpio_config {
    uint16_t ngpio;                         /* Number of lines. */
    uint8_t padding[2];                     /* Reserved. */
    uint32_t gpio_names_size;               /* Length of all names; 0 if lines have none; in bytes. */
};
VIRTIO_SIZE(virtio_gpio_config, 8);

#undef VIRTIO_SIZE
#endif
