/* SPDX-License-Identifier: MIT */
#include "vwr/gen/status.h"
#include "vwr/vblk_disk.h"
#include "vwr/vm.h"

#include "slow.h"

#include <string.h>

/*
 * Guests' disks that are windows of a real disk, which this project's driver operates. The real disk is a
 * device of this project too, over a scripted backend.
 */

#define SECTOR VWR_BLK_SECTOR_BYTES
#define SECTORS 256u
#define WINDOW 64u
#define GUESTS 2u
#define MANY 8u
#define SLOTS 16u

static struct slow slow;
static struct vwr_vblk_disk bridge;
static struct vwr_vblk_disk_slot slots[SLOTS];
static struct vwr_blk_req req[GUESTS][MANY];
static uint8_t *data[GUESTS];
static unsigned agains;
static bool is_silent; /* the VMM has no hook through which the bridge could request another call */

static struct guest *real(void)
{
    return &stage.guest[STAGE_REAL];
}

/* What other CPUs do while the lock is free; not called recursively. */
static void (*others)(void);
static unsigned others_count;

static void run_others(void)
{
    void (*const run)(void) = others;

    if (run == NULL)
        return;
    others = NULL;
    run();
    if (++others_count < 20000) /* otherwise it would not end */
        others = run;
}

static void lock(void *context)
{
    run_others();
    assert_ptr_equal(context, &bridge);
    assert_false(stage.disk_locked);
    stage.disk_locked = true;
}

static void unlock(void *context)
{
    assert_ptr_equal(context, &bridge);
    assert_true(stage.disk_locked);
    stage.disk_locked = false;
    run_others();
}

static void again(void *context)
{
    assert_ptr_equal(context, &bridge);
    assert_false(stage.disk_locked);
    agains++;
}

static struct vwr_vblk_disk_options bridge_options(unsigned count)
{
    return (struct vwr_vblk_disk_options){.slot = slots,
                                          .slot_count = (uint16_t)count,
                                          .context = &bridge,
                                          .lock = STAGE_LOCKS ? lock : NULL,
                                          .unlock = STAGE_LOCKS ? unlock : NULL,
                                          .again = is_silent ? NULL : again};
}

/* The machine's disk, with this maximum of segments per request, and its driver. */
static void make_real_of(const struct kind *k, unsigned queues, unsigned segments)
{
    struct vwr_vblk_options o;

    slow_make(&slow, SECTORS);
    slow.backend.segments_max = (uint16_t)segments;
    agains = 0;
    o = stage_options(real(), &slow.backend);
    real()->queue_count = (uint16_t)queues;
    stage_plug(real(), k, &o);
    stage_open(real(), queues, MANY);
    real()->blk.options.request.timeout_us = 100000;
    real()->blk.options.request.replay = true;
    real()->blk.options.request.replays = 1;
}

static void make_real(const struct kind *k, unsigned queues)
{
    make_real_of(k, queues, STAGE_SEGS);
}

static void plug_guest(unsigned i, const struct kind *k, unsigned queues)
{
    struct guest *const g = &stage.guest[i];
    struct vwr_vblk_options o = stage_options(g, &bridge.backend);

    o.first = WINDOW * (i + 1);
    o.sectors = WINDOW;
    g->queue_count = (uint16_t)queues;
    stage_plug(g, k, &o);
    data[i] = stage_alloc(g, WINDOW * SECTOR);
    memset(req[i], 0, sizeof(req[i]));
}

/* Creates everything, with windows for two guests. */
static void make(const struct kind *k, unsigned count, unsigned segments)
{
    const struct vwr_vblk_disk_options o = bridge_options(count);

    make_real_of(k, 1, segments);
    assert_int_equal(vwr_vblk_disk_init(&bridge, &real()->blk, &o), VWR_OK);
    for (unsigned i = 0; i < GUESTS; i++) {
        plug_guest(i, k, 1);
        stage_open(&stage.guest[i], 1, MANY);
    }
}

static unsigned free_slots(void)
{
    unsigned n = 0;

    for (const struct vwr_vblk_disk_slot *s = bridge.free; s != NULL; s = s->next)
        n++;
    return n;
}

static void end(unsigned count)
{
    assert_int_equal(free_slots(), count);
    assert_null(bridge.done);
    assert_null(bridge.waiting);
    assert_null(bridge.partial);
    for (unsigned i = 0; i < GUESTS; i++)
        assert_int_equal(vwr_vblk_in_flight(&stage.guest[i].disk), 0);
    slow_free(&slow);
}

static vwr_count replayed(void)
{
    return real()->blk.first.requests.stats.replayed;
}

static int service(void)
{
    return vwr_vblk_disk_service(&bridge);
}

static void submit(unsigned i, unsigned n, uint32_t type, uint64_t sector, uint32_t sectors)
{
    struct guest *const g = &stage.guest[i];

    stage_enter(g);
    vwr_blk_fill(&req[i][n], type, sector, data[i] + sector * SECTOR, (size_t)sectors * SECTOR);
    assert_int_equal(vwr_blk_submit(&g->blk.first, &req[i][n]), VWR_OK);
    stage_leave();
}

static void kick(unsigned i)
{
    stage_enter(&stage.guest[i]);
    (void)vwr_blk_kick(&stage.guest[i].blk.first);
    stage_leave();
}

static int reap(unsigned i)
{
    struct vwr_blk_req *done[MANY];
    int n;

    stage_enter(&stage.guest[i]);
    n = vwr_blk_reap(&stage.guest[i].blk.first, done, MANY);
    stage_leave();
    return n;
}

/* The real disk answers all its requests. */
static void answer_all(void)
{
    while (slow.out_count > 0)
        slow_end(&slow, 0, VWR_OK);
    vwr_vblk_signal(&real()->disk);
}

static void has_window(unsigned i, uint64_t sector, uint32_t sectors)
{
    stage_has_pattern(data[i] + sector * SECTOR, WINDOW * (i + 1) + sector, sectors * SECTOR, 0);
}

/* ---- forwarded properties ---- */

static void passed_on(const struct kind *k)
{
    static const struct vwr_blk_get_lifetime_answer wear = {VWR_BLK_PRE_EOL_INFO_NORMAL, 7, 11};
    const struct vwr_vblk_disk_options o = bridge_options(SLOTS);
    struct guest *const g = &stage.guest[0];
    struct vwr_blk_get_lifetime_answer got;
    struct vwr_vblk_options big;

    slow_make(&slow, SECTORS);
    slow.backend.block_bytes = 4096;
    slow.backend.discard_sectors = 64;
    slow.backend.discard_align = 16;
    slow.backend.write_zeroes_sectors = 32;
    slow.backend.unmap = true;
    slow.backend.secure_erase = true;
    slow.backend.secure_erase_sectors = 24;
    slow.backend.secure_erase_align = 8;
    slow.backend.lifetime = &wear;
    slow.backend.physical_block_exp = 1;
    slow.backend.opt_io_size = 9;
    big = stage_options(real(), &slow.backend);
    stage_plug(real(), k, &big);
    stage_open(real(), 1, MANY);
    assert_int_equal(vwr_vblk_disk_init(&bridge, &real()->blk, &o), VWR_OK);
    plug_guest(0, k, 1);
    stage_open(g, 1, MANY);
    assert_int_equal(g->blk.info.block_bytes, 4096);
    assert_int_equal(g->blk.info.sectors, WINDOW);
    assert_true(g->blk.info.write_cache);
    assert_int_equal(g->blk.info.segments_max, STAGE_QUEUE - 2);
    stage_enter(g);
    assert_int_equal(vwr_blk_config_get_max_discard_sectors(&g->mmio.dev.config), 64);
    assert_int_equal(vwr_blk_config_get_discard_sector_alignment(&g->mmio.dev.config), 16);
    assert_int_equal(vwr_blk_config_get_max_write_zeroes_sectors(&g->mmio.dev.config), 32);
    assert_int_equal(vwr_blk_config_get_write_zeroes_may_unmap(&g->mmio.dev.config), 1);
    assert_int_equal(vwr_blk_config_get_max_secure_erase_sectors(&g->mmio.dev.config), 24);
    assert_int_equal(vwr_blk_config_get_secure_erase_sector_alignment(&g->mmio.dev.config), 8);
    assert_int_equal(vwr_blk_get_lifetime(&g->blk, &got), VWR_OK);
    assert_true(got.device_lifetime_est_typ_a == 7 && got.device_lifetime_est_typ_b == 11);
    assert_int_equal(vwr_blk_config_get_topology_physical_block_exp(&g->mmio.dev.config), 1);
    assert_int_equal(vwr_blk_config_get_topology_opt_io_size(&g->mmio.dev.config), 9);
    stage_leave();
    slow_free(&slow);
}

/* A physical block cannot have 2^32 or more blocks: the guest sees no topology of such a disk. */
static void topology_that_cannot_be(const struct kind *k)
{
    static const uint8_t wrong[] = {32, 64, 255, 31, 23};
    const struct vwr_vblk_disk_options o = bridge_options(SLOTS);
    struct guest *const g = &stage.guest[0];
    struct vwr_vblk_options big;

    slow_make(&slow, SECTORS);
    slow.backend.opt_io_size = 9;
    big = stage_options(real(), &slow.backend);
    stage_plug(real(), k, &big);
    real()->disk.config.topology.alignment_offset = 1;
    stage_open(real(), 1, MANY);
    for (unsigned i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        real()->disk.config.topology.physical_block_exp = wrong[i];
        assert_int_equal(vwr_vblk_disk_init(&bridge, &real()->blk, &o), VWR_OK);
        big = stage_options(g, &bridge.backend);
        assert_int_equal(stage_try_plug(g, k, &big), VWR_OK);
        assert_int_equal(g->disk.config.topology.physical_block_exp, 0);
        assert_int_equal(g->disk.config.topology.alignment_offset, 0);
    }
    real()->disk.config.topology.physical_block_exp = 22;
    assert_int_equal(vwr_vblk_disk_init(&bridge, &real()->blk, &o), VWR_OK);
    assert_int_equal(bridge.backend.physical_block_exp, 22);
    slow_free(&slow);
}

