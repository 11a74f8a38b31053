/* SPDX-License-Identifier: MIT */
#ifndef CLASS_FILES_H
#define CLASS_FILES_H

#include "classes.h"
#include "fake_files.h"

#include <string.h>

/*
 * A device that serves files. Its settings are a session, which a reset ends: what the caller has is stale,
 * and it mounts again. The drivers of 9P and FUSE have the same calls, with other names: a class defines
 * P(name), a name of the driver, QUEUE, the queue of requests, OPENED, the handle of the file, and
 * `driver`, before it includes this file, and the functions below.
 */

#define FLIGHT 3u
#define BYTES 100u

static const unsigned queues[] = {QUEUE};
static struct P(request) request[FLIGHT];
static struct fake_chain chain;
static uint8_t *data;
static unsigned early; /* requests that completed before the violation */

static void plug(struct world *w, const struct format *f);
static int open_file(void);    /* mounts, and opens the file */
static void is_over(void);     /* the driver has no session */
static void gives_back(void);  /* the caller gives up all it has; nothing is sent */
static void works_again(void); /* the caller has what a new session has */

/* Reads are in flight; the device has taken one and written a part of its answer. */
static void begin(struct world *w, const struct format *f)
{
    struct P(options) o = {.shared = fake_ram_alloc(sizeof(*o.shared), VWR_QUEUE_SHARED_ALIGN)};

    plug(w, f);
    memset(&driver, 0xa5, sizeof(driver));
    memset(request, 0, sizeof(request));
    data = fake_ram_alloc(FLIGHT * BYTES, 8);
    assert_int_equal(P(open)(&driver, &w->mmio.dev, &o), VWR_OK);
    assert_int_equal(open_file(), VWR_OK);
    fake_files.silent = true;
    early = 0;
    for (unsigned i = 0; i < FLIGHT; i++) {
        P(fill_read)(&request[i], OPENED, i * BYTES, data + i * BYTES, BYTES);
        assert_int_equal(P(submit)(P(get_requestq)(&driver, 0), &request[i]), VWR_OK);
    }
    (void)P(kick)(P(get_requestq)(&driver, 0));
    assert_true(fake_ring_next(&w->f, QUEUE, &chain));
    class_write(&chain, "half", 4);
}

static int look(struct world *w, unsigned queue)
{
    struct P(request) * done;
    const int r = P(reap)(P(get_requestq)(&driver, 0), &done, 1);

    (void)w;
    (void)queue;
    if (r == 1)
        assert_ptr_equal(done, &request[early++]);
    return r;
}

static int wait(struct world *w)
{
    int r = 0;

    while (r == 0)
        r = look(w, QUEUE);
    assert_int_equal(r, VWR_ETIMEOUT);
    return r;
}

/* Requests complete once each with the reason, and send nothing until there is a session. */
static void came_back(struct world *w, int why)
{
    struct P(request) * done[FLIGHT + 1];

    assert_int_equal(P(reap)(P(get_requestq)(&driver, 0), done, FLIGHT + 1), FLIGHT - early);
    for (unsigned i = early; i < FLIGHT; i++) {
        assert_ptr_equal(done[i - early], &request[i]);
        assert_int_equal(request[i].req.result, why);
    }
    is_over();
    assert_int_equal(P(submit)(P(get_requestq)(&driver, 0), &request[0]), VWR_EIO);
    assert_int_equal(request[0].error, VWR_P9_ESTALE);
    gives_back();
    assert_int_equal(fake_ring_waiting(&w->f, QUEUE), 0);
    fake_files.silent = false;
    files_server.session = false;
    fake_files.count = 0;
    assert_int_equal(open_file(), VWR_OK);
    assert_int_equal(P(read)(&driver, OPENED, 20, data, BYTES), BYTES);
    assert_memory_equal(data, files_server.file + 20, BYTES);
    works_again();
    assert_int_equal(vwr_queue_in_flight(&driver.requests.client.requests.queue), 0);
}

static int close_it(void)
{
    return vwr_close(&driver.bringup);
}

static void released(void)
{
    for (unsigned i = 0; i < FLIGHT; i++)
        assert_false(vwr_req_is_in_flight(&request[i].req));
}

#define CLASS_OF_FILES(text)                                                                                 \
    {                                                                                                        \
        .name = (text), .kinds = KIND_ALL, .size = 64, .queues = queues,                                     \
        .queue_count = sizeof(queues) / sizeof(queues[0]), .bringup = &driver.bringup, .steps = &P(bringup), \
        .begin = begin, .look = look, .wait = wait, .came_back = came_back, .close = close_it,               \
        .released = released                                                                                 \
    }

#endif
