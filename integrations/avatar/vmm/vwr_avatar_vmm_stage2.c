/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#include "io.h"
#include "mem/stage2page.h"
#include "os_cfg.h"
#include "task/task.h"
#include "vwr_avatar_vmm.h"

/*
 * Called from Avatar's vm.c and stage2page.c. Makes accesses to the windows of all VMs fault, and handles
 * such a fault as a device access.
 */

#define WINDOWS_BYTES ((uint64_t)VIRTIO_VM_MAX * VIRTIO_MMIO_VM_SIZE)

void mmio_map_virtio(void)
{
    for (uint64_t at = 0; at < WINDOWS_BYTES; at += PAGE_SIZE) {
        lpae_t *const entry = get_ept_entry(VIRTIO_MMIO_BASE + at);

        entry->p2m.read = 0;
        entry->p2m.write = 0;
        apply_ept(entry);
    }
}

#define SF 0x20u /* bit 15 of the syndrome, in sbzp0 */

/* Extends a loaded value: sign or zero, to 64 bits if SF is set, otherwise to 32. */
static uint64_t stage2_extend(uint64_t value, const struct esr_dabt *dabt)
{
    const uint32_t bits = 8u << dabt->size;
    const bool is_64 = (dabt->sbzp0 & SF) != 0;

    if (dabt->sign && bits < 64 && (value >> (bits - 1) & 1) != 0)
        value |= ~0ULL << bits;
    return is_64 || bits >= 64 ? value : (uint32_t)value;
}

/* Register 31 is the zero register: it reads as 0 and ignores loads. */
static void stage2_access(const stage2_fault_info_t *info, trap_frame_t *el2_ctx)
{
    const struct esr_dabt *const dabt = &info->esr.dabt;
    uint64_t value = dabt->write && dabt->reg < NUM_REGS ? el2_ctx->r[dabt->reg] : 0;

    if (!vwr_avatar_trap(info->gpa, &value, dabt->write, 1u << dabt->size))
        value = 0;
    if (!dabt->write && dabt->reg < NUM_REGS)
        el2_ctx->r[dabt->reg] = stage2_extend(value, dabt);
}

/* Arm architecture: exception classes, synchronous external abort, modes, vectors. */
#define EC_DATA_ABORT_LOWER 0x24u
#define EC_DATA_ABORT_SAME 0x25u
#define EC_SHIFT 26
#define IL (1u << 25)
#define DFSC_EXTERNAL 0x10u
#define MODE_MASK 0x1fu
#define MODE_EL1T 0x04u
#define MODE_EL1H 0x05u
#define MODE_AARCH32 0x10u
#define DAIF_MASKED 0x3c0u
#define VECTOR_EL1T 0x000u
#define VECTOR_EL1H 0x200u
#define VECTOR_AARCH64 0x400u
#define VECTOR_AARCH32 0x600u

/* Vector offset of a synchronous exception taken to EL1 from this mode. */
static uint32_t stage2_vector(uint64_t mode)
{
    if ((mode & MODE_AARCH32) != 0)
        return VECTOR_AARCH32;
    if (mode == MODE_EL1T)
        return VECTOR_EL1T;
    return mode == MODE_EL1H ? VECTOR_EL1H : VECTOR_AARCH64;
}

/*
 * An instruction without a valid syndrome (a pair, a vector register, base writeback) cannot be emulated
 * here, and skipping it would leave the guest with stale registers. So the guest takes an external abort.
 * Between a trap and its return Avatar keeps the guest's EL1 registers in memory (vcpu_out, vcpu_in), and it
 * continues after the instruction: the return address is the vector minus the instruction's length.
 */
static void stage2_abort(const stage2_fault_info_t *info, trap_frame_t *el2_ctx)
{
    static bool logged;
    const uint64_t mode = el2_ctx->spsr & MODE_MASK;
    const bool same = mode == MODE_EL1T || mode == MODE_EL1H;
    const uint64_t esr = (same ? EC_DATA_ABORT_SAME : EC_DATA_ABORT_LOWER) << EC_SHIFT | IL | DFSC_EXTERNAL;
    cpu_sysregs_t *const el1 = curr_task_el2()->cpu_info->sys_reg;

    if (!logged)
        logger_error("VirtIO: guest instruction at 0x%llx is not a plain load or store: 0x%llx aborts\n",
                     el2_ctx->elr, info->gpa);
    logged = true;
    el1->esr_el1 = esr;
    el1->far_el1 = info->gva;
    el1->elr_el1 = el2_ctx->elr;
    el1->spsr_el1 = el2_ctx->spsr;
    el2_ctx->elr = el1->vbar_el1 + stage2_vector(mode) - (info->esr.dabt.len ? 4 : 2);
    el2_ctx->spsr = DAIF_MASKED | MODE_EL1H;
}

bool handle_virtio(stage2_fault_info_t *info, trap_frame_t *el2_ctx)
{
    if (info->gpa < VIRTIO_MMIO_BASE || info->gpa - VIRTIO_MMIO_BASE >= WINDOWS_BYTES)
        return false;
    if (info->esr.dabt.valid)
        stage2_access(info, el2_ctx);
    else
        stage2_abort(info, el2_ctx);
    return true;
}
