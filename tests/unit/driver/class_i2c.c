/* SPDX-License-Identifier: MIT */
#include "classes.h"
#include "vwr/i2c.h"

#include <string.h>

/* An I2C adapter device. It has no settings: a transfer is never sent again. */

static const unsigned queues[] = {VWR_I2C_QUEUE_REQUESTQ};
#define QUEUE VWR_I2C_QUEUE_REQUESTQ
#define TARGET 0x50u
#define BYTES 4u

static struct vwr_i2c i;
static uint8_t *data;
static struct fake_chain chain;

/* Each read returns the target's address. */
static void serve(struct fake *f, uint32_t queue)
{
    struct vwr_i2c_read_msg_form form;
    struct vwr_i2c_read_msg m;

    while (!class_silent && fake_ring_next(f, queue, &chain)) {
        uint8_t in[BYTES + 1] = {0};

        assert_int_equal(class_read(&chain, &form, sizeof(form)), sizeof(form));
        vwr_i2c_read_msg_decode(&form, f->version == VWR_MMIO_VERSION_LEGACY, &m);
        assert_true(chain.writable <= sizeof(in));
        memset(in, (uint8_t)(m.addr >> 1), chain.writable - 1);
        class_write(&chain, in, chain.writable);
        fake_ring_push(f, queue, chain.head, chain.writable);
    }
}

/* A transfer of two messages. */
static int transfer(void)
{
    return vwr_i2c_write_read(&i, TARGET, data, 1, data + 1, BYTES);
}

static void begin(struct world *w, const struct format *f)
{
    struct vwr_i2c_options o;

    format_plug(w, f);
    w->f.device_id = VWR_I2C_ID;
    w->f.on_notify = serve;
    w->f.queue[QUEUE].size_max = f->size;
    fake_offer(&w->f, VWR_I2C_F_ZERO_LENGTH_REQUEST);
    assert_int_equal(world_probe(w), VWR_OK);
    memset(&i, 0xa5, sizeof(i)); /* memory of the embedder is not zeroed */
    memset(&o, 0, sizeof(o));
    class_silent = false;
    o.shared = fake_ram_alloc(sizeof(*o.shared), VWR_QUEUE_SHARED_ALIGN);
    data = fake_ram_alloc(16, 1);
    o.request.timeout_us = 50000;
    assert_int_equal(vwr_i2c_open(&i, &w->mmio.dev, &o), VWR_OK);
    assert_int_equal(transfer(), VWR_OK);
}

static int look(struct world *w, unsigned queue)
{
    (void)w;
    (void)queue;
    return transfer();
}

static int wait(struct world *w)
{
    (void)w;
    class_silent = true;
    fake_time.step = 1000;
    assert_int_equal(transfer(), VWR_ETIMEOUT);
    return VWR_ETIMEOUT;
}

/* Nothing is in flight, and nothing was sent again. */
static void came_back(struct world *w, int why)
{
    (void)why;
    class_all_posted(w, QUEUE, 0, 0);
    for (unsigned n = 0; n < VWR_I2C_MESSAGES; n++)
        assert_false(vwr_req_is_in_flight(&i.call[n].call.req));
    memset(data, 0, 16);
    assert_int_equal(transfer(), VWR_OK);
    assert_int_equal(i.done, 2);
    assert_int_equal(data[BYTES], TARGET);
    assert_int_equal(data[BYTES + 1], 0);
}

static int close_it(void)
{
    return vwr_i2c_close(&i);
}

static void released(void)
{
    for (unsigned n = 0; n < VWR_I2C_MESSAGES; n++)
        assert_false(vwr_req_is_in_flight(&i.call[n].call.req));
}

const struct driver_class class_i2c = {
    .name = "i2c",
    .kinds = KIND_ALL,
    .size = 8,
    .queues = queues,
    .queue_count = sizeof(queues) / sizeof(queues[0]),
    .empty = 1u << QUEUE,
    .bringup = &i.client.bringup,
    .steps = &vwr_i2c_bringup,
    .begin = begin,
    .look = look,
    .wait = wait,
    .came_back = came_back,
    .close = close_it,
    .released = released,
};
