/* SPDX-License-Identifier: MIT */
#include "live.h"

#include "vwr/bytes.h"
#include "vwr/sound.h"
#include "vwr/text.h"
#include "vwr/vsound.h"
#include "vwr/open/rows.h"

#define STREAM 0u
#define FRAMES 1024u /* bytes of one action */

static struct {
    struct vwr_vsound device;
    uint8_t frames[FRAMES];
    uint8_t phase; /* of the tone */
} card;

static int add(struct live_guest *g, struct vwr_vdev_setup *s, struct vwr_vdev **v)
{
    static const struct vwr_vsound_ops ops = {.stream_changed = NULL};
    static const struct vwr_snd_pcm_info_item stream = {.formats = UINT64_C(1) << VWR_SND_PCM_FMT_U8,
                                                        .rates = UINT64_C(1) << VWR_SND_PCM_RATE_8000,
                                                        .direction = VWR_SND_D_OUTPUT,
                                                        .channels_min = 1,
                                                        .channels_max = 1};
    static const struct vwr_snd_jack_info_item jack = {.connected = 1};
    const struct vwr_vsound_options o = {
        .ops = &ops, .context = g, .jacks = &jack, .jack_count = 1, .streams = &stream, .stream_count = 1};

    vwr_zero(&card, sizeof(card));
    live_surfaces[g->number].width = 16;
    *v = vwr_vsound_dev(&card.device);
    return vwr_vsound_init_with(&card.device, s, &o);
}

/* ---- the driver ---- */

static struct vwr_sound *driver(const struct live_guest *g)
{
    return vwr_opened_driver(&g->opened, &vwr_sound_bringup);
}

static int describe(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    const struct vwr_sound *const s = driver(g);
    struct vwr_text t;

    (void)in;
    vwr_text_begin(&t, (char *)out->data, sizeof(out->data));
    vwr_text_dec(&t, s->streams);
    vwr_text_str(&t, " stream, formats ");
    vwr_text_hex(&t, s->stream[STREAM].info.formats);
    vwr_text_str(&t, ", rates ");
    vwr_text_hex(&t, s->stream[STREAM].info.rates);
    vwr_text_str(&t, s->jack[0].connected ? ", jack connected" : ", jack not connected");
    out->bytes = (uint32_t)t.length;
    return VWR_OK;
}

static int set_parameters(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    const struct vwr_sound_params p = {.period_bytes = (uint32_t)in->number[0],
                                       .periods = (uint16_t)in->number[1],
                                       .format = VWR_SND_PCM_FMT_U8,
                                       .rate = VWR_SND_PCM_RATE_8000,
                                       .channels = 1};

    (void)out;
    return vwr_sound_set_params(driver(g), STREAM, &p);
}

static int prepare(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)in;
    (void)out;
    return vwr_sound_prepare(driver(g), STREAM);
}

static int start(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)in;
    (void)out;
    return vwr_sound_start(driver(g), STREAM);
}

/* A tone of 250 Hz: a triangle of 32 frames. */
static int write(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    const uint32_t bytes = in->number[0] < FRAMES ? (uint32_t)in->number[0] : FRAMES;
    uint8_t phase = card.phase;
    int r;

    (void)out;
    for (uint32_t i = 0; i < bytes; i++, phase = (phase + 1u) % 32u)
        card.frames[i] = (uint8_t)(8u * (phase < 16u ? phase : 32u - phase) + 64u);
    r = vwr_sound_write(driver(g), STREAM, card.frames, bytes);
    if (r > 0)
        card.phase = (uint8_t)((card.phase + (uint32_t)r) % 32u);
    return r;
}

static int flush(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)in;
    (void)out;
    return vwr_sound_flush(driver(g), STREAM);
}

static int stop(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)in;
    (void)out;
    return vwr_sound_stop(driver(g), STREAM);
}

static int release(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)in;
    (void)out;
    return vwr_sound_release(driver(g), STREAM);
}

static int poll(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    struct vwr_sound_event event;
    const int r = vwr_sound_poll(driver(g), &event);

    if (r <= 0)
        return r;
    return describe(g, in, out) == VWR_OK ? r : VWR_EIO;
}

/* ---- the device ---- */

/* A full surface starts again. */
static int play(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    struct live_surface *const surface = &live_surfaces[g->number];
    const uint32_t bytes = in->number[0] < FRAMES ? (uint32_t)in->number[0] : FRAMES;

    (void)out;
    if (bytes > sizeof(surface->data) - surface->bytes)
        surface->bytes = 0;
    surface->bytes += vwr_vsound_take(&card.device, STREAM, surface->data + surface->bytes, bytes);
    return VWR_OK;
}

static int set_jack(struct live_guest *g, struct live_arguments *in, struct live_arguments *out)
{
    (void)g;
    (void)out;
    vwr_vsound_set_jack(&card.device, 0, in->number[0] != 0);
    return VWR_OK;
}

static const struct live_action actions[] = {
    {"describe", "", "Show what the driver has read of the stream.", LIVE_DRIVER, describe},
    {"set parameters", "period=128 periods=2", "Set the parameters of the stream.", LIVE_DRIVER,
     set_parameters},
    {"prepare", "", "Prepare the stream.", LIVE_DRIVER, prepare},
    {"write", "bytes=256", "Write a tone.", LIVE_DRIVER, write},
    {"start", "", "Start the stream.", LIVE_DRIVER, start},
    {"play", "bytes=128", "Take frames from the stream and play them.", LIVE_DEVICE, play},
    {"flush", "", "Send the last period, which may not be full.", LIVE_DRIVER, flush},
    {"stop", "", "Stop the stream.", LIVE_DRIVER, stop},
    {"release", "", "Stop the stream and drop its frames.", LIVE_DRIVER, release},
    {"poll", "", "Get the next event.", LIVE_DRIVER, poll},
    {"set jack", "connected=0", "Pull out the plug, or push it in.", LIVE_DEVICE, set_jack},
};

static const struct vwr_open_class row = VWR_OPEN_SOUND;

const struct live_scene live_scene_sound = {.name = "sound",
                                            .brief = "A sound card; the surface is what was played.",
                                            .actions = actions,
                                            .action_count = VWR_COUNT(actions),
                                            .guests = 1,
                                            .queues = VWR_VSOUND_QUEUES,
                                            .surface = LIVE_BYTES,
                                            .add = add,
                                            .driver = &row};
