/* SPDX-License-Identifier: MIT */
#ifndef ENGINE_COMMON_H
#define ENGINE_COMMON_H

/* Each source file in this folder includes this header first. */

#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* fallocate, O_CLOEXEC */
#endif
#ifndef _FILE_OFFSET_BITS
#define _FILE_OFFSET_BITS 64
#endif

#include "vwr_engine.h"

#include <sys/uio.h>

/*
 * A request that the storage executes. If a reset takes the guest's request away, the slot outlives it, and
 * `r` is NULL. iov[at..segs) are the remaining segments of a transfer.
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

/* Allocates the slots of an engine of this kind. Returns VWR_OK, VWR_EINVAL or VWR_ENOMEM. */
int engine_open(struct vwr_engine *e, const struct vwr_engine_kind *kind, const struct vwr_engine_options *o);

void engine_free(struct vwr_engine *e);

/* The storage has completed a request. vwr_engine_serve returns it to the guest. */
void engine_ended(struct vwr_engine *e, struct vwr_engine_slot *slot, int why);

/* A slot by its number. */
struct vwr_engine_slot *engine_slot(const struct vwr_engine *e, unsigned number);

/* Advances a transfer by `n` bytes. */
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

/* Milliseconds of a monotonic clock. */
uint64_t engine_now(void);

#endif
