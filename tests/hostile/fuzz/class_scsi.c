/* SPDX-License-Identifier: MIT */
#include "classes.h"

#include "vwr/vscsi.h"

#include <string.h>

/* A SCSI host with disks in memory. The VMM fails commands, and adds, removes and resizes units. */

#define REQUESTS 3u
#define SEGS 40u
#define ROWS 4u
#define SECTORS 64u
#define SECTOR VWR_BLK_SECTOR_BYTES
#define QUEUES (VWR_VSCSI_QUEUES + 1u)

static struct {
    struct vwr_vscsi *device;
    struct vwr_vscsi_unit *unit;
    struct vwr_vmessage *message;
    struct vwr_vscsi_call *call;
    struct vwr_vseg *seg;
    uint8_t *bytes;
    struct vwr_vblk_backend backend;
} w;

static int submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    const uint8_t fed = class_fed();
    uint32_t bytes = 0;

    class_called(vwr_vscsi_dev(w.device));
    MUST(be == &w.backend);
    if (fed >= 0xe0)
        return fed >= 0xf0 ? VWR_EIO : VWR_EFULL;
    for (unsigned i = 0; i < r->ranges; i++)
        class_touch(w.bytes + r->range[i].sector * SECTOR, (size_t)r->range[i].sectors * SECTOR);
    for (unsigned i = 0; i < r->segs; bytes += (uint32_t)r->seg[i++].len) {
        uint8_t *const at = w.bytes + r->sector * SECTOR + bytes;

        MUST(r->type == VWR_BLK_T_IN || r->type == VWR_BLK_T_OUT);
        if (r->type == VWR_BLK_T_IN)
            memcpy(r->seg[i].at, at, r->seg[i].len);
        else
            memcpy(at, r->seg[i].at, r->seg[i].len);
    }
    MUST(bytes == r->bytes && bytes % be->block_size == 0);
    return VWR_OK;
}

static const struct vwr_vblk_backend_ops ops = {.submit = submit};

/* Units and their disk outlast the host. */
static void make_units(struct vwr_vscsi_unit *unit)
{
    w.backend = (struct vwr_vblk_backend){.ops = &ops, .sectors = SECTORS, .block_size = SECTOR};
    w.backend.discard = true;
    w.backend.flush = true;
    w.backend.segments = world.plan.queues == 2 ? 3 : 0;
    w.backend.block_size = world.plan.queues == 3 ? 4096 : SECTOR;
    w.bytes = class_memory(w.bytes, SECTORS * SECTOR);
    memset(unit, 0, ROWS * sizeof(*unit));
    unit[0] = (struct vwr_vscsi_unit){.backend = &w.backend, .first = 8, .sectors = 48};
    unit[1] = (struct vwr_vscsi_unit){.backend = &w.backend, .lun = 1, .read_only = true, .serial = "s"};
    unit[2] = (struct vwr_vscsi_unit){.backend = &w.backend, .target = 2, .lun = 300};
}

static struct vwr_vdev *begin(const struct vwr_vdev_setup *setup)
{
    struct vwr_vscsi_options o = {.units = ROWS, .max_target = 3, .requests = REQUESTS, .segs = SEGS};
    struct vwr_vdev_setup s = *setup;
    struct vwr_vscsi_unit before[ROWS];

    if (world.renews)
        memcpy(before, w.unit, sizeof(before));
    else
        make_units(before);
    w.device = class_memory(w.device, sizeof(*w.device));
    o.unit = w.unit = class_memory(w.unit, ROWS * sizeof(*w.unit));
    memcpy(w.unit, before, sizeof(before));
    o.message = w.message = class_memory(w.message, REQUESTS * sizeof(*w.message));
    o.call = w.call = class_memory(w.call, REQUESTS * sizeof(*w.call));
    o.seg = w.seg = class_memory(w.seg, (REQUESTS + 2) * SEGS * sizeof(*w.seg));
    s.queues = QUEUES;
    MUST(vwr_vscsi_init(w.device, &s, &o) == VWR_OK);
    return vwr_vscsi_dev(w.device);
}

static void event(uint8_t what, struct input *in)
{
    const uint8_t much = input_u8(in);
    const struct vwr_vscsi_unit unit = {
        .backend = &w.backend, .target = what >> 6, .lun = much & 1, .sectors = much & 0x38};
    int r;

    if (what % 4 == 0)
        r = vwr_vscsi_add(w.device, &unit);
    else if (what % 4 == 1)
        r = vwr_vscsi_remove(w.device, unit.target, unit.lun);
    else if (what % 4 == 2)
        r = vwr_vscsi_resize(w.device, unit.target, unit.lun, much);
    else
        r = vwr_vscsi_notify(w.device, unit.target, unit.lun, much);
    if (r != VWR_ENODEV)
        class_answers(r);
}

/* A command to unit 0 of target 0; returns its SCSI status. */
static uint8_t ask(struct script *s, uint8_t opcode, uint32_t bytes)
{
    uint8_t out[51] = {1, 0, 0x40};
    const uint8_t *back;

    vwr_t10_plain(out + 19, opcode, bytes);
    back = class_exchange(s, VWR_SCSI_QUEUE_REQUESTQ, out, sizeof(out), 12 + 96 + bytes);
    MUST(back[11] == VWR_SCSI_S_OK);
    return back[10];
}

static void must_work(struct vwr_dev *d)
{
    static struct script s;
    const struct vwr_vscsi_unit unit = {.backend = &w.backend};
    int r = vwr_vscsi_add(w.device, &unit);

    (void)d;
    if (r == VWR_EFULL) {
        MUST(vwr_vscsi_remove(w.device, w.unit[0].target, w.unit[0].lun) == VWR_OK);
        r = vwr_vscsi_add(w.device, &unit);
    }
    MUST(r != VWR_EFULL);
    class_start(&s);
    MUST(ask(&s, VWR_T10_TEST_UNIT_READY, 0) == VWR_T10_CHECK_CONDITION);
    MUST(ask(&s, VWR_T10_TEST_UNIT_READY, 0) == VWR_T10_GOOD);
    MUST(ask(&s, VWR_T10_SERVICE_ACTION_IN_16, 32) == VWR_T10_GOOD);
}

const struct world_service class_scsi = {begin, event, must_work, false};
CLASS_ALONE(class_scsi);
