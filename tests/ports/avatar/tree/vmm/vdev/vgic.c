/* SPDX-License-Identifier: MIT */
#include "vmm/vgic.h"
#include "io.h"

static vgic_t vgics[VM_NUM_MAX];
static uint32_t vgic_num;
static uint32_t injected[VM_NUM_MAX][SPI_ID_MAX];

vgic_t *alloc_vgic()
{
    return &vgics[vgic_num++];
}

void vgic_inject_spi(tcb_t *task, int32_t irq_id)
{
    if (irq_id < 32 || irq_id >= SPI_ID_MAX || !task || !task->curr_vm) {
        logger_error("EXCEPTION: SPI %d for nobody\n", irq_id);
        return;
    }
    injected[task->curr_vm->vm_id][irq_id]++;
}

/*
 * For the tests: how many times this interrupt was sent to a VM. No header declares it, because Avatar lacks
 * it.
 */
uint32_t vgic_injected(uint32_t vm_id, uint32_t irq_id);
uint32_t vgic_injected(uint32_t vm_id, uint32_t irq_id)
{
    return injected[vm_id][irq_id];
}
