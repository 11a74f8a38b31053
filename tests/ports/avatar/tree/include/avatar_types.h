/* SPDX-License-Identifier: MIT */
#ifndef __TYPES_H__
#define __TYPES_H__

/* Avatar's types: 64-bit types and sizes are `unsigned long long`. */
typedef signed char int8_t;
typedef short int16_t;
typedef int int32_t;
typedef long long int64_t;
typedef unsigned char uint8_t;
typedef unsigned short uint16_t;
typedef unsigned int uint32_t;
typedef unsigned long long uint64_t;
typedef uint64_t uintptr_t;
typedef unsigned long long size_t;
typedef long long ssize_t;
typedef uint64_t paddr_t;
typedef uint64_t vaddr_t;
typedef _Bool bool;

#define true 1
#define false 0
#define NULL ((void *)0)
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))

#endif
