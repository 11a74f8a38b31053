/* SPDX-License-Identifier: MIT */
#include "vblk_common.h"

/*
 * Splits requests for a backend with a maximum transfer size (struct vwr_vblk_backend, bytes_max): each
 * submit contains one part, within the remaining budget. Parts end at multiples of VBLK_PART_UNIT, to keep
 * pages whole. Requests with more segments than the backend accepts (segments_max) are split into whole
 * blocks.
 */

#define VBLK_PART_UNIT 4096u

/* Maximum size of a part, as allowed by the backend and the budget; never 0. */
static uint32_t vblk_part_bytes(const struct vwr_vblk *b)
{
    const uint32_t block = b->backend->block_bytes;
    const uint32_t unit = block > VBLK_PART_UNIT ? block : VBLK_PART_UNIT;
    const uint32_t most = b->backend->bytes_max < b->dev.work ? b->backend->bytes_max : b->dev.work;

    if (b->backend->bytes_max == 0)
        return ~(uint32_t)0;
    if (most >= unit)
        return most & ~(unit - 1u);
    return b->backend->bytes_max < unit ? b->backend->bytes_max : unit;
}

static void vblk_begin_parts(struct vwr_vblk_req *r)
{
    r->to_do |= VBLK_PARTS;
    r->done = 0;
    r->cut = 0;
    r->passed = 0;
    r->more = vwr_vblk_is_transfer(r) ? r->segs : r->ranges;
    r->bytes = 0;
    r->segs = 0;
    r->ranges = 0;
}

/*
 * Cuts whole blocks off the rest, within both limits. VWR_ESEGMENTS: the first block has more segments than
 * the backend accepts.
 */
static int vblk_cut_segments(const struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    const uint32_t most = vblk_part_bytes(b);
    struct vwr_vseg *s = &r->chain.seg[r->seg - r->chain.seg];
    uint32_t over;

    for (; r->more != 0 && r->bytes < most && r->segs < vblk_segments(b); s++) {
        r->bytes += (uint32_t)s->len;
        r->segs++;
        r->more--;
    }
    over = r->bytes > most ? r->bytes - most : r->more != 0 ? r->bytes & (b->backend->block_bytes - 1u) : 0;
    r->bytes -= over;
    for (; r->segs != 0 && s[-1].len <= over; s--) {
        over -= (uint32_t)s[-1].len;
        r->segs--;
        r->more++;
    }
    if (r->bytes == 0)
        return VWR_ESEGMENTS;
    r->cut = over;
    s[-1].len -= over;
    return VWR_OK;
}

static void vblk_cut_range(struct vwr_vblk_req *r, uint32_t most)
{
    r->ranges = 1;
    r->more--;
    if (r->range[0].sectors > most) {
        r->cut = r->range[0].sectors - most;
        r->range[0].sectors = most;
    }
}

/* Number of bytes of the part. */
static uint32_t vblk_part_size(const struct vwr_vblk_req *r)
{
    return !VWR_WITH_RANGES || vwr_vblk_is_transfer(r) ? r->bytes
                                                       : r->range[0].sectors * VWR_BLK_SECTOR_BYTES;
}

/*
 * Cuts the next part, unless this was already done and the backend had no space. VWR_EFULL: the budget is
 * used up. A request that is not split is charged as one part of the minimum size. A backend without a
 * maximum transfer size is not charged.
 */
int vwr_vblk_begin_part_(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    const bool transfer = vwr_vblk_is_transfer(r);
    const bool charged = b->backend->bytes_max != 0;
    int result = VWR_OK;

    if ((r->to_do & VBLK_PARTS) != 0 && (r->bytes != 0 || r->ranges != 0))
        return VWR_OK;
    if (charged && b->dev.work == 0)
        return VWR_EFULL;
    if (!transfer && !vblk_is_zeroing(r)) {
        vwr_vdev_charge(&b->dev, charged ? VBLK_PART_UNIT : 0, 0);
        return VWR_OK;
    }
    if ((r->to_do & VBLK_PARTS) == 0)
        vblk_begin_parts(r);
    if (!VWR_WITH_RANGES || transfer)
        result = vblk_cut_segments(b, r);
    else
        vblk_cut_range(r, vblk_part_bytes(b) / VWR_BLK_SECTOR_BYTES);
    if (charged)
        vwr_vdev_charge(&b->dev, vblk_part_size(r), r->segs);
    return result;
}

/*
 * The rest of the last segment becomes the first segment of the next part. Segments that are done are
 * restored to their full size, because the saved state contains the driver's segments.
 */
static void vblk_leave_segments(struct vwr_vblk_req *r)
{
    struct vwr_vseg *const first = &r->chain.seg[r->seg - r->chain.seg];
    struct vwr_vseg *s = first + r->segs;

    if (r->cut == 0 || r->segs > 1) {
        vblk_widen(first, r->passed);
        r->passed = 0;
    }
    if (r->cut != 0) {
        s--;
        r->passed += (uint32_t)s->len;
        s->at += s->len;
        s->len = r->cut;
    }
    r->seg = s;
    r->segs = 0;
    r->sector += r->bytes / VWR_BLK_SECTOR_BYTES;
    r->done += r->bytes;
    r->bytes = 0;
}

/* range[0] is the submitted range; when it completes, the last one replaces it. */
static void vblk_leave_range(struct vwr_vblk_req *r)
{
    const struct vwr_vblk_range *const last = &r->range[r->more];

    r->ranges = 0;
    if (r->cut != 0) {
        r->range[0].sector += r->range[0].sectors;
        r->range[0].sectors = r->cut;
    } else {
        r->range[0].sector = last->sector;
        r->range[0].sectors = last->sectors;
        r->range[0].unmap = last->unmap;
    }
}

static void vblk_leave_part(struct vwr_vblk_req *r)
{
    if (!VWR_WITH_RANGES || vwr_vblk_is_transfer(r))
        vblk_leave_segments(r);
    else
        vblk_leave_range(r);
    r->more = (uint16_t)(r->more + (r->cut != 0));
    r->cut = 0;
}

/* The data have been written; flush them. */
static void vblk_begin_flush(struct vwr_vblk_req *r)
{
    r->to_do = VBLK_FLUSHING;
    r->flushed = r->type;
    r->type = VWR_BLK_T_FLUSH;
}

bool vwr_vblk_has_next_(struct vwr_vblk_req *r, int result)
{
    if ((r->to_do & VBLK_FLUSHING) != 0)
        r->type = r->flushed;
    if ((r->to_do & VBLK_PARTS) != 0) {
        if (result == VWR_OK) {
            vblk_leave_part(r);
            if (r->more != 0)
                return true;
            r->bytes = r->done; /* the size of all parts */
        } else {
            r->read += r->done; /* only used for reads */
        }
    }
    r->to_do &= VBLK_FLUSH;
    if (r->to_do == 0 || result != VWR_OK)
        return false;
    vblk_begin_flush(r);
    return true;
}
