/* SPDX-License-Identifier: MIT */
#ifndef HYP_FRAME_H
#define HYP_FRAME_H

/* What a guest's CPU was doing when it came to EL2, on the stack of that CPU; vectors.S saves and restores
 * it. */
#define FRAME_BYTES 272
#define FRAME_ELR 248
#define FRAME_SPSR 256

#ifndef __ASSEMBLER__
#include "arch.h"

struct frame {
    uint64_t x[31];
    uint64_t elr;
    uint64_t spsr;
    uint64_t pad;
};
_Static_assert(sizeof(struct frame) == FRAME_BYTES, "as vectors.S has it");
_Static_assert(offsetof(struct frame, elr) == FRAME_ELR, "as vectors.S has it");
_Static_assert(offsetof(struct frame, spsr) == FRAME_SPSR, "as vectors.S has it");
#endif

#endif
