/* SPDX-License-Identifier: MIT */

/*
 * PVH entry, which QEMU uses for an ELF image with this note: 32-bit protected mode without paging, the
 * address of the start information in EBX. Enters long mode, with 64 GiB identity-mapped in 2 MiB pages, which
 * every x86-64 processor supports. Memory continues at 4 GiB, including that of QEMU's pmem and mem devices.
 */

#define PVH_NOTE_ENTRY 18

#define CR0_PAGING (1 << 31)
#define CR4_PAE (1 << 5)
#define MSR_EFER 0xc0000080
#define EFER_LONG_MODE (1 << 8)

#define PAGE_TABLE 0x3              /* present, writable */
#define PAGE_LARGE 0x83             /* the same, 2 MiB */
#define PAGE_UNCACHED 0x18          /* PWT and PCD, which select entry 3 of the PAT: uncacheable */
#define REGISTERS_FROM 1024         /* in 2 MiB pages: these boards use no memory from 2 GiB to 4 GiB */
#define REGISTERS_TO 2048
#define GIGABYTES 64
#define PAGES (GIGABYTES * 512)

#define CODE 0x8
#define DATA 0x10
#define TASK 0x18
#define GATE 0x8e00      /* an interrupt gate: masks interrupts */
#define EXCEPTIONS 32
#define VECTORS 64       /* as in machine.h */
#define EXCEPTION_STACK 1 /* index in the task state */

    .section .note.pvh, "a", @note
    .balign 4
    .long 4, 8, PVH_NOTE_ENTRY
    .asciz "Xen"
    .quad _start

    .section .text.start, "ax"
    .code32
    .global _start
_start:
    cli
    cld
    movl    $stack_top, %esp
    movl    %ebx, %esi

    movl    $bss_start, %edi
    movl    $bss_end, %ecx
    subl    %edi, %ecx
    xorl    %eax, %eax
    rep stosb

    movl    $page_directories, %edi
    movl    $PAGE_LARGE, %eax
    xorl    %edx, %edx                  /* the upper half of the entry */
    xorl    %ecx, %ecx
1:  cmpl    $REGISTERS_FROM, %ecx
    jne     2f
    orl     $PAGE_UNCACHED, %eax
2:  cmpl    $REGISTERS_TO, %ecx
    jne     3f
    andl    $~PAGE_UNCACHED, %eax
3:  movl    %eax, (%edi,%ecx,8)
    movl    %edx, 4(%edi,%ecx,8)
    addl    $0x200000, %eax
    adcl    $0, %edx
    incl    %ecx
    cmpl    $PAGES, %ecx
    jne     1b
    movl    $(page_directories + PAGE_TABLE), %eax
    movl    $page_directory_pointers, %edi
    xorl    %ecx, %ecx
4:  movl    %eax, (%edi,%ecx,8)
    addl    $0x1000, %eax
    incl    %ecx
    cmpl    $GIGABYTES, %ecx
    jne     4b
    movl    $(page_directory_pointers + PAGE_TABLE), page_map

    movl    $page_map, %eax
    movl    %eax, %cr3
    movl    %cr4, %eax
    orl     $CR4_PAE, %eax
    movl    %eax, %cr4
    movl    $MSR_EFER, %ecx
    rdmsr
    orl     $EFER_LONG_MODE, %eax
    wrmsr
    movl    %cr0, %eax
    orl     $CR0_PAGING, %eax
    movl    %eax, %cr0
    lgdt    gdt_register
    ljmp    $CODE, $long_mode

    .code64
long_mode:
    movl    $DATA, %eax
    movl    %eax, %ds
    movl    %eax, %es
    movl    %eax, %ss
    xorl    %eax, %eax
    movl    %eax, %fs
    movl    %eax, %gs
    movl    $stack_top, %esp

    /* the task state's address in its descriptor, and a gate for each vector */
    movl    $task_state, %eax
    movw    %ax, gdt + TASK + 2
    shrl    $16, %eax
    movb    %al, gdt + TASK + 4
    movb    %ah, gdt + TASK + 7
    movl    $TASK, %eax
    ltr     %ax
    movl    $idt, %edi
    movl    $vectors, %eax
    xorl    %ecx, %ecx
3:  movw    %ax, (%rdi)
    movw    $CODE, 2(%rdi)
    movl    %eax, %edx
    movw    $GATE, %dx
    cmpl    $EXCEPTIONS, %ecx
    jae     4f
    orl     $EXCEPTION_STACK, %edx
4:  movl    %edx, 4(%rdi)
    addl    $16, %edi
    addl    $(vectors_second - vectors), %eax
    incl    %ecx
    cmpl    $VECTORS, %ecx
    jne     3b
    lidt    idt_register

    movl    %esi, %edi
    call    start_long_mode
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
    pushq   $0
    .endif
    pushq   $vector
    .if vector < EXCEPTIONS
    jmp     exception
    .else
    jmp     interrupt
    .endif
    vector = vector + 1
    .endr

/* All exceptions are fatal, so nothing is saved. */
exception:
    popq    %rdi
    popq    %rsi
    popq    %rdx
    movq    %cr2, %rcx
    andq    $-16, %rsp
    call    exception_report
    ud2

/* The stack has RIP, CS, RFLAGS, RSP and SS, aligned to 16, the error code, and the vector. */
interrupt:
    pushq   %rax
    pushq   %rcx
    pushq   %rdx
    pushq   %rsi
    pushq   %rdi
    pushq   %r8
    pushq   %r9
    pushq   %r10
    pushq   %r11
    cld
    movl    72(%rsp), %edi
    call    interrupt_handle
    popq    %r11
    popq    %r10
    popq    %r9
    popq    %r8
    popq    %rdi
    popq    %rsi
    popq    %rdx
    popq    %rcx
    popq    %rax
    addq    $16, %rsp
    iretq

    .section .data
    .balign 16
gdt:
    .quad   0
    .quad   0x00af9b000000ffff /* 64-bit code */
    .quad   0x00cf93000000ffff
    .quad   0x0000890000000067 /* the task state; its address is filled in */
    .quad   0
gdt_register:
    .word   . - gdt - 1
    .quad   gdt
idt_register:
    .word   16 * VECTORS - 1
    .quad   idt
    .balign 16
task_state: /* only the first exception stack, at 0x24, is used */
    .skip   0x24
    .quad   exception_stack_top
    .skip   0x68 - 0x2c

    .section .bss
    .balign 4096
page_map:
    .skip   0x1000
page_directory_pointers:
    .skip   0x1000
page_directories:
    .skip   GIGABYTES * 0x1000
idt:
    .skip   16 * VECTORS

    .section .note.GNU-stack, "", %progbits
