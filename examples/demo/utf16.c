/* SPDX-License-Identifier: MIT */
#include <stdbool.h>

#include "medium.h"
#include "utf16.h"

/* Excludes control characters, line separators, and marks that change the direction of text. */
static bool is_harmless(uint32_t c)
{
    if (c < 0x20 || (c >= 0x7f && c <= 0x9f))
        return false;
    if (c == 0x61c || c == 0x200e || c == 0x200f || c == 0xfeff)
        return false;
    return !(c >= 0x2028 && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069);
}

/* The character at unit *i; advances *i. */
static uint32_t next_character(const uint8_t *from, unsigned units, unsigned *i)
{
    const uint32_t first = load_le16(from + 2u * (*i)++);
    uint32_t second;

    if (first < 0xd800 || first > 0xdfff)
        return is_harmless(first) ? first : '?';
    if (first >= 0xdc00 || *i >= units)
        return '?';
    second = load_le16(from + 2u * *i);
    if (second < 0xdc00 || second > 0xdfff)
        return '?';
    (*i)++;
    return 0x10000u + ((first - 0xd800u) << 10) + (second - 0xdc00u);
}

static unsigned encode(uint32_t c, char out[4])
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xc0u | c >> 6);
        out[1] = (char)(0x80u | (c & 0x3fu));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xe0u | c >> 12);
        out[1] = (char)(0x80u | (c >> 6 & 0x3fu));
        out[2] = (char)(0x80u | (c & 0x3fu));
        return 3;
    }
    out[0] = (char)(0xf0u | c >> 18);
    out[1] = (char)(0x80u | (c >> 12 & 0x3fu));
    out[2] = (char)(0x80u | (c >> 6 & 0x3fu));
    out[3] = (char)(0x80u | (c & 0x3fu));
    return 4;
}

void utf16_to_utf8(const uint8_t *from, unsigned units, char *to, size_t bytes)
{
    size_t length = 0;
    unsigned i = 0;

    while (i < units && load_le16(from + 2u * i) != 0) {
        char c[4];
        const unsigned n = encode(next_character(from, units, &i), c);

        if (length + n + 1u > bytes)
            break;
        for (unsigned k = 0; k < n; k++)
            to[length++] = c[k];
    }
    to[length] = '\0';
}
