/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#include "os_cfg.h"
#include "task/task.h"
#include "timer.h"
#include "vwr_avatar.h"

/*
 * How a call that waits passes its time. Avatar runs at EL2 with interrupts masked, and has neither
 * conditions nor semaphores there; its mutex asks TPIDR_EL0 for the task, which at EL2 is the guest's. What
 * it has is task_wait_for_irq: the task leaves the CPU in a state of its own, TASK_STATE_WAIT_IRQ, and
 * whoever takes the interrupt puts it back into the ready list. So:
 *
 *   a task (a guest's vCPU in its trap)   others run until the disk's interrupt, or the tick's poll, wakes it
 *   no task yet (Avatar's shell)          no interrupt can be taken, since its entry stores into the task
 * that runs; wfi ends by one that is masked, the disk's or the timer's neither interrupt nor tick poll
 *
 * Not task_set_sleep: when a sleeper's time is over, timer_tick_schedule leaves the task that runs without
 * putting it into the ready list, and it never runs again.
 */

#define FIRST_CPU 0 /* the one that takes the disks' interrupts */

/* A task that has left the CPU; on its own stack. */
struct waiter {
    tcb_t *task;
    struct waiter *next;
};

static struct waiter *waiters;
static bool by_interrupt; /* enable_irq was called */
static bool by_tick;      /* and the poll, which sees deadlines */

/* Avatar's, in kernel/task/task.c; no header has it. */
void task_wait_for_irq(void);

void vwr_avatar_wait_by_interrupt(void)
{
    by_interrupt = true;
}

void vwr_avatar_wait_has_tick(void)
{
    by_tick = true;
}

/* The task that may leave the CPU now, or NULL. */
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

/* A tick that is pending would end wfi at once, so the next one is set. Whether the timer runs: ENABLE
 * without IMASK. */
static void doze(void)
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
    if (vwr_blk_get_stage(&d->blk) != VWR_STAGE_RUNNING || !vwr_blk_arm(vwr_blk_get_queue(&d->blk, 0), 1))
        return; /* it needs a step of its recovery, or there are answers already */
    d->stats.sleeps++;
    if (task != NULL)
        leave_the_cpu(task);
    else
        doze();
}

void vwr_avatar_wake(void)
{
    while (waiters != NULL) {
        tcb_t *const task = waiters->task;

        waiters = waiters->next;
        task_add_to_readylist_head(task);
    }
}

/* At the end of an interrupt: who was woken runs at once, and who was interrupted behind it. */
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
