/* SPDX-License-Identifier: MIT */
#ifndef VWR_FDT_H
#define VWR_FDT_H

#include "vwr/vplan.h"

VWR_BEGIN_C

/*
 * Adds the devices of VM `vm` of a plan to a guest's device tree: nodes "virtio,mmio" below the root, in the
 * order of their addresses, before the nodes that are there. `fdt` is open (fdt_open_into) with room for
 * them: VWR_FDT_BYTES for each device. The root says how many cells an address has; its interrupt-parent
 * is a GIC. 0, or libfdt's error: -FDT_ERR_NOSPACE; -FDT_ERR_EXISTS: there is a node of that name already;
 * -FDT_ERR_BADVALUE: an address that the root's cells have no room for. After an error some may be there.
 */
int vwr_fdt_add_devices(void *fdt, const struct vwr_vplan *plan, uint32_t vm);

#define VWR_FDT_BYTES \
    192 /* not the specification's: at most, for one device; and 64 for the names of properties, once */

VWR_END_C

#endif
