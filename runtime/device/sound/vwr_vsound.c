/* SPDX-License-Identifier: MIT */
#include "vsound_common.h"

/* Sound card: init, reset, tables and stream commands. Section: Sound Device. */

/* ---- tables ---- */

static int vsound_jack_info(struct vwr_snd_vservice *s, uint32_t id, struct vwr_snd_jack_info_item *item)
{
    const struct vwr_vsound *const v = vsound_of(s);

    vwr_copy(item, &v->options.jacks[id], sizeof(*item));
    item->connected = (uint8_t)(v->connected >> id & 1u);
    return VWR_OK;
}

static int vsound_pcm_info(struct vwr_snd_vservice *s, uint32_t id, struct vwr_snd_pcm_info_item *item)
{
    vwr_copy(item, &vsound_of(s)->options.streams[id], sizeof(*item));
    item->features = 1u << VWR_SND_PCM_F_EVT_XRUNS;
    return VWR_OK;
}

static int vsound_chmap_info(struct vwr_snd_vservice *s, uint32_t id, struct vwr_snd_chmap_info_item *item)
{
    vwr_copy(item, &vsound_of(s)->options.chmaps[id], sizeof(*item));
    return VWR_OK;
}

static int vsound_jack_remap(struct vwr_snd_vservice *s, struct vwr_vmessage *x,
                             const struct vwr_snd_jack_remap_msg *m)
{
    struct vwr_vsound *const v = vsound_of(s);

    (void)x;
    if (m->jack_id >= v->options.jack_count)
        return VWR_SND_S_BAD_MSG;
    if (!vwr_has_bit(v->options.jacks[m->jack_id].features, VWR_SND_JACK_F_REMAP) ||
        v->options.ops->remap == NULL)
        return VWR_SND_S_NOT_SUPP;
    return v->options.ops->remap(v, m);
}

/* ---- commands of a stream ---- */

#define VSOUND_BIT(state) (1u << VWR_VSOUND_##state)

/* States in which each command is allowed, indexed by the state to which the command leads. */
static const uint8_t vsound_from[] = {
    [VWR_VSOUND_SET] = VSOUND_BIT(NEW) | VSOUND_BIT(SET) | VSOUND_BIT(PREPARED) | VSOUND_BIT(RELEASED),
    [VWR_VSOUND_PREPARED] = VSOUND_BIT(SET) | VSOUND_BIT(PREPARED) | VSOUND_BIT(RELEASED),
    [VWR_VSOUND_STARTED] = VSOUND_BIT(PREPARED) | VSOUND_BIT(STOPPED),
    [VWR_VSOUND_STOPPED] = VSOUND_BIT(STARTED),
    [VWR_VSOUND_RELEASED] = VSOUND_BIT(PREPARED) | VSOUND_BIT(STOPPED),
};

static bool vsound_allows(const struct vwr_vsound *v, uint32_t stream, enum vwr_vsound_stream_state to)
{
    return stream < v->options.stream_count && (vsound_from[to] >> v->stream[stream].state & 1u) != 0;
}

static void vsound_change(struct vwr_vsound *v, uint32_t stream, enum vwr_vsound_stream_state to)
{
    v->stream[stream].state = (uint8_t)to;
    v->stream[stream].dry = false;
    if (v->options.ops->stream_changed != NULL)
        v->options.ops->stream_changed(v, stream);
}

static int vsound_command(struct vwr_snd_vservice *s, uint32_t stream, enum vwr_vsound_stream_state to)
{
    struct vwr_vsound *const v = vsound_of(s);

    if (!vsound_allows(v, stream, to))
        return VWR_SND_S_BAD_MSG;
    vsound_change(v, stream, to);
    return VWR_OK;
}

static bool vsound_supports(const struct vwr_snd_pcm_info_item *o, const struct vwr_snd_pcm_set_params_msg *m)
{
    return (m->features & ~(1u << VWR_SND_PCM_F_EVT_XRUNS)) == 0 && vwr_has_bit(o->formats, m->format) &&
           vwr_has_bit(o->rates, m->rate) && m->channels >= o->channels_min && m->channels <= o->channels_max;
}

