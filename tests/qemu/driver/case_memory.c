/* SPDX-License-Identifier: MIT */
#include "board.h"
#include "bus.h"
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "machine.h"
#include "pattern.h"
#include "vwr/ring.h"
#include "watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void not_guest_memory(struct disk *d)
{
    static uint8_t elsewhere[SECTOR_BYTES];

    (void)bus_counts();
    DISK_RESULT(d, vwr_blk_read(&d->blk, 0, elsewhere, 1), VWR_EINVAL);
    DISK_RESULT(d, vwr_blk_write(&d->blk, 0, elsewhere, 1), VWR_EINVAL);
    CHECK_NUMBER(bus_counts().writes, 0);
}

/* Buffers at arbitrary offsets in a page, whose pages are not contiguous for the device. */
void case_scattered(bool legacy)
{
    static const size_t offsets[] = {0, 1, 100, 512, 4095};
    struct disk d;
    uint8_t *p;

    disk_begin(&d, legacy, "A 0 2048", "file=disk.img", "");
    p = guest_alloc_scattered(100 * GUEST_PAGE);
    for (size_t i = 0; i < sizeof(offsets) / sizeof(offsets[0]); i++) {
        memset(p, GUEST_POISON, 100 * GUEST_PAGE);
        DISK_OK(&d, vwr_blk_read(&d.blk, 8 + i, p + offsets[i], 777));
        PATTERN_CHECK(p + offsets[i], 'A', 8 + i, 777);
        CHECK(offsets[i] == 0 || p[offsets[i] - 1] == GUEST_POISON);
        CHECK(p[offsets[i] + 777 * SECTOR_BYTES] == GUEST_POISON);
    }
    CHECK_NUMBER(watch_seen(DISK_SLOT, 0)->segments_most, VWR_REQUEST_SEGMENTS);
    pattern_fill(p + 3000, 'B', 1000, 700);
    DISK_OK(&d, vwr_blk_write(&d.blk, 1000, p + 3000, 700));
    DISK_OK(&d, vwr_blk_flush(&d.blk));
    disk_read_check(&d, 'B', 1000, 700);
    not_guest_memory(&d);
    disk_close(&d);
    /* the memory of a queue must be contiguous */
    disk_find(&d, DISK_SLOT, 512);
    d.memory.shared = guest_alloc_scattered(d.memory.shared_bytes);
    DISK_RESULT(&d, vwr_blk_open_with(&d.blk, &d.found.dev, &d.memory, NULL), VWR_ENOMEM);
    DISK_EXPLAINS(&d, "contiguous for the device");
    disk_close(&d);
    machine_stop();
    image_check("disk.img", "A 0 2048 B 1000 700");
}

static void read_300(struct disk *d, uint8_t *p)
{
    DISK_OK(d, vwr_blk_read(&d->blk, 5, p, 300));
    PATTERN_CHECK(p, 'A', 5, 300);
}

/* The device accepts fewer segments than the driver would send, or the queue is too short for more. */
void case_segments(bool legacy)
{
    struct vwr_blk_options silent = {0};
    struct disk d;
    uint8_t *p;

    disk_begin(&d, legacy, "A 0 512", "file=disk.img", "queue-size=8");
    p = guest_alloc_scattered(50 * GUEST_PAGE);
    CHECK_NUMBER(d.blk.info.segments_max, 6); /* QEMU's limit is the queue size minus two */
    read_300(&d, p + 100);
    CHECK_NUMBER(watch_seen(DISK_SLOT, 0)->segments_most, 6);
    disk_close(&d);
    vwr_features_add(&silent.avoid, VWR_BLK_F_SEG_MAX); /* without SEG_MAX only one segment is safe */
    disk_open(&d, &silent);
    read_300(&d, p + SECTOR_BYTES);
    CHECK_NUMBER(watch_seen(DISK_SLOT, 0)->segments_most, 1);
    DISK_RESULT(&d, vwr_blk_read(&d.blk, 5, p + 100, 300), VWR_EINVAL); /* a sector straddles two pages */
    DISK_EXPLAINS(&d, "does not fit in a request");
    disk_close(&d);
    for (d.memory.size = 16; d.memory.size >= 4; d.memory.size /= 2) {
        disk_open(&d, NULL);
        read_300(&d, p + 100);
        CHECK_AT_MOST(watch_seen(DISK_SLOT, 0)->segments_most, d.memory.size - 2); /* and two around them */
        disk_close(&d);
    }
    DISK_RESULT(&d, vwr_blk_open_with(&d.blk, &d.found.dev, &d.memory, NULL), VWR_EINVAL);
    DISK_EXPLAINS(&d, "a size of 2 is invalid");
    disk_close(&d);
    machine_stop();
}

static uint64_t number_in(const char *answer, const char *name)
{
    const char *at = strstr(answer, name);

    if (at == NULL)
        check_failed(__FILE__, __LINE__, "no %s in %s", name, answer);
    return strtoull(at + strlen(name), NULL, 10);
}

