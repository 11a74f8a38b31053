/* SPDX-License-Identifier: MIT */
#ifndef SHAPES_TASKS_H
#define SHAPES_TASKS_H

#include "kernel.h"

/*
 * Tasks for a small kernel on one processor. A task runs until it waits (kernel.h). When all tasks wait, the
 * processor sleeps until an interrupt, or at most until the first timeout.
 */
#define TASKS_MOST 16u

struct tasks_counts {
    unsigned slept;       /* calls of condvar_wait */
    unsigned woken;       /* waits ended by condvar_signal */
    unsigned overslept;   /* waits ended by timeout */
    unsigned idle;        /* sleeps of the processor */
    unsigned asleep_most; /* maximum number of waiting tasks */
};
extern struct tasks_counts tasks_counts;

/* Called with interrupts off. */
void tasks_add(void (*run)(unsigned number));

/* Runs all tasks with interrupts enabled until every task has returned. */
void tasks_run(void);

/* For the handler of the virtual timer. */
void tasks_timer(void);

#endif
