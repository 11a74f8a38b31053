/* SPDX-License-Identifier: MIT */
#ifndef DEMO_CRC32_H
#define DEMO_CRC32_H

#include <stddef.h>
#include <stdint.h>

/*
 * CRC-32 as zlib, gzip and GPT have it (reflected polynomial 0xedb88320). Begin with crc 0 and
 * hand the result on to go on.
 */
uint32_t crc32(uint32_t crc, const uint8_t *p, size_t bytes);

#endif
