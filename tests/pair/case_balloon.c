/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "ram.h"
#include "vmm.h"
#include "suspend.h"

#include "vwr/balloon.h"
#include "vwr/client/balloon.h"
#include "vwr/vballoon.h"
#include "../common/random.h"

#include <stdio.h>
#include <string.h>

/*
 * A balloon with the generated client as its driver: pages inflated and deflated in lists of any order,
 * checked against a separate map; statistics, hints and reports at the same time, with each feature set. The
 * device is suspended, reset, and fails meanwhile. Then the same with our driver.
 */

#define SLOT 2u
#define QUEUE_SIZE 32u
#define CALLS 2u
#define SEGMENTS 16u
#define LIST 300u                                      /* pages per list */
#define LISTS 12u                                      /* multiplied by scale and feature set */
#define SPAN (RAM_DATA_BYTES / VWR_VBALLOON_PAGE + 8u) /* page numbers in lists; some are not RAM */
#define FIRST ((uint32_t)(RAM_BASE / VWR_VBALLOON_PAGE) + (uint32_t)(RAM_RING_BYTES / VWR_VBALLOON_PAGE) - 4u)
#define WORDS 1024u
#define SLOT_BYTES VWR_BALLOON_CLIENT_FREE_PAGE_VQ_SLOT
#define SHARED_BYTES VWR_CLIENT_SHARED_BYTES(QUEUE_SIZE, CALLS, SLOT_BYTES, SEGMENTS)

static struct {
    struct vwr_vballoon device;
    struct vwr_vqueue queue[VWR_VBALLOON_QUEUES];
    struct vwr_vqueue_entry own[VWR_VBALLOON_QUEUES * QUEUE_SIZE];
    uint32_t map[WORDS];
    union vmm_end end;
    struct vwr_balloon_client client;
    uint64_t driver_own[VWR_VBALLOON_QUEUES][VWR_REQUEST_OWN_BYTES(QUEUE_SIZE, CALLS) / 8 + 1];
    struct vwr_features avoid;
    struct vwr_balloon_client_statsq_call stats_call;
    struct vwr_balloon_stat *stat;
    vwr_le32 *list;
    uint8_t *page;
    bool wanted[SPAN]; /* in the balloon, from the driver's point of view */
    bool gone[SPAN];   /* and from the VMM's */
    uint64_t reports;
    uint64_t hints;
    unsigned ends;
    unsigned stats;
    bool statistics, hinting, reporting;
} bal;

static uint64_t state;

/* ---- the VMM ---- */

static void move(const struct vwr_memory_region *r, bool out)
{
    CHECK(vwr_memory_ptr(&vmm.memory, r->addr, r->bytes) == r->host);
    for (uint64_t at = 0; at < r->bytes; at += VWR_VBALLOON_PAGE) {
        const uint32_t page = (uint32_t)((r->addr + at) / VWR_VBALLOON_PAGE) - FIRST;

        CHECK(page < SPAN && bal.gone[page] != out);
        bal.gone[page] = out;
    }
}

static void release(struct vwr_vballoon *b, const struct vwr_memory_region *r)
{
    CHECK(b == &bal.device);
    move(r, true);
}

static void claim(struct vwr_vballoon *b, const struct vwr_memory_region *r)
{
    CHECK(b == &bal.device);
    move(r, false);
}

static uint64_t count_gone(void)
{
    uint64_t bytes = 0;

    for (unsigned i = 0; i < SPAN; i++)
        bytes += bal.gone[i] ? VWR_VBALLOON_PAGE : 0;
    return bytes;
}

static void was_reset(struct vwr_vballoon *b, uint64_t bytes)
{
    CHECK(b == &bal.device);
    CHECK_NUMBER(bytes, count_gone());
    memset(bal.gone, 0, sizeof(bal.gone));
}

static void stats(struct vwr_vballoon *b)
{
    bal.stats++;
    CHECK_NUMBER(b->stats.known, 1u << VWR_BALLOON_S_MEMTOT | 1u << VWR_BALLOON_S_CACHES);
    CHECK_NUMBER(b->stats.value[VWR_BALLOON_S_MEMTOT], UINT64_C(0x123456789));
}

static void report(struct vwr_vballoon *b, const struct vwr_memory_region *r)
{
    (void)b;
    bal.reports += r->bytes;
}

