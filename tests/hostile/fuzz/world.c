/* SPDX-License-Identifier: MIT */
#include "world.h"

#include "check.h"
#include "guest_console.h"
#include "guest_entropy.h"
#include "judge.h"

#include "vwr/gen/features.h"
#include "vwr/gen/split_ring.h"
#include "vwr/vm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE 5u
#define PATTERN 0x41
#define PAGE 0x1000u

struct world world;
static uint64_t seen; /* by CPUs, in this input */

static struct vwr_memory_region regions[WORLD_REGIONS] = {
    {WORLD_RAM, WORLD_RAM_BYTES, NULL}, /* rings, and all memory of a driver */
    {WORLD_DATA, WORLD_BORDER - WORLD_DATA, NULL},
    {WORLD_BORDER, WORLD_END - WORLD_BORDER, NULL},
    {WORLD_HIGH, WORLD_HIGH_BYTES, NULL},
};

void world_failed(const char *file, int line, const char *what)
{
    char text[300];

    if (world.dev != NULL)
        (void)vwr_vdev_explain(world.dev, text, sizeof(text));
    else
        text[0] = '\0';
    fprintf(stderr, "%s:%d: FAILED: %s; device: %s\n", file, line, what, text);
    abort();
}

/*
 * Options of the address sanitizer. Each input frees the memory of the one before: in a large quarantine all
 * of it would be new pages of the kernel, which took more time than the input.
 */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "quarantine_size_mb=1:thread_local_quarantine_size_kb=64";
}

void *world_at(uint64_t addr, size_t bytes)
{
    return vwr_memory_ptr(&world.vm.memory, addr, bytes);
}

/*
 * Memory of drivers is large, and an input changes few pages of it. A target that calls world_mark for each
 * change has them cleared, and no others. A build with the sanitizers checks that nothing else has changed.
 */
static uint8_t marked[WORLD_RAM_BYTES / PAGE];

void world_mark(const void *at, size_t bytes)
{
    const size_t first = (size_t)((uintptr_t)at - (uintptr_t)regions[0].host);

    if (first < regions[0].bytes && bytes != 0)
        memset(&marked[first / PAGE], 1, (first + bytes - 1) / PAGE - first / PAGE + 1);
}

/* The device writes to the rings of a queue once it is ready. */
static void mark_rings(void)
{
    for (unsigned i = 0; i < world.dev->queues; i++) {
        const struct vwr_vqueue *const q = &world.queue[i];

        if (!q->ready)
            continue;
        world_mark(world_at(q->desc_addr, 1), q->size * sizeof(struct vwr_virtq_desc));
        world_mark(world_at(q->device_addr, 1), PAGE);
    }
}

static void clear_ram(const struct world_plan *p)
{
    uint8_t *const ram = regions[0].host;

    if (!p->marks)
        memset(marked, 1, sizeof(marked));
    for (size_t i = 0; i < sizeof(marked); i++)
        if (marked[i] != 0)
            memset(ram + i * PAGE, 0, PAGE);
    memset(marked, 0, sizeof(marked));
#ifndef INPUT_WIDE
    if (p->marks)
        MUST(ram[0] == 0 && memcmp(ram, ram + 1, WORLD_RAM_BYTES - 1) == 0);
#endif
}

/* ---- what a device passes on ---- */

static const struct vwr_memory_region *region_of(const void *at)
{
    for (unsigned i = 0; i < WORLD_REGIONS; i++)
        if ((uintptr_t)at - (uintptr_t)regions[i].host < regions[i].bytes)
            return &regions[i];
    return NULL;
}

bool world_is_guests(const void *at, size_t bytes)
{
    const struct vwr_memory_region *const r = region_of(at);

    return r != NULL && bytes <= r->bytes - ((uintptr_t)at - (uintptr_t)r->host);
}

/*
 * These segments have at least this many descriptors: a descriptor that crosses regions has a segment in
 * each.
 */
static unsigned descriptors(const struct vwr_vseg *s, unsigned count)
{
    const struct vwr_memory_region *before = NULL;
    unsigned n = 0;

    for (unsigned i = 0; i < count; i++) {
        const struct vwr_memory_region *const r = region_of(s[i].at);

        MUST(r != NULL && world_is_guests(s[i].at, s[i].len));
        n += before == NULL || r != before + 1;
        before = r;
    }
    return n;
}

