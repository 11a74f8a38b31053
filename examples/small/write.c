/* SPDX-License-Identifier: MIT */
/*
 * Write, flush, read back. Written data are durable only after the flush: until then they may be in the
 * disk's cache. WRITES to the last 8 sectors of the disk.
 */
#include "board.h"
#include "vwr/blk.h"
#include "vwr/gen/ids.h"

#define SECTORS 8u
#define BYTES (SECTORS * VWR_BLK_SECTOR_BYTES)

static struct vwr_blk_shared shared;
static struct vwr_blk_own own;
static uint8_t written[BYTES];
static uint8_t read_back[BYTES];
static struct vwr_mmio mmio;
static struct vwr_blk disk;

static int write_and_compare(uint64_t at)
{
    int r = vwr_blk_write(&disk, at, written, SECTORS);

    if (r == VWR_OK)
        r = vwr_blk_flush(&disk); /* without a cache there is nothing to do: VWR_OK immediately */
    if (r == VWR_OK)
        r = vwr_blk_read(&disk, at, read_back, SECTORS);
    for (unsigned i = 0; i < BYTES && r == VWR_OK; i++)
        if (read_back[i] != written[i])
            r = VWR_EIO;
    return r;
}

int example(void)
{
    const struct vwr_blk_options options = {.own = &own, .shared = &shared};
    int r = board_find(&mmio, VWR_ID_BLOCK);

    if (r == VWR_OK)
        r = vwr_blk_open(&disk, &mmio.dev, &options);
    if (r != VWR_OK)
        return r;
    for (unsigned i = 0; i < BYTES; i++)
        written[i] = (uint8_t)(i * 7u + i / 256u);
    r = write_and_compare(disk.info.sectors - SECTORS);
    say(disk.info.write_cache ? "the disk has a write cache" : "the disk has no write cache");
    if (r == VWR_OK)
        say_number("written, flushed, read back: sectors", SECTORS);
    if (vwr_close(&disk.bringup) != VWR_OK)
        return VWR_ETIMEOUT;
    return r;
}
