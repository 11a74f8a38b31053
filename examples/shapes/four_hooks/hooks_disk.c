/* SPDX-License-Identifier: MIT */
#include "hooks_disk.h"

#define SHARED_PAGES ((sizeof(struct vwr_blk_shared) + HOOKS_PAGE - 1u) / HOOKS_PAGE)

int hooks_disk_open(struct hooks_disk *d, volatile void *registers)
{
    struct vwr_blk_options options = {.own = &d->own};
    int r = vwr_mmio_probe(&d->mmio, registers, VWR_MMIO_SIZE);

    if (r != VWR_OK)
        return r;
    d->shared = virtio_dma_alloc(SHARED_PAGES);
    if (d->shared == 0)
        return VWR_ENOMEM;
    options.shared = virtio_phys_to_virt(d->shared);
    r = vwr_blk_open(&d->blk, &d->mmio.dev, &options);
    if (r != VWR_OK && hooks_disk_close(d) != VWR_OK)
        return VWR_EGONE; /* the pages are lost as well */
    return r;
}

int hooks_disk_close(struct hooks_disk *d)
{
    const int r = vwr_close(&d->blk.bringup);

    if (r == VWR_OK && d->shared != 0) {
        (void)virtio_dma_dealloc(d->shared, SHARED_PAGES);
        d->shared = 0;
    }
    return r;
}
