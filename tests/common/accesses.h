/* SPDX-License-Identifier: MIT */
#ifndef COMMON_ACCESSES_H
#define COMMON_ACCESSES_H

#include <stdbool.h>
#include <stddef.h>

/*
 * For a program that contains code compiled for the thread sanitizer, but is not linked with the sanitizer.
 * accesses.c defines the functions that the compiler calls before each load and store, and forwards them to
 * the following two, which the program defines. `range`: an area of memory, not a single access of that
 * width.
 */
void accesses_load(void *p, size_t bytes, bool range);
void accesses_store(void *p, size_t bytes, bool range);

#endif
