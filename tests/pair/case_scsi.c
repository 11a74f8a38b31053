/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "ram.h"
#include "suspend.h"
#include "vmm.h"

#if TEST_SAVES
#include "saves.h"
#endif

#include "vwr/scsi.h"
#include "vwr/vblk_memory.h"
#include "vwr/vscsi.h"
#include "../common/random.h"

#include <stdio.h>
#include <string.h>

/*
 * A SCSI host with disks in memory, with the driver of vwr/scsi.h. Blocks are written and read at any place
 * and checked against a separate copy, with several requests in flight, in parts of small budgets; units are
 * added, removed, resized, reset, and fail. ../hostile/guests/scsi.c has the commands that the driver does
 * not send.
 */

#define SLOT 2u
#define QUEUES 4u
#define QUEUE_SIZE 32u /* half of VWR_SCSI_QUEUE */
#define CALLS 4u
#define ROWS 5u
#define DISKS 2u /* that are written */
#define SECTORS 256u
#define MARGIN 8u /* sectors of a store before its window */
#define SECTOR 512u
#define FLIGHT 4u
#define STEPS 10u /* multiplied by scale */
#define CHUNK 48u /* most sectors at a time */
#define SMALL VWR_SCSI_UNIT(0, 0)
#define LARGE VWR_SCSI_UNIT(0, 1) /* blocks of 4096 bytes */
#define FIXED VWR_SCSI_UNIT(3, 300)
#define LATE VWR_SCSI_UNIT(0, 7)

/* A back end with a cache and DISCARD, whose results the case sets. */
struct backend {
    struct vwr_vblk_backend backend; /* first */
    uint8_t bytes[(SECTORS + MARGIN) * SECTOR];
    int result;
    unsigned flushes;
};

static struct {
    struct vwr_vscsi device;
    struct vwr_vt10_unit unit[ROWS];
    struct vwr_vmessage message[CALLS];
    struct vwr_vt10_call call[CALLS];
    struct vwr_vseg seg[VWR_VSCSI_SEGS(CALLS, 132u)];
    struct vwr_vqueue queue[QUEUES];
    struct vwr_vqueue_entry own[QUEUES * QUEUE_SIZE];
    struct vwr_vblk_memory memory[2];
    struct backend large;
    uint8_t bytes[2][(SECTORS + MARGIN) * SECTOR];
    union vmm_end end;
    struct vwr_features avoid;
    uint8_t *data;
    uint8_t copy[DISKS][SECTORS * SECTOR];
} w;

static struct vwr_scsi driver;
static struct vwr_scsi_requestq more[1];
static struct vwr_scsi_disk disk[DISKS];
static struct vwr_scsi_request request[FLIGHT];
static uint64_t state;

static void is_at(int line, const char *what, int result, int want)
{
    char text[300];

    if (result == want)
        return;
    (void)vwr_scsi_explain(&driver, text, sizeof(text));
    check_failed(__FILE__, line, "%s answered %d, not %d; the driver says: %s", what, result, want, text);
}
#define IS(call, want) is_at(__LINE__, #call, call, want)
#define OK(call) IS(call, VWR_OK)

static void explains(const char *part)
{
    char text[300];

    (void)vwr_scsi_explain(&driver, text, sizeof(text));
    CHECK_TEXT(text, part);
}

/* ---- the back end ---- */

static int submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    struct backend *const b = (struct backend *)(void *)be;
    uint8_t *at = b->bytes + r->sector * SECTOR;

    if (b->result != VWR_OK)
        return b->result;
    b->flushes += r->type == VWR_BLK_T_FLUSH;
    for (unsigned i = 0; i < r->ranges && r->type == VWR_BLK_T_DISCARD; i++)
        memset(b->bytes + r->range[i].sector * SECTOR, 0, (size_t)r->range[i].sectors * SECTOR);
    for (unsigned i = 0; i < r->segs && vwr_vblk_is_transfer(r); at += r->seg[i++].len) {
        if (r->type == VWR_BLK_T_IN)
            memcpy(r->seg[i].at, at, r->seg[i].len);
        else
            memcpy(at, r->seg[i].at, r->seg[i].len);
    }
    return VWR_OK;
}

