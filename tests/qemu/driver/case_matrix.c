/* SPDX-License-Identifier: MIT */
#include "bus.h"
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "machine.h"
#include "traffic.h"
#include "watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REQUESTS 330u /* minimum for each cell */
#define ID "vwr-matrix"
#define IMAGE "A 0 1024" /* TRAFFIC_SECTORS */
#define WRAP 65536u

static const uint16_t sizes[] = {4, 8,   16,  32, 64, 128, 256, 512, 1024, /* of packed rings also: */ 3,
                                 5, 100, 1000};
static const unsigned queue_counts[] = {1, 4};

#define PACKED_SIZES (sizeof(sizes) / sizeof(sizes[0]))
#define SPLIT_SIZES (PACKED_SIZES - 4)
#define QUEUE_COUNTS (sizeof(queue_counts) / sizeof(queue_counts[0]))

static struct traffic traffic; /* too large for the stack */

struct cell {
    unsigned kind;
    uint16_t size;
    unsigned queues;
    bool no_zeroes; /* without WRITE_ZEROES */
    bool by_device; /* a feature that the kind lacks is not offered; otherwise the driver avoids it */
};

/* The numbers count the kinds of a modern device first, then those of a legacy device. */
const char *matrix_name(unsigned number)
{
    static const char *const names[MATRIX_KINDS] = {
        "modern_split",  "modern_split_indirect",  "modern_split_event",  "modern_split_indirect_event",
        "modern_packed", "modern_packed_indirect", "modern_packed_event", "modern_packed_indirect_event",
        "legacy_split",  "legacy_split_indirect",  "legacy_split_event",  "legacy_split_indirect_event",
    };

    return names[number];
}

static unsigned number_of(bool legacy, unsigned kind)
{
    return legacy ? 2 * DISK_PACKED + kind : kind;
}

static bool legacy_of(unsigned number)
{
    return number >= number_of(true, 0);
}

static unsigned kind_of(unsigned number)
{
    return legacy_of(number) ? number - number_of(true, 0) : number;
}

static size_t sizes_of(unsigned kind)
{
    return (kind & DISK_PACKED) != 0 ? PACKED_SIZES : SPLIT_SIZES;
}

static const char *on_off(bool on)
{
    return on ? "on" : "off";
}

static void start_machine(bool legacy, const struct cell *c, const char *drive)
{
    unsigned size = sizes[0]; /* QEMU requires a power of 2; the driver then uses fewer */
    char device[200];

    while (size < c->size)
        size *= 2;
    snprintf(device, sizeof(device),
             "serial=" ID
             ",queue-size=%u,num-queues=%u,discard=on,write-zeroes=%s,packed=%s,indirect_desc=%s,"
             "event_idx=%s",
             size, c->queues, on_off(!c->no_zeroes), on_off(!c->by_device || (c->kind & DISK_PACKED) != 0),
             on_off(!c->by_device || (c->kind & DISK_INDIRECT) != 0),
             on_off(!c->by_device || (c->kind & DISK_EVENT) != 0));
    machine_begin(legacy);
    machine_add_disk(DISK_SLOT, drive, device);
    machine_start();
    machine_watch_lines();
}

static void open_cell(struct disk *d, const struct cell *c)
{
    struct vwr_blk_options o = {0};

    if (!c->by_device)
        disk_avoid(&o.avoid, c->kind);
    disk_find_many(d, DISK_SLOT, c->size, c->queues, DISK_REQUESTS / c->queues, &o);
    disk_open(d, &o);
    disk_check_kind(&d->found.dev, c->kind);
    CHECK_NUMBER(d->blk.queue_count, c->queues);
    CHECK_NUMBER(d->blk.info.queues, c->queues);
    for (unsigned i = 0; i < c->queues; i++)
        CHECK_NUMBER(vwr_queue_size(&vwr_blk_get_requestq(&d->blk, i)->requests.queue), d->memory.size);
}

