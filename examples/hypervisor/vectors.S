/* SPDX-License-Identifier: MIT */

/*
 * Entry from a guest at EL1 or EL0, by a trap or an interrupt. Its registers are saved to a struct frame on
 * the stack and C code handles the trap; ELR_EL2 keeps the return address. Exceptions of the hypervisor
 * itself are fatal.
 *
 * Only x0 to x9, x16, x17 and x30 are saved each time: C code preserves the others (-fcall-saved in
 * CMakeLists.txt) or does not use them (x18). The value of a device access is transferred directly. Other
 * traps save the rest of the frame as well.
 */

#include "frame.h"

    .section .text.vectors, "ax"

#define EC_SHIFT 26
#define EC_WFX 0x01
#define EC_DATA_ABORT 0x24
#define ISS_WRITE_BIT 6
#define ISS_REGISTER_SHIFT 16
#define ISS_REGISTER_BITS 5

    .macro  save
    stp     x0, x1, [sp, #-FRAME_BYTES]!
    stp     x2, x3, [sp, #16]
    stp     x4, x5, [sp, #32]
    stp     x6, x7, [sp, #48]
    stp     x8, x9, [sp, #64]
    stp     x16, x17, [sp, #128]
    str     x30, [sp, #240]
    .endm

/* Branches to the entry for the register named by the trap, in a table with two instructions per entry. */
    .macro  by_register table, esr
    ubfx    x3, \esr, #ISS_REGISTER_SHIFT, #ISS_REGISTER_BITS
    adr     x4, \table
    add     x4, x4, x3, lsl #3
    br      x4
    .endm

/* As POINT in arch.h. */
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
    cbnz    w0, changed
    b       leave
    .endm

/* trap_store(syndrome, value) returns FRAME_…, trap_load(syndrome) struct trapped in x0 and x1. */
    .macro  guest_sync
    .balign 128
    point   3
    save
    mrs     x0, esr_el2
    lsr     w3, w0, #EC_SHIFT
    cmp     w3, #EC_DATA_ABORT
    b.ne    not_access
    tbz     w0, #ISS_WRITE_BIT, load
    by_register value_of, x0
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
    guest_sync
    guest   trap_irq
    guest   trap_irq            /* FIQ: no interrupt is in group 0 */
    guest   trap_serror
    own     12
    own     13
    own     14
    own     15

value_of:
    .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9
    ldr     x1, [sp, #8 * \n]
    b       store
    .endr
    .irp    n, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30
    mov     x1, x\n
    b       store
    .endr
    mov     x1, xzr
store:
    bl      trap_store
    cbnz    w0, changed

leave:
    ldp     x2, x3, [sp, #16]
    ldp     x4, x5, [sp, #32]
    ldp     x6, x7, [sp, #48]
    ldp     x8, x9, [sp, #64]
    ldp     x16, x17, [sp, #128]
    ldr     x30, [sp, #240]
    ldp     x0, x1, [sp], #FRAME_BYTES
    point   0
    eret

load:
    bl      trap_load
    cbnz    w0, changed
    mrs     x3, esr_el2
    by_register set_value, x3
set_value:
    .irp    n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9
    str     x1, [sp, #8 * \n]
    b       leave
    .endr
    .irp    n, 10, 11, 12, 13, 14, 15
    mov     x\n, x1
    b       leave
    .endr
    .irp    n, 16, 17
    str     x1, [sp, #8 * \n]
    b       leave
    .endr
    .irp    n, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29
    mov     x\n, x1
    b       leave
    .endr
    str     x1, [sp, #240]
    b       leave
    b       leave           /* xzr */

not_access:
    cmp     w3, #EC_WFX
    b.ne    other
    bl      trap_wait
    cbnz    w0, changed
    b       leave

/* A trap that may name any register, and more than one; only x0 of a call is written. */
other:
    stp     x10, x11, [sp, #80]
    stp     x12, x13, [sp, #96]
    stp     x14, x15, [sp, #112]
    stp     x18, x19, [sp, #144]
    stp     x20, x21, [sp, #160]
    stp     x22, x23, [sp, #176]
    stp     x24, x25, [sp, #192]
    stp     x26, x27, [sp, #208]
    stp     x28, x29, [sp, #224]
    str     xzr, [sp, #248]
    mov     x1, x0
    mov     x0, sp
    bl      trap_sync
    cbz     w0, leave

changed:
    tst     w0, #FRAME_NEW
    b.eq    leave
    .global trap_return
trap_return:
    ldp     x10, x11, [sp, #80]
    ldp     x12, x13, [sp, #96]
    ldp     x14, x15, [sp, #112]
    ldp     x18, x19, [sp, #144]
    ldp     x20, x21, [sp, #160]
    ldp     x22, x23, [sp, #176]
    ldp     x24, x25, [sp, #192]
    ldp     x26, x27, [sp, #208]
    ldp     x28, x29, [sp, #224]
    b       leave

    .section .note.GNU-stack, "", %progbits
