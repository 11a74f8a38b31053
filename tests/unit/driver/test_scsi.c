/* SPDX-License-Identifier: MIT */
#include "fake_scsi.h"
#include "format.h"
#include "vwr/scsi.h"

#include <string.h>

/*
 * The SCSI driver with a device that answers within the notification (fake_scsi.h): commands byte by byte,
 * each answer that the driver must not believe, disks, task management, events, and a device that fails.
 */

#define SIZE 64u
#define FLIGHT 4u
#define UNIT VWR_SCSI_UNIT(3, 300)
#define DATA 40000u

static struct vwr_scsi s;
static struct vwr_scsi_requestq more[2];
static struct vwr_scsi_request request[FLIGHT];
static struct vwr_scsi_disk disk;
static uint8_t *data;
static char text[300];

static int try_open(struct world *w, bool inout)
{
    struct vwr_scsi_options o = {.shared = fake_ram_alloc(sizeof(*o.shared), VWR_QUEUE_SHARED_ALIGN),
                                 .request = {.spin = 1, .timeout_us = 1000},
                                 .more = more,
                                 .more_shared =
                                     fake_ram_alloc(2 * sizeof(*o.more_shared), VWR_QUEUE_SHARED_ALIGN),
                                 .more_count = 2,
                                 .more_shared_count = 2};

    if (!inout)
        vwr_features_add(&o.avoid, VWR_SCSI_F_INOUT);
    memset(&s, 0xa5, sizeof(s));
    memset(more, 0xa5, sizeof(more));
    memset(request, 0, sizeof(request));
    data = fake_ram_alloc(DATA, 8);
    return vwr_scsi_open(&s, &w->mmio.dev, &o);
}

static void begin(struct world *w, const struct format *f)
{
    fake_scsi_plug(w, f);
    assert_int_equal(try_open(w, true), VWR_OK);
    assert_int_equal(s.queue_count, 2); /* the device has no more */
    assert_int_equal(vwr_scsi_disk_open(&disk, &s, UNIT), VWR_OK);
    fake_scsi.count = 0;
}

static void end(void)
{
    assert_int_equal(vwr_queue_in_flight(&s.first.client.requests.queue), 0);
    assert_int_equal(vwr_close(&s.bringup), VWR_OK);
}

static void explains(const char *words)
{
    assert_true(vwr_scsi_explain(&s, text, sizeof(text)) < sizeof(text));
    if (strstr(text, words) == NULL)
        fail_msg("\"%s\" is not in \"%s\"", words, text);
}

/* ---- commands ---- */

/* The device got one command, with this CDB. */
static void heard(const char *cdb, size_t bytes, uint32_t out, uint32_t in)
{
    const uint8_t *const c = fake_scsi.command[0];

    assert_int_equal(fake_scsi.count, 1);
    assert_memory_equal(c, "\1\3\x41\x2c\0\0\0", 8);
    assert_memory_equal(c + 16, "\0\0", 3);
    assert_memory_equal(c + 19, cdb, bytes);
    for (size_t i = bytes; i < VWR_SCSI_CDB_DEFAULT_SIZE; i++)
        assert_int_equal(c[19 + i], 0);
    assert_int_equal(fake_scsi.out_bytes[0], out);
    assert_int_equal(fake_scsi.in_bytes[0], in);
    fake_scsi.count = 0;
}
#define HEARD(cdb, out, in) heard(cdb, sizeof(cdb) - 1, out, in)

static void each_command(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    assert_int_equal(vwr_scsi_test_unit_ready(&s, UNIT), VWR_OK);
    HEARD("\0\0\0\0\0\0", 0, 0);
    assert_int_equal(vwr_scsi_request_sense(&s, UNIT, data, 18), 0);
    HEARD("\x3\0\0\0\x12\0", 0, 18);
    assert_int_equal(vwr_scsi_inquiry(&s, UNIT, VWR_SCSI_STANDARD, data, 0x124), 8);
    HEARD("\x12\0\0\1\x24\0", 0, 0x124);
    assert_memory_equal(data, "inquired", 8);
    assert_int_equal(vwr_scsi_inquiry(&s, UNIT, 0x83, data, 4), 4);
    HEARD("\x12\1\x83\0\4\0", 0, 4);
    assert_int_equal(vwr_scsi_disk_update(&disk), VWR_OK);
    HEARD("\x9e\x10\0\0\0\0\0\0\0\0\0\0\0\x20\0\0", 0, 32);
    assert_int_equal(disk.blocks, FAKE_SCSI_BLOCKS);
    assert_true(disk.unmaps && !disk.ten);
    assert_int_equal(vwr_scsi_disk_read(&disk, 5, data, 3 * 512), VWR_OK);
    HEARD("\x88\0\0\0\0\0\0\0\0\5\0\0\0\3\0\0", 0, 3 * 512);
    assert_memory_equal(data, fake_scsi.disk + 5 * 512, 3 * 512);
    memset(data, 0x5a, 512);
    assert_int_equal(vwr_scsi_disk_write(&disk, 7, data, 512), VWR_OK);
    HEARD("\x8a\0\0\0\0\0\0\0\0\7\0\0\0\1\0\0", 512, 0);
    assert_memory_equal(data, fake_scsi.disk + 7 * 512, 512);
    assert_int_equal(vwr_scsi_disk_flush(&disk), VWR_OK);
    HEARD("\x35\0\0\0\0\0\0\0\0\0", 0, 0);
    assert_int_equal(vwr_scsi_disk_unmap(&disk, 0x10, 0x21), VWR_OK);
    HEARD("\x42\0\0\0\0\0\0\0\x18\0", 24, 0);
    assert_memory_equal(fake_scsi.last_out, "\0\x16\0\x10\0\0\0\0\0\0\0\0\0\0\0\x10\0\0\0\x21\0\0\0", 24);
    disk.ten = true;
    assert_int_equal(vwr_scsi_disk_update(&disk), VWR_OK);
    HEARD("\x25\0\0\0\0\0\0\0\0\0", 0, 8);
    assert_false(disk.unmaps);
    assert_int_equal(vwr_scsi_disk_unmap(&disk, 0, 1), VWR_EUNSUPP);
    assert_int_equal(vwr_scsi_disk_read(&disk, 5, data, 3 * 512), VWR_OK);
    HEARD("\x28\0\0\0\0\5\0\0\3\0", 0, 3 * 512);
    assert_int_equal(vwr_scsi_disk_write(&disk, 5, data, 3 * 512), VWR_OK);
    HEARD("\x2a\0\0\0\0\5\0\0\3\0", 3 * 512, 0);
    assert_int_equal(vwr_scsi_disk_flush(&disk), VWR_OK);
    HEARD("\x35\0\0\0\0\0\0\0\0\0", 0, 0);
    end();
}

