/* SPDX-License-Identifier: MIT */
#include "explore.h"

#include <stdio.h>
#include <string.h>

#include "../../../runtime/device/mem/vmem_common.h"
#include "vwr/memory.h"

/*
 * A memory device (the second thread) replaces its table of runs while another device of the VM (the first)
 * searches it without a lock. Entries, counts and `now` are modelled memory.
 */

#define CALLS 2u
#define MOST 3u /* runs of a table */
#define BLOCKS 16u
#define SHIFT 12u /* log2 of the size of a block */
#define PUBLICATIONS 8u

/*
 * What the memory device does. After a cut or a clear, it locks each other device in turn, as vwr_vm_uses()
 * does. A cancel makes the table before the current one again. A refused run does not fit into the table.
 */
enum kind { END, ADD, CUT, CLEAR, CANCEL, REFUSED };

struct change {
    enum kind kind;
    struct vwr_memory_span run;
};

static const struct story {
    const char *name;
    struct change change[5];
    bool unlocked; /* the memory device does not lock the other devices */
    bool fails;
} stories[] = {
    {"blocks add cut", {{ADD, {4, 2}}, {CUT, {6, 2}}}, false, false},
    {"blocks add clear add", {{ADD, {3, 1}}, {CLEAR, {0, 0}}, {ADD, {5, 3}}}, false, false},
    {"blocks cut cancel add", {{CUT, {1, 6}}, {CANCEL, {0, 0}}, {ADD, {8, 1}}}, false, false},
    {"blocks add refused cut", {{ADD, {8, 1}}, {REFUSED, {14, 1}}, {CUT, {2, 6}}}, false, false},
    {"blocks, the other devices are not locked", {{CUT, {6, 2}}}, true, true},
};

static const struct story *story;

static const struct vwr_memory_span runs[] = {{1, 2}, {6, 2}, {10, 2}}; /* at first */
static const uint32_t asked[] = {2, 7, 11};

static const struct vwr_memory_region region = {0x100000, (uint64_t)BLOCKS << SHIFT, NULL};

static struct world {
    struct vwr_vmem device;
    struct vwr_memory memory;
    uint32_t first;               /* `now`, before there are threads */
    uint32_t table[PUBLICATIONS]; /* one bit for each plugged block */
    unsigned begun;               /* publications, */
    unsigned settled;             /* after which the other devices have been locked */
} world;

/* --- both: the lock of the device that searches --- */

/* No barrier of the library: it is not removed. */
static void lock(void)
{
    static struct explore_site site = {__FILE__, "lock", __LINE__, EXPLORE_MB, EXPLORE_WHOLE, false};

    explore_mb(&site);
}

/* --- the device that searches --- */

static bool is_plugged(uint32_t table, uint32_t block)
{
    return block < BLOCKS && (table >> block & 1u) != 0;
}

/* Whether `found` is the run of the block; without blocks: it is not plugged. */
static bool is_run(uint32_t table, uint32_t block, const struct vwr_memory_span *found)
{
    uint32_t first = block, end = block;

    while (is_plugged(table, end))
        end++;
    while (end != block && is_plugged(table, first - 1u))
        first--;
    return found->count == end - first && (found->count == 0 || found->first == first);
}

static void check_run(uint32_t block, const struct vwr_memory_span *found, unsigned least)
{
    for (unsigned i = least; i <= world.begun; i++)
        if (is_run(world.table[i], block, found))
            return;
    search_fail("torn or stale: the run of block %u has %u blocks from %u on, as in none of tables %u to %u",
                block, found->count, found->first, least, world.begun);
}

/* The number of the oldest table that may still be current for this device. */
static unsigned least_table(void)
{
    const unsigned seen = memory_oldest32(&world.device.blocks.now) - world.first;

    return seen > world.settled ? seen : world.settled;
}

static void search_blocks(void)
{
    for (unsigned i = 0; i < CALLS; i++) {
        const uint32_t block = asked[search_choose(VWR_COUNT(asked))];
        struct vwr_memory_span found = {0, 0};
        uint64_t begin, room;
        unsigned least;

        lock();
        least = least_table();
        search_say(NULL, "asks for block %u", block);
        room = vwr_memory_room(&world.memory, &region, region.addr + ((uint64_t)block << SHIFT), &begin);
        if (room != 0) {
            found.first = (uint32_t)((begin - region.addr) >> SHIFT);
            found.count = (uint32_t)(room >> SHIFT);
        }
        check_run(block, &found, least);
    }
}

/* --- the memory device --- */

static uint32_t bits(const struct vwr_memory_span *run)
{
    return (((uint32_t)1 << run->count) - 1u) << run->first;
}

