/* SPDX-License-Identifier: MIT */
#include "host_vm.h"
#include "vwr/balloon.h"
#include "vwr/vballoon.h"
#include "vwr/open/rows.h"

#include <stdlib.h>
#include <string.h>

/* The balloon driver on our device, in every ring format. */

#define PAGES (HOST_VM_RAM_BYTES / VWR_BALLOON_PAGE)
#define FIRST ((uint32_t)(HOST_VM_RAM / VWR_BALLOON_PAGE)) /* first page of the guest's RAM */
#define CAPACITY 600u
#define POISON 0xa5a5a5a5u

/* Pages that the test puts into the balloon: the last ones of the RAM, which host_vm_alloc leaves alone. */
#define FREE 100u
#define MEMBER(n) (FIRST + (uint32_t)PAGES - FREE + (n))

struct world {
    struct host_vm h;
    struct vwr_vballoon v;
    uint32_t map[VWR_VBALLOON_WORDS(HOST_VM_RAM_BYTES)];
    struct vwr_balloon b;
    struct vwr_balloon_options options;
    uint32_t list[CAPACITY];
    bool gone[PAGES];
    uint64_t released;
    unsigned resets, actuals, stats, reports, hints, ends;
    struct vwr_memory_region last;
};

/* ---- the VMM ---- */

static void move(struct vwr_vballoon *v, const struct vwr_memory_region *r, bool out)
{
    struct world *const w = v->context;

    for (uint64_t at = 0; at < r->bytes; at += VWR_BALLOON_PAGE) {
        bool *const page = &w->gone[(r->addr + at - HOST_VM_RAM) / VWR_BALLOON_PAGE];

        assert_int_equal(*page, !out);
        *page = out;
        w->released += out;
    }
}

static void release(struct vwr_vballoon *v, const struct vwr_memory_region *r)
{
    move(v, r, true);
}

static void claim(struct vwr_vballoon *v, const struct vwr_memory_region *r)
{
    move(v, r, false);
}

static void was_reset(struct vwr_vballoon *v, uint64_t bytes)
{
    struct world *const w = v->context;

    (void)bytes;
    w->resets++;
    memset(w->gone, 0, sizeof(w->gone));
}

static void actual(struct vwr_vballoon *v)
{
    ((struct world *)v->context)->actuals++;
}

static void stats(struct vwr_vballoon *v)
{
    ((struct world *)v->context)->stats++;
}

static void report(struct vwr_vballoon *v, const struct vwr_memory_region *r)
{
    struct world *const w = v->context;

    w->reports++;
    w->last = *r;
}

static void hint(struct vwr_vballoon *v, const struct vwr_memory_region *r)
{
    struct world *const w = v->context;

    w->hints++;
    w->last = *r;
}

