/* SPDX-License-Identifier: MIT */
#ifndef HYP_FRAME_H
#define HYP_FRAME_H

/* A guest's registers while it is at EL2, on the stack of its CPU; vectors.S saves and restores them. Where
 * it goes on stays in ELR_EL2 and SPSR_EL2: nothing else is taken at EL2 meanwhile. */
#define FRAME_BYTES 256

#ifndef __ASSEMBLER__
#include "arch.h"

struct frame {
    uint64_t x[32]; /* the last one is xzr: 0 each time, whatever is written to it */
};
_Static_assert(sizeof(struct frame) == FRAME_BYTES, "as vectors.S has it");
#endif

#endif
