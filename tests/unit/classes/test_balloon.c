/* SPDX-License-Identifier: MIT */
#include "host_vm.h"
#include "vwr/client/balloon.h"
#include "vwr/vballoon.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* A balloon device with the generated client as its driver, in every ring format. */

#define PAGES (HOST_VM_RAM_BYTES / VWR_VBALLOON_PAGE)
#define FIRST ((uint32_t)(HOST_VM_RAM / VWR_VBALLOON_PAGE)) /* first page of the guest's RAM */
#define CALLS 2u
#define SEGMENTS 4u
#define SLOT VWR_BALLOON_CLIENT_FREE_PAGE_VQ_SLOT
#define SHARED VWR_CLIENT_SHARED_BYTES(HOST_VM_QUEUE_SIZE, CALLS, SLOT, SEGMENTS)
#define QUEUES VWR_VBALLOON_QUEUES

struct world {
    struct host_vm h;
    struct vwr_vballoon b;
    uint32_t map[VWR_VBALLOON_WORDS(HOST_VM_RAM_BYTES)];
    struct vwr_balloon_client c;
    struct vwr_balloon_client_options options;
    uint64_t own[QUEUES][VWR_REQUEST_OWN_BYTES(HOST_VM_QUEUE_SIZE, CALLS) / 8 + 1];
    vwr_le32 *pages; /* page numbers of a message */
    bool gone[PAGES];
    unsigned ranges;
    struct vwr_memory_region last;
    unsigned resets;
    uint64_t reset_bytes;
    unsigned actuals;
    unsigned stats;
    unsigned reports;
    unsigned hints;
    unsigned ends;
};

/* ---- the VMM ---- */

static struct world *of(struct vwr_vballoon *b, const struct vwr_memory_region *r)
{
    struct world *const w = b->context;

    assert_true(w->h.locked);
    if (r != NULL) {
        assert_true(r->addr % VWR_VBALLOON_PAGE == 0 && r->bytes % VWR_VBALLOON_PAGE == 0 && r->bytes != 0);
        assert_ptr_equal(vwr_memory_ptr(&w->h.vm.memory, r->addr, r->bytes), r->host);
        w->last = *r;
        w->ranges++;
    }
    return w;
}

static void move(struct world *w, const struct vwr_memory_region *r, bool out)
{
    for (uint64_t at = 0; at < r->bytes; at += VWR_VBALLOON_PAGE) {
        bool *const page = &w->gone[(r->addr + at - HOST_VM_RAM) / VWR_VBALLOON_PAGE];

        assert_int_equal(*page, !out);
        *page = out;
    }
}

static void release(struct vwr_vballoon *b, const struct vwr_memory_region *r)
{
    move(of(b, r), r, true);
}

static void claim(struct vwr_vballoon *b, const struct vwr_memory_region *r)
{
    move(of(b, r), r, false);
}

static void was_reset(struct vwr_vballoon *b, uint64_t bytes)
{
    struct world *const w = of(b, NULL);

    w->resets++;
    w->reset_bytes = bytes;
    memset(w->gone, 0, sizeof(w->gone));
}

static void actual(struct vwr_vballoon *b)
{
    of(b, NULL)->actuals++;
}

static void stats(struct vwr_vballoon *b)
{
    of(b, NULL)->stats++;
}

static void report(struct vwr_vballoon *b, const struct vwr_memory_region *r)
{
    of(b, r)->reports++;
}

static void hint(struct vwr_vballoon *b, const struct vwr_memory_region *r)
{
    of(b, r)->hints++;
}

static void hints_end(struct vwr_vballoon *b)
{
    of(b, NULL)->ends++;
}

static const struct vwr_vballoon_ops ops = {release, claim,  was_reset, actual,
                                            stats,   report, hint,      hints_end};
static const struct vwr_vballoon_options all = {.ops = &ops,
                                                .must_tell = true,
                                                .statistics = true,
                                                .hinting = true,
                                                .reporting = true,
                                                .poison = true,
                                                .deflate_on_oom = true};

/* ---- the driver ---- */