static const struct vwr_vblk_backend_ops ops = {.submit = submit};

static uint8_t *store_of(unsigned n)
{
    return (n == 0 ? w.bytes[0] : w.large.bytes) + (size_t)MARGIN * SECTOR;
}

static void check_stores(void)
{
    for (unsigned n = 0; n < DISKS; n++) {
        const uint8_t *const margin = store_of(n) - MARGIN * SECTOR;

        CHECK(memcmp(store_of(n), w.copy[n], sizeof(w.copy[n])) == 0);
        for (unsigned i = 0; i < MARGIN * SECTOR; i++)
            CHECK_NUMBER(margin[i], 0xbb);
    }
}

/* ---- what the units say ---- */

static void describes(void)
{
    IS(vwr_scsi_inquiry(&driver, FIXED, VWR_SCSI_STANDARD, w.data, 96), 36);
    CHECK(memcmp(w.data + 8, "VRWR    pair disk       1   ", 28) == 0);
    IS(vwr_scsi_inquiry(&driver, FIXED, 0, w.data, 96), 8);
    CHECK(memcmp(w.data + 4, "\x00\x80\x83\xb0", 4) == 0);
    IS(vwr_scsi_inquiry(&driver, FIXED, 0x80, w.data, 96), 4 + 6);
    CHECK(memcmp(w.data + 4, "serial", 6) == 0);
    IS(vwr_scsi_inquiry(&driver, FIXED, 0x83, w.data, 96), 8 + 8 + 6);
    CHECK(memcmp(w.data + 4, "\x02\x01\x00\x0eVRWR    serial", 18) == 0);
    IS(vwr_scsi_inquiry(&driver, LARGE, 0, w.data, 96), 8);
    CHECK(memcmp(w.data + 4, "\x00\x83\xb0\xb2", 4) == 0);
    IS(vwr_scsi_inquiry(&driver, LARGE, 0x80, w.data, 96), VWR_EIO);
    explains("INQUIRY: illegal request: invalid field in CDB");
    IS(vwr_scsi_inquiry(&driver, LARGE, 0x83, w.data, 96), 8 + 6);
    CHECK(memcmp(w.data + 4,
                 "\x02\x00\x00\x06"
                 "000001",
                 10) == 0);
    IS(vwr_scsi_inquiry(&driver, LARGE, 0xb0, w.data, 96), 64);
    CHECK_NUMBER(vwr_t10_get(w.data + 20, 4), 16); /* blocks of a range of UNMAP */
    CHECK_NUMBER(vwr_t10_get(w.data + 24, 4), VWR_VBLK_RANGES);
    IS(vwr_scsi_inquiry(&driver, VWR_SCSI_UNIT(0, 9), VWR_SCSI_STANDARD, w.data, 96), 36);
    CHECK_NUMBER(w.data[0], 0x7f);
    IS(vwr_scsi_test_unit_ready(&driver, VWR_SCSI_UNIT(0, 9)), VWR_EIO);
    explains("illegal request: the unit is not supported");
    IS(vwr_scsi_test_unit_ready(&driver, VWR_SCSI_UNIT(1, 0)), VWR_ENODEV);
}

static void lists(unsigned count)
{
    IS(vwr_scsi_report_luns(&driver, 0, w.data, 256), (int)count);
    CHECK_NUMBER(vwr_t10_report_lun(w.data, 0), 0);
    CHECK_NUMBER(vwr_t10_report_lun(w.data, 1), 1);
    IS(vwr_scsi_report_luns(&driver, 3, w.data, 256), 1);
    CHECK_NUMBER(vwr_t10_report_lun(w.data, 0), 300);
}

static void open_disks(void)
{
    OK(vwr_scsi_disk_open(&disk[0], &driver, SMALL));
    OK(vwr_scsi_disk_open(&disk[1], &driver, LARGE));
    CHECK_NUMBER(disk[0].blocks, SECTORS);
    CHECK_NUMBER(disk[0].block_bytes, SECTOR);
    CHECK_NUMBER(disk[1].blocks, SECTORS / 8);
    CHECK_NUMBER(disk[1].block_bytes, 8 * SECTOR);
    CHECK(!disk[0].unmaps && disk[1].unmaps);
}

