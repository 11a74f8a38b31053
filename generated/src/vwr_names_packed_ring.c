/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/packed-ring.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Packed Virtqueues */

#include "vwr/gen/packed_ring.h"

const struct vwr_name vwr_packed_ring_desc_flags_names[] = {
    {VWR_VIRTQ_DESC_F_AVAIL, "AVAIL"},
    {VWR_VIRTQ_DESC_F_USED, "USED"},
    {0, NULL},
};

const struct vwr_name vwr_packed_ring_event_flags_names[] = {
    {VWR_RING_EVENT_FLAGS_ENABLE, "ENABLE"},
    {VWR_RING_EVENT_FLAGS_DISABLE, "DISABLE"},
    {VWR_RING_EVENT_FLAGS_DESC, "DESC"},
    {0, NULL},
};