static struct vwr_queue_memory memory(struct world *w, unsigned n)
{
    const struct vwr_queue_memory m = {host_vm_alloc(&w->h, SHARED), SHARED, w->own[n], sizeof(w->own[n]),
                                       HOST_VM_QUEUE_SIZE};

    return m;
}

static struct world *begin(void **state, const struct vwr_vballoon_options *options, uint32_t budget_bytes)
{
    struct world *const w = calloc(1, sizeof(*w));
    struct vwr_vballoon_options o = *options;

    assert_non_null(w);
    host_vm_begin(&w->h, *state);
    w->h.setup.budget_bytes = budget_bytes;
    o.map = w->map;
    o.map_count = VWR_VBALLOON_WORDS(HOST_VM_RAM_BYTES);
    o.context = w;
    assert_int_equal(vwr_vballoon_init_with(&w->b, &w->h.setup, &o), VWR_OK);
    host_vm_plug(&w->h, vwr_vballoon_dev(&w->b));
    w->options.requests = (struct vwr_request_options){.requests = CALLS, .segments = SEGMENTS};
    w->options.inflateq = memory(w, 0);
    w->options.deflateq = memory(w, 1);
    w->options.statsq = memory(w, 2);
    w->options.free_page_vq = memory(w, 3);
    w->options.reporting_vq = memory(w, 4);
    w->pages = host_vm_alloc(&w->h, 2 * PAGES * sizeof(vwr_le32));
    assert_int_equal(vwr_balloon_client_open(&w->c, &w->h.mmio.dev, &w->options), VWR_OK);
    return w;
}

static void end(struct world *w)
{
    assert_int_equal(w->h.broken, 0);
    host_vm_end(&w->h);
    free(w);
}

static void set_page(struct world *w, unsigned i, uint32_t page)
{
    w->pages[i] = vwr_guest32(w->h.format->legacy, page);
}

static void inflate(struct world *w, unsigned n)
{
    assert_int_equal(vwr_balloon_client_inflate(&w->c, w->pages, n * sizeof(vwr_le32)), VWR_OK);
}

static void deflate(struct world *w, unsigned n)
{
    assert_int_equal(vwr_balloon_client_deflate(&w->c, w->pages, n * sizeof(vwr_le32)), VWR_OK);
}

static void assert_gone(const struct world *w, unsigned pages)
{
    unsigned n = 0;

    for (unsigned i = 0; i < PAGES; i++)
        n += w->gone[i];
    assert_int_equal(n, pages);
    assert_int_equal(w->b.gone, (uint64_t)pages * VWR_VBALLOON_PAGE);
}

/* ---- the target ---- */

static uint32_t read_target(struct world *w)
{
    return vwr_balloon_config_get_num_pages(&w->h.mmio.dev.config);
}

/* Little-endian even on a legacy device. Section: Traditional Memory Balloon Device / Device configuration
 * layout. */
static void target_and_actual(void **state)
{
    struct world *const w = begin(state, &all, 0);
    const unsigned interrupts = w->h.interrupts;

    assert_int_equal(read_target(w), 0);
    assert_int_equal(vwr_vballoon_set_target(&w->b, 100), VWR_OK);
    assert_int_equal(w->h.interrupts, interrupts + 1);
    assert_int_equal(read_target(w), 100);
    assert_int_equal(((uint8_t *)&w->b.service.config)[0], 100);
    assert_int_equal(vwr_vballoon_set_target(&w->b, PAGES), VWR_OK);
    assert_int_equal(vwr_vballoon_set_target(&w->b, PAGES + 1), VWR_ERANGE);
    assert_int_equal(read_target(w), PAGES);
    assert_int_equal(vwr_balloon_config_set_actual(&w->h.mmio.dev.config, 77), VWR_OK);
    assert_int_equal(w->b.actual, 77);
    assert_int_equal(w->actuals, 1);
    assert_int_equal(((uint8_t *)&w->b.service.config)[VWR_BALLOON_CONFIG_ACTUAL], 77);
    assert_int_equal(vwr_close(&w->c.bringup), VWR_OK);
    assert_int_equal(w->b.actual, 0);
    assert_int_equal(w->b.target, PAGES);
    assert_int_equal(vwr_balloon_client_open(&w->c, &w->h.mmio.dev, &w->options), VWR_OK);
    assert_int_equal(read_target(w), PAGES);
    end(w);
}

