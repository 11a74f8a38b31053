/* SPDX-License-Identifier: MIT */
#include "classes.h"
#include "judge.h"

#include "vwr/vscsi.h"

#include <string.h>

/* A SCSI host with disks in memory. The VMM fails commands, and adds, removes and resizes units. */

#define REQUESTS 3u
#define SEGS 40u
#define ROWS 4u
#define SECTORS 64u
#define SECTOR VWR_BLK_SECTOR_BYTES
#define QUEUES (VWR_VSCSI_QUEUES + 1u)
#define BACKENDS 9u /* two units on each of four targets, and a unit with a high number */

static struct {
    struct vwr_vscsi *device;
    struct vwr_vt10_unit *unit;
    struct vwr_vmessage *message;
    struct vwr_vt10_call *call;
    struct vwr_vseg *seg;
    uint8_t *bytes;
    struct vwr_vblk_backend backend[BACKENDS]; /* filled with a byte value that is different for each unit */
} w;

static struct vwr_vblk_backend *backend_of(unsigned target, unsigned lun)
{
    return &w.backend[lun < 2 ? 2 * target + lun : BACKENDS - 1];
}

/* A back end must receive only requests of its unit, within the unit's window. */
static void check(const struct vwr_vblk_backend *be, const struct vwr_vblk_req *r)
{
    const struct vwr_vt10_unit *u = w.unit;

    while (u < w.unit + ROWS && u->backend != be)
        u++;
    MUST(u < w.unit + ROWS && u->sectors <= be->sectors && u->first <= be->sectors - u->sectors);
    MUST(judge_request(be, r, u->first, u->sectors, u->read_only));
    for (unsigned i = 0; i < r->segs; i++)
        MUST(r->seg[i].len != 0 && world_is_guests(r->seg[i].at, r->seg[i].len));
}

static int submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    const uint8_t fed = class_fed();
    size_t bytes = 0;

    class_called(vwr_vscsi_dev(w.device));
    check(be, r);
    if (fed >= 0xe0)
        return fed >= 0xf0 ? VWR_EIO : VWR_EFULL;
    for (unsigned i = 0; i < r->ranges; i++)
        class_touch(w.bytes + r->range[i].sector * SECTOR, (size_t)r->range[i].sectors * SECTOR);
    for (unsigned i = 0; i < r->segs; bytes += r->seg[i++].len) {
        uint8_t *const at = w.bytes + r->sector * SECTOR + bytes;

        if (r->type == VWR_BLK_T_IN)
            memcpy(r->seg[i].at, at, r->seg[i].len);
        else
            memcpy(at, r->seg[i].at, r->seg[i].len);
    }
    return VWR_OK;
}

static const struct vwr_vblk_backend_ops ops = {.submit = submit};

/* Units and their disk outlast the host. */
static void make_units(struct vwr_vt10_unit *unit)
{
    for (unsigned i = 0; i < BACKENDS; i++)
        w.backend[i] = (struct vwr_vblk_backend){.ops = &ops,
                                                 .sectors = SECTORS,
                                                 .block_bytes = world.plan.queues == 3 ? 4096 : SECTOR,
                                                 .flush = true,
                                                 .discard = true,
                                                 .segments_max = world.plan.queues == 2 ? 3 : 0};
    w.bytes = class_memory(w.bytes, SECTORS * SECTOR);
    memset(unit, 0, ROWS * sizeof(*unit));
    unit[0] = (struct vwr_vt10_unit){.backend = backend_of(0, 0), .first = 8, .sectors = 48};
    unit[1] = (struct vwr_vt10_unit){.backend = backend_of(0, 1), .lun = 1, .read_only = true, .serial = "s"};
    unit[2] = (struct vwr_vt10_unit){.backend = backend_of(2, 300), .target = 2, .lun = 300};
}

static struct vwr_vdev *begin(const struct vwr_vdev_setup *setup)
{
    struct vwr_vscsi_options o = {.unit_count = ROWS,
                                  .max_target = 3,
                                  .message_count = REQUESTS,
                                  .call_count = REQUESTS,
                                  .seg_count = VWR_VSCSI_SEGS(REQUESTS, SEGS)};
    struct vwr_vdev_setup s = *setup;
    struct vwr_vt10_unit before[ROWS];

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
    s.queue_count = QUEUES;
    MUST(vwr_vscsi_init_with(w.device, &s, &o) == VWR_OK);
    return vwr_vscsi_dev(w.device);
}

static void event(uint8_t what, struct input *in)
{
    const uint8_t much = input_u8(in);
    const struct vwr_vt10_unit unit = {.backend = backend_of(what >> 6, much & 1),
                                       .target = what >> 6,
                                       .lun = much & 1,
                                       .sectors = much & 0x38};
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
    const struct vwr_vt10_unit unit = {.backend = backend_of(0, 0)};
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
