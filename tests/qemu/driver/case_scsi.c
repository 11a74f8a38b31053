/* SPDX-License-Identifier: MIT */
#include "board.h"
#include "bus.h"
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "machine.h"
#include "pattern.h"

#include "vwr/scsi.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/*
 * The SCSI driver on QEMU's device with two targets, each with two units. pattern.sh creates the images, and
 * compares them after QEMU has ended.
 */

#define SLOT 30u
#define UNITS 4u
#define SECTORS 2048u
#define FLIGHT 8u
#define PART 16u       /* sectors of a request in flight */
#define UNMAPPED 1024u /* first sector of a hole of 256 sectors */
#define HOLE 256u
#define DEADLINE_US 20000000u
#define PLUGS 16u /* number of times that a disk is plugged and unplugged */

static const struct {
    uint32_t unit;
    const char *drive;
    const char *device;
} units[UNITS] = {
    {VWR_SCSI_UNIT(0, 0), "", ""},
    {VWR_SCSI_UNIT(0, 1), "", ",logical_block_size=4096,physical_block_size=4096"},
    {VWR_SCSI_UNIT(1, 0), ",discard=unmap", ""},
    {VWR_SCSI_UNIT(1, 300), "", ""},
};

static struct vwr_scsi s;
static struct vwr_scsi_requestq more[1];
static struct vwr_scsi_disk disk[UNITS];
static struct vwr_scsi_request request[FLIGHT];
static union found found;
static uint8_t *data;
static uint8_t *scattered;

/* Tags of adjacent kinds differ. */
static char tag_of(unsigned unit, unsigned kind)
{
    return (char)('A' + unit * 6 + kind % 6);
}

static void ok_at(int line, const char *what, int result, int want)
{
    char text[300];

    if (result == want)
        return;
    (void)vwr_scsi_explain(&s, text, sizeof(text));
    check_failed(__FILE__, line, "%s answered %d (%s), not %d; the driver says: %s", what, result,
                 vwr_strerror(result), want, text);
}
#define IS(call, want) ok_at(__LINE__, #call, call, want)
#define OK(call) IS(call, VWR_OK)

static void explains_at(int line, const char *part)
{
    char text[300];

    (void)vwr_scsi_explain(&s, text, sizeof(text));
    check_text(__FILE__, line, text, part);
}
#define EXPLAINS(part) explains_at(__LINE__, part)

/* ---- the machine ---- */

static void add_unit(unsigned i)
{
    machine_add("-drive", "if=none,id=l%u,format=raw,file=l%u.img%s", i, i, units[i].drive);
    machine_add("-device", "scsi-hd,id=u%u,bus=s.0,scsi-id=%u,lun=%u,drive=l%u,serial=serial-%u%s", i,
                units[i].unit >> 16, units[i].unit & 0xffff, i, i, units[i].device);
}

static void begin(bool legacy, const char *options)
{
    char runs[40];
    char file[20];

    machine_begin(legacy);
    machine_add_device(SLOT, "virtio-scsi", "id=s,num_queues=2%s%s%s", legacy ? "" : ",packed=on",
                       board->pci ? legacy ? ",ioeventfd=off,virtqueue_size=64" : ",ioeventfd=off" : "",
                       options);
    for (unsigned i = 0; i < UNITS; i++) {
        snprintf(runs, sizeof(runs), "%c 0 %u", tag_of(i, 0), SECTORS);
        snprintf(file, sizeof(file), "l%u.img", i);
        image_make(file, runs);
        add_unit(i);
    }
}

static void start(void)
{
    machine_start();
    (void)machine_qmp("{\"execute\": \"cont\"}");
    slot_probe(&found, SLOT);
    data = guest_alloc(SECTORS * SECTOR_BYTES);
    scattered = guest_alloc_scattered(200 * SECTOR_BYTES);
}

static void open_it(unsigned kind)
{
    struct vwr_scsi_options o = {.shared = guest_alloc(sizeof(*o.shared)),
                                 .request = {.timeout_us = DEADLINE_US},
                                 .more = more,
                                 .more_shared = guest_alloc(sizeof(*o.more_shared)),
                                 .more_count = 1,
                                 .more_shared_count = 1};

    disk_avoid(&o.avoid, kind);
    memset(&s, GUEST_POISON, sizeof(s));
    memset(more, GUEST_POISON, sizeof(more));
    memset(request, 0, sizeof(request));
    OK(vwr_scsi_open(&s, &found.dev, &o));
    disk_check_kind(&found.dev, kind);
    CHECK_NUMBER(s.queue_count, 2);
    CHECK_NUMBER(s.client.info.num_queues, 2);
    CHECK_NUMBER(s.client.info.max_target, 255);
    CHECK_NUMBER(s.client.info.max_lun, 16383);
}

