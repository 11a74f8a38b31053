/* SPDX-License-Identifier: MIT */
#include "format.h"

#include <stdio.h>
#include <string.h>

/*
 * A build with VWR_CHECK_OWNERS (queue_owners_common.h) reports two owners of one queue. The second owner is
 * an interrupt handler that runs within the doorbell's store, so the overlap is certain.
 */

#define SIZE 8u
#define LINES_BYTES 512u

static char lines[LINES_BYTES];

void fake_log(const char *line)
{
    const size_t length = strlen(lines);

    (void)snprintf(lines + length, sizeof(lines) - length, "%s\n", line);
}

/* Calls of a handler on a queue whose owner is in the middle of a kick. */
static void handler_adds(struct world *w)
{
    static struct vwr_chain chain;
    const struct vwr_seg seg = {.addr = 0x1000, .len = 16};

    memset(&chain, 0, sizeof(chain));
    assert_int_equal(vwr_queue_add(&w->queue, &seg, 1, 0, &chain), VWR_OK);
}

static void handler_gets_used(struct world *w)
{
    struct vwr_chain *done;

    assert_int_equal(vwr_queue_get_used(&w->queue, &done), 0);
}

static void handler_reaps(struct world *w)
{
    struct vwr_chain *done[SIZE];

    assert_int_equal(vwr_queue_reap(&w->queue, done, SIZE), 0);
}

static void handler_arms(struct world *w)
{
    assert_true(vwr_queue_arm(&w->queue, 1));
}

static void handler_disarms(struct world *w)
{
    vwr_queue_disarm(&w->queue);
}

static void handler_does_nothing(struct world *w)
{
    (void)w;
}

struct handler {
    void (*run)(struct world *w);
    const char *call; /* call of the handler, NULL for none */
};

static const struct handler handlers[] = {
    {handler_adds, "vwr_queue_add"}, {handler_gets_used, "vwr_queue_reap"}, {handler_reaps, "vwr_queue_reap"},
    {handler_arms, "vwr_queue_arm"}, {handler_disarms, "vwr_queue_disarm"}, {handler_does_nothing, NULL},
};

static struct {
    struct world *world;
    const struct handler *handler;
} interrupt;

static void on_notify(struct fake *f, uint32_t queue)
{
    (void)f;
    (void)queue;
    interrupt.handler->run(interrupt.world);
}

static void handler_in_a_kick(struct world *w, const struct format *f, const void *param)
{
    char expected[LINES_BYTES] = "";
    struct load l;

    format_ring(w, f);
    load_prepare(w, &l, LOAD_TABLES);
    interrupt.world = w;
    interrupt.handler = param;
    lines[0] = '\0';
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 2, 1, &l.chain[0]), VWR_OK);
    w->f.on_notify = on_notify;
    assert_true(vwr_queue_kick(&w->queue));
    if (interrupt.handler->call != NULL)
        (void)snprintf(expected, sizeof(expected),
                       "vwr: queue 0: %s while vwr_queue_kick is in progress: two owners\n",
                       interrupt.handler->call);
    assert_string_equal(lines, expected);
}

/* A single owner that uses all calls, including failing ones, is not reported. */
static void one_owner(struct world *w, const struct format *f, const void *param)
{
    struct vwr_chain *done;
    struct load l;

    (void)param;
    lines[0] = '\0';
    format_ring(w, f);
    load_prepare(w, &l, LOAD_TABLES);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 0, 0, &l.chain[0]), VWR_EINVAL);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 2, 1, &l.chain[0]), VWR_OK);
    assert_int_equal(vwr_queue_add(&w->queue, l.seg, 2, 1, &l.chain[0]), VWR_EBUSY);
    assert_int_equal(load_bind(&w->queue, &l.seg[3], 3, 1, &l.chain[1]), VWR_OK);
    assert_int_equal(vwr_queue_post(&w->queue, &l.chain[1], l.seg[6].addr, 16, true), VWR_OK);
    assert_int_equal(vwr_queue_post(&w->queue, &l.chain[1], l.seg[6].addr, 16, true), VWR_EBUSY);
    assert_true(vwr_queue_kick(&w->queue));
    assert_true(vwr_queue_arm(&w->queue, 1));
    load_serve_all(w);
    assert_int_equal(vwr_queue_get_used(&w->queue, &done), 1);
    assert_int_equal(vwr_queue_reap(&w->queue, &done, 1), 1);
    vwr_queue_disarm(&w->queue);
    assert_int_equal(vwr_queue_unbind(&w->queue, &l.chain[1]), VWR_OK);
    vwr_queue_stop(&w->queue, VWR_EFAILED);
    assert_int_equal(vwr_queue_reclaim(&w->queue, &done), 0);
    assert_string_equal(lines, "");
}

int main(void)
{
    static const uint16_t size[] = {SIZE, 0};
    static const struct format_range all = {KIND_ALL, FORMAT_INDIRECT | FORMAT_IN_ORDER, 0, size};
    static struct format_tests tests;

    format_add(&tests, "one_owner", one_owner, NULL, &all);
    for (size_t i = 0; i < sizeof(handlers) / sizeof(handlers[0]); i++) {
        static char name[sizeof(handlers) / sizeof(handlers[0])][64];

        (void)snprintf(name[i], sizeof(name[i]), "handler_in_a_kick: %s",
                       handlers[i].call != NULL ? handlers[i].call : "nothing");
        format_add(&tests, name[i], handler_in_a_kick, &handlers[i], &all);
    }
    return format_run("two owners", &tests);
}
