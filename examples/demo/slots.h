/* SPDX-License-Identifier: MIT */
#ifndef DEMO_SLOTS_H
#define DEMO_SLOTS_H

#include "vwr/mmio.h"

/*
 * QEMU's virt board (hw/arm/virt.c in QEMU; the virtio_mmio nodes of its device tree): a fixed number of
 * register blocks, empty or not, at fixed addresses; slot n has interrupt SLOTS_LINE + n of the shared ones.
 */
#ifndef SLOTS_BASE
#define SLOTS_BASE 0x0a000000ul
#endif
#define SLOTS 32u
#define SLOTS_LINE 16u

/* For vwr_mmio_scan_next: all slots. */
struct vwr_mmio_scan slots_scan(void);

/* Finds the first slot with a disk; false: none. */
bool slots_find_disk(struct vwr_mmio *disk);

/* Interrupt of a slot, among the shared ones. */
uint32_t slots_line(const struct vwr_mmio *m);

#endif
