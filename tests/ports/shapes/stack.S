/* SPDX-License-Identifier: MIT */

/* void on_stack(void *top, void (*f)(void)): calls f on another stack; see four_hooks_kernel.c. */
    .section .text.on_stack, "ax"
    .global on_stack
on_stack:
    stp     x19, x30, [sp, #-16]!
    mov     x19, sp
    mov     sp, x0
    blr     x1
    mov     sp, x19
    ldp     x19, x30, [sp], #16
    ret

    .section .note.GNU-stack, "", %progbits
