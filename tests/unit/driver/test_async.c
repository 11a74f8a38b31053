/* SPDX-License-Identifier: MIT */
#include "disk.h"

#include <stdlib.h>
#include <string.h>

/* Asynchronous requests: submit, kick and reap, on one queue and on several. */

#define SECTOR VWR_BLK_SECTOR_BYTES
#define MANY 12u

static const struct disk_shape one_queue = {1, MANY, 1};

/* ---- the order of answers ---- */

/* Chooses which of `left` held requests is answered next. */
static unsigned oldest(unsigned left)
{
    (void)left;
    return 0;
}

static unsigned newest(unsigned left)
{
    return left - 1;
}

static unsigned middle(unsigned left)
{
    return left / 2;
}

/* Requests complete once each, in the order in which they were answered, whatever the budget is. */
static void in_order_of_answers(struct disk *d, unsigned (*next)(unsigned left), unsigned budget)
{
    struct vwr_blk_requestq *const q = disk_queue(d, 0);
    unsigned order[MANY];
    unsigned left[MANY];

    d->w->disk.hold = true;
    disk_submit_reads(d, q, 0, MANY);
    assert_int_equal(d->w->disk.held_count, MANY);
    for (unsigned i = 0; i < MANY; i++)
        left[i] = i;
    for (unsigned n = MANY; n > 0; n--) {
        const unsigned at = next(n);

        order[MANY - n] = left[at];
        memmove(&left[at], &left[at + 1], (n - at - 1) * sizeof(left[0]));
        fake_blk_answer(&d->w->f, at);
    }
    for (unsigned n = 0; n < MANY; n += budget)
        assert_int_equal(disk_reap(d, q, budget), MANY - n < budget ? MANY - n : budget);
    for (unsigned i = 0; i < MANY; i++) {
        assert_ptr_equal(d->done[i], &d->req[order[i]]);
        disk_has_read(d, d->done[i], order[i]);
        assert_ptr_equal(d->done[i]->req.token, &d->req[order[i]]);
    }
    assert_int_equal(disk_reap(d, q, 1), 0);
    d->done_count = 0;
}

static void answers_in_any_order(struct world *w, const struct format *f, const void *param)
{
    unsigned (*const orders[])(unsigned left) = {oldest, newest, middle};
    struct disk *d = disk_plug(w, f, one_queue);

    (void)param;
    disk_open(d);
    for (unsigned i = 0; i < MANY; i++)
        d->req[i].req.token = &d->req[i];
    for (unsigned i = 0; i < (f->flags & FORMAT_IN_ORDER ? 1 : 3); i++)
        for (unsigned budget = 1; budget <= MANY + 1; budget++)
            in_order_of_answers(d, orders[i], budget);
    disk_is_idle(d);
}

/* A budget of 0 reaps nothing and loses nothing. */
static void budget_of_nothing(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, one_queue);

    (void)param;
    disk_open(d);
    disk_submit_reads(d, disk_queue(d, 0), 0, 2);
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 0), 0);
    assert_int_equal(vwr_blk_service(disk_queue(d, 0), 0), 0);
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 2), 2);
}

/* Answered requests complete immediately; the others stay in flight. */
static void some_answers(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, one_queue);
    struct vwr_blk_requestq *q;

    (void)param;
    disk_open(d);
    q = disk_queue(d, 0);
    w->disk.hold = true;
    disk_submit_reads(d, q, 0, 5);
    assert_int_equal(disk_reap(d, q, 8), 0);
    for (unsigned i = 0; i < 5; i++) {
        assert_true(vwr_req_is_in_flight(&d->req[i].req));
        fake_blk_answer(&w->f, 0);
        assert_true(vwr_req_is_in_flight(&d->req[i].req)); /* until it is reaped */
        assert_int_equal(disk_reap(d, q, 8), 1);
        assert_ptr_equal(d->done[i], &d->req[i]);
        assert_false(vwr_req_is_in_flight(&d->req[i].req));
    }
    disk_is_idle(d);
}

/* ---- notifications ---- */

