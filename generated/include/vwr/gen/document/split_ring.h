/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/split-ring.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Basic Facilities of a Virtio Device / Split Virtqueues */

#ifndef VWR_GEN_DOCUMENT_SPLIT_RING_H
#define VWR_GEN_DOCUMENT_SPLIT_RING_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/split_ring.h"

#define VIRTQ_DESC_F_NEXT                       VWR_VIRTQ_DESC_F_NEXT
#define VIRTQ_DESC_F_WRITE                      VWR_VIRTQ_DESC_F_WRITE
#define VIRTQ_DESC_F_INDIRECT                   VWR_VIRTQ_DESC_F_INDIRECT

#define VIRTQ_AVAIL_F_NO_INTERRUPT              VWR_VIRTQ_AVAIL_F_NO_INTERRUPT

#define VIRTQ_USED_F_NO_NOTIFY                  VWR_VIRTQ_USED_F_NO_NOTIFY

#define virtq_desc                              vwr_virtq_desc
#define virtq_avail                             vwr_virtq_avail
#define virtq_used_elem                         vwr_virtq_used_elem
#define virtq_used                              vwr_virtq_used

#endif
