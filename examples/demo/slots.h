/* SPDX-License-Identifier: MIT */
#ifndef DEMO_SLOTS_H
#define DEMO_SLOTS_H

#include "vwr/mmio.h"

/*
 * QEMU's virt board (hw/arm/virt.c there; the virtio_mmio nodes of its device tree): as many register blocks,
 * empty or not, always at the same place; slot n has line SLOTS_LINE + n of those that devices have.
 */
#ifndef SLOTS_BASE
#define SLOTS_BASE 0x0a000000ul
#endif
#define SLOTS 32u
#define SLOTS_LINE 16u

/* For vwr_mmio_scan_next: all slots, from the first one on. */
struct vwr_mmio_scan slots_scan(void);

/* The first slot with a disk; false: there is none. */
bool slots_find_disk(struct vwr_mmio *disk);

/* The line of what was found, among those that devices have. */
uint32_t slots_line(const struct vwr_mmio *m);

#endif
