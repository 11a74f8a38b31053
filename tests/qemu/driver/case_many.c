/* SPDX-License-Identifier: MIT */
#include "vwr/messages/blk.h"
#include "bus.h"
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "machine.h"
#include "traffic.h"
#include "watch.h"

#include "vwr/blk_zone.h"
#include "vwr/gen/features.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* Fills in a read of sectors, into the request's own memory. */
static void fill_read(struct vwr_blk_req *r, uint64_t sector, uint32_t count)
{
    const size_t bytes = (size_t)count * SECTOR_BYTES;

    vwr_blk_fill(r, VWR_BLK_T_IN, sector, guest_alloc(bytes), bytes);
}

/* Reaps until `count` requests have completed. Each must succeed, and a read must return the pattern. */
static void reap_all(struct disk *d, struct vwr_blk_requestq *q, unsigned count)
{
    struct vwr_blk_req *done[8];

    while (count > 0) {
        const int n = vwr_blk_reap(q, done, count < 8 ? count : 8);

        CHECK(n >= 0);
        for (int i = 0; i < n; i++) {
            DISK_OK(d, done[i]->req.result);
            if (done[i]->type == VWR_BLK_T_IN)
                PATTERN_CHECK(done[i]->req.vec.p, 'A', done[i]->sector,
                              (uint32_t)(done[i]->req.vec.bytes / SECTOR_BYTES));
        }
        count -= (unsigned)n;
    }
}

/* Checks that an invalid request reaches neither the device nor the driver's state. */
static void refused(const char *file, int line, struct disk *d, struct vwr_blk_req *r, int want)
{
    struct vwr_blk_requestq *const q = &d->blk.first;
    const uint32_t out = vwr_queue_in_flight(&q->requests.queue);
    int result;

    (void)bus_counts();
    result = vwr_blk_submit(q, r);
    disk_result(file, line, "submit", d, result, want);
    if (vwr_req_is_in_flight(&r->req) && want != VWR_EBUSY)
        check_failed(file, line, "the request was kept");
    if (vwr_blk_kick(q) || bus_counts().writes != 0 || vwr_queue_in_flight(&q->requests.queue) != out)
        check_failed(file, line, "something reached the queue");
}
#define REFUSED(d, r, want) refused(__FILE__, __LINE__, d, r, want)

#define FULL 12u

/* Submits more requests than fit into a ring of `size` with `requests` slots. */
static void fill_up(unsigned kind, uint16_t size, unsigned requests)
{
    static struct vwr_blk_req req[FULL];
    struct vwr_blk_options o = {0};
    struct disk d;
    unsigned n;

    disk_avoid(&o.avoid, kind);
    disk_find_many(&d, DISK_SLOT, size, 1, requests, &o);
    disk_open(&d, &o);
    memset(req, 0, sizeof(req));
    for (unsigned i = 0; i < FULL; i++)
        fill_read(&req[i], i * 5, 2);
    for (unsigned pass = 0; pass < 3; pass++) {
        for (n = 0; n < FULL && vwr_blk_submit(&d.blk.first, &req[n]) == VWR_OK; n++)
            ;
        CHECK(n > 0 && n < FULL);
        CHECK(vwr_blk_kick(&d.blk.first));
        CHECK_NUMBER(watch_seen(DISK_SLOT, 0)->requests, (pass + 1) * n);
        /* no answer from the device has been reaped yet */
        REFUSED(&d, &req[n], VWR_EFULL);
        REFUSED(&d, &req[n + 1 < FULL ? n + 1 : n], VWR_EFULL);
        CHECK(d.blk.first.requests.queue.stats.full != 0);
        reap_all(&d, &d.blk.first, n);
    }
    DISK_OK(&d, vwr_blk_submit(&d.blk.first, &req[n]));
    CHECK(vwr_blk_kick(&d.blk.first));
    reap_all(&d, &d.blk.first, 1);
    disk_close(&d);
}

