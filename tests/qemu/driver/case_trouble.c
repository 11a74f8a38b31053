/* SPDX-License-Identifier: MIT */
#include "bus.h"
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "machine.h"
#include "pattern.h"
#include "watch.h"

#include "vwr/gen/status.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define SHORT_US 50000u /* a timeout for an answer that never arrives; its length does not matter */

/* Rules for QEMU's blkdebug. */
static void make_rules(const char *text)
{
    FILE *f = fopen("blkdebug.conf", "w");

    CHECK_SYS(f != NULL);
    CHECK(fputs(text, f) >= 0);
    CHECK_SYS(fclose(f) == 0);
}

#define RULE_READ_16(once) \
    "[inject-error]\nevent = \"read_aio\"\nerrno = \"5\"\nsector = \"16\"\nonce = \"" once "\"\n"
#define DRIVE "file=blkdebug:blkdebug.conf:disk.img,"

/* A medium error affects one request. */
void case_io_error(bool legacy)
{
    struct disk d;
    uint8_t *p;

    make_rules(RULE_READ_16("off"));
    disk_begin(&d, legacy, "A 0 64", DRIVE "rerror=report,werror=report", "");
    p = guest_alloc(64 * SECTOR_BYTES);
    for (unsigned i = 0; i < 3; i++) {
        DISK_RESULT(&d, vwr_blk_read(&d.blk, 16, p, 1), VWR_EIO);
        disk_read_check(&d, 'A', 15, 1);
        disk_read_check(&d, 'A', 17, 1);
        DISK_RESULT(&d, vwr_blk_read(&d.blk, 0, p, 64), VWR_EIO);
        disk_read_check(&d, 'A', 0, 16);
        disk_read_check(&d, 'A', 17, 47);
    }
    CHECK_NUMBER(d.found.dev.state, VWR_DEV_LIVE);
    disk_close(&d);
    machine_stop();
}

void case_write_error(bool legacy)
{
    struct disk d;
    uint8_t *p;

    make_rules("[inject-error]\nevent = \"write_aio\"\nerrno = \"28\"\nsector = \"32\"\nonce = \"off\"\n"
               "[inject-error]\nevent = \"flush_to_disk\"\nerrno = \"5\"\nonce = \"on\"\n");
    disk_begin(&d, legacy, "A 0 64", DRIVE "rerror=report,werror=report", "");
    p = guest_alloc(3 * SECTOR_BYTES);
    pattern_fill(p, 'B', 31, 3);
    DISK_RESULT(&d, vwr_blk_write(&d.blk, 32, p + SECTOR_BYTES, 1), VWR_EIO);
    DISK_OK(&d, vwr_blk_write(&d.blk, 31, p, 1));
    DISK_OK(&d, vwr_blk_write(&d.blk, 33, p + 2 * SECTOR_BYTES, 1));
    DISK_RESULT(&d, vwr_blk_flush(&d.blk), VWR_EIO); /* once */
    DISK_OK(&d, vwr_blk_flush(&d.blk));
    disk_read_check(&d, 'B', 31, 1);
    disk_read_check(&d, 'A', 32, 1);
    disk_read_check(&d, 'B', 33, 1);
    disk_close(&d);
    machine_stop();
    image_check("disk.img", "A 0 64 B 31 1 B 33 1");
}

/* The host ejects the medium. */
void case_medium_gone(bool legacy)
{
    struct disk d;

    disk_begin(&d, legacy, "A 0 64", "file=disk.img,rerror=report,werror=report", "");
    disk_read_check(&d, 'A', 0, 64);
    (void)machine_qmp("{\"execute\": \"human-monitor-command\", "
                      "\"arguments\": {\"command-line\": \"drive_del d31\"}}");
    DISK_RESULT(&d, vwr_blk_read(&d.blk, 0, guest_alloc(SECTOR_BYTES), 1), VWR_EIO);
    DISK_RESULT(&d, vwr_blk_write(&d.blk, 0, guest_alloc(SECTOR_BYTES), 1), VWR_EIO);
    DISK_RESULT(&d, vwr_blk_read(&d.blk, 0, guest_alloc(SECTOR_BYTES), 1), VWR_EIO);
    disk_close(&d);
    machine_stop();
}