static void one_notification_a_kick(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, one_queue);
    struct vwr_blk_requestq *q;

    (void)param;
    disk_open(d);
    q = disk_queue(d, 0);
    for (unsigned count = 1; count <= MANY; count++) {
        fake_forget(&w->f);
        for (unsigned i = 0; i < count; i++)
            assert_int_equal(vwr_blk_submit(q, disk_read(d, i, i)), VWR_OK);
        assert_int_equal(w->f.accesses, 0); /* no notification before the kick */
        assert_true(vwr_blk_kick(q));
        assert_int_equal(w->f.notified, 1);
        assert_false(vwr_blk_kick(q)); /* nothing new */
        assert_int_equal(w->f.accesses, 1);
        assert_int_equal(disk_reap(d, q, MANY), count);
        d->done_count = 0;
    }
    assert_int_equal(q->requests.queue.stats.kicks, MANY);
    assert_int_equal(q->requests.queue.stats.flight_most, MANY);
}

static void no_notification_where_none_is_wanted(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, one_queue);
    struct vwr_blk_requestq *q;

    (void)param;
    disk_open(d);
    q = disk_queue(d, 0);
    fake_ring_suppress(&w->f, 0, FAKE_NO_EVENT, 0);
    assert_int_equal(vwr_blk_submit(q, disk_read(d, 0, 0)), VWR_OK);
    assert_false(vwr_blk_kick(q));
    assert_int_equal(w->f.accesses, 0);
    assert_int_equal(q->requests.queue.stats.elided, 1);
    fake_blk_serve(&w->f, 0);
    assert_int_equal(disk_reap(d, q, 1), 1);
}

/* ---- several queues ---- */

static void spread(struct disk *d, unsigned queues)
{
    for (unsigned i = 0; i < queues * 8; i++)
        assert_int_equal(vwr_blk_submit(disk_queue(d, i % queues), disk_read(d, i, i)), VWR_OK);
    for (unsigned k = 0; k < queues; k++) {
        assert_true(vwr_blk_kick(disk_queue(d, k)));
        assert_int_equal(d->w->f.queue[k].notified, 1); /* one notification each */
    }
    assert_int_equal(d->w->disk.held_count, queues * 8);
}

/* A request completes on its own queue and on no other. */
static void several_queues(struct world *w, const struct format *f, const void *param)
{
    const unsigned queues = *(const unsigned *)param;
    struct disk *d = disk_plug(w, f, (struct disk_shape){queues, 8, 1});

    disk_open(d);
    w->disk.hold = true;
    spread(d, queues);
    for (unsigned i = 0; i < w->disk.count; i++)
        assert_int_equal(w->disk.request[i].sector % queues, w->disk.request[i].queue);
    for (unsigned k = queues; k-- > 0;) {
        for (unsigned at = 0; at < w->disk.held_count;)
            if (w->disk.held[at].queue == k)
                fake_blk_answer(&w->f, at);
            else
                at++;
        for (unsigned other = 0; other < k; other++)
            assert_int_equal(disk_reap(d, disk_queue(d, other), 1), 0);
        d->done_count = 0;
        assert_int_equal(disk_reap(d, disk_queue(d, k), 16), 8);
        for (unsigned i = 0; i < 8; i++)
            disk_has_read(d, d->done[i], i * queues + k);
    }
    disk_is_idle(d);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
}

/* If the device has fewer or more queues than the caller has memory for, the smaller number is used. */
static void fewer_or_more_queues(void **state)
{
    static const uint16_t claims[] = {1, 2, 3, 4, 5, 65535};
    static const struct format f = {0, 16};
    struct world *w = *state;

    for (unsigned i = 0; i < sizeof(claims) / sizeof(claims[0]); i++) {
        struct disk *d;

        fake_bus_reset();
        d = disk_plug(w, &f, (struct disk_shape){3, 2, 1});
        fake_config(&w->f, VWR_BLK_CONFIG_NUM_QUEUES, 2, claims[i]);
        assert_int_equal(world_open(w), VWR_OK);
        assert_int_equal(w->blk.queue_count, claims[i] < 3 ? claims[i] : 3);
        assert_int_equal(w->blk.info.queues, claims[i]);
        d->shape.queues = w->blk.queue_count;
        disk_is_idle(d);
    }
}

