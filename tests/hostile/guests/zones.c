/* SPDX-License-Identifier: MIT */
#include "hostile.h"

#include "vwr/gen/mmio.h"
#include "vwr/vblk_memory.h"
#include "vwr/vblk_zone.h"
#include "vwr/vm.h"

#include <stdlib.h>
#include <string.h>

/* Invalid requests to a disk with zones, lifetime and secure erase: G25, G26. */

#define SECTOR VWR_BLK_SECTOR_BYTES
#define ZONE 128u
#define ZONES 4u /* the first is conventional */
#define SECTORS (ZONES * ZONE)
#define APPEND 4u /* maximum sectors of an append */
#define WRITE ((unsigned)VWR_VIRTQ_DESC_F_WRITE)
#define HEAD GUEST_DATA
#define DATA (GUEST_DATA + 0x100)
#define ANSWER (GUEST_DATA + 0x4000) /* its last byte is the status */
#define POISON 0xa5

struct zoned {
    struct vwr_vblk blk;
    struct vwr_vblk_memory memory;
    struct vwr_vblk_zone table[ZONES];
    struct vwr_vblk_zones zones;
    struct vwr_blk_get_lifetime_answer lifetime;
    struct vwr_vblk_req req[2];
    struct vwr_vseg seg[2 * 8];
    struct vwr_vblk_backend backend; /* with zones of its own; it does nothing */
    unsigned submits;
    uint8_t bytes[SECTORS * SECTOR];
};

static struct zoned *in(const struct guest *g)
{
    return g->device;
}

static int submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    struct zoned *const d = (struct zoned *)(void *)((uint8_t *)be - offsetof(struct zoned, backend));

    d->submits++;
    r->append_sector = r->sector;
    r->read = r->bytes;
    return VWR_OK;
}

static uint32_t cut; /* sectors that the next disk has less */

static void plug_with(struct guest *g, bool handed, bool read_only)
{
    static const struct vwr_vblk_backend_ops ops = {.submit = submit};
    struct zoned *const d = calloc(1, sizeof(*d));
    struct vwr_vblk_options o = {
        .req = d->req, .req_count = 2, .seg = d->seg, .seg_count = VWR_COUNT(d->seg)};
    struct vwr_vdev_setup s;

    g->device = d;
    vwr_vblk_memory_init(&d->memory, d->bytes, sizeof(d->bytes), false, NULL);
    d->lifetime.pre_eol_info = VWR_BLK_PRE_EOL_INFO_URGENT;
    d->memory.backend.lifetime = &d->lifetime;
    d->zones.zone = d->table;
    d->zones.zone_count = ZONES;
    d->zones.zone_sectors = ZONE;
    d->zones.append_sectors_max = APPEND;
    d->zones.model = VWR_BLK_Z_HM;
    vwr_vblk_zones_format(&d->zones, 1);
    o.backend = &d->memory.backend;
    o.zones = &d->zones;
    o.read_only = read_only;
    o.sectors = SECTORS - cut;
    if (handed) {
        d->zones.zone = NULL;
        d->zones.write_granularity = 2 * SECTOR;
        d->backend = d->memory.backend;
        d->backend.ops = &ops;
        d->backend.zones = &d->zones;
        o.backend = &d->backend;
        o.zones = NULL;
    }
    guest_setup(g, &s);
    g->features.w[0] |= VWR_BLK_FEATURES_W0;
    s.queue_count = 1;
    assert_int_equal(vwr_vblk_init_with(&d->blk, &s, &o), VWR_OK);
    guest_plug(g, 0, &d->blk.dev);
    hostile_start_one(g);
}

static void plug(struct guest *g)
{
    plug_with(g, false, false);
}

/*
 * Sends a header, `out` readable bytes, and `answer` writable bytes, the last of which is the status. Returns
 * used.len.
 */
static int64_t ask(struct guest *g, uint32_t type, uint64_t sector, uint32_t out, uint32_t answer)
{
    const struct guest_desc all[3] = {{HEAD, 16, 0, 0}, {DATA, out, 0, 0}, {ANSWER, answer, WRITE, 0}};
    const struct guest_desc without[2] = {all[0], all[2]};
    struct vwr_blk_req_out *const head = guest_at(g, HEAD, sizeof(*head));

    head->type = vwr_cpu_to_le32(type);
    head->sector = vwr_cpu_to_le64(sector);
    memset(guest_at(g, ANSWER, 0x3000), POISON, 0x3000);
    hostile_send(g, 0, out != 0 ? all : without, out != 0 ? 3 : 2);
    return hostile_take(g, 0);
}

