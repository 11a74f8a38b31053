/* SPDX-License-Identifier: MIT */
#ifndef __PAGE_H__
#define __PAGE_H__

#define __packed __attribute__((packed))

#include "avatar_types.h"
#include "barrier.h"

/* A stage 2 entry of any level. */
typedef struct __packed {
    unsigned long valid : 1;
    unsigned long table : 1;
    unsigned long mattr : 4;
    unsigned long read : 1;
    unsigned long write : 1;
    unsigned long sh : 2;
    unsigned long af : 1;
    unsigned long sbz4 : 1;
    unsigned long base : 36;
    unsigned long sbz3 : 4;
    unsigned long contig : 1;
    unsigned long sbz2 : 1;
    unsigned long xn : 1;
    unsigned long type : 4;
    unsigned long sbz1 : 5;
} lpae_p2m_t;

typedef union {
    uint64_t bits;
    lpae_p2m_t p2m;
} lpae_t;

#endif
