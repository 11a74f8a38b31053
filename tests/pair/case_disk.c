/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "ram.h"
#include "traffic.h"
#include "vmm.h"
#include "suspend.h"

#include "vwr/gen/features.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATIENCE 100000u /* maximum number of steps without progress */
#define WRAP 65536u

static struct disk disk;
static struct traffic traffic;

static const uint16_t split_sizes[] = {4, 8, 16, 64, 256, 32, 128, 4};
static const uint16_t packed_sizes[] = {4, 5, 16, 100, 256, 7, 64, 255};

/* Runs one step: devices make progress, and an interrupt wakes the driver. Something has to happen. */
static bool step(struct traffic *t)
{
    static unsigned idle;
    static unsigned out;
    const bool stepped = vmm_step();
    const bool woken = vmm_interrupted(DISK_SLOT);

    idle = stepped || woken || out != t->out ? 0 : idle + 1;
    out = t->out;
    if (idle > PATIENCE)
        check_failed(__FILE__, __LINE__,
                     "nothing happens any more: %u requests are in flight, %u wait for room; a "
                     "notification or an interrupt was lost",
                     t->out, t->full);
    if (woken)
        (void)vwr_dev_irq(&disk.end.dev);
    return woken;
}

/* Opens the disk of the plan; `fresh` resets its contents. */
static void begin(const struct disk_plan *plan, bool fresh, uint64_t seed)
{
    disk_make(&disk, plan, fresh);
    disk_open(&disk);
    if (fresh)
        traffic_init(&traffic, seed, 0, DISK_SECTORS);
    traffic.id = DISK_ID;
    traffic.step = step;
    traffic.sleeps = false;
    traffic_begin(&traffic, &disk.blk, 0, plan->queues);
}

/* Both sides have counted the same numbers, and all requests have arrived. */
static void check_counters(unsigned requests)
{
    vwr_count sum = 0;

    for (unsigned i = 0; i < disk.plan.queues; i++) {
        const struct vwr_blk_requestq *const q = vwr_blk_get_requestq(&disk.blk, i);
        const struct vwr_vqueue *const v = &disk.queue[i];

        CHECK_NUMBER(v->stats.kicks, q->requests.queue.stats.kicks);
        CHECK_NUMBER(v->stats.chains, vwr_queue_buffers(&q->requests.queue));
        CHECK_NUMBER(v->stats.used, v->stats.chains);
        CHECK_NUMBER(vwr_vqueue_in_flight(v), 0);
        CHECK_NUMBER(vwr_queue_in_flight(&q->requests.queue), 0);
        CHECK_NUMBER(q->requests.queue.stats.clamped, 0);
        CHECK_NUMBER(
            q->stats.io_errors + q->stats.unsupported + q->stats.protocol + q->requests.stats.timeouts, 0);
        sum += v->stats.chains;
    }
    CHECK_NUMBER(sum, requests);
    CHECK_NUMBER(disk.device.stats.errors, 0);
}

static void compare(void)
{
    traffic_compare(&traffic, disk_bytes(&disk));
    disk_check_margins(&disk);
}

static void end(void)
{
    traffic_end(&traffic);
    disk_close(&disk);
    vmm_run_until_idle();
    compare();
}

static void report(unsigned requests)
{
    printf("%s q%u size %u%s%s%s: %u requests, %u found no room, %u ended out of order, %u refused\n",
           disk_kind_name(disk.plan.kind), disk.plan.queues, disk.plan.size, disk.plan.later ? " later" : "",
           disk.plan.deferred ? " deferred" : "", traffic.sleeps ? " sleeps" : "", requests, traffic.full,
           disk.store.overtook, disk.store.full);
}

/* A cell of the matrix: number 0 to 7 for each queue count. */
static struct disk_plan plan_of(unsigned kind, unsigned queues, unsigned number)
{
    const bool packed = (kind & DISK_PACKED) != 0;
    struct disk_plan plan = {.kind = kind, .queues = queues};
    const unsigned i = (number * 3 + queues) % 8;

    plan.size = packed ? packed_sizes[i] : split_sizes[i];
    plan.memory = number == 0;
    plan.later = (number & 1) != 0;
    plan.deferred = (number & 2) != 0;
    plan.by_driver = (number + queues) % 2 == 0;
    plan.budget = number % 3 == 0 ? 3 : 0;
    plan.reqs = number % 4 == 1 ? 3 : DISK_REQUESTS * DISK_QUEUES;
    plan.segs = number % 4 == 2 ? 5 : 0; /* just enough for a buffer across regions */
    plan.write_through = number % 5 == 4;
    if ((kind & DISK_LEGACY) == 0 && ((number >> 1 ^ queues) & 1) != 0) /* not a separate kind */
        plan.kind |= DISK_DATA;
    return plan;
}

static void run_cells(unsigned kind, bool sleeps, unsigned requests)
{
    unsigned overtook = 0;
    unsigned refused = 0;
    unsigned full = 0;

    for (unsigned queues = 1; queues <= DISK_QUEUES; queues++)
        for (unsigned number = 0; number < 4; number++) {
            const struct disk_plan plan = plan_of(kind, queues, sleeps ? 7 - number : number);
            unsigned sent = requests;

            begin(&plan, queues == 1 && number == 0, kind + 100);
            traffic.sleeps = sleeps;
            traffic_run(&traffic, requests);
            sent += traffic_write_unknown(&traffic);
            check_counters(sent);
            overtook += disk.store.overtook;
            refused += disk.store.full;
            full += traffic.full;
            end();
            report(sent);
        }
    CHECK(overtook != 0 && refused != 0 && full != 0); /* all of these cases occurred */
}

