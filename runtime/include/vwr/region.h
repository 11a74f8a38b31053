/* SPDX-License-Identifier: MIT */
#ifndef VWR_REGION_H
#define VWR_REGION_H

#include "vwr/base.h"
#include "vwr/result.h"

VWR_BEGIN_C

struct vwr_mmio;
struct vwr_pci;

/**
 * DOC: Regions of shared memory, driver side
 *
 * A device may have memory that it shares with its driver, such as the DAX window of a file system.
 * The transport reports where it is. There is one function for each transport; a program that calls
 * neither links neither::
 *
 *     r = vwr_mmio_get_region(mmio, VWR_FS_SHM_ID_DAX_WINDOW, &window);
 *     if (r == VWR_OK)
 *         at = map(window.addr, window.bytes); // the caller's own, as memory
 *
 * The header of a device defines the ids of its regions, enum vwr_X_shm_id. The driver maps no
 * memory: the caller does, with the attributes that the device's section demands. A recovery does
 * not move a region.
 *
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 *
 * Section: Basic Facilities of a Virtio Device / Shared Memory Regions.
 */

/**
 * struct vwr_region - A region of shared memory
 * @addr: Address. On PCI it is an address of the bus, as struct vwr_pci_window has it.
 * @bytes: Size in bytes, not 0. The region ends below the largest address.
 */
struct vwr_region {
    uint64_t addr;
    uint64_t bytes;
};

/**
 * vwr_mmio_get_region() - Find a region of a device on virtio-mmio
 * @m: Probed device, open or not.
 * @id: Region.
 * @region: Filled in with the region.
 *
 * Context: The device's owner. Does not wait.
 * Return: VWR_OK.
 * * VWR_ENODEV: the device does not have the region; a legacy device has none.
 * * VWR_EPROTO: the region is empty, or does not end below the largest address.
 * Section: Virtio Over MMIO / MMIO Device Register Layout.
 */
VWR_MUST_CHECK int vwr_mmio_get_region(const struct vwr_mmio *m, uint8_t id, struct vwr_region *region);

/**
 * vwr_pci_get_region() - Find a region of a device on PCI
 * @p: Probed device that is not open, because sizing the BAR disables it for a moment.
 * @id: Region.
 * @region: Filled in with the region.
 *
 * The first capability with this id counts. The call enables the decoder of memory. A window of the
 * host that contains the BAR need not be mapped for the CPU. Loops visit at most 48 capabilities
 * and the host's windows.
 *
 * Context: The device's owner. Does not wait. Not from an interrupt handler.
 * Return: VWR_OK.
 * * VWR_ENODEV: the device does not have the region; a legacy device has none.
 * * VWR_EPROTO: the region is empty, or is not within a BAR of memory.
 * * VWR_ERANGE: the BAR is in none of the host's windows.
 * Section: Virtio Over PCI Bus / PCI Device Layout / Shared memory capability.
 */
VWR_MUST_CHECK int vwr_pci_get_region(struct vwr_pci *p, uint8_t id, struct vwr_region *region);

VWR_END_C

#endif
