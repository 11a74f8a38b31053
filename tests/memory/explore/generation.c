/* SPDX-License-Identifier: MIT */
#include "explore.h"

#include <stdio.h>
#include <string.h>

#include "vwr/gen/blk.h"
#include "vwr/mmio.h"
#include "vwr/vblk.h"
#include "vwr/vm.h"
#include "vwr/vmmio.h"

/*
 * A driver reads the capacity of a disk, which is wider than an access, while the VMM resizes the disk. Each
 * access of the driver traps; the other thread may run before it, and before each plain access of the device
 * to its configuration and its generation.
 */

#define RESIZES 2u
#define READS 2u

static const struct race {
    const char *name;
    bool locks;
    bool reads_once; /* the driver: not the generation, before and after */
    bool keeps;      /* the device: the generation, whatever changes */
    bool fails;
} races[] = {
    {"generation", true, false, false, false},
    {"generation, not read by the driver", true, true, false, true},
    {"generation, not incremented", true, false, true, true},
    {"generation, without the lock of the device", false, false, false, true},
};

static const struct race *race;

/* Both words of each capacity differ from those of all others. */
static const uint64_t capacities[RESIZES + 1u] = {0x100000001, 0x200000002, 0x300000003};

static struct world {
    struct vwr_vblk disk;
    struct vwr_mmio mmio;
    struct vwr_vqueue queue;
    struct vwr_vqueue_entry own[VWR_VDEV_OWN(1, 2)];
    struct vwr_vblk_req req;
    struct vwr_vseg seg[3];
    unsigned begun; /* resizes, */
    unsigned done;
} world;

static uint8_t registers[VWR_MMIO_SIZE];

static uint32_t read_register(const volatile void *reg, unsigned bytes)
{
    const uint64_t offset = (uint64_t)((const volatile uint8_t *)reg - registers);
    uint64_t value = 0;

    if (search_me != NOBODY)
        search_point();
    (void)vwr_vmmio_access(&world.disk.dev, offset, bytes, false, &value);
    search_say(NULL, "reads  register %#llx = %#llx", (unsigned long long)offset, (unsigned long long)value);
    return (uint32_t)value;
}

/* The lock keeps the other thread from running in between. */
static void plain(const void *p, unsigned bytes, bool is_write)
{
    const uint8_t *const at = p;
    const uint8_t *const config = (const uint8_t *)&world.disk.config.capacity;

    if ((at - config >= 0 && at < config + sizeof(world.disk.config.capacity)) ||
        p == &world.disk.dev.generation) {
        search_say(NULL, "%s %u bytes of the %s", is_write ? "stores" : "loads ", bytes,
                   p == &world.disk.dev.generation ? "generation" : "capacity");
        search_point();
    }
}

/* --- the driver --- */

static void read_capacity(const struct vwr_config *c, void *into)
{
    *(uint64_t *)into = vwr_blk_config_get_capacity(c);
}

/* A capacity that the disk had at some time during the read. */
static void check_capacity(uint64_t capacity, unsigned least)
{
    for (unsigned i = least; i <= world.begun; i++)
        if (capacities[i] == capacity)
            return;
    search_fail("torn or stale configuration: a capacity of %#llx, which the disk never had or no longer has",
                (unsigned long long)capacity);
}

static void driver(void)
{
    struct vwr_dev *const d = &world.mmio.dev;

    for (unsigned i = 0; i < READS; i++) {
        const unsigned least = world.done;
        uint64_t capacity = 0;

        if (race->reads_once)
            read_capacity(&d->config, &capacity);
        else if (vwr_dev_read_config(d, read_capacity, &capacity, sizeof(capacity)) != VWR_OK)
            search_fail("the driver gives up after %u resizes", RESIZES);
        check_capacity(capacity, least);
    }
}

/* --- the device --- */

static void device(void)
{
    for (unsigned i = 1; i <= RESIZES; i++) {
        const uint32_t before = world.disk.dev.generation;

        search_say(NULL, "resizes the disk to %#llx", (unsigned long long)capacities[i]);
        world.begun = i;
        if (vwr_vblk_resize(&world.disk, capacities[i]) != VWR_OK)
            search_fail("the disk is not resized");
        if (race->keeps)
            world.disk.dev.generation = before;
        world.done = i;
    }
}

/* --- both --- */

static int submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    (void)be;
    (void)r;
    return VWR_EIO;
}

static void start(void)
{
    static const struct vwr_vblk_backend_ops ops = {.submit = submit};
    static struct vwr_vblk_backend backend = {.ops = &ops, .sectors = UINT64_MAX, .block_bytes = 512};
    static struct vwr_vm vm;
    const struct vwr_vm_setup of_vm = {.ops = race->locks ? &machine_ops_with_lock : &machine_ops,
                                       .region = &machine_region,
                                       .region_count = 1};
    const struct machine m = {.read = read_register, .plain = plain};
    const struct vwr_vblk_options options = {.backend = &backend,
                                             .sectors = capacities[0],
                                             .req = &world.req,
                                             .req_count = 1,
                                             .seg = world.seg,
                                             .seg_count = sizeof(world.seg) / sizeof(world.seg[0])};
    const struct vwr_vdev_setup setup = {.vm = &vm,
                                         .queue = &world.queue,
                                         .queue_count = 1,
                                         .queue_size = 2,
                                         .own = world.own,
                                         .own_count = VWR_COUNT(world.own)};

    memset(&world, 0, sizeof(world));
    machine_start(&m);
    if (vwr_vm_init(&vm, &of_vm) != VWR_OK || vwr_vblk_init_with(&world.disk, &setup, &options) != VWR_OK ||
        vwr_mmio_probe(&world.mmio, registers, sizeof(registers)) != VWR_OK)
        search_fail("there is no disk");
}

static void stuck(void)
{
    search_fail("driver and device wait for the lock of the device");
}

static const struct program program = {start, {driver, device}, NULL, stuck, NULL};

bool generation_run(struct bound bound)
{
    bool good = true;

    for (unsigned i = 0; i < sizeof(races) / sizeof(races[0]); i++) {
        race = &races[i];
        good = search_run(&program, race->name, bound, race->fails) && good;
    }
    return good;
}
