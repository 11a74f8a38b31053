/* SPDX-License-Identifier: MIT */
#include "vmm/vgic.h"
#include "task/task.h"
#include "io.h"

tcb_t *running_task;

void vgic_inject_spi(tcb_t *task, int32_t irq_id)
{
    if (irq_id < 32 || irq_id > 1019 || !task || !task->curr_vm) {
        logger_error("EXCEPTION: SPI %d for nobody\n", irq_id);
        return;
    }
    task->curr_vm->vgic->injected[irq_id]++;
}