/* In a split ring a table may follow descriptors of the ring, as many as the queue has. */
void world_check_chain(const struct vwr_vchain *c, unsigned queue)
{
    const struct vwr_vqueue *const q = &world.queue[queue];
    const unsigned most = q->indirect && !vwr_layout_is_packed(q->layout) ? 2 * q->size : q->size;

    MUST(queue < world.dev->queues && c->out + c->in <= c->room);
    MUST(descriptors(c->seg, (unsigned)c->out + c->in) <= most);
}

void world_check_data(const struct vwr_reader *r, uint32_t bytes)
{
    const struct vwr_vseg *s = r->seg;
    uint32_t skip = r->skip;

    MUST(bytes <= r->left);
    for (; bytes != 0; s++, skip = 0) {
        const uint32_t run = (uint32_t)s->len - skip;

        MUST(s->len > skip && world_is_guests(s->at, s->len));
        bytes -= run < bytes ? run : bytes;
    }
}

static struct vwr_vm_ops ops; /* the functions are below */

/* Checks every hook of the VMM: the lock is held, and the hook is called for this VM and this device. */
static void inside(const struct vwr_vm *vm)
{
    MUST(vm == &world.vm && world.locked);
    if (world.meanwhile != NULL)
        world.meanwhile(&world);
}

static void irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    inside(vm);
    MUST(line == LINE);
    world.level = level;
}

static void later(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    inside(vm);
    MUST(v == world.dev && queue < v->queues);
    world.kicked |= UINT64_C(1) << queue;
}

static void broken(struct vwr_vm *vm, struct vwr_vdev *v)
{
    inside(vm);
    MUST(v == world.dev && v->broken);
    world.broken = true;
}

static void message(struct vwr_vm *vm, uint64_t addr, uint32_t data)
{
    inside(vm);
    (void)addr;
    (void)data;
}

static void lock(struct vwr_vm *vm, struct vwr_vdev *v)
{
    MUST(vm == &world.vm && v == world.dev && !world.locked);
    world.locked = true;
}

static void unlock(struct vwr_vm *vm, struct vwr_vdev *v)
{
    MUST(vm == &world.vm && v == world.dev && world.locked);
    world.locked = false;
}

static uint32_t output(struct vwr_vconsole *c, unsigned port, const uint8_t *bytes, uint32_t n)
{
    const uint32_t take = n < world.output ? n : world.output;

    inside(c->dev.vm);
    MUST(c == &world.console && n > 0 && port < 2);
    MUST(n == 1 || world_is_guests(bytes, n)); /* one: an emergency write has no buffer */
    for (uint32_t i = 0; i < take; i++)
        world.put_out[world.put_out_end++ % sizeof(world.put_out)] = *(const volatile uint8_t *)&bytes[i];
    world.output -= take;
    return take;
}

static void opened(struct vwr_vconsole *c, unsigned port, bool open)
{
    inside(c->dev.vm);
    MUST(port < 2 && c->port[port].guest_open == open);
}

static void input_wanted(struct vwr_vconsole *c, unsigned port)
{
    inside(c->dev.vm);
    MUST(port < 2);
}

static uint32_t source(struct vwr_ventropy *e, uint8_t *bytes, uint32_t n)
{
    const uint32_t take = n < world.random ? n : world.random;

    inside(e->dev.vm);
    MUST(n > 0 && world_is_guests(bytes, n));
    memset(bytes, PATTERN, take);
    world.random -= take;
    return take;
}

/* The data must be in the buffers that the guest provided for this direction. */
static void backend_asked(struct store *s, const struct vwr_vblk_req *r)
{
    const struct vwr_vchain *const c = &r->chain;

    MUST(s == &world.store && r->disk == &world.blk);
    inside(&world.vm);
    world_check_chain(c, r->queue);
    MUST(judge_request(&s->backend, r, WORLD_MARGIN, world.sectors, world.plan.read_only));
    if (r->type == VWR_BLK_T_IN)
        MUST(r->seg >= c->seg + c->out && r->segs <= c->seg + c->out + c->in - r->seg);
    if (r->type == VWR_BLK_T_OUT)
        MUST(r->seg >= c->seg && r->segs <= c->seg + c->out - r->seg);
}

