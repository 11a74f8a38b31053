/* SPDX-License-Identifier: MIT */
#include "io.h"

#define LINE_BYTES 512
#define DIGITS_MAX 20

struct out {
    char *at;
    int32_t room; /* without the terminator */
    int32_t length;
};

static void put(struct out *o, char c)
{
    if (o->length < o->room)
        o->at[o->length] = c;
    o->length++;
}

static void put_number(struct out *o, uint64_t value, unsigned base, int width)
{
    char digits[DIGITS_MAX];
    int n = 0;

    do {
        digits[n++] = "0123456789abcdef"[value % base];
        value /= base;
    } while (value != 0);
    while (width-- > n)
        put(o, '0');
    while (n > 0)
        put(o, digits[--n]);
}

static void put_signed(struct out *o, int64_t value)
{
    if (value < 0)
        put(o, '-');
    put_number(o, value < 0 ? -(uint64_t)value : (uint64_t)value, 10, 0);
}

static void put_text(struct out *o, const char *text)
{
    while (*text != '\0')
        put(o, *text++);
}

/* One conversion. It supports those of Avatar's conversions that are used here. */
static const char *convert(struct out *o, const char *f, va_list *va)
{
    int width = 0;
    int longs = 0;

    while (*f >= '0' && *f <= '9')
        width = width * 10 + (*f++ - '0');
    for (; *f == 'l'; f++)
        longs++;
    if (*f == 's')
        put_text(o, va_arg(*va, const char *));
    else if (*f == 'c')
        put(o, (char)va_arg(*va, int));
    else if (*f == 'd')
        put_signed(o, longs > 0 ? va_arg(*va, int64_t) : va_arg(*va, int32_t));
    else if (*f == 'u' || *f == 'x')
        put_number(o, longs > 0 ? va_arg(*va, uint64_t) : va_arg(*va, uint32_t), *f == 'u' ? 10 : 16, width);
    else
        put(o, *f);
    return f + 1;
}

int32_t my_vsnprintf(char *buf, int32_t size, const char *fmt, va_list va)
{
    struct out o = {buf, size - 1, 0};
    va_list args;

    __builtin_va_copy(args, va);
    while (*fmt != '\0')
        if (*fmt == '%')
            fmt = convert(&o, fmt + 1, &args);
        else
            put(&o, *fmt++);
    va_end(args);
    buf[o.length < o.room ? o.length : o.room] = '\0';
    return o.length;
}

int32_t my_snprintf(char *buf, int32_t size, const char *fmt, ...)
{
    va_list va;
    int32_t n;

    va_start(va, fmt);
    n = my_vsnprintf(buf, size, fmt, va);
    va_end(va);
    return n;
}

#define STAND_IN_LOGGER(name)                          \
    int32_t name(const char *fmt, ...)                 \
    {                                                  \
        char line[LINE_BYTES];                         \
        va_list va;                                    \
        int32_t n;                                     \
        va_start(va, fmt);                             \
        n = my_vsnprintf(line, sizeof(line), fmt, va); \
        va_end(va);                                    \
        for (const char *c = line; *c != '\0'; c++)    \
            putc(*c);                                  \
        return n;                                      \
    }

STAND_IN_LOGGER(logger)
STAND_IN_LOGGER(logger_info)
STAND_IN_LOGGER(logger_warn)
STAND_IN_LOGGER(logger_error)
STAND_IN_LOGGER(logger_debug)
