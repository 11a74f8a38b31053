/* SPDX-License-Identifier: MIT */
#ifndef VIRTIO_BLOCK_H
#define VIRTIO_BLOCK_H

#include "block_device.h"

#include "vwr/blk.h"
#include "vwr/mmio.h"

#define VIRTIO_BLOCK_QUEUE 64u    /* descriptors */
#define VIRTIO_BLOCK_REQUESTS 16u /* in flight */

struct virtio_block {
    struct block_device device; /* first: handle_irq and the other functions get this */
    struct vwr_mmio mmio;
    struct vwr_blk blk;
    int serviced; /* requests completed by the last interrupt, or why the disk is stopped */
    _Alignas(VWR_QUEUE_SHARED_ALIGN)
        uint8_t shared[VWR_BLK_SHARED_BYTES(VIRTIO_BLOCK_QUEUE, VIRTIO_BLOCK_REQUESTS, 2)];
    _Alignas(8) uint8_t own[VWR_BLK_OWN_BYTES(VIRTIO_BLOCK_QUEUE, VIRTIO_BLOCK_REQUESTS)];
};

/* The register block is mapped at `registers`; *v is static memory of the kernel, any content. */
VWR_MUST_CHECK int virtio_block_open(struct virtio_block *v, volatile void *registers);

#endif
