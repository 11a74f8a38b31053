/* SPDX-License-Identifier: MIT */
#include "vwr/base.h"
#include "types.h"
#include "memlayout.h"
#include "defs.h"

/* Devices and RAM are mapped where they lie; kernel stacks page by page, no two of them next to each other.
 */

#define ENTRIES 512
#define GIGABYTE (1ul << 30)
#define PTE_V 1ul
#define PTE_RWX (7ul << 1)
#define PTE_RW (3ul << 1)
#define PTE_USED (3ul << 6)
#define SV39 (8ul << 60)
#define STACKS_MAPPED 8

static _Alignas(4096) uint64 root[ENTRIES], middle[ENTRIES], leaf[ENTRIES];
static _Alignas(4096) uchar pages[2 * STACKS_MAPPED * STACK_PAGES][PGSIZE];

static uint64 entry_of(uint64 pa, uint64 bits)
{
    return pa >> 12 << 10 | bits | PTE_V;
}

void vm_start(void)
{
    uint64 next = sizeof(pages) / PGSIZE; /* from the end on, each second one */

    root[0] = entry_of(0, PTE_RW | PTE_USED);
    root[KERNBASE / GIGABYTE] = entry_of(KERNBASE, PTE_RWX | PTE_USED);
    root[STACKS / GIGABYTE] = entry_of((uint64)middle, 0);
    middle[0] = entry_of((uint64)leaf, 0);
    for (uint64 i = 0; i < STACKS_MAPPED; i++)
        for (uint64 page = 0; page < STACK_PAGES; page++) {
            next -= 2;
            leaf[(KSTACK(i) - STACKS) / PGSIZE + page] = entry_of((uint64)pages[next], PTE_RW | PTE_USED);
        }
    __asm__ volatile("sfence.vma\n\tcsrw satp, %0\n\tsfence.vma" ::"r"(SV39 | (uint64)root >> 12) : "memory");
}

/* The port's question about what does not lie where it is mapped. */
uint64_t vwr_xv6_page(uint64_t va)
{
    const uint64 number = (va - STACKS) / PGSIZE;

    if (va < STACKS || number >= ENTRIES || (leaf[number] & PTE_V) == 0)
        return 0;
    return leaf[number] >> 10 << 12;
}
