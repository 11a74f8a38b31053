/* SPDX-License-Identifier: MIT */
#include "crowd.h"
#include "bus.h"
#include "check.h"
#include "guest.h"
#include "machine.h"
#include "watch.h"

#include <stdio.h>
#include <string.h>

#define SHORT_US 50000u /* a timeout that is meant to expire */
#define LONG_US 30000000u
#define SECOND_PART 3u /* number of sectors in the first part, if there are two */
#define IN_OTHER_USE 0x5a

#define MEMBER_BYTES ((size_t)CROWD_SECTORS * SECTOR_BYTES)

_Static_assert(CROWD <= DISK_REQUESTS, "struct disk has room for it");

static struct crowd *replaying; /* the queue whose requests the device is about to see again */
static unsigned replays_seen;   /* replayed requests seen so far */

static struct vwr_queue_memory queue_memory(void *own, uint16_t size)
{
    struct vwr_queue_memory m = {.own = own, .size = size};

    m.shared_bytes = VWR_BLK_SHARED_BYTES(size, CROWD, 1);
    m.shared = guest_alloc(m.shared_bytes);
    m.own_bytes = VWR_BLK_OWN_BYTES(size, CROWD);
    return m;
}

/* Every third request has two data segments: together with header and status they exceed a table. */
static void make_member(struct crowd_member *m, unsigned i)
{
    uint8_t *p = guest_alloc(2 * MEMBER_BYTES);
    const size_t first = i % 3 == 0 ? (size_t)SECOND_PART * SECTOR_BYTES : MEMBER_BYTES;

    m->in = i / 2 % 2 == 0; /* with two queues, both have reads and writes */
    m->part[0] = (struct vwr_vec){p, first};
    m->part[1] = (struct vwr_vec){p + MEMBER_BYTES, MEMBER_BYTES - first};
    m->req.req.token = m;
}

static void start_machine(const struct crowd_setup *s)
{
    char device[64];

    snprintf(device, sizeof(device), "request-merging=off,num-queues=%u,%s", s->queues,
             s->legacy ? "queue-size=128" : "packed=on");
    image_make("disk.img", "A 0 1024");
    machine_begin(s->legacy);
    machine_add_disk(DISK_SLOT, s->drive, device);
    machine_start();
}

void crowd_begin(struct crowd *c, const struct crowd_setup *setup)
{
    struct vwr_blk_options options = {.request = {.requests = CROWD, .replay = setup->replay}};

    start_machine(setup);
    memset(c, 0, sizeof(*c));
    c->setup = *setup;
    c->tag = 'A';
    disk_find(&c->d, DISK_SLOT, CROWD_QUEUE);
    c->d.memory = queue_memory(c->d.own, c->d.memory.size);
    if (setup->queues > 1) {
        c->more.queue = &c->second;
        c->more.memory = queue_memory(c->second_own, c->d.memory.size);
        options.more = &c->more;
        options.more_count = 1;
    }
    disk_avoid(&options.avoid, setup->kind);
    disk_open(&c->d, &options);
    CHECK_NUMBER(c->d.blk.queue_count, setup->queues);
    disk_check_kind(&c->d.found.dev, setup->kind);
    for (unsigned i = 0; i < CROWD; i++)
        make_member(&c->member[i], i);
    make_member(&c->spare, 0);
    vwr_blk_fill(&c->spare.req, VWR_BLK_T_IN, 0, c->spare.part[0].p, SECTOR_BYTES);
    bus_patience(true);
}

void crowd_end(struct crowd *c, bool complaining)
{
    char runs[64];

    disk_close(&c->d);
    if (complaining)
        machine_stop_complaining();
    else
        machine_stop();
    snprintf(runs, sizeof(runs), "A 0 1024 %c %u %u", c->tag, CROWD_WRITES, CROWD / 2 * CROWD_SECTORS);
    image_check("disk.img", runs);
}

static uint32_t sectors_of(const struct vwr_vec *part)
{
    return (uint32_t)(part->bytes / SECTOR_BYTES);
}

