/* SPDX-License-Identifier: MIT */
#include "types.h"
#include "param.h"
#include "memlayout.h"
#include "riscv.h"
#include "defs.h"
#include "stand.h"

/* Identity-maps devices and RAM, but not the kernel stacks and the test's scattered pages. */

pagetable_t kernel_pagetable;

extern char etext[];

pte_t *walk(pagetable_t pagetable, uint64 va, int make)
{
    if (va >= MAXVA)
        panic("walk");
    for (int level = 2; level > 0; level--) {
        pte_t *const pte = &pagetable[PX(level, va)];

        if ((*pte & PTE_V) == 0) {
            void *const page = make ? kalloc() : 0;

            if (page == 0)
                return 0;
            memset(page, 0, PGSIZE);
            *pte = PA2PTE(page) | PTE_V;
        }
        pagetable = (pagetable_t)PTE2PA(*pte);
    }
    return &pagetable[PX(0, va)];
}

int mappages(pagetable_t pagetable, uint64 va, uint64 bytes, uint64 pa, int bits)
{
    for (uint64 at = 0; at < PGROUNDUP(bytes); at += PGSIZE) {
        pte_t *const pte = walk(pagetable, va + at, 1);

        if (pte == 0)
            return -1;
        *pte = PA2PTE(pa + at) | bits | PTE_V;
    }
    return 0;
}

void kvmmap(pagetable_t pagetable, uint64 va, uint64 pa, uint64 bytes, int bits)
{
    if (mappages(pagetable, va, bytes, pa, bits) != 0)
        panic("kvmmap");
}

static void map_scattered(pagetable_t pagetable)
{
    for (int i = 0; i < SCATTERED_PAGES; i++) {
        (void)kalloc(); /* uses every second page, from high to low addresses */
        kvmmap(pagetable, SCATTERED + i * PGSIZE, (uint64)kalloc(), PGSIZE, PTE_R | PTE_W);
    }
}

void kvminit(void)
{
    pagetable_t pagetable = kalloc();

    memset(pagetable, 0, PGSIZE);
    kvmmap(pagetable, POWER, POWER, PGSIZE, PTE_R | PTE_W);
    kvmmap(pagetable, UART0, UART0, PGSIZE, PTE_R | PTE_W);
    kvmmap(pagetable, VIRTIO0, VIRTIO0, PGSIZE, PTE_R | PTE_W);
    kvmmap(pagetable, PLIC, PLIC, 0x400000, PTE_R | PTE_W);
    kvmmap(pagetable, KERNBASE, KERNBASE, (uint64)etext - KERNBASE, PTE_R | PTE_X);
    kvmmap(pagetable, (uint64)etext, (uint64)etext, PHYSTOP - (uint64)etext, PTE_R | PTE_W);
    proc_mapstacks(pagetable);
    map_scattered(pagetable);
    kernel_pagetable = pagetable;
}

void kvminithart(void)
{
    sfence_vma();
    w_satp(MAKE_SATP(kernel_pagetable));
    sfence_vma();
}