static void lists_units(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    assert_int_equal(vwr_scsi_report_luns(&s, 3, data, 256), 3);
    assert_memory_equal(fake_scsi.command[0], "\1\3\x40\0\0\0\0", 8);
    assert_memory_equal(fake_scsi.command[0] + 19, "\xa0\0\0\0\0\0\0\0\1\0\0", 12);
    assert_int_equal(vwr_t10_report_lun(data, 0), 0);
    assert_int_equal(vwr_t10_report_lun(data, 1), 3);
    assert_int_equal(vwr_t10_report_lun(data, 2), 300);
    assert_int_equal(vwr_scsi_report_luns(&s, 3, data, 24), 2);
    assert_int_equal(vwr_scsi_report_luns(&s, 3, data, 15), 0);
    fake_scsi.lies = true; /* a list of 16 bytes, and 24 bytes behind its header */
    fake_scsi.at = FAKE_SCSI_ANSWER + 3;
    fake_scsi.width = 1;
    fake_scsi.value = 16;
    assert_int_equal(vwr_scsi_report_luns(&s, 3, data, 256), 2);
    assert_int_equal(vwr_scsi_report_luns(&s, 3, data, 7), VWR_EPROTO);
    explains("REPORT LUNS: the unit has moved 7 bytes");
    end();
}

static void any_command(struct world *w, const struct format *f, const void *param)
{
    const struct vwr_vec out = {data, 100};
    const struct vwr_vec in = {data + 1000, 1};
    const struct vwr_vec too_long = {data, 0x80000000u};
    const uint8_t cdb[VWR_SCSI_CDB_DEFAULT_SIZE + 1] = {VWR_T10_UNMAP, 1, 2};

    (void)param;
    fake_scsi_plug(w, f);
    assert_int_equal(try_open(w, false), VWR_OK);
    assert_false(vwr_dev_has(&w->mmio.dev, VWR_SCSI_F_T10_PI));
    assert_int_equal(vwr_scsi_command(&s, UNIT, cdb, 10, &out, &in), VWR_EUNSUPP);
    assert_int_equal(vwr_close(&s.bringup), VWR_OK);
    begin(w, f);
    {
        const struct vwr_vec both[] = {{data, 100}, {data + 1000, 200}};

        assert_int_equal(vwr_scsi_command(&s, UNIT, cdb, 10, &both[0], &both[1]), VWR_T10_UNMAP_LIST);
        HEARD("\x42\1\2\0\0\0\0\0\0\0", 100, 200);
    }
    assert_int_equal(vwr_scsi_command(&s, UNIT, cdb, 0, NULL, NULL), VWR_EINVAL);
    assert_int_equal(vwr_scsi_command(&s, UNIT, cdb, sizeof(cdb), NULL, NULL), VWR_EINVAL);
    assert_int_equal(vwr_scsi_command(&s, UNIT, cdb, sizeof(cdb) - 1, NULL, NULL), 0);
    assert_int_equal(vwr_scsi_command(&s, UNIT, cdb, 6, NULL, &too_long), VWR_EINVAL);
    assert_int_equal(vwr_scsi_command(&s, VWR_SCSI_UNIT(256, 0), cdb, 6, NULL, NULL), VWR_EINVAL);
    assert_int_equal(vwr_scsi_command(&s, VWR_SCSI_UNIT(0, 16384), cdb, 6, NULL, NULL), VWR_EINVAL);
    assert_int_equal(vwr_scsi_submit(vwr_scsi_get_requestq(&s, 0), &request[0]),
                     VWR_EINVAL); /* not prepared */
    assert_int_equal(fake_scsi.count, 1);
    end();
}

/* Entries of REPORT LUNS with a second level, or of another form. */
static void lists_of_units(struct world *w, const struct format *f, const void *param)
{
    uint8_t list[3 * VWR_T10_LUN] = {0};

    (void)w;
    (void)f;
    (void)param;
    list[VWR_T10_LUN] = 0x41;
    list[VWR_T10_LUN + 1] = 0x2c;
    assert_int_equal(vwr_t10_report_lun(list, 0), 300);
    assert_int_equal(vwr_t10_report_lun(list, 1), 0);
    for (unsigned i = 2; i < VWR_T10_LUN; i++) {
        list[VWR_T10_LUN + i] = 1;
        assert_int_equal(vwr_t10_report_lun(list, 0), VWR_T10_NO_LUN);
        list[VWR_T10_LUN + i] = 0;
    }
    list[VWR_T10_LUN] = 0x81;
    assert_int_equal(vwr_t10_report_lun(list, 0), VWR_T10_NO_LUN);
}

/* ---- answers ---- */

struct lie {
    uint32_t at, width;
    uint64_t value;
    int result;
    const char *words;
};

