/* SPDX-License-Identifier: MIT */
#include "live.h"

#include "vwr/bytes.h"
#include "vwr/scsi.h"
#include "vwr/text.h"
#include "vwr/vblk_memory.h"
#include "vwr/vscsi.h"
#include "vwr/open/rows.h"

#define SECTORS 32u
#define SEGMENTS 68u
#define DATA_BYTES 2048u
#define UNIT VWR_SCSI_UNIT(0, 0)

static struct {
    struct vwr_vscsi device;
    struct vwr_vblk_memory backend;
    struct vwr_vt10_unit unit[1];
    struct vwr_vmessage message[1];
    struct vwr_vt10_call call[1];
    struct vwr_vseg seg[VWR_VSCSI_SEGS(1u, SEGMENTS)];
    struct vwr_scsi_disk disk; /* of the driver */
    uint8_t *data;             /* in the guest's RAM */
} host;

static int add(struct live_guest *g, struct vwr_vdev_setup *s, struct vwr_vdev **v)
{
    const struct vwr_vscsi_options o = {.unit = host.unit,
                                        .unit_count = VWR_COUNT(host.unit),
                                        .message = host.message,
                                        .message_count = VWR_COUNT(host.message),
                                        .call = host.call,
                                        .call_count = VWR_COUNT(host.call),
                                        .seg = host.seg,
                                        .seg_count = VWR_COUNT(host.seg)};
    struct live_surface *const surface = &live_surfaces[g->number];

    vwr_zero(&host, sizeof(host));
    surface->bytes = SECTORS * VWR_SCSI_BLOCK_MIN;
    surface->width = 16;
    host.data = live_alloc(g, DATA_BYTES, VWR_SCSI_BLOCK_MIN);
    vwr_vblk_memory_init(&host.backend, surface->data, surface->bytes, false, NULL);
    host.unit[0].backend = &host.backend.backend;
    host.unit[0].serial = "1";
    host.unit[0].product = "a disk of a page";
    *v = vwr_vscsi_dev(&host.device);
    return vwr_vscsi_init_with(&host.device, s, &o);
}

static struct vwr_scsi *driver(const struct live_guest *g)
{
    return vwr_opened_driver(&g->opened, &vwr_scsi_bringup);
}

static int inquiry(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    const int r = vwr_scsi_inquiry(driver(g), UNIT, (unsigned)in->number[0], host.data, 96);

    out->bytes = r > 0 ? (uint32_t)r : 0;
    vwr_copy(out->data, host.data, out->bytes);
    return r;
}

static int read_capacity(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    const int r = vwr_scsi_disk_open(&host.disk, driver(g), UNIT);
    struct vwr_text t;

    (void)in;
    if (r != VWR_OK)
        return r;
    vwr_text_begin(&t, (char *)out->data, sizeof(out->data));
    vwr_text_dec(&t, host.disk.blocks);
    vwr_text_str(&t, " blocks of ");
    vwr_text_dec(&t, host.disk.block_bytes);
    vwr_text_str(&t, " bytes");
    out->bytes = (uint32_t)t.length;
    return r;
}

/* The capacity is read once after the driver was opened. */
static int open_disk(const struct live_guest *g)
{
    return host.disk.scsi == driver(g) ? VWR_OK : vwr_scsi_disk_open(&host.disk, driver(g), UNIT);
}

static int read(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    const uint64_t most = DATA_BYTES / VWR_SCSI_BLOCK_MIN;
    const uint32_t bytes = (uint32_t)(in->number[1] < most ? in->number[1] : most) * VWR_SCSI_BLOCK_MIN;
    int r = open_disk(g);

    if (r == VWR_OK)
        r = vwr_scsi_disk_read(&host.disk, in->number[0], host.data, bytes);
    if (r == VWR_OK) {
        out->bytes = bytes;
        vwr_copy(out->data, host.data, bytes);
    }
    return r;
}

static int write(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    const uint32_t bytes = in->bytes < DATA_BYTES ? in->bytes : DATA_BYTES;
    const uint32_t count = bytes == 0 ? 1u : (bytes + VWR_SCSI_BLOCK_MIN - 1u) / VWR_SCSI_BLOCK_MIN;
    const int r = open_disk(g);

    (void)out;
    if (r != VWR_OK)
        return r;
    vwr_zero(host.data, DATA_BYTES);
    vwr_copy(host.data, in->data, bytes);
    return vwr_scsi_disk_write(&host.disk, in->number[0], host.data, count * VWR_SCSI_BLOCK_MIN);
}

static int flush(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    const int r = open_disk(g);

    (void)in;
    (void)out;
    return r == VWR_OK ? vwr_scsi_disk_flush(&host.disk) : r;
}

static int poll(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    struct vwr_scsi_notice notice;
    const int r = vwr_scsi_poll(driver(g), &notice);
    struct vwr_text t;

    (void)in;
    if (r <= 0)
        return r;
    vwr_text_begin(&t, (char *)out->data, sizeof(out->data));
    vwr_text_str(&t, "event ");
    vwr_text_dec(&t, notice.type);
    vwr_text_str(&t, ", reason ");
    vwr_text_hex(&t, notice.reason);
    out->bytes = (uint32_t)t.length;
    return r;
}

static int resize(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)g;
    (void)out;
    return vwr_vscsi_resize(&host.device, 0, 0, in->number[0]);
}

static const struct live_action actions[] = {
    {"inquiry", "page=256", "Ask what the unit is; 256 is the standard data.", LIVE_DRIVER, inquiry},
    {"read capacity", "", "Read the size of the disk.", LIVE_DRIVER, read_capacity},
    {"write", "block=2 data:text", "Write blocks.", LIVE_DRIVER, write},
    {"read", "block=2 count=1", "Read blocks.", LIVE_DRIVER, read},
    {"flush", "", "Make earlier writes permanent.", LIVE_DRIVER, flush},
    {"poll", "", "Get the next event.", LIVE_DRIVER, poll},
    {"resize", "sectors=16", "Change the size of the disk.", LIVE_DEVICE, resize},
};

static const struct vwr_open_class row = VWR_OPEN_SCSI;

const struct live_scene live_scene_scsi = {.name = "scsi",
                                           .brief = "A SCSI host with one disk of 32 sectors.",
                                           .actions = actions,
                                           .action_count = VWR_COUNT(actions),
                                           .guests = 1,
                                           .queues = VWR_VSCSI_QUEUES,
                                           .surface = LIVE_BYTES,
                                           .add = add,
                                           .driver = &row};
