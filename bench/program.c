/* SPDX-License-Identifier: MIT */
#include "vwr/blk.h"
#include "vwr/mmio.h"

/*
 * What a program calls that has a disk over MMIO: all of vwr/blk.h but the words. sizes.py links
 * it with the library as one program; PROBE is the probe of the versions that it drives.
 */
extern const void *const program[];
const void *const program[] = {
    (const void *)PROBE,         (const void *)vwr_blk_open,  (const void *)vwr_blk_read,
    (const void *)vwr_blk_write, (const void *)vwr_blk_flush, (const void *)vwr_blk_get_id,
    (const void *)vwr_blk_close,
};