static void close_it(void)
{
    OK(vwr_close(&s.bringup));
    CHECK_NUMBER(slot_status(&found), 0);
}

/* ---- disks ---- */

static void describes(unsigned i)
{
    char serial[20];
    int n = vwr_scsi_inquiry(&s, units[i].unit, VWR_SCSI_STANDARD, data, 96);

    CHECK(n >= 36 && n <= 96);
    CHECK(memcmp(data + 8, "QEMU    QEMU HARDDISK   ", 24) == 0);
    n = snprintf(serial, sizeof(serial), "serial-%u", i);
    CHECK(vwr_scsi_inquiry(&s, units[i].unit, 0x80, data, 200) >= 4 + n); /* QEMU pads it */
    CHECK_NUMBER(data[1], 0x80);
    CHECK_NUMBER(data[3], n);
    CHECK(memcmp(data + 4, serial, (size_t)n) == 0);
}

static void lists(unsigned target, uint32_t first, uint32_t second)
{
    IS(vwr_scsi_report_luns(&s, target, data, 256), 2);
    CHECK_NUMBER(vwr_t10_report_lun(data, 0), first);
    CHECK_NUMBER(vwr_t10_report_lun(data, 1), second);
    IS(vwr_scsi_report_luns(&s, target, data, 16), 1);
}

static void looks_around(void)
{
    for (unsigned i = 0; i < UNITS; i++)
        describes(i);
    lists(0, 0, 1);
    lists(1, 0, 300);
    IS(vwr_scsi_report_luns(&s, 2, data, 256), VWR_ENODEV);
    EXPLAINS("REPORT LUNS: the device answers BAD_TARGET: there is no such unit");
    IS(vwr_scsi_test_unit_ready(&s, VWR_SCSI_UNIT(0, 2)), VWR_EIO);
    EXPLAINS("TEST UNIT READY: illegal request: the unit is not supported");
    IS(vwr_scsi_test_unit_ready(&s, VWR_SCSI_UNIT(0, 20000)), VWR_EINVAL);
    CHECK(vwr_scsi_request_sense(&s, units[0].unit, data, 18) >= 14);
    CHECK_NUMBER(vwr_t10_sense(data, 18), 0);
}

static void moves_in_flight(unsigned i, char tag, bool writes)
{
    struct vwr_scsi_requestq *const q = vwr_scsi_get_requestq(&s, i % 2);
    if (writes)
        pattern_fill(data, tag, 512, FLIGHT * PART);
    for (unsigned n = 0; n < FLIGHT; n++) {
        uint8_t *const at = data + n * PART * SECTOR_BYTES;
        const uint64_t block = (512 + n * PART) * SECTOR_BYTES / disk[i].block_bytes;

        if (writes)
            OK(vwr_scsi_fill_write(&request[n], &disk[i], block, at, PART * SECTOR_BYTES));
        else
            OK(vwr_scsi_fill_read(&request[n], &disk[i], block, at, PART * SECTOR_BYTES));
        OK(vwr_scsi_submit(q, &request[n]));
    }
    (void)vwr_scsi_kick(q);
    for (unsigned n = 0; n < FLIGHT; n++) {
        OK(vwr_scsi_wait(q, &request[n]));
        CHECK_NUMBER(request[n].count, PART * SECTOR_BYTES);
    }
    if (!writes)
        PATTERN_CHECK(data, tag, 512, FLIGHT * PART);
}

