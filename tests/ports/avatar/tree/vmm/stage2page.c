/* SPDX-License-Identifier: MIT */
#include "mem/page.h"
#include "mem/stage2page.h"
#include "os_cfg.h"
#include "io.h"
#include "exception.h"
#include "vmm/vcpu.h"
#include "vmm/vpl011.h"

/* The part of stage 2 that contains devices. At first it is identity-mapped, as in Avatar. */
#define PAGES ((DEVICE_MEM_END - DEVICE_MEM_START) / PAGE_SIZE + 0x2000)

static lpae_t pages[PAGES];

lpae_t *get_ept_entry(paddr_t gpa)
{
    return &pages[(gpa - DEVICE_MEM_START) / PAGE_SIZE % PAGES];
}

/* Avatar writes back the caches and invalidates the TLB here. */
void apply_ept(void *ept)
{
    (void)ept;
}

void guest_ept_init(void)
{
    for (uint32_t i = 0; i < PAGES; i++) {
        pages[i].p2m.valid = pages[i].p2m.read = pages[i].p2m.write = 1;
    }
}

void data_abort_handler(stage2_fault_info_t *info, trap_frame_t *el2_ctx)
{
    if (UART0_BASE_ADDR <= info->gpa && info->gpa < (UART0_BASE_ADDR + 0x1000)) {
        uint64_t value = el2_ctx->r[info->esr.dabt.reg];

        if (vpl011_mmio_handler(info->gpa, info->esr.dabt.reg, 1U << info->esr.dabt.size, &value,
                                info->esr.dabt.write) &&
            !info->esr.dabt.write)
            el2_ctx->r[info->esr.dabt.reg] = value;
    }
}
