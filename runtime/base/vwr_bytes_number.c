/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"

/* A number that the other side has written. A file of its own: a disk has none of them. */

uint32_t vwr_bytes_number(const uint8_t *from, unsigned bytes, bool big)
{
    uint32_t number = 0;

    for (unsigned i = 0; i < bytes; i++)
        number |= (uint32_t)from[i] << (big ? bytes - 1u - i : i) * 8u;
    return number;
}
