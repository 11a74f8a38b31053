/* SPDX-License-Identifier: MIT */
#include "types.h"
#include "spinlock.h"
#include "defs.h"
#include "cpu.h"

/* Locks that spin, with interrupts off from the first that is taken to the last that is let go. */

struct cpu cpu;

void initlock(struct spinlock *lock, char *name)
{
    lock->locked = 0;
    lock->name = name;
}

int holding(struct spinlock *lock)
{
    return lock->locked != 0; /* there is one CPU */
}

void acquire(struct spinlock *lock)
{
    const int were_on = intr_off();

    if (cpu.depth++ == 0)
        cpu.were_on = were_on;
    if (holding(lock))
        panic("acquire: held already");
    while (__sync_lock_test_and_set(&lock->locked, 1) != 0) {
    }
    __sync_synchronize();
}

void release(struct spinlock *lock)
{
    if (!holding(lock) || intr_are_on())
        panic("release: not held");
    __sync_synchronize();
    __sync_lock_release(&lock->locked);
    if (--cpu.depth == 0 && cpu.were_on)
        intr_on();
}
