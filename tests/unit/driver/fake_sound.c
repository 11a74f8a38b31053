/* SPDX-License-Identifier: MIT */
#include "classes.h"
#include "fake_sound.h"

#include <string.h>

#define FORMATS (UINT64_C(1) << VWR_SND_PCM_FMT_S16)
#define RATES (UINT64_C(1) << VWR_SND_PCM_RATE_8000)

struct fake_sound fake_sound;

static struct fake_chain chain;

/* The descriptions that a query asks for, one at a time. Returns their size. */
static uint32_t describe(uint32_t code, uint32_t id, uint8_t *to)
{
    const struct vwr_snd_jack_info jack = {.features = vwr_cpu_to_le32(1u << VWR_SND_JACK_F_REMAP),
                                           .connected = 1};
    const struct vwr_snd_pcm_info pcm = {.features = vwr_cpu_to_le32(1u << VWR_SND_PCM_F_EVT_XRUNS),
                                         .formats = vwr_cpu_to_le64(FORMATS),
                                         .rates = vwr_cpu_to_le64(RATES),
                                         .direction = (fake_sound.records >> id & 1u) != 0 ? VWR_SND_D_INPUT
                                                                                           : VWR_SND_D_OUTPUT,
                                         .channels_min = 1,
                                         .channels_max = 2};
    const struct vwr_snd_chmap_info map = {.channels = (uint8_t)fake_sound.channels};

    if (code == VWR_SND_R_JACK_INFO)
        memcpy(to, &jack, sizeof(jack));
    if (code == VWR_SND_R_PCM_INFO)
        memcpy(to, &pcm, sizeof(pcm));
    if (code == VWR_SND_R_CHMAP_INFO)
        memcpy(to, &map, sizeof(map));
    return code == VWR_SND_R_JACK_INFO    ? sizeof(jack)
           : code == VWR_SND_R_PCM_INFO   ? sizeof(pcm)
           : code == VWR_SND_R_CHMAP_INFO ? sizeof(map)
                                          : 0;
}

static void answer(struct fake *f)
{
    struct vwr_snd_pcm_set_params m;
    struct vwr_snd_hdr hdr;
    uint8_t back[sizeof(hdr) + 64];
    uint32_t code, n, status;

    memset(&m, 0, sizeof(m));
    (void)class_read(&chain, &m, sizeof(m));
    code = vwr_le32_to_cpu(m.hdr.hdr.code);
    n = describe(code, vwr_le32_to_cpu(m.hdr.stream_id), back + sizeof(hdr));
    if (n == 0 && fake_sound.commands < sizeof(fake_sound.code) / sizeof(fake_sound.code[0]))
        fake_sound.code[fake_sound.commands++] = code;
    if (code == VWR_SND_R_PCM_SET_PARAMS) {
        fake_sound.period = vwr_le32_to_cpu(m.period_bytes);
        fake_sound.features = vwr_le32_to_cpu(m.features);
    }
    status = fake_sound.bad_code == 0 || fake_sound.bad_code == code ? fake_sound.status : 0;
    hdr.code = vwr_cpu_to_le32(status != 0 ? status : (uint32_t)VWR_SND_S_OK);
    memcpy(back, &hdr, sizeof(hdr));
    n += (uint32_t)sizeof(hdr);
    n = n < fake_sound.most ? n : fake_sound.most;
    class_write(&chain, back, n);
    fake_ring_push(f, VWR_SND_QUEUE_CONTROLQ, chain.head, n);
}

static void serve(struct fake *f, uint32_t queue)
{
    while (queue == VWR_SND_QUEUE_CONTROLQ && !fake_sound.silent && !class_silent &&
           fake_ring_next(f, queue, &chain))
        answer(f);
}

void fake_sound_plug(struct world *w, const struct format *f)
{
    format_plug(w, f);
    w->f.device_id = VWR_SND_ID;
    w->f.on_notify = serve;
    for (unsigned i = VWR_SND_QUEUE_CONTROLQ; i <= VWR_SND_QUEUE_RXQ; i++)
        w->f.queue[i].size_max = f->size;
    memset(w->f.config, 0, sizeof(w->f.config));
    fake_config(&w->f, VWR_SND_CONFIG_JACKS, 4, 1);
    fake_config(&w->f, VWR_SND_CONFIG_STREAMS, 4, 2);
    fake_config(&w->f, VWR_SND_CONFIG_CHMAPS, 4, 1);
    memset(&fake_sound, 0, sizeof(fake_sound));
    fake_sound.most = UINT32_MAX;
    fake_sound.channels = 2;
    fake_sound.records = 1u << FAKE_IN;
    class_silent = false;
    assert_int_equal(world_probe(w), VWR_OK);
}

int fake_sound_open(struct world *w, struct vwr_sound *s)
{
    struct vwr_sound_options o = {.shared = NULL};

    memset(s, 0xa5, sizeof(*s)); /* memory of the embedder is not zeroed */
    o.shared = fake_ram_alloc(sizeof(*o.shared), VWR_QUEUE_SHARED_ALIGN);
    return vwr_sound_open(s, &w->mmio.dev, &o);
}

struct vwr_sound_params fake_sound_params(void)
{
    const struct vwr_sound_params p = {.period_bytes = FAKE_PERIOD,
                                       .periods = 2,
                                       .format = VWR_SND_PCM_FMT_S16,
                                       .rate = VWR_SND_PCM_RATE_8000,
                                       .channels = 2,
                                       .xruns = true};

    return p;
}

bool fake_sound_returns(struct world *w, unsigned queue, uint32_t status, uint32_t n)
{
    const struct vwr_snd_pcm_status back = {vwr_cpu_to_le32(status), vwr_cpu_to_le32(0x12345678)};
    uint8_t bytes[FAKE_PERIOD + sizeof(back)];
    uint32_t at;

    if (!fake_ring_next(&w->f, queue, &chain))
        return false;
    at = chain.writable - (uint32_t)sizeof(back);
    memset(bytes, 0x3c, sizeof(bytes));
    memcpy(bytes + at, &back, sizeof(back));
    class_write(&chain, bytes, chain.writable);
    fake_ring_push(&w->f, queue, chain.head, n);
    return true;
}

bool fake_sound_sends(struct world *w, uint32_t type, uint32_t id)
{
    const struct vwr_snd_event e = {{vwr_cpu_to_le32(type)}, vwr_cpu_to_le32(id)};

    if (!fake_ring_next(&w->f, VWR_SND_QUEUE_EVENTQ, &chain))
        return false;
    class_write(&chain, &e, sizeof(e));
    fake_ring_push(&w->f, VWR_SND_QUEUE_EVENTQ, chain.head, sizeof(e));
    return true;
}
