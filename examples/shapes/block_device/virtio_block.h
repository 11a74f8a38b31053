/* SPDX-License-Identifier: MIT */
#ifndef VIRTIO_BLOCK_H
#define VIRTIO_BLOCK_H

#define VWR_BLK_SEGMENTS 2u /* a block may cross a page boundary */

#include "block_device.h"

#include "vwr/blk.h"
#include "vwr/mmio.h"

struct virtio_block {
    struct block_device device; /* first: handle_irq and the other functions get this */
    struct vwr_mmio mmio;
    struct vwr_blk blk;
    int serviced; /* requests completed by the last interrupt, or why the disk is stopped */
    struct vwr_blk_shared shared;
    struct vwr_blk_own own;
};

/* The register block is mapped at `registers`; *v is static memory of the kernel, any content. */
VWR_MUST_CHECK int virtio_block_open(struct virtio_block *v, volatile void *registers);

#endif