static void hint(struct vwr_vballoon *b, const struct vwr_memory_region *r)
{
    (void)b;
    bal.hints += r->bytes;
}

static void hints_end(struct vwr_vballoon *b)
{
    (void)b;
    bal.ends++;
}

/* ---- the driver ---- */

static struct vwr_queue_memory memory(unsigned n)
{
    const struct vwr_queue_memory m = {ram_alloc_ring(SHARED_BYTES), SHARED_BYTES, bal.driver_own[n],
                                       sizeof(bal.driver_own[n]), QUEUE_SIZE};

    return m;
}

static void open_balloon(void)
{
    struct vwr_balloon_client_options o = {.requests = {.requests = CALLS, .segments = SEGMENTS},
                                           .avoid = &bal.avoid};

    ram_reset();
    o.inflateq = memory(0);
    o.deflateq = memory(1);
    o.statsq = memory(2);
    o.free_page_vq = memory(3);
    o.reporting_vq = memory(4);
    memset(&bal.stats_call, 0, sizeof(bal.stats_call));
    memset(bal.wanted, 0, sizeof(bal.wanted));
    CHECK_NUMBER(vmm_find(&bal.end, SLOT), VWR_OK);
    CHECK_NUMBER(vwr_balloon_client_open(&bal.client, &bal.end.dev, &o), VWR_OK);
    bal.stat = guest_alloc(GUEST_PAGE);
    bal.list = guest_alloc(GUEST_PAGE);
    bal.page = guest_alloc(8 * VWR_VBALLOON_PAGE);
}

/* A list of random pages: some outside of RAM, some repeated, some already in the requested state. */
static void send_list(bool in)
{
    const unsigned n = 1 + random_below(&state, LIST);
    const bool runs = random_below(&state, 2) != 0;
    uint32_t page = random_below(&state, SPAN);

    for (unsigned i = 0; i < n; i++) {
        page = runs ? (page + 1) % SPAN : random_below(&state, SPAN);
        bal.list[i] = vwr_guest32(vwr_vballoon_dev(&bal.device)->legacy, FIRST + page);
        if (vwr_memory_ptr(&vmm.memory, (uint64_t)(FIRST + page) * VWR_VBALLOON_PAGE, VWR_VBALLOON_PAGE) !=
            NULL)
            bal.wanted[page] = in;
    }
    if (in)
        CHECK_NUMBER(vwr_balloon_client_inflate(&bal.client, bal.list, n * sizeof(*bal.list)), VWR_OK);
    else
        CHECK_NUMBER(vwr_balloon_client_deflate(&bal.client, bal.list, n * sizeof(*bal.list)), VWR_OK);
    CHECK(memcmp(bal.gone, bal.wanted, sizeof(bal.gone)) == 0);
    CHECK_NUMBER(bal.device.gone, count_gone());
}

/* The device keeps the statistics buffer until the VMM requests an update. */
static void exchange_statistics(void)
{
    const bool legacy = vwr_vballoon_dev(&bal.device)->legacy;
    struct vwr_req *done[CALLS];
    const unsigned before = bal.stats;

    if (!bal.statistics) {
        CHECK_NUMBER(vwr_vballoon_poll_stats(&bal.device), VWR_EFEATURE);
        return;
    }
    bal.stat[0].tag = vwr_guest16(legacy, VWR_BALLOON_S_MEMTOT);
    bal.stat[0].val = vwr_guest64(legacy, UINT64_C(0x123456789));
    bal.stat[1].tag = vwr_guest16(legacy, 999);
    bal.stat[2].tag = vwr_guest16(legacy, VWR_BALLOON_S_CACHES);
    CHECK_NUMBER(
        vwr_balloon_client_stats_submit(&bal.client, &bal.stats_call, bal.stat, 3 * sizeof(*bal.stat)),
        VWR_OK);
    (void)vwr_request_kick(&bal.client.statsq.requests);
    vmm_run_until_idle();
    CHECK_NUMBER(bal.stats, before + 1);
    if (random_below(&state, 4) == 0) /* which returns the buffer too */
        suspend_check(&bal.end.dev, vwr_vballoon_dev(&bal.device));
    if (vwr_vballoon_poll_stats(&bal.device) == VWR_EFULL)
        CHECK(!vwr_vballoon_dev(&bal.device)->legacy);
    CHECK_NUMBER(vwr_request_reap(&bal.client.statsq.requests, done, CALLS), 1);
    CHECK_NUMBER(done[0]->result, VWR_OK);
}

