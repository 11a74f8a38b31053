/* SPDX-License-Identifier: MIT */
#include "classes.h"
#include "fake_9p.h"
#include "vwr/9p.h"

#include <string.h>

/*
 * A 9P device. Its settings are a session, which a reset ends: the caller's fids are stale, and it mounts
 * again.
 */

static const unsigned queues[] = {VWR_9P_QUEUE_REQUESTQ};
#define QUEUE VWR_9P_QUEUE_REQUESTQ
#define FLIGHT 3u
#define BYTES 100u

static struct vwr_9p p9;
static struct vwr_9p_request request[FLIGHT];
static struct fake_chain chain;
static uint8_t *data;
static int root, fid;
static unsigned early; /* requests that completed before the violation */

static int open_file(void)
{
    root = vwr_9p_mount(&p9);
    assert_true(root >= 0);
    fid = vwr_9p_walk(&p9, root, "f");
    assert_true(fid > 0);
    return vwr_9p_lopen(&p9, fid, VWR_P9_O_RDONLY);
}

/* Reads are in flight; the device has taken one and written a part of its answer. */
static void begin(struct world *w, const struct format *f)
{
    struct vwr_9p_options o = {.shared = fake_ram_alloc(sizeof(*o.shared), VWR_QUEUE_SHARED_ALIGN)};

    fake_9p_plug(w, f);
    memset(&p9, 0xa5, sizeof(p9));
    memset(request, 0, sizeof(request));
    data = fake_ram_alloc(FLIGHT * BYTES, 8);
    assert_int_equal(vwr_9p_open(&p9, &w->mmio.dev, &o), VWR_OK);
    assert_int_equal(open_file(), VWR_OK);
    fake_9p.silent = true;
    early = 0;
    for (unsigned i = 0; i < FLIGHT; i++) {
        vwr_9p_fill_read(&request[i], fid, i * BYTES, data + i * BYTES, BYTES);
        assert_int_equal(vwr_9p_submit(vwr_9p_get_requestq(&p9, 0), &request[i]), VWR_OK);
    }
    (void)vwr_9p_kick(vwr_9p_get_requestq(&p9, 0));
    assert_true(fake_ring_next(&w->f, QUEUE, &chain));
    class_write(&chain, "half", 4);
}

static int look(struct world *w, unsigned queue)
{
    struct vwr_9p_request *done;
    const int r = vwr_9p_reap(vwr_9p_get_requestq(&p9, 0), &done, 1);

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
    struct vwr_9p_request *done[FLIGHT + 1];

    assert_int_equal(vwr_9p_reap(vwr_9p_get_requestq(&p9, 0), done, FLIGHT + 1), FLIGHT - early);
    for (unsigned i = early; i < FLIGHT; i++) {
        assert_ptr_equal(done[i - early], &request[i]);
        assert_int_equal(request[i].req.result, why);
    }
    assert_int_equal(p9.msize, 0);
    assert_int_equal(vwr_9p_submit(vwr_9p_get_requestq(&p9, 0), &request[0]), VWR_EIO);
    assert_int_equal(request[0].error, VWR_P9_ESTALE);
    assert_int_equal(fake_ring_waiting(&w->f, QUEUE), 0);
    assert_int_equal(vwr_9p_clunk(&p9, fid), VWR_OK);
    assert_int_equal(vwr_9p_clunk(&p9, root), VWR_OK);
    fake_9p.silent = false;
    fake_9p.session = false;
    fake_9p.count = 0;
    assert_int_equal(open_file(), VWR_OK);
    assert_int_equal(fid, 1);
    assert_int_equal(vwr_9p_read(&p9, fid, 20, data, BYTES), BYTES);
    assert_memory_equal(data, fake_9p.file + 20, BYTES);
    assert_int_equal(vwr_queue_in_flight(&p9.requests.client.requests.queue), 0);
}

static int close_it(void)
{
    return vwr_9p_close(&p9);
}

static void released(void)
{
    for (unsigned i = 0; i < FLIGHT; i++)
        assert_false(vwr_req_is_in_flight(&request[i].req));
}

const struct driver_class class_9p = {
    .name = "9p",
    .kinds = KIND_ALL,
    .size = 64,
    .queues = queues,
    .queue_count = sizeof(queues) / sizeof(queues[0]),
    .bringup = &p9.bringup,
    .steps = &vwr_9p_bringup,
    .begin = begin,
    .look = look,
    .wait = wait,
    .came_back = came_back,
    .close = close_it,
    .released = released,
};