/* ---- blocks ---- */

/* Some blocks of a disk, and their position in the copy. */
static uint8_t *choose(unsigned n, uint64_t *block, uint32_t *count)
{
    const uint32_t most = CHUNK * SECTOR / disk[n].block_bytes;

    *block = random_below(&state, (uint32_t)disk[n].blocks);
    *count = 1 + random_below(&state, most);
    if (*count > disk[n].blocks - *block)
        *count = (uint32_t)(disk[n].blocks - *block);
    return w.copy[n] + *block * disk[n].block_bytes;
}

static void write_some(unsigned n)
{
    uint64_t block;
    uint32_t count;
    uint8_t *const copy = choose(n, &block, &count);

    for (uint32_t i = 0; i < count * disk[n].block_bytes; i++)
        w.data[i] = copy[i] = (uint8_t)random_below(&state, 256);
    OK(vwr_scsi_disk_write(&disk[n], block, w.data, (size_t)count * disk[n].block_bytes));
}

static void read_in_flight(unsigned n)
{
    struct vwr_scsi_requestq *const q = vwr_scsi_get_requestq(&driver, n);
    const uint8_t *copy[FLIGHT];
    uint64_t block;
    uint32_t count;

    for (unsigned i = 0; i < FLIGHT; i++) {
        copy[i] = choose(n, &block, &count);
        count = count < vwr_scsi_disk_blocks_max(&disk[n]) ? count : vwr_scsi_disk_blocks_max(&disk[n]);
        OK(vwr_scsi_fill_read(&request[i], &disk[n], block, w.data + i * CHUNK * SECTOR,
                              (size_t)count * disk[n].block_bytes));
        OK(vwr_scsi_submit(q, &request[i]));
    }
    (void)vwr_scsi_kick(q);
#if TEST_SAVES
    (void)vmm_step(); /* a command waits for its next part, if its budget is small */
    saves_once();
#endif
    for (unsigned i = 0; i < FLIGHT; i++) {
        OK(vwr_scsi_wait(q, &request[i]));
        CHECK(request[i].count != 0);
        CHECK(memcmp(w.data + i * CHUNK * SECTOR, copy[i], request[i].count) == 0);
    }
}

static void unmap_and_flush(void)
{
    const unsigned flushes = w.large.flushes;

    OK(vwr_scsi_disk_unmap(&disk[1], 5, 3));
    memset(w.copy[1] + 5 * 8 * SECTOR, 0, 3 * 8 * SECTOR);
    IS(vwr_scsi_disk_unmap(&disk[1], 0, 17), VWR_EIO);
    explains("illegal request: invalid field in parameter list");
    IS(vwr_scsi_disk_unmap(&disk[0], 0, 1), VWR_EUNSUPP);
    OK(vwr_scsi_disk_flush(&disk[0]));
    OK(vwr_scsi_disk_flush(&disk[1]));
    CHECK_NUMBER(w.large.flushes, flushes + 1);
}

static void fails(void)
{
    struct vwr_scsi_disk fixed;

    w.large.result = VWR_EIO;
    IS(vwr_scsi_disk_read(&disk[1], 1, w.data, 8 * SECTOR), VWR_EIO);
    explains("READ(16): medium error: unrecovered read error");
    IS(vwr_scsi_disk_write(&disk[1], 1, w.data, 8 * SECTOR), VWR_EIO);
    explains("WRITE(16): medium error: write error");
    IS(vwr_scsi_disk_flush(&disk[1]), VWR_EIO);
    w.large.result = VWR_EFULL;
    IS(vwr_scsi_disk_read(&disk[1], 1, w.data, 8 * SECTOR), VWR_EBUSY);
    w.large.result = VWR_OK;
    OK(vwr_scsi_disk_open(&fixed, &driver, FIXED));
    OK(vwr_scsi_disk_read(&fixed, SECTORS - 1, w.data, SECTOR));
    CHECK_NUMBER(w.data[SECTOR - 1], 0xcc);
    IS(vwr_scsi_disk_write(&fixed, 0, w.data, SECTOR), VWR_EIO);
    explains("data protect: write protected");
    fixed.blocks++;
    IS(vwr_scsi_disk_read(&fixed, SECTORS, w.data, SECTOR), VWR_EIO);
    explains("illegal request: block out of range");
}

