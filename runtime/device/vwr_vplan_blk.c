/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vwr/vplan_blk.h"

int vwr_vplan_build_blk(const struct vwr_vplan_device *row, void *memory, const struct vwr_vdev_setup *s,
                        const struct vwr_vplan_host *host)
{
    const struct vwr_vplan_blk *const blk = row->options;
    uint8_t *const at = memory;
    struct vwr_vblk_options o;

    if (host->disk == NULL)
        return VWR_EINVAL;
    vwr_zero(&o, sizeof o);
    o.backend = host->disk[blk->disk];
    o.first = blk->first;
    o.sectors = blk->sectors;
    o.read_only = blk->read_only;
    o.write_through = blk->write_through;
    o.id = blk->id;
    o.queues = row->queues;
    o.req = (struct vwr_vblk_req *)(void *)(at + blk->req);
    o.reqs = blk->reqs;
    o.seg = (struct vwr_vseg *)(void *)(at + blk->seg);
    o.segs = blk->segs;
    return vwr_vblk_init((struct vwr_vblk *)(void *)(at + row->device), s, &o);
}