/* Requests that the disk has accepted before end in the earlier window. */
void world_resize(uint64_t sectors)
{
    if (vwr_vblk_in_flight(&world.blk) == 0 || sectors > world.sectors)
        world.sectors = sectors;
    MUST(vwr_vblk_resize(&world.blk, sectors) == VWR_OK);
}

/* ---- setup ---- */

void world_plan(struct world_plan *p, struct input *in)
{
    const bool is_checked = input_is_checked(in);
    const uint8_t what = input_u8(in);
    const uint8_t how = input_u8(in);
    const uint8_t much = input_u8(in);

    p->is_checked = is_checked;
    p->marks = false;
    check_clean_up = abort; /* a fuzzer writes the input to a file then */
    p->class = (enum world_class)(what % WORLD_CLASSES);
    p->legacy = (what & 0x10) != 0;
    p->deferred = (what & 0x20) != 0;
    p->again = (what & 0x40) != 0;
    p->later = (what & 0x80) != 0;
    p->ring = how & 0x7f;
    p->read_only = (how & 0xc0) == 0xc0;
    p->write_through = (how & 0xc0) == 0x80;
    p->queues = 1 + much % 3;
    p->queue_size = (uint16_t)(4u << (much >> 2 & 3));
    p->budget = (much & 0x10) != 0 ? 2 : 0;
    p->reqs = (much & 0x20) != 0 ? 1 : 16;
    p->segs = (much & 0x40) != 0 ? 4 : 40;
    p->qemu = (much & 0x80) != 0;
}

static void make_blk(const struct world_plan *p, struct vwr_vdev_setup *s)
{
    struct vwr_vblk_options o = {
        .backend = &world.store.backend, .first = WORLD_MARGIN, .sectors = WORLD_SECTORS};

    memset(world.disk, PATTERN, sizeof(world.disk));
    store_init(&world.store, world.disk, sizeof(world.disk) / VWR_BLK_SECTOR_BYTES, p->later, 1);
    world.store.meanwhile = backend_asked;
    world.store.room = 2;
    world.store.backend.bytes_max = p->budget != 0 ? 1024 : 0;
    o.read_only = p->read_only;
    o.write_through = p->write_through;
    o.id = "vwr-fuzz";
    o.req = world.req;
    o.req_count = p->reqs;
    o.seg = world.seg;
    o.seg_count = (uint32_t)p->reqs * p->segs;
    MUST(vwr_vblk_init_with(&world.blk, s, &o) == VWR_OK);
    world.sectors = WORLD_SECTORS;
    world.dev = &world.blk.dev;
}

static void make_console(const struct world_plan *p, struct vwr_vdev_setup *s)
{
    static const struct vwr_vconsole_ops console_ops = {output, input_wanted, opened};
    struct vwr_vconsole_options o = {.ops = &console_ops, .port = world.port, .cols = 80, .rows = 25};

    o.port_count = p->class == WORLD_PORTS ? 2 : 1;
    o.emergency = true;
    world.port[0].console = true;
    world.port[1].name = "fuzz";
    MUST(vwr_vconsole_init_with(&world.console, s, &o) == VWR_OK);
    world.dev = &world.console.dev;
}

static void offer(struct vwr_features *f, uint8_t ring)
{
    static const uint8_t all[7] = {VWR_F_INDIRECT_DESC, VWR_F_EVENT_IDX,         VWR_F_RING_PACKED,
                                   VWR_F_IN_ORDER,      VWR_F_NOTIFICATION_DATA, VWR_F_RING_RESET,
                                   VWR_F_SUSPEND};

    vwr_features_clear(f);
    for (unsigned i = 0; i < sizeof(all); i++)
        if ((ring >> i & 1) != 0)
            vwr_features_add(f, all[i]);
}

static void make_vm(const struct world_plan *p)
{
    ops.irq = irq;
    ops.kicked = p->deferred ? later : NULL;
    ops.again = p->again ? later : NULL;
    ops.broken = broken;
    ops.msi = message;
    ops.lock = lock;
    ops.unlock = unlock;
    for (unsigned i = 0; i < WORLD_REGIONS; i++) {
        if (regions[i].host == NULL) {
            regions[i].host = aligned_alloc(i == 0 ? PAGE : 16, regions[i].bytes);
            memset(regions[i].host, 0, regions[i].bytes);
        }
        if (i != 0)
            memset(regions[i].host, 0, regions[i].bytes);
    }
    clear_ram(p);
    MUST(vwr_vm_init(&world.vm, &(struct vwr_vm_setup){.ops = &ops,
                                                       .name = "fuzz",
                                                       .region = regions,
                                                       .region_count = WORLD_REGIONS,
                                                       .slot = world.slot,
                                                       .slot_count = 1,
                                                       .base = WORLD_BASE,
                                                       .stride = WORLD_STRIDE}) == VWR_OK);
}

