/* SPDX-License-Identifier: MIT */
#ifndef DEMO_DUMP_H
#define DEMO_DUMP_H

#include <stdint.h>

/* Bytes in hexadecimal and ASCII, 16 per line. */
void dump(const uint8_t *p, unsigned bytes);

#endif
