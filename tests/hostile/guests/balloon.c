/* SPDX-License-Identifier: MIT */
#include "hostile.h"

#include "vwr/vballoon.h"
#include "vwr/vm.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"

#include <stdlib.h>
#include <string.h>

/*
 * Guests that give a balloon pages that are not theirs, pages twice, too many pages, and malformed requests.
 */

#define AT(n) (GUEST_DATA + 0x100u * (n)) /* buffers, far apart */
#define WRITE ((uint16_t)VWR_VIRTQ_DESC_F_WRITE)
#define POISON 0xa5u
#define PAGE ((uint64_t)VWR_VBALLOON_PAGE)
#define PFN(addr) ((uint32_t)((addr) / PAGE))
#define WORDS                                                                     \
    (VWR_VBALLOON_WORDS(GUEST_LOW_BYTES) + VWR_VBALLOON_WORDS(GUEST_HIGH_BYTES) + \
     VWR_VBALLOON_WORDS(GUEST_FAR_BYTES) + VWR_VBALLOON_WORDS(GUEST_HUGE_BYTES))
#define STAT ((uint32_t)sizeof(struct vwr_balloon_stat))

enum { INFLATEQ, DEFLATEQ, STATSQ, HINTQ, REPORTQ };

struct vmm {
    struct vwr_vballoon b;
    uint32_t *map;
    struct guest *g;
    uint64_t released;
    uint64_t claimed;
    unsigned calls; /* of release and claim */
    unsigned reports;
    unsigned hints;
    unsigned stats;
    unsigned actuals;
    bool wipes; /* release clears the pages, as MADV_DONTNEED does */
};

static struct vmm *vmm_of(struct guest *g)
{
    return g->device;
}

/* Checks that the VMM gets guest RAM, in whole pages. */
static struct vmm *check_range(struct vwr_vballoon *b, const struct vwr_memory_region *r)
{
    struct vmm *const m = b->context;

    assert_true(r->bytes != 0 && r->bytes % PAGE == 0 && r->addr % PAGE == 0);
    assert_ptr_equal(vwr_memory_ptr(&m->g->vm.memory, r->addr, r->bytes), r->host);
    return m;
}

static void release(struct vwr_vballoon *b, const struct vwr_memory_region *r)
{
    struct vmm *const m = check_range(b, r);

    m->calls++;
    m->released += r->bytes;
    if (m->wipes)
        memset(r->host, 0, r->bytes);
}

static void claim(struct vwr_vballoon *b, const struct vwr_memory_region *r)
{
    struct vmm *const m = check_range(b, r);

    m->calls++;
    m->claimed += r->bytes;
}

static void was_reset(struct vwr_vballoon *b, uint64_t bytes)
{
    struct vmm *const m = b->context;

    assert_int_equal(m->released - m->claimed, bytes);
    m->claimed = m->released;
}

static void actual(struct vwr_vballoon *b)
{
    ((struct vmm *)b->context)->actuals++;
}

static void stats(struct vwr_vballoon *b)
{
    ((struct vmm *)b->context)->stats++;
}

static void report(struct vwr_vballoon *b, const struct vwr_memory_region *r)
{
    check_range(b, r)->reports++;
}

static void hint(struct vwr_vballoon *b, const struct vwr_memory_region *r)
{
    check_range(b, r)->hints++;
}

static const struct vwr_vballoon_ops ops = {release, claim, was_reset, actual, stats, report, hint, NULL};

static void plug(struct guest *g)
{
    struct vmm *const m = g->device = calloc(1, sizeof(*m));
    struct vwr_vballoon_options o = {.ops = &ops,
                                     .map_count = (uint32_t)WORDS,
                                     .must_tell = true,
                                     .statistics = true,
                                     .hinting = true,
                                     .reporting = true,
                                     .poison = true};
    struct vwr_vdev_setup s;

    assert_non_null(m);
    m->g = g;
    o.context = m;
    o.map = m->map = malloc(WORDS * sizeof(*m->map));
    assert_non_null(m->map);
    guest_setup(g, &s);
    s.budget_bytes = 32 * (VWR_VDEV_SEG_BYTES + sizeof(vwr_le32)); /* 32 pages */
    assert_int_equal(vwr_vballoon_init_with(&m->b, &s, &o), VWR_OK);
    guest_plug(g, 0, vwr_vballoon_dev(&m->b));
    for (unsigned bit = VWR_BALLOON_F_MUST_TELL_HOST; bit <= VWR_BALLOON_F_PAGE_REPORTING; bit++)
        vwr_features_add(&g->features, bit);
    vwr_features_remove(&g->features, VWR_BALLOON_F_DEFLATE_ON_OOM);
    g->queues = VWR_VBALLOON_QUEUES;
    assert_true(guest_start(g));
}

