/* SPDX-License-Identifier: MIT */
#include "vsound_common.h"

/*
 * Buffers of streams, which are kept in order, emptied or filled by the VMM, and returned; and events.
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
void vwr_vsound_posted_(struct vwr_snd_vservice *s, uint16_t queue)
{
    struct vwr_vsound *const v = vsound_of(s);

    (void)queue; /* it is the event queue, because the other queues have messages */
    for (uint32_t i = 0; i < 32 && (v->jack_events | v->xrun_events) != 0; i++) {
        const uint32_t bit = 1u << i;
        const bool connected = (v->connected & bit) != 0;

        if ((v->jack_events & bit) != 0 &&
            vsound_send(v, connected ? VWR_SND_EVT_JACK_CONNECTED : VWR_SND_EVT_JACK_DISCONNECTED, i) !=
                VWR_EFULL)
            v->jack_events &= ~bit;
        if ((v->xrun_events & bit) != 0 && vsound_send(v, VWR_SND_EVT_PCM_XRUN, i) != VWR_EFULL)
            v->xrun_events &= ~bit;
    }
}

/* Reports that a running stream has no frames or no space. */
static void vsound_xrun(struct vwr_vsound *v, uint32_t stream)
{
    struct vwr_vsound_lane *const lane = &v->stream[stream];

    if (lane->dry || (lane->params.features >> VWR_SND_PCM_F_EVT_XRUNS & 1u) == 0)
        return;
    lane->dry = true;
    v->xrun_events |= 1u << stream;
    vwr_vdev_serve_locked(vwr_vsound_dev(v), VWR_SND_QUEUE_EVENTQ);
}

/* ---- buffers ---- */

static bool vsound_has(const struct vwr_vsound *v, uint32_t stream, uint8_t direction)
{
    return stream < v->options.stream_count && v->options.streams[stream].direction == direction;
}

/* Returns the oldest buffer of a stream. */
static void vsound_return(struct vwr_vsound_lane *lane, struct vwr_vmessage *x, int result)
{
    const struct vwr_snd_play_answer a = {.latency_bytes = lane->latency_bytes};
    struct vwr_snd_play_answer_form form; /* the answer of a record message is the same */

    lane->moved = 0;
    vwr_snd_play_answer_encode(&form, x->service->dev.legacy, &a);
    vwr_vmessage_end(x, result, &form);
}

void vwr_vsound_return_all_(struct vwr_vsound *v, uint32_t stream)
{
    struct vwr_vmessage *x;

    while ((x = vsound_oldest(v, stream)) != NULL)
        vsound_return(&v->stream[stream], x, VWR_SND_S_IO_ERR);
    v->stream[stream].moved = 0;
}

/*
 * A stream that was not prepared or has the other direction accepts no buffers. The VMM may have moved a part
 * of the oldest buffer before the device was saved.
 */
static int vsound_keep(struct vwr_snd_vservice *s, struct vwr_vmessage *x, uint32_t stream, uint8_t direction)
{
    struct vwr_vsound *const v = vsound_of(s);
    struct vwr_vsound_lane *lane;

    if (!vsound_has(v, stream, direction))
        return VWR_SND_S_BAD_MSG;
    lane = &v->stream[stream];
    if (lane->state < VWR_VSOUND_PREPARED || lane->state > VWR_VSOUND_STOPPED)
        return VWR_SND_S_IO_ERR;
    lane->dry = false;
    if (vsound_oldest(v, stream) == NULL && direction == VWR_SND_D_OUTPUT)
        (void)vwr_reader_skip(&x->out, lane->moved);
    else if (vsound_oldest(v, stream) == NULL)
        (void)vwr_writer_skip(&x->in, lane->moved);
    return vwr_vmessage_keep(x, lane);
}

int vwr_vsound_play_(struct vwr_snd_vservice *s, struct vwr_vmessage *x, const struct vwr_snd_play_msg *m,
                     struct vwr_snd_play_answer *a)
{
    (void)a;
    return vsound_keep(s, x, m->stream_id, VWR_SND_D_OUTPUT);
}

int vwr_vsound_record_(struct vwr_snd_vservice *s, struct vwr_vmessage *x, const struct vwr_snd_record_msg *m,
                       struct vwr_snd_record_answer *a)
{
    (void)a;
    return vsound_keep(s, x, m->stream_id, VWR_SND_D_INPUT);
}

/* ---- the VMM ---- */

/* Moves frames out of the oldest buffers of an output stream to `to`, or from `from` into those of an input
 * stream. */
static uint32_t vsound_move_all(struct vwr_vsound *v, uint32_t stream, uint8_t direction, uint8_t *to,
                                const uint8_t *from, uint32_t bytes)
{
    const bool output = direction == VWR_SND_D_OUTPUT;
    struct vwr_vsound_lane *const lane = &v->stream[stream];
    struct vwr_vmessage *x;
    uint32_t done = 0;

    while (done < bytes && (x = vsound_oldest(v, stream)) != NULL) {
        const uint32_t n = output ? vwr_vmessage_read(x, to + done, bytes - done)
                                  : vwr_vmessage_write(x, from + done, bytes - done);

        done += n;
        lane->moved += n;
        if ((output ? x->out.left : x->in.left) == 0)
            vsound_return(lane, x, VWR_OK);
    }
    if (done < bytes)
        vsound_xrun(v, stream);
    return done;
}

static uint32_t vsound_move(struct vwr_vsound *v, uint32_t stream, uint8_t direction, uint8_t *to,
                            const uint8_t *from, uint32_t bytes)
{
    struct vwr_vdev *const d = vwr_vsound_dev(v);
    uint32_t done = 0;

    if (!vsound_has(v, stream, direction))
        return 0;
    vwr_vdev_lock(d);
    if (v->stream[stream].state == VWR_VSOUND_STARTED) {
        done = vsound_move_all(v, stream, direction, to, from, bytes);
        (void)vwr_vdev_signal(d, vsound_queue(v, direction));
    }
    vwr_vdev_unlock(d);
    return done;
}

uint32_t vwr_vsound_take(struct vwr_vsound *v, uint32_t stream, void *frames, uint32_t bytes)
{
    return vsound_move(v, stream, VWR_SND_D_OUTPUT, frames, NULL, bytes);
}

uint32_t vwr_vsound_give(struct vwr_vsound *v, uint32_t stream, const void *frames, uint32_t bytes)
{
    return vsound_move(v, stream, VWR_SND_D_INPUT, NULL, frames, bytes);
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
        vwr_vdev_serve_locked(d, VWR_SND_QUEUE_EVENTQ);
    }
    vwr_vdev_unlock(d);
}
