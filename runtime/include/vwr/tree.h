/* SPDX-License-Identifier: MIT */
#ifndef VWR_TREE_H
#define VWR_TREE_H

#include "vwr/base.h"
#include "vwr/result.h"

VWR_BEGIN_C

/**
 * DOC: Flattened device trees
 *
 * These functions read a flattened device tree in place, as passed by firmware or QEMU. They
 * read what is needed to find devices (vwr/find.h) and to set up a board::
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
 * vwr_tree_open() checks the structure of the whole tree; the tree must not change while it is
 * used. Properties are checked when they are read. vwr_tree_explain() names the node and the
 * property of an error.
 *
 * Loops are bounded by the size of the tree. To translate an address, the tree is walked once per level; to
 * translate an interrupt, once per entry of a map. Functions that read a property return
 *
 * - VWR_EUNSUPP: the property is missing.
 * - VWR_EPROTO: the property is too short, or has an invalid number of cells or an invalid phandle.
 * - VWR_ERANGE: the property has no such entry, or none of its entries translates the address or covers the
 *   PCI function.
 *
 * The Devicetree Specification defines the terms.
 */

/** VWR_TREE_DEPTH - Maximum depth of nested nodes, including the root */
#define VWR_TREE_DEPTH 16u

/* A cell of a property, big-endian. */
typedef vwr_be32 VWR_MAY_ALIAS vwr_tree_cell;

/** struct vwr_tree - A device tree */
struct vwr_tree {
    /* private: */
    const vwr_tree_cell *nodes;
    const vwr_tree_cell *end;
    const char *strings;
    uint32_t string_bytes;
};

/** VWR_TREE_ANY_SIZE - Trust the size in the tree's header */
#define VWR_TREE_ANY_SIZE 0xffffffffu

/**
 * vwr_tree_open() - Check a device tree and prepare to read it
 * @t: Tree to initialise. Do not use it after an error.
 * @blob: Device tree, aligned to 4 bytes. It must stay valid and unchanged while @t is used.
 * @bytes: Size of the memory in bytes, or VWR_TREE_ANY_SIZE.
 *
 * Return: VWR_OK.
 * * VWR_EMAGIC: there is no device tree.
 * * VWR_EVERSION: the format is older than version 17 (2005), or not compatible with that version.
 * * VWR_ERANGE: a part of the tree lies beyond the tree's end.
 * * VWR_EPROTO: the tree is not a single root with nodes nested at most VWR_TREE_DEPTH deep.
 * * VWR_EALIGN: @blob is misaligned.
 */
VWR_MUST_CHECK int vwr_tree_open(struct vwr_tree *t, const void *blob, size_t bytes);

/**
 * struct vwr_tree_node - A node, and the position of a walk over all nodes
 *
 * A walk visits parents before their children.
 */
struct vwr_tree_node {
    /* private: */
    const vwr_tree_cell *path[1 + VWR_TREE_DEPTH]; /* [0] is NULL, [1] is the root, [depth] is the node */
    const struct vwr_tree *tree;
    unsigned depth;
    const vwr_tree_cell *seen; /* node in which a property was last looked up */
    const char *property;
    uint8_t fault;
};

/**
 * vwr_tree_begin() - Start a walk before the root
 * @n: Position to initialise.
 * @t: Tree.
 */
void vwr_tree_begin(struct vwr_tree_node *n, const struct vwr_tree *t);

/**
 * vwr_tree_next() - Move to the next node
 * @n: Position.
 *
 * Return: true: @n is at a node. false: the walk has ended, and @n is before the root again.
 */
bool vwr_tree_next(struct vwr_tree_node *n);

/**
 * vwr_tree_find() - Move to the next enabled and compatible node
 * @n: Position.
 * @compatible: Compatible string.
 *
 * Return: true: @n is at a node. false: the walk has ended, and @n is before the root again.
 */
bool vwr_tree_find(struct vwr_tree_node *n, const char *compatible);

