/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vblk_common.h"

/*
 * Validation of requests: header and ranges are copied once and checked by the rules in vwr/blk_rules.h. The
 * guest may change its memory at any time, so only the copy is used after a check. Section: Block Device /
 * Device Operation.
 */

/* Sets b->row for the type, which is usually that of the last request. */
static int vblk_find_row(struct vwr_vblk *b, uint32_t type)
{
    const struct vwr_request *row = b->row;
    int result;

    if (row != NULL && row->type == type)
        return VWR_OK;
    row = vwr_blk_request_row(type);
    result = vwr_blk_check_type(row, b->dev.legacy, &b->dev.offered, &b->dev.accepted);
    if (result == VWR_OK)
        b->row = row;
    return result;
}

/* Data must be only in the direction of the request type. A flush may have data, which are ignored. */
static int vblk_check_data(const struct vwr_request *row, const struct vwr_vblk_req *r)
{
    const bool in = row->payload == VWR_PAYLOAD_IN;

    if (row->payload == VWR_PAYLOAD_NONE)
        return VWR_OK;
    if (VWR_WITH_ZONED && row->type == VWR_BLK_T_ZONE_APPEND) /* the answer contains a sector */
        return vwr_blk_check_data(row, r->out.left);
    if ((in ? r->out.left : r->in.left) != 0)
        return VWR_EINVAL;
    return vwr_blk_check_data(row, in ? r->in.left : r->out.left);
}

void vwr_vblk_lend_(struct vwr_vblk_req *r, bool in)
{
    struct vwr_vseg *s = &r->chain.seg[(in ? r->in.seg : r->out.seg) - r->chain.seg];
    uint32_t left = in ? r->in.left : r->out.left;

    r->seg = s;
    r->segs = 0;
    r->bytes = left;
    s->at += in ? r->in.skip : r->out.skip;
    s->len -= in ? r->in.skip : r->out.skip;
    for (r->segs = 1; left > s->len; r->segs++)
        left -= (uint32_t)s++->len;
    s->len = left;
}

static int vblk_describe_transfer(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    int result;

    vwr_vblk_lend_(r, r->type == VWR_BLK_T_IN);
    result =
        vwr_blk_check_sectors(r->sector, r->bytes / VWR_BLK_SECTOR_BYTES, b->sectors, vblk_block_mask(b));
    if (result == VWR_OK)
        r->sector += b->first; /* within the window */
    if (vblk_keeps_zones(b) && result == VWR_OK)
        result = vwr_vblk_zone_transfer_(b, r);
    return result;
}

/* Maximum number of sectors of a range of this type, from the configuration. */
static uint32_t vblk_most_sectors(const struct vwr_vblk *b, uint32_t type)
{
    const vwr_le32 most = type == VWR_BLK_T_DISCARD        ? b->config.max_discard_sectors
                          : type == VWR_BLK_T_WRITE_ZEROES ? b->config.max_write_zeroes_sectors
                                                           : b->config.max_secure_erase_sectors;

    return vwr_guest32(b->dev.legacy, most);
}

/* Copies and checks one range. VWR_EUNSUPP only for invalid flags. */
static int vblk_describe_range(const struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    struct vwr_vblk_range *const range = &r->range[r->ranges];
    const bool legacy = b->dev.legacy;
    struct vwr_blk_discard_write_zeroes raw;
    uint32_t flags;
    int result;

    (void)vwr_reader_read(&r->out, &raw, sizeof(raw)); /* complete: see vblk_check_data() */
    flags = vwr_guest32(legacy, raw.flags);
    range->sector = vwr_guest64(legacy, raw.sector);
    range->sectors = vwr_guest32(legacy, raw.num_sectors);
    range->unmap = (flags & VWR_BLK_DISCARD_WRITE_ZEROES_FLAGS_UNMAP_MASK) != 0;
    result = vwr_blk_check_range_flags(r->type, flags);
    if (result == VWR_OK)
        result = vwr_blk_check_range(range->sector, range->sectors, vblk_most_sectors(b, r->type), b->sectors,
                                     vblk_block_mask(b));
    if (result == VWR_OK)
        range->sector += b->first; /* within the window */
    return result;
}

/* Unknown flags in any range take precedence over other errors, because the device MUST answer UNSUPP. */
static int vblk_describe_ranges(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    int result = VWR_OK;

    if (r->out.left > VWR_VBLK_RANGES * sizeof(struct vwr_blk_discard_write_zeroes))
        return VWR_ERANGE;
    while (r->out.left != 0) {
        const int one = vblk_describe_range(b, r);

        if (one == VWR_EUNSUPP || result == VWR_OK)
            result = one;
        r->ranges++;
    }
    if (vblk_keeps_zones(b) && result == VWR_OK && r->type == VWR_BLK_T_SECURE_ERASE)
        result = vwr_vblk_zone_erase_(b, r);
    r->ranges = result == VWR_OK ? r->ranges : 0;
    return result;
}

int vwr_vblk_describe_(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    int result = vblk_find_row(b, r->type);

    if (result == VWR_OK)
        result = vblk_check_data(b->row, r);
    if (result != VWR_OK)
        return result;
    if (vwr_vblk_is_transfer(r))
        return vblk_describe_transfer(b, r);
    r->seg = NULL;
    r->segs = 0;
    r->bytes = 0;
    r->ranges = 0;
    if (VWR_WITH_ZONED && vwr_blk_is_append(r->type))
        return vblk_keeps_zones(b) ? vwr_vblk_zone_append_(b, r) : vwr_vblk_zone_hand_append_(b, r);
    if (VWR_WITH_RANGES && vwr_blk_has_ranges(b->row))
        return vblk_describe_ranges(b, r);
    if (b->row->type == VWR_BLK_T_FLUSH_OUT)
        r->type = VWR_BLK_T_FLUSH;
    return VWR_OK;
}
