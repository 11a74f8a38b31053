/* SPDX-License-Identifier: MIT */
#include "../cases.h"
#include "bench_device.h"
#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/pci.h"
#include "vwr/gen/status.h"
#include "vwr/vm.h"
#include "vwr/vmmio.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The driver, the VMM, and the check of a level's results. */

#ifndef SAMPLED
#define SAMPLED 32u
#endif

static uint8_t ram[RAM_BYTES] __attribute__((aligned(4096)));
static struct vwr_vqueue queues[DEVICES_MAX];
static struct vwr_vqueue_entry own[DEVICES_MAX][QUEUE_MAX];
static struct vwr_vdev devices[DEVICES_MAX];
static struct vwr_vdev *slots[DEVICES_MAX];
static uint8_t hand[HAND_BYTES] __attribute__((aligned(16)));
static uint32_t kicks;

static _Noreturn void die(const char *why)
{
    fprintf(stderr, "bench_device: %s\n", why);
    exit(1);
}

static void on_irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    (void)vm;
    (void)line;
    (void)level;
    die("an interrupt that the driver did not want");
}

static void on_restart(struct vwr_vm *vm, uint32_t line, bool level)
{
    (void)vm;
    (void)line;
    (void)level;
}

static void on_kicked(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    (void)vm;
    (void)v;
    kicks += 1u + queue;
}

static uint16_t on_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    struct vwr_vseg seg[16];
    struct vwr_vchain c;

    (void)v;
    c.seg = seg;
    c.room = 16;
    if (vwr_vqueue_pop_avail(q, &c) != 1)
        return 0;
    vwr_vqueue_add_used(q, &c, c.in_bytes);
    return 1;
}

static const struct vwr_memory_region region[2] = {{RAM_ADDR, RAM_BYTES, ram}, {0x100000000, 4096, ram}};
static struct vwr_memory_region regions[REGIONS_MAX]; /* the same host memory in each */
static struct vwr_vm_ops ops = {.irq = on_irq, .kicked = on_kicked};
static const struct vwr_vm_setup vm_setup = {.ops = &ops,
                                             .region = region,
                                             .region_count = 2,
                                             .slot = slots,
                                             .slot_count = DEVICES_MAX,
                                             .base = 0x0a000000,
                                             .stride = STRIDE};
static struct vwr_vm vm;
static const struct vwr_vdev_class kind = {.name = "bench", .id = 42, .serve = on_serve};

static void put(struct vwr_vdev *v, unsigned offset, uint64_t value)
{
    if (v == slots[0])
        watch_access(offset, sizeof(uint32_t), true, value);
    (void)vwr_vmmio_access(v, offset, sizeof(uint32_t), true, &value);
}

static void get(struct vwr_vdev *v, unsigned offset)
{
    uint64_t value = 0;

    (void)vwr_vmmio_access(v, offset, sizeof(uint32_t), false, &value);
    if (v == slots[0])
        watch_access(offset, sizeof(uint32_t), false, value);
}

static void set_queue(struct vwr_vdev *v, const struct bench_ring *b)
{
    put(v, VWR_MMIO_QUEUE_SEL, 0);
    put(v, VWR_MMIO_QUEUE_SIZE, b->size);
    put(v, VWR_MMIO_QUEUE_DESC_LOW, (uint32_t)b->desc);
    put(v, VWR_MMIO_QUEUE_DRIVER_LOW, (uint32_t)b->driver);
    put(v, VWR_MMIO_QUEUE_DEVICE_LOW, (uint32_t)b->device);
    put(v, VWR_MMIO_QUEUE_READY, 1);
}

static struct vwr_vdev *make(unsigned n, const struct bench_ring *b, const struct vwr_vdev_setup *s,
                             bool disk)
{
    struct vwr_features none = {{0}};

    if (disk)
        return disk_make(s, b->segments - 2u);
    return vwr_vdev_init(&devices[n], &kind, s, &none, 1, NULL, 0) == VWR_OK ? &devices[n] : NULL;
}

/* Reads the registers that a driver must read before it starts a device, and resets the device. */
static void probe(struct vwr_vdev *v)
{
    get(v, VWR_MMIO_MAGIC_VALUE);
    get(v, VWR_MMIO_VERSION);
    get(v, VWR_MMIO_DEVICE_ID);
    put(v, VWR_MMIO_STATUS, VWR_STATUS_RESET);
    get(v, VWR_MMIO_STATUS);
}