static const struct lie lies[] = {
    {11, 1, VWR_SCSI_S_OVERRUN, VWR_EINVAL, "OVERRUN"},
    {11, 1, VWR_SCSI_S_ABORTED, VWR_ERESET, "ABORTED: the command was cancelled"},
    {11, 1, VWR_SCSI_S_BAD_TARGET, VWR_ENODEV, "BAD_TARGET: there is no such unit"},
    {11, 1, VWR_SCSI_S_RESET, VWR_ERESET, "RESET"},
    {11, 1, VWR_SCSI_S_BUSY, VWR_EBUSY, "BUSY; try again later"},
    {11, 1, VWR_SCSI_S_TRANSPORT_FAILURE, VWR_EIO, "TRANSPORT_FAILURE"},
    {11, 1, VWR_SCSI_S_TARGET_FAILURE, VWR_EIO, "TARGET_FAILURE"},
    {11, 1, VWR_SCSI_S_NEXUS_FAILURE, VWR_EIO, "NEXUS_FAILURE"},
    {11, 1, VWR_SCSI_S_FAILURE, VWR_EIO, "READ(16): the device answers FAILURE"},
    {11, 1, VWR_SCSI_S_FUNCTION_SUCCEEDED, VWR_EPROTO, "status 0xa is not in the specification"},
    {11, 1, 0xfe, VWR_EPROTO, "status 0xfe is not in the specification"},
    {10, 1, VWR_T10_BUSY, VWR_EBUSY, "the unit answers BUSY; try again later"},
    {10, 1, VWR_T10_TASK_SET_FULL, VWR_EBUSY, "the unit answers TASK SET FULL"},
    {10, 1, VWR_T10_RESERVATION_CONFLICT, VWR_EIO, "the unit answers RESERVATION CONFLICT"},
    {10, 1, 0xee, VWR_EIO, "the unit answers 238"},
    {10, 1, VWR_T10_CHECK_CONDITION, VWR_EIO, "no sense: code 0x0"},
    {0, 4, 97, VWR_EPROTO, "sense_len is 97"},
    {0, 4, UINT32_MAX, VWR_EPROTO, "sense_len is 4294967295"},
    {4, 4, 513, VWR_EPROTO, "residual is 513"},
    {4, 4, 0x80000000u, VWR_EPROTO, "residual is 2147483648"},
    {4, 4, 1, VWR_EPROTO, "the unit has moved 511 bytes"},
    {4, 4, 512, VWR_EPROTO, "the unit has moved 0 bytes"},
};

static void D30_D42_answers(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    for (unsigned i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
        const struct lie *const l = &lies[i];

        fake_scsi.count = 0;
        fake_scsi.lies = true;
        fake_scsi.at = l->at;
        fake_scsi.width = l->width;
        fake_scsi.value = l->value;
        assert_int_equal(vwr_scsi_disk_read(&disk, 0, data, 512), l->result);
        explains(l->words);
        assert_int_equal(vwr_scsi_disk_read(&disk, 0, data, 512), VWR_OK);
        assert_int_equal(fake_scsi.count, 2);
    }
    end();
}

/*
 * Lengths: 0 has no meaning, because some devices always report it; a partial answer does not count as an
 * answer.
 */
static void D05_D41_lengths(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    fake_scsi.used_0 = true;
    assert_int_equal(vwr_scsi_disk_read(&disk, 0, data, 512), VWR_OK);
    fake_scsi.unwritten = true;
    assert_int_equal(vwr_scsi_disk_read(&disk, 0, data, 512), VWR_EPROTO);
    explains("status 0xff is not in the specification");
    assert_int_equal(vwr_scsi_manage(&s, VWR_SCSI_T_TMF_ABORT_TASK, UNIT, 1), VWR_EPROTO);
    explains("TMF: response 0xff is not in the specification");
    fake_scsi.unwritten = false;
    fake_scsi.used_0 = false;
    for (fake_scsi.used = 1; fake_scsi.used < FAKE_SCSI_ANSWER; fake_scsi.used += 50)
        assert_int_equal(vwr_scsi_disk_read(&disk, 0, data, 512), VWR_EPROTO);
    fake_scsi.used = FAKE_SCSI_ANSWER;
    assert_int_equal(vwr_scsi_disk_read(&disk, 0, data, 512), VWR_OK);
    end();
}

/* QEMU's quirk: the buffers are larger than the command's data. */
static void residual_below_0(struct world *w, const struct format *f, const void *param)
{
    const struct vwr_vec in = {data, 1000};
    uint8_t cdb[VWR_T10_CDB];

    (void)param;
    begin(w, f);
    vwr_t10_blocks(cdb, VWR_T10_READ_16, 0, 1);
    for (unsigned i = 0; i < 2; i++) {
        const struct vwr_vec now = {data, in.bytes};

        fake_scsi.lies = i != 0;
        fake_scsi.at = 4;
        fake_scsi.width = 4;
        fake_scsi.value = 0u - 488u;
        assert_int_equal(vwr_scsi_command(&s, UNIT, cdb, 16, NULL, &now), 512);
    }
    end();
}

static void sense_in_words(struct world *w, const struct format *f, const void *param)
{
    static const uint8_t descriptor[] = {0x72, 3, 0x11, 0, 0, 0, 0, 0};
    uint8_t fixed[18] = {0x70, 0, 0xf5, 0, 0, 0, 0, 10, 0, 0, 0, 0, 0x24, 0x99};
    struct vwr_text t;

    (void)param;
    begin(w, f);
    fake_scsi.refuses_16 = true;
    assert_int_equal(vwr_scsi_fill_read(&request[0], &disk, 0, data, 512), VWR_OK);
    assert_int_equal(vwr_scsi_do(vwr_scsi_get_requestq(&s, 0), &request[0]), VWR_EUNSUPP);
    explains("READ(16): illegal request: invalid command operation code");
    assert_int_equal(vwr_scsi_sense(&request[0]),
                     VWR_T10_SENSE(VWR_T10_ILLEGAL_REQUEST, VWR_T10_INVALID_OPCODE));
    assert_int_equal(request[0].status, VWR_T10_CHECK_CONDITION);
    assert_int_equal(request[0].sense_bytes, 18);
    assert_int_equal(vwr_t10_sense(descriptor, sizeof(descriptor)),
                     VWR_T10_SENSE(VWR_T10_MEDIUM_ERROR, VWR_T10_CODE(0x11, 0)));
    assert_int_equal(vwr_t10_sense(descriptor, 2), VWR_T10_SENSE(VWR_T10_MEDIUM_ERROR, 0));
    assert_int_equal(vwr_t10_sense(fixed, sizeof(fixed)), VWR_T10_SENSE(VWR_T10_ILLEGAL_REQUEST, 0x2499));
    assert_int_equal(vwr_t10_sense(fixed, 13), VWR_T10_SENSE(VWR_T10_ILLEGAL_REQUEST, 0x2400));
    assert_int_equal(vwr_t10_sense(fixed, 0), 0);
    fixed[0] = 0x7f;
    assert_int_equal(vwr_t10_sense(fixed, sizeof(fixed)), 0);
    vwr_text_begin(&t, text, sizeof(text));
    vwr_t10_put_sense(&t, VWR_T10_SENSE(12, 0xabcd));
    assert_string_equal(text, "reserved sense key: code 0xabcd");
    end();
}

