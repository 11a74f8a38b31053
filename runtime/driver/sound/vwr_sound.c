/* SPDX-License-Identifier: MIT */
#include "sound_common.h"
#include "vwr/wait.h"

/* Sound card: opening, recovery and closing, tables, stream commands and events. Section: Sound Device. */

/* ---- tables ---- */

static uint16_t sound_least(uint32_t a, uint32_t b)
{
    return (uint16_t)(a < b ? a : b);
}

/* Ignores items for which the driver has no memory. */
static int sound_read_tables(struct vwr_sound *s)
{
    const struct vwr_snd_config_info *const info = &s->client.info;
    union vwr_sound_item *const form = &s->options.shared->item;
    int r = VWR_OK;

    s->jacks = sound_least(info->jacks, VWR_SOUND_JACKS);
    s->streams = sound_least(info->streams, VWR_SOUND_STREAMS);
    s->chmaps = sound_least(info->chmaps, VWR_SOUND_CHMAPS);
    for (uint32_t i = 0; r == VWR_OK && i < s->jacks; i++)
        r = vwr_snd_client_jack_info_item(&s->client, i, &form->jack, &s->jack[i]);
    for (uint32_t i = 0; r == VWR_OK && i < s->streams; i++)
        r = vwr_snd_client_pcm_info_item(&s->client, i, &form->pcm, &s->stream[i].info);
    for (uint32_t i = 0; r == VWR_OK && i < s->chmaps; i++) {
        r = vwr_snd_client_chmap_info_item(&s->client, i, &form->chmap, &s->chmap[i]);
        s->chmap[i].channels = (uint8_t)sound_least(s->chmap[i].channels, VWR_SND_CHMAP_MAX_SIZE);
    }
    return r;
}

/* ---- commands of a stream ---- */

static int sound_send_params(struct vwr_sound *s, unsigned stream)
{
    struct vwr_sound_stream *const o = &s->stream[stream];
    const struct vwr_sound_params *const p = &o->params;
    const struct vwr_snd_pcm_set_params_msg m = {
        .stream_id = stream,
        .buffer_bytes = p->period_bytes * p->periods,
        .period_bytes = p->period_bytes,
        .features = p->xruns ? o->info.features & 1u << VWR_SND_PCM_F_EVT_XRUNS : 0,
        .channels = p->channels,
        .format = p->format,
        .rate = p->rate,
    };
    const int r = vwr_snd_client_pcm_set_params(&s->client, &m);

    if (r == VWR_OK)
        o->state = VWR_SOUND_SET;
    return r;
}

static bool sound_supports(const struct vwr_snd_pcm_info_item *o, const struct vwr_sound_params *p)
{
    return vwr_has_bit(o->formats, p->format) && vwr_has_bit(o->rates, p->rate) &&
           p->channels >= o->channels_min && p->channels <= o->channels_max;
}

int vwr_sound_set_params(struct vwr_sound *s, unsigned stream, const struct vwr_sound_params *params)
{
    struct vwr_sound_stream *o;
    int r = sound_find(s, stream, &o);

    if (r != VWR_OK)
        return r;
    if (params->period_bytes == 0 || params->period_bytes > VWR_SOUND_PERIOD_BYTES || params->periods == 0 ||
        params->periods > VWR_SOUND_PERIODS)
        return VWR_EINVAL;
    if (!sound_supports(&o->info, params))
        return VWR_EUNSUPP;
    if (o->state == VWR_SOUND_STARTED)
        return VWR_EBUSY;
    r = vwr_sound_release(s, stream);
    if (r != VWR_OK)
        return r;
    vwr_copy(&o->params, params, sizeof(*params));
    o->state = VWR_SOUND_NEW; /* if the device rejects these parameters, the previous ones are lost */
    return sound_send_params(s, stream);
}

int vwr_sound_prepare(struct vwr_sound *s, unsigned stream)
{
    const struct vwr_snd_pcm_prepare_msg m = {.stream_id = stream};
    struct vwr_sound_stream *o = NULL;
    int r = sound_find(s, stream, &o);

    if (r != VWR_OK || o->state == VWR_SOUND_PREPARED)
        return r;
    if (o->params.periods == 0)
        return VWR_EINVAL;
    r = vwr_sound_reap_(s);
    if (r != VWR_OK)
        return r;
    if (o->state == VWR_SOUND_STARTED || o->state == VWR_SOUND_STOPPED || !vwr_sound_drop_(o))
        return VWR_EBUSY;
    if (o->state == VWR_SOUND_NEW)
        r = sound_send_params(s, stream);
    if (r == VWR_OK)
        r = vwr_snd_client_pcm_prepare(&s->client, &m);
    if (r != VWR_OK)
        return r;
    o->state = VWR_SOUND_PREPARED;
    return o->info.direction == VWR_SND_D_INPUT ? vwr_sound_post_(s, stream) : VWR_OK;
}

