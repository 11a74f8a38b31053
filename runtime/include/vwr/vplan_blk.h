/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_BLK_H
#define VWR_VPLAN_BLK_H

#include "vwr/vblk_zone.h"
#include "vwr/vplan.h"

VWR_BEGIN_C

/* A disk of a plan; backend, req, seg and zones are set when it is built, and all zones are empty then. */
struct vwr_vplan_blk {
    struct vwr_vblk_options options;
    uint32_t disk; /* which of the plan's */
    size_t req;    /* bytes from the begin of the structure to its requests, and to their segments */
    size_t seg;
    const struct vwr_vblk_zones *zones; /* NULL: it has none */
    uint32_t conventional;              /* of them the first */
    size_t zones_at;                    /* likewise, of its zones and of their table */
    size_t zone;
};

vwr_vplan_build vwr_vplan_build_blk;

VWR_END_C

#endif
