/* SPDX-License-Identifier: MIT */

/*
 * Interrupts for an image that starts with examples/demo/start.S, whose exceptions are all fatal: this table
 * handles interrupts, and branches to the previous table for everything else.
 */

#define CURRENT_EL2 (2 << 2)
#define HCR_INTERRUPTS_TO_EL2 (1 << 4)
#define TABLE_INTERRUPT 5 /* current level, SP_ELx */
#define FRAME 160

/* void vectors_start(void), see vectors.h. */
    .section .text.vectors_start, "ax"
    .global vectors_start
vectors_start:
    adrp    x0, vectors_here
    add     x0, x0, :lo12:vectors_here
    adrp    x1, vectors_before
    mrs     x2, CurrentEL
    cmp     x2, #CURRENT_EL2
    b.eq    1f
    mrs     x3, vbar_el1
    msr     vbar_el1, x0
    b       2f
1:  mrs     x3, vbar_el2
    msr     vbar_el2, x0
    mrs     x4, hcr_el2
    orr     x4, x4, #HCR_INTERRUPTS_TO_EL2
    msr     hcr_el2, x4
2:  str     x3, [x1, :lo12:vectors_before]
    isb
    ret

    .macro  entry number
    .balign 128
    .if \number == TABLE_INTERRUPT
    b       interrupt
    .else
    adrp    x0, vectors_before /* does not return, so the register is free */
    ldr     x0, [x0, :lo12:vectors_before]
    add     x0, x0, #(\number * 128)
    br      x0
    .endif
    .endm

    .section .text.vectors, "ax"
    .balign 2048
vectors_here:
    entry 0
    entry 1
    entry 2
    entry 3
    entry 4
    entry 5
    entry 6
    entry 7
    entry 8
    entry 9
    entry 10
    entry 11
    entry 12
    entry 13
    entry 14
    entry 15

/*
 * Saves the caller-saved registers, but not ELR and SPSR: interrupts stay masked in the handler, so they do
 * not change.
 */
interrupt:
    sub     sp, sp, #FRAME
    stp     x0, x1, [sp]
    stp     x2, x3, [sp, #16]
    stp     x4, x5, [sp, #32]
    stp     x6, x7, [sp, #48]
    stp     x8, x9, [sp, #64]
    stp     x10, x11, [sp, #80]
    stp     x12, x13, [sp, #96]
    stp     x14, x15, [sp, #112]
    stp     x16, x17, [sp, #128]
    stp     x18, x30, [sp, #144]
    bl      on_interrupt
    ldp     x0, x1, [sp]
    ldp     x2, x3, [sp, #16]
    ldp     x4, x5, [sp, #32]
    ldp     x6, x7, [sp, #48]
    ldp     x8, x9, [sp, #64]
    ldp     x10, x11, [sp, #80]
    ldp     x12, x13, [sp, #96]
    ldp     x14, x15, [sp, #112]
    ldp     x16, x17, [sp, #128]
    ldp     x18, x30, [sp, #144]
    add     sp, sp, #FRAME
    eret

    .section .data.vectors_before, "aw"
    .balign 8
vectors_before:
    .quad   0

    .section .note.GNU-stack, "", %progbits
