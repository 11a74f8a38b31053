/* SPDX-License-Identifier: MIT */

/*
 * Entry in 64-bit mode, as QEMU starts an image at 0x10000; interrupts; the end. An interrupt stores the program-status
 * word and loads another one from the CPU's page at address 0. Bits: 6 I/O, 7 external, 13 machine check, 14 wait, 31 and
 * 32 64-bit mode. Machine checks are taken from the first wait on.
 */

#define OLD_EXTERNAL 0x130
#define OLD_PROGRAM 0x150
#define OLD_CHECK 0x160
#define OLD_IO 0x170
#define NEW_EXTERNAL 0x1b0
#define NEW_PROGRAM 0x1d0
#define NEW_CHECK 0x1e0
#define NEW_IO 0x1f0
#define FRAME 160 /* that a called function may use */
#define SAVED 128 /* sixteen registers */

    .section .text.start, "ax"
    .global _start
_start:
    larl    %r15, stack_top
    aghi    %r15, -FRAME
    larl    %r1, bss_start
    larl    %r2, bss_end
0:  clgr    %r1, %r2
    jhe     1f
    mvi     0(%r1), 0
    la      %r1, 1(%r1)
    j       0b
1:  larl    %r1, words
    mvc     NEW_EXTERNAL(16, %r0), 0(%r1)
    mvc     NEW_PROGRAM(16, %r0), 16(%r1)
    mvc     NEW_CHECK(16, %r0), 32(%r1)
    mvc     NEW_IO(16, %r0), 48(%r1)
    brasl   %r14, board_main

/* _Noreturn void machine_end(void): a disabled wait at 0xfff, which QEMU understands as power-off. */
    .global machine_end
machine_end:
    larl    %r1, end_word
    lpswe   0(%r1)

/* The command line is at 0x10480; the image has room for it. */
    .org    _start + 0x480
    .global command_line
command_line:
    .zero   0x400

    .macro interrupt function, old
    stmg    %r0, %r15, -SAVED(%r15)
    lay     %r15, -(SAVED + FRAME)(%r15)
    brasl   %r14, \function
    lmg     %r0, %r15, FRAME(%r15)
    ni      \old + 1(%r0), 0xfd /* no longer waits */
    lpswe   \old(%r0)
    .endm

external:
    interrupt on_external, OLD_EXTERNAL
check:
    interrupt on_check, OLD_CHECK
io:
    interrupt on_io, OLD_IO
program:
    larl    %r15, stack_top
    aghi    %r15, -FRAME
    lg      %r2, OLD_PROGRAM + 8(%r0)
    brasl   %r14, on_program
    j       machine_end

/* void machine_wait(void): waits with interrupts; continues after one, with interrupts masked. */
    .global machine_wait
machine_wait:
    larl    %r1, after
    larl    %r3, wait_word
    stg     %r1, 8(%r3)
    lpswe   0(%r3)
after:
    larl    %r1, before
    stnsm   0(%r1), 0xfc
    br      %r14

    .section .data, "aw"
    .balign 8
words:
    .quad   0x0000000180000000, external
    .quad   0x0000000180000000, program
    .quad   0x0000000180000000, check
    .quad   0x0000000180000000, io
wait_word:
    .quad   0x0306000180000000, 0
before:
    .quad   0
end_word:
    .quad   0x0002000180000000, 0xfff
