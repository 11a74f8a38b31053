/* SPDX-License-Identifier: MIT */
#ifndef __STRING_H
#define __STRING_H

#include "avatar_types.h"

size_t strlen(const char *buf);
void *memset(void *s, int32_t c, size_t n);
void *memcpy(void *dest, const void *src, size_t n);
int32_t memcmp(const void *s1, const void *s2, size_t n);

#endif
