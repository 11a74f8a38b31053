/* SPDX-License-Identifier: MIT */
#include "board.h"
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "machine.h"
#include "record.h"

#include "vwr/sound.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/*
 * The sound driver on the sound card of QEMU 10. A sine is played into a WAV file, whose samples are then
 * compared. QEMU 7.2 has no such device, so this is a soak test with a separate QEMU.
 */

#define SLOT 30u
#define RATE 48000u
#define CHANNELS 2u
#define SECONDS 2u
#define SAMPLES (SECONDS * RATE * CHANNELS)
#define TAIL \
    (RATE / 5 * CHANNELS)  /* of silence: QEMU drops what it has not written yet when a stream stops */
#define PERIOD_BYTES 1920u /* 10 ms */
#define WAV "sound.wav"
#define WAV_HEADER 44 /* of QEMU's file */

static struct vwr_sound sound;
static union found found;
static int16_t played[SAMPLES + TAIL];
static int16_t written[SAMPLES + RATE * CHANNELS]; /* and a second of silence */

/* A tone in each channel; no sample of the first frame is 0. */
static void make_sine(void)
{
    static const double tone[CHANNELS] = {440.0, 997.0};

    for (unsigned i = 0; i < SAMPLES; i++)
        played[i] = (int16_t)lround(
            20000.0 * sin(6.283185307179586 * tone[i % CHANNELS] * (double)(i / CHANNELS) / RATE + 0.5));
}

static void begin(unsigned kind)
{
    (void)unlink(WAV);
    machine_begin(false);
    machine_add("-audiodev", "wav,id=a,path=" WAV ",out.frequency=%u,out.channels=%u,out.format=s16", RATE,
                CHANNELS);
    machine_add_device(SLOT, "virtio-sound", "audiodev=a,streams=2%s",
                       (kind & DISK_PACKED) != 0 ? ",packed=on" : "");
    machine_start();
    (void)machine_qmp("{\"execute\": \"cont\"}");
    slot_probe(&found, SLOT);
}

/* Writes all frames, then waits until the device has returned the last period. */
static void play(unsigned stream)
{
    const uint8_t *const bytes = (const uint8_t *)played;
    uint32_t done = 0;
    unsigned polls = 0;

    while (done < sizeof(played)) {
        const int n = vwr_sound_write(&sound, stream, bytes + done, (uint32_t)sizeof(played) - done);

        CHECK(n >= 0);
        done += (uint32_t)n;
        if (sound.stream[stream].state == VWR_SOUND_PREPARED)
            CHECK_NUMBER(vwr_sound_start(&sound, stream), VWR_OK);
        if (n == 0)
            machine_wait(&polls);
    }
    CHECK_NUMBER(vwr_sound_flush(&sound, stream), VWR_OK);
    while (sound.stream[stream].count != 0) {
        CHECK_NUMBER(vwr_sound_write(&sound, stream, bytes, 0), 0);
        machine_wait(&polls);
    }
}

static unsigned output(void)
{
    for (unsigned i = 0; i < sound.streams; i++)
        if (sound.stream[i].info.direction == VWR_SND_D_OUTPUT)
            return i;
    check_failed(__FILE__, __LINE__, "no stream of %u plays", sound.streams);
}

static void compare(void)
{
    FILE *const f = fopen(WAV, "rb");
    size_t count, first = 0;

    CHECK_SYS(f != NULL && fseek(f, WAV_HEADER, SEEK_SET) == 0);
    count = fread(written, sizeof(written[0]), sizeof(written) / sizeof(written[0]), f);
    CHECK_SYS(fclose(f) == 0);
    while (first < count && written[first] == 0)
        first++;
    first -= first % CHANNELS;
    if (count - first < SAMPLES)
        check_failed(__FILE__, __LINE__, "the file has %zu samples, %zu of silence first", count, first);
    for (unsigned i = 0; i < SAMPLES; i++)
        if (written[first + i] != played[i])
            check_failed(__FILE__, __LINE__, "sample %u of %u is %d, not %d", i, SAMPLES, written[first + i],
                         played[i]);
}

static void plays(unsigned kind, bool recorded)
{
    static const struct vwr_sound_params params = {.period_bytes = PERIOD_BYTES,
                                                   .periods = VWR_SOUND_PERIODS,
                                                   .format = VWR_SND_PCM_FMT_S16,
                                                   .rate = VWR_SND_PCM_RATE_48000,
                                                   .channels = CHANNELS};
    struct vwr_sound_options o = {.request = {.timeout_us = 10000000}};
    unsigned stream;

    begin(kind);
    if (recorded)
        record_begin(SLOT);
    o.shared = guest_alloc(sizeof(struct vwr_sound_shared));
    disk_avoid(&o.avoid, kind);
    CHECK_NUMBER(vwr_sound_open(&sound, &found.dev, &o), VWR_OK);
    disk_check_kind(&found.dev, kind);
    CHECK_NUMBER(sound.streams, 2);
    stream = output();
    CHECK_NUMBER(vwr_sound_set_params(&sound, stream, &params), VWR_OK);
    CHECK_NUMBER(vwr_sound_prepare(&sound, stream), VWR_OK);
    play(stream);
    CHECK_NUMBER(vwr_sound_stop(&sound, stream), VWR_OK);
    CHECK_NUMBER(vwr_sound_release(&sound, stream), VWR_OK);
    if (recorded)
        record_end(VWR_SND_ID, VWR_SND_CONFIG_CONTROLS, "sound.txt");
    CHECK_NUMBER(vwr_close(&sound.bringup), VWR_OK);
    CHECK_NUMBER(slot_status(&found), 0);
    machine_stop();
    compare();
}

static void plays_in_each_kind(const char *words)
{
    CHECK(board_choose(words));
    for (unsigned kind = 0; kind < DISK_KINDS; kind++) {
        plays(kind, false);
        printf("%s_%s%s%s: %u samples are equal\n", words, (kind & DISK_PACKED) != 0 ? "packed" : "split",
               (kind & DISK_INDIRECT) != 0 ? "_indirect" : "", (kind & DISK_EVENT) != 0 ? "_event" : "",
               SAMPLES);
        (void)fflush(stdout);
    }
}

void sound_soak(unsigned times)
{
    make_sine();
    machine_lives(600);
    while (times-- > 0) {
        plays_in_each_kind("modern");
        plays_in_each_kind("virt_modern_msix");
        plays_in_each_kind("q35_modern");
    }
}

void sound_record(void)
{
    make_sine();
    plays(0, true);
}
