/* SPDX-License-Identifier: MIT */

/*
 * Entry at EL2. As in Avatar, memory is identity-mapped before C runs: the first gigabyte as device memory,
 * the second as normal cached memory.
 */
#define BLOCK_DEVICE 0x0000000000000441
#define BLOCK_NORMAL 0x0000000040000745
#define MAIR 0xff00
#define TCR 0x80803519
#define SCTLR 0x30c51835
#define HCR 0x80000010
#define FRAME 272
#define PSCI_SYSTEM_OFF 0x84000008

    .section .text
    .global _start
_start:
    ldr     x0, =boot_stack_top
    mov     sp, x0
    ldr     x0, =vectors_el2
    msr     vbar_el2, x0
    msr     tpidr_el2, xzr
    ldr     x0, =page_table
    ldr     x1, =BLOCK_DEVICE
    ldr     x2, =BLOCK_NORMAL
    stp     x1, x2, [x0]
    msr     ttbr0_el2, x0
    ldr     x1, =MAIR
    msr     mair_el2, x1
    ldr     x1, =TCR
    msr     tcr_el2, x1
    dsb     sy
    tlbi    alle2
    dsb     sy
    isb
    ldr     x1, =SCTLR
    msr     sctlr_el2, x1
    ldr     x1, =HCR
    msr     hcr_el2, x1
    isb
    bl      vmm_main

    .global power_off
power_off:
    ldr     w0, =PSCI_SYSTEM_OFF
    smc     #0
1:  wfe
    b       1b

    .macro  entry
    .balign 128
    b       report
    .endm

    .balign 2048
vectors_el2:
    .rept   5
    entry
    .endr
    .balign 128
    b       interrupt
    .rept   10
    entry
    .endr

/* Passes a trap_frame_t, as Avatar does. */
interrupt:
    sub     sp, sp, #FRAME
    stp     x0, x1, [sp, #0]
    stp     x2, x3, [sp, #16]
    stp     x4, x5, [sp, #32]
    stp     x6, x7, [sp, #48]
    stp     x8, x9, [sp, #64]
    stp     x10, x11, [sp, #80]
    stp     x12, x13, [sp, #96]
    stp     x14, x15, [sp, #112]
    stp     x16, x17, [sp, #128]
    stp     x18, x30, [sp, #144]
    mrs     x0, elr_el2
    mrs     x1, spsr_el2
    stp     x0, x1, [sp, #256]
    mov     x0, sp
    bl      current_spxel_irq
    ldp     x0, x1, [sp, #256]
    msr     elr_el2, x0
    msr     spsr_el2, x1
    ldp     x18, x30, [sp, #144]
    ldp     x16, x17, [sp, #128]
    ldp     x14, x15, [sp, #112]
    ldp     x12, x13, [sp, #96]
    ldp     x10, x11, [sp, #80]
    ldp     x8, x9, [sp, #64]
    ldp     x6, x7, [sp, #48]
    ldp     x4, x5, [sp, #32]
    ldp     x2, x3, [sp, #16]
    ldp     x0, x1, [sp, #0]
    add     sp, sp, #FRAME
    eret

report:
    mrs     x0, esr_el2
    mrs     x1, elr_el2
    mrs     x2, far_el2
    bl      exception_report
    b       power_off

    .section .bss
    .balign 4096
page_table:
    .skip   4096
boot_stack:
    .skip   0x10000
boot_stack_top:

    .section .note.GNU-stack, "", %progbits
