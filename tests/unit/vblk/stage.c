/* SPDX-License-Identifier: MIT */
#include "vwr/gen/features.h"
#include "vwr/gen/status.h"
#include "vwr/vm.h"

#include "stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define WINDOWS UINT64_C(0x0a000000)
#define WINDOW_BYTES 0x10000u /* per guest */
#define PAGE 4096u
#define MEMORY (STAGE_GUESTS * (STAGE_GUEST_BYTES + PAGE)) /* with an inaccessible page between guests */

struct stage stage;

const struct kind stage_kinds[] = {
    {"legacy", true, false, false, false, false},
    {"legacy_indirect_event", true, false, true, true, false},
    {"split", false, false, false, false, false},
    {"split_indirect_event", false, false, true, true, false},
    {"split_in_order", false, false, true, true, true},
    {"packed", false, true, false, false, false},
    {"packed_indirect_event", false, true, true, true, false},
    {"packed_in_order", false, true, true, true, true},
};
const unsigned stage_kind_count = sizeof(stage_kinds) / sizeof(stage_kinds[0]);

/* ---- the VMM ---- */

static struct guest *guest_of(struct vwr_vm *vm)
{
    return vm->context;
}

static void irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    struct guest *g = guest_of(vm);

    assert_int_equal(line, 48);
    assert_int_equal(g->locked, STAGE_LOCKS);
    g->line = level;
    g->interrupts += level;
}

static void kicked(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    struct guest *g = guest_of(vm);

    if (g->put_off)
        g->kicked[queue] = true;
    else
        vwr_vdev_serve_locked(v, queue);
}

static void again(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    (void)v;
    guest_of(vm)->agains++;
    guest_of(vm)->kicked[queue] = true;
}

static void broken(struct vwr_vm *vm, struct vwr_vdev *v)
{
    (void)v;
    guest_of(vm)->broken++;
}

/* The VMM may query the backend from this hook: the lock of the real disk is free. */
static void unsafe(struct vwr_vm *vm, struct vwr_vdev *v, bool is_unsafe)
{
    assert_ptr_equal(v, &guest_of(vm)->disk.dev);
    assert_int_equal(guest_of(vm)->locked, STAGE_LOCKS);
    assert_false(stage.disk_locked);
    if (is_unsafe)
        guest_of(vm)->unsafe++;
    else
        guest_of(vm)->safe++;
}

static void lock(struct vwr_vm *vm, struct vwr_vdev *v)
{
    (void)v;
    assert_false(guest_of(vm)->locked);
    assert_true(!stage.disk_locked || guest_of(vm) == &stage.guest[STAGE_REAL]); /* or the order is wrong */
    guest_of(vm)->locked = true;
}

static void unlock(struct vwr_vm *vm, struct vwr_vdev *v)
{
    (void)v;
    assert_true(guest_of(vm)->locked);
    guest_of(vm)->locked = false;
}

static const struct vwr_vm_ops ops = {.irq = irq,
                                      .kicked = kicked,
                                      .again = again,
                                      .broken = broken,
                                      .unsafe = unsafe,
                                      .lock = STAGE_LOCKS ? lock : NULL,
                                      .unlock = STAGE_LOCKS ? unlock : NULL};

static unsigned number_of(const struct guest *g)
{
    return (unsigned)(g - stage.guest);
}

static uint8_t *memory_of(unsigned guest)
{
    return (uint8_t *)stage.map + guest * (STAGE_GUEST_BYTES + PAGE);
}

