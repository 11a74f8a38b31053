/* SPDX-License-Identifier: MIT */
#include "check.h"
#include "disk.h"
#include "order.h"
#include "ram.h"
#include "traffic.h"
#include "vmm_threads.h"

#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * The driver in one thread and the device in another, watched by the thread sanitizer. `polls`: both sides
 * poll all the time, so that almost only the rings order the threads; otherwise each sleeps until the other
 * wakes it.
 */

#define KINDS 64u
#define PAIR_QUEUES 2u

static struct disk disk;
static struct traffic traffic;
static bool polls;
static unsigned resets;
static bool stop;

static void *serve(void *unused)
{
    (void)unused;
    order_be(ORDER_DEVICE);
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
        bool busy = vmm_answer_bells(DISK_SLOT);

        for (unsigned q = 0; polls && q < PAIR_QUEUES; q++)
            vwr_vdev_serve(&disk.device.dev, (uint16_t)q);
        busy = vmm_work() || busy;
        if (!busy)
            sched_yield();
    }
    return NULL;
}

static bool step(struct traffic *t)
{
    (void)t;
    sched_yield();
    if (!traffic.sleeps || !vmm_interrupted(DISK_SLOT))
        return false;
    (void)vwr_dev_irq(&disk.end.dev);
    return true;
}

static unsigned kind_of(const char *name)
{
    for (unsigned kind = 0; kind < KINDS; kind++)
        if (disk_kind_exists(kind) && strcmp(name, disk_kind_name(kind)) == 0)
            return kind;
    check_failed(__FILE__, __LINE__, "there is no kind %s", name);
}

/*
 * The driver closes the disk with requests in flight that another thread is about to end. Then the driver
 * owns all memory, and any further write from the device is detected.
 */
static void reset_in_mid_traffic(void)
{
    traffic_leave(&traffic, 40);
    disk_close(&disk);
    (void)ram_sum();
    traffic_lost(&traffic);
    traffic_end(&traffic);
    disk_open(&disk);
    traffic_begin(&traffic, &disk.blk, 0, disk.plan.queues);
}

static void run(unsigned kind, unsigned requests)
{
    const struct disk_plan plan = {
        .kind = kind, .queues = PAIR_QUEUES, .size = 16, .reqs = 40, .later = true, .deferred = true};
    pthread_t device;

    disk_make(&disk, &plan, true);
    order_watch(ram_alloc_ring(1), RAM_RING_BYTES, (kind & DISK_PACKED) != 0); /* starts at the first ring */
    disk_open(&disk);
    traffic_init(&traffic, kind, 0, DISK_SECTORS);
    traffic.id = DISK_ID;
    traffic.step = step;
    traffic.sleeps = !polls;
    traffic_begin(&traffic, &disk.blk, 0, plan.queues);
    order_be(ORDER_DRIVER);
    CHECK_NUMBER(pthread_create(&device, NULL, serve, NULL), 0);
    for (unsigned i = 0; i < resets; i++)
        reset_in_mid_traffic();
    traffic_run(&traffic, requests);
    __atomic_store_n(&stop, true, __ATOMIC_RELAXED);
    CHECK_NUMBER(pthread_join(device, NULL), 0);
    traffic_end(&traffic);
    disk_close(&disk);
    traffic_compare(&traffic, disk_bytes(&disk));
    disk_check_margins(&disk);
    printf("%s %s: %u requests, %u found no room, %zu kicks elided\n", disk_kind_name(kind),
           resets != 0 ? "resets"
           : polls     ? "polls"
                       : "sleeps",
           traffic.sent, traffic.full, (size_t)disk.blk.first.requests.queue.stats.elided);
}

/* Selects the barrier to disable, for example "driver_release". */
static void break_barrier(const char *what)
{
    static const char *const names[ORDER_SIDES][3] = {{"", "driver_release", "driver_rmb"},
                                                      {"", "device_release", "device_rmb"}};

    for (unsigned side = 0; side < ORDER_SIDES; side++)
        for (unsigned barrier = ORDER_RELEASE; barrier <= ORDER_RMB; barrier++)
            if (strcmp(what, names[side][barrier]) == 0) {
                order_break((enum order_side)side, (enum order_barrier)barrier);
                return;
            }
    check_failed(__FILE__, __LINE__, "there is no barrier %s", what);
}

/* pair_threads polls|sleeps|resets KIND REQUESTS [BARRIER] */
int main(int argc, char **argv)
{
    if (argc < 4)
        check_failed(__FILE__, __LINE__, "usage: %s polls|sleeps|resets KIND REQUESTS [BARRIER]", argv[0]);
    polls = strcmp(argv[1], "sleeps") != 0;
    resets = strcmp(argv[1], "resets") == 0 ? 40 : 0;
    if (argc > 4)
        break_barrier(argv[4]);
    ram_open(false);
    run(kind_of(argv[2]), (unsigned)atoi(argv[3]));
    return 0;
}
