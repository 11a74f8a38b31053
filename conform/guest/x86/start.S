/* SPDX-License-Identifier: MIT */

/*
 * Entries in protected mode, by Linux's boot protocol and by PVH, and in long mode. The page tables map the
 * first 4 GiB to themselves; machine_exception() adds what is above, when it is accessed.
 */
#include "layout.h"

#define PVH_ENTRY 18

#define CR0_PAGING (1 << 31)
#define CR4_PAE (1 << 5)
#define MSR_EFER 0xc0000080
#define EFER_LONG_MODE (1 << 8)

#define PAGE_TABLE 0x3              /* present, writable */
#define PAGE_LARGE 0x83             /* the same, 2 MiB */
#define PAGE_UNCACHED 0x18
#define PAGES_OF_MEMORY 512         /* 1 GiB; what is above is uncached */
#define PAGES 2048

#define GATE 0x8e00                 /* an interrupt gate */
#define VECTORS 32

    .section .pvh, "a"
    .balign 4
    .long   4, 8, PVH_ENTRY
    .asciz  "Xen"
    .quad   start_pvh

    .section .text.start, "ax"
    .code32
    .global start_32
start_32:                           /* ESI: the boot information; EBP is 0, or from header.S */
    jmp     protected_mode
start_pvh:                          /* EBX: the start information */
    movl    %ebx, %esi
    movl    $FROM_PVH, %ebp
protected_mode:
    cli
    cld
    movl    %cr4, %eax
    orl     $CR4_PAE, %eax
    movl    %eax, %cr4
    movl    $page_map, %eax
    movl    %eax, %cr3
    movl    $MSR_EFER, %ecx
    rdmsr
    orl     $EFER_LONG_MODE, %eax
    wrmsr
    movl    %cr0, %eax
    orl     $CR0_PAGING, %eax
    movl    %eax, %cr0
    lgdt    gdt_register
    ljmp    $SEGMENT_CODE, $long_mode

    .org    0x200                   /* where Linux's protocol has this entry */
    .code64
    .global start_64
start_64:                           /* RSI: the boot information */
    cli
    cld
    movl    $page_map, %eax
    movq    %rax, %cr3
    lgdt    gdt_register
    movl    $FROM_LOADER, %ebp
    movl    $stack_top, %esp
    pushq   $SEGMENT_CODE
    pushq   $long_mode
    lretq

long_mode:
    movl    $SEGMENT_DATA, %eax
    movl    %eax, %ds
    movl    %eax, %es
    movl    %eax, %ss
    xorl    %eax, %eax
    movl    %eax, %fs
    movl    %eax, %gs
    movl    $stack_top, %esp

    movl    $bss_start, %edi
    movl    $bss_end, %ecx
    subl    %edi, %ecx
    rep stosb

    movl    $idt, %edi
    movl    $vectors, %eax
    movl    $VECTORS, %ecx
1:  movw    %ax, (%rdi)
    movw    $SEGMENT_CODE, 2(%rdi)
    movl    %eax, %edx
    movw    $GATE, %dx
    movl    %edx, 4(%rdi)
    addl    $16, %edi
    addl    $16, %eax
    decl    %ecx
    jnz     1b
    lidt    idt_register

    movl    %ebp, %edi
    movl    %esi, %esi              /* below 4 GiB */
    call    machine_start
2:  cli
    hlt
    jmp     2b

/* Stubs of 16 bytes. Some exceptions push an error code; the others push 0 here. */
    .balign 16
vectors:
    vector = 0
    .rept VECTORS
    .balign 16
    .if vector == 8 || (vector >= 10 && vector <= 14) || vector == 17 || vector == 21 || vector == 29 || vector == 30
    .else
    pushq   $0
    .endif
    pushq   $vector
    jmp     exception
    vector = vector + 1
    .endr

/* Returns, if the page of the address has been mapped. */
exception:
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
    movq    72(%rsp), %rdi
    movq    80(%rsp), %rsi
    movq    88(%rsp), %rdx
    movq    %cr2, %rcx
    pushq   %rbp
    movq    %rsp, %rbp
    andq    $-16, %rsp
    call    machine_exception
    movq    %rbp, %rsp
    popq    %rbp
    testb   %al, %al
    jz      2b
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
    .balign 4096
    .global page_map
page_map:
    .quad   page_pointers + PAGE_TABLE
    .fill   511, 8, 0
page_pointers:
    .quad   page_directories + PAGE_TABLE
    .quad   page_directories + 0x1000 + PAGE_TABLE
    .quad   page_directories + 0x2000 + PAGE_TABLE
    .quad   page_directories + 0x3000 + PAGE_TABLE
    .fill   508, 8, 0
page_directories:
    page = 0
    .rept   PAGES
    .if page < PAGES_OF_MEMORY
    .quad   page * 0x200000 + PAGE_LARGE
    .else
    .quad   page * 0x200000 + PAGE_LARGE + PAGE_UNCACHED
    .endif
    page = page + 1
    .endr
gdt:
    .quad   0
    .quad   SEGMENT_IS_CODE_64
    .quad   SEGMENT_IS_DATA
    .quad   SEGMENT_IS_CODE_32
gdt_register:
    .word   . - gdt - 1
    .quad   gdt
idt_register:
    .word   16 * VECTORS - 1
    .quad   idt

    .section .bss.stack, "aw", @nobits
    .balign 4096
    .skip   0x10000
stack_top:
idt:
    .skip   16 * VECTORS

    .section .note.GNU-stack, "", %progbits
