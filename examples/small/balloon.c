/* SPDX-License-Identifier: MIT */
/*
 * A balloon: pages of an array, which stands for an allocator, go to the hypervisor as far as it wants them,
 * and come back when it does not want them any more. The example fails if one of them does not.
 */
#include "board.h"
#include "vwr/balloon.h"
#include "vwr/gen/ids.h"
#include "vwr/wait.h"

#define PAGES 64u
#define WAIT_US 10000000u

static uint8_t memory[PAGES][VWR_BALLOON_PAGE] __attribute__((aligned(VWR_BALLOON_PAGE)));
static uint32_t ours[PAGES]; /* the allocator: numbers of free pages */
static uint32_t count;
static struct vwr_balloon_shared shared; /* shared with the device */
static struct vwr_balloon balloon;       /* private; the device must not access it */
static uint32_t list[PAGES];
static struct vwr_mmio mmio;

/* One pass of the loop: reads what the hypervisor wants, and does it. */
static int follow(void)
{
    int r = vwr_balloon_poll(&balloon);

    /* A page that is leaving counts as surplus. It comes back when the device has confirmed that. */
    if (r == VWR_OK && vwr_balloon_surplus(&balloon) != 0) {
        r = vwr_balloon_deflate(&balloon, ours + count, PAGES - count);
        count += r > 0 ? (uint32_t)r : 0;
    }
    while (r >= 0 && count != 0 && vwr_balloon_wanted(&balloon) != 0) {
        r = vwr_balloon_inflate(&balloon, &ours[count - 1], 1);
        if (r <= 0)
            break;
        count--;
    }
    return r;
}

int example(void)
{
    const struct vwr_balloon_options options = {.shared = &shared, .pages = list, .page_count = PAGES};
    uint32_t most = 0; /* pages that were in the balloon */
    struct vwr_wait wait;
    int r = board_find(&mmio, VWR_ID_BALLOON);

    if (r == VWR_OK)
        r = vwr_balloon_open(&balloon, &mmio.dev, &options);
    if (r != VWR_OK)
        return r;
    say_ring(&mmio.dev);
    for (; count < PAGES; count++)
        ours[count] = (uint32_t)((uintptr_t)memory[count] / VWR_BALLOON_PAGE);
    vwr_wait_begin(&wait, WAIT_US);
    while (r >= 0 && (most == 0 || count != PAGES) && vwr_wait_more(&wait)) {
        r = follow();
        most = balloon.known > most ? balloon.known : most;
    }
    say_number("pages that the hypervisor took:", most);
    say_number("pages that it has kept:", PAGES - count);
    if (r >= 0 && (most == 0 || count != PAGES))
        r = VWR_ETIMEOUT;
    return vwr_close(&balloon.bringup) != VWR_OK ? VWR_ETIMEOUT : r < 0 ? r : VWR_OK;
}
