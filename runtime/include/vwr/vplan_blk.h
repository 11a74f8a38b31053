/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_BLK_H
#define VWR_VPLAN_BLK_H

#include "vwr/vblk.h"
#include "vwr/vplan.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A disk of a plan; backend, req and seg are set when it is built. */
struct vwr_vplan_blk {
    struct vwr_vblk_options options;
    uint32_t disk; /* which of the plan's */
    size_t req;    /* bytes from the begin of the structure to its requests, and to their segments */
    size_t seg;
};

vwr_vplan_build vwr_vplan_build_blk;

#ifdef __cplusplus
}
#endif

#endif
