/* SPDX-License-Identifier: MIT */

/*
 * Entry at EL1 or EL2 with the MMU off, as QEMU starts an ELF image; exceptions; power off. With the MMU off
 * all memory is device memory and unaligned accesses fault, hence -mstrict-align.
 */

#define CURRENT_EL2 (2 << 2)
#define CURRENT_EL3 (3 << 2)
#define PSCI_SYSTEM_OFF 0x84000008

    .section .text.start, "ax"
    .global _start
_start:
    adrp    x0, stack_top
    add     x0, x0, :lo12:stack_top
    mov     sp, x0
    adrp    x1, vectors
    add     x1, x1, :lo12:vectors
    mrs     x2, CurrentEL
    cmp     x2, #CURRENT_EL2
    b.eq    1f
    msr     vbar_el1, x1
    b       2f
1:  msr     vbar_el2, x1
2:  isb

    adrp    x0, bss_start
    add     x0, x0, :lo12:bss_start
    adrp    x1, bss_end
    add     x1, x1, :lo12:bss_end
3:  cmp     x0, x1
    b.hs    4f
    str     xzr, [x0], #8
    b       3b
4:  mrs     x0, CurrentEL
    cmp     x0, #CURRENT_EL3
    b.eq    level_3
    lsr     x0, x0, #2
    bl      demo_main

/* void system_off(void): exits QEMU with a firmware call to the next exception level. */
    .global system_off
system_off:
    movz    w0, #(PSCI_SYSTEM_OFF & 0xffff)
    movk    w0, #(PSCI_SYSTEM_OFF >> 16), lsl #16
    mrs     x1, CurrentEL
    cmp     x1, #CURRENT_EL2
    b.eq    1f
    hvc     #0
    b       2f
1:  smc     #0
2:  wfe
    b       2b

/* No firmware is behind EL3, so nothing powers the machine off. */
level_3:
    bl      report_level_3
    b       2b

/* All exceptions are fatal, so nothing is saved. */
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
    adrp    x1, exception_stack_top /* the other stack may have caused the exception */
    add     x1, x1, :lo12:exception_stack_top
    mov     sp, x1
    mrs     x4, CurrentEL
    cmp     x4, #CURRENT_EL2
    b.eq    1f
    mrs     x1, esr_el1
    mrs     x2, elr_el1
    mrs     x3, far_el1
    b       2f
1:  mrs     x1, esr_el2
    mrs     x2, elr_el2
    mrs     x3, far_el2
2:  bl      exception_report
    b       system_off

    .section .note.GNU-stack, "", %progbits