/* A driver writes `actual` byte by byte: the value counts with the last byte. */
static void actual_by_bytes(void **state)
{
    struct world *const w = begin(state, &all, 0);

    if (w->h.format->legacy)
        for (unsigned i = 0; i < 4; i++) {
            assert_int_equal(w->actuals, 0);
            vwr_config_write8(&w->h.mmio.dev.config, VWR_BALLOON_CONFIG_ACTUAL + i, (uint8_t)(i + 1));
        }
    else
        assert_int_equal(vwr_balloon_config_set_actual(&w->h.mmio.dev.config, 0x04030201), VWR_OK);
    assert_int_equal(w->actuals, 1);
    assert_int_equal(w->b.actual, 0x04030201);
    end(w);
}

/* ---- pages ---- */

static void pages_go_and_come(void **state)
{
    struct world *const w = begin(state, &all, 0);

    for (unsigned i = 0; i < 200; i++)
        set_page(w, i, FIRST + 50 + i);
    inflate(w, 200);
    assert_gone(w, 200);
    assert_int_equal(w->ranges, 1);
    assert_int_equal(w->last.addr, HOST_VM_RAM + 50 * (uint64_t)VWR_VBALLOON_PAGE);
    deflate(w, 100);
    assert_gone(w, 100);
    assert_int_equal(w->ranges, 2);
    for (unsigned i = 0; i < 100; i++) /* descending, as Linux often sends them */
        set_page(w, i, FIRST + 50 + 199 - i);
    deflate(w, 100);
    assert_gone(w, 0);
    assert_int_equal(w->ranges, 3);
    for (unsigned i = 0; i < PAGES / 2; i++) /* no two pages are adjacent */
        set_page(w, i, FIRST + 2 * i);
    inflate(w, PAGES / 2);
    assert_gone(w, PAGES / 2);
    assert_int_equal(w->ranges, 3 + PAGES / 2);
    assert_int_equal(w->b.ignored, 0);
    end(w);
}

/* Pages reported twice, pages that are not in the balloon, and pages outside of RAM. */
static void what_says_nothing_new(void **state)
{
    struct world *const w = begin(state, &all, 0);

    set_page(w, 0, FIRST);
    set_page(w, 1, FIRST);
    set_page(w, 2, FIRST - 1);
    set_page(w, 3, FIRST + PAGES);
    set_page(w, 4, UINT32_MAX);
    set_page(w, 5, FIRST + PAGES - 1);
    inflate(w, 6);
    assert_gone(w, 2);
    assert_int_equal(w->b.ignored, 4);
    set_page(w, 0, FIRST + 1);
    deflate(w, 6);
    assert_gone(w, 0);
    assert_int_equal(w->b.ignored, 4 + 4);
    end(w);
}

/*
 * With a small budget, the message completes only when all of it has been processed, and the lock is free in
 * between.
 */
static void budget(void **state)
{
    struct world *const w = begin(state, &all, 1024);
    struct vwr_balloon_client_inflateq_call call;
    struct vwr_req *done[CALLS];
    unsigned served = 0;

    memset(&call, 0, sizeof(call));
    for (unsigned i = 0; i < PAGES; i++)
        set_page(w, i, FIRST + i);
    assert_int_equal(vwr_balloon_client_inflate_submit(&w->c, &call, w->pages, PAGES * sizeof(vwr_le32)),
                     VWR_OK);
    (void)vwr_request_kick(&w->c.inflateq.requests);
    assert_in_range(w->b.gone / VWR_VBALLOON_PAGE, 1, PAGES / 2);
    assert_int_equal(vwr_request_reap(&w->c.inflateq.requests, done, CALLS), 0);
    while (host_vm_serve(&w->h))
        served++;
    assert_in_range(served, 3, PAGES / 20);
    assert_int_equal(vwr_request_reap(&w->c.inflateq.requests, done, CALLS), 1);
    assert_int_equal(call.call.req.result, VWR_OK);
    assert_gone(w, PAGES);
    end(w);
}