/* Accepts all features. Without SEG_MAX, a disk would limit the queue size to the max chain length. */
static void set_features(struct vwr_vdev *v)
{
    for (uint32_t i = 0; i < 2; i++) {
        put(v, VWR_MMIO_DEVICE_FEATURES_SEL, i);
        get(v, VWR_MMIO_DEVICE_FEATURES);
        put(v, VWR_MMIO_DRIVER_FEATURES_SEL, i);
        put(v, VWR_MMIO_DRIVER_FEATURES, v->offered.w[i]);
    }
}

/* Starts a device with its queue at b. */
static void start(unsigned n, struct bench_ring *b, bool disk)
{
    struct vwr_vdev_setup s = {.vm = &vm,
                               .queue = &queues[n],
                               .queue_count = 1,
                               .queue_size = (uint16_t)b->size,
                               .own = own[n],
                               .own_count = b->size};
    struct vwr_vdev *v;
    const uint32_t bits = VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER;

    if (b->packed)
        vwr_features_add(&s.features, VWR_F_RING_PACKED);
    if (b->tables)
        vwr_features_add(&s.features, VWR_F_INDIRECT_DESC);
#ifdef BENCH_MAPPED
    if (n == 0 && b->mappings != 0 && (s.iommu = iommu_make(b)) == NULL)
        die("no IOMMU");
#endif
    v = make(n, b, &s, disk);
    if (v == NULL || vwr_vm_add(&vm, n, v) != VWR_OK)
        die("init");
    if (n == 0)
        b->dev = v;
    if (n == 0 && b->watched != 0)
        watch_begin(v, b->watched);
    probe(v);
    put(v, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE);
    put(v, VWR_MMIO_STATUS, bits);
    set_features(v);
    put(v, VWR_MMIO_STATUS, bits | VWR_STATUS_FEATURES_OK);
    get(v, VWR_MMIO_STATUS);
    set_queue(v, b);
    put(v, VWR_MMIO_STATUS, bits | VWR_STATUS_FEATURES_OK | VWR_STATUS_DRIVER_OK);
    if (!v->live || !v->queue[0].ready)
        die("the device did not start");
}

/* Calls a level again while the device defers work because its budget is exhausted. */
static struct bench_found found_by(struct bench_ring *b, struct bench_found (*level)(struct bench_ring *))
{
    struct bench_found all = {0, 0};

    do {
        struct bench_found some;

        kicks = 0;
        some = level(b);
        all.chains += some.chains;
        all.bytes += some.bytes;
    } while (kicks != 0);
    return all;
}

static void chains(struct bench_ring *b, struct bench_found (*level)(struct bench_ring *), unsigned depth,
                   unsigned batches)
{
    for (unsigned i = 0; i < batches; i++) {
        struct bench_found found;

        for (unsigned n = 0; n < depth; n++)
            driver_add(b);
        found = found_by(b, level);
        if (found.chains != depth || !driver_is_used(b) ||
            (level != serve_measured && level != disk_measured &&
             found.bytes != (uint64_t)driver_written(b) * depth))
            die("a chain was not found, or is not used as it must be");
    }
    printf("count=%u\n", depth * batches);
}

/* A chain that a level has to refuse. */
static void refused(struct bench_ring *b, struct bench_found (*level)(struct bench_ring *), const char *fault)
{
    ops.irq = on_restart; /* a device asks for its reset */
    driver_add(b);
    if (!b->tables || !driver_break(b, fault))
        die("no such fault of a table");
    if (level(b).chains != 0)
        die("a chain was found that is invalid");
    printf("count=0\n");
}

static void requests(struct bench_ring *b, unsigned depth, unsigned batches)
{
    ops.kicked = NULL;
    ops.irq = requests_interrupt;
    disk_keep();
    for (unsigned i = 0; i < batches; i++) {
        for (unsigned n = 0; n < depth; n++)
            driver_add(b);
        requests_measured(&vm, vm.base);
        if (!driver_is_used(b) || slots[0]->interrupt != 0)
            die("a request is not used as it must be");
    }
    if (watch_findings(depth * batches) != 0)
        die("the monitor reports a broken rule, or has missed a request");
    printf("count=%u\n", depth * batches);
}

