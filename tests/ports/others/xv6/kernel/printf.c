/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include "types.h"
#include "memlayout.h"
#include "riscv.h"
#include "defs.h"
#include "stand.h"

/* Output to the first UART by polling: %d, %x, %p, %s. */

#define LINE_STATUS 5
#define CAN_SEND 0x20

void printfinit(void)
{
}

static void put(char c)
{
    volatile uchar *const uart = (volatile uchar *)UART0;

    while ((uart[LINE_STATUS] & CAN_SEND) == 0) {
    }
    uart[0] = (uchar)c;
}

static void put_number(uint64 number, uint base)
{
    char digits[20];
    int n = 0;

    do {
        digits[n++] = "0123456789abcdef"[number % base];
        number /= base;
    } while (number != 0);
    while (n > 0)
        put(digits[--n]);
}

static void put_text(const char *text)
{
    while (*text != '\0')
        put(*text++);
}

static void put_signed(int number)
{
    if (number < 0)
        put('-');
    put_number(number < 0 ? -(uint64)number : (uint64)number, 10);
}

static void put_pointer(uint64 value)
{
    put_text("0x");
    for (int shift = 60; shift >= 0; shift -= 4)
        put_number(value >> shift & 15, 16);
}

void printf(char *format, ...)
{
    va_list list;

    va_start(list, format);
    for (; *format != '\0'; format++) {
        if (*format != '%') {
            put(*format);
            continue;
        }
        switch (*++format) {
        case 'd':
            put_signed(va_arg(list, int));
            break;
        case 'x':
            put_number(va_arg(list, uint), 16);
            break;
        case 'p':
            put_pointer(va_arg(list, uint64));
            break;
        default:
            put_text(va_arg(list, char *));
        }
    }
    va_end(list);
}

/* Prints a line of text, with the number in place of '%'. */
void print(const char *text, uint64 number)
{
    for (; *text != '\0'; text++)
        if (*text == '%')
            put_number(number, 10);
        else
            put(*text);
    put('\n');
}

void panic(char *why)
{
#ifdef DISK_STOPS
    print("panics at tick %", ticks);
#endif
    printf("panic: %s\n", why);
    power_off();
}
