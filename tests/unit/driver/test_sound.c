/* SPDX-License-Identifier: MIT */
#include "fake_sound.h"
#include "vwr/open/rows.h"

#include <string.h>

/*
 * The sound driver with a misbehaving device: tables, answers, periods and events that no device may send.
 * ../../pair/case_pcm.c sends frames through the driver.
 */

#define SIZE 16u
#define TX VWR_SND_QUEUE_TXQ
#define RX VWR_SND_QUEUE_RXQ
#define STATUS ((uint32_t)sizeof(struct vwr_snd_pcm_status))

static struct vwr_sound s;
static uint8_t frames[3 * FAKE_PERIOD];

static void begin(struct world *w, const struct format *f)
{
    fake_sound_plug(w, f);
    assert_int_equal(fake_sound_open(w, &s), VWR_OK);
}

static void start(unsigned stream)
{
    const struct vwr_sound_params p = fake_sound_params();

    assert_int_equal(vwr_sound_set_params(&s, stream, &p), VWR_OK);
    assert_int_equal(vwr_sound_start(&s, stream), VWR_OK);
}

/* Items beyond the driver's memory are ignored; a channel map is truncated. */
static void tables(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    fake_sound_plug(w, f);
    fake_config(&w->f, VWR_SND_CONFIG_JACKS, 4, UINT32_MAX);
    fake_config(&w->f, VWR_SND_CONFIG_STREAMS, 4, UINT32_MAX);
    fake_config(&w->f, VWR_SND_CONFIG_CHMAPS, 4, UINT32_MAX);
    fake_sound.channels = 255;
    assert_int_equal(fake_sound_open(w, &s), VWR_OK);
    assert_int_equal(s.jacks, VWR_SOUND_JACKS);
    assert_int_equal(s.streams, VWR_SOUND_STREAMS);
    assert_int_equal(s.chmaps, VWR_SOUND_CHMAPS);
    assert_int_equal(s.chmap[0].channels, VWR_SND_CHMAP_MAX_SIZE);
}

/* A device that does not describe itself is closed. */
static void D30_no_tables(struct world *w, const struct format *f, const void *param)
{
    static const uint32_t codes[] = {VWR_SND_R_JACK_INFO, VWR_SND_R_PCM_INFO, VWR_SND_R_CHMAP_INFO};

    (void)param;
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        fake_sound_plug(w, f);
        fake_sound.status = VWR_SND_S_IO_ERR;
        fake_sound.bad_code = codes[i];
        assert_int_equal(fake_sound_open(w, &s), VWR_EIO);
        assert_int_equal(w->f.status, VWR_STATUS_RESET);
    }
}

/* A queue that is gone cannot describe the fault of its request, so the device does, in a table or without
 * one. */
static void D30_short_table(struct world *w, const struct format *f, const void *param)
{
    static const struct vwr_open_class cls = VWR_OPEN_SOUND;
    const struct vwr_open_options o = {
        .classes = &cls,
        .class_count = 1,
        .own = &s,
        .own_bytes = sizeof(s),
        .shared = fake_ram_alloc(sizeof(struct vwr_sound_open_shared), VWR_QUEUE_SHARED_ALIGN),
        .shared_bytes = sizeof(struct vwr_sound_open_shared)};
    struct vwr_opened opened = {.cls = NULL};
    char text[160];

    (void)param;
    fake_sound_plug(w, f);
    fake_sound.most = 8;
    assert_int_equal(vwr_open(&opened, &w->mmio.dev, &o), VWR_EPROTO);
    assert_int_equal(w->f.status, VWR_STATUS_RESET);
    assert_true(vwr_opened_explain(&opened, text, sizeof(text)) > 0);
    assert_string_equal(text, "request 1: the device reports an answer of 8 bytes, which is too short");
}

