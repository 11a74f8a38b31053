/* SPDX-License-Identifier: MIT */

/*
 * Entry in supervisor mode with the MMU off, as QEMU starts an ELF image; exceptions; power off. With the MMU
 * off all memory is strongly ordered and unaligned accesses fault, hence -mno-unaligned-access.
 */

#define MODE_ABORT 0x17
#define MODE_UNDEFINED 0x1b
#define MODE_INTERRUPT 0x12
#define MODE_SUPERVISOR 0x13
#define MASKED 0xc0 /* IRQ and FIQ */
#define PSCI_SYSTEM_OFF 0x84000008

    .arch_extension virt
    .section .text.start, "ax"
    .global _start
_start:
    cpsid   if, #MODE_ABORT
    ldr     sp, =exception_stack_top
    cpsid   if, #MODE_UNDEFINED
    ldr     sp, =exception_stack_top
    cpsid   if, #MODE_SUPERVISOR
    ldr     sp, =stack_top
    ldr     r0, =vectors
    mcr     p15, 0, r0, c12, c0, 0 /* VBAR */
    isb

    ldr     r0, =bss_start
    ldr     r1, =bss_end
    mov     r2, #0
1:  cmp     r0, r1
    strlo   r2, [r0], #4
    blo     1b
    bl      board_main

/* void system_off(void): exits QEMU, which implements the firmware. */
    .global system_off
system_off:
    ldr     r0, =PSCI_SYSTEM_OFF
    hvc     #0
1:  wfe
    b       1b

/* void interrupts_on(void) */
    .global interrupts_on
interrupts_on:
    cpsie   i
    bx      lr

/* All exceptions except interrupts are fatal, so nothing is saved. */
    .section .text.vectors, "ax"
    .balign 32
vectors:
    b       .
    b       undefined
    b       call
    b       prefetch_abort
    b       data_abort
    b       .
    b       interrupt
    b       .

undefined:
    mov     r0, #1
    b       report
call:
    mov     r0, #2
    b       report
prefetch_abort:
    mrc     p15, 0, r2, c5, c0, 1 /* IFSR */
    mrc     p15, 0, r3, c6, c0, 2 /* IFAR */
    mov     r0, #3
    b       report_fault
data_abort:
    mrc     p15, 0, r2, c5, c0, 0 /* DFSR */
    mrc     p15, 0, r3, c6, c0, 0 /* DFAR */
    mov     r0, #4
    b       report_fault
report:
    mov     r2, #0
    mov     r3, #0
report_fault:
    mov     r1, lr
    ldr     sp, =exception_stack_top
    bl      exception_report
    b       system_off

/* On the interrupted stack, aligned to 8 for a C function; saves the caller-saved registers. */
interrupt:
    sub     lr, lr, #4
    srsdb   sp!, #MODE_SUPERVISOR
    cps     #MODE_SUPERVISOR
    push    {r0-r3, r12, lr}
    and     r1, sp, #4
    sub     sp, sp, r1
    push    {r1, r2}
    bl      on_interrupt
    pop     {r1, r2}
    add     sp, sp, r1
    pop     {r0-r3, r12, lr}
    rfeia   sp!

    .section .note.GNU-stack, "", %progbits
