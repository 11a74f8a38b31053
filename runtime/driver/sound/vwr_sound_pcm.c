/* SPDX-License-Identifier: MIT */
#include "sound_common.h"

/* Periods of streams: filling, sending, reaping and reading them. Section: Sound Device / Device Operation /
 * PCM I/O Messages. */

/* Gets the period after `n` periods that were sent. */
static unsigned sound_index(const struct vwr_sound_stream *o, unsigned n)
{
    const unsigned i = o->first + n;

    return i < VWR_SOUND_PERIODS ? i : i - VWR_SOUND_PERIODS;
}

static bool sound_is_back(const struct vwr_sound_period *p)
{
    return p->call.any.req.state == VWR_REQ_IDLE;
}

int vwr_sound_reap_(struct vwr_sound *s)
{
    struct vwr_client_call *done[VWR_SOUND_REQUESTS];
    int r = vwr_client_reap(&s->client.txq, done, VWR_SOUND_REQUESTS);

    if (r >= 0)
        r = vwr_client_reap(&s->client.rxq, done, VWR_SOUND_REQUESTS);
    return r < 0 ? r : VWR_OK;
}

/* Frees the oldest period, which has completed. */
static void sound_take_back(const struct vwr_sound *s, struct vwr_sound_stream *o)
{
    const struct vwr_sound_period *const p = &o->period[o->first];
    struct vwr_snd_play_answer a;

    if (p->call.any.req.result == VWR_OK) {
        vwr_snd_client_play_answer(&s->client, &p->call.play,
                                   &a); /* the answer of a record message is the same */
        o->latency_bytes = a.latency_bytes;
    } else {
        vwr_count_add(&o->failed, 1);
    }
    o->first = (uint16_t)sound_index(o, 1);
    o->count--;
}

bool vwr_sound_drop_(struct vwr_sound_stream *o)
{
    for (unsigned i = 0; i < VWR_SOUND_PERIODS; i++)
        if (!sound_is_back(&o->period[i]))
            return false;
    o->count = 0;
    o->at = 0;
    o->latency_bytes = 0;
    return true;
}

/* VWR_EINVAL: the stream has the other direction, or accepts no frames. */
static int sound_begin(struct vwr_sound *s, unsigned stream, uint8_t direction,
                       struct vwr_sound_stream **found)
{
    const int r = sound_find(s, stream, found);

    if (r != VWR_OK)
        return r;
    if ((*found)->info.direction != direction || (*found)->state < VWR_SOUND_PREPARED ||
        (*found)->state > VWR_SOUND_STOPPED)
        return VWR_EINVAL;
    return vwr_sound_reap_(s);
}

/* ---- playback ---- */

/* Sends the period that is being written. */
static int sound_send(struct vwr_sound *s, unsigned stream)
{
    const struct vwr_snd_play_msg m = {.stream_id = stream};
    struct vwr_sound_stream *const o = &s->stream[stream];
    const unsigned i = sound_index(o, o->count);
    const int r = vwr_snd_client_play_submit(&s->client, &o->period[i].call.play, &m,
                                             s->options.shared->period[stream][i], o->at);

    if (r != VWR_OK)
        return r;
    o->period[i].bytes = o->at;
    o->at = 0;
    o->count++;
    return VWR_OK;
}

/* Fills the period that is being written; returns the number of bytes. */
static uint32_t sound_fill(struct vwr_sound *s, unsigned stream, const uint8_t *from, uint32_t bytes)
{
    struct vwr_sound_stream *const o = &s->stream[stream];
    const uint32_t room = o->params.period_bytes - o->at;
    const uint32_t n = bytes < room ? bytes : room;

    vwr_copy(s->options.shared->period[stream][sound_index(o, o->count)] + o->at, from, n);
    o->at += n;
    return n;
}

int vwr_sound_write(struct vwr_sound *s, unsigned stream, const void *frames, uint32_t bytes)
{
    struct vwr_sound_stream *o = NULL;
    uint32_t done = 0;
    int r = sound_begin(s, stream, VWR_SND_D_OUTPUT, &o);

    if (r != VWR_OK)
        return r;
    while (o->count != 0 && sound_is_back(&o->period[o->first]))
        sound_take_back(s, o);
    while (r == VWR_OK && done < bytes && o->count < o->params.periods) {
        done += sound_fill(s, stream, (const uint8_t *)frames + done, bytes - done);
        if (o->at == o->params.period_bytes)
            r = sound_send(s, stream);
    }
    (void)vwr_client_kick(&s->client.txq);
    return r == VWR_OK || r == VWR_EFULL || done != 0 ? (int)done : r; /* the next call sends the period */
}

int vwr_sound_flush(struct vwr_sound *s, unsigned stream)
{
    struct vwr_sound_stream *o = NULL;
    int r = sound_begin(s, stream, VWR_SND_D_OUTPUT, &o);

    if (r != VWR_OK || o->at == 0)
        return r;
    r = sound_send(s, stream);
    (void)vwr_client_kick(&s->client.txq);
    return r;
}

uint64_t vwr_sound_latency(const struct vwr_sound *s, unsigned stream)
{
    const struct vwr_sound_stream *o;
    uint64_t bytes = 0;

    if (stream >= s->streams)
        return 0;
    o = &s->stream[stream];
    for (unsigned i = 0; i < o->count; i++)
        bytes += o->period[sound_index(o, i)].bytes;
    return bytes + o->at + o->latency_bytes;
}

/* ---- capture ---- */

int vwr_sound_post_(struct vwr_sound *s, unsigned stream)
{
    const struct vwr_snd_record_msg m = {.stream_id = stream};
    struct vwr_sound_stream *const o = &s->stream[stream];
    int r = VWR_OK;

    while (r == VWR_OK && o->count < o->params.periods) {
        const unsigned i = sound_index(o, o->count);

        r = vwr_snd_client_record_submit(&s->client, &o->period[i].call.record, &m,
                                         s->options.shared->period[stream][i], o->params.period_bytes);
        if (r == VWR_OK)
            o->count++;
    }
    (void)vwr_client_kick(&s->client.rxq);
    return r == VWR_EFULL ? VWR_OK : r; /* the next read posts them */
}

/* Reads from the oldest period, which has completed; returns the number of bytes. */
static uint32_t sound_drain(struct vwr_sound *s, unsigned stream, uint8_t *to, uint32_t bytes)
{
    struct vwr_sound_stream *const o = &s->stream[stream];
    const struct vwr_client_call *const call = &o->period[o->first].call.any;
    const uint32_t there = call->req.result == VWR_OK ? call->data_bytes : 0; /* at most one period */
    const uint32_t n = bytes < there - o->at ? bytes : there - o->at;

    vwr_copy(to, s->options.shared->period[stream][o->first] + o->at, n);
    o->at += n;
    if (o->at == there) {
        o->at = 0;
        sound_take_back(s, o);
    }
    return n;
}

int vwr_sound_read(struct vwr_sound *s, unsigned stream, void *frames, uint32_t bytes)
{
    struct vwr_sound_stream *o = NULL;
    uint32_t done = 0;
    int r = sound_begin(s, stream, VWR_SND_D_INPUT, &o);

    if (r != VWR_OK)
        return r;
    while (done < bytes && o->count != 0 && sound_is_back(&o->period[o->first]))
        done += sound_drain(s, stream, (uint8_t *)frames + done, bytes - done);
    r = vwr_sound_post_(s, stream);
    return r == VWR_OK || done != 0 ? (int)done : r;
}
