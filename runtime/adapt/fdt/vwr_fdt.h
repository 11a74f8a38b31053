/* SPDX-License-Identifier: MIT */
#ifndef VWR_FDT_H
#define VWR_FDT_H

#include "vwr/vplan.h"

VWR_BEGIN_C

/*
 * Adds the devices of VM `vm` of a plan to a guest's device tree: nodes "virtio,mmio" below the root, sorted
 * by address, before the existing nodes. For a VM on PCI it adds a node of the bus, and one of the frame for
 * messages below the GIC, which then has two address cells, as has the root. `fdt` is open (fdt_open_into)
 * with enough space: VWR_FDT_BYTES per device, and VWR_FDT_BUS_BYTES for a bus. The root defines the number
 * of address cells; its interrupt-parent is a GIC. Returns 0 or an error of libfdt: -FDT_ERR_NOSPACE;
 * -FDT_ERR_EXISTS: a node of that name exists; -FDT_ERR_BADVALUE: an address does not fit the root's cells;
 * -FDT_ERR_BADNCELLS: for a bus, root or GIC have another number of cells than two; -FDT_ERR_NOTFOUND,
 * -FDT_ERR_BADPHANDLE: for a bus, the root has no interrupt-parent. After an error some of the nodes may have
 * been added.
 */
int vwr_fdt_add_devices(void *fdt, const struct vwr_vplan *plan, uint32_t vm);

#define VWR_FDT_BUS_BYTES \
    768 /* not the specification's: maximum for bus and frame, with the names of their properties */

#define VWR_FDT_BYTES \
    192 /* not the specification's: maximum for one device; another 64 for the names of properties */

VWR_END_C

#endif
