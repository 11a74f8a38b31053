/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/console.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Console Device */

#ifndef VWR_GEN_DOCUMENT_CONSOLE_H
#define VWR_GEN_DOCUMENT_CONSOLE_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/console.h"

#define VIRTIO_CONSOLE_F_SIZE                   VWR_CONSOLE_F_SIZE
#define VIRTIO_CONSOLE_F_MULTIPORT              VWR_CONSOLE_F_MULTIPORT
#define VIRTIO_CONSOLE_F_EMERG_WRITE            VWR_CONSOLE_F_EMERG_WRITE

#define VIRTIO_CONSOLE_DEVICE_READY             VWR_CONSOLE_DEVICE_READY
#define VIRTIO_CONSOLE_DEVICE_ADD               VWR_CONSOLE_DEVICE_ADD
#define VIRTIO_CONSOLE_PORT_ADD                 VWR_CONSOLE_DEVICE_ADD
#define VIRTIO_CONSOLE_DEVICE_REMOVE            VWR_CONSOLE_DEVICE_REMOVE
#define VIRTIO_CONSOLE_PORT_REMOVE              VWR_CONSOLE_DEVICE_REMOVE
#define VIRTIO_CONSOLE_PORT_READY               VWR_CONSOLE_PORT_READY
#define VIRTIO_CONSOLE_CONSOLE_PORT             VWR_CONSOLE_CONSOLE_PORT
#define VIRTIO_CONSOLE_RESIZE                   VWR_CONSOLE_RESIZE
#define VIRTIO_CONSOLE_PORT_OPEN                VWR_CONSOLE_PORT_OPEN
#define VIRTIO_CONSOLE_PORT_NAME                VWR_CONSOLE_PORT_NAME

#define virtio_console_control                  vwr_console_control
#define virtio_console_resize                   vwr_console_resize
#define virtio_console_config                   vwr_console_config

#endif