/* ---- synchronous calls among asynchronous requests ---- */

static uint64_t begin;

/* As time passes, the device answers the oldest request, whichever caller submitted it. */
static void answer_as_time_passes(struct fake *f)
{
    struct fake_blk *disk = f->backend;

    if (fake_time.now >= begin + 5000 && disk->held_count > 0)
        fake_blk_answer(f, 0);
}

static void answer_the_newest_first(struct fake *f)
{
    struct fake_blk *disk = f->backend;

    if (fake_time.now >= begin + 5000 && disk->held_count > 0)
        fake_blk_answer(f, disk->held_count - 1);
}

static void read_meanwhile(struct disk *d, void (*on_time)(struct fake *f))
{
    struct world *w = d->w;
    struct vwr_blk_requestq *const q = disk_queue(d, 0);
    unsigned seen[MANY] = {0};

    w->disk.hold = true;
    w->f.on_time = NULL;
    disk_submit_reads(d, q, 0, 8);
    w->f.on_time = on_time;
    begin = fake_time.now;
    assert_int_equal(vwr_blk_read(&w->blk, 40, disk_sector(d, 40), 2), VWR_OK);
    assert_memory_equal(disk_sector(d, 40), w->disk.data + 40 * SECTOR, 2 * SECTOR);
    assert_int_equal(vwr_blk_flush(&w->blk), VWR_OK);
    w->f.on_time = NULL;
    fake_blk_answer_all(&w->f);
    for (int n = 1; n > 0;)
        n = disk_reap(d, q, 3);
    assert_int_equal(d->done_count, 8); /* none lost, none duplicated */
    for (unsigned i = 0; i < 8; i++) {
        disk_has_read(d, d->done[i], (uint64_t)(d->done[i] - d->req));
        assert_int_equal(seen[d->done[i] - d->req]++, 0);
    }
    d->done_count = 0;
}

static void waiting_call_in_between(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, one_queue);

    (void)param;
    disk_open(d);
    read_meanwhile(d, answer_as_time_passes);
    if (!(f->flags & FORMAT_IN_ORDER))
        read_meanwhile(d, answer_the_newest_first);
    disk_is_idle(d);
}

/* All request slots are in flight, so a synchronous call also waits for a free slot. */
static void waiting_call_on_a_full_queue(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, one_queue);

    (void)param;
    disk_open(d);
    w->disk.hold = true;
    disk_submit_reads(d, disk_queue(d, 0), 0, MANY);
    w->f.on_time = answer_as_time_passes;
    begin = fake_time.now;
    assert_int_equal(vwr_blk_read(&w->blk, 40, disk_sector(d, 40), 2), VWR_OK);
    assert_memory_equal(disk_sector(d, 40), w->disk.data + 40 * SECTOR, 2 * SECTOR);
    assert_int_equal(disk_reap(d, disk_queue(d, 0), MANY), MANY); /* parked, in order */
    for (unsigned i = 0; i < MANY; i++)
        disk_has_read(d, d->done[i], i);
    /* the same with a caller's own request */
    disk_submit_reads(d, disk_queue(d, 0), 0, MANY);
    assert_int_equal(vwr_blk_do(disk_queue(d, 0), disk_read(d, 50, 50)), VWR_OK);
    disk_has_read(d, &d->req[50], 50);
    w->f.on_time = NULL;
    fake_blk_answer_all(&w->f);
    d->done_count = 0;
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 2 * MANY), MANY);
    disk_is_idle(d);
}

