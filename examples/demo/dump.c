/* SPDX-License-Identifier: MIT */
#include "dump.h"
#include "uart.h"

#define LINE_BYTES 16u

void dump(const uint8_t *p, unsigned bytes)
{
    for (unsigned line = 0; line < bytes; line += LINE_BYTES) {
        const unsigned end = bytes - line < LINE_BYTES ? bytes : line + LINE_BYTES;

        put("  ");
        put_hex(line, 4);
        put(" ");
        for (unsigned i = line; i < end; i++) {
            put_char(' ');
            put_hex(p[i], 2);
        }
        put("  ");
        for (unsigned i = line; i < end; i++)
            put_char(p[i] >= ' ' && p[i] <= '~' ? (char)p[i] : '.');
        put_char('\n');
    }
}
