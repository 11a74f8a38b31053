/* SPDX-License-Identifier: MIT */
#include "bus.h"
#include "cases.h"
#include "check.h"
#include "crowd.h"
#include "freeze.h"
#include "guest.h"
#include "machine.h"
#include "watch.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define FREEZE_MS 200 /* longer than the timeout of crowd_stop */
#define MIDDLE 8u     /* the middle of a queue's requests, if there are two queues */

/* Rules for QEMU's blkdebug: an error at each of these sectors, once. */
static void make_rules(const unsigned *reads, unsigned count, unsigned write)
{
    static const char rule[] =
        "[inject-error]\nevent = \"%s\"\nerrno = \"5\"\nsector = \"%u\"\nonce = \"on\"\n";
    FILE *f = fopen("blkdebug.conf", "w");

    CHECK_SYS(f != NULL);
    for (unsigned i = 0; i < count; i++)
        CHECK(fprintf(f, rule, "read_aio", reads[i]) > 0);
    if (count > 0)
        CHECK(fprintf(f, rule, "write_aio", write) > 0);
    CHECK_SYS(fclose(f) == 0);
}

#define BLKDEBUG "file=blkdebug:blkdebug.conf:disk.img,"

/*
 * Runs a fault, with requests replayed or returned, on the simplest and on the richest ring: each policy on
 * one of them in each format.
 */
static void on_each_ring(bool legacy, bool replay, unsigned queues, const char *drive,
                         void (*fault)(struct crowd *c), bool complaining)
{
    static const unsigned kinds[] = {0, DISK_INDIRECT | DISK_EVENT, /* of a packed ring: */
                                     DISK_PACKED | DISK_INDIRECT | DISK_EVENT, DISK_PACKED};
    static struct crowd c;

    for (size_t i = !replay ? 0 : 1; i < sizeof(kinds) / sizeof(kinds[0]); i += 2) {
        const struct crowd_setup setup = {legacy, kinds[i], replay, (uint8_t)queues, drive};

        if (legacy && (kinds[i] & DISK_PACKED) != 0)
            break;
        crowd_begin(&c, &setup);
        fault(&c);
        crowd_end(&c, complaining);
    }
}

/* The only member still in flight. */
static struct crowd_member *last_one(struct crowd *c)
{
    struct crowd_member *m = c->member;

    CHECK_NUMBER(c->in_flight, 1);
    while (!m->in_flight)
        m++;
    return m;
}

/* Waits for QEMU's own progress; its lifetime limits the wait. */
static void wait_for_data(const struct crowd_member *m)
{
    while (*(volatile uint8_t *)m->part[0].p == GUEST_POISON)
        machine_sync();
}

/* A read is held beyond its timeout. It completes after the driver has stopped the disk. */
static void held(struct crowd *c)
{
    for (unsigned pass = 0; pass < 2; pass++) {
        struct crowd_member *m;

        machine_qemu_io(DISK_SLOT, "break read_aio held");
        crowd_send(c);
        crowd_reap_until(c, 1);
        m = last_one(c);
        CHECK(m->in);
        m->untouched = true;
        crowd_stop(c, VWR_ETIMEOUT);
        m->untouched = false;
        machine_qemu_io(DISK_SLOT, "resume held");
        wait_for_data(m);
        crowd_recover(c);
        crowd_finish(c);
    }
}

void case_recover_held_return(bool legacy)
{
    make_rules(NULL, 0, 0);
    on_each_ring(legacy, false, 2, BLKDEBUG "rerror=report", held, false);
}

void case_recover_held_replay(bool legacy)
{
    make_rules(NULL, 0, 0);
    on_each_ring(legacy, true, 2, BLKDEBUG "rerror=report", held, false);
}

/* Writes through qtest, like the guest's processor. */
static void forge(void *p, unsigned bytes, uint32_t value)
{
    size_t run;

    machine_write(guest_dma(p, bytes, &run), bytes, value);
    CHECK_NUMBER(run, bytes);
}

/* Split ring: an index without a descriptor, behind `before` valid requests. */
static void forge_index(const struct watch_ring *r, unsigned before, unsigned all)
{
    forge(&r->avail->ring[(uint16_t)(r->avail->idx - all + before) % r->size], 2, 9999);
}

/*
 * Packed ring: QEMU 7.2 hangs when it finds one broken, but it reports an invalid request if no other request
 * follows. So the last request becomes one that is only writable, with nothing to read.
 */
