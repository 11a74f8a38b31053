/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/console.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Console Device */

/*
 * One file to copy: the specification's names, and nothing of ours. What it does not name is called alike. Numbers of
 * more than a byte are little-endian where their comment does not say otherwise.
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

#define VIRTIO_ID_CONSOLE 3                             /* A console; with MULTIPORT more ports for bytes in and out. */

/* features; "Feature bits" */
#define VIRTIO_CONSOLE_F_SIZE 0                         /* Configuration has the size of the console. */
#define VIRTIO_CONSOLE_F_MULTIPORT 1                    /* Device has more than one port and control queues. */
#define VIRTIO_CONSOLE_F_EMERG_WRITE 2                  /* A character can be written without a queue. */

/* Control messages. messages.event; "Device Operation / Multiport Device Operation" */
#define VIRTIO_CONSOLE_DEVICE_READY 0                   /* Driver is ready: value 1; it failed: 0; with MULTIPORT. */
#define VIRTIO_CONSOLE_DEVICE_ADD 1                     /* A port is new; with MULTIPORT. */
#define VIRTIO_CONSOLE_PORT_ADD VIRTIO_CONSOLE_DEVICE_ADD
#define VIRTIO_CONSOLE_DEVICE_REMOVE 2                  /* A port is gone; with MULTIPORT. */
#define VIRTIO_CONSOLE_PORT_REMOVE VIRTIO_CONSOLE_DEVICE_REMOVE
#define VIRTIO_CONSOLE_PORT_READY 3                     /* Driver has made the port: value 1; it failed: 0; with
                                                           MULTIPORT. */
#define VIRTIO_CONSOLE_CONSOLE_PORT 4                   /* The port is a console; with MULTIPORT. */
#define VIRTIO_CONSOLE_RESIZE 5                         /* The console has a new size; with MULTIPORT. */
#define VIRTIO_CONSOLE_PORT_OPEN 6                      /* The port is open: value 1; closed: 0; with MULTIPORT.
                                                           Quirk console.serial-without-open (QEMU 7.2): A serial
                                                           port gets its name only, and no PORT_OPEN before a program
                                                           on the host opens it. A driver does not wait for
                                                           PORT_OPEN. Quirk console.input-asleep (QEMU 7.2): Input
                                                           that came before the driver's PORT_OPEN waits until
                                                           something else wakes QEMU's main loop. A driver notifies
                                                           the port's receive queue once it has opened it. */
#define VIRTIO_CONSOLE_PORT_NAME 7                      /* Name of the port: UTF-8, with no NUL behind; with
                                                           MULTIPORT. Quirk console.name-with-nul (QEMU 7.2): A NUL
                                                           stands behind the name. A driver ends the name at the
                                                           first NUL. */

/* queues; "Console Device" */
#define VIRTIO_CONSOLE_QUEUE_RECEIVEQ 0                 /* What port 0 receives. */
#define VIRTIO_CONSOLE_QUEUE_TRANSMITQ 1                /* What port 0 sends. Quirk console.writes-block (QEMU 7.2):
                                                           virtconsole waits for room where its output goes, and all
                                                           of QEMU with it; virtserialport does not. A driver has
                                                           time limits that hold without the device. */
#define VIRTIO_CONSOLE_QUEUE_CONTROL_RECEIVEQ 2         /* Control messages of the device; with MULTIPORT. Quirk
                                                           console.control-queues-always (QEMU 7.2): The control
                                                           queues are there without MULTIPORT too. A driver goes by
                                                           the feature, not by QueueSizeMax. */
#define VIRTIO_CONSOLE_QUEUE_CONTROL_TRANSMITQ 3        /* Control messages of the driver; with MULTIPORT. Quirk
                                                           console.dropped-messages (QEMU 7.2): A message for which
                                                           control_receiveq has no buffer is lost. A driver fills
                                                           control_receiveq before it says DEVICE_READY. */
#define VIRTIO_CONSOLE_QUEUE_PORT_RECEIVEQ 4            /* What the ports from 1 on receive; with MULTIPORT. */
#define VIRTIO_CONSOLE_QUEUE_PORT_TRANSMITQ 5           /* What the ports from 1 on send; with MULTIPORT. */

/* A control message. structs.control; "Device Operation / Multiport Device Operation" */
struct virtio_console_control {
    uint32_t id;                            /* Number of the port. */
    uint16_t event;                         /* What it is about; messages.event. */
    uint16_t value;                         /* More of it; see the event. */
};
VIRTIO_SIZE(virtio_console_control, 8);

/* The new size of a console. structs.resize; "Device Operation / Multiport Device Operation" */
struct virtio_console_resize {
    uint16_t cols;                          /* Columns. Quirk console.rows-first (Linux before 5326ab737a47): The
                                               driver reads rows first. A device keeps to columns first. */
    uint16_t rows;                          /* Rows. */
};
VIRTIO_SIZE(virtio_console_resize, 4);

/* Configuration space of the device. config; "Device configuration layout" */
struct virtio_console_config {
    uint16_t cols;                          /* Columns; with SIZE. */
    uint16_t rows;                          /* Rows; with SIZE. */
    uint32_t max_nr_ports;                  /* Most ports there can be; with MULTIPORT. */
    uint32_t emerg_wr;                      /* Character to put out, at any time; it is enough that the feature is
                                               offered; with EMERG_WRITE. */
};
VIRTIO_SIZE(virtio_console_config, 12);

#undef VIRTIO_SIZE
#endif