static void fill(const struct crowd_member *m, char tag)
{
    pattern_fill(m->part[0].p, tag, m->sector, sectors_of(&m->part[0]));
    pattern_fill(m->part[1].p, tag, m->sector + sectors_of(&m->part[0]), sectors_of(&m->part[1]));
}

static void poison(const struct crowd_member *m, int with)
{
    memset(m->part[0].p, with, 2 * MEMBER_BYTES);
}

static void check_content(const struct crowd_member *m, char tag)
{
    PATTERN_CHECK(m->part[0].p, tag, m->sector, sectors_of(&m->part[0]));
    PATTERN_CHECK(m->part[1].p, tag, m->sector + sectors_of(&m->part[0]), sectors_of(&m->part[1]));
}

static void check_memory(const struct crowd_member *m, int is)
{
    const uint8_t *p = m->part[0].p;

    for (size_t i = 0; i < 2 * MEMBER_BYTES; i++)
        CHECK_NUMBER(p[i], is);
}

struct crowd_member *crowd_at(struct crowd *c, unsigned queue, unsigned n)
{
    return &c->member[n * c->setup.queues + queue];
}

/* Each pass reads other sectors. Writes go to the sectors of earlier writes, in another order. */
static void submit(struct crowd *c, unsigned i)
{
    struct crowd_member *const m = &c->member[i];
    const unsigned pass = (unsigned)(c->tag - 'B');
    const unsigned n = i / 4 * 2 + i % 2; /* number among the reads, or the writes */

    m->sector = m->in ? (pass * CROWD / 2 + n) % (CROWD_WRITES / CROWD_SECTORS) * CROWD_SECTORS
                      : CROWD_WRITES + n * 5 % (CROWD / 2) * CROWD_SECTORS;
    m->returned = m->untouched = false;
    poison(m, GUEST_POISON);
    if (!m->in)
        fill(m, c->tag);
    vwr_blk_fill(&m->req, m->in ? VWR_BLK_T_IN : VWR_BLK_T_OUT, m->sector, m->part[0].p, m->part[0].bytes);
    if (m->part[1].bytes != 0) {
        m->req.req.vecs = m->part;
        m->req.req.vec_count = 2;
    }
    DISK_OK(&c->d, vwr_blk_submit(vwr_blk_get_requestq(&c->d.blk, i % c->setup.queues), &m->req));
    CHECK(!m->in_flight);
    m->in_flight = true;
    c->in_flight++;
}

static void kick_all(struct crowd *c)
{
    for (unsigned q = c->setup.queues; q-- > 0;)
        (void)vwr_blk_kick(vwr_blk_get_requestq(&c->d.blk, q));
}

void crowd_send(struct crowd *c)
{
    CHECK_NUMBER(c->in_flight, 0);
    c->tag++;
    for (unsigned i = 0; i < CROWD; i++)
        submit(c, i);
    kick_all(c);
}

void crowd_arrived(struct crowd *c, struct vwr_blk_req *r)
{
    struct crowd_member *const m = r->req.token;

    CHECK(m->in_flight); /* exactly once */
    CHECK(!vwr_req_is_in_flight(&r->req));
    m->in_flight = false;
    c->in_flight--;
    if (r->req.result == VWR_OK) {
        check_content(m, m->in ? 'A' : c->tag);
        return;
    }
    CHECK(!c->setup.replay);
    CHECK_NUMBER(r->req.result, c->why);
    CHECK_NUMBER(vwr_get_stage(&c->d.blk.bringup), VWR_STAGE_RUNNING); /* the reset was acknowledged */
    if (m->untouched)
        check_memory(m, GUEST_POISON);
    if (!m->in)
        check_content(m, c->tag);
    poison(m, IN_OTHER_USE);
    m->returned = true;
}

static int reap_queue(struct crowd *c, unsigned queue)
{
    struct vwr_blk_req *done[CROWD];
    const int n = vwr_blk_reap(vwr_blk_get_requestq(&c->d.blk, queue), done, CROWD);

    for (int i = 0; i < n; i++)
        crowd_arrived(c, done[i]);
    return n;
}

