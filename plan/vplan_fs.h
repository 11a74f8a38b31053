/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_FS_H
#define VWR_VPLAN_FS_H

#include "vwr/vfs.h"
#include "vplan_9p.h"

VWR_BEGIN_C

/**
 * DOC: A file system device of a plan
 *
 * The rows that `./vwr plan` writes for a file system device (vwr/vfs.h), and the function that
 * builds it from them. Trees in memory are those of vplan_9p.h.
 */

/**
 * struct vwr_vplan_fs - A folder for a guest, by FUSE
 * @options: Options; files and pointers are set when the device is built.
 * @folder: Index of the folder in the plan.
 * @in_memory: true: the folder is a tree of the plan. false: it is a file system of the VMM.
 * @tree: Offset of the tree in the structure.
 * @node: Offset of the nodes.
 * @message: Offset of the messages.
 * @call: Offset of the calls.
 * @seg: Offset of the segments.
 */
struct vwr_vplan_fs {
    struct vwr_vfs_options options;
    uint32_t folder;
    bool in_memory;
    size_t tree;
    size_t node;
    size_t message;
    size_t call;
    size_t seg;
};

vwr_vplan_build vwr_vplan_build_fs;

VWR_END_C

#endif
