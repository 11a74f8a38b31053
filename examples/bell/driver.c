/* SPDX-License-Identifier: MIT */
/* The driver of the disk: writes sectors and reads them back. */
#include "shared.h"
#include "vwr/bell.h"
#include "vwr/blk.h"

#define SECTORS 8u
#define BYTES (SECTORS * VWR_BLK_SECTOR_BYTES)

/* The memory that the device reaches. */
struct driver {
    struct vwr_blk_shared shared;
    uint8_t written[BYTES];
    uint8_t read_back[BYTES];
};

static uint8_t *base;
static struct vwr_bell bell;
static struct vwr_blk disk;
static struct vwr_blk_own own;

static struct driver *mine(void)
{
    return (struct driver *)(void *)(base + DRIVER);
}

int driver_begin(void *memory, void (*ring)(void *context, uint32_t what))
{
    const struct vwr_bell_setup s = {.block = memory, .bytes = BLOCK_BYTES, .ring = ring};
    struct vwr_blk_options options = {.own = &own, .request.replay = true};
    int r;

    base = memory;
    options.shared = &mine()->shared;
    r = vwr_bell_probe(&bell, &s);
    return r == VWR_OK ? vwr_blk_open(&disk, &bell.dev, &options) : r;
}

/* The sectors that were written with this seed must be there. */
static int compare(unsigned seed)
{
    const int r = vwr_blk_read(&disk, seed % 16 * SECTORS, mine()->read_back, SECTORS);

    for (unsigned i = 0; i < BYTES && r == VWR_OK; i++)
        if (mine()->read_back[i] != (uint8_t)(i * 7u + seed))
            return VWR_EPROTO;
    return r;
}

int driver_try(unsigned seed)
{
    int r = seed != 0 ? compare(seed - 1) : VWR_OK;

    for (unsigned i = 0; i < BYTES; i++)
        mine()->written[i] = (uint8_t)(i * 7u + seed);
    if (r == VWR_OK)
        r = vwr_blk_write(&disk, seed % 16 * SECTORS, mine()->written, SECTORS);
    return r == VWR_OK ? compare(seed) : r;
}

/* The device has restarted. */
int driver_recover(void)
{
    int r = vwr_dev_check(&bell.dev);

    if (r != VWR_EPROTO)
        return r == VWR_OK ? VWR_EFAILED : r;
    do
        r = vwr_recover(&disk.bringup);
    while (r == VWR_EBUSY);
    return r;
}

int driver_end(void)
{
    return vwr_close(&disk.bringup);
}
