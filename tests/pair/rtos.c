/* SPDX-License-Identifier: MIT */
#include "rtos_disk.h" /* first: it sizes the disk */

#include "check.h"
#include "disk.h"
#include "guest.h"
#include "order.h"
#include "ram.h"
#include "vmm_threads.h"
#include "../common/random.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/*
 * The disk of docs/rtos.md (examples/shapes/rtos) on our device, watched by the thread sanitizer: threads
 * that read and write sectors of their own at the same time, a thread with the interrupt handler, and one
 * with the device.
 */

#define THREADS 12u /* more than VWR_BLK_REQUESTS */
#define SECTORS (DISK_SECTORS / THREADS)
#define BYTES (SECTORS * VWR_BLK_SECTOR_BYTES)

static struct disk disk;
static struct rtos_disk *driver; /* in the guest's RAM, as all of an RTOS is */
static unsigned transfers;
static bool stop;

static struct user {
    pthread_t thread;
    uint64_t first;
    uint8_t *data;
    uint8_t copy[BYTES];
    unsigned errors;
} users[THREADS];

/* ---- the RTOS ---- */

static unsigned sleeps, timeouts;

unsigned long rtos_lock(struct rtos_spinlock *lock)
{
    CHECK_NUMBER(pthread_mutex_lock(&lock->mutex), 0);
    return 1;
}

void rtos_unlock(struct rtos_spinlock *lock, unsigned long state)
{
    CHECK_NUMBER(state, 1);
    CHECK_NUMBER(pthread_mutex_unlock(&lock->mutex), 0);
}

void rtos_semaphore_init(struct rtos_semaphore *s, unsigned count)
{
    CHECK_NUMBER(pthread_mutex_init(&s->mutex, NULL), 0);
    CHECK_NUMBER(pthread_cond_init(&s->more, NULL), 0);
    s->count = count;
}

bool rtos_semaphore_take(struct rtos_semaphore *s, uint32_t us)
{
    struct timespec end;
    bool taken;

    CHECK_NUMBER(clock_gettime(CLOCK_REALTIME, &end), 0);
    end.tv_sec += 60; /* a lost wakeup is seen, and a slow machine is none */
    CHECK_NUMBER(pthread_mutex_lock(&s->mutex), 0);
    __atomic_add_fetch(&sleeps, s->count == 0 && us != RTOS_DISK_WAIT_US, __ATOMIC_RELAXED);
    while (s->count == 0)
        if (pthread_cond_timedwait(&s->more, &s->mutex, &end) == ETIMEDOUT)
            break;
    taken = s->count != 0;
    s->count -= taken;
    __atomic_add_fetch(&timeouts, !taken, __ATOMIC_RELAXED);
    CHECK_NUMBER(pthread_mutex_unlock(&s->mutex), 0);
    return taken;
}

void rtos_semaphore_give(struct rtos_semaphore *s)
{
    CHECK_NUMBER(pthread_mutex_lock(&s->mutex), 0);
    s->count++;
    CHECK_NUMBER(pthread_cond_signal(&s->more), 0);
    CHECK_NUMBER(pthread_mutex_unlock(&s->mutex), 0);
}

/* ---- device, handler, users ---- */

static void *serve(void *unused)
{
    (void)unused;
    order_be(THREADS);
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
        (void)vmm_answer_bells(DISK_SLOT);
        if (!vmm_work())
            (void)usleep(200); /* a slow disk: threads sleep */
    }
    return NULL;
}

static void *handle(void *unused)
{
    (void)unused;
    order_be(THREADS + 1);
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED))
        if (vmm_interrupted(DISK_SLOT))
            rtos_disk_irq(driver);
        else
            (void)sched_yield();
    return NULL;
}

