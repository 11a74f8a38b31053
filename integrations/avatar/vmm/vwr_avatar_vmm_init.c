/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#include "io.h"
#include "virtio_block_frontend.h"
#include "vwr_avatar_vmm.h"

/* Creates the devices of each VM. */

void virtio_subsystem_init(void)
{
    virtio_global_init();
    logger_info("VirtIO: devices of guests start at 0x%llx\n", (uint64_t)VIRTIO_MMIO_BASE);
}

void virtio_configure_vm(uint32_t vm_id, bool enable_console, bool enable_block, bool enable_net)
{
    struct vwr_avatar_vm *const vm = vwr_avatar_vm_at(vm_id);

    if (vm == NULL)
        return;
    vm->configured = true;
    vm->console = enable_console;
    vm->block = enable_block;
    vm->net = enable_net;
    if (vm->vm != NULL)
        logger_warn("VM %u: its VirtIO devices exist already; the change applies to the next ones\n", vm_id);
}

void virtio_configure_vm_disk(uint32_t vm_id, uint32_t disk, uint64_t first, uint64_t sectors, bool read_only)
{
    struct vwr_avatar_vm *const vm = vwr_avatar_vm_at(vm_id);

    if (vm == NULL)
        return;
    vm->window = true;
    vm->disk = disk;
    vm->first = first;
    vm->sectors = sectors;
    vm->read_only = read_only;
}

void virtio_configure_vm_net_pairs(uint32_t vm_id, uint32_t pairs)
{
    struct vwr_avatar_vm *const vm = vwr_avatar_vm_at(vm_id);

    if (vm != NULL)
        vm->pairs = pairs;
}

void virtio_configure_vm_screen(uint32_t vm_id, uint32_t width, uint32_t height, void *memory, uint64_t bytes)
{
    struct vwr_avatar_vm *const vm = vwr_avatar_vm_at(vm_id);

    if (vm == NULL)
        return;
    vm->screen.at = memory;
    vm->screen.bytes = bytes;
    vm->width = width;
    vm->height = height;
}

void virtio_configure_vm_folder(uint32_t vm_id, virtio_folder_t *folder)
{
    struct vwr_avatar_vm *const vm = vwr_avatar_vm_at(vm_id);

    if (vm != NULL)
        vm->folder = folder;
}

virtio_folder_t *virtio_folder_of_vm(uint32_t vm_id)
{
    const struct vwr_avatar_vm *const vm = vwr_avatar_vm_at(vm_id);

    return vm == NULL ? NULL : vm->folder;
}

void virtio_configure_vm_balloon(uint32_t vm_id, void *memory, uint64_t bytes)
{
    struct vwr_avatar_vm *const vm = vwr_avatar_vm_at(vm_id);

    if (vm == NULL)
        return;
    vm->balloon.at = memory;
    vm->balloon.bytes = bytes;
}

static void make_console(uint32_t vm_id)
{
    uint64_t addr;
    uint32_t irq;

    if (virtio_next_place(vm_id, &addr, &irq) && virtio_console_create(addr, irq) != NULL)
        logger_info("VM %u: VirtIO Console created at 0x%llx, IRQ %u\n", vm_id, addr, irq);
    else
        logger_error("VM %u: no VirtIO Console\n", vm_id);
}

static void make_block(struct vwr_avatar_vm *vm, uint32_t vm_id)
{
    uint64_t addr;
    uint32_t irq;

    if (!vm->window) { /* there is no default disk: Avatar mounts the first one */
        logger_error("VM %u: no VirtIO Block: virtio_configure_vm_disk was not called\n", vm_id);
        return;
    }
    if (virtio_next_place(vm_id, &addr, &irq) &&
        virtio_block_create(addr, irq, vm->disk, vm->first, vm->sectors, vm->read_only) != NULL)
        logger_info("VM %u: VirtIO Block created at 0x%llx, IRQ %u: disk %u from sector %llu\n", vm_id, addr,
                    irq, vm->disk, vm->first);
    else
        logger_error("VM %u: no VirtIO Block\n", vm_id);
}

static void make_net(const struct vwr_avatar_vm *vm, uint32_t vm_id)
{
    const uint32_t pairs = vm->pairs == 0 ? 1 : vm->pairs;
    uint8_t mac[VIRTIO_MAC_SIZE] = {2, 'V', 'W', 0, 0, 0}; /* locally administered */
    uint64_t addr;
    uint32_t irq;

    mac[4] = (uint8_t)(vm_id >> 8);
    mac[5] = (uint8_t)vm_id;
    if (virtio_next_place(vm_id, &addr, &irq) && virtio_net_create(addr, irq, mac, pairs) != NULL)
        logger_info("VM %u: VirtIO Network created at 0x%llx, IRQ %u\n", vm_id, addr, irq);
    else
        logger_error("VM %u: no VirtIO Network\n", vm_id);
}

static void make_screen(const struct vwr_avatar_vm *vm, uint32_t vm_id)
{
    uint64_t addr;
    uint32_t irq;

    if (virtio_next_place(vm_id, &addr, &irq) &&
        virtio_screen_create(addr, irq, vm->width, vm->height, vm->screen.at, vm->screen.bytes) != NULL)
        logger_info("VM %u: VirtIO Screen created at 0x%llx, IRQ %u: %u x %u\n", vm_id, addr, irq, vm->width,
                    vm->height);
    else
        logger_error("VM %u: no VirtIO Screen\n", vm_id);
}

static void make_folder(const struct vwr_avatar_vm *vm, uint32_t vm_id)
{
    uint64_t addr;
    uint32_t irq;

    if (virtio_next_place(vm_id, &addr, &irq) && virtio_folder_create(addr, irq, vm->folder))
        logger_info("VM %u: VirtIO Folder created at 0x%llx, IRQ %u\n", vm_id, addr, irq);
    else
        logger_error("VM %u: no VirtIO Folder\n", vm_id);
}

static void make_balloon(const struct vwr_avatar_vm *vm, uint32_t vm_id)
{
    uint64_t addr;
    uint32_t irq;

    if (virtio_next_place(vm_id, &addr, &irq) &&
        virtio_balloon_create(addr, irq, vm->balloon.at, vm->balloon.bytes) != NULL)
        logger_info("VM %u: VirtIO Balloon created at 0x%llx, IRQ %u\n", vm_id, addr, irq);
    else
        logger_error("VM %u: no VirtIO Balloon\n", vm_id);
}

void virtio_vm_init(struct _vm_t *vm, uint32_t vm_id)
{
    struct vwr_avatar_vm *const v = vm == NULL ? NULL : vwr_avatar_vm_at(vm_id);

    if (v == NULL)
        return;
    if (v->vm != NULL) { /* restart */
        v->vm = vm;
        for (uint32_t i = 0; i < VIRTIO_VM_IRQS; i++) {
            if (v->slot[i] != NULL)
                vwr_vdev_reset(v->slot[i]);
        }
        vwr_avatar_run_deferred();
        return;
    }
    if (!vwr_avatar_attach(v, vm)) {
        logger_error("VM %u: virtio_vm_memory returns no memory for it\n", vm_id);
        return;
    }
    if (v->console || !v->configured)
        make_console(vm_id);
    if (v->block)
        make_block(v, vm_id);
    if (v->net)
        make_net(v, vm_id);
    if (v->screen.at != NULL)
        make_screen(v, vm_id);
    if (v->folder != NULL)
        make_folder(v, vm_id);
    if (v->balloon.at != NULL)
        make_balloon(v, vm_id);
}