static void make_guest(unsigned i)
{
    struct guest *const g = &stage.guest[i];
    const struct vwr_vm_setup s = {.ops = &ops,
                                   .context = g,
                                   .name = "guest",
                                   .region = g->region,
                                   .region_count = i == STAGE_REAL ? 1 : 2,
                                   .slot = g->slot,
                                   .slot_count = VWR_COUNT(g->slot),
                                   .base = WINDOWS + (uint64_t)i * WINDOW_BYTES,
                                   .stride = PAGE};

    g->memory = memory_of(i);
    /* Two regions that are adjacent in the guest: a buffer may cross both. */
    g->region[0] = (struct vwr_memory_region){STAGE_GUEST_BASE, STAGE_GUEST_BYTES / 2, g->memory};
    g->region[1] = (struct vwr_memory_region){STAGE_GUEST_BASE + STAGE_GUEST_BYTES / 2, STAGE_GUEST_BYTES / 2,
                                              g->memory + STAGE_GUEST_BYTES / 2};
    if (i == STAGE_REAL)
        g->region[0] = (struct vwr_memory_region){STAGE_MACHINE_BASE, MEMORY, stage.map};
    assert_int_equal(vwr_vm_init(&g->vm, &s), VWR_OK);
}

/* All tests have the same memory, one after another. */
static void *machine_memory(void)
{
    static void *map;

    if (map != NULL)
        return map;
    map = mmap(NULL, MEMORY, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(map, MAP_FAILED);
    for (unsigned i = 0; i < STAGE_GUESTS; i++) {
        uint8_t *const memory = (uint8_t *)map + i * (STAGE_GUEST_BYTES + PAGE);

        memset(memory, STAGE_POISON, STAGE_GUEST_BYTES);
        assert_int_equal(mprotect(memory + STAGE_GUEST_BYTES, PAGE, PROT_NONE), 0);
    }
    return map;
}

int stage_setup(void **state)
{
    (void)state;
    memset(&stage, 0, sizeof(stage));
    stage.map = machine_memory();
    stage.current = STAGE_MACHINE;
    stage.mappings = ~0u;
    stage.tick = 1;
    for (unsigned i = 0; i < STAGE_GUESTS; i++)
        make_guest(i);
    return 0;
}

/* Memory that was never allocated must not have been written. */
int stage_teardown(void **state)
{
    (void)state;
    assert_int_equal(stage.current, STAGE_MACHINE);
    for (unsigned i = 0; i < STAGE_GUESTS; i++) {
        const struct guest *g = &stage.guest[i];

        assert_false(g->locked);
        assert_true(stage_all(g->memory + g->free, STAGE_POISON, STAGE_GUEST_BYTES - g->free));
        memset(g->memory, STAGE_POISON, g->free);
    }
    return 0;
}

struct vwr_vblk_options stage_options(struct guest *g, struct vwr_vblk_backend *be)
{
    return (struct vwr_vblk_options){.backend = be,
                                     .id = "a disk on the stage",
                                     .req = g->req,
                                     .req_count = STAGE_REQS,
                                     .seg = g->seg,
                                     .seg_count = VWR_COUNT(g->seg)};
}

static struct vwr_features features_of(const struct kind *k)
{
    struct vwr_features f;

    vwr_features_clear(&f);
    if (k->packed)
        vwr_features_add(&f, VWR_F_RING_PACKED);
    if (k->indirect)
        vwr_features_add(&f, VWR_F_INDIRECT_DESC);
    if (k->event_idx)
        vwr_features_add(&f, VWR_F_EVENT_IDX);
    if (k->in_order)
        vwr_features_add(&f, VWR_F_IN_ORDER);
    if (!k->legacy)
        vwr_features_add(&f, VWR_F_RING_RESET);
    return f;
}

int stage_try_plug(struct guest *g, const struct kind *k, const struct vwr_vblk_options *o)
{
    const struct vwr_vdev_setup s = {.vm = &g->vm,
                                     .line = 48,
                                     .legacy = k->legacy,
                                     .features = features_of(k),
                                     .queue = g->vqueue,
                                     .queue_count = g->queue_count != 0 ? g->queue_count : 1,
                                     .queue_size = STAGE_QUEUE,
                                     .own = g->own,
                                     .own_count = VWR_COUNT(g->own)};

    g->kind = k;
    return vwr_vblk_init_with(&g->disk, &s, o);
}

void stage_plug(struct guest *g, const struct kind *k, const struct vwr_vblk_options *o)
{
    assert_int_equal(stage_try_plug(g, k, o), VWR_OK);
    assert_int_equal(vwr_vm_add(&g->vm, 0, &g->disk.dev), VWR_OK);
}

void stage_serve(struct guest *g)
{
    for (uint16_t i = 0; i < STAGE_QUEUES; i++) {
        if (!g->kicked[i])
            continue;
        g->kicked[i] = false;
        vwr_vdev_serve(&g->disk.dev, i);
    }
}

/* ---- the port ---- */

void stage_enter(const struct guest *g)
{
    assert_int_equal(stage.current, STAGE_MACHINE);
    if (number_of(g) != STAGE_REAL) /* that is the machine itself */
        stage.current = number_of(g);
}

void stage_leave(void)
{
    stage.current = STAGE_MACHINE;
}

static void trap(const volatile void *reg, unsigned bytes, bool is_write, uint64_t *value)
{
    const uint64_t addr = (uintptr_t)reg;
    const unsigned i = (unsigned)((addr - WINDOWS) / WINDOW_BYTES);
    const unsigned before = stage.current;

    assert_true(i < STAGE_GUESTS);
    assert_int_equal(before, i == STAGE_REAL ? STAGE_MACHINE : i); /* a guest accesses only its own */
    stage.current = STAGE_MACHINE;
    if (i == STAGE_REAL && stage.deaf && addr % PAGE == VWR_MMIO_STATUS) {
        *value = VWR_STATUS_DRIVER;
        return;
    }
    assert_true(vwr_vm_access(&stage.guest[i].vm, addr, bytes, is_write, value));
    stage.current = before;
}

/* Registers are little-endian in memory; the port returns values in host byte order. */
static uint32_t turned(uint32_t value, unsigned bytes)
{
    return bytes == 4 ? vwr_cpu_to_le32(value) : bytes == 2 ? vwr_cpu_to_le16((uint16_t)value) : value;
}

uint32_t vwr_host_read(const volatile void *reg, unsigned bytes)
{
    uint64_t value = 0;

    trap(reg, bytes, false, &value);
    return turned((uint32_t)value, bytes);
}

void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    uint64_t v = turned(value, bytes);

    trap(reg, bytes, true, &v);
}

