/* SPDX-License-Identifier: MIT */

/*
 * Multiboot entry, which QEMU and v86 use for an ELF image of 32 bits with this header: protected mode without
 * paging, the address of the boot information in EBX. Stays so, with a flat segment for code and one for data.
 */

#define MULTIBOOT_HEADER 0x1badb002
#define MULTIBOOT_FLAGS 0 /* nothing is required */

#define CODE 0x8
#define DATA 0x10
#define GATE 0x8e00      /* an interrupt gate: masks interrupts */
#define EXCEPTIONS 32
#define VECTORS 64       /* as in machine.h */

    .section .text.start, "ax"
    .balign 4
    .long MULTIBOOT_HEADER, MULTIBOOT_FLAGS, -(MULTIBOOT_HEADER + MULTIBOOT_FLAGS)

    .global _start
_start:
    cli
    cld
    movl    $stack_top, %esp
    movl    %eax, %esi
    movl    $bss_start, %edi
    movl    $bss_end, %ecx
    subl    %edi, %ecx
    xorl    %eax, %eax
    rep stosb

    lgdt    gdt_register
    ljmp    $CODE, $1f
1:  movl    $DATA, %eax
    movl    %eax, %ds
    movl    %eax, %es
    movl    %eax, %fs
    movl    %eax, %gs
    movl    %eax, %ss

    /* a gate for each vector */
    movl    $idt, %edi
    movl    $vectors, %eax
    xorl    %ecx, %ecx
2:  movw    %ax, (%edi)
    movw    $CODE, 2(%edi)
    movl    %eax, %edx
    movw    $GATE, %dx
    movl    %edx, 4(%edi)
    addl    $8, %edi
    addl    $(vectors_second - vectors), %eax
    incl    %ecx
    cmpl    $VECTORS, %ecx
    jne     2b
    lidt    idt_register

    pushl   %ebx
    pushl   %esi
    call    start_multiboot
    ud2

/* void start_halt(void): stops this processor for ever. */
    .global start_halt
start_halt:
    cli
    hlt
    jmp     start_halt

/* Stubs of equal size. Some exceptions push an error code; the others push 0 here. */
    .balign 16
vectors:
    vector = 0
    .rept VECTORS
    .balign 16
    .if vector == 1
vectors_second:
    .endif
    .if vector == 8 || (vector >= 10 && vector <= 14) || vector == 17 || vector == 21 || vector == 29 || vector == 30
    .else
    pushl   $0
    .endif
    pushl   $vector
    .if vector < EXCEPTIONS
    jmp     exception
    .else
    jmp     interrupt
    .endif
    vector = vector + 1
    .endr

/* All exceptions are fatal, so nothing is saved. The stack has the vector, the error code, and EIP. */
exception:
    movl    %esp, %ebp
    movl    %cr2, %eax
    pushl   %eax
    pushl   8(%ebp)
    pushl   4(%ebp)
    pushl   (%ebp)
    call    exception_report
    ud2

/* The stack has the vector, the error code, EIP, CS and EFLAGS. */
interrupt:
    pusha
    cld
    pushl   32(%esp)
    call    interrupt_handle
    addl    $4, %esp
    popa
    addl    $8, %esp
    iret

    .section .data
    .balign 8
gdt:
    .quad   0
    .quad   0x00cf9b000000ffff /* code */
    .quad   0x00cf93000000ffff
gdt_register:
    .word   . - gdt - 1
    .long   gdt
idt_register:
    .word   8 * VECTORS - 1
    .long   idt

    .section .bss
    .balign 8
idt:
    .skip   8 * VECTORS

    .section .note.GNU-stack, "", %progbits