/* An answer with an error, or an unknown one, changes no state. */
static void D30_refusals(struct world *w, const struct format *f, const void *param)
{
    const struct vwr_sound_params p = fake_sound_params();

    (void)param;
    begin(w, f);
    fake_sound.status = 77;
    assert_true(vwr_sound_set_params(&s, FAKE_OUT, &p) < 0);
    assert_int_equal(s.stream[FAKE_OUT].state, VWR_SOUND_NEW);
    assert_true(vwr_sound_prepare(&s, FAKE_OUT) < 0);
    assert_int_equal(fake_sound.code[fake_sound.commands - 1], VWR_SND_R_PCM_SET_PARAMS);
    fake_sound.bad_code = VWR_SND_R_PCM_PREPARE;
    assert_true(vwr_sound_start(&s, FAKE_OUT) < 0);
    assert_int_equal(s.stream[FAKE_OUT].state, VWR_SOUND_SET);
    fake_sound.bad_code = VWR_SND_R_PCM_START;
    assert_true(vwr_sound_start(&s, FAKE_OUT) < 0);
    assert_int_equal(s.stream[FAKE_OUT].state, VWR_SOUND_PREPARED);
    fake_sound.bad_code = VWR_SND_R_PCM_STOP;
    assert_int_equal(vwr_sound_start(&s, FAKE_OUT), VWR_OK);
    assert_true(vwr_sound_release(&s, FAKE_OUT) < 0);
    assert_int_equal(s.stream[FAKE_OUT].state, VWR_SOUND_STARTED);
    fake_sound.bad_code = VWR_SND_R_PCM_RELEASE;
    assert_true(vwr_sound_release(&s, FAKE_OUT) < 0);
    assert_int_equal(s.stream[FAKE_OUT].state, VWR_SOUND_STOPPED);
    fake_sound.status = 0;
    assert_int_equal(vwr_sound_release(&s, FAKE_OUT), VWR_OK);
}

/* Quirk sound.start-twice: each command goes out once. */
static void once(struct world *w, const struct format *f, const void *param)
{
    static const uint32_t codes[] = {VWR_SND_R_PCM_SET_PARAMS, VWR_SND_R_PCM_PREPARE, VWR_SND_R_PCM_START,
                                     VWR_SND_R_PCM_STOP,       VWR_SND_R_PCM_START,   VWR_SND_R_PCM_STOP,
                                     VWR_SND_R_PCM_RELEASE,    VWR_SND_R_PCM_PREPARE, VWR_SND_R_PCM_START};

    (void)param;
    begin(w, f);
    start(FAKE_OUT);
    assert_int_equal(vwr_sound_start(&s, FAKE_OUT), VWR_OK);
    for (unsigned i = 0; i < 2; i++)
        assert_int_equal(vwr_sound_stop(&s, FAKE_OUT), VWR_OK);
    for (unsigned i = 0; i < 2; i++)
        assert_int_equal(vwr_sound_start(&s, FAKE_OUT), VWR_OK);
    for (unsigned i = 0; i < 2; i++)
        assert_int_equal(vwr_sound_release(&s, FAKE_OUT), VWR_OK);
    assert_int_equal(vwr_sound_start(&s, FAKE_OUT), VWR_OK);
    assert_int_equal(fake_sound.commands, sizeof(codes) / sizeof(codes[0]));
    assert_memory_equal(fake_sound.code, codes, sizeof(codes));
}

/* A used length beyond the period, below it, and an error: the driver reads the existing data. */
static void D27_lengths(struct world *w, const struct format *f, const void *param)
{
    static const uint32_t used[] = {FAKE_PERIOD + 1000, FAKE_PERIOD + STATUS, STATUS + 10, STATUS, 0, 3};

    (void)param;
    begin(w, f);
    start(FAKE_IN);
    for (size_t i = 0; i < sizeof(used) / sizeof(used[0]); i++) {
        int r;

        assert_true(fake_sound_returns(w, RX, VWR_SND_S_OK, used[i]));
        r = vwr_sound_read(&s, FAKE_IN, frames, sizeof(frames));
        assert_true(r >= 0 && (uint32_t)r <= FAKE_PERIOD);
        for (int k = 0; k < r; k++)
            assert_int_equal(frames[k], 0x3c);
    }
    assert_true(fake_sound_returns(w, RX, VWR_SND_S_IO_ERR, FAKE_PERIOD + STATUS));
    assert_int_equal(vwr_sound_read(&s, FAKE_IN, frames, sizeof(frames)), 0);
    assert_true(s.stream[FAKE_IN].failed >= 1);
    assert_true(fake_sound_returns(w, RX, VWR_SND_S_OK, FAKE_PERIOD + STATUS));
    assert_int_equal(vwr_sound_read(&s, FAKE_IN, frames, sizeof(frames)), FAKE_PERIOD);
}

