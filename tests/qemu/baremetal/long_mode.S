/* SPDX-License-Identifier: MIT */

/* Stands for a boot loader that enters a kernel in long mode, by Linux's boot protocol. QEMU starts it by PVH. */

#define IMAGE_ENTRY 0x100200

    .section .note.pvh, "a", @note
    .balign 4
    .long   4, 8, 18
    .asciz  "Xen"
    .quad   _start

    .text
    .code32
    .global _start
_start:
    movl    $map, %eax
    movl    %eax, %cr3
    movl    %cr4, %eax
    orl     $0x20, %eax             /* PAE */
    movl    %eax, %cr4
    movl    $0xc0000080, %ecx
    rdmsr
    orl     $0x100, %eax            /* long mode */
    wrmsr
    movl    %cr0, %eax
    orl     $0x80000000, %eax       /* paging */
    movl    %eax, %cr0
    lgdt    gdt_register
    ljmp    $8, $long_mode
    .code64
long_mode:
    movl    $words, parameters + 0x228
    movl    $parameters, %esi
    movl    $IMAGE_ENTRY, %eax
    jmp     *%rax

    .data
gdt:
    .quad   0
    .quad   0x00af9b000000ffff
gdt_register:
    .word   . - gdt - 1
    .long   gdt
words:
    .asciz  "conform=blk by-64-bits"
    .balign 4096
map:
    .quad   pointers + 3
    .fill   511, 8, 0
pointers:
    .quad   directory + 3
    .fill   511, 8, 0
directory:
    page = 0
    .rept   512
    .quad   page * 0x200000 + 0x83
    page = page + 1
    .endr
parameters:
    .skip   4096

    .section .note.GNU-stack, "", %progbits