static uint8_t status(struct guest *g, uint32_t answer)
{
    const uint8_t *const at = guest_at(g, ANSWER, answer + 1);

    assert_int_equal(at[answer], POISON);
    hostile_is_whole(g);
    return at[answer - 1];
}

/* Checks that all zones are empty and contain no data. */
static void is_untouched(struct guest *g)
{
    const struct zoned *const d = in(g);

    for (unsigned i = 1; i < ZONES; i++)
        assert_true(d->table[i].written == 0 && d->table[i].state == VWR_BLK_ZS_EMPTY);
    assert_true(d->zones.open == 0 && d->zones.active == 0);
    for (size_t i = 0; i < sizeof(d->bytes); i++)
        assert_int_equal(d->bytes[i], 0);
}

static void works(struct guest *g)
{
    hostile_start_one(g);
    assert_int_equal(ask(g, VWR_BLK_T_ZONE_RESET_ALL, 0, 0, 1), 1);
    assert_int_equal(status(g, 1), VWR_BLK_S_OK);
    assert_int_equal(ask(g, VWR_BLK_T_OUT, 2 * ZONE, SECTOR, 1), 1);
    assert_int_equal(status(g, 1), VWR_BLK_S_OK);
    assert_int_equal(ask(g, VWR_BLK_T_IN, 2 * ZONE, 0, 2 * SECTOR + 1), 2 * SECTOR + 1);
    assert_int_equal(status(g, 2 * SECTOR + 1), VWR_BLK_S_OK);
    guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), 0);
}

static void unplug(struct guest *g)
{
    vwr_vm_remove(&g->vm, 0);
    free(g->device);
}

static const struct hostile_device zoned_device = {plug, works, unplug};

/* ---- cases ---- */

static const uint32_t managed[] = {VWR_BLK_T_ZONE_OPEN, VWR_BLK_T_ZONE_CLOSE, VWR_BLK_T_ZONE_FINISH,
                                   VWR_BLK_T_ZONE_RESET};

/* Sectors that do not start a zone, sectors of no zone, and the conventional zone. */
static void g25_zone(struct guest *g, long long at)
{
    static const uint64_t sector[] = {
        ZONE + 1, SECTORS,  SECTORS + ZONE,          UINT64_MAX, UINT64_MAX - ZONE + 1,
        0,        ZONE - 1, UINT64_C(1) << 55 | ZONE};

    for (unsigned i = 0; i < 4; i++) {
        assert_int_equal(ask(g, managed[i], sector[at], 0, 1), 1);
        assert_int_equal(status(g, 1), VWR_BLK_S_ZONE_INVALID_CMD);
    }
    is_untouched(g);
}

static void g25_report(struct guest *g, long long at)
{
    static const uint64_t sector[] = {SECTORS, SECTORS + ZONE, UINT64_MAX, UINT64_C(1) << 39};

    assert_int_equal(ask(g, VWR_BLK_T_ZONE_REPORT, sector[at], 0, 129), 0);
    assert_int_equal(status(g, 129), VWR_BLK_S_IOERR);
    is_untouched(g);
}

static void g25_append(struct guest *g, long long at)
{
    static const uint64_t sector[] = {ZONE + 1, SECTORS, UINT64_MAX, UINT64_MAX - ZONE + 1, 0};

    (void)ask(g, VWR_BLK_T_ZONE_APPEND, sector[at], SECTOR, 9);
    assert_int_equal(status(g, 9), at == 0 || at == 4 ? VWR_BLK_S_ZONE_INVALID_CMD : VWR_BLK_S_IOERR);
    is_untouched(g);
}

/* The space for the sector is missing, or too large. */
static void g26_append_answer(struct guest *g, long long at)
{
    const uint32_t answer = (uint32_t)(9 + at);

    assert_int_equal(ask(g, VWR_BLK_T_ZONE_APPEND, ZONE, SECTOR, answer), at == 0 ? 9 : answer == 1);
    assert_int_equal(status(g, answer), at == 0 ? VWR_BLK_S_OK : VWR_BLK_S_IOERR);
    if (at != 0)
        is_untouched(g);
}