/* A request that completed during a wait for another one is not free until it is reaped or waited for. */
static void parked_requests(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, one_queue);
    struct vwr_blk_requestq *q;

    (void)param;
    disk_open(d);
    q = disk_queue(d, 0);
    disk_submit_reads(d, q, 0, 3);
    assert_int_equal(vwr_blk_flush(&w->blk), VWR_OK);
    assert_int_equal(vwr_blk_submit(q, &d->req[1]), VWR_EBUSY);
    assert_false(vwr_blk_arm(q, 1));                       /* a completion is ready to be reaped */
    assert_int_equal(vwr_blk_wait(q, &d->req[1]), VWR_OK); /* unlinks from the middle of the list */
    assert_int_equal(disk_reap(d, q, 8), 2);
    assert_ptr_equal(d->done[0], &d->req[0]);
    assert_ptr_equal(d->done[1], &d->req[2]);
    disk_submit_reads(d, q, 0, 3);
    assert_int_equal(vwr_blk_flush(&w->blk), VWR_OK);
    assert_int_equal(vwr_blk_wait(q, &d->req[2]), VWR_OK); /* unlinks the last entry */
    disk_submit_reads(d, q, 4, 1);
    assert_int_equal(vwr_blk_flush(&w->blk), VWR_OK);
    d->done_count = 0;
    assert_int_equal(disk_reap(d, q, 8), 3);
    assert_ptr_equal(d->done[2], &d->req[4]);
    disk_is_idle(d);
}

/* Waits for requests in an order different from both submission and completion. */
static void waits_in_any_order(struct world *w, const struct format *f, const void *param)
{
    static const unsigned order[] = {3, 0, 5, 1, 4, 2};
    struct disk *d = disk_plug(w, f, one_queue);
    struct vwr_blk_requestq *q;

    (void)param;
    disk_open(d);
    q = disk_queue(d, 0);
    w->disk.hold = true;
    w->f.on_time = answer_as_time_passes;
    disk_submit_reads(d, q, 0, 6);
    begin = fake_time.now;
    for (unsigned i = 0; i < 6; i++) {
        assert_int_equal(vwr_blk_wait(q, &d->req[order[i]]), VWR_OK);
        disk_has_read(d, &d->req[order[i]], order[i]);
    }
    assert_int_equal(disk_reap(d, q, 8), 0);
    disk_is_idle(d);
}

/* ---- a full queue ---- */

static void full_queue_keeps_nothing(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, one_queue);
    struct vwr_blk_requestq *q;

    (void)param;
    disk_open(d);
    q = disk_queue(d, 0);
    w->disk.hold = true;
    disk_submit_reads(d, q, 0, MANY);
    fake_forget(&w->f);
    for (unsigned i = 0; i < 3; i++) {
        assert_int_equal(vwr_blk_submit(q, disk_read(d, MANY, MANY)), VWR_EFULL);
        assert_false(vwr_req_is_in_flight(&d->req[MANY].req));
        assert_false(vwr_blk_kick(q));
    }
    assert_int_equal(w->f.accesses, 0);
    assert_int_equal(q->requests.queue.stats.full, 3);
    assert_int_equal(w->disk.held_count, MANY);
    fake_blk_answer(&w->f, 0);
    assert_int_equal(disk_reap(d, q, 8), 1);
    assert_int_equal(vwr_blk_submit(q, &d->req[MANY]), VWR_OK); /* one completed, so one more is accepted */
    assert_int_equal(vwr_blk_submit(q, disk_read(d, MANY + 1, 0)), VWR_EFULL);
    (void)vwr_blk_kick(q);
    fake_blk_answer_all(&w->f);
    assert_int_equal(disk_reap(d, q, 2 * MANY), MANY);
    disk_is_idle(d);
}

/* A call that waits in vain for space uses the first request of the queue for its explanation. */
static void full_queue_stays_full(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, one_queue);
    struct vwr_blk_requestq *q;

    (void)param;
    w->options.request.timeout_us = 50000;
    disk_open(d);
    q = disk_queue(d, 0);
    w->disk.hold = true;
    disk_submit_reads(d, q, 0, 1);
    for (unsigned i = 1; i < MANY; i++)
        assert_int_equal(vwr_blk_submit(q, disk_write(d, i, i, 9)), VWR_OK);
    assert_int_equal(vwr_blk_flush(&w->blk), VWR_EFAILED);
    assert_int_equal(q->requests.stats.timeouts, 1);
    world_explains(w, "request IN: no answer in 50000 us");
}

/*
 * More requests than the ring has descriptors for: the ring is full, and each refused request is accepted
 * later.
 */