/* ---- events and task management ---- */

static void notices(uint32_t type, uint32_t unit, uint32_t reason)
{
    struct vwr_scsi_notice n;

    vmm_run_until_idle();
    IS(vwr_scsi_poll(&driver, &n), 1);
    CHECK_NUMBER(n.type, type);
    CHECK_NUMBER(n.unit, unit);
    CHECK_NUMBER(n.reason, reason);
    CHECK(!n.missed);
    IS(vwr_scsi_poll(&driver, &n), 0);
}

static void changes(void)
{
    const struct vwr_vt10_unit late = {.backend = &w.memory[1].backend, .lun = 7};
    const uintptr_t attentions = driver.attentions;
    struct vwr_scsi_disk d;

    OK(vwr_vscsi_add(&w.device, &late));
    IS(vwr_vscsi_add(&w.device, &late), VWR_EINVAL);
    notices(VWR_SCSI_T_TRANSPORT_RESET, LATE, VWR_SCSI_EVT_RESET_RESCAN);
    lists(3);
    OK(vwr_scsi_disk_open(&d, &driver, LATE));
    CHECK_NUMBER(d.blocks, SECTORS + MARGIN);
    OK(vwr_vscsi_resize(&w.device, 0, 7, 16));
    notices(VWR_SCSI_T_PARAM_CHANGE, LATE, 0x092a);
    OK(vwr_scsi_disk_update(&d));
    CHECK_NUMBER(d.blocks, 16);
    IS(vwr_vscsi_resize(&w.device, 0, 7, SECTORS + MARGIN + 1), VWR_ERANGE);
    IS(vwr_vscsi_resize(&w.device, 0, 1, 12), VWR_ERANGE); /* not in whole blocks */
    OK(vwr_vscsi_remove(&w.device, 0, 7));
    IS(vwr_vscsi_remove(&w.device, 0, 7), VWR_ENODEV);
    notices(VWR_SCSI_T_TRANSPORT_RESET, LATE, VWR_SCSI_EVT_RESET_REMOVED);
    IS(vwr_scsi_disk_read(&d, 0, w.data, SECTOR), VWR_EIO);
    lists(2);
    OK(vwr_scsi_test_unit_ready(&driver, SMALL)); /* after the attention of its target */
    OK(vwr_scsi_test_unit_ready(&driver, LARGE));
    CHECK_NUMBER(driver.attentions - attentions, 4);
}

static void misses(void)
{
    struct vwr_scsi_notice n;
    unsigned count = 0;
    bool missed = false;

    IS(vwr_scsi_subscribe(&driver, LARGE, VWR_SCSI_EVT_ASYNC_MEDIA_CHANGE), VWR_SCSI_EVT_ASYNC_MEDIA_CHANGE);
    OK(vwr_vscsi_notify(&w.device, 0, 0, VWR_SCSI_EVT_ASYNC_MEDIA_CHANGE)); /* of another unit */
    for (unsigned i = 0; i < VWR_SCSI_EVENTS + 3; i++)
        OK(vwr_vscsi_notify(&w.device, 0, 1,
                            VWR_SCSI_EVT_ASYNC_MEDIA_CHANGE | VWR_SCSI_EVT_ASYNC_POWER_MGMT));
    CHECK_NUMBER(w.device.stats.missed, 3);
    vmm_run_until_idle();
    while (vwr_scsi_poll(&driver, &n) == 1) {
        vmm_run_until_idle();
        missed = missed || n.missed;
        CHECK(n.type == VWR_SCSI_T_NO_EVENT ||
              (n.unit == LARGE && n.reason == VWR_SCSI_EVT_ASYNC_MEDIA_CHANGE));
        count += n.type == VWR_SCSI_T_ASYNC_NOTIFY;
    }
    CHECK_NUMBER(count, VWR_SCSI_EVENTS);
    CHECK(missed);
    w.device.stats.missed = 0;
    IS(vwr_scsi_query_events(&driver, SMALL, 0x7f), VWR_VSCSI_EVENTS);
    IS(vwr_scsi_query_events(&driver, LATE, 2), VWR_ENODEV);
    IS(vwr_scsi_subscribe(&driver, LARGE, 0), 0);
}

