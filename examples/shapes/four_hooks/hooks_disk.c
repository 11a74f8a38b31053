/* SPDX-License-Identifier: MIT */
#include "hooks_disk.h"

#define SHARED_PAGES ((VWR_BLK_SHARED_BYTES(HOOKS_QUEUE, 1, 1) + HOOKS_PAGE - 1u) / HOOKS_PAGE)

int hooks_disk_open(struct hooks_disk *d, volatile void *registers)
{
    struct vwr_queue_memory memory;
    int r = vwr_mmio_probe(&d->mmio, registers, VWR_MMIO_SIZE);

    if (r != VWR_OK)
        return r;
    d->shared = virtio_dma_alloc(SHARED_PAGES);
    if (d->shared == 0)
        return VWR_ENOMEM;
    memory.shared = virtio_phys_to_virt(d->shared);
    memory.shared_bytes = SHARED_PAGES * HOOKS_PAGE;
    memory.own = d->own;
    memory.own_bytes = sizeof(d->own);
    memory.size = HOOKS_QUEUE;
    r = vwr_blk_open(&d->blk, &d->mmio.dev, &memory, NULL);
    if (r != VWR_OK && hooks_disk_close(d) != VWR_OK)
        return VWR_EGONE; /* the pages are lost as well */
    return r;
}

int hooks_disk_close(struct hooks_disk *d)
{
    const int r = vwr_blk_close(&d->blk);

    if (r == VWR_OK && d->shared != 0) {
        (void)virtio_dma_dealloc(d->shared, SHARED_PAGES);
        d->shared = 0;
    }
    return r;
}
