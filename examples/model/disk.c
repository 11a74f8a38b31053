/* SPDX-License-Identifier: MIT */
/* A device model for words.c: a disk of this library, in memory. */
#include "vwr/vblk_memory.h"
#include "vwr/vm.h"

#include "words.h"

#define DEVICE 0x10001000u
#define SECTORS 8u

static uint8_t content[SECTORS * VWR_BLK_SECTOR_BYTES];
static struct vwr_vblk_memory backend;
static struct vwr_vblk_own own;
static struct vwr_vblk disk;
static struct vwr_memory_region region;
static struct vwr_vdev *slot[1];
static struct vwr_vm vm;

static void irq(struct vwr_vm *v, uint32_t line, bool level)
{
    (void)v, (void)line;
    model_line(level);
}

uint64_t model_start(int count, char **words, void *memory, uint64_t addr, uint64_t bytes)
{
    static const struct vwr_vm_ops ops = {.irq = irq};
    const struct vwr_vm_setup setup = {.ops = &ops,
                                       .region = &region,
                                       .region_count = 1,
                                       .slot = slot,
                                       .slot_count = 1,
                                       .base = DEVICE,
                                       .stride = VWR_MMIO_SIZE};
    const struct vwr_vblk_options o = {.backend = &backend.backend};
    struct vwr_vdev_setup device = {.vm = &vm};

    (void)count, (void)words; /* the disk is in this program */
    region = (struct vwr_memory_region){.addr = addr, .bytes = bytes, .host = memory};
    vwr_vdev_features(&device.features);
    vwr_vblk_memory_init(&backend, content, sizeof(content), false, NULL);
    if (vwr_vm_init(&vm, &setup) != VWR_OK || vwr_vblk_init(&disk, &device, &own, &o) != VWR_OK ||
        vwr_vm_add(&vm, 0, &disk.dev) != VWR_OK)
        return 0;
    model_line(false);
    return DEVICE;
}

bool model_access(uint64_t addr, unsigned bytes, bool is_write, uint64_t *value)
{
    return vwr_vm_access(&vm, addr, bytes, is_write, value);
}