int vwr_sound_start(struct vwr_sound *s, unsigned stream)
{
    const struct vwr_snd_pcm_start_msg m = {.stream_id = stream};
    struct vwr_sound_stream *o = NULL;
    int r = sound_find(s, stream, &o);

    if (r != VWR_OK || o->state == VWR_SOUND_STARTED) /* a second start may fail (quirk sound.start-twice) */
        return r;
    if (o->state != VWR_SOUND_STOPPED)
        r = vwr_sound_prepare(s, stream);
    if (r == VWR_OK)
        r = vwr_snd_client_pcm_start(&s->client, &m);
    if (r == VWR_OK)
        o->state = VWR_SOUND_STARTED;
    return r;
}

int vwr_sound_stop(struct vwr_sound *s, unsigned stream)
{
    const struct vwr_snd_pcm_stop_msg m = {.stream_id = stream};
    struct vwr_sound_stream *o = NULL;
    int r = sound_find(s, stream, &o);

    if (r != VWR_OK || o->state != VWR_SOUND_STARTED)
        return r;
    r = vwr_snd_client_pcm_stop(&s->client, &m);
    if (r == VWR_OK)
        o->state = VWR_SOUND_STOPPED;
    return r;
}

int vwr_sound_release(struct vwr_sound *s, unsigned stream)
{
    const struct vwr_snd_pcm_release_msg m = {.stream_id = stream};
    struct vwr_sound_stream *o = NULL;
    int r = sound_find(s, stream, &o);
    struct vwr_wait wait;

    if (r == VWR_OK)
        r = vwr_sound_stop(s, stream);
    if (r != VWR_OK || (o->state != VWR_SOUND_PREPARED && o->state != VWR_SOUND_STOPPED))
        return r;
    r = vwr_snd_client_pcm_release(&s->client, &m);
    if (r != VWR_OK)
        return r;
    o->state = VWR_SOUND_RELEASED;
    vwr_wait_begin(&wait, VWR_SOUND_RELEASE_US);
    do
        r = vwr_sound_reap_(s);
    while (r == VWR_OK && !vwr_sound_drop_(o) && vwr_wait_more(&wait));
    return r; /* periods in flight are dropped before a prepare */
}

int vwr_sound_remap(struct vwr_sound *s, unsigned jack, uint32_t association, uint32_t sequence)
{
    const struct vwr_snd_jack_remap_msg m = {jack, association, sequence};

    if (s->client.bringup.dev == NULL)
        return VWR_EFAILED;
    if (jack >= s->jacks)
        return VWR_EINVAL;
    if ((s->jack[jack].features >> VWR_SND_JACK_F_REMAP & 1u) == 0)
        return VWR_EUNSUPP;
    return vwr_snd_client_jack_remap(&s->client, &m);
}

/* ---- events ---- */

/* Handles an event of a stream or jack; without CTLS, there are no other events. false: the stream or jack
   does not exist.
 */
static bool sound_take_event(struct vwr_sound *s, const struct vwr_sound_event *e)
{
    if (e->type == VWR_SND_EVT_PCM_XRUN || e->type == VWR_SND_EVT_PCM_PERIOD_ELAPSED)
        return e->id < s->streams;
    if (e->id >= s->jacks)
        return false;
    s->jack[e->id].connected = e->type == VWR_SND_EVT_JACK_CONNECTED;
    return true;
}

int vwr_sound_poll(struct vwr_sound *s, struct vwr_sound_event *event)
{
    struct vwr_snd_client *const c = &s->client;
    struct vwr_snd_client_eventq_event e;
    struct vwr_slice slice;
    bool found = false;

    if (c->bringup.dev == NULL)
        return VWR_EFAILED;
    for (unsigned i = 0; i < VWR_SOUND_EVENTS && !found; i++) {
        const int r = vwr_receive_reap(&c->eventq, &slice, 1);

        if (r <= 0)
            return r;
        found = vwr_snd_client_eventq_parse(slice.p, slice.bytes, vwr_dev_is_legacy(c->bringup.dev),
                                            &c->bringup.dev->config.features, &e);
        event->type = (uint32_t)e.type;
        event->id = e.m.jack_connected.data; /* this member is the same in each event */
        found = found && sound_take_event(s, event);
        if (!found)
            vwr_count_add(&c->ignored, 1);
        (void)vwr_receive_submit(&c->eventq, slice.buffer);
        (void)vwr_receive_kick(&c->eventq);
    }
    return found;
}