/* Checks QEMU's queue size, unless QEMU is too old for the query. */
static void check_queue(unsigned size)
{
    const char *answer;
    char command[200];

    snprintf(
        command, sizeof(command),
        "{\"execute\": \"x-query-virtio-queue-status\", \"arguments\": {\"path\": \"%s\", \"queue\": 0}}",
        machine_disk_path(DISK_SLOT));
    answer = machine_qmp_try(command);
    if (answer == NULL)
        return;
    CHECK_NUMBER(number_in(answer, "\"vring-num\": "), size);
    CHECK(guest_at(number_in(answer, "\"vring-desc\": "), 1) == watch_ring(DISK_SLOT, 0)->desc);
    CHECK(guest_at(number_in(answer, "\"vring-avail\": "), 1) == watch_ring(DISK_SLOT, 0)->avail);
    CHECK(guest_at(number_in(answer, "\"vring-used\": "), 1) == watch_ring(DISK_SLOT, 0)->used);
}

void case_queue_size(bool legacy)
{
    static const uint16_t theirs[] = {4, 64, 1024};
    static const uint16_t ours[] = {4, 64, 1024};

    for (size_t i = 0; i < sizeof(theirs) / sizeof(theirs[0]); i++) {
        char option[40];
        struct disk d;

        snprintf(option, sizeof(option), "queue-size=%u", theirs[i]);
        disk_begin(&d, legacy, "A 0 2048", "file=disk.img", option);
        disk_close(&d);
        for (size_t j = 0; j < sizeof(ours) / sizeof(ours[0]); j++) {
            /* virtio-mmio in QEMU always supports up to 1024 */
            const uint16_t size = board->pci && theirs[i] < ours[j] ? theirs[i] : ours[j];

            disk_find(&d, DISK_SLOT, ours[j]);
            disk_open(&d, NULL);
            CHECK_NUMBER(vwr_queue_size(&d.blk.first.requests.queue), size);
            CHECK_NUMBER(watch_ring(DISK_SLOT, 0)->size, size);
            check_queue(size);
            for (uint32_t at = 0; at < 1100; at++) /* slightly more than the longest ring */
                disk_read_check(&d, 'A', at, 1);
            disk_close(&d);
        }
        machine_stop();
    }
}

/* Checks that the last request cost one register write. Returns the number of reads. */
static uint64_t check_cost(void)
{
    const struct bus_counts counts = bus_counts();

    CHECK_NUMBER(counts.notifies, 1);
    CHECK_NUMBER(counts.writes, 1);
    return counts.reads;
}

/*
 * A polled read costs one register write, the notification, and no register read if the device answers before
 * the driver first checks the status. The driver checks in the first wait of all, and by this test's clock
 * not again.
 */
static void cost_of_kind(struct disk *d, unsigned kind, uint8_t *p)
{
    uint64_t reads = 0;

    disk_open_kind(d, kind);
    disk_read_check(d, 'A', 0, 8);
    (void)vwr_dev_irq(&d->found.dev); /* with EVENT_IDX QEMU interrupts at the first buffer of a split ring */
    (void)bus_counts();
    for (unsigned i = 0; i < 50; i++) {
        DISK_OK(d, vwr_blk_read(&d->blk, i, p, 8));
        reads += check_cost();
        PATTERN_CHECK(p, 'A', i, 8);
    }
    pattern_fill(p, 'A', 0, 8);
    DISK_OK(d, vwr_blk_write(&d->blk, 0, p, 8));
    reads += check_cost();
    DISK_OK(d, vwr_blk_flush(&d->blk));
    reads += check_cost();
    CHECK_AT_MOST(reads, 1);
    /* interrupts were not enabled, so none was raised */
    CHECK_NUMBER(vwr_dev_irq(&d->found.dev), 0);
    /* a flush has two segments, and uses a table too */
    CHECK_NUMBER(watch_seen(DISK_SLOT, 0)->tables, (kind & DISK_INDIRECT) != 0 ? 53 : 0);
    disk_close(d);
}

void case_bus_cost(bool legacy)
{
    struct disk d;
    uint8_t *p;

    disk_begin(&d, legacy, "A 0 64", "file=disk.img", "packed=on");
    disk_close(&d);
    p = guest_alloc(4096);
    bus_patience(true);
    for (unsigned kind = 0; kind < disk_kinds(); kind++)
        cost_of_kind(&d, kind, p);
    bus_patience(false);
    machine_stop();
}

#define BATCH 16u

/* A request of the batch, in guest memory. */
struct request {
    struct vwr_blk_req_out out;
    uint8_t data[SECTOR_BYTES];
    struct vwr_blk_req_in in;
};

static struct vwr_seg seg(const void *p, uint32_t bytes)
{
    size_t run;
    struct vwr_seg s = {.addr = vwr_port_dma(p, bytes, &run), .len = bytes};

    CHECK_NUMBER(run, bytes);
    return s;
}

