/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#include "io.h"
#include "virtio_block_frontend.h"
#include "lib/avatar_string.h"
#include "vwr_avatar_vmm.h"

/* Disks of guests: windows of the disks that the frontend drives. */

#define REQUESTS 8 /* of one guest, and a request is done before the next is looked at */
#define SEGMENTS 34

struct virtio_block {
    struct vwr_vblk blk; /* first */
    struct vwr_vblk_backend backend;
    struct vwr_vblk_req req[REQUESTS];
    struct vwr_vseg seg[REQUESTS * SEGMENTS];
    virtio_device_t *dev;            /* NULL: free */
    virtio_blk_device_t *disk;       /* of the frontend */
    uint8_t odd[VIRTIO_SECTOR_SIZE]; /* a sector that is in several segments */
    uint64_t first;
    uint64_t sectors;
    bool read_only;
};

static virtio_block_t blocks[VIRTIO_VM_MAX];

static int transfer(virtio_block_t *b, uint64_t sector, uint8_t *buffer, uint32_t count, bool write)
{
    const int result = write ? virtio_blk_write_sectors(b->disk, sector, buffer, count)
                             : virtio_blk_read_sectors(b->disk, sector, buffer, count);

    return result == 0 ? VWR_OK : VWR_EIO;
}

/* Where a request is in its segments. */
struct place {
    const struct vwr_vseg *seg;
    uint32_t at;
};

/* Copies a sector between `odd` and the segments from *p on. */
static void over_segments(virtio_block_t *b, struct place *p, bool write)
{
    uint32_t done = 0;

    while (done < VIRTIO_SECTOR_SIZE) {
        const uint32_t left = p->seg->len - p->at;
        const uint32_t some = left < VIRTIO_SECTOR_SIZE - done ? left : VIRTIO_SECTOR_SIZE - done;

        if (write)
            memcpy(b->odd + done, p->seg->at + p->at, some);
        else
            memcpy(p->seg->at + p->at, b->odd + done, some);
        done += some;
        p->at += some;
        if (p->at == p->seg->len) {
            p->seg++;
            p->at = 0;
        }
    }
}

/* One sector that is in several segments. */
static int transfer_odd(virtio_block_t *b, uint64_t sector, struct place *p, bool write)
{
    int result = VWR_OK;

    if (write)
        over_segments(b, p, true);
    result = transfer(b, sector, b->odd, 1, write);
    if (!write && result == VWR_OK)
        over_segments(b, p, false);
    return result;
}

static int read_or_write(virtio_block_t *b, const struct vwr_vblk_req *r, bool write)
{
    struct place p = {r->seg, 0};
    uint64_t sector = r->sector;
    uint32_t left = r->bytes / VIRTIO_SECTOR_SIZE;
    int result = VWR_OK;

    while (left > 0 && result == VWR_OK) {
        const uint32_t whole = (p.seg->len - p.at) / VIRTIO_SECTOR_SIZE;
        const uint32_t count = whole == 0 ? 1 : whole < left ? whole : left;

        if (whole == 0) {
            result = transfer_odd(b, sector, &p, write);
        } else {
            result = transfer(b, sector, p.seg->at + p.at, count, write);
            p.at += count * VIRTIO_SECTOR_SIZE;
        }
        if (left > count && p.at == p.seg->len) {
            p.seg++;
            p.at = 0;
        }
        sector += count;
        left -= count;
    }
    return result;
}

static int submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    virtio_block_t *const b = (virtio_block_t *)(void *)r->disk;

    (void)be;
    switch (r->type) {
    case VWR_BLK_T_IN:
        return read_or_write(b, r, false);
    case VWR_BLK_T_OUT:
        return read_or_write(b, r, true);
    case VWR_BLK_T_FLUSH:
        return virtio_blk_flush(b->disk) == 0 ? VWR_OK : VWR_EIO;
    default:
        return VWR_EUNSUPP;
    }
}

static const struct vwr_vblk_backend_ops backend_ops = {.submit = submit};

static int begin(struct vwr_avatar_device *d, const struct vwr_vdev_setup *s)
{
    virtio_block_t *const b = (virtio_block_t *)d->part;
    struct vwr_vblk_options o;

    b->backend.ops = &backend_ops;
    b->backend.sectors = b->disk->capacity;
    b->backend.block_size = VIRTIO_SECTOR_SIZE;
    b->backend.read_only = b->disk->read_only;
    b->backend.flush = true;
    memset(&o, 0, sizeof(o));
    o.backend = &b->backend;
    o.first = b->first;
    o.sectors = b->sectors;
    o.read_only = b->read_only;
    o.queues = 1;
    o.req = b->req;
    o.reqs = REQUESTS;
    o.seg = b->seg;
    o.segs = SEGMENTS;
    d->vdev = &b->blk.dev;
    return vwr_vblk_init(&b->blk, s, &o);
}

static virtio_block_t *free_block(void)
{
    for (uint32_t i = 0; i < VIRTIO_VM_MAX; i++) {
        if (vwr_avatar_part(blocks[i].dev, &blocks[i]) == NULL)
            return &blocks[i];
    }
    logger_error("VirtIO: all %u block devices are in use\n", (uint32_t)VIRTIO_VM_MAX);
    return NULL;
}

virtio_block_t *virtio_block_create(uint64_t base_addr, uint32_t irq, uint32_t disk, uint64_t first,
                                    uint64_t sectors, bool read_only)
{
    virtio_blk_device_t *const frontend = avatar_get_virtio_block_device_at(disk);
    virtio_block_t *const b = frontend == NULL ? NULL : free_block();
    virtio_device_t *dev;

    if (frontend == NULL)
        logger_error("VirtIO: the frontend has no disk %u: has avatar_virtio_block_init found it?\n", disk);
    if (b == NULL)
        return NULL;
    dev = virtio_create_device(VIRTIO_ID_BLOCK, base_addr, irq);
    if (dev == NULL)
        return NULL;
    memset(b, 0, sizeof(*b));
    b->dev = dev;
    b->disk = frontend;
    b->first = first;
    b->sectors = sectors;
    b->read_only = read_only;
    (void)vwr_avatar_take(dev, begin, b);
    return b;
}

void virtio_block_destroy(virtio_block_t *block)
{
    if (block == NULL || vwr_avatar_part(block->dev, block) == NULL)
        return;
    virtio_destroy_device(block->dev);
    memset(block, 0, sizeof(*block));
}