/* A reset in the middle of a message: the device stops processing it. Clause: reset.dev.2. */
static void reset_returns_all(void **state)
{
    struct world *const w = begin(state, &all, 1024);
    struct vwr_balloon_client_inflateq_call call;
    uint64_t gone;

    memset(&call, 0, sizeof(call));
    for (unsigned i = 0; i < PAGES; i++)
        set_page(w, i, FIRST + i);
    assert_int_equal(vwr_balloon_client_inflate_submit(&w->c, &call, w->pages, PAGES * sizeof(vwr_le32)),
                     VWR_OK);
    (void)vwr_request_kick(&w->c.inflateq.requests);
    gone = w->b.gone;
    assert_true(gone != 0);
    w->resets = 0;
    assert_int_equal(vwr_close(&w->c.bringup), VWR_OK);
    assert_int_equal(w->resets, 1);
    assert_int_equal(w->reset_bytes, gone);
    while (host_vm_serve(&w->h))
        continue;
    assert_gone(w, 0);
    assert_int_equal(vwr_balloon_client_open(&w->c, &w->h.mmio.dev, &w->options), VWR_OK);
    inflate(w, 10);
    assert_gone(w, 10);
    end(w);
}

/*
 * A suspend in the middle of a list: the device first processes the rest of the list and returns the
 * statistics buffer that it holds. Section: Device Suspend.
 */
static void suspend_in_a_list(void **state)
{
    struct world *const w = begin(state, &all, 1024);
    struct vwr_balloon_client_inflateq_call call;
    struct vwr_balloon_client_statsq_call kept;
    struct vwr_req *done[CALLS];

    memset(&call, 0, sizeof(call));
    memset(&kept, 0, sizeof(kept));
    for (unsigned i = 0; i < PAGES; i++)
        set_page(w, i, FIRST + i);
    assert_int_equal(vwr_balloon_client_stats_submit(&w->c, &kept, (void *)&w->pages[PAGES],
                                                     sizeof(struct vwr_balloon_stat)),
                     VWR_OK);
    (void)vwr_request_kick(&w->c.statsq.requests);
    assert_int_equal(vwr_balloon_client_inflate_submit(&w->c, &call, w->pages, PAGES * sizeof(vwr_le32)),
                     VWR_OK);
    (void)vwr_request_kick(&w->c.inflateq.requests);
    assert_true(w->b.gone < HOST_VM_RAM_BYTES);
    if (w->h.format->legacy) {
        assert_int_equal(vwr_dev_suspend(&w->h.mmio.dev), VWR_EUNSUPP);
        end(w);
        return;
    }
    assert_int_equal(vwr_dev_suspend(&w->h.mmio.dev), VWR_OK);
    assert_gone(w, PAGES);
    assert_true(vwr_vdev_is_suspended(vwr_vballoon_dev(&w->b)));
    assert_int_equal(vwr_vballoon_poll_stats(&w->b), VWR_EFULL);
    assert_int_equal(vwr_dev_resume(&w->h.mmio.dev), VWR_OK);
    assert_int_equal(vwr_request_reap(&w->c.inflateq.requests, done, CALLS), 1);
    assert_int_equal(vwr_request_reap(&w->c.statsq.requests, done, CALLS), 1);
    end(w);
}

/* ---- statistics ---- */

static void set_stat(struct world *w, struct vwr_balloon_stat *s, uint16_t tag, uint64_t value)
{
    s->tag = vwr_guest16(w->h.format->legacy, tag);
    s->val = vwr_guest64(w->h.format->legacy, value);
}