/* Submits a request that is in flight, and one that is complete but not reaped. */
static void twice(struct disk *d)
{
    static struct vwr_blk_req req[2];
    struct vwr_blk_req *done[2];

    memset(req, 0, sizeof(req));
    fill_read(&req[0], 3, 1);
    fill_read(&req[1], 9, 1);
    DISK_OK(d, vwr_blk_submit(&d->blk.first, &req[0]));
    DISK_RESULT(d, vwr_blk_submit(&d->blk.first, &req[0]), VWR_EBUSY);
    CHECK(vwr_blk_kick(&d->blk.first));
    REFUSED(d, &req[0], VWR_EBUSY);
    DISK_OK(d, vwr_blk_do(&d->blk.first, &req[1]));
    while (vwr_req_is_in_flight(&req[0].req)) /* it completes while the driver waits for another one */
        DISK_OK(d, vwr_blk_do(&d->blk.first, &req[1]));
    REFUSED(d, &req[0], VWR_EBUSY);
    CHECK_NUMBER(vwr_blk_reap(&d->blk.first, done, 2), 1);
    CHECK(done[0] == &req[0] && req[0].req.result == VWR_OK);
    PATTERN_CHECK(req[0].req.vec.p, 'A', 3, 1);
    DISK_OK(d, vwr_blk_do(&d->blk.first, &req[0]));
}

static void wrong_data(struct disk *d, uint8_t *p)
{
    static uint8_t elsewhere[SECTOR_BYTES];
    struct vwr_vec part[18];
    struct vwr_blk_req r = {0};

    for (unsigned i = 0; i < 18; i++)
        part[i] = (struct vwr_vec){p + i * GUEST_PAGE, SECTOR_BYTES};
    vwr_blk_fill(&r, VWR_BLK_T_IN, 0, NULL, 0);
    REFUSED(d, &r, VWR_EINVAL); /* a read of 0 sectors */
    r.req.vecs = part;
    r.req.vec_count = 17;
    REFUSED(d, &r, VWR_ESEGMENTS);
    part[2].bytes = 0;
    r.req.vec_count = 3;
    REFUSED(d, &r, VWR_EINVAL);
    vwr_blk_fill(&r, VWR_BLK_T_FLUSH, 0, p, SECTOR_BYTES);
    REFUSED(d, &r, VWR_EINVAL);
    vwr_blk_fill(&r, VWR_BLK_T_IN, 0, p, SECTOR_BYTES + 1);
    REFUSED(d, &r, VWR_EALIGN);
    vwr_blk_fill(&r, VWR_BLK_T_IN, 0, elsewhere, SECTOR_BYTES);
    REFUSED(d, &r, VWR_EINVAL);
    vwr_blk_fill(&r, VWR_BLK_T_IN, 255, p, 2 * SECTOR_BYTES);
    REFUSED(d, &r, VWR_ERANGE);
    vwr_blk_fill(&r, VWR_BLK_T_OUT, UINT64_MAX, p, SECTOR_BYTES);
    REFUSED(d, &r, VWR_ERANGE);
    vwr_blk_fill(&r, VWR_BLK_T_GET_ID, 0, p, VWR_BLK_GET_ID_BYTES - 1);
    REFUSED(d, &r, VWR_EINVAL);
}