/* Playback periods that are returned with an error are counted, and their space is reused. */
static void D30_failed_periods(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    start(FAKE_OUT);
    for (unsigned i = 0; i < 10; i++) {
        assert_int_equal(vwr_sound_write(&s, FAKE_OUT, frames, sizeof(frames)), 2 * FAKE_PERIOD);
        assert_int_equal(vwr_sound_latency(&s, FAKE_OUT), 2 * FAKE_PERIOD);
        assert_int_equal(s.stream[FAKE_OUT].count, 2);
        for (unsigned k = 0; k < 2; k++)
            assert_true(fake_sound_returns(w, TX, VWR_SND_S_IO_ERR, STATUS));
        assert_int_equal(vwr_sound_write(&s, FAKE_OUT, NULL, 0), 0);
        assert_int_equal(s.stream[FAKE_OUT].count, 0);
    }
    assert_int_equal(vwr_sound_write(&s, FAKE_OUT, frames, 1), 1);
    assert_int_equal(s.stream[FAKE_OUT].failed, 20);
    assert_int_equal(vwr_sound_latency(&s, FAKE_OUT), 1);
}

/* A release without the periods, which the device must return: no prepare until they have been returned. */
static void D30_keeps_periods(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    start(FAKE_OUT);
    assert_int_equal(vwr_sound_write(&s, FAKE_OUT, frames, sizeof(frames)), 2 * FAKE_PERIOD);
    assert_int_equal(vwr_sound_release(&s, FAKE_OUT), VWR_OK);
    assert_int_equal(vwr_sound_prepare(&s, FAKE_OUT), VWR_EBUSY);
    assert_true(fake_sound_returns(w, TX, VWR_SND_S_IO_ERR, STATUS));
    assert_int_equal(vwr_sound_start(&s, FAKE_OUT), VWR_EBUSY);
    assert_true(fake_sound_returns(w, TX, VWR_SND_S_IO_ERR, STATUS));
    assert_int_equal(vwr_sound_start(&s, FAKE_OUT), VWR_OK);
    assert_int_equal(vwr_sound_write(&s, FAKE_OUT, frames, sizeof(frames)), 2 * FAKE_PERIOD);
}

/* Events for nonexistent items, and unknown events, are ignored and counted. */
static void D30_events(struct world *w, const struct format *f, const void *param)
{
    static const struct vwr_sound_event wrong[] = {{VWR_SND_EVT_JACK_CONNECTED, 1},
                                                   {VWR_SND_EVT_JACK_DISCONNECTED, UINT32_MAX},
                                                   {VWR_SND_EVT_PCM_XRUN, 2},
                                                   {VWR_SND_EVT_PCM_PERIOD_ELAPSED, 99},
                                                   {VWR_SND_EVT_CTL_NOTIFY, 0},
                                                   {0, 0},
                                                   {UINT32_MAX, 0}};
    struct vwr_sound_event e;

    (void)param;
    begin(w, f);
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_true(fake_sound_sends(w, wrong[i].type, wrong[i].id));
    assert_int_equal(vwr_sound_poll(&s, &e), 0);
    assert_int_equal(s.client.ignored, sizeof(wrong) / sizeof(wrong[0]));
    for (unsigned i = 0; i < 3 * VWR_SOUND_EVENTS; i++) {
        assert_true(fake_sound_sends(w, VWR_SND_EVT_PCM_XRUN, FAKE_IN));
        assert_int_equal(vwr_sound_poll(&s, &e), 1);
        assert_true(e.type == VWR_SND_EVT_PCM_XRUN && e.id == FAKE_IN);
    }
    assert_true(s.jack[0].connected);
}

