/* SPDX-License-Identifier: MIT */
#include "live.h"

#include "vwr/balloon.h"
#include "vwr/bytes.h"
#include "vwr/text.h"
#include "vwr/vballoon.h"
#include "vwr/open/rows.h"

#define PAGES 16u
#define WAIT_US 100000u
#define TRIES 2u /* the device confirms the pages that went in, and then those that come out */

static struct {
    struct vwr_vballoon device;
    uint32_t map[VWR_VBALLOON_WORDS(LIVE_RAM_BYTES)];
    uint32_t first;       /* of the pages that the guest does not need */
    uint32_t free[PAGES]; /* those outside the balloon */
    uint32_t free_count;
} air;

static int add(struct live_guest *g, struct vwr_vdev_setup *s, struct vwr_vdev **v)
{
    static const struct vwr_vballoon_ops ops = {.stats = NULL};
    const struct vwr_vballoon_options o = {.ops = &ops,
                                           .context = g,
                                           .map = air.map,
                                           .map_count = VWR_COUNT(air.map),
                                           .must_tell = true,
                                           .statistics = true};
    const uint8_t *const at = live_alloc(g, PAGES * VWR_BALLOON_PAGE, VWR_BALLOON_PAGE);
    size_t run = 0;

    vwr_zero(&air, sizeof(air));
    air.first = (uint32_t)(live_dma(at, 1, &run) / VWR_BALLOON_PAGE);
    *v = vwr_vballoon_dev(&air.device);
    return vwr_vballoon_init_with(&air.device, s, &o);
}

static struct vwr_balloon *driver(const struct live_guest *g)
{
    return vwr_opened_driver(&g->opened, &vwr_balloon_bringup);
}

/* With an empty balloon, for example after it was opened, all pages are free. */
static void count_free(const struct vwr_balloon *b)
{
    if (b->pages + b->leaving != 0)
        return;
    for (air.free_count = 0; air.free_count < PAGES; air.free_count++)
        air.free[air.free_count] = air.first + air.free_count;
}

static int inflate(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    struct vwr_balloon *const b = driver(g);
    uint32_t n;
    int r;

    (void)out;
    count_free(b);
    n = in->number[0] < air.free_count ? (uint32_t)in->number[0] : air.free_count;
    r = vwr_balloon_inflate(b, air.free, n);
    if (r <= 0)
        return r;
    air.free_count -= (uint32_t)r;
    for (uint32_t i = 0; i < air.free_count; i++)
        air.free[i] = air.free[i + (uint32_t)r];
    return r;
}

static int deflate(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    struct vwr_balloon *const b = driver(g);
    const uint32_t room = PAGES - air.free_count;
    const uint32_t n = in->number[0] < room ? (uint32_t)in->number[0] : room;
    int r = vwr_balloon_deflate(b, air.free + air.free_count, n);

    (void)out;
    for (unsigned i = 0; i < TRIES && r == 0; i++) {
        r = vwr_balloon_flush(b, WAIT_US);
        if (r == VWR_OK)
            r = vwr_balloon_deflate(b, air.free + air.free_count, n);
    }
    if (r > 0)
        air.free_count += (uint32_t)r;
    return r;
}

static int poll(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    struct vwr_balloon *const b = driver(g);
    const int r = vwr_balloon_poll(b);
    struct vwr_text t;

    (void)in;
    vwr_text_begin(&t, (char *)out->data, sizeof(out->data));
    vwr_text_dec(&t, vwr_balloon_wanted(b));
    vwr_text_str(&t, " more wanted, ");
    vwr_text_dec(&t, vwr_balloon_surplus(b));
    vwr_text_str(&t, " too many, ");
    vwr_text_dec(&t, b->pages);
    vwr_text_str(&t, vwr_balloon_wants_stats(b) ? " in the balloon; wants statistics" : " in the balloon");
    out->bytes = (uint32_t)t.length;
    return r;
}

static int send_statistics(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    struct vwr_balloon_stats stats = {.known = 1u << VWR_BALLOON_S_MEMTOT | 1u << VWR_BALLOON_S_MEMFREE};

    (void)out;
    stats.value[VWR_BALLOON_S_MEMTOT] = in->number[0];
    stats.value[VWR_BALLOON_S_MEMFREE] = in->number[1];
    return vwr_balloon_send_stats(driver(g), &stats);
}

static int want(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)g;
    (void)out;
    return vwr_vballoon_set_target(&air.device, (uint32_t)in->number[0]);
}

static int ask_statistics(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)g;
    (void)in;
    (void)out;
    return vwr_vballoon_poll_stats(&air.device);
}

static const struct live_action actions[] = {
    {"want", "pages=4", "Set the size that the balloon should have.", LIVE_DEVICE, want},
    {"poll", "", "Read the size that the device wants.", LIVE_DRIVER, poll},
    {"inflate", "pages=4", "Put pages into the balloon.", LIVE_DRIVER, inflate},
    {"deflate", "pages=4", "Take pages out of the balloon.", LIVE_DRIVER, deflate},
    {"send statistics", "total=393216 free=65536", "Send how much memory there is.", LIVE_DRIVER,
     send_statistics},
    {"ask for statistics", "", "Request new statistics.", LIVE_DEVICE, ask_statistics},
};

static const struct vwr_open_class row = VWR_OPEN_BALLOON;

const struct live_scene live_scene_balloon = {.name = "balloon",
                                              .brief = "A balloon; the guest can do without 16 pages.",
                                              .actions = actions,
                                              .action_count = VWR_COUNT(actions),
                                              .guests = 1,
                                              .queues = 3,
                                              .surface = LIVE_NOTHING,
                                              .add = add,
                                              .driver = &row};