static void g26_append_length(struct guest *g, long long at)
{
    const uint32_t bytes = APPEND * SECTOR + (uint32_t)at;

    (void)ask(g, VWR_BLK_T_ZONE_APPEND, ZONE, bytes, 9);
    assert_int_equal(status(g, 9), at == 0        ? VWR_BLK_S_OK
                                   : at == SECTOR ? VWR_BLK_S_ZONE_INVALID_CMD
                                                  : VWR_BLK_S_IOERR);
    if (at != 0)
        is_untouched(g);
}

/*
 * The report contains only whole descriptors, as many as fit, with zeroes in reserved fields; nothing more is
 * written.
 */
static void g26_report_room(struct guest *g, long long at)
{
    const uint32_t room = (uint32_t)at;
    const uint32_t zones = room < 128 ? 0 : room / 64 - 1 < ZONES ? room / 64 - 1 : ZONES;
    const uint32_t written = room < 64 ? 0 : 64 + zones * 64;
    const struct vwr_blk_zone_report *report;
    const int64_t got = ask(g, VWR_BLK_T_ZONE_REPORT, 5, 0, room + 1);

    assert_int_equal(got, written == room ? room + 1 : written);
    assert_int_equal(status(g, room + 1), room < 64 ? VWR_BLK_S_IOERR : VWR_BLK_S_OK);
    report = guest_at(g, ANSWER, room + 1);
    for (uint32_t i = written; i < room; i++)
        assert_int_equal(((const uint8_t *)report)[i], POISON);
    if (written == 0)
        return;
    assert_int_equal(vwr_le64_to_cpu(report->nr_zones), zones);
    for (unsigned i = 0; i < sizeof(report->reserved); i++)
        assert_int_equal(report->reserved[i], 0);
    for (uint32_t n = 0; n < zones; n++)
        for (unsigned i = 0; i < sizeof(report->zones[n].reserved); i++)
            assert_int_equal(report->zones[n].reserved[i], 0);
}

/* The device writes as much as fits, and not a byte beyond it. */
static void g26_lifetime_room(struct guest *g, long long at)
{
    const uint32_t room = (uint32_t)at;
    const int64_t got = ask(g, VWR_BLK_T_GET_LIFETIME, 0, 0, room + 1);

    if (room == 0) {
        assert_int_equal(got, 1);
        assert_int_equal(status(g, 1), VWR_BLK_S_IOERR);
        return;
    }
    assert_int_equal(got, room <= 6 ? room + 1 : 6);
    assert_int_equal(status(g, room + 1), VWR_BLK_S_OK);
    assert_int_equal(*(const uint8_t *)guest_at(g, ANSWER, 1), VWR_BLK_PRE_EOL_INFO_URGENT);
}

/*
 * Ranges that are not zones, or beyond this disk. The second range is wrong, and the first one is not reset
 * either.
 */
static void g26_erase(struct guest *g, long long at)
{
    static const struct {
        uint64_t sector;
        uint32_t sectors;
        uint32_t flags;
        uint8_t status;
    } row[] = {
        {ZONE, ZONE - 1, 0, VWR_BLK_S_ZONE_INVALID_CMD},
        {ZONE + 1, ZONE, 0, VWR_BLK_S_ZONE_INVALID_CMD},
        {0, ZONE, 0, VWR_BLK_S_ZONE_INVALID_CMD},
        {ZONE, 2 * ZONE, 0, VWR_BLK_S_IOERR},
        {SECTORS, ZONE, 0, VWR_BLK_S_IOERR},
        {UINT64_MAX - ZONE + 1, ZONE, 0, VWR_BLK_S_IOERR},
        {ZONE, ZONE, 1, VWR_BLK_S_UNSUPP},
        {ZONE, 0, 0, VWR_BLK_S_IOERR},
    };
    struct vwr_blk_discard_write_zeroes *const range = guest_at(g, DATA, 3 * sizeof(*range));

    assert_int_equal(ask(g, VWR_BLK_T_OUT, 2 * ZONE, SECTOR, 1), 1);
    range[0].sector = vwr_cpu_to_le64(2 * ZONE);
    range[0].num_sectors = vwr_cpu_to_le32(ZONE);
    range[0].flags = vwr_cpu_to_le32(0);
    range[1].sector = vwr_cpu_to_le64(row[at].sector);
    range[1].num_sectors = vwr_cpu_to_le32(row[at].sectors);
    range[1].flags = vwr_cpu_to_le32(row[at].flags);
    assert_int_equal(ask(g, VWR_BLK_T_SECURE_ERASE, 0, 2 * sizeof(*range), 1), 1);
    assert_int_equal(status(g, 1), row[at].status);
    assert_int_equal(in(g)->table[2].written, 1);
    range[2] = range[0];
    memmove(range, range + 1, 2 * sizeof(*range)); /* the wrong one first */
    assert_int_equal(ask(g, VWR_BLK_T_SECURE_ERASE, 0, 2 * sizeof(*range), 1), 1);
    assert_int_equal(status(g, 1), row[at].status);
    assert_int_equal(in(g)->table[2].written, 1);
}