static void (*serve)(struct fake *f, uint32_t queue);

/* A device that answers, but never acknowledges the following reset. */
static void serve_the_last_time(struct fake *f, uint32_t queue)
{
    f->quirks.reset_reads = FAKE_FOREVER;
    serve(f, queue);
}

/* A device that leaves instead of an answer. */
static void leave(struct fake *f, uint32_t queue)
{
    (void)queue;
    f->quirks.gone = true;
}

/* A device that refuses FEATURES_OK, leaves, is silent, or cannot be closed. */
static void D25_not_opened(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    assert_int_equal(fake_sound_open(w, &s), VWR_EBUSY);
    fake_sound_plug(w, f);
    w->f.quirks.refuse_status = VWR_STATUS_FEATURES_OK;
    assert_int_equal(fake_sound_open(w, &s), VWR_EFEATURE);
    fake_sound_plug(w, f);
    w->f.on_notify = leave;
    fake_time.step = 100u * 1000u;
    assert_int_equal(fake_sound_open(w, &s), VWR_EGONE);
    assert_int_equal(w->mmio.dev.state, VWR_DEV_FAILED);
    w->f.quirks.gone = false;
    fake_sound_plug(w, f);
    fake_sound.silent = true;
    assert_int_equal(fake_sound_open(w, &s), VWR_ETIMEOUT);
    assert_int_equal(w->mmio.dev.state, VWR_DEV_PROBED);
    fake_sound_plug(w, f);
    serve = w->f.on_notify;
    w->f.on_notify = serve_the_last_time;
    fake_sound.status = VWR_SND_S_IO_ERR;
    assert_int_equal(fake_sound_open(w, &s), VWR_ETIMEOUT);
    assert_int_equal(w->mmio.dev.state, VWR_DEV_FAILED);
    fake_time.step = 1;
}

/* Parameters that the driver or the stream does not support: no command is sent. */
static void refused(struct world *w, const struct format *f, const void *param)
{
    const struct vwr_sound_params p = fake_sound_params();
    struct vwr_sound_params bad[6];
    const int results[] = {VWR_EINVAL, VWR_EINVAL, VWR_EINVAL, VWR_EUNSUPP, VWR_EUNSUPP, VWR_EUNSUPP};

    (void)param;
    begin(w, f);
    for (size_t i = 0; i < 6; i++)
        bad[i] = p;
    bad[0].period_bytes = 0;
    bad[1].period_bytes = VWR_SOUND_PERIOD_BYTES + 1;
    bad[2].periods = VWR_SOUND_PERIODS + 1;
    bad[3].rate = VWR_SND_PCM_RATE_5512;
    bad[4].channels = 0;
    bad[5].channels = 3;
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(vwr_sound_set_params(&s, FAKE_OUT, &bad[i]), results[i]);
    assert_int_equal(vwr_sound_set_params(&s, 2, &p), VWR_EINVAL);
    assert_int_equal(vwr_sound_prepare(&s, FAKE_OUT), VWR_EINVAL);
    assert_int_equal(vwr_sound_start(&s, FAKE_OUT), VWR_EINVAL);
    assert_int_equal(fake_sound.commands, 0);
    bad[0] = p;
    bad[0].xruns = false;
    assert_int_equal(vwr_sound_set_params(&s, FAKE_OUT, &bad[0]), VWR_OK);
    assert_int_equal(fake_sound.features, 0);
    start(FAKE_OUT);
    assert_int_equal(fake_sound.features, 1u << VWR_SND_PCM_F_EVT_XRUNS);
}