/* With bounce buffers, the reported pages differ from those that the driver passed. */
static void check_free(uint64_t bytes, uint64_t wanted)
{
    CHECK(VWR_PORT_HAS_DMA_MAP || bytes == wanted);
}

static void exchange_free_pages(void)
{
    const uint64_t reports = bal.reports;
    const uint64_t hints = bal.hints;
    struct vwr_balloon_free_page_command_msg m;
    void *whole = NULL; /* pages may cross the ends of data regions: only those within one region count */
    uint64_t bytes = 0;
    uint32_t written;
    size_t run;

    for (unsigned i = 0; i < 8 && whole == NULL; i++) {
        (void)ram_dma(bal.page + i * VWR_VBALLOON_PAGE, VWR_VBALLOON_PAGE, &run);
        whole = run == VWR_VBALLOON_PAGE ? bal.page + i * VWR_VBALLOON_PAGE : NULL;
    }
    CHECK(whole != NULL);
    bytes = VWR_VBALLOON_PAGE;
    if (bal.reporting) {
        CHECK_NUMBER(vwr_balloon_client_report(&bal.client, whole, (size_t)bytes, &written), VWR_OK);
        check_free(bal.reports - reports, bytes);
    }
    if (!bal.hinting)
        return;
    CHECK_NUMBER(vwr_vballoon_hint(&bal.device), VWR_OK);
    m.id = vwr_balloon_config_get_free_page_hint_cmd_id(&bal.end.dev.config);
    CHECK_NUMBER(vwr_balloon_client_free_page_command(&bal.client, &m), VWR_OK);
    CHECK_NUMBER(vwr_balloon_client_free_page_hint(&bal.client, whole, (size_t)bytes, &written), VWR_OK);
    check_free(bal.hints - hints, bytes);
    m.id = VWR_BALLOON_CMD_ID_STOP;
    CHECK_NUMBER(vwr_balloon_client_free_page_command(&bal.client, &m), VWR_OK);
    vwr_vballoon_end_hints(&bal.device, VWR_BALLOON_CMD_ID_DONE);
    CHECK_NUMBER(vwr_balloon_config_get_free_page_hint_cmd_id(&bal.end.dev.config), VWR_BALLOON_CMD_ID_DONE);
}

static void check_target(void)
{
    const uint32_t pages = random_below(&state, 200);

    CHECK_NUMBER(vwr_vballoon_set_target(&bal.device, pages), VWR_OK);
    CHECK(vmm_interrupted(SLOT));
    (void)vwr_dev_irq(&bal.end.dev);
    CHECK_NUMBER(vwr_balloon_config_get_num_pages(&bal.end.dev.config), pages);
    CHECK_NUMBER(vwr_balloon_config_set_actual(&bal.end.dev.config, pages / 2), VWR_OK);
    CHECK_NUMBER(bal.device.actual, pages / 2);
}

