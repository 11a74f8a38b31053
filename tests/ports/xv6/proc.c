/* SPDX-License-Identifier: MIT */
#include "types.h"
#include "memlayout.h"
#include "spinlock.h"
#include "defs.h"
#include "cpu.h"

/* Processes of the kernel alone: one after the other, until each gives the CPU up or a tick takes it. */

#define PROCS 8
#define SAVED 14 /* words that swtch keeps on a stack */

enum state { UNUSED, RUNNABLE, RUNNING, SLEEPING, DONE };

static struct proc {
    enum state state;
    void *chan;
    uint64 *context;
    void (*body)(int number);
} procs[PROCS];
static struct spinlock table; /* of what is in procs, held across each switch */
static struct proc *current;
static uint64 *scheduler_context;
uint64 sleeps, wakings;

void swtch(uint64 **from, uint64 *to);

void intr_on(void)
{
    __asm__ volatile("csrs sstatus, %0" ::"r"(SSTATUS_SIE) : "memory");
}

int is_in_process(void)
{
    return current != 0;
}

/* With the table held; comes back with it, when the process has its turn again. */
static void give_up(enum state next)
{
    struct proc *const me = current;
    const int were_on = cpu.were_on;

    if (!holding(&table) || cpu.depth != 1)
        panic("give_up: with another lock");
    me->state = next;
    swtch(&me->context, scheduler_context);
    cpu.were_on = were_on;
}

static void begin(void)
{
    release(&table);
    intr_on();
    current->body((int)(current - procs));
    acquire(&table);
    give_up(DONE);
}

void spawn(void (*body)(int number))
{
    struct proc *p = procs;

    while (p->state != UNUSED)
        p++;
    p->body = body;
    p->context = (uint64 *)(KSTACK(p - procs) + STACK_PAGES * PGSIZE) - SAVED;
    p->context[0] = (uint64)begin;
    p->state = RUNNABLE;
}

void yield(void)
{
    acquire(&table);
    give_up(RUNNABLE);
    release(&table);
}

void sleep(void *chan, struct spinlock *lock)
{
    acquire(&table); /* from here on no wakeup comes between */
    release(lock);
    current->chan = chan;
    sleeps++;
    give_up(SLEEPING);
    current->chan = 0;
    release(&table);
    acquire(lock);
}

void wakeup(void *chan)
{
    acquire(&table);
    for (struct proc *p = procs; p < procs + PROCS; p++)
        if (p->state == SLEEPING && p->chan == chan) {
            p->state = RUNNABLE;
            wakings++;
        }
    release(&table);
}

static void run(struct proc *p)
{
    p->state = RUNNING;
    current = p;
    swtch(&scheduler_context, p->context);
    current = 0;
}

/* Until all of them are done. */
void scheduler(void)
{
    int left = 1;

    while (left) {
        int ran = 0;

        left = 0;
        acquire(&table);
        for (struct proc *p = procs; p < procs + PROCS; p++) {
            if (p->state == RUNNABLE) {
                run(p);
                ran = 1;
            }
            left |= p->state != UNUSED && p->state != DONE;
        }
        if (!ran && left) /* an interrupt that is pending ends it, although it is masked */
            __asm__ volatile("wfi");
        cpu.were_on = 1;
        release(&table);
    }
}
