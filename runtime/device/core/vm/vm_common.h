/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VM_COMMON_H
#define VWR_DEVICE_VM_COMMON_H

#include "vwr/arithmetic.h"
#include "vwr/vm.h"

/*
 * A bitmap of a VM's pages has whole words for each region, in order. The first bit of a region is its first
 * whole page: a region may begin within a page.
 */

#define VM_WORD_PAGES 32u

static inline uint32_t vm_words(const struct vwr_vm_region *r, unsigned shift)
{
    return (uint32_t)(vwr_shift_right(r->bytes, shift) + VM_WORD_PAGES - 1u) / VM_WORD_PAGES;
}

/* Words of the regions before one; of all before the end of the table. */
static inline uint32_t vm_words_before(const struct vwr_vm *vm, const struct vwr_vm_region *r, unsigned shift)
{
    uint32_t words = 0;

    for (const struct vwr_vm_region *before = vm->region; before != r; before++)
        words += vm_words(before, shift);
    return words;
}

/* vwr_vm_pages.c: the bit of a page that is in one region, whose host address is filled in. */
bool vwr_vm_find_page(const struct vwr_vm *vm, unsigned shift, struct vwr_vm_region *page, uint32_t *bit);

/* The page of a bit. false: the region's last word has more bits than the region has pages. */
bool vwr_vm_page_of(const struct vwr_vm *vm, unsigned shift, uint32_t bit, struct vwr_vm_region *page);

#endif