static void full_ring(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, (struct disk_shape){1, 32, 1});
    struct vwr_blk_requestq *q;
    unsigned in = 0;
    unsigned passes = 0;

    (void)param;
    disk_open(d);
    q = disk_queue(d, 0);
    w->disk.hold = true;
    while (in < 48) {
        int r = vwr_blk_submit(q, disk_read(d, in, in));

        if (r == VWR_OK) {
            in++;
            continue;
        }
        assert_int_equal(r, VWR_EFULL);
        assert_true(in > 0);
        (void)vwr_blk_kick(q);
        fake_blk_answer(&w->f, 0);
        assert_int_equal(disk_reap(d, q, 32), 1);
        assert_true(++passes < 100);
    }
    (void)vwr_blk_kick(q);
    fake_blk_answer_all(&w->f);
    for (int n = 1; n > 0;)
        n = disk_reap(d, q, 5);
    assert_int_equal(d->done_count, 48);
    for (unsigned i = 0; i < 48; i++)
        disk_has_read(d, &d->req[i], i);
}

/* ---- small queues and large requests ---- */

/* A request as large as the queue, after small ones with bound descriptors. */
static void large_request_after_small_ones(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, (struct disk_shape){1, 5, 1});
    const unsigned segments = f->size - 2u < VWR_REQUEST_SEGMENTS ? f->size - 2u : VWR_REQUEST_SEGMENTS;
    struct vwr_vec part[VWR_REQUEST_SEGMENTS];
    struct vwr_blk_requestq *q;

    (void)param;
    disk_open(d);
    q = disk_queue(d, 0);
    for (unsigned i = 0; i < segments; i++)
        part[i] = (struct vwr_vec){disk_sector(d, 2 * i), SECTOR};
    for (unsigned pass = 0; pass < 4; pass++) {
        disk_submit_reads(d, q, 40, f->size / 4 < 5 ? f->size / 4 : 5); /* binds the available descriptors */
        assert_true(disk_reap(d, q, 8) > 0);
        d->done_count = 0;
        vwr_blk_fill(&d->req[0], VWR_BLK_T_IN, 7, NULL, 0);
        d->req[0].req.vecs = part;
        d->req[0].req.vec_count = segments;
        assert_int_equal(vwr_blk_do(q, &d->req[0]), VWR_OK);
        assert_int_equal(w->disk.request[(w->disk.count - 1) % FAKE_REQUESTS].segments, segments);
        for (unsigned i = 0; i < segments; i++)
            assert_memory_equal(disk_sector(d, 2 * i), w->disk.data + (7 + i) * SECTOR, SECTOR);
        assert_int_equal(disk_reap(d, q, 8), 0);
    }
}

/* The same with small requests in flight: the large one has to wait, and none is lost. */
static void large_request_among_small_ones(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, (struct disk_shape){1, 5, 1});
    struct vwr_blk_requestq *q;
    const unsigned small = f->size == 8 ? 2 : 4;

    (void)param;
    disk_open(d);
    q = disk_queue(d, 0);
    fake_ram_scatter(w->buffer, WORLD_BUFFER_BYTES);
    for (unsigned pass = 0; pass < 4; pass++) {
        w->f.on_time = NULL;
        w->disk.hold = true;
        disk_submit_reads(d, q, 56, small);
        w->f.on_time = answer_as_time_passes;
        begin = fake_time.now;
        assert_int_equal(vwr_blk_read(&w->blk, 0, disk_sector(d, 0), 48), VWR_OK); /* 6 pages */
        assert_true(world_has_pattern(w, 0, 48));
        assert_int_equal(disk_reap(d, q, 8), small);
        for (unsigned i = 0; i < small; i++)
            disk_has_read(d, d->done[i], 56 + i);
        d->done_count = 0;
    }
    disk_is_idle(d);
}

/* What request i of forms_alternate reads. */
struct form {
    struct vwr_vec part[3];
    uint64_t sector;
    unsigned count; /* of sectors, one in each part; 0: a flush */
};