bool vwr_sound_arm(struct vwr_sound *s)
{
    bool armed = vwr_receive_arm(&s->client.eventq, 1);

    armed = vwr_request_arm(&s->client.txq.requests, 1) && armed;
    return vwr_request_arm(&s->client.rxq.requests, 1) && armed;
}

/* ---- opening, recovery and closing ---- */

static const struct vwr_request_class sound_control_class = {
    VWR_CLIENT_CLASS(VWR_SND_CLIENT_CONTROLQ_SLOT),
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

/* The device may keep periods for any length of time. */
static const struct vwr_request_class sound_frames_class = {
    VWR_CLIENT_CLASS(VWR_SND_CLIENT_TXQ_SLOT),
};
VWR_STATIC_ASSERT(VWR_SND_CLIENT_TXQ_SLOT == VWR_SND_CLIENT_RXQ_SLOT, "the same class for both directions");

static int sound_set_up(struct vwr_bringup *v, unsigned n)
{
    struct vwr_sound *const s = (void *)v;
    struct vwr_sound_shared *const shared = s->options.shared;
    struct vwr_clientq *const frames[] = {&s->client.txq, &s->client.rxq};
    const struct vwr_queue_memory memory[] = {
        {shared->control, sizeof(shared->control), s->control_own, sizeof(s->control_own), VWR_SOUND_QUEUE},
        {shared->event_ring, sizeof(shared->event_ring), s->event_own, sizeof(s->event_own),
         VWR_SOUND_EVENTS},
        {&shared->frames[0], sizeof(shared->frames[0]), s->frames_own[0], sizeof(s->frames_own[0]),
         VWR_SOUND_QUEUE},
        {&shared->frames[1], sizeof(shared->frames[1]), s->frames_own[1], sizeof(s->frames_own[1]),
         VWR_SOUND_QUEUE},
    };
    const struct vwr_receive_memory buffers = {shared->event, sizeof(shared->event), s->event_buffer,
                                               VWR_SOUND_EVENTS};
    int r;

    s->options.request.requests = n == VWR_SND_QUEUE_CONTROLQ ? 1 : VWR_SOUND_REQUESTS;
    if (n == VWR_SND_QUEUE_CONTROLQ)
        r = vwr_client_setup(&s->client.controlq, v, n, &sound_control_class, &memory[n],
                             &s->options.request);
    else if (n == VWR_SND_QUEUE_EVENTQ)
        r = vwr_receive_setup(&s->client.eventq, v, n, &memory[n], &buffers, sizeof(struct vwr_snd_event));
    else
        r = vwr_client_setup(frames[n - VWR_SND_QUEUE_TXQ], v, n, &sound_frames_class, &memory[n],
                             &s->options.request);
    return r == VWR_OK && n < VWR_SND_QUEUE_RXQ ? 1 : r;
}

static void sound_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    struct vwr_sound *const s = (void *)v;

    vwr_receive_all(v, event);
    for (unsigned i = 0; i < s->streams && event == VWR_BRINGUP_RELEASED; i++)
        s->stream[i].state = VWR_SOUND_NEW;
}

static const struct vwr_features sound_want = {{VWR_SND_FEATURES_W0 & ~((uint32_t)1 << VWR_SND_F_CTLS),
                                                VWR_SND_FEATURES_W1, VWR_SND_FEATURES_W2,
                                                VWR_SND_FEATURES_W3}};

const struct vwr_bringup_class vwr_sound_bringup = {
    VWR_BRINGUP_CLASS(VWR_SND_ID, vwr_sound, client.info),
    .want = &sound_want,
    .read = vwr_snd_config_read,
    .set_up = sound_set_up,
    .event = sound_event,
    .needs = vwr_snd_config_needs,
};

int vwr_sound_open(struct vwr_sound *s, struct vwr_dev *d, const struct vwr_sound_options *options)
{
    int r = vwr_bringup_begin(&s->bringup, &vwr_sound_bringup, d);
    int closed;

    if (r != VWR_OK)
        return r;
    vwr_copy(&s->options, options, sizeof(*options));
    s->client.controlq_own.call.req.internal = 1; /* no caller reaps it */
    s->options.request.segments = VWR_REQUEST_SEGMENTS;
    s->options.request.replay = false; /* a reset stops the streams */
    s->client.bringup.avoid = &s->options.avoid;
    r = vwr_bringup_open(&s->bringup);
    if (r == VWR_OK)
        r = sound_read_tables(s);
    if (r == VWR_OK || d->state != VWR_DEV_LIVE)
        return r;
    closed = vwr_close(&s->bringup);
    if (closed == VWR_OK) /* the queue is gone, so the device keeps the fault of its request */
        vwr_copy(&d->fault, &s->client.controlq.requests.fault, sizeof(d->fault));
    return closed == VWR_OK ? r : closed;
}
