/* SPDX-License-Identifier: MIT */
#include "prove.h"
#include "vwr/memory.h"

/* Guest address translation without a balloon: vwr/memory.h. */

#define REGIONS 3u
#define REGION_MAX ((uint64_t)1 << 50) /* an object of CBMC is smaller than 2^55 bytes */

struct regions {
    struct vwr_memory_region region[REGIONS];
};

static bool is_apart(const struct vwr_memory_region *a, const struct vwr_memory_region *b)
{
    return a->addr + (a->bytes - 1u) < b->addr || b->addr + (b->bytes - 1u) < a->addr;
}

/* Any regions that vwr/memory.h allows. */
static void any_regions(struct vwr_memory *m, struct vwr_memory_region *region, uint64_t bytes_max)
{
    m->region = region;
    m->balloon = NULL;
    prove_assume(m->region_count <= REGIONS);
    for (uint32_t i = 0; i < REGIONS; i++) {
        prove_assume(region[i].bytes != 0 && region[i].bytes <= bytes_max);
        prove_assume(region[i].addr + (region[i].bytes - 1u) >= region[i].addr);
        for (uint32_t k = 0; k < i; k++)
            prove_assume(is_apart(&region[i], &region[k]));
        region[i].host = prove_memory(region[i].bytes);
    }
}

void translate_range(void)
{
    PROVE_ANY(struct regions, all);
    PROVE_ANY(struct vwr_memory, m);
    PROVE_ANY(uint64_t, addr);
    PROVE_ANY(uint64_t, bytes);
    uint8_t *at;

    any_regions(&m, all.region, REGION_MAX);
    at = vwr_memory_ptr(&m, addr, bytes);
    if (at != NULL)
        prove_that(prove_writable(at, bytes));
}

void translate_run(void)
{
    PROVE_ANY(struct regions, all);
    PROVE_ANY(struct vwr_memory, m);
    PROVE_ANY(uint64_t, addr);
    void *at = NULL;
    uint64_t bytes;

    any_regions(&m, all.region, REGION_MAX);
    bytes = vwr_memory_run(&m, addr, &at);
    prove_that(bytes == 0 || prove_writable(at, bytes));
}
