/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VBLK_COMMON_H
#define VWR_DEVICE_VBLK_COMMON_H

#include "vwr/blk_rules.h"
#include "vwr/vblk.h"
#include "vwr/vblk_zone.h"

/* Interface between the files of a guest's block device. All functions require the device's lock. */

enum vblk_state {
    VBLK_FREE,
    VBLK_RESERVED, /* for the next buffer of the queue being served */
    VBLK_HELD,     /* waits for space in the backend or for a new budget */
    VBLK_IN_FLIGHT /* owned by the backend */
};

enum vblk_to_do {
    VBLK_FLUSH = 1,    /* a flush has to follow the write */
    VBLK_PARTS = 2,    /* more parts follow the one submitted */
    VBLK_FLUSHING = 4, /* the flush was submitted */
    VBLK_BLANKS = 8    /* the end of a read has to be zero-filled before the rest is submitted */
};

/*
 * vwr_vblk_config.c: configuration and features; vwr_vblk_is_window_() checks for a range of whole blocks of
 * the backend
 */
bool vwr_vblk_is_window_(const struct vwr_vblk_backend *be, uint64_t first, uint64_t sectors);
void vwr_vblk_write_config_(struct vwr_vblk *b, const struct vwr_vdev_setup *s);
void vwr_vblk_choose_features_(struct vwr_features *f, const struct vwr_vblk *b,
                               const struct vwr_vdev_setup *s);

/* vwr_vblk.c: takes the requests of one queue or all queues back from the backend */
void vwr_vblk_drain_(struct vwr_vblk *b, unsigned queue);

/*
 * vwr_vblk_serve.c: function `serve` of the class; starts a request whose chain is filled in; recomputes the
 * conditions of the fast path after each change
 */
uint16_t vwr_vblk_serve_(struct vwr_vdev *v, struct vwr_vqueue *q);
void vwr_vblk_serve_any_(struct vwr_vblk *b, struct vwr_vblk_req *r, bool loaded);
void vwr_vblk_choose_plain_(struct vwr_vblk *b);

/*
 * vwr_vblk_check.c: checks a request whose type and sector were copied, and describes it for the backend.
 * Negative: the request fails without being submitted.
 */
VWR_MUST_CHECK int vwr_vblk_describe_(struct vwr_vblk *b, struct vwr_vblk_req *r);

/*
 * Describes the data for the backend: sets r->seg, r->segs and r->bytes to the data that remain to be read or
 * written. Uses the chain's segments, of which the first is shortened by the header and the last by the
 * status.
 */
void vwr_vblk_lend_(struct vwr_vblk_req *r, bool in);

/*
 * vwr_vblk_zone.c: the zone table. begin: checks the VMM's table. at: returns a zone's row; set: sets its
 * state; open: sets IOPEN or EOPEN, within the limits.
 */
VWR_MUST_CHECK int vwr_vblk_zones_begin_(struct vwr_vblk *b, struct vwr_vblk_zones *z, bool legacy);
void vwr_vblk_zones_write_config_(const struct vwr_vblk *b, struct vwr_blk_config_info *info);
struct vwr_vblk_zone *vwr_vblk_zone_at_(struct vwr_vblk_zones *z, uint32_t index);
void vwr_vblk_zone_set_(struct vwr_vblk_zones *z, uint32_t index, uint8_t state);
VWR_MUST_CHECK int vwr_vblk_zone_open_(struct vwr_vblk_zones *z, uint32_t index, uint8_t state);
void vwr_vblk_zone_reset_all_(struct vwr_vblk_zones *z);

/*
 * vwr_vblk_zone_check.c: requests to a zoned device. transfer: a read or write that was described; append:
 * turns it into a write; answer: requests that need no backend; erase: the ranges are whole zones, which are
 * reset; blank: zero-fills the end of a read; false: the budget is used up.
 */
VWR_MUST_CHECK int vwr_vblk_zone_transfer_(struct vwr_vblk *b, struct vwr_vblk_req *r);
VWR_MUST_CHECK int vwr_vblk_zone_append_(struct vwr_vblk *b, struct vwr_vblk_req *r);
VWR_MUST_CHECK int vwr_vblk_zone_answer_(struct vwr_vblk *b, struct vwr_vblk_req *r);
VWR_MUST_CHECK int vwr_vblk_zone_erase_(struct vwr_vblk *b, const struct vwr_vblk_req *r);
VWR_MUST_CHECK bool vwr_vblk_zone_blank_(struct vwr_vblk *b, struct vwr_vblk_req *r);

/* Results for operations that a zone does not allow. */
#define VZONE_INVALID VWR_VBLK_STATUS(VWR_BLK_S_ZONE_INVALID_CMD)
#define VZONE_UNALIGNED VWR_VBLK_STATUS(VWR_BLK_S_ZONE_UNALIGNED_WP)

/*
 * vwr_vblk_zone_hand.c: a backend with its own zones. append, on: check the request and describe it for the
 * backend; back: stores the data of a successful answer.
 */