static void attentions(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    fake_scsi.attentions = VWR_SCSI_ATTENTIONS;
    assert_int_equal(vwr_scsi_disk_read(&disk, 0, data, 512), VWR_OK);
    assert_int_equal(fake_scsi.count, VWR_SCSI_ATTENTIONS + 1);
    fake_scsi.attentions = VWR_SCSI_ATTENTIONS + 1;
    assert_int_equal(vwr_scsi_disk_read(&disk, 0, data, 512), VWR_EIO);
    explains("READ(16): unit attention: power on or reset occurred");
    fake_scsi.attentions = 1;
    assert_int_equal(vwr_scsi_fill_read(&request[0], &disk, 0, data, 512), VWR_OK);
    assert_int_equal(vwr_scsi_do(vwr_scsi_get_requestq(&s, 0), &request[0]), VWR_EIO);
    end();
}

/* ---- disks ---- */

static const struct capacity {
    uint32_t block;
    uint64_t last;
    int result;
} capacities[] = {
    {512, 0, VWR_OK},        {65536, 7, VWR_OK},          {4096, UINT64_MAX - 1, VWR_OK},
    {0, 7, VWR_EPROTO},      {256, 7, VWR_EPROTO},        {1536, 7, VWR_EPROTO},
    {131072, 7, VWR_EPROTO}, {UINT32_MAX, 7, VWR_EPROTO}, {512, UINT64_MAX, VWR_EPROTO},
};

static void D31_capacities(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    for (unsigned i = 0; i < sizeof(capacities) / sizeof(capacities[0]); i++) {
        fake_scsi.block_bytes = capacities[i].block;
        fake_scsi.last_block = capacities[i].last;
        assert_int_equal(vwr_scsi_disk_open(&disk, &s, UNIT), capacities[i].result);
        if (capacities[i].result != VWR_OK) {
            explains("unit 3:300: the capacity is invalid");
            assert_int_equal(vwr_scsi_disk_blocks_max(&disk), 1);
            assert_int_equal(vwr_scsi_disk_read(&disk, 0, data, 512), VWR_EFAILED);
            assert_int_equal(vwr_scsi_disk_flush(&disk), VWR_EFAILED);
            assert_int_equal(vwr_scsi_disk_unmap(&disk, 0, 1), VWR_EFAILED);
            assert_int_equal(vwr_scsi_fill_read(&request[0], &disk, 0, data, 512), VWR_EFAILED);
        }
    }
    fake_scsi.last_block = 7;
    fake_scsi.lies = true; /* an answer of 11 bytes does not have the size of a block */
    fake_scsi.at = 4;
    fake_scsi.width = 4;
    fake_scsi.value = 21;
    assert_int_equal(vwr_scsi_disk_update(&disk), VWR_EPROTO);
    fake_scsi.lies = true;
    fake_scsi.value = 20; /* one of 12 bytes does, but does not report that the unit supports UNMAP */
    assert_int_equal(vwr_scsi_disk_update(&disk), VWR_OK);
    assert_true(disk.blocks == 8 && !disk.unmaps);
    end();
}

/* The device's max_sectors is 64; a read that is larger is several commands. */
static void sizes(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    assert_int_equal(vwr_scsi_disk_blocks_max(&disk), 64);
    assert_int_equal(vwr_scsi_disk_read(&disk, 3, data, 70 * 512), VWR_OK);
    assert_memory_equal(data, fake_scsi.disk + 3 * 512, 70 * 512);
    assert_int_equal(fake_scsi.count, 2);
    assert_int_equal(fake_scsi.in_bytes[0], 64 * 512);
    assert_int_equal(fake_scsi.in_bytes[1], 6 * 512);
    assert_int_equal(vwr_scsi_disk_read(&disk, 0, data, 0), VWR_OK);
    assert_int_equal(vwr_scsi_disk_read(&disk, FAKE_SCSI_BLOCKS, data, 512), VWR_ERANGE);
    assert_int_equal(vwr_scsi_disk_write(&disk, FAKE_SCSI_BLOCKS - 1, data, 2 * 512), VWR_ERANGE);
    assert_int_equal(vwr_scsi_disk_unmap(&disk, FAKE_SCSI_BLOCKS - 1, 2), VWR_ERANGE);
    assert_int_equal(vwr_scsi_disk_read(&disk, UINT64_MAX, data, 512), VWR_ERANGE);
    assert_int_equal(vwr_scsi_fill_write(&request[0], &disk, FAKE_SCSI_BLOCKS, data, 512), VWR_ERANGE);
    assert_int_equal(fake_scsi.count, 2);
    disk.ten = true;
    disk.blocks = (uint64_t)1 << 33;
    assert_int_equal(vwr_scsi_disk_read(&disk, (uint64_t)1 << 32, data, 512), VWR_ERANGE);
    assert_int_equal(vwr_scsi_fill_read(&request[0], &disk, 0, data, 0x10000 * 512), VWR_ERANGE);
    assert_int_equal(vwr_scsi_fill_read(&request[0], &disk, 0, data, 512), VWR_OK);
    end();
}

