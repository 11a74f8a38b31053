/* SPDX-License-Identifier: MIT */
#ifndef BOARDS_FIND_H
#define BOARDS_FIND_H

#include "board.h"
#include "vwr/mmio.h"

#define FIND_DEVICES 40u /* virtio-mmio slots, and a few functions of PCI */
#define FIND_CELLS 4u

/* A device, and how it reaches the processor. */
struct find_device {
    struct vwr_dev *dev;
    struct vwr_pci *pci;        /* NULL: it is on virtio-mmio */
    uint64_t at;                /* its registers; on PCI its function */
    uint32_t cells[FIND_CELLS]; /* its line, for board_line */
    unsigned cell_count;        /* 0: it has none that the machine says */
    uint32_t id;                /* at the MSI controller, for board_message */
    bool messages;              /* there is one */
};

/* All devices of virtio that the machine says it has; PCI is placed where no firmware has done it. */
unsigned find_all(const struct board_description *d, struct find_device *found, unsigned max);

/* "polled" or "interrupt" of the command line; NULL: neither. */
const char *find_mode(const struct board_description *d);

#endif
