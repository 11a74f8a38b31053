/* SPDX-License-Identifier: MIT */
/* The balloon: gives pages of a pool to the host and takes them back, as the host wants; and statistics. */
#include "vwr/balloon.h"
#include "part.h"
#include "uart.h"
#include "vwr/gen/ids.h"

#define POOL_PAGES 64u
#define MEMORY_BYTES 0x123456789000ull /* made up: that the host gets it in the right order */

static struct vwr_balloon_shared shared;
static struct vwr_balloon balloon;
static uint32_t listed[POOL_PAGES]; /* in the balloon */
static uint32_t spare[POOL_PAGES];  /* numbers of the pages that are not */
static unsigned spares;
static uint32_t said;
static uint8_t pool[POOL_PAGES][VWR_BALLOON_PAGE] __attribute__((aligned(VWR_BALLOON_PAGE)));

static int balloon_open(struct vwr_dev *d)
{
    const struct vwr_balloon_options options = {
        .shared = &shared, .pages = listed, .page_count = POOL_PAGES, .statistics = true};

    for (spares = 0; spares < POOL_PAGES; spares++)
        spare[spares] = (uint32_t)((uintptr_t)pool[spares] / VWR_BALLOON_PAGE);
    return vwr_balloon_open(&balloon, d, &options);
}

static int balloon_show(void)
{
    return VWR_OK;
}

static int balloon_statistics(void)
{
    const struct vwr_balloon_stats stats = {.value = {[VWR_BALLOON_S_MEMTOT] = MEMORY_BYTES},
                                            .known = 1u << VWR_BALLOON_S_MEMTOT};

    return vwr_balloon_wants_stats(&balloon) ? vwr_balloon_send_stats(&balloon, &stats) : VWR_OK;
}

/* Gives spare pages, or takes pages back. Returns their number; 0: nothing is to be done now. */
static int balloon_move(void)
{
    const uint32_t wanted = vwr_balloon_wanted(&balloon);
    const uint32_t n = wanted < spares ? wanted : spares;
    int r = 0;

    if (vwr_balloon_surplus(&balloon) != 0) {
        r = vwr_balloon_deflate(&balloon, &spare[spares], POOL_PAGES - spares);
        spares += r > 0 ? (unsigned)r : 0;
    } else if (n != 0) {
        r = vwr_balloon_inflate(&balloon, &spare[spares - n], n);
        spares -= r > 0 ? (unsigned)r : 0;
    }
    return r;
}

static void balloon_say(void)
{
    if (balloon.pages == said || balloon.known != balloon.pages || balloon.leaving != 0)
        return;
    said = balloon.pages;
    put("balloon: has ");
    put_dec(said);
    put(" pages\n");
}

static int balloon_serve(void)
{
    int r = vwr_balloon_poll(&balloon);

    if (r == VWR_OK)
        r = balloon_statistics();
    if (r == VWR_OK)
        r = balloon_move();
    if (r < 0)
        return r;
    balloon_say();
    return r == 0 && vwr_balloon_arm(&balloon) ? SERVED_ALL : SERVED_SOME;
}

static int balloon_close(void)
{
    return vwr_close(&balloon.bringup);
}

static size_t balloon_explain(char *text, size_t bytes)
{
    return vwr_balloon_explain(&balloon, text, bytes);
}

static struct vwr_bringup *balloon_device(unsigned n)
{
    return n == 0 ? &balloon.bringup : NULL;
}

const struct part balloon_part = {
    .type = VWR_ID_BALLOON,
    .name = "balloon",
    .open = balloon_open,
    .show = balloon_show,
    .serve = balloon_serve,
    .close = balloon_close,
    .explain = balloon_explain,
    .bringup = &vwr_balloon_bringup,
    .device = balloon_device,
};
