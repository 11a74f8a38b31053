/* SPDX-License-Identifier: MIT */
#include "types.h"
#include "memlayout.h"
#include "riscv.h"
#include "defs.h"

/* A page allocator for the memory between the end of the kernel and the end of RAM. */

extern char end[];

static struct page {
    struct page *next;
} * free_pages;

void kfree(void *page)
{
    struct page *const p = page;

    p->next = free_pages;
    free_pages = p;
}

void kinit(void)
{
    for (uint64 page = PGROUNDUP((uint64)end); page + PGSIZE <= PHYSTOP; page += PGSIZE)
        kfree((void *)page);
}

void *kalloc(void)
{
    struct page *const p = free_pages;

    if (p != 0)
        free_pages = p->next;
    return p;
}