/* An invalid wear value is not passed on. */
static void wear_that_cannot_be(const struct kind *k)
{
    static const struct vwr_blk_get_lifetime_answer cases[] = {
        {VWR_BLK_PRE_EOL_INFO_URGENT, 11, 11},
        {VWR_BLK_PRE_EOL_INFO_URGENT + 1, 11, 11},
        {VWR_BLK_PRE_EOL_INFO_URGENT, 12, 11},
        {VWR_BLK_PRE_EOL_INFO_URGENT, 11, 12},
    };
    const struct vwr_vblk_disk_options o = bridge_options(SLOTS);
    struct vwr_blk_get_lifetime_answer wear;
    struct vwr_vblk_options of_real;

    slow_make(&slow, SECTORS);
    slow.backend.lifetime = &wear;
    of_real = stage_options(real(), &slow.backend);
    stage_plug(real(), k, &of_real);
    stage_open(real(), 1, MANY);
    for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        wear = cases[i];
        assert_int_equal(vwr_vblk_disk_init(&bridge, &real()->blk, &o), VWR_OK);
        assert_int_equal(bridge.backend.lifetime != NULL, i == 0);
    }
    slow_free(&slow);
}

static void wrong_init(const struct kind *k)
{
    struct vwr_vblk_disk_options o = bridge_options(SLOTS);

    make_real(k, 1);
#define REFUSED(change, back, result)                                              \
    do {                                                                           \
        change;                                                                    \
        assert_int_equal(vwr_vblk_disk_init(&bridge, &real()->blk, &o), (result)); \
        back;                                                                      \
    } while (0)
    REFUSED(o.slot = NULL, o.slot = slots, VWR_ENOMEM);
    REFUSED(o.slot_count = 0, o.slot_count = 1, VWR_ENOMEM);
    o.lock = lock;
    o.unlock = unlock;
    REFUSED(o.lock = NULL, o.lock = lock, VWR_EINVAL);
    REFUSED(o.unlock = NULL, o.unlock = unlock, VWR_EINVAL);
    assert_int_equal(vwr_close(&real()->blk.bringup), VWR_OK);
    REFUSED((void)0, (void)0, VWR_EFAILED);
#undef REFUSED
    slow_free(&slow);
}

/* ---- requests ---- */

static void every_request(const struct kind *k)
{
    make(k, SLOTS, STAGE_SEGS);
    for (unsigned i = 0; i < GUESTS; i++) {
        struct guest *const g = &stage.guest[i];

        submit(i, 0, VWR_BLK_T_IN, 0, WINDOW);
        kick(i);
        assert_int_equal(service(), VWR_OK);
        assert_int_equal(reap(i), 1);
        assert_int_equal(req[i][0].req.result, VWR_OK);
        has_window(i, 0, WINDOW);
        stage_pattern(data[i], 0, WINDOW * SECTOR, i + 1);
        submit(i, 0, VWR_BLK_T_OUT, 3, 20);
        submit(i, 1, VWR_BLK_T_OUT, 40, 1);
        kick(i);
        assert_int_equal(service(), VWR_OK);
        assert_int_equal(reap(i), 2);
        stage_enter(g);
        vwr_blk_fill(&req[i][2], VWR_BLK_T_FLUSH, 0, NULL, 0);
        vwr_blk_fill_range(&req[i][3], VWR_BLK_T_WRITE_ZEROES, 63, 1, true);
        vwr_blk_fill_range(&req[i][4], VWR_BLK_T_DISCARD, 4, 2, false);
        for (unsigned n = 2; n < 5; n++)
            assert_int_equal(vwr_blk_submit(&g->blk.first, &req[i][n]), VWR_OK);
        stage_leave();
        kick(i);
        assert_int_equal(service(), VWR_OK);
        assert_int_equal(reap(i), 3);
        for (unsigned n = 0; n < 5; n++)
            assert_int_equal(req[i][n].req.result, VWR_OK);
    }
    stage_has_pattern(slow.at, 0, WINDOW * SECTOR, 0);
    for (unsigned i = 0; i < GUESTS; i++) {
        const uint64_t first = WINDOW * (i + 1);
        uint8_t *const at = slow.at + first * SECTOR;

        stage_has_pattern(at, first, 3 * SECTOR, 0);
        stage_has_pattern(at + 3 * SECTOR, 3, SECTOR, i + 1);
        assert_true(stage_all(at + 4 * SECTOR, 0, 2 * SECTOR));
        stage_has_pattern(at + 6 * SECTOR, 6, 17 * SECTOR, i + 1);
        stage_has_pattern(at + 23 * SECTOR, first + 23, 17 * SECTOR, 0);
        stage_has_pattern(at + 40 * SECTOR, 40, SECTOR, i + 1);
        assert_true(stage_all(at + 63 * SECTOR, 0, SECTOR));
    }
    stage_has_pattern(slow.at + 3 * WINDOW * SECTOR, 3 * WINDOW, WINDOW * SECTOR, 0);
    end(SLOTS);
}

/* One notification for all requests in a guest's queue, one interrupt for all answers, and no data copied. */
static void batches(const struct kind *k)
{
    const struct vwr_vblk_req *r;
    uintptr_t kicks;

    make(k, SLOTS, STAGE_SEGS);
    slow.later = true;
    kicks = real()->vqueue[0].stats.kicks;
    for (unsigned i = 0; i < GUESTS; i++) {
        stage_enter(&stage.guest[i]);
        assert_true(vwr_blk_arm(&stage.guest[i].blk.first, 1));
        stage_leave();
        for (unsigned n = 0; n < 2; n++)
            submit(i, n, VWR_BLK_T_IN, n, 1);
        kick(i);
    }
    assert_int_equal(slow.out_count, 4);
    assert_int_equal(real()->vqueue[0].stats.kicks - kicks, 2);
    for (unsigned n = 0; n < 4; n++) {
        r = slow.out[n];
        assert_int_equal(r->segs, 1);
        assert_ptr_equal(r->seg[0].at, data[n / 2] + n % 2 * SECTOR);
    }
    answer_all();
    assert_int_equal(stage.guest[0].interrupts + stage.guest[1].interrupts, 0);
    assert_int_equal(real()->interrupts, 1); /* it was requested */
    assert_int_equal(service(), VWR_OK);
    assert_int_equal(stage.guest[0].interrupts, 1);
    assert_int_equal(stage.guest[1].interrupts, 1);
    for (unsigned i = 0; i < GUESTS; i++) {
        assert_int_equal(reap(i), 2);
        has_window(i, 0, 2);
    }
    end(SLOTS);
}

/* The rest of a request for which the queue was full is sent as soon as descriptors are free. */
static void goes_on_in_parts(const struct kind *k)
{
    struct guest *const g = &stage.guest[0];
    struct segments p = {.out = 0};
    struct vwr_chain *chain;
    uint8_t *at;

    make(k, 2, 1);
    slow.later = true;
    at = stage_alloc(g, 3 * SECTOR);
    stage_take_queue(g);
    stage_segment(g, &p, stage_header(g, VWR_BLK_T_IN, 5), 16, false);
    for (unsigned n = 0; n < 3; n++)
        stage_segment(g, &p, at + n * SECTOR, SECTOR, true);
    stage_segment(g, &p, stage_alloc(g, 1), 1, true);
    assert_int_equal(stage_send(g, &p), -1);
    assert_int_equal(slow.out_count, 2);
    answer_all();
    assert_int_equal(service(), VWR_OK);
    assert_int_equal(slow.out_count, 1);
    answer_all();
    assert_int_equal(service(), VWR_OK);
    assert_int_equal(stage_take(g, &chain), 1);
    stage_has_pattern(at, WINDOW + 5, 3 * SECTOR, 0);
    end(2);
}

/* With `batch` the bridge requests an interrupt for half of the requests in flight, if the disk supports
 * it. */
static void half_at_once(const struct kind *k)
{
    struct vwr_vblk_disk_options o = bridge_options(SLOTS);

    o.batch = true;
    make_real(k, 1);
    assert_int_equal(vwr_vblk_disk_init(&bridge, &real()->blk, &o), VWR_OK);
    slow.later = true;
    for (unsigned i = 0; i < GUESTS; i++) {
        plug_guest(i, k, 1);
        stage_open(&stage.guest[i], 1, MANY);
        for (unsigned n = 0; n < 2; n++)
            submit(i, n, VWR_BLK_T_IN, n, 1);
        kick(i);
    }
    assert_int_equal(service(), VWR_OK);
    for (unsigned n = 0; n < 4; n++) {
        slow_end(&slow, 0, VWR_OK);
        vwr_vblk_signal(&real()->disk);
        assert_int_equal(real()->interrupts, k->event_idx ? n >= 1 : n + 1);
    }
    assert_int_equal(service(), VWR_OK);
    assert_int_equal(reap(0) + reap(1), 4);
    end(SLOTS);
}

/* Sends two requests in this queue of the first guest, and has them answered. */
static void two_answers(unsigned queue)
{
    struct guest *const g = &stage.guest[0];

    stage_enter(g);
    for (unsigned n = 0; n < 2; n++) {
        vwr_blk_fill(&req[0][n], VWR_BLK_T_IN, n, data[0] + n * SECTOR, SECTOR);
        assert_int_equal(vwr_blk_submit(vwr_blk_get_requestq(&g->blk, queue), &req[0][n]), VWR_OK);
    }
    (void)vwr_blk_kick(vwr_blk_get_requestq(&g->blk, queue));
    stage_leave();
    answer_all();
}

static int reap_queue(unsigned queue)
{
    struct vwr_blk_req *done[MANY];
    int n;

    stage_enter(&stage.guest[0]);
    n = vwr_blk_reap(vwr_blk_get_requestq(&stage.guest[0].blk, queue), done, MANY);
    stage_leave();
    return n;
}

/* With a budget of one, a call takes one answer from each queue, and reports whether any queue has more. */
static void budget_of_one(const struct kind *k)
{
    struct vwr_vblk_disk_options o = bridge_options(SLOTS);

    o.budget = 1;
    make_real(k, 3);
    assert_int_equal(vwr_vblk_disk_init(&bridge, &real()->blk, &o), VWR_OK);
    plug_guest(0, k, 3);
    stage_open(&stage.guest[0], 3, MANY);
    slow.later = true;
    for (unsigned queue = 0; queue < 3; queue++) {
        two_answers(queue);
        for (unsigned left = 2; left > 0; left--) {
            assert_int_equal(service(), left > 1 ? VWR_EBUSY : VWR_OK);
            assert_int_equal(reap_queue(queue), 1);
        }
    }
    end(SLOTS);
}

