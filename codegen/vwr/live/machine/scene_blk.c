/* SPDX-License-Identifier: MIT */
#include "live.h"

#include "vwr/blk.h"
#include "vwr/bytes.h"
#include "vwr/message.h"
#include "vwr/vblk.h"
#include "vwr/vblk_memory.h"
#include "vwr/open/rows.h"

#define SECTORS 32u
#define REQUESTS 8u
#define SEGMENTS 8u
#define DATA_BYTES 2048u

static struct {
    struct vwr_vblk device;
    struct vwr_vblk_memory backend;
    struct vwr_vblk_req req[REQUESTS];
    struct vwr_vseg seg[VWR_VBLK_SEGS(REQUESTS, SEGMENTS)];
    uint8_t *data; /* in the guest's RAM */
} disk;

static int add(struct live_guest *g, struct vwr_vdev_setup *s, struct vwr_vdev **v)
{
    const struct vwr_vblk_options o = {.backend = &disk.backend.backend,
                                       .id = "a disk of the page",
                                       .req = disk.req,
                                       .req_count = REQUESTS,
                                       .seg = disk.seg,
                                       .seg_count = VWR_COUNT(disk.seg)};
    struct live_surface *const surface = &live_surfaces[g->number];

    surface->bytes = SECTORS * VWR_BLK_SECTOR_BYTES;
    surface->width = 16;
    disk.data = live_alloc(g, DATA_BYTES, VWR_BLK_SECTOR_BYTES);
    vwr_vblk_memory_init(&disk.backend, surface->data, surface->bytes, false, NULL);
    *v = &disk.device.dev;
    return vwr_vblk_init_with(&disk.device, s, &o);
}

static struct vwr_blk *driver(const struct live_guest *g)
{
    return vwr_opened_driver(&g->opened, &vwr_blk_bringup);
}

static uint32_t count_of(uint64_t count)
{
    return count < DATA_BYTES / VWR_BLK_SECTOR_BYTES ? (uint32_t)count : DATA_BYTES / VWR_BLK_SECTOR_BYTES;
}

static int read(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    const uint32_t count = count_of(in->number[1]);
    const int r = vwr_blk_read(driver(g), in->number[0], disk.data, count);

    if (r == VWR_OK) {
        out->bytes = count * VWR_BLK_SECTOR_BYTES;
        vwr_copy(out->data, disk.data, out->bytes);
    }
    return r;
}

static int write(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    const uint32_t bytes = in->bytes < DATA_BYTES ? in->bytes : DATA_BYTES;
    const uint32_t count = (bytes + VWR_BLK_SECTOR_BYTES - 1u) / VWR_BLK_SECTOR_BYTES;

    (void)out;
    vwr_zero(disk.data, DATA_BYTES);
    vwr_copy(disk.data, in->data, bytes);
    return vwr_blk_write(driver(g), in->number[0], disk.data, count != 0 ? count : 1u);
}

static int flush(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)in;
    (void)out;
    return vwr_blk_flush(driver(g));
}

static int discard(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)out;
    return vwr_blk_do_ranges(driver(g), VWR_BLK_T_DISCARD, in->number[0], in->number[1], false);
}

static int write_zeroes(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)out;
    return vwr_blk_do_ranges(driver(g), VWR_BLK_T_WRITE_ZEROES, in->number[0], in->number[1], false);
}

static int get_id(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    char id[VWR_BLK_GET_ID_BYTES + 1u];
    const int r = vwr_blk_get_id(driver(g), id);

    (void)in;
    if (r == VWR_OK) {
        out->bytes = VWR_BLK_GET_ID_BYTES;
        vwr_copy(out->data, id, VWR_BLK_GET_ID_BYTES);
    }
    return r;
}

static const struct live_action actions[] = {
    {"write", "sector=2 data:text", "Write sectors.", LIVE_DRIVER, write},
    {"read", "sector=2 count=1", "Read sectors.", LIVE_DRIVER, read},
    {"flush", "", "Make earlier writes permanent.", LIVE_DRIVER, flush},
    {"discard", "sector=2 count=1", "Discard sectors.", LIVE_DRIVER, discard},
    {"write zeroes", "sector=2 count=1", "Fill sectors with zeroes.", LIVE_DRIVER, write_zeroes},
    {"get ID", "", "Read the name of the disk.", LIVE_DRIVER, get_id},
};

static const struct vwr_open_class row = VWR_OPEN_BLK;

const struct live_scene live_scene_blk = {.name = "blk",
                                          .brief = "A disk of 32 sectors.",
                                          .actions = actions,
                                          .action_count = VWR_COUNT(actions),
                                          .guests = 1,
                                          .queues = 1,
                                          .surface = LIVE_BYTES,
                                          .add = add,
                                          .driver = &row};