static void unplug(struct guest *g)
{
    vwr_vm_remove(&g->vm, 0);
    free(vmm_of(g)->map);
    free(g->device);
}

/* ---- actions of a guest ---- */

static void set_page(struct guest *g, uint64_t addr, uint32_t page)
{
    const vwr_le32 pfn = vwr_guest32(g->legacy, page);

    memcpy(guest_at(g, addr, sizeof(pfn)), &pfn, sizeof(pfn));
}

static void set_pages(struct guest *g, uint64_t addr, uint32_t first, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        set_page(g, addr + sizeof(vwr_le32) * i, first + i);
}

static void send_pages(struct guest *g, unsigned queue, uint64_t addr, unsigned count)
{
    hostile_send_one(g, queue, addr, count * (uint32_t)sizeof(vwr_le32), 0);
}

/* Serves the queue until no work is deferred. Returns the number of steps. */
static unsigned serve(struct guest *g, unsigned queue)
{
    unsigned served = 0;

    for (; g->again != 0; served++) {
        g->again = 0;
        vwr_vdev_serve(g->dev, (uint16_t)queue);
    }
    return served;
}

static void works(struct guest *g)
{
    struct vmm *const m = vmm_of(g);

    m->wipes = false;
    g->broke = 0;
    g->again = 0;
    vwr_features_add(&g->features, VWR_BALLOON_F_STATS_VQ);
    assert_true(guest_start(g));
    assert_int_equal(m->released, m->claimed);
    assert_int_equal(m->b.gone, 0);
    set_pages(g, AT(0), PFN(GUEST_HUGE), 8);
    send_pages(g, INFLATEQ, AT(0), 8);
    hostile_used(g, INFLATEQ, 0);
    assert_int_equal(m->b.gone, 8 * PAGE);
    assert_int_equal(m->released - m->claimed, 8 * PAGE);
    send_pages(g, DEFLATEQ, AT(0), 8);
    hostile_used(g, DEFLATEQ, 0);
    assert_int_equal(m->b.gone, 0);
    hostile_is_whole(g);
}

static const struct hostile_device balloon_device = {plug, works, unplug};

/* ---- pages ---- */

/* A list that is not a whole number of pages, readable or writable. */
static void g30_length(struct guest *g, long long at)
{
    set_pages(g, AT(0), PFN(GUEST_LOW), 4);
    hostile_send_one(g, INFLATEQ, AT(0), (uint32_t)at, 0);
    hostile_used(g, INFLATEQ, 0);
    hostile_send_one(g, INFLATEQ, AT(0), 4, WRITE);
    hostile_used(g, INFLATEQ, 0);
    hostile_send_one(g, DEFLATEQ, AT(0), (uint32_t)at, 0);
    hostile_used(g, DEFLATEQ, 0);
    assert_int_equal(vmm_of(g)->calls, 0);
    assert_int_equal(vmm_of(g)->b.gone, 0);
}

/*
 * Pages that are not RAM of the guest: below it, after it, in its holes, its registers, and the last page
 * number.
 */
static void g15_no_ram(struct guest *g, long long at)
{
    static const uint64_t addr[] = {
        GUEST_LOW - PAGE,  GUEST_END, GUEST_FAR - PAGE,           GUEST_FAR + GUEST_FAR_BYTES, GUEST_BASE,
        GUEST_HUGE - PAGE, 0,         UINT64_C(0xffffffff) * PAGE};
    struct vmm *const m = vmm_of(g);

    for (unsigned i = 0; i < 8; i++)
        set_page(g, AT(0) + 4 * i, PFN(addr[i]));
    set_page(g, AT(0) + 32, PFN(GUEST_FAR));
    send_pages(g, at == INFLATEQ ? INFLATEQ : DEFLATEQ, AT(0), 9);
    hostile_used(g, (unsigned)at, 0);
    assert_int_equal(m->b.ignored, at == INFLATEQ ? 8 : 9);
    assert_int_equal(m->b.gone, at == INFLATEQ ? PAGE : 0);
    assert_int_equal(m->calls, at == INFLATEQ);
}

