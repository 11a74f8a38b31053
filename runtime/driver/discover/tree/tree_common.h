/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_TREE_COMMON_H
#define VWR_DRIVER_TREE_COMMON_H

#include "vwr/text.h"
#include "vwr/tree.h"

/*
 * Interface between the device tree files; private. Numbers of the Devicetree Specification and of its PCI
 * binding. A node is represented by the position of its token; the root has level 1.
 */

#define TREE_BELOW_ROOT 2u                 /* level */
#define TREE_CELL 4u                       /* bytes */
#define TREE_CELLS_MAX VWR_INTERRUPT_CELLS /* for an address, a size or an interrupt */
#define TREE_PCI_CELLS 3u                  /* number of cells of a PCI address */
#define TREE_PCI_BUS_BYTES 20u             /* log2 of a bus's size in ECAM */
#define TREE_ADDRESS_CELLS 2               /* defaults */
#define TREE_SIZE_CELLS 1

#define TREE_VALUE 3u /* cells: token, length and name of a property, followed by its value */
/* Results of vwr_tree_one_ when a property is not one cell long (NO_CELL) or is missing (NONE). */
#define TREE_NO_CELL (0xffffffffu + (uint64_t)1)
#define TREE_NONE (2u * TREE_NO_CELL)

VWR_SWAP_INLINE uint32_t tree_value(const vwr_tree_cell *at)
{
    return vwr_be32_to_cpu(*at);
}

/* Token at `at` of a validated tree: the last of its four bytes. */
VWR_ALWAYS_INLINE unsigned tree_token(const vwr_tree_cell *at)
{
    return ((const uint8_t *)at)[TREE_CELL - 1];
}

/* Length of the property with this value. */
VWR_ALWAYS_INLINE uint32_t tree_bytes(const vwr_tree_cell *value)
{
    return tree_value(value - 2);
}

/* Reads `cells` cells as a number, of which only the lower 64 bits are used; advances *at. */
uint64_t vwr_tree_number_(const vwr_tree_cell **at, int cells);

/* Nonzero if the strings are equal. Returns an int, because a bool would cost each caller an instruction. */
int vwr_tree_same_(const char *a, const char *b);

/* What is wrong with the recorded property. */
enum tree_fault {
    TREE_BY_RESULT, /* the result describes it */
    TREE_MISSING,
    TREE_NO_NODE,      /* no node has its phandle */
    TREE_NO_INTERRUPT, /* a map does not contain the interrupt */
    TREE_ADDRESS,      /* the mask selects address bits that the device does not have */
    TREE_BOTH,         /* an interrupt controller has a map */
    TREE_CHAIN,        /* there are too many maps */
    TREE_BRIDGE,       /* a bridge has a map */
    TREE_DMA           /* DMA addresses differ from those of the CPU */
};

/* Records the property to report if the call fails. */
VWR_ALWAYS_INLINE void tree_wrong(struct vwr_tree_node *n, const vwr_tree_cell *node, const char *name)
{
    n->seen = node;
    n->property = name;
    n->fault = TREE_BY_RESULT;
}

/* Records what is wrong, and returns VWR_EPROTO. */
int vwr_tree_refuse_(struct vwr_tree_node *n, const vwr_tree_cell *node, const char *name,
                     enum tree_fault fault);

/*
 * Gets the value of a property of any node; NULL: it is missing. vwr_tree_get_at_() also records the
 * property, to be reported if the call fails.
 */
const vwr_tree_cell *vwr_tree_property_(const struct vwr_tree_node *n, const vwr_tree_cell *node,
                                        const char *name);
const vwr_tree_cell *vwr_tree_get_at_(struct vwr_tree_node *n, const vwr_tree_cell *node, const char *name);

/* Gets the value of a single-cell property, `otherwise` if it is missing, or TREE_NO_CELL. */
uint64_t vwr_tree_one_(const struct vwr_tree_node *n, const vwr_tree_cell *node, const char *name,
                       uint64_t otherwise);

/*
 * Gets a property that is a number of cells, at least `least`. If it is missing, returns `otherwise`, which
 * is TREE_NONE for a required property. On error, returns VWR_EPROTO and records the property.
 */
int vwr_tree_count_(struct vwr_tree_node *n, const vwr_tree_cell *node, const char *name, uint64_t otherwise,
                    unsigned least);

/* Gets the number of cells of an address and of a size below the node at `level`; VWR_EPROTO on error. */
int vwr_tree_address_cells_(struct vwr_tree_node *n, unsigned level);
int vwr_tree_size_cells_(struct vwr_tree_node *n, unsigned level);

/*
 * vwr_tree_behind_() returns the position after the token at `at`. vwr_tree_by_phandle_() returns the node
 * with this phandle, or NULL.
 */
const vwr_tree_cell *vwr_tree_behind_(const struct vwr_tree *t, const vwr_tree_cell *at);
const vwr_tree_cell *vwr_tree_by_phandle_(const struct vwr_tree_node *n, uint64_t phandle);

/* Translates an address on the bus of the node at `level` to a CPU address. */
int vwr_tree_translate_(struct vwr_tree_node *n, unsigned level, uint64_t *at, uint64_t bytes);

/* Nonzero if the status of this node alone enables it, or if it has no status. */
int vwr_tree_is_on_(const struct vwr_tree_node *n, const vwr_tree_cell *node);

/* An interrupt, as seen by its parent node. Its unit address is the address of its source on the bus. */
struct tree_signal {
    const vwr_tree_cell *address;
    const vwr_tree_cell *specifier;
    unsigned address_cells;
    uint32_t left; /* number of cells of the property, starting at the specifier */
};

/*
 * vwr_tree_interrupt.c: follows an interrupt from its parent to its controller. Returns VWR_ERANGE if the
 * parent's map has no entry for it, or VWR_EPROTO.
 */
int vwr_tree_follow_(struct vwr_tree_node *n, const vwr_tree_cell *parent, struct tree_signal *s,
                     struct vwr_interrupt *i);

/*
 * vwr_tree_pci.c: returns VWR_EPROTO if a node below a host has an interrupt map, which the node of a bridge
 * may have.
 */
int vwr_tree_check_bridges_(struct vwr_tree_node *n);

/* vwr_tree_explain.c: append the path of the node; node, property and reason. */
void vwr_tree_put_path_(struct vwr_text *t, const struct vwr_tree_node *n);
void vwr_tree_put_reason_(struct vwr_text *t, const struct vwr_tree_node *n, int result);

#endif
