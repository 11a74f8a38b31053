/* SPDX-License-Identifier: MIT */
#include "tasks.h"

#include "vwr_port.h" /* the clock of runtime/port/aarch64 */

#define STACK_BYTES 16384u
#define CLEAN_REGISTERS 12u /* x19 to x30, in the layout of switch.S */
#define LINK 11u

enum state { READY, ASLEEP, GONE };

struct task {
    void *sp;
    void (*run)(unsigned number);
    uint64_t until;
    unsigned number;
    enum state state;
    bool signalled;
};

/* switch.S: saves registers and stack pointer of the current task, and loads those of another one. */
void task_switch(void **from, void *to);

struct tasks_counts tasks_counts;
static _Alignas(16) uint8_t stacks[TASKS_MOST][STACK_BYTES];
static struct task tasks[TASKS_MOST];
static unsigned count;
static struct task *current;
static void *sp_of_run; /* stack pointer of tasks_run, which is restored when all tasks are done */

unsigned long interrupts_save(void)
{
    unsigned long before;

    __asm__ volatile("mrs %0, daif\n\tmsr daifset, #2" : "=r"(before)::"memory");
    return before;
}

void interrupts_restore(unsigned long before)
{
    __asm__ volatile("msr daif, %0\n\tisb" ::"r"(before) : "memory");
}

static void timer_at(uint64_t us)
{
    const uint64_t now = vwr_port_time_us();
    uint64_t hertz;

    __asm__ volatile("mrs %0, cntfrq_el0" : "=r"(hertz));
    __asm__ volatile("msr cntv_tval_el0, %0\n\tmsr cntv_ctl_el0, %1\n\tisb" ::"r"(
                         us > now ? (us - now) * hertz / 1000000u : 0),
                     "r"((uint64_t)1));
}

void tasks_timer(void)
{
    __asm__ volatile("msr cntv_ctl_el0, xzr\n\tisb");
}

/*
 * If no task can run, waits for an interrupt, then unmasks interrupts. WFI also wakes on a pending interrupt
 * that is masked.
 */
static void idle(void)
{
    uint64_t first = UINT64_MAX;

    for (unsigned i = 0; i < count; i++)
        if (tasks[i].state == ASLEEP && tasks[i].until < first)
            first = tasks[i].until;
    timer_at(first);
    tasks_counts.idle++;
    __asm__ volatile("dsb sy\n\twfi\n\tmsr daifclr, #2\n\tisb\n\tmsr daifset, #2" ::: "memory");
}

/* The next runnable task after `number`; NULL: all are done. */
static struct task *choose(unsigned number)
{
    for (;;) {
        unsigned left = 0;

        for (unsigned i = 1; i <= count; i++) {
            struct task *const t = &tasks[(number + i) % count];

            if (t->state == ASLEEP && vwr_port_time_us() >= t->until)
                t->state = READY;
            if (t->state == READY)
                return t;
            left += t->state != GONE;
        }
        if (left == 0)
            return NULL;
        idle();
    }
}

/* Called with interrupts off. */
static void let_others_run(void)
{
    struct task *const self = current;
    struct task *const next = choose(self->number);

    if (next == self)
        return;
    current = next;
    task_switch(&self->sp, next != NULL ? next->sp : sp_of_run);
}

void condvar_wait(struct condvar *cv, uint32_t us)
{
    unsigned asleep = 0;

    current->until = vwr_port_time_us() + us;
    current->state = ASLEEP;
    current->signalled = false;
    cv->waiting = current;
    tasks_counts.slept++;
    for (unsigned i = 0; i < count; i++)
        asleep += tasks[i].state == ASLEEP;
    if (asleep > tasks_counts.asleep_most)
        tasks_counts.asleep_most = asleep;
    let_others_run();
    cv->waiting = NULL;
    if (current->signalled)
        tasks_counts.woken++;
    else
        tasks_counts.overslept++;
}

void condvar_signal(struct condvar *cv)
{
    if (cv->waiting == NULL)
        return;
    cv->waiting->signalled = true;
    cv->waiting->state = READY;
}

/* Entry of a task: switched to, with interrupts off. */
static void begin(void)
{
    interrupts_restore(0);
    current->run(current->number);
    (void)interrupts_save();
    current->state = GONE;
    let_others_run();
}

void tasks_add(void (*run)(unsigned number))
{
    struct task *const t = &tasks[count];
    uint64_t *const registers = (uint64_t *)(void *)(stacks[count] + STACK_BYTES) - CLEAN_REGISTERS;

    registers[LINK] = (uintptr_t)begin;
    t->sp = registers;
    t->run = run;
    t->number = count++;
    t->state = READY;
}

void tasks_run(void)
{
    current = &tasks[0];
    task_switch(&sp_of_run, current->sp);
}
