/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/features.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Reserved Feature Bits */

#ifndef VWR_GEN_DOCUMENT_FEATURES_H
#define VWR_GEN_DOCUMENT_FEATURES_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/features.h"

#define VIRTIO_F_NOTIFY_ON_EMPTY                VWR_F_NOTIFY_ON_EMPTY
#define VIRTIO_F_ANY_LAYOUT                     VWR_F_ANY_LAYOUT
#define VIRTIO_F_INDIRECT_DESC                  VWR_F_INDIRECT_DESC
#define VIRTIO_RING_F_INDIRECT_DESC             VWR_F_INDIRECT_DESC
#define VIRTIO_F_EVENT_IDX                      VWR_F_EVENT_IDX
#define VIRTIO_RING_F_EVENT_IDX                 VWR_F_EVENT_IDX
#define VIRTIO_F_VERSION_1                      VWR_F_VERSION_1
#define VIRTIO_F_ACCESS_PLATFORM                VWR_F_ACCESS_PLATFORM
#define VIRTIO_F_IOMMU_PLATFORM                 VWR_F_ACCESS_PLATFORM
#define VIRTIO_F_RING_PACKED                    VWR_F_RING_PACKED
#define VIRTIO_F_IN_ORDER                       VWR_F_IN_ORDER
#define VIRTIO_F_ORDER_PLATFORM                 VWR_F_ORDER_PLATFORM
#define VIRTIO_F_SR_IOV                         VWR_F_SR_IOV
#define VIRTIO_F_NOTIFICATION_DATA              VWR_F_NOTIFICATION_DATA
#define VIRTIO_F_NOTIF_CONFIG_DATA              VWR_F_NOTIF_CONFIG_DATA
#define VIRTIO_F_RING_RESET                     VWR_F_RING_RESET
#define VIRTIO_F_ADMIN_VQ                       VWR_F_ADMIN_VQ
#define VIRTIO_F_SUSPEND                        VWR_F_SUSPEND

#endif
