/* SPDX-License-Identifier: MIT */
#ifndef __VCPU_H__
#define __VCPU_H__

#include "../avatar_types.h"
#include "../exception.h"
#include "task/task.h"
#include "lib/list.h"

/*
 * The fields of Avatar's structure that the VirtIO devices use: a guest's registers from a trap to its
 * return.
 */
typedef struct _cpu_sysregs {
    unsigned long esr_el1;
    unsigned long far_el1;
    unsigned long elr_el1;
    unsigned long spsr_el1;
    unsigned long vbar_el1;
} cpu_sysregs_t;

#endif