int crowd_reap(struct crowd *c)
{
    int result = 0;

    for (unsigned q = 0; q < c->setup.queues; q++) {
        const int n = reap_queue(c, q);

        if (n < 0)
            result = n;
    }
    return result;
}

void crowd_reap_until(struct crowd *c, unsigned in_flight)
{
    while (c->in_flight > in_flight)
        DISK_OK(&c->d, crowd_reap(c));
    CHECK_NUMBER(c->in_flight, in_flight);
}

void crowd_take_rest(struct crowd *c)
{
    for (unsigned q = 0; q < c->setup.queues; q++)
        while (reap_queue(c, q) > 0)
            ;
}

void crowd_stop(struct crowd *c, int why)
{
    int n = 0;

    bus_patience(false);
    c->d.blk.options.request.timeout_us = SHORT_US;
    for (unsigned q = 0; n >= 0; q = (q + 1) % c->setup.queues) {
        CHECK(c->in_flight > 0);
        n = reap_queue(c, q);
    }
    disk_result(__FILE__, __LINE__, "reap", &c->d, n, why);
    crowd_take_rest(c);
    c->why = why;
    c->d.blk.options.request.timeout_us = LONG_US;
    bus_patience(true);
    crowd_check_in_flight(c);
}

void crowd_check_in_flight(struct crowd *c)
{
    const enum vwr_stage stage = vwr_get_stage(&c->d.blk.bringup);
    const unsigned in_flight = c->in_flight;

    CHECK(stage == VWR_STAGE_STOPPED || stage == VWR_STAGE_RESETTING);
    CHECK(crowd_reap(c) < 0);
    CHECK_NUMBER(c->in_flight, in_flight);
    DISK_RESULT(&c->d, vwr_blk_submit(&c->d.blk.first, &c->spare.req), VWR_EFAILED);
    for (unsigned i = 0; i < CROWD; i++) {
        const struct crowd_member *const m = &c->member[i];

        CHECK_NUMBER(vwr_req_is_in_flight(&m->req.req), m->in_flight);
        if (m->in_flight && !m->in)
            check_content(m, c->tag);
        if (m->in_flight && m->untouched)
            check_memory(m, GUEST_POISON);
    }
}

/* The header of the request that starts with this descriptor; with a table, the header is in the table. */
static const struct vwr_blk_req_out *header(uint64_t addr, unsigned flags)
{
    const struct vwr_virtq_desc *table; /* both descriptor formats start with the address */

    if ((flags & VWR_VIRTQ_DESC_F_INDIRECT) != 0) {
        table = guest_at(addr, sizeof(*table));
        CHECK(table != NULL);
        addr = table->addr;
    }
    CHECK(guest_at(addr, sizeof(struct vwr_blk_req_out)) != NULL);
    return guest_at(addr, sizeof(struct vwr_blk_req_out));
}

/* Request `n` of a newly set up queue; `at` starts at 0 and advances in a packed ring. */
static const struct vwr_blk_req_out *request(const struct watch_ring *r, unsigned n, unsigned *at)
{
    const struct vwr_pvirtq_desc *first;
    const struct vwr_virtq_desc *head;

    if (!r->is_packed) {
        CHECK(n < r->avail->idx);
        head = &r->desc[r->avail->ring[n]];
        return header(head->addr, head->flags);
    }
    CHECK(*at < r->size);
    first = &r->packed[*at];
    while ((r->packed[(*at)++].flags & VWR_VIRTQ_DESC_F_NEXT) != 0)
        CHECK(*at < r->size);
    return header(first->addr, first->flags);
}

/*
 * Runs before the device is notified of replayed requests: everything that was in flight, in the order of
 * submission.
 */
