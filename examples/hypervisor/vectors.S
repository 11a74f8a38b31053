/* SPDX-License-Identifier: MIT */

/*
 * A guest comes here from EL1 or EL0 by a trap or an interrupt. Its registers go into a struct frame on the
 * stack and C deals with the rest; ELR_EL2 says where the guest goes on. An exception of our own is an end.
 */

#include "frame.h"

    .section .text.vectors, "ax"

    .macro  save
    stp     x0, x1, [sp, #-FRAME_BYTES]!
    stp     x2, x3, [sp, #16]
    stp     x4, x5, [sp, #32]
    stp     x6, x7, [sp, #48]
    stp     x8, x9, [sp, #64]
    stp     x10, x11, [sp, #80]
    stp     x12, x13, [sp, #96]
    stp     x14, x15, [sp, #112]
    stp     x16, x17, [sp, #128]
    stp     x18, x19, [sp, #144]
    stp     x20, x21, [sp, #160]
    stp     x22, x23, [sp, #176]
    stp     x24, x25, [sp, #192]
    stp     x26, x27, [sp, #208]
    stp     x28, x29, [sp, #224]
    stp     x30, xzr, [sp, #240]
    mov     x0, sp
    .endm

/* As POINT of arch.h. */
    .macro  point kind
9:  .pushsection .lock_points, "", %progbits
    .quad   9b + \kind
    .popsection
    .endm

    .macro  own number
    .balign 128
    mov     x0, #\number
    b       panic_exception
    .endm

    .macro  guest handler
    .balign 128
    point   3
    save
    bl      \handler
    b       trap_return
    .endm

    .balign 2048
    .global vectors
vectors:
    own     0
    own     1
    own     2
    own     3
    own     4
    own     5
    own     6
    own     7
    guest   trap_sync
    guest   trap_irq
    guest   trap_irq            /* FIQ: no interrupt is of group 0 */
    guest   trap_serror
    own     12
    own     13
    own     14
    own     15

    .global trap_return
trap_return:
    ldp     x18, x19, [sp, #144]
    ldp     x20, x21, [sp, #160]
    ldp     x22, x23, [sp, #176]
    ldp     x24, x25, [sp, #192]
    ldp     x26, x27, [sp, #208]
    ldp     x28, x29, [sp, #224]
    ldr     x30, [sp, #240]
    ldp     x2, x3, [sp, #16]
    ldp     x4, x5, [sp, #32]
    ldp     x6, x7, [sp, #48]
    ldp     x8, x9, [sp, #64]
    ldp     x10, x11, [sp, #80]
    ldp     x12, x13, [sp, #96]
    ldp     x14, x15, [sp, #112]
    ldp     x16, x17, [sp, #128]
    ldp     x0, x1, [sp], #FRAME_BYTES
    point   0
    eret

    .section .note.GNU-stack, "", %progbits