/* Pages at the ends of regions, two of which adjoin only in guest addresses: no range crosses a border. */
static void g17_borders(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    (void)at;
    set_pages(g, AT(0), PFN(GUEST_HIGH) - 1, 2);
    set_page(g, AT(0) + 8, PFN(GUEST_END) - 1);
    set_page(g, AT(0) + 12, PFN(GUEST_HUGE + GUEST_HUGE_BYTES) - 1);
    send_pages(g, INFLATEQ, AT(0), 4);
    hostile_used(g, INFLATEQ, 0);
    assert_int_equal(m->calls, 4);
    assert_int_equal(m->b.gone, 4 * PAGE);
    set_page(g, AT(0), PFN(GUEST_LOW)); /* pages at the same offset of several regions are distinct */
    set_page(g, AT(0) + 4, PFN(GUEST_HIGH) + 1);
    set_page(g, AT(0) + 8, PFN(GUEST_FAR));
    set_page(g, AT(0) + 12, PFN(GUEST_HUGE));
    send_pages(g, INFLATEQ, AT(0), 4);
    hostile_used(g, INFLATEQ, 0);
    assert_int_equal(m->b.gone, 8 * PAGE);
    assert_int_equal(m->b.ignored, 0);
}

/* A page twice in a list, in two lists, and deflated while not in the balloon: each counts once. */
static void g51_twice(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    (void)at;
    set_page(g, AT(0), PFN(GUEST_FAR));
    set_page(g, AT(0) + 4, PFN(GUEST_FAR));
    for (unsigned i = 0; i < 1000; i++) {
        send_pages(g, INFLATEQ, AT(0), 2);
        hostile_used(g, INFLATEQ, 0);
    }
    assert_int_equal(m->released, PAGE);
    for (unsigned i = 0; i < 1000; i++) {
        send_pages(g, DEFLATEQ, AT(0), 2);
        hostile_used(g, DEFLATEQ, 0);
    }
    assert_int_equal(m->claimed, PAGE);
    assert_int_equal(m->b.ignored, 2 * 1999);
}

/* The page of the guest's own ring, which the VMM clears: the guest harms only itself. */
static void g20_own_ring(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    const uint64_t part = at == 0   ? g->q[INFLATEQ].desc
                          : at == 1 ? g->q[INFLATEQ].driver
                                    : g->q[INFLATEQ].device;

    m->wipes = true;
    set_page(g, AT(0), PFN(part));
    send_pages(g, INFLATEQ, AT(0), 1);
    assert_int_equal(m->released, PAGE);
    for (unsigned i = 0; i < 10; i++) {
        log_again();
        guest_kick(g, INFLATEQ);
        vwr_vdev_serve(g->dev, INFLATEQ);
    }
    m->wipes = false;
}

/*
 * A list of all pages of the memory, none adjacent to the next: no step exceeds the budget, and the list
 * completes.
 */
static void g50_long_list(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    const unsigned pages = 8192;
    uint64_t before;

    (void)at;
    g->budget = UINT64_MAX;
    for (unsigned i = 0; i < pages; i++)
        set_page(g, GUEST_HIGH + 4 * i, PFN(GUEST_HUGE) + 2 * i);
    send_pages(g, INFLATEQ, GUEST_HIGH, pages);
    assert_in_range(m->calls, 1, 128);
    while (g->again != 0) {
        before = m->calls;
        hostile_unused(g, INFLATEQ);
        g->again = 0;
        vwr_vdev_serve(g->dev, INFLATEQ);
        assert_in_range(m->calls - before, 1, 33);
    }
    hostile_used(g, INFLATEQ, 0);
    assert_int_equal(m->b.gone, pages * PAGE);
}

/*
 * The guest changes a list that is partly processed: values already read count, and the device checks all
 * others.
 */
static void g35_list_changes(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    const unsigned pages = 1024;

    (void)at;
    g->budget = UINT64_MAX;
    set_pages(g, GUEST_HIGH, PFN(GUEST_HUGE), pages);
    send_pages(g, INFLATEQ, GUEST_HIGH, pages);
    memset(guest_at(g, GUEST_HIGH, 4 * pages), 0xff, 4 * pages);
    (void)serve(g, INFLATEQ);
    hostile_used(g, INFLATEQ, 0);
    assert_in_range(m->b.gone / PAGE, 1, 128);
    assert_int_equal(m->b.gone / PAGE + m->b.ignored, pages);
}

