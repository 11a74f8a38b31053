/* SPDX-License-Identifier: MIT */
#ifndef BENCH_MIX_STEPS_H
#define BENCH_MIX_STEPS_H

#include "mix.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Callers assume nothing about the registers that this function uses, as if it were in another object. Clang
 * has no noipa.
 */
#ifdef __clang__
#define MIX_APART __attribute__((noinline))
#else
#define MIX_APART __attribute__((noipa))
#endif

/*
 * The actions of a driver's user in a recording: it submits, kicks at each recorded notification, and reaps
 * as many requests at a time as the device has published.
 */
struct mix_step {
    uint32_t submits;
    uint32_t reaps;
    bool kicks;
    const struct mix_event *events; /* the device's first event, up to MIX_DONE; only with reaps */
};

/* Divides a recording into steps, at most one per event. Returns their number. */
static inline uint32_t mix_prepare_steps(struct mix_step *first, const struct mix_event *e, size_t count)
{
    struct mix_step *s = first;

    for (const struct mix_event *const end = e + count; e != end; e++) {
        if (e->what == MIX_SUBMIT)
            s->submits++;
        if (e->what == MIX_USED && s->events == NULL)
            s->events = e;
        if (e->what == MIX_KICK || e->what == MIX_FOUND)
            s++->kicks = true;
        else if (e->what == MIX_DONE)
            s++->reaps = e->n;
    }
    return (uint32_t)(s - first);
}

#endif
