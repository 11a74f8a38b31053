/* SPDX-License-Identifier: MIT */
#ifndef BENCH_MIX_STEPS_H
#define BENCH_MIX_STEPS_H

#include "mix.h"

#include <stdbool.h>
#include <stddef.h>

/* A function of whose registers its callers know nothing, as of one of another object. Clang has no noipa. */
#ifdef __clang__
#define MIX_APART __attribute__((noinline))
#else
#define MIX_APART __attribute__((noipa))
#endif

/*
 * What a user of the driver does in a record: it submits, kicks where the record has a notification, and
 * reaps what the device has published, as much at a time.
 */
struct mix_step {
    uint32_t submits;
    uint32_t reaps;
    bool kicks;
    const struct mix_event *events; /* the first one of the device, which ends with MIX_DONE; with reaps */
};

/* The steps of a record, at most one for each event; returns their number. */
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