/* A budget above the bridge's own number of answers at once changes nothing. */
static void budget_of_many(const struct kind *k)
{
    struct vwr_vblk_disk_options o = bridge_options(SLOTS);

    o.budget = 1000;
    make_real(k, 1);
    assert_int_equal(vwr_vblk_disk_init(&bridge, &real()->blk, &o), VWR_OK);
    assert_int_equal(bridge.most, 16);
    plug_guest(0, k, 1);
    stage_open(&stage.guest[0], 1, MANY);
    slow.later = true;
    two_answers(0);
    assert_int_equal(service(), VWR_OK);
    assert_int_equal(reap_queue(0), 2);
    end(SLOTS);
}

/* A guest without a write cache: each write is flushed, and answered afterwards. */
static void written_through(const struct kind *k)
{
    const struct vwr_vblk_disk_options o = bridge_options(SLOTS);
    struct guest *const g = &stage.guest[0];
    struct vwr_vblk_options of_guest;

    make_real(k, 1);
    assert_int_equal(vwr_vblk_disk_init(&bridge, &real()->blk, &o), VWR_OK);
    of_guest = stage_options(g, &bridge.backend);
    of_guest.write_through = true;
    stage_plug(g, k, &of_guest);
    data[0] = stage_alloc(g, WINDOW * SECTOR);
    memset(req[0], 0, sizeof(req[0]));
    stage_open(g, 1, MANY);
    slow.later = true;
    submit(0, 0, VWR_BLK_T_OUT, 3, 2);
    kick(0);
    answer_all();
    assert_int_equal(service(), VWR_OK);
    assert_int_equal(reap(0), 0);
    assert_int_equal(slow.out_count, 1);
    assert_int_equal(slow.out[0]->type, VWR_BLK_T_FLUSH);
    answer_all();
    assert_int_equal(service(), VWR_OK);
    assert_int_equal(reap(0), 1);
    assert_int_equal(req[0][0].req.result, VWR_OK);
    end(SLOTS);
}

/*
 * Requests sent while guests are served again cause one notification, regardless of the guests to which they
 * belong.
 */
static void one_notification(const struct kind *k)
{
    const struct vwr_vblk_disk_options o = bridge_options(SLOTS);
    uintptr_t kicks;
    unsigned come = 0;

    make_real(k, 1);
    assert_int_equal(vwr_vblk_disk_init(&bridge, &real()->blk, &o), VWR_OK);
    slow.later = true;
    for (unsigned i = 0; i < GUESTS; i++) {
        plug_guest(i, k, 1);
        stage.guest[i].disk.free = &stage.guest[i].req[STAGE_REQS - 1]; /* leaves it one request */
        stage_open(&stage.guest[i], 1, MANY);
        stage.guest[i].disk.free = &stage.guest[i].req[STAGE_REQS - 1];
        for (unsigned n = 0; n < 3; n++)
            submit(i, n, VWR_BLK_T_IN, n, 1);
        kick(i);
    }
    for (unsigned pass = 0; pass < 3; pass++) {
        assert_int_equal(slow.out_count, 2);
        kicks = real()->vqueue[0].stats.kicks;
        answer_all();
        assert_int_equal(service(), VWR_OK);
        assert_true(real()->vqueue[0].stats.kicks - kicks <= 1);
        come += (unsigned)(reap(0) + reap(1));
    }
    assert_int_equal(come, 6);
    has_window(0, 0, 3);
    has_window(1, 0, 3);
    end(SLOTS);
}

static void several_ranges(const struct kind *k)
{
    struct vwr_blk_discard_write_zeroes *range;
    struct guest *const g = &stage.guest[0];

    make(k, 3, STAGE_SEGS);
    range = stage_alloc(g, VWR_VBLK_RANGES * sizeof(*range));
    for (unsigned i = 0; i < VWR_VBLK_RANGES; i++) {
        range[i].sector = vwr_guest64(k->legacy, 2 * i);
        range[i].num_sectors = vwr_guest32(k->legacy, 1);
        range[i].flags = 0;
    }
    stage_enter(g);
    vwr_blk_fill(&req[0][0], VWR_BLK_T_DISCARD, 0, range, VWR_VBLK_RANGES * sizeof(*range));
    assert_int_equal(vwr_blk_submit(&g->blk.first, &req[0][0]), VWR_OK);
    stage_leave();
    kick(0);
    assert_int_equal(service(), VWR_OK);
    assert_int_equal(reap(0), 1);
    assert_int_equal(req[0][0].req.result, VWR_OK);
    assert_int_equal(bridge.stats.parts, VWR_VBLK_RANGES - 1); /* one range each, as in QEMU's disk */
    for (unsigned i = 0; i < VWR_VBLK_RANGES; i++) {
        assert_true(stage_all(slow.at + (WINDOW + 2 * i) * SECTOR, 0, SECTOR));
        stage_has_pattern(slow.at + (WINDOW + 2 * i + 1) * SECTOR, WINDOW + 2 * i + 1, SECTOR, 0);
    }
    end(3);
}

/* A buffer of many segments with any alignment, in parts that the real disk accepts. */
static void in_parts(const struct kind *k)
{
    static const uint32_t lengths[] = {100, 412, 1000, 24, 512, 1, 511, 2000, 48};
    struct guest *const g = &stage.guest[0];
    struct segments p = {.out = 0};
    uint8_t *const at = stage_alloc(g, 9 * SECTOR);
    uint32_t offset = 0;

    make(k, SLOTS, 3);
    assert_int_equal(g->blk.info.segments_max, 3);
    stage_take_queue(g);
    stage_segment(g, &p, stage_header(g, VWR_BLK_T_IN, 5), 16, false);
    for (unsigned n = 0; n < sizeof(lengths) / sizeof(lengths[0]); offset += lengths[n++])
        stage_segment(g, &p, at + offset, lengths[n], true);
    stage_segment(g, &p, stage_alloc(g, 1), 1, true);
    assert_int_equal(offset, 9 * SECTOR);
    assert_int_equal(stage_send(g, &p), -1);
    assert_int_equal(service(), VWR_OK);
    {
        struct vwr_chain *chain;

        assert_int_equal(stage_take(g, &chain), 1);
        assert_int_equal(chain->written, 9 * SECTOR + 1);
    }
    stage_has_pattern(at, WINDOW + 5, 9 * SECTOR, 0);
    assert_true(bridge.stats.parts > 1);
    assert_int_equal(bridge.stats.requests, 1);
    end(SLOTS);
}

/* One part fails: one error, a used length of 0, and the rest is not sent. */
static void a_part_fails(const struct kind *k)
{
    struct guest *const g = &stage.guest[0];
    struct segments p = {.out = 0};
    struct vwr_chain *chain;
    uint8_t *at;
    uint8_t *status;

    make(k, 3, 1);
    slow.later = true;
    at = stage_alloc(g, 8 * SECTOR);
    status = stage_alloc(g, 1);
    stage_take_queue(g);
    stage_segment(g, &p, stage_header(g, VWR_BLK_T_IN, 5), 16, false);
    for (unsigned n = 0; n < 8; n++)
        stage_segment(g, &p, at + n * SECTOR, SECTOR, true);
    stage_segment(g, &p, status, 1, true);
    assert_int_equal(stage_send(g, &p), -1);
    assert_int_equal(slow.out_count, 3); /* slots */
    slow_end(&slow, 1, VWR_EIO);
    vwr_vblk_signal(&real()->disk);
    assert_int_equal(service(), VWR_OK);
    assert_int_equal(stage_take(g, &chain), 0);
    answer_all();
    assert_int_equal(slow.submits, 3);
    assert_int_equal(service(), VWR_OK);
    assert_int_equal(stage_take(g, &chain), 1);
    assert_int_equal(chain->written, 0);
    assert_int_equal(*status, VWR_BLK_S_IOERR);
    end(3);
}

/* Segments that do not form whole blocks are the guest's error, if there are more of them than its disk
 * accepts. */
static void too_many_segments(const struct kind *k)
{
    struct guest *const g = &stage.guest[0];
    struct segments p = {.out = 0};
    uint8_t *at;
    uint8_t *status;

    make(k, SLOTS, 2);
    at = stage_alloc(g, SECTOR);
    status = stage_alloc(g, 1);
    stage_take_queue(g);
    stage_segment(g, &p, stage_header(g, VWR_BLK_T_IN, 5), 16, false);
    for (unsigned n = 0; n < 8; n++)
        stage_segment(g, &p, at + n * SECTOR / 8, SECTOR / 8, true);
    stage_segment(g, &p, status, 1, true);
    assert_int_equal(stage_send(g, &p), 0);
    assert_int_equal(*status, VWR_BLK_S_IOERR);
    assert_true(stage_all(at, STAGE_POISON, SECTOR));
    end(SLOTS);
}

/* The first part of a request is sent, the second cannot be: an error, once the first has completed. */
static void second_part_cannot_be_sent(const struct kind *k)
{
    struct guest *const g = &stage.guest[0];
    struct segments p = {.out = 0};
    struct vwr_chain *chain;
    uint8_t *at;
    uint8_t *status;

    make(k, SLOTS, 2);
    at = stage_alloc(g, 3 * SECTOR);
    status = stage_alloc(g, 1);
    stage_take_queue(g);
    stage_segment(g, &p, stage_header(g, VWR_BLK_T_IN, 5), 16, false);
    for (unsigned n = 0; n < 2; n++)
        stage_segment(g, &p, at + n * SECTOR, SECTOR, true);
    for (unsigned n = 0; n < 8; n++)
        stage_segment(g, &p, at + 2 * SECTOR + n * SECTOR / 8, SECTOR / 8, true);
    stage_segment(g, &p, status, 1, true);
    assert_int_equal(stage_send(g, &p), -1);
    assert_int_equal(service(), VWR_OK);
    assert_int_equal(stage_take(g, &chain), 1);
    assert_int_equal(chain->written, 0);
    assert_int_equal(*status, VWR_BLK_S_IOERR);
    end(SLOTS);
}

