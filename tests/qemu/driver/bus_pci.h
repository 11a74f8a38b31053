/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_BUS_PCI_H
#define VWR_QEMU_BUS_PCI_H

#include "vwr/pci.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Registers of devices on PCI, for bus.c: each access is checked against the generated table of the interface
 * that the device is driven by, and what is written is noted under the name that virtio-mmio has for it, so
 * that whoever looks at the rings need not know the bus.
 */

/* From here on the device in `slot` is this one. */
void bus_pci_watch(unsigned slot, const struct vwr_pci *p);

/* The machine has gone, and all its devices with it. */
void bus_pci_forget(void);

/* Before the access: checks it. A register of a device that is watched: it is noted. */
void bus_pci_check(uint64_t addr, unsigned bytes, unsigned access, uint32_t value);

/* Behind a read. */
void bus_pci_has_read(uint64_t addr, uint32_t value);

/* Its type, and where its configuration is. */
uint32_t bus_pci_type(unsigned slot);
uint64_t bus_pci_config(unsigned slot);

#endif