static uint64_t run_in(const uint8_t *base, size_t bytes, uint64_t addr, const void *p, size_t n, size_t *run)
{
    const size_t at = (uintptr_t)p - (uintptr_t)base;

    *run = at >= bytes ? 0 : n < bytes - at ? n : bytes - at;
    return addr + at;
}

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run)
{
    if (stage.current == STAGE_MACHINE)
        return run_in(stage.map, MEMORY, STAGE_MACHINE_BASE, p, n, run);
    return run_in(stage.guest[stage.current].memory, STAGE_GUEST_BYTES, STAGE_GUEST_BASE, p, n, run);
}

/* For port_map. */
bool stage_map(void);
void stage_unmap(void);

bool stage_map(void)
{
    if (stage.current != STAGE_MACHINE)
        return true;
    if (stage.mappings == 0) {
        stage.refused++;
        return false;
    }
    stage.mappings--;
    return true;
}

void stage_unmap(void)
{
    if (stage.current == STAGE_MACHINE && !stage.mappings_go)
        stage.mappings++;
}

uint64_t vwr_host_time_us(void)
{
    if (stage.meanwhile != NULL)
        stage.meanwhile();
    return stage.now += stage.tick;
}

/* ---- a guest ---- */

void *stage_alloc(struct guest *g, size_t bytes)
{
    void *const at = g->memory + g->free;

    g->free += (bytes + PAGE - 1) / PAGE * PAGE;
    assert_true(g->free <= STAGE_GUEST_BYTES);
    return at;
}

uint64_t stage_address(const struct guest *g, const void *p)
{
    if (number_of(g) == STAGE_REAL)
        return STAGE_MACHINE_BASE + ((uintptr_t)p - (uintptr_t)stage.map);
    return STAGE_GUEST_BASE + ((uintptr_t)p - (uintptr_t)g->memory);
}

static struct vwr_queue_memory ring_memory(struct guest *g, unsigned i, unsigned requests)
{
    const size_t bytes = VWR_BLK_SHARED_BYTES(STAGE_QUEUE, requests, STAGE_SEGS);