/* Task management names a command by its tag alone, whatever its queue. */
static void tags(void)
{
    static const uint8_t test_unit_ready[6];

    more[0].ids = driver.first.ids; /* both queues have sent as many */
    for (unsigned i = 0; i < 2; i++) {
        struct vwr_scsi_requestq *const q = vwr_scsi_get_requestq(&driver, i);

        OK(vwr_scsi_fill(&request[i], SMALL, test_unit_ready, sizeof(test_unit_ready)));
        OK(vwr_scsi_submit(q, &request[i]));
        (void)vwr_scsi_kick(q);
        OK(vwr_scsi_wait(q, &request[i]));
    }
    CHECK(request[0].id != request[1].id);
}

static void manages(void)
{
    const uintptr_t attentions = driver.attentions;

    tags();
    IS(vwr_scsi_manage(&driver, VWR_SCSI_T_TMF_ABORT_TASK, SMALL, 1), 0);
    IS(vwr_scsi_manage(&driver, VWR_SCSI_T_TMF_QUERY_TASK, SMALL, 1), 0);
    IS(vwr_scsi_manage(&driver, VWR_SCSI_T_TMF_QUERY_TASK_SET, SMALL, 0), 0);
    IS(vwr_scsi_manage(&driver, VWR_SCSI_T_TMF_CLEAR_ACA, SMALL, 0), VWR_EUNSUPP);
    IS(vwr_scsi_manage(&driver, VWR_SCSI_T_TMF_ABORT_TASK, LATE, 1), VWR_ENODEV);
    IS(vwr_scsi_manage(&driver, VWR_SCSI_T_TMF_LOGICAL_UNIT_RESET, SMALL, 0), 0);
    IS(vwr_scsi_manage(&driver, VWR_SCSI_T_TMF_I_T_NEXUS_RESET, VWR_SCSI_UNIT(3, 0), 0), 0);
    CHECK(vwr_scsi_request_sense(&driver, FIXED, w.data, 18) == 18);
    CHECK_NUMBER(vwr_t10_sense(w.data, 18), VWR_T10_SENSE(VWR_T10_UNIT_ATTENTION, VWR_T10_NEXUS_LOST));
    OK(vwr_scsi_test_unit_ready(&driver, FIXED));
    OK(vwr_scsi_test_unit_ready(&driver, SMALL));
    CHECK_NUMBER(driver.attentions - attentions, 1);
}

/* ---- failures, and the device ---- */

static void fail_and_recover(void)
{
    struct vwr_scsi_notice n;
    int r;

    vmm_may_break = true;
    vwr_vdev_needs_reset(vwr_vscsi_dev(&w.device));
    vmm_may_break = false;
    IS(vwr_dev_check(&w.end.dev), VWR_ENEEDSRESET);
    while ((r = vwr_recover(&driver.bringup)) == VWR_EBUSY)
        continue;
    OK(r);
    IS(vwr_scsi_poll(&driver, &n), 1);
    CHECK(n.missed);
}

static void open_driver(void)
{
    struct vwr_scsi_options o = {.shared = (ram_reset(), ram_alloc_ring(sizeof(*o.shared))),
                                 .more = more,
                                 .more_shared = ram_alloc_ring(sizeof(*o.more_shared)),
                                 .more_count = 1,
                                 .more_shared_count = 1};

    memcpy(&o.avoid, &w.avoid, sizeof(o.avoid));
    memset(request, 0, sizeof(request));
    OK(vmm_find(&w.end, SLOT));
    OK(vwr_scsi_open(&driver, &w.end.dev, &o));
    CHECK_NUMBER(driver.queue_count, 2);
    CHECK_NUMBER(driver.client.info.max_target, 4);
    w.data = guest_alloc(FLIGHT * CHUNK * SECTOR);
}

