/* SPDX-License-Identifier: MIT */
#include "board.h"
#include "bus.h"
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "machine.h"
#include "pattern.h"
#include "watch.h"

#include "vwr/gen/features.h"
#include "vwr/gen/status.h"

#include <stdio.h>

/* Changes while a disk runs: a queue reset, another capacity, another write cache mode. */

static void reset_of_kind(struct disk *d, unsigned kind, bool legacy)
{
    struct vwr_blk_requestq *const q = &d->blk.first;
    struct vwr_blk_req req = {0};
    struct vwr_blk_req *done;

    disk_open_kind(d, kind);
    vwr_blk_fill(&req, VWR_BLK_T_IN, 5, guest_alloc(SECTOR_BYTES), SECTOR_BYTES);
    machine_qemu_io(DISK_SLOT, "break read_aio held");
    DISK_OK(d, vwr_blk_submit(q, &req));
    CHECK(vwr_blk_kick(q));
    (void)bus_counts();
    DISK_RESULT(d, vwr_blk_cancel(q), VWR_EUNSUPP);
    DISK_RESULT(d, vwr_dev_reset_queue(&d->found.dev, 0, &q->requests.queue), VWR_EUNSUPP);
    if (legacy)
        CHECK_NUMBER(bus_counts().writes, 0); /* a legacy device has no such register */
    else
        DISK_EXPLAINS(d, "offers RING_RESET, but QueueReady still reads 1");
    CHECK_NUMBER(d->found.dev.state, VWR_DEV_LIVE);
    CHECK((bus_written(DISK_SLOT, VWR_MMIO_STATUS) & VWR_STATUS_FAILED) == 0);
    /* no effect: the request in flight completes, and the disk continues */
    CHECK(vwr_req_is_in_flight(&req.req));
    CHECK_NUMBER(vwr_blk_reap(q, &done, 1), 0);
    machine_qemu_io(DISK_SLOT, "resume held");
    DISK_OK(d, vwr_blk_wait(q, &req));
    PATTERN_CHECK(req.req.vec.p, 'A', 5, 1);
    disk_read_check(d, 'A', 0, 64);
    disk_close(d);
}

/*
 * On PCI, QEMU resets the queue, but completes all requests that it has seen. It has not seen the second one.
 */
static void reset_on_pci(struct disk *d, unsigned kind)
{
    struct vwr_blk_requestq *const q = &d->blk.first;
    struct vwr_blk_req req[2] = {0};
    struct vwr_blk_req *done[2];
    int r;

    disk_open_kind(d, kind);
    for (unsigned i = 0; i < 2; i++) {
        vwr_blk_fill(&req[i], VWR_BLK_T_IN, 5, guest_alloc(SECTOR_BYTES), SECTOR_BYTES);
        DISK_OK(d, vwr_blk_submit(q, &req[i]));
        if (i == 0) {
            (void)vwr_blk_kick(q);
            DISK_OK(d, vwr_blk_wait(q, &req[i]));
        }
    }
    while ((r = vwr_blk_cancel(q)) == VWR_EBUSY)
        continue;
    DISK_RESULT(d, r, VWR_OK);
    CHECK_NUMBER(vwr_blk_reap(q, done, 2), 1);
    CHECK(done[0] == &req[1]);
    CHECK_NUMBER(req[1].req.result, VWR_ERESET);
    disk_read_check(d, 'A', 0, 64);
    disk_close(d);
}

/* QEMU 7.2 offers RING_RESET on MMIO, but does not implement it. */
void case_queue_reset(bool legacy)
{
    struct disk d;

    disk_begin(&d, legacy, "A 0 64", "file=blkdebug::disk.img", legacy ? "" : "packed=on");
    CHECK(vwr_dev_has(&d.found.dev, VWR_F_RING_RESET) == !legacy);
    disk_close(&d);
    for (unsigned kind = 0; kind < disk_kinds(); kind++) {
        if (board->pci && !legacy)
            reset_on_pci(&d, kind);
        else
            reset_of_kind(&d, kind, legacy);
    }
    machine_stop();
}

static struct {
    unsigned calls;
    uint64_t before;
} resized;

static void on_resized(void *context, struct vwr_blk *b, uint64_t before)
{
    CHECK(context == &resized);
    CHECK(b->info.sectors != before);
    resized.calls++;
    resized.before = before;
}

/* Resizes QEMU's disk, and notifies the driver as a system would. */
static void resize(struct disk *d, const char *bytes, uint64_t sectors)
{
    const uint64_t before = d->blk.info.sectors;
    char command[120];

    snprintf(command, sizeof(command),
             "{\"execute\": \"block_resize\", \"arguments\": {\"device\": \"d31\", \"size\": %s}}", bytes);
    (void)machine_qmp(command);
    CHECK((vwr_dev_irq(&d->found.dev) & VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK) != 0);
    CHECK_NUMBER(d->blk.info.sectors, before);
    resized.calls = 0;
    CHECK_NUMBER(vwr_blk_config_changed(&d->blk), 1);
    CHECK_NUMBER(resized.calls, 1);
    CHECK_NUMBER(resized.before, before);
    CHECK_NUMBER(d->blk.info.sectors, sectors);
    CHECK_NUMBER(vwr_blk_config_changed(&d->blk), 0);
    CHECK_NUMBER(resized.calls, 1);
}

