/* SPDX-License-Identifier: MIT */

/*
 * Entry of both CPUs, at EL2 with the MMU off: the first as QEMU starts an ELF image, the second as requested
 * by firmware_call, with its number in x0.
 */

#include "frame.h"

#define STACK_SHIFT 14

    .section .text.start, "ax"
    .global _start
_start:
    adrp    x0, bss_start
    add     x0, x0, :lo12:bss_start
    adrp    x1, bss_end
    add     x1, x1, :lo12:bss_end
1:  cmp     x0, x1
    b.hs    2f
    str     xzr, [x0], #8
    b       1b
2:  mov     x0, #0

    .global start_cpu
start_cpu:
    mov     x19, x0
    add     x1, x0, #1
    lsl     x1, x1, #STACK_SHIFT
    adrp    x2, stacks
    add     x2, x2, :lo12:stacks
    add     sp, x2, x1
    adrp    x1, vectors
    add     x1, x1, :lo12:vectors
    msr     vbar_el2, x1
    bl      mmu_on
    mov     x0, x19
    bl      hyp_main            /* the first CPU returns when the second may start its guest as well */
    sub     sp, sp, #FRAME_BYTES
    mov     x0, sp
    bl      trap_first
    b       trap_return

/*
 * uint64_t firmware_call(function, a, b, c): SMC calls QEMU if it has EL2. The calling convention allows it
 * to change registers that are callee-saved in C.
 */
    .global firmware_call
firmware_call:
    stp     x10, x11, [sp, #-48]!
    stp     x12, x13, [sp, #16]
    stp     x14, x15, [sp, #32]
    smc     #0
    ldp     x14, x15, [sp, #32]
    ldp     x12, x13, [sp, #16]
    ldp     x10, x11, [sp], #48
    ret

    .section .note.GNU-stack, "", %progbits
