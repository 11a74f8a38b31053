/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_MEMORY_COMMON_H
#define VWR_DEVICE_MEMORY_COMMON_H

#include "vwr/arithmetic.h"
#include "vwr/memory.h"

/*
 * A bitmap of guest pages consists of whole words for each region, in order. The first bit of a region is its
 * first whole page: a region may begin within a page.
 */
#define MEMORY_WORD_PAGES 32u

static inline uint32_t memory_words(const struct vwr_memory_region *r, unsigned shift)
{
    return (uint32_t)(vwr_shift_right(r->bytes, shift) + MEMORY_WORD_PAGES - 1u) / MEMORY_WORD_PAGES;
}

/* Number of words for all regions before the given one; at the end of the table, for all regions. */
static inline uint32_t memory_words_before(const struct vwr_memory *m, const struct vwr_memory_region *r,
                                           unsigned shift)
{
    uint32_t words = 0;

    for (const struct vwr_memory_region *before = m->region; before != r; before++)
        words += memory_words(before, shift);
    return words;
}

/* vwr_memory_find(), inline. */
VWR_ALWAYS_INLINE const struct vwr_memory_region *memory_search(const struct vwr_memory *m, uint64_t addr)
{
    const struct vwr_memory_region *r = m->region;
    uint32_t half;

    if (m->region_count == 0)
        return NULL;
    /* If a region contains the address, it is in r[0 .. n). */
    for (uint32_t n = m->region_count; n > 1u; n -= half) {
        half = n / 2u;
        r = r[half].addr <= addr ? r + half : r;
    }
    return addr - r->addr < r->bytes ? r : NULL;
}

/* vwr_memory.c: gets the bit of a page that is in a single region, and fills in its host address. */
bool vwr_memory_find_page_(const struct vwr_memory *m, unsigned shift, struct vwr_memory_region *page,
                           uint32_t *bit);

/* Gets the page of a bit. false: the bit is in the region's last word, beyond the last page of the region. */
bool vwr_memory_page_of_(const struct vwr_memory *m, unsigned shift, uint32_t bit,
                         struct vwr_memory_region *page);

/* Finds the region that contains a range, and fills in the range's host address; NULL: there is none. */
const struct vwr_memory_region *vwr_memory_find_part_(const struct vwr_memory *m,
                                                      struct vwr_memory_region *part);

/* Whether all blocks of a part of memory are plugged; whether a page of it is in an exclusive balloon. */
bool vwr_memory_is_plugged_(const struct vwr_memory *m, const struct vwr_memory_region *part);
bool vwr_memory_is_given_(const struct vwr_memory *m, const struct vwr_memory_region *part);

#endif
