/* SPDX-License-Identifier: MIT */
#include "mmu.h"

#define ENTRIES 512u
#define ENTRY_BLOCK 1u
#define ENTRY_TABLE 3u /* upper levels: the entry refers to a table; last level: to a page */
#define DEVICE (0u << 2)
#define MEMORY (1u << 2 | 3u << 8) /* inner shareable */
#define ACCESSED (1u << 10)
#define NEVER_EXECUTED (UINT64_C(3) << 53)
#define MEMORY_TYPES UINT64_C(0xff00) /* 0: device, nGnRnE; 1: write-back */
#define CONTROL \
    (UINT64_C(25) | 1u << 8 | 1u << 10 | 3u << 12 | 1u << 23) /* 39 bits, cached walks, TTBR0 only */
#define SWITCHED_ON (1u | 1u << 2 | 1u << 12)                 /* MMU and both caches */
#define ADDRESS_MASK UINT64_C(0x0000fffffffff000)
#define GIB 0x40000000ul

static _Alignas(MMU_PAGE) uint64_t top[ENTRIES];
static _Alignas(MMU_PAGE) uint64_t middle[ENTRIES];
static _Alignas(MMU_PAGE) uint64_t area[ENTRIES];

static void map_gib(uint64_t virtual, uint64_t physical, uint64_t how)
{
    top[virtual / GIB] = physical | how | ACCESSED | ENTRY_BLOCK;
}

void mmu_start(void)
{
    uint64_t control;

    map_gib(0, 0, DEVICE | NEVER_EXECUTED);
    map_gib(GIB, GIB, MEMORY);
    map_gib(MMU_LINEAR + GIB, GIB, MEMORY | NEVER_EXECUTED);
    middle[0] = (uintptr_t)area | ENTRY_TABLE;
    top[MMU_AREA / GIB] = (uintptr_t)middle | ENTRY_TABLE;
    __asm__ volatile("msr mair_el1, %0\n\tmsr tcr_el1, %1\n\tmsr ttbr0_el1, %2\n\tdsb sy\n\tisb\n\t"
                     "tlbi vmalle1\n\tdsb sy\n\tisb" ::"r"(MEMORY_TYPES),
                     "r"(CONTROL), "r"(top)
                     : "memory");
    __asm__ volatile("mrs %0, sctlr_el1" : "=r"(control));
    control |= SWITCHED_ON;
    __asm__ volatile("msr sctlr_el1, %0\n\tisb" ::"r"(control) : "memory");
}

void mmu_map(unsigned number, uint64_t frame)
{
    area[number] = frame | MEMORY | NEVER_EXECUTED | ACCESSED | ENTRY_TABLE;
    __asm__ volatile("dsb sy\n\ttlbi vmalle1\n\tdsb sy\n\tisb" ::: "memory");
}

uint64_t mmu_translate(const void *va)
{
    uint64_t par;

    __asm__ volatile("at s1e1r, %1\n\tisb\n\tmrs %0, par_el1" : "=r"(par) : "r"(va) : "memory");
    if ((par & 1u) != 0)
        return MMU_NOWHERE;
    return (par & ADDRESS_MASK) | ((uintptr_t)va & (MMU_PAGE - 1u));
}
