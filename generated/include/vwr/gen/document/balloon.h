/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/balloon.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Traditional Memory Balloon Device */

#ifndef VWR_GEN_DOCUMENT_BALLOON_H
#define VWR_GEN_DOCUMENT_BALLOON_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/balloon.h"

#define VIRTIO_BALLOON_PFN_SHIFT                VWR_BALLOON_PFN_SHIFT

#define VIRTIO_BALLOON_F_MUST_TELL_HOST         VWR_BALLOON_F_MUST_TELL_HOST
#define VIRTIO_BALLOON_F_STATS_VQ               VWR_BALLOON_F_STATS_VQ
#define VIRTIO_BALLOON_F_DEFLATE_ON_OOM         VWR_BALLOON_F_DEFLATE_ON_OOM
#define VIRTIO_BALLOON_F_FREE_PAGE_HINT         VWR_BALLOON_F_FREE_PAGE_HINT
#define VIRTIO_BALLOON_F_PAGE_POISON            VWR_BALLOON_F_PAGE_POISON
#define VIRTIO_BALLOON_F_PAGE_REPORTING         VWR_BALLOON_F_PAGE_REPORTING

#define VIRTIO_BALLOON_S_SWAP_IN                VWR_BALLOON_S_SWAP_IN
#define VIRTIO_BALLOON_S_SWAP_OUT               VWR_BALLOON_S_SWAP_OUT
#define VIRTIO_BALLOON_S_MAJFLT                 VWR_BALLOON_S_MAJFLT
#define VIRTIO_BALLOON_S_MINFLT                 VWR_BALLOON_S_MINFLT
#define VIRTIO_BALLOON_S_MEMFREE                VWR_BALLOON_S_MEMFREE
#define VIRTIO_BALLOON_S_MEMTOT                 VWR_BALLOON_S_MEMTOT
#define VIRTIO_BALLOON_S_AVAIL                  VWR_BALLOON_S_AVAIL
#define VIRTIO_BALLOON_S_CACHES                 VWR_BALLOON_S_CACHES
#define VIRTIO_BALLOON_S_HTLB_PGALLOC           VWR_BALLOON_S_HTLB_PGALLOC
#define VIRTIO_BALLOON_S_HTLB_PGFAIL            VWR_BALLOON_S_HTLB_PGFAIL

#define VIRTIO_BALLOON_CMD_ID_STOP              VWR_BALLOON_CMD_ID_STOP
#define VIRTIO_BALLOON_CMD_ID_DONE              VWR_BALLOON_CMD_ID_DONE

#define virtio_balloon_stat                     vwr_balloon_stat
#define virtio_balloon_config                   vwr_balloon_config

#endif
