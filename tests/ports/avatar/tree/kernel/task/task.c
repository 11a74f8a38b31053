/* SPDX-License-Identifier: MIT */
#include "task/task.h"
#include "gic.h"
#include "lib/avatar_string.h"

/*
 * Tasks of one CPU at EL2, as in Avatar: a list of ready tasks, and an idle task that runs when the list is
 * empty. The list itself differs from Avatar's, but not its content at any time. No task sleeps for ticks
 * here.
 */
void switch_context_el2(tcb_t *, tcb_t *);
void task_wait_for_irq(void);

static struct {
    tcb_t *first, *last;
} ready;
static tcb_t idle;
static _Alignas(16) uint8_t idle_stack[IDLE_STACK_SIZE];

static tcb_t *behind(const tcb_t *task)
{
    return (tcb_t *)(void *)task->run_node.next;
}

static void put_behind(tcb_t *task, tcb_t *next)
{
    task->run_node.next = (list_node_t *)(void *)next;
}

void task_add_to_readylist_tail(tcb_t *task)
{
    put_behind(task, NULL);
    if (ready.first == NULL)
        ready.first = task;
    else
        put_behind(ready.last, task);
    ready.last = task;
    task->state = TASK_STATE_READY;
}

void task_add_to_readylist_head(tcb_t *task)
{
    put_behind(task, ready.first);
    if (ready.first == NULL)
        ready.last = task;
    ready.first = task;
    task->state = TASK_STATE_READY;
}

tcb_t *get_idle()
{
    return &idle;
}

static void idle_task(void)
{
    enable_interrupts();
    while (1)
        wfi();
}

void el2_idle_init()
{
    memset(&idle, 0, sizeof(idle));
    idle.task_id = -1;
    idle.remaining_ticks = -1;
    idle.ctx.x30 = (uint64_t)idle_task;
    idle.ctx.sp_elx = (uint64_t)(idle_stack + sizeof(idle_stack));
    idle.ctx.tpidr_elx = (uint64_t)&idle;
}

static tcb_t *task_next_run(void)
{
    tcb_t *const task = ready.first;

    if (task == NULL)
        return &idle;
    ready.first = behind(task);
    return task;
}

void schedule()
{
    tcb_t *const curr = curr_task();
    tcb_t *const next = task_next_run();

    if (next == curr)
        return;
    next->state = TASK_STATE_RUNNING;
    switch_context_el2(curr, next);
}

/* The running task goes behind the others when its time is over. */
void timer_tick_schedule(uint64_t *sp)
{
    tcb_t *const curr = curr_task();

    (void)sp;
    if (--curr->remaining_ticks > 0)
        return;
    if (curr != &idle) {
        curr->remaining_ticks = SYS_TASK_TICK;
        task_add_to_readylist_tail(curr);
    }
    schedule();
}

void task_wait_for_irq(void)
{
    tcb_t *const curr = curr_task();

    curr->state = TASK_STATE_WAIT_IRQ;
    schedule();
}
