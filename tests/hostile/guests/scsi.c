/* SPDX-License-Identifier: MIT */
#include "hostile.h"

#include "vwr/vm.h"
#include "vwr/vscsi.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/split_ring.h"
#include "../../common/random.h"

#include <stdlib.h>
#include <string.h>

/*
 * Guests whose SCSI commands contradict their buffers, name nonexistent units, or exceed the end of the
 * disk; task management while a command waits for its next part.
 */

#define OUT GUEST_HIGH /* the command, then its data; IN has the answer, sense data and data */
#define IN (GUEST_HIGH + GUEST_HIGH_BYTES / 2)
#define WRITE ((uint16_t)VWR_VIRTQ_DESC_F_WRITE)
#define HEAD ((uint32_t)sizeof(struct vwr_scsi_command_msg_form))
#define CDB VWR_SCSI_CDB_DEFAULT_SIZE
#define SENSE VWR_SCSI_SENSE_DEFAULT_SIZE
#define ANSWER ((uint32_t)sizeof(struct vwr_scsi_command_answer_form))
#define REQUESTS 2u
#define ROWS 4u
#define FIRST 8u /* sector of the window */
#define SECTORS 64u
#define SECTOR 512u
#define BUDGET 8192u
#define PARTS (24u * 1024u) /* bytes of a read that takes several budgets */
#define OTHER (2u << 16 | 300u)

enum { CONTROLQ, EVENTQ, REQUESTQ };

struct vmm {
    struct vwr_vscsi v;
    struct vwr_vt10_unit unit[ROWS];
    struct vwr_vmessage message[REQUESTS];
    struct vwr_vt10_call call[REQUESTS];
    struct vwr_vseg seg[VWR_VSCSI_SEGS(REQUESTS, 132u)];
    struct vwr_vblk_backend backend;
    uint8_t bytes[(SECTORS + 2 * FIRST) * SECTOR];
    unsigned submits, flushes;
    unsigned ranges;
    int fails;                /* the result of the back end, if it is not 0 */
    uint8_t lun[VWR_T10_LUN]; /* of the next command */
    uint64_t id;
    uint32_t used; /* used.len of the last answer */
    struct vwr_scsi_command_answer a;
};

static struct vmm *vmm_of(struct guest *g)
{
    return g->device;
}

/* ---- the back end ---- */

static int submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    struct vmm *const m = (struct vmm *)((char *)be - offsetof(struct vmm, backend));
    uint8_t *at = m->bytes + r->sector * SECTOR;
    uint32_t bytes = 0;

    m->submits++;
    m->flushes += r->type == VWR_BLK_T_FLUSH;
    m->ranges += r->ranges;
    if (m->fails != 0)
        return m->fails;
    for (unsigned i = 0; i < r->ranges; i++)
        assert_true(r->range[i].sector >= FIRST && r->range[i].sectors != 0 &&
                    r->range[i].sector + r->range[i].sectors <= FIRST + SECTORS);
    for (unsigned i = 0; i < r->segs; i++, bytes += (uint32_t)r->seg[i - 1].len) {
        if (r->type == VWR_BLK_T_IN)
            memcpy(r->seg[i].at, at + bytes, r->seg[i].len);
        else
            memcpy(at + bytes, r->seg[i].at, r->seg[i].len);
    }
    assert_int_equal(bytes, r->bytes);
    assert_true(bytes == 0 ||
                (bytes % SECTOR == 0 && r->sector >= FIRST && r->sector + bytes / SECTOR <= FIRST + SECTORS));
    return VWR_OK;
}

static const struct vwr_vblk_backend_ops ops = {.submit = submit};

static void fill(struct vmm *m)
{
    for (unsigned i = 0; i < sizeof(m->bytes); i++)
        m->bytes[i] = (uint8_t)(i * 31 >> 3);
}

static void check_margins(struct vmm *m)
{
    for (unsigned i = 0; i < sizeof(m->bytes); i++)
        if (i < FIRST * SECTOR || i >= (FIRST + SECTORS) * SECTOR)
            assert_int_equal(m->bytes[i], (uint8_t)(i * 31 >> 3));
}

/* ---- commands ---- */

static void address(struct guest *g, uint32_t unit)
{
    uint8_t *const lun = vmm_of(g)->lun;

    memset(lun, 0, VWR_T10_LUN);
    lun[0] = 1;
    lun[1] = (uint8_t)(unit >> 16);
    vwr_t10_put(lun + 2, VWR_T10_FLAT | (unit & 0xffff), 2);
}

/* Makes a command available; `more` bytes of its data are already behind it. */
static void lend(struct guest *g, const uint8_t *cdb, uint32_t more, uint32_t room)
{
    const struct guest_desc segment[] = {{OUT, HEAD + CDB + more, 0, 0},
                                         {IN, ANSWER + SENSE + room, WRITE, 0}};
    uint8_t *const at = guest_at(g, OUT, HEAD + CDB);

    memset(at, 0, HEAD + CDB);
    memcpy(at, vmm_of(g)->lun, VWR_T10_LUN);
    *(vwr_le64 *)(void *)(at + VWR_T10_LUN) = vwr_guest64(g->legacy, vmm_of(g)->id);
    memcpy(at + HEAD, cdb, VWR_T10_CDB);
    log_again();
    hostile_send(g, REQUESTQ, segment, 2);
}

static void serve(struct guest *g)
{
    while (g->again != 0) {
        g->again = 0;
        vwr_vdev_serve(g->dev, REQUESTQ);
    }
}

/* Returns the response, or -1 for an answer of 0 bytes. */
static int answered(struct guest *g, uint32_t room)
{
    struct vmm *const m = vmm_of(g);
    struct vwr_scsi_command_answer_form form;
    uint32_t id;

    assert_true(guest_used(g, REQUESTQ, &id, &m->used));
    assert_true(m->used <= ANSWER + SENSE + room);
    if (m->used == 0)
        return -1;
    memcpy(&form, guest_at(g, IN, ANSWER), ANSWER);
    vwr_scsi_command_answer_decode(&form, g->legacy, &m->a);
    assert_true(m->used >= ANSWER && m->a.residual <= GUEST_HIGH_BYTES);
    return form.req_cmd.response;
}

static int ask(struct guest *g, const uint8_t *cdb, uint32_t more, uint32_t room)
{
    lend(g, cdb, more, room);
    serve(g);
    return answered(g, room);
}

