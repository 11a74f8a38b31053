/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/console.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Console Device */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 * In the legacy interface they have the guest's byte order.
 */
#ifndef VWR_STANDALONE_CONSOLE_H
#define VWR_STANDALONE_CONSOLE_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_CONSOLE 3                             /* A console; with MULTIPORT, several byte-stream ports. */

/* features; "Feature bits" */
#define VIRTIO_CONSOLE_F_SIZE 0                         /* The configuration contains the console size. */
#define VIRTIO_CONSOLE_F_MULTIPORT 1                    /* The device has several ports and control queues. */
#define VIRTIO_CONSOLE_F_EMERG_WRITE 2                  /* The driver can write a character without a queue. */

/* Control messages. messages.event; "Device Operation / Multiport Device Operation" */
#define VIRTIO_CONSOLE_DEVICE_READY 0                   /* The driver is ready (1) or failed to initialize (0); with
                                                           MULTIPORT. */
#define VIRTIO_CONSOLE_DEVICE_ADD 1                     /* The device added a port; with MULTIPORT. */
#define VIRTIO_CONSOLE_PORT_ADD VIRTIO_CONSOLE_DEVICE_ADD
#define VIRTIO_CONSOLE_DEVICE_REMOVE 2                  /* The device removed a port; with MULTIPORT. */
#define VIRTIO_CONSOLE_PORT_REMOVE VIRTIO_CONSOLE_DEVICE_REMOVE
#define VIRTIO_CONSOLE_PORT_READY 3                     /* The driver is ready to use the port (1) or failed to add
                                                           it (0); with MULTIPORT. Quirk console.message-used-twice
                                                           (v86 2026-07, not 0.5.462): The device uses the buffer of
                                                           PORT_READY and of the driver's PORT_OPEN twice. A driver
                                                           does not accept MULTIPORT; the first port works without
                                                           it. */
#define VIRTIO_CONSOLE_CONSOLE_PORT 4                   /* The port is a console; with MULTIPORT. */
#define VIRTIO_CONSOLE_RESIZE 5                         /* The console has been resized; with MULTIPORT. */
#define VIRTIO_CONSOLE_PORT_OPEN 6                      /* The port is open (1) or closed (0); with MULTIPORT. Quirk
                                                           console.serial-without-open (QEMU 7.2): A serial port
                                                           announces its name only; PORT_OPEN follows when a program
                                                           on the host opens it. A driver does not wait for
                                                           PORT_OPEN. Quirk console.input-asleep (QEMU 7.2): Input
                                                           that arrived before the driver's PORT_OPEN is delivered
                                                           only when another event wakes QEMU's main loop. A driver
                                                           notifies the port's receive queue once it has opened it. */
#define VIRTIO_CONSOLE_PORT_NAME 7                      /* Name of the port: UTF-8, without a terminating NUL; with
                                                           MULTIPORT. Quirk console.name-with-nul (QEMU 7.2): A NUL
                                                           terminates the name. A driver ends the name at the first
                                                           NUL. */

/* queues; "Console Device" */
#define VIRTIO_CONSOLE_QUEUE_RECEIVEQ 0                 /* Input of port 0. */
#define VIRTIO_CONSOLE_QUEUE_TRANSMITQ 1                /* Output of port 0. Quirk console.writes-block (QEMU 7.2):
                                                           virtconsole blocks QEMU while its output has no space;
                                                           virtserialport does not. A driver has time limits that
                                                           hold without the device. */
#define VIRTIO_CONSOLE_QUEUE_CONTROL_RECEIVEQ 2         /* Control messages from the device; with MULTIPORT. Quirk
                                                           console.control-queues-always (QEMU 7.2): The control
                                                           queues exist even without MULTIPORT. A driver goes by the
                                                           feature, not by QueueSizeMax. Quirk
                                                           console.dropped-messages (QEMU 7.2): The device drops a
                                                           message for which control_receiveq has no buffer. A driver
                                                           fills control_receiveq before it says DEVICE_READY. */
#define VIRTIO_CONSOLE_QUEUE_CONTROL_TRANSMITQ 3        /* Control messages from the driver; with MULTIPORT. */
#define VIRTIO_CONSOLE_QUEUE_PORT_RECEIVEQ 4            /* Input of ports 1 and up; with MULTIPORT. */
#define VIRTIO_CONSOLE_QUEUE_PORT_TRANSMITQ 5           /* Output of ports 1 and up; with MULTIPORT. */

/* A control message. structs.control; "Device Operation / Multiport Device Operation" */
struct virtio_console_control {
    uint32_t id;                            /* Port number. */
    uint16_t event;                         /* Kind of message; messages.event. */
    uint16_t value;                         /* Value; its meaning depends on the event. */
};
VIRTIO_SIZE(virtio_console_control, 8);

/* New size of the console. structs.resize; "Device Operation / Multiport Device Operation" */
struct virtio_console_resize {
    uint16_t cols;                          /* Number of columns. Quirk console.rows-first (Linux before
                                               5326ab737a47): The driver reads rows first. A device keeps to columns
                                               first. */
    uint16_t rows;                          /* Number of rows. */
};
VIRTIO_SIZE(virtio_console_resize, 4);

/* Configuration space of the device. config; "Device configuration layout" */
struct virtio_console_config {
    uint16_t cols;                          /* Number of columns; with SIZE. */
    uint16_t rows;                          /* Number of rows; with SIZE. */
    uint32_t max_nr_ports;                  /* Maximum number of ports; with MULTIPORT. */
    uint32_t emerg_wr;                      /* Character to output; writable at any time once the device offers
                                               EMERG_WRITE; with EMERG_WRITE. */
};
VIRTIO_SIZE(virtio_console_config, 12);

#undef VIRTIO_SIZE
#endif
