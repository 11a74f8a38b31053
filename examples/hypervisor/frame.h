/* SPDX-License-Identifier: MIT */
#ifndef HYP_FRAME_H
#define HYP_FRAME_H

/*
 * A guest's registers while it is at EL2, on the stack of its CPU: those that C uses, and where a trap may
 * name others all of them; vectors.S saves and restores them. Where it goes on stays in ELR_EL2 and SPSR_EL2:
 * nothing else is taken at EL2 meanwhile.
 */
#define FRAME_BYTES 256

/* What a handler answers to vectors.S; the last two may come together. */
#define FRAME_SAME 0    /* the guest goes on with its registers, and with the value that it has loaded */
#define FRAME_NO_LOAD 1 /* without that value: its load has become an abort */
#define FRAME_NEW 2     /* all registers are those of the frame: the guest begins */

#ifndef __ASSEMBLER__
#include "arch.h"

struct frame {
    uint64_t x[32]; /* the last one is xzr: 0 */
};

/* How an access to a device ends; in two registers. */
struct trapped {
    uint64_t frame; /* FRAME_… */
    uint64_t value; /* that is loaded */
};
_Static_assert(sizeof(struct frame) == FRAME_BYTES, "as vectors.S has it");
#endif

#endif
