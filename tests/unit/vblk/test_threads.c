/* SPDX-License-Identifier: MIT */
#include "vwr/gen/features.h"
#include "vwr/mmio.h"
#include "vwr/vblk_disk.h"
#include "vwr/vblk_memory.h"
#include "vwr/vm.h"

#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/*
 * Guests in separate threads share one real disk, which has a thread too; another thread takes its
 * interrupts. Guests reset their disks in between. The test checks that the state shared by the bridge has no
 * data race, that nothing deadlocks, that no answer goes to the wrong guest, and that every byte is right.
 *
 * tests/pair tests the rings: here a driver holds the lock of its device while it accesses them, so that the
 * thread sanitizer does not report fields that barriers order.
 */

#define GUESTS 3u
#define REAL GUESTS /* the machine itself */
#define WINDOWS UINT64_C(0x0a000000)
#define WINDOW_BYTES 0x10000u
#define MEMORY ((size_t)1 << 19)
#define RAM UINT64_C(0x40000000) /* of the machine; a guest sees its part of it at the same address */
#define SECTOR VWR_BLK_SECTOR_BYTES
#define SECTORS 64u /* in each guest's window */
#define SIZE 32u
#define REQUESTS 6u
#define SLOTS 7u /* fewer than the guests use */
#define ANSWERS 3000u
#define RESET_EVERY 250u

#define CHECK(condition)                                                            \
    do {                                                                            \
        if (!(condition)) {                                                         \
            fprintf(stderr, "%s:%d: FAILED: %s\n", __FILE__, __LINE__, #condition); \
            abort();                                                                \
        }                                                                           \
    } while (0)

struct machine {
    struct vwr_vm vm;
    struct vwr_memory_region region;
    struct vwr_vdev *slot[1];
    struct vwr_vblk disk;
    struct vwr_vqueue queue[1];
    struct vwr_vqueue_entry own[SIZE];
    struct vwr_vblk_req req[REQUESTS];
    struct vwr_vseg seg[REQUESTS * 4];
    pthread_mutex_t lock;
    uint8_t *memory;
    size_t used;
    struct vwr_mmio mmio;
    struct vwr_blk blk;
    struct vwr_queue_memory ring;
    uint64_t driver_own[1024];
    /* of a guest's thread */
    pthread_t thread;
    struct vwr_blk_req request[REQUESTS];
    uint8_t *buffer[REQUESTS];
    unsigned version[SECTORS]; /* contents of each sector; 0: not written yet */
    bool unsure[SECTORS];      /* a write was in flight during a reset */
    bool busy[SECTORS];
    uint32_t random;
    unsigned answers;
};

static struct machine machines[GUESTS + 1];
static struct vwr_vblk_disk bridge;
static struct vwr_vblk_disk_slot slots[SLOTS];
static pthread_mutex_t disk_lock;
static pthread_mutex_t bell_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t bell = PTHREAD_COND_INITIALIZER;
static bool kicked, interrupted, stop; /* protected by bell_lock */
static uint8_t medium[GUESTS * SECTORS * SECTOR];
static _Alignas(4096) uint8_t arena[(GUESTS + 1) * MEMORY];

/* ---- hooks ---- */

static void ring_bell(bool *what)
{
    pthread_mutex_lock(&bell_lock);
    *what = true;
    pthread_cond_broadcast(&bell);
    pthread_mutex_unlock(&bell_lock);
}

/* Waits briefly for *what, and clears it. */
static bool hear(bool *what)
{
    struct timespec until;
    bool heard;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&bell_lock);
    if (!*what && !stop)
        pthread_cond_timedwait(&bell, &bell_lock, &until);
    heard = *what;
    *what = false;
    pthread_mutex_unlock(&bell_lock);
    return heard;
}

static bool has_stopped(void)
{
    bool stopped;

    pthread_mutex_lock(&bell_lock);
    stopped = stop;
    pthread_mutex_unlock(&bell_lock);
    return stopped;
}

static void irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    (void)line;
    if (vm->context == &machines[REAL] && level)
        ring_bell(&interrupted);
}

static void on_kick(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    if (vm->context == &machines[REAL])
        ring_bell(&kicked);
    else
        vwr_vdev_serve_locked(v, queue);
}

static void lock(struct vwr_vm *vm, struct vwr_vdev *v)
{
    (void)v;
    pthread_mutex_lock(&((struct machine *)vm->context)->lock);
}

static void unlock(struct vwr_vm *vm, struct vwr_vdev *v)
{
    (void)v;
    pthread_mutex_unlock(&((struct machine *)vm->context)->lock);
}

static const struct vwr_vm_ops ops = {.irq = irq, .kicked = on_kick, .lock = lock, .unlock = unlock};

static void lock_disk(void *context)
{
    pthread_mutex_lock(context);
}

static void unlock_disk(void *context)
{
    pthread_mutex_unlock(context);
}

static void again(void *context)
{
    (void)context;
    ring_bell(&interrupted);
}

/* ---- the port ---- */