/* The whole disk is read. One part of it is written by calls, another part by requests in flight. */
static void uses_disk(unsigned i, unsigned kind, char before)
{
    const char tag = tag_of(i, kind);
    const uint32_t sectors = disk[i].block_bytes / SECTOR_BYTES;

    OK(vwr_scsi_disk_read(&disk[i], 0, data, SECTORS * SECTOR_BYTES));
    PATTERN_CHECK(data, before, 0, 400);
    PATTERN_CHECK(data + 1500 * SECTOR_BYTES, tag_of(i, 0), 1500, SECTORS - 1500);
    pattern_fill(scattered, tag, 0, 200);
    OK(vwr_scsi_disk_write(&disk[i], 0, scattered, 200 * SECTOR_BYTES));
    pattern_fill(scattered, tag, 200, 200);
    OK(vwr_scsi_disk_write(&disk[i], 200 / sectors, scattered, 200 * SECTOR_BYTES));
    OK(vwr_scsi_disk_flush(&disk[i]));
    moves_in_flight(i, tag, true);
    memset(data, 0, FLIGHT * PART * SECTOR_BYTES);
    moves_in_flight(i, tag, false);
    IS(vwr_scsi_disk_read(&disk[i], SECTORS / sectors - 1, data, 2 * disk[i].block_bytes), VWR_ERANGE);
    IS(vwr_scsi_disk_read(&disk[i], 0, data, disk[i].block_bytes - 1), VWR_EALIGN);
}

static void opens_disks(void)
{
    for (unsigned i = 0; i < UNITS; i++) {
        OK(vwr_scsi_disk_open(&disk[i], &s, units[i].unit));
        CHECK_NUMBER(disk[i].block_bytes, i == 1 ? 4096 : 512);
        CHECK_NUMBER(disk[i].blocks * disk[i].block_bytes, SECTORS * SECTOR_BYTES);
        CHECK(!disk[i].ten && disk[i].unmaps);
    }
}

/* The 10-byte form, because this device does not reject the 16-byte form. */
static void uses_ten(void)
{
    struct vwr_scsi_disk d = {.scsi = &s, .unit = units[3].unit, .ten = true};

    OK(vwr_scsi_disk_update(&d));
    CHECK_NUMBER(d.blocks, SECTORS);
    OK(vwr_scsi_disk_read(&d, SECTORS - 8, data, 8 * SECTOR_BYTES));
    PATTERN_CHECK(data, tag_of(3, 0), SECTORS - 8, 8);
    OK(vwr_scsi_disk_write(&d, SECTORS - 8, data, 8 * SECTOR_BYTES));
    OK(vwr_scsi_disk_flush(&d));
}

static void images_have(unsigned kind)
{
    char runs[100];
    char file[20];

    for (unsigned i = 0; i < UNITS; i++) {
        snprintf(runs, sizeof(runs), "%c 0 %u %c 0 400 %c 512 %u%s", tag_of(i, 0), SECTORS, tag_of(i, kind),
                 tag_of(i, kind), FLIGHT * PART, i == 2 ? " 0 1024 256" : "");
        snprintf(file, sizeof(file), "l%u.img", i);
        image_check(file, runs);
    }
}

/* The file has a hole where blocks were unmapped, so the blocks were not just zeroed. */
static void image_has_hole(void)
{
    const int fd = open("l2.img", O_RDONLY);

    CHECK_SYS(fd >= 0);
    CHECK_NUMBER(lseek(fd, 0, SEEK_HOLE), UNMAPPED * SECTOR_BYTES);
    CHECK_NUMBER(lseek(fd, UNMAPPED * SECTOR_BYTES, SEEK_DATA), (UNMAPPED + HOLE) * SECTOR_BYTES);
    CHECK_SYS(close(fd) == 0);
}

/* One machine for all kinds of ring. */
void case_scsi_disks(bool legacy)
{
    unsigned last = 0;

    begin(legacy, "");
    start();
    for (unsigned kind = 0; kind < disk_kinds(); kind++) {
        const size_t mark = guest_mark();

        open_it(kind);
        opens_disks();
        CHECK_NUMBER(s.attentions, UNITS); /* a reset occurred */
        looks_around();
        for (unsigned i = 0; i < UNITS; i++)
            uses_disk(i, kind, tag_of(i, last));
        if (kind == 0)
            uses_ten();
        OK(vwr_scsi_disk_unmap(&disk[2], UNMAPPED, HOLE));
        close_it();
        guest_release(mark);
        last = kind;
    }
    machine_stop();
    images_have(last);
    image_has_hole();
}

/* ---- events ---- */

static void notice_is(uint32_t type, uint32_t unit, uint32_t reason)
{
    struct vwr_scsi_notice notice;

    IS(vwr_scsi_poll(&s, &notice), 1);
    CHECK_NUMBER(notice.type, type);
    CHECK_NUMBER(notice.unit, unit);
    CHECK_NUMBER(notice.reason, reason);
    CHECK(!notice.missed);
    IS(vwr_scsi_poll(&s, &notice), 0);
}