static uint32_t sense(struct guest *g)
{
    struct vmm *const m = vmm_of(g);

    if (m->a.status != VWR_T10_CHECK_CONDITION)
        return 0;
    assert_true(m->a.sense_len <= SENSE);
    return vwr_t10_sense(guest_at(g, IN + ANSWER, SENSE), m->a.sense_len);
}

/* A command without data of the driver. */
static uint32_t plain(struct guest *g, uint8_t opcode, uint32_t bytes, uint32_t room)
{
    uint8_t cdb[VWR_T10_CDB];

    vwr_t10_plain(cdb, opcode, bytes);
    assert_int_equal(ask(g, cdb, 0, room), VWR_SCSI_S_OK);
    return sense(g);
}

static void ready(struct guest *g)
{
    (void)plain(g, VWR_T10_REQUEST_SENSE, 18, 18); /* takes the unit attention */
    assert_int_equal(plain(g, VWR_T10_TEST_UNIT_READY, 0, 0), 0);
}

static void reads(struct guest *g)
{
    struct vmm *const m = vmm_of(g);
    uint8_t cdb[VWR_T10_CDB];

    vwr_t10_blocks(cdb, VWR_T10_READ_16, 3, 40);
    assert_int_equal(ask(g, cdb, 0, 40 * SECTOR), VWR_SCSI_S_OK);
    assert_int_equal(sense(g), 0);
    assert_int_equal(m->used, ANSWER + SENSE + 40 * SECTOR);
    assert_memory_equal(guest_at(g, IN + ANSWER + SENSE, 40 * SECTOR), m->bytes + (FIRST + 3) * SECTOR,
                        40 * SECTOR);
}

/* ---- the device ---- */

static void plug(struct guest *g)
{
    struct vmm *const m = g->device = calloc(1, sizeof(*m));
    struct vwr_vscsi_options o = {.unit_count = ROWS,
                                  .max_target = 3,
                                  .message_count = REQUESTS,
                                  .call_count = REQUESTS,
                                  .seg_count = VWR_VSCSI_SEGS(REQUESTS, 132u)};
    struct vwr_vdev_setup s;

    assert_non_null(m);
    m->backend.ops = &ops;
    m->backend.sectors = SECTORS + 2 * FIRST;
    m->backend.block_bytes = SECTOR;
    m->backend.discard = true;
    m->unit[0].backend = &m->backend;
    m->unit[0].first = FIRST;
    m->unit[0].sectors = SECTORS;
    m->unit[1].backend = &m->backend;
    m->unit[1].read_only = true;
    m->unit[1].first = FIRST;
    m->unit[1].sectors = SECTORS;
    m->unit[1].target = 2;
    m->unit[1].lun = 300;
    o.unit = m->unit;
    o.message = m->message;
    o.call = m->call;
    o.seg = m->seg;
    fill(m);
    guest_setup(g, &s);
    s.queue_count = VWR_VSCSI_QUEUES;
    s.budget_bytes = BUDGET;
    assert_int_equal(vwr_vscsi_init_with(&m->v, &s, &o), VWR_OK);
    guest_plug(g, 0, vwr_vscsi_dev(&m->v));
    g->queues = VWR_VSCSI_QUEUES;
    g->budget = UINT64_MAX; /* the guest chooses the amount of data */
    vwr_features_add(&g->features, VWR_SCSI_F_HOTPLUG);
    vwr_features_add(&g->features, VWR_SCSI_F_CHANGE);
    assert_true(guest_start(g));
    address(g, 0);
    ready(g);
}

static void works(struct guest *g)
{
    g->broke = 0;
    g->again = 0;
    check_margins(vmm_of(g));
    assert_true(guest_start(g));
    fill(vmm_of(g)); /* the guest may have written */
    address(g, 0);
    ready(g);
    reads(g);
    hostile_is_whole(g);
}

static void unplug(struct guest *g)
{
    vwr_vm_remove(&g->vm, 0);
    free(g->device);
}

static const struct hostile_device host_device = {plug, works, unplug};

/* ---- lengths ---- */

/* Less than the header and the CDB, or no space for the answer and sense data: an empty answer. */
static void g12_short(struct guest *g, long long at)
{
    const struct guest_desc segment[] = {{OUT, at < 0 ? HEAD + CDB + (uint32_t)at : HEAD + CDB, 0, 0},
                                         {IN, at < 0 ? ANSWER + SENSE : (uint32_t)at, WRITE, 0}};

    guest_fill(g, IN, ANSWER + SENSE, 9);
    memset(guest_at(g, OUT, HEAD + CDB), 0, HEAD + CDB);
    hostile_send(g, REQUESTQ, segment, at == 0 ? 1 : 2);
    assert_int_equal(answered(g, 0), -1);
    assert_true(guest_is_filled(g, IN, ANSWER + SENSE, 9));
}

/* An allocation length beyond the buffer, and one far below it: no byte after the data is written. */
static void g52_length(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    const uint32_t room = 40;
    uint8_t cdb[VWR_T10_CDB];

    guest_fill(g, IN, ANSWER + SENSE + room + 8, 9);
    vwr_t10_plain(cdb, VWR_T10_INQUIRY, (uint32_t)at);
    if (at > (long long)room) {
        assert_int_equal(ask(g, cdb, 0, room), VWR_SCSI_S_OVERRUN);
        return;
    }
    assert_int_equal(ask(g, cdb, 0, room), VWR_SCSI_S_OK);
    assert_int_equal(m->a.residual, room - (at < 36 ? (uint32_t)at : 36));
    assert_int_equal(m->used, ANSWER + SENSE + room - m->a.residual);
}

static void g52_transfer(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    uint8_t cdb[VWR_T10_CDB];

    vwr_t10_blocks(cdb, VWR_T10_READ_10, 0, 2);
    assert_int_equal(ask(g, cdb, 0, 2 * SECTOR + (uint32_t)at), at < 0 ? VWR_SCSI_S_OVERRUN : VWR_SCSI_S_OK);
    if (at >= 0)
        assert_int_equal(m->a.residual, at);
    vwr_t10_blocks(cdb, VWR_T10_WRITE_10, 0, 2);
    assert_int_equal(ask(g, cdb, 2 * SECTOR + (uint32_t)at, 0), at < 0 ? VWR_SCSI_S_OVERRUN : VWR_SCSI_S_OK);
    if (at >= 0)
        assert_int_equal(m->a.residual, at);
}

