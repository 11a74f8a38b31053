/* SPDX-License-Identifier: MIT */
#include "say.h"
#include "board.h"
#include "vwr/arithmetic.h"

void say(const char *text)
{
    while (*text != '\0')
        board_put(*text++);
}

void say_dec(uint32_t v)
{
    char digits[10];
    unsigned n = 0;

    do {
        digits[n++] = (char)('0' + v % 10u);
        v /= 10u;
    } while (v != 0);
    while (n > 0)
        board_put(digits[--n]);
}

void say_hex(uint64_t v, unsigned digits)
{
    while (digits-- > 0)
        board_put("0123456789abcdef"[vwr_shift_right(v, 4u * digits) & 15u]);
}
