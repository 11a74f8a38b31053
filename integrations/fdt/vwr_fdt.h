/* SPDX-License-Identifier: MIT */
#ifndef VWR_FDT_H
#define VWR_FDT_H

#include "vplan.h"

VWR_BEGIN_C

/**
 * vwr_fdt_add_devices() - Add a VM's devices to its device tree
 * @fdt: Device tree, open for writing (fdt_open_into()), with free space of VWR_FDT_BYTES for each
 *   device and VWR_FDT_BUS_BYTES for a bus. Its root defines the number of address cells, and the
 *   root's interrupt-parent is a GIC.
 * @plan: Plan.
 * @vm: Index of the VM in the plan.
 *
 * For a VM on virtio-mmio, the function adds nodes "virtio,mmio" below the root, sorted by address,
 * before the existing nodes. For a VM on PCI, it adds a node for the bus, and below the GIC one for
 * the MSI frame. The root and the GIC then have two address cells.
 *
 * Context: Any. Does not wait.
 * Return: 0, or an error of libfdt. After an error, some nodes may have been added.
 * * -FDT_ERR_NOSPACE: the free space is too small.
 * * -FDT_ERR_EXISTS: a node of that name exists.
 * * -FDT_ERR_BADVALUE: an address does not fit the root's address cells.
 * * -FDT_ERR_BADNCELLS: VM on PCI: the root or the GIC has another number of address cells than two.
 * * -FDT_ERR_NOTFOUND, -FDT_ERR_BADPHANDLE: VM on PCI: the root has no usable interrupt-parent.
 */
int vwr_fdt_add_devices(void *fdt, const struct vwr_vplan *plan, uint32_t vm);

/* Maximum sizes in bytes; the names of properties take another 64 for all devices together. */
#define VWR_FDT_BUS_BYTES 768 /* a bus and its MSI frame */
#define VWR_FDT_BYTES 192     /* a device */

VWR_END_C

#endif
