/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_SLOT_H
#define VWR_QEMU_SLOT_H

#include "vwr/mmio.h"
#include "vwr/pci.h"

/* A device in a slot, on any bus. */
union found {
    struct vwr_dev dev; /* first member of both */
    struct vwr_mmio mmio;
    struct vwr_pci pci;
};

/*
 * Prepares the device in slot `number`, as firmware and a kernel do before a driver opens it. On PCI it
 * places all devices first, once for each machine, and sets up the board's kind of interrupts.
 */
void slot_probe(union found *s, unsigned number);

/*
 * Number of descriptors that memory for queue `index` must have: `size`, except through PCI's legacy
 * interface, where it is the device's own, which differs between versions of QEMU.
 */
uint16_t slot_queue_size(union found *s, unsigned index, uint16_t size);

/* The machine's host bridge; all devices behind it are placed. */
struct vwr_pci_host *slot_host(void);

/* Status read from the device, not from the driver's state. */
uint32_t slot_status(const union found *s);

/*
 * Checks for an interrupt of slot `number`, by line or by message. Returns 0 for none; otherwise the result
 * of vwr_dev_irq, or for messages which of the two arrived. Lines need machine_watch_lines.
 */
uint32_t slot_irq(union found *s, unsigned number);

#endif
