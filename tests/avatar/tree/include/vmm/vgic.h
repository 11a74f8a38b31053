/* SPDX-License-Identifier: MIT */
#ifndef __VGIC_H__
#define __VGIC_H__

#include "avatar_types.h"
#include "vm.h"
#include "os_cfg.h"

typedef struct _tcb_t tcb_t;

typedef struct _vgic_t {
    struct _vm_t *vm;
    uint32_t injected[1020]; /* how often each interrupt was */
} vgic_t;

void vgic_inject_spi(tcb_t *task, int32_t irq_id);

#endif
