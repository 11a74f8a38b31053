/* SPDX-License-Identifier: MIT */
#include "classes.h"

#include "vwr/vsound.h"

#include <string.h>

/* A sound card. The VMM consumes and provides frames, plugs jacks, and rejects a remap. */

#define STREAMS 3u
#define JACKS 3u
#define MOST 64u /* bytes of a call */
#define FORMATS (1u << VWR_SND_PCM_FMT_S16 | 1u << VWR_SND_PCM_FMT_U8)
#define REMAP (1u << VWR_SND_JACK_F_REMAP)
#define RATES (1u << VWR_SND_PCM_RATE_8000 | 1u << VWR_SND_PCM_RATE_48000)

static struct vwr_vsound *device;
static uint32_t count; /* of streams */

static const struct vwr_snd_pcm_info_item streams[STREAMS] = {
    {1, 0, FORMATS, RATES, VWR_SND_D_OUTPUT, 1, 2},
    {2, 0, FORMATS, RATES, VWR_SND_D_INPUT, 1, 2},
    {3, 0, FORMATS, RATES, VWR_SND_D_OUTPUT, 2, 8},
};
static const struct vwr_snd_jack_info_item jacks[JACKS] = {
    {.features = REMAP}, {.connected = 1}, {.features = REMAP}};
static const struct vwr_snd_chmap_info_item chmaps[] = {{.channels = 2},
                                                        {.channels = VWR_SND_CHMAP_MAX_SIZE}};

static void check_params(const struct vwr_snd_pcm_set_params_msg *p,
                         const struct vwr_snd_pcm_info_item *offers)
{
    MUST(p->channels >= offers->channels_min && p->channels <= offers->channels_max);
    MUST((offers->formats >> p->format & 1) != 0 && (offers->rates >> p->rate & 1) != 0);
    MUST(p->period_bytes != 0 && p->buffer_bytes != 0 && p->buffer_bytes % p->period_bytes == 0);
}

static void changed(struct vwr_vsound *v, uint32_t stream)
{
    class_called(vwr_vsound_dev(v));
    MUST(v == device && stream < count && v->stream[stream].state <= VWR_VSOUND_RELEASED);
    if (v->stream[stream].state != VWR_VSOUND_NEW)
        check_params(&v->stream[stream].params, &streams[stream]);
}

static int remap(struct vwr_vsound *v, const struct vwr_snd_jack_remap_msg *m)
{
    class_called(vwr_vsound_dev(v));
    MUST(m->jack_id < JACKS && (jacks[m->jack_id].features & REMAP) != 0);
    return class_fed() < 0x80 ? VWR_OK : VWR_SND_S_IO_ERR;
}

static const struct vwr_vsound_ops ops = {changed, remap};

static struct vwr_vdev *begin(const struct vwr_vdev_setup *setup)
{
    const struct vwr_vsound_options o = {.ops = &ops,
                                         .jacks = jacks,
                                         .streams = streams,
                                         .chmaps = chmaps,
                                         .jack_count = JACKS,
                                         .stream_count = 2 + world.plan.queues % 2u,
                                         .chmap_count = 2};
    struct vwr_vdev_setup s = *setup;

    count = o.stream_count;
    s.legacy = false; /* the specification defines no legacy sound card */
    world.plan.legacy = false;
    device = class_memory(device, sizeof(*device));
    MUST(vwr_vsound_init_with(device, &s, &o) == VWR_OK);
    return vwr_vsound_dev(device);
}

static void event(uint8_t what, struct input *in)
{
    const uint8_t much = input_u8(in);
    const uint32_t stream = what / 4 % (STREAMS + 1);
    uint8_t frames[MOST];

    memset(frames, what, sizeof(frames));
    switch (what % 4) {
    case 0:
        MUST(vwr_vsound_take(device, stream, frames, much % MOST) <= much % MOST);
        break;
    case 1:
        MUST(vwr_vsound_give(device, stream, frames, much % MOST) <= much % MOST);
        break;
    case 2:
        vwr_vsound_set_jack(device, what / 4 % (JACKS + 1), (much & 1) != 0);
        break;
    default:
        vwr_vsound_set_latency(device, stream, much);
    }
}

static void ask(struct script *s, const void *bytes, uint32_t n)
{
    vwr_le32 status;

    memcpy(&status, class_exchange(s, VWR_SND_QUEUE_CONTROLQ, bytes, n, sizeof(status)), sizeof(status));
    MUST(vwr_le32_to_cpu(status) == VWR_SND_S_OK);
}

static void command(struct script *s, uint32_t code)
{
    const vwr_le32 m[] = {vwr_cpu_to_le32(code), vwr_cpu_to_le32(1)};

    ask(s, m, sizeof(m));
}

/* A stream that records is started, and gets frames. */
static void must_work(struct vwr_dev *d)
{
    static struct script s;
    struct vwr_snd_pcm_set_params m;

    (void)d;
    memset(&m, 0, sizeof(m));
    m.hdr.hdr.code = vwr_cpu_to_le32(VWR_SND_R_PCM_SET_PARAMS);
    m.hdr.stream_id = vwr_cpu_to_le32(1);
    m.buffer_bytes = vwr_cpu_to_le32(64);
    m.period_bytes = vwr_cpu_to_le32(32);
    m.channels = 2;
    m.format = VWR_SND_PCM_FMT_S16;
    m.rate = VWR_SND_PCM_RATE_8000;
    class_start(&s);
    ask(&s, &m, sizeof(m));
    command(&s, VWR_SND_R_PCM_PREPARE);
    command(&s, VWR_SND_R_PCM_START);
    MUST(device->stream[1].state == VWR_VSOUND_STARTED);
    MUST(vwr_vsound_give(device, 1, "abcd", 4) == 0);
    command(&s, VWR_SND_R_PCM_STOP);
    command(&s, VWR_SND_R_PCM_RELEASE);
}

const struct world_service class_sound = {begin, event, must_work, false};
CLASS_ALONE(class_sound);
