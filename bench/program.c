/* SPDX-License-Identifier: MIT */
#include "vwr/blk.h"
#include "vwr/mmio.h"

/*
 * The calls of a program with a disk on MMIO: all of vwr/blk.h except the explanations. sizes.py links this
 * file and the library into one program. PROBE is the probe function for the supported versions.
 */
extern const void *const program[];
const void *const program[] = {
    (const void *)PROBE,         (const void *)vwr_blk_open,  (const void *)vwr_blk_read,
    (const void *)vwr_blk_write, (const void *)vwr_blk_flush, (const void *)vwr_blk_get_id,
    (const void *)vwr_close,
};