static void plug_and_unplug(void)
{
    static const char plug[] =
        "{\"execute\": \"device_add\", \"arguments\": {\"driver\": \"scsi-hd\", \"id\": \"hot\", \"bus\": "
        "\"s.0\", \"scsi-id\": 7, \"lun\": 5, \"drive\": \"hot\"}}";
    static const char forget[] = "{\"execute\": \"blockdev-del\", \"arguments\": {\"node-name\": \"hot\"}}";

    for (unsigned i = 0; i < PLUGS; i++) {
        machine_qmp_again(plug, "Permission conflict"); /* QEMU releases the device a little later */
        notice_is(VWR_SCSI_T_TRANSPORT_RESET, VWR_SCSI_UNIT(7, 5), VWR_SCSI_EVT_RESET_RESCAN);
        OK(vwr_scsi_disk_open(&disk[0], &s, VWR_SCSI_UNIT(7, 5)));
        CHECK_NUMBER(disk[0].blocks, 128);
        (void)machine_qmp("{\"execute\": \"device_del\", \"arguments\": {\"id\": \"hot\"}}");
        notice_is(VWR_SCSI_T_TRANSPORT_RESET, VWR_SCSI_UNIT(7, 5), VWR_SCSI_EVT_RESET_REMOVED);
        IS(vwr_scsi_disk_read(&disk[0], 0, data, SECTOR_BYTES), VWR_ENODEV);
    }
    /*
     * QEMU releases the device in its RCU thread, which then needs QEMU's lock and the end of each request.
     * If blkdebug held a request at that time, QEMU would hang.
     */
    machine_qmp_again(forget, "is in use");
}

static void grows(void)
{
    OK(vwr_scsi_disk_open(&disk[3], &s, units[3].unit));
    (void)machine_qmp(
        "{\"execute\": \"block_resize\", \"arguments\": {\"device\": \"l3\", \"size\": 2097152}}");
    notice_is(VWR_SCSI_T_PARAM_CHANGE, units[3].unit, 0x092a); /* ASCQ, ASC: the capacity has changed */
    OK(vwr_scsi_disk_update(&disk[3]));
    CHECK_NUMBER(disk[3].blocks, 4096);
}

/* QEMU drops events when there are no more buffers, and reports that in the next buffer. */
static void misses_events(void)
{
    const unsigned buffers = vwr_queue_size(&s.client.eventq.queue);
    struct vwr_scsi_notice notice = {.type = 0};
    unsigned count = 0;
    bool missed = false;

    for (unsigned i = 0; i < buffers + 4u; i++) {
        char text[120];

        snprintf(text, sizeof(text),
                 "{\"execute\": \"block_resize\", \"arguments\": {\"device\": \"l3\", \"size\": %u}}",
                 2097152 + (i + 1) * 512);
        (void)machine_qmp(text);
    }
    for (; vwr_scsi_poll(&s, &notice) == 1; count++)
        missed = missed || notice.missed;
    CHECK(count >= buffers);
    CHECK(missed);
}

/* ---- tasks and errors ---- */

static void make_rules(void)
{
    FILE *f = fopen("blkdebug.conf", "w");

    CHECK_SYS(f != NULL);
    CHECK(fputs("[inject-error]\nevent = \"read_aio\"\nerrno = \"5\"\nsector = \"16\"\nonce = \"off\"\n"
                "[inject-error]\nevent = \"write_aio\"\nerrno = \"28\"\nsector = \"32\"\nonce = \"off\"\n",
                f) >= 0);
    CHECK_SYS(fclose(f) == 0);
}