/* The last zone of a disk that ends within it: its sectors are those of the disk. */
static void g26_erase_last(struct guest *g, long long at)
{
    struct vwr_blk_discard_write_zeroes *range;
    uint32_t last;

    vwr_vm_remove(&g->vm, 0);
    free(g->device);
    cut = ZONE / 2;
    last = ZONE - cut;
    plug_with(g, false, false);
    cut = 0;
    assert_int_equal(ask(g, VWR_BLK_T_OUT, (ZONES - 1) * ZONE, SECTOR, 1), 1);
    range = guest_at(g, DATA, sizeof(*range));
    range->sector = vwr_cpu_to_le64((ZONES - 1) * ZONE);
    range->num_sectors = vwr_cpu_to_le32((uint32_t)(last + at));
    range->flags = vwr_cpu_to_le32(0);
    assert_int_equal(ask(g, VWR_BLK_T_SECURE_ERASE, 0, sizeof(*range), 1), 1);
    assert_int_equal(status(g, 1), at == 0  ? VWR_BLK_S_OK
                                   : at > 0 ? VWR_BLK_S_IOERR
                                            : VWR_BLK_S_ZONE_INVALID_CMD);
    assert_int_equal(in(g)->table[ZONES - 1].written, at != 0);
}

/* Reads and writes across a zone border, and out of a zone's order. */
static void g26_borders(struct guest *g, long long at)
{
    static const struct {
        uint32_t type;
        uint64_t sector;
        uint8_t status;
    } row[] = {
        {VWR_BLK_T_OUT, ZONE - 1, VWR_BLK_S_ZONE_INVALID_CMD},
        {VWR_BLK_T_OUT, 2 * ZONE - 1, VWR_BLK_S_ZONE_INVALID_CMD},
        {VWR_BLK_T_OUT, ZONE + 1, VWR_BLK_S_ZONE_UNALIGNED_WP},
        {VWR_BLK_T_OUT, SECTORS - 1, VWR_BLK_S_IOERR},
        {VWR_BLK_T_IN, ZONE - 1, VWR_BLK_S_ZONE_INVALID_CMD},
        {VWR_BLK_T_IN, 2 * ZONE - 1, VWR_BLK_S_ZONE_INVALID_CMD},
        {VWR_BLK_T_IN, SECTORS - 1, VWR_BLK_S_IOERR},
    };
    const bool out = row[at].type == VWR_BLK_T_OUT;
    const uint32_t answer = out ? 1 : 2 * SECTOR + 1;

    (void)ask(g, row[at].type, row[at].sector, out ? 2 * SECTOR : 0, answer);
    assert_int_equal(status(g, answer), row[at].status);
    is_untouched(g);
}

/* A driver without ZONED fails negotiation. After a reset, a driver with ZONED finds the zones unchanged. */
static void g26_without_zoned(struct guest *g, long long at)
{
    (void)at;
    assert_int_equal(ask(g, VWR_BLK_T_OUT, ZONE, SECTOR, 1), 1);
    g->features.w[0] &= ~((uint32_t)1 << VWR_BLK_F_ZONED);
    assert_false(guest_negotiate(g));
    g->features.w[0] |= (uint32_t)1 << VWR_BLK_F_ZONED;
    hostile_start_one(g);
    assert_int_equal(in(g)->table[1].written, 1);
}

