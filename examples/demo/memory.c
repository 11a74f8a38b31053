/* SPDX-License-Identifier: MIT */
#include <stddef.h>

/*
 * Functions that a compiler may call implicitly: gcc requires these four even in a freestanding program.
 * `volatile` keeps the loops from becoming calls to themselves.
 */
void *memset(void *to, int c, size_t n);
void *memcpy(void *to, const void *from, size_t n);
void *memmove(void *to, const void *from, size_t n);
int memcmp(const void *a, const void *b, size_t n);

void *memset(void *to, int c, size_t n)
{
    volatile unsigned char *t = to;

    while (n-- > 0)
        *t++ = (unsigned char)c;
    return to;
}

void *memcpy(void *to, const void *from, size_t n)
{
    volatile unsigned char *t = to;
    const unsigned char *f = from;

    while (n-- > 0)
        *t++ = *f++;
    return to;
}

void *memmove(void *to, const void *from, size_t n)
{
    volatile unsigned char *t = to;
    const volatile unsigned char *f = from;

    if ((const volatile unsigned char *)t <= f)
        return memcpy(to, from, n);
    while (n-- > 0)
        t[n] = f[n];
    return to;
}

int memcmp(const void *a, const void *b, size_t n)
{
    const volatile unsigned char *x = a;
    const volatile unsigned char *y = b;

    for (; n > 0; n--, x++, y++)
        if (*x != *y)
            return *x < *y ? -1 : 1;
    return 0;
}