/* A device or queue reset while a list is partly processed: the rest of the list has no effect. */
static void g46_reset_in_a_list(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    uint64_t released;

    g->budget = UINT64_MAX;
    set_pages(g, GUEST_HIGH, PFN(GUEST_HUGE), 1024);
    send_pages(g, INFLATEQ, GUEST_HIGH, 1024);
    released = m->released;
    if (at == 0) {
        guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
        assert_int_equal(m->claimed, released);
    } else if (!g->legacy) {
        guest_write(g, VWR_MMIO_QUEUE_SEL, sizeof(uint32_t), INFLATEQ);
        guest_write(g, VWR_MMIO_QUEUE_RESET, sizeof(uint32_t), 1);
        assert_int_equal(m->b.gone, released);
    }
    g->again = 0;
    vwr_vdev_serve(g->dev, INFLATEQ);
    if (at == 0 || !g->legacy)
        assert_int_equal(m->released, released);
    g->again = 0;
}

/*
 * Two lists in two queues, with statistics kept: the other queue proceeds while one list is partly processed.
 */
static void g50_other_queue(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    (void)at;
    g->budget = UINT64_MAX;
    set_pages(g, GUEST_HIGH, PFN(GUEST_HUGE), 1024);
    hostile_send_one(g, STATSQ, AT(8), STAT, 0);
    send_pages(g, INFLATEQ, GUEST_HIGH, 1024);
    hostile_unused(g, INFLATEQ);
    send_pages(g, DEFLATEQ, GUEST_HIGH, 4);
    hostile_used(g, DEFLATEQ, 0);
    assert_int_equal(m->claimed, 4 * PAGE);
    hostile_send_one(g, REPORTQ, GUEST_FAR, (uint32_t)PAGE, WRITE);
    hostile_used(g, REPORTQ, 0);
    assert_int_equal(m->reports, 1);
    (void)serve(g, INFLATEQ);
    hostile_used(g, INFLATEQ, 0);
    assert_int_equal(m->b.gone, 1020 * PAGE);
}

/* ---- statistics ---- */

/*
 * Buffers of a wrong length for statistics complete immediately. Of too many statistics the first ones are
 * read.
 */
static void g30_statistics(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    guest_fill(g, GUEST_HIGH, 0x2000, 1);
    hostile_send_one(g, STATSQ, GUEST_HIGH, (uint32_t)at, 0);
    if (at % STAT != 0) {
        hostile_used(g, STATSQ, 0);
        assert_int_equal(m->stats, 0);
        assert_int_equal(vwr_vballoon_poll_stats(&m->b), VWR_EFULL);
    } else {
        hostile_unused(g, STATSQ);
        assert_int_equal(m->stats, 1);
        assert_int_equal(vwr_vballoon_poll_stats(&m->b), VWR_OK);
        hostile_used(g, STATSQ, 0);
    }
}

/* Unknown tags have no effect, and of a repeated tag the last value counts. */
static void g26_tags(struct guest *g, long long at)
{
    static const uint16_t tag[] = {VWR_VBALLOON_STATS,   31, 32, 64, UINT16_MAX, VWR_BALLOON_S_MEMFREE,
                                   VWR_BALLOON_S_MEMFREE};
    struct vwr_balloon_stat s;

    (void)at;
    for (unsigned i = 0; i < 7; i++) {
        s.tag = vwr_guest16(g->legacy, tag[i]);
        s.val = vwr_guest64(g->legacy, i);
        memcpy(guest_at(g, AT(0) + STAT * i, STAT), &s, STAT);
    }
    hostile_send_one(g, STATSQ, AT(0), 7 * STAT, 0);
    assert_int_equal(vmm_of(g)->b.stats.known, 1u << VWR_BALLOON_S_MEMFREE);
    assert_int_equal(vmm_of(g)->b.stats.value[VWR_BALLOON_S_MEMFREE], 6);
}

/*
 * The device keeps one statistics buffer. It completes the previous one when another arrives, and keeps none
 * after a queue reset.
 */