/* Grows and shrinks the disk while a request is in flight. */
void case_resize(bool legacy)
{
    struct vwr_blk_options o = {.resized = on_resized, .context = &resized};
    struct vwr_blk_req req = {0};
    struct disk d;

    disk_begin(&d, legacy, "A 0 2048", "file=blkdebug::disk.img", "");
    disk_close(&d);
    disk_find_many(&d, DISK_SLOT, 64, 1, 4, &o);
    disk_open(&d, &o);
    vwr_blk_fill(&req, VWR_BLK_T_IN, 7, guest_alloc(SECTOR_BYTES), SECTOR_BYTES);
    DISK_RESULT(&d, vwr_blk_do_ranges(&d.blk, VWR_BLK_T_WRITE_ZEROES, 3000, 8, false), VWR_ERANGE);
    resize(&d, "2097152", 4096);
    DISK_OK(&d, vwr_blk_do_ranges(&d.blk, VWR_BLK_T_WRITE_ZEROES, 3000, 8, false));
    machine_qemu_io(DISK_SLOT, "break read_aio held");
    DISK_OK(&d, vwr_blk_submit(&d.blk.first, &req));
    CHECK(vwr_blk_kick(&d.blk.first));
    machine_qemu_io(DISK_SLOT, "resume held");
    resize(&d, "524288", 1024);
    DISK_OK(&d, vwr_blk_wait(&d.blk.first, &req));
    PATTERN_CHECK(req.req.vec.p, 'A', 7, 1);
    (void)bus_counts();
    DISK_RESULT(&d, vwr_blk_read(&d.blk, 1024, guest_alloc(SECTOR_BYTES), 1), VWR_ERANGE);
    CHECK_NUMBER(bus_counts().writes, 0);
    disk_read_check(&d, 'A', 1000, 24);
    disk_close(&d);
    DISK_RESULT(&d, vwr_blk_config_changed(&d.blk), VWR_EFAILED);
    machine_stop();
    image_check("disk.img", "A 0 1024");
}

/* Checks whether QEMU's own cache is on. */
static void check_cache(struct disk *d, bool on)
{
    CHECK_NUMBER(d->blk.info.write_cache, on);
    CHECK_TEXT(machine_qmp("{\"execute\": \"query-block\"}"),
               on ? "\"writeback\": true" : "\"writeback\": false");
}

static void cache_without(struct disk *d, bool flush)
{
    struct vwr_blk_options o = {0};

    vwr_features_add(&o.avoid, VWR_BLK_F_CONFIG_WCE);
    if (!flush)
        vwr_features_add(&o.avoid, VWR_BLK_F_FLUSH);
    disk_open(d, &o);
    check_cache(d, flush); /* for a driver without FLUSH, the disk does not cache writes */
    (void)bus_counts();
    DISK_RESULT(d, vwr_blk_set_write_cache(&d->blk, !flush), VWR_EUNSUPP);
    CHECK_NUMBER(bus_counts().writes, 0);
    check_cache(d, flush);
    disk_close(d);
}

void case_write_cache(bool legacy)
{
    struct disk d;

    disk_begin(&d, legacy, "A 0 64", "file=disk.img", "config-wce=on");
    CHECK(vwr_dev_has(&d.found.dev, VWR_BLK_F_CONFIG_WCE));
    check_cache(&d, true);
    DISK_OK(&d, vwr_blk_set_write_cache(&d.blk, false));
    check_cache(&d, false);
    DISK_OK(&d, vwr_blk_flush(&d.blk));
    CHECK_NUMBER(watch_seen(DISK_SLOT, 0)->flushes, 1);
    DISK_OK(&d, vwr_blk_set_write_cache(&d.blk, true));
    check_cache(&d, true);
    CHECK_NUMBER(vwr_blk_config_changed(&d.blk), 0);
    disk_close(&d);
    DISK_RESULT(&d, vwr_blk_set_write_cache(&d.blk, true), VWR_EFAILED);
    cache_without(&d, true);
    cache_without(&d, false);
    machine_stop();
    disk_begin(&d, legacy, "A 0 64", "file=disk.img,cache.writeback=off", "");
    check_cache(&d, false);
    DISK_OK(&d, vwr_blk_set_write_cache(&d.blk, true));
    check_cache(&d, true);
    disk_close(&d);
    machine_stop();
    disk_begin(&d, legacy, "A 0 64", "file=disk.img", "config-wce=off");
    CHECK(!vwr_dev_has(&d.found.dev, VWR_BLK_F_CONFIG_WCE));
    DISK_RESULT(&d, vwr_blk_set_write_cache(&d.blk, false), VWR_EUNSUPP);
    disk_close(&d);
    machine_stop();
}
