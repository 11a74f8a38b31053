/* SPDX-License-Identifier: MIT */
#ifndef __ECCEPTION_H__
#define __ECCEPTION_H__

#define NUM_REGS 31

#include "avatar_types.h"

typedef struct {
    uint64_t r[NUM_REGS];
    uint64_t usp;
    uint64_t elr;
    uint64_t spsr;
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

enum stage2_fault_reason_t { STAGE2_FAULT_PREFETCH = 0, STAGE2_FAULT_DATA };

typedef struct _stage2_fault_info_t {
    union esr_el2 esr;
    enum stage2_fault_reason_t reason;
    vaddr_t gva;
    paddr_t gpa;
    bool is_write;
    uint32_t access_size;
} stage2_fault_info_t;

typedef void (*irq_handler_t)(uint64_t *);

void irq_install(int32_t vector, void (*h)(uint64_t *));
irq_handler_t *get_g_handler_vec();

#endif
