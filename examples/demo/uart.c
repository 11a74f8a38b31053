/* SPDX-License-Identifier: MIT */
#include "uart.h"

#ifndef UART_ELSEWHERE /* the image has another console */
#define UART_BASE 0x09000000ul

#define UART_DATA 0x00
#define UART_FLAGS 0x18
#define UART_LINE_CONTROL 0x2c
#define UART_CONTROL 0x30

#define FLAG_TRANSMIT_FULL 0x20u
#define LINE_8_BITS_FIFO 0x70u
#define CONTROL_ENABLE_TRANSMIT 0x101u

#define POLLS_MAX 1000000u /* a UART that does not drain must not stop the demo */

static volatile uint32_t *uart(unsigned offset)
{
    return (volatile uint32_t *)(UART_BASE + offset);
}

void uart_start(void)
{
    *uart(UART_CONTROL) = 0;
    *uart(UART_LINE_CONTROL) = LINE_8_BITS_FIFO;
    *uart(UART_CONTROL) = CONTROL_ENABLE_TRANSMIT;
}

void put_char(char c)
{
    for (unsigned i = 0; i < POLLS_MAX && (*uart(UART_FLAGS) & FLAG_TRANSMIT_FULL) != 0; i++)
        ;
    *uart(UART_DATA) = (uint8_t)c;
}
#endif

void put(const char *text)
{
    while (*text != '\0')
        put_char(*text++);
}

void put_dec_width(uint64_t v, unsigned width)
{
    char digits[20];
    unsigned n = 0;

    do {
        digits[n++] = (char)('0' + v % 10u);
        v /= 10u;
    } while (v != 0);
    for (; width > n; width--)
        put_char(' ');
    while (n > 0)
        put_char(digits[--n]);
}

void put_dec(uint64_t v)
{
    put_dec_width(v, 0);
}

void put_hex(uint64_t v, unsigned digits)
{
    while (digits-- > 0)
        put_char("0123456789abcdef"[v >> 4u * digits & 15u]);
}

void put_untrusted(const char *text, unsigned bytes)
{
    for (unsigned i = 0; i < bytes && text[i] != '\0'; i++)
        put_char(text[i] >= ' ' && text[i] <= '~' ? text[i] : '?');
}
