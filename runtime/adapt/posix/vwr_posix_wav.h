/* SPDX-License-Identifier: MIT */
#ifndef VWR_POSIX_WAV_H
#define VWR_POSIX_WAV_H

#include <stdio.h>

#include "vwr/vsound.h"

VWR_BEGIN_C

/*
 * Streams of a guest (vwr/vsound.h) as WAV files: what the guest plays is written into one, what it records
 * is read from one. The VMM has the clock: it calls vwr_posix_wav_play or vwr_posix_wav_record with as many
 * bytes as the time that has passed has. One thread at a time uses a file.
 */
struct vwr_posix_wav {
    uint8_t format; /* enum vwr_snd_pcm_format */
    uint8_t rate;   /* enum vwr_snd_pcm_rate */
    uint16_t channels;
    uint32_t bytes; /* of frames in the file; while it is read: those that are left */
    /* private */
    FILE *file;
    bool writes;
};

/* Bytes of a second of these frames, for the VMM's clock; 0: no WAV file has this format or rate. */
uint32_t vwr_posix_wav_second(uint8_t format, uint8_t rate, unsigned channels);

/*
 * Creates a file for the parameters of a stream, v->stream[i].params. VWR_OK; VWR_EUNSUPP: no WAV file has
 * this format; VWR_ENODEV: see errno.
 */
VWR_MUST_CHECK int vwr_posix_wav_create(struct vwr_posix_wav *w, const char *path,
                                        const struct vwr_snd_pcm_set_params_msg *params);

/*
 * Opens a file that a guest is going to record; the guest must have set format, rate and channels of the
 * file. VWR_OK; VWR_EUNSUPP: the file has no frames that a stream can have; VWR_ENODEV: see errno.
 */
VWR_MUST_CHECK int vwr_posix_wav_open(struct vwr_posix_wav *w, const char *path);

/* Writes up to `bytes` bytes that the guest plays. Returns their number, or VWR_EIO: see errno. */
VWR_MUST_CHECK int vwr_posix_wav_play(struct vwr_posix_wav *w, struct vwr_vsound *v, uint32_t stream,
                                      uint32_t bytes);

/*
 * Gives up to `bytes` bytes of the file to a guest that records. Returns their number: 0 at the end of the
 * file, or if the guest has no space; or VWR_EIO: see errno.
 */
VWR_MUST_CHECK int vwr_posix_wav_record(struct vwr_posix_wav *w, struct vwr_vsound *v, uint32_t stream,
                                        uint32_t bytes);

/* Closes the file, and writes its size into it. VWR_OK or VWR_EIO: see errno. */
VWR_MUST_CHECK int vwr_posix_wav_close(struct vwr_posix_wav *w);

VWR_END_C

#endif
