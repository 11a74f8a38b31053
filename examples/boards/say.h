/* SPDX-License-Identifier: MIT */
#ifndef BOARDS_SAY_H
#define BOARDS_SAY_H

#include <stdint.h>

/* Text and numbers on the board's console. */

void say(const char *text);
void say_dec(uint32_t v);
void say_hex(uint64_t v, unsigned digits); /* this number of digits, without 0x */

#endif
