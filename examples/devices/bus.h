/* SPDX-License-Identifier: MIT */
#ifndef DEVICES_BUS_H
#define DEVICES_BUS_H

#include "vwr/dev.h"

/*
 * The devices of QEMU's virt board, on virtio-mmio and PCI; the rest of the program is independent of the
 * transport.
 */

#define BUS_DEVICES 64u

struct bus_device {
    struct vwr_dev *dev;
    uint32_t at;        /* address of its registers; on PCI its bus, device and function number */
    uint32_t interrupt; /* number at the interrupt controller; may be shared */
};

/* Prints and finds all devices, without writing to them. Returns their number. */
unsigned bus_find(struct bus_device *found);

#endif
