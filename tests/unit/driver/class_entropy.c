/* SPDX-License-Identifier: MIT */
#include "classes.h"
#include "vwr/entropy.h"

#include <string.h>

/* A source of random bytes: it has no settings, and no requests other than its buffers. */

static const unsigned queues[] = {VWR_ENTROPY_QUEUE_REQUESTQ};
#define QUEUE VWR_ENTROPY_QUEUE_REQUESTQ

static struct vwr_entropy e;
static struct vwr_entropy_options options;
static struct fake_chain chain;
static bool begun; /* a byte of a buffer is still unread */

static void fills(struct world *w, const char *bytes)
{
    assert_true(fake_ring_next(&w->f, QUEUE, &chain));
    class_write(&chain, bytes, (uint32_t)strlen(bytes));
    fake_ring_push(&w->f, QUEUE, chain.head, (uint32_t)strlen(bytes));
}

static void reads(const char *bytes)
{
    char got[2 * VWR_ENTROPY_BYTES];

    assert_int_equal(vwr_entropy_read(&e, got, sizeof(got)), strlen(bytes));
    assert_memory_equal(got, bytes, strlen(bytes));
}

/* One buffer is half read, one has arrived unread, and the device has taken two. */
static void begin(struct world *w, const struct format *f)
{
    char c;

    format_plug(w, f);
    w->f.device_id = VWR_ENTROPY_ID;
    w->f.queue[QUEUE].size_max = f->size;
    assert_int_equal(world_probe(w), VWR_OK);
    memset(&e, 0xa5, sizeof(e)); /* memory of the embedder is not zeroed */
    memset(&options, 0, sizeof(options));
    options.shared = fake_ram_alloc(sizeof(*options.shared), VWR_QUEUE_SHARED_ALIGN);
    assert_int_equal(vwr_entropy_open(&e, &w->mmio.dev, &options), VWR_OK);
    fills(w, "12");
    assert_int_equal(vwr_entropy_read(&e, &c, 1), 1);
    begun = true;
    fills(w, "lost");
    assert_true(fake_ring_next(&w->f, QUEUE, &chain));
    fake_ram_write(chain.segment[0].addr, "half", 4);
    assert_true(fake_ring_next(&w->f, QUEUE, &chain));
}

static int look(struct world *w, unsigned queue)
{
    char got[8];

    (void)w;
    (void)queue;
    begun = false; /* the buffer completed before the violation */
    return vwr_entropy_read(&e, got, sizeof(got));
}

/* Only the owner decides how long is too long for random bytes. */
static int wait(struct world *w)
{
    (void)w;
    vwr_entropy_give_up(&e);
    return VWR_ERESET;
}

/* Each byte arrives once. Of the bytes from before the reset only the rest of the half read buffer
 * remains. */
static void came_back(struct world *w, int why)
{
    (void)why;
    class_all_posted(w, QUEUE, VWR_ENTROPY_QUEUE, begun);
    fills(w, "ab");
    reads(begun ? "2ab" : "ab");
    class_all_posted(w, QUEUE, VWR_ENTROPY_QUEUE, 0);
    for (unsigned i = 0; i < 2u * e.receive.used_count; i++) {
        fills(w, "cde");
        reads("cde");
    }
}

static int close_it(void)
{
    return vwr_entropy_close(&e);
}

static void released(void)
{
    for (unsigned i = 0; i < VWR_ENTROPY_QUEUE; i++)
        assert_int_not_equal(e.buffer[i].owner, VWR_RECEIVE_DEVICE);
}

const struct driver_class class_entropy = {
    .name = "entropy",
    .kinds = KIND_ALL,
    .size = 8,
    .queues = queues,
    .queue_count = sizeof(queues) / sizeof(queues[0]),
    .reused = 1u << QUEUE,
    .bringup = &e.bringup,
    .steps = &vwr_entropy_bringup,
    .begin = begin,
    .look = look,
    .wait = wait,
    .came_back = came_back,
    .close = close_it,
    .released = released,
};
