/* SPDX-License-Identifier: MIT */
#include "types.h"
#include "param.h"
#include "memlayout.h"
#include "riscv.h"
#include "spinlock.h"
#include "proc.h"
#include "defs.h"
#include "stand.h"

/* Kernel processes on stacks of one page. Each runs until it yields or a tick preempts it. */

#define PROCS 8
#define PAINT 0x5a

static struct cpu cpu;
static struct proc procs[PROCS];
static void (*bodies[PROCS])(int number);
static uint64 stacks[PROCS];  /* their addresses */
static struct spinlock table; /* protects procs; held across each switch */
uint64 sleeps, wakings;

extern char stack0[];

int cpuid(void)
{
    return (int)r_tp();
}

struct cpu *mycpu(void)
{
    return &cpu;
}

struct proc *myproc(void)
{
    return cpu.proc;
}

void procinit(void)
{
    initlock(&table, "processes");
}

void proc_mapstacks(pagetable_t pagetable)
{
    for (int i = 0; i < PROCS; i++) {
        void *const page = kalloc();

        memset(page, PAINT, PGSIZE);
        stacks[i] = (uint64)page;
        kvmmap(pagetable, KSTACK(i), stacks[i], PGSIZE, PTE_R | PTE_W);
    }
}

static uint64 painted(const uchar *from)
{
    uint64 n = 0;

    while (n < PGSIZE && from[n] == PAINT)
        n++;
    return n;
}

/* The minimum, over all processes, of the stack bytes that were never used. */
uint64 stack_left(void)
{
    uint64 least = PGSIZE;

    for (int i = 0; i < PROCS; i++)
        if (painted((const uchar *)stacks[i]) < least)
            least = painted((const uchar *)stacks[i]);
    return least;
}

uint64 boot_stack_left(void)
{
    return painted((const uchar *)stack0);
}

/* Called with the table locked. It returns, with the table locked, when the process runs again. */
void sched(void)
{
    struct proc *const me = myproc();
    const int intena = cpu.intena;

    if (!holding(&table) || cpu.noff != 1)
        panic("sched: with another lock");
    swtch(&me->context, &cpu.context);
    cpu.intena = intena;
}

static void begin(void)
{
    const int number = (int)(myproc() - procs);

    release(&table);
    intr_on();
    bodies[number](number);
    acquire(&table);
    myproc()->state = ZOMBIE;
    sched();
}

void spawn(void (*body)(int number))
{
    int i = 0;

    while (procs[i].state != UNUSED)
        i++;
    bodies[i] = body;
    procs[i].kstack = KSTACK(i);
    procs[i].context.ra = (uint64)begin;
    procs[i].context.sp = KSTACK(i) + PGSIZE;
    procs[i].state = RUNNABLE;
}

/* True if all processes except the caller are done. */
int all_done(void)
{
    for (struct proc *p = procs; p < procs + PROCS; p++)
        if (p != myproc() && p->state != UNUSED && p->state != ZOMBIE)
            return 0;
    return 1;
}

void yield(void)
{
    acquire(&table);
    myproc()->state = RUNNABLE;
    sched();
    release(&table);
}

void sleep(void *chan, struct spinlock *lock)
{
    struct proc *const me = myproc();

    acquire(&table); /* from here on no wakeup is lost */
    release(lock);
    me->chan = chan;
    me->state = SLEEPING;
    sleeps++;
    sched();
    me->chan = 0;
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

void scheduler(void)
{
    for (;;) {
        int ran = 0;

        acquire(&table);
        for (struct proc *p = procs; p < procs + PROCS; p++)
            if (p->state == RUNNABLE) {
                p->state = RUNNING;
                cpu.proc = p;
                swtch(&cpu.context, &p->context);
                cpu.proc = 0;
                ran = 1;
            }
        if (!ran) /* a pending interrupt ends wfi even if it is masked */
            __asm__ volatile("wfi");
        cpu.intena = 1;
        release(&table);
    }
}
