/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_9P_H
#define VWR_VPLAN_9P_H

#include "vwr/v9p.h"
#include "vwr/vfiles_memory.h"
#include "vplan.h"

VWR_BEGIN_C

/**
 * DOC: A file tree of a plan
 *
 * The rows that `./vwr plan` writes for a file tree (vwr/vfiles_memory.h), and the function that
 * builds it from them.
 */

/**
 * struct vwr_vplan_tree - A tree in memory that a plan defines
 * @options: Options; pointers are set when the tree is built.
 * @file: Offset of the files in the structure.
 * @entry: Offset of the names.
 * @pool: Offset of the pool.
 */
struct vwr_vplan_tree {
    struct vwr_vfiles_memory_options options;
    size_t file;
    size_t entry;
    size_t pool;
};

/**
 * struct vwr_vplan_9p - A folder for a guest
 * @options: Options; files and pointers are set when the device is built.
 * @folder: Index of the folder in the plan.
 * @in_memory: true: the folder is a tree of the plan. false: it is a file system of the VMM.
 * @tree: Offset of the tree in the structure.
 * @fid: Offset of the fids.
 * @message: Offset of the messages.
 * @call: Offset of the calls.
 * @seg: Offset of the segments.
 */
struct vwr_vplan_9p {
    struct vwr_v9p_options options;
    uint32_t folder;
    bool in_memory;
    size_t tree;
    size_t fid;
    size_t message;
    size_t call;
    size_t seg;
};

vwr_vplan_build_shared vwr_vplan_build_tree;
vwr_vplan_build vwr_vplan_build_9p;

VWR_END_C

#endif
