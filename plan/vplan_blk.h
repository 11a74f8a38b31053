/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_BLK_H
#define VWR_VPLAN_BLK_H

#include "vwr/vblk_zone.h"
#include "vplan.h"

VWR_BEGIN_C

/**
 * DOC: A disk of a plan
 *
 * The rows that `./vwr plan` writes for a disk (vwr/vblk.h), and the function that
 * builds it from them.
 */

/**
 * struct vwr_vplan_blk - A disk of a plan
 * @options: Options; backend, req, seg and zones are set when the device is built.
 * @disk: Index of the back end in the plan.
 * @req: Offset of the requests in the structure.
 * @seg: Offset of the segments.
 * @zones: Zones, which are empty when the disk is built; NULL: none.
 * @conventional: Number of conventional zones at the start.
 * @zones_at: Offset of the zones.
 * @zone: Offset of the table of zones.
 */
struct vwr_vplan_blk {
    struct vwr_vblk_options options;
    uint32_t disk;
    size_t req;
    size_t seg;
    const struct vwr_vblk_zones *zones;
    uint32_t conventional;
    size_t zones_at;
    size_t zone;
};

vwr_vplan_build vwr_vplan_build_blk;

VWR_END_C

#endif
