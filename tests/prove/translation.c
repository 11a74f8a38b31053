/* SPDX-License-Identifier: MIT */
#include "prove.h"
#include "memory_common.h"
#include "vwr_memory.c"

/* The table of regions, and guest address translation without a balloon: vwr/memory.h. */

#ifndef REGIONS
#define REGIONS 4u
#endif
#define REGION_MAX ((uint64_t)1 << 50) /* an object of CBMC is smaller than 2^55 bytes */

struct regions {
    struct vwr_memory_region region[REGIONS];
};

static bool contains(const struct vwr_memory_region *r, uint64_t addr)
{
    return addr >= r->addr && addr - r->addr < r->bytes;
}

/* Any table. */
static void any_table(struct vwr_memory *m, const struct vwr_memory_region *region)
{
    m->region = region;
    m->balloon = NULL;
    prove_assume(m->region_count <= REGIONS);
}

/* Any regions that the check accepts, with memory. */
static void any_memory(struct vwr_memory *m, struct vwr_memory_region *region)
{
    any_table(m, region);
    prove_assume(vwr_memory_check(m) == m->region_count);
    for (uint32_t i = 0; i < REGIONS; i++) {
        prove_assume(region[i].bytes <= REGION_MAX);
        region[i].host = prove_memory(region[i].bytes);
    }
}

/* Whether this region has this place: it begins where the earlier ones have ended, and ends below 2^64. */
static bool is_in_order(const struct vwr_memory_region *region, uint32_t i)
{
    if (region[i].addr > UINT64_MAX - region[i].bytes)
        return false;
    for (uint32_t k = 0; k < i; k++)
        if (region[i].addr < region[k].addr || region[i].addr - region[k].addr < region[k].bytes)
            return false;
    return true;
}

void memory_check(void)
{
    PROVE_ANY(struct regions, all);
    PROVE_ANY(struct vwr_memory, m);
    uint32_t first = 0;

    any_table(&m, all.region);
    while (first < m.region_count && is_in_order(all.region, first))
        first++;
    prove_that(vwr_memory_check(&m) == first);
}

void memory_find(void)
{
    PROVE_ANY(struct regions, all);
    PROVE_ANY(struct vwr_memory, m);
    PROVE_ANY(uint64_t, addr);
    const struct vwr_memory_region *found;

    any_table(&m, all.region);
    prove_assume(vwr_memory_check(&m) == m.region_count);
    found = vwr_memory_find(&m, addr);
    for (uint32_t i = 0; i < REGIONS; i++)
        prove_that((i < m.region_count && contains(&all.region[i], addr)) == (found == &all.region[i]));
    prove_that(found == NULL || (found >= all.region && found < all.region + m.region_count));
}

/* The number of bytes from an address to the end of its region; 0: there is none. */
static uint64_t bytes_at(const struct vwr_memory *m, uint64_t addr, uint8_t **host)
{
    for (uint32_t i = 0; i < REGIONS; i++) {
        const struct vwr_memory_region *const r = &m->region[i];

        if (i < m->region_count && contains(r, addr)) {
            *host = (uint8_t *)r->host + (addr - r->addr);
            return r->bytes - (addr - r->addr);
        }
    }
    return 0;
}

void translate_range(void)
{
    PROVE_ANY(struct regions, all);
    PROVE_ANY(struct vwr_memory, m);
    PROVE_ANY(uint64_t, addr);
    PROVE_ANY(uint64_t, bytes);
    uint8_t *at, *host = NULL;
    uint64_t most;

    any_memory(&m, all.region);
    at = vwr_memory_ptr(&m, addr, bytes);
    most = bytes_at(&m, addr, &host);
    prove_that(at == (most != 0 && bytes <= most ? host : NULL));
    prove_that(at == NULL || prove_writable(at, bytes));
}

void translate_run(void)
{
    PROVE_ANY(struct regions, all);
    PROVE_ANY(struct vwr_memory, m);
    PROVE_ANY(uint64_t, addr);
    void *at = NULL;
    uint8_t *host = NULL;
    uint64_t bytes;

    any_memory(&m, all.region);
    bytes = vwr_memory_run(&m, addr, &at);
    prove_that(bytes == bytes_at(&m, addr, &host) && at == host);
    prove_that(bytes == 0 || prove_writable(at, bytes));
}