/*
 * Accesses both registers of each device before counting, because a running device has been accessed before.
 */
static void traps(bool hand, unsigned devices_used, unsigned passes)
{
    uint64_t sum;

    for (unsigned i = 0; i < devices_used; i++) {
        const uint64_t window = vm.base + (uint64_t)i * vm.stride;

        sum = 0;
        (void)vwr_vm_access(&vm, window + VWR_MMIO_QUEUE_NOTIFY, sizeof(uint32_t), true, &sum);
        (void)vwr_vm_access(&vm, window + VWR_MMIO_INTERRUPT_STATUS, sizeof(uint32_t), false, &sum);
    }
    kicks = 0;
    sum = (hand ? hand_traps_measured : traps_measured)(&vm, devices_used, passes);
    if (sum != 2ull * passes || kicks != passes)
        die("a trap had no effect");
    printf("count=%u\n", 2 * passes);
}

/* Writes to the notification register, or to the one that selects a queue. */
static void accesses(const struct bench_ring *b, bool pci, bool notify, unsigned passes)
{
    const unsigned width = pci ? sizeof(uint16_t) : sizeof(uint32_t);
    uint64_t addr = vm.base + (notify ? VWR_MMIO_QUEUE_NOTIFY : VWR_MMIO_QUEUE_SEL);

    if (pci && !pci_start(slots[0], b))
        die("the device did not start on PCI");
    if (pci)
        addr = notify ? pci_structure(VWR_PCI_CAP_NOTIFY_CFG)
                      : pci_structure(VWR_PCI_CAP_COMMON_CFG) + VWR_PCI_COMMON_CFG_QUEUE_SELECT;
    kicks = 0;
    if ((pci ? pci_measured : mmio_measured)(&vm, addr, width, passes) != passes ||
        kicks != (notify ? passes : 0) || slots[0]->stats.ignored != 0)
        die("an access had no effect");
    printf("count=%u\n", passes);
}

/* A disk whose back end holds this many requests. It is interrupted once after each save or load. */
static void states(struct bench_ring *b, bool load, unsigned kept, unsigned passes)
{
    unsigned bytes;

    ops.irq = on_restart;
    disk_keep();
    for (unsigned n = 0; n < kept; n++)
        driver_add(b);
    vwr_vdev_serve(slots[0], 0);
    bytes = states_run(slots[0], load, passes);
    if (bytes == 0 || vwr_vqueue_in_flight(&queues[0]) != kept)
        die("the disk is not as it was");
    printf("count=%u bytes=%u\n", passes, bytes);
}

/* Runs passes over an idle disk, after it has processed a request. */
static void idle(struct bench_ring *b, unsigned passes)
{
    chains(b, disk_measured, 1, 1);
    idle_measured(b->dev, passes);
    printf("count=%u\n", passes);
}

typedef struct bench_found (*chain_level)(struct bench_ring *b);

static chain_level find_level(const char *name)
{
    static const struct {
        const char *name;
        chain_level measured;
    } level[] = {{"hand", hand_measured},
                 {"hand_packed", hand_packed_measured},
                 {"hand_table", hand_table_measured},
                 {"hand_table_packed", hand_table_packed_measured},
                 {"ours", ours_measured},
                 {"serve", serve_measured},
                 {"disk", disk_measured}};

    for (unsigned i = 0; i < VWR_COUNT(level); i++)
        if (strcmp(level[i].name, name) == 0)
            return level[i].measured;
    return NULL;
}

static enum bench_place find_place(const char *name)
{
    static const char *const place[] = {[PLACE_SAME] = "same",
                                        [PLACE_ALTERNATING] = "alternating",
                                        [PLACE_RANDOM] = "random",
                                        [PLACE_APART] = "apart",
                                        [PLACE_RING] = "ring"};

    for (unsigned i = 0; i < VWR_COUNT(place); i++)
        if (strcmp(place[i], name) == 0)
            return (enum bench_place)i;
    die("same|alternating|random|apart|ring");
}