/* The zones of a back end: it receives only well-formed requests. 1: its disk is read-only. */
static void g26_handed(struct guest *g, long long read_only)
{
    static const struct {
        uint32_t type;
        uint64_t sector;
        uint32_t out, answer;
        uint8_t status, status_of_read_only;
    } row[] = {
        {VWR_BLK_T_ZONE_APPEND, ZONE, 2 * SECTOR, 9, VWR_BLK_S_OK, VWR_BLK_S_IOERR},
        {VWR_BLK_T_ZONE_APPEND, ZONE + 1, 2 * SECTOR, 9, VWR_BLK_S_ZONE_INVALID_CMD, VWR_BLK_S_IOERR},
        {VWR_BLK_T_ZONE_APPEND, SECTORS, 2 * SECTOR, 9, VWR_BLK_S_ZONE_INVALID_CMD, VWR_BLK_S_IOERR},
        {VWR_BLK_T_ZONE_APPEND, ZONE, 6 * SECTOR, 9, VWR_BLK_S_ZONE_INVALID_CMD, VWR_BLK_S_IOERR},
        {VWR_BLK_T_ZONE_APPEND, ZONE, SECTOR, 9, VWR_BLK_S_ZONE_UNALIGNED_WP, VWR_BLK_S_IOERR},
        {VWR_BLK_T_ZONE_APPEND, ZONE, 2 * SECTOR, 8, VWR_BLK_S_IOERR, VWR_BLK_S_IOERR},
        {VWR_BLK_T_ZONE_REPORT, 0, 0, 129, VWR_BLK_S_OK, VWR_BLK_S_OK},
        {VWR_BLK_T_ZONE_REPORT, 0, 0, 64, VWR_BLK_S_IOERR, VWR_BLK_S_IOERR},
        {VWR_BLK_T_ZONE_REPORT, SECTORS, 0, 129, VWR_BLK_S_IOERR, VWR_BLK_S_IOERR},
        {VWR_BLK_T_ZONE_OPEN, ZONE, 0, 1, VWR_BLK_S_OK, VWR_BLK_S_IOERR},
        {VWR_BLK_T_ZONE_OPEN, ZONE + 1, 0, 1, VWR_BLK_S_ZONE_INVALID_CMD, VWR_BLK_S_IOERR},
        {VWR_BLK_T_ZONE_OPEN, SECTORS, 0, 1, VWR_BLK_S_ZONE_INVALID_CMD, VWR_BLK_S_IOERR},
        {VWR_BLK_T_ZONE_RESET_ALL, ZONE + 1, 0, 1, VWR_BLK_S_OK, VWR_BLK_S_IOERR},
    };

    unplug(g);
    plug_with(g, true, read_only != 0);
    for (unsigned i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
        const uint8_t want = read_only != 0 ? row[i].status_of_read_only : row[i].status;

        in(g)->submits = 0;
        (void)ask(g, row[i].type, row[i].sector, row[i].out, row[i].answer);
        assert_int_equal(status(g, row[i].answer), want);
        assert_int_equal(in(g)->submits, want == VWR_BLK_S_OK);
    }
    in(g)->zones.write_granularity = 0; /* that of a block */
    (void)ask(g, VWR_BLK_T_ZONE_APPEND, ZONE, SECTOR, 9);
    assert_int_equal(status(g, 9), read_only != 0 ? VWR_BLK_S_IOERR : VWR_BLK_S_OK);
    in(g)->zones.append_sectors_max = 0;
    (void)ask(g, VWR_BLK_T_ZONE_APPEND, ZONE, 2 * SECTOR, 9);
    assert_int_equal(status(g, 9), read_only != 0 ? VWR_BLK_S_IOERR : VWR_BLK_S_UNSUPP);
    unplug(g);
    plug(g);
}

/* Data of an append, and of a report, in two segments, of which the back end accepts `limit`; 0 means any
 * number. */
