/* SPDX-License-Identifier: MIT */
#include "vwr/vstate.h"
#include "vsound_common.h"

/*
 * Saved state of a sound card: its streams, jacks and pending events. The buffers of streams are given back,
 * and the number of bytes that the VMM has moved from or to the oldest one is saved. Section: Device parts.
 */

/* A waiting RELEASE is executed again, in the state in which it is allowed. */
static bool vsound_give_back(struct vwr_vdev *d)
{
    struct vwr_vsound *const v = vsound_of(d);

    if (!d->loaded)
        v->loaded_connected = v->connected;
    for (unsigned i = 0; i < VWR_VSOUND_MESSAGES; i++)
        if (v->message[i].busy && v->message[i].more != NULL)
            v->stream[v->released].state = VWR_VSOUND_STOPPED;
    return vwr_service_give_back(d);
}

/* The device holds no buffers for events. */
static struct vwr_vchain *vsound_add(struct vwr_vdev *d, uint16_t queue)
{
    return queue != VWR_SND_QUEUE_EVENTQ ? vwr_service_add(d, queue) : NULL;
}

/* The state of the jacks is applied once all devices are accepted. */
static const struct vwr_record vsound_head =
    VWR_RECORD_OF(vwr_state_sound, VWR_RECORD_FIELD(vwr_state_sound, connected, vwr_vsound, loaded_connected),
                  VWR_RECORD_FIELD(vwr_state_sound, jack_events, vwr_vsound, jack_events),
                  VWR_RECORD_FIELD(vwr_state_sound, xrun_events, vwr_vsound, xrun_events));
static const struct vwr_record vsound_lane = VWR_RECORD_OF(
    vwr_state_lane, VWR_RECORD_FIELD(vwr_state_lane, buffer_bytes, vwr_vsound_lane, params.buffer_bytes),
    VWR_RECORD_FIELD(vwr_state_lane, period_bytes, vwr_vsound_lane, params.period_bytes),
    VWR_RECORD_FIELD(vwr_state_lane, features, vwr_vsound_lane, params.features),
    VWR_RECORD_FIELD(vwr_state_lane, latency_bytes, vwr_vsound_lane, latency_bytes),
    VWR_RECORD_FIELD(vwr_state_lane, done, vwr_vsound_lane, moved),
    VWR_RECORD_FIELD(vwr_state_lane, state, vwr_vsound_lane, state),
    VWR_RECORD_FLAG(vwr_state_lane, flags, VWR_STATE_LANE_DRY, vwr_vsound_lane, dry),
    VWR_RECORD_FIELD(vwr_state_lane, channels, vwr_vsound_lane, params.channels),
    VWR_RECORD_FIELD(vwr_state_lane, format, vwr_vsound_lane, params.format),
    VWR_RECORD_FIELD(vwr_state_lane, rate, vwr_vsound_lane, params.rate));

static void *vsound_find_lane(struct vwr_vdev *d, unsigned i)
{
    return i < vsound_of(d)->options.stream_count ? &vsound_of(d)->stream[i] : NULL;
}

/* The parameters must be valid for the guest to set; a new stream has none. */
static bool vsound_is_possible(struct vwr_vsound *v, uint32_t stream)
{
    const struct vwr_vsound_lane *const lane = &v->stream[stream];
    const struct vwr_snd_pcm_set_params_msg *const m = &lane->params;
    const bool moves = lane->state == VWR_VSOUND_STARTED || lane->state == VWR_VSOUND_STOPPED;
    const struct vwr_vqueue *const q = vsound_queue(v, v->options.streams[stream].direction);

    if (lane->state > VWR_VSOUND_RELEASED || (lane->dry && lane->state != VWR_VSOUND_STARTED) ||
        (lane->moved != 0 && !(moves && vwr_vqueue_in_flight(q) != 0)))
        return false;
    if (lane->state == VWR_VSOUND_NEW)
        return (m->buffer_bytes | m->period_bytes | m->features | m->channels | m->format | m->rate) == 0;
    return vwr_vsound_check_params_(v, m) == VWR_OK;
}

static bool vsound_is_mask(uint32_t mask, uint32_t count)
{
    return count >= 32u || mask >> count == 0;
}

static bool vsound_accept(struct vwr_vdev *d)
{
    struct vwr_vsound *const v = vsound_of(d);
    const struct vwr_vsound_options *const o = &v->options;
    bool good = vsound_is_mask(v->loaded_connected | v->jack_events, o->jack_count) &&
                vsound_is_mask(v->xrun_events, o->stream_count);

    for (uint32_t i = 0; i < o->stream_count; i++) {
        struct vwr_vsound_lane *const lane = &v->stream[i];

        lane->params.stream_id = lane->state != VWR_VSOUND_NEW ? i : 0;
        good = good && vsound_is_possible(v, i);
    }
    return good;
}

static void vsound_loaded(struct vwr_vdev *d)
{
    struct vwr_vsound *const v = vsound_of(d);

    v->connected = v->loaded_connected;
    for (uint32_t i = 0; i < v->options.stream_count; i++)
        if (v->stream[i].state != VWR_VSOUND_NEW && v->options.ops->stream_changed != NULL)
            v->options.ops->stream_changed(v, i);
}

/* All buffers must be in their streams before the VMM moves frames or a RELEASE returns the buffers. */
static void vsound_continue(struct vwr_vdev *d)
{
    const struct vwr_vsound *const v = vsound_of(d);

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
    .head = &vsound_head,
    .row = &vsound_lane,
    .find = vsound_find_lane,
    .accept = vsound_accept,
    .loaded = vsound_loaded,
    .start = vsound_continue,
};