static uint16_t queues_of(const struct world_plan *p)
{
    return p->class == WORLD_BLK       ? p->queues
           : p->class == WORLD_SERVICE ? WORLD_QUEUES
           : p->class == WORLD_ENTROPY ? 1
           : p->class == WORLD_PORTS   ? 6
                                       : 2;
}

/* Memory of the VMM for the device: heap blocks of exactly the length that the VMM passes. */
static void make_memory(const struct world_plan *p)
{
    static void *block[4];
    const size_t bytes[4] = {queues_of(p) * sizeof(*world.queue),
                             VWR_VDEV_OWN(queues_of(p), p->queue_size) * sizeof(*world.own),
                             p->reqs * sizeof(*world.req), (size_t)p->reqs * p->segs * sizeof(*world.seg)};

    for (unsigned i = 0; i < 4; i++) {
        free(block[i]);
        block[i] = malloc(bytes[i]);
        MUST(block[i] != NULL);
        memset(block[i], 0xee, bytes[i]); /* any content */
    }
    world.queue = block[0];
    world.own = block[1];
    world.req = block[2];
    world.seg = block[3];
}

static void make_device(const struct world_plan *p)
{
    struct vwr_vdev_setup s = {.vm = &world.vm, .line = LINE, .queue_count = queues_of(p)};

    make_memory(p);
    s.queue = world.queue;
    s.legacy = p->legacy;
    s.tolerate = p->qemu ? VWR_TOLERATE_QEMU : VWR_TOLERATE_DEFAULT;
    s.budget = p->budget;
    s.budget_bytes = p->budget != 0 ? 700 : 0; /* processes part of a request at a time */
    s.queue_size = p->queue_size;
    s.own = world.own;
    s.own_count = (uint32_t)VWR_VDEV_OWN(s.queue_count, p->queue_size);
    offer(&s.features, p->ring);
    if (p->class == WORLD_SERVICE)
        world.dev = p->service->begin(&s);
    else if (p->class == WORLD_BLK)
        make_blk(p, &s);
    else if (p->class != WORLD_ENTROPY)
        make_console(p, &s);
    else {
        MUST(vwr_ventropy_init_with(&world.entropy, &s, source, NULL) == VWR_OK);
        world.dev = &world.entropy.dev;
    }
    MUST(vwr_vm_add(&world.vm, 0, world.dev) == VWR_OK);
}

void world_begin(const struct world_plan *p)
{
    memset(&world, 0, offsetof(struct world, disk)); /* make_blk() writes the disk */
    seen = 0;
    make_vm(p);
    world.plan = *p;
    make_device(p);
}

/* The new disk has the size of the old one. */
void world_renew(void)
{
    const uint64_t sectors = world.plan.class == WORLD_BLK ? world.blk.sectors : 0;

    vwr_vm_remove(&world.vm, 0);
    MUST(world.store.count == 0);
    world.kicked = 0;
    memset(&world.blk, 0xee, sizeof(world.blk));
    memset(&world.console, 0xee, sizeof(world.console));
    memset(&world.entropy, 0xee, sizeof(world.entropy));
    world.renews = true;
    make_device(&world.plan);
    world.renews = false;
    if (world.plan.class == WORLD_BLK)
        world_resize(sectors);
}

/* ---- deferred work ---- */

/* Without the hook for it the device does not report an exhausted budget. */
static bool reports_work(void)
{
    return ops.again != NULL || ops.kicked != NULL;
}

/* The last queue is served even if there is none: a call lets a device suspend. */
static bool may_have_work(unsigned q)
{
    const bool has = q < world.dev->queues && world.queue[q].ready;

    return !reports_work() && (has || q == WORLD_QUEUES - 1);
}

