/* SPDX-License-Identifier: MIT */
#ifndef AGREE_H
#define AGREE_H

#include <stddef.h>
#include <stdio.h>

/*
 * Asks vwr/tree.h and libfdt the same of every node of the tree, aligned to 8: aborts where they differ, or
 * where one of them does not take a tree that the other one takes and has to. What they say goes to `out` if
 * it is not NULL. False: not a tree.
 */
int agree(const void *blob, size_t bytes, FILE *out);

#endif
