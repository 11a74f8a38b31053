/* SPDX-License-Identifier: MIT */
#ifndef __FAT32_H__
#define __FAT32_H__

#include "avatar_types.h"

#define FAT32_SECTOR_SIZE 512
#define FAT32_NAME_BYTES 13 /* 8.3 with its dot and the terminator */

/* Defined in fs/fat32_disk.c, as in Avatar: the only code of the file system that knows the block device. */
int fat32_disk_init(void);
int fat32_disk_read_sectors(uint32_t sector, uint32_t count, void *buffer);
int fat32_disk_write_sectors(uint32_t sector, uint32_t count, const void *buffer);

/* Return 0 or -1. Names are short ones: "HELLO TXT" on the disk. */
int fat32_mount(void);
int fat32_list(void (*visit)(const char *name, uint32_t bytes));
int fat32_create(const char *name, const uint8_t *data, uint32_t bytes);

#endif
