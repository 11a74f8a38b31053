/* SPDX-License-Identifier: MIT */
#ifndef HYP_FRAME_H
#define HYP_FRAME_H

/*
 * A guest's registers while its CPU is at EL2, on the stack of this CPU: those that C code may change, or all
 * registers if the trap may refer to any; vectors.S saves and restores them. The return state stays in
 * ELR_EL2 and
 * SPSR_EL2, because no other exception is taken at EL2 meanwhile.
 */
#define FRAME_BYTES 256

/* Results of handlers for vectors.S; the last two may be combined. */
#define FRAME_SAME 0    /* the guest continues with its registers, and with the loaded value */
#define FRAME_NO_LOAD 1 /* without the value: the load has become an abort */
#define FRAME_NEW 2     /* load all registers from the frame: the guest starts */

#ifndef __ASSEMBLER__
#include "arch.h"

struct frame {
    uint64_t x[32]; /* the last one is xzr: 0 */
};

/* Result of a device access; returned in two registers. */
struct trapped {
    uint64_t frame; /* FRAME_… */
    uint64_t value; /* loaded value */
};
_Static_assert(sizeof(struct frame) == FRAME_BYTES, "the size in vectors.S");
#endif

#endif
