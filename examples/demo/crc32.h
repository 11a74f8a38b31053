/* SPDX-License-Identifier: MIT */
#ifndef DEMO_CRC32_H
#define DEMO_CRC32_H

#include <stddef.h>
#include <stdint.h>

/*
 * CRC-32 as in zlib, gzip and GPT (reflected polynomial 0xedb88320). Start with crc 0, and pass the result to
 * continue.
 */
uint32_t crc32(uint32_t crc, const uint8_t *p, size_t bytes);

#endif
