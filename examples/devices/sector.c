/* SPDX-License-Identifier: MIT */
/* The disk: prints its first sector. */
#include "part.h"
#include "crc32.h"
#include "uart.h"
#include "vwr/blk.h"
#include "vwr/gen/ids.h"

static struct vwr_blk_shared shared;
static struct vwr_blk_own own;
static uint8_t sector[VWR_BLK_SECTOR_BYTES];
static struct vwr_blk disk;

static int sector_open(struct vwr_dev *d)
{
    const struct vwr_blk_options options = {.own = &own, .shared = &shared};

    return vwr_blk_open(&disk, d, &options);
}

/* Up to the first end of line. */
static unsigned sector_line_bytes(void)
{
    unsigned n = 0;

    while (n < sizeof(sector) && sector[n] != '\n')
        n++;
    return n;
}

static int sector_show(void)
{
    const int r = vwr_blk_read(&disk, 0, sector, 1);

    if (r != VWR_OK)
        return r;
    put("disk: ");
    put_dec(disk.info.sectors);
    put(" sectors, crc32 of the first ");
    put_hex(crc32(0, sector, sizeof(sector)), 8);
    put(", first line: ");
    put_untrusted((const char *)sector, sector_line_bytes());
    put_char('\n');
    return VWR_OK;
}

static int sector_close(void)
{
    return vwr_close(&disk.bringup);
}

static size_t sector_explain(char *text, size_t bytes)
{
    return vwr_blk_explain(&disk, text, bytes);
}

static struct vwr_bringup *sector_device(unsigned n)
{
    return n == 0 ? &disk.bringup : NULL;
}

const struct part sector_part = {
    .type = VWR_ID_BLOCK,
    .name = "disk",
    .open = sector_open,
    .show = sector_show,
    .close = sector_close,
    .explain = sector_explain,
    .bringup = &vwr_blk_bringup,
    .device = sector_device,
};
