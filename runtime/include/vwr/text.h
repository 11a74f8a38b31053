/* SPDX-License-Identifier: MIT */
#ifndef VWR_TEXT_H
#define VWR_TEXT_H

#include "vwr/base.h"

VWR_BEGIN_C

/**
 * DOC: Text output without stdio
 *
 * These functions append strings and numbers to the caller's buffer. The buffer is always terminated and
 * never overrun. @length counts all characters, so that the caller can detect whether the text was truncated.
 */

/**
 * struct vwr_text - Text that is being written
 * @at: Buffer of the caller.
 * @bytes: Size of the buffer in bytes; 0: nothing is written.
 * @length: Length of the whole text so far, without the terminator, even if it did not fit.
 */
struct vwr_text {
    char *at;
    size_t bytes;
    size_t length;
};

/**
 * vwr_text_begin() - Prepare an empty string buffer
 * @t: Text; it need not be initialised.
 * @at: Buffer. It must stay valid while @t is used.
 * @bytes: Size of the buffer in bytes.
 */
void vwr_text_begin(struct vwr_text *t, char *at, size_t bytes);

/**
 * vwr_text_char() - Append a character
 * @t: Text.
 * @c: Character.
 */
void vwr_text_char(struct vwr_text *t, char c);

/**
 * vwr_text_str() - Append a string
 * @t: Text.
 * @s: Terminated string; it is copied.
 */
void vwr_text_str(struct vwr_text *t, const char *s);

/**
 * vwr_text_dec() - Append a number in decimal
 * @t: Text.
 * @v: Number.
 */
void vwr_text_dec(struct vwr_text *t, uint64_t v);

/**
 * vwr_text_hex() - Append a number in hexadecimal, with 0x
 * @t: Text.
 * @v: Number.
 */
void vwr_text_hex(struct vwr_text *t, uint64_t v); /* with 0x */

/**
 * vwr_text_digits() - Append a number in hexadecimal, without 0x
 * @t: Text.
 * @v: Number.
 */
void vwr_text_digits(struct vwr_text *t, uint64_t v); /* without 0x */

VWR_END_C

#endif