/* A unit that supports only the 10-byte forms; one that later refuses the 16-byte forms. */
static void ten(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    fake_scsi.refuses_16 = true;
    assert_int_equal(vwr_scsi_disk_read(&disk, 9, data, 512), VWR_OK);
    assert_memory_equal(data, fake_scsi.disk + 9 * 512, 512);
    assert_int_equal(fake_scsi.count, 2);
    assert_true(disk.ten);
    assert_int_equal(vwr_scsi_disk_open(&disk, &s, UNIT), VWR_OK);
    assert_true(disk.ten && disk.blocks == FAKE_SCSI_BLOCKS && !disk.unmaps);
    fake_scsi.last_block = (uint64_t)1 << 32; /* too many for the 10-byte form, which reports all ones */
    assert_int_equal(vwr_scsi_disk_update(&disk), VWR_OK);
    assert_true(disk.blocks == (uint64_t)1 << 32);
    end();
}

static uint64_t anywhere(const void *p, size_t n, size_t *run)
{
    (void)p;
    *run = n;
    return UINT64_C(1) << 40;
}

/* A unit that refuses both forms; a status that is not an error; more data than a result can express. */
static void other_answers(struct world *w, const struct format *f, const void *param)
{
    static const uint8_t cdb[6] = {VWR_T10_INQUIRY};

    (void)param;
    begin(w, f);
    fake_scsi.refuses_16 = fake_scsi.refuses_10 = true;
    assert_int_equal(vwr_scsi_disk_read(&disk, 9, data, 512), VWR_EUNSUPP);
    assert_int_equal(fake_scsi.count, 2);
    assert_int_equal(vwr_scsi_disk_read(&disk, 9, data, 512), VWR_EUNSUPP);
    assert_int_equal(fake_scsi.count, 3); /* not the form of 16 bytes again */
    fake_scsi.refuses_16 = fake_scsi.refuses_10 = false;
    fake_scsi.lies = true;
    fake_scsi.at = offsetof(struct vwr_scsi_command_answer_form, req_cmd.status);
    fake_scsi.width = 1;
    fake_scsi.value = VWR_T10_CONDITION_MET;
    assert_int_equal(vwr_scsi_test_unit_ready(&s, UNIT), VWR_OK);
    fake_scsi.count = 0;
    assert_int_equal(vwr_scsi_disk_open(&disk, &s, UNIT), VWR_OK);
    fake_scsi.count = 0;
    fake_scsi.silent = true;
    fake_ram_translate(anywhere);
    for (unsigned i = 1; i <= 2; i++) {
        struct vwr_scsi_request *const x = &request[i];

        assert_int_equal(vwr_scsi_fill(x, UNIT, cdb, sizeof(cdb)), VWR_OK);
        for (unsigned k = 0; k < i; k++)
            vwr_scsi_add_in(x, data, 0x60000000u);
        assert_int_equal(vwr_scsi_submit(vwr_scsi_get_requestq(&s, 0), x), i == 2                 ? VWR_EINVAL
                                                                           : VWR_PORT_HAS_DMA_MAP ? VWR_EFULL
                                                                                                  : VWR_OK);
    }
    fake_ram_translate(NULL);
    assert_int_equal(vwr_scsi_disk_unmap(&disk, 0, 1), VWR_ETIMEOUT);
    assert_int_equal(vwr_scsi_disk_unmap(&disk, 0, 1), VWR_EFAILED); /* its list is in flight */
    assert_int_equal(vwr_close(&s.bringup), VWR_OK);
    fake_scsi_plug(w, f);
    fake_config(&w->f, VWR_SCSI_CONFIG_SEG_MAX, 4, 0); /* no limit is given */
    assert_int_equal(try_open(w, true), VWR_OK);
    assert_int_equal(s.options.request.segments, 1);
    end();
}

static void D31_configurations(struct world *w, const struct format *f, const void *param)
{
    static const struct {
        unsigned offset;
        uint32_t value;
    } wrong[] = {{VWR_SCSI_CONFIG_SENSE_SIZE, 95}, {VWR_SCSI_CONFIG_SENSE_SIZE, 97},
                 {VWR_SCSI_CONFIG_SENSE_SIZE, 0},  {VWR_SCSI_CONFIG_CDB_SIZE, 16},
                 {VWR_SCSI_CONFIG_CDB_SIZE, 33},   {VWR_SCSI_CONFIG_NUM_QUEUES, 0}};

    (void)param;
    for (unsigned i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        fake_scsi_plug(w, f);
        fake_config(&w->f, wrong[i].offset, 4, wrong[i].value);
        assert_int_equal(try_open(w, true), VWR_EPROTO);
        assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    }
    fake_scsi_plug(w, f);
    fake_config(&w->f, VWR_SCSI_CONFIG_SEG_MAX, 4, 0);
    fake_config(&w->f, VWR_SCSI_CONFIG_MAX_SECTORS, 4, 1);
    assert_int_equal(try_open(w, true), VWR_OK);
    assert_int_equal(vwr_scsi_disk_open(&disk, &s, UNIT), VWR_OK);
    assert_int_equal(vwr_scsi_disk_blocks_max(&disk), 1);
    assert_int_equal(vwr_scsi_disk_read(&disk, 0, data, 3 * 512), VWR_OK);
    disk.block_bytes = 4096; /* more than a command moves */
    assert_int_equal(vwr_scsi_disk_blocks_max(&disk), 1);
    end();
}

