/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#include "vwr_avatar_vmm.h"

/* Emulation of a guest's register access. */

static uint32_t seen(struct vwr_avatar_device *d, uint64_t offset)
{
    uint64_t value = 0;

    (void)vwr_vm_access(vwr_avatar_core(d), d->device.base_addr + offset, sizeof(uint32_t), false, &value);
    return (uint32_t)value;
}

void vwr_avatar_update(struct vwr_avatar_device *d)
{
    virtio_device_t *const dev = &d->device;

    dev->status = (uint8_t)seen(d, VWR_MMIO_STATUS);
    dev->interrupt_status = seen(d, VWR_MMIO_INTERRUPT_STATUS);
    vwr_avatar_update_queues(d);
}

void vwr_avatar_update_queues(struct vwr_avatar_device *d)
{
    d->device.driver_features = d->vdev->accepted.w[0] | (uint64_t)d->vdev->accepted.w[1] << 32;
    for (uint32_t i = 0; i < d->device.num_queues; i++) {
        d->queues[i].num = d->queue[i].size;
        d->queues[i].ready = d->queue[i].ready;
    }
}

static bool trap_access(uint64_t addr, uint64_t *value, bool is_write, uint32_t size)
{
    struct vwr_avatar_device *const d = vwr_avatar_at(addr);

    if (d == NULL || !vwr_avatar_ready(d))
        return false;
    (void)vwr_vm_access(vwr_avatar_core(d), addr, size, is_write, value);
    vwr_avatar_run_deferred();
    return true;
}

bool vwr_avatar_trap(uint64_t addr, uint64_t *value, bool is_write, uint32_t size)
{
    const struct vwr_avatar_device *const d = vwr_avatar_at(addr);
    const struct _vm_t *const running = virtio_current_vm();

    if (d == NULL || (running != NULL && running != d->device.vm))
        return false;
    return trap_access(addr, value, is_write, size);
}

bool handle_virtio_mmio_access(uint64_t addr, uint32_t *value, bool is_write, uint32_t size)
{
    uint64_t wide = is_write && value != NULL ? *value : 0;

    if (value == NULL || !trap_access(addr, &wide, is_write, size))
        return false;
    if (!is_write)
        *value = (uint32_t)wide;
    return true;
}

bool virtio_handle_mmio_trap(uint64_t fault_addr, uint32_t *value, bool is_write, uint32_t size)
{
    uint64_t wide = is_write && value != NULL ? *value : 0;

    if (value == NULL || !vwr_avatar_trap(fault_addr, &wide, is_write, size))
        return false;
    if (!is_write)
        *value = (uint32_t)wide;
    return true;
}

bool virtio_mmio_read(virtio_device_t *dev, uint64_t offset, uint32_t *value, uint32_t size)
{
    return dev != NULL && offset < VIRTIO_MMIO_SIZE &&
           handle_virtio_mmio_access(dev->base_addr + offset, value, false, size);
}

bool virtio_mmio_write(virtio_device_t *dev, uint64_t offset, uint32_t value, uint32_t size)
{
    return dev != NULL && offset < VIRTIO_MMIO_SIZE &&
           handle_virtio_mmio_access(dev->base_addr + offset, &value, true, size);
}
