/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"

void vwr_zero(void *p, size_t bytes)
{
    volatile uint8_t *at = p; /* volatile: or the compiler makes a call of memset out of the loop */

    while (bytes-- > 0)
        *at++ = 0;
}

void vwr_copy(void *to, const void *from, size_t bytes)
{
    volatile uint8_t *at = to;
    const uint8_t *with = from;

    while (bytes-- > 0)
        *at++ = *with++;
}
