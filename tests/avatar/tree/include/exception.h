/* SPDX-License-Identifier: MIT */
#ifndef __EXCEPTION_H__
#define __EXCEPTION_H__

#include "avatar_types.h"

typedef struct _trap_frame_t {
    uint64_t usp;
    uint64_t elr;
    uint64_t spsr;
    uint64_t r[31];
} trap_frame_t;

union esr_el2 {
    uint32_t bits;
    struct esr_dabt {
        uint32_t dfsc : 6;
        uint32_t write : 1;
        uint32_t s1ptw : 1;
        uint32_t cache : 1;
        uint32_t eat : 1;
        uint32_t sbzp0 : 6;
        uint32_t reg : 5;
        uint32_t sign : 1;
        uint32_t size : 2;
        uint32_t valid : 1;
        uint32_t len : 1;
        uint32_t ec : 6;
    } dabt;
};

typedef struct _stage2_fault_info_t {
    union esr_el2 esr;
    vaddr_t gva;
    paddr_t gpa;
} stage2_fault_info_t;

#endif