static void fail_and_recover(void)
{
    int r;

    vmm_may_break = true;
    vwr_vdev_needs_reset(vwr_vballoon_dev(&bal.device));
    vmm_may_break = false;
    CHECK_NUMBER(vwr_dev_check(&bal.end.dev), VWR_ENEEDSRESET);
    while ((r = vwr_recover(&bal.client.bringup)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
    memset(bal.wanted, 0, sizeof(bal.wanted));
    CHECK_NUMBER(bal.device.gone, 0);
}

/* ---- our driver ---- */

#define FREE 400u     /* page numbers of the test's allocator; some are not RAM */
#define CAPACITY 300u /* pages in the balloon */
#define STEPS 10u     /* and the number of lists */
#define PATIENCE 1000000u

static struct {
    struct vwr_balloon b;
    struct vwr_balloon_options options;
    uint32_t list[CAPACITY];
    bool inside[FREE]; /* the caller has given the page away */
    unsigned count;
} own;

static bool is_ram(unsigned page)
{
    return vwr_memory_ptr(&vmm.memory, (uint64_t)(FIRST + page) * VWR_VBALLOON_PAGE, VWR_VBALLOON_PAGE) !=
           NULL;
}

static void open_driver(void)
{
    ram_reset();
    memset(own.inside, 0, sizeof(own.inside));
    own.count = 0;
    own.options.shared = ram_alloc_ring(sizeof(*own.options.shared));
    own.options.pages = own.list;
    own.options.page_count = CAPACITY;
    own.options.deflate_on_oom = true;
    own.options.statistics = bal.statistics;
    own.options.hinting = bal.hinting;
    own.options.reporting = bal.reporting;
    own.options.avoid = bal.avoid;
    CHECK_NUMBER(vmm_find(&bal.end, SLOT), VWR_OK);
    CHECK_NUMBER(vwr_balloon_open(&own.b, &bal.end.dev, &own.options), VWR_OK);
    bal.page = guest_alloc(8 * VWR_VBALLOON_PAGE);
}

/* The pages that the driver has confirmed belong to the VMM; pages that leave belong to the guest. */
static void check_pages(void)
{
    bool listed[FREE] = {false};

    CHECK_NUMBER(vwr_balloon_flush(&own.b, PATIENCE), VWR_OK);
    CHECK_NUMBER(bal.device.actual, own.b.known);
    for (unsigned i = 0; i < own.b.pages; i++)
        listed[own.list[i] - FIRST] = true;
    for (unsigned i = 0; i < FREE; i++)
        CHECK(bal.gone[i] == (listed[i] && is_ram(i)) && (own.inside[i] || !listed[i]));
}

static void give(unsigned most)
{
    uint32_t pages[CAPACITY];
    uint32_t n = 0;
    int r;

    for (unsigned i = 0; i < FREE && n < most; i++)
        if (!own.inside[i] && random_below(&state, 3) == 0)
            pages[n++] = FIRST + i;
    r = vwr_balloon_inflate(&own.b, pages, n);
    CHECK(r >= 0 && (uint32_t)r <= n);
    for (int i = 0; i < r; i++)
        own.inside[pages[i] - FIRST] = true;
    own.count += (unsigned)r;
}

/* A returned page belongs to the guest from that moment on, for the VMM as well. */
static void take(unsigned most)
{
    uint32_t pages[CAPACITY];
    const int r = vwr_balloon_deflate(&own.b, pages, most);

    CHECK(r >= 0 && (unsigned)r <= most);
    for (int i = 0; i < r; i++) {
        CHECK(own.inside[pages[i] - FIRST] && !bal.gone[pages[i] - FIRST]);
        own.inside[pages[i] - FIRST] = false;
    }
    own.count -= (unsigned)r;
}

static void send_statistics(void)
{
    struct vwr_balloon_stats s = {.known = 1u << VWR_BALLOON_S_MEMTOT | 1u << VWR_BALLOON_S_CACHES};
    const unsigned before = bal.stats;

    s.value[VWR_BALLOON_S_MEMTOT] = UINT64_C(0x123456789);
    if (!vwr_balloon_wants_stats(&own.b))
        return;
    CHECK_NUMBER(vwr_balloon_send_stats(&own.b, &s), VWR_OK);
    vmm_run_until_idle();
    CHECK_NUMBER(bal.stats, before + 1);
    CHECK_NUMBER(vwr_vballoon_poll_stats(&bal.device), VWR_OK);
}

static void lend(void)
{
    const struct vwr_vec range = {bal.page, VWR_VBALLOON_PAGE};

    if (bal.reporting)
        CHECK_NUMBER(vwr_balloon_report(&own.b, &range, 1), VWR_OK);
    if (!bal.hinting)
        return;
    CHECK_NUMBER(vwr_vballoon_hint(&bal.device), VWR_OK);
    CHECK_NUMBER(vwr_balloon_poll(&own.b), VWR_OK);
    CHECK_NUMBER(vwr_balloon_hint(&own.b, &range, 1), VWR_OK);
    CHECK_NUMBER(vwr_balloon_end_hints(&own.b), VWR_OK);
    vwr_vballoon_end_hints(&bal.device, VWR_BALLOON_CMD_ID_DONE);
    CHECK_NUMBER(vwr_balloon_poll(&own.b), VWR_OK);
    CHECK(!vwr_balloon_holds_hints(&own.b));
}

static void fail_and_refill(void)
{
    int r;

    vmm_may_break = true;
    vwr_vdev_needs_reset(vwr_vballoon_dev(&bal.device));
    vmm_may_break = false;
    CHECK_NUMBER(vwr_balloon_poll(&own.b), VWR_ENEEDSRESET);
    while ((r = vwr_recover(&own.b.bringup)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
    check_pages();
}

static void run_driver(unsigned kind, unsigned steps)
{
    open_driver();
    disk_check_features(&bal.end.dev, vwr_vballoon_dev(&bal.device), kind);
    for (unsigned i = 0; i < steps; i++) {
        const unsigned most = 1 + random_below(&state, CAPACITY - 1);

        CHECK_NUMBER(vwr_vballoon_set_target(&bal.device, most), VWR_OK);
        CHECK_NUMBER(vwr_balloon_poll(&own.b), VWR_OK);
        CHECK_NUMBER(own.b.info.num_pages, most);
        if (random_below(&state, 2) == 0)
            give(most);
        else
            take(most);
        send_statistics();
        if (i % 4 == 0)
            check_pages();
        if (i % 8 == 0)
            lend();
        if (i == 0 && bal.statistics && bal.hinting && bal.reporting) /* which takes long */
            suspend_check(&bal.end.dev, vwr_vballoon_dev(&bal.device));
        if (i == steps / 2 || i == steps / 3)
            fail_and_refill();
    }
    CHECK(bal.stats != 0 || !bal.statistics);
    CHECK_NUMBER(vwr_close(&own.b.bringup), VWR_OK);
    CHECK_NUMBER(own.b.pages, own.count);
    CHECK_NUMBER(bal.device.gone, 0);
}

static void run_balloon(unsigned kind, unsigned set, bool deferred, unsigned lists)
{
    static const struct vwr_vballoon_ops ops = {release, claim,  was_reset, NULL,
                                                stats,   report, hint,      hints_end};
    struct vwr_vballoon_options o = {
        .ops = &ops, .map = bal.map, .map_count = WORDS, .must_tell = true, .deflate_on_oom = true};
    struct vwr_vdev_setup s = {
        .vm = &vmm, .line = SLOT, .queue = bal.queue, .queue_count = VWR_VBALLOON_QUEUES, .own = bal.own};

    vmm_begin(deferred);
    memset(&bal, 0, sizeof(bal));
    o.statistics = bal.statistics = (set & 1u) != 0;
    o.hinting = bal.hinting = (set & 2u) != 0;
    o.reporting = bal.reporting = (set & 4u) != 0;
    s.queue_size = QUEUE_SIZE;
    s.own_count = VWR_COUNT(bal.own);
    s.budget_bytes = random_below(&state, 2) == 0 ? 0 : 1024;
    s.legacy = (kind & DISK_LEGACY) != 0;
    disk_offer(&s.features, kind);
    disk_avoid(&bal.avoid, kind);
    if (random_below(&state, 4) == 0) { /* offered, but not accepted */
        vwr_features_add(&bal.avoid, VWR_BALLOON_F_STATS_VQ);
        bal.statistics = false;
    }
    CHECK_NUMBER(vwr_vballoon_init_with(&bal.device, &s, &o), VWR_OK);
    vmm_add(SLOT, vwr_vballoon_dev(&bal.device));
    for (unsigned pass = 0; pass < 2; pass++) {
        open_balloon();
        disk_check_features(&bal.end.dev, vwr_vballoon_dev(&bal.device), kind);
        for (unsigned i = 0; i < lists; i++) {
            send_list(random_below(&state, 2) != 0);
            exchange_statistics();
            exchange_free_pages();
            check_target();
            if (random_below(&state, 8) == 0)
                suspend_check(&bal.end.dev, vwr_vballoon_dev(&bal.device));
            if (i == lists / 2)
                fail_and_recover();
        }
        CHECK_NUMBER(vwr_close(&bal.client.bringup), VWR_OK);
        CHECK_NUMBER(bal.device.gone, 0);
    }
    run_driver(kind, lists + STEPS);
}

void case_balloon(unsigned kind, unsigned scale)
{
    state = kind;
    for (unsigned set = 0; set < 8; set++)
        for (unsigned deferred = 0; deferred < 2; deferred++)
            run_balloon(kind, set, deferred != 0, 2 + LISTS * scale / 10);
    printf("%s balloon\n", disk_kind_name(kind));
}
