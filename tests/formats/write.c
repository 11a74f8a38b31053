/* SPDX-License-Identifier: MIT */
#include "vwr/vgpu.h"
#include "vwr_posix_wav.h"

#include <stdlib.h>
#include <string.h>

/*
 * Writes to standard output, or to FILE:
 *
 *   edid WIDTH HEIGHT [WIDTH HEIGHT ...]       the EDIDs of screens, one after the other
 *   play FILE FORMAT RATE CHANNELS             standard input, as a guest plays it
 *   record FILE                                "FORMAT RATE CHANNELS BYTES\n", then what a guest records
 */

#define PART 700u /* bytes of a call */

/* Instead of the sound card's (CMakeLists.txt): a stream whose guest is at standard input or output. */
uint32_t vwr_vsound_take(struct vwr_vsound *v, uint32_t stream, void *frames, uint32_t bytes)
{
    (void)v;
    (void)stream;
    return (uint32_t)fread(frames, 1, bytes, stdin);
}

uint32_t vwr_vsound_give(struct vwr_vsound *v, uint32_t stream, const void *frames, uint32_t bytes)
{
    (void)v;
    (void)stream;
    return (uint32_t)fwrite(frames, 1, bytes, stdout);
}

static int edid(uint32_t width, uint32_t height)
{
    uint8_t block[VWR_VGPU_EDID_BYTES];

    vwr_vgpu_edid(block, 0, width, height);
    return fwrite(block, 1, sizeof(block), stdout) == sizeof(block) ? 0 : 1;
}

static int play(const char *path, const struct vwr_snd_pcm_set_params_msg *params)
{
    struct vwr_posix_wav w;
    int r = vwr_posix_wav_create(&w, path, params);

    if (r != VWR_OK)
        return 1;
    while ((r = vwr_posix_wav_play(&w, NULL, 0, PART)) > 0)
        continue;
    return r == 0 && vwr_posix_wav_close(&w) == VWR_OK ? 0 : 1;
}

static int record(const char *path)
{
    struct vwr_posix_wav w;
    int r = vwr_posix_wav_open(&w, path);

    if (r != VWR_OK)
        return 1;
    printf("%u %u %u %u\n", w.format, w.rate, w.channels, w.bytes);
    while ((r = vwr_posix_wav_record(&w, NULL, 0, PART)) > 0)
        continue;
    return r == 0 && vwr_posix_wav_close(&w) == VWR_OK ? 0 : 1;
}

static uint32_t number(const char *text)
{
    return (uint32_t)strtoul(text, NULL, 10);
}

int main(int count, char **words)
{
    int failed = count < 3;

    if (!failed && strcmp(words[1], "record") == 0)
        return record(words[2]);
    if (count == 6 && strcmp(words[1], "play") == 0) {
        const struct vwr_snd_pcm_set_params_msg params = {.format = (uint8_t)number(words[3]),
                                                          .rate = (uint8_t)number(words[4]),
                                                          .channels = (uint8_t)number(words[5])};

        return play(words[2], &params);
    }
    for (int i = 2; i + 1 < count && !failed; i += 2)
        failed = edid(number(words[i]), number(words[i + 1]));
    return failed;
}
