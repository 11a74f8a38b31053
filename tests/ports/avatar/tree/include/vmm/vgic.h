/* SPDX-License-Identifier: MIT */
#ifndef __VGIC_H__
#define __VGIC_H__

#include "../gic.h"

#include "avatar_types.h"
#include "vm.h"
#include "vmm_cfg.h"
#include "gic.h"
#include "task/task.h"

typedef struct _tcb_t tcb_t;

typedef struct _vgic_t {
    struct _vm_t *vm;
    uint32_t gicd_ctlr;
} vgic_t;

vgic_t *alloc_vgic();
void vgic_inject_spi(tcb_t *task, int32_t irq_id);

#endif