static void fails(void)
{
    struct vwr_scsi_disk *const d = &disk[0];
    uint8_t cdb[VWR_T10_CDB] = {0xff};
    struct vwr_vec in = {data, 512};

    OK(vwr_scsi_disk_open(d, &s, VWR_SCSI_UNIT(3, 0)));
    IS(vwr_scsi_disk_read(d, 16, data, SECTOR_BYTES), VWR_EIO);
    EXPLAINS("READ(16): aborted command: I/O process terminated");
    CHECK_NUMBER(vwr_scsi_last(&s)->status, VWR_T10_CHECK_CONDITION);
    CHECK_NUMBER(vwr_scsi_last(&s)->response, VWR_SCSI_S_OK);
    OK(vwr_scsi_disk_read(d, 17, data, SECTOR_BYTES));
    PATTERN_CHECK(data, 'E', 17, 1);
    IS(vwr_scsi_disk_write(d, 32, data, SECTOR_BYTES), VWR_EIO);
    EXPLAINS("WRITE(16): data protect: space allocation failed");
    IS(vwr_scsi_command(&s, d->unit, cdb, 6, NULL, NULL), VWR_EUNSUPP);
    EXPLAINS("illegal request: invalid command operation code");
    vwr_t10_blocks(cdb, VWR_T10_READ_16, 128, 1);
    IS(vwr_scsi_command(&s, d->unit, cdb, 16, NULL, &in), VWR_EIO);
    EXPLAINS("READ(16): illegal request: block out of range");
    vwr_t10_blocks(cdb, VWR_T10_READ_16, 0, 2);
    IS(vwr_scsi_command(&s, d->unit, cdb, 16, NULL, &in), VWR_EINVAL);
    EXPLAINS("READ(16): the device answers OVERRUN: the data are too short");
    vwr_t10_blocks(cdb, VWR_T10_READ_16, 0, 1);
    in.bytes = 1000;
    IS(vwr_scsi_command(&s, d->unit, cdb, 16, NULL, &in), 512);
    IS(vwr_scsi_command(&s, d->unit, cdb, 16, &in, &in), VWR_EUNSUPP); /* QEMU has no INOUT */
}

/* Resumes a read that blkdebug holds as soon as a call sleeps. */
static bool resumes;

static void sleep_until(void *context, struct vwr_req *r, uint32_t us)
{
    (void)context;
    (void)r;
    (void)us;
    if (resumes)
        machine_qemu_io(9, "resume A");
    resumes = false;
}

static void wake(void *context, struct vwr_req *r)
{
    (void)context;
    (void)r;
}

static const struct vwr_waiter waiter = {NULL, sleep_until, wake};

static void manages_tasks(void)
{
    struct vwr_scsi_requestq *const q = vwr_scsi_get_requestq(&s, 1);
    const uint32_t unit = VWR_SCSI_UNIT(3, 0);
    struct vwr_scsi_request *const x = &request[0];
    unsigned attentions;
    char text[200];

    OK(vwr_scsi_disk_open(&disk[0], &s, unit));
    IS(vwr_scsi_manage(&s, VWR_SCSI_T_TMF_QUERY_TASK_SET, unit, 0), 0);
    IS(vwr_scsi_manage(&s, VWR_SCSI_T_TMF_CLEAR_ACA, unit, 0), VWR_EUNSUPP);
    EXPLAINS("TMF: the device answers FUNCTION_REJECTED");
    IS(vwr_scsi_manage(&s, VWR_SCSI_T_TMF_ABORT_TASK, VWR_SCSI_UNIT(9, 0), 0), VWR_ENODEV);
    IS(vwr_scsi_manage(&s, VWR_SCSI_T_TMF_ABORT_TASK, VWR_SCSI_UNIT(3, 9), 0), VWR_ENODEV);
    EXPLAINS("TMF: the device answers INCORRECT_LUN: there is no such unit");
    for (unsigned function = 0; function < 2; function++) {
        machine_qemu_io(9, "break read_aio A");
        OK(vwr_scsi_fill_read(x, &disk[0], 0, data, 8 * SECTOR_BYTES));
        OK(vwr_scsi_submit(q, x));
        (void)vwr_scsi_kick(q);
        machine_qemu_io(9, "wait_break A");
        IS(vwr_scsi_manage(&s, VWR_SCSI_T_TMF_QUERY_TASK, unit, x->id), 1);
        IS(vwr_scsi_manage(&s, VWR_SCSI_T_TMF_QUERY_TASK, unit, x->id + 1), 0);
        IS(vwr_scsi_manage(&s, VWR_SCSI_T_TMF_QUERY_TASK_SET, unit, 0), 1);
        resumes = true;
        IS(vwr_scsi_manage(&s, function == 0 ? VWR_SCSI_T_TMF_ABORT_TASK : VWR_SCSI_T_TMF_ABORT_TASK_SET,
                           unit, x->id),
           0);
        CHECK(!resumes);
        IS(vwr_scsi_wait(q, x), VWR_ERESET);
        CHECK_NUMBER(x->response, VWR_SCSI_S_ABORTED);
        (void)vwr_scsi_explain_queue(q, text, sizeof(text));
        CHECK_TEXT(text, "READ(16): the device answers ABORTED: the command was cancelled");
    }
    IS(vwr_scsi_manage(&s, VWR_SCSI_T_TMF_CLEAR_TASK_SET, unit, 0), 0);
    OK(vwr_scsi_disk_read(&disk[0], 0, data, 8 * SECTOR_BYTES));
    attentions = (unsigned)s.attentions;
    IS(vwr_scsi_manage(&s, VWR_SCSI_T_TMF_LOGICAL_UNIT_RESET, unit, 0), 0);
    OK(vwr_scsi_disk_read(&disk[0], 0, data, 8 * SECTOR_BYTES));
    IS(vwr_scsi_manage(&s, VWR_SCSI_T_TMF_I_T_NEXUS_RESET, unit, 0), 0);
    OK(vwr_scsi_disk_read(&disk[0], 0, data, 8 * SECTOR_BYTES));
    PATTERN_CHECK(data, 'E', 0, 8);
    CHECK_NUMBER(s.attentions, attentions + 2);
    IS(vwr_scsi_query_events(&s, unit, VWR_SCSI_EVT_ASYNC_MEDIA_CHANGE), 0); /* QEMU has none */
    IS(vwr_scsi_subscribe(&s, unit, VWR_SCSI_EVT_ASYNC_MEDIA_CHANGE), 0);
}

