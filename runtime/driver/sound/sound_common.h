/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_SOUND_COMMON_H
#define VWR_DRIVER_SOUND_COMMON_H

#include "vwr/sound.h"

/* Interface between the files of the sound card. */

/* Finds a stream. VWR_EFAILED: the device is not open. VWR_EINVAL: there is no such stream. */
static inline int sound_find(struct vwr_sound *s, unsigned stream, struct vwr_sound_stream **o)
{
    if (s->client.bringup.dev == NULL)
        return VWR_EFAILED;
    if (stream >= s->streams)
        return VWR_EINVAL;
    *o = &s->stream[stream];
    return VWR_OK;
}

/* vwr_sound_pcm.c */
/* reaps the periods of all streams */
int vwr_sound_reap_(struct vwr_sound *s);
/* drops the periods of a stream; false: the device still holds some */
bool vwr_sound_drop_(struct vwr_sound_stream *o);
/* sends empty periods of a capture stream */
int vwr_sound_post_(struct vwr_sound *s, unsigned stream);

#endif
