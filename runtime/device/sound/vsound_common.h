/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VSOUND_COMMON_H
#define VWR_DEVICE_VSOUND_COMMON_H

#include "vwr/bytes.h"
#include "vwr/vsound.h"

/* Shared by the files of a sound card; not for embedders. The caller holds the lock. */

/* Gets the sound card from its service or device, which is its first member. */
static inline struct vwr_vsound *vsound_of(void *s)
{
    return s;
}

/* Gets the oldest buffer of a stream, or NULL. */
static inline struct vwr_vmessage *vsound_oldest(const struct vwr_vsound *v, uint32_t stream)
{
    return vwr_service_kept(&v->service.service, &v->stream[stream]);
}

static inline struct vwr_vqueue *vsound_queue(struct vwr_vsound *v, uint8_t direction)
{
    const unsigned index = direction == VWR_SND_D_OUTPUT ? VWR_SND_QUEUE_TXQ : VWR_SND_QUEUE_RXQ;

    return &vwr_vsound_dev(v)->queue[index];
}

/*
 * vwr_vsound.c: checks whether the stream can have these parameters; returns VWR_OK, or the status of the
 * answer
 */
int vwr_vsound_check_params_(const struct vwr_vsound *v, const struct vwr_snd_pcm_set_params_msg *m);

/* ---- vwr_vsound_pcm.c: messages in txq and rxq, and the buffers that they keep ---- */

int vwr_vsound_play_(struct vwr_snd_vservice *s, struct vwr_vmessage *x, const struct vwr_snd_play_msg *m,
                     struct vwr_snd_play_answer *a);
int vwr_vsound_record_(struct vwr_snd_vservice *s, struct vwr_vmessage *x, const struct vwr_snd_record_msg *m,
                       struct vwr_snd_record_answer *a);

/* Returns all buffers of a stream to the guest. */
void vwr_vsound_return_all_(struct vwr_vsound *v, uint32_t stream);

/* Called when the event queue is served. Sends as many pending events as there are buffers. */
void vwr_vsound_posted_(struct vwr_snd_vservice *s, uint16_t queue);

#endif