/* After a failure, nothing reaches the device any more. Closing and reopening it restores it. */
static void check_stopped_and_back(struct disk *d, unsigned kind)
{
    char id[VWR_BLK_GET_ID_BYTES + 1];
    const size_t mark = guest_mark();
    uint8_t *p = guest_alloc(SECTOR_BYTES);

    CHECK((bus_written(DISK_SLOT, VWR_MMIO_STATUS) & VWR_STATUS_FAILED) != 0);
    (void)bus_counts();
    DISK_RESULT(d, vwr_blk_read(&d->blk, 0, p, 1), VWR_EFAILED);
    DISK_RESULT(d, vwr_blk_write(&d->blk, 0, p, 1), VWR_EFAILED);
    DISK_RESULT(d, vwr_blk_flush(&d->blk), VWR_EFAILED);
    DISK_RESULT(d, vwr_blk_get_id(&d->blk, id), VWR_EFAILED);
    /* the owner of a queue does not change the device's state: the device is open until close */
    DISK_RESULT(d, vwr_blk_open_with(&d->blk, &d->found.dev, &d->memory, NULL),
                d->found.dev.state == VWR_DEV_LIVE ? VWR_EBUSY : VWR_EFAILED);
    CHECK_NUMBER(bus_counts().writes, 0);
    disk_close(d);
    disk_open_kind(d, kind);
    disk_read_check(d, 'A', 0, 64);
    guest_release(mark);
}

/* QEMU holds a failed request (as for a full disk) until a reset. */
void case_timeout(bool legacy)
{
    struct disk d;
    uint8_t *p;

    make_rules(RULE_READ_16("on"));
    disk_begin(&d, legacy, "A 0 64", DRIVE "rerror=stop", "");
    p = guest_alloc(SECTOR_BYTES);
    disk_read_check(&d, 'A', 0, 16);
    d.blk.options.request.timeout_us = SHORT_US;
    DISK_RESULT(&d, vwr_blk_read(&d.blk, 16, p, 1), VWR_ETIMEOUT);
    DISK_EXPLAINS(&d, "IN: no answer in 50000 us");
    CHECK_NUMBER(watch_ring(DISK_SLOT, 0)->used->idx, 1); /* for the first read */
    CHECK_NUMBER(p[0], GUEST_POISON);
    check_stopped_and_back(&d, DISK_INDIRECT | DISK_EVENT);
    disk_close(&d);
    machine_stop();
}

/* The answer arrives after the timeout, into memory that the device still owns. */
void case_late_answer(bool legacy)
{
    struct disk d;
    uint8_t *p;

    make_rules("");
    disk_begin(&d, legacy, "A 0 64", DRIVE "rerror=report", "");
    p = guest_alloc(SECTOR_BYTES);
    machine_qemu_io(DISK_SLOT, "break read_aio held");
    d.blk.options.request.timeout_us = SHORT_US;
    DISK_RESULT(&d, vwr_blk_read(&d.blk, 5, p, 1), VWR_ETIMEOUT);
    CHECK_NUMBER(p[0], GUEST_POISON);
    machine_qemu_io(DISK_SLOT, "resume held");
    while (*(volatile uint16_t *)&watch_ring(DISK_SLOT, 0)->used->idx != 1)
        machine_sync(); /* QEMU's lifetime limits the wait */
    PATTERN_CHECK(p, 'A', 5, 1);
    check_stopped_and_back(&d, DISK_INDIRECT | DISK_EVENT);
    disk_close(&d);
    machine_stop();
}