static void hints_end(struct vwr_vballoon *v)
{
    ((struct world *)v->context)->ends++;
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

static struct world *plug(void **state, const struct vwr_vballoon_options *offered)
{
    struct world *const w = calloc(1, sizeof(*w));
    struct vwr_vballoon_options o = *offered;

    assert_non_null(w);
    host_vm_begin(&w->h, *state);
    o.map = w->map;
    o.map_count = VWR_VBALLOON_WORDS(HOST_VM_RAM_BYTES);
    o.context = w;
    assert_int_equal(vwr_vballoon_init_with(&w->v, &w->h.setup, &o), VWR_OK);
    host_vm_plug(&w->h, vwr_vballoon_dev(&w->v));
    w->options.shared = host_vm_alloc(&w->h, sizeof(*w->options.shared));
    w->options.pages = w->list;
    w->options.page_count = CAPACITY;
    return w;
}

static void open_driver(struct world *w)
{
    assert_int_equal(vwr_balloon_open(&w->b, &w->h.mmio.dev, &w->options), VWR_OK);
}

/* Everything is offered and accepted. */
static struct world *begin(void **state)
{
    struct world *const w = plug(state, &all);

    w->options.statistics = true;
    w->options.hinting = true;
    w->options.reporting = true;
    w->options.poison = true;
    w->options.poison_val = POISON;
    open_driver(w);
    return w;
}

static void end(struct world *w)
{
    assert_int_equal(w->h.broken, 0);
    host_vm_end(&w->h);
    free(w);
}

static void inflate(struct world *w, unsigned first, unsigned n)
{
    uint32_t pages[CAPACITY];

    for (unsigned i = 0; i < n; i++)
        pages[i] = MEMBER(first + i);
    assert_int_equal(vwr_balloon_inflate(&w->b, pages, n), n);
}

static void assert_inside(const struct world *w, unsigned first, unsigned n)
{
    for (unsigned i = 0; i < PAGES; i++)
        assert_int_equal(w->gone[i], i >= PAGES - FREE + first && i < PAGES - FREE + first + n);
    assert_int_equal(w->v.actual, n);
    assert_int_equal(w->b.known, n);
    assert_int_equal(w->b.pages, n);
}

static void set_target(struct world *w, uint32_t pages)
{
    assert_int_equal(vwr_vballoon_set_target(&w->v, pages), VWR_OK);
    assert_int_equal(vwr_balloon_poll(&w->b), VWR_OK);
    assert_int_equal(w->b.info.num_pages, pages);
}

static void flush(struct world *w)
{
    while (host_vm_serve(&w->h))
        continue;
    assert_int_equal(vwr_balloon_flush(&w->b, 0), VWR_OK);
}

/* ---- pages ---- */

/* Clause: balloon.drv.1 balloon.drv.2 balloon.drv.6 balloon.drv.11. */
static void pages_go_and_come(void **state)
{
    struct world *const w = begin(state);
    uint32_t pages[FREE];

    assert_int_equal(vwr_balloon_wanted(&w->b), 0);
    set_target(w, 60);
    assert_int_equal(vwr_balloon_wanted(&w->b), 60);
    inflate(w, 0, 50);
    inflate(w, 50, 10);
    flush(w);
    assert_inside(w, 0, 60);
    assert_int_equal(vwr_balloon_wanted(&w->b), 0);
    assert_int_equal(vwr_balloon_deflate(&w->b, pages, 5), VWR_EFEATURE);
    set_target(w, 20);
    assert_int_equal(vwr_balloon_wanted(&w->b), 0);
    assert_int_equal(vwr_balloon_surplus(&w->b), 40);
    assert_int_equal(vwr_balloon_deflate(&w->b, pages, FREE), 0);
    assert_int_equal(vwr_balloon_deflate(&w->b, pages, 10), 10);
    assert_int_equal(vwr_balloon_deflate(&w->b, pages + 10, FREE), 30);
    for (unsigned i = 0; i < 40; i++)
        assert_int_equal(pages[i], MEMBER(20 + i));
    flush(w);
    assert_inside(w, 0, 20);
    assert_int_equal(vwr_balloon_deflate(&w->b, pages, 0), 0);
    set_target(w, 0);
    assert_int_equal(vwr_balloon_deflate(&w->b, pages, FREE), 0);
    assert_int_equal(vwr_balloon_deflate(&w->b, pages, FREE), 20);
    assert_inside(w, 0, 0);
    assert_int_equal(vwr_balloon_deflate(&w->b, pages, FREE), 0); /* empty */
    assert_int_equal(w->v.ignored, 0);
    end(w);
}

static uint32_t number(unsigned i)
{
    return i < FREE ? MEMBER(i) : 1 + i;
}

/* Lists longer than a message; page numbers outside of RAM do not matter to the driver. */
static void long_lists(void **state)
{
    struct world *const w = begin(state);
    uint32_t pages[CAPACITY + 1];
    unsigned came = 0;

    w->h.setup.budget_bytes = 0;
    for (unsigned i = 0; i <= CAPACITY; i++)
        pages[i] = number(i);
    assert_int_equal(vwr_balloon_inflate(&w->b, pages, CAPACITY + 1), CAPACITY);
    assert_int_equal(vwr_balloon_inflate(&w->b, pages, 1), 0);
    flush(w);
    assert_int_equal(w->v.gone, FREE * (uint64_t)VWR_BALLOON_PAGE);
    assert_int_equal(w->v.actual, CAPACITY);
    assert_int_equal(vwr_balloon_poll(&w->b), VWR_OK);
    assert_int_equal(vwr_balloon_deflate(&w->b, pages, 5), 0);
    assert_int_equal(vwr_balloon_inflate(&w->b, pages, 1),
                     0); /* the list has no space until they are fetched */
    for (int n; came < CAPACITY; came += (unsigned)n) {
        n = vwr_balloon_deflate(&w->b, pages, CAPACITY);
        assert_in_range(n, 0, VWR_BALLOON_LIST);
        for (int i = 0; i < n; i++)
            assert_int_equal(pages[i], number(CAPACITY - came - (unsigned)n + (unsigned)i));
        if (n == 0)
            flush(w);
    }
    assert_inside(w, 0, 0);
    end(w);
}

/*
 * The device is slow. A page that it has not seen leaves at once; one that is in flight does not leave; a
 * page that leaves belongs to the device until it has confirmed that. Clause: balloon.drv.7.
 */
static void a_slow_device(void **state)
{
    struct world *const w = begin(state);
    uint32_t pages[FREE];

    host_vm_put_off(&w->h);
    inflate(w, 0, 10);
    assert_int_equal(w->b.known, 0);
    inflate(w, 10, 10);
    assert_int_equal(w->b.pages, 20);
    assert_int_equal(vwr_balloon_deflate(&w->b, pages, 4), 4);
    assert_int_equal(pages[0], MEMBER(16));
    assert_int_equal(vwr_balloon_deflate(&w->b, pages, FREE), 6);
    assert_int_equal(pages[0], MEMBER(10));
    assert_int_equal(vwr_balloon_deflate(&w->b, pages, FREE), 0);
    assert_int_equal(w->b.pages, 10);
    assert_int_equal(vwr_balloon_flush(&w->b, 0), VWR_ETIMEOUT);
    (void)host_vm_serve(&w->h);
    assert_int_equal(vwr_balloon_poll(&w->b), VWR_OK);
    assert_inside(w, 0, 10);
    assert_int_equal(vwr_balloon_deflate(&w->b, pages, 3), 0);
    assert_int_equal(w->b.pages, 7);
    assert_int_equal(vwr_balloon_deflate(&w->b, pages, 3), 0);
    inflate(w, 50, 2); /* others may enter meanwhile */
    assert_int_equal(vwr_balloon_flush(&w->b, 0), VWR_ETIMEOUT);
    (void)host_vm_serve(&w->h);
    assert_int_equal(vwr_balloon_deflate(&w->b, pages, FREE), 3);
    for (unsigned i = 0; i < 3; i++)
        assert_int_equal(pages[i], MEMBER(7 + i));
    assert_int_equal(w->b.pages, 9);
    assert_int_equal(w->list[8], MEMBER(51));
    assert_int_equal(vwr_balloon_deflate(&w->b, pages, 2), 0);
    (void)host_vm_serve(&w->h);
    assert_int_equal(vwr_balloon_deflate(&w->b, pages, 2), 2);
    assert_inside(w, 0, 7);
    end(w);
}

/* A caller with an allocator: the pages that it has given away and not received back. */
static void follow(struct world *w, bool away[FREE])
{
    uint32_t pages[FREE];
    unsigned count = 0;
    int r;

    assert_int_equal(vwr_balloon_poll(&w->b), VWR_OK);
    if (vwr_balloon_surplus(&w->b) != 0) {
        r = vwr_balloon_deflate(&w->b, pages, 7);
        assert_in_range(r, 0, 7);
        for (int i = 0; i < r; i++) {
            bool *const page = &away[pages[i] - MEMBER(0)];

            assert_true(*page && !w->gone[pages[i] - FIRST]);
            *page = false;
        }
    }
    for (unsigned i = 0; i < FREE && count < vwr_balloon_wanted(&w->b); i++)
        if (!away[i])
            pages[count++] = MEMBER(i);
    r = vwr_balloon_inflate(&w->b, pages, count);
    assert_in_range(r, 0, count);
    for (int i = 0; i < r; i++)
        away[pages[i] - MEMBER(0)] = true;
    count = 0;
    for (unsigned i = 0; i < FREE; i++)
        count += away[i];
    assert_int_equal(w->b.pages + w->b.leaving, count);
}

/*
 * A caller that deflates as long as there is a surplus gets each page back, and once, however slow the device
 * is, and also if it wants pages again while others leave.
 */
static void each_page_comes_back(void **state)
{
    static const uint32_t targets[] = {64, 0, 64, 30, 50, 0, 100, 0};
    const unsigned n = sizeof(targets) / sizeof(targets[0]);

    for (unsigned slow = 0; slow < 4; slow++) {
        struct world *const w = plug(state, &all);
        bool away[FREE] = {false};

        w->options.page_count = FREE; /* pages that leave take room */
        open_driver(w);
        for (unsigned i = 0; i < n; i++) {
            assert_int_equal(vwr_vballoon_set_target(&w->v, targets[i]), VWR_OK);
            for (unsigned pass = 0; pass < (i % 3 == 2 ? 2 + slow : 200); pass++) { /* some are cut short */
                if (slow != 0)
                    host_vm_put_off(&w->h);
                follow(w, away);
                if (slow != 0 && pass % slow == 0)
                    (void)host_vm_serve(&w->h);
            }
        }
        for (unsigned i = 0; i < FREE; i++)
            assert_false(away[i]);
        assert_int_equal(vwr_balloon_surplus(&w->b), 0);
        assert_inside(w, 0, 0);
        end(w);
    }
}

/* With DEFLATE_ON_OOM, pages leave even if the device wants them. Clause: balloon.drv.4 balloon.drv.5. */
static void out_of_memory(void **state)
{
    struct world *const w = plug(state, &all);
    uint32_t page;

    w->options.deflate_on_oom = true;
    open_driver(w);
    set_target(w, 2);
    inflate(w, 0, 2);
    flush(w);
    assert_int_equal(vwr_balloon_deflate(&w->b, &page, 1), 0);
    assert_int_equal(vwr_balloon_deflate(&w->b, &page, 1), 1);
    assert_int_equal(page, MEMBER(1));
    assert_inside(w, 0, 1);
    assert_int_equal(vwr_balloon_wanted(&w->b), 1);
    end(w);
}

/* ---- statistics ---- */

/* Clause: balloon.drv.stats.1 balloon.drv.stats.2 balloon.drv.stats.5. */
static void statistics(void **state)
{
    struct world *const w = begin(state);
    struct vwr_balloon_stats s = {.known = 1u << VWR_BALLOON_S_MEMTOT | 1u << VWR_BALLOON_S_HTLB_PGFAIL};

    for (unsigned i = 0; i < 5; i++) {
        assert_true(vwr_balloon_wants_stats(&w->b));
        s.value[VWR_BALLOON_S_MEMTOT] = UINT64_C(0x123456789a) + i;
        s.value[VWR_BALLOON_S_HTLB_PGFAIL] = i;
        assert_int_equal(vwr_balloon_send_stats(&w->b, &s), VWR_OK);
        assert_int_equal(vwr_balloon_poll(&w->b), VWR_OK);
        assert_false(vwr_balloon_wants_stats(&w->b));
        assert_int_equal(vwr_balloon_send_stats(&w->b, &s), VWR_EBUSY);
        assert_int_equal(w->stats, i + 1);
        assert_int_equal(w->v.stats.known, s.known);
        assert_int_equal(w->v.stats.value[VWR_BALLOON_S_MEMTOT], s.value[VWR_BALLOON_S_MEMTOT]);
        assert_int_equal(w->v.stats.value[VWR_BALLOON_S_HTLB_PGFAIL], i);
        assert_true(vwr_balloon_arm(&w->b));
        w->h.interrupts = 0;
        assert_int_equal(vwr_vballoon_poll_stats(&w->v), VWR_OK);
        assert_true(w->h.interrupts != 0);
        assert_false(vwr_balloon_arm(&w->b));
        assert_int_equal(vwr_balloon_poll(&w->b), VWR_OK);
    }
    s.known = 1u << VWR_BALLOON_STATS;
    assert_int_equal(vwr_balloon_send_stats(&w->b, &s), VWR_EINVAL);
    end(w);
}

/* ---- free pages ---- */

/* Clause: balloon.drv.poison.1 balloon.drv.poison.2 balloon.drv.report.1 balloon.drv.report.2. */
static void reporting(void **state)
{
    struct world *const w = begin(state);
    uint8_t *const page = host_vm_alloc(&w->h, 4 * VWR_BALLOON_PAGE);
    struct vwr_vec range[] = {{page, VWR_BALLOON_PAGE}, {page + 2 * VWR_BALLOON_PAGE, 2 * VWR_BALLOON_PAGE}};

    assert_int_equal(w->v.poison, POISON);
    assert_int_equal(vwr_balloon_report(&w->b, range, 2), VWR_OK);
    assert_int_equal(w->reports, 2);
    assert_ptr_equal(w->last.host, page + 2 * VWR_BALLOON_PAGE);
    assert_int_equal(w->last.bytes, 2 * VWR_BALLOON_PAGE);
    assert_int_equal(vwr_balloon_report(&w->b, range, 0), VWR_EINVAL);
    assert_int_equal(vwr_balloon_report(&w->b, range, VWR_REQUEST_SEGMENTS + 1), VWR_ESEGMENTS);
    range[1].bytes--;
    assert_int_equal(vwr_balloon_report(&w->b, range, 2), VWR_EALIGN);
    assert_int_equal(w->reports, 2);
    end(w);
}

/* A caller that fills its free pages does not report them to a device that does not know the value. */
static void reporting_without_poison(void **state)
{
    struct vwr_vballoon_options o = all;
    struct world *w;
    struct vwr_vec range;

    o.poison = false;
    w = plug(state, &o);
    range = (struct vwr_vec){host_vm_alloc(&w->h, VWR_BALLOON_PAGE), VWR_BALLOON_PAGE};
    w->options.reporting = true;
    w->options.poison = true;
    w->options.poison_val = POISON;
    open_driver(w);
    assert_int_equal(vwr_balloon_report(&w->b, &range, 1), VWR_EFEATURE);
    assert_int_equal(vwr_close(&w->b.bringup), VWR_OK);
    w->options.poison_val = 0;
    open_driver(w);
    assert_int_equal(vwr_balloon_report(&w->b, &range, 1), VWR_OK);
    assert_int_equal(w->v.poison, 0);
    end(w);
}

/*
 * Clause: balloon.drv.hint.1 balloon.drv.hint.2 balloon.drv.hint.3 balloon.drv.hint.5 balloon.drv.hint.6
 * balloon.drv.hint.8.
 */
static void hinting(void **state)
{
    struct world *const w = begin(state);
    const struct vwr_vec range = {host_vm_alloc(&w->h, VWR_BALLOON_PAGE), VWR_BALLOON_PAGE};

    assert_false(vwr_balloon_wants_hints(&w->b));
    assert_int_equal(vwr_balloon_hint(&w->b, &range, 1), VWR_EINVAL);
    for (unsigned i = 0; i < 3; i++) {
        assert_int_equal(vwr_vballoon_hint(&w->v), VWR_OK);
        assert_int_equal(vwr_balloon_poll(&w->b), VWR_OK);
        assert_true(vwr_balloon_wants_hints(&w->b));
        assert_int_equal(vwr_balloon_hint(&w->b, &range, 1), VWR_OK);
        assert_int_equal(vwr_balloon_hint(&w->b, &range, 1), VWR_OK);
        assert_int_equal(w->hints, 2 * i + 2);
        assert_int_equal(vwr_balloon_end_hints(&w->b), VWR_OK);
        assert_int_equal(w->ends, i + 1);
        assert_false(vwr_balloon_wants_hints(&w->b));
        assert_int_equal(vwr_balloon_end_hints(&w->b), VWR_EINVAL);
        assert_true(vwr_balloon_holds_hints(&w->b));
        vwr_vballoon_end_hints(&w->v, VWR_BALLOON_CMD_ID_DONE);
        assert_int_equal(vwr_balloon_poll(&w->b), VWR_OK);
        assert_false(vwr_balloon_holds_hints(&w->b));
    }
    assert_int_equal(vwr_vballoon_hint(&w->v), VWR_OK);
    assert_int_equal(vwr_balloon_poll(&w->b), VWR_OK);
    assert_int_equal(vwr_balloon_hint(&w->b, &range, 1), VWR_OK);
    vwr_vballoon_end_hints(&w->v, VWR_BALLOON_CMD_ID_STOP);
    assert_int_equal(vwr_balloon_poll(&w->b), VWR_OK);
    assert_int_equal(vwr_balloon_hint(&w->b, &range, 1), VWR_EINVAL);
    assert_true(vwr_balloon_holds_hints(&w->b));
    end(w);
}

/* ---- open, recovery, close ---- */

/* Only requested features are accepted, so a simple caller has two queues. */
static void nothing_is_asked_for(void **state)
{
    struct world *const w = plug(state, &all);
    const struct vwr_vec range = {host_vm_alloc(&w->h, VWR_BALLOON_PAGE), VWR_BALLOON_PAGE};
    const struct vwr_balloon_stats s = {.known = 1};

    open_driver(w);
    for (unsigned f = VWR_BALLOON_F_STATS_VQ; f <= VWR_BALLOON_F_PAGE_REPORTING; f++)
        assert_false(vwr_dev_has(&w->h.mmio.dev, f));
    assert_true(vwr_dev_has(&w->h.mmio.dev, VWR_BALLOON_F_MUST_TELL_HOST));
    assert_false(vwr_balloon_wants_stats(&w->b) || vwr_balloon_wants_hints(&w->b));
    assert_int_equal(vwr_balloon_send_stats(&w->b, &s), VWR_EFEATURE);
    assert_int_equal(vwr_balloon_report(&w->b, &range, 1), VWR_EFEATURE);
    assert_int_equal(vwr_balloon_hint(&w->b, &range, 1), VWR_EFEATURE);
    assert_int_equal(vwr_balloon_end_hints(&w->b), VWR_EFEATURE);
    inflate(w, 0, 3);
    flush(w);
    assert_inside(w, 0, 3);
    assert_int_equal(vwr_close(&w->b.bringup), VWR_OK);
    assert_int_equal(w->b.pages, 3);
    assert_int_equal(w->list[2], MEMBER(2));
    end(w);
}

/* Each combination of queues: a missing queue shifts the indices of the following ones. */
static void queues_by_features(void **state)
{
    for (unsigned n = 0; n < 8; n++) {
        struct world *const w = plug(state, &all);
        const struct vwr_vec range = {host_vm_alloc(&w->h, VWR_BALLOON_PAGE), VWR_BALLOON_PAGE};
        const struct vwr_balloon_stats s = {.known = 1};

        w->options.statistics = (n & 1u) != 0;
        w->options.hinting = (n & 2u) != 0;
        w->options.reporting = (n & 4u) != 0;
        open_driver(w);
        if (w->options.statistics)
            assert_int_equal(vwr_balloon_send_stats(&w->b, &s), VWR_OK);
        else
            assert_true(vwr_balloon_send_stats(&w->b, &s) < 0);
        /*
         * The queue for hints exists because of the index of the queue for reports, even if no hints are
         * sent.
         */
        assert_int_equal(vwr_vballoon_hint(&w->v) == VWR_OK, w->options.hinting || w->options.reporting);
        assert_int_equal(vwr_balloon_poll(&w->b), VWR_OK);
        assert_int_equal(vwr_balloon_wants_hints(&w->b), w->options.hinting);
        assert_int_equal(vwr_balloon_hint(&w->b, &range, 1), w->options.hinting ? VWR_OK : VWR_EFEATURE);
        if (w->options.reporting)
            assert_int_equal(vwr_balloon_report(&w->b, &range, 1), VWR_OK);
        assert_int_equal(w->stats, w->options.statistics);
        assert_int_equal(w->hints, w->options.hinting);
        assert_int_equal(w->reports, w->options.reporting);
        end(w);
    }
}

static void recover(struct world *w)
{
    int r;

    while ((r = vwr_recover(&w->b.bringup)) == VWR_EBUSY)
        continue;
    assert_int_equal(r, VWR_OK);
    flush(w);
}

/*
 * The device fails with pages that it knows, pages in flight and pages that leave: all of them
 * enter the balloon again, and each only once. Clause: reset.dev.2 balloon.drv.poison.1.
 */
static void recovers(void **state)
{
    const struct vwr_balloon_stats s = {.known = 1u << VWR_BALLOON_S_MEMTOT};
    struct world *const w = begin(state);
    uint32_t pages[FREE];

    assert_int_equal(vwr_balloon_send_stats(&w->b, &s), VWR_OK);
    inflate(w, 0, 20);
    flush(w);
    for (unsigned i = 0; i < 4; i++) {
        if (i == 1)
            inflate(w, 20, 10); /* in flight if the device is put off */
        if (i == 2)
            assert_int_equal(vwr_balloon_deflate(&w->b, pages, 5), 0);
        w->released = 0;
        vwr_vdev_needs_reset(vwr_vballoon_dev(&w->v));
        w->h.broken = 0;
        assert_int_equal(vwr_balloon_poll(&w->b), VWR_ENEEDSRESET);
        assert_int_equal(vwr_balloon_poll(&w->b), VWR_EFAILED);
        assert_true(vwr_balloon_inflate(&w->b, pages, 1) < 0);
        recover(w);
        assert_inside(w, 0, i == 0 ? 20 : 30);
        assert_int_equal(w->released, i == 0 ? 20 : 30);
        assert_int_equal(w->v.ignored, 0);
        assert_int_equal(w->v.poison, POISON);
        assert_true(vwr_balloon_wants_stats(&w->b));
        assert_int_equal(vwr_balloon_send_stats(&w->b, &s), VWR_OK);
        host_vm_put_off(&w->h);
    }
    assert_int_equal(vwr_balloon_deflate(&w->b, pages, FREE), 0);
    while (host_vm_serve(&w->h))
        continue;
    assert_int_equal(vwr_balloon_deflate(&w->b, pages, 10), 10);
    assert_int_equal(vwr_close(&w->b.bringup), VWR_OK); /* 20 pages were not fetched */
    assert_int_equal(w->b.pages, 20);
    assert_int_equal(w->b.known, 0);
    end(w);
}

static void freezes(void **state)
{
    struct world *const w = begin(state);
    int r;

    inflate(w, 0, 20);
    flush(w);
    while ((r = vwr_freeze(&w->b.bringup)) == VWR_EBUSY)
        continue;
    assert_int_equal(r, VWR_OK);
    assert_int_equal(w->v.gone, 0);
    assert_true(vwr_balloon_poll(&w->b) < 0);
    recover(w);
    assert_inside(w, 0, 20);
    end(w);
}

/* The device does not confirm in time: the queue stops, but the caller still knows its pages. */
static void silent_device(void **state)
{
    struct world *const w = plug(state, &all);
    char text[200];
    int r;

    w->options.request.timeout_us = 1;
    open_driver(w);
    host_vm_put_off(&w->h);
    inflate(w, 0, 5);
    while ((r = vwr_balloon_poll(&w->b)) == VWR_OK)
        continue;
    assert_int_equal(r, VWR_ETIMEOUT);
    assert_true(vwr_balloon_explain(&w->b, text, sizeof(text)) != 0);
    assert_non_null(strstr(text, "no answer in 1 us"));
    assert_int_equal(w->b.pages, 5);
    assert_int_equal(vwr_close(&w->b.bringup), VWR_OK);
    end(w);
}

static void by_its_type(void **state)
{
    static union {
        struct vwr_balloon_open_own balloon;
    } own;
    static const struct vwr_open_class classes[] = {VWR_OPEN_BALLOON};
    struct world *const w = plug(state, &all);
    struct vwr_open_options o = {.classes = classes, .class_count = 1, .own = &own, .own_bytes = sizeof(own)};
    const uint32_t page = MEMBER(0);
    struct vwr_balloon *b;
    struct vwr_opened opened;

    o.shared = host_vm_alloc(&w->h, sizeof(struct vwr_balloon_open_shared));
    o.shared_bytes = sizeof(struct vwr_balloon_open_shared);
    assert_int_equal(vwr_open(&opened, &w->h.mmio.dev, &o), VWR_OK);
    b = vwr_opened_driver(&opened, &vwr_balloon_bringup);
    assert_non_null(b);
    assert_true(vwr_balloon_wants_stats(b));
    assert_int_equal(vwr_balloon_inflate(b, &page, 1), 1);
    assert_int_equal(vwr_balloon_flush(b, 0), VWR_OK);
    assert_int_equal(w->v.gone, VWR_BALLOON_PAGE);
    assert_int_equal(vwr_close(opened.bringup), VWR_OK);
    end(w);
}

static void wrong_use(void **state)
{
    struct world *const w = plug(state, &all);

    w->options.page_count = 0;
    assert_int_equal(vwr_balloon_open(&w->b, &w->h.mmio.dev, &w->options), VWR_ENOMEM);
    w->options.page_count = (uint32_t)INT32_MAX + 1;
    assert_int_equal(vwr_balloon_open(&w->b, &w->h.mmio.dev, &w->options), VWR_EINVAL);
    w->options.page_count = CAPACITY;
    open_driver(w);
    assert_int_equal(vwr_balloon_open(&w->b, &w->h.mmio.dev, &w->options), VWR_EBUSY);
    end(w);
}

int main(void)
{
#define CASE(function)      \
    {                       \
#function, function \
    }
    static const struct host_vm_case cases[] = {CASE(pages_go_and_come),
                                                CASE(long_lists),
                                                CASE(a_slow_device),
                                                CASE(each_page_comes_back),
                                                CASE(out_of_memory),
                                                CASE(statistics),
                                                CASE(reporting),
                                                CASE(reporting_without_poison),
                                                CASE(hinting),
                                                CASE(nothing_is_asked_for),
                                                CASE(queues_by_features),
                                                CASE(recovers),
                                                CASE(freezes),
                                                CASE(silent_device),
                                                CASE(by_its_type),
                                                CASE(wrong_use)};

    return host_vm_run("balloon_driver", cases, sizeof(cases) / sizeof(cases[0]));
}
