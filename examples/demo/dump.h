/* SPDX-License-Identifier: MIT */
#ifndef DEMO_DUMP_H
#define DEMO_DUMP_H

#include <stdint.h>

/* Bytes in hexadecimal and as ASCII, 16 to a line. */
void dump(const uint8_t *p, unsigned bytes);

#endif
