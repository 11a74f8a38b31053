/* SPDX-License-Identifier: MIT */
#include "crc32.h"

#define POLYNOMIAL 0xedb88320u

static uint32_t table[256];

static void fill_table(void)
{
    for (uint32_t i = 0; i < 256u; i++) {
        uint32_t v = i;

        for (unsigned bit = 0; bit < 8; bit++)
            v = v >> 1 ^ ((v & 1u) != 0 ? POLYNOMIAL : 0u);
        table[i] = v;
    }
}

uint32_t crc32(uint32_t crc, const uint8_t *p, size_t bytes)
{
    if (table[1] == 0)
        fill_table();
    crc = ~crc;
    while (bytes-- > 0)
        crc = crc >> 8 ^ table[(crc ^ *p++) & 0xffu];
    return ~crc;
}
