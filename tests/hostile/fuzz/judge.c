/* SPDX-License-Identifier: MIT */
#include "judge.h"

static bool is_inside(const struct vwr_vblk_backend *be, uint64_t first, uint64_t sectors, uint64_t sector,
                      uint64_t count)
{
    const uint64_t at = sector - first;
    const uint32_t block = be->block_bytes / VWR_BLK_SECTOR_BYTES;

    return sector >= first && at <= sectors && count <= sectors - at && sector % block == 0 &&
           count % block == 0;
}

static bool is_offered(const struct vwr_vblk_backend *be, uint32_t type, bool read_only)
{
    switch (type) {
    case VWR_BLK_T_IN:
        return true;
    case VWR_BLK_T_OUT:
        return !read_only;
    case VWR_BLK_T_FLUSH:
        return be->flush;
    case VWR_BLK_T_DISCARD:
        return be->discard && !read_only;
    case VWR_BLK_T_WRITE_ZEROES:
        return be->write_zeroes && !read_only;
    default:
        return false;
    }
}

/* A back end with a limit receives parts; for a request without data, a part is one range. */
static bool is_short(const struct vwr_vblk_backend *be, const struct vwr_vblk_req *r)
{
    if (be->bytes_max != 0 && vwr_vblk_is_transfer(r))
        return r->bytes <= be->bytes_max;
    if (be->bytes_max != 0 && r->type == VWR_BLK_T_WRITE_ZEROES)
        return r->ranges == 1 && r->range[0].sectors <= be->bytes_max / VWR_BLK_SECTOR_BYTES;
    return true;
}

bool judge_request(const struct vwr_vblk_backend *be, const struct vwr_vblk_req *r, uint64_t first,
                   uint64_t sectors, bool read_only)
{
    uint64_t bytes = 0;

    if (!is_offered(be, r->type, read_only) || !is_short(be, r))
        return false;
    if (vwr_vblk_is_transfer(r)) {
        for (unsigned i = 0; i < r->segs; i++)
            bytes += r->seg[i].len;
        return bytes == r->bytes && bytes % be->block_bytes == 0 &&
               (be->segments_max == 0 || r->segs <= be->segments_max) &&
               is_inside(be, first, sectors, r->sector, bytes / VWR_BLK_SECTOR_BYTES);
    }
    for (unsigned i = 0; r->type != VWR_BLK_T_FLUSH && i < r->ranges; i++)
        if (r->range[i].sectors == 0 ||
            !is_inside(be, first, sectors, r->range[i].sector, r->range[i].sectors))
            return false;
    return r->type == VWR_BLK_T_FLUSH || r->ranges <= VWR_VBLK_RANGES;
}