/* Fewer slots than requests: all complete, and neither guest waits for the other's last request. */
static void few_slots(const struct kind *k)
{
    const unsigned each = k->indirect ? MANY : STAGE_QUEUE / 3;
    unsigned come[GUESTS] = {0};
    unsigned waiting = 0;

    make(k, 3, STAGE_SEGS);
    slow.later = true;
    for (unsigned i = 0; i < GUESTS; i++) {
        for (unsigned n = 0; n < each; n++)
            submit(i, n, VWR_BLK_T_IN, n, 1);
        kick(i);
    }
    assert_int_equal(slow.out_count, 3);
    assert_true(stage.guest[1].disk.waits);
    vwr_vblk_resume(&stage.guest[1].disk); /* spurious: it keeps waiting, queued once */
    assert_true(stage.guest[1].disk.waits);
    for (const struct vwr_vblk *b = bridge.waiting; b != NULL; b = b->next)
        assert_true(waiting++ < GUESTS);
    for (unsigned pass = 0; come[0] + come[1] < GUESTS * each; pass++) {
        assert_true(pass < GUESTS * MANY * 2);
        slow_end(&slow, 0, VWR_OK);
        vwr_vblk_signal(&real()->disk);
        assert_int_equal(service(), VWR_OK);
        for (unsigned i = 0; i < GUESTS; i++)
            come[i] += (unsigned)reap(i);
        if (pass == 4)
            assert_true(come[1] > 0 || vwr_vblk_in_flight(&stage.guest[1].disk) > 1);
    }
    for (unsigned i = 0; i < GUESTS; i++)
        has_window(i, 0, each);
    assert_true(bridge.stats.waits > 0);
    end(3);
}

/* Nothing is in flight and no mapping is free: the bridge has to retry by itself, since no completion will
 * come. */
static void no_room_to_map(const struct kind *k)
{
    if (!VWR_PORT_HAS_DMA_MAP)
        return;
    make(k, SLOTS, STAGE_SEGS);
    stage.mappings = 0;
    submit(0, 0, VWR_BLK_T_IN, 0, 1);
    kick(0);
    assert_true(stage.refused > 0);
    assert_int_equal(agains, 1);
    stage.refused = 0;
    assert_int_equal(service(), VWR_EBUSY);
    assert_true(stage.refused > 0);
    assert_int_equal(slow.submits, 0);
    stage.mappings = 1;
    assert_int_equal(service(), VWR_OK);
    assert_int_equal(stage.mappings, 1);
    assert_int_equal(reap(0), 1);
    has_window(0, 0, 1);
    end(SLOTS);
}

/* The same for the rest of a request in parts, after its first part has completed. */
static void no_room_to_map_a_part(const struct kind *k)
{
    struct guest *const g = &stage.guest[0];
    struct segments p = {.out = 0};
    struct vwr_chain *chain;
    uint8_t *at;

    if (!VWR_PORT_HAS_DMA_MAP)
        return;
    make(k, SLOTS, 1);
    slow.later = true;
    at = stage_alloc(g, 3 * SECTOR);
    stage_take_queue(g);
    stage_segment(g, &p, stage_header(g, VWR_BLK_T_IN, 5), 16, false);
    for (unsigned n = 0; n < 3; n++)
        stage_segment(g, &p, at + n * SECTOR, SECTOR, true);
    stage_segment(g, &p, stage_alloc(g, 1), 1, true);
    stage.mappings = 1;
    stage.mappings_go = true;
    assert_int_equal(stage_send(g, &p), -1);
    assert_int_equal(slow.out_count, 1);
    assert_int_equal(service(), VWR_OK); /* it will complete */
    assert_int_equal(agains, 0);
    answer_all();
    assert_int_equal(service(), VWR_EBUSY);
    assert_int_equal(slow.out_count, 0);
    stage.mappings = ~0u;
    assert_int_equal(service(), VWR_OK);
    answer_all();
    assert_int_equal(service(), VWR_OK);
    assert_int_equal(stage_take(g, &chain), 1);
    stage_has_pattern(at, WINDOW + 5, 3 * SECTOR, 0);
    end(SLOTS);
}

/* A request of a guest in two parts, of which one finds a mapping. */
static void send_in_two(unsigned i, uint8_t *at)
{
    static struct vwr_chain chain[GUESTS];
    struct guest *const g = &stage.guest[i];
    struct segments p = {.out = 0};

    stage_take_queue(g);
    stage_segment(g, &p, stage_header(g, VWR_BLK_T_IN, 5), 16, false);
    for (unsigned n = 0; n < 2; n++)
        stage_segment(g, &p, at + n * SECTOR, SECTOR, true);
    stage_segment(g, &p, stage_alloc(g, 1), 1, true);
    stage.mappings = 1;
    stage.mappings_go = true;
    memset(&chain[i], 0, sizeof(chain[i]));
    stage_put(g, &p, &chain[i]);
    assert_int_equal(slow.out_count, i + 1);
}

/* The rests of both guests' requests wait, and are sent in order. */
static void no_room_to_map_two_parts(const struct kind *k)
{
    struct vwr_chain *chain;
    uint8_t *at[GUESTS];

    if (!VWR_PORT_HAS_DMA_MAP)
        return;
    make(k, SLOTS, 1);
    slow.later = true;
    for (unsigned i = 0; i < GUESTS; i++) {
        at[i] = stage_alloc(&stage.guest[i], 2 * SECTOR);
        send_in_two(i, at[i]);
    }
    stage.mappings = ~0u;
    answer_all();
    assert_int_equal(service(), VWR_OK);
    assert_int_equal(slow.out_count, 2);
    for (unsigned i = 0; i < GUESTS; i++)
        assert_int_equal(slow.out[i]->sector, (i + 1) * WINDOW + 6);
    answer_all();
    assert_int_equal(service(), VWR_OK);
    for (unsigned i = 0; i < GUESTS; i++) {
        assert_int_equal(stage_take(&stage.guest[i], &chain), 1);
        stage_has_pattern(at[i], (i + 1) * WINDOW + 5, 2 * SECTOR, 0);
    }
    end(SLOTS);
}

static void error_of_one(const struct kind *k)
{
    make(k, SLOTS, STAGE_SEGS);
    slow.later = true;
    for (unsigned i = 0; i < GUESTS; i++) {
        submit(i, 0, VWR_BLK_T_IN, 0, 2);
        kick(i);
    }
    slow_end(&slow, 0, VWR_EIO);
    answer_all();
    assert_int_equal(service(), VWR_OK);
    assert_int_equal(reap(0), 1);
    assert_int_equal(reap(1), 1);
    assert_int_equal(req[0][0].req.result, VWR_EIO);
    assert_true(stage_all(data[0], STAGE_POISON, WINDOW * SECTOR));
    assert_int_equal(req[1][0].req.result, VWR_OK);
    has_window(1, 0, 2);
    assert_int_equal(bridge.stats.errors, 1);
    end(SLOTS);
}

/* ---- a guest resets its disk ---- */

static void answer_one(void)
{
    if (slow.out_count > 0 && stage.now % 16 == 0)
        slow_end(&slow, slow.out_count - 1, VWR_OK);
    if (!real()->locked)
        vwr_vblk_signal(&real()->disk);
}

static void close_guest(unsigned i)
{
    stage_enter(&stage.guest[i]);
    assert_int_equal(vwr_close(&stage.guest[i].blk.bringup), VWR_OK);
    stage_leave();
}

/* The reset waits for the requests on the real disk; the other guest's requests complete normally. */
static void reset_in_mid_io(const struct kind *k)
{
    const unsigned each = 4;

    make(k, 6, STAGE_SEGS);
    slow.later = true;
    for (unsigned i = 0; i < GUESTS; i++) {
        for (unsigned n = 0; n < each; n++)
            submit(i, n, VWR_BLK_T_IN, n, 1);
        kick(i);
    }
    assert_int_equal(slow.out_count,
                     k->indirect ? 6 : STAGE_QUEUE / 3); /* slots, or the capacity of the real ring */
    stage.meanwhile = answer_one;
    close_guest(0);
    stage.meanwhile = NULL;
    assert_true(agains > 0);
    for (unsigned i = 0; i < slow.out_count; i++)
        assert_true(slow.out[i]->sector >= 2 * WINDOW); /* none of them belongs to the first guest */
    memset(data[0], STAGE_POISON, WINDOW * SECTOR);
    for (unsigned pass = 0; pass < 4; pass++) {
        assert_int_equal(service(), VWR_OK);
        answer_all();
    }
    assert_int_equal(service(), VWR_OK);
    assert_int_equal(reap(1), each);
    has_window(1, 0, each);
    assert_true(stage_all(data[0], STAGE_POISON, WINDOW * SECTOR));
    end(6);
}

/* A reset after the disk has answered and before the guest is notified. */
static void reset_before_the_answer(const struct kind *k)
{
    make(k, SLOTS, STAGE_SEGS);
    slow.later = true;
    for (unsigned i = 0; i < GUESTS; i++) {
        for (unsigned n = 0; n < 2; n++)
            submit(i, n, VWR_BLK_T_IN, n, 1);
        kick(i);
    }
    answer_all();
    close_guest(0); /* and takes the other guest's completions too */
    assert_non_null(bridge.done);
    assert_int_equal(agains > 0, !is_silent);
    close_guest(1);
    assert_null(bridge.done);
    for (unsigned i = 0; i < GUESTS; i++)
        memset(data[i], STAGE_POISON, WINDOW * SECTOR);
    assert_int_equal(service(), VWR_OK);
    for (unsigned i = 0; i < GUESTS; i++) {
        assert_int_equal(stage.guest[i].interrupts, 0);
        assert_true(stage_all(data[i], STAGE_POISON, WINDOW * SECTOR));
        stage_open(&stage.guest[i], 1, MANY);
    }
    end(SLOTS);
}

static void reset_without_again(const struct kind *k)
{
    is_silent = true;
    reset_before_the_answer(k);
    is_silent = false;
}

