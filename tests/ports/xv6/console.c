/* SPDX-License-Identifier: MIT */
#include "types.h"
#include "memlayout.h"
#include "defs.h"

/* The first UART, by hand; the way out. Besides what a compiler calls although nobody wrote it. */

#define LINE_STATUS 5
#define CAN_SEND 0x20
#define POWER_OFF 0x5555

static void put(char c)
{
    volatile uchar *const uart = (volatile uchar *)UART0;

    while ((uart[LINE_STATUS] & CAN_SEND) == 0) {
    }
    uart[0] = (uchar)c;
}

/* A line: the text, with the number in the place of its '%'. */
void print(const char *text, uint64 number)
{
    char digits[20];
    int n = 0;

    for (; *text != '\0'; text++) {
        if (*text != '%') {
            put(*text);
            continue;
        }
        do {
            digits[n++] = (char)('0' + number % 10);
            number /= 10;
        } while (number != 0);
        while (n > 0)
            put(digits[--n]);
    }
    put('\n');
}

void power_off(void)
{
    *(volatile uint *)POWER = POWER_OFF;
    for (;;) {
    }
}

void panic(char *why)
{
#ifdef DISK_STOPS
    print("given up at tick %", ticks);
#endif
    print(why, 0);
    print("xv6: FAILED: panic", 0);
    power_off();
}

void *memset(void *to, int c, unsigned long n);
void *memcpy(void *to, const void *from, unsigned long n);

void *memset(void *to, int c, unsigned long n)
{
    for (volatile uchar *t = to; n > 0; n--)
        *t++ = (uchar)c;
    return to;
}

void *memcpy(void *to, const void *from, unsigned long n)
{
    const uchar *f = from;

    for (volatile uchar *t = to; n > 0; n--)
        *t++ = *f++;
    return to;
}
