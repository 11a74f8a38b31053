/* SPDX-License-Identifier: MIT */
#include "types.h"
#include "param.h"
#include "memlayout.h"
#include "spinlock.h"
#include "riscv.h"
#include "proc.h"
#include "defs.h"

/* Spinlocks. Interrupts are off from the first acquire to the last release. */

void initlock(struct spinlock *lock, char *name)
{
    lock->locked = 0;
    lock->name = name;
    lock->cpu = 0;
}

int holding(struct spinlock *lock)
{
    return lock->locked && lock->cpu == mycpu();
}

void push_off(void)
{
    const int were_on = intr_get();

    intr_off();
    if (mycpu()->noff++ == 0)
        mycpu()->intena = were_on;
}

void pop_off(void)
{
    struct cpu *const cpu = mycpu();

    if (intr_get() || cpu->noff < 1)
        panic("pop_off");
    if (--cpu->noff == 0 && cpu->intena)
        intr_on();
}

void acquire(struct spinlock *lock)
{
    push_off();
    if (holding(lock))
        panic("acquire: held already");
    while (__sync_lock_test_and_set(&lock->locked, 1) != 0) {
    }
    __sync_synchronize();
    lock->cpu = mycpu();
}

void release(struct spinlock *lock)
{
    if (!holding(lock))
        panic("release: not held");
    lock->cpu = 0;
    __sync_synchronize();
    __sync_lock_release(&lock->locked);
    pop_off();
}
