/* SPDX-License-Identifier: MIT */
#include "fatfs_example.h"

#include <string.h>

/* A file on a disk, with FatFs: the disk is mounted, a line is added to a file, and the file is read. */

static FATFS volume;

/* `disk` was opened with vwr_blk_open, and has a FAT volume: f_mkfs makes one. */
FRESULT volume_begin(struct vwr_blk *disk)
{
    static _Alignas(VWR_PORT_DMA_ALIGN) BYTE bounce[FF_MAX_SS]; /* in memory that the disk can access */

    vwr_fatfs_drive[0].blk = disk;
    vwr_fatfs_drive[0].bounce = bounce;
    return f_mount(&volume, "0:", 1);
}

/* Adds a line to a file, on the disk when it returns FR_OK. */
FRESULT file_add(const char *path, const char *line)
{
    const UINT count = (UINT)strlen(line);
    UINT done = 0;
    FIL file;
    FRESULT r = f_open(&file, path, FA_WRITE | FA_OPEN_APPEND), closed;

    if (r != FR_OK)
        return r;
    r = f_write(&file, line, count, &done);
    closed = f_close(&file);
    if (r == FR_OK)
        r = closed;
    return r == FR_OK && done < count ? FR_DENIED : r; /* FR_DENIED: the disk is full */
}

/* The file's first bytes; *count: the size of `bytes`, then how many there are. */
FRESULT file_read(const char *path, void *bytes, UINT *count)
{
    const UINT room = *count;
    FIL file;
    FRESULT r = f_open(&file, path, FA_READ);

    if (r != FR_OK)
        return r;
    r = f_read(&file, bytes, room, count);
    (void)f_close(&file);
    return r;
}
