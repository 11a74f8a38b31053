/* SPDX-License-Identifier: MIT */
#ifndef VWR_POSIX_WAV_H
#define VWR_POSIX_WAV_H

#include <stdio.h>

#include "vwr/vsound.h"

VWR_BEGIN_C

/**
 * DOC: Streams of a guest's sound card as WAV files
 *
 * A file takes what a guest plays, or supplies what it records (vwr/vsound.h). The VMM is the
 * clock: it calls vwr_posix_wav_play() or vwr_posix_wav_record() with the number of bytes for the
 * time that has passed. One thread at a time uses a file. A file that grows beyond RLIMIT_FSIZE
 * fails with EFBIG; SIGXFSZ is blocked in the thread and consumed.
 */

/**
 * struct vwr_posix_wav - A WAV file
 * @format: enum vwr_snd_pcm_format.
 * @rate: enum vwr_snd_pcm_rate.
 * @channels: Number of channels.
 * @bytes: Bytes of frames in the file; of a file that is read, those that are left.
 */
struct vwr_posix_wav {
    uint8_t format;
    uint8_t rate;
    uint16_t channels;
    uint32_t bytes;
    /* private: */
    FILE *file;
    bool writes;
};

/**
 * vwr_posix_wav_second() - Compute the size of a second of sound
 * @format: enum vwr_snd_pcm_format.
 * @rate: enum vwr_snd_pcm_rate.
 * @channels: Number of channels.
 *
 * Context: Any. Does not wait.
 * Return: Bytes of a second; 0: a WAV file cannot have this format or rate.
 */
uint32_t vwr_posix_wav_second(uint8_t format, uint8_t rate, unsigned channels);

/**
 * vwr_posix_wav_create() - Create a file for a stream that a guest plays
 * @w: File; it need not be initialised.
 * @path: Path. The call does not keep it.
 * @params: Parameters of the stream, v->stream[i].params.
 *
 * Context: The VMM.
 * Return: VWR_OK.
 * * VWR_EUNSUPP: a WAV file cannot have this format or rate.
 * * VWR_ENODEV: the file cannot be created; errno says why.
 */
VWR_MUST_CHECK int vwr_posix_wav_create(struct vwr_posix_wav *w, const char *path,
                                        const struct vwr_snd_pcm_set_params_msg *params);

/**
 * vwr_posix_wav_open() - Open a file for a stream that a guest records
 * @w: File; it need not be initialised. The guest has to set the format, the rate and the number
 *   of channels that are in @w afterwards.
 * @path: Path. The call does not keep it.
 *
 * Context: The VMM.
 * Return: VWR_OK.
 * * VWR_EUNSUPP: the file has no frames that a stream can have.
 * * VWR_ENODEV: the file cannot be opened; errno says why.
 */
VWR_MUST_CHECK int vwr_posix_wav_open(struct vwr_posix_wav *w, const char *path);

/**
 * vwr_posix_wav_play() - Write what the guest plays into the file
 * @w: File of vwr_posix_wav_create().
 * @v: Sound card.
 * @stream: Index of the stream.
 * @bytes: Maximum number of bytes.
 *
 * Context: The thread that uses the file. Waits for the file, and for the VM's lock.
 * Return: Number of bytes.
 * * VWR_EIO: the file cannot be written; errno says why.
 */
VWR_MUST_CHECK int vwr_posix_wav_play(struct vwr_posix_wav *w, struct vwr_vsound *v, uint32_t stream,
                                      uint32_t bytes);

/**
 * vwr_posix_wav_record() - Give the guest what it records from the file
 * @w: File of vwr_posix_wav_open().
 * @v: Sound card.
 * @stream: Index of the stream.
 * @bytes: Maximum number of bytes.
 *
 * Context: The thread that uses the file. Waits for the file, and for the VM's lock.
 * Return: Number of bytes; 0: the file has ended, or the guest has no buffer.
 * * VWR_EIO: the file cannot be read; errno says why.
 */
VWR_MUST_CHECK int vwr_posix_wav_record(struct vwr_posix_wav *w, struct vwr_vsound *v, uint32_t stream,
                                        uint32_t bytes);

/**
 * vwr_posix_wav_close() - Complete the header of a written file, and close the file
 * @w: Open file.
 *
 * Context: The thread that uses the file.
 * Return: VWR_OK.
 * * VWR_EIO: the file cannot be written; errno says why. It is closed.
 */
VWR_MUST_CHECK int vwr_posix_wav_close(struct vwr_posix_wav *w);

VWR_END_C

#endif