static void g11_both(struct guest *g, long long at)
{
    uint8_t cdb[VWR_T10_CDB];

    (void)at;
    vwr_t10_blocks(cdb, VWR_T10_WRITE_10, 0, 1);
    assert_int_equal(ask(g, cdb, SECTOR, SECTOR), VWR_SCSI_S_FAILURE);
    assert_int_equal(vmm_of(g)->submits, 0);
}

/* The sizes of a CDB and of sense data, as the register window has them. */
static uint32_t in_window(const struct guest *g, uint32_t size)
{
    return vwr_le32_to_cpu(vwr_guest32(g->legacy, size));
}

static void set_size(struct guest *g, unsigned at, uint32_t size)
{
    guest_write(g, VWR_MMIO_CONFIG + at, sizeof(uint32_t), in_window(g, size));
}

/* Sizes that are written byte by byte or as a number. */
static void g47_sizes(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    const unsigned sense_at = VWR_MMIO_CONFIG + VWR_SCSI_CONFIG_SENSE_SIZE;
    const unsigned cdb_at = VWR_MMIO_CONFIG + VWR_SCSI_CONFIG_CDB_SIZE;
    const uint32_t value = in_window(g, (uint32_t)at);
    uint8_t cdb[VWR_T10_CDB];

    for (unsigned i = 0; i < 4; i++)
        guest_write(g, sense_at + i, 1, value >> 8 * i & 0xff);
    guest_write(g, cdb_at, 4, value);
    assert_int_equal(guest_read(g, sense_at, 4), value);
    assert_int_equal(guest_read(g, cdb_at, 4), value);
    vwr_t10_plain(cdb, VWR_T10_WRITE_SAME_16, 0);
    (void)ask(g, cdb, 0, 0);
    assert_true(m->a.sense_len <= VWR_T10_FIXED_SENSE);
    assert_true(guest_negotiate(g));
    assert_int_equal(guest_read(g, cdb_at, 4), in_window(g, CDB));
    assert_int_equal(guest_read(g, sense_at, 4), in_window(g, SENSE));
}

/*
 * Sizes above those of a reset: the data are behind the larger fields, the sense data are filled with zeroes,
 * and a command fails if the device cannot fill them within its budget.
 */
static void g47_larger(struct guest *g, long long at)
{
    const uint32_t cdb_size = CDB + 1u, sense_size = (uint32_t)at;
    const struct guest_desc write[] = {{OUT, HEAD + cdb_size + SECTOR, 0, 0},
                                       {IN, ANSWER + sense_size, WRITE, 0}};
    struct vmm *const m = vmm_of(g);
    uint8_t *const out = guest_at(g, OUT, HEAD + cdb_size + SECTOR);
    uint8_t *const in = guest_at(g, IN, ANSWER + sense_size);

    ready(g);
    set_size(g, VWR_SCSI_CONFIG_CDB_SIZE, cdb_size);
    set_size(g, VWR_SCSI_CONFIG_SENSE_SIZE, sense_size);
    for (unsigned lba = 0; lba <= SECTORS; lba += SECTORS) { /* the second one is beyond the end */
        memset(out, 0, HEAD + cdb_size);
        memset(out + HEAD + cdb_size, 0x5c, SECTOR);
        memset(in, 0xa5, ANSWER + sense_size);
        memcpy(out, m->lun, VWR_T10_LUN);
        vwr_t10_blocks(out + HEAD, VWR_T10_WRITE_16, lba, 1);
        hostile_send(g, REQUESTQ, write, 2);
        serve(g);
        assert_int_equal(answered(g, sense_size), sense_size > BUDGET ? VWR_SCSI_S_FAILURE : VWR_SCSI_S_OK);
        assert_int_equal(m->a.status, sense_size <= BUDGET && lba != 0 ? VWR_T10_CHECK_CONDITION : 0);
        for (unsigned i = 0; i < sense_size && m->used > ANSWER; i++)
            assert_true(i < m->a.sense_len || in[ANSWER + i] == 0);
        assert_int_equal(m->used, ANSWER + (sense_size > BUDGET ? 0 : sense_size));
    }
    for (unsigned i = 0; i < SECTOR && sense_size <= BUDGET; i++)
        assert_int_equal(m->bytes[FIRST * SECTOR + i], 0x5c);
}

/* A CDB that is longer than cdb_size, and sense data that are shorter than the unit's. */
static void g30_cdb(struct guest *g, long long at)
{
    const struct guest_desc segment[] = {{OUT, HEAD + (uint32_t)at, 0, 0},
                                         {IN, ANSWER + 3 + SECTOR, WRITE, 0}};
    struct vmm *const m = vmm_of(g);

    set_size(g, VWR_SCSI_CONFIG_CDB_SIZE, (uint32_t)at);
    set_size(g, VWR_SCSI_CONFIG_SENSE_SIZE, 3);
    vwr_t10_blocks(guest_at(g, OUT + HEAD, VWR_T10_CDB), VWR_T10_READ_16, 0, 1);
    memset(guest_at(g, OUT, HEAD), 0, HEAD);
    memcpy(guest_at(g, OUT, VWR_T10_LUN), m->lun, VWR_T10_LUN);
    hostile_send(g, REQUESTQ, segment, 2);
    assert_int_equal(answered(g, SECTOR), VWR_SCSI_S_OK);
    assert_int_equal(m->used, ANSWER + 3);
    assert_int_equal(m->a.sense_len, 3);
    assert_int_equal(VWR_T10_SENSE_KEY(vwr_t10_sense(guest_at(g, IN + ANSWER, 3), 3)),
                     VWR_T10_ILLEGAL_REQUEST);
    assert_int_equal(m->submits, 0);
}

/* ---- fields ---- */

static void g25_range(struct guest *g, long long at)
{
    static const uint8_t opcode[] = {VWR_T10_READ_16, VWR_T10_WRITE_16, VWR_T10_SYNCHRONIZE_CACHE_16};
    uint8_t cdb[VWR_T10_CDB];

    for (unsigned i = 0; i < 3; i++) {
        const bool writes = opcode[i] == VWR_T10_WRITE_16;

        vwr_t10_blocks(cdb, opcode[i], (uint64_t)at, 2);
        assert_int_equal(ask(g, cdb, writes ? 2 * SECTOR : 0, writes ? 0 : 2 * SECTOR), VWR_SCSI_S_OK);
        assert_int_equal(sense(g), VWR_T10_SENSE(VWR_T10_ILLEGAL_REQUEST, VWR_T10_OUT_OF_RANGE));
    }
    vwr_t10_blocks(cdb, VWR_T10_READ_16, 0, 0xffffffff);
    assert_int_equal(ask(g, cdb, 0, SECTOR), VWR_SCSI_S_OK);
    assert_int_equal(sense(g), VWR_T10_SENSE(VWR_T10_ILLEGAL_REQUEST, VWR_T10_OUT_OF_RANGE));
    assert_int_equal(vmm_of(g)->submits, 0);
}

