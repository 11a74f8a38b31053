/* SPDX-License-Identifier: MIT */
#include "classes.h"
#include "vwr/balloon.h"
#include "vwr/gen/balloon.h"

#include <string.h>

#if VWR_PORT_HAS_DMA_MAP
#include "../../common/bounce.h"
#endif

/*
 * A balloon that lacks a queue, or whose page lists the port cannot map: temporarily with bounce buffers,
 * permanently
 * without. ../classes/test_balloon_driver.c contains the tests of the class, test_class_recovery.c those of
 * recovery.
 */

enum { INFLATE, DEFLATE, QUEUES };
#define PAGES 4u

static struct vwr_balloon b;
static uint32_t list[PAGES];
static struct fake_chain chain;
static unsigned inside; /* pages */

static void serve(struct fake *f, uint32_t queue)
{
    while (fake_ring_next(f, queue, &chain)) {
        const uint32_t pages = chain.readable / (uint32_t)sizeof(list[0]);

        inside += queue == INFLATE ? pages : 0u - pages;
        fake_ring_push(f, queue, chain.head, 0);
    }
}

static void wants(struct world *w, uint32_t pages)
{
    fake_config(&w->f, VWR_BALLOON_CONFIG_NUM_PAGES, 4, pages);
    w->f.generation++;
}

static void plug(struct world *w, const struct format *f)
{
    format_plug(w, f);
    w->f.device_id = VWR_BALLOON_ID;
    w->f.on_notify = serve;
    for (unsigned i = 0; i < QUEUES; i++)
        w->f.queue[i].size_max = f->size;
    memset(w->f.config, 0, sizeof(w->f.config));
    assert_int_equal(world_probe(w), VWR_OK);
}

static int try_open(struct world *w)
{
    struct vwr_balloon_options o = {.pages = list, .page_count = PAGES};

    memset(&b, 0xa5, sizeof(b));
    inside = 0;
    o.shared = fake_ram_alloc(sizeof(*o.shared), VWR_QUEUE_SHARED_ALIGN);
    return vwr_balloon_open(&b, &w->mmio.dev, &o);
}

static void begin(struct world *w, const struct format *f)
{
    plug(w, f);
    assert_int_equal(try_open(w), VWR_OK);
    wants(w, PAGES);
}

static void D33_lacks_a_queue(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    for (unsigned queue = 0; queue < QUEUES; queue++) {
        plug(w, f);
        w->f.queue[queue].size_max = 0;
        assert_int_equal(try_open(w), VWR_ENOQUEUE);
        assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    }
}

static uint64_t nowhere(const void *p, size_t n, size_t *run)
{
    (void)p;
    (void)n;
    *run = 0;
    return 0;
}

static void allow(bool maps)
{
#if VWR_PORT_HAS_DMA_MAP
    bounce_limit(maps ? BOUNCE_BYTES : 0);
#endif
    fake_ram_translate(maps ? NULL : nowhere);
}

#define REFUSED (VWR_PORT_HAS_DMA_MAP ? VWR_OK : VWR_EINVAL)

/* No page is lost, and none is reported twice. */
static void lists_without_an_address(struct world *w, const struct format *f, const void *param)
{
    static const uint32_t pages[PAGES] = {11, 12, 13, 14};
    uint32_t back[PAGES];

    (void)param;
    begin(w, f);
    allow(false);
    assert_int_equal(vwr_balloon_inflate(&b, pages, PAGES), PAGES);
    assert_int_equal(vwr_balloon_poll(&b), REFUSED);
    assert_int_equal(b.pages, PAGES);
    assert_int_equal(inside, 0);
    allow(true);
    assert_int_equal(vwr_balloon_poll(&b), VWR_OK);
    assert_int_equal(vwr_balloon_poll(&b), VWR_OK);
    assert_int_equal(b.known, PAGES);
    assert_int_equal(inside, PAGES);
    wants(w, 0);
    assert_int_equal(vwr_balloon_poll(&b), VWR_OK);
    allow(false);
    assert_int_equal(vwr_balloon_deflate(&b, back, PAGES), REFUSED);
    assert_int_equal(b.known, PAGES);
    assert_int_equal(inside, PAGES);
    allow(true);
    assert_int_equal(vwr_balloon_deflate(&b, back, PAGES), 0);
    assert_int_equal(vwr_balloon_deflate(&b, back, PAGES), PAGES);
    assert_int_equal(inside, 0);
    assert_int_equal(back[0] + back[1] + back[2] + back[3], 11 + 12 + 13 + 14);
    assert_int_equal(vwr_close(&b.bringup), VWR_OK);
}

int main(void)
{
    static const uint16_t sizes[] = {16, 0};
    static const struct format_range all = {KIND_ALL, FORMAT_INDIRECT, 0, sizes};
    static struct format_tests tests;

    format_add(&tests, "D33_lacks_a_queue", D33_lacks_a_queue, NULL, &all);
    format_add(&tests, "lists_without_an_address", lists_without_an_address, NULL, &all);
    return format_run("balloon", &tests);
}
