/* SPDX-License-Identifier: MIT */
#ifndef SHAPES_MMU_H
#define SHAPES_MMU_H

#include <stddef.h>
#include <stdint.h>

/*
 * Address translation of a small kernel at EL1 on QEMU's virt board, in 4 KiB pages: the image and all
 * devices where they are; all of RAM once more in a linear mapping; and an area whose pages come one by one.
 */
#define MMU_PAGE 4096u
#define MMU_LINEAR 0x4000000000ul /* what the linear mapping adds to a physical address */
#define MMU_AREA 0x80000000ul     /* the first page of the area */
#define MMU_AREA_PAGES 512u
#define MMU_NOWHERE UINT64_MAX

void mmu_start(void);

/* Maps page `number` of the area to the frame at this physical address. */
void mmu_map(unsigned number, uint64_t frame);

/* What the CPU itself makes of an address; MMU_NOWHERE if that is not mapped. */
uint64_t mmu_translate(const void *va);

#endif
