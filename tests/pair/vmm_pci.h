/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_VMM_PCI_H
#define VWR_PAIR_VMM_PCI_H

#include "vmm.h"
#include "vwr/vpci.h"

/* The devices of vmm.h as PCI functions. */

#define VMM_PCI_ECAM_BYTES ((size_t)4 * VWR_VPCI_BUS_BYTES)
#define VMM_PCI_WINDOW_BYTES ((size_t)8 << 20)
#define VMM_PCI_IO_BYTES ((size_t)64 << 10)
#define VMM_PCI_BYTES (VMM_PCI_ECAM_BYTES + VMM_PCI_WINDOW_BYTES + VMM_PCI_IO_BYTES)

/* Position of these windows among the driver's registers. */
#define VMM_PCI ((size_t)VMM_SLOTS * VMM_STRIDE)

void vmm_pci_begin(void);
/*
 * Whether the device is a PCI function. A legacy device needs an id, and a driver whose queues all have the
 * device's size (is_sized), which is not the case for a SCSI host and for a card's control queue.
 */
bool vmm_pci_takes(const struct vwr_vdev *v);
bool vmm_pci_is_sized(const struct vwr_vdev *v);
void vmm_pci_add(unsigned slot, struct vwr_vdev *v);
/* Where the guest has placed the region of shared memory of a function: VWR_VPCI_NOWHERE, nowhere. */
uint64_t vmm_pci_region(void);
/* Its function and its vectors. */
struct vwr_vpci *vmm_pci_function(unsigned slot);

int vmm_pci_find(struct vwr_pci *p, unsigned slot, volatile void *windows);

/* An access to the windows. */
void vmm_pci_access(size_t at, unsigned bytes, bool is_write, uint64_t *value);

/* The function whose configuration space or BAR an access to the windows meets, and the offset in it; NULL:
 * none. */
const struct vwr_vpci *vmm_pci_at(size_t at, unsigned *offset, bool *is_space);

/* The meaning of the message: enum vwr_pci_isr. */
uint32_t vmm_pci_reasons(const struct vwr_vdev *v, uint32_t data);

/* The slot of a device that sends this message; a wrong message fails a check. */
unsigned vmm_pci_slot(uint64_t addr, uint32_t data);

#endif
