/* SPDX-License-Identifier: MIT */
#include "drivers.h"

#include "vwr/balloon.h"

#include <string.h>

/* A balloon. */

#define CAPACITY 40u
#define RANGES 4u

static struct {
    struct vwr_balloon *b;
    uint32_t *list;
    uint8_t *page;  /* free pages, which the device may write to */
    uint32_t given; /* pages that the caller has given away */
} bal;

static struct vwr_bringup *balloon_bringup(void)
{
    return &bal.b->bringup;
}

/* It wants some pages, and hints. */
static void balloon_configure(uint8_t *config, bool legacy)
{
    (void)legacy;
    config[VWR_BALLOON_CONFIG_NUM_PAGES] = CAPACITY / 2;
    config[VWR_BALLOON_CONFIG_FREE_PAGE_HINT_CMD_ID] = VWR_BALLOON_CMD_ID_DONE + 1;
}

/* It keeps statistics. */
static bool balloon_receives(unsigned queue)
{
    return queue == VWR_BALLOON_QUEUE_STATSQ;
}

static uint32_t balloon_answer(unsigned queue, const uint8_t *out, uint32_t n, uint8_t *in)
{
    (void)queue;
    (void)out;
    (void)n;
    (void)in;
    return 0;
}

static int balloon_open(struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_balloon_options o = {.avoid = *avoid,
                                    .page_count = CAPACITY,
                                    .statistics = true,
                                    .hinting = true,
                                    .reporting = true,
                                    .deflate_on_oom = true,
                                    .poison = true,
                                    .poison_val = 1};

    bal.b = drivers_anew(bal.b, sizeof(*bal.b));
    bal.list = drivers_anew(bal.list, CAPACITY * sizeof(*bal.list));
    bal.given = 0;
    o.shared = drivers_share(sizeof(*o.shared));
    o.pages = bal.list;
    bal.page = drivers_share(2 * VWR_BALLOON_PAGE);
    bal.page += (0u - (uintptr_t)bal.page) % VWR_BALLOON_PAGE;
    return vwr_balloon_open(bal.b, d, &o);
}

static void balloon_inflate(void)
{
    uint32_t pages[CAPACITY];
    const uint32_t n = input_u8(drivers_in) % CAPACITY;
    int r;

    memset(pages, 0x11, sizeof(pages));
    r = vwr_balloon_inflate(bal.b, pages, n);
    MUST(r <= (int)n);
    bal.given += r > 0 ? (uint32_t)r : 0;
    MUST(bal.given <= CAPACITY);
}

static void balloon_deflate(void)
{
    uint32_t pages[CAPACITY];
    const uint32_t n = input_u8(drivers_in) % CAPACITY;
    const int r = vwr_balloon_deflate(bal.b, pages, n);

    MUST(r <= (int)n && (r < 0 || (uint32_t)r <= bal.given));
    bal.given -= r > 0 ? (uint32_t)r : 0;
    for (int i = 0; i < r; i++)
        MUST(pages[i] == 0x11111111u);
}

static void balloon_send(uint8_t which)
{
    struct vwr_balloon_stats s;

    memset(&s, which, sizeof(s));
    drivers_see(vwr_balloon_wants_stats(bal.b));
    MUST(vwr_balloon_send_stats(bal.b, &s) <= VWR_OK);
}

static void balloon_lend(uint8_t which)
{
    struct vwr_vec range[RANGES];

    for (unsigned i = 0; i < RANGES; i++)
        range[i] = (struct vwr_vec){bal.page, VWR_BALLOON_PAGE};
    drivers_see(vwr_balloon_wants_hints(bal.b));
    if (which < 0x40)
        MUST(vwr_balloon_report(bal.b, range, which % (RANGES + 1)) <= VWR_OK);
    else if (which < 0xc0)
        MUST(vwr_balloon_hint(bal.b, range, which % (RANGES + 1)) <= VWR_OK);
    else
        MUST(vwr_balloon_end_hints(bal.b) <= VWR_OK);
    drivers_see(vwr_balloon_holds_hints(bal.b));
}

static void balloon_call(uint8_t which)
{
    char text[200];

    switch (which % 8) {
    case 0:
    case 1:
        MUST(vwr_balloon_poll(bal.b) <= VWR_OK);
        drivers_see((int)(vwr_balloon_wanted(bal.b) + vwr_balloon_surplus(bal.b)));
        return;
    case 2:
        balloon_inflate();
        return;
    case 3:
        balloon_deflate();
        return;
    case 4:
        balloon_send(which);
        return;
    case 5:
        balloon_lend(which);
        return;
    case 6:
        MUST(vwr_balloon_flush(bal.b, 1000) <= VWR_OK);
        return;
    default:
        drivers_see(vwr_balloon_arm(bal.b));
        (void)vwr_balloon_explain(bal.b, text, sizeof(text));
    }
}

static int balloon_close(void)
{
    return vwr_close(&bal.b->bringup);
}

/* No page is lost. */
static void balloon_closed(void)
{
    MUST(bal.b->pages == bal.given);
    for (unsigned i = 0; i < VWR_BALLOON_QUEUES; i++)
        MUST(!vwr_req_is_in_flight(&bal.b->queue[i].req));
}

/* Pages in and out. */
static void balloon_works(void)
{
    const uint32_t page = 7;
    uint32_t back;

    MUST(vwr_balloon_inflate(bal.b, &page, 1) == 1);
    world_run_until_idle();
    MUST(vwr_balloon_flush(bal.b, 0) == VWR_OK && bal.b->known == 1);
    MUST(vwr_balloon_deflate(bal.b, &back, 1) == 0);
    world_run_until_idle();
    MUST(vwr_balloon_deflate(bal.b, &back, 1) == 1 && back == page);
}

const struct driver_row driver_balloon = {
    .id = VWR_BALLOON_ID,
    .features = {{VWR_BALLOON_FEATURES_W0}},
    .fields = vwr_balloon_config_fields,
    .field_count = VWR_BALLOON_CONFIG_FIELD_COUNT,
    .steps = &vwr_balloon_bringup,
    .bringup = balloon_bringup,
    .configure = balloon_configure,
    .receives = balloon_receives,
    .answer = balloon_answer,
    .open = balloon_open,
    .call = balloon_call,
    .close = balloon_close,
    .closed = balloon_closed,
    .works = balloon_works,
};