static void forge_request(const struct watch_ring *r, const struct watch_seen *last)
{
    struct vwr_pvirtq_desc *d = &r->packed[last->at];
    unsigned count = last->count;

    if ((d->flags & VWR_VIRTQ_DESC_F_INDIRECT) != 0) {
        count = d->len / sizeof(*d);
        d = guest_at(d->addr, d->len);
    }
    CHECK(count == 1 || d != &r->packed[last->at] || last->at + count <= r->size); /* not around its end */
    for (; count > 0; count--, d++)
        forge(&d->flags, 2, d->flags | VWR_VIRTQ_DESC_F_WRITE);
}

/* Runs before the device is notified of `all` requests in a queue. */
static void lead_astray(unsigned slot, unsigned queue, unsigned before, unsigned all)
{
    const struct watch_ring *r = watch_ring(slot, queue);

    if (r->is_packed)
        forge_request(r, watch_seen(slot, queue));
    else
        forge_index(r, before, all);
    bus_before_notify(NULL);
}

/*
 * Queue 1 is notified before queue 0. A split ring breaks in the middle of queue 0's requests, while those of
 * queue 1 are in flight. A packed ring breaks at the last request of queue 1, and queue 0 is not polled any
 * more.
 */
static void break_in_the_middle(unsigned slot)
{
    const unsigned queue = bus_written(slot, VWR_MMIO_QUEUE_NOTIFY);

    if (watch_ring(slot, queue)->is_packed || queue == 0)
        lead_astray(slot, queue, MIDDLE, CROWD / 2);
}

/* A legacy device cannot report that its ring is broken: it stays silent. */
static int astray(const struct crowd *c)
{
    return c->setup.legacy ? VWR_ETIMEOUT : VWR_ENEEDSRESET;
}

static void send_and_break(struct crowd *c)
{
    bus_before_notify(break_in_the_middle);
    crowd_send(c);
    for (unsigned i = c->setup.kind >= DISK_PACKED ? 0 : MIDDLE; i < CROWD / 2; i++) {
        struct crowd_member *const m = crowd_at(c, 0, i);

        m->untouched = m->in;
    }
}

/* Other code polls the device. The queues detect that the device has stopped, but not the reason. */
static void stop_by_check(struct crowd *c)
{
    c->why = vwr_dev_check(&c->d.found.dev);
    CHECK_NUMBER(c->why, VWR_ENEEDSRESET);
    crowd_take_rest(c);
    CHECK_NUMBER(crowd_reap(c), VWR_EFAILED);
    crowd_check_in_flight(c);
}

static void needs_reset(struct crowd *c)
{
    for (unsigned pass = 0; pass < 3; pass++) {
        send_and_break(c);
        if (pass == 1 && !c->setup.legacy)
            stop_by_check(c);
        else
            crowd_stop(c, astray(c));
        CHECK(c->in_flight >= MIDDLE);
        crowd_recover(c);
        crowd_finish(c);
    }
}

void case_recover_needs_reset_return(bool legacy)
{
    on_each_ring(legacy, false, 2, "file=disk.img", needs_reset, true);
}

void case_recover_needs_reset_replay(bool legacy)
{
    on_each_ring(legacy, true, 2, "file=disk.img", needs_reset, true);
}

static void check_machine_is(const char *status)
{
    CHECK_TEXT(machine_qmp("{\"execute\": \"query-status\"}"), status);
}

static void go_on(void)
{
    (void)machine_qmp("{\"execute\": \"cont\"}");
    check_machine_is("\"status\": \"running\"");
}

/*
 * QEMU holds a failed request, and stops its machine. In the first pass it retries after the driver has
 * stopped the disk, in the second pass after the driver has recovered it.
 */
static const unsigned failing_reads[] = {3 * CROWD_SECTORS, (16 + 5) * CROWD_SECTORS};
#define FAILING_WRITE (CROWD_WRITES + 7 * CROWD_SECTORS + 2)

static void stopped(struct crowd *c)
{
    go_on();
    crowd_send(c);
    crowd_reap_until(c, 2); /* a read and a write */
    check_machine_is("\"status\": \"io-error\"");
    crowd_stop(c, VWR_ETIMEOUT);
    go_on();
    for (unsigned i = 0; i < CROWD; i++)
        if (c->member[i].in_flight && c->member[i].in)
            wait_for_data(&c->member[i]);
    crowd_recover(c);
    crowd_finish(c);

    crowd_send(c);
    crowd_reap_until(c, 1);
    check_machine_is("\"status\": \"io-error\"");
    last_one(c)->untouched = true;
    crowd_stop(c, VWR_ETIMEOUT);
    crowd_recover(c);
    crowd_reap_until(c, 0);
    go_on();
    crowd_finish(c);
}