static void g24_handed(struct guest *g, long long limit)
{
    const struct guest_desc row[2][4] = {
        {{HEAD, 16, 0, 0}, {DATA, SECTOR, 0, 0}, {DATA + SECTOR, SECTOR, 0, 0}, {ANSWER, 9, WRITE, 0}},
        {{HEAD, 16, 0, 0}, {ANSWER + 9, 64, WRITE, 0}, {ANSWER + 73, 64, WRITE, 0}, {ANSWER, 1, WRITE, 0}},
    };
    struct vwr_blk_req_out *const head = guest_at(g, HEAD, sizeof(*head));

    unplug(g);
    plug_with(g, true, false);
    in(g)->backend.segments_max = (uint16_t)limit;
    for (unsigned i = 0; i < 2; i++) {
        in(g)->submits = 0;
        head->type = vwr_cpu_to_le32(i == 0 ? VWR_BLK_T_ZONE_APPEND : VWR_BLK_T_ZONE_REPORT);
        head->sector = vwr_cpu_to_le64(ZONE);
        memset(guest_at(g, ANSWER, 0x3000), POISON, 0x3000);
        hostile_send(g, 0, row[i], 4);
        assert_int_not_equal(hostile_take(g, 0), -1);
        assert_int_equal(status(g, row[i][3].len), limit == 1 ? VWR_BLK_S_IOERR : VWR_BLK_S_OK);
        assert_int_equal(in(g)->submits, limit != 1);
    }
    unplug(g);
    plug(g);
}

/* Zones of a read-only disk are reported, and not changed. */
static void g26_read_only(struct guest *g, long long at)
{
    (void)at;
    unplug(g);
    plug_with(g, false, true);
    for (unsigned i = 0; i < 4; i++) {
        (void)ask(g, managed[i], ZONE, 0, 1);
        assert_int_equal(status(g, 1), VWR_BLK_S_IOERR);
    }
    (void)ask(g, VWR_BLK_T_ZONE_RESET_ALL, 0, 0, 1);
    assert_int_equal(status(g, 1), VWR_BLK_S_IOERR);
    (void)ask(g, VWR_BLK_T_ZONE_REPORT, 0, 0, 129);
    assert_int_equal(status(g, 129), VWR_BLK_S_OK);
    is_untouched(g);
    unplug(g);
    plug(g);
}

static const struct hostile_case cases[] = {
    {"G26_zones_of_a_back_end",
     "blk.drv.18 blk.drv.20 blk.drv.22 blk.drv.24",
     g26_handed,
     HOSTILE_V2,
     2,
     {0, 1}},
    {"G24_limit_of_the_back_end", "header vwr/vblk.h", g24_handed, HOSTILE_V2, 3, {0, 1, 2}},
    {"G26_read_only", "section Block Device / Device Operation", g26_read_only, HOSTILE_V2, 0, {0}},
    {"G25_zone_that_is_none", "blk.drv.20", g25_zone, HOSTILE_V2, 8, {0, 1, 2, 3, 4, 5, 6, 7}},
    {"G25_report_beyond", "blk.drv.18", g25_report, HOSTILE_V2, 4, {0, 1, 2, 3}},
    {"G25_append_beyond", "blk.drv.22 blk.dev.20 blk.dev.27", g25_append, HOSTILE_V2, 5, {0, 1, 2, 3, 4}},
    {"G26_answer_of_an_append",
     "section Block Device / Device Operation",
     g26_append_answer,
     HOSTILE_V2,
     5,
     {-8, -1, 0, 1, 100}},
    {"G26_length_of_an_append",
     "blk.drv.24 blk.dev.29 blk.dev.31",
     g26_append_length,
     HOSTILE_V2,
     4,
     {-1, 0, 1, SECTOR}},
    {"G26_room_for_a_report",
     "section Block Device / Device Operation",
     g26_report_room,
     HOSTILE_V2,
     8,
     {0, 1, 63, 64, 127, 128, 320, 500}},
    {"G26_room_for_a_lifetime",
     "section Block Device / Device Operation",
     g26_lifetime_room,
     HOSTILE_V2,
     5,
     {0, 1, 5, 6, 7}},
    {"G26_erase_last", "blk.dev.41 blk.dev.42 blk.dev.5", g26_erase_last, HOSTILE_V2, HOSTILE_AROUND},
    {"G26_erase", "blk.dev.41 blk.dev.42 blk.dev.5", g26_erase, HOSTILE_V2, 8, {0, 1, 2, 3, 4, 5, 6, 7}},
    {"G26_across_zones", "blk.dev.32 blk.dev.33", g26_borders, HOSTILE_V2, 7, {0, 1, 2, 3, 4, 5, 6}},
    {"G26_without_zoned", "blk.dev.init.8", g26_without_zoned, HOSTILE_V2, 0, {0}},
};

int main(void)
{
    return hostile_run("zones", &zoned_device, cases, sizeof(cases) / sizeof(cases[0]));
}