/* A guest resets while its requests wait to be sent again, or for descriptors. */
static void reset_while_waiting(const struct kind *k)
{
    make(k, 2, STAGE_SEGS);
    slow.later = true;
    stage.tick = 1000;
    for (unsigned i = 0; i < GUESTS; i++) {
        for (unsigned n = 0; n < 2; n++)
            submit(i, n, VWR_BLK_T_IN, n, 1);
        kick(i);
    }
    assert_int_equal(slow.out_count, 2); /* both of the first guest; the other one waits */
    close_guest(1);
    assert_null(bridge.waiting); /* and no longer waits */
    stage_open(&stage.guest[1], 1, MANY);
    memset(req[1], 0, sizeof(req[1]));
    for (unsigned n = 0; n < 2; n++)
        submit(1, n, VWR_BLK_T_IN, n, 1);
    kick(1);
    vwr_vdev_needs_reset(&real()->disk.dev);
    stage.meanwhile = NULL;
    close_guest(0);
    assert_true(bridge.stats.recovered >= 1);
    assert_int_equal(replayed(), 0);
    assert_int_equal(slow.out_count, 0);
    assert_int_equal(service(), VWR_OK);
    assert_int_equal(slow.out_count, 2);
    answer_all();
    assert_int_equal(service(), VWR_OK);
    assert_int_equal(reap(1), 2);
    has_window(1, 0, 2);
    assert_true(stage_all(data[0], STAGE_POISON, WINDOW * SECTOR));
    end(2);
}

/* The real disk does not answer: the bridge resets it after its deadline, and the other guest does not
 * notice. */
static void reset_while_silent(const struct kind *k)
{
    make(k, SLOTS, STAGE_SEGS);
    slow.later = true;
    for (unsigned i = 0; i < GUESTS; i++) {
        submit(i, 0, VWR_BLK_T_IN, 0, 1);
        kick(i);
    }
    assert_int_equal(slow.out_count, 2);
    stage.tick = 1000;
    close_guest(0);
    assert_int_equal(bridge.stats.recovered, 1);
    assert_int_equal(slow.out_count, 1); /* the other guest's request is sent again */
    assert_int_equal(slow.out[0]->sector, 2 * WINDOW);
    assert_int_equal(replayed(), 1);
    answer_all();
    assert_int_equal(service(), VWR_OK);
    assert_int_equal(reap(1), 1);
    assert_int_equal(req[1][0].req.result, VWR_OK);
    has_window(1, 0, 1);
    assert_true(stage_all(data[0], STAGE_POISON, WINDOW * SECTOR));
    end(SLOTS);
}

/* One service sends requests of both queues: the real disk is notified on both. */
static void both_queues_are_kicked(const struct kind *k)
{
    const struct vwr_vblk_disk_options o = bridge_options(2);
    struct guest *const g = &stage.guest[0];
    struct vwr_blk_req *done;

    make_real(k, 2);
    assert_int_equal(vwr_vblk_disk_init(&bridge, &real()->blk, &o), VWR_OK);
    plug_guest(0, k, 2);
    stage_open(g, 2, MANY);
    slow.later = true;
    for (unsigned n = 0; n < 3; n++)
        submit(0, n, VWR_BLK_T_IN, n, 1);
    kick(0); /* the third finds the queue full */
    stage_enter(g);
    vwr_blk_fill(&req[0][3], VWR_BLK_T_IN, 3, data[0] + 3 * SECTOR, SECTOR);
    assert_int_equal(vwr_blk_submit(vwr_blk_get_requestq(&g->blk, 1), &req[0][3]), VWR_OK);
    (void)vwr_blk_kick(vwr_blk_get_requestq(&g->blk, 1));
    stage_leave();
    assert_int_equal(slow.out_count, 2);
    answer_all();
    assert_int_equal(service(), VWR_OK);
    assert_int_equal(slow.out_count, 2);
    assert_int_not_equal(slow.out[0]->queue, slow.out[1]->queue);
    answer_all();
    assert_int_equal(service(), VWR_OK);
    assert_int_equal(reap(0), 3);
    stage_enter(g);
    assert_int_equal(vwr_blk_reap(vwr_blk_get_requestq(&g->blk, 1), &done, 1), 1);
    stage_leave();
    has_window(0, 0, 4);
    end(2);
}

/* One queue of a guest's disk is reset: the other queue's requests complete. */
static void queue_reset_at(const struct kind *k, unsigned at)
{
    const struct vwr_vblk_disk_options o = bridge_options(SLOTS);
    struct guest *const g = &stage.guest[0];

    if (k->legacy)
        return; /* has no queue reset */
    make_real(k, 2);
    assert_int_equal(vwr_vblk_disk_init(&bridge, &real()->blk, &o), VWR_OK);
    plug_guest(0, k, 2);
    stage_open(g, 2, MANY);
    slow.later = true;
    submit(0, 0, VWR_BLK_T_IN, 0, 1);
    kick(0);
    stage_enter(g);
    vwr_blk_fill(&req[0][1], VWR_BLK_T_IN, 1, data[0] + SECTOR, SECTOR);
    assert_int_equal(vwr_blk_submit(vwr_blk_get_requestq(&g->blk, 1), &req[0][1]), VWR_OK);
    (void)vwr_blk_kick(vwr_blk_get_requestq(&g->blk, 1));
    stage_leave();
    assert_int_equal(slow.out_count, 2);
    assert_int_equal(slow.out[1]->queue, 1); /* each queue uses a separate queue of the real disk */
    if (at == 0)
        stage.meanwhile = answer_one;
    else
        answer_all(); /* both have completed, without a notification so far */
    stage_enter(g);
    assert_int_equal(vwr_dev_reset_queue(&g->mmio.dev, 1, &vwr_blk_get_requestq(&g->blk, 1)->requests.queue),
                     VWR_OK);
    stage_leave();
    stage.meanwhile = NULL;
    answer_all();
    assert_int_equal(service(), VWR_OK);
    assert_int_equal(reap(0), 1);
    has_window(0, 0, 1);
    end(SLOTS);
}

static void queue_reset(const struct kind *k)
{
    queue_reset_at(k, 0);
}

static void queue_reset_before_the_answer(const struct kind *k)
{
    queue_reset_at(k, 1);
}

/*
 * A queue is reset, whose completions another guest's reset has taken, or behind completions of that guest:
 * those of the other queue are delivered.
 */
static void queue_reset_beside_another(const struct kind *k, bool resets)
{
    const struct vwr_vblk_disk_options o = bridge_options(SLOTS);
    struct guest *const g = &stage.guest[0];

    if (k->legacy)
        return; /* has no queue reset */
    make_real(k, 2);
    assert_int_equal(vwr_vblk_disk_init(&bridge, &real()->blk, &o), VWR_OK);
    plug_guest(0, k, 2);
    stage_open(g, 2, MANY);
    plug_guest(1, k, 1);
    stage_open(&stage.guest[1], 1, MANY);
    slow.later = true;
    submit(1, 0, VWR_BLK_T_IN, 0, 1);
    kick(1);
    submit(0, 0, VWR_BLK_T_IN, 0, 1);
    kick(0);
    stage_enter(g);
    vwr_blk_fill(&req[0][1], VWR_BLK_T_IN, 1, data[0] + SECTOR, SECTOR);
    assert_int_equal(vwr_blk_submit(vwr_blk_get_requestq(&g->blk, 1), &req[0][1]), VWR_OK);
    (void)vwr_blk_kick(vwr_blk_get_requestq(&g->blk, 1));
    stage_leave();
    assert_int_equal(slow.out_count, 3);
    answer_all();
    if (resets)
        close_guest(1);
    stage_enter(g);
    assert_int_equal(vwr_dev_reset_queue(&g->mmio.dev, 1, &vwr_blk_get_requestq(&g->blk, 1)->requests.queue),
                     VWR_OK);
    stage_leave();
    assert_int_equal(service(), VWR_OK);
    assert_int_equal(reap(0), 1);
    has_window(0, 0, 1);
    if (!resets)
        assert_int_equal(reap(1), 1);
    end(SLOTS);
}

static void queue_reset_before_the_delivery(const struct kind *k)
{
    queue_reset_beside_another(k, true);
}

static void queue_reset_behind_another(const struct kind *k)
{
    queue_reset_beside_another(k, false);
}

/* ---- the real disk fails ---- */

/* The driver of the real disk learns that the disk needs a reset, before the bridge does. */
static void stop_real(void)
{
    vwr_vdev_needs_reset(&real()->disk.dev);
    assert_int_equal(vwr_dev_check(&real()->mmio.dev), VWR_ENEEDSRESET);
}

/* Requests of a guest wait for a disk that has stopped, in one segment or in several. */
static void requests_for_a_stopped_disk(const struct kind *k)
{
    struct guest *const g = &stage.guest[1];
    struct segments p = {.out = 0};
    struct vwr_chain *chain;
    uint8_t *at;

    make(k, SLOTS, STAGE_SEGS);
    stage.tick = 1000;
    at = stage_alloc(g, 2 * SECTOR);
    stage_take_queue(g);
    stop_real();
    submit(0, 0, VWR_BLK_T_IN, 0, 1);
    kick(0);
    assert_int_equal(agains, is_silent ? 0 : 1); /* no completion will come */
    stage_segment(g, &p, stage_header(g, VWR_BLK_T_IN, 5), 16, false);
    for (unsigned n = 0; n < 2; n++)
        stage_segment(g, &p, at + n * SECTOR, SECTOR, true);
    stage_segment(g, &p, stage_alloc(g, 1), 1, true);
    assert_int_equal(stage_send(g, &p), -1);
    assert_int_equal(bridge.stats.errors, 0);
    for (unsigned pass = 0; bridge.stats.recovered == 0; pass++) {
        assert_true(pass < 10000);
        (void)service();
    }
    assert_int_equal(service(), VWR_OK);
    assert_int_equal(reap(0), 1);
    has_window(0, 0, 1);
    assert_int_equal(stage_take(g, &chain), 1);
    stage_has_pattern(at, 2 * WINDOW + 5, 2 * SECTOR, 0);
    end(SLOTS);
}

static void requests_for_a_stopped_disk_without_again(const struct kind *k)
{
    is_silent = true;
    requests_for_a_stopped_disk(k);
    is_silent = false;
}