/* The device accepts at most 64 sectors, in one range. */
static void wrong_ranges(struct disk *d)
{
    struct vwr_blk_discard_write_zeroes *const range = guest_alloc(4096);
    struct vwr_blk_req r = {0};

    vwr_blk_fill_range(&r, VWR_BLK_T_DISCARD, 10, 65, false);
    REFUSED(d, &r, VWR_ERANGE);
    vwr_blk_fill_range(&r, VWR_BLK_T_WRITE_ZEROES, 10, 33, true);
    REFUSED(d, &r, VWR_ERANGE);
    vwr_blk_fill_range(&r, VWR_BLK_T_DISCARD, 250, 7, false); /* beyond the end of the disk */
    REFUSED(d, &r, VWR_ERANGE);
    vwr_blk_fill_range(&r, VWR_BLK_T_DISCARD, UINT64_MAX, 2, false);
    REFUSED(d, &r, VWR_ERANGE);
    vwr_blk_fill_range(&r, VWR_BLK_T_DISCARD, 10, 0, false);
    REFUSED(d, &r, VWR_EINVAL);
    vwr_blk_fill_range(&r, VWR_BLK_T_DISCARD, 10, 8, true); /* unmap is valid for write zeroes only */
    REFUSED(d, &r, VWR_EINVAL);
    vwr_blk_fill_range(&r, VWR_BLK_T_IN, 10, 8, false);
    REFUSED(d, &r, VWR_EINVAL);
    memset(range, 0, 2 * sizeof(*range));
    range[0].num_sectors = vwr_cpu_to_le32(8);
    vwr_blk_fill(&r, VWR_BLK_T_DISCARD, 0, range, sizeof(*range) / 2);
    REFUSED(d, &r, VWR_EALIGN);
    vwr_blk_fill(&r, VWR_BLK_T_DISCARD, 0, range, 2 * sizeof(*range));
    REFUSED(d, &r, VWR_EINVAL); /* the second range is empty */
    range[1].num_sectors = vwr_cpu_to_le32(8);
    REFUSED(d, &r, VWR_ESEGMENTS);
    range[0].flags = vwr_cpu_to_le32(2);
    vwr_blk_fill(&r, VWR_BLK_T_WRITE_ZEROES, 0, range, sizeof(*range));
    REFUSED(d, &r, VWR_EINVAL);
}

static void wrong_types(struct disk *d, uint8_t *p)
{
    static const uint32_t unsupported[] = {
        VWR_BLK_T_SCSI_CMD,   VWR_BLK_T_SECURE_ERASE,  VWR_BLK_T_GET_LIFETIME, VWR_BLK_T_ZONE_APPEND,
        VWR_BLK_T_ZONE_OPEN,  VWR_BLK_T_ZONE_CLOSE,    VWR_BLK_T_ZONE_REPORT,  VWR_BLK_T_ZONE_FINISH,
        VWR_BLK_T_ZONE_RESET, VWR_BLK_T_ZONE_RESET_ALL};
    struct vwr_blk_get_lifetime_answer lifetime;
    struct vwr_blk_req r = {0};
    uint64_t at;

    for (size_t i = 0; i < sizeof(unsupported) / sizeof(unsupported[0]); i++) {
        vwr_blk_fill(&r, unsupported[i], 0, p, SECTOR_BYTES);
        REFUSED(d, &r, VWR_EUNSUPP);
    }
    vwr_blk_fill(&r, 99, 0, p, SECTOR_BYTES);
    REFUSED(d, &r, VWR_EINVAL);
    (void)bus_counts();
    DISK_RESULT(d, vwr_blk_zone_do(&d->blk, VWR_BLK_T_ZONE_OPEN, 0, NULL, 0), VWR_EUNSUPP);
    DISK_RESULT(d, vwr_blk_zone_do(&d->blk, VWR_BLK_T_ZONE_RESET_ALL, 0, NULL, 0), VWR_EUNSUPP);
    DISK_RESULT(d, vwr_blk_zone_append(&d->blk, 0, p, 1, &at), VWR_EUNSUPP);
    DISK_RESULT(d, vwr_blk_report_zones(&d->blk, 0, (void *)p, 4096), VWR_EUNSUPP);
    DISK_RESULT(d, vwr_blk_do_ranges(&d->blk, VWR_BLK_T_SECURE_ERASE, 0, 8, false), VWR_EUNSUPP);
    DISK_RESULT(d, vwr_blk_get_lifetime(&d->blk, &lifetime), VWR_EUNSUPP);
    CHECK_NUMBER(bus_counts().writes, 0);
}