/* Clause: balloon.dev.stats.1 balloon.dev.stats.2. */
static void statistics(void **state)
{
    struct world *const w = begin(state, &all, 0);
    struct vwr_balloon_stat *const s = (void *)w->pages;
    struct vwr_balloon_client_statsq_call call;
    struct vwr_req *done[CALLS];

    memset(&call, 0, sizeof(call));
    assert_int_equal(vwr_vballoon_poll_stats(&w->b), VWR_EFULL);
    for (unsigned i = 0; i < 20; i++) {
        set_stat(w, &s[0], VWR_BALLOON_S_MEMTOT, UINT64_C(0x1234567890) + i);
        set_stat(w, &s[1], 0x7777, 1); /* an unknown tag */
        set_stat(w, &s[2], VWR_BALLOON_S_SWAP_IN, i);
        assert_int_equal(vwr_balloon_client_stats_submit(&w->c, &call, s, 3 * sizeof(*s)), VWR_OK);
        (void)vwr_request_kick(&w->c.statsq.requests);
        assert_int_equal(w->stats, i + 1);
        assert_int_equal(w->b.stats.known, 1u << VWR_BALLOON_S_MEMTOT | 1u << VWR_BALLOON_S_SWAP_IN);
        assert_int_equal(w->b.stats.value[VWR_BALLOON_S_MEMTOT], UINT64_C(0x1234567890) + i);
        assert_int_equal(w->b.stats.value[VWR_BALLOON_S_SWAP_IN], i);
        assert_int_equal(vwr_request_reap(&w->c.statsq.requests, done, CALLS), 0);
        assert_int_equal(vwr_vballoon_poll_stats(&w->b), VWR_OK);
        assert_int_equal(vwr_vballoon_poll_stats(&w->b), VWR_EFULL);
        assert_int_equal(vwr_request_reap(&w->c.statsq.requests, done, CALLS), 1);
    }
    end(w);
}

/* Two statistics buffers in flight, which no driver has: the device returns the older one. A reset drops
 * the other. */
static void two_buffers_of_statistics(void **state)
{
    struct world *const w = begin(state, &all, 0);
    struct vwr_balloon_stat *const s = (void *)w->pages;
    struct vwr_balloon_client_statsq_call call[2];
    struct vwr_req *done[CALLS];

    memset(call, 0, sizeof(call));
    set_stat(w, &s[0], VWR_BALLOON_S_MEMTOT, 1);
    for (unsigned i = 0; i < 2; i++)
        assert_int_equal(vwr_balloon_client_stats_submit(&w->c, &call[i], s, sizeof(*s)), VWR_OK);
    (void)vwr_request_kick(&w->c.statsq.requests);
    assert_int_equal(vwr_request_reap(&w->c.statsq.requests, done, CALLS), 1);
    assert_ptr_equal(done[0], &call[0].call.req);
    assert_int_equal(vwr_close(&w->c.bringup), VWR_OK);
    assert_int_equal(vwr_vballoon_poll_stats(&w->b), VWR_EFEATURE);
    assert_int_equal(vwr_balloon_client_open(&w->c, &w->h.mmio.dev, &w->options), VWR_OK);
    assert_int_equal(vwr_vballoon_poll_stats(&w->b), VWR_EFULL);
    end(w);
}

/* ---- free pages ---- */

