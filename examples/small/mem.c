/* SPDX-License-Identifier: MIT */
/* Memory that the host plugs: takes as much as it wants to give, for a second, and gives it back. */
#include "board.h"
#include "vwr/gen/ids.h"
#include "vwr/mem.h"
#include "vwr/wait.h"

#define BLOCKS 4096u /* as many as the region may have */
#define WAIT_US 1000000u

static struct vwr_mem_shared shared; /* shared with the device */
static struct vwr_mem mem;           /* private; the device must not access it */
static uint32_t map[VWR_MEM_WORDS(BLOCKS)];
static struct vwr_mmio mmio;

/* Here an allocator would get the memory. */
static void use(struct vwr_mem *m, uint64_t addr, uint64_t bytes)
{
    (void)m;
    say_number("memory at", addr);
    say_number("bytes", bytes);
}

/* An allocator agrees if nothing in this block is in use. */
static bool give_back(struct vwr_mem *m, uint64_t addr, uint64_t bytes)
{
    (void)m;
    (void)bytes;
    say_number("returned memory at", addr);
    return true;
}

static int follow(void)
{
    struct vwr_wait wait;
    int r;

    vwr_wait_begin(&wait, WAIT_US);
    do
        r = vwr_mem_poll(&mem);
    while (r >= VWR_OK && vwr_wait_more(&wait));
    return r < 0 ? r : VWR_OK;
}

int example(void)
{
    static const struct vwr_mem_ops ops = {.use = use, .give_back = give_back};
    const struct vwr_mem_options options = {
        .shared = &shared, .ops = &ops, .map = map, .map_count = VWR_COUNT(map)};
    int r = board_find(&mmio, VWR_ID_MEM);

    if (r == VWR_OK)
        r = vwr_mem_open(&mem, &mmio.dev, &options);
    if (r != VWR_OK)
        return r;
    r = follow();
    say_number("plugged bytes", mem.plugged);
    return vwr_close(&mem.bringup) != VWR_OK ? VWR_ETIMEOUT : r;
}
