/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VINDEX_COMMON_H
#define VWR_DEVICE_VINDEX_COMMON_H

#include "vwr/vindex.h"

/* vwr_vindex.c: indexes of a device. The root of an empty index is NULL. */

/* Finds the node with this key; NULL if there is none. Keys are unique. */
struct vwr_vindex_node *vwr_vindex_find_(struct vwr_vindex_node *root, uint32_t key);

/* Finds the node with the smallest key that is at least `key`; NULL if there is none. */
struct vwr_vindex_node *vwr_vindex_from_(struct vwr_vindex_node *root, uint32_t key);

/* The next node in key order; NULL after the last. */
struct vwr_vindex_node *vwr_vindex_next_(struct vwr_vindex_node *n);

/* Adds a node whose key is set. If keys are equal, `from` returns the node that was added last. */
void vwr_vindex_add_(struct vwr_vindex_node **root, struct vwr_vindex_node *n);

/*
 * The same for an index with its own order: adds the node as a child of `up` on this side, where the caller
 * has found no node. If the index is empty, `up` is NULL.
 */
void vwr_vindex_link_(struct vwr_vindex_node **root, struct vwr_vindex_node *up, unsigned side,
                      struct vwr_vindex_node *n);

void vwr_vindex_remove_(struct vwr_vindex_node **root, struct vwr_vindex_node *n);

/*
 * Selects one of `heads` roots for a key, with Knuth's multiplicative hash, scaled without a division. This
 * keeps the trees small for keys that are not chosen by a guest.
 */
static inline uint32_t vindex_head(uint32_t key, uint32_t heads)
{
    return (uint32_t)((uint64_t)(key * 2654435761u) * heads >> 32);
}

#endif
