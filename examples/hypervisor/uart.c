/* SPDX-License-Identifier: MIT */
#include <stdarg.h>

#include "hyp.h"

/* Registers of Arm's PL011. */
#define DATA 0x00u
#define FLAGS 0x18u
#define LINE_CONTROL 0x2cu
#define CONTROL 0x30u
#define INTERRUPT_MASK 0x38u
#define INTERRUPT_CLEAR 0x44u

#define FLAG_RECEIVE_EMPTY 0x10u
#define FLAG_TRANSMIT_FULL 0x20u
#define LINE_8_BITS 0x60u /* no FIFO: an interrupt for each character */
#define CONTROL_ENABLE 0x301u
#define INTERRUPT_RECEIVE 0x50u /* a character, or a timeout with some in the FIFO */

#define POLLS_MAX 1000000u

void uart_start(void)
{
    write_word(BOARD_UART + CONTROL, 0);
    write_word(BOARD_UART + LINE_CONTROL, LINE_8_BITS);
    write_word(BOARD_UART + INTERRUPT_MASK, INTERRUPT_RECEIVE);
    write_word(BOARD_UART + CONTROL, CONTROL_ENABLE);
}

void uart_put(char c)
{
    for (unsigned i = 0; i < POLLS_MAX && (read_word(BOARD_UART + FLAGS) & FLAG_TRANSMIT_FULL) != 0; i++)
        ;
    write_word(BOARD_UART + DATA, (uint8_t)c);
}

int uart_get(void)
{
    write_word(BOARD_UART + INTERRUPT_CLEAR, INTERRUPT_RECEIVE);
    if ((read_word(BOARD_UART + FLAGS) & FLAG_RECEIVE_EMPTY) != 0)
        return -1;
    return (int)(read_word(BOARD_UART + DATA) & 0xffu);
}

static void put_text(const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '\n')
            uart_put('\r');
        uart_put(*text);
    }
}

static void put_number(uint64_t v, unsigned base, unsigned width)
{
    char digits[21];
    char *p = &digits[sizeof(digits) - 1];

    *p = '\0';
    do {
        *--p = "0123456789abcdef"[v % base];
        v /= base;
    } while (p > digits && (v != 0 || &digits[sizeof(digits) - 1] - p < (int)width));
    put_text(p);
}

void print(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    for (const char *p = format; *p != '\0'; p++) {
        unsigned width = 0;
        unsigned longs = 0;
        uint64_t v;

        if (*p != '%') {
            put_text((const char[]){*p, '\0'});
            continue;
        }
        for (p++; *p >= '0' && *p <= '9'; p++)
            width = width * 10u + (unsigned)(*p - '0');
        for (; *p == 'l'; p++)
            longs++;
        if (*p == 's') {
            put_text(va_arg(arguments, const char *));
        } else {
            v = longs != 0 ? va_arg(arguments, unsigned long long) : va_arg(arguments, unsigned);
            if (*p == 'c')
                uart_put((char)v);
            else
                put_number(v, *p == 'x' ? 16 : 10, width);
        }
    }
    va_end(arguments);
}
