/* SPDX-License-Identifier: MIT */
#ifndef VWR_FDT_NODE_H
#define VWR_FDT_NODE_H

#include "vwr/tree.h"

VWR_BEGIN_C

/**
 * DOC: Flattened device trees, through libfdt
 *
 * These functions answer the queries of vwr/tree.h with libfdt, for programs that link it anyway.
 * Their results are those of the functions of vwr/tree.h with the same endings. Both agree on every
 * tree that both accept (tests/qemu/trees, fuzz_tree). A tree has passed fdt_check_full(); a node
 * is its offset in the tree.
 *
 * Functions that read a property return
 *
 * - VWR_EUNSUPP: the property is missing.
 * - VWR_EPROTO: the property is too short, or has an invalid number of cells or an invalid phandle.
 * - VWR_ERANGE: the property has no such entry, or no entry that translates the address or covers
 *   the PCI function.
 */

/**
 * vwr_fdt_is_compatible() - Test a node's `compatible` property
 * @fdt: Tree.
 * @node: Node.
 * @compatible: Compatible string.
 *
 * Context: Any. Does not wait.
 * Return: true if the property lists @compatible.
 */
bool vwr_fdt_is_compatible(const void *fdt, int node, const char *compatible);

/**
 * vwr_fdt_is_enabled() - Test the `status` property of a node and its parents
 * @fdt: Tree.
 * @node: Node.
 *
 * Context: Any. Does not wait.
 * Return: true if the node and all of its parents are enabled.
 */
bool vwr_fdt_is_enabled(const void *fdt, int node);

/**
 * vwr_fdt_is_coherent() - Test whether DMA of the device is coherent
 * @fdt: Tree.
 * @node: Node.
 *
 * The property is taken from the node, or else from its nearest parent that has `dma-coherent` or
 * `dma-noncoherent`.
 *
 * Context: Any. Does not wait.
 * Return: true if that node has `dma-coherent` without `dma-noncoherent`.
 */
bool vwr_fdt_is_coherent(const void *fdt, int node);

/**
 * vwr_fdt_check_dma() - Check that a device accesses memory at CPU addresses
 * @fdt: Tree.
 * @node: Node of the device or of a PCI host.
 *
 * Context: Any. Does not wait.
 * Return: VWR_OK.
 * * VWR_EPROTO: `dma-ranges` of the node or of a parent maps memory to other addresses, or is
 *   invalid.
 */
VWR_MUST_CHECK int vwr_fdt_check_dma(const void *fdt, int node);

/**
 * vwr_fdt_reg() - Read an entry of `reg` as a CPU address
 * @fdt: Tree.
 * @node: Node.
 * @index: Index of the entry.
 * @at: Filled in with the address, translated by the `ranges` of the parents.
 * @bytes: Filled in with the size in bytes.
 *
 * Context: Any. Does not wait.
 * Return: VWR_OK.
 * * VWR_EUNSUPP, VWR_EPROTO, VWR_ERANGE: see the head of this file.
 */
VWR_MUST_CHECK int vwr_fdt_reg(const void *fdt, int node, unsigned index, uint64_t *at, uint64_t *bytes);

/**
 * vwr_fdt_interrupt() - Find the controller of a node's first interrupt
 * @fdt: Tree.
 * @node: Node.
 * @i: Filled in with the interrupt; @i->count is 0 after an error.
 *
 * The first entry of `interrupts-extended` or `interrupts` is followed through every
 * `interrupt-map` to a node with `interrupt-controller`.
 *
 * Context: Any. Does not wait.
 * Return: VWR_OK.
 * * VWR_EUNSUPP: the node has no interrupt.
 * * VWR_EPROTO: the way to the controller is missing, invalid, or longer than VWR_TREE_MAPS.
 */
VWR_MUST_CHECK int vwr_fdt_interrupt(const void *fdt, int node, struct vwr_interrupt *i);