/* Commands in a state in which they wait for another one, and a release of a stream that never ran. */
static void states(struct world *w, const struct format *f, const void *param)
{
    const struct vwr_sound_params p = fake_sound_params();
    unsigned commands;

    (void)param;
    begin(w, f);
    start(FAKE_OUT);
    commands = fake_sound.commands;
    assert_int_equal(vwr_sound_set_params(&s, FAKE_OUT, &p), VWR_EBUSY);
    assert_int_equal(vwr_sound_prepare(&s, FAKE_OUT), VWR_EBUSY);
    assert_int_equal(fake_sound.commands, commands);
    assert_int_equal(vwr_sound_stop(&s, FAKE_OUT), VWR_OK);
    assert_int_equal(vwr_sound_prepare(&s, FAKE_OUT), VWR_EBUSY);
    assert_int_equal(s.stream[FAKE_OUT].state, VWR_SOUND_STOPPED);
    assert_int_equal(vwr_sound_release(&s, FAKE_OUT), VWR_OK);
    assert_int_equal(vwr_sound_prepare(&s, FAKE_OUT), VWR_OK);
    fake_sound.bad_code = VWR_SND_R_PCM_RELEASE;
    fake_sound.status = VWR_SND_S_IO_ERR;
    assert_int_equal(vwr_sound_set_params(&s, FAKE_OUT, &p), VWR_EIO);
    assert_int_equal(s.stream[FAKE_OUT].state, VWR_SOUND_PREPARED);
    fake_sound.status = 0;
    commands = fake_sound.commands;
    assert_int_equal(vwr_sound_release(&s, FAKE_OUT), VWR_OK);
    assert_int_equal(fake_sound.commands, commands + 1);
    assert_int_equal(s.stream[FAKE_OUT].state, VWR_SOUND_RELEASED);
}

/* A period that was never sent is returned: the call that finds it reports this. */
static void D02_no_such_period(struct world *w, const struct format *f, const void *param)
{
    const struct vwr_sound_params p = fake_sound_params();

    (void)param;
    begin(w, f);
    assert_int_equal(vwr_sound_set_params(&s, FAKE_OUT, &p), VWR_OK);
    fake_ring_put(&w->f, TX, 3, STATUS);
    assert_int_equal(vwr_sound_prepare(&s, FAKE_OUT), VWR_EBADRING);
    assert_int_equal(s.stream[FAKE_OUT].state, VWR_SOUND_SET);
    begin(w, f);
    start(FAKE_OUT);
    fake_ring_put(&w->f, TX, 3, STATUS);
    assert_int_equal(vwr_sound_release(&s, FAKE_OUT), VWR_EBADRING);
    assert_int_equal(s.stream[FAKE_OUT].state, VWR_SOUND_RELEASED);
}

/* A device that answers each buffer with an event that the driver ignores: the call ends. */
static void send_nothing(struct fake *f, uint32_t queue)
{
    struct world *const w = (struct world *)(void *)((uint8_t *)f - offsetof(struct world, f));

    serve(f, queue);
    if (queue == VWR_SND_QUEUE_EVENTQ)
        (void)fake_sound_sends(w, VWR_SND_EVT_JACK_CONNECTED, 1);
}

static void D30_endless_events(struct world *w, const struct format *f, const void *param)
{
    struct vwr_sound_event e;

    (void)param;
    begin(w, f);
    serve = w->f.on_notify;
    w->f.on_notify = send_nothing;
    fake_ring_suppress(&w->f, VWR_SND_QUEUE_EVENTQ, FAKE_ALWAYS, 0);
    assert_true(fake_sound_sends(w, VWR_SND_EVT_JACK_CONNECTED, 1));
    assert_int_equal(vwr_sound_poll(&s, &e), 0);
    assert_int_equal(s.client.ignored, VWR_SOUND_EVENTS);
    w->f.on_notify = serve;
    assert_int_equal(vwr_sound_poll(&s, &e), 0);
    assert_int_equal(s.client.ignored, VWR_SOUND_EVENTS + 1);
}

