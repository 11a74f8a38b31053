/* SPDX-License-Identifier: MIT */

/*
 * Entry with the device tree in a1: in machine mode at the start of RAM, as QEMU starts a board without
 * firmware, on all harts concurrently; or in supervisor mode on OpenSBI, which starts one hart, with its
 * number in a0. Traps are handled in the mode of the entry.
 */
#include "mode.h"

#if __riscv_xlen == 64
#define WORD 8
#define STORE sd
#define LOAD ld
#else
#define WORD 4
#define STORE sw
#define LOAD lw
#endif
#define FRAME (16 * WORD)

    .section .text.start, "ax"
    .global _start
_start:
    csrw    CSR(ie), zero
#ifdef VWR_RISCV_MACHINE
    csrr    a0, mhartid
    bnez    a0, other_hart
#endif
    la      sp, stack_top
    la      t0, trap
    csrw    CSR(tvec), t0
    la      t0, bss_start
    la      t1, bss_end
1:  bgeu    t0, t1, 2f
    STORE   zero, 0(t0)
    addi    t0, t0, WORD
    j       1b
2:  call    machine_start
    /* does not return */

#ifdef VWR_RISCV_MACHINE
/* Nothing is enabled in mie, so this sleeps forever. */
other_hart:
    wfi
    j       other_hart
#endif

/* Saves the caller-saved registers, but not the CSRs epc and status: handlers are not interrupted. */
    .section .text.trap, "ax"
    .balign 4
trap:
    csrw    CSR(scratch), t0
    csrr    t0, CSR(cause)
    bgez    t0, exception
    csrr    t0, CSR(scratch)
    addi    sp, sp, -FRAME
    STORE   ra, 0 * WORD(sp)
    STORE   t0, 1 * WORD(sp)
    STORE   t1, 2 * WORD(sp)
    STORE   t2, 3 * WORD(sp)
    STORE   t3, 4 * WORD(sp)
    STORE   t4, 5 * WORD(sp)
    STORE   t5, 6 * WORD(sp)
    STORE   t6, 7 * WORD(sp)
    STORE   a0, 8 * WORD(sp)
    STORE   a1, 9 * WORD(sp)
    STORE   a2, 10 * WORD(sp)
    STORE   a3, 11 * WORD(sp)
    STORE   a4, 12 * WORD(sp)
    STORE   a5, 13 * WORD(sp)
    STORE   a6, 14 * WORD(sp)
    STORE   a7, 15 * WORD(sp)
    csrr    a0, CSR(cause)
    call    on_interrupt
    LOAD    ra, 0 * WORD(sp)
    LOAD    t0, 1 * WORD(sp)
    LOAD    t1, 2 * WORD(sp)
    LOAD    t2, 3 * WORD(sp)
    LOAD    t3, 4 * WORD(sp)
    LOAD    t4, 5 * WORD(sp)
    LOAD    t5, 6 * WORD(sp)
    LOAD    t6, 7 * WORD(sp)
    LOAD    a0, 8 * WORD(sp)
    LOAD    a1, 9 * WORD(sp)
    LOAD    a2, 10 * WORD(sp)
    LOAD    a3, 11 * WORD(sp)
    LOAD    a4, 12 * WORD(sp)
    LOAD    a5, 13 * WORD(sp)
    LOAD    a6, 14 * WORD(sp)
    LOAD    a7, 15 * WORD(sp)
    addi    sp, sp, FRAME
    RETURN

/* Exceptions are fatal; uses another stack, as the stack may have caused it. */
exception:
    mv      a0, t0
    csrr    a1, CSR(epc)
    csrr    a2, CSR(tval)
    la      sp, exception_stack_top
    call    on_exception
    /* does not return */

    .section .note.GNU-stack, "", %progbits
