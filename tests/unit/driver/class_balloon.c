/* SPDX-License-Identifier: MIT */
#include "classes.h"
#include "vwr/balloon.h"

#include <string.h>

/* A balloon. Its settings are the pages in it, and the value of free pages. */

enum { INFLATE, DEFLATE, STATS, HINT, REPORT };
static const unsigned queues[] = {INFLATE, DEFLATE, STATS, REPORT};
#define PAGES 6u
#define CAPACITY 8u
#define POISON 0x5a5a5a5au

static struct vwr_balloon b;
static uint32_t list[CAPACITY];
static struct vwr_vec range;
static struct fake_chain chain;
static uint32_t fetched; /* pages that came back to the caller */

/* The device: the pages in the balloon. */
static struct {
    bool inside[PAGES + 1];
    unsigned entered; /* since the reset */
    unsigned resets;
} device;

static void forget(const struct fake *f)
{
    if (!class_was_reset(f, &device.resets))
        return;
    memset(device.inside, 0, sizeof(device.inside));
    device.entered = 0;
}

/* It keeps the statistics, and answers to everything else. */
static void serve(struct fake *f, uint32_t queue)
{
    const bool legacy = f->version == VWR_MMIO_VERSION_LEGACY;

    forget(f);
    while (queue != STATS && !class_silent && fake_ring_next(f, queue, &chain)) {
        vwr_le32 page[CAPACITY];
        const uint32_t n = queue > DEFLATE ? 0 : class_read(&chain, page, sizeof(page)) / sizeof(page[0]);

        for (uint32_t i = 0; i < n; i++) {
            bool *const inside = &device.inside[vwr_guest32(legacy, page[i])];

            assert_int_equal(*inside, queue == DEFLATE);
            *inside = queue == INFLATE;
            device.entered += *inside;
        }
        fake_ring_push(f, queue, chain.head, 0);
    }
}

/* The configuration is little-endian on a legacy device, too. */
static uint32_t configured(const struct world *w, unsigned offset)
{
    vwr_le32 number;

    memcpy(&number, w->f.config + offset, sizeof(number));
    return vwr_le32_to_cpu(number);
}

static void wants(struct world *w, uint32_t pages)
{
    const vwr_le32 number = vwr_cpu_to_le32(pages);

    memcpy(w->f.config + VWR_BALLOON_CONFIG_NUM_PAGES, &number, sizeof(number));
    w->f.generation++;
}

static void sends_stats(void)
{
    const struct vwr_balloon_stats s = {.known = 1u << VWR_BALLOON_S_MEMTOT};

    assert_true(vwr_balloon_wants_stats(&b));
    assert_int_equal(vwr_balloon_send_stats(&b, &s), VWR_OK);
}

static void plug(struct world *w, const struct format *f)
{
    format_plug(w, f);
    w->f.device_id = VWR_BALLOON_ID;
    w->f.on_notify = serve;
    for (unsigned i = INFLATE; i <= REPORT; i++)
        w->f.queue[i].size_max = f->size;
    for (unsigned i = VWR_BALLOON_F_MUST_TELL_HOST; i <= VWR_BALLOON_F_PAGE_REPORTING; i++)
        fake_offer(&w->f, i);
    memset(w->f.config, 0, sizeof(w->f.config));
    assert_int_equal(world_probe(w), VWR_OK);
}

/* Four pages are in the balloon. One of them leaves, and two more enter. The device keeps the statistics. */
static void begin(struct world *w, const struct format *f)
{
    static const uint32_t pages[] = {1, 2, 3, 4, 5, 6};
    struct vwr_balloon_options o = {.pages = list,
                                    .page_count = CAPACITY,
                                    .statistics = true,
                                    .reporting = true,
                                    .poison = true,
                                    .poison_val = POISON};
    uint32_t page;

    plug(w, f);
    memset(&device, 0, sizeof(device));
    memset(&b, 0xa5, sizeof(b)); /* memory of the embedder is not zeroed */
    fetched = 0;
    class_silent = false;
    o.shared = fake_ram_alloc(sizeof(*o.shared), VWR_QUEUE_SHARED_ALIGN);
    range = (struct vwr_vec){fake_ram_alloc(VWR_BALLOON_PAGE, VWR_BALLOON_PAGE), VWR_BALLOON_PAGE};
    assert_int_equal(vwr_balloon_open(&b, &w->mmio.dev, &o), VWR_OK);
    sends_stats();
    assert_int_equal(vwr_balloon_inflate(&b, pages, 4), 4);
    wants(w, 3);
    assert_int_equal(vwr_balloon_poll(&b), VWR_OK);
    assert_int_equal(b.known, 4);
    class_silent = true;
    assert_int_equal(vwr_balloon_deflate(&b, &page, 1), 0);
    assert_int_equal(vwr_balloon_inflate(&b, pages + 4, 2), 2);
    assert_true(fake_ring_next(&w->f, DEFLATE, &chain));
}

static int look(struct world *w, unsigned queue)
{
    (void)w;
    return queue == REPORT ? vwr_balloon_report(&b, &range, 1) : vwr_balloon_poll(&b);
}

static int wait(struct world *w)
{
    int r;

    (void)w;
    fake_time.step = 100u * 1000u;
    do
        r = vwr_balloon_poll(&b);
    while (r >= 0);
    assert_int_equal(r, VWR_ETIMEOUT);
    return r;
}

/* All pages that the caller has not got back are in the balloon, and entered it once. */
static void came_back(struct world *w, int why)
{
    uint32_t pages[PAGES];
    int n;

    (void)why;
    forget(&w->f);
    assert_int_equal(vwr_balloon_poll(&b), VWR_OK);
    for (unsigned i = 1; i <= PAGES; i++)
        assert_true(device.inside[i]);
    assert_int_equal(device.entered, PAGES);
    assert_int_equal(b.known, PAGES);
    assert_int_equal(configured(w, VWR_BALLOON_CONFIG_ACTUAL), PAGES);
    assert_int_equal(configured(w, VWR_BALLOON_CONFIG_POISON_VAL), POISON);
    sends_stats();
    assert_int_equal(vwr_balloon_report(&b, &range, 1), VWR_OK);
    wants(w, 0);
    assert_int_equal(vwr_balloon_poll(&b), VWR_OK);
    do
        n = vwr_balloon_deflate(&b, pages, PAGES);
    while (n == 0);
    assert_int_equal(n, PAGES);
    for (unsigned i = 0; i < PAGES; i++)
        assert_false(device.inside[pages[i]]);
    assert_int_equal(configured(w, VWR_BALLOON_CONFIG_ACTUAL), 0);
    assert_int_equal(vwr_balloon_inflate(&b, pages, 2), 2);
    fetched = PAGES - 2;
}

static int close_it(void)
{
    return vwr_close(&b.bringup);
}

/* The caller has all pages: those that it has fetched, and the list. */
static void released(void)
{
    assert_int_equal(b.pages + fetched, PAGES);
    for (unsigned i = INFLATE; i <= REPORT; i++)
        assert_false(vwr_req_is_in_flight(&b.queue[i].req));
}

const struct driver_class class_balloon = {
    .name = "balloon",
    .kinds = KIND_ALL,
    .size = 8,
    .queues = queues,
    .queue_count = sizeof(queues) / sizeof(queues[0]),
    .reused = 1u << REPORT,
    .empty = 1u << REPORT,
    .bringup = &b.bringup,
    .steps = &vwr_balloon_bringup,
    .begin = begin,
    .look = look,
    .wait = wait,
    .came_back = came_back,
    .close = close_it,
    .released = released,
};
