/* SPDX-License-Identifier: MIT */
#ifndef VWR_CLASSES_PMEM_H
#define VWR_CLASSES_PMEM_H

#include "vwr/base.h"

/*
 * A region of memory that both ends of a process see, and a medium behind it: a flush copies all bytes to it.
 * A power failure would leave what is there.
 */

#define PMEM_START UINT64_C(0x1817161514131000)
#define PMEM_BYTES 64u

extern uint8_t pmem_memory[PMEM_BYTES];

struct pmem_model {
    uint8_t kept[PMEM_BYTES];
};

static inline void pmem_keep(void *model)
{
    struct pmem_model *const m = (struct pmem_model *)model;

    for (unsigned i = 0; i < PMEM_BYTES; i++)
        m->kept[i] = pmem_memory[i];
}

#endif
