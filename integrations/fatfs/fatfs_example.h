/* SPDX-License-Identifier: MIT */
#ifndef VWR_FATFS_EXAMPLE_H
#define VWR_FATFS_EXAMPLE_H

#include "vwr_fatfs.h"

FRESULT volume_begin(struct vwr_blk *disk);
FRESULT file_add(const char *path, const char *line);
FRESULT file_read(const char *path, void *bytes, UINT *count);

#endif
