/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vwr/gen/ids.h"
#include "vplan.h"
#include "vwr/vsound.h"

#include "hyp.h"

/*
 * The guests' sound cards, with a tape for each. The playback stream is written to the tape, from its start;
 * the
 * capture stream reads the tape, from its start. After the end of the tape there is silence.
 *
 * The timer of the guest's CPU is the clock. A stream advances at most a few steps each time the lock is
 * held; if
 * the machine was busy for longer, the tape runs slower.
 */
#define RATE 48000u
#define SAMPLES_BYTES 4u /* S16, two channels */
#define STEP_US 10000u
#define STEP_BYTES (RATE / (1000000u / STEP_US) * SAMPLES_BYTES)
#define STEPS_MOST 8u
#define TAPE_SECONDS 2u
enum { PLAYS = 0, RECORDS = 1, STREAMS = 2 };

static struct tape {
    uint64_t due;
    bool runs[STREAMS];
    uint32_t at[STREAMS]; /* positions in bytes */
    uint64_t moved[STREAMS];
    _Alignas(PAGE_BYTES) uint8_t content[TAPE_SECONDS * RATE * SAMPLES_BYTES];
} tape[GUESTS_MAX];
static const uint8_t silence[STEP_BYTES];

static void changed(struct vwr_vsound *v, uint32_t stream)
{
    struct tape *const t = &tape[devices_guest(vwr_vsound_dev(v))->number];

    t->runs[stream] = v->stream[stream].state == VWR_VSOUND_STARTED;
    if (v->stream[stream].state == VWR_VSOUND_PREPARED)
        t->at[stream] = 0;
    if (t->runs[stream])
        t->due = timer_after(STEP_US);
}

void sound_offer(struct vwr_vplan_host *host)
{
    static const struct vwr_vsound_ops ops = {.stream_changed = changed};
    static const struct vwr_snd_jack_info_item jack = {.connected = 1};
    static const struct vwr_snd_pcm_info_item streams[STREAMS] = {
        [PLAYS] = {.formats = 1u << VWR_SND_PCM_FMT_S16,
                   .rates = 1u << VWR_SND_PCM_RATE_48000,
                   .direction = VWR_SND_D_OUTPUT,
                   .channels_min = 2,
                   .channels_max = 2},
        [RECORDS] = {.formats = 1u << VWR_SND_PCM_FMT_S16,
                     .rates = 1u << VWR_SND_PCM_RATE_48000,
                     .direction = VWR_SND_D_INPUT,
                     .channels_min = 2,
                     .channels_max = 2},
    };
    static const struct vwr_snd_chmap_info_item map = {
        .direction = VWR_SND_D_OUTPUT, .channels = 2, .positions = {VWR_SND_CHMAP_FL, VWR_SND_CHMAP_FR}};
    static const struct vwr_vsound_options options = {.ops = &ops,
                                                      .jacks = &jack,
                                                      .jack_count = 1,
                                                      .streams = streams,
                                                      .stream_count = STREAMS,
                                                      .chmaps = &map,
                                                      .chmap_count = 1};

    host->sound = &options;
}

/* Position of a step of a stream on the tape; NULL: after its end. */
static uint8_t *place(struct tape *t, unsigned stream)
{
    return t->at[stream] + STEP_BYTES <= sizeof(t->content) ? &t->content[t->at[stream]] : NULL;
}

static void play(struct tape *t, struct vwr_vsound *v)
{
    static uint8_t lost[STEP_BYTES];
    uint8_t *const to = place(t, PLAYS);
    const uint32_t n = vwr_vsound_take(v, PLAYS, to != NULL ? to : lost, STEP_BYTES);

    t->at[PLAYS] += to != NULL ? n : 0;
    t->moved[PLAYS] += n;
}

static void record(struct tape *t, struct vwr_vsound *v)
{
    const uint8_t *const from = place(t, RECORDS);
    const uint32_t n = vwr_vsound_give(v, RECORDS, from != NULL ? from : silence, STEP_BYTES);

    t->at[RECORDS] += from != NULL ? n : 0;
    t->moved[RECORDS] += n;
}

static void step(struct tape *t, struct vwr_vsound *v)
{
    if (t->runs[PLAYS])
        play(t, v);
    if (t->runs[RECORDS])
        record(t, v);
    t->due += READ_SYS(cntfrq_el0) / (1000000u / STEP_US);
}

void sound_tick(struct guest *g)
{
    struct tape *const t = &tape[g->number];
    struct vwr_vsound *v;

    if ((!t->runs[PLAYS] && !t->runs[RECORDS]) || !timer_is_due(t->due))
        return;
    v = (struct vwr_vsound *)(void *)devices_find(g, VWR_ID_SOUND);
    for (unsigned i = 0; i < STEPS_MOST && timer_is_due(t->due); i++)
        step(t, v);
    if (timer_is_due(t->due))
        t->due = timer_after(STEP_US);
}

void sound_stats(const struct guest *g)
{
    const struct tape *const t = &tape[g->number];

    if (devices_find(g, VWR_ID_SOUND) != NULL)
        print("  sound: tape at 0x%llx, played %llu bytes, recorded %llu bytes\n",
              (unsigned long long)(uintptr_t)t->content, (unsigned long long)t->moved[PLAYS],
              (unsigned long long)t->moved[RECORDS]);
}
