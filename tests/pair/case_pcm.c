/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "ram.h"
#include "suspend.h"
#include "vmm.h"

#include "vwr/sound.h"
#include "vwr/vsound.h"
#include "vwr_posix_wav.h"
#include "../common/random.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/*
 * Streams of a sound card: a sine that the driver plays arrives at the VMM sample by sample, and one that the
 * VMM gives arrives at the driver, in parts of any size. Tables, jacks, events, latency, every command in
 * every state, a release and a suspend with periods in flight, and a failure. Then the VMM's ends are WAV
 * files.
 */

#define SLOT 2u
#define QUEUE_SIZE 32u
#define STREAMS 3u
#define JACKS 2u
#define OUT 0u
#define IN 1u
#define SECOND 2u    /* another stream that plays, unless the ring is in order */
#define TOTAL 16384u /* bytes in each direction, multiplied by scale / 2 */
#define PERIOD 512u
#define CALL 1500u /* most bytes of a call */
#define CYCLE 100u /* samples */
#define PATIENCE 100000u

static struct {
    struct vwr_vsound device;
    struct vwr_vqueue queue[VWR_VSOUND_QUEUES];
    struct vwr_vqueue_entry own[VWR_VSOUND_QUEUES * QUEUE_SIZE];
    union vmm_end end;
    struct vwr_sound driver;
    unsigned changes; /* of the state of a stream */
    uint8_t seen[STREAMS];
    unsigned remaps;
} snd;

static uint64_t state;
static int16_t sine[CYCLE];

static void make_sine(void)
{
    double before = -0.06279051952931337; /* of 1 / CYCLE of a circle */
    double now = 0;

    for (unsigned i = 0; i < CYCLE; i++) {
        const double next = 1.9960534568565431 * now - before;

        sine[i] = (int16_t)(30000 * now);
        before = now;
        now = next;
    }
    CHECK(sine[0] == 0 && sine[25] > 29990 && sine[75] < -29990);
}

/* The byte of a stream of samples of 16 bits. */
static uint8_t byte_of(uint32_t at)
{
    return (uint8_t)((uint16_t)sine[at / 2 % CYCLE] >> at % 2 * 8);
}

static void fill(uint8_t *to, uint32_t at, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        to[i] = byte_of(at + i);
}

static void check(const uint8_t *bytes, uint32_t at, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        CHECK_NUMBER(bytes[i], byte_of(at + i));
}

/* ---- the VMM ---- */

#define FORMATS (UINT64_C(1) << VWR_SND_PCM_FMT_S16 | UINT64_C(1) << VWR_SND_PCM_FMT_FLOAT64)
#define RATES (UINT64_C(1) << VWR_SND_PCM_RATE_48000)

static const struct vwr_snd_pcm_info_item streams[STREAMS] = {
    {7, 0, FORMATS, RATES, VWR_SND_D_OUTPUT, 1, 2},
    {8, 0, FORMATS, RATES, VWR_SND_D_INPUT, 2, 2},
    {9, 0, FORMATS, RATES, VWR_SND_D_OUTPUT, 1, 8},
};
static const struct vwr_snd_jack_info_item jacks[JACKS] = {{7, 1u << VWR_SND_JACK_F_REMAP, 11, 12, 1},
                                                           {8, 0, 21, 22, 0}};
static const struct vwr_snd_chmap_info_item chmap = {
    7, VWR_SND_D_OUTPUT, 2, {VWR_SND_CHMAP_FL, VWR_SND_CHMAP_FR}};

static void changed(struct vwr_vsound *v, uint32_t stream)
{
    CHECK(v == &snd.device && stream < STREAMS);
    snd.changes += v->stream[stream].state != snd.seen[stream]; /* a load says it again */
    snd.seen[stream] = v->stream[stream].state;
}

static int remap(struct vwr_vsound *v, const struct vwr_snd_jack_remap_msg *m)
{
    CHECK(v == &snd.device && m->jack_id == 0 && m->association == 5);
    snd.remaps++;
    return m->sequence == 6 ? VWR_OK : VWR_SND_S_IO_ERR;
}

static const struct vwr_vsound_ops ops = {changed, remap};

