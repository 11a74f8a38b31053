/* SPDX-License-Identifier: MIT */

/*
 * The first 4 KiB of the file, which is both an ELF file and a bzImage: the headers of ELF, whose note has the
 * entry of PVH (Xen's start ABI), then the header of Linux's boot protocol, version 2.15, and the code that it
 * starts in real mode. The rest of the file is loaded at 1 MiB.
 */
#include "layout.h"

#define ELF_EXECUTABLE 2
#define ELF_X86_64 62
#define ELF_LOAD 1
#define ELF_NOTE 4
#define ELF_ALL 7                   /* read, write, execute */
#define ELF_READ 4
#define ELF_HEADER 64
#define ELF_SEGMENT 56

#define SECTORS (HEAD_BYTES / 512 - 1)
#define LOADED_HIGH 1
#define HAS_64_BIT_ENTRY 1
#define WORDS_MAX 2047              /* of the command line, in bytes */

#define PROTECTED 1                 /* in CR0 */

    .section .head, "a"
    .code16
head:
    .byte   0x7f
    .ascii  "ELF"
    .byte   2, 1, 1, 0
    .quad   0
    .word   ELF_EXECUTABLE, ELF_X86_64
    .long   1
    .quad   start_64
    .quad   ELF_HEADER              /* where the table of segments is */
    .quad   0
    .long   0
    .word   ELF_HEADER, ELF_SEGMENT, 2, 0, 0, 0

    .long   ELF_LOAD, ELF_ALL
    .quad   HEAD_BYTES, IMAGE, IMAGE, file_bytes, image_bytes, 0x1000
    .long   ELF_NOTE, ELF_READ
    .quad   note_offset, note, note, note_bytes, note_bytes, 4

    .org    0x1f1
    .byte   SECTORS
    .word   0
    .long   file_paragraphs
    .word   0, 0xffff, 0, 0xaa55
    .byte   0xeb, real_mode - header
header:
    .ascii  "HdrS"
    .word   0x020f
    .long   0                       /* a hook of old loaders */
    .word   0, 0                    /* the segment of an old kernel, a version's text */
    .byte   0, LOADED_HIGH
    .word   0
    .long   IMAGE
    .long   0, 0, 0                 /* initial RAM disk */
    .word   0                       /* heap */
    .byte   0, 0
    .long   0                       /* command line */
    .long   0x7fffffff              /* highest address of an initial RAM disk */
    .long   0x1000                  /* alignment, of a kernel that can be moved */
    .byte   0, 12
    .word   HAS_64_BIT_ENTRY
    .long   WORDS_MAX
    .long   0
    .quad   0
    .long   0, 0
    .quad   0
    .quad   IMAGE                   /* preferred address */
    .long   image_bytes             /* memory that it needs from there */
    .long   0
    .long   0

/* DS has the segment of this head. The interrupt flag is clear, the firmware has opened line 20 of the address. */
real_mode:
    cli
    xorl    %esi, %esi
    movw    %ds, %si
    shll    $4, %esi
    leal    (real_mode_gdt - head)(%esi), %eax
    movl    %eax, real_mode_gdt_register - head + 2
    lgdtl   real_mode_gdt_register - head
    movl    %cr0, %eax
    orl     $PROTECTED, %eax
    movl    %eax, %cr0
    movw    $SEGMENT_DATA, %ax
    movw    %ax, %ds
    movw    %ax, %es
    movw    %ax, %ss
    movl    $FROM_REAL_MODE, %ebp
    ljmpl   $SEGMENT_CODE_32, $IMAGE

    .balign 8
real_mode_gdt:
    .quad   0
    .quad   SEGMENT_IS_CODE_64
    .quad   SEGMENT_IS_DATA
    .quad   SEGMENT_IS_CODE_32
real_mode_gdt_register:
    .word   . - real_mode_gdt - 1
    .long   0

    .section .note.GNU-stack, "", %progbits
