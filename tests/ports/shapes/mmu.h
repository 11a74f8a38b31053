/* SPDX-License-Identifier: MIT */
#ifndef SHAPES_MMU_H
#define SHAPES_MMU_H

#include <stddef.h>
#include <stdint.h>

/*
 * Address translation of a small kernel at EL1 on QEMU's virt board, in 4 KiB pages: the image and all
 * devices are identity-mapped; a linear mapping contains all of RAM; an area gets its pages one by one.
 */
#define MMU_PAGE 4096u
#define MMU_LINEAR 0x4000000000ul /* linear address minus physical address */
#define MMU_AREA 0x80000000ul     /* first page of the area */
#define MMU_AREA_PAGES 512u
#define MMU_NOWHERE UINT64_MAX

void mmu_start(void);

/* Maps page `number` of the area to the frame at this physical address. */
void mmu_map(unsigned number, uint64_t frame);

/* Translates an address with the CPU; MMU_NOWHERE if it is not mapped. */
uint64_t mmu_translate(const void *va);

#endif