static void init_device(unsigned kind, bool deferred)
{
    const unsigned count = (kind & DISK_IN_ORDER) != 0 ? STREAMS - 1 : STREAMS;
    const struct vwr_vsound_options o = {&ops, NULL, jacks, JACKS, streams, count, &chmap, 1};
    struct vwr_vdev_setup s = {
        .vm = &vmm, .line = SLOT, .queue = snd.queue, .queue_count = VWR_VSOUND_QUEUES, .own = snd.own};

    vmm_begin(deferred);
    memset(&snd, 0, sizeof(snd));
    s.queue_size = QUEUE_SIZE;
    s.own_count = VWR_COUNT(snd.own);
    disk_offer(&s.features, kind);
    CHECK_NUMBER(vwr_vsound_init_with(&snd.device, &s, &o), VWR_OK);
    vmm_add(SLOT, vwr_vsound_dev(&snd.device));
}

/* ---- the driver ---- */

static void open_driver(unsigned kind)
{
    struct vwr_sound_options o = {0};

    ram_reset();
    o.shared = ram_alloc_ring(sizeof(*o.shared));
    disk_avoid(&o.avoid, kind);
    CHECK_NUMBER(vmm_find(&snd.end, SLOT), VWR_OK);
    CHECK_NUMBER(vwr_sound_open(&snd.driver, &snd.end.dev, &o), VWR_OK);
}

static void check_tables(void)
{
    const struct vwr_sound *const s = &snd.driver;

    CHECK(s->jacks == JACKS && s->streams == snd.device.options.stream_count && s->chmaps == 1);
    for (unsigned i = 0; i < s->streams; i++)
        CHECK(s->stream[i].info.hda_fn_nid == 7 + i && s->stream[i].info.formats == FORMATS &&
              s->stream[i].info.rates == RATES && s->stream[i].info.direction == streams[i].direction &&
              s->stream[i].info.channels_max == streams[i].channels_max &&
              s->stream[i].info.channels_min == streams[i].channels_min);
    CHECK(s->jack[0].connected && !s->jack[1].connected);
    for (unsigned i = 0; i < JACKS; i++)
        CHECK(s->jack[i].hda_fn_nid == jacks[i].hda_fn_nid &&
              s->jack[i].hda_reg_defconf == jacks[i].hda_reg_defconf &&
              s->jack[i].hda_reg_caps == jacks[i].hda_reg_caps);
    CHECK(s->jack[0].features == 1u << VWR_SND_JACK_F_REMAP && s->jack[1].features == 0);
    CHECK(s->chmap[0].channels == 2 && s->chmap[0].positions[1] == VWR_SND_CHMAP_FR);
    CHECK_NUMBER(vwr_sound_remap(&snd.driver, 0, 5, 6), VWR_OK);
    CHECK_NUMBER(vwr_sound_remap(&snd.driver, 0, 5, 7), VWR_EIO);
    CHECK_NUMBER(vwr_sound_remap(&snd.driver, 1, 5, 6), VWR_EUNSUPP);
    CHECK_NUMBER(vwr_sound_remap(&snd.driver, JACKS, 5, 6), VWR_EINVAL);
    CHECK_NUMBER(snd.remaps, 2);
}

static struct vwr_sound_params params(void)
{
    const struct vwr_sound_params p = {.period_bytes = PERIOD,
                                       .periods = VWR_SOUND_PERIODS,
                                       .format = VWR_SND_PCM_FMT_S16,
                                       .rate = VWR_SND_PCM_RATE_48000,
                                       .channels = 2,
                                       .xruns = true};

    return p;
}

static void set_params(unsigned stream)
{
    struct vwr_sound_params p = params();

    p.format = VWR_SND_PCM_FMT_S32;
    CHECK_NUMBER(vwr_sound_set_params(&snd.driver, stream, &p), VWR_EUNSUPP);
    p = params();
    p.channels = 9;
    CHECK_NUMBER(vwr_sound_set_params(&snd.driver, stream, &p), VWR_EUNSUPP);
    p = params();
    p.periods = 0;
    CHECK_NUMBER(vwr_sound_set_params(&snd.driver, stream, &p), VWR_EINVAL);
    p = params();
    CHECK_NUMBER(vwr_sound_set_params(&snd.driver, stream, &p), VWR_OK);
    CHECK(snd.device.stream[stream].params.period_bytes == PERIOD &&
          snd.device.stream[stream].params.buffer_bytes == VWR_SOUND_PERIODS * PERIOD);
}

