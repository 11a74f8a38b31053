/* SPDX-License-Identifier: MIT */
#include "types.h"
#include "riscv.h"
#include "defs.h"

void *memset(void *to, int c, uint n)
{
    for (uchar *t = to; n > 0; n--)
        *t++ = (uchar)c;
    return to;
}

void *memmove(void *to, const void *from, uint n)
{
    const uchar *f = from;
    uchar *t = to;

    if (f < t)
        while (n-- > 0)
            t[n] = f[n];
    else
        for (; n > 0; n--)
            *t++ = *f++;
    return to;
}
