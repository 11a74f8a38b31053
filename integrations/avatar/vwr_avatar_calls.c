/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#include "vwr_avatar.h"
#include "io.h"

/* Functions with the names used by Avatar's main_vmm.c, file system and back ends. */

uint32_t avatar_virtio_block_count(void)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < VIRTIO_MAX_DEVICES; i++)
        n += vwr_avatar_disk_at(i) != NULL;
    return n;
}

virtio_blk_device_t *avatar_get_virtio_block_device_at(uint32_t index)
{
    struct vwr_avatar_disk *const d = vwr_avatar_disk_at(index);

    return d != NULL ? &d->device : NULL;
}

/* The first open disk; lower indices may have failed to open. */
static struct vwr_avatar_disk *first(void)
{
    for (uint32_t i = 0; i < VIRTIO_MAX_DEVICES; i++)
        if (vwr_avatar_disk_at(i) != NULL)
            return vwr_avatar_disk_at(i);
    logger_error("VirtIO block: not initialized\n");
    return NULL;
}

virtio_blk_device_t *avatar_get_virtio_block_device(void)
{
    struct vwr_avatar_disk *const d = first();

    return d != NULL ? &d->device : NULL;
}

int avatar_virtio_block_init(void)
{
    uint32_t n;

    if (avatar_virtio_block_count() > 0) {
        logger_info("VirtIO block: already initialized\n");
        return 0;
    }
    n = vwr_avatar_open_all();
    if (n == 0) {
        logger_warn("VirtIO block: no device found\n");
        return -1;
    }
    logger_info("VirtIO block: %u initialized\n", n);
    return 0;
}

int virtio_blk_read_sectors(virtio_blk_device_t *blk_dev, uint64_t sector, void *buffer, uint32_t count)
{
    struct vwr_avatar_disk *const d = vwr_avatar_disk_of(blk_dev);

    return d != NULL ? vwr_avatar_transfer(d, sector, buffer, count, false) : -1;
}

int virtio_blk_write_sectors(virtio_blk_device_t *blk_dev, uint64_t sector, const void *buffer,
                             uint32_t count)
{
    struct vwr_avatar_disk *const d = vwr_avatar_disk_of(blk_dev);

    return d != NULL ? vwr_avatar_transfer(d, sector, (uint8_t *)(uintptr_t)buffer, count, true) : -1;
}

int virtio_blk_read_sector(virtio_blk_device_t *blk_dev, uint64_t sector, void *buffer, uint32_t count)
{
    return virtio_blk_read_sectors(blk_dev, sector, buffer, count);
}

int virtio_blk_write_sector(virtio_blk_device_t *blk_dev, uint64_t sector, const void *buffer, uint32_t count)
{
    return virtio_blk_write_sectors(blk_dev, sector, buffer, count);
}

int virtio_blk_flush(virtio_blk_device_t *blk_dev)
{
    struct vwr_avatar_disk *const d = vwr_avatar_disk_of(blk_dev);

    return d != NULL ? vwr_avatar_flush(d) : -1;
}

int avatar_virtio_block_read(uint64_t sector, void *buffer, uint32_t sector_count)
{
    struct vwr_avatar_disk *const d = first();

    return d != NULL ? vwr_avatar_transfer(d, sector, buffer, sector_count, false) : -1;
}

int avatar_virtio_block_write(uint64_t sector, const void *buffer, uint32_t sector_count)
{
    struct vwr_avatar_disk *const d = first();

    return d != NULL ? vwr_avatar_transfer(d, sector, (uint8_t *)(uintptr_t)buffer, sector_count, true) : -1;
}

int avatar_virtio_block_flush(void)
{
    struct vwr_avatar_disk *const d = first();

    return d != NULL ? vwr_avatar_flush(d) : -1;
}

int avatar_virtio_block_get_info(uint64_t *capacity, uint32_t *block_size)
{
    const struct vwr_avatar_disk *const d = first();

    if (d == NULL)
        return -1;
    if (capacity != NULL)
        *capacity = d->device.capacity;
    if (block_size != NULL)
        *block_size = d->device.block_size;
    return 0;
}

int vmm_backend_read_from_host_storage(uint64_t sector, void *buffer, uint32_t count)
{
    return avatar_virtio_block_read(sector, buffer, count);
}

int vmm_backend_write_to_host_storage(uint64_t sector, const void *buffer, uint32_t count)
{
    return avatar_virtio_block_write(sector, buffer, count);
}

int vmm_backend_get_storage_info(uint64_t *total_sectors, uint32_t *sector_size)
{
    return avatar_virtio_block_get_info(total_sectors, sector_size);
}
