/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/status.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Basic Facilities of a Virtio Device / Device Status Field */

#ifndef VWR_GEN_DOCUMENT_STATUS_H
#define VWR_GEN_DOCUMENT_STATUS_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/status.h"

#define VIRTIO_CONFIG_S_ACKNOWLEDGE             VWR_STATUS_ACKNOWLEDGE
#define VIRTIO_CONFIG_S_DRIVER                  VWR_STATUS_DRIVER
#define VIRTIO_CONFIG_S_DRIVER_OK               VWR_STATUS_DRIVER_OK
#define VIRTIO_CONFIG_S_FEATURES_OK             VWR_STATUS_FEATURES_OK
#define VIRTIO_CONFIG_S_SUSPEND                 VWR_STATUS_SUSPEND
#define VIRTIO_CONFIG_S_DEVICE_NEEDS_RESET      VWR_STATUS_DEVICE_NEEDS_RESET
#define VIRTIO_CONFIG_S_FAILED                  VWR_STATUS_FAILED

#endif
