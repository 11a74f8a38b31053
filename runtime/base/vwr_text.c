/* SPDX-License-Identifier: MIT */
#include "vwr/arithmetic.h"
#include "vwr/text.h"

void vwr_text_begin(struct vwr_text *t, char *at, size_t bytes)
{
    t->at = at;
    t->bytes = bytes;
    t->length = 0;
    if (bytes > 0)
        at[0] = '\0';
}

void vwr_text_char(struct vwr_text *t, char c)
{
    if (t->length + 1 < t->bytes) {
        t->at[t->length] = c;
        t->at[t->length + 1] = '\0';
    }
    t->length++;
}

void vwr_text_str(struct vwr_text *t, const char *s)
{
    while (*s != '\0')
        vwr_text_char(t, *s++);
}

static void text_number(struct vwr_text *t, uint64_t v, unsigned base)
{
    char digits[20];
    uint32_t digit;
    unsigned n = 0;

    do {
        v = vwr_divide(v, base, &digit);
        digits[n++] = "0123456789abcdef"[digit];
    } while (v != 0);
    while (n > 0)
        vwr_text_char(t, digits[--n]);
}

void vwr_text_dec(struct vwr_text *t, uint64_t v)
{
    text_number(t, v, 10);
}

void vwr_text_digits(struct vwr_text *t, uint64_t v)
{
    text_number(t, v, 16);
}

void vwr_text_hex(struct vwr_text *t, uint64_t v)
{
    vwr_text_str(t, "0x");
    text_number(t, v, 16);
}
