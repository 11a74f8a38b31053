/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/balloon.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Traditional Memory Balloon Device */

/* Quirk balloon.no-vectors (QEMU 7.2): Over PCI it has no MSI-X. A driver uses INTx. */

/*
 * One file to copy: the specification's names, and nothing of ours. What it does not name is called alike. Numbers of
 * more than a byte are little-endian where their comment does not say otherwise.
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

#define VIRTIO_ID_BALLOON 5                             /* A balloon that takes memory from the guest and gives it
                                                           back. */

#define VIRTIO_BALLOON_PFN_SHIFT 12u                    /* From an address to the number of a page. */

/* features; "Feature bits" */
#define VIRTIO_BALLOON_F_MUST_TELL_HOST 0               /* Driver tells the device before it uses pages of the
                                                           balloon. */
#define VIRTIO_BALLOON_F_STATS_VQ 1                     /* Device has a queue for statistics. */
#define VIRTIO_BALLOON_F_DEFLATE_ON_OOM 2               /* Driver may take pages back when memory runs out. */
#define VIRTIO_BALLOON_F_FREE_PAGE_HINT 3               /* Device takes hints which pages are free. */
#define VIRTIO_BALLOON_F_PAGE_POISON 4                  /* Driver fills free pages with poison_val. */
#define VIRTIO_BALLOON_F_PAGE_REPORTING 5               /* Device takes reports of free pages. */

/* Which statistic. enums.stat-tag; "Device Operation / Memory Statistics" */
#define VIRTIO_BALLOON_S_SWAP_IN 0                      /* Bytes that were swapped in. */
#define VIRTIO_BALLOON_S_SWAP_OUT 1                     /* Bytes that were swapped out. */
#define VIRTIO_BALLOON_S_MAJFLT 2                       /* Major page faults. */
#define VIRTIO_BALLOON_S_MINFLT 3                       /* Minor page faults. */
#define VIRTIO_BALLOON_S_MEMFREE 4                      /* Bytes that nobody uses. */
#define VIRTIO_BALLOON_S_MEMTOT 5                       /* Bytes in all. */
#define VIRTIO_BALLOON_S_AVAIL 6                        /* Bytes to be had without swapping. */
#define VIRTIO_BALLOON_S_CACHES 7                       /* Bytes to be had without I/O. */
#define VIRTIO_BALLOON_S_HTLB_PGALLOC 8                 /* Huge pages that were allocated. */
#define VIRTIO_BALLOON_S_HTLB_PGFAIL 9                  /* Huge pages that could not be. */

/*
 * Commands for hints that have a meaning of their own.
 * enums.cmd-id; "Device Operation / Free Page Hinting"
 */
#define VIRTIO_BALLOON_CMD_ID_STOP 0                    /* No more hints; keep the pages. */
#define VIRTIO_BALLOON_CMD_ID_DONE 1                    /* No more hints; use the pages again. */

/* queues; "Traditional Memory Balloon Device" */
#define VIRTIO_BALLOON_QUEUE_INFLATEQ 0                 /* Pages for the balloon. */
#define VIRTIO_BALLOON_QUEUE_DEFLATEQ 1                 /* Pages out of the balloon. */
#define VIRTIO_BALLOON_QUEUE_STATSQ 2                   /* Statistics of the guest's memory; with STATS_VQ. */

/*
 * One statistic; a buffer of the statsq is an array of them.
 * structs.stat; "Device Operation / Memory Statistics"
 */
#pragma pack(push, 1)
struct virtio_balloon_stat {
    uint16_t tag;                           /* Which; VIRTIO_BALLOON_S_*. */
    uint64_t val;                           /* The number. Quirk balloon.missing-statistic (QEMU 7.2): A statistic
                                               that the driver did not give counts as all ones. A driver gives those
                                               that it has. */
};
#pragma pack(pop)
VIRTIO_SIZE(virtio_balloon_stat, 10);

/* Configuration space of the device. config; "Device configuration layout" */
struct virtio_balloon_config {
    uint32_t num_pages;                     /* How big the device wants the balloon; in 4096-byte pages. */
    uint32_t actual;                        /* How big it is; in 4096-byte pages. */
    uint32_t free_page_hint_cmd_id;         /* Command to give hints for, from 2 on; else a CMD_ID; with
                                               FREE_PAGE_HINT; VIRTIO_BALLOON_CMD_ID_*. */
    uint32_t poison_val;                    /* What free pages are filled with; with PAGE_POISON. */
};
VIRTIO_SIZE(virtio_balloon_config, 16);

#undef VIRTIO_SIZE
#endif