/* The other queue has an answer; the bridge still detects that the first one is stopped. */
static void stopped_beside_an_answer(const struct kind *k)
{
    struct vwr_vblk_disk_options o = bridge_options(SLOTS);
    struct guest *const g = &stage.guest[0];
    struct vwr_blk_req *done;

    o.budget = 1;
    make_real(k, 2);
    assert_int_equal(vwr_vblk_disk_init(&bridge, &real()->blk, &o), VWR_OK);
    plug_guest(0, k, 2);
    stage_open(g, 2, MANY);
    slow.later = true;
    stage_enter(g);
    vwr_blk_fill(&req[0][1], VWR_BLK_T_IN, 1, data[0] + SECTOR, SECTOR);
    assert_int_equal(vwr_blk_submit(vwr_blk_get_requestq(&g->blk, 1), &req[0][1]), VWR_OK);
    (void)vwr_blk_kick(vwr_blk_get_requestq(&g->blk, 1));
    stage_leave();
    answer_all();
    stop_real();
    (void)service();
    assert_int_not_equal(vwr_get_stage(&real()->blk.bringup), VWR_STAGE_STOPPED);
    stage_enter(g);
    assert_int_equal(vwr_blk_reap(vwr_blk_get_requestq(&g->blk, 1), &done, 1), 1);
    stage_leave();
    has_window(0, 1, 1);
    stage.tick = 1000;
    for (unsigned pass = 0; vwr_get_stage(&real()->blk.bringup) != VWR_STAGE_RUNNING; pass++) {
        assert_true(pass < 10000);
        (void)service();
    }
    end(SLOTS);
}

/* The real disk stops with requests in flight: they are sent again, and the guests only wait longer. */
static void real_disk_stops(const struct kind *k)
{
    make(k, SLOTS, STAGE_SEGS);
    slow.later = true;
    stage.tick = 1000;
    for (unsigned i = 0; i < GUESTS; i++) {
        submit(i, 0, VWR_BLK_T_IN, 0, 1);
        submit(i, 1, VWR_BLK_T_IN, 1, 1);
        kick(i);
    }
    vwr_vdev_needs_reset(&real()->disk.dev);
    for (unsigned pass = 0; bridge.stats.recovered == 0; pass++) {
        const int r = service();

        assert_true(pass < 10000 && (r == VWR_OK || r == VWR_EBUSY));
        if (vwr_get_stage(&real()->blk.bringup) == VWR_STAGE_RESETTING &&
            !vwr_req_is_in_flight(&req[1][2].req)) {
            submit(1, 2, VWR_BLK_T_IN, 2, 1); /* new requests wait too */
            kick(1);
        }
        assert_int_equal(reap(0) + reap(1), 0);
    }
    assert_int_equal(replayed(), 4);
    submit(0, 2, VWR_BLK_T_IN, 2, 1); /* a later request */
    kick(0);
    answer_all();
    assert_int_equal(service(), VWR_OK);
    answer_all();
    assert_int_equal(service(), VWR_OK);
    assert_int_equal(reap(0), 3);
    assert_int_equal(reap(1), 3);
    has_window(0, 0, 3);
    has_window(1, 0, 3);
    assert_int_equal(bridge.stats.errors, 0);
    end(SLOTS);
}

/* A disk opened without replay: requests in flight fail, and later ones are served. */
static void stops_without_replay(const struct kind *k)
{
    make(k, SLOTS, STAGE_SEGS);
    real()->blk.options.request.replay = false;
    slow.later = true;
    stage.tick = 1000;
    for (unsigned i = 0; i < GUESTS; i++) {
        submit(i, 0, VWR_BLK_T_IN, 0, 1);
        kick(i);
    }
    vwr_vdev_needs_reset(&real()->disk.dev);
    for (unsigned pass = 0; bridge.stats.recovered == 0; pass++) {
        assert_true(pass < 10000);
        (void)service();
    }
    assert_int_equal(replayed(), 0);
    assert_int_equal(bridge.stats.errors, GUESTS);
    for (unsigned i = 0; i < GUESTS; i++) {
        assert_int_equal(reap(i), 1);
        assert_int_equal(req[i][0].req.result, VWR_EIO);
        submit(i, 0, VWR_BLK_T_IN, 0, 1);
        kick(i);
    }
    answer_all();
    assert_int_equal(service(), VWR_OK);
    for (unsigned i = 0; i < GUESTS; i++) {
        assert_int_equal(reap(i), 1);
        has_window(i, 0, 1);
    }
    end(SLOTS);
}

/* Parts are sent again unchanged: none has the data of another. */
static void stops_in_parts(const struct kind *k)
{
    struct guest *const g = &stage.guest[0];
    struct segments p = {.out = 0};
    struct vwr_chain *chain;
    uint8_t *at;

    make(k, 3, 1);
    slow.later = true;
    stage.tick = 1000;
    at = stage_alloc(g, 3 * SECTOR);
    stage_take_queue(g);
    stage_segment(g, &p, stage_header(g, VWR_BLK_T_IN, 5), 16, false);
    for (unsigned n = 0; n < 3; n++)
        stage_segment(g, &p, at + n * SECTOR, SECTOR, true);
    stage_segment(g, &p, stage_alloc(g, 1), 1, true);
    assert_int_equal(stage_send(g, &p), -1);
    assert_int_equal(slow.out_count, 3);
    vwr_vdev_needs_reset(&real()->disk.dev);
    for (unsigned pass = 0; bridge.stats.recovered == 0; pass++) {
        assert_true(pass < 10000);
        (void)service();
    }
    assert_int_equal(replayed(), 3);
    assert_int_equal(slow.out_count, 3);
    for (unsigned n = 0; n < 3; n++) {
        assert_int_equal(slow.out[n]->sector, WINDOW + 5 + n);
        assert_int_equal(slow.out[n]->bytes, SECTOR);
        assert_ptr_equal(slow.out[n]->seg[0].at, at + n * SECTOR);
    }
    answer_all();
    assert_int_equal(service(), VWR_OK);
    assert_int_equal(stage_take(g, &chain), 1);
    assert_int_equal(chain->written, 3 * SECTOR + 1);
    stage_has_pattern(at, WINDOW + 5, 3 * SECTOR, 0);
    end(3);
}

/* A request that the disk never answers is not sent again forever. */
static void a_request_that_kills(const struct kind *k)
{
    make(k, SLOTS, STAGE_SEGS);
    slow.later = true;
    stage.tick = 1000;
    for (unsigned i = 0; i < GUESTS; i++) {
        submit(i, 0, VWR_BLK_T_IN, 0, 1);
        kick(i);
    }
    for (unsigned pass = 0; bridge.stats.errors == 0; pass++) {
        const int r = service();

        assert_true(pass < 10000 && (r == VWR_OK || r == VWR_EBUSY));
        for (unsigned n = 0; n < slow.out_count; n++)
            if (slow.out[n]->sector < 2 * WINDOW) {
                slow_end(&slow, n, VWR_OK);
                vwr_vblk_signal(&real()->disk);
            }
    }
    assert_int_equal(bridge.stats.recovered, 2);
    assert_int_equal(reap(0), 1);
    assert_int_equal(req[0][0].req.result, VWR_OK);
    has_window(0, 0, 1);
    assert_int_equal(reap(1), 1);
    assert_int_equal(req[1][0].req.result, VWR_EIO);
    submit(1, 0, VWR_BLK_T_IN, 5, 1); /* and the disk works normally afterwards */
    kick(1);
    answer_all();
    assert_int_equal(service(), VWR_OK);
    assert_int_equal(reap(1), 1);
    assert_int_equal(req[1][0].req.result, VWR_OK);
    end(SLOTS);
}

/* The disk resets but does not start again: all requests fail, and later ones fail immediately. */
static void real_disk_dies(const struct kind *k)
{
    int r = VWR_OK;

    make(k, SLOTS, STAGE_SEGS);
    slow.later = true;
    stage.tick = 1000;
    for (unsigned i = 0; i < GUESTS; i++) {
        submit(i, 0, VWR_BLK_T_IN, 0, 1);
        kick(i);
    }
    slow.backend.sectors = 0;
    vwr_vm_remove(&real()->vm, 0);
    for (unsigned pass = 0; r != VWR_EFAILED; pass++) {
        assert_true(pass < 10000);
        r = service();
    }
    for (unsigned i = 0; i < GUESTS; i++) {
        assert_int_equal(reap(i), 1);
        assert_int_equal(req[i][0].req.result, VWR_EIO);
        submit(i, 0, VWR_BLK_T_IN, 0, 1);
        kick(i);
        assert_int_equal(reap(i), 1);
        assert_int_equal(req[i][0].req.result, VWR_EIO);
        close_guest(i);
    }
    assert_int_equal(service(), VWR_EFAILED);
    end(SLOTS);
}

/* Runs until the disk is given up: it never acknowledges a reset. */
static void lose_disk(void)
{
    int r = VWR_OK;

    stage.deaf = true;
    for (unsigned pass = 0; r != VWR_EFAILED; pass++) {
        assert_true(pass < 100000);
        r = service();
    }
    assert_int_equal(vwr_get_stage(&real()->blk.bringup), VWR_STAGE_LOST);
}

static int reset_guest(unsigned i)
{
    int r;

    stage_enter(&stage.guest[i]);
    r = vwr_close(&stage.guest[i].blk.bringup);
    stage_leave();
    return r;
}

static uint32_t read_status(unsigned i)
{
    uint64_t value = 0;

    assert_true(
        vwr_vm_access(&stage.guest[i].vm, stage.guest[i].vm.base + VWR_MMIO_STATUS, 4, false, &value));
    return (uint32_t)value;
}

static uint32_t read_of_queue(unsigned i, uint64_t queue, uint64_t reg)
{
    struct vwr_vm *const vm = &stage.guest[i].vm;
    uint64_t value = 0;

    assert_true(vwr_vm_access(vm, vm->base + VWR_MMIO_QUEUE_SEL, 4, true, &queue));
    assert_true(vwr_vm_access(vm, vm->base + reg, 4, false, &value));
    return (uint32_t)value;
}

/* The lost disk acknowledges its reset, and the bridge notices. */
static void find_disk(void)
{
    int r = VWR_EBUSY;

    stage.deaf = false;
    vwr_vdev_reset(&real()->disk.dev);
    for (unsigned pass = 0; r == VWR_EBUSY; pass++) {
        assert_true(pass < 100);
        r = service();
    }
    assert_int_equal(r, VWR_OK);
    assert_int_equal(vwr_get_stage(&real()->blk.bringup), VWR_STAGE_RUNNING);
    assert_int_equal(vwr_vblk_disk_unsafe(&bridge, NULL, NULL, 0), 0);
}