/* The ring breaks with a read in flight, and afterwards the units have been reset. */
static void dies(unsigned kind)
{
    struct vwr_scsi_requestq *const q = vwr_scsi_get_requestq(&s, kind % 2);
    struct vwr_scsi_request *done[2];
    struct vwr_scsi_notice notice;
    unsigned attentions;
    int r;

    OK(vwr_scsi_disk_open(&disk[1], &s, units[1].unit));
    (void)machine_qmp("{\"execute\": \"stop\"}");
    OK(vwr_scsi_fill_read(&request[1], &disk[1], 0, data, 2 * disk[1].block_bytes));
    OK(vwr_scsi_submit(q, &request[1]));
    disk_break_ring(&q->client.requests.queue, kind);
    IS(vwr_scsi_reap(q, done, 2), VWR_EBADRING);
    while ((r = vwr_recover(&s.bringup)) == VWR_EBUSY)
        continue;
    OK(r);
    (void)machine_qmp("{\"execute\": \"cont\"}");
    IS(vwr_scsi_reap(q, done, 2), 1);
    CHECK_NUMBER(request[1].call.req.result, VWR_EBADRING);
    IS(vwr_scsi_poll(&s, &notice), 1);
    CHECK(notice.type == VWR_SCSI_T_NO_EVENT && notice.missed);
    IS(vwr_scsi_poll(&s, &notice), 0);
    attentions = (unsigned)s.attentions;
    OK(vwr_scsi_disk_read(&disk[1], 0, data, 2 * disk[1].block_bytes));
    PATTERN_CHECK(data, tag_of(1, 0), 0, 16);
    CHECK_NUMBER(s.attentions, attentions + 1);
}

void case_scsi_events(bool legacy)
{
    make_rules();
    image_make("hot.img", "H 0 128");
    image_make("bad.img", "E 0 128");
    begin(legacy, "");
    machine_add("-blockdev", "driver=file,node-name=hot,filename=hot.img");
    machine_add("-drive",
                "if=none,id=d9,format=raw,file=blkdebug:blkdebug.conf:bad.img,rerror=report,werror=report");
    machine_add("-device", "scsi-hd,bus=s.0,scsi-id=3,lun=0,drive=d9");
    start();
    for (unsigned kind = 0; kind < disk_kinds(); kind++) {
        const size_t mark = guest_mark();

        if (!disk_runs_kind(legacy, kind))
            continue;
        open_it(kind);
        s.client.controlq.options.waiter = &waiter;
        if (kind == 0) {
            plug_and_unplug();
            grows();
            misses_events();
        }
        fails();
        manages_tasks();
        dies(kind);
        close_it();
        guest_release(mark);
    }
    machine_stop();
}