/* ---- frames ---- */

static void play(unsigned stream, uint32_t total)
{
    uint32_t sent = 0, got = 0;
    uint8_t bytes[CALL];

    for (unsigned steps = 0; got < total; steps++) {
        uint32_t n = 1 + random_below(&state, CALL);
        int r;

        CHECK_AT_MOST(steps, PATIENCE);
        fill(bytes, sent, n);
        r = vwr_sound_write(&snd.driver, stream, bytes, n < total - sent ? n : total - sent);
        CHECK(r >= 0 && (uint32_t)r <= n);
        sent += (uint32_t)r;
        if (sent == total)
            CHECK(vwr_sound_flush(&snd.driver, stream) <= VWR_OK);
        (void)vmm_step();
        CHECK(vwr_sound_latency(&snd.driver, stream) <= (uint64_t)VWR_SOUND_PERIODS * PERIOD + PERIOD);
        n = vwr_vsound_take(&snd.device, stream, bytes, random_below(&state, CALL));
        check(bytes, got, n);
        got += n;
        CHECK(got <= sent);
    }
}

static void record(uint32_t total)
{
    uint32_t given = 0, got = 0;
    uint8_t bytes[CALL];

    for (unsigned steps = 0; got < total; steps++) {
        uint32_t n = random_below(&state, CALL);
        int r;

        CHECK_AT_MOST(steps, PATIENCE);
        fill(bytes, given, n);
        given += vwr_vsound_give(&snd.device, IN, bytes, n);
        (void)vmm_step();
        n = 1 + random_below(&state, CALL);
        r = vwr_sound_read(&snd.driver, IN, bytes, n);
        CHECK(r >= 0 && (uint32_t)r <= n);
        check(bytes, got, (uint32_t)r);
        got += (uint32_t)r;
        CHECK(got <= given);
    }
}

/* Fills all periods. */
static uint32_t write_all(unsigned stream)
{
    static uint8_t bytes[(VWR_SOUND_PERIODS + 1) * PERIOD];
    int r;

    fill(bytes, 0, sizeof(bytes));
    r = vwr_sound_write(&snd.driver, stream, bytes, sizeof(bytes));
    CHECK_NUMBER(r, VWR_SOUND_PERIODS * PERIOD);
    CHECK_NUMBER(vwr_sound_write(&snd.driver, stream, bytes, 1), 0);
    vmm_run_until_idle();
    return (uint32_t)r;
}

static void take_all(unsigned stream, uint32_t bytes)
{
    static uint8_t got[VWR_SOUND_PERIODS * PERIOD + 1];

    CHECK_NUMBER(vwr_vsound_take(&snd.device, stream, got, bytes), bytes);
    check(got, 0, bytes);
}

/* ---- jacks and events ---- */

/* Includes those that had to wait for a buffer. */
static bool next_event(struct vwr_sound_event *e)
{
    int r;

    vmm_run_until_idle();
    r = vwr_sound_poll(&snd.driver, e);
    CHECK(r >= 0);
    return r == 1;
}

static void expect_event(uint32_t type, uint32_t id)
{
    struct vwr_sound_event e;

    CHECK_NUMBER(vwr_sound_poll(&snd.driver, &e), 1);
    CHECK_NUMBER(e.type, type);
    CHECK_NUMBER(e.id, id);
}