static void has_segment(const struct vwr_vblk_disk_segment *s, const void *at, size_t bytes, bool written)
{
    assert_ptr_equal(s->at, at);
    assert_int_equal(s->bytes, bytes);
    assert_int_equal(s->written, written);
}

/* A guest with nothing in flight on the disk gets errors, now and later. */
static void gets_errors(unsigned i)
{
    submit(i, 7, VWR_BLK_T_IN, 0, 1);
    kick(i);
    assert_int_equal(reap(i), 1);
    assert_int_equal(req[i][7].req.result, VWR_EIO);
    assert_int_equal(stage.guest[i].unsafe, 0);
}

/* The disk does not acknowledge a reset: it keeps the memory of its requests, and the VMM is notified of
 * exactly this memory. */
static void real_disk_is_lost(const struct kind *k)
{
    struct vwr_vblk_disk_segment seg[4];
    struct guest *const g = &stage.guest[0];

    make(k, SLOTS, STAGE_SEGS);
    slow.later = true;
    stage.tick = 1000;
    submit(0, 0, VWR_BLK_T_IN, 3, 2);
    submit(0, 1, VWR_BLK_T_OUT, 9, 1);
    kick(0);
    assert_int_equal(vwr_vblk_disk_unsafe(&bridge, NULL, seg, 4), 0); /* in flight, but not lost */
    lose_disk();
    assert_int_equal(vwr_vblk_disk_unsafe(&bridge, NULL, seg, 4), 2);
    has_segment(&seg[0], data[0] + 3 * SECTOR, 2 * SECTOR, true);
    has_segment(&seg[1], data[0] + 9 * SECTOR, SECTOR, false);
    assert_int_equal(vwr_vblk_disk_unsafe(&bridge, &g->disk, seg, 1), 2); /* counts all of them */
    assert_int_equal(vwr_vblk_disk_unsafe(&bridge, &stage.guest[1].disk, seg, 4), 0);
    assert_int_equal(g->unsafe, 1);
    assert_int_equal(g->broken, 1);
    assert_true(g->disk.dev.unsafe);
    assert_false(stage.guest[1].disk.dev.unsafe);
    assert_true(read_status(0) & VWR_STATUS_DEVICE_NEEDS_RESET); /* clause status.dev.2 */
    assert_true(reap(0) <= 0); /* memory that the disk may still write is not returned */
    gets_errors(1);
    assert_int_equal(reset_guest(1), VWR_OK);
    find_disk();
    assert_int_equal(g->safe, 1);
    assert_int_equal(stage.guest[1].safe, 0);
    assert_int_equal(reset_guest(0), VWR_OK);
    for (unsigned i = 0; i < GUESTS; i++) {
        stage_open(&stage.guest[i], 1, MANY);
        memset(req[i], 0, sizeof(req[i]));
        submit(i, 0, VWR_BLK_T_IN, 0, 2);
        kick(i);
    }
    answer_all();
    assert_int_equal(service(), VWR_OK);
    for (unsigned i = 0; i < GUESTS; i++) {
        assert_int_equal(reap(i), 1);
        has_window(i, 0, 2);
    }
    end(SLOTS);
}

/* A request whose rest waits has nothing on the disk that is lost: it fails. */
static void lost_between_parts(const struct kind *k)
{
    struct vwr_chain *chain;

    if (!VWR_PORT_HAS_DMA_MAP)
        return;
    make(k, SLOTS, 1);
    slow.later = true;
    stage.tick = 1000;
    send_in_two(0, stage_alloc(&stage.guest[0], 2 * SECTOR));
    answer_all();
    assert_int_equal(service(), VWR_EBUSY);
    submit(1, 0, VWR_BLK_T_IN, 0, 1); /* what the disk keeps */
    stage.mappings = 1;
    kick(1);
    assert_int_equal(slow.out_count, 1);
    lose_disk();
    assert_int_equal(stage_take(&stage.guest[0], &chain), 1);
    assert_int_equal(chain->written, 0);
    assert_int_equal(stage.guest[0].unsafe, 0);
    assert_int_equal(stage.guest[1].unsafe, 1);
    stage.mappings = ~0u;
    find_disk();
    assert_int_equal(reset_guest(1), VWR_OK);
    end(SLOTS);
}

/* Ranges and flushes have no memory of the guest. */
static void lost_without_memory(const struct kind *k)
{
    struct vwr_vblk_disk_segment seg[4];
    struct guest *const g = &stage.guest[0];

    make(k, SLOTS, STAGE_SEGS);
    slow.later = true;
    stage.tick = 1000;
    submit(0, 0, VWR_BLK_T_IN, 3, 2);
    stage_enter(g);
    vwr_blk_fill(&req[0][1], VWR_BLK_T_FLUSH, 0, NULL, 0);
    vwr_blk_fill_range(&req[0][2], VWR_BLK_T_DISCARD, 8, 2, false);
    for (unsigned n = 1; n < 3; n++)
        assert_int_equal(vwr_blk_submit(&g->blk.first, &req[0][n]), VWR_OK);
    stage_leave();
    kick(0);
    assert_int_equal(slow.out_count, 3);
    lose_disk();
    assert_int_equal(vwr_vblk_disk_unsafe(&bridge, NULL, seg, 4), 1);
    has_segment(&seg[0], data[0] + 3 * SECTOR, 2 * SECTOR, true);
    find_disk();
    assert_int_equal(reset_guest(0), VWR_OK);
    end(SLOTS);
}

/* Clauses reset.dev.1, reset.dev.2, reset.drv.1: no reset completes while the lost disk may write. */
static void lost_and_reset(const struct kind *k)
{
    struct guest *const g = &stage.guest[0];

    make(k, SLOTS, STAGE_SEGS);
    slow.later = true;
    stage.tick = 1000;
    submit(0, 0, VWR_BLK_T_IN, 3, 2);
    kick(0);
    lose_disk();
    assert_int_equal(reset_guest(0), VWR_ETIMEOUT);
    assert_int_equal(read_status(0), VWR_STATUS_DEVICE_NEEDS_RESET);
    assert_int_equal(stage_try_open(g, 1, MANY), VWR_ETIMEOUT); /* and makes no progress */
    assert_int_equal(read_status(0), VWR_STATUS_DEVICE_NEEDS_RESET);
    vwr_vm_remove(&g->vm, 0); /* removing the device does not help */
    assert_true(g->disk.dev.unsafe);
    assert_int_equal(vwr_vm_add(&g->vm, 0, &g->disk.dev), VWR_OK);
    answer_all();
    has_window(0, 3, 2); /* the disk has written, hence the protection */
    assert_int_equal(vwr_vblk_disk_unsafe(&bridge, &g->disk, NULL, 0), 1);
    assert_int_equal(g->safe, 0);
    find_disk();
    assert_int_equal(g->unsafe, 1);
    assert_int_equal(g->safe, 1);
    assert_int_equal(g->disk.dev.stats.late, 1); /* the answer, which was dropped */
    assert_int_equal(read_status(0), VWR_STATUS_RESET);
    stage_open(g, 1, MANY);
    end(SLOTS);
}

/* The disk is lost while the guests reset their disks: these resets detect the loss. The VMM is notified
 * for both. */
static void lost_in_a_reset(const struct kind *k)
{
    make(k, SLOTS, STAGE_SEGS);
    slow.later = true;
    stage.tick = 1000;
    for (unsigned i = 0; i < GUESTS; i++) {
        submit(i, 0, VWR_BLK_T_IN, 0, 2);
        kick(i);
    }
    stage.deaf = true;
    assert_int_equal(reset_guest(0), VWR_ETIMEOUT);
    assert_int_equal(vwr_get_stage(&real()->blk.bringup), VWR_STAGE_LOST);
    assert_int_equal(stage.guest[0].unsafe, 1);
    assert_int_equal(stage.guest[1].unsafe, 0);
    assert_true(agains > 0);
    assert_int_equal(service(), VWR_EFAILED);
    assert_int_equal(service(), VWR_EFAILED);
    assert_int_equal(stage.guest[1].unsafe, 1); /* once */
    assert_int_equal(vwr_vblk_disk_unsafe(&bridge, NULL, NULL, 0), 2);
    find_disk();
    assert_int_equal(stage.guest[0].safe, 1);
    assert_int_equal(stage.guest[1].safe, 1);
    assert_int_equal(read_status(0), VWR_STATUS_RESET);
    assert_int_not_equal(read_status(1), VWR_STATUS_RESET); /* its guest has not reset it yet */
    assert_int_equal(reset_guest(1), VWR_OK);
    end(SLOTS);
}

/* QueueReset is 1 as long as the reset of the queue is not complete. Clause: mmio.dev.11 mmio.dev.12. */
static void lost_in_a_queue_reset(const struct kind *k)
{
    const struct vwr_vblk_disk_options o = bridge_options(SLOTS);
    struct guest *const g = &stage.guest[0];

    if (k->legacy)
        return; /* has no queue reset */
    make_real(k, 2);
    assert_int_equal(vwr_vblk_disk_init(&bridge, &real()->blk, &o), VWR_OK);
    plug_guest(0, k, 2);
    stage_open(g, 2, MANY);
    slow.later = true;
    stage.tick = 1000;
    stage_enter(g);
    vwr_blk_fill(&req[0][1], VWR_BLK_T_IN, 1, data[0] + SECTOR, SECTOR);
    assert_int_equal(vwr_blk_submit(vwr_blk_get_requestq(&g->blk, 1), &req[0][1]), VWR_OK);
    (void)vwr_blk_kick(vwr_blk_get_requestq(&g->blk, 1));
    stage.deaf = true;
    assert_int_equal(vwr_dev_reset_queue(&g->mmio.dev, 1, &vwr_blk_get_requestq(&g->blk, 1)->requests.queue),
                     VWR_ETIMEOUT);
    stage_leave();
    assert_int_equal(g->unsafe, 1);
    assert_int_equal(vwr_vblk_disk_unsafe(&bridge, &g->disk, NULL, 0), 1);
    assert_int_equal(read_of_queue(0, 1, VWR_MMIO_QUEUE_RESET), 1);
    assert_int_equal(read_of_queue(0, 1, VWR_MMIO_QUEUE_READY), 1);
    assert_int_equal(read_of_queue(0, 0, VWR_MMIO_QUEUE_RESET), 0);
    find_disk();
    assert_int_equal(read_of_queue(0, 1, VWR_MMIO_QUEUE_RESET), 0);
    assert_int_equal(read_of_queue(0, 1, VWR_MMIO_QUEUE_READY), 0);
    assert_int_equal(g->safe, 1);
    assert_int_equal(reset_guest(0), VWR_OK);
    end(SLOTS);
}