static void init_units(void)
{
    const struct vwr_vblk_backend large = {.ops = &ops,
                                           .sectors = SECTORS + MARGIN,
                                           .block_bytes = 8 * SECTOR,
                                           .flush = true,
                                           .discard = true,
                                           .discard_sectors = 128,
                                           .segments_max = 60};

    memset(w.bytes[0], 0xbb, sizeof(w.bytes[0]));
    memset(w.bytes[1], 0xcc, sizeof(w.bytes[1]));
    memset(w.large.bytes, 0xbb, sizeof(w.large.bytes));
    memset(w.copy, 0xbb, sizeof(w.copy));
    w.large.backend = large;
    vwr_vblk_memory_init(&w.memory[0], w.bytes[0], sizeof(w.bytes[0]), false, NULL);
    vwr_vblk_memory_init(&w.memory[1], w.bytes[1], sizeof(w.bytes[1]), false, NULL);
    w.unit[0] = (struct vwr_vt10_unit){.backend = &w.memory[0].backend, .first = MARGIN};
    w.unit[1] =
        (struct vwr_vt10_unit){.backend = &w.large.backend, .first = MARGIN, .sectors = SECTORS, .lun = 1};
    w.unit[2] = (struct vwr_vt10_unit){.backend = &w.memory[1].backend,
                                       .sectors = SECTORS,
                                       .target = 3,
                                       .lun = 300,
                                       .read_only = true,
                                       .serial = "serial",
                                       .product = "pair disk"};
}

static void init_device(unsigned kind, bool deferred)
{
    const struct vwr_vscsi_options o = {.unit = w.unit,
                                        .unit_count = ROWS,
                                        .max_target = 4,
                                        .message = w.message,
                                        .call = w.call,
                                        .message_count = CALLS,
                                        .call_count = CALLS,
                                        .seg = w.seg,
                                        .seg_count = VWR_COUNT(w.seg)};
    struct vwr_vdev_setup s = {.vm = &vmm,
                               .line = SLOT,
                               .queue = w.queue,
                               .queue_count = QUEUES,
                               .own = w.own,
                               .own_count = VWR_COUNT(w.own)};

    vmm_begin(deferred);
    memset(&w, 0, sizeof(w));
    init_units();
    s.queue_size = QUEUE_SIZE;
    s.budget_bytes = random_below(&state, 2) == 0 ? 0 : 6000;
    s.legacy = (kind & DISK_LEGACY) != 0;
    disk_offer(&s.features, kind);
    disk_avoid(&w.avoid, kind);
    OK(vwr_vscsi_init_with(&w.device, &s, &o));
    vmm_add(SLOT, vwr_vscsi_dev(&w.device));
}

void case_scsi(unsigned kind, unsigned scale)
{
    state = kind + 1;
    for (unsigned pass = 0; pass < 2; pass++) {
        init_device(kind, pass % 2 != 0);
        for (unsigned session = 0; session < 2; session++) {
            open_driver();
            disk_check_features(&w.end.dev, vwr_vscsi_dev(&w.device), kind);
            describes();
            lists(2);
            open_disks();
            CHECK(driver.attentions >= 2);
            for (unsigned i = 0; i < STEPS * scale / 10 + 2; i++) {
                write_some(i % DISKS);
                read_in_flight(random_below(&state, DISKS));
                if (i == 3)
                    suspend_check(&w.end.dev, vwr_vscsi_dev(&w.device));
                if (i == 5)
                    fail_and_recover();
                open_disks(); /* after a recovery there are attentions */
            }
            unmap_and_flush();
            fails();
            changes();
            manages();
            misses();
            check_stores();
            OK(vwr_close(&driver.bringup));
        }
    }
    printf("%s scsi\n", disk_kind_name(kind));
}