static void wrong_of_kind(unsigned kind, uint8_t *p)
{
    struct vwr_blk_options o = {0};
    struct vwr_blk_req r = {0};
    struct disk d;

    disk_avoid(&o.avoid, kind);
    disk_find_many(&d, DISK_SLOT, 64, 1, 8, &o);
    disk_open(&d, &o);
    twice(&d);
    wrong_data(&d, p);
    wrong_ranges(&d);
    wrong_types(&d, p);
    disk_read_check(&d, 'A', 0, 64);
    disk_close(&d);
    vwr_blk_fill(&r, VWR_BLK_T_IN, 0, p, SECTOR_BYTES);
    DISK_RESULT(&d, vwr_blk_submit(&d.blk.first, &r), VWR_EFAILED);
}

/* The driver rejects invalid requests itself where possible, and the disk continues. */
void case_wrong_use(bool legacy)
{
    struct vwr_blk_req r = {0};
    struct disk d;
    uint8_t *p;
    size_t mark;

    disk_begin(&d, legacy, "A 0 256", "file=disk.img",
               "packed=on,max-discard-sectors=64,max-write-zeroes-sectors=32");
    disk_close(&d);
    p = guest_alloc(20 * GUEST_PAGE);
    mark = guest_mark();
    for (unsigned kind = 0; kind < disk_kinds(); kind++) {
        fill_up(kind, 4, 8);  /* limited by the ring */
        fill_up(kind, 64, 3); /* limited by the driver's slots */
        wrong_of_kind(kind, p);
        guest_release(mark);
    }
    machine_stop();
    image_check("disk.img", "A 0 256");
    disk_begin(&d, legacy, "A 0 256", "file=disk.img,readonly=on",
               "logical_block_size=4096,physical_block_size=4096");
    p = guest_alloc(8 * SECTOR_BYTES);
    vwr_blk_fill(&r, VWR_BLK_T_OUT, 0, p, 8 * SECTOR_BYTES);
    REFUSED(&d, &r, VWR_EROFS);
    vwr_blk_fill(&r, VWR_BLK_T_IN, 0, p, 4 * SECTOR_BYTES);
    REFUSED(&d, &r, VWR_EALIGN);
    disk_close(&d);
    machine_stop();
}

/* Calls that wait, with ranges longer than the device accepts in one request, and with segmented buffers. */
void case_ranges(bool legacy)
{
    struct vwr_vec part[40];
    struct disk d;
    uint8_t *p;

    disk_begin(&d, legacy, "A 0 1024", "file=disk.img,discard=unmap",
               "max-discard-sectors=64,max-write-zeroes-sectors=32");
    DISK_OK(&d, vwr_blk_do_ranges(&d.blk, VWR_BLK_T_WRITE_ZEROES, 100, 100, false));
    CHECK_NUMBER(watch_seen(DISK_SLOT, 0)->requests, 4);
    DISK_OK(&d, vwr_blk_do_ranges(&d.blk, VWR_BLK_T_WRITE_ZEROES, 1000, 24, true));
    DISK_OK(&d, vwr_blk_do_ranges(&d.blk, VWR_BLK_T_DISCARD, 300, 65, false));
    CHECK_NUMBER(watch_seen(DISK_SLOT, 0)->requests, 7);
    DISK_RESULT(&d, vwr_blk_do_ranges(&d.blk, VWR_BLK_T_DISCARD, 1000, 25, false), VWR_ERANGE);
    DISK_RESULT(&d, vwr_blk_do_ranges(&d.blk, VWR_BLK_T_DISCARD, 1000, 0, false), VWR_EINVAL);
    p = guest_alloc_scattered(128 * SECTOR_BYTES);
    for (unsigned i = 0; i < 40; i++) /* from the last to the first, two sectors each */
        part[i] = (struct vwr_vec){p + (39 - i) * 2 * SECTOR_BYTES, 2 * SECTOR_BYTES};
    DISK_OK(&d, vwr_blk_transfer_vecs(&d.blk, VWR_BLK_T_IN, 400, part, 40));
    for (unsigned i = 0; i < 40; i++) {
        PATTERN_CHECK(part[i].p, 'A', 400 + 2 * i, 2);
        pattern_fill(part[i].p, 'B', 290 + 2 * i, 2);
    }
    DISK_OK(&d, vwr_blk_transfer_vecs(&d.blk, VWR_BLK_T_OUT, 290, part, 40)); /* across the discarded range */
    DISK_OK(&d, vwr_blk_read(&d.blk, 99, p, 102));
    PATTERN_CHECK(p, 'A', 99, 1);
    PATTERN_CHECK(p + 101 * SECTOR_BYTES, 'A', 200, 1);
    for (unsigned i = SECTOR_BYTES; i < 101 * SECTOR_BYTES; i++)
        CHECK_NUMBER(p[i], 0);
    memset(p, 'x', SECTOR_BYTES);
    disk_close(&d);
    machine_stop();
    image_check("disk.img", "A 0 1024 0 100 100 0 1000 24 B 290 80");
}