void case_recover_stopped_return(bool legacy)
{
    make_rules(failing_reads, 2, FAILING_WRITE);
    on_each_ring(legacy, false, 2, BLKDEBUG "rerror=stop,werror=stop", stopped, false);
}

void case_recover_stopped_replay(bool legacy)
{
    make_rules(failing_reads, 2, FAILING_WRITE);
    on_each_ring(legacy, true, 2, BLKDEBUG "rerror=stop,werror=stop", stopped, false);
}

static void set_speed(unsigned iops)
{
    char command[256];

    snprintf(command, sizeof(command),
             "{\"execute\": \"block_set_io_throttle\", \"arguments\": {\"id\": \"%s\", \"bps\": 0, "
             "\"bps_rd\": 0, \"bps_wr\": 0, \"iops\": %u, \"iops_rd\": 0, \"iops_wr\": 0}}",
             machine_disk_path(DISK_SLOT), iops);
    (void)machine_qmp(command);
}

/*
 * QEMU does not run for longer than the timeout. In the first pass the disk is so slow that the answers
 * arrive even later, after the driver has stopped it. In the second pass they may or may not arrive in time
 * for the driver's last poll; QEMU's "stop" completes what it still holds, so that the number in flight is
 * certain before the recovery.
 */
static void frozen(struct crowd *c)
{
    set_speed(1);
    crowd_send(c);
    freeze(FREEZE_MS);
    crowd_stop(c, VWR_ETIMEOUT);
    freeze_end();
    set_speed(0);
    crowd_recover(c);
    crowd_finish(c);

    bus_patience(false);
    c->why = VWR_ETIMEOUT;
    c->d.blk.options.request.timeout_us = FREEZE_MS * 1000 / 4;
    crowd_send(c);
    freeze(FREEZE_MS);
    while (c->in_flight > 0 && crowd_reap(c) == VWR_OK)
        ;
    freeze_end();
    c->d.blk.options.request.timeout_us = VWR_REQUEST_TIMEOUT_US;
    bus_patience(true);
    (void)machine_qmp("{\"execute\": \"stop\"}");
    (void)machine_qmp("{\"execute\": \"cont\"}");
    crowd_take_rest(c);
    if (vwr_get_stage(&c->d.blk.bringup) == VWR_STAGE_STOPPED)
        crowd_recover(c);
    crowd_finish(c);
}

void case_recover_frozen_return(bool legacy)
{
    on_each_ring(legacy, false, 2, "file=disk.img", frozen, false);
}

void case_recover_frozen_replay(bool legacy)
{
    on_each_ring(legacy, true, 2, "file=disk.img", frozen, false);
}

/* Forges a used entry at the next position, for a buffer that is not in flight. */
static void forge_answer(struct crowd *c)
{
    const struct watch_ring *r = watch_ring(DISK_SLOT, 0);
    const struct vwr_queue *q = &c->d.blk.first.requests.queue;

    if (r->is_packed) {
        struct vwr_pvirtq_desc *const d = q->packed.oldest;

        d->id = (uint16_t)(r->size - 1);
        d->len = 1;
        __sync_synchronize();
        d->flags = (uint16_t)q->packed.used_flags;
        return;
    }
    r->used->ring[r->used->idx % r->size].id = r->size;
    __sync_synchronize();
    r->used->idx++;
}

/*
 * A protocol violation stops the disk while a request is in flight; another one, after the reset, stops it
 * again.
 */
static void bad_ring(struct crowd *c)
{
    struct vwr_blk_req *done;

    machine_qemu_io(DISK_SLOT, "break read_aio held");
    crowd_send(c);
    crowd_reap_until(c, 1);
    last_one(c)->untouched = true;
    forge_answer(c);
    crowd_stop(c, VWR_EBADRING);
    last_one(c)->untouched = false;
    machine_qemu_io(DISK_SLOT, "resume held");
    crowd_recover(c);
    crowd_finish(c);
    forge_answer(c);
    CHECK_NUMBER(vwr_blk_reap(&c->d.blk.first, &done, 1), VWR_EBADRING);
    crowd_recover(c);
    crowd_send(c);
    crowd_finish(c);
}

void case_recover_bad_ring_return(bool legacy)
{
    make_rules(NULL, 0, 0);
    on_each_ring(legacy, false, 2, BLKDEBUG "rerror=report", bad_ring, false);
}

void case_recover_bad_ring_replay(bool legacy)
{
    make_rules(NULL, 0, 0);
    on_each_ring(legacy, true, 2, BLKDEBUG "rerror=report", bad_ring, false);
}

