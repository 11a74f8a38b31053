/* SPDX-License-Identifier: MIT */

    .section .text
    .global get_el
get_el:
    mrs     x0, CurrentEL
    lsr     x0, x0, #2
    ret

/* Switches from task x0 to task x1: saves the callee-saved registers, in the order of contex_t. */
    .global switch_context_el2
switch_context_el2:
    mrs     x9, tpidr_el2
    mov     x10, sp
    stp     x19, x20, [x0, #0]
    stp     x21, x22, [x0, #16]
    stp     x23, x24, [x0, #32]
    stp     x25, x26, [x0, #48]
    stp     x27, x28, [x0, #64]
    stp     x29, x30, [x0, #80]
    stp     x9, x10, [x0, #96]
    ldp     x9, x10, [x1, #96]
    ldp     x29, x30, [x1, #80]
    ldp     x27, x28, [x1, #64]
    ldp     x25, x26, [x1, #48]
    ldp     x23, x24, [x1, #32]
    ldp     x21, x22, [x1, #16]
    ldp     x19, x20, [x1, #0]
    msr     tpidr_el2, x9
    mov     sp, x10
    ret

    .section .note.GNU-stack, "", %progbits