#define GROUP 16u
#define LONG 256u /* the ring does not wrap, because QEMU's packed rings interrupt once more on a wrap */

/* Enables interrupts after the requests are available and before the device is notified. */
static struct {
    struct vwr_blk_requestq *q;
    unsigned count;
} arm;

static void arm_in_kick(unsigned slot)
{
    (void)slot;
    CHECK(vwr_blk_arm(arm.q, arm.count));
}

static void kick_armed(struct vwr_blk_requestq *q, unsigned count)
{
    arm.q = q;
    arm.count = count;
    bus_before_notify(arm_in_kick);
    CHECK(vwr_blk_kick(q));
    bus_before_notify(NULL);
}

/*
 * Waits until the line rises (QEMU's lifetime limits the wait), and checks that it falls after the
 * acknowledgement.
 */
static void take_interrupt(struct disk *d)
{
    while (!machine_line(DISK_SLOT))
        ;
    CHECK_NUMBER(vwr_dev_irq(&d->found.dev), VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK);
    CHECK(!machine_line(DISK_SLOT));
}

static void one_by_one(struct disk *d, struct vwr_blk_req *req)
{
    const unsigned rises = machine_line_rises(DISK_SLOT);

    for (unsigned i = 0; i < GROUP; i++) {
        DISK_OK(d, vwr_blk_submit(&d->blk.first, &req[i]));
        kick_armed(&d->blk.first, 1);
        take_interrupt(d);
        reap_all(d, &d->blk.first, 1);
        vwr_blk_disarm(&d->blk.first);
    }
    CHECK_NUMBER(machine_line_rises(DISK_SLOT), rises + GROUP);
    for (unsigned i = 0; i < GROUP; i++)
        DISK_OK(d, vwr_blk_do(&d->blk.first, &req[i]));
    CHECK_NUMBER(machine_line_rises(DISK_SLOT), rises + GROUP); /* no interrupt while polling */
    CHECK_NUMBER(vwr_dev_irq(&d->found.dev), 0);
}

/*
 * One request of a group is held. With EVENT_IDX, the interrupt arrives when this last request has completed.
 */
static void as_a_group(struct disk *d, struct vwr_blk_req *req, bool exact)
{
    machine_qemu_io(DISK_SLOT, "break read_aio held");
    for (unsigned i = 0; i < GROUP; i++)
        DISK_OK(d, vwr_blk_submit(&d->blk.first, &req[i]));
    kick_armed(&d->blk.first, GROUP);
    reap_all(d, &d->blk.first, GROUP - 1);
    if (!exact)
        take_interrupt(d); /* for the first one, or for some */
    CHECK_NUMBER(vwr_dev_irq(&d->found.dev), 0);
    CHECK(!machine_line(DISK_SLOT));
    machine_qemu_io(DISK_SLOT, "resume held");
    take_interrupt(d);
    reap_all(d, &d->blk.first, 1);
    vwr_blk_disarm(&d->blk.first);
}