/* Compares the driver's counters with those of the bus and of the rings. */
static void check_counters(struct disk *d, const struct cell *c, unsigned requests)
{
    vwr_count sum = 0;

    for (unsigned i = 0; i < c->queues; i++) {
        const struct vwr_blk_requestq *const q = vwr_blk_get_requestq(&d->blk, i);
        const struct watch_seen *const seen = watch_seen(DISK_SLOT, i);

        CHECK_NUMBER(q->requests.queue.stats.kicks, seen->notifies);
        CHECK_NUMBER(vwr_queue_buffers(&q->requests.queue), seen->requests);
        CHECK_NUMBER(vwr_queue_in_flight(&q->requests.queue), 0);
        CHECK_NUMBER(q->requests.queue.stats.clamped, 0);
        CHECK_NUMBER(q->stats.io_errors + q->stats.unsupported + q->stats.protocol, 0);
        CHECK(seen->tables == 0 || (c->kind & DISK_INDIRECT) != 0);
        CHECK((c->kind & DISK_INDIRECT) == 0 || seen->tables == seen->requests);
        sum += seen->requests;
    }
    CHECK_NUMBER(sum, requests);
}

static void report(const struct disk *d, const struct cell *c, unsigned requests)
{
    uintptr_t kicks = 0;
    uintptr_t most = 0;

    for (unsigned i = 0; i < c->queues; i++) {
        const struct vwr_queue_stats *const s =
            &vwr_blk_get_requestq((struct vwr_blk *)&d->blk, i)->requests.queue.stats;

        kicks += s->kicks;
        most = s->flight_most > most ? s->flight_most : most;
    }
    printf("%s_q%u_%uqueues: %u requests, %ju notifications, at most %ju of a queue at once, %u found no "
           "room\n",
           matrix_name(number_of(machine_is_legacy(), c->kind)), c->size, c->queues, requests,
           (uintmax_t)kicks, (uintmax_t)most, traffic.full);
    fflush(stdout); /* a soak takes long */
}

static void compare(const char *file)
{
    traffic_save(&traffic, "expected.img");
    image_compare(file);
}

static union found *disk_that_interrupts;

static bool has_interrupted(struct traffic *t)
{
    (void)t;
    return (slot_irq(disk_that_interrupts, DISK_SLOT) & VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK) != 0;
}

/* In every other cell, the driver polls an empty queue only after an interrupt. */
static void wait_for_interrupts(struct disk *d, bool on)
{
    disk_that_interrupts = &d->found;
    traffic.sleeps = on;
    traffic.step = on ? has_interrupted : NULL;
}

/* The image is kept from cell to cell, so a cell may detect misplaced data from an earlier one. */
static unsigned run_cell(bool legacy, const struct cell *c, const char *drive, unsigned requests)
{
    struct disk d;

    start_machine(legacy, c, drive);
    open_cell(&d, c);
    traffic.id = ID;
    traffic_begin(&traffic, &d.blk, 0, c->queues);
    wait_for_interrupts(&d, !c->by_device);
    traffic_run(&traffic, requests);
    wait_for_interrupts(&d, false);
    requests += traffic_write_unknown(&traffic);
    traffic_end(&traffic);
    check_counters(&d, c, requests);
    report(&d, c, requests);
    disk_close(&d);
    machine_stop();
    compare("disk.img");
    return requests;
}

static void begin_matrix(unsigned kind)
{
    image_make("disk.img", IMAGE);
    traffic_init(&traffic, kind, 0, TRAFFIC_SECTORS);
}

static unsigned run_matrix_cell(bool legacy, unsigned kind, size_t i, unsigned queues, bool by_device)
{
    const struct cell c = {.kind = kind, .size = sizes[i], .queues = queues, .by_device = by_device};

    return run_cell(legacy, &c, "file=disk.img,discard=unmap", REQUESTS);
}

/*
 * Half of the sizes. Across the kinds of a format, each size occurs with and without indirect tables and
 * events, with each number of queues, and with features that the device or the driver lacks. The soak runs
 * every cell.
 */
static void run_matrix(bool legacy, unsigned kind)
{
    const unsigned indirect = (kind & DISK_INDIRECT) != 0;
    const unsigned event = (kind & DISK_EVENT) != 0;
    unsigned requests = 0;

    CHECK(!legacy || (kind & DISK_PACKED) == 0);
    begin_matrix(kind);
    for (unsigned i = (indirect + event) % 2; i < sizes_of(kind); i += 2)
        requests += run_matrix_cell(legacy, kind, i, queue_counts[(i / 2 + indirect) % QUEUE_COUNTS],
                                    (i / 2 + event) % 2 == 0);
    printf("%u requests\n", requests);
}

