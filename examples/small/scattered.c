/* SPDX-License-Identifier: MIT */
/*
 * A buffer whose pages are not contiguous for the device: a stack, a kernel's vmalloc. The port's hook
 * reports how far memory is contiguous; the library calls it and builds the segments.
 */
#include "board.h"
#include "vwr/blk.h"
#include "vwr/gen/ids.h"

#define PAGE_SECTORS (BOARD_PAGE / VWR_BLK_SECTOR_BYTES)
#define PAGES (BOARD_SCATTERED_BYTES / BOARD_PAGE)

static struct vwr_blk_shared shared; /* contiguous */
static struct vwr_blk_own own;
static uint8_t page[BOARD_PAGE];
static struct vwr_mmio mmio;
static struct vwr_blk disk;

/* What the library will find. A port with page tables looks them up; one without sets *run = n. */
static unsigned count_segments(const uint8_t *p, size_t bytes)
{
    unsigned segments = 0;
    size_t run;

    for (; bytes > 0; p += run, bytes -= run, segments++) {
        (void)vwr_port_dma(p, bytes, &run);
        if (run == 0) /* not accessible to the device: the library would return VWR_EINVAL */
            return 0;
    }
    return segments;
}

/* Compares the data with single-page reads. */
static int compare(const uint8_t *buffer)
{
    for (unsigned i = 0; i < PAGES; i++) {
        const int r = vwr_blk_read(&disk, (uint64_t)i * PAGE_SECTORS, page, PAGE_SECTORS);

        if (r != VWR_OK)
            return r;
        for (unsigned k = 0; k < BOARD_PAGE; k++)
            if (page[k] != buffer[i * BOARD_PAGE + k])
                return VWR_EIO;
    }
    return VWR_OK;
}

int example(void)
{
    const struct vwr_blk_options options = {.own = &own, .shared = &shared};
    uint8_t *const buffer = board_scattered();
    int r = board_find(&mmio, VWR_ID_BLOCK);

    if (r == VWR_OK)
        r = vwr_blk_open(&disk, &mmio.dev, &options);
    if (r != VWR_OK)
        return r;
    say_number("segments:", count_segments(buffer, BOARD_SCATTERED_BYTES));
    r = vwr_blk_read(&disk, 0, buffer, PAGES * PAGE_SECTORS); /* one call for any number of segments */
    if (r == VWR_OK)
        r = compare(buffer);
    if (r == VWR_OK)
        say_number("pages read in one call:", PAGES);
    return vwr_close(&disk.bringup) != VWR_OK ? VWR_ETIMEOUT : r;
}