static void interrupts_of_kind(unsigned kind)
{
    static struct vwr_blk_req req[GROUP];
    struct vwr_blk_options o = {0};
    struct disk d;
    unsigned rises;

    disk_avoid(&o.avoid, kind);
    disk_find_many(&d, DISK_SLOT, LONG, 1, GROUP, &o);
    disk_open(&d, &o);
    CHECK_NUMBER(vwr_dev_irq(&d.found.dev), 0);
    CHECK_NUMBER(d.found.dev.stats.spurious, 1);
    disk_read_check(&d, 'A', 0, 1);
    (void)vwr_dev_irq(&d.found.dev); /* with EVENT_IDX QEMU interrupts for the first buffer of a split ring */
    d.found.dev.stats = (struct vwr_dev_stats){0, 0, 0};
    rises = machine_line_rises(DISK_SLOT);
    memset(req, 0, sizeof(req));
    for (unsigned i = 0; i < GROUP; i++)
        fill_read(&req[i], i * 5, 2); /* QEMU would merge adjacent requests */
    one_by_one(&d, req);
    as_a_group(&d, req, (kind & DISK_EVENT) != 0);
    CHECK_NUMBER(d.found.dev.stats.interrupts, machine_line_rises(DISK_SLOT) - rises);
    disk_close(&d);
}

void case_interrupts(bool legacy)
{
    struct disk d;
    size_t mark;

    disk_begin(&d, legacy, "A 0 256", "file=blkdebug::disk.img", "packed=on");
    disk_close(&d);
    machine_watch_lines();
    mark = guest_mark();
    for (unsigned kind = 0; kind < disk_kinds(); kind++) {
        interrupts_of_kind(kind);
        guest_release(mark);
    }
    machine_stop();
}

/* Disables or enables notifications of new requests, in place of the device. */
static void set_suppression(unsigned kind, bool wanted)
{
    const struct watch_ring *const r = watch_ring(DISK_SLOT, 0);
    vwr_le16 *avail_event;

    if ((kind & DISK_PACKED) != 0) {
        r->device_event->flags = wanted ? VWR_RING_EVENT_FLAGS_ENABLE : VWR_RING_EVENT_FLAGS_DISABLE;
    } else if ((kind & DISK_EVENT) != 0) {
        avail_event = (vwr_le16 *)(void *)&r->used->ring[r->size];
        *avail_event = (uint16_t)(r->avail->idx + (wanted ? 0 : 100));
    } else {
        r->used->flags = wanted ? 0 : VWR_VIRTQ_USED_F_NO_NOTIFY;
    }
}

static void count_of_kind(unsigned kind)
{
    static struct vwr_blk_req req[3];
    struct vwr_blk_options o = {0};
    struct vwr_blk_requestq *q;
    struct disk d;

    disk_avoid(&o.avoid, kind);
    disk_find_many(&d, DISK_SLOT, 64, 1, 4, &o);
    disk_open(&d, &o);
    q = &d.blk.first;
    memset(req, 0, sizeof(req));
    for (unsigned i = 0; i < 3; i++) {
        fill_read(&req[i], i * 5, 2);
        set_suppression(kind, i == 2);
        DISK_OK(&d, vwr_blk_submit(q, &req[i]));
        CHECK(vwr_blk_kick(q) == (i == 2));
        CHECK_NUMBER(vwr_queue_in_flight(&q->requests.queue), i + 1);
    }
    CHECK_NUMBER(q->requests.queue.stats.kicks, 1);
    CHECK_NUMBER(q->requests.queue.stats.elided, 2);
    CHECK_NUMBER(watch_seen(DISK_SLOT, 0)->notifies, 1);
    CHECK_NUMBER(watch_seen(DISK_SLOT, 0)->requests, 3);
    reap_all(&d, q, 3); /* the single notification covers all of them */
    CHECK_NUMBER(q->requests.queue.stats.flight_most, 3);
    CHECK_NUMBER(vwr_queue_in_flight(&q->requests.queue), 0);
    for (unsigned i = 0; i < 10; i++)
        DISK_OK(&d, vwr_blk_flush(&d.blk));
    CHECK_NUMBER(q->requests.queue.stats.kicks, watch_seen(DISK_SLOT, 0)->notifies);
    CHECK_NUMBER(q->requests.queue.stats.kicks, 11);
    disk_close(&d);
}

