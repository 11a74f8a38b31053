/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_BUS_PCI_H
#define VWR_QEMU_BUS_PCI_H

#include "vwr/pci.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Registers of PCI devices, for bus.c. Each access is checked against the generated table of the device's
 * interface, and each write is recorded under the corresponding virtio-mmio register, so that code that
 * examines rings does not depend on the bus.
 */

/* Assigns the device to `slot`. */
void bus_pci_watch(unsigned slot, const struct vwr_pci *p);

/* Forgets all devices, because the machine has stopped. */
void bus_pci_forget(void);

/* Called before an access: checks it, and records it if the register belongs to a watched device. */
void bus_pci_check(uint64_t addr, unsigned bytes, unsigned access, uint32_t value);

/* Called after a read. */
void bus_pci_has_read(uint64_t addr, uint32_t value);

/* The device's type, and the address of its configuration space. */
uint32_t bus_pci_type(unsigned slot);
uint64_t bus_pci_config(unsigned slot);

#endif
