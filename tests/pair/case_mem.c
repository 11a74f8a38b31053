/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "ram.h"
#include "suspend.h"
#include "vmm.h"

#include "vwr/mem.h"
#include "vwr/vmem.h"
#include "../common/random.h"

#include <string.h>

/*
 * Memory that the VMM gives and takes, with our driver: sizes at random, blocks that the guest keeps, a VMM
 * that has no memory, a table of runs that is too small. Both ends have the same blocks whenever the driver
 * has nothing to do. The device is suspended, and fails meanwhile: it keeps its blocks.
 */

#define SLOT 2u
#define QUEUE_SIZE 8u
#define BLOCK UINT64_C(0x10000)
#define BLOCKS ((unsigned)(RAM_HIGH_BYTES / BLOCK))
#define RUNS 6u
#define SIZES 12u

static struct {
    struct vwr_vmem device;
    struct vwr_vqueue queue[1];
    struct vwr_vqueue_entry own[QUEUE_SIZE];
    struct vwr_memory_span run[2 * RUNS];
    union vmm_end end;
    struct vwr_mem driver;
    struct vwr_mem_options options;
    uint32_t map[VWR_MEM_WORDS(BLOCKS)];
    bool there[BLOCKS]; /* from the VMM's point of view */
    bool used[BLOCKS];  /* and from the guest's */
    bool keeps[BLOCKS];
    bool full;
    bool waits; /* for vwr_vmem_settle() */
} mem;

static uint64_t state;

static void mark(bool *blocks, uint64_t addr, uint64_t bytes, bool now)
{
    for (uint64_t at = addr; at < addr + bytes; at += BLOCK) {
        const uint64_t block = (at - RAM_HIGH_BASE) / BLOCK;

        CHECK(block < BLOCKS && blocks[block] != now);
        blocks[block] = now;
    }
}

static int plug(struct vwr_vmem *m, const struct vwr_memory_region *r)
{
    CHECK(m == &mem.device);
    if (vwr_vmem_dev(m)->loaded) { /* the VMM has these */
        for (uint64_t at = 0; at < r->bytes; at += BLOCK)
            CHECK(mem.there[(r->addr + at - RAM_HIGH_BASE) / BLOCK]);
        return VWR_OK;
    }
    if (mem.full)
        return VWR_EFULL;
    mark(mem.there, r->addr, r->bytes, true);
    return VWR_OK;
}

static void unplug(struct vwr_vmem *m, const struct vwr_memory_region *r)
{
    CHECK(m == &mem.device && vwr_memory_ptr(&vmm.memory, r->addr, r->bytes) == NULL);
    mark(mem.there, r->addr, r->bytes, false);
}

static void unplugging(struct vwr_vmem *m)
{
    CHECK(m == &mem.device);
    mem.waits = true;
}

static void use(struct vwr_mem *m, uint64_t addr, uint64_t bytes)
{
    CHECK(m == &mem.driver);
    mark(mem.used, addr, bytes, true);
}

static bool give_back(struct vwr_mem *m, uint64_t addr, uint64_t bytes)
{
    const bool gives = !mem.keeps[(addr - RAM_HIGH_BASE) / BLOCK];

    CHECK(m == &mem.driver && bytes == BLOCK);
    if (gives)
        mark(mem.used, addr, bytes, false);
    return gives;
}

static void lose(struct vwr_mem *m, uint64_t addr, uint64_t bytes)
{
    (void)m;
    (void)addr;
    CHECK(bytes == 0); /* the device keeps its blocks */
}

/* Polls until the driver has nothing to do. */
static int poll_all(void)
{
    unsigned polls = 0;
    int r;

    while ((r = vwr_mem_poll(&mem.driver)) == 1) {
        CHECK(++polls < 10000);
        vmm_run_until_idle();
        if (mem.waits) {
            mem.waits = false;
            CHECK_NUMBER(vwr_vmem_settle(&mem.device), VWR_OK);
        }
    }
    return r;
}

/* The same where the device may be busy: its table of runs is full while a block is between two others. */
static int poll_again(void)
{
    int r = poll_all();

    for (unsigned i = 0; i < BLOCKS && r == VWR_EBUSY; i++)
        r = poll_all();
    return r;
}

static void all_agree(void)
{
    uint64_t bytes = 0;

    for (unsigned i = 0; i < BLOCKS; i++) {
        const uint64_t at = RAM_HIGH_BASE + i * BLOCK;

        CHECK(mem.there[i] == mem.used[i] && vwr_mem_is_in_use(&mem.driver, i) == mem.used[i]);
        CHECK((vwr_memory_ptr(&vmm.memory, at, BLOCK) != NULL) == mem.there[i]);
        bytes += mem.there[i] ? BLOCK : 0;
    }
    CHECK(mem.device.plugged == bytes && mem.driver.plugged == bytes);
    CHECK_AT_MOST(mem.device.runs, RUNS);
}

