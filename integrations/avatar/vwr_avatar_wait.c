/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#include "os_cfg.h"
#include "task/task.h"
#include "timer.h"
#include "vwr_avatar.h"

/*
 * How a blocking call waits. Avatar runs at EL2 with interrupts masked and has no condition variables or
 * semaphores there; its mutex takes the task from TPIDR_EL0, which at EL2 is the guest's. It has
 * task_wait_for_irq: the task releases the CPU in a state of its own, TASK_STATE_WAIT_IRQ, and the interrupt
 * handler puts it back into the ready list. So:
 *
 *   a task (a guest's vCPU in its trap)   other tasks run until the disk's interrupt, or the poll of a tick,
 *                                         wakes it
 *   no task yet (Avatar's shell)          interrupts cannot be taken, since their entry stores into the
 *                                         current task; wfi wakes on a masked one, of the disk or the timer
 *   neither interrupt nor tick            polls
 *
 * task_set_sleep cannot be used: when the time is over, timer_tick_schedule drops the running task without
 * putting it into the ready list, and it never runs again.
 */

#define FIRST_CPU 0 /* takes the disks' interrupts */

/* A task that has released the CPU; on its own stack. */
struct waiter {
    tcb_t *task;
    struct waiter *next;
};

static struct waiter *waiters;
static bool by_interrupt; /* enable_irq was called */
static bool by_tick;      /* the poll, which checks timeouts, was called */

/* Avatar's, in kernel/task/task.c; not declared in any header. */
void task_wait_for_irq(void);

void vwr_avatar_wait_by_interrupt(void)
{
    by_interrupt = true;
}

void vwr_avatar_wait_has_tick(void)
{
    by_tick = true;
}

/* The task that may release the CPU now, or NULL. */
static tcb_t *task_to_wait(void)
{
    tcb_t *const task = curr_task();

    return by_interrupt && by_tick && get_current_cpu_id() == FIRST_CPU && task != get_idle() ? task : NULL;
}

bool vwr_avatar_may_sleep(void)
{
    return task_to_wait() != NULL;
}

static void leave_the_cpu(tcb_t *task)
{
    struct waiter self;

    self.task = task;
    self.next = waiters;
    waiters = &self;
    task_wait_for_irq();
}

/*
 * A pending tick would end wfi immediately, so the next tick is programmed. The timer is running if ENABLE is
 * set and IMASK is clear.
 */
static void wait_for_tick(void)
{
#if HV == 1
    if ((read_cnthp_ctl_el2() & 3) == 1) {
        write_cnthp_tval_el2(TIMER_TVAL_VALUE);
        wfi();
        vwr_avatar_take_interrupts();
        return;
    }
#endif
    vwr_port_relax();
}

void vwr_avatar_pause(struct vwr_avatar_disk *d)
{
    tcb_t *const task = task_to_wait();

    if (!by_interrupt || get_current_cpu_id() != FIRST_CPU) {
        vwr_port_relax();
        return;
    }
    if (vwr_get_stage(&d->blk.bringup) != VWR_STAGE_RUNNING ||
        !vwr_blk_arm(vwr_blk_get_requestq(&d->blk, 0), 1))
        return; /* recovery needs a step, or requests have completed already */
    d->stats.sleeps++;
    if (task != NULL)
        leave_the_cpu(task);
    else
        wait_for_tick();
}

void vwr_avatar_wake(void)
{
    while (waiters != NULL) {
        tcb_t *const task = waiters->task;

        waiters = waiters->next;
        task_add_to_readylist_head(task);
    }
}

/* At the end of an interrupt: immediately runs the woken tasks, and then the interrupted task. */
void vwr_avatar_wake_now(void)
{
    tcb_t *const task = curr_task();

    if (waiters == NULL || task == NULL)
        return;
    if (task != get_idle())
        task_add_to_readylist_head(task);
    vwr_avatar_wake();
    schedule();
}