static void g51_statistics_without_end(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    (void)at;
    hostile_send_one(g, STATSQ, AT(0), STAT, 0);
    for (unsigned i = 0; i < 1000; i++) {
        hostile_send_one(g, STATSQ, AT(0), STAT, 0);
        hostile_used(g, STATSQ, 0);
    }
    assert_int_equal(vwr_vqueue_in_flight(&g->queue[STATSQ]), 1);
    if (!g->legacy) {
        guest_write(g, VWR_MMIO_QUEUE_SEL, sizeof(uint32_t), STATSQ);
        guest_write(g, VWR_MMIO_QUEUE_RESET, sizeof(uint32_t), 1);
    } else {
        guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
    }
    assert_int_equal(vwr_vballoon_poll_stats(&m->b), g->legacy ? VWR_EFEATURE : VWR_EFULL);
}

/* Linux notifies its first statistics buffer before DRIVER_OK, and sends no notification after it. */
static void g43_statistics_before_driver_ok(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    (void)at;
    guest_clear_rings(g);
    assert_true(guest_negotiate(g));
    for (unsigned i = 0; i < g->queues; i++)
        assert_true(guest_set_queue(g, i));
    hostile_send_one(g, STATSQ, AT(0), STAT, 0);
    /* A legacy device is live after DRIVER, one with the switch qemu after the notification (EARLY_REQUEST).
     */
    assert_int_equal(m->stats, g->legacy || g->dev->as_qemu);
    guest_driver_ok(g);
    assert_int_equal(vwr_vballoon_poll_stats(&m->b), VWR_OK);
    assert_int_equal(m->stats, 1);
    hostile_used(g, STATSQ, 0);
}

/* ---- free pages ---- */

/* Segments that are not whole pages, segments in two regions, and a readable report. */
static void g30_report(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    hostile_send_one(g, REPORTQ, GUEST_FAR + (uint64_t)at, (uint32_t)PAGE, WRITE);
    hostile_used(g, REPORTQ, 0);
    assert_int_equal(m->reports, at == 0);
    hostile_send_one(g, REPORTQ, GUEST_FAR + (uint64_t)at, (uint32_t)PAGE, 0);
    hostile_used(g, REPORTQ, 0);
    assert_int_equal(m->reports, at == 0);
    hostile_send_one(g, REPORTQ, GUEST_FAR + (uint64_t)at, (uint32_t)PAGE * 3 - (uint32_t)at, WRITE);
    hostile_used(g, REPORTQ, 0);
    assert_int_equal(m->reports, at == 0 ? 2 : 1);
}

/* Hints before the command, with an old or invalid command id, or of a wrong length. */
static void g30_hints(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    const uint32_t id[] = {0, 1, 3, UINT32_MAX};

    (void)at;
    hostile_send_one(g, HINTQ, GUEST_FAR, (uint32_t)PAGE, WRITE);
    hostile_used(g, HINTQ, 0);
    assert_int_equal(vwr_vballoon_hint(&m->b), VWR_OK);
    for (unsigned i = 0; i < 4; i++) {
        set_page(g, AT(0), id[i]);
        hostile_send_one(g, HINTQ, AT(0), 4, 0);
        hostile_used(g, HINTQ, 0);
        hostile_send_one(g, HINTQ, GUEST_FAR, (uint32_t)PAGE, WRITE);
        hostile_used(g, HINTQ, 0);
    }
    set_page(g, AT(0), 2);
    hostile_send_one(g, HINTQ, AT(0), 3, 0);
    hostile_used(g, HINTQ, 0);
    hostile_send_one(g, HINTQ, AT(0), 8, 0);
    hostile_used(g, HINTQ, 0);
    hostile_send_one(g, HINTQ, GUEST_FAR, (uint32_t)PAGE, WRITE);
    hostile_used(g, HINTQ, 0);
    assert_int_equal(m->hints, 0);
    hostile_send_one(g, HINTQ, AT(0), 4, 0);
    hostile_used(g, HINTQ, 0);
    hostile_send_one(g, HINTQ, GUEST_FAR, (uint32_t)PAGE, WRITE);
    hostile_used(g, HINTQ, 0);
    assert_int_equal(m->hints, 1);
}

/* Without STATS_VQ the following queues move up, and the last queue number is unused. */
static void g45_fewer_queues(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    (void)at;
    vwr_features_remove(&g->features, VWR_BALLOON_F_STATS_VQ);
    assert_true(guest_start(g));
    hostile_send_one(g, REPORTQ - 1, GUEST_FAR, (uint32_t)PAGE, WRITE);
    hostile_used(g, REPORTQ - 1, 0);
    assert_int_equal(m->reports, 1);
    hostile_send_one(g, REPORTQ, GUEST_FAR, (uint32_t)PAGE, WRITE);
    hostile_unused(g, REPORTQ);
    assert_int_equal(m->reports, 1);
    assert_int_equal(vwr_vballoon_poll_stats(&m->b), VWR_EFEATURE);
}