static void one_size(void)
{
    const uint64_t bytes = random_below(&state, BLOCKS + 1) * BLOCK;
    int r;

    for (unsigned i = 0; i < BLOCKS; i++)
        mem.keeps[i] = random_below(&state, 8) == 0;
    mem.full = random_below(&state, 8) == 0;
    CHECK_NUMBER(vwr_vmem_resize(&mem.device, bytes), VWR_OK);
    r = poll_all();
    CHECK(r == VWR_OK || r == VWR_EBUSY);
    CHECK(r != VWR_OK || mem.driver.plugged == bytes);
    all_agree();
    mem.full = false;
    memset(mem.keeps, 0, sizeof(mem.keeps));
    CHECK_NUMBER(poll_again(), VWR_OK);
    CHECK(mem.driver.plugged == bytes);
    all_agree();
}

/* With a request in flight, which the device may have executed. */
static void fail_and_recover(void)
{
    int r;

    CHECK_NUMBER(vwr_vmem_resize(&mem.device, random_below(&state, BLOCKS + 1) * BLOCK), VWR_OK);
    r = vwr_mem_poll(&mem.driver);
    CHECK(r == 1 || r == VWR_OK);
    vmm_may_break = true;
    vwr_vdev_needs_reset(vwr_vmem_dev(&mem.device));
    vmm_may_break = false;
    CHECK_NUMBER(vwr_dev_check(&mem.end.dev), VWR_ENEEDSRESET);
    while ((r = vwr_recover(&mem.driver.bringup)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
    mem.waits = false;
    CHECK_NUMBER(poll_again(), VWR_OK);
    all_agree();
}

static void run_mem(unsigned kind, bool deferred, bool later, unsigned sizes)
{
    static const struct vwr_mem_ops driver_ops = {use, give_back, lose};
    static const struct vwr_vmem_ops ops[] = {{.give = plug, .discard = unplug}, {plug, unplug, unplugging}};
    const struct vwr_vmem_options o = {.ops = &ops[later],
                                       .addr = RAM_HIGH_BASE,
                                       .bytes = BLOCKS * BLOCK,
                                       .block_bytes = BLOCK,
                                       .extra = 4 * BLOCK,
                                       .runs = mem.run,
                                       .run_count = VWR_COUNT(mem.run)};
    struct vwr_vdev_setup s = {.vm = &vmm,
                               .line = SLOT,
                               .queue = mem.queue,
                               .queue_count = 1,
                               .own = mem.own,
                               .own_count = QUEUE_SIZE,
                               .queue_size = QUEUE_SIZE};

    vmm_begin(deferred);
    memset(&mem, 0, sizeof(mem));
    s.legacy = (kind & DISK_LEGACY) != 0;
    disk_offer(&s.features, kind);
    disk_avoid(&mem.options.avoid, kind);
    CHECK_NUMBER(vwr_vmem_init_with(&mem.device, &s, &o), VWR_OK);
    vmm_add(SLOT, vwr_vmem_dev(&mem.device));
    ram_reset();
    mem.options.ops = &driver_ops;
    mem.options.shared = ram_alloc_ring(sizeof(*mem.options.shared));
    mem.options.map = mem.map;
    mem.options.map_count = VWR_COUNT(mem.map);
    mem.options.step = 1 + random_below(&state, 8);
    CHECK_NUMBER(vmm_find(&mem.end, SLOT), VWR_OK);
    CHECK_NUMBER(vwr_mem_open(&mem.driver, &mem.end.dev, &mem.options), VWR_OK);
    disk_check_features(&mem.end.dev, vwr_vmem_dev(&mem.device), kind);
    for (unsigned i = 0; i < sizes; i++) {
        one_size();
        if (i % 4 == 0)
            suspend_check(&mem.end.dev, vwr_vmem_dev(&mem.device));
        if (i % 4 == 2)
            fail_and_recover();
    }
    CHECK_NUMBER(vwr_close(&mem.driver.bringup), VWR_OK);
    CHECK_NUMBER(vwr_vmem_unplug_all(&mem.device), VWR_OK);
    CHECK_NUMBER(mem.device.plugged, 0);
}

void case_mem(unsigned kind, unsigned scale)
{
    state = 1 + kind;
    for (unsigned i = 0; i < 4; i++)
        run_mem(kind, i % 2 != 0, i / 2 != 0, SIZES * scale / 4);
}
