/* SPDX-License-Identifier: MIT */
#include "hyp.h"

#define NORMAL (0xfu << 2)
#define READ_WRITE (3u << 6)

#define VTCR_RES1 (1ull << 31)
#define VTCR_FROM_LEVEL_2 (0ull << 6)
#define VTCR_SIZE 32u /* 4 GiB of guest addresses */

/*
 * One table of 2 MiB blocks for all that a guest can address, as four tables side by side: the guest's own
 * translation asks this one for each step it takes, and a step here less is one less for each of them. The
 * plan's checks have seen to it that RAM is whole blocks.
 */
void stage2_build(struct guest *g)
{
    for (uint64_t at = 0; at < g->ram_bytes; at += STAGE2_BLOCK)
        g->stage2[(g->ram_addr + at) / STAGE2_BLOCK] = ((uintptr_t)g->ram + at) | DESC_BLOCK | NORMAL |
                                                       READ_WRITE | DESC_INNER_SHAREABLE | DESC_ACCESSED;
}

void stage2_on(const struct guest *g)
{
    WRITE_SYS(vtcr_el2, VTCR_RES1 | TCR_PA_40_BITS | TCR_WALKS | VTCR_FROM_LEVEL_2 | VTCR_SIZE);
    WRITE_SYS(vttbr_el2, (uintptr_t)g->stage2 | (uint64_t)(g->number + 1) << 48);
    __asm__ volatile("dsb sy\n\ttlbi vmalls12e1\n\tdsb sy\n\tisb" ::: "memory");
}
