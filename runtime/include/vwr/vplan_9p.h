/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_9P_H
#define VWR_VPLAN_9P_H

#include "vwr/v9p_memory.h"
#include "vwr/vplan.h"

VWR_BEGIN_C

/* A tree in memory of a plan; its pointers are set when it is built. */
struct vwr_vplan_tree {
    struct vwr_v9p_memory_options options;
    size_t file; /* bytes from the begin of the structure to what options names */
    size_t entry;
    size_t pool;
};

/* A folder for a guest; its files, and the pointers to memory, are set when it is built. */
struct vwr_vplan_9p {
    struct vwr_v9p_options options;
    uint32_t folder; /* which of the plan's */
    bool in_memory;  /* a tree of the plan's, otherwise the VMM's */
    size_t tree;     /* bytes from the begin of the structure to it, and to what options names */
    size_t fid;
    size_t message;
    size_t call;
    size_t seg;
};

vwr_vplan_build_shared vwr_vplan_build_tree;
vwr_vplan_build vwr_vplan_build_9p;

VWR_END_C

#endif
