/* SPDX-License-Identifier: MIT */
/*
 * What the firmware of a PC boots, at 0x7c00. It sends the COUNT sectors behind it to the serial port, and
 * ends QEMU. With TO it is a boot sector: it reads them by the firmware's services, and writes them to sector
 * TO.
 */
        .code16
        .globl _start
_start: ljmp $0, $main
main:   xor %ax, %ax
        mov %ax, %ds
        mov %ax, %ss
        mov $0x7c00, %sp
        cld
        sti
.ifdef TO
        mov $0x42, %ah          /* extended read */
        mov $packet, %si
        int $0x13
        jc end
        movw $TO, from
        mov $0x4300, %ax        /* extended write */
        mov $packet, %si
        int $0x13
        jc end
.endif
        mov $0x3f8, %dx
        mov $0x7e00, %si
        mov $(COUNT * 512), %cx
send:   lodsb
        mov %al, %bl
        add $5, %dx
wait:   in %dx, %al
        test $0x20, %al
        jz wait
        sub $5, %dx
        mov %bl, %al
        out %al, %dx
        loop send
end:    out %al, $0xf4          /* QEMU's isa-debug-exit */
1:      hlt
        jmp 1b
        .balign 4
packet: .byte 16, 0
        .word COUNT, 0x7e00, 0
from:   .long 1, 0
        .org 510
        .word 0xaa55