/* Every operation code, with fields at random. */
static void g26_commands(struct guest *g, long long at)
{
    uint64_t state = (uint64_t)at + 1;
    uint8_t cdb[VWR_T10_CDB];

    for (unsigned i = 0; i < 512; i++) {
        const uint32_t data = random_below(&state, 4 * SECTOR);
        const bool out = random_below(&state, 2) != 0;

        for (unsigned n = 0; n < sizeof(cdb); n++)
            cdb[n] = random_below(&state, 3) == 0 ? (uint8_t)random_below(&state, 256) : 0;
        cdb[0] = (uint8_t)i;
        assert_in_range(ask(g, cdb, out ? data : 0, out ? 0 : data), VWR_SCSI_S_OK, VWR_SCSI_S_OVERRUN);
        assert_true(vmm_of(g)->a.residual <= data);
    }
    check_margins(vmm_of(g));
    for (unsigned i = 0; i < 256; i++) {
        vwr_t10_plain(cdb, (uint8_t)i, 0);
        assert_int_equal(ask(g, cdb, 0, VWR_T10_CAPACITY_16), VWR_SCSI_S_OK);
    }
}

/* Addresses without a unit. */
static void g30_lun(struct guest *g, long long at)
{
    static const uint8_t none[][VWR_T10_LUN] = {{0, 0, 0x40}, {2, 0, 0x40}, {1, 1, 0x40},
                                                {0xc1, 0},    {0xc1, 1, 1}, {0xc1, 1, 0, 0, 0, 0, 0, 1}};
    static const uint8_t no_lun[][VWR_T10_LUN] = {{1, 0, 0x40, 1},    {1, 0, 0x80},
                                                  {1, 0, 1, 0},       {1, 0, 0xc1, 1},
                                                  {1, 0, 0x40, 0, 1}, {1, 0, 0x40, 0, 0, 0, 0, 1}};
    struct vmm *const m = vmm_of(g);
    uint8_t cdb[VWR_T10_CDB];
    uint8_t *const data = guest_at(g, IN + ANSWER + SENSE, 64);

    (void)at;
    vwr_t10_plain(cdb, VWR_T10_TEST_UNIT_READY, 0);
    for (unsigned i = 0; i < 6; i++) {
        memcpy(m->lun, none[i], VWR_T10_LUN);
        assert_int_equal(ask(g, cdb, 0, 0), VWR_SCSI_S_BAD_TARGET);
        memcpy(m->lun, no_lun[i], VWR_T10_LUN);
        assert_int_equal(plain(g, VWR_T10_TEST_UNIT_READY, 0, 0),
                         VWR_T10_SENSE(VWR_T10_ILLEGAL_REQUEST, VWR_T10_NO_UNIT));
        assert_int_equal(plain(g, VWR_T10_INQUIRY, 36, 36), 0);
        assert_int_equal(data[0], 0x7f);
    }
    memset(m->lun, 0, VWR_T10_LUN);
    m->lun[0] = 0xc1;
    m->lun[1] = 1;
    assert_int_equal(plain(g, VWR_T10_REPORT_LUNS, 64, 64), 0);
    assert_int_equal(m->a.residual, 64 - 3 * VWR_T10_LUN);
    assert_memory_equal(data + VWR_T10_LUN, "\1\0\0\0\0\0\0\0\1\2\x41\x2c\0\0\0\0", 2 * VWR_T10_LUN);
    assert_int_equal(plain(g, VWR_T10_TEST_UNIT_READY, 0, 0),
                     VWR_T10_SENSE(VWR_T10_ILLEGAL_REQUEST, VWR_T10_NO_UNIT));
}

/* A parameter list whose lengths contradict each other, and ranges beyond the end. */
static void g30_unmap(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    uint8_t *const list = guest_at(g, OUT + HEAD + CDB, 8 + 200 * 16);
    uint8_t cdb[VWR_T10_CDB];
    uint32_t entries = at < 0 ? (uint32_t)-at : 1;

    memset(list, 0, 8 + 200 * 16);
    vwr_t10_put(list + 2, (uint64_t)entries * 16, 2);
    for (unsigned i = 0; i < entries && i < 200; i++)
        vwr_t10_put(list + 8 + i * 16 + 8, 1, 4);
    if (at >= 0) {
        vwr_t10_put(list + 8, (uint64_t)at, 8);
        vwr_t10_put(list + 16, SECTORS, 4);
    }
    vwr_t10_plain(cdb, VWR_T10_UNMAP, at == -5 ? 24 : 8 + entries * 16);
    assert_int_equal(ask(g, cdb, 8 + (entries < 200 ? entries : 200) * 16, 0),
                     entries > 200 ? VWR_SCSI_S_OVERRUN : VWR_SCSI_S_OK);
    if (entries > 200)
        return;
    if (at == -(long long)VWR_VBLK_RANGES || at == 0)
        assert_int_equal(sense(g), 0);
    else
        assert_int_equal(VWR_T10_SENSE_KEY(sense(g)), VWR_T10_ILLEGAL_REQUEST);
    assert_int_equal(m->ranges, at == -(long long)VWR_VBLK_RANGES ? VWR_VBLK_RANGES : at == 0);
}

/* ---- parts, and task management ---- */

/* Starts a read that waits for its next part. */
static void begin_parts(struct guest *g)
{
    struct vmm *const m = vmm_of(g);
    uint8_t cdb[VWR_T10_CDB];

    m->id = 77;
    vwr_t10_blocks(cdb, VWR_T10_READ_16, 0, PARTS / SECTOR);
    lend(g, cdb, 0, PARTS);
    assert_true(g->again != 0);
    assert_in_range(m->submits, 1, 3);
    m->submits = 0;
    hostile_unused(g, REQUESTQ);
}

