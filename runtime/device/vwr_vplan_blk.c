/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vwr/vplan_blk.h"

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
    return vwr_vblk_init(vwr_vplan_member(memory, row->device), s, &o);
}
