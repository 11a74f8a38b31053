/* SPDX-License-Identifier: MIT */
/* A disk with registers in shared memory, for a driver whose accesses do not trap. */
#include "shared.h"
#include "vwr/vbell.h"
#include "vwr/vblk.h"
#include "vwr/vblk_memory.h"
#include "vwr/vm.h"

static struct vwr_vdev *slots[1];
static struct vwr_memory_region region;
static struct vwr_vm vm;
static struct vwr_vblk blk;
static struct vwr_vblk_own own;
static struct vwr_vblk_memory memory_of;
static struct vwr_vbell bell;

/* The bell rings instead. */
static void irq(struct vwr_vm *v, uint32_t line, bool level)
{
    (void)v;
    (void)line;
    (void)level;
}

static void again(struct vwr_vm *v, struct vwr_vdev *dev, uint16_t queue)
{
    (void)v;
    vwr_vdev_serve(dev, queue);
}

int device_begin(void *memory, uint64_t addr, void *disk, uint32_t disk_bytes,
                 void (*ring)(void *context, uint32_t reason))
{
    static const struct vwr_vm_ops ops = {.irq = irq, .again = again};
    const struct vwr_vm_setup s = {
        .ops = &ops, .region = &region, .region_count = 1, .slot = slots, .slot_count = 1};
    const struct vwr_vdev_setup setup = {.vm = &vm};
    const struct vwr_vblk_options options = {.backend = &memory_of.backend, .id = "bell"};
    const struct vwr_vbell_setup block = {.v = &blk.dev, .block = memory, .bytes = BLOCK_BYTES, .ring = ring};
    int r;

    region = (struct vwr_memory_region){addr, SHARED_BYTES, memory};
    vwr_vblk_memory_init(&memory_of, disk, disk_bytes, false, NULL);
    r = vwr_vm_init(&vm, &s);
    if (r == VWR_OK)
        r = vwr_vblk_init(&blk, &setup, &own, &options);
    return r == VWR_OK ? vwr_vbell_init(&bell, &block) : r;
}

/* A bell without numbers. */
void device_rung(void)
{
    vwr_vbell_rung(&bell, VWR_BELL_ANY);
}
