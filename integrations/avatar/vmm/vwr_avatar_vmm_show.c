/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#include "io.h"
#include "vwr_avatar_vmm.h"

/* Log output. */

void vwr_avatar_line(void *context, const char *line)
{
    (void)context;
    logger_info("%s\n", line);
}

static const char *on(bool it_is)
{
    return it_is ? "on" : "off";
}

void virtio_print_device_info(void)
{
    logger_info("VirtIO: devices are at 0x%llx + VM x 0x%x + device x 0x%x\n", (uint64_t)VIRTIO_MMIO_BASE,
                VIRTIO_MMIO_VM_SIZE, VIRTIO_MMIO_SIZE);
    logger_info("VirtIO: with interrupts %d + VM x %d + device\n", VIRTIO_IRQ_BASE, VIRTIO_VM_IRQS);
    for (uint32_t i = 0; i < VIRTIO_VM_MAX; i++) {
        const struct vwr_avatar_vm *const vm = vwr_avatar_vm_at(i);

        logger_info("VM %u: console %s, block %s, network %s, screen %s, folder %s, balloon %s%s\n", i,
                    on(vm->console || !vm->configured), on(vm->block), on(vm->net), on(vm->screen.at != NULL),
                    on(vm->folder != NULL), on(vm->balloon.at != NULL),
                    vm->vm == NULL ? "" : ", initialised");
    }
}

static void show_unused(const virtio_device_t *dev)
{
    logger_info("device %u at 0x%llx, interrupt %u: not in use yet\n", dev->device_id, dev->base_addr,
                dev->irq);
}

/* Returns the number of devices that were created before their VM. */
static uint32_t show_without_vm(const struct vwr_avatar_vm *vm)
{
    uint32_t n = 0;

    for (uint32_t slot = 0; slot < VIRTIO_VM_IRQS; slot++) {
        if (!vm->device[slot].used)
            continue;
        show_unused(&vm->device[slot].device);
        n++;
    }
    return n;
}

static void list_vm(struct vwr_avatar_vm *vm, uint32_t vm_id)
{
    logger_info("VM %u\n", vm_id);
    for (uint32_t slot = 0; slot < VIRTIO_VM_IRQS; slot++) {
        if (vm->device[slot].used)
            (void)vwr_avatar_ready(&vm->device[slot]);
    }
    vwr_vm_list(&vm->core, vwr_avatar_line, NULL);
}

void virtio_list_all_devices(void)
{
    uint32_t listed = 0;

    for (uint32_t i = 0; i < VIRTIO_VM_MAX; i++) {
        struct vwr_avatar_vm *const vm = vwr_avatar_vm_at(i);

        if (vm->vm == NULL) {
            listed += show_without_vm(vm);
            continue;
        }
        list_vm(vm, i);
        listed++;
    }
    if (listed == 0)
        logger_info("VirtIO: no devices: virtio_vm_init was not called for a VM\n");
}

/* Logs details if it is a device of this folder. */
static void show_part(uint32_t device_id, const void *part)
{
    if (part == NULL)
        return;
    if (device_id == VIRTIO_ID_CONSOLE)
        logger_info("  characters dropped without a reader: %llu\n",
                    virtio_console_dropped((const virtio_console_t *)part));
    else if (device_id == VIRTIO_ID_GPU)
        vwr_avatar_show_screen((const virtio_screen_t *)part);
    else if (device_id == VIRTIO_ID_9P)
        vwr_avatar_show_folder((const virtio_folder_t *)part);
    else if (device_id == VIRTIO_ID_BALLOON)
        vwr_avatar_show_balloon((const virtio_balloon_t *)part);
}

void virtio_debug_device(virtio_device_t *dev)
{
    struct vwr_avatar_device *const d = vwr_avatar_device_of(dev);

    if (d == NULL) {
        logger_error("VirtIO: not a device\n");
        return;
    }
    if (!vwr_avatar_ready(d)) {
        show_unused(dev);
        return;
    }
    vwr_avatar_update(d);
    logger_info("device at 0x%llx, interrupt %u, of VM %u\n", dev->base_addr, dev->irq, d->vm);
    vwr_vdev_print(d->vdev, vwr_avatar_line, NULL);
    show_part(dev->device_id, d->part);
}