static void check_replay(unsigned slot)
{
    const unsigned queue = bus_written(slot, VWR_MMIO_QUEUE_NOTIFY);
    struct crowd *const c = replaying;
    unsigned count = 0;
    unsigned at = 0;

    CHECK(c->setup.replay);
    for (unsigned i = queue; i < CROWD; i += c->setup.queues) {
        const struct crowd_member *const m = &c->member[i];
        const struct vwr_blk_req_out *out;

        if (!m->in_flight)
            continue;
        out = request(watch_ring(slot, queue), count++, &at);
        CHECK_NUMBER(out->type, m->in ? VWR_BLK_T_IN : VWR_BLK_T_OUT);
        CHECK_NUMBER(out->sector, m->sector);
    }
    CHECK_NUMBER(watch_seen(slot, queue)->requests, count);
    replays_seen += count;
}

static vwr_count replayed(struct crowd *c)
{
    return c->d.blk.first.requests.stats.replayed + c->second.requests.stats.replayed;
}

static vwr_count given_back(struct crowd *c)
{
    return c->d.blk.first.requests.stats.returned + c->second.requests.stats.returned;
}

void crowd_expect_replay(struct crowd *c)
{
    replaying = c;
    replays_seen = 0;
    c->replayed = replayed(c);
    c->given_back = given_back(c);
    bus_before_notify(check_replay);
}

void crowd_recovered(struct crowd *c, unsigned in_flight)
{
    const bool again = c->setup.replay;

    bus_before_notify(NULL);
    CHECK_NUMBER(vwr_get_stage(&c->d.blk.bringup), VWR_STAGE_RUNNING);
    CHECK_NUMBER(vwr_recover(&c->d.blk.bringup), VWR_OK); /* nothing is left to do */
    CHECK_NUMBER(replays_seen, again ? in_flight : 0);
    CHECK_NUMBER(replayed(c) - c->replayed, again ? in_flight : 0);
    CHECK_NUMBER(given_back(c) - c->given_back, again ? 0 : in_flight);
}

void crowd_recover(struct crowd *c)
{
    const unsigned in_flight = c->in_flight;
    int r;

    CHECK_NUMBER(vwr_get_stage(&c->d.blk.bringup), VWR_STAGE_STOPPED);
    crowd_check_in_flight(c);
    crowd_expect_replay(c);
    DISK_RESULT(&c->d, vwr_recover(&c->d.blk.bringup), VWR_EBUSY);
    CHECK_NUMBER(vwr_get_stage(&c->d.blk.bringup), VWR_STAGE_RESETTING);
    do {
        crowd_check_in_flight(c);
        r = vwr_recover(&c->d.blk.bringup);
    } while (r == VWR_EBUSY);
    DISK_OK(&c->d, r);
    crowd_recovered(c, in_flight);
}

/* Each sector of a returned write contains the old or the new data, never anything else. */
static void check_returned_write(struct crowd *c, const struct crowd_member *m)
{
    const size_t mark = guest_mark();
    uint8_t *p = guest_alloc(MEMBER_BYTES);
    uint8_t want[SECTOR_BYTES];

    DISK_OK(&c->d, vwr_blk_read(&c->d.blk, m->sector, p, CROWD_SECTORS));
    for (unsigned i = 0; i < CROWD_SECTORS; i++) {
        const uint8_t *const got = p + (size_t)i * SECTOR_BYTES;

        pattern_fill(want, (char)got[0], m->sector + i, 1);
        CHECK(got[0] == c->tag || got[0] == c->tag - 1);
        CHECK(memcmp(got, want, SECTOR_BYTES) == 0);
    }
    guest_release(mark);
}

void crowd_finish(struct crowd *c)
{
    crowd_reap_until(c, 0);
    for (unsigned i = 0; i < CROWD; i++) {
        struct crowd_member *const m = &c->member[i];

        if (!m->returned)
            continue;
        if (!m->in)
            check_returned_write(c, m);
        check_memory(m, IN_OTHER_USE); /* no late answer has overwritten it */
        submit(c, i);
    }
    kick_all(c);
    crowd_reap_until(c, 0);
    disk_read_check(&c->d, 'A', 3, 40);
    disk_read_check(&c->d, c->tag, CROWD_WRITES, CROWD / 2 * CROWD_SECTORS);
    DISK_OK(&c->d, vwr_blk_flush(&c->d.blk));
}
