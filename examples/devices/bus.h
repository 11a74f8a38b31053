/* SPDX-License-Identifier: MIT */
#ifndef DEVICES_BUS_H
#define DEVICES_BUS_H

#include "vwr/dev.h"

/* The devices of QEMU's virt board, on virtio-mmio and on PCI. From here on nobody asks which it is. */

#define BUS_DEVICES 64u

struct bus_device {
    struct vwr_dev *dev;
    uint32_t at;        /* its registers; on PCI its function: bus, device and function by their bits */
    uint32_t interrupt; /* its number at the interrupt controller; several may share one */
};

/* Says what there is, and finds it: how many devices. Nothing is written to one. */
unsigned bus_find(struct bus_device *found);

#endif