/* The minimum of what the driver, its segments and the device allow. */
static void sizes_of_commands(struct world *w, const struct format *f, const void *param)
{
    static const struct {
        uint32_t segments, sectors, block, blocks;
    } rows[] = {{254, 0, 512, VWR_SCSI_TRANSFER / 512},
                {254, 119, 512, 119},
                {254, 121, 512, 120},
                {3, 0, 512, 16},
                {2, 9, 512, 8},
                {2, 0, 4096, 1},
                {254, 31, 4096, 3},
                {254, 7, 4096, 1}};

    (void)param;
    begin(w, f);
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        s.options.request.segments = (uint16_t)rows[i].segments;
        s.client.info.max_sectors = rows[i].sectors;
        disk.block_bytes = rows[i].block;
        assert_int_equal(vwr_scsi_disk_blocks_max(&disk), rows[i].blocks);
    }
    end();
}

/* seg_max counts all areas of a request's data, and a ring of 8 has less room than a command may use. */
static void small_seg_max_and_ring(struct world *w, const struct format *f, const void *param)
{
    struct vwr_scsi_requestq *q;

    (void)param;
    fake_scsi_plug(w, f);
    fake_config(&w->f, VWR_SCSI_CONFIG_SEG_MAX, 4, 2);
    assert_int_equal(try_open(w, true), VWR_OK);
    assert_int_equal(vwr_scsi_disk_open(&disk, &s, UNIT), VWR_OK);
    q = vwr_scsi_get_requestq(&s, 0);
    for (unsigned areas = 2; areas <= 3; areas++) {
        fake_scsi.count = 0;
        assert_int_equal(vwr_scsi_fill_read(&request[0], &disk, 3, data, 512), VWR_OK);
        for (unsigned i = 1; i < areas; i++)
            vwr_scsi_add_in(&request[0], data + i * 512u, 512);
        assert_int_equal(vwr_scsi_submit(q, &request[0]), areas == 2 ? VWR_OK : VWR_ESEGMENTS);
        (void)vwr_scsi_kick(q);
        if (areas == 2)
            assert_int_equal(vwr_scsi_wait(q, &request[0]), VWR_OK);
        assert_int_equal(fake_scsi.count, areas == 2);
    }
    end();
    fake_scsi_plug(w, f);
    for (unsigned i = 0; i < 4; i++)
        w->f.queue[i].size_max = 4;
    fake_config(&w->f, VWR_SCSI_CONFIG_MAX_SECTORS, 4, 0);
    assert_int_equal(try_open(w, true), VWR_OK);
    fake_ram_scatter(data, DATA);
    assert_int_equal(vwr_scsi_disk_open(&disk, &s, UNIT), VWR_OK);
    fake_scsi.count = 0;
    assert_int_equal(vwr_scsi_disk_read(&disk, 0, data, 5 * 4096), VWR_OK);
    assert_memory_equal(data, fake_scsi.disk, 5 * 4096);
    assert_int_equal(fake_scsi.count, 5);
    end();
}

static void D33_lacks_a_queue(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    for (unsigned queue = 0; queue < FAKE_SCSI_REQUESTS + 2; queue++) {
        fake_scsi_plug(w, f);
        w->f.queue[queue].size_max = 0;
        assert_int_equal(try_open(w, true), VWR_ENOQUEUE);
        assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    }
}

/* ---- in flight ---- */

/* Commands of all queues together are no more than a unit of the device takes. */
static void commands_of_a_unit(struct world *w, const struct format *f, const void *param)
{
    static const struct {
        uint32_t commands;
        unsigned queues, each;
    } rows[] = {{0, 1, 1}, {1, 1, 1}, {2, 2, 1}, {3, 2, 1}, {4, 2, 2}, {UINT32_MAX, 2, VWR_SCSI_REQUESTS}};

    (void)param;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fake_scsi_plug(w, f);
        fake_config(&w->f, VWR_SCSI_CONFIG_CMD_PER_LUN, 4, rows[i].commands);
        assert_int_equal(try_open(w, true), VWR_OK);
        assert_int_equal(s.queue_count, rows[i].queues);
        for (unsigned n = 0; n < s.queue_count; n++)
            assert_int_equal(vwr_scsi_get_requestq(&s, n)->client.requests.slot_count, rows[i].each);
        assert_int_equal(vwr_scsi_disk_open(&disk, &s, UNIT), VWR_OK);
        assert_int_equal(vwr_scsi_disk_read(&disk, 0, data, 512), VWR_OK);
        end();
    }
}

static void in_flight(struct world *w, const struct format *f, const void *param)
{
    struct vwr_scsi_request *done[FLIGHT];

    (void)param;
    begin(w, f);
    fake_scsi.silent = true;
    for (unsigned i = 0; i < FLIGHT; i++) {
        struct vwr_scsi_requestq *const q = vwr_scsi_get_requestq(&s, i % 2);

        if (i == 1)
            assert_int_equal(vwr_scsi_fill_write(&request[i], &disk, 50, memset(data + 9000, 0x77, 512), 512),
                             VWR_OK);
        else
            assert_int_equal(vwr_scsi_fill_read(&request[i], &disk, i, data + i * 512, 512), VWR_OK);
        request[i].task_attr = VWR_SCSI_S_ORDERED;
        assert_int_equal(vwr_scsi_submit(q, &request[i]), VWR_OK);
        assert_int_equal(vwr_scsi_submit(q, &request[i]), VWR_EBUSY);
        assert_int_equal(vwr_scsi_fill_read(&request[i], &disk, i, data, 512), VWR_EBUSY);
        (void)vwr_scsi_kick(q);
        for (unsigned k = 0; k < i; k++)
            assert_true(request[k].id != request[i].id);
    }
    assert_int_equal(vwr_scsi_reap(vwr_scsi_get_requestq(&s, 0), done, FLIGHT), 0);
    fake_scsi.silent = false;
    fake_scsi_serve(&w->f, FAKE_SCSI_REQUESTS + 1);
    fake_scsi_serve(&w->f, FAKE_SCSI_REQUESTS);
    for (unsigned n = 0; n < 2; n++) {
        assert_int_equal(vwr_scsi_reap(vwr_scsi_get_requestq(&s, n), done, FLIGHT), 2);
        for (unsigned i = 0; i < 2; i++)
            assert_ptr_equal(done[i], &request[i * 2 + n]);
    }
    for (unsigned i = 0; i < FLIGHT; i++) {
        assert_int_equal(request[i].call.req.result, VWR_OK);
        assert_int_equal(request[i].count, 512);
        assert_int_equal(fake_scsi.command[i][16], VWR_SCSI_S_ORDERED);
        if (i != 1)
            assert_memory_equal(data + i * 512, fake_scsi.disk + i * 512, 512);
    }
    assert_int_equal(fake_scsi.disk[50 * 512], 0x77);
    assert_int_equal(vwr_scsi_submit(vwr_scsi_get_requestq(&s, 0), &request[0]),
                     VWR_OK); /* as it was filled */
    (void)vwr_scsi_kick(vwr_scsi_get_requestq(&s, 0));
    assert_int_equal(vwr_scsi_wait(vwr_scsi_get_requestq(&s, 0), &request[0]), VWR_OK);
    end();
}

