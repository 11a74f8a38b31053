/* SPDX-License-Identifier: MIT */
#ifndef DISK_PCI_H
#define DISK_PCI_H

#include "vwr/base.h"

/* Provided by the hypervisor. */
void hv_message(uint64_t addr, uint32_t data); /* the guest's interrupt controller: an MSI */
void hv_interrupt(uint32_t line, bool level);  /* for a driver without MSI-X */
void hv_work(void);                            /* call disk_pci_work soon, outside of an access */

/* Provided by disk_pci.c. The guest has `ram` at DISK_PCI_RAM, and its PCI windows at the others. */
#define DISK_PCI_RAM UINT64_C(0x40000000)
#define DISK_PCI_ECAM UINT64_C(0x3f000000) /* configuration spaces of one bus */
#define DISK_PCI_WINDOW UINT64_C(0x10000000)
#define DISK_PCI_WINDOW_BYTES 0x100000u /* for BARs */
#define DISK_PCI_LINE 35u

bool disk_pci_start(void *ram, uint64_t bytes, void *medium, uint64_t medium_bytes);
bool disk_pci_abort(uint64_t addr, unsigned bytes, bool is_write, uint64_t *value); /* false: not PCI */
void disk_pci_work(void);
void disk_pci_guest_reset(void);

#endif
