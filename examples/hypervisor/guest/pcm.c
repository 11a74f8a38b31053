/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <sound/asound.h>

#include "tool.h"

/*
 * pcm play FILE, pcm record FILE BYTES HEADER: plays or records a WAV file of 48 kHz with two channels of 16
 * bits,
 * through the first sound card, with the kernel's own calls. The recorded file gets the header of the played
 * file,
 * HEADER. The buffer is long, because the kernel gives up if the stream has not advanced for 1.1 times the
 * length of
 * the buffer, and a busy machine may pause for a while.
 */
enum { RATE = 48000, CHANNELS = 2, FRAME = 4, HEADER = 44, PERIOD = 4800, PERIODS = 30 };

static struct snd_interval *interval(struct snd_pcm_hw_params *p, int which)
{
    return &p->intervals[which - SNDRV_PCM_HW_PARAM_FIRST_INTERVAL];
}

static void set(struct snd_pcm_hw_params *p, int which, unsigned value)
{
    struct snd_interval *const i = interval(p, which);

    i->min = value;
    i->max = value;
    i->integer = 1;
}

static void set_mask(struct snd_pcm_hw_params *p, int which, unsigned bit)
{
    struct snd_mask *const m = &p->masks[which - SNDRV_PCM_HW_PARAM_FIRST_MASK];

    memset(m, 0, sizeof(*m));
    m->bits[bit / 32] = 1u << bit % 32;
}

static void set_hardware(int pcm)
{
    static struct snd_pcm_hw_params p;

    memset(&p, 0, sizeof(p));
    memset(p.masks, 0xff, sizeof(p.masks));
    for (int i = SNDRV_PCM_HW_PARAM_FIRST_INTERVAL; i <= SNDRV_PCM_HW_PARAM_LAST_INTERVAL; i++)
        interval(&p, i)->max = ~0u;
    p.rmask = ~0u;
    p.info = ~0u;
    set_mask(&p, SNDRV_PCM_HW_PARAM_ACCESS, SNDRV_PCM_ACCESS_RW_INTERLEAVED);
    set_mask(&p, SNDRV_PCM_HW_PARAM_FORMAT, SNDRV_PCM_FORMAT_S16_LE);
    set_mask(&p, SNDRV_PCM_HW_PARAM_SUBFORMAT, SNDRV_PCM_SUBFORMAT_STD);
    set(&p, SNDRV_PCM_HW_PARAM_RATE, RATE);
    set(&p, SNDRV_PCM_HW_PARAM_CHANNELS, CHANNELS);
    set(&p, SNDRV_PCM_HW_PARAM_PERIOD_SIZE, PERIOD);
    set(&p, SNDRV_PCM_HW_PARAM_PERIODS, PERIODS);
    if (ioctl(pcm, SNDRV_PCM_IOCTL_HW_PARAMS, &p) != 0)
        fail("parameters of the stream");
}

/* The stream starts with a full buffer, because the driver in Linux 6.1 sends all of it at once. */
static void set_software(int pcm, unsigned start)
{
    struct snd_pcm_sw_params p = {.tstamp_mode = SNDRV_PCM_TSTAMP_NONE,
                                  .period_step = 1,
                                  .avail_min = PERIOD,
                                  .start_threshold = start,
                                  .stop_threshold = PERIOD * PERIODS,
                                  .boundary = 0};

    if (ioctl(pcm, SNDRV_PCM_IOCTL_SW_PARAMS, &p) != 0)
        fail("start of the stream");
}

static int open_stream(const char *name, int flags, unsigned start)
{
    const int pcm = open(name, flags);

    if (pcm < 0)
        fail(name);
    set_hardware(pcm);
    set_software(pcm, start);
    if (ioctl(pcm, SNDRV_PCM_IOCTL_PREPARE) != 0)
        fail("PREPARE");
    return pcm;
}

static void play(const char *name)
{
    static uint8_t part[PERIOD * FRAME];
    const int pcm = open_stream("/dev/snd/pcmC0D0p", O_WRONLY, PERIOD * PERIODS);
    FILE *const file = fopen(name, "rb");
    size_t bytes, all = 0;

    if (file == NULL || fseek(file, HEADER, SEEK_SET) != 0)
        fail(name);
    while ((bytes = fread(part, 1, sizeof(part), file)) != 0) {
        struct snd_xferi x = {.buf = part, .frames = bytes / FRAME};

        if (ioctl(pcm, SNDRV_PCM_IOCTL_WRITEI_FRAMES, &x) != 0 || (size_t)x.result != bytes / FRAME)
            fail("the stream that plays");
        all += bytes;
    }
    if (ioctl(pcm, SNDRV_PCM_IOCTL_DRAIN) != 0)
        fail("the last frames");
    close(pcm);
    fclose(file);
    printf("pcm played %zu bytes\n", all);
}

static void record(const char *name, size_t all, const char *of)
{
    static uint8_t part[PERIOD * FRAME];
    const int pcm = open_stream("/dev/snd/pcmC0D0c", O_RDONLY, 1);
    FILE *const file = fopen(name, "wb");
    FILE *const header = fopen(of, "rb");

    if (file == NULL || header == NULL || fread(part, HEADER, 1, header) != 1)
        fail(name);
    fwrite(part, HEADER, 1, file);
    for (size_t done = 0; done < all; done += sizeof(part)) {
        const size_t bytes = all - done < sizeof(part) ? all - done : sizeof(part);
        struct snd_xferi x = {.buf = part, .frames = bytes / FRAME};

        if (ioctl(pcm, SNDRV_PCM_IOCTL_READI_FRAMES, &x) != 0 || (size_t)x.result != bytes / FRAME)
            fail("the stream that records");
        fwrite(part, 1, bytes, file);
    }
    close(pcm);
    if (fclose(file) != 0)
        fail(name);
    fclose(header);
    printf("pcm recorded %zu bytes\n", all);
}

int pcm_main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[0], "play") == 0) {
        play(argv[1]);
    } else if (argc == 4 && strcmp(argv[0], "record") == 0) {
        record(argv[1], strtoul(argv[2], NULL, 0), argv[3]);
    } else {
        printf("guest: FAILED: pcm play FILE | record FILE BYTES HEADER\n");
        return 2;
    }
    return 0;
}
