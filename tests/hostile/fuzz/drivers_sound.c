/* SPDX-License-Identifier: MIT */
#include "drivers.h"

#include "vwr/sound.h"

#include <string.h>

/* A sound card: commands of streams, frames in both directions, events. */

#define MOST 200u /* bytes of a call */

static struct {
    struct vwr_sound *s;
} snd;

static struct vwr_bringup *sound_bringup(void)
{
    return &snd.s->bringup;
}

static bool receives(unsigned queue)
{
    return queue == VWR_SND_QUEUE_EVENTQ;
}

static void configure(uint8_t *config, bool legacy)
{
    (void)legacy;
    config[VWR_SND_CONFIG_JACKS] = 2;
    config[VWR_SND_CONFIG_STREAMS] = 3;
    config[VWR_SND_CONFIG_CHMAPS] = 1;
}

/* Streams 0 and 2 play, 1 records. */
static uint32_t describe(uint32_t code, uint32_t id, bool legacy, uint8_t *in)
{
    const struct vwr_snd_pcm_info pcm = {.features = vwr_guest32(legacy, 1u << VWR_SND_PCM_F_EVT_XRUNS),
                                         .formats = vwr_guest64(legacy, 1u << VWR_SND_PCM_FMT_S16),
                                         .rates = vwr_guest64(legacy, 1u << VWR_SND_PCM_RATE_8000),
                                         .direction = id == 1 ? VWR_SND_D_INPUT : VWR_SND_D_OUTPUT,
                                         .channels_min = 1,
                                         .channels_max = 2};

    memset(in, 0, 64);
    if (code == VWR_SND_R_JACK_INFO) {
        in[sizeof(struct vwr_snd_info)] = 1u << VWR_SND_JACK_F_REMAP;
        return sizeof(struct vwr_snd_jack_info);
    }
    if (code == VWR_SND_R_PCM_INFO) {
        memcpy(in, &pcm, sizeof(pcm));
        return sizeof(pcm);
    }
    return code == VWR_SND_R_CHMAP_INFO ? sizeof(struct vwr_snd_chmap_info) : 0;
}

static uint32_t answer(unsigned queue, const uint8_t *out, uint32_t n, uint8_t *in)
{
    const bool legacy = vwr_dev_is_legacy(snd.s->client.bringup.dev);
    const vwr_le32 ok = vwr_guest32(legacy, VWR_SND_S_OK);
    vwr_le32 word[2] = {ok, ok};

    if (n >= sizeof(word))
        memcpy(word, out, sizeof(word));
    memcpy(in, &ok, sizeof(ok));
    if (queue != VWR_SND_QUEUE_CONTROLQ) {
        memset(in + sizeof(ok), 0, sizeof(ok));
        return sizeof(struct vwr_snd_pcm_status);
    }
    return (uint32_t)sizeof(ok) +
           describe(vwr_guest32(legacy, word[0]), vwr_guest32(legacy, word[1]), legacy, in + sizeof(ok));
}

/* An event, whose type and number the input selects. */
static void send(void)
{
    static const uint32_t types[] = {VWR_SND_EVT_JACK_CONNECTED, VWR_SND_EVT_JACK_DISCONNECTED,
                                     VWR_SND_EVT_PCM_PERIOD_ELAPSED, VWR_SND_EVT_PCM_XRUN, 0x1234};
    const bool legacy = vwr_dev_is_legacy(snd.s->client.bringup.dev);
    const uint8_t what = input_u8(drivers_in);
    struct vwr_snd_event e;

    e.hdr.code = vwr_guest32(legacy, types[what % 5]);
    e.data = vwr_guest32(legacy, what / 5u);
    (void)drivers_deliver(VWR_SND_QUEUE_EVENTQ, &e, what < 0xf0 ? sizeof(e) : what % 8u);
}

static int open(struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_sound_options o = {.avoid = *avoid};

    snd.s = drivers_anew(snd.s, sizeof(*snd.s));
    o.shared = drivers_share(sizeof(*o.shared));
    return vwr_sound_open(snd.s, d, &o);
}

