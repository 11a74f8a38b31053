/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/balloon.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Traditional Memory Balloon Device */

#include "vwr/gen/balloon.h"

const struct vwr_name vwr_balloon_feature_names[] = {
    {VWR_BALLOON_F_MUST_TELL_HOST, "MUST_TELL_HOST"},
    {VWR_BALLOON_F_STATS_VQ, "STATS_VQ"},
    {VWR_BALLOON_F_DEFLATE_ON_OOM, "DEFLATE_ON_OOM"},
    {VWR_BALLOON_F_FREE_PAGE_HINT, "FREE_PAGE_HINT"},
    {VWR_BALLOON_F_PAGE_POISON, "PAGE_POISON"},
    {VWR_BALLOON_F_PAGE_REPORTING, "PAGE_REPORTING"},
    {0, NULL},
};

const struct vwr_name vwr_balloon_stat_tag_names[] = {
    {VWR_BALLOON_S_SWAP_IN, "SWAP_IN"},
    {VWR_BALLOON_S_SWAP_OUT, "SWAP_OUT"},
    {VWR_BALLOON_S_MAJFLT, "MAJFLT"},
    {VWR_BALLOON_S_MINFLT, "MINFLT"},
    {VWR_BALLOON_S_MEMFREE, "MEMFREE"},
    {VWR_BALLOON_S_MEMTOT, "MEMTOT"},
    {VWR_BALLOON_S_AVAIL, "AVAIL"},
    {VWR_BALLOON_S_CACHES, "CACHES"},
    {VWR_BALLOON_S_HTLB_PGALLOC, "HTLB_PGALLOC"},
    {VWR_BALLOON_S_HTLB_PGFAIL, "HTLB_PGFAIL"},
    {0, NULL},
};

const struct vwr_name vwr_balloon_cmd_id_names[] = {
    {VWR_BALLOON_CMD_ID_STOP, "STOP"},
    {VWR_BALLOON_CMD_ID_DONE, "DONE"},
    {0, NULL},
};