/* Sends a message of the control queue; its parts do not overlap those of a command. */
static uint8_t control(struct guest *g, const void *message, uint32_t bytes, uint32_t room)
{
    const struct guest_desc segment[] = {{GUEST_DATA, bytes, 0, 0}, {GUEST_DATA + 0x200, room, WRITE, 0}};

    memcpy(guest_at(g, GUEST_DATA, bytes), message, bytes);
    hostile_send(g, CONTROLQ, segment, 2);
    assert_int_equal(hostile_take(g, CONTROLQ), room);
    return *(uint8_t *)guest_at(g, GUEST_DATA + 0x200 + room - 1, 1);
}

static uint8_t manage(struct guest *g, uint32_t function, uint64_t id)
{
    struct vwr_scsi_tmf_msg t = {.subtype = function, .id = id};
    struct vwr_scsi_tmf_msg_form form;

    memcpy(t.lun, vmm_of(g)->lun, VWR_T10_LUN);
    vwr_scsi_tmf_msg_encode(&form, g->legacy, &t);
    return control(g, &form, sizeof(form), 1);
}

static void g50_parts(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    int response = VWR_SCSI_S_ABORTED;

    begin_parts(g);
    assert_int_equal(manage(g, VWR_SCSI_T_TMF_QUERY_TASK, 76), VWR_SCSI_S_FUNCTION_COMPLETE);
    assert_int_equal(manage(g, VWR_SCSI_T_TMF_QUERY_TASK, 77), VWR_SCSI_S_FUNCTION_SUCCEEDED);
    assert_int_equal(manage(g, VWR_SCSI_T_TMF_QUERY_TASK_SET, 0), VWR_SCSI_S_FUNCTION_SUCCEEDED);
    assert_int_equal(manage(g, VWR_SCSI_T_TMF_ABORT_TASK, 76), VWR_SCSI_S_FUNCTION_COMPLETE);
    address(g, OTHER); /* which has no command */
    assert_int_equal(manage(g, VWR_SCSI_T_TMF_QUERY_TASK_SET, 0), VWR_SCSI_S_FUNCTION_COMPLETE);
    assert_int_equal(manage(g, VWR_SCSI_T_TMF_ABORT_TASK_SET, 0), VWR_SCSI_S_FUNCTION_COMPLETE);
    address(g, 0);
    hostile_unused(g, REQUESTQ);
    if (at == VWR_SCSI_T_TMF_LOGICAL_UNIT_RESET || at == VWR_SCSI_T_TMF_I_T_NEXUS_RESET)
        response = VWR_SCSI_S_RESET;
    if (at < 0) {
        assert_int_equal(vwr_vscsi_remove(&m->v, 0, 0), VWR_OK);
        response = VWR_SCSI_S_TARGET_FAILURE;
    } else {
        assert_int_equal(manage(g, (uint32_t)at, 77), VWR_SCSI_S_FUNCTION_COMPLETE);
    }
    assert_int_equal(answered(g, PARTS), response);
    serve(g);
    assert_int_equal(m->submits, 0);
    if (at < 0) {
        m->unit[0].lun = 0;
        const struct vwr_vt10_unit again = {.backend = &m->backend, .first = FIRST, .sectors = SECTORS};

        assert_int_equal(vwr_vscsi_add(&m->v, &again), VWR_OK);
    }
    ready(g);
    assert_int_equal(manage(g, VWR_SCSI_T_TMF_QUERY_TASK_SET, 0), VWR_SCSI_S_FUNCTION_COMPLETE);
}

/* The unit becomes smaller between two parts. */
static void g25_shrinks(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    begin_parts(g);
    assert_int_equal(vwr_vscsi_resize(&m->v, 0, 0, (uint64_t)at), VWR_OK);
    serve(g);
    assert_int_equal(answered(g, PARTS), VWR_SCSI_S_OK);
    assert_int_equal(sense(g),
                     at == PARTS / SECTOR ? 0 : VWR_T10_SENSE(VWR_T10_ILLEGAL_REQUEST, VWR_T10_OUT_OF_RANGE));
    assert_int_equal(vwr_vscsi_resize(&m->v, 0, 0, SECTORS), VWR_OK);
}

/* The reset of another queue does not take the command away. */
static void g46_other_reset_in_parts(struct guest *g, long long at)
{
    (void)at;
    begin_parts(g);
    guest_write(g, VWR_MMIO_QUEUE_SEL, 4, EVENTQ);
    guest_write(g, VWR_MMIO_QUEUE_RESET, 4, 1);
    serve(g);
    assert_int_equal(answered(g, PARTS), VWR_SCSI_S_OK);
    assert_int_equal(vmm_of(g)->used, ANSWER + SENSE + PARTS);
}

/* A reset of the device, or of the queue, takes the command away. */
static void g46_reset_in_parts(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    begin_parts(g);
    if (at != 0 && !g->legacy) {
        guest_write(g, VWR_MMIO_QUEUE_SEL, 4, REQUESTQ);
        guest_write(g, VWR_MMIO_QUEUE_RESET, 4, 1);
    } else {
        assert_true(guest_start(g));
    }
    serve(g);
    assert_int_equal(m->submits, 0);
    for (unsigned i = 0; i < sizeof(m->unit) / sizeof(m->unit[0]); i++)
        assert_null(vwr_service_kept(&m->v.service.service, &m->unit[i]));
}

/* Types, functions and addresses of the control queue that do not exist. */
static void g43_control(struct guest *g, long long at)
{
    struct vwr_scsi_an_subscribe_msg s = {.event_requested = 0xffffffff};
    struct vwr_scsi_an_subscribe_msg_form form;
    const vwr_le32 type = vwr_guest32(g->legacy, (uint32_t)at);

    assert_int_equal(control(g, &type, sizeof(type), 5), VWR_SCSI_S_FAILURE);
    assert_int_equal(manage(g, (uint32_t)at, 0), VWR_SCSI_S_FUNCTION_REJECTED);
    memcpy(s.lun, vmm_of(g)->lun, VWR_T10_LUN);
    vwr_scsi_an_subscribe_msg_encode(&form, g->legacy, &s);
    assert_int_equal(control(g, &form, sizeof(form), 5), VWR_SCSI_S_OK);
    assert_int_equal(vmm_of(g)->unit[0].events, VWR_VSCSI_EVENTS);
    form.ctrl_an.lun[1] = 1;
    assert_int_equal(control(g, &form, sizeof(form), 5), VWR_SCSI_S_BAD_TARGET);
    form.ctrl_an.lun[1] = 2;
    assert_int_equal(control(g, &form, sizeof(form), 5), VWR_SCSI_S_INCORRECT_LUN);
}