bool world_step(void)
{
    const uint64_t kicked = world.kicked;
    bool done = kicked != 0;

    world.kicked = 0;
    for (unsigned q = 0; q < WORLD_QUEUES; q++)
        if ((kicked >> q & 1) != 0 || may_have_work(q))
            vwr_vdev_serve(world.dev, (uint16_t)q);
    if (world.plan.class == WORLD_BLK)
        done = store_step(&world.store, &world.blk) || done;
    return done;
}

void world_run_until_idle(void)
{
    for (unsigned steps = 0; world_step(); steps++)
        MUST(steps < 100000); /* an idle guest must not keep the device busy forever */
}

static void see(uint64_t what)
{
    seen = (seen ^ what) * UINT64_C(0x9e3779b97f4a7c15);
    seen ^= seen >> 32;
}

uint64_t fuzz_seen(void)
{
    for (unsigned i = 0; i < WORLD_REGIONS; i++)
        for (size_t at = 0; regions[i].host != NULL && at + sizeof(uint64_t) <= regions[i].bytes;
             at += sizeof(uint64_t)) { /* NULL: the target has made no world */
            uint64_t word;

            memcpy(&word, (uint8_t *)regions[i].host + at, sizeof(word));
            see(word);
        }
    return seen;
}

uint64_t world_access(uint64_t offset, unsigned bytes, bool is_write, uint64_t value)
{
    const uint64_t before = value;

    MUST(!world.locked);
    MUST(vwr_vm_access(&world.vm, WORLD_BASE + offset, bytes, is_write, &value));
    MUST(!is_write || value == before);
    for (unsigned i = 0; is_write && i < world.dev->queues; i++) /* a read serves nothing */
        MUST(!world.queue[i].ready || vwr_vqueue_in_flight(&world.queue[i]) <= world.queue[i].size);
    MUST(is_write || bytes == 8 || value >> bytes * 8 == 0);
    see(value);
    if (world.plan.marks && is_write && (offset == VWR_MMIO_QUEUE_READY || offset == VWR_MMIO_QUEUE_PFN))
        mark_rings();
    return value;
}

/* ---- the port of a driver ---- */

static unsigned offset_of(const volatile void *reg)
{
    return (unsigned)((uintptr_t)reg - WORLD_STRIDE);
}

static uint32_t garble(unsigned offset, bool is_write, uint32_t value)
{
    return world.garble != NULL ? world.garble(&world, offset, is_write, value) : value;
}

uint32_t vwr_host_read(const volatile void *reg, unsigned bytes)
{
    return garble(offset_of(reg), false, (uint32_t)world_access(offset_of(reg), bytes, false, 0));
}

void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    (void)world_access(offset_of(reg), bytes, true, garble(offset_of(reg), true, value));
}

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run)
{
    for (unsigned i = 0; i < WORLD_REGIONS; i++) {
        const uintptr_t at = (uintptr_t)p - (uintptr_t)regions[i].host;

        if (at < regions[i].bytes) {
            *run = n < regions[i].bytes - at ? n : (size_t)(regions[i].bytes - at);
            return regions[i].addr + at;
        }
    }
    *run = 0;
    return 0;
}

/* Without work nothing happens until the driver's time is up: it goes faster then. */
uint64_t vwr_host_time_us(void)
{
    const bool works = world_step() || (world.plan.budget != 0 && !reports_work());

    world.now += works ? 100 : 1000;
    return world.now;
}

/* ---- the driver ---- */

volatile void *world_registers(void)
{
    return (volatile void *)(uintptr_t)WORLD_STRIDE; /* an address that the functions above expect */
}

static uint8_t *clean(size_t offset)
{
    return (uint8_t *)regions[0].host + offset;
}

static void driver_ok(struct vwr_dev *d, int result)
{
    char text[300];

    if (result == VWR_OK)
        return;
    (void)vwr_dev_explain(d, text, sizeof(text));
    fprintf(stderr, "driver: %s; %s\n", vwr_strerror(result), text);
    world_failed(__FILE__, __LINE__, "the driver's call");
}