/* Guest memory consists of this many regions; `place` states which ones a chain uses. */
static void set_regions(struct bench_ring *b, unsigned count, const char *place)
{
    const uint64_t last = (count - 1u) * REGION_STEP;

    if (strcmp(place, "mapped") == 0) {
        b->mappings = count;
        return;
    }
    if (count == 0 || count > REGIONS_MAX)
        die("1 to 64 regions");
    for (unsigned i = 0; i < count; i++)
        regions[i] = (struct vwr_memory_region){RAM_ADDR + i * REGION_STEP, RAM_BYTES, ram};
    vm.memory.region = regions;
    vm.memory.region_count = count;
    b->regions = count;
    b->place = find_place(place);
    if (b->place == PLACE_RING) {
        b->desc += last;
        b->driver += last;
        b->device += last;
    }
}

/* Chains with this many segments, in a table or in a ring that has room for 32 chains. */
static void set_shape(struct bench_ring *b, const char *where, unsigned segments)
{
    b->tables = strcmp(where, "table") == 0;
    b->segments = segments;
    b->size = QUEUE;
    while (!b->tables && b->size < segments * 32u && b->size < QUEUE_MAX)
        b->size *= 2u;
    if (segments < SEGMENTS || segments > (b->tables ? SEGMENTS_MAX : QUEUE_MAX / 32u))
        die("ring|table SEGMENTS");
}

/* Arguments: LEVEL split|packed DEPTH BATCHES [ring|table SEGMENTS [FAULT|REGIONS PLACE|MAPPINGS mapped]],
 * traps|hand_traps split DEVICES PASSES, mmio|pci split 0|1 PASSES, save|load split|packed KEPT PASSES, or
 * requests|watched|sampled split|packed DEPTH BATCHES. */
int bench_main(int argc, char **argv)
{
    struct bench_ring b = {.vm = &vm,
                           .queue = &queues[0],
                           .size = QUEUE,
                           .segments = SEGMENTS,
                           .ram = ram,
                           .ram_addr = RAM_ADDR,
                           .ram_bytes = RAM_BYTES,
                           .hand = hand,
                           .regions = 1,
                           .desc = RAM_ADDR,
                           .driver = RAM_ADDR + 0x4000,
                           .device = RAM_ADDR + 0x8000};
    const bool is_whole = argc == 5 || (argc >= 7 && argc <= 9);
    const char *const level = is_whole ? argv[1] : "";
    const unsigned a = is_whole ? (unsigned)atoi(argv[3]) : 0;
    const unsigned many = is_whole ? (unsigned)atoi(argv[4]) : 0;
    const bool is_state = strcmp(level, "save") == 0 || strcmp(level, "load") == 0;
    const bool is_idle = strcmp(level, "idle") == 0;
    const chain_level measured = find_level(level);

    b.packed = is_whole && strcmp(argv[2], "packed") == 0;
    b.watched = strcmp(level, "watched") == 0 ? 1 : strcmp(level, "sampled") == 0 ? SAMPLED : 0;
    b.interrupts = b.watched != 0 || strcmp(level, "requests") == 0;
    b.tables = b.interrupts;
    if (argc > 5 && measured != NULL)
        set_shape(&b, argv[5], (unsigned)atoi(argv[6]));
    if (vwr_vm_init(&vm, &vm_setup) != VWR_OK)
        die("no VM");
    if (argc == 9)
        set_regions(&b, (unsigned)atoi(argv[7]), argv[8]);
    for (unsigned i = 0; i < DEVICES_MAX; i++)
        start(i, &b, i == 0 && (measured == disk_measured || is_state || is_idle || b.interrupts));
    if (measured != NULL && argc == 8)
        refused(&b, measured, argv[7]);
    else if (measured != NULL)
        chains(&b, measured, a, many);
    else if (strcmp(level, "traps") == 0 || strcmp(level, "hand_traps") == 0)
        traps(level[0] == 'h', a, many);
    else if (strcmp(level, "mmio") == 0 || strcmp(level, "pci") == 0)
        accesses(&b, level[0] == 'p', a == 0, many);
    else if (b.interrupts)
        requests(&b, a, many);
    else if (is_state)
        states(&b, level[0] == 'l', a, many);
    else if (is_idle)
        idle(&b, many);
    else
        die("LEVEL split|packed DEPTH BATCHES [ring|table SEGMENTS]");
    return 0;
}
