/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_SLOT_H
#define VWR_QEMU_SLOT_H

#include "vwr/mmio.h"
#include "vwr/pci.h"

/* A device in a slot, whatever bus the board has its slots on. */
union found {
    struct vwr_dev dev; /* the first of both */
    struct vwr_mmio mmio;
    struct vwr_pci pci;
};

/*
 * What firmware and a kernel do with the device in slot `number`, until a driver opens it; on PCI places all
 * devices first, once for a machine, and has the interrupts come as the board says.
 */
void slot_probe(union found *s, unsigned number);

/* The host bridge of the machine; all behind it are placed. */
struct vwr_pci_host *slot_host(void);

/* Of the device itself, not the driver's word. */
uint32_t slot_status(const union found *s);

/*
 * Has the device in slot `number` interrupted, by line or by message? If so what vwr_dev_irq answers; of
 * messages which of both it was. 0: no. Lines: after machine_watch_lines.
 */
uint32_t slot_irq(union found *s, unsigned number);

#endif
