/* SPDX-License-Identifier: MIT */
#ifndef __TASK_H__
#define __TASK_H__

#include "avatar_types.h"
#include "vmm/vcpu.h"
#include "lib/list.h"
#include "os_cfg.h"
#include "thread.h"
#include "vmm/vm.h"

#define wfi() __asm__ volatile("wfi" : : : "memory")

/* NULL before the first task runs, while the register is 0. */
#define curr_task_el1() ((tcb_t *)(void *)read_tpidr_el0())
#define curr_task_el2() ((tcb_t *)(void *)read_tpidr_el2())
#define curr_task() (get_el() == 2 ? curr_task_el2() : curr_task_el1())

typedef struct _cpu_sysregs cpu_sysregs_t;

#pragma pack(1)
typedef struct _contex_t {
    uint64_t x19;
    uint64_t x20;
    uint64_t x21;
    uint64_t x22;
    uint64_t x23;
    uint64_t x24;
    uint64_t x25;
    uint64_t x26;
    uint64_t x27;
    uint64_t x28;
    uint64_t x29;
    uint64_t x30;
    uint64_t tpidr_elx;
    uint64_t sp_elx;
} contex_t;
#pragma pack()

/* The fields of Avatar's structures that the layers and the scheduler use, in Avatar's order. */
typedef struct _cpu_t {
    cpu_sysregs_t *sys_reg;
} cpu_t;

typedef enum _task_state_t {
    TASK_STATE_CREATE = 1,
    TASK_STATE_READY,
    TASK_STATE_RUNNING,
    TASK_STATE_WAITING,
    TASK_STATE_WAIT_IRQ,
} task_state_t;

#pragma pack(1)
typedef struct _tcb_t {
    contex_t ctx;
    cpu_t *cpu_info;
    task_state_t state;
    int32_t task_id;
    int32_t remaining_ticks;
    list_node_t run_node;
    list_node_t vm_node;
    struct _vm_t *curr_vm;
} tcb_t;
#pragma pack()

void timer_tick_schedule(uint64_t *);

void task_add_to_readylist_tail(tcb_t *task);
void task_add_to_readylist_head(tcb_t *task);
tcb_t *get_idle();
void el2_idle_init();
void schedule();

#endif