void case_traffic(unsigned kind, unsigned scale)
{
    run_cells(kind, false, 100 * scale);
}

/* No side polls: a missing notification or interrupt stops the traffic. */
void case_sleep(unsigned kind, unsigned scale)
{
    run_cells(kind, true, 100 * scale);
}

/* The driver closes the disk with requests in flight and opens it again. */
static void close_in_mid_traffic(unsigned kind, unsigned pass)
{
    struct disk_plan plan = plan_of(kind, 1 + pass % DISK_QUEUES, 2 * pass + 1);
    uint64_t sum;

    begin(&plan, pass == 0, kind + 300);
    traffic_leave(&traffic, 60 + pass);
    DISK_OK(&disk, vwr_close(&disk.blk.bringup));
    sum = ram_sum();
    vmm_run_until_idle();
    CHECK_NUMBER(ram_sum(), sum); /* the driver owns the memory: no write from the device */
    traffic_lost(&traffic);
    traffic_end(&traffic);
    disk_open(&disk);
    traffic_begin(&traffic, &disk.blk, 0, plan.queues);
    traffic_run(&traffic, 60);
    end();
}

/* The host breaks the device: the driver notices, resets it, and submits the requests in flight again. */
static void break_in_mid_traffic(unsigned kind, unsigned pass)
{
    struct disk_plan plan = plan_of(kind, 1 + pass % DISK_QUEUES, 2 * pass + 1);
    int r;

    disk.options.request.replay = true;
    begin(&plan, pass == 0, kind + 400);
    traffic_leave(&traffic, 60 + pass);
    vmm_may_break = true;
    vwr_vdev_needs_reset(&disk.device.dev);
    CHECK(vmm_interrupted(DISK_SLOT));
    CHECK((vwr_dev_irq(&disk.end.dev) & VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK) != 0);
    DISK_RESULT(&disk, vwr_blk_config_changed(&disk.blk), VWR_ENEEDSRESET);
    vmm_run_until_idle();
    while ((r = vwr_recover(&disk.blk.bringup)) == VWR_EBUSY)
        continue;
    DISK_OK(&disk, r);
    vmm_may_break = false;
    traffic_run(&traffic, 60);
    end();
    disk.options.request.replay = false;
}

void case_reset(unsigned kind, unsigned scale)
{
    for (unsigned pass = 0; pass < 4 + scale; pass++)
        close_in_mid_traffic(kind, pass);
    if ((kind & DISK_LEGACY) == 0) /* a legacy device cannot report it */
        for (unsigned pass = 0; pass < 4 + scale; pass++)
            break_in_mid_traffic(kind, pass);
}

/* The driver suspends the disk with requests in flight, which all complete, and continues. */
static void suspend_in_mid_traffic(unsigned kind, unsigned pass)
{
    const struct disk_plan plan = plan_of(kind, 1 + pass % DISK_QUEUES, 2 * pass + 1);

    begin(&plan, pass == 0, kind + 500);
    traffic_leave(&traffic, 60 + pass);
    suspend_check(&disk.end.dev, &disk.device.dev);
    traffic_run(&traffic, 60);
    end();
}

void case_suspend(unsigned kind, unsigned scale)
{
    for (unsigned pass = 0; pass < 4 + scale; pass++)
        suspend_in_mid_traffic(kind, pass);
}

#define BATCH 8u

/* Reads one sector, which still has pattern 'A'. */
static void check_sector(struct vwr_blk_req *r)
{
    CHECK_NUMBER(r->req.result, VWR_OK);
    CHECK(memcmp(r->req.vec.p, disk_bytes(&disk) + r->sector * VWR_BLK_SECTOR_BYTES, VWR_BLK_SECTOR_BYTES) ==
          0);
    memset(r->req.vec.p, GUEST_POISON, VWR_BLK_SECTOR_BYTES);
}

/* Enough reads on one queue to wrap each index. */
void case_wrap(unsigned kind, unsigned scale)
{
    const struct disk_plan plan = {.kind = kind, .queues = 1, .size = 32, .reqs = BATCH, .later = true};
    struct vwr_blk_req req[BATCH] = {0};
    struct vwr_blk_req *done[BATCH];
    uint8_t *data;
    const uint64_t total = (uint64_t)WRAP * (scale < 20 ? 1 : scale / 10) + 1000;
    uint64_t sent = 0;
    unsigned out = 0;

    disk_make(&disk, &plan, true);
    disk_open(&disk);
    data = guest_alloc(BATCH * VWR_BLK_SECTOR_BYTES);
    for (unsigned i = 0; i < BATCH; i++)
        vwr_blk_fill(&req[i], VWR_BLK_T_IN, 0, data + i * VWR_BLK_SECTOR_BYTES, VWR_BLK_SECTOR_BYTES);
    while (sent < total || out > 0) {
        int n;

        for (unsigned i = 0; i < BATCH; i++)
            if (!vwr_req_is_in_flight(&req[i].req) && sent < total) {
                req[i].sector = sent++ * 7 % DISK_SECTORS;
                DISK_OK(&disk, vwr_blk_submit(&disk.blk.first, &req[i]));
                out++;
            }
        (void)vwr_blk_kick(&disk.blk.first);
        n = vwr_blk_reap(&disk.blk.first, done, BATCH);
        CHECK(n >= 0);
        for (int i = 0; i < n; i++, out--)
            check_sector(done[i]);
    }
    CHECK_NUMBER(disk.queue[0].stats.used, sent);
    CHECK_NUMBER(vwr_queue_buffers(&disk.blk.first.requests.queue), sent);
    disk_close(&disk);
}
