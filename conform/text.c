/* SPDX-License-Identifier: MIT */
#include "conform.h"

#define DIGITS 20u /* of a number of 64 bits */

/* What was written; a text that is too long ends at its limit. */
struct text {
    char *to;
    size_t bytes;
    size_t used;
};

static void put(struct text *t, char c)
{
    if (t->used + 1 < t->bytes)
        t->to[t->used++] = c;
}

static void put_string(struct text *t, const char *s)
{
    while (*s != '\0')
        put(t, *s++);
}

static void put_number(struct text *t, uint64_t value, unsigned base)
{
    char digits[DIGITS];
    unsigned count = 0;

    do {
        digits[count++] = "0123456789abcdef"[value % base];
        value /= base;
    } while (value != 0);
    while (count > 0)
        put(t, digits[--count]);
}

static void put_signed(struct text *t, int value)
{
    if (value < 0)
        put(t, '-');
    put_number(t, value < 0 ? 0u - (unsigned)value : (unsigned)value, 10);
}

size_t text_format(char *to, size_t bytes, const char *format, va_list values)
{
    struct text t = {to, bytes, 0};

    for (; *format != '\0'; format++) {
        const bool is_long = format[0] == '%' && format[1] == 'l' && format[2] == 'l';

        if (*format != '%') {
            put(&t, *format);
            continue;
        }
        format += is_long ? 3 : 1;
        if (is_long && (*format == 'u' || *format == 'x'))
            put_number(&t, va_arg(values, unsigned long long), *format == 'u' ? 10 : 16);
        else if (*format == 's')
            put_string(&t, va_arg(values, const char *));
        else if (*format == 'c')
            put(&t, (char)va_arg(values, int));
        else if (*format == 'd')
            put_signed(&t, va_arg(values, int));
        else if (*format == 'u' || *format == 'x')
            put_number(&t, va_arg(values, unsigned), *format == 'u' ? 10 : 16);
        else
            break; /* there is no such conversion */
    }
    if (bytes > 0)
        to[t.used] = '\0';
    return t.used;
}
