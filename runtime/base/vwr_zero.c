/* SPDX-License-Identifier: MIT */
#include "vwr/zero.h"

void vwr_zero(void *p, size_t bytes)
{
    volatile uint8_t *at = p; /* volatile: or the compiler makes a call of memset out of the loop */

    while (bytes-- > 0)
        *at++ = 0;
}