/**
 * vwr_tree_is_compatible() - Test a node's `compatible` property
 * @n: Node.
 * @compatible: Compatible string.
 *
 * Return: true if the property lists @compatible.
 */
bool vwr_tree_is_compatible(struct vwr_tree_node *n, const char *compatible);

/**
 * vwr_tree_is_enabled() - Test the `status` property of a node and its parents
 * @n: Node.
 *
 * Return: true if the node and all of its parents are enabled.
 */
bool vwr_tree_is_enabled(struct vwr_tree_node *n);

/**
 * vwr_tree_is_coherent() - Test whether the device's DMA is coherent
 * @n: Node.
 *
 * What counts is the property `dma-coherent` or `dma-noncoherent` of the node or, if it has neither, of its
 * nearest ancestor that has one.
 *
 * Return: true if that node has `dma-coherent` but not `dma-noncoherent`.
 */
bool vwr_tree_is_coherent(struct vwr_tree_node *n);

/**
 * vwr_tree_check_dma() - Check that a device accesses memory at the same addresses as the CPU
 * @n: Node of the device or of a PCI host.
 *
 * Return: VWR_OK.
 * * VWR_EPROTO: the `dma-ranges` property of the node or of a parent is invalid, or maps memory to different
 *   addresses.
 */
VWR_MUST_CHECK int vwr_tree_check_dma(struct vwr_tree_node *n);

/**
 * vwr_tree_get() - Look up a property
 * @n: Node.
 * @name: Name of the property.
 * @bytes: Filled in with the size of the property in bytes.
 *
 * Return: The property's cells, big-endian (vwr_be32_to_cpu()); NULL if the node does not have the
 *   property.
 */
const vwr_tree_cell *vwr_tree_get(struct vwr_tree_node *n, const char *name, uint32_t *bytes);

/**
 * vwr_tree_text() - Look up a string property
 * @n: Node.
 * @name: Name of the property.
 *
 * Return: The string; NULL if the node does not have the property, or the string is not terminated.
 */
const char *vwr_tree_text(struct vwr_tree_node *n, const char *name);

/**
 * vwr_tree_chosen() - Look up a string property of /chosen
 * @t: Tree.
 * @name: Name of the property, such as "bootargs".
 *
 * Return: The string, or NULL.
 */
const char *vwr_tree_chosen(const struct vwr_tree *t, const char *name);

/**
 * vwr_tree_reg() - Read an entry of `reg` as a CPU address
 * @n: Node.
 * @index: Index of the entry.
 * @at: Filled in with the address, translated by the `ranges` properties of the parents.
 * @bytes: Filled in with the size in bytes.
 *
 * Return: VWR_OK.
 * * VWR_EUNSUPP, VWR_EPROTO, VWR_ERANGE: as for all properties ("Flattened device trees").
 */
VWR_MUST_CHECK int vwr_tree_reg(struct vwr_tree_node *n, unsigned index, uint64_t *at, uint64_t *bytes);

/** VWR_INTERRUPT_CELLS - Maximum number of cells of an interrupt */
#define VWR_INTERRUPT_CELLS 4u

/**
 * struct vwr_interrupt - An interrupt, encoded as its controller's binding defines
 * @controller: Phandle of the controller; 0: the controller has no phandle, or there is no device
 *   tree.
 * @count: Number of cells; 0: the interrupt is unknown.
 * @cell: Cells in CPU order.
 */
struct vwr_interrupt {
    uint32_t controller;
    uint32_t count;
    uint32_t cell[VWR_INTERRUPT_CELLS];
};

/** VWR_TREE_MAPS - Maximum number of interrupt maps between a device and its controller */
#define VWR_TREE_MAPS 8u

/**
 * vwr_tree_interrupt() - Find the controller of a node's first interrupt
 * @n: Node.
 * @i: Filled in with the interrupt; @i->count is 0 after an error.
 *
 * The first entry of `interrupts-extended` or `interrupts` is followed through every
 * `interrupt-map` to a node with `interrupt-controller`.
 *
 * Return: VWR_OK.
 * * VWR_EUNSUPP: the node has no interrupt.
 * * VWR_EPROTO: the path to the controller is missing, invalid, or longer than VWR_TREE_MAPS.
 */