/* Ways to break the ring just before the device reads it. */
static void head_beyond(unsigned slot)
{
    const struct watch_ring *r = watch_ring(slot, 0);

    r->avail->ring[(uint16_t)(r->avail->idx - 1) % r->size] = 9999;
}

static void chain_in_a_loop(unsigned slot)
{
    struct vwr_virtq_desc *d = &watch_ring(slot, 0)->desc[watch_seen(slot, 0)->head];

    if ((d->flags & VWR_VIRTQ_DESC_F_INDIRECT) != 0)
        d = guest_at(d->addr, d->len);
    d->next = d == &watch_ring(slot, 0)->desc[watch_seen(slot, 0)->head] ? watch_seen(slot, 0)->head : 0;
}

static void next_beyond(unsigned slot)
{
    struct vwr_virtq_desc *d = &watch_ring(slot, 0)->desc[watch_seen(slot, 0)->head];

    if ((d->flags & VWR_VIRTQ_DESC_F_INDIRECT) != 0)
        d = guest_at(d->addr, d->len);
    d->next = (uint16_t)watch_ring(slot, 0)->size;
}

static void set_first(unsigned slot, uint32_t len, uint16_t flags)
{
    struct vwr_virtq_desc *d = &watch_ring(slot, 0)->desc[watch_seen(slot, 0)->head];

    d->len = len;
    d->flags |= flags;
}

static void no_length(unsigned slot)
{
    set_first(slot, 0, 0);
}

static void half_a_table(unsigned slot)
{
    set_first(slot, sizeof(struct vwr_virtq_desc) + 1, VWR_VIRTQ_DESC_F_INDIRECT);
}

/* A device that finds its ring broken needs a reset; a legacy device cannot report it and stays silent. */
static void lead_astray(struct disk *d, unsigned kind, void (*astray)(unsigned), uint8_t *p)
{
    const bool legacy = machine_is_legacy();

    disk_read_check(d, 'A', 0, 64);
    d->blk.options.request.timeout_us =
        SHORT_US; /* after the notification the device has reported it, or never will */
    bus_before_notify(astray);
    DISK_RESULT(d, vwr_blk_read(&d->blk, 16, p, 1), legacy ? VWR_ETIMEOUT : VWR_ENEEDSRESET);
    bus_before_notify(NULL);
    DISK_EXPLAINS(d, legacy ? "no answer" : "DEVICE_NEEDS_RESET");
    check_stopped_and_back(d, kind);
}

/* Split rings only: QEMU 7.2 hangs when it finds a packed ring broken. */
void case_needs_reset(bool legacy)
{
    static void (*const astray[])(unsigned) = {no_length, half_a_table, head_beyond, chain_in_a_loop,
                                               next_beyond};
    struct disk d;
    uint8_t *p;

    disk_begin(&d, legacy, "A 0 64", "file=disk.img", "");
    p = guest_alloc(SECTOR_BYTES);
    for (unsigned kind = 0; kind < DISK_PACKED; kind++) {
        disk_close(&d);
        disk_open_kind(&d, kind);
        for (size_t i = 0; i < sizeof(astray) / sizeof(astray[0]); i++)
            lead_astray(&d, kind, astray[i], p);
    }
    CHECK_NUMBER(p[0], GUEST_POISON);
    disk_close(&d);
    machine_stop_complaining();
}

/* Used entries that the device never wrote: QEMU holds the request, and the test answers it. */
static uint32_t forged_id;
static uint16_t forged_idx;

static void forge(unsigned slot)
{
    const struct watch_ring *r = watch_ring(slot, 0);

    r->used->ring[0].id = forged_id;
    r->used->ring[0].len = SECTOR_BYTES + 1;
    r->used->idx = forged_idx;
}

/* Overwrites the first descriptor, so that QEMU never sees the request. */
static void forge_packed(unsigned slot)
{
    struct vwr_pvirtq_desc *d = &watch_ring(slot, 0)->packed[0];

    d->id = (uint16_t)forged_id;
    d->len = SECTOR_BYTES + 1;
    d->flags = VWR_VIRTQ_DESC_F_AVAIL | VWR_VIRTQ_DESC_F_USED | VWR_VIRTQ_DESC_F_WRITE;
}

