/* SPDX-License-Identifier: MIT */
#include "lib/avatar_string.h"

size_t strlen(const char *buf)
{
    size_t n = 0;

    while (buf[n] != '\0')
        n++;
    return n;
}

void *memset(void *s, int32_t c, size_t n)
{
    uint8_t *p = s;

    while (n-- > 0)
        *p++ = (uint8_t)c;
    return s;
}

void *memcpy(void *dest, const void *src, size_t n)
{
    uint8_t *to = dest;
    const uint8_t *from = src;

    while (n-- > 0)
        *to++ = *from++;
    return dest;
}

int32_t memcmp(const void *s1, const void *s2, size_t n)
{
    const uint8_t *a = s1;
    const uint8_t *b = s2;

    for (; n > 0; n--, a++, b++)
        if (*a != *b)
            return *a - *b;
    return 0;
}
