/* SPDX-License-Identifier: MIT */
#ifndef VWR_BLK_OPEN_H
#define VWR_BLK_OPEN_H

#include "vwr/blk.h"
#include "vwr/open.h"

VWR_BEGIN_C

/**
 * DOC: Disk for vwr_open()
 *
 * This header defines the driver and the memory of a disk for vwr_open(). The disk has one queue
 * and the default time limit. Each request has a single data segment.
 */

/** VWR_BLK_OPEN_QUEUE - Number of descriptors */
#ifndef VWR_BLK_OPEN_QUEUE
#define VWR_BLK_OPEN_QUEUE 64u
#endif

/** VWR_BLK_OPEN_REQUESTS - Maximum number of requests in flight */
#ifndef VWR_BLK_OPEN_REQUESTS
#define VWR_BLK_OPEN_REQUESTS 16u /* not the specification's */
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
 * struct vwr_blk_open_shared - Shared memory of a disk (see struct vwr_queue_memory)
 * @memory: Shared memory of its queue.
 */
struct vwr_blk_open_shared {
    uint8_t memory[VWR_BLK_SHARED_BYTES_FOR(VWR_BLK_OPEN_QUEUE, VWR_BLK_OPEN_REQUESTS, 1)]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
};

extern const struct vwr_open_class vwr_blk_open_class;

VWR_END_C

#endif
