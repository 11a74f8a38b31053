/* SPDX-License-Identifier: MIT */
#ifndef VWR_VINDEX_H
#define VWR_VINDEX_H

#include "vwr/base.h"

VWR_BEGIN_C

/**
 * struct vwr_vindex_node - Node of an index; private
 *
 * @child: Subtrees with smaller and larger keys.
 * @up: Parent; NULL: the root.
 * @key: Key.
 * @balance: Depth of the subtree with larger keys minus the depth of the subtree with smaller keys: -1, 0 or
 *   1.
 *
 * An index contains objects that a guest identifies by numbers or names. It is a balanced binary tree (AVL)
 * whose nodes are members of the objects, so the index needs no other memory. Although the guest chooses the
 * keys and their order, the depth never exceeds 1.45 times the base-2 logarithm of the number of nodes.
 * vwr/v9p.h, vwr/vfs.h, vwr/vfiles_memory.h and vwr/vgpu.h use the index.
 */
struct vwr_vindex_node {
    struct vwr_vindex_node *child[2];
    struct vwr_vindex_node *up;
    uint32_t key;
    signed char balance;
};

VWR_END_C

#endif
