/* SPDX-License-Identifier: MIT */

/*
 * Entry at EL1 with the MMU off, as QEMU starts an ELF image on a board without virtualization;
 * interrupts; the way out. The layout is that of examples/demo/link.ld.
 */

#define PSCI_SYSTEM_OFF 0x84000008

    .section .text.start, "ax"
    .global _start
_start:
    adrp    x0, stack_top
    add     x0, x0, :lo12:stack_top
    mov     sp, x0
    adrp    x1, vectors
    add     x1, x1, :lo12:vectors
    msr     vbar_el1, x1
    isb

    adrp    x0, bss_start
    add     x0, x0, :lo12:bss_start
    adrp    x1, bss_end
    add     x1, x1, :lo12:bss_end
1:  cmp     x0, x1
    b.hs    2f
    str     xzr, [x0], #8
    b       1b
2:  bl      guest_main

/* void system_off(void): ends QEMU. */
    .global system_off
system_off:
    movz    w0, #(PSCI_SYSTEM_OFF & 0xffff)
    movk    w0, #(PSCI_SYSTEM_OFF >> 16), lsl #16
    hvc     #0
1:  wfe
    b       1b

/* void guest_sleep(void): interrupts stay masked, a pending one ends the sleep all the same. */
    .global guest_sleep
guest_sleep:
    dsb     sy
    wfi
    ret

/* void guest_let_in(void): what is pending is handled in between. */
    .global guest_let_in
guest_let_in:
    msr     daifclr, #2
    isb
    msr     daifset, #2
    ret

/* An exception is the end of the run: nothing is saved. */
    .macro  entry number
    .balign 128
    mov     x0, #\number
    b       report
    .endm

    .section .text.vectors, "ax"
    .balign 2048
vectors:
    entry 0
    entry 1
    entry 2
    entry 3
    entry 4
    .balign 128
    b       interrupt /* 5: an interrupt of EL1 on its own stack */
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

/* Registers that C may change; interrupts stay masked meanwhile, so ELR and SPSR stay as they are. */
interrupt:
    sub     sp, sp, #160
    stp     x0, x1, [sp]
    stp     x2, x3, [sp, #16]
    stp     x4, x5, [sp, #32]
    stp     x6, x7, [sp, #48]
    stp     x8, x9, [sp, #64]
    stp     x10, x11, [sp, #80]
    stp     x12, x13, [sp, #96]
    stp     x14, x15, [sp, #112]
    stp     x16, x17, [sp, #128]
    stp     x18, x30, [sp, #144]
    bl      guest_interrupt
    ldp     x0, x1, [sp]
    ldp     x2, x3, [sp, #16]
    ldp     x4, x5, [sp, #32]
    ldp     x6, x7, [sp, #48]
    ldp     x8, x9, [sp, #64]
    ldp     x10, x11, [sp, #80]
    ldp     x12, x13, [sp, #96]
    ldp     x14, x15, [sp, #112]
    ldp     x16, x17, [sp, #128]
    ldp     x18, x30, [sp, #144]
    add     sp, sp, #160
    eret

report:
    adrp    x1, exception_stack_top /* the other stack may be what went wrong */
    add     x1, x1, :lo12:exception_stack_top
    mov     sp, x1
    mrs     x1, esr_el1
    mrs     x2, elr_el1
    mrs     x3, far_el1
    bl      exception_report
    b       system_off

    .section .note.GNU-stack, "", %progbits
