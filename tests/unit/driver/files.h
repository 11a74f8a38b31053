/* SPDX-License-Identifier: MIT */
#ifndef FILES_H
#define FILES_H

#include "fake_files.h"
#include "format.h"

#include <stdio.h>
#include <string.h>

/*
 * What test_9p.c and test_fs.c share: the drivers have the same calls, with other names. A test defines these
 * before it includes this file:
 *
 * P(name)                  a name of the driver
 * P_DRIVER                 its type
 * OPENED                   its handle of the file
 * IO_BYTES                 maximum bytes of a read of the file
 * QUEUE                    of requests
 * NUMBER_AT, NUMBER_BYTES  what tells requests from each other, in messages and answers
 * NUMBER                   what the driver calls it
 * ANSWER                   bytes of the header of an answer
 * FSYNC_FLAGS              where they are
 * READS, WRITES, FSYNCS    types of messages
 * WRITES_NAME              what the driver calls it
 */

#define SIZE 64u
#define FLIGHT 4u
#define LONG 12000u

static P_DRIVER driver;
static struct P(request) request[FLIGHT];
static uint8_t *data;
static char text[300];
static const struct vwr_waiter *waiter;

static void plug(struct world *w, const struct format *f);
static void open_file(void);          /* mounts, and opens the file; the server has forgotten all messages */
static void is_busy(void);            /* the session cannot end now */
static int say(uint8_t type);         /* makes a request of this type; 0: any */
static void lie_more(uint8_t type);   /* other answers that are wrong */
static void lie_errors(uint8_t type); /* errors that are wrong: the server fails requests of this type */

static void open_it(struct world *w)
{
    const struct P(options)
        o = {.shared = fake_ram_alloc(sizeof(*o.shared), VWR_QUEUE_SHARED_ALIGN),
             .request = {.spin = 1, .timeout_us = waiter != NULL ? 100000 : 1000, .waiter = waiter},
             .uid = 0x55,
             .gid = 0x66};

    memset(&driver, 0xa5, sizeof(driver));
    memset(request, 0, sizeof(request));
    data = fake_ram_alloc(LONG, 8);
    assert_int_equal(P(open)(&driver, &w->mmio.dev, &o), VWR_OK);
}

static void begin_opened(struct world *w, const struct format *f)
{
    plug(w, f);
    open_it(w);
    open_file();
}

static void end(struct world *w)
{
    assert_int_equal(vwr_queue_in_flight(&driver.requests.client.requests.queue), 0);
    assert_int_equal(vwr_close(&driver.bringup), VWR_OK);
    (void)w;
}

static void explains(const char *words)
{
    assert_true(P(explain)(&driver, text, sizeof(text)) < sizeof(text));
    if (strstr(text, words) == NULL)
        fail_msg("\"%s\" is not in \"%s\"", words, text);
}

/* ---- sizes ---- */

/* The device's ring is shorter than the driver's: scattered data need more messages. */
static void small_ring(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    plug(w, f);
    w->f.queue[QUEUE].size_max = 4;
    open_it(w);
    fake_ram_scatter(data, LONG);
    open_file();
    assert_int_equal(P(read)(&driver, OPENED, 0, data, LONG), FILES_SIZE);
    assert_memory_equal(data, files_server.file, FILES_SIZE);
    assert_int_equal(IO_BYTES, 4096);
    end(w);
}

/* Fewer bytes than were asked for, then an error. */
static void short_counts(void)
{
    fake_files.count = 0;
    files_server.most = 300;
    memset(data, 0, LONG);
    assert_int_equal(P(read)(&driver, OPENED, 50, data, 700), 700);
    assert_memory_equal(data, files_server.file + 50, 700);
    assert_int_equal(fake_files.count, 3);
    assert_int_equal(P(write)(&driver, OPENED, 50, data, 700), 700);
    assert_int_equal(fake_files.count, 6);
    files_server.most = 0;
    assert_int_equal(P(write)(&driver, OPENED, 0, data, 100), 0);
    files_server.most = 300;
    files_server.fails = WRITES;
    files_server.error = VWR_P9_EDQUOT;
    assert_int_equal(P(write)(&driver, OPENED, 0, data, 100), VWR_EIO);
    assert_int_equal(P(error)(&driver), VWR_P9_EDQUOT);
    explains(WRITES_NAME ": the server answers with Linux error 122");
    files_server.passes = 2;
    assert_int_equal(P(write)(&driver, OPENED, 0, data, 700), 600); /* some bytes, then an error */
}

/* ---- answers that are wrong ---- */

struct said {
    uint8_t type;   /* 0: the last row */
    uint32_t bytes; /* of the answer */
    bool varies;    /* fewer bytes are an answer with fewer data */
};

