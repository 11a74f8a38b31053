/* SPDX-License-Identifier: MIT */
#include "hyp.h"

/* Descriptors of a translation table. */
#define ATTRIBUTE_DEVICE (0u << 2)
#define ATTRIBUTE_NORMAL (1u << 2)
#define RES1_EL2 (1u << 6) /* AP[1] */
#define EXECUTE_NEVER (1ull << 54)

#define MAIR_VALUE 0xff04u /* 0: device nGnRE, 1: normal, write-back */
#define TCR_RES1 (1ull << 31 | 1ull << 23)
#define TCR_SIZE 25u /* 39 bits: starts with a table of 1 GiB entries */
#define SCTLR_RES1 0x30c50830ull
#define SCTLR_MMU_AND_CACHES 0x1005ull

#define GIGABYTE (1ull << 30)
#define RAM_GIGABYTES 3u

static _Alignas(4096) uint64_t table[512];

void mmu_on(void)
{
    table[0] = DESC_BLOCK | ATTRIBUTE_DEVICE | DESC_ACCESSED | RES1_EL2 | EXECUTE_NEVER;
    for (uint64_t i = BOARD_RAM / GIGABYTE; i < 1 + RAM_GIGABYTES; i++)
        table[i] =
            i * GIGABYTE | DESC_BLOCK | ATTRIBUTE_NORMAL | DESC_INNER_SHAREABLE | DESC_ACCESSED | RES1_EL2;
    WRITE_SYS(mair_el2, MAIR_VALUE);
    WRITE_SYS(tcr_el2, TCR_RES1 | TCR_PA_40_BITS | TCR_WALKS | TCR_SIZE);
    WRITE_SYS(ttbr0_el2, (uintptr_t)table);
    __asm__ volatile("dsb sy\n\ttlbi alle2\n\tic iallu\n\tdsb sy\n\tisb" ::: "memory");
    WRITE_SYS(sctlr_el2, SCTLR_RES1 | SCTLR_MMU_AND_CACHES);
    isb();
}

void mmu_write_back(const void *at, uint64_t bytes)
{
    const uintptr_t line = 4ul << (READ_SYS(ctr_el0) >> 16 & 15u);

    for (uintptr_t p = (uintptr_t)at & ~(line - 1); p < (uintptr_t)at + bytes; p += line)
        __asm__ volatile("dc civac, %0" ::"r"(p) : "memory");
    __asm__ volatile("dsb sy\n\tic ialluis\n\tdsb sy\n\tisb" ::: "memory");
}
