/* SPDX-License-Identifier: MIT */
#include "vwr/vstate.h"
#include "vsound_common.h"

/*
 * Saved state of a sound card: its streams, jacks and pending events. The buffers of streams are given back,
 * with the number of bytes of the oldest one that the VMM has moved. Section: Device parts.
 */

static struct vwr_vsound *vsound_of_dev(struct vwr_vdev *d)
{
    return (struct vwr_vsound *)(void *)d;
}

/* A RELEASE that waits is executed again, from the state in which it is allowed. */
static bool vsound_give_back(struct vwr_vdev *d)
{
    struct vwr_vsound *const v = vsound_of_dev(d);

    for (unsigned i = 0; i < VWR_VSOUND_MESSAGES; i++)
        if (v->message[i].busy && v->message[i].more != NULL)
            v->stream[v->released].state = VWR_VSOUND_STOPPED;
    for (uint32_t i = 0; i < v->options.stream_count; i++) {
        v->stream[i].first = NULL;
        v->stream[i].last = NULL;
    }
    return vwr_service_give_back(d);
}

/* The device keeps no buffer for events. */
static struct vwr_vchain *vsound_add(struct vwr_vdev *d, uint16_t queue)
{
    return queue != VWR_SND_QUEUE_EVENTQ ? vwr_service_add(d, queue) : NULL;
}

static void vsound_put_lane(struct vwr_vstate *s, const struct vwr_vsound_lane *lane)
{
    const struct vwr_snd_pcm_set_params_msg *const m = &lane->params;
    struct vwr_state_lane to;

    vwr_zero(&to, sizeof(to));
    to.buffer_bytes = vwr_cpu_to_le32(m->buffer_bytes);
    to.period_bytes = vwr_cpu_to_le32(m->period_bytes);
    to.features = vwr_cpu_to_le32(m->features);
    to.latency_bytes = vwr_cpu_to_le32(lane->latency_bytes);
    to.done = vwr_cpu_to_le32(lane->moved);
    to.state = lane->state;
    to.flags = lane->dry ? VWR_STATE_LANE_DRY : 0;
    to.channels = m->channels;
    to.format = m->format;
    to.rate = m->rate;
    vwr_vstate_put(s, &to, sizeof(to));
}

static void vsound_save(const struct vwr_vdev *d, struct vwr_vstate *s)
{
    const struct vwr_vsound *const v = (const struct vwr_vsound *)(const void *)d;
    struct vwr_state_sound c;

    c.connected = vwr_cpu_to_le32(v->loaded ? v->loaded_connected : v->connected);
    c.jack_events = vwr_cpu_to_le32(v->jack_events);
    c.xrun_events = vwr_cpu_to_le32(v->xrun_events);
    vwr_vstate_put(s, &c, sizeof(c));
    for (uint32_t i = 0; i < v->options.stream_count; i++)
        vsound_put_lane(s, &v->stream[i]);
}

/* The parameters are those that the guest could set; a new stream has none. */
static bool vsound_is_lane(struct vwr_vsound *v, uint32_t stream, const struct vwr_state_lane *from)
{
    const struct vwr_vsound_lane *const lane = &v->stream[stream];
    const struct vwr_snd_pcm_set_params_msg *const m = &lane->params;
    const bool moves = lane->state == VWR_VSOUND_STARTED || lane->state == VWR_VSOUND_STOPPED;
    const struct vwr_vqueue *const q = vsound_queue(v, v->options.streams[stream].direction);

    if (lane->state > VWR_VSOUND_RELEASED || from->flags > VWR_STATE_LANE_DRY || from->reserved[0] != 0 ||
        from->reserved[1] != 0 || from->reserved[2] != 0)
        return false;
    if ((lane->dry && lane->state != VWR_VSOUND_STARTED) ||
        (lane->moved != 0 && !(moves && vwr_vqueue_in_flight(q) != 0)))
        return false;
    if (lane->state == VWR_VSOUND_NEW)
        return (m->buffer_bytes | m->period_bytes | m->features | m->channels | m->format | m->rate) == 0;
    return vwr_vsound_check_params(v, m) == VWR_OK;
}

static bool vsound_load_lane(struct vwr_vsound *v, uint32_t stream, const struct vwr_state_lane *from)
{
    struct vwr_vsound_lane *const lane = &v->stream[stream];

    lane->state = from->state;
    lane->params.stream_id = lane->state != VWR_VSOUND_NEW ? stream : 0;
    lane->params.buffer_bytes = vwr_le32_to_cpu(from->buffer_bytes);
    lane->params.period_bytes = vwr_le32_to_cpu(from->period_bytes);
    lane->params.features = vwr_le32_to_cpu(from->features);
    lane->params.channels = from->channels;
    lane->params.format = from->format;
    lane->params.rate = from->rate;
    lane->latency_bytes = vwr_le32_to_cpu(from->latency_bytes);
    lane->moved = vwr_le32_to_cpu(from->done);
    lane->dry = from->flags != 0;
    return vsound_is_lane(v, stream, from);
}

static bool vsound_is_mask(uint32_t mask, uint32_t count)
{
    return count >= 32u || mask >> count == 0;
}

/* The jacks are the device's once all devices are accepted. */
static bool vsound_load(struct vwr_vdev *d, const uint8_t *from, uint32_t bytes)
{
    struct vwr_vsound *const v = vsound_of_dev(d);
    const struct vwr_vsound_options *const o = &v->options;
    struct vwr_state_sound c;
    struct vwr_state_lane lane;

    if (bytes != sizeof(c) + o->stream_count * sizeof(lane))
        return false;
    vwr_copy(&c, from, sizeof(c));
    v->loaded = true;
    v->loaded_connected = vwr_le32_to_cpu(c.connected);
    v->jack_events = vwr_le32_to_cpu(c.jack_events);
    v->xrun_events = vwr_le32_to_cpu(c.xrun_events);
    for (uint32_t i = 0; i < o->stream_count; i++) {
        vwr_copy(&lane, from + sizeof(c) + i * sizeof(lane), sizeof(lane));
        if (!vsound_load_lane(v, i, &lane))
            return false;
    }
    return vsound_is_mask(v->loaded_connected | v->jack_events, o->jack_count) &&
           vsound_is_mask(v->xrun_events, o->stream_count);
}

static void vsound_tell_streams(struct vwr_vsound *v)
{
    for (uint32_t i = 0; i < v->options.stream_count; i++)
        if (v->stream[i].state != VWR_VSOUND_NEW && v->options.ops->stream_changed != NULL)
            v->options.ops->stream_changed(v, i);
}

/* All buffers are in their streams before the VMM moves frames, or a RELEASE returns them. */
static void vsound_go_on(struct vwr_vdev *d)
{
    struct vwr_vsound *const v = vsound_of_dev(d);

    if (v->loaded) {
        v->loaded = false;
        v->connected = v->loaded_connected;
        vsound_tell_streams(v);
    }
    for (unsigned i = 0; i < VWR_VSOUND_MESSAGES && v->service.service.backs != 0; i++) {
        d->work = d->budget_bytes;
        vwr_vdev_serve_locked(d, VWR_SND_QUEUE_TXQ);
        d->work = d->budget_bytes;
        vwr_vdev_serve_locked(d, VWR_SND_QUEUE_RXQ);
    }
}

const struct vwr_vstate_class vwr_vsound_state = {
    .id = VWR_SND_ID,
    .give_back = vsound_give_back,
    .next = vwr_service_next,
    .add = vsound_add,
    .save = vsound_save,
    .load = vsound_load,
    .start = vsound_go_on,
};
