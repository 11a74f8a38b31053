/* SPDX-License-Identifier: MIT */
#include "bus.h"
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "machine.h"
#include "pattern.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/*
 * Writes and flushes, many of them in flight, on a disk that logs their order (QEMU's blklogwrites). This
 * program records submissions and completions in power.notes, in order. power_cuts.py cuts the power at
 * points in the log, and checks that the driver's results were true.
 */

#define IMAGE "power.img"
#define IMAGE_BYTES ((off_t)32 << 20)
#define LOG "power.log"
#define LOG_BYTES ((off_t)64 << 20)
#define NOTES "power.notes"

#define WRITES 800u
#define SECTORS_MOST 24u
#define HOT 1024u /* every other write goes to these sectors, so that many overlap */
#define DEPTH 16u /* requests for each queue */
#define QUEUE 64u

struct slot {
    struct vwr_blk_req req;
    uint8_t *data;
    unsigned id; /* id of the write, or of the flush */
    bool busy;
};

static struct power {
    struct disk d;
    struct vwr_blk_requestq second;
    struct vwr_blk_more more;
    _Alignas(8) uint8_t second_own[VWR_BLK_OWN_BYTES(DISK_QUEUE_MOST, DEPTH)];
    struct slot slot[2 * DEPTH];
    unsigned queues;
    unsigned flushes;
    bool flush; /* send flushes, or only claim to */
    FILE *notes;
    uint64_t random;
} power;

static void make_file(const char *name, off_t bytes)
{
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    CHECK_SYS(fd >= 0);
    CHECK_SYS(ftruncate(fd, bytes) == 0);
    CHECK_SYS(close(fd) == 0);
}

/* The same sequence in each run. */
static unsigned any_below(unsigned limit)
{
    power.random = power.random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(power.random >> 33) % limit;
}

/* Each group of 16 bytes contains the id of its write and its sector number. */
static void fill(uint8_t *p, unsigned id, uint64_t sector, unsigned count)
{
    for (unsigned line = 0; line < count * SECTOR_BYTES / 16; line++, p += 16) {
        char text[32];

        CHECK_NUMBER(
            snprintf(text, sizeof(text), "w%06u %07" PRIu64 "\n", id, sector + line / (SECTOR_BYTES / 16)),
            16);
        memcpy(p, text, 16);
    }
}

static struct vwr_queue_memory queue_memory(void *own, uint16_t size)
{
    struct vwr_queue_memory m = {.own = own, .size = size};

    m.shared_bytes = VWR_BLK_SHARED_BYTES(size, DEPTH, 1);
    m.shared = guest_alloc(m.shared_bytes);
    m.own_bytes = VWR_BLK_OWN_BYTES(size, DEPTH);
    return m;
}

/* A modern disk has a packed ring and two queues, a legacy one a split ring. */
static void begin(bool legacy)
{
    struct vwr_blk_options options = {.request.requests = DEPTH, .more = &power.more, .more_count = 1};

    make_file(IMAGE, IMAGE_BYTES);
    make_file(LOG, LOG_BYTES);
    machine_begin(legacy);
    machine_add("-blockdev",
                "driver=blklogwrites,node-name=d%u,log-sector-size=512,file.driver=file,"
                "file.filename=" IMAGE ",log.driver=file,log.filename=" LOG,
                DISK_SLOT);
    machine_add_device(DISK_SLOT, "virtio-blk", "drive=d%u%s,request-merging=off%s", DISK_SLOT,
                       machine_disk_more(), legacy ? "" : ",packed=on,num-queues=2");
    machine_start();
    disk_find(&power.d, DISK_SLOT, QUEUE);
    power.d.memory = queue_memory(power.d.own, power.d.memory.size);
    power.more.queue = &power.second;
    power.more.memory = queue_memory(power.second_own, power.d.memory.size);
    disk_open(&power.d, &options);
    power.queues = power.d.blk.queue_count;
    CHECK_NUMBER(power.queues, legacy ? 1 : 2);
    CHECK_NUMBER(power.d.blk.info.write_cache, 1);
    for (unsigned i = 0; i < power.queues * DEPTH; i++) {
        power.slot[i].data = guest_alloc((size_t)SECTORS_MOST * SECTOR_BYTES);
        power.slot[i].req.req.token = &power.slot[i];
    }
    power.notes = fopen(NOTES, "w");
    CHECK_SYS(power.notes != NULL);
}

static void end(void)
{
    CHECK_SYS(fclose(power.notes) == 0);
    disk_close(&power.d);
    machine_stop();
}

/* W: a write is submitted; C: it has completed; F, D: the same for a flush. */
__attribute__((format(printf, 1, 2))) static void note(const char *format, ...)
{
    va_list rest;

    va_start(rest, format);
    CHECK(vfprintf(power.notes, format, rest) > 0);
    va_end(rest);
}

/* Notifies the device of all submitted requests. */
static void kick(void)
{
    for (unsigned q = 0; q < power.queues; q++)
        (void)vwr_blk_kick(vwr_blk_get_requestq(&power.d.blk, q));
}

static void reap(void)
{
    struct vwr_blk_req *done[DEPTH];

    for (unsigned q = 0; q < power.queues; q++) {
        const int n = vwr_blk_reap(vwr_blk_get_requestq(&power.d.blk, q), done, DEPTH);

        CHECK(n >= 0);
        for (int i = 0; i < n; i++) {
            struct slot *const s = done[i]->req.token;

            CHECK(s->busy);
            DISK_OK(&power.d, s->req.req.result);
            s->busy = false;
            note("%s %u\n", s->req.type == VWR_BLK_T_FLUSH ? "D" : "C", s->id);
        }
    }
}

/* Finds a free slot for a queue, and waits for one if necessary. */
static struct slot *free_slot(unsigned queue)
{
    for (;;) {
        for (unsigned i = 0; i < DEPTH; i++)
            if (!power.slot[queue * DEPTH + i].busy)
                return &power.slot[queue * DEPTH + i];
        kick();
        reap();
    }
}

static void submit(unsigned queue, struct slot *s)
{
    DISK_OK(&power.d, vwr_blk_submit(vwr_blk_get_requestq(&power.d.blk, queue), &s->req));
    s->busy = true;
}

static void write_one(unsigned id)
{
    const unsigned queue = any_below(power.queues);
    const unsigned count = 1 + any_below(SECTORS_MOST);
    const unsigned sectors = id % 2 == 0 ? HOT : (unsigned)(IMAGE_BYTES / SECTOR_BYTES);
    const unsigned sector = any_below(sectors - count + 1);
    struct slot *const s = free_slot(queue);

    s->id = id;
    fill(s->data, id, sector, count);
    vwr_blk_fill(&s->req, VWR_BLK_T_OUT, sector, s->data, (size_t)count * SECTOR_BYTES);
    note("W %u %u %u\n", id, sector, count);
    submit(queue, s);
}

/* A flush covers exactly the writes that completed before it is submitted. */
static void flush_one(void)
{
    const unsigned queue = any_below(power.queues);
    struct slot *const s = free_slot(queue);

    reap();
    note("F %u\n", power.flushes);
    if (power.flush) {
        s->id = power.flushes;
        vwr_blk_fill(&s->req, VWR_BLK_T_FLUSH, 0, NULL, 0);
        submit(queue, s);
    } else {
        note("D %u\n", power.flushes);
    }
    power.flushes++;
}

static bool is_idle(void)
{
    for (unsigned i = 0; i < power.queues * DEPTH; i++)
        if (power.slot[i].busy)
            return false;
    return true;
}

static void run(bool legacy, bool flush)
{
    memset(&power, 0, sizeof(power));
    power.flush = flush;
    begin(legacy);
    bus_patience(true);
    for (unsigned id = 1; id <= WRITES; id++) {
        write_one(id);
        if (any_below(3) == 0)
            kick();
        if (any_below(4) == 0)
            reap();
        if (any_below(6) == 0)
            flush_one();
    }
    kick();
    while (!is_idle())
        reap();
    end();
}

void case_power_log(bool legacy)
{
    run(legacy, true);
}

void case_power_log_without_flush(bool legacy)
{
    run(legacy, false);
}