int vwr_vsound_check_params_(const struct vwr_vsound *v, const struct vwr_snd_pcm_set_params_msg *m)
{
    uint32_t rest = 0;

    if (m->period_bytes == 0 || m->buffer_bytes == 0)
        return VWR_SND_S_BAD_MSG;
    (void)vwr_divide(m->buffer_bytes, m->period_bytes, &rest);
    if (rest != 0)
        return VWR_SND_S_BAD_MSG;
    if (!vsound_supports(&v->options.streams[m->stream_id], m))
        return VWR_SND_S_NOT_SUPP;
    return VWR_OK;
}

static int vsound_set_params(struct vwr_snd_vservice *s, struct vwr_vmessage *x,
                             const struct vwr_snd_pcm_set_params_msg *m)
{
    struct vwr_vsound *const v = vsound_of(s);
    int r;

    (void)x;
    if (!vsound_allows(v, m->stream_id, VWR_VSOUND_SET))
        return VWR_SND_S_BAD_MSG;
    r = vwr_vsound_check_params_(v, m);
    if (r != VWR_OK)
        return r;
    vwr_copy(&v->stream[m->stream_id].params, m, sizeof(*m));
    vsound_change(v, m->stream_id, VWR_VSOUND_SET);
    return VWR_OK;
}

static int vsound_prepare(struct vwr_snd_vservice *s, struct vwr_vmessage *x,
                          const struct vwr_snd_pcm_prepare_msg *m)
{
    (void)x;
    return vsound_command(s, m->stream_id, VWR_VSOUND_PREPARED);
}

static int vsound_start(struct vwr_snd_vservice *s, struct vwr_vmessage *x,
                        const struct vwr_snd_pcm_start_msg *m)
{
    (void)x;
    return vsound_command(s, m->stream_id, VWR_VSOUND_STARTED);
}

static int vsound_stop(struct vwr_snd_vservice *s, struct vwr_vmessage *x,
                       const struct vwr_snd_pcm_stop_msg *m)
{
    (void)x;
    return vsound_command(s, m->stream_id, VWR_VSOUND_STOPPED);
}

/* Waits until the buffers in the ring are served, because a released stream does not accept them. */
static int vsound_release_more(struct vwr_vmessage *x)
{
    struct vwr_vsound *const v = vsound_of(x->service);
    struct vwr_vdev *const d = vwr_vsound_dev(v);

    if (v->passes == 0 || !vwr_vdev_is_alive(d, v->releases) || vwr_vdev_arm(d, &d->queue[v->releases]))
        return VWR_OK;
    v->passes--;
    vwr_vdev_defer(d, v->releases);
    return vwr_vmessage_defer(x, vsound_release_more);
}

/* All buffers are returned before the answer. Section: Sound Device / Device Operation / PCM Stream Release.
 */
static int vsound_release(struct vwr_snd_vservice *s, struct vwr_vmessage *x,
                          const struct vwr_snd_pcm_release_msg *m)
{
    struct vwr_vsound *const v = vsound_of(s);
    const int r = vsound_command(s, m->stream_id, VWR_VSOUND_RELEASED);
    struct vwr_vqueue *q;

    if (r != VWR_OK)
        return r;
    q = vsound_queue(v, v->options.streams[m->stream_id].direction);
    vwr_vsound_return_all_(v, m->stream_id);
    (void)vwr_vdev_signal(vwr_vsound_dev(v), q);
    v->releases = q->index;
    v->released = m->stream_id;
    v->passes = VWR_VSOUND_QUEUE;
    return vsound_release_more(x);
}

/* ---- reset ---- */

/* The service has discarded the buffers of the queue. */
static void vsound_queue_reset(struct vwr_snd_vservice *s, uint16_t queue)
{
    struct vwr_vsound *const v = vsound_of(s);

    for (uint32_t i = 0; i < v->options.stream_count; i++)
        if (vsound_queue(v, v->options.streams[i].direction)->index == queue)
            v->stream[i].moved = 0;
}