/* A part of the user's sectors is written, or read and compared with what was written before. */
static void transfer(struct user *u, uint64_t *state)
{
    const uint32_t at = random_below(state, SECTORS);
    const uint32_t count = 1 + random_below(state, SECTORS - at);
    const size_t bytes = (size_t)count * VWR_BLK_SECTOR_BYTES;
    uint8_t *const copy = u->copy + (size_t)at * VWR_BLK_SECTOR_BYTES;

    if (random_below(state, 2) != 0) {
        for (size_t i = 0; i < bytes; i++)
            u->data[i] = copy[i] = (uint8_t)random_below(state, 256);
        CHECK_NUMBER(rtos_disk_transfer(driver, VWR_BLK_T_OUT, u->first + at, u->data, bytes), VWR_OK);
        if (count == SECTORS)
            CHECK_NUMBER(rtos_disk_transfer(driver, VWR_BLK_T_FLUSH, 0, NULL, 0), VWR_OK);
    } else {
        CHECK_NUMBER(rtos_disk_transfer(driver, VWR_BLK_T_IN, u->first + at, u->data, bytes), VWR_OK);
        CHECK(memcmp(u->data, copy, bytes) == 0);
    }
}

static void *use(void *context)
{
    struct user *const u = context;
    uint64_t state = u->first + 1;

    order_be((unsigned)(u - users));
    for (unsigned i = 0; i < transfers; i++)
        transfer(u, &state);
    return NULL;
}

/* pair_rtos TRANSFERS: each thread makes as many. */
int main(int argc, char **argv)
{
    const struct disk_plan plan = {
        .kind = DISK_EVENT, .queues = 1, .size = VWR_BLK_QUEUE, .reqs = 40, .later = true, .deferred = true};
    pthread_t device, handler;
    struct vwr_mmio other;

    CHECK_NUMBER(argc, 2);
    transfers = (unsigned)atoi(argv[1]);
    ram_open(false);
    disk_make(&disk, &plan, true);
    driver = guest_alloc(sizeof(*driver));
    memset(driver, 0, sizeof(*driver));
    CHECK_NUMBER(rtos_disk_find(&disk.end.mmio, vmm_registers(0), VMM_STRIDE, VMM_SLOTS, 0), DISK_SLOT);
    CHECK_NUMBER(rtos_disk_find(&other, vmm_registers(0), VMM_STRIDE, VMM_SLOTS, 1), VWR_ENODEV);
    CHECK_NUMBER(rtos_disk_open(driver, &disk.end.dev), VWR_OK);
    for (unsigned i = 0; i < THREADS; i++) {
        users[i].first = (uint64_t)i * SECTORS;
        users[i].data = guest_alloc(BYTES);
        memcpy(users[i].copy, disk_bytes(&disk) + i * BYTES, BYTES);
    }
    order_watch(&driver->shared, sizeof(driver->shared), false);
    CHECK_NUMBER(pthread_create(&device, NULL, serve, NULL), 0);
    CHECK_NUMBER(pthread_create(&handler, NULL, handle, NULL), 0);
    for (unsigned i = 0; i < THREADS; i++)
        CHECK_NUMBER(pthread_create(&users[i].thread, NULL, use, &users[i]), 0);
    for (unsigned i = 0; i < THREADS; i++)
        CHECK_NUMBER(pthread_join(users[i].thread, NULL), 0);
    __atomic_store_n(&stop, true, __ATOMIC_RELAXED);
    CHECK_NUMBER(pthread_join(device, NULL), 0);
    CHECK_NUMBER(pthread_join(handler, NULL), 0);
    CHECK_NUMBER(vwr_close(&driver->blk.bringup), VWR_OK);
    for (unsigned i = 0; i < THREADS; i++)
        CHECK(memcmp(users[i].copy, disk_bytes(&disk) + i * BYTES, BYTES) == 0);
    disk_check_margins(&disk);
    printf("%u transfers by %u threads, %u sleeps, %u without a wakeup\n", transfers * THREADS, THREADS,
           sleeps, timeouts);
    CHECK_NUMBER(timeouts, 0);
    return 0;
}
