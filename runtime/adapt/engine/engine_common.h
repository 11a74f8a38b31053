/* SPDX-License-Identifier: MIT */
#ifndef ENGINE_COMMON_H
#define ENGINE_COMMON_H

/* The first header of each source of this folder. */

#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* fallocate, O_CLOEXEC */
#endif
#ifndef _FILE_OFFSET_BITS
#define _FILE_OFFSET_BITS 64
#endif

#include "vwr_engine.h"

#include <sys/uio.h>

/*
 * A request in the storage. It outlives the guest's request if a reset takes that away: `r` is then NULL.
 * iov[at..segs) has the segments of a transfer that are not done.
 */
struct vwr_engine_slot {
    struct vwr_engine_slot *next; /* in a list: free, ended */
    struct vwr_vblk_req *r;
    uint64_t ticket;
    struct iovec *iov;
    uint64_t offset; /* of the whole transfer */
    uint32_t type;
    uint32_t bytes;
    uint32_t done;
    uint16_t segs;
    uint16_t at;
    uint16_t ranges;
    bool used;
    bool forgotten;
    int why; /* 0, errno, or ENGINE_EARLY_END */
    struct vwr_vblk_range range[VWR_VBLK_RANGES];
};

#define ENGINE_EARLY_END (-1)

/* Memory of the slots, after the kind is known. VWR_OK; VWR_EINVAL; VWR_ENOMEM. */
int engine_open(struct vwr_engine *e, const struct vwr_engine_kind *kind, const struct vwr_engine_options *o);

void engine_free(struct vwr_engine *e);

/* The storage has ended a request; the guest learns it in vwr_engine_serve. */
void engine_ended(struct vwr_engine *e, struct vwr_engine_slot *slot, int why);

/* Slot by number, for a walk over all. */
struct vwr_engine_slot *engine_slot(const struct vwr_engine *e, unsigned number);

/* A transfer has moved `n` bytes more: where it continues. */
void engine_moved(struct vwr_engine_slot *slot, size_t n);

static inline bool engine_is_transfer(const struct vwr_engine_slot *slot)
{
    return slot->type == VWR_BLK_T_IN || slot->type == VWR_BLK_T_OUT;
}

static inline uint64_t engine_offset(const struct vwr_vblk_range *range)
{
    return range->sector * VWR_BLK_SECTOR_BYTES;
}

static inline uint64_t engine_bytes(const struct vwr_vblk_range *range)
{
    return (uint64_t)range->sectors * VWR_BLK_SECTOR_BYTES;
}

/* Milliseconds of a clock that only runs forwards. */
uint64_t engine_now(void);

#endif