    assert_true(sizeof(g->own_memory[i]) >= VWR_BLK_OWN_BYTES(STAGE_QUEUE, requests));
    return (struct vwr_queue_memory){stage_alloc(g, bytes), bytes, g->own_memory[i], sizeof(g->own_memory[i]),
                                     STAGE_QUEUE};
}

static int probe(struct guest *g)
{
    const int r = vwr_mmio_probe(&g->mmio, (volatile void *)(uintptr_t)g->vm.base, VWR_MMIO_SIZE);

    vwr_dev_want(&g->mmio.dev, VWR_F_IN_ORDER); /* the device offers it only in kinds in order */
    return r;
}

int stage_try_open(struct guest *g, unsigned queues, unsigned requests)
{
    struct vwr_blk_options o = {
        .request.requests = (uint16_t)requests, .request.segments = STAGE_SEGS, .more = g->more};
    int r;

    if (g->ring.shared == NULL) {
        g->ring = ring_memory(g, 0, requests);
        for (unsigned i = 1; i < queues; i++)
            g->more[i - 1] = (struct vwr_blk_more){&g->more_queue[i], ring_memory(g, i, requests)};
    }
    o.more_count = (uint8_t)(queues - 1);
    stage_enter(g);
    r = probe(g);
    if (r == VWR_OK)
        r = vwr_blk_open_with(&g->blk, &g->mmio.dev, &g->ring, &o);
    stage_leave();
    return r;
}

void stage_open(struct guest *g, unsigned queues, unsigned requests)
{
    assert_int_equal(stage_try_open(g, queues, requests), VWR_OK);
    assert_int_equal(vwr_dev_has(&g->mmio.dev, VWR_F_RING_PACKED), g->kind->packed);
    assert_int_equal(vwr_dev_has(&g->mmio.dev, VWR_F_INDIRECT_DESC), g->kind->indirect);
    assert_int_equal(vwr_dev_has(&g->mmio.dev, VWR_F_EVENT_IDX), g->kind->event_idx);
    assert_int_equal(vwr_dev_has(&g->mmio.dev, VWR_F_IN_ORDER), g->kind->in_order);
}

void stage_take_queue_without(struct guest *g, unsigned feature)
{
    static const struct vwr_features all = {
        {VWR_BLK_FEATURES_W0, VWR_BLK_FEATURES_W1, VWR_BLK_FEATURES_W2, VWR_BLK_FEATURES_W3}};
    static const struct vwr_features none;
    struct vwr_features avoid;
    const struct vwr_feature_policy request = {&all, &none, &avoid, NULL, 0, NULL};

    vwr_features_clear(&avoid);
    vwr_features_add(&avoid, feature);
    if (g->ring.shared == NULL)
        g->ring = ring_memory(g, 0, 1);
    stage_enter(g);
    assert_int_equal(probe(g), VWR_OK);
    assert_int_equal(vwr_dev_negotiate(&g->mmio.dev, &request), VWR_OK);
    assert_int_equal(vwr_dev_add_queue(&g->mmio.dev, 0, &g->queue, &g->ring, 0), VWR_OK);
    assert_int_equal(vwr_dev_start(&g->mmio.dev), VWR_OK);
    stage_leave();
}

void stage_take_queue(struct guest *g)
{
    stage_take_queue_without(g, VWR_FEATURE_NONE);
}

void stage_segment(struct guest *g, struct segments *p, void *at, uint32_t len, bool in)
{
    const unsigned n = p->out + p->in;

    assert_true(n < STAGE_SEGS);
    p->seg[n].addr = stage_address(g, at);
    p->seg[n].len = len;
    p->at[n] = at;
    if (in)
        p->in++;
    else
        p->out++;
}

struct vwr_blk_req_out *stage_header(struct guest *g, uint32_t type, uint64_t sector)
{
    struct vwr_blk_req_out *const head = stage_alloc(g, sizeof(*head));

    head->type = vwr_guest32(g->kind->legacy, type);
    head->reserved = 0;
    head->sector = vwr_guest64(g->kind->legacy, sector);
    return head;
}