static void check_events(void)
{
    struct vwr_sound_event e;
    uint8_t bytes[4] = {0};
    uint32_t connected;

    while (next_event(&e))
        CHECK_NUMBER(e.type, VWR_SND_EVT_PCM_XRUN);
    for (uint32_t i = 0; i < 2; i++) { /* no such stream */
        const uint32_t stream = i == 0 ? (uint32_t)(sizeof(streams) / sizeof(streams[0])) : UINT32_MAX;

        CHECK_NUMBER(vwr_vsound_take(&snd.device, stream, bytes, 4), 0);
        CHECK_NUMBER(vwr_vsound_give(&snd.device, stream, bytes, 4), 0);
        vwr_vsound_set_latency(&snd.device, stream, 1);
    }
    connected = snd.device.connected;
    vwr_vsound_set_jack(&snd.device, JACKS, true); /* nor such a jack */
    CHECK_NUMBER(snd.device.connected, connected);
    CHECK_NUMBER(vwr_sound_poll(&snd.driver, &e), 0);
    vwr_vsound_set_jack(&snd.device, 0, true);
    CHECK_NUMBER(vwr_sound_poll(&snd.driver, &e), 0);
    vwr_vsound_set_jack(&snd.device, 0, false);
    vwr_vsound_set_jack(&snd.device, 1, true);
    expect_event(VWR_SND_EVT_JACK_DISCONNECTED, 0);
    CHECK(!snd.driver.jack[0].connected);
    expect_event(VWR_SND_EVT_JACK_CONNECTED, 1);
    /* More events than buffers: the last state arrives. */
    for (unsigned i = 0; i < 2 * VWR_SOUND_EVENTS; i++)
        vwr_vsound_set_jack(&snd.device, 0, i % 2 == 0);
    while (next_event(&e))
        CHECK(e.id == 0);
    CHECK(!snd.driver.jack[0].connected);
    (void)write_all(OUT);
    take_all(OUT, VWR_SOUND_PERIODS * PERIOD);
    for (unsigned i = 0; i < 3; i++) /* one event until there are frames again */
        CHECK_NUMBER(vwr_vsound_take(&snd.device, OUT, bytes, 4), 0);
    expect_event(VWR_SND_EVT_PCM_XRUN, OUT);
    CHECK_NUMBER(vwr_sound_poll(&snd.driver, &e), 0);
}

/* ---- states ---- */

static int command(unsigned to)
{
    struct vwr_snd_client *const c = &snd.driver.client;
    const struct vwr_sound_params p = params();
    const struct vwr_snd_pcm_set_params_msg set = {.stream_id = OUT,
                                                   .buffer_bytes = 2 * PERIOD,
                                                   .period_bytes = PERIOD,
                                                   .channels = p.channels,
                                                   .format = p.format,
                                                   .rate = p.rate};
    const struct vwr_snd_pcm_prepare_msg prepare = {OUT};
    const struct vwr_snd_pcm_start_msg start = {OUT};
    const struct vwr_snd_pcm_stop_msg stop = {OUT};
    const struct vwr_snd_pcm_release_msg release = {OUT};
    int r;

    switch (to) {
    case VWR_VSOUND_SET:
        r = vwr_snd_client_pcm_set_params(c, &set);
        break;
    case VWR_VSOUND_PREPARED:
        r = vwr_snd_client_pcm_prepare(c, &prepare);
        break;
    case VWR_VSOUND_STARTED:
        r = vwr_snd_client_pcm_start(c, &start);
        break;
    case VWR_VSOUND_STOPPED:
        r = vwr_snd_client_pcm_stop(c, &stop);
        break;
    default:
        r = vwr_snd_client_pcm_release(c, &release);
    }
    if (r != VWR_OK)
        CHECK_NUMBER(vwr_snd_client_controlq_status(c), VWR_SND_S_BAD_MSG);
    return r;
}

