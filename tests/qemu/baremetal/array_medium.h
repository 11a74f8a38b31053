/* SPDX-License-Identifier: MIT */
#ifndef ARRAY_MEDIUM_H
#define ARRAY_MEDIUM_H

#include <stddef.h>

#include "medium.h"

/* A disk in an array, which counts its reads. */
struct array_medium {
    const uint8_t *bytes;
    size_t reads;
    struct medium medium;
};

void array_medium_start(struct array_medium *a, const uint8_t *bytes, size_t count);

#endif