/* Buffers that are too short for an event are returned empty; the next one reports that an event was lost. */
static void g27_event(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    const struct vwr_scsi_event *const e = guest_at(g, GUEST_DATA, sizeof(*e));

    hostile_send_one(g, EVENTQ, GUEST_DATA + 0x100, (uint32_t)at, WRITE);
    assert_int_equal(vwr_vscsi_resize(&m->v, 0, 0, SECTORS), VWR_OK);
    hostile_used(g, EVENTQ, 0);
    assert_int_equal(vwr_vscsi_resize(&m->v, 0, 0, SECTORS), VWR_OK);
    assert_int_equal(m->v.stats.missed, 2);
    hostile_send_one(g, EVENTQ, GUEST_DATA, sizeof(*e), WRITE);
    hostile_used(g, EVENTQ, sizeof(*e));
    assert_int_equal(vwr_guest32(g->legacy, e->event), VWR_SCSI_T_EVENTS_MISSED);
    hostile_send_one(g, EVENTQ, GUEST_DATA, sizeof(*e), WRITE);
    hostile_unused(g, EVENTQ);
    assert_int_equal(vwr_vscsi_resize(&m->v, 0, 0, SECTORS), VWR_OK);
    hostile_used(g, EVENTQ, sizeof(*e));
    assert_int_equal(vwr_guest32(g->legacy, e->event), VWR_SCSI_T_PARAM_CHANGE);
}

/* A block that begins in segments of one byte. */
static void g24_bytes(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    struct guest_desc segment[8];
    uint8_t cdb[VWR_T10_CDB];
    uint8_t *const head = guest_at(g, OUT, HEAD + CDB);

    (void)at;
    vwr_t10_blocks(cdb, VWR_T10_READ_10, 5, 1);
    memset(head, 0, HEAD + CDB);
    memcpy(head, m->lun, VWR_T10_LUN);
    memcpy(head + HEAD, cdb, sizeof(cdb));
    segment[0] = (struct guest_desc){OUT, HEAD + 3, 0, 0};
    segment[1] = (struct guest_desc){OUT + HEAD + 3, CDB - 3, 0, 0};
    segment[2] = (struct guest_desc){IN, ANSWER + SENSE - 2, WRITE, 0};
    for (unsigned i = 3; i < 7; i++)
        segment[i] = (struct guest_desc){IN + ANSWER + SENSE - 5 + i, 1, WRITE, 0};
    segment[7] = (struct guest_desc){IN + ANSWER + SENSE + 2, SECTOR - 2, WRITE, 0};
    hostile_send(g, REQUESTQ, segment, 8);
    assert_int_equal(answered(g, SECTOR), VWR_SCSI_S_OK);
    assert_memory_equal(guest_at(g, IN + ANSWER + SENSE, SECTOR), m->bytes + (FIRST + 5) * SECTOR, SECTOR);
}

/* ---- what a unit and its back end say of themselves ---- */

/* A command of at most `room` bytes of data, which are at *data: its sense. */
static uint32_t asks(struct guest *g, const uint8_t *cdb, uint32_t room, const uint8_t **data)
{
    memset(guest_at(g, IN + ANSWER + SENSE, room), 0xee, room);
    assert_int_equal(ask(g, cdb, 0, room), VWR_SCSI_S_OK);
    *data = guest_at(g, IN + ANSWER + SENSE, room);
    return sense(g);
}

static uint32_t asks_page(struct guest *g, uint8_t page, const uint8_t **data)
{
    uint8_t cdb[VWR_T10_CDB];

    vwr_t10_plain(cdb, VWR_T10_INQUIRY, 64);
    cdb[1] = VWR_T10_EVPD;
    cdb[2] = page;
    return asks(g, cdb, 64, data);
}

#define INVALID_FIELD VWR_T10_SENSE(VWR_T10_ILLEGAL_REQUEST, VWR_T10_INVALID_FIELD)

/*
 * A unit that supports UNMAP, and units that do not because they, or their back end, are read-only, or the
 * back end cannot.
 */
static void g26_unmaps(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    const uint8_t *data;
    uint8_t cdb[VWR_T10_CDB];

    m->backend.discard = at != 1;
    m->backend.read_only = at == 2;
    m->backend.discard_align = at == 0 ? 4 : 0;
    if (at == 3)
        address(g, OTHER);
    ready(g);
    assert_int_equal(asks_page(g, VWR_T10_PAGE_NAMES, &data), 0);
    assert_memory_equal(data + 8, at == 3 ? "02012c" : "000000", 6); /* target and number */
    for (unsigned i = 0; i < 2; i++) {
        assert_int_equal(asks_page(g, VWR_T10_PAGE_LIST, &data), 0);
        assert_int_equal(data[3], at == 0 ? 4 : 3); /* no serial number */
        assert_int_equal(asks_page(g, VWR_T10_PAGE_LIMITS, &data), 0);
        assert_int_equal(vwr_t10_get(data + 24, 4), at == 0 ? VWR_VBLK_RANGES : 0);
        assert_int_equal(vwr_t10_get(data + 28, 4), at == 0 ? (i == 0 ? 4 : 1) : 0);
        m->backend.discard_align = 0;
    }
    assert_int_equal(asks_page(g, VWR_T10_PAGE_PROVISIONING, &data), at == 0 ? 0 : INVALID_FIELD);
    vwr_t10_plain(cdb, VWR_T10_SERVICE_ACTION_IN_16, 32);
    assert_int_equal(asks(g, cdb, 32, &data), 0);
    assert_int_equal(data[14], at == 0 ? 0x80 : 0);
    vwr_t10_plain(cdb, VWR_T10_UNMAP, 0);
    assert_int_equal(asks(g, cdb, 0, &data),
                     at == 0 ? 0 : VWR_T10_SENSE(VWR_T10_ILLEGAL_REQUEST, VWR_T10_INVALID_OPCODE));
    m->backend.read_only = false;
    address(g, 0);
}

