/* SPDX-License-Identifier: MIT */
#ifndef DEMO_UTF16_H
#define DEMO_UTF16_H

#include <stddef.h>
#include <stdint.h>

#define UTF16_UTF8_BYTES(units) (3u * (units) + 1u) /* room that the UTF-8 of so many units takes at most */

/*
 * A name of at most `units` UTF-16LE units at `from`, ended early by 0, as UTF-8 into `to`, always
 * terminated. What could play tricks on a terminal, and half a surrogate pair, becomes '?'.
 */
void utf16_to_utf8(const uint8_t *from, unsigned units, char *to, size_t bytes);

#endif