static void run_all_cells(unsigned number)
{
    const unsigned kind = kind_of(number);

    begin_matrix(kind);
    for (unsigned size = 0; size < sizes_of(kind); size++)
        for (unsigned q = 0; q < QUEUE_COUNTS; q++) {
            (void)run_matrix_cell(legacy_of(number), kind, size, queue_counts[q], true);
            (void)run_matrix_cell(legacy_of(number), kind, size, queue_counts[q], false);
        }
}

void matrix_soak_cells(unsigned times)
{
    while (times-- > 0)
        for (unsigned number = 0; number < MATRIX_KINDS; number++)
            run_all_cells(number);
}

unsigned matrix_requests(void)
{
    const size_t cells = /* half of the sizes; split rings of both versions */
        (2 * DISK_PACKED * SPLIT_SIZES + DISK_PACKED * PACKED_SIZES) / 2;

    return (unsigned)(cells * REQUESTS);
}

void case_matrix_split(bool legacy)
{
    run_matrix(legacy, 0);
}

void case_matrix_split_indirect(bool legacy)
{
    run_matrix(legacy, DISK_INDIRECT);
}

void case_matrix_split_event(bool legacy)
{
    run_matrix(legacy, DISK_EVENT);
}

void case_matrix_split_indirect_event(bool legacy)
{
    run_matrix(legacy, DISK_INDIRECT | DISK_EVENT);
}

void case_matrix_packed(bool legacy)
{
    run_matrix(legacy, DISK_PACKED);
}

void case_matrix_packed_indirect(bool legacy)
{
    run_matrix(legacy, DISK_PACKED | DISK_INDIRECT);
}

void case_matrix_packed_event(bool legacy)
{
    run_matrix(legacy, DISK_PACKED | DISK_EVENT);
}

void case_matrix_packed_indirect_event(bool legacy)
{
    run_matrix(legacy, DISK_PACKED | DISK_INDIRECT | DISK_EVENT);
}

/*
 * QEMU compares two images at each read, and exits if they differ; writes go to both. (It also exits at
 * WRITE_ZEROES, so the cells send none.)
 */
void case_matrix_blkverify(bool legacy)
{
    for (unsigned kind = 0; kind < (legacy ? DISK_PACKED : 2 * DISK_PACKED); kind += 3) {
        const struct cell c = {.kind = kind, .size = 64, .queues = 4, .no_zeroes = true};

        image_make("disk.img", IMAGE);
        image_make("other.img", IMAGE);
        traffic_init(&traffic, 100 + kind, 0, TRAFFIC_SECTORS);
        (void)run_cell(legacy, &c,
                       "file.driver=blkverify,file.raw.filename=other.img,file.test.driver=raw,"
                       "file.test.file.filename=disk.img",
                       4 * REQUESTS);
        compare("other.img");
    }
}

/* Sends until each queue has used this many buffers: 16-bit indices wrap, and so do rings. */
static void soak_queues(struct disk *d, const struct cell *c, unsigned buffers)
{
    unsigned requests = 0;
    unsigned least = 0;

    while (least < buffers) {
        traffic_run(&traffic, 4096);
        requests += 4096;
        least = buffers;
        for (unsigned i = 0; i < c->queues; i++)
            if (vwr_queue_buffers(&vwr_blk_get_requestq(&d->blk, i)->requests.queue) < least)
                least = vwr_queue_buffers(&vwr_blk_get_requestq(&d->blk, i)->requests.queue);
    }
    requests += traffic_write_unknown(&traffic);
    check_counters(d, c, requests);
    report(d, c, requests);
}

void matrix_soak(unsigned number, unsigned wraps)
{
    const struct cell c = {.kind = kind_of(number), .size = 64, .queues = 4};
    struct disk d;

    image_make("disk.img", IMAGE);
    traffic_init(&traffic, 1000 + number, 0, TRAFFIC_SECTORS);
    machine_lives(3600);
    start_machine(legacy_of(number), &c, "file=disk.img,discard=unmap");
    open_cell(&d, &c);
    traffic.id = ID;
    traffic_begin(&traffic, &d.blk, 0, c.queues);
    soak_queues(&d, &c, wraps * WRAP + 4096);
    if ((c.kind & DISK_PACKED) == 0)
        for (unsigned i = 0; i < c.queues; i++) /* the device's own index has wrapped too */
            CHECK_NUMBER(watch_ring(DISK_SLOT, i)->used->idx, (uint16_t)watch_seen(DISK_SLOT, i)->requests);
    traffic_end(&traffic);
    disk_close(&d);
    machine_stop();
    compare("disk.img");
}
