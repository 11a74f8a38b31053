/* SPDX-License-Identifier: MIT */
#ifndef VWR_VINDEX_H
#define VWR_VINDEX_H

#include "vwr/base.h"

VWR_BEGIN_C

/*
 * An index of what a guest numbers or names: a balanced binary tree (AVL) whose nodes are members of the
 * structures that it finds, so it takes no memory of its own. A guest chooses keys and their order, and none
 * makes it deeper than 1.45 times the logarithm to base 2 of the number of nodes. Private to the devices that
 * have one: v9p.h, v9p_memory.h, vgpu.h.
 */
struct vwr_vindex_node {
    struct vwr_vindex_node *child[2]; /* smaller, larger */
    struct vwr_vindex_node *up;       /* NULL: it is the root */
    uint32_t key;
    signed char lean; /* levels that the larger side has more: -1, 0 or 1 */
};

VWR_END_C

#endif
