/* SPDX-License-Identifier: MIT */
#ifndef VWR_BLK_OPEN_H
#define VWR_BLK_OPEN_H

#include "vwr/blk.h"
#include "vwr/open.h"

VWR_BEGIN_C

/**
 * DOC: Disk for vwr_open()
 *
 * Driver and memory of a disk for the table of vwr_open(). The disk has one queue, requests of a
 * single data segment, and the default time limit.
 */

/** VWR_BLK_OPEN_QUEUE - Number of descriptors */
#ifndef VWR_BLK_OPEN_QUEUE
#define VWR_BLK_OPEN_QUEUE 64u
#endif

/** VWR_BLK_OPEN_REQUESTS - Number of requests in flight */
#ifndef VWR_BLK_OPEN_REQUESTS
#define VWR_BLK_OPEN_REQUESTS 16u /* in flight; not the specification's */
#endif

/**
 * struct vwr_blk_open_own - Private memory of a disk
 * @blk: Disk; the first member.
 * @memory: Private memory of its queue.
 */
struct vwr_blk_open_own {
    struct vwr_blk blk;
    uint64_t memory[(VWR_BLK_OWN_BYTES(VWR_BLK_OPEN_QUEUE, VWR_BLK_OPEN_REQUESTS) + 7u) / 8u];
};

/**
 * struct vwr_blk_open_shared - Shared memory of a disk, as in struct vwr_queue_memory
 * @memory: Shared memory of its queue.
 */
struct vwr_blk_open_shared {
    uint8_t memory[VWR_BLK_SHARED_BYTES_FOR(VWR_BLK_OPEN_QUEUE, VWR_BLK_OPEN_REQUESTS, 1)]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
};

extern const struct vwr_open_class vwr_blk_open_class;

VWR_END_C

#endif
