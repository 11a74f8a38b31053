/* SPDX-License-Identifier: MIT */
#ifndef HOOKS_DISK_H
#define HOOKS_DISK_H

#define VWR_BLK_REQUESTS 1u /* in flight: of a blocking call */

#include "vwr/blk.h"
#include "vwr/mmio.h"

/*
 * A disk whose queue is in pages of virtio_dma_alloc. The structure may be on any stack: the device never
 * accesses it.
 */
struct hooks_disk {
    struct vwr_mmio mmio;
    struct vwr_blk blk;
    uint64_t shared; /* physical address of the pages; 0: none */
    struct vwr_blk_own own;
};

/*
 * The register block is mapped at `registers`. VWR_OK: vwr_blk_read and other calls take &d->blk; or an
 * error.
 */
VWR_MUST_CHECK int hooks_disk_open(struct hooks_disk *d, volatile void *registers);

/*
 * VWR_OK: the pages were returned to the kernel. Otherwise the device may still access them, so they are
 * kept.
 */
VWR_MUST_CHECK int hooks_disk_close(struct hooks_disk *d);

#endif
