/* SPDX-License-Identifier: MIT */
#ifndef FAKE_SOUND_H
#define FAKE_SOUND_H

#include "format.h"
#include "vwr/sound.h"

/*
 * A sound card with a jack, a stream that plays, a stream that records, and a channel map. It answers at
 * once, keeps periods, and lies if a test asks for it.
 */
#define FAKE_OUT 0u
#define FAKE_IN 1u
#define FAKE_PERIOD 64u

extern struct fake_sound {
    bool silent;       /* answers no command */
    uint32_t status;   /* of each answer; 0: OK */
    uint32_t bad_code; /* only the commands of this code have that status; 0: all */
    uint32_t most;     /* bytes of an answer */
    unsigned channels; /* of the channel map */
    unsigned commands; /* that have arrived, except queries; */
    uint32_t code[16]; /* the first of them */
    uint32_t period;   /* of the last SET_PARAMS, */
    uint32_t features; /* likewise */
    uint32_t records;  /* bit n: stream n records */
} fake_sound;

/* Plugs the device in. */
void fake_sound_plug(struct world *w, const struct format *f);

/* Opens the driver with memory that is not zeroed. */
int fake_sound_open(struct world *w, struct vwr_sound *s);

/* Parameters that both streams support: two periods of FAKE_PERIOD bytes. */
struct vwr_sound_params fake_sound_params(void);

/* Returns the oldest period of a queue with a status, and `n` as its used length; false: there is none. */
bool fake_sound_returns(struct world *w, unsigned queue, uint32_t status, uint32_t n);

/* Sends an event; false: there is no buffer. */
bool fake_sound_sends(struct world *w, uint32_t type, uint32_t id);

#endif
