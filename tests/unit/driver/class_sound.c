/* SPDX-License-Identifier: MIT */
#include "classes.h"
#include "fake_sound.h"

#include <string.h>

/* A sound card. Its settings are the parameters of the streams. */

#define CONTROL VWR_SND_QUEUE_CONTROLQ
#define EVENT VWR_SND_QUEUE_EVENTQ
#define TX VWR_SND_QUEUE_TXQ
#define RX VWR_SND_QUEUE_RXQ

static const unsigned queues[] = {CONTROL, EVENT, TX, RX};

static struct vwr_sound s;
static struct fake_chain chain;
static uint8_t frames[2 * FAKE_PERIOD];

static void start(unsigned stream)
{
    assert_int_equal(vwr_sound_start(&s, stream), VWR_OK);
    assert_int_equal(fake_sound.period, FAKE_PERIOD);
}

/* Two periods are played and two are recorded; the device has started with one of each. */
static void begin(struct world *w, const struct format *f)
{
    const struct vwr_sound_params p = fake_sound_params();

    fake_sound_plug(w, f);
    assert_int_equal(fake_sound_open(w, &s), VWR_OK);
    for (unsigned i = FAKE_OUT; i <= FAKE_IN; i++) {
        assert_int_equal(vwr_sound_set_params(&s, i, &p), VWR_OK);
        start(i);
    }
    class_silent = true;
    assert_int_equal(vwr_sound_write(&s, FAKE_OUT, frames, sizeof(frames)), sizeof(frames));
    assert_true(fake_ring_next(&w->f, TX, &chain));
    assert_true(fake_ring_next(&w->f, RX, &chain));
}

static int look(struct world *w, unsigned queue)
{
    struct vwr_sound_event e;

    (void)w;
    if (queue == CONTROL)
        return vwr_sound_remap(&s, 0, 1, 1);
    if (queue == EVENT)
        return vwr_sound_poll(&s, &e);
    return queue == TX ? vwr_sound_write(&s, FAKE_OUT, frames, 0) : vwr_sound_read(&s, FAKE_IN, frames, 0);
}

/* Periods have no deadline; commands do. */
static int wait(struct world *w)
{
    (void)w;
    fake_time.step = 100u * 1000u;
    assert_int_equal(vwr_sound_remap(&s, 0, 1, 1), VWR_ETIMEOUT);
    return VWR_ETIMEOUT;
}

/* The streams have stopped and dropped their periods; a start sets the parameters again. */
static void came_back(struct world *w, int why)
{
    struct vwr_sound_event e;

    (void)why;
    fake_time.step = 1;
    for (unsigned i = FAKE_OUT; i <= FAKE_IN; i++)
        assert_int_equal(s.stream[i].state, VWR_SOUND_NEW);
    assert_int_equal(vwr_sound_write(&s, FAKE_OUT, frames, 1), VWR_EINVAL);
    assert_int_equal(vwr_sound_read(&s, FAKE_IN, frames, 1), VWR_EINVAL);
    class_all_posted(w, EVENT, VWR_SOUND_EVENTS, 0);
    assert_int_equal(fake_ring_waiting(&w->f, TX), 0);
    fake_sound.period = 0;
    start(FAKE_OUT);
    start(FAKE_IN);
    assert_int_equal(vwr_sound_write(&s, FAKE_OUT, frames, sizeof(frames)), sizeof(frames));
    assert_int_equal(vwr_sound_write(&s, FAKE_OUT, frames, 1), 0);
    for (unsigned i = 0; i < 2; i++) {
        assert_true(fake_sound_returns(w, TX, VWR_SND_S_OK, sizeof(struct vwr_snd_pcm_status)));
        assert_true(fake_sound_returns(w, RX, VWR_SND_S_OK, FAKE_PERIOD + sizeof(struct vwr_snd_pcm_status)));
    }
    assert_int_equal(vwr_sound_write(&s, FAKE_OUT, frames, 1), 1);
    assert_int_equal(vwr_sound_read(&s, FAKE_IN, frames, sizeof(frames)), sizeof(frames));
    assert_int_equal(frames[FAKE_PERIOD], 0x3c);
    assert_true(fake_sound_sends(w, VWR_SND_EVT_JACK_DISCONNECTED, 0));
    assert_int_equal(vwr_sound_poll(&s, &e), 1);
    assert_false(s.jack[0].connected);
}

static int close_it(void)
{
    return vwr_close(&s.bringup);
}

static void released(void)
{
    for (unsigned i = 0; i < VWR_SOUND_EVENTS; i++)
        assert_int_not_equal(s.event_buffer[i].owner, VWR_RECEIVE_DEVICE);
    for (unsigned i = 0; i < VWR_SOUND_STREAMS; i++)
        for (unsigned k = 0; k < VWR_SOUND_PERIODS; k++)
            assert_false(vwr_req_is_in_flight(&s.stream[i].period[k].call.any.req));
}

const struct driver_class class_sound = {
    .name = "sound",
    .kinds = KIND_SPLIT | KIND_PACKED, /* there is no legacy sound card */
    .size = 16,
    .queues = queues,
    .queue_count = sizeof(queues) / sizeof(queues[0]),
    .reused = 1u << CONTROL | 1u << EVENT,
    .empty = 1u << CONTROL,
    .bringup = &s.bringup,
    .steps = &vwr_sound_bringup,
    .begin = begin,
    .look = look,
    .wait = wait,
    .came_back = came_back,
    .close = close_it,
    .released = released,
};