/* A request in parts: completed parts are safe, and the part sent instead is unsafe. */
static void lost_in_parts(const struct kind *k)
{
    struct vwr_vblk_disk_segment seg[4];
    struct guest *const g = &stage.guest[0];
    struct segments p = {.out = 0};
    uint8_t *at;

    make(k, 2, 1);
    slow.later = true;
    stage.tick = 1000;
    at = stage_alloc(g, 3 * SECTOR);
    stage_take_queue(g);
    stage_segment(g, &p, stage_header(g, VWR_BLK_T_IN, 5), 16, false);
    for (unsigned n = 0; n < 3; n++)
        stage_segment(g, &p, at + n * SECTOR, SECTOR, true);
    stage_segment(g, &p, stage_alloc(g, 1), 1, true);
    assert_int_equal(stage_send(g, &p), -1);
    assert_int_equal(slow.out_count, 2);
    slow_end(&slow, 1, VWR_OK);
    vwr_vblk_signal(&real()->disk);
    lose_disk();
    assert_int_equal(vwr_vblk_disk_unsafe(&bridge, &g->disk, seg, 4), 2);
    has_segment(&seg[0], at, SECTOR, true);
    has_segment(&seg[1], at + (k->in_order ? 1 : 2) * SECTOR, SECTOR,
                true); /* with IN_ORDER the first one delays it */
    find_disk();
    vwr_vdev_reset(&g->disk.dev);
    end(2);
}

/* The disk acknowledges one reset, does not start, and acknowledges no further reset: it may still write
 * requests that wait for their replay. */
static void lost_after_a_reset(const struct kind *k)
{
    struct vwr_vblk_disk_segment seg;
    int r = VWR_OK;

    make(k, SLOTS, STAGE_SEGS);
    slow.later = true;
    stage.tick = 1000;
    submit(0, 0, VWR_BLK_T_IN, 3, 2);
    kick(0);
    vwr_features_add(&real()->blk.options.need, VWR_BLK_F_ZONED); /* which the device does not offer */
    vwr_vdev_needs_reset(&real()->disk.dev);
    for (unsigned pass = 0; r != VWR_EFAILED; pass++) {
        assert_true(pass < 100000);
        r = service();
        stage.deaf = real()->blk.first.requests.replay != NULL;
    }
    assert_int_equal(vwr_get_stage(&real()->blk.bringup), VWR_STAGE_LOST);
    assert_int_equal(stage.guest[0].unsafe, 1);
    assert_int_equal(vwr_vblk_disk_unsafe(&bridge, &stage.guest[0].disk, &seg, 1), 1);
    has_segment(&seg, data[0] + 3 * SECTOR, 2 * SECTOR, true);
    vwr_features_clear(&real()->blk.options.need);
    find_disk();
    assert_int_equal(stage.guest[0].safe, 1);
    assert_int_equal(slow.out_count, 0); /* it is not sent again */
    assert_int_equal(reset_guest(0), VWR_OK);
    end(SLOTS);
}

/* ---- continuous activity of other guests ---- */

/* A guest sends one more request, and the disk answers all its requests of this guest. */
static void goes_on(unsigned i)
{
    unsigned n = 0;

    if (stage.guest[i].locked || real()->locked)
        return;
    (void)reap(i);
    while (n < STAGE_QUEUE / 3 && vwr_req_is_in_flight(&req[i][n].req)) /* descriptors each */
        n++;
    if (n < STAGE_QUEUE / 3) {
        submit(i, n, VWR_BLK_T_IN, 0, 1);
        kick(i);
    }
    for (n = slow.out_count; n-- > 0;)
        if (slow.out[n]->sector >= WINDOW * (i + 1) && slow.out[n]->sector < WINDOW * (i + 2))
            slow_end(&slow, n, VWR_OK);
    vwr_vblk_signal(&real()->disk);
}

static void second_goes_on(void)
{
    if (stage.guest[1].locked || real()->locked)
        return;
    goes_on(1);
    (void)service();
    goes_on(1);
}

/* One guest resets with a request that the disk never answers. The other guest's requests are answered all
 * the while, and the deadline still applies. */
static void reset_beside_a_busy_guest(const struct kind *k)
{
    if (k->in_order)
        return; /* the unanswered request delays the others */
    make(k, SLOTS, STAGE_SEGS);
    slow.later = true;
    stage.tick = 1000;
    submit(0, 0, VWR_BLK_T_IN, 0, 1);
    kick(0);
    others_count = 0;
    others = second_goes_on;
    close_guest(0);
    others = NULL;
    assert_true(others_count < 2000);
    assert_int_equal(bridge.stats.recovered, 1);
    answer_all();
    assert_int_equal(service(), VWR_OK);
    stage.tick = 1;
    close_guest(1);
    end(SLOTS);
}

/* Whenever the lock is free, another answer arrives for the first guest, and the second guest's reset
 * finds it. */
static void both_go_on(void)
{
    if (stage.guest[0].locked || stage.guest[1].locked || real()->locked)
        return;
    goes_on(0);
    submit(1, 0, VWR_BLK_T_IN, 0, 1);
    kick(1);
    close_guest(1);
    stage_open(&stage.guest[1], 1, MANY);
}

/* Other CPUs deliver answers continuously: one call of the service still ends. */
static void service_beside_busy_guests(const struct kind *k)
{
    int r;

    make(k, SLOTS, STAGE_SEGS);
    submit(0, 0, VWR_BLK_T_IN, 0, 1);
    kick(0);
    others_count = 0;
    others = both_go_on;
    r = service();
    others = NULL;
    assert_true(others_count < 2000);
    assert_true(r == VWR_OK || r == VWR_EBUSY);
    while (service() == VWR_EBUSY)
        ;
    close_guest(0);
    close_guest(1);
    end(SLOTS);
}

static void second_resets(void)
{
    if (bridge.waiting != &stage.guest[1].disk || stage.guest[1].locked || real()->locked)
        return;
    close_guest(1);
}

/* While the first of two waiting guests continues, the second resets. */
static void reset_while_the_other_goes_on(const struct kind *k)
{
    make(k, 1, STAGE_SEGS);
    slow.later = true;
    for (unsigned i = 0; i < GUESTS; i++) {
        for (unsigned n = i; n < 2; n++)
            submit(i, n, VWR_BLK_T_IN, n, 1);
        kick(i);
    }
    answer_all();
    others_count = 0;
    others = second_resets;
    assert_int_equal(service(), VWR_OK);
    others = NULL;
    if (STAGE_LOCKS)
        assert_null(bridge.waiting);
    for (unsigned pass = 0; pass < 2; pass++) {
        answer_all();
        assert_int_equal(service(), VWR_OK);
    }
    assert_int_equal(reap(0), 2);
    has_window(0, 0, 2);
    end(1);
}

static void real_disk_grows(const struct kind *k)
{
    make(k, SLOTS, STAGE_SEGS);
    slow.backend.sectors = SECTORS - 8;
    assert_int_equal(vwr_vblk_resize(&real()->disk, SECTORS - 8), VWR_OK);
    assert_true(vwr_dev_irq(&real()->mmio.dev) & VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK);
    assert_int_equal(vwr_vblk_disk_config_changed(&bridge), 1);
    assert_int_equal(bridge.backend.sectors, SECTORS - 8);
    assert_int_equal(vwr_vblk_resize(&stage.guest[1].disk, SECTORS - 2 * WINDOW), VWR_ERANGE);
    assert_int_equal(vwr_vblk_resize(&stage.guest[1].disk, SECTORS - 2 * WINDOW - 8), VWR_OK);
    end(SLOTS);
}

static const struct stage_row rows[] = {
#define ROW(name)   \
    {               \
#name, name \
    }
    ROW(passed_on),
    ROW(topology_that_cannot_be),
    ROW(wear_that_cannot_be),
    ROW(wrong_init),
    ROW(every_request),
    ROW(batches),
    ROW(goes_on_in_parts),
    ROW(half_at_once),
    ROW(budget_of_one),
    ROW(budget_of_many),
    ROW(written_through),
    ROW(one_notification),
    ROW(several_ranges),
    ROW(in_parts),
    ROW(a_part_fails),
    ROW(too_many_segments),
    ROW(second_part_cannot_be_sent),
    ROW(few_slots),
    ROW(no_room_to_map),
    ROW(no_room_to_map_a_part),
    ROW(no_room_to_map_two_parts),
    ROW(error_of_one),
    ROW(reset_in_mid_io),
    ROW(reset_before_the_answer),
    ROW(reset_without_again),
    ROW(reset_while_waiting),
    ROW(reset_while_silent),
    ROW(both_queues_are_kicked),
    ROW(queue_reset),
    ROW(queue_reset_before_the_answer),
    ROW(queue_reset_before_the_delivery),
    ROW(queue_reset_behind_another),
    ROW(requests_for_a_stopped_disk),
    ROW(requests_for_a_stopped_disk_without_again),
    ROW(stopped_beside_an_answer),
    ROW(real_disk_stops),
    ROW(stops_without_replay),
    ROW(stops_in_parts),
    ROW(a_request_that_kills),
    ROW(real_disk_dies),
    ROW(real_disk_is_lost),
    ROW(lost_between_parts),
    ROW(lost_without_memory),
    ROW(lost_and_reset),
    ROW(lost_in_a_reset),
    ROW(lost_in_a_queue_reset),
    ROW(lost_in_parts),
    ROW(lost_after_a_reset),
    ROW(reset_beside_a_busy_guest),
    ROW(service_beside_busy_guests),
    ROW(reset_while_the_other_goes_on),
    ROW(real_disk_grows),
};

int main(void)
{
    return stage_run("bridge", rows, sizeof(rows) / sizeof(rows[0]));
}
