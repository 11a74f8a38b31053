/* SPDX-License-Identifier: MIT */
#include "vwr/vconsole.h"
#include "vwr/vm.h"
#include "vwr/vmmio.h"
#ifdef SIDE_both
#include "vwr/vblk_disk.h"
#endif

#include <stdio.h>

/* A VM with a console whose registers are read. Built as C11 and as C++17. */

#define QUEUE_SIZE 16

static uint64_t raised;

static void irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    (void)vm;
    raised += line + level;
}

static uint32_t output(struct vwr_vconsole *c, unsigned port, const uint8_t *bytes, uint32_t n)
{
    (void)c;
    (void)port;
    (void)bytes;
    return n;
}

static struct vwr_vm vm;
static struct vwr_vm_ops ops;
static struct vwr_memory_region ram;
static struct vwr_vdev *slot[1];
static struct vwr_vconsole console;
static struct vwr_vqueue queue[VWR_VCONSOLE_QUEUES(1)];
static struct vwr_vqueue_entry own[VWR_VDEV_OWN(VWR_VCONSOLE_QUEUES(1), QUEUE_SIZE)];

static int add_console(void)
{
    static uint64_t memory[512];
    static struct vwr_vconsole_ops console_ops;
    static struct vwr_vconsole_port port;
    static struct vwr_vconsole_options options;
    static struct vwr_vm_setup of_vm;
    static struct vwr_vdev_setup setup;

    ram.addr = sizeof(memory); /* behind the windows */
    ram.bytes = sizeof(memory);
    ram.host = memory;
    ops.irq = irq;
    of_vm.ops = &ops;
    of_vm.region = &ram;
    of_vm.region_count = 1;
    of_vm.stride = VWR_MMIO_SIZE;
    of_vm.slot = slot;
    of_vm.slot_count = 1;
    console_ops.output = output;
    options.ops = &console_ops;
    options.port = &port;
    options.port_count = 1;
    setup.vm = &vm;
    setup.queue = queue;
    setup.queue_count = VWR_COUNT(queue);
    setup.queue_size = QUEUE_SIZE;
    setup.own = own;
    setup.own_count = VWR_COUNT(own);
    vwr_vdev_features(&setup.features);
    if (vwr_vm_init(&vm, &of_vm) != VWR_OK || vwr_vconsole_init_with(&console, &setup, &options) != VWR_OK)
        return VWR_EINVAL;
    return vwr_vm_add(&vm, 0, &console.dev);
}

/* Returns whether the build includes the bridge between both sides. */
static bool has_bridge(void)
{
#ifdef SIDE_both
    static struct vwr_vblk_disk disk;
    static struct vwr_blk blk;
    static struct vwr_vblk_disk_options none; /* no slots */

    return vwr_vblk_disk_init(&disk, &blk, &none) == VWR_ENOMEM;
#else
    return false;
#endif
}

int main(void)
{
    uint64_t id = 0;
    uint64_t version = 0;

    if (add_console() != VWR_OK || !vwr_vm_access(&vm, VWR_MMIO_DEVICE_ID, 4, false, &id) ||
        !vwr_vm_access(&vm, VWR_MMIO_VERSION, 4, false, &version) || id != VWR_CONSOLE_ID || raised != 0)
        return 1;
    printf("console, version %u; disk on a real one: %s\n", (unsigned)version, has_bridge() ? "yes" : "no");
    return 0;
}
