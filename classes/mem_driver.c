/* SPDX-License-Identifier: MIT */
#include "ends.h"
#include "mem.h"
#include "vwr/mem.h"

/* A user of plugged blocks. */

#define STEP 128u
#define POLLS 200000u /* of an act */

static struct vwr_mem *m;
static uint32_t map[VWR_MEM_WORDS(MEM_BLOCKS)];
static uint8_t used[MEM_BLOCKS];
static const char *wrong; /* what a hook was called for */

static void blocks_change(uint64_t addr, uint64_t bytes, uint8_t now)
{
    for (uint64_t at = addr; at < addr + bytes && bytes % MEM_BLOCK == 0; at += MEM_BLOCK) {
        const uint64_t block = (at - MEM_ADDR) / MEM_BLOCK;

        if (block >= MEM_BLOCKS || used[block] == now) {
            wrong = "a hook is called for blocks in the other state";
            return;
        }
        used[block] = now;
    }
}

static void blocks_use(struct vwr_mem *x, uint64_t addr, uint64_t bytes)
{
    (void)x;
    blocks_change(addr, bytes, 1);
}

static bool blocks_give_back(struct vwr_mem *x, uint64_t addr, uint64_t bytes)
{
    (void)x;
    blocks_change(addr, bytes, 0);
    return true;
}

static void blocks_lost(struct vwr_mem *x, uint64_t addr, uint64_t bytes)
{
    (void)x;
    blocks_change(addr, bytes, 0);
}

static int blocks_open(const struct bench_memory *memory, struct vwr_dev *d, const struct vwr_features *avoid,
                       uint32_t timeout_us)
{
    static const struct vwr_mem_ops ops = {blocks_use, blocks_give_back, blocks_lost};
    struct vwr_mem_options o;

    vwr_zero(&o, sizeof(o));
    vwr_zero(used, sizeof(used));
    wrong = NULL;
    m = (struct vwr_mem *)memory->own;
    o.shared = (struct vwr_mem_shared *)memory->shared;
    o.ops = &ops;
    o.map = map;
    o.map_count = VWR_COUNT(map);
    o.step = STEP;
    o.avoid = *avoid;
    o.request.timeout_us = timeout_us;
    return vwr_mem_open(m, d, &o);
}

/* The map is what the hooks were called for. */
static bool is_right(void)
{
    bool right = wrong == NULL && !vwr_mem_is_in_use(m, MEM_BLOCKS);

    for (uint32_t i = 0; i < MEM_BLOCKS && m->block_bytes == MEM_BLOCK; i++)
        right = right && vwr_mem_is_in_use(m, i) == (used[i] != 0);
    return right;
}

/* Polls until nothing is in flight. */
static int follow(void)
{
    int r = 1;

    for (unsigned i = 0; i < POLLS && r == 1; i++) {
        r = vwr_mem_poll(m);
        if (r == 1 && !vwr_mem_arm(m))
            continue; /* it may have been answered */
    }
    return r != 1 && !is_right() ? BENCH_WRONG : r;
}

static int blocks_act(unsigned first, unsigned count, unsigned *done)
{
    const int r = follow();

    (void)first;
    (void)count;
    *done = r == VWR_OK;
    return r;
}

/* There is no such block. */
static bool blocks_refuses(unsigned number)
{
    (void)number;
    return !vwr_mem_is_in_use(m, UINT32_MAX);
}

static const char *blocks_call(uint32_t (*below)(uint32_t), void *model, uint32_t most)
{
    (void)model;
    (void)most;
    if (below(4) == 0 && vwr_mem_arm(m) && vwr_get_stage(&m->bringup) != VWR_STAGE_RUNNING)
        return "an interrupt is enabled on a device that does not run";
    if (vwr_mem_poll(m) > 1)
        return "a result that is neither right nor an error";
    if (m->plugged == 0 && !vwr_mem_may_suspend(m))
        return "nothing is plugged, and the system may not be suspended";
    return is_right() ? NULL : "the map differs from what the hooks were called for";
}

/* A poll compares the blocks after a recovery. */
static int blocks_take(void *model)
{
    const int r = vwr_mem_poll(m);

    (void)model;
    return r == 1 || r == VWR_EBUSY ? 0 : r;
}

static bool blocks_is_idle(void)
{
    return !vwr_req_is_in_flight(&m->call.call.req);
}

static size_t blocks_explain(char *text, size_t bytes)
{
    return vwr_mem_explain(m, text, bytes);
}

const struct bench_driver bench_mem_driver = {
    .shapes = &bench_mem_shapes,
    .steps = &vwr_mem_bringup,
    .shared_bytes = sizeof(struct vwr_mem_shared),
    .data_bytes = 1,
    .model_bytes = 1,
    .calls = 24,
    .open = blocks_open,
    .act = blocks_act,
    .refuses = blocks_refuses,
    .refusals = 1,
    .call = blocks_call,
    .take = blocks_take,
    .is_idle = blocks_is_idle,
    .explain = blocks_explain,
};
