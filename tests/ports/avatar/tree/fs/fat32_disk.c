/* SPDX-License-Identifier: MIT */
#include "fs/fat32.h"
#include "virtio_block_frontend.h"
#include "io.h"

int fat32_disk_init(void)
{
    uint64_t capacity;
    uint32_t block_size;

    if (avatar_virtio_block_init() != 0 || avatar_virtio_block_get_info(&capacity, &block_size) != 0)
        return -1;
    logger("FAT32: disk of %llu bytes\n", capacity * block_size);
    return 0;
}

int fat32_disk_read_sectors(uint32_t sector, uint32_t count, void *buffer)
{
    return avatar_virtio_block_read((uint64_t)sector, buffer, count) != 0 ? -1 : 0;
}

int fat32_disk_write_sectors(uint32_t sector, uint32_t count, const void *buffer)
{
    return avatar_virtio_block_write((uint64_t)sector, buffer, count) != 0 ? -1 : 0;
}
