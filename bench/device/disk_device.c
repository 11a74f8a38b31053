/* SPDX-License-Identifier: MIT */
#include "bench_device.h"
#include "vwr/vblk.h"

/*
 * Our disk with a back end that completes everything immediately: measures the class and the layers below it.
 */

#define REQUESTS 64u
#define SEGS (SEGMENTS_MAX + 2u)
#define SECTORS 4096u

static struct vwr_vblk disk;
static struct vwr_vblk_req requests[REQUESTS];
static struct vwr_vseg segs[REQUESTS * SEGS];
static struct kept {
    struct vwr_vblk_req *request;
    uint64_t ticket;
} kept[REQUESTS];
static unsigned kept_count;
static unsigned segments; /* of the data of a read */

static int submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    (void)be;
    return r->segs == 1 ? VWR_OK : VWR_EIO;
}

static int submit_any(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    (void)be;
    return r->segs == segments ? VWR_OK : VWR_EIO;
}

static int keep(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    struct kept *const k = &kept[kept_count++ % REQUESTS];

    (void)be;
    *k = (struct kept){r, vwr_vblk_ticket(r)};
    return VWR_LATER;
}

static void drain(struct vwr_vblk_backend *be, struct vwr_vblk *b, unsigned queue)
{
    (void)be;
    (void)b;
    (void)queue;
}

static struct vwr_vblk_backend_ops nothing = {.submit = submit, .drain = drain};
static struct vwr_vblk_backend backend = {.ops = &nothing, .sectors = SECTORS, .block_bytes = 512};

struct vwr_vdev *disk_make(const struct vwr_vdev_setup *s, unsigned data)
{
    const struct vwr_vblk_options o = {.backend = &backend,
                                       .req = requests,
                                       .req_count = REQUESTS,
                                       .seg = segs,
                                       .seg_count = VWR_COUNT(segs)};

    segments = data;
    if (data != 1)
        nothing.submit = submit_any;
    return vwr_vblk_init_with(&disk, s, &o) == VWR_OK ? &disk.dev : NULL;
}

void disk_keep(void)
{
    nothing.submit = keep;
}

void disk_complete(void)
{
    for (unsigned i = 0; i < kept_count; i++)
        vwr_vblk_done(kept[i].request, kept[i].ticket, VWR_OK);
    kept_count = 0;
    vwr_vblk_signal(&disk);
}

__attribute__((noinline)) struct bench_found disk_measured(struct bench_ring *b)
{
    const vwr_count reads = disk.stats.reads;

    vwr_vdev_serve(b->dev, 0);
    return (struct bench_found){(uint32_t)(disk.stats.reads - reads), 0};
}
