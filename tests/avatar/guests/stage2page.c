/* SPDX-License-Identifier: MIT */
/* What docs/avatar.md has Avatar's vmm/vm.c and vmm/stage2page.c do, and a page table to do it to. */
#include "guests.h"
#include "mem/stage2page.h"

#define PAGES (0x200000 / PAGE_SIZE)

static lpae_t pages[PAGES]; /* from VIRTIO_MMIO_BASE on */
static uint32_t applied;

lpae_t *get_ept_entry(paddr_t gpa)
{
    return &pages[(gpa - VIRTIO_MMIO_BASE) / PAGE_SIZE % PAGES];
}

void apply_ept(void *ept)
{
    (void)ept;
    applied++;
}

void map_all(void)
{
    for (uint32_t i = 0; i < PAGES; i++)
        pages[i].p2m.read = pages[i].p2m.write = 1;
}

uint32_t pages_that_fault(void)
{
    uint32_t n = 0;

    while (n < applied && pages[n].p2m.read == 0 && pages[n].p2m.write == 0)
        n++;
    return n;
}

void mmio_map_virtio(void)
{
    const uint64_t end = VIRTIO_MMIO_BASE + (uint64_t)VIRTIO_VM_MAX * VIRTIO_MMIO_VM_SIZE;

    for (uint64_t gpa = VIRTIO_MMIO_BASE; gpa < end; gpa += PAGE_SIZE) {
        lpae_t *entry = get_ept_entry(gpa);
        entry->p2m.read = 0;
        entry->p2m.write = 0;
        apply_ept(entry);
    }
}

bool handle_virtio(stage2_fault_info_t *info, trap_frame_t *el2_ctx)
{
    const uint32_t reg = info->esr.dabt.reg; /* 31 reads as 0, and what is read into it is lost */
    uint32_t value = reg == 31 ? 0 : (uint32_t)el2_ctx->r[reg];

    if (!virtio_handle_mmio_trap(info->gpa, &value, info->esr.dabt.write, 1U << info->esr.dabt.size))
        return false;
    if (!info->esr.dabt.write && reg != 31)
        el2_ctx->r[reg] = value;
    return true;
}
