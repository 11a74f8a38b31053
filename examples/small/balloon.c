/* SPDX-License-Identifier: MIT */
/*
 * A balloon: pages of an array, which stands for an allocator, go to the hypervisor as far as it wants them,
 * and come back when it does not want them any more.
 */
#include "board.h"
#include "vwr/balloon.h"
#include "vwr/gen/ids.h"
#include "vwr/wait.h"

#define PAGES 64u
#define WAIT_US 10000000u

static uint8_t memory[PAGES][VWR_BALLOON_PAGE] __attribute__((aligned(VWR_BALLOON_PAGE)));
static bool given[PAGES];
static struct vwr_balloon_shared shared; /* shared with the device */
static struct vwr_balloon balloon;       /* private; the device must not access it */
static uint32_t list[PAGES];
static struct vwr_mmio mmio;

static uint32_t number(unsigned i)
{
    return (uint32_t)((uintptr_t)memory[i] / VWR_BALLOON_PAGE);
}

static int give(uint32_t n)
{
    uint32_t pages[PAGES];
    uint32_t count = 0;

    for (unsigned i = 0; i < PAGES && count < n; i++)
        if (!given[i]) {
            given[i] = true;
            pages[count++] = number(i);
        }
    return vwr_balloon_inflate(&balloon, pages, count);
}

/* 0: the pages leave when the device has confirmed it, at a later call. */
static int take(void)
{
    uint32_t pages[PAGES];
    const int n = vwr_balloon_deflate(&balloon, pages, PAGES);

    for (int i = 0; i < n; i++)
        given[pages[i] - number(0)] = false;
    return n;
}

int example(void)
{
    const struct vwr_balloon_options options = {.shared = &shared, .pages = list, .capacity = PAGES};
    uint32_t most = 0; /* pages that were in the balloon */
    struct vwr_wait wait;
    int r = board_find(&mmio, VWR_ID_BALLOON);

    if (r == VWR_OK)
        r = vwr_balloon_open(&balloon, &mmio.dev, &options);
    if (r != VWR_OK)
        return r;
    say_ring(&mmio.dev);
    vwr_wait_begin(&wait, WAIT_US);
    while (r >= 0 && (most == 0 || balloon.known != 0) && vwr_wait_more(&wait)) {
        r = vwr_balloon_poll(&balloon);
        most = balloon.known > most ? balloon.known : most;
        if (r == VWR_OK && vwr_balloon_wanted(&balloon) != 0)
            r = give(vwr_balloon_wanted(&balloon));
        else if (r == VWR_OK && vwr_balloon_surplus(&balloon) != 0)
            r = take();
    }
    say_number("pages that the hypervisor took:", most);
    say_number("pages that it has kept:", balloon.known);
    return vwr_balloon_close(&balloon) != VWR_OK ? VWR_ETIMEOUT : r < 0 ? r : VWR_OK;
}