VWR_MUST_CHECK int vwr_vblk_zone_hand_append_(const struct vwr_vblk *b, struct vwr_vblk_req *r);
VWR_MUST_CHECK int vwr_vblk_zone_hand_on_(const struct vwr_vblk *b, struct vwr_vblk_req *r);
void vwr_vblk_zone_hand_back_(struct vwr_vblk_req *r);

/* vwr_vblk_submit.c: passes requests to the backend, and completes them */
void vwr_vblk_submit_or_hold_(struct vwr_vblk *b, struct vwr_vblk_req *r);
void vwr_vblk_submit_held_(struct vwr_vblk *b);
void vwr_vblk_submitted_(struct vwr_vblk *b, struct vwr_vblk_req *r, int result);
void vwr_vblk_end_(struct vwr_vblk *b, struct vwr_vblk_req *r, int result);
void vwr_vblk_kick_(struct vwr_vblk *b);

/*
 * vwr_vblk_parts.c: splitting a request into parts. begin_part: starts the next part; VWR_EFULL: the budget
 * is used up; another negative value: the request fails. has_next: called when a submit has completed with
 * `result`; true: another part or a flush follows.
 */
VWR_MUST_CHECK int vwr_vblk_begin_part_(struct vwr_vblk *b, struct vwr_vblk_req *r);
bool vwr_vblk_has_next_(struct vwr_vblk_req *r, int result);

static inline struct vwr_vblk *vblk_of(struct vwr_vdev *v)
{
    return (struct vwr_vblk *)(void *)v; /* dev is the first member */
}

/* Sectors per block - 1. */
static inline uint32_t vblk_block_mask(const struct vwr_vblk *b)
{
    return b->backend->block_bytes / VWR_BLK_SECTOR_BYTES - 1u;
}

/* Maximum number of segments of a submit. */
static inline uint32_t vblk_segments(const struct vwr_vblk *b)
{
    return b->backend->segments_max != 0 && !b->backend->splits ? b->backend->segments_max : 0xffffu;
}

/* Resets the fields that a plain read or write expects to be reset and does not change. */
static inline void vblk_clean(struct vwr_vblk_req *r)
{
    r->seg = &r->chain.seg[1];
    r->in.done = 0;
    r->read = 0;
    r->to_do = 0;
    r->append = false;
    r->handed = false;
    r->blank = 0;
}

/* Restores the bytes that were cut off the start of a segment. */
static inline void vblk_widen(struct vwr_vseg *s, uint32_t n)
{
    s->at -= n;
    s->len += n;
}

/* Whether the request zeroes or erases sectors without data. */
static inline bool vblk_is_zeroing(const struct vwr_vblk_req *r)
{
    return VWR_WITH_RANGES && (r->type == VWR_BLK_T_WRITE_ZEROES || r->type == VWR_BLK_T_SECURE_ERASE);
}

static inline bool vblk_has_zones(const struct vwr_vblk *b)
{
    return VWR_WITH_ZONED && b->zones != NULL;
}

/* The size of a write to a zone must be a multiple of this number of bytes. */
static inline uint32_t vblk_zone_granularity(const struct vwr_vblk *b, const struct vwr_vblk_zones *z)
{
    return z->write_granularity != 0 ? z->write_granularity : b->backend->block_bytes;
}

/* Whether the zone table is kept by the device rather than the backend. */
static inline bool vblk_keeps_zones(const struct vwr_vblk *b)
{
    return vblk_has_zones(b) && b->zones->zone != NULL;
}

/* Completes a read or write. Returns the number of bytes written for the guest, including the status. */
VWR_ALWAYS_INLINE uint32_t vblk_answer_transfer(struct vwr_vblk *b, const struct vwr_vblk_req *r, bool in)
{
    const uint32_t bytes = r->bytes;

    vwr_count_add(in ? &b->stats.reads : &b->stats.writes, 1);
    vwr_count_add(in ? &b->stats.bytes_in : &b->stats.bytes_out, bytes);
    *(volatile uint8_t *)r->status = VWR_BLK_S_OK;
    return in ? bytes + 1u : r->chain.in_bytes == 1u; /* 0 if the bytes before the status were not written */
}

VWR_ALWAYS_INLINE void vblk_free(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    r->state = VBLK_FREE;
    r->link = b->free;
    b->free = r;
}

/*
 * Whether a write has to be flushed before it completes: in write-through mode, selected by the VMM or the
 * driver, and for a driver that negotiated neither flush nor the cache mode.
 */
static inline bool vblk_is_stable(const struct vwr_vblk *b, uint32_t type)
{
    const bool writes = type == VWR_BLK_T_OUT || (VWR_WITH_RANGES && type == VWR_BLK_T_WRITE_ZEROES) ||
                        (VWR_WITH_ZONED && type == VWR_BLK_T_ZONE_APPEND);

    if (!writes || !b->backend->flush)
        return false;
    if (b->write_through)
        return true;
    if (vwr_vdev_has(&b->dev, VWR_BLK_F_CONFIG_WCE))
        return b->config.writeback == 0;
    return !vwr_vdev_has(&b->dev, VWR_BLK_F_FLUSH);
}

#endif
