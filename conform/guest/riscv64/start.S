/* SPDX-License-Identifier: MIT */

/*
 * Entry as a boot loader enters a Linux kernel: supervisor mode without address translation, the number of the
 * hart in a0, the device tree in a1, at any multiple of 2 MiB. The other harts are stopped.
 */

#define VERSION 2                   /* of this header: 0.2 */
#define R_RISCV_RELATIVE 3

    .section .text.start, "ax"
    .option norvc
    .global _start
_start:
    j       start
    .long   0
    .quad   0x200000                /* offset from the start of memory */
    .quad   image_bytes
    .quad   0                       /* little-endian */
    .long   VERSION
    .long   0
    .quad   0
    .ascii  "RISCV\0\0\0"
    .ascii  "RSC\x05"
    .long   0

start:
    csrw    sie, zero
    csrw    satp, zero
    mv      s0, a1
    lla     sp, stack_top
    lla     t0, trap
    csrw    stvec, t0

    lla     t0, bss_start
    lla     t1, bss_end
1:  bgeu    t0, t1, 2f
    sd      zero, 0(t0)
    addi    t0, t0, 8
    j       1b

2:  lla     s1, _start              /* the address of the image, which is linked at 0 */
    lla     t0, relocations
    lla     t1, relocations_end
    li      t5, R_RISCV_RELATIVE
3:  bgeu    t0, t1, 4f
    ld      t2, 0(t0)
    ld      t3, 8(t0)
    ld      t4, 16(t0)
    addi    t0, t0, 24
    bne     t3, t5, 3b
    add     t2, t2, s1
    add     t4, t4, s1
    sd      t4, 0(t2)
    j       3b

4:  mv      a0, s0
    call    machine_start
5:  wfi
    j       5b

/* All exceptions end the run, so nothing is saved. */
    .balign 4
trap:
    lla     sp, exception_stack_top /* the other stack may have caused the exception */
    csrr    a0, scause
    csrr    a1, sepc
    csrr    a2, stval
    call    machine_exception
    j       5b

    .section .bss.stack, "aw", @nobits
    .balign 16
    .skip   0x2000
exception_stack_top:
    .skip   0x10000
stack_top:

    .section .note.GNU-stack, "", %progbits
