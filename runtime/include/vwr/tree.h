/* SPDX-License-Identifier: MIT */
#ifndef VWR_TREE_H
#define VWR_TREE_H

#include "vwr/base.h"
#include "vwr/result.h"

VWR_BEGIN_C

/*
 * A flattened device tree, as firmware and QEMU hand it over, read where it lies: what finding devices takes
 * (vwr/find.h) and what a board needs besides. The Devicetree Specification has the terms.
 *
 *     struct vwr_tree tree;
 *     struct vwr_tree_node node;
 *     uint64_t at, bytes;
 *
 *     r = vwr_tree_open(&tree, blob, VWR_TREE_ANY_SIZE);
 *     if (r == VWR_OK) {
 *         vwr_tree_begin(&node, &tree);
 *         if (vwr_tree_find(&node, "arm,gic-v2m-frame"))
 *             r = vwr_tree_reg(&node, 0, &at, &bytes);
 *     }
 *
 * The tree is checked once, as a whole, when it is opened, and must not change as long as it is used. What
 * its properties say is checked where it is read: a call answers what is wrong by the three results below,
 * and vwr_tree_explain names node and property.
 *
 *     VWR_EUNSUPP  a property is missing
 *     VWR_EPROTO   it is too short, has a number of cells or a phandle that cannot be
 *     VWR_ERANGE   it has no such entry, or none that leads to the address or function
 *
 * Context: any. Loops: over the tree, for each address or interrupt parent over all of it once.
 * Context, stack and loops of each call: docs/contexts.md.
 */

/* Nodes within each other, the root among them. */
#define VWR_TREE_DEPTH 16u

typedef vwr_be32 VWR_MAY_ALIAS vwr_tree_cell;

struct vwr_tree {
    /* private */
    const vwr_tree_cell *nodes;
    const vwr_tree_cell *end;
    const char *strings;
    uint32_t string_bytes;
};

/*
 * Takes the tree of at most `bytes` bytes at `blob`, aligned to 4; VWR_TREE_ANY_SIZE: of as many as it says
 * itself. VWR_OK; VWR_EMAGIC: there is none; VWR_EVERSION: of a format before 17 (2005), or one that is not
 * compatible with that; VWR_ERANGE: something in it goes beyond its end; VWR_EPROTO: it is not one root with
 * nodes, at most VWR_TREE_DEPTH within each other; VWR_EALIGN. After these it must not be used.
 */
#define VWR_TREE_ANY_SIZE 0xffffffffu
VWR_MUST_CHECK int vwr_tree_open(struct vwr_tree *t, const void *blob, size_t bytes);

/* A node, and a walk over all of them, parents before their children. */
struct vwr_tree_node {
    /* private */
    const vwr_tree_cell *path[1 + VWR_TREE_DEPTH]; /* [0] is nothing, the root is [1], the node [depth] */
    const struct vwr_tree *tree;
    unsigned depth;
    const vwr_tree_cell *seen; /* the node of the property that was looked for last */
    const char *property;
};

/* Before the root. */
void vwr_tree_begin(struct vwr_tree_node *n, const struct vwr_tree *t);

/*
 * The next node; the next one in use that is compatible with `compatible`. False: there is no more, and it is
 * before the root again.
 */
bool vwr_tree_next(struct vwr_tree_node *n);
bool vwr_tree_find(struct vwr_tree_node *n, const char *compatible);

/* Is the node compatible with this; is it, with the nodes that it is in, in use by its `status`? */
bool vwr_tree_is_compatible(struct vwr_tree_node *n, const char *compatible);
bool vwr_tree_is_enabled(struct vwr_tree_node *n);

/* Is memory coherent for the device: `dma-coherent`, of the node or of one that it is in? */
bool vwr_tree_is_coherent(struct vwr_tree_node *n);

/* A property of the node, *bytes long, big-endian (vwr_be32_to_cpu); NULL: it has none of this name. */
const vwr_tree_cell *vwr_tree_get(struct vwr_tree_node *n, const char *name, uint32_t *bytes);

/* The same, if it is text: terminated. For vwr_tree_chosen a property of /chosen, "bootargs" among them. */
const char *vwr_tree_text(struct vwr_tree_node *n, const char *name);
const char *vwr_tree_chosen(const struct vwr_tree *t, const char *name);

/*
 * Entry `index` of the node's `reg`, translated by `ranges` of the nodes that it is in to an address of the
 * CPU's. VWR_OK; VWR_EUNSUPP, VWR_EPROTO, VWR_ERANGE as above.
 */
VWR_MUST_CHECK int vwr_tree_reg(struct vwr_tree_node *n, unsigned index, uint64_t *at, uint64_t *bytes);

/* An interrupt, as its controller's cells say it. */
#define VWR_INTERRUPT_CELLS 4u
struct vwr_interrupt {
    uint32_t controller; /* its phandle; 0: it has none, or there is no device tree */
    uint32_t count;      /* of cells; 0: no interrupt is known */
    uint32_t cell[VWR_INTERRUPT_CELLS];
};

/* The node's first interrupt. VWR_OK; VWR_EUNSUPP: it has none; VWR_EPROTO: i->count is 0 then. */
VWR_MUST_CHECK int vwr_tree_interrupt(struct vwr_tree_node *n, struct vwr_interrupt *i);

/* Of a PCI host: what it passes to the bus, an entry of its `ranges`. */
struct vwr_tree_window {
    uint64_t at;  /* for the CPU */
    uint64_t bus; /* for the bus */
    uint64_t bytes;
    uint8_t space; /* 1: I/O, 2: memory of 32 bits, 3: of 64 bits; 0: configuration */
};

/*
 * Of a PCI host. Entry `index` of `ranges`: 1 and *w, 0: there is none, or an error. Its buses, by
 * `bus-range`, as far as `reg` has room for their configuration space. The interrupt of pin 1 to 4 (A to D)
 * of a function on its first bus (VWR_PCI_FUNCTION), by `interrupt-map`: i->count is 0 after an error. The
 * MSI controller of a function, its phandle, and the function's id there, by `msi-map` or `msi-parent`.
 * VWR_OK; VWR_EUNSUPP, VWR_EPROTO, VWR_ERANGE as above.
 */
VWR_MUST_CHECK int vwr_tree_window(struct vwr_tree_node *n, unsigned index, struct vwr_tree_window *w);
VWR_MUST_CHECK int vwr_tree_buses(struct vwr_tree_node *n, uint8_t *first, uint8_t *last);
VWR_MUST_CHECK int vwr_tree_map_interrupt(struct vwr_tree_node *n, uint32_t function, unsigned pin,
                                          struct vwr_interrupt *i);
VWR_MUST_CHECK int vwr_tree_map_message(struct vwr_tree_node *n, uint32_t function, uint32_t *controller,
                                        uint32_t *id);

/*
 * In words what a call of this header with this node and result did not like: node, property, and what it is
 * about; into text[0 .. bytes), always terminated if bytes > 0. Answers the length that all of it has.
 *
 *     /soc/virtio_mmio@10008000: interrupts has too few cells, or says what cannot be
 */
size_t vwr_tree_explain(const struct vwr_tree_node *n, int result, char *text, size_t bytes);

VWR_END_C

#endif