static void vsound_reset(struct vwr_snd_vservice *s)
{
    struct vwr_vsound *const v = vsound_of(s);

    v->jack_events = 0;
    v->xrun_events = 0;
    for (uint32_t i = 0; i < v->options.stream_count; i++) {
        vwr_zero(&v->stream[i], sizeof(v->stream[i]));
        vsound_change(v, i, VWR_VSOUND_NEW);
    }
}

static void vsound_suspend(struct vwr_snd_vservice *s)
{
    struct vwr_vsound *const v = vsound_of(s);

    for (uint32_t i = 0; i < v->options.stream_count; i++)
        vwr_vsound_return_all_(v, i);
}

/* ---- init ---- */

static const struct vwr_snd_vservice_calls vsound_calls = {
    .jack_info = vsound_jack_info,
    .jack_remap = vsound_jack_remap,
    .pcm_info = vsound_pcm_info,
    .pcm_set_params = vsound_set_params,
    .pcm_prepare = vsound_prepare,
    .pcm_release = vsound_release,
    .pcm_start = vsound_start,
    .pcm_stop = vsound_stop,
    .chmap_info = vsound_chmap_info,
    .play = vwr_vsound_play_,
    .record = vwr_vsound_record_,
    .posted = vwr_vsound_posted_,
    .reset = vsound_reset,
    .queue_reset = vsound_queue_reset,
    .suspend = vsound_suspend,
};

/* A stream whose buffers wait would delay those of another stream in the same queue. */
static bool vsound_is_ordered(const struct vwr_vsound_options *o)
{
    uint32_t playing = 0;

    for (uint32_t i = 0; i < o->stream_count; i++)
        playing += o->streams[i].direction == VWR_SND_D_OUTPUT;
    return playing <= 1 && o->stream_count - playing <= 1;
}

static bool vsound_is_right(const struct vwr_vsound_options *o)
{
    bool right = o->ops != NULL && o->jack_count <= VWR_VSOUND_JACKS && o->stream_count <= VWR_VSOUND_STREAMS;

    for (uint32_t i = 0; right && i < o->stream_count; i++)
        right = o->streams[i].direction <= VWR_SND_D_INPUT;
    return right;
}

static bool vsound_has_room(struct vwr_vsound *v, const struct vwr_vsound_options *o)
{
    struct vwr_shortage *const lack = &vwr_vsound_dev(v)->shortage;

    return VWR_ARRAY_FITS(lack, o, jacks, jack_count, o->jack_count) &&
           VWR_ARRAY_FITS(lack, o, streams, stream_count, o->stream_count) &&
           VWR_ARRAY_FITS(lack, o, chmaps, chmap_count, o->chmap_count);
}

int vwr_vsound_init_with(struct vwr_vsound *v, const struct vwr_vdev_setup *s,
                         const struct vwr_vsound_options *o)
{
    const struct vwr_service_memory memory = {v->message, VWR_COUNT(v->message), v->seg, VWR_COUNT(v->seg)};
    const struct vwr_snd_config_info info = {
        .jacks = o->jack_count, .streams = o->stream_count, .chmaps = o->chmap_count};
    struct vwr_features none;
    int r;

    vwr_zero(v, sizeof(*v));
    if (!vsound_has_room(v, o))
        return VWR_ENOMEM;
    if (!vsound_is_right(o) || s->legacy)
        return VWR_EINVAL;
    v->context = o->context;
    vwr_copy(&v->options, o, sizeof(*o));
    for (uint32_t i = 0; i < o->jack_count; i++)
        v->connected |= (uint32_t)(o->jacks[i].connected != 0) << i;
    vwr_features_clear(&none);
    r = vwr_snd_vservice_init(&v->service, s, &none, &vsound_calls, &memory, NULL);
    if (!vsound_is_ordered(o))
        vwr_features_remove(&vwr_vsound_dev(v)->offered, VWR_F_IN_ORDER);
    vwr_snd_config_write(&v->service.config, vwr_vsound_dev(v)->legacy, &info);
    return r;
}
