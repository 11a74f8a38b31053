/* SPDX-License-Identifier: MIT */
#include "vwr/arithmetic.h"
#include "vwr/bytes.h"
#include "vwr/vblk_zone.h"
#include "vblk_common.h"

/*
 * Requests for the backend's own zones: their form is checked here, and the state of the zone in the backend.
 * Section: Block Device / Device Operation.
 */

static bool vzone_begins(const struct vwr_vblk *b, uint64_t sector)
{
    return sector < b->sectors && (sector & (b->zones->zone_sectors - 1u)) == 0;
}

/* These requests are not split. */
static int vzone_fits(const struct vwr_vblk *b, const struct vwr_vblk_req *r)
{
    return r->segs <= vblk_segments(b) ? VWR_OK : VWR_ESEGMENTS;
}

int vwr_vblk_zone_hand_append_(const struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    const struct vwr_vblk_zones *const z = b->zones;
    const uint32_t bytes = r->out.left;

    if (z->append_sectors_max == 0)
        return VWR_EUNSUPP;
    if (r->in.left != sizeof(((struct vwr_blk_req_in_zone_append *)0)->append_sector))
        return VWR_EINVAL;
    if (!vzone_begins(b, r->sector) || bytes / VWR_BLK_SECTOR_BYTES > z->append_sectors_max)
        return VZONE_INVALID;
    if (vwr_remainder(bytes, vblk_zone_granularity(b, z)) != 0)
        return VZONE_UNALIGNED;
    r->handed = true;
    vwr_vblk_lend_(r, false);
    return vzone_fits(b, r);
}

int vwr_vblk_zone_hand_on_(const struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    if (r->type == VWR_BLK_T_ZONE_REPORT) {
        if (r->sector >= b->sectors || r->in.left < sizeof(struct vwr_blk_zone_report))
            return VWR_EINVAL;
        vwr_vblk_lend_(r, true);
    } else if (r->type != VWR_BLK_T_ZONE_RESET_ALL && !vzone_begins(b, r->sector)) {
        return VZONE_INVALID;
    }
    r->handed = true;
    return vzone_fits(b, r);
}

void vwr_vblk_zone_hand_back_(struct vwr_vblk_req *r)
{
    const vwr_le64 sector = vwr_cpu_to_le64(r->append_sector);

    if (r->type == VWR_BLK_T_ZONE_APPEND)
        (void)vwr_writer_write(&r->in, &sector, sizeof(sector));
    else
        (void)vwr_writer_skip(&r->in, r->read);
}
