/* SPDX-License-Identifier: MIT */
#ifndef FOUR_HOOKS_H
#define FOUR_HOOKS_H

#include <stddef.h>
#include <stdint.h>

/* Services of such a kernel for drivers; provided by the kernel. */
#define HOOKS_PAGE 4096u
#define HOOKS_NOWHERE UINT64_MAX

uint64_t virtio_dma_alloc(size_t pages);           /* contiguous pages, by their physical address; 0: none */
int virtio_dma_dealloc(uint64_t pa, size_t pages); /* frees them */
void *virtio_phys_to_virt(uint64_t pa);            /* in the linear mapping: an addition */
uint64_t virtio_virt_to_phys(const void *va);      /* from the page table; HOOKS_NOWHERE: not mapped */

#endif
