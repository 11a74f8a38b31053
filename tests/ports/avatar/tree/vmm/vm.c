/* SPDX-License-Identifier: MIT */
#include "vmm/vgic.h"
#include "vmm/vpl011.h"
#include "vmm/vmm_cfg.h"
#include "avatar_types.h"
#include "os_cfg.h"
#include "lib/avatar_string.h"
#include "mem/stage2page.h"
#include "io.h"
#include "vmm/vm.h"
#include "exception.h"
#include "task/task.h"

/*
 * VMs that never run: their guests are functions of the image. The windows are unmapped where Avatar does it.
 */
static struct _vm_t vms[VM_NUM_MAX];
static tcb_t vcpus[VM_NUM_MAX];
static cpu_t cpus[VM_NUM_MAX];
static cpu_sysregs_t sysregs[VM_NUM_MAX];
static uint32_t vm_num;

struct _vm_t *alloc_vm()
{
    struct _vm_t *const vm = &vms[vm_num];

    if (vm_num == VM_NUM_MAX)
        return NULL;
    memset(vm, 0, sizeof(*vm));
    vm->vm_id = vm_num++;
    vm->vgic = alloc_vgic();
    return vm;
}

void mmio_map_pl011()
{
    for (int32_t i = 0; i < MMIO_PAGES_PL011; i++) {
        lpae_t *const entry = get_ept_entry(UART0_BASE_ADDR + (uint64_t)MMIO_PAGE_SIZE * i);

        entry->p2m.read = 0;
        entry->p2m.write = 0;
        apply_ept(entry);
    }
}

/* Avatar passes these two interrupts, of QEMU's last transports, to the guest that runs. */
void passed_through(uint64_t *sp);
void passed_through(uint64_t *sp)
{
    (void)sp;
    logger("EXCEPTION: an interrupt of the host's disk for a guest\n");
}

void vm_init_with_manifest(struct _vm_t *vm, const guest_manifest_t *manifest)
{
    tcb_t *const task = &vcpus[vm->vm_id];

    vm->manifest = manifest;
    memcpy(vm->vm_name, manifest->name, strlen(manifest->name) + 1);
    vm->vcpu_cnt = manifest->smp_num;
    task->task_id = (int32_t)vm->vm_id + 1;
    task->remaining_ticks = SYS_TASK_TICK;
    task->curr_vm = vm;
    task->cpu_info = &cpus[vm->vm_id];
    task->cpu_info->sys_reg = &sysregs[vm->vm_id];
    vm->primary_vcpu = task;

    mmio_map_pl011();

    vm->vgic->vm = vm;

    irq_install(79, passed_through);
    irq_install(78, passed_through);
}
