/* SPDX-License-Identifier: MIT */
#ifndef HOOKS_DISK_H
#define HOOKS_DISK_H

#include "vwr/blk.h"
#include "vwr/mmio.h"

#define HOOKS_QUEUE 32u /* descriptors */

/* A disk whose queue lies in pages of virtio_dma_alloc. It may lie on any stack: the device never sees it. */
struct hooks_disk {
    struct vwr_mmio mmio;
    struct vwr_blk blk;
    uint64_t shared; /* physical address of the pages; 0: none */
    _Alignas(8) uint8_t own[VWR_QUEUE_OWN_BYTES(HOOKS_QUEUE)];
};

/* The register block is mapped at `registers`. VWR_OK, and vwr_blk_read and its like have &d->blk; or an
 * error. */
VWR_MUST_CHECK int hooks_disk_open(struct hooks_disk *d, volatile void *registers);

/* VWR_OK: the pages are the kernel's again. Otherwise the device may still have them, and so they stay its.
 */
VWR_MUST_CHECK int hooks_disk_close(struct hooks_disk *d);

#endif
