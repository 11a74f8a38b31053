/* SPDX-License-Identifier: MIT */
#include "classes.h"
#include "fake_crypto.h"
#include "vwr/crypto.h"

#include <string.h>

/* A crypto device. It has no settings: a reset ends all sessions, and the caller creates them again. */

static const unsigned queues[] = {0, FAKE_CRYPTO_CONTROL};
#define FLIGHT 3u
#define BYTES 64u

static struct vwr_crypto c;
static struct vwr_crypto_request request[FLIGHT];
static struct vwr_crypto_session session;
static struct fake_chain chain;
static uint8_t *data;
static unsigned early; /* requests that completed before the violation */

static const struct vwr_crypto_setup setup = {
    .service = VWR_CRYPTO_SERVICE_HASH, .algo = VWR_CRYPTO_HASH_SHA1, .result_bytes = 20};

static struct vwr_crypto_data part(unsigned i)
{
    return (struct vwr_crypto_data){
        .src = data + i * BYTES, .src_bytes = 40, .dst = data + i * BYTES + 40, .dst_bytes = 20};
}

/* Requests are in flight; the device has taken one and written a part of its result. */
static void begin(struct world *w, const struct format *f)
{
    struct vwr_crypto_options o = {.shared = fake_ram_alloc(sizeof(*o.shared), VWR_QUEUE_SHARED_ALIGN)};

    fake_crypto_plug(w, f, false);
    memset(&c, 0xa5, sizeof(c));
    memset(request, 0, sizeof(request));
    data = fake_ram_alloc(FLIGHT * BYTES, 8);
    class_silent = false;
    early = 0;
    assert_int_equal(vwr_crypto_open(&c, &w->mmio.dev, &o), VWR_OK);
    assert_int_equal(vwr_crypto_create(&c, &session, &setup), VWR_OK);
    class_silent = true;
    for (unsigned i = 0; i < FLIGHT; i++) {
        const struct vwr_crypto_data m = part(i);

        assert_int_equal(vwr_crypto_fill(&request[i], &session, &m), VWR_OK);
        assert_int_equal(vwr_crypto_submit(vwr_crypto_get_dataq(&c, 0), &request[i]), VWR_OK);
    }
    (void)vwr_crypto_kick(vwr_crypto_get_dataq(&c, 0));
    assert_true(fake_ring_next(&w->f, 0, &chain));
    class_write(&chain, "half", 4);
}

static int look(struct world *w, unsigned queue)
{
    struct vwr_crypto_session other;
    struct vwr_crypto_request *done;
    int r;

    (void)w;
    if (queue == FAKE_CRYPTO_CONTROL)
        return vwr_crypto_create(&c, &other, &setup);
    r = vwr_crypto_reap(vwr_crypto_get_dataq(&c, 0), &done, 1);
    if (r == 1)
        assert_ptr_equal(done, &request[early++]);
    return r;
}

static int wait(struct world *w)
{
    int r = 0;

    fake_time.step = 100u * 1000u;
    while (r == 0)
        r = look(w, 0);
    assert_int_equal(r, VWR_ETIMEOUT);
    return r;
}

static void came_back(struct world *w, int why)
{
    struct vwr_crypto_request *done[FLIGHT + 1];
    const struct vwr_crypto_data m = part(0);

    (void)w;
    assert_int_equal(vwr_crypto_reap(vwr_crypto_get_dataq(&c, 0), done, FLIGHT + 1), FLIGHT - early);
    for (unsigned i = early; i < FLIGHT; i++) {
        assert_ptr_equal(done[i - early], &request[i]);
        assert_int_equal(request[i].call.req.result, why);
    }
    assert_int_equal(vwr_crypto_run(&c, &session, &m), VWR_ERESET);
    assert_int_equal(vwr_crypto_destroy(&c, &session), VWR_OK);
    assert_int_equal(vwr_crypto_create(&c, &session, &setup), VWR_OK);
    memset(data, 0x33, BYTES);
    assert_int_equal(vwr_crypto_run(&c, &session, &m), 20);
    assert_int_equal(data[40], 0xcc);
    assert_int_equal(vwr_queue_in_flight(&c.first.client.requests.queue), 0);
    assert_int_equal(vwr_queue_in_flight(&c.control.requests.queue), 0);
}

static int close_it(void)
{
    return vwr_close(&c.bringup);
}

static void released(void)
{
    for (unsigned i = 0; i < FLIGHT; i++)
        assert_false(vwr_req_is_in_flight(&request[i].call.req));
}

const struct driver_class class_crypto = {
    .name = "crypto",
    .kinds = KIND_ALL,
    .size = 32,
    .queues = queues,
    .queue_count = sizeof(queues) / sizeof(queues[0]),
    .reused = 1u << FAKE_CRYPTO_CONTROL, /* the first of two answers ends the call */
    .empty = 1u << FAKE_CRYPTO_CONTROL,
    .bringup = &c.bringup,
    .steps = &vwr_crypto_bringup,
    .begin = begin,
    .look = look,
    .wait = wait,
    .came_back = came_back,
    .close = close_it,
    .released = released,
};