/* Lists of UNMAP: shorter than their head, with nothing to do, and with a mistake before a right range. */
static void g30_lists(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    uint8_t *const list = guest_at(g, OUT + HEAD + CDB, 8 + 2 * 16);
    uint8_t cdb[VWR_T10_CDB];

    memset(list, 0, 8 + 2 * 16);
    vwr_t10_put(list + 2, 2 * 16, 2);
    if (at == 1)
        vwr_t10_put(list + 8, SECTORS + 1, 8);
    vwr_t10_put(list + 24 + 8, at == 1, 4);
    vwr_t10_plain(cdb, VWR_T10_UNMAP, at < 0 ? 4 : 8 + 2 * 16);
    assert_int_equal(ask(g, cdb, 8 + 2 * 16, 0), VWR_SCSI_S_OK);
    assert_int_equal(sense(g), at < 0    ? VWR_T10_SENSE(VWR_T10_ILLEGAL_REQUEST, VWR_T10_LIST_LENGTH)
                               : at == 1 ? VWR_T10_SENSE(VWR_T10_ILLEGAL_REQUEST, VWR_T10_OUT_OF_RANGE)
                                         : 0);
    assert_int_equal(m->submits, 0);
}

/* MODE SENSE: page control, pages and subpages; the write cache, and the protection. */
static void g26_mode(struct guest *g, long long at)
{
    static const struct {
        uint8_t page, sub;
        uint32_t code;
    } wrong[] = {{0xc8, 0, VWR_T10_NOT_SAVED},
                 {9, 0, VWR_T10_INVALID_FIELD},
                 {8, 1, VWR_T10_INVALID_FIELD},
                 {0x3f, 1, VWR_T10_INVALID_FIELD}};
    struct vmm *const m = vmm_of(g);
    const uint8_t *data;
    uint8_t cdb[VWR_T10_CDB];

    vwr_t10_plain(cdb, VWR_T10_MODE_SENSE_6, 64);
    for (unsigned i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        cdb[2] = wrong[i].page;
        cdb[3] = wrong[i].sub;
        assert_int_equal(asks(g, cdb, 64, &data), VWR_T10_SENSE(VWR_T10_ILLEGAL_REQUEST, wrong[i].code));
    }
    m->backend.flush = at != 1;
    m->backend.read_only = at == 2;
    for (unsigned sub = 0; sub <= 0xff; sub += 0xff)
        for (uint8_t control = 0; control < 3; control++) {
            cdb[2] = (uint8_t)(control << 6 | (sub == 0 ? 8 : 0x3f));
            cdb[3] = (uint8_t)sub;
            assert_int_equal(asks(g, cdb, 64, &data), 0);
            assert_int_equal(data[2] >> 7, at == 2);
            assert_int_equal(data[4], 8);
            assert_int_equal(data[6], at == 0 && control != 1 ? 4 : 0);
        }
    m->backend.flush = m->backend.read_only = false;
}

/* Physical blocks that the window does not begin with, or that four bits cannot say, and more blocks than the
 * short command can say. */
static void g26_capacity(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    const uint8_t *data;
    uint8_t cdb[VWR_T10_CDB];

    m->backend.physical_block_exp = (uint8_t)(at & 0xff);
    m->backend.first_aligned = at >> 8 != 0;
    m->unit[0].first = at == 16 ? 0 : FIRST;
    m->unit[0].sectors = at == 3 ? UINT64_C(1) << 33 : UINT32_MAX; /* of the latter, the last is below */
    vwr_t10_plain(cdb, VWR_T10_SERVICE_ACTION_IN_16, 32);
    assert_int_equal(asks(g, cdb, 32, &data), 0);
    assert_int_equal(vwr_t10_get(data, 8), m->unit[0].sectors - 1);
    assert_int_equal(data[13], at == 3 ? 3 : 0); /* FIRST is a multiple of 8, and not of 16 */
    vwr_t10_plain(cdb, VWR_T10_READ_CAPACITY_10, 0);
    assert_int_equal(asks(g, cdb, 8, &data), 0);
    assert_int_equal(vwr_t10_get(data, 4), at == 3 ? UINT32_MAX : UINT32_MAX - 1);
    m->unit[0].first = FIRST;
    m->unit[0].sectors = SECTORS;
    m->backend.physical_block_exp = m->backend.first_aligned = 0;
}

/* Nonexistent kinds of reports and of sense data, and commands to the well-known unit. */
static void g26_reports(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    const uint8_t *data;
    uint8_t cdb[VWR_T10_CDB];

    (void)at;
    vwr_t10_plain(cdb, VWR_T10_REPORT_LUNS, 64);
    for (cdb[2] = 0; cdb[2] < 4; cdb[2]++) {
        assert_int_equal(asks(g, cdb, 64, &data), cdb[2] > 2 ? INVALID_FIELD : 0);
        if (cdb[2] <= 2)
            assert_int_equal(vwr_t10_get(data, 4), cdb[2] != 1 ? VWR_T10_LUN : 0);
    }
    vwr_t10_plain(cdb, VWR_T10_REQUEST_SENSE, 18);
    cdb[1] = 1; /* descriptors */
    assert_int_equal(asks(g, cdb, 18, &data), INVALID_FIELD);
    cdb[1] = 0;
    m->unit[0].attention = VWR_T10_CAPACITY_CHANGED;
    for (unsigned i = 0; i < 2; i++) {
        assert_int_equal(asks(g, cdb, 18, &data), 0);
        assert_int_equal(vwr_t10_sense(data, 18),
                         i == 0 ? VWR_T10_SENSE(VWR_T10_UNIT_ATTENTION, VWR_T10_CAPACITY_CHANGED) : 0);
    }
    address(g, 1);
    assert_int_equal(asks(g, cdb, 18, &data), 0);
    assert_int_equal(vwr_t10_sense(data, 18), VWR_T10_SENSE(VWR_T10_ILLEGAL_REQUEST, VWR_T10_NO_UNIT));
    memset(m->lun, 0, VWR_T10_LUN);
    m->lun[0] = 0xc1;
    m->lun[1] = 1;
    assert_int_equal(asks(g, cdb, 18, &data), 0);
    assert_int_equal(vwr_t10_sense(data, 18), 0);
    assert_int_equal(plain(g, VWR_T10_INQUIRY, 36, 36), 0);
    assert_int_equal(data[0], 0x1e);
    assert_int_equal(asks_page(g, VWR_T10_PAGE_LIST, &data), INVALID_FIELD);
}

