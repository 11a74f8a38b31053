/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_MEMORY_COMMON_H
#define VWR_DEVICE_MEMORY_COMMON_H

#include "vwr/arithmetic.h"
#include "vwr/memory.h"

/*
 * A bitmap of the pages of guest memory has whole words for each region, in order. The first bit of a region
 * is its first whole page: a region may begin within a page.
 */

#define MEMORY_WORD_PAGES 32u

static inline uint32_t memory_words(const struct vwr_memory_region *r, unsigned shift)
{
    return (uint32_t)(vwr_shift_right(r->bytes, shift) + MEMORY_WORD_PAGES - 1u) / MEMORY_WORD_PAGES;
}

/* Words of the regions before one; of all before the end of the table. */
static inline uint32_t memory_words_before(const struct vwr_memory *m, const struct vwr_memory_region *r,
                                           unsigned shift)
{
    uint32_t words = 0;

    for (const struct vwr_memory_region *before = m->region; before != r; before++)
        words += memory_words(before, shift);
    return words;
}

/* vwr_memory.c: the bit of a page that is in one region, whose host address is filled in. */
bool vwr_memory_find_page_(const struct vwr_memory *m, unsigned shift, struct vwr_memory_region *page,
                           uint32_t *bit);

/* The page of a bit. false: the region's last word has more bits than the region has pages. */
bool vwr_memory_page_of_(const struct vwr_memory *m, unsigned shift, uint32_t bit,
                         struct vwr_memory_region *page);

/* The region that contains a part, whose host address is filled in; or NULL. */
const struct vwr_memory_region *vwr_memory_find_part_(const struct vwr_memory *m,
                                                      struct vwr_memory_region *part);

#endif
