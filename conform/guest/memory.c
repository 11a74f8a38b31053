/* SPDX-License-Identifier: MIT */
#include <stddef.h>
#include <stdint.h>

/*
 * Functions of a C library that a compiler calls. The build has -fno-tree-loop-distribute-patterns, without
 * which these loops would become calls of themselves.
 */
void *memset(void *to, int byte, size_t bytes);
void *memcpy(void *to, const void *from, size_t bytes);
void *memmove(void *to, const void *from, size_t bytes);
int memcmp(const void *a, const void *b, size_t bytes);

typedef uint64_t __attribute__((may_alias)) word;

/* Whether all of these can be accessed in words. */
static int is_even(uintptr_t a, uintptr_t b)
{
    return ((a | b) & (sizeof(word) - 1)) == 0;
}

void *memset(void *to, int byte, size_t bytes)
{
    const word pattern = (word)(unsigned char)byte * 0x0101010101010101u;
    unsigned char *t = to;

    if (is_even((uintptr_t)to, 0))
        for (; bytes >= sizeof(word); bytes -= sizeof(word), t += sizeof(word))
            *(word *)(void *)t = pattern;
    for (; bytes > 0; bytes--)
        *t++ = (unsigned char)byte;
    return to;
}

void *memcpy(void *to, const void *from, size_t bytes)
{
    unsigned char *t = to;
    const unsigned char *f = from;

    if (is_even((uintptr_t)to, (uintptr_t)from))
        for (; bytes >= sizeof(word); bytes -= sizeof(word), t += sizeof(word), f += sizeof(word))
            *(word *)(void *)t = *(const word *)(const void *)f;
    for (; bytes > 0; bytes--)
        *t++ = *f++;
    return to;
}

void *memmove(void *to, const void *from, size_t bytes)
{
    unsigned char *const t = to;
    const unsigned char *const f = from;

    if ((uintptr_t)t <= (uintptr_t)f)
        return memcpy(to, from, bytes);
    while (bytes-- > 0)
        t[bytes] = f[bytes];
    return to;
}

int memcmp(const void *a, const void *b, size_t bytes)
{
    const unsigned char *x = a;
    const unsigned char *y = b;

    for (; bytes > 0; bytes--, x++, y++)
        if (*x != *y)
            return *x < *y ? -1 : 1;
    return 0;
}
