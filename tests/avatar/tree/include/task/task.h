/* SPDX-License-Identifier: MIT */
#ifndef __TASK_H__
#define __TASK_H__

#include "avatar_types.h"
#include "os_cfg.h"
#include "vmm/vm.h"

typedef struct _tcb_t {
    int32_t task_id;
    struct _vm_t *curr_vm;
} tcb_t;

/* In Avatar it is read from a register of the CPU. */
extern tcb_t *running_task;
#define curr_task_el2() (running_task)

#endif