/* A back end that accepts only a few bytes, or one segment, at a time: one request for each. */
static void g24_back_end_takes_less(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    const uint32_t cut = at == 3 ? 100 : SECTOR;
    const struct guest_desc segment[] = {{OUT, HEAD + CDB, 0, 0},
                                         {IN, ANSWER + SENSE, WRITE, 0},
                                         {IN + ANSWER + SENSE, cut, WRITE, 0},
                                         {IN + ANSWER + SENSE + cut, 2 * SECTOR - cut, WRITE, 0}};
    uint8_t *const head = guest_at(g, OUT, HEAD + CDB);

    m->backend.bytes_max = at == 0 ? SECTOR : at == 1 ? 1u << 20 : 0;
    m->backend.segments_max = at < 2 ? 0 : at == 4 ? 2 : 1;
    memset(head, 0, HEAD + CDB);
    memcpy(head, m->lun, VWR_T10_LUN);
    vwr_t10_blocks(head + HEAD, VWR_T10_READ_10, 5, 2);
    hostile_send(g, REQUESTQ, segment, 4);
    serve(g);
    assert_int_equal(answered(g, 2 * SECTOR), VWR_SCSI_S_OK);
    assert_int_equal(sense(g), at == 3 ? VWR_T10_SENSE(VWR_T10_HARDWARE_ERROR, VWR_T10_TARGET_FAILURE) : 0);
    assert_int_equal(m->submits, at == 3 ? 0 : at == 1 || at == 4 ? 1 : 2);
    if (at != 3)
        assert_memory_equal(guest_at(g, IN + ANSWER + SENSE, 2 * SECTOR), m->bytes + (FIRST + 5) * SECTOR,
                            2 * SECTOR);
    m->backend.bytes_max = m->backend.segments_max = 0;
}

/* FUA: a write that succeeds writes the cache back; a read, and a write that fails, do not. */
static void g26_fua(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    const bool writes = at != 1;
    uint8_t cdb[VWR_T10_CDB];

    m->backend.flush = true;
    m->fails = at == 2 ? VWR_EIO : VWR_OK;
    vwr_t10_blocks(cdb, writes ? VWR_T10_WRITE_10 : VWR_T10_READ_10, 0, 1);
    cdb[1] = at == 3 ? 0 : 8;
    assert_int_equal(ask(g, cdb, writes ? SECTOR : 0, writes ? 0 : SECTOR), VWR_SCSI_S_OK);
    assert_int_equal(sense(g), at == 2 ? VWR_T10_SENSE(VWR_T10_MEDIUM_ERROR, VWR_T10_WRITE_ERROR) : 0);
    assert_int_equal(m->flushes, at == 0);
    m->fails = 0;
    m->backend.flush = false;
}

static const struct hostile_case cases[] = {
    {"G12_short_command",
     "scsi.dev.cfg.1; header vwr/vservice.h",
     g12_short,
     HOSTILE_ALL,
     6,
     {-1, -33, -50, 0, 11, 107}},
    {"G52_allocation_length", "scsi.dev.req.4", g52_length, HOSTILE_ALL, 6, {0, 5, 36, 40, 41, 65535}},
    {"G52_transfer_length", "scsi.dev.req.4", g52_transfer, HOSTILE_ALL, 4, {-1, -513, 0, 100}},
    {"G11_data_both_ways", "header vwr/vscsi.h", g11_both, HOSTILE_ALL, 0, {0}},
    {"G47_sizes_of_a_command",
     "scsi.dev.cfg.1; header vwr/vscsi.h",
     g47_sizes,
     HOSTILE_ALL,
     6,
     {0, 5, 31, 33, 4096, 0xffffffff}},
    {"G47_larger_sizes_of_a_command",
     "header vwr/vscsi.h",
     g47_larger,
     HOSTILE_ALL,
     4,
     {SENSE + 1, 3 * SENSE + 1, BUDGET, BUDGET + 1}},
    {"G30_cdb_beyond_its_size", "header vwr/vscsi.h", g30_cdb, HOSTILE_ALL, 3, {1, 6, 15}},
    {"G25_blocks_beyond_the_end", "header vwr/vscsi.h", g25_range, HOSTILE_ALL, 5, {63, 64, 65, -1, -2}},
    {"G26_all_commands", "header vwr/vscsi.h", g26_commands, HOSTILE_ALL, 2, {0, 1}},
    {"G30_addresses_without_a_unit", "scsi.dev.req.6", g30_lun, HOSTILE_ALL, 0, {0}},
    {"G30_list_of_unmap",
     "header vwr/vscsi.h",
     g30_unmap,
     HOSTILE_ALL,
     8,
     {0, 1, 64, -1000, -8, -9, -5, 0x7fffffff}},
    {"G50_command_in_parts", "scsi.dev.req.5 scsi.dev.req.7", g50_parts, HOSTILE_ALL, 6, {-1, 0, 1, 3, 4, 5}},
    {"G25_unit_becomes_smaller", "header vwr/vscsi.h", g25_shrinks, HOSTILE_ALL, 3, {1, 47, 48}},
    {"G46_reset_in_parts", "reset.dev.2", g46_reset_in_parts, HOSTILE_ALL, 2, {0, 1}},
    {"G46_other_reset_in_parts", "vq.dev.reset.2", g46_other_reset_in_parts, HOSTILE_V2, 0, {0}},
    {"G43_control_messages", "header vwr/vscsi.h", g43_control, HOSTILE_ALL, 3, {8, 1000, -1}},
    {"G27_event_without_room", "scsi.dev.event.1", g27_event, HOSTILE_ALL, 3, {1, 12, 15}},
    {"G24_block_across_segments",
     "section Basic Facilities of a Virtio Device / Message Framing",
     g24_bytes,
     HOSTILE_ALL,
     0,
     {0}},
    {"G26_unit_that_unmaps", "header vwr/vscsi.h", g26_unmaps, HOSTILE_ALL, 4, {0, 1, 2, 3}},
    {"G30_lists_without_a_range", "header vwr/vscsi.h", g30_lists, HOSTILE_ALL, 3, {-1, 0, 1}},
    {"G26_mode_pages", "header vwr/vscsi.h", g26_mode, HOSTILE_ALL, 3, {0, 1, 2}},
    {"G26_capacity", "header vwr/vscsi.h", g26_capacity, HOSTILE_ALL, 4, {3, 4, 16, 0x103}},
    {"G26_reports", "header vwr/vscsi.h", g26_reports, HOSTILE_ALL, 0, {0}},
    {"G24_back_end_takes_less",
     "header vwr/vscsi.h",
     g24_back_end_takes_less,
     HOSTILE_ALL,
     5,
     {0, 1, 2, 3, 4}},
    {"G26_force_unit_access", "header vwr/vscsi.h", g26_fua, HOSTILE_ALL, 4, {0, 1, 2, 3}},
};

int main(void)
{
    return hostile_run("scsi", &host_device, cases, sizeof(cases) / sizeof(cases[0]));
}
