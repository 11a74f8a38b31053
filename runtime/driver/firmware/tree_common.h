/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_TREE_COMMON_H
#define VWR_DRIVER_TREE_COMMON_H

#include "vwr/text.h"
#include "vwr/tree.h"

/*
 * Between the files of the device tree; not for the embedder. Numbers of the Devicetree Specification: of its
 * PCI binding too. A node is where its token is; levels count from the root's, 1.
 */

#define TREE_BELOW_ROOT 2u                 /* depth */
#define TREE_CELL 4u                       /* bytes */
#define TREE_CELLS_MAX VWR_INTERRUPT_CELLS /* of an address, a size, an interrupt */
#define TREE_PCI_CELLS 3u                  /* of an address on PCI */
#define TREE_PCI_BUS_BYTES 20u             /* not the specification's: of a bus by ECAM, as a power of two */
#define TREE_ADDRESS_CELLS 2               /* where nothing is said of it */
#define TREE_SIZE_CELLS 1

#define TREE_VALUE 3u /* cells: of a property's token, length and name, behind which its value is */
/* Of a property of one cell, beyond what a cell can be: it is of another length; there is none. */
#define TREE_NO_CELL (0xffffffffu + (uint64_t)1)
#define TREE_NONE (2u * TREE_NO_CELL)

VWR_SWAP_INLINE uint32_t tree_value(const vwr_tree_cell *at)
{
    return vwr_be32_to_cpu(*at);
}

/* The token at `at`, of a tree that is checked: of its four bytes the last one. */
VWR_ALWAYS_INLINE unsigned tree_token(const vwr_tree_cell *at)
{
    return ((const uint8_t *)at)[TREE_CELL - 1];
}

/* The length of a property with this value. */
VWR_ALWAYS_INLINE uint32_t tree_bytes(const vwr_tree_cell *value)
{
    return tree_value(value - 2);
}

/* `cells` cells as a number, of which the last 64 bits count; *at is behind them then. */
uint64_t vwr_tree_number(const vwr_tree_cell **at, int cells);

/* Not 0: they are the same text. An int, whose callers look at all of it: a bool costs each an instruction
 * more. */
int vwr_tree_same(const char *a, const char *b);

/* What is wrong if the call fails. */
VWR_ALWAYS_INLINE void tree_wrong(struct vwr_tree_node *n, const vwr_tree_cell *node, const char *name)
{
    n->seen = node;
    n->property = name;
}

/* A property of any node, NULL: it has none; the second remembers it, as what is wrong if the call fails. */
const vwr_tree_cell *vwr_tree_property(const struct vwr_tree_node *n, const vwr_tree_cell *node,
                                       const char *name);
const vwr_tree_cell *vwr_tree_get_at(struct vwr_tree_node *n, const vwr_tree_cell *node, const char *name);

/* The value of a property of one cell; `otherwise`: there is none; TREE_NO_CELL. */
uint64_t vwr_tree_one(const struct vwr_tree_node *n, const vwr_tree_cell *node, const char *name,
                      uint64_t otherwise);

/*
 * A property that counts cells, at least `least`; `otherwise` where there is none, TREE_NONE if it must
 * be there; VWR_EPROTO. Remembered if it is an error.
 */
int vwr_tree_count(struct vwr_tree_node *n, const vwr_tree_cell *node, const char *name, uint64_t otherwise,
                   unsigned least);

/* Cells of addresses and sizes below the node at `level`; VWR_EPROTO. */
int vwr_tree_address_cells(struct vwr_tree_node *n, unsigned level);
int vwr_tree_size_cells(struct vwr_tree_node *n, unsigned level);

/* What is behind the token at `at`; the node with this phandle, NULL: none. */
const vwr_tree_cell *vwr_tree_behind(const struct vwr_tree *t, const vwr_tree_cell *at);
const vwr_tree_cell *vwr_tree_by_phandle(const struct vwr_tree_node *n, uint64_t phandle);

/* An address on the bus of the node at `level`, from there to the CPU's. */
int vwr_tree_translate(struct vwr_tree_node *n, unsigned level, uint64_t *at, uint64_t bytes);

/* The interrupt of `controller` in these cells. */
int vwr_tree_take_interrupt(struct vwr_tree_node *n, const vwr_tree_cell *controller, const vwr_tree_cell *at,
                            uint32_t cells, struct vwr_interrupt *i);

/* vwr_tree_explain.c: the path of the node; node, property and what is wrong. */
void vwr_tree_put_path(struct vwr_text *t, const struct vwr_tree_node *n);
void vwr_tree_put_reason(struct vwr_text *t, const struct vwr_tree_node *n, int result);

#endif
