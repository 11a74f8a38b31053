/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/balloon.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Traditional Memory Balloon Device */

/* Quirk balloon.no-vectors (QEMU 7.2): The device has no MSI-X over PCI. A driver uses INTx. */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 * In the legacy interface they have the guest's byte order.
 */
#ifndef VWR_STANDALONE_BALLOON_H
#define VWR_STANDALONE_BALLOON_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_BALLOON 5                             /* A memory balloon that takes pages from the guest and
                                                           returns them. */

#define VIRTIO_BALLOON_PFN_SHIFT 12u                    /* Shift from an address to a page frame number. */

/* features; "Feature bits" */
#define VIRTIO_BALLOON_F_MUST_TELL_HOST 0               /* The driver uses pages from the balloon only after the
                                                           device has acknowledged their deflation. */
#define VIRTIO_BALLOON_F_STATS_VQ 1                     /* The device has a statistics queue. */
#define VIRTIO_BALLOON_F_DEFLATE_ON_OOM 2               /* The driver may deflate the balloon when memory runs out. */
#define VIRTIO_BALLOON_F_FREE_PAGE_HINT 3               /* The device accepts hints about free pages. */
#define VIRTIO_BALLOON_F_PAGE_POISON 4                  /* The driver fills free pages with poison_val. */
#define VIRTIO_BALLOON_F_PAGE_REPORTING 5               /* The device accepts reports of free pages. */

/* Statistics tags. enums.stat-tag; "Device Operation / Memory Statistics" */
#define VIRTIO_BALLOON_S_SWAP_IN 0                      /* Bytes swapped in. */
#define VIRTIO_BALLOON_S_SWAP_OUT 1                     /* Bytes swapped out. */
#define VIRTIO_BALLOON_S_MAJFLT 2                       /* Major page faults. */
#define VIRTIO_BALLOON_S_MINFLT 3                       /* Minor page faults. */
#define VIRTIO_BALLOON_S_MEMFREE 4                      /* Bytes of unused memory. */
#define VIRTIO_BALLOON_S_MEMTOT 5                       /* Bytes of memory in total. */
#define VIRTIO_BALLOON_S_AVAIL 6                        /* Bytes available without swapping. */
#define VIRTIO_BALLOON_S_CACHES 7                       /* Bytes that can be reclaimed quickly without additional
                                                           I/O. */
#define VIRTIO_BALLOON_S_HTLB_PGALLOC 8                 /* Successful huge page allocations. */
#define VIRTIO_BALLOON_S_HTLB_PGFAIL 9                  /* Failed huge page allocations. */

/* Reserved values of free_page_hint_cmd_id. enums.cmd-id; "Device Operation / Free Page Hinting" */
#define VIRTIO_BALLOON_CMD_ID_STOP 0                    /* Stop hinting; the pages stay hinted. */
#define VIRTIO_BALLOON_CMD_ID_DONE 1                    /* Hinting is complete; the driver can reuse the pages. */

/* queues; "Traditional Memory Balloon Device" */
#define VIRTIO_BALLOON_QUEUE_INFLATEQ 0                 /* Pages that enter the balloon. */
#define VIRTIO_BALLOON_QUEUE_DEFLATEQ 1                 /* Pages that leave the balloon. */
#define VIRTIO_BALLOON_QUEUE_STATSQ 2                   /* Memory statistics of the guest; with STATS_VQ. */

/*
 * One statistic; a statsq buffer is an array of them.
 * structs.stat; "Device Operation / Memory Statistics"
 */
#pragma pack(push, 1)
struct virtio_balloon_stat {
    uint16_t tag;                           /* Statistics tag; VIRTIO_BALLOON_S_*. */
    uint64_t val;                           /* Value. Quirk balloon.missing-statistic (QEMU 7.2): A statistic that
                                               the driver did not report reads as all ones. A driver gives those that
                                               it has. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_balloon_stat, 10);

/* Configuration space of the device. config; "Device configuration layout" */
struct virtio_balloon_config {
    uint32_t num_pages;                     /* Balloon size that the device requests; in 4096-byte pages. */
    uint32_t actual;                        /* Current balloon size; in 4096-byte pages. */
    uint32_t free_page_hint_cmd_id;         /* Command id for hinting if 2 or greater; otherwise CMD_ID_STOP or
                                               CMD_ID_DONE; with FREE_PAGE_HINT; VIRTIO_BALLOON_CMD_ID_*. */
    uint32_t poison_val;                    /* Fill value of free pages; with PAGE_POISON. */
};
VIRTIO_SIZE(virtio_balloon_config, 16);

#undef VIRTIO_SIZE
#endif