static void start_queue(struct disk *d, struct vwr_queue *q, unsigned kind)
{
    static const struct vwr_features none = {{0}};
    struct vwr_features avoid = none;
    const struct vwr_feature_policy request = {&none, &none, &avoid, NULL, 0, NULL};

    disk_avoid(&avoid, kind);
    disk_find(d, DISK_SLOT, 64);
    DISK_OK(d, vwr_dev_negotiate(&d->found.dev, &request));
    DISK_OK(d, vwr_dev_add_queue(&d->found.dev, 0, q, &d->memory, 0));
    DISK_OK(d, vwr_dev_start(&d->found.dev));
    disk_check_kind(&d->found.dev, kind);
}

static void add_request(struct vwr_queue *q, struct request *r, uint64_t sector, struct vwr_chain *chain)
{
    struct vwr_seg segs[3];

    r->out = (struct vwr_blk_req_out){.type = VWR_BLK_T_IN, .sector = sector};
    r->in.status = 0xff;
    segs[0] = seg(&r->out, sizeof(r->out));
    segs[1] = seg(r->data, sizeof(r->data));
    segs[2] = seg(&r->in, sizeof(r->in));
    chain->token = r;
    CHECK_NUMBER(vwr_queue_add(q, segs, 1, 2, chain), VWR_OK);
}

/* Reaps completed buffers, in any order, until all have completed. */
static void take_all(struct vwr_queue *q, unsigned count)
{
    while (count > 0) {
        struct vwr_chain *done;
        int r = vwr_queue_get_used(q, &done);
        struct request *request;

        CHECK(r >= 0);
        (void)vwr_host_time_us(); /* lets QEMU run */
        if (r == 0)
            continue;
        request = done->token;
        CHECK_NUMBER(request->in.status, VWR_BLK_S_OK);
        /* QEMU's packed rings do not set WRITE in used descriptors, which makes the length invalid */
        CHECK(done->written == SECTOR_BYTES + 1 || (vwr_layout_is_packed(q->layout) && done->written == 0));
        PATTERN_CHECK(request->data, 'A', request->out.sector, 1);
        request->in.status = 0xff; /* to detect a second completion */
        count--;
    }
}

/* Checks the interrupt after enabling it, at the earliest after `count` of BATCH buffers. */
static void check_arm(struct disk *d, struct vwr_queue *q, struct request *requests, struct vwr_chain *chains)
{
    uint32_t why;

    CHECK(vwr_queue_arm(q, 1));
    add_request(q, &requests[0], 7, &chains[0]);
    CHECK(vwr_queue_kick(q));
    take_all(q, 1);
    do {
        why = vwr_dev_irq(&d->found.dev); /* it arrives after the buffer; QEMU's lifetime limits the wait */
    } while (why == 0);
    CHECK_NUMBER(why, VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK);
    CHECK_NUMBER(vwr_dev_irq(&d->found.dev), 0);
    if (!board->pci) /* on PCI, reading the ISR status clears it */
        CHECK_NUMBER(bus_written(DISK_SLOT, VWR_MMIO_INTERRUPT_ACK),
                     VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK);
    vwr_queue_disarm(q);
    for (unsigned i = 0; i < 10; i++) {
        add_request(q, &requests[0], i, &chains[0]);
        CHECK(vwr_queue_kick(q));
        take_all(q, 1);
    }
    CHECK_NUMBER(vwr_dev_irq(&d->found.dev), 0);
}

/* The queue alone: many requests, one notification. */
static void batch_of_kind(struct disk *d, unsigned kind)
{
    struct vwr_chain chains[BATCH] = {{0}};
    struct vwr_chain *none;
    struct vwr_queue q;
    struct request *requests;

    start_queue(d, &q, kind);
    requests = guest_alloc(BATCH * sizeof(*requests));
    for (unsigned pass = 0; pass < 50; pass++) {
        for (unsigned i = 0; i < BATCH; i++)
            add_request(&q, &requests[i], (pass * 61 + i * 127) % 2048, &chains[i]);
        (void)bus_counts();
        CHECK(vwr_queue_kick(&q));
        CHECK(!vwr_queue_kick(&q)); /* nothing new */
        take_all(&q, BATCH);
        CHECK_NUMBER(bus_counts().writes, 1);
        CHECK_NUMBER(vwr_queue_get_used(&q, &none), 0);
        if (pass == 0)
            (void)vwr_dev_irq(&d->found.dev); /* with EVENT_IDX QEMU interrupts at a split ring's first */
    }
    CHECK_NUMBER(vwr_dev_irq(&d->found.dev), 0);
    check_arm(d, &q, requests, chains);
    DISK_OK(d, vwr_dev_reset(&d->found.dev));
}

void case_batch(bool legacy)
{
    struct disk d;
    size_t mark;

    disk_begin(&d, legacy, "A 0 2048", "file=disk.img", "packed=on");
    disk_close(&d);
    mark = guest_mark();
    for (unsigned kind = 0; kind < disk_kinds(); kind++) {
        batch_of_kind(&d, kind);
        guest_release(mark);
    }
    machine_stop();
}
