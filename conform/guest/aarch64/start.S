/* SPDX-License-Identifier: MIT */

/*
 * Entry as a boot loader enters a Linux kernel: the MMU and the data cache off, the device tree in x0, at EL1
 * or EL2, at any multiple of 2 MiB. EL2 is left for EL1.
 */

#define CURRENT_EL2 (2 << 2)
#define HCR_RW (1 << 31)            /* EL1 is AArch64 */
#define CNTHCTL_ALL 3               /* EL1 may access the counter and the timer */
#define SCTLR_RESERVED 0x30d00800   /* bits that are one */
#define SPSR_EL1H_MASKED 0x3c5
#define FLAGS_4K_ANYWHERE 0xa       /* little-endian, pages of 4 KiB, anywhere in memory */
#define R_AARCH64_RELATIVE 1027

    .section .text.start, "ax"
    .global _start
_start:
    b       start
    .long   0
    .quad   0                       /* offset from a multiple of 2 MiB */
    .quad   image_bytes
    .quad   FLAGS_4K_ANYWHERE
    .quad   0, 0, 0
    .ascii  "ARM\x64"
    .long   0

start:
    mov     x19, x0
    msr     daifset, #0xf
    mrs     x0, CurrentEL
    cmp     x0, #CURRENT_EL2
    b.ne    1f
    mov     x0, #HCR_RW
    msr     hcr_el2, x0
    mov     x0, #CNTHCTL_ALL
    msr     cnthctl_el2, x0
    msr     cntvoff_el2, xzr
    msr     cptr_el2, xzr
    ldr     w0, =SCTLR_RESERVED
    msr     sctlr_el1, x0
    mov     x0, #SPSR_EL1H_MASKED
    msr     spsr_el2, x0
    adr     x0, 1f
    msr     elr_el2, x0
    eret

1:  adrp    x0, stack_top
    add     x0, x0, :lo12:stack_top
    mov     sp, x0
    adrp    x0, vectors
    add     x0, x0, :lo12:vectors
    msr     vbar_el1, x0
    isb

    adrp    x0, bss_start
    adrp    x1, bss_end             /* both are multiples of 4 KiB */
2:  cmp     x0, x1
    b.hs    3f
    stp     xzr, xzr, [x0], #16
    b       2b

3:  adrp    x20, _start             /* the address of the image, which is linked at 0 */
    adrp    x0, relocations
    add     x0, x0, :lo12:relocations
    adrp    x1, relocations_end
    add     x1, x1, :lo12:relocations_end
4:  cmp     x0, x1
    b.hs    5f
    ldp     x2, x3, [x0], #16
    ldr     x4, [x0], #8
    cmp     w3, #R_AARCH64_RELATIVE
    b.ne    4b
    add     x4, x4, x20
    str     x4, [x2, x20]
    b       4b

5:  mov     x0, x19
    mov     x1, x20
    adrp    x2, bss_end
    bl      machine_start
6:  wfi
    b       6b

    .macro  entry number
    .balign 128
    mov     x0, #\number
    b       report
    .endm

/* All exceptions end the run, so nothing is saved. */
    .section .text.vectors, "ax"
    .balign 2048
vectors:
    entry 0
    entry 1
    entry 2
    entry 3
    entry 4
    entry 5
    entry 6
    entry 7
    entry 8
    entry 9
    entry 10
    entry 11
    entry 12
    entry 13
    entry 14
    entry 15

report:
    adrp    x0, exception_stack_top /* the other stack may have caused the exception */
    add     x0, x0, :lo12:exception_stack_top
    mov     sp, x0
    mrs     x0, esr_el1
    mrs     x1, elr_el1
    mrs     x2, far_el1
    bl      machine_exception
    b       6b

    .section .bss.stack, "aw", @nobits
    .balign 16
    .skip   0x2000
exception_stack_top:
    .skip   0x10000
stack_top:

    .section .note.GNU-stack, "", %progbits
