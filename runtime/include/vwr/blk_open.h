/* SPDX-License-Identifier: MIT */
#ifndef VWR_BLK_OPEN_H
#define VWR_BLK_OPEN_H

#include "vwr/blk.h"
#include "vwr/open.h"

VWR_BEGIN_C

/* A disk for vwr_open: one queue, requests of one segment, the default deadline. */

#ifndef VWR_BLK_OPEN_QUEUE
#define VWR_BLK_OPEN_QUEUE 64u /* descriptors */
#endif
#ifndef VWR_BLK_OPEN_REQUESTS
#define VWR_BLK_OPEN_REQUESTS 16u /* in flight at once; not the specification's */
#endif

/* In memory that the device cannot reach. */
struct vwr_blk_open_own {
    struct vwr_blk blk; /* first */
    uint64_t memory[(VWR_BLK_OWN_BYTES(VWR_BLK_OPEN_QUEUE, VWR_BLK_OPEN_REQUESTS) + 7u) / 8u];
};

/* In memory as vwr_queue_memory.shared. */
struct vwr_blk_open_shared {
    uint8_t memory[VWR_BLK_SHARED_BYTES_FOR(VWR_BLK_OPEN_QUEUE, VWR_BLK_OPEN_REQUESTS, 1)]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
};

extern const struct vwr_open_class vwr_blk_open_class;

VWR_END_C

#endif
