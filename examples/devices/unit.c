/* SPDX-License-Identifier: MIT */
/* The SCSI host: prints the first block of its unit. */
#include "part.h"
#include "uart.h"
#include "vwr/gen/ids.h"
#include "vwr/scsi.h"

#define BLOCK_BYTES 512u

static struct vwr_scsi_shared shared;
static struct vwr_scsi host;
static struct vwr_scsi_disk disk;
static uint8_t block[BLOCK_BYTES];

static int unit_open(struct vwr_dev *d)
{
    const struct vwr_scsi_options options = {.shared = &shared};

    return vwr_scsi_open(&host, d, &options);
}

static int unit_show(void)
{
    unsigned bytes = 0;
    int r = vwr_scsi_disk_open(&disk, &host, VWR_SCSI_UNIT(0, 0));

    if (r == VWR_OK)
        r = vwr_scsi_disk_read(&disk, 0, block, sizeof(block)); /* VWR_EALIGN: larger blocks */
    if (r != VWR_OK)
        return r;
    while (bytes < sizeof(block) && block[bytes] != '\n')
        bytes++;
    put("unit: ");
    put_dec(disk.blocks);
    put(" blocks, first line: ");
    put_untrusted((const char *)block, bytes);
    put_char('\n');
    return VWR_OK;
}

static int unit_close(void)
{
    return vwr_close(&host.bringup);
}

static size_t unit_explain(char *text, size_t bytes)
{
    return vwr_scsi_explain(&host, text, bytes);
}

static struct vwr_bringup *unit_device(unsigned n)
{
    return n == 0 ? &host.bringup : NULL;
}

const struct part unit_part = {
    .type = VWR_ID_SCSI,
    .name = "unit",
    .open = unit_open,
    .show = unit_show,
    .close = unit_close,
    .explain = unit_explain,
    .bringup = &vwr_scsi_bringup,
    .device = unit_device,
};