/* Clause: balloon.dev.hint.3. */
static void hinting(void **state)
{
    struct world *const w = begin(state, &all, 0);
    uint8_t *const page = host_vm_alloc(&w->h, 4 * VWR_VBALLOON_PAGE);
    struct vwr_balloon_free_page_command_msg m = {0};
    uint32_t id, before, written;

    assert_int_equal(vwr_vballoon_hint(&w->b), VWR_OK);
    id = vwr_balloon_config_get_free_page_hint_cmd_id(&w->h.mmio.dev.config);
    assert_true(id > VWR_BALLOON_CMD_ID_DONE);
    assert_int_equal(vwr_balloon_client_free_page_hint(&w->c, page, 4 * VWR_VBALLOON_PAGE, &written), VWR_OK);
    assert_int_equal(w->hints, 0); /* the command has not arrived yet */
    m.id = id;
    assert_int_equal(vwr_balloon_client_free_page_command(&w->c, &m), VWR_OK);
    assert_int_equal(vwr_balloon_client_free_page_hint(&w->c, page, 4 * VWR_VBALLOON_PAGE, &written), VWR_OK);
    assert_int_equal(w->hints, 1);
    assert_int_equal(written, 0);
    assert_ptr_equal(w->last.host, page);
    assert_int_equal(w->last.bytes, 4 * VWR_VBALLOON_PAGE);
    before = id;
    assert_int_equal(vwr_vballoon_hint(&w->b), VWR_OK);
    id = vwr_balloon_config_get_free_page_hint_cmd_id(&w->h.mmio.dev.config);
    assert_true(id != before);
    assert_int_equal(vwr_balloon_client_free_page_hint(&w->c, page, 4 * VWR_VBALLOON_PAGE, &written), VWR_OK);
    m.id = before;
    assert_int_equal(vwr_balloon_client_free_page_command(&w->c, &m), VWR_OK);
    assert_int_equal(vwr_balloon_client_free_page_hint(&w->c, page, 4 * VWR_VBALLOON_PAGE, &written), VWR_OK);
    assert_int_equal(w->hints, 1);
    m.id = id;
    assert_int_equal(vwr_balloon_client_free_page_command(&w->c, &m), VWR_OK);
    assert_int_equal(vwr_balloon_client_free_page_hint(&w->c, page, 2 * VWR_VBALLOON_PAGE, &written), VWR_OK);
    assert_int_equal(w->hints, 2);
    m.id = VWR_BALLOON_CMD_ID_STOP;
    assert_int_equal(vwr_balloon_client_free_page_command(&w->c, &m), VWR_OK);
    assert_int_equal(w->ends, 1);
    vwr_vballoon_end_hints(&w->b, VWR_BALLOON_CMD_ID_DONE);
    assert_int_equal(vwr_balloon_config_get_free_page_hint_cmd_id(&w->h.mmio.dev.config),
                     VWR_BALLOON_CMD_ID_DONE);
    m.id = VWR_BALLOON_CMD_ID_DONE; /* not a valid command id */
    assert_int_equal(vwr_balloon_client_free_page_command(&w->c, &m), VWR_OK);
    assert_int_equal(vwr_balloon_client_free_page_hint(&w->c, page, VWR_VBALLOON_PAGE, &written), VWR_OK);
    assert_int_equal(w->hints, 2);
    vwr_vballoon_end_hints(&w->b, VWR_BALLOON_CMD_ID_STOP);
    assert_int_equal(vwr_balloon_config_get_free_page_hint_cmd_id(&w->h.mmio.dev.config),
                     VWR_BALLOON_CMD_ID_STOP);
    w->b.last_command = UINT32_MAX; /* after 2^32 commands, or of a state */
    assert_int_equal(vwr_vballoon_hint(&w->b), VWR_OK);
    assert_true(vwr_balloon_config_get_free_page_hint_cmd_id(&w->h.mmio.dev.config) >
                VWR_BALLOON_CMD_ID_DONE);
    end(w);
}

/* A reset ends a command: hints that a driver sends afterwards without a command are ignored. */
static void hinting_ends_with_a_reset(void **state)
{
    struct world *const w = begin(state, &all, 0);
    uint8_t *const page = host_vm_alloc(&w->h, VWR_VBALLOON_PAGE);
    struct vwr_balloon_free_page_command_msg m = {0};
    uint32_t written;

    assert_int_equal(vwr_vballoon_hint(&w->b), VWR_OK);
    m.id = vwr_balloon_config_get_free_page_hint_cmd_id(&w->h.mmio.dev.config);
    assert_int_equal(vwr_balloon_client_free_page_command(&w->c, &m), VWR_OK);
    assert_int_equal(vwr_balloon_client_free_page_hint(&w->c, page, VWR_VBALLOON_PAGE, &written), VWR_OK);
    assert_int_equal(w->hints, 1);
    assert_int_equal(vwr_close(&w->c.bringup), VWR_OK);
    assert_int_equal(vwr_balloon_client_open(&w->c, &w->h.mmio.dev, &w->options), VWR_OK);
    assert_int_equal(vwr_balloon_client_free_page_hint(&w->c, page, VWR_VBALLOON_PAGE, &written), VWR_OK);
    assert_int_equal(w->hints, 1);
    end(w);
}

