/* SPDX-License-Identifier: MIT */
#ifndef __VMM_CFG_H__
#define __VMM_CFG_H__

#define VCPU_NUM_MAX 8
#define VM_NUM_MAX 4
#define MMIO_PAGES_PL011 1
#define MMIO_PAGE_SIZE 0x1000

#endif
