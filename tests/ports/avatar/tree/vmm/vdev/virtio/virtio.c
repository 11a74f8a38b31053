/* SPDX-License-Identifier: MIT */
/*
 * In Avatar this file is the device side for its guests. It includes both headers, in this order and below in
 * the other one.
 */
#include "vmm/virtio.h"
#include "virtio_block_frontend.h"

bool virtio_mmio_read(virtio_device_t *dev, uint64_t offset, uint32_t *value, uint32_t size)
{
    if (size != 4)
        return false;
    switch (offset) {
    case VIRTIO_MMIO_DEVICE_ID:
        *value = dev->device_id;
        return true;
    case VIRTIO_MMIO_STATUS:
        *value = dev->status;
        return true;
    default:
        return false;
    }
}

bool virtio_mmio_write(virtio_device_t *dev, uint64_t offset, uint32_t value, uint32_t size)
{
    if (size != 4 || offset != VIRTIO_MMIO_STATUS)
        return false;
    dev->status = (uint8_t)value;
    return true;
}