/* A call that would sleep must not do so if any queue has work. */
static void arm(struct world *w, const struct format *f, const void *param)
{
    struct vwr_sound_event e;

    (void)param;
    begin(w, f);
    start(FAKE_OUT);
    start(FAKE_IN);
    assert_int_equal(vwr_sound_write(&s, FAKE_OUT, frames, FAKE_PERIOD), FAKE_PERIOD);
    assert_true(vwr_sound_arm(&s));
    assert_true(fake_sound_sends(w, VWR_SND_EVT_JACK_DISCONNECTED, 0));
    assert_false(vwr_sound_arm(&s));
    assert_int_equal(vwr_sound_poll(&s, &e), 1);
    assert_false(s.jack[0].connected);
    assert_true(vwr_sound_arm(&s));
    assert_true(fake_sound_returns(w, TX, VWR_SND_S_OK, STATUS));
    assert_false(vwr_sound_arm(&s));
    assert_int_equal(vwr_sound_write(&s, FAKE_OUT, frames, 0), 0);
    assert_true(vwr_sound_arm(&s));
    assert_true(fake_sound_returns(w, RX, VWR_SND_S_OK, FAKE_PERIOD + STATUS));
    assert_false(vwr_sound_arm(&s));
    assert_int_equal(vwr_sound_read(&s, FAKE_IN, frames, FAKE_PERIOD), FAKE_PERIOD);
    assert_true(vwr_sound_arm(&s));
}

/* A ring with space for one period: a full period waits for the next call. */
static void small_ring(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    start(FAKE_OUT);
    assert_int_equal(vwr_sound_write(&s, FAKE_OUT, frames, 3 * FAKE_PERIOD), 2 * FAKE_PERIOD);
    assert_int_equal(vwr_sound_write(&s, FAKE_OUT, frames, 1), 0);
    assert_int_equal(vwr_sound_latency(&s, FAKE_OUT), 2 * FAKE_PERIOD);
    assert_true(fake_sound_returns(w, TX, VWR_SND_S_OK, STATUS));
    assert_false(fake_sound_returns(w, TX, VWR_SND_S_OK, STATUS));
    assert_int_equal(vwr_sound_write(&s, FAKE_OUT, frames, 1), 1);
    assert_true(fake_sound_returns(w, TX, VWR_SND_S_OK, STATUS));
    start(FAKE_IN);
    for (unsigned i = 0; i < 3; i++) {
        assert_true(fake_sound_returns(w, RX, VWR_SND_S_OK, FAKE_PERIOD + STATUS));
        assert_false(fake_sound_returns(w, RX, VWR_SND_S_OK, FAKE_PERIOD + STATUS));
        assert_int_equal(vwr_sound_read(&s, FAKE_IN, frames, 2 * FAKE_PERIOD), FAKE_PERIOD);
    }
}

/* The port has no address for the memory of periods. */
static uint64_t no_periods(const void *p, size_t n, size_t *run)
{
    const uint8_t *const first = s.options.shared->period[0][0];

    if ((const uint8_t *)p < first || (const uint8_t *)p >= first + sizeof(s.options.shared->period))
        return fake_ram_dma(p, n, run);
    *run = 0;
    return 0;
}

static void no_address(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    start(FAKE_OUT);
    fake_ram_translate(no_periods);
    assert_int_equal(vwr_sound_write(&s, FAKE_OUT, frames, 2 * FAKE_PERIOD), FAKE_PERIOD);
    assert_int_equal(vwr_sound_write(&s, FAKE_OUT, frames, 1), VWR_EINVAL);
    fake_ram_translate(NULL);
    assert_int_equal(vwr_sound_write(&s, FAKE_OUT, frames, 1), 1);
    start(FAKE_IN);
    fake_ram_translate(no_periods);
    for (unsigned i = 0; i < 2; i++)
        assert_true(fake_sound_returns(w, RX, VWR_SND_S_OK, FAKE_PERIOD + STATUS));
    assert_int_equal(vwr_sound_read(&s, FAKE_IN, frames, 3 * FAKE_PERIOD), 2 * FAKE_PERIOD);
    assert_int_equal(vwr_sound_read(&s, FAKE_IN, frames, 1), VWR_EINVAL);
    fake_ram_translate(NULL);
    assert_int_equal(vwr_sound_read(&s, FAKE_IN, frames, 1), 0);
    assert_true(fake_sound_returns(w, RX, VWR_SND_S_OK, FAKE_PERIOD + STATUS));
    assert_int_equal(vwr_sound_read(&s, FAKE_IN, frames, FAKE_PERIOD), FAKE_PERIOD);
}

