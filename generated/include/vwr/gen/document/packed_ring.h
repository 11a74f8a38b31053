/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/packed-ring.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Basic Facilities of a Virtio Device / Packed Virtqueues */

#ifndef VWR_GEN_DOCUMENT_PACKED_RING_H
#define VWR_GEN_DOCUMENT_PACKED_RING_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/packed_ring.h"

#define VIRTQ_DESC_F_AVAIL                      VWR_VIRTQ_DESC_F_AVAIL
#define VIRTQ_DESC_F_USED                       VWR_VIRTQ_DESC_F_USED

#define RING_EVENT_FLAGS_ENABLE                 VWR_RING_EVENT_FLAGS_ENABLE
#define RING_EVENT_FLAGS_DISABLE                VWR_RING_EVENT_FLAGS_DISABLE
#define RING_EVENT_FLAGS_DESC                   VWR_RING_EVENT_FLAGS_DESC

#define pvirtq_desc                             vwr_pvirtq_desc
#define pvirtq_event_suppress                   vwr_pvirtq_event_suppress

#endif
