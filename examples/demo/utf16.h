/* SPDX-License-Identifier: MIT */
#ifndef DEMO_UTF16_H
#define DEMO_UTF16_H

#include <stddef.h>
#include <stdint.h>

#define UTF16_UTF8_BYTES(units) (3u * (units) + 1u) /* maximum size of this many units in UTF-8 */

/*
 * Converts a name of up to `units` UTF-16LE units at `from`, ended early by 0, to UTF-8 in `to`, always
 * terminated. Characters that could affect a terminal, and unpaired surrogates, become '?'.
 */
void utf16_to_utf8(const uint8_t *from, unsigned units, char *to, size_t bytes);

#endif
