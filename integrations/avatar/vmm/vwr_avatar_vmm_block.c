/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#include "io.h"
#include "virtio_block_frontend.h"
#include "lib/avatar_string.h"
#include "vwr_avatar_vmm.h"

/*
 * Block devices for guests: windows of the frontend's disks, accessed with the frontend's asynchronous
 * transfers.
 */

#define REQUESTS 8 /* concurrent requests of a guest */
#define SEGMENTS 34

struct virtio_block {
    struct vwr_vblk blk; /* first */
    struct vwr_vblk_backend backend;
    struct vwr_vblk_req req[REQUESTS];
    struct vwr_vseg seg[REQUESTS * SEGMENTS];
    virtio_blk_io_t io[REQUESTS]; /* transfer of the request with the same index */
    uint64_t ticket[REQUESTS];    /* ticket of that request */
    virtio_device_t *dev;         /* NULL: free */
    virtio_blk_device_t *disk;    /* of the frontend */
    uint64_t first;
    uint64_t sectors;
    bool read_only;
};

VWR_STATIC_ASSERT(sizeof(struct vwr_vseg) == sizeof(virtio_blk_segment_t) &&
                      __builtin_offsetof(struct vwr_vseg, at) ==
                          __builtin_offsetof(virtio_blk_segment_t, at) &&
                      __builtin_offsetof(struct vwr_vseg, len) ==
                          __builtin_offsetof(virtio_blk_segment_t, bytes),
                  "one layout for both");

static virtio_block_t blocks[VIRTIO_VM_MAX];
static const struct vwr_avatar_parts parts = VWR_AVATAR_PARTS("block devices", blocks);

static void done(virtio_blk_io_t *io, int result)
{
    struct vwr_vblk_req *const r = (struct vwr_vblk_req *)io->context;
    virtio_block_t *const b = (virtio_block_t *)(void *)r->disk;

    vwr_vblk_done(r, b->ticket[io - b->io], result == 0 ? VWR_OK : VWR_EIO);
    vwr_vblk_signal(&b->blk);
    vwr_avatar_run_deferred();
}

static int submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    virtio_block_t *const b = (virtio_block_t *)(void *)r->disk;
    virtio_blk_io_t *const io = &b->io[r - b->req];

    (void)be;
    if (!vwr_vblk_is_transfer(r) && r->type != VWR_BLK_T_FLUSH)
        return VWR_EUNSUPP;
    io->what = r->type == VWR_BLK_T_FLUSH ? VIRTIO_BLK_FLUSH
               : r->type == VWR_BLK_T_OUT ? VIRTIO_BLK_WRITE
                                          : VIRTIO_BLK_READ;
    io->sector = r->sector;
    io->segment = (const virtio_blk_segment_t *)(const void *)r->seg;
    io->segments = r->segs;
    io->done = done;
    io->context = r;
    b->ticket[r - b->req] = vwr_vblk_ticket(r);
    return virtio_blk_submit(b->disk, io) == 0 ? VWR_LATER : VWR_EIO;
}

/*
 * The guest has reset the device. Its memory is free immediately: the disk only accesses the frontend's
 * buffers.
 */
static void drain(struct vwr_vblk_backend *be, struct vwr_vblk *blk, unsigned queue)
{
    virtio_block_t *const b = (virtio_block_t *)(void *)blk;

    (void)be;
    for (unsigned i = 0; i < REQUESTS; i++)
        if (queue == VWR_VBLK_ALL_QUEUES || b->req[i].queue == queue)
            virtio_blk_cancel(b->disk, &b->io[i]);
}

static const struct vwr_vblk_backend_ops backend_ops = {.submit = submit, .drain = drain};

static int begin(struct vwr_avatar_device *d, const struct vwr_vdev_setup *s)
{
    virtio_block_t *const b = (virtio_block_t *)d->part;
    struct vwr_vblk_options o;

    b->backend.ops = &backend_ops;
    b->backend.sectors = b->disk->capacity;
    b->backend.block_bytes = b->disk->disk_block;
    b->backend.read_only = b->disk->read_only;
    b->backend.flush = true;
    memset(&o, 0, sizeof(o));
    o.backend = &b->backend;
    o.first = b->first;
    o.sectors = b->sectors;
    o.read_only = b->read_only;
    o.req = b->req;
    o.req_count = REQUESTS;
    o.seg = b->seg;
    o.seg_count = VWR_COUNT(b->seg);
    d->vdev = &b->blk.dev;
    return vwr_vblk_init_with(&b->blk, s, &o);
}

virtio_block_t *virtio_block_create(uint64_t base_addr, uint32_t irq, uint32_t disk, uint64_t first,
                                    uint64_t sectors, bool read_only)
{
    virtio_blk_device_t *const frontend = avatar_get_virtio_block_device_at(disk);
    virtio_block_t *const b = frontend == NULL ? NULL : vwr_avatar_free_part(&parts);
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