/* Only whole pages are reported. */
static void reporting(void **state)
{
    struct world *const w = begin(state, &all, 0);
    uint8_t *const page = host_vm_alloc(&w->h, 4 * VWR_VBALLOON_PAGE);
    uint32_t written;

    assert_int_equal(vwr_balloon_client_report(&w->c, page, 4 * VWR_VBALLOON_PAGE, &written), VWR_OK);
    assert_int_equal(w->reports, 1);
    assert_int_equal(written, 0);
    assert_int_equal(w->last.bytes, 4 * VWR_VBALLOON_PAGE);
    assert_int_equal(vwr_balloon_client_report(&w->c, page + 1, 3 * VWR_VBALLOON_PAGE, &written), VWR_OK);
    assert_int_equal(w->reports, 2);
    assert_ptr_equal(w->last.host, page + VWR_VBALLOON_PAGE);
    assert_int_equal(w->last.bytes, 2 * VWR_VBALLOON_PAGE);
    assert_int_equal(vwr_balloon_client_report(&w->c, page + 1, VWR_VBALLOON_PAGE + 10, &written), VWR_OK);
    assert_int_equal(w->reports, 2);
    assert_int_equal(w->b.ignored, 1);
    assert_int_equal(vwr_balloon_config_set_poison_val(&w->h.mmio.dev.config, 0xaaaaaaaa), VWR_OK);
    assert_int_equal(w->b.poison, 0xaaaaaaaa);
    end(w);
}

/* Each combination of queues: a missing queue shifts the indices of the following ones. */
static void queues_by_features(void **state)
{
    for (unsigned n = 0; n < 8; n++) {
        const struct vwr_vballoon_options o = {
            .ops = &ops, .statistics = (n & 1u) != 0, .hinting = (n & 2u) != 0, .reporting = (n & 4u) != 0};
        struct world *const w = begin(state, &o, 0);
        uint8_t *const page = host_vm_alloc(&w->h, VWR_VBALLOON_PAGE);
        struct vwr_balloon_free_page_command_msg m = {0};
        uint32_t written;

        assert_int_equal(vwr_vballoon_dev(&w->b)->queues, 2u + (n & 1u) + (n >> 1 & 1u) + (n >> 2 & 1u));
        set_page(w, 0, FIRST);
        inflate(w, 1);
        assert_gone(w, 1);
        assert_int_equal(vwr_vballoon_poll_stats(&w->b), o.statistics ? VWR_EFULL : VWR_EFEATURE);
        assert_int_equal(vwr_vballoon_hint(&w->b), o.hinting ? VWR_OK : VWR_EFEATURE);
        if (o.hinting) {
            m.id = vwr_balloon_config_get_free_page_hint_cmd_id(&w->h.mmio.dev.config);
            assert_int_equal(vwr_balloon_client_free_page_command(&w->c, &m), VWR_OK);
            assert_int_equal(vwr_balloon_client_free_page_hint(&w->c, page, VWR_VBALLOON_PAGE, &written),
                             VWR_OK);
        }
        if (o.reporting)
            assert_int_equal(vwr_balloon_client_report(&w->c, page, VWR_VBALLOON_PAGE, &written), VWR_OK);
        assert_int_equal(w->hints, o.hinting);
        assert_int_equal(w->reports, o.reporting);
        end(w);
    }
}

/* The VM has less memory, then none that the bitmap covers, then all again: each time the guest has all
 * pages. */
