/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_TREE_COMMON_H
#define VWR_DRIVER_TREE_COMMON_H

#include "vwr/text.h"
#include "vwr/tree.h"

/*
 * Between the files of the device tree; not for the embedder. Numbers of the Devicetree Specification: of its
 * PCI binding too. A node is where its token is; levels count from the root's, 0.
 */

#define TREE_BELOW_ROOT 2u                 /* depth */
#define TREE_CELL 4u                       /* bytes */
#define TREE_CELLS_MAX VWR_INTERRUPT_CELLS /* of an address, a size, an interrupt */
#define TREE_PCI_CELLS 3u                  /* of an address on PCI */
#define TREE_ADDRESS_CELLS 2               /* where nothing is said of it */
#define TREE_SIZE_CELLS 1

static inline uint32_t tree_value(const vwr_tree_cell *at)
{
    return vwr_be32_to_cpu(*at);
}

/* `cells` cells as a number, of which the last 64 bits count; *at is behind them then. */
uint64_t vwr_tree_number(const vwr_tree_cell **at, unsigned cells);

bool vwr_tree_same(const char *a, const char *b);

/* A property of any node, NULL and 0 bytes: it has none; the second remembers it, as what is wrong if the
 * call fails. */
const vwr_tree_cell *vwr_tree_property(const struct vwr_tree *t, const vwr_tree_cell *node, const char *name,
                                       uint32_t *bytes);
const vwr_tree_cell *vwr_tree_get_at(struct vwr_tree_node *n, const vwr_tree_cell *node, const char *name,
                                     uint32_t *bytes);

/*
 * A property that counts cells, at least `least`; `otherwise` where there is none, an error if it must be
 * there; VWR_EPROTO. Remembered if it is an error.
 */
int vwr_tree_count(struct vwr_tree_node *n, const vwr_tree_cell *node, const char *name, int otherwise,
                   unsigned least);

/* The node behind `at`, NULL for the first one; the node with this phandle. NULL: none. */
const vwr_tree_cell *vwr_tree_node_behind(const struct vwr_tree *t, const vwr_tree_cell *at);
const vwr_tree_cell *vwr_tree_by_phandle(const struct vwr_tree *t, uint32_t phandle);

/* An address on the bus of the node at `level`, from there to the CPU's. */
int vwr_tree_translate(struct vwr_tree_node *n, unsigned level, uint64_t *at, uint64_t bytes);

/* The interrupt of `controller` in these cells, `bytes` long. */
int vwr_tree_take_interrupt(struct vwr_tree_node *n, const vwr_tree_cell *controller, const vwr_tree_cell *at,
                            uint32_t bytes, struct vwr_interrupt *i);

/* vwr_tree_explain.c: the path of the node; node, property and what is wrong. */
void vwr_tree_put_path(struct vwr_text *t, const struct vwr_tree_node *n);
void vwr_tree_put_reason(struct vwr_text *t, const struct vwr_tree_node *n, int result);

#endif
