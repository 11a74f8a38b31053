/* SPDX-License-Identifier: MIT */
/* Sound: a tone of 480 Hz for a second, on the first stream that plays it; then what was played. */
#include "board.h"
#include "vwr/gen/ids.h"
#include "vwr/sound.h"

#define RATE 48000u
#define TONE 480u
#define WAIT 100000000u /* polls that find no free period before the example gives up */

static struct vwr_sound_shared shared; /* shared with the device */
static struct vwr_sound sound;         /* private; the device must not access it */
static struct vwr_mmio mmio;

static const struct vwr_sound_params params = {.period_bytes = VWR_SOUND_PERIOD_BYTES,
                                               .periods = VWR_SOUND_PERIODS,
                                               .format = VWR_SND_PCM_FMT_S16,
                                               .rate = VWR_SND_PCM_RATE_48000,
                                               .channels = 1};

/* A triangle, which needs no table. */
static int16_t sample(unsigned i)
{
    const unsigned at = i % (RATE / TONE);
    const unsigned half = RATE / TONE / 2;

    return (int16_t)(400 * ((int)(at < half ? at : 2 * half - at) - (int)half / 2));
}

/* Frames are little-endian. */
static int play(unsigned stream)
{
    uint32_t done = 0;
    uint32_t polls = 0;
    uint8_t frame[2];
    int r = VWR_OK;

    while (r >= 0 && done < RATE && polls < WAIT) {
        frame[0] = (uint8_t)sample(done);
        frame[1] = (uint8_t)((uint16_t)sample(done) >> 8);
        r = vwr_sound_write(&sound, stream, frame, sizeof(frame));
        done += r > 0;
        polls = r > 0 ? 0 : polls + 1;
    }
    if (r >= 0)
        r = vwr_sound_flush(&sound, stream);
    while (r == VWR_OK && sound.stream[stream].count != 0 && polls++ < WAIT)
        r = vwr_sound_write(&sound, stream, frame, 0);
    if (r >= 0)
        r = done == RATE && sound.stream[stream].count == 0 ? VWR_OK : VWR_ETIMEOUT;
    say(r == VWR_OK ? "played" : "not played");
    return r;
}

int example(void)
{
    const struct vwr_sound_options options = {.shared = &shared};
    int r = board_find(&mmio, VWR_ID_SOUND);

    if (r == VWR_OK)
        r = vwr_sound_open(&sound, &mmio.dev, &options);
    if (r != VWR_OK)
        return r;
    r = VWR_EUNSUPP;
    for (unsigned i = 0; i < sound.streams && r == VWR_EUNSUPP; i++) {
        if (sound.stream[i].info.direction == VWR_SND_D_OUTPUT)
            r = vwr_sound_set_params(&sound, i, &params);
        if (r == VWR_OK)
            r = vwr_sound_start(&sound, i);
        if (r == VWR_OK)
            r = play(i);
    }
    return vwr_close(&sound.bringup) != VWR_OK ? VWR_ETIMEOUT : r;
}