VWR_MUST_CHECK int vwr_tree_interrupt(struct vwr_tree_node *n, struct vwr_interrupt *i);

/**
 * struct vwr_tree_window - An entry of a PCI host's `ranges`
 * @at: CPU address.
 * @bus: Bus address.
 * @bytes: Size in bytes.
 * @space: 0: configuration; 1: I/O; 2: 32-bit memory; 3: 64-bit memory.
 */
struct vwr_tree_window {
    uint64_t at;
    uint64_t bus;
    uint64_t bytes;
    uint8_t space;
};

/**
 * vwr_tree_window() - Read an entry of a PCI host's `ranges`
 * @n: Node of the host.
 * @index: Index of the entry.
 * @w: Filled in with the entry.
 *
 * Return: 1: @w is valid. 0: there is no such entry.
 * * VWR_EUNSUPP, VWR_EPROTO, VWR_ERANGE: as for all properties ("Flattened device trees").
 */
VWR_MUST_CHECK int vwr_tree_window(struct vwr_tree_node *n, unsigned index, struct vwr_tree_window *w);

/**
 * vwr_tree_buses() - Read the range of bus numbers of a PCI host
 * @n: Node of the host.
 * @first: Filled in with the first bus number.
 * @last: Filled in with the last bus number: the one in `bus-range`, limited to the buses whose configuration
 *   space fits `reg`.
 *
 * Return: VWR_OK.
 * * VWR_EUNSUPP, VWR_EPROTO, VWR_ERANGE: as for all properties ("Flattened device trees").
 */
VWR_MUST_CHECK int vwr_tree_buses(struct vwr_tree_node *n, uint8_t *first, uint8_t *last);

/**
 * vwr_tree_map_interrupt() - Look up the INTx interrupt of a PCI function in `interrupt-map`
 * @n: Node of the host.
 * @function: VWR_PCI_FUNCTION() of a function on a root bus of the host.
 * @pin: 1 to 4 for INTA to INTD.
 * @i: Filled in with the interrupt; @i->count is 0 after an error.
 *
 * Return: VWR_OK.
 * * VWR_EUNSUPP, VWR_EPROTO, VWR_ERANGE: as for all properties ("Flattened device trees").
 */
VWR_MUST_CHECK int vwr_tree_map_interrupt(struct vwr_tree_node *n, uint32_t function, unsigned pin,
                                          struct vwr_interrupt *i);

/**
 * vwr_tree_map_message() - Look up the MSI controller of a PCI function in `msi-map` or `msi-parent`
 * @n: Node of the host.
 * @function: VWR_PCI_FUNCTION() of the function.
 * @controller: Filled in with the controller's phandle.
 * @id: Filled in with the ID by which the controller identifies the function.
 *
 * Return: VWR_OK.
 * * VWR_EUNSUPP, VWR_EPROTO, VWR_ERANGE: as for all properties ("Flattened device trees").
 */
VWR_MUST_CHECK int vwr_tree_map_message(struct vwr_tree_node *n, uint32_t function, uint32_t *controller,
                                        uint32_t *id);

/**
 * vwr_tree_explain() - Describe an error in a device tree
 * @n: Node that was passed to that function.
 * @result: Result of that function.
 * @text: Buffer of the caller for the message. It is always terminated if @bytes > 0.
 * @bytes: Size of @text in bytes.
 *
 * The message names the node and the property::
 *
 *     /soc/virtio_mmio@10008000: interrupts has too few cells, or says what cannot be
 *
 * Return: Length of the whole message in bytes, without the terminator, even if it did not fit.
 */
size_t vwr_tree_explain(const struct vwr_tree_node *n, int result, char *text, size_t bytes);

VWR_END_C

#endif