/* Answers one request, the oldest if the device is in order, and checks what it has read. */
static void answer_form(struct disk *d, const struct format *f, const struct form *form)
{
    struct world *const w = d->w;

    (void)vwr_blk_kick(disk_queue(d, 0));
    assert_true(w->disk.held_count > 0);
    fake_blk_answer(&w->f, f->flags & FORMAT_IN_ORDER ? 0 : w->disk.held_count - 1);
    d->done_count = 0;
    assert_int_equal(disk_reap(d, disk_queue(d, 0), 1), 1);
    form += d->done[0] - d->req;
    assert_int_equal(d->done[0]->req.result, VWR_OK);
    assert_int_equal(d->done[0]->req.written, form->count * SECTOR);
    for (unsigned i = 0; i < form->count; i++)
        assert_memory_equal(form->part[i].p, w->disk.data + (form->sector + i) * SECTOR, SECTOR);
}

/* One segment, an array of one, two, three, none: each slot carries each form after each other one. */
static void forms_alternate(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, (struct disk_shape){1, 5, 1});
    struct form form[5];

    (void)param;
    disk_open(d);
    w->disk.hold = true;
    for (unsigned n = 0; n < 300; n++) {
        const unsigned i = n % 5;
        const unsigned parts = (n * 7 + n / 5 + n / 25) % 5; /* 4: one segment without an array */
        struct vwr_blk_req *const r = &d->req[i];
        int result;

        while (vwr_req_is_in_flight(&r->req))
            answer_form(d, f, form);
        form[i].count = parts == 4 ? 1 : parts;
        form[i].sector = n % 40;
        for (unsigned k = 0; k < 3; k++)
            form[i].part[k] = (struct vwr_vec){disk_sector(d, 6 * i + 2 * (2 - k)), SECTOR};
        memset(disk_sector(d, 6 * i), 0, 5 * SECTOR);
        vwr_blk_fill(r, parts == 0 ? VWR_BLK_T_FLUSH : VWR_BLK_T_IN, form[i].sector,
                     parts == 4 ? form[i].part[0].p : NULL, parts == 4 ? SECTOR : 0);
        r->req.vecs = form[i].part;
        r->req.vec_count = parts == 4 ? 0 : parts;
        while ((result = vwr_blk_submit(disk_queue(d, 0), r)) == VWR_EFULL)
            answer_form(d, f, form);
        assert_int_equal(result, VWR_OK);
    }
    while (vwr_queue_in_flight(&disk_queue(d, 0)->requests.queue) != 0)
        answer_form(d, f, form);
    disk_is_idle(d);
}

/* ---- interrupts ---- */

static unsigned interrupts(struct disk *d)
{
    const unsigned n = d->w->f.queue[0].interrupts;

    d->w->f.queue[0].interrupts = 0;
    return n;
}

static void arm_and_disarm(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, one_queue);
    struct vwr_blk_requestq *q;

    (void)param;
    disk_open(d);
    q = disk_queue(d, 0);
    w->disk.hold = true;
    disk_submit_reads(d, q, 0, MANY);
    fake_blk_answer(&w->f, 0);
    assert_int_equal(interrupts(d), 0); /* a queue starts disarmed */
    assert_false(vwr_blk_arm(q, 1));    /* a completion is there already */
    assert_int_equal(disk_reap(d, q, 8), 1);
    assert_true(vwr_blk_arm(q, 1));
    fake_blk_answer(&w->f, 0);
    assert_int_equal(interrupts(d), 1);
    assert_int_equal(disk_reap(d, q, 8), 1);
    vwr_blk_disarm(q);
    fake_blk_answer(&w->f, 0);
    assert_int_equal(interrupts(d), 0);
    assert_int_equal(disk_reap(d, q, 8), 1);
    assert_true(vwr_blk_arm(q, 4));
    for (unsigned i = 0; i < 4; i++)
        fake_blk_answer(&w->f, 0);
    assert_true(interrupts(d) >= 1);
    assert_int_equal(disk_reap(d, q, 8), 4);
    vwr_blk_disarm(q);
    fake_blk_answer_all(&w->f);
    assert_int_equal(disk_reap(d, q, MANY), MANY - 7);
}

/* ---- vwr_blk_service, for an interrupt handler ---- */

