/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "array_medium.h"

static bool read_array(void *context, uint64_t sector, uint8_t *into)
{
    struct array_medium *a = context;

    a->reads++;
    memcpy(into, a->bytes + sector * MEDIUM_SECTOR_BYTES, MEDIUM_SECTOR_BYTES);
    return true;
}

void array_medium_start(struct array_medium *a, const uint8_t *bytes, size_t count)
{
    a->bytes = bytes;
    a->reads = 0;
    a->medium.read = read_array;
    a->medium.context = a;
    a->medium.sectors = count / MEDIUM_SECTOR_BYTES;
}