/* All periods of all streams are returned at once: one call reaps them. */
static void all_streams(struct world *w, const struct format *f, uint32_t records, unsigned queue)
{
    struct vwr_sound_params p = fake_sound_params();

    fake_sound_plug(w, f);
    fake_config(&w->f, VWR_SND_CONFIG_STREAMS, 4, VWR_SOUND_STREAMS);
    fake_sound.records = records;
    assert_int_equal(fake_sound_open(w, &s), VWR_OK);
    p.periods = VWR_SOUND_PERIODS;
    for (unsigned i = 0; i < VWR_SOUND_STREAMS; i++) {
        assert_int_equal(vwr_sound_set_params(&s, i, &p), VWR_OK);
        assert_int_equal(vwr_sound_start(&s, i), VWR_OK);
        for (unsigned k = 0; queue == TX && k < VWR_SOUND_PERIODS; k++)
            assert_int_equal(vwr_sound_write(&s, i, frames, FAKE_PERIOD), FAKE_PERIOD);
    }
    while (fake_sound_returns(w, queue, VWR_SND_S_OK, STATUS))
        continue;
    assert_int_equal(vwr_sound_stop(&s, 0), VWR_OK);
    assert_int_equal(vwr_sound_release(&s, 0), VWR_OK);
    for (unsigned i = 0; i < VWR_SOUND_STREAMS; i++)
        for (unsigned k = 0; k < VWR_SOUND_PERIODS; k++)
            assert_false(vwr_req_is_in_flight(&s.stream[i].period[k].call.any.req));
}

static void every_period(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    all_streams(w, f, 0, TX);
    all_streams(w, f, (1u << VWR_SOUND_STREAMS) - 1u, RX);
}

#define ADD(test) format_add(&tests_, #test, test, NULL, &range)

static void D33_lacks_a_queue(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    for (unsigned queue = VWR_SND_QUEUE_CONTROLQ; queue <= RX; queue++) {
        fake_sound_plug(w, f);
        w->f.queue[queue].size_max = 0;
        assert_int_equal(fake_sound_open(w, &s), VWR_ENOQUEUE);
        assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    }
}

int main(void)
{
    static const uint16_t sizes[] = {SIZE, 0}, smalls[] = {4, 0}, larges[] = {VWR_SOUND_QUEUE, 0};
    static const struct format_range range = {KIND_SPLIT | KIND_PACKED, 0, 0, sizes};
    static const struct format_range small = {KIND_SPLIT | KIND_PACKED, 0, 0, smalls};
    static const struct format_range large = {KIND_SPLIT | KIND_PACKED, 0, 0, larges};
    static struct format_tests tests_;

    ADD(tables);
    ADD(D30_no_tables);
    ADD(D30_short_table);
    ADD(D30_refusals);
    ADD(once);
    ADD(D27_lengths);
    ADD(D30_failed_periods);
    ADD(D30_keeps_periods);
    ADD(D30_events);
    ADD(D25_not_opened);
    ADD(refused);
    ADD(states);
    ADD(D02_no_such_period);
    ADD(D30_endless_events);
    ADD(arm);
    ADD(no_address);
    ADD(D33_lacks_a_queue);
    format_add(&tests_, "small_ring", small_ring, NULL, &small);
    format_add(&tests_, "every_period", every_period, NULL, &large);
    return format_run("sound", &tests_);
}
