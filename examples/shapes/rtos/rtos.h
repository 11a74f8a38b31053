/* SPDX-License-Identifier: MIT */
#ifndef RTOS_H
#define RTOS_H

#include <stdbool.h>
#include <stdint.h>

/* Services of the RTOS. `struct rtos_spinlock` and `struct rtos_semaphore` are its own types. */
#include "rtos_types.h"

/* Disables the interrupts of this processor and takes the lock. Returns the state for the unlock. */
unsigned long rtos_lock(struct rtos_spinlock *lock);
void rtos_unlock(struct rtos_spinlock *lock, unsigned long state);

void rtos_semaphore_init(struct rtos_semaphore *s, unsigned count);

/* Waits for a unit, up to `us` microseconds; false: there was none. Never called with a spin lock held. */
bool rtos_semaphore_take(struct rtos_semaphore *s, uint32_t us);

/*
 * Also called in an interrupt handler, and by a thread that holds the spin lock. It must not switch threads
 * while the lock is held.
 */
void rtos_semaphore_give(struct rtos_semaphore *s);

#endif