/* Compares the driver's counters with those of the bus, including suppressed notifications. */
void case_counters(bool legacy)
{
    struct disk d;
    size_t mark;

    disk_begin(&d, legacy, "A 0 64", "file=disk.img", "packed=on");
    disk_close(&d);
    mark = guest_mark();
    for (unsigned kind = 0; kind < disk_kinds(); kind++) {
        count_of_kind(kind);
        guest_release(mark);
    }
    machine_stop();
}

#define ID "vwr-threads"

/* Each thread has two queues and half of the disk. The only lock is the bus's. */
static struct traffic halves[2];
static atomic_bool finished;

static void *run_half(void *arg)
{
    struct traffic *const t = arg;

    traffic_run(t, 1000);
    (void)traffic_write_unknown(t);
    return NULL;
}

/* Plays interrupt context, which may run at any time. */
static void *run_interrupts(void *arg)
{
    static const struct timespec pause = {.tv_nsec = 50000};
    struct vwr_dev *const d = arg;

    while (!atomic_load(&finished)) {
        nanosleep(&pause, NULL);
        (void)vwr_dev_irq(d);
        CHECK_NUMBER(d->irqs, d->stats.interrupts + d->stats.spurious);
    }
    return NULL;
}

static void threads_of_kind(unsigned kind)
{
    struct vwr_blk_options o = {0};
    pthread_t thread[3];
    struct disk d;

    disk_avoid(&o.avoid, kind);
    disk_find_many(&d, DISK_SLOT, 64, 4, 16, &o);
    disk_open(&d, &o);
    CHECK_NUMBER(d.blk.queue_count, 4);
    d.found.dev.irqs = 0;
    atomic_store(&finished, false);
    for (unsigned i = 0; i < 2; i++)
        traffic_begin(&halves[i], &d.blk, 2 * i, 2);
    CHECK_SYS((errno = pthread_create(&thread[2], NULL, run_interrupts, &d.found.dev)) == 0);
    for (unsigned i = 0; i < 2; i++)
        CHECK_SYS((errno = pthread_create(&thread[i], NULL, run_half, &halves[i])) == 0);
    for (unsigned i = 0; i < 2; i++)
        CHECK_SYS((errno = pthread_join(thread[i], NULL)) == 0);
    atomic_store(&finished, true);
    CHECK_SYS((errno = pthread_join(thread[2], NULL)) == 0);
    for (unsigned i = 0; i < 4; i++)
        CHECK_NUMBER(vwr_blk_get_requestq(&d.blk, i)->requests.queue.stats.kicks,
                     watch_seen(DISK_SLOT, i)->notifies);
    for (unsigned i = 0; i < 2; i++) {
        traffic_end(&halves[i]);
        traffic_save(&halves[i], "expected.img");
    }
    disk_close(&d);
}

void case_threads(bool legacy)
{
    static const unsigned kinds[] = {0, DISK_INDIRECT | DISK_EVENT, DISK_PACKED | DISK_INDIRECT | DISK_EVENT};

    image_make("disk.img", "A 0 1024");
    for (unsigned i = 0; i < 2; i++) {
        traffic_init(&halves[i], 50 + i, i * TRAFFIC_SECTORS / 2, TRAFFIC_SECTORS / 2);
        halves[i].id = ID;
    }
    for (unsigned i = 0; i < (legacy ? 2 : 3); i++) {
        machine_begin(legacy);
        machine_add_disk(DISK_SLOT, "file=disk.img,discard=unmap", "serial=" ID ",num-queues=4,packed=on");
        machine_start();
        threads_of_kind(kinds[i]);
        machine_stop();
        image_compare("disk.img");
    }
}
