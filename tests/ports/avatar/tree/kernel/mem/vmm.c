/* SPDX-License-Identifier: MIT */
#include "mem/mem.h"

/* Pages that are never freed. */
#define HEAP_PAGES 4096u

static _Alignas(PAGE_SIZE) uint8_t heap[HEAP_PAGES * PAGE_SIZE];
static uint32_t taken;

void *kalloc_pages(uint32_t pages)
{
    uint8_t *const at = &heap[taken * PAGE_SIZE];

    if (pages > HEAP_PAGES - taken)
        return NULL;
    taken += pages;
    return at;
}
