/* SPDX-License-Identifier: MIT */
#include "vwr/blk.h"
#include "vwr/mmio.h"
#include "vwr/pci.h"

/* As program.c, with the additional calls of vwr/pci.h that sizes.py passes in MORE. */
extern const void *const program[];
const void *const program[] = {(const void *)vwr_mmio_probe_modern,
                               (const void *)vwr_blk_open,
                               (const void *)vwr_blk_read,
                               (const void *)vwr_blk_write,
                               (const void *)vwr_blk_flush,
                               (const void *)vwr_blk_get_id,
                               (const void *)vwr_close,
#ifdef MORE
                               MORE
#endif
};
