/* SPDX-License-Identifier: MIT */

/* The machine starts here in machine mode, at the start of RAM. */
    .section .text.start, "ax"
    .global _start
_start:
    la      sp, stack_top
    la      t0, on_trap
    csrw    mtvec, t0
    la      t0, bss_start
    la      t1, bss_end
1:  bgeu    t0, t1, 2f
    sw      zero, 0(t0)
    addi    t0, t0, 4
    j       1b
2:  call    guest_main
3:  j       3b

    .section .note.GNU-stack, "", %progbits
