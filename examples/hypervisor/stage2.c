/* SPDX-License-Identifier: MIT */
#include "hyp.h"

#define NORMAL (0xfu << 2)
#define READ_WRITE (3u << 6)
#define ATTRIBUTES (NORMAL | READ_WRITE | DESC_INNER_SHAREABLE | DESC_ACCESSED)

#define VTCR_RES1 (1ull << 31)
#define VTCR_FROM_LEVEL_2 (0ull << 6)
#define VTCR_SIZE 32u /* 4 GiB of guest addresses */

/*
 * Page tables for blocks of which only some pages are mapped for the guest. An entry with bit 0 clear is
 * invalid for the
 * hardware.
 */
#define PAGES (STAGE2_BLOCK / PAGE_BYTES)
#define SPLITS 256u      /* number of blocks of a guest's memory: 512 MiB; pages beyond cannot be unmapped */
#define PAGE_GONE 2ull   /* in the balloon */
#define ZEROED_BYTES 64u /* minimum for DC ZVA to be worthwhile */

static _Alignas(PAGE_BYTES) uint64_t split[GUESTS_MAX][SPLITS][PAGES];

void stage2_map(struct guest *g, uint64_t addr, uint64_t host, uint64_t bytes)
{
    for (uint64_t at = 0; at < bytes; at += STAGE2_BLOCK)
        g->stage2[(addr + at) / STAGE2_BLOCK] = (host + at) | DESC_BLOCK | ATTRIBUTES;
}

void stage2_unmap(struct guest *g, uint64_t addr, uint64_t bytes)
{
    for (uint64_t at = 0; at < bytes; at += STAGE2_BLOCK)
        g->stage2[(addr + at) / STAGE2_BLOCK] = 0;
    g->pages.stale = true;
}

/*
 * One table of 2 MiB blocks for all guest addresses, as four concatenated tables. Each step of the guest's
 * own table walk also walks this table, so one level less here saves one access for each step. ./vwr plan has
 * checked
 * that RAM consists of whole blocks. Only blocks with unmapped pages have a page table.
 */
void stage2_build(struct guest *g)
{
    stage2_map(g, g->ram_addr, (uintptr_t)g->ram, g->ram_bytes);
    g->pages.gone = 0;
    g->pages.stale = false;
}

void stage2_on(const struct guest *g)
{
    WRITE_SYS(vtcr_el2, VTCR_RES1 | TCR_PA_40_BITS | TCR_WALKS | VTCR_FROM_LEVEL_2 | VTCR_SIZE);
    WRITE_SYS(vttbr_el2, (uintptr_t)g->stage2 | (uint64_t)(g->number + 1) << 48);
    __asm__ volatile("dsb sy\n\ttlbi vmalls12e1is\n\tdsb sy\n\tisb" ::: "memory");
}

/* Only the guest's own CPU caches its translation. */
static void forget(void)
{
    __asm__ volatile("dsb ishst\n\ttlbi vmalls12e1\n\tdsb ish\n\tisb" ::: "memory");
}

void stage2_flush(struct guest *g)
{
    if (!g->pages.stale)
        return;
    g->pages.stale = false;
    forget();
}

/* Replaces a block by a table of its pages; break-before-make requires a flush in between. */
static void split_block(struct guest *g, uint64_t *block, uint64_t *pages)
{
    const uint64_t first = *block & ~(STAGE2_BLOCK - 1u);

    for (uint64_t i = 0; i < PAGES; i++)
        pages[i] = (first + i * PAGE_BYTES) | DESC_PAGE | ATTRIBUTES;
    *block = 0;
    forget();
    *block = (uintptr_t)pages | DESC_TABLE;
}

/*
 * The descriptor of a page of the guest's memory; NULL: not its memory, or part of a block without a page
 * table.
 */
static uint64_t *find_page(struct guest *g, uint64_t addr, bool splits)
{
    const uint64_t number = (addr - g->ram_addr) / STAGE2_BLOCK;
    uint64_t *const block = &g->stage2[addr / STAGE2_BLOCK % STAGE2_BLOCKS];

    if (addr - g->ram_addr >= g->ram_bytes || number >= SPLITS)
        return NULL;
    if ((*block & DESC_TABLE) != DESC_TABLE) {
        if (!splits)
            return NULL;
        split_block(g, block, split[g->number][number]);
    }
    return &split[g->number][number][addr / PAGE_BYTES % PAGES];
}

bool stage2_take(struct guest *g, uint64_t addr)
{
    uint64_t *const page = find_page(g, addr, true);

    if (page == NULL || *page == PAGE_GONE)
        return false;
    *page = PAGE_GONE;
    g->pages.gone++;
    g->pages.stale = true;
    return true;
}

/* With the widest stores available. */
static void zero_page(uint8_t *at)
{
    const uint64_t id = READ_SYS(dczid_el0);
    const unsigned bytes = (id & 16u) == 0 ? 4u << (id & 15u) : 0;

    if (bytes >= ZEROED_BYTES) {
        for (unsigned i = 0; i < PAGE_BYTES; i += bytes)
            __asm__ volatile("dc zva, %0" ::"r"(at + i) : "memory");
    } else {
        for (unsigned i = 0; i < PAGE_BYTES; i += 8u)
            *(volatile uint64_t *)(void *)(at + i) = 0;
    }
}

/* Done immediately, because a device may write to the page before the guest accesses it. */
bool stage2_give(struct guest *g, uint64_t addr)
{
    uint64_t *const page = find_page(g, addr, false);
    uint8_t *const at = g->ram + ((addr - g->ram_addr) & ~(uint64_t)(PAGE_BYTES - 1u));

    if (page == NULL || *page != PAGE_GONE)
        return false;
    zero_page(at);
    *page = (uintptr_t)at | DESC_PAGE | ATTRIBUTES;
    g->pages.gone--;
    dsb();
    return true;
}