static void set_params(unsigned stream, uint8_t how)
{
    const struct vwr_sound_params p = {.period_bytes = 1u + how % 64u,
                                       .periods = how / 64u + 1u,
                                       .format = VWR_SND_PCM_FMT_S16,
                                       .rate = VWR_SND_PCM_RATE_8000,
                                       .channels = 1,
                                       .xruns = (how & 1) != 0};

    MUST(vwr_sound_set_params(snd.s, stream, &p) <= VWR_OK);
}

static void exchange(unsigned stream, uint8_t how)
{
    uint8_t bytes[MOST];
    const uint32_t n = how % MOST;

    memset(bytes, how, sizeof(bytes));
    MUST(vwr_sound_write(snd.s, stream, bytes, n) <= (int)n);
    MUST(vwr_sound_read(snd.s, stream, bytes, n) <= (int)n);
    drivers_see((int)vwr_sound_latency(snd.s, stream));
}

static void look(uint8_t how)
{
    struct vwr_sound_event e;
    char text[200];

    if (vwr_sound_poll(snd.s, &e) == 1)
        MUST(e.id < (e.type < VWR_SND_EVT_PCM_PERIOD_ELAPSED ? snd.s->jacks : snd.s->streams));
    drivers_see(vwr_sound_arm(snd.s));
    (void)vwr_sound_explain(snd.s, text, sizeof(text));
    if (how >= 0xe0)
        MUST(vwr_sound_remap(snd.s, how % 4u, how, how) <= VWR_OK);
}

static void call(uint8_t which)
{
    const unsigned stream = which / 8u % (VWR_SOUND_STREAMS + 1u);
    const uint8_t how = input_u8(drivers_in);

    switch (which % 8) {
    case 0:
        set_params(stream, how);
        return;
    case 1:
        MUST(vwr_sound_prepare(snd.s, stream) <= VWR_OK);
        return;
    case 2:
        MUST(vwr_sound_start(snd.s, stream) <= VWR_OK);
        return;
    case 3:
        MUST(vwr_sound_stop(snd.s, stream) <= VWR_OK);
        return;
    case 4:
        MUST(vwr_sound_release(snd.s, stream) <= VWR_OK);
        return;
    case 5:
        MUST(vwr_sound_flush(snd.s, stream) <= VWR_OK);
        return;
    case 6:
        exchange(stream, how);
        return;
    default:
        look(how);
    }
}

static int close(void)
{
    return vwr_close(&snd.s->bringup);
}

static void closed(void)
{
    for (unsigned i = 0; i < VWR_SOUND_EVENTS; i++)
        MUST(snd.s->event_buffer[i].owner == VWR_RECEIVE_DRIVER);
    for (unsigned i = 0; i < VWR_SOUND_STREAMS; i++)
        for (unsigned k = 0; k < VWR_SOUND_PERIODS; k++)
            MUST(!vwr_req_is_in_flight(&snd.s->stream[i].period[k].call.any.req));
}

/* Plays a period. */
static void works(void)
{
    uint8_t bytes[64] = {0};

    set_params(0, 63);
    MUST(vwr_sound_start(snd.s, 0) == VWR_OK);
    MUST(vwr_sound_write(snd.s, 0, bytes, sizeof(bytes)) == sizeof(bytes));
    world_run_until_idle();
    MUST(vwr_sound_write(snd.s, 0, bytes, 1) == 1 && vwr_sound_latency(snd.s, 0) == 1);
}

const struct driver_row driver_sound = {
    .id = VWR_SND_ID,
    .features = {{VWR_SND_FEATURES_W0}},
    .fields = vwr_snd_config_fields,
    .field_count = VWR_SND_CONFIG_FIELD_COUNT,
    .steps = &vwr_sound_bringup,
    .bringup = sound_bringup,
    .configure = configure,
    .receives = receives,
    .answer = answer,
    .send = send,
    .open = open,
    .call = call,
    .close = close,
    .closed = closed,
    .works = works,
};
