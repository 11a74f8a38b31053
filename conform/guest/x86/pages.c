/* SPDX-License-Identifier: MIT */
#include "x86.h"

/*
 * The address map above 4 GiB, where registers of PCI may be: pages of 2 MiB, uncached, mapped to themselves
 * when they are accessed.
 */

#define ENTRIES 512u
#define TABLES 32u
#define TOP_BITS 39u
#define BLOCK_BITS 21u
#define LEVEL_BITS 9u
#define IS_TABLE 0x3u
#define IS_BLOCK 0x9bu /* present, writable, uncached, 2 MiB */
#define ADDRESS_MASK 0x000ffffffffff000u
#define END (UINT64_C(1) << 47)

extern uint64_t page_map[ENTRIES];

static _Alignas(4096) uint64_t tables[TABLES][ENTRIES];
static unsigned used;

bool pages_map(uint64_t address)
{
    uint64_t *table = page_map;

    if (address >> 32 == 0 || address >= END)
        return false;
    for (unsigned bits = TOP_BITS; bits > BLOCK_BITS; bits -= LEVEL_BITS) {
        uint64_t *const entry = &table[address >> bits & (ENTRIES - 1u)];

        if (*entry == 0) {
            if (used == TABLES)
                return false;
            *entry = (uintptr_t)tables[used++] | IS_TABLE;
        }
        table = (uint64_t *)(uintptr_t)(*entry & ADDRESS_MASK);
    }
    table[address >> BLOCK_BITS & (ENTRIES - 1u)] =
        (address & ~((UINT64_C(1) << BLOCK_BITS) - 1u)) | IS_BLOCK;
    return true;
}