static void disk_must_work(struct vwr_dev *d)
{
    static uint8_t own[VWR_QUEUE_OWN_BYTES(32)] __attribute__((aligned(8)));
    struct vwr_blk_options o = {.request.timeout_us = 100000};
    struct vwr_queue_memory m = {clean(0), VWR_BLK_SHARED_BYTES(32, 1, 1), own, sizeof(own), 32};
    uint8_t *const buffer = clean(0x8000);
    static struct vwr_blk blk;

    memset(&blk, 0, sizeof(blk));
    driver_ok(d, vwr_blk_open_with(&blk, d, &m, &o));
    MUST(blk.info.sectors == WORLD_SECTORS);
    memset(buffer, 0x5b, VWR_BLK_SECTOR_BYTES);
    if (world.plan.read_only) {
        MUST(vwr_blk_write(&blk, 3, buffer, 1) == VWR_EROFS);
    } else {
        driver_ok(d, vwr_blk_write(&blk, 3, buffer, 1));
    }
    memset(buffer, 0, VWR_BLK_SECTOR_BYTES);
    driver_ok(d, vwr_blk_read(&blk, 3, buffer, 1));
    MUST(memcmp(buffer, world.disk + (WORLD_MARGIN + 3) * VWR_BLK_SECTOR_BYTES, VWR_BLK_SECTOR_BYTES) == 0);
    MUST(world.plan.read_only || buffer[0] == 0x5b);
    driver_ok(d, vwr_close(&blk.bringup));
}

static void console_must_work(struct vwr_dev *d)
{
    static struct guest_console g;
    const uint32_t before = world.put_out_end;

    world.output = UINT32_MAX; /* the reset has resumed it */
    MUST(sizeof(struct guest_console_memory) <= regions[0].bytes);
    MUST(guest_console_open(&g, d, (void *)clean(0), NULL) == VWR_OK);
    MUST(guest_console_write(&g, 0, "ok", 2) == 2);
    world_run_until_idle();
    MUST(guest_console_work(&g) == VWR_OK);
    MUST(world.put_out_end == before + 2 && world.put_out[before % 64] == 'o');
    MUST(vwr_dev_reset(d) == VWR_OK);
}

static void entropy_must_work(struct vwr_dev *d)
{
    static struct guest_entropy g;
    uint8_t bytes[GUEST_LANE_BYTES];
    uint32_t n = 0;

    world.random = UINT32_MAX; /* the reset has resumed it */
    MUST(guest_entropy_open(&g, d, (void *)clean(0), NULL) == VWR_OK);
    MUST(guest_entropy_ask(&g, 9) == VWR_OK);
    world_run_until_idle();
    MUST(guest_entropy_take(&g, bytes, &n) == 1);
    MUST(n == 9 && bytes[8] == PATTERN);
    MUST(vwr_dev_reset(d) == VWR_OK);
}

static void must_work(struct vwr_dev *d)
{
    clear_ram(&world.plan);
    if (world.plan.class == WORLD_BLK)
        disk_must_work(d);
    else if (world.plan.class == WORLD_SERVICE)
        world.plan.service->must_work(d);
    else if (world.plan.class == WORLD_ENTROPY)
        entropy_must_work(d);
    else
        console_must_work(d);
}

static void check_margins(void)
{
    const size_t margin = WORLD_MARGIN * VWR_BLK_SECTOR_BYTES;

    for (size_t i = 0; i < margin; i++)
        MUST(world.disk[i] == PATTERN && world.disk[sizeof(world.disk) - 1 - i] == PATTERN);
}

void world_must_work(void)
{
    struct vwr_mmio mmio;

    world.meanwhile = NULL;
    world.garble = NULL;
    world.store.failures = 0;
    if (world.plan.class == WORLD_BLK)
        world_resize(WORLD_SECTORS);
    else if (world.plan.class == WORLD_CONSOLE || world.plan.class == WORLD_PORTS)
        vwr_vconsole_plug(&world.console, 0, true);
    MUST(vwr_mmio_probe(&mmio, world_registers(), VWR_MMIO_SIZE) == VWR_OK);
    MUST(vwr_dev_reset(&mmio.dev) == VWR_OK);
    MUST(!world.dev->broken && !world.level);
    MUST(world.plan.class != WORLD_BLK || world.store.count == 0);
    for (unsigned i = 0; i < world.dev->queues; i++)
        MUST(vwr_vqueue_in_flight(&world.queue[i]) == 0);
    if (world.plan.is_checked)
        must_work(&mmio.dev);
    if (world.plan.class == WORLD_BLK)
        check_margins();
    MUST(!world.locked);
}
