/* SPDX-License-Identifier: MIT */
#ifndef COMMON_ACCESSES_H
#define COMMON_ACCESSES_H

#include <stdbool.h>
#include <stddef.h>

/*
 * For a program with code in it that was compiled for the thread sanitizer, and that is not linked with the
 * sanitizer: accesses.c has the calls that the compiler has put before each load and store, and hands them to
 * these, which are the program's. `range`: it is an area of memory, not one access of that width.
 */
void accesses_load(void *p, size_t bytes, bool range);
void accesses_store(void *p, size_t bytes, bool range);

#endif