void stage_put(struct guest *g, const struct segments *p, struct vwr_chain *chain)
{
    stage_enter(g);
    assert_int_equal(vwr_queue_add(&g->queue, p->seg, p->out, p->in, chain), VWR_OK);
    (void)vwr_queue_kick(&g->queue);
    stage_leave();
}

int stage_take(struct guest *g, struct vwr_chain **chain)
{
    int n;

    stage_enter(g);
    n = vwr_queue_get_used(&g->queue, chain);
    stage_leave();
    return n;
}

int64_t stage_send(struct guest *g, const struct segments *p)
{
    static struct vwr_chain chain; /* one at a time; a broken device keeps it */
    struct vwr_chain *done = NULL;

    memset(&chain, 0, sizeof(chain));
    stage_put(g, p, &chain);
    if (stage_take(g, &done) == 0)
        return -1;
    assert_ptr_equal(done, &chain);
    return chain.written;
}

/* ---- contents ---- */

void stage_pattern(void *at, uint64_t sector, size_t bytes, unsigned salt)
{
    uint8_t *const to = at;

    for (size_t i = 0; i < bytes; i += 8) {
        const uint64_t word = (sector * VWR_BLK_SECTOR_BYTES + i) * UINT64_C(0x9e3779b97f4a7c15) + salt;

        for (unsigned k = 0; k < 8; k++)
            to[i + k] = (uint8_t)(word >> (8 * k));
    }
}

void stage_has_pattern(const void *at, uint64_t sector, size_t bytes, unsigned salt)
{
    uint8_t *const wanted = malloc(bytes);

    stage_pattern(wanted, sector, bytes, salt);
    assert_memory_equal(at, wanted, bytes);
    free(wanted);
}

bool stage_all(const void *at, uint8_t byte, size_t bytes)
{
    const uint8_t *const p = at;

    return bytes == 0 || (p[0] == byte && memcmp(p, p + 1, bytes - 1) == 0);
}

void stage_works_again(struct guest *g)
{
    uint8_t *const buffer = stage_alloc(g, VWR_BLK_SECTOR_BYTES);

    stage_take_queue(g);
    {
        struct segments p = {.out = 0};
        uint8_t *const status = stage_alloc(g, 1);

        stage_segment(g, &p, stage_header(g, VWR_BLK_T_IN, 1), 16, false);
        stage_segment(g, &p, buffer, VWR_BLK_SECTOR_BYTES, true);
        stage_segment(g, &p, status, 1, true);
        assert_int_equal(stage_send(g, &p), VWR_BLK_SECTOR_BYTES + 1);
        assert_int_equal(*status, VWR_BLK_S_OK);
    }
    assert_false(g->disk.dev.broken);
    assert_int_equal(vwr_vblk_in_flight(&g->disk), 0);
}

/* ---- tests ---- */

struct row_of_kind {
    const struct stage_row *row;
    const struct kind *kind;
};

static void run_row(void **state)
{
    const struct row_of_kind *const r = *state;
    void *none = NULL;

    stage_setup(&none);
    r->row->run(r->kind);
    stage_teardown(&none);
}

int stage_run(const char *group, const struct stage_row *row, unsigned rows)
{
    const unsigned count = rows * stage_kind_count;
    struct CMUnitTest *const tests = calloc(count, sizeof(*tests));
    struct row_of_kind *const what = calloc(count, sizeof(*what));
    int failed;

    for (unsigned i = 0; i < count; i++) {
        char name[128];

        what[i].row = &row[i / stage_kind_count];
        what[i].kind = &stage_kinds[i % stage_kind_count];
        snprintf(name, sizeof(name), "%s_%s", what[i].row->name, what[i].kind->name);
        tests[i] = (struct CMUnitTest){strdup(name), run_row, NULL, NULL, &what[i]};
    }
    failed = _cmocka_run_group_tests(group, tests, count, NULL, NULL);
    for (unsigned i = 0; i < count; i++)
        free((void *)(uintptr_t)tests[i].name);
    free(tests);
    free(what);
    return failed;
}
