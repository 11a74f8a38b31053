/* SPDX-License-Identifier: MIT */
#include "vwr_fatfs.h"

#include <string.h>

struct vwr_fatfs_drive vwr_fatfs_drive[FF_VOLUMES];

static struct vwr_blk *find(BYTE pdrv)
{
    return pdrv < FF_VOLUMES ? vwr_fatfs_drive[pdrv].blk : NULL;
}

/* A sector of FatFs is a block of the disk. */
static uint32_t sectors_of_block(const struct vwr_blk *b)
{
    return b->info.block_bytes / VWR_BLK_SECTOR_BYTES;
}

static uint64_t block_count(const struct vwr_blk *b)
{
    return b->info.sectors / sectors_of_block(b);
}

/* Waits for at most VWR_RECOVERY_TRIES resets. */
static void recover(struct vwr_blk *b)
{
    while (vwr_recover(&b->bringup) == VWR_EBUSY)
        continue;
}

/* FatFs reuses its buffer: a disk that may still access it is reset. */
static DRESULT result(struct vwr_blk *b, int r)
{
    if (vwr_result_is_in_flight(r))
        recover(b);
    switch (r) {
    case VWR_OK:
        return RES_OK;
    case VWR_EROFS:
        return RES_WRPRT;
    case VWR_EINVAL:
    case VWR_EALIGN:
    case VWR_ERANGE:
    case VWR_EUNSUPP:
        return RES_PARERR;
    default:
        return RES_ERROR;
    }
}

DSTATUS disk_status(BYTE pdrv)
{
    const struct vwr_blk *const b = find(pdrv);

    if (b == NULL)
        return STA_NOINIT | STA_NODISK;
    if (vwr_get_stage(&b->bringup) != VWR_STAGE_RUNNING || b->info.block_bytes < FF_MIN_SS ||
        b->info.block_bytes > FF_MAX_SS)
        return STA_NOINIT;
    return b->info.read_only ? STA_PROTECT : 0;
}

/* Recovers a disk that has stopped. */
DSTATUS disk_initialize(BYTE pdrv)
{
    if (find(pdrv) != NULL)
        recover(find(pdrv));
    return disk_status(pdrv);
}

static int transfer(struct vwr_blk *b, bool in, uint64_t sector, BYTE *buffer, uint32_t count)
{
    return in ? vwr_blk_read(b, sector, buffer, count) : vwr_blk_write(b, sector, buffer, count);
}

/* If the disk cannot access the buffer, by the bounce buffer, one block at a time. */
static DRESULT move(BYTE pdrv, bool in, BYTE *buffer, LBA_t block, UINT count)
{
    struct vwr_blk *const b = find(pdrv);
    uint32_t each, bytes;
    uint8_t *bounce;
    int r;

    if ((disk_status(pdrv) & STA_NOINIT) != 0)
        return RES_NOTRDY;
    if (count == 0 || block >= block_count(b) || count > block_count(b) - block)
        return RES_PARERR;
    each = sectors_of_block(b);
    bytes = b->info.block_bytes;
    bounce = vwr_fatfs_drive[pdrv].bounce;
    r = transfer(b, in, (uint64_t)block * each, buffer, count * each);
    if ((r != VWR_EALIGN && r != VWR_EINVAL) || bounce == NULL)
        return result(b, r);
    for (r = VWR_OK; count != 0 && r == VWR_OK; count--, block++, buffer += bytes) {
        if (!in)
            memcpy(bounce, buffer, bytes);
        r = transfer(b, in, (uint64_t)block * each, bounce, each);
        if (in && r == VWR_OK)
            memcpy(buffer, bounce, bytes);
    }
    return result(b, r);
}

DRESULT disk_read(BYTE pdrv, BYTE *buff, LBA_t sector, UINT count)
{
    return move(pdrv, true, buff, sector, count);
}

DRESULT disk_write(BYTE pdrv, const BYTE *buff, LBA_t sector, UINT count)
{
    return move(pdrv, false, (BYTE *)(uintptr_t)buff, sector, count);
}

DRESULT disk_ioctl(BYTE pdrv, BYTE cmd, void *buff)
{
    struct vwr_blk *const b = find(pdrv);
    const LBA_t *const range = buff; /* of CTRL_TRIM: the first and the last block */

    if ((disk_status(pdrv) & STA_NOINIT) != 0)
        return RES_NOTRDY;
    if (cmd == CTRL_SYNC)
        return result(b, vwr_blk_flush(b));
    if (cmd == CTRL_TRIM)
        return result(b,
                      vwr_blk_do_ranges(b, VWR_BLK_T_DISCARD, (uint64_t)range[0] * sectors_of_block(b),
                                        ((uint64_t)range[1] - range[0] + 1u) * sectors_of_block(b), false));
    if (cmd == GET_SECTOR_COUNT)
        *(LBA_t *)buff = block_count(b) < (LBA_t)-1 ? (LBA_t)block_count(b) : (LBA_t)-1;
    else if (cmd == GET_SECTOR_SIZE)
        *(WORD *)buff = (WORD)b->info.block_bytes;
    else if (cmd == GET_BLOCK_SIZE)
        *(DWORD *)buff = 1; /* unknown */
    else
        return RES_PARERR;
    return RES_OK;
}