static void service_keeps_for_reap(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, one_queue);
    struct vwr_blk_requestq *q;

    (void)param;
    disk_open(d);
    q = disk_queue(d, 0);
    disk_submit_reads(d, q, 0, 7);
    assert_int_equal(vwr_blk_service(q, 3), 3);
    assert_int_equal(disk_reap(d, q, 2), 2);
    assert_int_equal(vwr_blk_service(q, 8), 4);
    assert_int_equal(vwr_blk_service(q, 8), 0);
    assert_int_equal(disk_reap(d, q, 8), 5);
    for (unsigned i = 0; i < 7; i++) {
        assert_ptr_equal(d->done[i], &d->req[i]);
        disk_has_read(d, d->done[i], i);
    }
    disk_is_idle(d);
}

/* ---- counters ---- */

static void counters(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, one_queue);
    struct vwr_blk_requestq *q;

    (void)param;
    disk_open(d);
    q = disk_queue(d, 0);
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 5), VWR_OK);
    assert_int_equal(vwr_blk_write(&w->blk, 0, w->buffer, 3), VWR_OK);
    assert_int_equal(vwr_blk_flush(&w->blk), VWR_OK);
    disk_submit_reads(d, q, 0, 4);
    assert_int_equal(disk_reap(d, q, 8), 4);
    assert_int_equal(q->stats.sectors[VWR_BLK_T_IN], 9);
    assert_int_equal(q->stats.sectors[VWR_BLK_T_OUT], 3);
    w->disk.has_status = true;
    w->disk.status = VWR_BLK_S_IOERR;
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 5), VWR_EIO);
    assert_int_equal(vwr_blk_do(q, disk_read(d, 0, 0)), VWR_EIO);
    w->disk.status = VWR_BLK_S_UNSUPP;
    assert_int_equal(vwr_blk_do(q, disk_read(d, 0, 0)), VWR_EUNSUPP);
    w->disk.status = 0x77;
    assert_int_equal(vwr_blk_do(q, disk_read(d, 0, 0)), VWR_EPROTO);
    assert_int_equal(q->stats.io_errors, 2);
    assert_int_equal(q->stats.unsupported, 1);
    assert_int_equal(q->stats.protocol, 1);
    assert_int_equal(q->stats.sectors[VWR_BLK_T_IN], 9); /* failed requests do not count as read */
    assert_int_equal(q->requests.stats.timeouts, 0);
    w->disk.has_status = false;
    w->disk.mute = true;
    assert_int_equal(vwr_blk_read(&w->blk, 0, w->buffer, 5), VWR_ETIMEOUT);
    assert_int_equal(q->requests.stats.timeouts, 1);
}

/* ---- random traffic, checked against a model ---- */

static uint32_t random_state;

static uint32_t draw(uint32_t below)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % below;
}

struct traffic {
    bool out[24];
    unsigned out_count;
    unsigned returned;
};

static void give(struct disk *d, struct traffic *t)
{
    const unsigned i = draw(24);
    struct vwr_blk_requestq *const q = disk_queue(d, i % d->shape.queues);
    const unsigned sectors = 1 + draw(2);
    int r;

    if (t->out[i]) {
        assert_int_equal(vwr_blk_submit(q, &d->req[i]), VWR_EBUSY);
        return;
    }
    memset(disk_sector(d, 2 * i), 0x5a, 2 * SECTOR);
    vwr_blk_fill(&d->req[i], VWR_BLK_T_IN, i * 7, disk_sector(d, 2 * i), sectors * SECTOR);
    r = vwr_blk_submit(q, &d->req[i]);
    if (r == VWR_EFULL)
        return;
    assert_int_equal(r, VWR_OK);
    t->out[i] = true;
    t->out_count++;
}

static void take(struct disk *d, struct traffic *t)
{
    const unsigned k = draw(d->shape.queues);

    d->done_count = 0;
    (void)disk_reap(d, disk_queue(d, k), draw(6));
    for (unsigned n = 0; n < d->done_count; n++) {
        const unsigned i = (unsigned)(d->done[n] - d->req);

        assert_true(i < 24 && t->out[i] && i % d->shape.queues == k);
        t->out[i] = false;
        t->out_count--;
        t->returned++;
        assert_int_equal(d->req[i].req.result, VWR_OK);
        assert_memory_equal(disk_sector(d, 2 * i), d->w->disk.data + (uint64_t)i * 7 * SECTOR,
                            d->req[i].req.vec.bytes);
    }
}

