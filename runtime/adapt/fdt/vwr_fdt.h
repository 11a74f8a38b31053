/* SPDX-License-Identifier: MIT */
#ifndef VWR_FDT_H
#define VWR_FDT_H

#include "vwr/vplan.h"

VWR_BEGIN_C

/*
 * Adds the devices of VM `vm` of a plan to a guest's device tree: nodes "virtio,mmio" below the root, sorted
 * by address, before the existing nodes. `fdt` is open (fdt_open_into) with enough space: VWR_FDT_BYTES per
 * device. The root defines the number of address cells; its interrupt-parent is a GIC. Returns 0 or an error
 * of libfdt: -FDT_ERR_NOSPACE; -FDT_ERR_EXISTS: a node of that name exists; -FDT_ERR_BADVALUE: an address
 * does not fit the root's cells. After an error some of the nodes may have been added.
 */
int vwr_fdt_add_devices(void *fdt, const struct vwr_vplan *plan, uint32_t vm);

#define VWR_FDT_BYTES \
    192 /* not the specification's: maximum for one device; another 64 for the names of properties */

VWR_END_C

#endif