static void trap(const volatile void *reg, unsigned bytes, bool is_write, uint64_t *value)
{
    const uint64_t addr = (uintptr_t)reg;

    CHECK(vwr_vm_access(&machines[(addr - WINDOWS) / WINDOW_BYTES].vm, addr, bytes, is_write, value));
}

uint32_t vwr_host_read(const volatile void *reg, unsigned bytes)
{
    uint64_t value = 0;

    trap(reg, bytes, false, &value);
    return bytes == 4 ? vwr_cpu_to_le32((uint32_t)value) : (uint32_t)value;
}

void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    uint64_t v = bytes == 4 ? vwr_cpu_to_le32(value) : value;

    trap(reg, bytes, true, &v);
}

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return RAM + ((uintptr_t)p - (uintptr_t)arena);
}

uint64_t vwr_host_time_us(void)
{
    struct timespec now;

    sched_yield();
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}

/* ---- machines ---- */

static void *take(struct machine *m, size_t bytes)
{
    uint8_t *const at = m->memory + m->used;

    m->used += (bytes + 4095) / 4096 * 4096;
    CHECK(m->used <= MEMORY);
    return at;
}

static void make_lock(pthread_mutex_t *m)
{
    pthread_mutexattr_t a;

    pthread_mutexattr_init(&a);
    pthread_mutexattr_settype(&a, PTHREAD_MUTEX_RECURSIVE); /* a driver holds it during a trap */
    pthread_mutex_init(m, &a);
}

static void make_machine(unsigned i, struct vwr_vblk_backend *be)
{
    struct machine *const m = &machines[i];
    struct vwr_vdev_setup s = {
        .vm = &m->vm, .queue = m->queue, .queue_count = 1, .queue_size = SIZE, .own = m->own};
    struct vwr_vblk_options o = {
        .backend = be, .req = m->req, .req_count = REQUESTS, .seg = m->seg, .seg_count = VWR_COUNT(m->seg)};
    const struct vwr_vm_setup of_vm = {.ops = &ops,
                                       .context = m,
                                       .region = &m->region,
                                       .region_count = 1,
                                       .slot = m->slot,
                                       .slot_count = 1,
                                       .base = WINDOWS + (uint64_t)i * WINDOW_BYTES,
                                       .stride = 4096};

    make_lock(&m->lock);
    m->memory = arena + i * MEMORY;
    memset(m->memory, 0xa5, MEMORY);
    m->region = (struct vwr_memory_region){RAM + i * MEMORY, MEMORY, m->memory};
    if (i == REAL)
        m->region = (struct vwr_memory_region){RAM, sizeof(arena), arena};
    CHECK(vwr_vm_init(&m->vm, &of_vm) == VWR_OK);
    s.own_count = VWR_COUNT(m->own);
    s.legacy = i == 1;
    vwr_vdev_features(&s.features);
    vwr_features_add(&s.features, VWR_F_IN_ORDER);
    if (i != REAL) {
        o.first = i * SECTORS;
        o.sectors = SECTORS;
    }
    CHECK(vwr_vblk_init_with(&m->disk, &s, &o) == VWR_OK);
    CHECK(vwr_vm_add(&m->vm, 0, &m->disk.dev) == VWR_OK);
    m->ring = (struct vwr_queue_memory){take(m, VWR_BLK_SHARED_BYTES(SIZE, SLOTS, 4)),
                                        VWR_BLK_SHARED_BYTES(SIZE, SLOTS, 4), m->driver_own,
                                        sizeof(m->driver_own), SIZE};
}

static void open_disk(struct machine *m, unsigned requests)
{
    const struct vwr_blk_options o = {.request.requests = (uint16_t)requests, .request.segments = 4};

    CHECK(vwr_mmio_probe(&m->mmio, (volatile void *)(uintptr_t)m->vm.base, VWR_MMIO_SIZE) == VWR_OK);
    CHECK(vwr_blk_open_with(&m->blk, &m->mmio.dev, &m->ring, &o) == VWR_OK);
}

/* ---- a guest's thread ---- */

static uint32_t below(struct machine *m, uint32_t n)
{
    m->random = m->random * 1664525u + 1013904223u;
    return (m->random >> 16) % n;
}

static void fill(uint8_t *at, unsigned guest, uint32_t sector, unsigned version)
{
    for (unsigned i = 0; i < SECTOR; i++)
        at[i] = (uint8_t)(guest * 50u + sector * 7u + version * 13u + i);
}

static unsigned number(const struct machine *m)
{
    return (unsigned)(m - machines);
}

static void submit(struct machine *m, unsigned n)
{
    const uint32_t sector = below(m, SECTORS);
    const bool write = below(m, 2) == 0 || m->version[sector] == 0 || m->unsure[sector];

    if (m->busy[sector])
        return;
    if (write)
        fill(m->buffer[n], number(m), sector, m->version[sector] + 1u);
    else
        memset(m->buffer[n], 0xa5, SECTOR);
    vwr_blk_fill(&m->request[n], write ? VWR_BLK_T_OUT : VWR_BLK_T_IN, sector, m->buffer[n], SECTOR);
    if (vwr_blk_submit(&m->blk.first, &m->request[n]) == VWR_OK)
        m->busy[sector] = true;
}

