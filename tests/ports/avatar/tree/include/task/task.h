/* SPDX-License-Identifier: MIT */
#ifndef __TASK_H__
#define __TASK_H__

#include "avatar_types.h"
#include "vmm/vcpu.h"
#include "lib/list.h"
#include "os_cfg.h"
#include "thread.h"
#include "vmm/vm.h"

/* NULL before the first task is there: the register is 0 then. */
#define curr_task_el2() ((tcb_t *)(void *)read_tpidr_el2())

typedef struct _cpu_sysregs cpu_sysregs_t;

/* Of Avatar's structures what the VirtIO devices look at, in their order. */
typedef struct _cpu_t {
    cpu_sysregs_t *sys_reg;
} cpu_t;

#pragma pack(1)
typedef struct _tcb_t {
    cpu_t *cpu_info;
    int32_t task_id;
    list_node_t vm_node;
    struct _vm_t *curr_vm;
} tcb_t;
#pragma pack()

void timer_tick_schedule(uint64_t *);

#endif
