/* SPDX-License-Identifier: MIT */
#ifndef BLOCK_DEVICE_KERNEL_H
#define BLOCK_DEVICE_KERNEL_H

#include <stdbool.h>
#include <stdint.h>

/* Services of such a kernel for drivers, on one processor; provided by the kernel. */
struct task;

/* A condition variable for a single task. Zeroed before its first use. */
struct condvar {
    struct task *waiting;
};

/* Disable the interrupts of this processor; restore them. */
unsigned long interrupts_save(void);
void interrupts_restore(unsigned long before);

/*
 * Called with interrupts off: other tasks run until condvar_signal, or for about `us` microseconds; then this
 * task continues, with interrupts off.
 */
void condvar_wait(struct condvar *cv, uint32_t us);

/* Called with interrupts off, from a task or a handler: makes the waiting task ready. */
void condvar_signal(struct condvar *cv);

__attribute__((noreturn)) void panic(const char *words);

#endif
