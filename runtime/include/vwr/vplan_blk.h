/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_BLK_H
#define VWR_VPLAN_BLK_H

#include "vwr/vblk.h"
#include "vwr/vplan.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A disk of a plan: struct vwr_vblk_options as a const row. */
struct vwr_vplan_blk {
    uint32_t disk; /* which of the plan's */
    uint64_t first;
    uint64_t sectors;
    bool read_only;
    bool write_through;
    const char *id;
    uint16_t reqs;
    uint16_t segs;
    size_t req; /* bytes from the begin of the structure to its requests, and to their segments */
    size_t seg;
};

vwr_vplan_build vwr_vplan_build_blk;

#ifdef __cplusplus
}
#endif

#endif
