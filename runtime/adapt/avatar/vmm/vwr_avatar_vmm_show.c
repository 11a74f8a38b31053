/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#include "io.h"
#include "vwr_avatar_vmm.h"

/* What is printed. */

void vwr_avatar_line(void *context, const char *line)
{
    (void)context;
    logger_info("%s\n", line);
}

void virtio_print_device_info(void)
{
    logger_info("VirtIO: a VM's devices are at 0x%llx + VM x 0x%x + device x 0x%x\n",
                (uint64_t)VIRTIO_MMIO_BASE, VIRTIO_MMIO_VM_SIZE, VIRTIO_MMIO_SIZE);
    logger_info("VirtIO: with interrupts %d + VM x %d + device\n", VIRTIO_IRQ_BASE, VIRTIO_VM_IRQS);
    for (uint32_t i = 0; i < VIRTIO_VM_MAX; i++) {
        const struct vwr_avatar_vm *const vm = vwr_avatar_vm_at(i);

        logger_info("VM %u: console %s, block %s, network %s%s\n", i,
                    vm->console || !vm->configured ? "on" : "off", vm->block ? "on" : "off",
                    vm->net ? "on" : "off", vm->vm == NULL ? "" : ", initialised");
    }
}

void virtio_list_all_devices(void)
{
    for (uint32_t i = 0; i < VIRTIO_VM_MAX; i++) {
        struct vwr_avatar_vm *const vm = vwr_avatar_vm_at(i);

        if (vm->vm == NULL)
            continue;
        logger_info("VM %u\n", i);
        for (uint32_t slot = 0; slot < VIRTIO_VM_IRQS; slot++) {
            if (vm->device[slot].used)
                (void)vwr_avatar_ready(&vm->device[slot]);
        }
        vwr_vm_list(&vm->core, vwr_avatar_line, NULL);
    }
}

void virtio_debug_device(virtio_device_t *dev)
{
    struct vwr_avatar_device *const d = vwr_avatar_device_of(dev);

    if (d == NULL) {
        logger_error("VirtIO: not a device\n");
        return;
    }
    if (!vwr_avatar_ready(d)) {
        logger_info("device %u at 0x%llx, interrupt %u: not in use yet\n", dev->device_id, dev->base_addr,
                    dev->irq);
        return;
    }
    vwr_avatar_look(d);
    logger_info("device at 0x%llx, interrupt %u, of VM %u\n", dev->base_addr, dev->irq, d->vm);
    vwr_vdev_print(d->vdev, vwr_avatar_line, NULL);
    if (dev->device_id == VIRTIO_ID_CONSOLE)
        logger_info("  characters dropped while nobody read them: %llu\n",
                    virtio_console_dropped((const virtio_console_t *)d->part));
}
