/* SPDX-License-Identifier: MIT */
#ifndef LATE_H
#define LATE_H

#include "hostile.h"

/*
 * Late answers, the same for each class whose backend may answer later: G46. A request is in flight, is taken
 * away, and then its answer arrives. No byte of guest memory changes, no interrupt is raised, stats.late
 * counts the answer, and a request that is in flight by then, possibly in the same structure, waits for its
 * own answer and gets it.
 */
enum late_when {
    LATE_RESET,        /* after a reset */
    LATE_TWO_RESETS,   /* after two resets, with a start between them */
    LATE_REUSED,       /* after a reset, when the structure is in use again */
    LATE_REUSED_TWICE, /* the same after two resets, with two late answers */
    LATE_QUEUE_RESET,  /* after a queue reset, when the structure is in use again */
    LATE_OTHER_RESET,  /* after the reset of another queue, if there is one: it is not late */
    LATE_SUSPENDING,   /* after a reset, while the new driver waits for the device to finish */
    LATE_ANSWERED      /* a second answer, when the structure is in use again */
};

#define LATE_KEPT 3u /* requests that the VMM of a case remembers, with their tickets */

/* A class; its requests are numbered from 0 on in each guest. */
struct late {
    void (*start)(struct guest *g); /* the guest starts the device, until it can send requests */
    void (*ask)(struct guest *g);   /* the guest makes a request available, which the VMM keeps */
    void (*answer)(struct guest *g, unsigned number); /* the VMM answers it, and interrupts */
    void (*comes_back)(struct guest *g); /* the answered request is used, with the correct contents */
    uint16_t queue;
    /*
     * NULL if the VMM answers requests. Otherwise the VMM only reports that it has or accepts data again;
     * this is such a call that comes too late. It makes the device ask the VMM again, and is not counted.
     */
    void (*resume)(struct guest *g);
};

/* Resets a queue, and gives it to the device again, empty. Needs RING_RESET. */
void late_reset_queue(struct guest *g, uint16_t queue);

void late_run(struct guest *g, const struct late *l, enum late_when when);

/* Rows of a table of cases; `run` calls late_run with `at`. */
#define LATE_CASES(run, formats)                                                        \
    {"G46_late_answer",                                                                 \
     "reset.dev.2; header vwr/vdev.h",                                                  \
     run,                                                                               \
     formats,                                                                           \
     5,                                                                                 \
     {LATE_RESET, LATE_TWO_RESETS, LATE_REUSED, LATE_REUSED_TWICE, LATE_ANSWERED}},     \
        {"G46_late_answer_of_a_queue",                                                  \
         "vq.dev.reset.2; header vwr/vdev.h",                                           \
         run,                                                                           \
         (formats)&HOSTILE_V2,                                                          \
         2,                                                                             \
         {LATE_QUEUE_RESET, LATE_OTHER_RESET}},                                         \
    {                                                                                   \
        "G46_late_answer_while_suspending", "reset.dev.2; section Device Suspend", run, \
            (formats)&HOSTILE_V2, 1,                                                    \
        {                                                                               \
            LATE_SUSPENDING                                                             \
        }                                                                               \
    }

#endif
