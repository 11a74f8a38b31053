/* SPDX-License-Identifier: MIT */
#ifndef BLOCK_DEVICE_KERNEL_H
#define BLOCK_DEVICE_KERNEL_H

#include <stdbool.h>
#include <stdint.h>

/* What a kernel of this shape has, on one processor, for its drivers: it is the kernel's, not ours. */
struct task;

/* Something that one task at a time sleeps on. Zeroed before its first use. */
struct condvar {
    struct task *waiting;
};

/* Interrupts of this processor: off, and as they were before. */
unsigned long interrupts_save(void);
void interrupts_restore(unsigned long before);

/*
 * With interrupts off: others run until condvar_signal, or about `us` microseconds; then this task again,
 * with interrupts off.
 */
void condvar_wait(struct condvar *cv, uint32_t us);

/* With interrupts off, from a task or a handler: who waits will run. */
void condvar_signal(struct condvar *cv);

__attribute__((noreturn)) void panic(const char *words);

#endif
