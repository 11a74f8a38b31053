/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VINDEX_COMMON_H
#define VWR_DEVICE_VINDEX_COMMON_H

#include "vwr/vindex.h"

/* vwr_vindex.c: indexes of a device. A root is NULL where there is no node. */

/* The node with this key, of an index whose keys differ; NULL: there is none. */
struct vwr_vindex_node *vwr_vindex_find(struct vwr_vindex_node *root, uint32_t key);

/* The node with the smallest key that is at least this one; NULL: there is none. */
struct vwr_vindex_node *vwr_vindex_from(struct vwr_vindex_node *root, uint32_t key);

/* The node with the next key; NULL: that was the last. */
struct vwr_vindex_node *vwr_vindex_next(struct vwr_vindex_node *n);

/* A node whose key is set. Of those with one key `from` has the last that was added. */
void vwr_vindex_add(struct vwr_vindex_node **root, struct vwr_vindex_node *n);

/*
 * The same for an index that is not ordered by keys alone: as the child of `up` on this side, where there is
 * none, by the order that the caller has gone down; `up` NULL: the index is empty.
 */
void vwr_vindex_link(struct vwr_vindex_node **root, struct vwr_vindex_node *up, unsigned side,
                     struct vwr_vindex_node *n);

void vwr_vindex_remove(struct vwr_vindex_node **root, struct vwr_vindex_node *n);

/*
 * One of `heads` roots for a key: where a guest does not choose its keys to be under one root, each has few
 * nodes. Knuth's multiplicative hash; the product is scaled, which takes no division.
 */
static inline uint32_t vindex_head(uint32_t key, uint32_t heads)
{
    return (uint32_t)((uint64_t)(key * 2654435761u) * heads >> 32);
}

#endif