/* The path to each state, and the commands that are valid in it, from the table in the specification. */
static void check_states(unsigned kind)
{
    static const char *const ways[] = {"", "1", "12", "123", "1234", "125"};
    static const char *const right[] = {"1", "12", "1235", "4", "35", "12"};

    for (unsigned i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
        for (unsigned to = VWR_VSOUND_SET; to <= VWR_VSOUND_RELEASED; to++) {
            const bool may = strchr(right[i], '0' + (int)to) != NULL;

            open_driver(kind);
            for (const char *way = ways[i]; *way != 0; way++)
                CHECK_NUMBER(command((unsigned)(*way - '0')), VWR_OK);
            CHECK_NUMBER(snd.device.stream[OUT].state, i);
            CHECK((command(to) == VWR_OK) == may);
            CHECK_NUMBER(snd.device.stream[OUT].state, may ? to : i);
            CHECK_NUMBER(vwr_close(&snd.driver.bringup), VWR_OK);
        }
}

/* Commands that the driver would not send, and that the device rejects. */
static void check_params(void)
{
    struct vwr_snd_client *const c = &snd.driver.client;
    struct vwr_snd_pcm_set_params_msg m = {.stream_id = OUT,
                                           .buffer_bytes = 3 * PERIOD,
                                           .period_bytes = PERIOD,
                                           .channels = 2,
                                           .format = VWR_SND_PCM_FMT_S16,
                                           .rate = VWR_SND_PCM_RATE_48000};

    CHECK_NUMBER(vwr_sound_release(&snd.driver, OUT), VWR_OK);
    CHECK_NUMBER(vwr_snd_client_pcm_set_params(c, &m), VWR_OK);
    m.buffer_bytes++;
    CHECK(vwr_snd_client_pcm_set_params(c, &m) < 0);
    CHECK_NUMBER(vwr_snd_client_controlq_status(c), VWR_SND_S_BAD_MSG);
    m.buffer_bytes--;
    for (unsigned i = 0; i < 5; i++) {
        struct vwr_snd_pcm_set_params_msg bad = m;

        bad.channels = i == 0 ? 3 : i == 1 ? 0 : 2;
        bad.format = i == 2 ? 255 : m.format;
        bad.rate = i == 3 ? VWR_SND_PCM_RATE_8000 : m.rate;
        bad.features = i == 4 ? 1u << VWR_SND_PCM_F_MSG_POLLING : 0;
        CHECK(vwr_snd_client_pcm_set_params(c, &bad) < 0);
        CHECK_NUMBER(vwr_snd_client_controlq_status(c), VWR_SND_S_NOT_SUPP);
    }
    m.stream_id = STREAMS;
    CHECK(vwr_snd_client_pcm_set_params(c, &m) < 0);
    CHECK_NUMBER(vwr_snd_client_controlq_status(c), VWR_SND_S_BAD_MSG);
}

/* No command is sent twice; a release returns all periods before its answer. */
static void check_release(void)
{
    struct vwr_sound *const s = &snd.driver;
    struct vwr_sound_stream *const o = &s->stream[OUT];
    uint8_t byte = 0;
    uintptr_t failed;
    unsigned changes;

    CHECK_NUMBER(vwr_sound_start(s, OUT), VWR_OK);
    changes = snd.changes;
    CHECK_NUMBER(vwr_sound_start(s, OUT), VWR_OK);
    CHECK_NUMBER(snd.changes, changes);
    CHECK_NUMBER(vwr_sound_prepare(s, OUT), VWR_EBUSY);
    (void)write_all(OUT);
    vwr_vsound_set_latency(&snd.device, OUT, 1000);
    take_all(OUT, PERIOD);
    CHECK_NUMBER(vwr_sound_write(s, OUT, &byte, 0), 0);
    CHECK_NUMBER(vwr_sound_latency(s, OUT), (VWR_SOUND_PERIODS - 1) * PERIOD + 1000);
    CHECK_NUMBER(vwr_sound_stop(s, OUT), VWR_OK);
    CHECK_NUMBER(vwr_vsound_take(&snd.device, OUT, &byte, 1), 0);
    changes = snd.changes;
    CHECK_NUMBER(vwr_sound_stop(s, OUT), VWR_OK);
    CHECK_NUMBER(snd.changes, changes);
    failed = o->failed;
    CHECK_NUMBER(vwr_sound_release(s, OUT), VWR_OK);
    CHECK_NUMBER(vwr_vqueue_in_flight(&vwr_vsound_dev(&snd.device)->queue[VWR_SND_QUEUE_TXQ]), 0);
    CHECK(o->count == 0 && o->failed == failed);
    CHECK_NUMBER(vwr_sound_write(s, OUT, &byte, 1), VWR_EINVAL);
    CHECK_NUMBER(vwr_sound_read(s, OUT, &byte, 1), VWR_EINVAL);
    CHECK_NUMBER(vwr_sound_prepare(s, OUT), VWR_OK);
    take_all(OUT, 0);
    (void)write_all(OUT);
    CHECK_NUMBER(vwr_sound_start(s, OUT), VWR_OK);
    take_all(OUT, VWR_SOUND_PERIODS * PERIOD);
}

static void fail_and_recover(void)
{
    struct vwr_sound *const s = &snd.driver;
    uint8_t byte = 0;
    int r;

    (void)write_all(OUT);
    vmm_may_break = true;
    vwr_vdev_needs_reset(vwr_vsound_dev(&snd.device));
    vmm_may_break = false;
    CHECK_NUMBER(vwr_dev_check(&snd.end.dev), VWR_ENEEDSRESET);
    while ((r = vwr_recover(&s->bringup)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
    for (unsigned i = 0; i < s->streams; i++)
        CHECK(s->stream[i].state == VWR_SOUND_NEW && snd.device.stream[i].state == VWR_VSOUND_NEW);
    CHECK_NUMBER(vwr_sound_write(s, OUT, &byte, 1), VWR_EINVAL);
    CHECK_NUMBER(vwr_sound_start(s, OUT), VWR_OK);
    CHECK_NUMBER(snd.device.stream[OUT].params.period_bytes, PERIOD);
    CHECK_NUMBER(vwr_sound_start(s, IN), VWR_OK);
}

/* ---- WAV files ---- */

static void play_file(const char *path)
{
    struct vwr_posix_wav w;
    uint8_t bytes[CALL];
    uint32_t sent = 0;

    CHECK_NUMBER(vwr_posix_wav_create(&w, path, &snd.device.stream[OUT].params), VWR_OK);
    while (w.bytes < TOTAL) {
        uint32_t n = TOTAL - sent < CALL ? TOTAL - sent : CALL;
        int r;

        fill(bytes, sent, n);
        r = vwr_sound_write(&snd.driver, OUT, bytes, n);
        CHECK(r >= 0);
        sent += (uint32_t)r;
        if (sent == TOTAL)
            CHECK_NUMBER(vwr_sound_flush(&snd.driver, OUT), VWR_OK);
        CHECK(vwr_posix_wav_play(&w, &snd.device, OUT, 700) >= 0);
    }
    CHECK_NUMBER(vwr_sound_write(&snd.driver, OUT, NULL, 0), 0);
    CHECK_NUMBER(snd.driver.stream[OUT].count, 0);
    CHECK_NUMBER(vwr_posix_wav_close(&w), VWR_OK);
}

static void record_file(const char *path)
{
    struct vwr_posix_wav w;
    uint8_t bytes[CALL];
    uint32_t got = 0;

    CHECK_NUMBER(vwr_posix_wav_open(&w, path), VWR_OK);
    CHECK(w.format == VWR_SND_PCM_FMT_S16 && w.rate == VWR_SND_PCM_RATE_48000 && w.channels == 2);
    CHECK(w.bytes == TOTAL && vwr_posix_wav_second(w.format, w.rate, w.channels) == 192000);
    while (got < TOTAL) {
        int r = vwr_posix_wav_record(&w, &snd.device, IN, 700);

        CHECK(r >= 0);
        r = vwr_sound_read(&snd.driver, IN, bytes, sizeof(bytes));
        CHECK(r >= 0);
        check(bytes, got, (uint32_t)r);
        got += (uint32_t)r;
    }
    CHECK_NUMBER(vwr_posix_wav_record(&w, &snd.device, IN, 700), 0);
    CHECK_NUMBER(vwr_posix_wav_close(&w), VWR_OK);
}

/* As another program reads it: the header of a WAV file, then the samples. */
static void check_file(const char *path)
{
    static uint8_t file[44 + TOTAL + 1];
    FILE *const f = fopen(path, "rb");

    CHECK(f != NULL);
    CHECK_NUMBER(fread(file, 1, sizeof(file), f), 44 + TOTAL);
    CHECK(memcmp(file, "RIFF", 4) == 0 &&
          memcmp(file + 8, "WAVEfmt \x10\0\0\0\1\0\2\0\x80\xbb\0\0", 20) == 0);
    CHECK(file[32] == 4 && file[34] == 16 && memcmp(file + 36, "data\0\x40\0\0", 8) == 0);
    check(file + 44, 0, TOTAL);
    CHECK(fclose(f) == 0);
}

/* RLIMIT_FSIZE is an error for the VMM; no signal ends it, neither now nor later. */
static void file_too_long(const char *path)
{
    static const uint8_t frames[PERIOD];
    struct rlimit before, limit;
    struct vwr_posix_wav w;
    sigset_t set;
    int r = 0;

    CHECK(getrlimit(RLIMIT_FSIZE, &before) == 0);
    limit = before;
    limit.rlim_cur = 8192;
    CHECK(setrlimit(RLIMIT_FSIZE, &limit) == 0);
    CHECK_NUMBER(vwr_posix_wav_create(&w, path, &snd.device.stream[OUT].params), VWR_OK);
    while (r >= 0 && w.bytes < TOTAL) {
        CHECK(vwr_sound_write(&snd.driver, OUT, frames, sizeof(frames)) >= 0);
        r = vwr_posix_wav_play(&w, &snd.device, OUT, 700);
    }
    CHECK(r == VWR_EIO && errno == EFBIG);
    CHECK_NUMBER(vwr_posix_wav_close(&w), VWR_EIO);
    CHECK(setrlimit(RLIMIT_FSIZE, &before) == 0);
    CHECK(sigpending(&set) == 0 && sigismember(&set, SIGXFSZ) == 0);
    CHECK(pthread_sigmask(SIG_BLOCK, NULL, &set) == 0 && sigismember(&set, SIGXFSZ) == 0);
}

static void wav_files(unsigned kind)
{
    struct vwr_snd_pcm_set_params_msg bad = {.format = VWR_SND_PCM_FMT_S18_3, .channels = 1};
    struct vwr_posix_wav w;
    char path[] = "/tmp/vwr_wav_XXXXXX";
    const int fd = mkstemp(path);

    CHECK(fd >= 0 && close(fd) == 0);
    CHECK_NUMBER(vwr_posix_wav_create(&w, path, &bad), VWR_EUNSUPP);
    CHECK_NUMBER(vwr_posix_wav_open(&w, path), VWR_EUNSUPP);
    CHECK_NUMBER(vwr_posix_wav_open(&w, "/nowhere/at/all"), VWR_ENODEV);
    init_device(kind, false);
    open_driver(kind);
    set_params(OUT);
    set_params(IN);
    CHECK_NUMBER(vwr_sound_start(&snd.driver, OUT), VWR_OK);
    CHECK_NUMBER(vwr_sound_start(&snd.driver, IN), VWR_OK);
    play_file(path);
    check_file(path);
    record_file(path);
    file_too_long(path);
    CHECK_NUMBER(vwr_close(&snd.driver.bringup), VWR_OK);
    CHECK(unlink(path) == 0);
}

void case_pcm(unsigned kind, unsigned scale)
{
    if ((kind & DISK_LEGACY) != 0) /* there is no legacy sound card */
        return;
    state = kind + 1;
    make_sine();
    for (unsigned pass = 0; pass < 2; pass++) {
        init_device(kind, pass != 0);
        if (pass == 0)
            check_states(kind);
        open_driver(kind);
        disk_check_features(&snd.end.dev, vwr_vsound_dev(&snd.device), kind);
        check_tables();
        for (unsigned i = 0; i < snd.driver.streams; i++)
            set_params(i);
        CHECK_NUMBER(vwr_sound_start(&snd.driver, OUT), VWR_OK);
        CHECK_NUMBER(vwr_sound_start(&snd.driver, IN), VWR_OK);
        play(OUT, TOTAL * scale / 2u);
        record(TOTAL * scale / 2u);
        if (snd.driver.streams > SECOND) { /* with a stream that waits before it */
            CHECK_NUMBER(vwr_sound_stop(&snd.driver, OUT), VWR_OK);
            (void)write_all(OUT);
            CHECK_NUMBER(vwr_sound_start(&snd.driver, SECOND), VWR_OK);
            play(SECOND, TOTAL);
            CHECK_NUMBER(vwr_sound_release(&snd.driver, SECOND), VWR_OK);
            CHECK_NUMBER(vwr_sound_start(&snd.driver, OUT), VWR_OK);
            take_all(OUT, VWR_SOUND_PERIODS * PERIOD);
        }
        check_events();
        (void)write_all(OUT);
        suspend_check(&snd.end.dev, vwr_vsound_dev(&snd.device)); /* returns the periods */
        (void)write_all(OUT);
        take_all(OUT, VWR_SOUND_PERIODS * PERIOD);
        check_release();
        fail_and_recover();
        play(OUT, 4 * PERIOD + 1);
        record(4 * PERIOD);
        check_params();
        CHECK_NUMBER(vwr_close(&snd.driver.bringup), VWR_OK);
    }
    if (kind == 0)
        wav_files(kind);
    printf("%s pcm\n", disk_kind_name(kind));
}
