/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/split-ring.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Split Virtqueues */

#include "vwr/gen/split_ring.h"

const struct vwr_name vwr_virtq_desc_f_names[] = {
    {VWR_VIRTQ_DESC_F_NEXT, "NEXT"},
    {VWR_VIRTQ_DESC_F_WRITE, "WRITE"},
    {VWR_VIRTQ_DESC_F_INDIRECT, "INDIRECT"},
    {0, NULL},
};

const struct vwr_name vwr_virtq_avail_f_names[] = {
    {VWR_VIRTQ_AVAIL_F_NO_INTERRUPT, "NO_INTERRUPT"},
    {0, NULL},
};

const struct vwr_name vwr_virtq_used_f_names[] = {
    {VWR_VIRTQ_USED_F_NO_NOTIFY, "NO_NOTIFY"},
    {0, NULL},
};
