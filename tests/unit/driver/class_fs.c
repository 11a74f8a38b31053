/* SPDX-License-Identifier: MIT */
#include "classes.h"
#include "fake_fs.h"
#include "vwr/fs.h"

#include <string.h>

/*
 * A file system device. Its settings are a session, which a reset ends: the caller's nodes and files are
 * stale, and it mounts again.
 */

#define QUEUE (VWR_FS_QUEUE_HIPRIO + 1u)
#define FLIGHT 3u
#define BYTES 100u

static const unsigned queues[] = {QUEUE};
static struct vwr_fs fs;
static struct vwr_fs_request request[FLIGHT];
static struct fake_chain chain;
static uint8_t *data;
static struct vwr_fs_node root, node;
static struct vwr_fs_file file;
static unsigned early; /* requests that completed before the violation */

static int open_file(void)
{
    assert_int_equal(vwr_fs_mount(&fs, &root), VWR_OK);
    assert_int_equal(vwr_fs_lookup(&fs, &root, "f", &node, NULL), VWR_OK);
    return vwr_fs_open_file(&fs, &node, VWR_P9_O_RDONLY, &file);
}

/* Reads are in flight; the device has taken one and written a part of its answer. */
static void begin(struct world *w, const struct format *f)
{
    struct vwr_fs_options o = {.shared = fake_ram_alloc(sizeof(*o.shared), VWR_QUEUE_SHARED_ALIGN)};

    fake_fs_plug(w, f);
    memset(&fs, 0xa5, sizeof(fs));
    memset(request, 0, sizeof(request));
    data = fake_ram_alloc(FLIGHT * BYTES, 8);
    assert_int_equal(vwr_fs_open(&fs, &w->mmio.dev, &o), VWR_OK);
    assert_int_equal(open_file(), VWR_OK);
    fake_fs.silent = true;
    early = 0;
    for (unsigned i = 0; i < FLIGHT; i++) {
        vwr_fs_fill_read(&request[i], &file, i * BYTES, data + i * BYTES, BYTES);
        assert_int_equal(vwr_fs_submit(vwr_fs_get_requestq(&fs, 0), &request[i]), VWR_OK);
    }
    (void)vwr_fs_kick(vwr_fs_get_requestq(&fs, 0));
    assert_true(fake_ring_next(&w->f, QUEUE, &chain));
    class_write(&chain, "half", 4);
}

static int look(struct world *w, unsigned queue)
{
    struct vwr_fs_request *done;
    const int r = vwr_fs_reap(vwr_fs_get_requestq(&fs, 0), &done, 1);

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
    struct vwr_fs_request *done[FLIGHT + 1];

    assert_int_equal(vwr_fs_reap(vwr_fs_get_requestq(&fs, 0), done, FLIGHT + 1), FLIGHT - early);
    for (unsigned i = early; i < FLIGHT; i++) {
        assert_ptr_equal(done[i - early], &request[i]);
        assert_int_equal(request[i].req.result, why);
    }
    assert_int_equal(fs.io_bytes, 0);
    assert_int_equal(vwr_fs_submit(vwr_fs_get_requestq(&fs, 0), &request[0]), VWR_EIO);
    assert_int_equal(request[0].error, VWR_P9_ESTALE);
    assert_int_equal(vwr_fs_release(&fs, &file), VWR_OK);
    assert_int_equal(vwr_fs_forget(&fs, &node), VWR_OK);
    assert_int_equal(fake_ring_waiting(&w->f, QUEUE), 0);
    fake_fs.silent = false;
    fake_fs.session = false;
    fake_fs.count = 0;
    assert_int_equal(open_file(), VWR_OK);
    assert_int_equal(vwr_fs_read(&fs, &file, 20, data, BYTES), BYTES);
    assert_memory_equal(data, fake_fs.file + 20, BYTES);
    assert_int_equal(vwr_fs_forget(&fs, &node), VWR_OK);
    assert_int_equal(vwr_queue_in_flight(&fs.requests.client.requests.queue), 0);
}

static int close_it(void)
{
    return vwr_fs_close(&fs);
}

static void released(void)
{
    for (unsigned i = 0; i < FLIGHT; i++)
        assert_false(vwr_req_is_in_flight(&request[i].req));
}

const struct driver_class class_fs = {
    .name = "fs",
    .kinds = KIND_ALL,
    .size = 64,
    .queues = queues,
    .queue_count = sizeof(queues) / sizeof(queues[0]),
    .bringup = &fs.bringup,
    .steps = &vwr_fs_bringup,
    .begin = begin,
    .look = look,
    .wait = wait,
    .came_back = came_back,
    .close = close_it,
    .released = released,
};
