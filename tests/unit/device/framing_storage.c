/* SPDX-License-Identifier: MIT */
#include "framing.h"

#include "vwr/t10.h"
#include "vwr/vblk.h"
#include "vwr/vblk_memory.h"
#include "vwr/vblk_zone.h"
#include "vwr/vscsi.h"

#include <string.h>

/* Disks, disks with zones, and SCSI units. */

#define SECTOR VWR_BLK_SECTOR_BYTES
#define SECTORS 16u

static uint8_t bytes[SECTORS * SECTOR];
static struct vwr_vblk_backend backend;

static void fill(void)
{
    static uint8_t pattern[sizeof(bytes)];

    if (pattern[0] == 0)
        for (size_t i = 0; i < sizeof(pattern); i++)
            pattern[i] = framing_pattern(i);
    memcpy(bytes, pattern, sizeof(bytes));
}

static void saw_bytes(void)
{
    framing_saw(bytes, sizeof(bytes));
}

/* ---- a disk whose back end answers at once, or later ---- */

#define BLK(type, sector) 0, OUT(U32(VWR_BLK_T_##type), U32(0), U64(sector)), .head = 16, .tail = 1
#define RANGE(sector, sectors) U64(sector), U32(sectors), U32(0)
#define BLK_RANGES(type, ...) \
    0, OUT(U32(VWR_BLK_T_##type), U32(0), U64(0), __VA_ARGS__), .head = 16, .tail = 1, .in = 1, .used = 1

static struct vwr_vblk disk;
static struct vwr_vblk_req req[2];
static struct vwr_vseg seg[2 * FRAMING_SEGS];
static struct vwr_vblk_req *asked;
static uint64_t ticket;
static bool later;

static void transfer(struct vwr_vblk_req *r)
{
    uint8_t *at = bytes + r->sector * SECTOR;

    framing_saw_number(r->type);
    for (unsigned i = 0; i < r->segs; at += r->seg[i++].len) {
        if (r->type == VWR_BLK_T_IN)
            memcpy(r->seg[i].at, at, r->seg[i].len);
        else
            memcpy(at, r->seg[i].at, r->seg[i].len);
    }
    for (unsigned i = 0; i < r->ranges; i++) {
        framing_saw_number(r->range[i].sector);
        framing_saw_number(r->range[i].sectors);
    }
}

static int submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    (void)be;
    if (!later) {
        transfer(r);
        return VWR_OK;
    }
    asked = r;
    ticket = vwr_vblk_ticket(r);
    return VWR_LATER;
}

static void drain(struct vwr_vblk_backend *be, struct vwr_vblk *b, unsigned queue)
{
    (void)be;
    (void)b;
    (void)queue;
    asked = NULL;
}

static void answer_later(void)
{
    while (asked != NULL) {
        struct vwr_vblk_req *const r = asked;

        asked = NULL;
        transfer(r);
        vwr_vblk_done(r, ticket, VWR_OK);
        vwr_vblk_signal(&disk);
    }
}

static void init_disk(const struct vwr_vdev_setup *s, struct vwr_vblk_backend *be,
                      struct vwr_vblk_zones *zones)
{
    struct vwr_vdev_setup one = *s;
    const struct vwr_vblk_options o = {.backend = be,
                                       .zones = zones,
                                       .id = "the framed disk",
                                       .req = req,
                                       .req_count = VWR_COUNT(req),
                                       .seg = seg,
                                       .seg_count = VWR_COUNT(seg)};

    one.queue_count = 1;
    assert_int_equal(vwr_vblk_init_with(&disk, &one, &o), VWR_OK);
}

static struct vwr_vdev *make_disk(const struct vwr_vdev_setup *s, bool answers_later)
{
    static const struct vwr_vblk_backend_ops at_once = {.submit = submit};
    static const struct vwr_vblk_backend_ops ops = {.submit = submit, .drain = drain};
    static const struct vwr_blk_get_lifetime_answer lifetime = {.pre_eol_info = 2,
                                                                .device_lifetime_est_typ_a = 0x304};

    fill();
    later = answers_later;
    asked = NULL;
    backend = (struct vwr_vblk_backend){.ops = later ? &ops : &at_once,
                                        .sectors = SECTORS,
                                        .block_bytes = SECTOR,
                                        .flush = true,
                                        .discard = true,
                                        .discard_sectors = SECTORS,
                                        .write_zeroes = true,
                                        .write_zeroes_sectors = SECTORS,
                                        .secure_erase = true,
                                        .secure_erase_sectors = SECTORS,
                                        .lifetime = &lifetime};
    init_disk(s, &backend, NULL);
    return &disk.dev;
}

static struct vwr_vdev *make_blk(const struct vwr_vdev_setup *s)
{
    return make_disk(s, false);
}

static struct vwr_vdev *make_blk_late(const struct vwr_vdev_setup *s)
{
    return make_disk(s, true);
}

static bool blk_good(const struct framing_row *r, const uint8_t *answer)
{
    return answer[r->in - 1] == (strcmp(r->name, "unknown") == 0 ? VWR_BLK_S_UNSUPP : VWR_BLK_S_OK);
}

static const struct framing_row blk_rows[] = {
    {"IN", BLK(IN, 3), .in = SECTOR + 1, .used = SECTOR + 1},
    {"OUT", BLK(OUT, 5), .data = SECTOR, .in = 1, .used = 1},
    {"IN of what OUT has written", BLK(IN, 4), .in = 2 * SECTOR + 1, .used = 2 * SECTOR + 1},
    {"FLUSH", BLK(FLUSH, 0), .in = 1, .used = 1},
    {"GET_ID", BLK(GET_ID, 0), .in = VWR_BLK_GET_ID_BYTES + 1, .used = VWR_BLK_GET_ID_BYTES + 1},
    {"GET_LIFETIME", BLK(GET_LIFETIME, 0), .in = 6 + 1, .used = 6 + 1},
    {"DISCARD", BLK_RANGES(DISCARD, RANGE(8, 2))},
    {"WRITE_ZEROES", BLK_RANGES(WRITE_ZEROES, RANGE(9, 3))},
    {"SECURE_ERASE", BLK_RANGES(SECURE_ERASE, RANGE(1, 7))},
    {"unknown", 0, OUT(U32(99), U32(0), U64(0)), .head = 16, .data = 5, .in = 7, .tail = 1},
};

FRAMING_CLASS(blk, "blk", blk_rows, .good = blk_good, .end = saw_bytes);
FRAMING_CLASS(blk_late, "blk that answers later", blk_rows, .good = blk_good, .answer = answer_later,
              .end = saw_bytes);

/* ---- a disk with zones ---- */

#define ZONE VWR_VBLK_ZONE_SECTORS_MIN
#define ZONES 3u          /* the first is conventional */
#define FEW (4u * SECTOR) /* bytes at the start of a zone; the requests use no others */
#define APPENDED 9u

static struct vwr_vblk_memory memory;
static struct vwr_vblk_zone zone[ZONES];
static struct vwr_vblk_zones zones;
static uint8_t in_zones[ZONES * ZONE * SECTOR];

static struct vwr_vdev *make_zoned(const struct vwr_vdev_setup *s)
{
    for (unsigned i = 0; i < ZONES; i++)
        memset(in_zones + i * ZONE * SECTOR, 0, FEW);
    vwr_vblk_memory_init(&memory, in_zones, sizeof(in_zones), false, NULL);
    zones = (struct vwr_vblk_zones){.zone = zone,
                                    .zone_count = ZONES,
                                    .zone_sectors = ZONE,
                                    .append_sectors_max = 4,
                                    .model = VWR_BLK_Z_HM};
    vwr_vblk_zones_format(&zones, 1);
    init_disk(s, &memory.backend, &zones);
    return &disk.dev;
}

static void saw_zones(void)
{
    for (unsigned i = 0; i < ZONES; i++)
        framing_saw(in_zones + i * ZONE * SECTOR, FEW);
}

static const struct framing_row zoned_rows[] = {
    {"ZONE_OPEN", BLK(ZONE_OPEN, ZONE), .in = 1, .used = 1},
    {"OUT", BLK(OUT, ZONE), .data = SECTOR, .in = 1, .used = 1},
    {"ZONE_APPEND", BLK(ZONE_APPEND, ZONE), .data = SECTOR, .in = APPENDED, .used = APPENDED},
    {"ZONE_APPEND to another one", BLK(ZONE_APPEND, 2 * ZONE), .data = SECTOR, .in = APPENDED,
     .used = APPENDED},
    {"ZONE_CLOSE", BLK(ZONE_CLOSE, ZONE), .in = 1, .used = 1},
    {"ZONE_FINISH", BLK(ZONE_FINISH, 2 * ZONE), .in = 1, .used = 1},
    {"ZONE_REPORT", BLK(ZONE_REPORT, 0), .in = 64 * (1 + ZONES) + 1, .used = 64 * (1 + ZONES) + 1},
    {"IN", BLK(IN, ZONE), .in = SECTOR + 1, .used = SECTOR + 1},
    {"IN, a part of which was never written", BLK(IN, ZONE + 1), .in = 2 * SECTOR + 1,
     .used = 2 * SECTOR + 1},
    {"ZONE_RESET", BLK(ZONE_RESET, ZONE), .in = 1, .used = 1},
    {"SECURE_ERASE", BLK_RANGES(SECURE_ERASE, RANGE(2 * ZONE, ZONE))},
    {"ZONE_RESET_ALL", BLK(ZONE_RESET_ALL, 0), .in = 1, .used = 1},
};

FRAMING_CLASS(zoned, "blk with zones", zoned_rows, .good = blk_good, .end = saw_zones);

/* ---- SCSI ---- */

#define B16(x) U8((x) >> 8), U8(x)
#define B32(x) B16((x) >> 16), B16(x)
#define B64(x) B32((uint64_t)(x) >> 32), B32(x)
#define LUN VWR_SCSI_LUN_UNIT, 1, B16(VWR_T10_FLAT | 2), 0, 0, 0, 0
#define ID UINT64_C(0x123456789)
#define ANSWER (12u + VWR_SCSI_SENSE_DEFAULT_SIZE)
#define ZEROES_16 U64(0), U64(0)
#define COMMAND(n, ...)                                                          \
    VWR_SCSI_QUEUE_REQUESTQ, OUT(LUN, U64(ID), 0, 0, 0, __VA_ARGS__, ZEROES_16), \
        .head = 19 + 16 + 16, .in = ANSWER + (n), .tail = (n), .used = ANSWER + (n)
#define CDB_6(op, bytes) VWR_T10_##op, 0, 0, 0, bytes, 0, 0, 0, U64(0)
#define CDB_10(op, block, count) VWR_T10_##op, 0, B32(block), 0, B16(count), 0, 0, 0, U32(0)
#define CDB_16(op, action, block, count) VWR_T10_##op, action, B64(block), B32(count), 0, 0
#define TMF(subtype)                                                                                \
    VWR_SCSI_QUEUE_CONTROLQ, OUT(U32(VWR_SCSI_T_TMF), U32(VWR_SCSI_T_TMF_##subtype), LUN, U64(ID)), \
        .head = 8, .in = 1, .used = 1
#define AN(type, events)                                                                           \
    VWR_SCSI_QUEUE_CONTROLQ, OUT(U32(VWR_SCSI_T_AN_##type), LUN, U32(events)), .head = 4, .in = 5, \
                                                                               .used = 5, .tail = 1

static struct vwr_vscsi scsi;
static struct vwr_vt10_unit unit[2];
static struct vwr_vmessage message[2];
static struct vwr_vt10_call call[2];
static struct vwr_vseg scsi_seg[VWR_VSCSI_SEGS(2, FRAMING_SEGS)];

static struct vwr_vdev *make_scsi(const struct vwr_vdev_setup *s)
{
    static const struct vwr_vblk_backend_ops ops = {.submit = submit};
    const struct vwr_vscsi_options o = {.unit = unit,
                                        .unit_count = VWR_COUNT(unit),
                                        .max_target = 1,
                                        .message = message,
                                        .call = call,
                                        .message_count = VWR_COUNT(message),
                                        .call_count = VWR_COUNT(call),
                                        .seg = scsi_seg,
                                        .seg_count = VWR_COUNT(scsi_seg)};

    fill();
    later = false;
    backend = (struct vwr_vblk_backend){.ops = &ops,
                                        .sectors = SECTORS,
                                        .block_bytes = SECTOR,
                                        .flush = true,
                                        .discard = true,
                                        .discard_sectors = SECTORS};
    memset(unit, 0, sizeof(unit));
    unit[0] = (struct vwr_vt10_unit){.backend = &backend, .target = 1, .lun = 2, .serial = "7"};
    assert_int_equal(vwr_vscsi_init_with(&scsi, s, &o), VWR_OK);
    return vwr_vscsi_dev(&scsi);
}

static void change_medium(void)
{
    assert_int_equal(vwr_vscsi_notify(&scsi, 1, 2, VWR_SCSI_EVT_ASYNC_MEDIA_CHANGE), VWR_OK);
}

static bool scsi_good(const struct framing_row *r, const uint8_t *answer)
{
    if (r->queue == VWR_SCSI_QUEUE_CONTROLQ)
        return answer[r->in - 1] == VWR_SCSI_S_OK || answer[r->in - 1] == VWR_SCSI_S_FUNCTION_SUCCEEDED;
    return r->queue != VWR_SCSI_QUEUE_REQUESTQ || (answer[11] == VWR_SCSI_S_OK && answer[10] == VWR_T10_GOOD);
}

static const struct framing_row scsi_rows[] = {
    {"REQUEST SENSE", COMMAND(18, CDB_6(REQUEST_SENSE, 18))},
    {"TEST UNIT READY", COMMAND(0, CDB_6(TEST_UNIT_READY, 0))},
    {"INQUIRY", COMMAND(36, CDB_6(INQUIRY, 36))},
    {"MODE SENSE (6)", COMMAND(24, VWR_T10_MODE_SENSE_6, 0, 8, 0, 24, 0, 0, 0, U64(0))},
    {"READ CAPACITY (10)", COMMAND(8, CDB_10(READ_CAPACITY_10, 0, 0))},
    {"READ CAPACITY (16)", COMMAND(32, CDB_16(SERVICE_ACTION_IN_16, VWR_T10_READ_CAPACITY_16, 0, 32))},
    {"REPORT LUNS", COMMAND(16, VWR_T10_REPORT_LUNS, 0, U32(0), B32(16), 0, 0, U32(0))},
    {"READ (10)", COMMAND(SECTOR, CDB_10(READ_10, 3, 1))},
    {"WRITE (10)", COMMAND(0, CDB_10(WRITE_10, 4, 1)), .data = SECTOR},
    {"READ (16)", COMMAND(SECTOR, CDB_16(READ_16, 0, 4, 1))},
    {"WRITE (16)", COMMAND(0, CDB_16(WRITE_16, 0, 9, 1)), .data = SECTOR},
    {"SYNCHRONIZE CACHE (10)", COMMAND(0, CDB_10(SYNCHRONIZE_CACHE_10, 0, 0))},
    {"UNMAP", VWR_SCSI_QUEUE_REQUESTQ,
     OUT(LUN, U64(ID), 0, 0, 0, VWR_T10_UNMAP, 0, U32(0), 0, B16(24), 0, 0, 0, U32(0), ZEROES_16, B16(22),
         B16(16), U32(0), B64(6), B32(2), U32(0)),
     .head = 19 + 32, .in = ANSWER, .used = ANSWER},
    {"subscription", AN(SUBSCRIBE, VWR_SCSI_EVT_ASYNC_MEDIA_CHANGE)},
    {"query", AN(QUERY, VWR_SCSI_EVT_ASYNC_MEDIA_CHANGE)},
    {"event", VWR_SCSI_QUEUE_EVENTQ, .in = 16, .used = 16, .after = change_medium},
    {"QUERY_TASK_SET", TMF(QUERY_TASK_SET)},
    {"ABORT_TASK", TMF(ABORT_TASK)},
    {"LOGICAL_UNIT_RESET", TMF(LOGICAL_UNIT_RESET)},
};

FRAMING_CLASS(scsi, "scsi", scsi_rows, .good = scsi_good, .end = saw_bytes);
