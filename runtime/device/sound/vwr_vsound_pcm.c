/* SPDX-License-Identifier: MIT */
#include "vsound_common.h"

/*
 * The buffers of streams: kept in their order, emptied or filled by the VMM, and returned; events.
 * Section: Sound Device / Device Operation / PCM I/O Messages.
 */

/* ---- events ---- */

static int vsound_send(struct vwr_vsound *v, uint32_t code, uint32_t id)
{
    struct vwr_snd_event e;

    e.hdr.code = vwr_cpu_to_le32(code);
    e.data = vwr_cpu_to_le32(id);
    return vwr_service_send_locked(&v->service.service, VWR_SND_QUEUE_EVENTQ, &e, sizeof(e), NULL, 0);
}

/* Events for which there is no buffer stay in the masks. */
static void vsound_send_pending(struct vwr_vsound *v)
{
    for (uint32_t i = 0; i < 32 && v->jack_events != 0; i++) {
        const bool connected = (v->connected >> i & 1u) != 0;

        if ((v->jack_events >> i & 1u) != 0 &&
            vsound_send(v, connected ? VWR_SND_EVT_JACK_CONNECTED : VWR_SND_EVT_JACK_DISCONNECTED, i) !=
                VWR_EFULL)
            v->jack_events &= ~(1u << i);
    }
    for (uint32_t i = 0; i < 32 && v->xrun_events != 0; i++)
        if ((v->xrun_events >> i & 1u) != 0 && vsound_send(v, VWR_SND_EVT_PCM_XRUN, i) != VWR_EFULL)
            v->xrun_events &= ~(1u << i);
}

void vwr_vsound_send_events(struct vwr_vsound *v)
{
    struct vwr_vdev *const d = vwr_vsound_dev(v);

    for (unsigned i = 0; i < 2; i++) { /* a buffer may arrive before the notifications are enabled */
        vsound_send_pending(v);
        if ((v->jack_events | v->xrun_events) == 0 || !vwr_vdev_is_alive(d, VWR_SND_QUEUE_EVENTQ) ||
            vwr_vqueue_arm(&d->queue[VWR_SND_QUEUE_EVENTQ]))
            return;
    }
}

static void vsound_tell(struct vwr_vsound *v)
{
    vwr_vsound_send_events(v);
    (void)vwr_vqueue_signal(&vwr_vsound_dev(v)->queue[VWR_SND_QUEUE_EVENTQ]);
}

/* A running stream has no frames or no space. */
static void vsound_xrun(struct vwr_vsound *v, uint32_t stream)
{
    struct vwr_vsound_lane *const lane = &v->stream[stream];

    if (lane->dry || (lane->params.features >> VWR_SND_PCM_F_EVT_XRUNS & 1u) == 0)
        return;
    lane->dry = true;
    v->xrun_events |= 1u << stream;
    vsound_tell(v);
}

/* ---- buffers ---- */

/* Returns the oldest buffer of a stream. */
static void vsound_return(struct vwr_vsound_lane *lane, int result)
{
    struct vwr_vmessage *const x = lane->first;
    const bool legacy = x->service->dev.legacy;
    const struct vwr_snd_play_answer a = {.latency_bytes = lane->latency_bytes};
    struct vwr_snd_play_answer_form form; /* the answer of a record message is the same */

    lane->first = x->token;
    if (lane->first == NULL)
        lane->last = NULL;
    lane->moved = 0;
    vwr_snd_play_answer_encode(&form, legacy, &a);
    vwr_vmessage_end(x, result, &form);
}

void vwr_vsound_return_all(struct vwr_vsound *v, uint32_t stream)
{
    while (v->stream[stream].first != NULL)
        vsound_return(&v->stream[stream], VWR_SND_S_IO_ERR);
    v->stream[stream].moved = 0;
}

/* The oldest buffer, of which the VMM had moved a part before the device was saved. */
static void vsound_skip(const struct vwr_vsound_lane *lane, struct vwr_vmessage *x, uint8_t direction)
{
    if (direction == VWR_SND_D_OUTPUT)
        (void)vwr_reader_skip(&x->out, lane->moved);
    else
        (void)vwr_writer_skip(&x->in, lane->moved);
}

