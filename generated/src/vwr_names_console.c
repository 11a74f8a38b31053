/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/console.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Console Device */

#include "vwr/gen/console.h"

const struct vwr_name vwr_console_feature_names[] = {
    {VWR_CONSOLE_F_SIZE, "SIZE"},
    {VWR_CONSOLE_F_MULTIPORT, "MULTIPORT"},
    {VWR_CONSOLE_F_EMERG_WRITE, "EMERG_WRITE"},
    {0, NULL},
};

const struct vwr_name vwr_console_event_names[] = {
    {VWR_CONSOLE_DEVICE_READY, "DEVICE_READY"},
    {VWR_CONSOLE_DEVICE_ADD, "DEVICE_ADD"},
    {VWR_CONSOLE_DEVICE_REMOVE, "DEVICE_REMOVE"},
    {VWR_CONSOLE_PORT_READY, "PORT_READY"},
    {VWR_CONSOLE_CONSOLE_PORT, "CONSOLE_PORT"},
    {VWR_CONSOLE_RESIZE, "RESIZE"},
    {VWR_CONSOLE_PORT_OPEN, "PORT_OPEN"},
    {VWR_CONSOLE_PORT_NAME, "PORT_NAME"},
    {0, NULL},
};
