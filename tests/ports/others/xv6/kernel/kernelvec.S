/* SPDX-License-Identifier: MIT */

/*
 * Any trap in the kernel, on the stack of the running code: saves the registers that a C function may change.
 */
    .section .text
    .balign 4
    .global kernelvec
kernelvec:
    addi    sp, sp, -128
    sd      ra, 0(sp)
    sd      t0, 8(sp)
    sd      t1, 16(sp)
    sd      t2, 24(sp)
    sd      a0, 32(sp)
    sd      a1, 40(sp)
    sd      a2, 48(sp)
    sd      a3, 56(sp)
    sd      a4, 64(sp)
    sd      a5, 72(sp)
    sd      a6, 80(sp)
    sd      a7, 88(sp)
    sd      t3, 96(sp)
    sd      t4, 104(sp)
    sd      t5, 112(sp)
    sd      t6, 120(sp)
    call    kerneltrap
    ld      ra, 0(sp)
    ld      t0, 8(sp)
    ld      t1, 16(sp)
    ld      t2, 24(sp)
    ld      a0, 32(sp)
    ld      a1, 40(sp)
    ld      a2, 48(sp)
    ld      a3, 56(sp)
    ld      a4, 64(sp)
    ld      a5, 72(sp)
    ld      a6, 80(sp)
    ld      a7, 88(sp)
    ld      t3, 96(sp)
    ld      t4, 104(sp)
    ld      t5, 112(sp)
    ld      t6, 120(sp)
    addi    sp, sp, 128
    sret

/*
 * The clock interrupts in machine mode: requests the next one, and raises a software interrupt for supervisor
 * mode.
 */
    .balign 4
    .global timervec
timervec:
    csrrw   a0, mscratch, a0    /* timer_scratch: two words, the address of MTIMECMP, the interval */
    sd      a1, 0(a0)
    sd      a2, 8(a0)
    ld      a1, 16(a0)
    ld      a2, 24(a0)
    sd      a3, 32(a0)
    ld      a3, 0(a1)
    add     a3, a3, a2
    sd      a3, 0(a1)
    li      a1, 2
    csrw    sip, a1
    ld      a3, 32(a0)
    ld      a2, 8(a0)
    ld      a1, 0(a0)
    csrrw   a0, mscratch, a0
    mret

    .section .note.GNU-stack, "", %progbits