/**
 * vwr_fdt_window() - Read an entry of a PCI host's `ranges`
 * @fdt: Tree.
 * @node: Node of the host.
 * @index: Index of the entry.
 * @w: Filled in with the entry.
 *
 * Context: Any. Does not wait.
 * Return: 1: @w is valid. 0: there is no such entry.
 * * VWR_EUNSUPP, VWR_EPROTO, VWR_ERANGE: see the head of this file.
 */
VWR_MUST_CHECK int vwr_fdt_window(const void *fdt, int node, unsigned index, struct vwr_tree_window *w);

/**
 * vwr_fdt_buses() - Read a PCI host's range of buses
 * @fdt: Tree.
 * @node: Node of the host.
 * @first: Filled in with the first bus number.
 * @last: Filled in with the last bus number: that of `bus-range`, limited to the buses whose
 *   configuration space fits `reg`.
 *
 * Context: Any. Does not wait.
 * Return: VWR_OK.
 * * VWR_EUNSUPP, VWR_EPROTO, VWR_ERANGE: see the head of this file.
 */
VWR_MUST_CHECK int vwr_fdt_buses(const void *fdt, int node, uint8_t *first, uint8_t *last);

/**
 * vwr_fdt_map_interrupt() - Look up the INTx interrupt of a PCI function by `interrupt-map`
 * @fdt: Tree.
 * @node: Node of the host.
 * @function: VWR_PCI_FUNCTION() of a function on a root bus of the host.
 * @pin: 1 to 4 for INTA to INTD.
 * @i: Filled in with the interrupt; @i->count is 0 after an error.
 *
 * Context: Any. Does not wait.
 * Return: VWR_OK.
 * * VWR_EUNSUPP, VWR_EPROTO, VWR_ERANGE: see the head of this file.
 */
VWR_MUST_CHECK int vwr_fdt_map_interrupt(const void *fdt, int node, uint32_t function, unsigned pin,
                                         struct vwr_interrupt *i);

/**
 * vwr_fdt_map_message() - Look up the MSI controller of a PCI function by `msi-map` or `msi-parent`
 * @fdt: Tree.
 * @node: Node of the host.
 * @function: VWR_PCI_FUNCTION() of the function.
 * @controller: Filled in with the controller's phandle.
 * @id: Filled in with the function's ID at the controller.
 *
 * Context: Any. Does not wait.
 * Return: VWR_OK.
 * * VWR_EUNSUPP, VWR_EPROTO, VWR_ERANGE: see the head of this file.
 */
VWR_MUST_CHECK int vwr_fdt_map_message(const void *fdt, int node, uint32_t function, uint32_t *controller,
                                       uint32_t *id);

/**
 * struct vwr_fdt_iommu - The IOMMU of a device
 * @node: Its node. A virtio-iommu is compatible with "virtio,pci-iommu" or "virtio,mmio".
 * @endpoint: Number of the device, for vwr_iommu_attach().
 * @wrong: After VWR_EPROTO, the name of the invalid property.
 */
struct vwr_fdt_iommu {
    int node;
    uint32_t endpoint;
    const char *wrong;
};

/**
 * vwr_fdt_iommu() - Find the IOMMU of a device, for which vwr/tree.h has no function
 * @fdt: Tree.
 * @node: Node of the device; for a PCI function, that of its host.
 * @function: Requester ID of a PCI function; for other devices, any number.
 * @i: Filled in, from the first entry of `iommus`, or from `iommu-map` and `iommu-map-mask`.
 *
 * Context: Any. Does not wait.
 * Return: VWR_OK.
 * * VWR_EUNSUPP, VWR_ERANGE: the device is not behind an IOMMU.
 * * VWR_EPROTO: a property is invalid, or an endpoint is not one cell, as for every virtio-iommu.
 */
VWR_MUST_CHECK int vwr_fdt_iommu(const void *fdt, int node, uint32_t function, struct vwr_fdt_iommu *i);

VWR_END_C

#endif
