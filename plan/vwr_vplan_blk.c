/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vplan_blk.h"

static struct vwr_vblk_zones *vplan_zones(const struct vwr_vplan_blk *blk, void *memory)
{
    struct vwr_vblk_zones *const z = vwr_vplan_member(memory, blk->zones_at);

    vwr_copy(z, blk->zones, sizeof *z);
    z->zone = vwr_vplan_member(memory, blk->zone);
    vwr_vblk_zones_format(z, blk->conventional);
    return z;
}

int vwr_vplan_build_blk(const struct vwr_vplan_device *row, void *memory, const struct vwr_vdev_setup *s,
                        const struct vwr_vplan_host *host)
{
    const struct vwr_vplan_blk *const blk = row->options;
    struct vwr_vblk_options o;

    if (host->disk == NULL)
        return VWR_EINVAL;
    vwr_copy(&o, &blk->options, sizeof o);
    o.backend = host->disk[blk->disk];
    o.req = vwr_vplan_member(memory, blk->req);
    o.seg = vwr_vplan_member(memory, blk->seg);
    if (blk->zones != NULL)
        o.zones = vplan_zones(blk, memory);
    return vwr_vblk_init_with(vwr_vplan_member(memory, row->device), s, &o);
}