static void random_traffic(struct world *w, const struct format *f, const void *param)
{
    struct disk *d = disk_plug(w, f, (struct disk_shape){3, 6, 2});
    struct traffic t = {.out_count = 0};

    (void)param;
    random_state = f->flags + f->size;
    disk_open(d);
    fake_ram_scatter(w->buffer, WORLD_BUFFER_BYTES);
    w->disk.hold = true;
    for (unsigned i = 0; i < 4000; i++) {
        const uint32_t what = draw(8);

        if (what < 3)
            give(d, &t);
        else if (what == 3)
            (void)vwr_blk_kick(disk_queue(d, draw(3)));
        else if (what < 6 && w->disk.held_count > 0)
            fake_blk_answer(&w->f, f->flags & FORMAT_IN_ORDER ? 0 : draw(w->disk.held_count));
        else
            take(d, &t);
    }
    for (unsigned k = 0; k < 3; k++)
        (void)vwr_blk_kick(disk_queue(d, k));
    fake_blk_answer_all(&w->f);
    for (unsigned i = 0; i < 100; i++)
        take(d, &t);
    assert_int_equal(t.out_count, 0);
    assert_true(t.returned > 200);
}

int main(void)
{
    static const uint16_t small_sizes[] = {8, 16, 0};
    static const struct format_range small = {KIND_ALL, FORMAT_EVENT_IDX, 0, small_sizes};
    static const unsigned counts[] = {1, 2, 3, 4};
    static const uint16_t one_size[] = {16, 0};
    static const struct format_range few = {KIND_ALL, 0, 0, one_size};
    static struct format_tests tests;

    format_add(&tests, "answers_in_any_order", answers_in_any_order, NULL, &disk_formats);
    format_add(&tests, "budget_of_nothing", budget_of_nothing, NULL, &few);
    format_add(&tests, "some_answers", some_answers, NULL, &disk_formats);
    format_add(&tests, "one_notification_a_kick", one_notification_a_kick, NULL, &disk_formats);
    format_add(&tests, "no_notification_where_none_is_wanted", no_notification_where_none_is_wanted, NULL,
               &disk_formats);
    format_add(&tests, "several_queues_1", several_queues, &counts[0], &disk_formats);
    format_add(&tests, "several_queues_2", several_queues, &counts[1], &disk_formats);
    format_add(&tests, "several_queues_3", several_queues, &counts[2], &disk_any_order);
    format_add(&tests, "several_queues_4", several_queues, &counts[3], &disk_any_order);
    tests.test[tests.count++] = WORLD_TEST(fewer_or_more_queues);
    format_add(&tests, "waiting_call_in_between", waiting_call_in_between, NULL, &disk_formats);
    format_add(&tests, "waiting_call_on_a_full_queue", waiting_call_on_a_full_queue, NULL, &disk_formats);
    format_add(&tests, "parked_requests", parked_requests, NULL, &disk_any_order);
    format_add(&tests, "waits_in_any_order", waits_in_any_order, NULL, &disk_formats);
    format_add(&tests, "full_queue_keeps_nothing", full_queue_keeps_nothing, NULL, &disk_formats);
    format_add(&tests, "full_queue_stays_full", full_queue_stays_full, NULL, &disk_formats);
    format_add(&tests, "full_ring", full_ring, NULL, &disk_formats);
    format_add(&tests, "full_ring", full_ring, NULL, &small);
    format_add(&tests, "large_request_after_small_ones", large_request_after_small_ones, NULL, &small);
    format_add(&tests, "forms_alternate", forms_alternate, NULL, &small);
    format_add(&tests, "forms_alternate", forms_alternate, NULL, &disk_formats);
    format_add(&tests, "large_request_among_small_ones", large_request_among_small_ones, NULL, &small);
    format_add(&tests, "arm_and_disarm", arm_and_disarm, NULL, &disk_formats);
    format_add(&tests, "service_keeps_for_reap", service_keeps_for_reap, NULL, &disk_any_order);
    format_add(&tests, "counters", counters, NULL, &few);
    format_add(&tests, "random_traffic", random_traffic, NULL, &disk_formats);
    format_add(&tests, "random_traffic", random_traffic, NULL, &small);
    return format_run("async", &tests);
}
