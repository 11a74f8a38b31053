/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/9p.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Device Types */

#ifndef VWR_GEN_DOCUMENT_9P_H
#define VWR_GEN_DOCUMENT_9P_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/9p.h"

#define VIRTIO_9P_F_MOUNT_TAG                   VWR_9P_F_MOUNT_TAG
#define VIRTIO_9P_MOUNT_TAG                     VWR_9P_F_MOUNT_TAG

#define virtio_9p_config                        vwr_9p_config

#endif
