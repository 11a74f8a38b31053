/* SPDX-License-Identifier: MIT */
#ifndef RTOS_H
#define RTOS_H

#include <stdbool.h>
#include <stdint.h>

/* Services of the RTOS. `struct spin_lock` and `struct semaphore` are its own types. */
#include "rtos_types.h"

/* Disables the interrupts of this processor and takes the lock. Returns the state for the unlock. */
unsigned long spin_lock_irqsave(struct spin_lock *lock);
void spin_unlock_irqrestore(struct spin_lock *lock, unsigned long state);

void semaphore_init(struct semaphore *s, unsigned count);

/* Waits for a unit, up to `us` microseconds; false: there was none. Never called with a spin lock held. */
bool semaphore_take(struct semaphore *s, uint32_t us);

/* Also called in an interrupt handler, and with a spin lock held. */
void semaphore_give(struct semaphore *s);

#endif
