/* SPDX-License-Identifier: MIT */
#ifndef EMBED_FIND_H
#define EMBED_FIND_H

#include "vwr_example.h"

/*
 * The devices of QEMU's virt machine, for an image of a copy. The examples of an MMIO-only copy take the
 * registers; those of a copy with PCI (WITH_PCI) take a probed device. WITH_MMIO: the probe for both versions
 * exists.
 */
#define SLOTS 0x0a000000ul
#define SLOT_BYTES 0x200ul
#define SLOT_COUNT 32u

#ifdef WITH_PCI
typedef struct vwr_dev *device;

#define PCI_SPACE 0x4010000000ul
#define PCI_WINDOW 0x10000000ul
#define PCI_WINDOW_BYTES 0x2eff0000ul
#define PCI_DEVICES 16u

static int find_functions(void (*look_at)(device d, uint32_t type))
{
    static struct vwr_pci_window window = {.bus = PCI_WINDOW,
                                           .bytes = PCI_WINDOW_BYTES,
                                           .cpu = (volatile void *)PCI_WINDOW,
                                           .kind = VWR_PCI_MEMORY};
    static struct vwr_pci_host host = {
        .access = &vwr_pci_ecam, .space = (volatile void *)PCI_SPACE, .windows = &window, .window_count = 1};
    static struct vwr_pci found[PCI_DEVICES];
    const int count = vwr_example_find(&host, found, PCI_DEVICES);

    for (int i = 0; i < count; i++)
        look_at(&found[i].dev, found[i].dev.type);
    return count;
}
#else
typedef volatile void *device;
#endif

#ifdef WITH_MMIO
static void find_slots(void (*look_at)(device d, uint32_t type))
{
    static struct vwr_mmio found[SLOT_COUNT];

    for (unsigned slot = 0; slot < SLOT_COUNT; slot++) {
        volatile void *const registers = (volatile void *)(SLOTS + slot * SLOT_BYTES);

        if (vwr_mmio_probe(&found[slot], registers, VWR_MMIO_SIZE) == VWR_OK)
#ifdef WITH_PCI
            look_at(&found[slot].dev, found[slot].dev.type);
#else
            look_at(registers, found[slot].dev.type);
#endif
    }
}
#endif

#endif
