/* SPDX-License-Identifier: MIT */
/*
 * One sector, polled: the shortest program to read data. No interrupts, no second thread; the call returns
 * when the data have arrived or the deadline has passed.
 */
#include "board.h"
#include "vwr/blk.h"
#include "vwr/gen/ids.h"

#define QUEUE_SIZE 16u

static _Alignas(VWR_QUEUE_SHARED_ALIGN)
    uint8_t shared[VWR_BLK_SHARED_BYTES(QUEUE_SIZE, 1, 1)];      /* shared with the device */
static _Alignas(8) uint8_t own[VWR_QUEUE_OWN_BYTES(QUEUE_SIZE)]; /* private; the device must not access it */
static uint8_t sector[VWR_BLK_SECTOR_BYTES];
static struct vwr_mmio mmio;
static struct vwr_blk disk;

int example(void)
{
    const struct vwr_queue_memory memory = {shared, sizeof(shared), own, sizeof(own), QUEUE_SIZE};
    int r = board_find(&mmio, VWR_ID_BLOCK);

    if (r != VWR_OK)
        return r;
    r = vwr_blk_open(&disk, &mmio.dev, &memory, NULL);
    if (r != VWR_OK)
        return r;
    say_number("sectors:", disk.info.sectors);
    r = vwr_blk_read(&disk, 0, sector, 1);
    if (r == VWR_OK)
        say_bytes("sector 0:", sector, 16);
    if (vwr_blk_close(&disk) != VWR_OK) /* only after this may `shared` be reused */
        return VWR_ETIMEOUT;
    return r;
}
