/* SPDX-License-Identifier: MIT */
#ifndef TESTS_COMMON_EDID_H
#define TESTS_COMMON_EDID_H

#include <stdbool.h>
#include <stdint.h>

/*
 * EDIDs, as defined by VESA's E-EDID standard. The preferred mode is the first timing of the base block;
 * width 0:
 * there is none.
 */

#define EDID_BLOCK 128u

/* Whether all blocks are present, and header and checksums are correct. */
static inline bool edid_is_valid(const uint8_t *data, uint32_t bytes)
{
    const uint32_t whole = bytes >= EDID_BLOCK ? EDID_BLOCK * (1u + data[126]) : ~0u;
    uint8_t sum = 0;

    for (uint32_t i = 0; i < whole && i < bytes; i++) {
        sum = (uint8_t)(sum + data[i]);
        if ((i < 8 && data[i] != (i == 0 || i == 7 ? 0 : 0xff)) ||
            (i % EDID_BLOCK == EDID_BLOCK - 1 && sum != 0))
            return false;
    }
    return whole <= bytes;
}

static inline bool edid_prefers(const uint8_t *data, uint32_t width, uint32_t height)
{
    const uint8_t *const timing = data + 54;
    const bool any = timing[0] != 0 || timing[1] != 0;

    if (!any)
        return width == 0;
    return (timing[2] | (timing[4] & 0xf0u) << 4) == width &&
           (timing[5] | (timing[7] & 0xf0u) << 4) == height;
}

#endif
