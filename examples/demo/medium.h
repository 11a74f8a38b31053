/* SPDX-License-Identifier: MIT */
#ifndef DEMO_MEDIUM_H
#define DEMO_MEDIUM_H

#include <stdbool.h>
#include <stdint.h>

#define MEDIUM_SECTOR_BYTES 512u

/* Input of fat.c and partition.c: a disk here, an array in the tests. */
struct medium {
    bool (*read)(void *context, uint64_t sector, uint8_t *into); /* one sector; false: read error */
    void *context;
    uint64_t sectors;
};

/* Also returns false beyond the end, so callers need not check. */
static inline bool medium_read(const struct medium *m, uint64_t sector, uint8_t into[MEDIUM_SECTOR_BYTES])
{
    return sector < m->sectors && m->read(m->context, sector, into);
}

/* Little-endian numbers at any address. */
static inline uint16_t load_le16(const uint8_t *p)
{
    return (uint16_t)(p[0] | p[1] << 8);
}

static inline uint32_t load_le32(const uint8_t *p)
{
    return (uint32_t)load_le16(p) | (uint32_t)load_le16(p + 2) << 16;
}

static inline uint64_t load_le64(const uint8_t *p)
{
    return (uint64_t)load_le32(p) | (uint64_t)load_le32(p + 4) << 32;
}

static inline bool is_power_of_2(uint32_t v)
{
    return v != 0 && (v & (v - 1)) == 0;
}

#endif
