/* SPDX-License-Identifier: MIT */

/*
 * Start of an arm64 Image (Documentation/arm64/booting.rst in Linux): its header, a stack, and power-off
 * through PSCI. There are no vectors: after an exception the guest hangs.
 */

#define PSCI_SYSTEM_OFF 0x84000008

    .section .text.start, "ax"
    .global _start
_start:
    b       1f
    .long   0
    .quad   0x200000                /* offset in RAM, as in link.ld */
    .quad   image_bytes
    .quad   0xa                     /* little-endian, 4 KiB pages, anywhere in memory */
    .quad   0, 0, 0
    .ascii  "ARM\x64"
    .long   0

1:  adrp    x1, stack_top
    add     x1, x1, :lo12:stack_top
    mov     sp, x1
    bl      guest_main              /* x0: address of the device tree */
    movz    w0, #(PSCI_SYSTEM_OFF & 0xffff)
    movk    w0, #(PSCI_SYSTEM_OFF >> 16), lsl #16
    hvc     #0

    .section .note.GNU-stack, "", %progbits