/* Writes the other table. Returns the blocks that are in it. */
static uint32_t write_table(const struct change *c)
{
    struct vwr_vmem *const m = &world.device;
    const uint32_t blocks = world.table[world.begun];
    bool fits = true;

    switch (c->kind) {
    case ADD:
        fits = vwr_vmem_add_(m, &c->run);
        break;
    case CUT:
        fits = vwr_vmem_cut_(m, &c->run);
        break;
    case CLEAR:
        fits = vwr_vmem_clear_(m);
        break;
    case REFUSED:
        fits = !vwr_vmem_add_(m, &c->run);
        break;
    case CANCEL:
    case END:
    default:
        break;
    }
    if (!fits)
        search_fail("a table of %u runs is too small, or is not", MOST);
    return c->kind == ADD      ? blocks | bits(&c->run)
           : c->kind == CUT    ? blocks & ~bits(&c->run)
           : c->kind == CANCEL ? world.table[world.begun - 1u]
                               : 0;
}

static void publish(uint32_t blocks)
{
    world.table[world.begun + 1u] = blocks;
    vwr_vmem_publish_(&world.device);
}

/* A table is current from the store of its number on. */
static void ring_store(const void *p, unsigned bytes)
{
    (void)bytes;
    world.begun += p == &world.device.blocks.now;
}

static void change_blocks(void)
{
    for (const struct change *c = story->change; c->kind != END; c++) {
        const uint32_t blocks = write_table(c);

        if (c->kind == REFUSED)
            continue;
        publish(blocks);
        if (c->kind != CUT && c->kind != CLEAR)
            continue;
        if (!story->unlocked)
            lock();
        world.settled = world.begun;
    }
}

/* --- all --- */

/* Only the memory device stores there, by vwr/ring.h, and loads its own stores. */
static void plain(const void *p, unsigned bytes, bool is_write)
{
    if (!memory_is_modelled(p))
        return;
    if (is_write || search_me == DRIVER)
        search_fail("a plain %s of the table, not by vwr/ring.h", is_write ? "store" : "load");
    memory_show(p, bytes);
}

static void start_device(void)
{
    struct vwr_vmem *const m = &world.device;
    struct vwr_memory_blocks *const b = &m->blocks;

    m->most = MOST;
    b->addr = region.addr;
    b->bytes = region.bytes;
    b->shift = SHIFT;
    b->table[0] = (void *)memory;
    b->table[1] = b->table[0] + MOST;
    b->now = UINT32_MAX - (uint32_t)VWR_COUNT(runs); /* it wraps at the first change */
    for (unsigned i = 0; i < VWR_COUNT(runs); i++) {
        if (!vwr_vmem_add_(m, &runs[i]))
            search_fail("the first runs do not fit");
        vwr_vmem_publish_(m);
        world.table[0] |= bits(&runs[i]);
    }
    world.first = b->now;
    memory_set_also(b->count, sizeof(b->count) + sizeof(b->now));
}

static void start(void)
{
    const struct machine m = {.releases = true, .plain = plain, .ring_store = ring_store};

    machine_start(&m);
    memset(memory, 0, sizeof(memory));
    memset(&world, 0, sizeof(world));
    world.memory.region = &region;
    world.memory.region_count = 1;
    world.memory.blocks = &world.device.blocks;
    start_device();
}

static void stuck(void)
{
    search_fail("a thread waits");
}

static void name(const void *p, unsigned bytes, char *text, size_t size)
{
    const struct vwr_memory_blocks *const b = &world.device.blocks;
    const size_t at = (size_t)((const uint8_t *)p - memory);
    const size_t entry = at / sizeof(struct vwr_memory_span);

    (void)bytes;
    if (p == &b->now)
        (void)snprintf(text, size, "now");
    else if (at >= MEMORY_BYTES)
        (void)snprintf(text, size, "count[%u]", p != b->count);
    else
        (void)snprintf(text, size, "table[%u][%u].%s", (unsigned)(entry / MOST), (unsigned)(entry % MOST),
                       at % sizeof(struct vwr_memory_span) == 0 ? "first" : "count");
}

static const struct program program = {start, {search_blocks, change_blocks}, NULL, stuck, name};

static bool fails(char *where, size_t bytes)
{
    struct outcome o;

    for (unsigned i = 0; i < VWR_COUNT(stories); i++) {
        story = &stories[i];
        if (story->fails)
            continue;
        search(&program, (struct bound){2, WITHOUT_BOUND}, 0, &o);
        if (o.failed) {
            (void)snprintf(where, bytes, "%s: %s", story->name, o.what);
            return true;
        }
    }
    return false;
}

/* No barrier of these files escapes from the controls. */
static bool all_are_reached(void)
{
    bool good = true;

    for (unsigned i = 0; i < sites_count(); i++) {
        const struct explore_site *const site = sites_get(i);

        if ((strcmp(sites_file(site), "vwr_memory.c") != 0 &&
             strcmp(sites_file(site), "vwr_vmem_runs.c") != 0) ||
            sites_is_reached(i))
            continue;
        (void)printf("the barrier in %s (%s:%d): NOT REACHED\n", site->function, sites_file(site),
                     site->line);
        good = false;
    }
    return good;
}

bool blocks_run(struct bound bound)
{
    bool good = true;

    for (unsigned i = 0; i < VWR_COUNT(stories); i++) {
        story = &stories[i];
        good = search_run(&program, story->name, bound, story->fails) && good;
    }
    good = sites_are_needed(fails) && good;
    return all_are_reached() && good;
}
