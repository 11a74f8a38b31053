/* SPDX-License-Identifier: MIT */
#ifndef FOUR_HOOKS_H
#define FOUR_HOOKS_H

#include <stddef.h>
#include <stdint.h>

/* What a kernel of this shape has for a driver that is to live in it: it is the kernel's, not ours. */
#define HOOKS_PAGE 4096u
#define HOOKS_NOWHERE UINT64_MAX

uint64_t virtio_dma_alloc(size_t pages);           /* contiguous pages, by their physical address; 0: none */
int virtio_dma_dealloc(uint64_t pa, size_t pages); /* and back */
void *virtio_phys_to_virt(uint64_t pa);            /* in the linear mapping: an addition */
uint64_t virtio_virt_to_phys(const void *va);      /* by the page table; HOOKS_NOWHERE: not mapped */

#endif