/* ---- control queue and events ---- */

static const struct {
    uint8_t response;
    int result;
} responses[] = {
    {VWR_SCSI_S_FUNCTION_COMPLETE, 0},
    {VWR_SCSI_S_FUNCTION_SUCCEEDED, 1},
    {VWR_SCSI_S_FUNCTION_REJECTED, VWR_EUNSUPP},
    {VWR_SCSI_S_INCORRECT_LUN, VWR_ENODEV},
    {VWR_SCSI_S_BAD_TARGET, VWR_ENODEV},
    {VWR_SCSI_S_FAILURE, VWR_EIO},
    {VWR_SCSI_S_BUSY, VWR_EIO},
    {VWR_SCSI_S_INCORRECT_LUN + 1, VWR_EPROTO},
};

static void manages(struct world *w, const struct format *f, const void *param)
{
    static const char tmf[] = "\0\0\0\0\6\0\0\0\1\3\x41\x2c\0\0\0\0\x88\x77\x66\x55\x44\x33\x22\x11";
    static const char query[] = "\1\0\0\0\1\3\x41\x2c\0\0\0\0\x12\0\0\0";

    (void)param;
    begin(w, f);
    for (unsigned i = 0; i < sizeof(responses) / sizeof(responses[0]); i++) {
        fake_scsi.control_count = 0;
        fake_scsi.control_response = responses[i].response;
        assert_int_equal(vwr_scsi_manage(&s, VWR_SCSI_T_TMF_QUERY_TASK, UNIT, UINT64_C(0x1122334455667788)),
                         responses[i].result);
        assert_int_equal(fake_scsi.control_count, 1);
        assert_memory_equal(fake_scsi.control[0], tmf, 24);
    }
    assert_int_equal(vwr_scsi_manage(&s, 0, VWR_SCSI_UNIT(300, 0), 0), VWR_EINVAL);
    fake_scsi.control_response = VWR_SCSI_S_OK;
    fake_scsi.control_count = 0;
    fake_scsi.events = VWR_SCSI_EVT_ASYNC_MEDIA_CHANGE | VWR_SCSI_EVT_ASYNC_POWER_MGMT | 0x80000000u;
    assert_int_equal(vwr_scsi_query_events(&s, UNIT, 0x12), VWR_SCSI_EVT_ASYNC_MEDIA_CHANGE);
    assert_memory_equal(fake_scsi.control[0], query, 16);
    assert_int_equal(vwr_scsi_query_events(&s, VWR_SCSI_UNIT(300, 0), 1), VWR_EINVAL);
    end();
}

static int poll_once(struct vwr_scsi_notice *n)
{
    memset(n, 0xa5, sizeof(*n));
    return vwr_scsi_poll(&s, n);
}

