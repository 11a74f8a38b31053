/* SPDX-License-Identifier: MIT */
#ifndef SHAPES_TASKS_H
#define SHAPES_TASKS_H

#include "kernel.h"

/*
 * The tasks of a small kernel on one processor: each runs until it waits (kernel.h). When all wait the
 * processor sleeps until an interrupt, at most as long as the first of them wanted to wait.
 */
#define TASKS_MOST 16u

struct tasks_counts {
    unsigned slept;       /* calls of condvar_wait */
    unsigned woken;       /* by condvar_signal */
    unsigned overslept;   /* whose time was up */
    unsigned idle;        /* sleeps of the processor */
    unsigned asleep_most; /* tasks, at once */
};
extern struct tasks_counts tasks_counts;

/* Interrupts are off. */
void tasks_add(void (*run)(unsigned number));

/* Runs all of them, interrupts on, until each has come back. */
void tasks_run(void);

/* For the handler of the virtual timer. */
void tasks_timer(void);

#endif