/* A stream that was not prepared, or that has another direction, takes no buffer. */
static int vsound_keep(struct vwr_snd_vservice *s, struct vwr_vmessage *x, uint32_t stream, uint8_t direction)
{
    struct vwr_vsound *const v = vsound_of(s);
    struct vwr_vsound_lane *lane;

    if (stream >= v->options.stream_count || v->options.streams[stream].direction != direction)
        return VWR_SND_S_BAD_MSG;
    lane = &v->stream[stream];
    if (lane->state < VWR_VSOUND_PREPARED || lane->state > VWR_VSOUND_STOPPED)
        return VWR_SND_S_IO_ERR;
    x->token = NULL;
    if (lane->last != NULL)
        lane->last->token = x;
    else
        lane->first = x;
    if (lane->first == x)
        vsound_skip(lane, x, direction);
    lane->last = x;
    lane->dry = false;
    return VWR_LATER;
}

int vwr_vsound_play(struct vwr_snd_vservice *s, struct vwr_vmessage *x, const struct vwr_snd_play_msg *m,
                    struct vwr_snd_play_answer *a)
{
    (void)a;
    return vsound_keep(s, x, m->stream_id, VWR_SND_D_OUTPUT);
}

int vwr_vsound_record(struct vwr_snd_vservice *s, struct vwr_vmessage *x, const struct vwr_snd_record_msg *m,
                      struct vwr_snd_record_answer *a)
{
    (void)a;
    return vsound_keep(s, x, m->stream_id, VWR_SND_D_INPUT);
}

/* ---- the VMM ---- */

/* The frames that the VMM takes, or gives. */
struct vsound_copy {
    uint8_t *to;
    const uint8_t *from;
    uint32_t bytes;
    uint32_t done;
};

/* Moves frames of the oldest buffer; true if the buffer is used up. */
static bool vsound_move_one(struct vwr_vsound_lane *lane, struct vsound_copy *c)
{
    struct vwr_vmessage *const x = lane->first;
    const uint32_t left = c->bytes - c->done;
    const uint32_t n = c->to != NULL ? vwr_vmessage_read(x, c->to + c->done, left)
                                     : vwr_vmessage_write(x, c->from + c->done, left);

    c->done += n;
    lane->moved += n;
    return (c->to != NULL ? x->out.left : x->in.left) == 0;
}

static void vsound_move_all(struct vwr_vsound *v, uint32_t stream, struct vsound_copy *c)
{
    struct vwr_vsound_lane *const lane = &v->stream[stream];

    while (c->done < c->bytes && lane->first != NULL)
        if (vsound_move_one(lane, c))
            vsound_return(lane, VWR_OK);
    if (c->done < c->bytes)
        vsound_xrun(v, stream);
}

static uint32_t vsound_move(struct vwr_vsound *v, uint32_t stream, uint8_t direction, struct vsound_copy *c)
{
    struct vwr_vdev *const d = vwr_vsound_dev(v);

    if (stream >= v->options.stream_count || v->options.streams[stream].direction != direction)
        return 0;
    vwr_vdev_lock(d);
    if (v->stream[stream].state == VWR_VSOUND_STARTED) {
        vsound_move_all(v, stream, c);
        (void)vwr_vqueue_signal(vsound_queue(v, direction));
    }
    vwr_vdev_unlock(d);
    return c->done;
}

uint32_t vwr_vsound_take(struct vwr_vsound *v, uint32_t stream, void *frames, uint32_t bytes)
{
    struct vsound_copy c = {frames, NULL, bytes, 0};

    return vsound_move(v, stream, VWR_SND_D_OUTPUT, &c);
}

uint32_t vwr_vsound_give(struct vwr_vsound *v, uint32_t stream, const void *frames, uint32_t bytes)
{
    struct vsound_copy c = {NULL, frames, bytes, 0};

    return vsound_move(v, stream, VWR_SND_D_INPUT, &c);
}

void vwr_vsound_set_latency(struct vwr_vsound *v, uint32_t stream, uint32_t bytes)
{
    struct vwr_vdev *const d = vwr_vsound_dev(v);

    if (stream >= v->options.stream_count)
        return;
    vwr_vdev_lock(d);
    v->stream[stream].latency_bytes = bytes;
    vwr_vdev_unlock(d);
}

void vwr_vsound_set_jack(struct vwr_vsound *v, uint32_t jack, bool connected)
{
    struct vwr_vdev *const d = vwr_vsound_dev(v);
    uint32_t bit;

    if (jack >= v->options.jack_count)
        return;
    bit = 1u << jack;
    vwr_vdev_lock(d);
    if (((v->connected & bit) != 0) != connected) {
        v->connected ^= bit;
        v->jack_events |= bit;
        vsound_tell(v);
    }
    vwr_vdev_unlock(d);
}
