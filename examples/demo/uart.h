/* SPDX-License-Identifier: MIT */
#ifndef DEMO_UART_H
#define DEMO_UART_H

#include <stdint.h>

/* The console: a PL011, and functions to print. */

void uart_start(void);
void put_char(char c);
void put(const char *text);
void put_dec(uint64_t v);
void put_dec_width(uint64_t v, unsigned width); /* right-aligned */
void put_hex(uint64_t v, unsigned digits);      /* this number of digits, without 0x */

/* Untrusted text of up to `bytes` bytes: anything but printable ASCII is shown as '?'. */
void put_untrusted(const char *text, unsigned bytes);

#endif
