/* SPDX-License-Identifier: MIT */
#ifndef AGREE_H
#define AGREE_H

#include <stddef.h>
#include <stdio.h>

/*
 * Compares vwr/tree.h and libfdt on every node of a tree, aligned to 8: aborts if they differ, or if one of
 * them rejects a tree that the other accepts, unless it may. Results go to `out` if it is not NULL. False:
 * not a tree.
 */
int agree(const void *blob, size_t bytes, FILE *out);

#endif
