/* SPDX-License-Identifier: MIT */

/*
 * QEMU starts each hart here, in machine mode. The first one gets the boot stack, painted to measure its use.
 */

    .section .text
    .global _entry
_entry:
    csrr    t0, mhartid
1:  bnez    t0, 1b
    la      t0, stack0
    li      t1, 4096
    add     sp, t0, t1
    li      t2, 0x5a5a5a5a
2:  sw      t2, (t0)
    addi    t0, t0, 4
    bltu    t0, sp, 2b
    call    start
3:  j       3b

    .section .note.GNU-stack, "", %progbits
