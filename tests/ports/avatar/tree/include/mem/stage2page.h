/* SPDX-License-Identifier: MIT */
#ifndef __STAGE2PAGE_H__
#define __STAGE2PAGE_H__

#define PAGE_MASK (1 << 12)

#include "mem/page.h"
#include "exception.h"

void guest_ept_init(void);
lpae_t *get_ept_entry(paddr_t gpa);
void apply_ept(void *ept);
void data_abort_handler(stage2_fault_info_t *info, trap_frame_t *);

#endif