/* Breaks the ring once, at the next request. */
static void break_one(unsigned slot)
{
    lead_astray(slot, 0, 0, 1);
}

static void break_many(unsigned slot)
{
    lead_astray(slot, 0, CROWD / 2, CROWD);
}

static void expect_trouble(struct crowd *c, void (*hook)(unsigned slot))
{
    bus_patience(false);
    c->d.blk.options.request.timeout_us =
        c->setup.legacy ? 50000 : 1000000; /* a modern device reports it long before */
    bus_before_notify(hook);
}

static void trouble_is_over(struct crowd *c)
{
    bus_patience(true);
    c->d.blk.options.request.timeout_us = VWR_REQUEST_TIMEOUT_US;
}

/* Blocking calls recover the disk themselves, and return as if it had never failed. */
static void wait(struct crowd *c)
{
    struct vwr_blk *const b = &c->d.blk;
    uint8_t *p = guest_alloc(2 * SECTOR_BYTES);

    expect_trouble(c, break_one);
    DISK_OK(&c->d, vwr_blk_read(b, 7, p, 1));
    PATTERN_CHECK(p, 'A', 7, 1);
    CHECK(b->first.requests.stats.replayed >= 1);
    pattern_fill(p, 'Z', CROWD_WRITES + 1, 2);
    bus_before_notify(break_one);
    DISK_OK(&c->d, vwr_blk_write(b, CROWD_WRITES + 1, p, 2));
    bus_before_notify(break_one);
    DISK_OK(&c->d, vwr_blk_flush(b));
    CHECK(b->first.requests.stats.replayed >= 3);
    trouble_is_over(c);
    disk_read_check(&c->d, 'Z', CROWD_WRITES + 1, 2);

    /* the call waits for one of many requests; reap completes the others */
    expect_trouble(c, break_many);
    crowd_send(c);
    DISK_OK(&c->d, vwr_blk_wait(&b->first, &crowd_at(c, 0, CROWD - 1)->req));
    trouble_is_over(c);
    crowd_arrived(c, &crowd_at(c, 0, CROWD - 1)->req);
    CHECK_NUMBER(vwr_get_stage(&b->bringup), VWR_STAGE_RUNNING);
    crowd_finish(c);
}

void case_recover_wait(bool legacy)
{
    on_each_ring(legacy, true, 1, "file=disk.img", wait, true);
}

/*
 * Only an interrupt handler's work: the disk is polled and recovered only after an interrupt, or at a timer
 * tick if a recovery step was not the last one.
 */
static void on_interrupt(struct crowd *c, bool *recovering)
{
    const uint32_t why = slot_irq(&c->d.found, DISK_SLOT);

    if ((why & VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK) != 0) {
        c->why = vwr_blk_config_changed(&c->d.blk);
        CHECK_NUMBER(c->why, VWR_ENEEDSRESET);
        crowd_take_rest(c);
        crowd_check_in_flight(c);
        crowd_expect_replay(c);
        *recovering = true;
    } else if ((why & VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK) != 0) {
        DISK_OK(&c->d, crowd_reap(c));
    }
}

/* The device raises no interrupt for requests that have already completed. */
static void arm(struct crowd *c)
{
    for (unsigned q = 0; q < c->setup.queues; q++)
        if (!vwr_blk_arm(vwr_blk_get_requestq(&c->d.blk, q), 1))
            DISK_OK(&c->d, crowd_reap(c));
}

static void by_interrupt(struct crowd *c)
{
    bool recovering = false;
    unsigned in_flight;
    int r = VWR_EBUSY;

    machine_watch_lines();
    send_and_break(c);
    if (c->setup.legacy) { /* no interrupt: a timer must poll */
        crowd_stop(c, VWR_ETIMEOUT);
        crowd_expect_replay(c);
        recovering = true;
    }
    while (!recovering)
        on_interrupt(c, &recovering);
    for (in_flight = c->in_flight; r == VWR_EBUSY;)
        r = vwr_recover(&c->d.blk.bringup);
    DISK_OK(&c->d, r);
    crowd_recovered(c, in_flight);
    arm(c);
    while (c->in_flight > 0) {
        on_interrupt(c, &recovering);
        if (c->in_flight > 0)
            arm(c);
    }
    crowd_finish(c);
}

void case_recover_interrupt(bool legacy)
{
    on_each_ring(legacy, true, 2, "file=disk.img", by_interrupt, true);
    on_each_ring(legacy, false, 2, "file=disk.img", by_interrupt, true);
}
