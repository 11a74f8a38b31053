/* SPDX-License-Identifier: MIT */
/*
 * One sector, polled: the shortest program to read data. No interrupts, no second thread; the call returns
 * when the data have arrived or the deadline has passed.
 */
#include "board.h"
#include "vwr/blk.h"
#include "vwr/gen/ids.h"

static struct vwr_blk_shared shared; /* shared with the device */
static struct vwr_blk_own own;       /* private; the device must not access it */
static uint8_t sector[VWR_BLK_SECTOR_BYTES];
static struct vwr_mmio mmio;
static struct vwr_blk disk;

int example(void)
{
    const struct vwr_blk_options options = {.own = &own, .shared = &shared};
    int r = board_find(&mmio, VWR_ID_BLOCK);

    if (r != VWR_OK)
        return r;
    r = vwr_blk_open(&disk, &mmio.dev, &options);
    if (r != VWR_OK)
        return r;
    say_number("sectors:", disk.info.sectors);
    r = vwr_blk_read(&disk, 0, sector, 1);
    if (r == VWR_OK)
        say_bytes("sector 0:", sector, 16);
    if (vwr_close(&disk.bringup) != VWR_OK) /* only after this may `shared` be reused */
        return VWR_ETIMEOUT;
    return r;
}
