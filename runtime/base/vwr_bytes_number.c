/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"

/* Reads a number in either byte order. Separate file: block devices do not need it. */

uint32_t vwr_bytes_number(const uint8_t *from, unsigned bytes, bool big)
{
    uint32_t number = 0;

    for (unsigned i = 0; i < bytes; i++)
        number |= (uint32_t)from[i] << (big ? bytes - 1u - i : i) * 8u;
    return number;
}