/* ---- configuration ---- */

static void g47_config(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    (void)at;
    assert_int_equal(vwr_vballoon_set_target(&m->b, 5), VWR_OK);
    for (unsigned i = 0; i < sizeof(struct vwr_balloon_config) + 8; i++)
        guest_write(g, VWR_MMIO_CONFIG + i, 1, 0xee);
    assert_int_equal(guest_read(g, VWR_MMIO_CONFIG + VWR_BALLOON_CONFIG_NUM_PAGES, 1), 5);
    for (unsigned i = 1; i < 4; i++)
        assert_int_equal(guest_read(g, VWR_MMIO_CONFIG + VWR_BALLOON_CONFIG_NUM_PAGES + i, 1), 0);
    for (unsigned i = 0; i < 4; i++)
        assert_int_equal(guest_read(g, VWR_MMIO_CONFIG + VWR_BALLOON_CONFIG_FREE_PAGE_HINT_CMD_ID + i, 1), 0);
    assert_true(m->actuals <= 1);
    assert_int_equal(m->b.gone, 0); /* the guest's `actual` does not change the VMM's count */
}

static const struct hostile_case cases[] = {
    {"G30_length_of_a_list",
     "section Traditional Memory Balloon Device / Device Operation",
     g30_length,
     HOSTILE_ALL,
     5,
     {1, 2, 3, 5, 15}},
    {"G15_pages_that_are_no_ram",
     "robustness: there is no such page",
     g15_no_ram,
     HOSTILE_ALL,
     2,
     {INFLATEQ, DEFLATEQ}},
    {"G17_pages_at_borders", "balloon.dev.1", g17_borders, HOSTILE_ALL, 0, {0}},
    {"G51_pages_twice", "robustness: a page is in the balloon, or is not", g51_twice, HOSTILE_ALL, 0, {0}},
    {"G20_page_of_its_own_ring",
     "robustness: nobody else is harmed",
     g20_own_ring,
     HOSTILE_ALL,
     3,
     {0, 1, 2}},
    {"G50_long_list", "header vwr/vdev.h", g50_long_list, HOSTILE_ALL, 0, {0}},
    {"G35_list_changes_while_it_is_read",
     "robustness: what was checked is what is used",
     g35_list_changes,
     HOSTILE_ALL,
     0,
     {0}},
    {"G46_reset_in_a_list", "reset.dev.2", g46_reset_in_a_list, HOSTILE_ALL, 2, {0, 1}},
    {"G50_other_queue_goes_on",
     "robustness: one queue is not to starve another",
     g50_other_queue,
     HOSTILE_ALL,
     0,
     {0}},
    {"G30_statistics",
     "section Traditional Memory Balloon Device / Device Operation / Memory Statistics",
     g30_statistics,
     HOSTILE_ALL,
     6,
     {1, 9, 10, 11, 640, 8190}},
    {"G26_tags_of_statistics", "balloon.dev.stats.1 balloon.dev.stats.2", g26_tags, HOSTILE_ALL, 0, {0}},
    {"G51_statistics_without_end",
     "balloon.drv.stats.1; reset.dev.2",
     g51_statistics_without_end,
     HOSTILE_ALL,
     0,
     {0}},
    {"G43_statistics_before_driver_ok", "status.dev.1", g43_statistics_before_driver_ok, HOSTILE_ALL, 0, {0}},
    {"G30_report", "balloon.dev.report.1", g30_report, HOSTILE_ALL, 3, {0, 1, 4095}},
    {"G30_hints", "balloon.dev.hint.3", g30_hints, HOSTILE_ALL, 0, {0}},
    {"G45_fewer_queues",
     "section Traditional Memory Balloon Device / Virtqueues",
     g45_fewer_queues,
     HOSTILE_ALL,
     0,
     {0}},
    {"G47_configuration_of_a_balloon", "section Device Configuration Space", g47_config, HOSTILE_ALL, 0, {0}},
};

int main(void)
{
    return hostile_run("balloon", &balloon_device, cases, sizeof(cases) / sizeof(cases[0]));
}