static void D48_notices(struct world *w, const struct format *f, const void *param)
{
    static const struct vwr_scsi_notice none = {.type = 0};
    struct vwr_scsi_notice n;

    (void)param;
    begin(w, f);
    assert_int_equal(poll_once(&n), 0);
    for (unsigned i = 0; i < 3 * VWR_SCSI_EVENTS; i++) {
        assert_true(fake_scsi_event(&w->f, "\1\0\0\0\1\3\x41\x2c\0\0\0\0\2\0\0", 16, 16));
        assert_int_equal(poll_once(&n), 1);
        assert_int_equal(n.type, VWR_SCSI_T_TRANSPORT_RESET);
        assert_int_equal(n.unit, UNIT);
        assert_int_equal(n.reason, VWR_SCSI_EVT_RESET_REMOVED);
        assert_false(n.missed);
    }
    assert_true(fake_scsi_event(&w->f, "\3\0\0\x80\1\1\0\5\0\0\0\0\x2a\x9\0", 16, 16));
    assert_int_equal(poll_once(&n), 1);
    assert_true(n.type == VWR_SCSI_T_PARAM_CHANGE && n.missed && n.unit == VWR_SCSI_UNIT(1, 5) &&
                n.reason == 0x92a);
    assert_true(fake_scsi_event(&w->f, "\0\0\0\x80\0\0\0\0\0\0\0\0\0\0\0", 16, 16));
    assert_int_equal(poll_once(&n), 1);
    assert_true(n.type == VWR_SCSI_T_NO_EVENT && n.missed);
    assert_true(fake_scsi_event(&w->f, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16, 16)); /* nothing */
    assert_true(fake_scsi_event(&w->f, "\4\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16, 16)); /* unknown */
    assert_true(fake_scsi_event(&w->f, "\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16, 15)); /* D48: too short */
    assert_int_equal(poll_once(&n), 0);
    for (unsigned i = 0; i < VWR_SCSI_EVENTS; i++)
        assert_true(fake_scsi_event(&w->f, "\4\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16, 16));
    assert_int_equal(poll_once(&n), 0);
    assert_int_equal(n.type, none.type);
    end();
}

/* A message of each type, cut anywhere. */
static void cut_messages(struct world *w, const struct format *f, const void *param)
{
    struct vwr_scsi_client_eventq_event e;
    struct vwr_features change = {{0}};
    uint8_t bytes[16] = {0};

    (void)w;
    (void)f;
    (void)param;
    vwr_features_add(&change, VWR_SCSI_F_CHANGE);
    for (bytes[0] = 0; bytes[0] < 5; bytes[0]++)
        for (uint32_t n = 0; n <= sizeof(bytes); n++)
            assert_int_equal(vwr_scsi_client_eventq_parse(bytes, n, false, &change, &e),
                             n == sizeof(bytes) && bytes[0] < 4);
}

static void recovers(void)
{
    int r;

    while ((r = vwr_recover(&s.bringup)) == VWR_EBUSY)
        continue;
    assert_int_equal(r, VWR_OK);
}

/* Subscriptions survive a reset, and the caller is told that events may have been missed. */
static void subscriptions(struct world *w, const struct format *f, const void *param)
{
    struct vwr_scsi_notice n;

    (void)param;
    begin(w, f);
    fake_scsi.events = 0x10;
    for (unsigned i = 0; i < VWR_SCSI_SUBSCRIPTIONS; i++)
        assert_int_equal(vwr_scsi_subscribe(&s, i, 0x12), 0x10);
    assert_int_equal(vwr_scsi_subscribe(&s, 99, 0x12), VWR_EFULL);
    assert_int_equal(vwr_scsi_subscribe(&s, 1, 0), 0);
    assert_int_equal(vwr_scsi_subscribe(&s, 99, 0x10), 0x10);
    fake_scsi.silent = true;
    assert_int_equal(vwr_scsi_disk_read(&disk, 0, data, 512), VWR_ETIMEOUT);
    explains("request READ(16): no answer");
    assert_int_equal(vwr_scsi_disk_read(&disk, 0, data, 512), VWR_EFAILED);
    assert_int_equal(vwr_scsi_manage(&s, 0, UNIT, 0), VWR_EFAILED);
    fake_scsi.silent = false;
    fake_scsi.control_count = 0;
    recovers();
    assert_int_equal(fake_scsi.control_count, VWR_SCSI_SUBSCRIPTIONS);
    for (unsigned i = 0; i < VWR_SCSI_SUBSCRIPTIONS; i++) {
        assert_memory_equal(fake_scsi.control[i], "\2\0\0\0\1\0\x40", 7);
        assert_int_equal(fake_scsi.control[i][7], i == 1 ? 99 : i);
        assert_int_equal(fake_scsi.control[i][12], 0x10);
    }
    assert_int_equal(poll_once(&n), 1);
    assert_true(n.missed && n.type == VWR_SCSI_T_NO_EVENT);
    assert_int_equal(poll_once(&n), 0);
    fake_scsi.control_count = 0;
    fake_scsi.silent = true;
    vwr_queue_stop(&s.client.eventq.queue, VWR_ERESET);
    recovers(); /* twice, with the first messages unanswered */
    vwr_queue_stop(&s.client.eventq.queue, VWR_ERESET);
    fake_scsi.silent = false;
    recovers();
    assert_int_equal(fake_scsi.control_count, VWR_SCSI_SUBSCRIPTIONS);
    assert_int_equal(vwr_scsi_subscribe(&s, 99, 0), 0);
    assert_int_equal(poll_once(&n), 1);
    assert_int_equal(vwr_scsi_disk_read(&disk, 0, data, 512), VWR_OK);
    assert_int_equal(vwr_scsi_subscribe(&s, 77, 0x10), 0x10);
    assert_int_equal(vwr_scsi_subscribe(&s, 99, 0x10), VWR_EFULL);
    assert_int_equal(s.restore.lost, 0);
    end();
}

int main(void)
{
    static const uint16_t sizes_of[] = {SIZE, 0};
    static const struct format_range all = {KIND_ALL, FORMAT_OPTIONS, 0, sizes_of};
    static const struct format_range few = {KIND_ALL, FORMAT_INDIRECT, 0, sizes_of};
    static const struct format_range one = {KIND_SPLIT, 0, 0, sizes_of};
    static struct format_tests tests;

    format_add(&tests, "each_command", each_command, NULL, &few);
    format_add(&tests, "lists_units", lists_units, NULL, &one);
    format_add(&tests, "any_command", any_command, NULL, &few);
    format_add(&tests, "D30_D42_answers", D30_D42_answers, NULL, &few);
    format_add(&tests, "D05_D41_lengths", D05_D41_lengths, NULL, &few);
    format_add(&tests, "residual_below_0", residual_below_0, NULL, &one);
    format_add(&tests, "sense_in_words", sense_in_words, NULL, &one);
    format_add(&tests, "attentions", attentions, NULL, &one);
    format_add(&tests, "D31_capacities", D31_capacities, NULL, &few);
    format_add(&tests, "sizes", sizes, NULL, &few);
    format_add(&tests, "ten", ten, NULL, &one);
    format_add(&tests, "lists_of_units", lists_of_units, NULL, &one);
    format_add(&tests, "other_answers", other_answers, NULL, &one);
    format_add(&tests, "D31_configurations", D31_configurations, NULL, &one);
    format_add(&tests, "sizes_of_commands", sizes_of_commands, NULL, &one);
    format_add(&tests, "D33_lacks_a_queue", D33_lacks_a_queue, NULL, &one);
    format_add(&tests, "small_seg_max_and_ring", small_seg_max_and_ring, NULL, &few);
    format_add(&tests, "commands_of_a_unit", commands_of_a_unit, NULL, &one);
    format_add(&tests, "in_flight", in_flight, NULL, &all);
    format_add(&tests, "manages", manages, NULL, &few);
    format_add(&tests, "D48_notices", D48_notices, NULL, &few);
    format_add(&tests, "cut_messages", cut_messages, NULL, &one);
    format_add(&tests, "subscriptions", subscriptions, NULL, &few);
    return format_run("scsi", &tests);
}