static void D42_answers(struct world *w, const struct format *f, const void *param)
{
    begin_opened(w, f);
    files_server.entry_bytes = 100;
    for (const struct said *s = param; s->type != 0; s++) {
        fake_files_lie(0, 0, 0, 0);
        assert_int_equal(say(s->type), VWR_OK);
        fake_files_lie(s->type, NUMBER_AT, NUMBER_BYTES, 0x1234); /* of another request */
        assert_int_equal(say(s->type), VWR_EPROTO);
        explains("its " NUMBER " is wrong");
        fake_files_lie(s->type, 0, 4, ANSWER - 1);
        assert_int_equal(say(s->type), VWR_EPROTO);
        fake_files_lie(s->type, 0, 4, UINT32_MAX); /* longer than what was written */
        assert_int_equal(say(s->type), VWR_EPROTO);
        lie_more(s->type);
        fake_files_lie(0, 0, 0, 0);
        files_server.fails = s->type;
        files_server.error = 77;
        assert_int_equal(say(s->type), VWR_EIO);
        assert_int_equal(P(error)(&driver), 77);
        lie_errors(s->type);
        files_server.fails = 0;
    }
    end(w);
}

/* The used length, or the length in the answer, is a byte too short for the answer's fields. */
static void D05_short_answers(struct world *w, const struct format *f, const void *param)
{
    begin_opened(w, f);
    files_server.entry_bytes = 100;
    for (const struct said *s = param; s->type != 0; s++) {
        fake_files_lie(s->type, 0, 4, s->bytes);
        assert_int_equal(say(s->type), VWR_OK);
        fake_files.used = s->bytes - 1;
        assert_int_equal(say(s->type), VWR_EPROTO);
        if (s->varies)
            continue;
        fake_files_lie(s->type, 0, 4, s->bytes - 1);
        assert_int_equal(say(s->type), VWR_EPROTO);
    }
    fake_files_lie(0, 0, 0, 0);
    assert_int_equal(say(0), VWR_OK);
    fake_files.unwritten = true; /* the last answer is still in the slot */
    assert_int_equal(say(0), VWR_EPROTO);
    fake_files.unwritten = false;
    assert_int_equal(say(0), VWR_OK);
    end(w);
}

/* ---- in flight ---- */

static void in_flight(struct world *w, const struct format *f, const void *param)
{
    struct P(requestq) *const q = P(get_requestq)(&driver, 0);
    struct P(request) * done[FLIGHT];

    (void)param;
    begin_opened(w, f);
    fake_files.silent = true;
    for (unsigned i = 0; i < FLIGHT; i++) {
        if (i == 1)
            P(fill_write)(&request[i], OPENED, 5000, memset(data + 3000, 0x77, 100), 100);
        else
            P(fill_read)(&request[i], OPENED, i * 100, data + i * 100, 100);
        if (i == 2) /* it was another request before */
            P(fill_fsync)(&request[i], OPENED);
        assert_int_equal(P(submit)(q, &request[i]), VWR_OK);
        assert_int_equal(P(submit)(q, &request[i]), VWR_EBUSY);
    }
    is_busy();
    (void)P(kick)(q);
    assert_int_equal(P(reap)(q, done, FLIGHT), 0);
    fake_files.silent = false;
    fake_files_lie(FSYNCS, NUMBER_AT, NUMBER_BYTES, 0xeeee);
    fake_files_serve(&w->f, QUEUE);
    assert_int_equal(P(reap)(q, done, FLIGHT), FLIGHT);
    for (unsigned i = 0; i < FLIGHT; i++) {
        for (unsigned k = 0; k < i; k++)
            assert_true(fake_files_number(i, NUMBER_AT, NUMBER_BYTES) !=
                        fake_files_number(k, NUMBER_AT, NUMBER_BYTES));
        assert_int_equal(request[i].req.result, i == 2 ? VWR_EPROTO : VWR_OK);
        assert_int_equal(request[i].count, i == 2 ? 0 : 100);
        if (i == 0 || i == 3)
            assert_memory_equal(data + i * 100, files_server.file + i * 100, 100);
    }
    assert_int_equal(fake_files_number(2, FSYNC_FLAGS, 4), 0); /* data and attributes */
    assert_int_equal(files_server.file[5050], 0x77);
    P(fill_write)(&request[3], OPENED, 0, data + 100, 10);
    assert_int_equal(P(submit)(q, &request[3]), VWR_OK);
    (void)P(kick)(q);
    assert_int_equal(P(wait)(q, &request[3]), VWR_OK);
    assert_memory_equal(files_server.file, data + 100, 10);
    files_server.fails = READS;
    files_server.error = VWR_P9_EACCES;
    assert_int_equal(P(submit)(q, &request[0]), VWR_OK); /* as it was filled */
    (void)P(kick)(q);
    assert_int_equal(P(wait)(q, &request[0]), VWR_EIO);
    assert_int_equal(request[0].error, VWR_P9_EACCES);
    end(w);
}

#endif
