/* SPDX-License-Identifier: MIT */
#ifndef __STAGE2PAGE_H__
#define __STAGE2PAGE_H__

#include "avatar_types.h"
#include "exception.h"

/* An entry of the last level: what a guest may do. */
typedef union {
    uint64_t bits;
    struct {
        uint64_t other : 6;
        uint64_t read : 1;
        uint64_t write : 1;
    } p2m;
} lpae_t;

lpae_t *get_ept_entry(paddr_t gpa);
void apply_ept(void *ept);

#endif
