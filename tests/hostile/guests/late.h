/* SPDX-License-Identifier: MIT */
#ifndef LATE_H
#define LATE_H

#include "hostile.h"

/*
 * Answers that come late, the same for each class whose back end may answer later: G46. A request is out, is
 * taken away, and then its answer comes: not a byte of the guest's memory changes, no interrupt is made,
 * stats.late counts it, and the request that is out by then, in the same structure perhaps, waits for its own
 * answer and gets it.
 */
enum late_when {
    LATE_RESET,        /* after a reset */
    LATE_TWO_RESETS,   /* after two, with a start between them */
    LATE_REUSED,       /* after a reset, when the structure is used again */
    LATE_REUSED_TWICE, /* the same after two resets: two answers are late */
    LATE_QUEUE_RESET,  /* after a reset of the queue, when the structure is used again */
    LATE_SUSPENDING,   /* after a reset, while the new driver waits for a device that finishes what it has */
    LATE_ANSWERED      /* once more, when the structure is used again */
};

#define LATE_KEPT 3u /* requests that the VMM of a case remembers, with their tickets */

/* A class; the numbers of its requests count from 0 on in each guest. */
struct late {
    void (*start)(struct guest *g); /* the guest starts the device, up to where it can ask */
    void (*ask)(struct guest *g);   /* it makes a request available, which the VMM keeps */
    void (*answer)(struct guest *g, unsigned number); /* the VMM answers it, and interrupts */
    void (*comes_back)(struct guest *g);              /* the one that was answered is used, and right */
    uint16_t queue;
    /* NULL, or: there are no answers but calls that say that the VMM has something, or takes something,
     * again. Then this is such a call that comes too late: it asks the VMM anew, and is not counted. */
    void (*resume)(struct guest *g);
};

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
         1,                                                                             \
         {LATE_QUEUE_RESET}},                                                           \
    {                                                                                   \
        "G46_late_answer_while_suspending", "reset.dev.2; section Device Suspend", run, \
            (formats)&HOSTILE_V2, 1,                                                    \
        {                                                                               \
            LATE_SUSPENDING                                                             \
        }                                                                               \
    }

#endif
