/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_9P_H
#define VWR_VPLAN_9P_H

#include "vwr/v9p.h"
#include "vwr/vplan.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A folder of a plan; its files, and the pointers to memory, are set when it is built. */
struct vwr_vplan_9p {
    struct vwr_v9p_options options;
    uint32_t folder; /* which of the plan's */
    size_t fid;      /* bytes from the begin of the structure to what options names */
    size_t message;
    size_t call;
    size_t seg;
};

vwr_vplan_build vwr_vplan_build_9p;

#ifdef __cplusplus
}
#endif

#endif
