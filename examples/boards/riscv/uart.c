/* SPDX-License-Identifier: MIT */
#include "machine.h"

/*
 * QEMU virt's console (hw/riscv/virt.c in QEMU; serial@10000000 in the device tree). Hard-coded, because it
 * has to work if the tree is invalid.
 */
#define UART_DATA 0x10000000ul
#define UART_LINE_STATUS 0x10000005ul
#define STATUS_TRANSMIT_EMPTY 0x20u
#define POLLS_MAX 1000000u /* a UART that does not drain must not stop the program */

void board_put(char c)
{
    for (unsigned i = 0; i < POLLS_MAX; i++)
        if ((vwr_port_read8((volatile void *)UART_LINE_STATUS) & STATUS_TRANSMIT_EMPTY) != 0)
            break;
    vwr_port_write8((volatile void *)UART_DATA, (uint8_t)c);
}

void machine_put(const char *text)
{
    while (*text != '\0')
        board_put(*text++);
}

void machine_put_hex(unsigned long v)
{
    machine_put("0x");
    for (unsigned digits = 2u * sizeof(v); digits-- > 0;)
        board_put("0123456789abcdef"[v >> 4u * digits & 15u]);
}

_Noreturn void machine_fail(const char *why)
{
    machine_put("board: ");
    machine_put(why);
    board_put('\n');
    board_off(1);
}