static void memory_changes(void **state)
{
    struct world *const w = begin(state, &all, 0);
    const uint64_t half = HOST_VM_RAM_BYTES / 2;

    set_page(w, 0, FIRST);
    set_page(w, 1, FIRST + PAGES - 1);
    inflate(w, 2);
    assert_gone(w, 2);
    w->h.region.bytes = half;
    assert_int_equal(vwr_vballoon_set_memory(&w->b, w->map, VWR_VBALLOON_WORDS(half)), VWR_OK);
    assert_int_equal(w->reset_bytes, 2 * VWR_VBALLOON_PAGE);
    assert_gone(w, 0);
    assert_int_equal(vwr_vballoon_set_target(&w->b, PAGES / 2 + 1), VWR_ERANGE);
    w->h.region.bytes = HOST_VM_RAM_BYTES;
    assert_int_equal(vwr_vballoon_set_memory(&w->b, w->map, VWR_VBALLOON_WORDS(half)), VWR_ENOMEM);
    inflate(w, 2);
    assert_gone(w, 0);
    assert_int_equal(w->b.ignored, 2);
    assert_int_equal(vwr_vballoon_set_memory(&w->b, w->map, VWR_VBALLOON_WORDS(HOST_VM_RAM_BYTES)), VWR_OK);
    inflate(w, 2);
    assert_gone(w, 2);
    end(w);
}

/*
 * A bitmap has a bit for each page that is claimed to exist, such as those of a vhost-user front end with a
 * sparse file. Pages of the bitmap that are 0 are not written, so they need not exist.
 */
static void empty_map(void **state)
{
    const size_t bytes = VWR_VBALLOON_WORDS(HOST_VM_RAM_BYTES) * sizeof(uint32_t);
    struct world *const w = begin(state, &all, 0);
    const int zeroes = open("/dev/zero", O_RDONLY);
    uint32_t *const map = mmap(NULL, bytes, PROT_READ, MAP_PRIVATE, zeroes, 0);

    assert_true(map != MAP_FAILED);
    (void)close(zeroes);
    assert_int_equal(vwr_vballoon_set_memory(&w->b, map, VWR_VBALLOON_WORDS(HOST_VM_RAM_BYTES)), VWR_OK);
    assert_gone(w, 0);
    end(w);
    (void)munmap(map, bytes);
}

static void wrong_options(void **state)
{
    struct host_vm h;
    static struct vwr_vballoon b;
    uint32_t map[VWR_VBALLOON_WORDS(HOST_VM_RAM_BYTES)];
    struct vwr_vballoon_options o = all;

    host_vm_begin(&h, *state);
    assert_int_equal(vwr_vballoon_init_with(&b, &h.setup, &o), VWR_ENOMEM);
    o.map = map;
    o.map_count = VWR_VBALLOON_WORDS(HOST_VM_RAM_BYTES) - 1;
    assert_int_equal(vwr_vballoon_init_with(&b, &h.setup, &o), VWR_ENOMEM);
    o.map_count++;
    h.setup.queue_count = VWR_VBALLOON_QUEUES - 1;
    assert_int_equal(vwr_vballoon_init_with(&b, &h.setup, &o), VWR_ENOMEM);
    o.hinting = false;
    assert_int_equal(vwr_vballoon_init_with(&b, &h.setup, &o), VWR_OK);
    o.ops = NULL;
    assert_int_equal(vwr_vballoon_init_with(&b, &h.setup, &o), VWR_EINVAL);
    host_vm_end(&h);
}

int main(void)
{
#define CASE(function)      \
    {                       \
#function, function \
    }
    static const struct host_vm_case cases[] = {CASE(target_and_actual),
                                                CASE(actual_by_bytes),
                                                CASE(pages_go_and_come),
                                                CASE(what_says_nothing_new),
                                                CASE(budget),
                                                CASE(reset_returns_all),
                                                CASE(suspend_in_a_list),
                                                CASE(statistics),
                                                CASE(two_buffers_of_statistics),
                                                CASE(hinting),
                                                CASE(hinting_ends_with_a_reset),
                                                CASE(reporting),
                                                CASE(queues_by_features),
                                                CASE(memory_changes),
                                                CASE(empty_map),
                                                CASE(wrong_options)};

    return host_vm_run("balloon", cases, sizeof(cases) / sizeof(cases[0]));
}
