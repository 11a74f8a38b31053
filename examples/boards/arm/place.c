/* SPDX-License-Identifier: MIT */
#include "place.h"
#include "vwr/tree.h"

uintptr_t place_of(const struct board_description *d, const char *compatible, unsigned index)
{
    struct vwr_tree tree;
    struct vwr_tree_node node;
    uint64_t at;
    uint64_t bytes;

    if (vwr_tree_open(&tree, d->tree, VWR_TREE_ANY_SIZE) != VWR_OK)
        return 0;
    vwr_tree_begin(&node, &tree);
    if (!vwr_tree_find(&node, compatible) || vwr_tree_reg(&node, index, &at, &bytes) != VWR_OK)
        return 0;
    return (uintptr_t)at == at ? (uintptr_t)at : 0;
}
