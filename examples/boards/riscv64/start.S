/* SPDX-License-Identifier: MIT */

/*
 * Entry in machine mode at the beginning of RAM, as QEMU starts a board without firmware: a1 has the
 * device tree. Traps; all is done in machine mode, whose interrupts nobody has to pass on.
 */

#define FRAME 128

    .section .text.start, "ax"
    .global _start
_start:
    csrw    mie, zero
    csrr    t0, mhartid
    bnez    t0, other_hart
    la      sp, stack_top
    la      t0, trap
    csrw    mtvec, t0
    la      t0, bss_start
    la      t1, bss_end
1:  bgeu    t0, t1, 2f
    sd      zero, 0(t0)
    addi    t0, t0, 8
    j       1b
2:  mv      a0, a1
    call    machine_start
    /* does not come back */

/* Nothing is enabled in mie, so this sleeps for good. */
other_hart:
    wfi
    j       other_hart

/* What a C function may change is saved, but for mepc and mstatus: a handler is not interrupted. */
    .section .text.trap, "ax"
    .balign 4
trap:
    csrw    mscratch, t0
    csrr    t0, mcause
    bgez    t0, exception
    csrr    t0, mscratch
    addi    sp, sp, -FRAME
    sd      ra, 0(sp)
    sd      t0, 8(sp)
    sd      t1, 16(sp)
    sd      t2, 24(sp)
    sd      t3, 32(sp)
    sd      t4, 40(sp)
    sd      t5, 48(sp)
    sd      t6, 56(sp)
    sd      a0, 64(sp)
    sd      a1, 72(sp)
    sd      a2, 80(sp)
    sd      a3, 88(sp)
    sd      a4, 96(sp)
    sd      a5, 104(sp)
    sd      a6, 112(sp)
    sd      a7, 120(sp)
    csrr    a0, mcause
    call    on_interrupt
    ld      ra, 0(sp)
    ld      t0, 8(sp)
    ld      t1, 16(sp)
    ld      t2, 24(sp)
    ld      t3, 32(sp)
    ld      t4, 40(sp)
    ld      t5, 48(sp)
    ld      t6, 56(sp)
    ld      a0, 64(sp)
    ld      a1, 72(sp)
    ld      a2, 80(sp)
    ld      a3, 88(sp)
    ld      a4, 96(sp)
    ld      a5, 104(sp)
    ld      a6, 112(sp)
    ld      a7, 120(sp)
    addi    sp, sp, FRAME
    mret

/* An exception is an end; the stack may be what went wrong, so another one is taken. */
exception:
    mv      a0, t0
    csrr    a1, mepc
    csrr    a2, mtval
    la      sp, exception_stack_top
    call    on_exception
    /* does not come back */

    .section .note.GNU-stack, "", %progbits
