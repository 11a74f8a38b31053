/* SPDX-License-Identifier: MIT */
#include "guest.h"

/* Consoles whose registers are in memory: PL011, and 8250 with its successors. */

#define PL011_DATA 0x00u
#define PL011_FLAGS 0x18u
#define PL011_FLAGS_FULL 0x20u
#define PL011_LINE_CONTROL 0x2cu
#define PL011_LINE_8_BITS_FIFO 0x70u
#define PL011_CONTROL 0x30u
#define PL011_CONTROL_ENABLE_TRANSMIT 0x101u

#define UART_8250_DATA 0u
#define UART_8250_STATUS 5u
#define UART_8250_STATUS_EMPTY 0x20u

#define POLLS_MAX 1000000u /* a console that does not drain must not stop the run */

static struct uart uart;

static volatile uint8_t *at(unsigned offset)
{
    return (volatile uint8_t *)uart.at + offset;
}

static void pl011_put(char c)
{
    for (unsigned i = 0; i < POLLS_MAX && (vwr_port_read32(at(PL011_FLAGS)) & PL011_FLAGS_FULL) != 0; i++)
        vwr_port_relax();
    vwr_port_write32(at(PL011_DATA), (uint8_t)c);
}

static uint32_t get_8250(unsigned number)
{
    volatile uint8_t *const reg = at(number << uart.shift);

    return uart.width == 4 ? vwr_port_read32(reg) : vwr_port_read8(reg);
}

static void put_8250(char c)
{
    volatile uint8_t *const reg = at(UART_8250_DATA);

    for (unsigned i = 0; i < POLLS_MAX && (get_8250(UART_8250_STATUS) & UART_8250_STATUS_EMPTY) == 0; i++)
        vwr_port_relax();
    if (uart.width == 4)
        vwr_port_write32(reg, (uint8_t)c);
    else
        vwr_port_write8(reg, (uint8_t)c);
}

/* The firmware, or a VMM without one, has set the speed. */
void uart_start(const struct uart *u)
{
    uart = *u;
    if (u->kind != UART_PL011)
        return;
    vwr_port_write32(at(PL011_CONTROL), 0);
    vwr_port_write32(at(PL011_LINE_CONTROL), PL011_LINE_8_BITS_FIFO);
    vwr_port_write32(at(PL011_CONTROL), PL011_CONTROL_ENABLE_TRANSMIT);
}

bool uart_put(char c)
{
    if (uart.kind == UART_PL011)
        pl011_put(c);
    else if (uart.kind == UART_8250)
        put_8250(c);
    return uart.kind != UART_NONE;
}