static void has_come(struct machine *m, const struct vwr_blk_req *r)
{
    const uint32_t sector = (uint32_t)r->sector;
    uint8_t wanted[SECTOR];

    CHECK(r->req.result == VWR_OK);
    m->busy[sector] = false;
    m->answers++;
    if (r->type == VWR_BLK_T_OUT) {
        m->version[sector]++;
        m->unsure[sector] = false;
        return;
    }
    fill(wanted, number(m), sector, m->version[sector]);
    CHECK(memcmp(r->req.vec.p, wanted, SECTOR) == 0);
}

/* The guest abandons its requests in flight and starts again; their writes may or may not have happened. */
static void reset(struct machine *m)
{
    pthread_mutex_unlock(&m->lock); /* a reset is a trap that waits: release the lock first */
    CHECK(vwr_close(&m->blk.bringup) == VWR_OK);
    pthread_mutex_lock(&m->lock);
    for (unsigned i = 0; i < SECTORS; i++) {
        m->unsure[i] = m->unsure[i] || m->busy[i];
        m->busy[i] = false;
    }
    memset(m->request, 0, sizeof(m->request));
    open_disk(m, REQUESTS);
}

static void step(struct machine *m)
{
    struct vwr_blk_req *done[REQUESTS];
    int n;

    for (unsigned i = 0; i < REQUESTS; i++)
        if (!vwr_req_is_in_flight(&m->request[i].req))
            submit(m, i);
    (void)vwr_blk_kick(&m->blk.first);
    n = vwr_blk_reap(&m->blk.first, done, REQUESTS);
    CHECK(n >= 0);
    for (int i = 0; i < n; i++)
        has_come(m, done[i]);
}

static void *run_guest(void *arg)
{
    struct machine *const m = arg;
    unsigned next_reset = RESET_EVERY;

    while (m->answers < ANSWERS) {
        pthread_mutex_lock(&m->lock);
        step(m);
        if (m->answers > next_reset) {
            next_reset += RESET_EVERY;
            reset(m);
        }
        pthread_mutex_unlock(&m->lock);
        sched_yield();
    }
    pthread_mutex_lock(&m->lock);
    reset(m);
    pthread_mutex_unlock(&m->lock);
    return NULL;
}

/* ---- the machine's threads ---- */

static void *run_disk(void *unused)
{
    (void)unused;
    while (!has_stopped())
        if (hear(&kicked)) {
            lock_disk(&disk_lock); /* the driver of this disk holds it while it accesses the rings */
            vwr_vdev_serve(&machines[REAL].disk.dev, 0);
            unlock_disk(&disk_lock);
        }
    return NULL;
}

static void *run_interrupts(void *unused)
{
    (void)unused;
    while (!has_stopped())
        if (hear(&interrupted)) {
            lock_disk(&disk_lock);
            (void)vwr_dev_irq(&machines[REAL].mmio.dev);
            unlock_disk(&disk_lock);
            if (vwr_vblk_disk_service(&bridge) != VWR_OK)
                ring_bell(&interrupted);
        }
    return NULL;
}

int main(void)
{
    const struct vwr_vblk_disk_options o = {.slot = slots,
                                            .slot_count = SLOTS,
                                            .context = &disk_lock,
                                            .lock = lock_disk,
                                            .unlock = unlock_disk,
                                            .again = again};
    struct vwr_vblk_memory store;
    pthread_t disk;
    pthread_t interrupts;

    make_lock(&disk_lock);
    vwr_vblk_memory_init(&store, medium, sizeof(medium), false, NULL);
    make_machine(REAL, &store.backend);
    open_disk(&machines[REAL], SLOTS);
    CHECK(vwr_vblk_disk_init(&bridge, &machines[REAL].blk, &o) == VWR_OK);
    for (unsigned i = 0; i < GUESTS; i++) {
        struct machine *const m = &machines[i];

        make_machine(i, &bridge.backend);
        open_disk(m, REQUESTS);
        m->random = i + 1;
        for (unsigned n = 0; n < REQUESTS; n++)
            m->buffer[n] = take(m, SECTOR);
    }
    CHECK(pthread_create(&disk, NULL, run_disk, NULL) == 0);
    CHECK(pthread_create(&interrupts, NULL, run_interrupts, NULL) == 0);
    for (unsigned i = 0; i < GUESTS; i++)
        CHECK(pthread_create(&machines[i].thread, NULL, run_guest, &machines[i]) == 0);
    for (unsigned i = 0; i < GUESTS; i++)
        pthread_join(machines[i].thread, NULL);
    ring_bell(&stop);
    pthread_join(disk, NULL);
    pthread_join(interrupts, NULL);
    for (unsigned i = 0; i <= GUESTS; i++)
        CHECK(vwr_vblk_in_flight(&machines[i].disk) == 0);
    printf("%zu requests of guests, %zu times no room\n", (size_t)bridge.stats.requests,
           (size_t)bridge.stats.waits);
    CHECK(bridge.stats.waits > 0 && bridge.stats.errors == 0 && bridge.stats.recovered == 0);
    return 0;
}