static void check_forged(struct disk *d, unsigned kind, uint32_t id, uint16_t idx, int want)
{
    const bool packed = (kind & DISK_PACKED) != 0;
    const size_t mark = guest_mark();

    disk_open_kind(d, kind);
    forged_id = id;
    forged_idx = idx;
    if (!packed)
        machine_qemu_io(DISK_SLOT, "break read_aio held");
    bus_before_notify(packed ? forge_packed : forge);
    DISK_RESULT(d, vwr_blk_read(&d->blk, 5, guest_alloc(SECTOR_BYTES), 1), want);
    bus_before_notify(NULL);
    DISK_EXPLAINS(d, want == VWR_EPROTO ? "which the device has not written"
                                        : "used a buffer that is not in flight");
    if (!packed)
        machine_qemu_io(DISK_SLOT, "resume held");
    disk_close(d);
    guest_release(mark);
}

static void forge_kind(struct disk *d, unsigned kind)
{
    uint32_t head;

    disk_open_kind(d, kind);
    disk_read_check(d, 'A', 5, 1);
    head = watch_seen(DISK_SLOT, 0)->head;
    disk_close(d);
    check_forged(d, kind, head, 1, VWR_EPROTO);
    check_forged(d, kind, 64, 1, VWR_EBADRING); /* first id beyond the queue */
    check_forged(d, kind, UINT32_MAX, 1, VWR_EBADRING);
    check_forged(d, kind, (head + 1) % 64, 1, VWR_EBADRING);  /* middle of the chain in flight */
    check_forged(d, kind, (head + 40) % 64, 1, VWR_EBADRING); /* not in flight */
    if ((kind & DISK_PACKED) == 0) {
        check_forged(d, kind, 0x10000 + head, 1, VWR_EBADRING); /* valid in its lower half only */
        check_forged(d, kind, head, 2, VWR_EBADRING);           /* more than are in flight */
        check_forged(d, kind, head, UINT16_MAX, VWR_EBADRING);  /* backwards */
    }
    disk_open_kind(d, kind);
    disk_read_check(d, 'A', 0, 64);
    disk_close(d);
}

void case_forged_used(bool legacy)
{
    struct disk d;

    make_rules("");
    disk_begin(&d, legacy, "A 0 64", DRIVE "rerror=report", "packed=on");
    disk_close(&d);
    for (unsigned kind = 0; kind < disk_kinds(); kind++)
        forge_kind(&d, kind);
    machine_stop();
}

/* A reopen, also with requests in flight, and with nothing to do. */
void case_reopen(bool legacy)
{
    struct disk d;
    uint8_t *p;

    disk_begin(&d, legacy, "A 0 64", "file=disk.img", "");
    p = guest_alloc(SECTOR_BYTES);
    for (unsigned i = 0; i < 20; i++) {
        disk_read_check(&d, 'A', i, 40);
        pattern_fill(p, (char)('B' + i), 60, 1);
        DISK_OK(&d, vwr_blk_write(&d.blk, 60, p, 1));
        if (i % 3 == 0)
            DISK_OK(&d, vwr_blk_flush(&d.blk));
        DISK_RESULT(&d, vwr_blk_open_with(&d.blk, &d.found.dev, &d.memory, NULL), VWR_EBUSY);
        disk_read_check(&d, (char)('B' + i), 60, 1);
        disk_close(&d);
        if (i % 2 == 0)
            disk_close(&d); /* a second close does no harm */
        if (i % 5 == 0)
            disk_find(&d, DISK_SLOT, i % 2 == 0 ? 256 : 8);
        disk_open(&d, NULL);
    }
    disk_close(&d);
    machine_stop();
    image_check("disk.img", "A 0 64 U 60 1");
}
