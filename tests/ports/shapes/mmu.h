/* SPDX-License-Identifier: MIT */
#ifndef SHAPES_MMU_H
#define SHAPES_MMU_H

#include <stddef.h>
#include <stdint.h>

/*
 * Address translation for a small kernel at EL1 on QEMU's virt board, with 4 KiB pages. The image and all
 * devices are identity-mapped. A linear mapping covers all of RAM. The pages of a third area are mapped one
 * by one.
 */
#define MMU_PAGE 4096u
#define MMU_LINEAR 0x4000000000ul /* linear address minus physical address */
#define MMU_AREA 0x80000000ul     /* first page of the area */
#define MMU_AREA_PAGES 512u
#define MMU_NOWHERE UINT64_MAX

void mmu_start(void);

/* Maps page `number` of the area to the frame at this physical address. */
void mmu_map(unsigned number, uint64_t frame);

/* Translates an address by means of the CPU. Returns MMU_NOWHERE if the address is not mapped. */
uint64_t mmu_translate(const void *va);

#endif
